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
    names = set(seas[seas.pacific.eq("yes") | (seas.pacific.eq("disputed") & yellow_sea)].sea)
    return names if south_china_sea else names - {"South China Sea"}


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
    rows = evidence.table("military/exercises", vintage)
    planned = rows.status.eq("announced") & announced
    rows = rows.assign(naval=rows.naval | (planned & rows.domain.eq("sea")))
    rows = rows[(rows.status.eq("held") | planned) & rows.sea.ne("on land")].reset_index(drop=True)
    is_pacific = rows.sea.isin(pacific(yellow_sea=yellow_sea, south_china_sea=south_china_sea))
    rows = rows.assign(year=rows.date.str[:4].astype(int), pacific=is_pacific)
    return rows[["year", "exercise", "name", "date", "sea", "pacific", "naval"]]


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
    rows = exercises_held(**seas, announced=announced, vintage=vintage)
    rows = rows[rows.pacific & rows.year.between(first, last) & (rows.naval | (not naval))]
    # as_index=False would lose the columns in pandas 2 where no exercise is left
    return rows.groupby(["exercise", "name", "date"]).sea.agg(" and ".join).reset_index()
