"""The claim of notebook 04 hangs on its figure."""

import pytest

from heldto import evidence
from heldto.claims import ledger

CLAIMS = [row["id"] for row in evidence.rows("claims") if row["notebook"] == "04_verdict"]


def _without(**where):
    def change(rows):
        hit = (rows[[*where]] == list(where.values())).all(axis=1)
        assert hit.any()
        return rows[~hit]

    return change


FLIPS = [  # claim, vintage, table, what is changed, the verdict that then follows
    ("F4", "then", "geopolitical/rivalries", _without(actor_a="CHN", actor_b="IND"), "fails")
]


@pytest.mark.parametrize(("claim", "vintage", "table", "change", "expected"), FLIPS)
def test_a_claim_flips_with_its_deciding_figure(mutate, claim, vintage, table, change, expected):
    assert ledger.judge(claim, vintage).verdict != expected
    mutate(table, change)
    assert ledger.judge(claim, vintage).verdict == expected


def test_every_claim_of_the_section_has_a_flip():
    assert [claim for claim in CLAIMS if claim not in {flip[0] for flip in FLIPS}] == []
