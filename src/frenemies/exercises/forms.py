"""What a reader fills in: a guess before a verdict, an exercise with Check, Hint and Solution.

Each is a widget while a kernel runs, and a form of HTML on a page without one.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets
from markupsafe import Markup

from frenemies import claims, stored
from frenemies.claims.card import VerdictCard
from frenemies.errors import Problem
from frenemies.exercises import checks, score
from frenemies.exercises.kinds import Question
from frenemies.exercises.reading import veil
from frenemies.exercises.sheets import Exercise
from frenemies.templates import render

WIDE = {"width": "auto", "max_width": "46rem"}
_GUESS = (
    "Before you look: holds, partly, fails or undecided? And how sure are you? "
    "Run this cell (Shift+Enter) to say so."
)
_ANSWER = "Run this cell (Shift+Enter) to answer, check and take hints."


class Form(ipywidgets.VBox):
    """A box of which the question alone is stored, no answer of anybody.

    page(): it as a form of a handout, in HTML; about: its kind, and the claim or exercise it asks.
    """

    def __init__(self, children: list, page: Callable[[], str], text: str, **about: str) -> None:
        self._full, self._text, self._about = page, text, about
        super().__init__(children, layout=ipywidgets.Layout(**WIDE))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        view, plain = super()._repr_mimebundle_(**kwargs), stored.form(self._text)
        return stored.bundle(self._text, plain, self._full, view, **self._about)

    def __repr__(self) -> str:
        return self._text


def _button(label: str, action: Callable[[], None], style: str = "") -> ipywidgets.Button:
    layout = ipywidgets.Layout(width="auto", align_self="flex-start")
    button = ipywidgets.Button(description=label, button_style=style, layout=layout)
    button.on_click(lambda _: action())
    return button


def _choices(options: list[tuple[str, str]]) -> ipywidgets.RadioButtons:
    layout = ipywidgets.Layout(width="auto")
    return ipywidgets.RadioButtons(options=options, value=None, layout=layout)


def _paragraphs(*lines: str) -> Markup:
    return render("message.html.j2", lines=filter(None, lines), code="")


class Guess(Form):
    """The reader's verdict on one claim, and how sure; recording it opens the verdict card."""

    def __init__(self, claim: str) -> None:
        self.claim = claim
        self.verdict = _choices([(f"{word}: {said}", word) for word, said in score.MEANS.items()])
        self.sure = ipywidgets.IntSlider(
            50, 25, 100, step=5, description="How sure (%)", style={"description_width": "initial"}
        )
        self.said = ipywidgets.HTML(_paragraphs(score.line(claim)))
        title = _asked(claim)
        head = ipywidgets.HTML(render("question.html.j2", title=title, ask=""))
        button = _button("Record my guess", self.record, "primary")
        super().__init__(
            [head, self.verdict, self.sure, button, self.said],
            lambda: guess_page(claim),
            f"{title}\n{_GUESS}",
            kind="guess",
            claim=claim,
        )

    def record(self) -> None:
        """Keep what is chosen, and open the verdict."""
        if self.verdict.value is None:
            self.said.value = _paragraphs("Choose one of the four first.")
            return
        line = score.record(self.claim, self.verdict.value, self.sure.value)
        try:
            card = VerdictCard(self.claim).to_html(opened=True)
        except Problem as error:  # what a click raises is seen by nobody
            card = _paragraphs(str(error))
        self.said.value = _paragraphs(line or score.line(self.claim)) + card


def _asked(claim: str) -> str:
    return f"Your verdict on {claim}: {claims.row(claim)['claim']}"


def guess_page(claim: str) -> Markup:
    """The empty form of a guess as HTML: four verdicts and a confidence, never an answer."""
    return render("guess.html.j2", claim=claim, title=_asked(claim), verdicts=score.MEANS)


class Guessed:
    """A prediction made in code: the line that says so, and the verdict card it opens."""

    def __init__(self, claim: str, line: str) -> None:
        self.card, self.line = VerdictCard(claim), line

    def __repr__(self) -> str:
        return "\n".join([self.line, *self.card.lines()])

    def _repr_html_(self) -> str:
        return _paragraphs(self.line) + self.card.to_html(opened=True)


def guess(claim: str, verdict: str | None = None, sure: float | str = 50) -> Guess | Guessed:
    """Ask for the reader's verdict before the computed one shows: `fr.guess("E1")`.

    In code: `fr.guess("E1", "holds", 80)`, sure in percent, 0 to 100. It is kept in the reader's
    own file (`my-answers.json`), then the verdict card opens. Raises UnknownClaim, Problem.
    """
    code = claims.row(claim)["id"]
    if verdict is None:
        return Guess(code)
    return Guessed(code, score.record(code, verdict, sure) or score.line(code))


class Box(anywidget.AnyWidget):
    """A line to answer on.

    entered: how often Enter was pressed; it comes in one message with the value, so that what was
    typed is checked.
    """

    _esm = Path(__file__).parents[1] / "toggles" / "box.js"
    value = traitlets.Unicode().tag(sync=True)
    placeholder = traitlets.Unicode().tag(sync=True)
    entered = traitlets.Int().tag(sync=True)


class ExerciseForm(Form):
    """One exercise: its question, a box or choices, and the three buttons."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise, question, title = exercise, exercise.question, exercise.title
        self.box = _box(question)
        if isinstance(self.box, Box):
            self.box.observe(lambda _: self.check(), "entered")
        self.said = ipywidgets.HTML()
        head = ipywidgets.HTML(render("question.html.j2", title=title, ask=question.ask))
        buttons = [
            _button("Check", self.check, "primary"),
            _button("Hint", self.hint),
            _button("Solution", self.solution),
        ]
        options = [f"  {key}) {option}" for key, (option, _, _) in question.lettered()]
        super().__init__(
            [*filter(None, [head, self.box]), ipywidgets.HBox(buttons), self.said],
            lambda: page(exercise),
            "\n".join([title, question.ask, *options, f"{question.wanted()} {_ANSWER}"]),
            kind="exercise",
            exercise=exercise.id,
        )

    def check(self) -> None:
        """Judge what is in the box, and say so."""
        answer = self.box.value if self.box else None
        if self.box and answer in (None, ""):
            self.said.value = _paragraphs(f"Answer first: {self.exercise.question.wanted()}")
        else:
            self.said.value = checks.check(self.exercise.id, answer)._repr_html_()

    def hint(self) -> None:
        """Show the next hint."""
        self.said.value = checks.hint(self.exercise.id)._repr_html_()

    def solution(self) -> None:
        """Show the solution."""
        self.said.value = checks.solution(self.exercise.id, reveal=True)._repr_html_()


def _box(question: Question) -> ipywidgets.Widget | None:
    if question.kind == "choice":
        return _choices([(text, key) for key, (text, _, _) in question.lettered()])
    if question.kind == "state":
        return None
    tall = question.kind in ("open", "table")
    layout = ipywidgets.Layout(width="min(40rem, 95%)", **({"height": "6rem"} if tall else {}))
    return (ipywidgets.Textarea if tall else Box)(placeholder=question.wanted(), layout=layout)


def exercise(name: str) -> ExerciseForm | checks.Said:
    """Show an exercise with its box, Check, Hint and Solution buttons: `fr.exercise("E3-rank")`.

    Where the data do not give its answer, a sentence says so in its place. Raises UnknownExercise.
    """
    try:
        return ExerciseForm(checks.find(name))
    except checks.Unanswerable as fault:
        return checks.Said(str(fault))


def page(exercise: Exercise) -> Markup:
    """An exercise as a form of HTML: the question, its box, veiled answers and hints."""
    question = exercise.question
    accepted = _veiled(exercise, question.accepted())
    of_page = {"accept": accepted, **question.page_data()} if accepted else {}
    attributes = {"exercise": exercise.id, "kind": question.kind, **of_page}
    return render(
        "exercise.html.j2",
        exercise=exercise,
        question=question,
        accepted=accepted,
        attributes={f"data-{key}": value for key, value in attributes.items()},
        feedback=[(_veiled(exercise, texts), why) for texts, why in question.feedback()],
    )


def _veiled(exercise: Exercise, texts: list[str]) -> str:
    return " ".join(veil(f"{exercise.id}:{text}") for text in texts)
