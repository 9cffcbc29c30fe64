"""The article under other readings: the tally when every claim is read in a way of the reader's."""

import pandas as pd

from heldto import article
from heldto.claims import ledger, readings
from heldto.evidence.caching import cached


def verdict_under(claim: str, /, **chosen: str) -> str:
    """A claim's verdict under some options, where it has them; all else as the ledger has it.

    Raises UnknownClaim.
    """
    own = ledger.judge(claim, "then").verdict
    if readings.summary(claim) is None:
        return own
    dimensions, verdicts = _by_choice(claim)
    wanted = (
        chosen[name] if chosen.get(name) in known else known[0]
        for name, known in dimensions.items()
    )
    return verdicts.get(tuple(wanted), own)


@cached
def _by_choice(claim: str) -> tuple[dict[str, list[str]], dict[tuple[str, ...], str]]:
    """The options of each dimension, the ledger's own first; the verdict of each choice of them."""
    listed = readings.options(claim)
    dimensions = {name: [one["option"] for one in options] for name, options in listed.items()}
    rows = readings.readings_rows(claim)
    made = {tuple(one[name] for name in dimensions): one["verdict"] for one in rows}
    return dimensions, made


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
    Read in this way: By rules fixed beforehand: ... Changed: E4 (fails).
    """
    own = ledger.table()["verdict_then"]
    for choice, said in article.current().follows.items():
        if (option := chosen.get(said["choice"])) is not None:
            chosen[choice] = said.get(option, option)
    mine = pd.Series({claim: verdict_under(claim, **chosen) for claim in own.index})
    turned = [f"{claim} ({mine[claim]})" for claim in own.index[own.ne(mine)]]
    by_choice, ours = (_in_two(verdicts) for verdicts in (mine, own))
    changed = ", ".join(turned) or "none"
    return f"Read in this way: {by_choice} Our own count: {ours} Changed: {changed}."


def _in_two(verdicts: pd.Series) -> str:
    told = ledger.in_two(verdicts)
    return " ".join(filter(None, [told["fixed"], told["added"]]))
