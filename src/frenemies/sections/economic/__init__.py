# ruff: noqa: F401 (what a notebook asks for by its section's name)
"""Section 1, economic: the tests of its claims, the pictures of notebook 01, and the
measures it asks for.
"""

from frenemies.measures.energy import (
    below_peak,
    coal_known_in_2019,
    coal_use,
    from_origin,
    imports_by_origin,
    us_energy_exports,
)
from heldto.faces import face as _face

__getattr__, __dir__, __all__ = _face(
    __name__,
    claims="rank_sentence",
    books="balance mirror union",
    energy="coal origins trade_war",
    trade="partners ranks turn",
)
