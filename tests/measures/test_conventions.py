"""Conventions that every public measure keeps: how it reads its arguments, and in which units it answers."""

import inspect
import math
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

import pandas as pd
import pytest
from conftest import cases

from frenemies import measures
from frenemies.measures import network, trade
from frenemies.measures.lean import all_eight, vote_lean
from heldto.errors import NotHeld, Problem
from heldto.evidence import Vintage
from heldto.text import words
from heldto.text.arguments import read_year
from heldto.text.words import format_day, possessive

READERS = {  # what is no measure: it reads an argument or a title, holds a frame against a rule, or says a figure in words
    "arguments": "measure one_of read_actor read_count read_month read_net read_word read_year",
    "arms": "read_state",
    "joint_exercises": "is_counted",
    "lean": "all_eight",
    "network": "known_kept that_count",
    "ties": "in_force with_each_other",
    "trade": "code",
    "votes": "known_measure source_codes subject_of_title",
    "words": "capital enough_digits format_day format_years in_percent join_names list_names part percent points possessive rank short_name word",
}
GIVEN = {  # arguments that are right for every measure that has them
    "actor": "CHN", "reporter": "CHN", "partner": "RUS", "a": "CHN", "b": "RUS", "recipient": "CHN",
    "supplier": "RUS", "year": 2018, "end": 2018, "first": 2017, "last": 2018, "month": "2018-12",
    "commodity": "crude oil", "origin": "Russia", "group": "EU", "weapon": "Su-35S", "word": "RUS",
    "partners": ["RUS", "USA"], "recipients": ["IND", "VNM"], "ends": [2018],
}  # fmt: skip
OTHERS = {  # where another is right
    "russia_to_2024": {"partner": "CHN"},
    "growth": {"first": 1.0, "last": 2.0},
    "split_votes": {"a": "CHN", "b": "USA"},
    "share_of_arms_exports": {"supplier": "RUS", "recipient": "CHN"},
}
HAS_NO_PARTNER_OF_ITS_OWN = {"reporter", "partner", "actor", "a", "b", "recipient", "supplier"}
WORDS = {"year": "a year is a whole number", "end": "a year is a whole number"}


def _modules():
    return [
        import_module(f"frenemies.measures.{one.name}") for one in iter_modules(measures.__path__)
    ]


def _public():
    """Every public measure, by module and name."""
    for module in _modules():
        home = module.__name__.rpartition(".")[2]
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and name not in READERS.get(home, "").split():
                yield function


def _frame(function):
    """A table or a network for a measure that takes one."""
    pairs = network.signed_ties(2018)
    return {
        "pairs": pairs,
        "net": network.graph(pairs),
        "triads": network.triads(network.graph(pairs)),
        "settings": pd.DataFrame({name: [0] for name in network.GRID} | {"unbalanced": [1]}),
        "frame": trade.goods_trade("CHN", "RUS"),
    } | ({"column": "total"} if function.__name__ in ("below_peak", "in_year") else {})


@lru_cache
def _good(function):
    """Arguments with which a measure answers."""
    given = GIVEN | OTHERS.get(function.__name__, {})
    wanted = [
        one for one in inspect.signature(function).parameters.values()
        if one.default is one.empty and one.kind is not one.VAR_POSITIONAL
    ]  # fmt: skip
    frames = _frame(function) if any(one.name not in given for one in wanted) else {}
    good = {one.name: {**given, **frames}[one.name] for one in wanted}
    return good | ({"column": "total"} if frames.get("column") and "frame" in good else {})


PUBLIC = list(_public())


@cases("function", PUBLIC)
def test_a_measure_is_typed_and_says_what_it_returns(function):
    signature = inspect.signature(function)
    assert signature.return_annotation is not signature.empty
    assert all(one.annotation is not one.empty for one in signature.parameters.values())
    assert len(inspect.getdoc(function).splitlines()[0]) > 20


@cases("function", PUBLIC)
def test_vintage_is_named_and_comes_last(function):
    parameters = inspect.signature(function).parameters
    if "vintage" in parameters:
        vintage = parameters["vintage"]
        assert vintage.kind is vintage.KEYWORD_ONLY and vintage.default is None
        assert list(parameters)[-1] == "vintage"
        assert Vintage in get_args(get_args(vintage.annotation)[0])


@cases("function", PUBLIC)
def test_who_comes_before_when(function):
    names = list(inspect.signature(function).parameters)
    who = [names.index(name) for name in names if name in HAS_NO_PARTNER_OF_ITS_OWN]
    when = [names.index(name) for name in names if name in ("year", "end", "first", "last")]
    assert not who or not when or max(who) < min(when)


def _slips():
    """(measure, argument, what somebody may give there) for every argument of every measure."""
    for function in PUBLIC:
        for one in inspect.signature(function).parameters.values():
            slips = [["CHN", "RUS"], {}, object()]
            optional = type(None) in get_args(one.annotation)
            slips += [] if optional or one.kind is one.VAR_POSITIONAL else [None]
            slips += (
                ["2018"] if one.name in ("year", "end", "first", "last", "frame", "net") else []
            )
            slips += [2018, "someday"] if one.name == "vintage" else []
            slips += [3, "Rusland"] if one.name in HAS_NO_PARTNER_OF_ITS_OWN else []
            several = one.kind is not one.VAR_POSITIONAL and one.name in (
                "partners",
                "recipients",
                "ends",
                "codes",
                "pair",
            )
            for slip in [3, "CHN", [None], [{}]] if several else slips:
                yield function, one.name, slip


@cases("function, name, slip", list(_slips()))
def test_a_slip_is_answered_in_one_sentence(function, name, slip):
    parameter = inspect.signature(function).parameters[name]
    good = _good(function)
    with pytest.raises(Problem) as error:
        if parameter.kind is parameter.VAR_POSITIONAL:
            function(*good.values(), slip)
        else:
            function(**good | {name: slip})
    assert not isinstance(error.value, NotHeld)  # a slip is no gap in the record
    assert "\n" not in str(error.value) and len(str(error.value)) < 400


@cases("function", PUBLIC)
def test_shares_lie_between_0_and_1(function):
    answer = function(**_good(function)) if function is not network.holding else None
    frames = [answer] if isinstance(answer, pd.DataFrame) else []
    for frame in frames:
        for column in {"share", "agree", "same", "opposed"} & set(frame):
            assert frame[column].dropna().between(0, 1).all(), column
            assert frame[column].max() > 0.01, f"{column}: a share of a share"
    if function.__name__.startswith("share_of") and isinstance(answer, float):
        assert 0 <= answer <= 1


@cases("function", PUBLIC)
def test_rows_are_numbered_from_nought_or_named(function):
    answer = function(**_good(function)) if function is not network.holding else None
    if isinstance(answer, pd.DataFrame) and None in answer.index.names:
        assert answer.index.tolist() == [*range(len(answer))]


def test_money_is_in_billions():
    china = trade.goods_trade("CHN", "RUS").set_index("year").total[2018]
    assert 50 < china < 200
    lean = import_module("frenemies.measures.lean").trade_lean(2018)
    assert lean[["CHN", "RUS"]].max().max() < 100


@pytest.mark.parametrize("year", [2018, 2018.0, pd.Series([2018]).iloc[0]])
def test_a_year_of_a_table_is_a_year(year):
    assert read_year(year) == 2018 and type(read_year(year)) is int


@pytest.mark.parametrize("year", ["2018", 2018.5, True, None, math.nan, math.inf, [2018], pd.NA])
def test_what_is_no_year(year):
    with pytest.raises(Problem, match="a year is a whole number"):
        read_year(year)


@pytest.mark.parametrize(
    ("date", "words"),
    [("2019-06-28", "28 June 2019"), ("2019-12", "December 2019"), ("2018", "2018")],
)
def test_a_day_is_written_as_in_a_sentence(date, words):
    assert format_day(date) == words


def test_whose_it_is():
    assert possessive("Russia") == "Russia's" and possessive("the States") == "the States'"


@cases(
    ("share", "told"),
    [(0.7, "70 %"), (0.1, "10 %"), (0.0999, "10.0 %"), (0.085, "8.5 %"), (0.0, "0 %"), (1.0, "100 %"), (math.nan, "no figure")],
)  # fmt: skip
def test_a_share_in_a_sentence(share, told):
    assert words.percent(share) == told


@cases(
    ("codes", "row", "sorted_names"),
    [
        ([], "none", "nobody"),
        (["VNM"], "Vietnam", "Vietnam"),
        (["VNM", "USA"], "Vietnam and the United States", "United States, Vietnam"),
        (["VNM", "IND", "IRN"], "Vietnam, India and Iran", "India, Iran, Vietnam"),
    ],
)
def test_actors_in_a_row(codes, row, sorted_names):
    assert (words.join_names(codes), words.list_names(codes)) == (row, sorted_names)


def test_short_words():
    named = [words.short_name(code) for code in ("USA", "other", "VNM")]
    assert named == ["USA", "others", "Vietnam"]
    assert [words.capital("of all"), words.capital("")] == ["Of all", ""]
    assert words.list_names([], "none") == "none" and words.in_percent(0.5) == 50
    assert words.in_percent(pd.Series([0.25, 0.5])).tolist() == [25, 50]
    spans = [
        words.format_years(2018),
        words.format_years(2018, 10),
        words.format_years(2003),
        words.format_years(2000, 1),
    ]
    assert spans == ["2014-18", "2009-18", "1999-2003", "2000-00"]


@cases(
    ("value", "edges", "told"),
    [
        (0.399, [0.4], "0.399"),
        (0.41, [0.4], "0.41"),
        (0.4, [0.4], "0.40"),
        (0.40004, [0.4], "0.40004"),
        (0.4000004, [0.4], "0.400000"),  # four decimals more at most
        (0.399, [], "0.40"),
    ],
)
def test_a_figure_shows_on_which_side_of_an_edge_it_lies(value, edges, told):
    assert words.enough_digits("{:.2f}", value, edges).format(value) == told
    assert words.enough_digits("{:,}", value, edges) == "{:,}"


def test_who_of_the_eight_has_no_figure_is_named():
    held = vote_lean(2014, 2018)
    assert all_eight(held, "votes") is held
    lost = held.assign(RUS=held.RUS.mask(held.actor.isin(["ARM", "BLR"])))
    with pytest.raises(NotHeld, match="no figure for votes of Armenia and Belarus"):
        all_eight(lost, "votes")
