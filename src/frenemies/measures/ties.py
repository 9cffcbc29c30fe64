"""Who owes whom defence, who belongs where, whom China's president meets, and all ties of one
actor.

Of the pledges between states only defence makes an ally. Sources: tables geopolitical/pledges,
memberships, engagement_days.
"""

import pandas as pd

from frenemies.measures.arms import arms_windows
from frenemies.measures.votes import *  # noqa: F403 (votes are ties too: asked for here as well)
from heldto import evidence
from heldto.evidence import actors
from heldto.evidence.caching import cached
from heldto.text.arguments import Actor, When, Word, Year, measure, one_of

BOTH = ("CHN", "RUS")
PLEDGES_FROM = 1990  # before that year the table holds China and Russia alone
THEN: int = evidence.CUTS["annual"]
ENGAGED = "geopolitical/engagement"
PLEDGES, MEMBERSHIPS = "geopolitical/pledges", "geopolitical/memberships"


def in_force(spells: pd.DataFrame, year: int) -> pd.Series:
    """Tell which of these periods (start_year, end_year) include a year."""
    return spells.start_year.le(year) & ~spells.end_year.lt(year)


def with_each_other(pairs: pd.DataFrame, own: str) -> pd.DataFrame:
    """Return the rows of pairs (actor_a, actor_b) with this actor, and the other one in the column
    actor.
    """
    first, second = pairs[pairs.actor_a.eq(own)], pairs[pairs.actor_b.eq(own)]
    swapped = second.rename(columns={"actor_b": "actor_a", "actor_a": "actor_b"})
    return pd.concat([first, swapped]).rename(columns={"actor_b": "actor"})


@measure
def pledges_until(*, vintage: When = None) -> int:
    """Return the last year of the record of pledges: 2018, or the year of a later pact."""
    return max(THEN, int(evidence.table(PLEDGES, vintage).start_year.max()))


@measure
def pledges(year: Year, pledge: Word = "defence", *, vintage: When = None) -> pd.DataFrame:
    """Return who had made promises to whom in a year. Columns: actor_a, actor_b, start_year (1990
    means that year or before), source.

    pledge: defence, neutrality, non-aggression or consultation; only defence makes an ally. Raises
    UnknownYear, Problem. Source: geopolitical/pledges.
    """
    spells = evidence.table(PLEDGES, vintage)
    one_of(spells.pledge, pledge, "pledge")
    evidence.known_year(range(PLEDGES_FROM, pledges_until() + 1), year, "pledge")
    standing = spells[spells.pledge.eq(pledge) & in_force(spells, year)]
    return standing[["actor_a", "actor_b", "start_year", "source"]].reset_index(drop=True)


@measure
def owe_defence(a: Actor, b: Actor, year: Year, *, vintage: When = None) -> bool:
    """Whether two actors owed each other defence in a year. Raises UnknownActor, UnknownYear.
    Source: geopolitical/pledges.
    """
    pairs = pledges(year, vintage=vintage)
    return {a, b} in map(set, zip(pairs.actor_a, pairs.actor_b, strict=True))


@measure
def memberships(actor: Actor, year: Year) -> pd.DataFrame:
    """Return an actor's organisations in a year. Columns: org, status, start_year (1985 means that
    year or before).

    Raises UnknownActor, UnknownYear. Source: geopolitical/memberships.
    """
    seats = evidence.table(MEMBERSHIPS)
    years = range(seats.start_year.min(), evidence.retrieved(MEMBERSHIPS) + 1)
    evidence.known_year(years, year, "membership")
    current = seats[seats.actor.eq(actor) & in_force(seats, year)]
    return current[["org", "status", "start_year"]].reset_index(drop=True)


@measure
def engagement(
    leader: Word = "Xi Jinping", first: Year = 2013, last: Year = 2018, *, vintage: When = None
) -> pd.DataFrame:
    """Rank countries by the days that China's president, Xi Jinping or Hu Jintao, spent on them in
    the years first to last. With leader="all" they are the days of presidents, premiers and foreign
    ministers.

    Columns: rank, partner (ISO3), name, days. Raises UnknownYear; Problem for another leader.
    Source: geopolitical/engagement_days, engagement_others (from 2013 on).
    """
    days = _engaged(leader, vintage)
    for year in (first, last):
        evidence.known_year([*days], year, "engagement")
    sums = days.loc[:, first:last].sum(axis=1, min_count=1).dropna().rename("days")
    ranked = sums.astype(int).reset_index()
    ranked = ranked.sort_values(["days", "partner"], ascending=[False, True], ignore_index=True)
    place = ranked.days.rank(ascending=False, method="min").astype(int)
    return ranked.assign(rank=place)[["rank", "partner", "name", "days"]]


@cached
def _engaged(leader: str, vintage: When) -> pd.DataFrame:
    """Days by country (partner, name) and year, a column each; NaN for none. Raises Problem."""
    days, others = (evidence.table(f"{ENGAGED}_{name}", vintage) for name in ("days", "others"))
    if one_of([*days.leader.unique(), "all"], leader, "leader") == "all":
        days = pd.concat([days[days.year.ge(others.year.min())], others])
    else:
        days = days[days.leader.eq(leader)]
    return days.pivot_table("days", ["partner", "name"], "year", aggfunc="sum")


@measure
def ties_of(actor: Actor, year: Year = THEN) -> pd.DataFrame:
    """Return the ties of one actor to each other actor.

    Columns: actor, pledge (defence, true or false), kappa, trade (USD bn, own books), sent,
    received (arms in the five years to that year, million TIV). NaN if no table has it. Raises
    UnknownActor; NoWindow if the five years are not covered. Sources: agreement, pledges,
    economic/trade, military/arms_transfers.
    """
    partners = pd.Index([code for code in actors.ALL if code != actor], name="actor")
    votes = evidence.table("geopolitical/agreement").query("year == @year")
    books = evidence.table("economic/trade").query("reporter == @actor and year == @year")
    arms = arms_windows(actors.ALL, [year])
    columns = {
        "pledge": partners.isin(with_each_other(pledges(year), actor).actor),
        "kappa": with_each_other(votes, actor).set_index("actor").kappa,
        "trade": books.groupby("partner").value_usd.sum().div(1e9),
        "sent": arms[arms.supplier.eq(actor)].set_index("recipient").tiv,
        "received": arms[arms.recipient.eq(actor)].set_index("supplier").tiv,
    }
    return pd.DataFrame(columns, index=partners).reset_index()
