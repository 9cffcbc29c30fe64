"""One table of spellings, read by Python and by the script of the handouts: both take the same, and say the same of the rest.

Numbers and lists are typed; a choice is a letter in Python and a ticked box on a page, so it has no spellings to share.
"""

import json

import pytest
from conftest import ROOT, cases, in_node

from heldto.exercises import reading

TABLE = json.loads((ROOT / "tests" / "spellings.json").read_text(encoding="utf-8"))


def by_python(row):
    try:
        return (
            reading.codes(row["given"])
            if row["kind"] == "text"
            else reading.read_figure(row["given"], row["unit"]).scaled
        )
    except reading.Unreadable as error:
        return str(error)


@pytest.fixture(scope="module")
def by_script():
    """What the script makes of each row of the table, in order."""
    how = {
        "number": ("figure", lambda row: row["unit"]),
        "text": ("codes", lambda row: reading.actor_spellings()),
    }
    return in_node(
        "answers",
        [(how[row["kind"]][0], [row["given"], how[row["kind"]][1](row)]) for row in TABLE],
    )


def holds(row, found):
    """Whether what was read, or said, is what the table says."""
    found = found["scaled"] if isinstance(found, dict) else found
    if "says" in row:
        return isinstance(found, str) and row["says"] in found
    return found == (row["read"] if row["kind"] == "text" else pytest.approx(row["read"]))


@cases("row", TABLE)
def test_python_reads_it(row):
    assert holds(row, by_python(row)), by_python(row)


@cases("at", range(len(TABLE)))
def test_the_script_reads_it(by_script, at):
    found = by_script[at]
    if isinstance(found, dict):
        found = found.get("thrown", found)
    assert holds(TABLE[at], found), found


def test_no_hint_speaks_of_code():
    said = [found for row in TABLE if isinstance(found := by_python(row), str)]
    assert said and not any("frenemies" in text or "_" in text for text in said)


@pytest.mark.parametrize("text", ["", "a", "E1-total:88.4", "é中😀"])
def test_python_and_the_script_veil_alike(text):
    assert in_node("answers", [("veil", [text])]) == [reading.veil(text)]


def test_the_veil_is_fnv_1a():
    assert [reading.veil(""), reading.veil("a"), reading.veil("foobar")] == [
        "811c9dc5",
        "e40c292c",
        "bf9cf968",
    ]
