"""How long a notebook takes: one table of paces, and from it the minutes of its parts and core."""

import re
from collections import Counter
from typing import NamedTuple

from nbformat import NotebookNode

from heldto import article
from heldto.text.words import count_of

WORDS = 200  # read a minute, those of captions, forms and the lines of a card included
FOLDED = "  "  # before each line that a card folds away
PRESSED = 0.1  # minutes to run a cell of code and scroll to what it shows
TRIED = 1  # minutes for what a text asks its reader to do
TASK = re.compile(r"^\*\*(?:Try|Change one thing)\b", re.M)  # how such a paragraph begins
BLANK = re.compile(r"=\.\.\.(?=\))")  # one place in a line of code that a reader fills in
READ = {"guess", "draw", "picture", "verdict", "exercise"}  # cells whose outputs are read as text
MINUTES = {
    "guess": 0.75,
    "draw": 0.75,
    "picture": 1.5,
    "number": 0.75,
    "exercise": 3,
}  # each, beside reading
MINUTES |= {"code": 0.75, "bench": 5}  # lines that are read as a lesson; a step of one's own
MINUTES |= {"blank": 1}  # beside the exercise
MINUTES_OF_CARD = 2 / 3  # where its words cannot be counted, for it has not been executed
PLURALS = {
    "guess": "guesses",
    "draw": "lines to draw",
    "picture": "pictures",
    "verdict": "verdicts",
}
PLURALS |= {"number": "numbers", "exercise": "exercises", "bench": "steps at the bench"}
SINGULARS = {"draw": "line to draw", "bench": "step at the bench", "code": "lesson in code"}
SINGULARS |= {"blank": "blank to fill in"}
MORE = "## More claims"  # opens the first heading after the core
HEADING = re.compile(r"^###? (.+)$", re.M)
STEPS = re.compile(r"## (\d+) to (\d+)\.")


def _claim() -> re.Pattern:
    return re.compile(rf"""["'][{article.current().letters}]\d+["']""")


class Told(NamedTuple):
    """Minutes as a reader is told them: for the core with its exercises (0 without a core), to read
    it all, and how many more for all exercises.
    """

    core: int
    reading: int
    exercises: int


def told(notebook: NotebookNode) -> Told:
    """The minutes that a notebook and its handout print, both counted on the live notebook, and
    rounded to five.
    """
    live = notebook.copy()
    live.cells = [cell for cell in notebook.cells if "handout" not in cell_tags(cell)]
    reading, exercises = minutes(live)
    return Told(_to_five(core(live)), _to_five(max(1, reading)), _to_five(exercises))


def _to_five(spent: int) -> int:
    return 5 * max(1, round(spent / 5)) if spent else 0


def minutes_line(notebook: NotebookNode) -> str:
    """How a notebook's own line on its minutes begins: "About 30 minutes"."""
    spent = told(notebook)
    more = f"and {spent.exercises} more for all exercises"
    if spent.core:
        whole = f"{spent.reading} to read the whole page"
        return f"About {spent.core} minutes for the core, {whole}, {more}"
    return f"About {spent.reading} minutes" + (f", {more}" if spent.exercises else "")


def put_line(notebook: NotebookNode) -> None:
    """Write the minutes as counted into the notebook's own line, the cell with the id `time`."""
    for cell in notebook.cells:
        if cell.get("id") == "time" and cell.source.startswith("*About "):
            cell.source = f"*{minutes_line(notebook)} ·{cell.source.partition(' ·')[2]}"


def minutes(notebook: NotebookNode) -> tuple[int, int]:
    """(Minutes to read a notebook, guess and open its verdicts; minutes for all its exercises)."""
    rows = timing(notebook)
    return sum(row[2] for row in rows), sum(row[3] for row in rows)


def core(notebook: NotebookNode) -> int:
    """Minutes for the core of a notebook with its exercises; 0 where it has no core of its own.

    The core is what stands before the first heading "More claims".
    """
    return round(sum(sum(_spent(cell)) for cell in notebook.cells[: core_ends(notebook)]))


def core_ends(notebook: NotebookNode) -> int:
    """The number of cells before the first heading "More claims"; 0 where there is none."""
    sources = [cell.source for cell in notebook.cells]
    return next((place for place, source in enumerate(sources) if source.startswith(MORE)), 0)


def timing(notebook: NotebookNode) -> list[tuple[str, str, int, int]]:
    """How long a reader or a class needs for each part of a notebook.

    Rows: heading, what there is to do, minutes, minutes for the exercises.
    """
    parts: list[tuple[str, list[NotebookNode]]] = [("Opening", [])]
    for cell in notebook.cells:
        headings = HEADING.findall(cell.source) if cell.cell_type == "markdown" else []
        if headings:
            parts.append((headings[-1].replace("|", "/"), []))
        parts[-1][1].append(cell)
    rows = [(heading, tasks(cells), *_rounded(cells)) for heading, cells in parts]
    return [row for row in rows if row[1] != "read" or row[2]]


def tasks(cells: list[NotebookNode]) -> str:
    """What there is to do in some cells: "2 guesses, 1 picture"; "read" where that is all."""
    counts: Counter[str] = sum((_tasks(cell) for cell in cells), Counter())
    phrases = [
        count_of(n, SINGULARS.get(kind, kind), plural)
        for kind, plural in PLURALS.items()
        if (n := counts[kind])
    ]
    return ", ".join(phrases) or "read"


def _tasks(cell: NotebookNode) -> Counter[str]:
    """What there is to do in one cell: of each kind, how many. A form asks for several guesses, and
    a cell at the bench may hold several steps.
    """
    countable = {*PLURALS, *MINUTES} if cell.cell_type == "code" else set()
    kinds = countable & cell_tags(cell)
    ids = len(_claim().findall(cell.source))
    several = {"guess": ids, "bench": _steps(cell.source)}
    if "guess" in kinds:  # all of a claim in one cell
        several["verdict"] = ids
    return Counter({kind: several.get(kind) or 1 for kind in kinds})


def _steps(source: str) -> int:
    """Steps of a cell at the bench, by its first line: of "## 1 to 3. The table" three."""
    match = STEPS.match(source)
    return int(match[2]) - int(match[1]) + 1 if match else 1


def cell_tags(cell: NotebookNode) -> set[str]:
    """The tags of a cell."""
    return set(cell.metadata.get("tags", []))


def claims_of(cell: NotebookNode, tag: str) -> list[str]:
    """Ids of the claims that a code cell with this tag names; none for any other cell."""
    tagged = cell.cell_type == "code" and tag in cell_tags(cell)
    return [quoted.strip("\"'") for quoted in _claim().findall(cell.source)] if tagged else []


def _rounded(cells: list[NotebookNode]) -> tuple[int, int]:
    spent = [_spent(cell) for cell in cells]
    return round(sum(read for read, _ in spent)), round(sum(solved for _, solved in spent))


def _spent(cell: NotebookNode) -> tuple[float, float]:
    """(Minutes, minutes for an exercise) of one cell. An answer in code takes as long again, one
    with a single blank a minute.
    """
    if cell.cell_type != "code":
        return len(cell.source.split()) / WORDS + TRIED * len(TASK.findall(cell.source)), 0
    counts, reading = _tasks(cell), _shown(cell) / WORDS
    minutes_by_kind = {kind: MINUTES[kind] * n for kind, n in counts.items() if kind != "verdict"}
    if counts["verdict"] and not reading:
        minutes_by_kind["verdict"] = MINUTES_OF_CARD
    exercise_minutes = minutes_by_kind.pop("exercise", 0)
    if "answer" in cell_tags(cell):
        return PRESSED, MINUTES["blank" if BLANK.search(cell.source) else "exercise"]
    if exercise_minutes:
        return 0, exercise_minutes + reading + PRESSED
    return reading + PRESSED + sum(minutes_by_kind.values()), 0


def _shown(cell: NotebookNode) -> int:
    """How many words of a cell's outputs are read: of a card its three lines, not what is folded
    away below them, which its words set in.
    """
    tags = cell_tags(cell)
    if not READ & tags:
        return 0
    texts = (output.get("data", {}).get("text/plain", "") for output in cell.get("outputs", []))
    lines = [line for text in texts for line in text.splitlines()]
    if "verdict" in tags:
        lines = [line for line in lines if not line.startswith(FOLDED)]
    return sum(len(line.split()) for line in lines)
