"""What the sections register with the engine: claims' tests and exercises, imported by name alone.

The engine asks for them here and imports no section: another article would be another
`frenemies.sections`.
"""

from importlib import import_module

SECTIONS = "frenemies.sections"


def notebooks() -> dict[str, str]:
    """{section: the name of its notebook}, as the notebooks come."""
    return dict(import_module(SECTIONS).NOTEBOOKS)


def section_of(notebook: str) -> str:
    """The section whose notebook it is."""
    return next(section for section, name in notebooks().items() if name == notebook)


def load(kind: str) -> None:
    """Import the module `kind` ("claims" or "exercises") of every section, in their order."""
    for section in notebooks():
        import_module(f"{SECTIONS}.{section}.{kind}")
