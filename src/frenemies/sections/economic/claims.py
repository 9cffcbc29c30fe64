"""The tests of claims E1-E10 and F3: each says what was found; data/claims.csv says where the thresholds lie."""

import pandas as pd

from frenemies import claims, evidence
from frenemies.claims import Finding, units
from frenemies.evidence import actors
from frenemies.measures.energy import (
    below_peak,
    coal_known_in_2019,
    coal_use,
    from_origin,
    growth,
    imports_by_origin,
    twelve_months_to,
    us_energy_fall,
    year_before,
)
from frenemies.measures.trade import (
    added_by_union,
    goods_trade,
    in_year,
    mirror_trade,
    rank_of,
    turned_to_china,
)
from frenemies.measures.votes import agreement

IMPORTS = ["economic/energy_imports"]
TRADE, GROUPS = "economic/trade", "economic/trade_groups"


def _year(vintage):
    """The year that decides a claim about 2019: the last one known then, or 2019 itself."""
    return 2018 if vintage == "then" else 2019


def _from_russia(fuel, vintage):
    """The year that decides, China's imports of a fuel from Russia, and the last year held of them."""
    rows = evidence.some(
        imports_by_origin(fuel, vintage).query("origin == 'Russia'"), f"{fuel} from Russia"
    )
    return _year(vintage), rows, int(rows["year"].max())


def _trade(reporter, partner, year, vintage, column="total"):
    return in_year(goods_trade(reporter, partner, vintage), year, column)


@claims.tests("E1")
def trade_volume(vintage):
    """E1: trade between Russia and China in 2018, USD bn, by each reporter."""
    pairs = {"CHN": ("CHN", "RUS"), "RUS": ("RUS", "CHN")}
    books = {one: _trade(*pair, 2018, vintage) for one, pair in pairs.items()}
    exports = sum(_trade(*pair, 2018, vintage, "export") for pair in pairs.values())
    reason = f"In 2018 China's books hold {books['CHN']:.1f} billion dollars of trade with Russia, Russia's {books['RUS']:.1f} billion."
    fob = f"Counted at both exporters' borders, without freight, it is {exports:.1f} billion."
    return Finding(reason=reason, data_until=2018, tables=[TRADE], reporters=books).beside(
        (fob, exports)
    )


@claims.tests("E2")
def union_volume(vintage):
    """E2: China's trade with the five of the Eurasian Economic Union in 2018, USD bn, by both sides."""
    china, five = (_trade(*pair, 2018, vintage) for pair in (("CHN", "EAEU5"), ("EAEU5", "CHN")))
    reason = f"In 2018 China's books hold {china:.1f} billion dollars of trade with the five members, the books of the five {five:.1f} billion."
    return Finding(
        reason=reason, data_until=2018, tables=[GROUPS], reporters={"CHN": china, "EAEU5": five}
    )


@claims.tests("E3")
def trade_lag(vintage):
    """E3: Russia's trade with China over that of the USA, the EU, Japan and Germany, as China reports; the largest ratio decides."""
    year = int(goods_trade("CHN", "RUS", vintage)["year"].max())
    rivals = {"USA": "USA", "EU": "EU28" if year < 2020 else "EU27", "JPN": "JPN", "DEU": "DEU"}
    russia = _trade("CHN", "RUS", year, vintage)
    ratio = {name: russia / _trade("CHN", code, year, vintage) for name, code in rivals.items()}
    words = ", ".join(f"{actors.name(code)} {value:.2f}" for code, value in ratio.items())
    reason = f"China's trade with Russia in {year} as a ratio to its trade with each of the four: {words}."

    def placed():
        place = rank_of("CHN", "RUS", year, vintage)
        return f"Among all partners, Hong Kong and Taiwan listed apart, Russia is number {place} in {year}."

    found = Finding(
        value=max(ratio.values()), reason=reason, data_until=year, tables=[TRADE, GROUPS]
    )
    ends = (
        [f"China's own books end here in {year}: the years after it are not judged."]
        if vintage == "since"
        else []
    )
    return found.beside(placed, *ends)


@claims.tests("E4")
def russian_surplus(vintage):
    """E4: Russia's balance with China, USD bn, by each reporter: 2018 as known then, 2019 since."""
    year, both = _year(vintage), mirror_trade("RUS", "CHN", vintage)
    china, russia, fob, cif = (
        in_year(both, year, f"{book}_balance") for book in ("mirror", "own", "fob", "cif")
    )
    reason = f"For {year} China's books give Russia a balance of {china:+.1f} billion dollars, Russia's own books {russia:+.1f} billion."
    found = Finding(
        reason=reason, data_until=year, tables=[TRADE], reporters={"CHN": china, "RUS": russia}
    )
    sold = (f"Exports of both (FOB against FOB): {fob:+.1f} billion.", fob)
    bought = (f"Imports of both (CIF against CIF): {cif:+.1f} billion.", cif)
    return found.beside(sold, bought)


@claims.tests("E5")
def oil_growth(vintage):
    """E5: crude oil from Russia to China, growth in percent a year from 2017 to 2018 (since: to 2019)."""
    year, rows, last = _from_russia("crude oil", vintage)
    tonnes = {at: in_year(rows, at, "quantity") for at in (2017, year, last)}
    share = [in_year(rows, at, "share") for at in (2017, year)]
    rate, later = (growth(tonnes[2017], tonnes[end], end - 2017) for end in (year, last))
    reason = f"Crude from Russia went from {tonnes[2017]:.1f} Mt in 2017 to {tonnes[year]:.1f} Mt in {year}: {rate:+.1f} % a year."
    shares = f"Russia's share of all crude: {share[0]:.1f} % in 2017, {share[1]:.1f} % in {year}."
    since = [(f"To {last} it is {later:+.1f} % a year.", later)] * (last > year)
    return Finding(value=rate, reason=reason, data_until=year, tables=IMPORTS).beside(
        shares, *since
    )


@claims.tests("E6")
def gas_share(vintage):
    """E6: Russia's share of China's gas imports, percent: 2018 as known then, 2019 since."""
    year, rows, last = _from_russia("gas", vintage)
    share, later = (in_year(rows, at, "share") for at in (year, last))
    sent = f"{in_year(rows, year, 'quantity'):.1f} bcm of gas, {share:.1f} % of what China imported"
    rate = growth(in_year(rows, year - 1, "quantity"), in_year(rows, year, "quantity"))
    grown = f"By volume it grew by {rate:.0f} % on the year before: the rule asks how much Russia supplies, not how fast."
    found = Finding(
        value=share, reason=f"In {year} Russia sent China {sent}.", data_until=year, tables=IMPORTS
    )
    return found.beside(
        grown,
        *[(f"The claim is about 2019. In {last} the share is {later:.1f} %.", later)]
        * (last > year),
    )


@claims.tests("E7")
def coal_fall(vintage):
    """E7: China's coal against its peak before, percent below: the 2019 edition to 2018 as known then, the latest edition since."""
    known = coal_known_in_2019() if vintage == "then" else coal_use("CHN", vintage)
    last, peak = known.iloc[-1], known.loc[known["coal_ej"].iloc[:-1].idxmax()]
    fall, year = below_peak(known), int(last["year"])
    below = units.in_words(fall, "percent below peak") + (
        "" if round(fall, 1) else ", level with it"
    )
    reason = f"China burnt {last['coal_ej']:.1f} EJ of coal in {year}, against {peak['coal_ej']:.1f} EJ in {int(peak['year'])}: {below}."
    found = Finding(
        value=fall,
        reason=reason,
        data_until=year,
        tables=["economic/coal_editions", "economic/energy_use", *IMPORTS],
    )

    def share():
        rows = coal_use("CHN", vintage)
        shares = f"{in_year(rows, year, 'share'):.0f} % in {year}, after {rows['share'].max():.0f} % at its highest"
        return f"Coal's share of China's energy was {shares}: a share is not a level."

    def newer():
        today = below_peak(coal_use("CHN", vintage))
        return f"Today's figures for the time: {today:.1f} % below the peak.", today

    russian = imports_by_origin("coal", vintage).query("origin == 'Russia'").sort_values("year")
    bought = (
        ", ".join(f"{row.quantity:.2f} EJ in {row.year}" for row in russian.itertuples())
        or "not held"
    )
    facts = [share, newer] if vintage == "then" else [share]
    return found.beside(*facts, f"Russian coal that China imported: {bought}.")


@claims.tests("E8")
def us_exports_fall(vintage):
    """E8: fall of US energy exports to China, percent: twelve months to June 2019 against the twelve before (since: 2019 against 2018)."""
    end = "2019-06" if vintage == "then" else "2019-12"
    fall, months = us_energy_fall(end, vintage), (year_before(end), end)
    before, after = (twelve_months_to(month, vintage) for month in months)
    first, last = (pd.Period(month).strftime("%B %Y") for month in months)
    spans = f"from {before:.1f} billion dollars in the year to {first} to {after:.1f} in the year to {last}"
    reason = f"US energy exports to China fell by {fall:.0f} %, {spans}."
    later = after if vintage == "then" else twelve_months_to("2020-12", vintage)
    deal = [
        (f"In 2020, after the phase-one deal, {later:.1f} billion.", -growth(before, later))
    ] * (vintage != "then")
    return Finding(
        value=fall, reason=reason, data_until=end, tables=["economic/us_energy_exports"]
    ).beside(*deal)


@claims.tests("E9")
def ally_energy_fall(vintage):
    """E9: fall of China's LNG imports from Australia, percent: 2018 against 2017 (since: 2019 against 2018)."""
    years = [_year(vintage) - 1, _year(vintage)]
    lng = [from_origin("LNG", "Australia", year, vintage=vintage) for year in years]
    reason = f"LNG from Australia went from {lng[0]:.1f} bcm in {years[0]} to {lng[1]:.1f} bcm in {years[1]}."

    def allies():
        gas = imports_by_origin("LNG", vintage).query("us_pact != '' and origin != 'Australia'")
        sums = gas.groupby("year", as_index=False)["quantity"].sum()
        others = [in_year(sums, year, "quantity") for year in years]
        return "LNG from other origins with a US defence pact: {:.1f} to {:.1f} bcm.".format(
            *others
        ), -growth(*others)

    def crude():
        saudi = [from_origin("crude oil", "Saudi Arabia", year, vintage=vintage) for year in years]
        return "Saudi crude (no pact with the USA): {:.1f} to {:.1f} Mt.".format(*saudi), -growth(
            *saudi
        )

    return Finding(value=-growth(*lng), reason=reason, data_until=years[1], tables=IMPORTS).beside(
        allies, crude
    )


@claims.tests("E10")
def union_difference(vintage):
    """E10: what the four other members add to Russia's trade with China in 2018, percent, by both sides."""
    added = added_by_union(2018, vintage)
    reason = f"In 2018 the four others add {added['CHN']:.1f} % to Russia's trade with China by China's books, {added['EAEU4']:.1f} % by their own."
    return Finding(reason=reason, data_until=2018, tables=[TRADE, GROUPS], reporters=added)


@claims.tests("F3")
def turn_to_china(vintage):
    """F3: Russia's trade 2013 to 2018, in points: the smaller of China's gain and the EU28's loss in share. One reporter: Russia."""
    gain, loss = turned_to_china(2013, 2018, vintage)
    reason = f"By Russia's own books, from 2013 to 2018 China's share of its trade grew by {gain:.1f} points and the EU's (28) shrank by {loss:.1f}."

    def before():
        gain, loss = turned_to_china(2008, 2013, vintage)
        return f"In the five years before, 2008 to 2013, China's share had grown by {gain:.1f} points and the EU's shrunk by {loss:.1f}."

    def voted():
        kappas = {
            code: [in_year(agreement(code, "USA", vintage), year, "kappa") for year in (2013, 2018)]
            for code in ("CHN", "RUS")
        }
        seen = "; ".join(
            "{} {:.2f} to {:.2f}".format(actors.name(code), *pair) for code, pair in kappas.items()
        )
        return f"Agreement with the USA in the General Assembly (kappa), 2013 to 2018: {seen}."

    return Finding(
        value=min(gain, loss), reason=reason, data_until=2018, tables=[TRADE, GROUPS]
    ).beside(before, voted)
