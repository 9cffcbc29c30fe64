"""What was made before, by content. The cache saves time and is needed for nothing: where it cannot
be used, it is done without.
"""

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

DAY = 24 * 3600
DRAFT = ".making-"
KEY = re.compile("[0-9a-f]{64}")  # the name of what is kept


def content_digest(content: bytes) -> str:
    """What tells bytes from any others: SHA-256, as `KEY` has it."""
    return hashlib.sha256(content).hexdigest()


def cache_dir() -> Path:
    """Folder of what was made before, where the system wants it: on Linux ~/.cache/heldto."""
    from platformdirs import user_cache_path  # optional: every command shows its help without it

    return user_cache_path("heldto")


def usable() -> bool:
    """Whether the cache can be written."""
    try:
        cache_dir().mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryDirectory(dir=cache_dir(), prefix=DRAFT).cleanup()
    except OSError:
        return False
    return True


def fill_from_cache(folder: Path, key: str, make: Callable[[Path], None]) -> bool:
    """Fill a new folder with what was made under this key before, else by make(folder). Returns
    whether it was made before.
    """
    shelf = cache_dir() / key
    with suppress(OSError):
        shutil.copytree(shelf, folder)
        with suppress(OSError):
            os.utime(shelf)
        return True
    folder.mkdir(exist_ok=True)
    make(folder)
    put_on_shelf(folder, shelf)
    return False


def put_on_shelf(folder: Path, shelf: Path) -> None:
    """Put a copy of a folder on the shelf, whole or not at all."""
    with suppress(OSError):
        shelf.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=shelf.parent, prefix=DRAFT, ignore_cleanup_errors=True
        ) as draft:
            shutil.copytree(folder, Path(draft) / "whole")
            os.rename(Path(draft) / "whole", shelf)


def sweep() -> None:
    """Remove what a run left half-made more than a day ago, and what nobody has asked for in sixty
    days. Whatever has a name that we do not write stays.
    """
    with suppress(OSError):
        for path in cache_dir().iterdir():
            half_made = path.name.startswith(DRAFT)
            if not half_made and not KEY.fullmatch(path.name):
                continue
            if time.time() - path.lstat().st_mtime > DAY * (1 if half_made else 60):
                shutil.rmtree(path, ignore_errors=True)
