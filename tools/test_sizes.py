"""What `make bench` counts: every module of the package, and each once."""

import bench
import pytest

PACKAGE = bench.ROOT / "src"


def test_every_module_is_counted_once(monkeypatch):
    monkeypatch.setattr(bench, "code_lines", lambda path: 1)
    assert sum(bench.by_kind().values()) == len(list(PACKAGE.rglob("*.py")))


def test_a_room_that_is_nobody_s_is_an_error_and_not_left_out():
    with pytest.raises(KeyError, match="cellar"):
        bench.kind(PACKAGE / "heldto" / "cellar" / "wine.py")
