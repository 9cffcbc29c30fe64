"""One claim walked by keys alone, from the top of notebook 01 to the last fold of its verdict: in the handout, and in a real JupyterLab."""

import json

import pytest
from conftest import ROOT, our_page, whole
from test_lab import NOTEBOOK, errors, opened, quiet, serving, shorten

CLAIM = "E4"
FOCUSED = "(what) => Boolean(document.activeElement?.matches(what))"
RINGED = """() => {
    const looks = getComputedStyle(document.activeElement);
    return looks.outlineStyle !== 'none' && looks.outlineStyle !== '' || looks.boxShadow !== 'none' || parseFloat(looks.strokeWidth) > 0;
}"""


def go(page, what, key="Tab", most=250):
    """Press a key until the focus is on what is wanted (a selector), and is seen there."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED, what):
            assert page.evaluate(RINGED), f"nothing shows that the focus is on {what}"
            return
    pytest.fail(f"{key}, pressed {most} times, does not lead to {what}")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def draw(page, form, settle=lambda: None):
    """The first year up, the next one down by a page, then the line is shown. Returns what is said."""
    go(page, f"{form} .handle")
    first = page.evaluate("() => Number(document.activeElement.getAttribute('aria-valuenow'))")
    press(page, "ArrowUp", "ArrowUp", "ArrowRight", "PageDown")
    told = "() => document.activeElement.getAttribute('aria-label') + ': ' + document.activeElement.getAttribute('aria-valuetext')"
    assert page.evaluate(told) == f"2015: {first - 2.5:.1f} billion dollars"
    press(page, "ArrowLeft")
    assert page.evaluate(told) == f"2014: {first + 1:.1f} billion dollars"
    go(page, f"{form} .show", most=2)
    press(page, "Enter")
    assert page.locator(f"{form} .result").first.inner_text().startswith("Some years are not drawn")
    press(page, "Enter")  # they stay where they are
    settle()
    assert page.locator(f"{form}.done .figures").first.get_attribute("d")


def test_a_claim_is_walked_by_keys_alone_in_the_handout(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
    page = context.new_page()
    page.goto(our_page(ROOT / "notebooks" / "01_economic.ipynb").as_uri())
    whole(page)
    go(page, ".bar input[value=RUS]")
    press(page, "Space")
    assert not page.locator(".bar input[value=RUS]").is_checked()
    press(page, "Space")
    assert page.locator(".bar input[value=RUS]").is_checked()
    guess = f"form.guess[data-claim={CLAIM}]"
    go(page, f"{guess} input[type=radio]")
    press(page, "Space", "ArrowDown")
    go(page, f"{guess} input[type=range]", most=2)
    press(page, "ArrowRight", "ArrowRight")
    go(page, f"{guess} .record", most=2)
    press(page, "Enter")
    assert page.locator(f"{guess} .result").inner_text() == "Recorded: partly, 60 %. Go on below."
    line = f"form.draw[data-claim={CLAIM}]"
    draw(page, line)
    assert page.locator(f"{line} .result").inner_text().startswith("You ended at")
    card = f"#verdict-{CLAIM}"
    go(page, f"{card} > summary")
    press(page, "Enter")
    assert page.locator(card).evaluate("one => one.open")
    folds = page.locator(f"{card} details > summary").count()
    assert folds > 1
    for _ in range(folds):
        go(page, f"{card} details:not([open]) > summary")
        press(page, "Enter")
    assert page.locator(f"{card} details:not([open])").count() == 0
    context.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory, browser):
    """Notebook 01, nothing run, as it opens."""
    home = tmp_path_factory.mktemp("keys")
    with serving(home) as lab:
        shorten(home / "workbook" / "01_economic.ipynb")
        page = opened(lab, browser.new_context(), "01_economic", (1366, 768))
        page.home = home
        yield page
        assert errors(page) == []
        page.context.close()


RAN = f"""(source) => {NOTEBOOK}.widgets.some((one) =>
    one.model.sharedModel.getSource().startsWith(source) && one.model.executionCount)"""


def run_to(page, source):
    """Press Shift+Enter until the cell that begins so has run; the focus may be in the output of one above it."""
    for _ in range(18):
        page.keyboard.press("Shift+Enter")
        quiet(page)
        if page.evaluate(RAN, source):
            return
    pytest.fail(f"Shift+Enter does not lead to {source}")


def test_a_claim_is_walked_by_keys_alone_in_jupyterlab(page):
    form = ".heldto-guess"
    run_to(page, f'fr.examine("{CLAIM}"')
    go(page, f"{form} input[type=radio]", "Shift+Tab")
    press(page, "Space")
    while page.evaluate("() => document.activeElement.value") != "1":
        press(page, "ArrowDown")
    go(page, f"{form} [role=slider]", most=3)
    press(page, "ArrowRight", "ArrowRight")
    go(page, f"{form} button", most=3)
    press(page, "Enter")
    quiet(page)
    kept = json.loads((page.home / "answers.json").read_text(encoding="utf-8"))["guesses"][0]
    assert (kept["claim"], kept["verdict"], kept["sure"]) == (CLAIM, "partly", 60)
    draw(page, "form.draw", lambda: quiet(page))
    assert "You ended at" in page.locator(".jp-Cell:has(form.draw)").inner_text()
    go(page, ".heldto-ruling button")
    press(page, "Enter")
    quiet(page)
    card = ".heldto-ruling details.verdict"
    assert page.locator(card).evaluate("one => one.open")
    folds = page.locator(f"{card} details:not([open]) > summary").count()
    assert folds > 1
    assert page.evaluate("(card) => document.activeElement.matches(`${card} > summary`)", card)
    for _ in range(folds):  # what is in a fold comes after it
        go(page, f"{card} details:not([open]) > summary")
        press(page, "Enter")
    assert page.locator(f"{card} details:not([open])").count() == 0
    run_to(page, 'fr.examine("E3"')
    go(page, ".heldto-sheet button", "Shift+Tab")
    press(page, "Enter")
    quiet(page)
    go(page, ".actorbar input[value=RUS]")
    box = page.locator(".actorbar input[value=RUS]").first
    for on in (False, True):
        press(page, "Space")
        quiet(page)
        assert box.is_checked() == on
