"""One row costs one claim: a slip in a row is named by validate, and said on its claim alone."""

import re
import sys
from html import unescape

import pandas as pd
import pytest
from typer.testing import CliRunner

import frenemies as fr
from heldto import claims, evidence
from heldto.claims import card, ledger
from heldto.errors import RowError
from heldto.exercises import score
from heldto.ledger import lists, overview
from heldto.publish import claims as printed
from heldto.publish import proofread, validate
from heldto.publish.cli import app

RUN = CliRunner()


def put(column, value, **where):
    """A cell, in the first row that holds these others, as it is written in the file."""

    def change(frame):
        (row, *_) = frame.index[(frame[[*where]] == pd.Series(where)).all(axis=1)]
        return frame.assign(**{column: frame[column].mask(frame.index == row, value)})

    return change


def everywhere(column, value, **where):
    """The same in each row that holds these others."""

    def change(frame):
        mask = (frame[[*where]] == pd.Series(where)).all(axis=1)
        assert mask.any()
        return frame.assign(**{column: frame[column].mask(mask, value)})

    return change


def twice(**where):
    """The first row that holds these cells stands there once more."""

    def change(frame):
        (row, *_) = frame.index[(frame[[*where]] == pd.Series(where)).all(axis=1)]
        return pd.concat([frame, frame.loc[[row]]])

    return change


def chosen(claim, dimension):
    return {"claim": claim, "dimension": dimension}


SLIPS = {  # what is written wrong: (claim, table, how, what is said of it)
    "no such notebook": (
        "E8",
        "claims",
        put("notebook", "06_mine", id="E8"),
        'column notebook: no section has the notebook "06_mine". There are 01_economic',
    ),
    "no target": (
        "E4",
        "claims",
        put("target", "", id="E4"),
        'column target: rule "balance" asks how far',
    ),
    "a target of 0": ("E2", "claims", put("target", "0", id="E2"), "column target: "),
    "a level that is no number": (
        "F4",
        "claims",
        put("levels", "import share=a half", id="F4"),
        'column levels, "import share": "a half" is not a level: write a number',
    ),
    "a level without a sign": (
        "G8",
        "claims",
        put("levels", "rubbish", id="G8"),
        'column levels, "rubbish": "" is not a level',
    ),
    "a threshold that is no number": (
        "E5",
        "claims",
        put("holds", "ten", id="E5"),
        'column holds: "ten" is not a number',
    ),
    "a rule that is none": ("E7", "claims", put("rule", "atleast", id="E7"), "column rule: "),
    "a blank that must not be": ("M9", "claims", put("unit", "", id="M9"), "column unit: "),
    "a word in braces that is none": (
        "M5",
        "claims",
        put("thresholds", "{hold} and more: holds", id="M5"),
        'column thresholds: there is no "hold". Did you mean "holds"?',
    ),
    "a brace that stands alone": (
        "M3",
        "claims",
        put("alternatives", "strict: {strict", id="M3"),
        "column alternatives: there is a single brace",
    ),
    "a verdict asked of a figure": (
        "E9",
        "claims",
        put("rule", "coded", id="E9"),
        'column levels: rule "coded" asks which verdict each finding has',
    ),
    "a figure asked of a verdict": (
        "G17",
        "claims",
        put("rule", "at_least", id="G17"),
        'column rule: it is "at_least", but its test finds a verdict',
    ),
    "a part too many": (
        "G6",
        "claims",
        put("parts", "SYR;IRN;PAK", id="G6"),
        "column parts: it has 3 parts, but its test finds 2 figures",
    ),
    "a claim that stands twice": (
        "E10",
        "claims",
        twice(id="E10"),
        "column id: id=E10 occurs twice",
    ),
    "two of the ledger's own": (
        "E1",
        "readings",
        everywhere("own", "true", **chosen("E1", "books")),
        "column own: ",
    ),
    "none of the ledger's own": (
        "F1",
        "readings",
        everywhere("own", "false", **chosen("F1", "threes")),
        "column own: no option of threes is the ledger's own",
    ),
    "its own not the first": (
        "M2",
        "readings",
        lambda frame: frame[::-1],
        "column own: put it first of",
    ),
    "a dimension that is none": (
        "G7",
        "readings",
        everywhere("dimension", "mesure", **chosen("G7", "measure")),
        'takes no argument "mesure". Did you mean "measure"?',
    ),
    "a reading's threshold that is none": (
        "F3",
        "readings",
        put("option", "strikt", **chosen("F3", "threshold"), option="strict"),
        'column option: "strikt" has no thresholds here. Did you mean "strict"?',
    ),
    "a flag that is none": (
        "M6",
        "readings",
        put("alone", "perhaps", **chosen("M6", "window")),
        'column alone: "perhaps" is not true or false',
    ),
    "an amended verdict that is none": (
        "M1",
        "amendments",
        put("levels", "fails=lost", claim="M1"),
        "column levels: fails=lost: write a verdict after each =",
    ),
    "an amended word that is none": (
        "E6",
        "amendments",
        put("words", "{hold} or more", claim="E6"),
        'column words: there is no "hold". Did you mean "holds"?',
    ),
    "a document of no day": (
        "F6",
        "documents",
        put("date", "2019-02-30", claim="F6"),
        "column date: ",
    ),
    "a hash that is none": (
        "M13",
        "fixed",
        put("commit", "HEAD~3", claim="M13"),
        "column commit: ",
    ),
    "a day that is none": ("G1", "fixed", put("day", "soon", claim="G1"), "column day: "),
}
FIRST_ALONE = "its own not the first"  # turns the whole table, and so costs more than one claim


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_row_is_said_on_its_claim_and_named_by_validate(slip, mutate, monkeypatch):
    claim, table, change, says = SLIPS[slip]
    monkeypatch.setitem(sys.modules, "frictionless", None)
    monkeypatch.setattr("frenemies.consistency.violations", lambda frames: iter(()))
    mutate(table, change)
    where = f"data/{table}.csv, row "
    for one in ledger.both(claim):
        assert one.verdict == one.strict == one.lenient == claims.UNJUDGED
        assert one.reason.startswith(where) and says in one.reason
        assert not one.tipping_point and not one.tables
    shown = card.VerdictCard(claim)
    for page in ("\n".join(shown.lines()), str(shown.to_html()), str(shown.to_image())):
        assert "unjudged" in page.lower() and where in page and "would flip" not in page
    faults = validate.data_faults() or [*proofread.of_claim(claim)]
    assert any(one.startswith(where) and says in one for one in faults)
    with pytest.raises(RowError, match=where):
        fr.yardstick(claim)


@pytest.fixture
def all_spoilt(mutate):
    """All these slips at once; the claims that they cost."""
    before = _told()
    spoilt = {name: one for name, one in SLIPS.items() if name != FIRST_ALONE}
    for _, table, change, _ in spoilt.values():
        mutate(table, change)
    costs = {claim for claim, *_ in spoilt.values()}
    assert len(costs) == len(spoilt)
    return before, costs


def _told():
    """{claim: all that a file and plain lines tell of it}."""
    found = {one["id"]: str(one) for one in ledger.entries()}
    return {claim: entry + printed.plain(claim) for claim, entry in found.items()}


def test_the_other_claims_go_on(all_spoilt):
    before, costs = all_spoilt
    after = _told()
    assert [*after] == [*before]
    assert {claim for claim in after if after[claim] != before[claim]} == costs
    table = ledger.table()
    assert {*table.index[table.verdict_then.eq(claims.UNJUDGED)]} == costs
    assert f"{len(costs)} are unjudged" in ledger.tally(table.verdict_then)
    done = RUN.invoke(app, ["claims"])
    assert done.exit_code == 2
    heads = re.findall(r"^([FEGM]\d+)\. ", done.stdout, re.M)
    assert heads == [row["id"] for row in evidence.rows("claims")]


def test_pages_and_the_ledger_s_pictures_go_on(all_spoilt):
    _, costs = all_spoilt
    drawn = overview.glance_picture()
    assert {*drawn.table[drawn.table.verdict_then.eq(claims.UNJUDGED)]["id"]} == costs
    assert repr(lists.all_claims()) and repr(lists.section("economic", show=True))
    assert "unjudged" in overview.browse()._repr_mimebundle_()[0]["text/html"]
    for claim in ("E3", "E4"):
        assert repr(fr.verdict(claim)) and repr(fr.guess(claim))
    assert "What do you say to it?" in repr(fr.card("CHN"))
    assert "01_economic" in repr(fr.progress())


def test_a_guess_on_an_unjudged_claim_is_not_counted(all_spoilt):
    for claim in ("E3", "E4"):
        score.record_guess(claim, "holds", 80)
    assert score.score(score.recorded()).table["claim"].tolist() == ["E3"]


def test_a_short_hash_is_accepted(mutate):
    mutate("fixed", put("commit", "69abda0", claim="E4"))
    assert ledger.judge("E4", "then").verdict != claims.UNJUDGED
    assert "in commit 69abda0" in "\n".join(printed.proved("E4"))


def test_an_option_that_the_test_refuses_is_named_and_the_verdict_stands(mutate):
    before = ledger.judge("E4", "then").verdict
    mutate("readings", put("option", "fab", **chosen("E4", "balance"), option="fob"))
    where = r'data/readings\.csv, row \d+, column option: "fab" is no'
    shown = card.VerdictCard("E4")
    assert ledger.judge("E4", "then").verdict == before
    assert re.search(where, "\n".join(shown.lines())) and re.search(
        where, unescape(shown.to_html())
    )
    assert before.upper() in "\n".join(shown.lines())
    assert re.search(where, ledger.entry("E4")["depends_on"])
    assert any(re.match(where, one) for one in proofread.of_claim("E4"))
    assert ledger.entry("E3")["readings"]


def test_a_row_with_a_comma_too_many_costs_its_claim(data):
    path = data / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nE5,", "\nE5,,"), encoding="utf-8")
    assert "cells under a header of" in ledger.judge("E5", "then").reason
    assert ledger.judge("E4", "then").verdict != claims.UNJUDGED


def test_a_row_whose_id_cannot_be_read_is_told_to_whoever_asks_for_its_claim(mutate):
    mutate("claims", put("id", "5E", id="E5"))
    told = (
        r'no claim "E5".*data/claims\.csv, row \d+, column id: "5E" does not have the expected form'
    )
    with pytest.raises(claims.UnknownClaim, match=told):
        fr.verdict("E5")
    assert "E5" not in ledger.table().index and "" not in ledger.table().index
