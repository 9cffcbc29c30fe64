"""The built wheel alone can check its data, lay out the notebooks and write a handout, in an environment of its own."""

import os
import re
import shutil
import tarfile
import tomllib
import zipfile
from email import message_from_bytes

import pytest
import yaml
from conftest import ROOT
from installed import built, installed, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return built("wheel", tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def bare(wheel, tmp_path_factory):
    """An environment with nothing but the wheel: what a student's kernel needs."""
    return installed(tmp_path_factory.mktemp("bare"), wheel)


@pytest.fixture(scope="module")
def clean(wheel, tmp_path_factory):
    """An environment with the wheel, and what its command line needs for handouts and checks."""
    return installed(
        tmp_path_factory.mktemp("clean"), f"frenemies[handouts,validate] @ {wheel.as_uri()}"
    )


def _run(home, *words):
    return run(home, "frenemies", *words)


def test_the_wheel_carries_data_notebooks_and_licences(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "frenemies/_data/datapackage.json",
        "frenemies/_data/economic/trade.csv",
        "frenemies/_notebooks/01_economic.ipynb",
        "heldto/toggles/toggle.js",
        "frenemies/sections/economic/exercises.toml",
        "heldto/publish/lab_config/labconfig/default_setting_overrides.json",
        "heldto/publish/lab_config/jupyter_server_config.d/frenemies.json",
        "heldto/publish/lab_config/labextensions/frenemies/package.json",
        "heldto/publish/lab_config/labextensions/frenemies/static/remoteEntry.js",
    ):
        assert wanted in names
    assert any(name.endswith("LICENSE-DATA") for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".part")) or "checkpoint" in name]
    assert not [name for name in names if "questions" in name]  # with the lines that they ask for


def test_the_wheel_names_each_licence_that_holds_for_a_part_of_it_and_carries_it(wheel):
    reuse = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))
    held = {part["SPDX-License-Identifier"] for part in reuse["annotations"]}
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith("METADATA")]
        told = message_from_bytes(archive.read(name))
        carried = archive.namelist()
    assert {*told["License-Expression"].split(" AND ")} == held and len(held) > 1
    for one in held:
        assert f"LICENSES/{one}.txt" in told.get_all("License-File")
        assert any(file.endswith(f"/LICENSES/{one}.txt") for file in carried)
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert "license" not in citation  # one alone would be said of all of it


def test_installing_changes_nothing_of_the_environment_s_jupyterlab(wheel):
    assert not [
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if "share/jupyter" in name or "etc/jupyter" in name
    ]


def test_the_source_archive_carries_what_a_contributor_needs(tmp_path):
    with tarfile.open(built("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "CONTRIBUTING.md",
        "README.md",
        "SECURITY.md",
        "Makefile",
        "LICENSE-DATA",
        "data/datapackage.json",
        "tests/sample.py",
        "src/frenemies/questions.toml",
    } <= names
    assert not [name for name in names if "node_modules" in name or name.endswith(".pyc")]


def test_an_index_shows_a_readme_without_links_that_lead_nowhere(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith("METADATA")]
        text = archive.read(name).decode()
    assert "# Best Worst Friends" in text and "make lab" in text
    assert re.findall(r"\]\((?!https?:)", text) == []


IN_A_KERNEL = """
import importlib.util
import frenemies as fr
from frenemies import economic
fr.explore(economic.partners_picture)
print(fr.verdict("E4"), fr.guess("E4"), fr.exercise("E3-rank"), fr.check("E3-rank", 10), fr.actor_bar("economic"))
mine = fr.Claim("China trades more", rule="at_least", holds=90, unit="%")
print(mine.seal(), mine.verdict(91), fr.export(mine, economic.mirror_picture()))
print([name for name in ("jupyterlab", "nbconvert", "nbformat", "typer") if importlib.util.find_spec(name)])
"""


def test_a_kernel_needs_no_jupyterlab_no_nbconvert_and_no_typer(bare):
    done = run(bare, "python", "-c", IN_A_KERNEL)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


AFTER = """
import frenemies as fr
from frenemies import economic
print(fr.verdict("E1"), economic.partners_picture().svg[:4])
"""


def test_the_cell_for_a_kernel_without_the_package_installs_the_wheel_and_then_does_nothing(
    wheel, tmp_path
):
    page = (ROOT / "docs" / "elsewhere.md").read_text(encoding="utf-8")
    (cell,) = re.findall(r"```python\n(.*?)```", page, flags=re.S)
    home = installed(tmp_path, "ipython", "pip", "pandas", "seaborn")
    (home / "cell.ipy").write_text(cell + AFTER)
    copied = shutil.copy(wheel, home)

    def shown():
        done = run(home, "ipython", "cell.ipy")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    first = shown()
    assert "As known in August 2019: PARTLY" in first and "<svg" in first
    os.remove(copied)
    assert shown() in first


def test_without_an_extra_the_command_line_says_which(bare, wheel):
    done = _run(bare, "claims")
    says = f'This needs typer: pip install "frenemies[lab] @ {wheel.as_uri()}"\n'
    assert (done.returncode, done.stderr) == (2, says)


def test_the_wheel_alone_validates_its_data(clean):
    done = _run(clean, "validate")
    assert (done.returncode, done.stdout[:3]) == (0, "OK:"), done.stderr


def test_where_the_questions_are_left_out_it_is_said_where_they_are(clean):
    done = _run(clean, "assignment", "course")
    assert done.returncode == 2 and not (clean / "course").exists()
    assert done.stderr.startswith(
        "questions.toml is left out of an installed package: name it with"
    )
    shutil.copy(ROOT / "src" / "frenemies" / "questions.toml", clean)
    done = _run(clean, "assignment", "course", "--questions", "questions.toml")
    assert done.returncode == 0 and (clean / "course" / "README.md").exists(), done.stderr


def test_the_wheel_alone_lays_out_the_notebooks(clean):
    done = _run(clean, "lab", "workbook", "--only-copy")
    assert done.returncode == 0, done.stderr
    assert "laid out 04_verdict.ipynb" in done.stdout


def test_the_wheel_alone_writes_a_handout(clean):
    done = _run(clean, "handouts", "00_start_here", "--out", "out")
    assert done.returncode == 0, done.stderr
    page = (clean / "out" / "00_start_here.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page and "actorfig" in page


def test_the_wheel_alone_runs_the_lab(clean):
    done = run(clean, "python", "-m", "jupyterlab", "--version")
    assert done.returncode == 0
    assert done.stdout.startswith("4.")
