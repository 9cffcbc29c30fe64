"""A reader's own copy of the notebooks: made once, updated with care, never overwritten where the reader wrote in it."""

import hashlib
import json
import os
import sys
from pathlib import Path

from frenemies.places import Problem, notebooks_dir

RECORD = ".frenemies.json"


def prepare(folder):
    """Lay the pristine notebooks into a folder and trust them. Returns lines that say what was done.

    A notebook that the reader changed stays as it is; a newer one is put beside it as `NAME.new.ipynb`.
    Raises Problem where the folder cannot be written, or holds a file where a folder is needed.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"{folder}: {error.strerror}: choose another folder, frenemies lab FOLDER") from None
    given = _recorded(folder)
    lines = [line for source in sorted(notebooks_dir().glob("*.ipynb")) if (line := _lay(source, folder, given))]
    (folder / RECORD).write_text(json.dumps(given, indent=1) + "\n", encoding="utf-8")
    return lines


def _recorded(folder):
    """What we gave before: notebook name to the hash of what was written. An unreadable record counts as none."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    except (OSError, ValueError):
        return {}


def _lay(source, folder, given):
    target, fresh = folder / source.name, source.read_bytes()
    if target.exists() and target.read_bytes() == fresh:
        given[source.name] = _hash(fresh)
        return ""
    if target.exists() and given.get(source.name) == _hash(fresh):
        return ""  # the reader's own edits, and nothing newer to offer
    if target.exists() and given.get(source.name) != _hash(target.read_bytes()):
        beside = target.with_suffix(".new.ipynb")
        _write(beside, fresh)
        given[source.name] = _hash(fresh)
        return f"kept your {target.name}; the new one is {beside.name}"
    line = f"updated {target.name}" if target.exists() else f"laid out {target.name}"
    _write(target, fresh)
    given[source.name] = _hash(fresh)
    return line


def _hash(content):
    return hashlib.sha256(content).hexdigest()


def _write(path, content):
    """Write whole or not at all, and trust it, so that JupyterLab shows its pictures at once."""
    import nbformat
    from nbformat.sign import NotebookNotary

    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content)
    os.replace(draft, path)
    NotebookNotary().sign(nbformat.reads(content.decode("utf-8"), 4))


def command(folder, browser=True, options=()):
    """The command that opens JupyterLab on a workbook, as a list of words."""
    start = ["--LabApp.default_url=/lab/tree/00_start_here.ipynb", f"--ServerApp.root_dir={Path(folder).resolve()}"]
    return [sys.executable, "-m", "jupyterlab", *start, *([] if browser else ["--no-browser"]), *options]
