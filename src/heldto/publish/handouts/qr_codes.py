"""Codes for phones in a seminar plan: each step that opens a place of a handout carries its
address.
"""

from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from heldto.templates import render

STEPS, CELLS = ["li", "tr", "p"], ["li", "td", "p"]


def add_qr_codes(tree: BeautifulSoup, address: str) -> None:
    """Put a QR code of the first place that it opens into each step. address: of the page."""
    place_by_step: dict[int, tuple[Tag, str]] = {}
    for link in tree.select('a[href*="handouts/"]'):
        if (step := link.find_parent(STEPS)) and (cell := link.find_parent(CELLS)):
            place_by_step.setdefault(id(step), (cell, _for_phones(address, link)))
    for number, (cell, place) in enumerate(place_by_step.values(), 1):
        code = qr_svg(place, f"code-{number}")
        html = render("code.html.j2", number=number, address=place, drawn=code)
        cell.insert(0, BeautifulSoup(html, "html.parser"))


def _for_phones(address: str, link: Tag) -> str:
    """The place that a link of a page opens, without the projector."""
    place = urlsplit(urljoin(address, str(link["href"])))
    return place._replace(query="").geturl()


def qr_svg(place: str, name: str) -> str:
    """The QR code of an address as SVG. name: its id."""
    import segno  # of the extra `site`

    code = segno.make(place, error="m", micro=False)
    return code.svg_inline(omitsize=True, light="#fff", title=place, svgid=name)
