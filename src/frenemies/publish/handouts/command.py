"""What `frenemies handouts` does and says."""

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from frenemies.errors import Problem
from frenemies.evidence.paths import notebooks_dir
from frenemies.publish import editions
from frenemies.publish.handouts import build
from frenemies.publish.handouts.printer import PAPERS, browser_path

NO_BROWSER = "no PDF: no Chromium found (looked for chromium, chromium-browser, google-chrome); the HTML files print well from any browser"


def run(
    notebooks,
    edition="handout",
    out=None,
    pdf=False,
    pack=False,
    jobs=0,
    limit=build.LIMIT,
    paper="A4",
):
    """Write the handouts, say what was written, and say whether all went well. Raises Problem for a request that makes no sense."""
    if paper not in PAPERS:
        raise Problem(f'there is no paper "{paper}": choose {" or ".join(PAPERS)}')
    notebooks = chosen(notebooks)
    out = Path(out) if out else folder(edition)
    good = _write(notebooks, out, edition, pdf, jobs, limit, paper)
    if pack:
        good = _pack(notebooks, out, jobs, limit) and good
    return good


def _named(path):
    """A notebook by its path, or one of ours by its name: `01_economic`."""
    ours = notebooks_dir() / f"{path}.ipynb"
    return ours if not Path(path).suffix and ours.is_file() else Path(path)


def chosen(paths):
    """The notebooks asked for, or all that came with us. Raises Problem where one is missing, is no notebook, or two have one name."""
    paths = [_named(path) for path in paths] or sorted(notebooks_dir().glob("[0-9][0-9]_*.ipynb"))
    for path in paths:
        if path.suffix != ".ipynb" or not path.is_file():
            raise Problem(
                f"{path}: {'no such file' if path.suffix == '.ipynb' else 'a notebook ends in .ipynb'}; ours are in {notebooks_dir().name}/"
            )
    names = [path.stem for path in paths]
    if not paths or len(set(names)) < len(names):
        raise Problem(
            "there is no notebook to make"
            if not paths
            else "two notebooks have the same name: their handouts would overwrite each other"
        )
    return paths


def folder(edition):
    """Where an edition goes when no folder is named."""
    if edition not in editions.EDITIONS:
        raise Problem(f'there is no edition "{edition}": choose {", ".join(editions.EDITIONS)}')
    return Path("handouts") if edition == "handout" else Path("handouts") / edition


def _write(notebooks, out, edition, pdf, jobs, limit, paper):
    if edition not in editions.EDITIONS:
        raise Problem(f'there is no edition "{edition}": choose {", ".join(editions.EDITIONS)}')
    screen = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task(f"{edition}s", total=len(notebooks))
        results = build.handouts(
            notebooks,
            out,
            edition,
            pdf,
            jobs or None,
            limit,
            told=lambda made: progress.advance(task),
            paper=paper,
        )
    for made in results:
        print(f"failed: {made.fault}" if made.fault else f"{_page(made)}{_news(made)}")
    if pdf and not browser_path():
        print(NO_BROWSER)
    if (out / "index.html").exists():
        print(out / "index.html")
    return not any(made.fault for made in results)


def _page(made):
    return next(path for path in made.files if path.suffix == ".html")


def _news(made):
    """What is to be said of a page beside its name: nothing where it was made just now and is new."""
    if made.fresh:
        return " (made before, from the cache)" if made.kept else ""
    return " (unchanged)"


def _pack(notebooks, out, jobs, limit):
    student = out / "student"
    good = _write(notebooks, student, "student", False, jobs, limit, PAPERS[0])
    build.seminar(student, out / "seminar.zip")
    print(out / "seminar.zip")
    return good
