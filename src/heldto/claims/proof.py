"""When a claim's rule was fixed: the day and commit, and a digest of its row."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from heldto import evidence
from heldto.claims import amended
from heldto.claims.listed import row, sealed_sentence
from heldto.evidence import committed
from heldto.evidence.paths import shipped_data_dir
from heldto.text.words import capital, format_day

NUMBERS = ("target", "holds", "partly", "strict", "strict_partly", "lenient", "lenient_partly")
LATE = "added after"  # so begins the note on a claim that the first verdicts came before
TURNED = "its verdict "  # so begins the note on a claim of which a verdict turned once known
TURNED_SINCE = "its verdict since"  # and that of since, which a card of then leaves out
TURNED_THEN = "its verdict turned"  # that of then, so that a tally tells it
SEEN = "had seen:"  # stands in the note on a claim of which something was known
SAME, OTHER = "the same digest", "ANOTHER DIGEST: the rule was changed, and no amendment says so"
FIELDS = ("id", "claim", "kind", "standing", "measure", "rule", *NUMBERS, "cap", "levels")


def rule_digest(held: Mapping[str, Any]) -> str:
    """What tells the rule of a row of claims.csv from any other: 64 hexadecimal digits.

    Of the fields in FIELDS, numbers by their value; a field that is not there counts as blank.
    """
    values = [_canonical(name, held.get(name, "")) for name in FIELDS]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def _canonical(name: str, cell: Any) -> str:
    if name in NUMBERS:
        return "" if cell == "" or pd.isna(cell) else f"{float(cell):.15g}"
    return str(cell).lower() if name == "standing" else str(cell)


def beforehand(claim: str) -> dict[str, Any]:
    """A claim's row as it was fixed: with the earlier text it was made exact or reworded.

    Raises UnknownClaim.
    """
    before = (
        amendment["before"].partition("=")
        for amendment in amended.amendments(claim)
        if amendment["before"]
    )
    return row(claim) | {column: cell for column, _, cell in before if column in FIELDS}


def added_late(claim: str) -> str:
    """That a claim was added when the first verdicts were known, and what had been seen when its
    rule was fixed; "" where it was not. Raises UnknownClaim. Source: data/fixed.csv.
    """
    frame = _noted(claim, LATE)
    after = "".join(frame["note"]).removeprefix("added ")
    return "" if frame.empty else f"The claim was added on {format_day(frame.day.item())}, {after}."


def turned_late(claim: str) -> str:
    """That a verdict of a claim turned after it was known, when data were added, and why; ""
    where none did. Raises UnknownClaim. Source: data/fixed.csv.
    """
    note = "".join(_noted(claim, TURNED)["note"])
    return note and f"{capital(note)}."


def _noted(claim: str, begins: str) -> pd.DataFrame:
    """The row of fixed.csv on a claim, if its note begins so; else no row."""
    frame = evidence.where("fixed", claim=row(claim)["id"])
    return frame[frame["note"].str.startswith(begins)]


def proof_sentences(claim: str) -> Iterator[str]:
    """When a claim's rule was fixed, and whether it is the same today: a sentence each.

    Raises UnknownClaim.
    """
    frame = evidence.where("fixed", claim=row(claim)["id"])
    first_row = beforehand(claim)
    digest = rule_digest(first_row)
    back = "" if first_row == row(claim) else " with the earlier text"
    if before := sealed_sentence(claim):  # another one now is told beside, as what it is
        back = back if before == first_row["claim"] else " with the sentence that was sealed"
        digest = rule_digest(first_row | {"claim": before})
    if frame.empty:
        yield f"There is no record of the day on which this rule was fixed. Its digest is {digest}."
        return
    first = frame.iloc[0]
    turned = turned_late(claim)
    note = f" ({first.note})" if first.note and not turned else ""
    where = f", in commit {first['commit'][:12]}" if first["commit"] else " by a seal"
    yield f"The rule was fixed on {format_day(first.day)}{where}{note}."
    yield f"Its digest, SHA-256 of {', '.join(FIELDS)}: {first.digest}."
    same = digest == first.digest
    yield f"The rule in claims.toml today{back}: {SAME if same else OTHER}."
    if first["commit"]:
        yield _in_git(first["commit"], first.claim, first.digest)
    if turned:
        yield turned


def _in_git(commit: str, claim: str, wanted: str) -> str:
    """What the repository says of that commit, where there is one."""
    held = committed.stored(commit, "data/claims.csv", shipped_data_dir())
    if held is None:
        return "This repository does not have that commit, so only the digest can be compared."
    records = csv.DictReader(io.StringIO(held.decode(errors="replace")))
    first = next((record for record in records if record["id"] == claim), {})
    same = rule_digest(first) == wanted
    return f"The rule in that commit of this repository: {SAME if same else OTHER}."
