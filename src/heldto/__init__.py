"""The engine: an article held to the figures. It knows no article.

What a notebook may say hangs below this name and is loaded when first used: see `__init__.pyi`.
The helper is about 40 of these names (`fr.explore`, `fr.evidence.table`, ...), those that
`tests/public_names.txt` lists: each has a docstring with an example, and stays as it is from one
version to the next, or CHANGELOG.md says so. Every other name of this package may change freely.
"""

from heldto import faces as _faces

__version__ = "1.0.0"
__getattr__, __dir__, __all__ = _faces.lend(__name__, __file__)
