"""Captions: each belongs to a picture, and a slip in the file is told with the file's name."""

import re
from pathlib import Path

import pytest

from frenemies import economic, military, sections
from heldto import article, ledger
from heldto.errors import Problem
from heldto.text import texts

HERE = Path(sections.__file__).parent


@pytest.mark.parametrize("section", ["economic", "geopolitical", "military", "verdict"])
def test_every_caption_is_a_pictures(section):
    code = "".join(path.read_text("utf-8") for path in (HERE / section / "pictures").glob("*.py"))
    assert set(re.findall(r'CAPTIONS\["([\w-]+)"\]', code)) == set(texts.captions(section))


def test_every_caption_of_the_ledger_is_a_pictures():
    here = Path(ledger.__file__).parent
    code = "".join(path.read_text("utf-8") for path in here.glob("*.py"))
    assert set(re.findall(r'CAPTIONS\["([\w-]+)"\]', code)) == set(texts.captions(here))


def test_a_slip_names_file_and_line(monkeypatch, tmp_path):
    monkeypatch.setattr(article, "section_dir", lambda section, of=None: tmp_path / section)
    (tmp_path / "economic").mkdir()
    (tmp_path / "economic/pictures.toml").write_text('[coal]\nlead = "left open\n', "utf-8")
    with pytest.raises(Problem, match=r"pictures\.toml.*line 2"):
        texts.captions("economic")


def test_a_title_says_whether_a_share_or_an_amount_fell_and_does_not_let_a_fall_look_like_growth():
    coal, forecast = economic.coal_picture().title, military.forecast_picture().title
    assert "and the amount of coal burnt by" in coal
    assert "Russian arms for China fell to 0." in forecast
