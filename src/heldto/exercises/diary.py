"""The reader's own file: predictions and answers, one small JSON file on their disk, only there."""

import errno
import json
import os
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from itertools import count
from math import isfinite
from pathlib import Path
from typing import Any

from heldto import article, claims, evidence
from heldto.errors import Problem, real_file, write_atomic
from heldto.exercises import sealed as seals
from heldto.exercises.words import say
from heldto.text.words import count_of

Contents = dict[str, Any]
LARGEST = 5_000_000  # bytes of a reader's file: all claims and exercises take a hundredth of it


def own_file() -> Path:
    """The reader's file: PACKAGE_DIARY where set, else `my-answers.json` in this folder; where that
    one has answers to another article, `my-answers-ID.json`.
    """
    if configured := os.environ.get(article.DIARY):
        return Path(configured)
    default, key = Path("my-answers.json"), article.current().key
    return default if _of(default) in ("", key) else Path(f"my-answers-{key}.json")


def _of(path: Path) -> str:
    """The id of the article that a reader's file answers; "" where it names none."""
    try:
        contents = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return ""
    return str(contents.get("article", "")) if isinstance(contents, dict) else ""


def utc_now() -> str:
    """This moment in UTC as an ISO string, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def load_answers(path: Path | str | None = None) -> Contents:
    """What the reader's file holds: {"version", "article", "guesses": [...], "exercises": {...},
    "claims": [...], "lines": [...]}, and of who guessed once more after a discussion "again":
    [...], as "guesses".

    Empty where there is no file. Where it, or an entry, cannot be read, the file as it was is set
    aside under another name, with one line that says so, and the rest goes on.
    """
    path = Path(path or own_file())
    contents: Contents | None = None
    try:
        contents, lost = read_answers(path)
        if lost:
            with _alone(path):
                contents = _mended(path)
    except OSError as error:
        print(f"{path.name} cannot be read here ({error.strerror or error}).")
    return contents or _empty()


def _empty() -> Contents:
    about = {"version": 1, "article": article.current().key}
    return about | {"guesses": [], "exercises": {}, "claims": [], "lines": []}


def read_answers(path: Path | str) -> tuple[Contents | None, int]:
    """What is sound in a reader's file, None where nothing is, and the number of entries left out.

    Raises OSError as `content`.
    """
    try:
        return parse_answers(content(path))
    except FileNotFoundError:
        return _empty(), 0


def sound_guesses(contents: dict[str, Any]) -> tuple[Contents | None, int]:
    """The guesses that count in the contents of a reader's file, and the number of those that do
    not: as `read_answers`. Whatever else the file holds is not looked at.
    """
    again = contents.get("again")
    rounds = {"guesses": contents.get("guesses"), "again": [] if again is None else again}
    if not all(isinstance(entries, list) for entries in rounds.values()):
        return None, 1
    ids = _claims()
    sound: Contents = {
        name: [_whole_sure(guess) for guess in entries if _sound_guess(guess, ids)]
        for name, entries in rounds.items()
    }
    return sound, sum(map(len, rounds.values())) - sum(map(len, sound.values()))


def content(path: Path | str) -> bytes:
    """The bytes of a reader's file. Raises OSError where it is no regular file, or too large."""
    with open(real_file(path), "rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, say("too_large", most=LARGEST // 1_000_000), str(path))
    return data


def parse_answers(held: bytes) -> tuple[Contents | None, int]:
    """What is sound in the bytes of a reader's file, and the number of entries left out: as
    `read_answers`.
    """
    try:
        return sound_entries(json.loads(held.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return None, 1


def sound_entries(contents: Any) -> tuple[Contents | None, int]:
    """What counts in the contents of a reader's file, and the number of entries that do not.

    What counts: known claims, known verdicts, 0 to 100 % sure; claims of their own as they were
    sealed; lines with a number a year.
    """
    fields = contents if isinstance(contents, dict) else {}
    tries = fields.get("exercises", {})
    sealed, lines = (fields.get(name, []) for name in ("claims", "lines"))
    said, lost_guesses = sound_guesses(fields)
    if said is None or not isinstance(tries, dict):
        return None, 1
    if not all(isinstance(entries, list) for entries in (sealed, lines)):
        return None, 1
    claim_ids = _claims()
    sound_tries = {name: entry for name, entry in tries.items() if _sound_tries(entry)}
    sound_claims = [entry for entry in sealed if seals.is_as_sealed(entry)]
    sound_lines = [line for line in lines if _sound_line(line, claim_ids)]
    sound: Contents = {"exercises": sound_tries, "claims": sound_claims, "lines": sound_lines}
    groups = (tries, sealed, lines)
    lost = lost_guesses + sum(map(len, groups)) - sum(map(len, sound.values()))
    if "again" not in fields:
        del said["again"]
    return _empty() | fields | said | sound, lost


def _claims() -> set[str] | None:
    """Ids of the claims; None where their table cannot be read: the reader is not to blame."""
    try:
        return {row["id"] for row in evidence.rows("claims")}
    except Problem:
        return None


def _sound_guess(guess: Any, ids: set[str] | None) -> bool:
    match guess:
        case {"claim": str(claim), "verdict": verdict, "sure": sure, "time": str()}:
            sayable = verdict in claims.VERDICTS and _is_percent(sure)
            return sayable and (ids is None or claim in ids)
    return False


def _sound_line(line: Any, ids: set[str] | None) -> bool:
    match line:
        case {"claim": str(claim), "line": dict(values), "time": str()}:
            numbers = all(type(one) in (int, float) and isfinite(one) for one in values.values())
            return numbers and all(map(str.isdecimal, values)) and (not ids or claim in ids)
    return False


def _sound_tries(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return False
    tries, right = entry.get("tries", 0), entry.get("right", False)
    return type(tries) is int and tries >= 0 and isinstance(right, bool)


def _is_percent(sure: Any) -> bool:
    return type(sure) in (int, float) and 0 <= sure <= 100 and sure == int(sure)


def _whole_sure(guess: dict[str, Any]) -> dict[str, Any]:
    """A guess whose certainty is a whole number: 70.0 is one in other languages."""
    return guess if type(guess["sure"]) is int else guess | {"sure": int(guess["sure"])}


def _mended(path: Path) -> Contents:
    """What is sound in the file; where that is not all, the file as it was is set aside.

    Only for who holds the file alone. Raises OSError.
    """
    contents, lost = read_answers(path)
    if contents is not None and not lost:
        return contents
    paths = (path.with_name(f"{path.stem}-unreadable-{number}.json") for number in count(1))
    backup = write_atomic(next(one for one in paths if not one.exists()), path.read_bytes(), path)
    message = "new_file" if contents is None else "entries"
    entries = count_of(lost, "entry", "entries")
    print(say(message, file=path.name, kept=backup.name, entries=entries))
    _write(path, mended := contents or _empty())
    return mended


def _write(path: Path, contents: Contents) -> None:
    write_atomic(path, json.dumps(contents, indent=1, ensure_ascii=False) + "\n")


def change_file(step: Callable[[Contents], object], path: Path | str | None = None) -> str:
    """Read the reader's file, let `step(contents)` change it, and write it back whole.

    A second kernel waits meanwhile. Returns "" or, where the file cannot be written, one line that
    says so: a lesson never stops for it.
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


def _alone(path: Path) -> AbstractContextManager:
    """Hold the reader's file for this kernel alone; a browser has no such locks, and one kernel."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a browser can lock no file, and says so
        from filelock import FileLock, SoftFileLock  # not before something is kept

    soft = FileLock is SoftFileLock
    real_path = Path(os.path.realpath(path))  # who comes by another link waits, too
    return nullcontext() if soft else FileLock(real_path.with_name(f".{real_path.name}.lock"))


def solved(name: str, contents: Contents | None = None) -> bool:
    """Whether the reader has solved an exercise. contents: of their file, where it is at hand."""
    return bool((contents or load_answers())["exercises"].get(name, {}).get("right"))
