"""Forms and readings in a real JupyterLab: what is pressed while the kernel is busy, the switches of a claim's readings, the button under a verdict, and pointing at a reading."""

import json

import nbformat
import pytest
from test_lab import KERNEL, NOTEBOOK, errors, opened, quiet, run_all, serving
from test_pointing import spot

from heldto.exercises import checks

CELLS = {
    "bar": 'import frenemies as fr\nbar = fr.actor_bar("economic")\nbar',
    "guess": 'fr.guess("E4")',
    "choice": 'fr.exercise("E4-mirror")',
    "state": 'fr.exercise("E3-set")',
    "line": 'fr.ask(lambda actors: ", ".join(actors), bar, "Say who")',
    "verdict": 'fr.verdict("E4")',
    "readings": 'fr.readings("E4")',
    "several": 'fr.guess(["M5", "M6"])',
    "waits": 'fr.verdict("E7")',  # the last: what is folded stands below it
}
WAITS = "import pathlib, time\nwhile not pathlib.Path({!r}).exists():\n    time.sleep(0.05)"
BUSY = f"""(code) => {{
    {KERNEL}.requestExecute({{ code }});
    return new Promise((done) => {{
        const look = () => {KERNEL}.status === "busy" ? done() : setTimeout(look, 20);
        look();
    }});
}}"""
MARKS = """one => [...one.querySelectorAll("svg [data-tell]")]
    .filter(two => getComputedStyle(two).visibility === "visible").map(two => two.dataset.tell)"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("forms")


@pytest.fixture(scope="module")
def page(home, browser):
    """A notebook of one form of each kind, every cell run."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    after = nbformat.v4.new_markdown_cell("#### After the verdict")
    after.metadata["jp-MarkdownHeadingCollapsed"] = True
    notebook.cells = [
        *map(nbformat.v4.new_code_cell, CELLS.values()),
        after,
        nbformat.v4.new_markdown_cell("What it means."),
    ]
    with serving(home) as lab:
        nbformat.write(notebook, home / "workbook" / "forms.ipynb")
        page = run_all(opened(lab, browser, "forms"))
        yield page
        assert errors(page) == []
        page.close()


LIES = f"() => {NOTEBOOK}.widgets.map((one) => [one.model.type, one === {NOTEBOOK}.activeCell])"


def test_keys_choose_and_are_no_command_of_jupyterlab_s(page):
    """An arrow would go to another cell, m make a text of this one."""
    forms = page.locator(".jp-OutputArea .widget-vbox")
    choices = forms.locator(".widget-radio-box").first.locator("input")
    choices.first.focus()
    before = page.evaluate(LIES)
    for key, chosen in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("m", 1)):
        page.keyboard.press(key)
        assert choices.nth(chosen).is_checked(), key
    quiet(page)
    assert page.evaluate(LIES) == before
    sure = forms.get_by_role("slider").first
    sure.focus()
    before = page.evaluate(LIES)
    for key, value in (("ArrowUp", 55), ("ArrowLeft", 50), ("ArrowDown", 45), ("ArrowRight", 50)):
        page.keyboard.press(key)
        assert float(sure.get_attribute("aria-valuenow")) == value, key
    quiet(page)
    assert page.evaluate(LIES) == before


@pytest.fixture
def busy(page, home):
    """A kernel that works until the value is called."""
    free = home / "free"
    free.unlink(missing_ok=True)
    quiet(page)
    page.evaluate(BUSY, WAITS.format(str(free)))

    def done():
        free.touch()
        quiet(page)

    yield done
    done()


def cell(page, name):
    return page.locator(".jp-Notebook .jp-Cell").nth([*CELLS].index(name))


def press(form, name):
    form.get_by_role("button", name=name, exact=True).click()


def choose(form, text):
    form.locator("label:has(input[type=radio])", has_text=text).click()


def kept(home):
    return json.loads((home / "answers.json").read_text(encoding="utf-8"))


def test_a_guess_recorded_while_the_kernel_is_busy_is_the_one_that_stands_there(page, home, busy):
    form = cell(page, "guess")
    choose(form, "fails")
    choose(form, "holds")
    form.locator(".noUi-handle").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    said = form.locator(".widget-readout").inner_text()
    press(form, "Record my guess")
    busy()
    (guess,) = kept(home)["guesses"]
    assert (guess["verdict"], guess["sure"]) == ("holds", int(said)) and guess["sure"] > 50
    assert f"Recorded: holds, {said} %." in form.inner_text()
    assert form.get_by_role("button", name="Recorded", exact=True).count() == 1


def test_a_choice_checked_while_the_kernel_is_busy_is_the_last(page, home, busy):
    form, options = cell(page, "choice"), checks.find_exercise("E4-mirror").question.lettered()
    for right in (False, True):
        choose(form, next(text for _, (text, is_right, _) in options if is_right is right))
    press(form, "Check")
    busy()
    assert "Right." in form.inner_text()
    assert kept(home)["exercises"]["E4-mirror"] | {"time": ""} == {
        "tries": 1,
        "right": True,
        "time": "",
    }


def test_a_bar_checked_while_the_kernel_is_busy_is_as_it_stands_there(page, home, busy):
    bar, form = cell(page, "bar").locator(".actorbar"), cell(page, "state")
    press(bar, "none")
    for code in ("CHN", "USA", "JPN", "RUS"):
        bar.locator(f"input[value={code}]").click()
    press(form, "Check")
    busy()
    assert "Right." in form.inner_text()
    press(bar, "all")


def test_a_line_asked_for_while_the_kernel_is_busy_is_worked_out_for_who_is_on(page, busy):
    bar, line = cell(page, "bar").locator(".actorbar"), cell(page, "line")
    press(bar, "none")
    for code in ("CHN", "RUS"):
        bar.locator(f"input[value={code}]").click()
    press(line, "Say who")
    busy()
    assert line.locator(".live").inner_text() == "CHN, RUS"
    press(bar, "all")


def readings(page, name):
    return cell(page, name).locator("figure[id^=fig-readings]")


def switch(page, name, words):
    cell(page, name).locator(".widget-toggle-button", has_text=words).click()
    quiet(page)


def test_switches_leave_the_readings_that_share_a_choice(page):
    before = readings(page, "readings").evaluate(MARKS)
    switch(page, "readings", "Russia's books alone")
    figure = readings(page, "readings")
    marks = figure.evaluate(MARKS)
    assert 0 < len(marks) < len(before) and all("Russia's books alone" in one for one in marks)
    assert "Russia's books alone" in figure.locator("figcaption").inner_text()
    cell(page, "readings").locator(".widget-toggle-button", has_text="all").first.click()
    quiet(page)
    assert readings(page, "readings").evaluate(MARKS) == before


def test_pointing_at_a_reading_tells_what_it_chooses(page):
    figure = "figure[id^=fig-readings]"
    page.mouse.move(*spot(page, figure, "[data-tell]"))
    told = readings(page, "readings").locator(".told-here").inner_text()
    assert told.startswith("Reading ") and told in readings(page, "readings").evaluate(MARKS)
    page.mouse.move(2, 2)


def test_the_button_under_a_verdict_draws_its_readings(page):
    form = cell(page, "verdict")
    form.get_by_role("button", name="Open", exact=False).first.click()
    quiet(page)
    press(form, "Draw the other ways to read this")
    quiet(page)
    assert readings(page, "verdict").evaluate(MARKS)
    switch(page, "verdict", "China's books alone")
    assert all("China's books alone" in one for one in readings(page, "verdict").evaluate(MARKS))


IN_WINDOW = f"""(said) => {{
    const pane = {NOTEBOOK}.node.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect(), {{ top, bottom }} = said.getBoundingClientRect();
    return [top >= pane.top, bottom <= pane.bottom];
}}"""
TO_THE_END = "(button) => button.scrollIntoView({ block: 'end' })"


def test_what_is_said_below_the_window_comes_into_it(page):
    """A hint that appears out of sight looks like a button that does nothing."""
    form = cell(page, "choice")
    said = form.locator(".heldto-said")
    hint = form.get_by_role("button", name="Hint", exact=True)
    page.set_viewport_size({"width": 1300, "height": 500})
    for _ in range(3):
        hint.evaluate(TO_THE_END)
        hint.click()
        quiet(page)
        assert said.evaluate(IN_WINDOW) == [True, True]
    page.set_viewport_size({"width": 1300, "height": 1000})


def test_what_is_folded_below_a_verdict_unfolds_once_when_it_opens(page):
    """The reader finds what a core part goes on with; who folds it again keeps it so."""
    below = page.locator(".jp-Notebook .jp-Cell", has_text="What it means.")
    heading = page.locator(".jp-Notebook .jp-Cell", has_text="After the verdict")
    assert below.is_hidden()
    form = cell(page, "waits")
    press(form, "Open anyway")
    quiet(page)
    below.wait_for(state="visible")
    heading.locator(".jp-collapseHeadingButton").evaluate("(button) => button.click()")
    below.wait_for(state="hidden")
    press(form, "Draw the other ways to read this")
    quiet(page)
    assert below.is_hidden()


LOOKS = """(button) => {
    const { backgroundColor, borderTopWidth, cursor } = getComputedStyle(button);
    return [backgroundColor, borderTopWidth, cursor, button.ariaDisabled];
}"""
STATE = ["rgba(0, 0, 0, 0)", "0px", "default", "true"]
THEME = "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
FRAME = """(button) => {
    const { opacity, borderTopWidth, borderTopColor, color } = getComputedStyle(button);
    return [opacity, borderTopWidth, borderTopColor === color];
}"""
BACK = "(button) => getComputedStyle(button).backgroundColor"


def test_what_was_done_looks_like_a_state_and_what_was_chosen_shows(page):
    """Light, dark, and where the reader has colours of their own: nothing that takes no press looks like a button, and the chosen verdict is told from the others."""
    form = cell(page, "several")
    for row, word in enumerate(("partly", "holds")):
        form.get_by_role("button", name=word, exact=True).nth(row).click()
    press(form, "Record them all")
    quiet(page)
    chosen = form.locator("button.mod-active")
    assert chosen.all_inner_texts() == ["partly", "holds"]
    one_guess = cell(page, "guess").locator("label:has(:checked)")
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        page.evaluate(THEME, theme)
        for place, name in (("guess", "Recorded"), ("several", "All recorded")):
            done = cell(page, place).get_by_role("button", name=name, exact=True)
            assert done.evaluate(LOOKS) == STATE, (theme, name)
        assert [one.evaluate(FRAME) for one in chosen.all()] == [["1", "2px", True]] * 2, theme
        assert one_guess.evaluate("(label) => getComputedStyle(label).fontWeight") == "600"
    page.emulate_media(forced_colors="active")
    assert chosen.first.evaluate(BACK) != form.locator("button:disabled").first.evaluate(BACK)
    page.emulate_media(forced_colors="none")
    form.get_by_role("button", name="Guess again").first.click()
    quiet(page)
    second = form.get_by_role("button", name="Record my second guess")
    assert second.evaluate(LOOKS)[2:] == ["pointer", None]
