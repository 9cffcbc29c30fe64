"""Other front ends on a reader's copy: notebook 01 in Notebook 7, and 00 as a page of Voila, which shows what cells make and no code."""

import json
import sys

import pytest
from test_lab import (
    HEAR,
    OPEN,
    PARTNERS,
    TOKEN,
    bring,
    click,
    errors,
    preset,
    quiet,
    run_all,
    serving,
    unfold,
)

from heldto.publish import lab as workbook


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("front-ends")


@pytest.fixture(scope="module")
def server(home):
    """Notebook 7, and Voila within it, on a reader's fresh workbook, with Jupyter's own kernel and settings but one: cells far from the window stay drawn."""
    workbook.prepare(home / "workbook")
    setting = home / "config" / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension"
    setting.mkdir(parents=True)
    (setting / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    start = [sys.executable, "-m", "notebook", f"--ServerApp.root_dir={home / 'workbook'}"]
    start += ["--allow-root", "--JupyterNotebookApp.expose_app_in_browser=True"]
    with serving(home, start) as address:
        yield address


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    yield page
    page.close()


def _kept(home):
    """(claim, verdict) of each guess in the reader's file, which is taken away."""
    guesses = json.loads((home / "answers.json").read_text(encoding="utf-8"))["guesses"]
    (home / "answers.json").unlink()
    return [(one["claim"], one["verdict"]) for one in guesses]


def test_notebook_7_runs_01_hides_answers_and_keeps_a_guess(server, home, page):
    page.goto(f"{server}/notebooks/01_economic.ipynb?token={TOKEN}")
    page.wait_for_function(OPEN, timeout=120_000)
    page.evaluate(HEAR)
    unfold(run_all(page))
    assert errors(page) == []
    assert page.locator("figure.actorfig svg").count() >= 8

    bring(page, PARTNERS)
    title = page.locator(f"{PARTNERS} figcaption b")
    before = title.inner_text()
    assert set(click(page, "RUS")) == {"hidden"}
    preset(page, "Central Asia")
    assert title.inner_text() not in ("", before)
    preset(page, "all")
    assert title.inner_text() == before

    form = page.locator(".heldto-guess", has_text="Your verdict on E1:")
    form.locator("label", has=page.locator("input[type=radio]"), has_text="fails").click()
    form.get_by_role("button", name="Record my guess").click()
    form.get_by_text("Recorded: fails").wait_for(timeout=20_000)
    assert _kept(home) == [("E1", "fails")]
    quiet(page)
    assert errors(page) == []


def test_voila_shows_00_keeps_its_taps_hides_and_redraws(server, home, page):
    """Its picture comes with the tap on the claim that it is about."""
    page.goto(f"{server}/voila/render/00_start_here.ipynb?token={TOKEN}", timeout=120_000)
    page.locator(".tap").first.wait_for(timeout=60_000)
    picture = page.locator(".heldto-beside figure.actorfig:not(.yardstick)")
    assert errors(page) == [] and page.get_by_text("import frenemies").count() == 0
    assert picture.count() == 0
    tapped = page.locator(".tap").all()
    for row in tapped:
        row.get_by_role("button", name="fails", exact=True).click()
        row.locator(".told b").first.wait_for(timeout=20_000)
    assert _kept(home) == [(row.get_attribute("data-claim"), "fails") for row in tapped]
    picture.locator("svg").first.wait_for(timeout=20_000)
    figure = f"#{picture.get_attribute('id')}"
    page.locator(figure).scroll_into_view_if_needed()
    assert set(click(page, "JPN", figure)) == {"hidden"}
    page.locator(f"{figure}.o-JPN").wait_for(timeout=20_000)
    assert page.locator(f"{figure} svg .a-DEU").count()
    assert page.locator(f"{figure} svg .a-JPN").count() == 0
    assert page.locator(f"{figure} .ghosts").text_content() == "Switched off: Japan"
    assert errors(page) == []
