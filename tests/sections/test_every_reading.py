"""What holds of every reading of every claim: it is worked out, and said in a sentence of its own."""

import pytest
from conftest import cases

from heldto import claims, evidence
from heldto.claims import readings
from heldto.errors import OUR_FAULT, Problem

LISTED = evidence.rows("readings")
CLAIMS = list(dict.fromkeys(row["claim"] for row in LISTED))
OWN = [row for row in LISTED if row["own"] and row["dimension"] != readings.THRESHOLD]


@cases("claim", CLAIMS)
def test_each_is_worked_out_or_says_what_is_not_held(claim):
    line = readings.all_readings(claim)
    assert line["own"].sum() == 1
    for row in line.itertuples():
        assert row.reason[0].isupper() or row.reason[0].isdecimal()
        assert row.reason.endswith(".")
        assert OUR_FAULT not in row.reason, row
        assert row.verdict != "undecided" or row.reason.startswith("No "), row


@cases("claim", [claim for claim in CLAIMS if claim != "G8"])  # one sentence for pledge and votes
def test_what_differs_is_said_in_other_words(claim):
    told = readings.all_readings(claim).dropna(subset=["figure"]).drop_duplicates("figure")
    assert told["reason"].is_unique


@cases("row", OWN)
def test_the_ledgers_own_choice_said_aloud_changes_nothing(row):
    said = {readings.argument(row["dimension"]): row["option"]}
    found, own = (
        claims.evaluate(row["claim"], "then", **said),
        claims.evaluate(row["claim"], "then"),
    )
    assert (found.figures, found.reason) == (own.figures, own.reason)


@cases("row", OWN)
def test_an_option_that_is_none_is_refused(row):
    said = {readings.argument(row["dimension"]): "xyz"}
    with pytest.raises(Problem, match="xyz"):
        claims.evaluate(row["claim"], "then", **said)
