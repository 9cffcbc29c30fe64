"""The page to hand in, in a real browser without a network: it toggles, is legible to all, prints on a sheet or two."""

import shutil
import subprocess

import pytest
from conftest import absent
from test_handout import LAPTOP, LOOKS, complaints, invalid, shown

import frenemies as fr
from frenemies import economic

TRAPS = ["economic/trade"]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A claim with others, readings, two pictures and code, as it is handed in."""
    rule = {"rule": "at_least", "holds": 90, "partly": 67, "unit": "%", "tables": TRAPS}
    mine = fr.Claim(
        "China trades just as much with India as with Russia", why="Nine tenths.", **rule
    )
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRENEMIES_DIARY", str(folder / "my-answers.json"))
        mine.seal()
        mine.verdict(88.8, since=62.4, others={"IND": 88.8, "JPN": 302, "DEU": 172, "KAZ": 18})
        mine.reading("imports alone", 71.3)
        mine.cannot("Goods are not services.")
        pictures = economic.mirror_picture(), economic.partners_picture()
        code = ["share = 100 * india / russia\n" * 6] * 6
        return fr.export(mine, *pictures, to=folder, code=code).path


@pytest.fixture
def opened(browser, exported):
    contexts = []

    def open_page(viewport=LAPTOP, **settings):
        context = browser.new_context(viewport=viewport, offline=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(exported.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_one_click_hides_an_actor_in_picture_ruler_and_table(opened):
    page = opened()
    assert set(shown(page, "IND")) == {"visible"} and len(shown(page, "IND")) > 2
    page.locator(".bar input[value=IND]").uncheck()
    assert set(shown(page, "IND")) == {"hidden"} and set(shown(page, "JPN")) == {"visible"}
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    rows = page.locator("tr.a-IND")
    assert rows.count() and not any(row.is_visible() for row in rows.all())
    page.reload()
    assert set(shown(page, "IND")) == {"hidden"}  # the address holds it
    assert len(page.asked) == 2 and page.faults == []


def test_only_what_was_known_in_2019_leaves_no_later_verdict(opened):
    page = opened()
    since = page.locator(".verdict .sides .since")
    assert since.is_visible()
    page.get_by_label("only what was known in August 2019").check()
    assert not since.is_visible() and page.locator(".verdict .tag-partly").is_visible()


def test_pointing_at_a_mark_tells_it(opened):
    page = opened()
    page.locator("#fig-trade-partners svg").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator(".told-here").first.inner_text()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(opened, look):
    viewport, scheme = LOOKS[look]
    page = opened(viewport, color_scheme=scheme)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert complaints(page) == [] and page.faults == []


def test_without_script_all_stands_there(opened):
    page = opened(java_script_enabled=False)
    assert not page.locator("#bar").is_visible() and not page.locator("#answers").is_visible()
    for part in (
        ".verdict .tag >> nth=0",
        "#fig-trade-partners svg",
        "#code",
        ".traps",
        ".hash >> nth=0",
    ):
        page.locator(part).scroll_into_view_if_needed()  # what is far below is laid out then
        assert page.locator(part).is_visible(), part


def sheets(page, path, paper="A4"):
    """The text of each sheet that a page prints on."""
    if not shutil.which("pdftotext"):
        absent("pdftotext is not installed")
    path.write_bytes(page.pdf(format=paper, prefer_css_page_size=True))
    words = ["pdftotext", "-layout", path, "-"]
    text = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


@pytest.mark.nightly
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_on_two_sheets_with_all_that_counts(opened, tmp_path, paper):
    page = opened()
    page.locator(".bar input[value=KAZ]").uncheck()
    printed = sheets(page, tmp_path / "page.pdf", paper)
    text = " ".join(printed)
    assert len(printed) <= 2
    for told in (
        "Nine tenths.",
        "india / russia",
        "partly",
        "imports alone",
        "Goods are not",
        "CIF",
        "actors shown",
    ):
        assert told in text, told
    assert "How to check" not in text and "Full screen" not in text


@pytest.mark.nightly
def test_its_last_line_has_no_sheet_of_its_own(opened, tmp_path):
    page = opened()
    lengthen = "document.querySelector('#code + pre code').append('\\nx = 1')"
    for _ in range(40):
        page.evaluate(lengthen)
        *_, last = printed = sheets(page, tmp_path / "page.pdf")
        if len(printed) > 2:
            break
    assert len(printed) == 3 and "Written with" in last and "CIF" in last


def test_it_is_valid_html(exported):
    assert invalid(exported) == []
