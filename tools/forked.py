"""Tests of a clone in a fork: what they load from others is loaded once, the package anew in each fork."""

import importlib
import json
import os
import resource
import shutil
import subprocess
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOADED = "pytest pytest_cov anywidget bs4 filelock hypothesis jinja2 matplotlib.pyplot nbclient nbconvert nbformat networkx seaborn typer.testing"
QUIET = ["-qx", "-p", "no:cacheprovider", "-p", "timeout", "-W", "ignore::pytest.PytestAssertRewriteWarning"]  # fmt: skip
UNIT = ["-m", "not slow and not browser"]


def clone(room):
    """What is committed, cloned."""
    shutil.rmtree(room, ignore_errors=True)
    subprocess.run(["git", "clone", "-q", ROOT, room], check=True)


def ready(room):
    """This process, and those that it forks, work in the clone with the clone's package."""
    os.chdir(room)
    sys.path.insert(0, str(room / "src"))
    os.environ |= {"PYTHONPATH": str(room / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.modules["rfc3987_syntax"] = None  # as tests/conftest.py has it
    for name in LOADED.split():
        importlib.import_module(name)


def forked(work, seconds=600, said=os.devnull):
    """Do work() in a fork. Returns its result, and the seconds of processor that it took; -1 where
    it took more than allowed or broke down.
    """
    sys.stdout.flush()
    if not (child := os.fork()):
        with open(said, "w") as file:
            code = _done(work, seconds, file)
        os._exit(code)
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return -1 if code < 0 or code == 255 else code, used.ru_utime + used.ru_stime


def _done(work, seconds, file):
    """The result of work(), 255 where it breaks down; what it says is in the file."""
    sys.stdout = sys.stderr = file
    os.dup2(file.fileno(), 1)
    os.dup2(file.fileno(), 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        return int(work())
    except BaseException:
        traceback.print_exc()
        return 255


def pytest(words, seconds=600, said=os.devnull):
    """Run pytest in a fork, up to the first test that fails. Returns its exit status and the seconds."""
    return forked(lambda: importlib.import_module("pytest").main([*QUIET, *words]), seconds, said)


def tests(words, seconds=600, said=os.devnull):
    """As `pytest`, of the unit tests among these files or tests."""
    return pytest([*UNIT, *words], seconds, said)


def test_files(room):
    """The files of tests of a clone that have unit tests, as the clone names them."""
    found = sorted((room / "tests").rglob("test_*.py"))
    return [
        path.relative_to(room).as_posix()
        for path in found
        if "browser" not in path.relative_to(room).parts
    ]


def keep(name, told):
    """Write down what a run found, where `make bench` reads it."""
    path = ROOT / "build" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def kept(name):
    """What the last run found, or None."""
    path = ROOT / "build" / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
