"""What the actor bar of a page offers: its actors, and the named selections of them."""

import json
from collections.abc import Collection

from frenemies import registry
from frenemies.evidence import actors


def offered(codes: Collection[str], section: str = "") -> str:
    """What the bar's script needs for some actors (codes) of a page about a section, as JSON; ""
    where there is none to switch.
    """
    chosen = [code for code in actors.EVERYBODY if code in codes]
    state = {
        "key": "handout",
        "actors": chosen,
        "names": {code: actors.name(code) for code in chosen},
        "colours": {code: actors.colour(code) for code in chosen},
        "presets": actors.presets(chosen, registry.bar(section).presets),
        "vintage": "since",
    }
    return json.dumps(state, ensure_ascii=False) if chosen else ""
