"""The command line of an article: what a reader, a lecturer and the author of an article call."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
from typer import Argument, Option

from heldto import __version__, article
from heldto.catalogues import still_english
from heldto.errors import OUR_FAULT, OurFault, Problem, TextError, or_else, write_atomic
from heldto.extras import remedy
from heldto.foreign import inside, link_fault
from heldto.text.words import count_of

READ, TEACH, PLATFORM = "Read", "Teach", "Give to a learning platform"
OWN, MAINTAIN = "An article of your own", "Maintain"
ORDER = ["lab", "claims", "readings", "prove"]  # of the help
ORDER += ["handouts", "site", "class", "cards", "card", "moodle", "assignment"]
ORDER += ["new", "table", "check", "seal", "notebooks", "validate"]

# what these write is in English, or a part of it
IN_ENGLISH = ("site", "class", "cards", "card", "moodle", "assignment")


class InOrder(typer.core.TyperGroup):
    """The commands, with the help in the order in which they are needed."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return sorted(self.commands, key=ORDER.index)


app = typer.Typer(
    cls=InOrder,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(context: typer.Context, asked: bool) -> None:
    if asked:
        print(f"{context.find_root().info_name} {__version__}")
        raise typer.Exit()


@app.callback()
def _options(
    context: typer.Context,
    version: bool = Option(
        False, "--version", callback=_version, is_eager=True, help="print the version, and stop"
    ),
) -> None:
    """Options before any command."""
    if context.invoked_subcommand in IN_ENGLISH:
        say_what_is_english()


def say_what_is_english() -> None:
    """Say on stderr what is still English of an article that speaks another language."""
    if rest := still_english(article.current().language):
        print(rest, file=sys.stderr)


def _not_away(place: Any) -> Any:
    """A place to write that a user typed. Raises Problem where it lies in this folder, and a link
    on the way leads out: a folder from a stranger may bring a link that is called `out`.
    """
    typed = Path(place or "")
    if not typed.is_absolute() and ".." not in typed.parts and (fault := link_fault(Path(), typed)):
        raise Problem(f"{typed} {fault}, or give the whole address of where it leads")
    return place


@app.command(
    rich_help_panel=READ, short_help="Print the claims with figure, threshold and verdict."
)
def claims(
    one: str = Argument("", metavar="[CLAIM]", help="only this claim, by its id"),
    section: str = Option("", help="only this section, by its name"),
    claim: str = Option("", help="the same"),
    vintage: str = Option("", help="print only one verdict: then or since"),
    as_json: bool = Option(False, "--json", help="print JSON, a list of objects"),
    as_csv: bool = Option(False, "--csv", help="print a CSV table"),
) -> None:
    """Print the claims of the article with figure, threshold and verdict, for then and since."""
    from heldto import evidence
    from heldto.claims import UNJUDGED, ledger
    from heldto.publish import claims as claims_text

    _one_form(as_json, as_csv)
    claim = claim or one
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
    """Exit with status 1 if the printed text reports a fault of this package, and with 2 if a claim
    is unjudged because of its rows.
    """
    if OUR_FAULT in " ".join(text.split()):
        raise typer.Exit(1)
    if unjudged:
        raise typer.Exit(2)


def _one_form(as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise Problem("--json or --csv: choose one")


@app.command(
    rich_help_panel=READ, short_help="Print when a rule was fixed; check a page handed in."
)
def prove(
    claim: str = Argument(
        ..., help="the id of a claim, a page that was handed in, or a folder of pages"
    ),
    answers: Path = Argument(None, help="only for a page: the file my-answers.json of its author"),
    run: bool = Option(
        False,
        "--run",
        help="only for a page: run its code, too, twice, the second time with other figures in the "
        "tables. Read that code first: it is not ours",
    ),
    received: Path = Option(
        None,
        "--sealed",
        help="for pages: a file of text (messages, a forum) in which the twelve letters of their "
        "seals were received, with times",
    ),
) -> None:
    """Print when the rule of a claim was fixed, what was amended, and the verdict, which is
    computed again. If you name a page that was handed in, draw it again from its data, and print
    what differs. If you name a folder, print also what two pages share.
    """
    from heldto.claims import UNJUDGED
    from heldto.publish import claims as claims_text

    is_page, is_folder = Path(claim).suffix.casefold() in (".html", ".htm"), Path(claim).is_dir()
    if is_page or is_folder:
        from heldto.own import handed_in

        if is_folder and (answers or run):
            raise Problem(f"{claim} is a folder: name one page to compare its file or run its code")
        if is_folder:
            lines = handed_in.checked_folder(claim, received)
        else:
            lines = handed_in.checked(claim, answers, run, received)
        print("\n".join(lines))
        raise typer.Exit(any(line.startswith("NOT") or ": NOT" in line for line in lines))
    if answers or run or received:
        raise Problem(f"{claim} is not a page: give the name of the HTML file that was handed in")
    text = "\n".join(claims_text.proved(claim))
    print(text)
    _end(text, UNJUDGED.upper() in text)


@app.command(
    "readings", rich_help_panel=READ, short_help="Print the verdicts under other careful readings."
)
def print_readings(
    claim: str = Argument(help="the id of the claim"),
    as_json: bool = Option(False, "--json", help="print JSON, a list of objects"),
    as_csv: bool = Option(False, "--csv", help="print a CSV table"),
) -> None:
    """Print the verdicts of a claim under all other careful ways to read it.

    All use what was known on the article's day. The exceptions use a later year: they are marked
    and counted separately.
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


@app.command("card", rich_help_panel=TEACH, short_help="Write the role card of an actor, to print.")
def write_role_cards(
    actor: str = Argument("", help="the actor: a code, a name or an alias"),
    everyone: bool = Option(False, "--all", help="write all actors into one file, a page each"),
    output: Path | None = Option(
        None,
        "--output",
        "-o",
        callback=_not_away,
        help="the file to write (default: card-CODE.html or cards.html in this folder)",
    ),
) -> None:
    """Write the role card of an actor: one A4 page for the printer or the browser."""
    from heldto.evidence import actors

    if not (page := article.hook("role_cards")):
        raise Problem("this article has no role cards")
    if bool(actor) == everyone:
        raise Problem("name one actor, or give --all")
    codes = actors.ALL if everyone else [actors.find(actor)]
    if not {*codes} <= {*actors.ALL}:
        raise Problem(f"{actors.name(codes[0])} is not one of our states, so it has no role card")
    if not codes:
        raise Problem("actors.csv has categories alone, so there are no role cards")
    name = "cards.html" if everyone else f"card-{codes[0]}.html"
    with or_else("make room there, or give another file with --output"):
        print(f"wrote {write_atomic(output or inside('', name), page(*codes))}")


@app.command(
    "class", rich_help_panel=TEACH, short_help="Count the guesses of a class for each claim."
)
def of_a_class(
    places: list[Path] = Argument(
        ..., help="folders, zips and files: saved answers, or texts that contain answer lines"
    ),
    vintage: str = Option("then", help="compare with the verdicts of then or since"),
    as_csv: bool = Option(False, "--csv", help="print a CSV table"),
) -> None:
    """Count the guesses of a class for each claim. It reads a folder of answer files or answer
    lines, and the zip of Moodle's *Download all submissions*. A copy of the same answers counts
    once.
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


@app.command("cards", rich_help_panel=TEACH, short_help="Write marker cards that a camera counts.")
def marker_cards(
    seats: int = Option(30, help="how many cards to write"),
    small: bool = Option(
        False,
        "--small",
        help="put three cards on a sheet: for photos with a phone, or for the first rows",
    ),
    paper: str = Option("A4", help="the size of the sheets: A4 or Letter"),
    output: Path | None = Option(
        None,
        "--output",
        "-o",
        callback=_not_away,
        help="the file to write (default: marker-cards.html)",
    ),
) -> None:
    """Write marker cards to print, one for each seat. The verdict at the top of a card counts. For
    role cards use the command `card`.
    """
    from heldto.room import cards

    page = cards.marker_cards_page(seats, small, paper)
    with or_else("make room there, or give another file with --output"):
        print(f"wrote {write_atomic(output or inside('', 'marker-cards.html'), page)}")


@app.command(rich_help_panel=OWN, short_help="Begin an article: a folder that works at once.")
def new(
    folder: Path = Argument(..., callback=_not_away, help="a new folder"),
    title: str = Option(..., help="the title of the article"),
    author: str = Option(..., help="the author of the article"),
    date: str = Option(..., help="the day on which it appeared: year-month-day"),
    actors: str = Option(
        ..., help="codes of the actors with commas between them; CODE=NAME gives a name"
    ),
) -> None:
    """Begin an article of your own: a folder that works at once, with three example claims."""
    from heldto.publish.newarticle import folder as new_folder

    for line in new_folder.write_folder(
        folder, title, author, date, [*filter(None, actors.split(","))]
    ):
        print(line)


@app.command("check", rich_help_panel=OWN, short_help="Tell what each claim still lacks.")
def check_article() -> None:
    """Tell what each claim of your own article still lacks. No figure is shown."""
    from heldto import article
    from heldto.publish.newarticle import check

    if article.current().is_package:
        raise Problem(
            f"{article.current().package} is a package, which `validate` checks: "
            "go to the folder with your article.toml"
        )
    lines, complete = check.check_lines()
    print("\n".join(lines))
    raise typer.Exit(0 if complete else 2)


@app.command("seal", rich_help_panel=OWN, short_help="Fix the rules, with the day and a digest.")
def seal_rules(
    note: str = Option("", help="what you knew about the figures when you wrote the rules"),
) -> None:
    """Fix the rules of your own article, with the day and a digest, before you look at a figure."""
    from heldto.publish.newarticle import check

    print("\n".join(check.seal_lines(note)))


@app.command("table", rich_help_panel=OWN, short_help="Copy a table into data/, and describe it.")
def describe_table(
    file: Path = Argument(..., help="a CSV file, or a workbook (.xlsx)"),
    source: str = Option("", help="who published the table, and where"),
    licence: str = Option("", help="the licence under which it may be passed on"),
    trap: str = Option("", help="what a reader could easily misread in it"),
    unit: str = Option("", help="the unit of its figures"),
    retrieved: str = Option("", help="the day it was fetched: year-month-day (default: today)"),
    name: str = Option("", help="the name of the table (default: the name of the file)"),
    sheet: str = Option("", help="the sheet of a workbook, if several have cells"),
    rows: str = Option("", help="turn columns of figures into rows: the name of the new column"),
) -> None:
    """Copy a CSV file or a sheet of a workbook into data/ of your own article, and describe it."""
    from heldto.publish.newarticle import tables

    description = {"source": source, "licence": licence, "trap": trap, "unit": unit}
    description |= {"retrieved": retrieved, "name": name, "sheet": sheet, "rows": rows}
    ask = typer.prompt if sys.stdin.isatty() else None
    print("\n".join(tables.describe_csv(file, description, ask)))


@app.command(
    "notebooks", rich_help_panel=OWN, short_help="Write the notebooks, or add cells of new claims."
)
def write_missing_cells() -> None:
    """Write the notebooks of your own article, or add the cells of new claims to them."""
    from heldto.publish.newarticle import notebooks, schemas

    lines = notebooks.write_notebooks() or ["Every claim is in its notebook: nothing was changed."]
    print("\n".join([*lines, *schemas.write_schemas()]))


@app.command(
    rich_help_panel=READ,
    short_help="Open JupyterLab on your own copy of the notebooks.",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def lab(
    context: typer.Context,
    folder: str = Argument(
        "workbook", callback=_not_away, help="the folder for your own copy of the notebooks"
    ),
    browser: bool = Option(True, help="open a browser"),
    only_copy: bool = Option(False, "--only-copy", help="copy the notebooks, and stop"),
    as_it_is: bool = Option(
        False,
        "--as-it-is",
        help="open this folder and copy nothing: for changes to notebooks/ itself",
    ),
    fresh: list[str] | None = Option(
        None,
        help="put a new copy of this notebook (its number or its section) beside yours and open "
        "it; you may give this option several times",
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


@app.command(rich_help_panel=MAINTAIN, short_help="Check every table, and every text that uses it.")
def validate(
    codebook: bool = Option(
        False,
        help="write again what is computed: the tables of the claims (from the sections' "
        "claims.toml), data/README.md, the checksums of good tables, and data/SHA256SUMS",
    ),
    count: bool = Option(
        False,
        "--count",
        help="first print which verdicts, readings and pictures are others than before; then count "
        "the rows of each table and add up its amounts again, write data/counts.csv, and print "
        "each that changed: "
        "use it after you added, deleted or changed a row on purpose",
    ),
    turns: list[str] = Option(
        [],
        help="with --count: the ids of the claims whose verdict is meant to change, with commas "
        "between them or one by one; without them nothing is counted",
    ),
) -> None:
    """Check every table of data/ and every text that uses it. Print OK, or one line for each fault.
    For a table the line names file, row, column and remedy; for a text it names file, key and
    field.
    """
    from heldto import evidence
    from heldto.claims.exports import write_exports
    from heldto.publish import proofread, validate

    if codebook:
        for path in [*write_exports(), validate.write_codebook()]:
            print(f"wrote {path}")
    if count:
        _accept(turns)
    if sys.stderr.isatty():
        print("reading every table and text: a minute", file=sys.stderr)
    if faults := validate.data_faults() or proofread.text_faults():
        print(text := "\n".join(faults))
        _end(text, True)
    if codebook:
        validate.write_checksums()
        print(f"wrote {validate.write_sums()}")
    print(f"OK: {count_of(len(evidence.package()['resources']), 'table')}")
    if not find_spec("frictionless"):
        print(f"The check by Frictionless was left out: {remedy('validate')}")


def _accept(turns: list[str]) -> None:
    """Print what the tables show otherwise than before, and count their rows again. Raises Problem
    where a verdict changes that is not named.
    """
    from heldto.publish import against, validate

    change = against.since_accepted()
    print(*change.lines, sep="\n")
    named = {name.strip().upper() for some in turns for name in some.split(",")}
    if unnamed := [claim for claim in change.turned if claim not in named]:
        command = f"{article.current().command} validate --count --turns {','.join(change.turned)}"
        raise Problem(
            f"nothing was counted, because the verdict on {', '.join(unnamed)} changes: "
            f"correct the cell, or, if that is meant, run {command}"
        )
    for line in validate.count_anew():
        print(line)


@app.command(
    "handouts",
    rich_help_panel=TEACH,
    short_help="Write each notebook as one HTML file, and an index.",
)
def make_handouts(
    notebooks: list[Path] | None = Argument(
        None, help="the notebooks: files, or numbers such as 01 (default: all of ours)"
    ),
    edition: str = Option("handout", help="the edition: handout, student or instructor"),
    out: Path | None = Option(
        None,
        callback=_not_away,
        help="the folder to write (default: handouts/, handouts/student/, handouts/core/ or "
        "handouts-instructor/)",
    ),
    core: bool = Option(
        False,
        "--core",
        help="write only the core of each section: a booklet to print, with its key",
    ),
    pdf: bool = Option(False, "--pdf", help="write PDF files, too; this needs Chromium"),
    paper: str = Option("A4", help="the page size of the PDF: A4 or Letter"),
    seminar: bool = Option(
        False,
        "--seminar",
        help="write seminar.zip, too (all for a class), and lesson-45.zip (a first lesson)",
    ),
    jobs: int = Option(
        0, help="how many notebooks run at the same time (0: one for each core)", min=0
    ),
    limit: int = Option(120, help="how many seconds a cell may take", min=1),
) -> None:
    """Run the notebooks and write each as one HTML file that a double click opens, and an index."""
    _need_for_handouts()
    from heldto.publish.handouts import command
    from heldto.publish.lab import notebook_asked

    notebooks = [path if path.suffix else notebook_asked(path.name) for path in notebooks or []]
    settings = {"edition": edition, "pdf": pdf, "paper": paper, "jobs": jobs, "limit": limit}
    settings["core"] = core
    with _stoppable():
        succeeded = command.run_handouts(notebooks, out, seminar, **settings)
    raise typer.Exit(not succeeded)


@app.command(rich_help_panel=TEACH, short_help="Write a static site for any web host.")
def site(
    out: Path = Argument(
        ..., callback=_not_away, help="a new folder, or a site of ours that is to be replaced"
    ),
    pyodide: str = Option(
        "",
        help="where Pyodide is: a folder, which becomes part of the site, or an https address "
        "(default: the public address of JupyterLite)",
    ),
    base_url: str = Option(
        "", help="the path of the site at its host, such as /seminar/, or its whole https address"
    ),
    handouts_only: bool = Option(
        False,
        "--handouts-only",
        help="leave out the notebooks that run in the browser: no Pyodide, no network needed",
    ),
    open_only: bool = Option(
        False,
        "--open-only",
        help="only with --handouts-only: pass on only tables with an open licence. Other pictures "
        "remain, and a note says that the figures behind them were left out",
    ),
) -> None:
    """Write one static folder for any web host: front page, handouts, seminar kit, and notebooks
    that run in the browser.
    """
    _need_for_handouts()
    from heldto.publish.site import build

    with _stoppable(f"stopped: {out} is as it was"):
        succeeded = build.run_site(out, pyodide, base_url, handouts_only, open_only)
    raise typer.Exit(not succeeded)


def _need_for_handouts() -> None:
    """Raises ModuleNotFoundError at once where handouts cannot be written, and not after a kernel
    has started.
    """
    for package in ("nbconvert", "nbclient", "bs4", "nh3", "rcssmin", "psutil", "platformdirs"):
        if sys.modules.get(package) is None and not find_spec(package):
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)


@contextmanager
def _stoppable(words: str = "") -> Iterator[None]:
    """Ctrl-C ends a command with status 130 and prints the words, or the message of the interrupt
    if none are given.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        print(words or str(stop) or "stopped", file=sys.stderr)
        raise typer.Exit(130) from None


@app.command(rich_help_panel=PLATFORM, short_help="Write a graded problem set for nbgrader.")
def assignment(
    out: Path = Argument(..., callback=_not_away, help="a new folder for the course"),
    course: str = Option("", help="the course's id in nbgrader (default: the name of the package)"),
    seconds: int = Option(30, help="how long a student's cell may run", min=1),
    questions: Path = Option(None, help="a file of questions that replaces ours"),
    secret: Path = Option(
        None, callback=_not_away, help="the file that decides the variants; it is made if missing"
    ),
    lines: Path = Option(
        None, callback=_not_away, help="write the model answers in pandas into this file, too"
    ),
) -> None:
    """Write a graded problem set as a course for nbgrader: notebook, settings, instructions."""
    from heldto.publish.classroom.assignment import write_course

    for path in write_course(out, course, seconds, questions, secret, lines):
        print(path)
    if not find_spec("nbgrader"):
        print(f"To grade with it: {remedy('classroom')}")


@app.command(
    rich_help_panel=PLATFORM, short_help="Write guesses and exercises as Moodle questions."
)
def moodle(
    out: Path = Argument(
        ..., callback=_not_away, help="the file to write, or a folder for moodle.xml"
    ),
    pictures: bool = Option(
        False, "--pictures", help="add the picture above each exercise: the file has some megabytes"
    ),
    pages: str = Option("", help="the address of the handouts, which the questions then link"),
) -> None:
    """Write all guesses and exercises as questions that Moodle imports (Moodle XML)."""
    from heldto.publish.classroom.moodle import write_questions

    for line in write_questions(out, pictures, pages):
        print(line)


def _settle() -> None:
    """Make a reader's folders absolute, so that they are valid wherever a kernel starts. Print
    UTF-8, and names of files as they are.
    """
    with suppress(Problem):  # a command that needs an article says so itself
        for name in () if sys.argv[1:2] == ["new"] else (article.DATA, article.DIARY):
            if os.environ.get(name):
                os.environ[name] = os.path.abspath(os.environ[name])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def run_command_line(program: str = "heldto", about: str = "") -> None:
    """Run the command line. The exit status is 0; 1 if work failed or this package is at fault; 2
    if the request or the data is wrong. A failure is reported in one line.

    program: the name of the command, as its help and its version say it; about: what its help
    begins with.
    """
    try:
        article.ANNOUNCE.append(lambda line: print(line, file=sys.stderr))
        _settle()
        with or_else("name another file or folder, or make room there"):
            command = typer.main.get_command(app)
            command.help = about
            command(prog_name=program)
    except Problem as error:
        print(error, file=sys.stderr)
        sys.exit(1 if isinstance(error, (OurFault, TextError)) else 2)
