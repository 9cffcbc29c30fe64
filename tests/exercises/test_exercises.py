"""Exercises: solutions pass their own check, slips are explained, nothing that a reader can hand in makes a check fall over."""

import html
import itertools
import json
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from conftest import cases, in_node
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import frenemies as fr
from frenemies.measures import network
from frenemies.sections.verdict.exercises import is_it_balanced
from heldto import article, stored
from heldto.claims import ledger
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.exercises import (
    check,
    checks,
    diary,
    exercise_ids,
    find_exercise,
    forms,
    guesses,
    hint,
    reading,
    score,
    solution,
    standing,
    words,
)
from heldto.templates import writing_page

ALL = exercise_ids()


def in_one_expression():
    """The exercises whose solution is one expression."""
    return [name for name in ALL if not find_exercise(name).question.lines]


def numbers():
    """The exercises whose answer is a number."""
    return [name for name in ALL if find_exercise(name).question.kind == "number"]


def worked_out(question):
    """What a solution's code gives."""
    names = {"fr": fr}
    if question.lines:
        exec(question.lines, names)
        return names["answer"]
    code = question.code
    exec(checks.import_line(code), names)
    return eval(code, names)


@pytest.mark.parametrize("section", [one for one in article.notebooks() if one != "own"])
def test_each_notebook_of_the_article_has_five_from_easy_to_hard_of_several_kinds(section):
    found = [find_exercise(name) for name in exercise_ids(section)]
    assert len(found) >= 5
    assert {one.level for one in found} == {1, 2, 3}
    assert len({one.question.kind for one in found}) >= 3


def test_the_length_of_a_choice_tells_nothing():
    """Of four choices the right one is the longest, or the shortest, about as often as any other."""
    asked = [
        exercise.question.choices
        for section in article.notebooks()
        for exercise in map(find_exercise, exercise_ids(section))
        if exercise.question.kind == "choice"
    ]
    assert len(asked) >= 10
    for most in (max, min):
        found = [
            choices
            for choices in asked
            if most(choices, key=lambda choice: len(choice[0]))[1]
            and [len(text) for text, *_ in choices].count(most(len(text) for text, *_ in choices))
            == 1
        ]
        assert 1 <= len(found) <= len(asked) / 3, found
    for choices in asked:
        right = max(len(text) for text, is_right, _ in choices if is_right)
        assert right <= 1.3 * max(len(text) for text, is_right, _ in choices if not is_right)


def test_every_skill_and_every_kind_is_asked_for():
    found = [find_exercise(name) for name in ALL]
    assert {one.skill for one in found} >= {
        "find a figure",
        "compute a measure",
        "decide a claim",
        "read a picture",
        "explain a disagreement",
        "argue",
    }
    assert {one.question.kind for one in found} == {
        "number",
        "choice",
        "text",
        "table",
        "state",
        "open",
        "frame",
    }


def test_every_exercise_serves_a_claim_or_the_whole():
    claims = set(fr.evidence.table("claims")["id"])
    assert {find_exercise(name).id.partition("-")[0] for name in ALL} - claims == {"F"}


@cases("name", ALL)
def test_solution_passes_its_own_check(name):
    question = find_exercise(name).question
    if question.kind == "open":
        assert check(name, question.solution).right is None
        assert len(question.rubric) >= 3, f"[{name}]: name three points in its `rubric`"
        return
    assert check(name, question.answer).right is True
    if question.code or question.lines:
        assert check(name, worked_out(question)).right is True
    assert not check(name, "no idea")


@cases("name", ALL)
def test_three_hints_that_say_more_each_time_and_never_the_answer(name):
    question = find_exercise(name).question
    assert len({*question.hints} - {""}) == 3, f"[{name}]: write three hints"
    if question.kind == "number":
        figures = [
            match for text in question.hints[:2] for match in re.findall(r"\d+(?:\.\d+)?", text)
        ]
        answer = question.written(question.answer)
        assert answer not in figures, f"[{name}]: a hint before the last gives the answer, {answer}"


@cases("name", in_one_expression)
def test_hints_can_be_followed_without_code(name):
    *first, last = find_exercise(name).question.hints
    assert not any("In code:" in text for text in first), f"[{name}]: code is in the last hint only"
    for text in (*first, last.partition("In code:")[0]):
        assert len(text.split()) >= 2, f'[{name}]: say in words where to look before "In code:"'
        code = re.search(r"[a-z]+\(|\w_\w|\.csv|\w/\w|==|\bcodebook\b", text)
        assert not code, f'[{name}]: put "{code[0]}" after "In code:" of the last hint'


@cases("name", ALL)
def test_a_right_answer_is_told_what_it_means_and_the_words_do_not_give_it_away(name):
    question = find_exercise(name).question
    if question.kind == "open":
        return
    result = check(name, question.answer)
    assert result.right
    whole = len(result.says.split()) >= 8 and result.says.endswith(".")
    assert whole, f"[{name}], means: write a sentence of eight words or more, with a full stop"
    if question.kind == "number":
        written = question.written(question.answer).lstrip("-")
        spelt = (
            reading.UNITS["numerals"][int(written)]
            if question.digits == 0 and int(written) < len(reading.UNITS["numerals"])
            else written
        )
        given_away = {written, spelt} & set(
            re.findall(r"\d+(?:\.\d+)?|[a-z]+", question.means.casefold())
        )
        assert not given_away, f"[{name}], means: it gives the answer away, {given_away}"
    if question.kind == "text":
        assert not any(actors.name(code) in question.means for code in question.answer)


def test_what_a_right_answer_means_is_true_of_the_data():
    from frenemies.measures import ties, trade
    from frenemies.sections import economic

    gap = trade.mirror_trade("RUS", "CHN").set_index("year").gap.abs()
    assert gap.loc[2008:2020].idxmax() == 2014
    total = trade.ranks("CHN", 2018).set_index("partner").total
    assert total["RUS"] < total["DEU"] < 2 * total["RUS"]
    assert economic.from_origin("gas", "Russia", 2018, "share") < 0.03
    assert (
        find_exercise("E4-balance").question.answer > 9
        and find_exercise("G7-share").question.answer > 0
    )
    assert (
        find_exercise("E10-extra").question.answer
        > dict(map(reversed, find_exercise("E10-extra").question.wrong))[
            "That is 2018: the verdict has it."
        ]
    )
    assert (
        find_exercise("F3-eu").question.answer
        > dict(map(reversed, find_exercise("F3-eu").question.wrong))[
            "That is the fall to 2018, as in the verdict."
        ]
        / 2
    )
    kappa = ties.agreement("RUS", "USA").set_index("year").kappa
    assert (
        kappa[1992] > 0 > kappa[2018]
        and kappa[1992] - kappa[2013] > (kappa[1992] - kappa[2018]) / 2
    )
    assert (
        find_exercise("F1-meetings").question.answer < 25
        and find_exercise("M3-pacific").question.answer >= 3
    )
    assert (
        ledger.judge("G11", "then").verdict == "partly"
        and ledger.judge("G11", "since").verdict == "holds"
    )
    assert (
        find_exercise("M6-table").question.answer["CHN"]
        > 0
        > max(find_exercise("M6-table").question.answer[code] for code in ("IND", "VNM"))
    )
    assert (
        find_exercise("F-brier").question.answer > 0.25
        and find_exercise("F-depend").question.answer > 1
    )


def test_an_answer_that_nobody_foresaw_is_asked_for_what_fits_its_kind():
    said = {
        name: find_exercise(name).question.unforeseen()
        for name in ALL
        if find_exercise(name).question.kind in ("number", "text", "table", "frame")
    }
    assert all(text.endswith("A hint helps.") for text in said.values())
    assert all(
        "reporter" not in text
        for name, text in said.items()
        if name in (*exercise_ids("military"), *exercise_ids("verdict"))
    )
    assert (
        said["E1-total"] in check("E1-total", 500).says
        and "Which two states" in check("F5-kappa", 0.5).says
    )
    assert (
        said["M13-allies"] == find_exercise("M13-allies").question.feedback()[-1][1]
        and find_exercise("M13-allies").question.feedback()[-1][0] == []
    )


@cases("name", numbers)
def test_a_figure_with_a_decimal_too_few_is_close(name):
    question = find_exercise(name).question
    for value in question.roughly():
        result = check(name, value)
        assert result.right or "give one more decimal" in result.says
    assert question.digits or not question.roughly()


def test_hints_come_one_after_the_other_and_stay_at_the_last():
    checks._HINTED.clear()
    said = [repr(hint("E1-total")) for _ in range(4)]
    assert [text[:11] for text in said] == [
        "Hint 1 of 3",
        "Hint 2 of 3",
        "Hint 3 of 3",
        "Hint 3 of 3",
    ]
    assert repr(hint("E1-total", 1)) == said[0]
    assert "there is no exercise" in repr(hint("nonsense"))


def test_solution_is_shown_only_when_asked_for_outright():
    assert find_exercise("E1-total").question.solution not in repr(solution("E1-total"))
    shown = repr(solution("E1-total", reveal=True))
    assert (
        find_exercise("E1-total").question.solution in shown
        and "from frenemies import trade" in shown
    )
    assert "<pre>from frenemies import trade" in solution("E1-total", reveal=True)._repr_html_()
    assert find_exercise("E1-which").question.rubric[0] in repr(solution("E1-which", reveal=True))
    assert 'Did you mean "E3-rank"' in repr(solution("E3-rnk", reveal=True))


def plausible(question):
    """Wrong answers somebody could give, each with the reason that fits."""
    return [
        *question.known,
        *((question.answer * factor, why) for factor, why in question.slips().items()),
    ]


@cases("name", numbers)
def test_ten_plausible_wrong_answers_are_each_explained(name):
    question = find_exercise(name).question
    wrong = plausible(question)
    reasons = len({why for _, why in wrong})
    assert reasons >= 10, f"[{name}] explains {reasons} wrong answers: give more in `wrong`, to ten"
    for value, why in wrong:
        for answer in (value, f"{value:.6f}".replace(".", ",")):
            result = check(name, answer)
            assert result.right is False and why in result.says, f"{answer}: {result}"


# Wrong figures worked out by hand from the tables' rows (USD bn, percent, counts), and the word that the explanation must hold.
BY_HAND = [
    ("E1-total", 95.24, "wrong reporter"),
    ("E1-total", 91.2, "FOB"),
    ("E1-total", 88_350, "in millions"),
    ("E1-total", 88_350_315_977, "in dollars"),
    ("E1-total", 37.5, "exports plus imports"),
    ("E1-total", 88.8, "year before"),
    ("E1-total", "95 244 million", "wrong reporter"),
    ("E1-total", 95_244, "in millions"),
    ("E1-total", 88, "one more decimal"),
    ("E3-rank", 1, "other way round"),
    ("E3-rank", 6, "Germany"),
    ("E3-rank", 4, "Hong Kong"),
    ("E6-share", 121.3, "a tenth of it"),
    ("E6-share", 11.8, "rounding error"),
    ("E6-share", 12, "one more decimal"),
    ("E4-balance", 8.0, "2018 itself"),
    ("E4-balance", 3.6, "below zero"),
    ("E4-balance", 13.3, "asks for FOB, and that is CIF"),
    ("E4-balance", 13.0, "Russia's own book"),
    ("E4-balance", -12.4, "sign"),
    ("E10-extra", 31.1, "wrong reporter"),
    ("E10-extra", 0.396, "fraction"),
    ("E10-extra", 40, "one more decimal"),
    ("F3-eu", 4.0, "27"),
    ("F3-eu", 9.6, "percentage points"),
    ("F3-eu", 6.8, "to 2018"),
    ("G7-share", 12.3, "Pakistan's arms imports"),
    ("G7-share", 85.5, "in percent of the earlier share"),
    ("G7-share", 0.29, "fraction"),
    ("G1-lean", 3, "fell"),
    ("F1-meetings", 32, "whole list"),
    ("F1-meetings", 28, "not in China Vitae"),
    ("F5-kappa", -0.26, "raw agreement"),
    ("F5-kappa", 0.05, "one below"),
    ("F5-kappa", -35.3, "percentage"),
    ("F5-kappa", "-0.4", "one more decimal"),
    ("G11-gap", -0.18, "sign"),
    ("G6-vetoes", 6, "came before"),
    ("G6-vetoes", 10, "all drafts that the two vetoed together"),
    ("M5-share", 54.8, "asks for the volume"),
    ("M5-share", 5.0, "what was left"),
    ("M3-pacific", 5, "leaves out only one sea"),
    ("M8-submarines", 4, "had arrived"),
    ("M15-base", 45.4, "all who were asked"),
    ("F-count", lambda: 100 * ledger.table().verdict_then.eq("holds").mean(), "undecided"),
    ("F-changed", lambda: _moved(ledger.table()), "all that changed"),
    ("F-depend", 0.146, "other way round"),
    ("F-brier", 1.01, "divide by the number"),
    ("F-brier", 0.3, "one more decimal"),
]


def _moved(found):
    return int((found.verdict_then != found.verdict_since).sum())


@cases(("name", "answer", "word"), BY_HAND)
def test_slips_worked_out_by_hand_are_named(name, answer, word):
    result = check(name, answer() if callable(answer) else answer)
    assert result.right is False and word.casefold() in result.says.casefold()


FORMS = [
    *[88.35, 88.4, np.float64(88.35), Decimal("88.35"), Fraction(1767, 20)],
    *[
        "88.4",
        "88,4",
        " 88.35 ",
        "88.4 bn",
        "USD 88.4 billion",
        "$88.4bn",
        "88 350 million",
        "88,350.3 mn",
    ],
    *[
        pd.Series([88.35]),
        np.array([88.35]),
        [88.35],
        {"total": 88.35},
        pd.DataFrame({"total": [88.35]}),
    ],
    pd.DataFrame({"year": ["2014"], "total": [88.35]}),
]


@pytest.mark.parametrize("answer", FORMS, ids=repr)
def test_a_number_may_come_in_any_sensible_form(answer):
    assert check("E1-total", answer).right is True


SPELT = {
    "1,234.5": 1234.5,
    "1.234,5": 1234.5,
    "1'234": 1234,
    "12,345,678": 12345678,
    "-0,5": -0.5,
    "\u22123": -3,
    ".5": 0.5,
    "1e3": 1000,
    "three": 3,
}


@pytest.mark.parametrize(("text", "value"), SPELT.items())
def test_spellings_of_numbers(text, value):
    assert value in reading.read_figure(text).scaled


def test_percent_signs_words_and_nothings():
    assert (
        check("E10-extra", "39,6 %").right
        and check("F5-kappa", "-35 %").right
        and check("M8-submarines", "two").right
    )
    assert check("M8-submarines", "5 %").says.startswith(
        "That is in percent: the question asks for a plain number."
    )
    assert "its unit is not: yours is in millions" in check("E1-total", "88.4 million").says
    assert (
        "your answer has 2" in check("E1-total", [1, 2]).says
        and "one number" in check("E1-total", "88 or 89").says
    )
    assert "Close" in check("E1-total", 85).says
    assert "Too high" in check("E1-total", 400).says and "Too low" in check("E1-total", 30).says


@pytest.mark.parametrize("answer", ["b", "B)", " b. ", 2, "2", ["b"]])
def test_a_choice_may_be_given_by_letter_or_number(answer):
    assert check("E7-coal", answer).right is True


@cases("name", [name for name in ALL if find_exercise(name).question.kind == "choice"])
def test_a_choice_has_one_right_option_and_says_something_on_each(name):
    question = find_exercise(name).question
    assert sum(right for _, right, _ in question.choices) == 1 and len(question.choices) == 4
    for key, (text, right, feedback) in question.lettered():
        for answer in (key, text):
            assert (check(name, answer).right, check(name, answer).says) == (right, feedback)
    assert len({feedback for _, _, feedback in question.choices}) == 4


LISTS = [
    *[
        "JPN, KOR, PHL",
        "Philippines; Japan and South Korea",
        ["KOR", "PHL", "JPN"],
        ("JPN", "JPN", "KOR", "PHL"),
    ],
    *[
        "the Philippines, Japan, South Korea",
        "JPN KOR PHL",
        "Japan South Korea the Philippines",
        "Seoul AND Tokyo, Manila.",
    ],
    *[{"japan": 1, "KOR": 2, "Philippines": 3}.keys(), pd.Series(["PHL", "JPN", "KOR"])],
    pd.DataFrame({"n": [1, 2, 3], "actor": ["KOR", "PHL", "JPN"]}),
]


@pytest.mark.parametrize("answer", LISTS, ids=repr)
def test_order_and_spelling_of_a_list_do_not_matter(answer):
    assert check("M13-allies", answer).right is True


def test_a_list_says_what_is_too_much_and_what_is_missing():
    assert "Taiwan Relations Act" in check("M13-allies", ["JPN", "KOR", "PHL", "TWN"]).says
    assert (
        "1 more belongs" in check("M13-allies", ["JPN", "KOR"]).says
        and "2 of 3 are right" in check("M13-allies", ["JPN", "KOR"]).says
    )
    assert "Did you mean JPN" in check("M13-allies", ["Japn", "KOR", "PHL"]).says
    assert "North Korea or South Korea" in check("M13-allies", "Japan, Korea, the Philippines").says
    assert "Taiwan Relations Act" in check("M13-allies", "Taiwan").says
    assert "rivalry with China ended" in check("F4-friends", "India, Iran, Syria, Vietnam").says


def test_a_table_may_have_any_order_of_rows_and_columns():
    shares = find_exercise("M6-table").question.answer
    frame = pd.DataFrame(
        {"recipient": list(shares), "change": list(shares.values()), "start": 2014}
    )
    named = {"Russia": 1, "China": shares["CHN"], "india": shares["IND"], "Vietnam": shares["VNM"]}
    lines = "\n".join(f"{actors.name(code)}: {share:.1f}" for code, share in shares.items())
    by_actor = frame.set_index("recipient")
    for table in (
        frame,
        frame[["change", "start", "recipient"]].iloc[::-1],
        by_actor.change,
        by_actor[["change"]],
        shares,
        named,
        lines,
    ):
        assert check("M6-table", table).right is True, table
    assert "There is no row for Vietnam" in check("M6-table", frame.head(2)).says
    assert "fraction" in check("M6-table", frame.assign(change=frame.change / 100)).says
    assert "2014-18 itself" in check("M6-table", {"CHN": 70.1, "IND": 57.7, "VNM": 75.8}).says
    assert check("M6-table", "China: +1.5\nIndia: \u221221.7\nVietnam - 41,6").right is True
    assert check("M6-table", "China: +1.5\nIndia: minus 21.7\nViet Nam: \u201341.6").right is True


def test_rows_that_never_end_are_no_table():
    for endless in (
        itertools.count(),
        [itertools.count()],
        [("CHN", itertools.count())],
        itertools.repeat(("CHN", 1)),
    ):
        assert check("M6-table", endless).right is False


def test_a_state_of_the_actor_bar_is_an_answer():
    bar = fr.actor_bar("economic")
    assert bar in fr.exercise("E3-set").children  # to be set beside the question
    bar.shown = bar.actors
    assert "number 7" in check("E3-set").says
    bar.shown = ["RUS", "USA", "DEU", "KAZ"]
    assert "China is off" in check("E3-set").says
    bar.shown = ["CHN", *bar.shown]
    assert check("E3-set").right is True
    bar.shown = ["USA"]
    assert "Russia itself is off" in check("E3-set").says
    bar.shown = bar.actors
    assert (
        check("G10-set", ["USA", "DEU", "JPN", "KOR", "PHL", "PAK"]).right
        and "Taiwan" in check("G10-set", ["USA", "TWN"]).says
    )
    assert (
        check("F4-set", ["CHN", "RUS", "VNM", "USA"]).right
        and "2 (with India, Vietnam)" in check("F4-set").says
    )
    assert "both be on" in check("F4-set", ["CHN"]).says


class Awkward:
    """An object that refuses whatever is asked of it."""

    def _refuse(self, *_, **__):
        raise RuntimeError("no")

    __str__ = __repr__ = __len__ = __iter__ = __eq__ = __float__ = __bool__ = __getitem__ = (
        __format__
    ) = _refuse
    __hash__ = object.__hash__


ODD_TEXTS = [
    "JPN",
    "Russia",
    "a",
    "holds",
    "106,7",
    "1e999",
    "\u0663",
    "\u00bd",
    "-",
    "1,2,3",
    "100 %",
    "NaN",
    "10**9",
    "\uff19",
]
PLAIN = [
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.binary(),
    st.decimals(),
    st.fractions(),
]
RARE = [
    st.dates(),
    st.uuids(),
    st.timedeltas(),
    st.builds(Awkward),
    st.builds(object),
    st.builds(lambda: itertools.count()),
]
SCALARS = st.one_of(*PLAIN, *RARE, st.sampled_from([int, len, pd.NA, pd.NaT, *ODD_TEXTS]))


def boxed(inner):
    """Things with things inside."""
    lists = st.lists(inner, max_size=3)
    frames = lists.map(
        lambda items: pd.DataFrame({"recipient": items, "share": items}, dtype=object)
    )
    keys = st.one_of(st.text(), st.integers(), st.none())
    return st.one_of(
        lists, st.tuples(inner, inner), st.dictionaries(keys, inner, max_size=3), inner.map(lambda item: (one for one in [item])),
        lists.map(lambda items: pd.Series(items, dtype=object)), frames, st.lists(SCALARS, max_size=3).map(lambda items: np.array(items, dtype=object)),
    )  # fmt: skip


THINGS = st.recursive(SCALARS, boxed, max_leaves=5)


@pytest.mark.parametrize("name", ALL)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(thing=THINGS)
def test_no_object_makes_a_check_raise(name, thing):
    result = find_exercise(name).question.judge(thing)
    assert result.right in (True, False, None) and isinstance(result.says, str) and repr(result)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(thing=THINGS)
def test_no_id_makes_a_call_raise(thing):
    assert isinstance(check(thing, 1).says, str)
    assert repr(hint(thing)) and repr(solution(thing, reveal=True))


def without_russia(frame):
    return frame[frame.partner.ne("RUS")]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda frame: frame.assign(total_usd="x"), "data/economic/partners.csv, row 2"),
        (without_russia, "no figure for"),
    ],
)
def test_data_that_do_not_give_the_answer_are_not_the_reader_s_fault(mutate, spoil, why):
    """A maker may meet anything in data of one's own: it is said which exercise and why, and the id is not called wrong."""
    mutate("economic/partners", spoil)
    told = "exercise E3-rank cannot be computed from this data: "
    for said in (
        check("E3-rank", 10).says,
        repr(hint("E3-rank")),
        repr(solution("E3-rank", reveal=True)),
    ):
        assert said.startswith(told) and why in said and "no exercise" not in said
    assert repr(fr.exercise("E3-rank")).startswith(told)  # in its place, so that Run All goes on
    with pytest.raises(checks.Unanswerable, match=told):
        find_exercise("E3-rank")


@pytest.mark.parametrize("number", [0, 4, "2", None, Awkward(), [1]])
def test_no_number_of_a_hint_makes_it_raise(number):
    checks._HINTED.clear()
    assert repr(hint("E1-total", number)).startswith("Hint 1 of 3")


def test_forms_are_asked_for_where_they_stand():
    assert fr.exercise is forms.exercise and fr.guess is guesses.guess


def veiled(name, text):
    return reading.veil(f"{name}:{text}")


def visible(page):
    """The words on a form: no attribute, no tag."""
    return re.sub(r"<[^>]+>", " ", page)


@cases("name", ALL)
def test_the_page_of_an_exercise_holds_veiled_answers_and_no_solution(name):
    question, page = find_exercise(name).question, forms.exercise_page(find_exercise(name))
    assert question.solution not in page and (not question.code or question.code not in page)
    assert re.search(
        r'<form class="exercise" method="dialog" data-exercise="[\w-]+" data-kind="\w+"', page
    )
    assert page.count('<details class="hint">') == 3
    if question.kind == "number" and question.digits:
        assert question.written(question.answer) not in visible(page)
    accepted = re.search(r'data-accept="([^"]+)"', page)
    assert (
        bool(accepted)
        == (question.kind in ("number", "choice", "text"))
        == ('class="check"' in page)
    )
    for text in question.accepted():
        assert veiled(name, text) in accepted[1].split()


@cases("name", numbers)
def test_the_page_explains_what_the_check_explains(name):
    question, page = find_exercise(name).question, forms.exercise_page(find_exercise(name))
    told = {value: why for spellings, why in question.feedback() for value in spellings}
    assert told, f"{name}: no wrong answer is explained: write `wrong`"
    for text, why in told.items():
        assert (text in question.accepted()) == (why == question.means) and why in check(
            name, text
        ).says
        assert veiled(name, text) in page


def test_the_page_of_a_list_explains_one_too_many_and_one_too_few():
    page = forms.exercise_page(find_exercise("M13-allies"))
    assert (
        veiled("M13-allies", "JPN,KOR,PHL,TWN") in page and veiled("M13-allies", "JPN,KOR") in page
    )


def test_widget_shows_question_checks_hints_and_solves():
    checks._HINTED.clear()
    shown = fr.exercise("E1-total")
    shown.check()
    assert "Answer first" in shown.said.value
    shown.box.value = "95,2"
    shown.check()
    assert "wrong reporter" in shown.said.value and 'role="status"' in shown.said.value
    shown.box.value = "88,4"
    shown.check()
    assert (
        "Right." in shown.said.value
        and find_exercise("E1-total").question.means in shown.said.value
    )
    tries = diary.load_answers()["exercises"]["E1-total"]["tries"]
    shown.box.set_state({"value": "95,2", "entered": 1})  # Enter in the box
    assert (
        "wrong reporter" in shown.said.value
        and diary.load_answers()["exercises"]["E1-total"]["tries"] == tries + 1
    )
    for last in (1, 2, 3, 3):
        shown.hint()
        read = [f"Hint {number} of 3" in shown.said.value for number in (1, 2, 3)]
        assert read == [number <= last for number in (1, 2, 3)]
        assert shown.said.value.count("Hint ") == last
    shown.solution()
    assert "billion dollars" in shown.said.value
    with stored.pages():
        bundle = shown._repr_mimebundle_()[0]
    with writing_page():
        assert bundle[stored.PAGE] == forms.exercise_page(find_exercise("E1-total"))
    assert bundle["text/plain"] == repr(shown)
    assert "88" not in bundle["text/plain"] + bundle["text/html"]


@cases("name", ALL)
def test_every_widget_can_be_used(name):
    shown = fr.exercise(name)
    if shown.box is not None:
        shown.box.value = (
            "a"
            if find_exercise(name).question.kind == "choice"
            else "one two three four five six seven eight nine"
        )
    shown.check()
    assert shown.said.value.startswith("<p")


def test_what_is_said_of_a_choice_goes_with_it():
    shown = fr.exercise("M4-tiv")
    wrong = next(key for key, one in find_exercise("M4-tiv").question.lettered() if not one[1])
    shown.box.value = wrong
    shown.check()
    assert "Not yet." in shown.said.value
    shown.box.value = find_exercise("M4-tiv").question.answer
    assert shown.said.value == ""
    shown.check()
    assert "Right." in shown.said.value


@cases("name, wrong, right", [("E1-total", "95,2", "88,4"), ("M4-tiv", "c", "")])
def test_a_hint_and_what_was_said_of_the_answer_stand_together(name, wrong, right):
    checks._HINTED.clear()
    question = find_exercise(name).question
    shown = fr.exercise(name)
    shown.box.value = next((key for key, one in question.lettered() if not one[1]), wrong)
    shown.check()
    shown.hint()
    assert "Not yet." in shown.said.value and "Hint 1 of 3" in shown.said.value
    shown.check()  # the same once more
    assert shown.said.value.index("Not yet.") < shown.said.value.index("Hint 1 of 3")
    shown.solution()
    assert "Not yet." in shown.said.value and "Solution of" in shown.said.value
    shown.box.value = right or question.answer
    assert "Not yet." not in shown.said.value and "Solution of" in shown.said.value
    shown.check()
    assert "Right." in shown.said.value and "Solution of" in shown.said.value


def test_who_is_neither_friend_nor_rival_has_the_sign_0(monkeypatch):
    def without_a_tie(ties):
        net = graph(ties)
        net.remove_edge("CHN", "PAK")
        return net

    graph = network.graph
    monkeypatch.setattr(network, "graph", without_a_tie)
    found = is_it_balanced(2018)
    assert (found["CHN_PAK"], found["CHN_IND"], found["product"]) == (0, -1, 0)
    assert found["unbalanced"] and not found["balanced"]


@pytest.mark.parametrize(
    ("pledge", "right"),
    [("defence", "A pledge to defend"), ("non-aggression", "A pledge not to"), (None, "Nothing")],
)
def test_which_pledge_is_right_follows_the_data(mutate, pledge, right):
    def put(frame):
        pair = (frame.actor_a == "PAK") & (frame.actor_b == "SAU")
        return frame.assign(pledge=frame.pledge.mask(pair, pledge)) if pledge else frame[~pair]

    mutate("geopolitical/pledges", put)
    (found,) = [
        text for text, is_right, _ in find_exercise("G8-pledge").question.choices if is_right
    ]
    assert found.startswith(right)


def test_a_right_answer_follows_the_data(mutate):
    def twice(frame):
        hit = frame.reporter.eq("RUS") & frame.partner.eq("CHN") & frame.year.eq("2014")
        return frame.assign(
            value_usd=frame.value_usd.where(~hit, (frame.value_usd.astype("int64") * 2).astype(str))
        )

    assert check("E1-total", 88.35).right
    mutate("economic/trade", twice)
    assert not check("E1-total", 88.35).right and check("E1-total", 176.7).right


@pytest.mark.slow
def test_progress_counts_by_notebook_and_survives_a_restart(tmp_path):
    check("E1-total", 1)
    check("E1-total", 88.4)
    check("E1-total", 2)
    check("M8-submarines", 1)
    assert fr.progress().rows()[0][:4] == (
        "01_economic",
        1,
        1,
        len(exercise_ids("economic")),
    ) and fr.progress().rows()[2][1:3] == (0, 1)
    anew = subprocess.run(
        [sys.executable, "-c", "import frenemies as fr; print(fr.progress())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (
        f"01_economic: 1 of {len(exercise_ids('economic'))} exercises solved, 1 tried"
        in anew.stdout
    )
    assert '<progress max="' in fr.progress().children[0].value
    assert diary.load_answers()["exercises"]["E1-total"]["tries"] == 3


def test_progress_counts_the_claims_of_ones_own():
    assert "of your own" not in repr(fr.progress())
    for holds in (80, 90):
        fr.Claim("A small claim.", rule="at_least", holds=holds, unit="%").seal()
        progress = fr.progress()
        assert "sealed" in progress.children[0].value
    assert repr(progress).splitlines()[-1] == "2 claims of your own sealed."


def test_progress_keeps_what_a_later_version_no_longer_asks():
    diary.own_file().write_text(
        json.dumps(
            {
                "version": 1,
                "guesses": [],
                "exercises": {"Old-one": {"tries": 2, "right": True}},
                "later": [1],
            }
        )
    )
    check("E1-total", 88.4)
    kept = diary.load_answers()
    assert kept["exercises"]["Old-one"]["right"] and kept["later"] == [1]
    assert fr.progress().rows()[0][1] == 1


def test_progress_of_a_section_tells_what_is_left():
    whole = fr.progress("economic").children[0].value
    assert "Left to guess: F3, " in whole and "Left to solve: " in whole and "02_" not in whole
    score.record_guess("E1", "holds", 60)
    check("E1-total", 88.4)
    line, guesses, exercises = str(fr.progress("economic")).splitlines()
    assert line.startswith("01_economic: 1 of ") and re.search(r"; 1 of \d+ claims guessed$", line)
    assert "E1" not in guesses.split(": ")[1].rstrip(".").split(", ")
    assert "E1-total" not in exercises and exercises.startswith("Left to solve: ")
    with pytest.raises(Problem, match="economic"):
        fr.progress("econmic")


def test_progress_is_not_stored_and_says_when_all_is_done():
    check("E1-total", 88.4)
    stored = fr.progress("economic")._repr_mimebundle_()[0]
    assert stored["text/plain"] == words.say("progress") and "1 of" not in stored["text/html"]
    assert standing.Done("x", 1, 1, 1, 1, [], []).left == ["All guessed and solved."]


def test_a_solved_exercise_shows_so_when_it_is_opened_again():
    assert forms.exercise("E1-total").said.value.strip() == ""
    check("E1-total", 1)
    assert "✓" not in forms.exercise("E1-total").said.value
    check("E1-total", 88.4)
    assert "✓" in forms.exercise("E1-total").said.value


def test_dates_are_not_numbers():
    assert check("E1-total", date(2018, 1, 1)).right is False


def asked(name):
    """What a page's script reads from an exercise's form, and the words of each feedback."""
    page = forms.exercise_page(find_exercise(name))
    attributes = dict(re.findall(r'data-(\w+)="([^"]*)"', re.search(r"<form[^>]*>", page)[0]))
    told = re.findall(r'<p class="feedback" hidden data-for="([^"]*)">(.*?)</p>', page)
    ask = {key: html.unescape(value) for key, value in attributes.items()}
    return ask | {"feedback": [hashes for hashes, _ in told]}, [
        html.unescape(words) for _, words in told
    ]


def told(name, *given):
    """For each answer given on a page without a kernel: (marked right?, what is shown)."""
    ask, words = asked(name)
    found = in_node("answers", [("judged", [ask, str(answer)]) for answer in given])
    return [
        (one["right"], words[one["told"]] if one["told"] >= 0 else one["says"]) for one in found
    ]


@cases("name", [name for name in ALL if find_exercise(name).question.accepted()])
def test_without_a_kernel_the_page_judges_as_python_does(name):
    question = find_exercise(name).question
    accepted = question.accepted()
    assert all(right for right, _ in told(name, accepted[0], accepted[-1]))
    foreseen = [spellings[0] for spellings, _ in question.feedback() if spellings]
    for text, (right, said) in zip(foreseen, told(name, *foreseen), strict=True):
        assert right == (text in accepted)
        assert said and said in question.judge(text).says


SAID_OFFLINE = [
    ("E1-total", "88,4 bn", True, "two books"), ("E1-total", "95,2", False, "wrong reporter"), ("E1-total", "88", False, "one more decimal"),
    ("E1-total", "88.4 million", False, "its unit is not: yours is in millions"), ("E1-total", "95 244 million", False, "wrong reporter"),
    ("E1-total", "88 350 million", True, "two books"), ("E1-total", "88.4 %", None, "That is in percent: the question asks for billions"),
    ("E1-total", "500", False, "Which reporter"), ("F5-kappa", "0.5", False, "Which two states"), ("F-brier", "0.30", False, "one more decimal"),
    ("F5-kappa", "minus 0.35", True, ""), ("F5-kappa", "\u22120.35", True, ""), ("F5-kappa", "- 0.35", True, ""),
    ("G6-vetoes", "5 %", None, "That is in percent: the question asks for a plain number"),
    ("G7-share", "0.29", False, "fraction"), ("G7-share", "12.3 points", False, "Pakistan's arms imports"),
    ("M13-allies", "South Korea, Japan and Philippines", True, "only a treaty"), ("M13-allies", "KOR; jpn; the Philippines", True, ""),
    ("M13-allies", "jpn kor phl", True, ""), ("M13-allies", "Philippines Japan South Korea", True, ""),
    ("M13-allies", "Republic of Korea/Japan/Philippines.", True, ""), ("M13-allies", "Japan, Korea", None, "North Korea or South Korea"),
    ("M13-allies", "Taiwan", False, "Taiwan Relations Act"), ("M13-allies", "Japan, Taiwan", False, "1 of 3"),
    ("M13-allies", "Atlantis", None, 'There is no "Atlantis"'), ("M13-allies", "\u65e5\u672c", None, "names in English"),
    ("M13-allies", "Brazil", None, 'There is no "Brazil"'), ("M13-allies", "India", False, "separated by commas"),
    ("F4-friends", "India, Iran, Syria, Vietnam", False, "rivalry with China ended"), ("F4-friends", "Vietnam", False, "rivalry with China ended"),
]  # fmt: skip


@cases(("name", "answer", "right", "word"), SAID_OFFLINE)
def test_without_a_kernel_answers_may_be_written_freely(name, answer, right, word):
    marked, said = told(name, answer)[0]
    assert marked is right and word in said
    assert check(name, answer).right == bool(right)


def test_the_notebooks_ask_every_exercise_and_no_other():
    folder = Path(__file__).resolve().parents[2] / "notebooks"
    for section, name in article.notebooks().items():
        cells = nbformat.read(folder / f"{name}.ipynb", 4).cells
        asked = [
            found
            for cell in cells
            for found in re.findall(r'fr\.exercise\("([\w-]+)"\)', cell.source)
        ]
        unasked = {*exercise_ids(section)} - {*asked}
        assert not unasked, f"{name}.ipynb: add a cell fr.exercise() for {', '.join(unasked)}"
        assert sorted(asked) == sorted(exercise_ids(section)), (
            f"{name}.ipynb asks what is not there"
        )
        untagged = [
            cell.source
            for cell in cells
            if "fr.exercise(" in cell.source and "exercise" not in cell.metadata.get("tags", [])
        ]
        assert not untagged, f'{name}.ipynb: give {untagged} the tag "exercise"'


@pytest.mark.parametrize("notebook", article.notebooks().values())
def test_no_exercise_asks_for_a_figure_that_is_printed_just_above_it(notebook):
    above = ""
    for cell in nbformat.read(
        Path(__file__).resolve().parents[2] / "notebooks" / f"{notebook}.ipynb", 4
    ).cells:
        above = (
            cell.source
            if cell.cell_type == "markdown" and cell.source.startswith("#")
            else above + cell.source
        )
        asked = re.search(r'fr\.exercise\("([\w-]+)"\)', cell.source)
        question = find_exercise(asked[1]).question if asked else None
        if asked and question.kind == "number" and question.digits:
            assert not re.search(
                rf"(?<![\d.]){re.escape(question.written(question.answer))}(?!\d)", above
            ), asked[1]
        said = [
            one.get("text", "") or one.get("data", {}).get("text/plain", "")
            for one in cell.get("outputs", [])
        ]
        above += "" if asked else "\n".join(said)


@pytest.mark.parametrize("notebook", article.notebooks().values())
def test_a_students_edition_holds_no_solution(notebook):
    from heldto.publish import editions

    stored = nbformat.read(
        Path(__file__).resolve().parents[2] / "notebooks" / f"{notebook}.ipynb", 4
    )
    student = nbformat.writes(editions.make_edition(stored, "student"))
    for name in ALL:
        question = find_exercise(name).question
        assert json.dumps(question.solution, ensure_ascii=False)[1:-1] not in student, name
    assert "reveal=True" not in student
