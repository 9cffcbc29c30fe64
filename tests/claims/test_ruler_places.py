"""Where a ruler puts things, by rules and figures made up to be awkward: zones tell of all figures
that have their verdict, dots stay apart and in their zone, words inside and off each other's ticks.
"""

from dataclasses import replace
from itertools import combinations, pairwise, product

import pandas as pd
from conftest import cases

from heldto.claims.rule import Rule
from heldto.claims.ruler import DOT, WIDTH, Zone, _placed, _span, laid_out, reach, runs
from heldto.claims.verdict import Finding, ruled
from heldto.evidence import actors
from heldto.pictures.labels import width

INF = float("inf")
RULE = Rule(
    claim="F1",
    reading="main",
    comparison="at_least",
    unit="percent",
    parts=(),
    target=0,
    holds=50,
    partly=30,
    cap="",
    levels={},
)


def placed(value, others=(), own=(), **changed):
    """The ruler of a figure, or {book: figure}, and of others below, by a rule of our own."""
    books = value if isinstance(value, dict) else None
    found = Finding(value=None if books else value, reporters=books, reason="")
    frame = pd.DataFrame({"who": sorted(actors.EVERYBODY)[: len(others)], "value": sorted(others)})
    side = ruled(replace(RULE, **changed), found, "then")
    return laid_out([side], {"then": frame}, {"then": list(own)})


def zones(ruler):
    """(left, right, verdict) of each zone of the bar."""
    return [(one.left, one.left + one.wide, one.verdict) for one in ruler.zones]


def dots(ruler):
    """(place across, height, arrow: -1 left, 0 none, 1 right) of everybody's."""
    return [(one.x, -DOT * one.up, one.beyond) for strip in ruler.strips for one in strip.dots]


def test_the_ruler_of_a_figure():
    ruler = placed(40)
    assert [verdict for *_, verdict in zones(ruler)] == ["fails", "partly", "holds"]
    (_, left, _), (_, right, _), _ = zones(ruler)
    assert abs(ruler.marks[0].x - (left + right) / 2) <= 1
    assert [one.words for one in ruler.below] == ["30 %", "50 %"]


@cases(
    ("changed", "highest", "expected"),
    [
        ({}, 80, [(-INF, 30, "fails"), (30, 50, "partly"), (50, INF, "holds")]),
        (
            {"comparison": "less_than", "holds": 30, "partly": 50},
            0,
            [(-INF, 30, "holds"), (30, 50, "partly"), (50, INF, "fails")],
        ),
        ({"partly": 50}, 0, [(-INF, 50, "fails"), (50, INF, "holds")]),
        (
            {"unit": "wars", "holds": 3, "partly": 1},
            9,
            [(-INF, 0.5, "fails"), (0.5, 2.5, "partly"), (2.5, INF, "holds")],
        ),
        (
            {"unit": "rank", "comparison": "at_most", "holds": 1, "partly": 3},
            1,
            [(-INF, 1.5, "holds"), (1.5, 3.5, "partly"), (3.5, INF, "fails")],
        ),
        (
            {"unit": "share of eight", "holds": 0.5, "partly": 0.25},
            1,
            [(-INF, 0.1875, "fails"), (0.1875, 0.4375, "partly"), (0.4375, INF, "holds")],
        ),
        (
            {"comparison": "about", "target": 100, "holds": 10, "partly": 20},
            0,
            [
                (-INF, 80, "fails"),
                (80, 90, "partly"),
                (90, 110, "holds"),
                (110, 120, "partly"),
                (120, INF, "fails"),
            ],
        ),
    ],
)
def test_a_zone_runs_as_far_as_its_verdict(changed, highest, expected):
    assert runs(replace(RULE, **changed), highest) == expected


@cases(
    ("low", "high", "unit", "above", "said"),
    [
        (-INF, 30, "percent", False, "up to 30 %"),
        (30, 50, "percent", True, "above 30 % up to 50 %"),
        (30, 50, "percent", False, "from 30 % to 50 %"),
        (50, INF, "percent", False, "from 50 % on"),
        (50, INF, "percent", True, "above 50 %"),
        (-INF, 0.5, "wars", False, "0"),
        (-INF, 2.5, "wars", False, "up to 2"),
        (0.5, INF, "wars", False, "1 or more"),
        (0.5, 1.5, "wars", False, "1"),
        (0.5, 2.5, "wars", False, "1 to 2"),
        (2.5, INF, "wars", False, "3 or more"),
        (-INF, 1.5, "rank", False, "1"),
        (-INF, 3.5, "rank", False, "up to 3"),
        (1.5, 3.5, "rank", False, "2 to 3"),
        (0.1875, 0.4375, "share of eight", False, "2 to 3"),
        (0.4375, INF, "share of eight", False, "4 or more"),
    ],
)
def test_from_where_to_where_a_zone_goes(low, high, unit, above, said):
    assert reach(low, high, unit, above) == said
    assert reach(low, high, unit, above, True) == said.replace("up to 30", "below 30")


@cases(
    ("wide", "verdict", "word"),
    [
        (120, "undecided", "undecided"),
        (40, "undecided", "?"),
        (40, "holds", "holds"),
        (20, "holds", "✓"),
        (20, "partly", "½"),
        (6, "partly", ""),
        (0, "fails", ""),
    ],
)
def test_a_zone_has_its_word_where_it_fits_else_its_sign(wide, verdict, word):
    assert Zone(100, wide, verdict).word == word


@cases(
    ("others", "arrows"),
    [
        ([10, 45, 90], [0, 0, 0]),
        ([45, 10_000], [0, 1]),
        ([-10_000, 45], [-1, 0]),
        ([-10_000, 20, 60, 10_000], [-1, 0, 0, 1]),
        ([10_000, 20_000, 30_000], [1, 1, 1]),
    ],
)
def test_who_is_off_the_scale_has_an_arrow_at_the_end_it_points_to(others, arrows):
    ruler = placed(40, others)
    assert [arrow for *_, arrow in dots(ruler)] == arrows
    for x, _, arrow in dots(ruler):
        assert 0 <= x <= WIDTH
        if arrow:
            assert abs(x - (WIDTH if arrow > 0 else 0)) <= 60  # aside where many are


@cases("others", [[], [10, 45, 90], [-10_000, 45, 10_000], [300, 400], [-5, -4], [49.9] * 20])
def test_each_zone_between_others_has_room_for_its_word(others):
    words = [zone.word for zone in placed(40, others).zones]
    assert words == ["fails", "partly", "holds"]


@cases(
    ("others", "own"),
    [([40] * 20, [40]), ([40, 40.1, 40.2, 60, 60, 60], []), ([29.9] * 12, [20]), ([5_000] * 9, [])],
)
def test_dots_stand_apart_inside_and_in_their_zone(others, own):
    ruler = placed(40, others, own)
    drawn = dots(ruler)
    for (x, y, _), (x2, y2, _) in combinations(drawn, 2):
        assert abs(x - x2) >= DOT or abs(y - y2) >= DOT
    for value, (x, y, arrow) in zip(sorted(others), drawn, strict=True):
        verdict = RULE.alone(value)
        assert any(
            left <= x - 3 * arrow <= right for left, right, one in zones(ruler) if one == verdict
        )
        for ring in ruler.strips[0].own:
            assert abs(x - ring) >= DOT or y < 0
    assert ruler.strips[0].high == 1 - min(y for _, y, _ in drawn) / DOT
    assert ruler.floor(1) - ruler.floor(0) > DOT * ruler.strips[0].high + 12


def test_a_dot_stands_straight_above_another_before_it_goes_aside():
    drawn = dots(placed(40, [45] * 8))
    assert len({x for x, *_ in drawn}) == 1
    assert [after - before for before, after in pairwise(y for _, y, _ in drawn)] == [-DOT] * 7
    assert len({x for x, *_ in dots(placed(40, [45] * 9))}) == 2


@cases(
    ("others", "said"),
    [
        ([10, 45, 90], ["lowest", "highest"]),
        ([10, 10, 90], ["highest"]),
        ([10, 90, 90], ["lowest"]),
        ([45, 45], []),
    ],
)
def test_who_alone_is_lowest_or_highest_is_named(others, said):
    assert [which for _, which in placed(40, others).strips[0].ends] == said


@cases("pair", [*product((-40, 0, 29, 31, 49, 51, 100, 160), repeat=2)])
def test_two_books_have_their_words_inside_and_off_the_other_stem(pair):
    marks = placed(dict(zip(("CHN", "RUS"), pair, strict=True))).marks
    words = [_span(mark) for mark in marks]
    assert all(left >= 0 and right <= WIDTH for left, right in words)
    left, right = words[1]
    assert not left < marks[0].x < right
    for mark, (left, right) in zip(marks, words, strict=True):
        assert right <= mark.x - 3 or left >= mark.x + 3  # off its own circle


def test_four_long_figures_have_their_words_in_two_lines_rather_than_on_a_stem():
    """As the balance of E4 has them: no order of one line each has room."""
    told = [
        (vintage, f", {whose}'s books", value)
        for vintage, whose, value in [
            ("then", "China", 10.5),
            ("then", "Russia", 3.9),
            ("since", "China", 10.8),
            ("since", "Russia", 0.9),
        ]
    ]
    places = {10.5: 233, 3.9: 143, 10.8: 236, 0.9: 102}
    marks = _placed(told, RULE, places.__getitem__, True)
    for at, mark in enumerate(marks):
        left, right = _span(mark)
        assert left >= 0 and right <= WIDTH
        assert not any(left < upper.x < right for upper in marks[:at]), mark
    assert {mark.words.count("\n") for mark in marks} == {0, 1}


@cases("values", [[*range(0, 100, 5)], [31] * 20, [*range(40, 60)], [0, 160] * 10])
def test_many_figures_are_placed_at_once_and_inside(values):
    """Each has a row of its own; trying all orders of 20 would never end."""
    many = {f"state {at}": value for at, value in enumerate(values)}
    rule = replace(RULE, holds=50)
    told = [("then", whose, value) for whose, value in many.items()]
    marks = _placed(told, rule, lambda value: round(value * WIDTH / 165), False)
    assert sorted(mark.words for mark in marks) == sorted(
        f"{whose}: {rule.short(value)}" for whose, value in many.items()
    )
    spans = [_span(mark) for mark in marks]
    assert all(left >= 0 and right <= WIDTH for left, right in spans)
    for at, (left, right) in enumerate(spans):
        assert not any(left < upper.x < right for upper in marks[:at])


CLOSE = [
    {"partly": 49.9},
    {"partly": 49},
    {"holds": 1_000_000, "partly": 999_999},
    {"comparison": "about", "target": 100, "holds": 1, "partly": 2},
    {"comparison": "just_under", "target": 100, "holds": 1, "partly": 2},
]


@cases(("changed", "value"), [*product(CLOSE, (0, 50, 5_000))])
def test_numbers_below_the_bar_stay_inside_apart_and_off_ticks(changed, value):
    below = placed(value, **changed).below
    words = [(one, one.x - width(one.words) / 2, one.x + width(one.words) / 2) for one in below]
    assert all(left >= 0 and right <= WIDTH for _, left, right in words)
    for (one, left, right), (other, left2, right2) in combinations(words, 2):
        assert one.row != other.row or right < left2 or right2 < left
    for tick in below:
        for one, left, right in words:
            ends_above = tick.short or one.row >= tick.row
            assert ends_above or not left < tick.tick < right


@cases(
    ("others", "times"),
    [*product([[], [10, 45, 90], [45, 300], [-900, 20, 60]], (0.001, 0.01, 1e6))],
)
def test_a_ruler_looks_the_same_in_any_unit(others, times):
    plain, page = (
        placed(40 * by, [one * by for one in others], unit="kappa", holds=50 * by, partly=30 * by)
        for by in (1, times)
    )
    for one, other in zip(zones(plain), zones(page), strict=True):
        assert one[2] == other[2]
        assert abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) <= 1
    for one, other in zip(dots(plain), dots(page), strict=True):
        assert abs(one[0] - other[0]) <= 1 and one[2] == other[2]
