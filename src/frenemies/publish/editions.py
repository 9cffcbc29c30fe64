"""One source, three editions by cell tags: student, instructor and handout. Cell ids stay what they are."""

import copy
import html
import re
from collections import Counter

from frenemies import stored
from frenemies.errors import Problem

EDITIONS = ("handout", "student", "instructor")
KEPT = (
    "tags",
    "slideshow",
    "jupyter",
)  # cell metadata that may leave the house: anything else could hold an answer
YOURS = "# Your turn: write your answer here, then run the cell (Shift+Enter)"
YOURS_TEXT = "*Your answer:*"
PAIRS = "write ### BEGIN SOLUTION before each, and ### END SOLUTION after it"
_ASKED = re.compile(r"""\bfr\.exercise\(["']([\w-]+)["']\)""")
_BEGIN, _END = "begin solution", "end solution"
_MINUTES = {
    "guess": 0.5,
    "picture": 1,
    "verdict": 0.5,
    "number": 0.5,
}  # what a reader spends on one, beside reading
_EXERCISE = 4
_WORDS = 200  # read a minute


def make(notebook, edition, name="notebook"):
    """A notebook (nbformat node) as one edition: a copy; the source stays as it is.

    student: exercises open, no solution anywhere; instructor: everything, with timing; handout: as student, its code folded,
    and behind each exercise its solution, which the page opens after a right answer or two tries.
    Raises Problem for an unknown edition, and where the marks of a solution leave open what is one: it names `name` and the cell.
    """
    if edition not in EDITIONS:
        raise Problem(f'there is no edition "{edition}": choose {", ".join(EDITIONS)}')
    made = copy.deepcopy(notebook)
    if made.metadata.get("frenemies", {}).get("edition") == edition:
        return made
    made.cells = (
        _taught(made)
        if edition == "instructor"
        else [_opened(cell, name) for cell in made.cells if "instructor" not in tags(cell)]
    )
    if edition == "handout":
        for cell in made.cells:
            _fold(cell)
            _add_solution(cell)
    made.metadata.setdefault("frenemies", {})["edition"] = edition
    return made


def for_page(notebook):
    """A notebook (nbformat node) for a page without a kernel: a copy without the cells tagged `live`."""
    return _without(notebook, "live")


def for_lab(notebook):
    """A notebook (nbformat node) for a reader with a kernel: a copy without the cells tagged `handout`."""
    return _without(notebook, "handout")


def _without(notebook, tag):
    made = copy.deepcopy(notebook)
    made.cells = [cell for cell in made.cells if tag not in tags(cell)]
    return made


def tags(cell):
    """The tags of a cell, as a set."""
    return set(cell.metadata.get("tags", []))


def _opened(cell, name):
    """A cell as a student gets it: no solution in its source, outputs or metadata."""
    for key in set(cell.metadata) - set(KEPT):
        del cell.metadata[key]
    if "solution" not in tags(cell) and not _marked(cell.source):
        return cell
    cell.source = _cleared(cell, f"{name}, cell {cell.get('id', 'without id')}")
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    return cell


def _marked(text):
    return _BEGIN in text.casefold() or _END in text.casefold()


def _cleared(cell, where):
    """The source of a cell with a solution, room for the reader's own in its place. Raises Problem where its marks are no pairs."""
    yours = YOURS if cell.cell_type == "code" else YOURS_TEXT
    if not _marked(cell.source):
        return yours
    if "solution" not in tags(cell):
        raise Problem(
            f'{where}: it marks a solution, but has not the tag "solution": add the tag, or take the marks out'
        )
    kept, inside = [], False
    for line in cell.source.split("\n"):
        if _marked(line):
            begins = _BEGIN in line.casefold()
            if begins == inside:
                raise Problem(
                    f"{where}: {'a solution begins inside another' if begins else 'a solution ends that never began'}: {PAIRS}"
                )
            kept += [re.match(r"\s*", line)[0] + yours] if begins else []
            inside = begins
        elif not inside:
            kept.append(line)
    if inside:
        raise Problem(f"{where}: a solution begins and does not end: {PAIRS}")
    return "\n".join(kept)


def _fold(cell):
    if cell.cell_type == "code":
        cell.metadata.setdefault("jupyter", {})["source_hidden"] = True


def _add_solution(cell):
    """Fold an exercise's solution into its form, for a reader who is alone with a page."""
    asked = re.search(_ASKED, cell.source) if cell.cell_type == "code" else None
    for output in cell.outputs if asked else []:
        data = output.get("data", {})
        kind = stored.PAGE if stored.PAGE in data else "text/html"
        if "</fieldset></form>" in data.get(kind, ""):
            fold = f'<details class="hint way-out"><summary>Solution</summary>{_solution(asked[1])}</details>'
            data[kind] = data[kind].replace("</fieldset></form>", f"{fold}</fieldset></form>")


def _solution(name):
    """An exercise's solution as paragraphs, with the points of the rubric where only a reader can judge."""
    from frenemies import exercises

    question = exercises.find(name).question
    points = [f"{points}: {what}." for points, what in getattr(question, "rubric", [])]
    return "".join(f"<p>{html.escape(line)}</p>" for line in [question.solution, *points])


def _taught(notebook):
    """All cells, led by one that says how long each part takes; a solution and its check follow each exercise."""
    from nbformat.v4 import new_markdown_cell

    head = new_markdown_cell(
        _plan(for_lab(notebook)), id="instructor-plan", metadata={"tags": ["instructor"]}
    )
    first = 1 if notebook.cells and notebook.cells[0].cell_type == "markdown" else 0
    cells = [one for cell in notebook.cells for one in (cell, *_solved(cell))]
    return [*cells[:first], head, *cells[first:]]


def _solved(cell):
    """Cells that show the solution of the exercise a cell asks, and check it."""
    from nbformat.v4 import new_code_cell

    asked = re.search(_ASKED, cell.source) if cell.cell_type == "code" else None
    if not asked:
        return []
    sources = {"solution": f'fr.solution("{asked[1]}", reveal=True)', "check": _check(asked[1])}
    return [
        new_code_cell(
            source, id=f"{asked[1]}-{what}", metadata={"tags": ["instructor", "solution"]}
        )
        for what, source in sources.items()
        if source
    ]


def _check(name):
    """Code that works an answer out and checks it; "" where only a reader can judge, or the data do not give the answer."""
    from frenemies import exercises

    try:
        question = exercises.find(name).question
    except exercises.Unanswerable:
        return ""
    answer = question.code or (
        repr(getattr(question, "answer", "")) if question.kind != "open" else ""
    )
    rooms = sorted(
        set(
            re.findall(
                r"\b(actors|arms|balance|claims|economic|evidence|geopolitical|ledger|military|network|ties|trade)\.",
                answer,
            )
        )
    )
    needs = f"from frenemies import {', '.join(rooms)}\n\n" if rooms else ""
    return f'{needs}fr.check("{name}", {answer})' if answer else ""


def _plan(notebook):
    rows = timing(notebook)
    lines = [f"| {part} | {tasks} | {short} | {more or ''} |" for part, tasks, short, more in rows]
    short, long = minutes(notebook)
    return "\n".join(
        [
            "**Instructor edition: do not hand out.** It holds the solutions and the expected answers.\n",
            f"Plan about {short} minutes in class without the exercises, and {long} more with all of them: counted from the "
            "words to read, those of the verdict cards included, and from what there is to do.\n",
            "| Part | What to do there | Minutes | Exercises |\n|---|---|---:|---:|",
            *lines,
        ]
    )


def minutes(notebook):
    """(minutes to read a notebook, guess and open its verdicts; minutes for all its exercises), as `timing` counts them."""
    rows = timing(notebook)
    return sum(row[2] for row in rows), sum(row[3] for row in rows)


def timing(notebook):
    """How long a reader or a class needs for each part: list of (heading, what there is to do, minutes, minutes for the exercises)."""
    parts = [("Opening", [])]
    for cell in notebook.cells:
        headings = (
            re.findall(r"^###? (.+)$", cell.source, re.M) if cell.cell_type == "markdown" else []
        )
        if headings:
            parts.append((re.sub(r"<[^>]+>", "", headings[-1]).replace("|", "/"), []))
        parts[-1][1].append(cell)
    rows = [(heading, *_spent(cells)) for heading, cells in parts]
    return [row for row in rows if row[1] != "read" or row[2]]


def _spent(cells):
    """(what there is to do, minutes, minutes for the exercises) of some cells."""
    tasks = Counter(tag for cell in cells for tag in tags(cell) & set(_MINUTES))
    asked = sum("fr.exercise(" in cell.source for cell in cells)
    words = sum(
        len(re.sub(r"<[^>]+>", "", cell.source).split())
        for cell in cells
        if cell.cell_type == "markdown"
    )
    reading = words / _WORDS + sum(
        _look(tag, cell) for cell in cells for tag in tags(cell) & set(_MINUTES)
    )
    counts = [(tasks[tag], tag) for tag in _MINUTES if tasks[tag]] + [(asked, "exercise")] * bool(
        asked
    )
    said = [
        f"{count} {tag if count == 1 else tag + ('es' if tag == 'guess' else 's')}"
        for count, tag in counts
    ]
    return ", ".join(said) or "read", round(reading), asked * _EXERCISE


def _look(tag, cell):
    """Minutes for one cell of that kind: for a verdict those that its words take, where it stands executed."""
    shown = " ".join(
        output.get("data", {}).get("text/plain", "") for output in cell.get("outputs", [])
    )
    return len(shown.split()) / _WORDS if tag == "verdict" and shown else _MINUTES[tag]
