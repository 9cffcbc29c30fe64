"""Exercises: found, checked, hinted at and solved; what was solved is kept in the reader's file."""

import ast
from typing import Any

import pandas as pd

from heldto import article
from heldto.errors import NotHeld, OurFault, Problem, Slip, TextError, did_you_mean
from heldto.evidence.caching import cached
from heldto.exercises import diary, sheets
from heldto.exercises.kinds import Result
from heldto.exercises.sheets import Exercise
from heldto.exercises.words import Said, say

_HINTED: article.PerArticle[int] = article.PerArticle()  # by exercise: the last hint that was shown


class UnknownExercise(Problem):
    """No exercise goes by that id."""


class Unanswerable(Problem):
    """The data here do not give the answer of an exercise."""


def find_exercise(name: object) -> Exercise:
    """The exercise of an id, its right answer worked out from data/.

    Raises UnknownExercise with a suggestion; Unanswerable where the data do not give the answer;
    TextError where its section's file is written wrong, OurFault where this package is at fault.
    """
    try:
        wanted = str(name).strip()
    except Exception:  # an object that refuses to be written as text
        raise UnknownExercise("That is not an exercise: give its id, a word in quotes.") from None
    known_ids, slips = list[str](), list[TextError]()
    for section in article.notebooks():  # those further on are not loaded for it
        try:
            section_ids = sheets.exercise_ids(section)
        except TextError as slip:  # it hurts this section alone
            slips.append(slip)
            continue
        for exercise_id in section_ids:
            if exercise_id.casefold() == wanted.casefold():
                return _made(exercise_id)
        known_ids += section_ids
    if slips:
        sentences = " ".join(slip.sentence for slip in slips)
        raise TextError(f'exercise "{wanted}" is not among those that can be read. {sentences}')
    suggestion = did_you_mean(wanted, known_ids, f"There are {', '.join(known_ids)}.")
    raise UnknownExercise(f'there is no exercise "{wanted}". {suggestion}')


@cached
def _made(name: str) -> Exercise:
    try:
        return sheets.make_exercise(name)
    except Slip:  # no fault of the data
        raise
    except (NotHeld, LookupError) as lack:  # what a maker misses in data of the reader's own
        why = str(lack) if isinstance(lack, NotHeld) else say("lacks", error=lack)
        raise Unanswerable(say("not_worked_out", name=name, why=why)) from lack
    except Exception as fault:
        raise OurFault(fault) from fault


def check(name: object, answer: Any = None) -> Result:
    """Whether an answer to an exercise is right, and if not, why.

    answer: a number, text such as "12.4 bn", list, dict, Series or DataFrame, as the exercise asks;
    `...` where none is written yet. Figures are compared in the unit that the exercise names.

    Returns a Result: `right` is True, False, or None where nothing can be judged, and `says` is the
    reason in words. The reader's file, `my-answers.json`, keeps the number of tries and whether the
    exercise was solved. Never raises: an unknown exercise, too, is told in words.

    Examples
    --------
    >>> fr.check("E3-rank", 5).right
    True
    >>> fr.check("E3-rank", 10)
    Not yet. ...
    """
    try:
        exercise = find_exercise(name)
    except Problem as fault:
        return Result(False, str(fault))
    question = exercise.question
    if question.lines and _has_blank(answer):
        return Result(None, say("lines_first", wanted=question.wanted()))
    result = question.judge(answer)
    not_kept = diary.change_file(lambda contents: _note(contents, exercise.id, result))
    return Result(result.right, " ".join(filter(None, [result.says, not_kept])))


def _has_blank(answer: Any) -> bool:
    """Whether `...` stands where the reader has code to write: alone, or in a table."""
    first = answer.head(1).to_numpy().flat if isinstance(answer, pd.DataFrame) else [answer]
    return any(value is ... for value in first)


def _note(contents: dict, name: str, result: Result) -> None:
    entry = contents["exercises"].setdefault(name, {})
    tries, right = entry.get("tries", 0) + 1, entry.get("right", False) or result.right is not False
    entry.update(tries=tries, right=right, time=diary.utc_now())


def hint(name: object, number: int | None = None) -> Said:
    """Show a hint on an exercise: the next one, or hint 1, 2 or 3 if you give a number.

    Each hint says more than the one before; code stands only in the last. Returns a line of text
    that a notebook shows. Never raises: an unknown exercise is told in words.

    Examples
    --------
    >>> fr.hint("E3-rank", 1)
    Hint 1 of 3: ...
    """
    try:
        exercise = find_exercise(name)
    except Problem as fault:
        return Said(str(fault))
    hints = exercise.question.hints
    if not isinstance(number, int) or not 1 <= number <= len(hints):
        number = min(_HINTED.get(exercise.id, 0) + 1, len(hints))
    _HINTED[exercise.id] = number
    return Said(_nth(exercise, number))


def hints(exercise: Exercise) -> Said:
    """The next hint of an exercise, below those given before it, each on a line."""
    hint(exercise.id)
    numbers = range(1, _HINTED[exercise.id] + 1)
    return Said("\n".join(_nth(exercise, number) for number in numbers))


def _nth(exercise: Exercise, number: int) -> str:
    hints = exercise.question.hints
    return say("hint", number=number, all=len(hints), hint=hints[number - 1])


def solution(name: object, reveal: bool = False) -> Said:
    """The solution of an exercise, with code where there is some, if it is asked for outright.

    Without `reveal=True` it says only how to ask. Figures in it are worked out from the tables now,
    not typed. Returns lines of text that a notebook shows. Never raises: an unknown exercise is
    told in words.

    Examples
    --------
    >>> fr.solution("E3-rank")
    Try first, take a hint, and then: fr.solution("E3-rank", reveal=True)
    >>> fr.solution("E3-rank", reveal=True)
    Solution of E3-rank: 5: ...
    """
    try:
        exercise = find_exercise(name)
    except Problem as fault:
        return Said(str(fault))
    if not reveal:
        return Said(say("try_first", id=exercise.id))
    question = exercise.question
    lines = [f"Solution of {exercise.id}: {question.solution}", *question.points()]
    return Said("\n".join(lines), question.lines or import_line(question.code) + question.code)


def import_line(code: str) -> str:
    """The line that imports the rooms of `frenemies` which an expression names; "" for none."""
    dotted = [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Attribute)]
    names = {node.id for node in dotted if isinstance(node, ast.Name)}
    rooms = sorted(names & set(dir(article.face())))
    return f"from {article.current().package} import {', '.join(rooms)}\n\n" if rooms else ""
