"""What the tests of this section's claims measure, for any actor in the place of the article's,
under the choices of a reading (keyword-only, as data/readings.csv has them; "" is the ledger's).
"""

from math import isnan
from typing import Any, NamedTuple

import pandas as pd

from frenemies.measures import energy
from frenemies.measures.energy import growth, imports_by_origin
from frenemies.measures.trade import (
    TOP_TWENTY,
    UNTOLD,
    china_customs,
    goods_trade,
    in_year,
    under_no_partner,
)
from heldto import evidence
from heldto.claims.substitute import title
from heldto.errors import NotHeld
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.arguments import one_of
from heldto.text.options import picked, span_of
from heldto.text.words import capital, in_percent

FOUR = {"USA": "USA", "EU": "EU28", "JPN": "JPN", "DEU": "DEU"}  # with whom E3 compares
MIRRORED = {"total": "total", "import": "export", "export": "import"}  # a flow in the other's books
GAS = {"gas": "gas", "pipeline": "pipeline gas", "LNG": "LNG"}
US_SPANS = {"months": ("2019-06", 12), "halves": ("2019-06", 6), "years": ("2018-12", 12)}
COAL = {"level": "coal_ej", "share": "share"}
EDITIONS = ("2019", "2020", "2021", "2026")  # the last one with a series
UNITS = {"LNG": ("bcm", 0.036), "crude oil": ("Mt", energy.MTOE), "coal": ("EJ", 1)}  # and in EJ
PACT = "all origins with a US defence pact"
ALLIED = f"the United States and {PACT}"
SOLD = {  # what E9 looks at: who sends which fuels, "" for Australia
    "Australian LNG": ("", "LNG"),
    "allied LNG": (PACT, "LNG"),
    "coal": ("", "coal"),
    "Canadian crude": ("Canada", "crude oil"),
    "Saudi crude": ("Saudi Arabia", "crude oil"),
    "together": (ALLIED, "LNG", "crude oil"),  # coal is not held before 2018
}


def year_decided(vintage: Vintage) -> int:
    """The year that decides a claim about 2019: the last one known then, or 2019 itself."""
    return 2018 if vintage == "then" else 2019


def year_and_vintage(year: str, vintage: Vintage, own: int = 0) -> tuple[int, Vintage]:
    """The year of a reading, and the record it is read from: all of it where a year is named; else
    the ledger's own year, the one that decides a claim about 2019 if none is given.
    """
    return (span_of(year)[1], "since") if year else (own or year_decided(vintage), vintage)


def traded(one: str, other: str, year: int, vintage: Vintage, column: str = "total") -> float:
    """A figure of one reporter's trade with another in a year, USD bn."""
    rows, columns = _flows()
    places = [columns.get((year, flow)) for flow in ("export", "import")]
    is_known = vintage == "since" or year <= evidence.CUTS["annual"]
    if is_known and (one, other) in rows and None not in places:
        exports, imports = rows[one, other][places].tolist()
        if not isnan(exports + imports):
            return {"export": exports, "import": imports, "total": exports + imports}[column]
    return in_year(goods_trade(one, other, vintage=vintage), year, column)


@cached
def _flows() -> tuple[dict, dict]:
    """All books, USD bn: {(reporter, partner): array}, {(year, flow): place in the array}."""
    tables = ("economic/trade", "economic/trade_groups")
    books = pd.concat(map(evidence.table, tables))
    wide = books.pivot(index=["reporter", "partner"], columns=["year", "flow"], values="value_usd")
    columns = {key: place for place, key in enumerate(wide)}
    return dict(zip(wide.index, wide.to_numpy() / 1e9, strict=True)), columns


@cached
def fuel_from(fuel: str, origin: str, vintage: Vintage) -> pd.DataFrame:
    """China's imports of a fuel by year from an actor, an origin by its name, or all those with a
    pact. Raises NotHeld.
    """
    rows = imports_by_origin(fuel, vintage=vintage)
    if origin in (PACT, ALLIED):
        chosen = rows.us_pact.ne("") | (rows.actor.eq("USA") & (origin == ALLIED))
    else:
        chosen = rows.actor.eq(origin) | rows.origin.eq(origin)
    return evidence.some(rows[chosen], f"{fuel} from {title(origin)}")


# Trade in two books


@cached
def reported(one: str, other: str, year: int) -> None:
    """Raises NotHeld where the books of one on another are no second witness: filled in, in part or
    all.
    """
    books = evidence.where("economic/trade", reporter=one, partner=other)
    if books.imputed[books.year.eq(year)].any():
        subject = f"the books of {title(one)} on {title(other)}"
        raise NotHeld(f"{subject} were filled in for {year}, in part or all")


def flows(one: str, other: str, year: int, vintage: Vintage) -> dict[str, tuple[float, float]]:
    """What a second one sold to a first and what it bought there, USD bn: in the first one's books,
    in its own, by what both call exports (fob), by what both call imports (cif). Raises NotHeld.
    """
    reported(other, one, year)
    pairs = (one, other), (other, one)
    other_exports, one_exports = (
        traded(*pair, year, vintage, "export") for pair in reversed(pairs)
    )
    one_imports, other_imports = (traded(*pair, year, vintage, "import") for pair in pairs)
    return {
        one: (one_imports, one_exports),
        other: (other_exports, other_imports),
        "fob": (other_exports, one_exports),
        "cif": (one_imports, other_imports),
    }


def _kept(figures: dict[str, float], books: str) -> dict[str, float]:
    """Of figures by book, as `flows` has them, those that a reading asks for."""
    china, partner, fob, cif = figures
    keys = {"both": [china, partner], "China": [china], "partner": [partner]}
    keys |= {fob: [fob], cif: [cif]}
    return {key: figures[key] for key in picked(keys, books, "choice of books")}


def trade_by_both(
    vintage: Vintage,
    china: str = "CHN",
    russia: str = "RUS",
    *,
    books: str = "both",
    year: str = "2018",
) -> dict[str, float]:
    """Trade of two in 2018, USD bn, by both their books."""
    flows_by_book = flows(china, russia, *year_and_vintage(year, vintage))
    return _kept({book: sold + bought for book, (sold, bought) in flows_by_book.items()}, books)


def union_adds(vintage: Vintage, **choices: str) -> dict[str, float]:
    """What the four other members add to Russia's trade with China, percent, by both books."""
    fours, russias = (
        trade_by_both(vintage, "CHN", partner, **choices) for partner in ("EAEU4", "RUS")
    )
    pairs = zip(fours.items(), russias.values(), strict=True)
    return {book: in_percent(four / russia) for (book, four), russia in pairs}


def ratios(
    vintage: Vintage,
    china: str = "CHN",
    russia: str = "RUS",
    *,
    flow: str = "total",
    year: str = "",
    books: str = "China",
) -> dict[str, float]:
    """One reporter's trade with an actor over that with each of the four, in its last year: since,
    China's is that of its customs."""
    end, vintage = year_and_vintage(year, vintage, last_year_reported(vintage, china))
    four = FOUR | {"EU": "EU28" if end < 2020 else "EU27"}
    by_partner = picked({"China": False, "partners": True}, books, "choice of books")
    mirrored = picked(MIRRORED, flow, "flow")

    def amount(code: str) -> float:
        if end == TOP_TWENTY:
            return in_year(china_customs(code, vintage=vintage), end, flow)
        pair, column = ((code, china), mirrored) if by_partner else ((china, code), flow)
        return traded(*pair, end, vintage, column)

    return {name: amount(russia) / amount(code) for name, code in four.items()}


def intensities(year: int, vintage: Vintage, china: str, russia: str) -> dict[str, float]:
    """How intense a reporter's trade with an actor is beside that with the USA, Japan and Germany:
    its ratio to each over the ratio of what the two trade with all others. The EU's trade with the
    world is not held. Raises NotHeld.
    """

    def beyond(code: str) -> float:
        return traded(code, "WLD", year, vintage) - traded(code, china, year, vintage)

    def intense(code: str) -> float:
        return traded(china, code, year, vintage) / beyond(code)

    partners = {name: code for name, code in FOUR.items() if name != "EU"}
    return {name: intense(russia) / intense(code) for name, code in partners.items()}


@cached
def last_year_reported(vintage: Vintage, china: str = "CHN") -> int:
    """The last year that a state's own books hold of its trade with Russia; since, China's customs
    go on."""
    customs = vintage == "since" and china == "CHN"
    return TOP_TWENTY if customs else in_books(vintage)


@cached
def after(year: int, russia: str = "RUS") -> tuple[int, dict[str, float]]:
    """The last year after one in which China's customs are held of its trade with an actor, and
    that trade over the one with those of the four that are held then. Year 0 where there is none.
    """
    late = evidence.table("economic/china_customs").query("year > @year")
    last_year = max(late.loc[late["partner"].eq(russia), "year"], default=0)
    total = late[late["year"].eq(last_year)].set_index("partner")["total_bn"]
    four = {name: "EU27" if name == "EU" else code for name, code in FOUR.items()}
    codes = {name: code for name, code in four.items() if code in total}
    return last_year, {name: float(total[russia] / total[code]) for name, code in codes.items()}


@cached
def in_books(vintage: Vintage) -> int:
    """The last year that China's own books hold of its trade with Russia in the IMF's series."""
    return int(goods_trade("CHN", "RUS", vintage=vintage)["year"].max())


def surplus(
    vintage: Vintage,
    russia: str = "RUS",
    china: str = "CHN",
    *,
    balance: str = "each",
    year: str = "",
) -> dict[str, float]:
    """An actor's balance with China, USD bn, by both their books."""
    flows_by_book = flows(china, russia, *year_and_vintage(year, vintage))
    books = {"each": "both", "Russia": "partner"}.get(balance, balance)
    return _kept({book: sold - bought for book, (sold, bought) in flows_by_book.items()}, books)


# Fuels


class Growth(NamedTuple):
    """A fuel from an origin in the first and the last year of a span: what came, which share that
    was of all (0 to 1), and what came from everybody.
    """

    years: tuple[int, int]
    sent: tuple[float, float]
    share: tuple[float, float]
    whole: tuple[float, float]

    def growth(self, of: str = "sent") -> float:
        """Growth of what came, or of its share, percent a year. Raises NotHeld from nothing."""
        first, last = getattr(self, of)
        if not first:
            raise NotHeld(f"no growth can be worked out from {self.years[0]}, when nothing came")
        return in_percent(growth(first, last, self.years[1] - self.years[0]))

    def part(self) -> float:
        """Its part of the increase of all, percent. Raises NotHeld where there was none."""
        increase, total_increase = (last - first for first, last in (self.sent, self.whole))
        if total_increase <= 0:
            raise NotHeld(f"no part of an increase: from {self.years[0]} on there was none")
        return in_percent(increase / total_increase)


@cached
def step(fuel: str, origin: str, vintage: Vintage, span: str) -> Growth:
    """A fuel from an origin over a span, "" for the years that decide: from 2017 on."""
    last, vintage = year_and_vintage(span, vintage)
    first = span_of(span)[0] if span else 2017
    from_origin, from_all = (fuel_from(fuel, name, vintage) for name in (origin, "Total"))
    cells = (from_origin, "quantity"), (from_origin, "share"), (from_all, "quantity")
    pairs = ((in_year(rows, first, of), in_year(rows, last, of)) for rows, of in cells)
    return Growth((first, last), *pairs)


def crude_growth(
    vintage: Vintage, russia: str = "RUS", *, measure: str = "tonnes", span: str = ""
) -> float:
    """Growth of China's crude from an actor from 2017 on, percent a year."""
    fuel_step = step("crude oil", russia, vintage, span)
    by_measure = {
        "tonnes": fuel_step.growth,
        "share": lambda: fuel_step.growth("share"),
        "increase": fuel_step.part,
    }
    return picked(by_measure, measure, "measure")()


def gas_import_share(
    vintage: Vintage,
    russia: str = "RUS",
    *,
    measure: str = "share",
    fuel: str = "gas",
    span: str = "",
) -> float:
    """An actor's share of China's gas imports, percent."""
    fuel_step = step(picked(GAS, fuel, "fuel"), russia, vintage, span)
    by_measure = {
        "share": lambda: in_percent(fuel_step.share[1]),
        "growth": fuel_step.growth,
        "increase": fuel_step.part,
    }
    return picked(by_measure, measure, "measure")()


@cached
def coal(
    vintage: Vintage,
    china: str = "CHN",
    *,
    edition: str = "",
    measure: str = "level",
    peak: str = "before",
    year: str = "",
) -> tuple[pd.Series, pd.Series, str]:
    """An actor's coal in the year looked at, the peak it is held against (coal_ej in EJ; share of
    all energy, 0 to 1), and which of the two columns counts. Raises NotHeld.
    """
    default_edition = "2019" if vintage == "then" and china == "CHN" else "2026"
    used, column = _edition(edition or default_edition, china), picked(COAL, measure, "measure")
    end = year_and_vintage(year, vintage, 2018 if vintage == "then" else int(used["year"].max()))[0]
    used = used[used[column].notna()]
    years = picked({"before": used.year, "2013": [2013]}, peak, "peak")
    earlier = used[used.year.lt(end) & used.year.isin(years)]
    current = used[used.year.eq(end)] if len(earlier) else earlier
    subject = f"coal's {measure} in {end} and in a year before it, in the edition of"
    evidence.some(current, f"{subject} {edition or default_edition}")
    return current.iloc[-1], earlier.loc[earlier[column].idxmax()], column


@cached
def _edition(edition: str, actor: str) -> pd.DataFrame:
    """Coal by year as an edition of the source has it: year, coal_ej, share (NaN: not held)."""
    if one_of(EDITIONS, edition, "edition") == EDITIONS[-1]:
        return energy.coal_use(actor)
    rows = evidence.where("economic/coal_editions", edition=int(edition))
    in_ej = rows["coal"].where(rows["unit"].eq("EJ"), rows["coal"] * energy.MTOE)
    return rows.assign(coal_ej=in_ej, share=float("nan"))


class Sold(NamedTuple):
    """What was sold in the year, or the months, before those that decide and in these: fuels and
    their origin in words, a unit, when the two ended, and what came in either.
    """

    what: str
    unit: str
    years: tuple[Any, Any]
    sent: tuple[float, ...]

    @property
    def fall(self) -> float:
        """By how much less came, percent."""
        return in_percent(-growth(*self.sent))


def shipped(
    vintage: Vintage, *, fuels: str = "four", measure: str = "value", span: str = ""
) -> Sold:
    """What decides on US exports of energy. Raises NotHeld."""
    products = picked({"four": energy.PRODUCTS, "nine": energy.NINE}, fuels, "choice of fuels")
    if one_of(("value", "quantity"), measure, "measure") == "quantity":
        raise NotHeld("no figure for US exports by quantity")
    default_span = ("2019-06" if vintage == "then" else "2019-12", 12)
    end, months = picked(US_SPANS, span, "span") if span else default_span
    ends = (energy.year_before(end), end)
    amounts = (energy.twelve_months_to(month, months, products, vintage=vintage) for month in ends)
    return Sold("US energy exports to China", "USD bn", ends, tuple(amounts))


def fuel_sold(vintage: Vintage, fuel: str = "Australian LNG", australia: str = "Australia") -> Sold:
    """What came of one of the fuels that E9 looks at; australia: who stands in its place. Raises
    NotHeld.
    """
    origin, *fuels = picked(SOLD, fuel, "fuel")
    return _sold(vintage, origin or australia, *fuels)


def _sold(vintage: Vintage, origin: str, *fuels: str) -> Sold:
    year, is_sum = year_decided(vintage), len(fuels) > 1

    def came(year: int) -> float:
        parts = ((_came(fuel, origin, year, vintage), UNITS[fuel][1]) for fuel in fuels)
        return sum(amount * (in_ej if is_sum else 1) for amount, in_ej in parts)

    label = capital(f"{' and '.join(fuels)} from {title(origin)}")
    unit = "EJ" if is_sum else UNITS[fuels[0]][0]
    return Sold(label, unit, (year - 1, year), (came(year - 1), came(year)))


def _came(fuel: str, origin: str, year: int, vintage: Vintage) -> float:
    """What came of a fuel in a year, in its unit. Raises NotHeld."""
    rows = fuel_from(fuel, origin, vintage)
    year_rows = evidence.some(rows[rows.year.eq(year)], f"{fuel} from {title(origin)} in {year}")
    return float(year_rows["quantity"].sum())


def gain_and_loss(
    vintage: Vintage, *, fuel: str, allies: str, measure: str, span: str
) -> dict[str, float]:
    """How Russia's part ("russian") and that of the USA and its allies ("allied") in China's
    imports of a fuel moved over a span, "" for the years that decide: points of share, or of what
    came percent a year. Raises NotHeld.
    """
    if span == "July to June":
        raise NotHeld("no figure for China's imports of crude by origin and month")
    last, vintage = year_and_vintage(span, vintage)
    years = (span_of(span)[0] if span else 2017, last)
    by_side = _by_side(fuel, vintage).reindex(years)

    def moved(name: str, side: str) -> float:
        start, end = by_side[side] / (by_side["whole"] if measure == "share" else 1)
        if measure == "share":
            change = end - start
        else:
            change = growth(start or float("nan"), end, last - years[0])
        subject = f"{WHO[name]} in China's imports of {fuel}, {years[0]} and {years[1]}"
        return evidence.held(in_percent(change), subject)

    one_of(("share", "amount"), measure, "measure")
    ally = one_of(("USA", "pact", "Saudi"), allies, "choice of allies")
    return {"russian": moved("russian", "russian"), "allied": moved("allied", ally)}


@cached
def _by_side(fuel: str, vintage: Vintage) -> pd.DataFrame:
    """China's imports of a fuel by year, EJ: the whole, Russia's, and by who counts as an ally."""
    fuels = {"crude oil": ["crude oil"], "LNG": ["LNG"], "together": OIL_AND_LNG}
    books = {
        commodity: imports_by_origin(commodity, vintage=vintage)
        for commodity in picked(fuels, fuel, "fuel")
    }
    in_ej = {commodity: book.quantity * UNITS[commodity][1] for commodity, book in books.items()}
    energy_books = (book.assign(quantity=in_ej[commodity]) for commodity, book in books.items())
    rows = pd.concat(energy_books, ignore_index=True)
    sides = {"whole": rows.origin.eq("Total"), "russian": rows.actor.eq("RUS")}
    sides["USA"] = rows.actor.eq("USA")
    sides["pact"] = sides["USA"] | rows.us_pact.ne("")
    sides["Saudi"] = sides["pact"] | rows.actor.eq("SAU")
    by_side = pd.DataFrame({name: rows.quantity.where(counts) for name, counts in sides.items()})
    return by_side.groupby(rows.year).sum(min_count=1)


OIL_AND_LNG = ["crude oil", "LNG"]
WHO = {"russian": "Russia", "allied": "the USA and its allies"}


# The turn to China


def turn(
    vintage: Vintage,
    russia: str = "RUS",
    *,
    start: str = "2013",
    end: str = "2018",
    union: str = "EU28",
    trend: str = "kept",
) -> dict[str, float]:
    """What China gained and the EU lost in an actor's trade, in points: {"gain", "loss"}; less what
    it would have been at the pace of the five years before, where a reading asks for that.
    """
    first, last = span_of(start)[0], span_of(end)[1]
    pace = picked({"kept": 0, "less": (last - first) / 5}, trend, "choice of trend")
    partners = ("CHN", one_of(("EU28", "EU27"), union, "union"))

    def moved(first: int, last: int) -> dict[str, float]:
        ends = (
            [_share(russia, partner, year, vintage) for year in (first, last)]
            for partner in partners
        )
        china, europe = (end - start for start, end in ends)
        return {"gain": china, "loss": -europe}

    change, earlier_change = moved(first, last), moved(first - 5, first) if pace else {}
    return {name: points - pace * earlier_change.get(name, 0) for name, points in change.items()}


def _share(russia: str, partner: str, year: int, vintage: Vintage) -> float:
    """A partner's share of an actor's trade, percent."""
    with_partner, with_world = (traded(russia, code, year, vintage) for code in (partner, "WLD"))
    lost = under_no_partner(russia, vintage=vintage).get(year, 0)
    if lost > UNTOLD:
        problem = f"{in_percent(lost):.0f} % of the trade of {title(russia)} has no partner"
        raise NotHeld(f"no shares can be told of {year}: {problem}")
    return in_percent(with_partner / with_world)
