import json

import pytest

from frenemies import workbook


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


def test_the_notebooks_are_trusted(pristine, tmp_path):
    import nbformat
    from nbformat.sign import NotebookNotary

    workbook.prepare(tmp_path / "mine")
    assert NotebookNotary().check_signature(nbformat.read(tmp_path / "mine" / "01_economic.ipynb", 4))


def test_the_command_that_opens_the_lab(tmp_path):
    words = workbook.command(tmp_path, browser=False, options=["--port=1"])
    assert words[1:3] == ["-m", "jupyterlab"]
    assert "--no-browser" in words and words[-1] == "--port=1"
