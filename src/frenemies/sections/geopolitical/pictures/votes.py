"""Votes in the UN General Assembly in pictures: pairs over the years, all pairs of a year, ways between Beijing and Moscow, ideal points."""

import pandas as pd
import seaborn as sns

from frenemies import evidence
from frenemies.evidence import actors
from frenemies.measures.lean import CIS_SPACE, all_eight, vote_lean
from frenemies.measures.votes import (
    MEASURES,
    agreement,
    ideal_distance,
    known_measure,
    rank_of,
    standing,
)
from frenemies.measures.words import WORDS, names
from frenemies.pictures.labels import label_ends, near
from frenemies.pictures.marks import Tagged, bare, line, timeline
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import needed, then_and_since, told
from frenemies.pictures.style import INK, QUIET, THEN, readable
from frenemies.sections import BETWEEN, BOTH

UN = "geopolitical/agreement"
PAIRS = (
    ("CHN", "RUS"),
    ("CHN", "USA"),
    ("RUS", "USA"),
    ("CHN", "IND"),
    ("RUS", "UKR"),
    ("DEU", "USA"),
    ("JPN", "USA"),
)
KOREA = (("CHN", "PRK"), ("PRK", "RUS"), ("KOR", "PRK"))
SHORT = {"USA": "USA", "PRK": "N. Korea", "KOR": "S. Korea"}
SPANS = ((2003, 2007), (2014, 2018), (2020, 2024))
LEADS, TOLD = ("CHN", "RUS", "USA"), 10  # told in words beside the nearest and the farthest pairs
SHOWN = ("CHN", "RUS", "USA", "UKR", "JPN", "KOR", "IND", "PRK", "KAZ")
FAINT = {"color": "#C9CCD1", "linewidth": 1, "linestyle": "solid", "zorder": 2}
STEPS = {
    "kappa": [-1, 0, 0.2, 0.4, 0.6, 0.8],
    "opposed": [0, 0.05, 0.1, 0.2, 0.4],
    "agree": [0, 0.5, 0.6, 0.7, 0.8, 0.9],
    "same": [0, 0.5, 0.6, 0.7, 0.8, 0.9],
}


def _some_years(frame):
    """Every fourth year, the last before the article and the last there is: a table that a page can hold; data/ has them all."""
    return frame[frame.year.isin([*range(1992, THEN, 4), THEN, frame.year.max()])]


def _pair_name(pair):
    return "-".join(SHORT.get(code) or actors.name(code) for code in pair)


@drawing(
    "geopolitical",
    UN,
    whose=("actor",),
    cannot="why a state votes as it does, nor what it does outside the hall",
)
def paths_picture(measure="kappa"):
    """Agreement with Russia (across) and with China (up) of eight CIS-space states in three spans of five years: a Picture.

    measure: agree, same, opposed or kappa. Raises UnknownMeasure.
    """
    spans = [all_eight(vote_lean(*span, measure), "votes").set_index("actor") for span in SPANS]
    paths = {code: [(span.RUS[code], span.CHN[code]) for span in spans] for code in CIS_SPACE}
    figure = _ways(paths, measure)
    away = measure == "opposed"
    near_china = [WORDS[int(((span.CHN > span.RUS) != away).sum())] for span in spans]
    title = f"In 2014-18 {near_china[1]} of eight CIS-space states voted nearer to Beijing than to Moscow; in 2003-07 {near_china[0]} did"
    table = pd.concat(
        [span.assign(year=last) for (_, last), span in zip(SPANS, spans, strict=True)]
    ).reset_index()
    of_what = f"UN General Assembly, {MEASURES[measure]}, means of five years"
    return dict(
        key=f"paths-{measure}",
        title=title,
        subtitle=f"{of_what}: from 2003-07 (ring) to 2014-18 (mark) and 2020-24 (end of the pale arrow)",
        then={"subtitle": f"{of_what}: from 2003-07 (ring) to 2014-18 (mark)"},
        figure=figure,
        sentences=_ways_in_words(paths),
        table=table[["actor", "year", "CHN", "RUS"]],
    )


def _ways(paths, measure):
    """The square between the two, with the diagonal, each actor's way through it, and the names."""
    every = [value for path in paths.values() for point in path for value in point]
    low, high = min(every), max(every)
    edges = (low - (high - low) * 0.08, high + (high - low) * 0.1)
    figure, ax = canvas(height=4.9, left=0.6, right=0.3, bottom=0.5)
    ax.set(
        xlim=edges,
        ylim=edges,
        xlabel=f"{MEASURES[measure]} with Russia",
        ylabel=f"{MEASURES[measure]} with China",
    )
    ax.plot(edges, edges, color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    for code, path in paths.items():
        _way(ax, code, path)
    lines = [(*path[step], *path[step + 1]) for path in paths.values() for step in (0, 1)]
    labels = [
        ((code,), *path[1], actors.name(code), actors.colour(code)) for code, path in paths.items()
    ]
    near(ax, labels, [*lines, (edges[0], edges[0], edges[1], edges[1])])
    side = "further from" if measure == "opposed" else "nearer to"
    look = {"transform": ax.transAxes}
    ax.text(0.02, 0.97, f"{side} China", **look, va="top", color=readable(actors.colour("CHN")))
    ax.text(0.98, 0.03, f"{side} Russia", **look, ha="right", color=readable(actors.colour("RUS")))
    return figure


def _way(ax, code, path):
    """One actor's way through three points: strong to 2018, pale after."""
    draw, colour = Tagged(ax, code), actors.colour(code)
    draw.arrow(path[0], path[1], arrowstyle="-", color=colour, linewidth=1.8, shrinkA=2, shrinkB=0)
    pale = {
        "arrowstyle": "->",
        "color": colour,
        "linewidth": 1.2,
        "shrinkA": 0,
        "shrinkB": 0,
        "alpha": 0.5,
    }
    Tagged(ax, code, since=True).arrow(path[1], path[2], **pale)
    draw.plot(*path[0], "o", color="white", markeredgecolor=colour, markersize=5)
    draw.plot(*path[1], actors.marker(code), color=colour, markersize=7, markeredgecolor="white")


def _ways_in_words(paths):
    spans = [f"{first}-{last % 100:02d}" for first, last in SPANS]
    for code, path in paths.items():
        steps = [f"{china:.2f} with China and {russia:.2f} with Russia" for russia, china in path]
        *early, late = [f"{step} in {span}" for step, span in zip(steps, spans, strict=True)]
        yield from then_and_since((code,), actors.name(code), ", ".join(early), late)


OVER_TIME = drawing(
    "geopolitical",
    UN,
    whose=("a", "b"),
    cannot="whether a vote mattered to anybody; the agenda changes from year to year",
)


@OVER_TIME
def pairs_picture(measure="kappa"):
    """One measure of agreement over the years for seven pairs of actors, China and Russia in front: a Picture.

    measure: agree, same, opposed (drawn in per cent) or kappa. Raises UnknownMeasure.
    """
    return _over_time(measure, PAIRS, "pairs")


@OVER_TIME
def pyongyang_picture(measure="kappa"):
    """The same of North Korea with China, Russia and South Korea: a Picture. Raises UnknownMeasure."""
    return _over_time(measure, KOREA, "pyongyang")


def _over_time(measure, pairs, key):
    """What both pictures share: a line a pair, the first in front."""
    factor, form = (1, "{:.2f}") if known_measure(measure) == "kappa" else (100, "{:.0f} %")
    frames = {
        pair: agreement(*pair).assign(value=lambda found: found[measure] * factor) for pair in pairs
    }
    figure, ax = canvas(height=3.8, right=1.85)
    labels, first, shared = [], frames[pairs[0]], set.intersection(*map(set, pairs))
    for pair, frame in frames.items():
        _pair_line(ax, frame, pair, pair == pairs[0], shared, labels, form)
    last = first.year.max()
    timeline(ax, 1992, last, 4)
    label_ends(ax, labels)
    scale = "0 is chance, 1 is perfect" if measure == "kappa" else "per cent"
    subtitle = f"{MEASURES[measure].capitalize()} in the UN General Assembly, {scale}, 1992-{{}} (in the table below: every fourth year)"
    table = pd.concat([frame.assign(a=pair[0], b=pair[1]) for pair, frame in frames.items()])
    return dict(
        key=f"{key}-{measure}",
        title=_went(pairs[0], first, form),
        subtitle=subtitle.format(last),
        then={"subtitle": subtitle.format(THEN)},
        figure=figure,
        sentences=_pairs_in_words(frames, form),
        table=_some_years(table)[["a", "b", "year", "common", measure]],
    )


def _went(pair, frame, form):
    at, year = frame.set_index("year").value.map(form.format), frame.year.iloc[0]
    return f"{names(pair)} went from {at[year]} in {year} to {at[THEN]} in {THEN}"


def _pair_line(ax, frame, pair, lead, shared, labels, form):
    """A pair's line in the colour of the actor whom no other pair has, or who is none of the big three."""
    code = next((one for one in pair if one not in (shared or ("CHN", "RUS", "USA"))), pair[0])
    looks = {
        "color": BETWEEN if set(pair) == {*BOTH} else actors.colour(code),
        "linewidth": 3 if lead else 1.4,
    }
    looks |= {"linestyle": "solid" if lead else actors.dash(code), "others": pair[1:]}
    name = _pair_name(pair)
    line(
        ax,
        frame,
        "year",
        "value",
        pair[0],
        lead,
        labels,
        lambda row: f"{name} {form.format(row.value)}",
        **looks,
    )


def _pairs_in_words(frames, form):
    for pair, frame in frames.items():
        yield from told(
            pair,
            _pair_name(pair),
            frame,
            "value",
            (frame.year.iloc[0], THEN, frame.year.iloc[-1]),
            form,
        )


@drawing(
    "geopolitical",
    UN,
    whose=("actor_a", "actor_b"),
    cannot="Taiwan, which is no member, nor pairs with under ten common votes",
)
def heat_picture(year=2018, measure="agree"):
    """All pairs of actors in one year, ordered by agreement with the United States so that blocs show: a Picture. Raises UnknownMeasure, UnknownYear."""
    pairs = standing(year, measure)
    place, best = rank_of("CHN", "RUS", year, measure), pairs.iloc[0]
    first = names([best.actor_a, best.actor_b])
    return dict(
        key=f"heat-{measure}-{year}",
        title=f"Of {len(pairs)} pairs in {year} China and Russia rank {place} by {MEASURES[measure]}; first: {first}",
        subtitle=f"{MEASURES[measure].capitalize()} in the UN General Assembly {year}, actors ordered by agreement with the United States;"
        " China and Russia framed",
        figure=_heat_map(pairs, measure, since=year > THEN),
        lead=f"The nearest and the farthest {TOLD} pairs, and those of China, Russia and the United States; the table holds all {len(pairs)}.",
        sentences=[
            ((a, b), f"{_pair_name((a, b))} {value:.2f}.")
            for _, a, b, _, value in _told(pairs).itertuples(index=False)
        ],
        table=pairs,
    )


def _told(pairs):
    """The pairs that are told in words: both ends of the list, and the three that the article is about."""
    three = pairs.actor_a.isin(LEADS) & pairs.actor_b.isin(LEADS)
    return pairs[three | (pairs.index < TOLD) | (pairs.index >= len(pairs) - TOLD)]


def _heat_map(pairs, measure, since):
    """A cell a pair, the actors in the order of their agreement with the United States."""
    both = pd.concat([pairs, pairs.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})])
    needed(both, "actor_a", ("USA",), "votes")
    table = both.pivot(index="actor_a", columns="actor_b", values=measure)
    order = ["USA", *table["USA"].dropna().sort_values(ascending=measure == "opposed").index]
    figure, ax = canvas(height=5.6, left=1.05, right=0.15, top=0.1, bottom=0.95)
    bare(ax, xlim=(-0.6, len(order) - 0.5), ylim=(len(order) - 0.5, -1.2))
    shades = sns.color_palette("YlGnBu", len(STEPS[measure])).as_hex()
    for row, one in enumerate(order):
        for column, other in enumerate(order[:row]):
            if (value := table.loc[one, other]) == value:
                shade = shades[sum(value >= step for step in STEPS[measure]) - 1]
                _cell(
                    Tagged(ax, one, other, since=since), column, row, shade, {one, other} == {*BOTH}
                )
        draw = Tagged(ax, one, since=since)
        if row:
            draw.text(-0.7, row, actors.name(one), ha="right", va="center")
        if row < len(order) - 1:
            draw.text(row, len(order) - 0.35, actors.name(one), ha="center", va="top", rotation=90)
    _scale(ax, shades, measure)
    return figure


def _cell(draw, column, row, shade, framed):
    edge = {"edgecolor": INK, "linewidth": 2.5, "zorder": 4} if framed else {"linewidth": 0}
    left, right, top, bottom = column - 0.46, column + 0.46, row - 0.46, row + 0.46
    corners = [left, right, right, left], [top, top, bottom, bottom]
    draw.fill(*corners, facecolor=shade, clip_on=False, **edge)


def _scale(ax, shades, measure):
    """The steps of the heat map's colours, with their bounds, in its empty corner."""
    steps = STEPS[measure]
    ax.text(12.2, -0.7, MEASURES[measure], va="center")
    for place, shade in enumerate(shades):
        ax.fill(
            [12.2, 13.2, 13.2, 12.2],
            [place, place, place + 1, place + 1],
            facecolor=shade,
            edgecolor="white",
        )
        ax.text(
            13.5,
            place + 0.5,
            f"{steps[place]:g} and more" if place else f"below {steps[1]:g}",
            va="center",
        )


@drawing(
    "geopolitical",
    "geopolitical/ideal_points",
    key="ideal",
    whose=("actor",),
    cannot="conflicts that do not lie on the one line it measures",
)
def ideal_picture():
    """Ideal points of all actors by session, a few in front, the rest grey: a Picture."""
    points = evidence.table("geopolitical/ideal_points")
    figure, ax = canvas(height=4.1, right=1.55)
    labels, last = [], points.year.max()
    for code, frame in points.groupby("actor"):
        _ideal_line(ax, frame, code, labels)
    timeline(ax, 1992, last, 4)
    label_ends(ax, labels)
    subtitle = "Ideal points, one line through UN votes, sessions from 1992 to {} (table: every fourth); higher is nearer to the USA"
    gap, far = (
        ideal_distance(*pair).set_index("year").distance
        for pair in (("CHN", "RUS"), ("RUS", "USA"))
    )
    return dict(
        title=f"China and Russia stood {gap[1992]:.1f} apart in 1992 and {gap[THEN]:.1f} in {THEN}; Russia and the United States {far[THEN]:.1f}",
        subtitle=subtitle.format(last),
        then={"subtitle": subtitle.format(THEN)},
        figure=figure,
        sentences=_ideal_in_words(points),
        table=_some_years(points).drop(columns="votes"),
    )


def _ideal_line(ax, frame, code, labels):
    """One actor's line: in front with a label, or faint."""
    text = {"labels": labels, "text": lambda row: f"{actors.name(code)} {row.ideal_point:+.1f}"}
    line(ax, frame, "year", "ideal_point", code, code in BOTH, **text if code in SHOWN else FAINT)


def _ideal_in_words(points):
    for code, frame in points.groupby("actor"):
        years = (frame.year[frame.year <= THEN].max(), frame.year.max())
        yield from told((code,), actors.name(code), frame, "ideal_point", years, "{:+.2f}")
