"""The tables of data/: typed by datapackage.json, refused by file, row and column, each with its source and licence."""

import difflib
import json
from functools import lru_cache

import pandas as pd

from frenemies.places import Problem, data_dir, shown

CUTS = {"annual": 2018, "month": "2019-06", "date": "2019-08-09"}


class DataError(Problem):
    """A table that breaks its own description: the message names file, row, column and remedy."""


def package():
    """The data package's description (datapackage.json) as a dict. Raises DataError where it is missing or broken."""
    path = data_dir() / "datapackage.json"
    try:
        return _package(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise DataError(
            f"{shown(path)} is missing: restore it, or point FRENEMIES_DATA at a folder that has one"
        ) from None


@lru_cache(maxsize=8)
def _package(path, stamp):
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return found | {"tables": {resource["name"]: resource for resource in found["resources"]}}
    except json.JSONDecodeError as error:
        raise DataError(
            f"{shown(path)}, row {error.lineno}, column {error.colno}: {error.msg}: mend the JSON there"
        ) from None
    except (KeyError, TypeError, UnicodeDecodeError) as error:
        raise DataError(f"{shown(path)}: no list of tables could be read ({error}): restore the file") from None


def describe(name):
    """One table's entry in datapackage.json: fields, keys, sources, licence, traps. Raises DataError for an unknown name."""
    tables = package()["tables"]
    if name not in tables:
        near = difflib.get_close_matches(name, tables, n=1)
        raise DataError(
            f'there is no table "{name}". ' + (f'Did you mean "{near[0]}"?' if near else "data/README.md lists them.")
        )
    return tables[name]


def table(name, vintage=None):
    """A table of data/ as a DataFrame, typed, a fresh copy: `table("economic/trade")`.

    vintage "then" keeps what the record held up to 9 August 2019: years to 2018, months to June 2019, events to that day.
    Columns, units and source: data/README.md. Raises DataError naming file, row, column and remedy.
    """
    entry = describe(name)
    path = data_dir() / entry["path"]
    if not path.exists():
        raise DataError(f"{shown(path)} is missing: restore it, or take the table out of datapackage.json")
    frame = _load(path, path.stat().st_mtime_ns, json.dumps(entry["schema"]))
    return _known(frame, entry.get("time"), vintage).copy()


def _known(frame, time, vintage):
    if vintage not in (None, "then", "since"):
        raise Problem(f'vintage is "then" or "since", not "{vintage}"')
    if vintage != "then" or not time:
        return frame
    return frame[frame[time["field"]] <= CUTS[time["cut"]]].reset_index(drop=True)


@lru_cache(maxsize=64)
def _load(path, stamp, schema):
    schema = json.loads(schema)
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except UnicodeDecodeError:
        raise DataError(f"{shown(path)}: not UTF-8: save the file as UTF-8") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(f"{shown(path)}: {str(error).strip()}: every row needs as many cells as the header") from None
    _check_header(path, list(raw.columns), [field["name"] for field in schema["fields"]])
    frame = pd.DataFrame({field["name"]: _typed(path, raw[field["name"]], field) for field in schema["fields"]})
    _check_keys(path, frame, schema)
    return frame


def _check_header(path, found, expected):
    for column in expected:
        if column not in found:
            raise DataError(f"{shown(path)}, row 1: column {column} is missing: put it back")
    for column in found:
        if column not in expected:
            raise DataError(
                f"{shown(path)}, row 1: column {column} is not in datapackage.json: take it out, or describe it there"
            )


def _bad(path, raw, mask, column, says, remedy):
    row = mask.to_numpy().argmax()
    raise DataError(f'{shown(path)}, row {row + 2}, column {column}: "{raw.iloc[row]}" {says}: {remedy}')


def _typed(path, raw, field):
    column, kind, limits = field["name"], field["type"], field.get("constraints", {})
    blank = raw.eq("")
    if limits.get("required") and blank.any():
        _bad(path, raw, blank, column, "is blank", "fill the cell in, or take the row out")
    if kind in ("integer", "number"):
        return _numbers(path, raw, blank, field, limits)
    if kind == "boolean":
        odd = ~raw.isin(["true", "false", ""])
        if odd.any():
            _bad(path, raw, odd, column, "is not true or false", "write true or false")
        return raw.eq("true")
    if "enum" in limits and not (fits := raw.isin([*limits["enum"], ""])).all():
        _bad(path, raw, ~fits, column, "is not one of the words allowed", "use " + ", ".join(map(str, limits["enum"])))
    if "pattern" in limits and not (fits := raw.str.fullmatch(limits["pattern"]) | blank).all():
        _bad(path, raw, ~fits, column, "has not the form expected", f"it should match {limits['pattern']}")
    return raw


def _numbers(path, raw, blank, field, limits):
    numbers = pd.to_numeric(raw.where(~blank), errors="coerce")
    odd = {"a number": numbers.isna() & ~blank}
    if field["type"] == "integer":
        odd["a whole number"] = numbers.notna() & (numbers % 1 != 0)
    for what, where in odd.items():
        if where.any():
            _bad(
                path,
                raw,
                where,
                field["name"],
                f"is not {what}",
                f"write {what}, or leave the cell blank where none is known",
            )
    for limit, broken in (("minimum", numbers.lt), ("maximum", numbers.gt)):
        if limit in limits and (out := broken(limits[limit])).any():
            _bad(path, raw, out, field["name"], f"is beyond the {limit} {limits[limit]}", "check sign, unit and source")
    return numbers.astype("int64") if field["type"] == "integer" and not blank.any() else numbers.astype("float64")


def _check_keys(path, frame, schema):
    keys = schema.get("primaryKey", [])
    if keys and (twice := frame.duplicated(keys)).any():
        row = twice.to_numpy().argmax()
        key = ", ".join(f"{name}={frame[name].iloc[row]}" for name in keys)
        raise DataError(
            f"{shown(path)}, row {row + 2}, column {'+'.join(keys)}: {key} stands twice: keep one of the two rows"
        )
    for field in schema["fields"]:
        if "besides" in field:
            _check_actors(path, frame[field["name"]], field["name"], field["besides"])
    for link in schema.get("foreignKeys", []):
        column = link["fields"][0]
        if link["reference"]["resource"] == "actors" and column in frame:
            _check_actors(path, frame[column], column)


def _check_actors(path, codes, column, besides=()):
    from frenemies import actors

    known = [row["actor"] for row in actors.table()]
    unknown = ~codes.isin([*known, *besides, ""])
    if unknown.any():
        near = difflib.get_close_matches(codes[unknown].iloc[0], known, n=1)
        hint = f"did you mean {near[0]}?" if near else "add it to data/actors.csv, or mend the code"
        _bad(path, codes, unknown, column, "is no actor of actors.csv", hint)


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
    extra += [f"- Share: the full data set has {entry['of_rows']:,} rows"] if "of_rows" in entry else []
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
    path = data_dir() / "README.md"
    path.write_text(codebook(), encoding="utf-8")
    return path


def faults():
    """Every table's first fault as a line naming file, row, column and remedy; empty where all is well.

    Where the `validate` extra is installed, Frictionless reads the whole package as well and its findings follow.
    """
    found = [fault for name in package()["tables"] if (fault := _fault(name))]
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
    report = validate(str(data_dir() / "datapackage.json"))
    found = [("datapackage.json", error) for error in report.errors] + [
        (task.place, error) for task in report.tasks for error in task.errors
    ]
    return [
        f"data/{where}, row {getattr(error, 'row_number', '?')}, column {getattr(error, 'field_name', '?')}: {error.message}: mend the cell, or its description"
        for where, error in found
    ]
