"""A real JupyterLab in a real browser: what a reader meets who runs the notebook and clicks."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest
from conftest import ROOT

TOKEN = "a-token-for-this-test"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The reader's folder: workbook/ with the notebooks, answers.json with what the reader said."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(home):
    """JupyterLab on a reader's fresh workbook, on the loopback address. Yields its address."""
    with serving(home) as address:
        yield address
    shutil.rmtree(home / "workbook")


@contextmanager
def serving(home, start=None):
    """`frenemies lab` in a reader's home, or what else `start` (a list of words) starts, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "FRENEMIES_DIARY": str(home / "answers.json"),
    }
    options = [
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--ip=127.0.0.1",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
    ]
    start = start or [sys.executable, "-m", "frenemies", "lab", str(home / "workbook")]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [*start, "--no-browser", *options],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", server, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, 15)
            server.wait(30)


def _wait_for(url, server, log):
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not answer: {log.read_text()}")


IDLE = (
    "() => window.jupyterapp && [...document.querySelectorAll('.jp-Notebook-ExecutionIndicator')]"
    ".some(one => one.dataset.status === 'idle')"
)
READY = "() => window.jupyterapp.restored.then(() => window.jupyterapp.shell.currentWidget.sessionContext.ready)"
RUN = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }"
DONE = "() => ![...document.querySelectorAll('.jp-InputPrompt')].some(one => one.innerText.includes('*'))"

NOTEBOOK = "window.jupyterapp.shell.currentWidget.content"


def unfold(page):
    """Open every folded heading."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:expand-all-headings')")


def opened(lab, browser, name):
    """A notebook in a page of its own, its kernel idle."""
    page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
    page.goto(f"{lab}/lab/workspaces/{name}/tree/{name}.ipynb?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(IDLE, timeout=120_000)
    return page


def run_all(page):
    """Run every cell once the kernel's session is ready. The bar of the first cell shows that the kernel answered."""
    page.evaluate(READY)
    page.evaluate(RUN)
    page.wait_for_selector(".actorbar input[value=RUS]", timeout=120_000)
    page.wait_for_function(DONE, timeout=120_000)
    page.wait_for_function(IDLE, timeout=120_000)
    page.wait_for_timeout(1000)
    return page


def errors(page):
    """What a reader would see go wrong: red boxes, and the names of errors in outputs."""
    red = page.locator(
        ".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']"
    ).all_inner_texts()
    return red + [
        text for text in page.locator(".jp-OutputArea-output").all_inner_texts() if "Error" in text
    ]


@pytest.fixture(scope="module")
def page(lab, browser):
    """Notebook 01, as it opens."""
    page = opened(lab, browser, "01_economic")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def ran(page):
    """The same page after every cell was run."""
    return run_all(page)


def _visible(page, code):
    return page.evaluate(
        f"() => [...document.querySelectorAll('.actorfig svg .a-{code}')].filter(one => getComputedStyle(one).visibility === 'visible').length"
    )


def test_nothing_stands_before_anything_is_run(page):
    assert page.locator(".jp-OutputArea-output").count() == 0


def test_every_cell_runs_without_an_error(ran):
    assert errors(ran) == []
    assert ran.locator("figure.actorfig svg").count() >= 8


def test_three_clicks_change_the_picture_at_once(ran):
    bar = ran.locator(".actorbar").first
    for code in ("RUS", "USA", "JPN"):
        assert _visible(ran, code) > 0, code
        bar.locator(f"input[value={code}]").click()
        assert _visible(ran, code) == 0, code
    assert "16 of 19 actors shown" in bar.locator("[role=status]").inner_text()
    bar.get_by_role("button", name="all", exact=True).click()
    assert _visible(ran, "RUS") > 0


def test_what_must_be_recomputed_follows_from_the_kernel(ran):
    ran.locator(".actorbar").first.get_by_role("button", name="all", exact=True).click()
    ran.wait_for_timeout(2000)  # the answer to earlier clicks is in
    before = ran.evaluate("() => document.querySelector('.live').innerText")
    ran.locator(".actorbar").first.locator("input[value=RUS]").click()
    ran.wait_for_function(
        "before => document.querySelector('.live').innerText !== before", arg=before, timeout=15_000
    )
    ran.locator(".actorbar").first.get_by_role("button", name="all", exact=True).click()
    ran.wait_for_function(
        "before => document.querySelector('.live').innerText === before", arg=before, timeout=15_000
    )


def test_the_keyboard_does_it_too(ran):
    box = ran.locator(".actorbar").first.locator("input[value=CHN]")
    box.focus()
    ran.keyboard.press("Space")
    assert not box.is_checked()
    ran.keyboard.press("Space")
    assert box.is_checked()
    ran.keyboard.press("Tab")
    assert ran.evaluate("() => document.activeElement.value") == "RUS"


def test_only_what_was_known_then(ran):
    switch = ran.locator(".actorbar").first.locator("input[value=then]")
    hidden = "() => [...document.querySelectorAll('.actorfig svg .since')].every(one => getComputedStyle(one).visibility === 'hidden')"
    switch.check()
    assert ran.evaluate(hidden)
    switch.uncheck()
    assert not ran.evaluate(hidden)


def _answered(page, form, fill, button, says):
    """Fill in one of the forms, click, and wait for what it says."""
    box = page.locator(".lm-Widget.widget-vbox", has_text=form).last
    fill(box)
    box.get_by_role("button", name=button).click()
    box.get_by_text(says).first.wait_for(timeout=15_000)


def test_nothing_of_the_reader_s_is_stored_in_the_notebook(ran, home):
    """A guess and an answer are given and shown; the notebook is saved, and the file holds neither, nor a widget's view or state."""
    _answered(
        ran,
        "Your verdict on E1",
        lambda box: box.get_by_text("no table here can tell").click(),
        "Record my guess",
        "Recorded: undecided, 50 %. Now look.",
    )
    _answered(
        ran,
        "Exercise E1-total",
        lambda box: box.locator("input[type=text]").first.fill("31415.9"),
        "Check",
        "Not yet.",
    )
    assert '"undecided"' in (home / "answers.json").read_text(encoding="utf-8")
    ran.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    path = home / "workbook" / "01_economic.ipynb"
    stored = path.read_text(encoding="utf-8")
    assert any(cell.get("outputs") for cell in json.loads(stored)["cells"])
    kept_out = ("You said", "31415", "Not yet.", "widget-view", "widget-state", "answers.json")
    assert [word for word in kept_out if word in stored] == []
    assert "widgets" not in json.loads(stored)["metadata"]
