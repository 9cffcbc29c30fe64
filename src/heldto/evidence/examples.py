"""Examples in messages: the article's first actors, its first table, and the times it knew last."""

from heldto import article, evidence
from heldto.evidence import actors


def actor() -> str:
    """The code of the first actor."""
    return actors.ALL[0]


def two() -> str:
    """The codes of the first two actors, as a list in Python has them."""
    return ", ".join(f'"{code}"' for code in actors.ALL[:2])


def example_table() -> str:
    """The first table of a section; where no table lies in a folder, the last one of all."""
    names = list(evidence.package()["tables"])
    return next((name for name in names if "/" in name), names[-1])


def year() -> int:
    """The last whole year that was known then."""
    return article.current().cuts["annual"]


def month() -> str:
    """The last month that was known then, as tables write it."""
    return article.current().cuts["month"]
