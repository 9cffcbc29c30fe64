"""The projector: a handout walked by keys, one claim at a time, and no verdict before its own key."""

import json
import re
from pathlib import Path

import pytest
from conftest import lesson_source, our_page, whole

from heldto.publish.handouts.plan_stops import LESSON, plan_stops

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "01_economic.ipynb"
KIND = "document.documentElement.dataset.step"
RULINGS = """() => [...document.querySelectorAll(".ruling, .firm")]
  .filter(one => one.checkVisibility() && one.getClientRects().length)
  .map(one => one.closest(".verdict").id.replace("verdict-", ""))"""
TITLE = ".stage-foot [role=status]"


@pytest.fixture
def projected(browser):
    """projected(at) opens the page on a projector, at a place."""
    rooms = []

    def open_page(at="", path=NOTEBOOK, plan="", size=(1366, 768), **settings):
        room = browser.new_context(viewport={"width": size[0], "height": size[1]}, **settings)
        rooms.append(room)
        page = room.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"{our_page(path, 'student').as_uri()}?present{plan and f'={plan}'}{at}")
        return whole(page)

    yield open_page
    for room in rooms:
        room.close()


def _walk(page, until):
    """(kind of step, claim, ids of the verdicts in sight) of each step, by the one key, up to a kind of step."""
    steps = []
    while len(steps) < 300:
        page.keyboard.press("ArrowRight")
        kind = page.evaluate(KIND)
        if kind == until:
            return steps
        claim = page.locator(TITLE).inner_text().rpartition(", ")[0]  # "E5, E6 and E9, 2 of 21"
        steps.append((kind, claim, page.evaluate(RULINGS)))
    raise AssertionError(f"no step {until} comes")


def test_the_core_is_walked_claim_by_claim_and_each_verdict_has_a_key_of_its_own(projected):
    page = projected()
    assert page.evaluate(KIND) == "list" and page.evaluate(RULINGS) == []
    core = page.locator(".stage-list > ol button").all_inner_texts()
    steps = _walk(page, "list")
    claims = list(dict.fromkeys(claim for _, claim, _ in steps))
    named = [
        title.removeprefix(f"Part {at}. ").partition(":")[0] for at, title in enumerate(core, 1)
    ]
    assert claims == named and len(claims) >= 3
    assert all(kind == "verdict" or not verdicts for kind, _, verdicts in steps)
    for claim in claims:
        ids = re.findall(r"[A-Z]\d+", claim)  # those that one picture decides are one part
        ruled = [verdicts for kind, its, verdicts in steps if (kind, its) == ("verdict", claim)]
        assert list(map(set, ruled)) == [{one} for one in ids]
        kinds = [kind for kind, its, _ in steps if its == claim]
        asked = ["claim", *["guess", "hands"] * len(ids)]
        assert kinds[: len(asked)] == asked and kinds.count("guess") == len(ids)
        first = kinds.index("verdict")
        before, after = kinds[:first], kinds[first + len(ids) :]
        assert before[before.index("picture") + 1] == "titled" and "comment" not in before
        assert set(after) <= {"comment", "figures", "said", "titled", "instead"}
        assert {"comment", "said"} & {*after}
    assert page.faults == []


def test_a_key_that_is_held_or_a_step_back_leads_to_no_verdict(projected):
    page = projected("#at=E3")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(KIND) == "claim" and page.locator(TITLE).inner_text().startswith("E4, 1 ")
    page.keyboard.down("ArrowRight")
    for _ in range(20):
        page.keyboard.down("ArrowRight")  # as a keyboard repeats it
    page.keyboard.up("ArrowRight")
    assert page.evaluate(KIND) == "guess" and page.evaluate(RULINGS) == []


def test_a_quick_second_key_meets_the_comment_of_the_verdict_it_opened(projected):
    page = projected("#at=E1")
    while (page.locator(".stage-foot button").nth(1).inner_text()) != "Next: the verdict":
        page.keyboard.press("ArrowRight")
    quick = """() => [1, 2].map(() => document.body.dispatchEvent(
      new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true })))"""
    page.evaluate(quick)  # both in one turn: no event of the card comes between
    assert page.locator(TITLE).inner_text().startswith("E1, ")
    assert page.evaluate(KIND) != "verdict" and set(page.evaluate(RULINGS)) <= {"E1"}


def test_back_returns_to_what_was_seen(projected):
    page = projected("#at=E1")
    walked = _walk(page, "verdict")
    page.keyboard.press("PageUp")
    assert page.evaluate(KIND) == walked[-1][0] and page.evaluate(RULINGS) == []
    page.keyboard.press("PageDown")
    assert set(page.evaluate(RULINGS)) == {"E1"}


def test_a_link_opens_the_picture_and_the_next_key_its_title(projected):
    page = projected("#actors=CHN&vintage=then&at=coal")
    title = page.locator("#fig-coal figcaption b .finding:not([hidden])")
    drawing = page.locator("#fig-coal .drawing").bounding_box()
    assert not title.is_visible() and drawing["y"] + drawing["height"] <= 768
    assert page.locator(".on-stage .drawing:visible").count() == 1
    page.keyboard.press(" ")
    assert title.is_visible() and page.evaluate(KIND) == "titled"
    on = page.locator(".bar input:checked").evaluate_all("boxes => boxes.map(box => box.value)")
    assert "CHN" in on and "RUS" not in on and "then" in on


def test_a_key_that_would_show_nothing_new_is_left_out(projected):
    """With some actors off a picture has the title that it had before."""
    votes = NOTEBOOK.with_name("02_geopolitical.ipynb")
    some = "#actors=CHN,RUS,USA,JPN,KOR,PHL,VNM,TWN&vintage=then&at=pledges"
    for place, kind in ((some, "said"), ("#vintage=then&at=pledges", "titled")):
        page = projected(place, path=votes)
        assert page.evaluate(KIND) == "picture"
        page.keyboard.press("ArrowRight")
        assert page.evaluate(KIND) == kind
        page.keyboard.press("ArrowLeft")
        assert page.evaluate(KIND) == "picture"


def test_the_title_of_a_picture_of_nobody_has_a_step_of_its_own(projected):
    """Such a title is a text alone: no switch turns it into another."""
    page = projected("#at=coal")
    title = page.locator("#fig-coal figcaption b")
    title.evaluate("one => one.replaceChildren('Electricity from coal in the six together')")
    assert page.evaluate(KIND) == "picture" and not title.is_visible()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(KIND) == "titled" and title.is_visible()


def test_words_that_speak_of_a_picture_stand_beside_it(projected):
    page = projected("#at=F4", path=NOTEBOOK.with_name("04_verdict.ipynb"))
    _walk(page, "said")
    words = page.get_by_text("In the picture each row is an actor").bounding_box()
    drawing = page.locator(".on-stage .drawing:visible svg").first.bounding_box()
    assert words["x"] + words["width"] <= drawing["x"] and drawing["width"] > 600


def test_the_back_row_can_read_it(projected):
    page = projected("#at=E1")
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    assert page.locator("#cell-e1 p").first.evaluate(size) >= 28
    assert page.locator("#cell-e1 h3").evaluate(size) >= 50
    _walk(page, "verdict")
    assert page.locator("#verdict-E1 .ruling").evaluate(size) >= 50
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    page.evaluate("location.hash = 'vintage=then&at=E4'")  # a high ruler: two books stand on it
    _walk(page, "verdict")
    ruler = page.locator("#verdict-E4 .yardstick svg text:visible").first
    letters = "one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a"
    assert ruler.evaluate(letters) >= 20


def test_hands_are_counted_on_the_way_and_the_wall_finds_them(projected):
    page = projected("#at=E1")
    _walk(page, "hands")
    page.locator(".stage-hands").get_by_label("partly").fill("12")
    page.locator(".stage-hands").get_by_label("sure").fill("3")
    assert page.get_by_text("12 hands.").is_visible()
    page.keyboard.press("PageDown")
    assert page.evaluate(KIND) == "picture"
    page.keyboard.press("PageUp")
    assert page.locator(".stage-hands").get_by_label("partly").input_value() == "12"
    kept = json.loads(page.evaluate("localStorage.getItem('frenemies-hands')"))
    assert kept == {"E1": {"partly": 12, "sure": 3}}


def test_what_is_no_count_is_not_counted_and_said(projected):
    page = projected("#at=E3")
    _walk(page, "hands")
    field = page.locator(".stage-hands").get_by_label("partly")
    field.press_sequentially("-31e9")
    assert "0 hands. Not counted: partly." in page.locator(".stage-hands").inner_text()
    field.fill("31000000000")
    assert "0 hands. Not counted: partly." in page.locator(".stage-hands").inner_text()


def test_a_link_to_the_figures_opens_them_and_no_exercise_stands_there(projected):
    military = NOTEBOOK.with_name("03_military.ipynb")
    at = "#actors=CHN,RUS&vintage=then&at=exercises-counted-figures"
    page = projected(at, path=military, plan="plan-90")
    fold = page.locator("#exercises-counted-figures")
    assert fold.evaluate("one => one.open && one.getBoundingClientRect().top < innerHeight / 2")
    assert not page.locator("form.exercise:visible").count()
    assert page.evaluate(RULINGS) == []


SUPPLIERS = "#actors=CHN,RUS,IND,VNM,USA,UKR,BLR&at=suppliers"


def test_a_high_picture_is_as_high_as_the_slide_and_its_title_stands_beside_it(projected):
    page = projected(SUPPLIERS, path=NOTEBOOK.with_name("03_military.ipynb"), plan="plan-90")
    foot = page.locator(".stage-foot").bounding_box()["y"]
    seen = []
    for kind in ("picture", "titled"):
        page.wait_for_timeout(600)  # it is fitted once it was laid out
        assert page.evaluate(KIND) == kind
        seen.append(page.locator(".on-stage .drawing:visible svg").first.bounding_box())
        assert seen[-1]["height"] > 0.9 * foot and seen[-1]["y"] + seen[-1]["height"] < foot
        for one in (
            page.locator(".on-stage :is(figcaption, .choices)").locator("visible=true").all()
        ):
            box = one.bounding_box()
            assert box["x"] + box["width"] <= seen[-1]["x"] and box["y"] + box["height"] <= foot
        page.keyboard.press("ArrowRight")
    assert seen[0] == seen[1]


def test_a_picture_that_stood_whole_stands_whole_when_its_title_comes(projected):
    page = projected(SUPPLIERS, path=NOTEBOOK.with_name("03_military.ipynb"), plan="plan-90")
    above = """() => [...document.querySelectorAll(".on-stage .drawing svg")]
      .filter((one) => one.getClientRects().length)
      .every((one) => one.getBoundingClientRect().bottom
        < document.querySelector(".stage-foot").getBoundingClientRect().top)"""
    for kind in ("picture", "titled"):
        page.wait_for_timeout(600)  # it is fitted once it was laid out
        assert page.evaluate(KIND) == kind and page.evaluate(above), kind
        page.keyboard.press("ArrowRight")


def test_hands_of_a_second_round_stand_beside_the_first(projected):
    page = projected("#at=E1")
    _walk(page, "hands")
    form = page.locator(".stage-hands")
    form.get_by_label("partly").fill("12")
    assert form.locator("i:visible").count() == 1
    form.get_by_label("second round").check()
    assert form.get_by_label("partly").input_value() == ""
    form.get_by_label("holds").fill("9")
    assert page.get_by_text("12 hands, then 9 hands.").is_visible()
    assert form.locator("i:visible").count() == 2
    kept = [
        json.loads(page.evaluate(f"localStorage.getItem('{one}')"))
        for one in ("frenemies-hands", "frenemies-hands-2")
    ]
    assert kept == [{"E1": {"partly": 12}}, {"E1": {"holds": 9}}]  # as the wall reads them


def test_a_key_opens_the_bar_and_escape_closes_it(projected):
    page = projected("#at=E1")
    bar = page.locator("#bar")
    assert not bar.is_visible()
    page.keyboard.press("a")
    assert bar.is_visible() and page.evaluate("!!document.activeElement.closest('#bar')")
    page.locator(".bar input[value=JPN]").uncheck()
    page.keyboard.press("Escape")
    assert not bar.is_visible() and page.evaluate("location.search") == "?present"
    page.keyboard.press("c")
    page.locator(".stage-list summary").click()
    page.locator(".stage-list details button").first.click()
    assert page.evaluate(KIND) == "claim" and page.locator(TITLE).inner_text().startswith("E1, ")


def test_without_it_a_page_is_as_it_was_and_on_paper_nothing_is_left_out(browser, projected):
    page = browser.new_page()
    page.goto(our_page(NOTEBOOK, "student").as_uri())
    assert page.locator(".stage-foot, .stage-list").count() == 0
    page.close()
    page = projected("#at=E1")
    page.emulate_media(media="print")
    assert page.locator("#cell-e4").is_visible() and not page.locator(".stage-foot").is_visible()


def test_a_page_links_its_projector_and_the_projector_the_page(browser):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(our_page(NOTEBOOK, "student").as_uri())
    page.get_by_role("link", name="Projector").click()
    page.wait_for_url("**?present")
    assert whole(page).evaluate(KIND) == "list"
    page.get_by_role("link", name="Leave").click()
    page.wait_for_url("**.html*")
    assert "present" not in page.url and page.locator("#cell-e4").is_visible()
    page.close()


SIZES = [(1366, 768), (1920, 1080)]
SLIDE = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const kind = document.documentElement.dataset.step, main = document.getElementById("text"),
    foot = document.querySelector(".stage-foot").getBoundingClientRect().top, faults = [];
  const shown = (query) => [...main.querySelectorAll(query)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length);
  const whole = (one) => { const box = one.getBoundingClientRect(); return box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= foot && box.right <= innerWidth; };
  const words = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let letters = 0;
  while (words.nextNode()) {
    const parent = words.currentNode.parentElement, text = words.currentNode.data.trim();
    if (text.length < 2 || parent.closest("svg, style, script, select") || !parent.checkVisibility({ visibilityProperty: true })) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < 12 || !parent.getClientRects().length) faults.push(`${size} px: ${text}`);
    else if (!parent.closest(".stage-head, h2, h3, h4")) letters += text.length;
  }
  const drawings = shown(".on-stage .drawing svg").filter((one) => one.getBoundingClientRect().height > 100);
  if (kind !== "claim" && letters < 20 && !drawings.length) faults.push("nothing is on it");
  if (kind === "guess") {
    const words = shown("form.guess label").map((one) => one.innerText.split(":")[0].trim());
    if (words.join() !== "holds,partly,fails,undecided" || !shown("form.guess label").every(whole)) faults.push(`it asks ${words}`);
  }
  if (["picture", "titled"].includes(kind) && !drawings.length) faults.push("no picture");
  if (["claim", "said", "figures", "instead", "comment", "text"].includes(kind)) {
    const said = shown(".on-stage :is(h1, h2, h3, p, li, td, th, summary)").filter((one) => !one.closest("figure:not(.yardstick)") && one.innerText.trim());
    if (!said.length) faults.push("no words");
    const low = Math.max(...shown(".on-stage, .on-stage :is(p, li, tr, figure)").filter((one) => !one.closest(".tag-picture")).map((one) => one.getBoundingClientRect().bottom));
    if (low > foot + 1 && !/\\b(tall|longer)\\b/.test(document.documentElement.className)) faults.push(`words end ${low - foot} px too low, and nothing says so`);
  }
  const titles = shown("figcaption b").map((one) => one.getBoundingClientRect());
  if (titles.some((one, at) => titles.slice(at + 1).some((two) => one.top < two.bottom && two.top < one.bottom && one.left < two.right && two.left < one.right))) faults.push("titles lie upon each other");
  for (const one of shown(".some-off")) if (one.closest(".yardstick")) faults.push(`it says: ${one.innerText}`);
  const small = shown(".on-stage .actorfig:not(.yardstick) svg text").map((one) => one.getBoundingClientRect().height).filter((height) => height < 10);
  if (["picture", "titled", "said"].includes(kind) && small.length) faults.push(`${small.length} words of a drawing are too small`);
  const scrolls = document.documentElement.classList.contains("tall"); // so that its letters can be read
  const above = drawings[0]?.getBoundingClientRect().bottom < 0; // the list below it was asked for
  if (drawings.length && !scrolls && !above && !whole(drawings[0])) faults.push(`a drawing ends ${drawings[0].getBoundingClientRect().bottom - foot} px too low`);
  if (kind === "verdict") {
    const card = shown(".on-stage .verdict[id]")[0], lines = [...card.querySelectorAll(".ruling, .firm, .yardstick .drawing svg")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height);
    if (lines.length < 2) faults.push("a verdict without its lines");
    for (const one of lines) if (!whole(one)) faults.push(`cut: ${one.className.baseVal ?? one.className} ${one.getBoundingClientRect().bottom - foot}`);
  }
  for (const one of shown("details.verdict:not([open])")) faults.push(`closed: ${one.innerText}`);
  if (main.querySelector("form.guess")) for (const one of shown("p code, li code")) if (!one.closest("details")) faults.push(`code: ${one.innerText}`);
  for (const one of shown(".dataframe tbody tr > :first-child")) if (/^\\d+$/.test(one.innerText.trim()) && !one.closest("table").tHead.rows[0].cells[0].innerText.trim() && one.closest("table").tHead.rows.length === 1) faults.push("a row's number");
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`${wide} px too wide`);
  return faults;
}"""
START, *PAGES = sorted(NOTEBOOK.parent.glob("0*.ipynb"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_slide_is_empty_or_cut(path, size, projected):
    """Each slide of each claim, the core and all others."""
    page = projected(path=path, size=size)
    more = page.locator(".stage-list details summary")
    if more.count():
        more.click()
        page.locator(".stage-list details button").first.click()
        page.keyboard.press("c")
    page.locator(".stage-list > ol button").first.click()
    page.mouse.move(size[0] - 2, 300)
    found, count = [], 0
    while page.evaluate(KIND) != "list":
        faults = page.evaluate(SLIDE)
        found += [(page.locator(TITLE).inner_text(), fault) for fault in faults]
        page.keyboard.press("ArrowRight")
        count += 1
        assert count < 400
    assert found == [] and page.faults == []
    assert count > 3


def test_a_claim_opened_by_a_link_alone_ends_at_the_list_and_no_key_leads_to_another(projected):
    page = projected("#actors=CHN,RUS&vintage=then&at=E1")
    steps = _walk(page, "list")
    assert {claim for _, claim, _ in steps} == {"E1"} and steps[-1][0] == "comment"
    page.keyboard.press("c")
    page.locator(".stage-list details summary").click()
    page.get_by_role("button", name="E3 again").click()
    steps = _walk(page, "titled")
    kinds = [kind for kind, *_ in steps]
    assert kinds == ["instead", "text", "picture"]  # no figures: a card of India


def test_a_page_with_a_round_alone_has_no_slides_and_stays_a_page(projected):
    page = projected(path=START)
    assert page.locator(".stage-list, .stage-foot").count() == 0
    assert page.locator("h1").is_visible() and page.faults == []


@pytest.mark.parametrize("plan", sorted(plan_stops()))
def test_one_key_leads_through_a_plan_in_its_order(plan, projected):
    """Each slide from the plan's first place on; after a claim comes the plan's next place, on whichever page."""
    stops = plan_stops()[plan]
    for path in PAGES:
        our_page(path, "student")
    first, _, place = stops[0][0].partition("#")
    path = lesson_source() if plan == LESSON else NOTEBOOK.with_name(first).with_suffix(".ipynb")
    page = projected(f"#{place}", path=path, plan=plan)
    page.mouse.move(1364, 300)
    onward = page.locator(".stage-foot button").nth(1)  # its name says where it leads
    places = [address.partition("at=")[2] for address, _ in stops]
    words, number = [words for _, words in stops], 0
    found, opened, coming = [], [], ""
    for _ in range(300):
        page.wait_for_selector("html[data-step]")
        kind = page.evaluate(KIND)
        if kind == "list":
            assert coming == "End of the plan"
            break
        found += [(page.url, fault) for fault in page.evaluate(SLIDE)]
        coming = onward.inner_text()
        if coming.startswith("Next in the plan: "):
            opened.append(coming.removeprefix("Next in the plan: "))
        page.keyboard.press("ArrowRight")
        if coming.startswith("Next in the plan: "):
            number = words.index(opened[-1], number + 1)
            at = f"{stops[number][0].partition('#')[0]}?present={plan}"
            page.wait_for_url(lambda url, at=at: url.partition("#")[0].endswith(at))
            whole(page)
    after = zip(words[1:], places[1:], places, strict=False)
    assert opened == [said for said, place, before in after if before != f"{place}-figures"]
    assert found == [] and page.faults == []


def test_keys_answer_after_counts_were_typed_and_after_the_mouse(projected):
    page = projected("#actors=CHN&vintage=then&at=E7")
    _walk(page, "hands")
    for key, kind in (
        ("ArrowRight", "picture"),
        (" ", "picture"),
        ("Enter", "picture"),
        ("ArrowLeft", "guess"),
    ):
        field = page.locator(".stage-hands").get_by_label("partly")
        field.fill("12")
        page.keyboard.press(key)
        assert page.evaluate(KIND) == kind, key
        page.keyboard.press("ArrowLeft" if kind == "picture" else "ArrowRight")
        assert page.evaluate(KIND) == "hands" and field.input_value() == "12"
    for key in ("ArrowUp", "ArrowDown", "ArrowDown"):
        field.press(key)
    assert field.input_value() == "12"
    _walk(page, "verdict")
    page.keyboard.press("a")
    page.locator(".bar input[value=then]").uncheck()
    page.keyboard.press("a")
    assert not page.locator("#bar").is_visible()
    page.locator("#verdict-E7 .opens summary").first.click()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0  # a long verdict scrolls
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(KIND) == "titled"
    page.get_by_role("button", name="Next").click()
    page.keyboard.press(" ")
    assert page.evaluate(KIND) == "figures"  # once, not twice


def test_a_step_back_from_the_first_slide_of_a_plan_and_on_is_that_slide(projected):
    page = projected(f"#{plan_stops()['plan-45'][0][0].partition('#')[2]}", plan="plan-45")
    slide = page.locator(".stage-foot p").inner_text()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(KIND) == "list"
    back = page.locator(".stage-foot button").nth(1).inner_text()
    assert back == f"Back to {slide.partition(',')[0]}"
    page.keyboard.press("ArrowRight")
    assert page.locator(".stage-foot p").inner_text() == slide and page.faults == []


@pytest.mark.parametrize("key", ["c", "ArrowRight", "ArrowLeft"])
def test_after_the_list_the_same_slide_stands_and_keys_answer(key, projected):
    page = projected("#at=E1")
    _walk(page, "hands")
    page.locator(".stage-hands").get_by_label("partly").fill("12")
    slide = page.locator(TITLE).inner_text()
    page.keyboard.press("c")
    assert page.evaluate(KIND) == "list"
    page.keyboard.press(key)
    assert page.evaluate(KIND) == "hands" and page.locator(TITLE).inner_text() == slide
    assert page.locator(".stage-hands").get_by_label("partly").input_value() == "12"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(KIND) == "picture" and page.faults == []


def test_a_slide_that_goes_on_below_the_foot_says_so_and_its_end_is_reached(projected):
    page = projected("#at=M10", path=NOTEBOOK.with_name("03_military.ipynb"))
    _walk(page, "figures")
    mark = "getComputedStyle(document.querySelector('.stage-foot p'), '::after').content"
    assert "↓" in page.evaluate(mark)
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0
    page.keyboard.press("End")
    page.wait_for_timeout(600)
    stood = page.evaluate("scrollY")
    page.keyboard.press("c")
    assert page.evaluate(KIND) == "list"
    page.keyboard.press("c")
    page.wait_for_timeout(300)
    assert page.evaluate(KIND) == "figures" and page.evaluate("scrollY") == stood > 0
    bottom = "[...document.querySelectorAll('.on-stage')].at(-1).getBoundingClientRect().bottom"
    assert page.evaluate(
        f"{bottom} <= document.querySelector('.stage-foot').getBoundingClientRect().top"
    )


def test_a_control_that_was_tabbed_to_keeps_its_keys(projected):
    page = projected("#at=E1")
    page.keyboard.press("a")
    page.locator(".bar input[value=JPN]").focus()
    page.keyboard.press(" ")
    assert not page.locator(".bar input[value=JPN]").is_checked()
    assert page.evaluate(KIND) == "claim"


def test_what_the_mouse_touched_leaves_the_next_key_to_the_talk(projected):
    """As a lecturer goes: the mouse for a moment, then the same key as before."""
    page = projected("#actors=CHN,RUS,USA,DEU,JPN,EU&vintage=then&at=E1")
    _walk(page, "hands")
    page.locator(".stage-round input").click()
    page.keyboard.press(" ")
    assert page.locator(".stage-round input").is_checked()
    assert page.evaluate(KIND) == "picture"

    _walk(page, "verdict")
    page.locator(".verdict[open] summary:visible").last.click()
    page.keyboard.press(" ")
    assert page.evaluate(KIND) not in ("verdict", "list")

    slide, actors = page.locator(TITLE).inner_text(), page.evaluate("location.hash")
    for _ in range(2):
        page.get_by_role("button", name="Actors (A)").click()
    page.keyboard.press(" ")
    assert not page.locator("#bar").is_visible()
    assert page.locator(TITLE).inner_text() != slide
    page.get_by_role("button", name="Actors (A)").click()
    slide = page.locator(TITLE).inner_text()
    page.keyboard.press(" ")  # the bar's first button has the focus
    assert page.locator(TITLE).inner_text() != slide
    assert page.evaluate("location.hash").split("&at=")[0] == actors.split("&at=")[0]

    page.evaluate("location.hash = location.hash.replace(/at=.*/, 'at=trade-partners')")
    shown = page.get_by_label("those shown").locator("visible=true")
    shown.click()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(KIND) == "titled" and shown.input_value() == "apart"
    assert page.faults == []


def test_no_slide_of_words_is_cut_and_words_on_a_table_stand_below_it(projected):
    page = projected("#at=E5")
    bottom = "document.getElementById('text').getBoundingClientRect().bottom"
    foot = "document.querySelector('.stage-foot').getBoundingClientRect().top"
    assert page.evaluate(f"{bottom} <= {foot}")  # the claim with its table
    page = projected("#at=E1")
    _walk(page, "figures")
    assert page.get_by_text("Own is Russia's book and").is_visible() and page.evaluate(
        f"{bottom} <= {foot}"
    )
