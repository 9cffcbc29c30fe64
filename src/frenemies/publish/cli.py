"""The command line: frenemies lab | handouts | claims | validate | card | assignment."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from frenemies import __version__
from frenemies.errors import Problem, describe_oserror

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=HELP,
)


def _version(asked: bool):
    if asked:
        print(f"frenemies {__version__}")
        raise typer.Exit()


@app.callback(help=__doc__)
def _ours(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="print the version, and stop"
        ),
    ] = False,
):
    """Options before any command."""


@app.command()
def claims(
    section: Annotated[str, typer.Option(help="framing, economic, geopolitical or military")] = "",
    claim: Annotated[str, typer.Option(help="one claim, such as E3")] = "",
    vintage: Annotated[str, typer.Option(help="then or since: print only that verdict")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="as a list of objects")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="as a table")] = False,
):
    """Print the article's claims with number, threshold and verdict, as known in August 2019 and since."""
    from frenemies.claims import card, ledger

    if as_json and as_csv:
        raise Problem("--json or --csv: choose one")
    if vintage not in ("", "then", "since"):
        raise Problem(f'vintage is "then" or "since", not "{vintage}"')
    found = ledger.entries(section or None, claim or None, vintage or None)
    if as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    elif as_csv:
        print(ledger.to_csv(found), end="")
    else:
        for row in found:
            print(card.plain(row["id"], vintage or None))


@app.command()
def card(
    actor: Annotated[str, typer.Argument(help="code, name or alias, such as VNM or Vietnam")] = "",
    everyone: Annotated[
        bool, typer.Option("--all", help="one page for each actor, in one file")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="file to write; else card-VNM.html or cards.html here"),
    ] = None,
):
    """Write the role card of an actor, one page of A4, for the printer or the browser."""
    from frenemies.evidence import actors
    from frenemies.publish import cards

    if bool(actor) == everyone:
        raise Problem("name one actor, or give --all: frenemies card VNM")
    codes = actors.ALL if everyone else [cards.card(actor).code]
    print(
        f"wrote {cards.write(codes, output or ('cards.html' if everyone else f'card-{codes[0]}.html'))}"
    )


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    folder: Annotated[
        str, typer.Argument(help="where your own copy of the notebooks is, or shall be")
    ] = "workbook",
    browser: Annotated[bool, typer.Option(help="open a browser")] = True,
    only_copy: Annotated[
        bool, typer.Option("--only-copy", help="lay out the notebooks, and stop")
    ] = False,
    fresh: Annotated[
        list[str] | None,
        typer.Option(
            help="lay a new copy of this notebook (01, economic) beside yours, and open it; may be given several times",
            show_default=False,
        ),
    ] = None,
):
    """Open JupyterLab on your own copy of the notebooks. Other options go to JupyterLab."""
    import subprocess

    from frenemies.publish import lab as workbook

    folder, options = _folder_and_options(folder, context.args)
    sources = [workbook.asked(word) for word in fresh or []]
    for line in workbook.prepare(folder):
        print(line)
    copies = workbook.fresh_copies(folder, sources)
    for source, copy in zip(sources, copies, strict=True):
        print(f"a new copy of {source.name}: {copy}; yours stays as it is")
    if only_copy:
        return
    if rooted := workbook.root_options(options):
        where = "the loopback address" if rooted[1:] else "the address of your options"
        print(f"You are root: JupyterLab runs as root, on {where}.", flush=True)
    words = workbook.command(folder, browser, options, *copies[:1])
    raise typer.Exit(subprocess.call(words, env=workbook.environment()))


def _folder_and_options(folder, options):
    """`frenemies lab --port=9` names no folder: its first word is an option of JupyterLab's."""
    return ("workbook", [folder, *options]) if folder.startswith("-") else (folder, options)


@app.command()
def validate(
    codebook: Annotated[
        bool, typer.Option(help="write data/README.md anew from datapackage.json")
    ] = False,
):
    """Check every table of data/: OK, or file, row, column and remedy of each fault."""
    from frenemies import evidence
    from frenemies.publish import validate

    if codebook:
        print(f"wrote {validate.write_codebook()}")
    faults = validate.faults()
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(2)
    if codebook:
        validate.write_checksums()
    print(f"OK: {len(evidence.package()['resources'])} tables")


@app.command()
def handouts(
    notebooks: Annotated[
        list[Path] | None,
        typer.Argument(help="notebooks; all of ours where none is named", show_default=False),
    ] = None,
    edition: Annotated[str, typer.Option(help="handout, student or instructor")] = "handout",
    out: Annotated[
        Path | None,
        typer.Option(
            help="folder; otherwise handouts/, handouts/student/ or handouts/instructor/",
            show_default=False,
        ),
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="also as PDF, printed by a system Chromium")
    ] = False,
    paper: Annotated[str, typer.Option(help="size of the PDF's pages: A4 or Letter")] = "A4",
    seminar: Annotated[
        bool,
        typer.Option(
            "--seminar",
            help="also seminar.zip: index, student handouts, role cards, 90-minute plan",
        ),
    ] = False,
    jobs: Annotated[int, typer.Option(help="notebooks at a time; 0: one for each core", min=0)] = 0,
    limit: Annotated[int, typer.Option(help="seconds a cell may take", min=1)] = 120,
):
    """Run the notebooks and write each as one HTML file that works by double click, with an index."""
    from frenemies.publish.handouts import command

    try:
        how = {"edition": edition, "pdf": pdf, "paper": paper, "jobs": jobs, "limit": limit}
        good = command.run(notebooks or [], out, seminar, **how)
    except KeyboardInterrupt as stop:
        print(stop if stop.args else "stopped", file=sys.stderr)
        raise typer.Exit(130) from None
    if not good:
        raise typer.Exit(1)


@app.command()
def assignment(
    out: Annotated[Path, typer.Argument(help="a new folder for the course")],
    course: Annotated[str, typer.Option(help="the course's id in nbgrader")] = "frenemies",
    seconds: Annotated[int, typer.Option(help="how long a student's cell may run", min=1)] = 30,
):
    """Write a graded problem set as a course for nbgrader: source notebook, configuration, instructions."""
    from importlib.util import find_spec

    from frenemies.publish.classroom.assignment import write

    for path in write(out, course_id=course, seconds=seconds):
        print(path)
    if not find_spec("nbgrader"):
        print('To grade with it: pip install "frenemies[classroom]"')


def _settle():
    """A reader's folders hold wherever a kernel starts, and whatever is printed is UTF-8, the names of files as they are."""
    for name in ("FRENEMIES_DATA", "FRENEMIES_DIARY"):
        if os.environ.get(name):
            os.environ[name] = os.path.abspath(os.environ[name])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def main():
    """Run the command line. Exit status 0; 1 where work failed; 2 where the request or the data was wrong, in one line."""
    _settle()
    try:
        app()
    except Problem as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        print(
            f"{describe_oserror(error)}: name another file or folder, or make room there",
            file=sys.stderr,
        )
        sys.exit(2)
