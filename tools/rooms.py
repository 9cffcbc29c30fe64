"""Rooms of people who hold up marker cards, drawn and photographed: how many cards are read, how soon, and whether one is ever read wrong.

No picture of a real room is in it: cards are drawn into a room of noise, shadows and bait, as a camera would see them.
"""

import sys
from dataclasses import dataclass, field

import cv2
import numpy as np

from heldto.room import cards, seen

CELL = 24  # pixels of a card's texture for a cell of its marker
TWO_FRAMES, FIVE = 3, 5  # frames after which votes are counted


@dataclass(frozen=True)
class Camera:
    """A camera: width and height of its pictures in pixels, degrees that it sees from left to right, quality of its JPEG."""

    name: str
    width: int
    height: int
    view: float = 70
    quality: int = 80

    @property
    def focal(self):
        return self.width / 2 / np.tan(np.radians(self.view / 2))


WEBCAM = Camera("1080p", 1920, 1080)
SMALL = Camera("720p", 1280, 720)
PHONE = Camera("phone, 12 MP", 4000, 3000, 67, 88)


@dataclass
class Held:
    """A card that somebody holds: seat, side on top, where (metres: right, down, away), its angles in degrees, and what is on it."""

    seat: int
    side: int
    place: np.ndarray
    tilt: tuple[float, float]
    roll: float
    finger: bool = False
    covered: bool = False


@dataclass
class Class:
    """A class in rows: who holds what, and the dice by which its pictures differ."""

    dice: np.random.Generator
    held: list[Held]
    width: float  # metres of a card


def textures(seat):
    """The front of a card as the camera may see it, from near: 9 x 9 cells, the outer ones white."""
    bits = np.ones((9, 9), np.uint8) * 235
    bits[1:8, 1:8] = 25
    pattern = f"{int(cards.PATTERNS[seat], 16):025b}"
    for at, bit in enumerate(pattern):
        if bit == "1":
            bits[2 + at // 5, 2 + at % 5] = 235
    return bits.repeat(CELL, 0).repeat(CELL, 1)


def seated(seed, count=30, width=0.142, near=2.5, far=6.0, camera=WEBCAM, tilt=12.0, roll=10.0):
    """A class in five rows between two distances (metres), each with a card, within the camera's view."""
    dice = np.random.default_rng(seed)
    seats, held = cards.seats(count), []
    rows = np.array_split(np.array(seats), 5)
    for at, row in enumerate(rows):
        away = near + (far - near) * at / (len(rows) - 1)
        reach = 0.82 * away * np.tan(np.radians(camera.view / 2))
        across = np.linspace(-reach, reach, len(row)) if len(row) > 1 else [0.0]
        high = 0.42 * away * camera.height / camera.width * (1 - 2 * at / (len(rows) - 1))
        for seat, right in zip(row, across, strict=True):
            place = np.array([right + dice.normal(0, 0.03), high + dice.normal(0, 0.03), away])
            turned = dice.normal(0, tilt, 2).clip(-40, 40)
            one = Held(
                int(seat), int(dice.integers(4)), place, tuple(turned), dice.normal(0, roll / 2)
            )
            one.finger, one.covered = dice.random() < 0.04, dice.random() < 0.03
            held.append(one)
    return Class(dice, held, width)


def _corners(one, width, camera, jitter):
    """The corners of a card in a picture, from its upper left as it is printed."""
    half = width * 9 / 7 * cards.MARKER / 2  # nine cells: the marker and the white around it
    flat = np.array([[-half, -half, 0], [half, -half, 0], [half, half, 0], [-half, half, 0]])
    up, right = np.radians(np.array(one.tilt) + jitter[:2])
    around = np.radians(one.roll - 90 * one.side + jitter[2])  # who shows PARTLY turned it so
    turn = _about(0, up) @ _about(1, right) @ _about(2, around)
    spots = flat @ turn.T + one.place + jitter[3:6] / 100
    return np.stack(
        [camera.width / 2 + camera.focal * spots[:, 0] / spots[:, 2],
         camera.height / 2 + camera.focal * spots[:, 1] / spots[:, 2]], axis=1,
    )  # fmt: skip


def _about(axis, angle):
    """A turn about an axis (0 to 2), clockwise as one sees it."""
    one, other = [at for at in range(3) if at != axis]
    made = np.eye(3)
    made[one, one] = made[other, other] = np.cos(angle)
    made[one, other], made[other, one] = -np.sin(angle), np.sin(angle)
    return made


def _ground(dice, camera):
    """A room behind the cards: walls, people, and squares as bait."""
    small = dice.normal(110, 30, (camera.height // 40, camera.width // 40)).clip(20, 220)
    ground = cv2.resize(small, (camera.width, camera.height), interpolation=cv2.INTER_CUBIC)
    for _ in range(60):
        x, y = dice.integers(camera.width), dice.integers(camera.height)
        size = int(dice.integers(10, 90) * camera.width / 1920)
        if dice.random() < 0.5:
            cv2.ellipse(
                ground,
                (int(x), int(y)),
                (size, int(size * 1.3)),
                0,
                0,
                360,
                float(dice.integers(60, 200)),
                -1,
            )
        else:
            bait = (dice.random((5, 5)) < 0.5) * 200.0 + 20
            tile = (
                np.pad(bait, 1, constant_values=20)
                .repeat(max(1, size // 7), 0)
                .repeat(max(1, size // 7), 1)
            )
            spot = ground[y : y + len(tile), x : x + len(tile)]
            spot[:] = tile[: spot.shape[0], : spot.shape[1]]
    return ground


def picture(room, camera, moving=1.0):
    """One picture of a class: grey, as an array; what moves between two is drawn anew."""
    dice, ground = room.dice, _ground(room.dice, camera)
    for one in sorted(room.held, key=lambda held: -held.place[2]):
        jitter = dice.normal(0, [2, 2, 2, 1, 1, 0]) * moving
        spots = _corners(one, room.width, camera, jitter)
        _hold(ground, one, spots, dice)
    light = np.linspace(dice.uniform(0.55, 1), dice.uniform(0.55, 1), camera.width)[None, :]
    ground = ground * light * np.linspace(dice.uniform(0.7, 1), 1, camera.height)[:, None]
    if dice.random() < 0.25:  # a window behind
        ground = ground * 0.6 + 60
    scale = camera.width / 1920
    ground = cv2.GaussianBlur(ground, (0, 0), dice.uniform(0.8, 1.5) * max(1, scale / 1.4))
    if (length := int(dice.uniform(0, 5) * scale)) > 1:
        along = np.full((1, length), 1 / length)
        ground = cv2.filter2D(ground, -1, along if dice.random() < 0.5 else along.T)
    ground += dice.normal(0, dice.uniform(3, 8), ground.shape)
    return ground.clip(0, 255).astype(np.uint8)


def _hold(ground, one, spots, dice):
    """Draw a card into a picture, with the thumbs that hold it."""
    texture = textures(one.seat).astype(float) * dice.uniform(0.75, 1.05)
    side = np.linalg.norm(spots[0] - spots[1])
    wanted = int(max(18, min(len(texture), 2 * side)))  # no finer than twice what is seen
    texture = cv2.resize(texture, (wanted, wanted), interpolation=cv2.INTER_AREA)
    for at in (0.06, 0.94):
        cv2.ellipse(
            texture,
            (int(at * wanted), int(0.97 * wanted)),
            (wanted // 12, wanted // 9),
            0,
            0,
            360,
            150,
            -1,
        )
    if one.finger and dice.random() < 0.8:
        cv2.ellipse(
            texture,
            (int(0.2 * wanted), int(0.7 * wanted)),
            (wanted // 6, wanted // 14),
            20,
            0,
            360,
            150,
            -1,
        )
    if one.covered and dice.random() < 0.8:
        texture[:, : wanted // 2] = 120
    frame = np.array([[0, 0], [wanted, 0], [wanted, wanted], [0, wanted]], np.float32)
    left, top = np.floor(spots.min(0)).astype(int) - 2
    width, height = np.ceil(spots.max(0)).astype(int) - (left, top) + 3
    onto = cv2.getPerspectiveTransform(frame, (spots - (left, top)).astype(np.float32))
    drawn = cv2.warpPerspective(texture, onto, (int(width), int(height)), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones_like(texture), onto, (int(width), int(height)))
    y0, x0, y1, x1 = (
        max(top, 0),
        max(left, 0),
        min(top + height, ground.shape[0]),
        min(left + width, ground.shape[1]),
    )
    if y1 <= y0 or x1 <= x0:
        return
    inner = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    spot = ground[y0:y1, x0:x1]
    spot[:] = spot * (1 - mask[inner]) + drawn[inner] * mask[inner]


def jpeg(grey, quality=80):
    """A picture as the bytes of a JPEG in colour."""
    colour = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    return cv2.imencode(".jpg", colour, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


@dataclass
class Read:
    """What was read of films: cards shown, of them those that nobody covers, read in one frame, wrong (a seat or a side that nobody shows), and shares of votes after frames; false: wrong votes."""

    shown: int = 0
    read: int = 0
    open: int = 0
    wrong: int = 0
    votes: dict[int, list[float]] = field(default_factory=dict)
    false: int = 0


def film(room, camera, frames, into, live=True):
    """Read a film of a class, or photos of it, and add what was read to `into`."""
    truth = {one.seat: one.side for one in room.held}
    poll = seen.Poll([*truth])
    for at in range(1, frames + 1):
        found = seen.read_cards(jpeg(picture(room, camera), camera.quality), cards.SEATS, live)
        poll.take(found, live)
        into.shown += len(truth)
        into.read += sum(card.side is not None for card in found.cards)
        into.open += sum(not (one.finger or one.covered) for one in room.held)
        into.wrong += sum(card.side not in (None, truth.get(card.seat)) for card in found.cards)
        share = sum(truth.get(seat) == side for seat, side in poll.votes.items()) / len(truth)
        into.votes.setdefault(at, []).append(share)
    into.false += sum(truth.get(seat) != side for seat, side in poll.votes.items())
    return into


ROWS = [  # millimetres of a card, camera, metres of the first and the last row, films, frames
    (142, WEBCAM, 2.5, 6, 34, 5),
    (142, WEBCAM, 3, 9, 8, 5),
    (142, SMALL, 2.5, 6, 8, 5),
    (95, WEBCAM, 2.5, 6, 8, 5),
    (95, PHONE, 2.5, 6, 6, 2),
    (142, PHONE, 2.5, 6, 6, 2),
]


def measure(width, camera, near, far, films, frames, seed=1):
    """What is read of so many films of a class."""
    into = Read()
    for at in range(films):
        room = seated(seed + at, 30, width / 1000, near, far, camera)
        film(room, camera, frames, into, live=camera is not PHONE)
    return into


def table(rows=ROWS):
    """The table of rooms, a line each."""
    covered = "7 of 100 cards have a finger on the marker, or another card before it"
    yield f"marker cards, drawn rooms of 30; {covered}: card, camera, rows | read in one picture | voted after 3 / 5 pictures (phone: 1 / 2) | wrong"
    for width, camera, near, far, films, frames in rows:
        found = measure(width, camera, near, far, films, frames)
        first, last = (1, 2) if camera is PHONE else (TWO_FRAMES, FIVE)
        after = [100 * float(np.mean(found.votes[at])) for at in (first, last)]
        what = f"{width} mm, {camera.name}, {near:g} to {far:g} m"
        yield f"{what} | {100 * found.read / found.shown:.0f} % | {after[0]:.0f} / {after[1]:.0f} % | {found.wrong} of {found.shown} shown, {found.false} wrong votes"


def main():
    """Print the table: `make bench` does so among all else."""
    for line in table():
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
