"""A matrix of pairs: a row and a column an actor, its name where they meet, a cell a pair."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from heldto.evidence import actors
from heldto.pictures import marks
from heldto.pictures.labels import SIZE, width
from heldto.pictures.marks import Look, Tagged
from heldto.pictures.picture import NARROW, canvas
from heldto.pictures.style import GRID, LOW, is_narrow, readable

LEAST = 4  # actors that a sheet has room for at least
SIDE = 0.92  # of a cell, in steps from one to the next
NAME = 1.05  # inches that the longest name takes


def matrix_sheet(
    codes: Sequence[str], lead: Sequence[str] = (), since: bool = False, lines: bool = False
) -> tuple[Figure, Axes]:
    """A matrix without cells: the names of some actors (ISO3) on its diagonal, those of `lead` in
    their colours.

    since: whether all of it came after the article; lines: a thin line along each row and column.
    """
    rows = max(len(codes), LEAST)
    least = LOW if rows == LEAST else 2.6  # the key has room
    height = max(least, 0.3 + max(0.215, 0.45 - 0.02 * rows) * rows)  # few cells are larger
    edge = 0.08
    figure, ax = canvas(height, left=edge, right=edge, top=0.1, bottom=0.1)
    key_room = rows * NAME / (NARROW - 2 * edge - NAME) if is_narrow() else 3.4
    marks.bare_axes(ax, xlim=(-0.5, rows + max(key_room, 3.4)), ylim=(rows - 0.5, -0.6))
    for row, code in enumerate(codes):
        look: Look = dict(color=actors.colour(code), fontweight="bold") if code in lead else {}
        Tagged(ax, code, since=since).text(row - 0.4, row, actors.name(code), va="center", **look)
        if lines:
            ax.plot([-0.5, row - 0.5], [row, row], color=GRID, linewidth=0.8, zorder=0)
            ax.plot([row, row], [row + 0.5, len(codes) - 0.5], color=GRID, linewidth=0.8, zorder=0)
    return figure, ax


def matrix_cell(draw: Tagged, place: tuple[int, int], colour: str, **look: Any) -> None:
    """One cell, at the numbers of its two actors in their order."""
    row, column = max(place), min(place)
    corner = column - SIDE / 2, row - SIDE / 2
    edge: Look = dict(facecolor=colour, linewidth=0, clip_on=False) | look
    draw.add_artist(Rectangle(corner, SIDE, SIDE, **edge))


def matrix_words(draw: Tagged, place: tuple[int, int], text: str, ink: str, ground: str) -> None:
    """Words in a cell, smaller where they are wider than it."""
    (left, _), (right, _) = draw.ax.transData.transform([(0, 0), (SIDE, 0)])
    fits = (right - left) * 72 / draw.ax.figure.dpi / width(text)
    look: Look = dict(ha="center", va="center", color=readable(ink, ground), zorder=5)
    look |= dict(fontsize=SIZE * min(1, fits))
    draw.text(min(place), max(place), text, **look)


def matrix_key(ax: Axes, colours: dict[str, str], title: str = "", **looks: Any) -> Any:
    """What the colours are, {words: colour}, in the empty corner. Returns it."""
    steps = [Patch(color=colour, label=words) for words, colour in colours.items()]
    return ax.legend(handles=steps, title=title, loc="upper right", frameon=False, **looks)
