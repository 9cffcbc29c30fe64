"""What a reader is told of a claim of their own: the sentences of `words.toml`, filled in."""

from heldto import article
from heldto.text import texts

WORDS = texts.beside(__file__)


def say_own(name: str, /, **told: object) -> str:
    """A sentence by its name: say_own("no_tables"). known: the month of the article. Raises
    TextError.
    """
    return WORDS.fill(name, known=article.current().month, **told)
