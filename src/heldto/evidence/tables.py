"""One CSV file, read as spreadsheets save it: a frame with typed columns, or a refusal by file,
row, column and remedy.
"""

import codecs
import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from sys import intern
from typing import Any, NoReturn

import pandas as pd

from heldto import article
from heldto.errors import NotHeld, real_file
from heldto.evidence.paths import in_messages
from heldto.foreign import within

LARGEST = 200_000_000  # bytes of a table, which stands whole in the memory
MATCHING = 5  # seconds for the cells of a column and their pattern
ZIPPED = b"PK\x03\x04"  # how a zip begins, and so a workbook
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])  # not tabs and ends of lines
UNPRINTED = re.compile(b"[" + re.escape(CONTROLS) + b"]|\xc2[\x80-\x9f]")  # in UTF-8
Field = dict[str, Any]  # of a Table Schema

TRUE = ["true", "True", "TRUE", "1"]  # a Table Schema's own
FALSE = ["false", "False", "FALSE", "0"]


class DataError(NotHeld):
    """A table that breaks its own description: the message names file, row, column and remedy.

    row, column: the cell at fault, where it is one; 0 and "" where it is the file.
    """

    row: int = 0
    column: str = ""

    @property
    def sentence(self) -> str:
        """What cannot be read, as a sentence on a page."""
        return f"No figure can be read from {self}."


def _fault(path: Path, row: int, says: str) -> DataError:
    return DataError(f"{in_messages(path)}, row {row}: {says}")


Faults = dict[int, DataError]  # of the rows of a file


def sized(path: Path) -> Path:
    """A path, where a file stands there that is not too large to be read. Raises DataError,
    FileNotFoundError.
    """
    try:
        size = os.stat(real_file(path)).st_size
    except FileNotFoundError:
        raise
    except OSError as fault:
        says = f"{fault.strerror}: put a file there that can be read"
        raise DataError(f"{in_messages(path)}: {says}") from None
    if path.is_dir():
        raise DataError(f"{in_messages(path)}: it is a folder: put a file there")
    if size > LARGEST:
        remedy = "leave out rows and columns that no claim needs"
        raise DataError(f"{in_messages(path)}: {size:,} bytes, {LARGEST:,} are allowed: {remedy}")
    return path


def _as_number(bad_cells: pd.Series) -> str:
    """How the first of some cells is written as a number, where it has a decimal comma or marks of
    thousands; "" where it is neither.
    """
    cell = str(bad_cells.iloc[0]).strip() if len(bad_cells) else ""
    if re.fullmatch(r"[+-]?\d+,\d+", cell):
        return f"write {cell.replace(',', '.')}, with a point"
    if re.fullmatch(r"[+-]?\d{1,3}([., ']\d{3}){2,}|[+-]?\d{1,3}([ ']\d{3})+", cell):
        bare = re.sub("[., ']", "", cell)
        return f"write {bare}, without marks of thousands"
    return ""


def _printed(path: Path, raw: bytes) -> bytes:
    """Bytes of a file, where none of them is of a character that no text has and that a terminal
    could obey. Raises DataError.
    """
    if raw.startswith(ZIPPED):
        says = "this is an Excel workbook under another name: give it its name back (.xlsx)"
        raise _fault(path, 1, f"{says}, and read it with heldto table")
    suspect = len(raw.translate(None, CONTROLS)) < len(raw) or b"\xc2" in raw
    if suspect and (found := UNPRINTED.search(raw)):
        row = raw[: found.start()].count(b"\n") + 1
        name = "a NUL" if found[0] == b"\0" else f"the character {found[0].decode()!r}"
        raise _fault(path, row, f"{name}, which no text has: save the file as UTF-8")
    return raw


def file_text(path: Path) -> str:
    """A file of data/ as text, with or without a byte order mark. Raises DataError where it is not
    UTF-8, FileNotFoundError.
    """
    raw = _printed(path, sized(path).read_bytes().removeprefix(codecs.BOM_UTF8))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise _fault(path, row, "not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)") from None


def checksum(path: Path, schema: dict[str, Any]) -> str:
    """What tells a file, and the schema that it is read by, from any other: 64 hexadecimal digits.
    Raises DataError where no file can be read there, FileNotFoundError.
    """
    with open(sized(path), "rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.sha256(json.dumps(schema).encode()))
    return digest.hexdigest()


def several(names: str | Sequence[str] | None) -> list[str]:
    """One name or a list of names, as a list: a Table Schema allows both."""
    return [names] if isinstance(names, str) else list(names or [])


def read_table(path: Path, fields: Sequence[Field]) -> pd.DataFrame:
    """A CSV file without fault as a DataFrame, its columns typed as `fields` (of a Table Schema)
    say: what `read_checked` returns.

    Blank numbers are NaN, other blanks "" (a flag: False).
    """
    # bytes are parsed as they are, a path is decoded first
    return parsed(_printed(path, path.read_bytes()), fields)


def parsed(content: bytes, fields: Sequence[Field]) -> pd.DataFrame:
    """A table, its columns typed as its fields say, from the content of a CSV file."""
    dtypes = {field["name"]: _dtype(field) for field in fields if field["type"] != "integer"}
    numbers = [field["name"] for field in fields if field["type"] in ("integer", "number")]
    frame = pd.read_csv(
        io.BytesIO(content),
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
    """How read_csv reads a column; integers it reads as float where one of them is blank, by
    itself.
    """
    if field["type"] == "boolean":
        return bool if field.get("constraints", {}).get("required") else str
    return float if field["type"] == "number" else str


def read_checked(path: Path, fields: Sequence[Field], may_be_empty: bool = False) -> pd.DataFrame:
    """The same frame, looked at cell by cell while it is read; its index is the row in the file.

    Blank rows are passed over. may_be_empty: a header alone is no fault. Raises DataError naming
    file, row, column and remedy.
    """
    raw = _raw(path, [field["name"] for field in fields])
    _not_empty(path, raw, may_be_empty)
    return _typed(path, raw, fields)


def _not_empty(path: Path, raw: pd.DataFrame, may_be_empty: bool) -> None:
    if raw.empty and not may_be_empty:
        raise DataError(f"{in_messages(path)}: there is no row below the header: put the rows back")


def read_sound_cells(
    path: Path, fields: Sequence[Field], may_be_empty: bool = False
) -> tuple[pd.DataFrame, Faults]:
    """A file of which each row stands for itself: the same frame, each cell at fault read as if it
    were blank, and what is wrong with its row.

    may_be_empty: a header alone is no fault. Raises DataError where the file, or its header, cannot
    be read.
    """
    faults: Faults = {}
    raw = _raw(path, [field["name"] for field in fields], faults)
    _not_empty(path, raw, may_be_empty)
    good = raw.drop(index=[*faults])
    while True:
        try:
            frames = [_typed(path, good, fields)]
            break
        except DataError as fault:
            faults[fault.row] = fault
            good = good.drop(index=fault.row)
    frames += [_without_faults(path, raw.loc[[row]], fields) for row in faults]
    filled = [frame for frame in frames if len(frame)] or frames[:1]
    return pd.concat(filled).sort_index(), faults


def _without_faults(path: Path, row: pd.DataFrame, fields: Sequence[Field]) -> pd.DataFrame:
    """One row, typed; its cells that are at fault are blank."""
    while True:
        try:
            return _typed(path, row, fields)
        except DataError as fault:
            column = fault.column
            row = row.assign(**{column: ""})
            fields = [_unbound(field) if field["name"] == column else field for field in fields]


def _unbound(field: Field) -> Field:
    """A field that may be blank."""
    return {"name": field["name"], "type": field["type"]}


def _typed(path: Path, raw: pd.DataFrame, fields: Sequence[Field]) -> pd.DataFrame:
    columns = {field["name"]: Column(path, raw[field["name"]], field) for field in fields}
    return pd.DataFrame({name: column.typed() for name, column in columns.items()})


def _raw(path: Path, columns: Sequence[str], faults: Faults | None = None) -> pd.DataFrame:
    """All cells as text. faults: takes up the rows that have not as many cells as the header, which
    are refused where it is None.
    """
    rows = csv.reader(io.StringIO(file_text(path), newline=""))
    try:
        header = next(rows, [])
        _check_header(path, header, columns)
        # the same words stand there again and again: intern keeps each once
        kept = {
            row_number: list(map(intern, cells))
            for row_number, cells in enumerate(rows, 2)
            if any(cells)
        }
    except csv.Error as error:
        raise _fault(path, rows.line_num, f"{error}: mend the row") from None
    for number, cells in kept.items():
        if len(cells) != len(header):
            widths = f"{len(cells)} cells under a header of {len(header)}"
            fault = _fault(path, number, f"{widths}: every row needs as many cells as the header")
            if faults is None:
                raise fault
            faults[number] = fault
            kept[number] = [*cells, *[""] * len(header)][: len(header)]
    return pd.DataFrame(list(kept.values()), index=list(kept), columns=header, dtype=str)


def _check_header(path: Path, header: Sequence[str], expected: Sequence[str]) -> None:
    if len(header) == 1 < len(expected) and any(mark in header[0] for mark in ";\t"):
        raise _fault(path, 1, "cells are not separated by commas: save the file as CSV with commas")
    if not header:
        remedy = "restore the file, or write the names of its columns there"
        raise _fault(path, 1, f"nothing stands there: {remedy}")
    for column in expected:
        if column not in header:
            raise _fault(path, 1, f"column {column} is missing: put it back, or mend its spelling")
        if header.count(column) > 1:
            raise _fault(path, 1, f"column {column} occurs twice: delete one")
    for column in header:
        if column not in expected:
            remedy = "delete it, or describe it there"
            raise _fault(path, 1, f"column {column} is not in datapackage.json: {remedy}")


def refuse(
    path: Path, column: str, values: pd.Series, mask: pd.Series, says: str, remedy: str
) -> NoReturn:
    """Raise DataError for the first row of a column where `mask` is true; values: a Series indexed
    by row.
    """
    row = mask.idxmax()
    where = f"{in_messages(path)}, row {row}, column {column}"
    fault = DataError(f'{where}: "{values[row]}" {says}: {remedy}')
    fault.row, fault.column = int(row), column
    raise fault


class Column:
    """The cells of one column as they are written, to be typed or refused."""

    def __init__(self, path: Path, raw: pd.Series, field: Field) -> None:
        self.path, self.raw, self.field = path, raw, field
        self.limits = field.get("constraints", {})
        self.blank = raw.eq("")

    def demand(self, good: pd.Series, says: str, remedy: str) -> None:
        """Refuse the first cell that is not good."""
        if not good.all():
            refuse(self.path, self.field["name"], self.raw, ~good, says, remedy)

    def typed(self) -> pd.Series:
        """The cells by their type, none of them against the constraints of their field."""
        if self.limits.get("required"):
            self.demand(~self.blank, "is blank", "fill in the cell, or delete the row")
        values = _TYPED[self.field["type"]](self)
        if words := self.limits.get("enum"):
            allowed, good = f"use {', '.join(map(str, words))}", values.isin(words) | self.blank
            self.demand(good, "is not one of the words allowed", allowed)
        if form := self.limits.get("pattern"):
            good = self._fits(form) | self.blank
            self.demand(good, "does not have the expected form", f"it should match {form}")
        return values

    def _fits(self, form: str) -> pd.Series:
        """Which cells a pattern fits, of datapackage.json, which somebody else may have written."""
        where = f"{in_messages(self.path)}, column {self.field['name']}: the pattern {form}"
        try:
            with within(MATCHING):
                return self.raw.str.fullmatch(form)
        except (re.error, TypeError, RecursionError, OverflowError) as error:
            raise DataError(f"{where} cannot be read ({error}): mend it") from None
        except TimeoutError:
            remedy = "write it without a repeat in a repeat"
            raise DataError(f"{where} takes more than {MATCHING} seconds: {remedy}") from None

    def flags(self) -> pd.Series:
        valid = self.raw.isin([*TRUE, *FALSE]) | self.blank
        self.demand(valid, "is not true or false", "write true or false")
        return self.raw.isin(TRUE)

    def days(self) -> pd.Series:
        """Days stay as they are written, 2015-09-30: so they sort and compare. The calendar must
        have them.
        """
        valid = pd.to_datetime(self.raw, format="%Y-%m-%d", errors="coerce").notna()
        valid &= self.raw.str.fullmatch(r"\d{4}-\d\d-\d\d")
        remedy = f"write year, month and day, such as {article.current().cuts['date']}"
        self.demand(valid | self.blank, "is not a day of the calendar", remedy)
        return self.raw

    def numbers(self) -> pd.Series:
        numbers = pd.to_numeric(self.raw.where(~self.blank), errors="coerce")
        good = {"a number": (numbers.notna() | self.blank) & numbers.abs().ne(float("inf"))}
        if self.field["type"] == "integer":
            good["a whole number"] = numbers.isna() | (numbers % 1 == 0)
        for kind, passes in good.items():
            remedy = _as_number(self.raw[~passes]) or f"write {kind}"
            if not self.limits.get("required"):
                remedy += ", or leave the cell blank if none is known"
            self.demand(passes, f"is not {kind}", remedy)
        for limit, beyond in (("minimum", numbers.lt), ("maximum", numbers.gt)):
            if limit in self.limits:
                says = f"is beyond the {limit} {self.limits[limit]}"
                self.demand(~beyond(self.limits[limit]), says, "check sign, unit and source")
        whole = self.field["type"] == "integer" and not self.blank.any()
        return numbers.astype("int64" if whole else "float64")


_TYPED: dict[str, Callable[[Column], pd.Series]] = {
    "string": lambda column: column.raw,
    "integer": Column.numbers,
    "number": Column.numbers,
    "boolean": Column.flags,
    "date": Column.days,
}
TYPES = tuple(_TYPED)
