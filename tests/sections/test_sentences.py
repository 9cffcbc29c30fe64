"""What the tests of claims say stands in claims.toml, beside what works its figures out."""

import re
import tomllib
from pathlib import Path

import pytest
from conftest import cases

from frenemies import sections
from heldto import claims, evidence
from heldto.claims import ledger

TOLD = sorted(Path(sections.__file__).parent.glob("*/claims.toml"))


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.parent.name)
def test_every_sentence_is_said_somewhere(path):
    code = path.with_suffix(".py").read_text("utf-8")
    known = {row["id"] for row in evidence.rows("claims")}
    options = {
        (row["claim"], row[word])
        for row in evidence.rows("readings")
        for word in ("dimension", "option")
    }
    for claim, block in tomllib.loads(path.read_text("utf-8")).items():
        fields = block.get("sentences", {})
        assert claim in known
        found = set(re.findall(rf'(say\.found|say\.documented|_\w+|:\s)[(,]\s*"{claim}"', code))
        assert "reason" not in fields or found
        assert ("one_book" in fields) == ("_by_books" in found)
        for name in fields.keys() - {"reason", "tips", "one_book", "turned_by"}:
            words = {(claim, name), (claim, name.split()[-1])}
            chosen = words & options and f'f"{claim}.' in code
            told = f'"{claim}.{name}"' in code or (found and f'f"{{claim}}.{name}"' in code)
            assert chosen or told, (claim, name)


@cases("claim", [row["id"] for row in evidence.rows("claims")])
def test_every_claim_finds_its_words(claim):
    for verdict in ledger.both(claim):
        assert verdict.verdict != claims.UNJUDGED and "{" not in verdict.reason
