"""One table of spellings, read by Python and by the script of the handouts: both take the same, and say the same of the rest.

Numbers and lists are typed; a choice is a letter in Python and a ticked box on a page, so it has no spellings to share.
"""

import hashlib
import json

import pytest
from conftest import ROOT, in_node

from frenemies.exercises import kinds

TABLE = json.loads((ROOT / "tests" / "spellings.json").read_text(encoding="utf-8"))
NAMES = [f"{row.get('unit', row['kind'])}: {row['given']}" for row in TABLE]


def by_python(row):
    try:
        return (
            kinds.codes(row["given"])
            if row["kind"] == "text"
            else kinds.readings(row["given"], row["unit"])
        )
    except kinds.Unreadable as error:
        return str(error)


@pytest.fixture(scope="module")
def by_script():
    """What the script makes of each row of the table, in order."""
    how = {
        "number": ("readings", lambda row: row["unit"]),
        "text": ("codes", lambda row: kinds.names()),
    }
    return in_node(
        "answers",
        [(how[row["kind"]][0], [row["given"], how[row["kind"]][1](row)]) for row in TABLE],
    )


def holds(row, found):
    """Whether what was read, or said, is what the table says."""
    if "says" in row:
        return isinstance(found, str) and row["says"] in found
    return found == (row["read"] if row["kind"] == "text" else pytest.approx(row["read"]))


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_python_reads_it(row):
    assert holds(row, by_python(row)), by_python(row)


@pytest.mark.parametrize("at", range(len(TABLE)), ids=NAMES)
def test_the_script_reads_it(by_script, at):
    found = by_script[at]
    found = found["thrown"] if isinstance(found, dict) else found
    assert holds(TABLE[at], found), found


def test_no_hint_speaks_of_code():
    said = [found for row in TABLE if isinstance(found := by_python(row), str)]
    assert said and not any("frenemies" in text or "_" in text for text in said)


@pytest.mark.parametrize(
    "text",
    ["", "a", "x" * 55, "x" * 56, "x" * 64, "é中😀" * 30],
    ids=["empty", "a", "55", "56", "64", "wide"],
)
def test_the_scripts_hash_is_sha256(text):
    assert in_node("answers", [("sha256", [text])]) == [hashlib.sha256(text.encode()).hexdigest()]
