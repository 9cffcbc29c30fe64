"""The pictures of notebook 04: `network` (friends and rivals), and `together` (China and Russia
then and now). That of all claims is the engine's: `heldto.ledger.overview`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["network", "together"])
