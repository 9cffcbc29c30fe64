"""Energy in pictures: where China's fuels come from, the trade war by month, coal as a level and as
a share."""

from collections.abc import Collection, Iterator

import pandas as pd
from matplotlib.axes import Axes

from frenemies import claims, evidence
from frenemies.claims.wording import part
from frenemies.evidence import actors
from frenemies.measures import energy
from frenemies.measures.words import in_percent
from frenemies.measures.words import name as short
from frenemies.pictures import marks
from frenemies.pictures.labels import PAPER, panel
from frenemies.pictures.marks import LATE, Label, Tagged
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import by_year, needed, subtitle, told, told_each
from frenemies.pictures.style import INK, QUIET, THEN, readable
from frenemies.pictures.telling import measured
from frenemies.sections import captions

CAPTIONS = captions("economic")
ORIGINS = {
    "crude oil": ("Russia", "Saudi Arabia", "United States", "Iraq", "West Africa"),
    "gas": ("Russia", "Turkmenistan", "United States", "Australia", "Qatar"),
}
TOLD = {"crude oil": "million tonnes", "gas": "bcm"}
UNITS = {"crude oil": "Crude oil, million tonnes", "gas": "Gas, pipeline and LNG, bcm"}
TOPS = {"crude oil": 150, "gas": 65}
OTHERS = {"Australia": "#8A4B08"}  # colours of origins that are no actors
RULED = {("crude oil", "Russia"): "E5", ("gas", "Russia"): "E6", ("gas", "Australia"): "E9"}
BURNERS = ("CHN", "IND", "USA", "RUS", "JPN")
SHADES = ("#3C4650", "#C77700", "#3E8F8C", "#A9A9A9")  # of the products, from the bottom up
WAR, JUNE = ("CHN", "USA"), evidence.CUTS["month"]
STACKED: marks.Look = dict(rows=2, sharex=True, bottom=0.35, top=0.3)  # one axis of years


@drawing("economic", "economic/energy_imports", **CAPTIONS["energy-origins"])
def origins_picture(*, shown: Collection[str] | None = None) -> dict | None:
    """China's imports of crude oil and of gas by origin, 2017-2025: a panel each, one scale a fuel,
    with the rules of E5, E6 and E9.

    The years 2022 and 2024 are missing and left open. shown: ISO3; for whom panels are drawn.
    Table: year, then a column an origin and fuel, in million tonnes or bcm.
    Source: table economic/energy_imports.
    """
    frames = {fuel: _from(fuel, names) for fuel, names in ORIGINS.items()}
    rows = {fuel: [*frame[~frame["off"]]["origin"].unique()] for fuel, frame in frames.items()}
    most = max(map(len, rows.values()))
    if not most or marks.is_off(["CHN"]):
        return None
    size: marks.Look = dict(height=4.5, rows=2, cols=most, squeeze=False, top=0.5)
    figure, axes = canvas(**size, left=0.15, right=0.5 + 1.2 * (5 - most), sharey="row")
    for across, (fuel, names) in zip(axes, rows.items(), strict=True):
        for ax, name in zip(across, names, strict=False):
            _origin(ax, frames[fuel][frames[fuel]["origin"].eq(name)], fuel)
        for ax in across[len(names) :]:
            ax.remove()
        last = across[len(names) - 1]  # an origin that is no actor stands there
        last.tick_params(labelright=True)
        above = dict(xy=(0.022, 1.2), xycoords=("figure fraction", "axes fraction"))
        last.annotate(UNITS[fuel], **above, color=QUIET)
    figure.subplots_adjust(wspace=0.14, hspace=0.6)
    told = pd.concat(frames.values())
    shares = (energy.from_origin(fuel, "Russia", 2018, "share") for fuel in ORIGINS)
    crude, gas = map(in_percent, shares)
    bounds = {claim: claims.row(claim)["holds"] for claim in RULED.values()}
    return dict(
        title=f"In 2018 Russia sent {crude:.0f} % of China's crude oil, but {gas:.0f} % of its gas",
        **subtitle(
            f"China's imports by origin, {{}}; dashed: E5, {bounds['E5']:g} % a year from 2017;"
            f" E6, {part(bounds['E6'], 'percent')} of all gas; E9, {part(bounds['E9'], 'percent')}"
            " less than the year before",
            "2017-2025, no line where 2022 and 2024 are missing",
            "2017 and 2018",
        ),
        figure=figure,
        sentences=_origins_in_words(told),
        table=by_year(
            told.assign(origin=told["origin"] + ", " + told["fuel"]), "origin", "quantity"
        ),
    )


def _from(fuel: str, names: tuple[str, ...]) -> pd.DataFrame:
    """A fuel's imports from some origins, in their order; off: the origin is not drawn for."""
    frame = energy.imports_by_origin(fuel)
    rows = pd.concat(
        evidence.some(frame[frame["origin"].eq(name)], f"{fuel} from {name}") for name in names
    )
    return rows.assign(fuel=fuel, off=rows["actor"].map(lambda code: marks.is_off([code])))


def _origins_in_words(told_of: pd.DataFrame) -> Iterator[tuple]:
    for (fuel, name, code), rows in told_of.groupby(["fuel", "origin", "actor"], sort=False):
        who = tuple(filter(None, (code, "CHN")))
        yield from told(
            who, f"{name}, {fuel}", rows, "quantity", (2017, 2018, 2019, 2025), "{:,.1f}"
        )


def _origin(ax: Axes, rows: pd.DataFrame, fuel: str) -> None:
    """One origin's line, broken where a year is missing, with its figures of 2018 and of the last
    year, and the rule that it decides.
    """
    name, code = rows[["origin", "actor"]].iloc[0]
    who, quantity = tuple(filter(None, (code, "CHN"))), rows.set_index("year")["quantity"]
    colour = actors.colour(code) if code else OTHERS.get(name, QUIET)
    look: marks.Look = dict(color=colour, marker="o", markersize=4, linewidth=2)
    look |= dict(label=f"{name} to China")
    measured(ax, TOLD[fuel], 1)
    late = quantity.reindex(range(THEN, quantity.index.max() + 1))
    Tagged(ax, *who).plot(quantity[quantity.index <= THEN], **look)
    Tagged(ax, *who, since=True).plot(late, **look, alpha=LATE)
    for year, since in ((THEN, False), (quantity.index.max(), True)):
        text = f"{quantity[year]:.{0 if quantity[year] >= 10 else 1}f}"
        look = dict(ha="center", color=readable(colour), weight="bold", bbox=PAPER)
        place: marks.Look = dict(xytext=(0, 6), textcoords="offset points")
        Tagged(ax, *who, since=since).annotate(text, (year, quantity[year]), **place, **look)
    ax.set(xlim=(2016.4, 2026.4), ylim=(0, TOPS[fuel]))
    ax.set_xticks([THEN, 2025], [f"{THEN}", "2025"])
    marks.tag_ticks(ax, [False, True])
    ax.grid(axis="x", visible=False)
    marks.article_line(ax, text="")
    ax.tick_params(labelleft=False)
    marks.heading(ax, short(code) if code else name)
    if (fuel, name) in RULED:
        _ruled(ax, RULED[fuel, name], quantity, who)
    if code:
        marks.tag(ax, *who)


def _ruled(ax: Axes, claim: str, quantity: pd.Series, who: tuple[str, ...]) -> None:
    """The quantity from which on, or below which, a claim holds, year by year."""
    holds = claims.row(claim)["holds"] / 100
    bounds = {
        "E5": quantity[2017] * (1 + holds) ** (quantity.index.to_series() - 2017),
        "E6": energy.imports_by_origin("gas")
        .query("origin == 'Total'")
        .set_index("year")["quantity"]
        * holds,
        "E9": quantity.reindex(range(2017, 2026)).shift() * (1 - holds),
    }
    bound = bounds[claim].dropna().rename("bound").rename_axis("year").reset_index()
    side = "below" if claim == "E9" else "above"
    for since, run in marks.cut(bound):
        look: marks.Look = dict(
            color=INK, linewidth=0.9, linestyle=marks.RULE, marker="_", markersize=6
        )
        look |= dict(label=f"China: {claim} holds {side}")
        Tagged(ax, *who, since=since).plot(run["year"], run["bound"], **look)
    Tagged(ax, *who).text(2016.7, ax.get_ylim()[1] * 0.93, f"{claim} holds {side}", color=INK)


@drawing("economic", "economic/tariffs", "economic/us_energy_exports", **CAPTIONS["trade-war"])
def trade_war_picture() -> dict:
    """The trade war by month, 2017-2020: both sides' average tariffs, US energy exports to China.

    Table: month, then USD bn of crude oil, LNG, propane, coal and their total.
    Source: tables economic/tariffs (percent), economic/us_energy_exports.
    """
    figure, (ax, below) = canvas(height=5.2, height_ratios=[1, 1.5], **STACKED)
    shipped = energy.us_energy_exports().query("month >= '2017-01' and month <= '2020-12'")
    titles = (
        "Average tariff on the other side's goods, percent",
        "US exports of energy to China, USD bn a month",
    )
    drawn = (ax, _tariffs(ax), "article"), (below, _shipments(below, shipped), "")
    for title, (one, labels, article) in zip(titles, drawn, strict=True):
        ylim = (0, one.get_ylim()[1] * 1.05)
        panel(one, labels, 2017, 2021, 1, title=title, ylim=ylim, article=article, gap=12)
    _averages(below)
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


def _month(place):
    """The month of a place on an axis of years: "2018-06"."""
    return f"{int(place)}-{int(place % 1 * 12) + 1:02}"


def _ends(rows):
    """The last month, and the last that was known in August 2019."""
    return pd.concat([rows.tail(1), rows[rows["month"].le(JUNE)].tail(1)])


def _duties(code):
    rows = evidence.table("economic/tariffs").query("reporter == @code and month >= '2017-01'")
    return needed(rows, "reporter", (code,), "tariffs").assign(at=_months(rows["month"]))


def _tariffs(ax: Axes) -> list[Label]:
    """Both sides' average tariffs as steps. Returns their labels."""
    labels = []
    measured(ax, "%", when=_month)
    for code in ("USA", "CHN"):
        rows, colour, tell = _duties(code), actors.colour(code), f"{actors.name(code)}, tariff"
        look = dict(color=colour, linewidth=2.2, drawstyle="steps-mid", label=tell)
        for since, run in marks.cut(rows, "month", JUNE):
            draw, strength = Tagged(ax, *WAR, since=since), LATE if since else 1
            draw.plot(run["at"], run["tariff_pct"], **look, alpha=strength)
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
    measured(ax, "USD bn", 2, _month)
    for product, colour in zip(energy.PRODUCTS, SHADES, strict=True):
        boxes = boxes.assign(height=boxes[product], middle=boxes["floor"] + boxes[product] / 2)
        marks.bars(ax, boxes, WAR, 0.075, colour, f"United States to China, {product}")
        boxes = boxes.assign(floor=boxes["floor"] + boxes["height"])
        across, up = boxes.loc[ends, "place"], boxes.loc[ends, "middle"]
        labels.append(Label(WAR, [*across], [*up], product, colour, True))
    return labels


def _averages(ax: Axes) -> None:
    """What was sent a month in the two years that E8 compares, and the part of it at which E8
    holds.
    """
    draw, fall = Tagged(ax, *WAR), claims.row("E8")["holds"]
    before, after = (energy.twelve_months_to(end) / 12 for end in ("2018-06", "2019-06"))
    for first, height, dashes in (
        (2017.5, before, "solid"),
        (2018.5, after, "solid"),
        (2018.5, before * (1 - fall / 100), marks.RULE),
    ):
        what = "E8 holds up to" if dashes == marks.RULE else "a month, on average"
        look: marks.Look = dict(color=INK, linewidth=1.2, linestyle=dashes, zorder=6)
        look |= dict(label=f"United States to China, {what}")
        draw.plot([first, first + 1], [height] * 2, **look)
    text = f"E8: down\nby {part(fall, 'percent')}"
    draw.text(2018.63, before * (1 - fall / 100) + 0.04, text, color=INK)


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
    figure, (level, share) = canvas(height=5.2, right=1.75, **STACKED)
    burnt = [_coal_of(code) for code in BURNERS]
    frame, years = pd.concat(burnt, ignore_index=True), (2013, 2018, 2025)
    _coal(level, frame, "coal_ej", "Level: coal burnt, exajoules", 105, "")
    _coal(share, frame, "share", "Share: coal in total energy supply, percent", 90, "article")
    known, edge = energy.coal_known_in_2019(), actors.colour("CHN")
    hollow = dict(markerfacecolor="white", markeredgecolor=edge, markersize=5, zorder=7)
    hollow["label"] = "China, edition of 2019"
    Tagged(level, "CHN").plot(known["year"], known["coal_ej"], "D", **hollow)
    china = energy.coal_use("CHN", vintage="then")
    at = in_percent(china.set_index("year")["share"])
    fall = in_percent(energy.below_peak(china))
    points = f"{at[2013] - at[2018]:.0f} points from 2013 to 2018"
    share_fell = f"Coal's share of China's energy fell by {points}"
    of_2019 = in_percent(energy.below_peak(known))
    _below_peak(level, china)
    tables = [by_year(frame, "actor", column) for column in ("coal_ej", "share")]
    return dict(
        title=f"{share_fell}, its coal by {fall:.0f} %",
        then={"title": f"{share_fell}, its coal by {of_2019:.0f} % (edition of 2019)"},
        figure=figure,
        sentences=[
            *told_each(frame, "actor", "coal_ej", years, "{:,.1f}", about=", coal burnt (EJ)"),
            *told_each(frame, "actor", "share", years, "{:,.1f} %", about=", share of energy"),
        ],
        table=tables[0].merge(tables[1], on="year", suffixes=(", EJ", ", %")),
    )


def _below_peak(ax: Axes, china: pd.DataFrame) -> None:
    """How much China may burn in a year for E7 to hold: so much below the highest year before."""
    bound = china["coal_ej"].cummax().shift() * (1 - claims.row("E7")["holds"] / 100)
    rows = china.assign(bound=bound).query("year >= 2014")
    look: marks.Look = dict(color=INK, linewidth=0.9, linestyle=marks.RULE)
    marks.line(ax, rows, "year", "bound", "CHN", label="China: E7 holds below", **look)
    Tagged(ax, "CHN").text(THEN, rows["bound"].iloc[0] - 4, "E7 holds below", ha="right", va="top")


def _coal_of(code: str) -> pd.DataFrame:
    rows = energy.coal_use(code)
    return rows.assign(actor=code, share=in_percent(rows.share))


def _coal(ax: Axes, frame: pd.DataFrame, column: str, title: str, top: float, article: str) -> None:
    """One panel: a line an actor, China's values of 2013 and 2018 written."""
    measured(ax, "EJ" if column == "coal_ej" else "%", 1)
    labels = marks.lines(ax, frame, "actor", column, "{:,.0f}".format, ("CHN",), both=True)
    panel(ax, labels, 1992, 2025.2, title=title, ylim=(0, top), article=article, gap=12)
    marks.dots(ax, frame.query("actor == 'CHN'"), column, (2013, 2018), ("CHN",))
