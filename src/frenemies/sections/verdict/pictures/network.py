"""The signed network in pictures, and the sentences that follow the actor bar.

Measures and sources: `frenemies.measures.network`.
"""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from frenemies.measures import network
from frenemies.measures.network import FIRST, TABLES, Rules, graph, signed_ties
from frenemies.sections import BOTH
from heldto.errors import is_second
from heldto.evidence import actors
from heldto.pictures import (
    LOW,
    QUIET,
    THEN,
    canvas,
    drawing,
    matrix,
    places,
    row_sentences,
    slug,
    way,
)
from heldto.pictures.marks import Look, Shown, Tagged, among
from heldto.pictures.style import is_narrow
from heldto.text.texts import captions
from heldto.text.words import count_of, list_names

CAPTIONS = captions("verdict")
RULES, OWN = Rules(), "of China and Russia"  # and the ties that are drawn
BROKEN = (0, (4, 2.5))  # the dashes of rivals
SIGNS: dict[int, Look] = {  # lines of friends, rivals, and pairs that are both
    1: dict(color="#1B7F79", linestyle="solid"),
    -1: dict(color="#C2571A", linestyle=BROKEN),
    0: dict(color=QUIET, linestyle=(0, (1, 2.5))),
}
OUTER = {"USA": 9, "CHN": -9, "RUS": -8}  # who stands first and last in the matrix
SHADE: Look = dict(color="#F2C14E", alpha=0.35, linewidth=0, zorder=1)
RULED = "F4 holds if a friend, by pledge or arms, of each is the other's rival; partly if of one"
UNTIED = "No tie to draw among those shown"
KINDS = {1: "friends", -1: "rivals", 0: "both at once, so neither"}
KIND = {1: "friend", -1: "rival"}


def triads_line(shown: Sequence[str], year: int = FIRST, rules: Rules = RULES) -> str:
    """Balanced and unbalanced triads among the actors shown, in a sentence: for `fr.live`.

    Raises UnknownYear.
    """
    states = [code for code in shown if code in actors.ALL]  # the bar also offers the EU
    found = network.triads(graph(signed_ties(year, rules, codes=states)))
    bad = found[~found.balanced]
    both = network.holding(bad, *BOTH)
    among = f"{count_of(len(found), 'triad')} among the {count_of(len(states), 'actor')} shown"
    counted = f"{year}: {among}, {len(bad)} of them unbalanced."
    if not len(bad):
        return counted
    if not len(both):
        return f"{counted} None of these holds both China and Russia."
    thirds = list_names(_thirds(both))
    return f"{counted} China and Russia sit together in {len(both)} of these, with {thirds}."


def frustration_line(shown: Sequence[str], year: int = FIRST, rules: Rules = RULES) -> str:
    """The frustration index among the actors shown, and the two camps, in a sentence.

    Raises UnknownYear.
    """
    found = network.frustration(graph(signed_ties(year, rules, codes=shown)))
    camps = ". On the other side: ".join(list_names(camp) for camp in found.camps if camp)
    reached = f" One such division: {camps}." if camps else ""
    return f"{year}: {found}.{reached}"


def _thirds(found: pd.DataFrame) -> list[str]:
    """The third actors of triads that hold China and Russia, in the order of the rows."""
    return [({*three} - {*BOTH}).pop() for three in found[["a", "b", "c"]].itertuples(index=False)]


def _changed(rules: Rules) -> list[str]:
    """The rules that are not as fixed beforehand, in words: ["kappa 0.5", "arms left out"]."""
    own = {name: value for name, value in vars(rules).items() if value != getattr(RULES, name)}
    left_out = (None, False)
    return [f"{name} {'left out' if one in left_out else one}" for name, one in own.items()]


def _chance(net: nx.Graph, shown: Shown) -> dict[str, dict[str, float]] | None:
    """What shuffled signs would give, by which triads; None where not all actors are shown."""
    if {*(shown or actors.ALL)} < {*actors.ALL}:
        return None
    rows = network.shuffled(net, *BOTH)
    return rows.set_index("which").to_dict("index") if rows.triads.iloc[1] else None


def _key(name: str, year: int, rules: Rules) -> str:
    """A name of its own for each year and set of rules."""
    return slug(name, *([] if year == FIRST else [year]), *_changed(rules))


@drawing("verdict", *TABLES, whose=("actor_a", "actor_b"), **CAPTIONS["network"])
def network_picture(
    year: int = FIRST, rules: Rules = RULES, ties: str = OWN, *, shown: Shown = None
) -> dict:
    """Friends and rivals of a year: those of China and Russia as a map, each actor in its fixed
    place, the unbalanced triads of the two shaded; those of all as a matrix of pairs.

    ties: "of China and Russia", or "all".
    shown: the actors between whom ties are drawn and counted. Raises UnknownYear, Problem.
    Table: as `signed_ties`. Source: see `frenemies.measures.network`.
    """
    every = is_second(ties, OWN, "all")
    pairs = signed_ties(year, rules, codes=[*(shown or actors.ALL)])
    net = graph(pairs)
    found = network.triads(net)
    bad = network.holding(found[~found.balanced], *BOTH)
    if not every:
        pairs = pairs[pairs.actor_a.isin(BOTH) | pairs.actor_b.isin(BOTH)]
    third = " and ".join(map(actors.name, _thirds(bad)))
    friends = pairs.sign.eq(1) & pairs.actor_a.eq(BOTH[0]) & pairs.actor_b.eq(BOTH[1])
    over = "part company over" if friends.any() else "are rivals, and out of balance with"
    none = "no unbalanced triad holds China and Russia"
    apart = f"China and Russia {over} {third}" if third else none
    told = pairs.assign(kind=pairs.sign.map(KINDS))
    text = "{actor_a} and {actor_b}: {kind} ({evidence})."
    return dict(
        key="-".join([_key("network", year, rules), *(["all"] if every else [])]),
        about=[*BOTH, *_thirds(bad)],
        words=dict(
            year=year,
            apart=apart,
            other=_changed(rules),
            bad=len(bad),
            every=every,
            chance=_chance(net, shown),
        ),
        figure=(_pairs(pairs, year > THEN) if every else _map(pairs, bad, since=year > THEN)),
        sentences=row_sentences(told, text, ["actor_a", "actor_b"]),
        table=pairs,
    )


def _map(pairs: pd.DataFrame, bad: pd.DataFrame, since: bool) -> Figure:
    """Ties between actors in their fixed places, over the triads that are out of balance."""
    narrow: Look = dict(height=5.6)
    figure, ax = canvas(height=6.1, left=0.05, right=0.05, top=0.1, bottom=0.05, narrow=narrow)
    ax.set(xlim=(-1.5, 1.42), ylim=(-1.95 if is_narrow() else -1.44, 1.14))
    ax.axis("off")
    for three in bad[["a", "b", "c"]].itertuples(index=False):
        draw = Tagged(ax, *three, since=since, tell=f"{list_names(three)}: an unbalanced triad")
        draw.fill(*zip(*map(actors.place, three), strict=True), **SHADE)
    lines = [_tie(ax, row, since) for row in pairs.itertuples()]
    places(ax, lines, 8, lead=BOTH, since=since)
    if not lines:
        ax.text(0.01, 0.15, UNTIED, transform=ax.transAxes)
    _key_of_ties(ax, {*pairs.sign}, shaded=len(bad) > 0)
    return figure


def _pairs(pairs: pd.DataFrame, since: bool) -> Figure:
    """A cell a tie, friends of the United States first, those of China and Russia last."""
    ends = pd.concat([pairs, pairs.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})])
    sides = ends.actor_b.map({"USA": 1, "CHN": -1, "RUS": -1}).fillna(0) * ends.sign
    side = sides.groupby(ends.actor_a).sum()
    side = side + side.index.map(OUTER).fillna(0)
    codes = [*side.sort_values(ascending=False, kind="stable").index]
    figure, ax = matrix.matrix_sheet(codes, BOTH, since, lines=True)
    for row in pairs.itertuples():
        ends, place = (
            (row.actor_a, row.actor_b),
            (codes.index(row.actor_a), codes.index(row.actor_b)),
        )
        tell = f"{list_names(ends)}: {KINDS[row.sign]} ({row.evidence})"
        draw, colour = Tagged(ax, *ends, since=since, tell=tell), str(SIGNS[row.sign]["color"])
        matrix.matrix_cell(draw, place, colour)
        matrix.matrix_words(
            draw, place, "+\u2212\u00b1"[[1, -1, 0].index(row.sign)], "white", colour
        )
    if pairs.empty:
        ax.text(0.01, 0.15, UNTIED, transform=ax.transAxes)
    signs = zip(KINDS, "+\u2212\u00b1", strict=True)
    drawn = {
        f"{mark}  {KINDS[sign]}": SIGNS[sign]["color"]
        for sign, mark in signs
        if sign in {*pairs.sign}
    }
    matrix.matrix_key(ax, drawn, labelcolor=QUIET)
    return figure


def _tie(ax: Axes, row: Any, since: bool) -> np.ndarray:
    """One tie as a line, wide by the kinds of evidence. Returns its points."""
    kinds = {1: row.friendly, -1: row.hostile, 0: 0.5}[row.sign]
    ends, line = (row.actor_a, row.actor_b), way(row.actor_a, row.actor_b)
    over = 3 if {*ends} & {*BOTH} else 2
    look: Look = dict(linewidth=0.5 + 0.9 * kinds, zorder=over, alpha=1 if over == 3 else 0.55)
    tell = f"{list_names(ends)}: {KINDS[row.sign]} ({row.evidence})"
    Tagged(ax, *ends, since=since, tell=tell).plot(*line.T, **look | SIGNS[row.sign])
    return line


def _key_of_ties(ax: Axes, signs: set, shaded: bool) -> None:
    """What lines and shades are, below the map."""
    drawn = {KINDS[sign]: SIGNS[sign] | {"linewidth": 2} for sign in KINDS if sign in signs}
    drawn["wider: more kinds of evidence"] = dict(color=QUIET, linewidth=3.2)
    keys: list = [Line2D([], [], label=text, **look) for text, look in drawn.items()]
    if shaded:
        keys.append(Patch(label="unbalanced triad", **SHADE))
    in_a_row = len(keys) <= 4  # as many have room beside each other on a wide screen
    columns, up, text = (4, 0.075, RULED) if in_a_row else (3, 0.105, RULED)
    if is_narrow():
        columns, up, text = 2, 0.125, fill(RULED, 46)
    ax.legend(handles=keys, loc="lower left", ncols=columns, frameon=False, labelcolor=QUIET)
    ax.text(0.01, up, text, transform=ax.transAxes, color=QUIET)


@drawing("verdict", *TABLES, whose=("third",), **CAPTIONS["thirds"])
def thirds_picture(year: int = FIRST, rules: Rules = RULES, *, shown: Shown = None) -> dict:
    """The triads that hold China and Russia, one a row: how the third actor stands with each.

    shown: ISO3; without some of the actors the triads of those.
    Raises UnknownYear. Table: third, words, balanced. Source: see `frenemies.measures.network`.
    """
    net = graph(signed_ties(year, rules))
    found = among(_rows(net), "third").reset_index(drop=True)
    between = net.get_edge_data(*BOTH, default={"sign": 0})["sign"]
    are = {1: "friends", -1: "rivals", 0: "neither friends nor rivals"}[between]
    counts = dict(
        count=count_of(len(found), "triad"), bad=(~found.balanced).sum(), chance=_chance(net, shown)
    )
    return dict(
        key=_key("thirds", year, rules),
        words=dict(year=year, are=are, only=shown is not None, other=_changed(rules), **counts),
        figure=_ladder(found, since=year > THEN),
        sentences=map(_in_words, found.itertuples()),
        table=found[["third", "words", "balanced"]],
    )


def _in_words(row: Any) -> tuple:
    balance = "balanced" if row.balanced else "unbalanced"
    return (*BOTH, row.third), f"{actors.name(row.third)}: {row.words}; {balance}."


def _rows(net: nx.Graph) -> pd.DataFrame:
    """The triads of China and Russia, unbalanced ones first.

    Columns: third, china, russia (signs), balanced, words.
    """
    found = network.holding(network.triads(net), *BOTH).assign(third=_thirds)
    china, russia = ([net[lead][code]["sign"] for code in found.third] for lead in BOTH)
    found = found.assign(china=china, russia=russia)
    one, other = found.china.map(KIND), found.russia.map(KIND)
    apart = one + " of China, " + other + " of Russia"
    found = found.assign(words=apart.where(one.ne(other), one + " of both"))
    return found.sort_values(["balanced", "china", "third"], ignore_index=True)


def _ladder(found: pd.DataFrame, since: bool) -> Figure:
    """A row a triad, between China at the left and Russia at the right."""
    room: Look = dict(left=0.5, right=3.2, bottom=0.15, narrow={"left": 0.3, "right": 1.5})
    high = 0.6 if is_narrow() else 0.3  # a row
    figure, ax = canvas(max(LOW, 0.75 + high * len(found)), **room)
    free = max(4 - len(found), 0) / 2  # a few rows stand in the middle
    ax.set(xlim=(0, 1), ylim=(len(found) - 0.4 + free, -0.9 - free))
    ax.axis("off")
    for x, code in enumerate(BOTH):
        look = dict(color=actors.colour(code), fontsize=10, fontweight="bold", ha="center")
        Tagged(ax, code, since=since).text(x, -0.65, actors.name(code), **look)
    for row in found.itertuples():
        tell = _in_words(row)[1].rstrip(".")
        _third(Tagged(ax, *BOTH, row.third, since=since, tell=tell), row)
    return figure


def _third(draw: Tagged, row: Any) -> None:
    """One row: a line to China, the third actor's name, a line to Russia, and what they make."""
    weight, made = ("normal", "") if row.balanced else ("bold", ": unbalanced")
    draw.text(0.5, row.Index, actors.name(row.third), ha="center", va="center", fontweight=weight)
    words = (row.words + made).replace(", ", ",\n") if is_narrow() else row.words + made
    draw.text(
        1.06, row.Index, words.replace(": un", ":\nun") if is_narrow() else words, va="center"
    )
    for code, sign, ends, at in (("CHN", row.china, (0, 0.3), 0), ("RUS", row.russia, (0.7, 1), 1)):
        looks = dict(color=actors.colour(code), clip_on=False)
        dash = "solid" if sign > 0 else BROKEN
        draw.plot(ends, [row.Index] * 2, linestyle=dash, linewidth=2.2, **looks)
        draw.plot(at, row.Index, marker=actors.marker(code), markersize=8, **looks)
