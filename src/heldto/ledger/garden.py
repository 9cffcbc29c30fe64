"""The article under other readings: the tally when every claim is read in a way of the reader's."""

import pandas as pd

from heldto import article
from heldto.claims import ledger, readings
from heldto.evidence.caching import cached


def verdict_under(claim: str, /, **chosen: str) -> str:
    """A claim's verdict under some options, where it has them; all else as the ledger has it.

    Raises UnknownClaim.
    """
    own_verdict = ledger.judge(claim, "then").verdict
    if readings.summary(claim) is None:
        return own_verdict
    dimensions, verdicts = _by_choice(claim)
    choice = (
        chosen[dimension] if chosen.get(dimension) in options else options[0]
        for dimension, options in dimensions.items()
    )
    return verdicts.get(tuple(choice), own_verdict)


@cached
def _by_choice(claim: str) -> tuple[dict[str, list[str]], dict[tuple[str, ...], str]]:
    """The options of each dimension, the ledger's own first; the verdict of each choice of them."""
    by_dimension = readings.options(claim)
    dimensions = {
        name: [option["option"] for option in options] for name, options in by_dimension.items()
    }
    rows = readings.readings_rows(claim)
    verdicts = {tuple(reading[name] for name in dimensions): reading["verdict"] for reading in rows}
    return dimensions, verdicts


def tally_line(_: list[str], **chosen: str) -> str:
    """Count the verdicts of all claims when each is read in the way that you choose, beside our own
    count.

    The first argument is not used: `fr.live` and `fr.ask` pass the actors that are on. chosen: an
    option for each choice by its name, such as books, year or threshold. Claims without such a
    choice stay as they are. If article.toml says that a choice follows another, it takes the option
    of that one.

    Returns a sentence that counts the verdicts and names the claims whose verdict changed.

    Examples
    --------
    >>> print(fr.garden.tally_line([], books="Russia"))
    Read in this way: By rules fixed before any verdict was computed: ... Changed: E4 (fails).
    """
    found = ledger.table()
    own_verdicts = found["verdict_then"]
    for choice, followed in article.current().follows.items():
        if (option := chosen.get(followed["choice"])) is not None:
            chosen[choice] = followed.get(option, option)
    chosen_verdicts = pd.Series(
        {claim: verdict_under(claim, **chosen) for claim in own_verdicts.index}
    )
    turned = [
        f"{claim} ({chosen_verdicts[claim]})"
        for claim in own_verdicts.index[own_verdicts.ne(chosen_verdicts)]
    ]
    by_choice, ours = (_counted(verdicts) for verdicts in (chosen_verdicts, own_verdicts))
    benchmark = ledger.tallies(found)["benchmark"]
    changed = ", ".join(turned) or "none"
    return f"Read in this way: {by_choice} Our own count: {ours} {benchmark} Changed: {changed}."


def _counted(verdicts: pd.Series) -> str:
    sentences = ledger.in_groups(verdicts)
    return " ".join(filter(None, map(sentences.get, ("fixed", "added", "reported"))))
