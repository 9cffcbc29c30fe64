"""A plain `jupyter lab` on notebooks that nobody trusted: what is stored is shown, cleaned by JupyterLab."""

import shutil
import sys

import pytest
from conftest import ROOT
from stored_pages import SHOWN, each, images, pages, sound
from test_lab import NOTEBOOK, TOKEN, serving, unfold

CELLS = f"() => [...{NOTEBOOK}.model.cells]"


@pytest.fixture(scope="module")
def plain_lab(tmp_path_factory):
    """JupyterLab on a copy of notebooks/, without our command. Yields its address."""
    home = tmp_path_factory.mktemp("plain")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    start = [sys.executable, "-m", "jupyterlab", str(home / "notebooks"), "--allow-root"]
    with serving(home, start) as address:
        yield address


@each
def test_pictures_are_images_and_nothing_is_given_away(path, plain_lab, browser):
    page = browser.new_context(
        viewport={"width": 1300, "height": 30_000}
    ).new_page()  # all cells are on the screen
    page.goto(f"{plain_lab}/lab/workspaces/{path.stem}/tree/{path.name}?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(
        f"() => document.querySelectorAll('.jp-Cell').length === ({CELLS})().length", timeout=60_000
    )
    stored = sum(len(images(one)) for one in pages(path))
    page.wait_for_function(f"stored => ({SHOWN})().length >= stored", arg=stored, timeout=60_000)
    assert not page.evaluate(
        f"({CELLS})().some(cell => cell.type === 'code' && cell.outputs.length && cell.trusted)"
    )
    unfold(page)
    page.wait_for_timeout(1000)
    sound(page, path)
    page.context.close()
