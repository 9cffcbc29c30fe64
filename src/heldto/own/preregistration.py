"""Seals in the reader's own file: what was sealed and judged before a claim, and when."""

import math
import re
import secrets
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from heldto.claims.wording import describe_rule
from heldto.exercises import diary, sealed
from heldto.own import rule as own_rule
from heldto.own.words import say_own
from heldto.text.words import count_of, format_day

ALIKE = 0.9  # share of their words that two much alike claims have in common, in their order
Entry = dict[str, Any]


def find_seal(digest: str) -> Entry | None:
    """The entry of the reader's file with this hash, None where there is none."""
    return next(
        (entry for entry in diary.load_answers()["claims"] if entry["hash"] == digest), None
    )


def chained(entry: Entry, before: str) -> Entry:
    """An entry with its seal. before: what stands before it in the reader's file."""
    complete = {name: value for name, value in entry.items() if name not in ("seal", "given")}
    complete |= {"before": before}
    complete |= {"seal": sealed.seal(complete)}
    for given in entry.get("given", ()):  # under a seal that could not be written at first
        complete = sealed.extended(complete, given)
    return complete


def add_seal(entry: Entry) -> str:
    """Write a seal into the file, chained to the one before it; returns "" or one line that says
    why it is not kept.
    """

    def step(contents: diary.Contents) -> None:  # another kernel may have sealed it meanwhile
        claims = contents["claims"]
        if all(claim["hash"] != entry["hash"] for claim in claims):
            reader = contents.setdefault("reader", secrets.token_hex(8))
            before = [mark for last in claims[-1:] for mark in sealed.marks(last)] or [reader]
            claims.append(chained(entry, before[-1]))

    return diary.change_file(step)


def give(entry: Entry, what: str, name: str, value: float, since: float | None = None) -> Entry:
    """Keep a figure or a reading that was given under a seal, and when the first figure was: in the
    file, where it has the seal. Returns the entry with it.

    what: "figure" or "reading"; name: of a reading; value, since: NaN where not held.
    """
    given = {"what": what, "name": name, "value": _kept(value), "since": _kept(since)}
    given["time"] = diary.utc_now()

    def added(claim: Entry) -> Entry:
        claim = sealed.extended(claim, given)
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


def _kept(value: float | None) -> float | None:
    """A figure as JSON has it: None where it is not held."""
    return None if value is None or math.isnan(value) else float(value)


def seal_place(digest: str) -> tuple[int, int, bool]:
    """Where a seal stands in the reader's file: its number, how many places before it lack an
    entry, and whether this can be told (seals of an earlier version have no chain).
    """
    contents = diary.load_answers()
    entries = contents["claims"]
    index = next(place for place, entry in enumerate(entries) if entry["hash"] == digest)
    broken = sealed.breaks(entries[: index + 1], contents.get("reader", ""))
    return index + 1, len(broken), "seal" in entries[index]


def earlier(own: Entry, timed: bool = False, judged: bool | None = None) -> list[str]:
    """What was sealed before for the same sentence, or one much alike, in words.

    own: the entry asked about, in the file or not; timed: with the times; judged: only those whose
    verdict was known by then, or was not (default: all).
    """
    before = takewhile(lambda entry: entry["hash"] != own["hash"], diary.load_answers()["claims"])
    readable = filter(own_rule.is_read, before)  # a later version may have other rules
    alike = (entry for entry in readable if _likeness(own, entry) > ALIKE)
    return [
        _likeness_in_words(own, entry, timed)
        for entry in alike
        if judged in (None, _is_known(own, entry))
    ]


def figure_before(own: Entry) -> list[str]:
    """Claims in other words under which a figure of this one had been given when it was sealed."""
    own_values = {given["value"] for given in own.get("given", ())} - {None, 0}
    sentences = []
    for entry in filter(own_rule.is_read, diary.load_answers()["claims"]):
        same_unit = entry["rule"]["unit"] == own["rule"]["unit"]
        if (
            same_unit
            and _likeness(own, entry) <= ALIKE
            and own_values & _figures_by(own["time"], entry)
        ):
            rule = describe_rule(own_rule.sealed_rule(entry))
            sentences.append(say_own("figure_before", claim=entry["claim"], rule=rule))
    return sentences


def _figures_by(time: str, entry: Entry) -> set[float | None]:
    """The figures, readings among them, that had been given under a seal by some time."""
    return {given["value"] for given in entry.get("given", ()) if given["time"] <= time}


def _is_known(own: Entry, entry: Entry) -> bool:
    """Whether the verdict on an entry had been asked for when a claim was sealed."""
    return "judged" in entry and entry["judged"] <= own.get("time", entry["judged"])


def _likeness(own: Entry, other: Entry) -> float:
    """Of two sentences: 1 is the same, 2 the same letters."""
    words, other_words = (re.findall(r"\w+", entry["claim"].casefold()) for entry in (own, other))
    if "".join(words) == "".join(other_words):
        return 2
    return SequenceMatcher(None, words, other_words, autojunk=False).ratio()


def _likeness_in_words(own: Entry, entry: Entry, timed: bool) -> str:
    when = f" on {moment(entry['time'])}" if timed else ""
    parts = ("rule", "kind", "measure")
    difference = next((part for part in parts if own.get(part) != entry.get(part)), "wording")
    measured = f"; measured: {entry['measure']}" if entry.get("measure") else ""
    context = {"when": when, "rule": describe_rule(own_rule.sealed_rule(entry)) + measured}
    context |= {"claim": entry["claim"], "what": difference}
    sentence = say_own("earlier" if _likeness(own, entry) == 2 else "alike", **context)
    if not _is_known(own, entry):
        return sentence
    judged_when = f" on {moment(entry['judged'])}" if timed else ""
    return f"{sentence} {say_own('judged_before', when=judged_when)}"


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
