"""Whether the tables of data/ are as they were accepted: how many rows each has, in all and by key,
code, flag and year, and what their amounts add up to, as data/counts.csv says; and series of years
or months without a hole.

So a row that is gone, added or changed is seen, and named by its key, and so is an amount: it moves
the sum of each of its keys. Cells that changed places, or other words, move neither: they move the
check number of their rows. All are written by intent alone: `validate --count`.
"""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zlib import crc32

import pandas as pd

from heldto import article, evidence
from heldto.evidence import Entry, tables
from heldto.evidence.caching import by_content
from heldto.evidence.paths import data_dir, in_messages
from heldto.evidence.tables import Field
from heldto.foreign import write_inside

COUNTS = "counts.csv"
HEAD = ["table", "of", "column", "value", "total"]
ROWS = ""  # in the place of a column: all rows; in that of what is added up: rows are counted
MANY = 250  # a column of more values is not counted by value
FEW, SHORT = 40, 24  # so few words, of so many letters, that come again and again are codes, too
NAMED = 8  # values that a sentence names
STEPS = {"annual": "Y", "month": "M"}  # of a series, as its table is cut

EXACT = 12  # digits of a sum
CHECK = "check number"  # in the place of what is added up: of all cells of the rows
CHECKED = 10**9  # below which it is

Counts = Counter[tuple[str, str]]  # rows, by column and value
Sums = dict[tuple[str, str, str], float]  # of an amount, by column and value


class Totals(NamedTuple):
    """What is known of a table: its rows and the sums of its amounts, each by column and value."""

    rows: Counts
    sums: Sums


class Recount(NamedTuple):
    """A table that has other rows than are counted: the sentence that says so, up to its remedy."""

    table: str
    says: str


def count_faults(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """A line for each table that has other rows than data/counts.csv says, and for each hole in a
    series. Nothing of a table that has no count. frames: tables by name, as they were read.
    """
    command = f"{article.current().command} validate --count"
    if (data_dir() / COUNTS).is_file() and not _held():
        yield f"data/{COUNTS}: it has no counts below {','.join(HEAD)}: run {command}"
    for recount in recounts(frames):
        remedy = f"correct the row, or, if the change is intended, run {command} to count again"
        yield f"{recount.says}: {remedy}"
    for name, frame in frames.items():
        yield from _holes(name, frame)


def recounts(frames: Mapping[str, pd.DataFrame]) -> Iterator[Recount]:
    """Tables that have other rows or sums than data/counts.csv says."""
    held = _held()
    for name, frame in frames.items():
        totals = _totals_of(name, frame)
        if name in held and totals != held[name]:
            yield Recount(name, _difference(name, held[name], totals))


def write_counts(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Write data/counts.csv for the rows as they are now. Returns what is counted otherwise than
    before, a line for each table. Tables that are written from the claims are left
    out: they are held against the claims.
    """
    totals_by_table = {
        name: _totals_of(name, frame)
        for name, frame in frames.items()
        if "made" not in evidence.describe(name)
    }
    lines = [one.says for one in recounts(frames)]
    lines += [
        f"{_file(name)}: counted for the first time" for name in totals_by_table.keys() - _held()
    ]
    write_inside(data_dir(), COUNTS, _as_csv(totals_by_table))
    return sorted(lines)


def _as_csv(totals_by_table: Mapping[str, Totals]) -> str:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    write(HEAD)
    for name, totals in totals_by_table.items():
        for (column, value), rows in totals.rows.items():
            write([name, ROWS, column, value, rows])
        for (of, column, value), total in totals.sums.items():
            write([name, of, column, value, f"{total:.{EXACT}g}"])
    return text.getvalue()


def _held() -> dict[str, Totals]:
    """{table: its totals} as data/counts.csv has them; {} where there is no such file, or one with
    another head.
    """
    path = data_dir() / COUNTS
    totals_by_table: dict[str, Totals] = {}
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.DictReader(file)
            for row in lines if lines.fieldnames == HEAD else ():
                totals = totals_by_table.setdefault(row["table"], Totals(Counter(), {}))
                if row["of"] == ROWS:
                    totals.rows[row["column"], row["value"]] = int(row["total"])
                else:
                    totals.sums[row["of"], row["column"], row["value"]] = float(row["total"])
    return totals_by_table


def _totals_of(name: str, frame: pd.DataFrame) -> Totals:
    entry = evidence.describe(name)
    keys = tables.several(entry["schema"].get("primaryKey"))
    amounts = [one["name"] for one in entry["schema"]["fields"] if _is_amount(one)]
    words = [
        column for column in frame.select_dtypes(["object", "string"]) if _is_few(frame[column])
    ]
    columns = dict.fromkeys([*_columns(entry), *words])
    return _totals((*columns,), (*keys,), (*amounts,), frame)


@by_content
def _totals(
    columns: tuple[str, ...], keys: tuple[str, ...], amounts: tuple[str, ...], frame: pd.DataFrame
) -> Totals:
    """Rows by the values of these columns, all rows first; sums of amounts by those of the keys."""
    rows, sums = Counter({(ROWS, ""): len(frame)}), Sums()
    for column in columns:
        values = frame[column].value_counts(dropna=False)
        if len(values) <= MANY:
            texts = zip(map(_as_text, values.index), values.tolist(), strict=True)
            rows.update({(column, value): count for value, count in sorted(texts)})
    values_of = {key: frame[key].nunique() for key in keys or columns}
    told = {key: count for key, count in values_of.items() if count <= MANY}
    for amount in amounts:
        sums[amount, ROWS, ""] = _sum(frame[amount])
        for key in told if keys else ():
            by_key = frame.groupby(key)[amount].agg(_sum)
            sums |= {(amount, key, _as_text(value)): one for value, one in by_key.items()}
    return Totals(
        rows, sums | _check_numbers(max(told, key=lambda one: told[one], default=""), frame)
    )


def _check_numbers(key: str, frame: pd.DataFrame) -> Sums:
    """A number from all cells of the rows with each value of a key; of all rows where it is ""."""
    lines = frame.to_csv(index=False, header=False, lineterminator="\0").split("\0")[: len(frame)]
    numbers = pd.Series([crc32(line.encode()) for line in lines], frame.index)
    if not key:
        return {(CHECK, ROWS, ""): float(numbers.sum() % CHECKED)}
    sums = (numbers.groupby(frame[key], dropna=False).sum() % CHECKED).sort_index()
    return {(CHECK, key, _as_text(value)): float(one) for value, one in sums.items()}


def _sum(amounts: pd.Series) -> float:
    """A sum that is the same in whichever order the rows stand, and as its file has it."""
    return float(f"{math.fsum(amounts.dropna()):.{EXACT}g}")


def _columns(entry: Entry) -> list[str]:
    """The columns that say what a row is about: keys, links, codes, flags, days and years."""
    schema = entry["schema"]
    keys = {*tables.several(schema.get("primaryKey"))}
    for link in schema.get("foreignKeys", ()):
        keys |= {*tables.several(link["fields"])}
    return [one["name"] for one in schema["fields"] if one["name"] in keys or _is_code(one)]


def _is_few(words: pd.Series) -> bool:
    few = 2 * words.nunique() <= min(len(words), 2 * FEW)
    return few and bool(words.dropna().str.len().max() <= SHORT)


def _is_amount(field: Field) -> bool:
    return field["type"] in ("integer", "number") and not _is_code(field)


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


def _difference(name: str, before: Totals, now: Totals) -> str:
    """How many rows there are, how many are counted, and of which keys there are fewer or more;
    which amounts add up to more or less, where the rows are the same.
    """
    rows, stored_rows = now.rows[ROWS, ""], before.rows[ROWS, ""]
    summary = f"{rows} rows, data/{COUNTS} has {stored_rows}"
    if now.rows == before.rows:
        summary = f"the rows are those that data/{COUNTS} has, but not all that they say"
    elif rows == stored_rows:
        summary = f"{rows} rows, but not those that data/{COUNTS} has"
    fewer, more = (
        _counts_in_words(counts) for counts in (before.rows - now.rows, now.rows - before.rows)
    )
    parts = [
        f"{word} with {values}" for word, values in (("fewer", fewer), ("more", more)) if values
    ]
    return "; ".join([f"{_file(name)}: {summary}", *parts, *_sums_in_words(before, now)])


def _sums_in_words(before: Totals, now: Totals) -> Iterator[str]:
    """Which amounts add up to more or less with which keys: "tiv is 200 more with actor XYZ, year
    2018". An amount that is wrong stands where its keys cross.
    """
    moved: dict[str, list[str]] = {}
    for (of, column, value), total in now.sums.items():
        stored = before.sums.get((of, column, value), total)
        if column == ROWS or total == stored:
            continue
        if now.rows[column, value] == before.rows[column, value]:
            by = f"{abs(total - stored):.6g} {'more' if total > stored else 'less'}"
            says = "cells are others" if of == CHECK else f"{of} is {by}"
            moved.setdefault(says, []).append(f"{column} {value}")
    if now.rows != before.rows or len(moved) > 1:  # which say more
        moved.pop("cells are others", None)
    for says, places in moved.items():
        ending = f", and {len(places) - NAMED} more" if len(places) > NAMED else ""
        yield f"{says} with {', '.join(places[:NAMED])}{ending}"


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
