"""Errors that a reader can mend, the word they may have meant, and files written whole or not at
all.
"""

import ast
import contextlib
import difflib
import errno
import itertools
import linecache
import os
import re
import secrets
import shutil
import stat
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from traceback import walk_tb
from types import FrameType, TracebackType
from typing import Any

from heldto.noted import FACES

OURS = re.compile(r"(?:No |module ')([\w.]+)(?:' has no)? attribute '?(\w+)")


class Problem(ValueError):
    """An error that a reader can mend: its message names what is wrong, where, and what to do."""

    def _render_traceback_(self) -> list[str]:  # IPython shows this instead of a traceback
        return [f"{type(self).__name__}: {self}"]


class NotHeld(Problem):
    """A figure that the tables here do not hold: NotHeld("no figure for x", "the remedy").

    args: what there is no figure for, and, where there is one, the remedy.
    """

    def __str__(self) -> str:
        return ": ".join(self.args)

    @property
    def sentence(self) -> str:
        """What there is no figure for, as a sentence on a page."""
        return f"{self.args[0][:1].upper()}{self.args[0][1:].rstrip('.')}."


class Slip(Problem):
    """A mistake of whoever wrote a text, a row of a claim, or this package. It says nothing of what
    the data hold, so nothing that passes over a Problem may pass over it.
    """

    @property
    def sentence(self) -> str:
        """What went wrong, as a sentence on a page."""
        return f"{str(self).rstrip('.')}."


class TextError(Slip):
    """A text of ours is written wrong: names file, key, field and the remedy."""


class RowError(Slip):
    """A row on a claim says what nothing can read: names file, row, column and the remedy. It costs
    the claim that it is about, and no other.
    """


OUR_FAULT = "A fault of this package, please report it"


class OurFault(Slip):
    """A fault of this package that was met in the place of a verdict or an answer: OurFault(error)
    says its class and message, and the line where it was met, if that is of an article's own file
    and not of an installed one. A command that met one ends with status 1.
    """

    def __init__(self, fault: Exception) -> None:
        super().__init__(f"{OUR_FAULT}: {type(fault).__name__}: {fault}{_own_line(fault)}")


def _own_line(fault: Exception) -> str:
    """As " (own.py, line 12)" the last line met outside of what is installed; "" for none."""
    installed = [Path(__file__).parent, *map(Path, sysconfig.get_paths().values())]
    for frame, line in reversed([*walk_tb(fault.__traceback__)]):
        file = Path(frame.f_code.co_filename)
        if file.is_file() and not any(file.is_relative_to(folder) for folder in installed):
            return f" ({file.name}, line {line})"
    return ""


def as_slip(fault: Exception) -> Slip:
    """What anything but a figure that is not held is told as: a spoilt row by itself, all else as a
    fault of this package.
    """
    if isinstance(fault, (RowError, OurFault)):
        return fault
    slip = OurFault(fault)
    slip.__cause__ = fault
    return slip


def describe_fault(fault: Exception) -> str:
    """What went wrong: what a Problem says, and what kind of error any other is."""
    return str(fault) if isinstance(fault, Problem) else f"{type(fault).__name__}: {fault}"


def is_second(word: object, first: str, second: str) -> bool:
    """Whether a reader's switch stands at the second of its two words. Raises Problem."""
    if word not in (first, second):
        raise Problem(f'say "{first}" or "{second}", not "{word}"')
    return word == second


def did_you_mean(
    word: object, known: Iterable[str], otherwise: str = "", near_as: float = 0.6
) -> str:
    """'Did you mean "kappa"?' for the known word nearest to what was written, capitals aside;
    `otherwise` where none is near.

    known: words, or {word: how it is shown}; near_as: how alike they must be (1: the same).
    """
    shown_as = known if isinstance(known, dict) else {name: f'"{name}"' for name in known}
    spelt = {str(name).casefold(): name for name in shown_as}
    matches = difflib.get_close_matches(str(word).strip().casefold(), spelt, 1, near_as)
    return f"Did you mean {shown_as[spelt[matches[0]]]}?" if matches else otherwise


def load_ipython_extension(shell: Any) -> None:
    """Called by a kernel that `frenemies lab` starts: a name that is not known, a line that Python
    cannot read, and dots that still stand in a cell, are said in words.
    """
    if package := os.environ.get("HELDTO_ARTICLE"):
        with contextlib.suppress(ImportError):
            import_module(package)
    shell.set_custom_exc((Exception,), _in_words)


def _in_words(
    shell: Any, kind: type, error: Any, trace: TracebackType, tb_offset: int | None = None
) -> None:
    """Show what a reader can do where a cell was run too early, or is not finished; any other
    fault as it is.
    """
    frames, user_ns = [frame for frame, _ in walk_tb(trace)], shell.user_ns
    words = _unreadable(error, frames, user_ns) or _dots(error, trace, user_ns)
    words = words or _misspelt(error, frames, user_ns)
    if frames[-1].f_globals is user_ns and kind is NameError:
        words = f'"{error.name}" is not known here{_remedy(error.name, user_ns)}'
    if words:
        kind, error = Problem, Problem(words)
        vars(error)["_render_traceback_"] = lambda: [words]
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)


def _unreadable(error: Exception, frames: Sequence[FrameType], user_ns: dict[str, Any]) -> str:
    """Which line of a cell Python cannot read, and where in it; "" where the cell was run."""
    if not isinstance(error, SyntaxError) or any(frame.f_globals is user_ns for frame in frames):
        return ""
    if error.msg == "incomplete input":  # IPython's words for a bracket or a quote left open
        try:
            ast.parse("".join(linecache.getlines(error.filename or "")))
        except SyntaxError as plainer:
            error = plainer
    line = error.text or ""
    spaces = (error.offset or 1) - 1 - (len(line) - len(line.lstrip()))
    fault = error.msg if error.msg.endswith((".", "?")) else f"{error.msg}."
    head = f"Python cannot read line {error.lineno} of this cell: {fault}"
    return f"{head}\n      {line.strip()}\n      {' ' * spaces}^"


def _misspelt(error: Exception, frames: Sequence[FrameType], user_ns: dict[str, Any]) -> str:
    """Which name of ours, as fr.vredict, a cell itself asks for in vain; "" at another fault."""
    match = isinstance(error, AttributeError) and OURS.match(str(error))
    if not match or match[1].split(".")[0] not in FACES:
        return ""
    # with a room's own and the loader's
    if all(frame.f_globals is not user_ns for frame in frames[-3:]):
        return ""
    otherwise = "See how it is spelt in the cells of this page."
    hint = did_you_mean(match[2], dir(sys.modules[match[1]]), otherwise)
    return f"No such name: {match[2]}. {hint}"


def own_name(thing: object, unnamed: str) -> str:
    """The reader's own name for a thing; `unnamed` where they gave it none."""
    names = [*vars(sys.modules["__main__"]).items()]  # a notebook's names, too
    return next((name for name, value in names if value is thing and name[0] != "_"), unnamed)


def _dots(error: Exception, trace: TracebackType, user_ns: dict[str, Any]) -> str:
    """Where the dots of a bench stand in a cell, up to the line that failed; "" where none do."""
    frames = [(frame, line) for frame, line in walk_tb(trace) if frame.f_globals is user_ns]
    if isinstance(error, Problem) or not frames:
        return ""
    (frame, last), *_ = frames
    cell = ast.parse("".join(linecache.getlines(frame.f_code.co_filename)))
    constants = [node for node in ast.walk(cell) if isinstance(node, ast.Constant)]
    boxes = [node.slice for node in ast.walk(cell) if isinstance(node, ast.Subscript)]
    index = [node for box in boxes for node in ast.walk(box)]  # x[..., 0] means its dots
    dots = [
        node
        for node in constants
        if node.value == "..." or (node.value is ... and node not in index)
    ]
    lines = [node.lineno for node in dots if node.lineno <= last]
    if not lines:
        return ""
    where = f"There are still dots in line {min(lines)} of this cell, before the mistake"
    return f"{where}: write your own in their place."


def doubled(index: Any) -> str:
    """How to mend an index that holds a label more than once; "" where none does."""
    twice = index[index.duplicated()].tolist()
    if not twice:
        return ""
    fault = f"the index holds {twice[0]!r} more than once, as after pd.concat"
    mixed = "rows with the same label get mixed up"
    remedy = (
        "frame = frame.reset_index(drop=True) numbers them again; draw this frame and pass it on"
    )
    return f"{fault}, and {mixed}: {remedy}"


def _remedy(name: str | None, user_ns: dict[str, Any]) -> str:
    ours = name in ("fr", "bar") or any(hasattr(sys.modules.get(face), str(name)) for face in FACES)
    if ours and "fr" not in user_ns:
        return ": run the first cell of this page (Shift+Enter), then this one."
    hint = did_you_mean(
        name, [known_name for known_name in user_ns if not known_name.startswith("_")]
    )
    above = "run the cells above first (Run > Run All Above Selected Cell), then this one."
    return f"{f'. {hint} If not' if hint else ''}: {above} Write a word in quotes."


def write_atomic(path: Path | str, content: str | bytes, like: Path | str | None = None) -> Path:
    """Write text or bytes into a file, through a draft beside it: a reader finds the old file or
    the new one, never half.

    A link stays, and the file that it leads to is written. Text is UTF-8, its lines end as they are
    given, on every system. Who may read it is as before, or as for the file `like`; a new file is
    as open as the system's umask lets it be. Returns the path. Raises OSError naming the file where
    that cannot be done, as where a device or a pipe stands; then nothing is left behind.
    """
    path, draft = Path(path), None
    try:
        target = real_file(path)
        draft, like = target.parent / f".{target.name}.{secrets.token_hex(4)}", Path(like or path)
        with open(draft, "xb") as file:
            if like.exists():
                shutil.copymode(like, draft)
            file.write(content.encode() if isinstance(content, str) else content)
        os.replace(draft, target)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
    finally:
        if draft:
            with contextlib.suppress(OSError):
                draft.unlink()
    return path


def real_file(path: Path | str) -> Path:
    """Where a link leads, though nothing be there yet; the path itself where it is no link.

    Raises OSError where a device, a pipe or a socket stands there: it may never end when it is
    read, and is lost when it is renamed over; where links lead in a circle, or nobody may look.
    """
    with contextlib.suppress(FileNotFoundError):
        kind = os.stat(path).st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):  # a folder refuses by itself
            raise OSError(
                errno.EINVAL, "it is not a regular file, but a device or a pipe", str(path)
            )
    return Path(os.path.realpath(path))


def numbered_names(name: str) -> Iterator[str]:
    """The name itself, then name-2, name-3, ...: for what takes the first that is free."""
    yield name
    yield from (f"{name}-{number}" for number in itertools.count(2))


def describe_oserror(error: OSError) -> str:
    """What the system refused, as "FILE: reason"; the reason alone where it names no file."""
    name = error.filename2 or error.filename
    return f"{name}: {error.strerror or error}" if name else str(error.strerror or error)


@contextlib.contextmanager
def or_else(remedy: str, of: str = "") -> Iterator[None]:
    """What the system refuses inside becomes a Problem: the file, the reason, and the remedy.

    of: what is said before it. Decorator, too.
    """
    try:
        yield
    except OSError as error:
        raise Problem(f"{of}{describe_oserror(error)}: {remedy}") from None
