"""What `make bench` counts: every module of the package, and each once."""

import bench
import pytest

PACKAGE = bench.ROOT / "src"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("heldto/errors.py", "helper"),
        ("frenemies/measures/trade.py", "helper"),
        ("heldto/toggles/__init__.py", "helper"),
        ("heldto/exercises/diary.py", "exercises"),
        ("frenemies/sections/economic/exercises.py", "sections"),
        ("heldto/publish/handouts/page.py", "publish"),
    ],
)
def test_a_module_counts_as_the_room_it_lies_in(name, kind):
    assert bench.kind(PACKAGE / name) == kind


def test_every_module_is_counted_once(monkeypatch):
    monkeypatch.setattr(bench, "code_lines", lambda path: 1)
    assert sum(bench.by_kind().values()) == len(list(PACKAGE.rglob("*.py")))


def test_a_room_that_is_nobody_s_is_an_error_and_not_left_out():
    with pytest.raises(KeyError, match="cellar"):
        bench.kind(PACKAGE / "heldto" / "cellar" / "wine.py")
