"""The tables of data/: described by datapackage.json, cut at a vintage, held against each other,
each with its source and licence.
"""

import json
from collections.abc import Collection, Iterator, Sequence, Sized
from copy import deepcopy
from numbers import Real
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, get_args

import lazy_loader
import numpy as np
import pandas as pd

from heldto import article
from heldto.errors import NotHeld, Problem, did_you_mean
from heldto.evidence import plain, tables
from heldto.evidence.caching import by_content, cached, digest, file_digest
from heldto.evidence.paths import data_dir, in_messages
from heldto.evidence.tables import DataError
from heldto.foreign import link_fault, name_fault, printed_leaves

Vintage = Literal["then", "since"]
Entry = dict[str, Any]  # of datapackage.json

CUTS: dict[str, Any]  # of the current article

NOWHERE = np.array([], dtype=int)
SMALL = 1000  # rows that are copied sooner than shared
COPIES_ON_WRITE = int(pd.__version__.split(".")[0]) >= 3  # pandas itself, when a copy is changed

R = TypeVar("R")
S = TypeVar("S", bound=Sized)

_lent = lazy_loader.attach(__name__, ["actors", "glossary"])[0]


def __getattr__(name: str) -> Any:
    return article.current().cuts if name == "CUTS" else _lent(name)


class UnknownYear(NotHeld):
    """No figure is known for that year."""


@cached
def package() -> Entry:
    """Describe what data/ has, as datapackage.json does.

    Returns a dict with name, title, description, version, licenses and resources, as the Data
    Package standard has them, and "tables": {name of a table: its entry, as `evidence.describe`
    returns it}. It is your own copy. Raises DataError where the file is missing or broken.

    Examples
    --------
    >>> [name for name in fr.evidence.package()["tables"] if name.startswith("military/w")]
    ['military/wars', 'military/warheads']
    """
    path = data_dir() / "datapackage.json"
    try:
        description = plain.NOTHING if plain.lacks(path) else json.loads(tables.file_text(path))
        counted = enumerate(description["resources"], 1)
        entries = {entry.get("name", f"number {n}"): entry for n, entry in counted}
        printed_leaves(description)  # raises
    except FileNotFoundError:
        remedy = f"restore it, or point {article.DATA} at a folder that has one"
        raise DataError(f"{in_messages(path)} is missing: {remedy}") from None
    except json.JSONDecodeError as error:
        where = f"{in_messages(path)}, row {error.lineno}, column {error.colno}"
        raise DataError(f"{where}: {error.msg}: mend the JSON there") from None
    except Problem:
        raise
    except ValueError as error:
        raise DataError(f"{in_messages(path)}: {error}: mend it") from None
    except RecursionError:
        says = "brackets stand too deep in brackets"
        raise DataError(f"{in_messages(path)}: {says}: restore the file") from None
    except (KeyError, TypeError, AttributeError) as error:
        says = f"no list of tables could be read ({error})"
        raise DataError(f"{in_messages(path)}: {says}: restore the file") from None
    for name, entry in entries.items():
        where = f'{in_messages(path)}, table "{name}"'
        if unread := next(_unread(entry), None):
            raise DataError(f"{where}: {unread}")
        if lacking := next(_lacking(entry), None):
            raise DataError(f"{where}: {lacking} is missing: put it back")
        place = str(entry["path"])
        if fault := name_fault(place, "data/") or link_fault(data_dir(), place):
            raise DataError(f'{where}: path "{entry["path"]}" {fault}')
    completed = {name: plain.completed(entry) for name, entry in entries.items()}
    description = plain.NOTHING | description | {"resources": [*completed.values()]}
    entries = plain.standard_tables() | completed
    for name in ("claims", "readings"):  # what claims.toml says; a file of that name is an export
        entries[name] = entries[name] | {"made": plain.MAKERS[name]}
    return description | {"tables": entries}


def _unread(entry: Entry) -> Iterator[str]:
    """What the standard of data packages allows in a description of a table, and we do not read,
    each with the remedy.
    """
    for word in ("name", "path"):
        if entry.get(word) and not isinstance(entry[word], str):
            yield f"{word} is no text: write one {'file' if word == 'path' else 'name'} in quotes"
    schema = entry.get("schema") or {}
    if not isinstance(schema, dict):
        yield 'schema is no table: write its {"fields": [...]} here, and no other file'
        return
    for word in ("fields", "foreignKeys"):
        entries = schema.get(word) or []
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            yield f"schema.{word} is no list of tables: write [{{...}}, {{...}}]"
    for number, key in enumerate(schema.get("foreignKeys") or [], 1):
        if isinstance(key, dict) and not isinstance(key.get("reference", {}), dict):
            yield f"schema.foreignKeys.{number}.reference is no table: write {{...}}"
    if not isinstance(entry.get("time") or {}, dict):
        yield 'time is no table: write {"field": ..., "cut": ...}'


def _lacking(entry: Entry) -> Iterator[str]:
    """What reading a table needs and its description has not."""
    yield from (word for word in ("name", "path", "schema") if not entry.get(word))
    schema, time = entry.get("schema") or {}, entry.get("time")
    if not schema.get("fields"):
        yield "schema.fields"
    for number, field in enumerate(schema.get("fields", []), 1):
        if not {"name", "type"} <= set(field):
            yield f"schema.fields.{number}: name or type"
        elif field["type"] not in tables.TYPES:
            yield f"schema.fields.{number}: a type that can be read ({', '.join(tables.TYPES)})"
    for number, key in enumerate(schema.get("foreignKeys", []), 1):
        if "fields" not in key or not {"resource", "fields"} <= set(key.get("reference", {})):
            yield f"schema.foreignKeys.{number}: fields or reference"
    names = [field.get("name") for field in schema.get("fields", [])]
    pairs = entry.get("pairs", [])
    if not isinstance(pairs, list) or [names.count(one) for one in pairs] not in ([], [1, 1]):
        yield "pairs: two of its columns"
    if time and ("field" not in time or time.get("cut") not in article.current().cuts):
        yield f"time.field, and time.cut ({', '.join(article.current().cuts)})"


def describe(name: str) -> Entry:
    """Return the description of one table from datapackage.json: fields, keys, sources, licence and
    traps.

    Returns a dict. `["schema"]["fields"]` has a dict for each column, with name, type, description
    and, if it has one, unit. `["traps"]` is a list of sentences on what a hasty reader gets wrong.
    `["sources"]` says who published the figures, and when they were fetched. Raises DataError for
    an unknown name, with a suggestion.

    Examples
    --------
    >>> fields = fr.evidence.describe("economic/partners")["schema"]["fields"]
    >>> {field["name"]: field.get("unit", "") for field in fields}
    {'reporter': '', 'partner': '', 'year': '', 'total_usd': 'current US dollars'}
    """
    entries = package()["tables"]
    if name not in entries:
        words = {
            word: f'"{table_name}"'
            for table_name in entries
            for word in (table_name, table_name.split("/")[-1])
        }
        hint = did_you_mean(name, words, 'list(fr.evidence.package()["tables"]) names them.')
        raise DataError(f'there is no table "{name}". {hint}')
    return entries[name]


def describe_column(table: str, column: str) -> Entry:
    """How one column of a table is described in datapackage.json: its name, type and what else is
    said of it; {} where the table has no such column. Raises DataError.
    """
    fields = describe(table)["schema"]["fields"]
    return next((field for field in fields if field["name"] == column), {})


def table(name: str, vintage: Vintage | None = None) -> pd.DataFrame:
    """A table of data/ as a DataFrame: `fr.evidence.table("economic/trade")`.

    name: one of the names in `fr.evidence.package()["tables"]`. vintage: "then" keeps what was
    known on the article's day: years to the last whole one, months to two months before, events to
    that day. "since", or no vintage, keeps all rows.

    Returns a fresh copy with a row for each record, its columns typed as datapackage.json says;
    figures are as the source gives them, and blanks are NaN. `fr.evidence.describe` and
    data/README.md explain columns, units and traps; `fr.evidence.source` returns the credit line.
    Raises DataError, which names file, row, column and remedy; Problem for another vintage.

    Examples
    --------
    >>> warheads = fr.evidence.table("military/warheads", "then")
    >>> warheads.query("actor == 'CHN'").tail(2)
       actor  year  warheads
    32   CHN  2017       270
    33   CHN  2018       280
    """
    known_vintage(vintage)
    frame: pd.DataFrame = own_copy(_at(name, vintage))
    if pairs := describe(name).get("pairs"):
        frame.attrs["pairs"] = tuple(pairs)
    return frame


@cached
def _at(name: str, vintage: Vintage | None) -> pd.DataFrame:
    """A table as a vintage has it."""
    frame = _checked_table(name)
    if vintage != "then" or (mask := _known_then(name)).all():
        return frame
    return frame[mask].reset_index(drop=True)


@cached
def _known_then(name: str) -> np.ndarray:
    """Whether each row of a table was known then: all are, in a table without a time."""
    frame, time = _checked_table(name), describe(name).get("time")
    cuts = article.current().cuts
    cells = frame[time["field"]] <= cuts[time["cut"]] if time else [True] * len(frame)
    return np.array(cells)


def where(name: str, /, vintage: Vintage | None = None, **cells: Any) -> pd.DataFrame:
    """The rows of a table that hold these cells: `where("economic/trade", reporter="CHN")`.

    A column called `name` can be asked for as well. A table of pairs has each pair once: it is
    found in either order. Where they lie is remembered. Raises DataError.
    """
    places = _places(name, tuple(cells)).get(tuple(cells.values()), NOWHERE)
    one, other = describe(name).get("pairs", (None, None))
    if not len(places) and one in cells and other in cells:
        turned = cells | {one: cells[other], other: cells[one]}
        places = _places(name, tuple(turned)).get(tuple(turned.values()), NOWHERE)
    return _checked_table(name).iloc[
        places[_known_then(name)[places]] if vintage == "then" else places
    ]


@cached
def _places(name: str, columns: tuple[str, ...]) -> dict[tuple, Any]:
    """{cells of these columns: the numbers of the rows that hold them}."""
    indices = _checked_table(name).groupby(list(columns)).indices
    return {key if len(columns) > 1 else (key,): rows for key, rows in indices.items()}


def own_copy(found: R) -> R:
    """What is remembered, as a copy of one's own to change."""
    if isinstance(found, pd.DataFrame):
        # pandas notes of a frame each copy that shares with it, also when the copy is gone
        return found.copy(deep=not COPIES_ON_WRITE or len(found) < SMALL)
    return deepcopy(found)


@cached
def rows(name: str, vintage: Vintage | None = None) -> tuple[dict[str, Any], ...]:
    """A table as a tuple of dicts, always the same ones: to look things up in, not to change. None
    of a table that an article may do without. Raises DataError.
    """
    return tuple(_at(name, vintage).to_dict("records"))


def known_vintage(vintage: Any) -> Vintage | None:
    """The vintage itself, or None for none. Raises Problem where there is no such vintage."""
    if vintage is not None and str(vintage) not in get_args(Vintage):
        raise Problem(f'vintage is "then" or "since", not "{vintage}"')
    return vintage


def vintages(vintage: Vintage | None) -> tuple[Vintage, ...]:
    """The vintage alone, both where it is None."""
    return (vintage,) if vintage else get_args(Vintage)


def known_year(frame: pd.DataFrame | Collection[int], year: Any, what: str = "figure") -> int:
    """The year itself where a yearly frame (its column `year`), or any collection of years, holds
    it.

    Raises UnknownYear with the years held and the nearest; what: the thing asked for, in words.
    """
    years = frame["year"].unique().tolist() if isinstance(frame, pd.DataFrame) else frame
    held_years = sorted(set(years))
    if year in held_years:
        return year
    if not held_years:
        raise UnknownYear(f"no {what} for {year}: the table has none for any year")
    ends = zip(
        *([other for other in held_years if other + step not in held_years] for step in (-1, 1)),
        strict=True,
    )
    spans = ", ".join(f"{first}-{last}" if first < last else f"{first}" for first, last in ends)
    says = f"no {what} for {year}: the table has {spans}."
    if isinstance(year, Real):
        says += f" Did you mean {min(held_years, key=lambda other: abs(other - year))}?"
    raise UnknownYear(says)


def held(figure: float, what: str) -> float:
    """The figure itself where it is held. Raises NotHeld where it is NaN; what: whose figure, and
    which, in words.
    """
    if pd.isna(figure):
        raise NotHeld(f"no figure for {what}")
    return figure


def some(rows: S, what: str, remedy: str = "", lack: type[NotHeld] = NotHeld) -> S:
    """The rows themselves where there are any. Raises NotHeld where there is none; what: whose
    rows, and of what, in words; remedy: what to do then; lack: a kind of NotHeld of one's own.
    """
    if len(rows):
        return rows
    raise lack(*filter(None, (f"no figure for {what}", remedy)))


# Reading and checking


@cached
def _checked_table(name: str) -> pd.DataFrame:
    """A table whose keys were held against the tables it is linked to: now, or when the file was
    last checked; or as it is made.
    """
    if maker := describe(name).get("made"):
        return plain.plain_package(maker, describe(name))
    links = _links(describe(name)["schema"])
    if all(_was_checked(other) for other in {name, *(link.other or name for link in links)}):
        return _alone(name)
    if describe(name).get("apart"):
        return numbered(name).reset_index(drop=True)
    return check_table(name).reset_index(drop=True)


class Sound(NamedTuple):
    """A table of which each row stands for itself: `read` as far as it can be, each row `written`,
    and what is wrong with some of them, by the row in the file.
    """

    read: pd.DataFrame
    written: pd.DataFrame
    faults: dict[int, str]


@cached
def _sound(name: str) -> Sound:
    path, entry = _path(name), describe(name)
    if "made" in entry:
        return Sound(_checked_table(name), _checked_table(name), {})
    schema, may_be_empty = entry["schema"], entry.get("may_be_empty", False)
    try:
        written, faults = tables.read_sound_cells(path, schema["fields"], may_be_empty)
    except FileNotFoundError:
        raise _missing(name) from None
    messages = {row: str(fault) for row, fault in faults.items()}
    first, *_ = tables.several(schema.get("primaryKey")) or [schema["fields"][0]["name"]]
    unnamed = [row for row in messages if written[first][row] == ""]
    read = written.drop(index=unnamed)
    while True:
        try:
            _check_key(path, read, entry)
            for link in _links(schema):
                _check_link(path, read, name, link)
            return Sound(read, written, messages)
        except DataError as fault:
            if fault.row not in read.index:  # the fault is the file's, or the description's
                raise
            messages.setdefault(fault.row, str(fault))
            read = read.drop(index=fault.row)


def numbered(name: str) -> pd.DataFrame:
    """A table of which each row stands for itself (`apart` in datapackage.json), its index the row
    in the file.

    A cell that cannot be read is blank, and a row whose key cannot be read, stands twice or points
    nowhere is left out: `spoilt` says so. Raises DataError where the file cannot be read.
    """
    return _sound(name).read


def spoilt(name: str, column: str) -> list[tuple[Any, str]]:
    """What is wrong with single rows of such a table: pairs of (the row's cell of a column, file,
    row, column and remedy); [] where nothing is. Raises DataError as `numbered`.
    """
    if _was_checked(name):
        return []
    sound = _sound(name)
    return [(sound.written[column][row], says) for row, says in sorted(sound.faults.items())]


def _path(name: str) -> Path:
    return data_dir() / describe(name)["path"]


def _missing(name: str) -> DataError:
    remedy = "restore it, or delete the table in datapackage.json"
    if describe(name).get("may_be_empty"):
        remedy = "restore it, or write only its header if there is nothing to say"
    return DataError(f"{in_messages(_path(name))} is missing: {remedy}")


@cached
def _was_checked(name: str) -> bool:
    """Whether a file stands as it was when all of it was checked, and its checksum written down."""
    entry = describe(name)
    if "made" in entry:
        return True
    try:
        return entry.get("checked") == tables.checksum(_path(name), entry["schema"])
    except FileNotFoundError:
        raise _missing(name) from None


@cached
def _alone(name: str) -> pd.DataFrame:
    """A table by itself, its keys not looked at."""
    if "made" in describe(name):
        return _checked_table(name)
    if _was_checked(name):
        return tables.read_table(_path(name), describe(name)["schema"]["fields"])
    return _cell_by_cell(name)


def _cell_by_cell(name: str) -> pd.DataFrame:
    """A table that is read row by row, its index the row in the file, so that a fault names its
    cell.
    """
    entry = describe(name)
    return tables.read_checked(
        _path(name), entry["schema"]["fields"], entry.get("may_be_empty", False)
    )


def check_table(name: str) -> pd.DataFrame:
    """A table, read and looked at cell by cell, its keys held against the tables it is linked to;
    its index is the row in the file.

    Raises DataError naming file, row, column and remedy.
    """
    if "made" in describe(name):
        return own_copy(_checked_table(name))
    linked = {link.other for link in _links(describe(name)["schema"])} & package()["tables"].keys()
    state = (str(article.current().folder), *map(_state, [name, *sorted(linked)]))
    return own_copy(_checked(name, state))


def _state(name: str) -> str:
    """What tells a table from any with other cells or another description."""
    made = "made" in describe(name)
    cells = digest(_checked_table(name)) if made else file_digest(_path(name))
    return json.dumps(describe(name), default=str) + cells


@by_content
def _checked(name: str, state: tuple[str, ...]) -> pd.DataFrame:
    """A table of data/ and its keys. state: what tells it, and those that it is linked to, from any
    with other cells.
    """
    path, schema = _path(name), describe(name)["schema"]
    try:
        frame = _cell_by_cell(name)
    except FileNotFoundError:
        raise _missing(name) from None
    _check_key(path, frame, describe(name))
    for link in _links(schema):
        _check_link(path, frame, name, link)
    return frame


def _check_key(path: Path, frame: pd.DataFrame, entry: Entry) -> None:
    columns = tables.several(entry["schema"].get("primaryKey"))
    keys, remedy = frame[columns], "occurs twice: keep one of the two rows"
    if {*(pair := entry.get("pairs", ()))} & {*columns} and not keys.duplicated().any():
        keys = keys.assign(**dict(zip(pair, np.sort(keys[[*pair]].astype(str)).T, strict=True)))
        remedy = (
            "stands here the other way round, and a pair has one row: "
            'delete one of the two, or "pairs" in the description if the order means something'
        )
    if columns and (twice := keys.duplicated()).any():
        row = twice.idxmax()
        key = ", ".join(f"{name}={frame[name][row]}" for name in columns)
        where = f"{in_messages(path)}, row {row}, column {'+'.join(columns)}"
        fault = DataError(f"{where}: {key} {remedy}")
        fault.row = int(row)
        raise fault


class Link(NamedTuple):
    """Columns that point to columns of another table ("": of the table itself), besides a few codes
    that stand in neither.
    """

    columns: list[str]
    other: str
    theirs: list[str]
    besides: Sequence[str] = ()


def _links(schema: Entry) -> list[Link]:
    """The foreign keys that are declared, and the columns of actors `besides` a few other codes."""
    keys = [(key["fields"], key["reference"]) for key in schema.get("foreignKeys", [])]
    links = [
        Link(tables.several(columns), reference["resource"], tables.several(reference["fields"]))
        for columns, reference in keys
    ]
    coded = [field for field in schema["fields"] if "besides" in field]
    return links + [Link([field["name"]], "actors", ["actor"], field["besides"]) for field in coded]


def _check_link(path: Path, frame: pd.DataFrame, name: str, link: Link) -> None:
    """Every key of these columns stands in the other table; a key that is blank points nowhere."""
    there = _linked(link.other) if link.other not in ("", name) else frame
    for checked, columns, where in ((frame, link.columns, name), (there, link.theirs, link.other)):
        if absent := [column for column in columns if column not in checked]:
            place = f'{in_messages(data_dir() / "datapackage.json")}, table "{name}"'
            lack = f"a foreign key names {absent[0]}, which is not in {where}"
            raise DataError(f"{place}: {lack}: mend the key")
    valid_keys = {*_keys(there, link.theirs), *((code,) for code in link.besides)}
    dangling = [
        key not in valid_keys and any(map(_filled, key)) for key in _keys(frame, link.columns)
    ]
    if any(dangling):
        values = frame[link.columns].astype(str).agg(" ".join, axis=1)
        spelt = {words: words for words in sorted(" ".join(map(str, key)) for key in valid_keys)}
        hint = did_you_mean(values.iloc[dangling.index(True)], spelt)
        file = describe(link.other)["path"] if link.other else "this table"
        meant = f" ({hint[0].lower()}{hint[1:]})" if hint else ""
        column, remedy = "+".join(link.columns), f"mend it{meant}, or add it there"
        missing = pd.Series(dangling, frame.index)
        tables.refuse(path, column, values, missing, f"is not in {file}", remedy)


def _linked(name: str) -> pd.DataFrame:
    """A table that others point to, its own keys not looked at."""
    return numbered(name) if describe(name).get("apart") else _alone(name)


def _keys(frame: pd.DataFrame, columns: list[str]) -> list[tuple[Any, ...]]:
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))


def _filled(cell: object) -> bool:
    return cell != "" and not pd.isna(cell)


# Credit


def retrieved(name: str) -> int:
    """The year in which a table was last brought up to date, an integer."""
    return max(int(one["retrieved"][:4]) for one in describe(name)["sources"])


def source(*names: str) -> str:
    """Return the credit line of one or more tables, as pictures and verdicts print it.

    Returns the titles of their sources, separated by semicolons, each once. Raises DataError for an
    unknown table.

    Examples
    --------
    >>> fr.evidence.source("economic/trade", "economic/partners")
    'IMF Direction of Trade Statistics (2022)'
    """
    titles = [title["title"] for name in names for title in describe(name)["sources"]]
    return "; ".join(dict.fromkeys(titles))
