"""China and Russia then and now: closer, further apart, or merely more dependent?

Measures and sources: `frenemies.measures.pair`.
"""

import itertools
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from frenemies.measures import arms
from frenemies.measures.pair import FIRST, TABLES, dependence, then_and_now
from frenemies.sections import BOTH
from frenemies.sections.verdict.pictures.benchmark import benchmark_picture as benchmark_picture
from frenemies.sections.verdict.pictures.benchmark import compared as compared
from heldto.pictures import (
    GRID,
    QUIET,
    THEN,
    canvas,
    drawing,
    marks,
    panel,
    sentences,
    tooltips_from_data,
)
from heldto.pictures.style import is_narrow
from heldto.text.texts import captions, fill_caption, labels
from heldto.text.words import in_percent, join_words

CAPTIONS = captions("verdict")
WORDS = labels("verdict")
SHARES = WORDS["shares"]  # in what, and whose
MOVES = WORDS["moves"]  # a year's exercises are too few for a trend
STILL = 0.02  # a change of no more is none,
POINTS = {"arms": 3.0}  # and of a share in per cent one of no more points
COLOURS = {"rose": "#1B7F79", "fell": "#C2571A", "hardly moved": QUIET}


def closer() -> str:
    """What rose, fell or stood still from 2014 to 2018 and from there to the latest year."""
    return fill_caption(CAPTIONS["then-and-now"], "lead", **_caption_figures(then_and_now()))


def _caption_figures(found: pd.DataFrame) -> dict[str, Any]:
    """What the captions name: moves, the volumes that a share of arms hides, and exercises."""
    rows = found.set_index("measure")
    last = int(rows.latest_year["arms"])
    bought = arms.arms_windows(["CHN"], (FIRST, THEN, last)).query("supplier == 'RUS'")
    sent = bought.set_index("end").tiv.reindex([FIRST, THEN, last]).fillna(0).tolist()
    words = {"first": FIRST, "then": THEN, "last": last, "held": rows.loc["exercises"]}
    later = found[found.measure.ne("pledges")]  # on record to 2018 alone
    words |= {"early": _moves(found, "before", "then"), "late": _moves(later, "then", "latest")}
    return words | {"sent": sent}


def _moves(found: pd.DataFrame, start: str, end: str) -> str:
    """Which measures rose, fell or stood still between two columns, exercises left out."""
    told = found[found.measure.isin(MOVES)]
    ways = [_way(*row) for row in zip(told.measure, told[start], told[end], strict=True)]
    moved = told.measure.map(MOVES).groupby(ways).agg(join_words).to_dict()
    return "; ".join(f"{moved[way]} {way}" for way in COLOURS if way in moved)


@drawing("verdict", *TABLES, **CAPTIONS["then-and-now"])
def then_and_now_picture() -> dict[str, Any]:
    """Five measures of the pair in 2014, 2018 and the latest year, a row each.

    Raises NotHeld. Table: as `then_and_now`. Source: see `frenemies.measures.pair`.
    """
    found = then_and_now()
    words = _caption_figures(found)
    room: Any = dict(left=2.5, right=0.35, top=0.4, bottom=0.1, narrow=dict(left=1.4, right=0.3))
    figure, axes = canvas(height=4.3, rows=5, sharex=True, **room)
    figure.subplots_adjust(hspace=0.1)
    for ax, row in zip(axes, found.itertuples(), strict=True):
        _course(ax, row)
        if row.measure == "arms":
            _volumes(ax, row, words["sent"])
    for at, text in enumerate((FIRST, THEN, "latest")):
        look: Any = dict(xycoords=("data", "axes fraction"), ha="center", color=QUIET)
        draw = marks.Tagged(axes[0], *BOTH, since=at == 2)
        draw.annotate(f"{text}", (at, 1.12), fontweight="bold", **look)
    return dict(
        words=words,
        figure=figure,
        sentences=itertools.chain(*map(_in_words, found.itertuples())),
        table=found,
    )


def _in_words(row: Any) -> list:
    before, then, latest = map(_say, (row.before, row.then, row.latest))
    early = f"{before} in {FIRST}, {then} in {THEN}"
    late = f"{latest} in {row.latest_year}" if row.latest_year > THEN else ""
    return sentences.then_and_since(BOTH, row.unit, early, late)


def _say(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 1 and value % 1 else f"{value:,.0f}"


def _course(ax: Axes, row: Any) -> None:
    """One measure as a row: its three figures as dots on a scale from 0, each step between them in
    the colour of what it did; the latest is left out where no later year than 2018 is known.
    """
    known = 3 if row.latest_year > THEN else 2
    years, values = (FIRST, THEN, row.latest_year)[:known], (row.before, row.then, row.latest)
    most = max(values[:known]) or 1  # nothing in any year
    for at in range(1, known):
        draw = marks.Tagged(ax, *BOTH, since=at == 2, tell=f"China and Russia, {row.unit}")
        colour = COLOURS[_way(row.measure, values[at - 1], values[at])]
        draw.plot([at - 1, at], values[at - 1 : at + 1], color=colour, linewidth=3, zorder=2)
    for at, (year, value) in enumerate(zip(years, values, strict=False)):
        tell = f"China and Russia, {row.unit}, {year}: {_say(value)}"
        colour = COLOURS[_way(row.measure, values[at - 1], value)] if at else QUIET
        draw = marks.Tagged(ax, *BOTH, since=at == 2, tell=tell)
        draw.plot(at, value, "o", color=colour, markersize=7, zorder=3)
        text = f"{_say(value)} ({year})" if at == 2 else _say(value)
        look: Any = dict(textcoords="offset points", ha="center", va="bottom", fontweight="bold")
        draw.annotate(text, (at, value), (0, 6), **look)
    ax.set(xlim=(-0.3, 2.3), ylim=(-0.15 * most, most * 1.75), xticks=[], yticks=[])
    ax.spines["bottom"].set(color=GRID)
    ax.grid(visible=False)
    title, unit = WORDS["titles"][row.measure]
    side: Any = dict(xycoords="axes fraction", textcoords="offset points", ha="left", va="center")
    left = -1.4 * 72 + 4 if is_narrow() else -2.4 * 72
    ax.annotate(
        fill(title, 17) if is_narrow() else title, (0, 0.55), (left, 5), fontweight="bold", **side
    )
    two_lines = is_narrow() and len(title) > 17
    down = -14 if two_lines else -8
    ax.annotate(unit, (0, 0.55), (left, down), color=QUIET, **side)


def _volumes(ax: Axes, row: Any, sent: list[float]) -> None:
    """The volume of arms below each share: a share can rise while it falls."""
    shares = row.before, row.then, row.latest
    for at, (share, volume) in enumerate(zip(shares, sent, strict=True)):
        draw = marks.Tagged(ax, *BOTH, since=at == 2)
        look: Any = dict(textcoords="offset points", ha="center", va="top", color=QUIET)
        draw.annotate(f"{volume:,.0f} m TIV", (at, share), (0, -6), **look)


def _way(measure: str, before: float, after: float) -> str:
    """Whether a measure rose, fell or hardly moved."""
    if abs(after - before) <= POINTS.get(measure, STILL * abs(before)):
        return "hardly moved"
    return "rose" if after > before else "fell"


@drawing("verdict", *TABLES[:2], arms.FLOWS, whose=("of", "on"), **CAPTIONS["dependence"])
def dependence_picture() -> dict[str, Any]:
    """Each one's share in the other's trade (above) and arms (below) over time.

    Raises NotHeld. Table: as `dependence`. Source: see `frenemies.measures.pair`.
    """
    found = dependence().query("year >= 2000")
    found = found.assign(share=in_percent(found.share))
    figure, (above, below) = canvas(height=5.4, rows=2, right=2.3, top=0.3, sharex=True)
    figure.subplots_adjust(hspace=0.28)
    _shares(above, found.query("kind == 'trade'"), "Trade")
    _shares(below, found.query("kind == 'arms'"), "Arms, five years to the year shown")
    at = {key: shares.set_index("year").share for key, shares in found.groupby(["kind", "of"])}
    known = {key: shares.loc[:THEN] for key, shares in at.items()}
    _late_start(below, at["arms", "RUS"])
    start = int(at["arms", "RUS"].index[0])
    return dict(
        title=_leaning(at),
        words={"start": start, "held": start - 4},
        figure=figure,
        lead=_asymmetry(at),
        then={"title": _leaning(known), "lead": _asymmetry(known)},
        sentences=itertools.chain(*(_share_in_words(key, at[key], known[key]) for key in at)),
        table=found.round(1),
    )


def _share_in_words(key: tuple, shares: pd.Series, known: pd.Series) -> list:
    """The first share and the last one known then, and apart the latest."""
    ends = {known.index[at]: f"{known.iloc[at]:.0f} % in {known.index[at]}" for at in (0, -1)}
    latest = f"{shares.iloc[-1]:.0f} % in {shares.index[-1]}"
    return sentences.then_and_since(BOTH, SHARES[key[0]][key[1]], ", ".join(ends.values()), latest)


def _shares(ax: Axes, found: pd.DataFrame, title: str) -> None:
    labels: list = []
    tooltips_from_data(ax, "%", 1)
    for of, frame in found.groupby("of", sort=False):
        at = frame.set_index("year").share.map("{:.0f} %".format)
        label = SHARES[frame.kind.iloc[0]][of]
        words = fill(label, 15) if is_narrow() else label
        text = (f"{words}\n{at.iloc[-1]}", f"{words}\n{at[THEN]}")
        look: Any = dict(text=text, label=label, gaps=True)
        (on,) = {*BOTH} - {of}
        look |= dict(others=[of], text=text, label=label)
        labels.append(marks.line(ax, frame, "share", on, True, **look))  # the partner's colour
    panel(
        ax,
        labels,
        2000,
        found.year.max() + 0.3,
        title=title,
        ylim=(0, None),
        gap=36 if is_narrow() else 24,
    )


def _late_start(ax: Axes, sold: pd.Series) -> None:
    """Why the line of Russia's sales starts so late, at its left."""
    if is_narrow():
        return  # the note says it
    start = sold.index[0]
    known = f"Russia's sales to all: known from {start - 4} on"
    why = f"{known},\nso the first five years end in {start}"
    look: Any = dict(ha="right", va="center", color=QUIET)
    marks.Tagged(ax, *BOTH).text(start - 0.7, sold[start] * 0.6, why, **look)


def _leaning(at: dict) -> str:
    """Who leans on whom, by the last shares of each series."""
    last = {key: shares.iloc[-1] for key, shares in at.items()}
    trade, sold = (last[kind, "CHN"] > last[kind, "RUS"] for kind in ("trade", "arms"))
    one, other = ("China", "Russia") if trade else ("Russia", "China")
    in_arms = "so it does too" if trade == sold else "it is the other way round"
    return f"In trade {one} leans on {other}; in arms {in_arms}"


def _asymmetry(at: dict) -> str:
    russia, china = (_over_the_years(at["trade", of]) for of in ("RUS", "CHN"))
    return f"China's share of Russia's trade was {russia}; Russia's share of China's {china}."


def _over_the_years(shares: pd.Series) -> str:
    years = dict.fromkeys((FIRST, THEN, shares.index[-1]))
    *early, late = (f"{shares[year]:.1f} % in {year}" for year in years)
    return f"{', '.join(early)} and {late}"
