"""How the documents become pages: `make docs`. Sphinx reads the Markdown of this folder by MyST."""

import re
import sys
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

project = "Best Worst Friends"
author = "Best Worst Friends"
html_title = project
html_theme = "furo"
html_show_sourcelink = False
html_copy_source = False
html_show_copyright = False
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
exclude_patterns = ["seminar/lecturer"]
toc_object_entries = False  # the names stand there as headings
default_role = "code"  # a single backtick in a docstring marks code
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
suppress_warnings = [
    "myst.header",
    "ref.python",
]  # parts begin at any level; a word may name two things

OUT = re.compile(r"\[([^\]]+)\]\((?:\.\./)+(?:handouts|notebooks)/[^)\s]*\)")
NOTE = (
    "*Here the names of handouts and notebooks are no links. They are in the seminar kit: "
    "`make handouts` packs it, and a site has it behind* Teach."
)


def without_links_out(markdown: str) -> str:
    """The document without links that would lead nowhere, those into handouts and notebooks, and
    a note below its first paragraph, which says for whom it is, where there were any.
    """
    text, count = OUT.subn(r"\1", markdown)
    blocks = text.split("\n\n")
    words = [at for at, block in enumerate(blocks) if at and not block.startswith("<!--")]
    if count and words:
        blocks.insert(words[0] + 1, NOTE)
    return "\n\n".join(blocks)


def setup(app: Sphinx) -> None:
    """Sphinx calls this once."""

    def read(_: Sphinx, __: str, source: list[str]) -> None:
        source[0] = without_links_out(source[0])

    app.connect("source-read", read)
