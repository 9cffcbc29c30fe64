"""Forces in pictures: exercises by day and sea, military spending, nuclear warheads, how alarmed
the neighbours are."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Polygon
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
from heldto.pictures.labels import PAPER, width
from heldto.pictures.marks import Look, Shown, Tagged
from heldto.pictures.style import INK, LOW, QUIET, THEN, ink_on, is_narrow
from heldto.text.texts import captions, labels
from heldto.text.words import part, short_name, the

CAPTIONS = captions("military")
ALARMED = ("VNM", "IND")  # who M15 says is alarmed
VIEWS = {  # a column of answers: its words, its colour, and that of a survey after the article
    "unfavourable": ("unfavourable", "#4A5A6A", "#A7B0B9"),
    "no_answer": ("no answer", "#FFFFFF", "#FFFFFF"),
    "favourable": ("favourable", "#A9CFC3", "#D6E9E3"),
}
EDGE = "#8A929A"  # of the parts of a bar
SURVEYED = (2004, 2024.8, 10)  # years on the axis of all surveys, and the step between them
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
        figure=_calendar(listed, pacific(yellow_sea=count)),
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


def _calendar(listed: pd.DataFrame, inside: set[str]) -> Figure:
    """A dot an exercise, at its day and its sea, joined where it was in two; the seas inside the
    Pacific shaded, and framed what M3 and M2 count.
    """
    order = evidence.table("military/seas").sort_values(["rank", "sea"], ascending=False)
    seas = [sea for sea in order.sea if sea in set(listed.sea)]
    top, high = len(seas) - 0.5, len(inside & set(seas))
    figure, ax = canvas(height=4.6, left=1.45, right=0.3, top=0.5, narrow={"left": 1.4})
    ax.axhspan(top - high, top, color="#DCE9F2", zorder=0, linewidth=0)
    for _, parts in listed.groupby(["date", "name"]):
        _join(ax, parts, [seas.index(sea) for sea in parts.sea])
    for row in listed.itertuples():
        _dot(ax, row, seas.index(row.sea))
    marks.year_axis(ax, 2004, 2026, 2)
    marks.article_line(ax, y=0.05)
    ax.set(ylim=(-0.5, top), yticks=range(len(seas)), yticklabels=seas)
    rules = {verdict: f"{claims.row(verdict)['holds']:g}" for verdict in ("M2", "M3")}
    counted = {
        (2012, 2019): f"2012-18: M3 holds\nfrom {rules['M3']} naval ones",
        (2019, 2020): f"2019: M2\nholds at {rules['M2']}",
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


def _day(date: str) -> float:
    """A day as a place on an axis of years."""
    return int(date[:4]) + (int(date[5:7]) - 1) / 12 + int(date[8:]) / 365


def _join(ax: Axes, parts: pd.DataFrame, places: list[int]) -> None:
    """A line between the marks of one exercise in two seas."""
    if len(parts) < 2:
        return
    first = next(parts.itertuples())
    tell = f"China and Russia, {first.date}: {first.name}, one exercise"
    draw, colour = Tagged(ax, *BOTH, since=_late(first), tell=tell), pale("#3B2E5A", 5)
    draw.plot([_day(first.date)] * len(parts), places, color=colour, linewidth=2, zorder=3)


def _dot(ax: Axes, row: Any, place: int) -> None:
    """One exercise in one sea; the first of a rare kind carries its word."""
    day = _day(row.date)
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
    figure.subplots_adjust(hspace=0.25)
    billion = spent.pivot(index="actor", columns="year", values="billion")
    times = (billion[THEN] / billion[2000]).dropna().sort_values(ascending=False)
    about = marks.first_on([["CHN"], *([code] for code in times.index)])
    look: Look = dict(about=about, ylim=(1.5, 2500))
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
    for line in ax.lines:  # that each is told in grey print, too
        codes = marks.whose(marks.tag_words(line) or ())
        line.set(marker=actors.marker(codes[0]), markersize=4, markevery=4)
    if column == "billion":
        _by_tens(ax, "Billion dollars")
    panel(ax, labels, 2000, 2024.3, 4, gap=11.5, **looks)
    for code in about:
        dots(ax, spent[spent.actor.eq(code)], column, (2000, THEN), [code], exact)


def _by_tens(ax: Axes, what: str) -> None:
    """A scale whose steps are ten times each other, in plain numbers, and what it counts."""
    ax.set_yscale("log")
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.minorticks_off()
    marks.heading(ax, f"{what}, each step ten times the last")
    marks.on_the_scale(ax, partial(_more_steps, ax, what))


def _more_steps(ax: Axes, what: str) -> None:
    """Steps in between where a scale has fewer than two tens to show."""
    low, high = ax.get_ylim()
    if high < 100 * low:
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        marks.heading(ax, f"{what}, equal steps in proportion")


@drawing("military", "military/warheads", whose=("actor",), **CAPTIONS["warheads"])
def warheads_picture() -> dict:
    """Nuclear warheads in the stockpiles of the actors that hold any; the life of the INF Treaty.

    Table: as military/warheads. Source: table military/warheads.
    """
    held = needed(evidence.table("military/warheads"), "actor", BOTH, "warheads")
    figure, ax = canvas(height=4, right=1.75, top=0.35)
    _treaty(ax)
    labels = plotted.lines(ax, held, "actor", "warheads", "warheads", lead=BOTH, named=short_name)
    _by_tens(ax, "Warheads")
    panel(ax, labels, 1985, 2023.3, ylim=(1, 60000))
    at = held.pivot(index="year", columns="actor", values="warheads")
    ratio = at["RUS"] / at["CHN"]
    told = held[held.year.isin([THEN, held.year.max()])].sort_values(["actor", "year"])
    known = at.loc[THEN].dropna().sort_values(ascending=False)
    holds = f"In {THEN} {{}} held {{:,.0f}} nuclear warheads"
    for code, waits in marks.in_titles([BOTH, *([code] for code in known.index)]):
        rows, say = held[held.actor.eq(code)], "{:,.0f}".format
        dots(ax, rows, "warheads", [THEN], [code], say, told=waits)
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
    """Views of China in four neighbours, a row each: the last survey before the article as a
    divided bar with the claim's two thirds, below it the latest one, and at its right all years.

    shown: ISO3; a row for each of the four that is among them.
    Table: as geopolitical/opinion, about China, and no_answer (percent).
    Source: table geopolitical/opinion.
    """
    asked = evidence.table("geopolitical/opinion").query("about == 'CHN'").sort_values("year")
    needed(asked, "actor", ALARMED, "views of China")
    asked = asked.assign(no_answer=100 - asked.favourable - asked.unfavourable)
    everybody = [*ALARMED, *sorted({*asked.actor} - {*ALARMED})]
    codes = [code for code in everybody if not marks.is_off([code])] or everybody
    last = asked.groupby([asked.actor, asked.year.gt(THEN)]).tail(1)
    early = last[last.year.le(THEN)].sort_values("unfavourable", ascending=False)
    late = last[last.year.gt(THEN)]
    text = (
        "{actor} {year}: {unfavourable:.0f} % unfavourable, {no_answer:.0f} % no answer, "
        "{favourable:.0f} % favourable."
    )
    others = [((row.actor,), _view(row)) for row in early.itertuples()]
    by_actor = early.set_index("actor")
    return dict(
        others=others,
        words=dict(views=by_actor.unfavourable, silent=by_actor.no_answer),
        figure=_surveys(asked, pd.concat([early, late]), codes),
        sentences=row_sentences(pd.concat([early, late]), text, ["actor"], named=short_name),
        table=asked.round({"no_answer": 1}),
    )


def _view(poll: Any) -> str:
    """A survey in a sentence. A share without an answer is told where its block has room for the
    figure.
    """
    disliked = f"{poll.unfavourable:.0f} % in {the(poll.actor)} had an unfavourable view of China"
    said = f"In {poll.year} {disliked}"
    return f"{said}, and {poll.no_answer:.0f} % gave no answer" if poll.no_answer > 9.5 else said


def _surveys(asked: pd.DataFrame, last: pd.DataFrame, codes: list[str]) -> Figure:
    """A row an actor: the bars of its last surveys, and a small panel of all its surveys."""
    rows = len(codes)
    size: Look = dict(height=max(LOW, 0.95 + 0.85 * rows), rows=rows, cols=2, squeeze=False)
    size |= dict(width_ratios=[2.1, 1], left=0.6, right=0.3, top=0.6, bottom=0.4)
    figure, panels = canvas(**size, narrow=dict(left=0.5, right=0.2, width_ratios=[1.7, 1]))
    figure.subplots_adjust(wspace=0.22, hspace=0.3)
    for (bars, course), code in zip(panels, codes, strict=True):
        marks.bare_axes(bars, xlim=(0, 100), ylim=(-0.82, 0.75))
        for poll in last[last.actor.eq(code)].itertuples():
            _divided(bars, poll)
        Tagged(bars, code).text(0, 0.42, actors.name(code), va="bottom", fontweight="bold")
        marks.tag(bars, code)
        _all_surveys(course, asked[asked.actor.eq(code)])
    below_name = panels[0, 0].transData.transform((0, 0.42))
    bars, course = (_column(figure, panels[:, side]) for side in (0, 1))
    _heads(figure, bars, course, bars.transAxes.inverted().transform(below_name)[1])
    return figure


def _column(figure: Figure, panels: Sequence[Axes]) -> Axes:
    """An axes around all rows of a column, for what belongs to no actor: rows may be off."""
    top, low = panels[0].get_position(), panels[-1].get_position()
    around = figure.add_axes((low.x0, low.y0, low.width, top.y1 - low.y0), facecolor="none")
    marks.bare_axes(around, xlim=(0, 100), ylim=(0, 1))
    return around


def _divided(ax: Axes, poll: Any) -> None:
    """One survey as a bar of 100 per cent: unfavourable, no answer, favourable."""
    is_late, start = poll.year > THEN, 0.0
    place, height = (-0.58, 0.42) if is_late else (0, 0.62)
    for answer, (words, full, lighter) in VIEWS.items():
        value, colour = getattr(poll, answer), lighter if is_late else full
        tell = f"{actors.name(poll.actor)} {poll.year}, {words}: {value:.1f} %"
        draw = Tagged(ax, poll.actor, since=is_late, tell=tell)
        look: Look = dict(height=height, left=start, color=colour, edgecolor=EDGE, linewidth=0.6)
        draw.barh(place, value, **look)
        middle = _beside_the_rule(ax, start, value)
        if not np.isnan(middle):
            label: Look = dict(ha="center", va="center", color=ink_on(colour))
            draw.text(middle, place, f"{value:.0f} %", **label)
        start += value
    Tagged(ax, poll.actor, since=is_late).row_name(place, f"{poll.year}", color=QUIET)


def _beside_the_rule(ax: Axes, start: float, value: float) -> float:
    """Where in a part of a bar its figure stands: in the middle, or on the larger side of the rule;
    NaN where it has no room.
    """
    at, end = claims.row("M15")["holds"], start + value
    half = 100 * width("00 %") / 72 * ax.figure.dpi / ax.get_window_extent().width / 2 + 1
    if start + half > end - half:
        return np.nan
    middle = (start + end) / 2
    if abs(middle - at) >= half:
        return middle
    sides = ((start + at) / 2, at - start), ((at + end) / 2, end - at)
    place, room = max(sides, key=lambda side: side[1])
    return place if room > 2 * half else np.nan


def _all_surveys(ax: Axes, rows: pd.DataFrame) -> None:
    """All surveys of one actor, per cent unfavourable."""
    look: Look = dict(marker="o", markersize=3)
    plotted.lines(ax, rows, "actor", "unfavourable", "% unfavourable", 1, **look)
    for line in ax.lines:
        line.set(color=VIEWS["unfavourable"][1], markeredgecolor="none")
    panel(ax, [], *SURVEYED, ylim=(0, 105), article="")
    ax.set_yticks([0, 100], ["0", "100"])
    ax.axhline(claims.row("M15")["holds"], color=QUIET, linewidth=1, linestyle=marks.RULE)
    ax.set_xticklabels([])
    marks.tag(ax, rows.actor.iloc[0])


def _heads(figure: Figure, bars: Axes, course: Axes, top: float) -> None:
    """What the parts of a bar are, where the claim holds, what the small panels show, and the
    scales of both columns. top: of the line at which the claim holds.
    """
    key = [Patch(facecolor=full, edgecolor=EDGE, label=words) for words, full, _ in VIEWS.values()]
    place: Look = dict(loc="upper left", bbox_to_anchor=(0.01, 0.995), borderpad=0)
    figure.legend(handles=key, ncols=3, frameon=False, columnspacing=1.2, **place)
    bars.set_xticks([0, 50, 100], ["0 %", "50 %", "100 %"])
    marks.year_axis(course, *SURVEYED)
    above: Look = dict(textcoords="offset points", color=QUIET, va="bottom")
    at, up = claims.row("M15")["holds"], [0, top]
    bars.plot([at, at], up, color="white", linewidth=2.6, zorder=5.5)  # on a dark bar, too
    bars.plot([at, at], up, **marks.BOUND)
    rule = f"M15: {part(at, 'percent')}"
    bars.annotate(rule, (at, top), (0, 1), ha="center", bbox=PAPER, **above)
    head = "all years" if is_narrow() else "unfavourable, all years"
    course.annotate(head, (0, 1), (-4, 3), xycoords="axes fraction", **above)
