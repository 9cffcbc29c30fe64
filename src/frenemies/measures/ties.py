"""Who owes whom defence, who belongs where, whom China's president meets, and all ties of one actor.

Of the pledges between states only defence makes an ally. Sources: tables geopolitical/pledges, memberships, engagement_days.
"""

import pandas as pd

from frenemies import evidence
from frenemies.evidence import actors
from frenemies.measures.arms import arms_windows
from frenemies.measures.votes import (  # noqa: F401 (votes are ties too: asked for here as well)
    MEASURES,
    NoVotes,
    UnknownMeasure,
    agreement,
    agreement_with_group,
    from_roll_calls,
    ideal_distance,
    known_measure,
    one_of,
    rank_of,
    split_votes,
    standing,
)

PLEDGES_FROM = 1990  # before that year the table holds China and Russia alone
THEN = evidence.CUTS["annual"]


def pledges_until(vintage=None):
    """The last year that the record of pledges speaks for: an integer year, 2018 or that of a later pact."""
    return max(
        evidence.CUTS["annual"],
        int(evidence.table("geopolitical/pledges", vintage).start_year.max()),
    )


def pledges(year, pledge="defence", vintage=None):
    """Who had promised whom in a year. Columns: actor_a, actor_b, start_year (1990: that year or before), source.

    pledge: defence, neutrality, non-aggression, consultation or offence; only defence makes an ally.
    Raises UnknownYear, Problem. Source: geopolitical/pledges.
    """
    known = evidence.table("geopolitical/pledges", vintage)
    one_of(known.pledge, pledge, "pledge")
    evidence.known_year(range(PLEDGES_FROM, pledges_until() + 1), year, "pledge")
    held = known.pledge.eq(pledge) & known.start_year.le(year) & ~known.end_year.lt(year)
    return known.loc[held, ["actor_a", "actor_b", "start_year", "source"]].reset_index(drop=True)


def owe_defence(a, b, year, vintage=None):
    """Whether two actors owed each other defence in a year, True or False. Raises UnknownActor, UnknownYear. Source: geopolitical/pledges."""
    pair = sorted((actors.find(a), actors.find(b)))
    held = pledges(year, vintage=vintage)
    return bool((held.actor_a.eq(pair[0]) & held.actor_b.eq(pair[1])).any())


def memberships(actor, year):
    """An actor's organisations in a year. Columns: org, status, start_year (1985: that year or before).

    Raises UnknownActor, UnknownYear. Source: geopolitical/memberships.
    """
    actor, known = actors.find(actor), evidence.table("geopolitical/memberships")
    evidence.known_year(
        range(known.start_year.min(), evidence.retrieved("geopolitical/memberships") + 1),
        year,
        "membership",
    )
    held = known.actor.eq(actor) & known.start_year.le(year) & ~known.end_year.lt(year)
    return known.loc[held, ["org", "status", "start_year"]].reset_index(drop=True)


def engagement(leader="Xi Jinping", first=2013, last=2018, vintage=None):
    """Countries ranked by days on which China's president, Xi Jinping or Hu Jintao, engaged them in the years first to last.

    Columns: rank, partner (ISO3), name, days. Raises UnknownYear; Problem for another leader. Source: geopolitical/engagement_days.
    """
    known = evidence.table("geopolitical/engagement_days", vintage)
    known = known[known.leader.eq(one_of(known.leader, leader, "leader"))]
    first, last = (evidence.known_year(known, year, "engagement") for year in (first, last))
    known = known[known.year.between(first, last)]
    ranked = (
        known.groupby(["partner", "name"], as_index=False)
        .days.sum()
        .sort_values(["days", "partner"], ascending=[False, True])
    )
    return ranked.assign(rank=ranked.days.rank(ascending=False, method="min").astype(int))[
        ["rank", "partner", "name", "days"]
    ].reset_index(drop=True)


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
        "pledge": others.isin(with_each_other(pledges(year), own).actor),
        "kappa": with_each_other(votes, own).set_index("actor").kappa,
        "trade": books.groupby("partner").value_usd.sum().div(1e9),
        "sent": arms[arms.supplier.eq(own)].set_index("recipient").tiv,
        "received": arms[arms.recipient.eq(own)].set_index("supplier").tiv,
    }
    return pd.DataFrame(columns, index=others).reset_index()


def with_each_other(pairs, own):
    """The rows of pairs (actor_a, actor_b) that hold an actor, with the other one in column actor."""
    turned = pairs.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})
    return pd.concat([pairs, turned]).query("actor_a == @own").rename(columns={"actor_b": "actor"})
