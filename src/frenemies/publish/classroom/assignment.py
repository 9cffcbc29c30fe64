"""A graded problem set: an nbgrader course with source notebook, configuration and instructions."""

import os
import tempfile
from pathlib import Path

from frenemies.errors import Problem, write_atomic
from frenemies.publish.classroom import course

NAME = "two-books"
CONFIG = '''"""nbgrader settings of this course: `nbgrader --help-all` explains each."""

c = get_config()  # noqa: F821 (given by nbgrader)
c.CourseDirectory.course_id = {course!r}
c.Execute.timeout = {seconds}
c.ExecutePreprocessor.timeout = {seconds}
c.Execute.error_on_timeout = {{"ename": "CellTimeoutError", "evalue": "", "traceback": ["This cell ran for more than {seconds} seconds and was stopped."]}}
c.ClearSolutions.code_stub = {{"python": "# Write your code here, and delete the next line.\\nraise NotImplementedError()"}}
c.ClearSolutions.text_stub = "*Write your answer here.*"
'''
README = """# Problem set for nbgrader

1. In this folder: `nbgrader generate_assignment {name}` writes the students' version into `release/{name}/`.
2. Hand it out. Students need frenemies installed, nothing else.
3. Put what comes back into `submitted/STUDENT/{name}/`, and run `nbgrader autograde {name}`.
4. Grade the last question by hand (`nbgrader formgrader` in JupyterLab, or leave it), with the rubric in the source notebook.
5. `nbgrader generate_feedback {name}` writes a page for each student into `feedback/`.

{auto} points are given by the machine, {manual} by you. A cell that runs for more than {seconds} seconds is stopped and counts as not answered.
Install with `pip install "frenemies[classroom]"`; nbgrader must be on the path.

## A veil, not a lock

The questions are variants that no notebook asks, and the students' copy holds no solution. All the same:
whoever has frenemies can have this problem set written with its solutions, and what a student hands in runs
in one process with the tests, which code made for that can deceive. Read what surprises you, ask about it in
class, and where much depends on the marks write questions of your own beside these.
"""
SETUP = "from frenemies import evidence, ties, trade"
TEST = """from frenemies.publish.classroom.course import explain

explain("{name}", {answer})"""
GENERAL = "Write the balance of one year as a function, so that it works for any two actors and any year; the cell below takes the change from it."
CHANGE = 'balance("JPN", "CHN", 2018) - balance("JPN", "CHN", 2017)'
LEAN = """How many of the eight CIS-space actors traded more with China than with Russia, going only by states that publish trade figures of their own?
Write it as a function of the year. The eight are in `CIS`; the table `economic/trade` has columns `imputed` and `allotted`."""
BALANCE = """def balance(actor, partner, year):
    ### BEGIN SOLUTION
    sold = trade.in_year(trade.goods_trade(partner, actor), year, "import")
    bought = trade.in_year(trade.goods_trade(actor, partner), year, "import")
    return sold - bought
    ### END SOLUTION"""
BALANCE_MORE = """from frenemies import trade

assert callable(balance), "balance should still be a function."
### BEGIN HIDDEN TESTS
for pair in (("RUS", "CHN", 2013), ("CHN", "RUS", 2018), ("DEU", "CHN", 2018), ("JPN", "KOR", 2010)):
    expected = trade.in_year(trade.mirror_trade(*pair[:2]), pair[2], "cif_balance")
    assert abs(balance(*pair) - expected) < 0.05, f"balance{pair} should be {expected:.1f}: work it out from its three arguments."
### END HIDDEN TESTS"""
LEANING = """def leaning(year):
    ### BEGIN SOLUTION
    table = evidence.table("economic/trade").query("year == @year and not imputed and not allotted")
    totals = table.pivot_table(index="reporter", columns="partner", values="value_usd", aggfunc="sum")
    totals = totals.loc[totals.index.isin(CIS)]
    return int((totals["CHN"] > totals["RUS"]).sum())
    ### END SOLUTION"""
LEANING_TEST = """from frenemies import evidence
from frenemies.publish.classroom.course import CIS

assert leaning(2018) != 3, "That counts Turkmenistan, whose figures were filled in from its partners' books."
assert leaning(2018) in range(3), "That is too many: a state counts whose trade with China is the larger one, in its own figures."
### BEGIN HIDDEN TESTS
for year in (2005, 2010, 2013, 2018):
    known = evidence.table("economic/trade").query("year == @year and reporter in @CIS and not imputed and not allotted")
    totals = known.groupby(["reporter", "partner"]).value_usd.sum().unstack()
    assert leaning(year) == (totals["CHN"] > totals["RUS"]).sum(), f"leaning({year}) is off: does your function look at its year?"
### END HIDDEN TESTS"""


def _cell(kind, source, name, points=None, solution=False, grade=False, locked=False):
    from nbformat.v4 import new_code_cell, new_markdown_cell

    cell = (new_markdown_cell if kind == "md" else new_code_cell)(source, id=name)
    if solution or grade or locked:
        marks = {
            "schema_version": 3,
            "grade_id": name,
            "grade": grade,
            "solution": solution,
            "locked": locked or (grade and not solution),
            "task": False,
        }
        cell.metadata["nbgrader"] = marks | ({"points": points} if points is not None else {})
    return cell


def _locked(name, source, points):
    return _cell("code", source, name, points, grade=True)


def _given(name, source):
    """A cell that is not marked, and is put back as it was before a submission is graded."""
    return _cell("code", source, name, locked=True)


def _answer(name, source):
    return _cell("code", source, name, solution=True)


def _asked(name, more):
    return f"{course.MARKED[name]().ask} {more}"


def _solved(name):
    return f"### BEGIN SOLUTION\n{name} = {course.MARKED[name]().code}\n### END SOLUTION"


def _test(name, answer=""):
    return TEST.format(name=name, answer=answer or name)


def notebook():
    """The source notebook of the problem set, solutions and hidden tests included, as an nbformat node."""
    from nbformat.v4 import new_notebook

    essay = course.essay()
    rubric = "\n".join(f"- {points}: {what}" for points, what in essay.rubric)
    cells = [
        _cell("md", "# Two books\n\nThe figures are those of the notebooks. Replace what is marked, run the cell below it, and read what it says.", "title"),
        _given("setup", SETUP),
        _cell("md", f"## 1. Find a figure (2 points)\n\n{_asked('total', 'Store it in `total`.')}", "ask-total"),
        _answer("total", _solved("total")),
        _locked("test-total", _test("total"), 2),
        _cell("md", f"## 2. Compute a measure (2 + 3 points)\n\n{_asked('balance', GENERAL)}", "ask-balance"),
        _answer("balance", BALANCE),
        _locked("test-balance", _test("balance", CHANGE), 2),
        _locked("test-balance-more", BALANCE_MORE, 3),
        _cell("md", f"## 3. Tell allies from friends (2 points)\n\n{_asked('allies', 'Store their codes in the list `allies`.')}", "ask-allies"),
        _answer("allies", _solved("allies")),
        _locked("test-allies", _test("allies"), 2),
        _cell("md", f"## 4. Count over a table (3 points)\n\n{LEAN}", "ask-leaning"),
        _given("eight", "from frenemies.publish.classroom.course import CIS"),
        _answer("leaning", LEANING),
        _locked("test-leaning", LEANING_TEST, 3),
        _cell("md", f"## 5. Argue (3 points, graded by hand)\n\n{essay.ask}", "ask-essay"),
        _cell("md", f"{essay.solution}\n\n{rubric}", "essay", 3, solution=True, grade=True),
    ]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return new_notebook(
        cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}}
    )


def points(made):
    """Points of a source notebook: (given by the machine, given by hand)."""
    marks = [
        cell.metadata["nbgrader"]
        for cell in made.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    return sum(mark["points"] for mark in marks if not mark["solution"]), sum(
        mark["points"] for mark in marks if mark["solution"]
    )


def write(folder, course_id="frenemies", seconds=30):
    """Write an nbgrader course into an empty or new folder: source, configuration, instructions. Returns the paths written.

    seconds: how long a student's cell may run. Raises Problem where the folder holds something already.
    """
    import nbformat

    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Problem(
            f"{folder.name} holds something already: name a new folder, so that nothing of yours is overwritten"
        )
    made = notebook()
    auto, manual = points(made)
    texts = {
        f"source/{NAME}/{NAME}.ipynb": nbformat.writes(made) + "\n",
        "nbgrader_config.py": CONFIG.format(course=course_id, seconds=seconds),
        "README.md": README.format(name=NAME, auto=auto, manual=manual, seconds=seconds),
    }
    try:
        _lay_out(texts, folder)
    except OSError as error:
        raise Problem(
            f"{folder}: {error.strerror}: make room there, or name another folder"
        ) from None
    return [folder / name for name in texts]


def _lay_out(texts, folder):
    """Write files (name to text) into a new or empty folder, through a draft: all of them or none."""
    there = folder.is_dir()
    beside = folder if there else folder.parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=".making-") as room:
        draft = Path(room) / "course"
        for name, text in texts.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            write_atomic(draft / name, text)
        for made, place in (
            [(path, folder / path.name) for path in draft.iterdir()] if there else [(draft, folder)]
        ):
            os.rename(made, place)
