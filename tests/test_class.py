"""A class on a hub: a pull keeps what students wrote, and docs/publish.md says what can be run and what follows from its figures."""

import math
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
import yaml
from conftest import ROOT

from heldto.publish import lab

PAGE = (ROOT / "docs" / "publish.md").read_text(encoding="utf-8")
PAGE = PAGE.partition("\n## A JupyterHub\n")[2].partition("\n## ")[0]
NAME = "01_economic.ipynb"
MINE, THEIRS = "fr.verdict('E1')  # mine", "fr.verdict('E1')  # as taught on Monday"


def git(folder, *words):
    who = ["-c", "user.name=Teacher", "-c", "user.email=teacher@example.org"]
    subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)


class Classroom:
    """A teacher's repository, and a student's folder that pulls from it."""

    def __init__(self, folder):
        self.taught, self.pulled = folder / "taught", folder / "pulled"
        self.taught.mkdir()
        git(self.taught, "init", "-b", "main")
        (self.taught / NAME).write_bytes(lab.copy(ROOT / "notebooks" / NAME))
        (self.taught / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
        self.teach()

    def teach(self):
        git(self.taught, "add", "--all")
        git(self.taught, "commit", "-m", "A lesson")

    def pull(self):
        """As a student's click on the link does."""
        words = ["-m", "nbgitpuller.pull", self.taught.as_uri(), "main", self.pulled]
        subprocess.run([sys.executable, *words], check=True, capture_output=True)


def edit(folder, *written):
    """Write into cells of a notebook, (at, text), as JupyterLab saves them."""
    notebook = nbformat.read(folder / NAME, 4)
    for at, text in written:
        notebook.cells[at].source = text
    nbformat.write(notebook, folder / NAME)


def sources(folder):
    notebook = nbformat.read(folder / NAME, 4)
    nbformat.validate(notebook)
    return [cell.source for cell in notebook.cells]


@pytest.fixture
def classroom(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")  # nobody's own settings
    made = Classroom(tmp_path)
    made.pull()
    return made


@pytest.mark.slow
def test_a_pull_keeps_what_the_student_wrote_and_brings_what_the_teacher_did(classroom):
    answers = [classroom.pulled / "my-answers.json", classroom.pulled.parent / "answers.json"]
    for path in answers:
        path.write_text('{"version": 1}')
    edit(classroom.pulled, (13, MINE), (0, "# My own title"))
    edit(classroom.taught, (13, THEIRS), (40, "What we saw on Monday."))
    (classroom.taught / "monday.md").write_text("Read E1 again.")
    classroom.teach()
    classroom.pull()
    found = sources(classroom.pulled)
    assert (found[0], found[13], found[40]) == ("# My own title", MINE, "What we saw on Monday.")
    assert THEIRS not in found and len(found) == len(sources(classroom.taught))
    assert (classroom.pulled / "monday.md").exists()
    assert [path.read_text() for path in answers] == ['{"version": 1}'] * 2


@pytest.mark.slow
def test_a_pull_keeps_a_notebook_that_the_teacher_took_away(classroom):
    edit(classroom.pulled, (13, MINE))
    (classroom.taught / NAME).unlink()
    classroom.teach()
    classroom.pull()
    assert sources(classroom.pulled)[13] == MINE


@pytest.mark.slow
def test_a_notebook_that_the_student_deleted_comes_back_as_it_is_taught(classroom):
    edit(classroom.taught, (13, THEIRS))
    classroom.teach()
    (classroom.pulled / NAME).unlink()
    classroom.pull()
    assert sources(classroom.pulled)[13] == THEIRS


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.S)


def rows(head):
    """The rows of the table under a head that begins so, as lists of cells."""
    table = PAGE[PAGE.index(f"| {head} |") :].split("\n\n")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]
    ]


def told():
    """{what a student takes, or is assumed to: figure}."""
    return {what: float(figure) for what, figure, _ in rows("a student needs")}


def test_the_sizes_follow_from_what_a_student_takes():
    one = told()
    memory = one["MB of a JupyterLab server"] + one["MB of a kernel after notebook 01 and a toggle"]
    start, kernel = one["CPU seconds to start a server"], one["CPU seconds for the whole of 01"]
    lesson = start + kernel + one["toggles in a lesson"] * one["CPU seconds for a toggle"]
    arriving = start + one["CPU seconds to the first picture"]
    assert f"{lesson:.0f} CPU seconds a student" in PAGE
    for students, share, there, held, over, peak, machine in rows("students"):
        count = int(students) * int(share.removesuffix(" %")) // 100
        assert int(there) == count
        assert held == f"{count * memory / 1000:.1f}"
        assert over == f"{count * lesson / 60 / one['minutes of a lesson']:.1f}"
        assert peak == f"{count * arriving / 60 / one['minutes until all have arrived']:.1f}"
        if "nodes" in machine:
            assert f"{math.ceil(count / one['students on a node'])} nodes" in machine


def test_the_limits_hold_what_was_measured():
    (config,) = map(yaml.safe_load, blocks("yaml"))
    one, size = told(), {"M": 1024**2, "G": 1024**3}
    held, most = (
        int(text[:-1]) * size[text[-1]] / 1e6
        for text in (config["singleuser"]["memory"][key] for key in ("guarantee", "limit"))
    )
    server = one["MB of a JupyterLab server"]
    kernel = one["MB of a kernel after notebook 01 and a toggle"]
    notebooks = len([*(ROOT / "notebooks").glob("*.ipynb")])
    assert held >= 1.5 * (server + kernel) and most >= server + notebooks * kernel
    assert f"limits.memory {config['singleuser']['memory']['limit']}\n" in PAGE
    assert f"services.cull.timeout {config['cull']['timeout']}\n" in PAGE
    node = one["students on a node"]
    assert node * held < 0.9 * 64e3  # of the node's memory, and what is left for the system


@pytest.mark.slow
def test_the_image_is_one_that_repo2docker_would_build():
    (line,) = [
        line for text in blocks("bash") for line in text.splitlines() if "repo2docker" in line
    ]
    tool, *words, where = shlex.split(line)
    built = [Path(sysconfig.get_path("scripts"), tool), "--no-build", "--debug", *words, ROOT]
    done = subprocess.run(built, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    (config,) = map(yaml.safe_load, blocks("yaml"))
    image = config["singleuser"]["image"]
    assert f"--image-name {image['name']}:{image['tag']} " in line
    assert where == "." and done.stdout.rstrip().endswith(
        "pip install --no-cache-dir ./src . nbgitpuller"
    )


@pytest.mark.slow
def test_the_lesson_s_repository_is_made_as_the_page_says(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=":")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Teacher")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "teacher@example.org")
    (lines,) = [text for text in blocks("bash") if "git init" in text]
    subprocess.run(["bash", "-e", "-c", lines], cwd=tmp_path, check=True, capture_output=True)
    kept = subprocess.run(
        ["git", "ls-files"], cwd=tmp_path / "lesson", capture_output=True, text=True
    )
    assert [name for name in kept.stdout.split() if name.endswith(".json")] == []
    assert {path.name for path in (ROOT / "notebooks").glob("*.ipynb")} < {*kept.stdout.split()}
