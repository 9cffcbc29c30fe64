"""Notebook 01 in a real JupyterLab, by Shift+Enter from its first cell to its last: each picture is in the window once its cell has run, and stays where the reader scrolls it."""

import pytest
from test_lab import DONE, NOTEBOOK, READY, errors, opened, serving, unfold

ACTIVE = f"() => {NOTEBOOK}.activeCellIndex"
KINDS = f"() => {NOTEBOOK}.widgets.map((one) => one.model.getMetadata('tags') ?? [])"
SEEN = f"""(at) => {{
    const cell = {NOTEBOOK}.widgets[at].node, drawing = cell.querySelector("figure svg");
    if (!drawing) return false;
    const title = cell.querySelector("figure").getBoundingClientRect(), box = drawing.getBoundingClientRect();
    const pane = {NOTEBOOK}.node.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
    return box.height > 200 && title.top >= pane.top && box.bottom <= pane.bottom;
}}"""
SCROLLED = f"() => {NOTEBOOK}.node.querySelector('.jp-WindowedPanel-outer').scrollTop"


@pytest.fixture(scope="module")
def page(tmp_path_factory, browser):
    with serving(tmp_path_factory.mktemp("lab")) as address:
        page = opened(address, browser, "01_economic")
        page.set_viewport_size({"width": 1300, "height": 850})
        page.evaluate(READY)
        unfold(page)
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.keyboard.press("Escape")
        yield page
        page.context.close()


def _press(page):
    """Run the cell that is selected, and wait for it. Returns its place."""
    at = page.evaluate(ACTIVE)
    page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(50)
    page.wait_for_function(DONE, timeout=60_000)
    return at


def test_each_picture_is_in_the_window_once_its_cell_has_run(page):
    kinds, missed = page.evaluate(KINDS), []
    pictures = [at for at, tags in enumerate(kinds) if "picture" in tags]
    ran = []
    while not ran or ran[-1] < pictures[-1]:
        ran.append(_press(page))
        if ran[-1] in pictures:
            try:
                page.wait_for_function(SEEN, arg=ran[-1], timeout=10_000)
            except Exception:  # the name of the error differs between versions of the driver
                missed.append(ran[-1])
    assert missed == [] and set(pictures) <= set(ran) and errors(page) == []


def test_who_scrolls_away_is_not_brought_back(page):
    at = page.evaluate(KINDS).index(["picture"])
    page.evaluate(f"(at) => {{ {NOTEBOOK}.activeCellIndex = at }}", at)
    _press(page)
    page.wait_for_function(SEEN, arg=at, timeout=10_000)
    page.locator(".jp-Notebook").hover()
    page.mouse.wheel(0, -1500)
    page.wait_for_timeout(300)
    before = page.evaluate(SCROLLED)
    page.evaluate(f"(at) => {NOTEBOOK}.widgets[at].node.querySelector('figure').append('more')", at)
    page.wait_for_timeout(500)
    assert page.evaluate(SCROLLED) == before and not page.evaluate(SEEN, at)
