"""Where a text of a notebook tells a reader to use a switch, that switch is in the window of JupyterLab together with the picture."""

import re

import pytest
from test_lab import NOTEBOOK, opened, run_all, serving, unfold
from test_lab_student import CELLS, NOTEBOOKS

from heldto import evidence


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("orders")) as address:
        yield address


SWITCHES = ".actorbar :is(button, label), .widget-toggle-button"
# Which of these switches beside a picture are not in the window at any place where its drawing is, or where no more of it would be.
OUT_OF_VIEW = f"""([at, wanted]) => {{
    const node = {NOTEBOOK}.widgets[at].node, beside = node.querySelector(".heldto-beside"), drawing = beside.querySelector("figure:not(.yardstick) svg");
    const pane = {NOTEBOOK}.node.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
    const said = (one) => one.textContent.trim().toLowerCase();
    const seen = (one) => {{
        const box = one.getBoundingClientRect(), top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return one.contains(top) && box.top >= pane.top && box.bottom <= pane.bottom + 1 && box.right <= innerWidth;
    }};
    const left = new Set(wanted.filter((word) => [...node.querySelectorAll("{SWITCHES}")].some((one) => said(one).startsWith(word))));
    if (left.size < wanted.length) return wanted.filter((word) => !left.has(word)).map((word) => word + ": no such switch");
    for (const block of ["end", "start"]) {{
        drawing.scrollIntoView({{ block }});
        for (const one of node.querySelectorAll("{SWITCHES}")) if (seen(one)) wanted.filter((word) => said(one).startsWith(word)).forEach((word) => left.delete(word));
    }}
    return [...left];
}}"""
TOLD = re.compile(r"\b(?:[Ss]witch|[Tt]ick|[Uu]ntick|Leave)\b")
NAMED = {"the USA": "united states"} | {
    row["name"]: row["name"].lower() for row in evidence.rows("actors")
}


def ordered(source, known):
    """What a text tells a reader to switch, as it stands on the switches. known: what stands on them."""
    words = {one.lower() for one in re.findall(r"(?<!\*)\*(?!\*)([^*\n]+)\*", source)} & known
    for sentence in re.split(r"(?<=[.?!:])\s+", source):
        if TOLD.search(sentence):
            words |= {NAMED[name] for name in NAMED if name in sentence} & known
    return sorted(words)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_a_text_orders_is_in_view_beside_its_picture(lab, browser, name):
    """Where a text says to switch Japan off, that box is in the window together with the drawing, on a laptop and in a narrower window."""
    page = opened(lab, browser.new_context(), name, (1400, 900))
    unfold(page)
    run_all(page)
    unfold(page)
    cells, at, orders = page.evaluate(CELLS), None, []
    pictures = page.evaluate(
        f"() => {NOTEBOOK}.widgets.map((one) => Boolean(one.node.querySelector('.heldto-beside figure:not(.yardstick) svg')))"
    )
    labels = f"""(at) => [...{NOTEBOOK}.widgets[at].node.querySelectorAll("{SWITCHES}")].map((one) => (one.querySelector("span") ?? one).textContent.trim().toLowerCase())"""
    for number, cell in enumerate(cells):
        at = number if pictures[number] else at
        if cell["code"] or at is None:
            continue
        other = re.search(r"picture of ([A-Z]\d+)", cell["source"])
        asks = (cells[one]["source"] for one in range(len(cells)) if pictures[one])
        place = (
            next(one for one, text in zip(filter(pictures.__getitem__, range(len(cells))), asks, strict=True) if f'"{other[1]}"' in text)
            if other
            else at
        )  # fmt: skip
        if words := ordered(cell["source"], {*page.evaluate(labels, place)}):
            orders.append((place, words))
    faults = []
    for width in (1366, 1100):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_timeout(500)
        for place, words in orders:
            if out := page.evaluate(OUT_OF_VIEW, [place, words]):
                faults.append((width, place, out))
    page.context.close()
    assert faults == [] and orders
