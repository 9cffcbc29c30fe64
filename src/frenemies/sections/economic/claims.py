"""The tests of this section's claims, and Russia's rank among the partners shown; claims.toml says
where the thresholds lie, and what the tests say.
"""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from frenemies.measures import energy, trade
from frenemies.measures.energy import growth, imports_by_origin
from frenemies.measures.trade import in_year
from frenemies.measures.votes import agreement
from frenemies.sections.economic import claim_measures
from frenemies.sections.economic.claim_measures import fuel_from, traded
from heldto import claims, evidence
from heldto.claims import Finding, course, units
from heldto.claims.sentences import Sentences
from heldto.claims.verdict import Fact
from heldto.claims.verdict import whose_books as books_of
from heldto.errors import Problem
from heldto.evidence import Vintage, actors
from heldto.measures import change, share
from heldto.text.options import picked, span_of
from heldto.text.words import format_day, in_percent, join_names

# How the choices of a reading are said

PRICED = {"fob": "exports (FOB against FOB)", "cif": "imports (CIF against CIF)"}
GAS = {"gas": "gas", "pipeline": "gas by pipeline", "LNG": "LNG"}
COAL = {"coal_ej": ("China's coal", "EJ", 1), "share": ("Coal's share of China's energy", "%", 100)}
LENGTHS = {"halves": "half-year"}  # of the spans that E8 compares, where it is not a year

say = Sentences()


@claims.tests("E1", "RUS")
def trade_volume(
    vintage: Vintage,
    china: str = "CHN",
    russia: str = "RUS",
    *,
    books: str = "both",
    year: str = "2018",
) -> Finding:
    """Trade between Russia and China in 2018, USD bn, by each reporter."""
    figures = claim_measures.trade_by_both(vintage, china, russia, books=books, year=year)
    fob = claim_measures.trade_by_both(vintage, china, russia, books="fob", year=year)["fob"]

    def later() -> str:
        books = trade.china_customs("RUS").merge(trade.russia_to_2024("CHN"), on="year")
        phrases = map("{0.total_x:.1f} and {0.total_y:.1f} in {0.year}".format, books.itertuples())
        latest = trade.china_customs("RUS").iloc[-1]
        return say("E1.later", each="; ".join(phrases), last=latest)

    return _by_books(
        "E1", figures, year, say.fact("E1.fob", fob), later if vintage == "since" else ""
    )


@claims.tests("E2", "EAEU5")
def union_volume(
    vintage: Vintage,
    china: str = "CHN",
    five: str = "EAEU5",
    *,
    books: str = "both",
    year: str = "2018",
) -> Finding:
    """China's trade with the five of the Eurasian Economic Union in 2018, USD bn, by both sides."""
    return _by_books(
        "E2", claim_measures.trade_by_both(vintage, china, five, books=books, year=year), year
    )


def _by_books(claim: str, figures: dict[str, float], year: int | str, *facts: Fact) -> Finding:
    """The finding on the figures of both books; on one figure alone, by which book or price."""
    (book, value), *others = figures.items()
    if others:
        return say.found(claim, *facts, reporters=figures, until=year)
    how = f"both sides' {PRICED[book]}" if book in PRICED else books_of(book)
    return say.found(f"{claim}.one_book", *facts, value=value, until=year, how=how)


@claims.tests("E3", "RUS")
def trade_lag(
    vintage: Vintage,
    china: str = "CHN",
    russia: str = "RUS",
    *,
    flow: str = "total",
    year: str = "",
    books: str = "China",
    measure: str = "size",
) -> Finding:
    """China's trade with Russia over that with the USA, the EU, Japan and Germany, by its books."""
    if picked({"size": False, "intensity": True}, measure, "measure"):
        last_year = claim_measures.year_and_vintage(
            year, vintage, claim_measures.in_books(vintage)
        )[0]
        intense = claim_measures.intensities(last_year, vintage, china, russia)
        context = {"value": max(intense.values()), "until": last_year, "ratios": intense}
        return say.found("E3.intensity", **context)
    if {china, russia} & claim_measures.FOUR.keys():
        raise Problem("the four of E3 are what the others are compared with: choose another actor")
    ratios = claim_measures.ratios(vintage, china, russia, flow=flow, year=year, books=books)
    until, record = claim_measures.year_and_vintage(
        year, vintage, claim_measures.last_year_reported(vintage, china)
    )
    context = {"by": "" if books == "China" else say("E3.own"), "flow": say(f"E3.{flow}")}

    def placed() -> str:
        place = trade.rank_of(china, russia, until, vintage=record)
        key = "E3.place" if until <= claim_measures.in_books(record) else "E3.held"
        return say(key, place=place, until=until)

    def turned() -> tuple[str, float]:
        last_in_books, four = claim_measures.in_books(vintage), claim_measures.FOUR
        earlier_ratios = claim_measures.ratios(vintage, china, russia, year=str(last_in_books))
        nearest = max(earlier_ratios, key=earlier_ratios.__getitem__)
        moved = [
            (traded(china, code, last_in_books, vintage), in_year(trade.china_customs(code), until))
            for code in (russia, four[nearest])
        ]
        fields = {
            "first": last_in_books,
            "until": until,
            "nearest": actors.name(nearest),
            "moved": moved,
        }
        return say.fact("E3.turned", earlier_ratios[nearest], **fields)

    def after() -> str:
        year, ratio_by_name = claim_measures.after(until, russia)
        return say("E3.after", year=year, held=ratio_by_name) if ratio_by_name else ""

    later_facts = (
        () if until <= claim_measures.in_books(record) else (turned, say("E3.press"), after)
    )
    value = max(ratios.values())
    return say.found("E3", placed, *later_facts, value=value, until=until, ratios=ratios, **context)


@claims.tests("E4", "RUS")
def russian_surplus(
    vintage: Vintage,
    russia: str = "RUS",
    china: str = "CHN",
    *,
    balance: str = "each",
    year: str = "",
) -> Finding:
    """Russia's balance with China, USD bn, by each reporter: 2018 as known then, 2019 since."""
    figures = claim_measures.surplus(vintage, russia, china, balance=balance, year=year)

    def by(price: str) -> tuple[str, float]:
        priced = claim_measures.surplus(vintage, russia, china, balance=price, year=year)
        return say.fact(f"E4.{price}", priced[price])

    until = claim_measures.year_and_vintage(year, vintage)[0]
    return _by_books("E4", figures, until, partial(by, "fob"), partial(by, "cif"))


@course.yearly("E4")
def balance_by_year(vintage: Vintage) -> pd.Series:
    """Russia's balance of trade with China by year, USD bn, by Russia's own books."""
    return trade.mirror_trade("RUS", "CHN", vintage=vintage).set_index("year")["own_balance"]


@claims.tests("E5", "RUS")
def oil_growth(
    vintage: Vintage, russia: str = "RUS", *, measure: str = "tonnes", span: str = ""
) -> Finding:
    """Crude oil from Russia to China, growth in percent a year from 2017 on."""
    rate = claim_measures.crude_growth(vintage, russia, measure=measure, span=span)
    step = claim_measures.step("crude oil", russia, vintage, span)
    (start, year), shares = step.years, in_percent(pd.Series(step.share))
    last = int(fuel_from("crude oil", russia, vintage)["year"].max())
    context = {"value": rate, "until": year, "sent": step.sent, "start": start}

    def later() -> tuple[str, float]:
        newest = claim_measures.step("crude oil", russia, vintage, f"{start}-{last}")
        return say.fact("E5.later", newest.growth(), last=last)

    context |= {"figure": say(f"E5.{measure}", value=rate)}
    shares_fact = say("E5.shares", shares=shares, start=start, until=year)
    return say.found("E5", shares_fact, later if last > year else "", **context)


@claims.tests("E6", "RUS")
def gas_share(
    vintage: Vintage,
    russia: str = "RUS",
    *,
    measure: str = "share",
    fuel: str = "gas",
    span: str = "",
) -> Finding:
    """Russia's share of China's gas imports, percent: 2018 as known then, 2019 since."""
    value = claim_measures.gas_import_share(vintage, russia, measure=measure, fuel=fuel, span=span)
    step = claim_measures.step(claim_measures.GAS[fuel], russia, vintage, span)
    start, year = step.years
    context = {"fuel": GAS[fuel], "figure": say(f"E6.{measure}", value=value, start=start)}

    def newest() -> claim_measures.Growth:
        last = int(fuel_from("gas", russia, vintage)["year"].max())
        return claim_measures.step(claim_measures.GAS[fuel], russia, vintage, f"{year - 1}-{last}")

    def grown() -> str:
        first_amount = newest().sent[0]
        return (
            say("E6.grown", growth=in_percent(growth(first_amount, step.sent[1])))
            if first_amount
            else ""
        )

    def later() -> str | tuple[str, float]:
        last, share = newest().years[1], newest().share[1]
        return say.fact("E6.later", in_percent(share), last=last) if last > year else ""

    return say.found("E6", grown, later, value=value, until=year, sent=step.sent[1], **context)


@course.yearly("E7")
def coal_by_year(vintage: Vintage) -> pd.Series:
    """The coal that China burns by year, EJ, by today's edition."""
    return energy.coal_use("CHN", vintage=vintage).set_index("year")["coal_ej"]


@claims.tests("E7", "CHN", note="The figures of others for August 2019 are today's.")
def coal_fall(
    vintage: Vintage,
    china: str = "CHN",
    *,
    edition: str = "",
    measure: str = "level",
    peak: str = "before",
    year: str = "",
) -> Finding:
    """China's coal against its peak before, percent below: the edition of 2019, or the latest."""
    choices = {"edition": edition, "measure": measure, "peak": peak, "year": year}
    last_row, peak_row, column = claim_measures.coal(vintage, china=china, **choices)
    fall = in_percent(float(1 - last_row[column] / peak_row[column]))
    until = int(last_row["year"])

    def editions() -> str | tuple[str, float]:
        books = energy.coal_known_in_2019(), energy.coal_use(china, vintage="then")
        falls = [in_percent(energy.below_peak(book)) for book in books]
        is_then = vintage == "then"
        return say.fact("E7.newer", falls[1]) if is_then else say("E7.editions", below=falls)

    def share() -> str:
        used = energy.coal_use(china, vintage=vintage)
        now, highest = map(in_percent, (in_year(used, until, "share"), used["share"].max()))
        return say("E7.share", now=now, most=highest, until=until, first=used["year"].min())

    def imports() -> str:
        coal = imports_by_origin("coal", vintage=vintage)
        russian = coal[coal.origin.eq("Russia")].sort_values("year")
        bought = ", ".join(f"{row.quantity:.2f} EJ in {row.year}" for row in russian.itertuples())
        return say("E7.imports", bought=bought or "not held")

    by = "" if edition in ("", "2019" if vintage == "then" else "2026") else edition
    context = {"value": fall, "until": until, "last": last_row, "peak": peak_row}
    context["by"] = f" by the edition of {by}" if by else ""
    if measure == "level":
        context["grain"] = lambda: (1 / peak_row[column], "a hundredth of an exajoule")
    if measure == "level" and peak == "before":
        level = "" if round(fall, 1) else ", level with it"
        context["below"] = units.format_long(fall, "percent below peak") + level
        return say.found("E7", editions, share, imports, **context)
    what, unit, scale = COAL[column]
    context |= {"now": last_row[column] * scale, "before": peak_row[column] * scale}
    context |= {"what": what, "unit": unit, "off": _moved(fall, "less", "more")}
    return say.found("E7.against", editions, share, imports, **context)


@claims.tests("E8")
def us_exports_fall(
    vintage: Vintage, *, fuels: str = "four", measure: str = "value", span: str = ""
) -> Finding:
    """Fall of US energy exports to China, percent: the year to June 2019 (or 2019) on the last."""
    sold = claim_measures.shipped(vintage, fuels=fuels, measure=measure, span=span)
    (before, after), (first, last) = sold.sent, map(format_day, sold.years)
    context = {"before": before, "after": after, "first": first, "last": last}
    context |= {
        "fell": _moved(sold.fall, "fell", "rose", ".0f"),
        "length": LENGTHS.get(span, "year"),
    }
    kinds = " (nine products)" if fuels == "nine" else ""
    facts = []
    if vintage == "since":
        later = energy.twelve_months_to("2020-12", vintage=vintage)
        facts = [say.fact("E8.deal", in_percent(-growth(before, later)), later=later)]
    return say.found("E8", *facts, value=sold.fall, until=sold.years[1], kinds=kinds, **context)


@claims.tests("E9", "Australia")
def ally_energy_fall(
    vintage: Vintage, australia: str = "Australia", *, fuel: str = "Australian LNG"
) -> Finding:
    """Fall of China's LNG imports from Australia in the year that decides, percent."""
    sold = claim_measures.fuel_sold(vintage, fuel, australia)

    def allies() -> tuple[str, float]:
        lng = claim_measures.fuel_sold(vintage, australia=australia)
        allied = claim_measures.fuel_sold(vintage, "allied LNG").sent
        sent = [
            total - australia_amount
            for total, australia_amount in zip(allied, lng.sent, strict=True)
        ]
        return say.fact("E9.allies", in_percent(-growth(*sent)), sent=sent)

    def crude() -> tuple[str, float]:
        saudi = claim_measures.fuel_sold(vintage, "Saudi crude")
        return say.fact("E9.crude", saudi.fall, sent=saudi.sent)

    context = {"value": sold.fall, "until": sold.years[1], **sold._asdict()}
    return say.found("E9", allies, crude, **context)


@claims.tests("E10")
def union_difference(vintage: Vintage, *, books: str = "both", year: str = "2018") -> Finding:
    """What the four other members add to Russia's trade with China in 2018, percent."""
    return _by_books("E10", claim_measures.union_adds(vintage, books=books, year=year), year)


@claims.tests("E11")
def coal_sold(
    vintage: Vintage, *, span: str = "2018", measure: str = "amount", burnt: str = "any"
) -> Finding:
    """Russian coal that China imports: growth from 2018 to the last year held, percent a year."""
    years = fuel_from("coal", "RUS", vintage).year
    first, last = span_of(span) if span != "2018" else (int(years.min()), int(years.max()))
    if measure == "oil or gas":
        return _oil_or_gas(vintage)
    column = picked({"amount": "sent", "share": "share"}, measure, "measure")
    fell = picked({"any": False, "less": True}, burnt, "choice")
    if first == last:
        return say.found("E11.alone", until=first)
    step = claim_measures.step("coal", "RUS", "since", f"{first}-{last}")
    rate = step.growth(column)
    used = energy.coal_use("CHN", vintage="since")
    coal = [in_year(used, year, "coal_ej") for year in step.years]
    is_met = coal[1] < coal[0] or not fell
    context = {"sent": step.sent, "start": first, "grew": say(f"E11.{measure}", value=rate)}
    context |= {"no_fall": "" if is_met else say("E11.no_fall", coal=coal)}
    context |= {"value": rate if is_met else "fails", "until": last}
    return say.found("E11", say("E11.burnt", coal=coal), say("E11.other"), **context)


def _oil_or_gas(vintage: Vintage) -> Finding:
    """Growth of Russian oil or gas for China, the larger, from 2017 on, percent a year; no figure
    where China burnt no less coal, or where the edition has no coal of 2017.
    """
    oil, gas = (claim_measures.step(fuel, "RUS", vintage, "") for fuel in ("crude oil", "gas"))
    used = energy.coal_known_in_2019() if vintage == "then" else energy.coal_use("CHN")
    if oil.years[0] not in used.year.to_list():
        return say.found("E11.no coal", start=oil.years[0], held=used.year.to_list())
    coal = [in_year(used, year, "coal_ej") for year in oil.years]
    rates = {"oil": oil.growth(), "gas": gas.growth()}
    fell = coal[1] < coal[0]
    context = {"start": oil.years[0], "until": oil.years[1], "coal": coal, **rates}
    context |= {"nothing": "" if fell else say("E11.nothing")}
    context |= {"value": max(rates.values()) if fell else None}
    return say.found("E11.oil or gas", **context)


claims.tests("E12")(lambda vintage: say.found("E12"))  # no trade by product is held


@claims.tests("E13")
def oil_for_oil(
    vintage: Vintage,
    *,
    fuel: str = "crude oil",
    allies: str = "pact",
    measure: str = "share",
    span: str = "",
) -> Finding:
    """The smaller of Russia's gain and the loss of the USA and its allies in China's crude imports,
    from 2017 to the year that decides, in points."""
    moved = claim_measures.gain_and_loss(
        vintage, fuel=fuel, allies=allies, measure=measure, span=span
    )
    year, start = claim_measures.year_and_vintage(span, vintage)[0], span_of(span or "2017")[0]
    context = {"start": start, "fuel": FUELS[fuel], "allies": say(f"E13.{allies}"), **moved}
    context |= {"value": min(moved["russian"], -moved["allied"]), "until": year}
    return say.found("E13" if measure == "share" else "E13.amount", say("E13.price"), **context)


FUELS = {"crude oil": "crude oil", "LNG": "LNG", "together": "crude oil and LNG, by energy,"}


@claims.tests("E14")
def dominated_union(vintage: Vintage, *, measure: str = "product", year: str = "") -> Finding:
    """Russia's share of what the five of the Eurasian Economic Union produce, percent."""
    rows = evidence.table("economic/gdp_population", "since" if year else vintage)
    column, what = picked(WEIGHTS, measure, "measure")
    rows = rows[rows.actor.isin(FIVE)].dropna(subset=[column])
    complete = rows[rows.groupby("year").actor.transform("size").eq(len(FIVE))]
    five = f"the {what} of all five of the Eurasian Economic Union"
    until = span_of(year)[1] if year else evidence.some(complete, f"{five} in one year").year.max()
    sizes = evidence.some(complete[complete.year.eq(until)], f"{five} in {until}")
    russia = share(sizes, column, {"actor": "RUS"}).value
    return say.found("E14", say("E14.votes"), value=russia, until=until, what=what)


@claims.tests("E15")
def trade_war(vintage: Vintage) -> Finding:
    """By how much the tariffs of China and the USA on each other's goods have risen, in points."""
    rows = evidence.table("economic/tariffs", vintage)
    sides = {"reporter": "CHN", "partner": "USA"}, {"reporter": "USA", "partner": "CHN"}
    until = rows.groupby("reporter").month.max().min()  # the last month known of both
    months = ["2018-01", until]
    risen = [change(rows, "tariff_pct", months, where=side, time="month") for side in sides]
    value, now = tuple(one.value for one in risen), [one.parts["after"] for one in risen]
    return say.found("E15", say("E15.word"), value=value, until=until, now=now)


FIVE = ["ARM", "BLR", "KAZ", "KGZ", "RUS"]
WEIGHTS = {"product": ("gdp_usd", "gross domestic product"), "people": ("population", "population")}


@course.yearly("F3")
def turned_by_year(vintage: Vintage) -> pd.Series:
    """China's share of Russia's trade by year, percent, by Russia's own books; not of the years in
    which these name no partner for a large part of it.
    """
    shares = trade.share_of_trade("RUS", "CHN", vintage=vintage).set_index("year")["share"]
    return in_percent(shares)


@claims.tests(
    "F3",
    "RUS",
    note="Of 2013 Saudi Arabia's exports and Uzbekistan's trade are totals split by fixed shares.",
)
def turn_to_china(
    vintage: Vintage,
    russia: str = "RUS",
    *,
    start: str = "2013",
    end: str = "2018",
    union: str = "EU28",
    trend: str = "kept",
) -> Finding:
    """The smaller of China's gain and the EU28's loss in Russia's trade, 2013-18, in points; for
    nobody whose trade with China was filled in.
    """
    claim_measures.reported(russia, "CHN", 2018)
    points = claim_measures.turn(vintage, russia, start=start, end=end, union=union, trend=trend)
    first, last = int(start), int(end)

    def voted() -> str:
        votes_by_code = {code: agreement(code, "USA", vintage=vintage) for code in ("CHN", russia)}
        kappas = {
            code: [in_year(rows, year, "kappa") for year in (first, last)]
            for code, rows in votes_by_code.items()
        }
        return say("F3.votes", kappas=kappas, start=first, until=last)

    def before() -> str:
        moved = claim_measures.turn(vintage, russia, start=f"{first - 5}", end=start, union=union)
        return say("F3.before", **moved, start=first - 5, until=first)

    less = say("F3.paced") if trend == "less" else ""
    gain, loss = _moved(points["gain"], "grew", "shrank"), _moved(points["loss"], "shrank", "grew")
    context = {"start": first, "members": union[2:], "gain": f"{gain} points", "loss": loss}
    context |= {"value": min(points.values()), "until": last, "less": less}
    return say.found("F3", before, voted, **context)


@claims.tests("F10")
def strained_relations(vintage: Vintage, *, kinds: str = "all", year: str = "2018") -> Finding:
    """Kinds of sanctions that the European Union had in force on Russia in 2018."""
    counted_kinds = picked({"all": KINDS, "trade": ["trade", "arms", "financial"]}, kinds, "kinds")
    rows = evidence.where("geopolitical/sanctions", vintage, sender="EU", target="RUS")
    first, when = int(rows.year.min()), span_of(year)[1]
    subject = f"sanctions of the EU on Russia in {when}"
    row = evidence.some(rows[rows.year.eq(when)], subject).iloc[0]
    in_force = [kind for kind in counted_kinds if row[kind]]
    context = {"listed": ", ".join(KIND_NAMES.get(kind, kind) for kind in in_force), "when": when}
    context |= {"value": len(in_force), "until": when}
    return say.found("F10", say("F10.first", first=first), **context)


KINDS = ["trade", "arms", "military", "financial", "travel", "other"]
KIND_NAMES = {"military": "military assistance", "financial": "money"}


def _moved(figure: float, up: str, down: str, form: str = ".1f") -> str:
    """Which way something went, and by how much: "grew by 5.2"."""
    return f"{up if figure == abs(figure) else down} by {abs(figure):{form}}"


def rank_sentence(shown: Sequence[str], year: int = 2018) -> str:
    """Where Russia stands among those of China's partners that are switched on, in words.

    shown: ISO3 of the actors that are on. Raises UnknownYear.
    """
    ranked = trade.ranks("CHN", year).query("partner in @shown").reset_index(drop=True)
    if "RUS" not in set(ranked["partner"]):
        return "Russia is switched off: switch it on to see its place."
    ahead = ranked.index[ranked["partner"].eq("RUS")][0]
    names = join_names(ranked["partner"].head(ahead)) if ahead else "nobody"
    several = f"among the {len(ranked)} partners that are switched on here"
    alone = ranked["partner"].eq("RUS").all()
    among = "of the one partner that is switched on here" if alone else several
    return f"By China's trade in {year}, {among}, Russia is number {ahead + 1}. Before it: {names}."
