"""The names that a package hands on, read from its stub and loaded when they are first used."""

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Lent = tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]


def lend(package: str, file: str) -> Lent:
    """`__getattr__`, `__dir__` and `__all__` of a package, by the lines `from .x import y as y`,
    `from other import y as y` and `z = y` of the `.pyi` beside its file. So editors, type checkers
    and Python read one list.
    """
    homes: dict[str, tuple[str, str]] = {}
    for line in ast.parse(Path(file).with_suffix(".pyi").read_text(encoding="utf-8")).body:
        if isinstance(line, ast.ImportFrom):
            module = (
                f"{package}.{line.module or ''}".rstrip(".") if line.level else str(line.module)
            )
            homes |= {alias.asname or alias.name: (module, alias.name) for alias in line.names}
        elif isinstance(line, ast.Assign):  # a second name
            homes |= {
                ast.unparse(target): homes[ast.unparse(line.value)] for target in line.targets
            }

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, attribute = homes[name]
        if module == package:  # `from . import x`: a module of its own
            return import_module(f"{module}.{attribute}")
        loaded = import_module(module)
        return (
            getattr(loaded, attribute)
            if hasattr(loaded, attribute)
            else import_module(f"{module}.{attribute}")
        )

    names = sorted(homes)
    return find, names.copy, names
