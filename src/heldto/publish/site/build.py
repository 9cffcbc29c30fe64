"""One static folder with all of it: written whole beside its place, and then put there."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from heldto import article
from heldto.errors import Problem, or_else, write_atomic
from heldto.evidence import actors
from heldto.evidence.paths import data_dir
from heldto.publish.handouts import command, listing, seminar_zip
from heldto.publish.handouts.build import Settings, below, put
from heldto.publish.open_only import open_files
from heldto.publish.site import front, offline
from heldto.templates import render
from heldto.tr import tr

if TYPE_CHECKING:  # loaded when a site has live notebooks: handouts alone need no Pyodide
    from heldto.publish.site.live import Pyodide

OURS = "frenemies-site.json"  # a folder that holds it is a site of ours
PLACE = re.compile(r"(https://[^/?#\s]+)?/((?!/)[^?#\s]*/)?").fullmatch  # a path, or an address


def check_target(out: Path, base_url: str) -> None:
    """Raise Problem where the site cannot go to a folder, or not to such an address."""
    if base_url and not PLACE(base_url):
        problem = (
            f"--base-url {base_url}: begin it with a slash or https://, and end it with a slash"
        )
        raise Problem(f'{problem}, as in "/seminar/" or "https://example.org/seminar/"')
    if out.exists() and not out.is_dir() or _taken(out):
        raise Problem(f"{out} has something that is not a site of ours: name a new folder")


def _taken(out: Path) -> bool:
    return out.is_dir() and any(out.iterdir()) and not (out / OURS).is_file()


@or_else("make room there, or name another folder")
def write_site(
    out: Path,
    handouts: Path,
    students: Path,
    pyodide: "Pyodide | None",
    base_url: str = "",
    open_only: bool = False,
) -> None:
    """Write a site into a folder that is new, empty, or a site of ours; where that fails it is as
    before.

    handouts, students: folders of their pages, as `frenemies handouts` writes them; pyodide: of the
    live notebooks, None for a site without them; base_url: the site's path, or its address;
    open_only: whether the zip of the data holds openly licensed tables alone. Raises Problem.
    """
    with _placed(out) as draft, tempfile.TemporaryDirectory(dir=draft.parent) as scratch:
        shutil.copytree(handouts, draft / "handouts")
        companions = [("../index.html", tr("Front page")), *seminar_zip.pages_beside().items()]
        index = listing.index_html(handouts, beside=companions, served=bool(pyodide))
        write_atomic(draft / "handouts" / "index.html", index)
        student_files = below(students).values()
        seminar_zip.seminar(
            students, student_files, draft / "downloads" / "seminar.zip", keyed=False
        )
        address = _address(base_url)
        plans = address and f"{address}seminar/"
        for name, content in seminar_zip.companion_pages(pages_address(base_url)).items():
            put(draft / "handouts" / name, content)
        notebooks = f"../{front.LIVE}" if pyodide else ""
        for name, text in seminar_zip.lecturer_files("../handouts/", notebooks, plans, keyed=False):
            put(draft / "seminar" / name, text.encode())
        if cards := article.hook("role_cards"):
            put(draft / "seminar" / "role-cards.html", cards(*actors.ALL).encode())
        put(draft / "downloads" / "data.zip", _data(open_only))
        if pyodide:
            from heldto.publish.site import live

            live.write_lite(draft / "live", Path(scratch), pyodide)
        if base_url:
            write_atomic(draft / "404.html", render("site_lost.html.j2", base_url=base_url))
        front_page = front.front_html(draft / "handouts", live=bool(pyodide), open_only=open_only)
        write_atomic(draft / "index.html", front_page)
        offline.write_offline(draft, OURS, worker=bool(pyodide))


def _address(base_url: str) -> str:
    """The whole address of a site; "" where only its path is known."""
    return base_url if base_url.startswith("https:") else ""


def pages_address(base_url: str) -> str:
    """The whole address of the folder of a site's handouts; "" where it is not known."""
    address = _address(base_url)
    return address and f"{address}handouts/"


def _data(open_only: bool) -> bytes:
    """The data package as a zip, whole or the openly licensed tables alone."""
    paths = {} if open_only else below(data_dir())
    contents = (
        open_files() if open_only else {name: path.read_bytes() for name, path in paths.items()}
    )
    return seminar_zip.zipped(f"{article.current().package}-data", contents)


@contextmanager
def _placed(out: Path) -> Iterator[Path]:
    """A new folder beside another one, which takes its place if all went well."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".making-") as scratch:
        draft, old = Path(scratch) / "site", Path(scratch) / "old"
        draft.mkdir()
        yield draft
        if out.exists():
            os.rename(out, old)
        try:
            os.rename(draft, out)
        except OSError:
            if old.exists():
                os.rename(old, out)
            raise


def run_site(
    out: str | Path,
    pyodide: str = "",
    base_url: str = "",
    handouts_only: bool = False,
    open_only: bool = False,
) -> bool:
    """Write the site, say what was written, and say whether all went well.

    handouts_only: without the live notebooks, for which a Pyodide is read; open_only: without the
    tables that have no open licence, which these notebooks would bring. Raises Problem for what
    cannot be made; then the folder is as it was.
    """
    folder = Path(out)
    check_target(folder, base_url)
    if open_only and not handouts_only:
        raise Problem("--open-only: notebooks that run contain every table, so add --handouts-only")
    if handouts_only and pyodide:
        raise Problem(
            "--handouts-only does not use Pyodide: leave out --pyodide, or --handouts-only"
        )
    runtime = None if handouts_only else _pyodide(pyodide)
    live = f"../{front.LIVE}" if runtime else ""
    settings = Settings(live=live, open_only=open_only, site=pages_address(base_url))
    notebooks = command.chosen_notebooks([])
    with tempfile.TemporaryDirectory(prefix="heldto-") as scratch:
        handouts, students = Path(scratch, "handouts"), Path(scratch, "students")
        results = command.with_progress(notebooks, handouts, settings)
        results += command.with_progress(
            notebooks, students, replace(settings, edition="student", live="")
        )
        faults = [result.fault for result in results if result.fault]
        for fault in faults:
            print(f"failed: {fault}")
        if not faults:
            write_site(folder, handouts, students, runtime, base_url, open_only)
            print(_site_report(folder, live=bool(runtime)))
    return not faults


def _pyodide(where: str) -> "Pyodide":
    """The Pyodide that is named, or that of JupyterLite's public address."""
    from heldto.publish.site import live

    return live.Pyodide(where or live.PUBLIC)


def _site_report(folder: Path, live: bool) -> str:
    """What was written, how to look at it, and what to do with it."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    runs = ", and the notebooks, which run in the browser" if live else ""
    look = (
        f"python3 -m http.server --directory {folder}, then open http://localhost:8000"
        if live
        else f"open {folder / 'index.html'} by a double click"
    )
    return "\n".join(
        [
            f"{folder} is the site ({size / 1e6:.0f} MB): front page, handouts, seminar kit{runs}.",
            f"To look at it: {look}.",
            "To publish it: copy the folder to any web host (docs/publish.md).",
        ]
    )
