# ruff: noqa: F401 (what a notebook asks for by its section's name)
"""Section 3, military: who arms whom, who exercises where, who fought whom; the tests of its
claims, the pictures of notebook 03, and the measures it asks for.

Volumes of arms are SIPRI's trend-indicator values (TIV): volume, not dollars. Sources:
data/military and data/geopolitical.
"""

from frenemies.measures.arms import concentration, deliveries
from frenemies.measures.joint_exercises import pacific_exercises
from heldto.faces import face as _face

__getattr__, __dir__, __all__ = _face(
    __name__,
    claims="ALLIES conflict_verdict pacific_verdicts",
    arms="arms_flow china_imports submarines suppliers",
    forces="alarm exercises spending warheads",
    forecast="forecast",
)
