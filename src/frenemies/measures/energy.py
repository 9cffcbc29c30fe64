"""Fuels by origin, coal by year, and US exports of energy by month."""

from frenemies import evidence
from frenemies.errors import NotHeld, Problem, did_you_mean
from frenemies.measures import trade
from frenemies.measures.trade import in_year

MTOE = 0.041868  # exajoules in a million tonnes of oil equivalent
COMMODITIES = {
    "crude oil": ["crude oil"],
    "gas": ["pipeline gas", "LNG"],
    "pipeline gas": ["pipeline gas"],
    "LNG": ["LNG"],
    "coal": ["coal"],
}
PRODUCTS = ["crude oil", "LNG", "propane", "coal"]


def imports_by_origin(commodity, vintage=None):
    """China's imports of a fuel by origin and year: "crude oil" (Mt), "gas" (pipeline and LNG, bcm), "pipeline gas", "LNG" (bcm), "coal" (EJ).

    Columns: origin, year, quantity, unit, share (percent of all imports), actor and us_pact ("" where none). Small origins are not held;
    2022 and 2024 are missing. Raises Problem for an unknown commodity. Source: table economic/energy_imports.
    """
    if commodity not in COMMODITIES:
        near = did_you_mean(
            commodity, {name: name for name in COMMODITIES}, f"There are {', '.join(COMMODITIES)}."
        )
        raise Problem(f'no imports of "{commodity}" are held. {near}')
    rows = evidence.table("economic/energy_imports", vintage)
    rows = rows[rows["commodity"].isin(COMMODITIES[commodity])].fillna("")
    found = rows.groupby(["origin", "year", "unit", "actor"], as_index=False)
    found = found.agg(quantity=("quantity", "sum"), us_pact=("us_pact", "max"))
    total = found[found["origin"].eq("Total")].set_index("year")["quantity"]
    found = found.assign(share=found["quantity"] / found["year"].map(total) * 100)
    return found[["origin", "year", "quantity", "unit", "share", "actor", "us_pact"]]


def from_origin(commodity, origin, year, column="quantity", vintage=None):
    """One figure of `imports_by_origin`: from_origin("crude oil", "Russia", 2018) in the fuel's unit, or column="share". Raises NotHeld, UnknownYear."""
    rows = imports_by_origin(commodity, vintage).query("origin == @origin")
    if rows.empty:
        raise NotHeld(
            f"no figure for {commodity} from {origin}",
            f"imports_by_origin({commodity!r}) lists the origins",
        )
    return in_year(rows, year, column)


def growth(first, last, years=1):
    """Growth in percent a year from one figure to another, compounded over `years`: growth(100, 121, 2) is 10."""
    return ((last / first) ** (1 / years) - 1) * 100


def coal_use(actor="CHN", vintage=None):
    """Coal burnt by year, in the edition of 2026. Columns: year, coal_ej (EJ), share (percent of total energy supply).

    Held for China, USA, India, Russia, Japan and "WLD", by code or name. Raises UnknownActor, NotHeld. Source: table economic/energy_use.
    """
    actor = trade.code(actor)
    rows = evidence.table("economic/energy_use", vintage).query("actor == @actor")
    if rows.empty:
        raise NotHeld(
            f"no figure for coal in {trade.party(actor)}", "choose CHN, USA, IND, RUS, JPN or WLD"
        )
    found = rows.assign(share=rows["coal_ej"] / rows["energy_ej"] * 100)
    return found[["year", "coal_ej", "share"]].reset_index(drop=True)


def coal_known_in_2019():
    """China's coal in the edition of June 2019: peak, trough and last year. Columns: year, coal_ej (EJ). Source: table economic/coal_editions."""
    rows = evidence.table("economic/coal_editions", "then").query("edition == 2019")
    return rows.assign(coal_ej=rows["coal"] * MTOE)[["year", "coal_ej"]].reset_index(drop=True)


def below_peak(frame, column="coal_ej"):
    """How far the last year lies below the highest year before it, in percent: negative where it is a new peak."""
    values = frame.sort_values("year")[column]
    return float((1 - values.iloc[-1] / values.iloc[:-1].max()) * 100)


def us_energy_exports(vintage=None):
    """US exports of energy to China by month. Columns: month, crude oil, LNG, propane, coal, total (USD bn); no export listed counts as 0.

    Source: US Census Bureau (table economic/us_energy_exports).
    """
    rows = evidence.table("economic/us_energy_exports", vintage)
    wide = (
        rows.pivot(index="month", columns="product", values="value_usd")
        .reindex(columns=PRODUCTS)
        .fillna(0)
        / 1e9
    )
    return wide.assign(total=wide.sum(axis=1)).rename_axis(columns=None).reset_index()


def twelve_months_to(month, vintage=None):
    """US energy exports to China in the twelve months that end with `month` ("2019-06"), USD bn. Raises NotHeld where they are not all held."""
    rows = us_energy_exports(vintage)
    window = rows[rows["month"].le(month)].tail(12)
    if len(window) < 12 or window["month"].iloc[-1] != month:
        remedy = f'months are held from {rows["month"].iloc[0]} to {rows["month"].iloc[-1]}, written "2019-06"'
        raise NotHeld(f'no figure for all twelve months to "{month}"', remedy)
    return float(window["total"].sum())


def year_before(month):
    """The same month one year earlier: "2018-06" for "2019-06"."""
    return f"{int(month[:4]) - 1}{month[4:]}"


def us_energy_fall(month, vintage=None):
    """By how much US energy exports to China fell in the twelve months to `month`, in percent of the twelve before. Raises NotHeld."""
    return -growth(twelve_months_to(year_before(month), vintage), twelve_months_to(month, vintage))
