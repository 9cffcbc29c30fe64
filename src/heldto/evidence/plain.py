"""The tables of a plain article that no datapackage.json has to describe: its actors, and those
that are made of its claims.
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from heldto import article
from heldto.errors import did_you_mean
from heldto.evidence import tables
from heldto.foreign import is_there

Entry = dict[str, Any]  # of datapackage.json

NOTHING: Entry = {"description": "", "resources": []}  # data/ before its first table
STANDARD = Path(__file__).with_name("standard.json")
MAKERS = {  # as "module:function": what stands above this package is called by its name
    "actors": "heldto.evidence.plain:plain_actors",
    "claims": "heldto.claims.exports:claim_rows",
    "readings": "heldto.claims.exports:reading_rows",
}
NO_ROWS = "heldto.evidence.plain:nothing"  # the maker of a table that is not there
UNSTATED = "source not stated"
TIMES = {"year": "annual", "month": "month", "date": "date"}  # columns of time, and their cut
COLOURS = ("#1A5FB4", "#C64600", "#26734D", "#B5307E", "#A51D2D", "#865E00", "#0E7C86", "#6B4F3A")
KINDS = ("state", "group", "category")  # of rows of actors.csv
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p")


def lacks(path: Path) -> bool:
    """Whether an article has no datapackage.json yet, nor a table below its folder."""
    return not path.is_file() and not any(path.parent.rglob("*.csv"))


def standard_tables() -> dict[str, Entry]:
    """The tables that each plain article has, or may have, by name."""
    here = article.current()
    entries = _described()
    for name, entry in entries.items():
        path = here.folder / entry["path"]
        entry["path"] = str(path)
        if name in MAKERS:
            entry["made"] = MAKERS[name]
        elif not is_there(path):
            entry["made"] = NO_ROWS
        else:
            _leave_out(entry, path)
    return entries


def _leave_out(entry: Entry, path: Path) -> None:
    """Take the columns from an entry that its file need not have, and has not."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        header = next(csv.reader(file), [])
    fields = entry["schema"]["fields"]
    kept = [field for field in fields if field["name"] in header or not field.get("optional")]
    entry["schema"] = entry["schema"] | {"fields": kept}


def _described() -> dict[str, Entry]:
    """standard.json by name, each table credited to the article itself."""
    here = article.current()
    credit = {"title": f"{here.title}, seminar", "retrieved": f"{here.day}"}
    entries = json.loads(STANDARD.read_text(encoding="utf-8"))
    return {entry["name"]: entry | {"sources": [credit], "traps": []} for entry in entries}


def completed(entry: Entry) -> Entry:
    """An entry of datapackage.json with what it need not say: its time, by the column that is
    called so; that its source is not stated, its day that of the article.
    """
    names = [field["name"] for field in entry["schema"]["fields"]]
    time = next(({"field": name, "cut": TIMES[name]} for name in TIMES if name in names), None)
    unstated = {"title": UNSTATED, "version": "not stated", "retrieved": f"{article.current().day}"}
    sources = [unstated | source for source in entry.get("sources") or [{}]]
    licences = [
        {"title": licence.get("name", "")} | licence for licence in entry.get("licenses", [])
    ]
    complete = {"title": entry["name"], "description": "", "traps": []} | entry
    complete |= {"sources": sources, "licenses": licences}
    return complete | ({"time": time} if time and "time" not in entry else {})


def plain_package(maker: str, entry: Entry) -> pd.DataFrame:
    """A table that no file holds as it stands: its rows are made by a function."""
    module, _, function = maker.partition(":")
    fields = entry["schema"]["fields"]
    rows = getattr(import_module(module), function)()
    text = io.StringIO()
    names = [field["name"] for field in fields]
    writer = csv.DictWriter(text, names, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(
        {key: "" if cell != cell else cell for key, cell in row.items()} for row in rows
    )
    return tables.parsed(text.getvalue().encode(), fields)


def nothing() -> list[dict[str, str]]:
    """The rows of a standard table whose file is not there."""
    return []


def plain_actors() -> list[dict[str, str]]:
    """The rows of actors.csv, its columns `actor` and `name` alone being needed: colours, markers
    and places follow from the order. Raises DataError naming row, column and remedy.
    """
    path = article.current().folder / "actors.csv"
    if not is_there(path):
        remedy = "write it, with a header actor,name and a row each"
        raise tables.DataError(f"actors.csv is missing: {remedy}")
    rows = [row for row in csv.DictReader(io.StringIO(tables.file_text(path))) if any(row.values())]
    for fault in _faults(rows):
        raise tables.DataError(f"actors.csv, {fault}")
    return [_with_defaults(index, len(rows), row) for index, row in enumerate(rows)]


def _faults(rows: list[dict[str, Any]]) -> Iterator[str]:
    columns = ["actor", "name", "kind", "aliases", "colour", "marker", "dash", "region"]
    columns += ["x", "y", "naming", "groups"]
    seen: dict[str, int] = {}
    if not rows:
        yield "there is no row below the header: write a row for each actor"
    for n, row in enumerate(rows, 2):
        for column in row:
            if column not in columns:
                hint = did_you_mean(str(column), columns, f"There are {', '.join(columns)}.")
                yield f'row 1: nothing reads the column "{column}". {hint}'
        code = row.get("actor") or ""
        if not re.fullmatch("[A-Z][A-Z0-9]{1,2}", code):
            yield f'row {n}, column actor: "{code}" is not a code: write two or three capitals'
        if code in seen:
            yield f"row {n}, column actor: {code} is also in row {seen[code]}: keep one of them"
        if not row.get("name"):
            yield f"row {n}, column name: it is blank: write the name of {code}"
        if (kind := row.get("kind") or KINDS[0]) not in KINDS:
            hint = did_you_mean(kind, KINDS, f"There are {', '.join(KINDS)}.")
            yield f'row {n}, column kind: no kind "{kind}". {hint}'
        seen[code] = n


def _with_defaults(index: int, count: int, row: dict[str, Any]) -> dict[str, str]:
    """A row of actors.csv with what follows from its place among all."""
    around = 2 * math.pi * index / count
    follows = {
        "kind": KINDS[0],
        "colour": COLOURS[index % len(COLOURS)],
        "marker": MARKERS[index % len(MARKERS)],
        "dash": ("solid", "dashed", "dotted")[index % 3],  # told apart in grey, too
        "x": f"{math.sin(around):.3f}",
        "y": f"{math.cos(around):.3f}",
    }
    cells = {name: cell for name, cell in row.items() if cell and name != "groups"}
    return follows | cells
