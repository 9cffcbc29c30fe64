"""Validating data/: every cell and every key by our own reading, figures against each other, then
by Frictionless; and the codebook that is written from it.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from heldto import article, evidence
from heldto.claims import exports, rows, shaped
from heldto.claims.listed import every_claim
from heldto.errors import Problem
from heldto.evidence import tables
from heldto.evidence.caching import by_content, file_digest
from heldto.evidence.paths import data_dir
from heldto.foreign import write_inside
from heldto.publish.counts import COUNTS, count_faults, write_counts
from heldto.templates import render


def data_faults() -> list[str]:
    """Every table's first fault as a line naming file, row, column and remedy; empty where all is
    well.

    Where each table is well by itself, rows on claims that say what nothing can read follow
    (`heldto.claims.rows`), figures that contradict others (what the article registers as
    `checks`), rows that are gone or added (`heldto.publish.counts`), and, where the `validate`
    extra is installed, what Frictionless finds in the package.
    """
    frames, table_faults = _looked_at()
    checks = article.hook("checks") or (lambda frames: [])
    return table_faults or [
        *_rows(),
        *exports.stale_exports(),
        *checks(frames),
        *count_faults(frames),
        *_frictionless_faults(),
    ]


def _looked_at() -> tuple[dict[str, pd.DataFrame], list[str]]:
    """The tables that are well by themselves, by name, and the first fault of each other."""
    frames: dict[str, pd.DataFrame] = {}
    faults: dict[str, None] = {}
    for name in evidence.package()["tables"]:
        try:
            frames[name] = evidence.check_table(name)
        except Problem as error:
            faults[str(error)] = None
    return frames, list(faults)


def count_anew() -> list[str]:
    """Write data/counts.csv for the rows as they are. Returns a line for each table that is counted
    otherwise than before. Raises DataError of the first table that is not well by itself.
    """
    frames, table_faults = _looked_at()
    if table_faults:
        raise evidence.DataError(table_faults[0])
    return write_counts(frames)


def _rows() -> Iterator[str]:
    """What is wrong with the rows on each claim."""
    for name, claim in every_claim().items():
        slips = [*map(str, rows.row_slips(name))]
        yield from dict.fromkeys(slips or shaped.strange_times(claim))


def _frictionless_faults() -> Iterator[str]:
    """What Frictionless finds; where a table's head is not as described, that alone."""
    try:
        import frictionless  # noqa: F401
    except ImportError:
        return
    package = {key: value for key, value in evidence.package().items() if key != "tables"}
    yield from _frictionless_of(-1, json.dumps(package), ())
    for entry in package["resources"]:
        linked = {key["reference"]["resource"] for key in entry["schema"].get("foreignKeys", [])}
        few = [one for one in package["resources"] if one is entry or one["name"] in linked]
        state = tuple(file_digest(data_dir() / one["path"]) for one in few)
        few_alone = json.dumps(package | {"resources": few})
        yield from _frictionless_of(few.index(entry), few_alone, state)


@by_content
def _frictionless_of(number: int, described: str, state: tuple[str, ...]) -> list[str]:
    """What Frictionless finds in one table of a package that has this table and those that it is
    linked to; -1: in the description alone. state: the digests of the tables' files.
    """
    from frictionless import Package, validate

    package = json.loads(described)
    if number < 0:
        return [*_said("datapackage.json", [*Package.metadata_validate(package)])]
    name = package["resources"][number]["name"]
    report = validate(package, basepath=str(data_dir()), type="package", name=name)
    return [line for task in report.tasks for line in _said(task.place, task.errors)]


def _said(place: str, errors: Sequence[Any]) -> Iterator[str]:
    for error in [one for one in errors if "#header" in one.tags] or errors:
        row, column = getattr(error, "row_number", "?"), getattr(error, "field_name", "?")
        yield (
            f"data/{place}, row {row}, column {column}: {error.message}: "
            "mend the cell, or its description"
        )


def codebook() -> str:
    """The codebook of data/ as Markdown, written from datapackage.json: what data/README.md
    holds.
    """
    return str(render("codebook.md.j2", package=evidence.package(), cuts=article.current().cuts))


def write_codebook() -> Path:
    """Write data/README.md from datapackage.json. Returns the path."""
    return write_inside(data_dir(), "README.md", codebook())


def write_checksums() -> Path:
    """Write into datapackage.json how each file stood when all was well: as long as it stands so,
    it is read without being looked at.

    Returns the path. Call it where `faults()` is empty.
    """
    path = data_dir() / "datapackage.json"
    package = json.loads(tables.file_text(path))
    for entry in package["resources"]:
        entry.pop("checked", None)
        file, schema = data_dir() / entry["path"], entry["schema"]
        if _reads_alike(file, schema["fields"], entry.get("may_be_empty", False)):
            entry["checked"] = tables.checksum(file, schema)
    text = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    return write_inside(data_dir(), path.name, text)


def write_sums() -> Path:
    """Write data/SHA256SUMS, which `sha256sum --check SHA256SUMS` reads: a line for each file of
    the data package. Returns the path. Call it last: it holds the codebook and the description.
    """
    return write_inside(data_dir(), "SHA256SUMS", sums())


def sums() -> str:
    """What data/SHA256SUMS holds: the digest of each file's bytes, and its place in data/."""
    table_paths = [entry["path"] for entry in evidence.package()["resources"]]
    other_files = ["README.md", "datapackage.json", COUNTS]
    files = sorted([*table_paths, *(file for file in other_files if (data_dir() / file).is_file())])
    digests = {file: sha256((data_dir() / file).read_bytes()).hexdigest() for file in files}
    return "".join(f"{digest}  {file}\n" for file, digest in digests.items())


def _reads_alike(file: Path, fields: Sequence[tables.Field], may_be_empty: bool) -> bool:
    """Whether reading at once and reading cell by cell give the same; they do not where blank rows
    stand between.
    """
    try:
        looked_at = tables.read_checked(file, fields, may_be_empty).reset_index(drop=True)
        return tables.read_table(file, fields).equals(looked_at)
    except ValueError:
        return False
