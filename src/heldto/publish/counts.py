"""Whether the tables of data/ are whole: how many rows each has, in all and by key, code, flag and
year, as data/counts.csv says; and series of years or months without a hole.

So a row that is gone, added or changed is seen, and named by its key. The counts are written by
intent alone: `validate --count`.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from heldto import article, evidence
from heldto.evidence import Entry, tables
from heldto.evidence.caching import by_content
from heldto.evidence.paths import data_dir, in_messages
from heldto.evidence.tables import Field
from heldto.foreign import write_inside

COUNTS = "counts.csv"
HEAD = ["table", "column", "value", "rows"]
ROWS = ""  # in the place of a column: all rows
MANY = 250  # a column of more values is not counted by value
NAMED = 8  # values that a sentence names
STEPS = {"annual": "Y", "month": "M"}  # of a series, as its table is cut

Counts = Counter[tuple[str, str]]


class Recount(NamedTuple):
    """A table that has other rows than are counted: the sentence that says so, up to its remedy."""

    table: str
    says: str


def count_faults(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """A line for each table that has other rows than data/counts.csv says, and for each hole in a
    series. Nothing of a table that has no count. frames: tables by name, as they were read.
    """
    command = f"{article.current().command} validate --count"
    for recount in recounts(frames):
        remedy = f"correct the row, or, if the change is intended, run {command} to count again"
        yield f"{recount.says}: {remedy}"
    for name, frame in frames.items():
        yield from _holes(name, frame)


def recounts(frames: Mapping[str, pd.DataFrame]) -> Iterator[Recount]:
    """Tables that have other rows than data/counts.csv says."""
    stored_counts = _held()
    for name, frame in frames.items():
        counts = _counts_of(name, frame)
        if name in stored_counts and counts != stored_counts[name]:
            yield Recount(name, _difference(name, stored_counts[name], counts))


def write_counts(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Write data/counts.csv for the rows as they are now. Returns what is counted otherwise than
    before, a line for each table. Tables that are written from the claims are left
    out: they are held against the claims.
    """
    counts_by_table = {
        name: _counts_of(name, frame)
        for name, frame in frames.items()
        if "made" not in evidence.describe(name)
    }
    lines = [one.says for one in recounts(frames)]
    lines += [
        f"{_file(name)}: counted for the first time" for name in counts_by_table.keys() - _held()
    ]
    write_inside(data_dir(), COUNTS, _as_csv(counts_by_table))
    return sorted(lines)


def _as_csv(counts_by_table: Mapping[str, Counts]) -> str:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    write(HEAD)
    for name, counts in counts_by_table.items():
        for (column, value), rows in counts.items():
            write([name, column, value, rows])
    return text.getvalue()


def _held() -> dict[str, Counts]:
    """{table: its counts} as data/counts.csv has them; {} where there is no such file."""
    path = data_dir() / COUNTS
    counts_by_table: dict[str, Counts] = {}
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                counts = counts_by_table.setdefault(row["table"], Counter())
                counts[row["column"], row["value"]] = int(row["rows"])
    return counts_by_table


def _counts_of(name: str, frame: pd.DataFrame) -> Counts:
    """{(column, value): rows} of a table, the number of all its rows first."""
    return _counts((*_columns(evidence.describe(name)),), frame)


@by_content
def _counts(columns: tuple[str, ...], frame: pd.DataFrame) -> Counts:
    counts: Counts = Counter({(ROWS, ""): len(frame)})
    for column in columns:
        values = frame[column].value_counts(dropna=False)
        if len(values) <= MANY:
            texts = zip(map(_as_text, values.index), values.tolist(), strict=True)
            counts.update({(column, value): rows for value, rows in sorted(texts)})
    return counts


def _columns(entry: Entry) -> list[str]:
    """The columns that say what a row is about: keys, links, codes, flags, days and years."""
    schema = entry["schema"]
    keys = {*tables.several(schema.get("primaryKey"))}
    for link in schema.get("foreignKeys", ()):
        keys |= {*tables.several(link["fields"])}
    return [one["name"] for one in schema["fields"] if one["name"] in keys or _is_code(one)]


def _is_code(field: Field) -> bool:
    """Whether a column has flags, days, words of a list, or whole numbers that measure nothing."""
    if field["type"] in ("boolean", "date", "yearmonth"):
        return True
    if field["type"] == "integer":
        return "unit" not in field
    return "enum" in field.get("constraints", {})


def _as_text(value: object) -> str:
    """A cell as counts.csv has it: a year without a point, a blank as "", a flag as in the file."""
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) else str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _file(name: str) -> str:
    return in_messages(data_dir() / evidence.describe(name)["path"])


def _difference(name: str, before: Counts, now: Counts) -> str:
    """How many rows there are, how many are counted, and of which keys there are fewer or more."""
    rows, stored_rows = now[ROWS, ""], before[ROWS, ""]
    summary = f"{rows} rows, data/{COUNTS} has {stored_rows}"
    if rows == stored_rows:
        summary = f"{rows} rows, but not those that data/{COUNTS} has"
    fewer, more = _counts_in_words(before - now), _counts_in_words(now - before)
    parts = [
        f"{word} with {values}" for word, values in (("fewer", fewer), ("more", more)) if values
    ]
    return "; ".join([f"{_file(name)}: {summary}", *parts])


def _counts_in_words(counts: Counts) -> str:
    """Values and how many rows have them, by column: "actor XYZ, year 2018 (2)"."""
    phrases = [
        f"{column} {value or '(blank)'}" + (f" ({rows})" if rows > 1 else "")
        for (column, value), rows in counts.items()
        if column != ROWS
    ]
    ending = f", and {len(phrases) - NAMED} more" if len(phrases) > NAMED else ""
    return ", ".join(phrases[:NAMED]) + ending


def _holes(name: str, frame: pd.DataFrame) -> Iterator[str]:
    """A line for each year or month that a series lacks between its first and its last, and for
    each that is listed as lacking and is there. Asked where `time` of a table has `gaps`.
    """
    entry = evidence.describe(name)
    time = entry.get("time", {})
    if "gaps" not in time:
        return
    time_column, listed_gaps = time["field"], {*time["gaps"]}
    key_columns = [
        key for key in tables.several(entry["schema"].get("primaryKey")) if key != time_column
    ]
    lacking = _all_lacking(frame, (*key_columns,), time_column, STEPS[time["cut"]])
    for key in lacking:
        if key not in listed_gaps:
            yield (
                f"{_file(name)}: no row of {key}, though there is one before and one after it "
                f"({', '.join([*key_columns, time_column])}): put the row back, or, where the "
                "source has none, list it under `gaps` of the table's `time` in "
                "data/datapackage.json"
            )
    for key in sorted(listed_gaps - {*lacking}):
        yield (
            f"data/datapackage.json: {name} lists {key} under `gaps`, which is none: take it out "
            "there, or delete the row"
        )


@by_content
def _all_lacking(
    frame: pd.DataFrame, key_columns: tuple[str, ...], time_column: str, step: str
) -> list[str]:
    return [*_lacking(frame, [*key_columns], time_column, step)]


def _lacking(
    frame: pd.DataFrame, key_columns: list[str], time_column: str, step: str
) -> Iterator[str]:
    """Keys of the rows that series lack, as "XYZ 2003"."""
    times = pd.PeriodIndex(frame[time_column].astype(str), freq=step)
    for series, periods in frame.assign(_at=times).groupby(key_columns, sort=False)["_at"]:
        for period in pd.period_range(periods.min(), periods.max(), freq=step).difference(periods):
            yield " ".join(map(str, [*series, period]))
