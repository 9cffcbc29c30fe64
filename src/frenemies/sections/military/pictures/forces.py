"""Forces in pictures: exercises by day and sea, military spending, nuclear warheads, how alarmed
the neighbours are."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.ticker import LogLocator

from frenemies.measures.joint_exercises import is_counted, pacific, pacific_exercises
from frenemies.sections import BOTH
from heldto import claims, evidence
from heldto.evidence import actors
from heldto.pictures import (
    canvas,
    dots,
    drawing,
    marks,
    needed,
    pale,
    panel,
    plotted,
    row_sentences,
)
from heldto.pictures.labels import PAPER
from heldto.pictures.marks import Look, Shown, Tagged
from heldto.pictures.style import INK, QUIET, THEN, is_narrow, readable
from heldto.text.texts import captions, labels
from heldto.text.words import part, short_name, the

CAPTIONS = captions("military")
ALARMED = ("VNM", "IND")  # who M15 says is alarmed
MARKS = labels("military")["exercises"]  # the sign of a kind, and its word


@drawing("military", "military/exercises", **CAPTIONS["exercises"])
def exercises_picture(yellow_sea: str = "counted") -> dict:
    """Joint exercises at sea and in the air by day and sea; shaded seas count as Pacific.

    yellow_sea: "counted" or "left out" (of the Pacific). Raises Problem.
    Table: date, name, sea, status, year. Source: table military/exercises.
    """
    count = is_counted(yellow_sea)
    listed = evidence.table("military/exercises").query("sea != 'on land'").sort_values("date")
    before = len(pacific_exercises(2012, 2018, yellow_sea=count))
    in_2019 = pacific_exercises(2019, 2019, naval=False, yellow_sea=count)
    by_name = listed.groupby(["date", "name", "end", "status"]).sea.agg(" and ".join).reset_index()
    by_name = by_name.assign(year=by_name.date.str[:4].astype(int))
    met = "no joint exercise on the Pacific side is on record"
    if len(in_2019):
        met = f"the two did meet on the Pacific side: {', '.join(in_2019.sea)}"
    return dict(
        key=f"exercises-{yellow_sea.replace(' ', '-')}",
        words=dict(met=met, yellow_sea=yellow_sea, before=before, in_2019=len(in_2019)),
        figure=_calendar(listed, pacific(yellow_sea=count), before, len(in_2019)),
        sentences=map(_exercise_in_words, by_name.itertuples()),
        table=by_name[["date", "name", "sea", "status", "year"]],
    )


def _late(row: Any) -> bool:
    return row.date > evidence.CUTS["date"]


def _exercise_in_words(row: Any) -> tuple:
    who = (*BOTH, "since") if _late(row) else BOTH
    return who, f"{row.name}, {row.date}: {_where(row)}."


def _where(row: Any) -> str:
    """Its sea, and what it was if not held."""
    return row.sea if row.status == "held" else f"{row.sea}, {row.status}"


def _calendar(listed: pd.DataFrame, inside: set[str], before: int, in_2019: int) -> Figure:
    """A dot an exercise, at its day and its sea; the seas inside the Pacific shaded, and framed
    what M3 and M2 count: `before` in 2012-18, `in_2019`.
    """
    order = evidence.table("military/seas").sort_values(["rank", "sea"], ascending=False)
    seas = [sea for sea in order.sea if sea in set(listed.sea)]
    top, high = len(seas) - 0.5, len(inside & set(seas))
    figure, ax = canvas(height=4.6, left=1.45, right=0.3, top=0.5, narrow={"left": 1.4})
    ax.axhspan(top - high, top, color="#DCE9F2", zorder=0, linewidth=0)
    for row in listed.itertuples():
        _dot(ax, row, seas.index(row.sea))
    marks.year_axis(ax, 2004, 2026, 2)
    marks.article_line(ax, y=0.05)
    ax.set(ylim=(-0.5, top), yticks=range(len(seas)), yticklabels=seas)
    rules = {verdict: f"{claims.row(verdict)['holds']:g}" for verdict in ("M2", "M3")}
    counted = {
        (2012, 2019): f"2012-18: {before} naval\nM3 holds from {rules['M3']}",
        (2019, 2020): f"2019: {in_2019}\nM2 holds at {rules['M2']}",
    }
    above: Look = dict(y=top + 0.12, va="bottom", color=QUIET)
    gap, x = ("\n", 2020.3) if is_narrow() else (" ", 2021.3)
    if not is_narrow():
        ax.text(x=2004.1, s="shaded:\ncounts as Pacific", **above)
    after = f"after 2019:\nincomplete{gap}list"
    Tagged(ax, *BOTH, since=True).text(x, 3.5 - is_narrow(), after, color=QUIET)
    for (first, end), text in counted.items():
        frame: Look = dict(fill=False, edgecolor=INK, linestyle=marks.RULE, linewidth=0.9)
        corners = [(first, top), (end, top), (end, top - high), (first, top - high)]
        ax.add_patch(Polygon(corners, closed=end == 2019, **frame))  # the second leans on the first
        early = is_narrow() and end == 2019
        at: Look = dict(x=end - 0.5, ha="right") if early else dict(x=first + 0.1)
        ax.text(s=text, **at, **above | dict(color=INK))
    return figure


def _dot(ax: Axes, row: Any, place: int) -> None:
    """One exercise in one sea; the first of a rare kind carries its word."""
    day = int(row.date[:4]) + (int(row.date[5:7]) - 1) / 12 + int(row.date[8:]) / 365
    kind, late = _kind(row), _late(row)
    marker, word = MARKS[kind]
    tell = f"China and Russia, {row.date}: {row.name}, {_where(row)}"
    draw, colour = Tagged(ax, *BOTH, since=late, tell=tell), pale("#3B2E5A", 5 if late else 9)
    fill = colour if kind == "warships" else "white"
    look = dict(color=colour, markerfacecolor=fill, markeredgewidth=1.6, markersize=8)
    draw.plot(day, place, marker, zorder=4, **look)
    if word and not late and row.sea != "Sea of Japan" and not is_narrow():
        side = {"announced": -0.4, "part": 0.5}.get(kind, 0.75)  # years: beside the frames
        where = "right" if side < 0 else "left"
        draw.text(day + side, place, word, ha=where, va="center", color=colour)


def _kind(row: Any) -> str:
    """What sort of mark an exercise gets."""
    if row.status != "held":
        return row.status
    return "warships" if row.naval else "part" if row.domain == "mixed" else "patrol"


@drawing("military", "military/spending", whose=("actor",), **CAPTIONS["spending"])
def spending_picture() -> dict:
    """Military expenditure: constant dollars above, share of GDP below.

    Table: actor, year, billion (US dollars in prices of 2023), percent (of GDP), estimate.
    Source: table military/spending.
    """
    spent = evidence.table("military/spending")
    spent = needed(spent, "actor", ("CHN", "IND", "JPN"), "military spending")
    spent = spent.assign(billion=spent.constant_usd / 1000, percent=spent.gdp_share * 100)
    figure, (volume, burden) = canvas(height=6.4, rows=2, right=1.95, top=0.35)
    scale = "Billion dollars, each step ten times the last"
    figure.subplots_adjust(hspace=0.25)
    billion = spent.pivot(index="actor", columns="year", values="billion")
    times = (billion[THEN] / billion[2000]).dropna().sort_values(ascending=False)
    about = marks.first_on([["CHN"], *([code] for code in times.index)])
    look: Look = dict(about=about, title=scale, ylim=(1.5, 2500))
    _spending_panel(volume, spent, "billion", "bn constant dollars", **look)
    look = dict(about=about, title="Per cent of GDP", ylim=(0, 7.5))
    _spending_panel(burden, spent, "percent", "% of GDP", **look)
    china = spent[spent.actor.eq("CHN")].set_index("year").percent
    told = spent[spent.year.isin([THEN, spent.year.max()])].sort_values(["actor", "year"])
    text = "{actor} {year}: {billion:,.0f} billion dollars, {percent:.1f} % of GDP."
    grew = (
        f"At constant prices {{}} spent {{:.1f}} times as much on its military in {THEN} as in 2000"
    )
    others = [((code,), grew.format(the(code), by)) for code, by in times.items()]
    return dict(
        others=others,
        words=dict(first=china[2000], then=china[THEN], times=billion[THEN] / billion[2000]),
        figure=figure,
        sentences=row_sentences(told.dropna(subset=["billion"]), text, ["actor"], named=short_name),
        table=spent[["actor", "year", "billion", "percent", "estimate"]].round(2),
    )


def _spending_panel(
    ax: Axes, spent: pd.DataFrame, column: str, unit: str, about: Sequence[str], **looks: Any
) -> None:
    """One panel: a line an actor, gaps where a year is missing. about: whom the title is about."""
    say = ("{:.1f} %" if column == "percent" else "{:,.0f}").format
    exact = say if column == "percent" else "{:,.1f}".format  # so that a reader can divide
    labels = plotted.lines(
        ax, spent, "actor", column, unit, 2, say=say, lead=BOTH, named=short_name
    )
    if column == "billion":
        _by_tens(ax)
    panel(ax, labels, 2000, 2024.3, 4, gap=11.5, **looks)
    for code in about:
        dots(ax, spent[spent.actor.eq(code)], column, (2000, THEN), [code], exact)


def _by_tens(ax: Axes) -> None:
    """A scale whose steps are ten times each other, in plain numbers."""
    ax.set_yscale("log")
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.minorticks_off()
    marks.on_the_scale(ax, partial(_more_steps, ax))


def _more_steps(ax: Axes) -> None:
    """Steps in between where a scale has fewer than two tens to show."""
    low, high = ax.get_ylim()
    if high < 100 * low:
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        marks.heading(ax, "Billion dollars, equal steps in proportion")


@drawing("military", "military/warheads", whose=("actor",), **CAPTIONS["warheads"])
def warheads_picture() -> dict:
    """Nuclear warheads in the stockpiles of the actors that hold any; the life of the INF Treaty.

    Table: as military/warheads. Source: table military/warheads.
    """
    held = needed(evidence.table("military/warheads"), "actor", BOTH, "warheads")
    figure, ax = canvas(height=3.9, right=1.75)
    _treaty(ax)
    labels = plotted.lines(ax, held, "actor", "warheads", "warheads", lead=BOTH, named=short_name)
    _by_tens(ax)
    panel(ax, labels, 1985, 2023.3, ylim=(1, 60000))
    at = held.pivot(index="year", columns="actor", values="warheads")
    ratio = at["RUS"] / at["CHN"]
    told = held[held.year.isin([THEN, held.year.max()])].sort_values(["actor", "year"])
    known = at.loc[THEN].dropna().sort_values(ascending=False)
    holds = f"In {THEN} {{}} held {{:,.0f}} nuclear warheads"
    for code in marks.first_on([BOTH, *([code] for code in known.index)]):
        dots(ax, held[held.actor.eq(code)], "warheads", [THEN], [code], "{:,.0f}".format)
    return dict(
        others=[((code,), holds.format(the(code), count)) for code, count in known.items()],
        words=dict(year=THEN, then=ratio[THEN], first=ratio[1988]),
        figure=figure,
        sentences=row_sentences(
            told, "{actor} {year}: {warheads:,.0f}.", ["actor"], named=short_name
        ),
        table=held,
    )


def _treaty(ax: Axes) -> None:
    """The life of the INF Treaty, from June 1988 to August 2019, as a band behind the lines."""
    ax.axvspan(1988 + 5 / 12, 2019 + 7 / 12, color="#F3EFE4", zorder=0, linewidth=0)
    look: Look = dict(transform=ax.get_xaxis_transform(), va="bottom", color=QUIET)
    ax.text(1989, 0.58, "INF Treaty in force", **look)


@drawing("military", "geopolitical/opinion", whose=("actor",), **CAPTIONS["alarm"])
def alarm_picture(*, shown: Shown = None) -> dict:
    """Unfavourable views of China in four neighbours, a panel each, with the claim's two thirds.

    shown: ISO3; a panel for each of the four that is among them.
    Table: as geopolitical/opinion, about China. Source: table geopolitical/opinion.
    """
    asked = evidence.table("geopolitical/opinion").query("about == 'CHN'").sort_values("year")
    needed(asked, "actor", ALARMED, "views of China")
    everybody = [*ALARMED, *sorted({*asked.actor} - {*ALARMED})]
    codes = [code for code in everybody if not marks.is_off([code])] or everybody
    size: Look = dict(width_ratios=[0.01] + [1] * len(codes), sharey=True, top=0.3, left=1.2)
    size |= dict(height=3.4, cols=len(codes) + 1, right=0.25)
    rule = claims.row("M15")["holds"]
    step = 5 if is_narrow() or len(codes) < 4 else 10  # years between two on an axis
    if is_narrow():
        size = dict(height=0.5 + 1.75 * len(codes), rows=len(codes), top=0.3, squeeze=False)
        figure, grid = canvas(**size)
        panels = [*grid.flat]
        marks.thresholds(panels[0], {rule: f"M15: {part(rule, 'percent')}"})
        figure.subplots_adjust(hspace=0.45)
    else:
        figure, (scale, *panels) = canvas(**size)
        marks.thresholds(scale, {rule: f"M15: {part(rule, 'percent')}"})
        scale.xaxis.set_visible(False)
        scale.spines["bottom"].set_visible(False)
        figure.subplots_adjust(wspace=0.14)
    for ax, code in zip(panels, codes, strict=True):
        _polls(ax, asked.query("actor == @code"), code, step)
    last = asked.groupby([asked.actor, asked.year.gt(THEN)]).tail(1)
    early = last[last.year.le(THEN)].sort_values("unfavourable", ascending=False)
    told = pd.concat([early, last[last.year.gt(THEN)]])
    text = "{actor} {year}: {unfavourable:.0f} %."
    view = "In {} {:.0f} % in {} had an unfavourable view of China"
    others = [
        ((row.actor,), view.format(row.year, row.unfavourable, the(row.actor)))
        for row in early.itertuples()
    ]
    return dict(
        others=others,
        words=dict(views=early.set_index("actor").unfavourable),
        figure=figure,
        sentences=row_sentences(told, text, ["actor"], named=short_name),
        table=asked,
    )


def _polls(ax: Axes, rows: pd.DataFrame, code: str, step: int) -> None:
    """One actor's polls, with the figures of the last before the article and of the last.

    step: years between two on the axis.
    """
    look: Look = dict(marker="o", markersize=4)
    plotted.lines(ax, rows, "actor", "unfavourable", "% unfavourable", lead=[code], **look)
    panel(ax, [], 2004, 2024.8, step, title=actors.name(code), ylim=(0, 100), article="")
    marks.tag(ax, code)
    ax.axhline(claims.row("M15")["holds"], color=QUIET, linewidth=1, linestyle=marks.RULE)
    known, last = rows[rows.year.le(THEN)].iloc[-1], rows.iloc[-1]
    _figure(Tagged(ax, code), known, -10 if last.unfavourable > known.unfavourable else 8)
    if last.year > THEN:
        _figure(Tagged(ax, code, since=True), last, 8)


def _figure(draw: Tagged, poll: pd.Series, up: float) -> None:
    """The figure of one poll, in the colour of its line."""
    look: Look = dict(ha="center", va="center", fontweight="bold", bbox=PAPER)
    look |= dict(color=readable(actors.colour(poll.actor)))
    draw.text(poll.year - 0.6, poll.unfavourable + up, f"{poll.unfavourable:.0f} %", **look)
