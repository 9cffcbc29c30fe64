"""Best Worst Friends: hold one article on China and Russia against real figures.

Everything a notebook needs hangs below this name and is loaded when first used:
rooms (`fr.actors`, `fr.evidence`, `fr.economic`, ...) and the calls that put something on the page
(`fr.actor_bar`, `fr.explore`, `fr.live`, `fr.guess`, `fr.verdict`, `fr.exercise`, `fr.check`, ...).
"""

from importlib import import_module

__version__ = "0.1.0"

_ROOMS = {
    "actors": "evidence.actors",
    "evidence": "evidence",
    "trade": "measures.trade",
    "arms": "measures.arms",
    "ties": "measures.ties",
    "pictures": "pictures",
    "claims": "claims",
    "toggles": "toggles",
    "economic": "sections.economic",
    "geopolitical": "sections.geopolitical",
    "military": "sections.military",
    "balance": "measures.network",
    "network": "sections.verdict.pictures.network",
    "together": "sections.verdict.pictures.together",
    "overview": "sections.verdict.pictures.overview",
    "reckoning": "exercises.reckoning",
    "ledger": "claims.ledger",
    "lists": "sections.verdict.lists",
    "cards": "publish.cards",
    "exercises": "exercises",
}
_CALLS = {
    "actor_bar": "toggles",
    "explore": "toggles",
    "live": "toggles",
    "ask": "toggles",
    "if_held": "evidence",
    "guess": "exercises.forms",
    "verdict": "claims.card",
    "exercise": "exercises.forms",
    "check": "exercises",
    "hint": "exercises",
    "solution": "exercises",
    "progress": "exercises",
    "card": "publish.cards",
    "term": "evidence.glossary",
    "words": "evidence.glossary",
}
__all__ = sorted([*_ROOMS, *_CALLS])


def __getattr__(name):
    if name in _ROOMS:
        return import_module(f"frenemies.{_ROOMS[name]}")
    if name in _CALLS:
        return getattr(import_module(f"frenemies.{_CALLS[name]}"), name)
    raise AttributeError(f"module 'frenemies' has no attribute {name!r}")


def __dir__():
    return __all__
