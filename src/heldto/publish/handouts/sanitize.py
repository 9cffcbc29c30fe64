"""Foreign HTML with nothing left in it that could run or load, by nh3; links to notebooks lead to
their handouts.
"""

import re
import tomllib
from pathlib import Path

import nh3

_LISTS = tomllib.loads(Path(__file__).with_name("allowed.toml").read_text(encoding="utf-8"))
SHAPES, MATHS, WORDS, SILENT, CONTROLS, ATTRIBUTES, PAINT = (
    set(_LISTS[name].split())
    for name in ("shapes", "maths", "words", "silent", "controls", "attributes", "paint")
)
ALLOWED = {"*": ATTRIBUTES, "style": {"scoped"}} | {tag: {"name"} for tag in CONTROLS}
_LOADS = re.compile(r"url\((?!#)|image-set|src\(|expression|@import|javascript:|\\", re.I)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|svg\+xml)[;,]")
_SCHEME = re.compile(r"[^/?#]*:")


def clean(fragment: str, ours: bool = False, text: bool = False) -> str:
    """A fragment of HTML in which nothing is left that could run, load or send anything.

    ours: an output of this package, whose data- attributes tell the page's script what to do; those
    of anybody else are dropped, so that none is taken for one of ours. text: a text, in which a
    style sheet could only hide or imitate what stands around it, so that none is left.
    """
    sheets = {"style"} if text else set()
    return nh3.clean(
        fragment,
        tags=(SHAPES | MATHS | WORDS) - sheets,
        clean_content_tags=SILENT | sheets,
        attributes={tag: names for tag, names in ALLOWED.items() if tag not in sheets},
        attribute_filter=_kept,
        generic_attribute_prefixes={"aria-", "data-"} if ours else {"aria-"},
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    if name in ("href", "src"):
        return address(tag, value.strip())
    return None if name in PAINT and loads(value) else value


def address(tag: str, value: str) -> str | None:
    """Where a tag may point, None where it must not: a place on the page, for a picture its own
    data, for a link the web.
    """
    if tag == "img":
        return value if _PICTURE.match(value) else None
    if value.startswith("#"):
        return value
    if tag != "a" or value.replace("\\", "/").startswith("//"):
        return None
    if _SCHEME.match(value):
        return value if value.lower().startswith(("http:", "https:", "mailto:")) else None
    file, mark, place = value.partition("#")
    return f"{file.removesuffix('.ipynb')}.html{mark}{place}" if file.endswith(".ipynb") else value


def loads(css: str) -> bool:
    """Whether a style asks for anything beyond the page."""
    return bool(_LOADS.search(css))
