"""A page as PDF: printed by a system Chromium, on paper of one size, with bookmarks."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from heldto.errors import Problem, write_atomic

PAPERS = ("A4", "Letter")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--headless", "--disable-gpu", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--no-first-run"),
    *("--no-pdf-header-footer", "--generate-pdf-document-outline"),
)


def browser_path() -> str | None:
    """Path of a system Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def write_pdf(browser: str, page: str | Path, target: str | Path, paper: str) -> None:
    """Print a page to PDF with a Chromium. Raises Problem where it writes none."""
    page = Path(page)
    head, mark, tail = page.read_text(encoding="utf-8").rpartition("</body>")
    size = f"<style>@page {{ size: {paper}; }}</style>"  # the page's last word on style
    with tempfile.TemporaryDirectory() as scratch:
        copy, draft = Path(scratch) / page.name, Path(scratch) / "page.pdf"
        write_atomic(copy, f"{head}{size}{mark}{tail}")
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        places = [f"--user-data-dir={scratch}/profile", f"--print-to-pdf={draft}", copy.as_uri()]
        command = [browser, *root, *QUIET, *places]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if not draft.exists():
            raise Problem(f"{page.stem}: no PDF: Chromium ({browser}) wrote none")
        write_atomic(target, draft.read_bytes())
