"""What keeps a visited site within reach without a network: a worker, and the site's version."""

import hashlib
import json
from pathlib import Path

from heldto import __version__
from heldto.errors import write_atomic
from heldto.publish.handouts.build import below
from heldto.scripts import together

WORKER, REGISTERED = "worker.js", "offline.js"
TIMED = "api"  # JupyterLite's folder with the times of its files
LATER = ("live/extensions/@jupyter-widgets/", "live/extensions/anywidget/")  # at the first form


def write_offline(folder: Path, about: str, worker: bool = True) -> None:
    """Write what a finished site says of itself, about, and its worker; both change with what is in
    its folder. worker: whether the site has one; it hands on to that of the live notebooks.
    """
    source_dir = Path(__file__).parent
    if worker:
        write_atomic(folder / REGISTERED, (source_dir / REGISTERED).read_text(encoding="utf-8"))
    digest = _digest(folder, {about, WORKER})
    write_atomic(folder / about, json.dumps({"version": __version__, "content": digest}) + "\n")
    if not worker:
        return
    later = [name for name in below(folder) if name.startswith(LATER) and name.endswith(".js")]
    version = f'const VERSION = "{digest}", LATER = {json.dumps(later)};\n'
    write_atomic(folder / WORKER, together(source_dir / WORKER, given={"version.js": version}))


def _digest(folder: Path, but: set[str]) -> str:
    """A digest of the files of a folder but some."""
    digest = hashlib.sha256()
    for place, path in below(folder).items():
        if place not in but and TIMED not in place.split("/"):
            digest.update(f"{place}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
