"""What is drawn: marks tagged by their actors, lines that grow lighter after what was known in August 2019, and axes of years."""

from functools import partial
from typing import NamedTuple

import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator, MultipleLocator

from frenemies.evidence import actors
from frenemies.pictures.style import ARTICLE, INK, QUIET, THEN, readable

LATE = 0.55  # how opaque is what came after August 2019


def tag(artist, *codes, since=False, then=False):
    """Group a mark by its actors: it shows if and only if all of them are on. Returns the artist.

    since: a mark about what came after August 2019; then: one shown only while later marks are switched off.
    """
    words = [*(f"a-{code}" for code in codes), *["since"] * since, *["then"] * then]
    artist.set_gid(f"mark!{'!'.join(words)}")
    return artist


def tags(artist):
    """The words that an artist is tagged with as a list, such as ["a-CHN", "since"]; None where it is no mark."""
    first, *words = (artist.get_gid() or "").split("!")
    return [word for word in words if word] if first == "mark" else None


def drawn(figure):
    """(actors, since) of every mark that shows data: a set of codes, and True or False. Words alone show none."""
    marks = [
        tags(artist)
        for artist in figure.findobj()
        if not isinstance(artist, Text) or artist.get_bbox_patch()
    ]
    shown = [words for words in marks if words is not None and "then" not in words]
    return [
        ({word[2:] for word in words if word.startswith("a-")}, "since" in words) for words in shown
    ]


class Label(NamedTuple):
    """A label at the end of a line. x, y and text may be two, (since, then): the later one gives way while only what was known then is shown.

    An empty text is no label.
    """

    who: tuple
    x: object
    y: object
    text: object
    colour: str
    bold: bool = False

    def read(self, reading):
        """The one of the two that stands in a reading (0: since, 1: then)."""
        one = (part[reading] if isinstance(part, (tuple, list)) else part for part in self[1:4])
        return Label(self.who, *one, *self[4:])


class Tagged:
    """An axes that tags whatever is drawn on it by the actors it belongs to: `Tagged(ax, "CHN", "RUS").text(2018, 5, "both")`.

    Every method of the axes that returns one mark or several is there; since, then: as for `tag`.
    """

    def __init__(self, ax, *codes, **when):
        self.ax, self.codes, self.when = ax, codes, when

    def __getattr__(self, method):
        def draw(*args, **kwargs):
            made = getattr(self.ax, method)(*args, **kwargs)
            for mark in made if isinstance(made, (list, tuple)) else [made]:
                tag(mark, *self.codes, **self.when)
            return made

        return draw

    def arrow(self, start, end, **looks):
        """A line or arrow from one point to another."""
        return tag(
            self.ax.annotate("", end, start, arrowprops=looks).arrow_patch, *self.codes, **self.when
        )

    def row_name(self, place, text, gap=0.02, **looks):
        """A row's name at the left of the axes."""
        where = {"transform": self.ax.get_yaxis_transform(), "ha": "right", "va": "center"}
        return self.text(-gap, place, text, **where, **looks)


def line(
    ax, frame, x, y, code, lead=False, labels=None, text=None, others=(), gaps=False, **kwargs
):
    """One actor's line: full strength to 2018, lighter after. Appends its end's Label to `labels` where given.

    text: two labels, of the latest row and of the end as known in August 2019; or a function from a row of the frame, a named
    tuple, to its label, which writes those two (where none is given, the actor's name and the figure).
    others: further actors without whom the line does not show (the other side of a dyad); gaps: leave missing years open.
    """
    looks = {
        "color": actors.colour(code),
        "linewidth": 3 if lead else 1.6,
        "linestyle": actors.dash(code),
    }
    looks |= {"zorder": 4 if lead else 3} | kwargs
    frame = frame.dropna(subset=[y]).sort_values(x)
    for _, run in frame.groupby(frame[x].diff().gt(1 if gaps else float("inf")).cumsum()):
        _run(ax, run[x], run[y], (code, *others), looks)
    if labels is not None and len(frame):
        text = text or partial(_words, actors.name(code), y, "{:,.0f}".format)
        labels.append(Label((code, *others), *_end(frame, x, y, text), looks["color"], lead))


def _run(ax, across, up, who, looks):
    early, late = across <= THEN, across >= THEN
    if early.any():
        alone = (
            {"marker": "o", "markersize": 4} if early.sum() == 1 else {}
        )  # a line through one point is not seen
        Tagged(ax, *who).plot(across[early], up[early], **alone | looks)
    if late.sum() > 1 or not early.any():
        Tagged(ax, *who, since=True).plot(across[late], up[late], **looks | {"alpha": LATE})


def _end(frame, x, y, text):
    """Where a line ends and what stands there, (since, then) each: x, y, text; no text for then where nothing was known."""
    known = frame[frame[x] <= THEN]
    ends = pd.concat([frame.tail(1), (frame if known.empty else known).tail(1)])
    latest, then = (text(row) for row in ends.itertuples()) if callable(text) else text
    return (*ends[x],), (*ends[y],), (latest, "" if known.empty else then)


def lines(ax, frame, by, column, say, lead=(), named=actors.name, **kwargs):
    """One line an actor of column `by`, in the order of the frame, those of `lead` heavy. Returns the labels of their ends.

    say: a function from a figure to its words; named: from an actor to its name.
    """
    labels = []
    for code, rows in frame.groupby(by, sort=False):
        words = partial(_words, named(code), column, say)
        line(ax, rows, "year", column, code, code in lead, labels, words, **kwargs)
    return labels


def _words(name, column, say, row):
    return f"{name} {say(getattr(row, column))}"


def bars(ax, places, heights, floors, late, who, width, colour):
    """Bars as one mark for what was known in August 2019 and one, lighter, for what came after (late: which bars, a column of True and False)."""
    for since in (False, True):
        chosen = late.eq(since) & heights.abs().gt(0)
        corners = zip(places[chosen], floors[chosen], heights[chosen], strict=True)
        boxes = [_box(*corner, width / 2) for corner in corners]
        if boxes:
            look = {
                "facecolor": colour,
                "edgecolor": "white",
                "linewidth": 0.6,
                "alpha": LATE if since else 1,
            }
            Tagged(ax, *who, since=since).add_patch(
                PathPatch(Path.make_compound_path(*boxes), **look)
            )
    ax.autoscale_view()


def _box(place, low, height, half):
    left, right, high = place - half, place + half, low + height
    return Path([(left, low), (left, high), (right, high), (right, low), (left, low)], closed=True)


def dots(ax, rows, column, years, who, digits=1):
    """Dots on a line with their values, in the colour of the first actor. rows: column year, and the one drawn.

    The value of 2018 gives way while only what was known in August 2019 is shown: the line's own label stands there and tells it.
    """
    values, colour, draw = (
        rows.set_index("year")[column],
        actors.colour(who[0]),
        partial(Tagged, ax, *who),
    )
    look = {
        "textcoords": "offset points",
        "ha": "center",
        "color": readable(colour),
        "fontweight": "bold",
    }
    for year in years:
        draw().plot(year, values[year], "o", color=colour, markersize=5, zorder=6)
        draw(since=year == THEN).annotate(
            f"{values[year]:.{digits}f}", (year, values[year]), (0, 6), **look
        )


def claimed(ax, year, value, text, dx=-4.5, dy=0.0):
    """The article's figure as a diamond with its words beside it."""
    ax.plot(year, value, "D", color=INK, markersize=6, zorder=6)
    leader = {"arrowstyle": "-", "color": QUIET, "linewidth": 0.8, "shrinkB": 4}
    ax.annotate(
        text, (year, value), (year + dx, value + dy), va="center", ha="right", arrowprops=leader
    )


def year_axis(ax, first, last, step=None):
    """Whole years on the x axis, no half ones; those after the article are tagged as later."""
    ax.set_xlim(first, last)
    locator = MultipleLocator(step) if step else MaxNLocator(nbins=8, integer=True)
    years = [year for year in locator.tick_values(first, last) if first <= year <= last]
    ax.set_xticks(years, [f"{year:.0f}" for year in years])
    tag_ticks(ax, [year > ARTICLE for year in years])
    ax.set(xlabel="", ylabel="")
    ax.grid(axis="x", visible=False)


def tag_ticks(ax, late):
    """Tag the labels of the x axis that are about what came after the article: late holds a True or False for each."""
    for tick, since in zip(ax.xaxis.get_major_ticks(), late, strict=True):
        if since:
            tag(tick.label1, since=True)


def article_line(ax, text="article", y=0.985):
    """Mark 9 August 2019 on a time axis."""
    ax.axvline(ARTICLE, color=QUIET, linewidth=1, linestyle=(0, (1, 2)), zorder=1)
    if text:
        where = {"transform": ax.get_xaxis_transform(), "ha": "right", "va": "top"}
        ax.text(ARTICLE, y, text + " ", **where, fontsize=8.5, color=QUIET)


def heading(ax, title, size=9.5):
    """What one panel of several shows, at its upper left."""
    ax.set_title(title, loc="left", fontsize=size, fontweight="bold")


def timeline(ax, first, last, step=None, article="article"):
    """An axis of years with the article's date on it."""
    year_axis(ax, first, last, step)
    article_line(ax, article)


def bare(ax, **limits):
    """An axes without ticks, grid or box."""
    ax.set(xticks=[], yticks=[], **limits)
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
