"""The readings of a claim in a handout: switches without a kernel, by pointer and by keys, on paper and without a script."""

import nbformat
import pytest
import sample
import sample_readings
from test_handout import AXE, LAPTOP, LOOKS, complaints

import frenemies as fr
from heldto.claims import readings_table
from heldto.claims.card import VerdictCard
from heldto.publish.handouts.exporter import HandoutExporter

SEEN = """() => [...document.querySelectorAll('div.readings svg [data-tell]')]
    .filter(one => getComputedStyle(one).visibility === 'visible').map(one => one.dataset.tell)"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A handout of a verdict's card and of the picture of its readings."""
    with pytest.MonkeyPatch.context() as patched:
        sample_readings.put(patched)
        shown = [sample.ours(page) for page in (VerdictCard("E4").to_html, fr.readings("E4").page)]
    cells = [nbformat.v4.new_markdown_cell("# Readings")]
    for output in shown:
        cells.append(nbformat.v4.new_code_cell("readings", outputs=[output]))
    notebook = nbformat.v4.new_notebook(cells=cells)
    made = HandoutExporter().from_notebook_node(notebook, {"metadata": {"name": "all"}})[0]
    path = tmp_path_factory.mktemp("readings") / "all.html"
    path.write_text(made, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, file):
    contexts = []

    def open_page(viewport=LAPTOP, **settings):
        contexts.append(browser.new_context(viewport=viewport, offline=True, **settings))
        page = contexts[-1].new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        assert all(page.faults == [] for page in context.pages)
        context.close()


def switch(page, words, box="div.readings"):
    return page.locator(f"{box} button", has_text=words)


def test_a_switch_leaves_the_readings_that_share_a_choice(opened):
    page = opened()
    assert len(page.evaluate(SEEN)) == 30
    switch(page, "Russia's books alone").click()
    tally = page.locator("div.readings .tally")
    assert tally.inner_text() == (
        "0 of 6 readings hold, 0 partly, 6 fail, by 2 distinct figures. "
        "Without the 3 that take a later year 0 of 3 readings hold, 0 partly, 3 fail."
    )
    seen = page.evaluate(SEEN)
    assert len(seen) == 6 and all("Russia's books alone" in told for told in seen)
    row = page.locator("div.readings [data-option]", has_text="2019")
    assert row.locator("td").all_inner_texts()[:3] == ["0", "0", "3"]
    switch(page, "Russia's books alone").click()
    assert len(page.evaluate(SEEN)) == 30 and tally.inner_text().startswith("12 of 30 ")


def test_what_is_folded_counts_once_it_is_opened_and_keys_do_it_too(opened):
    page = opened()
    page.evaluate("document.querySelector('details.verdict').open = true")
    assert switch(page, "2019", "details.readings").count() == 0
    page.locator(".door.else > summary").click()
    page.locator("details.readings summary").click()
    box = page.locator("details.readings")
    box.locator("th button").first.wait_for()  # they come when it is open
    box.locator("summary").focus()
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.matches('th button') && document.activeElement.innerText.includes('FOB')"
        ):
            break
    page.keyboard.press("Space")
    assert box.locator(".tally").inner_text() == (
        "6 of 6 readings hold, 0 partly, 0 fail, by 2 distinct figures. "
        "Without the 3 that take a later year 3 of 3 readings hold, 0 partly, 0 fail."
    )
    assert page.evaluate("document.activeElement.ariaPressed") == "true"


def test_pointing_at_a_mark_tells_its_reading(opened):
    page = opened()
    mark = page.locator("div.readings svg .a-r0[data-tell] use")
    mark.scroll_into_view_if_needed()
    mark.hover(force=True)
    told = page.locator("div.readings .told-here").inner_text()
    assert told.startswith("Reading 1: 3.9 bn, fails (Russia's books alone")
    assert page.locator("div.readings svg .a-r0.told").count() >= 2  # and what it chooses


def test_on_paper_and_without_a_script_all_are_shown(opened):
    page = opened()
    switch(page, "Russia's books alone").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(page.evaluate(SEEN)) == 30
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(page.evaluate(SEEN)) == 6
    silent = opened(java_script_enabled=False)
    box = silent.locator("div.readings")
    assert box.locator("th button").count() == 0
    assert box.locator(".tally").inner_text() == (
        "12 of 30 readings hold, 12 partly, 6 fail, by 10 distinct figures. "
        "Without the 15 that take a later year 6 of 15 readings hold, 6 partly, 3 fail."
    )
    assert box.locator("[data-option]").count() == len(readings_table.all_options("E4"))


@pytest.mark.parametrize("look", LOOKS)
def test_everybody_can_use_it(opened, look):
    viewport, scheme = LOOKS[look]
    page = opened(viewport, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    switch(page, "2019").first.click()
    if AXE.exists():
        assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
