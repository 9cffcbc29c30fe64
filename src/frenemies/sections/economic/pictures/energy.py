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
from heldto.pictures import canvas, drawing, labels, marks, plotted, sentences, tooltips_from_data
from heldto.pictures.marks import LATE, Label, Look, Shown, Tagged
from heldto.pictures.style import ARTICLE, INK, QUIET, THEN, is_narrow
from heldto.text import texts, words

CAPTIONS = texts.captions("economic")
FUELS = texts.labels("economic")["fuels"]  # what they are called, their unit, whose are drawn
LEADS = {"Russia": actors.colour("RUS"), "Australia": "#8A4B08"}  # origins that claims are about
RULED = {("crude oil", "Russia"): "E5", ("gas", "Russia"): "E6", ("gas", "Australia"): "E9"}
SHAPES = "osD^vP"  # of the dots of origins, which are all grey but for those of a claim
REST = "all others"
TICK = 0.28  # years: half of a tick
BURNERS = ("CHN", "IND", "USA", "RUS", "JPN")
SHADES = ("#3C4650", "#EDB24F", "#33807D", "#DCDCDC")  # of the products: four greys, if printed so
WAR, JUNE = ("CHN", "USA"), evidence.CUTS["month"]
ON_LINE: Look = dict(textcoords="offset points", ha="center", va="bottom", fontweight="bold")
ON_LINE |= dict(color=INK, bbox=labels.PAPER, zorder=6.5)
STACKED: Look = dict(rows=2, sharex=True, bottom=0.35, top=0.3)  # one axis of years


@drawing("economic", "economic/energy_imports", **CAPTIONS["energy-origins"])
def origins_picture(*, shown: Shown = None) -> dict | None:
    """Origins' shares of China's imports of crude oil and of gas, 2017-2025: a panel a fuel, a line
    an origin and one for all others, with the rules of E5, E6 and E9 as ticks at 2018.

    The years 2022 and 2024 are missing and left open. shown: ISO3; origins that are no actors stay.
    Table: year, then columns an origin and fuel: percent of all imports, and million tonnes or bcm.
    Source: table economic/energy_imports.
    """
    told = pd.concat(map(_origins, FUELS))
    seen = marks.on(told, "actor")
    if marks.is_off(["CHN"]):
        return None
    room: Look = dict(rows=2, left=0.5, right=1.55, top=0.3, bottom=0.3)
    figure, axes = canvas(4.9, **room)
    figure.subplots_adjust(hspace=0.3)
    found = _sent(told)
    about = marks.first_on([found["about"], *(who for who, _ in found["others"])])
    for ax, (fuel, sent) in zip(axes.flat, seen.groupby("fuel", sort=False), strict=True):
        _fuel(ax, sent, str(fuel))
        for code, rows in sent[sent["actor"].isin(about)].groupby("actor"):
            labels.dots(ax, rows, "share", [THEN], (str(code), "CHN"), "{:.0f}".format)
    bounds = {claim: claims.row(claim)["holds"] for claim in RULED.values()}
    parts = {f"part_{claim}": words.part(holds, "percent") for claim, holds in bounds.items()}
    named = told.assign(origin=told["origin"] + ", " + told["fuel"])
    shares, amounts = (sentences.by_year(named, "origin", one) for one in ("share", "quantity"))
    return dict(
        **found,
        words={**bounds, **parts},
        figure=figure,
        sentences=_origins_in_words(told),
        table=shares.merge(amounts, on="year", suffixes=(", %", ", quantity")),
    )


def _origins(fuel: str) -> pd.DataFrame:
    """Quantity and share (percent) of the origins of a fuel that have a line, and of all others."""
    rows = energy.imports_by_origin(fuel, vintage="since")
    rows = rows.assign(fuel=fuel, share=words.in_percent(rows["share"]))
    own = rows[rows["origin"].isin(FUELS[fuel]["origins"])]
    sums = ["quantity", "share"]
    total = rows[rows["origin"].eq("Total")].set_index("year")[sums]
    rest = (total - own.groupby("year")[sums].sum()).reset_index()
    return pd.concat([own, rest.assign(fuel=fuel, origin=REST, actor="")], ignore_index=True)


def _sent(told: pd.DataFrame) -> dict:
    """The finding, Russia's shares, and what is said of each other origin without Russia."""
    now = told[told["year"].eq(THEN) & told["actor"].ne("")]
    crude, gas = now[now["actor"].eq("RUS")]["share"]
    russia = f"In {THEN} Russia sent {crude:.0f} % of the crude oil that China imported"
    sent = "In {} {} sent {:.0f} % of China's imports of {}"
    others = [
        (("CHN", row.actor), sent.format(THEN, words.the(row.actor), row.share, row.fuel))
        for row in now.sort_values("share", ascending=False).itertuples()
        if row.actor != "RUS"
    ]
    return dict(title=f"{russia}, but {gas:.0f} % of the gas", about=("CHN", "RUS"), others=others)


def _origins_in_words(told: pd.DataFrame) -> Iterator[sentences.Sentence]:
    years = (2017, 2018, 2019, 2025)
    for (fuel, name, code), rows in told.groupby(["fuel", "origin", "actor"], sort=False):
        who = (code or "CHN", "CHN")
        yield from sentences.year_sentence(who, f"{name}, {fuel}", rows, "share", years, "{:.1f} %")


def _fuel(ax: Axes, sent: pd.DataFrame, fuel: str) -> None:
    """A panel: a line an origin, broken where a year is missing; heavy, with a tick for the rule,
    where a claim is about it, and grey else.
    """
    tooltips_from_data(ax, "%", 1)
    ends = []
    shapes = dict(zip([*FUELS[fuel]["origins"], REST], SHAPES, strict=False))
    for name, rows in sent.groupby("origin", sort=False):
        code, ruled = rows["actor"].iloc[0], (fuel, name) in RULED
        who, known = (code or "CHN", "CHN"), words.short_name(code) if code else name
        colour = LEADS.get(str(name), labels.BACK)
        look: Look = dict(color=colour, marker=shapes[str(name)], markersize=4.5)
        look |= dict(linestyle="solid", gaps=True)
        look |= dict(linewidth=2.6 if ruled else 1.4, others=who, label=f"{name} to China")
        end = marks.line(
            ax, rows, "share", who[0], ruled, f"{known} {{0.share:.0f}}".format, **look
        )
        ends.append(end if ruled else end._replace(colour=QUIET))
        if ruled:
            _ruled(ax, RULED[fuel, name], rows.set_index("year"), who)
    title = f"{FUELS[fuel]['name']}, per cent"
    labels.panel(ax, ends, 2016.7, 2025.2, 1, title=title, ylim=(0, None), past=THEN + TICK)
    ax.set_ylim(0, ax.dataLim.ymax * 1.25)  # above the lines stands where the article is


def _ruled(ax: Axes, claim: str, rows: pd.DataFrame, who: tuple[str, ...]) -> None:
    """A tick at 2018: the share from which on, or below which, a claim holds. rows: by year."""
    holds, quantity = claims.row(claim)["holds"] / 100, rows["quantity"]
    per_unit = rows["share"][THEN] / quantity[THEN]  # of the imports of 2018
    bounds = {
        "E5": quantity[2017] * (1 + holds) * per_unit,
        "E6": 100 * holds,
        "E9": quantity[2017] * (1 - holds) * per_unit,
    }
    said = f"{claim} holds {'below' if claim == 'E9' else 'above'}"
    look: Look = dict(color=INK, linewidth=2, solid_capstyle="butt", zorder=7)
    tell = f"{words.join_names(who[:1])}, {THEN}: {said} {bounds[claim]:.1f} %"
    draw = Tagged(ax, *who, tell=tell)
    draw.plot([THEN - TICK, THEN + TICK], [bounds[claim]] * 2, **look)
    around: Look = dict(xytext=(0, 0), textcoords="offset points", ha="center", va="center")
    name = draw.annotate(claim, (THEN, bounds[claim]), **around, zorder=7)
    marks.on_the_scale(ax, partial(labels.find_place, ax, name))


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


def _months(column: pd.Series) -> pd.Series:
    """Months as places on an axis of years: the middle of each."""
    return column.str[:4].astype(int) + (column.str[5:7].astype(int) - 0.5) / 12


def _month(place: float) -> str:
    """The month of a place on an axis of years: "2018-06"."""
    return f"{int(place)}-{int(place % 1 * 12) + 1:02}"


def _ends(rows: pd.DataFrame) -> pd.DataFrame:
    """The last month, and the last that was known in August 2019."""
    return pd.concat([rows.tail(1), rows[rows["month"].le(JUNE)].tail(1)])


def _duties(code: str) -> pd.DataFrame:
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
    look: Look = dict(label=f"{to}, a month, on average", solid_capstyle="butt")
    for first, mean in ((2017.5, before), (2018.5, after)):
        draw.plot([first, first + 1], [mean] * 2, color="white", linewidth=4, zorder=5.9, **look)
        draw.plot([first, first + 1], [mean] * 2, color=INK, linewidth=1.6, zorder=6, **look)
        draw.annotate(f"{mean:.2f}", (first + 0.5, mean), (0, 4), **ON_LINE)
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
    draw.plot(known["year"], known["coal_ej"], "D", zorder=5.5, **hollow)
    last = known.iloc[-1]
    # beyond the article's line, and not below the dashes of the rule, whose figure it is not
    look: Look = dict(xytext=(3, -6), va="top", color=QUIET, bbox=labels.PAPER)
    point = ARTICLE, last["coal_ej"]
    draw.annotate(f"{last['coal_ej']:.1f}", point, textcoords="offset points", **look)
    china = energy.coal_use("CHN", vintage="then")
    _below_peak(level, china)
    at = words.in_percent(china.set_index("year")["share"])
    falls = {"fall": energy.below_peak(china) * 100, "known": energy.below_peak(known) * 100}
    amounts, shares = (sentences.by_year(frame, "actor", one) for one in ("coal_ej", "share"))
    each = partial(sentences.year_sentences, frame, "actor", years=years)
    ends = frame.pivot(index="actor", columns="year", values="share")
    went = "From 2013 to 2018 coal's share of {} energy went from {:.1f} to {:.1f} %"
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
    ground = dict(color="white", linewidth=2.6, linestyle="solid", zorder=5.9)
    for look in (ground, marks.BOUND):  # on the red line, too, its dashes are seen
        marks.line(ax, rows, "bound", "CHN", label="China: E7 holds below", **look)
    words: Look = dict(ha="right", va="top", bbox=labels.PAPER)
    most = rows["bound"].iloc[0]  # its figure, so that none beside it is taken for it
    gap = "\n" if is_narrow() else " "
    Tagged(ax, "CHN").text(2019.1, most - 9, f"E7 holds{gap}below {most:.1f}", **words)


def _coal(ax: Axes, frame: pd.DataFrame, column: str, title: str, top: float, article: str) -> None:
    """One panel: a line an actor, China's values of 2013 and 2018 written."""
    unit = "EJ" if column == "coal_ej" else "%"
    ends = plotted.lines(ax, frame, "actor", column, unit, 1, lead=["CHN"])
    labels.panel(ax, ends, 1992, 2025.2, title=title, ylim=(0, top), article=article, gap=12)
    for code, waits in marks.in_titles([code] for code in BURNERS):
        rows = frame.query("actor == @code")
        labels.dots(ax, rows, column, (2013, THEN), (code,), told=waits)
