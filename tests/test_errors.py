"""Files are written whole or not at all."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

import frenemies as fr
from heldto.errors import describe_oserror, write_atomic
from heldto.exercises import diary

posix = pytest.mark.skipif(os.name == "nt", reason="Windows knows no rights by mode")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    """umask(0o077) holds for the length of the test."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def test_lines_end_as_they_are_given(tmp_path):
    path = write_atomic(tmp_path / "a.txt", "é\nb\n")
    assert path.read_bytes() == "é\nb\n".encode()
    assert write_atomic(path, b"\x00").read_bytes() == b"\x00"


@posix
def test_a_new_file_is_as_open_as_the_umask_says_and_an_old_one_stays_as_it_was(tmp_path, umask):
    assert mode(write_atomic(tmp_path / "open.txt", "")) == 0o644
    umask(0o077)
    path = write_atomic(tmp_path / "own.txt", "")
    assert mode(path) == 0o600
    path.chmod(0o640)
    assert mode(write_atomic(path, "again")) == 0o640


@posix
def test_a_reader_s_own_answers_stay_their_own(umask):
    fr.guess("E1", "holds", 80)
    diary.own_file().chmod(0o600)
    fr.guess("E2", "fails", 60)
    assert mode(diary.own_file()) == 0o600
    diary.own_file().write_text("{")
    fr.check("E1-total", 1)
    assert {mode(path) for path in diary.own_file().parent.glob("*.json")} == {0o600}
    assert diary.own_file().with_name("my-answers-unreadable-1.json").exists()


def test_what_fails_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    path = write_atomic(tmp_path / "a.txt", "old")

    def full(draft, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(path, "new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_refusal_names_the_file_that_was_to_be_written(tmp_path):
    with pytest.raises(OSError) as refusal:
        write_atomic(tmp_path / "none" / "a.txt", "")
    assert (
        describe_oserror(refusal.value)
        == f"{tmp_path / 'none' / 'a.txt'}: No such file or directory"
    )
    with pytest.raises(OSError, match="'.'"):
        write_atomic(".", "")
    assert describe_oserror(OSError(28, "full", "draft", None, "target")) == "target: full"
    assert describe_oserror(OSError(28, "full")) == "full"


@posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_the_file_that_it_leads_to_is_written(tmp_path, there):
    (tmp_path / "synced").mkdir()
    far, link = tmp_path / "synced" / "my-answers.json", tmp_path / "my-answers.json"
    if there:
        far.write_text("{}")
        far.chmod(0o640)
    link.symlink_to("synced/my-answers.json")
    assert write_atomic(link, "new") == link
    assert link.is_symlink() and far.read_text() == "new" and not far.is_symlink()
    assert not there or mode(far) == 0o640
    assert {path.name for path in tmp_path.rglob("*")} == {"synced", "my-answers.json"}


@posix
def test_a_reader_s_file_that_is_a_link_is_kept_where_it_leads(tmp_path, monkeypatch):
    (tmp_path / "far.json").write_text('{"guesses": []}')
    (tmp_path / "near.json").symlink_to("far.json")
    monkeypatch.setenv("FRENEMIES_DIARY", str(tmp_path / "near.json"))
    fr.guess("E1", "holds", 80)
    assert (tmp_path / "near.json").is_symlink()
    assert '"E1"' in (tmp_path / "far.json").read_text()


def _pipe(path):
    os.mkfifo(path)


def _device(path):
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes a device")


def _link_to_a_pipe(path):
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def _link_to_itself(path):
    path.symlink_to(path.name)


@posix
@pytest.mark.parametrize("make", [_pipe, _device, _link_to_a_pipe, _link_to_itself])
def test_what_is_no_regular_file_is_refused_in_a_line_and_stays(tmp_path, make):
    make(path := tmp_path / "there")
    before = {one: one.lstat().st_mode for one in tmp_path.iterdir()}
    with pytest.raises(OSError) as refusal:
        write_atomic(path, "new")
    assert describe_oserror(refusal.value).startswith(f"{path}: ")
    assert {one: one.lstat().st_mode for one in tmp_path.iterdir()} == before


def on_a_small_disk(folder, *words, data=None):
    """Our command where no file can grow beyond 4 kB: what is written stops half way, as on a disk that is full."""
    resource = pytest.importorskip("resource")
    return subprocess.run(
        [sys.executable, "-B", "-m", "frenemies", *words],
        cwd=folder,
        env=os.environ | ({"FRENEMIES_DATA": str(data)} if data else {}),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_a_role_card_on_a_full_disk_leaves_the_old_one(tmp_path):
    (tmp_path / "card-VNM.html").write_text("last year's card")
    done = on_a_small_disk(tmp_path, "card", "VNM")
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith(
        "card-VNM.html: File too large: make room there, or give another file"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["card-VNM.html"]
    assert (tmp_path / "card-VNM.html").read_text() == "last year's card"


@pytest.mark.slow
@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
def test_a_course_on_a_full_disk_leaves_nothing_that_blocks_the_next_try(tmp_path, there):
    if there:
        (tmp_path / "course").mkdir()
    done = on_a_small_disk(tmp_path, "assignment", "course")
    assert done.returncode == 2 and done.stderr.startswith(
        "course: File too large: make room there"
    )
    assert [path.name for path in tmp_path.rglob("*")] == ["course"] * there
    shutil.rmtree(tmp_path / "course", ignore_errors=True)
    again = subprocess.run(
        [sys.executable, "-m", "frenemies", "assignment", "course"], cwd=tmp_path
    )
    assert again.returncode == 0 and (tmp_path / "course" / "README.md").exists()


@pytest.mark.slow
def test_the_codebook_on_a_full_disk_is_the_old_one(tmp_path, data):
    before = sorted(data.iterdir())
    old = (data / "README.md").read_bytes()
    done = on_a_small_disk(tmp_path, "validate", "--codebook", data=data)
    assert done.returncode == 2 and "README.md: File too large" in done.stderr
    assert (data / "README.md").read_bytes() == old and sorted(data.iterdir()) == before


CELLS = {
    "economic.partners_picture()": '"economic" is not known here: run the first cell of this page (Shift+Enter), then this one.',
    "own.verdict(3)": '"own" is not known here: run the cells above first (Run > Run All Above Selected Cell), then this one. Write a word in quotes.',
    "import frenemies as fr\nboth = 1": None,
    "trade = fr.evidence.table('economic/trade')": None,
    "trade.groupby(['...', 'year'])['...'].sum()": "There are still dots in line 1 of this cell, before the mistake: write your own in their place.",
    "both = 2\nrows = trade.query('...')\nrows['...']": "There are still dots in line 2 of this cell, before the mistake: write your own in their place.",
    "import numpy as np\nboth = ...\nnp.ones((2, 2))[..., 'valu']": "There are still dots in line 2 of this cell, before the mistake: write your own in their place.",
    "own = fr.Claim('...')": "Problem: the claim is still ... : write it as a sentence first",
    "bth": '"bth" is not known here. Did you mean "both"? If not: run the cells above first (Run > Run All Above Selected Cell), then this one. Write a word in quotes.',
    "fr.vredict('E1')": 'No such name: vredict. Did you mean "verdict"?',
    "fr.evidence.tabel('economic/trade')": 'No such name: tabel. Did you mean "table"?',
    "fr.xyz": "No such name: xyz. See how it is spelt in the cells of this page.",
    "rows = trade[['partner' 'year']\n": "Python cannot read line 1 of this cell: '[' was never closed.\n      rows = trade[['partner' 'year']\n                  ^",
    "both = 2\nfor year in (2018, 2024)\n    print(year)": "Python cannot read line 2 of this cell: expected ':'.\n      for year in (2018, 2024)\n                              ^",
    "if both:\ntrade": "Python cannot read line 2 of this cell: expected an indented block after 'if' statement on line 1.\n      trade\n      ^",
    "fr.guess('E1', 'holds' 80)": "Python cannot read line 1 of this cell: invalid syntax. Perhaps you forgot a comma?\n      fr.guess('E1', 'holds' 80)\n                     ^",
}


PANDAS = {  # what a cell asks pandas for in vain, pandas says itself
    "dict(a=1)['b']": "KeyError",
    "trade['valu']": "KeyError: 'valu'",
    "trade['valu']\nanswer = ...": "KeyError: 'valu'",  # the dots stand behind it
    "trade.valu": "AttributeError: 'DataFrame' object has no attribute 'valu'",
    "trade.query('reporter == CHN')": "name 'CHN' is not defined",
    "trade.value_usd[:2].item()": "ValueError: can only convert an array of size 1",
}


@pytest.mark.slow
def test_in_the_lab_s_kernel_a_cell_run_too_early_says_in_words_what_to_do():
    """In a kernel of its own, as one process has one shell."""
    code = f"""if True:
        from IPython.core.interactiveshell import InteractiveShell
        from nbconvert.filters import strip_ansi as strip
        shell = InteractiveShell()
        shell.extension_manager.load_extension("heldto.errors")
        said = []
        shell._showtraceback = lambda kind, error, lines: said.append("\\n".join(lines))
        for cell, says in {CELLS!r}.items():
            said.clear()
            assert shell.run_cell(cell).success == (says is None)
            assert said == ([says] if says else []), said
        shell.run_cell("def deep():\\n    missing = missing + 1\\ndeep()")
        assert "UnboundLocalError" in said[-1] and "Traceback" in said[-1], said
        shell.run_cell("np.ones((2, 2))[..., 'valu']")
        assert "IndexError" in said[-1] and "still dots" not in said[-1], said
        for one in ("'a'.valu", "os.vredict", "fr.os.vredict"):
            shell.run_cell(f"import os\\nfr.os = os\\n{{one}}")
            assert "AttributeError" in said[-1] and "Traceback" in said[-1], said
        shell.run_cell("exec('1 +')")  # a cell that Python could read
        assert "SyntaxError" in said[-1] and "Traceback" in said[-1], said
        for one, kind in {PANDAS!r}.items():
            shell.run_cell(one)
            assert kind in strip(said[-1]) and "Traceback" in said[-1], said
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
