"""A folder that somebody else may have written: where its names lead, whose it is, what of it is
code, and its TOML files, read so that none of them stops the machine.
"""

import math
import os
import re
import signal
import sys
import threading
import time
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import (
    SOURCE_SUFFIXES,
    FileFinder,
    ModuleSpec,
    SourceFileLoader,
    all_suffixes,
)
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from heldto.errors import Problem, real_file, write_atomic

DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])", re.I)
UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # tabs and ends of lines may stand
NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
LARGEST = 5_000_000  # bytes of a TOML file: those of 64 claims have a fiftieth of it
DEEPEST = 20  # tables in tables
WIDEST = 10**18  # beyond it no whole number is a year or a figure


# --- names -----------------------------------------------------------------------------------


def name_fault(name: str, folder: str) -> str:
    """What is wrong with the name of a file in a folder, on any system, and the remedy; "" where
    nothing is. folder: as a message names it, "data/".
    """
    parts = name.split("/")
    remedy = "name a file in it" if folder else "write letters, digits, - and _"
    if (
        name.startswith(("/", "\\"))
        or re.match("[A-Za-z]:", name)
        or ".." in re.split(r"[/\\]", name)
    ):
        return f"leads out of {folder or 'the folder'}: {remedy}"
    if not all(parts):
        return f"is no name: {remedy}"
    if NO_NAME.search(name):
        return "has a character that a file name cannot have on every system: " + (
            "write letters, digits, - and _"
        )
    for part in parts:
        if DEVICE.fullmatch(part.partition(".")[0].strip()):
            return "is the name of a device on Windows: choose another name"
        if part != part.strip() or part.endswith("."):
            return (
                "begins or ends with a blank, or ends with a dot, which Windows leaves out: mend it"
            )
    return ""


def inside(folder: Path | str, name: str, where: str = "") -> Path:
    """The path of a file or folder by its name in a folder: whoever writes or reads what an article
    names asks here first.

    where: what a message begins with. Raises Problem where the name, or a link on the way, leads
    out of the folder, or where not every system has files of that name.
    """
    folder = Path(folder)
    begins = f"{where}: " if where else ""
    if fault := name_fault(name, f"{folder.resolve().name}/"):
        raise Problem(f'{begins}"{name}" {fault}')
    if fault := link_fault(folder, name):
        raise Problem(f"{begins}{name} {fault}")
    return folder / name


def link_fault(folder: Path, name: str | Path) -> str:
    """What is wrong where a link leads from a name in a folder out of it, and the remedy; ""
    where nothing is.
    """
    if Path(os.path.realpath(folder / name)).is_relative_to(os.path.realpath(folder)):
        return ""
    place = f"{folder.resolve().name}/"
    return f"lies behind a link that leads out of {place}: delete the link, or put the file there"


def is_there(path: Path) -> bool:
    """Whether a file is there. Raises Problem where a link is there that leads to no file."""
    if path.is_symlink() and not path.exists():
        raise Problem(f"{path.name} is a link that leads nowhere: delete the link")
    return path.is_file()


def write_inside(folder: Path | str, name: str, content: str | bytes) -> Path:
    """Write a file by its name in a folder, whole or not at all. Raises Problem as `inside`, and
    OSError as `write_atomic`.
    """
    return write_atomic(inside(folder, name), content)


# --- TOML ------------------------------------------------------------------------------------


def load_toml(path: Path) -> dict[str, Any]:
    """What a TOML file holds. Raises ValueError, which says what is wrong and where in it; OSError
    where it is missing, or is no file.
    """
    return parse_toml(toml_text(path))


def toml_text(path: Path) -> str:
    """The text of a TOML file. Raises ValueError where it is too large, or not UTF-8; OSError."""
    size = os.stat(real_file(path)).st_size
    if size > LARGEST:
        raise ValueError(f"it has {size:,} bytes, and {LARGEST:,} are allowed")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 ({error.reason}): save the file as UTF-8") from None


def parse_toml(text: str) -> dict[str, Any]:
    """The content of a TOML text. Raises ValueError, which says what to write where it can tell."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{_toml_slip(text, str(error))}{error}") from None
    except RecursionError:
        raise ValueError("brackets stand too deep in brackets") from None
    for key, value in printed_leaves(content):
        if isinstance(value, int) and abs(value) > WIDEST:
            raise ValueError(f"{key}: {str(value)[:12]}... is no year and no figure")
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{key}: {value} is no figure")
    return content


def _toml_slip(text: str, error: str) -> str:
    """What is probably wrong in the line that a message of tomllib names, and the remedy, as the
    message begins; "" where nothing usual is.
    """
    place = re.search(r"at line (\d+)", error)
    lines = text.splitlines()
    line = lines[int(place[1]) - 1] if place and int(place[1]) <= len(lines) else ""
    bare = re.sub(r'"[^"]*"', '""', line.partition(" #")[0])  # without what stands in quotes
    value = bare.partition("=")[2].strip()
    if found := re.match("<{7}|={7}|>{7}", line):
        return f"two versions of this file were merged here ({found[0]}): keep one of the two: "
    if "\u2212" in bare:
        return "a minus sign of print (\u2212): write - from the keyboard: "
    if found := re.search(r"(\d+) ?%", bare):
        return f"{found[0]} has a sign behind it: write {found[1]}: "
    if found := re.search("[\u201c\u201d\u201e\u00ab\u00bb]", bare):
        return f'a curly quote ({found[0]}): write straight ones, "...": '
    if day := re.search(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b", bare):
        return f"{day[0]} is no day here: write {day[3]}-{int(day[2]):02d}-{int(day[1]):02d}: "
    if number := re.match(r"[+-]?\d+,\d+", value) or re.search(r"(?<== )[+-]?\d+,\d+", value):
        return f"{number[0]} has a comma: write {number[0].replace(',', '.')}: "
    if value.startswith("("):
        return "a round bracket: write { } around keys, and [ ] around a list: "
    if bare.count('"') % 2:
        return 'a quote is missing: write "..." around the words: '
    if re.match(r"[^\W\d]", value) and value not in ("true", "false"):
        return 'words without quotes: write "..." around them: '
    return ""


def printed_leaves(content: dict[str, Any]) -> list[tuple[str, Any]]:
    """(its key with those above it, value) of all that is no table and no list. Raises ValueError
    where tables stand too deep, or a text has a character that cannot be printed.
    """
    leaves: list[tuple[str, Any]] = []
    waiting: list[tuple[tuple[str, ...], Any]] = [((), content)]
    while waiting:
        keys, value = waiting.pop()
        if len(keys) > DEEPEST:
            raise ValueError(f"{'.'.join(keys[:3])}: tables stand too deep in tables")
        if isinstance(value, dict | list):
            for key, entry in value.items() if isinstance(value, dict) else enumerate(value, 1):
                if UNPRINTED.search(str(key)):
                    raise ValueError(f"{key!r}: a key has a character that cannot be printed")
                waiting.append(((*keys, str(key)), entry))
            continue
        if isinstance(value, str) and (found := UNPRINTED.search(value)):
            raise ValueError(f"{'.'.join(keys)}: the character {found[0]!r} cannot be printed")
        leaves.append((".".join(keys), value))
    return leaves


# --- patterns --------------------------------------------------------------------------------


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimeoutError where what is done inside takes longer: a pattern of somebody else's may
    never come to an end. Only in the main thread, and where the system has timers.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError

    handler = signal.signal(signal.SIGALRM, stop)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    begun = time.monotonic()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if left:  # somebody else waits, too
            rest = max(left - (time.monotonic() - begun), 0.001)
            signal.setitimer(signal.ITIMER_REAL, rest)


# --- code ------------------------------------------------------------------------------------


def code_of(folder: Path, source: str, hooks: Iterable[str]) -> list[str]:
    """What of an article's folder is run when its claims are read and its pages written: names, of
    folders with a slash.

    source: where folders of sections lie, if there are any; hooks: modules that it adds.
    """
    parts = {"__init__", "own", "bars", (source or ".").partition("/")[0]}
    parts |= {module.split(".")[1] for module in hooks if module.count(".")}
    modules = {part + suffix for part in parts for suffix in ("", *all_suffixes())}
    return sorted(
        f"{path.name}/" if path.is_dir() else path.name
        for path in folder.iterdir()
        if path.name in modules or (path.name == "templates" and path.is_dir())
    )


IMPORTED: dict[str, Path] = {}  # folders by the names under which their modules are imported


class _FromSource(SourceFileLoader):
    """Compiles a module from its source each time: the source is what a reader could read, and
    bytecode in `__pycache__`, which Python would run in its place, may be of something else.
    """

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _Sources(MetaPathFinder):
    """Finds the modules of an article's folder: their source before anything else of their name."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if path is None or fullname.partition(".")[0] != self.package:
            return None
        finders = (FileFinder(place, (_FromSource, SOURCE_SUFFIXES)) for place in path)
        specs = (finder.find_spec(fullname) for finder in finders)
        return next(filter(None, specs), None)


def make_importable(package: str, folder: Path, has_code: bool) -> None:
    """From now on the Python of a folder is the modules of a package, compiled from their source.
    Of a folder with data alone nothing is ever imported, also where a library looks for a package
    that has the folder's name.
    """
    if package not in IMPORTED:
        IMPORTED[package] = folder
        sys.meta_path.insert(0, _Sources(package))
        sys.modules[package] = ModuleType(package)
        sys.modules[package].__path__ = [str(folder)] if has_code else []


def refuse_anothers(folder: Path, remedy: str, parts: Iterable[str] = ()) -> None:
    """Raise Problem where a folder that nobody named, or its article.toml, or another part of it
    with all that lies in it, belongs to somebody else on this machine: neither to whoever works
    here nor to root. A link belongs to whoever made it.

    Root trusts root, and whoever became root by sudo. A system without owners refuses nothing.
    """
    if not hasattr(os, "geteuid"):
        return
    trusted = {0, os.geteuid()}
    if os.geteuid() == 0 and os.environ.get("SUDO_UID", "").isdecimal():
        trusted.add(int(os.environ["SUDO_UID"]))
    roots = [folder / part for part in parts]
    within_them = (path for root in roots if root.is_dir() for path in root.rglob("*"))
    for path in (folder, folder / "article.toml", *filter(Path.exists, roots), *within_them):
        owners = {path.lstat().st_uid, path.stat().st_uid if path.exists() else 0}
        if owners - trusted:
            raise Problem(
                f"{path} belongs to another user, so nothing of this article was read or run: "
                f"{remedy}"
            )
