"""Energy in pictures: where China's fuels come from, the trade war by month, coal as a level and as
a share."""

from collections.abc import Iterator
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from frenemies.measures import energy
from frenemies.sections.economic import claim_measures
from heldto import claims, evidence
from heldto.evidence import actors
from heldto.pictures import (
    LOW,
    canvas,
    drawing,
    labels,
    marks,
    plotted,
    sentences,
    tooltips_from_data,
)
from heldto.pictures.marks import LATE, Label, Look, Shown, Tagged
from heldto.pictures.style import INK, QUIET, THEN, is_narrow
from heldto.text import texts, words

CAPTIONS = texts.captions("economic")
FUELS = texts.labels("economic")["fuels"]  # what they are called, their unit, whose are drawn
LEADS = {"Russia": actors.colour("RUS"), "Australia": "#8A4B08"}  # origins that claims are about
RULED = {("crude oil", "Russia"): "E5", ("gas", "Russia"): "E6", ("gas", "Australia"): "E9"}
BELOW = {"E5": 1.5, "E6": 4.5, "E9": 3}  # points off its tick: where a claim's name meets no line
SHAPES = "osD^vP"  # of the dots of origins, which are all grey but for those of a claim
TICK = 0.28  # years: half of a tick
BURNERS = ("CHN", "IND", "USA", "RUS", "JPN")
SHADES = ("#3C4650", "#E3A33B", "#3E8F8C", "#C4C4C4")  # of the products, from the bottom up
WAR, JUNE = ("CHN", "USA"), evidence.CUTS["month"]
STACKED: Look = dict(rows=2, sharex=True, bottom=0.35, top=0.3)  # one axis of years


@drawing("economic", "economic/energy_imports", **CAPTIONS["energy-origins"])
def origins_picture(*, shown: Shown = None) -> dict | None:
    """China's imports of crude oil and of gas by origin, 2017-2025: a panel a fuel, a line an
    origin, with the rules of E5, E6 and E9 as ticks at 2018.

    The years 2022 and 2024 are missing and left open. shown: ISO3; without some of the actors only
    the origins among those have a line. Table: year, then a column an origin and fuel, in million
    tonnes or bcm. Source: table economic/energy_imports.
    """
    pairs = [(fuel, name) for fuel, own in FUELS.items() for name in own["origins"]]
    told = pd.concat(
        claim_measures.fuel_from(*pair, "since").assign(fuel=pair[0]) for pair in pairs
    )
    seen = marks.on(told, "actor")
    if len(seen) < len(told):
        seen = seen[seen["actor"].ne("")]
    if seen.empty or marks.is_off(["CHN"]):
        return None
    fuels = seen.groupby("fuel", sort=False)
    size: Look = dict(
        height=max(LOW, 0.4 + 2.25 * fuels.ngroups), rows=fuels.ngroups, squeeze=False
    )
    figure, axes = canvas(**size, left=0.5, right=1.55, top=0.3, bottom=0.3)
    figure.subplots_adjust(hspace=0.3)
    for ax, (fuel, sent) in zip(axes.flat, fuels, strict=True):
        _fuel(ax, sent, str(fuel))
    bounds = {claim: claims.row(claim)["holds"] for claim in RULED.values()}
    parts = {f"part_{claim}": words.part(holds, "percent") for claim, holds in bounds.items()}
    named = told.assign(origin=told["origin"] + ", " + told["fuel"])
    return dict(
        **_sent(told),
        words={"australia": "Australia" in set(seen["origin"]), **bounds, **parts},
        figure=figure,
        sentences=_origins_in_words(told),
        table=sentences.by_year(named, "origin", "quantity"),
    )


def _sent(told: pd.DataFrame) -> dict:
    """The finding, Russia's shares, and what is said of each other origin without Russia."""
    of = told[told["actor"].ne("")].drop_duplicates(["fuel", "actor"])
    share = {
        (row.fuel, row.actor): energy.from_origin(row.fuel, row.origin, THEN, "share") * 100
        for row in of.itertuples()
    }
    crude, gas = (share[fuel, "RUS"] for fuel in FUELS)
    russia = f"In {THEN} Russia sent {crude:.0f} % of the crude oil that China imported"
    others = [
        (("CHN", who), f"In {THEN} {words.the(who)} sent {part:.0f} % of China's imports of {fuel}")
        for (fuel, who), part in sorted(share.items(), key=lambda one: -one[1])
        if who != "RUS"
    ]
    return dict(title=f"{russia}, but {gas:.0f} % of the gas", others=others)


def _origins_in_words(told: pd.DataFrame) -> Iterator[sentences.Sentence]:
    years = (2017, 2018, 2019, 2025)
    for (fuel, name, code), rows in told.groupby(["fuel", "origin", "actor"], sort=False):
        who = (code or "CHN", "CHN")
        yield from sentences.year_sentence(
            who, f"{name}, {fuel}", rows, "quantity", years, "{:,.1f}"
        )


def _fuel(ax: Axes, sent: pd.DataFrame, fuel: str) -> None:
    """A panel: a line an origin, broken where a year is missing; heavy, with a tick for the rule,
    where a claim is about it, and grey else.
    """
    tooltips_from_data(ax, FUELS[fuel]["unit"], 1)
    ends = []
    shapes = dict(zip(FUELS[fuel]["origins"], SHAPES, strict=False))
    for name, rows in sent.groupby("origin", sort=False):
        code, ruled = rows["actor"].iloc[0], (fuel, name) in RULED
        who, known = (code or "CHN", "CHN"), words.short_name(code) if code else name
        colour = LEADS.get(str(name), labels.BACK)
        look: Look = dict(color=colour, marker=shapes[str(name)], markersize=4.5)
        look |= dict(linestyle="solid", gaps=True)
        look |= dict(linewidth=2.6 if ruled else 1.4, others=who, label=f"{name} to China")
        text = f"{known} {{0.quantity:.{0 if rows['quantity'].max() >= 10 else 1}f}}".format
        end = marks.line(ax, rows, "quantity", who[0], ruled, text, **look)
        ends.append(end if ruled else end._replace(colour=QUIET))
        if ruled:
            _ruled(ax, RULED[fuel, name], rows.set_index("year")["quantity"], who)
    head: Look = dict(title="{name}, {unit}".format_map(FUELS[fuel]), ylim=(0, None))
    labels.panel(ax, ends, 2016.7, 2025.2, 1, **head, past=THEN + TICK)
    ax.set_ylim(0, ax.dataLim.ymax * 1.25)  # above the lines stands where the article is


def _ruled(ax: Axes, claim: str, quantity: pd.Series, who: tuple[str, ...]) -> None:
    """A tick at 2018: the quantity from which on, or below which, a claim holds."""
    holds = claims.row(claim)["holds"] / 100
    gas = energy.imports_by_origin("gas").query("origin == 'Total'").set_index("year")["quantity"]
    bounds = {
        "E5": quantity[2017] * (1 + holds),
        "E6": gas[THEN] * holds,
        "E9": quantity[2017] * (1 - holds),
    }
    said = f"{claim} holds {'below' if claim == 'E9' else 'above'}"
    look: Look = dict(color=INK, linewidth=2, solid_capstyle="butt", zorder=7)
    draw = Tagged(ax, *who, tell=f"{words.join_names(who[:1])}, {THEN}: {said} {bounds[claim]:.1f}")
    draw.plot([THEN - TICK, THEN + TICK], [bounds[claim]] * 2, **look)
    below: Look = dict(xytext=(0, -BELOW[claim]), textcoords="offset points", ha="center", va="top")
    draw.annotate(claim, (THEN - 0.4, bounds[claim]), **below, zorder=7)


@drawing("economic", "economic/tariffs", "economic/us_energy_exports", **CAPTIONS["trade-war"])
def trade_war_picture() -> dict:
    """The trade war by month, 2017-2020: both sides' average tariffs, US energy exports to China.

    Table: month, then USD bn of crude oil, LNG, propane, coal and their total.
    Source: tables economic/tariffs (percent), economic/us_energy_exports.
    """
    figure, (ax, below) = canvas(height=5.2, height_ratios=[1, 1.5], **STACKED)
    shipped = energy.us_energy_exports().query("month >= '2017-01' and month <= '2020-12'")
    years: Look = dict(first=2017, last=2021, step=1, ylim=(0, None), gap=12)
    title = "Average tariff on the other side's goods, per cent"
    labels.panel(ax, _tariffs(ax), title=title, **years)
    title = "US exports of energy to China, USD bn a month"
    labels.panel(below, _shipments(below, shipped), title=title, article="", **years)
    _averages(below)
    return dict(
        words={"fall": claim_measures.shipped("then").fall},
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
    tooltips_from_data(ax, "%", when=_month)
    for code in ("USA", "CHN"):
        rows, colour, tell = _duties(code), actors.colour(code), f"{actors.name(code)}, tariff"
        width = 3 if code == "CHN" else 1.6  # in grey, too, they can be told apart
        look = dict(color=colour, linewidth=width, drawstyle="steps-mid", label=tell)
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
    tooltips_from_data(ax, "USD bn", 2, _month)
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
    said = f"E8: down\nby {words.part(fall, 'percent')}"
    said = said.replace(" down", "\ndown") if is_narrow() else said
    draw.text(2018.63, most + 0.04, said, color=INK)


def _war_in_words() -> Iterator[sentences.Sentence]:
    for one, other in (WAR[::-1], WAR):
        at = _duties(one).set_index("month")["tariff_pct"]
        change = f"{at['2018-06']:.1f} % in June 2018, {at['2019-06']:.1f} % in June 2019"
        yield WAR, f"{actors.name(one)} on {actors.name(other)}: {change}."
    for end in ("2018-06", "2019-06", "2020-12"):
        who = (*WAR, "since") if end > JUNE else WAR
        sent = f"{energy.twelve_months_to(end):.1f} billion dollars"
        yield who, f"US energy exports in the twelve months to {words.format_day(end)}: {sent}."


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
    _coal(share, frame, "share", "Share: coal in total energy supply, per cent", 90, "article")
    known, draw = energy.coal_known_in_2019(), Tagged(level, "CHN", tell="China, edition of 2019")
    hollow = dict(markerfacecolor="white", markeredgecolor=actors.colour("CHN"), markersize=5)
    draw.plot(known["year"], known["coal_ej"], "D", zorder=7, **hollow)
    china = energy.coal_use("CHN", vintage="then")
    _below_peak(level, china)
    at = words.in_percent(china.set_index("year")["share"])
    falls = {"fall": energy.below_peak(china) * 100, "known": energy.below_peak(known) * 100}
    amounts, shares = (sentences.by_year(frame, "actor", one) for one in ("coal_ej", "share"))
    each = partial(sentences.year_sentences, frame, "actor", years=years)
    ends = frame.pivot(index="actor", columns="year", values="share")
    went = "From 2013 to 2018 coal's share of {} energy went from {:.0f} to {:.0f} %"
    whose = {code: words.possessive(words.the(code)) for code in BURNERS}
    moved = {one: went.format(whose[one], *ends.loc[one, [2013, 2018]]) for one in BURNERS}
    return dict(
        others=[((code,), title) for code, title in moved.items()],
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
    look: Look = dict(ha="right", va="top", bbox=labels.PAPER)
    text = "E7 holds\nbelow" if is_narrow() else "E7 holds below"
    Tagged(ax, "CHN").text(2019.1, rows["bound"].iloc[0] - 4, text, **look)


def _coal(ax: Axes, frame: pd.DataFrame, column: str, title: str, top: float, article: str) -> None:
    """One panel: a line an actor, China's values of 2013 and 2018 written."""
    unit = "EJ" if column == "coal_ej" else "%"
    ends = plotted.lines(ax, frame, "actor", column, unit, 1, lead=["CHN"])
    labels.panel(ax, ends, 1992, 2025.2, title=title, ylim=(0, top), article=article, gap=12)
    for code in marks.first_on([code] for code in BURNERS):
        labels.dots(ax, frame.query("actor == @code"), column, (2013, THEN), (code,))
