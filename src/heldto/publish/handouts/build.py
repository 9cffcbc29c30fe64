"""Handouts of many notebooks: executed in parallel, kept by content, each written whole or not at
all.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path

from heldto import article
from heldto.errors import Problem, or_else
from heldto.evidence.paths import data_dir
from heldto.foreign import inside, write_inside
from heldto.publish.handouts import LIMIT, cache, listing
from heldto.publish.handouts.printer import browser_path
from heldto.publish.handouts.process import Workers

PACKAGE = Path(__file__).resolve().parents[2]
TOOLS = ("matplotlib", "nbconvert", "nh3", "numpy", "pandas", "seaborn")
SOURCES = {".csv", ".json", ".py", ".js", ".css", ".j2", ".po", ".toml", ".mplstyle"}
CARRIED = {"_data", "_notebooks", "__pycache__"}
OUTER, PRINTING = 900, 120  # seconds a notebook may take in all, and a page to be printed
ROOM = "make room there, or name another folder with --out"
SCRATCH = "correct that, or set TMPDIR to a folder with room for temporary files"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How handouts are made.

    edition: handout, student or instructor; pdf: whether also as PDF, on paper A4 or Letter; jobs:
    notebooks at a time, 0 for one each core; limit: seconds a cell may take; live: address of the
    live notebooks, where there are any; core: whether each page ends with the notebook's core;
    open_only: whether tables without an open licence are left out; site: the address of the folder
    in which the pages are published, where that is known.
    """

    edition: str = "handout"
    pdf: bool = False
    paper: str = "A4"
    jobs: int = 0
    limit: int = LIMIT
    live: str = ""
    core: bool = False
    open_only: bool = False
    site: str = ""


@dataclass(kw_only=True)
class Made:
    """What became of one notebook: its files, or the line that says why there are none.

    kept: whether it came from the cache; fresh: whether a file is new or changed.
    """

    name: str
    files: list[Path] = field(default_factory=list)
    fault: str = ""
    kept: bool = False
    fresh: bool = True


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        content = os.fsencode(part) if isinstance(part, str) else part  # a name may be any bytes
        digest.update(str(len(content)).encode() + b":" + content)
    return digest.hexdigest()


def _contents(folder: Path) -> Iterator[str | bytes]:
    """Names and contents of the sources below a folder."""
    for name, path in below(folder).items():
        if path.suffix in SOURCES and CARRIED.isdisjoint(name.split("/")):
            yield name
            with path.open("rb") as file:
                yield hashlib.file_digest(file, "sha256").digest()


def surroundings() -> str:
    """A digest of everything but the notebook that a handout is made from: data, package, template,
    tools.
    """
    tools = [f"{name} {version(name)}" for name in TOOLS]
    return _digest(
        *_contents(data_dir()),
        *_contents(PACKAGE),
        *_contents(article.current().folder),
        *tools,
        sys.version,
    )


def write_handouts(
    notebooks: Iterable[str | Path],
    out: str | Path,
    settings: Settings = Settings(),
    told: Callable[[Made], object] = lambda made: None,
) -> list[Made]:
    """Write the handouts of some notebooks into a folder, and an index of them. Returns what was
    made, in the order given.

    out: path of the folder, made where there is none; told: called with each Made as it is done.
    One that fails, or for which there is no room, leaves what was there before; the others are
    written. Raises OSError where `out` can be no folder; KeyboardInterrupt, which says how many
    were written, where it is stopped.
    """
    folder, workers, surroundings_digest = Path(out), Workers(), surroundings()
    folder.mkdir(parents=True, exist_ok=True)
    cache.sweep()
    tasks = [
        _Task(Path(path), folder, settings, surroundings_digest, workers) for path in notebooks
    ]
    results, stopped = _done(tasks, workers, settings.jobs, told)
    if listing.handouts_in(folder):
        put(folder / "index.html", listing.index_html(folder, settings.edition).encode())
    if stopped:
        written_count = sum(not made.fault for made in results)
        raise KeyboardInterrupt(f"stopped: {written_count} of {len(tasks)} written")
    return results


def _done(
    tasks: "list[_Task]", workers: Workers, jobs: int, report: Callable[[Made], object]
) -> tuple[list[Made], bool]:
    """What became of the tasks, those apart that were never begun; and whether they were
    stopped.
    """
    stopped = False
    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as pool:
        futures = [pool.submit(task.do) for task in tasks]
        waiting = set(futures)
        try:
            while waiting:  # by the second, so that Ctrl-C is heard on every system
                finished, waiting = wait(waiting, timeout=1, return_when=FIRST_COMPLETED)
                for future in finished:
                    report(future.result())
        except KeyboardInterrupt:
            stopped = True
            workers.stop()
            pool.shutdown(cancel_futures=True)
    return [future.result() for future in futures if not future.cancelled()], stopped


@dataclass
class _Task:
    """One notebook to be made."""

    notebook: Path
    out: Path
    settings: Settings
    around: str
    workers: Workers

    def do(self) -> Made:
        """Make it, or take it from the cache."""
        stem, prefix = self.notebook.stem, f"{self.notebook.name}: "
        scratch = partial(tempfile.TemporaryDirectory, prefix="heldto-")
        try:
            with or_else(SCRATCH, prefix), scratch(ignore_cleanup_errors=True) as work_folder:
                return self._do(stem, Path(work_folder))
        except Problem as fault:
            return Made(name=stem, fault=str(fault))

    def _do(self, stem: str, work_folder: Path) -> Made:
        page, paper = work_folder / "page", work_folder / "paper"
        browser = browser_path() if self.settings.pdf else None
        options = (
            self.settings.edition,
            self.settings.live,
            str(self.settings.core),
            str(self.settings.open_only),
            self.settings.site,
        )
        key = _digest(self.around, self.notebook.read_bytes(), *options, stem)
        from_cache = cache.fill_from_cache(page, key, self._make)
        files = [*page.iterdir()]
        if browser:
            key = _digest(key, browser, self.settings.paper)
            from_cache &= cache.fill_from_cache(
                paper, key, lambda folder: self._print(browser, page, folder)
            )
            files += paper.iterdir()
        places = sorted(map(self._place, files))
        fresh = [self._deliver(path) for path in files]
        return Made(name=stem, files=places, kept=from_cache, fresh=any(fresh))

    def _make(self, folder: Path) -> None:
        """Run the notebook, and write its page and its edition into a folder."""
        settings = self.settings
        core = "core" if settings.core else ""
        open_only = "open" if settings.open_only else ""
        arguments = (
            self.notebook,
            folder,
            settings.edition,
            settings.limit,
            settings.live,
            core,
            open_only,
            settings.site,
        )
        late = f"{self.notebook.name}: took more than {OUTER} seconds in all and was stopped"
        self._run(
            folder.parent, "heldto.publish.handouts.worker:make_handout", arguments, OUTER, late
        )

    def _print(self, browser: str, page: Path, folder: Path) -> None:
        """Print the page, as PDF, into a folder."""
        stem = self.notebook.stem
        arguments = (browser, page / f"{stem}.html", folder / f"{stem}.pdf", self.settings.paper)
        late = f"{stem}: no PDF: Chromium took more than {PRINTING} seconds"
        printer = "heldto.publish.handouts.printer:write_pdf"
        self._run(folder.parent, printer, arguments, PRINTING, late)

    def _run(
        self, work_folder: Path, function: str, arguments: tuple, limit: float, late: str
    ) -> None:
        try:
            status, complaint = self.workers.run(work_folder, function, arguments, limit)
            if status not in (0, 1):  # it broke down, as a kernel may that does not come up
                status, complaint = self.workers.run(work_folder, function, arguments, limit)
        except subprocess.TimeoutExpired:
            raise Problem(late) from None
        if status:
            lines = [line for line in complaint.splitlines() if line.strip()]
            message = lines[-1] if lines else f"stopped with status {status}"
            stem = self.notebook.stem
            raise Problem(message if stem in message else f"{self.notebook.name}: {message}")

    def _place(self, path: Path) -> Path:
        """Where a file that was made goes."""
        folder = "notebooks/" if path.suffix == ".ipynb" else ""
        return inside(self.out, f"{folder}{path.name}")

    def _deliver(self, path: Path) -> bool:
        """Copy a file to its place. Returns whether it is new or changed there."""
        with or_else(ROOM, f"{self.notebook.name}: "):
            return put(self._place(path), path.read_bytes())


def below(folder: Path) -> dict[str, Path]:
    """The files below a folder by their place in it, in order."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}


def put(target: Path, content: bytes) -> bool:
    """Write a file whole or not at all; one that is already the same stays untouched. Returns
    whether it was written.
    """
    if not target.is_symlink() and target.is_file() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    write_inside(target.parent, target.name, content)
    return True
