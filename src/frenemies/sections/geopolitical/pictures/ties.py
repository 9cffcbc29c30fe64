"""Ties in pictures: trade, pledges, arms, and all ties of one actor. Meetings: `visits`."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from frenemies.measures.arms import last_window
from frenemies.measures.ties import pledges, ties_of, with_each_other
from frenemies.sections import BOTH
from frenemies.sections.supplied import bought
from heldto.claims import Rule
from heldto.evidence import actors
from heldto.pictures import LOW, QUIET, THEN, canvas, drawing, marks, pale, sentences
from heldto.pictures.labels import places, way
from heldto.pictures.marks import Shown, Tagged, among
from heldto.text.texts import captions, labels
from heldto.text.words import WORDS, names, part, span, the

CAPTIONS = captions("geopolitical")
SAID = labels("geopolitical")
BIG = (*BOTH, "USA")
GREY = "#9AA0A6"
ARMS = {"CHN": "RUS", "IRN": "RUS", "SYR": "RUS", "PAK": "CHN", "JPN": "USA", "KOR": "USA"}  # by
DECIDED = {"CHN": "G3", "IRN": "G6", "SYR": "G6", "JPN": "G10", "KOR": "G10"}  # by that share
TIES = ("geopolitical/pledges", "geopolitical/agreement", "economic/trade")


@drawing("geopolitical", "geopolitical/pledges", **CAPTIONS["pledges"])
def pledges_picture(shown: Shown = None) -> dict:
    """Who owes whom defence, as a network with fixed places; pacts after 2018 dashed.

    shown: the actors among whom pledges are counted.
    Table: as `pledges`, the first year as year. Source: table geopolitical/pledges.
    """
    held = marks.on(pledges(2025), "actor_a", "actor_b")
    figure, ax = canvas(height=4.9, left=0.15, right=0.15, top=0.1, bottom=0.1)
    marks.bare(ax, xlim=(-1.25, 1.32), ylim=(-1.16, 1.14))
    places(ax, [_pledge(ax, row) for row in held.itertuples()], size=9)
    return dict(
        **_owed(held, shown),
        figure=figure,
        sentences=map(_pledge_in_words, held.itertuples()),
        table=held.rename(columns={"start_year": "year"}),
    )


def _pledge(ax: Axes, row) -> np.ndarray:
    """One pledge as a line between two places. Returns its points."""
    pair, late = (row.actor_a, row.actor_b), row.start_year > THEN
    line, big = way(*pair), [code for code in BIG if code in pair]
    look = dict(color=actors.colour(big[0]) if big else GREY, linewidth=2 if big else 1)
    look |= dict(linestyle="dashed" if late else "solid", clip_on=False, zorder=2)
    draw = Tagged(ax, *pair, since=late, tell=_pledge_in_words(row)[1].rstrip("."))
    draw.plot(*line.T, **look)
    return line


def _pledge_in_words(row) -> tuple:
    pair = (row.actor_a, row.actor_b)
    year = "1990 or before" if row.start_year == 1990 else row.start_year
    return (*pair, *sentences.since(row.start_year)), f"{names(pair)}, since {year}."


def _owed(held: pd.DataFrame, shown: Shown) -> dict:
    """The finding: with how many of the others each of the big three had a pledge."""
    known = held[held.start_year <= THEN]
    big = [code for code in BIG if shown is None or code in shown] or BIG
    allies = [with_each_other(known, code).actor for code in big]
    counts = [WORDS[len(to)] for to in allies]
    of = "of the others" if shown is None else "of those shown"
    first = f"{the(big[0])} had a defence pledge with {counts[0]} {of}"
    more = (f"{the(one)} with {count}" for one, count in zip(big[1:], counts[1:], strict=True))
    about = sorted({*big, *pd.concat(allies)})
    return dict(title=f"In {THEN} {', '.join([first, *more])}", about=about)


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
    figure, ax = canvas(max(LOW, 0.5 + 0.5 * len(share)), left=2.05, right=1.75, bottom=0.3)
    for place, (tie, shares) in enumerate(share.items()):
        _arms_tie(ax, -place, tie, *shares)
    ax.set(yticks=[], xlim=(0, 112), xticks=[0, 25, 50, 75, 100])
    ax.set(ylim=(0.6 - max(len(share), 3), 0.6))  # few bars are no thicker
    ax.grid(axis="x")
    china, korea = (bought(code, ARMS[code], THEN) for code in ("CHN", "KOR"))
    return dict(
        words={"china": china, "korea": korea, "late": span(last)},
        figure=figure,
        sentences=_arms_in_words(share, span(last)),
        table=table,
    )


def _arms_in_words(share: dict, late: str) -> Iterator[sentences.Sentence]:
    for tie, (then, now) in share.items():
        early, latest = f"{then:.0f} % in 2014-18", f"{now:.0f} % in {late}"
        yield from sentences.then_and_since(tie, _from_to(tie), early, latest)


def _from_to(tie):
    return f"{actors.name(tie[1])} to {actors.name(tie[0])}"


def _arms_tie(ax: Axes, place: int, tie, then: float, now: float) -> None:
    """One tie: a dark bar for the window before the article, a pale one for the latest."""
    tell, colour = _from_to(tie), actors.colour(tie[1])
    draw = Tagged(ax, *tie, tell=f"{tell}, 2014-18: {then:.4g} %")
    later = Tagged(ax, *tie, since=True, tell=f"{tell}, {span(last_window())}: {now:.4g} %")
    draw.barh(place + 0.17, then, height=0.36, color=colour)
    later.barh(place - 0.2, now, height=0.3, color=pale(colour, 4, 9))
    draw.text(then + 1, place + 0.17, f"{then:.0f}", va="center")
    later.text(now + 1, place - 0.21, f"{now:.0f}", va="center", color=QUIET)
    draw.row_name(place, _from_to(tie))
    if tie[0] in DECIDED:
        _bounds(Tagged(ax, *tie), place, Rule.of(DECIDED[tie[0]]))


def _bounds(draw: Tagged, place: int, rule: Rule) -> None:
    """The shares at which a claim's verdict changes, across its row, and in words beside it."""
    shares = [at for at in (rule.holds, rule.partly) if at is not None]
    for at in shares:
        draw.plot([at, at], [place - 0.4, place + 0.4], **marks.BOUND)
    parts = [part(at, rule.unit) for at in shares]
    below = rule.comparison == "less_than"
    said = ",\npartly ".join(f"below {one}" if below else f"from {one}" for one in parts)
    draw.row_name(place, f"{rule.claim} holds {said}", -1.02, ha="left", color=QUIET)


@drawing("geopolitical", *TIES, "military/arms_transfers", **CAPTIONS["ties"])
def ties_picture(actor: str = "RUS", *, shown: Shown = None) -> dict:
    """One actor's ties to all others in 2018: pledges, votes, trade, arms. Raises UnknownActor.

    shown: ISO3; without some of the actors a row for each of those.
    Table: with_actor (the one), then as `ties_of`. Source: tables geopolitical/pledges,
    geopolitical/agreement, economic/trade, military/arms_transfers.
    """
    own = actors.find(actor)
    books = SAID["books"].fill(own if own in SAID["books"] else "own", own=own)
    ties = among(ties_of(own), "actor")
    ties = ties.sort_values("kappa", ascending=False, na_position="last", ignore_index=True)
    height = max(LOW, 0.72 + 0.19 * len(ties))
    figure, axes = canvas(height, cols=3, sharey=True, left=1.35, right=0.2, top=0.42, bottom=0.3)
    for ax, title in zip(axes, SAID["panels"], strict=True):
        _ties_panel(ax, ties, own, title)
    for row in ties.itertuples():
        name, look = actors.name(row.actor), dict(color=QUIET)
        if row.pledge:
            name, look = f"{name} *", dict(fontweight="bold")
        Tagged(axes[0], own, row.actor).row_name(-row.Index, name, 0.04, **look)
    axes[0].set(yticks=[], ylim=(0.4 - max(len(ties), 4), 0.6))
    return dict(
        **_nearest(own, ties, shown),
        words={"own": own, "books": books},
        figure=figure,
        sentences=[((own, row["actor"]), _tie_in_words(row)) for row in ties.to_dict("records")],
        table=ties.assign(with_actor=own)[["with_actor", *ties.columns]],
    )


def _ties_panel(ax: Axes, ties: pd.DataFrame, own: str, title: str) -> None:
    """One kind of tie: a bar an actor, in colour where defence is owed; to the left a pale bar for
    arms received.
    """
    ax.set_title(title, fontsize=9, loc="left")
    ax.grid(axis="x")
    ax.locator_params(axis="x", nbins=3)
    amounts = FuncFormatter(lambda value, _: f"{abs(value):,.0f}")  # received lie left of 0
    ax.xaxis.set_major_formatter("{x:.2g}" if "kappa" in title else amounts)
    for place, row in enumerate(ties.fillna({"sent": 0, "received": 0}).to_dict("records")):
        pair, colour = (own, row["actor"]), actors.colour(own) if row["pledge"] else GREY
        for column in SAID["panels"][title]:
            value, shade = row[column], pale(colour, 4, 9) if column == "received" else colour
            draw = Tagged(ax, *pair, tell=f"{names(pair)}: {SAID['pointed'][column]} {value:.4g}")
            if pd.isna(value):
                draw.text(0, -place, " no figure", va="center", color=QUIET)
            elif value:
                width = -value if column == "received" else value
                draw.barh(-place, width, height=0.7, color=shade, clip_on=False)


def _nearest(own: str, ties: pd.DataFrame, shown: Shown) -> dict:
    """The finding: with whom an actor votes most, and with whom it has a pledge."""
    best = ties.dropna(subset=["kappa"]).head(1).actor
    none = "casts no votes in the General Assembly"
    votes = f"votes most like {the(best.iloc[0])} by kappa" if len(best) else none
    allies = sorted(ties.actor[ties.pledge], key=actors.ALL.index)
    owed = names(allies) if allies else "none of the others"
    title = f"{the(own)} in {THEN} {votes} and has a defence pledge with {owed}"
    title = f"Of {'the actors here' if shown is None else 'those shown'}, {title}"
    return dict(title=title, about=[own, *best, *allies])


def _tie_in_words(row: dict) -> str:
    told = SAID["facts"]
    facts = [told.fill(name, value=row[name]) for name in told if pd.notna(row[name])]
    if row["pledge"]:
        facts.insert(0, "a defence pledge")
    return f"{actors.name(row['actor'])}: {', '.join(facts) or 'no figure here'}."
