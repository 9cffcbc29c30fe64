"""Where the data, the notebooks and the seminar kit lie."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2] / "frenemies"
_CHECKOUT = _PACKAGE.parents[1]


def _carried(folder: str) -> Path:
    """The folder of the checkout in development, or its copy inside the installed wheel."""
    inside = _PACKAGE / f"_{folder}"
    return inside if inside.is_dir() else _CHECKOUT / folder


def data_dir() -> Path:
    """Folder of the data package: FRENEMIES_DATA where it is set, else the one that came with
    us.
    """
    return Path(os.environ.get("FRENEMIES_DATA") or shipped_data_dir())


def shipped_data_dir() -> Path:
    """Folder of the data package that came with us."""
    return _carried("data")


def notebooks_dir() -> Path:
    """Folder of the pristine notebooks that came with us."""
    return _carried("notebooks")


def docs_dir() -> Path:
    """Folder of the seminar kit that came with us."""
    return _carried("docs")


def in_messages(path: Path | str) -> str:
    """A path as a message names it: from `data/` on, never with a reader's home folder in front."""
    path = Path(path)
    try:
        return "data/" + path.relative_to(data_dir()).as_posix()
    except ValueError:
        return path.name
