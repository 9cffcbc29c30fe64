"""The README's picture shows the program as it is: each word in it stands on the page today."""

import pytest
import screenshot
from conftest import ROOT, our_page

pytestmark = pytest.mark.slow


def test_each_word_of_the_picture_stands_on_the_page_as_it_is_now(browser):
    """Not so? `make screenshot` takes the picture anew."""
    page = browser.new_page()
    screenshot.guessed(page, our_page(ROOT / "notebooks" / "01_economic.ipynb"))
    there = {*page.evaluate(screenshot.TEXTS, False)}
    page.close()
    shown = screenshot.words_of(screenshot.PICTURE)
    assert len(shown) > 30 and "Record my guess" in there
    assert [words for words in shown if words not in there] == []
