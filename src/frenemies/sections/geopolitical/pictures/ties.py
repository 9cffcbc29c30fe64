"""Ties in pictures: trade, pledges, arms, and all ties of one actor. Meetings: `visits`."""

from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frenemies.measures.arms import last_window
from frenemies.measures.ties import pledges, ties_of, with_each_other
from frenemies.sections import BOTH
from frenemies.sections.supplied import bought
from heldto.claims import Rule, rule_of
from heldto.evidence import actors
from heldto.pictures import LOW, QUIET, THEN, canvas, drawing, marks, matrix, pale, sentences
from heldto.pictures.marks import Look, Shown, Tagged, among
from heldto.pictures.style import is_narrow
from heldto.text.texts import captions, labels
from heldto.text.words import (
    WORDS,
    format_years,
    join_names,
    join_words,
    part,
    possessive,
    the,
    word,
)

CAPTIONS = captions("geopolitical")
SAID = labels("geopolitical")
BIG = (*BOTH, "USA")
GREY = "#9AA0A6"
NAMED = 4  # actors whom a title names one by one
FEW = 8  # actors of a matrix whose empty cells are drawn, too
KINDS = ("kappa", "trade", "sent", "received")
FIGURE = 38  # points: so much the figure beside a dot takes
ROOM = 9  # per cent: so much the figure of a bar takes, on a phone
ARMS = {"CHN": "RUS", "IRN": "RUS", "SYR": "RUS", "PAK": "CHN", "JPN": "USA", "KOR": "USA"}  # by
LITTLE = ("IRN", "SYR")  # bought little in both windows
DECIDED = {"CHN": "G3", "IRN": "G6", "SYR": "G6", "JPN": "G10", "KOR": "G10"}  # by that share
TIES = ("geopolitical/pledges", "geopolitical/agreement", "economic/trade")


@drawing("geopolitical", "geopolitical/pledges", **CAPTIONS["pledges"])
def pledges_picture(shown: Shown = None) -> dict:
    """Who owes whom defence, as a matrix of pairs; pacts after 2018 hollow.

    shown: the actors among whom pledges are counted.
    Table: as `pledges`, the first year as year. Source: table geopolitical/pledges.
    """
    every = pledges(2025)
    held = marks.on(every, "actor_a", "actor_b")
    blocs = _blocs(every)
    codes = [code for code in blocs if not marks.is_off([code])]
    alone = [code for code in actors.ALL if code not in blocs and not marks.is_off([code])]
    few = len(codes) <= FEW
    figure, ax = matrix.matrix_sheet(codes, BIG, lines=not few)
    for row in held.itertuples():
        _pledge(ax, row, (codes.index(row.actor_a), codes.index(row.actor_b)))
    for row, code in enumerate(alone):
        at: marks.Look = dict(ha="right", va="center", color=QUIET)
        Tagged(ax, code).text(ax.get_xlim()[1], row, f"{actors.name(code)}: none", **at)
    bound = {*zip(held.actor_a, held.actor_b, strict=True)}
    great = held.actor_a.isin(BIG) | held.actor_b.isin(BIG)
    free = [pair for pair in combinations(sorted(codes), 2) if few and pair not in bound]
    for one, other in free:  # so that a small sheet is not blank
        draw = Tagged(ax, one, other, tell=f"{join_names([one, other])}: no defence pledge")
        place = codes.index(one), codes.index(other)
        matrix.matrix_cell(draw, place, "white", edgecolor=GREY, linewidth=0.6)
    words = {"late": held.start_year.gt(THEN).any(), "free": bool(free), "alone": bool(alone)}
    none = (((code,), f"{the(code)}: no pledge with any of the others.") for code in alone)
    return dict(
        **_owed(held, codes, shown),
        words=words | {"big": great.any(), "small": (~great).any()},
        figure=figure,
        sentences=[*map(_pledge_in_words, held.itertuples()), *none],
        table=held.rename(columns={"start_year": "year"}),
    )


def _blocs(held: pd.DataFrame) -> list[str]:
    """Whoever has a pledge: each of the big three with those bound to it, the largest first."""
    order = list[str]()
    for big in ("USA", "RUS", "CHN"):
        allies = with_each_other(held, big).actor
        order += [code for code in (big, *sorted(allies)) if code not in order]
    more = {*held.actor_a, *held.actor_b}.difference(order)
    at = order.index("RUS")
    return [*order[:at], *sorted(more), *order[at:]]


def _pledge(ax: Axes, row: Any, place: tuple[int, int]) -> None:
    """One pledge as a cell, hollow where it was made after the article."""
    pair, late = (row.actor_a, row.actor_b), row.start_year > THEN
    big = [code for code in BIG if code in pair]
    colour = actors.colour(big[0]) if big else GREY
    draw = Tagged(ax, *pair, since=late, tell=_pledge_in_words(row)[1].rstrip("."))
    edge: Look = dict(edgecolor=colour, linewidth=2, zorder=3) if late else dict(zorder=3)
    matrix.matrix_cell(draw, place, "white" if late else colour, **edge)


def _pledge_in_words(row: Any) -> tuple:
    pair = (row.actor_a, row.actor_b)
    year = "1990 or before" if row.start_year == 1990 else row.start_year
    return (*pair, *sentences.since(row.start_year)), f"{join_names(pair)}, since {year}."


def _owed(held: pd.DataFrame, codes: list[str], shown: Shown) -> dict:
    """The finding: with how many of the others each of the big three had a pledge; where none of
    the three is shown, or nobody is bound, how many pairs had one.
    """
    known = held[held.start_year <= THEN]
    big = [code for code in BIG if code in codes]
    if not big or known.empty:
        others = [code for code in codes if code not in big]
        return dict(title=f"In {THEN} {_bound(len(known), [*big, *others])}", about=codes)
    allies = [with_each_other(known, code).actor for code in big]
    counts = [WORDS[len(to)] for to in allies]
    of = "of the others" if shown is None else "of those shown"
    first = f"{the(big[0])} had a defence pledge with {counts[0]} {of}"
    more = (f"{the(one)} with {count}" for one, count in zip(big[1:], counts[1:], strict=True))
    about = sorted({*big, *pd.concat(allies)})
    return dict(title=f"In {THEN} {', '.join([first, *more])}", about=about)


def _bound(count: int, codes: list[str]) -> str:
    """How many pairs of some actors had a pledge."""
    if len(codes) == 2:
        return f"{join_names(codes)} had {'a' if count else 'no'} defence pledge"
    if not count:
        named = join_names(codes) if len(codes) <= NAMED else "the actors shown"
        return f"no two of {named} had a defence pledge"
    return f"{word(count)} of the {word(comb(len(codes), 2))} pairs shown had a defence pledge"


@drawing("geopolitical", "military/arms_transfers", **CAPTIONS["arms-ties"])
def arms_ties_picture(shown: Shown = None) -> dict:
    """Who arms whom: the six ties that this section's claims rest on, in two windows of five years.

    shown: ISO3; without some of the actors the ties between those.
    Table: recipient, supplier, year (the window's last), share (percent of arms imports, TIV).
    Source: table military/arms_transfers.
    """
    last, columns = last_window(), ["recipient", "supplier", "year", "share"]
    rows = [(*tie, end, bought(*tie, end)) for tie in ARMS.items() for end in (THEN, last)]
    table = among(pd.DataFrame(rows, columns=columns), *columns[:2])
    share = table.groupby(columns[:2], sort=False).share.agg(list).to_dict()
    room: Look = dict(left=2.05, right=1.75, bottom=0.3)
    room |= dict(narrow=dict(left=1.35, right=0.4))
    figure, ax = canvas(max(LOW, 0.5 + 0.5 * len(share)), **room)
    for place, (tie, shares) in enumerate(share.items()):
        _arms_tie(ax, -place, tie, *shares)
    ax.set(yticks=[], xlim=(0, 112), xticks=[0, 50, 100] if is_narrow() else [0, 25, 50, 75, 100])
    ax.set(ylim=(0.5 - max(len(share), 3), 0.6))  # few bars are no thicker
    ax.grid(visible=False)  # a line of it would cross the figures at the bars
    most = sorted(share, key=lambda tie: -share[tie][0])
    armed = f"In {format_years(THEN)} {{}} delivered {{:.0f}} % of {{}} arms imports"
    titles = {
        tie: armed.format(the(tie[1]), share[tie][0], possessive(the(tie[0]))) for tie in most
    }
    china, korea = (bought(code, ARMS[code], THEN) for code in ("CHN", "KOR"))
    bought_by = {recipient for recipient, _ in share}
    rules = ", ".join(dict.fromkeys(DECIDED[code] for code in DECIDED if code in bought_by))
    words = {"china": china, "korea": korea, "late": format_years(last), "rules": rules}
    return dict(
        others=[*titles.items()],
        words=words | {"little": [code for code in LITTLE if code in bought_by]},
        figure=figure,
        sentences=_arms_in_words(share, format_years(last)),
        table=table,
    )


def _arms_in_words(share: dict, late: str) -> Iterator[sentences.Sentence]:
    for tie, (then, now) in share.items():
        early, latest = f"{then:.0f} % in 2014-18", f"{now:.0f} % in {late}"
        yield from sentences.then_and_since(tie, _from_to(tie), early, latest)


def _from_to(tie: tuple[str, str]) -> str:
    return f"{actors.name(tie[1])} to {actors.name(tie[0])}"


def _arms_tie(ax: Axes, place: int, tie: tuple[str, str], then: float, now: float) -> None:
    """One tie: a dark bar for the window before the article, a pale one for the latest."""
    tell, colour = _from_to(tie), actors.colour(tie[1])
    draw = Tagged(ax, *tie, tell=f"{tell}, 2014-18: {then:.4g} %")
    later = Tagged(ax, *tie, since=True, tell=f"{tell}, {format_years(last_window())}: {now:.4g} %")
    draw.barh(place + 0.17, then, height=0.36, color=colour)
    later.barh(place - 0.2, now, height=0.3, color=pale(colour, 4, 9))
    gap = "\n" if is_narrow() else " "
    draw.row_name(place, _from_to(tie).replace(" to ", f" to{gap}"))
    bounds = list[float]()
    if tie[0] in DECIDED:
        bounds = _bounds(Tagged(ax, *tie), place, rule_of(DECIDED[tie[0]]))
    draw.beside(_past(then, bounds), place + 0.17, f"{then:.0f}")
    later.beside(_past(now, bounds), place - 0.21, f"{now:.0f}", color=QUIET)


def _past(share: float, bounds: list[float]) -> float:
    """Where the figure of a bar stands: after its end, and after a line that it would meet."""
    return max([share, *(at for at in bounds if share < at < share + ROOM)])


def _bounds(draw: Tagged, place: int, rule: Rule) -> list[float]:
    """The shares at which a claim's verdict changes, across its row, and in words beside it.
    Returns them.
    """
    shares = [at for at in (rule.holds, rule.partly) if at is not None]
    for at in shares:
        ends = [place - 0.4, place + 0.4]
        draw.plot([at, at], ends, color="white", linewidth=2.4, zorder=5.5)  # on a black bar, too
        draw.plot([at, at], ends, **marks.BOUND)
    parts = [part(at, rule.unit) for at in shares]
    below = rule.comparison == "less_than"
    said = ",\npartly ".join(f"below {one}" if below else f"from {one}" for one in parts)
    words = rule.claim if is_narrow() else f"{rule.claim} holds {said}"
    draw.row_name(place, words, -1.02, ha="left", color=QUIET)
    return shares


@drawing("geopolitical", *TIES, "military/arms_transfers", **CAPTIONS["ties"])
def ties_picture(actor: str = "RUS", *, shown: Shown = None) -> dict:
    """One actor's ties to all others in 2018, a row each: votes, trade, arms sent and received, as
    dots on a scale each; filled where defence is pledged. Raises UnknownActor.

    shown: ISO3; without some of the actors a row for each of those.
    Table: with_actor (the one), then as `ties_of`. Source: tables geopolitical/pledges,
    geopolitical/agreement, economic/trade, military/arms_transfers.
    """
    own = actors.find(actor)
    books = SAID["books"].fill(own if own in SAID["books"] else "own", own=own)
    every = ties_of(own)
    ties = among(every, "actor")
    ties = ties.sort_values("kappa", ascending=False, na_position="last", ignore_index=True)
    held = ties[ties.pledge | ties[[*KINDS]].notna().any(axis=1)].reset_index(drop=True)
    return dict(
        **_nearest(own, ties, shown),
        words={"own": own, "books": books, "bound": held.pledge.any()},
        figure=_ties_table(held, every, own),
        sentences=[((own, row["actor"]), _tie_in_words(row)) for row in ties.to_dict("records")],
        table=ties.assign(with_actor=own)[["with_actor", *ties.columns]],
    )


def _ties_table(held: pd.DataFrame, every: pd.DataFrame, own: str) -> Figure:
    """A row an actor, in the same order in three panels. every: by whom the scales are fitted."""
    rows = max(len(held), 3)
    size: Look = dict(height=max(LOW, 0.75 + 0.235 * rows), cols=3, left=1.2, right=0.12)
    size |= dict(top=0.5, bottom=0.25, width_ratios=[1, 1, 1.5])
    figure, panels = canvas(**size, narrow={"left": 1.05, "right": 0.05, "top": 0.65})
    figure.subplots_adjust(wspace=0.1)
    for ax, (kinds, title) in zip(panels, SAID["panels"].items(), strict=True):
        head = title.replace(", ", ",\n").replace(" (", "\n(") if is_narrow() else title
        ax.set_title(head, fontsize=9.5, fontweight="bold", loc="left", pad=18)
        ax.set(yticks=[], ylim=(0.5 - rows, 0.6))
        ax.grid(visible=False)
        ax.axvline(0, color=QUIET, linewidth=0.8)
        ax.spines["bottom"].set_visible(False)
        _ties_scale(ax, every, kinds)
        for place, row in enumerate(held.to_dict("records")):
            for kind in kinds.split():
                _tie_dot(ax, row, own, kind, -place)
    _names(panels[0], held, own)
    return figure


def _ties_scale(ax: Axes, every: pd.DataFrame, kinds: str) -> None:
    """Kappa from 0 to 1; trade and arms from 0 to the largest of all; room for the figures. Arms
    received run to the left.
    """
    points = ax.get_window_extent().width * 72 / ax.figure.dpi
    beside: Look = dict(xycoords=ax.get_xaxis_transform(), textcoords="offset points")
    beside |= dict(color=QUIET, va="bottom")
    if kinds == "kappa":
        low, high = min(0, every.kappa.min() if every.kappa.notna().any() else 0), 1.0
        ax.set_xlim(low - 0.09, high + (high - low) * 30 / (points - 30))
        ends = {0.0: "0", 1.0: "1"}
    else:
        most = every[kinds.split()].max().fillna(0)
        left, right = most.get("received", 0.0), most.drop("received", errors="ignore").max()
        scale = (left + right or 1) / max(points - FIGURE * len(most), 10)  # of a point
        room = FIGURE * scale if left else 6 * scale
        ax.set_xlim(-left - room, right + FIGURE * scale)
        ends = {0.0: "0"}
    ax.set_xticks([*ends], [*ends.values()])
    ax.tick_params(axis="x", length=0, pad=1)
    for place, text, ha in SAID["sides"].get(kinds, []):
        ax.annotate(text, (0, 1), (place, 3), ha=ha, **beside)


def _tie_dot(ax: Axes, row: dict, own: str, kind: str, place: int) -> None:
    """One tie of one kind: a dot on a stem from 0, its figure beside it."""
    value = row[kind]
    if pd.isna(value) or (value == 0 and kind != "kappa"):
        return
    pair, colour = (own, row["actor"]), actors.colour(own)
    at = -value if kind == "received" else value
    tell = f"{join_names(pair)}: {SAID['pointed'][kind]} {value:.4g}"
    draw = Tagged(ax, *pair, tell=tell)
    draw.plot([0, at], [place, place], color=GREY, linewidth=1, zorder=2)
    fill = colour if row["pledge"] else "white"
    draw.plot(at, place, "o", color=colour, markerfacecolor=fill, markersize=6, zorder=3)
    side = -1 if kind == "received" else 1
    where: Look = dict(xytext=(6 * side, 0), ha="left" if side > 0 else "right")
    beside = max(at, 0) if kind == "kappa" else at  # a name stands at the left of those below 0
    draw.beside(beside, place, f"{value:{SAID['forms'][kind]}}", **where)


def _names(ax: Axes, held: pd.DataFrame, own: str) -> None:
    """The names of the rows, bold where defence is pledged."""
    for place, row in enumerate(held.itertuples()):
        weight = "bold" if row.pledge else "normal"
        draw = Tagged(ax, own, row.actor)
        draw.row_name(-place, actors.name(row.actor), 0.06, fontweight=weight)


def _nearest(own: str, ties: pd.DataFrame, shown: Shown) -> dict:
    """The finding: who comes first in each kind of tie, and whom that is about; of one that is
    shown alone, what its ties are.
    """
    if len(ties) == 1:
        (row,) = ties.to_dict("records")
        title = f"Ties of {the(own)} in {THEN}: {_tie_in_words(row).rstrip('.')}"
        return dict(title=title, about=[own, row["actor"]])
    kinds: dict[str, list[str]] = {}
    for kind in KINDS:
        first = ties[ties[kind].gt(0)].sort_values(kind, ascending=False, kind="stable").actor
        for code in first.head(1):
            kinds.setdefault(code, []).append(SAID["kinds"][kind])
    at = f"In {THEN}{'' if shown is None else ', of those shown,'}"
    if not kinds:
        return dict(title=f"{at} no tie of {the(own)} is held", about=[own])
    (first, tied), *more = kinds.items()
    said = [f"{the(first)} came first with {the(own)} in {join_words(tied)}"]
    said += [f"{the(code)} in {join_words(tied)}" for code, tied in more]
    return dict(title=f"{at} {', '.join(said)}", about=[own, *kinds])


def _tie_in_words(row: dict) -> str:
    told = SAID["facts"]
    facts = [told.fill(name, value=row[name]) for name in told if pd.notna(row[name])]
    if row["pledge"]:
        facts.insert(0, "a defence pledge")
    return f"{actors.name(row['actor'])}: {', '.join(facts) or 'no figure here'}."
