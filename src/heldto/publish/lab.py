"""A reader's own copy of the notebooks: made once, updated with care, never overwritten where the
reader wrote in it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from heldto import article, stored
from heldto.errors import Problem, numbered_names, or_else, write_atomic
from heldto.evidence.paths import notebooks_dir
from heldto.foreign import inside, write_inside
from heldto.publish import editions
from heldto.publish.handouts.cache import content_digest
from heldto.publish.notebook_files import read_notebook

ROOM = "make room, or choose another folder after the word lab"


WORKBOOK = "workbook"  # the folder of a reader who names none


def record_file() -> str:
    """Name of the file beside a reader's copies that says what was laid there."""
    return f".{article.current().package}.json"


@or_else(ROOM)
def prepare(folder: Path | str) -> list[str]:
    """Lay the pristine notebooks into a folder, without outputs: lines that say what was done.

    A notebook that the reader wrote in stays as it is; a newer one is put beside it as
    `NAME.new.ipynb`, and where the reader wrote in that one too, as `NAME.new-2.ipynb`. Cells that
    were only run are not written in. Raises Problem where a file or folder cannot be read or
    written.
    """
    folder = Path(folder) if str(folder) != WORKBOOK else inside("", WORKBOOK, ROOM)
    folder.mkdir(parents=True, exist_ok=True)
    record = _recorded(folder)
    lines = [line for source in _pristine() if (line := _lay(source, folder, record))]
    _record(folder, record)
    return lines


def notebook_asked(word: str) -> Path:
    """The pristine notebook that a reader means by `01`, `1`, `economic` or `01_economic.ipynb`.
    Raises Problem with the list.
    """
    for source in _pristine():
        number, _, title = source.stem.partition("_")
        if word.lower().removesuffix(".ipynb") in (source.stem, title, number, f"{int(number)}"):
            return source
    names = ", ".join(source.stem for source in _pristine())
    raise Problem(f'there is no notebook "{word}": give a number or a name of {names}')


@or_else(ROOM)
def fresh_copies(folder: Path | str, sources: Sequence[Path]) -> list[str]:
    """Put a new copy of each pristine notebook beside the reader's, over nothing that the reader
    wrote. Returns their names.
    """
    folder = Path(folder)
    record = _recorded(folder)
    names = [_put_beside(folder, source.name, copy(source), record, "fresh") for source in sources]
    if names:
        _record(folder, record)
    return names


def _pristine() -> list[Path]:
    return sorted(notebooks_dir().glob("*.ipynb"))


def copy(source: Path) -> bytes:
    """A pristine notebook as a reader gets it: nothing run, no cell that is for a handout alone."""
    import nbformat

    copied = editions.for_lab(read_notebook(source))
    for cell in copied.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return f"{nbformat.writes(copied)}\n".encode()


def _recorded(folder: Path) -> dict[str, str]:
    """What we gave before: the name of a file to the hash of what it was given. An unreadable
    record counts as none. Raises Problem where it lies behind a link that leads out.
    """
    path = inside(folder, record_file())
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return record if isinstance(record, dict) else {}
    except (OSError, ValueError):
        return {}


def _record(folder: Path, record: dict[str, str]) -> None:
    write_inside(folder, record_file(), json.dumps(record, indent=1) + "\n")


def _lay(source: Path, folder: Path, record: dict[str, str]) -> str:
    """Lay out, update or put beside one notebook. Returns the line that says so, "" where the
    reader has or was offered the newest.
    """
    target, fresh = inside(folder, source.name), copy(source)
    current, recorded_hash = _held(target), record.get(source.name)
    record[source.name] = _hash(fresh)
    if current == fresh or (current is not None and recorded_hash == _hash(fresh)):
        return ""
    # the digest: laid out with outputs
    if current is None or recorded_hash in (_hash(current), content_digest(current)):
        write_atomic(target, fresh)
        return f"{'laid out' if current is None else 'updated'} {target.name}"
    put = _put_beside(folder, source.name, fresh, record, "new")
    return f"kept your {target.name}; the new one is {put}"


def _put_beside(folder: Path, name: str, fresh: bytes, record: dict[str, str], kind: str) -> str:
    """Write into the first of NAME.new.ipynb, NAME.new-2.ipynb, ... in which the reader wrote
    nothing (kind: "new" or "fresh"). Returns its name.
    """
    for stem in numbered_names(f"{Path(name).stem}.{kind}"):
        path = inside(folder, Path(name).with_stem(stem).name)
        current = _held(path)
        if current in (None, fresh) or record.get(path.name) == _hash(current):
            break
    write_atomic(path, fresh)
    record[path.name] = _hash(fresh)
    return path.name


def _held(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    return path.read_bytes() if path.exists() else None


def _hash(content: bytes) -> str:
    """What is written in a notebook, as a digest: its cells, whatever was run or folded in them,
    and the empty ones that JupyterLab adds left out. Of anything else, its bytes.
    """
    try:
        cells = [
            [cell["cell_type"], "".join(cell["source"]), cell.get("attachments")]
            for cell in json.loads(content)["cells"]
        ]
    except (ValueError, LookupError, TypeError):
        return content_digest(content)
    return content_digest(json.dumps([cell for cell in cells if cell[1].strip()]).encode())


def command(
    folder: Path | str, browser: bool = True, options: Sequence[str] = (), first: str = ""
) -> list[str]:
    """The command that opens JupyterLab on a workbook, at its notebook `first` (else the one to
    begin with), as a list of words.
    """
    first = first or f"{article.current().opening}.ipynb"
    start = [
        f"--LabApp.default_url=/lab/tree/{first}",
        f"--ServerApp.root_dir={Path(folder).resolve()}",
    ]
    quiet = [] if browser else ["--no-browser"]
    # -P: nothing is imported from the folder in which somebody stands; kernels do as they always do
    server = [sys.executable, "-P", "-m", "jupyterlab"]
    return [*server, *start, *root_options(options), *quiet, *options]


def start(words: list[str], env: dict[str, str]) -> int:
    """Start a command in the place of this process: a signal to the one ends the other. Where no
    process takes another's place (on Windows), wait for it, and return its exit status.
    """
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(words[0], words, env)
    return subprocess.call(words, env=env)


def root_options(options: Sequence[str] = ()) -> list[str]:
    """What JupyterLab wants of root: leave to run, and the loopback address where the options name
    no other. Nothing of others.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    elsewhere = any(word.startswith(("--ip", "--ServerApp.ip")) for word in options)
    return ["--allow-root"] if elsewhere else ["--allow-root", "--ip=127.0.0.1"]


def lab_environment() -> dict[str, str]:
    """The environment of the JupyterLab that we start: our settings, our hook and our kernel, which
    has words for a name that is not known, are on its paths, and on no other's.
    """
    config_dir = str(Path(__file__).with_name("lab_config"))
    names = ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH")
    paths = {
        name: os.pathsep.join(filter(None, [os.environ.get(name), config_dir])) for name in names
    }
    return os.environ | paths


def without_views(model: dict, **_: object) -> None:
    """Before a notebook is saved: take out the widgets that live in a kernel, and leave the plain
    page beside each.

    A view outlives its kernel in the file and shows as an error the next day; its id stays, and our
    script in the lab (`lab_config/labextensions`) shows it again where the kernel still lives. What
    the kernel tells of its language goes, so that a sentence mended is one line that differs.

    Called by Jupyter Server with the model to save; a fault in here is logged there, and the
    notebook is saved as it stands.
    """
    if model["type"] == "notebook":
        stored.drop_views(model["content"], ids=True)


def _load_jupyter_server_extension(server: Any) -> None:
    """Called by the Jupyter Server that `frenemies lab` starts."""
    from jupyter_server.utils import url_path_join

    from heldto.publish.said import handler

    server.contents_manager.register_pre_save_hook(without_views)
    pattern = url_path_join(server.web_app.settings["base_url"], "frenemies/said/(.*)")
    server.web_app.add_handlers(".*$", [(pattern, handler())])
