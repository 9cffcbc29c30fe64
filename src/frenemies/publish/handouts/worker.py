"""One notebook in a process of its own: executed, made into one edition, written as .ipynb and .html into a folder."""

import sys
from pathlib import Path


def make(source, folder, edition, limit):
    """Execute a notebook and write NAME.ipynb and NAME.html into a folder. Raises RunError, Problem."""
    import nbformat

    from frenemies import stored
    from frenemies.errors import write_atomic
    from frenemies.publish import editions
    from frenemies.publish.handouts.exporter import FrenemiesExporter
    from frenemies.publish.handouts.run import execute

    source, folder = Path(source), Path(folder)
    notebook = nbformat.read(source, 4)
    made = editions.make(
        notebook, edition, source.name
    )  # what cannot be made is refused before anything runs
    if edition == "instructor":  # its solutions and checks run with the rest
        notebook = made
    with stored.pages():
        notebook = execute(notebook, source.name, source.parent, limit)
    made = notebook if edition == "instructor" else editions.make(notebook, edition)
    names = {"metadata": {"name": source.stem}}
    exporter = FrenemiesExporter(edition=edition, index="index.html")
    page = exporter.from_notebook_node(notebook, names)[0]
    write_atomic(
        folder / f"{source.stem}.ipynb",
        nbformat.writes(editions.for_lab(stored.drop_pages(made))).rstrip("\n") + "\n",
    )
    write_atomic(folder / f"{source.stem}.html", page)


def main():
    """Run from the command line: NOTEBOOK FOLDER EDITION LIMIT; a fault is one line on standard error, and status 1."""
    source, folder, edition, limit = sys.argv[1:]
    try:
        make(source, folder, edition, int(limit))
    except Exception as fault:
        print(
            f"{Path(source).name}: " * (Path(source).name not in str(fault))
            + " ".join(str(fault).split()),
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
