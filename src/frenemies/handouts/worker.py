"""One notebook in a process of its own: executed, made into one edition, written as .ipynb and .html into a folder."""

import sys
from pathlib import Path


def make(source, folder, edition, limit):
    """Execute a notebook and write NAME.ipynb, NAME.html and about.json (what the index says of it) into a folder. Raises RunError, Problem."""
    import nbformat

    from frenemies import editions
    from frenemies.handouts.exporter import FrenemiesExporter
    from frenemies.handouts.run import execute

    source, folder = Path(source), Path(folder)
    notebook = nbformat.read(source, 4)
    if edition == "instructor":  # its solutions and checks run with the rest
        notebook = editions.make(notebook, edition)
    notebook = execute(notebook, source.name, source.parent, limit)
    made = notebook if edition == "instructor" else editions.make(notebook, edition)
    page, resources = FrenemiesExporter(edition=edition).from_notebook_node(made, {"metadata": {"name": source.stem}})
    nbformat.write(made, folder / f"{source.stem}.ipynb")
    (folder / f"{source.stem}.html").write_text(page, encoding="utf-8", newline="\n")
    (folder / "about.json").write_text(resources["page"].summary, encoding="utf-8")


def main():
    """Run from the command line: NOTEBOOK FOLDER EDITION LIMIT; a fault is one line on standard error, and status 1."""
    source, folder, edition, limit = sys.argv[1:]
    try:
        make(source, folder, edition, int(limit))
    except Exception as fault:
        print(
            f"{Path(source).name}: " * (Path(source).name not in str(fault)) + " ".join(str(fault).split()),
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
