"""A claim of one's own: its rule is read or refused with a sentence, its seal counts once, its verdict is the rule's, and nothing that is stored holds a time."""

import json
import math
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from rulers import everybodys, place, zones

import frenemies as fr
from heldto.claims import COLOURS, compare
from heldto.errors import Problem, write_atomic
from heldto.exercises import diary
from heldto.exercises import sealed as sealing
from heldto.own import cell_history, plausibility, preregistration
from heldto.own import rule as own_rule

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "05_your_own_claim.ipynb"
SENTENCE = "China trades just as much with India as with Russia"
RULE = {"rule": "at_least", "holds": 90, "partly": 67, "unit": "%"}
TIME = re.compile(r"\d\d:\d\d|minute|hour|20\d\d, ")


def claim(sentence=SENTENCE, **given):
    return fr.Claim(sentence, **(RULE | given))


def sealed(sentence=SENTENCE, **given):
    mine = claim(sentence, **given)
    mine.seal()
    return mine


def entries():
    return diary.load_answers()["claims"]


def set_back(**passed):
    """The seal in the file was made that long ago."""
    ago = (datetime.now(UTC) - timedelta(**passed)).isoformat(timespec="seconds")

    def change(contents):
        first = contents["claims"][0]
        contents["claims"][0] = first | {"time": ago}

    assert diary.change_file(change) == ""


BAD = [
    ({"sentence": " "}, "write the claim as a sentence, in quotes"),
    ({"sentence": 3}, "write the claim as a sentence, in quotes"),
    ({"sentence": "..."}, r"the claim is still \.\.\."),
    ({"sentence": "China trades"}, "write the claim as a sentence first"),
    ({"sentence": "Китай торгует"}, "write the claim as a sentence first"),
    ({"holds": ...}, r"holds is still \.\.\. : write a number"),
    ({"partly": ...}, r"partly is still \.\.\. : write a number, or leave it out"),
    ({"why": "..."}, "why is still"),
    ({"measure": "…"}, "measure is still"),
    ({"holds": None, "partly": None}, "the rule has no numbers"),
    ({"holds": None}, "could never hold"),
    ({"holds": 67, "partly": 90}, "wrong way round.*cannot be smaller"),
    ({"rule": "at_most"}, "wrong way round.*cannot be larger"),
    ({"rule": "about", "target": 100}, "wrong way round"),
    ({"rule": "at_leats"}, "no rule here.*Did you mean at_least"),
    ({"rule": "coded"}, "no rule here"),
    ({"rule": "undecided"}, "no rule here"),
    ({"rule": ""}, "no rule here: choose about, at_least"),
    ({"rule": "rise"}, 'minus the earlier one, and rule="at_least"'),
    ({"rule": 90}, "rule is a word in quotes"),
    ({"kind": "descriptiv"}, "no kind of claim here.*Did you mean descriptive"),
    ({"unit": "percnt"}, 'not a unit.*Did you mean "percent"'),
    ({"unit": None}, "unit is a word in quotes"),
    ({"holds": "90"}, "holds is a number without quotes"),
    ({"holds": True}, "holds is a number"),
    ({"partly": math.nan}, "partly is a number"),
    ({"target": 100}, "has no target"),
    *[
        ({"rule": rule, "holds": 10, "partly": 25}, "lacks its target")
        for rule in ("about", "just_under", "balance", "count")
    ],
    ({"rule": "about", "holds": 10, "partly": 25, "target": 0}, "every percentage of 0 is 0"),
    ({"rule": "count", "holds": -1, "partly": 2, "target": 6}, "how far off"),
    ({"rule": "balance", "holds": 25, "partly": 100, "target": 9}, "below 100 percent"),
    ({"unit": "votes", "holds": 2e6}, 'unit="number"'),
    ({"unit": "votes", "rule": "about", "holds": 10, "partly": 25, "target": 900}, 'unit="number"'),
    ({"unit": "states of five"}, "not a unit"),
    *[
        ({"kind": kind}, f'of the kind {kind} .*cap="partly"')
        for kind in ("intention", "causal", "forecast")
    ],
    ({"cap": "holds"}, "the only cap"),
    ({"tables": ["economic/trad"]}, 'no table "economic/trad".*Did you mean'),
    ({"tables": 3}, "names in quotes"),
    ({"tables": None}, "names in quotes"),
]


@pytest.mark.parametrize("given,says", BAD, ids=repr)
def test_a_claim_that_cannot_be_decided_gets_one_sentence(given, says):
    with pytest.raises(Problem, match=says) as told:
        claim(**given)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "rule,numbers,holds,partly,fails",
    [
        ("at_least", {"holds": 90, "partly": 67}, 90, 67, 66.9),
        ("more_than", {"holds": 30, "partly": 25}, 31, 30, 24),
        ("fall", {"holds": 5, "partly": 0}, 5, 1, 0),
        ("at_most", {"holds": 1, "partly": 3}, 1, 3, 3.1),
        ("less_than", {"holds": 0.2, "partly": 0.4}, 0.1, 0.2, 0.4),
        ("about", {"holds": 10, "partly": 25, "target": 120}, 110, 145, 80),
        ("just_under", {"holds": 10, "partly": 25, "target": 100}, 95, 101, 130),
        ("balance", {"holds": 25, "partly": 50, "target": 9}, 8, 5, -9),
        ("count", {"holds": 0, "partly": 2, "target": 6}, 6, 4, 9),
    ],
)
def test_each_rule_judges_as_our_own_do_and_says_its_numbers(rule, numbers, holds, partly, fails):
    mine = fr.Claim(f"As by {rule}", rule=rule, unit="number", **numbers)
    mine.seal()
    for word, value in (("holds", holds), ("partly", partly), ("fails", fails)):
        card = mine.verdict(value)
        assert card.then.verdict == word == compare(rule, value, **numbers)
        assert card.then.tipping_point and card.yardstick
    told = mine.verdict(holds).rule()[0]
    assert all(
        re.search(rf"\b{number}\b", told) for number in numbers.values() if number or rule != "fall"
    )


@pytest.mark.parametrize(
    "given,said",
    [
        ({"partly": 0}, "a fall of 10 points or more: holds; any fall: partly; else: fails"),
        (
            {"partly": 5, "unit": "%"},
            "a fall of 10 % or more: holds; a fall of more than 5 %: partly; else: fails",
        ),
        ({"holds": None, "partly": 0, "cap": "partly"}, "any fall: partly; else: fails"),
    ],
)
def test_a_fall_is_called_one(given, said):
    mine = claim(**({"rule": "fall", "holds": 10, "unit": "percentage points"} | given))
    assert f"Rule: {said}." in repr(mine)


@pytest.mark.parametrize(
    "unit,value,said,verdict",
    [
        ("%", 47.2, "a fall of 47.2 %", "holds"),
        ("%", -47.2, "a rise of 47.2 %, which counts against a fall", "fails"),
        ("%", 0, "no change", "fails"),
        ("percent fall", 47.2, "a fall of 47.2 %", "holds"),
        ("percent fall", -47.2, "a rise of 47.2 %, which counts against a fall", "fails"),
        ("kappa", 30, "a fall of 30.00", "holds"),
        ("USD bn", -30, "a rise of 30.0 billion dollars, which counts against a fall", "fails"),
    ],
)
def test_a_figure_under_a_fall_says_whether_it_fell_wherever_it_stands(unit, value, said, verdict):
    mine = claim(rule="fall", holds=20, partly=0, unit=unit)
    seal = repr(mine.seal())
    assert "the earlier one minus the later one: a fall is above 0, a rise below 0" in seal
    assert f"The figure: {said}." in repr(mine.verdict(value, since=value, others={"IND": value}))
    assert f": {verdict.upper()}. {said[0].upper()}{said[1:]}." in repr(mine.card)
    assert f"Read as “other”: {said}, so it {verdict}" in repr(mine.reading("other", value))
    mine.verdict(value / 2)
    assert f"The figures before it: {said}, {verdict}" in repr(mine)
    assert said.partition(",")[0] in mine.verdict(value).yardstick.to_text()


@pytest.mark.parametrize("partly", [0, -10, None, -30])
def test_a_fall_with_a_minus_is_refused_before_it_is_sealed(partly):
    with pytest.raises(Problem, match="holds=20, without a minus"):
        claim(rule="fall", holds=-20, partly=partly).seal()
    assert entries() == []


@pytest.mark.parametrize(
    "unit,figure", [("USD m", "80 million dollars"), ("scale", "80"), ("index", "80")]
)
def test_a_unit_is_written_as_the_tables_do(unit, figure):
    assert sealed(unit=unit).verdict(80).then.finding.reason == f"The figure: {figure}."


def test_what_shows_no_cause_and_no_mind_is_partly_right_at_best():
    mine = sealed(kind="intention", cap="partly", holds=None)
    assert mine.verdict(500).then.verdict == "partly"
    assert sealed(kind="causal", cap="partly").verdict(500).then.verdict == "partly"


def test_no_verdict_before_the_seal():
    mine = claim()
    for ask in (lambda: mine.verdict(90), lambda: mine.reading("imports", 90)):
        with pytest.raises(Problem, match="seal the claim first"):
            ask()
    assert mine.card is None and entries() == []
    mine.seal()
    assert mine.verdict(90).then.verdict == "holds"


def test_sealed_again_the_first_time_counts_in_this_kernel_and_the_next():
    mine = claim()
    assert "written into my-answers.json" in repr(mine.seal())
    (first,) = entries()
    set_back(days=1)
    (kept,) = entries()
    again = repr(mine.seal())
    assert "was already sealed at" in again and "written into" not in again
    other = claim("China trades  just as much with India\nas with Russia")  # another kernel
    assert other.hash == mine.hash and other.sealed == kept
    assert "was already sealed at" in repr(other.seal()) and entries() == [kept]
    assert first | {"time": kept["time"]} == kept
    assert "Sealed 1 day before the verdict was first asked for." in repr(other.verdict(90))


def test_a_verdict_asked_for_again_makes_no_seal_older():
    sealed().verdict(90)
    judged = entries()[0]["judged"]
    made = datetime.fromisoformat(entries()[0]["time"])
    with pytest.MonkeyPatch.context() as later:  # in this kernel or the next
        tomorrow = (made + timedelta(days=1)).isoformat()
        later.setattr(diary, "utc_now", lambda: tomorrow)
        for mine in (claim(), sealed()):
            assert "Sealed less than a minute before" in repr(mine.verdict(91))
    assert entries()[0]["judged"] == judged


@pytest.mark.parametrize(
    "change",
    [{"holds": 95}, {"rule": "more_than"}, {"unit": "ratio"}, {"kind": "causal", "cap": "partly"}],
    ids=repr,
)
def test_a_rule_changed_after_the_seal_is_a_new_claim_beside_the_old(change):
    first = sealed()
    changed = claim(f"{SENTENCE}.", **change)
    assert "Another rule" in repr(changed.seal()) and len(entries()) == 2
    told = f"sealed for this sentence before: {first.verdict(92).rule()[0][6:-1]}"
    assert told in "\n".join(changed.verdict(92).lines())
    assert "Another rule" not in repr(first.verdict(92)) and "Another" not in repr(first.seal())
    assert "Another rule" not in repr(sealed("China trades more with India").verdict(92))


def test_another_rule_that_was_sealed_for_the_same_sentence_stands_with_the_seal():
    first = sealed()
    assert first.earlier() == []
    first.verdict(92)
    (entry,) = entries()
    assert set(entry) - {"judged", "given"} == set(sealing.ENTRY) and entry["judged"]
    late = sealed(holds=80)
    told = "Another rule was sealed for this sentence before: 90 % or more: holds; 67 % or more: "
    assert late.earlier()[0].startswith(told) and told in repr(late.verdict(85))
    assert entries()[1]["rules_before"] == [
        "90 % or more: holds; 67 % or more: partly; else: fails"
    ]
    assert first.earlier() == []  # it was the first
    assert sealed("China trades more with India than with Russia").earlier() == []


def test_the_letters_that_others_are_sent_are_said_with_the_seal():
    mine = claim()
    assert mine.letters == mine.hash[:12] and len(mine.letters) == 12
    said = repr(mine.seal())
    assert f"The twelve letters of this seal: {mine.letters}. Send them to others before" in said


@pytest.mark.parametrize("name", ["holds", "partly", "sentence", "measure", "rule"])
def test_a_claim_is_not_changed_by_a_word(name):
    mine = sealed()
    with pytest.raises(
        Problem, match=f"^{name} cannot be changed: for another value make a new claim"
    ):
        setattr(mine, name, 80)
    assert mine.rule.holds == 90 and mine.sentence == SENTENCE


def test_why_and_tables_may_change_after_the_seal():
    assert claim(why="because", tables="economic/trade").hash == claim().hash
    assert claim(unit="percent").hash == claim().hash != claim(unit="ratio").hash


VALUES = [
    ("89.8", "text"),
    (None, "None: did a function return nothing"),
    (..., "write the figure in its place"),
    (pd.Series([1.0]), r"say \.item\(\)"),
    (np.array([[1.0]]), r"say \.item\(\)"),
    (pd.Series([1.0, 2.0, 3.0]), "a Series of 3: choose one"),
    (pd.Series([1.0], [2]) / pd.Series([2.0], [5]), "a Series of 2 without a figure: .*item"),
    (pd.DataFrame({"a": [1]}), "a table: choose a row and a column"),
    ([1, 2], "a list of 2"),
    ((), "a tuple of 0"),
    (True, "give one number"),
    (np.True_, "give one number"),
    (math.inf, "divide by zero"),
    (1j, "give one number"),
    (print, "give one number"),
]


@pytest.mark.parametrize("value,says", VALUES, ids=lambda one: str(type(one)))
def test_what_is_no_number_is_told_what_it_is(value, says):
    mine = sealed()
    mine.verdict(91)
    before = mine.lines()
    asked = [
        lambda: mine.verdict(value),
        lambda: mine.reading("imports", value),
        lambda: mine.verdict(90, others={"IND": value}),
    ]
    if value is not None:
        asked.append(lambda: mine.verdict(90, since=value))
    else:
        asked.append(lambda: mine.reading("imports"))
    for ask in asked:
        with pytest.raises(Problem, match=says) as told:
            ask()
        assert "\n" not in str(told.value)
    assert mine.lines() == before and mine.readings == []


@pytest.mark.parametrize("value", [math.nan, np.nan, pd.NA, np.float32("nan")], ids=repr)
def test_a_figure_that_is_not_held_is_undecided_and_says_so(value):
    card = sealed().verdict(value)
    assert card.then.verdict == "undecided" and "there is no figure for this measure" in repr(card)
    assert card.yardstick is None and "<svg" not in card.to_html()


@pytest.mark.parametrize("value", [89.8, np.float64(89.8), np.float32(89.8), 90, np.int64(90)])
def test_numbers_of_every_kind_are_numbers(value):
    assert sealed().verdict(value).then.value == pytest.approx(float(value))


@pytest.mark.parametrize("value", [2.5, -1, 1001])
def test_what_is_counted_one_by_one_is_a_whole_number(value):
    mine = sealed("Few wars were fought", rule="at_most", holds=0, partly=2, unit="wars")
    assert mine.verdict(2).then.verdict == "partly"
    for ask in (lambda: mine.verdict(value), lambda: mine.verdict(1, others={"IND": value})):
        with pytest.raises(Problem, match='wars are counted.*unit="number"'):
            ask()


@settings(max_examples=60)
@given(
    st.sampled_from(own_rule.RULES),
    st.lists(st.integers(1, 99), min_size=2, max_size=2, unique=True),
    st.integers(-200, 200) | st.floats(-200, 200),
    st.sampled_from(["percent", "number", "USD bn", "kappa"]),
)
def test_every_figure_lies_in_the_zone_of_its_verdict(rule, marks, value, unit):
    low, high = sorted(marks)
    numbers = {"holds": low, "partly": high}
    if rule in ("at_least", "more_than", "fall"):
        numbers = {"holds": high, "partly": low}
    if rule in ("about", "just_under", "balance", "count"):
        numbers["target"] = 50
    mine = fr.Claim("As it may be", rule=rule, unit=unit, **numbers)
    mine._entry = mine._new_entry()
    card = mine.verdict(value)
    drawing = BeautifulSoup(card.yardstick.to_html(), "html.parser").svg
    at, _ = place(drawing.select_one("g.a-claim[data-tell]"))
    under = {colour for left, right, colour in zones(drawing) if left - 1 <= at <= right + 1}
    assert COLOURS[card.then.verdict] in under


def test_a_share_where_percent_is_counted_is_asked_about():
    mine = sealed()
    assert "multiply by 100" in repr(mine.verdict(0.898))
    assert "multiply by 100" not in repr(mine.verdict(89.8))
    assert "share" not in repr(mine.verdict(250))
    assert "multiply by 100" not in repr(sealed("A little of it", holds=1, partly=0.5).verdict(0.6))


@pytest.mark.parametrize(
    "figures,asked",
    [
        ({"since": 0.5}, True),
        ({"since": 2.3}, False),
        ({"since": math.nan}, True),
        ({"others": {"IND": 0.9}}, True),
        ({"others": {"IND": 0.9, "USA": -597.2}}, False),
    ],
)
def test_less_than_one_percent_beside_more_is_no_share(figures, asked):
    assert ("multiply by 100" in repr(sealed().verdict(0.5, **figures))) is asked


@pytest.mark.parametrize(
    "given,value,asked",
    [
        ({}, 0.898, "multiply by 100"),
        ({}, 89.8, ""),
        ({}, 0, "exactly 0"),
        ({}, -0.0, "exactly 0"),
        (dict(rule="at_most", holds=5, partly=8, unit="rank"), 0, "exactly 0"),
        ({}, 1801, "20 times"),
        ({}, -1801, "20 times"),
        ({}, 1800, ""),
        ({"rule": "fall", "holds": 10, "partly": 0, "unit": "points"}, 0.18, "multiply by 100"),
        ({"rule": "fall", "holds": 10, "partly": 0, "unit": "points"}, 18.4, ""),
        ({"rule": "at_most", "holds": 1, "partly": 3}, 0.5, ""),
        ({"rule": "at_most", "holds": 1}, 2.5, ""),
        ({"holds": 0.9, "partly": 0.67, "unit": "share"}, 89.8, "A share goes from 0 to 1"),
        ({"holds": 0.9, "partly": 0.67, "unit": "share"}, 0.9, ""),
        ({"rule": "at_most", "holds": 0, "partly": 2, "unit": "wars"}, 0, ""),
        ({"rule": "at_most", "holds": 0, "partly": 2, "unit": "wars"}, 41, "20 times"),
        ({"rule": "at_most", "holds": 0, "partly": 2, "unit": "USD bn"}, 0, ""),
    ],
)
def test_a_figure_that_looks_wrong_is_asked_about_beside_a_verdict_that_stands(given, value, asked):
    card = sealed(**given).verdict(value, since=value)
    doubts = BeautifulSoup(card.to_html(), "html.parser").select(".ruling + .doubt")
    assert len(doubts) == bool(asked) and card.then.verdict == card.then.rule.alone(value)
    for told in (*doubts, *card.doubts()):
        assert asked in str(told)
    doors = ("Why?", "How else?")
    assert card.doubts() == [one for one in card.lines() if "?" in one and one not in doors]


@pytest.mark.parametrize(
    "given,asked",
    [({}, "counts in percent:"), ({"unit": "points"}, "counts in percentage points:")],
)
def test_a_reading_that_looks_like_a_share_is_asked_about_in_the_rule_s_own_unit(given, asked):
    mine = sealed(**given)
    assert asked in repr(mine.reading("alone", 0.12)) and asked in repr(mine.verdict(0.12))
    assert "multiply" not in repr(mine.reading("alone", 12))


@pytest.mark.parametrize(
    "measure,since,asked",
    [
        ("share, 2024; since: 2025", 90, True),
        ("share, 2018; since: 2025", 90, False),
        ("share, 2024", None, False),
        ("share", 90, False),
    ],
)
def test_a_claim_on_later_years_alone_is_asked_why_it_has_a_since(measure, since, asked):
    card = sealed(measure=measure).verdict(80, since=since)
    assert ("names only later years" in repr(card)) is asked


def test_the_units_that_are_offered_are_those_of_the_notebook():
    cells = nbformat.read(NOTEBOOK, 4).cells
    (told,) = [one.source for one in cells if "**Units**: " in one.source]
    listed = re.findall(r'`"([^"`]+)"`', told.partition("**Units**: ")[2].partition("\n")[0])
    assert listed == own_rule.units.TABLE["listed"]
    for unit in listed:
        assert claim(unit=unit, holds=0.9, partly=0.6).rule.unit
    with pytest.raises(Problem, match=re.escape(", ".join(listed))):
        claim(unit="parsec")


UNITS = [
    (dict(holds=0.15, partly=0.05), 'unit="share".*unit="number"'),
    (dict(holds=0.15, partly=0.05, unit="points"), "look like shares"),
    (dict(rule="about", target=0.9, holds=5, partly=10), "look like shares"),
    (dict(holds=50, unit="share", partly=None), 'take unit="%"'),
    (dict(rule="about", target=50, holds=10, partly=20, unit="share"), 'take unit="%"'),
    (dict(holds=9, partly=0.6), ""),
    (dict(rule="at_most", holds=1, partly=None), ""),
    (dict(rule="more_than", holds=0, partly=None), ""),
    (dict(holds=0.9, partly=0.6, unit="share"), ""),
    (dict(holds=0.9, partly=0.6, unit="number"), ""),
    (dict(rule="about", target=0.9, holds=15, partly=20, unit="share"), ""),
]


@pytest.mark.parametrize("given,says", UNITS, ids=repr)
def test_thresholds_of_another_unit_are_refused_before_they_are_sealed(given, says):
    mine = claim(**given)
    if says:
        with pytest.raises(Problem, match=says):
            mine.seal()
    else:
        mine.seal()
    assert len(entries()) == (not says)


def test_a_seal_of_before_stands_whatever_its_thresholds(monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(plausibility, "of_rule", lambda rule: "")
        claim(holds=0.9, partly=0.6).seal()
    assert "was already sealed at" in repr(claim(holds=0.9, partly=0.6).seal())


@pytest.mark.parametrize(
    "measure,asked",
    [
        ("", True),
        ("China's trade", True),
        ("trade, 2018", False),
        ("2014-2018", False),
        ("of 12018", True),
    ],
)
def test_a_measure_without_a_year_is_said_to_have_none_before_the_seal(measure, asked):
    mine = claim(measure=measure)
    assert ("names no year" in repr(mine)) is asked and not entries()
    assert ("names no year" in mine.seal().plain[0]) is asked


def test_a_claim_without_a_table_says_how_one_is_named():
    said = repr(claim().seal())
    assert (
        "The claim names no table: name it with tables=[...]" in said
        and "of your own need none" in said
    )
    assert "No table" not in repr(claim(tables="economic/trade", holds=95).seal())


def test_a_measure_is_sealed_with_the_claim_and_stands_under_it():
    measure = "China's trade with India in percent of its trade with Russia, 2018"
    plain, mine = sealed(), sealed(measure=f" {measure}. ")
    assert mine.hash != plain.hash and sealing.is_as_sealed(entries()[1])
    card = mine.verdict(80)
    told = (
        BeautifulSoup(card.to_html(), "html.parser")
        .select_one(".figures > p:not(.part)")
        .get_text()
    )
    assert told == mine.seal().plain[0].split("”. ")[1].split(" Kind")[0]
    assert told == f"Measured: {measure}." and f"  {told}" in card.lines()
    assert "Another rule was sealed" in repr(card)


@pytest.mark.parametrize(
    "given,said",
    [
        ({"rule": "more_than", "holds": 100, "partly": 90}, "holds above 100 %."),
        ({"rule": "fall", "holds": 9, "partly": 0}, "holds from 9 % on."),
        ({"rule": "fall", "holds": None, "partly": 5, "cap": "partly"}, "partly above 5 %."),
        ({"rule": "at_most", "holds": 90, "partly": 95}, "fails above 95 %."),
        ({}, "holds from 90 % on."),
    ],
)
def test_a_zone_says_whether_its_edge_is_its_own(given, said):
    assert said in sealed(**given).verdict(80).yardstick.alt


def test_what_is_to_be_typed_has_the_readers_own_name(monkeypatch):
    ours = claim()
    assert "Not sealed yet: mine.seal()" in repr(ours)
    monkeypatch.setattr(sys.modules["__main__"], "ours", ours, raising=False)
    assert "Not sealed yet: ours.seal()" in repr(ours)
    with pytest.raises(Problem, match=r": ours\.seal"):
        ours.verdict(3)


def test_then_and_since_have_a_tag_each_and_one_figure_has_no_date():
    mine = sealed()
    alone, both = mine.verdict(80), mine.verdict(80, since=120)
    assert [one.verdict for one in both.sides()] == ["partly", "holds"]
    assert "As known in August 2019: PARTLY" in repr(both) and "Since: HOLDS" in repr(both)
    page = BeautifulSoup(both.to_html(), "html.parser")
    assert [tag.get_text() for tag in page.select(".ruling .tag")] == ["½ partly", "✓ holds"]
    assert page.select_one(".ruling .since") and page.select("svg .since")
    assert "August" not in repr(alone) + alone.to_html() + alone.yardstick.to_text()


def test_who_stands_alone_is_named_once():
    drawn = BeautifulSoup(sealed().verdict(89.8, others={"USA": 17.2}).to_html(), "html.parser")
    told = [one.get_text() for one in drawn.select("svg text") if "USA" in one.get_text()]
    assert told == ["one other: USA 17.2 %"]


def test_others_are_dots_that_follow_the_bar_of_ones_own_claims():
    others = pd.Series({"IND": 89.8, "Japan": 310.0, "KAZ": math.nan, "USA": 600.0})
    card = sealed().verdict(89.8, others=others)
    page = BeautifulSoup(card.to_html(), "html.parser")
    assert page.select_one("figure.yardstick")["data-bar"] == "own"
    dots = everybodys(page.svg)
    assert {dot["class"][0] for dot in dots} == {"a-IND", "a-JPN", "a-USA"}
    assert "number 3 from the top" in card.yardstick.to_text()
    rows = {row["class"][0]: row.get_text(" ") for row in page.select("tr[class]")}
    assert "310.0 % holds" in rows["a-JPN"] and "89.8 % partly" in rows["a-claim"]


@pytest.mark.parametrize(
    "others,says",
    [
        ({"Atlantis": 1}, '"Atlantis" is not one of the actors'),
        ({"Inda": 1}, "Did you mean IND"),
        (pd.Series([1, 2]), '"0" is not one of the actors'),
        ([1, 2], "a dict or a Series.*, not a list$"),
        (pd.DataFrame({"a": [1]}), "a dict or a Series"),
        ("IND", "a dict or a Series"),
        ({"IND": 1, "": 2}, "one figure has no actor: remove it with .drop"),
        (pd.Series({"": 2.0}), "one figure has no actor"),
        ({"IND": "much"}, "others, IND: give one number"),
    ],
    ids=repr,
)
def test_others_that_are_none_get_a_sentence(others, says):
    with pytest.raises(Problem, match=says):
        sealed().verdict(90, others=others)


def test_other_readings_are_counted_and_vote_on_nothing():
    mine = sealed()
    assert (
        repr(mine.reading("imports alone", 95)) == "Read as “imports alone”: 95.0 %, so it holds."
    )
    card = mine.verdict(80)
    mine.reading("exports alone", 70)
    mine.reading("per head", math.nan)
    mine.reading("exports alone", 70)  # the cell run again
    said = repr(mine.reading("imports alone", 99))  # another figure: the first one stays
    assert card.then.verdict == "partly" and "is the same in 1 of 4 other readings" in said
    told = repr(mine)
    assert told.count("imports alone") == 2 and "99.0 %" in told and "not held" in told
    for name in ("", None, 3, "..."):
        with pytest.raises(Problem, match="a reading needs a name"):
            mine.reading(name, 1)


def test_readings_are_counted_against_the_verdict_of_then_and_say_so():
    mine = sealed()
    mine.verdict(95, since=50)
    said = repr(mine.reading("2020 alone", 50))
    assert (
        "The verdict as known in August 2019 (holds) is the same in 0 of 1 other reading." in said
    )


def test_what_it_cannot_show_is_on_the_card_once():
    mine = sealed()
    for _ in range(2):
        mine.cannot("Goods are not services.")
    assert repr(mine.verdict(90)).count("It cannot show: Goods are not services.") == 1
    for nothing in ("", "...", None):
        with pytest.raises(Problem, match="what it cannot show.* as .*sentence"):
            mine.cannot(nothing)


def shown(thing):
    data, metadata = thing._repr_mimebundle_()
    return data, metadata["frenemies"]["kind"]


def test_nothing_stored_holds_a_time_and_the_live_view_does():
    first, changed = sealed(), claim(holds=95)
    things = [changed, changed.seal(), first.seal(), changed.verdict(96, since=97), changed]
    kinds = []
    for thing in things:
        data, kind = shown(thing)
        kinds.append(kind)
        stored = data["text/plain"] + data["text/html"]
        assert not TIME.search(stored), stored
        assert thing is changed or TIME.search(repr(thing))
    assert kinds == ["own", "line", "line", "own", "own"]
    assert not TIME.search(changed.card.to_html())
    assert TIME.search(changed.card.to_html(timed=True))


def test_stored_outputs_are_the_same_when_the_notebook_is_run_again():
    def run():
        mine = claim()
        parts = [mine.seal(), mine.verdict(80, others={"IND": 70}), mine.reading("a", 95), mine]
        return [
            {name: shown(one)[0][name] for name in ("text/plain", "text/html")} for one in parts
        ]

    once = run()
    set_back(days=3)
    assert run() == once


def test_a_card_says_whose_claim_it_is_and_carries_its_sources():
    card = sealed(why="Nine tenths.", tables=["economic/trade"]).verdict(80)
    text, page = card._repr_mimebundle_()[0]["text/plain"], str(card.to_html())
    for told in (text, BeautifulSoup(page, "html.parser").get_text()):
        assert "A claim of your own, not the article's" in told and SENTENCE in told
        assert "Why: Nine tenths." in told and "IMF Direction of Trade" in told
        assert 'fr.evidence.describe("economic/trade")["traps"]' in told
    details = BeautifulSoup(page, "html.parser").select_one("details.verdict.own")
    assert details.has_attr("open") and not details.has_attr("id")


def test_two_live_cards_of_one_claim_have_no_id_in_common():
    card = sealed().verdict(80, others={"IND": 70})
    pages = [BeautifulSoup(card.to_html(timed=True), "html.parser") for _ in range(2)]
    first, second = ({one["id"] for one in page.select("[id]")} for page in pages)
    assert first and not first & second
    svg = pages[1].select_one("svg[aria-labelledby]")
    assert {svg[f"aria-{name}"] for name in ("labelledby", "describedby", "details")} <= second
    assert card.to_html() == card.to_html()


def test_a_sentence_of_tags_is_a_sentence():
    card = sealed("<script>alert(1)</script> & more").verdict(80)
    assert "<script" not in card.to_html() and "&lt;script" in card.to_html()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry["rule"].update(holds=50.0),
        lambda entry: entry.update(claim="Another sentence"),
        lambda entry: entry.update(time="yesterday"),
        lambda entry: entry.update(time="2026-11-27T02:49:07"),
        lambda entry: entry.update(time=None),
        lambda entry: entry.update(judged="soon"),
        lambda entry: entry.update(rule=None),
        lambda entry: entry.update(kind=["descriptive"]),
        lambda entry: entry.pop("hash"),
        lambda entry: entry["rule"].update(comparison="coded"),
        lambda entry: entry["rule"].update(more=1),
    ],
)
def test_a_seal_that_was_changed_is_set_aside_and_the_rest_goes_on(spoil, capsys):
    fr.guess("E1", "holds", 80)
    sealed()
    sealed(holds=95)
    path = diary.own_file()
    contents = json.loads(path.read_text())
    spoil(contents["claims"][0])
    path.write_text(json.dumps(contents))
    assert [entry["rule"]["holds"] for entry in entries()] == [95]
    assert "1 entry could not be read" in capsys.readouterr().out
    assert len(diary.load_answers()["guesses"]) == 1
    kept = path.with_name("my-answers-unreadable-1.json")
    assert json.loads(kept.read_text()) == contents


def test_a_seal_whose_rule_is_not_known_here_is_kept_and_told_of_nowhere(capsys):
    """As one of a later version: its hash is right, and no rule of ours is read from it."""
    sealed()
    path = diary.own_file()
    contents = json.loads(path.read_text())
    (entry,) = contents["claims"]
    entry["rule"]["comparison"] = "of_a_later_version"
    entry["hash"] = sealing.seal_digest(entry)
    path.write_text(json.dumps(contents))
    assert sealed(holds=95).earlier() == []
    assert entries()[0] == entry and capsys.readouterr().out == ""


WITHOUT = """
import sys
sys.modules["heldto.own"] = None
import frenemies as fr
from heldto.exercises import diary
print(len(diary.load_answers()["claims"]), repr(fr.progress()).splitlines()[-1], fr.verdict("E1"))
print(fr.guess("E2", "holds", 80), fr.check("E4-balance", 1))
"""


@pytest.mark.slow
def test_all_else_goes_without_it():
    sealed()
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 1 claim of your own sealed.")


def test_a_file_of_before_has_no_claims_and_takes_them():
    diary.own_file().write_text('{"version": 1, "guesses": [], "exercises": {}}')
    sealed()
    assert len(entries()) == 1


@pytest.mark.parametrize("claims", [3, None, {}, "x"], ids=repr)
def test_claims_that_are_no_list_are_set_aside(claims, capsys):
    diary.own_file().write_text(json.dumps({"version": 1, "guesses": [], "claims": claims}))
    assert entries() == [] and "could not be read" in capsys.readouterr().out


def test_where_the_file_cannot_be_written_the_seal_holds_for_this_kernel(monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(diary, "write_atomic", full)
    mine = claim()
    said = repr(mine.seal())
    assert "Not kept: my-answers.json cannot be written here (No space left on device)." in said
    assert "until this kernel stops" in said
    assert "Sealed less than a minute before" in repr(mine.verdict(90)) and not entries()
    monkeypatch.setattr(diary, "write_atomic", write_atomic)
    time = mine.sealed["time"]
    mine.seal()
    assert [entry["time"] for entry in entries()] == [time]


def test_the_hash_is_the_one_of_the_file():
    mine = sealed()
    (entry,) = entries()
    assert mine.hash == entry["hash"] == sealing.seal_digest(entry)
    assert sealing.is_as_sealed(entry) and len(mine.hash) == 64


@pytest.mark.parametrize(
    "seconds,words",
    [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (12 * 60 + 30, "12 minutes"),
        (3600, "1 hour"),
        (2 * 86400 + 5, "2 days"),
        (-5, "less than a minute"),
    ],
)
def test_times_between_in_words(seconds, words):
    start = datetime(2026, 11, 27, 2, 43, tzinfo=UTC)
    end = start + timedelta(seconds=seconds)
    assert preregistration.time_between(start.isoformat(), end.isoformat()) == words


def test_a_moment_in_words_is_of_utc():
    assert preregistration.moment("2026-11-27T02:43:07+02:00") == "27 November 2026, 00:43 UTC"


def test_blanks_around_a_kind_say_nothing():
    plain, spaced = (
        fr.Claim(SENTENCE, kind=kind, **RULE) for kind in ("descriptive", " descriptive ")
    )
    assert spaced.kind == "descriptive" and spaced.hash == plain.hash


# What a seal keeps


def test_a_second_figure_under_one_seal_is_counted_and_the_first_stays():
    mine = sealed()
    first = repr(mine.verdict(80))
    assert "figure under this seal" not in first
    assert "figure under this seal" not in repr(mine.verdict(80))  # the cell run again
    told = repr(mine.verdict(95))
    assert (
        "This is the second figure under this seal. The figures before it: 80.0 %, holds partly."
        in told
    )
    assert "third figure" in repr(claim().verdict(60))  # another kernel reads the file
    (entry,) = entries()
    assert [one["value"] for one in entry["given"]] == [80, 95, 60]


def test_a_reading_that_is_given_again_with_a_friendlier_figure_stands_beside_the_first():
    mine = sealed()
    mine.verdict(95)
    mine.reading("imports alone", 32)
    mine.reading("imports alone", 96)
    assert [one.verdict for one in claim().readings] == ["fails", "holds"]
    told = repr(mine)
    assert "32.0 %, so it fails" in told and "is the same in 1 of 2 other readings" in told


def tampered(change):
    """The entries of the file after somebody has changed them, and what the file says of them."""
    path = diary.own_file()
    contents = json.loads(path.read_text())
    change(contents["claims"])
    path.write_text(json.dumps(contents))
    return entries()


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["rule"].update(holds=70.0),
        lambda one: one.update(claim="Nobody trades at all"),
        lambda one: one.update(time="yesterday"),
        lambda one: one["given"][0].update(time="2026-01-01"),
        lambda one: one["given"][0].pop("value"),
    ],
    ids=["rule", "sentence", "time", "time of a figure", "no figure"],
)
def test_an_entry_that_is_not_as_it_was_sealed_is_left_out(change, capsys):
    mine = sealed()
    mine.verdict(80), mine.verdict(95)
    assert tampered(lambda claims: change(claims[0])) == []
    assert "1 entry could not be read" in capsys.readouterr().out


def test_a_rule_that_was_put_in_place_of_the_sealed_one_is_refused():
    mine, other = sealed(), claim(holds=50, partly=40)
    vars(mine)["rule"] = other.rule
    for ask in (lambda: mine.verdict(60), lambda: mine.reading("a", 60)):
        with pytest.raises(Problem, match="the rule of mine is not the one that was sealed"):
            ask()


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Western sanctions made Russia sell more oil", "made"),
        ("China sells more because Russia buys more", "because"),
        ("Cheap gas leads to more trade", "leads to"),
        ("Most phones are made in China", ""),
        ("China trades more with India than with Russia", ""),
    ],
)
def test_a_causal_word_in_a_claim_that_is_called_descriptive_is_asked_about(sentence, word):
    said = repr(claim(sentence).seal())
    judged = sealed(sentence).verdict(95)  # it stands on the card and on the page, too
    assert ("names a cause" in repr(judged)) is ("names a cause" in judged.to_html()) is bool(word)
    assert (f"The sentence says “{word}”" in said) if word else ("names a cause" not in said)
    assert "names a cause" not in repr(claim(sentence, kind="causal", cap="partly").seal())


def test_an_entry_of_an_earlier_version_is_read():
    """Two of its hashes chained it to the entry before; they are left alone."""
    mine = sealed()
    entry = entries()[0]
    chain = {"before": "0" * 16, "seal": "1" * 64}
    given = {"what": "figure", "name": "", "value": 80.0, "since": None, "mark": "2" * 64}

    def older(claims):
        claims[0] = entry | chain | {"given": [given | {"time": entry["time"]}]}

    assert len(tampered(older)) == 1
    claim().verdict(80)
    claim().verdict(95)
    assert [one["value"] for one in entries()[0]["given"]] == [80, 95]  # nothing is lost
    assert entries()[0].items() >= chain.items() and mine.hash == entry["hash"]


def ran(monkeypatch, *code):
    """As if these cells had been run in this kernel, and one more runs now."""
    monkeypatch.setattr(cell_history, "_ran", lambda: dict(enumerate(code, 1)))
    monkeypatch.setattr(cell_history.stored, "running_cell", lambda: len(code) + 1)


def test_a_table_that_was_read_before_the_seal_is_said(monkeypatch):
    ran(monkeypatch, 'fr.evidence.table("economic/trade").head()', "fr.evidence.package()")
    mine = sealed(tables=["economic/trade", "economic/tariffs"])
    assert mine.read_before() == [
        "The kernel that sealed it had read “economic/trade” before the seal: the figure may have "
        "been known."
    ]
    ran(monkeypatch, 'fr.evidence.describe("economic/trade")')
    assert sealed("Another claim of three words").read_before() == []


def test_a_total_beside_its_parts_is_asked_about_unless_the_code_names_it(monkeypatch):
    table = "economic/energy_imports"
    read = f'fr.evidence.table("{table}").groupby("year")["quantity"].sum()'
    assert plausibility.of_totals([table], read) == [
        f"{table} has rows “Total”, which are totals of other rows: did you leave them out of the sum?"
    ]
    assert plausibility.of_totals([table], read + ".query(\"origin != 'Total'\")") == []
    assert (
        plausibility.of_totals([table], "")
        == []
        == plausibility.of_totals(["economic/tariffs"], read)
    )
