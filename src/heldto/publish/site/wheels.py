"""The packages of a kernel in the browser: ours and those it needs, made from what is installed
here, and the compiled ones of Pyodide.
"""

import hashlib
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator
from importlib.metadata import distribution, requires
from pathlib import Path
from typing import Any

import networkx as nx
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from heldto import article
from heldto.evidence.paths import data_dir
from heldto.extras import DISTRIBUTION
from heldto.publish.handouts.build import below

COMPILED = ("matplotlib", "micropip", "numpy", "pandas")  # by Pyodide, with what they need
BROWSER = {"extra": "", "platform_system": "Emscripten", "sys_platform": "emscripten"}
LEFT_OUT = {"..", "__pycache__", "tests", "_data", "_docs", "_notebooks"}
LEFT_OUT |= {"questions.toml"}  # as of our own wheel: a student has no lines that are asked for
LEFT_OUT |= {"RECORD", "direct_url.json", "uv_build.json", "uv_cache.json"}  # of this machine
BINARY = {".pth", ".pyc", ".pyd", ".so"}  # of packages that do without, and are slower
PLAIN = {".toml", ".csv", ".py"}  # what it may hold beside its tables and notebooks
KIND = {"install_dir": "site", "package_type": "package", "unvendored_tests": False}
Entry = dict[str, Any]


def lock_packages(official: dict[str, Entry], given: Iterable[Path], python: str) -> dict[str, Any]:
    """What a kernel in the browser loads: {name: (entry of Pyodide's list of packages, its wheel,
    None for one of Pyodide's own)}.

    official: the packages of Pyodide's list; given: wheels of the kernel; python: its version.
    """
    packages: dict[str, Any] = {
        name: (official[name], None) for name in with_dependencies(COMPILED, official)
    }
    for path in given:
        name, version, _ = path.name.split("-", 2)
        packages[canonicalize_name(name)] = _entered(name, version, path.name, path.read_bytes())
    queue = [carrying_package(), "ipython"]
    while queue:
        if (name := queue.pop()) in packages:
            continue
        needs, version = [*_needs(name, python)], distribution(name).version
        file = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        packages[name] = _entered(name, version, file, packed(name), needs)
        queue += needs
    return packages


def carrying_package() -> str:
    """The package whose wheel has the article with its tables in it; the engine's, where the
    article is a plain folder.
    """
    current = article.current()
    return current.package if current.is_package else DISTRIBUTION


def with_dependencies(names: Collection[str], official: dict[str, Entry]) -> set[str]:
    """Names of Pyodide's packages, and of all that they need."""
    needs = nx.DiGraph({name: entry["depends"] for name, entry in official.items()})
    return {*names}.union(*(nx.descendants(needs, name) for name in names))


def _needs(name: str, python: str) -> Iterator[str]:
    """Names of the packages that an installed one needs in the browser."""
    environment = BROWSER | {"python_version": python, "python_full_version": f"{python}.0"}
    for line in requires(name) or ():
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate(environment):
            yield canonicalize_name(need.name)


def _entered(
    name: str, version: str, file: str, wheel: bytes, needs: Iterable[str] = ()
) -> tuple[Entry, bytes]:
    digest = hashlib.sha256(wheel).hexdigest()
    place = f"{digest[:8]}/{file}"  # a new version of the site is at no old address
    entry = {"name": name, "version": version, "file_name": place, "sha256": digest}
    return entry | {"depends": [*needs], "imports": []} | KIND, wheel


def packed(name: str) -> bytes:
    """An installed package as a wheel: the same bytes each time, without what is compiled."""
    files = distribution(name).files or []
    package_files = [
        file for file in files if not LEFT_OUT & {*file.parts} and file.suffix not in BINARY
    ]
    path_by_place = {file.as_posix(): Path(str(file.locate())) for file in package_files}
    if name == DISTRIBUTION:  # its files may lie in a checkout, as those of the article
        path_by_place |= _under(Path(article.__file__).parent, DISTRIBUTION)
    if name == carrying_package():
        path_by_place |= _article_files()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for place, path in sorted(path_by_place.items()):
            archive.writestr(zipfile.ZipInfo(place), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _article_files() -> dict[str, Path]:
    """The article's files by their place in a wheel: of a package with its data inside it, or of a
    plain folder.
    """
    current = article.current()
    if current.is_package:
        package = _under(current.folder, current.package)
        return package | _under(data_dir(), f"{current.package}/_data")
    parts = [path for path in current.folder.iterdir() if path.is_file()]
    files = {f"{current.package}/{path.name}": path for path in parts if path.suffix in PLAIN}
    return files | _under(data_dir(), f"{current.package}/data")


def _under(folder: Path, name: str) -> dict[str, Path]:
    """Files below a folder by their place in a wheel, where it has this name."""
    files = below(folder).items()
    return {
        f"{name}/{place}": path for place, path in files if LEFT_OUT.isdisjoint(place.split("/"))
    }
