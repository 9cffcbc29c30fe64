"""The readings of a claim as a specification curve: a mark each by its figure, below it what it
chooses, and a switch for each choice.
"""

import itertools
import textwrap
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import seaborn as sns
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from heldto import claims
from heldto.claims import ledger, readings_table, units
from heldto.claims.listed import section_of
from heldto.errors import NotHeld, Problem
from heldto.pictures import INK, Picture, canvas, house_style, tag, thresholds
from heldto.pictures.style import is_narrow, narrowed
from heldto.text.words import capital, unbroken
from heldto.toggles.bar import followed
from heldto.toggles.views import Explore, controls

ALL = "all"
MARKERS = {"holds": "o", "partly": "D", "fails": "X"}  # told apart in grey
LOOK: dict[str, Any] = dict(x="place", hue="verdict", style="verdict", units="place")
LOOK |= dict(palette=claims.COLOURS, markers=MARKERS, dashes=False, estimator=None, linewidth=0)
LOOK |= dict(markeredgewidth=0.4, legend="brief")
ROW, PHONE_ROW = 0.165, 0.185  # inches that a line of the grid takes, and on a phone
LETTERS, PHONE_LETTERS = 42, 24  # how long its words may be


class GridLine(NamedTuple):
    """A line of the grid: its words, its place, and of an option its letter and whether it is
    late.
    """

    words: str
    y: float
    letter: str = ""
    late: bool = False


def curve(claim: str, /, **chosen: str) -> Picture:
    """The readings of a claim as a picture: all, or those that share some options.

    chosen: of a dimension the label of an option, or "all". Raises UnknownClaim; Problem where
    there are none; NotHeld where none can be worked out.
    """
    rule, options = claims.rule_of(claim), readings_table.all_options(claim)
    rows = readings_table.in_order(claim).reset_index(names="number")
    if rows.empty:
        raise NotHeld(f"no figure for any reading of {rule.claim}")
    taken = [option for option in options if chosen.get(option["dimension"]) == option["label"]]
    for option in taken:
        rows = rows[rows["letters"].str.contains(option["letter"])]
    if rows.empty:
        raise Problem("no reading takes all of these: choose “all” in one of them")
    tips = [_tooltip(row, options, rule.unit) for row in rows.itertuples()]
    rows = rows.assign(place=range(len(rows)), tell=tips)
    with house_style():
        figure = _drawn(rows, options, rule)
    suffix = f", with {', '.join(option['label'] for option in taken)}" if taken else ""
    rows_then, whole_tally = rows[~rows["late"].astype(bool)], readings_table.tally_rows(rows)
    tally, then = (
        f"{rule.claim}{suffix}: {readings_table.tally_rows(frame).words()}"
        for frame in (rows, rows_then)
    )
    whose = ("since",) if rows["late"].any() else ()
    mean = "; for two books their mean" if ledger.judge(claim, "then").finding.reporters else ""
    by_figure = rows["on_scale"].any()
    unit = rule.unit.split(";")[-1]  # of several parts the last
    measure = f"figure ({unit}{mean})" if by_figure else "verdict"
    edges = ". Broken lines: where the ledger’s rule changes its verdict" if by_figure else ""
    picture = Picture(
        key="-".join(["readings", rule.claim.lower(), *(option["letter"] for option in taken)]),
        section=followed(section_of(claim)),
        title=tally,
        subtitle=f"Each mark is a reading, at its {measure}; its choices are below it{edges}",
        figure=figure,
        narrow=partial(_for_a_phone, rows, options, rule),
        lead=" ".join([f"{tally}.", *whole_tally.more()]),
        then={"title": then, "lead": f"{then}."},
        sentences=[(whose, _sentence(option, rows)) for option in options],
        table=_readings_in_words(rows, options),
        table_actors=["known"],
        source=ledger.judge(claim, "then").sources,
        cannot=f"how likely the claim is. {readings_table.NO_PROBABILITY}",
    )
    picture.needs, picture.compares = [], False  # its marks belong to readings, and to no actor
    return picture


def _tooltip(row: Any, options: list[readings_table.Option], unit: str) -> str:
    """What the marks of a reading tell."""
    labels = ", ".join(option["label"] for option in options if option["letter"] in row.letters)
    figure = f" {units.format_short(row.figure, unit)}," if row.on_scale else ""
    return f"Reading {row.number + 1}:{figure} {row.verdict} ({labels})"


def _sentence(option: readings_table.Option, rows: pd.DataFrame) -> str:
    """How the readings that share an option come out."""
    shared = rows[rows["letters"].str.contains(option["letter"])]
    return f"With {option['label']}: {readings_table.tally_rows(shared).words()}."


def _readings_in_words(rows: pd.DataFrame, options: list[readings_table.Option]) -> pd.DataFrame:
    """Each reading in words."""
    vintages = rows["late"].map({True: "since", False: "then"})
    own = rows["own"].map({True: "the ledger’s own", False: ""})
    table = rows[["figure", "verdict"]].assign(known=vintages, own=own)
    table.insert(0, "no.", rows["number"] + 1)
    for dimension, of_dimension in itertools.groupby(options, itemgetter("dimension")):
        words = {option["option"]: option["label"] for option in of_dimension}
        table.insert(len(table.columns) - 4, dimension, rows[dimension].map(words))
    return table


def _for_a_phone(
    rows: pd.DataFrame, options: list[readings_table.Option], rule: claims.Rule
) -> Figure:
    """The curve on a narrower sheet."""
    with house_style(), narrowed():
        return _drawn(rows, options, rule)


def _drawn(rows: pd.DataFrame, options: list[readings_table.Option], rule: claims.Rule) -> Figure:
    """The curve, and below it the grid of choices."""
    (lines, down), small = _layout(options), 8.5 if is_narrow() else 8
    deep = down * (PHONE_ROW if is_narrow() else ROW)
    ratio = dict(height_ratios=[2.2, deep], hspace=0.04)
    size: Any = dict(height=2.5 + deep, left=2.75, right=0.1, top=0.25, bottom=0.1)
    size["narrow"] = {"left": 1.75}
    figure, (top, grid) = canvas(rows=2, sharex=True, gridspec_kw=ratio, **size)
    _points(top, grid, rows.assign(y=_heights(top, rows, rule)), lines)
    grid.set(ylim=(down - 0.4, -0.7), xticks=[])
    grid.set_yticks([line.y for line in lines], [line.words for line in lines], fontsize=small)
    for line, words in zip(lines, grid.get_yticklabels(), strict=True):
        words.set(color=INK, fontweight="normal" if line.letter else "bold")
        if line.late:
            tag(words, since=True)
    for reading in rows[rows["own"]].itertuples():
        side = "left" if reading.place < len(rows) / 2 else "right"
        above: Any = dict(xycoords=("data", "axes fraction"), ha=side, fontsize=small)
        marked = [top.annotate("the ledger’s own", (reading.place, 1.03), **above)]
        marked += [ax.axvline(reading.place, color=INK, lw=0.8, zorder=0.5) for ax in (top, grid)]
        for mark in marked:
            tag(mark, f"r{reading.number}")
    return figure


def _layout(options: list[readings_table.Option]) -> tuple[list[GridLine], float]:
    """The lines of the grid, and how far down it goes."""
    lines, down = list[GridLine](), 0.0
    letters = PHONE_LETTERS if is_narrow() else LETTERS
    for _, of_dimension in itertools.groupby(options, itemgetter("dimension")):
        for option in of_dimension:
            if option["asks"]:
                words = textwrap.fill(capital(option["asks"]), letters - 4)  # they are bold
                down += 0.4 * words.count("\n")
                lines.append(GridLine(words, down))
                down += 0.4 * words.count("\n")
            words = textwrap.fill(unbroken(option["label"]), letters)
            down += 1 + 0.4 * words.count("\n")
            lines.append(GridLine(words, down, option["letter"], option["late"]))
            down += 0.4 * words.count("\n")
        down += 1.2
    return lines, down


def _heights(ax: Axes, rows: pd.DataFrame, rule: claims.Rule) -> pd.Series:
    """How high each reading stands: by its figure, by its verdict where no figure decides; one
    without a figure, or with that of another measure, below all others. The axis follows.
    """
    if not rows["on_scale"].any():
        order = claims.VERDICTS[::-1]
        ax.set_yticks(range(len(order)), order)
        ax.set_ylim(-0.6, 3.6)
        return rows["verdict"].map(order.index)
    figures, edges = rows["figure"].where(rows["on_scale"]), rule.edges()
    low, high = min([*figures.dropna(), *edges]), max([*figures.dropna(), *edges])
    pad = (high - low) * 0.1
    ax.set_ylim(low - pad, high + pad)
    whole = rule.unit in units.STEPS or figures.dropna().mod(1).eq(0).all()
    ax.yaxis.set_major_locator(MaxNLocator("auto", integer=whole))
    with narrowed(False):  # there is room beside the axis, on a phone too
        thresholds(ax, {edge: units.format_edge(edge, rule.unit) for edge in edges})
    if figures.notna().all():
        return figures
    words = [label.get_text() for label in ax.get_yticklabels()]
    ax.set_yticks([*ax.get_yticks(), low - 2 * pad], [*words, "not on this scale"])
    ax.set_ylim(low - 3 * pad, high + pad)
    return figures.fillna(low - 2 * pad)


def _points(top: Axes, grid: Axes, rows: pd.DataFrame, lines: list[GridLine]) -> None:
    """A mark a reading on the curve, and one like it on each line of the grid that it takes."""
    before, size = len(top.lines), (150 if is_narrow() else 220) / len(rows)
    dots: Any = dict(markersize=max(2.5, min(5, size)), linewidth=0, mec="white", mew=0.4)
    verdicts = [word for word in claims.VERDICTS if word in set(rows["verdict"])]
    style = LOOK | dict(hue_order=verdicts, style_order=verdicts, markersize=max(2.5, min(8, size)))
    sns.lineplot(rows, y="y", ax=top, **style)
    margin = (-0.7 if is_narrow() else -0.74), 1.02
    sns.move_legend(top, "upper left", bbox_to_anchor=margin, title="", frameon=False)
    key: Any = top.get_legend()
    for mark in key.legend_handles:
        mark.set_markersize(7)
    for ax in (top, grid):
        ax.set(xlabel="", ylabel="")
        ax.grid(axis="x", visible=False)
    readings = rows.set_index("place")
    for mark in top.lines[before:]:
        for place in np.ravel(mark.get_xdata())[:1]:  # the entries of a legend have none
            reading = readings.loc[place]
            taken = [line.y for line in lines if line.letter and line.letter in reading.letters]
            verdict: Any = dict(marker=MARKERS[reading.verdict], c=claims.COLOURS[reading.verdict])
            (below,) = grid.plot([place] * len(taken), taken, **dots, **verdict)
            for artist, tell in ((mark, reading.tell), (below, "")):
                tag(artist, f"r{reading.number}", since=bool(reading.late), tell=tell)


class Readings(Explore):
    """The curve of a claim's readings under a choice for each dimension."""

    def __init__(self, claim: str) -> None:
        self.claim, options = claim, readings_table.all_options(claim)
        choices: dict[str, list[str]] = {}
        for option in options:
            choices.setdefault(option["dimension"], [ALL]).append(option["label"])
        switches = controls(choices)
        for option in filter(itemgetter("asks"), options):
            switches[option["dimension"]].description = capital(option["asks"])
        super().__init__(partial(curve, claim), switches)
        self.closed_title = f"All readings of {claim}"

    def page(self) -> Markup:
        return readings_table.readings_page(self.claim, self.picture.to_html())


def readings(claim: str) -> Readings | None:
    """Show the other ways to read a claim, with a switch for each choice.

    A reading is one careful way to test the claim: which year, whose books, which threshold. If you
    choose an option, only the readings with this option are left. How many readings agree is not a
    probability.

    Returns what a notebook shows. Its `picture` has a mark for each reading. The columns of the
    picture's `table` are: no., one for each choice, figure (in the claim's unit), verdict, known
    ("then" or "since") and own (true for our own reading). If the tables do not have the figures, a
    sentence says so instead, and None is returned. Raises UnknownClaim; Problem if the claim has no
    other readings.

    Examples
    --------
    >>> table = fr.readings("E4").picture.table
    >>> table["verdict"].value_counts().to_dict()
    {'partly': 15, 'holds': 9, 'fails': 6}
    """
    try:
        return Readings(claims.row(claim)["id"])
    except NotHeld as lack:
        print(lack.sentence)
        return None
