"""The letters of seals that others received: read from whatever holds them, each with its time."""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from heldto.errors import Problem, or_else
from heldto.exercises import sealed

LARGEST = 20_000_000  # bytes
RUN = re.compile(rf"(?<![0-9a-f])[0-9a-f]{{{sealed.LETTERS}}}(?![0-9a-f])")
ISO = re.compile(
    r"\b(20\d\d-[01]\d-[0-3]\d)[T ,]+([0-2]\d:[0-5]\d(?::[0-5]\d)?)\s*(Z\b|UTC\b|[+-]\d\d:?\d\d)?"
)
MONTHS = "|".join(calendar.month_name[1:])
IN_WORDS = re.compile(
    rf"\b(\d{{1,2}}) ({MONTHS}) (20\d\d),? (?:at )?(\d{{1,2}}:\d\d)(?:\s*([AP]M))?", re.IGNORECASE
)
FOREIGN = re.compile(  # a date in digits or a clock, as of a stamp that is not read
    r"(?<![\d.])\d{1,4}([./-])\d{1,2}\1\d{2,4}(?![\d.])|(?<!\d)[0-2]?\d:[0-5]\d(?!\d)"
)
EDITED = re.compile(r"\b(?:edited|modified|bearbeitet|geändert)\b", re.IGNORECASE)
NEAR = 30  # characters from the beginning of a line in which a stamp begins
STARTS = re.compile(rf"\W*(?:{'|'.join(calendar.day_name)})?\W*")  # what stands before a time


class Received(NamedTuple):
    """The letters of a seal, and when they were received: None where no time stands with them.
    before: the time that stands before that one in the text. typed: it stands amid words, where
    anybody may type it. above: it stands in a line above the letters. foreign: a stamp that is not
    read, before the letters; else "". edited: a word in its post that says that it was edited.
    """

    letters: str
    time: datetime | None
    before: datetime | None
    typed: bool = False
    above: bool = False
    foreign: str = ""
    edited: str = ""


def received(path: Path) -> list[Received]:
    """All letters of seals in a file of text, such as messages or an export of a forum, each with
    the time at the beginning of its line, or the last before it that begins or ends a line. A time
    amid words may be typed by anybody, and counts only where no other came. Raises Problem.
    """
    with or_else("name the file in which the letters were received"):
        if path.stat().st_size > LARGEST:
            most = f"{LARGEST // 1_000_000} MB"
            raise Problem(f"{path.name} has more than {most}: save the text alone")
        content = path.read_text(encoding="utf-8", errors="replace")
    return [*_read(content)]


def _read(text: str) -> Iterator[Received]:
    time = before = None
    typed, at, foreign = False, 0, ""
    lines = text.splitlines()
    edited = _edited(lines)
    for number, line in enumerate(lines):
        found, stamps = _time(line)
        foreign = _foreign(line) or foreign
        if found and (stamps or not time):
            time, before, typed, at = found, time, not stamps, number
        for letters in RUN.findall(line.casefold()):
            above = at < number
            yield Received(letters, time, before, typed, above, foreign, edited[number])


def _edited(lines: Sequence[str]) -> list[str]:
    """For each line the word by which its post says that it was edited; else "". A post begins with
    a time that begins or ends a line, and does not stand behind that word.
    """
    posts, number = dict[int, str](), 0
    numbers = []
    for line in lines:
        mark = EDITED.search(line)
        head = line[: mark.start()] if mark else line
        found, stamps = _time(line)
        number += bool(found and stamps and _time(head)[0])
        numbers.append(number)
        if mark:
            posts.setdefault(number, mark[0])
    return [posts.get(number, "") for number in numbers]


def _foreign(line: str) -> str:
    """What looks like a stamp near the beginning of a line, before a time that is read; else ""."""
    known = ISO.search(line) or IN_WORDS.search(line)
    head = line[: known.start() if known else NEAR]
    found = FOREIGN.search(head)
    return found[0] if found else ""


def _time(line: str) -> tuple[datetime | None, bool]:
    """The first moment in a line, and whether it begins or ends the line. One without a zone is of
    this computer's.
    """
    if match := ISO.search(line):
        day, clock, zone = match.groups()
        zone = {"Z": "+00:00", "UTC": "+00:00"}.get(zone, zone or "")
        found = _moment(f"{day}T{clock}{zone}", "")
    elif match := IN_WORDS.search(line):
        day, month, year, clock, half = match.groups()
        text = f"{day} {month.title()} {year} {clock} {(half or '').upper()}".strip()
        found = _moment(text, "%d %B %Y %I:%M %p" if half else "%d %B %Y %H:%M")
    else:
        return None, False
    head, end = line[: match.start()], line[match.end() :]
    return found, bool(STARTS.fullmatch(head)) or not re.search(r"\w", end)


def _moment(text: str, form: str) -> datetime | None:
    try:
        found = datetime.strptime(text, form) if form else datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC)
