"""What the actor bar of a page offers: its actors, and the named selections of them."""

from collections.abc import Collection
from typing import Any

from frenemies.evidence import actors


def offered(codes: Collection[str]) -> dict[str, Any] | None:
    """What the bar's script needs for some actors (codes): a dict; None where there is none to
    switch.
    """
    chosen = [code for code in [*actors.ALL, "EU"] if code in codes]
    if not chosen:
        return None
    return {
        "key": "handout",
        "actors": chosen,
        "names": {code: actors.name(code) for code in chosen},
        "colours": {code: actors.colour(code) for code in chosen},
        "presets": presets(chosen),
        "vintage": "since",
    }


def presets(chosen: list[str]) -> dict[str, list[str]]:
    """The named selections, held to the actors of one page: those that would repeat another are
    left out.
    """
    kept: dict[str, list[str]] = {}
    for name, held in actors.presets(chosen).items():
        if held not in kept.values() and (held or name == "none"):
            kept[name] = held
    return kept
