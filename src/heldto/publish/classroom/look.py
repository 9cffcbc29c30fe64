"""A look at what is handed in, before nbgrader runs it: code that reaches for files, or for what
marks it, is not run until the lecturer has read it.

What runs there runs with the lecturer's rights, beside the right figures. Names are looked at, as
they stand in the text: whoever knows this list can write round it, and nobody does so by accident.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from heldto.errors import Problem

LIBRARIES = {
    *("collections", "datetime", "decimal", "fractions", "frenemies", "functools", "itertools"),
    *("math", "matplotlib", "numpy", "operator", "pandas", "random", "re", "seaborn"),
    *("statistics", "string", "textwrap", "time"),
}
CALLS = {  # built into Python or IPython
    *("breakpoint", "compile", "delattr", "dir", "eval", "exec", "exit", "get_ipython", "getattr"),
    *("globals", "help", "input", "locals", "open", "quit", "setattr", "vars", "In", "Out"),
}
PARTS = {  # of a library: what reads and writes files, or leads to what does, and what marks
    *("builtins", "caching", "cbook", "classroom", "coded", "compat", "core", "ctypes"),
    *("ctypeslib", "errors", "f2py", "glob", "image", "importlib", "inspect", "io", "lib"),
    *("modules", "os", "pathlib", "paths", "pickle", "publish", "shutil", "socket", "stored"),
    *("subprocess", "sys", "testing", "tomllib", "util", "utils"),
    *("DataSource", "ExcelFile", "ExcelWriter", "HDFStore", "Path", "fromfile", "genfromtxt"),
    *("imread", "imsave", "load", "loadtxt", "memmap", "open", "save", "savefig", "savetxt"),
    *("savez", "to_clipboard", "to_csv", "to_excel", "to_feather", "to_gbq", "to_hdf", "to_html"),
    *("to_json", "to_latex", "to_markdown", "to_orc", "to_parquet", "to_pickle", "to_sql"),
    *("to_stata", "to_xml", "tofile"),
}
TEXT = re.compile(r"__|\.\.[/\\]|@\w+\.|\.ipynb|gradebook|secret\.txt")  # inside quotes


def doubts(source: str) -> list[str]:
    """What an answer in code says that no answer needs, in words and each once; nothing where it
    cannot run.
    """
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:
        return []
    return list(dict.fromkeys(word for node in ast.walk(tree) for word in _doubts(node)))


def _doubts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from _of_import([alias.name for alias in names])
        case ast.ImportFrom(module=module, names=names):
            yield from _of_import([f"{module or ''}.{alias.name}" for alias in names])
        case ast.Name(id=name) if name in CALLS or name == "coded" or name.startswith("__"):
            yield name
        case ast.Attribute(attr=name) if _leads_out(name):
            yield f".{name}"
        case ast.Attribute(ctx=ast.Store() | ast.Del()) if _root(node) in ("fr", "np", "pd", "sns"):
            yield f"{ast.unparse(node)} = ..."
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if (
            name.startswith("__") or name == "coded"
        ):
            yield name
        case ast.Constant(value=str(text)) if match := TEXT.search(text):
            yield f'"{match[0]}"'


def _of_import(names: list[str]) -> Iterator[str]:
    for name in names:
        first, *parts = name.split(".")
        if first not in LIBRARIES or "*" in parts or any(map(_leads_out, parts)):
            yield f"import {name}"


def _leads_out(name: str) -> bool:
    return name in PARTS or name.startswith(("_", "read_"))


def _root(node: ast.expr) -> str:
    """The name that a chain such as pd.DataFrame.equals begins with."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


class Look(Preprocessor):
    """A step of `nbgrader autograde`, after the lecturer's own cells are put back: it raises
    Problem, which names student and cells, where an answer says what no answer needs. nbgrader then
    goes on with the next student, and lists who is left at its end.
    """

    enabled = Bool(True, help="Whether hand-ins are checked before they run").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The notebook as it is. Raises Problem."""
        doubtful_cells = []
        for number, cell in enumerate(nb.cells, 1):
            marks = cell.metadata.get("nbgrader", {})
            is_ours = marks.get("locked") and marks.get("grade_id")  # it was put back as it was
            if cell.cell_type == "code" and not is_ours and (words := doubts(cell.source)):
                doubtful_cells.append(f"cell {number} says {', '.join(words)}")
        if doubtful_cells:
            names = resources["nbgrader"]
            student, name = names["student"], names["assignment"]
            remedy = f"nbgrader autograde {name} --student {student} --Look.enabled=False"
            fault = f"{name} of {student} was not run: {'; '.join(doubtful_cells)}"
            problem = (
                f"{fault}. No answer needs such code: read it first. To run it anyway: {remedy}"
            )
            self.log.error(problem)
            raise Problem(problem)
        return nb, resources
