"""The other ways to read each claim: a list that is well formed."""

import pytest
from conftest import cases

from frenemies import claims, evidence
from frenemies.claims.rule import COMPARISONS, number

LISTED = evidence.table("readings")
DIMENSIONS = list(dict.fromkeys(zip(LISTED["claim"], LISTED["dimension"], strict=True)))
OPTIONS = evidence.rows("readings")


@cases(("claim", "dimension"), DIMENSIONS)
def test_a_dimension_begins_with_the_ledgers_own_option_and_has_others(claim, dimension):
    options = LISTED[LISTED["claim"].eq(claim) & LISTED["dimension"].eq(dimension)]
    assert options["own"].tolist() == [True] + [False] * (len(options) - 1)
    assert len(options) > 1
    assert not (options["own"] & options["alone"]).any()
    assert options["label"].is_unique


@cases("dimension", sorted(set(LISTED["dimension"])))
def test_a_dimension_can_be_an_argument(dimension):
    name = dimension.replace(" ", "_")
    exec(f"def test(vintage, *, {name}): ...")
    assert name != "vintage"


@cases("row", OPTIONS)
def test_a_threshold_has_a_meaning(row):
    comparison = row["rule"]
    numbers = [number(row[name]) for name in ("holds", "partly")]
    assert comparison in ("", "coded", "each_at_least", *COMPARISONS)
    assert not row["own"] or not comparison and numbers == [None, None]
    assert comparison != "coded" or numbers == [None, None]
    if comparison and comparison != "coded":
        figure = [(value, value) if comparison == "each_at_least" else value for value in (-99, 99)]
        verdicts = {claims.compare(comparison, one, *numbers) for one in figure}
        assert verdicts == {"holds", "fails"}


@cases("claim", sorted(set(LISTED["claim"])))
def test_other_thresholds_are_those_of_the_rule_or_stand_here(claim):
    asked = [row for row in OPTIONS if row["claim"] == claim and row["dimension"] == "threshold"]
    for row in asked:
        given = any(number(row[name]) is not None for name in ("holds", "partly"))
        assert given or row["option"] in ("main", "strict", "lenient")
        if not row["own"] and not given:
            own, other = (claims.Rule.of(claim, option) for option in ("main", row["option"]))
            assert (own.holds, own.partly) != (other.holds, other.partly) or own.levels


def test_claims_that_documents_decide_have_no_readings():
    undecided = {row["id"] for row in evidence.rows("claims") if row["rule"] == "undecided"}
    assert undecided.isdisjoint(LISTED["claim"])


def test_a_listed_claim_must_exist(mutate):
    mutate("readings", lambda rows: rows.assign(claim=rows["claim"].replace("E4", "E44")))
    with pytest.raises(Exception, match="E44"):
        evidence.check("readings")
