"""The claim of notebook 04 hangs on its figure, and what its pictures say."""

import pytest

from frenemies.sections.verdict.pictures import together
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


def test_a_share_that_moved_by_three_points_or_less_hardly_moved():
    picture = together.then_and_now_picture()
    assert "Russia's share of China's arms imports hardly moved" in picture.title
    arms = next(
        ax for ax in picture.figure.axes if any("m TIV" in text.get_text() for text in ax.texts)
    )
    late = [line for line in arms.lines if "since" in (line.get_gid() or "")]
    assert late and {line.get_color() for line in late} == {together.COLOURS["hardly moved"]}


def test_a_share_does_not_stand_without_its_volume():
    texts = [text for ax in together.then_and_now_picture().figure.axes for text in ax.texts]
    volumes = [text.get_text() for text in texts if "m TIV" in text.get_text()]
    assert volumes == ["3,172 m TIV", "4,894 m TIV", "1,869 m TIV"]
