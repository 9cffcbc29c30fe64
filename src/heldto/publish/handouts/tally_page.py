"""The wall as a page: it counts a room, claim by claim, from hands, lines and files, and shows a
verdict when it is asked.
"""

import json
from collections.abc import Sequence

from heldto.publish.handouts.assets import assets
from heldto.room.about import ROOM, about
from heldto.templates import render

NAME = "wall.html"
SCRIPT = ROOM / "page.js"


def wall_page(first: Sequence[str] = ()) -> str:
    """One HTML file that loads nothing, and holds the verdicts, hidden. first: the claims that come
    before all others; a link of a plan names its own.
    """
    settings = about() | ({"first": [*first]} if first else {})
    about_json = json.dumps(settings, ensure_ascii=False)
    return str(render("wall.html.j2", about=about_json, assets=assets(SCRIPT)))
