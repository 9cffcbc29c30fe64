"""Section 2, geopolitical: tests of claims F1, F2, F5, G1-G14, the pictures of notebook 02; most of its measures stand in `frenemies.measures.ties`."""

from frenemies.lazy import rooms

_HOME = {
    "frenemies.measures.lean": "CIS_SPACE trade_lean vote_lean",
    "claims": "switch",
    "frenemies.sections.geopolitical.pictures.votes": "PAIRS SPANS STEPS heat_picture ideal_picture pairs_picture paths_picture pyongyang_picture",
    "frenemies.sections.geopolitical.pictures.ties": "arms_ties_picture lean_picture pledges_picture ties_picture",
    "frenemies.sections.geopolitical.pictures.visits": "engagement_picture meetings_picture",
    "frenemies.measures.words": "WORDS",
    "frenemies.measures.arms": "arms_imports share_of_arms_exports share_of_arms_imports total_imports",
    "frenemies.measures.ties": "engagement memberships owe_defence pledges pledges_until ties_of",
    "frenemies.measures.votes": "MEASURES agreement agreement_with_group from_roll_calls ideal_distance known_measure"
    " rank_of split_votes standing",
}
__getattr__, __dir__ = rooms(__name__, _HOME)
