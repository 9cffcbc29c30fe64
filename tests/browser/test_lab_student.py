"""A student in a real JupyterLab goes through each notebook by Shift+Enter, guesses, looks, reads verdicts, answers, toggles, and restarts the kernel: no stale title, blank picture, early verdict or dead button."""

import re

import pytest
from test_lab import DONE, NOTEBOOK, READY, errors, opened, serving, unfold

from frenemies import claims
from frenemies.evidence import actors
from frenemies.exercises import checks

NOTEBOOKS = ["00_start_here", "01_economic", "02_geopolitical", "03_military", "04_verdict"]
CELLS = f"""() => {NOTEBOOK}.widgets.map((one) => (
    {{ code: one.model.type === "code", tags: one.model.getMetadata("tags") ?? [], source: one.model.sharedModel.source }}))"""
NEXT = f"(at) => {{ {NOTEBOOK}.activeCellIndex = at; {NOTEBOOK}.widgets[at].node.dataset.at = at; {NOTEBOOK}.node.focus() }}"
LEFT = f"() => {NOTEBOOK}.widgets.flatMap((one, at) => one.model.type === 'code' && !one.model.executionCount ? [at] : [])"
IN_VIEW = f"""(at) => {{
    const drawing = {NOTEBOOK}.widgets[at].node.querySelector("figure svg")?.getBoundingClientRect();
    const pane = {NOTEBOOK}.node.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
    if (!drawing) return false;
    return (Math.min(drawing.bottom, pane.bottom) - Math.max(drawing.top, pane.top)) / Math.min(drawing.height, pane.height) > 0.8;
}}"""
# of each picture that is on the page: its title as it is read, whether marks are seen, and what it says in their place
PICTURES = """(bar) => [...document.querySelectorAll(`figure.actorfig[id^=fig-][data-bar="${bar}"]`)].map((one) => {
    const svg = one.querySelector("svg"), seen = (mark) => getComputedStyle(mark).visibility === "visible" && mark.getClientRects().length;
    return {
        key: one.id,
        title: one.querySelector("figcaption b").innerText,
        drawn: [...svg.querySelectorAll('[class*="a-"]')].some(seen),
        says: [...one.querySelectorAll(".missing")].map((two) => two.innerText).join("").trim(),
    };
})"""
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
DISCONNECTED = """() => [...document.querySelectorAll(".frenemies-alive")].filter((one) => !one.parentElement.closest(".frenemies-alive"))
    .every((one) => getComputedStyle(one, "::before").content.includes("Run"))"""


class Student:
    """Goes through a notebook, and keeps what went wrong."""

    def __init__(self, page):
        self.page, self.faults, self.guessed = page, [], set()
        page.evaluate(READY)
        unfold(page)
        self.cells = page.evaluate(CELLS)

    def go(self):
        """Every cell once, in its order, by Shift+Enter."""
        for at, cell in enumerate(self.cells):
            self.page.evaluate(NEXT, at)
            self.page.keyboard.press("Shift+Enter")
            if cell["code"]:
                self.page.wait_for_timeout(50)
                self.page.wait_for_function(DONE, timeout=60_000)
            for kind in ("guess", "picture", "verdict", "exercise"):
                if kind in cell["tags"] and cell["source"].startswith("fr."):
                    getattr(self, kind)(at, self.page.locator(f"[data-at='{at}']"), cell["source"])

    def wrong(self, at, what):
        self.faults.append(f"cell {at}: {what}")

    def wait(self, at, what, script, argument=None, seconds=10):
        try:
            self.page.wait_for_function(script, arg=argument, timeout=seconds * 1000)
        except Exception:  # the name of the error differs between versions of the driver
            self.wrong(at, what)

    def says(self, at, cell, *words):
        """Wait until one of these is read in a cell."""
        for _ in range(100):
            text = cell.inner_text()
            if any(word in text for word in words):
                return
            self.page.wait_for_timeout(100)
        self.wrong(at, f"does not say {words[0]!r}")

    def guess(self, at, cell, source):
        """Choose a verdict a row, and record: a right one, then a wrong one, in turn.

        What was guessed on an earlier page is not asked for again.
        """
        cell.locator("button", has_text="Record").first.wait_for()
        if cell.get_by_role("button", name="Recorded").count():
            self.guessed |= {*re.findall(r'"(\w+)"', source)}
            return
        for claim in re.findall(r'"(\w+)"', source):
            right = claims.row(claim)["id"] in self.guessed or len(self.guessed) % 2
            word = "holds" if right else "undecided"
            row = cell.locator(".widget-vbox", has=self.page.locator(".widget-slider"))
            row = row.filter(
                has_text=re.compile(rf"\b{claim}\b|{re.escape(claims.row(claim)['claim'])}")
            )
            row.last.locator("button, label", has_text=re.compile(rf"^\s*{word}")).first.click()
            self.guessed.add(claim)
        before = cell.inner_text()
        if any(word in before for word in ("You said", "The figures say", "Recorded:")):
            self.wrong(at, "gives something away before the guess")
        cell.get_by_role("button", name=re.compile("^Record (my guess|them all)$")).last.click()
        self.says(at, cell, "Now look.")
        if "The figures say" in cell.inner_text():
            self.wrong(at, "gives the verdict away with the guess")

    def picture(self, at, cell, source):
        self.wait(at, "its picture is not in the window", IN_VIEW, at)

    def verdict(self, at, cell, source):
        asked = re.findall(r'^fr\.verdict\("(\w+)"', source)
        if asked:
            self.says(at, cell, "You said" if asked[0] in self.guessed else "Open all the same")
            if asked[0] not in self.guessed:
                self.wrong(at, "a verdict without a guess before it")

    def exercise(self, at, cell, source):
        """Something wrong, a hint, then the right answer; in the end its solution."""
        question = checks.find(re.search(r'"(.+)"', source)[1]).question
        press = lambda name: cell.get_by_role("button", name=name, exact=True).click()  # noqa: E731
        if question.kind == "choice":
            wrong = next(key for key, one in question.lettered() if not one[1])
            for key, told in ((wrong, "Not yet."), (question.answer, "Right.")):
                cell.locator("input[type=radio]").nth("abcdefgh".index(key)).click()
                press("Check")
                self.says(at, cell, told)
        elif question.kind == "state":
            press("Check")
            self.says(at, cell, "Not yet.", "Right.")
        else:
            box = cell.locator("input[type=text], textarea").first
            right, told = _right(question)
            for text, answer in (("nothing of the kind", ""), (right, told)):
                box.fill(text)
                press("Check")
                if answer:
                    self.says(at, cell, answer)
        press("Hint")
        press("Solution")
        self.says(at, cell, "olution")

    def toggle(self):
        """Every preset, all but Russia, and what was known then: no blank picture, no title that names somebody who is off."""
        if self.page.locator("figure img").count():
            self.faults.append("a picture is an image, which no bar reaches")
        bar = self.page.locator(".actorbar").first
        key = self.page.evaluate("() => document.querySelector('figure.actorfig').dataset.bar")
        for name in bar.locator(".presets button").all_inner_texts():
            bar.locator(".presets button", has_text=re.compile(f"^{re.escape(name)}$")).click()
            self.page.wait_for_timeout(1500)
            self._look(key, f"with {name}")
        for code in ("RUS", "RUS", "then", "then"):
            bar.locator(f"input[value={code}]").click()
            self.page.wait_for_timeout(1500)
            self._look(key, f"after a click on {code}")

    def _look(self, key, when):
        off = self.page.evaluate(
            "() => [...document.querySelector('.actorbar').querySelectorAll('fieldset input:not(:checked)')].map((one) => one.value)"
        )
        names = [actors.name(code) for code in off]
        for one in self.page.evaluate(PICTURES, key):
            if not one["drawn"] and not one["says"]:
                self.faults.append(f"{one['key']} {when}: blank")
            title = one["title"].replace("Sea of Japan", "")  # no actor
            named = [name for name in names if re.search(rf"\b{name}\b", title)]
            if named and one["drawn"]:
                self.faults.append(f"{one['key']} {when}: its title names {', '.join(named)}")

    def restart(self):
        """A new kernel under the page: what is dead says what to do."""
        self.page.evaluate(RESTART)
        self.wait("last", "after a restart not everything says what to run", DISCONNECTED)


def _right(question):
    """An answer as a student types it, and how what is said to it begins."""
    if question.kind == "open":
        return "One sentence of eight words at least, and some.", "Nobody marks this but you"
    if question.kind == "table":
        return "\n".join(f"{key}: {value}" for key, value in question.answer.items()), "Right."
    if question.kind == "text":
        return ", ".join(question.answer), "Right."
    return f"{question.answer}", "Right."


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("lab")) as address:
        yield address


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_student_goes_through_it(address, browser, name):
    page = opened(address, browser, name)
    page.set_viewport_size({"width": 1400, "height": 900})
    student = Student(page)
    student.go()
    cells = len(student.cells)  # the last key makes a new one
    student.faults += [f"cell {at} was not run" for at in page.evaluate(LEFT) if at < cells]
    student.toggle()
    seen = errors(page)
    student.restart()
    page.context.close()
    assert seen == [] and student.faults == []
