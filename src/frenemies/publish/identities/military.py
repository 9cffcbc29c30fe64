"""Arms, spending, exercises, wars, warheads: what must agree with what."""

from collections.abc import Iterator

import pandas as pd

from frenemies.publish.identities.core import Odd, apart, beyond, identity, leap, leaps

CENT = 0.006  # of a million TIV: the tables are rounded to hundredths
SIDES = {"imports": "recipient", "exports": "supplier"}
WHOLE_PAIR = ("UKR", "CHN")  # all of whose deals are listed


@identity("military/arms_totals", "military/arms_transfers")
def deliveries_are_within_totals(totals: pd.DataFrame, transfers: pd.DataFrame) -> Iterator[Odd]:
    """What an actor had from, or gave to, the others is within all it had or gave."""
    for role, side in SIDES.items():
        sums = transfers.groupby([side, "year"]).tiv.sum().rename("sum")
        rows = totals[totals.role.eq(role)].join(sums, on=["actor", "year"])
        says = "with the other actors alone it is {sum} ({actor}, {role}, {year})"
        where = " in data/military/arms_transfers.csv"
        yield Odd("tiv", rows[rows.tiv < rows["sum"] - CENT], says + where)


@identity("military/deals", "military/arms_transfers")
def deals_are_within_transfers(deals: pd.DataFrame, transfers: pd.DataFrame) -> Iterator[Odd]:
    """The deals of a pair are within its transfers; all of them where all are listed."""
    keys = ["supplier", "recipient", "year"]
    sums = transfers.set_index(keys).tiv.rename("transfers")
    rows = deals.join(sums, on=keys)
    rows["sum"] = rows.groupby(keys).tiv.transform("sum")
    whole = rows.supplier.eq(WHOLE_PAIR[0]) & rows.recipient.eq(WHOLE_PAIR[1])
    off = apart(rows["sum"], rows.transfers, amount=CENT)
    odd = (rows["sum"] > rows.transfers + CENT) | whole & off
    says = "the deals add up to {sum}, data/military/arms_transfers.csv has {transfers}"
    says += " ({supplier} to {recipient}, {year})"
    yield Odd("tiv", rows[odd], says)


PEAK_OF_PRICES = 1.18  # constant dollars over current: exchange rates of 2008-09 and 2014-15
PRICES = (0.6, 2.8)  # current GDP against that of 2023, as prices and exchange rates moved


@identity("military/spending", "economic/gdp_population")
def spending_is_its_share_of_gdp(spending: pd.DataFrame, economy: pd.DataFrame) -> Iterator[Odd]:
    """Dollars over share of GDP is GDP, at other prices."""
    where = "({actor}, {year})"
    rows = spending.assign(implied=spending.constant_usd * 1e6 / spending.gdp_share)
    rows = rows.merge(economy[["actor", "year", "gdp_usd"]], on=["actor", "year"])
    rows["ratio"] = rows.implied / rows.gdp_usd
    says = f"over the share {{gdp_share}} it makes a GDP of {{implied}}, not of {{gdp_usd}} {where}"
    odd = rows[beyond(rows.ratio, *PRICES)]
    yield Odd("constant_usd", odd, says, "look up the two and GDP")
    rows = leaps(rows, ["actor"], "year", "ratio", ((0, PEAK_OF_PRICES),))
    yield leap("constant_usd", rows, "that over its share of GDP is {ratio} of GDP, ")
