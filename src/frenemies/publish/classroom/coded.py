"""Marked questions that are answered in code: variants, drawn when a course is written.

A file of questions, ours (coded.toml) or a teacher's own, says what can be drawn. What was drawn,
the solution and what is said of a slip stand in the teacher's source notebook, where nbgrader takes
them out of the students' copy.
"""

import tomllib
from pathlib import Path
from pprint import pformat
from random import Random
from typing import Any

import pandas as pd

import frenemies
from frenemies.errors import Problem, describe_oserror
from frenemies.exercises import reading
from frenemies.exercises.frames import Frame
from frenemies.exercises.kinds import Number, Question

OURS = Path(__file__).with_suffix(".toml")
FORM = ("keys", "units", "unit", "digits")  # of an answer; `keys` and `units` make it a data frame
Drawn = dict[str, Any]


def draw(path: Path | str | None = None, seed: int = 0) -> dict[str, Drawn]:
    """The questions of a file, ours or a teacher's own, each with one of its variants filled in.

    Raises Problem that names the file, and the question that lacks something or has no answer.
    """
    path, random = Path(path or OURS), Random(seed)
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{describe_oserror(error)}: name another file of questions") from None
    except ValueError as error:
        raise Problem(f"{path.name}: {error}: mend that line") from None
    return {name: _drawn(table, random, f"{path.name}, {name}") for name, table in tables.items()}


def _drawn(table: Drawn, random: Random, where: str) -> Drawn:
    try:
        variant = random.choice(table.get("draw", [{}]))
        made = {key: _filled(value, variant) for key, value in table.items() if key != "draw"}
        for slip in made["slips"]:
            if slip["for"] not in made["lines"]:
                raise Problem(f'no line has "{slip["for"]}"')
        explain(_run(made["lines"]), made)
        return made | {"title": made["title"], "points": made["points"], "variant": variant}
    except Exception as error:  # a teacher's lines may do anything
        what = error if isinstance(error, Problem) else f"{type(error).__name__}: {error}"
        raise Problem(f"{where}: {what}: mend it there") from None


def _filled(value: Any, variant: Drawn) -> Any:
    """A value whose texts name what was drawn, as "{year}"."""
    if isinstance(value, list):
        return [_filled(one, variant) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, variant) for key, one in value.items()}
    return value.strip("\n").format_map(variant) if isinstance(value, str) else value


def question(drawn: Drawn) -> Question:
    """A question, its right answer and the wrong ones worked out by its lines, slips put in."""
    lines = drawn["lines"]
    wrong = [(_run(lines.replace(one["for"], one["put"])), one["why"]) for one in drawn["slips"]]
    about = {key: drawn[key] for key in FORM if key in drawn} | {"ask": drawn.get("ask", "")}
    return (Frame if "keys" in drawn else Number)(answer=_run(lines), wrong=wrong, **about)


def _run(lines: str) -> Any:
    names: dict[str, Any] = {"fr": frenemies, "pd": pd}
    exec(lines, names)
    return names["answer"]


def explain(answer: object, drawn: Drawn) -> None:
    """Nothing where an answer is right; AssertionError that says why not."""
    result = question(drawn).judge(answer)
    assert result, result.says


def form(answer: object, keys: list[str] | None = None, units: Drawn | None = None) -> None:
    """Nothing where an answer has the form that is asked for, a number, or a data frame with these
    columns; else AssertionError that says what is missing. Whether it is right is not looked at.
    """
    try:
        if keys and units:
            Frame(answer=pd.DataFrame(columns=[*keys, *units]), keys=keys, units=units).read(answer)
        else:
            reading.figure(answer)
    except reading.Unreadable as error:
        raise AssertionError(str(error)) from None


def facts(name: str, drawn: Drawn) -> dict[str, Any]:
    """What the texts of a question's cells take: $title, $ask, $start, $rest, $form, $drawn, ..."""
    start, _, rest = drawn["lines"].replace("\nanswer = ", f"\n{name} = ").partition("\n")
    columns = [f", {key}={drawn[key]!r}" for key in ("keys", "units") if key in drawn]
    hidden = {key: drawn[key] for key in ("lines", "slips", *FORM) if key in drawn}
    told = {"name": name, "start": start, "rest": rest, "form": "".join(columns)}
    return drawn | told | {"drawn": pformat(hidden, width=96, sort_dicts=False)}
