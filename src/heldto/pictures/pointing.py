"""The script by which a mark tells what it shows, to whoever points at it or walks by keys."""

from pathlib import Path

import anywidget

from heldto.scripts import together

_HERE = Path(__file__).parent


class Pointing(anywidget.AnyWidget):
    """A part without a look: it brings the script to a notebook's page."""

    _esm = together(_HERE / "pointed.js")
    _css = _HERE / "pointing.css"
