"""Exercises: found, checked, hinted at and solved; what was solved is kept in the reader's own file."""

import html
import re

from frenemies import evidence
from frenemies.errors import Problem, did_you_mean
from frenemies.evidence.caching import cached
from frenemies.exercises import diary, questions, reading
from frenemies.exercises.kinds import Result
from frenemies.exercises.questions import ids
from frenemies.exercises.sheets import SheetError

NOTEBOOKS = {
    "economic": "01_economic",
    "geopolitical": "02_geopolitical",
    "military": "03_military",
    "verdict": "04_verdict",
}
SKILLS = (
    "find a figure",
    "compute a measure",
    "decide a claim",
    "read a picture",
    "explain a disagreement",
    "argue",
)
ROOMS = (
    "arms",
    "balance",
    "economic",
    "evidence",
    "geopolitical",
    "ledger",
    "military",
    "ties",
    "trade",
)
_HINTED = {}


class UnknownExercise(Problem):
    """No exercise goes by that id."""


class Unanswerable(Problem):
    """The data here do not give the answer of an exercise."""


def find(name):
    """The Exercise with its right answer worked out from data/.

    Raises UnknownExercise with a suggestion; Unanswerable where the data do not give the answer.
    """
    known = {one.casefold(): one for one in ids()}
    wanted = _written(name)
    if wanted.casefold() not in known:
        near = did_you_mean(wanted, list(known.values()), f"There are {', '.join(known.values())}.")
        raise UnknownExercise(f'there is no exercise "{wanted}". {near}')
    return _made(known[wanted.casefold()])


def _written(name):
    try:
        return str(name).strip()
    except Exception:  # an object that refuses to be written as text
        raise UnknownExercise('That is no exercise: give its id, such as "E3-rank".') from None


@cached
def _made(name):
    try:
        return questions.make(name)
    except SheetError:  # no fault of the data
        raise
    except Exception as error:  # what a maker meets in data of the reader's own
        raise Unanswerable(
            f"exercise {name} cannot be worked out from this data: {_why(error)}"
        ) from error


def _why(error):
    if isinstance(error, LookupError):
        return f"a figure that it needs is not held ({error})"
    return str(error) if isinstance(error, Problem) else f"{type(error).__name__}: {error}"


def _asked(name):
    """An exercise and "", or None and a line that says why there is none."""
    try:
        return find(name), ""
    except Problem as error:
        return None, str(error)


class Said:
    """A line or two for the reader, and code where there is some."""

    def __init__(self, text, code=""):
        self.text, self.code = text, code

    def __repr__(self):
        return "\n".join(filter(None, [self.text, self.code]))

    def _repr_html_(self):
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.text.splitlines())
        return lines + (f"<pre>{html.escape(self.code)}</pre>" if self.code else "")


def check(name, answer=None):
    """Whether an answer is right, and if not, why: `fr.check("E3-rank", 10)`. Takes numbers, text, lists, Series, DataFrames; never raises.

    Returns a Result, true where the answer is right; the reader's file keeps the number of tries and whether it was solved.
    """
    found, fault = _asked(name)
    if fault:
        return Result(False, fault)
    result = found.question.judge(answer)
    lost = diary.change(lambda contents: _note(contents, found.id, result))
    says = " ".join(filter(None, [result.says, lost]))
    return Result(result.right, says)


def _note(contents, name, result):
    entry = contents["exercises"].setdefault(name, {"tries": 0, "right": False})
    entry.update(
        tries=int(entry.get("tries", 0)) + 1,
        right=bool(entry.get("right")) or bool(result),
        time=diary.now(),
    )


def hint(name, number=None):
    """The next hint of an exercise, or hint 1, 2 or 3: `fr.hint("E3-rank")`. Each says more than the one before. Never raises."""
    found, fault = _asked(name)
    if fault:
        return Said(fault)
    hints = found.question.hints
    number = (
        number
        if isinstance(number, int) and 1 <= number <= len(hints)
        else min(_HINTED.get(found.id, 0) + 1, len(hints))
    )
    _HINTED[found.id] = number
    return Said(f"Hint {number} of {len(hints)}: {hints[number - 1]}")


def solution(name, reveal=False):
    """The solution, once asked for outright: `fr.solution("E3-rank", reveal=True)`. Never raises."""
    found, fault = _asked(name)
    if fault:
        return Said(fault)
    if not reveal:
        return Said(f'Try first, take a hint, and then: fr.solution("{found.id}", reveal=True)')
    points = [f"{points}: {what}." for points, what in getattr(found.question, "rubric", [])]
    return Said(
        "\n".join([f"Solution of {found.id}: {found.question.solution}", *points]),
        _with_import(found.question.code),
    )


def _with_import(code):
    """The code that gives the answer, led by the import it needs."""
    rooms = sorted({name for name in re.findall(r"\b([a-z]+)\.", code) if name in ROOMS})
    return f"from frenemies import {', '.join(rooms)}\n\n{code}" if code else ""


def form(name):
    """An exercise as a plain page: the question, its box, veiled answers and hints. Raises UnknownExercise."""
    found = find(name)
    ask = found.question
    told = "".join(
        f'<p class="feedback" hidden data-for="{_veiled(found.id, spellings)}">{html.escape(why)}</p>'
        for spellings, why in ask.feedback()
    )
    hints = "".join(
        f'<details class="hint"><summary>Hint {n}</summary><p>{html.escape(text)}</p></details>'
        for n, text in enumerate(ask.hints, 1)
    )
    check = '<button type="button" class="check">Check</button>' if ask.accepted() else ""
    accept = (
        f' data-accept="{_veiled(found.id, ask.accepted())}"{_reading(ask)}'
        if ask.accepted()
        else ""
    )
    return (
        f'<form class="exercise" method="dialog" data-exercise="{found.id}" data-kind="{ask.kind}"{accept}>'
        f"<fieldset><legend>{heading(found)}</legend>"
        f"<p>{html.escape(ask.ask)}</p>{_inputs(found)}{check}{NEEDS_KERNEL * (ask.kind in ('state', 'table'))}"
        f'<p class="result" role="status" aria-live="polite"></p>{told}{hints}</fieldset></form>'
    )


def _reading(ask):
    """What a page without Python must know to read an answer: decimals and unit of a number, names of actors for a list."""
    if ask.kind == "number":
        return f' data-digits="{ask.digits}" data-unit="{html.escape(ask.unit)}"'
    return f' data-names="{html.escape(reading.names())}"' if ask.kind == "text" else ""


NEEDS_KERNEL = '<p class="needs-kernel">This one is checked in the live notebook: run the cell there (Shift+Enter).</p>'


def heading(found):
    """Title line of an exercise: its id, level and skill."""
    return f"Exercise {found.id}: {found.skill} ({'easy' if found.level == 1 else 'middling' if found.level == 2 else 'hard'})"


def _veiled(name, spellings):
    return " ".join(veil(f"{name}:{text}") for text in spellings)


def veil(text):
    """A text as eight figures from which it cannot be read at a glance: FNV-1a. A veil over the answers in a page, not a lock."""
    number = 0x811C9DC5
    for byte in text.encode():
        number = (number ^ byte) * 0x01000193 % 2**32
    return f"{number:08x}"


def _inputs(found):
    ask = found.question
    wanted = html.escape(ask.wanted())
    if ask.kind == "choice":
        radio = '<label><input type="radio" name="answer-{}" value="{}"> {}</label><br>'
        return "".join(
            radio.format(found.id, key, html.escape(text)) for key, (text, _, _) in ask.lettered()
        )
    if ask.kind == "open":
        return f'<label>{wanted}<br><textarea name="answer" rows="4" cols="60"></textarea></label>'
    mode = ' inputmode="decimal"' if ask.kind == "number" else ""
    return (
        f'<label>{wanted} <input type="text"{mode} name="answer" autocomplete="off"></label> '
        if ask.accepted()
        else f"<p>{wanted}</p>"
    )


class Progress:
    """What was tried and solved, a bar a notebook."""

    def __init__(self):
        self.kept = diary.load()

    def rows(self):
        """List of (notebook, solved, tried, exercises, predictions made)."""
        done, guesses = self.kept["exercises"], {guess["claim"] for guess in self.kept["guesses"]}
        return [
            (notebook, *_counts(ids(section), done), len(guesses & set(_claims(notebook))))
            for section, notebook in NOTEBOOKS.items()
        ]

    def __repr__(self):
        return "\n".join(
            "{0}: {1} of {3} exercises solved, {2} tried; {4} predictions".format(*row)
            for row in self.rows()
        )

    def _repr_html_(self):
        bar = (
            '<tr><th scope="row">{0}</th><td><progress max="{3}" value="{1}" aria-label="{0}"></progress></td>'
            "<td>{1} of {3} exercises solved, {2} tried; {4} predictions</td></tr>"
        )
        return f'<table class="progress">{"".join(bar.format(*row) for row in self.rows())}</table>'


def _claims(notebook):
    return evidence.table("claims").query("notebook == @notebook")["id"]


def _counts(names, done):
    kept = [done[name] for name in names if name in done]
    return sum(bool(entry.get("right")) for entry in kept), len(kept), len(names)


def progress():
    """The reader's progress in each notebook, from their own file: `fr.progress()`."""
    return Progress()
