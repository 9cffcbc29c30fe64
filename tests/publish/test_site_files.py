"""A site is written whole or not at all, over nothing that is not one; what it takes from here to a kernel in the browser is what is installed here."""

import errno
import io
import json
import re
import socket
import sys
import zipfile
from contextlib import redirect_stdout

import pytest

pytest.importorskip("jupyterlite_pyodide_kernel", reason="the extra site is not installed")

from bs4 import BeautifulSoup
from conftest import cases
from nbformat.v4 import new_code_cell
from test_cli import run  # noqa: F401
from test_handouts import written

from heldto import article
from heldto.errors import Problem
from heldto.evidence.paths import docs_dir
from heldto.publish.handouts import command, seminar_zip
from heldto.publish.site import build, front, live, wheels

LOCK = {"info": {"python": f"{live.PYODIDE_PYTHON_VERSION}.0"}, "packages": {}}
PLACELESS = ["seminar", "/seminar", "seminar/", "http://example.org/a/", "https://example.org"]
PLACELESS += ["https:///a/", "//example.org/a/", "https://[/?a/", "/a b/", "ftp://example.org/a/"]
ENTRY = {"name": "numpy", "file_name": "numpy.whl", "sha256": "0", "depends": []}


@pytest.fixture
def pyodide(tmp_path):
    """A folder with a list of packages, and no more."""
    folder = tmp_path / "pyodide"
    folder.mkdir()
    (folder / live.LOCK).write_text(json.dumps(LOCK))
    return folder


def _told(run, *words):  # noqa: F811
    status, out, err = run("site", *map(str, words))
    assert status == 2 and not out and err.count("\n") == 1, (status, out, err)
    return err


def test_a_folder_that_is_no_site_of_ours_stays_as_it_is(run, tmp_path):  # noqa: F811
    taken, file = tmp_path / "thesis", tmp_path / "file"
    taken.mkdir()
    (taken / "chapter.tex").write_text("one")
    file.write_text("two")
    for path in (taken, file):
        assert "has something that is not a site of ours" in _told(run, path)
    assert [one.name for one in taken.iterdir()] == ["chapter.tex"] and file.read_text() == "two"


def test_what_cannot_be_asked_for_is_one_line(run, tmp_path, pyodide):  # noqa: F811
    out = tmp_path / "site"
    for place in PLACELESS:
        assert "begin it with a slash or https://" in _told(run, out, "--base-url", place)
    for where in (tmp_path, tmp_path / "none", "https://127.0.0.1:9/"):
        told = _told(run, out, "--pyodide", where)
        assert f"no {live.LOCK} can be read" in told
        assert "--handouts-only" in told and "docs/publish.md" in told
    for where in ("http://127.0.0.1:9/", "HTTP://example.org/pyodide"):
        assert "an address begins with https://" in _told(run, out, "--pyodide", where)
    assert "does not use Pyodide" in _told(run, out, "--handouts-only", "--pyodide", pyodide)
    (pyodide / live.LOCK).write_text(json.dumps(LOCK | {"info": {"python": "3.12.1"}}))
    told = _told(run, out, "--pyodide", pyodide)
    assert "a Pyodide of Python 3.12.1" in told and live.PYODIDE_VERSION in told
    (pyodide / live.LOCK).write_text("[]")
    assert f"no {live.LOCK} can be read" in _told(run, out, "--pyodide", pyodide)
    assert not out.exists()


def test_a_file_of_pyodide_that_is_missing_or_another_is_named(pyodide):
    found = live.Pyodide(str(pyodide))
    with pytest.raises(Problem, match="has no numpy.whl"):
        found.file("numpy.whl")
    (pyodide / "numpy.whl").write_bytes(b"another")
    with pytest.raises(Problem, match="is not the file of"):
        found.file("numpy.whl", "0" * 64)


def _fill(folder, pages):
    folder.mkdir()
    (folder / "index.html").write_text(pages)


@pytest.mark.slow
def test_without_room_nothing_is_left_and_an_older_site_stays(tmp_path, monkeypatch, pyodide):
    def full(out, room, pyodide):
        out.mkdir()
        raise OSError(errno.ENOSPC, "No space left on device", str(out / "all.json"))

    monkeypatch.setattr(live, "write_lite", full)
    home, handouts = tmp_path / "home", tmp_path / "handouts"
    home.mkdir()
    _fill(handouts, "handouts")
    for before in ([], [build.OURS]):
        for name in before:
            (home / "site").mkdir()
            (home / "site" / name).write_text("older")
        with pytest.raises(Problem, match="all.json: No space left on device: make room there"):
            build.write_site(home / "site", handouts, handouts, live.Pyodide(str(pyodide)))
        left = [path.name for path in home.rglob("*")]
        assert left == (["site", *before] if before else [])


def _plain(files):
    """What files say, those inside a zip included, less spaces and punctuation. files: by name."""
    found = []
    for name, content in files.items():
        if name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as pack:
                found.append(_plain({one: pack.read(one) for one in pack.namelist()}))
        elif name.endswith(".html"):
            found.append(_letters(BeautifulSoup(content, "html.parser").get_text()))
        else:
            found.append(_letters(content.decode(errors="replace")))
    return "".join(found)


def _letters(text):
    return "".join(one for one in text if one.isalnum())


@pytest.fixture(scope="module")
def answers():
    """What the lecturer's sheet says of the seven claims: of each line its first words."""
    sheet = docs_dir() / "seminar" / "lecturer" / "own-claim.md"
    _, *parts = re.split(r"^(?:### |- \*\*)", sheet.read_text(encoding="utf-8"), flags=re.M)
    lines = [line for part in parts for line in part.splitlines() if line[:3] not in (">>>", "...")]
    return [_letters(line)[:60] for line in lines if len(line) >= 30]


def test_the_pack_with_the_key_holds_the_answers_to_the_slips_and_its_students_do_not(
    answers, tmp_path
):
    seminar_zip.seminar(tmp_path, [], tmp_path / "seminar.zip")
    with zipfile.ZipFile(tmp_path / "seminar.zip") as pack:
        held = {name: pack.read(name) for name in pack.namelist()}
    ours, theirs = (
        _plain({name: text for name, text in held.items() if f"/{folder}/" in name})
        for folder in ("lecturer", "students")
    )
    assert len(answers) >= 20 and all(line in ours for line in answers)
    assert not [line for line in answers if line in theirs]


@pytest.fixture(scope="module")
def plain_site(tmp_path_factory):
    """A site of handouts alone, made while nothing can be read from another host."""

    def asked(*words, **how):
        raise AssertionError(f"asked of the network: {words}")

    room = tmp_path_factory.mktemp("plain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", asked)
        patch.delitem(sys.modules, live.__name__)  # nor of Pyodide's package
        patch.delattr("heldto.publish.site.live")
        patch.setitem(sys.modules, "jupyterlite_pyodide_kernel", None)
        patch.setitem(sys.modules, "jupyterlite_pyodide_kernel.constants", None)
        patch.setattr(
            command, "chosen_notebooks", lambda paths: [written(room, "00_start_here", "1")]
        )
        with (room / "said").open("w") as said, redirect_stdout(said):
            how = {"base_url": "https://example.org/a/", "handouts_only": True}
            assert build.run_site(room / "site", **how)
    return room / "site"


@pytest.mark.slow
def test_who_made_a_site_is_told_what_it_is_and_how_to_look_at_it(plain_site):
    said = (plain_site.parent / "said").read_text()
    assert f"{plain_site} is the site (" in said and "notebooks" not in said
    assert f"open {plain_site / 'index.html'} by a double click" in said
    served = build._site_report(plain_site, live=True)  # a worker runs from no file
    assert "notebooks, which run in the browser" in served
    assert f"http.server --directory {plain_site}, then open http://localhost:8000" in served


@pytest.mark.slow
def test_a_site_of_handouts_alone_needs_no_network_and_has_no_live_notebooks(plain_site):
    front_page = (plain_site / "index.html").read_text()
    assert "Two ways in" in front_page and "Open the notebooks" not in front_page
    assert not (plain_site / "live").exists() and not (plain_site / "worker.js").exists()
    for path in plain_site.rglob("*.html"):
        text = path.read_text()
        assert "live/lab" not in text and "serviceWorker" not in text, path.name
    assert (plain_site / build.OURS).is_file() and (plain_site / "downloads/seminar.zip").is_file()


@pytest.mark.slow
def test_every_link_of_a_site_of_handouts_alone_leads_somewhere(plain_site):
    dead = []
    for path in plain_site.rglob("*.html"):
        for link in BeautifulSoup(path.read_bytes(), "html.parser")("a", href=True):
            file = link["href"].partition("#")[0].partition("?")[0]
            ours = file and ":" not in file and not re.search(r"/0[1-5]_\w+\.html$", f"/{file}")
            if ours and not (path.parent / file).is_file():
                dead.append((path.name, link["href"]))
    assert dead == []


@pytest.mark.slow
def test_a_site_takes_the_place_of_an_older_one(tmp_path, monkeypatch, pyodide, answers):
    monkeypatch.setattr(live, "write_lite", lambda out, room, pyodide: out.mkdir())
    handouts, out = tmp_path / "handouts", tmp_path / "site"
    _fill(handouts, "handouts")
    _fill(out, "older")
    (out / build.OURS).write_text("{}")
    monkeypatch.setattr(build.front, "front_html", lambda folder, **how: "newer")
    place = "https://example.org/seminar/"
    for allowed in (place, "/", "/~you/seminar/", "https://example.org:8443/"):
        build.check_target(out, allowed)
    build.write_site(out, handouts, handouts, live.Pyodide(str(pyodide)), place)
    assert (out / "index.html").read_text() == "newer"
    assert f'href="{place}"' in (out / "404.html").read_text()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".making")]
    with zipfile.ZipFile(out / "downloads" / "data.zip") as pack:
        assert "frenemies-data/datapackage.json" in pack.namelist()
    assert f'href="{place}handouts/02_' in (out / "handouts" / "slips.html").read_text()
    assert not (out / "seminar" / "key.html").exists()
    public = _plain({str(path): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert answers and not [line for line in answers if line in public]
    with zipfile.ZipFile(out / "downloads" / "seminar.zip") as pack:
        names = pack.namelist()
        assert "frenemies-seminar/lecturer/plan-90.html" in names
        assert not [name for name in names if "key" in name]
        assert b"the plans, the simulation" in pack.read("frenemies-seminar/index.html")


@pytest.fixture(scope="module")
def front_page(tmp_path_factory):
    """The front page of a site with one handout."""
    return BeautifulSoup(_front(tmp_path_factory.mktemp("handouts")), "html.parser")


def _front(folder):
    (folder / "00_start_here.html").write_text(
        """<meta name="about" content='{"title": "Start here"}'>"""
    )
    return front.front_html(folder)


@pytest.mark.parametrize("drawn", [True, False])
def test_the_front_page_stands_in_the_middle_of_a_wide_screen(browser, tmp_path, drawn):
    """With a round and its switches, and without, where an article has no claims."""
    with pytest.MonkeyPatch.context() as patch:
        if not drawn:
            patch.setattr(front, "round_cell", lambda: new_code_cell("", id="round"))
        (tmp_path / "site.html").write_text(_front(tmp_path), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto((tmp_path / "site.html").as_uri())
    left = page.locator("main").bounding_box()["x"]
    last = page.locator(".bar" if drawn else "main").first.bounding_box()
    assert left == pytest.approx(1366 - last["x"] - last["width"], abs=2)
    assert page.locator("main").bounding_box()["width"] > 900
    go = page.get_by_role("link", name="Start reading")
    assert go.is_visible()
    page.emulate_media(media="print")  # where nothing is pressed
    assert not go.is_visible()
    page.close()


def test_the_front_page_asks_the_article_s_first_round(front_page):
    """Its picture has the article's two subjects in it, each a line of its own."""
    asked = [row["data-claim"] for row in front_page.select(".round .tap")]
    assert asked == [*article.current().first_round] and len(asked) == 5
    marks = front_page.select("figure:not(.yardstick) svg [class]")
    assert {"a-CHN", "a-RUS"} <= {" ".join(mark["class"]) for mark in marks}


def test_the_front_page_tells_catalogues_what_it_consists_of(front_page):
    told = json.loads(front_page.find("script", type="application/ld+json").text)
    assert told["@type"] == "LearningResource" and told["name"] == article.current().named
    assert told["description"] == front_page.find("meta", {"name": "description"})["content"]
    assert [one["name"] for one in told["hasPart"]] == ["Start here"] and "isPartOf" not in told


def _packed(packages, name):
    return zipfile.ZipFile(io.BytesIO(packages[name][1]))


@pytest.fixture(scope="module")
def packages():
    """What a kernel loads, where Pyodide has just the compiled packages."""
    official = {name: ENTRY | {"name": name} for name in wheels.COMPILED}
    return wheels.lock_packages(official, [], live.PYODIDE_PYTHON_VERSION)


def test_the_kernel_gets_all_that_is_needed_and_no_server(packages):
    assert {name for name, (_, wheel) in packages.items() if wheel is None} == {*wheels.COMPILED}
    for name, (entry, _) in packages.items():
        assert {*entry["depends"]} <= {*packages}, name
    assert not {"ipykernel", "jupyterlab", "frictionless", "scipy", "typer"} & {*packages}


def test_the_kernel_starts_with_the_article_which_brings_its_engine(packages):
    assert "frenemies" in live._started() and "heldto" in packages["frenemies"][0]["depends"]
    names = _packed(packages, "heldto").namelist()
    assert "heldto/article.py" in names and not [
        one for one in names if one.startswith("frenemies")
    ]


def test_our_wheel_holds_the_data_and_nothing_compiled(packages):
    names = _packed(packages, "frenemies").namelist()
    assert {"frenemies/__init__.py", "frenemies/_data/claims.csv"} <= {*names}
    assert not [one for one in names if one.endswith("questions.toml")]  # with their answers
    assert any(name.endswith(".dist-info/METADATA") for name in names)
    for name in ("frenemies", "markupsafe", "psygnal", "networkx"):
        held = _packed(packages, name).namelist()
        assert not [one for one in held if one.endswith((".so", ".pyc")) or "/tests/" in one], name


@cases("name", ["frenemies", "seaborn"])
def test_a_wheel_has_the_same_bytes_each_time(packages, name):
    assert packages[name][1] == wheels.packed(name)
