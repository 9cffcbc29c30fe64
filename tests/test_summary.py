"""The line above the tally: how many tests were not run, and why, by however many workers."""

import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

TESTS = "def test_told(): pass\ndef test_told_too(): pass\ndef test_other(): pass\n"


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_is_left_out_is_counted(workers, tmp_path):
    """With our conftest, on three tests of no weight; a file of slow tests alone is not even read."""
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
    assert re.search(r"\b2 passed, 1 deselected|\b2 passed in", done.stdout)
