"""A reader's own copy of the notebooks: laid out, updated, and never overwritten where the reader wrote."""

import errno
import json
import os

import pytest

from frenemies import workbook
from frenemies.places import Problem


@pytest.fixture
def pristine(tmp_path, monkeypatch):
    """Two pristine notebooks that a test may change, as an update would."""
    import nbformat

    folder = tmp_path / "pristine"
    folder.mkdir()
    for name in ("00_start_here", "01_economic"):
        nbformat.write(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(name, id="a")]), folder / f"{name}.ipynb"
        )
    monkeypatch.setattr(workbook, "notebooks_dir", lambda: folder)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    return folder


def _edit(path, word):
    path.write_text(path.read_text().replace("01_economic", word))


def test_laid_out_once_and_quiet_after(pristine, tmp_path):
    assert workbook.prepare(tmp_path / "mine") == ["laid out 00_start_here.ipynb", "laid out 01_economic.ipynb"]
    assert workbook.prepare(tmp_path / "mine") == []


def test_an_untouched_notebook_is_updated(pristine, tmp_path):
    workbook.prepare(tmp_path / "mine")
    _edit(pristine / "01_economic.ipynb", "newer text")
    assert workbook.prepare(tmp_path / "mine") == ["updated 01_economic.ipynb"]
    assert "newer text" in (tmp_path / "mine" / "01_economic.ipynb").read_text()


def test_a_reader_s_edits_are_kept_and_the_new_one_put_beside(pristine, tmp_path):
    mine = tmp_path / "mine" / "01_economic.ipynb"
    workbook.prepare(mine.parent)
    _edit(mine, "my own notes")
    assert workbook.prepare(mine.parent) == []
    _edit(pristine / "01_economic.ipynb", "newer text")
    assert workbook.prepare(mine.parent) == ["kept your 01_economic.ipynb; the new one is 01_economic.new.ipynb"]
    assert "my own notes" in mine.read_text()
    assert "newer text" in mine.with_suffix(".new.ipynb").read_text()
    assert workbook.prepare(mine.parent) == []


def test_a_reader_s_edits_in_the_new_one_are_kept_too(pristine, tmp_path):
    mine = tmp_path / "mine" / "01_economic.ipynb"
    beside, third = mine.with_suffix(".new.ipynb"), mine.with_suffix(".new-2.ipynb")
    workbook.prepare(mine.parent)
    _edit(mine, "my own notes")
    _edit(pristine / "01_economic.ipynb", "newer 01_economic")
    workbook.prepare(mine.parent)
    _edit(beside, "notes in the new one")
    _edit(pristine / "01_economic.ipynb", "newest 01_economic")
    assert workbook.prepare(mine.parent) == [f"kept your {mine.name}; the new one is {third.name}"]
    assert "notes in the new one" in beside.read_text() and "newest" in third.read_text()
    _edit(pristine / "01_economic.ipynb", "newest of all")
    assert workbook.prepare(mine.parent) == [f"kept your {mine.name}; the new one is {third.name}"]
    assert "newest of all" in third.read_text() and "notes in the new one" in beside.read_text()
    assert "my own notes" in mine.read_text() and workbook.prepare(mine.parent) == []


def test_a_file_that_was_there_before_us_is_kept(pristine, tmp_path):
    mine = tmp_path / "mine" / "01_economic.ipynb"
    mine.parent.mkdir()
    mine.write_text("something else")
    assert "kept your 01_economic.ipynb; the new one is 01_economic.new.ipynb" in workbook.prepare(mine.parent)
    assert mine.read_text() == "something else"


@pytest.mark.parametrize("text", ["{broken", "[]", ""])
def test_a_broken_record_costs_nothing(pristine, tmp_path, text):
    workbook.prepare(tmp_path / "mine")
    (tmp_path / "mine" / workbook.RECORD).write_text(text)
    assert workbook.prepare(tmp_path / "mine") == []
    assert set(json.loads((tmp_path / "mine" / workbook.RECORD).read_text())) == {
        "00_start_here.ipynb",
        "01_economic.ipynb",
    }


def test_a_folder_that_cannot_be(pristine, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="choose another folder"):
        workbook.prepare(tmp_path / "file")


@pytest.mark.parametrize("name", ["01_economic.ipynb", workbook.RECORD])
def test_a_full_disk_is_named_with_its_file_and_leaves_no_draft(pristine, tmp_path, monkeypatch, name):
    def full(draft, target):
        if str(target).endswith(name):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(draft, target)

    replace = os.replace
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Problem, match=f"{name}: No space left on device: make room, or choose another folder"):
        workbook.prepare(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir() if path.suffix != ".ipynb"] == []
    monkeypatch.setattr(os, "replace", replace)
    workbook.prepare(tmp_path / "mine")
    assert workbook.prepare(tmp_path / "mine") == []


def test_a_folder_where_a_notebook_should_be(pristine, tmp_path):
    (tmp_path / "mine" / "01_economic.ipynb").mkdir(parents=True)
    with pytest.raises(Problem, match="01_economic.ipynb: Is a directory: make room, or choose another folder"):
        workbook.prepare(tmp_path / "mine")


def test_the_notebooks_are_trusted(pristine, tmp_path):
    import nbformat
    from nbformat.sign import NotebookNotary

    workbook.prepare(tmp_path / "mine")
    assert NotebookNotary().check_signature(nbformat.read(tmp_path / "mine" / "01_economic.ipynb", 4))


def test_a_machine_that_keeps_no_signatures_still_gets_its_notebooks(pristine, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "file" / "jupyter"))
    assert workbook.prepare(tmp_path / "mine") == ["laid out 00_start_here.ipynb", "laid out 01_economic.ipynb"]


def test_the_command_that_opens_the_lab(tmp_path):
    words = workbook.command(tmp_path, browser=False, options=["--port=1"])
    assert words[1:3] == ["-m", "jupyterlab"]
    assert "--no-browser" in words and words[-1] == "--port=1"
