"""Exercise sheets: words stand in a TOML file, figures in the Python file beside it.

A sentence names its figures as str.format does, "{russia[total][2014]:.1f}": so a teacher mends it
without Python.
"""

import math
import string
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frenemies.errors import NotHeld, Problem, did_you_mean
from frenemies.exercises.kinds import Choice, Items, Number, Open, Question, State, Table

Figures = dict[str, Any]
KINDS: dict[str, tuple[type[Question], set[str], set[str]]] = {
    # kind: its class, fields that it needs, fields that it may have
    "number": (Number, {"answer"}, {"unit", "digits", "wrong"}),
    "choice": (Choice, {"choices"}, set()),
    "items": (Items, {"answer"}, {"wrong", "missing"}),
    "table": (Table, {"answer", "key", "value"}, {"unit", "digits", "wrong"}),
    "state": (State, {"answer", "section", "says"}, set()),
    "open": (Open, {"rubric"}, set()),
}
NEEDED = {"level", "skill", "kind", "ask", "hints", "solution"}  # by every exercise
OPTIONAL = {"means", "again", "code"}
HINTS = 3


class SheetError(Problem):
    """An exercise is written wrong: says in which file, exercise and field, and the remedy."""


@dataclass(frozen=True)
class Exercise:
    """id; section; claim; level 1 (easy) to 3 (hard); skill; question: of a kind in `answers`."""

    id: str
    section: str
    claim: str
    level: int
    skill: str
    question: Question


class Sheet:
    """The exercises of one TOML file. tables: their fields by id, from easy to hard."""

    def __init__(self, python_file: str) -> None:
        self.path = Path(python_file).with_suffix(".toml")
        self.section = self.path.parent.name
        self._functions: dict[str, Callable[[], Figures]] = {}
        try:
            self.tables = tomllib.loads(self.path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise SheetError(f"{self._where()}: {error}: mend that line") from None

    def figures(self, name: str, **given: Any) -> Callable:
        """Decorator: this function works out the figures of an exercise.

        given: what the function is called with, and what a text may name too.
        """
        if name not in self.tables:
            raise SheetError(
                f"{self._where()}: no table [{name}]. {did_you_mean(name, list(self.tables))}"
            )

        def register(function: Callable[..., Figures]) -> Callable[..., Figures]:
            self._functions[name] = lambda: given | function(**given)
            return function

        return register

    def make(self, name: str) -> Exercise:
        """An exercise, worked out from data/. Raises SheetError, and what the data lead to."""
        table = self.tables[name]
        self._check(name, table)
        figures = self._functions.get(name, dict)()
        parts: dict[str, Any] = {}
        for field in table.keys() - {"level", "skill", "kind"}:
            part, read = READ.get(field, (field, Filler.text))
            parts[part] = read(Filler(self._where(name), field, figures), table[field])
        question = KINDS[table["kind"]][0](**parts)
        claim = name.partition("-")[0]
        return Exercise(name, self.section, claim, table["level"], table["skill"], question)

    def _where(self, name: str = "") -> str:
        return "/".join(self.path.parts[-3:]) + (f", exercise {name}" if name else "")

    def _check(self, name: str, table: dict) -> None:
        kind, where = table.get("kind"), self._where(name)
        if kind not in KINDS:
            raise SheetError(f'{where}, kind: "{kind}" is none: choose {", ".join(KINDS)}')
        _, needed, optional = KINDS[kind]
        known = NEEDED | OPTIONAL | needed | optional
        for field in sorted(table.keys() - known):
            near = did_you_mean(field, sorted(known), f"There are {', '.join(sorted(known))}.")
            raise SheetError(f'{where}, {field}: a "{kind}" has no such field. {near}')
        for field in sorted((NEEDED | needed) - table.keys()):
            raise SheetError(f'{where}, {field}: missing: add it, for a "{kind}" needs it')
        if len(table["hints"]) != HINTS:
            raise SheetError(f"{where}, hints: give {HINTS}, each saying more than the one before")


class Filler(string.Formatter):
    """Reads one field of an exercise, its texts filled with figures. where: file and exercise."""

    def __init__(self, where: str, field: str, figures: Figures) -> None:
        self.where, self.field, self.figures = where, field, figures

    def text(self, template: str) -> str:
        """A text, its lines joined and its figures filled in."""
        if not isinstance(template, str):
            raise self._error(f'{template} is no text: put it in "quotes"')
        try:
            return self.vformat(" ".join(template.split()), (), self.figures)
        except Problem:
            raise
        except (TypeError, ValueError) as error:
            raise self._error(
                f"{error}: write a figure as {{name}} or {{name:.1f}}, and any other brace twice"
            ) from None

    def texts(self, templates: list[str]) -> list[str]:
        """Texts, one by one."""
        return [self.text(template) for template in templates]

    def plain(self, value: Any) -> Any:
        """What is neither prose nor a figure, as it stands."""
        return value

    def figure(self, name: Any) -> Any:
        """A figure by its name, such as "russia[total][2014]"; a number or true is its own."""
        return self.get_field(name, (), self.figures)[0] if isinstance(name, str) else name

    def answer(self, name: Any) -> Any:
        """The figure that answers. Raises NotHeld where there is none."""
        return self._held(self.figure(name))

    def slips(self, slips: Any) -> Any:
        """[(figure, why it is off)]; {actor: why} where actors are asked for."""
        if isinstance(slips, dict):
            return {actor: self.text(why) for actor, why in slips.items()}
        rows = [self._row(row, "figure", "why") for row in slips]
        return [(self.figure(figure), self.text(why)) for figure, why in rows]

    def choices(self, choices: list[dict]) -> list[tuple[str, bool, str]]:
        """[(text, whether it is right, why)]."""
        rows = [self._row({"right": False} | row, "text", "right", "why") for row in choices]
        return [
            (self.text(text), bool(self.figure(right)), self.text(why)) for text, right, why in rows
        ]

    def rubric(self, points: list[str]) -> list[tuple[str, str]]:
        """[(points, what earns them)]."""
        return [("1 point", self.text(point)) for point in points]

    def test(self, says: dict[str, str]) -> Callable[[list[str]], tuple[bool, str]]:
        """A test of the actors shown: whether they are right, and what to say.

        The figure `test` is a function of them: (right?, [(name of a sentence, its figures)]).
        """

        def judged(shown: list[str]) -> tuple[bool, str]:
            right, sentences = self.figure("test")(shown)
            fillers = [(Filler(self.where, self.field, held), name) for name, held in sentences]
            return right, " ".join(filler.text(says[name]) for filler, name in fillers)

        return judged

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        """The figure that a name begins with."""
        if key not in self.figures:
            near = did_you_mean(
                key, list(self.figures), f"There are {', '.join(self.figures) or 'none'}."
            )
            raise self._error(f'"{key}" is no figure here. {near}')
        return self.figures[key]

    def get_field(self, name: str, args: Any, kwargs: Any) -> Any:
        """A pair: the figure of a name, and what the name begins with. Raises NotHeld."""
        try:
            return super().get_field(name, args, kwargs)
        except (LookupError, AttributeError):
            raise NotHeld(f'no figure for "{name}"') from None

    def format_field(self, value: Any, spec: str) -> str:
        """A figure as it is written. Raises NotHeld."""
        return super().format_field(self._held(value), spec)

    def _held(self, value: Any) -> Any:
        if isinstance(value, float) and math.isnan(value):
            raise NotHeld(f"no figure for its {self.field}")
        return value

    def _row(self, row: dict, *names: str) -> list:
        if row.keys() != set(names):
            raise self._error(f"a row has {', '.join(names)}, not {', '.join(row)}")
        return [row[name] for name in names]

    def _error(self, what: str) -> SheetError:
        return SheetError(f"{self.where}, {self.field}: {what}")


READ = {  # field: what the kind calls it, and how it is read; any other field is a text
    "hints": ("hints", Filler.texts),
    "answer": ("answer", Filler.answer),
    "wrong": ("wrong", Filler.slips),
    "missing": ("missing", Filler.slips),
    "choices": ("options", Filler.choices),
    "rubric": ("rubric", Filler.rubric),
    "says": ("test", Filler.test),
} | {name: (name, Filler.plain) for name in ("unit", "digits", "key", "value", "section")}

SHEETS: dict[str, Sheet] = {}  # by section


def sheet(python_file: str) -> Sheet:
    """The sheet beside a section's Python file, registered: notebooks may ask its exercises."""
    made = Sheet(python_file)
    SHEETS[made.section] = made
    return made
