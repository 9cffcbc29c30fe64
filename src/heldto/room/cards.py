"""Marker cards, one a seat, for the printer: whichever of the four verdicts stands on top counts.

The front, for the camera, has a marker of OpenCV's `DICT_5X5_50`; the back, for who holds it, the
four words. HOLDS and FAILS are opposite, so that no skew turns one into the other.
"""

from collections.abc import Iterator
from typing import Any

from heldto import article, claims
from heldto.errors import Problem
from heldto.templates import render
from heldto.text.arguments import one_of
from heldto.tr import tr

CELLS = 5  # of a marker, a side, without its black border
_BITS = (
    "145b2bc 01c06e6 1af0edd 10395f7 1aeb524 1d4082d 0d3d7ec 0e2146b 10d6132 1313fa5 13cee03 "
    "1a2dac0 1e62b11 05e7166 1fcfca8 051e37f 097a758 0bea26f 0f64dc4 1061de8 12dda75 150e440 "
    "16b0ca1 0ba12de 19cd023 1a59972 1c3ce8b 0224246 03b9672 024223b 027376e 0368873 040d0ce "
    "04aaac8 04643ba 07a6fea 0998aac 082d101 09aad1d 0863c72 0ad2825 0a52f9e 0d849f7 0c309d9 "
    "0da7e31 0e9627a 0e9b997 0f94806 0f59125 0f6b7d7"
)  # of each marker, row by row, 1 is white: those of OpenCV, which a test compares
PATTERNS = _BITS.split()
LEFT_OUT = (0, 25, 30)  # no seat; and two that are near their own mirror images
SEATS = [number for number in range(len(PATTERNS)) if number not in LEFT_OUT]
MARKER = 0.78  # of the card's width: one white cell stands around the marker
PAPERS = ("A4", "Letter")
WIDTHS = {"A4": (142, 95), "Letter": (136, 90)}  # mm of a card: one a sheet, three a sheet


def seats(count: int) -> list[int]:
    """The numbers of so many cards. Raises Problem where there are not so many."""
    if not 1 <= count <= len(SEATS):
        raise Problem(f"there are cards for 1 to {len(SEATS)} seats, not for {count}")
    return SEATS[:count]


def marker_cards_page(count: int, small: bool = False, paper: str = "A4") -> str:
    """Cards for so many seats as one HTML page for the printer: front and back beside one another,
    to be folded and glued.

    small: three a sheet, which a webcam reads within 4 m alone, and a phone's photo within 6.
    Raises Problem for more seats than there are cards, and for another paper than A4 or Letter.
    """
    width = WIDTHS[one_of(PAPERS, paper, "paper")][small]
    words = [(tr(word), claims.SIGNS[word], claims.COLOURS[word]) for word in claims.VERDICTS]
    context: dict[str, Any] = {"words": words, "width": width, "marker": MARKER * 100}
    context |= {"paper": f"{paper} {'portrait' if small else 'landscape'}", "small": small}
    cards = [(seat, [*_white(seat)]) for seat in seats(count)]
    name = article.current().seminar
    return str(render("marker_cards.html.j2", cards=cards, seminar=name, **context))


def _white(seat: int) -> Iterator[tuple[int, int]]:
    """The white cells of a marker, (column, row), its border counted."""
    bits = f"{int(PATTERNS[seat], 16):0{CELLS * CELLS}b}"
    for index, bit in enumerate(bits):
        if bit == "1":
            yield index % CELLS + 1, index // CELLS + 1
