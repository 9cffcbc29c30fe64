"""Seals in a reader's file: whether an entry is as it was sealed. What its rule says is read by who
judges it.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

CONTENT = ("claim", "kind", "rule", "measure")  # what is hashed; a measure where one is named
ENTRY = ("claim", "kind", "rule", "hash", "time")


def text(content: Mapping[str, Any]) -> str:
    """What is hashed, of a claim or its entry: JSON with sorted keys and no spaces."""
    whole = {name: content[name] for name in CONTENT if name in content}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Mapping[str, Any]) -> str:
    """The hash of a claim with its rule: SHA-256 of its `text` in UTF-8."""
    return hashlib.sha256(text(content).encode()).hexdigest()


def sound(entry: Any) -> bool:
    """Whether an entry of a reader's file is a claim as it was sealed, its hash and times with
    it.
    """
    if not isinstance(entry, dict) or set(ENTRY) - set(entry):
        return False
    with suppress(TypeError, ValueError):
        times = [entry[name] for name in ("time", "judged") if name in entry]
        dated = all(datetime.fromisoformat(one).tzinfo for one in times)
        return dated and isinstance(entry["claim"], str) and digest(entry) == entry["hash"]
    return False
