"""What a reader fills in: what all forms share, and an exercise with Check, Hint and Solution.

Each is a widget while a kernel runs, and a form of HTML on a page without one.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets
from markupsafe import Markup

from heldto import stored
from heldto.errors import OurFault
from heldto.exercises import checks, diary, kinds, reading, sheets
from heldto.exercises.words import say
from heldto.templates import render
from heldto.toggles.bar import current_bar
from heldto.toggles.here import ALIVE, FROM_PAGE, ScrollAnchor, html, shared
from heldto.toggles.press import SubmitButton

Page = Callable[[], str]
CLASSES = [ALIVE, "heldto-form"]


class Form(ipywidgets.VBox):
    """A box of which the question alone is stored, no answer of anybody.

    page(): it as a form of a handout, in HTML; text: it as plain lines; plain(): it as HTML for
    whoever has no kernel, else that text; said: the part for what is answered, where it is one of
    `parts` (else it stands below them); about: its kind, and the claim or exercise it asks.
    """

    children: Any

    def __init__(
        self,
        parts: list,
        page: Page,
        text: str,
        plain: Page | None = None,
        said: ipywidgets.HTML | None = None,
        **about: str,
    ) -> None:
        self.said = said or _answer()  # there before anything is said: so it is heard
        self._full, self._text, self._about = page, text, about
        self._plain = plain or (lambda: stored.question_page(text))
        layout = shared(ipywidgets.Layout, width="auto", max_width="46rem")
        below = [shared(ScrollAnchor)] if said else [shared(ScrollAnchor), self.said]
        super().__init__([*parts, *below], layout=layout, _dom_classes=CLASSES)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        view = super()._repr_mimebundle_(**kwargs)
        return stored.bundle(self._text, self._plain(), self._full, view, **self._about)

    def __repr__(self) -> str:
        return self._text


def _answer() -> ipywidgets.HTML:
    """A part of a page that is read aloud when it changes."""
    made = html()
    made.add_class("heldto-said")
    return made


def button(label: str, action: Callable[[], None]) -> ipywidgets.Button:
    """A button as wide as its label that does `action()`."""
    layout = shared(ipywidgets.Layout, width="auto", align_self="flex-start")
    look = {"style": shared(ipywidgets.ButtonStyle), "layout": layout}
    made = ipywidgets.Button(description=label, **look)
    made.on_click(lambda _: action())
    return made


def choices(options: list[tuple[str, str]]) -> ipywidgets.RadioButtons:
    """Pairs of (label, value) to choose one from, none chosen."""
    layout = shared(ipywidgets.Layout, width="auto")
    return ipywidgets.RadioButtons(options=options, value=None, layout=layout)


def paragraphs(*lines: str) -> Markup:
    """Each line that is not empty as a paragraph of HTML."""
    return render("message.html.j2", lines=filter(None, lines), code="")


class TextInput(anywidget.AnyWidget):
    """A line to answer on.

    entered: how often Enter was pressed; it comes in one message with the value, so that what was
    typed is checked.
    """

    _esm = Path(__file__).parents[1] / "toggles" / "box.js"
    value = traitlets.Unicode().tag(**FROM_PAGE)
    placeholder = traitlets.Unicode().tag(sync=True)
    entered = traitlets.Int().tag(**FROM_PAGE)


class ExerciseForm(Form):
    """One exercise: its question, a box or choices, and the three buttons."""

    def __init__(self, exercise: sheets.Exercise) -> None:
        self.exercise, question, title = exercise, exercise.question, exercise.title
        self.box = _box(question)
        if isinstance(self.box, TextInput):
            self.box.observe(lambda _: self.check(), "entered")
        if isinstance(self.box, ipywidgets.RadioButtons):  # nothing judged stands beside another
            self.box.observe(lambda _: setattr(self.said, "value", ""), "value")
        asks = question.ask if self.box else f"{question.ask} {question.wanted()}"
        head = html(render("question.html.j2", title=title, ask=asks))
        steps = [button("Hint", self.hint), button("Solution", self.solution)]
        bar = current_bar(question.section) if isinstance(question, kinds.State) else None
        field = self.box or bar  # the page's own bar, here once more
        if question.kind != "frame":  # a frame is checked in the reader's own cell
            steps.insert(
                0, SubmitButton("Check", self.check, *filter(None, [field]), style="primary")
            )
        buttons = ipywidgets.HBox(steps, layout=shared(ipywidgets.Layout))
        parts, name = [*filter(None, [head, field]), buttons], exercise.id
        options = [f"  {key}) {option}" for key, (option, _, _) in question.lettered()]
        how = say("answer_in_code" if question.lines else "answer", wanted=question.wanted())
        text = "\n".join([title, question.ask, *options, how])
        super().__init__(
            parts, lambda: exercise_page(exercise), text, kind="exercise", exercise=name
        )
        if diary.solved(name):
            self.said.value = paragraphs(say("solved"))

    def check(self) -> None:
        """Judge what is in the box, and say so."""
        answer, question = self.box.value if self.box else None, self.exercise.question
        if self.box and answer in (None, ""):
            self.said.value = paragraphs(say("answer_first", wanted=question.wanted()))
        else:
            self.said.value = checks.check(self.exercise.id, answer)._repr_html_()

    def hint(self) -> None:
        """Show the next hint, below those before it."""
        self.said.value = checks.hints(self.exercise)._repr_html_()

    def solution(self) -> None:
        """Show the solution."""
        self.said.value = checks.solution(self.exercise.id, reveal=True)._repr_html_()


def _box(question: kinds.Question) -> ipywidgets.Widget | None:
    if question.kind == "choice":
        return choices([(text, key) for key, (text, _, _) in question.lettered()])
    if question.kind in ("state", "frame"):
        return None
    tall = question.kind in ("open", "table")
    layout = ipywidgets.Layout(width="min(40rem, 95%)", **({"height": "6rem"} if tall else {}))
    return (ipywidgets.Textarea if tall else TextInput)(
        placeholder=question.wanted(), layout=layout
    )


def exercise(name: str) -> ExerciseForm | checks.Said:
    """Show an exercise with its box and the buttons Check, Hint and Solution.

    name: its id, which begins with the claim that it serves. An exercise that is answered in code
    has no box: `fr.check` takes the answer.

    Returns the form; printed, it is the question. Where the data do not give the answer, or this
    package is at fault, a sentence says so in its place. Raises UnknownExercise with a suggestion;
    TextError where the file of its section's exercises is written wrong.

    Examples
    --------
    >>> print(fr.exercise("E3-rank"))
    Exercise E3-rank: read a picture (easy)
    ...
    """
    try:
        return ExerciseForm(checks.find_exercise(name))
    except (checks.Unanswerable, OurFault) as fault:
        return checks.Said(str(fault))


def exercise_page(exercise: sheets.Exercise) -> Markup:
    """An exercise as a form of HTML: the question, its box, veiled answers and hints."""
    question = exercise.question
    accepted = _veiled(exercise, question.accepted())
    feedback = [(_veiled(exercise, texts), why) for texts, why in question.feedback()]
    return render("exercise.html.j2", exercise=exercise, accepted=accepted, feedback=feedback)


def _veiled(exercise: sheets.Exercise, texts: list[str]) -> str:
    return " ".join(reading.veil(f"{exercise.id}:{text}") for text in texts)
