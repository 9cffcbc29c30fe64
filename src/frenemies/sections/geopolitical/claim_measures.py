"""What the tests of this section's claims measure, for any actor in the place of the article's."""

from itertools import combinations

import pandas as pd

from frenemies.measures import arms
from frenemies.measures.lean import EIGHT
from frenemies.measures.ties import engagement
from heldto import evidence
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.options import picked
from heldto.text.words import the


def years(end: int, length: int = 5) -> str:
    """The years of a window, both in full: "2014-2018"."""
    return f"{end - length + 1}-{end}"


@cached
def sold(supplier: str, buyer: str, end: int) -> float:
    """A buyer's share of arms exports in per cent. Raises NotHeld where none at all are held."""
    share = arms.share_of_arms_exports(supplier, buyer, end)
    subject = f"arms of {the(supplier)} for {the(buyer)} in {years(end)}"
    return 100 * evidence.held(share, subject)


KINDS = {"threes": "Modi", "ceremonies": "ceremony", "added": "^(?!China Vitae$)"}  # in a source


@cached
def meetings(**kinds: str) -> pd.DataFrame:
    """The occasions on which Xi and Putin met up to August 2019; kinds: whether those of a kind
    "count", or which to "omit". Raises Problem.
    """
    rows = evidence.table("geopolitical/meetings", "then")
    for kind, word in kinds.items():
        if picked({"count": False, "omit": True}, word, "choice"):
            rows = rows[~rows.source.str.contains(KINDS[kind])]
    return rows


def occasions(met: pd.DataFrame, days: str) -> int:
    """How many occasions that is, where dates within so many days are one; "1": each day is."""
    first, last = (met[column].to_numpy("datetime64[D]") for column in ("date", "until"))
    joined = ((first[1:] - last[:-1]).astype(int) <= 5).sum()
    single = ((last - first).astype(int) + 1).sum()
    counts = {"3": len(met), "1": single, "5": len(met) - joined}
    return int(picked(counts, days, "number of days"))


def carried_on(who: str) -> tuple[int, str]:
    """How often the two had met up to August 2019 by the last count of Xi, or of the press, and the
    list since; and the day of that count.
    """
    counts, rows = evidence.table("geopolitical/meeting_counts", "then"), meetings()
    by_xi = picked({"Xi": True, "press": False}, who, "choice of who counts")
    latest = counts[counts.speaker.eq("Xi Jinping").eq(by_xi)].sort_values("date").iloc[-1]
    number = latest["count"] - (latest.sense == "below")  # nearly thirty are at most 29
    return int(number + rows.date.gt(latest.date).sum()), latest.date


def days_engaged(
    leader: str, first: int, last: int, code: str = "RUS"
) -> tuple[pd.DataFrame, pd.Series]:
    """Whom a president engaged, by days, and the row of one of them. Raises NotHeld."""
    ranked = engagement(leader, first, last, vintage="then")
    subject = f"days on which {leader} engaged {the(code)}"
    return ranked, evidence.some(ranked[ranked.partner.eq(code)], subject).iloc[0]


@cached
def nearer_by_ideal_points(one: str, other: str, year: int) -> float:
    """Which part of all pairs of actors lies nearer to each other than two do, 0 to 1. Raises
    NotHeld.
    """
    points = evidence.where("geopolitical/ideal_points", year=year).set_index("actor").ideal_point
    evidence.some(points, f"ideal points in {year}")
    gaps = pd.Series([abs(points[a] - points[b]) for a, b in combinations(points.index, 2)])
    return float(gaps.lt(abs(points[one] - points[other])).mean())


def before(vintage: Vintage, china: str = "CHN", russia: str = "RUS") -> float:
    """Which share of the eight trade more with one actor than with the other, by own reports."""
    total, doubt = _books_of_the_eight(vintage)
    pairs = [((actor, china), (actor, russia)) for actor in EIGHT if actor not in (china, russia)]
    books = [pair for pair in pairs if total.keys() >= {*pair}]
    evidence.some(books, f"trade of the eight with {the(china)}")
    larger = (total[a] > total[b] and doubt.isdisjoint((a, b)) for a, b in books)
    return sum(larger) / 8


@cached
def _books_of_the_eight(vintage: Vintage) -> tuple[dict[tuple, float], set[tuple]]:
    """Their own last reports: {(reporter, partner): trade in dollars}, and the pairs of which a
    part is put in or shared out by estimate.
    """
    rows = evidence.table("economic/trade", vintage)
    rows = rows[rows.year.eq(rows.year.max()) & rows.reporter.isin(EIGHT)]
    books = rows.assign(doubt=rows.imputed | rows.allotted).groupby(["reporter", "partner"])
    return books.value_usd.sum().to_dict(), {
        pair for pair, is_doubted in books.doubt.any().items() if is_doubted
    }


@cached
def shiites(code: str) -> pd.Series:
    """What geopolitical/religion holds of Shia, Alawi and Ismaili in a state. Raises NotHeld."""
    groups = evidence.where("geopolitical/religion", actor=code)
    rows = groups[groups.group.str.contains("Shia")]
    return evidence.some(rows, f"religion in {the(code)}").iloc[0]
