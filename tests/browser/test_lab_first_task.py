"""The first task of the first notebook in a real JupyterLab: only China's trade with Japan and with Germany."""

import pytest
from test_lab import opened, run_all, serving

SEEN = """(code) => [...document.querySelectorAll('[id^=fig-trade-partners] svg .a-' + code)]
    .filter((one) => getComputedStyle(one).visibility === 'visible' && one.getClientRects().length).length"""


@pytest.fixture(scope="module")
def page(tmp_path_factory, browser):
    with serving(tmp_path_factory.mktemp("lab")) as address:
        page = run_all(opened(address, browser, "00_start_here"))
        yield page
        page.context.close()


def switch(page, code):
    page.locator(f".actorbar input[value={code}]").first.click()
    page.wait_for_timeout(200)


def test_as_told_two_lines_are_left(page):
    page.locator(".actorbar .presets button", has_text="none").first.click()
    for code in ("CHN", "JPN", "DEU"):
        switch(page, code)
    assert (
        all(page.evaluate(SEEN, code) > 0 for code in ("JPN", "DEU"))
        and page.evaluate(SEEN, "USA") == 0
    )
    assert page.locator("[id^=fig-trade-partners] .missing >> visible=true").count() == 0


def test_without_china_the_picture_says_so_and_its_button_brings_china_back(page):
    switch(page, "CHN")
    picture = page.locator("[id^=fig-trade-partners]")
    assert (
        "China, which is switched off" in picture.inner_text()
        and picture.locator("svg").is_hidden()
    )
    picture.get_by_role("button", name="Switch China on").press("Enter")
    assert picture.locator("svg").is_visible() and page.evaluate(SEEN, "JPN") > 0
    bars = page.locator(".actorbar .status").all_inner_texts()
    assert len(bars) >= 2 and {text.split(" actors")[0] for text in bars} == {"3 of 19"}
