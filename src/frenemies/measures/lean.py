"""To whom the CIS space leans, China or Russia: by trade and by votes."""

import pandas as pd

from frenemies.measures.ties import with_each_other
from frenemies.measures.votes import Agreement
from heldto import evidence
from heldto.errors import NotHeld
from heldto.text.arguments import When, Year, measure
from heldto.text.words import join_names

CIS_SPACE = ["ARM", "BLR", "KAZ", "KGZ", "TJK", "TKM", "UKR", "UZB"]
EIGHT = pd.Index(CIS_SPACE, name="actor")
LEADS = ["CHN", "RUS"]


@measure
def trade_lean(year: Year, *, vintage: When = None) -> pd.DataFrame:
    """Return the trade of the eight CIS-space actors with China and with Russia, by their own
    reports.

    Columns: actor, CHN, RUS (USD bn), imputed (true if there is no full report of its own: figures
    were copied from the partner's, or a total was divided), lean (CHN divided by RUS). NaN if there
    is no figure. Raises UnknownYear. Source: economic/trade.
    """
    books = evidence.table("economic/trade", vintage)
    rows = books[books.reporter.isin(CIS_SPACE) & books.partner.isin(LEADS)]
    rows = rows[rows.year.eq(evidence.known_year(rows, year, "trade"))]
    total = rows.groupby(["reporter", "partner"]).value_usd.sum().unstack()
    total = total.rename_axis(columns=None).reindex(index=EIGHT, columns=LEADS) / 1e9
    doubt = (rows.imputed | rows.allotted).groupby(rows.reporter).any()
    doubt = doubt.reindex(EIGHT, fill_value=False)
    return total.assign(imputed=doubt, lean=total.CHN / total.RUS).reset_index()


@measure
def vote_lean(
    first: Year, last: Year, measure: Agreement = "agree", *, vintage: When = None
) -> pd.DataFrame:
    """Return how often the eight CIS-space actors agree with China and with Russia, as a mean of
    the years.

    Columns: actor, CHN, RUS (0 to 1; kappa -1 to 1); NaN if there is no figure. Raises
    UnknownMeasure. Source: geopolitical/agreement.
    """
    votes = evidence.table("geopolitical/agreement", vintage)
    votes = votes[votes.year.between(first, last)]
    means = {lead: with_each_other(votes, lead).groupby("actor")[measure].mean() for lead in LEADS}
    return pd.DataFrame(means, index=EIGHT).reset_index()


def all_eight(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return a frame of `trade_lean` or `vote_lean` unchanged if it has figures of all eight.
    Otherwise it raises NotHeld. what: what the figures are, in words.
    """
    lacking = frame.actor[frame[LEADS].isna().to_numpy().any(axis=1)]
    if len(lacking):
        raise NotHeld(f"no figure for {what} of {join_names(lacking)}")
    return frame
