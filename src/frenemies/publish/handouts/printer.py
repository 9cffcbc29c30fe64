"""A page as PDF: printed by a system Chromium, on paper of one size, with bookmarks."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from frenemies.errors import Problem, write_atomic

PAPERS = ("A4", "Letter")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def browser_path():
    """Path of a system Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def write_pdf(browser, page, target, paper):
    """Print a page to PDF with a Chromium. Raises Problem where it writes none."""
    page = Path(page)
    with tempfile.TemporaryDirectory() as scratch:
        cut, draft = Path(scratch) / page.name, Path(scratch) / "page.pdf"
        write_atomic(cut, _cut(page.read_text(encoding="utf-8"), paper))
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        wanted = [
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={draft}",
        ]
        command = [
            browser,
            *root,
            *QUIET,
            f"--user-data-dir={scratch}/profile",
            *wanted,
            cut.as_uri(),
        ]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if not draft.exists():
            raise Problem(f"{page.stem}: no PDF: Chromium ({browser}) wrote none")
        write_atomic(target, draft.read_bytes())


def _cut(text, paper):
    """A page with the size of its paper as its last word on style."""
    head, mark, tail = text.rpartition("</body>")
    return f"{head}<style>@page {{ size: {paper}; }}</style>{mark}{tail}"


def main():
    """Run from the command line: BROWSER PAGE TARGET PAPER; a fault is one line on standard error, and status 1."""
    try:
        write_pdf(*sys.argv[1:])
    except (Problem, OSError) as fault:
        print(fault, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
