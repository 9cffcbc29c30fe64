"""Every piece of HTML that the package writes, and its long Markdown texts: Jinja2 templates,
everything put into HTML escaped.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from heldto import article
from heldto.errors import numbered_names
from heldto.tr import language, numerals, tr, tr_html, tr_n_html

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket

_LENT: list[Path] = []  # folders of rooms that bring their own
BAR = "handout"  # the one bar of a page


class Place:
    """Where HTML is written, as a template asks it with `place()`: in a cell, which brings its own
    style sheets and may have a bar of its section.
    """

    on_page = False

    def sheet(self, *names: str) -> Markup:
        """Style sheets, by the names of their templates, for what is written here."""
        return Markup("<style>{}</style>").format(Markup("").join(map(render, names)))

    def bar(self, section: str) -> str:
        """The bar that a part of a section follows."""
        return section

    def own(self, name: str) -> str:
        """An id, or what ids begin with, that nothing else here has."""
        return name


class PagePlace(Place):
    """A page, which has one bar, frames its drawings and holds each style sheet once.

    sheets: the names of those that were asked for; taken: the ids that are there.
    """

    on_page = True

    def __init__(self, taken: set[str]) -> None:
        self.sheets: list[str] = []
        self.taken = taken

    def sheet(self, *names: str) -> Markup:
        self.sheets += [name for name in names if name not in self.sheets]
        return Markup("")

    def bar(self, section: str) -> str:
        return BAR

    def own(self, name: str) -> str:
        free = next(candidate for candidate in numbered_names(name) if candidate not in self.taken)
        self.taken.add(free)
        return free


_CELL = Place()
_PLACE: ContextVar[Place] = ContextVar("place", default=_CELL)


def writing_place() -> Place:
    """Where HTML is written now."""
    return _PLACE.get()


@contextmanager
def writing_page(taken: set[str] | None = None) -> Iterator[PagePlace]:
    """What is rendered meanwhile stands on a page. taken: ids that are there; they are kept up to
    date. A part of a page that is being written shares those of the whole.
    """
    outer = _PLACE.get()
    known = outer.taken if isinstance(outer, PagePlace) else set()
    place = PagePlace(known if taken is None else taken)
    token = _PLACE.set(place)
    try:
        yield place
    finally:
        _PLACE.reset(token)


def add_folder(folder: Path) -> None:
    """Templates of a room that brings its own, found by their names after those of this one."""
    if folder not in _LENT:
        _LENT.append(folder)
        _environment.cache_clear()


@lru_cache
def _environment(here: article.Article) -> "Environment":
    # not before a page is shown
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemBytecodeCache,
        FileSystemLoader,
        PackageLoader,
        StrictUndefined,
    )

    own_folder = here.folder / "templates"
    lent = [FileSystemLoader(own_folder)] if own_folder.is_dir() else []

    class Compiled(FileSystemBytecodeCache):
        """Templates compiled once, in the user's folder for what is temporary."""

        def dump_bytecode(self, bucket: "Bucket") -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    try:
        cache = Compiled()
    except RuntimeError:  # that folder is somebody else's
        cache = None
    environment = Environment(
        bytecode_cache=cache,
        loader=ChoiceLoader([*lent, PackageLoader("heldto"), FileSystemLoader(_LENT)]),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"article": here, "place": writing_place}
    environment.globals |= {"tr": tr_html, "tr_n": tr_n_html, "tr_value": tr}
    environment.globals |= {"language": language, "numerals": numerals}
    return environment


def render(template: str, /, **values: object) -> Markup:
    """The HTML of a template in this folder, "verdict.html.j2", filled with values.

    Text among the values is escaped; Markup, such as another template's, goes in as it is.
    """
    return Markup(_environment(article.current()).get_template(template).render(values))
