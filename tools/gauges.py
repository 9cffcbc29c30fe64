"""The gauges of the house: what a verdict and a picture go through, what they load, and what its source says. Printed by `make bench`, as they are, beside those of an earlier version."""

import ast
import io
import json
import resource
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from pathlib import Path

import house
import networkx as nx

START = "0548272"  # the first commit of the two packages: what gauges stand beside
GOALS = {
    "fr.verdict('E4') and its page: modules, functions, calls": "60, 650, 15,000",
    "its page again: calls": "500",
    "one picture, from its cell to SVG: modules, functions": "40, 350",
    "loaded for a verdict: modules, lines of code": "35, 3,500",
    "all pictures of the article, CPU seconds": "4.2",
    "`claims`, CPU seconds: as installed, and when nothing changed": "1.5, 0.5",
    "engine: tokens, docstrings and comments apart": "180,000",
    "imports inside functions of claims, text and toggles": "3",
    "circles of modules that import each other": "0",
    "public names defined in two modules or more": "0",
    "files by hand for a claim, a picture, an exercise": "2, 3, 2",
    "lines of the engine with a word of the article": "0",
    "conditions written as multiplication": "0",
}
BY_HAND = {  # files that a page of docs/how-to/ may ask somebody to change, tests apart
    "claim": [
        "claims.csv",
        "fixed.csv",
        "readings.csv",
        "claims.py",
        "claims.toml",
        "claim_measures.py",
        "yardstick.md",
        "notebooks/",
    ],
    "picture": ["pictures/", "__init__", "pictures.toml"],
    "exercise": ["exercises.toml", "exercises.py"],
}
WRITTEN = {  # files that a version writes itself once it has this module
    "claims.csv": "src/heldto/claims/exports.py",
    "readings.csv": "src/heldto/claims/exports.py",
}
WALKS = """
import json, os, sys
import matplotlib, seaborn
import frenemies as fr
from frenemies import economic

OURS = os.path.join(os.getcwd(), "src") + os.sep

def walk(function):
    seen = {}
    def note(frame, event, arg):
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            place = frame.f_code.co_filename, frame.f_code.co_firstlineno, frame.f_code.co_name
            seen[place] = seen.get(place, 0) + 1
    sys.setprofile(note)
    try:
        made = function()
    finally:
        sys.setprofile(None)
    return made, [len({file for file, *_ in seen}), len(seen), sum(seen.values())]

def both():
    shown = fr.verdict("E4")
    shown._repr_mimebundle_()
    return shown
shown, verdict = walk(both)
_, again = walk(shown._repr_mimebundle_)
_, picture = walk(lambda: fr.explore(economic.partners_picture)._repr_mimebundle_())
print(json.dumps({"verdict": verdict, "again": again, "picture": picture}))
"""
LOADED = """
import json, sys
import frenemies as fr
fr.verdict("E4")
ours = [one for name, one in sys.modules.items() if name.split(".")[0] in ("heldto", "frenemies")]
print(json.dumps([one.__file__ for one in ours if getattr(one, "__file__", None)]))
"""


def asked(code, root):
    """What a script prints that asks the version in `root`."""
    words = [sys.executable, "-c", code]
    told = subprocess.run(
        words, check=True, capture_output=True, text=True, env=house.env(root), cwd=root
    )
    return json.loads(told.stdout.splitlines()[-1])


def sources(root):
    """{module: its syntax tree} of both packages."""
    paths = sorted((root / "src").rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def shared_names(trees, said=()):
    """{name: in how many modules} of public functions and classes that more than one defines.

    said: what readers say behind the name of a module, "ledger.table" and "evidence.table": of one
    last word there may be as many.
    """
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    counted = Counter()
    for tree in trees:
        own = {one.name for one in tree.body if isinstance(one, kinds)}
        counted.update(name for name in own if not name.startswith("_"))
    most = Counter(name.rpartition(".")[2] for name in said)
    return {name: count for name, count in counted.items() if count > max(1, most[name])}


def helper_names(root):
    """What readers say, by `tests/public_names.txt`, without its signatures."""
    lines = (root / "tests" / "public_names.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("(")[0].partition(":")[0] for line in lines]


def multiplied(tree):
    """Each list, text or figure of a module that is multiplied by whether something is true."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            pairs = (node.left, node.right), (node.right, node.left)
            if any(_as_condition(one, other) for one, other in pairs):
                yield ast.unparse(node)


def _as_condition(value, factor):
    if isinstance(factor, ast.Compare) or _is_not(factor) or _is_bool(factor):
        return True
    text = isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value.strip()
    listed = isinstance(value, (ast.List, ast.Tuple, ast.JoinedStr)) or text
    return bool(listed) and isinstance(factor, (ast.Name, ast.Attribute, ast.BoolOp))


def _is_not(node):
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _is_bool(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "bool"


ROOMS = ("claims", "text", "toggles")
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}


def tokens(source):
    """How many tokens of code a module has, its docstrings and comments apart."""
    documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)
    docstrings = sum(
        isinstance(node, documented) and ast.get_docstring(node) is not None
        for node in ast.walk(ast.parse(source))
    )
    read = tokenize.generate_tokens(io.StringIO(source).readline)
    return sum(token.type not in LAYOUT for token in read) - docstrings


def imports_inside(tree):
    """How many imports of a module stand inside its functions."""
    functions = [one for one in ast.walk(tree) if isinstance(one, FUNCTIONS)]
    return len({part for one in functions for part in ast.walk(one) if isinstance(part, IMPORTS)})


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
IMPORTS = (ast.Import, ast.ImportFrom)


def circles(trees):
    """The groups of modules that import each other, wherever the import stands. trees: {dotted name: its syntax tree}."""
    graph = nx.DiGraph()
    for name, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                asked = {f"{node.module}.{one.name}" for one in node.names} & trees.keys()
                for other in asked or {node.module} & trees.keys():
                    graph.add_edge(name, other)
    return [group for group in nx.strongly_connected_components(graph) if len(group) > 1]


def by_hand(page, files):
    """How many of some files a page of docs/how-to/ names."""
    return sum(one in page for one in files)


def asked_for(root, files):
    """Those of some files that a version does not write itself."""
    return [one for one in files if one not in WRITTEN or not (root / WRITTEN[one]).is_file()]


def of_source(root):
    """The gauges that are read off the source of a version."""
    by_path = sources(root)
    trees = by_path.values()
    engine = root / "src" / "heldto"
    inside = [
        imports_inside(tree)
        for path, tree in by_path.items()
        if path.is_relative_to(engine) and path.relative_to(engine).parts[0] in ROOMS
    ]
    size = sum(tokens(path.read_text(encoding="utf-8")) for path in engine.rglob("*.py"))
    told = []
    for what, files in BY_HAND.items():
        page = root / "docs" / "how-to" / f"{what}.md"
        told.append(by_hand(page.read_text(encoding="utf-8"), asked_for(root, files)))
    return {
        "engine: tokens, docstrings and comments apart": f"{size:,}",
        "imports inside functions of claims, text and toggles": f"{sum(inside)}",
        "circles of modules that import each other": f"{len(circles(dotted(by_path, root)))}",
        "public names defined in two modules or more": f"{len(shared_names(trees, helper_names(root)))}",
        "files by hand for a claim, a picture, an exercise": _row(told),
        "conditions written as multiplication": f"{sum(len([*multiplied(one)]) for one in trees)}",
    }


def dotted(by_path, root):
    """{dotted name of a module: its syntax tree}."""
    names = {}
    for path, tree in by_path.items():
        parts = path.relative_to(root / "src").with_suffix("").parts
        names[".".join(parts).removesuffix(".__init__")] = tree
    return names


def of_commands(root):
    """The gauges of a command that runs twice, nothing remembered of it at first."""
    with tempfile.TemporaryDirectory() as cache:
        own = house.env(root) | {"XDG_CACHE_HOME": cache}
        seconds = [_cpu_of(own, root) for _ in range(2)]
    told = ", ".join(f"{one:.2f}" for one in seconds)
    return {"`claims`, CPU seconds: as installed, and when nothing changed": told}


def _cpu_of(own, root):
    """CPU seconds of `frenemies claims`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "frenemies", "claims"]
    subprocess.run(words, check=True, capture_output=True, env=own, cwd=root)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def of_walks(root, code_lines):
    """The gauges that are counted while a version runs. code_lines: of a path, how many it has."""
    walks, loaded = asked(WALKS, root), [Path(one) for one in asked(LOADED, root)]
    verdict, again, picture, lines = [*GOALS][:4]
    return {
        verdict: _row(walks["verdict"]),
        again: _row(walks["again"][-1:]),
        picture: _row(walks["picture"][:2]),
        lines: _row([len(loaded), sum(map(code_lines, loaded))]),
    }


def _row(numbers):
    return ", ".join(f"{one:,}" for one in numbers)


def told(folder, code_lines, words):
    """The table of gauges as lines: before, now, goal. words: lines of the engine with a word of the article, which the earlier version is not asked for."""
    old = house.before(folder, START)
    before, now = ({**of_walks(one, code_lines), **of_source(one)} for one in (old, house.ROOT))
    now |= of_commands(house.ROOT)
    now["all pictures of the article, CPU seconds"] = f"{house.said(house.PICTURES):.1f}"
    now["lines of the engine with a word of the article"] = f"{words}"
    lines = [f"gauge | at {START} | now | goal"]
    for name, goal in GOALS.items():
        lines.append(f"{name} | {before.get(name, '')} | {now[name]} | {goal}")
    return lines
