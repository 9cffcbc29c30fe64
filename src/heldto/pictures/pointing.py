"""The script by which a mark tells what it shows, to whoever points at it or walks by keys."""

from functools import lru_cache
from pathlib import Path

import anywidget

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def script() -> str:
    """The script as text. It answers in every picture of its page, and stands on it once."""
    return (_HERE / "pointing.js").read_text(encoding="utf-8")


class Pointing(anywidget.AnyWidget):
    """A part without a look: it brings the script to a notebook's page."""

    _esm = f"{script()}\nexport default {{ render({{ el }}) {{ el.style.display = 'none'; }} }};\n"
    _css = _HERE / "pointing.css"
