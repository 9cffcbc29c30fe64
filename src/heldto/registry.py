"""What the sections register with the engine: claims' tests, exercises and what their actor bars
offer, imported by name alone.

The engine asks for them here and imports no section: another article would be another
`frenemies.sections`.
"""

from collections.abc import Collection
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

SECTIONS = "frenemies.sections"


class Bar(NamedTuple):
    """Of a section's actor bar: ISO3 that no picture of it shows, and selections of its own."""

    absent: Collection[str] = ()
    presets: dict[str, list[str]] = {}


def bar(section: str) -> Bar:
    """What a section's actor bar offers: everybody, where the section says nothing else."""
    return import_module(f"{SECTIONS}.bars").BARS.get(section, Bar())


def notebooks() -> dict[str, str]:
    """{section: the name of its notebook}, as the notebooks come."""
    return dict(import_module(SECTIONS).NOTEBOOKS)


def section_of(notebook: str) -> str:
    """The section whose notebook it is; "" where it is the notebook of none."""
    return next((section for section, name in notebooks().items() if name == notebook), "")


@cache
def load(kind: str, section: str | None = None) -> None:
    """Import the module `kind` ("claims" or "exercises") of a section, or of every one that has it,
    in their order.
    """
    for one in [section] if section else notebooks():
        if find_spec(name := f"{SECTIONS}.{one}.{kind}"):
            import_module(name)
