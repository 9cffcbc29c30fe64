"""Cards in a picture: which seats show which side. What is too far, covered or skewed is not read,
and never guessed.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from heldto import claims
from heldto.errors import Problem
from heldto.extras import remedy
from heldto.room.cards import CELLS, PATTERNS

LIMIT = 30  # degrees that a card may be turned away from upright
LARGEST = 4000  # pixels of a picture's longer side: the page shrinks it before
SMALL = 1280  # pixels up to which a camera's frame is enlarged to twice the size
LEAST = {True: 9, False: 20}  # pixels a side of a marker, of a camera's frame or of a photo
OTHERS = ("DICT_4X4_250", "DICT_6X6_250", "DICT_APRILTAG_36h11")  # sets that others print
TWO = 2  # frames that must show the same side; markers of another set, before it is called one
Corners = list[tuple[float, float]]


@dataclass(frozen=True)
class MarkerCard:
    """A card in a picture. side: the place of its verdict among the four, None where it is turned
    too far; corners: in pixels, from the marker's own upper left.
    """

    seat: int
    side: int | None
    corners: Corners


@dataclass
class Seen:
    """What one picture shows. twice: seats of which two cards are in it, and none counts; others:
    the set that markers of another kind are of, "" for none; size: width and height in pixels.
    """

    cards: list[MarkerCard] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    others: str = ""
    size: tuple[int, int] = (0, 0)


@dataclass
class Poll:
    """The votes on one question. A vote is the same side of a card in two frames of a camera, or a
    side in a photo; the latest counts.
    """

    seats: Collection[int]
    votes: dict[int, int] = field(default_factory=dict)
    once: dict[int, int] = field(default_factory=dict)  # side by seat, as it was seen last

    def take(self, seen: Seen, live: bool) -> None:
        """Take in what a frame, or a photo, shows."""
        for card in seen.cards:
            if card.side is None:
                continue
            if not live or self.once.get(card.seat) == card.side:
                self.votes[card.seat] = card.side
            self.once[card.seat] = card.side

    @property
    def missing(self) -> list[int]:
        """Seats without a vote."""
        return [seat for seat in self.seats if seat not in self.votes]


def opencv() -> Any:
    """OpenCV. Raises Problem with the remedy where it is not installed."""
    try:
        import cv2
    except ImportError:
        message = f"OpenCV reads the cards, but it is not installed: {remedy('classroom')}"
        raise Problem(message) from None
    return cv2


def read_cards(picture: bytes, seats: Sequence[int], live: bool = False) -> Seen:
    """The cards in a picture (a file's bytes, JPEG or PNG).

    seats: the cards that were printed; live: whether it is a camera's frame. Raises Problem where
    it is no picture, or OpenCV is missing.
    """
    cv2 = opencv()
    # in this mode a photo is turned as its camera says
    grey = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise Problem("this picture cannot be read here: give a JPEG or PNG")
    height, width = grey.shape
    scale = _scale(max(height, width), live)
    if scale != 1:
        interpolation = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=interpolation)
    markers = _markers(cv2, grey, _dictionary(cv2, seats), live, scale)
    seat_corners = [(seats[index], (corners / scale).tolist()) for index, corners in markers]
    seen = _apart(seat_corners)
    seen.size = (width, height)
    if not (seat_corners or live):
        seen.others = _others(cv2, grey)
    return seen


def _scale(longer: int, live: bool) -> float:
    if longer > LARGEST:
        return LARGEST / longer
    return 2 if live and longer <= SMALL else 1


def _dictionary(cv2: Any, seats: Sequence[int]) -> Any:
    """The markers of some seats alone, so that no other is found."""
    whole = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_50)
    assert len(whole.bytesList) == len(PATTERNS)
    return cv2.aruco.Dictionary(whole.bytesList[list(seats)], CELLS, whole.maxCorrectionBits)


def _markers(
    cv2: Any, grey: Any, dictionary: Any, live: bool, scale: float
) -> list[tuple[int, Any]]:
    """The markers of a set in a picture: pairs of place in the set and corners (4 x 2)."""
    parameters = cv2.aruco.DetectorParameters()
    parameters.adaptiveThreshWinSizeStep = 4
    parameters.perspectiveRemovePixelPerCell = 8
    parameters.perspectiveRemoveIgnoredMarginPerCell = 0.33
    parameters.polygonalApproxAccuracyRate = 0.05
    parameters.minMarkerPerimeterRate = 4 * LEAST[live] * scale / max(grey.shape)
    corners, ids, _ = cv2.aruco.ArucoDetector(dictionary, parameters).detectMarkers(grey)
    places = [] if ids is None else ids.ravel()  # of another shape in OpenCV 5
    return [(int(place), quad.reshape(4, 2)) for place, quad in zip(places, corners, strict=True)]


def _others(cv2: Any, grey: Any) -> str:
    """The set of other markers in a photo, "" where there is none."""
    for name in OTHERS:
        dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, name))
        if len(_markers(cv2, grey, dictionary, False, 1)) >= TWO:
            return name.removeprefix("DICT_")
    return ""


def _apart(seat_corners: list[tuple[int, Corners]]) -> Seen:
    """Cards with their sides; a seat that is there twice counts nowhere."""
    places: dict[int, list[Corners]] = {}
    for seat, corners in seat_corners:
        places.setdefault(seat, []).append(corners)
    cards = [
        MarkerCard(seat, side_up(each[0]), each[0])
        for seat, each in places.items()
        if len(each) == 1
    ]
    return Seen(cards, sorted(seat for seat, each in places.items() if len(each) > 1))


def side_up(corners: Corners) -> int | None:
    """The place among the four verdicts of the side that is on top; None where a card is turned
    more than 30 degrees from it.

    The angle is the mean of the marker's up and its right, as a tilt skews each of them alone.
    """
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    right = bx - ax + cx - dx, by - ay + cy - dy
    up = ax - dx + bx - cx, ay - dy + by - cy
    along = [_unit(*right), _unit(-up[1], up[0])]
    turned = math.degrees(math.atan2(along[0][1] + along[1][1], along[0][0] + along[1][0]))
    quarter = round(turned / 90)
    if abs(turned - 90 * quarter) > LIMIT:
        return None
    return -quarter % len(claims.VERDICTS)


def _unit(x: float, y: float) -> tuple[float, float]:
    length = math.hypot(x, y) or 1
    return x / length, y / length
