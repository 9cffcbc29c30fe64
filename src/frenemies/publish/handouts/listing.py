"""The index of a folder of handouts: what there is, how long it takes, what each teaches."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup

from frenemies.publish.handouts.assets import INDEX, assets
from frenemies.templates import render


def listed(folder: str | Path) -> list[dict[str, Any]]:
    """The handouts of a folder by name.

    Each with title, core, reading, exercises, minutes, level, teaches, and links: file, pdf,
    notebook ("" where there is none).
    """
    handouts = []
    for path in sorted(Path(folder).glob("*.html")):
        if about := _about(path):
            pdf = path.with_suffix(".pdf")
            notebook = path.parent / "notebooks" / f"{path.stem}.ipynb"
            links = {"pdf": _link(pdf, folder), "notebook": _link(notebook, folder)}
            handouts.append({"file": _link(path, folder), **about, **links})
    return handouts


def _about(path: Path) -> dict[str, Any] | None:
    """What a page says of itself, None where it is no handout."""
    head = path.read_text(encoding="utf-8", errors="replace").partition("<style")[0]
    tag = BeautifulSoup(head, "html.parser").find("meta", attrs={"name": "about"})
    return json.loads(str(tag["content"])) if tag else None


def _link(path: Path, folder: str | Path) -> str:
    """The address of a file in the index, "" where there is none."""
    return quote(os.fsencode(path.relative_to(folder).as_posix())) if path.exists() else ""


def text(
    folder: str | Path,
    edition: str = "handout",
    beside: Iterable[tuple[str, str]] = (),
    files: tuple[str, ...] = INDEX,
) -> str:
    """The index of a folder of handouts as HTML. beside: pairs of (link, words), what else lies
    there; files: of its script.
    """
    return render(
        "handout_index.html.j2",
        handouts=listed(folder),
        edition=edition,
        beside=beside,
        assets=assets(files),
    )
