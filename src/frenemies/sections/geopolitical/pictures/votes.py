"""Votes in the UN General Assembly in pictures: pairs over the years, all pairs of a year, ways
between Beijing and Moscow, ideal points."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frenemies import evidence
from frenemies.evidence import actors
from frenemies.measures import votes
from frenemies.measures.lean import CIS_SPACE, all_eight, vote_lean
from frenemies.measures.votes import MEASURES
from frenemies.measures.words import WORDS, names
from frenemies.pictures import sentences
from frenemies.pictures.labels import near, panel
from frenemies.pictures.marks import Label, Look, Tagged, bare, line, lines
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.style import INK, QUIET, THEN, readable
from frenemies.sections import BETWEEN, BOTH, captions

CAPTIONS = captions("geopolitical")
UN = "geopolitical/agreement"
LEADS = ("CHN", "RUS", "USA")
THREE = (("CHN", "RUS"), ("CHN", "USA"), ("RUS", "USA"))
PAIRS = (*THREE, ("CHN", "IND"), ("RUS", "UKR"), ("DEU", "USA"), ("JPN", "USA"))
KOREA = (("CHN", "PRK"), ("PRK", "RUS"), ("KOR", "PRK"))
SHORT = {"USA": "USA", "PRK": "N. Korea", "KOR": "S. Korea"}
SPANS = ((2003, 2007), (2014, 2018), (2020, 2024))
TOLD = 10  # of the nearest and of the farthest pairs are told in words, beside those of LEADS
SHOWN = ("CHN", "RUS", "USA", "UKR", "JPN", "KOR", "IND", "PRK", "KAZ")
FAINT: Look = dict(color="#C9CCD1", linewidth=1, linestyle="solid", zorder=2)
STEPS = {
    "kappa": [-1, 0, 0.2, 0.4, 0.6, 0.8],
    "opposed": [0, 0.05, 0.1, 0.2, 0.4],
    "agree": [0, 0.5, 0.6, 0.7, 0.8, 0.9],
    "same": [0, 0.5, 0.6, 0.7, 0.8, 0.9],
}


def _some_years(frame):
    """Every fourth year, the last before the article and the last there is: what a page holds."""
    return frame[frame.year.isin([*range(1992, THEN, 4), THEN, frame.year.max()])]


def _short(code):
    return SHORT.get(code) or actors.name(code)


@drawing("geopolitical", UN, whose=("actor",), **CAPTIONS["paths"])
def paths_picture(measure: str = "kappa") -> dict:
    """Agreement with Russia (across) and with China (up) of eight CIS-space states in three spans.

    measure: agree, same, opposed or kappa. Raises UnknownMeasure.
    Table: actor, year (the span's last), CHN and RUS (means of five years).
    Source: table geopolitical/agreement.
    """
    spans = [all_eight(vote_lean(*span, measure), "votes").assign(year=span[1]) for span in SPANS]
    table = pd.concat(spans, ignore_index=True)
    points = table.set_index("actor")[["RUS", "CHN"]]
    paths = {code: points.loc[code].to_numpy() for code in CIS_SPACE}
    nearer = table.CHN.lt(table.RUS) if measure == "opposed" else table.CHN.gt(table.RUS)
    counts = nearer.groupby(table.year).sum().map(WORDS.__getitem__)
    voted = f"{counts[2018]} of eight CIS-space states voted nearer to Beijing than to Moscow"
    return dict(
        key=f"paths-{measure}",
        title=f"In 2014-18 {voted}; in 2003-07 {counts[2007]} did",
        **sentences.subtitle(
            f"UN General Assembly, {MEASURES[measure]}, means of five years: from 2003-07 (ring) to"
            " 2014-18 (mark){}",
            " and 2020-24 (end of the pale arrow)",
        ),
        figure=_ways(paths, measure),
        sentences=_ways_in_words(paths),
        table=table[["actor", "year", "CHN", "RUS"]],
    )


def _ways(paths: dict, measure: str) -> Figure:
    """The square between the two, with the diagonal, each actor's way through it, and the names."""
    least, most = np.min([*paths.values()]), np.max([*paths.values()])
    low, high = least - (most - least) * 0.08, most + (most - least) * 0.1
    figure, ax = canvas(height=4.9, left=0.6, right=0.3, bottom=0.5)
    ax.set(xlim=(low, high), ylim=(low, high))
    ax.set_xlabel(f"{MEASURES[measure]} with Russia")
    ax.set_ylabel(f"{MEASURES[measure]} with China")
    ax.plot([low, high], [low, high], color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    ways, labels = [], []
    for code, path in paths.items():
        _way(ax, code, path)
        ways += [(*path[0], *path[1]), (*path[1], *path[2])]
        labels.append(((code,), *path[1], actors.name(code), actors.colour(code)))
    near(ax, labels, [*ways, (low, low, high, high)])
    side = "further from" if measure == "opposed" else "nearer to"
    china, russia = (readable(actors.colour(code)) for code in BOTH)
    ax.text(0.02, 0.97, f"{side} China", transform=ax.transAxes, va="top", color=china)
    ax.text(0.98, 0.03, f"{side} Russia", transform=ax.transAxes, ha="right", color=russia)
    return figure


def _way(ax: Axes, code: str, path) -> None:
    """One actor's way through three points: strong to 2018, pale after."""
    draw, later, colour = Tagged(ax, code), Tagged(ax, code, since=True), actors.colour(code)
    look = dict(color=colour, shrinkB=0)
    draw.arrow(path[0], path[1], arrowstyle="-", linewidth=1.8, shrinkA=2, **look)
    later.arrow(path[1], path[2], arrowstyle="->", linewidth=1.2, shrinkA=0, alpha=0.5, **look)
    draw.plot(*path[0], "o", color="white", markeredgecolor=colour, markersize=5)
    draw.plot(*path[1], actors.marker(code), color=colour, markersize=7, markeredgecolor="white")


def _ways_in_words(paths: dict) -> Iterator[tuple]:
    spans = [f"{first}-{last % 100:02d}" for first, last in SPANS]
    for code, path in paths.items():
        steps = [
            f"{china:.2f} with China and {russia:.2f} with Russia in {span}"
            for (russia, china), span in zip(path, spans, strict=True)
        ]
        early, late = ", ".join(steps[:2]), steps[2]
        yield from sentences.then_and_since([code], actors.name(code), early, late)


over_time = drawing("geopolitical", UN, whose=("a", "b"), **CAPTIONS["votes-over-time"])


@over_time
def pairs_picture(measure: str = "kappa") -> dict:
    """One measure of agreement over the years for seven pairs of actors, China and Russia in front.

    measure: agree, same, opposed (drawn in per cent) or kappa. Raises UnknownMeasure.
    Table: a, b, year (every fourth), common (votes), the measure. Source: geopolitical/agreement.
    """
    return _over_time(measure, PAIRS, "pairs")


@over_time
def pyongyang_picture(measure: str = "kappa") -> dict:
    """The same of North Korea with China, Russia and South Korea. Raises UnknownMeasure."""
    return _over_time(measure, KOREA, "pyongyang")


def _over_time(measure: str, pairs: tuple, key: str) -> dict:
    """What both pictures share: a line a pair, the first in front."""
    kappa = votes.known_measure(measure) == "kappa"
    factor, form = (1, "{:.2f}") if kappa else (100, "{:.0f} %")
    agreed = {pair: votes.agreement(*pair) for pair in pairs}
    agreed = {pair: rows.assign(value=rows[measure] * factor) for pair, rows in agreed.items()}
    figure, ax = canvas(height=3.8, right=1.85)
    labels: list[Label] = []
    first, shared = agreed[pairs[0]], set.intersection(*map(set, pairs))
    for pair, rows in agreed.items():
        labels += _pair_line(ax, rows, pair, pair == pairs[0], shared, form)
    panel(ax, labels, 1992, first.year.max(), 4)
    scale = "0 is chance, 1 is perfect" if kappa else "per cent"
    table = pd.concat([rows.assign(a=pair[0], b=pair[1]) for pair, rows in agreed.items()])
    return dict(
        key=f"{key}-{measure}",
        title=_went(pairs[0], first, form),
        **sentences.subtitle(
            f"{MEASURES[measure].capitalize()} in the UN General Assembly, {scale}, 1992-{{}}"
            " (in the table below: every fourth year)",
            first.year.max(),
            THEN,
        ),
        figure=figure,
        sentences=_pairs_in_words(agreed, form),
        table=_some_years(table)[["a", "b", "year", "common", measure]],
    )


def _went(pair, frame, form):
    at, year = frame.set_index("year").value.map(form.format), frame.year.iloc[0]
    return f"{names(pair)} went from {at[year]} in {year} to {at[THEN]} in {THEN}"


def _pair_line(ax: Axes, rows: pd.DataFrame, pair: tuple, lead: bool, shared: set, form: str):
    """A pair's line in the colour of whom no other pair has, or who is none of the big three.

    Returns the labels of its end.
    """
    code = next((one for one in pair if one not in (shared or LEADS)), pair[0])
    look: Look = dict(color=actors.colour(code), linewidth=1.4, linestyle=actors.dash(code))
    if lead:
        look |= dict(linewidth=3, linestyle="solid")
    if pair == BOTH:
        look["color"] = BETWEEN
    rows, heavy = rows.assign(a=pair[0]), pair[:1] if lead else ()
    look |= dict(named=lambda _: "-".join(map(_short, pair)), others=pair[1:])
    return lines(ax, rows, "a", "value", form.format, heavy, **look)


def _pairs_in_words(agreed: dict, form: str) -> Iterator[tuple]:
    for pair, rows in agreed.items():
        years = (rows.year.iloc[0], THEN, rows.year.iloc[-1])
        yield from sentences.told(pair, "-".join(map(_short, pair)), rows, "value", years, form)


@drawing("geopolitical", UN, whose=("actor_a", "actor_b"), **CAPTIONS["heat"])
def heat_picture(year: int = 2018, measure: str = "agree") -> dict:
    """All pairs of actors in one year, ordered by agreement with the United States: blocs show.

    Raises UnknownMeasure, UnknownYear.
    Table: as `standing`, all pairs. Source: table geopolitical/agreement.
    """
    pairs = votes.standing(year, measure)
    place, best = votes.rank_of("CHN", "RUS", year, measure), pairs.iloc[0]
    first = names([best.actor_a, best.actor_b])
    said, text = _told(pairs), f"{{actor_a}}-{{actor_b}} {{{measure}:.2f}}."
    rank = f"China and Russia rank {place} by {MEASURES[measure]}; first: {first}"
    return dict(
        key=f"heat-{measure}-{year}",
        title=f"Of {len(pairs)} pairs in {year} {rank}",
        subtitle=f"{MEASURES[measure].capitalize()} in the UN General Assembly {year}, actors"
        " ordered by agreement with the United States; China and Russia framed",
        figure=_heat_map(pairs, measure, since=year > THEN),
        lead=f"The nearest and the farthest {TOLD} pairs, and those of China, Russia and the United"
        f" States; the table holds all {len(pairs)}.",
        sentences=sentences.told_rows(said, text, ["actor_a", "actor_b"], named=_short),
        table=pairs,
    )


def _told(pairs):
    """The pairs told in words: both ends of the list, and the three that the article is about."""
    three = pairs.actor_a.isin(LEADS) & pairs.actor_b.isin(LEADS)
    return pairs[three | (pairs.index < TOLD) | (pairs.index >= len(pairs) - TOLD)]


def _heat_map(pairs: pd.DataFrame, measure: str, since: bool) -> Figure:
    """A cell a pair, the actors in the order of their agreement with the United States."""
    both = pd.concat([pairs, pairs.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})])
    sentences.needed(both, "actor_a", ("USA",), "votes")
    table = both.pivot(index="actor_a", columns="actor_b", values=measure)
    order = ["USA", *table["USA"].dropna().sort_values(ascending=measure == "opposed").index]
    figure, ax = canvas(height=5.6, left=1.05, right=0.15, top=0.1, bottom=0.95)
    bare(ax, xlim=(-0.6, len(order) - 0.5), ylim=(len(order) - 0.5, -1.2))
    shades = sns.color_palette("YlGnBu", len(STEPS[measure])).as_hex()
    for row, one in enumerate(order):
        for column, other in enumerate(order[:row]):
            value, draw = table.loc[one, other], Tagged(ax, one, other, since=since)
            if pd.notna(value):
                shade = shades[sum(value >= step for step in STEPS[measure]) - 1]
                _cell(draw, column, row, shade, framed={one, other} == {*BOTH})
        draw = Tagged(ax, one, since=since)
        if row:
            draw.text(-0.7, row, actors.name(one), ha="right", va="center")
        if row < len(order) - 1:
            draw.text(row, len(order) - 0.35, actors.name(one), ha="center", va="top", rotation=90)
    _scale(ax, shades, measure)
    return figure


def _cell(draw: Tagged, column: int, row: int, shade: str, framed: bool) -> None:
    edge = dict(edgecolor=INK, linewidth=2.5, zorder=4) if framed else dict(linewidth=0)
    left, right, top, bottom = column - 0.46, column + 0.46, row - 0.46, row + 0.46
    corners = [left, right, right, left], [top, top, bottom, bottom]
    draw.fill(*corners, facecolor=shade, clip_on=False, **edge)


def _scale(ax: Axes, shades: list[str], measure: str) -> None:
    """The steps of the heat map's colours, with their bounds, in its empty corner."""
    steps = STEPS[measure]
    ax.text(12.2, -0.7, MEASURES[measure], va="center")
    for place, shade in enumerate(shades):
        up = [place, place, place + 1, place + 1]
        ax.fill([12.2, 13.2, 13.2, 12.2], up, facecolor=shade, edgecolor="white")
        text = f"{steps[place]:g} and more" if place else f"below {steps[1]:g}"
        ax.text(13.5, place + 0.5, text, va="center")


@drawing("geopolitical", "geopolitical/ideal_points", whose=("actor",), **CAPTIONS["ideal"])
def ideal_picture() -> dict:
    """Ideal points of all actors by session, a few in front, the rest grey.

    Table: actor, year (every fourth), ideal_point. Source: table geopolitical/ideal_points.
    """
    points = evidence.table("geopolitical/ideal_points")
    figure, ax = canvas(height=4.1, right=1.55)
    labels: list[Label] = []
    last = points.year.max()
    for code, rows in points.groupby("actor"):
        if code in SHOWN:
            labels += lines(ax, rows, "actor", "ideal_point", "{:+.1f}".format, BOTH)
        else:
            line(ax, rows, "year", "ideal_point", str(code), **FAINT)
    panel(ax, labels, 1992, last, 4)
    apart = [votes.ideal_distance(one, "RUS").set_index("year") for one in ("CHN", "USA")]
    gap, far = (distances.distance for distances in apart)
    went = f"{gap[1992]:.1f} apart in 1992 and {gap[THEN]:.1f} in {THEN}"
    return dict(
        title=f"China and Russia stood {went}; Russia and the United States {far[THEN]:.1f}",
        **sentences.subtitle(
            "Ideal points, one line through UN votes, sessions from 1992 to {} (table: every"
            " fourth); higher is nearer to the USA",
            last,
            THEN,
        ),
        figure=figure,
        sentences=_ideal_in_words(points),
        table=_some_years(points).drop(columns="votes"),
    )


def _ideal_in_words(points: pd.DataFrame) -> Iterator[tuple]:
    for _, rows in points.groupby("actor"):
        years = (rows.year[rows.year <= THEN].max(), rows.year.max())
        yield from sentences.told_each(rows, "actor", "ideal_point", years, "{:+.2f}")
