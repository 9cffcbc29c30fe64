"""What stands on the page is seen: kept in the window once its cell has run, drawn anew without a
jump, and not silent when its kernel is gone.
"""

from pathlib import Path

import anywidget
import traitlets

ALIVE = "frenemies-alive"  # class of what says so when its kernel is gone
_HERE = Path(__file__).parent


class Here(anywidget.AnyWidget):
    """A part of the page: it scrolls the output of a cell just run into the window.

    value: its HTML; without any it has no look. in_view: whether that is in the window.
    """

    _esm = _HERE / "here.js"
    _css = _HERE / "here.css"
    value = traitlets.Unicode().tag(sync=True)
    in_view = traitlets.Bool(False).tag(sync=True)
