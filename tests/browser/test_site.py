"""The site as a reader meets it: a front page, handouts, and notebooks whose kernel runs in the browser, on a host that serves files alone.

It stands under a path of its own, and no other host can be reached. Pyodide's core comes from npm and its compiled wheels from a package that carries them;
each is what Pyodide's own list of packages says it is.
"""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import pytest
from conftest import CHROMIUM_OPTIONS, ROOT, absent, our_page, with_pages
from filelock import FileLock
from PIL import Image
from test_lab import KERNEL, LOOK, NOTEBOOK, OPEN, RUN, errors, unfold

from heldto.exercises import diary
from heldto.publish.handouts.exporter import HandoutExporter

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
CORE = ROOT / "tests" / "browser" / "node_modules" / "pyodide"
WHEELS = "open-webui==0.12.4"  # carries those of this Pyodide
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PATH = "/courses/friends/"
OTHER = "friends.example"  # another name of this host, which browsers give no worker


@pytest.fixture(scope="session")
def pyodide():
    """A folder with Pyodide's core, its list of packages, and those of its wheels that the site takes."""
    if not (CORE / "pyodide-lock.json").is_file():
        absent("npm brought no Pyodide")
    if not find_spec("jupyterlite_pyodide_kernel"):
        absent("JupyterLite is not installed: the extra site")
    from heldto.publish.site import live, wheels

    lock = json.loads((CORE / live.LOCK).read_text())["packages"]
    wanted = [lock[name] for name in wheels.with_dependencies(wheels.COMPILED, lock)]
    folder = (
        ROOT / "build" / f"pyodide-{json.loads((CORE / 'package.json').read_text())['version']}"
    )
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            with tempfile.TemporaryDirectory(dir=folder.parent) as room:
                made = Path(room, "made")
                made.mkdir()
                for name in (*live.CORE, live.LOCK):
                    shutil.copy(CORE / name, made)
                _copy_wheels(wanted, Path(room, "carried"), made)
                made.rename(folder)
    return folder


def _copy_wheels(wanted, room, folder):
    """Fetch the package that carries the wheels, and copy those that are wanted and what they should be."""
    pip = [sys.executable, "-m", "pip"] if find_spec("pip") else [shutil.which("uv") or "uv", "pip"]
    words = ["--no-deps", "--only-binary", ":all:", "--python-version", "3.11", "--target", room]
    try:
        done = subprocess.run([*pip, "install", *words, WHEELS], capture_output=True, text=True)
        complaint = done.stderr
    except FileNotFoundError:
        complaint = "neither pip nor uv is here"
    carried = {path.name: path for path in room.rglob("*.whl")}
    for entry in wanted:
        if entry["file_name"] not in carried:
            absent(f"{WHEELS} did not bring {entry['file_name']}: {complaint[-300:]}")
        content = carried[entry["file_name"]].read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file_name"]
        (folder / entry["file_name"]).write_bytes(content)


@pytest.fixture(scope="module")
def lite(tmp_path_factory):
    """The folder with all that JupyterLite is built from."""
    return tmp_path_factory.mktemp("lite")


@pytest.fixture(scope="module")
def site(tmp_path_factory, pyodide, lite):
    """The folder of a whole site, as `frenemies site` writes it; its notebooks were executed once for all tests."""
    from heldto.publish.site import build, front, live

    room = tmp_path_factory.mktemp("site")
    handouts, students = room / "handouts", room / "students"
    for folder in (handouts, students):
        folder.mkdir()
    exporter = HandoutExporter(index="index.html", live=f"../{front.LIVE}")
    for path in NOTEBOOKS:
        about = {"metadata": {"name": path.stem}}
        page, _ = exporter.from_notebook_node(with_pages(path), about)
        (handouts / f"{path.stem}.html").write_text(page, encoding="utf-8")
        shutil.copy(our_page(path, "student"), students)
    out = room / "host" / PATH.strip("/")
    write = live.write_lite
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "write_lite", lambda out, room, pyodide: write(out, lite, pyodide))
        build.write_site(
            out, handouts, students, live.Pyodide(str(pyodide)), f"https://{OTHER}{PATH}"
        )
    return out


class Quiet(SimpleHTTPRequestHandler):
    """A host that serves files, and says nothing; one that is not up hangs up."""

    up = True

    def parse_request(self):
        return super().parse_request() and Quiet.up

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def address(site):
    host = site.parents[len(Path(PATH).parts) - 2]
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=host)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PATH}"
        server.shutdown()


@contextmanager
def hung_up():
    """Until the end of the block the host hangs up: there is no network."""
    Quiet.up = False
    try:
        yield
    finally:
        Quiet.up = True


@pytest.fixture(scope="module")
def context(browser, address):
    """A reader's browser, for which no other host has an address; it records what is asked of any other."""
    alone = [f"--host-resolver-rules=MAP {OTHER} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    path = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    running = browser.browser_type.launch(executable_path=path, args=CHROMIUM_OPTIONS + alone)
    context = running.new_context(viewport={"width": 1366, "height": 900})
    context.outside = []
    context.on("request", lambda request: context.outside.append(request.url))
    yield context
    running.close()


def outside(context, address):
    """What was asked of other hosts."""
    ours = address.removesuffix(PATH), "data:", "blob:"
    return [url for url in context.outside if not url.startswith(ours)]


@pytest.fixture(scope="module")
def page(context):
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())  # whether to leave it unsaved
    return page


LAB = "live/lab/index.html?workspace={0}&path={0}.ipynb"


def opened(page, address, name):
    """A notebook, all its cells there and its kernel idle."""
    page.goto(address + LAB.format(name))
    page.wait_for_function(OPEN, timeout=180_000)


def test_every_link_leads_somewhere(site):
    from bs4 import BeautifulSoup

    dead = []
    for path in (site / "index.html", *site.glob("seminar/*.html"), *site.glob("handouts/*.html")):
        for link in BeautifulSoup(path.read_bytes(), "html.parser")("a", href=True):
            file = link["href"].partition("#")[0].partition("?")[0]
            if file and ":" not in file and not (path.parent / file).resolve().is_file():
                dead.append((path.name, link["href"]))
    assert dead == []


def test_jupyterlite_finds_nothing_wrong_with_its_part(site, lite):
    words = [sys.executable, "-m", "jupyterlite_core", "check", "--output-dir", site / "live"]
    done = subprocess.run(words, cwd=lite, capture_output=True, text=True)
    assert done.returncode == 0 and "check:settings:overrides" in done.stdout, done.stderr[-2000:]


def test_a_guess_in_a_handout_colours_the_dot_of_its_claim(page, address):
    page.goto(f"{address}handouts/01_economic.html#at=E1")
    form = page.locator("form.guess[data-claim=E1]")
    form.locator("input[value=holds]").check()
    form.locator(".record").click()
    page.goto(f"{address}index.html")
    assert page.locator("[data-dot=E1].tag-holds").count() == 1
    assert page.locator(".strip [class]").count() == 1
    assert page.locator("#guessed").inner_text().startswith("You have guessed 1 of ")


@pytest.mark.parametrize("width", [390, 1366])
def test_the_front_page_fits_and_its_picture_follows_the_bar(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}index.html")
    taps = page.locator(".tap button:first-child")
    taps.evaluate_all("all => all.forEach((one) => one.click())")  # a picture waits for the last
    page.locator("#bar > details").evaluate("(one) => { one.open = true; }")
    seen = "() => [...document.querySelectorAll('.actorfig svg .a-USA')].some((one) => one.checkVisibility({ visibilityProperty: true }))"
    assert page.evaluate(seen)
    page.locator("#bar input[value=USA]").click()
    assert not page.evaluate(seen)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_front_page_is_accessible(context, address, scheme):
    if not AXE.is_file():
        absent("npm brought no axe-core")
    browser = context.browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = browser.new_page()
    page.goto(f"{address}index.html")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults = (
        "async () => (await axe.run()).violations.map((one) => `${one.id}: ${one.nodes[0].html}`)"
    )
    assert page.evaluate(faults) == []
    browser.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_code_of_a_plan_fills_the_screen_by_keys_alone(context, address, script):
    browser = context.browser.new_context(color_scheme="dark", java_script_enabled=script)
    page = browser.new_page()
    page.goto(f"{address}seminar/plan-45.html")
    place = f"https://{OTHER}{PATH}handouts/01_economic.html#actors=CHN,RUS&vintage=then&at=E1"
    page.get_by_role("button", name=place).focus()
    page.keyboard.press("Enter")
    whole = page.locator(".code-whole").first
    drawn = whole.get_by_role("img", name=place)
    assert whole.inner_text().startswith(place)
    size = page.viewport_size
    assert whole.bounding_box() == {"x": 0, "y": 0} | size
    assert drawn.bounding_box()["height"] > 0.7 * size["height"]
    shade = Image.open(io.BytesIO(drawn.screenshot())).convert("L")
    assert shade.getpixel((2, 2)) == 255 and shade.getextrema() == (0, 255)  # dark on light
    page.keyboard.press("Escape")
    assert not whole.is_visible()
    browser.close()


def test_without_script_the_front_page_still_leads_on(context, address):
    browser = context.browser.new_context(java_script_enabled=False)
    page = browser.new_page()
    page.goto(f"{address}index.html")
    assert page.locator("#fig-ideal svg").first.is_visible()
    page.get_by_role("link", name="Start reading").click()
    assert page.locator("h1").inner_text() == "Start here"
    browser.close()


@pytest.fixture(scope="module")
def ran(page, address):
    """Notebook 01, opened from the link at E13 in its handout; after this first visit of a notebook it was opened and run whole without a network.

    Before, a page of somebody else on this host had a worker of its own.
    """
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(f"{address}index.html")
    page.evaluate(THEIRS, f"{address}downloads/")
    page.goto(f"{address}handouts/01_economic.html")
    link = page.locator(".cell:has(#verdict-E13) > .open-live a")
    link.evaluate("(one) => one.removeAttribute('target')")
    link.click()
    page.wait_for_function(OPEN, timeout=180_000)
    page.in_view = page.evaluate(PLACE)
    with hung_up():
        page.reload()
        page.wait_for_function(OPEN, timeout=180_000)
        run_all(page)
        page.evaluate(LOOK)  # also at what waits for a guess
        page.wait_for_function(MANY, timeout=180_000)
    unfold(page)
    return page


MANY = "() => document.querySelectorAll('figure.actorfig svg').length >= 8"


THEIRS = "(scope) => { navigator.serviceWorker.register('worker.js', { scope }); }"
SCOPES = "async () => (await ServiceWorkerContainer.prototype.getRegistrations.call(navigator.serviceWorker)).map((one) => one.scope).sort()"


def run_all(page):
    """Run every cell, and wait until everything is on the page: the browser is slower than a kernel of its own."""
    page.evaluate(RUN)
    page.wait_for_function("() => window.ran", timeout=300_000)


PLACE = """() => {
    const { content } = window.jupyterapp.shell.currentWidget, pane = content.node.getBoundingClientRect();
    const shown = content.widgets.filter(({ node }) => node.getClientRects().length && node.getBoundingClientRect().bottom > pane.top && node.getBoundingClientRect().top < pane.bottom);
    return shown.map((cell) => cell.model.id);
}"""


def test_a_claim_opens_live_at_its_place(ran):
    assert "e13" in ran.in_view and "title" not in ran.in_view


def test_a_first_visit_takes_no_worker_away(ran, address):
    assert ran.evaluate(SCOPES) == [address, f"{address}downloads/"]


def test_every_cell_of_01_runs_without_an_error_and_without_a_network(ran):
    assert errors(ran) == []
    assert ran.locator("figure.actorfig svg").count() >= 8


def test_toggles_change_picture_title_and_line(ran):
    title, line = "#fig-trade-partners figcaption b", ".jp-OutputArea .live"
    before = [ran.locator(one).first.inner_text() for one in (title, line)]
    ran.locator(title).scroll_into_view_if_needed()
    for code in ("RUS", "EU", "JPN"):
        assert ran.evaluate(SHOWN, code), code
        ran.locator(".actorbar").first.locator(f"input[value={code}]").click()
        assert not ran.evaluate(SHOWN, code), code
    for one, text in zip((title, line), before, strict=True):
        ran.wait_for_function(CHANGED, arg=[one, text], timeout=60_000)
    assert errors(ran) == []


SHOWN = "(code) => [...document.querySelectorAll(`.actorfig:not(.n-${code}) svg .a-${code}`)].filter((one) => one.checkVisibility({ visibilityProperty: true })).length"
CHANGED = "([one, before]) => document.querySelector(one).innerText !== before"


# what the menu's Download gives
TAKEN = "async (name) => (await fetch(await window.jupyterapp.serviceManager.contents.getDownloadUrl(name))).text()"


@pytest.fixture(scope="module")
def left(ran, site, tmp_path_factory):
    """A reader who guessed, wrote into the notebook and left; meanwhile the site has a new version of it."""
    cell = ran.locator(".jp-Cell").filter(
        has=ran.locator(".heldto-guess", has_text="Your verdict on E1:")
    )
    with hung_up():
        cell.locator("input[type=radio]").first.check()
        cell.get_by_role("button", name="Record my guess").click()
        cell.get_by_text("Recorded: holds").wait_for()
        assert ran.evaluate(KNOWS) == "ok"
    ran.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.model.cells.get(2).sharedModel.setSource('A note of my own')"
    )
    ran.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    ran.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    served = site / "live" / "files" / "01_economic.ipynb"
    served.write_text(
        served.read_text("utf-8").replace("Large trade, small trade", "the next version"), "utf-8"
    )
    ran.reload()
    ran.wait_for_function(OPEN.replace('=== "idle"', "!== ''"), timeout=180_000)
    return ran


def test_what_was_written_is_there_after_a_reload_and_a_new_version(left):
    cells = left.evaluate(f"() => {NOTEBOOK}.widgets.map((one) => one.model.sharedModel.source)")
    assert cells[2] == "A note of my own" and "the next version" not in cells[0]


def test_pictures_are_there_before_anything_is_run_again(left):
    assert left.locator(".jp-OutputArea img[src^='data:image/svg']").count() >= 8
    assert left.get_by_text("Loading widget").count() == 0


def test_answers_are_a_file_that_any_lab_reads(left, tmp_path):
    file = tmp_path / "my-answers.json"
    file.write_text(left.evaluate(TAKEN, file.name), encoding="utf-8")
    held, lost = diary.read_answers(file)
    assert [(one["claim"], one["verdict"]) for one in held["guesses"]] == [
        ("E1", "holds")
    ] and not lost


@pytest.mark.parametrize("name", ["04_verdict", "05_your_own_claim"])
def test_other_notebooks_run_and_know_the_guess(left, address, name):
    opened(left, address, name)
    run_all(left)
    assert errors(left) == []
    assert left.evaluate(KNOWS) == "ok"


KNOWS = f"""async () => {{
    const code = `assert '"claim": "E1"' in open("my-answers.json").read()`;
    return (await {KERNEL}.requestExecute({{ code }}).done).content.status;
}}"""


def test_back_leads_from_a_notebook_to_where_the_reader_came_from(context, address):
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())  # whether to leave it unsaved
    page.goto(f"{address}index.html")
    page.get_by_role("link", name="Open the notebooks").click()
    page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.context?.isReady")
    page.wait_for_url("**/lab/index.html?workspace=00_start_here")  # without the path it came with
    page.go_back()
    page.wait_for_url(f"{address}index.html")
    page.close()


def test_what_was_visited_is_there_without_a_network(left, address):
    with hung_up():
        for front in ("index.html", ""):
            left.goto(address + front)
            assert left.locator("[data-dot=E1].tag-holds").count() == 1
        left.goto(f"{address}handouts/01_economic.html")
        assert left.locator("form.guess.done[data-claim=E1]").count() == 1


def test_of_what_was_never_visited_the_browser_itself_says_so(left, address):
    with hung_up(), pytest.raises(Exception, match="net::ERR_FAILED"):
        left.goto(f"{address}seminar/plan-45.html")


def _visitor(context, address, place="index.html"):
    """Another reader, at a first page, which a worker serves by now."""
    page = context.browser.new_context().new_page()
    page.context.on("request", lambda request: context.outside.append(request.url))
    page.goto(address + place)
    page.wait_for_function("() => navigator.serviceWorker.controller")
    return page


RETURN = "() => { document.dispatchEvent(new Event('visibilitychange')); }"  # as if one came back


def test_a_new_version_is_offered_and_not_forced(context, site, address):
    page = _visitor(context, address)
    page.evaluate("() => { window.mine = true; }")
    _stays_silent(page)
    _renew(site, "one")
    page.evaluate(RETURN)
    page.get_by_text("There is a new version of this site.").wait_for()
    assert page.evaluate("() => window.mine")
    page.get_by_role("link", name="Load it").click()
    page.wait_for_function("() => !window.mine && document.readyState === 'complete'")
    _stays_silent(page)
    page.context.close()


def _stays_silent(page):
    page.evaluate(RETURN)
    page.wait_for_timeout(1500)
    assert page.locator(".newer").count() == 0


def _renew(site, text):
    """Put a new version of the site in the place of the one before. Returns what it is called."""
    from heldto.publish.site import build, offline

    (site / "downloads" / "news.txt").write_text(text)
    offline.write_offline(site, build.OURS)
    return json.loads((site / build.OURS).read_text())["content"]


RENEWED = """async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (registration.installing ?? registration.waiting ?? registration.active.state !== "activated") await new Promise((done) => setTimeout(done, 100));
}"""
LIVE = "async () => (await caches.keys()).filter((one) => one.includes(' live '))"


def test_pages_outlive_versions_and_of_the_notebooks_two_are_kept(context, site, address):
    page = _visitor(context, address, "handouts/02_geopolitical.html")
    heading = page.locator("h1").inner_text()
    for text in ("two", "three", "four"):
        version = _renew(site, text)
        page.goto(f"{address}index.html")
        page.evaluate(RENEWED)
        page.goto(f"{address}live/package.json")
    kept = page.evaluate(LIVE)
    assert len(kept) == 2 and kept[-1].endswith(version)
    with hung_up():
        for place in ("live/package.json", "handouts/02_geopolitical.html"):
            page.goto(address + place)
    assert page.locator("h1").inner_text() == heading
    page.context.close()


@pytest.mark.parametrize("place", ["index.html", "handouts/01_economic.html"])
def test_on_plain_http_pages_work_without_a_worker(context, address, place):
    page, faults = context.browser.new_page(), []
    page.on("pageerror", lambda error: faults.append(error.message))
    page.goto(address.replace("127.0.0.1", OTHER) + place)
    assert page.locator("html.js").count() == 1 and faults == []
    assert not page.evaluate("() => 'serviceWorker' in navigator")
    page.close()


ASKED = "window.asked = 0; navigator.serviceWorker.register = async () => { window.asked += 1; };"


def test_from_a_disk_nothing_is_registered(context, site, address):
    page = context.browser.new_page()
    page.add_init_script(ASKED)
    for name, asked in (((site / "index.html").as_uri(), 0), (f"{address}index.html", 1)):
        page.goto(name)
        assert page.evaluate("() => window.asked") == asked
    page.close()
    assert "serviceWorker" not in our_page(NOTEBOOKS[1]).read_text("utf-8")


def test_nothing_was_asked_of_another_host(left, context, address):
    assert len(context.outside) > 100
    assert outside(context, address) == []
