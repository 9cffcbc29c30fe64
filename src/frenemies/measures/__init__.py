"""What can be worked out from the tables: trade, arms, ties. Plain pandas; no drawing, no claim."""

from heldto import faces as _faces

__getattr__, __dir__, __all__ = _faces.lend(__name__, __file__)
