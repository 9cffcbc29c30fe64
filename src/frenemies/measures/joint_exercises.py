"""Joint exercises of China and Russia at sea and in the air, by sea. Sources: tables military/exercises, military/seas."""

from frenemies import evidence
from frenemies.errors import Problem


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
