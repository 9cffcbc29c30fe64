"""The front page: the article's question, a picture with its switches, each claim as a dot, three
doors.
"""

from functools import partial
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from frenemies.sections import economic
from heldto import evidence, stored
from heldto.claims import VERDICTS
from heldto.publish.handouts import listing
from heldto.publish.handouts.assets import CODE, SERVED, assets
from heldto.publish.handouts.page import Page
from heldto.templates import render
from heldto.toggles.views import Explore, explore

QUESTION = "They call it friendship. What do the figures say?"
PARTNERS = ("USA", "EU28", "JPN", "KOR", "TWN", "DEU", "VNM", "IND")  # no claim asks about these
LIVE = "live/lab/index.html"


def text(handouts: Path, live: bool = True) -> str:
    """The front page of a site whose handouts lie in a folder. live: whether it has notebooks that
    run in the browser.
    """
    return render(
        "site.html.j2",
        page=Page(_shown(), "site", code=False),
        assets=assets((*CODE, "site.js", SERVED) if live else (*CODE, "site.js")),
        handouts=listing.listed(handouts),
        claims=evidence.rows("claims"),
        verdicts=VERDICTS,
        live=LIVE if live else "",
    )


def _shown() -> NotebookNode:
    """A notebook of one cell: China's trade with others than Russia, as in notebook 00. With Russia
    it would answer claims before the reader's guess.
    """
    with stored.pages():
        shown = explore(partial(economic.partners_picture, PARTNERS))
        assert isinstance(shown, Explore), "there are figures of China's trade"
        data, about = shown._repr_mimebundle_()
    output = new_output("display_data", data=data, metadata=about)
    cell = new_code_cell("", id="partners", outputs=[output], metadata={"tags": ["picture"]})
    return new_notebook(
        cells=[cell], metadata={"frenemies": {"title": QUESTION, "section": "economic"}}
    )
