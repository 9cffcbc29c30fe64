"""The article under other readings: the tally when every claim is read in a way of the reader's."""

import pandas as pd

from frenemies.claims import ledger, readings

SAME = {"both": "each", "partner": "Russia"}  # of E4's balance the options that others call so


def read(claim: str, **chosen: str) -> str:
    """A claim's verdict under some options, where it has them; all else as the ledger has it.

    Raises UnknownClaim.
    """
    own = ledger.judge(claim, "then").verdict
    if readings.summary(claim) is None:
        return own
    rows = readings.table(claim)
    for dimension, options in readings.options(claim).items():
        known = [one["option"] for one in options]
        wanted = chosen.get(dimension)
        rows = rows[rows[dimension].eq(wanted if wanted in known else known[0])]
    return str(rows["verdict"].iloc[0]) if len(rows) else own


def tally_line(_: list[str], books: str, **chosen: str) -> str:
    """The tally of all claims under some choices (books, year, threshold), beside the ledger's."""
    own = ledger.table()["verdict_then"]
    chosen |= {"books": books, "balance": SAME.get(books, books)}
    mine = pd.Series({claim: read(claim, **chosen) for claim in own.index})
    turned = [f"{claim} ({mine[claim]})" for claim in own.index[own.ne(mine)]]
    return (
        f"Read so, {ledger.tally(mine)}. By the ledger's own readings {ledger.tally(own)}. "
        f"Turned: {', '.join(turned) or 'none'}."
    )
