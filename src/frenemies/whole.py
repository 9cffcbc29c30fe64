"""Files written whole or not at all: a reader finds the old one or the new one, never half of either."""

import os
import tempfile
from pathlib import Path


def write(path, content):
    """Write text or bytes into a file, through a draft beside it. Returns its path.

    Text is UTF-8, its lines end as they are given, on every system. Raises OSError where that cannot be done; then nothing is left behind.
    """
    path = Path(path)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
        try:
            draft.write(content.encode() if isinstance(content, str) else content)
            draft.close()  # some systems move no open file
            os.chmod(draft.name, 0o644)
            os.replace(draft.name, path)
        except OSError:
            draft.close()
            Path(draft.name).unlink(missing_ok=True)
            raise
    return path


def refused(error):
    """What the system refused (an OSError), as "FILE: reason"; the reason alone where it names no file."""
    name = error.filename2 or error.filename
    return f"{name}: {error.strerror or error}" if name else str(error.strerror or error)
