"""Execute a notebook and keep only what is the same every time: outputs without widget state, no
times, no trailing noise.
"""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from heldto import article, stored
from heldto.errors import OUR_FAULT, Problem, write_atomic
from heldto.publish import reading_time
from heldto.publish.handouts import LIMIT
from heldto.publish.notebook_files import read_notebook


class RunError(Problem):
    """A notebook did not run to its end: the message names notebook, cell and error."""


def execute(
    notebook: NotebookNode,
    name: str = "notebook",
    folder: str | Path | None = None,
    limit: int = LIMIT,
) -> NotebookNode:
    """Run a notebook (nbformat node) from top to bottom in a fresh kernel. Returns it, normalised.

    Raises RunError naming the notebook and the cell that failed, that took more than `limit`
    seconds, or that tells of a fault of this package.
    """
    for cell in identified(notebook).cells:  # what outputs it has afterwards are of this run
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    started: list[str] = []
    client = NotebookClient(
        notebook,
        timeout=limit,
        on_cell_execute=lambda cell, **_: started.append(cell["id"]),
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder or Path.cwd())}},
    )
    with tempfile.TemporaryDirectory() as scratch:
        diary = {article.DIARY: str(Path(scratch) / "my-answers.json")}
        try:
            client.execute(env=os.environ | diary)
        except CellTimeoutError:
            timeout_message = f"a cell took more than {limit} seconds and was stopped"
            raise RunError(f"{name}: {timeout_message}{_where(started)}") from None
        except (CellExecutionError, DeadKernelError) as error:
            raise RunError(
                f"{name}: {_error_in_words(error, notebook, started)}{_where(started)}"
            ) from None
    for cell in notebook.cells:
        if fault := _our_fault(cell):
            raise RunError(f"{name}: {fault}{_where([cell['id']])}")
    return normalise(notebook)


def _error_in_words(error: Exception, notebook: NotebookNode, started: list[str]) -> str:
    """The kind and the message of an error in a cell. Where an object fails as it is shown, only
    the outputs of the cell name the error.
    """
    shown = [
        f"{output.ename}: {output.evalue}"
        for cell in notebook.cells
        if cell["id"] in started[-1:]
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]
    kind = getattr(error, "ename", "the kernel died")
    return shown[-1] if shown else f"{kind}: {getattr(error, 'evalue', error)}"


def _our_fault(cell: NotebookNode) -> str:
    """What a cell's outputs tell of a fault of this package, as a line; "" where they tell of none.
    What a reader could mend is told on the page, and does not stop it.
    """
    for output in cell.get("outputs", []):
        texts = output.get("text", ""), output.get("data", {}).get("text/plain", "")
        for line in "\n".join(texts).splitlines():
            if OUR_FAULT in line:
                return line[line.index(OUR_FAULT) :].strip()
    return ""


def identified(notebook: NotebookNode) -> NotebookNode:
    """A notebook, changed in place: cells of an older form of file, which knows no ids, have their
    places as ids.
    """
    for place, cell in enumerate(notebook.cells, 1):
        cell.setdefault("id", f"place-{place}")
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    return notebook


def _where(started: list[str]) -> str:
    """The last cell that was started: the one that failed."""
    return f" (cell {started[-1]})" if started else ""


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run or belongs to a reader: widget views and state, times,
    language details.
    """
    stored.drop_views(notebook)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def refresh(path: str | Path) -> None:
    """Execute a notebook in place, and put the minutes as counted into its line: the file changes
    only when the whole run succeeded.
    """
    path = Path(path)
    notebook = execute(read_notebook(path), path.name, path.parent)
    reading_time.put_line(notebook)
    write_atomic(path, nbformat.writes(notebook) + "\n")


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:]:
        refresh(name)
        print(f"executed {name}")
