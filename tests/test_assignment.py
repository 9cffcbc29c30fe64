"""The nbgrader course: written once, never over anything; and, where nbgrader is installed, eight submissions graded headless."""

import ast
import copy
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from frenemies import assignment, cli, exercises
from frenemies.places import Problem

NAME = assignment.NAME
SECONDS = 12  # enough to import pandas on a busy machine


def test_the_course_has_source_configuration_and_instructions(tmp_path):
    paths = assignment.write(tmp_path / "course", course="ir-101", seconds=45)
    assert [path.relative_to(tmp_path / "course").as_posix() for path in paths] == [
        f"source/{NAME}/{NAME}.ipynb",
        "nbgrader_config.py",
        "README.md",
    ]
    config, readme = paths[1].read_text(), paths[2].read_text()
    assert "course_id = 'ir-101'" in config and "timeout = 45" in config
    assert "12 points are given by the machine, 3 by you" in readme and "45 seconds" in readme
    nbformat.validate(nbformat.read(paths[0], 4))


@pytest.mark.parametrize("course", ["a\nb", '"; print(1); "', "it's", "Ost/West"])
def test_a_course_of_any_name_is_a_name_and_no_code(tmp_path, course):
    paths = assignment.write(tmp_path / "course", course=course)
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
        assert sorted(path.name for path in folder.iterdir()) == ["README.md", "nbgrader_config.py", "source"]
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
    for cell in assignment.notebook().cells:
        if cell.cell_type == "code":
            exec(cell.source, space)
    assert exercises.find("E1-total").question.judge(space["total"])
    with pytest.raises(AssertionError, match="wrong reporter"):
        space["explain"]("E1-total", 95.24)


def test_points_are_those_of_the_headings():
    made = assignment.notebook()
    headings = "\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
    asked = [int(number) for text in re.findall(r"\(([\d +]+) points", headings) for number in text.split(" + ")]
    assert sum(asked) == sum(assignment.points(made)) == 15
    ids = [cell.metadata["nbgrader"]["grade_id"] for cell in made.cells if "nbgrader" in cell.metadata]
    assert len(ids) == len(set(ids))


RIGHT = {
    "total": 'total = trade.in_year(trade.goods_trade("RUS", "CHN"), 2014)',
    "balance": 'def balance(actor, partner, year):\n    return trade.in_year(trade.mirror_trade(actor, partner), year, "fob_balance")',
    "allies": 'allies = "Japan, South Korea and the Philippines".replace("the ", "")',
    "leaning": re.sub(r"    ### .*\n?", "", assignment.LEANING),
    "essay": "I cite both books, and say which year and which edition.",
}
WRONG = {
    "total": 'total = trade.in_year(trade.goods_trade("CHN", "RUS"), 2014)',
    "balance": 'def balance(actor, partner, year):\n    return trade.in_year(trade.goods_trade(actor, partner), year, "balance")',
    "allies": 'allies = ["JPN", "KOR", "PHL", "TWN"]',
    "leaning": "def leaning(year):\n    return 3",
}
HARD_CODED = {
    "total": "total = 88.4",
    "balance": "def balance(actor, partner, year):\n    return {2017: -4.4, 2018: 8.0}.get(year, 0)",
    "allies": 'allies = ["JPN", "KOR", "PHL"]',
    "leaning": "def leaning(year):\n    return 2",
}


def cell(notebook, name):
    return next(one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == name)


def filled(released, answers, drop=(), tamper=()):
    made = copy.deepcopy(released)
    for name, source in answers.items():
        cell(made, name).source = source
    for name in tamper:
        cell(made, name).source = "assert True"
    made.cells = [one for one in made.cells if one.metadata.get("nbgrader", {}).get("grade_id") not in drop]
    return made


SUBMISSIONS = {  # who: (answers, cells deleted, tests tampered with, points from the machine)
    "right": (RIGHT, (), (), 12),
    "wrong": (WRONG, (), (), 0),
    "hardcoded": (HARD_CODED, (), (), 6),
    "endless": (RIGHT | {"allies": "while True:\n    pass"}, (), (), 10),
    "deleted": (RIGHT, ("test-balance-more",), (), 9),  # a test taken out earns nothing
    "tampered": (RIGHT | {"total": "total = 0"}, (), ("test-total",), 10),
    "syntax": (RIGHT | {"balance": "def balance(:\n"}, (), (), 7),
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
    """A course with the eight submissions generated, graded and answered."""
    if not find_spec("nbgrader"):
        if os.environ.get("FRENEMIES_REQUIRE_NBGRADER"):
            pytest.fail('nbgrader must be there: pip install -e ".[nbgrader]"')
        pytest.skip("nbgrader is an extra, and not installed")
    course = tmp_path_factory.mktemp("nbgrader") / "course"
    assignment.write(course, seconds=SECONDS)
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
    assert "owe_defence" not in text and "I give both books" not in text and "1 point" not in text


@pytest.mark.parametrize("who", SUBMISSIONS)
def test_points_from_the_machine(graded, who):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as book:
        found = book.find_submission(NAME, who)
        assert (found.score, found.max_score) == (SUBMISSIONS[who][3], 15)
        assert found.needs_manual_grade == ("essay" in SUBMISSIONS[who][0])  # an essay not written has its 0 already


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
    assert "Find a figure" in page and f"Score: {SUBMISSIONS[who][3]}.0 / 15.0" in re.sub(r"\s+", " ", page)
    assert WORDS.get(who, "Two books") in re.sub(r"<[^>]+>", "", page)
