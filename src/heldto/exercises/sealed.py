"""Seals in a reader's file: whether an entry is as it was sealed. What its rule says is read by who
judges it.

`hash` is of the claim and its rule alone: the same sentence with the same rule has the same one. It
proves nothing to others, because whoever has the file can write another one. Its first letters,
sent to somebody else before the figure, do: see `heldto.own.outside`.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

CONTENT = ("claim", "kind", "rule", "measure")  # what is hashed; a measure where one is named
ENTRY = ("claim", "kind", "rule", "hash", "time")
GIVEN = {"what", "name", "value", "since", "time"}  # of a figure or a reading
LETTERS = 12  # of a hash, which are sent to others


def given_figures(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures that were given under a seal, in their order; readings are none."""
    return [given for given in entry.get("given", ()) if given["what"] == "figure"]


def given_readings(entry: Mapping[str, Any]) -> dict[str, float | None]:
    """{name of a reading given under the seal: its last figure, None where there is none}."""
    given = entry.get("given", [])
    return {one["name"]: one["value"] for one in given if one["what"] == "reading"}


def hashed_text(content: Mapping[str, Any]) -> str:
    """What is hashed, of a claim or its entry: JSON with sorted keys and no spaces."""
    fields = {name: content[name] for name in CONTENT if name in content}
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal_digest(content: Mapping[str, Any]) -> str:
    """The hash of a claim with its rule: SHA-256 of its `hashed_text` in UTF-8."""
    return hashlib.sha256(hashed_text(content).encode()).hexdigest()


def _dated(time: str) -> bool:
    return datetime.fromisoformat(time).tzinfo is not None


def is_as_sealed(entry: Any) -> bool:
    """Whether an entry of a reader's file is a claim as it was sealed, its hash and times with
    it.
    """
    if not isinstance(entry, dict) or set(ENTRY) - set(entry):
        return False
    with suppress(TypeError, ValueError, KeyError, AttributeError):
        given = entry.get("given", [])
        times = [entry[name] for name in ("time", "judged") if name in entry]
        whole = all(one.keys() >= GIVEN for one in given)
        dated = whole and all(_dated(time) for time in [*times, *(one["time"] for one in given)])
        return dated and isinstance(entry["claim"], str) and seal_digest(entry) == entry["hash"]
    return False
