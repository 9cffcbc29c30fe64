"""What stands on the page is seen: kept in the window once its cell has run, drawn anew without a
jump, and not silent when its kernel is gone.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import anywidget
import ipywidgets
import traitlets
from ipywidgets.widgets.widget_string import HTMLStyle

from heldto.scripts import together
from heldto.tr import SpokenScript

# A trait that the page writes. Its echo would undo what a reader did while the kernel was busy.
FROM_PAGE = {"sync": True, "echo_update": False}
ALIVE = "heldto-alive"  # class of what says so when its kernel is gone
_HERE = Path(__file__).parent
W = TypeVar("W", bound=ipywidgets.Widget)


@lru_cache
def shared(kind: type[W], **look: Any) -> W:
    """One layout, style or script for all parts of a page that have the same, often hundreds."""
    return kind(**look)


def html(page: str = "") -> ipywidgets.HTML:
    """A part of a page, of HTML."""
    return ipywidgets.HTML(page, layout=shared(ipywidgets.Layout), style=shared(HTMLStyle))


class ScrollAnchor(anywidget.AnyWidget):
    """A part of the page: it scrolls the output of a cell just run into the window.

    value: its HTML; without any it has no look. in_view: whether that is in the window. empty: why
    selections of the bar beside it leave nothing of it, by their names.
    """

    _esm = SpokenScript(together(_HERE / "here.js"))
    _css = _HERE / "here.css"
    value = traitlets.Unicode().tag(sync=True)
    empty = traitlets.Dict().tag(sync=True)
    in_view = traitlets.Bool(False).tag(**FROM_PAGE)

    def __init__(self, **traits: Any) -> None:
        super().__init__(layout=shared(ipywidgets.Layout), **traits)
