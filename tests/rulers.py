"""What tests read off the drawing of a ruler."""

import re

from heldto.claims.ruler import WIDTH
from heldto.claims.verdict import COLOURS
from heldto.pictures.labels import width


def numbers(path):
    """The numbers of a path, in their order."""
    return [float(one) for one in re.findall(r"-?[\d.]+", path["d"])]


def zones(page):
    """(left, right, colour) of each zone of the bar."""
    found, hues = [], {colour.lower(): colour for colour in COLOURS.values()}
    for path in page("path"):
        fill = hues.get(path.get("style", "").partition("fill:")[2][:7])
        if fill and not path.find_parent("g", class_=True):
            x, _, wide, *_ = numbers(path)
            found.append((x, x + wide, fill))
    return found


def place(mark):
    """(x, y) at which a mark begins: of a stem its upper end, of a dot its middle."""
    return tuple(numbers(mark.path)[:2])


def arrow(mark):
    """Whether a dot is an arrow to the left (-1), to the right (1), or none (0)."""
    if mark.path["d"].endswith("h0"):
        return 0
    return 1 if numbers(mark.path)[2] < 0 else -1


def everybodys(page):
    """The dots of everybody but the claim."""
    return [one for one in page.select("g[data-tell]") if "a-claim" not in one["class"]]


def boxes(texts):
    """(left, right, baseline, words) of texts as they are drawn."""
    found = []
    for text in texts:
        words, x = text.get_text(), float(text["x"])
        style = text.get("style") or text.find_parent("g")["style"]
        anchor = re.search("text-anchor:(\\w+)", style)
        share = {"middle": 0.5, "end": 1}.get(anchor[1] if anchor else "", 0)
        left = x - share * width(words)
        found.append((left, left + width(words), float(text["y"]), words))
    return found


def inside(found):
    """Whether texts are within the drawing."""
    return all(left >= -0.5 and right <= WIDTH + 0.5 for left, right, *_ in found)
