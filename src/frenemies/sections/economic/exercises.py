"""Figures of the exercises of notebook 01; their words stand in exercises.toml."""

import pandas as pd

from frenemies.measures.trade import goods_trade, mirror_trade, rank_of, ranks, share_of_trade
from frenemies.sections import economic
from heldto.claims import ledger
from heldto.evidence import actors
from heldto.exercises.sheets import Figures, sheet
from heldto.text.words import in_percent

exercises = sheet(__file__)
exercises.measure(rank_of)


@exercises.measure
def books(reporter: str, partner: str) -> pd.DataFrame:
    """A reporter's goods trade by year (USD bn). Columns: export, import, total, balance."""
    return goods_trade(reporter, partner).set_index("year").drop(columns="second_hand")


@exercises.measure
def in_all(partner: str) -> pd.Series:
    """A partner's share of Russia's trade by year (percent)."""
    return in_percent(share_of_trade("RUS", partner).set_index("year").share)


@exercises.measure
def imports(fuel: str, column: str = "quantity") -> pd.DataFrame:
    """China's imports of a fuel by year, a column for each origin: quantity, or share (percent)."""
    wide = economic.imports_by_origin(fuel).pivot(index="year", columns="origin", values=column)
    return in_percent(wide) if column == "share" else wide


@exercises.figures("E3-rank")
def far_ahead(year: int, times: dict[str, float]) -> Figures:
    """How many of China's partners stand above multiples of Russia's trade, and below half."""
    rank, partners = rank_of("CHN", "RUS", year), ranks("CHN", year).set_index("partner")
    totals, russia = partners.total, partners.total["RUS"]
    above_twice = partners[totals.ge(2 * russia)]
    counts = {name: totals.ge(n * russia).sum() for name, n in times.items()}
    states = above_twice.drop(["HKG", "TWN"], errors="ignore")
    figures = {
        "names": above_twice.name,
        "without_customs": len(states),
        "at_least": counts,
        "rank": rank,
    }
    half = totals.le(russia / 2).sum()
    return figures | {"russia": russia, "at_most_half": half, "partners": len(totals)}


@exercises.figures("E3-set")
def russia_third(year: int) -> Figures:
    """Russia's place among those of China's partners that are shown."""
    totals = ranks("CHN", year).set_index("partner").total
    totals = totals[totals.index.isin(list(actors.ALL))]

    def test(shown: list[str]) -> tuple[bool, list]:
        ranked = [code for code in totals.index if code in shown]
        for code, lack in (("RUS", "without_russia"), ("CHN", "without_china")):
            if code not in shown:
                return False, [(lack, {})]
        place = ranked.index("RUS") + 1
        return place == 3, [("ranked", {"place": place, "first": ranked[: max(place, 3)]})]

    return {"test": test, "larger": totals.index[totals > totals["RUS"]]}


@exercises.figures("E7-coal")
def coal_level(mark: float) -> Figures:
    """How far China's coal lay below its peak, by two editions, in percent."""
    then = in_percent(economic.below_peak(economic.coal_known_in_2019()))
    today = in_percent(economic.below_peak(economic.coal_use("CHN", vintage="then")))
    turns = then >= mark > today > 0
    verdict = ledger.judge("E7", "then").verdict
    return {"then": then, "today": today, "turns": turns, "stays": not turns, "verdict": verdict}


@exercises.figures("E6-share")
def tenth_of_the_gas() -> Figures:
    """China's gas by origin and year (billion cubic metres), and a tenth of it."""
    gas, share = imports("gas"), imports("gas", "share")
    rounded = gas.round(1) / share.round(1) * 10
    return {"gas": gas, "share": share, "tenth": gas / 10, "from_rounded": rounded}


@exercises.figures("E4-mirror")
@exercises.figures("E4-balance")
def like_for_like() -> Figures:
    """Russia's trade with China in two books by year (USD bn), and the change in a year."""
    mirror = mirror_trade("RUS", "CHN").set_index("year")
    return {"mirror": mirror, "change": mirror.diff()}


@exercises.figures("E10-extra")
def union_extra() -> Figures:
    """What the union's four other members add to Russia's trade with China, by year (percent)."""
    four, russia = books("CHN", "EAEU4"), books("CHN", "RUS")
    return {"four": four, "russia": russia, "added": four / russia * 100}
