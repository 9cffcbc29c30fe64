"""A claim in one element, and the switches beside its picture, in a real JupyterLab at the size of a student's laptop."""

import json

import nbformat
import pytest
from test_lab import HEAR, OPEN, errors, opened, quiet, run_all, serving

LAPTOP = (1366, 768)
CELLS = {
    "setup": 'import frenemies as fr\nfrom frenemies import economic, geopolitical, military, network\nbar = fr.actor_bar("economic")',
    "E4": 'fr.examine("E4", economic.balance_picture)',
    "F4": 'fr.examine("F4", network.thirds_picture, verdicts=[], ask=False)',
    "after": "fr.explore(economic.coal_picture)",
    "late": "fr.explore(geopolitical.lean_picture)",
    "M5": 'fr.examine(["M5", "M6"], military.suppliers_picture)',
    "F10": 'fr.examine("F10")',
}
SHEETS = """() => [...document.querySelectorAll('.jp-OutputArea-output')].map((one) =>
    [one.querySelector('.heldto-sheet')?.innerText.replace(/\\s*\\n\\s*/g, ' | ') ?? '', one.querySelectorAll('.actorfig:not(.yardstick)').length])"""
FINDINGS = ("6.6 billion apart", "Unbalanced", "armed all three")  # of titles
COAL = "#fig-coal"
# its drawing is scrolled to the end of the window, which has settled: ten frames later it still stands there
ON_SCREEN = """async (id) => {
    const drawing = document.querySelector(`${id} svg`), end = () => drawing.getBoundingClientRect().bottom;
    drawing.scrollIntoView({ block: "end" });
    const before = end();
    for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    return end() === before && before <= innerHeight;
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("examine")


@pytest.fixture(scope="module")
def lab(home):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in CELLS.values()]
    with serving(home) as address:
        nbformat.write(notebook, home / "workbook" / "examine.ipynb")
        yield address


@pytest.fixture(scope="module")
def page(lab, browser):
    page = run_all(opened(lab, browser.new_context(), "examine", LAPTOP), look=False)
    yield page
    assert errors(page) == []
    page.context.close()


def cell(page, name):
    return page.locator(".jp-Cell").nth([*CELLS].index(name))


def guessed(page, name, word="partly"):
    """Guess the claim of a cell."""
    cell(page, name).locator("input[type=radio]").nth(("holds", "partly").index(word)).check()
    cell(page, name).get_by_role("button", name="Record my guess").click()
    quiet(page)


def test_run_all_gives_nothing_away(page):
    """A sheet says what the axes measure; neither the picture nor its verdict is on the page."""
    assert [one[:60] for one, _ in page.evaluate(SHEETS) if one] == [
        "One balance in two books | Russia's surplus in trade with Ch",
        "The triads of China and Russia | The ties of every actor tha",
        "Who armed whom, in windows of five years | Suppliers' shares",
        "Guess F10 first, or | Look anyway",
    ]
    assert [figures for one, figures in page.evaluate(SHEETS) if one] == [0, 0, 0, 0]
    text = page.locator(".jp-Notebook").inner_text()
    assert (
        not [one for one in FINDINGS if one in text]
        and page.locator("details.verdict").count() == 0
    )
    assert cell(page, "E4").locator("form.draw").count() == 0


def test_the_claim_s_form_and_its_sheet_stand_on_one_screen(page):
    page.evaluate("() => dispatchEvent(new Event('wheel'))")  # the reader scrolls
    cell(page, "E4").evaluate("(one) => one.scrollIntoView()")
    form = cell(page, "E4").locator(".heldto-form").first.bounding_box()
    sheet = cell(page, "E4").locator(".sheet").bounding_box()
    assert form["y"] > 60 and sheet["y"] + sheet["height"] < LAPTOP[1]


def test_shift_enter_inside_a_form_loses_no_choice_and_gives_nothing_away(page):
    choice = cell(page, "F10").locator("input[type=radio]").nth(1)
    choice.check()
    choice.focus()
    page.keyboard.press("Shift+Enter")
    quiet(page)
    assert choice.is_checked() and cell(page, "F10").locator(".heldto-sheet").count() == 1
    assert cell(page, "F10").locator("details.verdict").count() == 0


def test_a_guess_asks_for_the_line_and_the_line_shows_picture_and_verdict(page, home):
    guessed(page, "E4")
    examined, draw = cell(page, "E4"), cell(page, "E4").locator("form.draw")
    assert "Draw the line first, or" in examined.locator(".heldto-sheet").inner_text()
    show = draw.get_by_role("button", name="Show the line")
    show.click()  # an untouched drawing is no answer
    assert "Nothing is drawn yet" in draw.locator(".result").inner_text()
    draw.locator(".handle").first.focus()
    page.keyboard.press("ArrowUp")
    show.click()  # nor is half of one, at the first click
    assert "Some years are not drawn yet" in draw.locator(".result").inner_text()
    assert json.loads((home / "answers.json").read_text())["lines"] == []
    show.click()
    quiet(page)
    assert examined.locator("figure.actorfig:not(.yardstick)").count() == 1
    assert examined.locator(".heldto-sheet").count() == 0
    assert len(json.loads((home / "answers.json").read_text())["lines"]) == 1
    assert examined.locator("details.verdict").count() == 0  # look first
    examined.get_by_role("button", name="Open the verdict").click()
    quiet(page)
    assert "You said partly" in examined.locator("details.verdict").inner_text()


def test_two_claims_of_one_picture_are_guessed_together_and_undecided_will_do(page):
    both = cell(page, "M5")
    for row in both.locator(".heldto-guess").all():
        row.get_by_role("button", name="undecided").click()
    assert both.locator(".heldto-sheet").count() == 1
    both.get_by_role("button", name="Record them all").click()
    quiet(page)
    assert both.locator("figure.actorfig:not(.yardstick)").count() == 1
    assert both.get_by_role("button", name="Open the verdict").count() == 2


def test_look_anyway_shows_the_picture_alone(page):
    cell(page, "F4").get_by_role("button", name="Look anyway").press("Enter")
    quiet(page)
    assert cell(page, "F4").locator("figure.actorfig").count() == 1
    assert cell(page, "F4").locator("details.verdict, button:text('Open anyway')").count() == 0


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
    quiet(page)  # the page has taken its new width
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


def test_the_next_day_nothing_is_lost_and_nothing_given_away(page, lab, home):
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.goto(f"{lab}/lab/workspaces/again/tree/examine.ipynb")
    page.wait_for_function(OPEN, timeout=60_000)
    said = page.locator(".frenemies-earlier")
    said.first.wait_for()
    assert (
        "You said partly" in said.first.inner_text() and "Your line ends" in said.first.inner_text()
    )
    seen = page.locator(".jp-Notebook").inner_text()  # what is folded is not in it
    assert not [one for one in FINDINGS if one in seen] and "The figures of" not in seen
    assert page.locator(".jp-OutputArea-output details[open]").count() == 0
    page.evaluate(HEAR)
    run_all(page, look=False)
    assert "You said partly" in cell(page, "E4").locator("details.verdict").inner_text()
    assert cell(page, "F10").locator(".heldto-sheet").count() == 1
