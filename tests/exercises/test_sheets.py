"""Exercise sheets: a sentence is mended in TOML alone; a slip there is named with its place."""

import math
import shutil
from importlib.util import module_from_spec, spec_from_file_location

import pandas as pd
import pytest
from conftest import ROOT

from frenemies.errors import NotHeld
from frenemies.exercises import sheets

SECTION = ROOT / "src" / "frenemies" / "sections" / "economic"
NUMBER = """
[E1-total]
level = 1
skill = "find a figure"
kind = "number"
answer = "trade[total][2018]"
ask = "How much?"
hints = ["One.", "Two.", "Three: {trade[total][2018]:.1f}."]
solution = "It is {half:.2f}."
wrong = [{ figure = "half", why = "Half of it." }, { figure = 0, why = "It was in {year}." }]
"""
CHOICE = """
[E1-total]
level = 1
skill = "decide a claim"
kind = "choice"
ask = "Which?"
choices = [{ text = "This", right = "sure", why = "Yes." }, { text = "That", why = "No." }]
hints = ["One.", "Two.", "Three."]
solution = "This."
"""
STATE = """
[E1-total]
level = 1
skill = "read a picture"
kind = "state"
section = "economic"
answer = ["CHN"]
ask = "Which?"
hints = ["One.", "Two.", "Three."]
solution = "China."
says = { lacking = "{number} more.", done = "Only {name}." }
"""


def figures(year):
    trade = pd.DataFrame({"total": {2017: 80.0, 2018: 100.0}})

    def test(shown):
        one = ("lacking", {"number": 2}) if not shown else ("done", {"name": shown[0]})
        return shown == ["CHN"], [one]

    return {"trade": trade, "half": 50.0, "gone": math.nan, "sure": True, "test": test}


@pytest.fixture
def made(tmp_path):
    """made(text): the exercise of a sheet with that text."""
    folder = tmp_path / "sections" / "economic"
    folder.mkdir(parents=True)

    def make(text):
        (folder / "exercises.toml").write_text(text, encoding="utf-8")
        sheet = sheets.Sheet(str(folder / "exercises.py"))
        sheet.figures("E1-total", year=2018)(figures)
        return sheet.make("E1-total")

    return make


def test_words_come_from_the_sheet_and_figures_from_the_function(made):
    exercise = made(NUMBER)
    question = exercise.question
    assert (exercise.section, exercise.claim, exercise.level) == ("economic", "E1", 1)
    assert question.answer == 100 and question.judge(100)
    assert question.hints[2] == "Three: 100.0." and question.solution == "It is 50.00."
    assert question.wrong == [(50.0, "Half of it."), (0.0, "It was in 2018.")]
    question = made(CHOICE).question
    assert question.judge("a") and question.judge("b").says == "No."
    question = made(STATE).question
    assert question.judge(["CHN"]).says == "Only CHN." and question.judge([]).says == "2 more."


def test_a_paragraph_is_written_a_sentence_a_line(made):
    ask = '"""\nHow much\n  was {year}?\nIn billions."""'
    assert (
        made(NUMBER.replace('"How much?"', ask)).question.ask == "How much was 2018? In billions."
    )


SLIPS = [  # what is written wrong: (how it stood, what is said of it)
    ("level = 1\n", "", "exercise E1-total, level: missing"),
    ('"How much?"', "7", 'ask: 7 is no text: put it in "quotes"'),
    ("solution", "solutoin", 'solutoin: a "number" has no such field. Did you mean "solution"?'),
    ('"number"', '"numbr"', 'kind: "numbr" is none: choose number, choice'),
    ('"One.", ', "", "hints: give 3"),
    ("{half:.2f}", "{hlaf:.2f}", 'solution: "hlaf" is no figure here. Did you mean "half"?'),
    ("{half:.2f}", "{}", 'solution: "0" is no figure here'),
    (
        "{half:.2f}",
        "{half",
        "solution: expected '}' before end of string: write a figure as {name}",
    ),
    ("{half:.2f}", "{year:s}", "solution: Unknown format code 's'"),
    ('"half"', '"hlaf"', 'wrong: "hlaf" is no figure here. Did you mean "half"?'),
    ('why = "Half', 'because = "Half', "wrong: a row has figure, why, not figure, because"),
    ('"How much?"', '"How much?', "economic/exercises.toml: Illegal character"),
]


@pytest.mark.parametrize(("right", "wrong", "says"), SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_in_a_sheet_is_named_with_its_place_and_remedy(made, right, wrong, says):
    with pytest.raises(sheets.SheetError) as caught:
        made(NUMBER.replace(right, wrong, 1))
    assert str(caught.value).startswith("sections/economic/exercises.toml")
    assert says in str(caught.value)


def test_figures_for_an_exercise_that_the_sheet_has_not():
    sheet = sheets.Sheet(str(SECTION / "exercises.py"))
    with pytest.raises(sheets.SheetError, match=r'no table \[E1-totl\]. Did you mean "E1-total"'):
        sheet.figures("E1-totl")


@pytest.mark.parametrize("figure", ["trade[total][1900]", "trade[sum][2018]", "gone"])
@pytest.mark.parametrize("field", ["answer", "solution"])
def test_a_figure_that_the_tables_lack_is_not_held(made, field, figure):
    old, new = {"answer": ('"trade[total][2018]"', f'"{figure}"')}.get(
        field, ("{half:.2f}", f"{{{figure}}}")
    )
    with pytest.raises(NotHeld, match="no figure for"):
        made(NUMBER.replace(old, new, 1))


def test_a_teacher_mends_a_word_without_touching_python(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "SHEETS", {})
    for name in ("exercises.py", "exercises.toml"):
        shutil.copy(SECTION / name, tmp_path / name)
    path = tmp_path / "exercises.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("How large was Russia's", "How big was Russia's"), encoding="utf-8"
    )
    spec = spec_from_file_location("mended", tmp_path / "exercises.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    question = module.exercises.make("E1-total").question
    assert question.ask.startswith("How big was Russia's goods trade") and question.judge(88.35)
