"""What the roll calls of the simulation are compared with: the votes in the General Assembly."""

from typing import Any

import pandas as pd

from heldto import evidence
from heldto.pictures import THEN


def real_agreement() -> dict[str, Any]:
    """where: what the room is compared with; pairs: of each pair in the year before the article, by
    "CHN RUS", how often it agreed (0 to 1), and kappa (-1 to 1; None where there is none). Source:
    geopolitical/agreement.
    """
    votes = evidence.table("geopolitical/agreement")
    votes = votes[votes.year.eq(THEN)]
    kappas = [None if pd.isna(kappa) else float(kappa) for kappa in votes.kappa]
    pairs = votes.actor_a + " " + votes.actor_b
    figures = zip(votes.agree.astype(float), kappas, strict=True)
    return {
        "where": f"the General Assembly, {THEN}",
        "pairs": dict(zip(pairs, figures, strict=True)),
    }
