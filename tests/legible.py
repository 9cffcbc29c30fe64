"""Whether a picture can be read: no two labels overlap, none is cut by the edge, no mark by its axes."""

from itertools import combinations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from heldto.pictures.marks import tag_words, tagged, whose


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


def outside(picture, slack=1.0):
    """(whose, name) of every visible mark that its axes cut off. Empty is good. slack: pixels."""
    laid_out(picture.figure)
    cut = []
    for artist, words in tagged(picture.figure):
        ax = artist.axes
        if artist is not ax and artist.get_visible() and artist.get_clip_on():
            frame = ax.bbox.padded(slack).extents
            points = _points(artist)
            points = points[np.isfinite(points).all(axis=1)]
            if len(points) and not _within(frame, (*points.min(axis=0), *points.max(axis=0))):
                cut.append((whose(words), artist.get_label()))
    return cut


def _points(artist):
    """Where a mark is, in pixels: its outline, its points or what holds them all."""
    if isinstance(artist, Line2D):
        return artist.get_transform().transform(artist.get_xydata())
    if isinstance(artist, Patch):
        return artist.get_transform().transform(artist.get_path().vertices)
    if isinstance(artist, Collection):
        scale = artist.axes.transData
        return scale.transform(artist.get_datalim(scale).get_points())
    return np.empty((0, 2))


def _overlap(one, other, slack):
    """Whether two boxes (left, bottom, right, top) share more than some pixels each way."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > slack
        and min(one[3], other[3]) - max(one[1], other[1]) > slack
    )


def boxed(figure, vintage):
    """Every text (an artist) that is shown in a vintage, with its box in pixels."""
    laid_out(figure)
    unseen = _ticks_out_of_view(figure)
    shown = [
        item
        for item in figure.findobj(Text)
        if item.get_visible()
        and item.get_text().strip()
        and item not in unseen
        and not hidden(item, vintage)
    ]
    return [*zip(shown, extents(figure, shown), strict=True)]


def extents(figure, texts):
    """The box of each of some texts of a figure, in pixels. To measure a note puts it where it stands already: nothing has to be laid out again for that."""
    renderer = laid_out(figure).get_renderer()
    found = [text.get_window_extent(renderer) for text in texts]
    figure.stale = False
    return found


def laid_out(figure):
    """A figure's canvas, everything in its place; where nothing has changed since, it is not laid out again."""
    known = figure.canvas  # it remembers how wide each word is
    canvas = known if isinstance(known, FigureCanvasAgg) else FigureCanvasAgg(figure)
    if figure.stale:
        figure.draw_without_rendering()
    return canvas


def hidden(artist, vintage):
    """Whether a mark is of the other vintage alone, or of few actors: later ones give way in "then", those that stand in for them in "since"."""
    return not {{"since": "then", "then": "since"}[vintage], "few", "told"}.isdisjoint(
        tag_words(artist) or ()
    )


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
    unseen = [tick for axis, tick in ticks if not in_view(axis, tick.get_loc())]
    return {label for tick in unseen for label in (tick.label1, tick.label2)}


def in_view(axis, place):
    low, high = sorted(axis.get_view_interval())
    return low - 1e-9 <= place <= high + 1e-9
