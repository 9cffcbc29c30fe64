"""Figures that somebody else published: the tables must give the same, each by a plain sum of its
rows. A series that is wrong throughout, such as one that is shifted by a year or of another
edition, agrees with itself; only an outside figure shows it.

They stand in published.toml, with the page of each. `tests/test_second_opinion.py` holds them
against the measures.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from frenemies.consistency.core import Violation, identity

PUBLISHED: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("published.toml").read_text(encoding="utf-8")
)
REMEDY = "look up these rows: the year, the unit, the edition, and whose row it is"


def published_sum(entry: Mapping[str, Any], rows: pd.DataFrame, others: pd.DataFrame) -> float:
    """What the rows of a table give for an entry: a sum, less another one, over another one in per
    cent, times a factor; NaN where there is nothing to divide by. others: the rows of the table
    `among`, from which it takes the sum to divide by.
    """
    of = entry["of"]
    total = rows.query(entry["where"])[of].sum()
    if "less" in entry:
        total -= rows.query(entry["less"])[of].sum()
    if "over" in entry:
        whole = others.query(entry["over"])[of].sum()
        total = 100 * total / whole if whole else math.nan
    return float(total * entry.get("times", 1) - entry.get("minus", 0))


def _register(name: str, entry: Mapping[str, Any]) -> None:
    tables = [entry["table"], *([entry["among"]] if "among" in entry else [])]

    @identity(*tables)
    def check(rows: pd.DataFrame, others: pd.DataFrame | None = None) -> Iterator[Violation]:
        meant = rows.query(entry["where"])
        found = published_sum(entry, rows, rows if others is None else others)
        if meant.empty or math.isnan(found):  # the counts of rows tell
            return
        odd = meant.assign(found=f"{found:.4g}").tail(1)
        says = f"{name} comes to {{found}}, and {entry['page']} has {entry['published']:g}"
        if abs(found - entry["published"]) > entry["apart"]:
            yield Violation(entry["of"], odd, says, REMEDY)

    check.__name__ = f"published: {name}"


for _name, _entry in PUBLISHED.items():
    _register(_name, _entry)
