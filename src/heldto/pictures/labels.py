"""Where words stand: labels at the right edge and beside dots, so that none meets another."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text

from heldto.evidence import actors
from heldto.pictures import marks, style
from heldto.pictures.marks import Label, Look, article_line, is_off, tag
from heldto.pictures.style import PAPER, QUIET, is_narrow, readable

MANY = 8  # lines that can be told apart by their colours
BACK = "#B5B9BE"  # a line that stands back
FEW = 2  # labels that have room for a second line each on a phone
TWO_LINES = 26  # points: how far apart such labels stand
LEAST_WIDE = 0.1  # of a figure, the axes beside a very long name
EDGE = 1.015  # where labels begin, in widths of the axes
NEAR = 0.1  # how far off its label a line may end for a leader: none crosses empty years
BESIDE = 6  # points off its line's end: where a label stands that shows with what was known only
SIZE = 9  # points
BOLD = 1.18  # times as wide are bold words
CLEAR = 2.5  # points off the middle of a line: half of a heavy one, and the paper under words
UPS = (1, -1, 0, 1.5, -1.5, 2, -2, 2.5, -2.5, 3, -3)  # heights off a dot where its words may stand
ACROSS = (0, -1, 1, -0.5, 0.5, -1.5, 1.5)  # widths
AROUND_DOT = [(x, y) for y in UPS for x in ACROSS if max(abs(x), abs(y)) >= 1]


@lru_cache(1024)
def width(words: str) -> float:
    """How wide some words are, in points, in the house's type, as a browser sets it."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    type_ = FontProperties(family="DejaVu Sans", size=SIZE)
    return 1.02 * float(text_to_path.get_text_width_height_descent(words, type_, ismath=False)[0])


def panel(
    ax: Axes,
    labels: Sequence[Label],
    first: float,
    last: float,
    step: int | None = None,
    *,
    title: str = "",
    ylim: tuple = (None, None),
    article: str = "article",
    gap: float = 11,
    past: float = 0,
    beside: bool | None = None,
    few: Sequence[Label] = (),
) -> None:
    """Finish a panel of lines: heading, limits, years with the article's date, labels at the right.

    first, last, step: of the years on the axis; article: the word at the article's date; gap, past,
    beside: as for `label_ends`; few: labels that stand in the place of the others while few actors
    are on, on a page, which draws nothing anew. Titles speak of the last year that was known on the
    article's day: a figure of another year has that year beside it, and so has one whose line ends
    before others.
    """
    if title:
        marks.heading(ax, title)
    ax.set_ylim(*ylim)
    marks.year_axis(ax, first, last, step)
    article_line(ax, article)
    seen = [label for label in labels if label.text and not is_off(label.who)]
    latest = max((label.read(0).x for label in seen), default=style.THEN)
    is_short = is_narrow() and len(seen) <= FEW
    dated = [label.dated(latest, "\n" if is_short else " ") for label in labels]
    when = {"few": False} if few else {}
    label_ends(ax, dated, max(gap, TWO_LINES) if is_short else gap, past, beside, **when)
    if few:
        label_ends(ax, [label.dated(latest) for label in few], gap, past, beside, few=True)


def label_ends(
    ax: Axes,
    labels: Sequence[Label],
    gap: float = 11,
    past: float = 0,
    beside: bool | None = None,
    **when: bool,
) -> None:
    """Write labels at the right edge, spread so that none overlap; a leader where one moved.

    Labels of what was known on the article's day stand where their lines end, beyond the article's
    date if that is near, or `past` a place on the x axis. beside: whether those of now do so, too
    (None: if all lines end early). gap: least distance in points; when: as for `tag`. They are
    written when the scale stands.
    """
    if is_narrow() or not beside:
        _make_room(ax, labels)
    marks.on_the_scale(ax, partial(_write_ends, ax, labels, gap, past, beside, when))


def _make_room(ax: Axes, labels: Sequence[Label]) -> None:
    """Leave as much room at the right of a figure as the longest label takes."""
    readings = [label.read(when) for label in labels for when in (0, 1) if not is_off(label.who)]
    rooms = [
        BOLD**reading.bold * width(line)
        for reading in readings
        for line in reading.text.split("\n")
    ]
    figure: Any = ax.figure
    right = 1 - (max(rooms, default=0) / 72 + 0.12) / figure.get_figwidth()
    least = figure.subplotpars.left + LEAST_WIDE  # a very long name is cut at the edge
    figure.subplots_adjust(right=max(least, min(right, figure.subplotpars.right)))


def _write_ends(
    ax: Axes,
    labels: Sequence[Label],
    gap: float,
    past: float,
    beside: bool | None,
    when: dict[str, Any],
) -> None:
    labels = [label for label in labels if not is_off(label.who)]
    paired = any(isinstance(part, (tuple, list)) for label in labels for part in label[1:4])
    for reading, time in enumerate(({"since": True}, {"then": True}) if paired else ({},)):
        read = [label.read(reading) for label in labels]
        if written := [label for label in read if label.text]:
            _lay_out(ax, written, gap, time | when, past, beside)


def _lay_out(
    ax: Axes,
    labels: Sequence[Label],
    gap: float,
    when: dict[str, Any],
    past: float,
    beside: bool | None,
) -> None:
    figure: Any = ax.figure
    height = ax.get_position().height * figure.get_figheight() * 72
    scale = ax.transData + ax.transAxes.inverted()
    labels = sorted(labels, key=lambda label: scale.transform((label.x, label.y))[1])
    ends = [scale.transform((label.x, label.y)) for label in labels]
    start = _start(ax, ends, when, past, beside)
    is_inside = start < EDGE  # where no word meets the axis of years
    low = max(map(_half, labels)) if is_inside else 0
    wanted = [up * height - low for _, up in ends]
    places = [low + place for place in spread(wanted, gap, height - low)]
    wide = ax.get_position().width * figure.get_figwidth() * 72
    edge = min(EDGE, start + BESIDE / wide)
    led_to = start if start > max(across for across, _ in ends) else edge  # not past the article
    paper = PAPER if edge < 1 else None
    own_places = [min(max(up * height, low), height - low) for _, up in ends]
    has_moved = not np.allclose(places, own_places, atol=0.5)
    panel = figure.axes.index(ax)
    for label, (across, up), place, own in zip(labels, ends, places, own_places, strict=True):
        drawn: list[Any] = []
        if abs(place - up * height) > 4 and start - across < NEAR:
            drawn.append(_lead(ax, label, (across + 0.003, up), (led_to, place / height), when))
        weight = "bold" if label.bold else "normal"
        look: Look = dict(color=readable(label.colour), va="center", fontweight=weight, bbox=paper)
        look |= dict(transform=ax.transAxes)
        words = ax.text(edge + 0.005, place / height, label.text, **look)
        drawn.append(tag(words, *label.who, **when))
        for artist in drawn if has_moved else ():
            marks.at_end(artist, panel, place, own, gap)


def _start(
    ax: Axes, ends: Sequence[np.ndarray], when: dict[str, Any], past: float, beside: bool | None
) -> float:
    """Past which place, in widths of the axes, labels begin: the end of the longest line, or the
    article's date if it is near; the edge of the axes where a line of now reaches it.
    """
    scale = ax.transData + ax.transAxes.inverted()
    last = max(across for across, _ in ends)
    if not when.get("then"):
        all_early = last < 1 - NEAR if beside is None else beside
        return last if all_early else EDGE
    article_at, past_at = (scale.transform((x, ax.get_ylim()[0]))[0] for x in (style.ARTICLE, past))
    if last < article_at < last + NEAR:
        last = article_at
    return max(last, past_at) if past else last


def _half(label: Label) -> float:
    """Half of how high a label is, in points, with the paper under it."""
    return 0.65 * SIZE * (label.text.count("\n") + 1)


def _lead(
    ax: Axes,
    label: Label,
    start: tuple[float, float],
    end: tuple[float, float],
    when: dict[str, Any],
) -> Any:
    """A thin line from a line's end to where its label had to go."""
    look: Look = dict(arrowstyle="-", color=label.colour, linewidth=0.6, shrinkA=0, shrinkB=0)
    if when.get("few"):  # it may be long, and is no part of its line
        look |= dict(color=QUIET, linewidth=1, linestyle=(0, (1, 2)))
    place: Look = dict(xy=start, xytext=end, xycoords="axes fraction", textcoords="axes fraction")
    leader = ax.annotate("", **place, arrowprops=look, annotation_clip=False)
    return tag(leader.arrow_patch, *label.who, **when)


def dots(
    ax: Axes,
    rows: pd.DataFrame,
    column: str,
    years: Iterable[int],
    who: Sequence[str],
    say: Callable[[float], str] = "{:,.1f}".format,
    colour: str = "",
    told: bool = False,
) -> None:
    """Dots on a line with their figures, such as those that a title compares.

    rows: column year, and the one drawn; who: without whom there is none; say: from a figure to its
    words; colour: that of the first actor if none is given; told: as for `tag`. The figure of the
    last year that was known on the article's day gives way while only what was known then is shown:
    the line's own label stands there and tells it. Call it when lines and labels are drawn, for the
    figures to find their places among them.
    """
    values, colour = rows.set_index("year")[column], colour or actors.colour(who[0])
    dot: Look = dict(color=colour, markersize=5, zorder=6)
    look: Look = dict(fontweight="bold", color=readable(colour), bbox=PAPER, zorder=6.5)
    look |= dict(textcoords="offset points", ha="center", va="center")
    for year in sorted(years, reverse=True):  # the last has least room beside it
        place = year, values[year]
        marks.Tagged(ax, *who, since=year > style.THEN, told=told).plot(*place, "o", **dot)
        draw = marks.Tagged(ax, *who, since=year >= style.THEN, told=told)
        words = draw.annotate(say(values[year]), place, (0, 0), **look)
        marks.on_the_scale(ax, partial(find_place, ax, words))


def find_place(ax: Axes, words: Annotation) -> None:
    """Move the words at a point to where they meet least of what is drawn: lines, other words, the
    line at the article's date, the edge of the axes; near the dot, and rather above than below.
    """
    if not words.get_visible():
        return
    points = 72 / ax.figure.dpi
    box = words.get_window_extent()
    lines = _along_lines(ax)
    others = [text for text in ax.texts if text is not words and _is_seen_with(text, words)]
    taken = [text.get_window_extent() for text in others if text.get_text()]
    wide, high = box.width * points / 2 + 5, box.height * points / 2 + 4
    best, least = (0.0, high), np.inf
    for across, up in AROUND_DOT:
        offset = across * wide, up * high
        moved = box.translated(offset[0] / points, offset[1] / points)
        box_of_paper = moved.padded(CLEAR / points)
        on_lines = ((lines > box_of_paper.p0) & (lines < box_of_paper.p1)).all(axis=1).sum()
        on_words = sum(map(moved.overlaps, taken))
        cost = on_lines + 1000 * on_words + 0.02 * np.hypot(*offset)
        is_cut = (moved.p0 < ax.bbox.p0).any() or (moved.p1 > ax.bbox.p1).any()
        if (cost := cost + 500 * is_cut) < least:
            best, least = offset, cost
    words.set_position(best)


def _is_seen_with(one: Text, other: Text) -> bool:
    """Whether one stands in the other's way: words of now and words of then are not seen at once,
    and those that are seen while few are on give way.
    """
    tags = [{*(marks.tag_words(text) or ())} for text in (one, other)]
    if "told" in tags[0] - tags[1]:
        return False
    times = [{"since", "then"} & words for words in tags]
    return one.get_visible() and len(times[0] | times[1]) < 2


def _along_lines(ax: Axes) -> np.ndarray:
    """Points along every line that is seen, two pixels apart: (x, y) in pixels."""
    points = [np.empty((0, 2))]
    for line in ax.lines:
        if line.get_visible() and "told" not in (marks.tag_words(line) or ()):
            path = line.get_transform().transform(line.get_xydata())
            path = path[np.isfinite(path).all(axis=1)]
            if len(path):
                far = np.concatenate([[0], np.hypot(*np.diff(path, axis=0).T).cumsum()])
                steps = np.arange(0, far[-1] + 1, 2)
                points.append(np.column_stack([np.interp(steps, far, part) for part in path.T]))
    return np.vstack(points)


def quiet(ax: Axes, labels: Sequence[Label], lead: Sequence[str]) -> list[Label]:
    """Have lines of other actors than those of `lead` stand back in grey, with their labels, where
    there are more than can be told apart. Returns the labels.
    """
    codes = [label.who[0] for label in labels if not is_off(label.who)]
    if len(codes) <= MANY:
        return [*labels]
    others = {*codes} - {*lead}
    quieter = [{*label.who} for label in labels if label.who[0] in others]  # none of a sum's lines
    for line in ax.lines:
        if {*marks.whose(marks.tag_words(line) or ())} in quieter:
            line.set(color=BACK, markeredgecolor=BACK, linewidth=min(line.get_linewidth(), 1.2))
            marks.faint(line)
    return [
        label._replace(colour=QUIET if label.who[0] in others else label.colour) for label in labels
    ]


def spread(wanted: Iterable[float], gap: float, height: float) -> list[float]:
    """Places as near as can be to those wanted inside 0..height, `gap` apart, or as far as fits."""
    wanted, blocks = list(wanted), list[list]()
    gap = min(gap, height / max(1, len(wanted) - 1))
    room = height - (len(wanted) - 1) * gap
    for index, place in enumerate(wanted):
        blocks.append([place - index * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (mean_low, count_low), (mean_high, count_high) = blocks[-2:]
            count = count_low + count_high
            blocks[-2:] = [[(mean_low * count_low + mean_high * count_high) / count, count]]
    means = (min(max(mean, 0), room) for mean, count in blocks for _ in range(count))
    return [mean + index * gap for index, mean in enumerate(means)]
