"""What all tests share: a copied data set to spoil, a browser, notebooks executed once, and no reader's file but a scratch one."""

import gc
import hashlib
import importlib
import inspect
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from functools import lru_cache, wraps
from itertools import count
from pathlib import Path

sys.modules["rfc3987_syntax"] = None  # jsonschema's check of addresses: two seconds to load, unused

import nbformat
import pandas as pd
import pytest
from filelock import FileLock
from hypothesis import settings
from matplotlib.figure import Figure

import frenemies  # opens the article
import heldto
from heldto import article
from heldto.claims import listed, readings
from heldto.claims.verdict import Verdict
from heldto.errors import write_atomic
from heldto.evidence import caching, tables
from heldto.publish import validate

settings.register_profile("no clock", deadline=None)  # a busy machine is no fault
settings.load_profile("no clock")
gc.set_threshold(
    50_000, 20, 20
)  # what all tests hold is not gone through after each few hundred objects
ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def one_reading(claim, choices):
    """The row of a claim's readings with these choices, the ledger's own for all others."""
    line = readings.all_readings(claim)
    dimensions = [*readings.options(claim)]
    chosen = {name: line.loc[line["own"], name].item() for name in dimensions} | choices
    assert [*chosen] == dimensions
    (found,) = line[(line[dimensions] == pd.Series(chosen)).all(axis=1)].to_dict("records")
    return found


def cases(names, values):
    """As pytest.mark.parametrize, in one test: many small cases cost less so. All that fail are told.

    For what leaves nothing behind: the cases share the fixtures of their test. values: a list, or a function that returns it, where it has to be worked out: it is asked when the test runs.
    """
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else [*names]

    def decorate(test):
        def all_of_them(**fixtures):
            faults, listed = [], values() if callable(values) else values
            for value in listed:
                case = dict(zip(names, value if len(names) > 1 else [value], strict=True))
                try:
                    test(**fixtures, **case)
                except (Exception, pytest.fail.Exception) as fault:
                    fault = fault if isinstance(fault, Exception) else AssertionError(fault.msg)
                    fault.add_note(f"case: {case}")
                    faults.append(fault)
            assert listed
            if faults:
                raise ExceptionGroup(f"{len(faults)} of {len(listed)} cases", faults)

        taken = inspect.signature(test).parameters.values()
        mine = [one for one in taken if one.name not in names]
        all_of_them.__name__, all_of_them.__doc__ = test.__name__, test.__doc__
        all_of_them.__signature__ = inspect.Signature(mine)
        return all_of_them

    return decorate


@pytest.fixture(scope="session")
def _diaries(tmp_path_factory):
    """A folder for each test: to make one, tmp_path looks through those of all tests before."""
    folder = tmp_path_factory.mktemp("diaries")
    return map(folder.joinpath, map(str, count()))


@pytest.fixture(autouse=True)
def _scratch_diary(_diaries, monkeypatch):
    folder = next(_diaries)
    folder.mkdir()
    monkeypatch.setenv("FRENEMIES_DIARY", str(folder / "my-answers.json"))


def look_again():
    """The package looks at the files of data/ anew at its next question, however short ago it did."""
    caching._last["looked"] = float("-inf")


@pytest.fixture
def read_from(monkeypatch):
    """read_from(folder): the package reads this copy of data/ for the length of the test."""

    def point(folder):
        monkeypatch.setenv("FRENEMIES_DATA", str(folder))
        look_again()

    yield point
    look_again()


@pytest.fixture(scope="session")
def origin():
    """The folder of data that tests copy."""
    return ROOT / "data"


@pytest.fixture
def copied(tmp_path, origin, read_from, request):
    """A copy of data/; until something of it is spoilt, what is remembered of data/ holds of it.

    Not where a test patches something: what it works out meanwhile must not be remembered of data/.
    """
    folder = tmp_path / "data"
    shutil.copytree(origin, folder)
    read_from(origin)
    version = caching._version()
    read_from(folder)
    if "monkeypatch" not in inspect.signature(request.function).parameters:
        state = article.current().folder, caching._state(folder), caching._beside()
        caching._versions[state] = version
        assert caching._version() == version
        look_again()
    return folder


@pytest.fixture
def data(copied, monkeypatch):
    """A copy of data/ that a test may spoil: the package looks at it at each question."""
    monkeypatch.setitem(_WATCHED, "folder", copied)
    return copied


_WATCHED = {"folder": None}


def _written(event, given):
    """While a test may spoil a copy, whatever is opened to be written, moved or deleted makes the package look again."""
    if _WATCHED["folder"] is not None and (
        event in ("os.rename", "os.remove", "os.truncate", "os.utime", "shutil.rmtree", "os.mkdir")
        or event == "open"
        and (given[2] or 0) & (os.O_WRONLY | os.O_RDWR)
    ):
        look_again()


sys.addaudithook(_written)


@pytest.fixture
def mutate(copied):
    """mutate("economic/trade", lambda frame: ...) rewrites one table of a copied data set."""

    def change(name, function):
        path = copied / f"{name}.csv"
        frame = function(pd.read_csv(path, dtype=str, keep_default_na=False))
        frame.to_csv(path, index=False, lineterminator="\n")
        look_again()

    return change


@pytest.fixture
def rewrite(copied):
    """rewrite("E4", "within = 25", "within = 26"): a claim stands so in the claims.toml of a copied
    data folder, where a reader would write it. Where no such words stand in it, the test is wrong.
    """
    texts = {name: place.text for name, place in listed._places().items()}
    changed = {}

    def change(claim, old, new):
        before = changed.get(claim, texts[claim])
        assert old in before
        changed[claim] = before.replace(old, new)
        (copied / "claims.toml").write_text("\n\n".join(changed.values()), encoding="utf-8")
        look_again()

    return change


@pytest.fixture(autouse=True, scope="session")
def _cells_are_looked_at_once():
    """A file with the bytes of one that was read, by the same description, is not read again."""

    def once(read):
        held = {}

        @wraps(read)
        def remembered(path, fields, *more):
            key = (hashlib.sha256(path.read_bytes()).digest(), json.dumps(fields), more)
            if key not in held:
                held[key] = read(path, fields, *more)
            return held[key].copy()

        return remembered

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "read_checked", once(tables.read_checked))
        patch.setattr(tables, "read_table", once(tables.read_table))
        yield


@pytest.fixture(autouse=True, scope="session")
def _shared_folder(tmp_path_factory):
    """Where this run of the tests keeps what its workers share: one folder for all of them."""
    base = tmp_path_factory.getbasetemp()
    os.environ["FRENEMIES_TESTS_SHARED"] = str(
        base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    )


def shared(name, make):
    """A file that is made once for all workers: make() returns its text."""
    kept = Path(os.environ["FRENEMIES_TESTS_SHARED"]) / name
    kept.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            write_atomic(kept, make())
    return kept


@lru_cache
def with_pages(path):
    """A notebook of ours as a handout is made from it, executed once for all workers: its full pages beside the plain ones."""
    from heldto import stored
    from heldto.publish.handouts.run import execute

    def executed():
        with stored.pages():
            return nbformat.writes(execute(nbformat.read(path, 4), path.name, path.parent))

    return nbformat.read(shared(f"with-pages-{path.name}", executed), 4)


@lru_cache
def our_page(path, edition="handout"):
    """The file of one of our notebooks as a page, made once for all workers; its neighbours in its folder are of the same edition."""
    from heldto.publish.handouts.exporter import HandoutExporter

    def made():
        about = {"metadata": {"name": path.stem}}
        return HandoutExporter(edition=edition).from_notebook_node(with_pages(path), about)[0]

    return shared(f"{edition}/{path.stem}.html", made)


def lesson_source():
    """The notebook of a first lesson, composed once for all workers; `our_page` makes its page."""
    from heldto.publish.handouts import lesson

    def composed():
        with tempfile.TemporaryDirectory() as scratch:
            notebooks = sorted((ROOT / "notebooks").glob("0*.ipynb"))
            return lesson.write_source(notebooks, Path(scratch)).read_text(encoding="utf-8")

    return shared("lesson-45.ipynb", composed)


def pytest_collection_modifyitems(items):
    """What opens a browser is marked so by its folder or its fixture, a picture's test by its folder; a cell of a notebook is slow.

    Files with such tests come first: two processes that share the files then end at the same time.
    """
    for item in items:
        if "browser" in item.path.parts or "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if "pictures" in item.path.parts:
            item.add_marker("picture")
        if item.path.suffix == ".ipynb":
            item.add_marker("slow")
    first = [
        {item.path for item in items if item.get_closest_marker(kind)}
        for kind in ("browser", "slow")
    ]
    items.sort(key=lambda item: [item.path not in paths for paths in first])


LEFT_OUT, UNREAD = pytest.StashKey[int](), pytest.StashKey[int]()
WORK = pytest.StashKey[Counter]()
EXPENSIVE = ("whole validates", "judgings", "drawings")
DONE = Counter()  # what this process has done of them


def _counted(place, name, what):
    """From now on each call of a function of a module or a class counts."""
    function = getattr(place, name)

    @wraps(function)
    def counting(*given, **named):
        DONE[what] += 1
        return function(*given, **named)

    setattr(place, name, counting)


_counted(validate, "_looked_at", "whole validates")
_counted(Verdict, "__init__", "judgings")
_counted(Figure, "subplots", "drawings")
ALL_SLOW = re.compile(r"^pytestmark = .*pytest\.mark\.slow\b", re.M)


def pytest_ignore_collect(collection_path, config):
    """A file that has nothing but tests which -m leaves out is not read: to load them all takes seconds in each process."""
    asked = config.option.markexpr
    if not collection_path.name.startswith("test_") or " or " in asked:
        return None
    browser = "not browser" in asked and collection_path.parent.name == "browser"
    slow = "not slow" in asked and ALL_SLOW.search(collection_path.read_text(encoding="utf-8"))
    if browser or slow:
        config.stash[UNREAD] = config.stash.get(UNREAD, 0) + 1
        return True
    return None


def pytest_deselected(items):
    """Count what -m and -k leave out, where it is counted: in one process, or in each worker."""
    stash = items[0].config.stash
    stash[LEFT_OUT] = stash.get(LEFT_OUT, 0) + len(items)


def pytest_sessionfinish(session):
    STARTED.close()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)
        session.config.workeroutput["unread"] = session.config.stash.get(UNREAD, 0)
        session.config.workeroutput["work"] = dict(DONE)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Every worker collects all tests, so one of them tells how many are left out."""
    output = getattr(node, "workeroutput", {})
    node.config.stash[LEFT_OUT] = output.get("left_out", 0)
    node.config.stash[UNREAD] = output.get("unread", 0)
    node.config.stash[WORK] = node.config.stash.get(WORK, Counter()) + Counter(
        output.get("work", {})
    )


def pytest_terminal_summary(terminalreporter):
    """Above the tally, how much was worked out, and how many tests were not run, and why."""
    _tell_work(terminalreporter)
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ").partition("\n")[0]
        for report in terminalreporter.stats.get("skipped", [])
    )
    reasons["left out by -m or -k"] += terminalreporter.config.stash.get(LEFT_OUT, 0)
    why = "; ".join(f"{count} {reason}" for reason, count in reasons.most_common() if count)
    unread = terminalreporter.config.stash.get(UNREAD, 0)
    files = f", and {unread} files of slow tests or of a browser's" if unread else ""
    terminalreporter.write_line(
        f"not run: {reasons.total()} tests{f' ({why})' if why else ''}{files}"
    )


def _tell_work(terminalreporter):
    """What the processes of the tests worked out, beside what the last run of the same tests did; forks and kernels apart."""
    config = terminalreporter.config
    if hasattr(config, "workerinput"):  # its own process tells for all workers
        return
    done = config.stash.get(WORK, Counter()) + DONE
    cache = getattr(config, "cache", None)
    asked = repr((config.args, config.option.markexpr, config.option.keyword))
    same = f"heldto/{hashlib.sha256(asked.encode()).hexdigest()}"
    before = cache.get(same, {}) if cache else {}
    words = [
        f"{done[what]:,} {what}" + (f" (last run: {before[what]:,})" if what in before else "")
        for what in EXPENSIVE
    ]
    terminalreporter.write_line(f"worked out: {', '.join(words)}")
    if cache:
        cache.set(same, {what: done[what] for what in EXPENSIVE})


def drawings():
    """{name: function} of every `*_picture` function of both packages."""
    rooms = [
        one.name
        for package in (frenemies, heldto)
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if "__main__" not in one.name and ".publish" not in one.name
    ]
    found = {}
    for room in map(importlib.import_module, rooms):
        for name, draw in inspect.getmembers(room, inspect.isfunction):
            if name.endswith("_picture") and draw.__module__ == room.__name__:
                found[name] = draw
    return found


def absent(reason):
    """What a test needs is not here: it is skipped, and in CI, where browser and site tests must run, it fails."""
    if os.environ.get("FRENEMIES_REQUIRE_BROWSER"):
        pytest.fail(f"{reason}: in CI this test must run")
    pytest.skip(reason)


SCRIPTS = {path.stem: path for path in (ROOT / "src" / "heldto").rglob("*.js")}
CALLER = """
import { createInterface } from "node:readline";
let script;
const made = async ([name, given]) => { try { return await script[name](...given); } catch (error) { return { thrown: error.message }; } };
for await (const line of createInterface({ input: process.stdin })) {
  if (script) console.log(JSON.stringify(await Promise.all(JSON.parse(line).map(made))));
  else script = await import(`data:text/javascript,${encodeURIComponent(JSON.parse(line))}`);
}
"""


STARTED = ExitStack()  # ends with the tests


@lru_cache
def node(code):
    """A process of Node that has read a script: for each line of calls it writes one of answers."""
    words = ["node", "--input-type=module", "--eval", CALLER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    running = STARTED.enter_context(subprocess.Popen(words, **pipes, encoding="utf-8"))
    running.stdin.write(json.dumps(code) + "\n")
    return running


def in_node(name, calls):
    """What functions of a page's script return, outside any browser: pairs of (function, arguments). name: of the script, or the path of another. What is thrown is {"thrown": message}."""
    if not shutil.which("node"):
        absent("node is not installed")
    from heldto.publish.handouts import assets
    from heldto.scripts import together

    path = SCRIPTS[name] if isinstance(name, str) else name
    running = node(together(path, given={"given.js": assets.page_values()}))
    running.stdin.write(json.dumps(calls) + "\n")
    running.stdin.flush()
    return json.loads(running.stdout.readline())


def whole(page):
    """A page, once it is laid out to its end: while a handout starts, what is far from the window is not."""
    page.locator("html.whole, html:not(.js)").wait_for(state="attached")
    return page


def uncovered(page):
    """A page with the sheets taken off its pictures, and an answer to each claim of a round."""
    page.locator(".look, .round .words button:first-child").evaluate_all(
        "all => all.forEach((one) => one.click())"
    )
    return page


def chromium_path():
    return next(
        (
            path
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (path := shutil.which(name))
        ),
        None,
    )


@pytest.fixture(scope="session")
def browser():
    """A headless system Chromium. Without one the test is skipped; in CI that is a failure.

    Where there is a Chromium that has no windows at all it is that one: a page opens in a third of the time.
    """
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium-headless-shell") or chromium_path()
    if path is None:
        absent("no Chromium on the path")
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield running
        running.close()
