"""The pictures of notebook 02: votes in the General Assembly, ties (trade, pledges, arms), visits and meetings."""

from frenemies.lazy import rooms

_HOME = {
    "votes": "PAIRS SPANS STEPS heat_picture ideal_picture pairs_picture paths_picture pyongyang_picture",
    "ties": "arms_ties_picture lean_picture pledges_picture ties_picture",
    "visits": "engagement_picture meetings_picture",
}
__getattr__, __dir__ = rooms(__name__, _HOME)
