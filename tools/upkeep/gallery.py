"""The pages of docs/ that go through all pictures, written from what the sections' `pictures.toml`
say of each: the gallery, with the lines that draw it, and the misreadings, with the question that
corrects each.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from heldto import article
from heldto.errors import write_atomic
from heldto.evidence.paths import data_dir
from heldto.templates import add_folder, render
from heldto.text import texts

TEMPLATES = Path(__file__).with_name("templates")
PAGES = {"gallery.md": "gallery.md.j2", "seminar/misreadings.md": "misread_pictures.md.j2"}


class Shelf(NamedTuple):
    """The pictures of a section: its heading, its notebook, and what is said of each picture, by
    its place on the page.
    """

    heading: str
    notebook: str
    pictures: dict[str, texts.Entries]


def shelves() -> Iterator[Shelf]:
    """The sections whose `pictures.toml` says something for the documents, in the article's order.
    Raises TextError.
    """
    for name, notebook in article.notebooks().items():
        if pictures := texts.pictures_in_docs(name):
            yield Shelf(name.capitalize(), notebook, pictures)


def picture_pages() -> dict[str, str]:
    """What the pages hold: {place below docs/: its text}; {} where no section says anything. Raises
    TextError naming file, picture and field where one is missing.
    """
    sections = list(shelves())
    if not sections:
        return {}
    add_folder(TEMPLATES)
    return {place: str(render(template, shelves=sections)) for place, template in PAGES.items()}


def write_pages() -> list[Path]:
    """Write the pages of docs/, where the article has that folder. Returns their paths. Raises
    TextError.
    """
    docs = data_dir().parent / "docs"
    if not docs.is_dir():
        return []
    return [write_atomic(docs / place, text) for place, text in picture_pages().items()]
