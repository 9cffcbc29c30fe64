"""A graded problem set: an nbgrader course with source notebook, configuration and instructions.

Its cells and settings stand in assignment.toml, its instructions in the template nbgrader.md.j2;
its marked questions are drawn by `coded`.
"""

import os
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from string import Template
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from heldto import article
from heldto.errors import Problem, or_else, write_atomic
from heldto.publish.classroom import coded
from heldto.stored import PYTHON
from heldto.templates import render

TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
NAME: str = TEXTS["name"]
MARKS = {  # what nbgrader is told of a kind of cell
    "given": {"locked": True},  # put back as it was before a submission is graded
    "answer": {"solution": True},
    "test": {"locked": True, "grade": True},
    "essay": {"solution": True, "grade": True},
}
OWN, OWN_FOLDER = 0o600, 0o700  # whoever else has an account there reads no figure
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def _cell(row: dict[str, Any]) -> NotebookNode:
    source, kind = row["source"].strip("\n"), row["kind"]
    cell = (new_markdown_cell if kind in ("text", "essay") else new_code_cell)(source, id=row["id"])
    if kind in MARKS:
        marks = {"schema_version": 3, "grade_id": row["id"], "task": False}
        marks |= {"grade": False, "solution": False, "locked": False} | MARKS[kind]
        cell.metadata["nbgrader"] = marks | {key: row[key] for key in ("points",) if key in row}
    return cell


def _rows(drawn: dict[str, coded.Drawn]) -> Iterator[dict[str, Any]]:
    """The rows of the cells of the questions, numbered."""
    for number, (name, question) in enumerate(drawn.items(), 1):
        facts = coded.cell_texts(name, question) | {"number": number}
        for row in TEXTS["essay" if "rubric" in question else "coded"]:
            texts = {key: Template(row[key]).substitute(facts) for key in ("id", "source")}
            marked = row["kind"] in ("test", "essay")
            yield row | texts | ({"points": question["points"]} if marked else {})


def notebook(drawn: dict[str, coded.Drawn]) -> NotebookNode:
    """The source notebook of the problem set, right figures and hidden tests included.

    drawn: the variants of its questions.
    """
    metadata = {"kernelspec": KERNEL, "language_info": {**PYTHON}}
    rows = [*TEXTS["cells"], *_rows(drawn)]
    return new_notebook(cells=[_cell(row) for row in rows], metadata=metadata)


def points_given(made: NotebookNode) -> tuple[int, int]:
    """Points of a source notebook: (given by the machine, given by hand)."""
    marks = [cell.metadata.get("nbgrader", {}) for cell in made.cells]
    graded = [mark for mark in marks if mark.get("grade")]
    by_hand = sum(mark["points"] for mark in graded if mark["solution"])
    return sum(mark["points"] for mark in graded) - by_hand, by_hand


def write_course(
    folder: str | Path,
    course_id: str = "",
    seconds: int = 30,
    questions: str | Path | None = None,
    secret: str | Path | None = None,
    lines: str | Path | None = None,
) -> list[Path]:
    """Write an nbgrader course into an empty or new folder: source, configuration, instructions,
    and the secret that its questions are drawn from.

    course_id: the article's package where it is ""; seconds: how long a student's cell may run;
    questions: a file of questions in place of ours; secret: a file that draws the same variants
    again, and is made where it is missing; lines: a file for the model answers in pandas, which is
    written anew and lies better outside the course. Returns the paths written. Raises Problem where
    the folder holds something already, where the file of questions has a fault, or where the secret
    cannot be read or kept.
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Problem(
            f"{folder.name} is not empty: name a new folder, "
            "so that none of your files is overwritten"
        )
    secret_text = _secret(secret)
    variants = coded.draw_questions(questions, secret_text)
    source_notebook = notebook(variants)
    auto, manual = points_given(source_notebook)
    facts = {"name": NAME, "seconds": seconds, "auto": auto, "manual": manual, "drawn": variants}
    facts |= {"course": repr(course_id or article.current().package), "essays": _numbers(variants)}
    texts = {
        f"source/{NAME}/{NAME}.ipynb": nbformat.writes(source_notebook) + "\n",
        "nbgrader_config.py": Template(TEXTS["config"]).substitute(facts),
        "README.md": render("nbgrader.md.j2", **facts),
        "secret.txt": f"{secret_text}\n",
    }
    try:
        _lay_out(texts, folder)
    except OSError as error:
        problem = f"{folder}: {error.strerror}: make room there, or name another folder"
        raise Problem(problem) from None
    if lines:
        _keep_lines(Path(lines), coded.with_lines(questions, secret_text))
    return [folder / name for name in texts] + ([Path(lines)] if lines else [])


def _keep_lines(path: Path, drawn: dict[str, coded.Drawn]) -> None:
    """Write the model answers of a set into a file that its owner alone can read."""
    with or_else("name another file for the model answers"):
        path.touch(mode=OWN)
        write_atomic(path, str(render("model_answers.md.j2", drawn=drawn)))
        path.chmod(OWN)


def _secret(path: str | Path | None) -> str:
    """What a file holds that draws questions; a new secret, kept there, where there is none yet."""
    new = token_hex(16)
    if not path:
        return new
    elsewhere = "name another file for the secret"
    with or_else(elsewhere):
        stored = Path(path).read_bytes().strip() if Path(path).exists() else b""
        if not stored:
            Path(path).touch(mode=OWN)
            write_atomic(path, f"{new}\n")
    try:
        return stored.decode() or new
    except UnicodeDecodeError:
        raise Problem(f"{path} is not a text file: {elsewhere}") from None


def _numbers(drawn: dict[str, coded.Drawn]) -> str:
    """The numbers of the questions that are graded by hand."""
    by_hand = (
        f"question {number}"
        for number, question in enumerate(drawn.values(), 1)
        if "rubric" in question
    )
    return " and ".join(by_hand) or "none"


def _lay_out(texts: dict[str, str], folder: Path) -> None:
    """Write files (name to text) into a new or empty folder: all of them or none."""
    exists = folder.is_dir()
    parent = folder if exists else folder.parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=".making-") as scratch:
        draft = Path(scratch) / "course"
        for name, text in texts.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            write_atomic(draft / name, text)
        (draft / "secret.txt").chmod(OWN)  # nobody else sees into this room meanwhile
        draft.chmod(OWN_FOLDER)
        moves = (
            {path: folder / path.name for path in draft.iterdir()} if exists else {draft: folder}
        )
        for path, place in moves.items():
            os.rename(path, place)
