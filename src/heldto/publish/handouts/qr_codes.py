"""Codes for phones in a seminar plan: each step that opens a place of a handout carries its
address.
"""

from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from heldto.templates import render

STEPS, CELLS = ["li", "tr", "p"], ["li", "td", "p"]


def add_qr_codes(tree: BeautifulSoup, address: str) -> None:
    """Put a QR code of the first place that it opens into each step. address: of the page."""
    first: dict[int, tuple[Tag, str]] = {}
    for link in tree.select('a[href*="handouts/"]'):
        if (step := link.find_parent(STEPS)) and (cell := link.find_parent(CELLS)):
            first.setdefault(id(step), (cell, urljoin(address, str(link["href"]))))
    for number, (cell, place) in enumerate(first.values(), 1):
        code = qr_svg(place, f"code-{number}")
        made = render("code.html.j2", number=number, address=place, drawn=code)
        cell.insert(0, BeautifulSoup(made, "html.parser"))


def qr_svg(place: str, name: str) -> str:
    """The QR code of an address as SVG. name: its id."""
    import segno  # of the extra `site`

    code = segno.make(place, error="m", micro=False)
    return code.svg_inline(omitsize=True, light="#fff", title=place, svgid=name)
