"""The documents' examples say what they print."""

import doctest

import pytest
from conftest import ROOT
from matplotlib import pyplot

PAGES = [
    ("pandas-in-ten-lines", 15),
    ("how-to/own-claim", 9),
    ("how-to/seaborn", 8),
    ("seminar/session-own-claim", 20),
]


@pytest.mark.parametrize(("page", "least"), PAGES)
def test_a_page_prints_what_it_says(page, least, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    pyplot.close("all")  # what another page drew last
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    file = str(ROOT / "docs" / f"{page}.md")
    found = doctest.testfile(file, module_relative=False, optionflags=flags)
    assert found.failed == 0 and found.attempted > least
