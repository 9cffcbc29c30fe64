"""The two distributions built from this checkout, and environments that hold them: as a user installs them."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlparse

from conftest import ROOT
from filelock import FileLock
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SOURCES = {"heldto": ROOT / "src", "frenemies": ROOT}
NEWEST = 20  # none is newer


def built(kind):
    """Both as wheels, or as sdists, built once for all workers: {distribution: its file}."""
    out = Path(os.environ["FRENEMIES_TESTS_SHARED"]) / f"built-{kind}"
    words = [f"--{kind}", *(["--installer", "uv"] if shutil.which("uv") else [])]
    with FileLock(f"{out}.lock"):
        for source in SOURCES.values() if not out.exists() else ():
            to = ["--outdir", f"{out}.part"]
            subprocess.run(
                [sys.executable, "-m", "build", *words, *to, source],
                check=True,
                capture_output=True,
            )
        if not out.exists():
            os.rename(f"{out}.part", out)
    found = {path.name.partition("-")[0]: path for path in out.iterdir()}
    assert found.keys() == SOURCES.keys()
    return found


def wanted(files, *extras):
    """What to install for both, the article with extras."""
    with_extras = f"frenemies[{','.join(extras)}]" if extras else "frenemies"
    return [
        f"heldto @ {files['heldto'].as_uri()}",
        f"{with_extras} @ {files['frenemies'].as_uri()}",
    ]


def installed(home, *what, python=sys.executable):
    """A folder with an environment that holds nothing but what was asked for, which pip finds out and fetches."""
    uv, inside = shutil.which("uv"), home / "env" / "bin" / "python"
    made = [uv, "venv", "-q", "--python", python] if uv else [python, "-m", "venv"]
    subprocess.run([*made, home / "env"], check=True)
    pip = [uv, "pip", "install", "-q", "--python", inside] if uv else [inside, "-m", "pip"]
    pip += [] if uv else ["install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True, timeout=900)
    return home


def put_together(home, *what):
    """As installed, for the Python that runs: what others wrote is not fetched again, it is what pip put into this environment, file by file.

    What each distribution needs is read from what it says of itself, ours from their wheels. Where this environment lacks one, or has one of a version that does not do, pip does it all.
    """
    wheels = [Path(unquote(urlparse(one.url).path)) for one in map(Requirement, what) if one.url]
    try:
        found = _needed(what, wheels)
    except metadata.PackageNotFoundError:
        return installed(home, *what)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "env"], check=True)
    where = {"base": home / "env", "platbase": home / "env"}
    site = Path(sysconfig.get_path("purelib", "venv", vars=where))
    for distribution in found:
        for file in distribution.files:
            _put(Path(distribution.locate_file(file)), Path(os.path.normpath(site / file)), home)
    if wheels:
        pip = [sys.executable, "-m", "pip", "--python", home / "env" / "bin" / "python", "install"]
        quick = ["--no-deps", "--no-index", "--no-compile", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, *quick, *(one for one in what if Requirement(one).url)], check=True)
    return home


def _needed(what, wheels):
    """The distributions of others that some requirements come to. A version that does not do is as if there were none."""
    ours = {}
    for wheel in wheels:
        (about,) = [one for one in zipfile.Path(wheel).iterdir() if one.name.endswith("-info")]
        ours[canonicalize_name(wheel.name.partition("-")[0])] = metadata.PathDistribution(about)
    seen, found, waiting = set(), {}, [Requirement(one) for one in what]
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        one = ours.get(name) or metadata.distribution(name)
        if not asked.specifier.contains(one.version, prereleases=True) or one.files is None:
            raise metadata.PackageNotFoundError(str(asked))
        if name not in ours:
            found[name] = one
        for extra in {"", *asked.extras} - {known for which, known in seen if which == name}:
            seen.add((name, extra))
            for line in map(Requirement, one.requires or []):
                if line.marker is None or line.marker.evaluate({"extra": extra}):
                    waiting.append(line)
    return found.values()


def _put(source, target, home):
    """A file of this environment at its place in that of home; a script names the other's Python."""
    if not source.exists():  # compiled by another version
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.parent == home / "env" / "bin" and source.read_bytes()[:2] == b"#!":
        _, _, rest = source.read_text(encoding="utf-8").partition("\n")
        target.write_text(f"#!{target.parent / 'python'}\n{rest}", encoding="utf-8")
        target.chmod(0o755)
    else:
        try:
            os.link(source, target)
        except OSError:  # on another disk
            shutil.copy2(source, target)


def newest_python():
    """The newest Python at hand that is newer than the one that runs; else that one."""
    for minor in range(NEWEST, sys.version_info.minor, -1):
        found = shutil.which(f"python3.{minor}")
        if found and not subprocess.run([found, "-c", ""], capture_output=True).returncode:
            return found
    return sys.executable


def alone(home):
    """The variables of a machine that knows nothing of this checkout."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FRENEMIES", "HELDTO", "PYTHON", "COV", "JUPYTER", "VIRTUAL_ENV"))
    }
    return kept | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PATH": f"{home / 'env' / 'bin'}:{os.environ['PATH']}",
    }


def run(home, command, *words, folder=None, timeout=300):
    """What a command of the environment does in a folder, or in the one that holds the environment: its status, output and errors."""
    return subprocess.run(
        [home / "env" / "bin" / command, *words],
        cwd=folder or home,
        env=alone(home),
        capture_output=True,
        text=True,
        timeout=timeout,
    )
