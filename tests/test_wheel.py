"""The built distributions alone check data, lay out notebooks and write handouts, in environments of their own; the engine also without the article."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes

import pytest
import yaml
from conftest import ROOT
from installed import built, installed, newest_python, put_together, run, wanted

import heldto

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheels():
    return built("wheel")


@pytest.fixture(scope="module")
def wheel(wheels):
    """That of the article."""
    return wheels["frenemies"]


@pytest.fixture(scope="module")
def sdists():
    return built("sdist")


@pytest.fixture(scope="module")
def bare(wheels, tmp_path_factory):
    """An environment with nothing but the wheels: what a student's kernel needs."""
    return put_together(tmp_path_factory.mktemp("bare"), *wanted(wheels))


@pytest.fixture(scope="module")
def clean(wheels, tmp_path_factory):
    """An environment with the wheels, and what the command line needs for handouts and checks."""
    return put_together(tmp_path_factory.mktemp("clean"), *wanted(wheels, "handouts", "validate"))


@pytest.fixture(scope="module")
def engine(wheels, tmp_path_factory):
    """An environment with the engine alone, on the oldest Python: the one that runs these tests."""
    what = f"heldto[handouts,validate] @ {wheels['heldto'].as_uri()}"
    return put_together(tmp_path_factory.mktemp("engine"), what)


@pytest.fixture(scope="module")
def newest(sdists, tmp_path_factory):
    """An environment of the newest Python at hand, with both installed from their sdists."""
    return installed(
        tmp_path_factory.mktemp("newest"), *wanted(sdists, "handouts"), python=newest_python()
    )


def _run(home, *words):
    return run(home, "frenemies", *words)


def test_the_wheel_carries_data_notebooks_and_licences(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "frenemies/_data/datapackage.json",
        "frenemies/_data/economic/trade.csv",
        "frenemies/_data/claims.csv",
        "frenemies/_data/sentences.csv",
        "frenemies/_notebooks/01_economic.ipynb",
        "frenemies/sections/economic/exercises.toml",
    ):
        assert name in names
    assert any(name.endswith("LICENSE-DATA") for name in names)
    assert not [name for name in names if name.startswith("heldto/")]
    assert not [name for name in names if name.endswith((".pyc", ".part")) or "checkpoint" in name]
    assert not [name for name in names if "questions" in name]  # with the lines that they ask for


def test_the_engine_s_wheel_is_free_of_the_article_and_under_one_licence(wheels):
    with zipfile.ZipFile(wheels["heldto"]) as archive:
        names = archive.namelist()
        (about,) = [name for name in names if name.endswith("METADATA")]
        told = message_from_bytes(archive.read(about))
    for name in (
        "heldto/toggles/toggle.js",
        "heldto/publish/lab_config/labconfig/default_setting_overrides.json",
        "heldto/publish/lab_config/jupyter_server_config.d/frenemies.json",
        "heldto/publish/lab_config/labextensions/frenemies/package.json",
        "heldto/publish/lab_config/labextensions/frenemies/static/remoteEntry.js",
    ):
        assert name in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"heldto"}
    assert told["License-Expression"] == "MIT" and "# heldto" in told.get_payload()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".part"))]
    tables = [name for name in names if name.endswith(".csv")]
    assert tables == ["heldto/publish/newarticle/start.csv"]  # figures in the public domain


def test_each_of_the_two_says_which_version_of_the_other_it_needs(wheels):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dependencies"][0] == f"heldto=={heldto.__version__}"
    assert {path.name.split("-")[1] for path in wheels.values()} == {heldto.__version__}
    assert (ROOT / "src" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


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


def test_installing_changes_nothing_of_the_environment_s_jupyterlab(wheels):
    assert not [
        name
        for wheel in wheels.values()
        for name in zipfile.ZipFile(wheel).namelist()
        if "share/jupyter" in name or "etc/jupyter" in name
    ]


def test_the_source_archive_carries_what_a_contributor_needs(sdists):
    with tarfile.open(sdists["frenemies"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "CONTRIBUTING.md",
        "README.md",
        "SECURITY.md",
        "try.html",
        "Makefile",
        "LICENSE-DATA",
        "data/datapackage.json",
        "tests/sample.py",
        "tools/bench.py",
        "src/pyproject.toml",
        "src/frenemies/questions.toml",
    } <= names
    assert not [name for name in names if "node_modules" in name or name.endswith(".pyc")]


def test_tests_run_from_the_unpacked_source_archive(sdists, tmp_path):
    """Its folders of tests are those of the Makefile, and some run, with its own code in the place of ours."""
    with tarfile.open(sdists["frenemies"]) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    makefile = (folder / "Makefile").read_text(encoding="utf-8")
    named = re.search(r"-m pytest (tests tools notebooks) --nbval", makefile)[1].split()
    plain = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    code = plain | {"PYTHONPATH": str(folder / "src")}
    common = {"cwd": folder, "env": code, "capture_output": True, "text": True}
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    assert [name for name in named if not (folder / name).is_dir()] == []
    some = ["tests/test_make.py", "tests/test_environment.py", "tools/test_gauges.py"]
    done = subprocess.run([*pytest_, *some], **common)
    assert done.returncode == 0, done.stdout[-3000:]


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


def test_the_cell_for_a_kernel_without_the_package_installs_the_wheels_and_then_does_nothing(
    wheels, tmp_path
):
    page = (ROOT / "docs" / "elsewhere.md").read_text(encoding="utf-8")
    (cell,) = re.findall(r"```python\n(.*?)```", page, flags=re.S)
    home = put_together(tmp_path, "ipython", "pip", "pandas", "seaborn")
    (home / "cell.ipy").write_text(cell + AFTER)
    copied = [shutil.copy(wheel, home) for wheel in wheels.values()]

    def shown():
        done = run(home, "ipython", "cell.ipy")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    first = shown()
    assert "As known in August 2019: PARTLY" in first and "<svg" in first
    for path in copied:
        os.remove(path)
    assert shown() in first


def test_without_an_extra_the_command_line_says_which(bare, wheels):
    done = _run(bare, "claims")
    says = f'This needs typer: pip install "frenemies[lab] @ {wheels["frenemies"].as_uri()}"\n'
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


NEW = ["--title", "The gas that binds", "--author", "A. Author", "--date", "2015-03-01"]


def test_with_the_engine_alone_an_article_of_one_s_own_goes_from_new_to_handouts_and_moodle(engine):
    assert run(engine, "python", "-c", "import frenemies").returncode == 1
    done = run(engine, "heldto", "new", "gas", *NEW, "--actors", "DEU,FRA,POL")
    assert done.returncode == 0, done.stderr
    folder = engine / "gas"
    for words, says in (
        (["claims"], "A1"),
        (["check"], ""),
        (["validate"], "OK"),
        (["seal", "--note", "nothing"], "A1"),
        (["handouts"], "index.html"),
        (["moodle", "out"], "moodle.xml"),
    ):
        done = run(engine, "heldto", *words, folder=folder)
        assert done.returncode == 0 and says in done.stdout, (words, done.stdout, done.stderr)
    assert (folder / "handouts" / "01_claims.html").is_file()
    for path in (folder / "handouts").glob("*.html"):
        assert "Best Worst Friends" not in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["claims", "--help"], []], ids=str)
def test_the_engine_s_command_speaks_of_itself_where_no_article_is_open(engine, words):
    done = run(engine, "heldto", *words)
    assert "heldto" in done.stdout and "frenemies" not in done.stdout and not done.stderr
    assert done.returncode == 0 or words == []


def test_a_command_that_needs_an_article_says_so_in_one_sentence(engine):
    done = run(engine, "heldto", "claims")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("no article is open: go to the folder of one")


def test_both_install_from_their_source_archives_on_the_newest_python(newest):
    done = _run(newest, "claims", "--claim", "E1")
    assert done.returncode == 0 and done.stdout.startswith("E1."), done.stderr
    done = _run(newest, "handouts", "00_start_here", "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "actorfig" in (newest / "out" / "00_start_here.html").read_text(encoding="utf-8")
    assert run(newest, "heldto", "--version").stdout == f"heldto {heldto.__version__}\n"
    assert _run(newest, "--version").stdout == f"frenemies {heldto.__version__}\n"
