"""Marker cards: what is printed is what is read, in all four turns; what is too far, covered, turned or twice there is never guessed."""

import re
import sys

import numpy as np
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT

from heldto import claims
from heldto.errors import Problem
from heldto.room import cards, seen
from heldto.room.wall import Wall

cv2 = pytest.importorskip("cv2")
sys.path.insert(0, str(ROOT / "tools"))
import rooms  # noqa: E402

WORDS = [*claims.VERDICTS]


def png(picture):
    return cv2.imencode(".png", picture)[1].tobytes()


def test_the_patterns_are_those_of_opencv():
    theirs = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_50)
    for seat, pattern in enumerate(cards.PATTERNS):
        bits = cv2.aruco.Dictionary.getBitsFromByteList(theirs.bytesList[seat : seat + 1], 5)
        assert f"{int(pattern, 16):025b}" == "".join(str(int(bit)) for bit in bits.ravel())
    assert {*cards.LEFT_OUT} == {0, 25, 30} and not {*cards.LEFT_OUT} & {*cards.SEATS}


def test_no_seat_is_near_another_nor_near_its_own_mirror_image():
    def grid(seat):
        bits = f"{int(cards.PATTERNS[seat], 16):025b}"
        return np.array([*bits]).reshape(5, 5)

    for seat in cards.SEATS:
        turned = [np.rot90(grid(seat), quarter) for quarter in range(4)]
        others = [grid(one) for one in cards.SEATS if one > seat]
        mirrored = [np.rot90(grid(seat)[:, ::-1], quarter) for quarter in range(4)]
        assert all((one != other).sum() >= 7 for one in turned for other in others)
        assert all((one != turned[0]).sum() >= 7 for one in turned[1:])
        assert all((one != turned[0]).sum() >= 3 for one in mirrored), seat


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("paper", cards.PAPERS)
def test_each_seat_has_a_card_and_cards_fit_the_sheets(browser, small, paper):
    page = browser.new_page()
    page.set_content(cards.marker_cards_page(4, small, paper))
    assert page.locator(".card").count() == 4
    held = page.pdf(prefer_css_page_size=True)
    assert held.count(b"/Type /Page\n") == (2 if small else 4)
    page.close()


@pytest.mark.parametrize("quarter", range(4))
def test_the_word_that_stands_on_top_is_the_one_that_is_read(browser, quarter):
    """The printed card itself, folded: as the camera sees its front, its back has this word upright on top."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    text = cards.marker_cards_page(7)
    page.set_content(text)
    shot = np.frombuffer(page.locator(".card svg").nth(6).screenshot(), np.uint8)
    page.close()
    whole = cv2.imdecode(shot, cv2.IMREAD_GRAYSCALE)
    front = np.rot90(whole[:, : whole.shape[1] // 2], -quarter)  # clockwise, as the camera sees it
    room = np.pad(np.ascontiguousarray(front), 60, constant_values=90)
    (card,) = seen.read_cards(png(room), cards.SEATS).cards
    svg = BeautifulSoup(text, "html.parser").select(".card svg")[6]
    turns = {
        one.find("text").text.split()[1].lower(): int(re.search(r"\d+", one["transform"])[0])
        for one in svg.select("g g[transform^=rotate]")
    }
    # from behind, the same turn goes the other way round
    (upright,) = [word for word, turn in turns.items() if (turn - 90 * quarter) % 360 == 0]
    assert (card.seat, WORDS[card.side]) == (7, upright)


def test_holds_and_fails_are_opposite():
    assert abs(WORDS.index("holds") - WORDS.index("fails")) == 2


@pytest.mark.parametrize("count", [0, -1, len(cards.SEATS) + 1])
def test_more_seats_than_cards_are_refused(count):
    with pytest.raises(Problem, match=f"cards for 1 to {len(cards.SEATS)} seats, not for {count}"):
        cards.marker_cards_page(count)


def upright(seat=7, turned=0.0, size=280):
    """One card, turned clockwise by degrees."""
    marker = cv2.resize(rooms.textures(seat), (size, size))
    room = np.pad(marker, size, constant_values=120)
    about = cv2.getRotationMatrix2D((room.shape[1] / 2, room.shape[0] / 2), -turned, 1)
    return cv2.warpAffine(room, about, room.shape[::-1], borderValue=120)


@pytest.mark.parametrize("side", range(4))
@pytest.mark.parametrize("off", [-40, -33, -27, 0, 15, 27, 33, 44])
def test_a_card_counts_up_to_thirty_degrees_from_upright(side, off):
    (card,) = seen.read_cards(png(upright(turned=off - 90 * side)), cards.SEATS).cards
    assert card.side == (side if abs(off) < seen.LIMIT else None)


def test_a_photo_is_turned_as_its_camera_says():
    from io import BytesIO

    from PIL import Image

    for note, quarter in ((1, 0), (6, 1), (3, 2), (8, 3)):
        exif, room = Image.Exif(), BytesIO()
        exif[0x0112] = note
        lying = Image.fromarray(np.ascontiguousarray(np.rot90(upright(), quarter)))
        lying.save(room, "JPEG", exif=exif.tobytes())
        assert [card.side for card in seen.read_cards(room.getvalue(), cards.SEATS).cards] == [0], (
            note
        )


def test_a_seat_that_is_there_twice_counts_nowhere():
    found = seen.read_cards(png(np.hstack([upright(7), upright(9), upright(7)])), cards.SEATS)
    assert ([card.seat for card in found.cards], found.twice) == ([9], [7])


def test_seats_that_were_not_printed_are_strangers():
    picture = png(np.hstack([upright(7), upright(9)]))
    assert [card.seat for card in seen.read_cards(picture, cards.seats(8)).cards] == [7]


def test_markers_of_another_set_are_named_and_no_picture_is_refused():
    other = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_6X6_250)
    tile = np.pad(cv2.aruco.generateImageMarker(other, 3, 200), 60, constant_values=255)
    found = seen.read_cards(png(np.hstack([tile, tile])), cards.SEATS)
    assert (found.cards, found.others) == ([], "6X6_250")
    assert seen.read_cards(png(tile * 0 + 90), cards.SEATS) == seen.Seen(size=tile.shape[::-1])
    with pytest.raises(Problem, match="this picture cannot be read here"):
        seen.read_cards(b"\x00\x00\x00\x18ftypheic", cards.SEATS)


@pytest.mark.slow
def test_a_photo_of_forty_megapixels_is_read_and_told_in_its_own_pixels():
    picture = cv2.resize(upright(), (7400, 5500))
    found = seen.read_cards(rooms.jpeg(picture), cards.SEATS)
    (card,) = found.cards
    assert found.size == (7400, 5500) and card.seat == 7
    assert max(x for x, _ in card.corners) > 3700


@pytest.mark.parametrize("spoil", ["far", "covered", "skewed", "mirrored"])
def test_what_cannot_be_read_is_not_guessed(spoil):
    picture = upright()
    if spoil == "far":
        picture = cv2.resize(picture, None, fx=0.03, fy=0.03, interpolation=cv2.INTER_AREA)
    elif spoil == "covered":
        picture[:, picture.shape[1] // 2 :] = 120
    elif spoil == "skewed":
        picture = cv2.resize(picture, None, fx=0.08, fy=0.9, interpolation=cv2.INTER_AREA)
    else:
        picture = picture[:, ::-1]
    assert seen.read_cards(png(np.ascontiguousarray(picture)), cards.SEATS).cards == []


def test_a_vote_is_the_same_side_in_two_frames_or_one_in_a_photo():
    def frame(*sides):
        shown = [seen.MarkerCard(seat, side, []) for seat, side in enumerate(sides, 1)]
        return seen.Seen(shown)

    poll = seen.Poll([1, 2, 3])
    poll.take(frame(0, 1, None), live=True)
    assert poll.votes == {} and poll.missing == [1, 2, 3]
    poll.take(frame(0, 2, None), live=True)
    assert poll.votes == {1: 0}
    poll.take(frame(3, 2, 2), live=True)
    assert poll.votes == {1: 0, 2: 2}  # another side once is no vote yet
    poll.take(frame(3, 2, 2), live=True)
    assert poll.votes == {1: 3, 2: 2, 3: 2} and poll.missing == []
    photos = seen.Poll([1, 2, 3])
    photos.take(frame(0, 1), live=False)
    photos.take(frame(0, 2), live=False)  # two photos are joined by seat, the later counts
    assert photos.votes == {1: 0, 2: 2} and photos.missing == [3]


def test_a_drawn_class_is_read_and_no_card_wrong():
    found = rooms.Read()
    for seed in (21, 22):
        rooms.film(rooms.seated(seed), rooms.WEBCAM, 5, found)
    assert (found.wrong, found.false, found.shown) == (0, 0, 300)
    assert np.mean(found.votes[5]) > 0.85


class Sent(Wall):
    """A wall that keeps what it sends to its page."""

    def send(self, content, buffers=None):
        self.sent = content


def test_a_wall_answers_every_message_and_keeps_no_picture(tmp_path):
    (tmp_path / "lines.txt").write_text("UFR1-AAAAA1-E1")
    wall = Sent(12, tmp_path, "then")
    wall._hear(wall, {"kind": "begin", "n": 1}, [])
    assert wall.sent["n"] == 1 and wall.sent["seats"] == cards.seats(12)
    assert {one["computed"] for one in wall.sent["about"]["claims"]} <= {*WORDS}
    wall._hear(wall, {"kind": "picture", "n": 2, "live": False}, [memoryview(png(upright()))])
    assert wall.sent["votes"] == {7: 0} and len(wall.sent["missing"]) == 11
    wall._hear(wall, {"kind": "poll", "n": 3}, [])
    wall._hear(wall, {"kind": "picture", "n": 4, "live": True}, [memoryview(b"no picture")])
    assert "this picture cannot be read" in wall.sent["fault"] and wall.sent["n"] == 4
    assert wall.poll.votes == {}
    state = wall.get_state()
    assert not [name for name, value in state.items() if isinstance(value, (bytes, memoryview))]
    data, about = wall._repr_mimebundle_()
    assert data["text/plain"].startswith("The wall: run this cell") and about["frenemies"] == {
        "kind": "wall"
    }


def test_without_opencv_the_wall_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "cv2", None)
    wall = Sent(12, None, "then")
    wall._hear(wall, {"kind": "picture", "n": 1, "live": True}, [memoryview(b"")])
    assert "OpenCV reads the cards, but it is not installed" in wall.sent["fault"]
    assert "[classroom]" in wall.sent["fault"]
