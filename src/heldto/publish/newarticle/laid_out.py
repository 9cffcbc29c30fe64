"""The rows of a file as publishers lay them out: which is the header, what stands above and below
it, and figures with flags, groups of thousands, and a comma or a point.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from heldto.claims import units
from heldto.errors import Problem
from heldto.text.words import count_of

YEARS = (1500, 2200)
FEW_NOTES = 20  # rows of notes below a header, before the years begin
MANY = 3  # years in a row that show a column of them
BLANK = {
    "",
    "..",
    "...",
    "-",
    "\u2013",
    "\u2014",
    ":",
    ".",
    "/",
    "n.a.",
    "n/a",
    "na",
    "nan",
    "null",
}
FLAGS = {  # as Eurostat and others write them behind a figure
    "b": "a break in the series",
    "c": "confidential",
    "d": "another definition",
    "e": "estimated",
    "f": "a forecast",
    "i": "imputed",
    "n": "not significant",
    "p": "provisional",
    "r": "revised",
    "s": "estimated by the publisher",
    "u": "of low reliability",
    "z": "not applicable",
}
FLAGGED = re.compile(rf"(.*\d)\s*\(?([{''.join(FLAGS)}]{{1,3}})\)?")
NO_FIGURE = re.compile(rf":\s*\(?[{''.join(FLAGS)}]{{0,3}}\)?")  # ": c"
GAPS = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f'\u2019](?=\d{3}(?!\d))")  # 1 234, 1'234
FIGURE = re.compile(r"[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?|[-+]?[.,]\d+")
BY_COMMA = re.compile(r"[-+]?(?:0?,\d+|0,\d+|\d+,(?!\d{3}$)\d+|\d{1,3}(?:\.\d{3})+,\d+)")
BY_POINT = re.compile(
    r"[-+]?(?:0?\.\d+|0\.\d+|\d+\.(?!\d{3}$)\d+|\d{1,3}(?:,\d{3})+\.\d+)|.*\d[eE][-+]?\d+"
)
YEAR_TWICE = re.compile(r"(\d{4}) \[YR\1\]")  # as the World Bank heads a column
TIMES = (
    "time_period",
    "time",
    "jahr",
    "zeit",
    "ann\u00e9e",
)  # what publishers call a column of years
IN_BRACKETS = re.compile(r"(.+?)\s*[(\[](.+)[)\]]")  # "Coal (EJ)"
LONG_BRACKET = 40  # characters from which on a bracket is a note, and no unit
LONG_NAME = 40  # characters of a column's name
SYMBOL = re.compile(r"[EPTGM][JW]|(?=.*[a-z])(?=.+[A-Z])[\w/$\u20ac]{2,12}")  # EJ, TWh, gCO2/kWh
FOOT = re.compile(
    r"source|data from|last updated|notes?\b|\u00a9|quelle|_{2}|\*|special value", re.I
)

Row = tuple[int, list[str]]  # its number in the file, and its cells


class LaidOut(NamedTuple):
    """A table as it lies in a file: the header, the rows below it by their numbers, and lines that
    say what was left out.
    """

    header: list[str]
    rows: list[Row]
    said: list[str]


def rows_of_text(text: str) -> tuple[list[Row], str]:
    """The rows of a text file that are not blank, and the sign between their cells."""
    lines = [line for line in text.splitlines() if line.strip()]
    rows, mark = list[Row](), ","
    for sign in "\t;":
        having = sum(sign in line for line in lines)
        if having > 1 and having * 3 > len(lines):
            mark = sign
            break
    reader = csv.reader(io.StringIO(text), delimiter=mark, skipinitialspace=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append((reader.line_num, [cell.strip() for cell in cells]))
    return _split_keys(rows) if mark == "\t" else rows, mark


def _split_keys(rows: list[Row]) -> list[Row]:
    r"""Rows whose first cell holds several, as in "freq,unit,geo\TIME_PERIOD" of Eurostat."""
    if not rows or "\\" not in rows[0][1][0] or "," not in rows[0][1][0]:
        return rows
    (number, head), *body = rows
    keys = head[0].partition("\\")[0].split(",")
    return [
        (number, [*keys, *head[1:]]),
        *((at, [*row[0].split(","), *row[1:]]) for at, row in body),
    ]


def layout(name: str, rows: list[Row]) -> LaidOut:
    """Find the header of a file, and leave out the notes above and below the table. Raises Problem.

    name: of the file, as a message calls it.
    """
    said = list[str]()
    start = _header_at(name, rows)
    if start:
        said.append(_left_out("above the header", rows[:start]))
    (_, header), body = rows[start], rows[start + 1 :]
    while (
        len(header) > 1
        and not header[-1]
        and not any(any(row[len(header) - 1 :]) for _, row in body)
    ):
        header = header[:-1]
    body, foot = _without_foot(body, len(header))
    if foot:
        said.append(_left_out("below the table", foot))
    for number, row in body:
        if any(row[len(header) :]) or len(row) < len(header):
            widths = f"{count_of(len(row), 'cell')} under a header of {len(header)}"
            raise Problem(f"{name}, row {number}: {widths}: mend the row, or save it as CSV")
    _check_notes_below(name, header, body)
    body = [(number, row[: len(header)]) for number, row in body]
    blank = [
        at
        for at, head in enumerate(header)
        if not is_year(YEAR_TWICE.sub(r"\1", head)) and not any(row[at] for _, row in body)
    ]
    if named := [header[at] for at in blank if header[at]]:
        said.append(f"Left out, because they are blank: {', '.join(named)}.")
    kept = [at for at in range(len(header)) if at not in blank]
    return LaidOut(
        [YEAR_TWICE.sub(r"\1", header[at]) for at in kept],
        [(number, [row[at] for at in kept]) for number, row in body],
        said,
    )


def _header_at(name: str, rows: list[Row]) -> int:
    """The place of the header among the rows: the first that names each column, and holds no
    figure but years.
    """
    filled = [sum(map(bool, row)) for _, row in rows]
    widest = max(filled)
    for place, (_, row) in enumerate(rows):
        corner = filled[place] == widest - 1 and not row[0]  # the corner of a table is often blank
        if (filled[place] == widest or corner) and not any(map(_is_plain_figure, row)):
            return place
    if filled[0] * 2 <= widest and sum(count > filled[0] for count in filled) * 2 > len(rows):
        wide = next(place for place, count in enumerate(filled) if count == widest)
        raise no_header(name, rows[0][0], rows[wide - 1][0])
    return 0


def no_header(name: str, first: int, last: int) -> Problem:
    """That rows of a file, from the first to the last of them, are notes or a header in parts."""
    rows_above = f"row {last} is" if first == last else f"rows {first} to {last} are"
    remedy = "delete the notes above the header, and give each column its name in one row"
    return Problem(f"{name}, {rows_above} no header: {remedy}")


def _is_plain_figure(cell: str) -> bool:
    word = YEAR_TWICE.sub(r"\1", cell)
    return bool(FIGURE.fullmatch(GAPS.sub("", word))) and not is_year(word)


def is_year(word: object) -> bool:
    """Whether a word is a year."""
    return str(word).isdigit() and YEARS[0] <= int(str(word)) <= YEARS[1]


def _without_foot(body: list[Row], width: int) -> tuple[list[Row], list[Row]]:
    """The rows without those at their end that are notes: one cell alone, after a blank row, in a
    row that stops there, or in words that begin a note.
    """
    end = len(body)
    while end and width > 1 and not any(body[end - 1][1][1:]):
        end -= 1
    foot = body[end:]
    if not foot:
        return body, []
    after_gap = end and foot[0][0] > body[end - 1][0] + 1
    is_note = after_gap or len(foot[0][1]) < width or FOOT.match(foot[0][1][0])
    return (body[:end], foot) if is_note else (body, [])


def _check_notes_below(name: str, header: list[str], body: list[Row]) -> None:
    """Raises Problem where notes stand between the header and a first column of years."""
    years = [is_year(row[0]) for _, row in body]
    first = years.index(True) if True in years else 0
    if 0 < first < FEW_NOTES and all(years[first : first + MANY]) and "year" not in header:
        rows = (
            f"rows {body[0][0]} to {body[first - 1][0]} are"
            if first > 1
            else f"row {body[0][0]} is"
        )
        says = "no figures: delete such notes below the header, and write year over the years"
        raise Problem(f"{name}, {rows} {says}")


def _left_out(where: str, rows: list[Row]) -> str:
    first, last = rows[0][0], rows[-1][0]
    numbers = f"Row {first} stands" if len(rows) == 1 else f"Rows {first} to {last} stand"
    words = " ".join(filter(None, rows[0][1]))
    quoted = f"{words[:60]} ..." if len(words) > 60 else words
    left = "is left out" if len(rows) == 1 else "are left out"
    return f'{numbers} {where} and {left}: "{quoted}".'


def short_header(header: str) -> tuple[str, str]:
    """A header with its unit in brackets, as "Coal (TWh)" of "Coal - TWh (adapted for a chart)";
    and the note that stood in its brackets, "" where none did.
    """
    words = IN_BRACKETS.fullmatch(header)
    title, bracket = words.groups() if words else (header, "")
    what, _, unit = title.rpartition(" - ")
    has_unit = what and (
        unit in units.UNITS or unit in units.TABLE["spellings"] or SYMBOL.fullmatch(unit)
    )
    note = bracket if has_unit or len(bracket) > LONG_BRACKET else ""
    if has_unit:
        return f"{what} ({unit})", note
    return (title if note else header), note


def short_names(names: Sequence[str]) -> list[str]:
    """Names of columns, the long ones cut off behind a word; whole where two would be the same."""
    cut = [
        name if len(name) <= LONG_NAME else name[: LONG_NAME + 1].rpartition("_")[0] or name
        for name in names
    ]
    return cut if len({*cut}) == len({*names}) else [*names]


def percent_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of words in which a sign of percent stands behind each cell that is filled."""
    found = list[str]()
    for column in frame:
        cells = [cell.strip() for cell in frame[column].fillna("")]
        filled = [cell for cell in cells if cell.casefold() not in BLANK]
        if filled and all(cell.endswith("%") for cell in filled):
            found.append(column)
    return found


def as_figures(name: str, frame: pd.DataFrame, mark: str) -> tuple[pd.DataFrame, list[str]]:
    """A frame of words with its columns of figures as such, and lines that say how they were read.
    Raises Problem for a cell that is none in a column of figures.

    name: of the file; mark: the sign between its cells: after a semicolon "1.234" has a thousand.
    """
    said, flags = list[str](), Counter[str]()
    bare = {column: _bare(frame[column], flags) for column in frame}
    numeric = {column: cells for column, cells in bare.items() if _holds_figures(cells)}
    decimal, is_sure = _decimal(name, numeric, mark)
    for column, cells in numeric.items():
        _check_all(name, column, frame[column], cells)
        frame[column] = _numbers(cells, decimal)
    thousands = re.compile(rf"[-+]?[1-9]\d{{0,2}}\{',' if decimal == '.' else '.'}\d{{3}}")
    cells = (cell for cells in numeric.values() for cell in cells.dropna())
    if not is_sure and (cell := next(filter(thousands.fullmatch, cells), "")):
        said.append(f"{cell} was read as {re.sub('[.,]', '', cell)}: is that meant?")
    if flags:
        words = ", ".join(f"{flag} ({FLAGS[flag]})" for flag in sorted(flags))
        many = count_of(flags.total(), "flag")
        said.append(f"Left out: {many} behind figures: {words}. Say in the trap what they mean.")
    for column in frame:
        if column not in numeric:
            frame[column] = _words(frame[column])
    return frame, said


def _bare(cells: pd.Series, flags: Counter[str]) -> pd.Series:
    """Cells without flag, percent sign and gaps between thousands; NaN where no figure is known.
    flags: a count of each that stood behind a figure.
    """
    found, seen = list[str | None](), Counter[str]()
    for cell in cells.fillna(""):
        word = GAPS.sub("", cell.removesuffix("%").strip()).replace("\u2212", "-")
        flagged = None if FIGURE.fullmatch(word) else FLAGGED.fullmatch(word)
        if flagged and FIGURE.fullmatch(flagged[1].strip()):
            word = flagged[1].strip()
            seen.update(flagged[2])
        is_blank = word.casefold() in BLANK or NO_FIGURE.fullmatch(word)
        found.append(None if is_blank else word)
    bare = pd.Series(found, index=cells.index, dtype=object, name=cells.name)
    if _holds_figures(bare):
        flags.update(seen)
    return bare


def _holds_figures(cells: pd.Series) -> bool:
    """Whether at least two in three of the cells that are filled are figures; of a year's column
    that is blank they would be.
    """
    filled = cells.dropna()
    if filled.empty:
        return is_year(cells.name)
    return sum(map(_is_figure, filled)) * 3 >= 2 * len(filled)


def _is_figure(cell: str) -> bool:
    return bool(FIGURE.fullmatch(cell))


def _check_all(name: str, column: str, cells: pd.Series, bare: pd.Series) -> None:
    if column == "year":
        return  # said of a year
    for row, word in bare.dropna().items():
        if not _is_figure(word):
            says = (
                f'"{cells[row]}" is no figure: write one, leave the cell blank, or delete the row'
            )
            raise Problem(f"{name}, row {row}, column {column}: {says}")


def _decimal(name: str, numeric: dict[str, pd.Series], mark: str) -> tuple[str, bool]:
    """The decimal sign of a file, and whether a figure that can be read in one way alone shows it;
    where none does it is a comma in a file with semicolons. Raises Problem where two figures
    differ.
    """
    found = dict[str, tuple[object, str, str]]()
    for column, cells in numeric.items():
        for row, word in cells.dropna().items():
            for sign, form in ((",", BY_COMMA), (".", BY_POINT)):
                if form.fullmatch(word):
                    found.setdefault(sign, (row, column, word))
    if len(found) > 1:
        first, second = sorted(found.values(), key=lambda one: str(one[0]))
        says = f'"{second[2]}" has another decimal sign than "{first[2]}" in row {first[0]}'
        raise Problem(f"{name}, row {second[0]}, column {second[1]}: {says}: write both alike")
    return next(iter(found), "," if mark == ";" else "."), bool(found)


def _numbers(cells: pd.Series, decimal: str) -> pd.Series:
    if cells.isna().all():
        return cells.astype(float)
    words = cells.str.replace("," if decimal == "." else ".", "").str.replace(decimal, ".")
    numbers = pd.to_numeric(words, errors="coerce")
    return cells if numbers.isna().sum() > cells.isna().sum() else numbers


def _words(cells: pd.Series) -> pd.Series:
    """A column of words; of true and false as such."""
    words = cells.where(~cells.str.casefold().isin(BLANK - {"na", "nan", "null", "/"}))
    truth = {"true": True, "false": False}
    if words.notna().all() and words.str.casefold().isin(truth).all():
        return words.str.casefold().map(truth).astype(bool)
    return words


def as_year(headers: Iterable[str]) -> Iterator[str]:
    """The names of columns, with that of a column of years as this package calls it."""
    names = list(headers)
    time = next((name for name in names if name in TIMES), "")
    for name in names:
        yield "year" if name == time and "year" not in names else name
