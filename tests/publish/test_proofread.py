"""All that the package says can be said: no slip in a text of ours, and no fault of ours, on any card, picture or exercise."""

from pathlib import Path

import pytest
from conftest import cases

from frenemies import cards
from heldto import article, evidence
from heldto.publish import proofread

CLAIMS = [row["id"] for row in evidence.rows("claims")]


@cases("claim", CLAIMS)
def test_each_claim_is_said_under_each_choice_in_both_vintages(claim):
    assert [*proofread.of_claim(claim)] == []


@pytest.mark.parametrize(
    "draw", proofread.picture_functions().values(), ids=proofread.picture_functions()
)
def test_each_picture_has_its_words(draw):
    assert [*proofread.of_picture(draw)] == []


def test_each_file_of_sentences_can_be_read(tmp_path):
    files = [*proofread.files(), Path(cards.__file__).with_suffix(".toml")]
    assert [slip for path in files for slip in proofread.file_slips(path)] == []
    spoilt = tmp_path / "words.toml"
    spoilt.write_text('kept = "{name} is kept."', encoding="utf-8")
    assert "[kept]: {name} has one brace on either side" in next(proofread.file_slips(spoilt))


@pytest.mark.parametrize("section", article.notebooks())
def test_each_exercise_has_its_words(section):
    assert [*proofread.of_exercises(section)] == []
