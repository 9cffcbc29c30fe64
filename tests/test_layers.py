"""A room imports only from the floors below it. Read from the sources at every depth: what a function imports counts as well."""

import ast
import re

import pytest
from conftest import ROOT

# From the ground up. Rooms of one floor do not know each other: the three sections are on one, so none leans on another.
FLOORS = [
    "lazy places stored units whole",
    "tables",
    "evidence",
    "actors glossary",
    "arms pictures ties toggles trade",
    "answers claims",
    "balance economic geopolitical military reader ruler together",
    "cards ledger network",
    "overview predictions questions",
    "exercises lists",
    "assignment editions forms",
    "handouts reckoning workbook",
    "cli",
    "__main__",
]
# Within a package, the same again. * stands for any beginning of a name.
SECTION = ["words", "measures", "verdicts *_pictures"]
INSIDE = {
    "economic": SECTION,
    "geopolitical": SECTION,
    "military": SECTION,
    "pictures": ["looks svg", "marks words", "labels page", "legible"],
}
BY_NAME = {"", "lazy", "ledger", "questions"}  # who loads modules by a name put together at run time
SOURCES = ROOT / "src" / "frenemies"


def parsed():
    """{module: syntax tree}: "" is the package's face, "economic.measures" a room in a package."""
    found = {}
    for path in SOURCES.rglob("*.py"):
        name = ".".join(path.relative_to(SOURCES).with_suffix("").parts)
        found[name.removesuffix("__init__").removesuffix(".")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imports(trees):
    """Triples (module, what it imports, name taken from it), function bodies and names written as strings included."""
    return [(module, *_resolved(target, trees)) for module, tree in trees.items() for target in _named(tree)]


def _named(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            start = node.module or ""
            yield from (f"{'.' * node.level}{start}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value if re.fullmatch(r"frenemies(\.\w+)+", node.value) else ""


def _resolved(target, trees):
    """(module of ours, name in it): ("claims", "Finding"). None for what is not ours; "." for a relative import."""
    if target.startswith("."):
        return ".", target
    first, _, rest = target.partition(".")
    if first != "frenemies":
        return None, ""
    module, _, name = (rest, "", "") if rest in trees else rest.rpartition(".")
    return module, name


def ours(trees):
    return [(module, other, name) for module, other, name in imports(trees) if other is not None]


def room(module):
    return module.partition(".")[0]


def floor(name, floors):
    """Number of a room's floor; None where it has none yet: give it one above."""
    for number, names in enumerate(floors):
        if any(re.fullmatch(pattern.replace("*", r"\w+"), name) for pattern in names.split()):
            return number
    return None


def upward(trees):
    """Imports that do not go down, between rooms."""
    return [
        f"{module} imports {other}"
        for module, other, name in ours(trees)
        if module and room(module) != room(other) and (other, name) != ("", "__version__")
        and not _below(room(other), room(module), FLOORS)
    ]  # fmt: skip


def upward_inside(trees):
    """Imports that do not go down, between the modules of one package."""
    return [
        f"{module} imports {other}"
        for module, other, _ in ours(trees)
        if (floors := INSIDE.get(room(module))) and room(module) == room(other) and "." in module
        and not _below(other.partition(".")[2], module.partition(".")[2], floors)
    ]  # fmt: skip


def _below(lower, upper, floors):
    here, there = floor(lower, floors), floor(upper, floors)
    return here is not None and there is not None and here < there


def circles(trees):
    """Modules that lead back to themselves."""
    leads, found = {}, []
    for module, other, _ in ours(trees):
        leads.setdefault(module, set()).update({other} - {module})

    def walk(module, path):
        if module in path:
            found.append(" > ".join([*path[path.index(module) :], module]))
        elif module not in done:
            for other in sorted(leads.get(module, ())):
                walk(other, [*path, module])
            done.add(module)

    done = {""}  # the face knows everybody
    for module in trees:
        walk(module, [])
    return found


def private(trees):
    """Names with an underscore that one module takes from another: `from frenemies.a import _b`, or `a._b`."""
    taken = [f"{one} takes {other}.{name}" for one, other, name in ours(trees) if re.match("_(?!_)", name)]
    known = {}
    for module, other, _ in ours(trees):
        known.setdefault(module, set()).add(other.rpartition(".")[2])
    return taken + [f"{one} takes {text}" for one, names in known.items() for text in _reached(trees[one], names)]


def _reached(tree, names):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and re.match("_(?!_)", node.attr):
            yield from [ast.unparse(node)] if node.value.id in names else []


def loaded_by_name(trees):
    """Modules that load others by name and are not known to."""
    return sorted(module for module in set(trees) - BY_NAME if {"import_module", "__import__"} & _words(trees[module]))


def _words(tree):
    return {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(tree)}


def relative(trees):
    return [f"{module} imports {name}" for module, other, name in ours(trees) if other == "."]


def without_floor(trees):
    """Rooms that stand in no list above."""
    outside = {word for word in map(room, trees) if word and floor(word, FLOORS) is None}
    inside = {
        module for module in trees
        if "." in module and (floors := INSIDE.get(room(module))) and floor(module.partition(".")[2], floors) is None
    }  # fmt: skip
    return sorted(outside | inside)


RULES = [upward, upward_inside, circles, private, loaded_by_name, relative, without_floor]


@pytest.fixture(scope="module")
def trees():
    return parsed()


@pytest.mark.parametrize("rule", RULES)
def test_the_floors_are_kept(trees, rule):
    assert rule(trees) == []


def test_no_floor_is_empty_talk(trees):
    rooms = {room(module) for module in trees}
    assert {name for names in FLOORS for name in names.split()} <= rooms
    assert len(ours(trees)) > 150


BROKEN = [
    (upward, "evidence", "from frenemies.claims import Finding", "evidence imports claims"),
    (upward, "actors", "def late():\n    from frenemies import ledger", "actors imports ledger"),
    (upward, "arms", "import frenemies.military.measures", "arms imports military.measures"),
    (upward, "economic.measures", "from frenemies.military import concentration", "economic.measures imports military"),
    (upward, "military.verdicts", "class A:\n    def b(self):\n        from frenemies import geopolitical as g", "military.verdicts imports geopolitical"),
    (upward, "ties", "from frenemies.trade import in_year", "ties imports trade"),
    (upward, "questions.military", "from frenemies.exercises import find", "questions.military imports exercises"),
    (upward, "ledger", 'LATE = "frenemies.reckoning"', "ledger imports reckoning"),
    (upward, "claims", "from frenemies import verdict", "claims imports "),
    (upward_inside, "economic.measures", "from frenemies.economic import verdicts", "economic.measures imports economic.verdicts"),
    (upward_inside, "military.verdicts", "from frenemies.military.arms_pictures import ENDS", "military.verdicts imports military.arms_pictures"),
    (upward_inside, "economic.measures", "from frenemies.economic import growth", "economic.measures imports economic"),
    (circles, "predictions", "def guess():\n    from frenemies import forms", "predictions > forms > predictions"),
    (private, "arms", "from frenemies.evidence import _load", "arms takes evidence._load"),
    (private, "arms", "evidence._load", "arms takes evidence._load"),
    (loaded_by_name, "arms", "import importlib\nimportlib.import_module('json')", "arms"),
    (relative, "arms", "from . import evidence", "arms imports ..evidence"),
    (without_floor, "attic", "", "attic"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "module", "line", "says"), BROKEN, ids=[f"{case[1]}: {case[3]}" for case in BROKEN])
def test_a_broken_floor_is_noticed(trees, rule, module, line, says):
    before = ast.unparse(trees[module]) if module in trees else ""
    assert says in rule(trees | {module: ast.parse(f"{before}\n\n{line}\n")})
