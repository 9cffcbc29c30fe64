"""Where the data, the notebooks and the seminar kit lie."""

import os
from pathlib import Path

from heldto import article
from heldto.foreign import inside


def _carried(folder: str) -> Path:
    """The folder of the checkout in development, or its copy inside the installed wheel."""
    package = article.current().folder.resolve()
    if not article.current().is_package:  # what lies above it is another's
        return inside(package, folder, f"{package.name}/article.toml")
    candidates = package / f"_{folder}", package / folder, package.parents[1] / folder
    return next((path for path in candidates if path.is_dir()), candidates[-1])


def data_dir() -> Path:
    """Folder of the data package: FRENEMIES_DATA where it is set, else the one that came with
    us.
    """
    return Path(os.environ.get(article.DATA) or shipped_data_dir())


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
