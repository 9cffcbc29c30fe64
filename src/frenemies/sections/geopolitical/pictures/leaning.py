"""To whom the CIS space leans, China or Russia, in pictures: a row a state, by trade and votes."""

from collections.abc import Iterator
from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frenemies.measures.lean import CIS_SPACE, all_eight, trade_lean, vote_lean
from frenemies.measures.votes import MEASURES
from frenemies.sections import BOTH
from heldto.claims import rule_of
from heldto.evidence import actors
from heldto.pictures import INK, LOW, QUIET, THEN, Tagged, canvas, drawing, readable, sentences
from heldto.pictures.marks import Look, Shown, among
from heldto.pictures.style import is_narrow
from heldto.text.texts import captions, labels
from heldto.text.words import format_years, possessive, the, word

CAPTIONS = captions("geopolitical")
YEARS = (2005, THEN, 2020)
SPANS = ((2003, 2007), (2014, THEN), (2020, 2024))
SIGNS = labels("geopolitical")["signs"]  # of the three times, in their order
GREY = "#9AA0A6"
KEY, SIDES = 30, 9  # points above the axes: where the key and the names of the sides stand
APART = 0.42  # inches between the figures of a scale of ratios
RATIOS = {0.05: "1/20", 0.1: "1/10", 0.25: "1/4", 0.5: "1/2"}
RATIOS |= {1: "equal", 2: "2 times", 5: "5", 20: "20"}


@drawing("geopolitical", "economic/trade", **CAPTIONS["lean"])
def lean_picture(shown: Shown = None) -> dict:
    """Trade with China over trade with Russia for eight CIS-space states in 2005, 2018 and 2020.

    Table: actor, year, CHN and RUS (USD bn), lean (the ratio), imputed (True: no own report).
    Source: table economic/trade.
    """
    what = "trade with China and Russia"
    books = [all_eight(trade_lean(year), what).assign(year=year) for year in YEARS]
    table = among(pd.concat(books), "actor")
    wide = table.pivot(index="actor", columns="year")
    order = [("imputed", THEN), ("lean", THEN)]
    wide = wide.sort_values(order, ascending=[True, False])
    lean, doubt = wide["lean"], wide["imputed"]
    tell = "trade with China is {:.4g} times that with Russia"
    below = ["trade with China over trade with Russia", *_counted(len(lean))]
    figure, ax = _rows(lean, doubt, [*map(str, YEARS)], 1, "more with", tell, below)
    ax.set_xscale("log")
    ax.set_xlim(min(lean.min(axis=None) / 1.6, 0.5), max(lean.max(axis=None) * 1.6, 2.1))
    _room_for_sides(ax, 1)
    ticks = _ratios(ax)
    ax.set_xticks(ticks, [RATIOS[ratio] for ratio in ticks])
    ax.minorticks_off()
    ordered = table.set_index("actor").loc[lean.index].reset_index()
    ahead, of = (lean.gt(1) & ~doubt).sum(), len(lean)
    reported = int((~doubt[THEN].astype(bool)).sum())
    texts = {"title": _ratio(lean.iloc[0])} if of == 1 else {}
    words = {"ahead": ahead, "share": _share(ahead[THEN], reported), "all": reported == of}
    return dict(
        **texts,
        words=words | {"some": of < len(CIS_SPACE), "grey": doubt.any(axis=None)},
        figure=figure,
        sentences=sentences.year_sentences(ordered, "actor", "lean", YEARS, "{:.2f}", BOTH),
        table=table[["actor", "year", "CHN", "RUS", "lean", "imputed"]].round({"CHN": 3, "RUS": 3}),
    )


def _ratios(ax: Axes) -> list[float]:
    """The ratios that a scale names: 1, and on both sides of it as many as have room."""
    low, high = ax.get_xlim()
    inches = ax.get_window_extent().width / ax.figure.dpi / np.log(high / low)
    named = list[float]()
    for ratio in sorted(RATIOS, key=lambda ratio: abs(np.log(ratio))):
        is_free = all(abs(np.log(ratio / other)) * inches > APART for other in named)
        if low <= ratio <= high and is_free:
            named.append(ratio)
    return named


def _ratio(ratio: pd.Series) -> str:
    """The finding about one state that is shown alone. ratio: by year."""
    whose = possessive(the(str(ratio.name)))
    return f"{whose} trade with China was {ratio[THEN]:.2g} times that with Russia in {THEN}"


def _counted(of: int) -> list[str]:
    """How many G1 counts, where all eight are shown."""
    least = word(round(8 * (rule_of("G1").partly or 0)))
    said = f"G1 holds partly from {least} of the eight with more trade with China"
    return [said] if of == 8 else []


@drawing("geopolitical", "geopolitical/agreement", **CAPTIONS["paths"])
def paths_picture(measure: str = "kappa", shown: Shown = None) -> dict:
    """Agreement with China less agreement with Russia of eight CIS-space states in three spans.

    measure: agree, same, opposed or kappa. Raises UnknownMeasure.
    Table: actor, year (the span's last), CHN and RUS (means of five years).
    Source: table geopolitical/agreement.
    """
    means = [all_eight(vote_lean(*one, measure), "votes").assign(year=one[1]) for one in SPANS]
    table = among(pd.concat(means, ignore_index=True), "actor")
    opposed, what = measure == "opposed", MEASURES[measure]
    gap = (table.CHN - table.RUS) * (-1 if opposed else 1)
    wide = table.assign(gap=gap).pivot(index="actor", columns="year", values="gap")
    wide = wide.sort_values(THEN, ascending=False)
    drawn = f"{what} with China less that with Russia" + (" (turned)" if opposed else "")
    times = [format_years(last) for _, last in SPANS]
    figure, ax = _rows(wide, wide.isna(), times, 0, "nearer to", f"{drawn} {{:.4g}}", [drawn])
    _room_for_sides(ax, 0)
    nearer, of = wide.gt(0).sum(), len(wide)
    texts = {"title": _voted(wide.iloc[0])} if of == 1 else {}
    words = {"nearer": _share(nearer[THEN], of), "before": nearer.iloc[0]}
    return dict(
        **texts,
        words=words | {"measure": measure, "what": what, "some": of < len(CIS_SPACE)},
        figure=figure,
        sentences=_ways_in_words(table, times),
        table=table[["actor", "year", "CHN", "RUS"]],
    )


def _voted(gap: pd.Series) -> str:
    """The finding about one state that is shown alone. gap: by the last year of each span."""
    early, late = (format_years(year) for year in gap.index[:2])
    before, then = ("Beijing" if value > 0 else "Moscow" for value in gap.iloc[:2])
    other = "Moscow" if then == "Beijing" else "Beijing"
    also = ", too" if before == then else f", nearer to {before}"
    found = f"In {late} {the(str(gap.name))} voted nearer to {then} than to {other}"
    return f"{found}; in {early}{also}"


def _share(count: int, of: int) -> str:
    """How many of some: "six of eight", "all five", "both"."""
    if count < of:
        return f"{word(count)} of {word(of)}"
    return "both" if of == 2 else f"all {word(of)}"


def _ways_in_words(table: pd.DataFrame, times: list[str]) -> Iterator[sentences.Sentence]:
    say = "{:.2f} with China and {:.2f} with Russia in {}".format
    for code, rows in table.groupby("actor"):
        who, (*early, late) = (str(code), *BOTH), map(say, rows.CHN, rows.RUS, times)
        yield from sentences.then_and_since(who, actors.name(who[0]), ", ".join(early), late)


def _rows(
    values: pd.DataFrame,
    doubt: pd.DataFrame,
    times: list[str],
    middle: float,
    side: str,
    tell: str,
    below: list[str],
) -> tuple[Figure, Axes]:
    """A row a state: three signs, for three times, on one side or the other of the middle.

    values: a column a time; doubt: what does not count, drawn grey and hollow; times: in words;
    side: what a side of the middle is, before its actor; tell: what a value is, in words; below:
    what the axis is, in lines. Above the axes, where no line of the grid crosses it, is the key.
    """
    lines = [part for line in below for part in wrap(line, 44 if is_narrow() else 90)]
    count, bottom = len(values), 0.36 + 0.16 * len(lines)
    top = 0.2 + KEY / 72
    height = max(LOW, top + 0.3 * count + bottom)
    room: Look = dict(left=1.15, right=0.3, bottom=bottom, top=top, narrow={"left": 1.0})
    figure, ax = canvas(height=height, **room)
    ax.set_xlabel("\n".join(lines), x=0.35 if is_narrow() else 0.5)
    ax.set(ylim=(count - 0.5, -0.5), yticks=[])
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    over = 1 + 2 * SIDES / 72 / (height - top - bottom)
    rule: Look = dict(color=INK, linewidth=1, zorder=1, clip_on=False)
    ax.plot([middle, middle], [0, over], transform=ax.get_xaxis_transform(), **rule)
    for place, (code, row) in enumerate(values.iterrows()):
        told = [f"{time}: {tell.format(value)}" for time, value in zip(times, row, strict=True)]
        sides = [actors.colour(BOTH[int(value <= middle)]) for value in row]
        _draw_row(ax, place, str(code), row, doubt.loc[code], sides, told)
    for code, ha, dx in (("RUS", "right", -5), ("CHN", "left", 5)):
        look: Look = dict(ha=ha, va="center", color=readable(actors.colour(code)))
        look |= dict(xycoords=ax.get_xaxis_transform(), textcoords="offset points")
        ax.annotate(f"{side} {actors.name(code)}", (middle, 1), (dx, SIDES), **look)
    _key(ax, times, grey=bool(doubt.any(axis=None)))
    return figure, ax


def _room_for_sides(ax: Axes, middle: float) -> None:
    """Widen a scale until the words on both sides of its middle have room."""
    least = 0.7 if is_narrow() else 0.3  # of one side in the other
    scale = ax.xaxis.get_transform()
    low, at, high = scale.transform([ax.get_xlim()[0], middle, ax.get_xlim()[1]])
    ends = min(low, at - least * (high - at)), max(high, at + least * (at - low))
    ax.set_xlim(*scale.inverted().transform(ends))


def _draw_row(
    ax: Axes,
    place: int,
    code: str,
    row: pd.Series,
    doubt: pd.Series,
    sides: list[str],
    told: list[str],
) -> None:
    """One state's signs, each in the colour of the side on which it stands. told: of each."""
    who = (code, *BOTH)
    Tagged(ax, *who).plot(row.iloc[:2], [place, place], color=GREY, linewidth=1.4)
    for (time, value), sign, side, said in zip(row.items(), SIGNS, sides, told, strict=True):
        own = GREY if doubt[time] else side
        look = dict(color="white" if doubt[time] else own, markeredgecolor=own) | sign
        draw = Tagged(ax, *who, since=time > THEN, tell=f"{actors.name(code)}, {said}")
        draw.plot(value, place, **look)
    Tagged(ax, *who).row_name(place, actors.name(code), color=QUIET if doubt[THEN] else INK)


def _key(ax: Axes, times: list[str], grey: bool) -> None:
    """What the three signs are, above the rows."""
    look: Look = dict(va="center", color=QUIET, xycoords="axes fraction")
    look |= dict(xytext=(0, KEY), textcoords="offset points")
    for number, (time, sign) in enumerate(zip(times, "\u25cb\u25cf|", strict=True)):
        draw = Tagged(ax, since=number == 2)  # words, for marks are of actors
        step = 0.28 if is_narrow() else 0.15
        draw.annotate(f"{sign}  {time}", (step * number, 1), **look)
    if grey and not is_narrow():
        ax.annotate("grey, hollow: no own report", (1, 1), ha="right", **look)
