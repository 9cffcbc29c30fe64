# ruff: noqa: F401 (what a notebook asks for by its section's name)
"""Section 2, geopolitical: the tests of its claims, the pictures of notebook
02, and the measures it asks for.
"""

from frenemies.measures.lean import trade_lean
from frenemies.measures.votes import from_roll_calls, split_votes
from heldto.faces import face as _face

__getattr__, __dir__, __all__ = _face(
    __name__,
    claims="switch",
    leaning="lean paths",
    ties="arms_ties pledges ties",
    visits="engagement meetings",
    votes="heat ideal pairs pyongyang",
)
