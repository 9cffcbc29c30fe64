"""A plain seaborn plot as a Picture: its marks tagged by actor, with words, table and source."""

import dataclasses
import re
import sys
import tomllib
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import UnitData
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.offsetbox import PackerBase
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter

from heldto import article, evidence, stored
from heldto.errors import Problem, did_you_mean, own_name
from heldto.evidence import actors, examples
from heldto.pictures import labels, marks, plotted, sentences
from heldto.pictures.picture import WIDTH, Picture
from heldto.pictures.style import ARTICLE, GRID, THEN
from heldto.pictures.table import cell
from heldto.pictures.table import late as came_after
from heldto.text.words import capital, enough_digits
from heldto.toggles.bar import box_for, offered
from heldto.toggles.views import Explore

NBSP = "\u00a0"
PAIR = "actor_a", "actor_b"  # the columns of a table of pairs
HEIGHT = 3.7  # inches, as of `canvas`
Ends = dict[int, list[marks.Label]]  # labels at lines, by the number of their axes
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ALL_THE_WORLD = 1e6  # USD bn, more than the world makes in a year
SCALES = {1e12: "trillion", 1e9: "billion", 1e6: "million"}  # in which large figures are told
RESTS = "heldto-own"  # on cells above it, which a new kernel has not run
YEARS_AN_INCH = 2.4  # beside each other as words of an axis
MANY = 2000  # marks: with more a page takes seconds to draw, and megabytes to keep
FEW = 5  # figures of an actor that the picture in words tells one by one


@dataclass(kw_only=True, repr=False)
class Toggled(Picture):
    """A picture of a plain plot. In a notebook it stands under the actor bar, and is drawn anew for
    the actors shown.

    ends: the labels at its lines, by axes.
    """

    ends: Ends

    def drawn(self, shown: Collection[str] | None = None) -> Picture:
        """The picture for these actors alone (ISO3), without its figure; that of all where none of
        it would be left.
        """
        if shown is None:
            return self
        given = {one.name: getattr(self, one.name) for one in dataclasses.fields(Picture)}
        with self.fitted(shown):
            if not marks.drawn(self.figure, seen=True):
                return self
            return Picture(**given | {"shown": shown}).without_figure()

    @contextmanager
    def fitted(self, shown: Collection[str]) -> Iterator[None]:
        """Inside, its figure is that of these actors alone; afterwards it is as it was."""
        with _as_it_was(self.figure), marks.only(shown):
            for ax in self.figure.axes:
                for text in ax.texts:  # those of all
                    text.set_visible(text.get_visible() and marks.tags(marks.carrier(text)) is None)
                marks.fit(ax)
                _close_up(ax)
            _label(self.figure, self.ends)
            yield

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> stored.Bundle:
        return Explore(partial(self.drawn), {}).add_class(RESTS)._repr_mimebundle_()


def toggled(
    plot: Any,
    frame: pd.DataFrame,
    by: str,
    *,
    tables: Sequence[str] = (),
    source: str = "",
    title: str = "",
    unit: str = "",
    x: str = "",
    y: str = "",
    others: Sequence[str] = (),
    section: str = "own",
    **fields: Any,
) -> Toggled:
    """A plain seaborn plot as a Picture that follows the actor bar of a section.

    `fr.toggled(sns.lineplot(frame, x="year", y="share", hue="partner"), frame, "partner",
    tables=["economic/trade"])`. It takes what seaborn's lineplot, barplot, pointplot, scatterplot
    and stripplot draw, error bars and legend included, from a long frame.

    plot: the Axes, or a Figure of several that draw the same frame; frame: what was drawn, a row a
    figure; by: its column of actors (ISO3, names or aliases), which is the hue or stands on an
    axis. Where that column alone gives the colour, marks take the actors' own.
    tables: those of data/ that are credited; source: the credit in words, for figures from
    elsewhere. title: a finding (default: the title drawn, else what is shown); unit: of the
    figures, in words; it stands at their axis, too. x, y: the columns on the two axes, where their
    labels say something else. others: actors without whom nothing of it is told, such as the
    reporter. fields: more fields of Picture, such as subtitle, cannot, or shown.

    Marks are read and tagged as those of our own simple pictures are (`plotted.Plot.follow`). A
    title that names actors gives way to what is shown while one of them is off. Where a mark
    stands for several rows, such as a mean of them, the picture says of how many. A mark is of
    later than August 2019 where one of its rows has a later `year`, `month` or `date`. What was
    drawn besides the marks, such as a line of `ax.axhline`, stays as it is. More than 2,000 marks
    are refused before anything is drawn. Raises Problem,
    UnknownActor, DataError.
    """
    axes = _axes(plot)
    if (many := sum(map(_marks, axes))) > MANY:
        raise Problem(WORDS["many"].format(marks=many, name=own_name(frame, "frame")))
    rows = _by_actor(frame, by, section)
    others = [others] if isinstance(others, str) else others
    if any(text and not text.strip(".… ") for text in (title, unit, *others)):
        raise Problem(WORDS["dots"])
    named = [tables] if isinstance(tables, str) else tables
    credit = "; ".join(filter(None, [evidence.source(*named), source]))
    if not credit:
        raise Problem(WORDS["credit"].format(table=examples.table()))
    needs = tuple(actors.find(word) for word in others)
    plots = [_Toggled(ax, rows, by, (x, y), needs, unit) for ax in axes]
    given = title or axes[0].get_title()
    shown, known = (plots[0].title(known) for known in (False, True))
    title = given or shown
    figure: Any = axes[0].figure
    if [*figure.get_size_inches()] == [*mpl.rcParams["figure.figsize"]]:  # nobody chose it
        figure.set_size_inches(WIDTH, HEIGHT)
    ends = {figure.axes.index(one.ax): one.finish() for one in plots}
    figure.set_layout_engine("none")
    if "matplotlib.pyplot" in sys.modules:  # else a notebook draws the figure, and each copy, too
        sys.modules["matplotlib.pyplot"].close(figure)
    _label(figure, ends)
    if lacking := plots[0].lacking():
        print(f"{capital(lacking)}: {plotted.UNMATCHED}.")
    after = (
        WORDS["after"].format(known=article.current().month)
        if all(one.after for one in plots)
        else ""
    )
    said = [*(one.behind() for one in plots), lacking, after]
    behind = "; ".join(dict.fromkeys(filter(None, said)))
    below = capital(f"{behind}.") if behind else ""
    told, known_told = (f"{one}. {below}".strip() for one in (title, known))
    own = dict(title=title, subtitle=below, lead=told, source=credit, figure=figure)
    neutral = ": ".join(filter(None, [plots[0].words, " and ".join(map(actors.name, needs))]))
    about = [code for code in actors.ALL if actors.name(code) in title]
    own |= dict(about=about, neutral=neutral, ends=ends)
    own |= dict(sentences=[sentence for one in plots for sentence in one.said()])
    if given:
        shown, known = (f"{one}: {behind}" if behind else one for one in (shown, known))
        own |= dict(subtitle=shown, then=dict(subtitle=known))
    else:
        own |= dict(then=dict(title=known, lead=known_told))
    return Toggled(section=section, **(own | _table(plots) | fields))


def _label(figure: Figure, ends: Ends) -> None:
    for at, own in ends.items():
        labels.label_ends(figure.axes[at], own, past=ARTICLE)
    figure.tight_layout()


@contextmanager
def _as_it_was(figure: Figure) -> Iterator[None]:
    """Whatever is hidden, added or fitted on a figure inside is undone afterwards.

    A copy of the figure would be simpler, but a reader's own formatter cannot be copied.
    """
    seen = [(one, one.get_visible()) for one in figure.findobj()]
    room = figure.subplotpars
    around = {side: getattr(room, side) for side in ("left", "right", "bottom", "top")}
    around |= {"wspace": room.wspace, "hspace": room.hspace}
    held = [(ax, {*ax.get_children()}, ax.dataLim.frozen(), _limits(ax)) for ax in figure.axes]
    try:
        yield
    finally:
        for one, visible in seen:
            one.set_visible(visible)
        for ax, children, data, limits in held:
            for one in {*ax.get_children()} - children:
                one.remove()
            ax.dataLim.set(data)
            ax.set_xlim(*limits[:2], auto=limits[2])
            ax.set_ylim(*limits[3:5], auto=limits[5])
        figure.subplots_adjust(**around)


def _limits(ax: Axes) -> tuple:
    """The limits of both axes, each with whether it follows the data."""
    across, up = (*ax.get_xlim(), ax.get_autoscalex_on()), (*ax.get_ylim(), ax.get_autoscaley_on())
    return across + up


def _close_up(ax: Axes) -> None:
    """Leave no gaps in a legend, and fit the measure on the x axis, to the marks that are left."""
    legend: Any = ax.get_legend()
    for box in legend.findobj(PackerBase) if legend else []:
        whose = [marks.whose(marks.tags(text) or []) for text in box.findobj(Text)]
        box.set_visible(not all(map(marks.is_off, whose)))
    if ax.get_autoscalex_on() and not isinstance(ax.xaxis.units, UnitData):
        marks.limit(ax)
        least, most = ax.dataLim.intervalx
        if np.isfinite([least, most]).all() and most > least:
            ax.autoscale_view(scaley=False)


def _axes(plot: Any) -> list[Axes]:
    axes = [*np.ravel(np.array(getattr(plot, "axes", plot), dtype=object))]
    if not axes or not all(isinstance(ax, Axes) for ax in axes):
        raise Problem(f"toggled() takes the Axes that a plot returns, not {type(plot).__name__}")
    if marks.tagged(axes[0].figure):
        raise Problem("this plot is toggled already: draw it anew in the cell that toggles it")
    return axes


def _marks(ax: Axes) -> int:
    """How many bars and points stand on an axes: lines are few."""
    clouds = [one for one in ax.collections if isinstance(one, PathCollection)]
    return len(ax.patches) + sum(np.shape(one.get_offsets())[0] for one in clouds)


def _by_actor(frame: pd.DataFrame, by: str, section: str) -> pd.DataFrame:
    """The rows of actors, with their ISO3 as column _who, and whether they are late."""
    if not isinstance(frame, pd.DataFrame):
        raise Problem(f"toggled() takes the data frame that was drawn, not {type(frame).__name__}")
    if by not in frame:
        near = did_you_mean(by, [str(name) for name in frame], f"It has {', '.join(frame)}.")
        raise Problem(f'the frame has no column "{by}". {near}')
    name = f"{own_name(frame, 'frame')}."
    if mixed := _now_one_now_the_other(frame, by):
        raise Problem(mixed.replace("frame.", name))
    frame = frame[frame[by].notna()]
    texts = frame[by].astype(str)
    codes = {text: actors.known(text) for text in texts.unique()}
    if None in codes.values():
        raise actors.UnknownActor(_no_actors(frame, by, codes).replace("frame.", name))
    boxes = offered(section)
    if absent := {word: code for word, code in codes.items() if code and code not in boxes}:
        raise Problem(_no_box(by, absent, section).replace("frame.", name))
    if "year" in frame:
        years = pd.to_numeric(frame["year"], errors="coerce")
        frame = frame.assign(year=years if years.notna().all() else frame["year"])
    return frame.assign(**{by: texts}, _who=texts.map(codes), _late=came_after(frame))


def _now_one_now_the_other(frame: pd.DataFrame, by: str) -> str:
    """What is wrong with one side of a pair as the actor, where whom all pairs are about stands now
    on this side and now on the other; else "".
    """
    a, b = PAIR
    if by not in PAIR or not {*PAIR} <= {*frame} or frame[by].nunique() < 2:
        return ""
    every = set.intersection(*map(set, zip(frame[a], frame[b], strict=True)))
    for who in every & {*frame[by]}:
        partner = f"frame.assign(partner=frame.{a}.where(frame.{b} == {who!r}, frame.{b}))"
        return WORDS["both_sides"].format(who=who, a=a, b=b, partner=partner)
    return ""


def _no_actors(frame: pd.DataFrame, by: str, codes: dict[str, str | None]) -> str:
    """What is wrong with a column of actors, {its words: ISO3}, and how to mend it."""
    strange = [word for word, code in codes.items() if code is None]
    if few := [word for word in strange if not word.strip()]:
        blank, rest = int(frame[by].isin(few).sum()), _without(by, few)
        if blank == len(frame):
            return WORDS["nobody"].format(by=by, actor=examples.actor())
        return f"{blank} of {len(frame)} rows have no actor: keep the others with {rest}"
    known = [word for word, code in codes.items() if code in actors.EVERYBODY]
    if len(known) * 4 >= len(codes):
        rest = _without(by, strange) if len(strange) <= FEW else _query(by, f"in {known}")
        unknown = actors.unknown(strange[0])
        return WORDS["strange"].format(by=by, unknown=unknown, rest=rest, **WORDS)
    held = [f'"{name}"' for name in frame if name != by and _holds_actors(frame[name])]
    needed = WORDS["needed"].format(**WORDS)
    which = f"this frame's column of actors is {' or '.join(held)}" if held else needed
    more = ", ..." if len(strange) > 2 else ""
    some = ", ".join(f'"{word}"' for word in strange[:2])
    return f'column "{by}" holds {"hardly any" if known else "no"} actors ({some}{more}): {which}'


def _no_box(by: str, absent: dict[str, str], section: str) -> str:
    """Whom a bar has no box for, of a column {its words: ISO3}, and how to do with or without."""
    never = {word: code for word, code in absent.items() if not box_for(section, [code])}
    first, *more = dict.fromkeys((never or absent).values())
    names = " and ".join([actors.name(first), *[f"{len(more)} more"] * bool(more)])
    rest = f"leave such rows out: {_without(by, never or absent)}"
    remedy = rest if never else f"have one, {box_for(section, absent.values())}, or {rest}"
    return f'the bar "{section}" has no box for {names}: {remedy}'


def _holds_actors(column: pd.Series) -> bool:
    words = [str(word) for word in column.dropna().unique() if str(word).strip()]
    return 2 * sum(actors.known(word) is not None for word in words) > len(words)


def _without(by: str, words: Iterable[str]) -> str:
    """The call that leaves out the rows of some actors, as they stand in a column."""
    own = [*words]
    return _query(by, f"!= {own[0]!r}" if len(own) == 1 else f"not in {own}")


def _query(by: str, is_what: str) -> str:
    column = by if by.isidentifier() else f"`{by}`"
    return f"frame.query({f'{column} {is_what}'!r})"


class _Toggled(plotted.Plot):
    """A plot whose marks follow the bar and tell their figures, and its words."""

    def __init__(self, *drawn: Any) -> None:
        *own, self.needs, self.unit = drawn
        super().__init__(*own)
        self.table = self.figures()
        largest = self.table[self.up].abs().max()
        if self.unit == "USD bn" and largest > ALL_THE_WORLD:
            raise Problem(WORDS["dollars"].format(up=self.up))
        self.scale, self.size = _scale(largest)
        most = largest / self.scale
        self.digits = max(0, 2 - int(np.floor(np.log10(most)))) if most else 0
        self.by_year = self.across == "year" and not self.table.duplicated(["_who", "year"]).any()
        self.form = f"{{:,.{self.digits}f}}"

    def finish(self) -> list[marks.Label]:
        """Have the marks follow the bar, in the house style. Returns the labels at the lines."""
        labels = self.follow(self.needs, self._tell, self._words)
        self.ax.set(title="", axisbelow=True, facecolor="white")
        self.ax.tick_params(left=False)
        self.ax.spines[["top", "right", "left"]].set_visible(False)
        self.ax.grid(axis="y" if self.upright else "x", color=GRID)
        self._tag_axis()
        self._name_unit()
        return labels

    def _when(self, place: float) -> str:
        """What stands at a place along the axis that is no measure, in words."""
        value = self.rows[self.across].iloc[(self.rows["_place"] - place).abs().argmin()]
        figure = pd.api.types.is_number(value) and self.across != "year" and not self.named
        return f"{self.across} {cell(float(value))}" if figure else str(value)[:10]

    def _tell(self, piece: plotted.Piece) -> str:
        """What a mark tells where somebody points at it."""
        if piece.shows == "spread":
            return ""
        name = ", ".join(filter(None, [actors.name(piece.code), piece.of]))
        told = [(self._when(place), cell(float(figure))) for place, figure in piece.points]
        if len(told) > 1:
            points = (f"{when.replace(' ', NBSP)} {much}" for when, much in told)
            return "|".join([name, self.unit, *points])
        when = "" if self.by == self.across else f", {told[0][0]}"
        return f"{name}{when}: {told[0][1]} {self.unit}".rstrip()

    def _tag_axis(self) -> None:
        """Whole years on an axis, later ones tagged; actors on it tagged by their own."""
        if self.across == "year" and self.upright and not self.named:
            years = self.table["year"].min(), self.table["year"].max()
            dots = (it.shows == "figure" or not plotted.unmarked(it.artist) for it in self.pieces)
            marked = any(dots) or years[0] == years[1]
            marks.year_axis(self.ax, *(self.ax.get_xlim() if marked else years))
            if years[0] < ARTICLE < years[1] and not self.after:
                marks.article_line(self.ax, article.current().month, y=1)
        elif self.named and self.across in ("year", self.by):
            ticks = dict(zip(self.axis.get_ticklocs(), self.axis.get_major_ticks(), strict=True))
            for place, drawn in self.table.groupby("_place"):
                whose = drawn["_who"].unique() if self.by == self.across else []
                late = bool(drawn["_late"].all())
                marks.tag(ticks[place].label1, *whose, *self.needs, since=late)
            if self.across == "year" and self.upright:
                inches = self.ax.get_window_extent().width / self.ax.figure.dpi
                every = np.ceil(len(ticks) / (YEARS_AN_INCH * inches))
                for at, tick in enumerate(ticks.values()):
                    tick.label1.set_visible(at % every == 0)

    def _name_unit(self) -> None:
        """The unit stands at the axis of the figures, where its label does not name it, and how
        large they are; so it does at the other axis, where that is of figures, too.
        """
        axes = (self.ax.yaxis, self.ax.xaxis) if self.upright else (self.ax.xaxis, self.ax.yaxis)
        for axis, column, given in zip(axes, (self.up, self.across), (self.unit, ""), strict=True):
            values = self.rows[column]
            figures = pd.api.types.is_numeric_dtype(values) and column != "year"
            size = _plain(axis, *_scale(values.abs().max())) if figures else ""
            said, unit = _spelt(axis.get_label_text()), re.escape(given)
            if not unit or re.search(rf"(?<!\w){unit}(?!\w)", said, re.IGNORECASE):
                said = f"{said}, {size}".strip(", ")
            else:
                named = said in given.split()
                unit = f"{size} {given}".strip()
                said = unit if named else f"{said}, {unit}".removeprefix(", ")
            axis.set_label_text(said)

    def _words(self, code: str, *ends: plotted.Point) -> list[str]:
        """The label at the end of a line, now and then; with the year, where others go on."""
        timed = self.across == "year" and not self.named
        years = self.table["year"] if timed else pd.Series(dtype=float)
        lasts, words = (years.max(), years[years <= THEN].max()), list[str]()
        for (year, figure), last in zip(ends, lasts, strict=True):
            stop = f" ({year:.0f})" if year < last else ""
            told = f"{self.form.format(figure / self.scale)} {self.size}".rstrip()
            words.append(f"{actors.name(code)} {told}{stop}")
        return words

    def title(self, known: bool) -> str:
        """What is shown, of whom and when. known: of that, what was known in August 2019."""
        rows = self.rows[~self.rows["_late"]] if known else self.rows
        timed = len(rows) and "year" in rows and pd.api.types.is_numeric_dtype(rows["year"])
        years = rows["year"].agg(["min", "max"]) if timed else ()
        span = "-".join(dict.fromkeys(f"{year:.0f}" for year in years))
        return ", ".join(filter(None, [self.words, span]))

    def behind(self) -> str:
        """For how many rows of the frame a mark stands, in words; "" where each has its own."""
        each, rows = ["_who", "_place"], self.rows
        if self.meaning and len(self._hue):
            each, rows = [*each, "_of"], rows.assign(_of=self._hue)
        held, drawn = (one.groupby(each)[self.up] for one in (rows, self.table))
        many, means = held.size() // drawn.size(), held.mean()
        if not many.max() > 1:
            return ""
        mean = np.allclose(means, drawn.mean().reindex(means.index))
        count = f"{'' if many.min() == many.max() else 'up to '}{many.max():.0f} rows of the table"
        return f"each mark {'is the mean of' if mean else 'stands for'} {count}"

    def lacking(self) -> str:
        """Of whom the frame has no figure, in words; "" where it has one of each."""
        few, more = ", ".join(map(actors.name, self.blank[:FEW])), len(self.blank) - FEW
        return few and f"no figure for {few}{f' and {more} more' if more > 0 else ''}"

    @property
    def words(self) -> str:
        """What is shown, and of whom."""
        by = [one for one in (self.across, self.by) if one != "year"]
        return capital(_spelt(f"{self.up} by {' and '.join(dict.fromkeys(by))}".replace("_", " ")))

    def said(self) -> Iterator[sentences.Sentence]:
        """The picture in words, from the figures drawn."""
        for code, rows in self.table.groupby("_who", sort=False):
            who, name = (str(code), *self.needs), actors.name(str(code))
            if self.by_year:
                years = sorted(rows["year"].astype(int))
                known = [year for year in years if year <= THEN]
                told = sorted({years[0], *known[-1:], years[-1]})
                words = rows.assign(_words=rows[self.up].map(self._written))
                yield from sentences.told(who, name, words, "_words", told, "{}")
                continue
            for late, some in rows.groupby("_late"):
                text = self._few(some)
                yield from sentences.then_and_since(who, name, *(["", text] if late else [text]))

    def _written(self, figure: float) -> str:
        """A figure with its unit; one that is not nought has digits that are not."""
        told = figure / self.scale
        form = enough_digits(self.form, told, [0])
        return " ".join(filter(None, [form.format(told), self.size, self.unit]))

    def _few(self, rows: pd.DataFrame) -> str:
        """Figures one by one, or where they are many, from which to which."""
        figures = [self._written(figure) for figure in rows[self.up]]
        if len(figures) > FEW:
            ends = (self._written(end) for end in rows[self.up].agg(["min", "max"]))
            return f"{len(figures)} figures from {' to '.join(ends)}"
        places = [""] * len(rows) if self.by == self.across else map(self._when, rows["_place"])
        words = (", ".join(filter(None, pair)) for pair in zip(rows["_of"], places, strict=True))
        told = zip(figures, words, strict=True)
        return ", ".join(f"{much} ({where})" if where else much for much, where in told)


def _scale(largest: float) -> tuple[float, str]:
    """In what figures are told of which this is the largest: (1e9, "billion"); (1, "") as they
    are.
    """
    return next(((by, word) for by, word in SCALES.items() if largest >= by), (1, ""))


def _plain(axis: Axis, scale: float, size: str) -> str:
    """Have an axis tell its figures by the million, billion or trillion, and none as 1e10. Returns
    that word; "" where they are told as they are, or by a formatter of the reader's own.
    """
    form = axis.get_major_formatter()
    if not isinstance(form, ScalarFormatter):
        return ""
    form.set_scientific(False)
    form.set_useOffset(False)
    if size:
        axis.set_major_formatter(lambda at, _: f"{at / scale:,g}".replace("-", "\u2212"))
    return size


def _spelt(words: str) -> str:
    """Words of a column's name with their capitals."""
    return re.sub(r"\b(tiv|usd|gdp)\b", lambda one: one[0].upper(), words)


def _table(plots: list[_Toggled]) -> dict[str, Any]:
    """The figures behind it, years with a column an actor or row by row, and a key of its own."""
    first, rows = plots[0], plots[0].rows
    drawn = [(piece.drawn_as, piece.shows, piece.points) for one in plots for piece in one.pieces]
    number = zlib.crc32(repr([first.upright, drawn]).encode())
    own: dict[str, Any] = dict(key=sentences.slug("own", first.up, first.by, f"{number:08x}"))
    if len(plots) == 1 and first.by_year:
        years = first.table.astype({"year": int})
        return own | dict(table=sentences.by_year(years, "_who", first.up, first.digits + 1))
    table = rows.assign(**{first.by: rows["_who"]}).drop(columns=["_who", "_late", "_place"])
    return own | dict(table=table, table_actors=[first.by])
