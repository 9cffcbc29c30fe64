"""What this article says: a package a section, each with its claims, pictures and exercises.

Here: what all of them share.
"""

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lazy_loader

from frenemies.errors import Problem

NOTEBOOKS = {  # of the sections, as they come
    "economic": "01_economic",
    "geopolitical": "02_geopolitical",
    "military": "03_military",
    "verdict": "04_verdict",
}
BOTH = ("CHN", "RUS")  # the two leads
BETWEEN = "#7A2E8E"  # their colour together: between red and blue


def captions(section: str) -> dict[str, dict[str, Any]]:
    """What the pictures of a section always say, from its `pictures.toml`: fields of each by key.

    Raises Problem where the file cannot be read as TOML.
    """
    path = Path(__file__).parent / section / "pictures.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{path}: {error}") from error
    return {key: {"key": key, **fields} for key, fields in tables.items()}


def face(
    section: str, lent: dict[str, list[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """`__getattr__`, `__dir__` and `__all__` of a section (the full name of its package): what it
    imports, and beside that what its modules lend, loaded when it is asked for.

    lent: {module: the names that it lends}.
    """
    find, _, names = lazy_loader.attach(section, ["claims"], lent)

    def known() -> list[str]:
        return sorted(
            name for name in {*vars(sys.modules[section]), *names} if not name.startswith("_")
        )

    return find, known, names


__getattr__ = lazy_loader.attach(__name__, NOTEBOOKS)[0]
