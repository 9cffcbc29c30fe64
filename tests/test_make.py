"""The Makefile: every target has a rule, and what was asked for is what is installed."""

import os
import re
import shutil
import subprocess

import pytest
from conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
ABOVE = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "EXTRAS", "VENV", "PYTHON")
ALONE = {name: value for name, value in os.environ.items() if name not in ABOVE}  # of no other make
TARGETS = re.search(r"^\.PHONY: (lab.+)$", MAKEFILE, re.M)[1].split()


def make(*words):
    """What make would do: it runs nothing (-n)."""
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    return subprocess.run(
        ["make", "-n", *words], cwd=ROOT, capture_output=True, text=True, env=ALONE
    )


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_rule_and_help_lists_it(target, tmp_path):
    done = make(target, f"VENV={tmp_path}/venv")
    assert done.returncode == 0 and "Nothing to be done" not in done.stdout, done.stderr
    assert target == "help" or f'"make {target} ' in make("help").stdout


@pytest.mark.parametrize("target", ["test", "check", "coverage"])
def test_style_is_looked_at_after_the_tests(target):
    steps = make(target).stdout
    at = [
        steps.index(step)
        for step in ("-m pytest tests", "-m ruff check", "-m ruff format --check", "-m mypy")
    ]
    assert at == sorted(at)


def test_a_fault_of_one_checker_hides_none_of_another(tmp_path):
    """With checkers that all find one: each is run, and make fails."""
    assert make("lint").returncode == 0
    (tmp_path / "bin").mkdir()
    (tmp_path / ".ready-test").touch()
    for name in ("python", "lint-imports"):
        fake = tmp_path / "bin" / name
        fake.write_text('#!/bin/sh\necho "ran ${0##*/} $*"\nexit 1\n', encoding="utf-8")
        fake.chmod(0o755)
    words = ["make", "lint", f"VENV={tmp_path}", "CHECKERS="]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, env=ALONE)
    steps = ("ruff check", "ruff format", "lint-imports", "mypy", "browser/scripts.py")
    ran = [line for line in done.stdout.splitlines() if line.startswith("ran ")]
    assert done.returncode and len(ran) == len(steps)
    assert all(step in line for step, line in zip(steps, ran, strict=True))


def test_coverage_runs_what_test_runs_and_holds_its_bound():
    measured, plain = make("coverage").stdout, make("test").stdout
    bound = "--cov=frenemies --cov=heldto --cov-report=term:skip-covered --cov-fail-under=95"
    assert measured.count(bound) == 1 and "--cov" not in plain
    assert measured.replace(bound, "").split() == plain.split()


def test_new_copies_of_notebooks_are_asked_of_the_lab():
    assert "lab workbook --fresh 01 --fresh 03 --no-browser" in make(
        "lab", "FRESH=01 03", "LAB_OPTIONS=--no-browser"
    ).stdout.replace("  ", " ")


def test_other_extras_are_installed_although_some_were(tmp_path):
    (tmp_path / "bin").mkdir()
    for name in ("bin/python", ".ready-test"):
        (tmp_path / name).touch()
    both = (f"VENV={tmp_path}", "EXTRAS=test,classroom")
    assert "-e '.[" not in make("lint", f"VENV={tmp_path}").stdout
    assert "-e ./src -e '.[test,classroom]'" in make("lint", *both).stdout
    (tmp_path / ".ready-test+classroom").touch()
    assert "-e '.[" not in make("lint", *both).stdout


def test_without_the_checkers_testing_goes_on(tmp_path):
    """The rule that fetches them, run with an npm that finds no network."""
    fake, browser = tmp_path / "bin", tmp_path / "tests" / "browser"
    fake.mkdir()
    browser.mkdir(parents=True)
    (browser / "package.json").write_text("{}")
    (fake / "npm").write_text("#!/bin/sh\nexit 1\n")
    (fake / "npm").chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path)
    words = ["make", "tests/browser/node_modules/.ready", f"PATH={fake}:/usr/bin:/bin"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "no checkers" in done.stdout, done.stderr
    assert not (browser / "node_modules" / ".ready").exists()
