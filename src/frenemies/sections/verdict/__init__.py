"""The verdict: the network of friends and rivals, then and now, all claims at a glance, and the
reader against them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["garden", "lists", "reckoning"])
