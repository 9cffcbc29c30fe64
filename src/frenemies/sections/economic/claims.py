"""The tests of claims E1-E10 and F3; data/claims.csv says where the thresholds lie."""

import pandas as pd

from frenemies import claims, evidence
from frenemies.claims import Finding, units
from frenemies.evidence import Vintage, actors
from frenemies.measures import energy, trade
from frenemies.measures.energy import coal_use, from_origin, growth, imports_by_origin
from frenemies.measures.trade import goods_trade, in_year, mirror_trade
from frenemies.measures.votes import agreement
from frenemies.measures.words import in_percent

IMPORTS = ["economic/energy_imports"]
TRADE, GROUPS = "economic/trade", "economic/trade_groups"


def _year(vintage: Vintage) -> int:
    """The year that decides a claim about 2019: the last one known then, or 2019 itself."""
    return 2018 if vintage == "then" else 2019


def _from_russia(fuel: str, vintage: Vintage) -> pd.DataFrame:
    """China's imports of a fuel from Russia. Raises NotHeld."""
    rows = imports_by_origin(fuel, vintage=vintage).query("origin == 'Russia'")
    return evidence.some(rows, f"{fuel} from Russia")


def _trade(one: str, other: str, year: int, vintage: Vintage, column: str = "total") -> float:
    return in_year(goods_trade(one, other, vintage=vintage), year, column)


@claims.tests("E1")
def trade_volume(vintage: Vintage) -> Finding:
    """Trade between Russia and China in 2018, USD bn, by each reporter."""
    pairs = {"CHN": ("CHN", "RUS"), "RUS": ("RUS", "CHN")}
    books = {one: _trade(*pair, 2018, vintage) for one, pair in pairs.items()}
    exports = sum(_trade(*pair, 2018, vintage, "export") for pair in pairs.values())
    china = f"In 2018 China's books hold {books['CHN']:.1f} billion dollars of trade with Russia"
    reason = f"{china}, Russia's {books['RUS']:.1f} billion."
    fob = f"Counted at both exporters' borders, without freight, it is {exports:.1f} billion."
    found = Finding(reason=reason, until=2018, tables=[TRADE], reporters=books)
    return found.beside((fob, exports))


@claims.tests("E2")
def union_volume(vintage: Vintage) -> Finding:
    """China's trade with the five of the Eurasian Economic Union in 2018, USD bn, by both sides."""
    china = _trade("CHN", "EAEU5", 2018, vintage)
    five = _trade("EAEU5", "CHN", 2018, vintage)
    own = f"In 2018 China's books hold {china:.1f} billion dollars of trade with the five members"
    reason = f"{own}, the books of the five {five:.1f} billion."
    books = {"CHN": china, "EAEU5": five}
    return Finding(reason=reason, until=2018, tables=[GROUPS], reporters=books)


@claims.tests("E3")
def trade_lag(vintage: Vintage) -> Finding:
    """China's trade with Russia over that with the USA, the EU, Japan and Germany, by its books."""
    year = int(goods_trade("CHN", "RUS", vintage=vintage)["year"].max())
    rivals = {"USA": "USA", "EU": "EU28" if year < 2020 else "EU27", "JPN": "JPN", "DEU": "DEU"}
    russia = _trade("CHN", "RUS", year, vintage)
    ratios = {name: russia / _trade("CHN", code, year, vintage) for name, code in rivals.items()}
    told = ", ".join(f"{actors.name(code)} {ratio:.2f}" for code, ratio in ratios.items())
    china = f"China's trade with Russia in {year} as a ratio to its trade with each of the four"

    def placed() -> str:
        place = trade.rank_of("CHN", "RUS", year, vintage=vintage)
        apart = "Among all partners, Hong Kong and Taiwan listed apart"
        return f"{apart}, Russia is number {place} in {year}."

    books = f"China's own books end here in {year}: the years after it are not judged."
    tables, reason = [TRADE, GROUPS], f"{china}: {told}."
    found = Finding(value=max(ratios.values()), reason=reason, until=year, tables=tables)
    return found.beside(placed, *([books] if vintage == "since" else []))


@claims.tests("E4")
def russian_surplus(vintage: Vintage) -> Finding:
    """Russia's balance with China, USD bn, by each reporter: 2018 as known then, 2019 since."""
    year, both = _year(vintage), mirror_trade("RUS", "CHN", vintage=vintage)
    china, russia, fob, cif = (
        in_year(both, year, f"{book}_balance") for book in ("mirror", "own", "fob", "cif")
    )
    theirs = f"For {year} China's books give Russia a balance of {china:+.1f} billion dollars"
    reason = f"{theirs}, Russia's own books {russia:+.1f} billion."
    books = {"CHN": china, "RUS": russia}
    return Finding(reason=reason, until=year, tables=[TRADE], reporters=books).beside(
        (f"Exports of both (FOB against FOB): {fob:+.1f} billion.", fob),
        (f"Imports of both (CIF against CIF): {cif:+.1f} billion.", cif),
    )


@claims.tests("E5")
def oil_growth(vintage: Vintage) -> Finding:
    """Crude oil from Russia to China, growth in percent a year from 2017 on."""
    year, rows = _year(vintage), _from_russia("crude oil", vintage)
    last = int(rows["year"].max())
    tonnes = {at: in_year(rows, at, "quantity") for at in (2017, year, last)}
    before, now = (in_percent(in_year(rows, at, "share")) for at in (2017, year))
    rate, later = (
        in_percent(growth(tonnes[2017], tonnes[end], end - 2017)) for end in (year, last)
    )
    grew = f"Crude from Russia went from {tonnes[2017]:.1f} Mt in 2017 to {tonnes[year]:.1f} Mt"
    reason = f"{grew} in {year}: {rate:+.1f} % a year."
    shares = f"Russia's share of all crude: {before:.1f} % in 2017, {now:.1f} % in {year}."
    since = [(f"To {last} it is {later:+.1f} % a year.", later)] if last > year else []
    found = Finding(value=rate, reason=reason, until=year, tables=IMPORTS)
    return found.beside(shares, *since)


@claims.tests("E6")
def gas_share(vintage: Vintage) -> Finding:
    """Russia's share of China's gas imports, percent: 2018 as known then, 2019 since."""
    year, rows = _year(vintage), _from_russia("gas", vintage)
    last = int(rows["year"].max())
    share, later = (in_percent(in_year(rows, at, "share")) for at in (year, last))
    before, sent = (in_year(rows, at, "quantity") for at in (year - 1, year))
    gas = f"In {year} Russia sent China {sent:.1f} bcm of gas"
    grown = f"By volume it grew by {in_percent(growth(before, sent)):.0f} % on the year before"
    dated = f"The claim is about 2019. In {last} the share is {later:.1f} %."
    reason = f"{gas}, {share:.1f} % of what China imported."
    return Finding(value=share, reason=reason, until=year, tables=IMPORTS).beside(
        f"{grown}: the rule asks how much Russia supplies, not how fast.",
        *([(dated, later)] if last > year else []),
    )


@claims.tests("E7")
def coal_fall(vintage: Vintage) -> Finding:
    """China's coal against its peak before, percent below: the edition of 2019, or the latest."""
    used = coal_use("CHN", vintage=vintage)
    known = energy.coal_known_in_2019() if vintage == "then" else used
    last, peak = known.iloc[-1], known.loc[known["coal_ej"].iloc[:-1].idxmax()]
    fall, year = in_percent(energy.below_peak(known)), int(last["year"])
    below = units.in_words(fall, "percent below peak")
    if not round(fall, 1):
        below += ", level with it"
    burnt = f"China burnt {last['coal_ej']:.1f} EJ of coal in {year}"
    reason = f"{burnt}, against {peak['coal_ej']:.1f} EJ in {int(peak['year'])}: {below}."
    tables = ["economic/coal_editions", "economic/energy_use", *IMPORTS]

    def share() -> str:
        now, most = map(in_percent, (in_year(used, year, "share"), used["share"].max()))
        shares = f"{now:.0f} % in {year}, after {most:.0f} % at its highest"
        return f"Coal's share of China's energy was {shares}: a share is not a level."

    def newer() -> tuple[str, float]:
        today = in_percent(energy.below_peak(used))
        return f"Today's figures for the time: {today:.1f} % below the peak.", today

    coal = imports_by_origin("coal", vintage=vintage)
    russian = coal.query("origin == 'Russia'").sort_values("year")
    bought = ", ".join(f"{row.quantity:.2f} EJ in {row.year}" for row in russian.itertuples())
    imported = f"Russian coal that China imported: {bought or 'not held'}."
    facts = [share, newer] if vintage == "then" else [share]
    found = Finding(value=fall, reason=reason, until=year, tables=tables)
    return found.beside(*facts, imported)


@claims.tests("E8")
def us_exports_fall(vintage: Vintage) -> Finding:
    """Fall of US energy exports to China, percent: the year to June 2019 (or 2019) on the last."""
    end = "2019-06" if vintage == "then" else "2019-12"
    fall = in_percent(energy.us_energy_fall(end, vintage=vintage))
    months = (energy.year_before(end), end)
    before, after = (energy.twelve_months_to(month, vintage=vintage) for month in months)
    first, last = (pd.Period(month).strftime("%B %Y") for month in months)
    spans = f"from {before:.1f} billion dollars in the year to {first} to {after:.1f} in the year"
    reason = f"US energy exports to China fell by {fall:.0f} %, {spans} to {last}."
    found = Finding(value=fall, reason=reason, until=end, tables=["economic/us_energy_exports"])
    if vintage == "then":
        return found
    later = energy.twelve_months_to("2020-12", vintage=vintage)
    deal = f"In 2020, after the phase-one deal, {later:.1f} billion."
    return found.beside((deal, in_percent(-growth(before, later))))


@claims.tests("E9")
def ally_energy_fall(vintage: Vintage) -> Finding:
    """Fall of China's LNG imports from Australia in the year that decides, percent."""
    years = [_year(vintage) - 1, _year(vintage)]

    def bought(fuel: str, origin: str) -> list[float]:
        return [from_origin(fuel, origin, year, vintage=vintage) for year in years]

    def fall(quantities: list[float]) -> float:
        return in_percent(-growth(*quantities))

    lng = bought("LNG", "Australia")
    australia = f"LNG from Australia went from {lng[0]:.1f} bcm in {years[0]} to {lng[1]:.1f} bcm"

    def allies() -> tuple[str, float]:
        gas = imports_by_origin("LNG", vintage=vintage)
        gas = gas.query("us_pact != '' and origin != 'Australia'")
        sums = gas.groupby("year", as_index=False)["quantity"].sum()
        others = [in_year(sums, year, "quantity") for year in years]
        said = "LNG from other origins with a US defence pact: {:.1f} to {:.1f} bcm."
        return said.format(*others), fall(others)

    def crude() -> tuple[str, float]:
        saudi = bought("crude oil", "Saudi Arabia")
        said = "Saudi crude (no pact with the USA): {:.1f} to {:.1f} Mt."
        return said.format(*saudi), fall(saudi)

    reason = f"{australia} in {years[1]}."
    found = Finding(value=fall(lng), reason=reason, until=years[1], tables=IMPORTS)
    return found.beside(allies, crude)


@claims.tests("E10")
def union_difference(vintage: Vintage) -> Finding:
    """What the four other members add to Russia's trade with China in 2018, percent."""
    added = {
        book: in_percent(share)
        for book, share in trade.added_by_union(2018, vintage=vintage).items()
    }
    china = f"In 2018 the four others add {added['CHN']:.1f} % to Russia's trade with China"
    reason = f"{china} by China's books, {added['EAEU4']:.1f} % by their own."
    return Finding(reason=reason, until=2018, tables=[TRADE, GROUPS], reporters=added)


@claims.tests("F3")
def turn_to_china(vintage: Vintage) -> Finding:
    """The smaller of China's gain and the EU28's loss in Russia's trade, 2013-18, in points."""
    gain, loss = map(in_percent, trade.turned_to_china(2013, 2018, vintage=vintage))
    own = "By Russia's own books, from 2013 to 2018 China's share of its trade grew"
    reason = f"{own} by {gain:.1f} points and the EU's (28) shrank by {loss:.1f}."

    def before() -> str:
        gain, loss = map(in_percent, trade.turned_to_china(2008, 2013, vintage=vintage))
        grown = f"China's share had grown by {gain:.1f} points and the EU's shrunk by {loss:.1f}"
        return f"In the five years before, 2008 to 2013, {grown}."

    def kappas(code: str) -> str:
        votes = agreement(code, "USA", vintage=vintage)
        first, last = (in_year(votes, year, "kappa") for year in (2013, 2018))
        return f"{actors.name(code)} {first:.2f} to {last:.2f}"

    def voted() -> str:
        both = f"{kappas('CHN')}; {kappas('RUS')}"
        return f"Agreement with the USA in the General Assembly (kappa), 2013 to 2018: {both}."

    tables, value = [TRADE, GROUPS], min(gain, loss)
    found = Finding(value=value, reason=reason, until=2018, tables=tables)
    return found.beside(before, voted)
