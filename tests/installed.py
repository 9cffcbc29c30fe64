"""Distributions built from this checkout, and environments that hold them: as a user installs them."""

import os
import shutil
import subprocess
import sys

from conftest import ROOT


def built(kind, out):
    """The package as a wheel, or as an sdist."""
    words = [f"--{kind}", "--outdir", out, *(["--installer", "uv"] if shutil.which("uv") else [])]
    subprocess.run([sys.executable, "-m", "build", *words, ROOT], check=True, capture_output=True)
    (found,) = out.iterdir()
    return found


def installed(home, *what):
    """A folder with an environment that holds nothing but what was asked for."""
    uv, python = shutil.which("uv"), home / "env" / "bin" / "python"
    made = [uv, "venv", "-q", "--python"] if uv else [sys.executable, "-m", "venv"]
    subprocess.run([*made, *([sys.executable] if uv else []), home / "env"], check=True)
    pip = [uv, "pip", "install", "-q", "--python", python] if uv else [python, "-m", "pip"]
    pip += [] if uv else ["install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True, timeout=900)
    return home


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


def run(home, command, *words, timeout=300):
    """What a command of the environment does in the folder: its status, output and errors."""
    return subprocess.run(
        [home / "env" / "bin" / command, *words],
        cwd=home,
        env=alone(home),
        capture_output=True,
        text=True,
        timeout=timeout,
    )
