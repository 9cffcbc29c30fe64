"""The pictures of notebook 04: `network` (friends and rivals), `together` (China and Russia then
and now), `overview` (all claims at a glance); `payoff` (the reader against them) is drawn by
`reckoning`."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["network", "overview", "together"])
