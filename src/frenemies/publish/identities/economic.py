"""Trade of unions, and coal: what must agree with what."""

from collections.abc import Iterator

import pandas as pd

from frenemies.publish.identities.core import Odd, apart, identity

WHERE = "({reporter} with {partner}, {flow}, {year})"
UNION = {"EAEU4": ["ARM", "BLR", "KAZ", "KGZ"], "EAEU5": ["ARM", "BLR", "KAZ", "KGZ", "RUS"]}


@identity("economic/trade_groups", "economic/trade")
def unions_are_their_members(groups: pd.DataFrame, trade: pd.DataFrame) -> Iterator[Odd]:
    """The Eurasian union is the sum of its members' rows."""
    for union, members in UNION.items():
        for side, other in (("reporter", "partner"), ("partner", "reporter")):
            within = trade[trade[side].isin(members) & ~trade[other].isin(members)]
            sums = within.groupby([other, "year", "flow"]).value_usd.agg(["sum", "size"])
            rows = groups[groups[side].eq(union)].join(sums, on=[other, "year", "flow"])
            says = "its members' rows in data/economic/trade.csv"
            odd = rows[apart(rows.value_usd, rows["sum"])]
            yield Odd("value_usd", odd, f"{says} add up to {{sum}} {WHERE}")
            odd = rows[apart(rows.members, rows["size"])]
            yield Odd("members", odd, f"{says} are {{size}} {WHERE}")


MTOE = 0.041868  # exajoules
EDITIONS_OF_COAL = 0.029  # of 2016: 80.2 EJ in the edition of 2021, 78.0 in that of 2026


@identity("economic/energy_use", "economic/coal_editions")
def editions_of_coal_agree(use: pd.DataFrame, editions: pd.DataFrame) -> Iterator[Odd]:
    """China's coal is what each edition says, nearly."""
    china = use[use.actor.eq("CHN")]
    given = editions.assign(given=editions.coal.where(editions.unit.eq("EJ"), editions.coal * MTOE))
    rows = china.merge(given[["year", "given", "edition"]], on="year")
    says = "the edition of {edition} in data/economic/coal_editions.csv has {given} EJ ({year})"
    yield Odd("coal_ej", rows[apart(rows.coal_ej, rows.given, EDITIONS_OF_COAL)], says)
