"""Exercise sheets: a sentence is mended in TOML alone; a slip there is named with its place."""

import math
import shutil
from importlib.util import module_from_spec, spec_from_file_location

import pandas as pd
import pytest
from conftest import ROOT

from heldto.errors import NotHeld, TextError
from heldto.exercises import check, checks, sheets
from heldto.exercises.standing import progress

SECTION = ROOT / "src" / "frenemies" / "sections" / "economic"
NUMBER = """
[E1-total]
level = 1
given = { year = 2018 }
skill = "find a figure"
kind = "number"
answer = "trade.total[2018]"
ask = "How much?"
hints = ["One.", "Two.", "Three: {{ trade.total[2018] | number(1) }}."]
solution = "It is {{ half | number(2) }}."
wrong = [{ figure = "half", why = "Half of it." }, { figure = 0, why = "It was in {{ year }}." }]
"""
CHOICE = """
[E1-total]
level = 1
given = { year = 2018 }
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
given = { year = 2018 }
skill = "read a picture"
kind = "state"
section = "economic"
answer = ["CHN"]
ask = "Which?"
hints = ["One.", "Two.", "Three."]
solution = "China."
says = { lacking = "{{ number }} more.", done = "Only {{ name }}." }
"""


def figures(year):
    trade = pd.DataFrame({"total": {2017: 80.0, 2018: 100.0}})

    def test(shown):
        one = ("lacking", {"number": 2}) if not shown else ("done", {"name": shown[0]})
        return shown == ["CHN"], [one]

    plain = {"trade": trade, "half": 50.0, "gone": math.nan, "sure": True, "sign": -1}
    rows = [{"name": "China", "size": 1}, {"name": "Russia", "size": 2}]
    return plain | {"test": test, "states": ["CHN", "RUS"], "nobody": [], "rows": rows}


def per_head(state, year=2018):
    """A measure of one argument that a text has to name."""
    return pd.Series({"total": {"CHN": 7.0, "RUS": 3.5}[state]})


@pytest.fixture
def made(tmp_path):
    """made(text): the exercise of a sheet with that text."""
    folder = tmp_path / "sections" / "economic"
    folder.mkdir(parents=True)

    def make(text):
        (folder / "exercises.toml").write_text(text, encoding="utf-8")
        sheet = sheets.Sheet(str(folder / "exercises.py"))
        sheet.figures("E1-total")(figures)
        sheet.measure(per_head)
        return sheet.make("E1-total")

    return make


def test_words_come_from_the_sheet_and_figures_from_the_function(made):
    exercise = made(NUMBER)
    question = exercise.question
    assert (exercise.id, exercise.level) == ("E1-total", 1)
    assert question.answer == 100 and question.judge(100)
    assert question.hints[2] == "Three: 100.0." and question.solution == "It is 50.00."
    assert question.known == [(50.0, "Half of it."), (0.0, "It was in 2018.")]
    question = made(CHOICE).question
    assert question.judge("a") and question.judge("b").says == "No."
    question = made(STATE).question
    assert question.judge(["CHN"]).says == "Only CHN." and question.judge([]).says == "2 more."


def test_a_paragraph_is_written_a_sentence_a_line(made):
    ask = '"""\nHow much\n  was {{ year }}?\nIn billions."""'
    assert (
        made(NUMBER.replace('"How much?"', ask)).question.ask == "How much was 2018? In billions."
    )


SUMS = {  # how a text names a figure: what a page shows
    "{{ per_head.CHN.total | number(1) }}": "7.0",
    "{{ (half - 1) | number(0) }}": "49",
    "{{ (half - trade.total[2017] / 10 + 2) | number(0) }}": "44",
    "{{ (per_head.RUS.total / per_head.CHN.total * 100) | number(0) }} %": "50 %",
    "{{ states | names }}": "China, Russia",
    "{{ states | names('or') }}": "China or Russia",
    "{{ states | listed }}": "CHN, RUS",
    "{{ nobody | names }}": "none",
    "{{ sign | said('tie') }} and {{ year | said('tie') }}": "rivals and 2018 years",
    "{{ rows | said('row') }}": "China 1.0; Russia 2.0",
    "{% for row in rows %}{{ row.name }}{% if row.size > 1 %}!{% endif %} {% endfor %}": "China Russia! ",
    "{{ '{half}' }}": "{half}",
}
WORDS = """
[E1-total.words]
row = "{{ name }} {{ size | number(1) }}"
tie = { "-1" = "rivals", "2018" = "{{ year }} years" }
"""


@pytest.mark.parametrize("written", SUMS)
def test_a_text_names_measures_sums_lists_and_words(made, written):
    text = NUMBER.replace("{{ half | number(2) }}", written) + WORDS
    assert made(text).question.solution == f"It is {SUMS[written]}."


SLIPS = [  # what is written wrong: (how it stood, what is said of it)
    ("level = 1\n", "", "exercise E1-total: level is missing: an exercise of the kind"),
    ('"How much?"', "7", 'ask: 7 is not a text: put it in "quotes"'),
    (
        "solution =",
        "solutoin =",
        'the kind "number" has no key "solutoin". Did you mean "solution"?',
    ),
    ('answer = "', 'anwser = "', 'no key "anwser". Did you mean "answer"?'),
    ('"number"', '"numbr"', 'kind: no kind "numbr". Did you mean "number"?'),
    ("{{ half |", "{{ hlaf |", 'solution: "hlaf" is not a figure here. Did you mean "half"?'),
    (
        "{{ half |",
        "{{ (half - hlf) |",
        'solution: "hlf" is not a figure here. Did you mean "half"?',
    ),
    ("| number(2)", "| numbr(2)", 'nothing writes a figure as "numbr". Did you mean "number"?'),
    ("| number(2)", "| number", "solution: "),
    ("| number(2)", "| said('tie')", 'solution: there are no words "tie". There is none.'),
    ("{{ half | number(2) }}", "{half:.2f}", "solution: {half:.2f} has one brace on either side"),
    ("{{ half | number(2) }}", "{}", "solution: {} has one brace on either side"),
    (
        "{{ half | number(2) }}",
        "{{ half",
        "write a figure as {{ name }}, or {{ name | number(1) }}",
    ),
    ("{{ half |", "{{ states |", "solution: "),
    ("{{ half | number(2) }}", "{{ half | names }}", "solution: "),
    ('"half"', '"hlaf"', 'wrong: "hlaf" is not a figure here. Did you mean "half"?'),
    ('why = "Half', 'because = "Half', "exercise E1-total: 'why': add what is missing"),
    ('"How much?"', '"How much?', "economic/exercises.toml: a quote is missing"),
]


@pytest.mark.parametrize(("right", "wrong", "says"), SLIPS, ids=[says for *_, says in SLIPS])
def test_a_slip_in_a_sheet_is_named_with_its_place_and_remedy(made, right, wrong, says):
    with pytest.raises(TextError) as caught:
        made(NUMBER.replace(right, wrong, 1))
    assert str(caught.value).startswith("sections/economic/exercises.toml")
    assert says in str(caught.value)


def test_each_exercise_says_all_that_is_asked_of_it_and_no_figures_are_made_for_another():
    asked = {"level", "skill", "kind", "ask", "hints", "solution"}
    known = sheets.exercise_ids()
    for sheet in sheets.SHEETS.values():
        assert sheet._functions.keys() <= sheet.tables.keys(), sheet.path
        for name, table in sheet.tables.items():
            assert name in known and table.keys() >= asked and table["level"] in sheets.LEVELS, name
            assert len(table["hints"]) == 3 and all(table[field] for field in asked), name


LACKING = ["trade.total[1900]", "trade.sums[2018]", "gone", "half + gone", "per_head.IND.total"]


@pytest.mark.parametrize("figure", LACKING)
@pytest.mark.parametrize("field", ["answer", "solution"])
def test_a_figure_that_the_tables_lack_is_not_held(made, field, figure):
    old, new = {"answer": ('"trade.total[2018]"', f'"{figure}"')}.get(
        field, ("{{ half | number(2) }}", f"{{{{ {figure} }}}}")
    )
    with pytest.raises(NotHeld, match="no figure for"):
        made(NUMBER.replace(old, new, 1))


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """copied(section, name, old, new): the question of an exercise whose sheet was edited so."""
    monkeypatch.setattr(sheets, "SHEETS", {})

    def copy(section, name, old, new):
        folder = tmp_path / "sections" / section
        folder.mkdir(parents=True)
        for end in (".py", ".toml"):
            shutil.copy(SECTION.parent / section / f"exercises{end}", folder / f"exercises{end}")
        path = folder / "exercises.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        spec = spec_from_file_location("mended", folder / "exercises.py")
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.exercises.make(name).question

    return copy


MENDED = [  # section, exercise, how its question began, how a teacher has it begin
    ("economic", "E1-total", "How large was Russia's", "How big was Russia's"),
    ("geopolitical", "G9-votes", "The claim: Beijing will", "They claim: Beijing will"),
    ("military", "M2-yellow", "Two students judge", "Two pupils judge"),
    ("verdict", "F-changed", "How many verdicts have", "How many of the verdicts have"),
]


@pytest.mark.parametrize(("section", "name", "old", "new"), MENDED)
def test_a_teacher_mends_a_word_without_touching_python(copied, section, name, old, new):
    assert copied(section, name, old, new).ask.startswith(new)


@pytest.mark.parametrize(
    ("section", "name", "old", "new", "says"),
    [
        (
            "geopolitical",
            "G10-set",
            "{{ allies | names",
            "{{ alies | names",
            'solution: "alies" is no',
        ),
        (
            "military",
            "M4-tiv",
            "paid Ukraine {{ tiv",
            "paid Ukraine {{ tvi",
            'choices: "tvi" is no',
        ),
        (
            "verdict",
            "F-brier",
            "{{ guesses | said",
            "{{ guess | said",
            'ask: "guess" is not a figure',
        ),
    ],
)
def test_an_unknown_placeholder_is_named_with_file_exercise_and_field(
    copied, section, name, old, new, says
):
    with pytest.raises(TextError) as caught:
        copied(section, name, old, new)
    assert str(caught.value).startswith(f"sections/{section}/exercises.toml, exercise {name}, ")
    assert says in str(caught.value) and "Did you mean" in str(caught.value)


def test_no_line_of_a_sheet_is_longer_than_a_screen_is_wide():
    for path in SECTION.parent.glob("*/exercises.toml"):
        long = [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 100]
        assert not long, path


def test_a_bracket_in_one_section_s_sheet_hurts_that_section_alone(monkeypatch):
    """A file that cannot be read answers for its own exercises, and for no other section's."""
    ids = sheets.exercise_ids

    def broken(section=None):
        if section == "economic":
            raise TextError("sections/economic/exercises.toml: Illegal character: mend that line")
        return ids(section)

    monkeypatch.setattr(sheets, "exercise_ids", broken)
    assert "Illegal" not in check("M8-submarines", 1).says
    assert checks.find_exercise("M8-submarines").id == "M8-submarines"
    for asked in ("E3-rank", "M8-submarine"):
        told = check(asked, 1).says
        assert f'exercise "{asked}" is not among those that can be read' in told
        assert "sections/economic/exercises.toml: Illegal character" in told
    told = repr(progress())
    assert "01_economic: sections/economic/exercises.toml: Illegal character" in told
    assert "03_military: 0 of" in told


def test_a_sheet_that_is_no_toml_is_named_each_time_it_is_asked_for(monkeypatch, tmp_path):
    """The first question does not make the next one another error."""
    folder = tmp_path / "sections" / "economic"
    folder.mkdir(parents=True)
    shutil.copy(SECTION / "exercises.py", folder / "exercises.py")
    (folder / "exercises.toml").write_text('[E1-total]\nask = "left open\n', encoding="utf-8")
    for _ in range(2):
        spec = spec_from_file_location("broken", folder / "exercises.py")
        with pytest.raises(TextError, match=r"sections/economic/exercises\.toml: .*line 2"):
            spec.loader.exec_module(module_from_spec(spec))
