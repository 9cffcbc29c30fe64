"""Fuels by origin, coal by year, and US exports of energy by month.

Sources: tables economic/energy_imports, energy_use, coal_editions (Energy Institute and BP),
us_energy_exports (US Census Bureau).
"""

from collections.abc import Sequence

import pandas as pd

from frenemies.measures.trade import Party, in_year, party
from heldto import evidence
from heldto.errors import NotHeld, Problem, did_you_mean
from heldto.text.arguments import Count, Month, When, Word, Year, measure, one_of

MTOE = 0.041868  # exajoules in a million tonnes of oil equivalent
COMMODITIES = {
    "crude oil": ["crude oil"],
    "gas": ["pipeline gas", "LNG"],
    "pipeline gas": ["pipeline gas"],
    "LNG": ["LNG"],
    "coal": ["coal"],
}
PRODUCTS = ("crude oil", "LNG", "propane", "coal")
COKE = ("raw petroleum coke", "calcined petroleum coke")
NINE = (*PRODUCTS, "butane", "naphtha", "methanol", *COKE)


@measure
def imports_by_origin(commodity: Word, *, vintage: When = None) -> pd.DataFrame:
    """Return China's imports of a fuel by origin and year: "crude oil" (Mt), "gas" (pipeline and
    LNG), "pipeline gas", "LNG" (all bcm), "coal" (EJ).

    Columns: origin, year, quantity, unit, share (of all imports, 0 to 1), actor and us_pact ("" if
    none). Small origins are not listed; 2022 and 2024 are missing. Raises Problem for an unknown
    commodity. Source: table economic/energy_imports.
    """
    if commodity not in COMMODITIES:
        names = {name: name for name in COMMODITIES}
        suggestion = did_you_mean(commodity, names, f"There are {', '.join(COMMODITIES)}.")
        raise Problem(f'there is no table of imports of "{commodity}". {suggestion}')
    rows = evidence.table("economic/energy_imports", vintage)
    rows = rows[rows["commodity"].isin(COMMODITIES[commodity])]
    by_origin = rows.groupby(["origin", "year", "unit", "actor", "us_pact"], as_index=False)
    rows = by_origin["quantity"].sum()
    total = rows[rows["origin"].eq("Total")].set_index("year")["quantity"]
    rows = rows.assign(share=rows["quantity"] / rows["year"].map(total))
    return rows[["origin", "year", "quantity", "unit", "share", "actor", "us_pact"]]


@measure
def from_origin(
    commodity: Word, origin: Word, year: Year, column: Word = "quantity", *, vintage: When = None
) -> float:
    """One figure of `imports_by_origin`: from_origin("crude oil", "Russia", 2018) in the fuel's
    unit, or column="share" (0 to 1).

    Raises NotHeld, UnknownYear, Problem.
    """
    rows = imports_by_origin(commodity, vintage=vintage)
    remedy = f"imports_by_origin({commodity!r}) lists the origins"
    rows = rows[rows["origin"].eq(origin)]
    return in_year(evidence.some(rows, f"{commodity} from {origin}", remedy), year, column)


@measure
def growth(first: float, last: float, years: float = 1) -> float:
    """Return the yearly growth from one figure to another, compounded over `years`, as a share of
    the first: growth(100, 121, 2) is 0.1.
    """
    return (last / first) ** (1 / years) - 1


@measure
def coal_use(actor: Party = "CHN", *, vintage: When = None) -> pd.DataFrame:
    """Return the coal burnt in each year, in the edition of 2026. Columns: year, coal_ej (EJ),
    share (of total energy supply, 0 to 1).

    There are figures for China, USA, India, Russia, Japan and "WLD", by code or name. Raises
    UnknownActor, NotHeld. Source: table economic/energy_use.
    """
    rows = evidence.where("economic/energy_use", vintage, actor=actor)
    evidence.some(rows, f"coal in {party(actor)}", "choose CHN, USA, IND, RUS, JPN or WLD")
    rows = rows.assign(share=rows["coal_ej"] / rows["energy_ej"])
    return rows[["year", "coal_ej", "share"]].reset_index(drop=True)


@measure
def coal_known_in_2019() -> pd.DataFrame:
    """Return China's coal in the edition of June 2019: the peak, the trough and the last year.
    Columns: year, coal_ej (EJ). Source: table economic/coal_editions.
    """
    rows = evidence.table("economic/coal_editions", "then").query("edition == 2019")
    return rows.assign(coal_ej=rows["coal"] * MTOE)[["year", "coal_ej"]].reset_index(drop=True)


@measure
def below_peak(frame: pd.DataFrame, column: Word = "coal_ej") -> float:
    """Return how far the last year is below the highest year before it, as a share of that year's
    figure. It is negative if the last year is a new peak.
    """
    values = frame.sort_values("year")[column]
    return float(1 - values.iloc[-1] / values.iloc[:-1].max())


@measure
def us_energy_exports(products: Sequence[Word] = PRODUCTS, *, vintage: When = None) -> pd.DataFrame:
    """Return US exports of energy to China by month. Columns: month, crude oil, LNG, propane, coal
    (or other products: `energy.NINE`), total (USD bn). A month without a listed export counts as 0.
    Raises Problem.

    Source: US Census Bureau (table economic/us_energy_exports).
    """
    rows = evidence.table("economic/us_energy_exports", vintage)
    products = [one_of(NINE, one, "product") for one in products or [""]]
    wide = rows.pivot(index="month", columns="product", values="value_usd") / 1e9
    wide = wide.reindex(columns=products).fillna(0)
    return wide.assign(total=wide.sum(axis=1)).rename_axis(columns=None).reset_index()


@measure
def twelve_months_to(
    month: Month, months: Count = 12, products: Sequence[Word] = PRODUCTS, *, vintage: When = None
) -> float:
    """Return US energy exports to China in the twelve months (or another number) that end with
    `month` ("2019-06"), USD bn. Raises NotHeld if our table lacks one of them.
    """
    rows = us_energy_exports(products, vintage=vintage)
    window = rows[rows["month"].le(month)].tail(months)
    if len(window) < months or window["month"].iloc[-1] != month:
        span = f"{rows['month'].iloc[0]} to {rows['month'].iloc[-1]}"
        remedy = f'the table has months from {span}, written "2019-06"'
        number = "twelve" if months == 12 else months
        raise NotHeld(f'no figure for all {number} months to "{month}"', remedy)
    return float(window["total"].sum())


@measure
def year_before(month: Month) -> str:
    """The same month one year earlier: "2018-06" for "2019-06"."""
    return f"{int(month[:4]) - 1}{month[4:]}"
