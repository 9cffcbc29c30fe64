"""What the sections register with the engine: claims' tests and exercises, imported by their names alone.

The engine asks for them here and imports no section: another article would be another `frenemies.sections`.
"""

from importlib import import_module

SECTIONS = "frenemies.sections"


def load(kind: str) -> None:
    """Import the module `kind` ("claims" or "exercises") of every section, in the order of `sections.ORDER`."""
    for section in import_module(SECTIONS).ORDER:
        import_module(f"{SECTIONS}.{section}.{kind}")
