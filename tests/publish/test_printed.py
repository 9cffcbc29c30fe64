"""Lines that were printed before are printed again while no byte that they are made from has changed."""

import os
import subprocess
import sys

import pytest

from heldto.publish import printed

WATCHED = """
import os, sys
read = []

def heard(name, given):
    if name == "open" and isinstance(given[0], str) and not given[2] & (os.O_WRONLY | os.O_RDWR):
        read.append(os.path.realpath(given[0]))

sys.addaudithook(heard)
from frenemies.__main__ import main
sys.argv = ["frenemies", "claims", "E3"]
try:
    main()
except SystemExit as end:
    assert not end.code
from heldto.publish import printed
own = [str(one) for one in printed.folders()]
system = (sys.prefix, sys.base_prefix, os.environ["XDG_CACHE_HOME"], "/proc", "/sys", "/etc", "/dev", "/usr")
others = sorted({path for path in read if not path.startswith((*own, *system))})
print("pandas" in sys.modules, others, file=sys.stderr)
"""


@pytest.fixture
def shelf(monkeypatch, tmp_path):
    """A folder in the place of all that is read; what is kept lies beside it."""
    folder = tmp_path / "read"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "table.csv").write_text("who,value\nCHN,1\n")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda app: tmp_path / "cache" / app)
    monkeypatch.setattr(printed, "folders", lambda: [folder])
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def told(shelf, capsys):
    """told("claims") gives whether the lines were made anew, and what was printed."""

    def tell(*words, end=None, meanwhile=lambda: None):
        made = []

        def make():
            made.append(print("holds: Жду 🙂"))
            meanwhile()
            if end is not None:
                sys.exit(end)

        try:
            printed.print_or_repeat(words, make)
        except SystemExit as stopped:
            made.append(stopped.code)
        return made, capsys.readouterr().out

    return tell


ANEW, AGAIN = ([None], "holds: Жду 🙂\n"), ([], "holds: Жду 🙂\n")


def test_what_was_printed_is_printed_again(told):
    assert [told("claims", "E3") for _ in range(3)] == [ANEW, AGAIN, AGAIN]
    assert told("claims", "E3", end=0) == AGAIN and told("claims", end=0) == ANEW


def changed_cell(shelf, monkeypatch):
    path = shelf / "inner" / "table.csv"
    before = path.stat()
    path.write_text("who,value\nCHN,2\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as old and as long as before


def file_renamed(shelf, monkeypatch):
    (shelf / "inner" / "table.csv").rename(shelf / "inner" / "other.csv")


def file_added(shelf, monkeypatch):
    (shelf / "sealed.csv").touch()


def narrower_window(shelf, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")


def another_package(shelf, monkeypatch):
    monkeypatch.setattr(printed, "_installed", lambda: ["pandas-99.dist-info"])


def kept_lines_changed(shelf, monkeypatch):
    (path,) = (shelf.parent / "cache").rglob(printed.LINES)
    path.write_bytes(path.read_bytes().replace(b"holds", b"fails"))


def a_link_to_a_folder(shelf, monkeypatch):
    (shelf / "link").symlink_to(shelf.parent, target_is_directory=True)


@pytest.mark.parametrize(
    "change",
    [changed_cell, file_renamed, file_added, narrower_window, another_package, kept_lines_changed, a_link_to_a_folder],
)  # fmt: skip
def test_a_change_of_anything_that_is_read_makes_them_anew(told, shelf, monkeypatch, change):
    assert told("claims") == ANEW
    change(shelf, monkeypatch)
    assert told("claims") == ANEW


def test_what_ends_with_a_fault_or_was_changed_meanwhile_is_not_kept(told, shelf, monkeypatch):
    for _ in range(2):
        assert told("claims", end=2) == ([None, 2], ANEW[1])
    before = (shelf / "inner" / "table.csv").read_text()
    assert told("claims", meanwhile=lambda: changed_cell(shelf, monkeypatch)) == ANEW
    (shelf / "inner" / "table.csv").write_text(before)
    assert [told("claims"), told("claims")] == [ANEW, AGAIN]


def test_only_a_list_of_an_installed_article_is_kept(told, monkeypatch):
    for words in ((), ("prove", "E3"), ("claims", "--help")):
        assert [told(*words) for _ in range(2)] == [ANEW, ANEW]
    monkeypatch.setattr(printed.noted, "NOTED", [])
    assert [told("claims") for _ in range(2)] == [ANEW, ANEW]


def test_where_nothing_can_be_kept_the_lines_are_printed_all_the_same(told, shelf):
    (shelf.parent / "cache").write_text("a file in the way")
    assert [told("claims") for _ in range(2)] == [ANEW, ANEW]


@pytest.mark.slow
def test_a_list_reads_nothing_but_what_its_key_knows_and_again_no_table(tmp_path):
    env = os.environ | dict.fromkeys(("XDG_CACHE_HOME", "TMPDIR"), str(tmp_path))
    first, again = (
        subprocess.run([sys.executable, "-c", WATCHED], env=env, capture_output=True, text=True)
        for _ in range(2)
    )
    assert first.stderr.splitlines()[-1:] == ["True []"], first.stderr
    assert again.stderr.splitlines()[-1:] == ["False []"], again.stderr
    assert first.stdout == again.stdout and first.stdout.startswith("E3. ")
