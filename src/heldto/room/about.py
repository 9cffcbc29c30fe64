"""What the wall's script has to know: claims, verdicts, and the sentences it says."""

from pathlib import Path
from typing import Any

from heldto import article, claims, evidence
from heldto.claims import ledger
from heldto.evidence import Vintage
from heldto.exercises.intake import WORDS

ROOM = Path(__file__).parent


def about(vintage: Vintage = "then") -> dict[str, Any]:
    """What a wall is started with: {"article", "claims": [{"id", "text", "group", "order",
    "computed"}], "verdicts", "signs", "words", "month"}. vintage: whose verdicts.
    """
    open_ = article.current()
    frame = evidence.table("claims").assign(order=lambda table: range(len(table)))
    frame = frame.sort_values("notebook", kind="stable")
    computed = ledger.table()[f"verdict_{vintage}"].to_dict()
    rows = [
        {"id": row.id, "text": row.claim, "group": row.notebook[3:]}
        | {"order": row.order, "computed": computed[row.id]}
        for row in frame.itertuples()
    ]
    month = open_.month if vintage == "then" else "Since"
    settings: dict[str, Any] = {
        "article": open_.key,
        "claims": rows,
        "verdicts": [*claims.VERDICTS],
    }
    settings |= {"signs": [claims.SIGNS[word] for word in claims.VERDICTS], "words": WORDS}
    return settings | {"month": month}
