"""What the wall's script has to know: claims, verdicts, and the sentences it says."""

from pathlib import Path
from typing import Any

from heldto import article, claims, evidence
from heldto.catalogues import ENGLISH
from heldto.claims import ledger
from heldto.claims.shaped import open_until
from heldto.evidence import Vintage
from heldto.exercises.intake import WORDS
from heldto.tr import language, tr, tr_noop

ROOM = Path(__file__).parent
SAID: tuple[str, ...] = (
    tr_noop("Claim"),
    tr_noop("round"),
    tr_noop("sure"),
    tr_noop("computed"),
)  # words of the wall's own
SAID += (tr_noop("reader"), tr_noop("readers"), tr_noop("card"), tr_noop("cards"))
SAID += (tr_noop("hand"), tr_noop("hands"), tr_noop("seal"), tr_noop("seals"))
SAID += (tr_noop("thing"), tr_noop("things"))


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
        | {"order": row.order, "computed": "" if open_until(row.id, vintage) else computed[row.id]}
        for row in frame.itertuples()
    ]
    month = open_.month if vintage == "then" else tr("Since")
    settings: dict[str, Any] = {
        "article": open_.key,
        "claims": rows,
        "verdicts": [*claims.VERDICTS],
    }
    settings["signs"] = [claims.SIGNS[word] for word in claims.VERDICTS]
    settings["words"] = {name: tr(text) for name, text in WORDS.items()}
    if language() != ENGLISH:
        settings["said"] = {word: tr(word) for word in (*claims.VERDICTS, *SAID)}
    return settings | {"month": month}
