"""The tests of claims E1-E10 and F3; data/claims.csv says where the thresholds lie, claims.toml
what the tests say.
"""

from frenemies import claims
from frenemies.claims import Finding, units
from frenemies.evidence import Vintage, actors
from frenemies.measures import energy, trade
from frenemies.measures.energy import coal_use, from_origin, growth, imports_by_origin
from frenemies.measures.trade import in_year, mirror_trade
from frenemies.measures.votes import agreement
from frenemies.measures.words import day, in_percent
from frenemies.sections import Sentences
from frenemies.sections.economic import compared
from frenemies.sections.economic.compared import fuel_from, traded, year_decided

say = Sentences("economic")


@claims.tests("E1")
def trade_volume(vintage: Vintage) -> Finding:
    """Trade between Russia and China in 2018, USD bn, by each reporter."""
    pairs = (("CHN", "RUS"), ("RUS", "CHN"))
    exports = sum(traded(*pair, 2018, vintage, "export") for pair in pairs)
    found = say.found("E1", until=2018, reporters=compared.volume(vintage))
    return found.beside(say.fact("E1.fob", exports))


@claims.tests("E2")
def union_volume(vintage: Vintage) -> Finding:
    """China's trade with the five of the Eurasian Economic Union in 2018, USD bn, by both sides."""
    return say.found("E2", until=2018, reporters=compared.group_volume(vintage))


@claims.tests("E3")
def trade_lag(vintage: Vintage) -> Finding:
    """China's trade with Russia over that with the USA, the EU, Japan and Germany, by its books."""
    year, ratios = compared.last_year(vintage), compared.ratios(vintage)
    told = ", ".join(f"{actors.name(code)} {ratio:.2f}" for code, ratio in ratios.items())

    def placed() -> str:
        place = trade.rank_of("CHN", "RUS", year, vintage=vintage)
        return say("E3.place", place=place, until=year)

    end = say("E3.end", until=year) if vintage == "since" else ""
    found = say.found("E3", value=max(ratios.values()), until=year, ratios=told)
    return found.beside(placed, end)


@claims.tests("E4")
def russian_surplus(vintage: Vintage) -> Finding:
    """Russia's balance with China, USD bn, by each reporter: 2018 as known then, 2019 since."""
    year, both = year_decided(vintage), mirror_trade("RUS", "CHN", vintage=vintage)
    china, russia, fob, cif = (
        in_year(both, year, f"{book}_balance") for book in ("mirror", "own", "fob", "cif")
    )
    found = say.found("E4", until=year, reporters={"CHN": china, "RUS": russia})
    return found.beside(say.fact("E4.fob", fob), say.fact("E4.cif", cif))


@claims.tests("E5")
def oil_growth(vintage: Vintage) -> Finding:
    """Crude oil from Russia to China, growth in percent a year from 2017 on."""
    year, rows = year_decided(vintage), fuel_from("crude oil", "RUS", vintage)
    last = int(rows["year"].max())
    first, sent, newest = (in_year(rows, at, "quantity") for at in (2017, year, last))
    before, now = (in_percent(in_year(rows, at, "share")) for at in (2017, year))
    rate = in_percent(growth(first, sent, year - 2017))
    later = in_percent(growth(first, newest, last - 2017))
    return say.found("E5", value=rate, until=year, first=first, sent=sent).beside(
        say("E5.shares", before=before, now=now, until=year),
        say.fact("E5.later", later, last=last) if last > year else "",
    )


@claims.tests("E6")
def gas_share(vintage: Vintage) -> Finding:
    """Russia's share of China's gas imports, percent: 2018 as known then, 2019 since."""
    year, rows = year_decided(vintage), fuel_from("gas", "RUS", vintage)
    last = int(rows["year"].max())
    share, later = (in_percent(in_year(rows, at, "share")) for at in (year, last))
    before, sent = (in_year(rows, at, "quantity") for at in (year - 1, year))
    return say.found("E6", value=share, until=year, sent=sent).beside(
        say("E6.grown", growth=in_percent(growth(before, sent))),
        say.fact("E6.later", later, last=last) if last > year else "",
    )


@claims.tests("E7")
def coal_fall(vintage: Vintage) -> Finding:
    """China's coal against its peak before, percent below: the edition of 2019, or the latest."""
    used = coal_use("CHN", vintage=vintage)
    known = energy.coal_known_in_2019() if vintage == "then" else used
    last, peak = known.iloc[-1], known.loc[known["coal_ej"].iloc[:-1].idxmax()]
    fall, year = in_percent(energy.below_peak(known)), int(last["year"])
    below = units.in_words(fall, "percent below peak")
    level = "" if round(fall, 1) else ", level with it"

    def share() -> str:
        now, most = map(in_percent, (in_year(used, year, "share"), used["share"].max()))
        return say("E7.share", now=now, most=most, until=year)

    def newer() -> tuple[str, float]:
        return say.fact("E7.newer", in_percent(energy.below_peak(used)))

    def editions() -> str:
        books = energy.coal_known_in_2019(), energy.coal_use("CHN", vintage="then")
        return say("E7.editions", below=[in_percent(energy.below_peak(book)) for book in books])

    coal = imports_by_origin("coal", vintage=vintage)
    russian = coal.query("origin == 'Russia'").sort_values("year")
    bought = ", ".join(f"{row.quantity:.2f} EJ in {row.year}" for row in russian.itertuples())
    found = say.found("E7", value=fall, until=year, last=last, peak=peak, below=below + level)
    imported = say("E7.imports", bought=bought or "not held")
    return found.beside(newer if vintage == "then" else editions, share, imported)


@claims.tests("E8")
def us_exports_fall(vintage: Vintage) -> Finding:
    """Fall of US energy exports to China, percent: the year to June 2019 (or 2019) on the last."""
    end = "2019-06" if vintage == "then" else "2019-12"
    fall = in_percent(energy.us_energy_fall(end, vintage=vintage))
    months = (energy.year_before(end), end)
    before, after = (energy.twelve_months_to(month, vintage=vintage) for month in months)
    first, last = map(day, months)
    spans = {"before": before, "after": after, "first": first, "last": last}
    found = say.found("E8", value=fall, until=end, **spans)
    if vintage == "then":
        return found
    later = energy.twelve_months_to("2020-12", vintage=vintage)
    return found.beside(say.fact("E8.deal", in_percent(-growth(before, later)), later=later))


@claims.tests("E9")
def ally_energy_fall(vintage: Vintage) -> Finding:
    """Fall of China's LNG imports from Australia in the year that decides, percent."""
    years = [year_decided(vintage) - 1, year_decided(vintage)]

    def bought(fuel: str, origin: str) -> list[float]:
        return [from_origin(fuel, origin, year, vintage=vintage) for year in years]

    def fall(sent: list[float]) -> float:
        return in_percent(-growth(*sent))

    def allies() -> tuple[str, float]:
        gas = imports_by_origin("LNG", vintage=vintage)
        gas = gas.query("us_pact != '' and origin != 'Australia'")
        sums = gas.groupby("year", as_index=False)["quantity"].sum()
        sent = [in_year(sums, year, "quantity") for year in years]
        return say.fact("E9.allies", fall(sent), sent=sent)

    def crude() -> tuple[str, float]:
        sent = bought("crude oil", "Saudi Arabia")
        return say.fact("E9.crude", fall(sent), sent=sent)

    lng = bought("LNG", "Australia")
    found = say.found("E9", value=fall(lng), until=years[1], years=years, sent=lng)
    return found.beside(allies, crude)


@claims.tests("E10")
def union_difference(vintage: Vintage) -> Finding:
    """What the four other members add to Russia's trade with China in 2018, percent."""
    shares = trade.added_by_union(2018, vintage=vintage)
    added = {book: in_percent(share) for book, share in shares.items()}
    return say.found("E10", until=2018, reporters=added)


@claims.tests("F3")
def turn_to_china(vintage: Vintage) -> Finding:
    """The smaller of China's gain and the EU28's loss in Russia's trade, 2013-18, in points."""
    gain, loss = map(in_percent, trade.turned_to_china(2013, 2018, vintage=vintage))

    def before() -> str:
        gain, loss = map(in_percent, trade.turned_to_china(2008, 2013, vintage=vintage))
        return say("F3.before", gain=gain, loss=loss)

    def kappas(code: str) -> str:
        votes = agreement(code, "USA", vintage=vintage)
        first, last = (in_year(votes, year, "kappa") for year in (2013, 2018))
        return f"{actors.name(code)} {first:.2f} to {last:.2f}"

    def voted() -> str:
        return say("F3.votes", kappas=f"{kappas('CHN')}; {kappas('RUS')}")

    found = say.found("F3", value=min(gain, loss), until=2018, gain=gain, loss=loss)
    return found.beside(before, voted)
