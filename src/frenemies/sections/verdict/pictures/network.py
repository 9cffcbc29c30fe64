"""The signed network in pictures, and the sentences that follow the actor bar.

Measures and sources: `frenemies.measures.network`.
"""

from collections.abc import Collection, Sequence
from typing import Any

import networkx as nx
import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frenemies.evidence import actors
from frenemies.measures.network import (
    FIRST,
    TABLES,
    Rules,
    frustration,
    graph,
    holding,
    signed_ties,
    triads,
)
from frenemies.measures.words import listed
from frenemies.pictures.marks import Tagged
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import Sentence, slug, told_rows
from frenemies.pictures.style import INK, THEN
from frenemies.sections import BOTH, among

RULES = Rules()
BROKEN = (0, (4, 2.5))  # the dashes of rivals
KINDS = {1: "friends", -1: "rivals", 0: "both at once, so neither"}
STANDS = {  # sign of the tie with China, with Russia
    (1, 1): "friend of both",
    (-1, -1): "rival of both",
    (1, -1): "friend of China, rival of Russia",
    (-1, 1): "rival of China, friend of Russia",
}


def triads_line(shown: Sequence[str], year: int = FIRST, rules: Rules = RULES) -> str:
    """Balanced and unbalanced triads among the actors shown, in a sentence: for `fr.live`.

    Raises UnknownYear.
    """
    states = [code for code in shown if code in actors.ALL]  # the bar also offers the EU
    found = triads(graph(signed_ties(year, rules, codes=states)))
    bad = found[~found.balanced]
    both = holding(bad, *BOTH)
    count = "1 triad" if len(found) == 1 else f"{len(found)} triads"
    counted = (
        f"{year}: {count} among the {len(states)} actors shown, {len(bad)} of them unbalanced."
    )
    if not len(bad):
        return counted
    if not len(both):
        return f"{counted} None of these holds both China and Russia."
    thirds = listed(_thirds(both))
    return f"{counted} China and Russia sit together in {len(both)} of these, with {thirds}."


def frustration_line(shown: Sequence[str], year: int = FIRST, rules: Rules = RULES) -> str:
    """The frustration index among the actors shown, and the two camps, in a sentence.

    Raises UnknownYear.
    """
    found = frustration(graph(signed_ties(year, rules, codes=shown)))
    camps = ". On the other side: ".join(listed(camp) for camp in found.camps if camp)
    nearest = f" The division that comes nearest: {camps}." if camps else ""
    return f"{year}: {found}.{nearest}"


def _thirds(found: pd.DataFrame) -> list[str]:
    """The third actors of triads that hold China and Russia, in the order of the rows."""
    threes = found[["a", "b", "c"]].itertuples(index=False)
    return [next(code for code in three if code not in BOTH) for three in threes]


def _changed(rules: Rules) -> list[str]:
    """The rules that are not as fixed beforehand, in words: ["kappa 0.5", "arms left out"]."""
    own = {name: value for name, value in vars(rules).items() if value != getattr(RULES, name)}
    left_out = (None, False)
    return [f"{name} {'left out' if one in left_out else one}" for name, one in own.items()]


def _other(rules: Rules) -> str:
    return f"; by other rules: {', '.join(_changed(rules))}" if rules != RULES else ""


def _key(name: str, year: int, rules: Rules) -> str:
    """A name of its own for each year and set of rules."""
    return slug(name, *([] if year == FIRST else [year]), *_changed(rules))


@drawing(
    "verdict",
    *TABLES,
    whose=("actor_a", "actor_b"),
    cannot="how much a tie matters to either side: a treaty of 1961 and last year's votes look"
    " alike.",
)
def network_picture(
    year: int = FIRST, rules: Rules = RULES, *, shown: Collection[str] | None = None
) -> dict[str, Any]:
    """Friends and rivals of a year, each actor in its fixed place.

    The unbalanced triads of China and Russia are shaded. shown: the actors between whom ties are
    drawn and counted. Raises UnknownYear.
    Table: as `signed_ties`. Source: see `frenemies.measures.network`.
    """
    pairs = among(signed_ties(year, rules), shown, "actor_a", "actor_b")
    found = triads(graph(pairs))
    bad = holding(found[~found.balanced], *BOTH)
    third = " and ".join(map(actors.name, _thirds(bad)))
    apart = (
        f"China and Russia part company over {third}"
        if third
        else "no third actor sets China and Russia apart"
    )
    return dict(
        key=_key("network", year, rules),
        title=f"In {year} {apart}",
        neutral="Friends and rivals by the rules",
        about=[*BOTH, *_thirds(bad)],
        subtitle="Solid: friends; dashed: rivals; dotted: both at once, so neither; wider: more"
        f" kinds of evidence; shaded: unbalanced triads of China and Russia{_other(rules)}",
        figure=_map(pairs, bad, since=year > THEN),
        lead=f"In {year} {apart}; unbalanced triads that hold both: {len(bad)}.",
        sentences=told_rows(
            pairs.assign(kind=pairs.sign.map(KINDS)),
            "{actor_a} and {actor_b}: {kind} ({evidence}).",
            ("actor_a", "actor_b"),
        ),
        table=pairs,
    )


def _map(pairs: pd.DataFrame, bad: pd.DataFrame, since: bool) -> Figure:
    """Ties between actors in their fixed places, over the triads that are out of balance."""
    figure, ax = canvas(height=5.6, left=0.05, right=0.05, top=0.1, bottom=0.1)
    ax.set(xlim=(-1.5, 1.42), ylim=(-1.16, 1.14))
    ax.axis("off")
    shade = dict(color="#F2C14E", alpha=0.35, linewidth=0, zorder=1)
    for three in bad[["a", "b", "c"]].itertuples(index=False):
        Tagged(ax, *three, since=since).fill(*zip(*map(actors.place, three), strict=True), **shade)
    for row in pairs.itertuples():
        _tie(ax, row, since)
    for code in actors.ALL:
        _actor(ax, code, since)
    return figure


def _tie(ax: Axes, row: Any, since: bool) -> None:
    """One tie as a line, wide by the kinds of evidence.

    It is solid for friends, dashed for rivals, dotted where it is both.
    """
    ends = (row.actor_a, row.actor_b)
    lead = next((code for code in BOTH if code in ends), None)
    colour = INK if set(ends) == set(BOTH) else actors.colour(lead) if lead else "#9AA0A6"
    kinds = {1: row.friendly, -1: row.hostile, 0: 0.5}[row.sign]
    looks = dict(
        color=colour,
        linestyle={1: "solid", -1: BROKEN, 0: (0, (1, 2.5))}[row.sign],
        linewidth=0.5 + 0.9 * kinds,
        zorder=3 if lead else 2,
    )
    Tagged(ax, *ends, since=since).plot(*zip(*map(actors.place, ends), strict=True), **looks)


def _actor(ax: Axes, code: str, since: bool) -> None:
    """One actor: its marker in its place, its name outside the circle or above or below."""
    (x, y), lead, draw = actors.place(code), code in BOTH, Tagged(ax, code, since=since)
    mark = dict(marker=actors.marker(code), markersize=13 if lead else 8, markeredgecolor="white")
    draw.plot(x, y, color=actors.colour(code), zorder=5, **mark)
    type_ = dict(fontsize=11 if lead else 9, fontweight="bold" if lead else "normal", zorder=6)
    halo = [patheffects.withStroke(linewidth=2.5, foreground="white")]
    where = dict(textcoords="offset points", **_beside(code, x, y))
    draw.annotate(actors.name(code), (x, y), path_effects=halo, **type_, **where)


def _beside(code: str, x: float, y: float) -> dict[str, Any]:
    """Where a name stands: beside an actor at the side, above or below one in the middle."""
    if abs(x) >= 0.8:
        right = x > 0
        return dict(xytext=(9 if right else -9, 0), va="center", ha="left" if right else "right")
    above = y >= 0 and code != "PRK"
    return dict(xytext=(0, 8 if above else -8), va="bottom" if above else "top", ha="center")


@drawing(
    "verdict",
    *TABLES,
    whose=("third",),
    cannot="actors tied to one of the two only: without a tie to both there is no triad.",
)
def thirds_picture(
    year: int = FIRST, rules: Rules = RULES, *, shown: Collection[str] | None = None
) -> dict[str, Any]:
    """The triads that hold China and Russia, one a row: how the third actor stands with each.

    shown: ISO3; without some of the actors the triads of those.
    Raises UnknownYear. Table: third, words, balanced. Source: see `frenemies.measures.network`.
    """
    net = graph(signed_ties(year, rules))
    found = among(_rows(net), shown, "third").reset_index(drop=True)
    between = net.get_edge_data(*BOTH, default={"sign": 0})["sign"]
    are = {1: "friends", -1: "rivals", 0: "neither friends nor rivals"}[between]
    bad = (~found.balanced).sum()
    triads_of = f"{len(found)} triads" + " shown" * (shown is not None)
    return dict(
        key=_key("thirds", year, rules),
        title=f"{bad} of the {triads_of} of China and Russia in {year} are unbalanced",
        neutral="The triads of China and Russia",
        about=["*"],
        subtitle="Every actor tied to both. Solid: friend; dashed: rival. A triad is balanced where"
        f" the product of its three signs is positive{_other(rules)}",
        figure=_ladder(found, since=year > THEN),
        lead=f"In {year} China and Russia are {are} by the rules, and sit in {triads_of}, {bad} of"
        " them unbalanced.",
        sentences=map(_in_words, found.itertuples()),
        table=found[["third", "words", "balanced"]],
    )


def _in_words(row: Any) -> Sentence:
    balance = "balanced" if row.balanced else "unbalanced"
    return (*BOTH, row.third), f"{actors.name(row.third)}: {row.words}; {balance}."


def _rows(net: nx.Graph) -> pd.DataFrame:
    """The triads of China and Russia, unbalanced ones first.

    Columns: third, china, russia (signs), balanced, words.
    """
    found = holding(triads(net), *BOTH).assign(third=_thirds)
    china, russia = ([net[lead][code]["sign"] for code in found.third] for lead in BOTH)
    words = [STANDS[pair] for pair in zip(china, russia, strict=True)]
    found = found.assign(china=china, russia=russia, words=words)
    return found.sort_values(["balanced", "china", "third"], ignore_index=True)


def _ladder(found: pd.DataFrame, since: bool) -> Figure:
    """A row a triad, between China at the left and Russia at the right."""
    height = 0.75 + 0.3 * max(len(found), 1)
    figure, ax = canvas(height=height, left=0.75, right=3.05, top=0.15, bottom=0.15)
    ax.set(xlim=(0, 1), ylim=(len(found) - 0.4, -0.9))
    ax.axis("off")
    for x, code in enumerate(BOTH):
        look = dict(color=actors.colour(code), fontsize=10, fontweight="bold", ha="center")
        Tagged(ax, code, since=since).text(x, -0.65, actors.name(code), **look)
    row: Any
    for row in found.itertuples():
        _third(Tagged(ax, *BOTH, row.third, since=since), row)
    return figure


def _third(draw: Tagged, row: Any) -> None:
    """One row: a line to China, the third actor's name, a line to Russia, and what they make."""
    weight, made = ("normal", "") if row.balanced else ("bold", ": unbalanced")
    draw.text(0.5, row.Index, actors.name(row.third), ha="center", va="center", fontweight=weight)
    draw.text(1.06, row.Index, row.words + made, va="center")
    for code, sign, ends, at in (("CHN", row.china, (0, 0.3), 0), ("RUS", row.russia, (0.7, 1), 1)):
        looks = dict(color=actors.colour(code), clip_on=False)
        dash = "solid" if sign > 0 else BROKEN
        draw.plot(ends, [row.Index] * 2, linestyle=dash, linewidth=2.2, **looks)
        draw.plot(at, row.Index, marker=actors.marker(code), markersize=8, **looks)
