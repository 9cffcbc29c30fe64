"""Every piece of HTML that the package writes, and its long Markdown texts: Jinja2 templates,
everything put into HTML escaped.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # not before a page is shown

    return Environment(
        loader=PackageLoader("frenemies"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def render(template: str, **values: object) -> Markup:
    """The HTML of a template in this folder, "verdict.html.j2", filled with values.

    Text among the values is escaped; Markup, such as another template's, goes in as it is.
    """
    return Markup(_environment().get_template(template).render(values))
