"""One source, three editions: no solution reaches a student, and the instructor's edition passes its own checks."""

import html
import json
import re

import mistune
import nbformat
import pytest
import sample
from bs4 import BeautifulSoup
from conftest import ROOT, our_page, with_pages
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from heldto import exercises
from heldto.errors import Problem
from heldto.evidence import glossary
from heldto.publish import cli, editions
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.publish.handouts.run import execute

pytestmark = pytest.mark.slow

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def page(notebook, edition):
    return HandoutExporter(edition=edition).from_notebook_node(
        notebook, {"metadata": {"name": "sample"}}
    )[0]


@pytest.mark.parametrize("edition", ["student", "handout"])
def test_no_solution_reaches_a_student(edition):
    notebook = sample.notebook()
    assert sample.SECRET in nbformat.writes(notebook)
    assert sample.SECRET not in nbformat.writes(editions.make_edition(notebook, edition))
    assert sample.SECRET not in page(notebook, edition)


def test_the_instructor_has_it_all():
    made = editions.make_edition(sample.notebook(), "instructor")
    assert nbformat.writes(made).count(sample.SECRET) == nbformat.writes(sample.notebook()).count(
        sample.SECRET
    )
    assert f"Expect {sample.SECRET}." in page(sample.notebook(), "instructor")
    assert 'fr.solution("E1-total", reveal=True)' in [cell.source for cell in made.cells]


@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_cell_ids_survive_and_the_source_stays(edition):
    notebook = sample.notebook()
    before = nbformat.writes(notebook)
    made = editions.make_edition(notebook, edition)
    ids, kept = [cell["id"] for cell in notebook.cells], [cell["id"] for cell in made.cells]
    assert [name for name in kept if name in ids] == [name for name in ids if name in kept]
    assert set(ids) - set(kept) == (set() if edition == "instructor" else {"x1-notes"})
    assert nbformat.writes(notebook) == before
    nbformat.validate(made)


def test_a_solution_inside_a_cell_is_taken_out_and_the_rest_left():
    source = "rank = 11\n### BEGIN SOLUTION\nprint(rank)\n### END SOLUTION\ncheck(rank)"
    cell = new_code_cell(source, id="a", metadata={"tags": ["solution"]})
    made = editions.make_edition(new_notebook(cells=[cell]), "student")
    assert made.cells[0].source == f"rank = 11\n{editions.YOURS}\ncheck(rank)"


def test_the_room_for_an_answer_stands_where_the_solution_stood():
    source = "def rank(year):\n    ### BEGIN SOLUTION\n    return 11\n    ### END SOLUTION\n\n\n# begin solution\nrank(1)\n# END SOLUTION"
    made = editions.make_edition(
        new_notebook(cells=[new_code_cell(source, id="a", metadata={"tags": ["solution"]})]),
        "student",
    )
    assert made.cells[0].source == f"def rank(year):\n    {editions.YOURS}\n\n\n{editions.YOURS}"


BEGIN, END = "### BEGIN SOLUTION\n", "### END SOLUTION\n"
OPEN = {  # source of a cell: (its tags, what is said)
    f"{BEGIN}secret()\n{END}": ([], 'does not have the tag "solution"'),
    "secret()\n### END SOLUTION": ([], 'does not have the tag "solution"'),
    f"1\n{BEGIN}secret()": (["solution"], "begins and does not end"),
    f"{BEGIN}1\n{END}{BEGIN}secret()": (["solution"], "begins and does not end"),
    f"{BEGIN}1\n{BEGIN}secret()\n{END}{END}": (["solution"], "begins inside another"),
    f"{BEGIN}1\n{END[:-1]} {BEGIN}secret()\n{END}": (["solution"], "are in one line"),
    f"secret()\n{END}": (["solution"], "ends that never began"),
}


@pytest.mark.parametrize("edition", ["student", "handout"])
@pytest.mark.parametrize("kind", [new_code_cell, new_markdown_cell])
@pytest.mark.parametrize("source", OPEN)
def test_where_a_solution_s_marks_leave_it_open_no_edition_is_made(source, kind, edition):
    marks, says = OPEN[source]
    notebook = new_notebook(cells=[kind(source, id="rank", metadata={"tags": marks})])
    with pytest.raises(Problem, match=f"^mine.ipynb, cell rank: .*{says}"):
        editions.make_edition(notebook, edition, "mine.ipynb")
    with pytest.raises(Problem, match=f"sample.ipynb, cell rank: .*{says}"):
        page(notebook, edition)
    assert source in [cell.source for cell in editions.make_edition(notebook, "instructor").cells]


def test_the_command_refuses_before_it_runs_a_cell_and_leaves_the_old_page(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cells = [
        new_code_cell("open('ran', 'w').close()", id="a"),
        new_code_cell(f"{BEGIN}secret()\n{END}", id="rank"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "mine.ipynb")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.html").write_text("as it was")
    words = [
        "handouts",
        str(tmp_path / "mine.ipynb"),
        "--edition",
        "student",
        "--out",
        str(tmp_path / "out"),
    ]
    said = CliRunner().invoke(cli.app, words)
    assert (
        said.exit_code == 1 and "failed: mine.ipynb, cell rank: it marks a solution" in said.stdout
    )
    assert (tmp_path / "out" / "mine.html").read_text() == "as it was" and not (
        tmp_path / "ran"
    ).exists()


def test_a_written_solution_becomes_room_to_write():
    made = editions.make_edition(
        new_notebook(
            cells=[new_markdown_cell("It is Kazakhstan.", id="a", metadata={"tags": ["solution"]})]
        ),
        "student",
    )
    assert made.cells[0].source == editions.YOURS_TEXT


def test_the_handout_folds_its_code():
    made = editions.make_edition(sample.notebook(), "handout")
    assert all(
        cell.metadata["jupyter"]["source_hidden"] for cell in made.cells if cell.cell_type == "code"
    )


def test_an_edition_made_twice_is_the_same():
    once = editions.make_edition(sample.notebook(), "instructor")
    assert nbformat.writes(editions.make_edition(once, "instructor")) == nbformat.writes(once)


def test_an_unknown_edition():
    with pytest.raises(Problem, match='no edition "teacher": choose handout, student, instructor'):
        editions.make_edition(sample.notebook(), "teacher")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_solution_of_ours_reaches_a_student(path):
    notebook = with_pages(path)
    hidden, open_to_all = [], []
    for cell in notebook.cells:
        said = [
            output.get("text", "") or output.get("data", {}).get("text/plain", "")
            for output in cell.get("outputs", [])
        ]
        kind = hidden if editions.cell_tags(cell) & {"solution", "instructor"} else open_to_all
        kind += [words.strip()[:60] for words in (cell.source, *said) if len(words.strip()) > 20]
    student = editions.make_edition(notebook, "student")
    text, shown = nbformat.writes(student), our_page(path, "student").read_text(encoding="utf-8")
    for words in set(hidden) - set(open_to_all):
        assert json.dumps(words, ensure_ascii=False)[1:-1] not in text and words not in shown
    assert "reveal=True" not in text and "reveal=True" not in shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_instructors_edition_passes_every_check(path):
    notebook = editions.make_edition(nbformat.read(path, 4), "instructor")
    checks = [
        cell["id"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        and re.search(r"\bfr\.check\(", cell.source)
        and "solution" in editions.cell_tags(cell)
    ]
    asked = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and re.search(r"\bfr\.exercise\(", cell.source)
    ]
    shown = {"guess", "picture", "verdict"}  # runs in every edition
    needed = re.compile(r"^(?:\w+ = |import )", re.M)  # a name that later cells may take
    notebook.cells = [
        cell
        for cell in notebook.cells
        if not shown & editions.cell_tags(cell)
        or "code" in editions.cell_tags(cell)
        or needed.search(cell.source)
    ]
    notebook = execute(notebook, path.name, path.parent)
    says = {
        cell["id"]: cell.outputs[0]["data"]["text/plain"]
        for cell in notebook.cells
        if cell["id"] in checks
    }
    assert {name: text for name, text in says.items() if not text.startswith("Right")} == {}
    assert len(says) >= len(asked) / 2


def test_the_handout_alone_holds_solutions_behind_its_exercises():
    folds = {
        edition: page(sample.notebook(), edition).count('class="hint way-out"')
        for edition in editions.EDITIONS
    }
    assert folds == {
        "handout": 4,
        "student": 0,
        "instructor": 0,
    }  # E1-total once; three forms of E1-which
    text = page(sample.notebook(), "handout")
    assert exercises.find_exercise("E1-which").question.rubric[0] in html.unescape(text)


def test_of_two_neighbouring_cells_a_page_drops_the_live_one_and_a_lab_the_other():
    cells = [
        new_markdown_cell("# Title", id="title"),
        new_markdown_cell("Press Shift+Enter.", id="how", metadata={"tags": ["live"]}),
        new_markdown_cell("Choose below.", id="how-2", metadata={"tags": ["handout"]}),
    ]
    notebook = new_notebook(cells=cells)
    for edition in editions.EDITIONS:
        text = page(notebook, edition)
        assert "Choose below." in text and "Press Shift+Enter" not in text
    assert [cell.id for cell in editions.for_lab(notebook).cells] == ["title", "how"]
    assert len(notebook.cells) == 3


def test_in_the_lab_a_term_s_link_tells_its_meaning():
    told = "A [book](#Words), a [word](#Words) of no list, and a *[seal](00_start_here.ipynb#Words)*: [Words](01.ipynb#Terms)."
    notebook = new_notebook(cells=[new_markdown_cell(told), new_code_cell("'[seal](#Words)'")])
    shown, code = editions.for_lab(notebook).cells
    links = BeautifulSoup(mistune.html(shown.source), "html.parser").select("a[title]")
    assert {link.text: link["title"] for link in links} == {
        word: glossary.term(word).rows.definition.item() for word in ("book", "seal")
    }
    assert code.source == "'[seal](#Words)'" and notebook.cells[0].source == told


def test_each_of_several_forms_of_a_cell_has_its_own_solution():
    source = "from IPython.display import display\nimport frenemies as fr\n"
    source += 'display(fr.exercise("E1-total"), fr.exercise("E4-balance"))'
    cell = new_code_cell(source, metadata={"tags": ["exercise"]})
    text = page(execute(new_notebook(cells=[cell])), "handout")
    forms = BeautifulSoup(text, "html.parser").select("form.exercise")
    assert [form["data-exercise"] for form in forms] == ["E1-total", "E4-balance"]
    for form in forms:
        told = form.select_one(".way-out p").get_text()
        assert told == exercises.find_exercise(form["data-exercise"]).question.solution


def test_an_instructor_finds_a_solution_of_each_exercise_that_a_cell_asks():
    source = """display(fr.exercise( "E1-total" ), fr.exercise('E4-balance'))"""
    cell = new_code_cell(source, metadata={"tags": ["exercise"]})
    made = editions.make_edition(new_notebook(cells=[cell]), "instructor")
    told = [one.source for one in made.cells if one["id"].endswith("-solution")]
    assert told == [f'fr.solution("{one}", reveal=True)' for one in ("E1-total", "E4-balance")]


def test_a_notebook_of_an_older_form_without_ids_is_run_and_becomes_a_page():
    old = new_notebook(cells=[new_markdown_cell("# A page\n\n## One"), new_code_cell("1 + 1")])
    old.nbformat_minor = 4
    for cell in old.cells:
        del cell["id"]
    assert "One" in page(old, "handout")
    made = execute(old)
    assert [cell.id for cell in made.cells] == ["place-1", "place-2"]
    assert 'id="cell-place-2"' in page(made, "handout")
