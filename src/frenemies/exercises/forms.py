"""The widgets a reader fills in: a guess before a verdict, an exercise with Check, Hint and Solution."""

import html
from pathlib import Path

import anywidget
import ipywidgets
import traitlets

from frenemies import claims, exercises, stored
from frenemies.claims.card import VerdictCard
from frenemies.errors import Problem
from frenemies.exercises import score

WIDE = {"width": "auto", "max_width": "46rem"}
_GUESS = "Before you look: holds, partly, fails or undecided? And how sure are you? Run this cell (Shift+Enter) to say so."
_ANSWER = "Run this cell (Shift+Enter) to answer, check and take hints."


class Form(ipywidgets.VBox):
    """A box of which the question alone is stored, no answer of anybody.

    page(): it as a form of a handout, in HTML; about: its kind, and the claim or exercise that it asks.
    """

    def __init__(self, children, page, text, **about):
        self._full, self._text, self._about = page, text, about
        super().__init__(children, layout=ipywidgets.Layout(**WIDE))

    def _repr_mimebundle_(self, **kwargs):
        view, plain = super()._repr_mimebundle_(**kwargs), stored.form(self._text)
        return stored.bundle(self._text, plain, self._full, view, **self._about)

    def __repr__(self):
        return self._text


def _button(label, action, style=""):
    made = ipywidgets.Button(
        description=label,
        button_style=style,
        layout=ipywidgets.Layout(width="auto", align_self="flex-start"),
    )
    made.on_click(lambda _: action())
    return made


def paragraph(text):
    """Plain text as a paragraph of HTML."""
    return f"<p>{html.escape(text)}</p>" if text else ""


class Guess(Form):
    """The reader's verdict on one claim, and how sure; recording it opens the verdict card."""

    def __init__(self, claim):
        self.claim, row = claim, claims.row(claim)
        options = [(f"{word}: {score.MEANS[word]}", word) for word in score.WORDS]
        self.verdict = ipywidgets.RadioButtons(
            options=options, value=None, layout=ipywidgets.Layout(width="auto")
        )
        self.sure = ipywidgets.IntSlider(
            50, 25, 100, step=5, description="How sure (%)", style={"description_width": "initial"}
        )
        self.said = ipywidgets.HTML(paragraph(score.line(claim)))
        head = ipywidgets.HTML(f"<b>Your verdict on {claim}: {html.escape(row['claim'])}</b>")
        text = f"Your verdict on {claim}: {row['claim']}\n{_GUESS}"
        super().__init__(
            [
                head,
                self.verdict,
                self.sure,
                _button("Record my guess", self.record, "primary"),
                self.said,
            ],
            lambda: score.form(claim),
            text,
            kind="guess",
            claim=claim,
        )

    def record(self):
        """Keep what is chosen, and open the verdict."""
        if self.verdict.value is None:
            self.said.value = paragraph("Choose one of the four first.")
            return
        line = score.record(self.claim, self.verdict.value, self.sure.value) or score.line(
            self.claim
        )
        try:
            card = score.opened(VerdictCard(self.claim))
        except Problem as error:  # what a click raises is seen by nobody
            card = paragraph(str(error))
        self.said.value = paragraph(line) + card


def guess(claim, verdict=None, sure=50):
    """Ask for the reader's verdict before the computed one shows: `fr.guess("E1")`, or in code `fr.guess("E1", "holds", 80)`.

    sure: 0 to 100 (percent). It is kept in the reader's own file (`my-answers.json`), then the verdict card opens.
    Raises UnknownClaim, Problem.
    """
    code = claims.row(claim)["id"]
    if verdict is None:
        return Guess(code)
    return score.Guessed(code, score.record(code, verdict, sure) or score.line(code))


class Box(anywidget.AnyWidget):
    """A line to answer on. entered: how often Enter was pressed; it comes in one message with the value, so that what was typed is checked."""

    _esm = Path(__file__).parents[1] / "toggles" / "box.js"
    value = traitlets.Unicode().tag(sync=True)
    placeholder = traitlets.Unicode().tag(sync=True)
    entered = traitlets.Int().tag(sync=True)


class ExerciseForm(Form):
    """One exercise: its question, a box or choices, and the three buttons."""

    def __init__(self, found):
        self.exercise, ask = found, found.question
        self.box = _box(ask)
        if isinstance(self.box, Box):
            self.box.observe(lambda _: self.check(), "entered")
        self.said = ipywidgets.HTML()
        head = ipywidgets.HTML(
            f"<b>{html.escape(exercises.heading(found))}</b><p>{html.escape(ask.ask)}</p>"
        )
        buttons = [
            _button("Check", self.check, "primary"),
            _button("Hint", self.hint),
            _button("Solution", self.solution),
        ]
        text = "\n".join(
            [
                exercises.heading(found),
                ask.ask,
                *(f"  {key}) {option}" for key, (option, _, _) in getattr(ask, "lettered", list)()),
                f"{ask.wanted()} {_ANSWER}",
            ]
        )
        super().__init__(
            [head, *([self.box] if self.box else []), ipywidgets.HBox(buttons), self.said],
            lambda: exercises.form(found.id),
            text,
            kind="exercise",
            exercise=found.id,
        )

    def check(self):
        """Judge what is in the box, and say so."""
        answer = self.box.value if self.box else None
        if self.box and answer in (None, ""):
            self.said.value = paragraph("Answer first: " + self.exercise.question.wanted())
            return
        self.said.value = exercises.check(self.exercise.id, answer)._repr_html_()

    def hint(self):
        """Show the next hint."""
        self.said.value = exercises.hint(self.exercise.id)._repr_html_()

    def solution(self):
        """Show the solution."""
        self.said.value = exercises.solution(self.exercise.id, reveal=True)._repr_html_()


def exercise(name):
    """Show an exercise with its box and Check, Hint and Solution buttons: `fr.exercise("E3-rank")`. Raises UnknownExercise.

    Where the data do not give its answer, a sentence says so in its place.
    """
    try:
        return ExerciseForm(exercises.find(name))
    except exercises.Unanswerable as fault:
        return exercises.Said(str(fault))


def _box(ask):
    if ask.kind == "choice":
        options = [(text, key) for key, (text, _, _) in ask.lettered()]
        return ipywidgets.RadioButtons(
            options=options, value=None, layout=ipywidgets.Layout(width="auto")
        )
    if ask.kind == "state":
        return None
    tall = ask.kind in ("open", "table")
    layout = ipywidgets.Layout(width="min(40rem, 95%)", **({"height": "6rem"} if tall else {}))
    return (ipywidgets.Textarea if tall else Box)(placeholder=ask.wanted(), layout=layout)
