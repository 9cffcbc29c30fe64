"""data/claims.csv and data/readings.csv, written from the `claims.toml` of the sections: there a
claim stands whole, with its rule, its readings and what its card says.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from heldto import article, evidence
from heldto.claims import blocks, course
from heldto.claims.rule import Rule
from heldto.errors import Problem, TextError, write_atomic
from heldto.evidence.paths import data_dir, in_messages, shipped_data_dir
from heldto.evidence.tables import Field
from heldto.text import texts

COMMAND = "validate --codebook"
BY_PLACE = ("id", "section", "notebook")  # columns that follow from where a claim stands
BESIDE = ("tables", "says", "readings", "draw")  # keys of a claim that are no columns of claims.csv
BY_ORDER = ("claim", "dimension", "own", "asks")  # columns that no option of a reading has

Row = dict[str, str]

QUOTED = 'write it in "quotes"'


class WrittenClaim(NamedTuple):
    """A claim as it stands in a file: its id, its row of claims.csv, its rows of readings.csv."""

    name: str
    row: Row
    readings: list[Row]


def tables() -> dict[str, str]:
    """What the tables hold that are written from the claims: {name of the table: its text}; {} for
    an article without a `claims.toml`.

    Claims come by the letters of the article's sections, and by number. Raises TextError naming
    file, claim and key of a slip. {} of a plain article, whose tables are made when they are read.
    """
    if article.current().plain:
        return {}
    letters = [section.letter for section in article.current().sections.values() if section.letter]
    claims = [claim for section in article.notebooks() for claim in _claims(section)]
    if not claims:
        return {}
    claims.sort(key=lambda claim: (letters.index(claim.name[0]), int(claim.name[1:])))
    by_table = {"claims": [claim.row for claim in claims]}
    by_table["readings"] = [row for claim in claims for row in claim.readings]
    described = evidence.package()["tables"]
    return {name: _csv(name, rows) for name, rows in by_table.items() if name in described}


def claims_made() -> list[Row]:
    """The rows of the table of claims of a plain article, by letter and number. A claim whose block
    has a slip stands there with its sentence alone, and `blocks.fault` says what is wrong.
    """
    return [claim.row for claim in _made()]


def readings_made() -> list[Row]:
    """The rows of its table of readings."""
    return [row for claim in _made() for row in claim.readings]


def _made() -> list[WrittenClaim]:
    path = article.current().folder / article.CLAIMS
    by_id, faults = blocks.read_block(path)
    blocks_by_id = {name: by_id.get(name, {}) for name in [*by_id, *faults]}
    claims = [
        _made_claim(f"{texts.file_in_messages(path)}, [{name}]", name, block)
        for name, block in blocks_by_id.items()
    ]
    letters = article.current().letters
    return sorted(claims, key=lambda claim: (letters.find(claim.name[0]), int(claim.name[1:] or 0)))


def _made_claim(where: str, name: str, block: Any) -> WrittenClaim:
    """A claim of a plain article; where its block has a slip, with its sentence alone."""
    section = next(
        (n for n, one in article.current().sections.items() if one.letter == name[0]), ""
    )
    try:
        if not blocks.is_block(block):
            raise TextError(f'{where}: says is missing: write says = "the claim in your words"')
        if slip := blocks.fault(name):
            raise TextError(slip)
        block = blocks.claim_block(name) or block
        return WrittenClaim(
            name, _row(where, name, block, section), [*_readings(where, name, block)]
        )
    except TextError:
        sentence = block.get("says", "") if isinstance(block, Mapping) else ""
        row = {"id": name, "section": section, "rule": "undecided", "kind": "descriptive"}
        row |= {"notebook": article.current().sections[section].notebook if section else ""}
        row |= {"claim": str(sentence) or "(its block cannot be read)", "unit": "number"}
        row |= {"measure": "not read", "thresholds": "not read", "standing": "false"}
        return WrittenClaim(name, row | {"actors": ";".join(evidence.actors.ALL)}, [])


def stale_tables() -> Iterator[str]:
    """What is wrong with the tables that came with the article, a sentence for each that is not
    what its claims say, or one for a slip in these. None of a reader's own data.
    """
    if not _came_with_the_article():
        return
    try:
        for name, text in tables().items():
            path = _path(name)
            if not path.is_file() or path.read_bytes() != text.encode():
                command = f"{article.current().package} {COMMAND}"
                remedy = f"mend the claim there, and {command} writes it"
                yield f"{in_messages(path)} differs from the claims.toml of the sections: {remedy}"
    except TextError as slip:
        yield str(slip)


def write_claim_tables() -> list[Path]:
    """Write the tables that came with the article where they are not what its claims say, and none
    of a reader's own data. Returns the paths written. Raises TextError as `tables` does.
    """
    if not _came_with_the_article():
        return []
    contents = {_path(name): text.encode() for name, text in tables().items()}
    changed = {path: raw for path, raw in contents.items() if _bytes(path) != raw}
    return [write_atomic(path, raw) for path, raw in changed.items()]


def _came_with_the_article() -> bool:
    return data_dir().resolve() == shipped_data_dir().resolve()


def _path(name: str) -> Path:
    return data_dir() / evidence.describe(name)["path"]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _csv(name: str, rows: Sequence[Row]) -> str:
    written = io.StringIO()
    columns = [field["name"] for field in _fields(name)]
    writer = csv.DictWriter(written, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def _fields(name: str) -> list[Field]:
    return evidence.describe(name)["schema"]["fields"]


# One claim


def _claims(section: str) -> Iterator[WrittenClaim]:
    """The claims of a section's file, in its order; none where it has no such file."""
    path = article.section_dir(section) / "claims.toml"
    if not path.is_file():
        return
    for name, entry in texts.read(path).items():
        where = f"{texts.file_in_messages(path)}, [{name}]"
        yield WrittenClaim(
            name, _row(where, name, entry, section), [*_readings(where, name, entry)]
        )


def _row(where: str, name: str, entry: Any, section: str) -> Row:
    """A claim's row of claims.csv. Raises TextError."""
    sections = article.current().sections
    by_letter = {one.letter: title for title, one in sections.items() if one.letter}
    if not re.fullmatch("[A-Z][0-9]+", name) or name[0] not in by_letter:
        raise TextError(
            f"{where}: write a letter ({', '.join(by_letter)}) and a number in the brackets"
        )
    if blocks.is_block(entry):
        entry = blocks.standard_reading(where, name, entry)
    _look_beside(where, _table(where, entry))
    fields = [field for field in _fields("claims") if field["name"] not in BY_PLACE]
    columns = {key: value for key, value in entry.items() if key not in BESIDE}
    row = dict(zip(BY_PLACE, (name, by_letter[name[0]], sections[section].notebook), strict=True))
    row |= _cells(where, columns, fields, BESIDE)
    blank = {field["name"]: "" if field["type"] == "string" else None for field in fields}
    numbers = {key: columns[key] for key, cell in blank.items() if cell is None and key in columns}
    try:
        Rule.read(blank | row | numbers)
    except Problem as fault:
        raise TextError(f"{where}, {str(fault).removeprefix('column ')}") from None
    return row


def _look_beside(where: str, entry: Mapping[str, Any]) -> None:
    """Raises TextError where what a claim credits, or what its card says, cannot be read."""
    known = evidence.package()["tables"]
    for table in entry.get("tables", ()):
        if table not in known:
            raise TextError(f'{where}, tables: no "{table}". {texts.instead(table, known)}')
    for sentence, text in _table(f"{where[:-1]}.says]", entry.get("says", {})).items():
        _demand(isinstance(text, str), f"{where[:-1]}.says], {sentence}", text, QUOTED)
    if "draw" in entry:
        course.check_declared(f"{where[:-1]}.draw]", entry["draw"])


def _readings(where: str, name: str, entry: Mapping[str, Any]) -> Iterator[Row]:
    """A claim's rows of readings.csv: the first option of each dimension is the ledger's own.
    Raises TextError.
    """
    fields = [field for field in _fields("readings") if field["name"] not in BY_ORDER]
    inside = f"{where[:-1]}.readings"
    if blocks.is_block(entry):
        entry = blocks.standard_reading(where, name, entry)
    for dimension, choice in _table(f"{inside}]", entry.get("readings", {})).items():
        location = f"{inside}.{dimension}]"
        entries = texts.Entries(location, _table(location, choice), "key")
        if more := entries.keys() - {"asks", "options"}:
            raise TextError(
                f'{location}: nothing reads the key "{min(more)}": write asks and options'
            )
        _demand(
            entries["asks"] and isinstance(entries["asks"], str),
            f"{location}, asks",
            entries["asks"],
            QUOTED,
        )
        for number, option in enumerate(entries["options"], 1):
            cells = {"claim": name, "dimension": dimension, "own": "false"}
            if number == 1:
                cells |= {"own": "true", "asks": entries["asks"]}
            place = f"{location}, option {number}"
            yield cells | _cells(place, _table(place, option), fields, ())


def _table(where: str, value: Any) -> Mapping[str, Any]:
    """What stands there, which must be keys with their values. Raises TextError."""
    if not isinstance(value, dict):
        raise TextError(f'{where}: "{value}" is not a table: write keys and their values there')
    return value


# One cell


def _cells(
    where: str, entry: Mapping[str, Any], fields: Sequence[Field], more: Sequence[str]
) -> Row:
    """The cells of a row by column, those that are not blank. more: keys that may stand there
    besides. Raises TextError for a key that is no column, or a value that its field refuses.
    """
    by_name = {field["name"]: field for field in fields}
    for key in entry:
        if key not in by_name:
            hint = texts.instead(key, [*by_name, *more])
            raise TextError(f'{where}: nothing reads the key "{key}". {hint}')
    row = {}
    for key, field in by_name.items():
        limits = field.get("constraints", {})
        if key in entry:
            row[key] = _cell(f"{where}, {key}", entry[key], field)
        elif field["type"] == "boolean":
            row[key] = "false"
        elif limits.get("required"):
            raise TextError(f"{where}: {key} is missing: {field.get('title', 'write it')}")
    return row


def _cell(where: str, value: Any, field: Field) -> str:
    """A value as its cell has it: a list with semicolons, a table as name=value. Raises
    TextError.
    """
    kind, limits = field["type"], field.get("constraints", {})
    if kind == "boolean":
        _demand(isinstance(value, bool), where, value, "write true or false")
        return str(value).lower()
    if kind in ("integer", "number"):
        kinds = (int,) if kind == "integer" else (int, float)
        good = isinstance(value, kinds) and not isinstance(value, bool)
        expected = "a whole number" if kind == "integer" else "a number"
        _demand(good, where, value, f"write {expected}, without quotes")
        return str(value)
    if isinstance(value, list):
        value = ";".join(map(str, value))
    elif isinstance(value, dict):
        value = "; ".join(f"{name}={level}" for name, level in value.items())
    _demand(isinstance(value, str) and value, where, value, QUOTED)
    if words := limits.get("enum"):
        _demand(value in words, where, value, texts.instead(value, words))
    if form := limits.get("pattern"):
        _demand(re.fullmatch(form, value), where, value, f"it should match {form}")
    return value


def _demand(good: object, where: str, value: object, remedy: str) -> None:
    if not good:
        raise TextError(f'{where}: "{value}" is not allowed here: {remedy}')
