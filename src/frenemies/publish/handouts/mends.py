"""What a tag lacks on a page: names for tables and drawings, scopes for headers, a level for headings, explanations for terms.

A mend takes a tag, its attributes and its place, and gives (tag, attributes, what goes before it, what goes after its end).
"""

from dataclasses import dataclass, field

from frenemies.publish.handouts.register import Register

FIXED = '<p class="fixed">For all actors; the live notebook follows your selection:</p>'
ROOM = '<div class="room" aria-hidden="true"></div>'


@dataclass
class Place:
    """Where a tag stands: on which page, in an output or the text, inside which tags; how far headings of the output move down."""

    register: Register
    output: bool = False
    inside: list = field(default_factory=list)
    lowered: int | None = None


def mended(tag, attributes, place):
    """A tag with what it lacks, and entered in the page's register."""
    place.register.meet(attributes)
    mend = MENDS.get(tag)
    return mend(tag, attributes, place) if mend else (tag, attributes, "", "")


def _marks(attributes):
    return attributes.get("class", "").split()


def _heading(tag, attributes, place):
    if place.output:
        level, place.lowered = place.register.level_of_output(int(tag[1]), place.lowered)
    else:
        level = place.register.level_of_text(int(tag[1]))
    return f"h{level}", attributes, "", ""


def _table(tag, attributes, place):
    number = place.register.table()
    if "figure" in place.inside:
        return tag, attributes, "", ""
    return (
        tag,
        attributes,
        f'<div class="scroll" role="group" tabindex="0" aria-label="Table {number}">',
        "</div>",
    )


def _th(tag, attributes, place):
    wide = attributes.get("colspan", "1") != "1"
    attributes.setdefault(
        "scope", ("colgroup" if wide else "col") if "thead" in place.inside else "row"
    )
    return tag, attributes, "", ""


def _td(tag, attributes, place):
    attributes.pop("scope", None)
    return tag, attributes, "", ""


def _svg(tag, attributes, place):
    if "svg" in place.inside:
        return tag, attributes, "", ""
    attributes.pop("xmlns", None)
    if attributes.get("aria-hidden") == "true":  # an ornament of words that stand beside it
        return tag, attributes, "", ""
    attributes.setdefault("role", "img")
    if "aria-labelledby" not in attributes:
        attributes.setdefault("aria-label", place.register.title)
    return tag, attributes, '<div class="drawing">', "</div>"


def _figure(tag, attributes, place):
    place.register.figure()
    return tag, attributes, "", ""


def _div(tag, attributes, place):
    if "live" not in _marks(attributes):
        return tag, attributes, "", ""
    attributes.pop("aria-live", None)
    return tag, attributes, FIXED, ""


def _form(tag, attributes, place):
    return tag, attributes, "", ROOM if "exercise" in _marks(attributes) else ""


def _dfn(tag, attributes, place):
    meaning = attributes.get("data-definition", "")
    if "term" not in _marks(attributes) or not meaning:
        return tag, attributes, "", ""
    explained = place.register.term(attributes.get("data-term", ""), meaning)
    return tag, attributes | {"tabindex": "0", "aria-describedby": explained}, "", ""


def _a(tag, attributes, place):
    """A page explains its terms itself: a link inside one leads nowhere else."""
    return ("span", {}, "", "") if "dfn" in place.inside else (tag, attributes, "", "")


MENDS = {
    "table": _table,
    "th": _th,
    "td": _td,
    "svg": _svg,
    "figure": _figure,
    "div": _div,
    "form": _form,
    "dfn": _dfn,
    "a": _a,
}
MENDS |= {f"h{level}": _heading for level in range(1, 7)}
