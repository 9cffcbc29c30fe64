"""Whether what is printed in a picture says what its title says: a reader who divides, subtracts or adds the figures printed for the title's subjects and years gets those of the title."""

import re
from itertools import permutations
from typing import NamedTuple

import legible
from matplotlib.text import Annotation

from heldto.pictures import marks
from heldto.pictures.style import ARTICLE, THEN

NUMBER = r"[−+]?\d[\d,]*(?:\.\d+)?"
LAST = re.compile(rf"(?:^|\s)({NUMBER})(?: %)?(?:\s\((\d{{4}})\))?$")  # the figure of a label
YEARS = re.compile(r"\b((?:19|20)\d\d)(?:-(\d\d))?\b")
APART = re.compile(r"\(\d+ members\)|\(edition of \d+\)")  # no figures of the drawing
COUNTS = re.compile(  # of marks or rows, which nobody prints: "116 of 253 pairs", "rank 1 of 145"
    rf"\b(?:of|rank) {NUMBER}|{NUMBER} of {NUMBER}|{NUMBER}(?= (?:hold|pairs|triads))"
    rf"|\blevel with {NUMBER} more",
    re.I,
)


class Figure(NamedTuple):
    """A printed figure: how far it may be off, whose it is, of which year (0: no year is on its axes), and in which panel."""

    value: float
    half: float
    who: frozenset
    year: int
    panel: object


def figure_of(text):
    """(value, half of its last digit) of a figure as it is written."""
    plain = text.replace("−", "-").replace("+", "").replace(",", "")
    return float(plain), 0.5 * 10 ** -len(plain.partition(".")[2])


def is_timed(ax):
    return any(set(line.get_xdata()) == {ARTICLE} for line in ax.lines)


def printed(figure, vintage):
    """The figures that stand in a drawing in a vintage."""
    found = []
    for ax in figure.axes:
        for text in ax.texts:
            words = marks.tag_words(text)
            match = words is not None and LAST.search(text.get_text().replace("\n", " "))
            if not match or legible.hidden(text, vintage) or not text.get_visible():
                continue
            if re.search("holds|partly|above|below|:", text.get_text()):
                continue  # words of a rule
            year = int(match[2]) if match[2] else _year(text, ax)
            found.append(Figure(*figure_of(match[1]), frozenset(marks.whose(words)), year, ax))
    return found


def _year(text, ax):
    """Of which year an undated figure is: that of its dot or block, else the title's."""
    if not is_timed(ax):
        return 0
    if isinstance(text, Annotation):
        across = text.xy[0]
        if not isinstance(text.xycoords, str):  # inside of a block, which ends two years on
            (box,) = legible.extents(ax.figure, [text])
            middle = ax.transData.inverted().transform(((box.x0 + box.x1) / 2, box.y0))[0]
            across = round(2 * middle) / 2 + 1.5
        return int(across)
    return round(text.get_position()[0] + 0.5) if text.get_transform() == ax.transData else THEN


def undated(figure):
    """Labels of what came after the article that do not tell their year: figures at the ends of lines."""
    late = []
    for ax in filter(is_timed, figure.axes):
        for text in filter(marks.tag_words, ax.texts):
            match = LAST.search(text.get_text().replace("\n", " "))
            is_end = "since" in marks.tag_words(text) and text.get_transform() == ax.transAxes
            if is_end and match and not match[2] and ":" not in text.get_text():
                late.append(text.get_text())
    return late


def asked_of(title):
    """(figure, half of its last digit, what it is) of each figure of a title that its drawing can be asked for."""
    plain = COUNTS.sub("", APART.sub("", YEARS.sub("", title)))
    for match in re.finditer(rf"(?<![\w.]){NUMBER}", plain):
        before, after = plain[: match.start()], plain[match.end() :]
        value, half = figure_of(match[0])
        if re.match(r"-fold| times (?:as|what)| times$", after) or before.startswith("For each"):
            kind = "ratio"
        elif " added " in before:
            kind = "sum"
        elif "apart" in plain or (after.startswith(" points") and " by " in before):
            kind = "least difference" if after.startswith(" points or more") else "difference"
        elif after.startswith(" %") and re.search(r" by $", before):
            kind = "fall"
        else:
            kind = "itself"
        yield value, half, kind


def worked_out(kind, one, other):
    """(least, most) of what a reader gets from two printed figures."""
    (a, da), (b, db) = one[:2], other[:2]
    if kind == "ratio":
        ends = [(a + x) / (b + y) for x in (-da, da) for y in (-db, db) if b + y]
    elif kind == "fall":
        ends = [100 * (1 - (a + x) / (b + y)) for x in (-da, da) for y in (-db, db) if b + y]
    else:
        ends = [a - b - da - db, a - b + da + db]
    return min(ends), max(ends)


def is_told(kind, value, half, told):
    """Whether a reader gets a figure of a title from some printed ones."""
    if kind == "itself":
        return any(abs(one.value - value) <= one.half + half + 1e-9 for one in told)
    panels = {}
    for one in told:
        panels.setdefault(id(one.panel), []).append(one)
    pairs = (pair for each in panels.values() for pair in permutations(each, 2))
    if kind == "least difference":
        moved = (worked_out(kind, *pair)[1] for pair in pairs if pair[0].who == pair[1].who)
        return value <= 0 or any(most >= value for most in moved)
    got = (worked_out(kind, *pair) for pair in pairs)  # until one does: there are thousands
    return any(least <= value + half and most >= value - half for least, most in got)


def sums(told, lead):
    """What the others of each panel add to one of them, as pairs of figures to be divided."""
    for panel in {one.panel for one in told}:
        parts = [one for one in told if one.panel is panel and len(one.who) == 2]
        others = [one for one in parts if lead not in one.who]
        total = sum(one.value for one in others), sum(one.half for one in others)
        yield from ((Figure(*total, *one[2:]), one) for one in parts if lead in one.who)


def contradicted(picture, named, vintage="since"):
    """(what it is, figure) of each in a title that nobody gets from what is printed for its subjects and years. named: codes in a text."""
    title = picture.title if vintage == "since" else picture.then.get("title", picture.title)
    years = {int(first[:2] + last) if last else int(first) for first, last in YEARS.findall(title)}
    every = printed(picture.figure, vintage)
    own = [one for one in every if one.who <= {*named(title), *picture.needs}]
    told = [one for one in own if not one.year or one.year in (years or {*range(1900, THEN + 1)})]
    lost = []
    for value, half, kind in asked_of(title):
        if kind == "sum":
            added = [worked_out("ratio", *pair) for pair in sums(every, "RUS")]
            is_right = any(
                100 * low <= value + half and 100 * high >= value - half for low, high in added
            )
        else:
            is_right = not own or is_told(kind, value, half, told)
        if not is_right:
            lost.append((kind, value))
    return lost
