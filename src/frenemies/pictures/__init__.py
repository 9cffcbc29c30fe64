"""Pictures: figures with an alt text, a table and a source, their marks grouped by the actors they belong to.

Rooms: style (colours, type, dates), marks (what is drawn), labels (where words stand), sentences (what is said), svg (the
drawing as text), picture (Picture, and the decorator of what draws one).
"""

from frenemies.lazy import rooms

_HOME = {
    "style": "ARTICLE GRID INK QUIET THEN house_style pale",
    "marks": "Label Tagged article_line bare bars claimed dots heading line lines tag timeline year_axis",
    "labels": "label_ends near panel spread",
    "sentences": "by_year since slug subtitle then_and_since told told_each told_rows",
    "picture": "Picture canvas drawing",
    "table": "",
    "svg": "",
}
__getattr__, __dir__ = rooms(__name__, _HOME)
