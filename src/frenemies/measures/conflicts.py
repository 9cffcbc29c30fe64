"""How two data sets code Russia and Ukraine, year by year. Sources: tables geopolitical/conflicts,
geopolitical/disputes.
"""

import pandas as pd

from heldto import evidence
from heldto.errors import Problem
from heldto.text.arguments import Word, Year, measure

FORCE = 4  # COW's level of hostility: use of force; 5 is war
COW_UNTIL = 2014
UCDP = {
    "interstate": "state against state",
    "internal with foreign troops": "internal, with Russian troops",
}


@measure
def conflict_coding(year: Year, coding: Word = "UCDP") -> str:
    """Return how a data set codes Russia and Ukraine in a year, in words.

    coding "UCDP": "state against state", "internal, with Russian troops" or "nothing" (to 2024);
    "COW": its militarised disputes, "state against state", "a hostile dispute" or "nothing" (to
    2014; for later years it returns the coding of 2014). Raises UnknownYear, Problem. Source:
    geopolitical/conflicts, geopolitical/disputes.
    """
    if coding not in ("UCDP", "COW"):
        raise Problem(f'"{coding}" is not a coding: choose UCDP or COW')
    kinds = {*conflicts_coded(year).kind}
    if coding == "COW":
        return _dispute(year)
    return next((words for kind, words in UCDP.items() if kind in kinds), "nothing")


@measure
def conflicts_coded(year: Year) -> pd.DataFrame:
    """Return the conflicts of a year in which the UCDP names Russia and Ukraine, a row each.

    Columns: as in geopolitical/conflicts, the source. Raises UnknownYear, Problem.
    """
    fought = evidence.table("geopolitical/conflicts")
    known = range(fought.year.min(), fought.year.max() + 1)
    fought = fought[fought.year.eq(evidence.known_year(known, year, "coding"))]
    sides = fought.side_a + fought.helper_a + fought.side_b + fought.helper_b
    return fought[sides.str.contains("RUS") & sides.str.contains("UKR")].reset_index(drop=True)


def _dispute(year: int) -> str:
    disputes = evidence.table("geopolitical/disputes")
    disputes = disputes.query("actor_a == 'RUS' and actor_b == 'UKR'")
    worst = disputes[disputes.year.eq(min(year, COW_UNTIL))].hostility.max()
    if worst > FORCE:
        return "state against state"
    return "a hostile dispute" if worst == FORCE else "nothing"
