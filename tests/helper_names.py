"""The names of the helper, as `public_names.txt` pins them: what each takes, what it says of itself, and how much."""

import ast
import inspect
import io
import re
import sys
import tokenize
from functools import lru_cache, reduce
from pathlib import Path

import frenemies  # noqa: F401 (opens the article)
import heldto

KEPT = Path(__file__).with_name("public_names.txt")
FREE = {"toggled"}  # its signature may still change: pinned by its name alone
WORD = re.compile(r"\w+")


def lines():
    return KEPT.read_text(encoding="utf-8").splitlines()


NAMES = [re.match(r"[\w.]+", line)[0] for line in lines()]
CALLED = [name for name in NAMES if not name.rpartition(".")[2].isupper()]


def thing(name, face=heldto):
    return reduce(getattr, name.split("."), face)


def data(name):
    """(annotation, docstring) of a name that is no function: as the module writes them that sets it."""
    room, _, word = name.rpartition(".")
    module = thing(room)
    while True:
        body = ast.parse(inspect.getsource(module)).body
        for line, after in zip(body, [*body[1:], None], strict=True):
            if isinstance(line, ast.AnnAssign) and line.target.id == word:
                text = getattr(getattr(after, "value", None), "value", None)
                said = isinstance(after, ast.Expr) and isinstance(text, str)
                return ast.unparse(line.annotation), inspect.cleandoc(text) if said else ""
        (home,) = [
            line.module
            for line in body
            if isinstance(line, ast.ImportFrom) and word in {one.name for one in line.names}
        ]
        module = sys.modules[home]


def signature(name):
    """A name and what it takes, without types, which may become more exact; of data its type."""
    if name in FREE:
        return name
    if name not in CALLED:
        return f"{name}: {data(name)[0]}"
    empty, given = inspect.Parameter.empty, inspect.signature(thing(name))
    plain = [one.replace(annotation=empty) for one in given.parameters.values()]
    return f"{name}{given.replace(parameters=plain, return_annotation=inspect.Signature.empty)}"


@lru_cache
def docstring(name):
    return inspect.getdoc(thing(name)) or "" if name in CALLED else data(name)[1]


def source(name):
    """The code of a name; of data its line."""
    if name in CALLED:
        return inspect.cleandoc("\n" + inspect.getsource(inspect.unwrap(thing(name))))
    return f"{name.rpartition('.')[2]}: {data(name)[0]}"


def words(code):
    """(words of docstrings, words of code) of a piece of code; comments are neither."""
    kinds = ast.ClassDef, ast.FunctionDef
    held = [node for node in ast.walk(ast.parse(code)) if isinstance(node, kinds)]
    documented = [node for node in held if ast.get_docstring(node)]
    spans = [(node.body[0].lineno, node.body[0].end_lineno) for node in documented]
    told = sum(len(WORD.findall(ast.get_docstring(node))) for node in documented)
    tokens = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(code).readline)
        if token.type != tokenize.COMMENT
        and not any(first <= token.start[0] <= last for first, last in spans)
    ]
    return told, len(WORD.findall(" ".join(tokens)))


def docstrings_for_code():
    """Words of docstring for a word of code, over all names. A method of a class that is a name itself is counted with it."""
    apart = [name for name in NAMES if name.rpartition(".")[0] not in NAMES]
    counted = [words(source(name)) for name in apart]
    of_data = sum(len(WORD.findall(docstring(name))) for name in apart if name not in CALLED)
    told, code = map(sum, zip(*counted, strict=True))
    return (told + of_data) / code
