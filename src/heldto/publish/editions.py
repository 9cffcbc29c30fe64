"""One source, three editions by cell tags: student, instructor and handout. Cell ids stay."""

import copy
import re
from itertools import chain, cycle

from markupsafe import Markup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from heldto import exercises
from heldto.errors import Problem
from heldto.evidence import glossary
from heldto.exercises.checks import import_line
from heldto.publish import reading_time
from heldto.publish.newarticle.notebooks import AFTER, COMMENT
from heldto.publish.reading_time import cell_tags
from heldto.templates import render
from heldto.tr import tr, tr_noop

EDITIONS = (tr_noop("handout"), tr_noop("student"), tr_noop("instructor"))
NAMED = (tr_noop("handout edition"), tr_noop("student edition"), tr_noop("instructor edition"))
SEVERAL = (tr_noop("handouts"), tr_noop("students"), tr_noop("instructors"))
KEPT = ("tags", "slideshow", "jupyter")  # other metadata of a cell could hold an answer
YOURS = "# Your turn: write your answer here, then run the cell (Shift+Enter)"
YOURS_TEXT = "*Your answer:*"
PAIRS = "write ### BEGIN SOLUTION before each, and ### END SOLUTION after it"
MARK = re.compile("(begin|end) solution", re.I)
BLOCK = re.compile(r"^([^\S\n]*)[^\n]*begin solution.*?end solution[^\n]*$", re.I | re.M | re.S)
ASKED = re.compile(r"""\bfr\.exercise\(\s*["']([\w-]+)["']\s*\)""")
TERM = re.compile(r"\[([^]]+)\]\(([\w.]*#Words)\)")


def make_edition(notebook: NotebookNode, edition: str, name: str = "notebook") -> NotebookNode:
    """A notebook as one edition: a copy; the source stays as it is.

    student: exercises open, no solution and no empty place for a comment; instructor: everything,
    with timing; handout: as student, its code folded; behind each exercise its page has the
    solution, and opens it after a right answer or two tries. Raises Problem for an unknown edition,
    and where the marks of a solution leave open what is one: it names `name` and the cell.
    """
    check_edition(edition)
    copied = copy.deepcopy(notebook)
    if copied.metadata.get("frenemies", {}).get("edition") == edition:
        return copied
    if edition == "instructor":
        copied.cells = _taught(copied)
    else:
        copied = without_places(copied)
        copied.cells = [
            _opened(cell, name) for cell in copied.cells if "instructor" not in cell_tags(cell)
        ]
    for cell in copied.cells if edition == "handout" else ():
        if cell.cell_type == "code":
            _fold(cell)
    copied.metadata.setdefault("frenemies", {})["edition"] = edition
    return copied


def check_edition(edition: str) -> None:
    """Raise Problem for an unknown edition."""
    if edition not in EDITIONS:
        raise Problem(f'there is no edition "{edition}": choose {", ".join(EDITIONS)}')


def for_page(notebook: NotebookNode) -> NotebookNode:
    """A notebook for a page without a kernel: a copy without the cells tagged `live`, and without
    the places for a comment in which the lecturer wrote nothing.
    """
    return without_places(_without(notebook, "live"))


def without_places(notebook: NotebookNode) -> NotebookNode:
    """A copy without the places for a comment in which the lecturer wrote nothing, and without the
    headings below which nothing else stands.
    """
    copied = copy.deepcopy(notebook)
    copied.cells = [cell for cell in copied.cells if cell.source.strip() != tr(COMMENT)]
    following = [*copied.cells, None][1:]
    copied.cells = [
        cell
        for cell, after in zip(copied.cells, following, strict=True)
        if cell.source.strip() != tr(AFTER) or (after and "after-verdict" in cell_tags(after))
    ]
    return copied


def for_lab(notebook: NotebookNode) -> NotebookNode:
    """A notebook for a reader with a kernel: a copy without the cells tagged `handout`, where a
    term's link tells its meaning when it is pointed at.
    """
    copied = _without(notebook, "handout")
    for cell in (one for one in copied.cells if one.cell_type == "markdown"):
        cell.source = TERM.sub(_meant, cell.source)
    return copied


def keep_core(notebook: NotebookNode) -> NotebookNode:
    """The core of a notebook, what one lesson works through: a copy that ends at its first heading
    "More claims", or whole where it has none. Verdicts further down on what the core asks stay.
    """
    copied = copy.deepcopy(notebook)
    end = reading_time.core_ends(copied) or len(copied.cells)
    core, later_cells = copied.cells[:end], copied.cells[end:]
    guessed_claims = {claim for cell in core for claim in reading_time.claims_of(cell, "guess")}
    copied.cells = core + [
        cell for cell in later_cells if guessed_claims & {*reading_time.claims_of(cell, "verdict")}
    ]
    return copied


def _meant(link: re.Match[str]) -> str:
    if link[1].casefold() not in glossary.spellings():
        return link[0]
    meaning = glossary.term(link[1]).rows.definition.item().replace('"', "&quot;")
    return f'[{link[1]}]({link[2]} "{meaning}")'


def _without(notebook: NotebookNode, tag: str) -> NotebookNode:
    copied = copy.deepcopy(notebook)
    copied.cells = [cell for cell in copied.cells if tag not in cell_tags(cell)]
    return copied


def exercises_asked(cell: NotebookNode) -> list[str]:
    """Ids of the exercises that a code cell tagged `exercise` asks; none for any other cell."""
    asks = cell.cell_type == "code" and "exercise" in cell_tags(cell)
    return ASKED.findall(cell.source) if asks else []


def _opened(cell: NotebookNode, name: str) -> NotebookNode:
    """A cell as a student gets it: no solution in its source, outputs or metadata."""
    for key in set(cell.metadata) - set(KEPT):
        del cell.metadata[key]
    if "solution" in cell_tags(cell) or MARK.search(cell.source):
        cell.source = _cleared(cell, f"{name}, cell {cell.get('id', 'without id')}")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return cell


def _cleared(cell: NotebookNode, place: str) -> str:
    """The source of a cell with a solution, room for the reader's own in its place.

    Raises Problem where its marks are no pairs.
    """
    yours = YOURS if cell.cell_type == "code" else YOURS_TEXT
    if not MARK.search(cell.source):
        return yours
    if "solution" not in cell_tags(cell):
        remedy = "add the tag, or delete the marks"
        raise Problem(
            f'{place}: it marks a solution, but does not have the tag "solution": {remedy}'
        )
    marks = [mark.casefold() for mark in MARK.findall(cell.source)]
    for mark, expected in zip(marks, cycle(("begin", "end")), strict=False):
        if mark != expected:
            fault = "begins inside another" if mark == "begin" else "ends that never began"
            raise Problem(f"{place}: a solution {fault}: {PAIRS}")
    if any(len(MARK.findall(line)) > 1 for line in cell.source.split("\n")):
        raise Problem(f"{place}: two marks of a solution are in one line: {PAIRS}")
    if len(marks) % 2:
        raise Problem(f"{place}: a solution begins and does not end: {PAIRS}")
    return BLOCK.sub(lambda block: block[1] + yours, cell.source)


def _fold(cell: NotebookNode) -> None:
    """Fold a cell's code."""
    cell.metadata.setdefault("jupyter", {})["source_hidden"] = True


def way_out(name: str) -> Markup:
    """The solution of an exercise (by its id), folded, for a page that opens it when it is time."""
    question = exercises.find_exercise(name).question
    solution = [question.solution, *question.points()]
    return render("way_out.html.j2", solution=solution, code=question.lines)


def _taught(notebook: NotebookNode) -> list[NotebookNode]:
    """All cells, led by one that says how long each part takes; each exercise is solved."""
    lab = _without(notebook, "handout")
    short, more = reading_time.minutes(lab)
    context = {"short": short, "more": more, "core": reading_time.core(lab), "paces": reading_time}
    plan = str(render("plan.md.j2", rows=reading_time.timing(lab), **context))
    head = new_markdown_cell(plan, id="instructor-plan", metadata={"tags": ["instructor"]})
    start = 1 if notebook.cells and notebook.cells[0].cell_type == "markdown" else 0
    cells = [*notebook.cells[:start], head]
    for cell in notebook.cells[start:]:
        cells += [cell, *chain.from_iterable(map(_solved, exercises_asked(cell)))]
    return cells


def _solved(name: str) -> list[NotebookNode]:
    """Cells that show the solution of an exercise, and check it."""
    sources = {"solution": f'fr.solution("{name}", reveal=True)', "check": _check(name)}
    return [
        new_code_cell(text, id=f"{name}-{kind}", metadata={"tags": ["instructor", "solution"]})
        for kind, text in sources.items()
        if text
    ]


def _check(name: str) -> str:
    """Code that works an answer out and checks it; "" where only a reader or no data can judge."""
    try:
        question = exercises.find_exercise(name).question
    except exercises.Unanswerable:
        return ""
    if question.lines:
        return f'{question.lines}\nfr.check("{name}", answer)'
    answer = question.code or repr(getattr(question, "answer", ""))
    return "" if question.kind == "open" else f'{import_line(answer)}fr.check("{name}", {answer})'
