"""A real JupyterLab in a real browser: what a reader meets who runs a notebook and clicks, saves, and comes back the next day.

It is notebook 01 with the claims that are looked at here; test_lab_student goes through all of it.

A click hides at once, and a moment later the pictures in the window are drawn anew for the actors shown.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import nbformat
import pytest
from conftest import ROOT

TOKEN = "a-token-for-this-test"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The reader's folder: workbook/ with the notebooks, answers.json with what the reader said."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(home):
    """JupyterLab on a reader's fresh workbook, on the loopback address. Yields its address."""
    with serving(home) as address:
        shorten(home / "workbook" / f"{NAME}.ipynb")
        yield address
    shutil.rmtree(home / "workbook")


def shorten(path):
    """Leave of notebook 01 the claims E4, E7 and E1, and of E3 all but its long exercises in code."""
    notebook = nbformat.read(path, 4)
    at = {cell.id: number for number, cell in enumerate(notebook.cells)}
    kept = (0, "part-energy"), ("e7", "e11"), ("e1", "more-partners")
    kept += (("e3-india-head", "ex-e3-code-five-words"),)
    parts = [notebook.cells[at.get(first, 0) : at[end]] for first, end in kept]
    notebook.cells = sum(parts, [])
    nbformat.write(notebook, path)


@contextmanager
def serving(home, start=None):
    """`frenemies lab` in a reader's home, or what else `start` (a list of words) starts, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "FRENEMIES_DIARY": str(home / "answers.json"),
    }
    options = [
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--ip=127.0.0.1",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
    ]
    start = start or [sys.executable, "-m", "frenemies", "lab", str(home / "workbook")]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [*start, "--no-browser", *options],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", server, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, 15)
            server.wait(30)


def _wait_for(url, server, log):
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not answer: {log.read_text()}")


NOTEBOOK = "window.jupyterapp.shell.currentWidget.content"
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
# every cell is on the page, and the kernel waits for work
OPEN = """() => {
    const one = window.jupyterapp?.shell.currentWidget, cells = one?.content?.model?.cells?.length;
    return Boolean(cells) && one.content.widgets.length === cells && one.sessionContext.isReady && one.sessionContext.session?.kernel?.status === "idle";
}"""
RUN = """() => {
    window.ran = false;
    window.jupyterapp.commands.execute("notebook:run-all-cells").then(() => { window.ran = true; });
}"""
# Keeps which messages the kernel has not done with. It works on those of widgets beside all others, so an answer to a later one says nothing.
HEAR = f"""() => {{
    window.heard = {{ open: new Set(), count: 0 }};
    {KERNEL}.anyMessage.connect((_, {{ msg, direction }}) => {{
        if (!/^(comm|execute)|^status$/.test(msg.header.msg_type)) return;
        if (direction === "send") window.heard.open.add(msg.header.msg_id);
        if (msg.content.execution_state === "idle") window.heard.open.delete(msg.parent_header.msg_id);
        window.heard.count += msg.header.msg_type !== "status";
    }});
}}"""
# The page and the kernel have told each other all they had to. A pause is longer than what a script of ours waits before it tells
# the kernel; what the kernel answered is on the page once the answer to one more question is.
QUIET = f"""async () => {{
    const pause = (time) => new Promise((done) => {{ requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, time))); }});
    const last = performance.now() + 60000;
    let before;
    do {{
        before = window.heard.count;
        await pause(150);
        while (window.heard.open.size && performance.now() < last) await pause(20);
        await {KERNEL}.requestKernelInfo();
    }} while (window.heard.count !== before && performance.now() < last);
    return window.heard.count === before && !window.heard.open.size;
}}"""


def unfold(page):
    """Open every folded heading."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:expand-all-headings')")


def quiet(page):
    """Wait until the page and its kernel have nothing more to tell each other."""
    assert page.evaluate(QUIET), "page and kernel went on telling each other something"


def opened(lab, context, name, size=(1300, 1000), where=""):
    """A notebook in a page of its own, all its cells there and its kernel idle. context: a browser, or one of its contexts."""
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{lab}/lab/workspaces/{name}/tree/{name}.ipynb?token={TOKEN}{where}")
    page.wait_for_function(OPEN, timeout=120_000)
    page.evaluate(HEAR)
    return page


# who has not guessed sees what waits for a guess all the same
LOOK = "() => document.querySelectorAll('.heldto-sheet button').forEach((one) => one.click())"


def run_all(page, look=True):
    """Run every cell, and wait until everything is on the page. look: also at what waits for a guess."""
    page.evaluate(RUN)
    page.wait_for_function("() => window.ran", timeout=120_000)
    quiet(page)
    if look:
        page.evaluate(LOOK)
        page.wait_for_selector(".actorbar input[value=RUS]", state="attached", timeout=60_000)
        quiet(page)
    return page


def errors(page):
    """What a reader would see go wrong: red boxes, and the names of errors in outputs."""
    red = page.locator(
        ".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']"
    ).all_inner_texts()
    said = page.locator(".jp-OutputArea-output", has_text="Error").all_inner_texts()
    return red + [text for text in said if "Error" in text]


@pytest.fixture(scope="module")
def context(browser):
    """The pages share it, so JupyterLab itself is fetched once."""
    context = browser.new_context()
    yield context
    context.close()


NAME = "01_economic"
PICTURES = 7


@pytest.fixture(scope="module")
def fresh(lab, context):
    """Notebook 01, as it opens."""
    return opened(lab, context, NAME)


@pytest.fixture(scope="module")
def ran(fresh):
    """The same page after every cell was run."""
    run_all(fresh)
    unfold(fresh)
    return fresh


def _visible(page, code):
    """How many marks of an actor show in the pictures that can do without it."""
    return page.evaluate(
        f"() => [...document.querySelectorAll('.actorfig:not(.n-{code}) svg .a-{code}')].filter(one => getComputedStyle(one).visibility === 'visible').length"
    )


def test_nothing_stands_before_anything_is_run(fresh):
    assert fresh.locator(".jp-OutputArea-output").count() == 0


def test_every_cell_runs_without_an_error(ran):
    assert errors(ran) == []
    assert ran.locator("figure.actorfig:not(.yardstick) svg").count() == PICTURES


def test_three_clicks_change_the_picture_at_once(ran):
    bar = ran.locator(".actorbar").first
    for code in ("RUS", "USA", "JPN"):
        assert _visible(ran, code) > 0, code
        bar.locator(f"input[value={code}]").click()
        assert _visible(ran, code) == 0, code
    assert "16 of 19 actors shown" in bar.locator("[role=status]").inner_text()
    bar.get_by_role("button", name="all", exact=True).click()
    assert _visible(ran, "RUS") > 0


def test_what_must_be_recomputed_follows_from_the_kernel(ran):
    quiet(ran)  # the answer to earlier clicks is in
    line = ran.locator(".live").first
    before = line.inner_text()
    ran.locator(".actorbar").first.locator("input[value=RUS]").click()
    quiet(ran)
    assert line.inner_text() != before
    ran.locator(".actorbar").first.get_by_role("button", name="all", exact=True).click()
    quiet(ran)
    assert line.inner_text() == before


def test_the_keyboard_does_it_too(ran):
    box = ran.locator(".actorbar").first.locator("input[value=RUS]")
    box.focus()
    ran.keyboard.press("Space")
    assert not box.is_checked()
    ran.keyboard.press("Space")
    assert box.is_checked()
    boxes = ran.locator(".actorbar").first.locator("fieldset input:enabled")
    codes = boxes.evaluate_all("boxes => boxes.map((box) => box.value)")
    ran.keyboard.press("Tab")
    following = codes[codes.index("RUS") + 1]
    assert ran.evaluate("() => document.activeElement.value") == following


def test_only_what_was_known_then(ran):
    switch = ran.locator(".actorbar").first.locator("input[value=then]")
    hidden = "() => [...document.querySelectorAll('.actorfig svg .since')].every(one => getComputedStyle(one).visibility === 'hidden')"
    switch.check()
    assert ran.evaluate(hidden)
    switch.uncheck()
    assert not ran.evaluate(hidden)


PANE = f"{NOTEBOOK}.node.querySelector('.jp-WindowedPanel-outer')"
TOP = f"(id) => document.querySelector(id).getBoundingClientRect().top - {PANE}.getBoundingClientRect().top"
PARTNERS, RANKS, COAL = "#fig-trade-partners", "#fig-trade-ranks-chn", "#fig-coal"
AT_ONCE = """([id, code]) => {
    const cell = document.querySelector(id).closest(".jp-Cell"), look = (one) => getComputedStyle(one).visibility;
    cell.querySelector(`.actorbar input[value=${code}]`).click();
    return [...document.querySelectorAll(`${id} svg .a-${code}`)].map(look);
}"""
SAID = """(id) => {
    const one = document.querySelector(id);
    return { old: one.classList.contains("o-DEU"), says: [...one.querySelectorAll(".missing")].filter((two) => two.getClientRects().length).map((two) => two.innerText) };
}"""
SETTLED = """(id) => {
    const one = document.querySelector(id), boxes = [...one.closest(".jp-Cell").querySelectorAll(".actorbar fieldset input")];
    const same = one.closest(".jp-Cell").querySelector("[value=same]").checked;
    const gone = one.querySelector("svg").getClientRects().length === 0; // a message stands in its place
    return same || gone || boxes.every((box) => box.checked !== one.classList.contains(`o-${box.value}`));
}"""


@pytest.fixture
def page(ran):
    """Every cell was run; after each test everybody is on, and the axes are fitted."""
    yield ran
    bring(ran, PARTNERS)
    for box in ("same", "then"):
        ran.locator(f".actorbar input[value={box}]").first.evaluate(
            "(box) => box.checked && box.click()"
        )
    preset(ran, "all")
    assert errors(ran) == []


def bring(page, figure, to="start"):
    """Scroll a picture into the window, its cell's bar with it, and wait until it is settled."""
    page.evaluate("() => dispatchEvent(new Event('wheel'))")  # as a reader does before
    page.locator(figure).evaluate(
        f"(one) => one.closest('.jp-Cell').querySelector('.jp-OutputArea').scrollIntoView({{ block: '{to}' }})"
    )
    settled(page, figure)


def settled(page, figure):
    """Wait until a picture in the window is drawn for whoever is on."""
    quiet(page)
    assert page.evaluate(SETTLED, figure)


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
    ghosts = page.locator(f"{PARTNERS} .ghosts").text_content()
    assert ghosts == "Switched off: Germany"
    assert page.locator(PARTNERS).text_content().count("Germany") == ghosts.count("Germany")
    click(page, "DEU")
    settled(page, PARTNERS)
    assert whole(page, PARTNERS) == before


WRITTEN = """async ([id, code]) => {
    const figure = document.querySelector(id), { bar } = figure.dataset;
    const records = [], watch = new MutationObserver((some) => records.push(...some));
    watch.observe(document.querySelector(`style[id^=actorbar-style-${bar}]`), { childList: true });
    figure.closest(".jp-Cell").querySelector(`.actorbar input[value=${code}]`).click();
    await new Promise(requestAnimationFrame);
    return records.length;
}"""


def test_a_click_writes_the_style_that_hides_once_for_all_bars_of_a_page(page):
    bring(page, PARTNERS)
    assert page.locator(".actorbar").count() > 1
    assert page.evaluate(WRITTEN, [PARTNERS, "DEU"]) == 1
    settled(page, PARTNERS)


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


STAYS = """([id, name]) => {
    const bar = document.querySelector(id).closest(".jp-Cell").querySelector(".actorbar"), top = () => bar.getBoundingClientRect().top;
    const before = top(), height = document.querySelector("#fig-trade-partners svg").getClientRects().length;
    [...bar.querySelectorAll(".presets button")].find((one) => one.innerText === name).click();
    return [top() - before, height - document.querySelector("#fig-trade-partners svg").getClientRects().length];
}"""


def test_a_click_leaves_the_bar_where_it_is_though_pictures_above_it_go(page):
    bring(page, COAL)
    for name, gone in (("none", 1), ("all", -1)):
        moved, hidden = page.evaluate(STAYS, [COAL, name])
        assert abs(moved) < 2 and hidden == gone, name
        settled(page, COAL)


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
    quiet(page)
    assert page.locator("#fig-trade-ranks-rus.o-USA").count() == 1
    page.locator(".jp-Cell", has=page.locator("#fig-trade-ranks-rus")).locator(
        "button[data-value=CHN]"
    ).click()
    quiet(page)
    assert page.locator(f"{RANKS}.o-USA").count() == 1


def test_arrow_keys_go_on_from_where_a_drawing_was_clicked(page):
    bring(page, PARTNERS)
    line = page.locator(f"{PARTNERS} svg .a-USA[data-tell]:not(.since)").first.bounding_box()
    told = f"{PARTNERS} .told-here"
    page.mouse.click(line["x"] + 2, line["y"] + line["height"] - 2)  # it rises from there
    who, year = page.locator(told).inner_text().split(":")[0].rsplit(", ", 1)
    page.keyboard.press("ArrowRight")
    assert page.locator(told).inner_text().startswith(f"{who}, {int(year) + 1}:")
    page.keyboard.press("Escape")


def test_same_axes_hides_and_draws_nothing(page):
    bring(page, PARTNERS)
    axis = texts(page, PARTNERS)
    bar(page, PARTNERS).locator("input[value=same]").check()
    click(page, "USA")
    quiet(page)
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


def test_whom_a_picture_always_shows_is_locked_in_its_bar(page):
    bring(page, COAL)
    bar(page, COAL).locator("input[value=CHN]").evaluate("(box) => box.click()")
    settled(page, COAL)
    bring(page, PARTNERS)
    settled(page, PARTNERS)
    locked = bar(page, PARTNERS).locator("input[value=CHN]")
    assert locked.is_disabled() and locked.is_checked()
    assert "always on here" in bar(page, PARTNERS).text_content()
    faded = "(bar) => [...bar.children].some((part) => getComputedStyle(part).opacity !== '1')"
    assert not bar(page, PARTNERS).evaluate(faded)
    assert page.locator(f"{PARTNERS} svg").is_visible()
    assert "Always on here: China" in page.locator(f"{PARTNERS} .kept").inner_text()


def test_from_one_actor_to_another_nothing_false_is_said(page):
    """Before it is drawn anew the drawing holds nobody who is on, and yet it is not said that nothing is left."""
    bring(page, PARTNERS)
    preset(page, "none")
    preset(page, "China, Russia, USA")
    assert page.locator(f"{PARTNERS}.o-DEU").count()
    found = page.evaluate(
        f"([id, codes]) => {{ codes.forEach((code) => ({AT_ONCE})([id, code])); return ({SAID})(id); }}",
        [PARTNERS, ["RUS", "USA", "DEU"]],
    )
    assert found == {"old": True, "says": []}
    settled(page, PARTNERS)
    assert page.locator(f"{PARTNERS} svg .a-DEU").count()


def _at(page, *places):
    return [page.evaluate(TOP, place) for place in places]


@pytest.mark.parametrize("place", [PARTNERS, RANKS])
def test_nothing_jumps_when_the_picture_below_the_bar_settles(page, place):
    bring(page, place)
    cell = f".jp-Cell:has({place})"
    places = f"{cell} .actorbar", place, f"{cell} .jp-OutputArea"
    before = _at(page, *places)
    preset(page, "the West", place)
    assert _at(page, *places) == pytest.approx(before, abs=0.99)  # a window scrolls by whole pixels


def test_what_is_read_stays_when_a_picture_above_it_settles(page):
    """The reader stands below a picture that grows as it is drawn anew."""
    bring(page, PARTNERS)
    grows = page.add_style_tag(content=f"{PARTNERS}.o-DEU figcaption {{ padding-bottom: 60px }}")
    words = page.locator(f"{PARTNERS} .fig-alt")
    words.locator("summary").click()
    page.evaluate(
        f"() => {{ {PANE}.scrollTop += document.querySelector('{PARTNERS} .fig-alt p').getBoundingClientRect().bottom - {PANE}.getBoundingClientRect().top - 40 }}"
    )
    below = f"{PARTNERS} .fig-table"
    look = f"[({TOP})(below), document.querySelector(id).offsetHeight]"
    before, tall = page.evaluate(
        f"([id, code, below]) => {{ ({AT_ONCE})([id, code]); return {look}; }}",
        [PARTNERS, "DEU", below],
    )
    settled(page, PARTNERS)
    after, now = page.evaluate(f"([id, below]) => {look}", [PARTNERS, below])
    grows.evaluate("one => one.remove()")
    assert now > tall and after == pytest.approx(before, abs=1.5)
    bring(page, PARTNERS)
    words.locator("summary").click()


def test_what_is_open_scrolled_and_in_focus_stays_so(page):
    bring(page, PARTNERS)
    low = page.add_style_tag(content=".fig-scroll { max-height: 8rem !important; }")
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
    assert _at(page, PARTNERS) == pytest.approx(
        before, abs=0.99
    )  # a window scrolls by whole pixels
    table.locator("summary").click()
    low.evaluate("one => one.remove()")


def texts(page, figure):
    """What stands in a drawing."""
    return page.locator(f"{figure} svg text").all_text_contents()


# a double click, however slow the machine is: a driver's own takes longer than one of a hand where there is much to do
TWICE = """(one) => {
    one.click();
    one.click();
    one.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
}"""


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
    bar(page, PARTNERS).get_by_text("Japan", exact=True).evaluate(TWICE)
    assert status(page).endswith("actors shown: Japan")
    pause(page)
    bar(page, PARTNERS).locator("input[value=JPN]").evaluate(TWICE)
    assert status(page) == everybody
    pause(page)
    undo.click()
    assert status(page).endswith("actors shown: Japan")
    pause(page)
    bar(page, PARTNERS).locator("input[value=DEU]").press("Shift+Space")
    assert status(page).endswith("actors shown: Germany")
    settled(page, PARTNERS)
    drawn = page.locator(f"{PARTNERS} svg")
    assert drawn.locator(".a-DEU").count() and not drawn.locator(".a-RUS").count()
    said = []
    for _ in range(2):
        undo.click()
        said.append(status(page))
    assert [one.rpartition(": ")[2] for one in said] == ["Japan", "all"]
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
    there = f"(head) => {{ const top = head.getBoundingClientRect().top - {PANE}.getBoundingClientRect().top; return top >= 0 && top < {PANE}.clientHeight; }}"
    page.wait_for_function(there, arg=head.element_handle(), timeout=10_000)


def test_a_picture_of_two_has_no_bar_of_its_own(page):
    assert bar(page, "#fig-trade-mirror").count() == 0
    assert bar(page, PARTNERS).count() == 1


def _answered(page, form, fill, button, says):
    """Fill in one of the forms, click, and wait for what it says."""
    box = page.locator(".lm-Widget.widget-vbox", has_text=form).last
    fill(box)
    box.get_by_role("button", name=button).click()
    box.get_by_text(says).first.wait_for(timeout=15_000)


def test_nothing_of_the_reader_s_is_stored_in_the_notebook(ran, home):
    """A guess and an answer are given and shown; the notebook is saved, and the file holds neither, nor a widget's view or state."""
    _answered(
        ran,
        "Your verdict on E1",
        lambda box: box.get_by_text("no table here can tell").click(),
        "Record my guess",
        "Recorded: undecided, 50 %. Go on below.",
    )
    _answered(
        ran,
        "Exercise E1-total",
        lambda box: box.locator("input[type=text]").first.fill("31415.9"),
        "Check",
        "Not yet.",
    )
    assert '"undecided"' in (home / "answers.json").read_text(encoding="utf-8")
    ran.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    path = home / "workbook" / "01_economic.ipynb"
    stored = path.read_text(encoding="utf-8")
    assert any(cell.get("outputs") for cell in json.loads(stored)["cells"])
    kept_out = ("You said", "31415", "Not yet.", "widget-view", "widget-state", "answers.json")
    assert [word for word in kept_out if word in stored] == []
    assert "widgets" not in json.loads(stored)["metadata"]


def _stored(path):
    """The outputs of each cell in the file."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell.get("outputs", []) for cell in cells]


@pytest.fixture(scope="module")
def first_day(ran, home):
    """The notebook's file after the reader has left, and the kernel has ended."""
    ran.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    ran.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    ran.close()
    return home / "workbook" / f"{NAME}.ipynb"


@pytest.fixture(scope="module")
def second_day(first_day, lab, context):
    """The same notebook with a new kernel, as it opens at an address that says who is on."""
    page = opened(lab, context, NAME, where="#actors=CHN,RUS,DEU")
    page.wait_for_function(
        "outputs => document.querySelectorAll('.jp-OutputArea-output').length >= outputs",
        arg=sum(map(len, _stored(first_day))),
        timeout=60_000,
    )
    quiet(page)  # a widget would have looked for its kernel
    return page


def _outputs(page):
    return page.locator(".jp-OutputArea-output").all_inner_texts()


def test_what_is_saved_holds_no_widget_of_a_kernel_that_is_gone(first_day):
    kinds = [set(output.get("data", ())) for outputs in _stored(first_day) for output in outputs]
    assert [kind for kind in kinds if "application/vnd.jupyter.widget-view+json" in kind] == []
    assert [kind for kind in kinds if "text/html" in kind]
    assert "widgets" not in json.loads(first_day.read_text(encoding="utf-8"))["metadata"]


def test_it_opens_trusted_and_without_an_error(second_day):
    assert [text for text in _outputs(second_day) if "Error displaying widget" in text] == []
    assert errors(second_day) == []
    cells = f"() => [...{NOTEBOOK}.model.cells]"
    assert second_day.evaluate(f"({cells})().every(cell => cell.type !== 'code' || cell.trusted)")


def test_pictures_guesses_and_exercises_stand_without_a_bar(second_day):
    second_day.wait_for_function(
        f"() => document.querySelectorAll('figure img').length >= {PICTURES}", timeout=60_000
    )
    stands = _outputs(second_day)
    assert second_day.locator(".actorbar").count() == 0  # a bar without a kernel would do nothing
    assert [text for text in stands if "Your verdict on E1" in text]
    assert [text for text in stands if "Exercise E1-total" in text]


def test_run_all_brings_everything_to_life(second_day, home):
    run_all(second_day)
    assert errors(second_day) == [] and _visible(second_day, "RUS") > 0
    second_day.locator(".actorbar").first.locator("input[value=RUS]").click()
    assert _visible(second_day, "RUS") == 0
    _answered(
        second_day,
        "Your verdict on E4",
        lambda box: box.get_by_text("no table here can tell").click(),
        "Record my guess",
        "Recorded: undecided",
    )
    assert '"E4"' in (home / "answers.json").read_text(encoding="utf-8")


def test_a_page_opened_with_an_address_begins_there(second_day):
    second_day.locator(".actorbar").first.locator("input[value=RUS]").click()
    assert "3 of" in status(second_day) and status(second_day).endswith("China, Russia, Germany")
    unfold(second_day)
    bring(second_day, PARTNERS)
    assert second_day.locator(f"{PARTNERS}.o-USA").count() == 1
