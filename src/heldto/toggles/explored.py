"""A picture with the actor bar above it: drawn by a function, or declared in `pictures.toml`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from heldto.errors import NotHeld, Problem
from heldto.pictures import Picture
from heldto.toggles.views import WANTS, Explore, controls


def explore(draw: Callable[..., Picture] | str, /, **settings: Any) -> Explore | None:
    """Show a picture with the actor bar above it.

    draw: a function that returns a Picture, such as those whose name ends in `_picture`, or one of
    your own that ends in `fr.toggled`; or the key of a picture that a plain article declares in its
    `pictures.toml`. settings: the arguments for `draw`. A tuple (first, last, start) becomes a
    slider; a list of words becomes buttons and starts with the first word; any other value is
    passed on unchanged.

    Returns what a notebook shows; its `picture` is the Picture that is shown now. If the tables do
    not have the figures, a sentence says so instead, and None is returned. Raises Problem if `draw`
    is not such a function, or if a slider does not start between its ends.

    Examples
    --------
    >>> from frenemies import economic
    >>> shown = fr.explore(economic.ranks_picture, year=(2000, 2020, 2018))
    >>> shown.picture.table.head(3)  # totals in USD bn
       rank partner           name  total
    0     1     USA  United States  636.9
    1     2     JPN          Japan  328.0
    2     3     KOR    South Korea  312.5
    """
    try:
        return view_of(draw, **settings)
    except NotHeld as lack:
        print(lack.sentence)
        return None


def view_of(draw: Callable[..., Picture] | str, /, **settings: Any) -> Explore:
    """A picture with its bar, as `explore` shows it. Raises as `explore`, and NotHeld."""
    if isinstance(draw, str):
        from heldto.toggles import declared  # heavy: it loads seaborn

        draw = declared.drawn(draw)
    if not callable(draw):
        kind = type(draw).__name__
        but = f"write its name alone, without brackets after it. You gave a {kind}"
        raise Problem(WANTS.format(but=but))
    choices = {name: value for name, value in settings.items() if isinstance(value, (tuple, list))}
    fixed = {name: value for name, value in settings.items() if name not in choices}
    return Explore(partial(draw, **fixed), controls(choices))
