# ruff: noqa: F401 (what a notebook asks for by its section's name)
"""Section 1, economic: the tests of claims E1-E10 and F3, the pictures of notebook 01, and the
measures it asks for.
"""

from frenemies.measures.energy import (
    COMMODITIES,
    below_peak,
    coal_known_in_2019,
    coal_use,
    from_origin,
    growth,
    imports_by_origin,
    twelve_months_to,
    us_energy_exports,
    us_energy_fall,
)
from frenemies.measures.trade import UNION, added_by_union, turned_to_china
from frenemies.sections import face as _face

__getattr__, __dir__, __all__ = _face(
    __name__,
    {
        "pictures.books": ["balance_picture", "mirror_picture", "union_picture"],
        "pictures.energy": ["coal_picture", "origins_picture", "trade_war_picture"],
        "pictures.trade": ["partners_picture", "rank_sentence", "ranks_picture", "turn_picture"],
    },
)
