"""The measures of claims M4-M15 for any actor in the place of the article's."""

from functools import partial

import pandas as pd

from frenemies import evidence
from frenemies.claims.swap import compares
from frenemies.errors import Problem
from frenemies.evidence import Vintage
from frenemies.evidence.caching import cached
from frenemies.measures import arms
from frenemies.measures.ties import owe_defence, pledges, with_each_other
from frenemies.measures.words import name, span
from frenemies.sections import ALLIES

THEN = evidence.CUTS["annual"]


def share(buyer: str, supplier: str, end: int) -> float:
    """A supplier's share of a buyer's arms imports in five years (percent). Raises NotHeld."""
    what = f"arms of {name(buyer)} from {name(supplier)} in {span(end)}"
    return 100 * evidence.held(arms.share_of_arms_imports(buyer, supplier, end), what)


@cached
def supplied(vintage: Vintage, recipient: str, supplier: str) -> float:
    """The same in the latest window. Raises NotHeld."""
    return share(recipient, supplier, arms.last_window(vintage=vintage))


compares("M4", "UKR")(partial(supplied, recipient="CHN", supplier="UKR"))
compares("M5", "VNM")(partial(supplied, recipient="VNM", supplier="RUS"))
compares("M6", "IND")(partial(supplied, recipient="IND", supplier="RUS"))


@compares("M7", "VNM", "IND")
def wars(
    vintage: Vintage, vietnam: str = "VNM", india: str = "IND", china: str = "CHN"
) -> tuple[int, ...]:
    """Wars of China with each of two on the list of the Correlates of War."""
    listed = evidence.where("military/wars", vintage, list="COW")
    fought = [{one, other} for one, other in zip(listed.actor_a, listed.actor_b, strict=True)]
    return fought.count({vietnam, china}), fought.count({india, china})


@compares("M11", "RUS")
def sworn(vintage: Vintage, china: str = "CHN", russia: str = "RUS") -> int:
    """Defence pledges in force between two."""
    return int(owe_defence(china, russia, THEN, vintage=vintage))


@compares("M13", "USA")
def allies(vintage: Vintage, usa: str = "USA") -> int:
    """How many of the five have a defence pledge of an actor."""
    if usa in ALLIES:
        raise Problem(f"{name(usa)} is one of the five itself: choose another actor")
    sworn = with_each_other(pledges(THEN, vintage=vintage), usa).actor
    return len({*sworn} & {*ALLIES})


@cached
def last_view(code: str, vintage: Vintage) -> pd.Series:
    """An actor's last survey on China up to 2019. Raises NotHeld."""
    asked = evidence.where("geopolitical/opinion", vintage, about="CHN", actor=code)
    asked = asked[asked.year.le(2019)].sort_values("year")
    return evidence.some(asked, f"views of China in {name(code)}").iloc[-1]


@compares("M15", "VNM", "IND")
def unfavourable(vintage: Vintage, vietnam: str = "VNM", india: str = "IND") -> tuple[float, ...]:
    """Unfavourable views of China in each of two, last survey up to 2019, percent."""
    return tuple(float(last_view(code, vintage).unfavourable) for code in (vietnam, india))
