"""The index of a folder of handouts: what there is, how long it takes, what each teaches."""

import html
import json
import os
import re
from pathlib import Path
from urllib.parse import quote

from frenemies import __version__
from frenemies.errors import write_atomic

TEMPLATE = Path(__file__).parent / "templates" / "frenemies"
_ABOUT = re.compile(r'<body data-about="([^"]*)"')


def listed(folder):
    """The handouts of a folder by name: list of dicts with title, reading, exercises, minutes, level, teaches, and links: file, pdf, notebook."""
    found = []
    for path in sorted(Path(folder).glob("*.html")):
        about = _ABOUT.search(path.read_text(encoding="utf-8"))
        if about:
            beside = {
                "pdf": path.with_suffix(".pdf"),
                "notebook": path.parent / "notebooks" / f"{path.stem}.ipynb",
            }
            links = {
                kind: quote(os.fsencode(other.relative_to(folder).as_posix()))
                if other.exists()
                else ""
                for kind, other in beside.items()
            }
            found.append(
                {
                    "file": quote(os.fsencode(path.name)),
                    **json.loads(html.unescape(about[1])),
                    **links,
                }
            )
    return found


def text(folder, edition="handout", beside=()):
    """The index of a folder of handouts as HTML. beside: pairs of (link, words), what else lies there."""
    from jinja2 import Environment, FileSystemLoader

    from frenemies.publish.handouts.furniture import INDEX, policy, script, style

    pages = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=True)
    code = script(INDEX)
    shared = {"css": style(), "script": code, "policy": policy(code), "version": __version__}
    return pages.get_template("listing.html.j2").render(
        handouts=listed(folder), edition=edition, beside=beside, **shared
    )


def write_index(folder, edition="handout"):
    """Write index.html of a folder of handouts. Returns its path."""
    made = text(folder, edition)
    target = Path(folder) / "index.html"
    if not target.exists() or target.read_text(encoding="utf-8") != made:
        write_atomic(target, made)
    return target
