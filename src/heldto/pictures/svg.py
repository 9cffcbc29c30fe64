"""A figure as SVG: short, the same bytes each time in one environment, its marks in classes by
actor.

This is the one place where a drawing is made shorter: whoever puts it on a page takes it as it is.
"""

import io
import re
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup
from matplotlib.figure import Figure

from heldto.pictures import marks
from heldto.pictures.style import settings

NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}
SIZE = "font-size: 9px"
LOOKS = (  # of the whole drawing
    "stroke-linejoin:round;stroke-linecap:butt;font-size:9px;"
    "font-family:'DejaVu Sans',Verdana,sans-serif"
)
HATCHING = re.compile(r"(?<=url\()#([^)]+)")
APART = re.compile(r"(^|;)opacity:")  # a look that a group has as one, not each of its shapes
KEY = "\ue000"  # for private use: what ids begin with, until it is known where a drawing stands
TALL = 1.5  # times as high as wide: a drawing that scrolls in full screen
SQUARE = 0.85  # times as high as wide: in full screen its title stands beside it
SHORT = "{:g}".format  # of a number
NUMBERS = ("x", "y", "points", "transform")


class Drawing:
    """An `<svg>` taken apart.

    view: the rectangle that it is drawn in (its viewBox); looks: its style.
    """

    looks = LOOKS

    def __init__(self, root: Element) -> None:
        self.view = root.attrib["viewBox"]
        self._shapes = _inside(root)

    def shapes(self, key: str) -> Markup:
        """The shapes of the drawing as SVG, without the tag around them. key: what their ids begin
        with.
        """
        return Markup(self._shapes.replace(KEY, key))

    @property
    def _high(self) -> float:
        _, _, wide, high = map(float, self.view.split())
        return high / wide

    @property
    def high(self) -> str:
        """How high it is, in its widths."""
        return f"{self._high:.2f}"

    @property
    def ratio(self) -> str:
        """The width of the drawing to its height, "9/4", for a style sheet."""
        _, _, wide, high = self.view.split()
        return f"{wide}/{high}"

    @property
    def shape(self) -> str:
        """What a page must know of its shape in full screen: "tall", "square" or ""."""
        return "tall" if self._high > TALL else "square" if self._high > SQUARE else ""

    def silent(self, key: str) -> Markup:
        """The shapes of the drawing without what its marks tell, for an image."""
        root = self._root()
        for mark in root.iter():
            mark.attrib.pop("data-tell", None)  # when it is pointed at
            mark.attrib.pop("data-end", None)  # when others are switched off
        return Markup(_inside(root).replace(KEY, key))

    def tell_by(self, other: "Drawing") -> None:
        """Stand beside another drawing of the same: where their marks tell the same in the same
        order, the script takes it from there.
        """
        root = self._root()
        if _tells(root) == _tells(other._root()):
            for mark in root.iter():
                if "data-tell" in mark.attrib:
                    mark.attrib["data-tell"] = ""
            self._shapes = _inside(root)

    def _root(self) -> Element:
        return ElementTree.fromstring(f"<svg>{self._shapes}</svg>")


def _tells(root: Element) -> list[str]:
    return [mark.attrib["data-tell"] for mark in root.iter() if "data-tell" in mark.attrib]


def _inside(root: Element) -> Markup:
    """The shapes of an `<svg>` as text, without the element itself."""
    whole = ElementTree.tostring(root, "unicode").replace(" />", "/>")
    return Markup(whole[whole.index(">") + 1 : -len("</svg>")])


def figure_svg(figure: Figure) -> Drawing:
    """A figure as SVG."""
    out = io.StringIO()
    with settings({"svg.hashsalt": KEY, "svg.fonttype": "none"}), marks.telling(figure):
        figure.savefig(out, format="svg", metadata=NOTHING)
    root = ElementTree.fromstring(out.getvalue())
    ids: dict[str, str] = {}
    for element in root.iter():
        _strip_element(element)
        element.attrib = _attributes(element, ids)
    _drop_wrappers(root)
    _gather_looks(root)
    return Drawing(root)


def _strip_element(element: Element) -> None:
    """Without what says nothing: name spaces, line breaks, notes about the file, a style sheet."""
    element.tag = element.tag.rpartition("}")[2]
    element.text, element.tail = (element.text or "").strip() or None, None
    for child in list(element):
        if child.tag.endswith("}metadata") or child.find("{*}style") is not None:
            element.remove(child)


def _attributes(element: Element, ids: dict[str, str]) -> dict[str, str]:
    """Shorter ones: tags as classes, ids by number in the order in which they are met, one
    decimal.
    """
    attributes: dict[str, str] = {}
    for name, value in element.items():
        name = name.rpartition("}")[2]
        if name == "id":
            if value.startswith("mark!"):
                attributes |= _mark(value.removeprefix("mark!"))
            elif element.tag != "g":
                attributes[name] = _short(value, ids)
        elif name == "d":
            attributes[name] = _steps(value)
        elif name == "style":
            attributes[name] = _style(value, ids)
        elif name == "href":
            attributes[name] = f"#{_short(value[1:], ids)}"
        elif name == "clip-path":
            attributes[name] = f"url(#{_short(value[5:-1], ids)})"
        elif name != "transform" or not value.startswith("rotate(-0 "):
            attributes[name] = _rounded(value) if name in NUMBERS else value
    return attributes


def _mark(tag: str) -> dict[str, str]:
    """A tag's words as classes; a mark of none of the actors is a mark all the same."""
    words, _, tells = tag.partition("|")
    classes, attributes = words.split("!") if words else ["a-other"], dict[str, str]()
    if classes[-1].startswith("end="):
        attributes["data-end"] = classes.pop().removeprefix("end=")
    attributes["class"] = " ".join(classes)
    if tells:
        attributes["data-tell"] = tells
    if not {"then", "few", "told"}.isdisjoint(classes):
        attributes["visibility"] = "hidden"
    return attributes


def _short(name: str, ids: dict[str, str]) -> str:
    return f"{KEY}-{ids.setdefault(name, str(len(ids)))}"


def _rounded(numbers: str) -> str:
    return re.sub(r"-?\d+\.\d{2,}", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), numbers)


def _steps(path: str) -> str:
    """A path in steps from point to point, which is shorter: curves stay as they are."""
    point, start, out = (0.0, 0.0), (0.0, 0.0), []
    for letter, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [round(float(number), 1) for number in rest.split()]
        plain = letter != "L"
        out.append(letter + " ".join(map(SHORT, numbers)) if plain else _step(numbers, point))
        point = (numbers[-2], numbers[-1]) if numbers else start
        start = point if letter == "M" else start
    return "".join(out)


def _step(to: list[float], point: tuple[float, float]) -> str:
    across, up = round(to[0] - point[0], 1), round(to[1] - point[1], 1)
    if not up:
        return f"h{across:g}"
    if not across:
        return f"v{up:g}"
    return f"l{across:g}{' ' if up > 0 else ''}{up:g}"


def _style(style: str, ids: dict[str, str]) -> str:
    """A look without what is that of the whole drawing; a hatching by its short id."""
    looks = [look for look in style.split("; ") if look != SIZE and look[:11] != "font-family"]
    text = HATCHING.sub(lambda found: f"#{_short(found[1], ids)}", ";".join(looks))
    return text.replace(": ", ":")


def _drop_wrappers(element: Element) -> None:
    """Put what is in a group without any attribute in its place."""
    parts: list[Element] = []
    for child in element:
        _drop_wrappers(child)
        parts += child if child.tag == "g" and not child.attrib else [child]
    element[:] = parts


def _gather_looks(element: Element) -> None:
    """Write the look of several like shapes in a row once, on a group of them.

    Not inside a mark: the bar's style tells by a mark's own shapes whether it is more than words.
    """
    for child in element:
        _gather_looks(child)
    if "class" not in element.attrib:
        runs = [[*run] for _, run in groupby(element, lambda shape: shape.get("style"))]
        element[:] = [part for run in runs for part in (run if len(run) < 3 else _alike(run))]


def _alike(shapes: list[Element]) -> list[Element]:
    look = shapes[0].attrib.get("style")
    if look is None or APART.search(look):
        return shapes
    group = Element("g", style=look)
    for shape in shapes:
        del shape.attrib["style"]
    group.extend(shapes)
    return [group]
