"""The yardstick: a claim's rule as a picture, with everybody on it to whom its measure applies."""

import itertools
import math
import operator
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from heldto import article
from heldto.claims import substitute, units
from heldto.claims.ledger import both, judge, updated
from heldto.claims.listed import all_ids, claims_with_unit, find_claim, row, section_of
from heldto.claims.ruler import (
    BAR,
    DOT,
    LINE,
    ROW,
    WIDTH,
    DotStrip,
    Mark,
    Ruler,
    Tick,
    Whisker,
    figures,
    laid_out,
    reach,
    runs,
)
from heldto.claims.verdict import COLOURS, Verdict
from heldto.claims.wording import MEANS, known_in_words
from heldto.errors import Problem
from heldto.evidence import Vintage, actors
from heldto.evidence.caching import cached
from heldto.pictures import INK, PAPER, Look, Picture, Tagged, canvas, house_style
from heldto.pictures.marks import write_minus
from heldto.templates import render
from heldto.text.words import capital, join_names, possessive, with_minus
from heldto.tr import tr, tr_noop

FEW = 3  # actors who are named where they are level
SINCE = [(tr_noop("since"), "since"), (tr_noop("verdict"), "since")]
PLAIN = [(tr_noop("figure"), ""), ("verdict", "")]
TITLE = 200  # characters of a title; what a longer measure lists after its colon stands below it
KEPT = 64  # drawings of claims: as many as there are, where there are not more
IN_PLACE = tr_noop("The claim's rule, and the figures with others in the place of its own actors.")
COMPARED, IN_WORDS = (
    tr_noop("Compared with others"),
    tr_noop("The ruler in words"),
)  # what opens below it
WHITE = tr_noop("White on the bar: where 95 % of what chance alone would give lies.")
SOME_OFF = tr_noop("Whoever is switched off, or has no box, has no dot here.")
AXIS = "#8a8f94"
POINTS = 72  # an inch
OWN, OTHER = 6.6, 5.1  # points that a dot is wide: the claim's, everybody's
Told = tuple[tuple[str, ...], str]  # actors (and "since"), sentence


@dataclass(eq=False)
class Yardstick:
    """A rule, a claim's figures on it, and those of everybody else: told, and drawn as a picture.

    sides: what the rule says of them, then, and since where anything newer is known; others:
    {vintage: as `substitute.others` has it}; among: {vintage: {part of the rule, or "": the claim's
    figure}}; title: what is measured, in words; section: whose bar it follows; key: a name that no
    other drawing has; note: what the dots are; whose: the claim's figures; dated: whether they are
    those of the article's day and since.
    """

    sides: Sequence[Verdict]
    others: Mapping[Vintage, pd.DataFrame]
    among: Mapping[Vintage, dict[str, float]]
    title: str
    section: str
    key: str
    note: str
    whose: str = tr_noop("The claim")
    dated: bool = True

    def __post_init__(self) -> None:
        self.then, self.since, *_ = *self.sides, None
        self.rule = self.then.rule

    def _known(self, side: Verdict) -> str:
        return known_in_words(side.vintage) if self.dated else ""

    def own(self) -> list[Told]:
        """The rule and the claim's own figures in a sentence each."""
        highest = max(value for side in self.sides for *_, value in figures(side))
        zones = [
            f"{tr(verdict)} {reach(low, high, self.rule.unit, *self._open(verdict, low, high))}"
            for low, high, verdict in runs(self.rule, highest)
        ]
        sentences = [(_late(side), self._said(side)) for side in self.sides if figures(side)]
        sentences += [(_late(side), side.noise.words) for side in self.sides if side.noise]
        rule = tr("The rule: {zones}.", zones=", ".join(zones))
        return [((), rule), *sentences]

    def _open(self, verdict: str, *edges: float) -> list[bool]:
        """Which edges of a zone are not its own."""
        return [math.isfinite(edge) and self.rule.alone(edge) != verdict for edge in edges]

    def _said(self, side: Verdict) -> str:
        parts = [
            f"{who[2:]} {self.rule.in_words(value)}".strip() for _, who, value in figures(side)
        ]
        opening = capital(self._known(side)) or tr("The figure")
        told, means = ", ".join(parts), tr(MEANS[side.verdict])
        return tr(
            "{opening}: {figures}, so it {means}.", opening=opening, figures=told, means=means
        )

    def ranks(self) -> list[Told]:
        """Where the claim's own figures stand among everybody's: they hold while all are shown."""
        sides = [side for side in self.sides if len(self.others.get(side.vintage, ()))]
        whose = [(*self.others[side.vintage]["who"], *_late(side)) for side in sides]
        return [*zip(whose, map(self._ranked, sides), strict=True)]

    def _ranked(self, side: Verdict) -> str:
        frame, own_figures = self.others[side.vintage], self.among[side.vintage]
        is_place = self.rule.unit == "rank"  # the first place is the highest
        low, high = (self._end(frame, index) for index in ((-1, 0) if is_place else (0, -1)))
        values = [*frame["value"], *own_figures.values()]
        subjects = [
            substitute.title(who) if len(own_figures) > 1 else tr("it") for who in own_figures
        ]
        above = operator.lt if is_place else operator.gt
        places = (1 + sum(above(one, value) for one in values) for value in own_figures.values())
        ranks = tr(" and ").join(map(tr("{} is number {}").format, subjects, places))
        known = self._known(side)
        opening = tr("Of {count}", count=len(values))
        if known:
            opening = tr("Of {count} {known}", count=len(values), known=known)
        ends = tr("the highest of the others: {high}, the lowest: {low}", high=high, low=low)
        if "negative" in units.UNITS.get(self.rule.unit, {}):
            ends = tr(
                "the highest of the others on this scale: {high}, the lowest: {low}",
                high=high,
                low=low,
            )
        return tr(
            "{opening} {ranks} from the top; {ends}.", opening=opening, ranks=ranks, ends=ends
        )

    def _end(self, frame: pd.DataFrame, index: int) -> str:
        labels = frame["value"].map(self.rule.short)
        level = frame["who"][labels.eq(labels.iloc[index])]
        names = join_names(level) if len(level) <= FEW else tr("{count} actors", count=len(level))
        return f"{names} ({labels.iloc[index]})"

    def words(self) -> list[Told]:
        """Everybody's figures, a sentence each."""
        sentences: list[Told] = []
        for vintage, frame in self.others.items():
            late = vintage == "since"
            for record in frame[::-1].itertuples():
                who, value = actors.name(record.who), self.rule.short(record.value)
                sentence = f"{who}: {value}."
                if late:
                    sentence = tr("{who} since: {value}.", who=who, value=value)
                sentences.append(((record.who, *(["since"] if late else [])), sentence))
        return sentences

    def table(self) -> pd.DataFrame:
        """Everybody's figures, highest on the article's day first.

        Columns: who (ISO3), then, verdict_then, and where something newer is known since,
        verdict_since: in the claim's unit, with the verdict that the rule gives each alone.
        """
        sides = [
            frame.set_index("who")[["value", "verdict"]].set_axis([side, f"verdict_{side}"], axis=1)
            for side, frame in self.others.items()
        ]
        if not sides:
            return pd.DataFrame(columns=["who", "then", "verdict_then"])
        return pd.concat(sides, axis=1).sort_values("then", ascending=False).reset_index()

    def _rows(self) -> list[tuple[str, str, list[str]]]:
        by_whom: dict[str, dict[str, float]] = {}
        for vintage, whose, value in itertools.chain(*map(figures, self.sides)):
            by_whom.setdefault(whose, {})[vintage] = value
        rows = [
            ("a-claim", f"{tr(self.whose)}{who}", self._then_and_since(values))
            for who, values in by_whom.items()
        ]
        others = (
            (record["who"], self._then_and_since(record))
            for record in self.table().to_dict("records")
        )
        return rows + [(f"a-{who}", actors.name(who), cells) for who, cells in others]

    def _then_and_since(self, values: Mapping[str, Any]) -> list[str]:
        """A figure and what the rule says to it alone, then and since."""
        cells = []
        for side in self.sides:
            value = values.get(side.vintage, math.nan)
            words = "" if pd.isna(value) else with_minus(self.rule.short(value))
            cells += [words, tr(self.rule.alone(value)) if words else ""]
        return cells

    def _page_table(self) -> Markup:
        """The figures as a page shows them: with their units, the claim's own first."""
        then = [(article.current().month, ""), ("verdict", "")]
        columns = [(tr_noop("who"), ""), *(then if self.dated else PLAIN)]
        columns += SINCE if self.since else []
        heads = [(tr(head), look) for head, look in columns]
        return render("table.html.j2", columns=heads, rows=self._rows(), cut="")

    def judged_elsewhere(self, side: Verdict) -> set[str]:
        """Who of the others has a figure that decides another claim of this notebook or of a later
        one: a reader may not have guessed it yet.
        """
        frame = self.others.get(side.vintage)
        if frame is None or side.id not in all_ids():  # a reader's own stands in no notebook
            return set()
        notebook, judged = find_claim(side.id).notebook, set()
        for other in claims_with_unit(self.rule.unit):
            if other.id == side.id or other.notebook < notebook:
                continue
            theirs = frame[frame["who"].isin(other.actors)]
            deciding = figures(judge(other.id, side.vintage)) if len(theirs) else []
            for _, _, value in deciding:
                judged |= {*theirs["who"][np.isclose(theirs["value"], value)]}
        return judged

    def picture(self) -> Picture | None:
        """The yardstick as a picture; None where no scale decides."""
        among = {vintage: [*by_part.values()] for vintage, by_part in self.among.items()}
        unnamed = {side.vintage: self.judged_elsewhere(side) for side in self.sides}
        ruler = laid_out(self.sides, self.others, among, self.dated, unnamed)
        if ruler is None:
            return None
        with house_style():
            figure = draw_ruler(ruler, tr(self.whose))
        strips = [strip.vintage for strip in ruler.strips]
        rule, *sentences = self.own()
        known = [text for who, text in sentences if not who]
        picture = Picture(
            key=self.key,
            section=self.section,
            title=self.title,
            subtitle=self.note,
            figure=figure,
            lead=" ".join([*(text for _, text in sentences), rule[1]]),
            then={"lead": " ".join([*known, rule[1]])},
            sentences=[*self.ranks(), *self.words()],
            table=self.table(),
            page_table=self._page_table(),
            source="",
            look="yardstick" if figures(self.then) else "yardstick since",
            folds={"then": ruler.floor(strips.count("then")), "bare": ruler.floor(0)},
            more=tr(COMPARED if strips else IN_WORDS),
            some_off=tr(SOME_OFF) if strips else "",
        )
        picture.needs, picture.compares = [], False  # the claim's own figures belong to no actor
        return picture


def _late(side: Verdict) -> tuple[str, ...]:
    return ("since",) if side.vintage == "since" else ()


def draw_ruler(ruler: Ruler, whose: str) -> Figure:
    """A ruler on paper of its own size: an axes of points, its top at nought."""
    high = ruler.floor(len(ruler.strips))
    wide, deep = WIDTH / POINTS, high / POINTS
    figure, ax = canvas(deep, width=wide, left=0, right=0, top=0, bottom=0)
    ax.set(xlim=(0, WIDTH), ylim=(high, 0))
    ax.set_axis_off()
    _draw_bar(ax, ruler)
    for whisker in ruler.whiskers:
        _draw_whisker(ax, whisker, ruler.top)
    down = 0
    for mark in ruler.marks:
        _draw_mark(ax, mark, down, ruler.top, whose)
        down += mark.high
    _draw_below(ax, ruler.below, ruler.top + BAR)
    for index, strip in enumerate(ruler.strips):
        _draw_strip(ax, strip, ruler.floor(index))
    write_minus(figure)
    return figure


def _draw_bar(ax: Axes, ruler: Ruler) -> None:
    zones, middle = ruler.zones, ruler.top + BAR / 2
    colours = [COLOURS[zone.verdict] for zone in zones]
    left, wide = [zone.left for zone in zones], [zone.wide for zone in zones]
    ax.barh([middle] * len(zones), wide, BAR, left, color=colours, linewidth=0, clip_on=False)
    for zone in zones:
        if zone.word:
            place = zone.left + zone.wide / 2, ruler.top + BAR - 4.5
            ax.text(*place, zone.word, color="white", ha="center")


def _draw_whisker(ax: Axes, whisker: Whisker, top: int) -> None:
    """An interval along the upper edge of the bar; of a later figure along the lower one."""
    since = whisker.vintage == "since"
    y = top + BAR - 1 if since else top + 1.8
    draw = Tagged(ax, "claim", since=since, tell=tr("95 % interval: {span}", span=whisker.words))
    look: Look = dict(color="white", linewidth=1.1, clip_on=False)
    draw.plot([whisker.left, whisker.right], [y, y], **look)
    ends = Tagged(ax, "claim", since=since)
    for x in (whisker.left, whisker.right):
        ends.plot([x, x], [y - 1.6, y + 1.6], **look)


def _draw_mark(ax: Axes, mark: Mark, y: int, top: int, whose: str) -> None:
    since, ring = mark.vintage == "since", y + 6.5
    draw = Tagged(ax, "claim", since=since)
    stem = Tagged(ax, "claim", since=since, tell=f"{whose}, {' '.join(mark.words.split())}")
    stem.plot([mark.x] * 2, [ring, top + 3], color=INK, linewidth=0.9, clip_on=False)
    _dot(draw, mark.x, ring, OWN, INK)
    if since:
        _dot(draw, mark.x, ring, OWN - 2, "white")
    words: Look = dict(ha="left" if mark.side > 0 else "right", bbox=PAPER)
    for row_, text in enumerate(mark.words.split("\n")):
        draw.text(mark.x + 6 * mark.side, y + 9.5 + LINE * row_, text, **words)


def _dot(draw: Axes | Tagged, x: float, y: float, size: float, colour: str) -> None:
    """A line of no length with round ends: much shorter in a drawing than a marker of each hue."""
    draw.plot([x, x], [y, y], color=colour, linewidth=size, clip_on=False)


def _draw_below(ax: Axes, below: Sequence[Tick], bar: int) -> None:
    for tick in below:
        if tick.tick is not None:
            end = bar + 2 if tick.short else bar + ROW * tick.row + 3
            ax.plot([tick.tick] * 2, [bar - 4, end], color=INK, linewidth=0.9, clip_on=False)
        ax.text(tick.x, bar + ROW * tick.row + 11.5, tick.words, ha="center")


def _draw_strip(ax: Axes, strip: DotStrip, top: int) -> None:
    """Everybody's dots on a line, with the claim's own places among them."""
    since, base = strip.vintage == "since", top + 14 + DOT * strip.high
    low = base - 2
    frame = Tagged(ax, since=True) if since else ax  # what was known stands whoever is shown
    frame.text(1.5, top + 9, strip.title)
    frame.plot([0, WIDTH], [base + 1.5] * 2, color=AXIS, linewidth=0.8, clip_on=False)
    for x in strip.own:
        broken: Look = dict(color=INK, linewidth=0.9, linestyle=(0, (1.5, 2)))
        frame.plot([x, x], [top + 12, base + 1.5], clip_on=False, **broken)
        _dot(frame, x, low, OWN, INK)
        if since:
            _dot(frame, x, low, OWN - 2, "white")
    for dot in strip.dots:
        off = tr(" (off the scale)") if dot.beyond else ""
        tell = f"{dot.name}: {dot.value}{off}"
        if since:
            tell = tr("{who} since: {value}", who=dot.name, value=f"{dot.value}{off}")
        draw = Tagged(ax, dot.who, since=since, tell=tell)
        y, colour = low - DOT * dot.up, actors.colour(dot.who)
        if dot.beyond:
            tip, back = dot.x + 3 * dot.beyond, dot.x - 2 * dot.beyond
            look: Look = dict(color=colour, linewidth=0, zorder=2, clip_on=False)
            draw.fill([tip, back, back], [y, y - 2.6, y + 2.6], **look)
        else:
            _dot(draw, dot.x, y, OTHER, colour)
    for (dot, which), words in zip(strip.ends, strip.told, strict=True):
        draw = Tagged(ax, dot.who, since=since)
        if which == "highest":
            draw.text(WIDTH - 1.5, base + 12 + strip.last, words, ha="right")
        else:
            draw.text(1.5, base + 12, words)
    _name_nearest(ax, strip, base + 12 + (strip.last + LINE if strip.ends else 0))


def _name_nearest(ax: Axes, strip: DotStrip, y: float) -> None:
    """Name those nearest to the claim below a strip."""
    since = strip.vintage == "since"
    for near in strip.near:
        Tagged(ax, near.dot.who, since=since).text(near.x, y + LINE * near.row, near.words)


def of(claim: str, **put: str) -> Yardstick:
    """The yardstick of one of the article's claims. Raises UnknownClaim; RowError or OurFault where
    it is unjudged.

    put: others in the places of its actors, as `substitute.judge_substituted` takes them; their
    figures stand alone on it.
    """
    claim_row = row(claim)
    verdicts = (
        [substitute.judge_substituted(claim, vintage, **put) for vintage in get_args(Vintage)]
        if put
        else both(claim)
    )
    then, since = verdicts
    if then.finding.fault:
        raise then.finding.fault
    sides = [then, since] if updated(then, since) else [then]
    compared = [] if put else sides
    others = {side.vintage: substitute.others(side.id, side.vintage) for side in compared}
    measure = find_claim(then.id).told("what")
    title, _, parts = measure.partition(": ") if len(measure) > TITLE else (measure, "", "")
    note = tr(IN_PLACE) if put else _note(then, others)
    if any(side.noise and side.noise.intervals for side in sides):
        note += f" {tr(WHITE)}"
    return Yardstick(
        sides,
        others,
        {side.vintage: substitute.own_figures(side) for side in compared},
        title=title,
        section=section_of(claim),
        key=f"yardstick-{claim_row['id']}{'-instead' if put else ''}",
        note=f"{capital(parts)}. {note}" if parts else note,
        whose=tr_noop("In its place") if put else "The claim",
    )


def picture(claim: str, **put: str) -> Picture | None:
    """The yardstick of a claim as a picture, drawn once; None where no scale decides. Raises as
    `of` does.
    """
    return _remembered(row(claim)["id"], **put)


def _drawn(claim: str, **put: str) -> Picture | None:
    drawn = of(claim, **put).picture()
    return drawn.without_figure() if drawn else None


_remembered = cached(_drawn, KEPT)


def _note(then: Verdict, others: Mapping[Vintage, pd.DataFrame]) -> str:
    """What the dots are; where two books decide, by whose."""
    if all(frame.empty for frame in others.values()):
        return tr("The rule and the claim's own figures; no other actor is compared with them.")
    compared = substitute.compared_of(then.id)
    whose = (
        tr(" or ").join(possessive(substitute.title(place)) for place in compared.swap)
        if compared
        else ""
    )
    books = possessive(article.current().books)
    by_books = tr(", by {whose} books", whose=books) if then.by_reporter else ""
    note = f" {compared.note}" if compared and compared.note else ""
    if not any(frame["value"].any() for frame in others.values()):
        none = tr("All others in {whose} place{books} have none.", whose=whose, books=by_books)
        return f"{none}{note}"
    dots = tr(
        "Dots: others in {whose} place{books}. Large and black: the claim.",
        whose=whose,
        books=by_books,
    )
    return f"{dots}{note}"


def yardstick(claim: str) -> Picture:
    """Draw a claim's rule as a scale, with every actor to whom its measure applies.

    Returns a Picture, which follows the actor bar. Its `table` has a row for each of the other
    actors, the highest first: who (ISO3), then, verdict_then and, if something newer is known,
    since and verdict_since. Figures are in the claim's unit. The verdicts are those that the rule
    would give to each actor alone. Sources are those of the claim. Raises UnknownClaim; Problem if
    no scale decides the claim.

    Examples
    --------
    >>> fr.yardstick("F5").table[["who", "then", "verdict_then"]].head(3)  # kappa
       who   then verdict_then
    0  SYR  0.695        fails
    1  PRK  0.648        fails
    2  IRN  0.621        fails
    """
    drawn, (then, since) = picture(claim), both(claim)
    if drawn is None:
        raise Problem(f"no scale decides {then.id}: its verdict does not depend on a single figure")
    alone = copy(drawn)
    alone.source, alone.more = since.sources or then.sources, ""
    return alone
