"""Notebook 00 in a real JupyterLab as `frenemies lab` opens it: the left panel closed, a round of five claims, its picture with switches beside it; reopened, nothing is lost and nothing given away."""

import json

import pytest
from test_lab import HEAR, OPEN, errors, opened, quiet, serving

from heldto.claims import ledger

NAME = "00_start_here"
RUN = """() => {
    const { content } = window.jupyterapp.shell.currentWidget;
    content.activeCellIndex = content.widgets.findIndex((one) => one.model.sharedModel.source.includes("quick_round"));
    window.jupyterapp.commands.execute("notebook:run-cell");
}"""
SCROLLS = "(bar) => [bar, ...bar.querySelectorAll('*')].filter((one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX)).length"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("round")


@pytest.fixture(scope="module")
def lab(home):
    with serving(home) as address:
        yield address


@pytest.fixture(scope="module")
def page(lab, browser):
    page = opened(lab, browser.new_context(), NAME, (1366, 768))
    yield page
    assert errors(page) == []
    page.context.close()


def rows(page):
    return page.locator(".round .tap").all()


def test_the_left_panel_is_closed_the_first_time_and_a_reader_may_open_it(page):
    closed = "() => window.jupyterapp.shell.leftCollapsed"
    page.wait_for_function(closed)
    page.wait_for_timeout(500)
    assert page.evaluate(closed)


def test_a_round_is_played_and_each_tap_is_kept(page, home):
    page.evaluate(RUN)
    page.locator(".round").wait_for(timeout=60_000)
    quiet(page)
    page.evaluate("() => dispatchEvent(new Event('wheel'))")
    assert page.locator(".round .at-once, .round details").count() == 0
    boxes = [row.locator(".words button").first.bounding_box() for row in rows(page)]
    assert all(box["height"] >= 44 for box in boxes)
    assert boxes[-1]["y"] + boxes[-1]["height"] - boxes[0]["y"] < 500  # all five on one screen
    for row in rows(page):
        row.get_by_role("button", name="undecided").focus()
        page.keyboard.press("Enter")  # faster than the kernel answers
    for row in rows(page):
        row.locator(".told b").first.wait_for()
    quiet(page)
    ids = [row.get_attribute("data-claim") for row in rows(page)]
    kept = json.loads((home / "answers.json").read_text(encoding="utf-8"))["guesses"]
    assert [(one["claim"], one["verdict"]) for one in kept] == [(one, "undecided") for one in ids]
    right = [*ledger.table().loc[ids, "verdict_then"]].count("undecided")
    assert f"right on {right} of 5" in page.locator(".round-score").inner_text()


def test_the_score_is_saved_as_a_picture(page):
    with page.expect_download() as got:
        page.locator(".round .share").get_by_role("button", name="PNG").click()
    assert got.value.path().read_bytes()[1:4] == b"PNG"


@pytest.mark.parametrize("width", [1366, 1100])
def test_the_switches_stand_beside_the_picture_and_nothing_scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 768})
    page.wait_for_timeout(300)
    bar, drawing = (
        page.locator(".heldto-beside > .actorbar"),
        page.locator(".heldto-beside .actorfig svg").first,
    )
    drawing.scroll_into_view_if_needed()
    left, right = drawing.bounding_box(), bar.bounding_box()
    assert right["x"] >= left["x"] + left["width"] - 1
    assert right["x"] + right["width"] <= width
    assert bar.evaluate(SCROLLS) == 0
    for button in bar.locator(".presets button").all():
        box = button.bounding_box()
        assert right["x"] <= box["x"] and box["x"] + box["width"] <= right["x"] + right["width"] + 1


def test_with_the_left_panel_open_the_strip_wraps_and_shows_every_switch(page):
    page.set_viewport_size({"width": 1366, "height": 768})
    page.evaluate("() => window.jupyterapp.shell.expandLeft()")
    page.set_viewport_size({"width": 1000, "height": 768})
    page.wait_for_timeout(500)
    bar = page.locator(".heldto-beside > .actorbar")
    outer = bar.bounding_box()
    assert bar.evaluate(SCROLLS) == 0
    for button in bar.locator(".presets > *").all():
        box = button.bounding_box()
        assert (
            outer["x"] - 1 <= box["x"]
            and box["x"] + box["width"] <= outer["x"] + outer["width"] + 1
        )
    page.set_viewport_size({"width": 1366, "height": 768})


def test_the_next_day_the_taps_are_there_and_no_verdict_before_it_is_run(page, lab):
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.goto(f"{lab}/lab/workspaces/again/tree/{NAME}.ipynb")
    page.wait_for_function(OPEN, timeout=60_000)
    said = page.locator(".frenemies-earlier").first
    said.wait_for()
    assert "M8: You said undecided, 50 % sure." in said.inner_text()
    seen = page.locator(".jp-Notebook").inner_text()
    assert "6 submarines of the class" not in seen and "Not as you guessed" not in seen
    page.evaluate(HEAR)
    page.evaluate(RUN)
    page.locator(".round .done").nth(4).wait_for(timeout=60_000)
    assert "of 5" in page.locator(".round-score").inner_text()
