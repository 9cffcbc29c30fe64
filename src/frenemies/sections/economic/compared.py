"""The measures of claims E1-E9 and F3 for any actor in the place of the article's."""

import pandas as pd

from frenemies import evidence
from frenemies.claims.swap import compares, title
from frenemies.errors import Problem
from frenemies.evidence import Vintage
from frenemies.evidence.caching import cached
from frenemies.measures import energy
from frenemies.measures.energy import growth, imports_by_origin
from frenemies.measures.trade import TOP_TWENTY, china_customs, goods_trade, in_year
from frenemies.measures.words import in_percent

FOUR = {"USA": "USA", "EU": "EU28", "JPN": "JPN", "DEU": "DEU"}  # with whom E3 compares


def year_decided(vintage: Vintage) -> int:
    """The year that decides a claim about 2019: the last one known then, or 2019 itself."""
    return 2018 if vintage == "then" else 2019


def traded(one: str, other: str, year: int, vintage: Vintage, column: str = "total") -> float:
    """A figure of one reporter's trade with another in a year, USD bn."""
    sent, got = (_flows(vintage).get((one, other, year, flow)) for flow in ("export", "import"))
    if sent is None or got is None:
        return in_year(goods_trade(one, other, vintage=vintage), year, column)
    return {"export": sent, "import": got, "total": sent + got, "balance": sent - got}[column]


@cached
def _flows(vintage: Vintage) -> dict[tuple[str, str, int, str], float]:
    """{(reporter, partner, year, flow): USD bn} of all books that are held."""
    held: dict[tuple[str, str, int, str], float] = {}
    for name in ("economic/trade", "economic/trade_groups"):
        books = evidence.table(name, vintage).dropna(subset=["value_usd"])
        keys = (books[key].tolist() for key in ("reporter", "partner", "year", "flow"))
        held |= zip(zip(*keys, strict=True), books.value_usd / 1e9, strict=True)
    return held


@cached
def fuel_from(fuel: str, origin: str, vintage: Vintage) -> pd.DataFrame:
    """China's imports of a fuel by year from an actor, or an origin by its name. Raises NotHeld."""
    rows = imports_by_origin(fuel, vintage=vintage)
    rows = rows[rows.actor.eq(origin) | rows.origin.eq(origin)]
    return evidence.some(rows, f"{fuel} from {title(origin)}")


@compares("E1", "RUS")
def volume(vintage: Vintage, china: str = "CHN", russia: str = "RUS") -> dict[str, float]:
    """Trade of two in 2018, USD bn, by both their books."""
    pairs = (china, russia), (russia, china)
    return {one: traded(one, other, 2018, vintage) for one, other in pairs}


@compares("E2", "EAEU5")
def group_volume(vintage: Vintage, china: str = "CHN", five: str = "EAEU5") -> dict[str, float]:
    """Trade of China with a group or an actor in 2018, USD bn, by both their books."""
    return volume(vintage, china, five)


@compares("E3", "RUS")
def largest_ratio(vintage: Vintage, china: str = "CHN", russia: str = "RUS") -> float:
    """China's trade with an actor over that with each of the four: the largest ratio."""
    if {china, russia} & FOUR.keys():
        raise Problem("the four of E3 are what the others are compared with: choose another actor")
    return max(ratios(vintage, china, russia).values())


def ratios(
    vintage: Vintage, china: str = "CHN", russia: str = "RUS", year: int | None = None
) -> dict[str, float]:
    """One reporter's trade with an actor over that with each of the four, in its last year: since,
    China's is that of its customs."""
    year = year or last_year(vintage, china)

    def total(partner: str) -> float:
        if year == TOP_TWENTY:
            return in_year(china_customs(partner, vintage=vintage), year)
        return traded(china, partner, year, vintage)

    four = FOUR | {"EU": "EU28" if year < 2020 else "EU27"}
    return {name: total(russia) / total(code) for name, code in four.items()}


@cached
def last_year(vintage: Vintage, china: str = "CHN") -> int:
    """The last year that a state's own books hold of its trade with Russia; since, China's customs
    go on."""
    customs = vintage == "since" and china == "CHN"
    return TOP_TWENTY if customs else in_books(vintage)


@cached
def in_books(vintage: Vintage) -> int:
    """The last year that China's own books hold of its trade with Russia in the IMF's series."""
    return int(goods_trade("CHN", "RUS", vintage=vintage)["year"].max())


@compares("E4", "RUS")
def surplus(vintage: Vintage, russia: str = "RUS", china: str = "CHN") -> dict[str, float]:
    """An actor's balance with China, USD bn, by both their books."""
    pairs, year = ((china, russia), (russia, china)), year_decided(vintage)
    mirrored, own = (traded(*pair, year, vintage, "balance") for pair in pairs)
    return {china: -mirrored, russia: own}


@compares("E5", "RUS")
def crude_growth(vintage: Vintage, russia: str = "RUS") -> float:
    """Growth of China's crude from an actor from 2017 on, percent a year."""
    rows, year = fuel_from("crude oil", russia, vintage), year_decided(vintage)
    first, last = (in_year(rows, at, "quantity") for at in (2017, year))
    return in_percent(growth(first, last, year - 2017))


@compares("E6", "RUS")
def gas_share(vintage: Vintage, russia: str = "RUS") -> float:
    """An actor's share of China's gas imports, percent."""
    return in_percent(in_year(fuel_from("gas", russia, vintage), year_decided(vintage), "share"))


@compares("E7", "CHN")
def coal_below_peak(vintage: Vintage, china: str = "CHN") -> float:
    """How far an actor's coal lies below its peak before, percent.

    For August 2019 China's is that of the edition of 2019, others' are today's figures for then.
    """
    edition = vintage == "then" and china == "CHN"
    used = energy.coal_known_in_2019() if edition else energy.coal_use(china, vintage=vintage)
    return in_percent(energy.below_peak(used))


@compares("E9", "Australia")
def lng_fall(vintage: Vintage, origin: str = "Australia") -> float:
    """Fall of China's LNG from an origin against the year before, percent."""
    rows, year = fuel_from("LNG", origin, vintage), year_decided(vintage)
    before, last = (in_year(rows, at, "quantity") for at in (year - 1, year))
    return in_percent(-growth(before, last))


@compares("F3", "RUS")
def turned(vintage: Vintage, russia: str = "RUS") -> float:
    """The smaller of China's gain and the EU28's loss in an actor's trade, 2013-18, points."""

    def share(partner: str, year: int) -> float:
        own, whole = (traded(russia, one, year, vintage) for one in (partner, "WLD"))
        return in_percent(own / whole)

    gain, rise = (share(partner, 2018) - share(partner, 2013) for partner in ("CHN", "EU28"))
    return min(gain, -rise)
