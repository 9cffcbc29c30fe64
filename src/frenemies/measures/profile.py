"""One actor in a year: with whom it trades and votes, to whom it is pledged, how large it is, and
who its rivals are.
"""

import pandas as pd

from frenemies.measures import network, ties
from heldto import evidence
from heldto.evidence import actors
from heldto.text.arguments import Actor, When, Word, Year, measure


@measure
def trade_partners(actor: Actor, year: Year, *, vintage: When = None) -> pd.DataFrame:
    """Return an actor's goods trade with the other actors in a year, largest first.

    Columns: partner, total (USD bn), share (of all its trade, 0 to 1), books: "own", "estimated"
    (one of the two sides was filled in), or "partners'" if it reports nothing. It is empty if no
    table has any. Raises UnknownActor. Source: economic/trade.
    """
    rows = evidence.table("economic/trade", vintage).query("year == @year")
    own_rows = rows[rows.reporter.eq(actor)]
    side, books = ("partner", "own") if len(own_rows) else ("reporter", "partners'")
    rows = own_rows if len(own_rows) else rows[rows.partner.eq(actor)]
    rows = rows.assign(second_hand=rows.imputed | rows.allotted, billions=rows.value_usd / 1e9)
    by_partner = rows.assign(partner=rows[side]).groupby("partner", as_index=False)
    sums = by_partner.agg(total=("billions", "sum"), second_hand=("second_hand", "any"))
    world = sums.total[sums.partner.eq("WLD")].sum() or float("nan")
    book_kinds = sums.second_hand.map({True: "estimated", False: books})
    sums = sums.assign(share=sums.total / world, books=book_kinds)
    among = sums[sums.partner.isin(actors.ALL)].sort_values("total", ascending=False)
    return among[["partner", "total", "share", "books"]].reset_index(drop=True)


@measure
def vote_agreement(actor: Actor, year: Year, *, vintage: When = None) -> pd.DataFrame:
    """Return an actor's agreement with the others in the UN General Assembly in a year, the closest
    first.

    Columns: other, kappa (-1 to 1), opposed (share, 0 to 1). It is empty if the actor is not a
    member. Raises UnknownActor. Source: geopolitical/agreement.
    """
    rows = evidence.table("geopolitical/agreement", vintage).query("year == @year")
    rows = ties.with_each_other(rows, actor).rename(columns={"actor": "other"})
    rows = rows.sort_values("kappa", ascending=False, ignore_index=True)
    return rows[["other", "kappa", "opposed"]]


@measure
def owed(actor: Actor, year: Year, pledge: Word = "defence", *, vintage: When = None) -> list[str]:
    """Return the ISO3 codes of the actors with which an actor had such a pledge in a year. Raises
    UnknownActor, UnknownYear, Problem.

    Source: geopolitical/pledges.
    """
    pairs = ties.pledges(year, pledge, vintage=vintage)
    return sorted({*ties.with_each_other(pairs, actor).actor})


@measure
def rivals(actor: Actor, year: Year, *, vintage: When = None) -> list[str]:
    """Return the ISO3 codes of an actor's strategic rivals in a year, and of the actors that it
    fought. Raises UnknownActor, UnknownYear.

    Sources: geopolitical/rivalries, conflicts.
    """
    facts = ties.with_each_other(network.facts(year, vintage=vintage), actor)
    return sorted({*facts.actor[facts.kind.isin(["rivalry", "war"])]})


@measure
def size(actor: Actor, year: Year, *, vintage: When = None) -> tuple[float, float]:
    """Return population (millions) and GDP (USD bn) of an actor in a year; NaN if our table has no
    figure. Raises UnknownActor.

    Source: economic/gdp_population.
    """
    rows = evidence.table("economic/gdp_population", vintage)
    rows = rows[rows.actor.eq(actor) & rows.year.eq(year)]
    sums = rows[["population", "gdp_usd"]].sum(min_count=1)
    return sums.population / 1e6, sums.gdp_usd / 1e9
