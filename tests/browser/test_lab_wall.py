"""The wall in a real JupyterLab: a room of cards before a webcam (a film made here), and in photos, counted by the kernel; what cannot be counted is a sentence, and the lesson goes on."""

import io
import sys

import nbformat
import pytest
from conftest import CHROMIUM_OPTIONS, ROOT, chromium_path
from test_lab import KERNEL, OPEN, RUN, TOKEN, serving

from heldto import claims
from heldto.room import cards

cv2 = pytest.importorskip("cv2")
sys.path.insert(0, str(ROOT / "tools"))
import rooms  # noqa: E402

SIZE = rooms.Camera("720p", 1280, 720)
SEED, SEATS = 5, 12


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("wall")


def in_the_room(**more):
    room = rooms.seated(SEED, SEATS, near=1.5, far=3, camera=SIZE, tilt=6, roll=4, **more)
    for one in room.held:
        one.finger = one.covered = False
    return room


@pytest.fixture(scope="module")
def truth():
    """{seat: word} of the class before the camera."""
    return {one.seat: claims.VERDICTS[one.side] for one in in_the_room().held}


@pytest.fixture(scope="module")
def filmed(browser, home):
    """A browser whose webcam shows the class, over and over."""
    room, film = in_the_room(), home / "class.mjpeg"
    film.write_bytes(b"".join(rooms.jpeg(rooms.picture(room, SIZE, 0.3), 85) for _ in range(6)))
    options = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    running = browser.browser_type.launch(
        executable_path=chromium_path(), args=[*CHROMIUM_OPTIONS, *options]
    )
    yield running
    running.close()


@pytest.fixture(scope="module")
def lab(home):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    code = f"import frenemies as fr\nfr.wall(seats={SEATS})"
    notebook.cells = [nbformat.v4.new_code_cell(code)]
    with serving(home) as address:
        nbformat.write(notebook, home / "workbook" / "wall.ipynb")
        yield address


@pytest.fixture
def wall(filmed, lab):
    """wall(camera) opens the notebook and runs it, with or without leave to use the camera."""
    contexts = []

    def opened(camera=True):
        context = filmed.new_context(viewport={"width": 1366, "height": 768})
        contexts.append(context)
        if camera:
            context.grant_permissions(["camera"], origin=lab)
        page = context.new_page()
        page.goto(f"{lab}/lab/workspaces/wall/tree/wall.ipynb?token={TOKEN}&reset")
        page.wait_for_function(OPEN, timeout=120_000)
        page.evaluate(RUN)
        page.wait_for_function("() => window.ran", timeout=60_000)
        page.locator(".wall-cards summary").click(timeout=60_000)
        return page

    yield opened
    for context in contexts:
        context.close()


def said(page):
    return page.locator(".wall-cards [role=status]")


def photo(picture, turned=0):
    """A photo as a phone writes it: the picture lies on its side, and a note (EXIF) says so."""
    from PIL import Image

    room, image = io.BytesIO(), Image.fromarray(picture)
    exif = Image.Exif()
    if turned:
        image, exif[0x0112] = image.rotate(90, expand=True), 6
    image.save(room, "JPEG", quality=92, exif=exif.tobytes())
    return room.getvalue()


def give(page, **files):
    """Choose photos: {name: bytes}."""
    held = [
        {"name": name.replace("_", "."), "mimeType": "image/jpeg", "buffer": content}
        for name, content in files.items()
    ]
    page.locator(".wall-cards input[type=file]").set_input_files(held)


def test_a_room_before_the_webcam_is_counted_on_the_wall(wall, truth, home):
    page = wall()
    page.get_by_role("button", name="Count by webcam").click()
    others = {seat: word for seat, word in truth.items() if word != "holds"}
    shown = said(page).filter(has_text=f"{SEATS - len(others)} of {SEATS} seats show holds")
    for seat, word in others.items():
        shown = shown.filter(has_text=f"Seat {seat} shows {word}")
    shown.wait_for(timeout=60_000)
    assert page.locator(".wall-total").inner_text() == "0 hands."  # a roll call is no vote
    page.get_by_role("button", name="Stop the webcam").click()
    assert page.get_by_label("the claim above").is_checked()
    page.get_by_role("button", name="Count by webcam").click()
    said(page).filter(has_text=f"{SEATS} of {SEATS} seats counted").wait_for(timeout=60_000)
    counts = [sum(one == word for one in truth.values()) for word in claims.VERDICTS]
    assert page.locator(".wall-total").inner_text() == f"{SEATS} cards."
    numbers = page.locator(".round-1 span").all_inner_texts()[:4]
    assert [int(one.split()[0]) for one in numbers] == counts
    page.get_by_role("button", name="The next claim").click()
    page.get_by_role("button", name="Count by webcam").wait_for()
    assert page.locator(".wall-total").inner_text() == "0 hands."  # another question begins anew
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    kept = (home / "workbook" / "wall.ipynb").read_text()
    assert len(kept) < 5000 and "The wall: run this cell" in kept and "/9j/" not in kept
    told = page.evaluate(f"() => {KERNEL}.status")
    assert told in ("idle", "busy")


def test_photos_are_counted_as_they_were_held_and_bad_ones_are_told(wall, truth):
    page = wall()
    page.get_by_label("the claim above").check()
    picture = rooms.picture(in_the_room(), SIZE, 0.3)
    large = cv2.resize(picture, (7680, 5400))  # 41 megapixels
    others = cv2.resize(cv2.aruco.generateImageMarker(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_6X6_250), 3, 160), (160, 160))  # fmt: skip
    strange = picture * 0 + 200
    for x in (100, 500):
        strange[100:260, x : x + 160] = others
    give(page, iphone_heic=b"ftypheic", none_jpg=photo(picture * 0 + 90), other_jpg=photo(strange))
    for part in (
        "iphone.heic: this browser cannot read HEIC",
        "none.jpg: no card was found in it.",
        "other.jpg: its markers belong to another set (6X6_250)",
    ):
        said(page).filter(has_text=part).wait_for(timeout=60_000)
    give(page, turned_jpg=photo(picture, turned=1), large_jpg=photo(large))
    said(page).filter(has_text=f"{SEATS} of {SEATS} seats counted").wait_for(timeout=60_000)
    counts = [sum(one == word for one in truth.values()) for word in claims.VERDICTS]
    numbers = page.locator(".round-1 span").all_inner_texts()[:4]
    assert [int(one.split()[0]) for one in numbers] == counts


def test_a_missing_seat_and_one_that_is_there_twice_are_named(wall):
    page = wall()
    page.get_by_label("the claim above").check()
    room = in_the_room()
    first, second = room.held[:2]
    second.seat = first.seat
    give(page, twice_jpg=photo(rooms.picture(room, SIZE, 0.3)))
    seats = cards.seats(SEATS)
    wanted = f"Two cards with the same number in one picture are not counted: seat {seats[0]}. Not read yet: seats {seats[0]}, {seats[1]}."
    said(page).filter(has_text=wanted).wait_for(timeout=60_000)


def test_a_camera_that_is_refused_and_an_address_without_https_are_told(wall):
    page = wall(camera=False)
    page.get_by_role("button", name="Count by webcam").click()
    said(page).filter(has_text="The browser did not allow the camera: allow it").wait_for()
    page.evaluate("() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page.get_by_role("button", name="Count by webcam").click()
    said(page).filter(has_text="This address has no https").wait_for()
    page.locator("input[name=holds]").fill("4")  # hands go on
    assert page.locator(".wall-total").inner_text() == "4 hands."
