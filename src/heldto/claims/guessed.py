"""What a guess on a claim is about. A forecast is guessed for the year in which it is due: before
that year one answer alone is possible.
"""

from heldto.claims import shaped
from heldto.claims.judged import judge
from heldto.claims.listed import find_claim
from heldto.claims.rule import VERDICTS
from heldto.evidence import Vintage
from heldto.tr import tr


def offered(claim: str) -> list[str]:
    """The verdicts that a guess can choose from: of a forecast those that its year can bring."""
    return [word for word in VERDICTS if word != "undecided" or not _is_ahead(claim)]


def ahead_told(claim: str) -> str:
    """What a guess on a forecast says, in a sentence; "" of a claim that is no forecast, or that
    figures decided when the article appeared.
    """
    if not _is_ahead(claim):
        return ""
    due = find_claim(claim).due
    if shaped.open_until(claim):
        return tr(
            "Open until {due}: no table here has that year yet. Guess what its figure will say.",
            due=due,
        )
    return tr("It is due in {due}. Guess what the figure of that year says.", due=due)


def held_against(claim: str, vintage: Vintage = "then") -> str:
    """The verdict that a guess is compared with: of a forecast that of the year in which it is due,
    whenever it came; "" where that year is still to come.
    """
    if shaped.open_until(claim):
        return ""
    return judge(claim, "since" if _is_ahead(claim) else vintage).verdict


def _is_ahead(claim: str) -> bool:
    return shaped.open_until(claim, "then") is not None
