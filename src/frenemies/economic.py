"""Section 1, economic: energy and trade measures, the tests of claims E1-E10 and F3, and the pictures of notebook 01."""

import difflib

import pandas as pd

from frenemies import actors, claims, evidence, pictures, trade
from frenemies.claims import Finding
from frenemies.places import Problem
from frenemies.trade import goods_trade, in_year, mirror_trade, ranks, russia_to_2024, share_of_trade, trade_with

MTOE = 0.041868  # exajoules in a million tonnes of oil equivalent
COMMODITIES = {"crude oil": ["crude oil"], "gas": ["pipeline gas", "LNG"], "pipeline gas": ["pipeline gas"], "LNG": ["LNG"], "coal": ["coal"]}
PRODUCTS = ["crude oil", "LNG", "propane", "coal"]
UNION = ["RUS", "KAZ", "KGZ", "BLR", "ARM"]


# Measures


def imports_by_origin(commodity, vintage=None):
    """China's imports of a fuel by origin and year: "crude oil" (Mt), "gas" (pipeline and LNG, bcm), "pipeline gas", "LNG" (bcm), "coal" (EJ).

    Columns: origin, year, quantity, unit, share (percent of all imports), actor and us_pact ("" where none). Small origins are not held;
    2022 and 2024 are missing. Raises Problem for an unknown commodity. Source: table economic/energy_imports.
    """
    if commodity not in COMMODITIES:
        near = difflib.get_close_matches(str(commodity), COMMODITIES, n=1)
        raise Problem(f'no imports of "{commodity}" are held. ' + (f"Did you mean {near[0]}?" if near else f"There are {', '.join(COMMODITIES)}."))
    rows = evidence.table("economic/energy_imports", vintage)
    rows = rows[rows["commodity"].isin(COMMODITIES[commodity])].fillna("")
    found = rows.groupby(["origin", "year", "unit", "actor"], as_index=False).agg(quantity=("quantity", "sum"), us_pact=("us_pact", "max"))
    total = found[found["origin"].eq("Total")].set_index("year")["quantity"]
    return found.assign(share=found["quantity"] / found["year"].map(total) * 100)[["origin", "year", "quantity", "unit", "share", "actor", "us_pact"]]


def from_origin(commodity, origin, year, column="quantity", vintage=None):
    """One figure of `imports_by_origin`: from_origin("crude oil", "Russia", 2018) in the fuel's unit, or column="share". Raises Problem, UnknownYear."""
    rows = imports_by_origin(commodity, vintage).query("origin == @origin")
    if rows.empty:
        raise Problem(f'no {commodity} from "{origin}" is held: imports_by_origin({commodity!r}) lists the origins')
    return in_year(rows, year, column)


def growth(first, last, years=1):
    """Growth in percent a year from one figure to another, compounded over `years`: growth(100, 121, 2) is 10."""
    return ((last / first) ** (1 / years) - 1) * 100


def coal_use(actor="CHN", vintage=None):
    """Coal burnt by year, in the edition of 2026. Columns: year, coal_ej (EJ), share (percent of total energy supply).

    Held for China, USA, India, Russia, Japan and "WLD". Raises UnknownActor, Problem. Source: table economic/energy_use.
    """
    trade.party(actor)
    rows = evidence.table("economic/energy_use", vintage).query("actor == @actor")
    if rows.empty:
        raise Problem(f"no coal figures of {actors.name(actor)} are held: choose CHN, USA, IND, RUS, JPN or WLD")
    return rows.assign(share=rows["coal_ej"] / rows["energy_ej"] * 100)[["year", "coal_ej", "share"]].reset_index(drop=True)


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
    wide = rows.pivot(index="month", columns="product", values="value_usd").reindex(columns=PRODUCTS).fillna(0) / 1e9
    return wide.assign(total=wide.sum(axis=1)).rename_axis(columns=None).reset_index()


def twelve_months_to(month, vintage=None):
    """US energy exports to China in the twelve months that end with `month` ("2019-06"), USD bn. Raises Problem where they are not all held."""
    rows = us_energy_exports(vintage)
    window = rows[rows["month"].le(month)].tail(12)
    if len(window) < 12 or window["month"].iloc[-1] != month:
        raise Problem(f'no twelve months to "{month}": months are held from {rows["month"].iloc[0]} to {rows["month"].iloc[-1]}, written "2019-06"')
    return float(window["total"].sum())


def added_by_union(year, vintage=None):
    """What Armenia, Belarus, Kazakhstan and Kyrgyzstan add to Russia's trade with China, in percent of it, by China's books and by theirs.

    Returns {"CHN": percent, "EAEU4": percent}. Raises UnknownYear.
    """
    pairs = {"CHN": (("CHN", "EAEU4"), ("CHN", "RUS")), "EAEU4": (("EAEU4", "CHN"), ("RUS", "CHN"))}
    return {book: in_year(goods_trade(*four, vintage), year) / in_year(goods_trade(*russia, vintage), year) * 100 for book, (four, russia) in pairs.items()}


# Claims: each test says what was found, data/claims.csv says where the thresholds lie


def _with(claim, finding, vintage, *beside):
    """Set what stands beside a finding: (sentence, value) pairs, judged by the same rule; value None takes no side."""
    row, fixed = claims.text(claim), claims.decide(claim, finding, vintage).verdict
    told = [(words, value is not None and claims.judge(row["rule"], value, row["holds"], row["partly"], row["target"])) for words, value in beside]
    finding.context = [(words, "" if not verdict else "agrees" if verdict == fixed else "disagrees") for words, verdict in told]
    return finding


@claims.test("E1")
def trade_volume(vintage):
    """E1: trade between Russia and China in 2018, USD bn, by each reporter."""
    both = mirror_trade("RUS", "CHN", vintage)
    russia, china = in_year(both, 2018, "own_total"), in_year(both, 2018, "mirror_total")
    reason = f"In 2018 China's books hold {china:.1f} billion dollars of trade with Russia, Russia's {russia:.1f} billion."
    exports = in_year(goods_trade("RUS", "CHN", vintage), 2018, "export") + in_year(goods_trade("CHN", "RUS", vintage), 2018, "export")
    found = Finding(None, reason, 2018, ["economic/trade"], reporters={"CHN": china, "RUS": russia})
    return _with("E1", found, vintage, (f"counted at both exporters' borders, without freight, it is {exports:.1f} billion", exports))


@claims.test("E2")
def union_volume(vintage):
    """E2: China's trade with the five of the Eurasian Economic Union in 2018, USD bn, by both sides."""
    china, five = in_year(goods_trade("CHN", "EAEU5", vintage), 2018), in_year(goods_trade("EAEU5", "CHN", vintage), 2018)
    reason = f"In 2018 China's books hold {china:.1f} billion dollars of trade with the five members, the books of the five {five:.1f} billion."
    return Finding(None, reason, 2018, ["economic/trade_groups"], reporters={"CHN": china, "EAEU5": five})


@claims.test("E3")
def trade_lag(vintage):
    """E3: Russia's trade with China over that of the USA, the EU, Japan and Germany, as China reports; the largest ratio decides."""
    year = int(goods_trade("CHN", "RUS", vintage)["year"].max())
    rivals = ["USA", "EU28" if year < 2020 else "EU27", "JPN", "DEU"]
    ratio = {code: in_year(goods_trade("CHN", "RUS", vintage), year) / in_year(goods_trade("CHN", code, vintage), year) for code in rivals}
    words = ", ".join(f"{actors.name(code[:2] if code.startswith('EU') else code)} {value:.2f}" for code, value in ratio.items())
    place = ranks("CHN", year, vintage).set_index("partner")["rank"]["RUS"]
    found = Finding(max(ratio.values()), f"China's trade with Russia in {year} as a ratio to its trade with each of the four: {words}.", year, ["economic/trade", "economic/trade_groups"])
    return _with("E3", found, vintage, (f"among all single countries Russia is China's partner number {place} in {year}", None))


@claims.test("E4")
def russian_surplus(vintage):
    """E4: Russia's balance with China, USD bn, by each reporter: 2018 as known then, 2019 since."""
    year, both = (2018 if vintage == "then" else 2019), mirror_trade("RUS", "CHN", vintage)
    russia, china, fob, cif = (in_year(both, year, column) for column in ("own_balance", "mirror_balance", "fob_balance", "cif_balance"))
    reason = f"For {year} China's books give Russia a balance of {china:+.1f} billion dollars, Russia's own books {russia:+.1f} billion."
    found = Finding(None, reason, year, ["economic/trade"], reporters={"CHN": china, "RUS": russia})
    return _with("E4", found, vintage, (f"exports of both (FOB against FOB): {fob:+.1f} billion", fob), (f"imports of both (CIF against CIF): {cif:+.1f} billion", cif))


@claims.test("E5")
def oil_growth(vintage):
    """E5: crude oil from Russia to China, growth in percent a year from 2017 to 2018 (since: to 2019)."""
    year, rows = (2018 if vintage == "then" else 2019), imports_by_origin("crude oil", vintage).query("origin == 'Russia'")
    start, end, last = in_year(rows, 2017, "quantity"), in_year(rows, year, "quantity"), int(rows["year"].max())
    rate = growth(start, end, year - 2017)
    found = Finding(rate, f"Crude from Russia went from {start:.1f} Mt in 2017 to {end:.1f} Mt in {year}: {rate:+.1f} % a year.", year, ["economic/energy_imports"])
    shares = f"Russia's share of all crude: {in_year(rows, 2017, 'share'):.1f} % in 2017, {in_year(rows, year, 'share'):.1f} % in {year}"
    later = growth(start, in_year(rows, last, "quantity"), last - 2017)
    return _with("E5", found, vintage, (shares, None), *[(f"to {last} it is {later:+.1f} % a year", later)] * (last > year))


@claims.test("E6")
def gas_share(vintage):
    """E6: Russia's share of China's gas imports, percent: 2018 as known then, 2019 since."""
    year, rows = (2018 if vintage == "then" else 2019), imports_by_origin("gas", vintage).query("origin == 'Russia'")
    share, volume, last = in_year(rows, year, "share"), in_year(rows, year, "quantity"), int(rows["year"].max())
    found = Finding(share, f"In {year} Russia sent China {volume:.1f} bcm of gas, {share:.1f} % of what China imported.", year, ["economic/energy_imports"])
    later = in_year(rows, last, "share")
    return _with("E6", found, vintage, *[(f"in {last} the share is {later:.1f} %", later)] * (last > year))


@claims.test("E7")
def coal_fall(vintage):
    """E7: China's coal against its peak before, percent below: the 2019 edition to 2018 as known then, the latest edition since."""
    rows = coal_use("CHN", vintage)
    known = coal_known_in_2019() if vintage == "then" else rows
    last, peak = known.iloc[-1], known.loc[known["coal_ej"].iloc[:-1].idxmax()]
    fall, year, today = below_peak(known), int(last["year"]), below_peak(rows)
    below = f"{fall:.1f} % below that peak" if fall > 0 else "no lower than the peak before"
    reason = f"China burnt {last['coal_ej']:.1f} EJ of coal in {year}, against {peak['coal_ej']:.1f} EJ in {int(peak['year'])}: {below}."
    found = Finding(fall, reason, year, ["economic/coal_editions" if vintage == "then" else "economic/energy_use"])
    share = f"coal's share of China's energy fell from {rows['share'].max():.0f} % at its highest to {in_year(rows, year, 'share'):.0f} % in {year}: a share is not a level"
    return _with("E7", found, vintage, (share, None), *[(f"today's figures for the time: {today:.1f} % below the peak", today)] * (vintage == "then"))


@claims.test("E8")
def us_energy_fall(vintage):
    """E8: fall of US energy exports to China, percent: twelve months to June 2019 against the twelve before (since: 2019 against 2018)."""
    end, start = ("2019-06", "2018-06") if vintage == "then" else ("2019-12", "2018-12")
    after, before = twelve_months_to(end, vintage), twelve_months_to(start, vintage)
    fall = -growth(before, after)
    words = [pd.Period(month).strftime("%B %Y") for month in (start, end)]
    reason = f"US energy exports to China: {before:.1f} billion dollars in the twelve months to {words[0]}, {after:.1f} billion in those to {words[1]}, a fall of {fall:.0f} %."
    found = Finding(fall, reason, end, ["economic/us_energy_exports"])
    later = None if vintage == "then" else twelve_months_to("2020-12", vintage)
    return _with("E8", found, vintage, *[(f"in 2020, after the phase-one deal, {later or 0:.1f} billion", -growth(before, later or before))] * (later is not None))


@claims.test("E9")
def ally_energy_fall(vintage):
    """E9: fall of China's LNG imports from Australia, percent: 2018 against 2017 (since: 2019 against 2018)."""
    year = 2018 if vintage == "then" else 2019
    gas, crude = imports_by_origin("LNG", vintage), imports_by_origin("crude oil", vintage)
    before, after = (from_origin("LNG", "Australia", at, vintage=vintage) for at in (year - 1, year))
    others = gas[gas["us_pact"].ne("") & gas["origin"].ne("Australia")].groupby("year")["quantity"].sum()
    saudi = [in_year(crude.query("origin == 'Saudi Arabia'"), at, "quantity") for at in (year - 1, year)]
    found = Finding(-growth(before, after), f"LNG from Australia went from {before:.1f} bcm in {year - 1} to {after:.1f} bcm in {year}.", year, ["economic/energy_imports"])
    return _with("E9", found, vintage, (f"LNG from other origins with a US defence pact: {others[year - 1]:.1f} to {others[year]:.1f} bcm", -growth(others[year - 1], others[year])),
                 (f"Saudi crude (no pact with the USA): {saudi[0]:.1f} to {saudi[1]:.1f} Mt", -growth(*saudi)))  # fmt: skip


@claims.test("E10")
def union_difference(vintage):
    """E10: what the four other members add to Russia's trade with China in 2018, percent, by both sides."""
    added = added_by_union(2018, vintage)
    reason = f"In 2018 the four others add {added['CHN']:.1f} % to Russia's trade with China by China's books, {added['EAEU4']:.1f} % by their own."
    return Finding(None, reason, 2018, ["economic/trade", "economic/trade_groups"], reporters=added)


@claims.test("F3")
def turn_to_china(vintage):
    """F3: Russia's trade 2013 to 2018, in points: the smaller of China's gain and the EU28's loss in share. One reporter: Russia."""
    china, europe = share_of_trade("RUS", "CHN", vintage), share_of_trade("RUS", "EU28", vintage)
    gain, loss = in_year(china, 2018, "share") - in_year(china, 2013, "share"), in_year(europe, 2013, "share") - in_year(europe, 2018, "share")
    reason = f"By Russia's own books, from 2013 to 2018 China's share of its trade grew by {gain:.1f} points and the EU's (28) shrank by {loss:.1f}."
    older = in_year(china, 2013, "share") - in_year(china, 2008, "share"), in_year(europe, 2008, "share") - in_year(europe, 2013, "share")
    found = Finding(min(gain, loss), reason, 2018, ["economic/trade", "economic/trade_groups"])
    votes = evidence.table("geopolitical/agreement", vintage).query("actor_b == 'USA' and year in (2013, 2018)").set_index(["actor_a", "year"])["kappa"]
    seen = "; ".join(f"{actors.name(code)} {votes[code, 2013]:.2f} to {votes[code, 2018]:.2f}" for code in ("CHN", "RUS"))
    return _with("F3", found, vintage, (f"in the five years before, 2008 to 2013, China's share had grown by {older[0]:.1f} points and the EU's shrunk by {older[1]:.1f}", None),
                 (f"agreement with the USA in the General Assembly (kappa), 2013 to 2018: {seen}", None))  # fmt: skip
