"""What the tests of claims say stands in claims.toml, beside what works its figures out."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import cases

from frenemies import sections
from heldto import article, claims, evidence
from heldto.claims import ledger, sentences
from heldto.errors import Problem

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
    for claim, held in sentences.Sentences(path.parent.name).claims.items():
        fields = held.get("says", {})
        assert claim in known
        found = set(re.findall(rf'(say\.found|say\.documented|_\w+|:\s)[(,]\s*"{claim}"', code))
        assert "reason" not in fields or found
        assert ("one_book" in fields) == ("_by_books" in found)
        for name in fields.keys() - {"reason", "tips", "one_book"}:
            words = {(claim, name), (claim, name.split()[-1])}
            chosen = words & options and f'f"{claim}.' in code
            told = f'"{claim}.{name}"' in code or (found and f'f"{{claim}}.{name}"' in code)
            assert chosen or told, (claim, name)


@cases("claim", [row["id"] for row in evidence.rows("claims")])
def test_every_claim_finds_its_words(claim):
    for verdict in ledger.both(claim):
        assert verdict.verdict != claims.UNJUDGED and "{" not in verdict.reason


def test_a_file_that_is_no_toml_is_named(tmp_path, monkeypatch):
    shutil.copytree(TOLD[0].parent, tmp_path / "economic")
    (tmp_path / "economic/claims.toml").write_text('[E1]\nreason = "left open\n', "utf-8")
    monkeypatch.setattr(article, "section_dir", tmp_path.joinpath)
    with pytest.raises(Problem, match=r"claims\.toml.*line 2"):
        sentences.Sentences("economic")
