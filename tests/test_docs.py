"""The documents' examples say what they print."""

import doctest

from conftest import ROOT


def test_pandas_in_ten_lines_prints_what_it_says():
    page = ROOT / "docs" / "pandas-in-ten-lines.md"
    found = doctest.testfile(
        str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert found.failed == 0 and found.attempted > 15
