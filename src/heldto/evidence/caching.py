"""One cache rule: what is worked out from the tables is remembered until a file of data/
changes.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, wraps
from pathlib import Path
from time import monotonic
from typing import Any, ParamSpec, TypeVar

import pandas as pd

from heldto import article
from heldto.evidence.paths import data_dir
from heldto.evidence.tables import DataError, sized

P = ParamSpec("P")
R = TypeVar("R")
LOOK_EVERY = 0.5  # seconds between two looks at the files

_versions: dict[tuple[object, ...], int] = {}  # each state of the files that was seen
_last: dict[str, Any] = {"version": -1, "looked": float("-inf"), "place": None}


def cached(function: Callable[P, R], most: int = 256) -> Callable[P, R]:
    """Remember what a function returned for its arguments, the last `most` of them, until a file of
    data/ changes.

    The arguments must be hashable; whoever gets the result must not change it. `cache_clear()`
    forgets all.
    """
    remembered = lru_cache(most)(lambda version, *args, **kwargs: function(*args, **kwargs))

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        return remembered(_version(), *args, **kwargs)  # type: ignore[arg-type]

    ask.cache_clear = remembered.cache_clear  # type: ignore[attr-defined]
    return ask


def by_content(function: Callable[..., R], most: int = 1024) -> Callable[..., R]:
    """Remember what a function returned for frames of these cells, and for what else it is given:
    a check of a table is made once, however often all are asked.

    For functions that read nothing else. Whoever gets the result must not change it.
    """
    memory = Memory[R](most)

    @wraps(function)
    def ask(*given: Any) -> R:
        key = tuple(digest(one) if isinstance(one, pd.DataFrame) else one for one in given)
        return memory.result(key, lambda: function(*given))

    ask.cache_clear = memory.clear  # type: ignore[attr-defined]
    return ask


class Memory(OrderedDict[object, R]):
    """The last `most` results by their keys."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def result(self, key: object, make: Callable[[], R]) -> R:
        """The result of this key: what make() returns, where there is none yet."""
        if key not in self:
            self[key] = make()
            if len(self) > self.most:
                self.popitem(last=False)
        return self[key]


def digest(frame: pd.DataFrame) -> str:
    """What tells a frame from any with another cell, row, order, column or type."""
    cells = pd.util.hash_pandas_object(frame).to_numpy().tobytes()
    head = repr([*zip(frame.columns, map(str, frame.dtypes), strict=True)])
    return hashlib.sha256(head.encode() + cells).hexdigest()


def file_digest(path: Path) -> str:
    """What tells a file from any of other content; "" where none can be read."""
    try:
        with open(sized(path), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, DataError):
        return ""


def _version() -> int:
    """A number for the open article and its data folder as their files stand now: the same one
    whenever they stand so.
    """
    here = article.current()  # asked once: this is called a thousand times for a page
    now, place = monotonic(), (here.folder, os.environ.get(here.variables["DATA"]))
    if now >= _last["looked"] + LOOK_EVERY or place != _last["place"]:
        state = place[0], _state(data_dir()), _beside()
        _last["version"] = _versions.setdefault(state, len(_versions))
        _last.update(looked=now, place=place)
    return int(_last["version"])


def _state(folder: Path) -> tuple[object, ...]:
    """A folder, and of each file below it when it was last written and its size."""
    state = []
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # gone again
                status = os.stat(os.path.join(root, name))
                state.append((root, name, status.st_mtime_ns, status.st_size))
    return (str(folder), *sorted(state))


def _beside() -> tuple[object, ...]:
    """When the files of the article's claims, and those beside article.toml, were last written, and
    their size.
    """
    here = article.current()
    beside = sorted(path for path in here.folder.iterdir() if path.suffix in (".csv", ".toml"))
    files = dict.fromkeys([*beside, *article.claim_files()])
    states = ((path.name, path.lstat(), path) for path in files)
    followed = ((name, path.stat() if path.exists() else link) for name, link, path in states)
    return tuple((name, status.st_mtime_ns, status.st_size) for name, status in followed)
