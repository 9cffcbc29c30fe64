"""What this section alone measures: to whom the CIS space leans, and all ties of one actor. Votes, pledges and visits: `frenemies.measures.ties`."""

import pandas as pd

from frenemies import evidence
from frenemies.errors import NotHeld
from frenemies.evidence import actors
from frenemies.measures.arms import arms_windows
from frenemies.measures.ties import known_measure, pledges
from frenemies.measures.words import names

CIS_SPACE = ["ARM", "BLR", "KAZ", "KGZ", "TJK", "TKM", "UKR", "UZB"]
EIGHT = pd.Index(CIS_SPACE, name="actor")
THEN = evidence.CUTS["annual"]


def trade_lean(year, vintage=None):
    """Trade of the eight CIS-space actors with China and with Russia, by their own reports. Columns: actor, CHN, RUS (USD), imputed, lean (CHN over RUS).

    imputed: no own report of the two: the figures were copied from the partner's, or a total was shared out. NaN where a
    figure is not held. Raises UnknownYear. Source: economic/trade.
    """
    own = evidence.table("economic/trade", vintage)
    own = own[own.reporter.isin(CIS_SPACE) & own.partner.isin(["CHN", "RUS"])]
    own = own[own.year.eq(evidence.known_year(own, year, "trade"))]
    total = own.pivot_table(index="reporter", columns="partner", values="value_usd", aggfunc="sum")
    total = total.rename_axis(columns=None).reindex(index=EIGHT, columns=["CHN", "RUS"])
    doubt = (
        (own.imputed | own.allotted).groupby(own.reporter).any().reindex(EIGHT, fill_value=False)
    )
    return total.assign(imputed=doubt, lean=total.CHN / total.RUS).reset_index()


def vote_lean(first, last, measure="agree", vintage=None):
    """Agreement of the eight CIS-space actors with China and with Russia, mean of the years. Columns: actor, CHN, RUS; NaN where it is not held.

    Raises UnknownMeasure. Source: geopolitical/agreement.
    """
    measure, votes = known_measure(measure), evidence.table("geopolitical/agreement", vintage)
    votes = votes[votes.year.between(first, last)]
    means = {lead: _others(votes, lead).groupby("actor")[measure].mean() for lead in ("CHN", "RUS")}
    return pd.DataFrame(means, index=EIGHT).reset_index()


def all_eight(frame, what):
    """A frame of `trade_lean` or `vote_lean` itself where it holds figures of each of the eight. Raises NotHeld; what: of what, in words."""
    lacking = frame.actor[frame[["CHN", "RUS"]].isna().any(axis=1)]
    if len(lacking):
        raise NotHeld(f"no figure for {what} of {names(lacking)}")
    return frame


def ties_of(actor, year=THEN):
    """One actor's ties to each other actor.

    Columns: actor, pledge (defence, true or false), kappa, trade (USD bn, own books), sent, received (arms in the five years to
    that year, million TIV). Blank where no table holds it. Raises UnknownActor, NoWindow where the five years are not covered.
    Sources: agreement, pledges, economic/trade, military/arms_transfers.
    """
    own = actors.find(actor)
    others = pd.Index([code for code in actors.ALL if code != own], name="actor")
    votes = evidence.table("geopolitical/agreement").query("year == @year")
    books = evidence.table("economic/trade").query("reporter == @own and year == @year")
    arms = arms_windows(actors.ALL, [year])
    columns = {
        "pledge": others.isin(_others(pledges(year), own).actor),
        "kappa": _others(votes, own).set_index("actor").kappa,
        "trade": books.groupby("partner").value_usd.sum().div(1e9),
        "sent": arms[arms.supplier.eq(own)].set_index("recipient").tiv,
        "received": arms[arms.recipient.eq(own)].set_index("supplier").tiv,
    }
    return pd.DataFrame(columns, index=others).reset_index()


def _others(pairs, own):
    """The rows of pairs (actor_a, actor_b) that hold an actor, with the other one in column actor."""
    turned = pairs.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})
    return pd.concat([pairs, turned]).query("actor_a == @own").rename(columns={"actor_b": "actor"})
