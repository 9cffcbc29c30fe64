"""The measures of claims F2, F5 and G1-G14 for any actor in the place of the article's."""

from functools import partial
from itertools import combinations

import pandas as pd

from frenemies.measures import arms
from frenemies.measures.lean import EIGHT
from frenemies.measures.ties import engagement, owe_defence
from frenemies.measures.trade import in_year
from frenemies.measures.votes import agreement
from frenemies.sections.supplied import ARMS, bought, supplied
from heldto import evidence
from heldto.claims.swap import compares
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.options import picked, year_of
from heldto.text.words import the


@cached
def kappa(one: str, other: str, vintage: Vintage) -> float:
    """Agreement beyond chance of two in the last year of votes."""
    year = year_of("geopolitical/agreement", vintage)
    return in_year(agreement(one, other, vintage=vintage), year, "kappa")


def years(end: int, length: int = 5) -> str:
    """The years of a window, both in full: "2014-2018"."""
    return f"{end - length + 1}-{end}"


@cached
def sold(supplier: str, buyer: str, end: int) -> float:
    """A buyer's share of arms exports in per cent. Raises NotHeld where none at all are held."""
    share = arms.share_of_arms_exports(supplier, buyer, end)
    what = f"arms of {the(supplier)} for {the(buyer)} in {years(end)}"
    return 100 * evidence.held(share, what)


KINDS = {"threes": "Modi", "ceremonies": "ceremony", "added": "^(?!China Vitae$)"}  # in a source


@cached
def meetings(**kinds: str) -> pd.DataFrame:
    """The occasions on which Xi and Putin met up to August 2019; kinds: whether those of a kind
    "count", or which to "omit". Raises Problem.
    """
    met = evidence.table("geopolitical/meetings", "then")
    for kind, word in kinds.items():
        if picked({"count": False, "omit": True}, word, "choice"):
            met = met[~met.source.str.contains(KINDS[kind])]
    return met


def occasions(met: pd.DataFrame, days: str) -> int:
    """How many occasions that is, where dates within so many days are one; "1": each day is."""
    first, last = (met[column].to_numpy("datetime64[D]") for column in ("date", "until"))
    joined = ((first[1:] - last[:-1]).astype(int) <= 5).sum()
    single = ((last - first).astype(int) + 1).sum()
    ways = {"3": len(met), "1": single, "5": len(met) - joined}
    return int(picked(ways, days, "number of days"))


def carried_on(who: str) -> tuple[int, str]:
    """How often the two had met up to August 2019 by the last count of Xi, or of the press, and the
    list since; and the day of that count.
    """
    counts, met = evidence.table("geopolitical/meeting_counts", "then"), meetings()
    by_xi = picked({"Xi": True, "press": False}, who, "choice of who counts")
    last = counts[counts.speaker.eq("Xi Jinping").eq(by_xi)].sort_values("date").iloc[-1]
    number = last["count"] - (last.sense == "below")  # nearly thirty are at most 29
    return int(number + met.date.gt(last.date).sum()), last.date


@compares("F2", "RUS")
def engaged(vintage: Vintage, russia: str = "RUS") -> int:
    """A country's rank among those that Xi engaged, by days, 2013 to 2018."""
    return int(days_engaged("Xi Jinping", 2013, 2018, russia)[1]["rank"])


def days_engaged(
    leader: str, first: int, last: int, code: str = "RUS"
) -> tuple[pd.DataFrame, pd.Series]:
    """Whom a president engaged, by days, and the row of one of them. Raises NotHeld."""
    ranked = engagement(leader, first, last, vintage="then")
    what = f"days on which {leader} engaged {the(code)}"
    return ranked, evidence.some(ranked[ranked.partner.eq(code)], what).iloc[0]


@compares("F5", "RUS")
def votes_alike(vintage: Vintage, china: str = "CHN", russia: str = "RUS") -> float:
    """Kappa of two in the General Assembly, last year known."""
    return kappa(china, russia, vintage)


@cached
def nearer_by_ideal_points(one: str, other: str, year: int) -> float:
    """Which part of all pairs of actors lies nearer to each other than two do, 0 to 1. Raises
    NotHeld.
    """
    points = evidence.where("geopolitical/ideal_points", year=year).set_index("actor").ideal_point
    evidence.some(points, f"ideal points in {year}")
    gaps = pd.Series([abs(points[a] - points[b]) for a, b in combinations(points.index, 2)])
    return float(gaps.lt(abs(points[one] - points[other])).mean())


@compares("G1", "CHN")
def before_russia(vintage: Vintage, china: str = "CHN", russia: str = "RUS") -> float:
    """Which share of the eight trade more with one actor than with the other, by own reports."""
    total, doubt = _books_of_the_eight(vintage)
    pairs = [((one, china), (one, russia)) for one in EIGHT if one not in (china, russia)]
    books = [pair for pair in pairs if total.keys() >= {*pair}]
    evidence.some(books, f"trade of the eight with {the(china)}")
    more = (total[a] > total[b] and doubt.isdisjoint((a, b)) for a, b in books)
    return sum(more) / 8


@cached
def _books_of_the_eight(vintage: Vintage) -> tuple[dict[tuple, float], set[tuple]]:
    """Their own last reports: {(reporter, partner): trade in dollars}, and the pairs of which a
    part is put in or shared out by estimate.
    """
    own = evidence.table("economic/trade", vintage)
    own = own[own.year.eq(own.year.max()) & own.reporter.isin(EIGHT)]
    books = own.assign(doubt=own.imputed | own.allotted).groupby(["reporter", "partner"])
    return books.value_usd.sum().to_dict(), {pair for pair, one in books.doubt.any().items() if one}


compares("G3", "CHN")(partial(supplied, recipient="CHN", supplier="RUS"))


@compares("G6", "IRN", "SYR")
def both_supplied(
    vintage: Vintage, iran: str = "IRN", syria: str = "SYR", russia: str = "RUS"
) -> tuple[float, ...]:
    """A supplier's share of the arms imports of each of two, percent of TIV."""
    return tuple(supplied(vintage, code, russia) for code in (iran, syria))


@compares("G7", "PAK")
def sold_to(
    vintage: Vintage, china: str = "CHN", pakistan: str = "PAK", *, window: str = ""
) -> float:
    """A buyer's share of an actor's arms exports, five-year window, percent of TIV."""
    return sold(china, pakistan, year_of(ARMS, vintage, window))


@compares(
    "G10", "JPN", "KOR", note="Where no defence pledge is on record, 0 stands, whatever was bought."
)
def beside(
    vintage: Vintage, japan: str = "JPN", korea: str = "KOR", usa: str = "USA", *, window: str = ""
) -> tuple[float, ...]:
    """An ally's share of the arms imports of each of two that it owes defence, percent of TIV."""
    end = year_of(ARMS, vintage, window)
    shares = {code: bought(code, usa, end) for code in (japan, korea)}
    return tuple(shares[code] * owe_defence(code, usa, end, vintage=vintage) for code in shares)


@compares("G11", "PRK")
def nearer(vintage: Vintage, korea: str = "PRK", china: str = "CHN", russia: str = "RUS") -> float:
    """An actor's kappa with one less that with another, last year known."""
    return round(kappa(china, korea, vintage) - kappa(korea, russia, vintage), 4)


@compares("G14", "IRN", "SYR", note="Saudi Arabia's share is of its citizens alone.")
def shia(
    vintage: Vintage, iran: str = "IRN", syria: str = "SYR", *, estimate: str = "low"
) -> tuple[float, ...]:
    """Share of Shia, Alawi and Ismaili in the population of each, percent, the lower estimate."""
    held = (dict(shiites(code)[["low", "high"]]) for code in (iran, syria))
    return tuple(float(picked(one, estimate, "estimate")) for one in held)


@cached
def shiites(code: str) -> pd.Series:
    """What geopolitical/religion holds of Shia, Alawi and Ismaili in a state. Raises NotHeld."""
    groups = evidence.where("geopolitical/religion", actor=code)
    held = groups[groups.group.str.contains("Shia")]
    return evidence.some(held, f"religion in {the(code)}").iloc[0]
