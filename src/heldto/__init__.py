"""The engine: an article held to the figures. It knows no article.

What a notebook may say hangs below this name and is loaded when first used: see
`__init__.pyi`.
"""

from heldto import faces as _faces

__version__ = "0.1.0"
__getattr__, __dir__, __all__ = _faces.lend(__name__, __file__)
