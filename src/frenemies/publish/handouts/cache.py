"""What was made before, by content. The cache saves time and is needed for nothing: where it cannot be used, it is done without."""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

DAY = 24 * 3600
DRAFT = ".making-"


def cache_dir():
    """Folder of what was made before: $XDG_CACHE_HOME/frenemies, or ~/.cache/frenemies."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "frenemies"


def usable():
    """Whether the cache can be written."""
    try:
        cache_dir().mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryDirectory(dir=cache_dir(), prefix=DRAFT).cleanup()
    except OSError:
        return False
    return True


def filled(folder, key, make):
    """Fill a new folder with what was made under this key before, else by make(folder). Returns whether it was made before."""
    shelf = cache_dir() / key
    if _taken(shelf, folder):
        return True
    folder.mkdir(exist_ok=True)
    make(folder)
    _keep(folder, shelf)
    return False


def _taken(shelf, folder):
    try:
        shutil.copytree(shelf, folder)
    except OSError:
        return False
    with suppress(OSError):
        os.utime(shelf)
    return True


def _keep(folder, shelf):
    """Put a copy of a folder on the shelf, whole or not at all."""
    with suppress(OSError):
        shelf.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=shelf.parent, prefix=DRAFT, ignore_cleanup_errors=True
        ) as draft:
            shutil.copytree(folder, Path(draft) / "whole")
            os.rename(Path(draft) / "whole", shelf)


def sweep():
    """Remove what a run left half-made more than a day ago, and what nobody has asked for in sixty days."""
    with suppress(OSError):
        for path in cache_dir().iterdir():
            if time.time() - path.stat().st_mtime > DAY * (
                1 if path.name.startswith(DRAFT) else 60
            ):
                _remove(path)


def _remove(path):
    with suppress(OSError):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
