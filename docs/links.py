"""What mkdocs does to a document before it becomes a page: a link that leads out of docs/, into
handouts or notebooks, is left out, and the page says where it is one.
"""

import re

OUT = re.compile(r"\[([^\]]+)\]\((?:\.\./)+(?:handouts|notebooks)/[^)\s]*\)")
NOTE = (
    "*Here the names of handouts and notebooks are no links. They are in the seminar kit: "
    "`make handouts` packs it, and a site has it behind* Teach."
)


def on_page_markdown(markdown: str, **_: object) -> str:
    """The document without links that would lead nowhere, and a note below its title where there
    were any. mkdocs calls it.
    """
    text, count = OUT.subn(r"\1", markdown)
    title, line, rest = text.partition("\n")
    return f"{title}\n\n{NOTE}\n{rest}" if count and line else text
