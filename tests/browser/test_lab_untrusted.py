"""A plain `jupyter lab` on notebooks that nobody trusted: what is stored is shown, cleaned by JupyterLab."""

import shutil
import sys

import pytest
from conftest import ROOT
from stored_pages import NOTEBOOKS, OPEN, SHOWN, each, images, pages, sound
from test_lab import NOTEBOOK, TOKEN, serving, unfold

CELLS = f"[...{NOTEBOOK}.model.cells]"
OPENED = """(name) => {
    const one = window.jupyterapp?.shell.currentWidget;
    return one?.context?.path === name && one.content.model?.cells.length > 0 && one.content.widgets.length === one.content.model.cells.length;
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory, browser):
    """JupyterLab on a copy of notebooks/, without our command."""
    home = tmp_path_factory.mktemp("plain")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    start = [sys.executable, "-m", "jupyterlab", str(home / "notebooks"), "--allow-root"]
    with serving(home, start) as address:
        # all cells are on the screen
        page = browser.new_page(viewport={"width": 1300, "height": 30_000})
        page.goto(f"{address}/lab/tree/{NOTEBOOKS[0].name}?token={TOKEN}")
        page.wait_for_function(OPENED, arg=NOTEBOOKS[0].name, timeout=120_000)
        yield page
        page.close()


@each
def test_pictures_are_images_and_nothing_is_given_away(path, page):
    page.evaluate(
        "(path) => { window.jupyterapp.commands.execute('docmanager:open', { path, kernelPreference: { shouldStart: false } }) }",
        path.name,
    )
    page.wait_for_function(OPENED, arg=path.name, timeout=60_000)
    stored = sum(len(images(one)) for one in pages(path))
    page.wait_for_function(f"stored => ({SHOWN})().length >= stored", arg=stored, timeout=60_000)
    assert not page.evaluate(
        f"() => {CELLS}.some(cell => cell.type === 'code' && cell.outputs.length && cell.trusted)"
    )
    unfold(page)
    page.evaluate(OPEN)
    page.wait_for_function(f"() => ({SHOWN})().every(one => one.wide && one.seen)", timeout=20_000)
    sound(page, path)
    page.evaluate("() => window.jupyterapp.shell.currentWidget.dispose()")
