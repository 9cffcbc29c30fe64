"""A claim's block: its columns, its test with others in its actors' places and under other readings, and what a slip in it costs."""

import inspect

import pytest

from heldto import evidence
from heldto.claims import blocks
from heldto.claims.readings import argument
from heldto.claims.verdict import UNSAID, _places
from heldto.errors import Problem, TextError

BLOCK = {
    "says": "Japan's economy is larger than Germany's",
    "paragraph": 2,
    "kind": "forecast",
    "measure": {
        "shape": "ratio",
        "table": "economic/gdp_population",
        "column": "gdp_usd",
        "of": {"actor": "JPN"},
        "to": {"actor": "DEU"},
    },
    "rule": {"more_than": 1, "partly": 0.9, "strict": 1.5, "why": "Larger is more than one."},
    "readings": {
        "the year": {
            "asks": "which year",
            "2010": {"at": 2010, "why": "earlier"},
            "the last": {"own": True, "why": "the newest"},
        }
    },
}


@pytest.fixture
def unsaid():
    """A figure is asked for, and no sentence."""
    before = UNSAID.set(True)
    yield
    UNSAID.reset(before)


def test_a_block_gives_the_columns_of_a_claim():
    row = blocks.standard_reading("claims.toml, [E99]", "E99", BLOCK)
    assert (row["rule"], row["holds"], row["partly"], row["cap"]) == ("more_than", 1, 0.9, "partly")
    assert row["unit"] == "ratio" and row["actors"] == ["JPN", "DEU"] and row["standing"] is True
    assert row["thresholds"].startswith("more than 1: would hold, and is capped at partly; 0.9")
    assert row["thresholds"].endswith(" or more: partly; else: fails")
    assert row["alternatives"].startswith("strict: 1.5. Why")
    assert [*row["readings"]] == ["the year", "threshold"]
    assert [one["option"] for one in row["readings"]["the year"]["options"]] == ["the last", "2010"]


def test_its_test_takes_others_and_other_readings(unsaid):
    test = blocks.Declared("E99", BLOCK)
    rows = evidence.table("economic/gdp_population", "then").set_index(["actor", "year"]).gdp_usd
    assert test("then").value == pytest.approx(rows["JPN", 2018] / rows["DEU", 2018])
    assert test("then", the_year="2010").value == pytest.approx(
        rows["JPN", 2010] / rows["DEU", 2010]
    )
    assert test("then", place_jpn="IND").value == pytest.approx(
        rows["IND", 2018] / rows["DEU", 2018]
    )
    assert _places(test) == {"JPN": "place_jpn", "DEU": "place_deu"}
    assert test.compared().swap == ("JPN",)
    taken = [*inspect.signature(test).parameters]
    assert taken == ["vintage", "place_jpn", "place_deu", argument("the year")]
    with pytest.raises(Problem, match='"2011" is not an option of the_year'):
        test("then", the_year="2011")


def test_a_year_that_nobody_knew_then_is_not_held(unsaid):
    late = BLOCK | {"measure": BLOCK["measure"] | {"at": 2020}}
    test = blocks.Declared("E99", late)
    assert test("since").value > 1
    with pytest.raises(Problem, match="no figure for actor Japan in 2020"):
        test("then")


SLIPS = [
    ({"measure": {"shape": "ratio"}}, "no table: write table ="),
    ({"measure": BLOCK["measure"] | {"shape": "ration"}}, 'Did you mean "ratio"'),
    ({"measure": {k: v for k, v in BLOCK["measure"].items() if k != "to"}}, "a ratio needs to"),
    ({"rule": {}}, "rule is missing"),
    ({"rule": {"more_than": 1, "at_least": 2}}, "rule has at_least and more_than"),
    ({"rule": {"more_than": "one"}}, "write numbers, without quotes"),
    ({"rule": 3}, "is not a table"),
    ({"readings": {"year": {"2010": {"why": "x"}}}}, "write own = true"),
    ({"actors": ["XXX"]}, "is not one of the actors"),
    ({"hint": 1}, 'nothing reads the key "hint"'),
]


@pytest.mark.parametrize(("put", "says"), SLIPS)
def test_a_slip_names_key_and_remedy(put, says):
    with pytest.raises(TextError, match=says) as told:
        blocks.standard_reading("claims.toml, [E99]", "E99", BLOCK | put)
    assert str(told.value).startswith("claims.toml, [E99")


def test_each_claim_of_a_file_is_read_for_itself(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(
        '# a remark\n[A1]\nsays = "One"\n[A1.rule]\nat_least = 1\n\n[A2]\nsays = \n\n'
        '[A1]\nsays = "Again"\n\n[A3]\nsays = "Three"\n',
        encoding="utf-8",
    )
    held, faults = blocks.read_block(path)
    assert held == {"A1": {"says": "One", "rule": {"at_least": 1}}, "A3": {"says": "Three"}}
    assert "occurs twice" in faults["A1"] and "line 8" in faults["A2"]
