"""Seals in a reader's file: whether an entry is as it was sealed, and whether one before it is
missing. What its rule says is read by who judges it.

Two hashes stand in an entry. `hash` is of the claim and its rule alone: the same sentence with the
same rule has the same one. `seal` is of that hash, of the time, and of the seal before it in the
reader's file, or of the file's own random `reader` where it is the first. Each figure and each
reading that is given under a seal has a `mark`, which is of its content and of the mark before it.
So nothing can be changed or taken out in the middle without a trace. Who deletes the whole file
begins a new one, which no hash can show.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

CONTENT = ("claim", "kind", "rule", "measure")  # what is hashed; a measure where one is named
ENTRY = ("claim", "kind", "rule", "hash", "time")
GIVEN = ("what", "name", "value", "since", "time")  # of a figure or a reading: what is hashed


def hashed_text(content: Mapping[str, Any]) -> str:
    """What is hashed, of a claim or its entry: JSON with sorted keys and no spaces."""
    fields = {name: content[name] for name in CONTENT if name in content}
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal_digest(content: Mapping[str, Any]) -> str:
    """The hash of a claim with its rule: SHA-256 of its `hashed_text` in UTF-8."""
    return hashlib.sha256(hashed_text(content).encode()).hexdigest()


def seal(entry: Mapping[str, Any]) -> str:
    """The seal of an entry: SHA-256 of its hash, its time and what was sealed before it."""
    return _hashed([entry["hash"], entry["time"], entry["before"]])


def mark(before: str, given: Mapping[str, Any]) -> str:
    """The mark of a figure or a reading. before: the mark before it, or the seal."""
    return _hashed([before, *(given[name] for name in GIVEN)])


def _hashed(parts: list[Any]) -> str:
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def marks(entry: Mapping[str, Any]) -> list[str]:
    """The seal of an entry and the marks of what was given under it; [] of an earlier version's."""
    if "seal" not in entry:
        return []
    return [entry["seal"], *(one["mark"] for one in entry.get("given", ()))]


def extended(entry: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with one more figure or reading; as it was where that has been given already."""
    items = [*entry.get("given", ())]
    values = [given[name] for name in GIVEN if name != "time"]
    if any([item[name] for name in GIVEN if name != "time"] == values for item in items):
        return dict(entry)
    last_mark = items[-1]["mark"] if items else entry.get("seal", entry["hash"])
    return {**entry, "given": [*items, {**given, "mark": mark(last_mark, given)}]}


def breaks(entries: Sequence[Mapping[str, Any]], reader: str) -> list[int]:
    """Places of the entries before which one is missing. reader: the file's own random word."""
    marks_before, broken = [reader], list[int]()
    for place, entry in enumerate(entries):
        if "seal" in entry:
            if entry["before"] not in marks_before:
                broken.append(place)
            marks_before = marks(entry)
    return broken


def _sound_marks(entry: Mapping[str, Any]) -> bool:
    """Whether an entry's seal and marks are those of its content."""
    if "seal" in entry and seal(entry) != entry["seal"]:
        return False
    last_mark = entry.get("seal", entry["hash"])
    for given in entry.get("given", ()):
        if mark(last_mark, given) != given["mark"] or not _dated(given["time"]):
            return False
        last_mark = given["mark"]
    return True


def _dated(time: str) -> bool:
    return datetime.fromisoformat(time).tzinfo is not None


def is_as_sealed(entry: Any) -> bool:
    """Whether an entry of a reader's file is a claim as it was sealed, its hash and times with
    it.
    """
    if not isinstance(entry, dict) or set(ENTRY) - set(entry):
        return False
    with suppress(TypeError, ValueError, KeyError, AttributeError):
        dated = all(_dated(entry[name]) for name in ("time", "judged") if name in entry)
        unchanged = isinstance(entry["claim"], str) and seal_digest(entry) == entry["hash"]
        return dated and unchanged and _sound_marks(entry)
    return False
