"""The few figures that a question needs: the rows of a table that its measures read, added up where
they are many, so that it can be answered where no page is open.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import pandas as pd

from heldto import evidence
from heldto.claims import shaped
from heldto.claims.keys import Table
from heldto.claims.measure import figure, time_of, unit_of
from heldto.errors import NotHeld, Problem
from heldto.evidence import Vintage, actors
from heldto.exercises import sheets
from heldto.measures.shapes import EXTREMES, fitting
from heldto.text.words import capital
from heldto.tr import numerals, tr

MOST = 10  # rows that a question shows
LARGE = 1e4  # figures from here on are shown with commas


class Figures(NamedTuple):
    """What stands below a question: head and rows of a table, what all rows have in common, and
    where they are from.
    """

    head: list[str]
    rows: list[list[str]]
    common: list[str]
    source: str


def claim_figures(measure: Table, due: int | None) -> Figures | None:
    """The figures on which a claim rests, as they were known then; None where they are too many, or
    there is none.
    """
    read = dict(measure)
    return _told([shaped.so_far(read, due) if due else read], "then")


def exercise_figures(exercise: sheets.Exercise) -> Figures | None:
    """The figures that an exercise needs: those it says, else what its shapes read, also those of
    foreseen slips, where they are few.
    """
    if exercise.shows:
        rows = [[what, told] for what, told in exercise.shows.items()]
        return Figures([], rows, [], evidence.source(*exercise.shows_from))
    block = sheets.exercise_text(exercise.id)
    measures: dict[str, Table] = block.get("figures", {})
    named = re.findall(r"\w+", f"{block.get('answer', '')} {block.get('ask', '')}")
    right = [measures[word] for word in measures if word in named]
    return _told([*measures.values()], None) or _told(right, None)


def _told(measures: list[Table], vintage: Vintage | None) -> Figures | None:
    """The rows that measures of one table and column read; None where these are too many."""
    columns = {(one["table"], one.get("column", ""), one.get("divide", 1)) for one in measures}
    if len(columns) != 1 or any("to_column" in one for one in measures):
        return None
    ((table, column, divide),) = columns
    with suppress(NotHeld, Problem):
        read = pd.concat([rows for one in measures for rows in _read(one, vintage)])
        read = read[~read.index.duplicated()].sort_index()
        for rows in (read, *_side_by_side(measures, read), *_added_up(measures, read)):
            if 0 < len(rows) <= MOST:
                return _written(table, column, divide, rows, measures)
    return None


def _read(measure: Table, vintage: Vintage | None) -> Iterable[pd.DataFrame]:
    """The rows of a table that a measure reads, part by part."""
    frame, column, time = (
        evidence.table(measure["table"], vintage),
        measure.get("column", ""),
        time_of(measure),
    )
    keys = {"share": ("whole",), "ratio": ("of", "to"), "count": ("of", "above")}
    named = [measure[key] for key in keys.get(measure["shape"], ()) if measure.get(key)]
    if measure.get("whole") or measure.get("of") == "share":
        named.append(measure["part"])
    books = (measure.get("books") or {"": {}}).values()
    for cells in ({**measure.get("where", {}), **book} for book in books):
        for part in named or [{}]:
            own = isinstance(part, Mapping) and time in part
            rows = fitting(frame, {**cells, **part} if isinstance(part, Mapping) else cells, column)
            yield rows if own or time not in rows else _in_time(rows, measure, vintage, time)


def _in_time(rows: pd.DataFrame, measure: Table, vintage: Vintage | None, time: str) -> Any:
    """Of some rows those of the years that a measure asks for."""
    found = figure(measure, vintage)
    years = measure.get("years", measure.get("at", "all" if "above" in measure else "last"))
    if years == "all" or years == "last" and measure["shape"] == "count":
        return rows
    moves = measure["shape"] == "change" or measure.get("of") == "change"
    first, last = years if isinstance(years, list) else (years, years)
    last = found.until if last == "last" else last
    first = found.parts.get("first", last) if first in (*EXTREMES, "last") else first
    return rows[rows[time].isin([first, last]) if moves else rows[time].between(first, last)]


def _side_by_side(measures: list[Table], read: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Who is ranked by a change, a row each with a column for each year."""
    measure = measures[0]
    if [measure["shape"], measure.get("of")] != ["rank", "change"]:
        return
    by, column, time = measure["by"], measure["column"], time_of(measure)
    if not read.duplicated([by, time]).any():
        yield read.pivot(index=by, columns=time, values=column).reset_index()


def _added_up(measures: list[Table], read: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Rows that are many, added up by what the parts of a measure differ in."""
    measure = measures[0]
    column = measure.get("column", "")
    whole = [key for key in ("rank", "count") if any(one["shape"] == key for one in measures)]
    if not column or whole or any(one.get("combine", "sum") != "sum" for one in measures):
        return
    time = time_of(measure)
    split = dict.fromkeys(
        name
        for one in measures
        for key in ("part", "of", "to")
        if isinstance(one.get(key), Mapping)
        for name in one[key]
    )
    moves = any(one["shape"] == "change" for one in measures)
    by = [name for name in read if name in split or moves and name == time]
    if by:
        yield read.groupby(by, sort=False, as_index=False)[column].sum()


def _written(
    table: str, column: str, divide: float, rows: pd.DataFrame, measures: list[Table]
) -> Figures:
    """Rows as a table of texts, what all of them have in common beside it."""
    names = [name for name in rows if name not in _other_figures(table, column, rows)]
    fixed = [name for name in names if name != column and len({*rows[name]}) == 1]
    shown = [name for name in names if name not in fixed or name == column]
    what = _with_unit(table, column, divide, measures[0]) if column else ""
    head = [what if name == column else _titled(name) for name in shown]
    years = [name for name in shown if not isinstance(name, str)]  # side by side
    cells = [
        [
            _cell(value, name == column or name in years, divide)
            for name, value in zip(shown, row, strict=True)
        ]
        for row in rows[shown].itertuples(index=False)
    ]
    common = [f"{_titled(name)}: {_cell(rows[name].iloc[0], False, 1)}" for name in fixed]
    common += [what] if years else []
    return Figures(head, cells, common, evidence.source(table))


def _other_figures(table: str, column: str, rows: pd.DataFrame) -> set[str]:
    """The columns of figures that nobody asks for."""
    keys = {column, *(evidence.describe(table)["schema"].get("primaryKey") or [])}
    named = {name for name in rows.select_dtypes("number") if isinstance(name, str)}
    return named - keys


def _titled(name: Any) -> str:
    return capital(tr(str(name)).replace("_", " "))


def _with_unit(table: str, column: str, divide: float, measure: Table) -> str:
    """The title of the column of figures, with its unit."""
    about = evidence.describe_column(table, column)
    title, unit = str(about.get("title", column)), str(about.get("unit", ""))
    if divide != 1 and measure["shape"] == "value":
        unit = unit_of(measure)
    elif divide in shaped.SIZES:
        unit = f"{tr(shaped.SIZES[divide])} {tr(unit)}"
    told = unit not in ("", "number") and unit.casefold() not in title.casefold()
    return f"{title} ({tr(unit)})" if told else title


def _cell(value: Any, is_figure: bool, divide: float) -> str:
    if not is_figure:
        return actors.name_or_cell(value) if isinstance(value, str) else str(value)
    if pd.isna(value):
        return "–"
    number = value / divide
    if divide != 1:
        return numerals(f"{number:,.1f}")
    text = f"{number:,}" if abs(number) >= LARGE else f"{number}"
    return numerals(text.removesuffix(".0"))
