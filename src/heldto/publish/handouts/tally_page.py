"""Pages for the projector that count a room, claim by claim: a show of hands alone, and the wall,
which takes lines and files as well and shows a verdict when it is asked.
"""

import json

from heldto.publish.handouts.assets import assets
from heldto.room.about import ROOM, about
from heldto.templates import render

NAME, WALL = "hands.html", "wall.html"
SCRIPT = ROOM / "page.js"


def tally_html() -> str:
    """A show of hands, one HTML file that loads nothing and says no verdict. What is counted stays
    in the browser.
    """
    return _page("A show of hands", simple=True)


def wall_page() -> str:
    """The wall, one HTML file that loads nothing, and holds the verdicts, hidden."""
    return _page("The wall", simple=False)


def _page(title: str, simple: bool) -> str:
    about_json = json.dumps(about(simple=simple), ensure_ascii=False)
    return str(render("wall.html.j2", title=title, about=about_json, assets=assets(SCRIPT)))
