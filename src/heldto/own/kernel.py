"""What the reader's kernel knows of their claim: the cells that it was tested in, and its name."""

import ast
import dis
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from types import CodeType
from typing import Any, NamedTuple

from heldto import stored
from heldto.errors import own_name

HANDING_IN = ("cannot", "export")  # calls that no figure rests on
EXERCISE = ("check", "exercise", "progress")  # calls whose cells are about something else
CHANGING = ("append", "extend", "insert", "pop", "remove", "setdefault", "sort", "update")
_TESTED: defaultdict[int, set[str]] = defaultdict(set)  # claims' hashes, by the number of a cell
_PLACE: dict[int, str] = {}  # the notebook's id of a cell, by the number of its run
Names = set[str]


def _keep_place(run: Any) -> None:
    if run.store_history and (place := getattr(run, "cell_id", None)):
        _PLACE[stored.running_cell() + 1] = place  # it is about to run


def called(thing: object) -> str:
    """The reader's own name for a thing; "mine" where they gave it none."""
    return own_name(thing, "mine")


@dataclass
class Cells:
    """The cells of this kernel that a claim was tested in, by IPython's numbers.

    claim: its hash; first: where it was sealed, last: where it was judged; later: of its readings.
    """

    claim: str
    first: int = 0
    last: int = 0
    later: tuple[int, ...] = ()

    def begin(self) -> None:
        """It is made or sealed in the cell that runs now."""
        self.first = self.last = self._now()

    def end(self) -> None:
        """It is judged in the cell that runs now."""
        self.last = self._now()

    def add(self) -> None:
        """It is read in another way in the cell that runs now."""
        self.later = (*self.later, self._now())

    def _now(self) -> int:
        number = stored.running_cell()
        if shell := stored.shell():
            shell.events.register("pre_run_cell", _keep_place)  # once, however often it is asked
        _TESTED[number].add(self.claim)
        return number

    def code(self, pictures: Collection[int] = ()) -> list[str]:
        """What was run from seal to verdict, for the readings and for pictures, each cell once, as
        it was run last, but that of the seal where it was run first, and that of a picture where it
        drew it; before it the lines that made what these use.

        pictures: numbers of the cells that drew those on the page. Cells that failed, and others of
        another claim, of an exercise and that only hand in are left out.
        """
        lines, span = [*_run()], {*range(self.first, self.last + 1), *self.later}
        span -= {one.cell for one in lines if one.calls in EXERCISE} - {*_TESTED}
        ours = [one for one in lines if self.claim in _TESTED.get(one.cell, {self.claim})]
        runs = [one.cell for one in ours if one.cell in span and one.calls not in HANDING_IN]
        drew = {one.cell for one in lines if one.cell in pictures}
        places = {_PLACE.get(run, run) for run in drew}  # what else was run there drew others
        last = {place: run for run in runs if (place := _PLACE.get(run, run)) not in places}
        chosen = {*last.values()} | drew
        sealed = self._sealed_at(lines)
        whole = sorted(_rests_on(chosen, lines), key=lambda one: sealed.get(one.cell, one.cell))
        raw = stored.shell().history_manager.input_hist_raw if whole else ()
        told = (
            raw[cell].strip() if cell in chosen else "\n".join(one.code for one in held)
            for cell, held in groupby(whole, key=lambda one: one.cell)
        )
        return list(dict.fromkeys(told))

    def _sealed_at(self, lines: Sequence["Line"]) -> dict[int, int]:
        """{the cell that seals it: when it did so first}, where all that it rests on was run by
        then.
        """
        rests = {one.cell for one in _rests_on({self.first}, lines)} - {self.first}
        first = min(run for run, claims in _TESTED.items() if self.claim in claims)
        return {self.first: first} if max(rests, default=-1) < first else {}


class Line(NamedTuple):
    """A statement that was run, in which cell: the names that it makes and needs, whom it calls."""

    cell: int
    code: str
    made: Names
    used: Names
    calls: str


def _run() -> Iterator[Line]:
    """What was run in this kernel, without the cells that failed; nothing outside of IPython."""
    if not (shell := stored.shell()):
        return
    kept = shell.history_manager
    failed = getattr(kept, "exceptions", {})  # an older IPython keeps none
    for number, code in enumerate(kept.input_hist_parsed):
        with suppress(SyntaxError):
            for one in ast.parse("" if number in failed else code).body:
                told = ast.get_source_segment(code, one) or ""
                yield Line(number, told, *_of_statement(one), _called(one))


def _rests_on(chosen: set[int], lines: Sequence[Line]) -> list[Line]:
    """The lines of the chosen cells, those that made what they use, and so on, as they were run."""
    asked = {at for at, one in enumerate(lines) if one.cell in chosen}
    seen = {*asked}
    while asked:
        at = asked.pop()
        before = range(at - 1, -1, -1)
        made = (next((n for n in before if name in lines[n].made), at) for name in lines[at].used)
        asked |= (new := {*made} - seen)
        seen |= new
    return [lines[at] for at in sorted(seen)]


def _of_statement(statement: ast.stmt) -> tuple[Names, Names]:
    code = compile(ast.Module([statement], []), "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    done = dis.get_instructions(code)
    made = {one.argval for one in done if one.opname in ("STORE_NAME", "DELETE_NAME")}
    used = {*_used(code)}
    for node in ast.walk(statement):
        match node:
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                made |= _root(node)
            case ast.Call(func=ast.Attribute(attr=name) as method, keywords=given):
                if name in CHANGING or any(one.arg == "inplace" for one in given):
                    made |= _root(method)
            case ast.Constant(value=str(text)):  # as in query("partner == @other")
                used |= {*re.findall(r"@(\w+)", text)}
    return made, used


def _used(code: CodeType) -> Iterator[str]:
    """The cell's names that some code uses, and each function and comprehension in it."""
    for one in dis.get_instructions(code):
        if one.opname in ("LOAD_NAME", "LOAD_GLOBAL") and one.argval[:2] != "__":
            yield one.argval
        elif isinstance(one.argval, CodeType):
            yield from _used(one.argval)


def _root(node: ast.expr) -> Names:
    """The name whose content a line changes: `frame` of `frame.loc[0, "share"] = 1`."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _called(statement: ast.stmt) -> str:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
            return name
    return ""
