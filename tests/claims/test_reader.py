"""A claim is read from its block: its rule and words, its test with others in the places of its
actors and under other readings, and what a slip in it costs.
"""

import inspect
import re

import pytest
from conftest import ROOT, look_again

import frenemies as fr
from heldto import evidence
from heldto.claims import keys, ledger, listed, shaped
from heldto.claims.card import VerdictCard
from heldto.claims.reader import read_claim
from heldto.claims.readings import argument
from heldto.claims.testing import _places
from heldto.claims.verdict import UNSAID
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


def read(block):
    return read_claim("claims.toml, [E99]", "E99", "", block, block)


def made_of(block):
    return shaped.Shaped(read(block))


@pytest.fixture
def unsaid():
    """A figure is asked for, and no sentence."""
    before = UNSAID.set(True)
    yield
    UNSAID.reset(before)


def test_what_a_block_does_not_say_follows_from_its_measure_and_the_numbers_of_its_rule():
    claim = read(BLOCK)
    rule = claim.rule
    assert (rule.comparison, rule.holds, rule.partly, rule.cap) == ("more_than", 1, 0.9, "partly")
    assert rule.at("strict").holds == 1.5 and rule.at("lenient").holds == 1
    assert rule.unit == "ratio" and claim.actors == ["JPN", "DEU"] and claim.standing is True
    assert claim.thresholds.startswith("more than 1: would hold, and is capped at partly; 0.9")
    assert claim.thresholds.endswith(" or more: partly; else: fails")
    assert claim.alternatives.startswith("strict: 1.5. Why")
    worded = read(BLOCK | {"rule": BLOCK["rule"] | {"words": "larger by a tenth"}})
    assert (
        worded.alternatives == "Why: Larger is more than one"
    )  # words of one's own hide no reason
    assert [*claim.readings] == ["the year", "threshold"]
    assert [option["option"] for option in claim.readings["the year"]] == ["the last", "2010"]
    assert (claim.section, claim.notebook) == ("economic", "01_economic")


def test_its_test_takes_others_and_other_readings(unsaid):
    test = made_of(BLOCK)
    rows = evidence.table("economic/gdp_population", "then").set_index(["actor", "year"]).gdp_usd
    assert test("then").value == pytest.approx(rows["JPN", 2018] / rows["DEU", 2018])
    assert test("then", the_year="2010").value == pytest.approx(
        rows["JPN", 2010] / rows["DEU", 2010]
    )
    assert test("then", place_jpn="IND").value == pytest.approx(
        rows["IND", 2018] / rows["DEU", 2018]
    )
    assert _places(test) == {"JPN": "place_jpn", "DEU": "place_deu"}
    taken = [*inspect.signature(test).parameters]
    assert taken == ["vintage", "place_jpn", "place_deu", argument("the year")]
    with pytest.raises(Problem, match='"2011" is not an option of the_year'):
        test("then", the_year="2011")


def test_a_year_that_nobody_knew_then_is_not_held(unsaid):
    late = BLOCK | {"measure": BLOCK["measure"] | {"at": 2020}}
    test = made_of(late)
    assert test("since").value > 1
    with pytest.raises(Problem, match="no figure for actor Japan in 2020"):
        test("then")


SLIPS = [
    ({"measure": {"shape": "ratio"}}, "no table: write table ="),
    ({"measure": BLOCK["measure"] | {"shape": "ration"}}, 'Did you mean "ratio"'),
    (
        {"measure": BLOCK["measure"] | {"table": "economic/gdp_populatoin"}},
        'no table "economic/gdp_populatoin". Did you mean "economic/gdp_population"',
    ),
    ({"measure": {k: v for k, v in BLOCK["measure"].items() if k != "to"}}, "a ratio needs to"),
    ({"rule": {}}, "rule is missing"),
    ({"rule": {"at_least": 1, "partly": 2}}, "write a partly below 1"),
    ({"kind": "casual"}, 'Did you mean "causal"'),
    ({"measure": BLOCK["measure"] | {"compare": ["IND"]}}, "names JPN and DEU: write one of them"),
    ({"rule": {"more_than": 1, "at_least": 2}}, "rule has at_least and more_than"),
    ({"rule": {"more_than": "one"}}, "write a number, without quotes"),
    ({"rule": 3}, "write a table"),
    ({"readings": {"year": {"2010": {"why": "x"}}}}, "write own = true"),
    ({"actors": ["XXX"]}, "is not one of the actors"),
    ({"hint": 1}, 'nothing reads the key "hint"'),
]


@pytest.mark.parametrize(("put", "says"), SLIPS)
def test_a_slip_names_key_and_remedy(put, says):
    with pytest.raises(TextError, match=says) as told:
        read(BLOCK | put)
    assert str(told.value).startswith("claims.toml, [E99")


COMPARED = [  # what the measure says, in whose place others stand
    ({}, ()),  # it names two: which of them is compared, nobody can know
    ({"compare": ["DEU"]}, ("DEU",)),
    ({"compare": ["JPN", "DEU"]}, ("JPN", "DEU")),
    ({"shape": "value", "where": {"actor": "JPN"}, "of": None, "to": None}, ("JPN",)),
]


@pytest.mark.parametrize(("put", "swap"), COMPARED)
def test_a_measure_says_whom_others_replace_unless_it_names_one_actor_alone(put, swap):
    measure = {key: cell for key, cell in (BLOCK["measure"] | put).items() if cell is not None}
    compared = made_of(BLOCK | {"measure": measure}).compared()
    assert compared.swap == swap


FLOW = """
[E98]
says = "China tells of more goods from Russia than of fifty billion dollars"
measure = { shape = "value", table = "economic/trade", column = "value_usd", where = { reporter = "CHN", partner = "RUS", flow = "import" }, at = 2018, divide = 1e9, unit = "USD bn" }
rule = { at_least = 50 }
"""
COMPARES = [  # what the measure says besides, and what the card says of others
    ("", "does not say whom others would replace, so nobody is compared"),
    (', compare = ["RUS"]', r"It would also hold for \d+ of \d+ others in Russia's place"),
    (', compare = ["CHN"]', r"for (\d+|none) of \d+ others in China's place|No other actor has"),
]


@pytest.mark.parametrize(("compare", "says"), COMPARES)
def test_a_measure_with_the_reporter_first_compares_whom_it_says(copied, compare, says):
    block = FLOW.replace('"import" }', '"import" }' + compare)
    (copied / "claims.toml").write_text(block, encoding="utf-8")
    look_again()
    assert re.search(says, " ".join(VerdictCard("E98").lines()))
    assert bool(fr.yardstick("E98").table.shape[0]) == bool(compare)


PAIR = """
[E98]
says = "India and Russia agree in more than seven of ten votes"
measure = {{ shape = "value", table = "geopolitical/agreement", column = "agree", where = {{ actor_a = "{0}", actor_b = "{1}" }}, at = 2018, compare = ["IND"] }}
rule = {{ more_than = 0.7 }}
"""


@pytest.mark.parametrize("pair", [("IND", "RUS"), ("RUS", "IND")], ids="-".join)
def test_a_pair_is_found_whichever_way_it_is_named_for_the_claim_and_for_every_other(copied, pair):
    (copied / "claims.toml").write_text(PAIR.format(*pair), encoding="utf-8")
    look_again()
    agreed = fr.evidence.table("geopolitical/agreement").query("year == 2018")
    agreed = agreed[(agreed.actor_a == "RUS") | (agreed.actor_b == "RUS")]
    others = agreed[(agreed.actor_a != "IND") & (agreed.actor_b != "IND")].agree
    told = f"for {(others > 0.7).sum()} of {len(others)} others in India's place"
    assert len(others) == 21 and told in " ".join(VerdictCard("E98").lines())
    assert ledger.judge("E98", "then").decided
    assert fr.verdict("E98", IND="USA").then.decided


TWICE = """
# a remark
[E1]
says = "One"

[E2]
says =

[E1]
says = "Again"

[E3]
says = "Three"
"""


def test_each_claim_of_a_file_is_read_for_itself(copied):
    (copied / "claims.toml").write_text(TWICE, encoding="utf-8")
    look_again()
    one, two, three = map(listed.find_claim, ("E1", "E2", "E3"))
    assert one.fault == "data/claims.toml, [E1] occurs twice: rename one of the two"
    assert two.fault.startswith("data/claims.toml, [E2]: ") and "line 7" in two.fault
    assert (three.says, three.fault) == ("Three", "")
    assert listed.find_claim("E4").fault == ""


def test_a_claim_of_a_reader_s_data_stands_in_the_place_of_ours(rewrite):
    before, rule = ledger.judge("F1", "then"), listed.find_claim("F1")
    rewrite("F1", "more_than = 30", "more_than = 300")
    assert (before.verdict, ledger.judge("F1", "then").verdict) == ("holds", "partly")
    assert listed.find_claim("F1").where == "data/claims.toml, [F1]"
    assert listed.find_claim("F1").notebook == rule.notebook == "02_geopolitical"


def test_the_page_of_one_verdict_reads_no_claim_of_another_unit(monkeypatch, copied):
    read = []

    def noted(where, name, *more):
        read.append(name)
        return read_claim(where, name, *more)

    monkeypatch.setattr(listed, "read_claim", noted)
    fr.verdict("E4")._repr_mimebundle_()
    told = [one for one in map(listed.find_claim, read) if "shape" not in one.block["measure"]]
    assert read[0] == "E4" and {one.rule.unit for one in told} == {"USD bn"}
    assert len({*read}) < len(listed.all_ids()) / 4


HOW_TO = (ROOT / "docs" / "how-to" / "claim.md").read_text("utf-8")


def test_the_how_to_names_every_key_of_a_claim():
    every = {**keys.OF_CLAIM, **keys.OF_MEASURE, **keys.OF_RULE, **keys.OF_DRAWN}
    assert [key for key in every if f"`{key}`" not in HOW_TO] == []


def test_the_claim_of_the_how_to_that_needs_no_python_can_be_read_and_judged(copied):
    block = next(part for part in HOW_TO.split("```toml\n") if part.startswith("[E98]"))
    (copied / "claims.toml").write_text(block.partition("```")[0], encoding="utf-8")
    look_again()
    assert shaped.fault("E98") == "" and ledger.judge("E98", "then").decided
    assert shaped.compared_by_shape("E98").swap == ("CHN",)
