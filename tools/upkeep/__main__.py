"""What a maintainer of the article runs in a checkout: `python tools/upkeep --help`."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # Python puts this folder there

import typer
from typer import Argument, Option

import frenemies  # noqa: F401 (opens the article)
from heldto.errors import Problem
from heldto.publish import against as compared
from upkeep import freshness as looked
from upkeep import gallery as pages
from upkeep import notebook_lint
from upkeep import release as released

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def freshness(
    licences: bool = Option(
        False,
        "--licences",
        help="print the licences instead: which claims use only tables with an open licence, and whose terms apply to the others",
    ),
    letter: bool = Option(
        False,
        "--letter",
        help="print letters instead: one to the owner of each table without an open licence",
    ),
) -> None:
    """List each table with its last year, what a card says about it, and when it was checked."""
    if letter:
        lines = looked.letter_lines()
    else:
        lines = looked.licence_lines() if licences else looked.freshness_lines()
    print(*lines, sep="\n")


@app.command()
def against(other: str = Argument("shipped", help="the word shipped, or a folder of data")) -> None:
    """Print which verdicts and figures differ from those of other data, and which cells cause it."""
    print(*compared.differences(other), sep="\n")


@app.command()
def gallery() -> None:
    """Write the documents' pages of pictures from the sections' pictures.toml."""
    for path in pages.write_pages():
        print(f"wrote {path}")


@app.command()
def lint(notebooks: list[str]) -> None:
    """Print what is not plain Markdown in notebooks."""
    raise typer.Exit(notebook_lint.lint_files(notebooks))


@app.command()
def release() -> None:
    """Print what a release of this checkout still lacks, each with its remedy."""
    root = Path(__file__).resolve().parents[2]
    lines = [*released.faults(root), *released.build_faults(root)]
    print(*lines or ["nothing is missing"], sep="\n")
    raise typer.Exit(1 if lines else 0)


if __name__ == "__main__":
    try:
        app(prog_name="upkeep")
    except Problem as error:
        print(error, file=sys.stderr)
        sys.exit(2)
