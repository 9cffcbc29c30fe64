"""Notebooks that a teacher can edit: plain Markdown, and a sentence changed is a line changed."""

import difflib
from contextlib import closing

import nbformat
import pytest
from conftest import ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from upkeep import notebook_lint

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_our_notebooks_are_plain(path):
    assert notebook_lint.lint(nbformat.read(path, 4), path.name) == []


FAULTY = [
    ("One.\n\nTwo <b>bold</b>.", "line 3: HTML, <b>: write Markdown"),
    ("<div>\nA box.\n</div>", "line 1: HTML, <div>"),
    ("<!-- hidden -->", "HTML, <!-- hidden -->"),
    (
        "One.\nA [kapa](00_start_here.ipynb#Words).",
        'line 2: "kapa" is not in the glossary. Did you',
    ),
    ("A [kappa](#Words).", "line 1: link to 00_start_here.ipynb#Words"),
    ("|a|b|\n|-|-|\n|1|[kapa](00_start_here.ipynb#Words)|", "line 3: "),
]


@pytest.mark.parametrize("text, fault", FAULTY)
def test_what_is_not_plain_is_named_by_cell_and_line(text, fault):
    notebook = new_notebook(
        cells=[new_markdown_cell("# Good", id="a"), new_markdown_cell(text, id="b")]
    )
    found = notebook_lint.lint(notebook, "01_x.ipynb")
    assert found and found[0].startswith("01_x.ipynb, cell b, line ") and fault in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "A *[kappa](00_start_here.ipynb#Words)*, [Mirror data](00_start_here.ipynb#Words).",
        "`<b>`, 3 < 4 > 2, <https://example.org>, [a page](01_economic.ipynb)",
        "```\n<b>\n```",
    ],
)
def test_what_is_plain_is_let_be(text):
    assert notebook_lint.lint(new_notebook(cells=[new_markdown_cell(text)]), "01_x.ipynb") == []


def test_within_the_first_notebook_a_term_links_to_its_own_page():
    notebook = new_notebook(cells=[new_markdown_cell("[kappa](#Words)", id="a")])
    assert notebook_lint.lint(notebook, "00_start_here.ipynb") == []
    assert notebook_lint.lint(notebook, "01_economic.ipynb") != []


def test_an_unknown_tag_is_named_with_those_that_there_are():
    notebook = new_notebook(cells=[new_code_cell("1", id="a", metadata={"tags": ["excercise"]})])
    (fault,) = notebook_lint.lint(notebook, "x.ipynb")
    assert fault.startswith('x.ipynb, cell a: no tag "excercise": choose ')


def test_run_as_a_program_it_ends_with_1_where_there_is_a_fault(tmp_path, capsys):
    path = tmp_path / "one.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("<b>x</b>", id="a")]), path)
    assert (
        notebook_lint.lint_files([str(path)]) == 1
        and "one.ipynb, cell a, line 1" in capsys.readouterr().out
    )
    assert notebook_lint.lint_files([str(NOTEBOOKS[0])]) == 0 and capsys.readouterr().out == ""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_sentence_changed_in_jupyterlab_is_one_line_of_the_file(path, tmp_path, monkeypatch):
    from jupyter_server.services.contents.largefilemanager import LargeFileManager

    before = path.read_text(encoding="utf-8")
    (tmp_path / path.name).write_text(before, encoding="utf-8")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    contents = LargeFileManager(root_dir=str(tmp_path))
    with closing(contents.notary.store):
        model = contents.get(path.name)
        cell = next(
            cell
            for cell in model["content"]["cells"]
            if cell["cell_type"] == "markdown" and ". " in cell["source"]
        )
        cell["source"] = cell["source"].replace(". ", ", and so on. ", 1)
        contents.save({key: model[key] for key in ("type", "format", "content")}, path.name)
    after = (tmp_path / path.name).read_text(encoding="utf-8")
    changed = [
        line
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
        if line[0] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert [line[0] for line in changed] == ["-", "+"] and "and so on" in changed[1]
