"""Section 2, geopolitical: the tests of claims F1, F2, F5-F9 and G1-G18, the pictures of notebook
02, and the measures it asks for.
"""

from heldto import faces as _faces

__getattr__, __dir__, __all__ = _faces.lend(__name__, __file__)
