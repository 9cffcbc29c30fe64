"""An exercise as a reader fills it in, with Check, Hint and Solution."""

from pathlib import Path

import anywidget
import ipywidgets
import traitlets
from markupsafe import Markup

from heldto.errors import OurFault
from heldto.exercises import checks, diary, kinds, reading, sheets
from heldto.exercises.box import Form, button, choices, paragraphs
from heldto.exercises.words import Said, say
from heldto.templates import render
from heldto.toggles.bar import current_bar
from heldto.toggles.here import FROM_PAGE, html, shared
from heldto.toggles.press import SubmitButton
from heldto.tr import tr


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
        self.box, self._checked = _box(question), None
        self._judged = self._helped = ""
        if self.box:  # what was said of one answer does not stand beside another
            self.box.observe(lambda _: self._forget(), "value")
        if isinstance(self.box, TextInput):
            self.box.observe(lambda _: self.check(), "entered")
        asks = question.ask if self.box else f"{question.ask} {question.wanted()}"
        head = html(render("question.html.j2", title=title, ask=asks))
        steps = [button(tr("Hint"), self.hint), button(tr("Solution"), self.solution)]
        bar = current_bar(question.section) if isinstance(question, kinds.State) else None
        field = self.box or bar  # the page's own bar, here once more
        if question.kind != "frame":  # a frame is checked in the reader's own cell
            steps.insert(
                0, SubmitButton(tr("Check"), self.check, *filter(None, [field]), style="primary")
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
            self._tell(judged=paragraphs(say("solved")))

    def check(self) -> None:
        """Judge what is in the box, and say so above the hints that were taken."""
        answer, question = self.box.value if self.box else None, self.exercise.question
        self._checked = answer
        if self.box and answer in (None, ""):
            first = "choose_first" if question.kind == "choice" else "answer_first"
            self._tell(judged=paragraphs(say(first, wanted=question.wanted())))
        else:
            self._tell(judged=checks.check(self.exercise.id, answer)._repr_html_())

    def hint(self) -> None:
        """Show the next hint, below those before it and what was said of the answer."""
        self._tell(helped=checks.hints(self.exercise)._repr_html_())

    def solution(self) -> None:
        """Show the solution, below what was said of the answer."""
        self._tell(helped=checks.solution(self.exercise.id, reveal=True)._repr_html_())

    def _forget(self) -> None:
        if self.box and self.box.value != self._checked:
            self._tell(judged="")

    def _tell(self, judged: str | None = None, helped: str | None = None) -> None:
        """Show what is said of the answer and the help that was taken: each stays as it was where
        nothing new is given.
        """
        self._judged = self._judged if judged is None else judged
        self._helped = self._helped if helped is None else helped
        self.said.value = self._judged + self._helped


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


def exercise(name: str) -> ExerciseForm | Said:
    """Show an exercise with its box and the buttons Check, Hint and Solution.

    name: its id, which begins with the claim that it serves. An exercise that is answered in code
    has no box: `fr.check` takes the answer.

    Returns the form. Printed, it is the question. If the data do not give the answer, or this
    package is at fault, a sentence says so instead. Raises UnknownExercise with a suggestion;
    TextError if the file with the exercises of its section has a mistake.

    Examples
    --------
    >>> print(fr.exercise("E3-rank"))
    Exercise E3-rank: read a picture (easy)
    ...
    """
    try:
        return ExerciseForm(checks.find_exercise(name))
    except (checks.Unanswerable, OurFault) as fault:
        return Said(str(fault))


def exercise_page(exercise: sheets.Exercise) -> Markup:
    """An exercise as a form of HTML: the question, its box, veiled answers and hints."""
    question = exercise.question
    accepted = _veiled(exercise, question.accepted())
    feedback = [(_veiled(exercise, texts), why) for texts, why in question.feedback()]
    return render("exercise.html.j2", exercise=exercise, accepted=accepted, feedback=feedback)


def _veiled(exercise: sheets.Exercise, texts: list[str]) -> str:
    return " ".join(reading.veil(f"{exercise.id}:{text}") for text in texts)
