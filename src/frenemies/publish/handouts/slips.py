"""Slips for work in groups, to print and cut out: the claim, the page to open, and what to do, as
the tables of the seminar's plans have them.
"""

from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from frenemies.evidence.paths import docs_dir
from frenemies.publish.handouts import codes
from frenemies.publish.handouts.outputs import markdown
from frenemies.templates import render

NAME, FOLDER = "slips.html", "../../handouts/"


def page(address: str = "") -> str:
    """The slips of all groups as one HTML page that lies beside the handouts and prints four to a
    sheet of A4 or Letter.

    address: of their folder, where it is known: each slip then carries a code for phones.
    """
    return str(render("slips.html.j2", slips=[*_slips(address)]))


def _slips(address: str) -> Iterator[dict[str, str]]:
    """Of each row of a table whose first column is the group: group, claim, page, place, drawn."""
    for plan in sorted((docs_dir() / "seminar").glob("plan-*.md")):
        tree = BeautifulSoup(markdown(plan.read_text(encoding="utf-8")), "html.parser")
        for table in tree("table"):
            for row in table.select("tbody tr") if table.th.text == "group" else ():
                group, claim, page = row("td")[:3]
                place = urljoin(address, str(page.a["href"]).removeprefix(FOLDER))
                told = {"group": group.text, "claim": claim.text, "page": page.text}
                drawn = codes.drawn(place, f"slip-{group.text}") if address else ""
                yield told | {"place": place, "drawn": drawn}
