"""What can be worked out from the tables: trade, arms, ties. Plain pandas; no drawing, no claim."""

from typing import Any

import lazy_loader

_find, __dir__, __all__ = lazy_loader.attach(__name__, ["arms", "network", "ties", "trade"])


def __getattr__(name: str) -> Any:
    return _find("network" if name == "balance" else name)  # as notebooks call it
