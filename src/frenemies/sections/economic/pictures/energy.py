"""Energy in pictures: where China's fuels come from, the trade war by month, coal as a level and as
a share."""

from collections.abc import Iterator
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from frenemies.measures import energy
from frenemies.sections.economic import compared
from heldto import claims, evidence
from heldto.evidence import actors
from heldto.pictures import canvas, drawing, labels, marks, measured, plotted, sentences
from heldto.pictures.marks import LATE, Label, Look, Shown, Tagged
from heldto.pictures.style import INK, QUIET, THEN, readable
from heldto.text import texts, words

CAPTIONS = texts.captions("economic")
FUELS = texts.labels("economic")["fuels"]  # what they are called, their unit, whose are drawn
OTHERS = {"Australia": "#8A4B08"}  # colours of origins that are no actors
RULED = {("crude oil", "Russia"): "E5", ("gas", "Russia"): "E6", ("gas", "Australia"): "E9"}
BURNERS = ("CHN", "IND", "USA", "RUS", "JPN")
SHADES = ("#3C4650", "#C77700", "#3E8F8C", "#A9A9A9")  # of the products, from the bottom up
WAR, JUNE = ("CHN", "USA"), evidence.CUTS["month"]
STACKED: Look = dict(rows=2, sharex=True, bottom=0.35, top=0.3)  # one axis of years


@drawing("economic", "economic/energy_imports", **CAPTIONS["energy-origins"])
def origins_picture(*, shown: Shown = None) -> dict | None:
    """China's imports of crude oil and of gas by origin, 2017-2025: a panel each, one scale a fuel,
    with the rules of E5, E6 and E9.

    The years 2022 and 2024 are missing and left open. shown: ISO3; for whom panels are drawn.
    Table: year, then a column an origin and fuel, in million tonnes or bcm.
    Source: table economic/energy_imports.
    """
    pairs = [(fuel, name) for fuel, own in FUELS.items() for name in own["origins"]]
    told = pd.concat(compared.fuel_from(*pair, "since").assign(fuel=pair[0]) for pair in pairs)
    seen = marks.on(told, "actor")
    if seen.empty or marks.is_off(["CHN"]):
        return None
    most = seen.groupby("fuel")["origin"].nunique().max()
    size: Look = dict(height=4.5, rows=2, cols=most, squeeze=False, top=0.5)
    figure, axes = canvas(**size, left=0.15, right=0.5 + 1.2 * (5 - most), sharey="row")
    for across, (fuel, sent) in zip(axes, seen.groupby("fuel", sort=False), strict=True):
        origins = sent.groupby("origin", sort=False)
        for ax, (_, rows) in zip(across, origins, strict=False):
            _origin(ax, rows, fuel)
        for ax in across[len(origins) :]:
            ax.remove()
        last = across[len(origins) - 1]  # an origin that is no actor stands there
        last.tick_params(labelright=True)
        last.set_ylim(0, 1.25 * last.get_ylim()[1])  # room for what rules say
        above = dict(xy=(0.022, 1.2), xycoords=("figure fraction", "axes fraction"))
        last.annotate("{name}, {unit}".format_map(FUELS[fuel]), **above, color=QUIET)
    figure.subplots_adjust(wspace=0.14, hspace=0.6)
    crude, gas = (energy.from_origin(fuel, "Russia", 2018, "share") * 100 for fuel in FUELS)
    bounds = {claim: claims.row(claim)["holds"] for claim in RULED.values()}
    parts = {f"part_{claim}": words.part(holds, "percent") for claim, holds in bounds.items()}
    named = told.assign(origin=told["origin"] + ", " + told["fuel"])
    return dict(
        words={"crude": crude, "gas": gas, **bounds, **parts},
        figure=figure,
        sentences=_origins_in_words(told),
        table=sentences.by_year(named, "origin", "quantity"),
    )


def _origins_in_words(told: pd.DataFrame) -> Iterator[sentences.Sentence]:
    years = (2017, 2018, 2019, 2025)
    for (fuel, name, code), rows in told.groupby(["fuel", "origin", "actor"], sort=False):
        who = (code or "CHN", "CHN")
        yield from sentences.told(who, f"{name}, {fuel}", rows, "quantity", years, "{:,.1f}")


def _origin(ax: Axes, rows: pd.DataFrame, fuel: str) -> None:
    """One origin's line, broken where a year is missing, with its figures of 2018 and of the last
    year, and the rule that it decides.
    """
    name, code = rows[["origin", "actor"]].iloc[0]
    who, quantity = (code or "CHN", "CHN"), rows.set_index("year")["quantity"]
    colour = actors.colour(code) if code else OTHERS.get(name, QUIET)
    look: Look = dict(color=colour, marker="o", markersize=4, linewidth=2, linestyle="solid")
    look |= dict(others=who, gaps=True, label=f"{name} to China")
    measured(ax, FUELS[fuel]["unit"], 1)
    marks.line(ax, rows, "quantity", who[0], **look)
    look = dict(textcoords="offset points", ha="center", color=readable(colour), weight="bold")
    for year in (THEN, max(quantity.index)):
        text = f"{quantity[year]:.{0 if quantity[year] >= 10 else 1}f}"
        draw = Tagged(ax, *who, since=year > THEN)
        draw.annotate(text, (year, quantity[year]), (0, 6), bbox=labels.PAPER, **look)
    ax.set(xlim=(2016.4, 2026.4))
    ax.set_xticks([THEN, 2025], [f"{THEN}", "2025"])
    marks.tag_ticks(ax, [False, True])
    ax.grid(axis="x", visible=False)
    marks.article_line(ax, text="")
    ax.tick_params(labelleft=False)
    marks.heading(ax, words.name(code) if code else name)
    if (fuel, name) in RULED:
        _ruled(ax, RULED[fuel, name], quantity, who)
    if code:
        marks.tag(ax, *who)


def _ruled(ax: Axes, claim: str, quantity: pd.Series, who: tuple[str, ...]) -> None:
    """The quantity from which on, or below which, a claim holds, year by year."""
    holds = claims.row(claim)["holds"] / 100
    gas = energy.imports_by_origin("gas").query("origin == 'Total'").set_index("year")["quantity"]
    bounds = {
        "E5": quantity[2017] * (1 + holds) ** (quantity.index.to_series() - 2017),
        "E6": gas * holds,
        "E9": quantity.reindex(range(2017, 2026)).shift() * (1 - holds),
    }
    bound = bounds[claim].rename("bound").rename_axis("year").reset_index()
    said = f"{claim} holds {'below' if claim == 'E9' else 'above'}"
    look: Look = dict(label=f"China: {said}", marker="_", markersize=6, others=who)
    marks.line(ax, bound, "bound", "CHN", **look, **marks.BOUND)
    Tagged(ax, *who).text(0.03, 0.93, said, color=INK, transform=ax.transAxes)


@drawing("economic", "economic/tariffs", "economic/us_energy_exports", **CAPTIONS["trade-war"])
def trade_war_picture() -> dict:
    """The trade war by month, 2017-2020: both sides' average tariffs, US energy exports to China.

    Table: month, then USD bn of crude oil, LNG, propane, coal and their total.
    Source: tables economic/tariffs (percent), economic/us_energy_exports.
    """
    figure, (ax, below) = canvas(height=5.2, height_ratios=[1, 1.5], **STACKED)
    shipped = energy.us_energy_exports().query("month >= '2017-01' and month <= '2020-12'")
    years: Look = dict(first=2017, last=2021, step=1, ylim=(0, None), gap=12)
    title = "Average tariff on the other side's goods, percent"
    labels.panel(ax, _tariffs(ax), title=title, **years)
    title = "US exports of energy to China, USD bn a month"
    labels.panel(below, _shipments(below, shipped), title=title, article="", **years)
    _averages(below)
    return dict(
        words={"fall": compared.shipped("then").fall},
        figure=figure,
        sentences=_war_in_words(),
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
    return sentences.needed(rows, "reporter", (code,), "tariffs").assign(at=_months(rows["month"]))


def _tariffs(ax: Axes) -> list[Label]:
    """Both sides' average tariffs as steps. Returns their labels."""
    ends = []
    measured(ax, "%", when=_month)
    for code in ("USA", "CHN"):
        rows, colour, tell = _duties(code), actors.colour(code), f"{actors.name(code)}, tariff"
        look = dict(color=colour, linewidth=2.2, drawstyle="steps-mid", label=tell)
        for since, run in marks.cut(rows, "month", JUNE):
            draw, strength = Tagged(ax, *WAR, since=since), LATE if since else 1
            draw.plot(run["at"], run["tariff_pct"], **look, alpha=strength)
        across, up = [*_ends(rows)["at"]], [*_ends(rows)["tariff_pct"]]
        ends.append(Label(WAR, across, up, actors.name(code), colour, True))
    return ends


def _shipments(ax: Axes, shipped: pd.DataFrame) -> list[Label]:
    """Energy by month, a product on the other. Returns their labels."""
    boxes = shipped.assign(place=_months(shipped["month"]), late=shipped["month"].gt(JUNE), floor=0)
    ends, last = [], _ends(shipped).index
    measured(ax, "USD bn", 2, _month)
    for product, colour in zip(energy.PRODUCTS, SHADES, strict=True):
        boxes = boxes.assign(height=boxes[product], middle=boxes["floor"] + boxes[product] / 2)
        marks.bars(ax, boxes, WAR, 0.075, colour, f"United States to China, {product}")
        boxes = boxes.assign(floor=boxes["floor"] + boxes["height"])
        across, up = boxes.loc[last, "place"], boxes.loc[last, "middle"]
        ends.append(Label(WAR, [*across], [*up], product, colour, True))
    return ends


def _averages(ax: Axes) -> None:
    """What was sent a month in the two years that E8 compares, and the part of it at which E8
    holds.
    """
    fall, to = claims.row("E8")["holds"], "United States to China"
    before, after = (energy.twelve_months_to(end) / 12 for end in ("2018-06", "2019-06"))
    draw, most = Tagged(ax, *WAR), before * (1 - fall / 100)
    look: Look = dict(color=INK, linewidth=1.2, label=f"{to}, a month, on average", zorder=6)
    draw.plot([2017.5, 2018.5], [before] * 2, **look)
    draw.plot([2018.5, 2019.5], [after] * 2, **look)
    draw.plot([2018.5, 2019.5], [most] * 2, **marks.BOUND, label=f"{to}, E8 holds up to")
    draw.text(2018.63, most + 0.04, f"E8: down\nby {words.part(fall, 'percent')}", color=INK)


def _war_in_words() -> Iterator[sentences.Sentence]:
    for one, other in (WAR[::-1], WAR):
        at = _duties(one).set_index("month")["tariff_pct"]
        change = f"{at['2018-06']:.1f} % in June 2018, {at['2019-06']:.1f} % in June 2019"
        yield WAR, f"{actors.name(one)} on {actors.name(other)}: {change}."
    for end in ("2018-06", "2019-06", "2020-12"):
        who = (*WAR, "since") if end > JUNE else WAR
        sent = f"{energy.twelve_months_to(end):.1f} billion dollars"
        yield who, f"US energy exports in the twelve months to {words.day(end)}: {sent}."


@drawing("economic", "economic/energy_use", "economic/coal_editions", **CAPTIONS["coal"])
def coal_picture() -> dict:
    """Coal since 1992, two panels: the level and the share of energy, a line an actor, China heavy.

    Table: year, then exajoules and percent of total energy supply of each actor.
    Source: tables economic/energy_use, economic/coal_editions (diamonds).
    """
    figure, (level, share) = canvas(height=5.2, right=1.75, **STACKED)
    frame = pd.concat([energy.coal_use(code).assign(actor=code) for code in BURNERS])
    frame, years = frame.assign(share=words.in_percent(frame["share"])), (2013, 2018, 2025)
    _coal(level, frame, "coal_ej", "Level: coal burnt, exajoules", 105, "")
    _coal(share, frame, "share", "Share: coal in total energy supply, percent", 90, "article")
    known, draw = energy.coal_known_in_2019(), Tagged(level, "CHN", tell="China, edition of 2019")
    hollow = dict(markerfacecolor="white", markeredgecolor=actors.colour("CHN"), markersize=5)
    draw.plot(known["year"], known["coal_ej"], "D", zorder=7, **hollow)
    china = energy.coal_use("CHN", vintage="then")
    _below_peak(level, china)
    at = words.in_percent(china.set_index("year")["share"])
    falls = {"fall": energy.below_peak(china) * 100, "known": energy.below_peak(known) * 100}
    amounts, shares = (sentences.by_year(frame, "actor", one) for one in ("coal_ej", "share"))
    each = partial(sentences.told_each, frame, "actor", years=years)
    return dict(
        words={"points": at[2013] - at[2018], **falls},
        figure=figure,
        sentences=[
            *each("coal_ej", form="{:,.1f}", about=", coal burnt (EJ)"),
            *each("share", form="{:,.1f} %", about=", share of energy"),
        ],
        table=amounts.merge(shares, on="year", suffixes=(", EJ", ", %")),
    )


def _below_peak(ax: Axes, china: pd.DataFrame) -> None:
    """How much China may burn in a year for E7 to hold: so much below the highest year before."""
    bound = china["coal_ej"].cummax().shift() * (1 - claims.row("E7")["holds"] / 100)
    rows = china.assign(bound=bound).query("year >= 2014")
    marks.line(ax, rows, "bound", "CHN", label="China: E7 holds below", **marks.BOUND)
    Tagged(ax, "CHN").text(THEN, rows["bound"].iloc[0] - 4, "E7 holds below", ha="right", va="top")


def _coal(ax: Axes, frame: pd.DataFrame, column: str, title: str, top: float, article: str) -> None:
    """One panel: a line an actor, China's values of 2013 and 2018 written."""
    unit = "EJ" if column == "coal_ej" else "%"
    ends = plotted.lines(ax, frame, "actor", column, unit, 1, lead=["CHN"])
    labels.panel(ax, ends, 1992, 2025.2, title=title, ylim=(0, top), article=article, gap=12)
    marks.dots(ax, frame.query("actor == 'CHN'"), column, (2013, 2018), ("CHN",))
