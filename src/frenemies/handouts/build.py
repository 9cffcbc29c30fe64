"""Handouts of many notebooks: executed in parallel, kept by content, each written whole or not at all."""

import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from frenemies import whole
from frenemies.handouts import LIMIT
from frenemies.places import Problem, data_dir, docs_dir

PACKAGE = Path(__file__).resolve().parents[1]
TOOLS = ("matplotlib", "nbconvert", "numpy", "pandas", "seaborn")
UNIX = 3  # the system whose rights a zip records
OUTER = 900  # seconds a notebook may take in all
ROOM = "make room there, or name another folder with --out"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "no PDF: no Chromium found (looked for chromium, chromium-browser, google-chrome); the HTML files print well from any browser"


@dataclass
class Made:
    """What became of one notebook: its files, or the line that says why there are none; kept: whether it came from the cache."""

    name: str
    files: list
    fault: str = ""
    kept: bool = False
    about: dict | None = None


def cache_dir():
    """Folder of what was made before: $XDG_CACHE_HOME/frenemies, or ~/.cache/frenemies."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "frenemies"


def _digest(*parts):
    made = hashlib.sha256()
    for part in parts:
        part = part.encode() if isinstance(part, str) else part
        made.update(str(len(part)).encode() + b":" + part)
    return made.hexdigest()


def _tree(folder, suffixes):
    """One digest of all files below a folder that have one of the suffixes."""
    carried = {"_data", "_notebooks", "__pycache__"}
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in suffixes and not carried & set(path.relative_to(folder).parts)
    )
    return _digest(*(item for path in files for item in (path.relative_to(folder).as_posix(), path.read_bytes())))


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def surroundings():
    """A digest of everything but the notebook that a handout is made from: data, package, template, tools."""
    tools = [f"{name} {_version(name)}" for name in TOOLS]
    return _digest(
        _tree(data_dir(), {".csv", ".json"}),
        _tree(PACKAGE, {".py", ".js", ".css", ".j2", ".json"}),
        *tools,
        sys.version,
    )


def handouts(notebooks, out, edition="handout", pdf=False, jobs=None, limit=LIMIT, outer=OUTER, told=lambda made: None):
    """Write the handouts of some notebooks into a folder, and an index of them. Returns a list of Made, in the order given.

    out: path of the folder, made where there is none; edition: handout, student or instructor; limit: seconds a cell may
    take; outer: seconds a notebook may take; told: called with each Made as it is done. One that fails, or for which there
    is no room, leaves what was there before; the others are written. Raises OSError where `out` can be no folder.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    around, browser = surroundings(), browser_path() if pdf else None
    tasks = [Task(Path(path), out, edition, around, browser, limit, outer) for path in notebooks]
    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as pool:
        running = {pool.submit(task.do): task for task in tasks}
        for done in as_completed(running):
            told(done.result())
    results = [done.result() for done in running]
    if len(tasks):
        from frenemies.handouts.listing import write_index

        write_index(out, edition)
    return results


@dataclass
class Task:
    """One notebook to be made."""

    notebook: Path
    out: Path
    edition: str
    around: str
    browser: str | None
    limit: int
    outer: int

    def do(self):
        """Make it, or take it from the cache: a Made."""
        name = self.notebook.stem
        shelf = cache_dir() / _digest(self.around, self.notebook.read_bytes(), self.edition, name)
        kept = (shelf / "about.json").exists()
        try:
            if not kept:
                self._make(shelf)
            if self.browser and not (shelf / f"{name}.pdf").exists():
                write_pdf(self.browser, shelf / f"{name}.html", shelf / f"{name}.pdf")
                kept = False
            return Made(
                name, self._deliver(shelf), "", kept, json.loads((shelf / "about.json").read_text(encoding="utf-8"))
            )
        except Problem as fault:
            return Made(name, [], str(fault))
        except OSError as fault:
            return Made(name, [], f"{self.notebook.name}: {whole.refused(fault)}: {ROOM}")

    def _make(self, shelf):
        """Run the notebook in a process of its own, that can be stopped, into a folder that is put on the shelf when whole."""
        shelf.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=shelf.parent, prefix=".making-") as draft:
            self._run(
                [
                    sys.executable,
                    *("-X", "utf8"),
                    *("-m", "frenemies.handouts.worker"),
                    str(self.notebook),
                    draft,
                    self.edition,
                    str(self.limit),
                ]
            )
            try:
                os.rename(draft, shelf)
                Path(draft).mkdir()  # so that the clean-up finds what it made
            except OSError:
                if not shelf.exists():
                    raise

    def _run(self, command):
        work = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        try:
            _, complaint = work.communicate(timeout=self.outer)
        except subprocess.TimeoutExpired:
            _stop(work)
            raise Problem(f"{self.notebook.name}: took more than {self.outer} seconds in all and was stopped") from None
        if work.returncode:
            lines = [line for line in complaint.strip().splitlines() if line.strip()]
            raise Problem(lines[-1] if lines else f"{self.notebook.name}: stopped with status {work.returncode}")

    def _deliver(self, shelf):
        made = [
            path
            for path in sorted(shelf.iterdir())
            if path.suffix != ".json" and (path.suffix != ".pdf" or self.browser)
        ]
        return [
            _put(path, self.out / "notebooks" / path.name if path.suffix == ".ipynb" else self.out / path.name)
            for path in made
        ]


def _stop(work):
    """End a process and, where the system knows groups of them, all that it started."""
    if hasattr(os, "killpg"):
        os.killpg(work.pid, signal.SIGKILL)
    else:
        work.kill()
    work.communicate()


def _put(source, target):
    """Copy a file into its place whole or not at all; one that is already the same stays untouched."""
    if target.exists() and target.read_bytes() == source.read_bytes():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    return whole.write(target, source.read_bytes())


def browser_path():
    """Path of a system Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def write_pdf(browser, page, target, limit=120):
    """Print a page to PDF with a system Chromium. Raises Problem where it does not."""
    with tempfile.TemporaryDirectory() as scratch:
        draft = Path(scratch) / "page.pdf"
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        quiet = [
            "--headless",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ]
        command = [
            browser,
            *root,
            *quiet,
            f"--user-data-dir={scratch}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={draft}",
            page.resolve().as_uri(),
        ]
        try:
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=limit, check=False)
        except subprocess.TimeoutExpired:
            raise Problem(f"{page.stem}: no PDF: Chromium took more than {limit} seconds") from None
        if not draft.exists():
            raise Problem(f"{page.stem}: no PDF: Chromium ({browser}) wrote none")
        _put(draft, target)


def seminar(out, target):
    """Pack what a lecturer needs for next week, in two folders: `students` to give out, `lecturer` with plans and key to keep.

    out: folder of the student handouts. The same content gives the same bytes: files are packed in order and without times.
    """
    files = [*sorted(Path(out).glob("*.html")), *sorted((Path(out) / "notebooks").glob("*.ipynb"))]
    content = _digest(
        surroundings(),
        _tree(docs_dir(), {".md", ".bib"}),
        *(item for path in files for item in (path.name, path.read_bytes())),
    )
    shelf = cache_dir() / f"seminar-{content}.zip"
    if not shelf.exists():
        _pack(Path(out), files, shelf)
    _put(shelf, Path(target))


def _pack(out, files, shelf):
    from frenemies import actors, cards
    from frenemies.handouts import kit, listing

    held = {f"students/{path.relative_to(out).as_posix()}": path.read_bytes() for path in files}
    held["students/index.html"] = listing.text(out, "student", [("role-cards.html", "Role cards")]).encode()
    held["students/role-cards.html"] = cards.page(actors.ALL).encode()
    held |= {f"lecturer/{name}": text.encode() for name, text in kit.pages()} | {"index.html": kit.door().encode()}
    shelf.parent.mkdir(parents=True, exist_ok=True)
    whole.write(shelf, _zipped(held))


def _zipped(held):
    """Files (name to bytes) as a zip: in order, without times, readable by everybody who unpacks it. The same content gives the same bytes."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in sorted(held.items()):
            member = zipfile.ZipInfo(f"frenemies-seminar/{name}", (2019, 8, 9, 0, 0, 0))
            member.create_system, member.external_attr = UNIX, 0o644 << 16
            pack.writestr(member, content, zipfile.ZIP_DEFLATED)
    return room.getvalue()
