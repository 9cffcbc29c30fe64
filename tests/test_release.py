"""What a release lacks is named, and nothing else is."""

import re
import shutil
import subprocess

import pytest
from conftest import ROOT
from upkeep import release

FILES = ["CHANGELOG.md", "CITATION.cff", "paper.md", "pyproject.toml", "src/pyproject.toml"]
FILES += ["src/heldto/__init__.py"]
PERSON = "family-names: Doe\n    given-names: Jo\n    orcid: https://orcid.org/0000-0000-0000-0000"
VERSION = release._version(ROOT)


@pytest.fixture
def ready(tmp_path):
    """A checkout with everything that a release needs, and change(file, before, after) for it."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)

    def change(name, before, after):
        path = tmp_path / name
        text, count = re.subn(before, after, path.read_text(encoding="utf-8"), flags=re.M | re.S)
        assert count, (name, before)
        path.write_text(text, encoding="utf-8")

    for name in ("pyproject.toml", "src/pyproject.toml"):
        change(name, r'authors = \[\{ name = "[^"]+"', 'authors = [{ name = "Jo Doe"')
        change(
            name, r"\[project.scripts\]", '[project.urls]\nRepository = "x"\n\n[project.scripts]'
        )
    change("CITATION.cff", r"name: Best Worst Friends$", PERSON)
    change("CITATION.cff", r"\Z", "repository-code: x\n")
    change(
        "paper.md",
        r"  - name: Best Worst Friends\n    aff",
        "  - name: Jo Doe\n    orcid: x\n    aff",
    )
    change("paper.md", r"  - name: Best Worst Friends\n    index", "  - name: A house\n    index")
    change("CHANGELOG.md", r"## \[Unreleased\].*?(?=## \[)", "## [Unreleased]\n\n")
    git = ["git", "-C", tmp_path, "-c", "user.name=x", "-c", "user.email=x"]
    for words in ("init -q", "add .", "commit -qm x", f"tag v{VERSION}"):
        subprocess.run([*git, *words.split()], check=True)
    return tmp_path, change


def test_nothing_is_missing_where_all_is_there(ready):
    assert [*release.faults(ready[0])] == []


CASES = [
    ("pyproject.toml", r"\[project.urls\]", "[project.other]", "[project.urls]"),
    ("src/pyproject.toml", "Jo Doe", release.HOUSE, "src/pyproject.toml: authors"),
    ("pyproject.toml", "heldto==", "heldto>=", f"write heldto=={VERSION}"),
    ("CITATION.cff", "orcid:", "email:", "CITATION.cff: authors"),
    ("CITATION.cff", "repository-code", "note", "write repository-code"),
    ("CITATION.cff", r"^version: .*?$", "version: 0.1", "CITATION.cff: version"),
    ("paper.md", "Jo Doe", release.HOUSE, "paper.md: authors"),
    ("paper.md", "A house", release.HOUSE, "paper.md: affiliations"),
    ("CHANGELOG.md", r"^## \[Unreleased\]\n", "## [Unreleased]\n\n- more\n", "under Unreleased"),
    ("CHANGELOG.md", rf"^## \[{VERSION}\] - [\d-]+", "## [9.9.9] - 2026-01-01", "write a part"),
]


@pytest.mark.parametrize(("file", "before", "after", "said"), CASES)
def test_what_is_missing_is_named(ready, file, before, after, said):
    root, change = ready
    change(file, before, after)
    lines = [*release.faults(root)]
    assert any(said in line for line in lines), lines
    assert "the checkout has changes: commit them first" in lines


def test_a_missing_tag_is_named(ready):
    subprocess.run(["git", "-C", ready[0], "tag", "-d", f"v{VERSION}"], check=True)
    assert [*release.faults(ready[0])] == [f"no tag: git tag -s v{VERSION}, once all else is there"]


@pytest.mark.slow
def test_both_distributions_build():
    assert [*release.build_faults(ROOT)] == []
