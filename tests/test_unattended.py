"""Notebooks run with nobody before them: `jupyter execute` and papermill, as another course or a machine at night would call them."""

import os
import subprocess
import sysconfig
from pathlib import Path

import nbformat
import pytest

from heldto import stored
from heldto.publish import lab as workbook

pytestmark = pytest.mark.slow
BIN = Path(sysconfig.get_path("scripts"))
WAYS = {
    "jupyter execute": [BIN / "jupyter-execute", "--inplace", "00_start_here.ipynb"],
    "papermill": [BIN / "papermill", "--no-progress-bar", "00_start_here.ipynb", "done.ipynb"],
}


@pytest.fixture(scope="module", params=WAYS)
def done(request, tmp_path_factory):
    """Notebook 00 of a reader's folder after its run, in that folder."""
    folder = tmp_path_factory.mktemp("unattended")
    workbook.prepare(folder)
    env = os.environ | {"FRENEMIES_DIARY": str(folder / "answers.json")}
    run = subprocess.run(WAYS[request.param], cwd=folder, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return folder / WAYS[request.param][-1]


def test_every_cell_ran_without_an_error(done):
    cells = [cell for cell in nbformat.read(done, 4).cells if cell.cell_type == "code"]
    assert cells and all(cell.execution_count for cell in cells)
    assert [one for cell in cells for one in cell.outputs if one.output_type == "error"] == []


def test_a_form_that_nobody_answers_says_what_it_asks_and_notes_nothing(done):
    outputs = stored.outputs(nbformat.read(done, 4))
    kinds = {stored.metadata_of(one).get("kind"): one.data["text/plain"] for one in outputs}
    assert kinds["guess"].startswith("A quick round") and "Run this cell" in kinds["guess"]
    assert "As known in August 2019" not in "".join(kinds.values())  # no verdict before a tap
    assert not (done.parent / "answers.json").exists()
