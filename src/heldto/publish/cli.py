"""The command line: frenemies lab | handouts | claims | readings | prove | validate | freshness |
card | cards | class | site | assignment | moodle.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import typer
from typer import Argument, Option

from heldto import __version__, article
from heldto.errors import OUR_FAULT, OurFault, Problem, TextError, or_else, write_atomic
from heldto.extras import remedy
from heldto.text.words import count_of

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"{article.current().package} {__version__}")
        raise typer.Exit()


@app.callback(help=__doc__)
def _options(
    version: bool = Option(
        False, "--version", callback=_version, is_eager=True, help="print the version, and stop"
    ),
) -> None:
    """Options before any command."""


@app.command()
def claims(
    section: str = Option("", help="name of a section"),
    claim: str = Option("", help="one claim, by its id"),
    vintage: str = Option("", help="then or since: print only that verdict"),
    as_json: bool = Option(False, "--json", help="as a list of objects"),
    as_csv: bool = Option(False, "--csv", help="as a table"),
) -> None:
    """Print the article's claims: number, threshold and verdict, then and since."""
    from heldto import evidence
    from heldto.claims import UNJUDGED, ledger
    from heldto.publish import claims as claims_text

    _one_form(as_json, as_csv)
    checked_vintage = evidence.known_vintage(vintage or None)
    rows = ledger.entries(section or None, claim or None, checked_vintage)
    if as_json:
        text = json.dumps(rows, indent=1, ensure_ascii=False)
    elif as_csv:
        text = claims_text.to_csv(rows).removesuffix("\n")
    else:
        lines = [claims_text.plain(row["id"], checked_vintage) for row in rows]
        text = "\n".join([*lines, *([] if claim else [claims_text.tallied(rows, checked_vintage)])])
    print(text)
    _end(text, any(UNJUDGED in (row.get("verdict_then"), row.get("verdict_since")) for row in rows))


def _end(text: str, unjudged: bool = False) -> None:
    """Exit status 1 where what was printed tells of a fault of this package, 2 where something is
    unjudged because of its rows.
    """
    if OUR_FAULT in " ".join(text.split()):
        raise typer.Exit(1)
    if unjudged:
        raise typer.Exit(2)


def _one_form(as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise Problem("--json or --csv: choose one")


@app.command()
def prove(
    claim: str = Argument(..., help="one claim, by its id; or a page that was handed in"),
    answers: Path = Argument(None, help="with a page: its author's my-answers.json"),
    run: bool = Option(
        False, "--run", help="with a page: also run its code. It is code of others: read it first"
    ),
) -> None:
    """Print when a claim's rule was fixed, what was amended, and its verdict, worked out anew. Of a
    page that was handed in, print whether its seal holds.
    """
    from heldto.claims import UNJUDGED
    from heldto.publish import claims as claims_text

    if Path(claim).suffix.casefold() in (".html", ".htm"):
        from heldto.own import handed_in

        lines = handed_in.checked(claim, answers, run)
        print("\n".join(lines))
        raise typer.Exit(any(line.startswith("NOT") for line in lines))
    if answers or run:
        raise Problem(f"{claim} is no page: name the HTML file that was handed in")
    text = "\n".join(claims_text.proved(claim))
    print(text)
    _end(text, UNJUDGED.upper() in text)


@app.command("readings")
def print_readings(
    claim: str = Argument(help="one claim, by its id"),
    as_json: bool = Option(False, "--json", help="as a list of objects"),
    as_csv: bool = Option(False, "--csv", help="as a table"),
) -> None:
    """Print what the other ways to read a claim would have made of it.

    All take the record of August 2019, but for those that take a later year: these are marked, and
    counted apart.
    """
    from heldto.claims.readings import all_readings
    from heldto.publish import claims as claims_text

    _one_form(as_json, as_csv)
    if as_json:
        print(all_readings(claim).to_json(orient="records", indent=1, force_ascii=False))
    elif as_csv:
        print(all_readings(claim).to_csv(index=False, lineterminator="\n"), end="")
    else:
        print(claims_text.read_otherwise(claim))


@app.command("card")
def write_role_cards(
    actor: str = Argument("", help="code, name or alias"),
    everyone: bool = Option(False, "--all", help="one page for each actor, in one file"),
    output: Path | None = Option(
        None, "--output", "-o", help="file to write; else card-CODE.html or cards.html here"
    ),
) -> None:
    """Write the role card of an actor, one page of A4, for the printer or the browser."""
    from heldto.evidence import actors

    if not (page := article.hook("role_cards")):
        raise Problem("this article has no role cards")
    if bool(actor) == everyone:
        raise Problem("name one actor, or give --all")
    codes = actors.ALL if everyone else [actors.find(actor)]
    name = "cards.html" if everyone else f"card-{codes[0]}.html"
    with or_else("make room there, or give another file with --output"):
        print(f"wrote {write_atomic(output or name, page(*codes))}")


@app.command("class")
def of_a_class(
    places: list[Path] = Argument(
        ..., help="folders, zips and files: what readers saved, or texts with their lines"
    ),
    vintage: str = Option("then", help="then or since: whose verdicts"),
    as_csv: bool = Option(False, "--csv", help="as a table"),
) -> None:
    """Count what a class guessed, claim by claim: a folder of files or lines, Moodle's *Download
    all submissions* as a zip or unpacked. Copies are noticed, and counted once.
    """
    from heldto import evidence
    from heldto.exercises import intake
    from heldto.room import count

    checked_vintage = evidence.known_vintage(vintage)
    room = intake.gather_room(*places)
    for sentence in room.told:
        print(sentence, file=sys.stderr)
    counts = count.count_rows(room.readers, checked_vintage or "then")
    if as_csv:
        print(count.count_csv(counts), end="")
    else:
        print(*[count.headed(room.readers), *count.count_lines(counts)], sep="\n")


@app.command("cards")
def marker_cards(
    markers: bool = Option(False, "--markers", help="cards with a marker, for a camera to count"),
    seats: int = Option(30, help="how many"),
    small: bool = Option(
        False, "--small", help="three a sheet: for photos by phone, or the first rows"
    ),
    paper: str = Option("A4", help="size of the sheets: A4 or Letter"),
    output: Path = Option(Path("marker-cards.html"), "--output", "-o", help="file to write"),
) -> None:
    """Write marker cards to print, one a seat: whichever verdict is held on top counts."""
    from heldto.room import cards

    if not markers:
        raise Problem("say --markers for cards that a camera counts; role cards: the command card")
    page = cards.marker_cards_page(seats, small, paper)
    with or_else("make room there, or give another file with --output"):
        print(f"wrote {write_atomic(output, page)}")


@app.command()
def new(
    folder: Path = Argument(..., help="a new folder"),
    title: str = Option(..., help="of the article"),
    author: str = Option(..., help="of the article"),
    date: str = Option(..., help="the day it appeared, year-month-day"),
    actors: str = Option(..., help="codes of the actors, commas between; CODE=NAME for a name"),
) -> None:
    """Begin an article of your own: a folder that runs at once, with three claims to begin with."""
    from heldto.publish.newarticle import folder as new_folder

    for line in new_folder.write_folder(
        folder, title, author, date, [*filter(None, actors.split(","))]
    ):
        print(line)


@app.command("check")
def check_article() -> None:
    """Say of every claim of an article of your own what is missing. It shows no figure."""
    from heldto.publish.newarticle import check

    lines, complete = check.check_lines()
    print("\n".join(lines))
    raise typer.Exit(0 if complete else 2)


@app.command("seal")
def seal_rules(
    note: str = Option("", help="what was known of the figures when the rules were written"),
) -> None:
    """Fix the rules of an article of your own, with day and digest, before you look at a figure."""
    from heldto.publish.newarticle import seal

    print("\n".join(seal.write_seal(note)))


@app.command("table")
def describe_table(
    file: Path = Argument(..., help="a CSV file"),
    source: str = Option("", help="where it is from"),
    licence: str = Option("", help="under which it may be passed on"),
    trap: str = Option("", help="what somebody would misread in it"),
    unit: str = Option("", help="of its figures"),
    retrieved: str = Option("", help="the day it was fetched, year-month-day; else today"),
    name: str = Option("", help="of the table; else that of the file"),
) -> None:
    """Lay a CSV file into data/ of an article of your own, and describe it there."""
    from heldto.publish.newarticle import tables

    description = {"source": source, "licence": licence, "trap": trap, "unit": unit}
    description |= {"retrieved": retrieved, "name": name}
    ask = typer.prompt if sys.stdin.isatty() else None
    print("\n".join(tables.describe_csv(file, description, ask)))


@app.command("notebooks")
def write_missing_cells() -> None:
    """Write the notebooks of an article of your own, or add the cells of new claims to them."""
    from heldto.publish.newarticle import notebooks

    print(
        "\n".join(
            notebooks.write_notebooks() or ["Every claim is in its notebook: nothing was changed."]
        )
    )


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    folder: str = Argument("workbook", help="where your own copy of the notebooks is, or shall be"),
    browser: bool = Option(True, help="open a browser"),
    only_copy: bool = Option(False, "--only-copy", help="lay out the notebooks, and stop"),
    as_it_is: bool = Option(
        False, "--as-it-is", help="open this folder and lay nothing out: to mend notebooks/ itself"
    ),
    fresh: list[str] | None = Option(
        None,
        help="lay a new copy of this notebook (its number, or its section) beside yours, and open "
        "it; may be given several times",
    ),
) -> None:
    """Open JupyterLab on your own copy of the notebooks. Other options go to JupyterLab."""
    from heldto.publish import lab as workbook

    options = context.args
    if folder.startswith("-"):  # `frenemies lab --port=9` names no folder
        folder, options = "workbook", [folder, *options]
    sources = [workbook.notebook_asked(word) for word in fresh or []]
    for line in [] if as_it_is else workbook.prepare(folder):
        print(line)
    copies = workbook.fresh_copies(folder, sources)
    for source, copy in zip(sources, copies, strict=True):
        print(f"a new copy of {source.name}: {copy}; yours stays as it is")
    if only_copy:
        return
    if rooted := workbook.root_options(options):
        address = "the loopback address" if rooted[1:] else "the address of your options"
        print(f"You are root: JupyterLab runs as root, on {address}.")
    arguments = workbook.command(folder, browser, options, *copies[:1])
    raise typer.Exit(workbook.start(arguments, workbook.lab_environment()))


@app.command()
def validate(
    codebook: bool = Option(
        False,
        help="write anew the tables of the claims and the documents' pages of pictures, from the "
        "sections' claims.toml and pictures.toml; data/README.md; the checksums of good tables; "
        "data/SHA256SUMS",
    ),
    count: bool = Option(
        False,
        "--count",
        help="first count the rows of each table anew into data/counts.csv, and print what is "
        "counted otherwise: for a row that you added or took out by intent",
    ),
    against: str = Option(
        "",
        help="shipped, or a folder of data: print which verdicts and figures differ from it, "
        "and by which cells",
    ),
) -> None:
    """Check every table of data/, and all that is said of it: OK, or file, row, column and remedy
    of each fault, file, key and field of each slip in a text.
    """
    from heldto import evidence
    from heldto.claims import written
    from heldto.publish import gallery, proofread, validate
    from heldto.publish.against import differences

    for line in differences(against) if against else ():
        print(line)
    if codebook:
        tables = written.write_claim_tables()
        for path in [*tables, *gallery.write_pages(), validate.write_codebook()]:
            print(f"wrote {path}")
    for line in validate.count_anew() if count else ():
        print(line)
    if faults := validate.data_faults() or proofread.text_faults():
        print(text := "\n".join(faults))
        _end(text, True)
    if codebook:
        validate.write_checksums()
        print(f"wrote {validate.write_sums()}")
    print(f"OK: {count_of(len(evidence.package()['resources']), 'table')}")


@app.command()
def freshness(
    licences: bool = Option(
        False,
        "--licences",
        help="instead: which claims rest on openly licensed tables alone, and on whose terms the "
        "others",
    ),
    letter: bool = Option(
        False,
        "--letter",
        help="instead: a letter to the owner of each set of tables without an open licence",
    ),
) -> None:
    """List for each table its last year, what a card says of it, and since when nobody looked."""
    from heldto.publish.freshness import freshness_lines, letter_lines, licence_lines

    lines = letter_lines if letter else licence_lines if licences else freshness_lines
    for line in lines():
        print(line)


@app.command("handouts")
def make_handouts(
    notebooks: list[Path] | None = Argument(
        None, help="notebooks; all of ours where none is named"
    ),
    edition: str = Option("handout", help="handout, student or instructor"),
    out: Path | None = Option(
        None,
        help="folder; otherwise handouts/, handouts/student/, handouts/core/ or "
        "handouts-instructor/",
    ),
    core: bool = Option(
        False, "--core", help="only the core of each section: a booklet to print, with its key"
    ),
    pdf: bool = Option(False, "--pdf", help="also as PDF, printed by a system Chromium"),
    paper: str = Option("A4", help="size of the PDF's pages: A4 or Letter"),
    seminar: bool = Option(
        False, "--seminar", help="also seminar.zip: a folder for the students, one for the lecturer"
    ),
    jobs: int = Option(0, help="notebooks at a time; 0: one for each core", min=0),
    limit: int = Option(120, help="seconds a cell may take", min=1),
) -> None:
    """Run the notebooks and write each as one HTML file that works by double click, with an
    index.
    """
    from heldto.publish.handouts import command

    settings = {"edition": edition, "pdf": pdf, "paper": paper, "jobs": jobs, "limit": limit}
    settings["core"] = core
    with _stoppable():
        succeeded = command.run_handouts(notebooks or [], out, seminar, **settings)
    raise typer.Exit(not succeeded)


@app.command()
def site(
    out: Path = Argument(..., help="a new folder, or a site of ours to write anew"),
    pyodide: str = Option(
        "",
        help="Pyodide: a folder, which becomes part of the site, or an https address; "
        "else JupyterLite's public one",
    ),
    base_url: str = Option(
        "", help="path of the site at its host, such as /seminar/, or its whole https address"
    ),
    handouts_only: bool = Option(
        False,
        "--handouts-only",
        help="without those notebooks: asks for no Pyodide, and no network",
    ),
    open_only: bool = Option(
        False,
        "--open-only",
        help="with --handouts-only: passes on openly licensed tables alone; the pictures of others "
        "stand without the figures behind them, and say so",
    ),
) -> None:
    """Write one static folder for any web host: front page, handouts, seminar kit, and notebooks
    that run in the browser.
    """
    from heldto.publish.site import build

    with _stoppable(f"stopped: {out} is as it was"):
        succeeded = build.run_site(out, pyodide, base_url, handouts_only, open_only)
    raise typer.Exit(not succeeded)


@contextmanager
def _stoppable(words: str = "") -> Iterator[None]:
    """Ctrl-C ends a command with status 130 and some words, what stopped it may say where none are
    given.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        print(words or str(stop) or "stopped", file=sys.stderr)
        raise typer.Exit(130) from None


@app.command()
def assignment(
    out: Path = Argument(..., help="a new folder for the course"),
    course: str = Option("", help="the course's id in nbgrader; else the name of the package"),
    seconds: int = Option(30, help="how long a student's cell may run", min=1),
    questions: Path = Option(None, help="a file of questions in place of ours"),
    secret: Path = Option(None, help="draws the same variants again; made where it is missing"),
    lines: Path = Option(None, help="also the model answers in pandas, into this file"),
) -> None:
    """Write a graded problem set as a course for nbgrader: notebook, settings, instructions."""
    from heldto.publish.classroom.assignment import write_course

    for path in write_course(out, course, seconds, questions, secret, lines):
        print(path)
    if not find_spec("nbgrader"):
        print(f"To grade with it: {remedy('classroom')}")


@app.command()
def moodle(
    out: Path = Argument(..., help="file to write, or a folder for moodle.xml"),
    pictures: bool = Option(
        False, "--pictures", help="with the picture above each exercise: a file of some megabytes"
    ),
) -> None:
    """Write all guesses and exercises as questions that Moodle imports (Moodle XML)."""
    from heldto.publish.classroom.moodle import write_questions

    for line in write_questions(out, pictures):
        print(line)


def _settle() -> None:
    """A reader's folders hold wherever a kernel starts, and whatever is printed is UTF-8, the names
    of files as they are.
    """
    for name in () if sys.argv[1:2] == ["new"] else (article.DATA, article.DIARY):  # none is open
        if os.environ.get(name):
            os.environ[name] = os.path.abspath(os.environ[name])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def run_command_line() -> None:
    """Run the command line. Exit status 0; 1 where work failed, or this package was at fault; 2
    where the request or the data was wrong. What cannot be done is said in one line.
    """
    try:
        _settle()
        with or_else("name another file or folder, or make room there"):
            app()
    except Problem as error:
        print(error, file=sys.stderr)
        sys.exit(1 if isinstance(error, (OurFault, TextError)) else 2)
