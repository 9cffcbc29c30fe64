"""What a release still lacks: `make release-check`."""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

HOUSE = "Best Worst Friends"  # signs nothing: a release needs people
DISTRIBUTIONS = {"frenemies": "pyproject.toml", "heldto": "src/pyproject.toml"}


def faults(root: Path) -> Iterator[str]:
    """One sentence for each thing that the release of the checkout at root lacks, with the file
    and the remedy. Nothing is built: `build_faults` does that.
    """
    version = _version(root)
    yield from _addresses(root)
    yield from _people(root)
    yield from _versions(root, version)
    yield from _changes(root, version)
    yield from _history(root, version)


def build_faults(root: Path) -> Iterator[str]:
    """One sentence for each of the two distributions that cannot be built from root."""
    for name, file in DISTRIBUTIONS.items():
        with tempfile.TemporaryDirectory() as out:
            command = [sys.executable, "-m", "build", "--outdir", out, (root / file).parent]
            done = subprocess.run(command, capture_output=True, text=True)
            made = {path.suffix for path in Path(out).iterdir()}
        if done.returncode or made != {".gz", ".whl"}:
            last = (done.stdout + done.stderr).strip().splitlines()[-1:]
            yield f"{file}: {name} cannot be built: {''.join(last)}"


def _text(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def _version(root: Path) -> str:
    return re.findall(r'^__version__ = "(.+)"', _text(root, "src/heldto/__init__.py"), re.M)[0]


def _project(root: Path, file: str) -> dict:
    return tomllib.loads(_text(root, file))["project"]


def _addresses(root: Path) -> Iterator[str]:
    for file in DISTRIBUTIONS.values():
        if not _project(root, file).get("urls"):
            yield f"{file}: no address: write Repository and Documentation under [project.urls]"
    if "repository-code" not in yaml.safe_load(_text(root, "CITATION.cff")):
        yield "CITATION.cff: no address: write repository-code"


def _people(root: Path) -> Iterator[str]:
    cited = yaml.safe_load(_text(root, "CITATION.cff"))["authors"]
    if any(not {"family-names", "given-names", "orcid"} <= {*one} for one in cited):
        yield "CITATION.cff: authors: each needs family-names, given-names and orcid"
    head = yaml.safe_load(_text(root, "paper.md").split("---")[1])
    if any(one["name"] == HOUSE or "orcid" not in one for one in head["authors"]):
        yield "paper.md: authors: each is a person, with orcid and affiliation"
    if any(one["name"] == HOUSE for one in head["affiliations"]):
        yield "paper.md: affiliations: write where the authors work"
    for file in DISTRIBUTIONS.values():
        if any(one["name"] == HOUSE for one in _project(root, file)["authors"]):
            yield f"{file}: authors: write the people who answer for the release"


def _versions(root: Path, version: str) -> Iterator[str]:
    if f"heldto=={version}" not in _project(root, "pyproject.toml")["dependencies"]:
        yield f"pyproject.toml: dependencies: write heldto=={version}"
    if yaml.safe_load(_text(root, "CITATION.cff"))["version"] != version:
        yield f"CITATION.cff: version: write {version}, as in src/heldto/__init__.py"


def _changes(root: Path, version: str) -> Iterator[str]:
    text = _text(root, "CHANGELOG.md")
    dated = re.findall(rf"^## \[{re.escape(version)}\] - (\d{{4}}-\d\d-\d\d)$", text, re.M)
    cited = str(yaml.safe_load(_text(root, "CITATION.cff"))["date-released"])
    if not dated:
        yield f"CHANGELOG.md: write a part ## [{version}] with its day"
    elif dated != [cited]:
        yield f"CHANGELOG.md: {dated[0]} is another day than {cited} in CITATION.cff"
    waiting = re.search(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    if waiting and waiting[1].strip():
        yield f"CHANGELOG.md: move what stands under Unreleased to {version}"


def _history(root: Path, version: str) -> Iterator[str]:
    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True)
        return done.stdout.strip()

    if git("status", "--porcelain"):
        yield "the checkout has changes: commit them first"
    if f"v{version}" not in git("tag", "--points-at", "HEAD").split():
        yield f"no tag: git tag -s v{version}, once all else is there"
