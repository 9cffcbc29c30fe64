"""The names that a package hands on, read from its stub and loaded when they are first used."""

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import lazy_loader

Lent = tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]


def lend(package: str, file: str) -> Lent:
    """`__getattr__`, `__dir__` and `__all__` of a package, by the lines `from .x import y as z` and
    `from other import y as z` of the `.pyi` beside its file. So editors, type checkers and Python
    read one list.
    """
    homes: dict[str, tuple[str, str]] = {}
    for line in ast.parse(Path(file).with_suffix(".pyi").read_text(encoding="utf-8")).body:
        if isinstance(line, ast.ImportFrom):
            module = (
                f"{package}.{line.module or ''}".rstrip(".") if line.level else str(line.module)
            )
            homes |= {one.asname or one.name: (module, one.name) for one in line.names}

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module, there = homes[name]
        if module == package:  # `from . import x`: a module of its own
            return import_module(f"{module}.{there}")
        held = import_module(module)
        return getattr(held, there) if hasattr(held, there) else import_module(f"{module}.{there}")

    names = sorted(homes)
    return find, names.copy, names


def face(section: str, claims: str = "", **pictures: str) -> tuple[Callable, Callable, list[str]]:
    """`__getattr__`, `__dir__` and `__all__` of a section (the full name of its package): what it
    imports, and beside that what its modules lend, loaded when it is asked for.

    claims: the names that its claims lend; pictures: what each module there draws, without
    `_picture`.
    """
    lent = {"claims": claims.split()}
    for module, drawn in pictures.items():
        lent[f"pictures.{module}"] = [f"{name}_picture" for name in drawn.split()]
    find, _, names = lazy_loader.attach(section, ["claims"], lent)

    def known() -> list[str]:
        every = {*vars(sys.modules[section]), *names}
        return sorted(name for name in every if not name.startswith("_"))

    return find, known, names
