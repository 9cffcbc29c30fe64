"""To whom the CIS space leans, China or Russia, in pictures: a row a state, by trade and votes."""

from collections.abc import Callable, Collection, Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frenemies.claims import Rule
from frenemies.evidence import actors
from frenemies.measures.lean import all_eight, trade_lean, vote_lean
from frenemies.measures.votes import MEASURES
from frenemies.measures.words import WORDS, span
from frenemies.pictures.marks import Look, Tagged
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import then_and_since, told_each
from frenemies.pictures.style import INK, QUIET, THEN, readable
from frenemies.sections import BOTH, among, captions

CAPTIONS = captions("geopolitical")
YEARS = (2005, THEN, 2020)
SPANS = ((2003, 2007), (2014, THEN), (2020, 2024))
SIGNS: tuple[Look, ...] = (  # of the three times, in their order
    dict(marker="o", markersize=5, markerfacecolor="white"),
    dict(marker="o", markersize=8),
    dict(marker="|", markersize=13, markeredgewidth=2, alpha=0.6),
)
GREY = "#9AA0A6"
RATIOS = {0.05: "1/20", 0.1: "1/10", 0.25: "1/4", 0.5: "1/2"}
RATIOS |= {1: "equal", 2: "2 times", 5: "5", 20: "20"}


@drawing("geopolitical", "economic/trade", whose=("actor",), **CAPTIONS["lean"])
def lean_picture(shown: Collection[str] | None = None) -> dict:
    """Trade with China over trade with Russia for eight CIS-space states in 2005, 2018 and 2020.

    Table: actor, year, CHN and RUS (USD bn), lean (the ratio), imputed (True: no own report).
    Source: table economic/trade.
    """
    books = [
        all_eight(trade_lean(year), "trade with China and Russia").assign(year=year)
        for year in YEARS
    ]
    table = among(pd.concat(books), shown, "actor")
    lean = table.pivot(index="actor", columns="year", values="lean")
    doubt = table.pivot(index="actor", columns="year", values="imputed")
    order = lean.assign(doubt=doubt[THEN]).sort_values(["doubt", THEN], ascending=[True, False])
    lean = lean.loc[order.index]
    least = WORDS[round(8 * (Rule.of("G1").partly or 0))]
    counted = f"G1 holds partly from {least} of the eight with more trade with China"
    say = "trade with China is {:.4g} times that with Russia".format
    figure, ax = _rows(
        lean, doubt, [*map(str, YEARS)], 1, ("more with Russia", "more with China"), say
    )
    ax.set_xscale("log")
    low, high = min(lean.min(axis=None) / 1.6, 0.5), max(lean.max(axis=None) * 1.6, 2.1)
    ticks = {at: name for at, name in RATIOS.items() if low <= at <= high}
    ax.set_xticks([*ticks], [*ticks.values()])
    ax.minorticks_off()
    ax.set(xlim=(low, high), xlabel=f"trade with China over trade with Russia\n{counted}")
    ahead = (lean.gt(1) & ~doubt).sum().map(WORDS.__getitem__)
    of = WORDS[len(lean)]
    more = f"{ahead[THEN]} of {of} traded more with China than with Russia in {THEN}"
    ordered = table.set_index("actor").loc[lean.index].reset_index()
    return dict(
        title=f"By their own reports {more}, and {ahead[2005]} in 2005",
        figure=figure,
        sentences=told_each(ordered, "actor", "lean", YEARS, "{:.2f}", BOTH),
        table=table[["actor", "year", "CHN", "RUS", "lean", "imputed"]].round({"CHN": 3, "RUS": 3}),
    )


@drawing("geopolitical", "geopolitical/agreement", whose=("actor",), **CAPTIONS["paths"])
def paths_picture(measure: str = "kappa", shown: Collection[str] | None = None) -> dict:
    """Agreement with China less agreement with Russia of eight CIS-space states in three spans.

    measure: agree, same, opposed or kappa. Raises UnknownMeasure.
    Table: actor, year (the span's last), CHN and RUS (means of five years).
    Source: table geopolitical/agreement.
    """
    spans = [
        all_eight(vote_lean(*years, measure), "votes").assign(year=years[1]) for years in SPANS
    ]
    table = among(pd.concat(spans, ignore_index=True), shown, "actor")
    opposed = measure == "opposed"
    gap = (table.CHN - table.RUS) * (-1 if opposed else 1)
    wide = table.assign(gap=gap).pivot(index="actor", columns="year", values="gap")
    wide = wide.sort_values(THEN, ascending=False)
    counts = wide.gt(0).sum().map(WORDS.__getitem__)
    voted = f"{counts[THEN]} of {WORDS[len(wide)]} CIS-space states voted nearer to Beijing"
    times = [span(last) for _, last in SPANS]
    sides = "nearer to Russia", "nearer to China"
    drawn = f"{MEASURES[measure]} with China less that with Russia" + " (turned)" * opposed
    figure, ax = _rows(wide, wide.isna(), times, 0, sides, f"{drawn} {{:.4g}}".format)
    ax.set_xlabel(drawn)
    return dict(
        key=f"paths-{measure}",
        title=f"In 2014-18 {voted} than to Moscow; in 2003-07 {counts[2007]} did",
        subtitle=f"UN General Assembly, {MEASURES[measure]}, means of five years",
        figure=figure,
        sentences=_ways_in_words(table, times),
        table=table[["actor", "year", "CHN", "RUS"]],
    )


def _ways_in_words(table: pd.DataFrame, times: list[str]) -> Iterator[tuple]:
    for code, rows in table.groupby("actor"):
        steps = [
            f"{row.CHN:.2f} with China and {row.RUS:.2f} with Russia in {time}"
            for row, time in zip(rows.itertuples(), times, strict=True)
        ]
        early, late = ", ".join(steps[:2]), steps[2]
        yield from then_and_since((str(code), *BOTH), actors.name(str(code)), early, late)


def _rows(
    values: pd.DataFrame,
    doubt: pd.DataFrame,
    times: list[str],
    middle: float,
    sides: tuple,
    say: Callable[[float], str],
) -> tuple[Figure, Axes]:
    """A row a state: three signs, for three times, on one side or the other of the middle.

    values: a column a time; doubt: what does not count, drawn grey and hollow; times, sides: in
    words; say: a function from a value to its words.
    """
    count = len(values)
    figure, ax = canvas(height=1.45 + 0.3 * count, left=1.15, right=0.3, bottom=0.7)
    ax.set(ylim=(count - 0.5, -2.3), yticks=[])
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")
    ax.plot([middle, middle], [-1.1, count], color=INK, linewidth=1, zorder=1)
    for place, (code, row) in enumerate(values.iterrows()):
        told = [f"{time}: {say(value)}" for time, value in zip(times, row, strict=True)]
        _row(ax, place, str(code), row, doubt.loc[code], BOTH[int(row[THEN] <= middle)], told)
    look: Look = dict(textcoords="offset points", va="center")
    for side, code, left in zip(sides, BOTH[::-1], (True, False), strict=True):
        where: Look = dict(xytext=(-5 if left else 5, 0), ha="right" if left else "left")
        ax.annotate(side, (middle, -0.9), color=readable(actors.colour(code)), **where, **look)
    _key(ax, times, grey=bool(doubt.any(axis=None)))
    return figure, ax


def _row(
    ax: Axes, place: int, code: str, row: pd.Series, doubt: pd.Series, side: str, told: list[str]
) -> None:
    """One state's signs, in the colour of the side on which it stood in 2018. told: of each."""
    who, colour = (code, *BOTH), GREY if doubt[THEN] else actors.colour(side)
    Tagged(ax, *who).plot(row.iloc[:2], [place, place], color=colour, linewidth=1.4)
    for (time, value), sign, said in zip(row.items(), SIGNS, told, strict=True):
        own = GREY if doubt[time] else colour
        look = dict(color="white" if doubt[time] else own, markeredgecolor=own) | sign
        draw = Tagged(ax, *who, since=time > THEN, tell=f"{actors.name(code)}, {said}")
        draw.plot(value, place, **look)
    name: Look = dict(color=QUIET if doubt[THEN] else INK)
    Tagged(ax, *who).row_name(place, actors.name(code), **name)


def _key(ax: Axes, times: list[str], grey: bool) -> None:
    """What the three signs are, above the rows."""
    look: Look = dict(va="center", color=QUIET, transform=ax.get_yaxis_transform())
    for number, (time, sign) in enumerate(zip(times, SIGNS, strict=True)):
        draw, left = Tagged(ax, since=number == 2), 0.01 + 0.15 * number
        if number < 2:
            own = dict(color=QUIET, markeredgecolor=QUIET, transform=look["transform"])
            ax.plot(left, -1.85, **own | sign)
        else:  # a word, for marks are of actors
            draw.text(left, -1.85, "|", ha="center", fontweight="bold", **look)
        draw.text(left + 0.02, -1.85, time, **look)
    if grey:
        ax.text(1, -1.85, "grey, hollow: no own report", ha="right", **look)
