"""What is drawn: marks tagged by their actors, lines that grow lighter after what was known in
the article's day, and axes of years."""

import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Annotation, Text
from matplotlib.ticker import MaxNLocator, MultipleLocator, ScalarFormatter
from matplotlib.transforms import Bbox

from heldto.evidence import actors
from heldto.pictures import style
from heldto.pictures.style import INK, PAPER, QUIET, is_narrow
from heldto.pictures.tooltips import tooltip
from heldto.text.words import with_minus
from heldto.tr import language, numerals, tr

Look = dict[str, Any]  # keywords of a call of matplotlib
Shown = Collection[str] | None  # ISO3 of those that are drawn for; None: everybody
RULE = (0, (4, 3))  # the dashes of a line at which a verdict changes
BOUND: Look = dict(color=INK, linewidth=0.9, linestyle=RULE, zorder=6)  # above what it bounds
LETTER = 5.4  # points that a letter of the house's type takes, on average
FEW = 4  # actors whose lines have room for their figures: as in toggle.js
LATE = 0.55  # how opaque is what came after the article's day
ASIDE = 4  # points between the words of a rule and what is drawn: a browser's type may be wider
ABOVE = 2  # points off its line: where the words of a rule stand in a narrow figure
_OFF: ContextVar[frozenset[str]] = ContextVar("off", default=frozenset())
Write = Callable[[], None]
_WAITING: ContextVar[list[Write] | None] = ContextVar("waiting", default=None)


def tag(
    artist: Any,
    *codes: str,
    since: bool = False,
    then: bool = False,
    few: bool | None = None,
    told: bool = False,
    tell: str = "",
) -> Any:
    """Group a mark by its actors: it shows if and only if all of them are on. Returns the artist.

    since: a mark about what came after the article's day; then: one shown only while later marks
    are switched off; few: shown only while few actors are on and one of them has a line that is
    `faint`, False: only while that is not so; told: shown only while few actors are on; tell: what
    it tells where somebody points at it, or the name of what its points tell, where the axes is
    `measured`.
    """
    if tell:
        artist.set_label(tell)
    words = [f"a-{code}" for code in dict.fromkeys(codes)]
    if since:
        words.append("since")
    if then:
        words.append("then")
    if few is not None:
        words.append("few" if few else "many")
    if told:
        words.append("told")
    artist.set_gid(f"mark!{'!'.join(words)}")
    return artist


def tag_words(artist: Artist) -> list[str] | None:
    """The words of an artist's tag, such as ["a-CHN", "since"]; None where it is no mark."""
    first, *words = (artist.get_gid() or "").split("!")
    return [word for word in words if word] if first == "mark" else None


def carrier(artist: Any) -> Artist:
    """Which part of an artist has its tag: of an arrow its patch, of all else the whole."""
    return getattr(artist, "arrow_patch", None) or artist


@contextmanager
def telling(figure: Figure) -> Iterator[None]:
    """Whatever is written inside has in the tag of each mark what it tells."""
    marks = [(artist, artist.get_gid(), words) for artist, words in tagged(figure)]
    for artist, gid, words in marks:
        artist.set_gid(f"{gid}|{with_minus(tooltip(artist, whose(words)))}")
    try:
        yield
    finally:
        for artist, gid, _ in marks:
            artist.set_gid(gid)


def tagged(figure: Figure) -> list[tuple[Artist, list[str]]]:
    """Every mark that shows data, with its words; a text alone shows none, one on paper does."""
    tagged_artists = []
    for artist in _inside(figure):
        words = tag_words(artist)
        if words is not None and (not isinstance(artist, Text) or artist.get_bbox_patch()):
            tagged_artists.append((artist, words))
    return tagged_artists


def _inside(artist: Artist) -> list[Artist]:
    """What an artist holds, at any depth, but for axes' ticks, which are made when one asks."""
    waiting, inside = [*reversed(artist.get_children())], []
    while waiting:
        part = waiting.pop()
        if not isinstance(part, Axis):
            inside.append(part)
            waiting += reversed(part.get_children())
    return inside


def faint(artist: Artist) -> None:
    """Mark a mark as one that stands back; it gets its actor's colour while few actors are on."""
    artist.set_gid(f"{artist.get_gid()}!faint")


def at_end(artist: Artist, panel: int, drawn: float, own: float, gap: float) -> None:
    """Attach to a label at a line's end, or to its leader, where it is drawn and where its line
    ends, in points above the panel's axis: a page brings it back while few labels are seen.
    """
    artist.set_gid(f"{artist.get_gid()}!end={panel} {drawn:.1f} {own:.1f} {gap:g}")


def whose(words: Iterable[str]) -> list[str]:
    """The actors among the words of a tag."""
    return [word[2:] for word in words if word.startswith("a-")]


def drawn_marks(figure: Figure, seen: bool = False) -> list[tuple[set[str], bool]]:
    """(actors, since) of every mark that shows data; words alone show none. seen: of those that are
    not hidden.
    """
    marks = (words for artist, words in tagged(figure) if artist.get_visible() or not seen)
    return [
        ({*whose(words)}, "since" in words)
        for words in marks
        if {"then", "few", "told"}.isdisjoint(words)
    ]


def off(shown: Shown) -> frozenset[str]:
    """ISO3 that are not drawn for where these are; None: all are."""
    return frozenset() if shown is None else frozenset(actors.EVERYBODY).difference(shown)


@contextmanager
def only(shown: Shown) -> Iterator[None]:
    """Whatever is drawn inside is drawn for these actors alone (ISO3); None: for all."""
    before = _OFF.set(off(shown))
    try:
        yield
    finally:
        _OFF.reset(before)


def is_off(who: Iterable[str]) -> bool:
    """Whether one of some actors is not among those that are drawn for."""
    return not _OFF.get().isdisjoint(who)


def first_on(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The first of some groups of actors who are all drawn for; nobody where there is none."""
    return next((group for group in map(tuple, groups) if not is_off(group)), ())


def in_titles(groups: Iterable[Iterable[str]]) -> Iterator[tuple[str, bool]]:
    """Of whom a picture tells the figures that its titles name: those of the first of some groups
    who are all drawn for, and all others while few are on. Each with whether a page hides its
    figures (`told`) until then.
    """
    groups = [*map(tuple, groups)]
    first = first_on(groups)
    yield from ((code, False) for code in first)
    codes = dict.fromkeys(code for group in groups for code in group if not is_off([code]))
    if not _OFF.get() or len(codes) <= FEW:
        yield from ((code, not _OFF.get()) for code in codes if code not in first)


def on(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows whose actors, in these columns, are all drawn for."""
    return frame[~frame[[*columns]].isin([*_OFF.get()]).any(axis=1)]


def among(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows whose actors, in these columns, are all drawn for; all rows where none would be
    left, which the bar's rule then hides.
    """
    rows = on(frame, *columns)
    return rows if len(rows) else frame


@contextmanager
def words_last() -> Iterator[list[Write]]:
    """Words whose places hang on the scale are not written inside, but kept for `finish`, which
    takes what this yields.
    """
    words: list[Write] = []
    before = _WAITING.set(words)
    try:
        yield words
    finally:
        _WAITING.reset(before)


def on_the_scale(ax: Axes, write: Write) -> None:
    """Write words whose places hang on the scale: by `finish`, or outside of `words_last` at once.

    A scale is fitted once, when all marks are drawn: fitted twice, it would be cut twice.
    """
    waiting = _WAITING.get()
    if waiting is None:
        fit(ax)
        write()
    else:
        waiting.append(write)


def finish(figure: Figure, words: Iterable[Write]) -> None:
    """Fit the scales of a figure on which all marks are drawn, then write the words that waited.

    Figures below 0 have the minus sign that the axes have.
    """
    for ax in figure.axes:
        fit(ax)
    for write in words:
        write()
    write_minus(figure)
    write_numerals(figure)


def write_minus(figure: Figure) -> None:
    """Have the figures below 0 among a drawing's words the minus sign that its axes have."""
    for artist in _inside(figure):
        if isinstance(artist, Text):
            artist.set_text(with_minus(artist.get_text()))


class Numerals(ScalarFormatter):
    """Figures of an axis as the language writes them."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return numerals(super().__call__(x, pos))


def write_numerals(figure: Figure) -> None:
    """Have the axes of a drawing tell their figures as the language writes them."""
    if language() == "en":
        return
    for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)):
        form = axis.get_major_formatter()
        if type(form) is ScalarFormatter:
            local = Numerals()
            vars(local).update(vars(form))
            axis.set_major_formatter(local)


def fit(ax: Axes) -> None:
    """Hide the marks of actors that are not drawn for, and fit the scale to those that stay."""
    before, hidden = ax.dataLim.intervaly.copy(), False
    for artist in ax.findobj():
        if artist.get_visible() and is_off(whose(tag_words(carrier(artist)) or ())):
            artist.set_visible(False)
            hidden = hidden or not isinstance(artist, Text)
    if hidden and ax.axison and len(ax.get_yticks()):
        _refit(ax, before)


def limit(ax: Axes) -> None:
    """The limits of what is visible become those of the data: points and bands, too, which
    Matplotlib leaves out before 3.11.
    """
    ax.relim(visible_only=True)
    for collection in filter(Artist.get_visible, ax.collections):
        ax.update_datalim(collection.get_datalim(ax.transData).get_points())


def _refit(ax: Axes, before: Any) -> None:
    """The same room above and below the marks that stay as all had; zero stays where it is."""
    limit(ax)
    scale = ax.yaxis.get_transform()
    low, high = scale.transform(ax.get_ylim())
    (bottom, top), (lowest, highest) = map(scale.transform, (ax.dataLim.intervaly, before))
    if low == 0:
        bottom = lowest = 0
    if np.isfinite([bottom, top]).all() and top > bottom:
        share = (top - bottom) / (highest - lowest)
        ends = bottom - (lowest - low) * share, top + (high - highest) * share
        ax.set_ylim(*scale.inverted().transform(ends))


class Label(NamedTuple):
    """A label at the end of a line. An empty text is no label.

    x, y and text may be two, (since, then): the later one gives way while only what was known
    then is shown.
    """

    who: tuple[str, ...]
    x: Any
    y: Any
    text: Any
    colour: str
    bold: bool = False

    def read(self, reading: int) -> "Label":
        """The one of the two that stands in a reading (0: since, 1: then)."""
        x, y, text = (
            part[reading] if isinstance(part, (tuple, list)) else part for part in self[1:4]
        )
        return self._replace(x=x, y=y, text=with_minus(text))

    def dated(self, latest: float, gap: str = " ") -> "Label":
        """The label with the year beside each figure that is of another year than the last that was
        known on the article's day, or ends before the latest. A text that is not two is a name, and
        no figure of a year. gap: before the year, in labels of one line.
        """
        if isinstance(self.text, str):
            return self
        now, then = self.read(0), self.read(1)
        gap = " " if "\n" in now.text + then.text else gap
        texts = _with_year(now, gap, now.x < latest), _with_year(then, gap)
        return self._replace(text=texts)


def _with_year(label: Label, gap: str, ends_early: bool = False) -> str:
    if label.text and (ends_early or label.x != style.THEN):
        return f"{label.text}{gap}({label.x:.0f})"
    return label.text


class Tagged:
    """An axes that tags whatever is drawn on it by the actors it belongs to.

    `Tagged(ax, "CHN", "RUS").text(2018, 5, "both")`: every method of the axes that returns one
    mark or several is there; since, then, tell: as for `tag`.
    """

    def __init__(self, ax: Axes, *codes: str, **when: Any):
        self.ax, self.codes, self.when = ax, codes, when

    def __getattr__(self, method: str) -> Callable:
        def draw(*args: Any, **kwargs: Any) -> Any:
            made = getattr(self.ax, method)(*args, **kwargs)
            for mark in made if isinstance(made, (list, tuple)) else [made]:
                tag(mark, *self.codes, **self.when)
            return made

        return draw

    def beside(self, x: float, y: float, text: str, **looks: Any) -> Artist:
        """A figure at the end of a bar, or a name after it."""
        where: Look = dict(xytext=(3, 0), textcoords="offset points", va="center")
        return self.annotate(text, (x, y), **where | looks)

    def row_name(self, place: float, text: str, gap: float = 0.02, **looks: Any) -> Artist:
        """A row's name at the left of the axes, so many of their widths away; from -1 on, beside
        their right edge.
        """
        where: Look = dict(transform=self.ax.get_yaxis_transform(), ha="right", va="center")
        return self.text(-gap, place, text, **where | looks)


def cut(frame: pd.DataFrame, column: str = "year", at: Any = None) -> Iterator[tuple]:
    """(False, what was known on the article's day) and (True, what came after); `at`, the last
    year that was known where it is left out, is in both.
    """
    at = style.THEN if at is None else at
    yield False, frame[frame[column].le(at)]
    yield True, frame[frame[column].ge(at)]


def line(
    ax: Axes,
    frame: pd.DataFrame,
    column: str,
    code: str,
    lead: bool = False,
    text: Any = None,
    others: Iterable[str] = (),
    gaps: bool = False,
    **looks: Any,
) -> Label:
    """One actor's line over the years: full strength to the last year known then, lighter after.
    Returns the label of its end.

    text: of the label, (since, then); or a function from a row of the frame, a named tuple, to it.
    others: actors without whom the line does not show (the other side of a dyad).
    gaps: leave missing years open.
    """
    width, over = (3, 4) if lead else (1.6, 3)
    usual: Look = dict(color=actors.colour(code), linewidth=width, linestyle=actors.dash(code))
    looks, who = usual | dict(zorder=over) | looks, (code, *others)
    frame = frame.dropna(subset=[column]).sort_values("year")
    if frame.empty:
        return Label(who, 0, 0, "", looks["color"])
    starts = np.flatnonzero(np.diff(frame["year"]) > (1 if gaps else np.inf)) + 1
    for run in np.split(frame[["year", column]].to_numpy(), starts):
        _run(ax, run[:, 0], run[:, 1], who, looks)
    known_years = int((frame["year"] <= style.THEN).sum())
    ends = frame.iloc[[-1, known_years - 1]]
    now, then = map(text, ends.itertuples()) if callable(text) else text or ("", "")
    words = now, then if known_years else ""
    return Label(who, (*ends["year"],), (*ends[column],), words, looks["color"], lead)


def _run(ax: Axes, across: np.ndarray, up: np.ndarray, who: Iterable[str], looks: Look) -> None:
    early, late = across <= style.THEN, across >= style.THEN
    if early.any():
        is_point = early.sum() == 1  # which is no line
        dot: Look = dict(marker="o", markersize=4) if is_point else {}
        Tagged(ax, *who).plot(across[early], up[early], **dot | looks)
    if late.sum() > 1 or not early.any():
        Tagged(ax, *who, since=True).plot(across[late], up[late], **looks | {"alpha": LATE})


def hollow(
    ax: Axes, rows: pd.DataFrame, column: str, who: Iterable[str], tell: str = "", **looks: Any
) -> None:
    """What came later by another source, by year, as hollow dots: whole ones at the edge, too."""
    looks = dict(marker="o", markersize=5, markerfacecolor="white", zorder=6, clip_on=False) | looks
    Tagged(ax, *who, since=True, tell=tell).plot(rows["year"], rows[column], **looks)


def bars(
    ax: Axes,
    boxes: pd.DataFrame,
    who: Iterable[str],
    width: float,
    colour: str,
    tell: str = "",
    hatch: str | None = None,
) -> None:
    """Bars as one mark for what was known then and one, lighter, for what came after.

    boxes: columns place, floor, height and late (True: came after), a row a bar; tell: as for
    `tag`; hatch: of white lines, as Matplotlib writes it.
    """
    for since, part in boxes[boxes["height"].abs().gt(0)].groupby("late"):
        rows = part.itertuples()
        outlines = [_box(row.place, row.floor, row.height, width / 2) for row in rows]
        path = Path.make_compound_path(*outlines)
        look: Look = dict(facecolor=colour, edgecolor="white", linewidth=0.6, hatch=hatch)
        patch = PathPatch(path, **look, alpha=LATE if since else 1)
        Tagged(ax, *who, since=bool(since), tell=tell).add_patch(patch)
    ax.autoscale_view()


def _box(place: float, low: float, height: float, half: float) -> Path:
    left, right, high = place - half, place + half, low + height
    return Path([(left, low), (left, high), (right, high), (right, low), (left, low)], closed=True)


def claimed(
    ax: Axes,
    year: float,
    value: float,
    text: str,
    dx: float = -4.5,
    dy: float = 0.0,
    who: Sequence[str] = (),
) -> None:
    """The article's figure as a diamond with its words beside it.

    who: whose figures it is about, where it goes with one of them.
    """
    draw: Any = Tagged(ax, *who) if who else ax
    draw.plot(year, value, "D", color=INK, markersize=6, zorder=6)
    leader = dict(arrowstyle="-", color=QUIET, linewidth=0.8, shrinkB=4)
    place: Look = dict(xytext=(year + dx, value + dy), va="center", ha="right")
    words = draw.annotate(text, (year, value), **place, arrowprops=leader)
    if who:
        tag(words.arrow_patch, *who)


def year_axis(ax: Axes, first: float, last: float, step: int | None = None) -> None:
    """Whole years on the x axis, no half ones; those after the article are tagged as later."""
    ax.set_xlim(first, last)
    most_ticks = 5 if is_narrow() else 8
    while step and is_narrow() and (last - first) / step > most_ticks + 1:
        step *= 2
    locator = MultipleLocator(step) if step else MaxNLocator(nbins=most_ticks, integer=True)
    years = [year for year in locator.tick_values(first, last) if first <= year <= last]
    if sum(year < style.ARTICLE for year in years) == 1:  # one year alone tells no scale in "then"
        years = _two_known(years, first, last)
    _tick_years(ax, years)
    ax.grid(axis="x", visible=False)
    if is_narrow():
        _thin_years(ax)


def _tick_years(ax: Axes, years: Sequence[float]) -> None:
    ax.set_xticks(years, [f"{year:.0f}" for year in years])
    tag_ticks(ax, [year > style.ARTICLE for year in years])


def _thin_years(ax: Axes) -> None:
    """Leave out every second year while two run into each other."""
    room = ASIDE * ax.figure.dpi / 72
    while len(years := [*ax.get_xticks()]) > 2:
        boxes = [one.get_window_extent() for one in ax.get_xticklabels()]
        if all(one.x1 + room < other.x0 for one, other in pairwise(boxes)):
            return
        _tick_years(ax, years[::2])


def _two_known(years: list[float], first: float, last: float) -> list[float]:
    """Years as far apart as these, counted from the last that was known on the article's day or
    from the first on the axis, so that two of them are known; these themselves where none so are.
    """
    step = years[1] - years[0] if len(years) > 1 else 1
    for start in (style.THEN, np.ceil(first)):
        begin = start - step * ((start - first) // step)
        counted = np.arange(begin, last + 1e-9, step)
        if sum(counted < style.ARTICLE) > 1:
            return counted.tolist()
    return years


def tag_ticks(ax: Axes, late: Iterable[bool]) -> None:
    """Tag the labels of the x axis that are about what came after the article (late: True)."""
    for tick, since in zip(ax.xaxis.get_major_ticks(), late, strict=True):
        tick.label1.set_gid(None)  # of the years that stood there before
        if since:
            tag(tick.label1, since=True)


def article_line(ax: Axes, text: str = "article", y: float = 0.985) -> None:
    """Mark the article's day on a time axis. y: top of its words; from 1 on they stand on it."""
    ax.axvline(style.ARTICLE, color=QUIET, linewidth=1, linestyle=(0, (1, 2)), zorder=1)
    if text:
        look: Look = dict(xycoords=ax.get_xaxis_transform(), textcoords="offset points", ha="right")
        look |= dict(bbox=PAPER, zorder=1.2)  # above the grid, below what is drawn
        va = "top" if y < 1 else "bottom"
        ax.annotate(text, (style.ARTICLE, y), (-4, 0), va=va, fontsize=8.5, color=QUIET, **look)


def thresholds(ax: Axes, rules: Mapping[float, str], who: Sequence[str] = ()) -> None:
    """A thin line at each value where a claim's verdict changes, named on the axis of values.

    rules: {value: its words, such as "holds below 0.2"}; a tick that would stand in their way goes.
    Where two are too near each other for the axis, their words stand below it.
    who: the actors whose figure is judged, without whom there is no line.
    They are drawn when the scale stands.
    """
    on_the_scale(ax, partial(_thresholds, ax, rules, who))


def _thresholds(ax: Axes, rules: Mapping[float, str], who: Sequence[str]) -> None:
    if is_off(who):
        return
    low, high = sorted(ax.get_ylim())  # first places stand at the top
    height = 72 / ax.figure.dpi * ax.get_window_extent().height
    near = (high - low) * 12 / height
    crowded = any(higher - lower < 0.8 * near for lower, higher in pairwise(sorted(rules)))
    if is_narrow() or crowded:
        return _named_inside(ax, rules, who, is_free=not crowded)
    ticks = [value for value in ax.get_yticks() if low <= value <= high]
    free = [value for value in ticks if all(abs(value - rule) > near for rule in rules)]
    texts = [*(with_minus(numerals(f"{value:,g}")) for value in free), *rules.values()]
    ax.set_yticks([*free, *rules], texts)
    for value, tick in zip(rules, ax.yaxis.get_major_ticks()[len(free) :], strict=True):
        rule = ax.axhline(value, color=QUIET, linewidth=1, linestyle=RULE, zorder=1.5)
        if who:
            tag(rule, *who)
            tag(tick.label1, *who)


def _named_inside(ax: Axes, rules: Mapping[float, str], who: Sequence[str], is_free: bool) -> None:
    """Rules with their words on the lines, where a narrow figure has no room beside them: those of
    the lowest below it, and all where they hide no mark. Without such a place, or where the lines
    are too near each other (not is_free), they stand below the axes, if nothing else does.
    """
    look: Look = dict(xycoords=ax.get_yaxis_transform(), textcoords="offset points", zorder=6)
    look |= dict(color=QUIET, bbox=dict(facecolor="white", edgecolor="none", pad=0.2, alpha=0.8))
    (low, high), lowest, placed = ax.get_ylim(), min(rules), list[Annotation]()
    for value, text in rules.items():
        rule = ax.axhline(value, color=QUIET, linewidth=1, linestyle=RULE, zorder=1.5)
        below = value == lowest and len(rules) > 1 and value - low > 0.1 * (high - low)
        words = ax.annotate(text, (0.01, value), (0, 0), va="top" if below else "bottom", **look)
        is_free = _move_aside(ax, words) and is_free
        placed.append(words)
        if who:
            tag(rule, *who)
            tag(words, *who)
    if not is_free and ax is ax.figure.axes[-1]:
        for words in placed:
            words.remove()
        _named_below(ax, [*rules.values()], who)


def _named_below(ax: Axes, texts: Sequence[str], who: Sequence[str]) -> None:
    """What dashed lines are, below the axis of years, in as many lines as it takes."""
    figure: Any = ax.figure
    wide = figure.get_figwidth() * (1 - figure.subplotpars.left) * 72  # points
    dashed = tr("dashed: {lines}", lines=", ".join(texts))
    lines = textwrap.wrap(dashed, int(wide / LETTER))
    more = 12 * len(lines) / 72 / figure.get_figheight()
    figure.subplots_adjust(bottom=figure.subplotpars.bottom + more)
    words = ax.set_xlabel("\n".join(lines), color=QUIET, loc="left")
    if who:
        tag(words, *who)


def _move_aside(ax: Axes, words: Annotation) -> bool:
    """Move words along their line, or to its other side, to where they hide no mark, beside the
    line at the article's date if there is room. Returns whether there is such a place.
    """
    (first, value), side = words.xy, words.get_verticalalignment()
    is_hidden_by, dated = _in_the_way(ax, words), ax.transData.transform((style.ARTICLE, 0))[0]
    steps = np.arange(0, 1 - first, 0.01)
    for avoids_date in (True, False):
        for va in (side, "bottom" if side == "top" else "top"):
            words.set(y=ABOVE if va == "bottom" else -ABOVE, va=va)
            start = words.get_window_extent()
            for step in steps:
                box = start.translated(step * ax.bbox.width, 0)
                crosses = avoids_date and box.xmin <= dated <= box.xmax
                if not crosses and not is_hidden_by(box):
                    words.xy = first + step, value
                    return True
    words.set(y=ABOVE if side == "bottom" else -ABOVE, va=side)
    return False


def _in_the_way(ax: Axes, words: Text) -> Callable[[Bbox], bool]:
    """A function that says whether a box lies on a line, a bar or a dot of figures, on other words
    than these, or beyond their axes.
    """
    room = ASIDE * ax.figure.dpi / 72
    others = [text for text in ax.texts if text is not words and text.get_visible()]
    bars = [bar for bars in ax.containers for bar in bars if bar.get_visible()]
    boxes = [one.get_window_extent() for one in (*others, *bars)]
    lines = [line for line in ax.lines if line.get_visible() and np.size(line.get_xdata()) > 2]
    paths = [line.get_transform().transform_path(line.get_path()) for line in lines]
    dots = [*_dots(ax)]

    def is_in_the_way(box: Bbox) -> bool:
        wide = Bbox.from_extents(box.xmin - room, box.ymin, box.xmax + room, box.ymax)
        return (
            wide.ymin < ax.bbox.ymin
            or wide.xmax > ax.bbox.xmax
            or any(map(wide.overlaps, boxes))
            or any(path.intersects_bbox(wide, filled=False) for path in paths)
            or any(wide.padded(room).contains(*dot) for dot in dots)
        )

    return is_in_the_way


def _dots(ax: Axes) -> Iterator[np.ndarray]:
    """Where the dots of a scatter plot are, in pixels."""
    for dots in ax.collections:
        if isinstance(dots, PathCollection) and dots.get_visible():
            yield from ax.transData.transform(np.ma.filled(dots.get_offsets(), np.nan))


def heading(ax: Axes, title: str, size: float = 9.5) -> None:
    """What one panel of several shows, at its upper left."""
    ax.set_title(title, loc="left", fontsize=size, fontweight="bold")


def bare_axes(ax: Axes, **limits: Any) -> None:
    """An axes without ticks, grid or box."""
    ax.set(xticks=[], yticks=[], **limits)
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
