"""A call of seaborn as a Picture: drawn actor by actor, with words, table and source."""

import dataclasses
import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import UnitData
from matplotlib.figure import Figure
from matplotlib.gridspec import SubplotParams
from matplotlib.ticker import ScalarFormatter

from heldto import article, evidence, stored
from heldto.claims import units
from heldto.errors import Problem, did_you_mean, own_name
from heldto.evidence import actors, examples
from heldto.pictures import labels, marks, plotted, sentences, style
from heldto.pictures.picture import FIELDS, NARROW, WIDTH, Picture
from heldto.pictures.style import GRID, house_style, is_narrow, narrowed
from heldto.pictures.table import cell
from heldto.pictures.table import late_rows as came_after
from heldto.text import texts
from heldto.text.words import capital, enough_digits, with_minus
from heldto.toggles.bar import actors_offered, box_for
from heldto.toggles.views import Explore
from heldto.tr import numerals, tr, tr_noop

NBSP = "\u00a0"
PAIR = "actor_a", "actor_b"  # the columns of a table of pairs
SIZE = WIDTH, 3.7  # inches, as of `canvas`
WORDS = texts.beside(__file__)
ALL_THE_WORLD = 1e6  # USD bn, more than the world makes in a year
SCALES = {
    1e12: tr_noop("trillion"),
    1e9: tr_noop("billion"),
    1e6: tr_noop("million"),
}  # in which large figures are told
RESTS = "heldto-own"  # on cells above it, which a new kernel has not run
STEPS = 1, 2, 5, 10, 20, 50  # years between those that are named below a panel
YEARS_AN_INCH = 2.4  # beside each other as words of an axis
NAMES = 5  # of actors on an axis below: more of them are written aslant
MANY = 2000  # marks: with more a page takes seconds to draw, and megabytes to keep
FEW = 5  # figures of an actor that the picture in words tells one by one
ROWS = 12  # entries of a legend in a column
ABREAST = 3  # panels beside each other
NEEDED = {"data", "x", "y", "ax"}  # words that a function takes which can be drawn actor by actor
COLUMNS = "x", "y", "hue", "style", "size", "units", "weights"  # words that name a column
OURS = "tables", "source", "title", "unit", "others", "section", "col", "also", "figsize", *FIELDS
PLAIN = "lineplot", "scatterplot", "regplot", "residplot"  # with figures on both axes
HALVED = "histplot", "kdeplot", "ecdfplot", *plotted.BOXES  # whose middle figure is told
COUNTED = "histplot", "kdeplot", "ecdfplot", "rugplot"  # that draw one column alone


@dataclass(kw_only=True, repr=False)
class Toggled(Picture):
    """A picture that a call of seaborn draws. In a notebook it is below the actor bar and is drawn
    again for the actors shown.

    paint: from actors (ISO3; None: all) to the figure drawn of their rows; None where nothing would
    be left.
    """

    paint: Callable[[Collection[str] | None], Figure | None]

    def drawn(self, shown: Collection[str] | None = None) -> Picture:
        """The picture for these actors alone (ISO3), without its figure; that of all where none of
        it would be left.
        """
        figure = None if shown is None else self.paint(shown)
        if figure is None:
            return self
        fields = {field.name: getattr(self, field.name) for field in dataclasses.fields(Picture)}
        fields |= {"figure": figure, "shown": shown, "narrow": partial(_narrow, self.paint, shown)}
        return Picture(**fields).without_figure()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> stored.Bundle:
        return Explore(partial(self.drawn), {}).add_class(RESTS)._repr_mimebundle_()


def _narrow(paint: Callable[..., Any], shown: Collection[str] | None = None) -> Figure:
    """A plot drawn for a phone."""
    with narrowed():
        return paint(shown)


def toggled(
    draw: Callable[..., Any],
    frame: pd.DataFrame | None = None,
    *,
    tables: Sequence[str] = (),
    source: str = "",
    title: str = "",
    unit: str = "",
    others: Sequence[str] = (),
    section: str = "own",
    col: str = "",
    also: Callable[[Axes], Any] | None = None,
    figsize: tuple[float, float] = SIZE,
    **words: Any,
) -> Toggled:
    """Draw a call of seaborn as a Picture that follows the actor bar of a section.

    `fr.toggled(sns.lineplot, two, x="year", y="goods", hue="partner", tables=["economic/trade"])`:
    this is your own call of seaborn with one name in front. It takes functions that draw on one
    axes from a long frame: lineplot, scatterplot, barplot, stripplot, swarmplot, pointplot,
    boxplot, violinplot, histplot, kdeplot, ecdfplot, regplot, residplot and others alike.

    draw: a function of seaborn; frame: a DataFrame with a row for each figure; words: arguments of
    seaborn, which are passed on. `hue` says to which actor a mark belongs; if actors (ISO3, names
    or aliases) are on an axis, `x` or `y` says it. If only actors decide the colour, each mark has
    the colour of its actor. You can also give fields of Picture, such as subtitle or cannot.
    tables: the tables of data/ that are credited; source: a credit in words, for figures from
    elsewhere. title: a finding (default: what is shown); unit: the unit of the figures, in words,
    also shown at their axis. others: actors without whom the picture makes no sense, such as the
    reporter. col: a column; each of its values gets a panel. also: a function of an axes that draws
    what belongs to no actor, such as a line for a rule. figsize: in inches.

    Lines with one figure a year are drawn by one call of seaborn. Of all else seaborn is called
    once for each actor, and the marks of that call belong to the actor. A mark is later than the
    article's day if one of its rows has a later `year`, `month` or `date`. A fit, a box or a
    density is not cut there: it is drawn twice, from all rows and from the rows known then, and the
    bar decides which one is shown. If the title names an actor that is off, a plain title replaces
    it. If a mark stands for several rows, such as their mean, the picture says for how many. More
    than 2,000 marks are refused before anything is drawn. Raises Problem, UnknownActor, DataError.
    """
    frame = words.pop("data", None) if frame is None else frame
    _look_over(draw, frame, words)
    fields = {name: words.pop(name) for name in FIELDS if name in words}
    others = [others] if isinstance(others, str) else others
    if any(text and not text.strip(".… ") for text in (title, unit, *others)):
        raise Problem(WORDS["dots"])
    by = _whose(frame, words)
    rows = _by_actor(frame, by, section, col, [*others, examples.actor()][0])
    call = plotted.Call(draw, rows, by, _named_in(rows, by, words))
    if not pd.api.types.is_numeric_dtype(rows[call.up]):
        raise Problem(WORDS.fill("words_alone", up=call.up))
    if (many := _marks(call)) > MANY:
        raise Problem(WORDS.fill("many", marks=many, name=own_name(frame, "frame")))
    named = [tables] if isinstance(tables, str) else tables
    credit = "; ".join(filter(None, [evidence.source(*named), source]))
    if not credit:
        raise Problem(WORDS.fill("credit", table=examples.example_table()))
    needs = tuple(actors.find(word) for word in others)
    plot = _Plot(call, needs, unit, col, also, figsize, _title_of(call.up, named))
    if lacking := plot.lacking():
        print(f"{capital(lacking)}: {WORDS['unmatched']}.")
    now, then = (plot.head(title, known) for known in (False, True))
    then = {name: text for name, text in then.items() if text != now[name]}
    if not _tells_later(fields.get("subtitle", str(style.THEN + 1))):
        then.pop("subtitle", None)  # the reader's own holds then, too
    neutral = ": ".join(filter(None, [plot.words, " and ".join(map(actors.name, needs))]))
    about = [code for code in actors.ALL if actors.name(code) in now["title"]]
    drawn: dict[str, Any] = dict(source=credit, figure=plot.figure, paint=plot.again, then=then)
    drawn |= dict(about=about, neutral=neutral, sentences=[*plot.said()])
    drawn |= now | plot.behind_it() | dict(narrow=partial(_narrow, plot.again))
    return Toggled(section=section, **(drawn | fields))


def _tells_later(text: str) -> bool:
    """Whether a text names a year of which nothing was known when the article appeared."""
    return any(int(year) > style.THEN for year in re.findall(r"\b\d{4}\b", text))


def _look_over(draw: Any, frame: Any, words: dict[str, Any]) -> None:
    """Raise what is wrong with a call before anything is drawn."""
    if not callable(draw):
        raise Problem(WORDS.fill("no_call", kind=type(draw).__name__))
    name = plotted.function_name(draw)
    takes = _takes(draw)
    if name in WORDS["instead"]:
        raise Problem(WORDS.fill("instead_of", name=name, instead=WORDS["instead"][name]))
    if not {*takes} >= NEEDED:
        raise Problem(WORDS.fill("cannot", name=name))
    if not isinstance(frame, pd.DataFrame):
        raise Problem(f"toggled() takes the data frame to be drawn, not {type(frame).__name__}")
    if frame.empty:
        raise Problem(WORDS["no_rows"])
    if "ax" in words:
        raise Problem(WORDS["axes"])
    if words.get("multiple", "layer") != "layer":
        raise Problem(WORDS.fill("multiple", multiple=words["multiple"]))
    for word in words:
        if word not in (*takes, *FIELDS, "hue") and (near := did_you_mean(word, OURS, "", 0.75)):
            raise Problem(f'toggled() has no argument "{word}". {near}')
    for word in COLUMNS:
        column = words.get(word)
        if column is None:
            continue
        if not isinstance(column, str) and word not in ("x", "y", "hue"):
            continue  # the size of a dot
        if not isinstance(column, str):
            raise Problem(WORDS.fill("column", word=word))
        if column not in frame:
            raise Problem(_no_column(frame, column))
    axes_named = [words.get(word) for word in ("x", "y") if words.get(word)]
    if len(axes_named) < (1 if name in COUNTED else 2):
        raise Problem(WORDS.fill("both", name=name))


def _takes(draw: Any) -> Iterable[str]:
    try:
        return [*signature(draw).parameters]
    except (TypeError, ValueError):  # a class or function that tells nothing of itself
        return []


def _no_column(frame: pd.DataFrame, column: str) -> str:
    names = [str(name) for name in frame]
    near = did_you_mean(column, names, f"It has {', '.join(names)}.")
    return f'the frame has no column "{column}". {near}'


def _whose(frame: pd.DataFrame, words: dict[str, Any]) -> str:
    """The column that says whose a mark is: the hue, or what stands on an axis."""
    given = [words[word] for word in ("hue", "x", "y") if words.get(word)]
    held = [column for column in given if _holds_actors(frame[column])]
    if held:
        return held[0]
    words_of = [one for one in given if not pd.api.types.is_numeric_dtype(frame[one])]
    if words.get("hue"):
        return words["hue"]
    if words_of:
        return words_of[0]
    held = [f'hue="{name}"' for name in frame if _holds_actors(frame[name])]
    raise Problem(WORDS.fill("whose", hue=" or ".join(held) or 'hue="..."'))


def _named_in(rows: pd.DataFrame, by: str, words: dict[str, Any]) -> dict[str, Any]:
    """The words to seaborn, in which actors have the names that stand in the rows."""
    named = dict(words)
    for order, axes in (("order", ("x", "y")), ("hue_order", ("hue",))):
        if order in words and by in [words.get(axis) for axis in axes]:
            named[order] = [actors.name(actors.find(word)) for word in words[order]]
    return named


def _marks(call: plotted.Call) -> int:
    """How many bars and points it draws: lines, boxes and curves are few."""
    if call.name in (*plotted.ROWS, "swarmplot", "regplot", "residplot"):
        return len(call.held)
    if call.name == "barplot":
        return int(call.held.groupby(["_who", "_of", call.across]).ngroups)
    return 0


def _by_actor(frame: pd.DataFrame, by: str, section: str, col: str, about: str) -> pd.DataFrame:
    """The rows of actors, by their names, with their ISO3 as column _who, and whether they are
    late. about: the actor in whose row a message puts the figures of whoever has no box.
    """
    if col and col not in frame:
        raise Problem(_no_column(frame, col))
    name = f"{own_name(frame, 'frame')}."
    if mixed := _now_one_now_the_other(frame, by):
        raise Problem(mixed.replace("frame.", name))
    frame = frame[frame[by].notna()]
    texts = frame[by].astype(str)
    codes = {text: actors.known(text) for text in texts.unique()}
    if None in codes.values():
        raise actors.UnknownActor(_no_actors(frame, by, codes, about).replace("frame.", name))
    boxes = actors_offered(section)
    if absent := {word: code for word, code in codes.items() if code and code not in boxes}:
        raise Problem(_no_box(by, absent, section, about).replace("frame.", name))
    if "year" in frame:
        years = pd.to_numeric(frame["year"], errors="coerce")
        frame = frame.assign(year=years if years.notna().all() else frame["year"])
    who = texts.map(codes)
    columns = dict(_who=who, _late=came_after(frame), _word=texts)
    return frame.assign(**{by: who.map(actors.name)}, **columns)


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
        return WORDS.fill("both_sides", who=who, a=a, b=b, partner=partner)
    return ""


def _no_actors(frame: pd.DataFrame, by: str, codes: dict[str, str | None], about: str) -> str:
    """What is wrong with a column of actors, {its words: ISO3}, and how to mend it."""
    strange = [word for word, code in codes.items() if code is None]
    if blanks := [word for word in strange if not word.strip()]:
        blank, rest = int(frame[by].isin(blanks).sum()), _without(by, blanks)
        if blank == len(frame):
            return WORDS.fill("nobody", by=by, actor=examples.actor())
        return f"{blank} of {len(frame)} rows have no actor: keep the others with {rest}"
    named = [word for word, code in codes.items() if code in actors.EVERYBODY]
    if len(named) * 4 >= len(codes):
        rest = _without(by, strange) if len(strange) <= FEW else _query(by, f"in {named}")
        unknown = actors.unknown(strange[0])
        says = WORDS.fill("strange", by=by, unknown=unknown, rest=rest, **WORDS)
        lost = [word for word in strange if "Did you mean" not in actors.unknown(word)]
        return ". ".join([says, *(_kept(by, word, about) for word in lost[:1])])
    columns = [f'"{name}"' for name in frame if name != by and _holds_actors(frame[name])]
    needed = WORDS.fill("needed", **WORDS)
    which = f"this frame's column of actors is {' or '.join(columns)}" if columns else needed
    more = ", ..." if len(strange) > 2 else ""
    some = ", ".join(f'"{word}"' for word in strange[:2])
    return f'column "{by}" holds {"hardly any" if named else "no"} actors ({some}{more}): {which}'


def _kept(by: str, word: str, about: str) -> str:
    """How the figures of one who has no box are drawn all the same."""
    return WORDS.fill("kept", only=_query(by, f"== {word!r}"), actor=about)


def _no_box(by: str, absent: dict[str, str], section: str, about: str) -> str:
    """Whom a bar has no box for, of a column {its words: ISO3}, and how to do with or without."""
    never = {word: code for word, code in absent.items() if not box_for(section, [code])}
    first, *more = dict.fromkeys((never or absent).values())
    names = actors.name(first)
    if more:
        names = f"{names} and {len(more)} more"
    rest = f"leave such rows out: {_without(by, never or absent)}"
    remedy = rest if never else f"have one, {box_for(section, absent.values())}, or {rest}"
    kept = f". {_kept(by, [*never][0], about)}" if never else ""
    return f'the bar "{section}" has no box for {names}: {remedy}{kept}'


def _holds_actors(column: pd.Series) -> bool:
    words = [str(word) for word in column.dropna().unique() if str(word).strip()]
    return 2 * sum(actors.known(word) is not None for word in words) > len(words)


def _without(by: str, words: Iterable[str]) -> str:
    """The call that leaves out the rows of some actors, as they stand in a column."""
    values = [*words]
    return _query(by, f"!= {values[0]!r}" if len(values) == 1 else f"not in {values}")


def _query(by: str, is_what: str) -> str:
    column = by if by.isidentifier() else f"`{by}`"
    return f"frame.query({f'{column} {is_what}'!r})"


class _Plot:
    """A call of seaborn that is drawn for all actors or some, and its words.

    rows: those that are drawn; table: what is drawn of all, as columns _who, _late, _of, and those
    on the axes; after: whether all of it came after the article's day; blank: ISO3 of whom the
    frame has no figure.
    """

    # read off the drawing of all actors, the first that is made:
    parts: list[plotted.Segment]
    table: pd.DataFrame
    scale: float
    size: str  # "million", in which figures are told
    digits: int
    form: str
    by_year: bool

    def __init__(
        self,
        call: plotted.Call,
        needs: Sequence[str],
        unit: str,
        col: str,
        also: Any,
        size: Any,
        title: str,
    ) -> None:
        self.call, self.needs, self.unit, self.col, self.title = call, needs, unit, col, title
        self.also, self.figsize, self.by = also, size, call.by
        self.across, self.up, self.upright = call.across, call.up, call.upright
        self.rows, every = call.held, call.frame
        if self.rows.empty:
            raise Problem(WORDS.fill("no_figure", up=self.up, **WORDS))
        self.codes = dict(zip(every[self.by], every["_who"], strict=True))
        self.blank = [code for code in self.codes.values() if code not in {*self.rows["_who"]}]
        self.after = bool(self.rows["_late"].all())
        if self.unit == "USD bn" and self.rows[self.up].abs().max() > ALL_THE_WORLD:
            raise Problem(WORDS.fill("dollars", up=self.up))
        self.figure = self._drawn(call)
        silent = every[~every["_who"].isin([*(part.code for part in self.parts), *self.blank])]
        if len(silent):
            names, words = (silent[name].unique() for name in (self.by, "_word"))
            rest = _without(self.by, words)
            raise Problem(WORDS.fill("few", name=call.name, who=" and ".join(names), rest=rest))

    def again(self, shown: Collection[str] | None = None) -> Figure | None:
        """The figure of the call with the rows of these actors alone (None: of all); None where
        there are none.
        """
        call = self.call
        shown = [*self.codes.values(), *self.needs] if shown is None else [*shown]
        rows = call.frame[call.frame["_who"].isin(shown)]
        if not {*self.needs} <= {*shown} or rows[self.up].isna().all():
            return None
        return self._drawn(dataclasses.replace(call, frame=rows))

    def _drawn(self, call: plotted.Call) -> Figure:
        """The figure. For a phone it is drawn again in the room that all of it took, so that what
        `also` writes finds its place among lines that stay where they are.
        """
        figure = self._laid_out(call)
        again = self.also and is_narrow()
        return self._laid_out(call, figure.subplotpars) if again else figure

    def _laid_out(self, call: plotted.Call, room: SubplotParams | None = None) -> Figure:
        """The figure, drawn with its axes in some room; in the end they have all that is left
        beside their words.
        """
        panels = [*pd.unique(call.frame[self.col])] if self.col else [""]
        abreast = 1 if is_narrow() else min(ABREAST, len(panels))
        down = -(-len(panels) // abreast)
        with house_style():
            wide, high = self.figsize
            wide = min(wide, NARROW) if is_narrow() else wide
            figure = Figure(figsize=(wide, high * (1 + 0.7 * (down - 1))))
            grid = figure.subplots(down, abreast, sharex=True, sharey=True, squeeze=False)
            if room:
                sides = {name: getattr(room, name) for name in ("left", "right", "bottom", "top")}
                figure.subplots_adjust(**sides, hspace=room.hspace)
            axes = [*grid.ravel()]
            for ax in axes[len(panels) :]:
                ax.remove()
            for ax in axes[len(panels) - abreast : len(panels)]:  # some have none below them
                ax.tick_params(labelbottom=True)
            made = [self._parts(call, *place) for place in zip(axes, panels, strict=False)]
            parts = [part for some in made for part in some]
            if call is self.call:
                self._read(parts)
            for ax, panel, some in zip(axes, panels, made, strict=False):
                self._finish(ax, str(panel), some)
                if self.also:
                    self.also(ax)
            if self._has_room(parts):
                ends = plotted.end_labels(parts, self.needs, self._end_label)
                labels.label_ends(axes[0], ends, past=style.ARTICLE)
            else:
                self._add_legend(axes[abreast - 1], call)
            figure.tight_layout()
        return figure

    def _parts(self, call: plotted.Call, ax: Axes, panel: Any) -> list[plotted.Segment]:
        """What is drawn on an axes, of the rows of a panel where there are several."""
        if not self.col:
            return call.parts(ax)
        parts = call.parts(ax, call.frame[self.col] == panel)
        texts = [", ".join(filter(None, [str(panel), part.of])) for part in parts]
        return [part._replace(of=of) for part, of in zip(parts, texts, strict=True)]

    def _has_room(self, parts: Sequence[plotted.Segment]) -> bool:
        """Whether labels stand at its lines: one an actor, that differ by nothing else."""
        of_actors = self.call.hue == self.by != self.across and self.upright and not self.col
        single = all(len(part.telling) == 1 for part in parts)
        return self.call.name in plotted.LINES and of_actors and single

    def _read(self, parts: list[plotted.Segment]) -> None:
        """What is drawn of all, and in what digits it is told."""
        self.parts = parts
        tables = []
        for part in parts:
            rows = part.figures.assign(_who=part.code, _of=part.of or part.figures["_of"])
            tables.append(rows[rows["_late"].astype(bool)] if part.since else rows)
        self.table = pd.concat(tables, ignore_index=True)
        largest = self.table[self.up].abs().max()
        self.scale, self.size = _scale(largest)
        scaled = largest / self.scale
        whole = pd.api.types.is_integer_dtype(self.table[self.up])
        needed = max(0, 2 - int(np.floor(np.log10(scaled)))) if scaled else 0
        self.digits = 0 if whole else needed
        each = not self.table.duplicated(["_who", self.across]).any() if self.across else False
        self.by_year = self.across == "year" and not self.col and each
        self.form = f"{{:,.{self.digits}f}}"

    # What is drawn

    def _finish(self, ax: Axes, panel: str, parts: Sequence[plotted.Segment]) -> None:
        """Have the marks of an axes follow the bar and tell their figures, in the house style."""
        for part in parts:
            for artist, tell in zip(part.artists, self._tells(part), strict=True):
                when = dict(since=part.since, then=part.then)
                marks.tag(artist, part.code, *self.needs, **when, tell=tell)
        marks.heading(ax, panel)
        ax.grid(False)
        ax.grid(axis="y" if self.upright or not self.across else "x", color=GRID)
        axis = ax.xaxis if self.upright else ax.yaxis
        named = isinstance(axis.units, UnitData)
        if self.call.name == "residplot" and ax.get_ylabel():
            ax.set_ylabel(self.measure)
        if self.across == "year" and self.upright and not named:
            self._year_axis(ax, parts)
        elif named and self.across in ("year", self.by):
            self._tag_names(ax, axis)
        self._name_unit(ax)

    def _tells(self, part: plotted.Segment) -> Iterator[str]:
        """What each mark of a part tells where somebody points at it."""
        name, figures = ", ".join(filter(None, [actors.name(part.code), part.of])), part.figures
        counts = {id(artist): len(plotted.coordinates(artist)) for artist in part.telling}
        if sum(counts.values()) != len(figures) or not counts:  # a fit, a box, a curve, or several
            yield f"{name}: {self._few(figures)}"
            yield from [""] * (len(part.artists) - 1)
            return
        start = 0
        for artist in part.artists:
            count = counts.get(id(artist), 0)
            yield self._tell(name, figures[start : start + count]) if count else ""
            start += count

    def _tell(self, name: str, figures: pd.DataFrame) -> str:
        places = self._places(figures)
        amounts = [cell(float(figure)) for figure in figures[self.up]]
        if len(amounts) > 1 and all(places):
            pairs = zip(places, amounts, strict=True)
            points = (f"{where.replace(' ', NBSP)} {amount}" for where, amount in pairs)
            return "|".join([name, tr(self.unit), *points])
        if len(amounts) > 1:
            return f"{name}: {self._few(figures)}"
        return f"{', '.join(filter(None, [name, *places]))}: {amounts[0]} {tr(self.unit)}".rstrip()

    def _places(self, figures: pd.DataFrame) -> list[str]:
        """What stands where each figure does along the axis that is no measure, in words."""
        if self.across in ("", self.by):
            return [""] * len(figures)
        values = figures[self.across]
        if not pd.api.types.is_numeric_dtype(values):
            return [str(value)[:10] for value in values]
        if self.across == "year" or self.call.name not in (*PLAIN, *plotted.CURVES):
            return [f"{value:g}" for value in values]
        return [f"{tr(self.across)} {cell(float(value))}" for value in values]

    def _year_axis(self, ax: Axes, parts: Sequence[plotted.Segment]) -> None:
        """Whole years on the x axis, later ones tagged."""
        years = self.table["year"].min(), self.table["year"].max()
        artists = [artist for part in parts for artist in part.telling]
        only_lines = all(
            plotted.is_unmarked(artist) for artist in artists if hasattr(artist, "get_marker")
        )
        bare = self.call.name == "lineplot" and only_lines and years[0] < years[1]
        first, last = years if bare else ax.get_xlim()
        room = YEARS_AN_INCH * self.figsize[0] * 0.6 / ABREAST  # of the narrowest panel
        steps = [step for step in STEPS if step * room >= last - first]
        marks.year_axis(ax, first, last, steps[0] if self.col and steps else None)
        if years[0] < style.ARTICLE < years[1] and not self.after:
            marks.article_line(ax, "" if self.col else article.current().month, y=1)

    def _tag_names(self, ax: Axes, axis: Axis) -> None:
        """Years and actors that stand on an axis as words follow the bar, too."""
        ticks: list[Any] = axis.get_major_ticks()
        axis.get_ticklabels()  # has all of them written, those of inner panels too
        texts = [tick.label1.get_text() for tick in ticks]
        ticks_by_name = dict(zip(texts, ticks, strict=True))
        for value, rows in self.table.groupby(self.across, sort=False):
            tick = ticks_by_name.get(str(value))
            if tick is not None:
                codes = rows["_who"].unique() if self.by == self.across else []
                marks.tag(tick.label1, *codes, *self.needs, since=bool(rows["_late"].all()))
        if not self.upright:
            return
        if self.across == "year":
            inches = ax.get_window_extent().width / ax.figure.dpi
            every = np.ceil(len(ticks) / (YEARS_AN_INCH * inches))
            for number, tick in enumerate(ticks):
                if number % every:
                    tick.label1.set_visible(False)
        elif len(ticks) > (NAMES // 2 if is_narrow() else NAMES) or self.col:
            for tick in ticks:
                tick.label1.set(rotation=35, ha="right", rotation_mode="anchor")

    def _name_unit(self, ax: Axes) -> None:
        """The unit stands at the axis of the figures, where its label does not name it, and how
        large they are; so it does at the other axis, where that is of figures, too.
        """
        on_y = self.upright
        axes = (ax.yaxis, ax.xaxis) if on_y else (ax.xaxis, ax.yaxis)
        for axis, column, unit_of_axis in zip(
            axes, (self.up, self.across), (self.unit, ""), strict=True
        ):
            if not column:
                continue
            values = self.rows[column]
            figures = pd.api.types.is_numeric_dtype(values) and column != "year"
            least_large = 1000 if column == self.up else 10_000  # or it may be a year
            size = _scale_axis(axis, *_scale(values.abs().max()), least_large) if figures else ""
            named_as = self.title if axis.get_label_text() == self.up else axis.get_label_text()
            label, unit = _spelt(named_as), re.escape(unit_of_axis)
            if not unit or re.search(rf"(?<!\w){unit}(?!\w)", label, re.IGNORECASE):
                label = f"{label}, {tr(size)}".strip(", ")
            else:
                named = label in unit_of_axis.split()
                unit = f"{tr(size)} {tr(unit_of_axis)}".strip()
                label = unit if named else f"{label}, {unit}".removeprefix(", ")
            axis.set_label_text(label)

    def _add_legend(self, ax: Axes, call: plotted.Call) -> None:
        """A legend beside the plot, on a phone below it, where it covers no mark. It names actors,
        as the bar does.
        """
        if call.words.get("legend") is False or self.by == self.across == (call.hue or self.by):
            return
        title, handles, texts = call.legend()
        if not handles:
            return
        codes = [self.codes.get(text) if call.own_colours else None for text in texts]
        look: marks.Look = dict(bbox_to_anchor=(1, 1), loc="upper left", frameon=False, title=title)
        look |= dict(alignment="left", ncols=int(np.ceil(len(texts) / ROWS)))
        if is_narrow():
            look |= dict(bbox_to_anchor=(0, -0.12), ncols=2)  # below it
        legend: Any = ax.legend(handles, texts, **look)
        shown = zip(codes, legend.get_texts(), legend.legend_handles, strict=True)
        for code, text, handle in shown:
            if code:
                since = bool(self.rows["_late"][self.rows["_who"] == code].all())
                for artist in (text, handle):
                    marks.tag(artist, code, *self.needs, since=since)

    # What is said

    def _end_label(self, code: str, *ends: plotted.Point) -> list[str]:
        """The label at the end of a line, now and then; with the year, where others go on or it is
        not the last that was known on the article's day.
        """
        timed = self.across == "year" and self.call.name == "lineplot"
        years = self.table["year"] if timed else pd.Series(dtype=float)
        lasts, words = (years.max(), years[years <= style.THEN].max()), list[str]()
        for (year, figure), last in zip(ends, lasts, strict=True):
            is_dated = timed and not year == last == style.THEN
            stop = f" ({year:.0f})" if is_dated else ""
            number = numerals(self.form.format(figure / self.scale))
            amount = f"{number} {tr(self.size)}".rstrip()
            words.append(f"{actors.name(code)} {amount}{stop}")
        return words

    def head(self, title: str, known: bool) -> dict[str, str]:
        """Title, subtitle and lead: what is shown, of whom and when, and for how many rows a mark
        stands. title: the reader's own, if any; known: of what was known on the article's day.
        """
        rows = self.rows[~self.rows["_late"].astype(bool)] if known else self.rows
        timed = len(rows) and "year" in rows and pd.api.types.is_numeric_dtype(rows["year"])
        years = rows["year"].agg(["min", "max"]) if timed else ()
        span = "-".join(dict.fromkeys(f"{year:.0f}" for year in years))
        shown = ", ".join(filter(None, [self.words, span]))
        after = WORDS.fill("after", known=article.current().month) if self.after else ""
        behind = self._behind(rows if len(rows) else self.rows)
        share = WORDS["a_share"] if units.seem_shares(self.unit, self.rows[self.up]) else ""
        remarks = "; ".join(filter(None, [behind, self.lacking(), after, share]))
        below = capital(f"{remarks}.") if remarks else ""
        if not title:
            return dict(title=shown, subtitle=below, lead=f"{shown}. {below}".strip())
        subtitle = ": ".join(filter(None, [shown, remarks]))
        return dict(title=title, subtitle=subtitle, lead=f"{title}. {below}".strip())

    def _behind(self, rows: pd.DataFrame) -> str:
        """For how many rows of the frame a mark stands, in words; "" where each has its own."""
        if self.call.estimator is None:
            return ""
        apart = [self.call.words.get(word) for word in plotted.SEMANTICS]
        keys = ["_who", self.across, "_of", *filter(None, [self.col, *apart])]
        counts = rows.groupby([*dict.fromkeys(keys)], observed=True).size()
        if not counts.max() > 1:
            return ""
        mean = self.call.estimator == "mean" and not self.call.words.get("weights")
        most = f"{counts.max():.0f}"
        if counts.min() != counts.max():
            most = tr("up to {figure}", figure=most)
        if mean:
            return tr("each mark is the mean of {count} rows of the table", count=most)
        return tr("each mark stands for {count} rows of the table", count=most)

    def lacking(self) -> str:
        """Of whom the frame has no figure, in words; "" where it has one of each."""
        few, more = ", ".join(map(actors.name, self.blank[:FEW])), len(self.blank) - FEW
        if few and more > 0:
            return tr("no figure for {names} and {count} more", names=few, count=more)
        return few and tr("no figure for {names}", names=few)

    @property
    def measure(self) -> str:
        """What is measured, in words."""
        return (
            WORDS.fill("residual", up=self.title) if self.call.name == "residplot" else self.title
        )

    @property
    def words(self) -> str:
        """What is shown, and of whom."""
        by = [column for column in (self.across, self.by, self.col) if column not in ("", "year")]
        return capital(
            _spelt(
                tr(
                    "{measure} by {what}",
                    measure=tr("rank") if self.up == "rank" else self.measure,
                    what=tr(" and ").join(map(tr, dict.fromkeys(by))),
                ).replace("_", " ")
            )
        )

    def said(self) -> Iterator[sentences.Sentence]:
        """The picture in words, from the figures drawn."""
        for code, rows in self.table.groupby("_who", sort=False):
            who, name = (str(code), *self.needs), actors.name(str(code))
            if self.by_year:
                years = sorted(rows["year"].astype(int))
                known = [year for year in years if year <= style.THEN]
                years_told = sorted({years[0], *known[-1:], years[-1]})
                words = rows.assign(_words=rows[self.up].map(self._figure_with_unit))
                yield from sentences.year_sentence(who, name, words, "_words", years_told, "{}")
                continue
            late = rows["_late"].astype(bool)
            turns = [part for part in self.parts if part.code == code and part.turns and part.since]
            early = self._few(rows[~late]) if not late.all() else ""
            after = self._few(rows[late]) if late.any() else ""
            if turns and self.call.estimator is None:
                every = pd.concat(part.figures for part in turns)
                after = WORDS.fill("all_of_them", figures=self._few(every))
            yield from sentences.then_and_since(who, name, early, after)

    def _figure_with_unit(self, figure: float) -> str:
        """A figure with its unit; one that is not nought has digits that are not. A place among
        others has none: "rank 4".
        """
        if self.unit in ("rank", tr("rank")) and not figure % 1:
            return units.format_long(figure, "rank")
        scaled = figure / self.scale
        form = enough_digits(self.form, scaled, [0])
        number = numerals(form.format(scaled))
        return " ".join(filter(None, [number, tr(self.size), tr(self.unit)]))

    def _few(self, rows: pd.DataFrame) -> str:
        """Figures one by one, or where they are many, from which to which."""
        figures = [self._figure_with_unit(figure) for figure in rows[self.up]]
        if len(figures) > FEW:
            low, high, middle = map(
                self._figure_with_unit, rows[self.up].agg(["min", "max", "median"])
            )
            half = WORDS.fill("half", middle=middle) if self.call.name in HALVED else ""
            return tr(
                "{count} figures from {low} to {high}{half}",
                count=len(figures),
                low=low,
                high=high,
                half=half,
            )
        pairs = zip(rows["_of"], self._places(rows), strict=True)
        words = (", ".join(filter(None, pair)) for pair in pairs)
        told = zip(figures, words, strict=True)
        return ", ".join(f"{amount} ({where})" if where else amount for amount, where in told)

    def behind_it(self) -> dict[str, Any]:
        """The figures behind it, years with a column an actor or row by row, and its own key."""
        words = [
            (word, value) for word, value in self.call.words.items() if isinstance(value, str | int)
        ]
        parts = [self.call.name, self.col, sorted(words), self.table.to_csv()]
        number = zlib.crc32(repr(parts).encode())
        fields: dict[str, Any] = dict(key=sentences.slug("own", self.up, self.by, f"{number:08x}"))
        if self.by_year and self.call.name != "residplot":
            years = self.table.astype({"year": int})
            return fields | dict(table=sentences.by_year(years, "_who", self.up, self.digits + 1))
        table = self.rows.assign(**{self.by: self.rows["_who"]})
        table = table.drop(columns=["_who", "_late", "_of", "_word"])
        return fields | dict(table=table, table_actors=[self.by])


def _scale(largest: float) -> tuple[float, str]:
    """In what figures are told of which this is the largest: (1e9, "billion"); (1, "") as they
    are.
    """
    return next(((by, word) for by, word in SCALES.items() if largest >= by), (1, ""))


def _scale_axis(axis: Axis, scale: float, size: str, least: float) -> str:
    """Have an axis tell its figures by the million, billion or trillion, and none as 1e10; with
    commas from `least` on. Returns that word; "" where they are told as they are, or by a formatter
    of the reader's own.
    """
    form = axis.get_major_formatter()
    if not isinstance(form, ScalarFormatter):
        return ""
    form.set_scientific(False)
    form.set_useOffset(False)
    low, high = axis.get_view_interval()
    if size or max(abs(low), abs(high)) >= least:
        axis.set_major_formatter(lambda at, _: with_minus(numerals(f"{at / scale:,g}")))
    return size


def _title_of(column: str, tables: Sequence[str]) -> str:
    """What a column is called in the first of these tables that has it; else its own name."""
    titles = (evidence.describe_column(name, column).get("title", "") for name in tables)
    return next(filter(None, titles), column)


def _spelt(words: str) -> str:
    """Words of a column's name with their capitals."""
    return re.sub(r"\b(tiv|usd|gdp)\b", lambda one: one[0].upper(), words)
