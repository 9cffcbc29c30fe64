"""A page for shows of hands: it holds what a lecturer counts, claim by claim, for the projector."""

from heldto import evidence
from heldto.claims import VERDICTS
from heldto.publish.handouts.assets import assets
from heldto.templates import render

NAME, FILES = "hands.html", ("hands.js",)


def page() -> str:
    """The page, one HTML file that loads nothing and says no verdict. What is counted stays in the
    browser.
    """
    claims = evidence.table("claims")
    sections = claims.groupby("notebook", sort=True)
    return str(render("hands.html.j2", sections=sections, verdicts=VERDICTS, assets=assets(FILES)))
