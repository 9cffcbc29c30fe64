"""Section 2, geopolitical: the tests of its claims, the pictures of notebook
02, and the measures it asks for.
"""

from heldto import faces as _faces

__getattr__, __dir__, __all__ = _faces.lend(__name__, __file__)
