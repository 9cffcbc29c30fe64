"""What a mark tells where somebody points at it: whose it is, when, and how much."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch

from heldto.evidence import actors
from heldto.pictures.table import cell
from heldto.tr import tr


def tooltips_from_data(
    ax: Axes, unit: str, digits: int | None = None, when: Callable[[float], str] = "{:.0f}".format
) -> None:
    """Have each point of the lines and bars of an axes tell its figure, as a table shows it.

    digits: decimals that the table is rounded to; when: a function from a place across to its
    words, without a space.
    """
    ax.fmt_xdata = when
    ax.fmt_ydata = lambda value: (
        f"{cell(value if digits is None else round(value, digits))} {tr(unit)}"
    )


def tooltip(artist: Artist, codes: list[str]) -> str:
    """What a mark of some actors tells: a text, or "name|unit|when much|when much...", a part a
    point, an empty one where it is out of sight.
    """
    label, ax = str(artist.get_label() or ""), artist.axes
    text = "" if label.startswith("_") else label
    if ax is None or ax.fmt_ydata is None or not isinstance(artist, (Line2D, PathPatch)):
        return text
    name = text or tr(" and ").join(map(actors.name, codes[:1]))
    (left, right), (low, high) = map(sorted, (ax.get_xlim(), ax.get_ylim()))
    points, unit = [], ""
    for x, y, top in _points(artist):
        figure, _, unit = ax.fmt_ydata(y).partition(" ")
        is_visible = left <= x <= right and low <= top <= high
        points.append(f"{ax.fmt_xdata(x)} {figure}" if is_visible else "")  # type: ignore[misc]
    return "|".join([name, unit, *points]) if any(points) else ""


def _points(artist: Any) -> Iterator[tuple[float, float, float]]:
    """(place, figure, end) of each point of a line and of each of several bars."""
    if isinstance(artist, Line2D):
        points = np.asarray(artist.get_xydata())
        yield from ((x, y, y) for x, y in points[np.isfinite(points).all(axis=1)])
    else:
        for corners in artist.get_path().vertices.reshape(-1, 5, 2):
            yield corners[:3:2, 0].mean(), corners[1, 1] - corners[0, 1], corners[:, 1].max()
