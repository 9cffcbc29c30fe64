"""The code of a page that was handed in, run by itself: once with the tables as they are, and once
with other figures in them. A figure that stays the same was typed.
"""

import ast
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from heldto import article
from heldto.evidence import tables
from heldto.evidence.paths import data_dir
from heldto.exercises import diary, sealed
from heldto.exercises.cell_names import as_python

SECONDS = 120  # that the code may take
NEEDED = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMPDIR", "LANG")  # to start Python at all
STEPS = 499  # rows are changed by so many factors, so that two seldom have the same
STRIDE = 190  # between the factors of two rows that follow each other
LEAST, MOST = 0.01, 0.1  # by which a figure is more

OTHERS = """
import json, pathlib
_claims = [one for one in [*globals().values()] if isinstance(one, fr.Claim) and one.card]
_among = {one.hash: (one.card.among["who"], one.card.among["value"]) for one in _claims}
_others = {name: dict(zip(who, map(float, value))) for name, (who, value) in _among.items()}
pathlib.Path("others.json").write_text(json.dumps(_others))
"""


LACKING = re.compile(r"^FileNotFoundError: .*?'(.+)'$", re.MULTILINE)


class Ran(NamedTuple):
    """What code gave under a claim's hash: figures and readings as an entry of the file of answers
    has them, {actor: figure} of others (None where the code did not come to its end), what it
    said of errors, and the files of its author that it had.
    """

    given: Sequence[Mapping[str, Any]]
    others: Mapping[str, float] | None
    errors: str
    files: Sequence[str] = ()

    @property
    def lacking(self) -> str:
        """The file that was not there, where the code stopped for it; else ""."""
        found = LACKING.search(self.errors)
        return found[1] if found else ""

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures alone, in their order."""
        return sealed.given_figures({"given": self.given})

    @property
    def readings(self) -> dict[str, float | None]:
        """{name of a reading: its last figure}."""
        return sealed.given_readings({"given": self.given})


def rerun(
    cells: Sequence[str], digest: str, changed: bool = False, beside: Path | None = None
) -> Ran:
    """What code gives under a claim's hash. It runs in a folder of its own, with no variable of
    yours beside those that Python needs. That is no prison: it can read your files.

    changed: with tables in which each figure is up to a tenth more, each row by a factor of its
    own, so that a ratio moves, too. beside: a folder; files in it that the code names come along.
    Raises subprocess.TimeoutExpired.
    """
    code = "\n".join(map(_without_magics, cells))
    current = article.current()
    start = f"import {current.package if current.is_package else 'heldto'} as fr\n"
    start += "display = print\n"  # a name that every notebook has
    with tempfile.TemporaryDirectory(prefix="heldto-") as folder:
        data = _changed(Path(folder) / "data") if changed else data_dir().resolve()
        answers, work = Path(folder) / "answers.json", Path(folder) / "work"
        work.mkdir()
        files = _brought(code, beside, work) if beside else []
        process = subprocess.run(
            [sys.executable, "-c", start + code + OTHERS],
            cwd=work,
            env=_environment(Path(folder), data, answers),
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        contents = diary.parse_answers(answers.read_bytes())[0] if answers.is_file() else None
        judged = work / "others.json"
        others = json.loads(judged.read_text()).get(digest, {}) if judged.is_file() else None
    entries = [one for one in (contents or {}).get("claims", ()) if one["hash"] == digest]
    given = [given for one in entries for given in one.get("given", ())]
    return Ran(given, others, process.stderr, files)


def _brought(code: str, beside: Path, work: Path) -> list[str]:
    """The files in a folder that code names in quotes, copied to where it runs."""
    try:
        parts = [*ast.walk(ast.parse(code))]
    except (SyntaxError, ValueError):
        return []
    quoted = {one.value for one in parts if isinstance(one, ast.Constant)}
    files = []
    for name in sorted(one for one in quoted if isinstance(one, str)):
        with contextlib.suppress(OSError, ValueError):  # a text that can be no name
            path = (beside / name).resolve()
            if path.is_file() and path.is_relative_to(beside.resolve()) and ".." not in name:
                (work / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, work / name)
                files.append(name)
    return files


def _without_magics(cell: str) -> str:
    """A cell without its lines for IPython alone, such as %time."""
    lines = as_python(cell).splitlines()
    return "\n".join(re.sub(r"^(\s*)get_ipython\(\)\..*", r"\1pass", line) for line in lines)


def _environment(folder: Path, data: Path, answers: Path) -> dict[str, str]:
    ours = {name: os.environ[name] for name in NEEDED if name in os.environ}
    named = {name: os.environ[name] for name in (article.NAMED,) if name in os.environ}
    places = {article.DATA: str(data), article.DIARY: str(answers), "HOME": str(folder)}
    return ours | named | places | {"MPLBACKEND": "agg"}


def _changed(folder: Path) -> Path:
    """A copy of the data in which each figure of each table is up to a tenth more."""
    shutil.copytree(data_dir(), folder)
    path = folder / "datapackage.json"
    if not path.is_file():
        return folder
    package = json.loads(tables.file_text(path))
    for entry in package["resources"]:
        if columns := _figures(entry["schema"]) if "made" not in entry else []:
            _raise_figures(folder / entry["path"], columns)
            for field in columns:
                field.pop("constraints", None)  # a limit that the true figures keep
            entry.pop("checked", None)
    path.write_text(json.dumps(package), encoding="utf-8")
    return folder


def _figures(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields that measure something: no key, no year, no code."""
    keys = tables.several(schema.get("primaryKey"))
    return [
        field
        for field in schema["fields"]
        if field["name"] not in keys
        and (field["type"] == "number" or field["type"] == "integer" and "unit" in field)
    ]


def _raise_figures(path: Path, fields: Sequence[Mapping[str, Any]]) -> None:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    steps = pd.Series(range(len(frame))) * STRIDE % STEPS
    factors = 1 + LEAST + (MOST - LEAST) * steps / STEPS
    for field in fields:
        figures = pd.to_numeric(frame[field["name"]], errors="coerce") * factors
        whole = field["type"] == "integer"
        texts = figures.round().map("{:.0f}".format) if whole else figures.map("{:.10g}".format)
        frame[field["name"]] = texts.where(figures.notna(), frame[field["name"]])
    frame.to_csv(path, index=False, lineterminator="\n")
