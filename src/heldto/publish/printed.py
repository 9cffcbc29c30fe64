"""What a command printed before, shown again while no file that it can read has changed.

No table is loaded for it, so that the list of claims takes a quarter of a second and not four. The
lines are kept as text in the cache of the handouts, by a digest of every byte that they are made
from. That saves time and is needed for nothing.
"""

import hashlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout, suppress
from importlib.util import find_spec
from pathlib import Path

from heldto import article, noted
from heldto.publish.handouts import cache

ENGINE = Path(__file__).resolve().parents[1]
KEPT = ("claims",)  # commands that only read and print
NOT_READ = {"__pycache__", "_notebooks"}
LINES = "lines"


def print_or_repeat(words: Sequence[str], make: Callable[[], None]) -> None:
    """Print what a command prints: what it printed before, where nothing has changed since; else
    what make() prints, which is kept where it succeeds.

    words: those behind the program's name. Only for an article that is an installed package: one
    in a folder is changed by its author all day, or is a stranger's, whose code is announced.
    """
    if not noted.NOTED or not words or words[0] not in KEPT or {"-h", "--help"} & {*words}:
        make()
        return
    key = _key(words)
    text = _kept(key) if key else None
    if text is None:
        text = _made(make, lambda text: _keep(key, text) if key and key == _key(words) else None)
    _say(text)


def _made(make: Callable[[], None], keep: Callable[[str], None]) -> str:
    """What make() prints; where it does not succeed that is said, and not kept."""
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            make()
    except BaseException as end:
        if not isinstance(end, SystemExit) or end.code:
            _say(printed.getvalue())
            raise
    keep(printed.getvalue())
    return printed.getvalue()


def _say(text: str) -> None:
    """Print as UTF-8; a reader that listens no longer (`| head`) is no fault of ours."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    try:
        print(text, end="", flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


# --- what it is made from --------------------------------------------------------------------


def folders() -> list[Path]:
    """The folders that can be read from: engine, article, and the data of either place."""
    here = article.current().folder.resolve()
    given = os.environ.get(article.DATA)
    every = [ENGINE, here, Path(given).resolve() if given else here.parents[1] / "data"]
    return [folder for folder in every if folder.is_dir()]


def _key(words: Sequence[str]) -> str:
    """A digest of all that the lines are made from: data, article, engine, what is installed, and
    how wide a line may be. "" where a file cannot be read.
    """
    digest = hashlib.sha256()
    columns = shutil.get_terminal_size((0, 0)).columns
    for part in (*words, sys.version, *_installed(), columns, os.environ.get(article.DATA)):
        digest.update(f"{part!r}\n".encode())
    try:
        for path in (path for folder in folders() for path in _below(folder)):
            with open(path, "rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{str(path)!r} {content}\n".encode())
    except OSError:
        return ""
    return digest.hexdigest()


def _installed() -> list[str]:
    """The packages beside pandas, by name and version, none of which is loaded."""
    pandas = find_spec("pandas")
    assert pandas and pandas.origin  # heldto needs it
    return sorted(name for name in os.listdir(Path(pandas.origin).parents[1]) if "-" in name)


def _below(folder: Path) -> Iterator[str]:
    """The files below a folder, in order. Raises OSError where a link leads to another folder."""
    for root, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if name not in NOT_READ)
        if any(os.path.islink(os.path.join(root, name)) for name in inner):
            raise OSError(f"{root} has a link to a folder")
        yield from (os.path.join(root, name) for name in sorted(names))


# --- the shelf -------------------------------------------------------------------------------


def _kept(key: str) -> str | None:
    """The text of a key; None where there is none, or another one than was put there."""
    try:
        content = (cache.cache_dir() / key / LINES).read_bytes()
    except (OSError, ModuleNotFoundError):
        return None
    seal, _, text = content.partition(b"\n")
    return (
        text.decode("utf-8", "surrogateescape")
        if seal.decode("ascii", "replace") == cache.content_digest(text)
        else None
    )


def _keep(key: str, text: str) -> None:
    content = text.encode("utf-8", "surrogateescape")
    with suppress(OSError, ValueError), tempfile.TemporaryDirectory(prefix="heldto-") as scratch:
        (Path(scratch) / LINES).write_bytes(
            cache.content_digest(content).encode() + b"\n" + content
        )
        cache.sweep()
        cache.put_on_shelf(Path(scratch), cache.cache_dir() / key)
