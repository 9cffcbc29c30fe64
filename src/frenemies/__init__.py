"""Best Worst Friends: hold one article on China and Russia against real figures.

Everything a notebook needs hangs below this name and is loaded when first used:
rooms (`fr.actors`, `fr.evidence`, `fr.economic`, ...) and the calls that put something on the page
(`fr.actor_bar`, `fr.explore`, `fr.live`, `fr.guess`, `fr.verdict`, `fr.exercise`, `fr.check`, ...).
`__init__.pyi` lists them all, for editors and for the loader: first those of the helper, which are
the engine's (see `heldto`), then those of the article: its measures, and the pictures of its
sections. The article's names are content, and change with it.
"""

from heldto import __version__ as __version__
from heldto import faces as _faces
from heldto import noted as _noted

_noted.note(__name__, __path__[0])  # read when it is first asked for

__getattr__, __dir__, __all__ = _faces.lend(__name__, __file__)
