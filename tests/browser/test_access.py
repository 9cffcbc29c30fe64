"""What a reader meets who hears a page, has a small screen, or has not guessed yet: our own handouts, in a real browser."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import sample
from conftest import absent, our_page, uncovered, whole

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture
def opened(browser):
    """opened(name, viewport) opens one of our handouts."""
    contexts = []

    def open_page(name, viewport=LAPTOP, **settings):
        context = browser.new_context(viewport=viewport, offline=True, **settings)
        contexts.append(context)
        return turned_to(context, name)

    yield open_page
    for context in contexts:
        context.close()


def turned_to(context, name):
    page = context.new_page()
    page.goto(our_page(NOTEBOOKS[NAMES.index(name)]).as_uri())
    return whole(page)


@pytest.fixture(scope="module", params=NAMES)
def page(request, browser):
    """One of our handouts for the tests that do no more than look at it as it opens."""
    with browser.new_context(viewport=LAPTOP, offline=True) as context:
        yield turned_to(context, request.param)


CODE_ALONE = """[...document.querySelectorAll('main .cell')].filter(cell => cell.getClientRects().length)
    .filter(cell => [...cell.children].every(child => child.matches('details.code') || !child.getClientRects().length))
    .map(cell => cell.id)"""


def test_no_part_in_sight_is_a_fold_of_code_alone(page):
    assert page.evaluate(CODE_ALONE) == []


POINTERS = """() => {
    const seen = one => one.getClientRects().length > 0, found = [];
    const told = one => [...one.children].some(child => !child.matches('details.code') && seen(child));
    const cells = [...document.querySelectorAll('main .cell')];
    for (const [at, cell] of cells.entries()) {
        if (!cell.matches('.markdown') || !seen(cell)) continue;
        for (const [words, where] of cell.innerText.matchAll(/\\b(?:sentences?|lines?|boxes?|switche?s?) (above|below)\\b/g)) {
            const way = where === 'below' ? cells.slice(at + 1) : cells.slice(0, at).reverse();
            const meant = way.find(one => one.matches('.code'));
            found.push([cell.id, words, Boolean(meant && told(meant))]);
        }
    }
    return found; }"""
POINTING = ("01_economic", "04_verdict", "05_your_own_claim")


def test_no_words_in_sight_point_at_lines_that_are_hidden(page):
    found = page.evaluate(POINTERS)
    assert [(cell, words) for cell, words, seen in found if not seen] == []
    assert bool(found) == page.url.endswith(tuple(f"{name}.html" for name in POINTING))


def test_what_is_said_of_several_verdicts_waits_until_all_are_open(opened):
    page = opened("03_military")
    comment = page.locator("[data-of='verdict-M1 verdict-M2 verdict-M3']").first
    for name in ("M1", "M2", "M3"):
        assert not comment.is_visible()
        for _ in range(2):  # the first click asks for a guess
            page.locator(f"#verdict-{name} > summary").click()
    comment.wait_for(state="visible")


def test_one_title_parts_below_it_and_claims_below_these(page):
    heads = page.locator(":is(h1, h2, h3, h4, h5, h6)").evaluate_all(
        "all => all.map(one => [Number(one.tagName[1]), one.textContent])"
    )
    levels = [level for level, _ in heads]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert {level for level, text in heads if text.startswith("Part ")} <= {2}
    assert {level for level, text in heads if text[:1] in "EFGM" and text[1:2].isdigit()} <= {3}


def guess(page, claim, verdict="holds"):
    form = page.locator(f"form[data-claim={claim}]")
    form.locator(f"input[value={verdict}]").check()
    form.locator(".record").click()


def test_where_we_stand_shows_a_verdict_once_its_claim_is_guessed(opened):
    page = opened("01_economic")
    table = page.locator(".standing table").first
    claims = table.locator("tbody tr").count()
    assert claims == table.get_by_text("guess first").count() > 1
    assert (
        table.locator(".tag").count() == 0
        and not page.locator(".uncovered .tag").first.is_visible()
    )
    guess(page, "E4", "fails")
    row = table.locator("tr", has=page.locator("[data-guess=E4]"))
    assert row.locator("td").all_inner_texts()[1:] == [
        "fails",
        *page.locator("tr[data-claim=E4] td").all_text_contents(),
    ]
    assert table.get_by_text("guess first").count() == claims - 1
    page.reload()
    assert page.locator(".standing table").first.get_by_text("guess first").count() == claims - 1
    page.get_by_text("All verdicts, guessed or not").click()
    page.locator("tr[data-claim=E5] .tag").first.wait_for(state="visible")


@pytest.mark.nightly
def test_on_paper_no_verdict_stands_before_the_key(opened, tmp_path):
    page = opened("01_economic")
    guess(page, "E4", "fails")
    before, key = printed(page, tmp_path).split("Verdicts: guess first, then compare")
    standing = before[before.index("Where do we stand?") :]
    assert len(re.findall(r"[✓½✗]", standing)) == 2 and "guess first" not in standing
    row = r"(^|\s\s){}\s+[✓½✗?] \w+\s+[✓½✗?] \w+(\s\s|$)"  # of the table, in a column of the key
    assert all(re.search(row.format(name), key, re.M) for name in ("E1", "E10"))


@pytest.mark.nightly
def test_on_paper_a_heading_stands_with_its_exercise(opened, tmp_path):
    sheets = printed(opened("01_economic"), tmp_path).split("\f")
    turn = re.compile(r"^ *Your turn.*?(?=^ *Your turn|\Z)", re.M | re.S)
    parts = [part for sheet in sheets for part in turn.findall(sheet)]
    assert len(parts) > 5 and [part for part in parts if "Exercise " not in part] == []


def printed(page, folder):
    """A page as text, as it is printed on A4."""
    if not shutil.which("pdftotext"):
        absent("pdftotext is not installed")
    (folder / "page.pdf").write_bytes(page.pdf(format="A4", prefer_css_page_size=True))
    words = ["pdftotext", "-layout", folder / "page.pdf", "-"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def heard(page):
    """What a screen reader is given of a page: list of (role, name, description, ids of what is linked as details)."""
    page.evaluate("document.fonts.ready")
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [_told(node) for node in nodes if not node["ignored"]]


def _told(node):
    details = [one["value"] for one in node.get("properties", []) if one["name"] == "details"]
    linked = [other.get("idref", "") for one in details for other in one["relatedNodes"]]
    return (
        *(node.get(field, {}).get("value", "") for field in ("role", "name", "description")),
        linked,
    )


def drawings(page):
    """What is seen of each picture in sight: its title, and the id of its words, none where they are folded away."""
    return page.evaluate(
        """[...document.querySelectorAll('.actorfig')].filter(one => one.checkVisibility()).map(one => [one, one.querySelector('.fig-alt')])
        .map(([one, words]) => [one.querySelector('figcaption b').innerText, words.checkVisibility() ? [words.id] : []])"""
    )


def check_pictures(page):
    """Each picture in sight is heard by its title, once, with a short description that says more, and its words linked."""
    seen, found = drawings(page), heard(page)
    titles = {title for title, _ in seen}
    images = [one for one in found if one[0] == "image" and (one[3] or one[1] in titles)]
    assert sorted((name, linked) for _, name, _, linked in images) == sorted(
        (title, words) for title, words in seen
    )  # a tree is told level by level: a yardstick stands deeper, in its card
    for _, name, short, _ in images:
        assert 10 < len(short) <= 220 and name not in short  # five zones of a rule take 202
    figures = [one for one in found if one[0] == "figure" and one[1]]
    assert sorted(name for _, name, _, _ in figures) == sorted(title for title, _ in seen)
    return len(images)


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_is_described_with_its_folds_closed(opened, name):
    page = opened(name)
    if not drawings(page):  # all of them wait for an answer
        uncovered(page)
    assert not page.locator("details.fig-alt[open]").count()
    known = check_pictures(page)
    assert known > 0
    page.get_by_label("only what was known in August 2019").check()
    assert check_pictures(page) == known
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    tables = [one for one in heard(page) if one[:2] == ("group", "Table")]
    assert len(tables) == len(drawings(page))


def test_each_picture_of_a_live_notebook_is_described_with_its_folds_closed(browser):
    page = browser.new_page()
    page.set_content(
        f"<h1>Live</h1>{sample.picture().to_html()}{sample.picture('second').to_html()}"
    )
    assert check_pictures(page) == 2
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_box_of_a_term_stays_on_the_screen(opened, name):
    page = opened(name)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    page.wait_for_function("!document.querySelector('[data-of][hidden]')")
    for width in (320, 390, 700, 800, 1100, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate(
            """() => [...document.querySelectorAll('dfn.term')].filter(one => {
                one.focus();
                return getComputedStyle(one, '::after').content === 'none'
                    || document.documentElement.scrollWidth > document.documentElement.clientWidth;
            }).map(one => one.textContent)"""
        )
        assert wide == [], width


UNDER_ITS_BOX = """() => [...document.querySelectorAll("main dfn.term")].slice(0, 12).filter((one) => {
    document.activeElement.blur();
    one.focus();
    const box = getComputedStyle(one, "::after");
    return one.getBoundingClientRect().bottom > innerHeight - parseFloat(box.bottom) - parseFloat(box.height);
}).map((one) => one.textContent)"""


def test_at_400_percent_the_box_of_a_term_does_not_cover_the_term(opened):
    """Who tabs to a term at the foot of the window sees it above its box."""
    page = opened("01_economic")
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(UNDER_ITS_BOX) == []


def test_escape_closes_the_box_of_a_term_wherever_it_was_opened_from(opened):
    page = opened("01_economic")
    term = page.locator("main dfn.term").first
    box = "one => getComputedStyle(one, '::after').content"
    for show, leave in (
        (term.hover, lambda: page.mouse.move(0, 0)),
        (term.focus, lambda: page.locator(".skip").focus()),
    ):
        show()
        assert term.evaluate(box) != "none"
        page.keyboard.press("Escape")
        assert term.evaluate(box) == "none"
        leave()
        show()
        assert term.evaluate(box) != "none"
        leave()


def test_with_forced_colours_the_pressed_button_and_the_swatches_are_told_apart(opened):
    page = opened("01_economic", forced_colors="active")
    looks = page.locator(".presets button").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(looks)) == 2
    swatches = page.locator(".bar fieldset label span").evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').backgroundColor)"
    )
    assert len(set(swatches)) > 5
