"""One CSV file, read as spreadsheets save it: a frame with typed columns, or a refusal by file, row, column and remedy."""

import codecs
import csv
import io
from sys import intern

import pandas as pd

from frenemies.places import Problem, shown


class DataError(Problem):
    """A table that breaks its own description: the message names file, row, column and remedy."""


def text(path):
    """A file of data/ as text, with or without a byte order mark. Raises DataError where it is not UTF-8, FileNotFoundError."""
    raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise DataError(f"{shown(path)}, row {row}: not UTF-8: save the file as UTF-8") from None


def read(path, fields):
    """A CSV file as a DataFrame, its columns those of `fields` (of a Table Schema), typed; its index is the row in the file.

    Blank numbers are NaN, other blanks "". Raises DataError naming file, row, column and remedy.
    """
    raw = _raw(path, [field["name"] for field in fields])
    return pd.DataFrame({field["name"]: _typed(path, raw[field["name"]], field) for field in fields})


def _raw(path, columns):
    """All cells as text."""
    rows = csv.reader(io.StringIO(text(path), newline=""))
    try:
        header = next(rows, [])
        _check_header(path, header, columns)
        # the same words stand there again and again: intern keeps each once
        kept = {number: list(map(intern, cells)) for number, cells in enumerate(rows, 2) if cells}
    except csv.Error as error:
        raise DataError(f"{shown(path)}, row {rows.line_num}: {error}: mend the row") from None
    for number, cells in kept.items():
        if len(cells) != len(header):
            raise DataError(
                f"{shown(path)}, row {number}: {len(cells)} cells under a header of {len(header)}: every row needs as many cells as the header"
            )
    return pd.DataFrame(list(kept.values()), index=list(kept), columns=header, dtype=str)


def _check_header(path, found, expected):
    if len(found) == 1 < len(expected) and any(mark in found[0] for mark in ";\t"):
        raise DataError(f"{shown(path)}, row 1: cells are not separated by commas: save the file as CSV with commas")
    for column in expected:
        if found.count(column) != 1:
            what = "stands twice: take one out" if column in found else "is missing: put it back, or mend its spelling"
            raise DataError(f"{shown(path)}, row 1: column {column} {what}")
    for column in found:
        if column not in expected:
            raise DataError(
                f"{shown(path)}, row 1: column {column} is not in datapackage.json: take it out, or describe it there"
            )


def refuse(path, values, mask, column, says, remedy):
    """Raise DataError for the first row of a column where `mask` is true; values: a Series indexed by row."""
    row = mask.idxmax()
    raise DataError(f'{shown(path)}, row {row}, column {column}: "{values[row]}" {says}: {remedy}')


def _typed(path, raw, field):
    column, kind, limits = field["name"], field["type"], field.get("constraints", {})
    blank = raw.eq("")
    if limits.get("required") and blank.any():
        refuse(path, raw, blank, column, "is blank", "fill the cell in, or take the row out")
    if kind in ("integer", "number"):
        return _numbers(path, raw, blank, field, limits)
    if kind == "boolean":
        odd = ~raw.isin(["true", "false", ""])
        if odd.any():
            refuse(path, raw, odd, column, "is not true or false", "write true or false")
        return raw.eq("true")
    if "enum" in limits and not (fits := raw.isin([*limits["enum"], ""])).all():
        refuse(
            path, raw, ~fits, column, "is not one of the words allowed", "use " + ", ".join(map(str, limits["enum"]))
        )
    if "pattern" in limits and not (fits := raw.str.fullmatch(limits["pattern"]) | blank).all():
        refuse(path, raw, ~fits, column, "has not the form expected", f"it should match {limits['pattern']}")
    return raw


def _numbers(path, raw, blank, field, limits):
    numbers = pd.to_numeric(raw.where(~blank), errors="coerce")
    odd = {"a number": numbers.isna() & ~blank | numbers.abs().eq(float("inf"))}
    if field["type"] == "integer":
        odd["a whole number"] = numbers.notna() & (numbers % 1 != 0)
    for what, where in odd.items():
        if where.any():
            remedy = f"write {what}, or leave the cell blank where none is known"
            refuse(path, raw, where, field["name"], f"is not {what}", remedy)
    for limit, broken in (("minimum", numbers.lt), ("maximum", numbers.gt)):
        if limit in limits and (out := broken(limits[limit])).any():
            refuse(
                path, raw, out, field["name"], f"is beyond the {limit} {limits[limit]}", "check sign, unit and source"
            )
    return numbers.astype("int64") if field["type"] == "integer" and not blank.any() else numbers.astype("float64")
