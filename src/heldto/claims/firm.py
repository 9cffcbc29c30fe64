"""How firm a verdict is: the marks that stand on the third line of its card.

Each function of TOLD reads one source and yields sentences. To tell of one more, add a function.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from heldto.claims import amended, choices, readings
from heldto.claims.ledger import both
from heldto.evidence import Vintage


class Mark(NamedTuple):
    """One sentence on how firm a verdict is. since: it rests on what came after the article's day,
    and is hidden where only what was known then is shown.
    """

    words: str
    since: bool = False


def marks(claim: str, vintage: Vintage | None = None) -> list[Mark]:
    """How firm the verdict on a claim is, a sentence each.

    vintage: "then" leaves out what came after the article's day. Raises UnknownClaim; RowError or
    OurFault where a row on the claim cannot be read.
    """
    told = [mark for tell in TOLD for mark in tell(claim)] or [Mark(_alone(claim))]
    return [mark for mark in told if vintage != "then" or not mark.since]


def _readings(claim: str) -> Iterator[Mark]:
    """Whether its other readings agree, and on what the verdict depends where they do not."""
    told = readings.summary(claim)
    if not told:
        return
    firm = f"It depends on {told.depends_on}" if told.stable is False else "It is stable"
    say = "says" if told.readings_same == 1 else "say"
    same = f"{told.readings_same} of {told.readings} readings {say} {told.verdict}"
    yield Mark(f"{firm}: {same}.", choices.is_late(claim))
    if told.stable is None:
        yield Mark("No reading can give more than partly.")


def _amended(claim: str) -> Iterator[Mark]:
    """What an amended rule says, where it has one."""
    then, since = (amended.judge(claim, vintage) for vintage in ("then", "since"))
    if not then or not since:
        return
    yield Mark(f"An amended rule says {then.verdict}.")
    if since.verdict != then.verdict:
        yield Mark(f"Since then it says {since.verdict}.", since=True)


def _alone(claim: str) -> str:
    """Why nothing tells how firm it is."""
    then, since = both(claim)
    if since.verdict == "undecided":
        return "No figure here can decide it."
    if [*then.tables] == ["documents"]:
        return "It rests on documents, and has no other readings."
    return "It has no other readings."


TOLD: tuple[Callable[[str], Iterator[Mark]], ...] = (_readings, _amended)
