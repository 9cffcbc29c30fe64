"""The nbgrader course: written once, never over anything; and, where nbgrader is installed, ten submissions graded headless."""

import ast
import copy
import os
import random
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from typer.testing import CliRunner

from frenemies import exercises
from frenemies.errors import Problem
from frenemies.publish import cli
from frenemies.publish.classroom import assignment, coded, course

pytestmark = pytest.mark.slow

NAME = assignment.NAME
SECONDS = 12  # enough to import pandas on a busy machine
SEED = 3
DRAWN = coded.draw(seed=SEED)


def test_the_course_has_source_configuration_and_instructions(tmp_path):
    paths = assignment.write(tmp_path / "course", course_id="ir-101", seconds=45)
    assert [path.relative_to(tmp_path / "course").as_posix() for path in paths] == [
        f"source/{NAME}/{NAME}.ipynb",
        "nbgrader_config.py",
        "README.md",
    ]
    config, readme = paths[1].read_text(), paths[2].read_text()
    assert "course_id = 'ir-101'" in config and "timeout = 45" in config
    assert "21 points are given by the machine, 3 by you" in readme and "45 seconds" in readme
    nbformat.validate(nbformat.read(paths[0], 4))


@pytest.mark.parametrize("course", ["a\nb", '"; print(1); "', "it's", "Ost/West"])
def test_a_course_of_any_name_is_a_name_and_no_code(tmp_path, course):
    paths = assignment.write(tmp_path / "course", course_id=course)
    (found,) = [
        ast.literal_eval(line.value)
        for line in ast.walk(ast.parse(paths[1].read_text(encoding="utf-8")))
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]).endswith("course_id")
    ]
    assert found == course


def test_an_empty_folder_may_be_named_and_is_read_by_others(tmp_path):
    (tmp_path / "course").mkdir()
    assignment.write(tmp_path / "course")
    assignment.write(tmp_path / "new" / "course")
    for folder in (tmp_path / "course", tmp_path / "new" / "course"):
        assert sorted(path.name for path in folder.iterdir()) == [
            "README.md",
            "nbgrader_config.py",
            "source",
        ]
        assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []
        assert (folder / "source").stat().st_mode == (tmp_path / "new").stat().st_mode


def test_nothing_is_ever_overwritten(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(Problem, match="holds something already"):
        assignment.write(tmp_path)
    with pytest.raises(Problem, match="holds something already"):
        assignment.write(tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_writes_it_and_names_the_files(tmp_path):
    found = CliRunner().invoke(cli.app, ["assignment", str(tmp_path / "out"), "--seconds", "5"])
    assert found.exit_code == 0 and found.output.count(str(tmp_path)) == 3
    assert "timeout = 5" in (tmp_path / "out" / "nbgrader_config.py").read_text()


def test_the_source_runs_and_its_own_tests_pass():
    space = {}
    for cell in assignment.notebook(DRAWN).cells:
        if cell.cell_type == "code":
            exec(cell.source, space)
    assert course.question("total").judge(space["total"])
    with pytest.raises(AssertionError, match="wrong reporter"):
        space["explain"]("total", 99.2)


@pytest.mark.parametrize("name", course.MARKED)
def test_no_solution_of_an_exercise_answers_a_marked_question(name):
    marked, asked = course.question(name), [exercises.find(one).question for one in exercises.ids()]
    assert marked.ask not in [one.ask for one in asked] and marked.code not in [
        one.code for one in asked
    ]
    assert [one.ask for one in asked if one.kind == marked.kind and marked.judge(one.answer)] == []


def test_no_model_answer_of_an_exercise_is_that_of_the_essay():
    asked = [exercises.find(one).question for one in exercises.ids()]
    assert course.question("essay").ask not in [one.ask for one in asked]
    assert course.question("essay").solution not in [one.solution for one in asked]


@pytest.mark.parametrize("name", course.MARKED)
def test_every_likely_slip_is_told_why(name):
    marked = course.question(name)
    if name == "allies":
        slips = [([*marked.answer, code], why) for code, why in marked.wrong.items()]
    else:
        assert len(marked.wrong) >= 10
        slips = marked.wrong
    for answer, why in slips:
        assert not marked.judge(answer) and why in marked.judge(answer).says
    assert all(
        marked.missing[code] in marked.judge([one for one in marked.answer if one != code]).says
        for code in getattr(marked, "missing", ())
    )


def test_a_seed_draws_the_same_variants_again_and_others_come(tmp_path):
    texts = [
        [path.read_text() for path in assignment.write(tmp_path / str(number), seed=seed)]
        for number, seed in enumerate((5, 5, 6))
    ]
    assert texts[0] == texts[1] != texts[2]
    assert "--seed 5" in texts[0][2] and "year 20" in texts[0][2]
    told = [{str(one["variant"]) for one in coded.draw(seed=seed).values()} for seed in range(20)]
    assert len(set(map(frozenset, told))) > 5


def variants():
    """Each question in code with each of its variants, as a file of it alone would have them."""
    tables = tomllib.loads(coded.OURS.read_text(encoding="utf-8"))
    return [
        pytest.param(table | {"draw": [drawn]}, id=f"{name} {' '.join(map(str, drawn.values()))}")
        for name, table in tables.items()
        for drawn in table["draw"]
    ]


@pytest.mark.parametrize("table", variants())
def test_every_variant_has_an_answer_and_explains_every_slip(table):
    drawn = coded._drawn(table, random.Random(1), "coded.toml")
    lines, texts = drawn["lines"], [drawn[key] for key in ("ask", "lines", "title")]
    assert not any("{" in text for text in [*texts, *(one["why"] for one in drawn["slips"])])
    coded.explain(coded._run(lines), drawn)
    assert len({slip["why"] for slip in drawn["slips"]}) >= 8
    for slip in drawn["slips"]:
        with pytest.raises(AssertionError, match=re.escape(slip["why"])):
            coded.explain(coded._run(lines.replace(slip["for"], slip["put"])), drawn)


@pytest.mark.parametrize("table", variants())
def test_no_solution_of_an_exercise_in_code_answers_a_variant(table):
    drawn = coded._drawn(table, random.Random(1), "coded.toml")
    marked = coded.question(drawn)
    asked = [exercises.find(one).question for one in exercises.ids()]
    assert drawn["lines"] not in [one.lines for one in asked]
    assert not [one.ask for one in asked if one.kind == marked.kind and marked.judge(one.answer)]


def test_the_visible_test_looks_at_the_form_alone():
    keys, units = DRAWN["largest"]["keys"], DRAWN["largest"]["units"]
    coded.form(pd.DataFrame({"partner": ["CHN"], "billion": [0]}), keys, units)
    coded.form(0)
    for answer, says in ((None, "gives nothing back"), (pd.Series([1]), "That is a series")):
        with pytest.raises(AssertionError, match=says):
            coded.form(answer, keys, units)
    with pytest.raises(AssertionError, match="no column partner"):
        coded.form(pd.DataFrame({"a": [1], "billion": [0], "b": 2}), keys, units)
    with pytest.raises(AssertionError, match="no number"):
        coded.form("many")


OWN = """
[mine]
title = "My own"
points = 7
draw = [{ year = 2015 }]
unit = ""
digits = 0
ask = "How many rows has {year}?"
lines = '''
books = fr.evidence.table("economic/partners")
answer = len(books.query("year == {year}"))'''
slips = [{ for = "== {year}", put = "> {year}", why = "Those are later ones than {year}." }]
"""


def test_a_teacher_s_own_questions_take_the_place_of_ours(tmp_path):
    (tmp_path / "own.toml").write_text(OWN)
    out = tmp_path / "out"
    command = ["assignment", str(out), "--questions", str(tmp_path / "own.toml")]
    assert CliRunner().invoke(cli.app, command).exit_code == 0
    made = nbformat.read(out / "source" / NAME / f"{NAME}.ipynb", 4)
    sources = {cell.id: cell.source for cell in made.cells}
    assert "## 6. My own (7 points)" in sources["ask-mine"] and "2015" in sources["ask-mine"]
    assert "largest" not in sources and assignment.points(made) == (19, 3)
    assert "- `mine`: year 2015" in (out / "README.md").read_text()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[mine]", "[mine", "own.toml: .*mend that line"),
        ('== {year}"))', '== {yaer}"))', "own.toml, mine: KeyError: 'yaer'"),
        ('for = "== {year}"', 'for = "= {year}5"', 'own.toml, mine: no line has "= 20155"'),
        ("points = 7", "", "own.toml, mine: KeyError: 'points'"),
        ("economic/partners", "economic/parners", "own.toml, mine: .*economic/parners"),
        ("answer = len", "anwser = len", "own.toml, mine: KeyError: 'answer'"),
        ("digits = 0", "digits = 0\nlevel = 'easy'", ""),
    ],
)
def test_a_fault_in_a_teacher_s_own_questions_is_named(tmp_path, old, new, says):
    assert old in OWN
    (tmp_path / "own.toml").write_text(OWN.replace(old, new))
    if says:
        with pytest.raises(Problem, match=says):
            assignment.write(tmp_path / "out", questions=tmp_path / "own.toml")
        assert not (tmp_path / "out").exists()
    else:
        assert assignment.write(tmp_path / "out", questions=tmp_path / "own.toml")


def test_a_file_of_questions_that_is_not_there_is_said(tmp_path):
    with pytest.raises(
        Problem, match=r"none.toml: No such file .*: name another file of questions"
    ):
        assignment.write(tmp_path / "out", questions=tmp_path / "none.toml")


def test_the_instructions_say_what_comes_before_and_name_exercises_that_there_are(tmp_path):
    readme = assignment.write(tmp_path / "out")[2].read_text()
    named = re.findall(r"`([EFGM]\d+-code-\w+)`", readme)
    assert named and set(named) <= set(exercises.ids())
    assert "What a student must have done before" in readme and "A veil" in readme


def test_points_are_those_of_the_headings():
    made = assignment.notebook(DRAWN)
    headings = "\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
    asked = [
        int(number)
        for text in re.findall(r"\(([\d +]+) points", headings)
        for number in text.split(" + ")
    ]
    assert sum(asked) == sum(assignment.points(made)) == 24
    ids = [
        cell.metadata["nbgrader"]["grade_id"] for cell in made.cells if "nbgrader" in cell.metadata
    ]
    assert len(ids) == len(set(ids))


SOURCES = {cell.id: cell.source for cell in assignment.notebook(DRAWN).cells}
RIGHT = {
    "total": 'total = trade.in_year(trade.goods_trade("VNM", "CHN"), 2016)',
    "balance": 'def balance(actor, partner, year):\n    return trade.in_year(trade.mirror_trade(actor, partner), year, "cif_balance")',
    "allies": 'allies = "Armenia, Kazakhstan and Tajikistan"',
    "leaning": re.sub(r"    ### .*\n?", "", SOURCES["leaning"]),
    "essay": "I cite both books, and say which year and which edition.",
} | {name: re.sub(r"### .*\n?", "", SOURCES[name]) for name in DRAWN}
WRONG = {
    "total": 'total = trade.in_year(trade.goods_trade("CHN", "VNM"), 2016)',
    "balance": 'def balance(actor, partner, year):\n    return trade.in_year(trade.goods_trade(actor, partner), year, "balance")',
    "allies": 'allies = ["ARM", "KAZ", "TJK", "TKM"]',
    "leaning": "def leaning(year):\n    return 3",
    "largest": RIGHT["largest"].replace("year == 2011", "year == 2010"),
    "alike": RIGHT["alike"].replace("PAK == both.CHN", "PAK != both.CHN"),
    "shares": RIGHT["shares"].replace("all_in.tiv", "sums.tiv"),
}
HARD_CODED = {
    "total": "total = 72.0",
    "balance": "def balance(actor, partner, year):\n    return {2017: 1.4, 2018: 6.9}.get(year, 0)",
    "allies": 'allies = ["ARM", "KAZ", "TJK"]',
    "leaning": "def leaning(year):\n    return 2",
    "largest": "largest = fr.evidence.table('economic/partners')",
    "alike": "alike = 69.7",  # of the exercise
    "shares": "shares = [{'supplier': 'CHN', 'percent': 68.8}]",
}
SILENT = "def explain(*anything):\n    pass"
EMPTY = "CIS = []\n\n\ndef leaning(year):\n    return 0"


def cell(notebook, name):
    return next(
        one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == name
    )


def filled(released, answers, drop=(), tamper=()):
    made = copy.deepcopy(released)
    for name, source in {**answers, **dict(tamper)}.items():
        cell(made, name).source = source
    made.cells = [
        one for one in made.cells if one.metadata.get("nbgrader", {}).get("grade_id") not in drop
    ]
    return made


SUBMISSIONS = {  # who: (answers, cells deleted, cells rewritten, points from the machine)
    "right": (RIGHT, (), (), 21),
    "wrong": (WRONG, (), (), 0),
    "hardcoded": (HARD_CODED, (), (), 6),
    "endless": (RIGHT | {"allies": "while True:\n    pass"}, (), (), 19),
    "deleted": (RIGHT, ("test-balance-more",), (), 18),  # a test taken out earns nothing
    "tampered": (RIGHT | {"total": "total = 0"}, (), [("test-total", "assert True")], 19),
    "silenced": (
        WRONG | {"total": f"total = 0\n\n\n{SILENT}"},
        (),
        [("setup", f"{SOURCES['setup']}\n\n\n{SILENT}")],
        0,
    ),
    "emptied": (RIGHT | {"leaning": EMPTY}, (), [("eight", "CIS = []")], 18),
    "syntax": (RIGHT | {"balance": "def balance(:\n"}, (), (), 16),
    "blank": ({}, (), (), 0),
}


def nbgrader(course, *command):
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONWARNINGS": "ignore",
    }
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """A course with the ten submissions generated, graded and answered."""
    if not find_spec("nbgrader"):
        if os.environ.get("FRENEMIES_REQUIRE_NBGRADER"):
            pytest.fail('nbgrader must be there: pip install -e ".[classroom]"')
        pytest.skip("nbgrader is an extra, and not installed")
    course = tmp_path_factory.mktemp("nbgrader") / "course"
    assignment.write(course, seconds=SECONDS, seed=SEED)
    nbgrader(course, "generate_assignment", NAME)
    released = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", 4)
    for who, (answers, drop, tamper, _) in SUBMISSIONS.items():
        folder = course / "submitted" / who / NAME
        folder.mkdir(parents=True)
        nbformat.write(filled(released, answers, drop, tamper), folder / f"{NAME}.ipynb")
    nbgrader(course, "autograde", NAME)
    nbgrader(course, "generate_feedback", NAME)
    return course


def test_the_students_version_holds_no_solution_and_no_hidden_test(graded):
    text = (graded / "release" / NAME / f"{NAME}.ipynb").read_text()
    assert "raise NotImplementedError" in text and "HIDDEN" not in text and "SOLUTION" not in text
    assert (
        "owe_defence" not in text
        and "I give both books" not in text
        and "goods_trade" not in text
        and "sort_values" not in text
        and not any(slip["why"] in text for one in DRAWN.values() for slip in one["slips"])
        and "1 point" not in text
    )


@pytest.mark.parametrize("who", SUBMISSIONS)
def test_points_from_the_machine(graded, who):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as book:
        found = book.find_submission(NAME, who)
        assert (found.score, found.max_score) == (SUBMISSIONS[who][3], 24)
        assert found.needs_manual_grade == (
            "essay" in SUBMISSIONS[who][0]
        )  # an essay not written has its 0 already


WORDS = {
    "wrong": "Right year, wrong reporter",
    "hardcoded": "work it out from its three arguments",
    "endless": f"ran for more than {SECONDS} seconds",
    "syntax": "SyntaxError",
    "blank": "NotImplementedError",
}


@pytest.mark.parametrize("who", SUBMISSIONS)
def test_feedback_is_a_page_that_says_why(graded, who):
    page = (graded / "feedback" / who / NAME / f"{NAME}.html").read_text()
    assert "Find a figure" in page and f"Score: {SUBMISSIONS[who][3]}.0 / 24.0" in re.sub(
        r"\s+", " ", page
    )
    assert WORDS.get(who, "Two books") in re.sub(r"<[^>]+>", "", page)
