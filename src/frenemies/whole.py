"""Files written whole or not at all: a reader finds the old one or the new one, never half of either."""

import contextlib
import os
import secrets
import shutil
from pathlib import Path


def write(path, content, like=None):
    """Write text or bytes into a file, through a draft beside it. Returns its path.

    Text is UTF-8, its lines end as they are given, on every system. Who may read it is as before, or as for the file `like`;
    a new file is as open as the system's umask lets it be. Raises OSError naming the file where that cannot be done; then
    nothing is left behind.
    """
    path = Path(path)
    like, draft = Path(like or path), path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(draft, "xb") as file:
            if like.exists():
                shutil.copymode(like, draft)
            file.write(content.encode() if isinstance(content, str) else content)
        os.replace(draft, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    return path


def refused(error):
    """What the system refused (an OSError), as "FILE: reason"; the reason alone where it names no file."""
    name = error.filename2 or error.filename
    return f"{name}: {error.strerror or error}" if name else str(error.strerror or error)
