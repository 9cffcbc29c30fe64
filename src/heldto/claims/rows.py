"""What is wrong with what is held on one claim: its block, and its rows of amendments.csv,
documents.csv and fixed.csv. A slip costs the claim that it is about, and no other.
"""

from collections.abc import Callable
from typing import Any, get_args

from heldto import evidence
from heldto.claims import readings, shaped
from heldto.claims.amended import check_amendments
from heldto.claims.claim import Worded
from heldto.claims.listed import find_claim
from heldto.errors import RowError
from heldto.evidence import DataError
from heldto.evidence.caching import cached

TABLES = ("amendments", "documents", "fixed")  # with rows on a claim


@cached
def slip(claim: str) -> RowError | None:
    """What is wrong with what is held on a claim, the first of it; None where nothing is. Raises
    UnknownClaim; DataError where a whole table cannot be read.
    """
    return next(iter(row_slips(claim)), None)


def row_slips(claim: str) -> list[RowError]:
    """What is wrong with it: its block, else the rows that their table's description refuses, or
    else what nothing can read in them. Raises as `slip`.
    """
    found = find_claim(claim)
    if fault := shaped.fault(found.id):
        return [RowError(fault)]
    spoilt = ((table, *one) for table in TABLES for one in evidence.spoilt(table, "claim"))
    if refused := [RowError(says) for _, about, says in spoilt if about == found.id]:
        return refused
    slips = [_slip(found.told, column) for column in get_args(Worded)]
    slips += [_slip(check, found.id) for check in (readings.check_readings, check_amendments)]
    return [*filter(None, slips)]


def _slip(check: Callable[[Any], object], asked: str) -> RowError | None:
    try:
        check(asked)
    except RowError as fault:
        return fault
    except DataError:  # of a whole table
        raise
    except Exception:  # it says nothing of a row, and is met again where the claim is judged
        return None
    return None
