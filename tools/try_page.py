"""Write try.html, the page of the repository that a double click opens, and the README's picture of it: `make try`.

It is the article's first round with its picture and the switches, as the handouts have it. It asks nothing of any host.
"""

import sys
from pathlib import Path

from nbformat.v4 import new_markdown_cell, new_notebook

import frenemies  # noqa: F401  # its article is open from here on
from heldto import article
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.publish.site import front

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "try.html"
MOST = 400_000  # bytes
OPENING = """# {question}

In {month} {author} wrote in “{title}” that {blurb}. One tap for each claim: do the figures support it?"""
MORE = """This page is a file and asks nothing of any host. The notebooks have all the claims: the README of the project says how to open them."""


def html() -> str:
    """The page as it is now."""
    one = article.current()
    words = {name: getattr(one, name) for name in ("question", "month", "author", "title", "blurb")}
    opening = new_markdown_cell(OPENING.format(**words), id="opening")
    cells = [opening, front.round_cell(), new_markdown_cell(MORE, id="more")]
    about = {
        "title": one.question,
        "section": "start",
        "edition": "handout",
        "level": "no programming needed",
    }
    notebook = new_notebook(cells=cells, metadata={"frenemies": about})
    made, _ = HandoutExporter().from_notebook_node(notebook, {"metadata": {"name": "try"}})
    return made


def main() -> int:
    """Write the page, and take its picture."""
    import screenshot

    PAGE.write_text(html(), encoding="utf-8")
    screenshot.photographed(PAGE, screenshot.PICTURE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
