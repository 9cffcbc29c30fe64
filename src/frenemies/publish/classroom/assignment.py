"""A graded problem set: an nbgrader course with source notebook, configuration and instructions.

Its cells, settings and instructions stand in assignment.toml, its marked questions in course.toml
and, those that are answered in code, in coded.toml.
"""

import os
import tempfile
import tomllib
from pathlib import Path
from random import randrange
from string import Template
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from frenemies.errors import Problem, write_atomic
from frenemies.publish.classroom import coded, course

TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
NAME: str = TEXTS["name"]
MARKS = {  # what nbgrader is told of a kind of cell
    "given": {"locked": True},  # put back as it was before a submission is graded
    "answer": {"solution": True},
    "test": {"locked": True, "grade": True},
    "essay": {"solution": True, "grade": True},
}
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def _texts(name: str) -> dict[str, str]:
    """What a cell may take from a marked question: $ask, $code, $solution, $rubric."""
    question = course.question(name)
    points = (f"- {one}" for one in getattr(question, "rubric", []))
    texts = {name: getattr(question, name) for name in ("ask", "code", "solution")}
    return texts | {"rubric": "\n".join(points)}


def _cell(row: dict[str, Any]) -> NotebookNode:
    source, kind = row["source"].strip("\n"), row["kind"]
    if "question" in row:
        source = Template(source).substitute(_texts(row["question"]))
    cell = (new_markdown_cell if kind in ("text", "essay") else new_code_cell)(source, id=row["id"])
    if kind in MARKS:
        marks = {"schema_version": 3, "grade_id": row["id"], "task": False}
        marks |= {"grade": False, "solution": False, "locked": False} | MARKS[kind]
        cell.metadata["nbgrader"] = marks | {key: row[key] for key in ("points",) if key in row}
    return cell


def _rows_in_code(drawn: dict[str, coded.Drawn]) -> list[dict[str, Any]]:
    """The rows of the cells of questions in code, which are numbered after the others."""
    before = sum(row["source"].lstrip().startswith("## ") for row in TEXTS["cells"])
    rows = []
    for number, (name, one) in enumerate(drawn.items(), before + 1):
        facts = coded.facts(name, one) | {"number": number}
        for row in TEXTS["coded"]:
            texts = {key: Template(row[key]).substitute(facts) for key in ("id", "source")}
            rows.append(row | texts | ({"points": one["points"]} if row["kind"] == "test" else {}))
    return rows


def notebook(drawn: dict[str, coded.Drawn]) -> NotebookNode:
    """The source notebook of the problem set, solutions and hidden tests included.

    drawn: the variants of its questions in code.
    """
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    rows = TEXTS["cells"] + _rows_in_code(drawn)
    return new_notebook(cells=[_cell(row) for row in rows], metadata=metadata)


def points(made: NotebookNode) -> tuple[int, int]:
    """Points of a source notebook: (given by the machine, given by hand)."""
    marks = [cell.metadata.get("nbgrader", {}) for cell in made.cells]
    graded = [mark for mark in marks if mark.get("grade")]
    by_hand = sum(mark["points"] for mark in graded if mark["solution"])
    return sum(mark["points"] for mark in graded) - by_hand, by_hand


def write(
    folder: str | Path,
    course_id: str = "frenemies",
    seconds: int = 30,
    questions: str | Path | None = None,
    seed: int | None = None,
) -> list[Path]:
    """Write an nbgrader course into an empty or new folder: source, configuration, instructions.

    seconds: how long a student's cell may run; questions: a file of questions in code in place of
    ours; seed: draws the same variants of them again. Returns the paths written. Raises Problem
    where the folder holds something already, or the file of questions a fault.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Problem(
            f"{folder.name} holds something already: name a new folder, "
            "so that nothing of yours is overwritten"
        )
    seed = randrange(10**6) if seed is None else seed
    drawn = coded.draw(questions, seed)
    made = notebook(drawn)
    auto, manual = points(made)
    facts = {"name": NAME, "seconds": seconds, "auto": auto, "manual": manual}
    facts |= {"course": repr(course_id), "seed": seed}
    facts["drawn"] = "\n".join(
        f"- `{name}`: {_told(one['variant'])}" for name, one in drawn.items()
    )
    texts = {
        f"source/{NAME}/{NAME}.ipynb": nbformat.writes(made) + "\n",
        "nbgrader_config.py": Template(TEXTS["config"]).substitute(facts),
        "README.md": Template(TEXTS["readme"]).substitute(facts),
    }
    try:
        _lay_out(texts, folder)
    except OSError as error:
        problem = f"{folder}: {error.strerror}: make room there, or name another folder"
        raise Problem(problem) from None
    return [folder / name for name in texts]


def _told(variant: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in variant.items()) or "nothing to draw"


def _lay_out(texts: dict[str, str], folder: Path) -> None:
    """Write files (name to text) into a new or empty folder: all of them or none."""
    there = folder.is_dir()
    beside = folder if there else folder.parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=".making-") as room:
        draft = Path(room) / "course"
        for name, text in texts.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            write_atomic(draft / name, text)
        moves = {path: folder / path.name for path in draft.iterdir()} if there else {draft: folder}
        for path, place in moves.items():
            os.rename(path, place)
