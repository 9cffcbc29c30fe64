"""The measures of claims M4-M15 for any actor in the place of the article's."""

import pandas as pd

from frenemies import evidence
from frenemies.claims.swap import compares
from frenemies.errors import Problem
from frenemies.evidence import Vintage
from frenemies.evidence.caching import cached
from frenemies.measures import arms
from frenemies.measures.ties import owe_defence, pledges
from frenemies.measures.words import name, span
from frenemies.sections import ALLIES

THEN = evidence.CUTS["annual"]


@cached
def supplied(recipient: str, supplier: str, vintage: Vintage) -> float:
    """A supplier's share of an actor's arms imports, percent of TIV. Raises NotHeld."""
    end = arms.last_window(vintage=vintage)
    share = arms.share_of_arms_imports(recipient, supplier, end)
    what = f"arms of {name(recipient)} from {name(supplier)} in {span(end)}"
    return 100 * evidence.held(share, what)


@compares("M4", "UKR")
def from_ukraine(vintage: Vintage, china: str = "CHN", ukraine: str = "UKR") -> float:
    """A supplier's share of China's arms imports, percent of TIV."""
    return supplied(china, ukraine, vintage)


@compares("M5", "VNM")
def for_vietnam(vintage: Vintage, vietnam: str = "VNM", russia: str = "RUS") -> float:
    """Russia's share of an actor's arms imports, percent of TIV."""
    return supplied(vietnam, russia, vintage)


@compares("M6", "IND")
def for_india(vintage: Vintage, india: str = "IND", russia: str = "RUS") -> float:
    """Russia's share of an actor's arms imports, percent of TIV."""
    return supplied(india, russia, vintage)


@compares("M7", "VNM", "IND")
def wars(
    vintage: Vintage, vietnam: str = "VNM", india: str = "IND", china: str = "CHN"
) -> tuple[int, ...]:
    """Wars of China with each of two on the list of the Correlates of War."""
    listed = evidence.table("military/wars", vintage).query("list == 'COW'")

    def fought(other: str) -> int:
        first, second = sorted((china, other))
        return int((listed.actor_a.eq(first) & listed.actor_b.eq(second)).sum())

    return fought(vietnam), fought(india)


@compares("M11", "RUS")
def sworn(vintage: Vintage, china: str = "CHN", russia: str = "RUS") -> int:
    """Defence pledges in force between two."""
    return int(owe_defence(china, russia, THEN, vintage=vintage))


@compares("M13", "USA")
def allies(vintage: Vintage, usa: str = "USA") -> int:
    """How many of the five have a defence pledge of an actor."""
    if usa in ALLIES:
        raise Problem(f"{name(usa)} is one of the five itself: choose another actor")
    held = pledges(THEN, vintage=vintage)
    sworn = {*held.actor_a[held.actor_b.eq(usa)], *held.actor_b[held.actor_a.eq(usa)]}
    return len(sworn & {*ALLIES})


@compares("M15", "VNM", "IND")
def unfavourable(vintage: Vintage, vietnam: str = "VNM", india: str = "IND") -> tuple[float, ...]:
    """Unfavourable views of China in each of two, last survey up to 2019, percent."""
    asked = evidence.table("geopolitical/opinion", vintage)
    asked = asked.query("about == 'CHN' and year <= 2019").sort_values("year")

    def last(code: str) -> float:
        rows: pd.DataFrame = asked[asked.actor.eq(code)]
        return float(evidence.some(rows, f"views of China in {name(code)}").unfavourable.iloc[-1])

    return last(vietnam), last(india)
