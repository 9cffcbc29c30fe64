"""A reader's guesses as one line of letters, to paste, share or photograph: written and read.

    line    = "UFR1-" tag round "-" { block "-" } check "-U"        hyphens are ornament
    tag     = 5 letters, drawn once a reader        round = 1 letter: 1 before, 2 after talk
    block   = section count letter{count}           section = the letter of the claims' names
    check   = 3 letters

A block's third letter is the section's claim 3, so a claim that is added or taken out shifts no
other. `line.js` is its twin for pages; tests/lines.json holds both to one table.
"""

import re
import secrets
import unicodedata
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from heldto import article, claims
from heldto.exercises import diary

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
ALIKE = str.maketrans("ILO", "110")
VALUE = {letter: value for value, letter in enumerate(LETTERS)}
VERSION, TAG, CHECK = "1", 5, 3
SHORTEST = len("FR1") + TAG + 1 + CHECK
FACTOR, PRIME = 22_707, 32_749  # each error in two letters, each swap of two: found by this factor
EDGES = (40, 60, 80)  # percent sure at which a band of confidence begins
VERDICT_ALONE, LATER = 17, 21  # values from which a letter has no confidence, and no meaning yet
BLOCK = 31  # claims that one block can hold
CUT = "it is incomplete, one of its letters is wrong, or it belongs to another seminar"
NEWER = "it comes from a later version of this seminar: update the wall"
BEGINS = len("UFR1") + TAG + 2  # letters of a line by which a message names it
BEFORE = 30  # signs before a line that a message shows, such as the name in a chat
NAME = re.compile(r"([A-Z])([1-9][0-9]*)")
HYPHEN = re.compile("[-‐-―]")  # of which what is shaped as a line has some: soon looked for
SHAPED = re.compile(  # by its hyphens: a line whatever its first letters are, or without its ends
    r"(?<![0-9A-Z])(?<!UFR[0-9][-‐-―])"
    r"(?:([0-9A-Z]{1,6})[-‐-―][0-9A-Z]{6}(?:[-‐-―][0-9A-Z]+)*[-‐-―][0-9A-Z]{3}[-‐-―]U(?![0-9A-Z])"
    r"|[0-9A-Z]{0,5}[12IL][-‐-―]([A-Z][0-9A-Z]{2,})(?:[-‐-―][0-9A-Z]+)+)",
    re.I,
)
ENOUGH = 10  # letters of a line without its ends by which it is told from other words
BLOCK_HEAD = 2  # the letter of a section, and how many guesses follow
WHOLE_START = re.compile("UFR[0-9]$", re.I)  # read by its letters alone
INLINE = re.compile(  # tags that may stand between two letters of a line
    r"</?(?:a|abbr|b|big|code|em|font|i|ins|kbd|mark|s|samp|small|span|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.I,
)
OTHER_MARKUP = re.compile(  # the other tags of a page, and how it writes signs
    r"</?(?:blockquote|body|br|center|dd|div|dl|dt|h[1-6]|head|hr|html|img|li|meta|o:p|ol|p|pre"
    r"|table|tbody|td|th|thead|tr|ul)(?:\s[^<>]*)?/?>|<!--[^<>]*-->|&(?:[a-z][a-z0-9]*|#[0-9]+|#x[0-9a-f]+);",
    re.I,
)


@dataclass(frozen=True)
class AnswerLine:
    """A line that was read. guesses: {claim: value of its letter}; later: claims whose letter means
    nothing yet; row: the line of the text in which it begins, from 1.
    """

    tag: str
    round: int
    guesses: dict[str, int] = field(default_factory=dict)
    later: tuple[str, ...] = ()
    row: int = 1


@dataclass(frozen=True)
class Fault:
    """A line that cannot be read: how it begins in the text, after some of what stands before it,
    why, and in which line of the text.
    """

    begins: str
    why: str
    row: int


def start_value(name: str = "") -> int:
    """The number with which the check of a seminar's lines starts. name: the article's id, that of
    the open one where none is given.
    """
    return _folded((name or article.current().key).encode(), 1) or 1


def new_tag() -> str:
    """Five letters that tell a reader's lines from those of others, and nothing about them."""
    return "".join(secrets.choice(LETTERS) for _ in range(TAG))


def own_line(path: Path | str | None = None) -> str:
    """The line of the reader's own file, the first guess on each claim, and behind it that of the
    guesses after a discussion; "" where there is none, or where the file cannot keep its tag.

    path: another file of answers than the reader's own.
    """
    contents = diary.load_answers(path)
    by_round = rounds(contents)
    if by_round and not is_tag(contents.get("tag")):
        if diary.change_file(lambda now: now.update(tag=new_tag()), path):
            return ""
        contents = diary.load_answers(path)
    return " ".join(
        write_line(contents["tag"], values, number) for number, values in by_round.items()
    )


def rounds(contents: Mapping[str, Any]) -> dict[int, dict[str, int]]:
    """{round: {claim: value of its letter}} of a reader's file, without a round of no guess."""
    by_round = {1: of_guesses(contents["guesses"]), 2: of_guesses(contents.get("again", ()))}
    return {number: values for number, values in by_round.items() if values}


def of_guesses(guesses: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """{claim: value of its letter} of the guesses in a reader's file: the first on each counts."""
    values: dict[str, int] = {}
    for guess in guesses:
        values.setdefault(guess["claim"], letter_value(guess["verdict"], guess["sure"]))
    return values


def is_tag(tag: object) -> bool:
    """Whether something is a reader's tag."""
    return isinstance(tag, str) and len(tag) == TAG and VALUE.keys() >= {*tag}


def letter_value(verdict: str, sure: int | None = None) -> int:
    """The value of a guess's letter. sure: percent, None where nobody asked."""
    index = claims.VERDICTS.index(verdict)
    if sure is None:
        return VERDICT_ALONE + index
    return 1 + 4 * index + sum(sure >= edge for edge in EDGES)


def meaning(letter: int) -> tuple[str, int | None]:
    """The verdict of a letter's value, and the band of confidence, 0 (under 40 %) to 3 (80 % and
    more), None where nobody asked.
    """
    if letter >= VERDICT_ALONE:
        return claims.VERDICTS[letter - VERDICT_ALONE], None
    return claims.VERDICTS[(letter - 1) // 4], (letter - 1) % 4


def write_line(
    tag: str, values: Mapping[str, int], number: int = 1, start: int | None = None
) -> str:
    """The line of a reader. values: {claim: value of its letter}; number: of the round;
    start: of the check, that of the open article where none is given.
    """
    letters = VERSION + tag + LETTERS[number]
    blocks = _blocks(values)
    check = _check(letters + "".join(blocks), _start(start))
    return "-".join(["UFR" + VERSION, tag + LETTERS[number], *blocks, check, "U"])


def _blocks(values: Mapping[str, int]) -> list[str]:
    """The blocks of all sections, each as far as its last guess."""
    sections: dict[str, dict[int, int]] = {}
    for claim, letter in values.items():
        if (name := NAME.fullmatch(claim)) and name[1] in VALUE:
            sections.setdefault(name[1], {})[int(name[2])] = letter
    return [block for section, by_number in sections.items() for block in _of(section, by_number)]


def _of(section: str, by_number: dict[int, int]) -> list[str]:
    letters = "".join(LETTERS[by_number.get(number, 0)] for number in range(1, max(by_number) + 1))
    parts = [letters[start : start + BLOCK] for start in range(0, len(letters), BLOCK)]
    return [f"{section}{LETTERS[len(part)]}{part}" for part in parts]


def read_line(text: str, start: int | None = None) -> tuple[list[AnswerLine], list[Fault]]:
    """The lines in a text, whatever stands around them, and what looks like one and cannot be read.

    start: of the check, that of the open article where none is given.
    """
    lines: list[AnswerLine] = []
    faults: list[Fault] = []
    rows = [_without_markup(row) for row in re.split(r"\r\n|\r|\n", text)]
    plain_rows = [_letters(row) for row in rows]
    ends = [*accumulate(map(len, plain_rows))]
    read: list[tuple[int, int]] = []  # where the lines lie among all letters
    end = -1  # of the piece before
    for piece in "".join(plain_rows).split("U"):
        begin, end = max(end, 0), end + 1 + len(piece)  # a line begins with the U before its piece
        row = bisect(ends, begin)
        letters = piece[2:].translate(ALIKE)
        if piece[:2] == "FR" and letters[:1].isdigit() and len(piece) >= SHORTEST:
            try:
                lines.append(replace(_read(letters, _start(start)), row=row + 1))
                read.append((begin, end))
            except ValueError as why:
                if piece[2].isdigit():  # "friends", after a u, are no line
                    begins = _as_pasted(rows[row], begin - ends[row] + len(plain_rows[row]))
                    faults.append(Fault(begins, str(why), row + 1))
                    read.append((begin, end))  # it is told once
    faults += _mistyped(rows, [0, *ends], read)
    return lines, sorted(faults, key=lambda fault: fault.row)


def _mistyped(
    rows: Sequence[str], begins: Sequence[int], read: Sequence[tuple[int, int]]
) -> Iterator[Fault]:
    """Lines with a mistake in the letters with which each line starts, or without them. The end of
    a line that was read, and that a mail broke in two, is none of them.

    begins: the letters before each row; read: where the lines lie that were read, or told.
    """
    for number, (row, before) in enumerate(zip(rows, begins, strict=False), 1):
        if not HYPHEN.search(row):
            continue
        for shaped in SHAPED.finditer(row):
            skipped = len(_letters(row[: shaped.start()]))
            start = before + skipped
            stop = start + len(_letters(shaped[0]))
            inside = any(first < stop and start < last for first, last in read)
            if not inside and _is_line_like(shaped):
                yield Fault(_as_pasted(row, skipped), CUT, number)


def _is_line_like(shaped: re.Match[str]) -> bool:
    """Whether what has a line's hyphens is one that was not read by its first letters."""
    if shaped[1]:
        return not WHOLE_START.search(shaped[1])
    count = VALUE.get(shaped[2][1].upper().translate(ALIKE))
    return count == len(shaped[2]) - BLOCK_HEAD and len(_letters(shaped[0])) >= ENOUGH


def _without_markup(row: str) -> str:
    """A row of a page, such as Moodle's onlinetext.html, without its tags."""
    return OTHER_MARKUP.sub(" ", INLINE.sub("", row))


def _letters(text: str) -> str:
    """The letters and digits of a text that a line could be made of."""
    return re.sub("[^0-9A-Z]+", "", unicodedata.normalize("NFKC", text).upper())


def _as_pasted(row: str, skipped: int) -> str:
    """How a line begins in a row of text, as it stands there, after the signs before it. skipped:
    letters of the row before it.
    """
    counts = [*accumulate(len(_letters(sign)) for sign in row)]
    start = max(0, bisect(counts, skipped) - BEFORE)
    return row[start : bisect_left(counts, skipped + BEGINS) + 1].strip()


def _read(letters: str, start: int) -> AnswerLine:
    """A line without "FR". Raises ValueError with the reason."""
    if letters[0] != VERSION:
        raise ValueError(NEWER)
    body, check = letters[:-CHECK], letters[-CHECK:]
    if check != _check(body, start):
        raise ValueError(CUT)
    guesses, later = _claims(body[1 + TAG + 1 :])
    return AnswerLine(body[1 : 1 + TAG], VALUE[body[1 + TAG]], guesses, later)


def _claims(blocks: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """{claim: value}, and claims whose letter means nothing yet. Raises ValueError."""
    guesses: dict[str, int] = {}
    later: list[str] = []
    seen: dict[str, int] = {}  # letters of a section in the blocks before
    while blocks:
        section, count = blocks[0], VALUE[blocks[1]] if len(blocks) > 1 else BLOCK
        letters, blocks = blocks[2 : 2 + count], blocks[2 + count :]
        if len(letters) < count or not section.isalpha():
            raise ValueError(CUT)
        for number, letter in enumerate(letters, seen.get(section, 0) + 1):
            if VALUE[letter] >= LATER:
                later.append(f"{section}{number}")
            elif VALUE[letter]:
                guesses[f"{section}{number}"] = VALUE[letter]
        seen[section] = seen.get(section, 0) + count
    return guesses, tuple(later)


def _check(letters: str, start: int) -> str:
    rest = _folded((VALUE[letter] for letter in letters), start)
    return "".join(LETTERS[rest >> shift & 31] for shift in (10, 5, 0))


def _folded(values: Iterable[int], rest: int) -> int:
    for value in values:
        rest = (rest * FACTOR + value + 1) % PRIME
    return rest


def _start(start: int | None) -> int:
    return start_value() if start is None else start
