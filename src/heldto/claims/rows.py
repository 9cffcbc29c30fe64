"""What is wrong with the rows on one claim: in claims.csv, readings.csv, amendments.csv,
documents.csv and fixed.csv.

Each row is looked at whole, and before anything is judged by it: a slip costs the claim that it is
about, and no other.
"""

from collections.abc import Callable
from functools import partial

from heldto import article, evidence
from heldto.claims import amended, readings
from heldto.claims.rule import Rule, row, section_of
from heldto.claims.wording import Worded, rule_text
from heldto.errors import RowError
from heldto.evidence import DataError
from heldto.evidence.caching import cached

TABLES = {  # those with rows on a claim, and the column that names it
    "claims": "id",
    "readings": "claim",
    "amendments": "claim",
    "documents": "claim",
    "fixed": "claim",
}
WORDED: tuple[Worded, ...] = ("measure", "thresholds", "alternatives")  # sentences of claims.csv


@cached
def slip(claim: str) -> RowError | None:
    """What is wrong with the rows on a claim, the first of it; None where nothing is. Raises
    UnknownClaim; DataError where a whole table cannot be read.
    """
    faults = row_slips(claim)
    return faults[0] if faults else None


def row_slips(claim: str) -> list[RowError]:
    """What is wrong with the rows on a claim: the rows that their table's description refuses, or
    else what nothing can read in them. Raises as `slip`.
    """
    claim_id = row(claim)["id"]
    if article.current().plain and (says := _of_block(claim_id)):
        return [RowError(says)]
    refused = [
        RowError(says)
        for table, column in TABLES.items()
        for about, says in evidence.spoilt(table, column)
        if about == claim_id
    ]
    return refused or [*filter(None, map(_slip, _looks(claim_id)))]


def _of_block(claim: str) -> str | None:
    """What is wrong with the block of a claim of a plain article."""
    from heldto.claims import blocks  # which no other article needs

    return blocks.fault(claim)


def _looks(claim: str) -> list[Callable[[], object]]:
    """What reads the rows on a claim."""
    checks: list[Callable[[], object]] = [partial(section_of, claim), partial(Rule.of, claim)]
    checks += [partial(_prose, claim, column) for column in WORDED]
    return [
        *checks,
        partial(readings.check_readings, claim),
        partial(amended.check_amendments, claim),
    ]


def _prose(claim: str, column: Worded) -> str:
    return rule_text(Rule.of(claim), column)


def _slip(check: Callable[[], object]) -> RowError | None:
    try:
        check()
    except RowError as fault:
        return fault
    except DataError:  # of a whole table
        raise
    except Exception:  # it says nothing of a row, and is met again where the claim is judged
        return None
    return None
