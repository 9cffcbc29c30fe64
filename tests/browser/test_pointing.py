"""Pointing at a mark, and walking a drawing by keys: in a handout of all pictures. Of a real JupyterLab see test_lab_student."""

import re
from itertools import pairwise

import nbformat
import pytest
import sample
from conftest import absent, drawings
from matplotlib.colors import to_rgb
from test_handout import AXE, complaints

import frenemies as fr
from heldto import toggles
from heldto.evidence import actors
from heldto.publish.handouts.exporter import HandoutExporter

DRAWINGS = drawings()
LINES = "#fig-trade-partners"
LABEL = "one => one.querySelector('.told-here')?.textContent ?? ''"


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """A handout of every picture."""
    cells = [nbformat.v4.new_markdown_cell("# Pictures")]
    for draw in DRAWINGS.values():
        shown = sample.ours(draw().to_html)
        cells.append(nbformat.v4.new_code_cell("picture", outputs=[shown]))
    ruled = sample.ours(fr.yardstick("F5").to_html)
    cells.append(nbformat.v4.new_code_cell("ruler", outputs=[ruled]))
    notebook = nbformat.v4.new_notebook(cells=cells)
    made = HandoutExporter().from_notebook_node(notebook, {"metadata": {"name": "all"}})[0]
    path = tmp_path_factory.mktemp("pointing") / "all.html"
    path.write_text(made, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1366, "height": 900})
    tab.faults = []
    tab.on("pageerror", lambda error: tab.faults.append(str(error)))
    tab.goto(path.as_uri())
    yield tab
    assert tab.faults == []
    tab.close()


@pytest.fixture(autouse=True)
def _nothing_is_pointed_at(request):
    if "page" in request.fixturenames:
        page = request.getfixturevalue("page")
        page.evaluate("location.hash = ''")
        page.mouse.move(2, 2)
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")


def told(page, figure):
    return page.locator(figure).evaluate(LABEL)


SPOT = """(svg, mark) => {
    const shape = [...svg.querySelector(mark).querySelectorAll("path, use")].at(-1);
    shape.scrollIntoView({ block: "center", behavior: "instant" });
    const box = shape.getBoundingClientRect(), line = getComputedStyle(shape).fill === "none";
    const start = line && /^M(-?[\\d.]+) (-?[\\d.]+)/.exec(shape.getAttribute("d")).slice(1).map(Number);
    const there = line && new DOMPoint(...start).matrixTransform(svg.getScreenCTM());
    return line ? [there.x + 1, there.y] : [box.x + box.width / 2, box.y + box.height / 2];
}"""


def spot(page, figure, mark):
    """Where a mark is on the screen: the start of a line, the middle of what is filled."""
    return page.locator(f"{figure} svg").evaluate(SPOT, mark)


def dimmed(page, figure, code):
    return page.locator(figure).evaluate(
        """(one, code) => [...new Set([...one.querySelectorAll(`svg .a-${code}:not(.then)`)].map(mark => getComputedStyle(mark).opacity))]""",
        code,
    )


SEEN = """(svg) => [...svg.querySelectorAll("text")].filter(
    (one) => getComputedStyle(one).visibility === "visible").map((one) => one.textContent)"""


def test_of_few_actors_each_line_has_its_name_and_its_colour(page):
    """Of all, some lines are pale and have no name: two of them alone could not be told apart."""
    everybody = page.locator("#fig-ideal svg").first.evaluate(SEEN)
    assert not any(text.startswith("Armenia") for text in everybody)
    page.evaluate("location.hash = 'actors=ARM,SAU'")
    page.wait_for_function("() => /^2 of/.test(document.querySelector('.bar-count').textContent)")
    names = [text.split(" ")[0] for text in page.locator("#fig-ideal svg").first.evaluate(SEEN)]
    assert {"Armenia", "Saudi"} <= {*names} and "China" not in names
    ends = page.locator("#fig-ideal").evaluate(ENDS)
    assert {round(end["up"] - end["own"]) for end in ends} == {0}
    paint = "(one) => getComputedStyle(one.querySelector('.faint.a-ARM > *')).stroke"
    red, green, blue = to_rgb(actors.colour("ARM"))
    wanted = f"rgb({round(255 * red)}, {round(255 * green)}, {round(255 * blue)})"
    assert page.locator("#fig-ideal svg").first.evaluate(paint) == wanted


ENDS = """(figure) => [...figure.querySelectorAll("svg:not(.narrow) [data-end]")].filter(
    (one) => one.querySelector("text") && getComputedStyle(one).visibility === "visible").map((one) => {
        const [panel, drawn, own, gap] = one.dataset.end.split(" ").map(Number);
        return { panel, drawn, own, gap, text: one.textContent,
            up: drawn - (one.style.transform ? new DOMMatrix(one.style.transform).f : 0) };
    })"""
TILTED = """(figure) => [...figure.querySelectorAll("svg:not(.narrow) [data-end]")].filter(
    (one) => !one.querySelector("text") && getComputedStyle(one).visibility === "visible").map((one) => {
        const shape = one.querySelector("path").getBoundingClientRect();
        return one.style.display === "none" ? 0 : shape.height / one.ownerSVGElement.getScreenCTM().a;
    })"""  # how high the leaders are, in points
FEW_ON = ("CHN,RUS", "ARM,SAU", "JPN,USA,RUS", "IND,KOR", "CHN,USA,RUS&vintage=then", "CHN")


@pytest.mark.parametrize("shown", FEW_ON)
def test_of_few_actors_names_stand_where_their_lines_end(page, shown):
    """Drawn for all, they stand apart: those that are left have room at their own places, and where two have none, they stand as near as can be."""
    page.evaluate("shown => { location.hash = `actors=${shown}` }", shown)
    page.wait_for_function(
        "() => /^[123] of/.test(document.querySelector('.bar-count').textContent)"
    )
    found = 0
    for figure in page.locator(".actorfig:has([data-end])").all():
        name, ends = figure.get_attribute("id"), figure.evaluate(ENDS)
        found += len(ends)
        for panel in {end["panel"] for end in ends}:
            ups = sorted(
                (end["up"], end["own"], end["gap"]) for end in ends if end["panel"] == panel
            )
            apart = [other[0] - one[0] for one, other in pairwise(ups)]
            assert all(far > ups[0][2] - 0.5 for far in apart), (name, ups)
            crowd = [0, *(far < ups[0][2] + 0.5 for far in apart), 0]
            alone = [
                end for end, *near in zip(ups, crowd, crowd[1:], strict=False) if not any(near)
            ]
            assert all(abs(up - own) < 0.5 for up, own, _ in alone), (name, alone)
        assert max(figure.evaluate(TILTED), default=0) < 40, name
    assert found > 3
    page.evaluate("location.hash = ''")
    page.wait_for_function(
        "() => !/^[123] of/.test(document.querySelector('.bar-count').textContent)"
    )
    for figure in page.locator(".actorfig:has([data-end])").all():
        ends = figure.evaluate(ENDS)
        assert all(end["up"] == end["drawn"] for end in ends), figure.get_attribute("id")


def test_pointing_tells_a_figure_and_dims_the_others(page):
    page.mouse.move(*spot(page, LINES, ".a-JPN[data-tell]:not(.since)"))
    assert told(page, LINES) == "Japan, 2000: 83.1 USD bn"
    cell = page.locator(f"{LINES} tbody tr", has=page.locator("th", has_text="2000"))
    heads = page.locator(f"{LINES} thead th").all_text_contents()
    assert cell.locator("td").nth(heads.index("Japan") - 1).text_content() == "83.1"
    assert dimmed(page, LINES, "JPN") == ["1"] and dimmed(page, LINES, "KOR") == ["0.2"]
    page.mouse.move(2, 2)
    assert told(page, LINES) == "" and dimmed(page, LINES, "KOR") == ["1"]


def test_where_marks_are_a_list_the_others_stay_as_they_are(page):
    glance = "#fig-glance"
    page.mouse.move(*spot(page, glance, ".a-VNM[data-tell]"))
    assert re.match(r"[EFGM]\d+, August 2019: ", told(page, glance))
    looks = page.locator(f"{glance} svg [data-tell]").evaluate_all(
        "all => all.map(one => getComputedStyle(one).opacity)"
    )
    assert {*looks} == {"1"}


def test_what_is_of_the_same_actors_stays_and_what_is_no_actors_does_not(page):
    ranks, flows = "#fig-trade-ranks-chn", "#fig-suppliers"
    page.mouse.move(*spot(page, ranks, ".a-USA[data-tell]"))
    bars = page.locator(f"{ranks} svg [data-tell]").evaluate_all(
        "all => all.filter(one => getComputedStyle(one).opacity === '1').map(one => one.dataset.tell)"
    )
    assert len(bars) == 1 and bars[0].startswith("China with United States: ")
    page.mouse.move(*spot(page, flows, ".a-CHN.a-RUS[data-tell]"))
    assert told(page, flows).startswith("Russia to China, ")
    blocks = page.locator(f"{flows} svg .a-CHN.a-RUS[data-tell]")
    looks = blocks.evaluate_all("all => all.map(one => getComputedStyle(one).opacity)")
    assert len(looks) >= 5 and {*looks} == {"1"}
    assert dimmed(page, flows, "UKR") == ["0.2"]


def test_pointing_at_a_name_tells_of_its_actor(page):
    name = page.locator(f"{LINES} svg .a-KAZ.since text:visible")
    name.scroll_into_view_if_needed()
    name.hover()
    assert told(page, LINES).startswith("Kazakhstan, 2020: ")


def test_what_is_hidden_is_passed_over(page):
    page.evaluate("location.hash = 'actors=CHN,RUS,USA'")
    page.mouse.move(*spot(page, LINES, ".a-JPN[data-tell]:not(.since)"))
    assert told(page, LINES).startswith("United States, 2000")
    page.evaluate("location.hash = 'vintage=then'")
    page.locator(f"{LINES} svg").focus()
    heard = [walk(page, LINES, "ArrowRight") for _ in range(25)]
    assert heard[-1].startswith("United States, 2018")


def walk(page, figure, key):
    page.keyboard.press(key)
    return told(page, figure)


def test_arrow_keys_go_through_years_and_actors(page):
    page.locator(f"{LINES} svg").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert told(page, LINES) == "The arrow keys read out the figures."
    assert page.locator(f"{LINES} [role=status]").get_attribute("aria-live") == "polite"
    keys = ["Right", "Right", "Up", "Left", "Down"]
    heard = [walk(page, LINES, f"Arrow{key}") for key in keys]
    assert heard == [
        "United States, 2000: 74.6 USD bn",
        "United States, 2001: 80.6 USD bn",
        "European Union, 2001: 81.3 USD bn",
        "European Union, 2000: 71.6 USD bn",
        "South Korea, 2000: 34.5 USD bn",
    ]
    assert walk(page, LINES, "Escape") == "" and dimmed(page, LINES, "KOR") == ["1"]
    assert page.evaluate("document.activeElement.tagName") == "svg"


def test_the_highest_and_lowest_of_a_line_and_its_ends_have_keys(page):
    page.locator(f"{LINES} svg").focus()
    keys = ["ArrowRight", "PageUp", "PageDown", "End", "Home"]
    assert [walk(page, LINES, key) for key in keys] == [
        "United States, 2000: 74.6 USD bn",
        "United States, 2018: 636.9 USD bn (highest of this line)",
        "United States, 2000: 74.6 USD bn (lowest of this line)",
        "United States, 2020: 589 USD bn",
        "United States, 2000: 74.6 USD bn",
    ]
    walk(page, LINES, "Escape")


def test_a_dot_on_a_line_is_no_end_of_it(page):
    page.locator(f"{LINES} svg").focus()
    marks = page.locator(f"{LINES} svg [data-tell^='United States|']").evaluate_all(
        "all => all.map(one => one.dataset.tell.split('|').length - 2)"
    )
    assert 1 in marks and max(marks) > 1  # a dot of one figure, and a line of several
    heard = [walk(page, LINES, key) for key in ("ArrowRight", "End", "ArrowRight", "Home")]
    assert [re.search(r"\d{4}", text)[0] for text in heard] == ["2000", "2020", "2020", "2000"]


def test_a_line_is_walked_to_its_end_and_no_figure_comes_twice(page):
    page.locator(f"{LINES} svg").focus()
    heard = [walk(page, LINES, "ArrowRight") for _ in range(30)]
    assert list(dict.fromkeys(heard)) == heard[:21] and heard[20].startswith("United States, 2020")


REACHED = """async figure => {
    const svg = figure.querySelector("svg"), press = key => svg.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const label = () => figure.querySelector(".told-here").textContent, marks = [...svg.querySelectorAll("[data-tell]")].filter(one => getComputedStyle(one).visibility === "visible");
    const names = new Set(marks.map(one => one.dataset.tell.split("|")[0])), seen = new Set(), told = new Set();
    press("ArrowRight");
    for (let turn = 0; turn < 3000; turn += 1) {
        const before = label();
        told.add(before);
        const key = ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"].find(one => !seen.has(before + one));
        if (!key) break;
        seen.add(before + key);
        press(key);
    }
    return [names.size, [...told]];
}"""


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_picture_answers_to_both(page, name):
    figure = page.locator("figure.actorfig").nth([*DRAWINGS].index(name))
    figure.scroll_into_view_if_needed()
    figure.locator("svg").focus()
    count, heard = figure.evaluate(REACHED)
    assert all(heard) and len(heard) >= min(count, 3)
    told_of = f"#{figure.get_attribute('id')}"
    for tell in {
        mark.get_attribute("data-tell") for mark in figure.locator("svg [data-tell]").all()[::9]
    }:
        page.mouse.move(2, 2)
        page.mouse.move(*spot(page, told_of, f'[data-tell="{tell}"]'))
        assert told(page, told_of), tell


def test_the_dots_of_a_yardstick_are_named_by_pointer_and_by_keys(page):
    ruler = "#fig-yardstick-F5"
    dot = page.locator(f"{ruler} svg [data-tell]:not(.since, .a-claim)").nth(3)
    tell = dot.get_attribute("data-tell")
    page.mouse.move(*spot(page, ruler, f'[data-tell="{tell}"]'))
    assert told(page, ruler) == tell
    assert (
        page.locator(f"{ruler} svg .a-claim").first.evaluate("one => getComputedStyle(one).opacity")
        == "1"
    )
    page.locator(f"{ruler} svg").focus()
    heard = [walk(page, ruler, key) for key in ["ArrowRight"] * 4 + ["ArrowUp"]]
    assert len({*heard}) == 5 and all(":" in text for text in heard)


DOTS = """([bar, shown]) => {
    const known = document.getElementById("rules") ?? document.head.appendChild(Object.assign(document.createElement("style"), { id: "rules" }));
    known.textContent = rules(bar.key, bar.actors, shown, "since", Object.keys(bar.names));
    const seen = (one) => getComputedStyle(one).visibility === "visible" && getComputedStyle(one).display !== "none";
    return ["svg [data-tell]:not(.a-claim)", "tbody tr:not(.a-claim)", ".fig-alt span"].map((some) => [...document.querySelectorAll(some)]
        .filter(seen).flatMap((one) => [...one.classList].flatMap((name) => /^a-[A-Z]+$/.test(name) ? [name.slice(2)] : [])));
}"""


def test_in_a_notebook_a_yardstick_hides_those_without_a_box_where_not_all_are_shown(
    browser, tmp_path
):
    script = toggles.ActorBar._esm.replace("export default", "globalThis.widget =")
    script = script.replace("export ", "") + "\nglobalThis.rules = rules;"
    path = tmp_path / "ruler.html"
    path.write_text(
        f'<!DOCTYPE html><meta charset="utf-8">{fr.yardstick("E3").to_html()}<script type="module">{script}</script>',
        encoding="utf-8",
    )
    tab = browser.new_page()
    tab.goto(path.as_uri())
    tab.wait_for_function("() => globalThis.rules")
    bar = fr.actor_bar("economic")
    boxes, state = bar.actors, {"key": "economic", "actors": bar.actors, "names": bar.names}
    for shown in (boxes, [], ["CHN", "RUS", "JPN"]):
        dots, rows, told = tab.evaluate(DOTS, [state, shown])
        everybody = {*fr.yardstick("E3").table.who}
        left = everybody if shown == boxes else everybody & {*shown}
        assert {*dots} == {*rows} == left and {*told} - {"claim"} == left, shown
        assert not everybody <= {*boxes}
    tab.close()


WITHIN = """texts => texts.map((one) => one.getBoundingClientRect().bottom
    <= one.ownerSVGElement.getBoundingClientRect().bottom)"""


def test_a_yardstick_says_that_those_switched_off_have_no_dot(page):
    note = page.locator("#fig-yardstick-F5 .some-off")
    assert not note.is_visible()
    box = page.locator(".actorbar fieldset input[value=JPN]").first
    box.evaluate("one => one.click()")
    assert note.is_visible()
    box.evaluate("one => one.click()")
    assert not note.is_visible()


def test_a_strip_of_a_yardstick_without_a_dot_takes_no_room(page):
    def look(address):
        """How high the drawing is, and whether each strip's heading is within it."""
        page.evaluate("address => { location.hash = address }", address)
        return drawing.bounding_box()["height"], *(strips.evaluate_all(WITHIN))

    drawing = page.locator("#fig-yardstick-F5 svg")
    strips = page.locator("#fig-yardstick-F5 svg text", has_text="Others")
    every, then = look("vintage=since"), look("vintage=then")
    assert every[1:] == (True, True) and then[1:] == (True, False) and every[0] > then[0]
    few = look("actors=CHN,RUS,JPN"), look("actors=CHN,RUS,JPN&vintage=then")
    assert few == (every, then)
    bare = look("actors=CHN,RUS")
    assert bare[1:] == (False, False) and bare[0] < then[0]
    assert look("actors=CHN,RUS&vintage=then") == bare
    page.mouse.move(*spot(page, "#fig-yardstick-F5", '[data-tell^="The claim"]'))
    assert told(page, "#fig-yardstick-F5").startswith("The claim")


def test_axe_finds_nothing_while_one_points(page):
    if not AXE.exists():
        absent("npm install in tests/browser brings axe-core")
    page.locator(f"{LINES} svg").focus()
    page.keyboard.press("ArrowRight")
    assert complaints(page) == []


def test_no_label_and_nothing_dim_on_paper(page):
    page.locator(f"{LINES} svg").focus()
    page.keyboard.press("ArrowRight")
    page.emulate_media(media="print")
    assert not page.locator(f"{LINES} .told-here").is_visible()
    assert dimmed(page, LINES, "KOR") == ["1"]
    page.emulate_media(media="screen")
