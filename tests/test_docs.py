"""The documents' examples say what they print."""

import doctest

import pytest
from conftest import ROOT


@pytest.mark.parametrize("name,least", [("pandas-in-ten-lines.md", 15), ("how-to/own-claim.md", 9)])
def test_a_page_prints_what_it_says(name, least):
    found = doctest.testfile(
        str(ROOT / "docs" / name), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert found.failed == 0 and found.attempted > least
