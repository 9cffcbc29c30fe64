"""The reader's own file: predictions and answers, one small JSON file on the reader's disk and nowhere else."""

import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from frenemies import claims, evidence
from frenemies.errors import Problem, write_atomic

try:
    from fcntl import LOCK_EX, flock
except ImportError:  # Windows, or a browser: its fcntl has no flock
    flock = None

SYSTEM = os.name


def own_file():
    """Path of the reader's file: FRENEMIES_DIARY where set, else `my-answers.json` in the working folder."""
    return Path(os.environ.get("FRENEMIES_DIARY") or "my-answers.json")


def now():
    """This moment in UTC as an ISO string, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def load(path=None):
    """What the reader's file holds: {"version", "guesses": [...], "exercises": {...}}; empty where there is no file.

    Where it, or an entry, cannot be read, the file as it was is set aside under another name, with one line that says so, and the rest goes on.
    """
    path, contents = Path(path or own_file()), _empty()
    try:
        found, lost = read(path)
        contents = found or contents
        if lost:
            with _alone(path):
                contents = _mended(path)
    except OSError as error:
        print(f"{path.name} cannot be read here ({error.strerror or error}).")
    return contents


def _empty():
    return {"version": 1, "guesses": [], "exercises": {}}


def read(path):
    """A reader's file as it stands: what is sound in it, None where nothing is, and the number of entries left out. Raises OSError."""
    try:
        return sound(json.loads(Path(path).read_bytes().decode("utf-8-sig")))
    except FileNotFoundError:
        return _empty(), 0
    except (ValueError, RecursionError):
        return None, 1


def sound(contents):
    """What counts in the contents of a reader's file, and the number of entries that do not: known claims, known verdicts, 0 to 100 % sure."""
    if not isinstance(contents, dict):
        return None, 1
    guesses, tries = contents.get("guesses"), contents.get("exercises", {})
    if not isinstance(guesses, list) or not isinstance(tries, dict):
        return None, 1
    known = _claims()
    kept = [guess for guess in guesses if _sound_guess(guess, known)]
    tried = {name: entry for name, entry in tries.items() if _sound_tries(entry)}
    lost = len(guesses) - len(kept) + len(tries) - len(tried)
    return _empty() | contents | {"guesses": kept, "exercises": tried}, lost


def _claims():
    """Ids of the claims; None where their table cannot be read: then the reader is not to blame."""
    try:
        return set(evidence.table("claims")["id"])
    except Problem:
        return None


def _sound_guess(guess, known):
    if not isinstance(guess, dict) or not all(
        isinstance(guess.get(name), str) for name in ("claim", "verdict", "time")
    ):
        return False
    claim = known is None or guess["claim"] in known
    return claim and guess["verdict"] in claims.VERDICTS and _count(guess.get("sure"), 100)


def _sound_tries(entry):
    return (
        isinstance(entry, dict)
        and _count(entry.get("tries", 0))
        and isinstance(entry.get("right", False), bool)
    )


def _count(number, top=float("inf")):
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= top


def _mended(path):
    """What is sound in the file; the file as it was is set aside where that is not all. Only for who holds the file alone. Raises OSError."""
    contents, lost = read(path)
    if not lost:
        return contents
    kept = _set_aside(path)
    _write(path, _empty() if contents is None else contents)
    if contents is None:
        print(f"{path.name} could not be read: it is kept as {kept}, and a new file begins.")
        return _empty()
    entries = "1 entry" if lost == 1 else f"{lost} entries"
    print(
        f"{path.name}: {entries} could not be read. The file as it was is kept as {kept}; the rest goes on."
    )
    return contents


def _set_aside(path):
    """Copy the file, with its rights, to a name not yet taken; returns the name."""
    number = next(
        n
        for n in range(1, 10_000)
        if not path.with_name(f"{path.stem}-unreadable-{n}.json").exists()
    )
    return write_atomic(
        path.with_name(f"{path.stem}-unreadable-{number}.json"), path.read_bytes(), like=path
    ).name


def _write(path, contents):
    write_atomic(path, json.dumps(contents, indent=1, ensure_ascii=False) + "\n")


def change(step, path=None):
    """Read the reader's file, let `step(contents)` change it, and write it back whole; a second kernel waits meanwhile.

    Returns "" or, where the file cannot be written, one line that says so: a lesson never stops for it.
    """
    path = Path(path or own_file())
    try:
        with _alone(path):
            contents = _mended(path)
            step(contents)
            _write(path, contents)
    except OSError as error:
        return f"Not kept: {path.name} cannot be written here ({error.strerror or error})."
    return ""


@contextmanager
def _alone(path):
    """Hold the reader's file for this kernel alone; the system lets go of it even if the kernel dies."""
    with open(path.with_name(f".{path.name}.lock"), "a+b") as handle:
        if flock:
            flock(handle, LOCK_EX)
        elif SYSTEM == "nt":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        yield
