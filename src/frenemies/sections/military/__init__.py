"""Section 3, military: who arms whom, who exercises where, who fought whom; the tests of its
claims, the pictures of notebook 03, and the measures it asks for.

Volumes of arms are SIPRI's trend-indicator values (TIV): volume, not dollars. Sources:
data/military and data/geopolitical.
"""

from heldto import faces as _faces

__getattr__, __dir__, __all__ = _faces.lend(__name__, __file__)
