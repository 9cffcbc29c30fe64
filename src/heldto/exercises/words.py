"""What a reader is told: the sentences of `words.toml`, with what differs filled in."""

from dataclasses import dataclass

from heldto.templates import render
from heldto.text import texts

WORDS = texts.beside(__file__)


def say(name: str, /, **told: object) -> str:
    """A sentence by its name: say("kept"). Raises TextError."""
    return WORDS.fill(name, **told)


@dataclass
class Said:
    """A line or two for the reader, and code where there is some."""

    text: str
    code: str = ""

    def __repr__(self) -> str:
        return "\n".join(filter(None, [self.text, self.code]))

    def _repr_html_(self) -> str:
        return render("message.html.j2", lines=self.text.splitlines(), code=self.code)
