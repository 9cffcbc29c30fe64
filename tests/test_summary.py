"""The line above the tally: how many tests were not run, and why, by however many workers."""

import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

TESTS = """
from heldto.publish import validate
from matplotlib.figure import Figure
def test_told(): Figure().subplots()
def test_told_too(): Figure().subplots(), validate._looked_at()
def test_other(): Figure().subplots()
"""


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_is_left_out_is_counted(workers, tmp_path):
    """With our conftest, on three tests; so is what was worked out; a file of slow tests alone is not even read."""
    (tmp_path / "test_three.py").write_text(TESTS)
    (tmp_path / "test_slow.py").write_text("pytestmark = pytest.mark.slow\nraise ValueError\n")
    words = ["-m", "pytest", "-p", "conftest", "-p", "no:nbval", "-k", "told", "-n", workers]
    words += ["-m", "not slow"]
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=True,
    )
    told = "not run: 1 tests (1 left out by -m or -k), and 1 files of slow tests or of a browser's"
    assert told in done.stdout
    assert "worked out: 1 whole validates, 0 judgings, 2 drawings\n" in done.stdout
    assert re.search(r"\b2 passed, 1 deselected|\b2 passed in", done.stdout)
