"""try.html is the page as it is made now, small, and asks nothing of any host; the README's picture shows it as it is."""

import pytest
import screenshot
import try_page
from bs4 import BeautifulSoup

pytestmark = pytest.mark.slow
STALE = "run make try"


def read(html):
    """What a page says, asks and can: its words, its script, and its style sheets."""
    tree = BeautifulSoup(html, "html.parser")
    for drawing in tree.select("svg, #asleep"):
        drawing.extract()  # whose points may move between systems
    rest = [str(one.extract()) for one in tree(["script", "style"])]
    looks = [one for one in rest if ".z0{" not in one]  # of drawings
    return tree.get_text(" ", strip=True), looks


def test_the_page_is_as_it_is_made_now():
    stored = try_page.PAGE.read_text(encoding="utf-8")
    assert len(stored.encode()) <= try_page.MOST
    for old, new in zip(read(stored), read(try_page.html()), strict=True):
        assert old == new, STALE


def test_opened_by_a_double_click_it_asks_nothing_of_any_host(browser):
    page = browser.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    screenshot.opened(page, try_page.PAGE)
    for row in page.locator(".round .tap").all():
        row.get_by_role("button", name="partly", exact=True).click()
    assert "of 5" in page.locator(".round-score").inner_text()
    figure = page.locator("figure:not(.yardstick):visible")
    assert figure.count() == 1
    page.locator(".actorbar input[value=RUS]").uncheck()
    assert figure.locator("svg .a-RUS").first.evaluate("one => getComputedStyle(one).visibility") == "hidden"  # fmt: skip
    page.close()
    assert asked == [try_page.PAGE.as_uri()] and faults == []


def test_each_word_of_the_picture_stands_on_the_page_as_it_is_now(browser):
    page = browser.new_page()
    screenshot.opened(page, try_page.PAGE)
    there = {*page.evaluate(screenshot.TEXTS, False)}
    page.close()
    shown = screenshot.words_of(screenshot.PICTURE)
    assert len(shown) > 30 and "undecided" in there
    assert not {"Why?", "✓ Right.", "✗ Not as you guessed:"} & {*shown}  # it gives no answer away
    assert [words for words in shown if words not in there] == [], STALE
