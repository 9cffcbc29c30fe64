"""The tests of claims E1-E10 and F3, and Russia's rank among the partners shown; data/claims.csv
says where the thresholds lie, claims.toml what the tests say.
"""

from collections.abc import Sequence

from frenemies import claims
from frenemies.claims import Finding, units
from frenemies.evidence import Vintage, actors
from frenemies.measures import energy, trade
from frenemies.measures.energy import from_origin, growth, imports_by_origin
from frenemies.measures.trade import in_year, mirror_trade
from frenemies.measures.votes import agreement
from frenemies.measures.words import day, in_percent, names
from frenemies.sections import Sentences
from frenemies.sections.economic import compared
from frenemies.sections.economic.compared import fuel_from, traded, year_decided

say = Sentences("economic")


@claims.tests("E1")
def trade_volume(vintage: Vintage) -> Finding:
    """Trade between Russia and China in 2018, USD bn, by each reporter."""
    pairs = (("CHN", "RUS"), ("RUS", "CHN"))
    exports = sum(traded(*pair, 2018, vintage, "export") for pair in pairs)

    def later() -> str:
        books = trade.china_customs("RUS").merge(trade.russia_to_2024("CHN"), on="year")
        each = (
            f"{row.total_x:.1f} and {row.total_y:.1f} in {row.year}" for row in books.itertuples()
        )
        return say("E1.later", each="; ".join(each))

    found = say.found("E1", until=2018, reporters=compared.volume(vintage))
    return found.beside(say.fact("E1.fob", exports), later if vintage == "since" else "")


@claims.tests("E2")
def union_volume(vintage: Vintage) -> Finding:
    """China's trade with the five of the Eurasian Economic Union in 2018, USD bn, by both sides."""
    return say.found("E2", until=2018, reporters=compared.group_volume(vintage))


@claims.tests("E3")
def trade_lag(vintage: Vintage) -> Finding:
    """China's trade with Russia over that with the USA, the EU, Japan and Germany, by its books."""
    year, ratios = compared.last_year(vintage), compared.ratios(vintage)

    def placed() -> str:
        place = trade.rank_of("CHN", "RUS", year, vintage=vintage)
        return say("E3.place", place=place, until=year)

    def turned() -> tuple[str, float]:
        first, four = compared.in_books(vintage), compared.FOUR
        before = compared.ratios(vintage, year=first)
        nearest = max(before, key=before.__getitem__)
        moved = [
            (traded("CHN", one, first, vintage), in_year(trade.china_customs(one), year))
            for one in ("RUS", four[nearest])
        ]
        told = {"first": first, "until": year, "nearest": actors.name(nearest), "moved": moved}
        return say.fact("E3.turned", before[nearest], **told)

    found = say.found("E3", value=max(ratios.values()), until=year, ratios=ratios)
    if year == compared.in_books(vintage):
        return found.beside(placed)
    return found.beside(placed, turned, say("E3.press"))


@claims.tests("E4")
def russian_surplus(vintage: Vintage) -> Finding:
    """Russia's balance with China, USD bn, by each reporter: 2018 as known then, 2019 since."""
    year, both = year_decided(vintage), mirror_trade("RUS", "CHN", vintage=vintage)
    fob, cif = (in_year(both, year, f"{book}_balance") for book in ("fob", "cif"))
    found = say.found("E4", until=year, reporters=compared.surplus(vintage))
    return found.beside(say.fact("E4.fob", fob), say.fact("E4.cif", cif))


@claims.tests("E5")
def oil_growth(vintage: Vintage) -> Finding:
    """Crude oil from Russia to China, growth in percent a year from 2017 on."""
    year, rows = year_decided(vintage), fuel_from("crude oil", "RUS", vintage)
    last = int(rows["year"].max())
    first, sent, newest = (in_year(rows, at, "quantity") for at in (2017, year, last))
    before, now = (in_percent(in_year(rows, at, "share")) for at in (2017, year))
    later = in_percent(growth(first, newest, last - 2017))
    rate = compared.crude_growth(vintage)
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
    used = energy.coal_use("CHN", vintage=vintage)
    known = energy.coal_known_in_2019() if vintage == "then" else used
    last, peak = known.iloc[-1], known.loc[known["coal_ej"].iloc[:-1].idxmax()]
    fall, year = compared.coal_below_peak(vintage), int(last["year"])
    below = units.in_words(fall, "percent below peak")
    level = "" if round(fall, 1) else ", level with it"

    def editions() -> str | tuple[str, float]:
        books = energy.coal_known_in_2019(), energy.coal_use("CHN", vintage="then")
        falls = [in_percent(energy.below_peak(book)) for book in books]
        now = vintage == "then"
        return say.fact("E7.newer", falls[1]) if now else say("E7.editions", below=falls)

    def share() -> str:
        now, most = map(in_percent, (in_year(used, year, "share"), used["share"].max()))
        return say("E7.share", now=now, most=most, until=year)

    coal = imports_by_origin("coal", vintage=vintage)
    russian = coal.query("origin == 'Russia'").sort_values("year")
    bought = ", ".join(f"{row.quantity:.2f} EJ in {row.year}" for row in russian.itertuples())
    found = say.found("E7", value=fall, until=year, last=last, peak=peak, below=below + level)
    return found.beside(editions, share, say("E7.imports", bought=bought or "not held"))


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

    def fact(name: str, sent: list[float]) -> tuple[str, float]:
        return say.fact(name, in_percent(-growth(*sent)), sent=sent)

    def allies() -> tuple[str, float]:
        gas = imports_by_origin("LNG", vintage=vintage)
        gas = gas.query("us_pact != '' and origin != 'Australia'")
        sums = gas.groupby("year", as_index=False)["quantity"].sum()
        return fact("E9.allies", [in_year(sums, year, "quantity") for year in years])

    lng, fall = bought("LNG", "Australia"), compared.lng_fall(vintage)
    found = say.found("E9", value=fall, until=years[1], years=years, sent=lng)
    return found.beside(allies, lambda: fact("E9.crude", bought("crude oil", "Saudi Arabia")))


@claims.tests("E10")
def union_difference(vintage: Vintage) -> Finding:
    """What the four other members add to Russia's trade with China in 2018, percent."""
    shares = trade.added_by_union(2018, vintage=vintage)
    added = {book: in_percent(share) for book, share in shares.items()}
    return say.found("E10", until=2018, reporters=added)


@claims.tests("F3")
def turn_to_china(vintage: Vintage) -> Finding:
    """The smaller of China's gain and the EU28's loss in Russia's trade, 2013-18, in points."""

    def turned(first: int, last: int) -> dict[str, float]:
        gain, loss = map(in_percent, trade.turned_to_china(first, last, vintage=vintage))
        return {"gain": gain, "loss": loss}

    def voted() -> str:
        ways = {code: agreement(code, "USA", vintage=vintage) for code in ("CHN", "RUS")}
        years = (2013, 2018)
        kappas = {code: [in_year(way, at, "kappa") for at in years] for code, way in ways.items()}
        return say("F3.votes", kappas=kappas)

    now = turned(2013, 2018)
    found = say.found("F3", value=min(now.values()), until=2018, **now)
    return found.beside(lambda: say("F3.before", **turned(2008, 2013)), voted)


def rank_sentence(shown: Sequence[str], year: int = 2018) -> str:
    """Where Russia stands among those of China's partners that are switched on, in words.

    shown: ISO3 of the actors that are on. Raises UnknownYear.
    """
    ranked = trade.ranks("CHN", year).query("partner in @shown").reset_index(drop=True)
    if "RUS" not in set(ranked["partner"]):
        return "Russia is switched off: switch it on to see where it stands."
    ahead = ranked.index[ranked["partner"].eq("RUS")][0]
    before = names(ranked["partner"].head(ahead)) if ahead else "nobody"
    placed = f"number {ahead + 1} of the {len(ranked)} partners shown"
    return f"By China's trade in {year} Russia is {placed}. Before it: {before}."
