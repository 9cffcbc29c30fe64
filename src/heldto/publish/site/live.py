"""JupyterLite with the notebooks: a kernel in the reader's browser, and no server behind it."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.request import urlopen

from jupyterlite_pyodide_kernel.constants import (
    PYODIDE_CDN_URL,
    PYODIDE_KERNEL_PLUGIN_ID,
    PYODIDE_PYTHON_VERSION,
    PYODIDE_VERSION,
)

from heldto import article
from heldto.errors import Problem
from heldto.evidence.paths import notebooks_dir
from heldto.publish import lab
from heldto.publish.site import wheels

PUBLIC = PYODIDE_CDN_URL
REMEDY = (
    f"name the folder, or the https address, of Pyodide {PYODIDE_VERSION} "
    "(docs/publish.md says where it comes from), or give --handouts-only"
)
HOME = str(PurePosixPath("/", "home", "pyodide"))  # as Pyodide has it, where nothing else is said
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
INSTALLED = Path(sys.prefix, "share", "jupyter", "labextensions")
KERNEL = INSTALLED / "@jupyterlite" / "pyodide-kernel-extension"
EXTENSIONS = (
    KERNEL,
    INSTALLED / "@jupyter-widgets" / "jupyterlab-manager",
    INSTALLED / "anywidget",
    Path(__file__).with_name("labextension"),
)
SETTINGS = Path(lab.__file__).parent / "lab_config/labconfig/default_setting_overrides.json"
LITE = tomllib.loads(Path(__file__).with_name("lite.toml").read_text(encoding="utf-8"))


class Pyodide:
    """A Pyodide by its address, or in a folder: its list of packages, and where its files are.

    Raises Problem where there is none, one of another version, or an address that is not https,
    at which somebody else could put another Python into readers' browsers.
    """

    def __init__(self, where: str) -> None:
        if where.lower().startswith("http://"):
            raise Problem(f"--pyodide {where}: an address begins with https://: {REMEDY}")
        self.where, self.remote = where.rstrip("/"), where.lower().startswith("https://")
        try:
            self.lock = json.loads(self.read(LOCK))
            python = self.lock["info"]["python"]
        except (OSError, ValueError, LookupError, TypeError):
            raise Problem(f"{where}: no {LOCK} can be read there: {REMEDY}") from None
        if not python.startswith(f"{PYODIDE_PYTHON_VERSION}."):
            raise Problem(f"{where} is a Pyodide of Python {python}: {REMEDY}")

    def read(self, file: str) -> bytes:
        """What one of its files holds. Raises OSError."""
        if self.remote:
            with urlopen(f"{self.where}/{file}", timeout=60) as answer:
                return answer.read()
        return Path(self.where, file).read_bytes()

    def file(self, name: str, digest: str = "") -> bytes:
        """A file of a folder; digest: the SHA-256 that it must have, where it is known."""
        try:
            content = self.read(name)
        except OSError:
            raise Problem(f"{self.where} has no {name}: {REMEDY}") from None
        if digest and hashlib.sha256(content).hexdigest() != digest:
            raise Problem(f"{self.where}: {name} is not the file of {LOCK}: {REMEDY}")
        return content


def write_lite(out: Path, room: Path, pyodide: Pyodide) -> None:
    """Build JupyterLite into a new folder. room: a folder for what is needed on the way.

    Raises Problem where a part of Pyodide is missing, or JupyterLite's command fails.
    """
    files = room / "files"
    files.mkdir(parents=True)
    for source in sorted(notebooks_dir().glob("[0-9][0-9]_*.ipynb")):
        (files / source.name).write_bytes(lab.copy(source))
    packages = room / "packages"
    _write_packages(packages, pyodide)
    digest = hashlib.sha256((packages / LOCK).read_bytes()).hexdigest()
    _write_settings(room, pyodide, f"./pyodide/{LOCK}?{digest[:8]}")  # no browser has an older one
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(out)]
    completed = subprocess.run(command, cwd=room, capture_output=True, text=True)
    if completed.returncode:
        lines = completed.stderr.strip().splitlines() or ["it says nothing"]
        raise Problem(f"jupyter lite build failed: {lines[-1]}")
    os.rename(packages, out / "pyodide")


def _write_settings(folder: Path, pyodide: Pyodide, packages: str) -> None:
    """What JupyterLite's command reads: how to build, and what the site is told, the address of its
    list of packages included.
    """
    kernel = LITE["kernel"] | {
        "loadPyodideOptions": {"lockFileURL": packages, "packages": _started()} | _opened(),
        "pyodideUrl": f"{pyodide.where if pyodide.remote else './pyodide'}/{CORE[0]}",
    }
    current = article.current()
    site_config = LITE["site"] | {"appName": current.named}
    site_config |= {"litePluginSettings": {PYODIDE_KERNEL_PLUGIN_ID: kernel}}
    site = {"jupyter-lite-schema-version": 0, "jupyter-config-data": site_config}
    build = LITE["build"] | {"federated_extensions": [str(path) for path in EXTENSIONS]}
    settings = json.loads(SETTINGS.read_text(encoding="utf-8"))
    settings |= LITE["settings"]
    _write(folder / "jupyter-lite.json", site)
    _write(folder / "jupyter_lite_config.json", {"LiteBuildConfig": build})
    _write(folder / "overrides.json", settings)


def _started() -> list[str]:
    """The packages that a kernel loads at its start, with what they need."""
    return [*LITE["started"], wheels.carrying_package()]


def _opened() -> dict[str, Any]:
    """Which article a kernel opens, where it is a plain folder: its notebooks name no package."""
    if article.current().is_package:
        return {}
    place = f"/lib/python{PYODIDE_PYTHON_VERSION}/site-packages/{article.current().package}"
    return {"env": {"HOME": HOME, article.NAMED: place}}


def _write_packages(folder: Path, pyodide: Pyodide) -> None:
    """The list of the packages that the kernel loads, our wheels, and its part of a Pyodide in a
    folder.
    """
    folder.mkdir()
    kernel_wheels = sorted((KERNEL / "static" / "pypi").glob("*.whl"))
    packages = wheels.lock_packages(pyodide.lock["packages"], kernel_wheels, PYODIDE_PYTHON_VERSION)
    for entry, wheel in packages.values():
        file, digest = entry["file_name"], entry["sha256"]
        if wheel is None and pyodide.remote:
            entry["file_name"] = f"{pyodide.where}/{file}"
        else:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(wheel or pyodide.file(file, digest))
    for file in () if pyodide.remote else CORE:
        (folder / file).write_bytes(pyodide.file(file))
    entries = {name: entry for name, (entry, _) in sorted(packages.items())}
    _write(folder / LOCK, pyodide.lock | {"packages": entries})


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
