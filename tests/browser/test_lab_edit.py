"""A teacher mends a sentence in JupyterLab, on the notebooks themselves: one line of the file differs."""

import difflib
import shutil
import sys

import pytest
from conftest import ROOT
from test_lab import NOTEBOOK, opened, serving

OLD, NEW = "No table records interests.", "so to speak, "
EDIT = f"""() => {{
    const notebook = {NOTEBOOK};
    const at = notebook.widgets.findIndex((one) => one.model.sharedModel.source.includes("{OLD}"));
    notebook.activeCellIndex = at;
    window.jupyterapp.commands.execute("notebook:enter-edit-mode");
    return at;
}}"""
SAVED = "() => window.jupyterapp.commands.execute('docmanager:save').then(() => !window.jupyterapp.shell.currentWidget.context.model.dirty)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of notebooks/ as they stand in the repository, outputs and all."""
    return shutil.copytree(ROOT / "notebooks", tmp_path_factory.mktemp("lab") / "notebooks")


def test_a_sentence_mended_is_one_line_that_differs(folder, browser):
    path = folder / "02_geopolitical.ipynb"
    before = path.read_text(encoding="utf-8").splitlines()
    start = [sys.executable, "-m", "frenemies", "lab", str(folder), "--as-it-is"]
    with serving(folder.parent, start) as address:
        page = opened(address, browser, path.stem)
        at = page.evaluate(EDIT)
        page.locator(".jp-Notebook .jp-Cell").nth(at).locator(".cm-line", has_text=OLD).click()
        page.keyboard.type(NEW)
        page.keyboard.press("Shift+Enter")
        page.wait_for_function(SAVED, timeout=20_000)
        page.context.close()
    after = path.read_text(encoding="utf-8").splitlines()
    changes = [line for line in difflib.unified_diff(before, after, n=0, lineterm="")][3:]
    assert [line[0] for line in changes] == ["-", "+"] and NEW in changes[1]
    assert not list(folder.glob("*.new*"))
