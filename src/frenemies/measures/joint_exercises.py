"""What the military section measures: suppliers, deliveries, exercises by sea, codings of a conflict. Arms: `frenemies.measures.arms`.

Volumes are SIPRI's trend-indicator values (TIV): volume, not dollars.
"""

from frenemies import evidence
from frenemies.errors import NotHeld, Problem
from frenemies.evidence import actors
from frenemies.measures.arms import arms_imports

ALLIES = ("JPN", "KOR", "PHL", "TWN", "VNM")  # the five that the article calls allies of the USA
FORCE = 4  # COW's level of hostility: use of force; 5 is war
UCDP = {
    "interstate": "state against state",
    "internal with foreign troops": "internal, with Russian troops",
}


def concentration(recipient, end, window=5):
    """Concentration of an actor's arms suppliers (Herfindahl-Hirschman index, 0 to 1): a pair (lowest, highest).

    The squares of the suppliers' shares, summed: 1 is a single supplier. What comes from outside the 24 actors is not
    split by country here: the lowest takes it as many small suppliers, the highest as one. NaN where nothing was delivered.
    Raises NoWindow, UnknownActor.
    """
    squares = arms_imports(recipient, end, window).set_index("supplier").share.pow(2)
    if squares.empty:
        return float("nan"), float("nan")
    return float(squares.drop("other", errors="ignore").sum()), float(squares.sum())


def deliveries(supplier, recipient, weapon, vintage=None):
    """Units of a weapon delivered, by year and added up. Columns: year, units, total. Source: military/deals.

    weapon: SIPRI's designation, such as "Project-636E". Actors by code, name or alias. Raises UnknownActor, NotHeld.
    """
    supplier, recipient = actors.find(supplier), actors.find(recipient)
    deals = evidence.table("military/deals", vintage).query(
        "supplier == @supplier and recipient == @recipient"
    )
    found = deals[deals.weapon.eq(weapon)].groupby("year").units.sum().reset_index()
    if found.empty:
        known = ", ".join(sorted(set(deals.weapon))) or "other actors"
        raise NotHeld(
            f"no figure for {weapon} from {actors.name(supplier)} to {actors.name(recipient)}",
            f"choose {known}",
        )
    return found.assign(total=found.units.cumsum())


def counted(word):
    """Whether a reader's switch says "counted" or "left out". Raises Problem."""
    if word not in ("counted", "left out"):
        raise Problem(f'say "counted" or "left out", not "{word}"')
    return word == "counted"


def pacific(yellow_sea=True):
    """Names of the seas that count as Pacific, with or without the Yellow Sea. Source: military/seas, our coding."""
    seas = evidence.table("military/seas")
    return set(seas[seas.pacific.eq("yes") | (seas.pacific.eq("disputed") & yellow_sea)].sea)


def exercises_held(vintage=None, yellow_sea=True):
    """Joint exercises held at sea or in the air, a row for each and its sea. Columns: year, exercise, name, date, sea, pacific, naval.

    naval: warships exercised (else a patrol, or a part of an exercise on land). Source: military/exercises.
    """
    held = evidence.table("military/exercises", vintage).query(
        "status == 'held' and sea != 'on land'"
    )
    held = held.assign(
        year=held.date.str[:4].astype(int), pacific=held.sea.isin(pacific(yellow_sea))
    )
    return held[["year", "exercise", "name", "date", "sea", "pacific", "naval"]].reset_index(
        drop=True
    )


def pacific_exercises(first, last, naval=True, yellow_sea=True, vintage=None):
    """Exercises held on the Pacific side in the years first to last, one row each. Columns: exercise, name, date, sea.

    naval: only exercises of warships, else also patrols in the air and at sea.
    """
    held = exercises_held(vintage, yellow_sea)
    held = held[held.pacific & held.year.between(first, last) & (held.naval | (not naval))]
    return held.groupby(["exercise", "name", "date"]).sea.agg(" and ".join).reset_index()


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
