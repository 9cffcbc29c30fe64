"""What a reader sees and does in a handout: a double-clicked file, in a real browser, the network cut."""

import base64
import csv
import html
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import numpy
import pytest
import sample
from conftest import absent, our_page, uncovered, whole

import frenemies as fr
from heldto import stored
from heldto.claims.card import VerdictCard
from heldto.claims.course import line_to_draw
from heldto.claims.listed import find_claim
from heldto.exercises import drawn, line, quick
from heldto.publish import editions
from heldto.publish.handouts import listing, tally_page
from heldto.publish.handouts.exporter import HandoutExporter

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
PHONE, LAPTOP = {"width": 320, "height": 700}, {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The sample in its three editions, as files."""
    folder = tmp_path_factory.mktemp("pages")
    for edition in ("handout", "student", "instructor"):
        (folder / f"{edition}.html").write_text(sample.page(edition), encoding="utf-8")
    return folder


NOTEBOOKS = sorted((HERE.parents[1] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def ours():
    """Our own notebooks in all editions, with their index: {edition: folder}."""
    folders = {}
    for edition in editions.EDITIONS:
        *_, folders[edition] = (our_page(path, edition).parent for path in NOTEBOOKS)
        index = listing.index_html(folders[edition], edition)
        (folders[edition] / "index.html").write_text(index, encoding="utf-8")
    return folders


@pytest.fixture
def opened(browser, files):
    """opened(edition, viewport, ...) opens a page and records what it asks for and complains of."""
    contexts = []

    def open_page(edition="handout", viewport=LAPTOP, at="", path=None, **settings):
        context = browser.new_context(
            viewport=viewport, offline=True, accept_downloads=True, **settings
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on(
            "console",
            lambda message: (
                page.faults.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto((path or files / f"{edition}.html").as_uri() + at)
        return whole(page)

    yield open_page
    for context in contexts:
        context.close()


def until(page, what, patience=100):
    """Wait for a condition (JavaScript). The browser's own way to wait would evaluate text, which the policy of our pages forbids."""
    for _ in range(patience):
        if page.evaluate(what):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"waited in vain: {what}")


def shown(page, code):
    return page.evaluate(
        "code => [...document.querySelectorAll(`.actorfig svg .a-${code}:not(.then, .told)`)].map(one => getComputedStyle(one).visibility)",
        code,
    )


def words(page):
    return page.evaluate(
        """[...document.querySelectorAll('.actorfig .fig-alt span, .actorfig .fig-table tbody tr')]
        .filter(one => getComputedStyle(one).display !== 'none').map(one => one.textContent)"""
    )


def test_nothing_is_asked_of_anybody(opened):
    page = opened()
    page.locator(".bar input[value=RUS]").click()
    page.locator("form.exercise .check").first.click()
    page.wait_for_timeout(300)
    assert [
        url for url in page.asked if not url.startswith(("file:", "blob:"))
    ] == [] and page.faults == []
    assert len(page.asked) == 1


def test_one_click_hides_an_actor_in_every_picture_sentence_and_row(opened):
    page = opened()
    assert set(shown(page, "RUS")) == {"visible"} and len(shown(page, "RUS")) >= 3
    before = words(page)
    page.locator(".bar input[value=RUS]").uncheck()
    assert set(shown(page, "RUS")) == {"hidden"} and set(shown(page, "CHN")) == {"visible"}
    gone = set(before) - set(words(page))
    assert gone and all("Russia" in text or "RUS" in text for text in gone)
    assert page.locator(".bar .status").text_content().startswith("24 of 25 actors shown")


def test_keyboard_alone_is_enough(opened):
    page = opened()
    page.locator(".bar .presets button").first.focus()
    for _ in range(40):
        if page.evaluate("document.activeElement.value === 'RUS'"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Space")
    assert set(shown(page, "RUS")) == {"hidden"}


def test_presets_and_the_address(opened):
    page = opened()
    page.get_by_role("button", name="China, Russia, USA").click()
    assert page.url.endswith("#actors=CHN,RUS,USA")
    again = opened(at="#actors=CHN,RUS,USA")
    assert set(shown(again, "JPN")) == {"hidden"} and set(shown(again, "USA")) == {"visible"}
    assert (
        again.get_by_role("button", name="China, Russia, USA").get_attribute("aria-pressed")
        == "true"
    )
    again.evaluate("location.hash = '#actors=JPN'")
    until(
        again,
        "getComputedStyle(document.querySelector('.actorfig svg .a-JPN')).visibility === 'visible'",
    )
    page.get_by_role("button", name="none", exact=True).click()
    assert page.url.endswith("#actors=") and set(shown(page, "CHN")) == {"hidden"}


@pytest.mark.parametrize(
    ("place", "selector"),
    [
        ("E1", "#cell-e1 h2"),
        ("e1", "#cell-e1 h2"),
        ("second", "#fig-second"),
        ("Exercises", "#exercises"),
    ],
)
def test_an_address_names_a_place(opened, place, selector):
    page = opened(at=f"#actors=CHN,RUS&at={place}")
    assert 0 <= page.locator(selector).bounding_box()["y"] < 200
    page.evaluate("location.hash = '#at=.*['")  # no place: stays where it is
    assert page.faults == []


def test_an_address_jumps_to_its_place_and_does_not_glide(opened):
    top = opened().evaluate(
        """() => new Promise(done => { const place = document.querySelector('#discussion');
        addEventListener('hashchange', () => done([scrollY > 0, Math.abs(place.getBoundingClientRect().top - 64)]));
        location.hash = '#at=Discussion'; })"""
    )
    assert top[0] and (
        top[1] < 200
        or opened(at="#at=Discussion").evaluate(
            "innerHeight + scrollY >= document.body.scrollHeight - 2"
        )
    )


@pytest.mark.parametrize(
    ("address", "count", "then"),
    [
        ("#actors=chn, rus", 2, False),
        ("#actors=%20RUS%20,XYZ", 1, False),
        ("#actors=XYZ", 25, False),
        ("#actors=", 0, False),
        ("#vintage=then", 25, True),
        ("#vintage=Then&actors=USA", 1, True),
    ],
)
def test_an_address_is_read_kindly(opened, address, count, then):
    page = opened(at=address)
    assert page.locator(".bar fieldset input:checked").count() == count
    assert page.locator(".bar .vintage input").is_checked() == then


def address(page):
    return page.evaluate("location.hash")


def test_opened_at_a_plain_place_a_page_shows_everybody(opened):
    page = opened(at="#exercises")
    boxes = page.locator(".actorbar fieldset input")
    assert boxes.count() == page.locator(".actorbar fieldset input:checked").count() > 1
    assert address(page) == "#at=exercises"


def test_no_step_on_the_page_drops_half_of_the_address(opened):
    page = opened(at="#actors=CHN,RUS&at=E1")
    page.locator(".bar .vintage input").check()
    assert address(page) == "#actors=CHN,RUS&vintage=then&at=E1"
    page.locator(".bar input[value=USA]").check()
    page.locator(".contents a", has_text="Exercises").click()
    until(page, "location.hash.endsWith('at=exercises')")
    assert address(page) == "#actors=CHN,RUS,USA&vintage=then&at=exercises"
    page = opened(at=address(page))
    assert (
        page.locator(".bar fieldset input:checked").count() == 3
        and page.locator(".bar .vintage input").is_checked()
    )
    assert 0 <= page.locator("#exercises").bounding_box()["y"] < 200


def test_back_undoes_the_switches_and_stays_on_the_page(opened):
    page = opened()
    for code in ("RUS", "USA", "JPN"):
        page.locator(f".bar input[value={code}]").uncheck()
    page.locator(".contents a", has_text="Exercises").click()
    until(page, "location.hash.endsWith('at=exercises')")
    page.evaluate("history.back()")
    until(page, "!location.hash.includes('at=')")
    assert page.locator(".bar fieldset input:checked").count() == 22
    page.evaluate("history.back()")
    until(page, "location.hash === ''")
    assert page.locator(".bar fieldset input:checked").count() == 25 and set(
        shown(page, "RUS")
    ) == {"visible"}


@pytest.fixture(scope="module")
def examined(tmp_path_factory):
    """A handout of two claims, each in one element, and a picture that waits for the second."""
    claims = {
        "a": ("E4", fr.economic.balance_picture, {}),
        "b": ("E1", fr.economic.mirror_picture, {}),
        "c": ("E1", fr.economic.partners_picture, {"verdicts": [], "ask": False}),
        "d": ("E5", None, {}),
    }
    cells = []
    for name, (claim, draw, settings) in claims.items():
        with stored.pages():
            data, about = fr.examine(claim, draw, **settings)._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data, metadata=about)
        tags = ["guess", "picture", "verdict"]
        cells.append(sample.cell("fr.examine(...)", output, name=name, tags=tags))
    made = HandoutExporter().from_notebook_node(
        sample.notebook(*cells), {"metadata": {"name": "examined"}}
    )
    path = tmp_path_factory.mktemp("examined") / "examined.html"
    path.write_text(made[0], encoding="utf-8")
    return path


BALANCE, MIRROR, PARTNERS = "#fig-trade-balance", "#fig-trade-mirror", "#fig-trade-partners"


def test_a_sheet_is_in_the_place_of_a_picture_until_guess_and_line_are_there(opened, examined):
    page = opened(path=examined)
    claim, sheet = page.locator("#cell-a"), page.locator("#cell-a .closed")
    assert not page.locator(BALANCE).is_visible() and not claim.locator("form.draw").is_visible()
    assert "One balance in two books" in sheet.inner_text()
    assert "Guess E4 first, or Look anyway" in " ".join(sheet.inner_text().split())
    claim.locator("form.guess input").first.check()
    assert not page.locator(BALANCE).is_visible()
    claim.locator("form.guess .record").click()
    assert "Draw the line first" in sheet.inner_text() and not page.locator(BALANCE).is_visible()
    draw = claim.locator("form.draw")
    draw.locator(".show").click()
    assert draw.locator(".result").inner_text() == "Nothing is drawn yet: move the points first."
    for handle in draw.locator(".handle").all():
        handle.press("ArrowUp")
    draw.locator(".show").click()
    page.locator(BALANCE).wait_for()
    assert not sheet.is_visible() and claim.locator("#verdict-E4:not([open])").count() == 1
    page.reload()
    whole(page)
    assert page.locator(BALANCE).is_visible() and not sheet.is_visible()


def test_who_looks_anyway_or_opens_the_verdict_sees_the_picture(opened, examined):
    page = opened(path=examined)
    page.locator("#cell-a .look").press("Enter")
    assert page.locator(BALANCE).is_visible() and not page.locator(MIRROR).is_visible()
    page.locator("#cell-b #verdict-E1 > summary").dblclick()
    page.locator(MIRROR).wait_for()


def test_a_picture_that_an_address_names_is_in_sight(opened, examined):
    page = opened(path=examined, at="#at=trade-mirror")
    assert page.locator(MIRROR).is_visible() and not page.locator(BALANCE).is_visible()


def test_a_picture_whose_claim_is_asked_for_above_waits_for_its_guess(opened, examined):
    page = opened(path=examined)
    assert not page.locator(PARTNERS).is_visible()
    page.locator("#cell-b form.guess input").first.check()
    page.locator("#cell-b form.guess .record").click()
    page.locator(PARTNERS).wait_for()


@pytest.fixture(scope="module")
def round_and_line(tmp_path_factory):
    """A handout of a round with the picture of E4, and of the line of E4 that a reader draws."""
    view = quick.view_of(fr.economic.balance_picture)
    made = {"round": quick.QuickRound(["E4", "E1"], ("E4", view)), "line": fr.draw("E4")}
    cells = []
    for name, shown in made.items():
        with stored.pages():
            data, about = shown._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data, metadata=about)
        cells.append(sample.cell("fr.x()", output, name=name, tags=["guess", "picture"]))
    notebook = sample.notebook(*cells)
    page, _ = HandoutExporter().from_notebook_node(notebook, {"metadata": {"name": "round"}})
    path = tmp_path_factory.mktemp("round") / "round.html"
    path.write_text(page, encoding="utf-8")
    return path


def test_the_picture_of_a_round_waits_for_all_that_it_would_give_away(opened, round_and_line):
    page = opened(path=round_and_line)
    sheet = page.locator("#cell-round .closed")
    for claim, says in (("E4", "Guess E4 and E1 first"), ("E1", "Draw the line first")):
        page.locator(f".tap[data-claim={claim}] button[value=partly]").click()
        assert says in " ".join(sheet.inner_text().split())
        assert not page.locator(BALANCE).is_visible()
    for handle in page.locator("#cell-line .handle").all():
        handle.press("ArrowUp")
    page.locator("#cell-line .show").click()
    page.locator(BALANCE).wait_for()
    assert not sheet.is_visible()


def test_a_picture_names_the_claim_below_it_that_a_round_has_asked_already(opened, tmp_path):
    with stored.pages():  # of one page: the second card of a claim has an id of its own
        made = {"round": quick.QuickRound(["E4", "E1"])}
        made["own"] = fr.examine("E4", fr.economic.balance_picture)
        bundles = {name: shown._repr_mimebundle_() for name, shown in made.items()}
    cells = []
    for name, (data, about) in bundles.items():
        output = nbformat.v4.new_output("display_data", data, metadata=about)
        cells.append(sample.cell("fr.x()", output, name=name, tags=["guess", "picture", "verdict"]))
    path = tmp_path / "round.html"
    exporter = HandoutExporter()
    path.write_text(exporter.from_notebook_node(sample.notebook(*cells))[0], encoding="utf-8")
    link = opened(path=path).locator(f"{BALANCE} .enlarge a")
    assert link.get_attribute("href") == "#verdict-E4-2"
    assert link.evaluate("one => one.textContent") == "Verdict on E4"


def test_on_paper_a_picture_is_on_another_sheet_than_the_pencil(opened, examined):
    page = opened(path=examined)
    page.emulate_media(media="print")
    breaks = "one => getComputedStyle(one).breakBefore"
    for cell in ("a", "b", "c"):
        assert page.locator(f"#cell-{cell} .behind").evaluate(breaks) == "page"
    assert page.locator("#cell-d .behind").evaluate(breaks) == "auto"  # a card without a picture
    assert page.locator(BALANCE).is_visible() and not page.locator("#cell-a .closed").is_visible()


TABLES = """[...document.querySelectorAll(".actorfig .fig-table")].map(one => {
  one.open = true;
  const box = one.querySelector(".fig-scroll");
  return [one.querySelectorAll("tbody tr").length, box.scrollHeight > box.clientHeight + 1, getComputedStyle(box).backgroundImage !== "none"];
})"""


def test_a_table_of_twenty_rows_stands_whole_and_a_longer_one_shows_that_it_scrolls(opened):
    page = opened(path=our_page(HERE.parents[1] / "notebooks" / "03_military.ipynb", "handout"))
    uncovered(page)
    tables = page.evaluate(TABLES)
    assert {scrolls for rows, scrolls, _ in tables if rows <= 20} == {False}
    assert {(scrolls, dims) for rows, scrolls, dims in tables if rows > 40} == {(True, True)}
    page.emulate_media(media="print")
    assert not any(scrolls for _, scrolls, _ in page.evaluate(TABLES))


A4 = {"width": 665, "height": 940}  # less its margins
CUT = """() => [...document.querySelectorAll(".on-paper .fig-scroll")].filter(one =>
  getComputedStyle(one).overflowX !== "visible" || getComputedStyle(one).columns === "auto"
  && one.querySelector("table").getBoundingClientRect().right > innerWidth + 1
).map(one => one.closest("figure").id)"""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_on_paper_no_table_is_cut(opened, path):
    page = opened(path=our_page(path, "handout"), viewport=A4)
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_on_paper_no_picture_stands_on_the_sheet_of_its_question(opened, path):
    page = opened(path=our_page(path, "handout"))
    page.emulate_media(media="print")
    shared = page.evaluate(
        """[...document.querySelectorAll(".examine figure")].filter((one) => {
          if (one.closest(".verdict")) return false; // it is printed in the key
          const behind = one.closest(".examine > .behind");
          return !behind || getComputedStyle(behind).breakBefore !== "page";
        }).map((one) => one.textContent.trim().slice(0, 80))"""
    )
    assert shared == []


def test_a_drawing_that_is_laid_out_when_it_comes_near_has_its_height_before(opened):
    page = opened(path=our_page(NOTEBOOKS[1]))
    drawings = "[...document.querySelectorAll('.actorfig:not(.yardstick) .drawing svg')]"
    looks = f"{drawings}.map((one) => getComputedStyle(one).contentVisibility)"
    heights = f"{drawings}.map((one) => Math.round(one.getBoundingClientRect().height))"
    before = page.evaluate(heights)
    assert set(page.evaluate(looks)) == {"auto"} and any(before)
    page.add_style_tag(content="svg { content-visibility: visible !important }")
    assert page.evaluate(heights) == before


def test_what_is_said_of_a_verdict_waits_until_it_is_open(opened, tmp_path):
    page = opened()
    comments = page.locator("#cell-e1-live, #cell-e1-after")
    assert comments.count() == 2 and not any(one.is_visible() for one in comments.all())
    assert page.get_by_text("What it cannot show").is_visible()
    assert page.get_by_text("Eleventh among all actors").is_visible()
    sheets = "\n".join(printed(page, tmp_path, "A4"))
    assert (
        sheets.index("What it cannot show")
        < sheets.index("guess first, then compare")
        < sheets.index("Nearly so.")
    )
    assert sheets.count("Nearly so.") == sheets.count("By another measure") == 1
    page.locator("details.verdict > summary").click()
    assert not any(one.is_visible() for one in comments.all())
    page.locator("details.verdict > summary").click()
    for one in comments.all():
        one.wait_for(state="visible")
    plain = opened(java_script_enabled=False)
    assert plain.get_by_text("Nearly so.").is_visible()


def test_only_what_was_known_then(opened):
    page = opened()
    assert page.locator(".verdict .fold p.since").count() > 1
    page.locator(".bar .vintage input").check()
    assert "vintage=then" in page.url
    visible = page.evaluate(
        """[...document.querySelectorAll(':is(.actorfig, .verdict) .since')].map(one => [one.closest('svg'), getComputedStyle(one)])
        .filter(([drawn, look]) => drawn ? look.visibility === 'visible' : look.display !== 'none').length"""
    )
    assert visible == 0


def test_by_touch_on_a_phone_the_bar_stays_in_view_and_is_large_enough(browser, files, opened):
    page = opened(viewport={"width": 390, "height": 780}, has_touch=True)
    page.locator("#discussion, #discussion-2").first.scroll_into_view_if_needed()
    assert page.locator("#bar").bounding_box()["y"] >= -1
    page.locator("#bar > details > summary").tap()
    page.locator(".bar input[value=RUS]").tap()
    assert set(shown(page, "RUS")) == {"hidden"}
    boxes = page.evaluate(
        """[...document.querySelectorAll('.bar label, .bar button, .bar summary, form button, .enlarge button')]
        .filter(one => one.getClientRects().length).map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"""
    )
    assert boxes and min(min(box) for box in boxes) >= 24


@pytest.mark.parametrize("edition", ["handout", "student", "instructor"])
def test_no_sideways_scroll_at_320_without_script(opened, edition):
    page = opened(edition, viewport=PHONE, java_script_enabled=False)
    assert page.locator("html").evaluate("one => one.scrollWidth") <= 320


def test_with_script_off_everything_shows_and_the_page_says_what_does_not_work(opened):
    assert not opened().locator("noscript").is_visible()
    page = opened(java_script_enabled=False)
    assert "JavaScript is switched off here" in page.locator("noscript").inner_text()
    assert set(
        page.locator(".actorfig svg .a-RUS:not(.then)").evaluate_all(
            "all => all.map(one => getComputedStyle(one).visibility)"
        )
    ) == {"visible"}
    assert (
        not page.locator("#bar").is_visible() and not page.locator("form button").first.is_visible()
    )
    page.locator("details.verdict > summary").click()
    assert "The figures say" in page.locator("details.verdict").inner_text()
    page.locator(".door.why > summary:visible").first.click()
    assert "As known in August 2019" in page.locator(".fold.known").inner_text()


def test_lines_are_60_to_75_characters(opened):
    counts = opened().evaluate(
        """() => { const text = document.querySelector('#cell-goals p').firstChild, range = document.createRange(), lines = {};
        for (let i = 0; i < text.length; i++) { range.setStart(text, i); range.setEnd(text, i + 1);
          const top = Math.round(range.getBoundingClientRect().top); lines[top] = (lines[top] ?? 0) + 1; }
        return Object.values(lines); }"""
    )
    full = counts[:-1]
    assert len(full) >= 4 and 60 <= sum(full) / len(full) <= 75


def test_contents_reading_time_and_terms(opened):
    page = opened()
    links = page.locator(".contents a").evaluate_all(
        "all => all.map(one => [one.textContent, !!document.getElementById(one.getAttribute('href').slice(1))])"
    )
    assert ["E1. Is it large?", True] in links and all(found for _, found in links)
    assert re.search(
        r"\d+ min to read\s+\d+ min more for the exercises", page.locator(".facts").inner_text()
    )
    term = page.locator("dfn.term").first
    term.focus()
    assert "Free on board" in term.evaluate("one => getComputedStyle(one, '::after').content")
    assert page.locator(
        "#" + term.get_attribute("aria-describedby")
    ).text_content() == term.get_attribute("data-definition")


# How a page is looked at: no rule of its style asks for a width and for colours at once
LOOKS = {"phone": (PHONE, "dark"), "laptop": (LAPTOP, "light")}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("edition", ["handout", "student", "instructor"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(opened, edition, look):
    viewport, scheme = LOOKS[look]
    page = opened(edition, viewport=viewport, color_scheme=scheme)
    assert page.locator("html").evaluate("one => one.scrollWidth") <= viewport["width"]
    if not AXE.exists():
        absent("npm install in tests/browser brings axe-core")
    assert complaints(page) == []


def unfold(page):
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")


# Takes out of each table the rows that are tagged as one above them: but for their words they are the same
ONE_OF_EACH = """() => document.querySelectorAll('tbody').forEach(body => {
  const form = one => `${one.cloneNode().outerHTML}${one.textContent.trim() ? 'x' : ''}${[...one.children].map(form)}`, seen = new Set();
  for (const row of [...body.rows]) { const its = form(row); if (seen.has(its)) row.remove(); seen.add(its); } })"""


def complaints(page):
    """What axe-core finds with everything unfolded, and in each table one row of each form. The rows stay out."""
    unfold(page)
    page.evaluate(ONE_OF_EACH)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]


# Of each figure how long its name and its words are, and how many columns its table has
NAMED = """() => [...document.querySelectorAll('figure.actorfig')].map(one => {
  const drawing = one.querySelector('svg'), of = name => document.getElementById(drawing.getAttribute(name));
  return [of('aria-labelledby').innerText.length, of('aria-describedby').textContent.length, one.querySelectorAll('table thead th').length]; })"""

RUNS = "script:not([type='application/ld+json'])"  # what a page tells catalogues runs nowhere

# Each part as it is written, but for drawings for a phone, and the colours behind it
WRITTEN = """parts => [...document.querySelectorAll(parts)].map(one => {
  const behind = [], copy = one.cloneNode(true);
  copy.querySelectorAll('.narrow').forEach(drawing => drawing.remove());
  for (let up = one; up; up = up.parentElement) behind.push(getComputedStyle(up).backgroundColor);
  return [copy.outerHTML, ...behind].join(' '); })"""

# The colours of each drawing's words, and the first one behind it
INKS = """() => [...document.querySelectorAll('figure svg:not(.narrow)')].map(one => {
  const shade = (at) => getComputedStyle(at).backgroundColor;
  let behind = one;
  while (behind.parentElement && shade(behind).endsWith(', 0)')) behind = behind.parentElement;
  return [shade(behind), ...new Set([...one.querySelectorAll('text')].map(text => getComputedStyle(text).fill))].join(' '); })"""

# How many marks are seen of somebody who is off; those stay of whom a picture always shows
SEEN_THOUGH_OFF = """() => [...document.querySelectorAll(".actorfig svg [class*=a-]")].filter((one) => {
  const always = one.closest(".actorfig").classList, codes = [...one.classList].filter((name) => /^a-[A-Z]/.test(name));
  return getComputedStyle(one).visibility === "visible" && codes.some((code) => !always.contains(code.replace("a", "n")));
}).length"""

TAKE_OUT = "(all, kept) => all.slice(kept).forEach(one => one.remove())"
# of the cells in these places no more than their headings, which the others stand under
LEAVE_HEADS = """places => { const cells = [...document.querySelectorAll('.cell')], head = 'h1, h2, h3, h4, h5, h6';
  for (const at of places) [...cells[at].children].filter(one => !one.matches(head) && !one.querySelector(head)).forEach(one => one.remove()); }"""


@pytest.fixture(scope="module")
def seen_in_handout():
    """{(name of a page, look): its figures and cells as they are written in the handout}, where the checker looks at all of them."""
    return {}


@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS] + ["index"])
def test_our_own_pages(opened, ours, seen_in_handout, name):
    path = ours["handout"] / f"{name}.html"
    pages = {
        look: opened(path=path, viewport=viewport, color_scheme=scheme)
        for look, (viewport, scheme) in LOOKS.items()
    }
    phone, page = pages["phone"], pages["laptop"]
    for look in LOOKS:
        seen_in_handout[name, look] = set(pages[look].evaluate(WRITTEN, ".cell, figure"))
    assert phone.locator("html").evaluate("one => one.scrollWidth") <= 320
    unfold(uncovered(page))
    for called, told, columns in page.evaluate(NAMED):
        assert 5 < called < 300 and told > 30 and columns > 0
    if page.locator(".bar").count():
        page.get_by_role("button", name="none", exact=True).click()
        assert page.evaluate(SEEN_THOUGH_OFF) == 0
        page.get_by_role("button", name="all", exact=True).click()
    assert (
        page.faults == phone.faults == []
        and [url for url in page.asked if not url.startswith("file:")] == []
    )
    if not AXE.exists():
        absent(
            "all but the last step went well; npm install in tests/browser brings axe-core for that one"
        )
    # A drawing has the same colours by day and by night, and all figures have one form: on the phone some stand for all
    assert phone.evaluate(INKS) == page.evaluate(INKS)
    phone.locator("figure").evaluate_all(TAKE_OUT, 4)
    assert complaints(phone) == [] and complaints(page) == []
    assert page.faults == phone.faults == []


@pytest.mark.parametrize("edition", ["student", "instructor"])
@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS])
def test_what_the_other_editions_have_of_their_own(opened, ours, seen_in_handout, edition, name):
    page = opened(path=ours[edition] / f"{name}.html", viewport=PHONE, color_scheme="dark")
    assert page.locator("html").evaluate("one => one.scrollWidth") <= 320
    if not AXE.exists():
        absent("npm install in tests/browser brings axe-core")
    known = []
    for look, (viewport, scheme) in LOOKS.items():
        if (name, look) not in seen_in_handout:
            handout = opened(
                path=ours["handout"] / f"{name}.html", viewport=viewport, color_scheme=scheme
            )
            seen_in_handout[name, look] = set(handout.evaluate(WRITTEN, ".cell, figure"))
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        seen = seen_in_handout[name, look]
        assert set(page.evaluate(WRITTEN, "figure")) <= seen
        cells = enumerate(page.evaluate(WRITTEN, ".cell"))
        known.append({at for at, written in cells if written in seen})
    page.evaluate(LEAVE_HEADS, [*set.intersection(*known)])
    page.locator("figure").evaluate_all(TAKE_OUT, 0)
    for viewport, scheme in LOOKS.values():
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        assert complaints(page) == []
    assert page.faults == [] and [url for url in page.asked if not url.startswith("file:")] == []


def test_a_sum_of_all_that_goes_with_one_says_so(opened, ours):
    page = opened(path=ours["handout"] / "03_military.html")
    box = uncovered(page).locator("[data-choices]:has(#fig-suppliers)")
    box.get_by_label("those shown").select_option("together")
    note = box.locator("#fig-suppliers-together .some-off")
    assert not note.is_visible()
    page.locator(".bar input[value=RUS]").uncheck()
    assert note.is_visible() and box.locator("#fig-suppliers .some-off").count() == 0
    drawing = box.locator("#fig-suppliers-together .drawing")
    assert not drawing.is_visible()  # no axes without a bar
    note.get_by_role("button", name="Show all actors").click()
    assert drawing.is_visible() and not note.is_visible()
    assert "Russia" not in box.locator("#fig-suppliers-together figcaption b").inner_text()


def test_a_ledger_of_six_columns_fits_its_page(opened, ours):
    page = uncovered(opened(path=ours["handout"] / "04_verdict.html"))
    page.locator("details:has(> .ledger)").evaluate_all(
        "all => all.forEach(one => one.open = true)"
    )
    wide, room = page.locator("details > .ledger .scroll").evaluate(
        "one => [one.scrollWidth, one.clientWidth]"
    )
    assert 600 < wide <= room


def test_a_yardstick_keeps_within_its_card_on_a_phone(opened, ours):
    page = opened(path=ours["handout"] / "01_economic.html", viewport=PHONE)
    cards = page.locator("details.verdict:has(.yardstick)")
    cards.evaluate_all("all => all.forEach(one => one.open = true)")
    parted = cards.evaluate_all(
        """all => all.map(card => [card, card.querySelector('.drawing')].map(one => one.getBoundingClientRect()))
        .filter(([card, drawing]) => drawing.left < card.left || drawing.right > card.right).length"""
    )
    assert parted == 0 and cards.count() > 9
    for width in (390, 700, 1366):
        page.set_viewport_size({"width": width, "height": 844})
        sizes = cards.locator(".yardstick svg text").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"
        )
        assert min(sizes) >= 12 and max(sizes) < 18, width


def test_every_figure_has_a_name_words_and_a_table(opened):
    page = opened()
    figures = page.locator("figure.actorfig")
    assert figures.count() == 4 and page.locator("figure.yardstick").count() == 1
    for figure in figures.all():
        drawing = figure.locator("svg").first
        assert (
            5
            < len(page.locator(f"#{drawing.get_attribute('aria-labelledby')}").text_content())
            < 150
        )
        assert (
            len(page.locator(f"[id='{drawing.get_attribute('aria-describedby')}']").text_content())
            > 10
        )
        assert (
            figure.locator("table thead th").count()
            == figure.locator("table tbody tr").first.locator("th, td").count()
        )
        assert figure.locator("th:not([scope])").count() == 0


def test_headings_in_order_and_one_title(opened):
    levels = [
        int(one)
        for one in opened()
        .locator("h1, h2, h3, h4, h5, h6")
        .evaluate_all("all => all.map(one => one.tagName[1])")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_reduced_motion_is_respected(opened):
    assert (
        opened(reduced_motion="reduce").evaluate(
            "getComputedStyle(document.documentElement).scrollBehavior"
        )
        == "auto"
    )


def test_a_number_is_checked_without_a_kernel(opened):
    page = opened("student")
    form = page.locator("form[data-exercise=X1-number]")
    answer, result = form.locator("input"), form.locator(".result")
    for given, says in {
        "": "Give an answer",
        "much": "no number",
        "98": "Not yet",
        "107": "Not yet",
        "107,1": "Right",
        "107.10 bn": "Right",
        " 107.1 ": "Right",
    }.items():
        answer.fill(given)
        form.locator(".check").click()
        assert says in result.text_content(), given
        assert form.locator(".feedback").is_visible() == (given == "98")
    assert (
        sample.veiled("X1-number", "107.1") in page.content() and "107.1</" not in form.inner_html()
    )


def test_choices_and_lists_are_checked_too(opened):
    page = opened("student")
    choice, items = (
        page.locator("form[data-exercise=X2-choice]"),
        page.locator("form[data-exercise=X3-items]"),
    )
    choice.locator("input[value=a]").check()
    choice.locator(".check").click()
    assert (
        choice.locator(".feedback").is_visible()
        and "Not yet" in choice.locator(".result").text_content()
    )
    choice.locator("input[value=b]").check()
    choice.locator(".check").click()
    assert (
        "Right" in choice.locator(".result").text_content()
        and not choice.locator(".feedback").is_visible()
    )
    for given, says in {"Russia, China": "Right", "rus; chn": "Right", "China": "Not yet"}.items():
        items.locator("input").fill(given)
        items.locator(".check").click()
        assert says in items.locator(".result").text_content(), given


def test_enter_in_an_answers_box_checks_it_once(opened):
    page = opened("student")
    form = page.locator("form[data-exercise=X1-number]")
    form.locator("input").fill("98")
    form.locator("input").press("Enter")
    assert "Not yet" in form.locator(".result").text_content()
    form.locator("input").fill("107.1")
    form.locator("input").press("Enter")
    form.locator("input").blur()
    assert "Right" in form.locator(".result").text_content()
    assert (
        page.evaluate("JSON.parse(localStorage.getItem('frenemies:sample'))['X1-number'].tries")
        == 2
    )


def test_a_wrong_unit_and_an_unknown_word_are_told_in_words(opened):
    page = opened("student")
    for name, given, says in (
        (
            "X1-number",
            "107.1 million",
            "its unit is not: yours is in millions, and the question asks for billions of dollars",
        ),
        ("X1-number", "107.1 %", "That is in percent: the question asks for billions of dollars"),
        ("X3-items", "Япония", "write names in English"),
    ):
        form = page.locator(f"form[data-exercise={name}]")
        form.locator("input").fill(given)
        form.locator(".check").click()
        assert says in form.locator(".result").text_content(), given


def test_answers_survive_a_reload_and_can_be_taken_away(opened):
    page = opened("student")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    guess = page.locator("form[data-claim=E1]")
    guess.locator("input[value=partly]").check()
    guess.locator("input[type=range]").fill("70")
    guess.locator(".record").click()
    page.locator("form[data-exercise=X1-number] input").fill("107.1")
    page.locator("form[data-exercise=X1-number] .check").click()
    page.locator("textarea").fill("Because of freight.")
    page.locator("textarea").blur()
    page.reload()
    whole(page)
    assert (
        page.locator("form[data-claim=E1] input[value=partly]").is_checked()
        and "Recorded: partly, 70 %." in page.locator("form[data-claim=E1]").text_content()
    )
    assert page.locator("form[data-exercise=X1-number] input").input_value() == "107.1"
    page.get_by_role("button", name="Copy my answers").click()
    until(page, "document.querySelector('.answers-said').textContent === 'Copied.'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "E1 guess: partly, 70 % sure" in copied
    assert "X1-number answer: 107.1 (right)" in copied and "Because of freight." in copied
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Forget them").click()
    shelf = "localStorage.getItem('frenemies:sample')"
    assert page.evaluate(shelf)  # asked first, and thought better of it
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget them").click()
    page.wait_for_load_state()
    assert not page.locator("form[data-claim=E1] input[value=partly]").is_checked()
    assert page.evaluate(shelf) is None


def guess(page, verdict, claim="E1"):
    form = page.locator(f"form[data-claim={claim}]")
    form.locator(f"input[value={verdict}]").check()
    form.locator(".record").click()
    return form


def my_line(page):
    """The line that a page shows, its box opened."""
    page.locator(".my-line summary").click()
    until(page, "document.querySelector('.my-line [role=status]').textContent !== ''")
    return page.locator(".my-line input")


def read_from(picture):
    """The text of the code in a picture (PNG)."""
    cv2 = pytest.importorskip("cv2")
    seen = cv2.imdecode(numpy.frombuffer(picture, "uint8"), cv2.IMREAD_GRAYSCALE)
    return cv2.QRCodeDetector().detectAndDecode(seen)[0]


def test_all_guesses_of_a_device_are_one_line_to_copy_to_show_and_to_save(opened):
    page = opened("student")
    field = my_line(page)
    said = page.locator(".my-line [role=status]")
    assert said.text_content().startswith("There is no guess yet") and not field.input_value()
    assert page.evaluate("localStorage.getItem('frenemies-tag')") is None
    guess(page, "partly")
    text = field.input_value()
    ((read,), faults) = line.read_line(text)
    assert (read.guesses, read.round, faults) == ({"E1": line.letter_value("partly", 50)}, 1, [])
    page.get_by_role("button", name="Show my line as a code").click()
    assert read_from(page.locator(".my-code").screenshot(scale="css")) == text
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save my line").click()
    assert re.fullmatch(r"my-line-sample-\d{4}-\d\d-\d\d\.txt", saved.value.suggested_filename)
    assert Path(saved.value.path()).read_text() == f"{text}\n"
    page.reload()
    whole(page)
    assert my_line(page).input_value() == text  # with the tag that was drawn
    assert page.faults == []


def test_where_the_clipboard_is_refused_the_line_stands_marked(opened):
    page = opened("student")
    guess(page, "holds")
    field = my_line(page)
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    page.evaluate("void (document.execCommand = () => false)")
    page.get_by_role("button", name="Copy my line").click()
    until(
        page,
        "document.querySelector('.my-line [role=status]').textContent.includes('copy it yourself')",
    )
    marked = field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert marked == field.input_value() != ""
    page.evaluate("void (document.execCommand = () => true)")
    page.get_by_role("button", name="Copy my line").click()
    until(page, "document.querySelector('.my-line [role=status]').textContent === 'Copied.'")


def test_a_saved_file_brings_the_reader_s_tag_to_another_device(opened, tmp_path):
    page = opened("student")
    guess(page, "holds")
    text = my_line(page).input_value()
    file = saved_answers(page, tmp_path / "mine.json")
    assert json.loads(file.read_text())["tag"] == line.read_line(text)[0][0].tag
    other = opened("student")
    with other.expect_file_chooser() as asked:
        other.locator("#answers").get_by_role("button", name="Load my answers").click()
    asked.value.set_files(file)
    until(
        other,
        "document.querySelector('.answers-said').textContent.includes('are new here') || document.querySelector('.answers-said').textContent.includes('is new here')",
    )
    assert my_line(other).input_value() == text


def test_two_tabs_of_one_page_lose_no_answer(opened):
    one = opened("student")
    other = one.context.new_page()
    other.goto(one.url)
    guess(one, "partly")
    until(
        other,
        "document.querySelector('form[data-claim=E1] .result').textContent.includes('partly')",
    )
    other.locator("form[data-exercise=X1-number] input").fill("107.1")
    other.locator("form[data-exercise=X1-number] .check").click()
    until(
        one,
        "document.querySelector('form[data-exercise=X1-number] .result').textContent.includes('Right')",
    )
    for page in (one, other):
        page.reload()
        whole(page)
        assert "2 of 5 questions answered" in page.locator(".answers-said").text_content()
        assert page.locator("form[data-claim=E1] input[value=partly]").is_checked()


FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })"


@pytest.mark.parametrize("fault", [FULL, BLOCKED], ids=["full", "blocked"])
def test_a_browser_that_keeps_nothing_is_not_said_to_keep(opened, fault):
    page = opened("student")
    page.add_init_script(fault)
    page.reload()
    whole(page)
    form = guess(page, "partly")
    page.locator("form[data-exercise=X1-number] input").fill("107.1")
    page.locator("form[data-exercise=X1-number] .check").click()
    lost = "This browser does not keep answers: save them before you close the page."
    told = (
        form.locator(".result"),
        page.locator("form[data-exercise=X1-number] .result"),
        page.locator(".answers-said"),
    )
    for place in told:
        assert lost in place.text_content() and "on this device" not in place.text_content()
    assert (
        page.faults == []
        and "2 of 5 questions answered" in page.locator(".answers-said").text_content()
    )
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save my answers").click()
    assert '"verdict": "partly"' in Path(saved.value.path()).read_text(encoding="utf-8")
    said = page.locator(".answers-said").text_content()
    assert "my-answers.json" in said and said.endswith("It has all guesses of this browser: 1.")


@pytest.mark.parametrize("stored", ["[1, 2]", "3", "null", '{"E1": 5, "X1-number": [1]}', "{"])
def test_a_spoilt_shelf_does_not_stop_the_page(opened, stored):
    page = opened("student")
    page.evaluate("stored => localStorage.setItem('frenemies:sample', stored)", stored)
    page.reload()
    whole(page)
    guess(page, "holds")
    page.reload()
    until(page, "document.querySelector('form[data-claim=E1] input[value=holds]').checked")
    assert page.faults == []


def saved_answers(page, path):
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save my answers").click()
    assert saved.value.suggested_filename == "my-answers.json"
    saved.value.save_as(path)
    return path


def test_saved_answers_are_counted_in_class_and_loaded_elsewhere(opened, tmp_path, reckoning_page):
    page = opened("student")
    guess(page, "partly")
    page.locator("form[data-exercise=X1-number] input").fill("107.1")
    page.locator("form[data-exercise=X1-number] .check").click()
    (tmp_path / "class").mkdir()
    file = saved_answers(page, tmp_path / "class" / "anna.json")
    from heldto import article, reckoning
    from heldto.exercises import diary, intake, score

    assert json.loads(file.read_text(encoding="utf-8"))["article"] == article.current().package
    assert (
        diary.read_answers(file)[1] == 0
        and diary.read_answers(file)[0]["exercises"]["X1-number"]["right"] is True
    )
    counted = reckoning.of_class(
        score.score(intake.first_guesses(intake.gather_room(tmp_path / "class")))
    )
    assert counted[["claim", "readers", "partly"]].to_numpy().tolist() == [["E1", 1, 1]]

    last = opened(path=reckoning_page)
    assert "No guesses here yet" in last.locator(".reckoning").last.text_content()
    with last.expect_file_chooser() as chooser:
        last.locator(".reckoning").last.get_by_role("button", name="Load my answers").click()
    chooser.value.set_files(file)
    until(
        last, "document.querySelector('.reckoning').textContent.includes('Your one guess agrees')"
    )
    assert last.locator("[data-guess=E1]").text_content() == "partly"
    last.reload()
    whole(last)
    assert (
        "Your one guess agrees" in last.locator(".reckoning").last.text_content()
        and last.faults == []
    )


def again(page, verdict, sure, claim="E1"):
    """Guesses once more after a discussion, as a reader does."""
    form = page.locator(f"form[data-claim={claim}]")
    form.get_by_role("button", name="Guess again").click()
    assert form.locator("input:checked").count() == 0  # what was said first leads nobody
    form.locator(f"input[value={verdict}]").check()
    form.locator("input[type=range]").fill(str(sure))
    form.get_by_role("button", name="Record my second guess").click()
    return form


def test_the_first_guess_counts_though_another_is_recorded(opened):
    page = opened("student")
    guess(page, "holds")
    form = guess(page, "fails")
    told = "You said: holds, 50 % sure. Your first answer is the one that counts."
    assert form.locator(".result").inner_text() == told
    assert form.locator("input:checked").input_value() == "holds"
    page.reload()
    whole(page)
    assert form.locator(".result").inner_text().startswith("Recorded: holds, 50 %.")


def test_a_second_guess_stands_beside_the_first_in_line_file_and_page(opened, tmp_path):
    from heldto.exercises import diary, intake, line, score
    from heldto.room import count

    page = opened("student")
    form = page.locator("form[data-claim=E1]")
    offered = form.get_by_role("button", name="Guess again")
    assert not offered.is_visible()
    guess(page, "holds")
    assert offered.is_visible()
    again(page, "fails", 85)
    told = "Recorded: holds, 50 %; then: fails, 85 %."
    assert form.locator(".result").inner_text().startswith(told) and not offered.is_visible()
    text = my_line(page).input_value()
    assert "1 guess, and 1 second guess" in page.locator(".my-line").inner_text()
    (first, second), faults = line.read_line(text)
    assert faults == [] and first.tag == second.tag and (first.round, second.round) == (1, 2)
    assert line.meaning(first.guesses["E1"]) == ("holds", 1)
    assert line.meaning(second.guesses["E1"]) == ("fails", 3)
    page.get_by_role("button", name="Show my line as a code").click()
    labels = page.locator(".my-code svg").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert labels == [f"The line as a code: {one}" for one in text.split(" ")]
    (tmp_path / "class").mkdir()
    file = saved_answers(page, tmp_path / "class" / "anna.json")
    assert diary.read_answers(file)[1] == 0
    assert score.recorded(file)["verdict"].tolist() == ["holds"]  # the first counts for oneself
    assert line.own_line(file) == text
    (tmp_path / "class" / "pad.txt").write_text(text)
    room = intake.gather_room(tmp_path / "class")
    assert [one.round for one in room.readers] == [1, 2] and len(room.told) == 2
    rows = count.count_rows(room.readers)
    assert [(row["claim"], row["round"], row["holds"], row["fails"]) for row in rows] == [
        ("E1", 1, 1, 0),
        ("E1", 2, 0, 1),
    ]
    page.reload()
    whole(page)
    assert form.locator(".result").inner_text().startswith(told)
    assert complaints(page) == [] and page.faults == []

    other = opened("student")  # a file brings both
    with other.expect_file_chooser() as chooser:
        other.locator("#answers").get_by_role("button", name="Load my answers").click()
    chooser.value.set_files(file)
    until(other, "document.querySelector('form[data-claim=E1]').textContent.includes('fails, 85')")


def test_nobody_guesses_again_who_has_seen_the_verdict(opened):
    page = opened("student")
    guess(page, "holds")
    form, card = page.locator("form[data-claim=E1]"), page.locator("#verdict-E1")
    offered = form.get_by_role("button", name="Guess again")
    assert offered.is_visible()
    card.locator("summary").first.click()
    offered.wait_for(state="hidden")
    assert page.faults == []


def test_the_reader_s_own_file_of_the_notebooks_is_read_too(opened, tmp_path, reckoning_page):
    from heldto.exercises import score

    score.record_guess("E1", "fails", 80, tmp_path / "mine.json")
    score.record_guess("E2", "holds", 60, tmp_path / "mine.json")
    (tmp_path / "none.json").write_text("[]", encoding="utf-8")
    other = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8")) | {"article": "kyoto"}
    (tmp_path / "other.json").write_text(json.dumps(other), encoding="utf-8")
    page = opened(path=reckoning_page)
    for name, says in (
        ("none.json", "That is not a file of answers"),
        ("other.json", "That file has answers to another seminar, kyoto: nothing was loaded."),
        ("mine.json", "2 of 2 answers in the file are new here"),
    ):
        with page.expect_file_chooser() as chooser:
            page.locator("#answers").get_by_role("button", name="Load my answers").click()
        chooser.value.set_files(tmp_path / name)
        until(page, f"document.querySelector('.answers-said').textContent.includes({says!r})")
    assert "Of your 2 guesses 1 agrees" in page.locator(".reckoning").last.text_content()


def take(page, word="Take them"):
    """Answers the line that asks whether to take what a link brings."""
    page.locator("#brought").get_by_role("button", name=word).click()


def test_guesses_in_a_link_wait_for_the_reader_s_word(opened, tmp_path):
    page = opened("student", at="#mine=E1h99,M2f80")
    form, line = page.locator("form[data-claim=E1]"), page.locator("#brought")
    until(page, "document.querySelector('#brought [role=status]').textContent")
    assert line.get_by_role("status").text_content() == "A link brings 2 guesses."
    for word in ("Nothing was taken.", "Taken: 2 guesses."):
        assert "done" not in form.get_attribute("class").split()
        assert form.locator(".result").text_content() == ""
        assert not form.locator("input[value=holds]").is_checked()
        saved = saved_answers(page, tmp_path / "saved.json")
        assert json.loads(saved.read_text(encoding="utf-8"))["guesses"] == []
        take(page, "No" if word.startswith("Nothing") else "Take them")
        assert line.get_by_role("status").text_content().startswith(word)
        assert page.evaluate("document.activeElement.textContent") == "Close"
        page.keyboard.press("Enter")
        assert line.count() == 0
        if word.startswith("Nothing"):
            page.evaluate("location.hash = '#mine=E1h99,M2f80'")
            line.wait_for()
    assert "From a link: holds, 99 %." in form.text_content()
    saved = saved_answers(page, tmp_path / "saved.json")
    for one in json.loads(saved.read_text(encoding="utf-8"))["guesses"]:
        assert one["came"] == "link", one
    guess(page, "partly")  # now it is the reader's own
    saved = saved_answers(page, tmp_path / "saved.json")
    assert {
        one["claim"]: one.get("came")
        for one in json.loads(saved.read_text(encoding="utf-8"))["guesses"]
    } == {"E1": None, "M2": "link"}
    assert page.faults == []


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_line_that_asks_is_accessible_and_covers_no_line_that_one_tabs_to(opened, viewport):
    page = opened("student", viewport, at="#mine=E1h99,M2f80")
    page.locator("#brought").wait_for()
    assert complaints(page) == []
    box, window = page.locator("#brought").bounding_box(), page.viewport_size
    assert box["x"] == 0 and box["width"] == window["width"]
    assert box["y"] + box["height"] == pytest.approx(window["height"], abs=1)
    for field in page.locator("main :is(input, button):visible").all():
        field.focus()
        at = field.bounding_box()
        assert at["y"] + at["height"] <= box["y"] + 1


def test_a_link_brings_no_guess_on_a_claim_that_the_ledger_does_not_have(opened, ours):
    many = ",".join(f"ZZZ{number}h50" for number in range(1, 3000))
    page = opened("student", at=f"#mine={many},E1h101,E99p50")
    page.wait_for_timeout(200)
    assert page.locator("#brought").count() == 0 and address(page) == ""
    assert page.evaluate("Object.keys(localStorage).length") == 0
    index = opened(path=ours["handout"] / "index.html", at=f"#mine={many},E1h70")
    links = index.locator(".cards h2 a").evaluate_all("all => all.map(one => one.hash)")
    assert links and set(links) == {"#mine=E1h70"}
    assert page.faults == index.faults == []


def test_pages_of_one_device_hand_guesses_on_without_asking(opened, tmp_path):
    from heldto.exercises import diary

    link = sample.cell("next()", sample.rich('<a href="other.ipynb">Next</a>'), name="next")
    for name in ("one.html", "other.html"):
        page_with(tmp_path / name, link)
    page = opened(path=tmp_path / "one.html", at="#mine=M2h80")
    take(page)
    guess(page, "partly")
    again(page, "fails", 85)
    page.evaluate(  # as in a browser in which each file has a shelf of its own
        "Object.keys(localStorage).filter(name => name.startsWith('frenemies:')).forEach(name => localStorage.removeItem(name))"
    )
    page.locator("#cell-next a").click()
    page.wait_for_url("**/other.html*")
    whole(page)
    assert page.locator("#brought").count() == 0
    told = "Recorded: partly, 50 %; then: fails, 85 %."
    assert told in page.locator("form[data-claim=E1]").text_content()
    file = saved_answers(page, tmp_path / "saved.json")
    second = {one.pop("time") and one["claim"]: one for one in diary.read_answers(file)[0]["again"]}
    assert second == {"E1": {"claim": "E1", "verdict": "fails", "sure": 85}}
    saved = json.loads(file.read_text(encoding="utf-8"))
    came = {one["claim"]: one.get("came") for one in saved["guesses"]}
    assert came == {"E1": None, "M2": "link"}  # that it came by a link is handed on, too
    page.evaluate(f"location.hash = '#mine=E2h80;{'0' * 32}'")  # another device's
    page.locator("#brought").wait_for()


@pytest.mark.parametrize("fault", ["FULL", "BLOCKED"])
def test_guesses_in_a_link_can_be_taken_where_nothing_is_kept(opened, fault):
    page = opened("student")
    page.add_init_script(globals()[fault])
    here = page.url
    page.goto("about:blank")
    page.goto(f"{here}#mine=E1h99")
    take(whole(page))
    assert "From a link: holds, 99 %." in page.locator("form[data-claim=E1]").text_content()
    assert page.faults == []


def test_guesses_travel_with_the_links_and_own_ones_stay(opened, tmp_path, files):
    links = '<a href="other.ipynb">Next</a> <a href="other.ipynb#at=E1">There</a> <a href="https://example.org/a.html">Out</a>'
    page_with(
        tmp_path / "one.html", sample.cell("links()", sample.rich(f"<p>{links}</p>"), name="links")
    )
    page = opened(path=tmp_path / "one.html")
    href = "all => all.map(one => one.getAttribute('href'))"
    guess(page, "partly")
    found = page.locator("#cell-links a").evaluate_all(href)
    assert [link.partition(";")[0] for link in found] == [
        "other.html#mine=E1p50",
        "other.html#at=E1&mine=E1p50",
        "https://example.org/a.html",
    ]

    other = opened("student", at="#actors=CHN,RUS&mine=E1p50,M2h80,nonsense&at=E1")
    take(other)
    assert address(other) == "#actors=CHN,RUS&at=E1"
    assert other.locator("form[data-claim=E1] input[value=partly]").is_checked()
    guess(other, "fails")
    other.evaluate("location.hash = '#mine=E1h90'")
    until(other, "!location.hash.includes('mine')")
    assert other.locator("form[data-claim=E1] input[value=fails]").is_checked()
    assert (
        "The link brought another answer to E1: yours here stays."
        in other.locator(".answers-said").text_content()
    )
    saved = json.loads(saved_answers(other, tmp_path / "saved.json").read_text(encoding="utf-8"))
    assert {one["claim"]: one["verdict"] for one in saved["guesses"]} == {
        "E1": "fails",
        "M2": "holds",
    }


def test_the_index_hands_on_what_a_link_brought(opened, ours):
    page = opened(path=ours["handout"] / "index.html", at="#mine=E1h70f90,E3f50")
    links = page.locator(".cards h2 a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(links) == len(NOTEBOOKS) and all(
        link.endswith(".html#mine=E1h70f90,E3f50") for link in links
    )
    page.locator(".cards h2 a[href^='04_verdict']").click()
    take(whole(page))
    assert (
        "Of your 2 guesses" in page.locator(".reckoning").last.text_content() and page.faults == []
    )


def test_a_recorded_guess_sends_the_reader_to_look_and_gives_nothing_away(opened):
    page = opened()
    card = page.locator("details.verdict")
    form = guess(page, "partly")
    assert form.locator(".result").inner_text() == "Recorded: partly, 50 %. Go on below."
    assert form.locator(".result a").count() == 0 and card.get_attribute("open") is None
    assert card.locator("summary").first.inner_text() == "Verdict on E1"
    card.locator("summary").first.click()
    assert (
        card.locator(".ruling").inner_text()
        == "You said partly, 50 % sure. The figures say ½ partly."
    )
    assert not page.locator(".ask").is_visible()
    guess(page, "fails")  # who has seen the verdict guesses no more
    assert card.locator(".ruling").inner_text().startswith("You said partly")
    card.locator("summary").first.click()
    assert card.get_attribute("open") is None
    page.reload()
    whole(page)
    assert form.locator(".result").inner_text() == "Recorded: partly, 50 %. Go on below."


def test_a_verdict_asked_for_before_a_guess_asks_for_one_and_opens_at_the_second_click(opened):
    page = opened()
    card, ask = page.locator("details.verdict"), page.locator(".ask")
    head = card.locator("summary").first
    assert head.inner_text() == "Verdict on E1: make your own guess first, then open"
    head.click()
    assert card.get_attribute("open") is None and ask.get_attribute("role") == "status"
    assert "You have not guessed yet" in ask.inner_text()
    head.press("Enter")
    assert card.get_attribute("open") is not None and not ask.is_visible()
    assert card.locator(".ruling").inner_text() == "The figures say ½ partly."
    assert head.inner_text() == "Verdict on E1"
    head.press("Enter")
    assert card.get_attribute("open") is None and head.inner_text() == "Verdict on E1"
    head.press("Enter")  # whoever has seen it is not asked again
    assert card.get_attribute("open") is not None and not ask.is_visible()
    other = opened()
    other.locator("details.verdict > summary").first.click()
    guess(other, "holds")
    assert not other.locator(".ask").is_visible()
    other.locator("details.verdict > summary").first.click()
    assert other.locator(".ruling").inner_text().startswith("You said holds, 50 % sure.")


@pytest.fixture(scope="module")
def ranks_page(tmp_path_factory):
    """A page with a picture that was drawn for each selection of its bar, which has all actors."""
    import frenemies as fr
    from heldto.evidence import actors

    ranks = fr.explore(fr.economic.ranks_picture).page
    every = sample.picture("every", codes=[*actors.ALL, "EU"]).to_html
    cells = [
        sample.cell(source, sample.ours(html), name=source[:-2], tags=["picture"])
        for source, html in (("ranks()", ranks), ("every()", every))
    ]
    return page_with(tmp_path_factory.mktemp("ranks") / "ranks.html", *cells)


def test_a_selection_shows_the_picture_that_was_drawn_for_it(opened, ranks_page):
    page = opened(path=ranks_page, at="#at=trade-ranks-chn")

    def seen():
        [box] = [one for one in page.locator("[data-ahead] > div").all() if one.is_visible()]
        bars = box.locator("svg:not(.narrow) text").evaluate_all(
            "all => all.filter((one) => getComputedStyle(one).visibility === 'visible').map((one) => one.textContent)"
        )
        return box.locator("figcaption b").inner_text(), [one for one in bars if one[0].isalpha()]

    title, bars = seen()
    assert title.endswith("Russia was China's trade partner number 11") and len(bars) == 20
    assert "India  12" in bars and "Italy  23" not in bars
    page.get_by_role("button", name="the West").click()
    same, west = seen()  # a rank is among all, and the next ones take the places of those off
    assert same == title and len(west) == 20
    assert "India  12" not in west and {"Japan  2", "Germany  6", "Italy  23"} <= {*west}
    page.locator(".bar input[value=DEU]").uncheck()  # the smallest selection that holds the others
    assert seen() == (title, [one for one in west if one != "Germany  6"])
    page.locator(".bar input[value=RUS]").uncheck()
    left = [one for one in west if one not in ("Germany  6", "Russia  11")]
    assert seen() == ("China's largest trade partners", left)
    page.reload()
    whole(page)
    assert seen() == ("China's largest trade partners", left)
    page.locator(".bar input[value=IND]").check()  # none but all holds India, too
    assert "India  12" in seen()[1] and "Italy  23" not in seen()[1]
    page.get_by_role("button", name="all", exact=True).click()
    assert seen() == (title, bars) and page.faults == []


def test_on_a_phone_save_and_share_are_at_the_foot_of_the_window(opened):
    page = opened(viewport={"width": 390, "height": 844})
    foot = page.locator("#at-hand")
    assert foot.bounding_box()["y"] + foot.bounding_box()["height"] == 844
    assert [one.inner_text() for one in foot.get_by_role("button").all()] == ["Save my answers", "Share"]  # fmt: skip
    assert re.fullmatch(r"0 of \d+ answered", foot.get_by_role("status").inner_text())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    with page.expect_download() as download:
        foot.get_by_role("button", name="Save my answers").click()
    assert download.value.suggested_filename == "my-answers.json" and page.faults == []
    assert not opened().locator("#at-hand").is_visible()


def test_whom_all_of_a_picture_needs_stays_and_the_picture_says_so(opened, ranks_page):
    page = opened(path=ranks_page, at="#at=trade-ranks-chn&actors=RUS,USA")
    drawing = page.locator("[data-ahead]")
    says = drawing.locator(".kept >> visible=true").inner_text()
    assert says == "Always on here: China, because each mark is about China."
    assert not page.locator(".bar input[value=CHN]").is_checked()


def test_a_drawing_that_a_link_shows_has_its_buttons_once(opened, ranks_page):
    page = opened(path=ranks_page, at="#at=trade-ranks-chn&actors=CHN,RUS,USA")
    drawing = page.locator("[data-preset]:not([hidden]) .actorfig")
    until(page, "document.querySelectorAll('.enlarge').length")
    assert drawing.locator(".enlarge").count() == drawing.locator(".fig-save").count() == 1


@pytest.mark.parametrize("selection", ["all", "the West"])
def test_on_a_phone_each_selection_has_its_drawing_for_a_phone(opened, ranks_page, selection):
    page = opened(path=ranks_page, viewport={"width": 390, "height": 844}, at="#at=trade-ranks-chn")
    until(page, "document.querySelector('svg.narrow') && !document.querySelector('script.narrow')")
    page.locator(".bar > details > summary").click()
    page.locator(".bar").get_by_role("button", name=selection, exact=True).click()
    drawing = page.locator("[data-ahead] svg >> visible=true")
    assert "narrow" in drawing.get_attribute("class")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    drawing.locator("[data-tell] >> visible=true").first.hover()
    assert page.locator("[data-ahead] .told-here >> visible=true").inner_text()
    page.set_viewport_size(LAPTOP)
    assert "narrow" not in (
        page.locator("[data-ahead] svg >> visible=true").get_attribute("class") or ""
    )


def test_a_full_screen_lasts_whoever_is_switched_off_and_a_link_ends_it(opened, ranks_page):
    page = opened(path=ranks_page, at="#at=trade-ranks-chn")
    page.get_by_role("button", name="the West").click()
    page.locator("[data-ahead] .whole >> visible=true").click()
    until(page, "document.fullscreenElement?.matches('[data-ahead]')")
    for code in ("JPN", "USA", "CHN"):  # whoever else is off, China is always on here
        page.locator(f":fullscreen .bar input[value={code}]").uncheck()
        back = page.locator(":fullscreen .whole >> visible=true")
        assert [one.inner_text() for one in back.all()] == ["Back to the page"]
    assert page.locator(":fullscreen svg >> visible=true").count() == 1
    page.evaluate("location.hash = '#at=every'")
    until(page, "!document.fullscreenElement && document.querySelector('.page > .bar')")
    until(page, "Math.abs(document.querySelector('#fig-every').getBoundingClientRect().top) < 200")
    assert page.faults == []


def test_a_figures_table_as_csv(opened):
    page = opened(at="#actors=CHN,RUS")
    page.locator(".fig-table summary").first.click()
    last = page.locator(".fig-table tbody tr >> visible=true").last.locator("td").last
    last.evaluate("cell => cell.textContent = '\u22121,234.5'")  # as a page writes it
    with page.expect_download() as saved:
        page.locator(".fig-save button").first.click()
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8"))))
    assert {row["actor"] for row in rows} == {"CHN", "RUS"} and len(rows) == 8
    assert float(rows[-1]["value"]) == -1234.5
    assert float(rows[0]["value"]) == 1000 and saved.value.suggested_filename == "trade.csv"


PAPER = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}


def printed(page, folder, size):
    """The sheets of a printed page, as text."""
    if not shutil.which("pdftotext"):
        absent("pdftotext is not installed")
    width, height = PAPER[size]
    made = page.context.new_cdp_session(page).send(
        "Page.printToPDF", {"paperWidth": width, "paperHeight": height, "preferCSSPageSize": True}
    )
    (folder / "page.pdf").write_bytes(base64.b64decode(made["data"]))
    return subprocess.run(
        ["pdftotext", "-layout", folder / "page.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\f")[:-1]


@pytest.mark.nightly
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_on_paper(opened, tmp_path, size):
    page = opened(at="#actors=CHN,RUS,USA")
    sheets = printed(page, tmp_path, size)
    text = "\n".join(sheets)
    assert len(sheets) > 2 and all(
        re.search(rf"{number} ?/ ?{len(sheets)}\s*$", sheet)
        for number, sheet in enumerate(sheets, 1)
    )
    for hidden in (
        "Record my guess",
        "Save these rows",
        "Copy my answers",
        "Contents",
        "import frenemies",
    ):
        assert hidden not in text, hidden
    assert "3 of 25 actors shown: China, Russia, United States" in text
    assert "Japan" not in "\n".join(re.findall(r"Trade grew.*?Source", text, re.S))
    assert "Verdicts: guess first, then compare" in text and text.index(
        "Verdicts: guess first"
    ) > text.index("Cite this")
    assert [sheet for sheet in sheets if "Two only" in sheet] and all(
        re.search("Two only.*?Source: A register", sheet, re.S)
        for sheet in sheets
        if "Two only" in sheet
    )


def test_a_claim_with_two_cards_is_once_in_the_key_on_paper(opened):
    """As of a round, and below the claim's own heading."""
    page = opened()
    page.evaluate("""() => {
        const first = document.querySelector("main details.verdict:not([open])");
        const again = first.cloneNode(true);
        again.id = `${first.id}-2`;
        document.querySelector("main").append(again);
        dispatchEvent(new Event("beforeprint"));
    }""")
    heads = page.locator("#key .key-head").all_text_contents()
    assert heads and len({*heads}) == len(heads) and not [one for one in heads if "-" in one]


def test_the_picture_of_a_round_is_once_on_paper_below_the_claim_that_it_answers(opened):
    page = opened(path=our_page(NOTEBOOKS[0]))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    of_round = page.locator(".round + .examine").first
    assert of_round.is_visible()  # no other is here
    page.evaluate("""() => {
        const form = document.createElement("form");
        form.className = "guess";
        form.dataset.claim = document.querySelector(".round + .examine").dataset.waits;
        document.querySelector("main").append(form);
        dispatchEvent(new Event("beforeprint"));
    }""")
    assert not of_round.is_visible()


@pytest.mark.nightly
def test_the_verdicts_on_paper_have_no_head_alone_and_no_empty_sheet(opened, tmp_path):
    page = opened(path=our_page(NOTEBOOKS[3]))
    sheets = printed(page, tmp_path, "A4")
    assert all(len(sheet.split()) > 3 for sheet in sheets)  # more than its number
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    followed = page.locator("#key :is(h4, summary, .part)").evaluate_all(
        "all => all.map((one) => [one.textContent, Boolean(one.nextElementSibling)])"
    )
    assert {"After the verdict", "Why?", "How it was ruled"} <= {text for text, _ in followed}
    assert all(more for _, more in followed)


ON_PAPER = """(page) => {
    const size = (one) => Number.parseFloat(getComputedStyle(one).fontSize) * 0.75;
    const beyond = (one) => {
        const { left, right } = one.getBoundingClientRect(), box = one.closest(".verdict").getBoundingClientRect();
        return left < box.left - 1 || right > box.right + 1;
    };
    const seen = (query) => [...document.querySelectorAll(query)].filter((one) => one.getClientRects().length);
    const said = (one) => getComputedStyle(one, "::after").content;
    return {
        cut: seen("#key .verdict svg").filter(beyond).length,
        small: seen("main :is(p, li, pre, code, td, th, a)").filter((one) => size(one) < 7.4).length,
        asks: seen(".guess-first, .bar, button, summary + .highlight").length,
        says: [...new Set(seen("main details.verdict > summary").map(said))],
        notes: Number.parseFloat(getComputedStyle(seen(".notes")[0]).paddingLeft) / (size(seen(".notes")[0]) / 0.75) > 2, // room for two digits
        inKey: [...new Set(seen("#key summary").map(said))].filter((one) => one !== "none"),
    };
}"""


def test_paper_promises_the_verdict_at_its_end_and_cuts_no_ruler_there(opened):
    """On a sheet as wide as A4 is between its margins, a ruler of the key stands whole in its column, no words are too small, and a closed verdict says where it is."""
    page = opened(path=our_page(NOTEBOOKS[1]))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    says = ['": at the end, after your guess"']
    found = {"cut": 0, "small": 0, "asks": 0, "says": says, "notes": True, "inKey": []}
    assert page.evaluate(ON_PAPER) == found


def test_no_code_is_clipped_on_paper(opened):
    page = opened("instructor")
    page.locator("details.code").evaluate_all("all => all.forEach(one => { one.open = true; })")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 640, "height": 900})
    assert (
        page.evaluate(
            "[...document.querySelectorAll('pre')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
        )
        == 0
    )


def test_hostile_names_claims_and_notes_do_not_run(opened, mutate, rewrite, tmp_path):
    names = dict(zip(("RUS", "CHN", "USA", "JPN", "IND"), sample.HOSTILE, strict=True))
    together = " ".join(sample.HOSTILE)
    mutate(
        "actors",
        lambda frame: frame.assign(
            name=frame["actor"].map(names).fillna(frame["name"]), naming=together
        ),
    )
    rewrite("E1", json.dumps(find_claim("E1").says), json.dumps(together))
    path = tmp_path / "hostile.html"
    path.write_text(sample.page(), encoding="utf-8")
    page = opened(path=path)
    unfold(page)
    page.locator(".bar input[value=RUS]").uncheck()
    assert page.evaluate("window.ran") is None
    for code, text in names.items():
        assert page.locator(f".bar label:has([value={code}]) span").text_content() == text
    assert together in page.locator("form[data-claim=E1] legend").text_content()
    assert page.locator(RUNS).count() == 1 and page.locator("img").count() == 0


def hostile(text, name):
    """Cells whose output and words are this text, in each form that there is."""
    outputs = [
        sample.rich(f"<div>{text}</div>"),
        sample.said(text),
        sample.new_output("display_data", {"image/svg+xml": text}),
        sample.new_output("display_data", {"text/markdown": text}),
    ]
    return [
        sample.cell("x", *outputs, name=f"hostile-{name}"),
        sample.new_markdown_cell(text, id=f"hostile-words-{name}"),
    ]


def test_hostile_outputs_do_not_run_and_load_nothing(opened, tmp_path):
    texts = [*sample.HOSTILE, *sample.LOADING]
    nb = sample.notebook(*(cell for at, text in enumerate(texts) for cell in hostile(text, at)))
    together = "".join(texts)
    nb.metadata["frenemies"] |= {"language": f'en"{together}', "edition": f"handout{together}"}
    path = tmp_path / "hostile.html"
    path.write_text(
        HandoutExporter().from_notebook_node(nb, {"metadata": {"name": "hostile"}})[0],
        encoding="utf-8",
    )
    page = opened(path=path)
    cells = "[id^=cell-hostile]:not([id^=cell-hostile-words])"
    assert page.locator(cells).count() == len(texts)
    for link in page.locator("[id^=cell-hostile] a").all():
        link.click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None and page.locator(RUNS).count() == 1
    assert page.url.startswith(path.as_uri()) and page.locator("meta[http-equiv]").count() == 1
    assert page.locator("main").is_visible()
    assert (
        page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes]).filter(one => one.name.startsWith('on')).length"
        )
        == 0
    )
    assert [url for url in page.asked if not url.startswith("file:")] == []
    assert page.faults == []  # nothing even tried: the policy had nothing to refuse


FOREIGN = (
    '<div class="reckoning" data-ledger="x"><p>a</p></div>',
    '<div data-choices="x"><p data-choice="a">b</p></div>',
    '<div data-ahead="x"></div>',
    '<div class="readings"><p>c</p></div>',
    '<div class="readings" data-readings="H"><table><tr data-option="d"></tr></table></div>',
    '<div class="actorfig"><div class="fig-table">e</div></div>',
    '<div class="drawing"></div>',
    '<p data-of="verdict-none">f</p><p data-covered="E1">g</p>',
    '<form class="exercise" data-exercise="h"></form><form class="guess" data-claim="h"></form>',
)


@pytest.mark.parametrize("made", [sample.rich, sample.ours], ids=["of others", "spoilt"])
def test_no_output_stops_the_page_s_script(opened, tmp_path, made):
    """What others wrote is not taken for a part of ours; where one of ours cannot start, the others do."""
    outputs = [sample.cell("x", made(text), name=f"x{at}") for at, text in enumerate(FOREIGN)]
    words = [sample.new_markdown_cell(text, id=f"w{at}") for at, text in enumerate(FOREIGN)]
    notebook = sample.notebook()
    notebook.cells = [notebook.cells[0], *words, *outputs, *notebook.cells[1:]]
    path = tmp_path / "foreign.html"
    about = {"metadata": {"name": "foreign"}}
    exporter = HandoutExporter(edition="student")
    path.write_text(exporter.from_notebook_node(notebook, about)[0], encoding="utf-8")
    page = opened(path=path)
    assert "Recorded: partly" in guess(page, "partly").text_content()
    page.locator("form[data-exercise=X1-number] input").fill("107.1")
    page.locator("form[data-exercise=X1-number] .check").click()
    assert "Right" in page.locator("form[data-exercise=X1-number] .result").text_content()
    assert page.locator(".answers-do button").count() >= 4
    page.locator(".bar input[value=RUS]").uncheck()
    assert set(shown(page, "RUS")) == {"hidden"}
    drawings = page.locator("#fig-trade .drawing").count()
    assert drawings and page.locator("#fig-trade .enlarge").count() == drawings
    assert page.locator("#fig-trade .fig-save").count() == 1


def test_the_policy_stops_what_slips_through(opened, tmp_path):
    text = sample.page().replace(
        "</main>", "<script>window.ran=1</script><p onclick='window.ran=1' id='slip'>x</p></main>"
    )
    path = tmp_path / "slipped.html"
    path.write_text(text, encoding="utf-8")
    page = opened(path=path)
    page.locator("#slip").click()
    assert page.evaluate("window.ran") is None and page.faults


# the checker does not know these yet, which all browsers do
UNKNOWN = "“container”", "“container-type”", "“@container”", "“paint-order”"


def invalid(*pages):
    """What the nu checker finds wrong in these files. Java compiles each method once only, which takes half the time."""
    if not VNU.exists() or not shutil.which("java"):
        absent("needs java, and npm install in tests/browser for vnu-jar")
    words = ["java", "-XX:TieredStopAtLevel=1", "-Xss4m", "-jar", VNU, "--errors-only"]
    found = subprocess.run([*words, "--format", "json", *pages], stderr=subprocess.PIPE, text=True)
    messages = json.loads(found.stderr)["messages"]
    told = [(one.get("message"), one.get("extract", "")[:120]) for one in messages]
    return [one for one in told if not any(word in one[0] for word in UNKNOWN)]


def test_valid_html(files, ours):
    (files / "index.html").write_text(listing.index_html(files), encoding="utf-8")
    pages = sorted(path for folder in (files, *ours.values()) for path in folder.glob("*.html"))
    assert invalid(*pages) == []


def test_a_click_is_answered_in_the_next_frame(opened):
    late = opened().evaluate(
        """async () => { const box = document.querySelector('.bar input[value=RUS]'), mark = document.querySelector('.actorfig svg .a-RUS'); let late = 0;
        for (let i = 0; i < 15; i++) { const was = getComputedStyle(mark).visibility; box.click();
          await new Promise(done => requestAnimationFrame(done)); late += getComputedStyle(mark).visibility === was; }
        return late; }"""
    )
    assert late == 0


@pytest.mark.nightly
def test_firefox_does_the_same(files, reckoning_page, tmp_path):
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if (
        not firefox
        or not (HERE / "node_modules" / "puppeteer-core").exists()
        or not shutil.which("node")
    ):
        absent("needs Firefox, node, and npm install in tests/browser for puppeteer-core")
    link = sample.cell(
        "next()", sample.rich('<p><a href="reckoning.ipynb">Next</a></p>'), name="next"
    )
    page = page_with(tmp_path / "first.html", link).as_uri()
    done = subprocess.run(
        ["node", HERE / "firefox.mjs", firefox, page],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=HERE,
    )
    seen = json.loads(done.stdout or json.dumps({"failed": done.stderr}))
    assert seen.pop("width") <= 320
    assert seen == {
        "before": ["visible"],
        "clicked": ["hidden"],
        "other": ["visible"],
        "address": seen.get("address"),
        "keyed": ["visible"],
        "result": "✓ Right.",
        "kept": True,
        "apart": seen.get("apart"),
        "counted": seen.get("counted"),
        "left": "",
        "again": seen.get("counted"),
        "linked": [["hidden"], ["visible"]],
        "asked": [],
        "faults": [],
    }
    assert "RUS" not in seen["address"] and seen["address"].startswith("#actors=CHN,")
    assert "No guesses here yet" in seen["apart"]  # Firefox gives each file a shelf of its own
    assert "Your one guess agrees with the computed verdict" in seen["counted"]


def chosen(tmp_path, **more):
    """The sample with a choice over two sentences, as a page."""
    parts = '<div data-choice="left|1"><p>Left, once.</p></div><div data-choice="right|1" hidden><p>Right, once.</p></div>'
    offered = html.escape(json.dumps({"which_side": ["left", "right"], "times": [1]}))
    cell = sample.cell(
        "choose()", sample.ours(f'<div data-choices="{offered}">{parts}</div>'), name="choose"
    )
    file = tmp_path / "chosen.html"
    made = HandoutExporter(edition="handout").from_notebook_node(
        sample.notebook(cell), {"metadata": {"name": "sample"}}
    )
    file.write_text(made[0], encoding="utf-8")
    return file


def test_a_choice_shows_one_outcome_at_a_time(opened, tmp_path):
    file = chosen(tmp_path)
    page = opened(path=file)
    assert (
        page.get_by_text("Left, once.").is_visible()
        and not page.get_by_text("Right, once.").is_visible()
    )
    page.get_by_label("which side").select_option("right")
    assert (
        page.get_by_text("Right, once.").is_visible()
        and not page.get_by_text("Left, once.").is_visible()
    )
    page.get_by_label("times").focus()
    assert (
        page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        and page.faults == []
    )
    plain = opened(path=file, java_script_enabled=False)
    assert plain.get_by_text("Left, once.").is_visible() and not plain.locator("select").count()


def test_a_solution_opens_after_a_right_answer_or_the_second_wrong_one(opened):
    page = opened("handout")
    form = page.locator("form[data-exercise=X1-number]")
    way, box, check = form.locator(".way-out"), form.locator("input"), form.locator(".check")
    assert way.count() == 1 and not way.is_visible()
    for number, text in ((1, "12"), (2, "13")):
        box.fill(text)
        check.click()
        assert way.is_visible() == (number == 2)
    page.locator("form[data-exercise=X2-choice] input[value=b]").check()
    page.locator("form[data-exercise=X2-choice] .check").click()
    assert page.locator("form[data-exercise=X2-choice] .way-out").is_visible()
    assert not opened("student").locator(".way-out").count()


def page_with(path, *cells, edition="student"):
    """Writes the sample with further cells as a page, named by its file."""
    made = HandoutExporter(edition=edition).from_notebook_node(
        sample.notebook(*cells), {"metadata": {"name": path.stem}}
    )
    path.write_text(made[0], encoding="utf-8")
    return path


@pytest.fixture
def reckoning_page(tmp_path):
    """A page that holds the reader's guesses against a ledger of two claims."""
    ledger = html.escape(json.dumps({"E1": "partly", "E2": "holds"}))
    box = f'<div class="reckoning" data-ledger="{ledger}"><p>Run me.</p></div>'
    cells = [
        sample.cell("mine()", sample.ours(box), name="mine"),
        sample.cell(
            "where()",
            sample.ours('<table><tr><th>E1</th><td data-guess="E1"></td></tr></table>'),
            name="where",
        ),
    ]
    return page_with(tmp_path / "reckoning.html", *cells)


def test_guesses_of_this_device_stand_beside_the_ledger(opened, reckoning_page):
    page = opened(path=reckoning_page)
    assert "No guesses here yet" in page.locator(".reckoning").last.text_content()
    guess(page, "fails")
    assert (
        "Your one guess does not agree with the computed verdict"
        in page.locator(".reckoning").last.text_content()
    )
    page.evaluate(
        "localStorage.setItem('frenemies:02_other', JSON.stringify({E2: {verdict: 'fails', sure: 90}}))"
    )
    page.evaluate(
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    )  # as by Back
    assert "Of your 2 guesses 0 agree" in page.locator(".reckoning").last.text_content()
    guess(page, "partly")  # the first one counts
    assert page.locator("[data-guess=E1]").text_content() == "fails"
    assert "Of your 2 guesses 0 agree" in page.locator(".reckoning").last.text_content()


def test_a_claim_that_was_guessed_on_another_page_is_not_asked_again(opened):
    page = opened("student")
    guessed = {"E1": {"verdict": "fails", "sure": 90, "time": "2026-01-01T09:00:00Z"}}
    page.evaluate(
        "held => localStorage.setItem('frenemies:00_other', JSON.stringify(held))", guessed
    )
    page.reload()
    whole(page)
    form = page.locator("form[data-claim=E1]")
    assert "Recorded: fails, 90 %. Go on below." in form.text_content()
    assert form.locator("input[value=fails]").is_checked()
    page.locator("#verdict-E1 > summary").click()
    assert page.locator("#verdict-E1").get_attribute("open") is not None
    assert "You said fails, 90 % sure." in page.locator("#verdict-E1").text_content()
    guess(page, "partly")  # the first one counts
    page.reload()
    whole(page)
    assert "Recorded: fails, 90 %" in page.locator("form[data-claim=E1]").text_content()


def test_guesses_of_this_device_are_drawn_as_dots_on_the_page_s_square(opened, tmp_path):
    from heldto import reckoning, stored

    with stored.pages():
        box = reckoning.mine(path=tmp_path / "no.json")._repr_mimebundle_()[0][stored.PAGE]
    cell = sample.cell("mine()", sample.ours(box), name="mine")
    page = opened(path=page_with(tmp_path / "reckoning.html", cell))
    assert not page.locator(".reckoning .square").is_visible()
    guess(page, "partly")
    assert page.locator(".reckoning .square").is_visible()
    dot = page.locator(".reckoning circle.own")
    assert dot.locator("title").text_content() == "50 % sure: 1 of 1 right"
    left, bottom, right, top = map(
        float, page.locator(".square").get_attribute("data-corners").split()
    )
    assert float(dot.get_attribute("cx")) == pytest.approx((left + right) / 2, abs=0.1)
    assert float(dot.get_attribute("cy")) == pytest.approx(top, abs=0.1) and top < bottom
    text = page.locator(".reckoning tbody tr").text_content()
    assert text.startswith("E1Trade in goods between Russia and China")


def test_a_picture_fills_the_screen_and_comes_back(opened):
    page = opened()
    whole = page.locator("#fig-second .whole").first
    whole.click()
    until(page, "document.fullscreenElement?.id === 'fig-second'")
    until(page, "document.querySelector('#fig-second .whole').textContent === 'Back to the page'")
    assert (
        page.locator("#fig-second .drawing svg").first.bounding_box()["height"]
        <= page.viewport_size["height"]
    )
    page.evaluate(
        "document.querySelector('#fig-second figcaption .fig-note').textContent = 'Said at length. '.repeat(99)"
    )  # however much stands above it, its foot is seen
    until(
        page,
        "document.querySelector('#fig-second .drawing').getBoundingClientRect().bottom <= innerHeight",
    )
    page.locator("#fig-second .bar input[value=CHN]").uncheck()  # the bar has come along
    assert "visible" not in shown(page, "CHN") and page.locator("#fig-second .bar").is_visible()
    whole.click()
    until(page, "!document.fullscreenElement && !document.querySelector('figure .bar')")
    assert page.locator(".page > .bar + main").count()
    until(page, "document.querySelector('#fig-second .whole').textContent === 'Full screen'")
    top = "document.querySelector('#fig-second').getBoundingClientRect().top"
    until(page, f"{top} > -1 && {top} < innerHeight / 2")  # one is where one was


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_wall_can_be_heard_and_fits_its_window(opened, tmp_path, viewport):
    if not AXE.exists():
        absent("npm install in tests/browser brings axe-core")
    (tmp_path / "wall.html").write_text(tally_page.wall_page(), encoding="utf-8")
    page = opened(path=tmp_path / "wall.html", viewport=viewport)
    page.locator("input[name=holds]").fill("3")
    page.get_by_label("Second round").check()
    page.locator("input[name=fails]").fill("3")
    page.get_by_role("button", name="Show the verdict").click()
    unfold(page)
    assert complaints(page) == [] and page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


LOOKS_PRESSABLE = """(button) => {
    const { borderTopWidth, cursor } = getComputedStyle(button);
    return [button.ariaDisabled, borderTopWidth, cursor];
}"""


@pytest.fixture
def to_draw(tmp_path):
    """A handout of one line to draw, the picture that shows it, and the verdict."""
    page = sample.ours(drawn.draw_page(line_to_draw("E4")))
    form = sample.cell('fr.draw("E4")', page, name="draw", tags=["draw"])
    shows = sample.cell("show()", sample.ours(sample.drawn("shows")), name="s", tags=["picture"])
    ruled = sample.ours(VerdictCard("E4").to_html)
    ruled = sample.cell('fr.verdict("E4")', ruled, name="ruled", tags=["verdict"])
    path = tmp_path / "drawn.html"
    made = HandoutExporter().from_notebook_node(
        sample.notebook(form, shows, ruled), {"metadata": {"name": "drawn"}}
    )
    path.write_text(made[0], encoding="utf-8")
    return path


NOW = "all => all.map(one => Number(one.getAttribute('aria-valuenow')))"


def test_a_line_is_drawn_by_a_finger_on_a_phone(opened, to_draw):
    """In one stroke: the page does not scroll away under it."""
    page = opened(path=to_draw, viewport={"width": 390, "height": 800}, has_touch=True)
    form = page.locator("form.draw")
    form.locator(".yours rect").scroll_into_view_if_needed()
    start, *on = [one.bounding_box() for one in form.locator(".handle").all()]
    finger = page.context.new_cdp_session(page)

    def touch(kind, *at):
        points = [{"x": x, "y": y} for x, y in at]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = (start[way] + start[size] / 2 for way, size in (("x", "width"), ("y", "height")))
    touch("touchStart", (x, y))
    for number, box in enumerate(on, 1):
        for part in (6, 0):
            touch("touchMove", (box["x"] + box["width"] / 2 - part, y - 15 * number + part))
    touch("touchEnd")
    first, *values = form.locator(".handle").evaluate_all(NOW)
    assert first < values[0] and values == sorted({*values})  # each year has a value of its own
    page.wait_for_timeout(400)  # a tap right behind a stroke is taken for its end
    form.locator(".show").tap()
    form.locator(".result", has_text="You ended at").wait_for(timeout=5000)
    shown = form.get_by_role("button", name="Shown", exact=True)  # a state, which takes no press
    assert shown.evaluate(LOOKS_PRESSABLE) == ["true", "0px", "default"]


def test_on_a_phone_one_handle_at_a_time_is_there_to_press(opened, to_draw):
    """A year is narrower than a finger: the one in use is large, and the others let the finger through."""
    page = opened(path=to_draw, viewport={"width": 390, "height": 800}, has_touch=True)
    form = page.locator("form.draw")
    form.locator(".handle").nth(2).focus()
    sizes = form.locator(".handle").evaluate_all(
        """all => all.map((one) => [getComputedStyle(one).pointerEvents !== "none", Math.round(one.getBoundingClientRect().width)])"""
    )
    assert [free for free, _ in sizes].count(True) == 1 and sizes[2][0]
    assert sizes[2][1] >= 3 * sizes[1][1]


ON_HANDLES = """(form) => {
  const words = form.querySelector(".own").getBoundingClientRect();
  return [...form.querySelectorAll(".handle")]
    .map((handle) => handle.getBoundingClientRect())
    .filter((one) => one.left < words.right && one.right > words.left && one.top < words.bottom && one.bottom > words.top).length;
}"""


WORDS_MEET = """(form) => {
  const words = [...form.querySelectorAll("svg text")].filter((one) => one.textContent),
    own = form.querySelector(".own"), told = form.querySelector(".told"), box = (one) => one.getBoundingClientRect();
  const meet = (one, other) => one.left < other.right && one.right > other.left && one.top + 3 < other.bottom - 3 && one.bottom - 3 > other.top + 3;
  return [own, told].flatMap((one) => words.filter((other) => other !== one && meet(box(one), box(other))).map((other) => `${one.textContent} on ${other.textContent}`));
}"""


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("drawn", ["Home", "End"])
def test_what_the_reader_drew_is_written_beside_the_line_and_not_on_it(
    opened, to_draw, drawn, width
):
    page = opened(path=to_draw, viewport={"width": width, "height": 800})
    form = page.locator("form.draw")
    for handle in form.locator(".handle").all() if drawn == "End" else []:
        handle.press(drawn)
    if drawn == "Home":
        form.locator(".handle").last.press(drawn)
        form.locator(".show").click()  # the other years stay where they are: it asks once
    form.locator(".show").click()
    form.locator(".own", has_text="you ").wait_for(state="attached")
    assert form.evaluate(ON_HANDLES) == 0
    assert form.evaluate(WORDS_MEET) == []


@pytest.mark.parametrize(
    ("media", "javascript", "draws"),
    [("screen", True, "drag"), ("screen", False, "pencil"), ("print", True, "pencil")],
)
def test_where_nothing_can_be_dragged_a_pencil_draws(opened, to_draw, media, javascript, draws):
    page = opened(path=to_draw, java_script_enabled=javascript)
    page.emulate_media(media=media)
    said = page.locator("form.draw").inner_text()
    assert [word for word in ("drag", "pencil") if word in said] == [draws]


def test_a_line_is_drawn_by_a_pointer_shown_kept_and_saved(opened, to_draw):
    asked = line_to_draw("E4")
    page = opened(path=to_draw)
    form = page.locator("form.draw")
    ends = [asked.format(one) for one in asked.then.values() if one not in asked.given.values()]
    assert not {*ends} & {*re.findall(r"-?\d+\.\d", form.inner_text())}
    form.locator(".yours rect").scroll_into_view_if_needed()
    box = form.locator(".yours rect").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] - 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 2)  # one stroke leaves no year out
    page.mouse.up()
    values = form.locator(".handle").evaluate_all(NOW)
    assert values[0] < -20 and all(value > 10 for value in values[1:])
    form.locator(".show").click()
    said = drawn.gap(asked, dict(zip(asked.then, values, strict=True)))
    assert form.locator(".result").inner_text() == said
    form.locator(".handle").last.press("ArrowDown")
    assert form.locator(".handle").evaluate_all(NOW) == values  # the first line counts
    whole(page.reload() and page)
    until(page, "() => document.querySelector('form.draw.done')")
    assert form.locator(".result").inner_text() == said
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers").first.click()
    (kept,) = json.loads(download.value.path().read_text(encoding="utf-8"))["lines"]
    assert kept["claim"] == "E4" and [*kept["line"].values()] == values
    assert page.faults == []
