"""Where everything stands on the ruler of a verdict: the zones of its rule, the figures on them,
and everybody else's below.

Places only: what is measured comes from the verdicts and from `substitute.others`, and `yardstick`
draws it.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pandas as pd

from heldto import article
from heldto.claims import units
from heldto.claims.rule import AROUND, Rule
from heldto.claims.verdict import SIGNS, Verdict, whose_books
from heldto.claims.wording import known_in_words
from heldto.evidence import Vintage, actors
from heldto.pictures.labels import width
from heldto.text.words import short_name
from heldto.tr import tr, tr_noop

ENDLESS = float("inf")  # where the first zone begins, and the last one ends
WIDTH, ROW, BAR, DOT = (
    264,
    13,
    16,
    6,
)  # in points: on a phone its type of nine is twelve pixels high
LINE = 11  # from one row of words below a strip to the next
NEAREST = 3  # how many of those nearest to the claim are named
ORDERED = 6  # figures that are tried in every order; of more, row by row
HIGH = 8  # dots on one another before they give way to a side
Scale = Callable[[float], int]
Ticks = Mapping[str, list[float]]  # where the strict and the lenient rule draw other lines
Words = list[tuple[int, str]]  # below the bar, each with its place


class Zone(NamedTuple):
    """A run of one verdict along the scale: from its left end so wide; its word, or its sign."""

    left: int
    wide: int
    verdict: str

    @property
    def word(self) -> str:
        if self.wide >= width(tr(self.verdict)) + 3:
            return tr(self.verdict)
        return SIGNS[self.verdict] if self.wide >= width(SIGNS[self.verdict]) else ""


class Mark(NamedTuple):
    """A deciding figure in a row of its own: its place across, its words, their side (1, -1)."""

    vintage: str
    x: int
    words: str
    side: int

    @property
    def high(self) -> int:
        """How much of the drawing its row takes: words in two lines need more."""
        return ROW + LINE * self.words.count("\n")


class Tick(NamedTuple):
    """A number or a word below the bar: the place it tells of, its own, its row, its words.

    short: its tick ends at the bar, as other words stand below it.
    """

    tick: int | None
    x: float
    row: int
    words: str
    short: bool = False


class Dot(NamedTuple):
    """Somebody's figure: where, how many dots up, how it reads; beyond: off the scale (-1, 1)."""

    who: str
    name: str
    x: int
    up: int
    value: str
    beyond: int


class Near(NamedTuple):
    """One of those nearest to the claim, named below its strip: where its words begin, and their
    row.
    """

    dot: Dot
    words: str
    x: float
    row: int


class DotStrip(NamedTuple):
    """Everybody's figures in one record: its heading, dots, the claim's own places, the lowest and
    highest, and those nearest to the claim.
    """

    vintage: str
    title: str
    own: list[int]
    dots: list[Dot]
    ends: list[tuple[Dot, str]]
    near: list[Near]
    high: int

    @property
    def told(self) -> list[str]:
        """The words of its ends."""
        return [f"{tr(which)}: {dot.name} {dot.value}" for dot, which in self.ends]

    @property
    def last(self) -> int:
        """How far below the others the words of its last end stand: they may need a row alone."""
        return LINE if sum(map(width, self.told)) > WIDTH - 8 else 0

    @property
    def deep(self) -> int:
        """How much of the drawing it takes."""
        return DOT * self.high + (29 if self.ends else 19) + self.last + LINE * self.rows

    @property
    def rows(self) -> int:
        """How many rows those nearest take."""
        return self.near[-1].row + 1 if self.near else 0


class Whisker(NamedTuple):
    """The interval of a deciding figure on the bar: from where to where, and its words."""

    vintage: str
    left: int
    right: int
    words: str


class Ruler(NamedTuple):
    """All of a ruler, from the top down: figures on their stems, the bar of zones with the
    intervals of the figures, what stands below it, and a strip of dots for each record.
    """

    zones: list[Zone]
    marks: list[Mark]
    below: list[Tick]
    strips: list[DotStrip]
    whiskers: list[Whisker]

    @property
    def top(self) -> int:
        """The upper edge of the bar."""
        return sum(mark.high for mark in self.marks) + 2

    def floor(self, strips: int) -> int:
        """How far down it reaches with so many of its strips."""
        rows = max((tick.row for tick in self.below), default=-1) + 1
        return self.top + BAR + ROW * rows + 3 + sum(strip.deep for strip in self.strips[:strips])


def laid_out(
    sides: Sequence[Verdict],
    others: Mapping[Vintage, pd.DataFrame],
    own: Mapping[Vintage, list[float]],
    dated: bool = True,
    unnamed: Mapping[Vintage, set[str]] | None = None,
) -> Ruler | None:
    """A claim's rule as zones with their numbers, and the figures on them; None where no scale
    decides.

    sides: then, and since where something newer is known; others: {vintage: as `substitute.others`
    has it}; own: {vintage: the claim's own figures among them}; dated: whether they are of then
    and since; unnamed: {vintage: those whose figure no words below a strip tell}.
    """
    rule, own_figures = sides[0].rule, [figure for side in sides for figure in figures(side)]
    if not own_figures or rule.comparison in ("coded", "undecided") or ";" in rule.unit:
        return None
    values, ticks = [value for *_, value in own_figures], _ticks(rule)
    intervals = [(side.vintage, interval) for side in sides for interval in _intervals(side)]
    values += [end for _, interval in intervals for end in interval]
    frames = {vintage: frame for vintage, frame in others.items() if frame["value"].any()}
    theirs = [value for frame in frames.values() for value in frame["value"]]
    spans, scale = runs(rule, max([*values, *theirs])), _scale(rule, values, ticks, theirs)
    zones = [Zone(scale(low), scale(high) - scale(low), verdict) for low, high, verdict in spans]
    numbers = _numbers(rule, zones, spans, scale)
    below = _below(numbers, ticks, scale, rule.unit in units.STEPS)
    strips, places = [], {vintage: [*map(scale, values)] for vintage, values in own.items()}
    for vintage, frame in frames.items():
        placed = frame.assign(x=frame["value"].map(scale), told=frame["value"].map(rule.short))
        title = tr("Others")
        if dated:
            title = tr("Others, {known}", known=known_in_words(vintage))
        gaps = np.abs(np.subtract.outer(frame["value"].to_numpy(), own[vintage] or [0]))
        nearest = placed.assign(gap=gaps.min(axis=1))
        silent = (unnamed or {}).get(vintage, set())
        strips.append(_strip(vintage, title, nearest, places[vintage], zones, silent))
    whiskers = [
        Whisker(
            when,
            scale(low),
            scale(high),
            tr("{low} to {high}", low=rule.short(low), high=rule.short(high)),
        )
        for when, (low, high) in intervals
    ]
    return Ruler(zones, _placed(own_figures, rule, scale, dated), below, strips, whiskers)


def _intervals(verdict: Verdict) -> list[tuple[float, float]]:
    """The intervals of the figures that decide."""
    return [*verdict.noise.intervals.values()] if verdict.noise else []


def figures(verdict: Verdict) -> list[tuple[str, str, float]]:
    """The deciding figures of a verdict as (vintage, whose, value)."""
    label = whose_books if verdict.finding.reporters else actors.name
    by_whom = verdict.rule.by_whom(verdict.value).items()
    labelled = [(f", {label(who)}" if who else "", value) for who, value in by_whom]
    return [
        (verdict.vintage, who, value) for who, value in labelled if isinstance(value, (int, float))
    ]


def _ticks(rule: Rule) -> Ticks:
    """Where the strict and the lenient rule draw other lines; none around a target."""
    if rule.comparison in AROUND:
        return {}
    by_reading = {
        reading: set(rule.at(reading).edges()) - set(rule.edges())
        for reading in ("strict", "lenient")
    }
    return {reading: sorted(edges) for reading, edges in by_reading.items() if edges}


def _scale(rule: Rule, values: Sequence[float], ticks: Ticks, others: Sequence[float]) -> Scale:
    """A function from a figure to its place across.

    All of the rule and of the claim's own figures is on it, each zone wide enough for its word;
    of the others as many as then find room, the rest is put at the ends.
    """
    step, edges = units.STEPS.get(rule.unit, 0), sorted({*rule.edges(), *values})
    within = [*edges, *itertools.chain(*ticks.values())]
    low, high = min(within) - step, max(within) + step
    span = (high - low) or 1.0
    wide = min([4 * span, *_fitting(rule)])
    reach = max([high, *others]) - min([low, *others])
    wide = max(1.35 * span, min(wide, 1.1 * reach))
    first, last = min(rule.edges()) - 0.1 * wide, max(rule.edges()) + 0.1 * wide
    low, high = min(low, first) - 0.02 * wide, max(high, last) + 0.02 * wide
    under, above = max(low - min([low, *others]), 0), max(max([high, *others]) - high, 0)
    spare, margin = max(wide - (high - low), 0), 0.02 * wide
    part = min(1, spare / (under + above)) if under + above else 0
    low -= part * under + margin if under else 0
    high += part * above + margin if above else 0

    def across(value: float) -> int:
        return round(min(max((value - low) / (high - low), 0), 1) * WIDTH)

    return across


def _fitting(rule: Rule) -> list[float]:
    """How much of the scale the drawing may hold so that each inner zone has room for its word."""
    inner = [run for run in runs(rule, max(rule.edges())) if ENDLESS not in (-run[0], run[1])]
    return [(high - low) * WIDTH / (width(tr(word)) + 5) for low, high, word in inner]


def runs(rule: Rule, highest: float) -> list[tuple[float, float, str]]:
    """Runs of one verdict along the scale: (low, high, verdict); half a step around counts."""
    step, edges = units.STEPS.get(rule.unit), sorted(set(rule.edges()))
    if step:
        counts = [number * step for number in range(int(max(highest, *edges) / step) + 3)]
        bounds, probes = [-ENDLESS, *(count - step / 2 for count in counts[1:]), ENDLESS], counts
    else:
        bounds = [-ENDLESS, *edges, ENDLESS]
        probes = [(low + high) / 2 for low, high in itertools.pairwise(bounds)]
    spans = zip(bounds, bounds[1:], map(rule.alone, probes), strict=False)
    grouped = [list(run) for _, run in itertools.groupby(spans, key=lambda span: span[2])]
    return [(run[0][0], run[-1][1], run[0][2]) for run in grouped]


def reach(low: float, high: float, unit: str, above: bool = False, below: bool = False) -> str:
    """From where to where a zone goes, in words: "up to 0.2", "3 or more", "75 bn to 90 bn".

    above: its low end is not its own: "above 100 %"; below: its high end is not, where it has no
    other: "below 67 %".
    """
    step = units.STEPS.get(unit)
    if step:
        least = 1 if unit == "rank" else 0
        first = max(round(max(low / step, 0) + 0.5), least)
        if high == ENDLESS:
            return tr("{figure} or more", figure=first)
        last = round(high / step - 0.5)
        if first == last:
            return str(first)
        if first == least:
            return tr("up to {figure}", figure=last)
        return tr("{low} to {high}", low=first, high=last)
    first, last = units.format_edge(low, unit), units.format_edge(high, unit)
    if low == -ENDLESS:
        return tr("below {figure}", figure=last) if below else tr("up to {figure}", figure=last)
    if high == ENDLESS:
        if above:
            return tr("above {figure}", figure=first)
        return tr("from {figure} on", figure=first)
    if above:
        return tr("above {low} up to {high}", low=first, high=last)
    return tr("from {low} to {high}", low=first, high=last)


def _numbers(rule: Rule, zones: list[Zone], spans: Sequence[tuple], scale: Scale) -> Words:
    """(place, words): the number at each edge, or of counts those of each zone."""
    if rule.unit in units.STEPS:
        words = [reach(low, high, rule.unit) for low, high, _ in spans]
        return [(zone.left + zone.wide // 2, text) for zone, text in zip(zones, words, strict=True)]
    return [(scale(edge), units.format_edge(edge, rule.unit)) for _, edge, _ in spans[:-1]]


def _below(numbers: Words, ticks: Ticks, scale: Scale, spans: bool) -> list[Tick]:
    """Numbers and readings below the bar, each in the first row with room for it.

    spans: the numbers tell of whole zones, not of edges.
    """
    readings = [(scale(edge), tr(name)) for name, edges in ticks.items() for edge in edges]
    placed: list[Tick] = []
    for place, words in [*numbers, *readings]:
        half = width(words) / 2
        x = min(max(place, half), WIDTH - half)
        tick = None if spans and (place, words) in numbers else place
        candidates = [
            Tick(tick, x, row, words, short) for short in (False, True) for row in range(4)
        ]
        placed.append(
            next(
                (candidate for candidate in candidates if _has_room(candidate, placed)),
                candidates[-1],
            )
        )
    return placed


def _has_room(tick: Tick, placed: Sequence[Tick]) -> bool:
    """Whether neither its words nor its tick meet others."""

    def half(tick: Tick) -> float:
        return width(tick.words) / 2

    def meet(other: Tick) -> bool:
        if other.row == tick.row:
            return abs(tick.x - other.x) < half(tick) + half(other) + 4
        upper, lower = sorted((tick, other), key=lambda below: below.row)
        if lower.tick is None or lower.short:
            return False
        return abs(lower.tick - upper.x) < half(upper) + 2

    return not any(map(meet, placed))


def _strip(
    vintage: str,
    title: str,
    frame: pd.DataFrame,
    own: list[int],
    zones: list[Zone],
    unnamed: set[str],
) -> DotStrip:
    """Everybody's dots: on one another where they meet, and aside within their zone where many."""
    taken = {(x, 0) for x in own}
    dots = []
    for row in frame.itertuples():
        beyond = -1 if row.x <= 0 else 1 if row.x >= WIDTH else 0
        place = min(max(row.x, DOT), WIDTH - DOT)
        zone = next(zone for zone in zones if zone.left <= place <= zone.left + zone.wide)
        x, up = _free(place, zone, taken)
        taken.add((x, up))
        dots.append(Dot(row.who, short_name(row.who), x, up, row.told, beyond))
    lowest, highest = tr_noop("lowest"), tr_noop("highest")
    ends = [(dots[0], lowest), (dots[-1], highest)]
    ends = ends if dots[1:] else [(dots[0], tr_noop("one other"))]
    labels = [*frame["told"]]
    unique_ends = [
        pair for pair in ends if labels.count(pair[0].value) == 1 and pair[0].who not in unnamed
    ]
    by_gap = [dots[index] for index in sorted(range(len(dots)), key=[*frame["gap"]].__getitem__)]
    nearest = [dot for dot in by_gap if dot.who not in unnamed]
    named = [dot for dot in nearest[:NEAREST] if labels.count(dot.value) == 1]
    near = _in_rows([dot for dot in named if dot not in [end for end, _ in unique_ends]])
    return DotStrip(
        vintage, title, own, dots, unique_ends, near, max([0, *(dot.up for dot in dots)]) + 1
    )


def _in_rows(dots: Sequence[Dot]) -> list[Near]:
    """Those nearest to the claim beside one another, in as many rows as they need."""
    start = 1.5
    x, row, placed = start, 0, list[Near]()
    for dot in dots:
        words = tr(
            "near: {who} {value}", who=dot.name, value=dot.value
        )  # any of them may be switched off
        if x > start and x + width(words) > WIDTH:
            x, row = start, row + 1
        placed.append(Near(dot, words, x, row))
        x += width(words) + 8
    return placed


def _free(start: int, zone: Zone, taken: set[tuple[int, int]]) -> tuple[int, int]:
    """The nearest place for a dot that none has taken."""
    aside = sorted(range(-6 * DOT, 6 * DOT + 1, DOT), key=abs)
    inside = [
        start + offset
        for offset in aside
        if zone.left + 3 <= start + offset <= zone.left + zone.wide - 3
    ]
    places = itertools.product([start, *inside], range(HIGH))
    upwards = ((start, up) for up in itertools.count(HIGH))

    def free(place: tuple[int, int]) -> bool:
        x, up = place
        near = [other for other, level in taken if level == up and abs(x - other) < DOT]
        return not near

    return next(place for place in itertools.chain(places, upwards) if free(place))


def _placed(
    own_figures: list[tuple[str, str, float]], rule: Rule, scale: Scale, dated: bool
) -> list[Mark]:
    """The marks from the top down: words stay inside and stems run through none, if it can be."""
    later = any(vintage == "since" for vintage, *_ in own_figures)
    marks = []
    for vintage, who, value in own_figures:
        then = article.current().month if vintage == "then" else tr("since")
        when = then if dated and (later or not who) else ""
        whose = who.replace(", the ", ", ")  # there is little room
        marks.append((vintage, scale(value), f"{when}{whose}: {rule.short(value)}".lstrip(",: ")))
    return _in_order(marks)[1]


def _in_order(marks: Sequence[tuple[str, int, str]]) -> tuple[float, list[Mark]]:
    """(how badly they lie, the marks from the top down), in the order in which words lie best."""
    stems, rows = [x for _, x, _ in marks], []
    for at, (vintage, x, words) in reversed([*enumerate(marks)]):
        texts = itertools.product((words, _halved(words)), (-1, 1))
        options = [Mark(vintage, x, *text) for text in texts]
        crowded = [(_crowding(option, stems), option) for option in options]
        rows.append((*min(crowded, key=itemgetter(0)), [*marks[:at], *marks[at + 1 :]]))
    tried: list[tuple[float, list[Mark]]] = []
    rows.sort(key=itemgetter(0))
    for crowding, lowest, left in rows if len(marks) <= ORDERED else rows[:1]:
        more, above = _in_order(left)
        tried.append((crowding + more, [*above, lowest]))
        if not crowding + more:
            break
    return min(tried, key=itemgetter(0), default=(0, []))


def _halved(words: str) -> str:
    """Words in two lines, as narrow as they can be."""
    spaces = [at for at, letter in enumerate(words) if letter == " "]
    halves = [f"{words[:at]}\n{words[at + 1 :]}" for at in spaces]
    return min(halves, key=_wide, default=words)


def _wide(words: str) -> float:
    return max(map(width, words.split("\n")))


def _crowding(mark: Mark, stems: list[int]) -> float:
    """How badly the words of a mark lie: outside the drawing, in the way of stems from above, or in
    two lines.
    """
    left, right = _span(mark)
    outside = max(0, -left) + max(0, right - WIDTH)
    crossed = sum(left < stem < right for stem in stems)
    return 5 * outside + 30 * crossed + 10 * mark.words.count("\n")


def _span(mark: Mark) -> tuple[float, float]:
    """From where to where the words of a mark reach."""
    long = _wide(mark.words)
    return (mark.x + 3, mark.x + 6 + long) if mark.side > 0 else (mark.x - 6 - long, mark.x - 3)
