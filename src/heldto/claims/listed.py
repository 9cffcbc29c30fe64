"""Which claims an article has. Each is read from its block when it is asked for, so that a slip
costs the claim in which it stands, and no other.
"""

import csv
import io
import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, get_args

from heldto import article, evidence
from heldto.claims.claim import ArticleClaim
from heldto.claims.reader import read_claim, unread_claim
from heldto.claims.rule import Rule, Variant
from heldto.errors import NotHeld, Problem, RowError, TextError
from heldto.evidence.caching import cached
from heldto.evidence.paths import data_dir, in_messages
from heldto.evidence.tables import file_text
from heldto.foreign import is_there, parse_toml, toml_text
from heldto.text import texts

SEALED = ("kind", "due", "measure", "rule")  # what a seal fixes
HEADER = re.compile(r"^\[\s*([A-Za-z0-9_-]+)\s*(\.[^\]]*)?\]")


class UnknownClaim(Problem):
    """No claim has that id."""


def find_claim(name: str) -> ArticleClaim:
    """A claim, capitals aside: `find_claim("e4")`. Raises UnknownClaim."""
    return _read(_known(name))


def all_ids() -> list[str]:
    """The ids of all claims, by the letters of the sections and by number. None is read for it."""
    return [*_places()]


@cached
def every_claim() -> dict[str, ArticleClaim]:
    """Every claim of the article by its id, in that order."""
    return {name: _read(name) for name in _places()}


def claims_with_unit(unit: str) -> list[ArticleClaim]:
    """The claims whose figures have a unit. Those that write another one are not read."""
    may_have = [
        name
        for name, place in _places().items()
        if unit in place.text or "unit" not in place.text or "shape" in place.text
    ]
    return [found for found in map(_read, may_have) if found.rule.unit == unit]


def _known(name: str) -> str:
    """The id of a claim. Raises UnknownClaim."""
    known = str(name).strip().upper()
    if known not in _places():
        raise UnknownClaim(f'there is no claim "{name}". They run {_spans(_places())}.')
    return known


def _spans(ids: Iterable[str]) -> str:
    """The ids there are, by their letters: "F1-F5, E1-E10 and M1-M15"."""
    series = [list(run) for _, run in itertools.groupby(ids, key=lambda name: name[0])]
    *spans, last = ["-".join(dict.fromkeys((run[0], run[-1]))) for run in series] or [""]
    return f"{', '.join(spans)} and {last}" if spans else last


def row(name: str) -> dict[str, Any]:
    """A claim as a row of claims.csv. Raises UnknownClaim."""
    return dict(find_claim(name).row)


def section_of(name: str) -> str:
    """The section in whose notebook a claim is walked through. Raises UnknownClaim."""
    return article.section_of_notebook(find_claim(name).notebook)


def rule_of(name: str, reading: Variant = "main") -> Rule:
    """The rule of a claim. Raises UnknownClaim; RowError where the claim cannot be read."""
    found = find_claim(name)
    if found.fault:
        raise RowError(found.fault)
    return found.rule.at(reading)


@cached
def edges(name: str) -> list[float]:
    """The values at which a verdict on a claim changes: by its rule, strict and lenient, by an
    amended one, by another reading. Raises UnknownClaim.
    """
    found = find_claim(name)
    rules = (found.rule.at(reading) for reading in get_args(Variant))
    marks = [edge for rule in rules for edge in rule.edges()]
    marks += [level for level in found.rule.levels.values() if isinstance(level, float)]
    changed = [*found.options, *amendments(name)]
    thresholds = (cells[key] for cells in changed for key in ("holds", "partly"))
    return [*marks, *(edge for edge in thresholds if edge is not None and edge == edge)]


def amendments(name: str) -> list[dict[str, Any]]:
    """The rows of data/amendments.csv on a claim. Raises UnknownClaim."""
    known = _known(name)
    return [row for row in evidence.rows("amendments") if row["claim"] == known]


# --- where each stands -----------------------------------------------------------------------


class Block(NamedTuple):
    """Where a claim stands: file and key, as a message begins; the notebook of its file; the number
    of its first line; and its block.
    """

    where: str
    notebook: str
    first: int
    text: str


@cached
def _places() -> dict[str, Block]:
    """Where each claim stands, by the letters of the sections and by number. Only the headers in
    brackets are looked at. A claim in a claims.toml of the data folder stands in the place of the
    article's own: so a reader can change it in a copy of data/.
    """
    places = dict[str, Block]()
    for path, notebook in article.claim_files().items():
        _add(places, path, texts.file_in_messages(path), notebook)
    if (path := data_dir() / article.CLAIMS).is_file():
        _add(places, path, in_messages(path), "")
    return {name: places[name] for name in sorted(places, key=_order)}


def _add(places: dict[str, Block], path: Path, file: str, notebook: str) -> None:
    for name, (first, lines) in _blocks(_lines(path, file)).items():
        before = places[name].notebook if name in places else ""
        places[name] = Block(f"{file}, [{name}]", notebook or before, first, "\n".join(lines))


def _blocks(lines: list[str]) -> dict[str, tuple[int, list[str]]]:
    """The lines of each claim of a file, and the number of the first. A second [E4] joins the
    first: TOML then says what is wrong.
    """
    blocks, current = dict[str, tuple[int, list[str]]](), ""
    for number, line in enumerate(lines, 1):
        if header := HEADER.match(line):
            current = header[1]
            blocks.setdefault(current, (number, []))
        if current:
            blocks[current][1].append(line)
    return blocks


def _lines(path: Path, file: str) -> list[str]:
    try:
        return toml_text(path).splitlines()
    except ValueError as error:
        raise TextError(f"{file}: {error}") from None


def _order(name: str) -> tuple[int, int]:
    return article.current().letters.find(name[0]), int(re.sub("[^0-9]", "", name) or 0)


@cached
def _read(name: str) -> ArticleClaim:
    """A claim; one with a slip has its fault, and its sentence alone."""
    here, block = _places()[name], dict[str, Any]()
    try:
        block = _parsed(here, name)
        return read_claim(here.where, name, here.notebook, block, as_sealed(name, block))
    except NotHeld as lack:
        fault = f"{here.where}: {lack}"
    except Problem as slip:
        fault = str(slip)
    return unread_claim(here.where, name, here.notebook, block, fault)


def _parsed(here: Block, name: str) -> dict[str, Any]:
    """A block as TOML reads it, with the line numbers of its file. Raises TextError."""
    try:
        return dict(parse_toml("\n" * (here.first - 1) + here.text)[name])
    except ValueError as error:
        if len(re.findall(rf"^\[\s*{name}\s*\]", here.text, re.MULTILINE)) > 1:
            raise TextError(f"{here.where} occurs twice: rename one of the two") from None
        raise TextError(f"{here.where}: {error}: mend that line") from None


def before_its_table(name: str) -> ArticleClaim | None:
    """A claim that lacks nothing but its table, which no table of data/ is yet, and whose measure
    says what it is and in which unit; None of any other.
    """
    here = _places()[name]
    try:
        block = _parsed(here, name)
        as_it_was = as_sealed(name, block)
        found = read_claim(here.where, name, here.notebook, block, as_it_was, early=True)
    except Problem:
        return None
    table = found.measure.get("table")
    return found if table and table not in evidence.package()["tables"] else None


def as_written(found: ArticleClaim) -> ArticleClaim:
    """A claim as it stands in the file, whatever was sealed. Raises Problem."""
    return read_claim(found.where, found.id, found.notebook, found.written, found.written)


# --- what was sealed -------------------------------------------------------------------------


def as_sealed(name: str, block: dict[str, Any]) -> dict[str, Any]:
    """A block with what was sealed of it in the place of what stands there now. Whom it compares is
    taken as it stands now: that changes no figure of its own.
    """
    sealed, now = sealed_of(name), block.get("measure", {})
    if "measure" in sealed and isinstance(now, dict) and "compare" in now:
        sealed = sealed | {"measure": sealed["measure"] | {"compare": now["compare"]}}
    return {key: block[key] for key in block if not sealed or key not in SEALED} | sealed


def sealed_rows() -> list[dict[str, str]]:
    """The rows of sealed.csv beside article.toml, none where there is none."""
    path = article.current().folder / "sealed.csv"
    if not is_there(path):
        return []
    return [*csv.DictReader(io.StringIO(file_text(path), newline=""))]


def sealed_of(name: str) -> dict[str, Any]:
    """What was sealed of a claim's block; {} where it was not. Raises TextError."""
    return {key: value for key, value in _sealed_with_tables(name).items() if key in SEALED}


def sealed_tables(name: str) -> dict[str, str]:
    """The digests of the tables of a claim on the day of its seal, by table; {} where it was not
    sealed, or its seal does not tell. Raises TextError.
    """
    return dict(_sealed_with_tables(name).get("tables", {}))


def sealed_sentence(name: str) -> str:
    """What a claim said on the day of its seal; "" where it was not sealed, or its seal does not
    tell. Raises TextError.
    """
    return str(_sealed_with_tables(name).get("says", ""))


@cached
def _sealed_with_tables(name: str) -> dict[str, Any]:
    for sealed in sealed_rows():
        if sealed["claim"] == name and sealed.get("block"):
            try:
                return dict(json.loads(sealed["block"]))
            except ValueError:
                says = f"sealed.csv, {name}: the block cannot be read: restore it"
                raise TextError(says) from None
    return {}
