"""Where words stand: labels at the right edge, spread, and labels around points, so that none meets another."""

from frenemies.pictures.marks import tag
from frenemies.pictures.style import readable

EDGE = 1.015  # where labels begin, in widths of the axes
BESIDE = (
    0.018  # how far from the end of what was known in August 2019, where that is all that is shown
)
SIZE = 9  # points


def label_ends(ax, labels, gap=11):
    """Write labels at the right edge, spread so that none overlap, each tagged by its actors; a leader where one moved.

    Labels of what was known in August 2019 stand where their lines end. labels: list of Label; gap: least distance in points.
    """
    paired = any(isinstance(part, (tuple, list)) for label in labels for part in label[1:4])
    for reading, when in enumerate(({"since": True}, {"then": True}) if paired else ({},)):
        read = [label.read(reading) for label in labels]
        _lay_out(ax, [label for label in read if label.text], gap, when)


def _lay_out(ax, labels, gap, when):
    height = ax.get_position().height * ax.figure.get_figheight() * 72
    scale = ax.transData + ax.transAxes.inverted()
    labels = sorted(labels, key=lambda label: label.y)
    ends = [scale.transform((label.x, label.y)) for label in labels]
    low = (
        SIZE / 2 if when.get("then") else 0
    )  # inside the axes, where no word may run into the axis
    places = [
        low + place for place in spread([end[1] * height - low for end in ends], gap, height - low)
    ]
    edge = min(EDGE, max(across for across, _ in ends) + BESIDE) if when.get("then") else EDGE
    paper = (
        {"facecolor": "white", "edgecolor": "none", "pad": 0.5} if edge < 1 else None
    )  # over the article's line
    for label, (across, up), place in zip(labels, ends, places, strict=True):
        if abs(place - up * height) > 4:
            _lead(ax, label, (across + 0.003, up), (edge, place / height), when)
        look = {
            "color": readable(label.colour),
            "va": "center",
            "fontweight": "bold" if label.bold else "normal",
        }
        note = ax.text(
            edge + 0.005, place / height, label.text, transform=ax.transAxes, bbox=paper, **look
        )
        tag(note, *label.who, **when)


def _lead(ax, label, start, end, when):
    """A thin line from a line's end to where its label had to go."""
    look = {"arrowstyle": "-", "color": label.colour, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0}
    place = {"xy": start, "xytext": end, "xycoords": "axes fraction", "textcoords": "axes fraction"}
    tag(
        ax.annotate("", **place, arrowprops=look, annotation_clip=False).arrow_patch,
        *label.who,
        **when,
    )


def spread(wanted, gap, height):
    """Places as near as can be to those wanted, at least `gap` apart, inside 0..height where they fit."""
    blocks = []
    for index, place in enumerate(wanted):
        blocks.append([place - index * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (one, few), (other, more) = blocks[-2:]
            blocks[-2:] = [[(one * few + other * more) / (few + more), few + more]]
    places = [
        mean + index * gap
        for index, mean in enumerate(mean for mean, count in blocks for _ in range(count))
    ]
    over = max(0, places[-1] - height) if places else 0
    under = max(0, over - places[0]) if places else 0
    return [place - over + under for place in places]


def near(ax, labels, lines=()):
    """Write each label at the first place around its point that meets no label, point or line.

    labels: (actors, x, y, text, colour); lines: (x, y, x, y), both in the data's units.
    """
    scale = 72 / ax.figure.dpi
    places = ax.transData.transform([label[1:3] for label in labels]) * scale
    ends = [ax.transData.transform([(a, b), (c, d)]) * scale for a, b, c, d in lines]
    spots = [
        *places,
        *(start + (stop - start) * part / 30 for start, stop in ends for part in range(31)),
    ]
    taken, room = (
        [(x - 3, y - 3, x + 3, y + 3) for x, y in spots],
        ax.get_window_extent().extents * scale,
    )
    look = {"textcoords": "offset points", "va": "bottom", "ha": "left", "zorder": 5}
    for (who, x, y, text, colour), place in zip(labels, places, strict=True):
        offset, box = _free(place, 0.6 * SIZE * len(text), 1.2 * SIZE, taken, room)
        taken += [box] * 100
        tag(ax.annotate(text, (x, y), offset, color=readable(colour), **look), *who)


def _free(place, wide, high, taken, room):
    """The offset, of those around a place, at which a box stays in the room and meets least of what is taken, and that box (points)."""
    around = [
        (dx, dy - high / 2)
        for dy in (0, 9, -9, 16, -16, 24, -24, 32, -32)
        for dx in (7, -7 - wide, -wide / 2)
        if dy or dx != -wide / 2
    ]
    boxes = [
        (place[0] + dx, place[1] + dy, place[0] + dx + wide, place[1] + dy + high)
        for dx, dy in around
    ]
    return min(zip(around, boxes, strict=True), key=lambda found: _crowd(found[1], taken, room))


def _crowd(box, taken, room):
    """How much a box meets; beyond the room is worse than any crowd."""
    left, low, right, high = box
    met = sum(left < t[2] and t[0] < right and low < t[3] and t[1] < high for t in taken)
    return met + 1000 * (left < room[0] or low < room[1] or right > room[2] or high > room[3])
