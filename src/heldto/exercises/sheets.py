"""Exercise sheets: words stand in a TOML file, figures in the Python file beside it.

A sentence names its figures in the language of all texts, "{{ books.RUS.CHN.total[2014] |
number(1) }}": so a teacher mends it without Python.
"""

import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandas as pd

from heldto import article, claims
from heldto.claims import ledger
from heldto.errors import NotHeld, Problem, TextError
from heldto.exercises.frames import Frame
from heldto.exercises.kinds import Choice, Items, Number, Open, Question, State, Table
from heldto.exercises.lines import Slips, run_lines
from heldto.text import texts
from heldto.text.language import Writer, instead
from heldto.tr import tr, tr_noop

Figures = dict[str, Any]
ALL: tuple[type[Question], ...] = Number, Choice, Items, Table, State, Open, Frame
KINDS = {one.__name__.casefold(): one for one in ALL}
# fields that are no part of the question
NO_LINES = (
    "lines are Python, and this file is data: work the answer out by a shape, in [NAME.figures]"
)
ASIDE = {"level", "skill", "kind", "given", "words", "slips", "figures", "shows", "shows_from"}
AS_IT_STANDS = {"unit", "units", "digits", "key", "keys", "value", "section"}  # not filled in
ROWS = {"wrong": ("figure", "why"), "choices": ("text", "right", "why")}
LEVELS = {1: tr_noop("easy"), 2: tr_noop("medium"), 3: tr_noop("hard")}


@dataclass(frozen=True)
class Exercise:
    """id; level 1 (easy) to 3 (hard); skill; question: of a kind in `kinds`.

    shows: the figures that it needs where no page is open, {what: figure}; shows_from: the tables
    that they are from.
    """

    id: str
    level: int
    skill: str
    question: Question
    shows: dict[str, str] = field(default_factory=dict)
    shows_from: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The exercise's id, skill and level, in words."""
        level = tr(LEVELS[self.level])
        return tr("Exercise {id}: {skill} ({level})", id=self.id, skill=self.skill, level=level)


class Measure:
    """A measure as a figure of a text: "books.RUS.CHN" is books("RUS", "CHN")."""

    def __init__(self, function: Callable) -> None:
        self._function = function

    def __getitem__(self, argument: int | str) -> Any:
        function = partial(self._function, argument)
        parameters = inspect.signature(function).parameters.values()
        needed = any(one.default is inspect.Parameter.empty for one in parameters)
        return Measure(function) if needed else function()


class Sheet:
    """The exercises of one TOML file. tables: their fields by id."""

    def __init__(self, python_file: str, section: str = "") -> None:
        self.path = Path(python_file).with_suffix(".toml")
        self.section = section or self.path.parent.name
        self._measures: dict[str, Callable] = {"claim": claims.row, "judged": ledger.judge}
        self._functions: dict[str, Callable[..., Figures]] = {}
        self.tables = texts.read(self.path)

    def measure(self, function: Callable) -> Callable:
        """Decorator: any text may name this measure, its arguments in brackets."""
        self._measures[function.__name__] = function
        return function

    def figures(self, name: str) -> Callable:
        """Decorator: this function works out the figures of an exercise, from what is given
        there.
        """

        def register(function: Callable[..., Figures]) -> Callable[..., Figures]:
            self._functions[name] = function
            return function

        return register

    def make(self, name: str) -> Exercise:
        """An exercise, worked out from data/. Raises TextError, and what the data lead to."""
        table = self.tables[name]
        given, words = table.get("given", {}), table.get("words", {})
        measures = {name: Measure(cache(function)) for name, function in self._measures.items()}
        given = {**given, **_declared(f"{self._where(name)}, figures", table.get("figures", {}))}
        figures = measures | given | self._functions.get(name, dict)(**table.get("given", {}))
        fields, where = table.keys() - ASIDE, self._where(name)
        _check_fields(where, table)
        from_lines = _worked_out(table, Reader(where, "lines", figures, words))
        figures |= from_lines
        if "keys" in table:
            figures["by"] = from_lines["answer"].set_index(table["keys"])
        try:
            parts = {one: Reader(where, one, figures, words).read(table[one]) for one in fields}
            question = KINDS[table["kind"]](**parts, **from_lines)
            shows = Reader(where, "shows", figures, words).read(table.get("shows", {}))
            tables = tuple(table.get("shows_from", ()))
            return Exercise(name, table["level"], table["skill"], question, shows, tables)
        except (KeyError, TypeError) as error:
            raise TextError(f"{where}: {error}: add what is missing, or mend its name") from None

    def _where(self, name: str) -> str:
        return f"{texts.file_in_messages(self.path)}, exercise {name}"


def _check_fields(where: str, table: dict[str, Any]) -> None:
    """Raises TextError for a key that no exercise of its kind has, and for one that it lacks."""
    kind = str(table.get("kind", ""))
    if kind not in KINDS:
        raise TextError(f'{where}, kind: no kind "{kind}". {instead(kind, KINDS)}')
    fields = dataclasses.fields(KINDS[kind])
    known = [one.name for one in fields]
    for key in table:
        if key not in (*ASIDE, "keys", *known):
            says = f'an exercise of the kind "{kind}" has no key "{key}"'
            raise TextError(f"{where}: {says}. {instead(key, known)}")
    needed = [
        one.name
        for one in fields
        if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    ]
    from_lines = {"answer"} if "lines" in table else set[str]()
    for key in ("level", "skill", *needed):
        if key not in table and key not in from_lines:
            raise TextError(f'{where}: {key} is missing: an exercise of the kind "{kind}" needs it')


def _declared(where: str, measures: dict[str, Any]) -> Figures:
    """Figures that an exercise has worked out by one of the six shapes: {name: its measure}. Raises
    TextError, NotHeld.
    """
    if not measures:
        return {}
    from heldto.claims import shaped  # which few exercises need

    try:
        return {name: shaped.figure(measure).value for name, measure in measures.items()}
    except NotHeld:
        raise
    except (Problem, KeyError, TypeError) as fault:
        raise TextError(f"{where}: {fault}: mend its shape, table and cells") from None


def _worked_out(table: dict[str, Any], reader: "Reader") -> dict[str, Any]:
    """What the lines of an exercise give: its answer, and the wrong ones of its slips."""
    if "lines" not in table:
        return {}
    if not article.current().is_package:  # its texts are data, whoever wrote them
        raise TextError(f"{reader.writer.where}: {NO_LINES}")
    lines, slips = reader.read(table["lines"]), [*map(reader.slip, table.get("slips", ()))]
    return {"answer": run_lines(lines), "wrong": Slips(lines, slips)}


class Reader:
    """Reads one field of an exercise, its texts filled with figures.

    where: file and exercise; words: what a text may write a figure as, as `Writer` has them.
    """

    def __init__(self, where: str, field: str, figures: Figures, words: dict[str, Any]) -> None:
        self.field, self.figures = field, figures
        self.writer = Writer(f"{where}, {field}", words=words, gaps=True)

    def text(self, template: str, figures: Figures | None = None, code: bool = False) -> str:
        """A text with its figures: those of a row, or all. code: it stays in lines as it stands."""
        context = self.figures if figures is None else figures
        if isinstance(template, str) and not code:
            template = " ".join(template.split())
        return self.writer.fill(template, context)

    def read(self, value: Any) -> Any:
        """What the field holds, its figures found and its texts filled in. Raises NotHeld.

        Several rows of figures and texts become tuples; says: a test of the actors shown.
        """
        if self.field in AS_IT_STANDS:
            return value
        if self.field == "lines":
            return self.text(value, code=True)
        if self.field == "says":
            return partial(self._judged, value)
        if self.field == "answer":
            return self.writer.held(self._figure(value))
        if self.field == "rubric":
            return [tr("1 point: {what}", what=self.text(template)) for template in value]
        if isinstance(value, dict):
            return {name: self.text(text) for name, text in value.items()}
        if self.field in ROWS:
            return [
                self._read_row({"right": False} | row if "text" in row else row) for row in value
            ]
        return [self.text(text) for text in value] if isinstance(value, list) else self.text(value)

    def _figure(self, name: Any) -> Any:
        """A figure by its name, such as "share[2018] - share[2013]"; a number is its own."""
        if not isinstance(name, str):
            return name
        value = self.writer.figure(name, self.figures)
        return value.to_dict() if isinstance(value, pd.Series) else value

    def _read_row(self, row: dict) -> tuple:
        readers = {"text": self.text, "why": self.text}
        return tuple(readers.get(name, self._figure)(row[name]) for name in ROWS[self.field])

    def slip(self, row: dict[str, str]) -> dict[str, str]:
        """A slip in lines of code, and what is said of it."""
        code = {name: self.text(row[name], code=True) for name in ("for", "put")}
        return code | {"why": self.text(row["why"])}

    def _judged(self, says: dict[str, str], shown: list[str]) -> tuple[bool, str]:
        """Whether the actors shown are right, and what to say.

        The figure `test` is a function of them: (right?, [(name of a sentence, its figures)]).
        """
        right, sentences = self._figure("test")(shown)
        return right, " ".join(self.text(says[name], figures) for name, figures in sentences)


SHEETS: article.PerArticle[Sheet] = article.PerArticle()  # by section


def sheet(python_file: str) -> Sheet:
    """The sheet beside a section's Python file, registered: notebooks may ask its exercises."""
    new_sheet = Sheet(python_file)
    SHEETS[new_sheet.section] = new_sheet
    return new_sheet


def exercise_ids(section: str | None = None) -> list[str]:
    """Ids of all exercises, or of one section, in the order of their TOML files."""
    article.load("exercises", section)
    _load_beside()
    sections = article.notebooks() if section is None else [section]
    return [name for one in sections if one in SHEETS for name in SHEETS[one].tables]


def _load_beside() -> None:
    """Register the exercises of a plain article: of each section those that begin with its letter,
    of the last one the others too.
    """
    here = article.current()
    path = here.folder / "exercises.toml"
    if not path.is_file():
        return
    letters = {section.letter: name for name, section in here.sections.items() if section.letter}
    *_, rest = here.notebooks
    for name in here.notebooks:
        if name not in SHEETS:
            SHEETS[name] = Sheet(str(path.with_suffix(".py")), name)
        section_sheet = SHEETS[name]
        tables = texts.read(path)
        section_sheet.tables = {
            key: table for key, table in tables.items() if letters.get(key[0], rest) == name
        }


def exercise_text(name: str) -> dict[str, Any]:
    """What the file of an exercise says of it, no figure worked out. Raises KeyError."""
    tables = (one.tables for one in SHEETS.values())
    return dict(next(table[name] for table in tables if name in table))


def make_exercise(name: str) -> Exercise:
    """The exercise of an id, its right answer worked out from data/.

    Raises KeyError for an unknown id, and what the data lead to.
    """
    sheet_by_id = {key: one for one in SHEETS.values() for key in one.tables}
    return sheet_by_id[name].make(name)
