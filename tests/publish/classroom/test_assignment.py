"""The nbgrader course: written once, never over anything; its answers in no student's reach; and, where nbgrader is installed, submissions graded headless."""

import ast
import copy
import importlib
import inspect
import itertools
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from typer.testing import CliRunner

import frenemies
from frenemies import measures
from frenemies.measures import trade
from heldto import exercises
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.exercises.lines import run_lines
from heldto.publish import cli
from heldto.publish.classroom import assignment, coded, look

pytestmark = pytest.mark.slow

NAME = assignment.NAME
SECONDS = 12  # enough to import pandas on a busy machine
SECRET = "one of the tests"


@cache
def drawn_by(secret):
    """The questions of ours that a secret draws."""
    return coded.draw_questions(secret=secret)


DRAWN = drawn_by(SECRET)
CODED = [name for name, one in DRAWN.items() if "rubric" not in one]
OURS = Path(frenemies.__file__).with_name("questions.toml")
TABLES = tomllib.loads(OURS.read_text(encoding="utf-8"))


def opened(drawn):
    """Questions of ours with all their lines and slips, as they were drawn."""
    return {
        name: one
        | coded._filled(
            {key: TABLES[name][key] for key in ("lines", "slips") if key in TABLES[name]},
            one["variant"],
        )
        for name, one in drawn.items()
    }


OPEN = opened(DRAWN)


@pytest.fixture
def drawn_before(monkeypatch):
    """A course is written with questions that were drawn already."""
    monkeypatch.setattr(coded, "draw_questions", lambda questions, secret: DRAWN)


@pytest.mark.usefixtures("drawn_before")
def test_the_course_has_source_configuration_and_instructions(tmp_path):
    paths = assignment.write_course(tmp_path / "course", course_id="ir-101", seconds=45)
    assert [path.relative_to(tmp_path / "course").as_posix() for path in paths] == [
        f"source/{NAME}/{NAME}.ipynb",
        "nbgrader_config.py",
        "README.md",
        "secret.txt",
    ]
    config, readme = paths[1].read_text(), paths[2].read_text()
    assert "course_id = 'ir-101'" in config and "timeout = 45" in config
    assert "nbgrader gives 18 points, and you give 3" in readme and "45 seconds" in readme
    assert "leave them out: question 7." in readme
    nbformat.validate(nbformat.read(paths[0], 4))


@pytest.mark.usefixtures("drawn_before")
@pytest.mark.parametrize("course", ["a\nb", '"; print(1); "', "it's", "Ost/West"])
def test_a_course_of_any_name_is_a_name_and_no_code(tmp_path, course):
    paths = assignment.write_course(tmp_path / "course", course_id=course)
    (found,) = [
        ast.literal_eval(line.value)
        for line in ast.walk(ast.parse(paths[1].read_text(encoding="utf-8")))
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]).endswith("course_id")
    ]
    assert found == course


@pytest.mark.usefixtures("drawn_before")
def test_an_empty_folder_may_be_named_and_is_read_by_others(tmp_path):
    (tmp_path / "course").mkdir()
    assignment.write_course(tmp_path / "course")
    assignment.write_course(tmp_path / "new" / "course")
    for folder in (tmp_path / "course", tmp_path / "new" / "course"):
        assert sorted(path.name for path in folder.iterdir()) == [
            "README.md",
            "nbgrader_config.py",
            "secret.txt",
            "source",
        ]
        assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []
        assert (folder / "source").stat().st_mode == (tmp_path / "new").stat().st_mode


@pytest.mark.usefixtures("drawn_before")
@pytest.mark.skipif(os.name == "nt", reason="Windows knows no rights by mode")
def test_the_secret_and_a_new_course_are_the_lecturer_s_alone(tmp_path):
    kept = tmp_path / "kept.txt"
    paths = assignment.write_course(tmp_path / "new", secret=kept)
    (tmp_path / "there").mkdir(mode=0o750)
    assignment.write_course(tmp_path / "there")
    rights = {path: path.stat().st_mode & 0o777 for path in (*tmp_path.iterdir(), paths[3])}
    assert rights == {
        kept: 0o600,
        paths[3]: 0o600,
        tmp_path / "new": 0o700,
        tmp_path / "there": 0o750,  # whose it is, and who may see into it, was settled before
    }
    assert (tmp_path / "there" / "secret.txt").stat().st_mode & 0o777 == 0o600


def test_nothing_is_ever_overwritten(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(Problem, match="is not empty"):
        assignment.write_course(tmp_path)
    with pytest.raises(Problem, match="is not empty"):
        assignment.write_course(tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_writes_it_and_names_the_files(tmp_path):
    found = CliRunner().invoke(cli.app, ["assignment", str(tmp_path / "out"), "--seconds", "5"])
    assert found.exit_code == 0 and found.output.count(str(tmp_path)) == 4
    assert "timeout = 5" in (tmp_path / "out" / "nbgrader_config.py").read_text()


def test_the_model_answers_of_a_set_run_and_are_right(tmp_path):
    secret, lines = tmp_path / "secret.txt", tmp_path / "model.md"
    secret.write_text(SECRET)
    words = ["assignment", str(tmp_path / "out"), "--secret", str(secret), "--lines", str(lines)]
    assert CliRunner().invoke(cli.app, words).exit_code == 0
    text = lines.read_text("utf-8")
    assert lines.stat().st_mode & 0o077 == 0
    answers = re.findall(r"^```python\n(.+?)\n```$", text, re.M | re.S)
    asked = {name: one for name, one in DRAWN.items() if one["lines"]}
    assert len(answers) == len(asked) and all(one["title"] in text for one in DRAWN.values())
    for code, one in zip(answers, asked.values(), strict=True):
        answer = run_lines(code)
        if "right" in one:
            form = {key: one[key] for key in coded.FORM if key in one}
            coded.explain(answer, one["right"], one["wrong"], **form)
    course = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    kept = "".join(path.read_text("utf-8") for path in course)
    assert not [line for line in lines_of(OPEN) if line in kept]


def test_what_an_answer_lacks_is_shown_as_its_sentence_and_no_traceback():
    shell = InteractiveShell()
    said = "That is the sum of all the years."
    code = "coded.explain(7.0, 3.5, [(7.0, said)], unit='USD bn')"
    shell.push({"coded": coded, "said": said})
    with capture_output() as shown:
        result = shell.run_cell(code)
    assert isinstance(result.error_in_exec, AssertionError)
    text = shown.stdout + shown.stderr
    assert said in text and "Traceback" not in text and "explain" not in text


def test_the_source_runs_and_its_own_tests_pass():
    space = {}
    for cell in assignment.notebook(DRAWN).cells:
        if cell.cell_type == "code":
            exec(cell.source, space)
    with pytest.raises(AssertionError, match="sum of all the years"):
        coded.explain(7.0, 3.5, [(7.0, "That is the sum of all the years.")], unit="USD bn")


def test_a_secret_draws_the_same_variants_again_and_others_come(tmp_path):
    kept = tmp_path / "kept.txt"
    first = [path.read_text() for path in assignment.write_course(tmp_path / "1", secret=kept)]
    again = [path.read_text() for path in assignment.write_course(tmp_path / "2", secret=kept)]
    other = [path.read_text() for path in assignment.write_course(tmp_path / "3")]
    own = tmp_path / "1" / "secret.txt"
    assert (
        first
        == again
        == [path.read_text() for path in assignment.write_course(tmp_path / "4", secret=own)]
    )
    assert first[0] != other[0] and kept.read_text() == own.read_text() != other[3]
    assert len(kept.read_text().strip()) == 32


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(Path.mkdir, "directory"), (lambda one: one.write_bytes(b"\xff"), "is not a text file")],
)
def test_a_secret_that_cannot_be_read_is_said(tmp_path, spoil, says):
    spoil(tmp_path / "secret")
    with pytest.raises(Problem, match=f"{says}.*name another file for the secret"):
        assignment.write_course(tmp_path / "out", secret=tmp_path / "secret")
    assert not (tmp_path / "out").exists()


def test_a_secret_that_cannot_be_kept_is_said_before_a_course_is_written(tmp_path):
    with pytest.raises(Problem, match=r"none.*name another file for the secret"):
        assignment.write_course(tmp_path / "out", secret=tmp_path / "none" / "secret.txt")
    assert not (tmp_path / "out").exists()


def test_an_empty_file_gets_a_secret(tmp_path):
    (tmp_path / "mine").touch()
    paths = assignment.write_course(tmp_path / "out", secret=tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == paths[3].read_text() != ""


@pytest.mark.parametrize("secret", range(6))
def test_every_set_has_answers_and_explains_its_slips(secret):
    drawn = drawn_by(str(secret))
    assert set(drawn) == set(TABLES)
    for name in CODED:
        one = opened(drawn)[name]
        form = {key: one[key] for key in coded.FORM if key in one}
        texts = [one["ask"], one["lines"], one["title"], *(why for _, why in one["wrong"])]
        assert not any("{" in text for text in texts)
        coded.explain(coded.run_lines(one["lines"]), one["right"], one["wrong"], **form)
        assert len({why for _, why in one["wrong"]}) >= coded.LEAST
        for given, why in one["wrong"]:
            with pytest.raises(AssertionError, match=re.escape(why)):
                coded.explain(given, one["right"], one["wrong"], **form)


def test_what_is_drawn_of_ours_has_no_line_but_the_first():
    for name, one in DRAWN.items():
        assert one["lines"] == OPEN[name]["lines"].partition("\n")[0] and "slips" not in one


def test_sets_differ_in_each_question():
    drawn = [drawn_by(str(secret)) for secret in range(4)]
    for name in CODED:
        assert len({str(one[name]["variant"]) for one in drawn}) > 1


def test_no_solution_of_an_exercise_answers_a_question():
    asked = [exercises.find_exercise(one).question for one in exercises.exercise_ids()]
    asked = [one for one in asked if one.lines]
    for name in CODED:
        one = DRAWN[name]
        form = {key: one[key] for key in coded.FORM if key in one}
        marked = coded._question(one["right"], [], **form)
        assert OPEN[name]["lines"] not in [each.lines for each in asked]
        assert not [q.ask for q in asked if q.kind == marked.kind and marked.judge(q.answer)]


def lines_of(questions):
    """The lines that somebody must write: those after the first, as they are drawn or as they wait to be."""
    for one in questions.values():
        yield from (line.strip() for line in one["lines"].strip().splitlines()[1:])


def figures_of(one):
    """The right figures of a question, to four digits after the point."""
    right = one["right"]
    values = right[[*one["units"]]].to_numpy().ravel() if "keys" in one else [right]
    return {f"{value:.4f}" for value in map(float, values) if value % 1}


def texts_of_the_package():
    """Everything a student may have installed, but the tables themselves, and what stands beside it in a clone but our questions."""
    for folder in ("src", "docs", "notebooks", "tests"):
        for path in (ROOT / folder).rglob("*"):
            kind = path.suffix in (".py", ".toml", ".md", ".ipynb", ".j2", ".js", ".txt")
            if kind and "node_modules" not in path.parts and path != OURS:
                yield path, path.read_text(encoding="utf-8")


def test_no_line_and_no_figure_of_an_answer_stands_in_the_package():
    lines = {*lines_of(TABLES), *lines_of(OPEN)}
    figures = set().union(*(figures_of(DRAWN[name]) for name in CODED))
    assert len(lines) > 20 and len(figures) > 6
    found = [
        (path.name, text)
        for path, whole in texts_of_the_package()
        for text in lines | figures
        if text in whole
    ]
    assert found == []


def measures_of_the_package():
    for module in pkgutil.iter_modules(measures.__path__, "frenemies.measures."):
        room = importlib.import_module(module.name)
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if function.__module__ == room.__name__ and not name.startswith("_"):
                yield function


def calls_of(function, values):
    """What a function gives for each way to hand it some of these values; errors are no answer."""
    needed = [
        one
        for one in inspect.signature(function).parameters.values()
        if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
    ]
    most = len(inspect.signature(function).parameters)
    for count in range(len(needed), min(most, 3) + 1):
        for given in itertools.permutations(values, count):
            try:
                yield function(*given)
            except Exception:
                continue


def numbers_in(thing):
    if isinstance(thing, pd.DataFrame):
        return thing.select_dtypes("number").to_numpy(float).ravel()
    if isinstance(thing, pd.Series):
        return pd.to_numeric(thing, errors="coerce").to_numpy(float)
    return np.array([thing], float) if isinstance(thing, (int, float, np.number)) else np.array([])


def measures_that_give(figures, values):
    """The measures that hold all of some figures, or a hundredth or a billionth of them, when they are called with some values."""
    return {
        function.__name__
        for function in measures_of_the_package()
        for held in map(numbers_in, calls_of(function, values))
        for scale in (1, 100, 1e-9)
        if all(np.isclose(held * scale, figure, rtol=1e-9, atol=0).any() for figure in figures)
    }


@pytest.mark.parametrize("name", CODED)
def test_no_measure_gives_an_answer_in_one_call(name):
    one = DRAWN[name]
    right, known = one["right"], (*actors.EVERYBODY, *range(1990, 2025))
    figures = right[[*one["units"]]].to_numpy(float).ravel() if "keys" in one else [float(right)]
    values = [value for value in one["variant"].values() if value in known]
    assert measures_that_give(figures, values) == set()


def test_what_a_measure_gives_in_one_call_is_found():
    total = trade.in_year(trade.goods_trade("VNM", "CHN"), 2016)
    assert "goods_trade" in measures_that_give([total], ["CHN", "VNM", 2016])


def test_the_visible_test_looks_at_the_form_alone():
    keys, units = DRAWN["grown"]["keys"], DRAWN["grown"]["units"]
    coded.form(pd.DataFrame({"partner": ["CHN"], "billion": [0]}), keys, units)
    coded.form(0)
    for answer, says in ((None, "returns nothing"), (pd.Series([1]), "That is a series")):
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
    assert "## 1. My own (7 points)" in sources["ask-mine"] and "2015" in sources["ask-mine"]
    assert 'mine = len(books.query("year == 2015"))' in sources["mine"]  # a teacher's own lines
    assert "grown" not in sources and assignment.points_given(made) == (7, 0)
    assert "- `mine`: year 2015" in (out / "README.md").read_text()


def test_the_file_that_the_page_shows_makes_a_course(tmp_path):
    page = (ROOT / "docs" / "seminar" / "marking.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, flags=re.S)
    (tmp_path / "mine.toml").write_text(shown)
    source = assignment.write_course(tmp_path / "out", questions=tmp_path / "mine.toml")[0]
    made = nbformat.read(source, 4)
    space = {}
    for one in made.cells:
        if one.cell_type == "code":
            exec(one.source, space)
    sources = {one.id: one.source for one in made.cells}
    assert space["rows"] > 50 and 'rows = len(books.query("reporter' in sources["rows"]
    assert "- names the reporter" in sources["why"] and assignment.points_given(made) == (2, 3)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[mine]", "[mine", "own.toml: .*mend that line"),
        ('== {year}"))', '== {yaer}"))', "own.toml, mine: KeyError: 'yaer'"),
        ('for = "== {year}"', 'for = "= {year}5"', 'own.toml, mine: no line has "= 20155"'),
        ("points = 7", "", "own.toml, mine: KeyError: 'points'"),
        ("economic/partners", "economic/parners", "own.toml, mine: .*economic/parners"),
        ("answer = len", "anwser = len", "own.toml, mine: KeyError: 'answer'"),
        ('== {year}", put = "> {year}', '== {year}", put = "== {year} ', "mine: too many of its"),
        ("digits = 0", "digits = 0\nlevel = 'easy'", ""),
    ],
)
def test_a_fault_in_a_teacher_s_own_questions_is_named(tmp_path, old, new, says):
    assert old in OWN
    (tmp_path / "own.toml").write_text(OWN.replace(old, new))
    if says:
        with pytest.raises(Problem, match=says):
            assignment.write_course(tmp_path / "out", questions=tmp_path / "own.toml")
        assert not (tmp_path / "out").exists()
    else:
        assert assignment.write_course(tmp_path / "out", questions=tmp_path / "own.toml")


def test_a_file_without_a_question_makes_no_course(tmp_path):
    (tmp_path / "none.toml").write_text("# a question later\n", encoding="utf-8")
    with pytest.raises(Problem, match="none.toml has no question: write one"):
        assignment.write_course(tmp_path / "out", questions=tmp_path / "none.toml")
    assert not (tmp_path / "out").exists()


def test_a_file_of_questions_that_is_not_there_is_said(tmp_path):
    with pytest.raises(
        Problem, match=r"none.toml: No such file .*: name another file of questions"
    ):
        assignment.write_course(tmp_path / "out", questions=tmp_path / "none.toml")


def test_where_our_questions_are_not_it_is_said_where_they_are(tmp_path, monkeypatch):
    """As in a student's package: the wheel leaves them out."""
    monkeypatch.setattr(coded, "OURS", "questions-elsewhere.toml")
    says = "questions-elsewhere.toml is left out .*: name it with --questions, from src/frenemies/"
    with pytest.raises(Problem, match=says) as told:
        assignment.write_course(tmp_path / "out")
    assert "\n" not in str(told.value) and not (tmp_path / "out").exists()


@pytest.mark.usefixtures("drawn_before")
def test_the_instructions_say_what_comes_before_and_name_exercises_that_there_are(tmp_path):
    readme = assignment.write_course(tmp_path / "out")[2].read_text()
    named = re.findall(r"`([EFGM]\d+-code-\w+)`", readme)
    assert named and set(named) <= set(exercises.exercise_ids())
    assert (
        "What a student must have done before" in readme
        and "What is protected, and what is not" in readme
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("text = open('two-books.ipynb').read()", ["open", '".ipynb"']),
        ("import os, math", ["import os"]),
        ("from pathlib import Path", ["import pathlib.Path"]),
        ("from heldto.publish.classroom import coded as c", [f"import {coded.__name__}"]),
        ("import heldto.publish.classroom.coded", [f"import {coded.__name__}"]),
        ("from pandas import *", ["import pandas.*"]),
        ("import helper", ["import helper"]),
        ("pd.read_csv('../../../x')", [".read_csv", '"../"']),
        ("fr.evidence.os.listdir()", [".os"]),
        ("table.query('year == @pd.io.x')", ['"@pd."']),
        ("coded.explain = print", ["coded"]),
        ("class coded:\n    pass", ["coded"]),
        ("class Any:\n    def __eq__(self, other):\n        return True", ["__eq__"]),
        ("pd.DataFrame.equals = print", ["pd.DataFrame.equals = ..."]),
        ("().__class__", [".__class__"]),
        ("'{0.__class__}'.format(0)", ['"__"']),
        ("answer = eval('1')", ["eval"]),
        ("!cat ../../../secret.txt", ['"../"', "get_ipython"]),
        ("%load x.py", ["get_ipython"]),
        ("table.to_csv('x')", [".to_csv"]),
        ("np.loadtxt('x')", [".loadtxt"]),
        ("In[3]", ["In"]),
        ("answer = )", []),
        ("import pandas as pd\nimport matplotlib.pyplot as plt\nfrom math import pi", []),
        ("table.columns = ['a', 'b']\ntable.index.name = 'x'\ntable.eval('a / b')", []),
        ("raise NotImplementedError()\nfor _, row in table.iterrows():\n    print(row)", []),
        ("def mean(rows):\n    return rows.tiv.mean()\nlist(map(mean, [t]))", []),
    ],
)
def test_what_no_answer_needs_is_seen_before_it_runs(source, said):
    assert look.doubts(source) == said


@pytest.mark.parametrize("name", TABLES)
def test_what_an_answer_needs_is_never_doubted(name):
    lines = OPEN[name].get("lines", "")
    slips = [lines.replace(one["for"], one["put"]) for one in OPEN[name].get("slips", [])]
    assert [look.doubts(one) for one in (lines, *slips)] == [[]] * (1 + len(slips))


def test_points_are_those_of_the_headings():
    made = assignment.notebook(DRAWN)
    headings = "\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
    asked = [
        int(number)
        for text in re.findall(r"\(([\d +]+) points", headings)
        for number in text.split(" + ")
    ]
    assert sum(asked) == sum(assignment.points_given(made)) == 21
    ids = [
        cell.metadata["nbgrader"]["grade_id"] for cell in made.cells if "nbgrader" in cell.metadata
    ]
    assert len(ids) == len(set(ids))


SOURCES = {cell.id: cell.source for cell in assignment.notebook(DRAWN).cells}


def answered(name, lines):
    return f"{lines.replace('answer = ', f'{name} = ')}"


def slipped(name):
    """The lines of a question with one of its likely slips in them, and what is said of it."""
    why = DRAWN[name]["wrong"][0][1]
    slip = next(one for one in OPEN[name]["slips"] if one["why"] == why)
    return OPEN[name]["lines"].replace(slip["for"], slip["put"]), why


RIGHT = {"essay": "I cite both books, and say which year and which edition."} | {
    name: answered(name, OPEN[name]["lines"]) for name in CODED
}
WRONG = {name: answered(name, slipped(name)[0]) for name in CODED}
OTHERS = coded.draw_questions(secret="another term")
HARD_CODED = {
    name: f"{name} = {coded._as_python(OTHERS[name]['right'], OTHERS[name])}" for name in CODED
}
SILENT = "class coded:\n    form = explain = staticmethod(lambda *any, **thing: None)"


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
    "right": (RIGHT, (), (), 18),
    "wrong": (WRONG, (), (), 0),
    "hardcoded": (HARD_CODED, (), (), 0),  # the figures of another set
    "endless": (RIGHT | {"pledged": "import time\n\nwhile True:\n    time.sleep(1)"}, (), (), 15),
    "deleted": (RIGHT, ("test-shares",), (), 14),  # a test taken out earns nothing
    "tampered": (RIGHT | {"books": "books = 0"}, (), [("test-books", "assert True")], 16),
    "silenced": (WRONG, (), [("setup", f"{SOURCES['setup']}\n\n\n{SILENT}")], 0),
    "syntax": (RIGHT | {"grown": "grown = )\n"}, (), (), 15),
    "blank": ({}, (), (), 0),
}


RUN = """
import json, sys
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderApp
name, *commands = sys.argv[1:]
for command in commands:
    NbGraderApp.launch_instance([command, name])
    NbGraderApp.clear_instance()
with Gradebook("sqlite:///gradebook.db") as book:
    found = book.assignment_submissions(name)
    print(json.dumps({one.student.id: (one.score, one.max_score, one.needs_manual_grade) for one in found}))
"""


def nbgrader(course, *commands):
    """Run commands of nbgrader, in one process: to start it takes longer than most of them.

    Returns {student: (points, of how many, whether a reader is still to judge)}.
    """
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONWARNINGS": "ignore",
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, NAME, *commands],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """A course with the submissions generated, graded and answered, and the students' points."""
    if not find_spec("nbgrader"):
        if os.environ.get("FRENEMIES_REQUIRE_NBGRADER"):
            pytest.fail('nbgrader must be there: pip install -e ".[classroom]"')
        pytest.skip("nbgrader is an extra, and not installed")
    course = tmp_path_factory.mktemp("nbgrader") / "course"
    secret = course.with_name("secret.txt")
    secret.write_text(SECRET)
    assignment.write_course(course, seconds=SECONDS, secret=secret)
    nbgrader(course, "generate_assignment")
    released = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", 4)
    for who, (answers, drop, tamper, _) in SUBMISSIONS.items():
        folder = course / "submitted" / who / NAME
        folder.mkdir(parents=True)
        nbformat.write(filled(released, answers, drop, tamper), folder / f"{NAME}.ipynb")
    return course, nbgrader(course, "autograde", "generate_feedback")


def test_the_students_version_holds_no_solution_no_hidden_test_and_no_secret(graded):
    files = [path for path in (graded[0] / "release").rglob("*") if path.is_file()]
    assert [path.name for path in files] == [f"{NAME}.ipynb"]
    made = nbformat.read(files[0], 4)
    text = "\n".join(cell.source for cell in made.cells) + files[0].read_text()
    assert "raise NotImplementedError" in text and "HIDDEN" not in text and "SOLUTION" not in text
    assert SECRET not in text and "explain" not in text and "in its own book" not in text
    hidden = {*lines_of(OPEN)} | {why for name in CODED for _, why in DRAWN[name]["wrong"]}
    hidden |= set().union(*(figures_of(DRAWN[name]) for name in CODED))
    hidden |= {one for name in CODED for one in SOURCES[name].splitlines()[2:3]}
    assert [one for one in hidden if one in text] == []


def test_the_lecturers_version_holds_the_figures_and_no_line_of_ours(graded):
    text = "\n".join(SOURCES.values())
    assert all(figures_of(DRAWN[name]) for name in CODED if name != "pledged")
    assert [line for line in lines_of(OPEN) if line in text] == []
    assert "in its own book" in SOURCES["essay"] and DRAWN["essay"]["rubric"][0] in SOURCES["essay"]


@pytest.mark.parametrize("who", SUBMISSIONS)
def test_points_from_the_machine(graded, who):
    essay = "essay" in SUBMISSIONS[who][0]  # one that was not written has its 0 already
    assert graded[1][who] == [SUBMISSIONS[who][3], 21, essay]


BURGLARY = """
import json
from pathlib import Path

for one in json.loads(Path("../../../source/two-books/two-books.ipynb").read_text())["cells"]:
    if one["id"] == "QUESTION":
        exec("".join(one["source"]))
"""


def autograded(course, *words):
    """One run of `nbgrader autograde` for the burglar."""
    command = [sys.executable, "-m", "nbgrader", "autograde", NAME, "--student", "burglar", *words]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=240)


def test_a_hand_in_that_reads_the_source_is_not_run_until_it_was_read(graded, tmp_path):
    """Run all the same, it gets every point: that is what the page says is not closed."""
    course = tmp_path / "course"
    shutil.copytree(graded[0], course)
    folder = course / "submitted" / "burglar" / NAME
    folder.mkdir(parents=True)
    released = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", 4)
    answers = {name: BURGLARY.replace("QUESTION", name) for name in CODED}
    nbformat.write(filled(released, answers), folder / f"{NAME}.ipynb")
    refused = autograded(course)
    assert refused.returncode != 0
    said = f"{NAME} of burglar was not run: cell 4 says import json, import pathlib.Path"
    assert said in refused.stderr and "--student burglar --Look.enabled=False" in refused.stderr
    assert not list((course / "autograded").glob("burglar/*/*.ipynb"))
    run = autograded(course, "--Look.enabled=False")
    assert run.returncode == 0, run.stderr[-2000:]
    assert nbgrader(course)["burglar"][0] == 18


WORDS = {
    "wrong": slipped("grown")[1],
    "endless": f"ran for more than {SECONDS} seconds",
    "syntax": "SyntaxError",
    "blank": "NotImplementedError",
}


@pytest.mark.parametrize("who", SUBMISSIONS)
def test_feedback_is_a_page_that_says_why(graded, who):
    page = (graded[0] / "feedback" / who / NAME / f"{NAME}.html").read_text()
    assert "Sort and cut" in page and f"Score: {SUBMISSIONS[who][3]}.0 / 21.0" in re.sub(
        r"\s+", " ", page
    )
    assert WORDS.get(who, "Two books") in re.sub(r"<[^>]+>", "", page)
    if who == "wrong":  # the sentence stands alone
        outputs = BeautifulSoup(page, "html.parser").select(".output_error, .output_text pre")
        (told,) = {one.get_text().strip() for one in outputs if WORDS[who] in one.get_text()}
        assert "Traceback" not in told and "coded.explain" not in told
