"""China and Russia as a pair, then and now: trade, votes, arms, pledges and exercises, and how far each depends on the other."""

import pandas as pd

from frenemies import evidence
from frenemies.measures import arms, ties, trade

BOTH = ("CHN", "RUS")
THEN = evidence.CUTS["annual"]
FIRST = 2014  # the year of Crimea and the first sanctions: what came before them
TABLES = [
    "economic/trade",
    "economic/trade_russia",
    "geopolitical/agreement",
    "geopolitical/pledges",
    "military/arms_transfers",
    "military/exercises",
]
MEASURES = {
    "trade": "Trade, USD bn (Russia's books)",
    "votes": "Agreement in the UN beyond chance (kappa)",
    "arms": "Russia's share of China's arms, five years to then (%)",
    "pledges": "Pledges in force (none of them defence)",
    "exercises": "Joint exercises in the year",
}


def russian_trade():
    """Russia's trade with China in Russia's books. Columns: year, total (USD bn), mirror (True: estimated from partners' books).

    To 2015 from economic/trade, from 2016 on from the newer economic/trade_russia.
    """
    old = trade.goods_trade("RUS", "CHN").assign(mirror=lambda rows: rows.second_hand)
    rows = (
        evidence.table("economic/trade_russia")
        .query("partner == 'CHN'")
        .groupby("year", as_index=False)
    )
    rows = rows.agg(total=("value_usd", "sum"), mirror=("mirror", "any"))
    new = evidence.some(
        rows.assign(total=rows.total / 1e9), "trade of Russia with China in its newer series"
    )
    return pd.concat([old[old.year < new.year.min()], new], ignore_index=True)[
        ["year", "total", "mirror"]
    ]


def pledged(year):
    """Kinds of pledge that China and Russia had given each other in a year, as a list of words. Source: geopolitical/pledges."""
    known = evidence.table("geopolitical/pledges").query("actor_a == 'CHN' and actor_b == 'RUS'")
    return sorted(known[known.start_year.le(year) & ~known.end_year.lt(year)].pledge)


def exercises_held():
    """Joint exercises held by year. Columns: year, held. Source: military/exercises.

    It ends in 2019: after that the list is a selection, and no count may be drawn from it.
    """
    held = (
        evidence.table("military/exercises").query("status == 'held'").drop_duplicates("exercise")
    )
    years = held.date.str[:4].astype(int)
    return (
        years[years <= 2019]
        .value_counts()
        .sort_index()
        .rename_axis("year")
        .rename("held")
        .reset_index()
    )


def then_and_now():
    """The pair in 2014, in 2018 and in the latest year known, measure by measure.

    Columns: measure, unit, before (2014), then (2018), latest, latest_year. Raises NotHeld. Sources: see TABLES.
    """
    votes, last = (
        ties.agreement(*BOTH).set_index("year").kappa,
        int(evidence.table("military/arms_totals").year.max()),
    )
    series = {
        "trade": russian_trade().set_index("year").total,
        "votes": votes,
        "arms": pd.Series({year: _russian_arms(year) for year in (FIRST, THEN, last)}),
        "pledges": pd.Series(
            {year: len(pledged(year)) for year in (FIRST, THEN, int(votes.index.max()))}
        ),
        "exercises": exercises_held().set_index("year").held,
    }
    rows = [
        (name, MEASURES[name], found[FIRST], found[THEN], found.iloc[-1], found.index[-1])
        for name, found in series.items()
    ]
    return pd.DataFrame(
        rows, columns=["measure", "unit", "before", "then", "latest", "latest_year"]
    )


def _russian_arms(year):
    """Russia's share of China's arms imports in the five years to a year, in per cent. Raises NotHeld."""
    return 100 * evidence.held(
        arms.share_of_arms_imports("CHN", "RUS", year), "arms of China from Russia"
    )


def dependence():
    """Each one's share in the other's trade and arms. Columns: kind (trade, arms), of (whose trade or arms), on (whose share), year, share (%).

    Trade: Russia's books to 2024 (from 2022 estimated from partners' books), China's to 2020. Arms: Russia's share of China's imports,
    and China's of Russia's exports, in the five years to each year. Raises NotHeld. Sources: economic/trade, economic/trade_russia, military/arms_transfers.
    """
    older = trade.share_of_trade("RUS", "CHN")
    newer = evidence.some(
        trade.russia_to_2024("CHN"), "trade of Russia with China in its newer series"
    )
    russia = pd.concat([older[older.year < newer.year.min()], newer[["year", "share"]]])
    last = int(evidence.table("military/arms_totals").year.max())
    sold = [(year, 100 * _russian_sales(year)) for year in range(THEN, last + 1)]
    bought = [(year, _russian_arms(year)) for year in range(2003, last + 1)]
    shares = {
        ("trade", "RUS"): russia,
        ("trade", "CHN"): trade.share_of_trade("CHN", "RUS"),
        ("arms", "RUS"): sold,
        ("arms", "CHN"): bought,
    }
    frames = [
        pd.DataFrame(rows, columns=["year", "share"]).assign(kind=kind, of=of)
        for (kind, of), rows in shares.items()
    ]
    found = pd.concat(frames, ignore_index=True)
    return found.assign(on=found.of.map({"CHN": "RUS", "RUS": "CHN"}))[
        ["kind", "of", "on", "year", "share"]
    ]


def _russian_sales(year):
    return evidence.held(arms.share_of_arms_exports("RUS", "CHN", year), "arms of Russia for China")
