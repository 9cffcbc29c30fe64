"""The front page: the article's question, its first round with a picture, each claim as a dot,
three doors.
"""

from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from heldto import article, evidence, stored
from heldto.claims import VERDICTS
from heldto.exercises.quick import quick_round
from heldto.publish import learning
from heldto.publish.handouts import listing
from heldto.publish.handouts.assets import assets
from heldto.publish.handouts.page import HandoutPage
from heldto.templates import render
from heldto.tr import tr, tr_n, tr_noop

LIVE = "live/lab/index.html"
SCRIPT = Path(__file__).with_name("site.js")
DESCRIPTION = tr_noop(
    "{article}, {claims}, held against published figures and documents, or shown with what could "
    "decide them."
)


def front_html(handouts: Path, live: bool = True, open_only: bool = False) -> str:
    """The front page of a site whose handouts lie in a folder. live: whether it has notebooks that
    run in the browser; open_only: whether tables without an open licence are left out.
    """
    current = article.current()
    claims, entries = evidence.rows("claims"), listing.handouts_in(handouts)
    told = tr_n("{n} claim", "{n} claims", len(claims))
    description = tr(DESCRIPTION, article=current.described or current.named, claims=told)
    return render(
        "site.html.j2",
        description=description,
        resource=learning.of_handouts(entries, "site", description),
        page=HandoutPage(_shown(), "site", code=False, open_only=open_only),
        assets=assets(SCRIPT, served=live),
        handouts=entries,
        claims=claims,
        verdicts=VERDICTS,
        live=LIVE if live else "",
        open_only=open_only,
    )


def _shown() -> NotebookNode:
    """A notebook of one cell: the article's first round."""
    current = article.current()
    about = {
        "title": current.question or current.title,
        "section": next(iter(current.notebooks), ""),
    }
    return new_notebook(cells=[round_cell()], metadata={"frenemies": about})


def round_cell() -> NotebookNode:
    """A cell with the article's first round, as a page has it."""
    with stored.pages():
        data, about = quick_round()._repr_mimebundle_()
    output = new_output("display_data", data=data, metadata=about)
    return new_code_cell("", id="round", outputs=[output], metadata={"tags": ["guess", "picture"]})
