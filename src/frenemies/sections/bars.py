"""What the actor bars offer: all but whom no picture of a section shows, and selections of actors
that its claims speak of.
"""

from frenemies.measures.lean import CIS_SPACE
from frenemies.measures.trade import UNION
from frenemies.sections import ALLIES, BOTH
from heldto.article import Bar

FOUR = ("IND", "VNM", "PAK", "USA")  # of whom the plans of a seminar ask

BARS = {
    "economic": Bar(
        ("PRK", "PAK", "IRN", "SYR", "TJK", "MNG"),
        {"China and the Eurasian union": ["CHN", *UNION]},
    ),
    "geopolitical": Bar(
        ("EU",),
        {
            "the eight of the CIS space": [*BOTH, *CIS_SPACE],
            "Pakistan and its circle": ["CHN", "USA", "IND", "PAK", "SAU", "IRN"],
        },
    ),
    "military": Bar(
        ("ARM", "TJK", "MNG", "EU"), {"the article's five allies": [*BOTH, "USA", *ALLIES]}
    ),
    "verdict": Bar(
        presets={
            "India, Vietnam, Pakistan, USA": [*BOTH, *FOUR],
            "the ten of the conference": [*BOTH, *FOUR, "JPN", "PRK", "KOR", "UKR"],
        }
    ),
}
