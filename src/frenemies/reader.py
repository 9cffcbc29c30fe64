"""The reader's own file: predictions and answers, one small JSON file on the reader's disk and nowhere else."""

import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, or a browser
    fcntl = None

SYSTEM = os.name
EMPTY = {"version": 1, "guesses": [], "exercises": {}}


def diary():
    """Path of the reader's file: FRENEMIES_DIARY where set, else `my-answers.json` in the working folder."""
    return Path(os.environ.get("FRENEMIES_DIARY") or "my-answers.json")


def now():
    """This moment in UTC as an ISO string, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def load(path=None):
    """What the reader's file holds: {"version", "guesses": [...], "exercises": {...}}; empty where there is no file.

    A file that cannot be read is set aside under another name, with one line that says so, and a new one is begun.
    """
    path = Path(path or diary())
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if all(map(_whole, found["guesses"])) and all(isinstance(entry, dict) for entry in found["exercises"].values()):
            return EMPTY | found
    except FileNotFoundError:
        return json.loads(json.dumps(EMPTY))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    _set_aside(path)
    return json.loads(json.dumps(EMPTY))


def _whole(guess):
    words = [guess[name] for name in ("claim", "verdict", "time")]
    return all(isinstance(word, str) for word in words) and isinstance(guess["sure"], int)


def _set_aside(path):
    number = next(n for n in range(1, 10_000) if not path.with_name(f"{path.stem}-unreadable-{n}.json").exists())
    kept = path.with_name(f"{path.stem}-unreadable-{number}.json")
    path.replace(kept)
    print(f"{path.name} could not be read: it is kept as {kept.name}, and a new file begins.")


def change(step, path=None):
    """Read the reader's file, let `step(contents)` change it, and write it back whole; a second kernel waits meanwhile.

    Returns "" or, where the file cannot be written, one line that says so: a lesson never stops for it.
    """
    path = Path(path or diary())
    try:
        with _alone(path):
            contents = load(path)
            step(contents)
            draft = path.with_name(f".{path.name}.{os.getpid()}")
            draft.write_text(json.dumps(contents, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            os.replace(draft, path)
    except OSError as error:
        return f"Not kept: {path.name} cannot be written here ({error.strerror or error})."
    return ""


@contextmanager
def _alone(path):
    """Hold the reader's file for this kernel alone; the system lets go of it even if the kernel dies."""
    with open(path.with_name(f".{path.name}.lock"), "a+b") as handle:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX)
        elif SYSTEM == "nt":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        yield
