"""Energy in pictures: where China's fuels come from, the trade war by month, coal as a level and as
a share."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes

from frenemies import evidence
from frenemies.evidence import actors
from frenemies.measures import energy
from frenemies.measures.words import in_percent
from frenemies.pictures import marks
from frenemies.pictures.labels import panel
from frenemies.pictures.marks import LATE, Label, Tagged
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import by_year, needed, told, told_each
from frenemies.pictures.style import QUIET, THEN
from frenemies.sections import captions

CAPTIONS = captions("economic")
ORIGINS = {
    "crude oil": ("Russia", "Saudi Arabia", "Iraq", "West Africa", "United States"),
    "gas": ("Turkmenistan", "Australia", "Russia", "Qatar", "United States"),
}
UNITS = {"crude oil": "Crude oil, million tonnes", "gas": "Gas, pipeline and LNG, bcm"}
BURNERS = ("CHN", "IND", "USA", "RUS", "JPN")
SHADES = ("#3C4650", "#C77700", "#3E8F8C", "#A9A9A9")  # of the products, from the bottom up
WAR, JUNE = ("CHN", "USA"), evidence.CUTS["month"]
STACKED: marks.Look = dict(rows=2, sharex=True, bottom=0.35, top=0.3)  # one axis of years


@drawing("economic", "economic/energy_imports", **CAPTIONS["energy-origins"])
def origins_picture() -> dict:
    """China's imports of crude oil and of gas by origin, 2017-2025: two panels, Russia heavy.

    The years 2022 and 2024 are missing and left open.
    Table: year, then a column an origin and fuel, in million tonnes or bcm.
    Source: table economic/energy_imports.
    """
    figure, axes = canvas(height=5.4, right=1.5, **STACKED)
    words, tables = [], []
    for ax, (fuel, names) in zip(axes, ORIGINS.items(), strict=True):
        frame = energy.imports_by_origin(fuel).query("origin in @names")
        words += _fuel(ax, frame, fuel, names)
        tables.append(frame.assign(origin=frame["origin"] + f", {fuel}"))
    shares = (energy.from_origin(fuel, "Russia", 2018, "share") for fuel in ORIGINS)
    crude, gas = map(in_percent, shares)
    return dict(
        title=f"In 2018 Russia sent {crude:.0f} % of China's crude oil, but {gas:.0f} % of its gas",
        figure=figure,
        sentences=words,
        table=by_year(pd.concat(tables), "origin", "quantity"),
    )


def _fuel(ax: Axes, frame: pd.DataFrame, fuel: str, names: tuple[str, ...]) -> list:
    """One panel: a line an origin. Returns its sentences."""
    labels, words, years = [], [], (2017, 2018, 2019, 2025)
    for name in names:
        rows = evidence.some(frame.query("origin == @name"), f"{fuel} from {name}")
        who = tuple(code for code in (rows["actor"].iloc[0], "CHN") if code)
        labels.append(_origin(ax, rows, who, name))
        words += told(who, f"{name}, {fuel}", rows, "quantity", years, "{:,.1f}")
    ylim, article = (-0.03 * frame["quantity"].max(), None), "article" if fuel == "gas" else ""
    panel(ax, labels, 2016.8, 2025.15, 1, title=UNITS[fuel], ylim=ylim, article=article, gap=12)
    return words


def _origin(ax: Axes, rows: pd.DataFrame, who: tuple[str, ...], name: str) -> Label:
    """One origin's line, broken where a year is missing; a single year stands as a dot."""
    heavy, quantity = who[0] == "RUS", rows.set_index("year")["quantity"]
    look: marks.Look = dict(color=QUIET, marker=".", markersize=8)
    if len(who) == 2:  # an actor's, beside China
        look = dict(color=actors.colour(who[0]), marker=actors.marker(who[0]), markersize=5)
    look |= dict(linewidth=3, zorder=5) if heavy else dict(linewidth=1.6, zorder=3)
    Tagged(ax, *who).plot(quantity[quantity.index <= THEN], **look)
    late = quantity.reindex(range(THEN, quantity.index.max() + 1))
    Tagged(ax, *who, since=True).plot(late, **look, alpha=LATE)
    if heavy:
        marks.dots(ax, rows, "quantity", (THEN,), who)
    ends = quantity[[quantity.index.max(), THEN]]
    text = [f"{name} {value:.0f}" if value >= 10 else f"{name} {value:.1f}" for value in ends]
    return Label(who, [*ends.index], [*ends], text, look["color"], heavy)


@drawing("economic", "economic/tariffs", "economic/us_energy_exports", **CAPTIONS["trade-war"])
def trade_war_picture() -> dict:
    """The trade war by month, 2017-2020: both sides' average tariffs, US energy exports to China.

    Table: month, then USD bn of crude oil, LNG, propane, coal and their total.
    Source: tables economic/tariffs (percent), economic/us_energy_exports.
    """
    figure, (ax, below) = canvas(height=5.2, height_ratios=[1, 1.5], **STACKED)
    shipped = energy.us_energy_exports().query("month >= '2017-01' and month <= '2020-12'")
    panels = {
        "Average tariff on the other side's goods, percent": (ax, _tariffs(ax), "article"),
        "US exports of energy to China, USD bn a month": (below, _shipments(below, shipped), ""),
    }
    for title, (part, labels, article) in panels.items():
        ylim = (0, part.get_ylim()[1] * 1.05)
        panel(part, labels, 2017, 2021, 1, title=title, ylim=ylim, article=article, gap=12)
    fall = f"{in_percent(energy.us_energy_fall('2019-06', vintage='then')):.0f} %"
    return dict(
        title=f"In the year to June 2019 US energy exports to China fell by {fall}",
        figure=figure,
        sentences=[*_tariffs_in_words(), *_shipments_in_words()],
        table=shipped.round(2),
    )


def _months(column):
    """Months as places on an axis of years: the middle of each."""
    return column.str[:4].astype(int) + (column.str[5:7].astype(int) - 0.5) / 12


def _ends(rows):
    """The last month, and the last that was known in August 2019."""
    return pd.concat([rows.tail(1), rows[rows["month"].le(JUNE)].tail(1)])


def _duties(code):
    rows = evidence.table("economic/tariffs").query("reporter == @code and month >= '2017-01'")
    return needed(rows, "reporter", (code,), "tariffs").assign(at=_months(rows["month"]))


def _tariffs(ax: Axes) -> list[Label]:
    """Both sides' average tariffs as steps. Returns their labels."""
    labels = []
    for code in ("USA", "CHN"):
        rows, colour = _duties(code), actors.colour(code)
        look = dict(color=colour, linewidth=2.2, drawstyle="steps-mid")
        for since, part in marks.cut(rows, "month", JUNE):
            draw, strength = Tagged(ax, *WAR, since=since), LATE if since else 1
            draw.plot(part["at"], part["tariff_pct"], **look, alpha=strength)
        across, up = [*_ends(rows)["at"]], [*_ends(rows)["tariff_pct"]]
        labels.append(Label(WAR, across, up, actors.name(code), colour, True))
    return labels


def _tariffs_in_words() -> Iterator[tuple]:
    for one, other in (WAR[::-1], WAR):
        at = _duties(one).set_index("month")["tariff_pct"]
        change = f"{at['2018-06']:.1f} % in June 2018, {at['2019-06']:.1f} % in June 2019"
        yield WAR, f"{actors.name(one)} on {actors.name(other)}: {change}."


def _shipments(ax: Axes, shipped: pd.DataFrame) -> list[Label]:
    """Energy by month, a product on the other. Returns their labels."""
    boxes = shipped.assign(place=_months(shipped["month"]), late=shipped["month"].gt(JUNE), floor=0)
    labels, ends = [], _ends(shipped).index
    for product, colour in zip(energy.PRODUCTS, SHADES, strict=True):
        boxes = boxes.assign(height=boxes[product], middle=boxes["floor"] + boxes[product] / 2)
        marks.bars(ax, boxes, WAR, 0.075, colour)
        boxes = boxes.assign(floor=boxes["floor"] + boxes["height"])
        across, up = boxes.loc[ends, "place"], boxes.loc[ends, "middle"]
        labels.append(Label(WAR, [*across], [*up], product, colour, True))
    return labels


def _shipments_in_words() -> Iterator[tuple]:
    for end in ("2018-06", "2019-06", "2020-12"):
        who = (*WAR, "since") if end > str(JUNE) else WAR
        months = f"in the twelve months to {pd.Period(end).strftime('%B %Y')}"
        sent = f"{energy.twelve_months_to(end):.1f} billion dollars"
        yield who, f"US energy exports {months}: {sent}."


@drawing("economic", "economic/energy_use", "economic/coal_editions", **CAPTIONS["coal"])
def coal_picture() -> dict:
    """Coal since 1992, two panels: the level and the share of energy, a line an actor, China heavy.

    Table: year, then exajoules and percent of total energy supply of each actor.
    Source: tables economic/energy_use, economic/coal_editions (diamonds).
    """
    figure, (level, share) = canvas(height=5.2, **STACKED)
    burnt = [_coal_of(code) for code in BURNERS]
    frame, years = pd.concat(burnt, ignore_index=True), (2013, 2018, 2025)
    _coal(level, frame, "coal_ej", "Level: coal burnt, exajoules", 105, "")
    _coal(share, frame, "share", "Share: coal in total energy supply, percent", 90, "article")
    known, edge = energy.coal_known_in_2019(), actors.colour("CHN")
    hollow = dict(markerfacecolor="white", markeredgecolor=edge, markersize=5, zorder=7)
    Tagged(level, "CHN").plot(known["year"], known["coal_ej"], "D", **hollow)
    china = energy.coal_use("CHN", vintage="then")
    at = in_percent(china.set_index("year")["share"])
    fall = in_percent(energy.below_peak(china))
    points = f"{at[2013] - at[2018]:.0f} points from 2013 to 2018"
    tables = [by_year(frame, "actor", column) for column in ("coal_ej", "share")]
    return dict(
        title=f"Coal's share of China's energy fell by {points}, its coal by {fall:.0f} %",
        figure=figure,
        sentences=[
            *told_each(frame, "actor", "coal_ej", years, "{:,.1f}", about=", coal burnt (EJ)"),
            *told_each(frame, "actor", "share", years, "{:,.1f} %", about=", share of energy"),
        ],
        table=tables[0].merge(tables[1], on="year", suffixes=(", EJ", ", %")),
    )


def _coal_of(code: str) -> pd.DataFrame:
    rows = energy.coal_use(code)
    return rows.assign(actor=code, share=in_percent(rows.share))


def _coal(ax: Axes, frame: pd.DataFrame, column: str, title: str, top: float, article: str) -> None:
    """One panel: a line an actor, China's values of 2013 and 2018 written."""
    labels = marks.lines(ax, frame, "actor", column, "{:,.0f}".format, lead=("CHN",))
    panel(ax, labels, 1992, 2025.2, title=title, ylim=(0, top), article=article, gap=12)
    marks.dots(ax, frame.query("actor == 'CHN'"), column, (2013, 2018), ("CHN",))
