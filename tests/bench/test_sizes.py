"""What `make bench` counts as called by the notebooks."""

import bench
import pytest

PACKAGE = bench.ROOT / "src" / "frenemies"


@pytest.mark.parametrize(
    ("name", "room"),
    [
        ("economic.py", "economic"),
        ("economic/trade.py", "economic"),
        ("questions/economic.py", "questions"),
        ("handouts/page.py", "handouts"),
        ("toggles/__init__.py", "toggles"),
    ],
)
def test_a_module_counts_for_the_room_it_lies_in(name, room):
    assert bench.room(PACKAGE / name) == room


def test_no_module_is_counted_twice(capsys, monkeypatch):
    monkeypatch.setattr(bench, "code_lines", lambda path: 1)
    bench.sizes()
    said = capsys.readouterr().out.splitlines()[0]
    called, asked, whole = (int(word.strip(",")) for word in said.split() if word.strip(",").isdigit())
    assert asked == len(list((PACKAGE / "questions").rglob("*.py"))) and called + asked < whole


def test_what_is_counted_as_called_exists():
    assert {bench.room(path) for path in PACKAGE.rglob("*.py")} >= set(bench.CALLED)
