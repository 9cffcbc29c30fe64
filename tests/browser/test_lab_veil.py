"""Evidence under a veil, and the switches beside it, in a real JupyterLab at the size of a student's laptop."""

import nbformat
import pytest
from test_lab import HEAR, NOTEBOOK, OPEN, errors, opened, quiet, run_all, serving

LAPTOP = (1366, 768)
CELLS = {
    "setup": 'import frenemies as fr\nfrom frenemies import economic, geopolitical\nbar = fr.actor_bar("economic")\nbar',
    "guess": 'fr.guess("E4")',
    "draw": 'fr.draw("E4")',
    "picture": "fr.explore(economic.balance_picture)",
    "number": 'fr.evidence.table("economic/trade").query("year == 2018").head(3)',
    "verdict": 'fr.verdict("E4")',
    "after": "fr.explore(economic.coal_picture)",
    "late": "fr.explore(geopolitical.lean_picture)",
}
VEILED = """() => [...document.querySelectorAll('.heldto-veil')].filter((one) => one.offsetParent).map((one) => one.innerText)"""
BLURRED = """() => [...document.querySelectorAll('.jp-Cell .actorfig, .jp-Cell .dataframe')].map((one) => Boolean(
    [one, one.closest('.jp-OutputArea-output')].some((two) => getComputedStyle(two).filter !== 'none')))"""
COAL = "#fig-coal"
# its drawing is scrolled to the end of the window, which has settled: two frames later it still stands there
ON_SCREEN = """async (id) => {
    const drawing = document.querySelector(`${id} svg`), end = () => drawing.getBoundingClientRect().bottom;
    drawing.scrollIntoView({ block: "end" });
    const before = end();
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    return end() === before && before <= innerHeight;
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("veil")


@pytest.fixture(scope="module")
def lab(home):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    for tag, source in CELLS.items():
        tags = ["picture" if tag in ("after", "late") else tag]
        notebook.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
    with serving(home) as address:
        nbformat.write(notebook, home / "workbook" / "veil.ipynb")
        yield address


@pytest.fixture(scope="module")
def page(lab, browser):
    page = run_all(opened(lab, browser.new_context(), "veil", LAPTOP), look=False)
    yield page
    assert errors(page) == []
    page.context.close()


def test_evidence_waits_under_a_veil_until_its_claim_is_guessed(page):
    page.wait_for_function(f"({VEILED})().length === 3")
    assert page.evaluate(VEILED) == [
        "Guess E4 first, or look anyway",
        "One balance in two books\nGuess E4 first, or look anyway",
        "Guess E4 first, or look anyway",
    ]
    assert page.evaluate(BLURRED) == [True, True, False, False]
    page.locator(".jp-Notebook").hover()
    page.mouse.wheel(0, -10)  # from here on the reader scrolls: what was just run is let go
    page.locator("figure.actorfig details").first.evaluate("one => one.scrollIntoView()")
    assert (
        page.locator(".heldto-veil").nth(1).bounding_box()["y"] > 80
    )  # it says so at its end, too
    page.locator(".heldto-veil button").nth(2).click()  # a look at the number alone
    assert page.evaluate(BLURRED) == [True, False, False, False]
    form = page.locator(".heldto-form", has_text="Your verdict on E4").first
    form.locator("input[type=radio]").nth(1).check()
    form.get_by_role("button", name="Record my guess").click()
    page.wait_for_function(f"({VEILED})().length === 1")  # the picture would give the line away
    assert page.evaluate(VEILED) == ["One balance in two books\nDraw the line first, or look anyway"]  # fmt: skip
    assert page.evaluate(BLURRED) == [True, False, False, False]
    page.locator("form.draw").get_by_role("button", name="Show the line").click()
    page.wait_for_function(f"!({VEILED})().length")
    assert page.evaluate(BLURRED) == [False] * 4


def test_a_click_on_a_label_switches_its_actor_and_a_ghost_brings_it_back(page):
    figure, boxes = page.locator(COAL), page.locator(f".heldto-beside:has({COAL}) .actorbar")
    figure.locator("svg text", has_text="Japan").first.click()
    quiet(page)
    assert not boxes.locator("input[value=JPN]").is_checked()
    assert figure.locator(".ghosts").inner_text() == "Switched off: Japan"
    figure.locator("svg").focus()
    for key in ("ArrowRight", "Enter"):
        page.keyboard.press(key)
    quiet(page)
    [*_, last] = figure.locator(".ghosts button").all()
    assert figure.locator(".ghosts button").count() == 2
    last.press("Enter")
    quiet(page)
    assert page.evaluate("() => document.activeElement.tagName") == "svg"
    figure.locator(".ghosts button").click()
    quiet(page)
    assert figure.locator(".ghosts").inner_text() == "" and boxes.locator("input:not(:checked)").count() <= 2  # fmt: skip


def test_a_selection_that_leaves_nothing_of_a_picture_is_grey_there_and_says_why(page):
    boxes = page.locator(".heldto-beside:has(#fig-lean)")
    grey = boxes.locator(".presets button[aria-disabled=true]:not(:text-is('Undo'))")
    west = boxes.get_by_role("button", name="the West")
    assert grey.count() and west.get_attribute("aria-disabled") == "true"
    assert "nothing of this picture" in west.get_attribute("title")
    before = boxes.locator("input[type=checkbox]:checked").count()
    west.press("Enter")
    assert boxes.locator(".actorbar .status").inner_text() == west.get_attribute("title")
    assert boxes.locator("input[type=checkbox]:checked").count() == before
    for button in page.locator(f".heldto-beside:has({COAL}) .presets button[data-codes]").all():
        assert button.get_attribute("aria-disabled") is None


def test_a_picture_of_the_notebook_has_what_one_of_the_handout_has(page):
    figure = page.locator(COAL)
    with page.expect_download() as download:
        figure.get_by_role("button", name="Save the figures as CSV").click()
    assert download.value.suggested_filename == "coal.csv"
    rows = download.value.path().read_text(encoding="utf-8").splitlines()
    assert len(rows) == figure.locator(".fig-table tr").count() and "China" in rows[0] + rows[1]
    titles = figure.get_by_role("button", name="Hide titles")
    blur = "() => getComputedStyle(document.querySelector('#fig-coal figcaption b')).filter"
    for pressed in ("true", "false"):
        titles.click()
        assert titles.get_attribute("aria-pressed") == pressed
        assert (page.evaluate(blur) != "none") == (pressed == "true")
    figure.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement?.querySelector('.actorbar')")
    page.evaluate("() => document.exitFullscreen()")
    page.wait_for_function("() => !document.fullscreenElement")


@pytest.mark.parametrize(("width", "beside"), [(1366, True), (1000, False)])
def test_the_switches_and_the_whole_drawing_are_on_one_screen(page, width, beside):
    page.set_viewport_size({"width": width, "height": 768})
    page.wait_for_function(ON_SCREEN, arg=COAL, timeout=10_000)
    bar, drawing = (
        page.locator(f".heldto-beside:has({COAL}) > .actorbar").bounding_box(),
        page.locator(f"{COAL} svg").bounding_box(),
    )
    first = page.locator(f".heldto-beside:has({COAL}) .presets button").first.bounding_box()
    assert 80 < first["y"] < 740 and drawing["y"] + drawing["height"] <= 745
    if beside:
        assert bar["x"] >= drawing["x"] + drawing["width"] and drawing["y"] > 80
    else:
        assert bar["y"] + bar["height"] <= drawing["y"] + 1 and bar["height"] < 60
    page.set_viewport_size({"width": LAPTOP[0], "height": LAPTOP[1]})


def test_what_is_stored_waits_as_well_when_the_notebook_is_opened_again(page, lab, home):
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    (home / "answers.json").unlink()
    page.goto(f"{lab}/lab/workspaces/again/tree/veil.ipynb")
    page.wait_for_function(OPEN, timeout=60_000)
    page.wait_for_function(f"({VEILED})().length === 3")
    outputs = page.locator(".heldto-evidence .jp-OutputArea-output")
    assert {one.evaluate("one => getComputedStyle(one).filter") != "none" for one in outputs.all()} == {True}  # fmt: skip


def test_an_error_is_read_though_its_cell_waits(page):
    """Who runs a picture before the first cell must read what to do."""
    page.evaluate(f"() => {{ {NOTEBOOK}.activeCellIndex = {[*CELLS].index('picture')}; }}")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-cell')")
    said = page.locator(".heldto-evidence .jp-OutputArea-output", has_text="run the first cell")
    said.wait_for()
    assert said.evaluate("one => getComputedStyle(one).filter") == "none"
    assert page.locator(".heldto-evidence", has=said).locator(".heldto-veil").is_hidden()
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")


def test_a_verdict_that_is_opened_lifts_the_veil(page):
    """It says more than the picture; a handout does so, too."""
    page.evaluate(HEAR)
    run_all(page, look=False)
    page.wait_for_function(f"({VEILED})().length === 3")
    page.get_by_role("button", name="Open anyway").click()
    page.wait_for_function(f"!({VEILED})().length")
    assert not any(page.evaluate(BLURRED))
