"""Names of modules as they were before the engine had a package of its own: they answer for one
release, with a warning that names the new one.
"""

import sys
import warnings
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

ROOMS = ["claims", "errors", "evidence", "exercises", "pictures"]
ROOMS += ["publish", "stored", "templates", "toggles"]
NOW = {f"frenemies.{room}": f"heldto.{room}" for room in ROOMS} | {
    "frenemies.claims.choices": "heldto.claims.readings_table",
    "frenemies.claims.swap": "heldto.claims.substitute",
    "frenemies.exercises.kernel": "heldto.own.cell_history",
    "frenemies.exercises.own": "heldto.own.claim",
    "frenemies.exercises.own_rule": "heldto.own.rule",
    "frenemies.exercises.seals": "heldto.own.preregistration",
    "frenemies.exercises.slips": "heldto.own.plausibility",
    "frenemies.identities": "frenemies.consistency",
    "frenemies.measures.arguments": "heldto.text.arguments",
    "frenemies.measures.words": "heldto.text.words",
    "frenemies.pictures.telling": "heldto.pictures.tooltips",
    "frenemies.publish.cards": "frenemies.cards",
    "frenemies.publish.export": "heldto.own.page",
    "frenemies.publish.handouts.codes": "heldto.publish.handouts.qr_codes",
    "frenemies.publish.handouts.hands": "heldto.publish.handouts.tally_page",
    "frenemies.publish.handouts.key": "heldto.publish.handouts.answer_key",
    "frenemies.publish.handouts.kit": "heldto.publish.handouts.seminar_zip",
    "frenemies.publish.handouts.slips": "heldto.publish.handouts.task_slips",
    "frenemies.publish.identities": "frenemies.consistency",
    "frenemies.publish.pace": "heldto.publish.reading_time",
    "frenemies.registry": "heldto.article",
    "frenemies.sections.verdict.garden": "heldto.ledger.garden",
    "frenemies.sections.verdict.lists": "heldto.ledger.lists",
    "frenemies.sections.verdict.pictures.overview": "heldto.ledger.overview",
    "frenemies.sections.verdict.pictures.payoff": "heldto.ledger.payoff",
    "frenemies.sections.verdict.pictures.rows": "heldto.ledger.rows",
    "frenemies.sections.verdict.reckoning": "heldto.ledger.reckoning",
    "frenemies.toggles.curve": "heldto.toggles.specification_curve",
}


def present_name(name: str) -> str:
    """What a module of that former name is called now; "" where it never was one of ours."""
    of = [old for old in NOW if name == old or name.startswith(f"{old}.")]
    return NOW[old := max(of, key=len)] + name[len(old) :] if of else ""


class Former:
    """Finds a module by its former name, and is its loader: the very module of the new name."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The place of a module under its former name; None for any other, and for one that is not
        there under the new name either.
        """
        try:
            there = bool(moved := present_name(name)) and find_spec(moved)
        except ModuleNotFoundError:  # of a room that never was
            there = None
        return ModuleSpec(name, self, is_package=True) if there else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """Nothing: the module is there, or is made under its new name."""

    def exec_module(self, module: ModuleType) -> None:
        """Put the module of the new name in the place of the former. Warns: DeprecationWarning."""
        moved = present_name(module.__name__)
        said = f"{module.__name__} is called {moved} now: the old name goes with the next release"
        warnings.warn(said, DeprecationWarning, stacklevel=2)  # at the line that imports it
        sys.modules[module.__name__] = import_module(moved)


def install() -> None:
    """Have former names answer. Before all other places, for a former package has the folder of the
    new one, and Python would load its modules a second time from there.
    """
    if not any(isinstance(one, Former) for one in sys.meta_path):
        sys.meta_path.insert(0, Former())
