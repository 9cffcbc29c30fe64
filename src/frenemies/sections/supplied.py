"""Who arms whom, in per cent and by volume: measures of claims and exercises of two sections."""

import pandas as pd

from frenemies.measures import arms
from heldto import evidence
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.options import year_of
from heldto.text.words import span, the

ARMS = "military/arms_totals"


@cached
def bought(recipient: str, supplier: str, end: int, length: int = 5, less: str = "") -> float:
    """A supplier's share of arms imports in per cent, less one weapon. Raises NotHeld where none at
    all are held.
    """
    share = arms.share_of_arms_imports(recipient, supplier, end, length, less=less)
    what = f"arms of {the(recipient)} from {the(supplier)} in {span(end, length)}"
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


def volume(buyer: str, end: int) -> pd.Series:
    """Arms delivered to a buyer in five years (million TIV): by supplier, all, all but Russia's."""
    tiv = arms.arms_imports(buyer, end).set_index("supplier").tiv
    return pd.concat([tiv, pd.Series({"all": tiv.sum(), "others": tiv.drop("RUS").sum()})])
