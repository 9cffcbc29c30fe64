"""Notebook 01 in a real JupyterLab: a click hides at once, and a moment later the pictures in the window are drawn anew for the actors shown."""

import pytest
from test_lab import IDLE, NOTEBOOK, TOKEN, errors, home, lab, opened, run_all, unfold  # noqa: F401 (home and lab are fixtures)

PANE = f"{NOTEBOOK}.node.querySelector('.jp-WindowedPanel-outer')"
TOP = f"(id) => document.querySelector(id).getBoundingClientRect().top - {PANE}.getBoundingClientRect().top"
PARTNERS, RANKS, COAL = "#fig-trade-partners", "#fig-trade-ranks-chn", "#fig-coal"
AT_ONCE = """([id, code]) => {
    const cell = document.querySelector(id).closest(".jp-Cell"), look = (one) => getComputedStyle(one).visibility;
    cell.querySelector(`.actorbar input[value=${code}]`).click();
    return [...document.querySelectorAll(`${id} svg .a-${code}`)].map(look);
}"""
SETTLED = """(id) => {
    const one = document.querySelector(id), boxes = [...one.closest(".jp-Cell").querySelectorAll(".actorbar fieldset input")];
    const same = one.closest(".jp-Cell").querySelector("[value=same]").checked;
    const gone = one.querySelector("svg").getClientRects().length === 0; // a message stands in its place
    return same || gone || boxes.every((box) => box.checked !== one.classList.contains(`o-${box.value}`));
}"""


@pytest.fixture(scope="module")
def page(lab, browser):  # noqa: F811
    page = run_all(opened(lab, browser, "01_economic"))
    unfold(page)
    yield page
    page.context.close()


@pytest.fixture(autouse=True)
def _everybody(page):
    """After each test everybody is on, and the axes are fitted."""
    yield
    bring(page, PARTNERS)
    for box in ("same", "then"):
        page.locator(f".actorbar input[value={box}]").first.evaluate(
            "(box) => box.checked && box.click()"
        )
    preset(page, "all")
    assert errors(page) == []


def bring(page, figure, to="start"):
    """Scroll a picture into the window, its cell's bar with it, and wait until it is settled."""
    page.locator(figure).evaluate(
        f"(one) => one.closest('.jp-Cell').querySelector('.jp-OutputArea').scrollIntoView({{ block: '{to}' }})"
    )
    settled(page, figure)


def settled(page, figure):
    """Wait until a picture in the window is drawn for whoever is on."""
    page.wait_for_timeout(400)
    page.wait_for_function(SETTLED, arg=figure, timeout=15_000)


def bar(page, figure):
    return page.locator(".jp-Cell", has=page.locator(figure)).locator(".actorbar")


def preset(page, name, figure=PARTNERS):
    bar(page, figure).get_by_role("button", name=name, exact=True).click()
    settled(page, figure)


def click(page, code, figure=PARTNERS):
    """Click an actor in the bar above a picture: how its marks look at once."""
    return page.evaluate(AT_ONCE, [figure, code])


def whole(page, figure):
    return page.locator(figure).evaluate("(one) => one.outerHTML")


def test_a_click_hides_at_once_and_then_the_picture_settles(page):
    bring(page, PARTNERS)
    before = whole(page, PARTNERS)
    assert "o-DEU" not in before and "Germany" in before
    looks = click(page, "DEU")
    assert looks and set(looks) == {"hidden"}
    settled(page, PARTNERS)
    assert page.locator(f"{PARTNERS} .a-DEU").count() == 0
    assert "Germany" not in page.locator(PARTNERS).text_content()
    click(page, "DEU")
    settled(page, PARTNERS)
    assert whole(page, PARTNERS) == before


BUSY = """async ([id, first, second, third]) => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const busy = kernel.requestExecute({ code: "import time; time.sleep(1)" }).done;
    const bar = document.querySelector(id).closest(".jp-Cell").querySelector(".actorbar");
    const wait = (time) => new Promise((done) => setTimeout(done, time)), back = [];
    const box = (code) => bar.querySelector(`input[value=${code}]`);
    box(first).click();
    await wait(300); // the kernel is told of the first, and answers once it is no longer busy
    box(second).click();
    let over = false;
    busy.then(() => wait(500)).then(() => { over = true; });
    while (!over || !box(third).checked) {
        box(third).click();
        await wait(50); // a change sooner than the pause after which the kernel is told
        back.push(...[first, second].filter((code) => box(code).checked));
    }
    return back;
}"""


def test_a_click_before_a_busy_kernel_has_answered_is_not_undone(page):
    bring(page, PARTNERS)
    assert page.evaluate(BUSY, [PARTNERS, "DEU", "JPN", "KOR"]) == []
    settled(page, PARTNERS)
    assert page.locator(f"{PARTNERS} :is(.a-DEU,.a-JPN)").count() == 0


def test_axes_and_title_are_those_of_who_is_left(page):
    bring(page, PARTNERS)
    title, axis = page.locator(f"{PARTNERS} figcaption b").inner_text(), texts(page, PARTNERS)
    preset(page, "Central Asia")
    assert page.locator(f"{PARTNERS} figcaption b").inner_text() != title
    assert texts(page, PARTNERS) != axis and page.locator(f"{PARTNERS} svg .a-RUS").count()


def test_a_picture_out_of_the_window_is_drawn_when_it_comes_into_it(page):
    bring(page, PARTNERS)
    click(page, "USA")
    settled(page, PARTNERS)
    assert page.locator(f"{COAL}.o-USA").count() == 0
    bring(page, COAL)
    assert page.locator(f"{COAL}.o-USA").count() == 1


def test_a_slider_draws_for_those_shown(page):
    bring(page, RANKS)
    click(page, "USA", RANKS)
    settled(page, RANKS)
    page.locator(".jp-Cell", has=page.locator(RANKS)).locator("button[data-value=RUS]").click()
    page.wait_for_selector("#fig-trade-ranks-rus.o-USA", state="attached", timeout=15_000)
    page.locator(".jp-Cell", has=page.locator("#fig-trade-ranks-rus")).locator(
        "button[data-value=CHN]"
    ).click()
    page.wait_for_selector(f"{RANKS}.o-USA", state="attached", timeout=15_000)


def test_same_axes_hides_and_draws_nothing(page):
    bring(page, PARTNERS)
    axis = texts(page, PARTNERS)
    bar(page, PARTNERS).locator("input[value=same]").check()
    click(page, "USA")
    page.wait_for_timeout(1500)
    assert texts(page, PARTNERS) == axis and page.locator(f"{PARTNERS} svg .a-USA").count()
    bar(page, PARTNERS).locator("input[value=same]").uncheck()
    settled(page, PARTNERS)
    assert texts(page, PARTNERS) != axis and not page.locator(f"{PARTNERS} svg .a-USA").count()


def test_only_what_was_known_then_holds_in_the_new_drawing(page):
    bring(page, PARTNERS)
    click(page, "USA")
    settled(page, PARTNERS)
    later = page.locator(f"{PARTNERS} svg .since").first
    bar(page, PARTNERS).locator("input[value=then]").check()
    assert later.evaluate("(one) => getComputedStyle(one).visibility") == "hidden"


def test_who_is_needed_is_named_and_the_button_brings_it_back(page):
    bring(page, PARTNERS)
    click(page, "CHN")
    settled(page, PARTNERS)
    said = page.locator(f"{PARTNERS} .missing >> visible=true")
    assert "with China, which is switched off" in said.inner_text()
    assert page.locator(f"{PARTNERS} svg").is_hidden()
    said.get_by_role("button").click()
    settled(page, PARTNERS)
    assert page.locator(f"{PARTNERS} svg").is_visible() and said.count() == 0


def test_from_one_actor_to_another_nothing_false_is_said(page):
    """Before it is drawn anew the drawing holds nobody who is on, and yet it is not said that nothing is left."""
    bring(page, PARTNERS)
    preset(page, "none")
    preset(page, "China, Russia, USA")
    assert page.locator(f"{PARTNERS}.o-DEU").count()
    for code in ("RUS", "USA", "DEU"):
        click(page, code)
    assert page.locator(f"{PARTNERS}.o-DEU").count()
    assert page.locator(f"{PARTNERS} .missing >> visible=true").count() == 0
    settled(page, PARTNERS)
    assert page.locator(f"{PARTNERS} svg .a-DEU").count()


def _at(page, *places):
    return [round(page.evaluate(TOP, place)) for place in places]


@pytest.mark.parametrize("place", [PARTNERS, RANKS])
def test_nothing_jumps_when_the_picture_below_the_bar_settles(page, place):
    bring(page, place)
    cell = f".jp-Cell:has({place})"
    places = f"{cell} .actorbar", place, f"{cell} .jp-OutputArea"
    before = _at(page, *places)
    preset(page, "the West", place)
    assert _at(page, *places) == before


def test_what_is_read_stays_when_a_picture_above_it_settles(page):
    """The reader stands below a picture that grows or shrinks as it is drawn anew."""
    bring(page, PARTNERS)
    words = page.locator(f"{PARTNERS} .fig-alt")
    words.locator("summary").click()
    page.evaluate(
        f"() => {{ {PANE}.scrollTop += document.querySelector('{PARTNERS} .fig-alt p').getBoundingClientRect().bottom - {PANE}.getBoundingClientRect().top - 40 }}"
    )
    below = f"{PARTNERS} .fig-table"
    click(page, "DEU")
    before, tall = _at(page, below), page.locator(PARTNERS).evaluate("(one) => one.offsetHeight")
    settled(page, PARTNERS)
    assert page.locator(PARTNERS).evaluate("(one) => one.offsetHeight") < tall
    assert _at(page, below) == pytest.approx(before, abs=1)
    bring(page, PARTNERS)
    words.locator("summary").click()


def test_what_is_open_scrolled_and_in_focus_stays_so(page):
    bring(page, PARTNERS)
    table = page.locator(f"{PARTNERS} .fig-table")
    table.locator("summary").click()
    table.locator(".fig-scroll").evaluate(
        "(box) => { box.scrollTop = 40; box.focus({ preventScroll: true }); }"
    )
    before = _at(page, PARTNERS)
    click(page, "USA")
    settled(page, PARTNERS)
    assert table.locator(".fig-scroll").evaluate(
        "(box) => [box.scrollTop, box === document.activeElement]"
    ) == [40, True]
    assert _at(page, PARTNERS) == before
    table.locator("summary").click()


def texts(page, figure):
    """What stands in a drawing."""
    return page.locator(f"{figure} svg text").all_text_contents()


def status(page):
    return page.locator(".actorbar .status").first.inner_text()


def pause(page):
    """Longer than what is undone together."""
    page.wait_for_timeout(700)


def test_a_double_click_leaves_one_actor_alone_and_undo_goes_back(page):
    bring(page, PARTNERS)
    bar(page, PARTNERS).evaluate("(bar) => { bar.querySelector('details').open = true; }")
    everybody = status(page)
    undo = bar(page, PARTNERS).get_by_role("button", name="Undo")
    pause(page)
    bar(page, PARTNERS).get_by_text("Japan", exact=True).dblclick()
    assert status(page).endswith("actors shown: Japan")
    pause(page)
    bar(page, PARTNERS).locator("input[value=JPN]").dblclick()
    assert status(page) == everybody
    pause(page)
    undo.click()
    assert status(page).endswith("actors shown: Japan")
    pause(page)
    bar(page, PARTNERS).locator("input[value=DEU]").press("Shift+Space")
    assert status(page).endswith("actors shown: Germany")
    pause(page)
    click(page, "CHN")
    settled(page, PARTNERS)
    drawn = page.locator(f"{PARTNERS} svg")
    assert drawn.locator(".a-DEU").count() and not drawn.locator(".a-RUS").count()
    said = []
    for _ in range(3):
        undo.click()
        said.append(status(page))
    assert [one.rpartition(": ")[2] for one in said] == ["Germany", "Japan", "all"]
    assert said[-1] == everybody
    settled(page, PARTNERS)
    assert drawn.locator(".a-RUS").count()


def test_the_address_says_who_is_on_and_takes_them_back(page):
    before = page.url
    preset(page, "China, Russia, USA")
    assert page.url == f"{before}#actors=CHN,RUS,USA&bar=economic"
    bar(page, PARTNERS).locator("input[value=then]").check()
    assert page.url.endswith("#actors=CHN,RUS,USA&vintage=then&bar=economic")
    bar(page, PARTNERS).locator("input[value=then]").uncheck()
    preset(page, "all")
    assert page.url == before


def test_a_heading_s_link_still_leads_to_it(page):
    preset(page, "China, Russia, USA")
    head = page.locator(".jp-Notebook h3", has=page.locator(".jp-InternalAnchorLink")).last
    head.locator(".jp-InternalAnchorLink").evaluate("(link) => link.click()")
    page.wait_for_timeout(1000)
    top = head.evaluate(
        f"(head) => head.getBoundingClientRect().top - {PANE}.getBoundingClientRect().top"
    )
    assert 0 <= top < page.evaluate(f"() => {PANE}.clientHeight")


def test_a_picture_of_two_has_no_bar_of_its_own(page):
    assert bar(page, "#fig-trade-mirror").count() == 0
    assert bar(page, PARTNERS).count() == 1


def test_a_page_opened_with_an_address_begins_there(lab, browser):  # noqa: F811
    page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
    page.goto(
        f"{lab}/lab/workspaces/start/tree/00_start_here.ipynb?token={TOKEN}#actors=CHN,RUS,DEU"
    )
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(IDLE, timeout=120_000)
    run_all(page)
    assert "3 of" in status(page) and status(page).endswith("China, Russia, Germany")
    bring(page, "figure.actorfig")
    assert page.locator("figure.actorfig.o-USA").count() == 1
    page.context.close()
