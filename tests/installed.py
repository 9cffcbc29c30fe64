"""The two distributions built from this checkout, and environments that hold them: as a user installs them."""

import os
import shutil
import subprocess
import sys

from conftest import ROOT

SOURCES = {"heldto": ROOT / "src", "frenemies": ROOT}
NEWEST = 20  # none is newer


def built(kind, out):
    """Both as wheels, or as sdists: {distribution: its file}."""
    words = [f"--{kind}", "--outdir", out, *(["--installer", "uv"] if shutil.which("uv") else [])]
    for source in SOURCES.values():
        subprocess.run(
            [sys.executable, "-m", "build", *words, source], check=True, capture_output=True
        )
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
    """A folder with an environment that holds nothing but what was asked for."""
    uv, inside = shutil.which("uv"), home / "env" / "bin" / "python"
    made = [uv, "venv", "-q", "--python", python] if uv else [python, "-m", "venv"]
    subprocess.run([*made, home / "env"], check=True)
    pip = [uv, "pip", "install", "-q", "--python", inside] if uv else [inside, "-m", "pip"]
    pip += [] if uv else ["install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True, timeout=900)
    return home


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
