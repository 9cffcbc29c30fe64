"""A claim, judged in one vintage or in both."""

from heldto.claims import rows
from heldto.claims.listed import find_claim
from heldto.claims.rule import Rule
from heldto.claims.testing import decide, evaluate_or_fault
from heldto.claims.verdict import Verdict, finding_of_fault, ruled
from heldto.errors import as_slip
from heldto.evidence import Vintage
from heldto.evidence.caching import cached


@cached
def judge(claim: str, vintage: Vintage) -> Verdict:
    """The Verdict of one claim in one vintage ("then" or "since").

    It is unjudged, and says why, where a row on the claim cannot be read, or this package is at
    fault: that costs no other claim. Raises UnknownClaim.
    """
    found = find_claim(claim)
    claim_id, unread = found.id, Rule(claim=found.id, unit=found.rule.unit.partition(";")[0])
    if spoilt := rows.slip(claim_id):
        return ruled(unread, finding_of_fault(spoilt), vintage)
    try:
        return decide(claim_id, evaluate_or_fault(claim_id, vintage), vintage)
    except Exception as fault:
        return ruled(unread, finding_of_fault(as_slip(fault)), vintage)


def both(claim: str) -> tuple[Verdict, Verdict]:
    """A claim's two verdicts: then, since. Where nothing newer is known, *since* repeats *then*."""
    return judge(claim, "then"), judge(claim, "since")
