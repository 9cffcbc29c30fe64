"""The index of a folder of handouts: what there is, how long it takes, what each teaches."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup

from heldto.claims import seals
from heldto.claims.listed import all_ids
from heldto.publish import learning
from heldto.publish.handouts.assets import INDEX, assets
from heldto.templates import render


def handouts_in(folder: str | Path, among: Iterable[Path] | None = None) -> list[dict[str, Any]]:
    """The handouts of a folder by name.

    Each with title, core, reading, exercises, minutes, level, teaches, and links: file, pdf,
    notebook ("" where there is none). among: the files there that count, all where none are named.
    """
    folder = Path(folder)
    files = {*folder.glob("*"), *folder.glob("notebooks/*")} if among is None else {*among}
    handouts = []
    for path in sorted(one for one in files if one.suffix == ".html" and one.is_file()):
        if about := _about(path):
            companions = path.with_suffix(".pdf"), folder / "notebooks" / f"{path.stem}.ipynb"
            pdf, notebook = (_link(one, folder) if one in files else "" for one in companions)
            links = {"pdf": pdf, "notebook": notebook}
            handouts.append({"file": _link(path, folder), **about, **links})
    return handouts


def _about(path: Path) -> dict[str, Any] | None:
    """What a page says of itself, None where it is no handout."""
    head = path.read_text(encoding="utf-8", errors="replace").partition("<style")[0]
    tag = BeautifulSoup(head, "html.parser").find("meta", attrs={"name": "about"})
    return json.loads(str(tag["content"])) if tag else None


def _link(path: Path, folder: Path) -> str:
    """The address of a file in the index."""
    return quote(os.fsencode(path.relative_to(folder).as_posix()))


def index_html(
    folder: str | Path,
    edition: str = "handout",
    beside: Iterable[tuple[str, str]] = (),
    served: bool = False,
    among: Iterable[Path] | None = None,
) -> str:
    """The index of a folder of handouts as HTML. beside: pairs of (link, words), what else lies
    there; served: whether it is a page of a site; among: as of `handouts_in`.
    """
    handouts = handouts_in(folder, among)
    return render(
        "handout_index.html.j2",
        handouts=handouts,
        resource=learning.of_handouts(handouts, f"{edition}s"),
        edition=edition,
        claims=len(all_ids()),
        sealed=seals.of_all(),
        beside=beside,
        assets=assets(INDEX, served),
    )
