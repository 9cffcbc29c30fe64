"""Energy in pictures: where China's fuels come from, the trade war by month, coal as a level and as a share."""

import pandas as pd

from frenemies import evidence
from frenemies.evidence import actors
from frenemies.measures.energy import (
    PRODUCTS,
    below_peak,
    coal_known_in_2019,
    coal_use,
    from_origin,
    imports_by_origin,
    twelve_months_to,
    us_energy_exports,
    us_energy_fall,
)
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import LATE, Label, Tagged, bars, dots, heading, lines, timeline
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import by_year, needed, told, told_each
from frenemies.pictures.style import QUIET, THEN

ORIGINS = {
    "crude oil": ("Russia", "Saudi Arabia", "Iraq", "West Africa", "United States"),
    "gas": ("Turkmenistan", "Australia", "Russia", "Qatar", "United States"),
}
UNITS = {"crude oil": "Crude oil, million tonnes", "gas": "Gas, pipeline and LNG, bcm"}
BURNERS = ("CHN", "IND", "USA", "RUS", "JPN")
SHADES = ("#3C4650", "#C77700", "#3E8F8C", "#A9A9A9")  # of the products, from the bottom up
WAR, JUNE = ("CHN", "USA"), evidence.CUTS["month"]


@drawing(
    "economic",
    "economic/energy_imports",
    key="energy-origins",
    subtitle="China's imports by origin, 2017-2025; no line where the years 2022 and 2024 are missing",
    then={"subtitle": "China's imports by origin, 2017 and 2018"},
    lead="Two panels of lines: China's imports of crude oil in million tonnes, and of gas in billion cubic metres, by origin.",
    cannot="Iran's crude, which hides in the source's Other Middle East, and what was paid.",
)
def origins_picture():
    """China's crude (Mt) and gas (bcm) imports by origin, 2017-2025: two panels, Russia heavy; 2022 and 2024 are missing and left open."""
    figure, axes = canvas(height=5.4, rows=2, sharex=True, right=1.5, bottom=0.35, top=0.3)
    crude, gas = (from_origin(fuel, "Russia", 2018, "share") for fuel in ("crude oil", "gas"))
    words, tables = [], []
    for ax, (fuel, names) in zip(axes, ORIGINS.items(), strict=True):
        frame = imports_by_origin(fuel).query("origin in @names")
        words += _fuel(ax, frame, fuel, names)
        tables.append(frame.assign(origin=frame["origin"] + f", {fuel}"))
    return dict(
        title=f"In 2018 Russia sent {crude:.0f} % of China's crude oil, but {gas:.0f} % of its gas",
        figure=figure,
        sentences=words,
        table=by_year(pd.concat(tables), "origin", "quantity"),
    )


def _fuel(ax, frame, fuel, names):
    """One panel: a line an origin. Returns its sentences."""
    labels, words = [], []
    for name in names:
        rows = evidence.some(frame.query("origin == @name"), f"{fuel} from {name}")
        who = tuple(code for code in (rows["actor"].iloc[0], "CHN") if code)
        _origin(ax, rows, who, labels, name)
        words += told(who, f"{name}, {fuel}", rows, "quantity", (2017, 2018, 2019, 2025), "{:,.1f}")
    ax.set_ylim(-0.03 * frame["quantity"].max())
    heading(ax, UNITS[fuel])
    timeline(ax, 2016.8, 2025.15, step=1, article="article" if fuel == "gas" else "")
    label_ends(ax, labels, gap=12)
    return words


def _origin(ax, rows, who, labels, name):
    """One origin's line, broken where a year is missing; a single year stands as a dot."""
    actor, heavy, tonnes = (
        who[0] if len(who) == 2 else None,
        who[0] == "RUS",
        rows.set_index("year")["quantity"],
    )
    look = {
        "color": actors.colour(actor) if actor else QUIET,
        "linewidth": 3 if heavy else 1.6,
        "zorder": 5 if heavy else 3,
    }
    look |= (
        {"marker": actors.marker(actor), "markersize": 5}
        if actor
        else {"marker": ".", "markersize": 8}
    )
    late = tonnes.reindex(range(THEN, tonnes.index.max() + 1))
    Tagged(ax, *who).plot(tonnes[tonnes.index <= THEN], **look)
    Tagged(ax, *who, since=True).plot(late, **look, alpha=LATE)
    years = (tonnes.index.max(), THEN)
    text = tuple(f"{name} {tonnes[year]:.{0 if tonnes[year] >= 10 else 1}f}" for year in years)
    labels.append(
        Label(who, years, tuple(tonnes[year] for year in years), text, look["color"], heavy)
    )
    if heavy:
        dots(ax, rows, "quantity", (THEN,), who)


@drawing(
    "economic",
    "economic/tariffs",
    "economic/us_energy_exports",
    key="trade-war",
    subtitle="Upper panel: read the change, not the level (it is too high before the war); lower panel: crude oil, LNG, propane and coal, value",
    lead="Two panels by month: average tariffs of the USA on China and of China on the USA, and below them US exports of energy to China.",
    cannot="what drove the fall: duties, prices, politics, or ships sent elsewhere. China laid no duty on US crude in all the months to August 2019.",
)
def trade_war_picture():
    """The trade war by month, 2017-2020, two panels: average tariffs of both sides (percent), and US energy exports to China (USD bn)."""
    figure, (ax, below) = canvas(
        height=5.2, rows=2, sharex=True, height_ratios=[1, 1.5], bottom=0.35, top=0.3
    )
    shipped = us_energy_exports().query("month >= '2017-01' and month <= '2020-12'")
    panels = {
        "Average tariff on the other side's goods, percent": (ax, _tariffs(ax), "article"),
        "US exports of energy to China, USD bn a month": (below, _shipments(below, shipped), ""),
    }
    for title, (panel, labels, article) in panels.items():
        heading(panel, title)
        panel.set_ylim(0, panel.get_ylim()[1] * 1.05)
        timeline(panel, 2017, 2021, step=1, article=article)
        label_ends(panel, labels, gap=12)
    return dict(
        title=f"In the year to June 2019 US energy exports to China fell by {us_energy_fall('2019-06', 'then'):.0f} %",
        figure=figure,
        sentences=[*_tariffs_in_words(), *_shipments_in_words()],
        table=shipped.round(2),
    )


def _months(column):
    """Months as places on an axis of years: the middle of each."""
    return column.str[:4].astype(int) + (column.str[5:7].astype(int) - 0.5) / 12


def _duties(code):
    rows = evidence.table("economic/tariffs").query("reporter == @code and month >= '2017-01'")
    return needed(rows, "reporter", (code,), "tariffs")


def _tariffs(ax):
    """Both sides' average tariffs as steps. Returns their labels."""
    labels = []
    for code in ("USA", "CHN"):
        rows, look = (
            _duties(code),
            {"color": actors.colour(code), "linewidth": 2.2, "drawstyle": "steps-mid"},
        )
        for since, part in (
            (False, rows[rows["month"].le(JUNE)]),
            (True, rows[rows["month"].ge(JUNE)]),
        ):
            draw = Tagged(ax, *WAR, since=since)
            draw.plot(
                _months(part["month"]), part["tariff_pct"], **look, alpha=LATE if since else 1
            )
        ends = pd.concat([rows.tail(1), rows[rows["month"].le(JUNE)].tail(1)])
        name, colour = actors.name(code), actors.colour(code)
        labels.append(
            Label(WAR, tuple(_months(ends["month"])), tuple(ends["tariff_pct"]), name, colour, True)
        )
    return labels


def _tariffs_in_words():
    for one, other in (WAR[::-1], WAR):
        at = _duties(one).set_index("month")["tariff_pct"]
        change = f"{at['2018-06']:.1f} % in June 2018, {at['2019-06']:.1f} % in June 2019"
        yield WAR, f"{actors.name(one)} on {actors.name(other)}: {change}."


def _shipments(ax, shipped):
    """Energy by month, a product on the other. Returns their labels."""
    labels, floor, at, known = (
        [],
        0 * shipped["total"],
        _months(shipped["month"]),
        shipped["month"].le(JUNE),
    )
    for product, colour in zip(PRODUCTS, SHADES, strict=True):
        bars(ax, at, shipped[product], floor, ~known, WAR, 0.075, colour)
        floor = floor + shipped[product]
        middle = floor - shipped[product] / 2
        ends = (at.index[-1], at[known].index[-1])
        labels.append(Label(WAR, tuple(at[[*ends]]), tuple(middle[[*ends]]), product, colour, True))
    return labels


def _shipments_in_words():
    for end in ("2018-06", "2019-06", "2020-12"):
        who, month = (*WAR, *["since"] * (end > JUNE)), pd.Period(end).strftime("%B %Y")
        yield (
            who,
            f"US energy exports in the twelve months to {month}: {twelve_months_to(end):.1f} billion dollars.",
        )


@drawing(
    "economic",
    "economic/energy_use",
    "economic/coal_editions",
    key="coal",
    subtitle="Coal since 1992, edition of 2026; hollow diamonds: China as the edition of 2019 had it",
    then={
        "subtitle": "Coal since 1992, as the source has it today; hollow diamonds: China as the edition of 2019 had it"
    },
    lead="Two panels of lines: coal burnt in exajoules, and coal's share of total energy supply in percent.",
    cannot="why coal fell or rose, and whose air it was burnt in.",
)
def coal_picture():
    """Coal since 1992, two panels: the level (EJ) and the share of energy (percent), a line an actor, China heavy."""
    figure, (level, share) = canvas(height=5.2, rows=2, sharex=True, bottom=0.35, top=0.3)
    frame = pd.concat([coal_use(code).assign(actor=code) for code in BURNERS], ignore_index=True)
    _coal(level, frame, "coal_ej", "Level: coal burnt, exajoules", 105, "")
    _coal(share, frame, "share", "Share: coal in total energy supply, percent", 90, "article")
    known, hollow = (
        coal_known_in_2019(),
        {"markerfacecolor": "white", "markeredgecolor": actors.colour("CHN")},
    )
    Tagged(level, "CHN").plot(
        known["year"], known["coal_ej"], "D", **hollow, markersize=5, zorder=7
    )
    years, tables = (
        (2013, 2018, 2025),
        [by_year(frame, "actor", column) for column in ("coal_ej", "share")],
    )
    burnt = told_each(frame, "actor", "coal_ej", years, "{:,.1f}", about=", coal burnt (EJ)")
    shares = told_each(frame, "actor", "share", years, "{:,.1f} %", about=", share of energy")
    at = coal_use("CHN", "then").set_index("year")["share"]
    fall = (
        f"Coal's share of China's energy fell by {at[2013] - at[2018]:.0f} points from 2013 to 2018"
    )
    return dict(
        title=f"{fall}, its coal by {below_peak(coal_use('CHN', 'then')):.0f} %",
        figure=figure,
        sentences=[*burnt, *shares],
        table=tables[0].merge(tables[1], on="year", suffixes=(", EJ", ", %")),
    )


def _coal(ax, frame, column, title, top, article):
    """One panel: a line an actor, China's values of 2013 and 2018 written."""
    labels = lines(ax, frame, "actor", column, "{:,.0f}".format, lead=("CHN",))
    heading(ax, title)
    ax.set_ylim(0, top)
    timeline(ax, 1992, 2025.2, article=article)
    label_ends(ax, labels, gap=12)
    dots(ax, coal_use("CHN"), column, (2013, 2018), ("CHN",))
