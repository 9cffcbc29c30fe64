"""How every picture looks, and the article's date on its axis."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from heldto import article

ARTICLE: float  # the day of the article on an axis of years
LOW = 2.0  # inches: a drawing with a row an actor is no lower, however few they are
THEN: int  # the last whole year that was known then
LEGIBLE = 4.5  # least contrast of words and their ground
INK, QUIET, GRID = "#222222", "#5F6368", "#E3E3E3"
PAPER = dict(facecolor="white", edgecolor="none", pad=0.5)  # under words that stand over a line
_NARROW: ContextVar[bool] = ContextVar("narrow", default=False)


def __getattr__(name: str) -> Any:
    if name == "ARTICLE":
        return article.current().place
    if name == "THEN":
        return article.current().cuts["annual"]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


_ONE = threading.RLock()  # Matplotlib's settings are the process's, and a kernel answers in threads


@lru_cache
def _house() -> Any:
    import matplotlib as mpl
    import seaborn as sns

    file = Path(__file__).with_name("house.mplstyle")
    usual = {
        name: value  # of what a matplotlibrc says, as a folder of somebody else's may bring one
        for name, value in mpl.rcParamsDefault.items()
        if mpl.rcParamsOrig[name] != value and not name.startswith("backend")
    }
    house = mpl.rc_params_from_file(file, use_default_template=False)
    return usual | sns.axes_style("whitegrid") | house


@contextmanager
def house_style() -> Iterator[None]:
    """The house style for whatever is drawn inside: white paper, thin horizontal grid, no box."""
    with settings(_house()):
        yield


@contextmanager
def settings(changes: Any) -> Iterator[None]:
    """Matplotlib's settings for whatever is drawn inside, by one thread at a time."""
    import matplotlib as mpl

    with _ONE, mpl.rc_context(changes):
        yield


@contextmanager
def narrowed(narrow: bool = True) -> Iterator[None]:
    """Whatever is drawn inside is drawn for a phone: on a narrower sheet, in the same type."""
    before = _NARROW.set(narrow)
    try:
        yield
    finally:
        _NARROW.reset(before)


def is_narrow() -> bool:
    """Whether a drawing for a phone is being made."""
    return _NARROW.get()


def contrast(one: Any, other: Any) -> float:
    """How far two colours stand apart as words and ground, 1 to 21, by WCAG 2."""
    from seaborn.utils import relative_luminance

    low, high = sorted(map(relative_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache
def readable(colour: str, ground: str = "white") -> str:
    """A colour for words: itself, or as much darker as it takes to be read on a light ground.

    The bound is that of WCAG 2, 4.5:1.
    """
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = to_rgb(colour)
    shades = [(red * step / 50, green * step / 50, blue * step / 50) for step in range(50, -1, -1)]
    return to_hex(next((shade for shade in shades if contrast(shade, ground) >= LEGIBLE), INK))


@lru_cache
def ink_on(ground: Any) -> str:
    """White or dark words, whichever is read more easily on a ground."""
    return max(("white", INK), key=lambda ink: contrast(ink, ground))


@lru_cache
def pale(colour: str, depth: int = 5, steps: int = 10) -> Any:
    """A colour on its way from white: depth 0 is white, the last step the colour itself."""
    import seaborn as sns

    return sns.light_palette(colour, steps)[depth]
