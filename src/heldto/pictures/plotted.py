"""What seaborn drew: whose each mark is, and of when, read off its place and its colour; and marks
that follow the actor bar by it.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.category import UnitData
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_rgba_array
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from heldto.errors import Problem, doubled
from heldto.evidence import actors
from heldto.pictures import marks
from heldto.pictures.table import late
from heldto.pictures.telling import measured

WORKS = "seaborn's lineplot, barplot, pointplot, scatterplot and stripplot can be toggled"
STRANGE = f"this plot has marks that no row of the frame explains: pass what was drawn; {WORKS}"
HIDDEN = "the frame has rows that this plot does not show: pass the frame that was drawn"
UNMATCHED = "was it divided by another table? Then match the years: sums.year.map(total)"
NOTHING = "no mark is drawn on this Axes: draw rows of the frame on it, then toggle it"
KINDS = Rectangle, Line2D, LineCollection, PathCollection, PolyCollection
COLOURS = "color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor"
ROWS = 12  # entries of a legend in a column
Colour = tuple[float, ...]
Point = tuple[float, float]  # (place along the axis that is no measure, figure)


class Piece(NamedTuple):
    """What is drawn of one actor and of one time.

    shows: "line", "figure" (a bar, a point), or "spread" of a figure; drawn_as: the number of what
    it was a piece of; of: what its colour says, where that is not its actor.
    """

    artist: Any
    code: str
    late: bool
    shows: str
    points: list[Point]
    drawn_as: int
    of: str


class Plot:
    """One axes, the columns that stand on it, and the pieces that it is drawn of.

    rows: those drawn, with columns _who (ISO3), _late, and their _place along the axis that is no
    measure; blank: ISO3 of whom the frame has no figure. across, up: the column on that axis, and
    the measure; upright: whether that is the y axis; named: whether places are words; bars: {where
    a bar stands: its actor}; codes: {what stands in the column of actors: ISO3}; own_colours:
    whether colours tell actors apart, or nothing; after: whether all of it is of later than August
    2019, and none of it the lighter for that.
    """

    def __init__(
        self, ax: Axes, frame: pd.DataFrame, by: str, columns: tuple[str, str] = ("", "")
    ) -> None:
        if not ax.has_data():
            raise Problem(NOTHING)
        axes = zip("xy", columns, (ax.xaxis, ax.yaxis), strict=True)
        named = [_column(frame, *one) for one in axes]
        self.upright = not (isinstance(ax.yaxis.units, UnitData) or named[1] == "year")
        self.ax, self.by = ax, by
        self.across, self.up = named if self.upright else named[::-1]
        if not pd.api.types.is_numeric_dtype(frame[self.up]):
            raise Problem(f'column "{self.up}" holds no figures, which one axis must have: {WORKS}')
        if frame[self.up].isna().all():
            raise Problem(f'column "{self.up}" holds no figure, NaN alone: {UNMATCHED}')
        self._step = _step(frame[self.across]) if self.across == "year" else np.inf
        self._strange = doubled(frame.index) or STRANGE
        codes = self.codes = dict(zip(frame[by], frame["_who"], strict=True))
        frame = frame.dropna(subset=[self.across, self.up])
        self.blank = [*dict.fromkeys(one for one in codes.values() if one not in {*frame["_who"]})]
        self.axis = ax.xaxis if self.upright else ax.yaxis
        self.named = isinstance(self.axis.units, UnitData)
        self.rows = frame.assign(_place=_places(self.axis, frame[self.across]))
        needed = "_who", "_place", "_late", self.up
        self._columns = {one: self.rows[one].to_numpy() for one in needed}
        self.after = bool(self._columns["_late"].all())
        self._shown, self.bars = np.zeros(len(self.rows), bool), dict[float, str]()
        self._read_legend()
        found = [*ax.patches, *ax.lines, *ax.collections, *ax.images]
        found = [artist for artist in found if self._in_data(artist)]
        self.pieces = [
            piece for number, one in enumerate(found) for piece in self._cut(one, number)
        ]
        if not self.pieces:
            raise Problem(NOTHING)
        if not self._shown.all():
            raise Problem(HIDDEN)

    def follow(self, others: Sequence[str], tell: Callable, words: Callable) -> list[marks.Label]:
        """Tag what is drawn, in its actors' colours. Returns the labels of lines, at their ends.

        others: actors without whom nothing of it shows; tell: a function from a piece to what it
        tells where somebody points at it; words: a function from an actor, where its line ends and
        where it ended in August 2019 (place, figure) to its label now and then.
        """
        ends: dict[int, list[Piece]] = {}
        for piece in self.pieces:
            self._dress(piece)
            marks.tag(piece.artist, piece.code, *others, since=piece.late, tell=tell(piece))
            if piece.shows == "line" and self.by != self.across and self.upright:
                ends.setdefault(piece.drawn_as, []).append(piece)
        self._tag_legend(others, bool(ends))
        return [_label(pieces, others, words) for pieces in ends.values()]

    def _dress(self, piece: Piece) -> None:
        artist, line = piece.artist, piece.shows == "line"
        if self.own_colours and not (piece.shows == "spread" and self.bars):
            recolour(artist, actors.colour(piece.code))
            if line and artist.get_linestyle() == "-":
                artist.set_linestyle(actors.dash(piece.code))
        if line and len(piece.points) == 1 and unmarked(artist):
            artist.set(marker="o", markersize=4)  # one point is no line
        if isinstance(artist, PolyCollection):
            artist.set_linewidth(0)  # no edge where a band is cut in two
        if piece.late and not self.after:
            artist.set_alpha(marks.LATE * (artist.get_alpha() or 1))

    def _tag_legend(self, others: Sequence[str], at_the_line: bool) -> None:
        """A legend follows the bar too, and names its actors; none is left where labels stand at
        the lines. It stands beside the plot, where it covers no mark.
        """
        import seaborn

        legend: Any = self.ax.get_legend()
        if legend is None:
            return
        texts = [text.get_text() for text in legend.get_texts()]
        if self.hues and at_the_line and {*texts} <= {*self.codes}:
            legend.remove()
            return
        look: marks.Look = dict(bbox_to_anchor=(1, 1), ncols=int(np.ceil(len(texts) / ROWS)))
        seaborn.move_legend(self.ax, "upper left", **look, frameon=False)
        legend = self.ax.get_legend()
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True):
            code = self.codes.get(text.get_text()) if self.hues else None
            if code:
                text.set_text(actors.name(code))
                recolour(handle, actors.colour(code))
                since = bool(self.rows["_late"][self.rows["_who"] == code].all())
                for artist in (text, handle):
                    marks.tag(artist, code, *others, since=since)

    def figures(self) -> pd.DataFrame:
        """What is drawn as a table: _who, _late, _of, _place, and the two columns on the axes."""
        values = dict(zip(self.rows["_place"], self.rows[self.across], strict=True))
        found = []
        for piece in self.pieces:
            if piece.shows != "spread":
                own = piece.code, piece.late, piece.of
                rows = [(*own, *point) for point in piece.points]
                joint = piece.shows == "line" and piece.late
                found += [row for row in rows if not (joint and (row[0], False, *row[2:]) in found)]
        frame = pd.DataFrame(found, columns=["_who", "_late", "_of", "_place", self.up])
        return frame.assign(**{self.across: frame["_place"].map(values)})

    def _read_legend(self) -> None:
        """Whose each colour is; and none of the legend's own empty marks is left."""
        handles, texts = self.ax.get_legend_handles_labels()
        codes = self.codes
        pairs = [pair for pair in zip(texts, handles, strict=True) if pair[0] in codes]
        self.hues = {_colours(handle)[0]: codes[text] for text, handle in pairs}
        self.own_colours = bool(pairs) or not texts
        self._hue = self._words_of_colours()
        others = [] if pairs else zip(handles, texts, strict=True)
        said = [one for one in others if self._hue.empty or one[1] in {*self._hue}]
        self.meaning = {hue: text for handle, text in said for hue in _colours(handle)[:1]}
        if len(self.hues) < len({codes[text] for text, _ in pairs}):
            raise Problem("two actors have one colour in this plot: draw it with another palette")
        if not pairs and self.by != self.across:
            remedy = f'draw it with hue="{self.by}" and a legend, or with "{self.by}" on an axis'
            raise Problem(f'no colour and no axis of this plot stands for "{self.by}": {remedy}')
        for handle in handles:
            if not np.any(_points(handle)):
                handle.remove()

    def _words_of_colours(self) -> pd.Series:
        """The column that the legend's title names, as words; empty where it names none."""
        legend = self.ax.get_legend()
        title = legend.get_title().get_text() if legend else ""
        return self.rows[title].astype(str) if title in self.rows else pd.Series(dtype=str)

    def _behind(self, artist: Any) -> Any:
        """Which rows are of what the colour says, where it is said."""
        said = self.meaning.get(_colours(artist)[0], "")
        each = isinstance(artist, PathCollection) or self._hue.empty or not said
        return np.ones(len(self.rows), bool) if each else self._hue.eq(said).to_numpy()

    def _in_data(self, artist: Any) -> bool:
        """Whether it stands where the data are, and not across the page, as axhline does."""
        points = isinstance(artist, PathCollection)
        way = artist.get_offset_transform() if points else artist.get_transform()
        if not way.contains_branch(self.ax.transData):
            return False
        if not isinstance(artist, KINDS) or "draw" in vars(artist):  # swarmplot's move when drawn
            raise Problem(f"this plot has a {type(artist).__name__}, which is nobody's: {WORKS}")
        return True

    def _cut(self, artist: Any, number: int) -> Iterator[Piece]:
        """What was drawn as one, in pieces that take its place."""
        points = _points(artist, self.upright)
        if _is_unseen(artist, points):
            artist.remove()
            return
        along, place = self._where(points)
        shows, who = _shows(artist, place), self._whose(artist, along, place)
        if isinstance(artist, Line2D) and len(set(who)) > 1:
            if shows != "line" or unmarked(artist):
                raise Problem(self._strange)
            artist.set_linestyle("none")  # from actor to actor it would say nothing
        figures, each = points[:, int(self.upright)], isinstance(artist, PathCollection)
        late, runs = self._late(artist, who, place, figures, shows), self._runs(place, figures)
        held, pieces = np.isfinite(figures), _kept(who, late, runs, place, each)
        kept = [piece for piece in pieces if held[piece[-1]].any()]
        for part, (code, since, keep) in zip(self._parts(artist, kept), kept, strict=True):
            pairs = zip(place[keep], figures[keep], strict=True)
            told = [pair for pair in pairs if np.isfinite(pair[1])]
            of = self.meaning.get(_colours(part)[0], "")
            yield Piece(part, str(code), bool(since), shows, told, number, of)

    def _where(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far along its axis each point is, and the place of a row that is nearest to it."""
        along, known = points[:, int(not self.upright)], np.unique(self._columns["_place"])
        along = np.where(np.isfinite(along), along, np.nanmean(along))  # between the ends of a bar
        return along, known[np.abs(known - along[:, None]).argmin(axis=1)]

    def _parts(self, artist: Any, kept: list) -> list[Any]:
        """A copy of what was drawn as one for each of several pieces, drawn in its place."""
        artist.remove()
        parts = (artist if keep.all() else _part(artist, keep) for *_, keep in kept)
        return [self.ax.add_artist(part) for part in parts]

    def _whose(self, artist: Any, along: np.ndarray, place: np.ndarray) -> np.ndarray:
        """ISO3 of each point of what was drawn as one: by its axis, its colour, or its bar."""
        hues, columns = _colours(artist), self._columns
        who = [self.hues.get(hues[at % len(hues)], "") for at in range(len(place))]
        if self.by == self.across:
            who = [columns["_who"][columns["_place"] == at][0] for at in place]
        elif not who[0] and self.bars:
            who = [self.bars[min(self.bars, key=lambda at: abs(at - along.mean()))]] * len(who)
        if not all(who):
            raise Problem(self._strange)
        if isinstance(artist, Rectangle):
            self.bars[along[0]] = who[0]
        return np.array(who)

    def _late(self, artist: Any, who: Any, place: Any, figures: Any, shows: str) -> np.ndarray:
        """Whether one of the rows behind each point is of later than August 2019."""
        late, columns, behind = list[Any](), self._columns, self._behind(artist)
        for code, where, figure in zip(who, place, figures, strict=True):
            if not np.isfinite(figure):  # a gap
                late.append(None)
                continue
            same = np.flatnonzero(behind & (columns["_who"] == code) & (columns["_place"] == where))
            if isinstance(artist, PathCollection) or (shows != "spread" and len(same) == 1):
                off = np.abs(columns[self.up][same].astype(float) - figure)
                same = same[off <= 1e-8 + 1e-5 * abs(figure)]
            if not len(same):
                raise Problem(self._strange)
            self._shown[same] = True
            late.append(columns["_late"][same].any())
        return pd.Series(late, dtype="boolean").ffill().bfill().to_numpy(bool, na_value=False)

    def _runs(self, place: Any, figures: Any) -> np.ndarray:
        """In which run of years each point lies: it is another where a year is missing."""
        held, runs = np.isfinite(figures), np.zeros(len(place))
        if np.isfinite(self._step):
            own = np.unique(place[held])
            years = dict(zip(self._columns["_place"], self.rows["year"], strict=True))
            missing = np.abs(np.diff([years[at] for at in own])) >= 2 * self._step
            runs = np.searchsorted(own[1:][missing], place, "right")
        return pd.Series(runs).where(held).ffill().bfill().to_numpy()


def follow(
    ax: Axes,
    frame: pd.DataFrame,
    by: str,
    unit: str,
    digits: int | None = None,
    *,
    say: Callable[[float], str] = "{:,.0f}".format,
    others: Sequence[str] = (),
    lead: Sequence[str] = (),
    named: Callable[[str], str] = actors.name,
    both: bool = True,
) -> list[marks.Label]:
    """Have the lines of a plain `sns.lineplot` follow the actor bar, in their actors' colours:
    lighter after August 2019, open where years are missing. Returns the labels of their ends.

    frame: what was drawn; by: its column of ISO3, the hue; unit, digits: as for `measured`;
    say: from a figure to its words; others: actors without whom nothing of it shows; lead: whose
    lines are heavy; named: from an actor to its name; both: a label tells the figure of 2018
    before the last one.
    """
    measured(ax, unit, digits)

    def words(code: str, now: Point, then: Point) -> tuple[str, str]:
        latest, known = (f"{named(code)} {say(figure)}" for _, figure in (now, then))
        return f"{known} \u2192 {say(now[1])}" if both and now > then else latest, known

    plot = Plot(ax, frame.assign(_who=frame[by], _late=late(frame)), by)
    labels = plot.follow(others, lambda piece: named(piece.code), words)
    ax.set(xlabel="", ylabel="")
    for piece in plot.pieces:
        width, over = (3, 4) if piece.code in lead else (1.6, 3)
        piece.artist.set(linewidth=width, zorder=over, markeredgecolor="auto", markeredgewidth=1)
    return [one._replace(bold=one.who[0] in lead) for one in labels]


def _label(pieces, others, words):
    """The label at the end of a line, as it is now and as it was in August 2019."""
    code, points = pieces[0].code, [point for piece in pieces for point in piece.points]
    known = [point for piece in pieces if not piece.late for point in piece.points]
    ends = max(points), max(known or points)
    (now, then), (across, up) = words(code, *ends), zip(*ends, strict=True)
    text = now, then if known else ""
    return marks.Label((code, *others), across, up, text, actors.colour(code))


def _step(years: pd.Series) -> float:
    """How far apart the years of a frame are: the smallest step between two of them."""
    if not pd.api.types.is_numeric_dtype(years):
        return np.inf
    return float(min(np.diff(np.unique(years.dropna())), default=np.inf))


def _column(frame: pd.DataFrame, axis: str, given: str, drawn: Any) -> str:
    """The column on an axis: the one given, else the one that its label names."""
    name = given or drawn.get_label_text()
    if name not in frame:
        remedy = f'say which it is, {axis}="..."'
        raise Problem(f'the {axis} axis says "{name}", which is no column of the frame: {remedy}')
    return name


def _places(axis: Any, values: pd.Series) -> Any:
    """Where values stand along an axis."""
    if not isinstance(axis.units, UnitData):
        return np.asarray(axis.convert_units(values.to_numpy()), float)
    texts = [label.get_text() for label in axis.get_ticklabels()]
    places = values.astype(str).map(dict(zip(texts, axis.get_ticklocs(), strict=True)))
    if places.isna().any():
        raise Problem(HIDDEN)
    return places.astype(float)


def _points(artist: Any, upright: bool = True) -> np.ndarray:
    """(x, y) of each part that could be another's: the end of a bar, the points of a line."""
    if isinstance(artist, Rectangle):
        (left, low), wide, high = artist.get_xy(), artist.get_width(), artist.get_height()
        across, up = (wide / 2, high) if upright else (wide, high / 2)
        return np.array([(left + across, low + up)])
    if isinstance(artist, PathCollection):
        return np.asarray(artist.get_offsets())
    if isinstance(artist, LineCollection):
        return np.array([segment.mean(axis=0) for segment in artist.get_segments()])
    if isinstance(artist, PolyCollection):
        return np.vstack([np.empty((0, 2)), *(path.vertices for path in artist.get_paths())])
    return np.asarray(artist.get_xydata(), float)


def _colours(artist: Any) -> list[Colour]:
    """The colours of what was drawn as one: one for all, or one a point."""
    if isinstance(artist, Line2D):
        return _visible(artist.get_color())
    return _visible(artist.get_facecolor()) or _visible(artist.get_edgecolor())


def _is_unseen(artist: Any, points: np.ndarray) -> bool:
    """What seaborn draws of a missing figure, or between error bars."""
    line = isinstance(artist, Line2D) and unmarked(artist) and artist.get_linestyle() == "None"
    return line or not np.isfinite(points).all(axis=1).any()


def _shows(artist: Any, place: np.ndarray) -> str:
    if isinstance(artist, Rectangle | PathCollection):
        return "figure"
    line = isinstance(artist, Line2D)
    of_figures = line and (not unmarked(artist) or len(place) == 1 or len(set(place)) > 1)
    return "line" if of_figures else "spread"


def _kept(who: Any, late: Any, runs: Any, place: Any, each: bool) -> Iterator[tuple]:
    """(ISO3, late, which points) of each piece: those of one actor, run of years and time, or each
    by itself.

    What came later begins at the last point that was known.
    """
    if each:
        yield from zip(who, late, np.eye(len(who), dtype=bool), strict=True)
        return
    for code, run in dict.fromkeys(zip(who, runs, strict=True)):
        own = (who == code) & (runs == run)
        for since in dict.fromkeys(late[own]):
            keep = own & (late == since)
            if since and (own & ~late).any():
                keep |= own & (place == place[own & ~late].max())
            yield code, since, keep


def _part(artist: Any, keep: np.ndarray) -> Any:
    """A copy of what was drawn as one, of these points alone."""
    part = copy(artist)
    if isinstance(part, Line2D):
        part.set_data(*artist.get_xydata()[keep].T)
    elif isinstance(part, LineCollection):
        segments = artist.get_segments()
        part.set_segments([segments[at] for at in np.flatnonzero(keep)])
    elif isinstance(part, PolyCollection):
        outlines = [path.vertices for path in artist.get_paths()]
        runs = zip(outlines, np.split(keep, np.cumsum([*map(len, outlines)])[:-1]), strict=True)
        part.set_verts([outline[own] for outline, own in runs if own.any()])
    else:
        part.set_offsets(artist.get_offsets()[keep])
        for name in ("facecolors", "edgecolors", "linewidths", "sizes", "paths"):
            values = getattr(artist, f"get_{name}")()
            if len(values) == len(keep):
                own = [values[at] for at in np.flatnonzero(keep)]
                getattr(part, f"set_{name}")(np.array(own) if name == "sizes" else own)
    return part


def unmarked(line: Any) -> bool:
    """Whether it has no markers, as a line may."""
    return getattr(line, "get_marker", str)() in ("None", "none", " ", "", None)


def recolour(artist: Any, new: str) -> None:
    """Give it another colour wherever it has the one that it is told by."""
    old = _colours(artist)[0]
    for name in COLOURS:
        if hasattr(artist, f"get_{name}") and old in _visible(getattr(artist, f"get_{name}")()):
            getattr(artist, f"set_{name}")(new)


def _visible(colours: Any) -> list[Colour]:
    found = to_rgba_array(colours)
    return [tuple(colour[:3].round(4)) for colour in found if colour[3]]
