"""What all tests share: a copied data set to spoil, a browser, and no reader's file but a scratch one."""

import json
import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import nbformat
import pandas as pd
import pytest

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


@pytest.fixture(autouse=True)
def _scratch_diary(tmp_path, monkeypatch):
    monkeypatch.setenv("FRENEMIES_DIARY", str(tmp_path / "my-answers.json"))


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of data/ that a test may spoil; the package reads it for the length of the test."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    monkeypatch.setenv("FRENEMIES_DATA", str(folder))
    return folder


@pytest.fixture
def mutate(data):
    """mutate("economic/trade", lambda frame: ...) rewrites one table of the copied data set."""

    def change(name, function):
        path = data / f"{name}.csv"
        frame = function(pd.read_csv(path, dtype=str, keep_default_na=False))
        frame.to_csv(path, index=False, lineterminator="\n")

    return change


@lru_cache
def with_pages(path):
    """A notebook of ours as a handout is made from it: executed, its full pages beside the plain ones."""
    from frenemies import stored
    from frenemies.publish.handouts.run import execute

    with stored.pages():
        return execute(nbformat.read(path, 4), path.name, path.parent)


def absent(reason):
    """What a test needs is not here: it is skipped, and in CI, where browser and site tests must run, it fails."""
    if os.environ.get("FRENEMIES_REQUIRE_BROWSER"):
        pytest.fail(f"{reason}: in CI this test must run")
    pytest.skip(reason)


SCRIPTS = ROOT / "src" / "frenemies" / "publish" / "handouts" / "templates" / "frenemies"
CALLER = """
import { readFileSync } from "node:fs";
const { code, calls } = JSON.parse(readFileSync(0, "utf8"));
const script = await import(`data:text/javascript,${encodeURIComponent(code)}`);
const made = ([name, given]) => { try { return script[name](...given); } catch (error) { return { thrown: error.message }; } };
console.log(JSON.stringify(calls.map(made)));
"""


def in_node(name, calls):
    """What functions of a handout's script return, outside any browser: pairs of (function, arguments). What is thrown is {"thrown": message}."""
    if not shutil.which("node"):
        absent("node is not installed")
    from frenemies.exercises import reading

    table = reading.for_script() if name == "answers" else ""
    code = table + (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
    given = json.dumps({"code": code, "calls": calls})
    words = ["node", "--input-type=module", "--eval", CALLER]
    done = subprocess.run(
        words, input=given, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout)


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
    """A headless system Chromium. Without one the test is skipped; in CI that is a failure."""
    from playwright.sync_api import sync_playwright

    if chromium_path() is None:
        absent("no Chromium on the path")
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_OPTIONS)
        yield running
        running.close()
