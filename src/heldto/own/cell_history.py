"""Which cells of a reader's kernel the page of a claim shows, and their own name for the claim."""

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from types import ModuleType

from heldto import stored
from heldto.errors import own_name

WORD = re.compile(r"\w+")
READ = re.compile(r"""\b(?:table|where|rows)\(\s*["']([^"']+)["']""")
IN_QUERY = re.compile(r"@(\w+)")  # a name that a condition of pandas reads
IMPORTS = (ast.Import, ast.ImportFrom)


def called(thing: object) -> str:
    """The reader's own name for a thing; "mine" where they gave it none."""
    return own_name(thing, "mine")


class CellHistory:
    """The cells of this kernel in which a claim was made, sealed, judged or read, by IPython's
    numbers.
    """

    def __init__(self) -> None:
        self.numbers: set[int] = set()

    def note(self) -> None:
        """Counts the cell that runs now among those of the claim."""
        self.numbers.add(stored.running_cell())

    def read_before(self, tables: Collection[str]) -> list[str]:
        """Which of some tables a cell of this kernel before this one asked for by name, as
        `fr.evidence.table("...")` does. What a measure reads is not seen.
        """
        now = stored.running_cell()
        code_before = "\n".join(code for number, code in _ran().items() if number < now)
        tables_read = {*READ.findall(code_before)}
        return [name for name in tables if name in tables_read]

    def code(self, pictures: Collection[int] = ()) -> list[str]:
        """The code of these cells and of those that drew the pictures (by number); of each cell
        that gave a value to a name that one of them reads, and so on; and of each that only
        imports.

        They stand as they were run, in that order, those that failed left out: so what is shown
        runs alone. Of the same lines run again at once one is shown.
        """
        ran = _ran()
        shown = ran.keys() & {*self.numbers, *pictures}
        if not shown:
            return []
        cells = {number: _names(code) for number, code in ran.items()}
        now = stored.running_cell()
        earlier = {number for number in ran if number <= max(shown)}
        shown |= {number for number in earlier if cells[number].imports}
        needed = cells[now].reads if now in cells else set()
        linked = {*shown}
        while linked:
            needed = needed.union(*(cells[number].reads for number in linked))
            linked = {number for number in earlier - shown if cells[number].changes & needed}
            shown |= linked
        shown_cells: list[str] = []
        for number in sorted(shown):
            if shown_cells[-1:] != [ran[number]]:
                shown_cells.append(ran[number])
        return shown_cells


@dataclass
class Names:
    """What a cell does with names of the kernel: those that it reads, and those that are another
    after it. imports: it does nothing but import.
    """

    reads: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    imports: bool = False


def _names(code: str) -> Names:
    """The names of a cell; of one that is no Python, every word of it."""
    try:
        tree = ast.parse(_as_python(code))
    except (SyntaxError, ValueError):
        words = {*WORD.findall(code)}
        return Names(reads=words, changes=words)
    modules = _modules()  # a call of what is in one changes none
    only = bool(tree.body) and all(isinstance(line, IMPORTS) for line in tree.body)
    names = Names(imports=only)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.changes.add(node.id)
        elif isinstance(node, ast.Name):
            names.reads.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.reads |= {*IN_QUERY.findall(node.value)}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.changes.add(node.name)
        elif isinstance(node, ast.alias):
            names.changes.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
            names.changes |= _changed(node) - modules
    return names


def _changed(node: ast.AST) -> set[str]:
    """The name of a thing that may be another after this: whose part is set, or whose method is
    called and may change it (`many.append(1)`).
    """
    if isinstance(node, ast.Call):
        node = node.func if isinstance(node.func, ast.Attribute) else ast.Constant(None)
    elif not isinstance(node.ctx, ast.Store):  # type: ignore[attr-defined]
        return set()
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _as_python(code: str) -> str:
    """A cell without what IPython alone reads, such as %time."""
    shell = stored.shell()
    return shell.transform_cell(code) if shell else code


def _ran() -> dict[int, str]:
    """What was run in this kernel, by number, without cells that failed or are empty; nothing
    outside of IPython.
    """
    if not (shell := stored.shell()):
        return {}
    history = shell.history_manager
    failed = getattr(history, "exceptions", {})  # an older IPython keeps none
    ran = {number: code.strip() for number, code in enumerate(history.input_hist_raw)}
    return {number: code for number, code in ran.items() if code and number not in failed}


def _modules() -> set[str]:
    """Names of modules in the reader's kernel."""
    shell = stored.shell()
    held = shell.user_ns if shell else {}
    return {name for name, value in held.items() if isinstance(value, ModuleType)}
