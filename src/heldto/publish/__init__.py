"""How it leaves the house: handouts, the lab, cards, what a class needs, and the command line."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["cards"])
