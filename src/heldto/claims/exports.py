"""claims.csv and readings.csv: the claims as tables, for others to read. They are written from the
claims and never read here.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from heldto import article, evidence
from heldto.claims.claim import Option
from heldto.claims.listed import every_claim
from heldto.errors import write_atomic
from heldto.evidence.paths import data_dir, in_messages, shipped_data_dir


def claim_rows() -> list[dict[str, Any]]:
    """The rows of claims.csv, a dict each."""
    return [claim.row for claim in every_claim().values()]


def reading_rows() -> list[Option]:
    """The rows of readings.csv, a dict each."""
    return [option for claim in every_claim().values() for option in claim.options]


ROWS: dict[str, Callable[[], Sequence[Mapping[str, Any]]]] = {
    "claims": claim_rows,
    "readings": reading_rows,
}


def exported(table: str) -> str:
    """The text of claims.csv ("claims") or readings.csv ("readings")."""
    columns = [field["name"] for field in evidence.describe(table)["schema"]["fields"]]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in ROWS[table]())
    return text.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None or value != value else str(value)


def stale_exports() -> Iterator[str]:
    """A sentence on each export that is not what the claims say."""
    for path, _ in _stale():
        says = "differs from the claims.toml of the sections: mend the claim there, and"
        command = f"{article.current().package} validate --codebook"
        yield f"{in_messages(path)} {says} {command} writes it"


def write_exports() -> list[Path]:
    """Write the exports that are not what the claims say. Returns their paths."""
    return [write_atomic(path, text) for path, text in _stale()]


def _stale() -> Iterator[tuple[Path, str]]:
    """The exports beside the article's own tables that are not what its claims say, and what they
    would say. A reader's own data folder need not have any.
    """
    if data_dir().resolve() != shipped_data_dir().resolve():
        return
    for entry in evidence.package()["resources"]:
        if entry["name"] in ROWS:
            path, text = data_dir() / entry["path"], exported(entry["name"])
            if not path.is_file() or path.read_bytes() != text.encode():
                yield path, text
