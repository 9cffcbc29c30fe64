"""A reader's own copy of the notebooks: made once, updated with care, never overwritten where the reader wrote in it."""

import hashlib
import json
import sys
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from frenemies import whole
from frenemies.places import Problem, notebooks_dir

RECORD = ".frenemies.json"


def prepare(folder):
    """Lay the pristine notebooks into a folder and trust them. Returns lines that say what was done.

    A notebook that the reader changed stays as it is; a newer one is put beside it as `NAME.new.ipynb`, and where the
    reader wrote in that one too, as `NAME.new-2.ipynb`. Raises Problem where a file or folder cannot be read or written.
    """
    folder = Path(folder)
    with _named(folder):
        folder.mkdir(parents=True, exist_ok=True)
    given = _recorded(folder)
    lines = [line for source in sorted(notebooks_dir().glob("*.ipynb")) if (line := _lay(source, folder, given))]
    with _named(folder / RECORD):
        whole.write(folder / RECORD, json.dumps(given, indent=1) + "\n")
    return lines


@contextmanager
def _named(path):
    """What the system refuses becomes a Problem that names the file."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise Problem(f"{path}: {reason}: make room, or choose another folder, frenemies lab FOLDER") from None


def _recorded(folder):
    """What we gave before: the name of a file to the hash of what it was given. An unreadable record counts as none."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError):
        return {}


def _lay(source, folder, given):
    """Lay out, update or put beside one notebook. Returns the line that says so, "" where the reader has or was offered the newest."""
    target, fresh = folder / source.name, source.read_bytes()
    there, last = _held(target), given.get(source.name)
    given[source.name] = _hash(fresh)
    if there == fresh or (there is not None and last == _hash(fresh)):
        return ""
    if there is None or last == _hash(there):
        _write(target, fresh)
        return f"{'laid out' if there is None else 'updated'} {target.name}"
    beside = _beside(target, fresh, given)
    _write(beside, fresh)
    given[beside.name] = _hash(fresh)
    return f"kept your {target.name}; the new one is {beside.name}"


def _beside(target, fresh, given):
    """The first of NAME.new.ipynb, NAME.new-2.ipynb, ... in which the reader wrote nothing."""
    for number in count(1):
        path = target.with_name(f"{target.stem}.new{f'-{number}' if number > 1 else ''}.ipynb")
        there = _held(path)
        if there in (None, fresh) or given.get(path.name) == _hash(there):
            return path


def _held(path):
    """What a file holds; None where there is none."""
    with _named(path):
        return path.read_bytes() if path.exists() else None


def _hash(content):
    return hashlib.sha256(content).hexdigest()


def _write(path, content):
    """Write whole or not at all, and trust it, so that JupyterLab shows its pictures at once."""
    import nbformat
    from nbformat.sign import NotebookNotary

    with _named(path):
        whole.write(path, content)
    with suppress(OSError):  # no place for signatures: JupyterLab asks the reader once
        NotebookNotary().sign(nbformat.reads(content.decode("utf-8"), 4))


def command(folder, browser=True, options=()):
    """The command that opens JupyterLab on a workbook, as a list of words."""
    start = ["--LabApp.default_url=/lab/tree/00_start_here.ipynb", f"--ServerApp.root_dir={Path(folder).resolve()}"]
    return [sys.executable, "-m", "jupyterlab", *start, *([] if browser else ["--no-browser"]), *options]
