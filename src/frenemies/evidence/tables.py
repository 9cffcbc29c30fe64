"""One CSV file, read as spreadsheets save it: a frame with typed columns, or a refusal by file, row, column and remedy."""

import codecs
import csv
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from sys import intern
from typing import Any, NoReturn

import pandas as pd

from frenemies.errors import NotHeld
from frenemies.evidence.paths import in_messages

Field = dict[str, Any]  # of a Table Schema

TRUE = ["true", "True", "TRUE", "1"]  # a Table Schema's own
FALSE = ["false", "False", "FALSE", "0"]


class DataError(NotHeld):
    """A table that breaks its own description: the message names file, row, column and remedy."""

    @property
    def sentence(self) -> str:
        """What cannot be read, as a sentence on a page."""
        return f"No figure can be read from {self}."


def text(path: Path) -> str:
    """A file of data/ as text, with or without a byte order mark. Raises DataError where it is not UTF-8, FileNotFoundError."""
    raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise DataError(
            f"{in_messages(path)}, row {row}: not UTF-8: save the file as UTF-8"
        ) from None


def checksum(path: Path, schema: dict[str, Any]) -> str:
    """What tells a file, and the schema that it is read by, from any other: 64 hexadecimal digits. Raises FileNotFoundError."""
    return hashlib.sha256(json.dumps(schema).encode() + path.read_bytes()).hexdigest()


def read(path: Path, fields: Sequence[Field]) -> pd.DataFrame:
    """A CSV file without fault as a DataFrame, its columns typed as `fields` (of a Table Schema) say: what `checked` returns.

    Blank numbers are NaN, other blanks "" (a flag: False).
    """
    dtypes = {field["name"]: _dtype(field) for field in fields if field["type"] != "integer"}
    numbers = [field["name"] for field in fields if field["type"] in ("integer", "number")]
    frame = pd.read_csv(
        path,
        dtype=dtypes,
        keep_default_na=False,
        na_values={name: [""] for name in numbers},
        low_memory=False,
    )
    for field in fields:
        if field["type"] == "boolean" and dtypes[field["name"]] is str:
            frame[field["name"]] = frame[field["name"]].isin(TRUE)
    return frame


def _dtype(field: Field) -> type:
    """How read_csv reads a column; integers it reads as float where one of them is blank, by itself."""
    if field["type"] == "boolean":
        return bool if field.get("constraints", {}).get("required") else str
    return float if field["type"] == "number" else str


def checked(path: Path, fields: Sequence[Field]) -> pd.DataFrame:
    """The same frame, looked at cell by cell while it is read; its index is the row in the file.

    Blank rows are passed over. Raises DataError naming file, row, column and remedy.
    """
    raw = _raw(path, [field["name"] for field in fields])
    return pd.DataFrame(
        {field["name"]: _typed(path, raw[field["name"]], field) for field in fields}
    )


def _raw(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """All cells as text."""
    rows = csv.reader(io.StringIO(text(path), newline=""))
    try:
        header = next(rows, [])
        _check_header(path, header, columns)
        # the same words stand there again and again: intern keeps each once
        kept = {
            number: list(map(intern, cells)) for number, cells in enumerate(rows, 2) if any(cells)
        }
    except csv.Error as error:
        raise DataError(
            f"{in_messages(path)}, row {rows.line_num}: {error}: mend the row"
        ) from None
    if not kept:
        raise DataError(f"{in_messages(path)}: no row stands under the header: put the rows back")
    for number, cells in kept.items():
        if len(cells) != len(header):
            raise DataError(
                f"{in_messages(path)}, row {number}: {len(cells)} cells under a header of {len(header)}: every row needs as many cells as the header"
            )
    return pd.DataFrame(list(kept.values()), index=list(kept), columns=header, dtype=str)


def _check_header(path: Path, found: Sequence[str], expected: Sequence[str]) -> None:
    if len(found) == 1 < len(expected) and any(mark in found[0] for mark in ";\t"):
        raise DataError(
            f"{in_messages(path)}, row 1: cells are not separated by commas: save the file as CSV with commas"
        )
    for column in expected:
        if found.count(column) != 1:
            what = (
                "stands twice: take one out"
                if column in found
                else "is missing: put it back, or mend its spelling"
            )
            raise DataError(f"{in_messages(path)}, row 1: column {column} {what}")
    for column in found:
        if column not in expected:
            raise DataError(
                f"{in_messages(path)}, row 1: column {column} is not in datapackage.json: take it out, or describe it there"
            )


def refuse(
    path: Path, values: pd.Series, mask: pd.Series, column: str, says: str, remedy: str
) -> NoReturn:
    """Raise DataError for the first row of a column where `mask` is true; values: a Series indexed by row."""
    row = mask.idxmax()
    raise DataError(
        f'{in_messages(path)}, row {row}, column {column}: "{values[row]}" {says}: {remedy}'
    )


def _demand(
    path: Path, raw: pd.Series, good: pd.Series, column: str, says: str, remedy: str
) -> None:
    """Refuse the first cell that is not good."""
    if not good.all():
        refuse(path, raw, ~good, column, says, remedy)


def _typed(path: Path, raw: pd.Series, field: Field) -> pd.Series:
    column, limits, blank = field["name"], field.get("constraints", {}), raw.eq("")
    if limits.get("required"):
        _demand(path, raw, ~blank, column, "is blank", "fill the cell in, or take the row out")
    values = _READ[field["type"]](path, raw, blank, field)
    if "enum" in limits:
        allowed = "use " + ", ".join(map(str, limits["enum"]))
        _demand(
            path,
            raw,
            values.isin(limits["enum"]) | blank,
            column,
            "is not one of the words allowed",
            allowed,
        )
    if "pattern" in limits:
        form = f"it should match {limits['pattern']}"
        _demand(
            path,
            raw,
            raw.str.fullmatch(limits["pattern"]) | blank,
            column,
            "has not the form expected",
            form,
        )
    return values


def _texts(path: Path, raw: pd.Series, blank: pd.Series, field: Field) -> pd.Series:
    return raw


def _flags(path: Path, raw: pd.Series, blank: pd.Series, field: Field) -> pd.Series:
    true, false = field.get("trueValues", TRUE), field.get("falseValues", FALSE)
    remedy = f"write {true[0]} or {false[0]}"
    _demand(
        path, raw, raw.isin([*true, *false]) | blank, field["name"], "is not true or false", remedy
    )
    return raw.isin(true)


def _days(path: Path, raw: pd.Series, blank: pd.Series, field: Field) -> pd.Series:
    """Days stay as they are written, 2019-08-09: so they sort and compare. The calendar must have them."""
    known = (
        raw.str.fullmatch(r"\d{4}-\d\d-\d\d")
        & pd.to_datetime(raw, format="%Y-%m-%d", errors="coerce").notna()
    )
    remedy = "write year, month and day, such as 2019-08-09"
    _demand(path, raw, known | blank, field["name"], "is not a day of the calendar", remedy)
    return raw


def _numbers(path: Path, raw: pd.Series, blank: pd.Series, field: Field) -> pd.Series:
    column, limits = field["name"], field.get("constraints", {})
    numbers = pd.to_numeric(raw.where(~blank), errors="coerce")
    good = {"a number": (numbers.notna() | blank) & numbers.abs().ne(float("inf"))}
    if field["type"] == "integer":
        good["a whole number"] = numbers.isna() | (numbers % 1 == 0)
    for what, where in good.items():
        remedy = f"write {what}, or leave the cell blank where none is known"
        _demand(path, raw, where, column, f"is not {what}", remedy)
    for limit, broken in (("minimum", numbers.lt), ("maximum", numbers.gt)):
        if limit in limits:
            says = f"is beyond the {limit} {limits[limit]}"
            _demand(path, raw, ~broken(limits[limit]), column, says, "check sign, unit and source")
    return (
        numbers.astype("int64")
        if field["type"] == "integer" and not blank.any()
        else numbers.astype("float64")
    )


_READ: dict[str, Callable[[Path, pd.Series, pd.Series, Field], pd.Series]] = {
    "string": _texts,
    "integer": _numbers,
    "number": _numbers,
    "boolean": _flags,
    "date": _days,
}
TYPES = tuple(_READ)
