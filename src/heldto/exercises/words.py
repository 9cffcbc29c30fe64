"""What a reader is told: the sentences of `words.toml`, with what differs filled in."""

from heldto.text import texts

WORDS = texts.beside(__file__)


def say(name: str, /, **told: object) -> str:
    """A sentence by its name: say("kept"). Raises TextError."""
    return WORDS.fill(name, **told)
