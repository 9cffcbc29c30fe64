"""How this section writes actors in a sentence, and small numbers."""

from frenemies.evidence.actors import the

WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"]


def names(codes):
    """Actors in a row, as they stand in a sentence: "Armenia, Belarus and the United States", or "none"."""
    *rest, last = map(the, codes) if len(codes) else ["none"]
    return f"{', '.join(rest)} and {last}" if rest else last
