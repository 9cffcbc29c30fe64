"""A first lesson as six files: the page of what one plan opens, which also prints, and what a
lecturer needs beside it.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from heldto import article, exercises
from heldto.errors import Problem, write_atomic
from heldto.publish.editions import exercises_asked, without_places
from heldto.publish.handouts import answer_key, kit, tally_page, task_slips
from heldto.publish.handouts.plan_stops import LESSON, LESSON_PLAN
from heldto.publish.handouts.seminar_zip import paper_page, zipped
from heldto.publish.notebook_files import read_notebook
from heldto.publish.reading_time import cell_tags, claims_of
from heldto.text import texts
from heldto.tr import tr, tr_noop

PLACE = re.compile(r"handouts/(\d[\w-]*)\.html[^)\s]*\bat=([\w-]+)")  # a page, and a place on it
HEADING = re.compile(r"^##+ (.+)$", re.M)
PART = re.compile(r"^Part \d+\. ")
ELSEWHERE = re.compile(r"\[([^]]+)\]\((?!\w+\.ipynb#Words\))\d\w+\.ipynb[^)]*\)")  # another page
OUTSIDE = re.compile(r"\[([^]]+)\]\((?!\.\./\.\./handouts/)(?!https:)[^)]+\)")  # another paper
HOME = tr_noop("For home")
NEEDS_PAGE = tr_noop(
    "Not on paper alone: {exercises}. "
    "Look up the figures on the page, in the table under the picture."
)
LETTER = "letter.md"


def plan_text() -> str:
    """The plan of the lesson as Markdown; "" where an article has none, or no letter."""
    papers = kit.texts()
    return papers.get(f"{LESSON_PLAN}.md", "") if LETTER in papers else ""


def places() -> list[tuple[str, str]]:
    """(name of the page, place) of each link of the plan into the handouts, in order, each once."""
    return list(dict.fromkeys(PLACE.findall(plan_text())))


def lesson_notebook(read: Callable[[str], NotebookNode]) -> NotebookNode:
    """A notebook of what the plan opens, in its order: of each claim or picture the part below its
    heading, and at the end the exercises. What follows a verdict is marked as for home.

    read: a notebook by its name. Raises Problem for a place that no notebook has.
    """
    sources = {name: without_places(read(name)) for name, _ in places()}
    parts = [
        NotebookNode(cell, id=f"{cell.id}-{name}")  # each notebook has one
        for name, source in sources.items()
        for cell in source.cells
        if "setup" in cell_tags(cell)
    ]
    home: list[NotebookNode] = []
    for name, place in places():
        cells = sources[name].cells
        if place.startswith("cell-"):
            home += [cell for cell in cells if cell.id == place.removeprefix("cell-")]
        else:
            parts += _part(cells, place, name)
    title = next(line[2:] for line in plan_text().splitlines() if line.startswith("# "))
    head = new_markdown_cell(f"# {title}", id="title")
    if home:
        home.insert(0, new_markdown_cell(f"## {tr(HOME)}{_needs_page(home)}", id="home"))
    about = {
        "teaches": title.partition(": ")[2],
        "level": tr_noop("for a first lesson"),
        "alone": True,
    }
    return new_notebook(cells=[head, *parts, *home], metadata={"frenemies": about})


def _needs_page(home: list[NotebookNode]) -> str:
    """Which exercises ask for a figure, which no sheet of the printed lesson has."""
    asked = [code for cell in home for code in exercises_asked(cell)]
    figures = [one for one in asked if _asks_for_figure(one)]
    return f"\n\n*{tr(NEEDS_PAGE, exercises=', '.join(figures))}*" if figures else ""


def _asks_for_figure(code: str) -> bool:
    try:
        return exercises.find_exercise(code).question.kind == "number"
    except exercises.Unanswerable:
        return False


def _part(cells: list[NotebookNode], place: str, name: str) -> list[NotebookNode]:
    """The cells from the heading of a claim or a picture to the next heading, without exercises."""
    heads = [at for at, cell in enumerate(cells) if _heads(cell)]
    ends = [*heads[1:], len(cells)]
    for start, end in zip(heads, ends, strict=True):
        if _is_about(cells[start:end], place, name):
            kept = [one for one in cells[start:end] if not {"exercise", "answer"} & cell_tags(one)]
            return [_named(kept[0]), *map(_marked, kept[1:])]
    raise Problem(f"{LESSON_PLAN}.md: {name} has no part on {place}: mend that link")


def _heads(cell: NotebookNode) -> bool:
    waits = {"after-verdict", "exercise"} & cell_tags(cell)
    return cell.cell_type == "markdown" and bool(HEADING.match(cell.source)) and not waits


def _is_about(cells: list[NotebookNode], place: str, name: str) -> bool:
    """Whether a part draws the picture of that place, or has the claim in its heading."""
    section = article.section_of_notebook(name)
    picture = texts.pictures_in_docs(section).get(place) if section else None
    if picture is None:
        return bool(re.search(rf"\b{place}\b", HEADING.findall(cells[0].source)[-1]))
    call = picture["call"].partition("(")[0]
    return any(call in cell.source for cell in cells if "picture" in cell_tags(cell))


def _named(head: NotebookNode) -> NotebookNode:
    """The heading of a part, without those above it, and without its number on its own page."""
    title, words = HEADING.split(head.source)[-2:]
    return NotebookNode(head, source=_here(f"## {PART.sub('', title)}{words}"))


def _marked(cell: NotebookNode) -> NotebookNode:
    """A cell of a part; words after a verdict say that they are for home."""
    if cell.cell_type != "markdown":
        return cell
    home = "after-verdict" in cell_tags(cell) and not HEADING.match(cell.source)
    return NotebookNode(cell, source=_here(f"*{tr(HOME)}.* {cell.source}" if home else cell.source))


def _here(text: str) -> str:
    """Markdown without links to pages that do not come with the lesson."""
    return ELSEWHERE.sub(r"\1", text)


def write_source(notebooks: Iterable[Path], folder: Path) -> Path | None:
    """Write the lesson's notebook into a folder. Returns its path; None where the article has no
    plan for it, or where a notebook that the plan opens is not among those given.
    """
    given = {path.stem: path for path in notebooks}
    needed = {name for name, _ in places()}
    if not needed or not needed <= set(given):
        return None
    path = folder / f"{LESSON}.ipynb"
    notebook = lesson_notebook(lambda name: read_notebook(given[name]))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []  # it is run anew, and the same source is found in the cache
    write_atomic(path, nbformat.writes(notebook) + "\n")
    return path


def lesson_zip(notebook: Path, page: Path) -> bytes:
    """The lesson's zip: the plan, the page, slips, the wall, the key and the letter, six files that
    need no other and no network. notebook, page: of the lesson.
    """
    cells = read_notebook(notebook).cells
    claims = list(dict.fromkeys(one for cell in cells for one in claims_of(cell, "guess")))
    asked = [one for cell in cells for one in exercises_asked(cell)]
    letter = kit.texts()[LETTER]
    papers = [
        paper_page(f"{LESSON_PLAN}.md", _plan_of_page(), students="", index=""),
        paper_page("key.md", answer_key.key_text(claims, asked), students="", index=""),
        paper_page(LETTER, OUTSIDE.sub(r"\1", letter), students="", index=""),
        (task_slips.NAME, task_slips.guess_slips(claims)),
        (tally_page.NAME, tally_page.wall_page(claims)),
    ]
    files = {name: text.encode() for name, text in papers} | {page.name: page.read_bytes()}
    return zipped(f"{article.current().package}-{LESSON}", files)


def _plan_of_page() -> str:
    """The plan, whose links open the one page, and no paper that does not come with it."""
    text = re.sub(r"(handouts/)\d\w+(\.html)", rf"\g<1>{LESSON}\2", plan_text())
    text = text.replace(f"{LESSON}.html?present#", f"{LESSON}.html?present={LESSON}#")
    return OUTSIDE.sub(r"\1", text)
