"""Describing a table: a CSV file or a sheet of a workbook is laid into data/, and its entry written
into datapackage.json: columns as far as they can be guessed, source, licence, and one trap.
"""

import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from heldto import article
from heldto.errors import Problem, did_you_mean
from heldto.evidence import actors, tables
from heldto.evidence.paths import data_dir, shipped_data_dir
from heldto.extras import remedy
from heldto.foreign import inside, write_inside
from heldto.publish.newarticle import laid_out
from heldto.text.words import count_of
from heldto.tr import tr

ASKED = {
    "source": "Where is it from? (publisher, table, edition)",
    "licence": "Under which licence may it be passed on?",
    "trap": "What would somebody misread in it?",
}
LICENCES = {  # as people write them, and their names in the standard
    "cc by 4.0": "CC-BY-4.0",
    "cc by": "CC-BY-4.0",
    "cc by-sa 4.0": "CC-BY-SA-4.0",
    "cc0": "CC0-1.0",
    "pddl": "PDDL-1.0",
    "public domain": "public-domain",
}
PERCENT = " (%)"  # behind a header
WORKBOOKS = (".xlsx", ".xlsm")
OTHER_WORKBOOKS = (".xls", ".ods", ".numbers")
SAVED = (
    'save its sheet as CSV, in Excel by File, Save As, "CSV UTF-8"; '
    'in LibreOffice by Save As, "Text CSV"'
)
DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
WIDE = 3  # columns whose names are years: a table that is wide
ORDERED = 3  # pairs that show an order
SIDE = re.compile("(.*?)_?(?:a|b|1|2|one|two|first|second)")  # "actor_a", one side of a pair


def describe_csv(path: Path, said: dict[str, str], ask: Callable[[str], str] | None) -> list[str]:
    """Lay a CSV file, or a sheet of a workbook, into data/, and write its entry. Returns lines that
    say what was found.

    said: source, licence, trap, unit, retrieved, name, sheet, rows, as far as they are known;
    ask: a function from a question to its answer, None where nobody can be asked. Raises Problem.
    """
    if article.current().is_package and data_dir() == shipped_data_dir():
        raise Problem(
            f"{article.current().package} has tables of its own, and yours would lie among them: "
            "go to the folder with your article.toml"
        )
    raw_frame, headers, notes, said_of_file = _read(path, said.get("sheet", ""))
    frame, was_wide = _long(raw_frame)
    name = said.get("name") or re.sub(r"\W+", "_", path.stem.lower()).strip("_")
    _check_name(name)
    if rows := said.get("rows", ""):
        frame, unit = _stacked(path, frame, headers, rows)
        headers["value"] = name.replace("_", " ") + (f" ({unit})" if unit else "")
        said_of_file.append(
            f"A column for each {rows} is now a row for each: figures are in value."
        )
    frame, columns = _coded(frame)
    column = next(iter(columns), "")
    pairs = pairs_without_order(frame, columns)
    answers = _answers(path, said, ask)
    turned = [header for column, header in headers.items() if was_wide and laid_out.is_year(column)]
    unit = PERCENT if turned and all(header.endswith(PERCENT) for header in turned) else ""
    headers["value"] = headers.get("value", name.replace("_", " ") + unit)
    fields = [
        _field(
            column_name,
            frame[column_name],
            column,
            headers.get(column_name, column_name),
            said.get("unit", ""),
        )
        | ({"description": notes[column_name]} if notes.get(column_name) else {})
        for column_name in frame
    ]
    entry = _entry(name, said, answers, fields, frame) | ({"pairs": pairs} if pairs else {})
    write_inside(data_dir(), f"{name}.csv", frame.to_csv(index=False, lineterminator="\n"))
    _put(entry)
    return [
        *_found(path, frame, columns, was_wide, fields),
        *said_of_file,
        *_could_be_rows(fields),
        *_paired(pairs),
        f"Written: data/{name}.csv and its entry.",
    ]


def _check_name(name: str) -> None:
    """Raises Problem where no file in data/ can have the name on every system."""
    data_dir().mkdir(parents=True, exist_ok=True)
    remedy = "give another name with --name"
    for file in (name, f"{name}.csv"):
        inside(data_dir(), file, remedy)
    for other in data_dir().iterdir():
        if other.name != f"{name}.csv" and other.name.casefold() == f"{name}.csv".casefold():
            raise Problem(
                f"{remedy}: data/{other.name} differs from {name}.csv only by its capitals, and "
                "many systems take the two for one file"
            )


def _answers(path: Path, given: dict[str, str], ask: Callable[[str], str] | None) -> dict[str, str]:
    """Source, licence and trap, asked for where nobody said them. Raises Problem."""
    answers = {name: given.get(name, "").strip() for name in ASKED}
    for name, question in ASKED.items():
        if not answers[name] and ask:
            answers[name] = ask(question).strip()
    if lacking := [name for name in ASKED if not answers[name]]:
        questions = " ".join(ASKED[name] for name in lacking)
        options = " ".join(f'--{name} "..."' for name in lacking)
        raise Problem(f"{path.name}: {questions} Say it with {options}")
    return answers


def _read(path: Path, sheet: str) -> tuple[pd.DataFrame, dict[str, str], dict[str, str], list[str]]:
    """What a file holds, {column: its header, a long one shortened}, {column: the note that stood
    in it}, and lines that say what was left out of the file. The index of a row is its number in
    the file. sheet: of a workbook.
    """
    if not path.is_file():
        raise Problem(f"{path}: no such file: name a CSV file, or a workbook (.xlsx)")
    if path.suffix.lower() in OTHER_WORKBOOKS:
        raise Problem(f"{path.name} is a workbook of another kind: {SAVED}")
    is_workbook = path.suffix.lower() in WORKBOOKS
    rows, mark = (_workbook_rows(path, sheet), ",") if is_workbook else _text_rows(path)
    if len(rows) < 2 or max(len(cells) for _, cells in rows) < 2:
        raise Problem(f"{path.name}: one column, or no row: save it as CSV with commas")
    found = laid_out.layout(path.name, rows)
    shortened = [laid_out.short_header(header) for header in found.header]
    if len({_name(header) for header, _ in shortened}) < len(found.header):
        shortened = [(header, "") for header in found.header]
    heads, said_in_brackets = zip(*shortened, strict=True)
    columns = laid_out.short_names([_name(header) for header in heads])
    if "obs_value" in columns:  # of the exchange format of statistics offices
        columns = [*_with_labels(columns)]
    if len({*columns}) < len(columns):
        raise Problem(f"{path.name}: two columns have the same name: rename one of them")
    numbers, cells = [number for number, _ in found.rows], [row for _, row in found.rows]
    frame = pd.DataFrame(cells, index=numbers, columns=columns, dtype=object)
    said = list(found.said)
    named = [*laid_out.as_year(columns)]
    if named != columns and frame[columns[named.index("year")]].map(laid_out.is_year).all():
        said.append(f"{found.header[named.index('year')]} is called year here.")
        frame.columns = named
    _look_over(path, frame)
    percents = laid_out.percent_columns(frame)
    frame, read_as = laid_out.as_figures(path.name, frame, mark)
    headers = dict(zip(frame, heads, strict=True))
    for column in percents:
        if not laid_out.IN_BRACKETS.fullmatch(headers[column]):
            headers[column] += PERCENT
    notes = dict(zip(frame, said_in_brackets, strict=True))
    return frame.reset_index(drop=True), headers, notes, [*said, *read_as, *_shortened(notes)]


def _shortened(notes: dict[str, str]) -> Iterator[str]:
    if noted := {column: note for column, note in notes.items() if note}:
        column, first = next(iter(noted.items()))
        others = f" and {len(noted) - 1} more" if len(noted) > 1 else ""
        says = f"The header of {column}{others} was shortened"
        yield f'{says}: what stood in brackets ("{first}") is now its description.'


def _text_rows(path: Path) -> tuple[list[laid_out.Row], str]:
    """The rows of a text file, and the sign between their cells. Raises Problem."""
    try:
        return laid_out.rows_of_text(tables.file_text(path))
    except csv.Error as fault:
        raise Problem(f"{path.name}: {fault}: {SAVED}") from None


def _with_labels(columns: list[str]) -> Iterator[str]:
    """Names of columns, of which a second of one name holds the words of the first one's codes."""
    for place, column in enumerate(columns):
        yield f"{column}_name" if column in columns[:place] else column


def _workbook_rows(path: Path, sheet: str) -> list[laid_out.Row]:
    """The rows of a sheet of a workbook, without blank ones; percent are written as such.

    sheet: its name, "" where only one has cells. Raises Problem.
    """
    if not find_spec("openpyxl"):
        raise Problem(f"{path.name} is a workbook: {remedy('excel')} to have it read, or {SAVED}")
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(tables.sized(path), data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise Problem(f"{path.name} cannot be read as a workbook ({fault}): {SAVED}") from None
    rows_by_sheet = {one.title: _filled_rows(one) for one in workbook.worksheets}
    filled = {name: rows for name, rows in rows_by_sheet.items() if rows}
    if not filled:
        raise Problem(f"{path.name}: no sheet has a cell: fill in one, with a header")
    if not sheet and len(filled) > 1:
        raise Problem(f"{path.name} has the sheets {', '.join(filled)}: name one with --sheet")
    name = sheet or next(iter(filled))
    if name not in filled:
        near = did_you_mean(name, [*filled], f"There are {', '.join(filled)}.")
        raise Problem(f'{path.name} has no sheet "{name}" with cells. {near}')
    return filled[name]


def _filled_rows(sheet: Any) -> list[laid_out.Row]:
    """The cells of a sheet as text, without rows and columns that are blank."""
    rows = [[_cell_text(cell) for cell in row] for row in sheet.iter_rows()]
    columns = [place for place in range(sheet.max_column) if any(row[place] for row in rows)]
    return [
        (number, [row[place] for place in columns])
        for number, row in enumerate(rows, 1)
        if any(row)
    ]


def _cell_text(cell: Any) -> str:
    """What stands in a cell of a workbook, as CSV has it."""
    value = cell.value
    if isinstance(value, datetime):
        return f"{value.date()}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value * 100:.12g} %" if "%" in cell.number_format else f"{value:.15g}"
    return "" if value is None else str(value).strip()


def _look_over(path: Path, frame: pd.DataFrame) -> None:
    """Raises Problem where a row stands twice, whose figures would be added up, or where a year is
    none. Rows are counted as a spreadsheet does, the header being the first.
    """
    duplicates = frame[frame.duplicated()]
    if len(duplicates):
        first = frame.index[frame.eq(duplicates.iloc[0]).all(axis=1)][0]
        rows = f"rows {first} and {duplicates.index[0]}"
        raise Problem(f"{path.name}, {rows} are the same: delete one of them")
    for column in frame:
        for row, word in frame[column].dropna().astype(str).items():
            if day := DAY.fullmatch(word.strip()):
                written = f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}"
                says = f'"{word}" is a day: write {written}, in a column called date'
                raise Problem(f"{path.name}, row {row}, column {column}: {says}")
    for number, word in frame["year"].items() if "year" in frame else ():
        if pd.isna(word) or not laid_out.is_year(f"{word}".removesuffix(".0")):
            problem = "a blank" if pd.isna(word) or not word else f'"{word}"'
            raise Problem(
                f"{path.name}, row {number}, column year: {problem} is not a year: "
                "write one, such as 2014"
            )


def _name(column: str) -> str:
    return re.sub(r"\W+", "_", column.strip().lower()).strip("_") or "column"


def _long(frame: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """A table with a column a year, turned into one with a row a year."""
    years = [column for column in frame if laid_out.is_year(column)]
    if len(years) < WIDE:
        return frame, False
    kept = [column for column in frame if column not in years]
    long = frame.melt(kept, years, var_name="year", value_name="value").dropna(subset=["value"])
    return long.assign(year=long["year"].astype(int)), True


def _stacked(
    path: Path, frame: pd.DataFrame, headers: dict[str, str], name: str
) -> tuple[pd.DataFrame, str]:
    """A table with a column for each source (or sector), turned into one with a row for each; and
    the unit of its figures. name: what the new column is called. Raises Problem.
    """
    figures = [one for one in frame.select_dtypes("number") if one != "year"]
    words = [laid_out.IN_BRACKETS.fullmatch(headers[one]) for one in figures]
    titles = [word[1] if word else headers[one] for one, word in zip(figures, words, strict=True)]
    found_units = {word[2] if word else "" for word in words}
    if len(figures) < 2 or len(found_units) > 1 or _name(name) in frame:
        problem = "needs a name that no column has, and two columns of figures, all in one unit"
        raise Problem(f"{path.name}: --rows {name} {problem}: delete the other columns")
    names = dict(zip(figures, _told_apart(titles), strict=True))
    kept = [column for column in frame if column not in figures]
    long = frame.melt(kept, figures, var_name=_name(name), value_name="value")
    long = long.dropna(subset=["value"]).replace({_name(name): names}).reset_index(drop=True)
    return long, found_units.pop()


def _told_apart(titles: list[str]) -> list[str]:
    """Titles without the words that all of them begin and end with: "coal" of "Power from coal"."""
    words = [title.split() for title in titles]
    while all(len(one) > 1 for one in words) and len({one[0] for one in words}) == 1:
        words = [one[1:] for one in words]
    while all(len(one) > 1 for one in words) and len({one[-1] for one in words}) == 1:
        words = [one[:-1] for one in words]
    names = [" ".join(one) for one in words]
    return [name[:1].upper() + name[1:] for name in names]


def _could_be_rows(fields: list[dict[str, Any]]) -> Iterator[str]:
    """That columns of one unit, whose titles differ by a word, are parts of something."""
    figures = [field for field in fields if field.get("unit", "number") != "number"]
    titles = [field["title"] for field in figures]
    parts = _told_apart(titles) if len(titles) >= WIDE else []
    alike = len({field["unit"] for field in figures}) == 1 and parts != titles
    if parts and alike:
        names = ", ".join(field["name"] for field in figures[:WIDE])
        says = f"{names} ... could be rows"
        remedy = "run it again with --rows source, or another name for the new column"
        yield f"{says}, which a share or bars of {', '.join(parts[:WIDE])} ... need: {remedy}."


def _coded(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The frame, its columns of actors by their codes; and what these columns are called."""
    columns = list[str]()
    for column in frame:
        if pd.api.types.is_numeric_dtype(frame[column]):
            continue
        words = frame[column].dropna().astype(str).unique()
        code_by_word = {word: code for word in words if (code := actors.known(word))}
        if len(code_by_word) * 2 >= min(len(words), len(actors.EVERYBODY)):
            frame = frame.assign(**{column: frame[column].replace(code_by_word)})
            columns.append(column)
    return frame, columns


def pairs_without_order(frame: pd.DataFrame, columns: list[str]) -> list[str]:
    """The two columns of actors of a table that holds each pair once, whichever way round; none
    where their order may mean something, as in a table of sellers and buyers.

    Some actor stands on either side, and no pair both ways. Either the columns are called alike
    ("actor_a", "actor_b"), or in every row the codes are in the order of the alphabet.
    """
    if len(columns) != 2:
        return []
    one, other = columns
    pairs = {*zip(frame[one].astype(str), frame[other].astype(str), strict=True)}
    if not {*frame[one]} & {*frame[other]} or any(pair[::-1] in pairs for pair in pairs):
        return []
    sides = [SIDE.fullmatch(name) for name in columns]
    alike = all(sides) and len({side[1] for side in sides if side}) == 1
    in_order = len(pairs) >= ORDERED and len({first < second for first, second in pairs}) == 1
    return columns if alike or in_order else []


def _paired(pairs: list[str]) -> list[str]:
    if not pairs:
        return []
    one, other = pairs
    return [
        f"It holds each pair of {one} and {other} once: a claim finds the row whichever way round "
        'it names the two. If the order means something, delete "pairs" from the entry.'
    ]


def _field(name: str, cells: pd.Series, column: str, header: str, unit: str) -> dict[str, Any]:
    """How a column is described; a header "Coal (EJ)" gives its title and its unit."""
    field: dict[str, Any] = {"name": name, "type": _type(name, cells)}
    words = laid_out.IN_BRACKETS.fullmatch(header)
    title = (words[1] if words else header).replace("_", " ")
    field["title"] = title[:1].upper() + title[1:]
    if name == column:
        field["title"] = tr("Code of the actor")
    elif field["type"] in ("integer", "number") and name not in ("year",):
        field["unit"] = unit or (words[2] if words else "number")
    if not cells.isna().any():
        field["constraints"] = {"required": True}
    return field


def _type(name: str, cells: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(cells):
        return "boolean"
    if pd.api.types.is_numeric_dtype(cells):
        all_whole = (cells.dropna() % 1 == 0).all()
        return "integer" if all_whole else "number"
    days = cells.dropna().astype(str).str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    return "date" if days and name in ("date", "day") else "string"


def _entry(
    name: str,
    given: dict[str, str],
    answers: dict[str, str],
    fields: list[dict[str, Any]],
    frame: pd.DataFrame,
) -> dict[str, Any]:
    day = given.get("retrieved") or f"{date.today()}"
    licence = LICENCES.get(answers["licence"].casefold(), answers["licence"])
    words = [field["name"] for field in fields if field["type"] in ("string", "date")]
    keys = [field["name"] for field in fields if field["name"] in (*words, "year")]
    keys = [key for key in keys if frame[key].notna().all()]
    schema: dict[str, Any] = {"fields": fields}
    if keys and not frame.duplicated(keys).any():
        schema["primaryKey"] = keys
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": name.replace("_", " ").capitalize(),
        "schema": schema,
        "sources": [{"title": answers["source"], "retrieved": day}],
        "licenses": [{"name": licence}],
        "traps": [answers["trap"]],
    }


def _put(entry: dict[str, Any]) -> None:
    path = data_dir() / "datapackage.json"
    package: dict[str, Any] = {"name": "tables", "resources": []}
    if path.is_file():
        package = json.loads(tables.file_text(path))
    other_entries = [one for one in package["resources"] if one["name"] != entry["name"]]
    package["resources"] = [*other_entries, entry]
    write_inside(data_dir(), path.name, json.dumps(package, indent=1, ensure_ascii=False) + "\n")


def _without(frame: pd.DataFrame, name: str) -> str:
    """Which rows have none in a column of words, as groups of states have no code."""
    rows = frame[frame[name].isna()]
    others = [
        other for other in rows.select_dtypes(["object", "string"]) if rows[other].notna().all()
    ]
    if not others:
        return f"{count_of(len(rows), 'cell')} blank"
    return f"groups without one: {', '.join(map(str, rows[others[0]].unique()[:4]))}"


def _parts_of_one(frame: pd.DataFrame, fields: list[dict[str, Any]]) -> Iterator[str]:
    """Which column is called one of percent, and holds parts of one."""
    for field in fields:
        unit, cells = str(field.get("unit", "")).casefold(), frame[field["name"]]
        if unit in ("%", "percent", "per cent") and 0 < (largest := cells.abs().max()) <= 1:
            says = f"{field['name']} is in {unit}, and its largest figure is {largest:g}"
            yield f"{says}: is {100 * largest:g} meant? Multiply them by 100, and run it again."


def _few_actors(frame: pd.DataFrame) -> Iterator[str]:
    """Which column names some actors, and so many others that it is none of actors."""
    for column in frame.select_dtypes(["object", "string"]):
        words = [str(word) for word in frame[column].dropna().unique()]
        strange = [word for word in words if actors.known(word) is None]
        if len(strange) < len(words):
            first = ", ".join(word for word in words if word not in strange)
            says = f"{column} was not read as actors: only {first} of it stand in actors.csv, not"
            remedy = "write each into actors.csv, or as an alias, and run it again"
            yield f"{says} {', '.join(strange[:4])}: {remedy}."


def _codes_of_no_actor(frame: pd.DataFrame) -> Iterator[str]:
    """Which column holds short codes that are no actors, as Eurostat writes DE and FR."""
    for column in frame.select_dtypes(["object", "string"]):
        words = [str(word) for word in frame[column].dropna().unique()]
        if len(words) > 1 and all(re.fullmatch("[A-Z]{2,3}", word) for word in words):
            says = f"{column} holds codes such as {words[0]}"
            yield f"{says}: write each as an alias into actors.csv, and run it again."


def _found(
    path: Path,
    frame: pd.DataFrame,
    columns: list[str],
    was_wide: bool,
    fields: list[dict[str, Any]],
) -> list[str]:
    descriptions, column = [], next(iter(columns), "")
    for field in fields:
        name, cells = field["name"], frame[field["name"]]
        if name == column:
            strange = [word for word in cells.unique() if actors.known(str(word)) is None]
            non_actors = f"; no actors: {', '.join(map(str, strange[:4]))}" if strange else ""
            descriptions.append(f"{name} (actors{non_actors})")
        elif name == "year":
            descriptions.append(f"year ({cells.min()}-{cells.max()})")
        elif pd.api.types.is_numeric_dtype(cells):
            unit = field.get("unit", "number")
            words = ["figures", *([unit] if unit != "number" else [])]
            blank = int(cells.isna().sum())
            words += [f"{count_of(blank, 'cell')} blank"] if blank else []
            descriptions.append(f"{name} ({', '.join(words)})")
        else:
            without = f"; {_without(frame, name)}" if cells.isna().any() else ""
            first = ", ".join(map(str, cells.dropna().unique()[:4]))
            descriptions.append(f"{name} ({first}{without})")
    lines = [f"{path.name}, {count_of(len(frame), 'row')}: {', '.join(descriptions)}."]
    if was_wide:
        lines.append(
            "It had a column for each year. Now it has a row for each year: "
            "the figures are in value."
        )
    lines += _parts_of_one(frame, fields)
    others = frame.drop(columns=columns)
    lines += (told := [*_few_actors(others)])
    if not (column or told):
        lines.append(
            "No column has actors of actors.csv, so its pictures cannot follow the switches."
        )
    if not any(frame[name].isin(actors.ALL).any() for name in columns):
        lines += _codes_of_no_actor(others)
    if "year" not in frame:
        lines.append("No column is called year: *then* and *since* are the same.")
        for column, cells in frame.items():
            words = cells.dropna().astype(str).str.removesuffix(".0")
            if len(words) and words.map(laid_out.is_year).all():
                lines.append(f"{column} holds years: write year into its header, and run it again.")
    return lines
