"""The JSON schemas of a plain article know the keys that its loader reads, and no others."""

import json
import shutil
import tomllib
from pathlib import Path

import jsonschema
import pytest
import started

from heldto import article
from heldto.claims import keys
from heldto.errors import Problem
from heldto.exercises import sheets
from heldto.measures import SHAPES
from heldto.publish.newarticle import schemas
from heldto.toggles import declared

EXAMPLE = Path(__file__).parents[2] / "examples" / "a_seat_for_three"


def faults(name, content):
    schema = json.loads(schemas.schema_text(name))
    jsonschema.Draft7Validator.check_schema(schema)
    plain = json.loads(json.dumps(content, default=str))
    return [fault.message for fault in jsonschema.Draft7Validator(schema).iter_errors(plain)]


def content(name):
    return tomllib.loads((EXAMPLE / f"{name}.toml").read_text())


@pytest.mark.parametrize("name", schemas.NAMES)
def test_the_example_fits_its_schemas_which_its_files_name(name):
    first = (EXAMPLE / f"{name}.toml").read_text().partition("\n")[0]
    assert first == f"#:schema ./schemas/{name}.json"
    assert (EXAMPLE / "schemas" / f"{name}.json").read_text() == schemas.schema_text(name)
    assert faults(name, content(name)) == []


SLIPS = [  # file, table, a key that nobody reads there, or a value that is not allowed
    ("claims", ["A1"], {"kynd": "descriptive"}),
    ("claims", ["A1"], {"kind": "describing"}),
    ("claims", ["A1"], {"paragraph": "2"}),
    ("claims", ["A1", "measure"], {"were": {}}),
    ("claims", ["A1", "measure"], {"shape": "valu"}),
    ("claims", ["A1", "rule"], {"at_leest": 3}),
    ("claims", ["A1", "rule"], {"partly": "25"}),
    ("claims", ["A1", "readings", "year", "2013"], {"becuase": "x"}),
    ("pictures", ["gdp"], {"colour": "red"}),
    ("pictures", ["gdp"], {"kind": "pie"}),
    ("exercises", ["B1-agenda"], {"digits": 2}),
    ("exercises", ["B1-agenda"], {"kind": "essay"}),
    ("exercises", ["A2-share", "figures", "india"], {"shape": "shares"}),
    ("article", [], {"titel": "A title"}),
    ("article", [], {"the": "USA"}),
    ("article", ["sections", "weight"], {"leter": "A"}),
]


@pytest.mark.parametrize(("name", "place", "slip"), SLIPS)
def test_an_editor_marks_what_the_loader_refuses(name, place, slip):
    said = content(name)
    table = said
    for key in place:
        table = table[key]
    table |= slip
    assert faults(name, said)


def properties(name, *place):
    schema = json.loads(schemas.schema_text(name))
    for key in place:
        schema = schema[key]
    return {*schema["properties"]}


def test_schemas_have_the_keys_of_the_loader_and_no_others():
    claim = ("patternProperties", "^[A-Z][0-9]+$")
    assert properties("claims", *claim) == {*keys.OF_CLAIM}
    assert properties("claims", *claim, "properties", "rule") == {*keys.OF_RULE}
    measured = properties("claims", *claim, "properties", "measure")
    assert {*keys.OF_MEASURE, "column", "where", "smallest", "above"} <= measured
    assert "frame" not in measured
    assert properties("pictures", "patternProperties", ".") == {*declared.FIELDS}
    kinds = json.loads(schemas.schema_text("exercises"))["patternProperties"]["."]["anyOf"]
    assert {one["properties"]["kind"]["const"] for one in kinds} == {*sheets.KINDS}
    assert properties("article", "properties", "hooks") == {*article.HOOKS}


@pytest.mark.parametrize("key", ["column", "part", "years", "by", "who", "above", "to_column"])
def test_what_a_shape_takes_is_offered_in_a_measure_and_in_a_reading(key):
    """A key that no shape takes is refused by the loader: `keys.check_keys` is told the same."""
    schema = json.loads(schemas.schema_text("claims"))["patternProperties"]["^[A-Z][0-9]+$"]
    option = schema["properties"]["readings"]["additionalProperties"]["additionalProperties"]
    assert key in schema["properties"]["measure"]["properties"] and key in option["properties"]
    with pytest.raises(Problem, match="nothing reads the key"):
        keys.check_keys("claims.toml", {f"x{key}": 1}, keys.OF_MEASURE, [key])
    assert any(key in shape.__annotations__ for shape in SHAPES.values())


def test_schemas_of_another_version_are_told_and_written_again(tmp_path):
    own = shutil.copytree(EXAMPLE, tmp_path / "seat")
    (own / "schemas" / "claims.json").write_text("{}\n")
    (own / "schemas" / "article.json").unlink()
    told = started.python(own, "heldto", "check").stdout
    for name in ("claims", "article"):
        assert f"schemas/{name}.json is missing, or of another version" in told
    done = started.python(own, "heldto", "notebooks").stdout
    assert "wrote schemas/claims.json" in done and "pictures.json" not in done
    assert (own / "schemas" / "claims.json").read_text() == schemas.schema_text("claims")
    assert "schemas/" not in started.python(own, "heldto", "check").stdout
