"""How two data sets code Russia and Ukraine, year by year. Sources: tables geopolitical/conflicts, geopolitical/disputes."""

from frenemies import evidence
from frenemies.errors import Problem

FORCE = 4  # COW's level of hostility: use of force; 5 is war
UCDP = {
    "interstate": "state against state",
    "internal with foreign troops": "internal, with Russian troops",
}


def conflict_coding(year, coding="UCDP"):
    """How a data set codes Russia and Ukraine in a year, in words.

    coding "UCDP": "state against state", "internal, with Russian troops" or "nothing" (to 2024); "COW": its militarised disputes,
    "state against state", "a hostile dispute" or "nothing" (to 2014, and that year's for later ones). Raises UnknownYear, Problem.
    Source: geopolitical/conflicts, geopolitical/disputes.
    """
    if coding not in ("UCDP", "COW"):
        raise Problem(f'"{coding}" is no coding here: choose UCDP or COW')
    found = evidence.table("geopolitical/conflicts")
    evidence.known_year(range(found.year.min(), found.year.max() + 1), year, "coding")
    return _dispute(year) if coding == "COW" else _conflict(found[found.year.eq(year)])


def _conflict(found):
    sides = found.side_a + found.helper_a + found.side_b + found.helper_b
    kinds = set(found.kind[sides.str.contains("RUS") & sides.str.contains("UKR")])
    return next((words for kind, words in UCDP.items() if kind in kinds), "nothing")


def _dispute(year):
    disputes = evidence.table("geopolitical/disputes").query(
        "actor_a == 'RUS' and actor_b == 'UKR'"
    )
    worst = disputes[disputes.year.eq(min(year, 2014))].hostility.max()
    return (
        "state against state"
        if worst > FORCE
        else "a hostile dispute"
        if worst == FORCE
        else "nothing"
    )
