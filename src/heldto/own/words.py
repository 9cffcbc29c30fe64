"""What a reader is told of a claim of their own: the sentences of `words.toml`, filled in."""

import tomllib
from pathlib import Path

from heldto.exercises.words import fill_sentence

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def say_own(name: str, /, **told: object) -> str:
    """A sentence by its name: say("no_tables"). {known}: the month of the article."""
    return fill_sentence(WORDS[name], **told)
