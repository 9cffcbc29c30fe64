"""A page for the roll calls of the simulation, on paper and on a screen: who voted how on which
motion, and how often two agreed, beside their real agreement.
"""

import json

from bs4 import BeautifulSoup

from heldto import article
from heldto.evidence import actors
from heldto.publish.handouts import kit
from heldto.publish.handouts.assets import SOURCES, assets
from heldto.publish.handouts.outputs import markdown
from heldto.templates import render
from heldto.tr import tr, tr_noop

NAME, SCRIPT = "roll-call.html", SOURCES / "roll_call.js"
VOTES = {tr_noop("yes"): 1, tr_noop("abstain"): 0.5, tr_noop("no"): 0}
OWN = tr_noop("A motion of the players' own")


def roll_call_page() -> str:
    """The page, one HTML file that loads nothing; votes stay in the browser. Without the article's
    hook `agreement` it shows the room's figures alone.
    """
    hook = article.hook("agreement")
    real = hook() if hook else {"where": "", "pairs": {}}
    return str(
        render(
            "roll_call.html.j2",
            players=sorted((actors.name(code), code) for code in actors.ALL),
            motions=motions() | {"own": tr(OWN)},
            votes={tr(word): value for word, value in VOTES.items()},
            where=real["where"],
            real=json.dumps(real["pairs"]),
            assets=assets(SCRIPT),
        )
    )


def motions() -> dict[str, str]:
    """The motions that a plan of the article puts to the vote below its heading *Motions*:
    {letter: sentence}; none where no plan has a simulation.
    """
    for plan in kit.plans().values():
        tree = BeautifulSoup(markdown(plan), "html.parser")
        if head := tree.find("h3", string="Motions"):
            items = head.find_next("ul").find_all("li")
            return {item.strong.text.strip("."): item.em.text for item in items if item.strong}
    return {}
