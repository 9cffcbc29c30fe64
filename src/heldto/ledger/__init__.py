"""The ledger: every claim with its verdicts; as lists and as a picture, read otherwise, and the
reader against it.
"""

import lazy_loader

from heldto.claims.ledger import (
    both,
    claim_ids,
    entries,
    entry,
    judge,
    stale,
    table,
    tallies,
    tally,
    updated,
)

__all__ = ["both", "entries", "entry", "claim_ids", "judge"]
__all__ += ["stale", "table", "tallies", "tally", "updated"]

_rooms = ["garden", "lists", "overview", "payoff", "reckoning"]
__getattr__, __dir__, _ = lazy_loader.attach(__name__, _rooms)
