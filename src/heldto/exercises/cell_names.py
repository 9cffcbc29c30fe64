"""What a cell does with names: which values it reads, gives and changes."""

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import ModuleType

import pandas as pd
from IPython.core.inputtransformer2 import TransformerManager

from heldto import stored

WORD = re.compile(r"\w+")
IN_QUERY = re.compile(r"@(\w+)")  # a name that a condition of pandas reads
IMPORTS = (ast.Import, ast.ImportFrom)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LOOPS = (ast.For, ast.AsyncFor)
WITHS = (ast.With, ast.AsyncWith)
PANDAS = (pd.DataFrame, pd.Series, pd.Index)
IN_PLACE = ("insert", "pop", "update")  # methods of pandas that change what they are called of


@dataclass
class Names:
    """What a cell does with names of the kernel.

    reads: whose value from before it needs; later: which a function that it makes reads when it is
    called; gives: which have a new value after it, whatever they had before; changes: these, and
    those that may be another after it. imports: it does nothing but import.
    """

    reads: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    gives: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    imports: bool = False


def names_of(code: str) -> Names:
    """The names of a cell; of one that is no Python, every word of it."""
    try:
        tree = ast.parse(as_python(code))
    except (SyntaxError, ValueError):
        words = {*WORD.findall(code)}
        return Names(reads=words, changes=words)
    only = bool(tree.body) and all(isinstance(line, IMPORTS) for line in tree.body)
    names = Names(imports=only)
    names.gives = _follow(tree.body, set(), names)
    names.changes |= names.gives
    return names


def _follow(lines: Sequence[ast.stmt], given: set[str], names: Names) -> set[str]:
    """Notes the names of lines, in their order. given: what has a value of this cell before them.
    Returns what has one after them, whichever way the cell took.
    """
    for line in lines:
        given = _line(line, given, names)
    return given


def _line(line: ast.stmt, given: set[str], names: Names) -> set[str]:
    if isinstance(line, FUNCTIONS):
        return given | _function(line, given, names)
    if isinstance(line, IMPORTS):
        return given | {(one.asname or one.name).partition(".")[0] for one in line.names}
    if isinstance(line, ast.If):
        _look([line.test], given, names)
        ways = [_follow(way, given, names) for way in (line.body, line.orelse)]
        return set.intersection(*ways)
    if isinstance(line, LOOPS):
        _look([line.iter, line.target], given, names)
        _follow([*line.body, *line.orelse], given | _stored([line.target]), names)
        return given
    if isinstance(line, WITHS):
        _look(line.items, given, names)
        told = [one.optional_vars for one in line.items if one.optional_vars]
        return _follow(line.body, given | _stored(told), names)
    if isinstance(line, (ast.Assign, ast.AnnAssign)):
        _look([line], given, names)
        targets = line.targets if isinstance(line, ast.Assign) else [line.target]
        return given | (_stored(targets) if line.value else set())
    if isinstance(line, ast.AugAssign) and isinstance(line.target, ast.Name):
        names.reads |= {line.target.id} - given
    if isinstance(line, (ast.While, ast.Try)):
        _look([line.test] if isinstance(line, ast.While) else line.handlers, given, names)
        _follow([*line.body, *line.orelse], given, names)
        return _follow(line.finalbody, given, names) if isinstance(line, ast.Try) else given
    _look([line], given, names)
    return given


def _function(
    line: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, given: set[str], names: Names
) -> set[str]:
    """The name of a function or a class. What it reads may be given after it, before a call."""
    inside = Names()
    own = set() if isinstance(line, ast.ClassDef) else _arguments(line.args)
    _look(line.body, own, inside)
    local = own | (inside.changes - _global(line))
    names.later |= (inside.reads | inside.later) - local
    names.changes |= inside.changes & _global(line)
    _look(line.decorator_list, given, names)
    if isinstance(line, ast.ClassDef):  # its lines run at once
        names.reads |= inside.reads - local - given
        _look([*line.bases, *line.keywords], given, names)
    else:
        _look([line.args], given, names)
    return {line.name}


def _look(nodes: Iterable[ast.AST], given: set[str], names: Names) -> None:
    """Notes the names in expressions, and in lines of which the order is not followed."""
    for node in nodes:
        _node(node, given, names)


def _node(node: ast.AST, given: set[str], names: Names) -> None:
    inner = given
    if isinstance(node, FUNCTIONS):
        names.changes |= _function(node, given, names)
        return
    if isinstance(node, COMPREHENSIONS):
        inner = given | _stored(one.target for one in node.generators)
        within = Names()
        _look(ast.iter_child_nodes(node), inner, within)
        names.reads |= within.reads
        names.later |= within.later
        names.changes |= within.changes - (inner - given)
        return
    if isinstance(node, ast.Lambda):
        inner = given | _arguments(node.args)
        within = Names()
        _look([node.body], inner, within)
        names.reads |= within.reads
        names.later |= within.reads | within.later
        _look([node.args], given, names)
        return
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Store):
            names.changes.add(node.id)
        elif isinstance(node.ctx, ast.Load):
            names.reads |= {node.id} - given
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        names.reads |= {*IN_QUERY.findall(node.value)} - given
    elif isinstance(node, ast.alias):
        names.changes.add((node.asname or node.name).partition(".")[0])
    elif isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        names.changes |= _changed(node)
    _look(ast.iter_child_nodes(node), inner, names)


def _stored(nodes: Iterable[ast.AST]) -> set[str]:
    """The names to which expressions give a value."""
    return {
        inner.id
        for node in nodes
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    }


def _arguments(arguments: ast.arguments) -> set[str]:
    return {one.arg for one in ast.walk(arguments) if isinstance(one, ast.arg)}


def _global(line: ast.AST) -> set[str]:
    return {name for one in ast.walk(line) if isinstance(one, ast.Global) for name in one.names}


def _changed(node: ast.Attribute | ast.Subscript | ast.Call) -> set[str]:
    """The name of a thing that may be another after this: whose part is set or deleted, or whose
    method is called and may change it (`many.append(1)`).
    """
    base: ast.AST = node
    if isinstance(node, ast.Call):
        base = node.func if isinstance(node.func, ast.Attribute) else ast.Constant(None)
    elif isinstance(node.ctx, ast.Load):
        return set()
    while isinstance(base, (ast.Attribute, ast.Subscript, ast.Call)):
        base = base.func if isinstance(base, ast.Call) else base.value
    name = base.id if isinstance(base, ast.Name) else ""
    return {name} if name and not (isinstance(node, ast.Call) and _stays(name, node)) else set()


def _stays(name: str, call: ast.Call) -> bool:
    """Whether a method leaves what it is called of as it was: a function of a module, and of a
    frame all but a few.
    """
    shell = stored.shell()
    value = shell.user_ns.get(name) if shell else None
    if isinstance(value, PANDAS):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        return method not in IN_PLACE and all(one.arg != "inplace" for one in call.keywords)
    return isinstance(value, ModuleType)


def as_python(code: str) -> str:
    """A cell as Python: what IPython alone reads, such as %time, is a call of `get_ipython()`. What
    begins with % or ! inside brackets stays.
    """
    transformed: str = (stored.shell() or TransformerManager()).transform_cell(code)
    return transformed
