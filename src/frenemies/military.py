"""Section 3, military: who arms whom, who exercises where, who fought whom; the tests of claims M1-M15 and their pictures.

Volumes of arms are SIPRI's trend-indicator values (TIV): volume, not dollars. Sources: data/military and data/geopolitical.
"""

import seaborn as sns

from frenemies import actors, claims, evidence, pictures
from frenemies.arms import arms_imports, arms_windows, share_of_arms_exports, share_of_arms_imports
from frenemies.places import Problem

ENDS = (2003, 2008, 2013, 2018, 2024)  # last years of the windows drawn as blocks
ALLIES = ("JPN", "KOR", "PHL", "TWN", "VNM")  # the five that the article calls allies of the USA
CODINGS = ("UCDP", "COW")
SHORT = {"USA": "USA", "other": "others"}


def _name(code):
    return SHORT.get(code) or actors.name(code)


def _percent(share):
    return f"{share * 100:.0f} %"


def _span(start, end):
    return f"{start}-{end % 100:02d}"


# --- measures


def last_window(vintage=None):
    """Last year of the latest five-year window: 2018 in the vintage "then". Source: military/arms_totals."""
    return int(evidence.table("military/arms_totals", vintage).year.max())


def concentration(recipient, end, window=5):
    """Concentration of an actor's arms suppliers (Herfindahl-Hirschman index, 0 to 1): a pair (lowest, highest).

    The squares of the suppliers' shares, summed: 1 is a single supplier. What comes from outside the 24 actors is not
    split by country here: the lowest takes it as many small suppliers, the highest as one. Raises NoWindow, UnknownActor.
    """
    squares = arms_imports(recipient, end, window).set_index("supplier").share.pow(2)
    return float(squares.drop("other", errors="ignore").sum()), float(squares.sum())


def deliveries(supplier, recipient, weapon, vintage=None):
    """Units of a weapon delivered, by year and added up. Columns: year, units, total. Source: military/deals.

    weapon: SIPRI's designation, such as "Project-636E". Raises Problem where no such deal is held.
    """
    deals = evidence.table("military/deals", vintage)
    deals = deals[deals.supplier.eq(supplier) & deals.recipient.eq(recipient)]
    found = deals[deals.weapon.eq(weapon)].groupby("year").units.sum().reset_index()
    if found.empty:
        raise Problem(f'no deal "{weapon}" from {actors.name(supplier)} to {actors.name(recipient)} is held: choose one of {sorted(set(deals.weapon))}')
    return found.assign(total=found.units.cumsum())


def pacific(yellow_sea=True):
    """Names of the seas that count as Pacific, with or without the Yellow Sea. Source: military/seas, our coding."""
    seas = evidence.table("military/seas")
    return set(seas[seas.pacific.eq("yes") | (seas.pacific.eq("disputed") & yellow_sea)].sea)


def exercises_by_sea(yellow_sea=True, vintage=None):
    """Exercises held by sea and year. Columns: year, sea, pacific (true or false), naval, other (patrols and mixed ones), in exercises.

    An exercise in two seas counts in both. Source: military/exercises.
    """
    held = evidence.table("military/exercises", vintage).query("status == 'held' and sea != 'on land'")
    held = held.assign(year=held.date.str[:4].astype(int), pacific=held.sea.isin(pacific(yellow_sea)), other=~held.naval)
    return held.groupby(["year", "sea", "pacific"])[["naval", "other"]].sum().reset_index()


def pacific_exercises(first, last, naval=True, yellow_sea=True, vintage=None):
    """Exercises held on the Pacific side in the years first to last, one row each. Columns: exercise, name, date, sea.

    naval: only exercises of warships, else also patrols in the air and at sea. Source: military/exercises.
    """
    held = evidence.table("military/exercises", vintage).query("status == 'held'")
    held = held[held.sea.isin(pacific(yellow_sea)) & held.date.str[:4].astype(int).between(first, last) & (held.naval | (not naval))]
    return held.groupby(["exercise", "name", "date"]).sea.agg(", ".join).reset_index()


def defence_pledge(one, other, vintage=None):
    """Whether two actors owe each other defence: True or False. Source: geopolitical/pledges (ATOP to 2018, later pacts)."""
    a, b = sorted((actors.find(one), actors.find(other)))
    pledges = evidence.table("geopolitical/pledges", vintage)
    return bool((pledges.actor_a.eq(a) & pledges.actor_b.eq(b) & pledges.pledge.eq("defence") & pledges.end_year.isna()).any())


def conflict_coding(year, coding="UCDP"):
    """How a data set codes Russia and Ukraine in a year, in words: "state against state", "internal, with Russian troops",
    "a hostile dispute" or "nothing".

    coding "UCDP" (to 2024), or "COW": its militarised disputes (to 2014; for later years its last year). Raises Problem.
    Source: geopolitical/conflicts, geopolitical/disputes.
    """
    if coding not in CODINGS:
        raise Problem(f'"{coding}" is no coding here: choose {" or ".join(CODINGS)}')
    if coding == "COW":
        found = evidence.table("geopolitical/disputes").query("actor_a == 'RUS' and actor_b == 'UKR'")
        worst = found[found.year.eq(min(year, 2014))].hostility.max()
        return {5: "state against state", 4: "a hostile dispute"}.get(worst, "nothing")
    found = evidence.table("geopolitical/conflicts").query("year == @year")
    sides = found.side_a + found.helper_a + "-" + found.side_b + found.helper_b
    found = found[sides.str.contains("RUS") & sides.str.contains("UKR")]
    kinds = {"interstate": "state against state", "internal with foreign troops": "internal, with Russian troops"}
    return next((word for kind, word in kinds.items() if found.kind.eq(kind).any()), "nothing")


# --- claims


@claims.test("M1")
def baltic_exercise(vintage):
    """Joint naval exercises in the Baltic in 2019; nothing is decided before the year is over."""
    listed = evidence.table("military/exercises", vintage)
    baltic = listed[listed.sea.eq("Baltic Sea")]
    held = baltic[baltic.date.str.startswith("2019") & baltic.naval & baltic.status.eq("held")]
    value = "holds" if len(held) else None if vintage == "then" else "fails"
    before = "; ".join(f"{row['name']} ({row.date})" for _, row in baltic.iterrows())
    return claims.Finding(value, f"The list has {len(held)} joint naval exercises in the Baltic in 2019 and no announcement of one; in the Baltic it has: {before}.",
                          listed.date.max(), ["military/exercises"], tips="would flip if one were found")  # fmt: skip


@claims.test("M2")
def pacific_in_2019(vintage):
    """Joint exercises on the Pacific side in 2019; strict: naval ones, Yellow Sea left out."""
    found = pacific_exercises(2019, 2019, naval=False, vintage=vintage)
    narrow = len(pacific_exercises(2019, 2019, yellow_sea=False, vintage=vintage))
    names = "; ".join(found.name + " (" + found.date + ", " + found.sea + ")")
    return claims.Finding(len(found), f"{len(found)} on the Pacific side in 2019: {names}.", _until("military/exercises", vintage), ["military/exercises", "military/seas"],
                          strict=narrow, lenient=len(found), context=[(f"Naval only and without the Yellow Sea it is {narrow}.", "agrees" if narrow else "disagrees")])  # fmt: skip
