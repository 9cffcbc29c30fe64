"""The documents on a claim, and what each shows."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from heldto import evidence
from heldto.claims.listed import find_claim
from heldto.claims.rule import pairs
from heldto.evidence import Vintage
from heldto.evidence.caching import cached

Row = dict[str, Any]


@cached
def documents(claim: str, vintage: Vintage) -> list[Row]:
    """What data/documents.csv holds on a claim, by day. Raises UnknownClaim."""
    claim_id = find_claim(claim).id
    listed = (
        document
        for document in evidence.rows("documents", vintage)
        if document["claim"] == claim_id
    )
    return sorted(listed, key=itemgetter("date"))


def shows(document: Mapping[str, Any]) -> dict[str, str]:
    """Which parts a document bears on, and how: {"petition": "for", "projects": "against"}."""
    return pairs(document["shows"])
