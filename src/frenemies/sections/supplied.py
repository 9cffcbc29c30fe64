"""Who arms whom, in per cent and by volume, and who is whose rival: measures of claims and
exercises of two sections.
"""

import pandas as pd

from frenemies.measures import arms
from frenemies.measures.ties import THEN, in_force
from heldto import evidence
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.options import year_of
from heldto.text.words import format_years, the

ARMS = "military/arms_totals"
RIVALS_TO = 2020  # to which year the list of strategic rivalries was read


@cached
def bought(recipient: str, supplier: str, end: int, length: int = 5, less: str = "") -> float:
    """A supplier's share of arms imports in per cent, less one weapon. Raises NotHeld where none at
    all are held.
    """
    share = arms.share_of_arms_imports(recipient, supplier, end, length, less=less)
    what = f"arms of {the(recipient)} from {the(supplier)} in {format_years(end, length)}"
    return 100 * evidence.held(share, what)


def supplied(
    vintage: Vintage,
    recipient: str,
    supplier: str = "RUS",
    *,
    window: str = "",
    length: int = 5,
    less: str = "",
) -> float:
    """The same in the latest window, or in the one to the year named. Raises NotHeld, Problem."""
    return bought(recipient, supplier, year_of(ARMS, vintage, window), length, less)


FEW_AIRCRAFT = 60.0  # million TIV: three or four combat aircraft


def few_aircraft(*buyers: str, end: int, length: int = 5, supplier: str = "") -> tuple[float, str]:
    """How far a few aircraft move a share of the arms imports of the smallest of the buyers, or of
    a supplier's arms exports, in points; and that in words. Raises NotHeld.
    """
    if supplier:
        total = arms.total_exports(supplier, end, length)
    else:
        total = min(arms.total_imports(buyer, end, length) for buyer in buyers)
    return 100 * FEW_AIRCRAFT / total, "a few aircraft"


def listed_until(vintage: Vintage) -> int:
    """The last year to which the list of strategic rivalries was read."""
    return THEN if vintage == "then" else RIVALS_TO


def rival_since(one: str, other: str, year: int, vintage: Vintage) -> int:
    """Since when a strategic rivalry of two actors has stood that is alive in a year; 0 where none
    is. Source: geopolitical/rivalries.
    """
    first, second = sorted((one, other))
    held = evidence.where("geopolitical/rivalries", vintage, actor_a=first, actor_b=second)
    standing = held[in_force(held, year)]
    return int(standing.start_year.max()) if len(standing) else 0


def force_used(one: str, other: str, year: int, vintage: Vintage) -> bool:
    """Whether two actors used force in a militarised dispute in the five years to a year. Source:
    geopolitical/disputes.
    """
    first, second = sorted((one, other))
    held = evidence.where("geopolitical/disputes", vintage, actor_a=first, actor_b=second)
    return bool((held.hostility.ge(4) & held.year.between(year - 4, year)).any())


def volume(buyer: str, end: int) -> pd.Series:
    """Arms delivered to a buyer in five years (million TIV): by supplier, all, all but Russia's."""
    tiv = arms.arms_imports(buyer, end).set_index("supplier").tiv
    return pd.concat([tiv, pd.Series({"all": tiv.sum(), "others": tiv.drop("RUS").sum()})])
