"""What a picture with a claim a row is made of: its sheet, verdicts as squares, and their key."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from heldto import claims, pictures
from heldto.pictures.picture import NARROW
from heldto.pictures.style import is_narrow
from heldto.tr import tr

LINE = 0.172  # inches a line of text takes
WIDE = 0.45  # a bar of parts
HIGH = {"holds": 0.6, "partly": 0.3, "fails": 0.6}  # parts of a bar, in lines


def blank_figure(lines: float) -> tuple[Figure, Axes]:
    """A page for so many lines of text, counted from the top; inches across."""
    figure, ax = pictures.canvas(lines * LINE, left=0.05, right=0.05, top=0.05, bottom=0.05)
    ax.set(xlim=(0, NARROW - 0.1 if is_narrow() else 6.6), ylim=(lines, 0))
    ax.axis("off")
    return figure, ax


NEAR = "≈"  # behind a verdict that is within the noise, or on the line


def sign(draw: Any, x: float, y: float, verdict: str, filled: bool = True, mark: str = "") -> Text:
    """A verdict as a square with its sign, so that colour never stands alone; behind it a mark."""
    if mark:
        draw.text(x + 0.11, y, mark, va="center", fontsize=9, fontweight="bold")
    colour = claims.COLOURS[verdict]
    face, ink = (colour, "white") if filled else ("white", colour)
    box = dict(boxstyle="square,pad=0.22", facecolor=face, edgecolor=colour, linewidth=1)
    look: Any = dict(ha="center", va="center", fontsize=8.5, fontweight="bold")
    return draw.text(x, y, claims.SIGNS[verdict], color=ink, bbox=box, **look)


def key(ax: Axes, start: float, step: float) -> None:
    """The four verdicts in a row at the top."""
    for number, verdict in enumerate(claims.VERDICTS):
        sign(ax, start + number * step, 0.75, verdict)
        ax.text(start + number * step + 0.15, 0.75, tr(verdict), va="center")


def shares(draw: Any, left: float, middle: float, counts: dict[str, int]) -> None:
    """How many readings give each verdict, as a bar of parts: full where they hold, half as high
    where partly, hollow where they fail; so colour never stands alone.
    """
    for verdict, count in counts.items():
        width, colour = WIDE * count / sum(counts.values()), claims.COLOURS[verdict]
        height = HIGH[verdict]
        face = "white" if verdict == "fails" else colour
        look: Any = dict(facecolor=face, edgecolor=colour, linewidth=0.7)
        if count:  # as a bar of an axes, which takes twice the time
            draw.add_artist(
                Rectangle((left, middle + HIGH["holds"] / 2 - height), width, height, **look)
            )
        left += width
