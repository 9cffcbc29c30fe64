"""One notebook executed, made into one edition, and written as .ipynb and .html into a folder."""

from pathlib import Path

import nbformat

from heldto import stored
from heldto.errors import write_atomic
from heldto.publish import editions
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.publish.handouts.run import execute
from heldto.publish.notebook_files import read_notebook


def make_handout(
    notebook: str | Path,
    folder: str | Path,
    edition: str,
    limit: int | str,
    live: str = "",
    core: str = "",
    open_only: str = "",
    site: str = "",
) -> None:
    """Execute a notebook and write NAME.ipynb and NAME.html into a folder; limit: seconds a cell
    may take; live: address of the live notebooks, where there are any; core: a word where the page
    is to hold the core alone; open_only: a word where it leaves out tables without an open licence;
    site: the address of the folder in which the page is published, where that is known.

    Raises RunError; Problem for what cannot be made, before anything runs.
    """
    path, folder = Path(notebook), Path(folder)
    source = read_notebook(path)
    edition_notebook = editions.make_edition(source, edition, path.name)
    is_instructor = edition == "instructor"  # its solutions and checks run with the rest
    with stored.pages():
        executed = execute(
            edition_notebook if is_instructor else source, path.name, path.parent, int(limit)
        )
    edition_notebook = executed if is_instructor else editions.make_edition(executed, edition)
    settings = {"edition": edition, "live": live, "core": bool(core), "open_only": bool(open_only)}
    alone = source.metadata.get("frenemies", {}).get("alone")  # no other page lies beside it
    exporter = HandoutExporter(index="" if alone else "index.html", site=site, **settings)
    page, _ = exporter.from_notebook_node(executed, {"metadata": {"name": path.stem}})
    notebook_text = nbformat.writes(editions.for_lab(stored.drop_pages(edition_notebook)))
    write_atomic(folder / f"{path.stem}.ipynb", notebook_text.rstrip("\n") + "\n")
    write_atomic(folder / f"{path.stem}.html", page)
