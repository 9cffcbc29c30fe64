"""Every piece of HTML that the package writes, and its long Markdown texts: Jinja2 templates,
everything put into HTML escaped.
"""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from heldto import article

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket

_LENT: list[Path] = []  # folders of rooms that bring their own


def add_folder(folder: Path) -> None:
    """Templates of a room that brings its own, found by their names after those of this one."""
    if folder not in _LENT:
        _LENT.append(folder)
        _environment.cache_clear()


@lru_cache
def _environment() -> "Environment":
    # not before a page is shown
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemBytecodeCache,
        FileSystemLoader,
        PackageLoader,
        StrictUndefined,
    )

    own = article.current().folder / "templates"
    lent = [FileSystemLoader(own)] if own.is_dir() else []

    class Compiled(FileSystemBytecodeCache):
        """Templates compiled once, beside the modules that are, where that can be written."""

        def dump_bytecode(self, bucket: "Bucket") -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    made = Environment(
        bytecode_cache=Compiled(str(Path(__file__).with_name("__pycache__"))),
        loader=ChoiceLoader([*lent, PackageLoader("heldto"), FileSystemLoader(_LENT)]),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals["article"] = article.current()
    return made


def render(template: str, /, **values: object) -> Markup:
    """The HTML of a template in this folder, "verdict.html.j2", filled with values.

    Text among the values is escaped; Markup, such as another template's, goes in as it is.
    """
    return Markup(_environment().get_template(template).render(values))
