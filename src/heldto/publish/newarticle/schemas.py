"""JSON schemas of the TOML files of a plain article, so that an editor completes keys and marks a
slip while one types. Every key in them is one that the loader of that file reads.
"""

import dataclasses
import inspect
import json
import typing
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from heldto import article, catalogues
from heldto.claims.keys import (
    KINDS,
    NEVER,
    OF_CLAIM,
    OF_DRAWN,
    OF_MEASURE,
    OF_OPTION,
    OF_RULE,
    VOICES,
)
from heldto.claims.rule import VERDICTS
from heldto.exercises import sheets
from heldto.foreign import inside, write_inside
from heldto.measures import SHAPES
from heldto.measures.shapes import HOW

Schema = dict[str, Any]

FOLDER = "schemas"
DRAFT = "http://json-schema.org/draft-07/schema#"
NAMES = ("article", "claims", "pictures", "exercises")  # of files, each with its .toml
JSON_TYPES = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    list: "array",
    dict: "object",
    date: "string",
}


def schema_text(name: str) -> str:
    """The schema of a file by its name, as it is written."""
    made = {"article": _article, "claims": _claims, "pictures": _pictures, "exercises": _exercises}
    schema = {"$schema": DRAFT, "title": f"{name}.toml", **made[name]()}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def write_schemas() -> list[str]:
    """Write the schemas that are not there, or of another version. Returns a line for each."""
    lines = list[str]()
    folder = article.current().folder
    for name in outdated_schemas():
        inside(folder, FOLDER).mkdir(exist_ok=True)
        write_inside(folder, f"{FOLDER}/{name}.json", schema_text(name))
        lines.append(f"wrote {FOLDER}/{name}.json: an editor completes the keys of {name}.toml")
    return lines


def outdated_schemas() -> list[str]:
    """The files of a plain article whose schema is not there, or is of another version."""
    if article.current().is_package:  # its texts lie with its sections
        return []
    folder = article.current().folder
    paths = {name: inside(folder, f"{FOLDER}/{name}.json") for name in NAMES}
    return [
        name
        for name, path in paths.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != schema_text(name)
    ]


# --- each file -------------------------------------------------------------------------------


def _claims() -> Schema:
    measure = _measure()
    rule = _typed(OF_RULE) | {"cap": _one_of(VERDICTS[:3])}
    option = _typed(OF_OPTION) | measure
    dimension = {
        "type": "object",
        "properties": {"asks": {"type": "string"}},
        "additionalProperties": _table(option, ["why"]),
    }
    claim = _typed(OF_CLAIM) | {
        "kind": _one_of(KINDS),
        "voice": _one_of(VOICES),
        "measure": _table(measure),
        "rule": _table(rule),
        "readings": {"type": "object", "additionalProperties": dimension},
        "draw": _table(_typed(OF_DRAWN), list(OF_DRAWN)),
    }
    return _blocks(_table(claim, ["says"]), "^[A-Z][0-9]+$")


def _measure() -> Schema:
    """The keys of a measure: its own, and what any of the shapes takes."""
    taken: Schema = {"shape": _one_of(SHAPES), "how": _one_of(HOW)}
    for shape in SHAPES.values():
        _, *parameters = inspect.signature(shape).parameters
        taken = dict.fromkeys(parameters, True) | taken
    return dict(sorted({**taken, **_typed(OF_MEASURE), "shape": taken["shape"]}.items()))


def _pictures() -> Schema:
    from heldto.toggles import declared  # it draws: not before a schema is asked for

    fields: Schema = dict.fromkeys(declared.FIELDS, True)
    return _blocks(_table(fields | {"kind": _one_of(declared.KINDS)}, ["kind"]), ".")


def _exercises() -> Schema:
    about: Schema = {
        **dict.fromkeys(sheets.ASIDE, True),
        "level": {"enum": sorted(sheets.LEVELS)},
        "skill": {"type": "string"},
        "figures": {"type": "object", "additionalProperties": _table(_measure(), ["shape"])},
    }
    kinds = []
    for name, question in sorted(sheets.KINDS.items()):
        fields = [one.name for one in dataclasses.fields(question) if one.init]
        keys = dict(sorted({**dict.fromkeys(fields, True), **about}.items()))
        kinds.append(_table(keys | {"kind": {"const": name}}, ["level", "skill", "kind"]))
    return _blocks({"anyOf": kinds}, ".")


def _article() -> Schema:
    section = {
        one.name: {"type": "string"}
        for one in dataclasses.fields(article.Section)
        if one.name != "name"
    }
    known = [one for one in dataclasses.fields(article.Article) if one.name not in article.GIVEN]
    fields = {one.name: _of(one.type) for one in known} | {
        "language": _one_of(catalogues.languages()),
        "sections": {"type": "object", "additionalProperties": _table(section)},
        "hooks": _table(dict.fromkeys(article.HOOKS, {"type": "string"})),
    }
    no_default = dataclasses.MISSING
    bare = [one for one in known if one.default is one.default_factory is no_default]
    return _table(fields, [*(one.name for one in bare), "sections"])


# --- what schemas are made of ----------------------------------------------------------------


def _blocks(block: Schema, names: str) -> Schema:
    """A file of blocks whose names are of a pattern."""
    return {"type": "object", "patternProperties": {names: block}, "additionalProperties": False}


def _table(fields: Mapping[str, Any], needed: Iterable[str] = ()) -> Schema:
    """A table with these keys and no others."""
    table = {"type": "object", "properties": dict(fields), "additionalProperties": False}
    return table | ({"required": list(needed)} if needed else {})


def _one_of(words: Iterable[str]) -> Schema:
    return {"enum": list(words)}


def _typed(kinds: Mapping[str, type]) -> Schema:
    """Keys with the kinds of their values, as `check_keys` takes them."""
    return {name: _kind(kind) for name, kind in kinds.items()}


def _kind(kind: type) -> Schema:
    if kind is float:
        return {"anyOf": [{"type": "number"}, {"const": NEVER}]}
    return {"type": JSON_TYPES[kind]}


def _of(annotation: Any) -> Schema:
    """The kind of value of a field of the article."""
    return {"type": JSON_TYPES[typing.get_origin(annotation) or annotation]}
