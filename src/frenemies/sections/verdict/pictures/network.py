"""The signed network in pictures, and the sentences that follow the actor bar.

Measures and sources: `frenemies.measures.network`.
"""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import networkx as nx
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
    INK,
    LOW,
    QUIET,
    THEN,
    canvas,
    drawing,
    is_off,
    marks,
    matrix,
    row_sentences,
    slug,
)
from heldto.pictures.marks import Look, Shown, Tagged, among
from heldto.pictures.style import is_narrow
from heldto.text.texts import captions, labels
from heldto.text.words import count_of, list_names

CAPTIONS = captions("verdict")
RULES, OWN = Rules(), "of China and Russia"  # and the ties that are drawn
BROKEN = (0, (4, 2.5))  # the dashes of rivals
SIGNS = {1: "#1B7F79", -1: "#C2571A", 0: QUIET}  # friends, rivals, and pairs that are both
DOTS: dict[int, Look] = {  # the same as signs, which are told apart in grey, too
    1: dict(marker="o"),
    -1: dict(marker="X"),
    0: dict(marker="o", markerfacecolor="white", markeredgewidth=1.6),
}
WIDE, PHONE = {"CHN": 0.06, "RUS": 0.56}, {"CHN": 0.03, "RUS": 0.47}  # where the two columns stand
EVIDENCE = labels("verdict")["evidence"]  # a word for each kind
OUTER = {"USA": 9, "CHN": -9, "RUS": -8}  # who stands first and last in the matrix
SHADE: Look = dict(color="#F2C14E", alpha=0.35, linewidth=0, zorder=1)
RULED = "F4 holds if a friend, by pledge or arms, of each is the other's rival; partly if of one"
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
    """The rules that are not as they were first fixed, in words: ["kappa 0.5", "arms left out"]."""
    own = {name: value for name, value in vars(rules).items() if value != getattr(RULES, name)}
    left_out = (None, False)
    return [f"{name} {'left out' if one in left_out else one}" for name, one in own.items()]


def _is_part(shown: Shown) -> bool:
    """Whether some states are left out; the bar also offers the EU, which is none."""
    return bool({*actors.ALL} - {*(shown or actors.ALL)})


def _chance(net: nx.Graph, shown: Shown) -> dict[str, Any] | None:
    """What shuffled signs would give, by which triads; "harder": if each actor also keeps its
    number of rivals. None where not all actors are shown.
    """
    if _is_part(shown):
        return None
    rows, harder = (
        network.shuffled(net, *BOTH, keep=keep).set_index("which") for keep in network.KEPT
    )
    if not rows.triads["with"]:
        return None
    return rows.to_dict("index") | {"harder": harder.to_dict("index")}


def _key(name: str, year: int, rules: Rules) -> str:
    """A name of its own for each year and set of rules."""
    return slug(name, *([] if year == FIRST else [year]), *_changed(rules))


@drawing("verdict", *TABLES, whose=("actor_a", "actor_b"), **CAPTIONS["network"])
def network_picture(
    year: int = FIRST, rules: Rules = RULES, ties: str = OWN, *, shown: Shown = None
) -> dict | None:
    """Friends and rivals of a year: those of China and Russia as a table of dots, a row an actor,
    first those over whom the two disagree, unbalanced triads shaded; those of all as a matrix of
    pairs.

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
    if pairs.empty:
        return None
    third = " and ".join(map(actors.name, _thirds(bad)))
    friends = pairs.sign.eq(1) & pairs.actor_a.eq(BOTH[0]) & pairs.actor_b.eq(BOTH[1])
    over = "parted company over" if friends.any() else "were rivals, and out of balance with"
    only = _is_part(shown)
    none = f"no unbalanced triad {'of those shown ' if only else ''}held China and Russia"
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
            only=only,
            every=every,
            chance=_chance(net, shown),
        ),
        figure=_pairs(pairs, year > THEN) if every else _dots(pairs, bad, year, rules),
        sentences=row_sentences(told, text, ["actor_a", "actor_b"]),
        table=pairs,
    )


def _dots(pairs: pd.DataFrame, bad: pd.DataFrame, year: int, rules: Rules) -> Figure:
    """A row an actor, a column each for China and Russia: a dot for a friend, a cross for a rival,
    with the evidence; above them how the two stand with each other.
    """
    since, leads = year > THEN, [code for code in BOTH if not is_off([code])]
    signs, columns = _signs_with(pairs), PHONE if is_narrow() else WIDE
    first = int((pairs.actor_a.isin(BOTH) & pairs.actor_b.isin(BOTH)).any())  # above the others
    places = {code: place for place, code in enumerate(signs.index, first)}
    rows = max(len(signs) + first, 4)
    room: Look = dict(left=1.25, right=0.1, top=0.3, bottom=0.85)
    room |= dict(narrow=dict(left=1.1, right=0.05))
    figure, ax = canvas(max(LOW, 1.15 + 0.26 * rows), **room)
    marks.bare_axes(ax, xlim=(0, 1), ylim=(rows - 0.4, -0.7))
    kinds = _evidence(year, rules)
    for lead in leads:
        look: Look = dict(color=actors.colour(lead), fontweight="bold", va="bottom")
        Tagged(ax, lead, since=since).text(
            columns[lead], -0.75, f"with {actors.name(lead)}", **look
        )
    for three in bad[["a", "b", "c"]].itertuples(index=False):
        place = places[({*three} - {*BOTH}).pop()]
        draw = Tagged(ax, *three, since=since, tell=f"{list_names(three)}: an unbalanced triad")
        draw.axhspan(place - 0.5, place + 0.5, **SHADE)
    for code, place in places.items():
        Tagged(ax, code, since=since).row_name(place, actors.name(code))
    if first:
        Tagged(ax, *BOTH, since=since).row_name(0, "each other", fontweight="bold")
    for row in pairs.itertuples():
        lead, *others = sorted((row.actor_a, row.actor_b), key=[*BOTH, *places].index)
        at = columns[lead], places.get(others[0], 0)
        _dot(ax, row, at, kinds[row.actor_a, row.actor_b], since)
    _key_of_dots(figure, {*pairs.sign}, shaded=len(bad) > 0)
    return figure


def _signs_with(pairs: pd.DataFrame) -> pd.DataFrame:
    """How each other actor stands with China and Russia (columns), 0 for neither: first those over
    whom the two disagree most.
    """
    ends = pd.concat([pairs, pairs.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})])
    ends = ends[ends.actor_a.isin(BOTH) & ~ends.actor_b.isin(BOTH)]
    signs = ends.pivot(index="actor_b", columns="actor_a", values="sign")
    signs = signs.reindex(columns=BOTH).fillna(0).astype(int)
    order = pd.DataFrame({"apart": -(signs["CHN"] - signs["RUS"]).abs(), "of": -signs.sum(axis=1)})
    order = order.assign(china=-signs["CHN"], name=signs.index.map(actors.name))
    return signs.loc[order.sort_values([*order]).index]


def _evidence(year: int, rules: Rules) -> dict[tuple[str, str], dict[int, str]]:
    """What speaks for each pair as friends (1) or rivals (-1), and all of it (0): a word a kind."""
    counted = network.that_count(network.facts(year), rules)
    counted = counted.drop_duplicates(["actor_a", "actor_b", "kind"])
    counted = counted.assign(words=counted.kind.map(EVIDENCE))
    spoken: dict[tuple[str, str], dict[int, str]] = {}
    for pair, rows in counted.groupby(["actor_a", "actor_b"]):
        words = {sign: rows.words[rows.sign.eq(sign)] for sign in (1, -1)} | {0: rows.words}
        spoken[pair] = {sign: ", ".join(some) for sign, some in words.items()}
    return spoken


def _dot(
    ax: Axes, row: Any, place: tuple[float, float], kinds: dict[int, str], since: bool
) -> None:
    """One tie: its sign, larger by the kinds of evidence, and these in words."""
    ends = (row.actor_a, row.actor_b)
    tell = f"{list_names(ends)}: {KINDS[row.sign]} ({row.evidence})"
    draw = Tagged(ax, *ends, since=since, tell=tell)
    size = 6 + 1.5 * max(row.friendly, row.hostile)
    look: Look = dict(color=SIGNS[row.sign], markersize=size, zorder=3)
    draw.plot(*place, **look | DOTS[row.sign])
    draw.annotate(
        kinds[row.sign], place, (10, 0), textcoords="offset points", va="center", color=INK
    )


def _key_of_dots(figure: Figure, signs: set, shaded: bool) -> None:
    """What the signs are, and the rule of F4, below the table."""
    keys: list = [
        Line2D([], [], ls="none", ms=8, label=words, color=SIGNS[sign], **DOTS[sign])
        for sign, words in KINDS.items()
        if sign in signs
    ]
    if shaded:
        keys.append(Patch(label="unbalanced triad", **SHADE))
    high = figure.get_figheight()
    columns, text = (2, fill(RULED, 46)) if is_narrow() else (4, RULED)
    place: Look = dict(loc="lower left", bbox_to_anchor=(0, 0.32 / high), borderpad=0.2)
    if is_narrow():
        place["bbox_to_anchor"] = 0, 0.4 / high
    figure.legend(handles=keys, ncols=columns, frameon=False, labelcolor=QUIET, **place)
    figure.text(0.015, 0.08 / high, text, color=QUIET, va="bottom")


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
        draw, colour = Tagged(ax, *ends, since=since, tell=tell), SIGNS[row.sign]
        matrix.matrix_cell(draw, place, colour)
        matrix.matrix_words(
            draw, place, "+\u2212\u00b1"[[1, -1, 0].index(row.sign)], "white", colour
        )
    signs = zip(KINDS, "+\u2212\u00b1", strict=True)
    drawn = {f"{mark}  {KINDS[sign]}": SIGNS[sign] for sign, mark in signs if sign in {*pairs.sign}}
    matrix.matrix_key(ax, drawn, labelcolor=QUIET)
    return figure


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
