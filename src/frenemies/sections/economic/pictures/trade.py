"""Trade in pictures: China's partners and ranks, and Russia's turn. One trade in two: `books`."""

from collections.abc import Collection, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from frenemies import claims, registry
from frenemies.claims import wording
from frenemies.errors import Problem
from frenemies.evidence import actors
from frenemies.measures import trade
from frenemies.measures.words import in_percent, names
from frenemies.pictures import marks, sentences
from frenemies.pictures.labels import PAPER, panel
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import Sentence, by_year, slug, told_each, told_rows
from frenemies.pictures.style import INK, THEN
from frenemies.pictures.telling import measured
from frenemies.sections import captions, together

CAPTIONS = captions("economic")
NAMED = ("RUS", "USA", "EU28", "JPN", "DEU", "KOR", "TWN", "VNM", "IND", "SAU", "KAZ")
FOUR = ("USA", "EU28", "JPN", "DEU")  # behind each of whom E3 sees Russia lag
_PARTNERS = CAPTIONS["trade-partners"]
_UNBOUND = {  # where Russia is not among them no line of E3 is drawn, and none is told of
    "subtitle": _PARTNERS["subtitle"].partition("; dashed")[0],
    "then": {"subtitle": _PARTNERS["then"]["subtitle"].partition("; dashed")[0]},
}
YEARS = (2000, 2018, 2020)  # told in words
TURN = ("CHN", "EU28", "USA", "UKR", "BLR", "KAZ", "JPN")


def _actor(code):
    """Who switches a partner on and off: the EU is one actor, with however many members."""
    return "EU" if code.startswith("EU") else code


def _each_once(partners):
    """Codes of partners, by code or name. Raises UnknownActor; Problem for none, or one twice."""
    codes = tuple(map(trade.code, partners))
    if not codes or len(set(map(_actor, codes))) < len(codes):
        raise Problem(
            "name at least one partner, and none twice (EU27 and EU28 are one):"
            " choose such as RUS, USA, EU28"
        )
    return codes


@drawing("economic", "economic/trade", "economic/trade_groups", **CAPTIONS["trade-partners"])
def partners_picture(
    partners: Sequence[str] = NAMED,
    those_shown: str = "apart",
    *,
    shown: Collection[str] | None = None,
) -> dict | None:
    """China's goods trade with its partners since 2000, as China reports it: a line each.

    partners: actors, EU27 or EU28. those_shown: "together" adds a line that is the trade with all
    the actors shown, each state counted once, whether it has a line or not. shown: ISO3. Raises
    UnknownActor, NoTrade, Problem.
    Table: year, then USD bn with each partner.
    Source: tables economic/trade, economic/trade_groups.
    """
    partners, summed = _each_once(partners), together(those_shown)
    every = trade.trade_with("CHN", partners).query("year >= 2000")
    every = every.assign(who=every["partner"].map(_actor))
    frame = every[[not marks.is_off(("CHN", who)) for who in every["who"]]]
    if frame.empty:
        return None
    figure, ax = canvas(height=4.4, right=2.3 if summed else 1.95)
    measured(ax, "USD bn", 1)
    heavy: marks.Look = dict(lead=("RUS",), others=("CHN",), both=True)
    labels = marks.lines(ax, frame, "who", "total", "{:,.0f}".format, **heavy)
    bound, told = _bound(ax, every), [*told_each(frame, "who", "total", YEARS, others=("CHN",))]
    if summed:
        labels += _in_one(ax, told)
    panel(ax, labels + bound, 2000, 2020, ylim=(0, ax.dataLim.ymax * 1.08))
    named = [] if partners == NAMED else partners
    return ({} if bound else _UNBOUND) | dict(
        key=slug("trade-partners", *named, *["together"] * summed),
        title=_most(every),
        about=["CHN", "RUS", _largest(every)],
        figure=figure,
        sentences=told,
        table=by_year(frame, "who", "total"),
    )


def _in_one(ax: Axes, told: list[Sentence]) -> list[marks.Label]:
    """The trade with all the actors shown as one line, and its sentences. Returns its label."""
    apart = {"CHN", *registry.bar("economic").absent}  # of whom the bar has no box
    shown = [code for code in actors.EVERYBODY if not (code in apart or marks.is_off([code]))]
    inside = [code for code in shown if "EU" in shown and code in actors.members("EU", THEN)]
    once = [code for code in shown if code not in inside]
    who, codes = ("CHN", *once), ["EU28" if code == "EU" else code for code in once]
    rows = trade.trade_with("CHN", codes).query("year >= 2000")
    total = rows.groupby("year", as_index=False)["total"].sum()
    then, last = (f"{trade.in_year(total, year):,.0f}" for year in (THEN, 2020))
    labels: list[marks.Label] = []
    look: marks.Look = dict(color=INK, linewidth=2.4, linestyle="solid")
    look |= dict(label="China with those shown, together")
    text = f"{len(once)} together {then} \u2192 {last}", f"{len(once)} together {then}"
    marks.line(ax, total, "year", "total", "CHN", True, labels, text, once, **look)
    told += sentences.told(who, "Those shown, together", total, "total", YEARS)
    counted = f"Counted once each: {', '.join(map(trade.party, codes))}."
    within = f" {names(inside)} is in the EU's figure." if inside else ""
    told.append((who, counted + within))
    return labels


def _bound(ax: Axes, frame: pd.DataFrame) -> list[marks.Label]:
    """The line that Russia's stays below if E3 holds: a part of the trade with the least of the
    four. Returns its label.
    """
    part = claims.row("E3")["holds"]
    four = frame.query("partner in @FOUR and year == @THEN")
    if "RUS" not in set(frame["partner"]) or four.empty:
        return []
    least = four.loc[four["total"].idxmin(), "who"]
    if marks.is_off(("CHN", "RUS", least)):
        return []
    rows = frame.query("who == @least").assign(total=lambda it: it["total"] * part)
    labels: list[marks.Label] = []
    name = f"{wording.part(part)} of {actors.name(str(least))}'s"
    look: marks.Look = dict(color=INK, linewidth=0.9, linestyle=marks.RULE, label=name)
    marks.line(
        ax, rows, "year", "total", str(least), False, labels, (name,) * 2, ("CHN", "RUS"), **look
    )
    return labels


def _largest(frame):
    now = frame.query("year == @THEN").set_index("who")["total"]
    return now.idxmax()


def _most(frame):
    """The finding: how far the largest partner is ahead of Russia."""
    now = frame.query("year == @THEN").set_index("partner")["total"]
    if "RUS" not in now:
        return "China's trade by partner"
    most, times = trade.party(now.idxmax()), f"{now.max() / now['RUS']:.1f} times"
    return f"In {THEN} China traded {times} as much with {most} as with Russia"


@drawing("economic", "economic/partners", ahead=True, **CAPTIONS["trade-ranks"])
def ranks_picture(
    year: int = THEN, reporter: str = "CHN", *, shown: Collection[str] | None = None
) -> dict | None:
    """The twenty largest trade partners of China or Russia in one year: a bar each, its rank beside
    the name.

    The other of the two is heavy. shown: ISO3; without some of the actors those shown alone are
    ranked. Raises as `ranks`.
    Table: rank, partner, name, total (USD bn). Source: table economic/partners.
    """
    reporter, ranked = actors.find(reporter), trade.ranks(reporter, year)
    other, name = "RUS" if reporter == "CHN" else "CHN", actors.name(reporter)
    neutral, of = f"{name}'s largest trade partners", ""
    subtitle = "EU members singly; dark bars are actors of this package"
    if shown is not None and not set(ranked["partner"].head(20)) & {*actors.ALL} <= {*shown}:
        ranked = ranked[ranked["partner"].isin(shown) & (reporter in shown)]
        ranked = ranked.assign(rank=range(1, len(ranked) + 1))
        of, subtitle = f" of the {len(ranked)} shown", "ranked among the actors shown"
    if ranked.empty:
        return None
    frame, place = ranked.head(20), ranked.set_index("partner")["rank"].get(other)
    title = f"In {year} {actors.name(other)} was {name}'s trade partner number {place}{of}"
    figure, ax = canvas(height=4.9, left=1.5, right=0.6, bottom=0.15)
    _ranked_bars(ax, frame, reporter, other, since=year > THEN)
    told = frame.assign(reporter=reporter)
    lead = f"Bar chart of the {len(frame)} largest trade partners of {name} in {year}"
    return dict(
        key=slug("trade-ranks", reporter.lower(), *([] if year == THEN else [year])),
        title=title if place else neutral,
        neutral=neutral,
        about=["*"],
        subtitle=f"Exports + imports as {name} reports them, USD bn, {year}; {subtitle}",
        figure=figure,
        lead=f"{lead}, in billions of dollars.",
        sentences=told_rows(told, "{rank}. {name}: {total:,.0f}.", ["partner", "reporter"]),
        table=frame.round(1),
    )


def _ranked_bars(ax: Axes, frame: pd.DataFrame, reporter: str, heavy: str, since: bool) -> None:
    """A bar a partner, each with its figure: actors dark, the heavy one in its colour and bold."""
    shades = frame["partner"].map(lambda code: "#8FA3AD" if code in actors.ALL else "#D5D8DB")
    shades = shades.mask(frame["partner"].eq(heavy), actors.colour(heavy))
    looks: marks.Look = dict(
        hue="name", palette=shades.tolist(), legend=False, errorbar=None, saturation=1
    )
    sns.barplot(frame, x="total", y="name", **looks, ax=ax)
    ax.set_yticks(range(len(frame)), [f"{row.name}  {row.rank}" for row in frame.itertuples()])
    rows = frame.to_dict("records")
    for bar, label, row in zip(ax.patches, ax.get_yticklabels(), rows, strict=True):
        who = [code for code in (row["partner"], reporter) if code in actors.ALL]
        pair = f"{actors.name(reporter)} with {row['name']}"
        tell = f"{pair}: {row['total']:,.1f} USD bn, number {row['rank']}"
        marks.tag(bar, *who, since=since, tell=tell)
        marks.tag(label, *who, since=since)
        label.set_fontweight("bold" if row["partner"] == heavy else "normal")
        look: marks.Look = dict(va="center", fontweight=label.get_fontweight())
        text, place = f" {row['total']:,.0f}", (row["total"], row["rank"] - 1)
        marks.Tagged(ax, *who, since=since).text(*place, text, **look)
    ax.grid(axis="y", visible=False)
    ax.set(xlabel="", ylabel="", xticks=[], ylim=(max(len(frame), 10) - 0.5, -0.5))


@drawing("economic", "economic/trade", "economic/trade_russia", **CAPTIONS["russia-turn"])
def turn_picture() -> dict:
    """Partners' shares of Russia's goods trade, 1994-2024: China and the EU heavy.

    From 2022 estimated from partners: hollow.
    Table: year, then percent of each partner. Source: tables economic/trade, economic/trade_russia.
    """
    figure, ax = canvas(height=4.3, right=1.95)
    measured(ax, "%", 1)
    frame = pd.concat(map(_share_to_2024, TURN))
    groups = frame.groupby("who", sort=False)
    labels = [_turn_line(ax, rows, str(who)) for who, rows in groups]
    for who, sign in (("CHN", 1), ("EU", -1)):
        _turned(ax, frame.query("who == @who"), who, sign)
    panel(ax, labels, 1994, 2024.3, ylim=(0, 62))
    moved = f"{in_percent(min(trade.turned_to_china(2013, 2018))):.0f} points or more"
    years = (2008, 2013, 2018, 2021, 2024)
    return dict(
        title=f"From 2013 to 2018 Russia's trade moved from the EU to China, by {moved}",
        figure=figure,
        sentences=told_each(frame, "who", "share", years, "{:,.1f} %", others=("RUS",)),
        table=by_year(frame, "who", "share"),
    )


def _turned(ax: Axes, rows: pd.DataFrame, who: str, sign: int) -> None:
    """Where a share had to stand in 2018 for F3 to hold in part: so many points from 2013."""
    points = claims.row("F3")["partly"]
    bound = trade.in_year(rows, 2013, "share") + sign * points
    draw = marks.Tagged(ax, who, "RUS", tell=f"{actors.name(who)}: F3 holds in part beyond")
    draw.plot([2014, THEN], [bound] * 2, color=INK, linewidth=0.9, linestyle=marks.RULE, zorder=5)
    text = f"F3: {sign * points:+g} points".replace("-", "\u2212")
    x, ha = (2012.7, "right") if sign > 0 else (THEN + 0.4, "left")
    draw.text(x, bound + 0.4, text, ha=ha, va="bottom", bbox=PAPER)


def _share_to_2024(partner):
    older = trade.share_of_trade("RUS", partner).query("year >= 1994")
    newer = trade.russia_to_2024(partner).query("year > 2020")
    rows = pd.concat([older, newer], ignore_index=True)
    return rows.assign(who=_actor(partner), share=in_percent(rows["share"]))


def _turn_line(ax: Axes, rows: pd.DataFrame, who: str) -> marks.Label:
    """One partner's line, its estimated years as rings; China and the EU solid, with their dots."""
    lead, colour = ("CHN", "EU"), actors.colour(who)
    look: marks.Look = dict(linestyle="solid") if who in lead else {}
    form = "{:,.0f}".format
    (label,) = marks.lines(ax, rows, "who", "share", form, lead, others=("RUS",), both=True, **look)
    late = rows.query("mirror == True")
    ring: marks.Look = dict(markerfacecolor="white", markeredgecolor=colour, markersize=5, zorder=5)
    marks.Tagged(ax, who, "RUS", since=True).plot(late["year"], late["share"], "o", **ring)
    if who in lead:
        marks.dots(ax, rows, "share", (2013, 2018), (who, "RUS"))
    return label


def rank_sentence(shown: Sequence[str], year: int = 2018) -> str:
    """Where Russia stands among those of China's partners that are switched on, in words.

    shown: ISO3 of the actors that are on. Raises UnknownYear.
    """
    ranked = trade.ranks("CHN", year).query("partner in @shown").reset_index(drop=True)
    if "RUS" not in set(ranked["partner"]):
        return "Russia is switched off: switch it on to see where it stands."
    place = ranked.index[ranked["partner"].eq("RUS")][0] + 1
    before = ", ".join(ranked["name"].head(place - 1)) or "nobody"
    placed = f"number {place} of the {len(ranked)} partners shown"
    return f"By China's trade in {year} Russia is {placed}. Before it: {before}."
