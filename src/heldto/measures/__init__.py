"""Six shapes that most claims have: a value, a share, a change, a rank, a count, a ratio.

Each takes a table as a DataFrame and returns a `Figure`: the number, the time it is of, and the
numbers that it is made of. A claim's block in `claims.toml` that names a shape needs no Python.
"""

from heldto.measures.shapes import SHAPES, ShapeFigure, change, count, rank, ratio, share, value

__all__ = ["SHAPES", "ShapeFigure", "change", "count", "rank", "ratio", "share", "value"]
