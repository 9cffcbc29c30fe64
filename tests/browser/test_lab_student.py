"""A student in a real JupyterLab goes through each notebook by Shift+Enter, guesses, looks, reads verdicts, answers, toggles, and restarts the kernel: no stale title, blank picture, early verdict or dead button.

What else is looked at in a notebook that was run stands here too: the pages are there.
"""

import json
import re

import pytest
from test_lab import NOTEBOOK, errors, opened, quiet, serving, unfold
from test_pointing import spot, told, walk

from heldto import claims, evidence
from heldto.evidence import actors
from heldto.exercises import checks

CLAIMS = evidence.rows("claims")
NOTEBOOKS = ["00_start_here", "01_economic", "02_geopolitical", "03_military", "04_verdict"]
OWN = "05_your_own_claim"
CELLS = f"""() => {NOTEBOOK}.widgets.map((one) => (
    {{ code: one.model.type === "code", tags: one.model.getMetadata("tags") ?? [], source: one.model.sharedModel.source }}))"""
NEXT = f"""(at) => {{
    const cell = {NOTEBOOK}.widgets[at].node;
    {NOTEBOOK}.activeCellIndex = at;
    cell.dataset.at = at;
    cell.focus(); // not the notebook's own node: to focus that, the browser styles all that is in it anew
}}"""
WRITE = f"([at, source]) => {NOTEBOOK}.widgets[at].model.sharedModel.setSource(source)"
RAN = f"(at) => {NOTEBOOK}.widgets[at].model.executionCount"
# its title and its drawing are in the window, or where there is no room for both most of the drawing
IN_VIEW = f"""(at) => {{
    const figure = {NOTEBOOK}.widgets[at].node.querySelector("figure"), drawing = figure?.querySelector("svg")?.getBoundingClientRect();
    const pane = {NOTEBOOK}.node.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
    if (!(drawing?.height > 200)) return false;
    const top = figure.getBoundingClientRect().top;
    if (drawing.bottom - top < pane.height - 16) return top >= pane.top && (pane.bottom - drawing.top) / drawing.height > 0.9;
    return (Math.min(drawing.bottom, pane.bottom) - Math.max(drawing.top, pane.top)) / Math.min(drawing.height, pane.height) > 0.8;
}}"""
SAYS = (
    f"([at, words]) => words.some((word) => {NOTEBOOK}.widgets[at].node.innerText.includes(word))"
)
READ = f"(at) => {NOTEBOOK}.widgets[at].node.innerText"
ANSWERED = f"([at, before]) => ({READ})(at) !== before"
# presses what a cell has by its words (and those of its row), where a pointer reaches it; false as long as none does
PRESS = f"""([at, [kind, word, row]]) => {{
    const said = (one) => one.textContent.replace(/\\s+/g, " ").trim(), {{ node }} = {NOTEBOOK}.widgets[at];
    const rows = row ? [...node.querySelectorAll(".widget-vbox:has(.widget-slider)")].filter((one) => said(one).includes(row)) : [node];
    const one = [...rows.at(-1)?.querySelectorAll(kind) ?? []].find((one) => one.checkVisibility() && said(one).startsWith(word));
    one?.scrollIntoView({{ block: "nearest" }});
    const box = one?.getBoundingClientRect();
    if (!one?.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))) return false;
    one.click();
    return true;
}}"""
# so many verdicts of a cell wait for a click
WAITING = f"""([at, count]) => [...{NOTEBOOK}.widgets[at].node.querySelectorAll(".heldto-ruling button")]
    .filter((one) => one.checkVisibility() && one.textContent.trim() === "Open the verdict").length === count"""
# of each picture that is on the page: its title as it is read, whether marks are seen, and what it says in their place
PICTURES = """(bar) => [...document.querySelectorAll(`figure.actorfig:not(.yardstick)[id^=fig-][data-bar="${bar}"]`)].map((one) => {
    const svg = one.querySelector("svg"), seen = (mark) => getComputedStyle(mark).visibility === "visible" && mark.getClientRects().length;
    return {
        key: one.id,
        kept: [...one.classList].filter((name) => name.startsWith("n-")).map((name) => name.slice(2)),
        title: one.querySelector("figcaption b").innerText,
        drawn: [...svg.querySelectorAll('[class*="a-"]')].some(seen),
        says: [...one.querySelectorAll(".missing")].map((two) => two.innerText).join("").trim(),
    };
})"""
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
DISCONNECTED = """() => [...document.querySelectorAll(".heldto-alive")].filter((one) => !one.parentElement.closest(".heldto-alive"))
    .every((one) => getComputedStyle(one, "::before").content.includes("Run"))
    && [...document.querySelectorAll(".jp-OutputArea .jupyter-widgets :is(input, select, textarea)")]
    .every((one) => one.closest(".actorbar, .heldto-alive"))"""


SCROLLED = f"() => {NOTEBOOK}.node.querySelector('.jp-WindowedPanel-outer').scrollTop"
ACTIVE = f"() => {NOTEBOOK}.activeCellIndex"
ROUND = ".heldto-beside figure:not(.yardstick)"
SEEN = f"""(code) => [...document.querySelectorAll('{ROUND} svg .a-' + code)]
    .filter((one) => getComputedStyle(one).visibility === 'visible' && one.getClientRects().length).length"""


def _claims(source):
    """Ids of the claims that a cell asks about, each once."""
    return [*dict.fromkeys(re.findall(r'"([A-Z]\d+)"', source))]


class Student:
    """Goes through a notebook, and keeps what went wrong."""

    def __init__(self, page):
        self.page, self.faults, self.guessed = page, [], set()
        unfold(page)
        self.cells = page.evaluate(CELLS)
        self.bar = page.locator(".actorbar").first

    def go(self):
        """Every cell with code once, in its order, by Shift+Enter."""
        for at, cell in enumerate(self.cells):
            if not cell["code"]:
                continue
            self.page.evaluate(NEXT, at)
            self.page.keyboard.press("Shift+Enter")
            self.wait(at, "was not run", RAN, at, seconds=60)
            if "quick_round(" in cell["source"]:
                self.round(at, self.page.locator(f"[data-at='{at}']"))
                continue
            for kind in ("guess", "draw", "picture", "verdict", "exercise"):
                ours = kind == "picture" or re.search(r"^fr\.", cell["source"], re.M)
                if kind in cell["tags"] and ours:
                    getattr(self, kind)(at, self.page.locator(f"[data-at='{at}']"), cell["source"])
            if "answer" in cell["tags"]:
                self.lines(at, cell["source"])

    def rewrite(self, begins, text):
        """Put another text into the cell that begins so, and run it, by keys. Returns where it is."""
        at = next(at for at, one in enumerate(self.cells) if one["source"].startswith(begins))
        before = self.page.evaluate(RAN, at)
        self.page.evaluate(NEXT, at)
        for key in ("Enter", "Control+a"):
            self.page.keyboard.press(key)
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(f"([at, before]) => ({RAN})(at) > before", arg=[at, before])
        quiet(self.page)
        return at

    def wrong(self, at, what):
        self.faults.append(f"cell {at}: {what}")

    def wait(self, at, what, script, argument=None, seconds=10):
        try:
            self.page.wait_for_function(script, arg=argument, timeout=seconds * 1000)
        except Exception:  # the name of the error differs between versions of the driver
            self.wrong(at, what)

    def says(self, at, *words):
        """Wait until one of these is read in a cell."""
        told = len(self.faults)
        self.wait(at, f"does not say {words[0]!r}", SAYS, [at, words], seconds=30)
        if len(self.faults) > told:
            self.faults[-1] += f", but {self.page.evaluate(READ, at)[-600:]!r}"

    def press(self, at, *words):
        for word in words:
            self.wait(at, f"no pointer reaches {word[1]!r}", PRESS, [at, word])

    def guess(self, at, cell, source):
        """Choose a verdict a row, and record: a right one, then a wrong one, in turn.

        What was guessed on an earlier page is not asked for again.
        """
        self.says(at, "Record")
        before = cell.inner_text()
        if "Recorded\n" in before:
            self.guessed |= {*_claims(source)}
            return
        if any(word in before for word in ("You said", "The figures say", "Recorded:")):
            self.wrong(at, "gives something away before the guess")
        asked, words = _claims(source), []
        for claim in asked:
            right = claims.row(claim)["id"] in self.guessed or len(self.guessed) % 2
            row = claims.row(claim)["claim"] if len(asked) > 1 else ""
            words.append(("button, label", "holds" if right else "undecided", row))
            self.guessed.add(claim)
        record = "Record them all" if len(asked) > 1 else "Record my guess"
        self.press(at, *words, ("button", record))
        self.says(at, "Go on below.")
        if "The figures say" in cell.inner_text():
            self.wrong(at, "gives the verdict away with the guess")

    def round(self, at, cell):
        """A tap for each claim, as if all held."""
        for row in cell.locator(".tap").all():
            row.get_by_role("button", name="holds", exact=True).press("Enter")
            row.locator(".told b").first.wait_for()
            self.guessed.add(row.get_attribute("data-claim"))
        self.says(at, "You were right on")

    def draw(self, at, cell, source):
        """A year of each line by a key, and the rest as it stands: what it is about is seen then."""
        self.says(at, "Show the line", "Shown")
        for form in cell.locator("form.draw").all():
            if "Shown" not in form.inner_text():
                form.locator(".handle").first.focus()
                self.page.keyboard.press("ArrowUp")
                for _ in range(2):  # at the first click, half of a line is asked about
                    form.get_by_role("button", name="Show the line").click()
        self.says(at, "You ended at")

    def picture(self, at, cell, source):
        self.wait(at, "its picture is not in the window", IN_VIEW, at, seconds=30)

    def verdict(self, at, cell, source):
        asked = re.findall(r'^fr\.verdict\("(\w+)"', source)
        if "fr.examine(" in source:
            closed = cell.locator(".heldto-ruling").get_by_role("button", name="Open the verdict")
            for left in reversed(range(closed.count())):
                self.press(at, ("button", "Open the verdict"))
                self.wait(at, "a click opens no verdict", WAITING, [at, left])
            self.says(at, "You said")
        if asked:
            self.says(at, "You said" if asked[0] in self.guessed else "Open anyway")
            if asked[0] not in self.guessed:
                self.wrong(at, "a verdict without a guess before it")

    def exercise(self, at, cell, source):
        """Something wrong, a hint, then the right answer; in the end its solution."""
        question = checks.find_exercise(re.search(r'"(.+)"', source)[1]).question
        if question.kind == "choice":
            wrong = next(text for _, (text, right, _) in question.lettered() if not right)
            right = next(text for _, (text, right, _) in question.lettered() if right)
            for text, told in ((wrong, "Not yet."), (right, "Right.")):
                self.press(at, ("label:has(input[type=radio])", text), ("button", "Check"))
                self.says(at, told)
        elif question.kind == "state":
            self.press(at, ("button", "Check"))
            self.says(at, "Not yet.", "Right.")
        elif question.kind == "frame":
            if cell.get_by_role("button", name="Check", exact=True).count():
                self.wrong(at, "a button that has nothing to check")
        else:
            box = cell.locator("input[type=text], textarea").first
            right, told = _right(question)
            for text in ("nothing of the kind", right):
                before = self.page.evaluate(READ, at)
                box.fill(text)
                if question.kind in ("open", "table"):  # of several lines
                    self.press(at, ("button", "Check"))
                else:
                    box.press("Enter")
                self.wait(at, f"says nothing to {text!r}", ANSWERED, [at, before], seconds=30)
            self.says(at, told)
        self.press(at, ("button", "Hint"), ("button", "Solution"))
        self.says(at, "olution")

    def lines(self, at, source):
        """The cell for lines as it is, then with lines that fail, then with the right ones."""
        self.says(at, "Write your lines first")
        start, check = re.split(r"^answer = .*\n", source, maxsplit=1, flags=re.M)
        start = start.rstrip() or re.match(r"answer = \w+", source)[0]  # of a line with a blank
        right = checks.find_exercise(re.search(r'"([\w-]+)", answer', check)[1]).question.lines
        for lines, said in ((f"{start}.queri()", "has no attribute 'queri'"), (right, "Right.")):
            self.page.evaluate(WRITE, [at, f"{lines}\n{check}"])
            self.page.evaluate(NEXT, at)
            self.page.keyboard.press("Shift+Enter")
            self.says(at, said)

    def toggle(self):
        """Every preset, all but Russia, and what was known then: no blank picture, no title that names somebody who is off."""
        if self.page.locator("figure img").count():
            self.faults.append("a picture is an image, which no bar reaches")
        key = self.page.evaluate("() => document.querySelector('figure.actorfig').dataset.bar")
        for button in self.bar.locator(".presets button").all():
            if button.get_attribute("aria-disabled") == "true":  # nothing would be left, or undone
                continue
            name = button.inner_text()
            self.select(name)
            self._look(key, f"with {name}")
        for code in ("RUS", "RUS", "then", "then"):
            self.switch(code)
            self._look(key, f"after a click on {code}")

    def select(self, name):
        """One of the selections of the bar, and what follows."""
        self.bar.get_by_role("button", name=name, exact=True).click()
        quiet(self.page)

    def switch(self, code):
        self.bar.locator(f"input[value={code}]").click()
        quiet(self.page)

    def _look(self, key, when):
        off = self.page.evaluate(
            "() => [...document.querySelector('.actorbar').querySelectorAll('fieldset input:not(:checked)')].map((one) => one.value)"
        )
        for one in self.page.evaluate(PICTURES, key):
            if not one["drawn"] and not one["says"]:
                self.faults.append(f"{one['key']} {when}: blank")
            names = [actors.name(code) for code in off if code not in one["kept"]]
            title = one["title"].replace("Sea of Japan", "")  # no actor
            named = [name for name in names if re.search(rf"\b{name}\b", title)]
            if named and one["drawn"]:
                self.faults.append(f"{one['key']} {when}: its title names {', '.join(named)}")


def _right(question):
    """An answer as a student types it, and how what is said to it begins."""
    if question.kind == "open":
        return "One sentence of eight words at least, and some.", "Only you mark this"
    if question.kind == "table":
        return "\n".join(f"{key}: {value}" for key, value in question.answer.items()), "Right."
    if question.kind == "text":
        return ", ".join(question.answer), "Right."
    return f"{question.answer}", "Right."


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(home):
    with serving(home) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser):
    """The pages share it, so JupyterLab itself is fetched once."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture(scope="module", params=[*NOTEBOOKS, OWN])
def student(request, lab, context):
    """Who has gone through a notebook."""
    student = Student(opened(lab, context, request.param, (1400, 900)))
    student.go()
    yield student
    student.page.close()


def only(*names):
    """A test of these notebooks alone."""
    return pytest.mark.parametrize("student", names, indirect=True, scope="module")


def test_a_student_goes_through_it(student):
    student.toggle()
    assert errors(student.page) == [] and student.faults == []


def first_picture(student):
    """Run the first cell with a picture, and wait until that is in the window. Returns where it is."""
    page = student.page
    at = next(at for at, cell in enumerate(student.cells) if "picture" in cell["tags"])
    page.evaluate(NEXT, at)
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(RAN, arg=at, timeout=60_000)
    page.wait_for_function(IN_VIEW, arg=at, timeout=10_000)
    quiet(page)
    return at


@only("01_economic")
def test_who_scrolls_away_is_not_brought_back(student):
    page = student.page
    at = first_picture(student)
    page.locator(".jp-Notebook").hover()
    page.mouse.wheel(0, -1500)
    page.wait_for_function(f"(at) => !({IN_VIEW})(at)", arg=at, timeout=10_000)
    quiet(page)
    before = page.evaluate(SCROLLED)
    page.evaluate(f"(at) => {NOTEBOOK}.widgets[at].node.querySelector('figure').append('more')", at)
    page.wait_for_timeout(500)
    assert page.evaluate(SCROLLED) == before and not page.evaluate(IN_VIEW, at)


@only("01_economic")
def test_what_was_just_run_stays_in_the_window(student):
    """Though a cell above it grows later, or JupyterLab scrolls late."""
    page = student.page
    at = first_picture(student)
    page.evaluate(
        f"(at) => {{ {NOTEBOOK}.widgets[at - 1].node.style.paddingBottom = '900px'; }}", at
    )
    quiet(page)
    page.wait_for_function(IN_VIEW, arg=at, timeout=10_000)
    page.evaluate(
        f"(at) => {{ {NOTEBOOK}.node.querySelector('.jp-WindowedPanel-outer').scrollTop += 2000; }}",
        at,
    )
    page.wait_for_function(IN_VIEW, arg=at, timeout=10_000)
    page.evaluate(f"(at) => {{ {NOTEBOOK}.widgets[at - 1].node.style.paddingBottom = ''; }}", at)


FOLD = f"(at) => {NOTEBOOK}.widgets[at].node.querySelector('.jp-collapseHeadingButton').click()"
HIDDEN = f"(at) => {NOTEBOOK}.widgets[at].isHidden"


def folded(student, begins):
    """Fold the heading that begins so, and go there. Returns where it is."""
    at = next(at for at, one in enumerate(student.cells) if one["source"].startswith(begins))
    student.page.evaluate(FOLD, at)
    assert student.page.evaluate(HIDDEN, at + 1)
    student.page.evaluate(NEXT, at)
    return at


@only("01_economic")
@pytest.mark.parametrize("way", ["keys", "button"])
def test_a_folded_heading_that_is_run_leads_to_the_next_cell_in_sight(student, way):
    page, at = student.page, folded(student, "#### After the verdict")
    if way == "keys":
        page.keyboard.press("Shift+Enter")
    else:
        page.locator("[data-command='notebook:run-cell-and-select-next']").first.click()
    page.wait_for_function(f"(at) => ({ACTIVE})() > at", arg=at)
    active, scrolled = page.evaluate(ACTIVE), page.evaluate(SCROLLED)
    between = [page.evaluate(HIDDEN, one) for one in range(at + 1, active + 1)]
    unfold(page)
    assert all(between[:-1]) and not between[-1] and scrolled > 500


@only("00_start_here")
def test_a_folded_heading_with_nothing_in_sight_below_opens(student):
    page, at = student.page, folded(student, "## pandas in ten lines")
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(f"(at) => ({ACTIVE})() > at", arg=at)
    opens, scrolled = not page.evaluate(HIDDEN, at + 1), page.evaluate(SCROLLED)
    unfold(page)
    assert opens and scrolled > 500


@pytest.mark.parametrize(
    ("student", "what"),
    [
        ("02_geopolitical", 'fr.examine(["F7", "F8", "F9"])'),
        ("04_verdict", "fr.examine(ten, overview.browse(), verdicts=[], ask=False)"),
    ],
    indirect=["student"],
    scope="module",  # who has gone through it already is taken
)
def test_what_is_taller_than_the_window_is_shown_from_its_top(student, what):
    page = student.page
    page.set_viewport_size({"width": 1400, "height": 600})
    at = next(at for at, cell in enumerate(student.cells) if cell["source"] == what)
    page.evaluate(NEXT, at)
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(RAN, arg=at, timeout=60_000)
    quiet(page)
    top, end = page.evaluate(
        f"(at) => [{NOTEBOOK}.widgets[at].node.querySelector('.jp-Cell-outputArea'), {NOTEBOOK}.node].map((one) => one.getBoundingClientRect().top)",
        at,
    )
    page.set_viewport_size({"width": 1400, "height": 900})
    assert end <= top < end + 100


@only("00_start_here")
def test_as_told_russia_goes_and_comes_back_and_the_title_follows(student):
    """What the first notebook has one try with the switches."""
    page, picture = student.page, student.page.locator(ROUND)
    student.select("China, Russia, USA")
    assert all(page.evaluate(SEEN, code) > 0 for code in ("CHN", "RUS", "USA"))
    picture.locator("svg text", has_text="Russia").first.click()
    quiet(page)
    assert page.evaluate(SEEN, "RUS") == 0 and page.evaluate(SEEN, "CHN") > 0
    assert "Russia" not in picture.locator("figcaption b").first.inner_text()
    picture.locator(".ghosts button", has_text="Russia").first.click()
    quiet(page)
    assert page.evaluate(SEEN, "RUS") > 0


@only("00_start_here")
def test_pointing_and_arrow_keys_work_also_when_a_picture_was_drawn_anew(student):
    page, figure = student.page, ".jp-OutputArea figure.actorfig:not(.yardstick)"
    student.select("all")
    page.locator(figure).first.scroll_into_view_if_needed()
    tell = page.locator(f"{figure} svg .a-JPN[data-tell]").first.get_attribute("data-tell")
    page.mouse.move(*spot(page, figure, f'[data-tell="{tell}"]'))
    assert told(page, figure).startswith(tell.split("|")[0])
    page.mouse.move(5, 5)
    assert told(page, figure) == ""
    page.locator(f"{figure} svg").focus()
    page.keyboard.press("Shift+Tab")  # who has just clicked comes back to it by keys
    page.keyboard.press("Tab")
    active = page.evaluate(ACTIVE)
    keys = ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp")
    heard = [walk(page, figure, key) for key in keys]
    assert all(heard) and len({*heard}) >= 3 and page.evaluate(ACTIVE) == active
    page.locator(".actorbar input[value=DEU]").first.evaluate("one => one.click()")
    page.wait_for_function(f"() => !document.querySelector('{figure} svg .a-DEU')", timeout=20_000)
    page.locator(f"{figure} svg").focus()
    assert walk(page, figure, "ArrowRight") == heard[0]
    assert errors(page) == []


@only("03_military")
def test_enter_checks_an_answer_once_and_leaving_the_box_does_not(student, home):
    """No key is taken for a command of JupyterLab's own either."""
    page, name = student.page, "M8-submarines"

    def tries():
        kept = json.loads((home / "answers.json").read_text(encoding="utf-8"))
        return kept["exercises"][name]["tries"]

    form = page.locator(".lm-Widget.widget-vbox", has_text=f"Exercise {name}").last
    box, before = form.locator("input[type=text]"), tries()
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    box.fill("")
    page.keyboard.type("dd40")  # d twice deletes a cell for JupyterLab
    assert box.input_value() == "dd40" and page.locator(".jp-Notebook .jp-Cell").count() == cells
    box.fill("")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    quiet(page)
    assert "Right." in form.inner_text() and tries() == before + 1
    page.keyboard.press("Tab")
    quiet(page)
    assert tries() == before + 1


@only("04_verdict")
def test_the_triads_follow_the_bar(student):
    student.select("all")
    line = student.page.locator(".live", has_text="triads among").first
    before = line.inner_text()
    student.switch("IND")
    assert line.inner_text() != before and "23 actors shown" in line.inner_text()


@only("04_verdict")
def test_the_ledger_is_filtered(student):
    ledger = student.page.locator(".ledger").first
    military = sum(claim["section"] == "military" for claim in CLAIMS)
    assert ledger.inner_text().startswith(f"{len(CLAIMS)} of {len(CLAIMS)} claims")
    student.page.locator(".widget-dropdown select").first.select_option("military")
    quiet(student.page)
    assert ledger.inner_text().startswith(f"{military} of {len(CLAIMS)} claims")


@only("04_verdict")
def test_keys_choose_in_a_list_and_are_no_command_of_jupyterlab_s(student):
    """m would make a text of its cell, an arrow go to the next."""
    page, ledger = student.page, student.page.locator(".ledger").first
    sections, before = page.locator(".widget-dropdown select").first, page.evaluate(CELLS)
    sections.select_option("any")
    sections.focus()
    active = page.evaluate(ACTIVE)
    for key, section in (("m", "military"), ("ArrowUp", "geopolitical")):
        page.keyboard.press(key)
        quiet(page)
        held = sum(claim["section"] == section for claim in CLAIMS)
        assert sections.input_value() == section
        assert ledger.inner_text().startswith(f"{held} of {len(CLAIMS)} claims")
    assert page.evaluate(ACTIVE) == active and page.evaluate(CELLS) == before


def sealed(home):
    """The claims in the reader's own file."""
    return json.loads((home / "answers.json").read_text(encoding="utf-8"))["claims"]


@only(OWN)
def test_one_line_changed_makes_another_claim_and_the_first_seals_stay(student, home):
    before = sealed(home)
    first = next(one["source"] for one in student.cells if one["source"].startswith("other ="))
    student.rewrite("other =", first.replace("VNM", "JPN"))
    beside = 'beside = share.loc[2018].drop(["RUS", other'
    again = next(one["source"] for one in student.cells if one["source"].startswith(beside))
    at = student.rewrite(beside, again)
    *kept, last = sealed(home)
    assert kept == before and "Japan" in last["claim"]
    student.says(at, "fails")
    student.rewrite("other =", first)
    assert sealed(home) == [*kept, last]  # sealed before: the first time counts
    assert errors(student.page) == [] and student.faults == []


BENCH = {  # the first line of each cell of the bench: what a reader writes there
    "## 1 to 3.": 'name = "military/spending"\nown_table = fr.evidence.table(name)\nown_table.tail(4)',
    "## 4.": """own = fr.Claim(
    "Japan spends a smaller part of its economy on arms than South Korea",
    kind="descriptive", rule="less_than", holds=90, partly=100, unit="%",
    why="Smaller: by a tenth at least.", tables=[name],
)
own.seal()""",
    "## 5.": """own_rows = own_table.query("actor in ['JPN', 'KOR']")
own_wide = own_rows.pivot(index="year", columns="actor", values="gdp_share")
own_figure = 100 * own_wide.JPN[2018] / own_wide.KOR[2018]
own_figure""",
    "## 6.": """own_plot = fr.toggled(
    sns.lineplot, own_rows, x="year", y="gdp_share", hue="actor", tables=[name]
)
own_plot""",
    "## 7.": "own.verdict(own_figure)",
    "## 8.": """own.reading("the latest year", 100 * own_wide.JPN.iloc[-1] / own_wide.KOR.iloc[-1])
own.cannot("A part of an economy is no strength.")
display(own)
fr.export(own, own_plot)""",
}


@only(OWN)
def test_a_claim_of_one_s_own_goes_from_the_sentence_to_the_page(student, home, context):
    student.select("all")  # of Japan and South Korea is the picture
    for begins, text in BENCH.items():
        at = student.rewrite(begins, text)
        if "toggled" in text:
            student.picture(at, None, text)
        if "verdict" in text:
            student.says(at, "holds")
    (written,) = home.glob("my-claim-japan*.html")
    page = context.new_page()
    page.goto(written.as_uri())
    text = page.locator("body").inner_text()
    assert "Japan spends a smaller part" in text and "A part of an economy is no strength." in text
    assert "own_wide.JPN[2018]" in text and sealed(home)[-1]["hash"][:12] in text
    page.close()
    assert errors(student.page) == [] and student.faults == []


def test_after_a_restart_what_is_dead_says_what_to_run(student):
    student.page.evaluate(RESTART)
    student.page.wait_for_function(DISCONNECTED, timeout=10_000)
