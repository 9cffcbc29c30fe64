"""Joint exercises of China and Russia at sea and in the air, by sea. Sources: tables
military/exercises, military/seas.
"""

import pandas as pd

from heldto import evidence
from heldto.errors import is_second
from heldto.text.arguments import When, Year, measure


def is_counted(word: object) -> bool:
    """Whether a reader's switch says "counted" or "left out". Raises Problem."""
    return not is_second(word, "counted", "left out")


@measure
def pacific(*, yellow_sea: bool = True, south_china_sea: bool = True) -> set[str]:
    """Names of the seas that count as Pacific, with or without the Yellow and the South China Sea.
    Source: military/seas, our coding.
    """
    seas = evidence.table("military/seas")
    inside = set(seas[seas.pacific.eq("yes") | (seas.pacific.eq("disputed") & yellow_sea)].sea)
    return inside if south_china_sea else inside - {"South China Sea"}


@measure
def exercises_held(
    *,
    yellow_sea: bool = True,
    south_china_sea: bool = True,
    announced: bool = False,
    vintage: When = None,
) -> pd.DataFrame:
    """Return the joint exercises held at sea or in the air: a row for each exercise and sea.
    Columns: year, exercise, name, date, sea, pacific, naval.

    naval: whether warships exercised; if not, it was a patrol or a part of an exercise on land.
    announced: whether to include those that were only announced; at sea they count as naval.
    Source: military/exercises.
    """
    held = evidence.table("military/exercises", vintage)
    planned = held.status.eq("announced") & announced
    held = held.assign(naval=held.naval | (planned & held.domain.eq("sea")))
    held = held[(held.status.eq("held") | planned) & held.sea.ne("on land")].reset_index(drop=True)
    inside = held.sea.isin(pacific(yellow_sea=yellow_sea, south_china_sea=south_china_sea))
    held = held.assign(year=held.date.str[:4].astype(int), pacific=inside)
    return held[["year", "exercise", "name", "date", "sea", "pacific", "naval"]]


@measure
def pacific_exercises(
    first: Year,
    last: Year,
    *,
    naval: bool = True,
    yellow_sea: bool = True,
    south_china_sea: bool = True,
    announced: bool = False,
    vintage: When = None,
) -> pd.DataFrame:
    """Return the exercises held on the Pacific side in the years first to last, one row for each.
    Columns: exercise, name, date, sea.

    naval: if true, only exercises of warships; otherwise patrols in the air and at sea, too. The
    other arguments are those of `exercises_held`.
    """
    seas = {"yellow_sea": yellow_sea, "south_china_sea": south_china_sea}
    held = exercises_held(**seas, announced=announced, vintage=vintage)
    held = held[held.pacific & held.year.between(first, last) & (held.naval | (not naval))]
    # as_index=False would lose the columns in pandas 2 where no exercise is left
    return held.groupby(["exercise", "name", "date"]).sea.agg(" and ".join).reset_index()
