"""Pictures: figures with an alt text, a table and a source, their marks grouped by the actors they belong to.

Rooms: looks (colours, type, dates), marks (what is drawn), labels (where words stand), words (what is said), svg (the drawing
as text), page (Picture, and the decorator of what draws one), legible (whether it can be read).
"""

from frenemies.lazy import rooms

_HOME = {
    "looks": "ARTICLE BETWEEN BOTH GRID INK QUIET THEN pale style",
    "marks": "Label Tagged article_line bare bars claimed dots heading line lines tag timeline year_axis",
    "labels": "label_ends near spread",
    "words": "by_year said since slug told told_each",
    "page": "Picture canvas drawing",
    "legible": "overlaps",
    "svg": "",
}
__getattr__, __dir__ = rooms(__name__, _HOME)
