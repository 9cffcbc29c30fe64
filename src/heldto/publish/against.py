"""One folder of data held against another: which verdicts, figures, readings and pictures differ,
and by which cells.
"""

import inspect
import io
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from heldto import article, evidence
from heldto.claims import ledger
from heldto.errors import Problem
from heldto.evidence import committed, tables
from heldto.evidence.paths import data_dir, shipped_data_dir
from heldto.publish.counts import COUNTS
from heldto.toggles import declared, of_claims

TOLD = 10  # cells of one table
TURNING = ("verdict_then", "verdict_since", "amended_then", "amended_since")
BESIDE = {
    "amended": "by its amended rule",
    "strict": "read strictly",
    "lenient": "read leniently",
    "marks": "marks",
}
READINGS = ("readings", "readings_same", "stable", "depends_on")
Row = dict[str, Any]


class ShownChange(NamedTuple):
    """What a change of the data does. lines: a sentence each; turned: the claims of which a
    verdict is another.
    """

    lines: list[str]
    turned: list[str]


def differences(other: str) -> Iterator[str]:
    """Verdicts, figures and readings, then cells, that differ between the data read here and those
    of another folder ("shipped": the ones that came with the package), a line each.

    Raises Problem where there is no such folder, or its claims cannot be judged.
    """
    other_folder = shipped_data_dir() if other == "shipped" else Path(other)
    if not (other_folder / "datapackage.json").is_file():
        remedy = "give shipped, or a folder that holds datapackage.json"
        raise Problem(f"there are no data in {other}: {remedy}")
    changed = _changed(other_folder)
    if changed:
        yield from _compared(*_shown(data_dir(), other_folder, pictures=False)).lines
    for name in changed:
        yield from _cells(name, other_folder)
    if not changed:
        yield f"no table differs from {other}"


def since_accepted() -> ShownChange:
    """What the data read here show otherwise than those that were accepted before: those that came
    with the package where others are read, else those of the last commit that counted them.
    Verdicts, figures, readings and pictures. Raises Problem where claims cannot be judged.
    """
    with _accepted() as before:
        if before is None:
            says = "no earlier data to compare with: commit data/ to git, and every change is named"
            return ShownChange([says], [])
        if not _changed(before):
            return ShownChange(["no table differs from the data accepted before"], [])
        change = _compared(*_shown(data_dir(), before, pictures=True))
    return change if change.lines else ShownChange(["no verdict, reading or picture changes"], [])


def _changed(other_folder: Path) -> list[str]:
    """The tables that differ by a byte."""
    names = evidence.package()["tables"]
    return [name for name in names if _bytes(name, other_folder) != _bytes(name)]


def _bytes(name: str, folder: Path | None = None) -> bytes:
    path = (folder or data_dir()) / evidence.describe(name)["path"]
    return path.read_bytes() if path.is_file() else b""


@contextmanager
def _accepted() -> Iterator[Path | None]:
    """The folder of the data that were accepted before, None where there are none."""
    if data_dir().resolve() != shipped_data_dir().resolve():
        yield shipped_data_dir()
        return
    with tempfile.TemporaryDirectory(prefix="heldto-") as scratch:
        yield _committed(Path(scratch))


def _committed(folder: Path) -> Path | None:
    """The data of the last commit that counted them, written into a folder; None where git has
    none. What was committed since without a count was not accepted.
    """
    commit = committed.last_commit(COUNTS, data_dir()) or committed.last_commit(".", data_dir())
    committed.write_commit(commit, data_dir(), folder)
    return folder if (folder / "datapackage.json").is_file() else None


# --- what is shown ----------------------------------------------------------------------------


def _shown(*folders: Path, pictures: bool) -> list[dict[str, Any]]:
    """What is shown with the data of each folder, worked out at the same time: `claims`, the
    entries of the ledger, and `pictures`, digests of their words and figures. Raises Problem.
    """
    command = [sys.executable, "-m", __name__, *(["pictures"] if pictures else [])]
    processes = [
        subprocess.Popen(
            command,
            env=os.environ | {article.DATA: str(folder.resolve())},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for folder in folders
    ]
    texts_shown = [process.communicate() for process in processes]
    for folder, (shown, complaint) in zip(folders, texts_shown, strict=True):
        if not shown:
            raise Problem(complaint.strip() or f"the claims of {folder} cannot be judged")
    return [json.loads(shown) for shown, _ in texts_shown]


def _all_shown(pictures: bool) -> dict[str, Any]:
    drawn = {name: _picture_digests(draw) for name, draw in drawings()} if pictures else {}
    return {"claims": {row["id"]: row for row in ledger.entries()}, "pictures": drawn}


def drawings() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The pictures of the article that is open: their names, and what draws each."""
    current = article.current()
    if not current.is_package:
        yield from ((key, declared.drawn(key)) for key in of_claims.pictures())
        return
    package = import_module(current.rooms)
    for found in pkgutil.walk_packages(package.__path__, f"{current.rooms}."):
        for name, draw in inspect.getmembers(import_module(found.name), inspect.isfunction):
            if name.endswith("_picture") and draw.__module__ == found.name:
                yield name, draw


def _picture_digests(draw: Callable[..., Any]) -> dict[str, str]:
    """What tells the words and the figures of a picture from any other; the fault of one that
    cannot be drawn.
    """
    try:
        picture = draw()
        parts = {"words": picture.to_text(), "figures": picture.table.to_csv()}
    except Problem as fault:
        return {"words": str(fault)}
    return {name: sha256(text.encode()).hexdigest() for name, text in parts.items()}


# --- compared ---------------------------------------------------------------------------------


def _compared(ours: dict[str, Any], theirs: dict[str, Any]) -> ShownChange:
    """What two folders show otherwise: verdicts and figures first, then readings, then pictures."""
    verdicts, readings, turned = list[str](), list[str](), list[str]()
    for claim, row in ours["claims"].items():
        other_row = theirs["claims"].get(claim, {})
        verdicts += _verdict_lines(claim, row, other_row)
        if _read(row) != _read(other_row):
            readings.append(f"{claim}, readings: {_read(row)} here, {_read(other_row)} there")
        if any(row.get(name) != other_row.get(name) for name in TURNING):
            turned.append(claim)
    pictures = [*_picture_lines(ours["pictures"], theirs["pictures"])]
    return ShownChange([*verdicts, *readings, *pictures], turned)


def _verdict_lines(claim: str, row: Row, other_row: Row) -> Iterator[str]:
    """A line for each time whose verdict or figure differs, or what stands beside them."""
    for time in ("then", "since"):
        ours, theirs = (_said(one, time) for one in (row, other_row))
        if ours != theirs:
            yield f"{claim} {time}: {ours} here, {theirs} there"
        for name, told in BESIDE.items():
            ours, theirs = (_beside(one.get(f"{name}_{time}")) for one in (row, other_row))
            if ours != theirs:
                yield f"{claim} {time}, {told}: {ours} here, {theirs} there"


def _beside(cell: Any) -> str:
    """What an entry of the ledger says beside its verdict: a word, or marks with commas."""
    return (", ".join(cell) if isinstance(cell, list) else cell) or "none"


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


def _read(row: Row) -> str:
    """How the other readings of a claim fall out."""
    count, same, stable, depends_on = (row.get(name) for name in READINGS)
    if not count:
        return "none"
    firm = f", depends on {depends_on}" if depends_on else ", stable" if stable else ""
    return f"{same} of {count} say the same{firm}"


def _picture_lines(
    ours: dict[str, dict[str, str]], theirs: dict[str, dict[str, str]]
) -> Iterator[str]:
    for name, digests in ours.items():
        other_digests = theirs.get(name, {})
        parts = [part for part in digests if digests[part] != other_digests.get(part)]
        if parts:
            yield f"{name}: its {' and its '.join(parts)} differ"


# --- cells ------------------------------------------------------------------------------------


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


if __name__ == "__main__":
    try:
        print(json.dumps(_all_shown(pictures=sys.argv[1:] == ["pictures"])))
    except Problem as fault:  # for `_shown`, which says it
        sys.exit(str(fault))
