"""The ruler of a verdict: the zones of its rule, and the figures of then and since on them."""

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from frenemies.claims import units
from frenemies.claims.rule import AROUND, Rule
from frenemies.claims.verdict import COLOURS, Verdict
from frenemies.evidence import actors
from frenemies.measures.trade import party
from frenemies.templates import render

WHEN = {"then": "August 2019", "since": "since"}
WIDTH, ROW, BAR, LETTER = 460, 16, 19, 5.9  # in units of the drawing
Scale = Callable[[float], int]


class Zone(NamedTuple):
    """A run of one verdict along the scale: from its left end so wide."""

    left: int
    wide: int
    verdict: str


class Mark(NamedTuple):
    """A deciding figure in a row of its own: its place across, its words, their side (1, -1)."""

    vintage: str
    x: int
    words: str
    side: int


def ruler(then: Verdict, since: Verdict | None = None, background: str = "") -> Markup:
    """A claim's rule as an inline SVG: its zones, and a mark for each deciding figure.

    Ticks show where strict and lenient differ. since: None where nothing newer is known.
    Empty where no scale decides.
    Hidden from screen readers: the card's sentences say all of it.
    """
    rule = then.rule
    figures = [figure for verdict in (then, since) if verdict for figure in _figures(verdict)]
    if not figures or rule.comparison in ("coded", "undecided") or ";" in rule.unit:
        return Markup("")
    values, ticks = [value for *_, value in figures], _ticks(rule)
    edges, runs = [*rule.edges(), *itertools.chain(*ticks.values())], _runs(rule, max(values))
    scale = _scale([*values, *edges], units.STEPS.get(rule.unit, 0))
    return render(
        "ruler.svg.j2",
        zones=[Zone(scale(low), scale(high) - scale(low), told) for low, high, told in runs],
        marks=_placed(figures, rule.unit, scale),
        ticks=[(reading, [scale(edge) for edge in own]) for reading, own in ticks.items()],
        top=ROW * len(figures) + 2,
        width=WIDTH,
        row=ROW,
        bar=BAR,
        colours=COLOURS,
        background=background,
    )


def _figures(verdict: Verdict) -> list[tuple[str, str, float]]:
    """The deciding figures of a verdict as (vintage, whose, value)."""
    value, parts = verdict.value, verdict.rule.parts
    if isinstance(value, dict):
        whose = [(f", {party(who)}'s books", number) for who, number in value.items()]
    elif isinstance(value, tuple) and parts:
        named = zip(parts, value, strict=True)
        whose = [(f", {actors.name(code)}", number) for code, number in named]
    else:
        whose = [("", value)] if isinstance(value, (int, float)) else []
    return [(verdict.vintage, who, number) for who, number in whose]


def _ticks(rule: Rule) -> dict[str, list[float]]:
    """Where the strict and the lenient rule draw other lines; none around a target."""
    if rule.comparison in AROUND:
        return {}
    own = {name: set(rule.at(name).edges()) - set(rule.edges()) for name in ("strict", "lenient")}
    return {name: sorted(edges) for name, edges in own.items() if edges}


def _scale(values: Sequence[float], step: float) -> Scale:
    """A function from a figure to its place across, with room at both ends."""
    low, high = min(values) - step, max(values) + step
    room = 0.15 * (high - low)

    def across(value: float) -> int:
        part = (value - low + room) / (high - low + 2 * room)
        return round(min(max(part, 0), 1) * WIDTH)

    return across


def _runs(rule: Rule, highest: float) -> list[tuple[float, float, str]]:
    """Runs of one verdict along the scale: (low, high, verdict); half a step around counts."""
    step, edges = units.STEPS.get(rule.unit), sorted(set(rule.edges()))
    if step:
        counts = [number * step for number in range(int(max(highest, *edges) / step) + 3)]
        bounds = [-1e6, *(count - step / 2 for count in counts[1:]), 1e6]
        probes = counts
    else:
        bounds = [edges[0] - 1e6, *edges, edges[-1] + 1e6]
        probes = [(low + high) / 2 for low, high in itertools.pairwise(bounds)]
    spans = zip(bounds, bounds[1:], map(rule.alone, probes), strict=False)
    runs = [list(run) for _, run in itertools.groupby(spans, key=lambda span: span[2])]
    return [(run[0][0], run[-1][1], run[0][2]) for run in runs]


def _placed(figures: list[tuple[str, str, float]], unit: str, scale: Scale) -> list[Mark]:
    """The marks from the top down: words stay inside and stems run through none, if it can be."""
    later = any(vintage == "since" for vintage, *_ in figures)
    told = []
    for vintage, who, value in figures:
        when = WHEN[vintage] if later or not who else ""
        words = f"{when}{who}: {units.short(value, unit)}".lstrip(", ")
        told.append((vintage, scale(value), words))
    orders = itertools.product(
        itertools.permutations(told), itertools.product((-1, 1), repeat=len(told))
    )
    placings = ([Mark(*one, side) for one, side in zip(*order, strict=True)] for order in orders)
    return min(placings, key=_crowding)


def _crowding(marks: list[Mark]) -> float:
    """How badly words lie: outside the drawing, or in the way of a stem from above."""
    spans = [_span(mark) for mark in marks]
    outside = sum(max(0, -left) + max(0, right - WIDTH) for left, right in spans)
    crossed = sum(
        left < upper.x < right for at, (left, right) in enumerate(spans) for upper in marks[:at]
    )
    return outside + 30 * crossed


def _span(mark: Mark) -> tuple[float, float]:
    """From where to where the words of a mark reach."""
    long = len(mark.words) * LETTER
    return (mark.x + 4, mark.x + 8 + long) if mark.side > 0 else (mark.x - 8 - long, mark.x - 4)
