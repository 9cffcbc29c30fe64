"""The tables of data/: described by datapackage.json, cut at a vintage, held against each other, each with its source and licence."""

import json
from contextlib import contextmanager
from functools import lru_cache
from numbers import Real
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from frenemies.errors import NotHeld, Problem, did_you_mean, write_atomic
from frenemies.evidence import tables
from frenemies.evidence.paths import data_dir, in_messages
from frenemies.evidence.tables import DataError

CUTS = {"annual": 2018, "month": "2019-06", "date": "2019-08-09"}


class UnknownYear(NotHeld):
    """No figure is known for that year."""


class Description(NamedTuple):
    """datapackage.json, read: what it says, the tables that each table is linked to, its folder, and when it was written."""

    package: dict
    linked: dict
    folder: Path
    stamp: int


def package():
    """The data package's description (datapackage.json) as a dict, and its "tables" by name. Raises DataError where it is missing or broken."""
    return _description().package


def _description():
    path = data_dir() / "datapackage.json"
    try:
        return _described(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise DataError(
            f"{in_messages(path)} is missing: restore it, or point FRENEMIES_DATA at a folder that has one"
        ) from None


@lru_cache(maxsize=8)
def _described(path, stamp):
    try:
        found = json.loads(tables.text(path))
        entries = {
            entry.get("name", f"number {n}"): entry for n, entry in enumerate(found["resources"], 1)
        }
    except json.JSONDecodeError as error:
        raise DataError(
            f"{in_messages(path)}, row {error.lineno}, column {error.colno}: {error.msg}: mend the JSON there"
        ) from None
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{in_messages(path)}: no list of tables could be read ({error}): restore the file"
        ) from None
    for name, entry in entries.items():
        _check_entry(path, name, entry)
    linked = {name: sorted(_others(name, entry["schema"])) for name, entry in entries.items()}
    return Description(found | {"tables": entries}, linked, path.parent, stamp)


def _check_entry(path, name, entry):
    """A table's description has what reading the table needs."""
    lacking = [word for word in ("name", "path", "schema") if not entry.get(word)]
    schema, time = entry.get("schema") or {}, entry.get("time") or {"field": "", "cut": "annual"}
    lacking += ["schema.fields"] * (not schema.get("fields"))
    lacking += [
        f"schema.fields.{number}: name or type"
        for number, field in enumerate(schema.get("fields", []), 1)
        if not {"name", "type"} <= set(field)
    ]
    lacking += [
        f"schema.fields.{number}: a type that can be read ({', '.join(tables.TYPES)})"
        for number, field in enumerate(schema.get("fields", []), 1)
        if field.get("type", "string") not in tables.TYPES
    ]
    lacking += [
        f"schema.foreignKeys.{number}: fields or reference"
        for number, key in enumerate(schema.get("foreignKeys", []), 1)
        if "fields" not in key or not {"resource", "fields"} <= set(key.get("reference", {}))
    ]
    lacking += [f"time.field, and time.cut ({', '.join(CUTS)})"] * (
        "field" not in time or time.get("cut") not in CUTS
    )
    if lacking:
        raise DataError(
            f'{in_messages(path)}, table "{name}": {lacking[0]} is missing: put it back'
        )


def describe(name):
    """One table's entry in datapackage.json: fields, keys, sources, licence, traps. Raises DataError for an unknown name."""
    return _entry(_description(), name)


def _entry(described, name):
    known = described.package["tables"]
    if name not in known:
        raise DataError(
            f'there is no table "{name}". '
            + did_you_mean(name, list(known), "data/README.md lists them.")
        )
    return known[name]


def table(name, vintage=None):
    """A table of data/ as a DataFrame, typed, a fresh copy: `table("economic/trade")`.

    vintage "then" keeps what the record held up to 9 August 2019: years to 2018, months to June 2019, events to that day.
    Columns, units and source: data/README.md. Raises DataError naming file, row, column and remedy.
    """
    frame = _load(*_versions(name))
    return _known(frame, describe(name).get("time"), vintage).copy()


def rows(name):
    """A table as a tuple of dicts, always the same ones: to look things up in, not to change. Raises DataError."""
    return _rows(*_versions(name))


def _known(frame, time, vintage):
    if vintage not in (None, "then", "since"):
        raise Problem(f'vintage is "then" or "since", not "{vintage}"')
    if vintage != "then" or not time:
        return frame
    return frame[frame[time["field"]] <= CUTS[time["cut"]]].reset_index(drop=True)


def known_year(frame, year, what="figure"):
    """The year itself where a yearly frame (its column `year`), or any collection of years, holds it.

    Raises UnknownYear with the span held and the nearest year; what: the thing asked for, in words.
    """
    held = sorted(set(frame["year"] if isinstance(frame, pd.DataFrame) else frame))
    if year in held:
        return year
    if not held:
        raise UnknownYear(f"no {what} for {year}: none is held for any year")
    near = (
        f" Did you mean {min(held, key=lambda one: abs(one - year))}?"
        if isinstance(year, Real)
        else ""
    )
    raise UnknownYear(f"no {what} for {year}: the years held are {held[0]}-{held[-1]}.{near}")


def held(figure, what):
    """The figure itself where it is held. Raises NotHeld where it is NaN; what: whose figure, and which, in words."""
    if pd.isna(figure):
        raise NotHeld(f"no figure for {what}")
    return figure


def some(rows, what):
    """The rows themselves where there are any. Raises NotHeld where there is none; what: whose rows, and of what, in words."""
    if len(rows):
        return rows
    raise NotHeld(f"no figure for {what}")


@contextmanager
def if_held():
    """Where the tables do not hold a figure, print that in a sentence and go on: `with fr.if_held(): print(...)`."""
    try:
        yield
    except NotHeld as lack:
        print(lack.sentence)


# Reading and checking


def _version(described, name):
    """What decides how a table reads: its name, its file, and when file and description were last written."""
    path = described.folder / _entry(described, name)["path"]
    try:
        return name, path, path.stat().st_mtime_ns, described.stamp
    except FileNotFoundError:
        raise DataError(
            f"{in_messages(path)} is missing: restore it, or take the table out of datapackage.json"
        ) from None


def _versions(name):
    """The version of a table, and those of the tables it is linked to: when one of these changes, the links are looked at anew."""
    described = _description()
    return _version(described, name), tuple(
        _version(described, other) for other in described.linked.get(name, ())
    )


@lru_cache(maxsize=64)
def _read(name, path, stamp, described):
    """A table by itself, its keys not yet looked at; the index is the row in the file."""
    return tables.read(path, describe(name)["schema"]["fields"])


@lru_cache(maxsize=64)
def _load(version, linked):
    """A table whose keys were held against the tables it is linked to."""
    name, path, *_ = version
    frame, schema = _read(*version), describe(name)["schema"]
    _check_key(path, frame, _several(schema.get("primaryKey")))
    for link in _links(schema):
        _check_link(path, frame, name, **link)
    return frame.reset_index(drop=True)


@lru_cache(maxsize=16)
def _rows(version, linked):
    return tuple(_load(version, linked).to_dict("records"))


def _several(names):
    """One name or a list of names, as a list: a Table Schema allows both."""
    return [names] if isinstance(names, str) else list(names or [])


def _check_key(path, frame, columns):
    if columns and (twice := frame.duplicated(columns)).any():
        row = twice.idxmax()
        key = ", ".join(f"{name}={frame[name][row]}" for name in columns)
        raise DataError(
            f"{in_messages(path)}, row {row}, column {'+'.join(columns)}: {key} stands twice: keep one of the two rows"
        )


def _links(schema):
    """Which columns point to which of another table: the foreign keys, and the columns of actors `besides` a few other codes."""
    declared = [
        {"columns": _several(key["fields"]), "other": key["reference"]["resource"], "theirs": _several(key["reference"]["fields"])}
        for key in schema.get("foreignKeys", [])
    ]  # fmt: skip
    return declared + [
        {
            "columns": [field["name"]],
            "other": "actors",
            "theirs": ["actor"],
            "besides": field["besides"],
        }
        for field in schema["fields"]
        if "besides" in field
    ]


def _others(name, schema):
    return {link["other"] or name for link in _links(schema)} - {name}


def _check_link(path, frame, name, columns, other, theirs, besides=()):
    """Every key of these columns stands in the other table; a key that is blank points nowhere."""
    there = _read(*_version(_description(), other)) if other else frame
    for column, held, where in [(one, frame, name) for one in columns] + [
        (one, there, other) for one in theirs
    ]:
        if column not in held:
            raise DataError(
                f'{in_messages(data_dir() / "datapackage.json")}, table "{name}": a foreign key names {column}, which {where} has not: mend the key'
            )
    known = {*_keys(there, theirs), *((code,) for code in besides)}
    lost = pd.Series(
        [key not in known and any(map(_said, key)) for key in _keys(frame, columns)], frame.index
    )
    if lost.any():
        _refuse_link(path, frame, columns, other, lost, known)


def _refuse_link(path, frame, columns, other, lost, known):
    values = (
        frame[columns].astype(str).agg(" ".join, axis=1) if len(columns) > 1 else frame[columns[0]]
    )
    spelt = sorted(" ".join(map(str, key)) for key in known)
    near = did_you_mean(values[lost.idxmax()], dict(zip(spelt, spelt, strict=True)))
    file = describe(other)["path"] if other else "this table"
    meant = f" ({near[0].lower()}{near[1:]})" if near else ""
    tables.refuse(
        path,
        values,
        lost,
        "+".join(columns),
        f"is not in {file}",
        f"mend it{meant}, or add it there",
    )


def _keys(frame, columns):
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))


def _said(cell):
    """Whether a cell is filled in: neither "" nor NaN."""
    return cell == cell and cell != ""


# Credit and codebook


def retrieved(name):
    """The year in which a table was last brought up to date, an integer."""
    return max(int(one["retrieved"][:4]) for one in describe(name)["sources"])


def source(*names):
    """Credit line of one or more tables, as it stands under pictures and verdicts."""
    titles = [title["title"] for name in names for title in describe(name)["sources"]]
    return "; ".join(dict.fromkeys(titles))


def codebook():
    """The codebook of data/ as Markdown, written from datapackage.json: what data/README.md holds."""
    found = package()
    parts = [
        "# Codebook",
        "",
        "Written from `datapackage.json` by `frenemies validate --codebook`: change that file, not this one.",
        "",
        found["description"],
        "",
    ]
    for entry in found["resources"]:
        parts += _chapter(entry)
    return "\n".join(parts).rstrip() + "\n"


def _chapter(entry):
    credit = [
        f"- Source: {s['title']}; version {s['version']}; retrieved {s['retrieved']}"
        + (f"; read from {s['repository']}" if "repository" in s else "")
        for s in entry["sources"]
    ]
    licence = [f"- Licence: {item['title']} (`{item['name']}`)" for item in entry["licenses"]]
    extra = (
        [f"- Time: rows by `{entry['time']['field']}`; *then* ends at {CUTS[entry['time']['cut']]}"]
        if entry.get("time")
        else []
    )
    extra += (
        [f"- Share: the full data set has {entry['of_rows']:,} rows"] if "of_rows" in entry else []
    )
    keys = [f"- Key: {', '.join(f'`{key}`' for key in entry['schema'].get('primaryKey', []))}"]
    traps = [f"- Trap: {trap}" for trap in entry.get("traps", [])]
    fields = ["", "| column | type | unit | what |", "|---|---|---|---|"] + [
        _field_row(field) for field in entry["schema"]["fields"]
    ]
    return [
        f"## `{entry['path']}`: {entry['title']}",
        "",
        entry["description"],
        "",
        *credit,
        *licence,
        *extra,
        *keys,
        *traps,
        *fields,
        "",
    ]


def _field_row(field):
    words = [field.get("description") or field.get("title", "")]
    if "enum" in field.get("constraints", {}):
        words.append("one of " + ", ".join(map(str, field["constraints"]["enum"])))
    what = "; ".join(word for word in words if word).replace("|", "/")
    return f"| `{field['name']}` | {field['type']} | {field.get('unit', '')} | {what} |"


def write_codebook():
    """Write data/README.md from datapackage.json. Returns the path."""
    return write_atomic(data_dir() / "README.md", codebook())


def faults():
    """Every table's first fault as a line naming file, row, column and remedy; empty where all is well.

    Where the `validate` extra is installed, Frictionless reads the whole package as well and its findings follow.
    """
    found = list(dict.fromkeys(fault for name in package()["tables"] if (fault := _fault(name))))
    return found or _frictionless_faults()


def _fault(name):
    try:
        table(name)
    except Problem as error:
        return str(error)


def _frictionless_faults():
    try:
        from frictionless import validate
    except ImportError:
        return []
    described = {word: what for word, what in package().items() if word != "tables"}
    report = validate(described, basepath=str(data_dir()), type="package")
    found = [("datapackage.json", error) for error in report.errors] + [
        (task.place, error) for task in report.tasks for error in task.errors
    ]
    return [
        f"data/{where}, row {getattr(error, 'row_number', '?')}, column {getattr(error, 'field_name', '?')}: {error.message}: mend the cell, or its description"
        for where, error in found
    ]
