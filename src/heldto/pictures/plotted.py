"""A call of seaborn of which each mark is one actor's, and of one time: lines are drawn by one
call, whose order is known; of all else what a call for one actor adds to the axes is that actor's.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import signature
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from heldto.evidence import actors
from heldto.pictures import marks
from heldto.pictures.style import pale
from heldto.pictures.table import late_rows
from heldto.pictures.tooltips import tooltips_from_data

ROWS = "scatterplot", "stripplot"  # a mark a row
LINES = "lineplot", "pointplot"  # a line goes on from what was known to what came later
BOXES = "boxplot", "violinplot", "boxenplot"  # drawn pale, with their outline in the colour
PLACES = "barplot", "swarmplot", *BOXES  # a mark for all rows of a place
MEANS = "barplot", *LINES  # a mark is the mean of its rows, or what `estimator` makes of them
CURVES = "kdeplot", "ecdfplot"
SCALE = 6  # numbers as colours: more of them are a scale, and a legend leaves some out
PALE = 4  # how far from white a box is, of ten steps
DEFAULTS: marks.Look = dict(legend=False, seed=0, saturation=1, warn_singular=False)
SEMANTICS = "style", "size", "units"
APART = *SEMANTICS, "weights", "hue_order"  # words with which each actor's line is a call
Point = tuple[float, float]  # (place along the axis that is no measure, figure)


class Cut(NamedTuple):
    """Rows of one actor, and of one time.

    of: what their colour says, where that is not the actor. since, then: as for `marks.tag`: a fit,
    a box, a density is drawn of all rows (since) and of those known (then), and both are shown in
    turn; turns: whether this is one of those two.
    """

    code: str
    of: str
    since: bool
    then: bool
    turns: bool
    rows: pd.DataFrame


class Segment(NamedTuple):
    """What was drawn of a cut, whose words it has.

    figures: columns _late, _of, and those on the axes, a row a figure that is drawn; telling: the
    lines, bars and points that stand for them.
    """

    code: str
    of: str
    since: bool
    then: bool
    turns: bool
    artists: list[Any]
    figures: pd.DataFrame
    telling: list[Any]

    def points(self) -> list[Point]:
        """Where its lines run."""
        lines = [artist for artist in self.telling if isinstance(artist, Line2D)]
        return [tuple(point) for line in lines for point in coordinates(line)]


@dataclass
class Call:
    """A call of seaborn on a long frame.

    frame: with columns _who (ISO3), and _late: whether a row came after the article; by: the column
    of actors, which is the hue or stands on an axis; words: those given to seaborn.
    """

    draw: Callable[..., Any]
    frame: pd.DataFrame
    by: str
    words: dict[str, Any]
    step: float = 0  # between years: the smallest of the frame
    later: bool | None = None  # whether all of it came later, so that nothing is the lighter for it

    def __post_init__(self) -> None:
        self.name = function_name(self.draw)
        self.takes = {*signature(self.draw).parameters}
        self.across, self.up, self.upright = _roles(self.frame, self.words)
        self.hue = self.words.get("hue") or ""
        self.own_colours = self.hue in ("", self.by)
        self.estimator = self.words.get("estimator", "mean") if self.name in MEANS else None
        self.frame = self.frame.reset_index(drop=True)
        self.frame["_of"] = self._said_by_colour()
        axes = [column for column in (self.across, self.up) if column]
        self.held = self.frame.dropna(subset=axes)
        if self.later is None:  # those of all stay where some are drawn
            self.later = bool(self.held["_late"].all())
            years = self.frame["year"].dropna() if self.across == "year" else ()
            self.step = min(np.diff(np.unique(years)), default=np.inf)

    def _said_by_colour(self) -> Any:
        """What the colour of each row says, where that is not its actor; "" for a scale."""
        if self.own_colours or self.hue == self.across:
            return ""
        values = self.frame[self.hue]
        is_scale = pd.api.types.is_numeric_dtype(values) and values.nunique() > SCALE
        return "" if self.name in ROWS and is_scale else values.astype(str)

    def parts(self, ax: Axes, panel: Any = None) -> list[Segment]:
        """Draw it on an axes. panel: which rows of the frame stand there."""
        rows = self.held if panel is None else self.held[panel[self.held.index]]
        cuts = [*self._cuts(rows)]
        draw = self._in_one_call if self._are_lines(cuts) else self._call_by_call
        made = (self._part(cut, new) for cut, new in zip(cuts, draw(ax, cuts), strict=True))
        return [part for part in made if part.artists]

    def _cuts(self, figures: pd.DataFrame) -> Iterator[Cut]:
        """The rows of each mark, or of all marks of an actor and a time that are drawn together."""
        for (code, of), rows in figures.groupby(["_who", "_of"], sort=False):
            is_late = rows["_late"].astype(bool)
            if self._turns(rows, is_late):
                yield Cut(code, of, True, False, True, rows)
                yield Cut(code, of, False, True, True, rows[~is_late])
                continue
            for run in self._runs(rows):
                known, later = run[~is_late[run.index]], run[is_late[run.index]]
                if len(known):
                    yield Cut(code, of, False, False, False, known)
                if len(known) and len(later) and self.name in LINES:
                    last = known[self.across].iloc[-1]
                    later = pd.concat([known[known[self.across] == last], later])
                if len(later):
                    yield Cut(code, of, True, False, False, later)

    def _turns(self, rows: pd.DataFrame, is_late: pd.Series) -> bool:
        """Whether a mark is drawn of rows that were known and of later ones together."""
        if is_late.all() or not is_late.any() or self.name in ROWS:
            return False
        if self.name not in (*LINES, *PLACES):
            return True
        places = rows[self.across]
        return bool(places[is_late].isin(places[~is_late]).any())

    def _runs(self, rows: pd.DataFrame) -> list[pd.DataFrame]:
        """Rows from one missing year to the next, in a line over years; else all of them."""
        if self.name not in LINES:
            return [rows]
        rows = rows.sort_values(self.across, key=self._order, kind="stable")
        if self.across != "year" or not pd.api.types.is_numeric_dtype(rows["year"]):
            return [rows]
        missing = np.diff(rows["year"]) >= 2 * self.step
        run = np.concatenate([[0], np.cumsum(missing)])
        return [part for _, part in rows.groupby(run)]

    def _are_lines(self, cuts: Sequence[Cut]) -> bool:
        """Whether each cut is one line from row to row, so that one call can draw all of them."""
        given = {*self.words, *getattr(self.draw, "keywords", ())}
        if self.name != "lineplot" or self.hue != self.by or given & {*APART}:
            return False
        if not pd.api.types.is_numeric_dtype(self.frame[self.across]):
            return False  # words have places on an axis, in the order of the whole frame
        single = (not cut.rows[self.across].duplicated().any() for cut in cuts)
        return bool(cuts) and (self.estimator is None or all(single))

    def _in_one_call(self, ax: Axes, cuts: Sequence[Cut]) -> list[list[Any]]:
        """The line of each cut, all drawn by one call: seaborn draws hue by hue, and of a hue unit
        by unit, which is the order of the cuts.
        """
        rows = pd.concat([cut.rows.assign(_cut=number) for number, cut in enumerate(cuts)])
        order = [*dict.fromkeys(rows[self.by])]
        words = dict(units="_cut", hue_order=order, estimator=None)
        return [[line] for line in self._new(ax, rows, self.said(cuts[0].code) | words)]

    def _call_by_call(self, ax: Axes, cuts: Sequence[Cut]) -> Iterator[list[Any]]:
        """What is drawn of each cut, by a call of its own."""
        for cut in cuts:
            yield self._new(ax, self._data(cut.rows), self.said(cut.code) | self._bins(cut.then))

    def _new(self, ax: Axes, data: pd.DataFrame, words: dict[str, Any]) -> list[Any]:
        """What a call draws, in its order."""
        before = {*ax.get_children()}
        with _same_chance():
            self.draw(data, ax=ax, **words)
        return [artist for artist in ax.get_children() if artist not in before]

    def _part(self, cut: Cut, new: list[Any]) -> Segment:
        kept = [artist for artist in new if not _is_empty(artist)]
        for artist in new:
            if artist not in kept:
                artist.remove()
        part = Segment(*cut[:-1], kept, self._figures(cut.rows, kept), self._telling(kept))
        self._dress(part)
        return part

    def _data(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The frame, of which these rows alone have a figure: so places, dodging, sizes and styles
        are those of all.
        """
        if "hue" not in self.takes:
            return rows
        drawn_now = self.frame.index.isin(rows.index)
        return self.frame.assign(**{self.up: self.frame[self.up].where(drawn_now)})

    def said(self, code: str = "") -> dict[str, Any]:
        """The words to seaborn for one actor; "": for all of them, with seaborn's own legend."""
        words = {name: value for name, value in DEFAULTS.items() if name in self.takes} | self.words
        words |= {"legend": False} if code and "legend" in self.takes else {}
        if not code:
            words.pop("legend", None)
        if "hue" not in self.takes:
            words.pop("hue", None)
        if self.name == "swarmplot" and self.hue not in ("", self.across):
            words.setdefault("dodge", True)  # drawn one by one they do not see each other
        if self.name == "pointplot" and self.frame[self.hue or self.by].nunique() < 2:
            words.pop("dodge", None)  # seaborn divides by how many there are besides
        if self.own_colours:
            words |= self._colours(code)
        if self.hue == self.by and words.get("hue_order"):
            present = {*self.frame[self.by]}  # no colour is known of whom the bar has switched off
            words["hue_order"] = [word for word in words["hue_order"] if word in present]
        return words

    def _bins(self, then: bool) -> dict[str, Any]:
        """The same bins for all actors. then: of what was known then alone."""
        bins = self.words.get("bins", "auto")
        if self.name != "histplot" or self.across or not isinstance(bins, str | int):
            return {}
        rows = self.held[~self.held["_late"].astype(bool)] if then else self.held
        if {"binwidth", "discrete", "log_scale", "binrange"} & {*self.words}:
            return {}
        return {"bins": np.histogram_bin_edges(rows[self.up], bins)}

    def _colours(self, code: str) -> dict[str, Any]:
        """Actors' own colours, as words to seaborn."""
        paint: Callable[[str], Any] = actors.colour
        boxes = self.name in BOXES and self.words.get("fill", True)
        if boxes:
            paint = lambda actor: pale(actors.colour(actor), PALE)  # noqa: E731
        look: marks.Look = {"linecolor": actors.colour(code)} if boxes and code else {}
        if self.hue and "hue" in self.takes:
            codes = dict(zip(self.frame[self.by], self.frame["_who"], strict=True))
            return look | dict(palette={word: paint(actor) for word, actor in codes.items()})
        return look | (dict(color=paint(code)) if code else {})

    def _telling(self, artists: list[Any]) -> list[Any]:
        """Which of what was drawn stands for figures, and is no bound, fit or outline."""
        kind: Any = Line2D if self.name in LINES else PathCollection
        if self.name == "barplot":
            kind = Rectangle
        artists_telling = [artist for artist in artists if isinstance(artist, kind)]
        return artists_telling[:1] if self.name == "pointplot" else artists_telling

    def _figures(self, rows: pd.DataFrame, artists: list) -> pd.DataFrame:
        """What is drawn of some rows, in the order in which it is drawn."""
        axes = [one for one in (self.across, self.up) if one]
        if self.across and self.name != "scatterplot":
            rows = rows.sort_values(self.across, key=self._order, kind="stable")
        if self.name == "residplot":
            (points,) = [one for one in artists if isinstance(one, PathCollection)]
            rows = rows.assign(**{self.up: np.asarray(points.get_offsets())[:, 1]})
        if self.estimator is None:
            return rows[["_late", "_of", *dict.fromkeys(axes)]]
        several = [self.words[name] for name in SEMANTICS if self.words.get(name)]
        keys = [one for one in dict.fromkeys(several) if one not in (*axes, self.by)]
        grouped = rows.groupby([*keys, self.across], sort=False, observed=True)
        figure = (self.up, self._mean)
        means = grouped.agg(_late=("_late", "max"), _of=("_of", "first"), _figure=figure)
        return means.reset_index().rename(columns={"_figure": self.up})

    def _mean(self, figures: pd.Series) -> float:
        weights = self.words.get("weights")
        if weights:
            return float(np.average(figures, weights=self.frame.loc[figures.index, weights]))
        return figures.agg(self.estimator)

    def _order(self, column: pd.Series) -> pd.Series:
        """How far along its axis each value of a column stands."""
        if pd.api.types.is_numeric_dtype(column):
            return column
        places = self.words.get("order") or [*pd.unique(self.frame[column.name])]
        return column.astype(object).map({value: place for place, value in enumerate(places)})

    def _dress(self, part: Segment) -> None:
        """Have what was drawn look as all our pictures do."""
        joins = self.name in LINES
        ways = {"style", "dashes", "linestyles", "linestyle", "ls"} & {*self.words}
        lines = part.artists if self.name in CURVES else part.telling
        for line in [artist for artist in lines if isinstance(artist, Line2D)]:
            if joins and len(coordinates(line)) == 1 and is_unmarked(line):
                line.set(marker="o", markersize=4)  # one point is no line
            if self.own_colours and not ways and line.get_linestyle() == "-":
                line.set(linestyle=actors.dash(part.code))
        is_scale = self.hue not in ("", self.by, self.across, "year")  # paled, it says less
        is_scale = is_scale and pd.api.types.is_numeric_dtype(self.frame[self.hue])
        is_paler = part.since and not part.turns and not self.later and not is_scale
        for artist in part.artists:
            if joins and isinstance(artist, PolyCollection):
                artist.set_linewidth(0)  # no edge where a band is cut in two
            if is_paler:
                artist.set_alpha(marks.LATE * (artist.get_alpha() or 1))

    def legend(self) -> tuple[str, list[Any], list[str]]:
        """(title, handles, words) of seaborn's own legend; of a function without one, a dot an
        actor.
        """
        if "hue" not in self.takes:
            codes = dict(zip(self.held["_who"], self.held[self.by], strict=True))
            look: marks.Look = dict(marker="o", linestyle="none")
            dots = [Line2D([], [], color=actors.colour(code), **look) for code in codes]
            return self.by, dots, [*codes.values()]
        ax = Figure().subplots()
        with _same_chance():
            self.draw(self.held, ax=ax, **self.said())
        legend: Any = ax.get_legend()
        if legend is None:
            return "", [], []
        texts = [text.get_text() for text in legend.get_texts()]
        return legend.get_title().get_text(), [*legend.legend_handles], texts


def function_name(draw: Any) -> str:
    """What a function is called, be some of its words given or not."""
    return getattr(getattr(draw, "func", draw), "__name__", type(draw).__name__)


def lines(
    ax: Axes,
    frame: pd.DataFrame,
    by: str,
    column: str,
    unit: str,
    digits: int | None = None,
    *,
    say: Callable[[float], str] = "{:,.0f}".format,
    others: Sequence[str] = (),
    lead: Sequence[str] = (),
    named: Callable[[str], str] = actors.name,
    **looks: Any,
) -> list[marks.Label]:
    """Draw a line an actor over the years by `sns.lineplot`, each in its actor's colour: lighter
    after the article's day, open where years are missing. Returns the labels of their ends.

    by: the column of ISO3; column: the figures; unit, digits: as for `measured`; say: from a figure
    to its words; others: actors without whom nothing of it shows; lead: whose lines are heavy;
    named: from an actor to its name; looks: more words to seaborn.
    """
    import seaborn as sns

    tooltips_from_data(ax, unit, digits)

    def words(code: str, now: Point, then: Point) -> tuple[str, str]:
        latest, known = (f"{named(code)} {say(figure)}" for _, figure in (now, then))
        return latest, known

    words_to_seaborn = dict(x="year", y=column, hue=by, estimator=None) | looks
    rows = frame.assign(_who=frame[by], _late=late_rows(frame))
    ax.set(xlabel="year", ylabel=column)  # without, seaborn draws all ticks to see if one is shown
    parts = Call(sns.lineplot, rows, by, words_to_seaborn).parts(ax)
    for part in parts:
        width, over = (3, 4) if part.code in lead else (1.6, 3)
        for line in part.artists:
            marks.tag(line, part.code, *others, since=part.since, tell=named(part.code))
            line.set(linewidth=width, zorder=over, markeredgecolor="auto", markeredgewidth=1)
    ax.set(xlabel="", ylabel="")
    labels = end_labels(parts, others, words)
    return [label._replace(bold=label.who[0] in lead) for label in labels]


def end_labels(
    parts: Sequence[Segment], others: Sequence[str], words: Callable
) -> list[marks.Label]:
    """A label at the end of each actor's line, as it is now and as it was on the article's day.

    words: a function from an actor, where its line ends and where it ended then (place, figure), to
    its label now and then.
    """
    return [
        _label(code, [part for part in parts if part.code == code], others, words)
        for code in dict.fromkeys(part.code for part in parts)
    ]


def _label(code: str, parts: list[Segment], others: Sequence[str], words: Callable) -> marks.Label:
    every = [point for part in parts if not part.then for point in part.points()]
    known = [point for part in parts if not part.since for point in part.points()]
    ends = max(every), max(known or every)
    (now, then), (across, up) = words(code, *ends), zip(*ends, strict=True)
    text = now, then if known else ""
    return marks.Label((code, *others), across, up, text, actors.colour(code))


def _roles(frame: pd.DataFrame, words: dict[str, Any]) -> tuple[str, str, bool]:
    """(column on the axis that is no measure, the measure, whether that stands on the y axis)."""
    x, y = words.get("x") or "", words.get("y") or ""
    if not (x and y):
        return "", x or y, bool(y)
    words_up = not pd.api.types.is_numeric_dtype(frame[y])
    years_up = y == "year" and x != "year"
    if words.get("orient") in ("h", "y") or words_up or years_up:
        return y, x, False
    return x, y, True


@contextmanager
def _same_chance() -> Iterator[None]:
    """Whatever seaborn draws by chance inside is the same each time, and the reader's own chance
    goes on as before.
    """
    before = np.random.get_state()
    np.random.seed(0)
    try:
        yield
    finally:
        np.random.set_state(before)


def coordinates(artist: Any) -> np.ndarray:
    """(x, y) of each figure that a bar, a cloud of points or a line stands for."""
    if isinstance(artist, Rectangle):
        points = np.array([artist.get_center()])
    elif isinstance(artist, PathCollection):
        points = np.asarray(artist.get_offsets(), float)
    else:
        points = np.asarray(artist.get_xydata(), float)
    return points[np.isfinite(points).all(axis=1)]


def _is_empty(artist: Any) -> bool:
    """Whether it is what seaborn draws of a missing figure, or between error bars."""
    if isinstance(artist, Line2D) and is_unmarked(artist) and artist.get_linestyle() == "None":
        return True
    if isinstance(artist, PolyCollection):
        outlines = [path.vertices for path in artist.get_paths()]
        return not any(np.isfinite(outline).all(axis=1).any() for outline in outlines)
    return isinstance(artist, Rectangle | PathCollection | Line2D) and not len(coordinates(artist))


def is_unmarked(line: Any) -> bool:
    """Whether it has no markers, as a line may."""
    return getattr(line, "get_marker", str)() in ("None", "none", " ", "", None)
