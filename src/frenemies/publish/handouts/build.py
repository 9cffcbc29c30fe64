"""Handouts of many notebooks: executed in parallel, kept by content, each written whole or not at all."""

import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from frenemies.errors import Problem, describe_oserror, write_atomic
from frenemies.evidence.paths import data_dir, docs_dir
from frenemies.publish.handouts import LIMIT, cache, listing
from frenemies.publish.handouts.printer import browser_path
from frenemies.publish.handouts.process import Workers

PACKAGE = Path(__file__).resolve().parents[2]
TOOLS = ("matplotlib", "nbconvert", "numpy", "pandas", "seaborn")
UNIX = 3  # the system whose rights a zip records
OUTER, PRINTING = 900, 120  # seconds a notebook may take in all, and a page to be printed
ROOM = "make room there, or name another folder with --out"
SCRATCH = "mend that, or name a folder with room for temporary files in TMPDIR"


@dataclass
class Made:
    """What became of one notebook: its files, or the line that says why there are none.

    kept: whether it came from the cache; fresh: whether a file is new or changed.
    """

    name: str
    files: list
    fault: str = ""
    kept: bool = False
    fresh: bool = True


def _digest(*parts):
    made = hashlib.sha256()
    for part in parts:
        part = (
            os.fsencode(part) if isinstance(part, str) else part
        )  # the name of a file may be any bytes
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
    return _digest(
        *(
            item
            for path in files
            for item in (path.relative_to(folder).as_posix(), path.read_bytes())
        )
    )


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


def handouts(
    notebooks,
    out,
    edition="handout",
    pdf=False,
    jobs=None,
    limit=LIMIT,
    outer=OUTER,
    told=lambda made: None,
    paper="A4",
):
    """Write the handouts of some notebooks into a folder, and an index of them. Returns a list of Made, in the order given.

    out: path of the folder, made where there is none; edition: handout, student or instructor; limit: seconds a cell may
    take; outer: seconds a notebook may take; told: called with each Made as it is done; paper: A4 or Letter, for PDF. One
    that fails, or for which there is no room, leaves what was there before; the others are written. Raises OSError where
    `out` can be no folder; KeyboardInterrupt, which says how many were written, where it is stopped.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    cache.sweep()
    around, browser, workers = surroundings(), browser_path() if pdf else None, Workers()
    tasks = [
        Task(Path(path), out, edition, around, browser, paper, limit, outer, workers)
        for path in notebooks
    ]
    results, stopped = _done(tasks, workers, jobs, told)
    if listing.listed(out):
        listing.write_index(out, edition)
    if stopped:
        written = sum(not made.fault for made in results)
        raise KeyboardInterrupt(f"stopped: {written} of {len(tasks)} written")
    return results


def _done(tasks, workers, jobs, told):
    """What became of the tasks, those apart that were never begun; and whether they were stopped."""
    stopped = False
    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as pool:
        running = waiting = [pool.submit(task.do) for task in tasks]
        try:
            while waiting:  # by the second, so that Ctrl-C is heard on every system
                done, waiting = wait(waiting, timeout=1, return_when=FIRST_COMPLETED)
                for one in done:
                    told(one.result())
        except KeyboardInterrupt:
            stopped = True
            workers.stop()
            pool.shutdown(cancel_futures=True)
    return [one.result() for one in running if not one.cancelled()], stopped


@dataclass
class Task:
    """One notebook to be made."""

    notebook: Path
    out: Path
    edition: str
    around: str
    browser: str | None
    paper: str
    limit: int
    outer: int
    workers: Workers

    def do(self):
        """Make it, or take it from the cache: a Made."""
        name = self.notebook.stem
        try:
            with tempfile.TemporaryDirectory(
                prefix="frenemies-", ignore_cleanup_errors=True
            ) as room:
                return self._do(name, Path(room))
        except Problem as fault:
            return Made(name, [], str(fault))
        except OSError as fault:
            return Made(name, [], f"{self.notebook.name}: {describe_oserror(fault)}: {SCRATCH}")

    def _do(self, name, room):
        page, paper = room / "page", room / "paper"
        key = _digest(self.around, self.notebook.read_bytes(), self.edition, name)
        kept = cache.filled(page, key, self._make)
        if self.browser:
            key = _digest(key, self.browser, self.paper)
            kept = cache.filled(paper, key, lambda folder: self._print(page, folder)) and kept
        files, fresh = self._deliver([*page.iterdir(), *(paper.iterdir() if self.browser else [])])
        return Made(name, files, "", kept, fresh)

    def _make(self, folder):
        """Run the notebook, and write its page and its edition into a folder."""
        words = (self.notebook, folder, self.edition, self.limit)
        late = f"{self.notebook.name}: took more than {self.outer} seconds in all and was stopped"
        self._run(folder.parent, "frenemies.publish.handouts.worker", words, self.outer, late)

    def _print(self, page, folder):
        """Print the page, as PDF, into a folder."""
        name = self.notebook.stem
        words = (self.browser, page / f"{name}.html", folder / f"{name}.pdf", self.paper)
        late = f"{name}: no PDF: Chromium took more than {PRINTING} seconds"
        self._run(folder.parent, "frenemies.publish.handouts.printer", words, PRINTING, late)

    def _run(self, room, module, words, limit, late):
        try:
            status, complaint = self.workers.run(room, module, words, limit)
        except subprocess.TimeoutExpired:
            raise Problem(late) from None
        if status:
            lines = [line for line in complaint.strip().splitlines() if line.strip()]
            raise Problem(
                lines[-1] if lines else f"{self.notebook.name}: stopped with status {status}"
            )

    def _deliver(self, made):
        """Copy files to their places. Returns their paths there, and whether any of them is new or changed."""
        places = [
            self.out / "notebooks" / path.name if path.suffix == ".ipynb" else self.out / path.name
            for path in made
        ]
        try:
            fresh = [_put(path, place) for path, place in zip(made, places, strict=True)]
        except OSError as fault:
            raise Problem(f"{self.notebook.name}: {describe_oserror(fault)}: {ROOM}") from None
        return sorted(places), any(fresh)


def _put(source, target):
    """Copy a file into its place whole or not at all; one that is already the same stays untouched. Returns whether it was written."""
    if target.exists() and target.read_bytes() == source.read_bytes():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(target, source.read_bytes())
    return True


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
    with tempfile.TemporaryDirectory(prefix="frenemies-") as room:
        pack = Path(room) / "pack"
        cache.filled(pack, content, lambda folder: _pack(Path(out), files, folder / "seminar.zip"))
        _put(pack / "seminar.zip", Path(target))


def _pack(out, files, target):
    from frenemies.evidence import actors
    from frenemies.publish import cards
    from frenemies.publish.handouts import kit

    held = {f"students/{path.relative_to(out).as_posix()}": path.read_bytes() for path in files}
    held["students/index.html"] = listing.text(
        out, "student", [("role-cards.html", "Role cards")]
    ).encode()
    held["students/role-cards.html"] = cards.page(actors.ALL).encode()
    held |= {f"lecturer/{name}": text.encode() for name, text in kit.pages()} | {
        "index.html": kit.door().encode()
    }
    write_atomic(target, _zipped(held))


def _zipped(held):
    """Files (name to bytes) as a zip: in order, without times, readable by everybody who unpacks it. The same content gives the same bytes."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in sorted(held.items()):
            member = zipfile.ZipInfo(f"frenemies-seminar/{name}", (2019, 8, 9, 0, 0, 0))
            member.create_system, member.external_attr = UNIX, 0o644 << 16
            pack.writestr(member, content, zipfile.ZIP_DEFLATED)
    return room.getvalue()
