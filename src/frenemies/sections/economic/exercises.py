"""Figures of the exercises of notebook 01; their words stand in exercises.toml."""

import pandas as pd

from frenemies.claims import ledger
from frenemies.evidence import actors
from frenemies.exercises.sheets import Figures, sheet
from frenemies.measures.trade import goods_trade, mirror_trade, rank_of, ranks, share_of_trade
from frenemies.sections import economic

YEAR = 2018
exercises = sheet(__file__)


def _book(reporter, partner):
    columns = ["export", "import", "total", "balance"]
    return goods_trade(reporter, partner).set_index("year")[columns]


@exercises.figures("E1-which")
@exercises.figures("E1-total")
def books() -> Figures:
    """Trade of Russia and China in both books, and of the Eurasian Economic Union, by year."""
    russia, china = _book("RUS", "CHN"), _book("CHN", "RUS")
    both = russia + china
    return {"russia": russia, "china": china, "both": both, "union": _book("EAEU5", "CHN")}


@exercises.figures("E3-rank", year=YEAR)
def far_ahead(year: int) -> Figures:
    """How many of China's partners stand above and below multiples of Russia's trade."""
    rank, partners = rank_of("CHN", "RUS", year), ranks("CHN", year).set_index("partner")
    russia = partners.total["RUS"]
    times = {"half": 0.5, "one_and_a_half": 1.5, "twice": 2, "thrice": 3}
    at_least = {name: partners.total.ge(n * russia).sum() for name, n in times.items()}
    twice = partners[partners.total.ge(2 * russia)]
    return {
        "at_least": at_least,
        "names": ", ".join(twice.name),
        "russia": russia,
        "mark": 2 * russia,
        "rank": rank,
        "ahead": rank - 1,
        "rank_of_china": rank_of("RUS", "CHN", year),
        "one_less": len(twice) - 1,
        "one_more": len(twice) + 1,
        "without_customs": len(twice.drop(["HKG", "TWN"], errors="ignore")),
        "at_most_half": partners.total.le(russia / 2).sum(),
        "partners": len(partners),
    }


@exercises.figures("E3-set", year=YEAR)
def russia_third(year: int) -> Figures:
    """Russia's place among those of China's partners that are shown."""
    totals = ranks("CHN", year).set_index("partner").total
    totals = totals[totals.index.isin(list(actors.ALL))]
    larger = totals.index[totals > totals["RUS"]]

    def test(shown):
        ranked = [code for code in totals.index if code in shown]
        if "RUS" not in ranked:
            return False, [("without_russia", {})]
        place = ranked.index("RUS") + 1
        first = ", ".join(actors.name(code) for code in ranked[: max(place, 3)])
        return place == 3, [("ranked", {"place": place, "first": first})]

    return {"test": test, "larger": ", ".join(actors.name(code) for code in larger)}


@exercises.figures("E7-coal", mark=3)
def coal_level(mark: float) -> Figures:
    """How far China's coal lay below its peak, by two editions, in percent."""
    then = economic.below_peak(economic.coal_known_in_2019())
    today = economic.below_peak(economic.coal_use("CHN", vintage="then"))
    turns = then >= mark > today > 0
    verdict = ledger.judge("E7", "then").verdict
    return {
        "then": then,
        "today": today,
        "two_sides": turns,
        "one_side": not turns,
        "verdict": verdict,
    }


def _imports(fuel, column="quantity"):
    return economic.imports_by_origin(fuel).pivot(index="year", columns="origin", values=column)


@exercises.figures("E6-share")
def a_tenth_of_the_gas() -> Figures:
    """China's imports of gas by origin and year (billion cubic metres), and tenths of them."""
    gas, share = _imports("gas"), _imports("gas", "share")
    tenth = gas / 10
    return {
        "gas": gas,
        "share": share,
        "tenth": tenth,
        "tenth_of_lng": _imports("LNG") / 10,
        "tenth_of_piped": _imports("pipeline gas") / 10,
        "tenth_of_three": tenth[["Turkmenistan", "Australia", "Russia"]].sum(axis=1),
        "three_percent": gas["Total"] * 0.03,
        "from_rounded": gas["Russia"].round(1) / share["Russia"].round(1) * 10,
        "lacking": tenth["Total"] - gas["Russia"],
    }


@exercises.figures("E4-mirror")
@exercises.figures("E4-balance")
def like_for_like() -> Figures:
    """Russia's balance with China in two books and valued alike, by year, and its changes."""
    mirror = mirror_trade("RUS", "CHN").set_index("year")
    sales = _book("RUS", "CHN").export
    two_years = mirror + mirror.shift()
    return {
        "mirror": mirror,
        "change": mirror.diff(),
        "two_years": two_years,
        "change_in_sales": sales.diff(),
    }


@exercises.figures("E10-extra")
def union_extra() -> Figures:
    """What the union's four other members add to Russia's trade with China, in percent of it, by year."""
    four, russia, five, kazakhstan = (
        _book("CHN", partner) for partner in ("EAEU4", "RUS", "EAEU5", "KAZ")
    )
    return {
        "four": four,
        "russia": russia,
        "added": four / russia * 100,
        "kazakhstan": kazakhstan / russia * 100,
        "with_russia": five / russia * 100,
        "of_five": four / five * 100,
        "by_their_books": _book("EAEU4", "CHN") / _book("RUS", "CHN") * 100,
    }


@exercises.figures("F3-eu")
def eu_shift() -> Figures:
    """Shares of Russia's trade by year (percent), and how far they fell since 2013 (percentage points)."""
    partners = ("EU28", "EU27", "DEU", "CHN")
    shares = {code: share_of_trade("RUS", code).set_index("year").share for code in partners}
    share = pd.DataFrame(shares)
    fall = share.loc[2013] - share
    return {
        "share": share,
        "fall": fall,
        "rise": -fall,
        "fall_in_percent": fall / share.loc[2013] * 100,
        "fall_since_2014": share.loc[2014] - share,
    }
