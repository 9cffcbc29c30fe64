"""Reading a notebook as it lies in its file; one that is damaged is told with its line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from heldto import article
from heldto.errors import Problem

if TYPE_CHECKING:
    from nbformat import NotebookNode

MERGED = ("<<<<<<<", "=======", ">>>>>>>")


def read_notebook(path: Path) -> "NotebookNode":
    """A notebook. Raises Problem where the file is none, with its line and the remedy."""
    import nbformat  # it takes seconds to load: only where a notebook is read

    try:
        return nbformat.read(path, 4)
    except (ValueError, KeyError, AttributeError) as fault:
        slip = slip_of(path, path.read_text(encoding="utf-8", errors="replace"))
        raise Problem(slip or f"{_told(path)} is no notebook: {fault}") from None


def slip_of(path: Path, text: str) -> str:
    """That what lies in the file of a notebook is none, with its line; "" where it is one."""
    try:
        json.loads(text)
    except json.JSONDecodeError as fault:
        lines = text.splitlines() or [""]
        line = lines[min(fault.lineno, len(lines)) - 1].strip()
        says = "it is damaged there"
        if line.startswith(MERGED):
            says = "two versions were merged there, keep one"
        remedy = "restore it"
        if not article.current().is_package:
            remedy += ", or move it away, and heldto notebooks writes it again"
        return f"{_told(path)}, line {fault.lineno}: {says}: {remedy}"
    return ""


def _told(path: Path) -> str:
    """A notebook's name as messages call it; of the folder of notebooks with the folder."""
    return f"notebooks/{path.name}" if path.parent.name == "notebooks" else path.name
