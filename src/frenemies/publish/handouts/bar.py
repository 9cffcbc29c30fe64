"""What the actor bar of a page offers: its actors, and the named selections of them."""

from collections.abc import Collection
from typing import Any

from frenemies import registry
from frenemies.evidence import actors


def offered(codes: Collection[str], section: str = "") -> dict[str, Any] | None:
    """What the bar's script needs for some actors (codes) of a page about a section: a dict; None
    where there is none to switch.
    """
    chosen = [code for code in actors.EVERYBODY if code in codes]
    if not chosen:
        return None
    return {
        "key": "handout",
        "actors": chosen,
        "names": {code: actors.name(code) for code in chosen},
        "colours": {code: actors.colour(code) for code in chosen},
        "presets": actors.presets(chosen, registry.bar(section).presets),
        "vintage": "since",
    }
