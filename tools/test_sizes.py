"""What `make bench` counts: every module of the package, and each once."""

import bench
import helper_names
import pytest

PACKAGE = bench.ROOT / "src"


def test_every_module_is_counted_once(monkeypatch):
    monkeypatch.setattr(bench, "code_lines", lambda path: 1)
    assert sum(bench.by_kind().values()) == len(list(PACKAGE.rglob("*.py")))


def test_a_room_that_is_nobody_s_is_an_error_and_not_left_out():
    with pytest.raises(KeyError, match="cellar"):
        bench.kind(PACKAGE / "heldto" / "cellar" / "wine.py")


CODE = '''
def agreed(votes):
    """Share of votes."""
    return votes.mean()  # 0 to 1
'''


def test_words_of_docstrings_are_counted_apart_from_those_of_code():
    assert helper_names.words(CODE) == (3, 6)  # def agreed votes return votes mean


def test_the_helper_s_names_are_counted_as_they_are_pinned(capsys):
    bench.helper()
    said = capsys.readouterr().out
    assert f"names the helper promises: {len(helper_names.lines())};" in said
