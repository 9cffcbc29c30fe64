"""Seals in the reader's own file: what was sealed and judged before a claim, and when."""

import re
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from heldto.claims.wording import made
from heldto.exercises import diary
from heldto.own import rule as own_rule
from heldto.own.words import say
from heldto.text.words import day

ALIKE = 0.9  # share of their words that two much alike claims have in common, in their order
Entry = dict[str, Any]


def held(digest: str) -> Entry | None:
    """The entry of the reader's file with this hash, None where there is none."""
    return next((one for one in diary.load()["claims"] if one["hash"] == digest), None)


def add(entry: Entry) -> str:
    """Write a seal into the file; returns "" or one line that says why it is not kept."""

    def step(contents: diary.Contents) -> None:  # another kernel may have sealed it meanwhile
        if all(one["hash"] != entry["hash"] for one in contents["claims"]):
            contents["claims"].append(entry)

    return diary.change(step)


def judge(digest: str) -> None:
    """Write into the seal's entry when a verdict was first asked for."""

    def step(contents: diary.Contents) -> None:
        for entry in contents["claims"]:
            if entry["hash"] == digest:
                entry.setdefault("judged", diary.now())

    if "judged" not in (held(digest) or {"judged": ""}):
        diary.change(step)


def earlier(own: Entry, timed: bool = False, judged: bool | None = None) -> list[str]:
    """What was sealed before for the same sentence, or one much alike, in words.

    own: the entry asked about, in the file or not; timed: with the times; judged: only those whose
    verdict was known by then, or was not (default: all).
    """
    before = takewhile(lambda entry: entry["hash"] != own["hash"], diary.load()["claims"])
    read = filter(own_rule.is_read, before)  # a later version may have other rules
    alike = (entry for entry in read if _likeness(own, entry) > ALIKE)
    return [_told(own, one, timed) for one in alike if judged in (None, _is_known(own, one))]


def _is_known(own: Entry, entry: Entry) -> bool:
    """Whether the verdict on an entry had been asked for when a claim was sealed."""
    return "judged" in entry and entry["judged"] <= own.get("time", entry["judged"])


def _likeness(own: Entry, other: Entry) -> float:
    """Of two sentences: 1 is the same, 2 the same letters."""
    one, two = (re.findall(r"\w+", entry["claim"].casefold()) for entry in (own, other))
    if "".join(one) == "".join(two):
        return 2
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def _told(own: Entry, entry: Entry, timed: bool) -> str:
    when = f" on {moment(entry['time'])}" if timed else ""
    parts = ("rule", "kind", "measure")
    what = next((part for part in parts if own.get(part) != entry.get(part)), "wording")
    measured = f"; measured: {entry['measure']}" if entry.get("measure") else ""
    told = {"when": when, "rule": made(own_rule.rule_of(entry)) + measured}
    told |= {"claim": entry["claim"], "what": what}
    said = say("earlier" if _likeness(own, entry) == 2 else "alike", **told)
    if not _is_known(own, entry):
        return said
    known = f" on {moment(entry['judged'])}" if timed else ""
    return f"{said} {say('judged_before', when=known)}"


def moment(time: str) -> str:
    """A moment as in a sentence: "27 November 2026, 02:43 UTC"."""
    utc = datetime.fromisoformat(time).astimezone(UTC).isoformat()
    return f"{day(utc[:10])}, {utc[11:16]} UTC"


def span(start: str, end: str) -> str:
    """The time between two moments, in words: "12 minutes"."""
    passed = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    minutes = max(int(passed.total_seconds()), 0) // 60
    for size, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if number := minutes // size:
            return f"{number} {word}{'' if number == 1 else 's'}"
    return "less than a minute"
