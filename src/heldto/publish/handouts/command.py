"""What `frenemies handouts` does and says."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from heldto import article
from heldto.catalogues import still_english
from heldto.errors import Problem
from heldto.evidence.paths import notebooks_dir
from heldto.foreign import inside
from heldto.publish import editions, reading_time
from heldto.publish.handouts import build, lesson, seminar_zip, tally_page
from heldto.publish.handouts.build import Made, Settings
from heldto.publish.handouts.plan_stops import LESSON
from heldto.publish.handouts.printer import PAPERS, browser_path
from heldto.publish.notebook_files import read_notebook

NO_BROWSER = (
    "no PDF: no Chromium found (looked for chromium, chromium-browser, google-chrome); "
    "the HTML files print well from any browser"
)
FOLDERS = {  # that of the instructor, with all answers, lies beside what is given out
    "student": "handouts/student",
    "instructor": "handouts-instructor",
}
CORES = "handouts/core"
UNPACKED = "no new seminar.zip was written, because the pages that failed would be missing"


def run_handouts(
    notebooks: Sequence[str | Path],
    out: str | Path | None = None,
    pack: bool = False,
    **settings: Any,
) -> bool:
    """Write the handouts, say what was written, and say whether all went well.

    settings: of build.Settings. Raises Problem for a request that makes no sense.
    """
    build_settings = Settings(**settings)
    editions.check_edition(build_settings.edition)
    if build_settings.paper not in PAPERS:
        raise Problem(f'there is no paper "{build_settings.paper}": choose {" or ".join(PAPERS)}')
    paths = chosen_notebooks(notebooks)
    if build_settings.core and not notebooks:
        with_core = [path for path in paths if reading_time.core_ends(read_notebook(path))]
        paths = with_core or paths  # a booklet of whole pages, where no page has a core
    usual = CORES if build_settings.core else FOLDERS.get(build_settings.edition, "handouts")
    folder = Path(out) if out else inside("", usual, "give another folder with --out")
    succeeded = _print_results(with_progress(paths, folder, build_settings), folder, build_settings)
    if (pack or build_settings.edition != "handout") and (
        rest := still_english(article.current().language)
    ):
        print(rest)
    return _packed(paths, folder, build_settings) and succeeded if pack else succeeded


def _packed(paths: list[Path], folder: Path, settings: Settings) -> bool:
    """Write what a seminar needs beside the handouts, and pack it. Returns whether all of it was
    made.
    """
    student, student_folder = (
        replace(settings, edition="student", pdf=False, core=False),
        inside(folder, "student"),
    )
    results = with_progress(paths, student_folder, student)
    complete = _print_results(results, student_folder, student) and _lesson(paths, folder, student)
    beside = seminar_zip.companion_pages() | {tally_page.NAME: tally_page.wall_page().encode()}
    for name, content in beside.items():
        build.put(folder / name, content)
    if not complete:
        print(UNPACKED)
        return False
    files = [path for made in results for path in made.files]
    left_out = seminar_zip.seminar(student_folder, files, folder / "seminar.zip")
    print(folder / "seminar.zip")
    if left_out:
        print(f"left out of the zip, because this run did not write them: {', '.join(left_out)}")
    return True


def _lesson(notebooks: list[Path], folder: Path, settings: Settings) -> bool:
    """Write the six files of a first lesson as a zip, where the article has a plan for one and all
    its notebooks are asked for. Returns whether nothing failed.
    """
    with tempfile.TemporaryDirectory(prefix="heldto-") as scratch:
        source = lesson.write_source(notebooks, Path(scratch))
        if source is None:
            return True
        (made,) = build.write_handouts([source], Path(scratch) / "page", settings)
        if made.fault:
            print(f"failed: {made.fault}")
            return False
        page = next(path for path in made.files if path.suffix == ".html")
        build.put(folder / f"{LESSON}.zip", lesson.lesson_zip(source, page))
    print(f"{folder / LESSON}.zip (for a first lesson: six files)")
    return True


def chosen_notebooks(paths: Sequence[str | Path]) -> list[Path]:
    """The notebooks asked for by path, or one of ours by its name (`01_economic`), or all of ours.

    Raises Problem where one is missing, is no notebook, or two have one name.
    """
    chosen = [_notebook_path(path) for path in paths] or sorted(
        notebooks_dir().glob("[0-9][0-9]_*.ipynb")
    )
    for path in chosen:
        if path.suffix != ".ipynb" or not path.is_file():
            fault = "no such file" if path.suffix == ".ipynb" else "a notebook ends in .ipynb"
            raise Problem(f"{path}: {fault}; ours are in {notebooks_dir().name}/")
    if not chosen:
        raise Problem("there is no notebook to write")
    if len({path.stem for path in chosen}) < len(chosen):
        raise Problem("two notebooks have the same name: their handouts would overwrite each other")
    return chosen


def _notebook_path(path: str | Path) -> Path:
    shipped = notebooks_dir() / f"{path}.ipynb"
    return shipped if not Path(path).suffix and shipped.is_file() else Path(path)


def _print_results(results: list[Made], out: Path, settings: Settings) -> bool:
    """Say what was written, and whether all went well."""
    for made in results:
        print(f"failed: {made.fault}" if made.fault else _news(made))
    if settings.pdf and not browser_path():
        print(NO_BROWSER)
    if (out / "index.html").exists():
        print(out / "index.html")
    return not any(made.fault for made in results)


def with_progress(notebooks: list[Path], out: Path, settings: Settings) -> list[Made]:
    """The handouts of some notebooks, written into a folder while a bar shows how far it is, or a
    line for each where no terminal is.
    """
    if not (current := article.current()).is_package:
        print(f"article: {current.folder} (runs its notebooks)", file=sys.stderr)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    screen, number = Console(stderr=True), count(1)
    with Progress(*columns, TimeElapsedColumn(), console=screen, transient=True) as progress:
        task = progress.add_task(f"{settings.edition}s", total=len(notebooks))

        def told(made: Made) -> None:
            progress.advance(task)
            if len(notebooks) > 1 and not screen.is_terminal:
                print(f"{settings.edition} {next(number)} of {len(notebooks)}", file=sys.stderr)

        return build.write_handouts(notebooks, out, settings, told)


def _news(made: Made) -> str:
    """A page by its name, and what is to be said of it where it was not made just now, or is not
    new.
    """
    page = next(path for path in made.files if path.suffix == ".html")
    if made.fresh:
        return f"{page}{' (made before, from the cache)' if made.kept else ''}"
    return f"{page} (unchanged)"
