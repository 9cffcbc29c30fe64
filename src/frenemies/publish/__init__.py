"""How it leaves the house: handouts, the lab, cards, what a class needs, and the command line."""

import sys

import lazy_loader

# jsonschema, which nbformat loads, reads a grammar of web addresses at each start (0.7 s) where one
# is installed. No notebook's schema asks for it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["cards"])
