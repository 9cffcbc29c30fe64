"""What stands on the page is seen: kept in the window once its cell has run, and not silent when
its kernel is gone.
"""

from pathlib import Path

import anywidget

ALIVE = "frenemies-alive"  # class of what says so when its kernel is gone
_HERE = Path(__file__).parent


class Here(anywidget.AnyWidget):
    """A part without a look: it scrolls the output of a cell just run into the window."""

    _esm = _HERE / "here.js"
    _css = _HERE / "here.css"
