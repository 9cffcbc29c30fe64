"""China and Russia as a pair, then and now: trade, votes, arms, pledges and exercises, and how far
each depends on the other.
"""

import pandas as pd

from frenemies.measures.arms import last_window, share_of_arms_exports, share_of_arms_imports
from frenemies.measures.ties import BOTH, PLEDGES, THEN, in_force
from frenemies.measures.trade import goods_trade, russia_to_2024, share_of_trade
from frenemies.measures.votes import agreement
from heldto import evidence
from heldto.text.arguments import Year, measure

FIRST = 2014  # the year of Crimea and the first sanctions: what came before them
COUNTED_TO = 2019  # after that the list of exercises is a selection: no count may be drawn from it
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
    "pledges": "Pledges in force, on record to 2018 (none of them defence)",
    "exercises": "Joint exercises in the year",
}


def _newer() -> pd.DataFrame:
    """Russia's trade with China in its newer series: year, total, share, mirror. Raises NotHeld."""
    return evidence.some(russia_to_2024("CHN"), "trade of Russia with China in its newer series")


def _joined(old: pd.DataFrame, new: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The newer series, with the older one before it."""
    earlier = old[old.year < new.year.min()]
    return pd.concat([earlier[columns], new[columns]], ignore_index=True)


@measure
def pair_pledges(year: Year) -> list[str]:
    """Return the kinds of pledge that China and Russia had given each other in a year, as a list of
    words. Source: geopolitical/pledges.
    """
    spells = evidence.table(PLEDGES).query("actor_a == 'CHN' and actor_b == 'RUS'")
    return sorted(spells[in_force(spells, year)].pledge)


@measure
def exercises_by_year() -> pd.DataFrame:
    """Return the number of joint exercises held in each year, to 2019. Columns: year, held. Source:
    military/exercises.
    """
    exercises = evidence.table("military/exercises").query("status == 'held'")
    years = exercises.drop_duplicates("exercise").date.str[:4].astype(int)
    counts = years[years.le(COUNTED_TO)].value_counts().sort_index()
    return counts.rename_axis("year").rename("held").reset_index()


@measure
def then_and_now() -> pd.DataFrame:
    """Compare the pair in 2014, in 2018 and in the latest year known (2018 for pledges), one row
    for each measure.

    Columns: measure, unit, before (2014), then (2018), latest, latest_year. Raises NotHeld.
    Sources: see TABLES.
    """
    trade = _joined(goods_trade("RUS", "CHN"), _newer(), ["year", "total"])
    votes = agreement(*BOTH).set_index("year").kappa
    bought = {year: 100 * _russian_arms(year) for year in (FIRST, THEN, last_window())}
    pledges = {year: len(pair_pledges(year)) for year in (FIRST, THEN)}  # on record to 2018
    series = {
        "trade": trade.set_index("year").total,
        "votes": votes,
        "arms": pd.Series(bought),
        "pledges": pd.Series(pledges),
        "exercises": exercises_by_year().set_index("year").held,
    }
    rows = [
        (name, MEASURES[name], values[FIRST], values[THEN], values.iloc[-1], values.index[-1])
        for name, values in series.items()
    ]
    columns = ["measure", "unit", "before", "then", "latest", "latest_year"]
    return pd.DataFrame(rows, columns=columns)


def _russian_arms(year: int) -> float:
    """Russia's share of China's arms imports in the five years to a year. Raises NotHeld."""
    return evidence.held(share_of_arms_imports("CHN", "RUS", year), "arms of China from Russia")


def _russian_sales(year: int) -> float:
    """China's share of Russia's arms exports in the five years to a year. Raises NotHeld."""
    return evidence.held(share_of_arms_exports("RUS", "CHN", year), "arms of Russia for China")


@measure
def dependence() -> pd.DataFrame:
    """Return the share that each of the two has in the other's trade and arms.

    Columns: kind (trade, arms), of (the actor whose trade or arms it is), on (the actor whose share
    it is), year, share (0 to 1; NaN if it is unknown). Trade: Russia's books to 2024 (from 2022
    estimated from partners' books), China's to 2020. Arms: Russia's share of China's imports, and
    China's of Russia's exports, in the five years to each year. Raises NotHeld. Sources:
    economic/trade, economic/trade_russia, military/arms_transfers.
    """
    last_year = last_window()
    sold = [(year, _russian_sales(year)) for year in range(THEN, last_year + 1)]
    bought = [(year, _russian_arms(year)) for year in range(2003, last_year + 1)]
    columns = ["year", "share"]
    shares = {
        ("trade", "RUS"): _joined(share_of_trade("RUS", "CHN"), _newer(), columns),
        ("trade", "CHN"): share_of_trade("CHN", "RUS"),
        ("arms", "RUS"): pd.DataFrame(sold, columns=columns),
        ("arms", "CHN"): pd.DataFrame(bought, columns=columns),
    }
    rows = pd.concat(shares, names=["kind", "of", None]).reset_index(["kind", "of"])
    rows = rows.assign(on=rows.of.map(dict([BOTH, BOTH[::-1]])))
    return rows[["kind", "of", "on", "year", "share"]].reset_index(drop=True)
