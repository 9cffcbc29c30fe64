"""How every picture looks, and the article's date on its axis."""

from contextlib import contextmanager

ARTICLE = 2019 + 221 / 365  # 9 August 2019 on an axis of years
THEN = 2018  # the last whole year that was known then
LEGIBLE = 4.5  # least contrast of words and their ground
INK, QUIET, GRID = "#222222", "#5F6368", "#E3E3E3"
STYLE = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.labelsize": 9,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": "#9AA0A6",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "axes.grid.axis": "y",
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "ytick.major.size": 0,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "svg.fonttype": "none",
    "lines.solid_capstyle": "round",
}


@contextmanager
def house_style():
    """The house style for whatever is drawn inside: white paper, thin horizontal grid, no box, 9 pt."""
    import matplotlib as mpl
    import seaborn as sns

    with mpl.rc_context(), sns.axes_style("whitegrid"):
        mpl.rcParams.update(STYLE)
        yield


def contrast(one, other):
    """How far two colours stand apart as words and ground, 1 to 21, by WCAG 2."""
    high, low = sorted(map(_luminance, (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour):
    from matplotlib.colors import to_rgb

    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(colour, ground="white"):
    """A colour for words: itself, or as much darker as it takes to be read on a light ground (4.5:1, the bound of WCAG 2)."""
    from matplotlib.colors import to_hex, to_rgb

    shades = (tuple(part * step / 50 for part in to_rgb(colour)) for step in range(50, -1, -1))
    return to_hex(next((shade for shade in shades if contrast(shade, ground) >= LEGIBLE), INK))


def ink_on(ground):
    """White or dark words, whichever is read more easily on a ground."""
    return max(("white", INK), key=lambda ink: contrast(ink, ground))


def pale(colour, depth=5, steps=10):
    """A colour on its way from white: depth 0 is white, the last step the colour itself."""
    import seaborn as sns

    return sns.light_palette(colour, steps)[depth]
