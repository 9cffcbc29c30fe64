"""A round of claims on a page: taps by finger and by keys, the score, what is kept, the picture behind, and the score as a picture."""

import json
import struct

import pytest
from bs4 import BeautifulSoup
from conftest import whole
from nbformat.v4 import new_code_cell, new_notebook, new_output

from heldto import stored
from heldto.claims import ledger
from heldto.exercises import score
from heldto.ledger import reckoning
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.publish.site import front

PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A handout of the article's first round, and of the score of all guesses."""
    about = {"title": "A round", "section": "start", "edition": "handout"}
    with stored.pages():
        data, told = reckoning.mine(
            path=tmp_path_factory.mktemp("nobody") / "a.json"
        )._repr_mimebundle_()
    counted = new_code_cell(
        "", id="mine", outputs=[new_output("display_data", data, metadata=told)]
    )
    cells = [front.round_cell(), counted]
    notebook = new_notebook(cells=cells, metadata={"frenemies": about})
    html, _ = HandoutExporter().from_notebook_node(notebook)
    path = tmp_path_factory.mktemp("round") / "round.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, file):
    """opened(viewport, ...) opens the page, and knows what it asks for and complains of."""
    contexts = []

    def open_page(viewport=LAPTOP, before="", **settings):
        context = browser.new_context(viewport=viewport, offline=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        if before:
            page.add_init_script(before)
        page.goto(file.as_uri())
        return whole(page)

    yield open_page
    for context in contexts:
        context.close()


def rows(page):
    return page.locator(".round .tap").all()


def tap_all(page, word):
    for row in rows(page):
        row.get_by_role("button", name=word, exact=True).click(force=True)


def computed(page):
    ids = [row.get_attribute("data-claim") for row in rows(page)]
    return ledger.table().loc[ids, "verdict_then"].to_dict()


def test_before_a_tap_no_verdict_shows_and_the_first_tap_is_on_the_first_screen(opened):
    for viewport in (LAPTOP, PHONE):
        page = opened(viewport)
        first = page.locator(".round .words button").first.bounding_box()
        assert first["y"] + first["height"] < viewport["height"]
        for row in rows(page):
            assert row.locator("details.verdict").is_hidden()
            assert row.locator(".at-once").is_hidden()
        assert page.locator(".round .share").is_hidden()
        assert page.locator(".behind").is_hidden() and page.locator(".examine .sheet").is_visible()


def test_buttons_are_as_large_as_a_thumb_and_nothing_scrolls_sideways(opened):
    page = opened(PHONE, has_touch=True)
    tap_all(page, "holds")
    for box in [one.bounding_box() for one in page.locator(".round button:visible").all()]:
        assert box["height"] >= 44 and box["width"] >= 44
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_tap_shows_its_verdict_at_once_and_the_last_one_the_score(opened):
    page = opened()
    told = computed(page)
    first, *others = rows(page)
    first.get_by_role("button", name="holds", exact=True).click()
    right = told[first.get_attribute("data-claim")] == "holds"
    assert (
        first.locator(".told")
        .inner_text()
        .startswith("✓ Right." if right else "✗ Not as you guessed:")
    )
    assert page.locator(".round-score").inner_text().strip() == f"{int(right)} of 1 right so far."
    assert all(row.locator(".told").inner_text() == "" for row in others)
    page.locator(".how-sure input").fill("90")
    for row in others:
        row.get_by_role("button", name="holds", exact=True).click()
    number = [*told.values()].count("holds")
    tally = page.locator(".round-score [role=status]").inner_text()
    assert tally.startswith(f"You were right on {number} of 5, and 82 % sure. Surest, and wrong: ")
    page.get_by_role("button", name="Why?", exact=True).click()
    [card] = page.locator(".round details.verdict[open]").all()
    claim = card.get_attribute("id").removeprefix("verdict-")
    assert told[claim] != "holds" and card.locator(".ruling").is_visible()
    assert page.faults == []


def test_nobody_is_called_surest_who_was_as_sure_of_all(opened):
    page = opened()
    tap_all(page, "fails")
    tally = page.locator(".round-score [role=status]").inner_text()
    assert " of 5. One of those that were wrong: " in tally and "Surest" not in tally
    assert "sure" not in tally  # the slider was left alone


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_how_sure_one_is_stands_above_each_claim_until_all_are_tapped(opened, size):
    page = opened(size)
    slider = page.locator(".how-sure input")
    for row in rows(page):
        row.evaluate("one => one.scrollIntoView({ block: 'center' })")
        box, bar = slider.bounding_box(), page.locator(".bar").bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= row.bounding_box()["y"]
        assert size != PHONE or box["y"] >= bar["y"] + bar["height"] - 1
        row.get_by_role("button", name="holds", exact=True).click()
    assert page.locator(".how-sure").evaluate("one => getComputedStyle(one).position") == "static"


def test_the_picture_shows_both_states_once_its_claim_is_tapped_and_each_can_be_switched(opened):
    page = opened()
    tap_all(page, "partly")
    figure = page.locator(".behind figure:not(.yardstick)").first
    assert figure.is_visible() and page.locator(".examine .closed").is_hidden()
    for code in ("RUS", "CHN"):
        marks = figure.locator(f"svg .a-{code}").first
        marks.scroll_into_view_if_needed()
        visible = "(one) => getComputedStyle(one).visibility"
        assert marks.evaluate(visible) == "visible"
        page.locator(f".actorbar input[value={code}]").first.uncheck()
        assert marks.evaluate(visible) == "hidden"
        page.locator(f".actorbar input[value={code}]").first.check()


def test_by_keys_alone_a_round_is_played(opened):
    page = opened()
    page.locator(".how-sure input").focus()
    page.keyboard.press("ArrowRight")
    for _ in range(5):
        while not page.evaluate("() => document.activeElement.matches('.tap:not(.done) button')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # a second press changes nothing
    assert page.locator(".round .done").count() == 5
    kept = page.evaluate("() => JSON.stringify(localStorage)")
    assert kept.count('\\\\"sure\\\\":55') == 5 or kept.count('"sure\\":55') == 5
    assert "of 5, and 55 % sure" in page.locator(".round-score").inner_text()


@pytest.mark.parametrize("word", score.WORDS)
def test_opened_again_nothing_is_lost_and_the_first_tap_counts(opened, word):
    page = opened()
    tap_all(page, word)
    said = page.locator(".round").inner_text()
    other = next(one for one in score.WORDS if one != word)
    tap_all(page, other)
    assert page.locator(".round").inner_text() == said
    page.reload()
    whole(page)
    page.locator(".round .tap.done").nth(4).wait_for()
    assert page.locator(".round").inner_text().replace("55", "50") == said
    number = [*computed(page).values()].count(word)
    assert f"right on {number} of 5" in said.replace("all 5", "5 of 5")


def test_a_browser_that_keeps_nothing_plays_on_and_says_so(opened):
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    page = opened(before=refuse)
    tap_all(page, "undecided")
    assert page.locator(".round .done").count() == 5
    assert "does not keep answers" in page.locator(".round-score").inner_text()
    assert page.faults == []


def test_the_score_is_a_picture_without_a_name(opened):
    page = opened()
    tap_all(page, "holds")
    line = page.locator(".round .share")
    with page.expect_download() as got:
        line.get_by_role("button", name="SVG", exact=True).click()
    drawing = BeautifulSoup(got.value.path().read_text(encoding="utf-8"), "html.parser")
    assert got.value.suggested_filename == "my-score.svg"
    words = " ".join(text.get_text() for text in drawing("text"))
    number = [*computed(page).values()].count("holds")
    assert f"right on {number} of 5, and wrong" in words
    assert "opposed interests" in words and len(drawing("rect")) == 6
    for text in drawing("text"):
        assert float(text["x"]) < 1200 and float(text["y"]) < 630
    with page.expect_download() as got:
        line.get_by_role("button", name="PNG", exact=True).click()
    data = got.value.path().read_bytes()
    assert data[1:4] == b"PNG" and struct.unpack(">II", data[16:24]) == (1200, 630)


def test_what_was_tapped_is_in_the_reader_s_file(opened):
    page = opened()
    tap_all(page, "fails")
    with page.expect_download() as got:
        page.locator("#answers").get_by_role("button", name="Save my answers").click()
    kept = json.loads(got.value.path().read_text(encoding="utf-8"))["guesses"]
    assert {one["claim"] for one in kept} == {*computed(page)}


def test_the_score_of_all_guesses_is_a_picture_too(opened):
    page = opened()
    tap_all(page, "partly")
    line = page.locator(".reckoning .share")
    with page.expect_download() as got:
        line.get_by_role("button", name="SVG", exact=True).click()
    drawing = BeautifulSoup(got.value.path().read_text(encoding="utf-8"), "html.parser")
    number = [*computed(page).values()].count("partly")
    words = " ".join(text.get_text() for text in drawing("text"))
    assert f"right on {number} of 5, and wrong about" in words
