"""The line above the tally: how many tests were not run, and why, by however many workers."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_is_left_out_is_counted(workers):
    words = [
        "-m",
        "pytest",
        "tests/templates",
        "-k",
        "escaped",
        "-n",
        workers,
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    left_out = int(re.search(r"not run: (\d+) tests \(\1 left out by -m or -k\)", done.stdout)[1])
    passed = int(re.search(r"(\d+) passed", done.stdout)[1])
    assert left_out > 0 and passed > 0
