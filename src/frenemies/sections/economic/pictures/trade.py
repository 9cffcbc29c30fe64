"""Trade in pictures: China's partners and ranks, and Russia's turn. Two books of one trade: `books`."""

import pandas as pd
import seaborn as sns

from frenemies.errors import Problem
from frenemies.evidence import actors
from frenemies.measures import trade
from frenemies.measures.trade import (
    rank_of,
    ranks,
    russia_to_2024,
    share_of_trade,
    trade_with,
    turned_to_china,
)
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import Tagged, dots, line, lines, tag, timeline
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import by_year, slug, told_each
from frenemies.pictures.style import THEN

NAMED = ("RUS", "USA", "EU28", "JPN", "DEU", "KOR", "TWN", "VNM", "IND", "SAU", "KAZ")
TURN = ("CHN", "EU28", "USA", "UKR", "BLR", "KAZ", "JPN")


def _actor(code):
    """Who switches a partner on and off: the EU is one actor, with however many members."""
    return "EU" if code.startswith("EU") else code


def _each_once(partners):
    """Codes of partners, by code or name. Raises UnknownActor; Problem where there is none, or one actor twice."""
    codes = tuple(map(trade.code, partners))
    if not codes or len(set(map(_actor, codes))) < len(codes):
        raise Problem(
            "name at least one partner, and none twice (EU27 and EU28 are one): choose such as RUS, USA, EU28"
        )
    return codes


@drawing(
    "economic",
    "economic/trade",
    "economic/trade_groups",
    subtitle="China's exports + imports, as China reports them, USD bn, current, 2000-2020",
    then={
        "subtitle": "China's exports + imports, as China reports them, USD bn, current, 2000-2018"
    },
    lead="Line chart of China's goods trade by partner, in billions of dollars.",
    cannot="why: the price of oil moves Russia's line, and goods that pass through Hong Kong are in nobody's line here.",
)
def partners_picture(partners=NAMED):
    """China's goods trade with its partners since 2000, USD bn, as China reports it: a line each, Russia heavy.

    partners: actors, EU27 or EU28. Raises UnknownActor, NoTrade, Problem.
    """
    partners = _each_once(partners)
    frame = trade_with("CHN", partners).query("year >= 2000")
    frame = frame.assign(who=frame["partner"].map(_actor))
    figure, ax = canvas(height=4.4, right=1.5)
    labels = lines(ax, frame, "who", "total", "{:,.0f}".format, lead=("RUS",), others=("CHN",))
    ax.set_ylim(0, frame["total"].max() * 1.08)
    timeline(ax, 2000, 2020)
    label_ends(ax, labels)
    words = told_each(frame, "who", "total", (2000, 2018, 2020), others=("CHN",))
    key = slug("trade-partners", *partners * (partners != NAMED))
    return dict(
        key=key,
        title=_most(frame),
        figure=figure,
        sentences=words,
        table=by_year(frame, "who", "total"),
    )


def _most(frame):
    """The finding: how far the largest partner is ahead of Russia."""
    now = frame.query("year == @THEN").set_index("partner")["total"]
    if "RUS" not in now:
        return "China's trade by partner"
    most = now.idxmax()
    return f"In {THEN} China traded {now[most] / now['RUS']:.1f} times as much with {trade.party(most)} as with Russia"


@drawing(
    "economic",
    "economic/partners",
    cannot="what the EU is as one partner: its members stand here one by one.",
)
def ranks_picture(year=THEN, reporter="CHN"):
    """The twenty largest trade partners of China or Russia in one year, USD bn: a bar each, the other of the two heavy. Raises as `ranks`."""
    reporter, found = actors.find(reporter), ranks(reporter, year)
    other = "RUS" if reporter == "CHN" else "CHN"
    frame, place = found.head(20), rank_of(reporter, other, year)
    frame = frame.assign(
        who=[[code for code in (one, reporter) if code in actors.ALL] for one in frame["partner"]]
    )
    figure, ax = canvas(height=4.9, left=1.35, right=0.6, bottom=0.15)
    _ranked_bars(ax, frame, other, since=year > THEN)
    name, whose = actors.name(reporter), actors.name(other)
    return dict(
        key=slug("trade-ranks", reporter.lower(), *[year] * (year != THEN)),
        title=f"In {year} {whose} was {name}'s trade partner number {place}",
        subtitle=f"Exports + imports as {name} reports them, USD bn, {year}; EU members singly; dark bars are actors of this package",
        figure=figure,
        lead=f"Bar chart of the {len(frame)} largest trade partners of {name} in {year}, in billions of dollars.",
        sentences=[
            (row.who, f"{row.rank}. {row.name}: {row.total:,.0f}.") for row in frame.itertuples()
        ],
        table=frame.drop(columns="who").round(1),
    )


def _ranked_bars(ax, frame, heavy, since):
    """A bar a partner, each with its figure: actors dark, the heavy one in its colour and bold."""
    shades = frame["partner"].map(lambda code: "#8FA3AD" if code in actors.ALL else "#D5D8DB")
    shades = shades.mask(frame["partner"].eq(heavy), actors.colour(heavy)).tolist()
    looks = {"hue": "name", "palette": shades, "legend": False, "errorbar": None, "saturation": 1}
    sns.barplot(frame, x="total", y="name", **looks, ax=ax)
    for bar, label, row in zip(ax.patches, ax.get_yticklabels(), frame.itertuples(), strict=True):
        weight = "bold" if row.partner == heavy else "normal"
        for mark in (bar, label):
            tag(mark, *row.who, since=since)
        draw = Tagged(ax, *row.who, since=since)
        draw.text(row.total, row.rank - 1, f" {row.total:,.0f}", va="center", fontweight=weight)
        label.set_fontweight(weight)
    ax.grid(axis="y", visible=False)
    ax.set(xlabel="", ylabel="", xticks=[])


@drawing(
    "economic",
    "economic/trade",
    "economic/trade_russia",
    key="russia-turn",
    subtitle="Share in Russia's goods trade, percent, as Russia reports it; EU with 28 members throughout; hollow: the IMF's estimates from partners",
    then={
        "subtitle": "Share in Russia's goods trade, percent, as Russia reports it; EU with 28 members throughout"
    },
    lead="Line chart of partners' shares in Russia's goods trade, in percent.",
    cannot="why trade moved: sanctions, the price of oil and China's growth all came at once.",
)
def turn_picture():
    """Partners' shares of Russia's goods trade, 1994-2024, percent: China and the EU heavy; from 2022 estimated from partners, hollow."""
    figure, ax = canvas(height=4.3, right=1.5)
    frame, labels = pd.concat(map(_share_to_2024, TURN)), []
    for who, rows in frame.groupby("who", sort=False):
        _turn_line(ax, rows, who, labels)
    ax.set_ylim(0, 62)
    timeline(ax, 1994, 2024.3)
    label_ends(ax, labels)
    years = (2008, 2013, 2018, 2021, 2024)
    return dict(
        title=f"From 2013 to 2018 Russia's trade moved from the EU to China, by {min(turned_to_china(2013, 2018)):.0f} points or more",
        figure=figure,
        sentences=told_each(frame, "who", "share", years, "{:,.1f} %", others=("RUS",)),
        table=by_year(frame, "who", "share"),
    )


def _share_to_2024(partner):
    older, newer = (
        share_of_trade("RUS", partner).query("year >= 1994"),
        russia_to_2024(partner).query("year > 2020"),
    )
    return pd.concat([older, newer], ignore_index=True).assign(who=_actor(partner))


def _turn_line(ax, rows, who, labels):
    """One partner's line, its estimated years as rings; China and the EU solid, with their values of 2013 and 2018."""
    lead = who in ("CHN", "EU")
    look = {"others": ("RUS",), "linestyle": "solid" if lead else actors.dash(who)}
    line(
        ax,
        rows,
        "year",
        "share",
        who,
        lead,
        labels,
        lambda row: f"{actors.name(who)} {row.share:,.0f}",
        **look,
    )
    late = rows.query("mirror == True")
    ring = {
        "markerfacecolor": "white",
        "markeredgecolor": actors.colour(who),
        "markersize": 5,
        "zorder": 5,
    }
    Tagged(ax, who, "RUS", since=True).plot(late["year"], late["share"], "o", **ring)
    if lead:
        dots(ax, rows, "share", (2013, 2018), (who, "RUS"))


def rank_sentence(shown, year=2018):
    """Where Russia stands among those of China's partners that are switched on (`shown`: list of ISO3), in words. Raises UnknownYear."""
    found = ranks("CHN", year).query("partner in @shown").reset_index(drop=True)
    if "RUS" not in set(found["partner"]):
        return "Russia is switched off: switch it on to see where it stands."
    place = found.index[found["partner"].eq("RUS")][0] + 1
    before = ", ".join(found["name"].head(place - 1)) or "nobody"
    placed = f"number {place} of the {len(found)} partners shown"
    return f"By China's trade in {year} Russia is {placed}. Before it: {before}."
