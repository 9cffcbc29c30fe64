"""What a reader has guessed and solved so far, and what is left."""

from typing import NamedTuple

from heldto import article, evidence
from heldto.errors import TextError
from heldto.exercises import diary, line, sheets
from heldto.exercises.box import Form
from heldto.exercises.words import say
from heldto.templates import render
from heldto.text.arguments import one_of
from heldto.toggles.here import html
from heldto.tr import tr, tr_n


class Done(NamedTuple):
    """What a reader did of a notebook, in numbers; ids of the exercises and claims left.

    slip: what is wrong with the file of its exercises, which are then not counted.
    """

    notebook: str
    solved: int
    tried: int
    exercises: int
    predictions: int
    unsolved: list[str]
    unguessed: list[str]
    slip: str = ""

    @property
    def said(self) -> str:
        """The numbers in words; what is wrong with its exercises, where they cannot be read."""
        if self.slip:
            return self.slip
        claims = self.predictions + len(self.unguessed)
        words = say("done", **self._asdict())
        return words + (say("guessed", claims=claims, **self._asdict()) if claims else "")

    @property
    def left(self) -> list[str]:
        """What is left, in words."""
        guess, solve = ", ".join(self.unguessed), ", ".join(self.unsolved)
        lines = [tr("Left to guess: {claims}.", claims=guess)] if guess else []
        lines += [tr("Left to solve: {exercises}.", exercises=solve)] if solve else []
        return lines or [tr("All guessed and solved.")]


class Progress(Form):
    """What was guessed and solved, a bar a notebook; of one section also what is left."""

    def __init__(self, section: str | None = None) -> None:
        self.section = section
        context = {"rows": self.rows(), "left": bool(section), "sealed": _sealed()}
        context["given"] = "" if section else _given(line.own_line())
        page = render("progress.html.j2", **context)
        super().__init__([html(page)], lambda: "", say("progress"))

    def rows(self) -> list[Done]:
        """What was done of each notebook, or of the section's."""
        contents, notebooks = diary.load_answers(), article.notebooks()
        claims_by_notebook = evidence.table("claims").groupby("notebook")["id"].agg(list)
        guessed = {guess["claim"] for guess in contents["guesses"]}
        rows = []
        for section in [self.section] if self.section else notebooks:
            ids, claims, slip = [], claims_by_notebook.get(notebooks[section], []), ""
            try:
                ids = sheets.exercise_ids(section)
            except TextError as error:
                slip = error.sentence
            if not (ids or claims or slip):
                continue
            unsolved = [one for one in ids if not diary.solved(one, contents)]
            unguessed = [claim for claim in claims if claim not in guessed]
            tried = len(contents["exercises"].keys() & set(ids))
            counts = len(ids) - len(unsolved), tried, len(ids), len(claims) - len(unguessed)
            rows.append(Done(notebooks[section], *counts, unsolved, unguessed, slip))
        return rows

    def __repr__(self) -> str:
        rows = self.rows()
        left = rows[0].left if self.section else []
        lines = [f"{row.notebook}: {row.said}" for row in rows]
        class_line = "" if self.section else _given(line.own_line())
        return "\n".join(filter(None, [*lines, *left, _sealed(), class_line]))


def _sealed() -> str:
    """How many claims of their own the reader has sealed, in words; "" for none."""
    number = len(diary.load_answers()["claims"])
    return say("own_claims", claims=tr_n("{n} claim", "{n} claims", number)) if number else ""


def _given(letters: str) -> str:
    """What stands before a line for the class, and the line; "" for none."""
    return say("line", line=letters) if letters else ""


def progress(section: str | None = None) -> Progress:
    """Tell what the reader has guessed and solved so far, from their own file.

    Without a section it shows a line for each notebook. Below them all guesses are one line of
    letters, which a student can paste where a lecturer asks for it. With a section it also tells
    which claims are left to guess, and which exercises are left to solve.

    Returns what a notebook shows. Its `rows()` are named tuples: notebook, solved, tried, exercises
    and predictions (how many of each), unsolved and unguessed (lists of ids). The numbers are never
    stored in the notebook. Raises Problem for a section that does not exist.

    Examples
    --------
    >>> answer = fr.check("E3-rank", 5)
    >>> row = fr.progress("economic").rows()[0]
    >>> row.notebook, row.solved, "E3-rank" in row.unsolved
    ('01_economic', 1, False)
    """
    if section is not None:
        one_of(article.notebooks(), section, "section")
    return Progress(section)
