"""Which cells of a reader's kernel the page of a claim shows, and their own name for the claim."""

import re
from collections.abc import Collection
from types import ModuleType

from heldto import stored
from heldto.errors import own_name

WORD = re.compile(r"\w+")
READ = re.compile(r"""\b(?:table|where|rows)\(\s*["']([^"']+)["']""")
ALWAYS = re.compile(r"(?:^|;)\s*(?:import|from|del)\s", re.M)  # a cell that others may need


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
        """The cell that runs now is one of them."""
        self.numbers.add(stored.running_cell())

    def read_before(self, tables: Collection[str]) -> list[str]:
        """Those of the tables that a cell of this kernel before this one asked for by name, as
        `fr.evidence.table("...")` does. What a measure reads is not seen.
        """
        now = stored.running_cell()
        code_before = "\n".join(code for number, code in _ran().items() if number < now)
        tables_read = {*READ.findall(code_before)}
        return [name for name in tables if name in tables_read]

    def code(self, pictures: Collection[int] = ()) -> list[str]:
        """These cells, those that drew the pictures (by number), and up to the last of them each
        that has a variable in common with one that is shown, and each that imports or deletes.

        They stand as they were run, in that order, those that failed left out: so what is shown
        runs alone. Of the same lines run again at once one is shown.
        """
        ran = _ran()
        shown = ran.keys() & {*self.numbers, *pictures}
        if not shown:
            return []
        words = {number: {*WORD.findall(code)} for number, code in ran.items()}
        earlier = {number for number in ran if number <= max(shown)}
        needed = {number for number in earlier if ALWAYS.search(ran[number])}
        gone = [words[number] for number in needed if "del" in words[number]]
        names = _variables().union(*gone)
        shown |= needed
        linked = {*shown}
        while linked:
            shared = names & set().union(*(words[number] for number in linked))
            linked = {number for number in earlier - shown if words[number] & shared}
            shown |= linked
        cells: list[str] = []
        for number in sorted(shown):
            if cells[-1:] != [ran[number]]:
                cells.append(ran[number])
        return cells


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


def _variables() -> set[str]:
    """Names that the reader's cells gave to anything but a module."""
    shell = stored.shell()
    variables = {
        name: value for name, value in shell.user_ns.items() if name not in shell.user_ns_hidden
    }
    return {name for name, value in variables.items() if not isinstance(value, ModuleType)}
