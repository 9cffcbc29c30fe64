"""Ties in pictures: trade, pledges, arms, and all ties of one actor. Meetings and visits: `visits`."""

import pandas as pd

from frenemies import evidence
from frenemies.evidence import actors
from frenemies.measures.arms import last_window, share_of_arms_imports
from frenemies.measures.lean import all_eight, trade_lean
from frenemies.measures.ties import pledges, ties_of
from frenemies.measures.words import WORDS, names, the
from frenemies.pictures.labels import near
from frenemies.pictures.marks import Tagged, bare
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import since, then_and_since
from frenemies.pictures.style import INK, QUIET, THEN, pale, readable
from frenemies.sections import BOTH

BIG = (*BOTH, "USA")
ARMS = (
    ("CHN", "RUS"),
    ("IRN", "RUS"),
    ("SYR", "RUS"),
    ("PAK", "CHN"),
    ("JPN", "USA"),
    ("KOR", "USA"),
)  # to, by
RATIOS = {
    0.05: "1/20",
    0.1: "1/10",
    0.25: "1/4",
    0.5: "1/2",
    1: "equal",
    2: "2 times",
    5: "5",
    20: "20",
}
PANELS = {"kappa": "votes (kappa)", "trade": "trade, billion USD", "sent": "arms received | sent"}


@drawing(
    "geopolitical",
    "economic/trade",
    key="lean",
    subtitle="Trade with China over trade with Russia. Small ring: 2005 (cross: no own report); large mark: 2018 (hollow: no own report); bar: 2020",
    then={
        "subtitle": "Trade with China over trade with Russia. Small ring: 2005 (cross: no own report); large mark: 2018 (hollow: no own report)"
    },
    whose=("actor",),
    cannot="where goods go on to, nor who depends on whom",
)
def lean_picture():
    """Trade with China over trade with Russia for eight CIS-space states in 2005, 2018 and 2020, by their own reports: a Picture."""
    years = (2005, THEN, 2020)
    books = {
        year: all_eight(trade_lean(year), "trade with China and Russia").set_index("actor")
        for year in years
    }
    lean, doubt = (
        pd.DataFrame({year: frame[column] for year, frame in books.items()})
        for column in ("lean", "imputed")
    )
    lean = lean.sort_values(THEN)
    figure, ax = canvas(height=3.6, left=1.15, right=0.3, bottom=0.62)
    for place, (code, row) in enumerate(lean.iterrows()):
        _leaning(ax, place, code, row, doubt.loc[code])
    _ratios(ax)
    ahead = (lean.gt(1) & ~doubt).sum().map(WORDS.__getitem__)
    table = pd.concat([frame.reset_index().assign(year=year) for year, frame in books.items()])
    return dict(
        title=f"By their own reports {ahead[THEN]} of eight traded more with China than with Russia in {THEN}, and {ahead[2005]} in 2005",
        figure=figure,
        sentences=_leaning_in_words(lean),
        table=table[["actor", "year", "CHN", "RUS", "lean", "imputed"]],
    )


def _leaning(ax, place, code, row, doubt):
    """One state's row: a ring for 2005, a mark for 2018, a bar for 2020; a cross or a hollow mark where it did not report itself."""
    draw, edge = Tagged(ax, code), {"markeredgecolor": actors.colour(code)}
    draw.plot([row[2005], row[THEN]], [place, place], color=actors.colour(code), linewidth=1.4)
    draw.plot(row[2005], place, "x" if doubt[2005] else "o", color="white", **edge, markersize=5)
    draw.plot(
        row[THEN],
        place,
        "o",
        color="white" if doubt[THEN] else actors.colour(code),
        **edge,
        markersize=8,
    )
    bar = {"color": actors.colour(code), "markersize": 13, "markeredgewidth": 2, "alpha": 0.6}
    Tagged(ax, code, since=True).plot(row[2020], place, "|", **bar)
    draw.row_name(place, actors.name(code))


def _ratios(ax):
    """An axis on which each step is equal in proportion, and who is on which side of its middle."""
    ax.set(xscale="log", xlim=(0.03, 40), ylim=(-0.7, 7.9), yticks=[])
    ax.set_xlabel("trade with China over trade with Russia (each step equal in proportion)")
    ax.set_xticks(list(RATIOS), list(RATIOS.values()), minor=False)
    ax.minorticks_off()
    ax.axvline(1, color=INK, linewidth=1)
    for at, side, text, code in (
        (0.9, "right", "more with Russia", "RUS"),
        (1.12, "left", "more with China", "CHN"),
    ):
        ax.text(at, 7.55, text, ha=side, color=readable(actors.colour(code)))


def _leaning_in_words(lean):
    for code, row in lean.iterrows():
        early = f"{row[2005]:.2f} in 2005, {row[THEN]:.2f} in {THEN}"
        yield from then_and_since((code,), actors.name(code), early, f"{row[2020]:.2f} in 2020")


@drawing(
    "geopolitical",
    "geopolitical/pledges",
    key="pledges",
    subtitle=f"Defence pledges, ATOP 5.1 for {THEN}, and pacts signed later (dashed). Places on the page say nothing about borders",
    then={
        "subtitle": f"Defence pledges, ATOP 5.1 for {THEN}. Places on the page say nothing about borders"
    },
    whose=("actor_a", "actor_b"),
    cannot="whether anybody would come; ATOP's pledge between Pakistan and the USA is disputed",
)
def pledges_picture():
    """Who owes whom defence, as a network with fixed places; pacts after 2018 dashed: a Picture."""
    held = pledges(2025)
    figure, ax = canvas(height=4.9, left=0.15, right=0.15, top=0.1, bottom=0.1)
    bare(ax, xlim=(-1.25, 1.32), ylim=(-1.16, 1.14))
    lines = [_pledge(ax, row) for row in held.itertuples()]
    for code in actors.ALL:
        look = {
            "color": actors.colour(code),
            "markersize": 9,
            "markeredgecolor": "white",
            "zorder": 4,
        }
        Tagged(ax, code).plot(*actors.place(code), actors.marker(code), **look)
    near(
        ax,
        [
            ((code,), *actors.place(code), actors.name(code), actors.colour(code))
            for code in actors.ALL
        ],
        lines,
    )
    return dict(
        title=_owed(held),
        figure=figure,
        sentences=map(_pledge_in_words, held.itertuples()),
        table=held.rename(columns={"start_year": "year"}),
    )


def _pledge(ax, row):
    """One pledge as a line between two places. Returns the line: (x, y, x, y)."""
    pair, late = (row.actor_a, row.actor_b), row.start_year > THEN
    side = next((code for code in BIG if code in pair), None)
    looks = {
        "color": actors.colour(side) if side else "#9AA0A6",
        "linewidth": 2 if side else 1,
        "zorder": 2,
    }
    ends = [actors.place(code) for code in pair]
    dash = "dashed" if late else "solid"
    Tagged(ax, *pair, since=late).plot(
        *zip(*ends, strict=True), linestyle=dash, clip_on=False, **looks
    )
    return (*ends[0], *ends[1])


def _pledge_in_words(row):
    pair, year = (
        (row.actor_a, row.actor_b),
        "1990 or before" if row.start_year == 1990 else row.start_year,
    )
    return (*pair, *since(row.start_year)), f"{names(pair)}, since {year}."


def _owed(held):
    """The finding: to how many of the others each of the big three owed defence."""
    ends = pd.concat([held, held.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})])
    ends = ends[ends.start_year <= THEN]
    china, russia, usa = (sorted(ends.actor_b[ends.actor_a.eq(code)]) for code in BIG)
    counts = f"Russia to {WORDS[len(russia)]} of the others, the United States to {WORDS[len(usa)]}"
    return f"In {THEN} China owed defence to {names(china)}, {counts}"


@drawing(
    "geopolitical",
    "military/arms_transfers",
    key="arms-ties",
    whose=("recipient", "supplier"),
    cannot="how large the imports are: Iran and Syria bought little in both windows",
)
def arms_ties_picture():
    """Who arms whom, the six ties that this section's claims rest on, as shares of arms imports in two windows: a Picture."""
    ends = (THEN, last_window())
    late = f"{ends[1] - 4}-{ends[1] % 100}"
    share = {tie: [100 * _delivered(*tie, end) for end in ends] for tie in ARMS}
    figure, ax = canvas(height=3.5, left=2.2, right=0.45, bottom=0.3)
    for place, (tie, shares) in enumerate(share.items()):
        _arms_tie(ax, -place, tie, *shares)
    ax.set(yticks=[], xlim=(0, 107), xticks=[0, 25, 50, 75, 100])
    ax.grid(axis="x")
    rows = [
        (*tie, end, value)
        for tie, shares in share.items()
        for end, value in zip(ends, shares, strict=True)
    ]
    bought = f"{share['CHN', 'RUS'][0]:.0f} % of China's arms imports, the United States {share['KOR', 'USA'][0]:.0f} % of South Korea's"
    return dict(
        title=f"In 2014-18 Russia delivered {bought}",
        subtitle=f"Supplier's share of the recipient's arms imports, per cent of TIV: dark 2014-18, pale {late}",
        then={
            "subtitle": "Supplier's share of the recipient's arms imports, per cent of TIV, 2014-18"
        },
        figure=figure,
        sentences=_arms_in_words(share, late),
        table=pd.DataFrame(rows, columns=["recipient", "supplier", "year", "share"]),
    )


def _delivered(recipient, supplier, end):
    what = f"arms of {the(recipient)} from {the(supplier)} in {end - 4}-{end}"
    return evidence.held(share_of_arms_imports(recipient, supplier, end), what)


def _arms_in_words(share, late):
    for tie, (then, now) in share.items():
        yield from then_and_since(
            tie, _from_to(tie), f"{then:.0f} % in 2014-18", f"{now:.0f} % in {late}"
        )


def _from_to(tie):
    return f"{actors.name(tie[1])} to {actors.name(tie[0])}"


def _arms_tie(ax, place, tie, then, now):
    """One tie: a dark bar for the window before the article, a pale one for the latest, each with its figure."""
    draw, later, colour = Tagged(ax, *tie), Tagged(ax, *tie, since=True), actors.colour(tie[1])
    draw.barh(place + 0.17, then, height=0.36, color=colour)
    later.barh(place - 0.2, now, height=0.3, color=pale(colour, 4, 9))
    draw.text(then + 1, place + 0.17, f"{then:.0f}", va="center")
    later.text(now + 1, place - 0.21, f"{now:.0f}", va="center", color=QUIET)
    draw.row_name(place, _from_to(tie))


@drawing(
    "geopolitical",
    "geopolitical/pledges",
    "geopolitical/agreement",
    "economic/trade",
    "military/arms_transfers",
    whose=("with_actor", "actor"),
    cannot="what the ties are worth; a blank is no table, not nothing",
)
def ties_picture(actor="RUS"):
    """One actor's ties to all others in 2018, in one picture: pledges, votes, trade, arms. Returns a Picture. Raises UnknownActor."""
    own = actors.find(actor)
    ties = ties_of(own).sort_values("kappa", ascending=False, na_position="last", ignore_index=True)
    figure, axes = canvas(
        height=5.2, left=1.35, right=0.2, top=0.42, bottom=0.3, cols=3, sharey=True
    )
    for ax, column in zip(axes, PANELS, strict=True):
        _panel(ax, column)
        for row in ties.fillna({"sent": 0, "received": 0}).to_dict("index").items():
            _tie(ax, *row, own, column)
    for row in ties.itertuples():
        looks = {"fontweight": "bold"} if row.pledge else {"color": QUIET}
        Tagged(axes[0], own, row.actor).row_name(
            -row.Index, actors.name(row.actor) + " *" * row.pledge, 0.04, **looks
        )
    axes[0].set(yticks=[], ylim=(-len(ties) + 0.4, 0.6))
    return dict(
        key=f"ties-{own}",
        title=_nearest(own, ties),
        subtitle=f"* and bold: defence pledge. Votes {THEN}, trade {THEN} in {actors.name(own)}'s own books, arms {THEN - 4}-{THEN} in million TIV",
        figure=figure,
        sentences=[
            ((own, row.actor), f"{actors.name(row.actor)}: {_tie_in_words(row)}.")
            for row in ties.itertuples()
        ],
        table=ties.assign(with_actor=own)[["with_actor", *ties.columns]],
    )


def _panel(ax, column):
    ax.set_title(PANELS[column], fontsize=9, loc="left")
    ax.grid(axis="x")
    ax.locator_params(axis="x", nbins=3)
    ax.xaxis.set_major_formatter(
        "{x:,.1f}" if column == "kappa" else lambda value, _: f"{abs(value):,.0f}"
    )


def _tie(ax, place, row, own, column):
    """One tie in one panel: a bar, and to its left a pale one for arms received."""
    draw, colour = Tagged(ax, own, row["actor"]), actors.colour(row["actor"])
    if row[column] == row[column]:
        draw.barh(-place, row[column], color=colour, height=0.7, clip_on=False)
    if column == "sent" and row["received"]:
        draw.barh(-place, -row["received"], color=pale(colour, 4, 9), height=0.7, clip_on=False)


def _nearest(own, ties):
    """The finding: with whom an actor votes most, and to whom it owes defence."""
    best, allies = (
        ties.dropna(subset=["kappa"]).head(1).actor,
        sorted(ties.actor[ties.pledge], key=actors.ALL.index),
    )
    votes = (
        f"votes most like {the(best.iloc[0])}"
        if len(best)
        else "casts no votes in the General Assembly"
    )
    return f"{the(own)} in {THEN} {votes} and owes defence to {names(allies) if allies else 'none of the others'}"


def _tie_in_words(row):
    facts = {
        f"kappa {row.kappa:.2f}": row.kappa,
        f"trade {row.trade:.1f} billion dollars": row.trade,
        f"arms sent {row.sent:.0f}": row.sent,
        f"arms received {row.received:.0f}": row.received,
    }
    found = ["a defence pledge"] * row.pledge + [
        text for text, figure in facts.items() if figure == figure
    ]
    return ", ".join(found) or "no tie in these tables"
