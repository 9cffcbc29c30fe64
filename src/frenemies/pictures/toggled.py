"""A plain seaborn plot as a Picture: its marks tagged by actor, with words, table and source."""

import sys
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from frenemies import evidence, registry
from frenemies.errors import Problem, did_you_mean
from frenemies.evidence import actors
from frenemies.pictures import labels, marks, plotted, sentences
from frenemies.pictures.picture import Picture
from frenemies.pictures.style import ARTICLE, GRID, THEN
from frenemies.pictures.table import cell
from frenemies.pictures.table import late as came_after

NBSP = "\u00a0"
FEW = 5  # figures of an actor that the picture in words tells one by one


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
) -> Picture:
    """A plain seaborn plot as a Picture that follows the actor bar of a section.

    `fr.toggled(sns.lineplot(frame, x="year", y="share", hue="partner"), frame, "partner",
    tables=["economic/trade"])`. It takes what seaborn's lineplot, barplot, pointplot, scatterplot
    and stripplot draw, error bars and legend included, from a long frame.

    plot: the Axes, or a Figure of several that draw the same frame; frame: what was drawn, a row a
    figure; by: its column of actors (ISO3, names or aliases), which is the hue or stands on an
    axis. Where that column alone gives the colour, marks take the actors' own.
    tables: those of data/ that are credited; source: the credit in words, for figures from
    elsewhere. title: a finding (default: the title drawn, else what is shown); unit: of the
    figures, in words. x, y: the columns on the two axes, where their labels say something else.
    others: actors without whom nothing of it is told, such as the reporter. fields: more fields of
    Picture, such as subtitle, cannot, or shown.

    A mark is of later than August 2019 where one of its rows has a later `year`, `month` or
    `date`. What was drawn
    besides the marks, such as a line of `ax.axhline`, stays as it is. Raises Problem, UnknownActor,
    DataError.
    """
    axes = _axes(plot)
    rows = _by_actor(frame, by, section)
    credit = "; ".join(filter(None, [evidence.source(*tables), source]))
    if not credit:
        raise Problem('say where the figures come from: tables=["economic/trade"], or source="..."')
    needs = tuple(actors.find(word) for word in others)
    plots = [plotted.Plot(ax, rows, by, (x, y)) for ax in axes]
    title = title or axes[0].get_title() or _title(plots[0])
    for drawn in plots:
        _follow(drawn, needs, unit)
    figure: Any = axes[0].figure
    figure.tight_layout()
    if "matplotlib.pyplot" in sys.modules:  # else a notebook shows the figure a second time
        sys.modules["matplotlib.pyplot"].close(figure)
    own = dict(title=title, subtitle="", lead=f"{title}.", source=credit, figure=figure)
    own |= dict(sentences=[one for plot in plots for one in _said(plot, needs, unit)])
    own |= _table(plots) | dict(key=_key(plots))
    return Picture(section=section, **(own | fields))


def _axes(plot: Any) -> list[Axes]:
    axes = [*np.ravel(np.array(getattr(plot, "axes", plot), dtype=object))]
    if not axes or not all(isinstance(ax, Axes) for ax in axes):
        raise Problem(f"toggled() takes the Axes that a plot returns, not {type(plot).__name__}")
    if marks.tagged(axes[0].figure):
        raise Problem("this plot is toggled already: draw it anew in the cell that toggles it")
    return axes


def _by_actor(frame: pd.DataFrame, by: str, section: str) -> pd.DataFrame:
    """The rows of actors, with their ISO3 as column who, and whether they are late."""
    if by not in frame:
        near = did_you_mean(by, [str(name) for name in frame], f"It has {', '.join(frame)}.")
        raise Problem(f'the frame has no column "{by}". {near}')
    frame = frame[frame[by].notna()]
    texts = frame[by].astype(str)
    try:
        codes = {text: actors.find(text) for text in texts.unique()}
    except actors.UnknownActor as error:
        raise actors.UnknownActor(f'column "{by}": {error}') from None
    for code in codes.values():
        if code in registry.bar(section).absent:
            remedy = "leave its rows out, or name another section"
            raise Problem(f'the bar "{section}" has no box for {actors.name(code)}: {remedy}')
    return frame.assign(**{by: texts}, who=texts.map(codes), late=came_after(frame))


def _follow(plot: plotted.Plot, needs: tuple[str, ...], unit: str) -> None:
    """Have the marks of a plot follow the bar, in their actors' colours, and tell their figures."""
    ax, ends = plot.ax, dict[str, list[plotted.Piece]]()
    for piece in plot.pieces:
        _dress(plot, piece)
        tell = _tell(plot, piece, unit) if piece.shows != "spread" else ""
        marks.tag(piece.artist, piece.code, *needs, since=piece.late, tell=tell)
        if piece.shows == "line" and plot.by != plot.across and plot.upright:
            ends.setdefault(piece.code, []).append(piece)
    ax.set_title("")
    ax.tick_params(left=False)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.grid(axis="y" if plot.upright else "x", color=GRID)
    ax.set_axisbelow(True)
    _tag_axis(plot, needs)
    _tag_legend(plot, needs, bool(ends))
    labels.label_ends(ax, [_label(plot, pieces, needs) for pieces in ends.values()])


def _dress(plot: plotted.Plot, piece: plotted.Piece) -> None:
    artist, beside_bar = piece.artist, piece.shows == "spread" and plot.bars
    if plot.own_colours and not beside_bar:
        plotted.recolour(artist, actors.colour(piece.code))
        if piece.shows == "line" and artist.get_linestyle() == "-":
            artist.set_linestyle(actors.dash(piece.code))
    if piece.shows == "line" and len(piece.points) == 1 and artist.get_marker() in plotted.UNMARKED:
        artist.set(marker="o", markersize=4)  # one point is no line
    if piece.shows == "spread" and not isinstance(artist, Line2D | LineCollection):
        artist.set_linewidth(0)  # no edge where a band is cut in two
    if piece.late:
        artist.set_alpha(marks.LATE * (artist.get_alpha() or 1))


def _when(plot: plotted.Plot, place: float) -> str:
    """What stands at a place along the axis that is no measure, in words."""
    if plot.by == plot.across:
        return ""
    value = plot.rows[plot.across].iloc[(plot.rows["place"] - place).abs().argmin()]
    figure = pd.api.types.is_number(value) and plot.across != "year" and not plot.named
    return f"{plot.across} {cell(float(value))}" if figure else str(value)


def _tell(plot: plotted.Plot, piece: plotted.Piece, unit: str) -> str:
    """What a mark tells where somebody points at it."""
    name = actors.name(piece.code)
    much = [cell(float(point[int(plot.upright)])) for point in piece.points]
    when = [_when(plot, point[int(not plot.upright)]) for point in piece.points]
    if len(much) == 1:
        return f"{', '.join(filter(None, [name, *when]))}: {much[0]} {unit}".rstrip()
    told = (f"{at.replace(' ', NBSP)} {one}" for at, one in zip(when, much, strict=True))
    return "|".join([name, unit, *told])


def _tag_axis(plot: plotted.Plot, needs: tuple[str, ...]) -> None:
    """Whole years on an axis, those after the article tagged; actors on it tagged by their own."""
    ax, ticks = plot.ax, plot.axis.get_major_ticks()
    if plot.across == "year" and plot.upright and not plot.named:
        said = ax.get_xlabel(), ax.get_ylabel()
        years = plot.rows["year"].min(), plot.rows["year"].max()
        lines = all(piece.shows != "figure" for piece in plot.pieces) and years[0] < years[1]
        marks.year_axis(ax, *(years if lines else ax.get_xlim()))
        ax.set(xlabel=said[0], ylabel=said[1])
        if years[0] < ARTICLE < years[1]:
            marks.article_line(ax, "August 2019")
    elif plot.named and plot.across in ("year", plot.by):
        for tick, place in zip(ticks, plot.axis.get_ticklocs(), strict=True):
            rows = plot.rows[plot.rows["place"] == place]
            whose = [] if plot.across == "year" else [*rows["who"].unique()]
            late = rows["late"].all() if plot.across == "year" else _is_late(plot, *whose)
            marks.tag(tick.label1, *whose, *needs, since=bool(late))


def _is_late(plot: plotted.Plot, *codes: str) -> bool:
    """Whether all that is drawn of some actors is of later than August 2019."""
    return all(piece.late for piece in plot.pieces if piece.code in codes)


def _tag_legend(plot: plotted.Plot, needs: tuple[str, ...], at_the_line: bool) -> None:
    """A legend's words and marks follow the bar; none is left where labels stand at the lines."""
    legend, codes = (
        plot.ax.get_legend(),
        dict(zip(plot.rows[plot.by], plot.rows["who"], strict=True)),
    )
    if legend is None or not plot.hues:
        return
    if at_the_line and all(text.get_text() in codes for text in legend.get_texts()):
        legend.remove()
        return
    for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True):
        if code := codes.get(text.get_text()):
            plotted.recolour(handle, actors.colour(code))
            for artist in (text, handle):
                marks.tag(artist, code, *needs, since=_is_late(plot, code))


def _label(plot: plotted.Plot, pieces: list[plotted.Piece], needs: tuple[str, ...]) -> marks.Label:
    """The label at the end of an actor's lines: what it is now, and what it was in August 2019."""
    code, form = pieces[0].code, f"{{:,.{_digits(plot)}f}}"
    late, then = (_end(pieces, since) for since in (True, False))
    both = [late if late is not None else then, then]
    across, up = zip(*((0, 0) if end is None else end for end in both), strict=True)
    words = ["" if end is None else f"{actors.name(code)} {form.format(end[1])}" for end in both]
    return marks.Label((code, *needs), across, up, tuple(words), actors.colour(code))


def _end(pieces: list[plotted.Piece], late: bool) -> np.ndarray | None:
    points = [point for piece in pieces if piece.late == late for point in piece.points]
    return max(
        (point for point in points if np.isfinite(point).all()),
        key=lambda one: one[0],
        default=None,
    )


def _digits(plot: plotted.Plot) -> int:
    """As many decimals as leave three digits of the largest figure."""
    largest = plot.rows[plot.up].abs().max()
    return max(0, 2 - int(np.floor(np.log10(largest)))) if largest else 0


def _title(plot: plotted.Plot) -> str:
    """What is shown, of whom and when."""
    years = plot.rows.get("year", pd.Series(dtype=int))
    span = dict.fromkeys(f"{year:.0f}" for year in (years.min(), years.max())) if len(years) else ()
    by = [one for one in (plot.across, plot.by) if one not in ("year", plot.up)]
    words = f"{plot.up} by {' and '.join(dict.fromkeys(by))}".replace("_", " ")
    return ", ".join(filter(None, [words[:1].upper() + words[1:], "-".join(span)]))


def _table(plots: list[plotted.Plot]) -> dict[str, Any]:
    """The figures behind it: years with a column an actor, else row by row."""
    plot, frame = plots[0], plots[0].rows
    if len(plots) == 1 and plot.across == "year":
        means = frame.astype({"year": int}).groupby(["who", "year"], as_index=False, sort=False)
        wide = sentences.by_year(means[plot.up].mean(), "who", plot.up, _digits(plot) + 1)
        return dict(table=wide)
    shown = [plot.by, *(name for one in plots for name in (one.across, one.up))]
    shown += [name for name in ("year", "month", "date") if name in frame]
    return dict(
        table=frame.assign(**{plot.by: frame["who"]})[[*dict.fromkeys(shown)]],
        table_actors=[plot.by],
    )


def _said(plot: plotted.Plot, needs: tuple[str, ...], unit: str) -> Iterator[sentences.Sentence]:
    """The picture in words."""
    form = f"{{:,.{_digits(plot)}f}} {unit}".rstrip()
    if plot.across != "year":
        yield from _each(plot, needs, form)
        return
    means = plot.rows.astype({"year": int}).groupby(["who", "year"], as_index=False)[plot.up].mean()
    for code in plot.rows["who"].unique():
        years = [*means["year"][means["who"] == code]]
        early = [year for year in years if year <= THEN]
        told = sorted({years[0], *early[-1:], years[-1]})
        rows = means[means["who"] == code]
        yield from sentences.told((code, *needs), actors.name(code), rows, plot.up, told, form)


def _each(plot: plotted.Plot, needs: tuple[str, ...], form: str) -> Iterator[sentences.Sentence]:
    """The figures of each actor, one by one where they are few."""
    for (code, late), rows in plot.rows.groupby(["who", "late"], sort=False):
        figures = [form.format(figure) for figure in rows[plot.up].sort_values()]
        if len(figures) <= FEW:
            pairs = zip(map(form.format, rows[plot.up]), rows["place"], strict=True)
            told = ((much, _when(plot, place)) for much, place in pairs)
            text = ", ".join(f"{much} ({when})" if when else much for much, when in told)
        else:
            text = f"{len(figures)} figures from {figures[0]} to {figures[-1]}"
        words = ("", text) if late else (text, "")
        yield from sentences.then_and_since((code, *needs), actors.name(code), *words)


def _key(plots: list[plotted.Plot]) -> str:
    """A key that no other plot has."""
    drawn = [
        [(type(one.artist).__name__, one.points.tolist()) for one in plot.pieces] for plot in plots
    ]
    return sentences.slug(
        "own", plots[0].up, plots[0].by, f"{zlib.crc32(repr(drawn).encode()):08x}"
    )
