"""What the tests of this section's claims measure, for any actor in the place of the article's."""

from collections import Counter

import numpy as np
import pandas as pd

from frenemies.measures import arms, trade
from frenemies.measures.pair import COUNTED_TO, exercises_by_year
from heldto import evidence
from heldto.errors import NotHeld
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.measures import value
from heldto.text.options import picked
from heldto.text.words import short_name

THEN = evidence.CUTS["annual"]
LISTS = {  # names of the lists on which a war counts, and what its own name must hold
    "COW": ("COW", ""),
    "UCDP": ("UCDP", ""),
    "border": ("COW|UCDP", "Border|territory between the two"),
}


def wars(
    vintage: Vintage,
    vietnam: str = "VNM",
    india: str = "IND",
    china: str = "CHN",
    *,
    source: str = "COW",
) -> tuple[int, ...]:
    """Wars of China with each of two on the list of the Correlates of War."""
    return tuple(_fought(vintage, source)[frozenset((enemy, china))] for enemy in (vietnam, india))


@cached
def _fought(vintage: Vintage, source: str) -> Counter[frozenset[str]]:
    """How many wars on a list each two fought."""
    rows = fought_on(vintage, source)
    return Counter(map(frozenset, zip(rows.actor_a, rows.actor_b, strict=True)))


@cached
def fought_on(vintage: Vintage, name: str) -> pd.DataFrame:
    """The wars on a list: "COW", "UCDP", or on either about the "border"."""
    lists, words = picked(LISTS, name, "list of wars")
    wars = evidence.table("military/wars", vintage)
    return wars[wars.list.str.fullmatch(lists) & wars.name.str.contains(words)]


@cached
def course(first: int, last: int) -> pd.DataFrame:
    """Trade and arms of China and Russia by year: year, trade (USD bn, Russia's books), trade_share
    (China's of Russia's trade, percent), mirror (estimated), arms (from Russia to China in the five
    years to it, million TIV), arms_share (of China's imports, percent).
    """
    windows = arms.arms_windows(["CHN"], range(first, last + 1)).query("supplier == 'RUS'")
    early = trade.goods_trade("RUS", "CHN").merge(trade.share_of_trade("RUS", "CHN"), on="year")
    late = trade.russia_to_2024("CHN")
    trade_rows = pd.concat([early[early.year.lt(late.year.min())].assign(mirror=False), late])
    rows = windows.merge(trade_rows, left_on="end", right_on="year", suffixes=("_arms", ""))
    new_names = {"total": "trade", "tiv": "arms"}
    rows = rows.assign(trade_share=100 * rows.share, arms_share=100 * rows.share_arms)
    rows = rows.rename(columns=new_names).reset_index(drop=True)
    return rows[["year", "trade", "trade_share", "mirror", "arms", "arms_share"]]


@cached
def trade_and_arms(last: int, *, books: str = "Russia") -> tuple[pd.Series, pd.Series]:
    """What M16 compares from 2018 to a year: trade and arms as multiples of 2018, and the moves of
    the two shares in points; books: whose count of trade the multiple is of. Raises NotHeld.
    """
    rows = course(THEN, last)

    def of(year: int) -> pd.Series:
        year_rows = evidence.some(rows[rows.year.eq(year)], f"China's arms from Russia to {year}")
        return year_rows.iloc[0]

    then, now = of(THEN), of(last)
    volume = {flow: now[flow] / then[flow] for flow in ("trade", "arms")}
    if picked({"Russia": False, "China": True}, books, "choice of books"):
        books_to_2020, late = trade.goods_trade("CHN", "RUS"), trade.china_customs("RUS")
        chinese_books = pd.concat([books_to_2020[books_to_2020.year.lt(late.year.min())], late])
        volume["trade"] = trade.in_year(chinese_books, last) / trade.in_year(chinese_books, THEN)
    share = {flow: now[f"{flow}_share"] - then[f"{flow}_share"] for flow in ("trade", "arms")}
    return pd.Series(volume), pd.Series(share)


def exercises_to(last: int) -> dict[str, float]:
    """Joint exercises held in the five years to a year ("now") and to 2018 ("before"), and the one
    as a multiple of the other ("times"). Raises NotHeld after the last year of a full list.
    """
    if last > COUNTED_TO:
        raise NotHeld(f"no full list of exercises is held after {COUNTED_TO}")
    before, now = map(held_in_five_years, (THEN, last))
    return {"before": before, "now": now, "times": now / before}


def held_in_five_years(end: int) -> int:
    """Joint exercises held in the five years to a year. Raises NotHeld."""
    return int(value(exercises_by_year(), "held", at=[end - 4, end]).value)


@cached
def last_view(code: str, vintage: Vintage, base: str = "all", year: str = "last") -> pd.Series:
    """An actor's last survey on China up to 2019, or the one before, of all asked or of those who
    answered. Raises NotHeld.
    """
    surveys = evidence.where("geopolitical/opinion", vintage, about="CHN", actor=code)
    surveys = surveys[surveys.year.le(2019)].sort_values("year")
    surveys = surveys[: len(surveys) - picked({"last": 0, "before": 1}, year, "survey")]
    view = evidence.some(surveys, f"views of China in {short_name(code)}").iloc[-1]
    total = picked({"all": 100, "answered": view.favourable + view.unfavourable}, base, "base")
    share = pd.Series({"share": view.unfavourable * (100 / total), "base": view.n * total / 100})
    return pd.concat([view, share])


def margin(view: pd.Series) -> float:
    """The 95 % margin of error of a share of `last_view`, in points, from the number who are its
    base.
    """
    part = view["share"] / 100
    return 196 * float(np.sqrt(part * (1 - part) / view["base"]))
