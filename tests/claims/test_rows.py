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


SLIPS = {  # what is written wrong: (claim, where, how, what is said of it)
    "no target": (
        "E4",
        "block",
        ("balance = 9", "balance = 0"),
        'rule: rule "balance" asks how far a figure is from that of the claim',
    ),
    "a target that is no number": (
        "E2",
        "block",
        ("about = 120", 'about = "a lot"'),
        'rule, about: "a lot" is not allowed here: write a number, without quotes',
    ),
    "a level that is no number": (
        "F4",
        "block",
        ('"import share" = "1/2"', '"import share" = "a half"'),
        'rule, levels: "a half" is not a level: write a number',
    ),
    "a key of a rule that is none": (
        "G8",
        "block",
        ("coded = true", "codid = true"),
        'rule: nothing reads the key "codid". Did you mean "coded"?',
    ),
    "a threshold that is no number": (
        "E5",
        "block",
        ("at_least = 10\n", 'at_least = "ten"\n'),
        'rule, at_least: "ten" is not allowed here: write a number, without quotes',
    ),
    "a comparison that is none": (
        "E7",
        "block",
        ("\nfall = 5\n", "\nfalls = 5\n"),
        'rule: nothing reads the key "falls". Did you mean "fall"?',
    ),
    "two comparisons": (
        "E10",
        "block",
        ("at_most = 15", "at_most = 15\nat_least = 15"),
        "rule has at_least and at_most: write one comparison",
    ),
    "a table that is none": (
        "M9",
        "block",
        ("military/deals", "military/deal"),
        'tables: no "military/deal". Did you mean "military/deals"?',
    ),
    "a word in braces that is none": (
        "M5",
        "block",
        ("{holds:part} or more: holds", "{hold} and more: holds"),
        'thresholds: there is no "hold". Did you mean "holds"?',
    ),
    "a brace that stands alone": (
        "M3",
        "block",
        ("strict: {strict:word}", "strict: {strict"),
        "alternatives: there is a single brace",
    ),
    "a verdict asked of a figure": (
        "E9",
        "block",
        ("\nfall = 20\n", "\ncoded = true\n"),
        "rule, levels: a coded rule asks which verdict each finding has",
    ),
    "a figure asked of a verdict": (
        "G17",
        "block",
        ("coded = true", "at_least = 1"),
        'rule: it is "at_least", but its test finds a verdict',
    ),
    "a part too many": (
        "G6",
        "block",
        ('["IRN", "SYR"]', '["IRN", "SYR", "PAK"]'),
        "parts: it has 3 parts, but its test finds 2 figures",
    ),
    "a claim that stands twice": (
        "E8",
        "block",
        ("[E8.rule]", "[E8]\nsays = 'Once more'\n\n[E8.rule]"),
        "occurs twice: rename one of the two",
    ),
    "two of the claim's own": (
        "E1",
        "block",
        ("China = { label", "China = { own = true, label"),
        "both and China are own: write own = true in one of them",
    ),
    "none of the claim's own": (
        "F1",
        "block",
        ('count = { own = true, label = "meetings of', 'count = { label = "meetings of'),
        "no option is the claim's own reading: write own = true in one of them",
    ),
    "no reason for an option": (
        "M2",
        "block",
        ('why = "they are joint manoeuvres"', 'why = ""'),
        '[M2.readings.patrols], "in": why is missing',
    ),
    "a dimension that is none": (
        "G7",
        "block",
        ("[G7.readings.measure]", "[G7.readings.mesure]"),
        'takes no argument "mesure". Did you mean "measure"?',
    ),
    "a reading's threshold that is none": (
        "F3",
        "block",
        ("strict = { label", "strikt = { label"),
        '"strikt": "strikt" has no thresholds here. Did you mean "strict"?',
    ),
    "a flag that is none": (
        "M6",
        "block",
        ("alone = true", 'alone = "perhaps"'),
        'alone: "perhaps" is not allowed here: write true or false',
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
OF_THE_TEST = ("a figure asked of a verdict", "a part too many")


def spoil(claim, place, how, mutate, rewrite):
    if place == "block":
        rewrite(claim, *how)
    else:
        mutate(place, how)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_row_is_said_on_its_claim_and_named_by_validate(
    slip, mutate, rewrite, monkeypatch
):
    claim, place, how, says = SLIPS[slip]
    monkeypatch.setitem(sys.modules, "frictionless", None)
    monkeypatch.setattr("frenemies.consistency.violations", lambda frames: iter(()))
    spoil(claim, place, how, mutate, rewrite)
    where = f"data/claims.toml, [{claim}" if place == "block" else f"data/{place}.csv, row "
    if slip in OF_THE_TEST:  # which a rule does not fit
        where = f"[{claim}], "
    for one in ledger.both(claim):
        assert one.verdict == one.strict == one.lenient == claims.UNJUDGED
        assert one.reason.startswith(where) and says in one.reason
        assert not one.tipping_point and not one.tables
    shown = card.VerdictCard(claim)
    for page in ("\n".join(shown.lines()), str(shown.to_html()), str(shown.to_image())):
        assert "unjudged" in page.lower() and where in page and "would flip" not in page
    faults = validate.data_faults() or [*proofread.of_claim(claim)]
    assert any(one.startswith(where) and says in one for one in faults)
    with pytest.raises(RowError, match=re.escape(where)):
        fr.yardstick(claim)


@pytest.fixture
def all_spoilt(mutate, rewrite):
    """All these slips at once; the claims that they cost."""
    before = _told()
    for claim, place, how, _ in SLIPS.values():
        spoil(claim, place, how, mutate, rewrite)
    costs = {claim for claim, *_ in SLIPS.values()}
    assert len(costs) == len(SLIPS)
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


def test_an_option_that_the_test_refuses_is_named_and_the_verdict_stands(rewrite):
    before = ledger.judge("E4", "then").verdict
    rewrite("E4", "\nfob = {", "\nfab = {")
    where = r'data/claims\.toml, \[E4\.readings\.balance\], "fab": "fab" is no'
    shown = card.VerdictCard("E4")
    assert ledger.judge("E4", "then").verdict == before
    assert re.search(where, "\n".join(shown.lines())) and re.search(
        where, unescape(shown.to_html())
    )
    assert before.upper() in "\n".join(shown.lines())
    assert re.search(where, ledger.entry("E4")["depends_on"])
    assert any(re.match(where, one) for one in proofread.of_claim("E4"))
    assert ledger.entry("E3")["readings"]


def test_a_block_that_is_no_toml_costs_its_claim(rewrite):
    rewrite("E5", "at_least = 10", "at_least = ten")
    says = r"data/claims\.toml, \[E5\]: .*line 13.*: mend that line"
    assert re.search(says, ledger.judge("E5", "then").reason)
    assert ledger.judge("E4", "then").verdict != claims.UNJUDGED


def test_a_claim_under_a_name_that_is_none_says_which_name_it_needs(rewrite):
    rewrite("E5", "[E5", "[5E")
    says = "data/claims.toml, [5E]: write the letter of a section (F, E, G, M) and a number there"
    assert ledger.judge("5E", "then").reason.startswith(says)
    assert ledger.judge("E5", "then").verdict == "holds"
