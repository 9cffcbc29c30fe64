"""The six shapes: what each finds in a small table, and what it says where it finds nothing."""

import doctest

import pandas as pd
import pytest

from heldto import measures
from heldto.errors import NotHeld, Problem
from heldto.measures import shapes

GAS = pd.DataFrame(
    [
        ("A", "X", 2014, 40.0),
        ("A", "Y", 2014, 60.0),
        ("A", "X", 2015, 45.0),
        ("A", "Y", 2015, 45.0),
        ("B", "X", 2015, 30.0),
        ("B", "Y", 2015, 0.0),
        ("A", "X", 2016, None),
    ],
    columns=["buyer", "seller", "year", "twh"],
)


@pytest.mark.parametrize("name", list(measures.SHAPES))
def test_the_example_of_each_shape_runs(name):
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    function = measures.SHAPES[name]
    assert ">>>" in (function.__doc__ or "")
    given = {name: getattr(shapes, name) for name in measures.SHAPES}
    test = doctest.DocTestParser().get_doctest(function.__doc__, given, name, None, None)
    runner = doctest.DocTestRunner(optionflags=flags)
    runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


PAIRS = pd.DataFrame(
    [("A", "B", 2015, 1.0), ("A", "C", 2015, 2.0), ("B", "C", 2015, 4.0)],
    columns=["one", "other", "year", "n"],
)


def test_a_pair_without_an_order_is_found_whichever_way_it_is_named_and_counted_once():
    pairs = PAIRS.copy()
    pairs.attrs["pairs"] = ("one", "other")
    for place in ("one", "other"):
        beside = {"one": "other", "other": "one"}[place]
        assert shapes.value(pairs, "n", {place: "C", beside: "B"}).value == 4
        assert shapes.value(pairs, "n", {place: "B"}).value == 5
        assert shapes.share(pairs, "n", {place: "C"}, {beside: "B"}).value == 80
        assert shapes.count(pairs, {place: "C"}, distinct=beside).value == 2
        assert (
            shapes.count(pairs, distinct=place).value == 3
        )  # each stands on one side or the other
        assert shapes.count(pairs, column="n", at_least=2, distinct=place).value == 3
        assert shapes.count(pairs, {place: ["A", "B"]}, distinct=beside).value == 3
        assert shapes.rank(pairs, "n", place, "B").parts["figure"] == 5
        assert shapes.rank(pairs, "n", place, "A", {beside: "C"}).value == 2
        among = shapes.rank(pairs, "n", place, "A", of="value").parts
        assert (among["among"], among["ahead"]) == (3, ["C", "B"])
    both = ["A", "B", "C"]
    assert shapes.value(pairs, "n", {"one": both, "other": both}).value == 7


def test_a_table_whose_rows_have_a_direction_is_never_turned():
    assert shapes.value(PAIRS, "n", {"one": "B", "other": "C"}).value == 4
    with pytest.raises(NotHeld):
        shapes.value(PAIRS, "n", {"one": "C", "other": "B"})


GROWTH = pd.DataFrame(
    [("A", 2010, 10.0), ("A", 2011, 30.0), ("A", 2012, 20.0), ("A", 2013, 24.0)]
    + [("B", 2010, 12.0), ("B", 2011, 12.0), ("B", 2012, 15.0), ("B", 2013, 36.0)]
    + [("C", 2010, 0.0), ("C", 2013, 9.0), ("D", 2012, 5.0), ("D", 2013, 5.0)],
    columns=["who", "year", "twh"],
)
A, B, SPAN = {"who": "A"}, {"who": "B"}, [2010, 2013]
OVER_TIME = [  # shape, arguments, figure, and a part of it
    ("rank", dict(by="who", who="A", of="change", years=SPAN), 2, ("ahead", ["B"])),
    ("rank", dict(by="who", who="A", of="change", years=SPAN), 2, ("among", 2)),  # from 0, or late
    ("rank", dict(by="who", who="B", of="change", years=SPAN, smallest=True), 2, ("ahead", ["A"])),
    ("rank", dict(by="who", who="C", of="change", years=SPAN, how="difference"), 3, ("among", 3)),
    ("change", dict(where=A, years=["peak", "last"], how="fall"), 20, ("first", 2011)),
    ("change", dict(where=A, years=["peak", 2012]), -10, ("first", 2011)),
    ("change", dict(where=B, years=["peak", "last"]), 0, ("first", 2013)),  # it is at its peak
    ("change", dict(where=A, years=["low", "last"], how="percent"), 140, ("first", 2010)),
    ("count", dict(of=A, above=B), 2, ("first", 2011)),
    ("count", dict(of=A, above=B, years=[2012, 2013]), 1, ("compared", 2)),
    ("count", dict(of=A, above=B, since=True), 0, ("first", "")),  # it is not above in the end
    ("count", dict(of=B, above=A, since=True), 1, ("first", 2013)),
    ("count", dict(of=A, above={"who": "D"}, since=True), 2, ("compared", 2)),
]


@pytest.mark.parametrize(("shape", "asked", "figure", "part"), OVER_TIME)
def test_growth_is_ranked_a_peak_is_found_and_years_above_are_counted(shape, asked, figure, part):
    found = measures.SHAPES[shape](GROWTH, **{"column": "twh"} | asked)
    assert found.value == pytest.approx(figure)
    assert found.parts[part[0]] == part[1]


@pytest.mark.parametrize("combine", ["sum", "mean", "max", "min"])
@pytest.mark.parametrize(
    "frame, column, where",
    [(GAS, "twh", {"buyer": "A"}), (GAS, "twh", {}), (GAS, "twh", {"buyer": "C"})],
)
def test_what_is_found_of_each_time_at_once_is_what_is_found_of_it_alone(
    frame, column, where, combine
):
    alone = {}
    for year in sorted(frame["year"].unique()):
        try:
            alone[year] = shapes.value(frame, column, where, at=year, combine=combine, divide=10)
        except NotHeld:
            continue
    assert shapes._each_time(frame, column, where, "year", combine, 10) == alone
    assert where == {"buyer": "C"} or sorted(alone) == [2014, 2015]  # a cell of 2016 is blank


@pytest.mark.parametrize(
    ("shape", "asked", "says"),
    [
        ("rank", dict(by="who", who="A", of="change"), 'of = "change" needs years'),
        ("rank", dict(by="who", who="A", of="growth"), 'write "value" or "change"'),
        ("change", dict(where=A, years=[2010, "peak"]), "can only be the first"),
        ("count", dict(of=A), "needs column, of and above"),
        ("count", dict(since=True), "needs column, of and above"),
    ],
)
def test_what_growth_a_peak_and_years_above_need_is_said(shape, asked, says):
    with pytest.raises(Problem, match=says):
        measures.SHAPES[shape](GROWTH, **{"column": "twh"} | asked)


def test_years_without_both_figures_are_no_count_of_zero():
    with pytest.raises(NotHeld, match="no year has a figure for both"):
        shapes.count(GROWTH, column="twh", of={"who": "D"}, above={"who": "C"}, years=[2010, 2012])


FOUND = [  # shape, arguments, figure, until
    ("value", dict(column="twh", where={"buyer": "A"}), 90.0, 2015),  # 2016 has a blank cell
    ("value", dict(column="twh", where={"buyer": "A"}, at=2014), 100.0, 2014),
    ("value", dict(column="twh", where={"buyer": "A"}, at=[2014, 2015]), 190.0, 2015),
    ("value", dict(column="twh", where={"seller": ["X"]}, at=2015, combine="mean"), 37.5, 2015),
    ("value", dict(column="twh", where={"buyer": "A"}, divide=10), 9.0, 2015),
    ("share", dict(column="twh", part={"seller": "X"}, where={"buyer": "A"}), 50.0, 2015),
    ("share", dict(column="twh", part={"buyer": "B"}, at=2015), 25.0, 2015),
    ("change", dict(column="twh", years=[2014, 2015], where={"buyer": "A"}), -10.0, 2015),
    (
        "change",
        dict(
            column="twh",
            years=[2014, "last"],
            where={"buyer": "A"},
            of="share",
            part={"seller": "X"},
        ),
        10.0,
        2015,
    ),
    (
        "change",
        dict(column="twh", years=[2014, 2015], where={"buyer": "A"}, how="fall"),
        10.0,
        2015,
    ),
    (
        "change",
        dict(column="twh", years=[2014, 2015], where={"buyer": "A"}, how="percent a year"),
        -10.0,
        2015,
    ),
    ("rank", dict(column="twh", by="buyer", who="B", at=2015), 2.0, 2015),
    ("rank", dict(column="twh", by="buyer", who="B", at=2015, smallest=True), 1.0, 2015),
    ("rank", dict(column="twh", by="year", who=2015, where={"buyer": "A"}, time=""), 2.0, ""),
    ("count", dict(where={"buyer": "A"}, column="twh", at_least=45), 3.0, 2016),
    ("count", dict(years=[2014, 2015], distinct="buyer"), 2.0, 2015),
    ("count", dict(where={"buyer": "C"}), 0.0, 2016),
    ("ratio", dict(column="twh", of={"buyer": "A"}, to={"buyer": "B"}, at=2015), 3.0, 2015),
    ("ratio", dict(column="twh", of={"buyer": "A"}, to={"buyer": "A", "year": 2014}), 0.9, 2015),
]


@pytest.mark.parametrize(("shape", "asked", "figure", "until"), FOUND)
def test_what_a_shape_finds(shape, asked, figure, until):
    found = measures.SHAPES[shape](GAS, **asked)
    assert found.value == pytest.approx(figure) and found.until == until


LACKS = [
    ("value", dict(column="twh", where={"buyer": "C"}), "no figure for buyer C"),
    ("value", dict(column="twh", where={"buyer": "JPN"}), "no figure for buyer Japan"),
    ("value", dict(column="twh", where={"buyer": ["JPN", "X"]}), "no figure for buyer Japan or X"),
    ("value", dict(column="twh", where={"buyer": "A"}, at=2016), "a cell is blank"),
    ("value", dict(column="twh", at=[2014, 2017]), "to 2017"),
    ("share", dict(column="twh", part={"buyer": "B"}, where={"seller": "Y", "buyer": "B"}), "zero"),
    ("change", dict(column="twh", years=[2012, 2015]), "in 2012"),
    ("rank", dict(column="twh", by="buyer", who="C"), "no figure for C"),
    ("rank", dict(column="twh", by="buyer", who="JPN"), "no figure for Japan"),
    ("count", dict(years=[2014, 2020]), "ends before"),
    (
        "ratio",
        dict(column="twh", of={"buyer": "A"}, to={"buyer": "B", "seller": "Y"}, at=2015),
        "zero",
    ),
]


@pytest.mark.parametrize(("shape", "asked", "says"), LACKS)
def test_a_figure_that_is_not_held_is_said_and_not_guessed(shape, asked, says):
    with pytest.raises(NotHeld, match=says):
        measures.SHAPES[shape](GAS, **asked)


SLIPS = [
    ("value", dict(column="twhh"), 'no column "twhh". Did you mean "twh"'),
    ("value", dict(column="twh", where={"byer": "A"}), 'no column "byer". Did you mean "buyer"'),
    ("value", dict(column="buyer"), "has words"),
    ("change", dict(column="twh", years=[2014]), "write the first and the last"),
    ("change", dict(column="twh", years=[2014, 2015], how="percnt"), "Did you mean"),
    ("change", dict(column="twh", years=[2014, 2015], of="share"), "needs part"),
]


@pytest.mark.parametrize(("shape", "asked", "says"), SLIPS)
def test_a_slip_names_what_was_meant(shape, asked, says):
    with pytest.raises(Problem, match=says) as told:
        measures.SHAPES[shape](GAS, **asked)
    assert not isinstance(told.value, NotHeld)
