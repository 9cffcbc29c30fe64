"""Whether a picture can be read: no two labels overlap, none is cut by the edge."""

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from frenemies.pictures.marks import tags


def overlaps(picture, slack=1.0, vintage="since"):
    """Pairs of text labels that overlap, or ("text", "edge") where one is cut by the figure's edge. Empty is good. slack: pixels."""
    boxes = [
        (item.get_text(), tuple(box.extents))
        for item, box in boxed(picture.figure, vintage)
        if box.width and box.height
    ]
    pairs = [(one, two) for (one, a), (two, b) in combinations(boxes, 2) if _overlap(a, b, slack)]
    edges = tuple(picture.figure.bbox.padded(slack).extents)
    return pairs + [(text, "edge") for text, box in boxes if not _within(edges, box)]


def _overlap(one, other, slack):
    """Whether two boxes (left, bottom, right, top) share more than some pixels each way."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > slack
        and min(one[3], other[3]) - max(one[1], other[1]) > slack
    )


def boxed(figure, vintage):
    """Every text (an artist) that is shown in a vintage, with its box in pixels."""
    canvas = laid_out(figure)
    unseen = _ticks_out_of_view(figure)
    return [
        (item, item.get_window_extent(canvas.get_renderer()))
        for item in figure.findobj(Text)
        if item.get_visible()
        and item.get_text().strip()
        and item not in unseen
        and not hidden(item, vintage)
    ]


def laid_out(figure):
    """A figure's canvas, everything in its place; where nothing has changed since, it is not laid out again."""
    known = figure.canvas  # it remembers how wide each word is
    canvas = known if isinstance(known, FigureCanvasAgg) else FigureCanvasAgg(figure)
    if figure.stale:
        figure.draw_without_rendering()
    return canvas


def hidden(artist, vintage):
    """Whether a mark is of the other vintage alone: later ones give way in "then", those that stand in for them in "since"."""
    return {"since": "then", "then": "since"}[vintage] in (tags(artist) or ())


def _within(frame, box):
    return frame[0] <= box[0] and box[2] <= frame[2] and frame[1] <= box[1] and box[3] <= frame[3]


def _ticks_out_of_view(figure):
    """Labels of ticks that lie outside their axis: matplotlib keeps them, but draws none."""
    ticks = [
        (axis, tick)
        for ax in figure.axes
        for axis in (ax.xaxis, ax.yaxis)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
    ]
    unseen = [tick for axis, tick in ticks if not _in_view(axis, tick.get_loc())]
    return {label for tick in unseen for label in (tick.label1, tick.label2)}


def _in_view(axis, place):
    low, high = sorted(axis.get_view_interval())
    return low - 1e-9 <= place <= high + 1e-9
