"""Marked questions that are answered in code: variants, drawn from a lecturer's secret.

A file of questions, ours or a teacher's own, says what can be drawn, and the lines that give the
right answer. The lines of ours stay in their file: what was drawn, the right figures and those of
likely slips stand in the lecturer's source notebook, where nbgrader takes them out of the students'
copy.
"""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from heldto import article
from heldto.errors import Problem, describe_fault, or_else
from heldto.evidence import actors
from heldto.exercises import reading
from heldto.exercises.frames import Frame
from heldto.exercises.kinds import Number
from heldto.exercises.lines import run_lines, slipped

OURS = "questions.toml"  # beside the article; in no wheel, so that no student has it installed
NOT_HERE = (
    "{file} is left out of an installed package: name it with --questions, from src/{package}/ of "
    "a checkout or of the source archive, or a file of your own"
)
NOT_IN_A_FOLDER = (
    "an article in a folder has no {file}: its exercises need no code, so they are in the "
    "handouts, and heldto moodle writes them as marked questions. For questions in code, write "
    "{file} into the folder, or name a file with --questions"
)
FORM = ("keys", "units", "unit", "digits")  # of an answer; `keys` and `units` make it a data frame
LEAST = 6  # slips that a variant must tell apart, where its question has so many
TRIES = 40  # variants that are drawn until the likely slips of one can be told apart
Drawn = dict[str, Any]


class NotYet(AssertionError):
    """An answer that is not right. A notebook, and nbgrader's feedback, show its sentence alone."""

    def _render_traceback_(self) -> list[str]:  # what IPython shows in place of a traceback
        return [str(self)]


def draw_questions(path: Path | str | None = None, secret: str = "") -> dict[str, Drawn]:
    """The questions of a file, ours or a teacher's own, each with one of its variants filled in; of
    ours without their lines.

    secret: what draws the same variants again. Raises Problem that names the file, and the question
    that lacks something or has no answer.
    """
    questions = with_lines(path, secret)
    return questions if path else {name: _closed(question) for name, question in questions.items()}


def with_lines(path: Path | str | None = None, secret: str = "") -> dict[str, Drawn]:
    """As draw, with all lines of ours: for the lecturer alone."""
    path, is_ours = Path(path or article.current().folder / OURS), path is None
    if is_ours and not path.is_file():
        here = article.current()
        lack = NOT_HERE if here.is_package else NOT_IN_A_FOLDER
        raise Problem(lack.format(file=OURS, package=here.package))
    try:
        with or_else("name another file of questions"):
            text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(f"{path.name}: {error}: mend that line") from None
    if not tables:
        raise Problem(f"{path.name} has no question: write one, or name another file of questions")
    return {
        name: _drawn(table, Random(f"{secret} {name}"), f"{path.name}, {name}")
        for name, table in tables.items()
    }


def _closed(question: Drawn) -> Drawn:
    """A question with the first of its lines alone, and no slip as lines."""
    start = question.get("lines", "").partition("\n")[0]
    return {key: value for key, value in question.items() if key != "slips"} | {"lines": start}


def _drawn(table: Drawn, random: Random, place: str) -> Drawn:
    """A question with a variant whose likely slips can be told apart, and all its answers."""
    try:
        for _ in range(TRIES):
            variant = _variant(table.get("draw", {}), random)
            question = {
                key: _filled(value, variant) for key, value in table.items() if key != "draw"
            }
            question |= {
                "title": question["title"],
                "points": question["points"],
                "variant": variant,
            }
            if answers := _answers(question):
                return question | answers
        raise Problem("too many of its answers are the same: draw other variants, or other slips")
    except Exception as error:  # a teacher's lines may do anything
        raise Problem(f"{place}: {describe_fault(error)}: mend it there") from None


def _variant(draw: Any, random: Random) -> Drawn:
    """One of several variants, or one of each of several choices ("2001-2018" is one of years), and
    the names of the actors that are drawn.
    """
    variant: Drawn = {}
    for name, choices in ({"": draw} if isinstance(draw, list) else draw).items():
        if isinstance(choices, str):
            first, last = map(int, choices.split("-"))
            choices = range(first, last + 1)
        choice = random.choice(choices)
        variant |= choice if isinstance(choice, dict) else {name: choice}
    codes = {key: code for key, code in variant.items() if code in actors.EVERYBODY}
    return variant | {f"{key}_name": actors.name(code) for key, code in codes.items()}


def _filled(value: Any, variant: Drawn) -> Any:
    """A value whose texts name what was drawn, as "{year}"."""
    if isinstance(value, list):
        return [_filled(part, variant) for part in value]
    if isinstance(value, dict):
        return {key: _filled(part, variant) for key, part in value.items()}
    return value.strip("\n").format_map(variant) if isinstance(value, str) else value


def _answers(question: Drawn) -> Drawn:
    """The right answer, and the wrong ones that differ, worked out by the lines, slips put in; what
    stands beside a rubric; nothing where too many answers are the same.
    """
    if "rubric" in question:
        return {"figures": run_lines(question["lines"]) if "lines" in question else ""}
    wrong = [slipped(question["lines"], slip) for slip in question["slips"]]
    form = {key: question[key] for key in FORM if key in question}
    checker = _question(right := run_lines(question["lines"]), wrong, **form)
    results = [(answer, why, checker.judge(answer)) for answer, why in wrong]
    told_apart = [
        (answer, why) for answer, why, result in results if not result and why in result.says
    ]
    enough = checker.judge(right) and len(told_apart) >= min(LEAST, len(wrong))
    return {"right": right, "wrong": told_apart} if enough else {}


def _question(answer: Any, wrong: list[tuple[Any, str]], **form: Any) -> Frame | Number:
    return (Frame if "keys" in form else Number)(ask="", answer=answer, wrong=wrong, **form)


def explain(answer: object, right: Any, wrong: list[tuple[Any, str]], **form: Any) -> None:
    """Nothing where an answer is right; NotYet that says why not."""
    result = _question(right, wrong, **form).judge(answer)
    if not result:
        raise NotYet(result.says)


def form(answer: object, keys: list[str] | None = None, units: Drawn | None = None) -> None:
    """Nothing where an answer has the form that is asked for, a number, or a data frame with these
    columns; else NotYet that says what is missing. Whether it is right is not looked at.
    """
    try:
        if keys and units:
            Frame(answer=pd.DataFrame(columns=[*keys, *units]), keys=keys, units=units).read(answer)
        else:
            reading.read_figure(answer)
    except reading.Unreadable as error:
        raise NotYet(str(error)) from None


def cell_texts(name: str, drawn: Drawn) -> dict[str, Any]:
    """What the texts of a question's cells take: $title, $ask, $start, $rest, $form, $judged."""
    texts = {"name": name, "points": drawn["points"], "title": drawn["title"], "ask": drawn["ask"]}
    if "rubric" in drawn:
        marks = "\n".join(f"- {line}" for line in drawn["rubric"])
        return texts | {"figures": drawn["figures"], "rubric": marks}
    start, _, rest = drawn["lines"].replace("\nanswer = ", f"\n{name} = ").partition("\n")
    right = _as_python(drawn["right"], drawn)
    form = [f"{key}={drawn[key]!r}" for key in FORM if key in drawn]
    wrong = ", ".join(f"({_as_python(answer, drawn)}, {why!r})" for answer, why in drawn["wrong"])
    judged = ", ".join([name, right, f"[{wrong}]", *form])
    texts |= {"start": start, "rest": rest or f"{name} = {right}", "judged": judged}
    return texts | {"form": ", ".join([name, *form[:2]] if "keys" in drawn else [name])}


def _as_python(answer: Any, drawn: Drawn) -> str:
    """An answer as Python."""
    if not isinstance(answer, pd.DataFrame):
        return repr(float(answer))
    columns = answer[[*drawn["keys"], *drawn["units"]]].round(drawn["digits"] + 3)
    return f"pd.DataFrame({columns.to_dict('list')!r})"
