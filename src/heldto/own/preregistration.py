"""Seals in the reader's own file: what was sealed, when, and which figures were given under it."""

import math
import re
from datetime import UTC, datetime
from typing import Any

from heldto.claims.wording import describe_rule
from heldto.exercises import diary
from heldto.own import rule as own_rule
from heldto.text.words import count_of, format_day

Entry = dict[str, Any]


def find_seal(digest: str) -> Entry | None:
    """The entry of the reader's file with this hash, None where there is none."""
    return next(
        (entry for entry in diary.load_answers()["claims"] if entry["hash"] == digest), None
    )


def other_rules(sentence: str, digest: str) -> list[str]:
    """The rules, in words, of other claims with the same sentence in the reader's file."""
    others = (entry for entry in diary.load_answers()["claims"] if entry["hash"] != digest)
    readable = filter(own_rule.is_read, others)  # a later version may have other rules
    same = (entry for entry in readable if _letters(entry["claim"]) == _letters(sentence))
    return [describe_rule(own_rule.sealed_rule(entry)) for entry in same]


def _letters(sentence: str) -> str:
    """A sentence without what stands between its words."""
    return "".join(re.findall(r"\w+", sentence.casefold()))


def add_seal(entry: Entry) -> str:
    """Write a seal into the file; returns "" or one line that says why it is not kept."""

    def step(contents: diary.Contents) -> None:  # another kernel may have sealed it meanwhile
        if all(claim["hash"] != entry["hash"] for claim in contents["claims"]):
            contents["claims"].append(entry)

    return diary.change_file(step)


def give(entry: Entry, what: str, name: str, value: float, since: float | None = None) -> Entry:
    """Keep a figure or a reading that was given under a seal, and when the first figure was: in the
    file, where it has the seal. Returns the entry with it.

    what: "figure" or "reading"; name: of a reading; value, since: NaN where not held.
    """
    given = {"what": what, "name": name, "value": _kept(value), "since": _kept(since)}
    given["time"] = diary.utc_now()

    def added(claim: Entry) -> Entry:
        claim = _extended(claim, given)
        return {"judged": given["time"], **claim} if what == "figure" else claim

    def step(contents: diary.Contents) -> None:
        claims = contents["claims"]
        contents["claims"] = [
            added(claim) if claim["hash"] == entry["hash"] else claim for claim in claims
        ]

    stored = find_seal(entry["hash"])
    if stored is None:  # the file could not be written, or is another one by now
        return added(entry)
    if added(stored) != stored:
        diary.change_file(step)
    return find_seal(entry["hash"]) or added(stored)


def _extended(entry: Entry, given: Entry) -> Entry:
    """The entry with one more figure or reading; as it was where that has been given already."""
    items = [*entry.get("given", ())]
    names = given.keys() - {"time"}
    if any(all(item[name] == given[name] for name in names) for item in items):
        return dict(entry)
    return {**entry, "given": [*items, given]}


def _kept(value: float | None) -> float | None:
    """A figure as JSON has it: None where it is not held."""
    return None if value is None or math.isnan(value) else float(value)


def moment(time: str) -> str:
    """A moment as in a sentence: "27 November 2026, 02:43 UTC"."""
    utc = datetime.fromisoformat(time).astimezone(UTC).isoformat()
    return f"{format_day(utc[:10])}, {utc[11:16]} UTC"


def time_between(start: str, end: str) -> str:
    """The time between two moments, in words: "12 minutes"."""
    passed = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    minutes = max(int(passed.total_seconds()), 0) // 60
    for size, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if number := minutes // size:
            return count_of(number, word)
    return "less than a minute"
