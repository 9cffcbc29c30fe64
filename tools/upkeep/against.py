"""One folder of data held against another: which verdicts and figures differ, by which cells."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from heldto import article, evidence
from heldto.errors import Problem
from heldto.evidence import tables
from heldto.evidence.paths import data_dir, shipped_data_dir

TOLD = 10  # cells of one table
Row = dict[str, Any]


def differences(other: str) -> Iterator[str]:
    """Verdicts and figures, then cells, that differ between the data read here and those of
    another folder ("shipped": the ones that came with the package), a line each.

    Raises Problem where there is no such folder, or its claims cannot be judged.
    """
    other_folder = shipped_data_dir() if other == "shipped" else Path(other)
    if not (other_folder / "datapackage.json").is_file():
        remedy = "give shipped, or a folder that holds datapackage.json"
        raise Problem(f"there are no data in {other}: {remedy}")
    changed = [
        name for name in evidence.package()["tables"] if _bytes(name, other_folder) != _bytes(name)
    ]
    if changed:
        yield from _verdicts(_ledger(data_dir()), _ledger(other_folder))
    for name in changed:
        yield from _cells(name, other_folder)
    if not changed:
        yield f"no table differs from {other}"


def _bytes(name: str, folder: Path | None = None) -> bytes:
    path = (folder or data_dir()) / evidence.describe(name)["path"]
    return path.read_bytes() if path.is_file() else b""


def _ledger(folder: Path) -> dict[str, Row]:
    """{claim: its verdicts and figures} as `frenemies claims --json` gives them of a folder."""
    command = [sys.executable, "-m", "heldto", "claims", "--json"]
    environment = os.environ | {article.DATA: str(folder.resolve())}
    completed = subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    if not completed.stdout:  # where single claims are unjudged, the others are there
        raise Problem(completed.stderr.strip() or f"the claims of {folder} cannot be judged")
    return {row["id"]: row for row in json.loads(completed.stdout)}


def _verdicts(own_rows: dict[str, Row], other_rows: dict[str, Row]) -> Iterator[str]:
    """A line for each claim and time whose verdict or figure differs."""
    for claim, row in own_rows.items():
        for time in ("then", "since"):
            ours, theirs = (_said(one, time) for one in (row, other_rows.get(claim, {})))
            if ours != theirs:
                yield f"{claim} {time}: {ours} here, {theirs} there"


def _said(row: Row, time: str) -> str:
    """A verdict and the figures that decide it."""
    verdict, value = row.get(f"verdict_{time}", "not judged"), row.get(f"value_{time}")
    values = value if isinstance(value, list) else [value]
    items = value.items() if isinstance(value, dict) else [("", one) for one in values]
    figures = [
        f"{name} {number:.6g}".strip()
        for name, number in items
        if isinstance(number, int | float) and not isinstance(number, bool)
    ]
    return f"{verdict} at {', '.join(figures)}" if figures else str(verdict)


def _cells(name: str, other_folder: Path) -> Iterator[str]:
    """A line for each row or cell of a table that differs, found by its key."""
    entry = evidence.describe(name)
    fields = entry["schema"]["fields"]
    keys = entry["schema"].get("primaryKey") or [field["name"] for field in fields]
    ours, theirs = (_keyed(folder / entry["path"], keys) for folder in (data_dir(), other_folder))
    lines = [f"row {_of(key)} is only here" for key in ours if key not in theirs]
    lines += [f"row {_of(key)} is only there" for key in theirs if key not in ours]
    for key, row in ours.items():
        for column, cell in row.items():
            other_cell = theirs.get(key, row).get(column, "")
            if other_cell != cell:
                difference = f"{cell or 'blank'} here, {other_cell or 'blank'} there"
                lines.append(f"{_of(key)}, {column}: {difference}")
    more = [f"and {len(lines) - TOLD} more"] if len(lines) > TOLD else []
    yield from (f"data/{entry['path']}: {line}" for line in [*lines[:TOLD], *more])


def _keyed(path: Path, keys: list[str]) -> dict[tuple[str, ...], Row]:
    """{key: its row}, every cell as it is written."""
    if not path.is_file():
        return {}
    frame = pd.read_csv(io.StringIO(tables.file_text(path)), dtype=str, keep_default_na=False)
    if lacks := [key for key in keys if key not in frame]:
        raise Problem(f"{path}: column {lacks[0]} is missing: put it back, or mend its spelling")
    return {tuple(row[key] for key in keys): row for row in frame.to_dict("records")}


def _of(key: tuple[str, ...]) -> str:
    return " ".join(key)
