"""The exercises themselves, one module a section: what is asked, the right answer from the data, what tends to go wrong, hints, solution.

Each is a function under `@question`, which makes its Question (see `frenemies.exercises.answers`) when it is asked for.
"""

from dataclasses import dataclass
from importlib import import_module

SECTIONS = ("economic", "geopolitical", "military", "verdict")
_MAKERS = {}


@dataclass(frozen=True)
class Exercise:
    """id; section; claim; level 1 (easy) to 3 (hard); skill; question: an answers.Question."""

    id: str
    section: str
    claim: str
    level: int
    skill: str
    question: object


def question(name, level, skill):
    """Decorator: this function makes the question of exercise `name`. The id begins with the claim it serves: "E3-rank"."""

    def register(maker):
        _MAKERS[name] = (maker, maker.__module__.split(".")[-2], level, skill)
        return maker

    return register


def ids(section=None):
    """Ids of all exercises, or of one section, from easy to hard as they stand in the notebook."""
    for name in SECTIONS:
        import_module(f"frenemies.sections.{name}.exercises")
    chosen = [one for one in SECTIONS if section in (None, one)]
    return [name for one in chosen for name, (_, where, _, _) in _MAKERS.items() if where == one]


def make(name):
    """The Exercise of an id, its right answer worked out from data/. Raises KeyError for an unknown id, and whatever the data lead to."""
    maker, section, level, skill = _MAKERS[name]
    return Exercise(name, section, name.partition("-")[0], level, skill, maker())
