"""What lives in a real JupyterLab, and what does not: two notebooks in one window, a page that is loaded again, a kernel that is gone."""

import json

import nbformat
import pytest
from test_handout import AXE
from test_lab import HEAR, KERNEL, NOTEBOOK, OPEN, errors, opened, quiet, run_all, serving

from heldto import claims

FIRST, SECOND = "first", "second"
CELLS = [
    "import frenemies as fr\nfrom frenemies import economic",
    'bar = fr.actor_bar("economic", ["CHN", "USA", "RUS"])\nbar',
    "fr.explore(economic.partners_picture)",
    'fr.guess("E4")',
    'fr.exercise("E4-mirror")',
    'fr.guess(["M5", "M6"])',
    'fr.exercise("E1-total")',
    'fr.exercise("M13-allies")',
    "fr.explore(economic.ranks_picture, year=(2000, 2020, 2018))",
    'fr.draw("E4")',
]


def write(path, cells):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("alive")


@pytest.fixture(scope="module")
def lab(home):
    with serving(home) as address:
        for name in (FIRST, SECOND):
            write(home / "workbook" / f"{name}.ipynb", CELLS)
        yield address


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context()
    yield context
    context.close()


# the second notebook stands beside the first, which gives way for it
BESIDE = """async (path) => {
    const { commands, shell } = window.jupyterapp;
    await commands.execute("docmanager:open", { path, options: { mode: "split-right" } });
    window.panels = Object.fromEntries([...shell.widgets("main")].filter((one) => one.context).map((one) => [one.context.path, one]));
}"""
SHOWN = """(path) => {
    const { node } = window.panels[path], seen = (mark) => getComputedStyle(mark).visibility === "visible";
    const marks = (code) => [...node.querySelectorAll(`.actorfig svg .a-${code}`)];
    const codes = ["CHN", "USA", "RUS"].filter((code) => marks(code).some(seen));
    return [node.querySelector(".actorbar .status").innerText.split(":")[0], codes];
}"""
CLICK = """async ([path, code]) => {
    window.jupyterapp.shell.activateById(window.panels[path].id);
    window.panels[path].node.querySelector(`.actorbar input[value=${code}]`).click();
    await new Promise((done) => setTimeout(done, 1000)); // the pictures of both are as they will be
}"""


def test_two_notebooks_of_a_section_in_one_window_do_not_touch_each_other(lab, context):
    """The first shows China and Russia before the second is run, and is switched after it."""
    page = run_all(opened(lab, context, FIRST, (1900, 1000)))
    first, second = f"{FIRST}.ipynb", f"{SECOND}.ipynb"
    page.locator(".actorbar input[value=USA]").first.click()
    quiet(page)
    page.evaluate(BESIDE, second)
    page.wait_for_function(OPEN, timeout=120_000)
    page.evaluate(HEAR)
    run_all(page)
    page.wait_for_function(
        "() => Object.values(window.panels).every((one) => one.node.querySelector('.actorfig svg'))"
    )
    everybody = ["3 of 3 actors shown", ["CHN", "USA", "RUS"]]
    assert page.evaluate(SHOWN, second) == everybody
    assert page.evaluate(SHOWN, first) == ["2 of 3 actors shown", ["CHN", "RUS"]]
    page.evaluate(CLICK, [second, "RUS"])
    assert page.evaluate(SHOWN, second) == ["2 of 3 actors shown", ["CHN", "USA"]]
    assert page.evaluate(SHOWN, first) == ["2 of 3 actors shown", ["CHN", "RUS"]]
    page.evaluate(CLICK, [first, "USA"])
    assert page.evaluate(SHOWN, first) == everybody
    assert page.evaluate(SHOWN, second) == ["2 of 3 actors shown", ["CHN", "USA"]]
    assert errors(page) == []
    page.close()


def forms(page):
    return page.locator(".jp-OutputArea .heldto-form")


def test_each_part_of_a_live_form_says_what_it_is_and_how_it_stands(page):
    """A slider, answers to choose from, lines to answer on and buttons: axe finds no fault, and names tell which claim or exercise they are of."""
    title = "Your verdict on E4: Russia has a trade surplus"
    guess = forms(page).filter(has_text=title).last
    assert guess.get_by_role("radiogroup", name=title).get_by_role("radio").count() == 4
    assert guess.get_by_role("slider", name="How sure (%)").get_attribute("aria-valuenow")
    assert page.get_by_role("slider", name="year", exact=True).count() == 1
    rows = forms(page).filter(has_text="Your verdicts on M5 and M6").first
    for claim in ("M5", "M6"):
        words = claims.row(claim)["claim"]
        row = rows.get_by_role("group", name=words)
        pressed = row.get_by_role("button", pressed=True)
        assert row.get_by_role("button", pressed=False).count() == 4 and pressed.count() == 0
        row.get_by_role("button", name="partly").click()
        assert pressed.all_inner_texts() == ["partly"]
        assert rows.get_by_role("button", name=f"Record my guess {words}", exact=True).count() == 1
        assert rows.get_by_role("slider", name=words).count() == 1
    for name in ("E1-total", "M13-allies"):
        assert page.get_by_role("textbox", name=f"Exercise {name}").count() == 1
    said = forms(page).filter(has_text="Exercise E1-total").last.get_by_role("status")
    assert said.count() == 1 and said.inner_text() == ""
    page.get_by_role("textbox", name="Exercise E1-total").fill("95.3.2")
    page.keyboard.press("Enter")
    said.get_by_text("95.3.2 is not a number").wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('.jp-OutputArea .heldto-alive')")["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == []


RING = (
    "one => { const look = getComputedStyle(one); return [look.outlineStyle, look.outlineWidth]; }"
)


def test_who_goes_through_a_form_by_keys_sees_where_they_are(page):
    guess = forms(page).filter(has_text="Your verdicts on M5").first
    guess.get_by_role("button", name="undecided").first.focus()
    for role in ("slider", "textbox", "button"):
        page.keyboard.press("Tab")
        at = page.locator(":focus")
        assert at.get_attribute("role") in (role, None) and at.evaluate(RING) == ["solid", "3px"], (
            role
        )


SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"


@pytest.fixture(scope="module")
def page(lab, context):
    """The first notebook, run, guessed in and saved."""
    page = run_all(opened(lab, context, FIRST, where="&reset"))  # and no other notebook beside it
    form = page.locator(".heldto-alive", has_text="Your verdict on E4").last
    form.get_by_text("fails: the figures speak against it").click()
    form.get_by_role("button", name="Record my guess").click()
    form.get_by_text("Recorded: fails").wait_for()
    page.locator("form.draw .handle").last.press("ArrowUp")
    page.locator("form.draw .show").click()
    page.locator("form.draw .result", has_text="Some years are not drawn yet").wait_for()
    page.locator("form.draw .show").click()
    page.locator("form.draw.done").wait_for()
    page.locator(".actorbar input[value=USA]").first.click()
    quiet(page)
    page.evaluate(SAVE)
    yield page
    page.close()


def again(page):
    """Load the page again, and wait until the notebook and its kernel are there."""
    page.reload()
    page.wait_for_function(OPEN, timeout=120_000)
    page.evaluate(HEAR)


def test_a_page_that_is_loaded_again_is_as_alive_as_its_kernel(page):
    alive = page.locator(".heldto-alive").count()
    again(page)
    page.wait_for_function(
        "(alive) => document.querySelectorAll('.heldto-alive').length === alive", arg=alive
    )
    quiet(page)
    assert errors(page) == []
    assert page.locator(".actorbar .status").first.inner_text().startswith("2 of 3 actors shown")
    picture = page.locator("figure.actorfig").first
    assert "USA" not in picture.inner_text() and picture.locator(".a-USA").count() == 0
    page.locator(".actorbar input[value=USA]").first.click()
    quiet(page)
    assert picture.locator("svg .a-USA").count() > 0
    form = page.locator(".heldto-alive", has_text="Your verdict on E4").last
    assert "Recorded: fails, 50 %" in form.inner_text()
    assert page.locator("form.draw.done").count() == 1
    exercise = page.locator(".heldto-alive", has_text="Exercise E4-mirror").last
    exercise.get_by_role("button", name="Hint").click()
    exercise.get_by_text("Hint 1 of").wait_for()


RESTART = f"() => {KERNEL}.restart()"


def test_what_cannot_be_woken_says_what_to_run_and_what_was_guessed(page, home):
    """After a restart, and a page that is loaded again: a form is a plain page, and nothing is broken."""
    page.evaluate(SAVE)
    stored = (home / "workbook" / f"{FIRST}.ipynb").read_text(encoding="utf-8")
    assert "widget-view" not in stored and "You said" not in stored and "Recorded" not in stored
    page.evaluate(RESTART)
    again(page)
    said = page.locator(".jp-OutputArea-output", has_text="Your verdict on E4")
    said.get_by_text("You said fails, 50 % sure.").wait_for()
    assert "Run this cell (Shift+Enter)" in said.inner_text()
    drawn = page.locator(".jp-OutputArea-output", has_text="Draw it first")
    (line,) = json.loads((home / "answers.json").read_text(encoding="utf-8"))["lines"]
    year, value = [*line["line"].items()][-1]
    drawn.get_by_text(f"Your line ends at {value:g} ({year}).").wait_for()
    page.evaluate(f"async () => {{ await {KERNEL}.requestKernelInfo(); }}")
    assert page.locator(".heldto-alive").count() == 0
    assert page.locator(".jp-OutputArea-output", has_text="not found").count() == 0
    bar = page.locator(".jp-OutputArea-output").first
    assert "run this cell (Shift+Enter)" in bar.inner_text()


DEAD = "() => [...document.querySelectorAll('.actorbar')].every((one) => one.querySelector(':disabled'))"


def test_a_bar_whose_kernel_is_gone_says_so_and_takes_no_click(page):
    """It counts nobody: a bar that is run anew is the pictures' own."""
    run_all(page)
    page.locator(".actorbar input[value=RUS]").first.click()
    quiet(page)
    said = page.locator(".actorbar .status").first.inner_text()
    locked = page.locator(".actorbar input:disabled").count()  # whom a picture always shows
    page.evaluate(RESTART)
    page.wait_for_function(DEAD)
    before = page.locator("figure.actorfig").first.inner_html()
    for bar in page.locator(".actorbar").all():
        says = bar.locator(".status").inner_text()
        assert "this bar no longer works" in says and "shown" not in says
        assert bar.locator(":is(input, button):enabled").count() == 0
    assert "Run the first cell" in page.locator(".actorbar .status").first.inner_text()
    page.locator(".actorbar label", has_text="Russia").first.click(force=True)
    assert page.locator("figure.actorfig").first.inner_html() == before
    run_all(page)  # the address still says who is on
    assert page.locator(".actorbar .status").first.inner_text() == said
    assert page.locator(".actorbar input:disabled").count() == locked
    page.locator(".actorbar input[value=RUS]").first.click()
    quiet(page)
    assert page.locator("figure.actorfig svg .a-RUS").count() > 0


NUMBERS = f"() => {NOTEBOOK}.widgets.map((one) => one.model.executionCount)"


def test_shift_enter_in_a_form_goes_on_to_the_next_cell(page):
    """The form is filled in, and not run again."""
    at, before = CELLS.index('fr.exercise("E4-mirror")'), page.evaluate(NUMBERS)
    forms(page).filter(has_text="Exercise E4-mirror").last.get_by_role(
        "button", name="Hint"
    ).click()
    page.keyboard.press("Shift+Enter")
    quiet(page)
    after = page.evaluate(NUMBERS)
    assert after[at] == before[at] and after[at + 1] > before[at + 1]
    assert page.evaluate(f"() => {NOTEBOOK}.activeCellIndex") == at + 2
