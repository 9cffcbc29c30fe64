"""Which cells of a reader's kernel the page of a claim shows, and their own name for the claim."""

import re
from collections import defaultdict
from collections.abc import Collection

from heldto import stored
from heldto.errors import own_name
from heldto.exercises.cell_names import Names, names_of

READ = re.compile(r"""\b(?:table|where|rows)\(\s*["']([^"']+)["']""")


def called(thing: object) -> str:
    """The reader's own name for a thing; "mine" where they gave it none."""
    return own_name(thing, "mine")


class CellHistory:
    """The cells of this kernel in which a claim was made, sealed, judged or read, by IPython's
    numbers. A claim that is made again, with the same seal, goes on with the same cells.
    """

    _of_seals: defaultdict[str, set[int]] = defaultdict(set)  # in this kernel, by the claim's hash

    def __init__(self, seal: str) -> None:
        self.numbers = self._of_seals[seal]

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
        that gave a name the value that one of them reads, and so on; and of each that only imports.

        They stand as they were run, in that order, those that failed left out: so what is shown
        runs alone. Of the same lines run again at once one is shown.
        """
        ran = _ran()
        shown = ran.keys() & {*self.numbers, *pictures}
        if not shown:
            return []
        earlier = {number: ran[number] for number in ran if number <= max(shown)}
        cells = {number: names_of(code) for number, code in earlier.items()}
        shown |= {number for number, names in cells.items() if names.imports}
        now = stored.running_cell()
        asked = names_of(ran[now]).reads if now in ran else set()
        shown_cells: list[str] = []
        for number in sorted(_linked(cells, shown, asked)):
            if shown_cells[-1:] != [ran[number]]:
                shown_cells.append(ran[number])
        return shown_cells


def _linked(cells: dict[int, Names], shown: set[int], asked: set[str]) -> set[int]:
    """The cells that are shown, and those on whose values they rest. asked: names whose values
    after the last of them are needed, too.
    """
    end = max(cells) + 1
    linked, found = set[int](), shown | _givers(cells, asked, end)
    while found - linked:
        linked |= found
        for number in [*linked]:
            names = cells[number]
            found |= _givers(cells, names.reads | (names.later - names.gives), number)
            for call in (end, *linked):  # what a function reads is what stands there at its call
                if names.later and call > number:
                    found |= _givers(cells, names.later, call)
    return linked


def _givers(cells: dict[int, Names], names: set[str], before: int) -> set[int]:
    """The cells that made the values that names have when a cell begins: of each the last one that
    gave it a value, and those that changed it since.
    """
    givers, missing = set(), {*names}
    for number in sorted(cells, reverse=True):
        if number < before and missing & cells[number].changes:
            givers.add(number)
            missing -= cells[number].gives
    return givers


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
