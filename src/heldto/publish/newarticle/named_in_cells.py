"""What the cells of a plain article's notebooks name: claims, pictures and exercises that are gone,
and claims for which their notebook has no cell.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from heldto.claims import row
from heldto.claims.listed import every_claim
from heldto.errors import Problem
from heldto.exercises import sheets
from heldto.exercises.cell_names import as_python
from heldto.text.language import instead
from heldto.text.words import count_of
from heldto.toggles import of_claims

OF_CLAIMS = ("draw", "examine", "guess", "quick_round", "readings", "verdict", "yardstick")
OF_PICTURES = ("examine", "explore")  # the last argument of the one, the first of the other
OF_EXERCISES = ("check", "exercise", "hint", "solution")
CLAIM = re.compile(r"[A-Z]\d+")
HEADING = re.compile(r"#+ ([A-Z]\d+)\. ")

Cells = Mapping[Path, list[Any]]
Call = tuple[str, list[str]]  # a function, and the words among its arguments


def gone(cells_by_path: Cells) -> Iterator[str]:
    """Names in cells that are those of nothing now, a line each with its remedy."""
    claims, pictures, exercises = [*every_claim()], _pictures(), _exercises()
    for path, cells in cells_by_path.items():
        called = [(cell, [*_calls(cell)]) for cell in cells]
        for claim, names in _by_claim(called).items():
            if claim not in claims:
                says = f"claims.toml has no {claim}, and {_cells(names)} it"
                remedy = "run heldto notebooks; where you wrote in that notebook, delete its cells"
                yield f"notebooks/{path.name}: {says}: {remedy}"
        for cell, calls in called:
            for kind, name in _others(calls):
                known = pictures if kind == "picture" else exercises
                if known is not None and name not in known:
                    where = f"notebooks/{path.name}, cell {cell.get('id', '?')}"
                    yield f'{where}: no {kind} "{name}". {instead(name, known)}'


def unasked_in(cells_by_path: Cells, claim: str) -> str:
    """What the notebook of a claim lacks of it, with its remedy; "" where a cell asks for it, and
    where its notebook is not there or cannot be read.
    """
    notebook = row(claim)["notebook"]
    asked = {path.stem for path, cells in cells_by_path.items() if claim in _asked_in(cells)}
    own = next((cells for path, cells in cells_by_path.items() if path.stem == notebook), [])
    if notebook in asked or not own:
        return ""
    if any(cell.get("id") == f"{claim.lower()}-head" for cell in own):
        call = f'fr.examine("{claim}")'
        return f"its heading stands in notebooks/{notebook}.ipynb, and no cell below it: {call}"
    if elsewhere := sorted(asked):
        return f"its notebook is {notebook}, and its cells stand in {elsewhere[0]}: move them there"
    return "no notebook has it: heldto notebooks adds its cells and changes no other cell"


def _cells(names: list[str]) -> str:
    listed = f"{', '.join(names[:3])}{', ...' if len(names) > 3 else ''}"
    verb = "name" if len(names) > 1 else "names"
    return f"{count_of(len(names), 'cell')} ({listed}) {verb}"


def _by_claim(called: list[tuple[Any, list[Call]]]) -> dict[str, list[str]]:
    """The ids of the cells that name a claim, by claim: those that call for it, and its heading."""
    found = dict[str, list[str]]()
    for cell, calls in called:
        if cell.get("cell_type") == "code":
            claims = [claim for name, words in calls for claim in _claims_of(name, words)]
        else:
            claims = HEADING.findall(_source(cell))
        for claim in dict.fromkeys(claims):
            found.setdefault(claim, []).append(str(cell.get("id", "?")))
    return found


def _asked_in(cells: list[Any]) -> set[str]:
    """The claims that stand in quotes in a cell of code."""
    code = [_source(cell) for cell in cells if cell.get("cell_type") == "code"]
    return {claim for source in code for claim in re.findall(r"[\"']([A-Z]\d+)[\"']", source)}


def _claims_of(name: str, words: list[str]) -> list[str]:
    return [word for word in words if CLAIM.fullmatch(word)] if name in OF_CLAIMS else []


def _others(calls: list[Call]) -> Iterator[tuple[str, str]]:
    """("picture" or "exercise", its name) of each that a cell calls for by name."""
    for name, words in calls:
        if name in OF_EXERCISES and words:
            yield "exercise", words[0]
        if name in OF_PICTURES:
            yield from (("picture", word) for word in words if not CLAIM.fullmatch(word))


def _calls(cell: Any) -> Iterator[Call]:
    """Each call of the package in a cell; of one that is no code, none."""
    if cell.get("cell_type") != "code":
        return
    try:
        tree = ast.parse(as_python(_source(cell)))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            parts = [part for argument in node.args for part in _parts(argument)]
            words = [part.value for part in parts if isinstance(part, ast.Constant)]
            yield node.func.attr, [word for word in words if isinstance(word, str)]


def _parts(argument: ast.expr) -> list[ast.expr]:
    """An argument, or what stands in the list that it is."""
    return argument.elts if isinstance(argument, ast.List | ast.Tuple) else [argument]


def _source(cell: Any) -> str:
    return "".join(cell.get("source", ""))


def _pictures() -> list[str] | None:
    """The names of the pictures; None where they cannot be read, which is said elsewhere."""
    try:
        return [*of_claims.pictures()]
    except Problem:
        return None


def _exercises() -> list[str] | None:
    try:
        return sheets.exercise_ids()
    except Problem:
        return None
