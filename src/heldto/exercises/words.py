"""What a reader is told: the sentences of `words.toml`, with what differs filled in."""

import tomllib
from pathlib import Path

from heldto import article

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def say(name: str, /, **told: object) -> str:
    """A sentence by its name: say("kept"). {known}: the month of the article."""
    return fill_sentence(WORDS[name], **told)


def fill_sentence(sentence: str, /, **told: object) -> str:
    """A sentence with what differs filled in. {known}: the month of the article."""
    return sentence.format_map({"known": article.current().month, **told})
