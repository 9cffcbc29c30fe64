"""Trade in pictures: China's partners and ranks, and Russia's turn. One trade in two: `books`."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from frenemies.measures import trade
from frenemies.sections import ranking
from frenemies.sections.economic import claim_measures
from heldto import article, claims, evidence
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.pictures import INK, LOW, THEN, canvas, drawing, labels, marks, plotted, sentences
from heldto.pictures.marks import Look, Shown, is_off
from heldto.pictures.style import ARTICLE
from heldto.text import words
from heldto.text.options import as_one
from heldto.text.texts import captions

CAPTIONS = captions("economic")
TABLES = ("economic/trade", "economic/trade_groups", "economic/china_customs")
NAMED = ("RUS", "USA", "EU28", "JPN", "DEU", "KOR", "TWN", "VNM", "IND", "SAU", "KAZ")
ONCE = "name at least one partner, and none twice (EU27 and EU28 are one)"
FOUR = ("USA", "EU28", "JPN", "DEU")  # behind each of whom E3 sees Russia lag
YEARS = (2000, 2018, 2020)  # told in words
CUSTOMS = "China's customs, second-hand"
TURN = ("CHN", "EU28", "USA", "UKR", "BLR", "KAZ", "JPN")


def _actor(code: str) -> str:
    """Who switches a partner on and off: the EU is one actor, with however many members."""
    return "EU" if code.startswith("EU") else code


def _each_once(partners: Iterable[str]) -> tuple[str, ...]:
    """Codes of partners, by code or name. Raises UnknownActor; Problem for none, or one twice."""
    codes = tuple(map(trade.code, partners))
    if not codes or len(set(map(_actor, codes))) < len(codes):
        raise Problem(f"{ONCE}: choose such as RUS, USA, EU28")
    return codes


@drawing("economic", *TABLES, **CAPTIONS["trade-partners"])
def partners_picture(
    partners: Sequence[str] = NAMED, those_shown: str = "apart", *, shown: Shown = None
) -> dict | None:
    """China's goods trade with its partners since 2000, as China reports it: a line each; hollow,
    and a series of its own: China's customs after 2020, at second hand.

    partners: actors, EU27 or EU28. those_shown: "together" adds a line that is the trade with all
    the actors shown, each state counted once, whether it has a line or not; the other source, which
    lacks most of them, is left out then. shown: ISO3. Raises UnknownActor, NoTrade, Problem.
    Table: year, USD bn with each partner, and books; together also with each that is summed, and
    their sum, without books.
    Source: tables economic/trade, economic/trade_groups, economic/china_customs.
    """
    partners, summed = _each_once(partners), as_one(those_shown)
    every = trade.trade_with("CHN", partners).query("year >= 2000")
    every = every.assign(who=every["partner"].map(_actor))
    frame = marks.on(every, "who")
    if frame.empty or is_off(["CHN"]):
        return None
    figure, ax = canvas(height=4.4, right=1.75)
    ends = plotted.lines(ax, frame, "who", "total", "USD bn", 1, lead=["RUS"], others=["CHN"])
    bound = _bound(ax, every)
    told = [*sentences.year_sentences(frame, "who", "total", YEARS, others=("CHN",))]
    late, named = frame.head(0), [] if partners == NAMED else partners
    table = sentences.by_year(frame, "who", "total")
    tables, last, step = (TABLES[:2], 2020.4, 5) if summed else (TABLES, 2025.4, None)
    if summed:
        label, table = _in_one(ax, frame, told)
        ends.append(label)
    else:
        late = _customs(frame)
        ends = [_hollow(ax, late[late["who"].eq(label.who[0])], label, told) for label in ends]
        since = sentences.by_year(late, "who", "total").assign(books=CUSTOMS)
        table = pd.concat([table.assign(books="IMF"), since])
    _dots(ax, frame)
    ends = labels.quiet(ax, ends, ["CHN", "RUS", "EU", *FOUR])
    labels.panel(ax, ends + bound, 2000, last, step, ylim=(0, ax.dataLim.ymax * 1.08))
    most = _most(frame)
    at_then = frame.query("year == @THEN").sort_values("total", ascending=False)["who"]
    for code, waits in marks.in_titles([most["about"][1:], *([who] for who in at_then)]):
        compared, form = frame[frame["who"].eq(code)], "{:,.0f}".format
        labels.dots(ax, compared, "total", [THEN], (code, "CHN"), form, told=waits)
    return dict(
        source=evidence.source(*tables),
        key=sentences.slug("trade-partners", *named, *(["together"] if summed else [])),
        **most,
        words={"unions": _unions(frame), "bound": bool(bound), "end": int(last), **_last(late)},
        figure=figure,
        sums="some" if summed else "",
        sentences=told,
        table=table.reset_index(drop=True).dropna(axis=1, how="all"),
    )


def _customs(frame: pd.DataFrame) -> pd.DataFrame:
    """What China's customs hold of the partners of a frame after 2020: who, year, total."""
    held, codes = [], {who: "EU27" if who == "EU" else who for who in frame["who"].unique()}
    for who, code in codes.items():
        with suppress(trade.NoTrade):
            held.append(trade.china_customs(code).assign(who=who))
    return pd.concat(held) if held else frame.head(0)


def _last(late: pd.DataFrame) -> dict[str, Any]:
    """Whether there are hollow dots, and whether the union has any."""
    return {"late": len(late) > 0, "late_union": "EU" in set(late["who"])}


def _unions(frame: pd.DataFrame) -> list[str]:
    """How many members the union's line has."""
    lines = [code for code in frame["partner"].unique() if _actor(code) == "EU"]
    return [code.removeprefix("EU") for code in lines]


def _hollow(
    ax: Axes, rows: pd.DataFrame, label: marks.Label, told: list[sentences.Sentence]
) -> marks.Label:
    """A partner's figures by China's customs as hollow dots, and the last of them in its label."""
    if rows.empty:
        return label
    who, name = label.who, actors.name(label.who[0])
    look: Look = dict(color=label.colour, linestyle="dotted", markersize=4.5, linewidth=1.2)
    look |= dict(zorder=9)  # last in the drawing, where arrow keys begin with the first
    marks.hollow(ax, rows, "total", who, f"{name}, {CUSTOMS}", **look)
    told += sentences.year_sentence(who, f"{name}, {CUSTOMS}", rows, "total", rows["year"])
    last, (_, then) = rows.iloc[-1], label.text
    ends = (last["year"], label.x[1]), (last["total"], label.y[1])
    return label._replace(x=ends[0], y=ends[1], text=(f"{name} {last['total']:.0f}", then))


def _in_one(
    ax: Axes, frame: pd.DataFrame, told: list[sentences.Sentence]
) -> tuple[marks.Label, pd.DataFrame]:
    """The trade with all the actors shown as one line, and its sentences. Returns its label, and
    the table: USD bn of each line of a frame, of each part of the sum, and the sum.
    """
    apart = {"CHN", *article.bar("economic").absent}  # of whom the bar has no box
    shown = [code for code in actors.EVERYBODY if not (code in apart or is_off([code]))]
    inside = [code for code in shown if "EU" in shown and code in actors.members("EU", THEN)]
    once = [code for code in shown if code not in inside]
    union = next((code for code in frame["partner"] if _actor(code) == "EU"), "EU28")
    codes = [union if code == "EU" else code for code in once]
    rows = trade.trade_with("CHN", codes).query("year >= 2000")
    rows = rows.assign(who=rows["partner"].map(_actor))
    total = rows.groupby("year", as_index=False)["total"].sum()
    at = total.set_index("year")["total"].map("{:,.0f}".format)
    name = f"{len(once)} together"
    known = f"{name} {at[THEN]}"
    look: Look = dict(text=(f"{name} {at.iloc[-1]}", known), others=once, color=INK)
    look |= dict(label="China with those shown, together", linewidth=2.4, linestyle="solid")
    told += sentences.year_sentence(("CHN", *once), "Those shown, together", total, "total", YEARS)
    within = f" {words.join_names(inside)} is in the EU's figure." if inside else ""
    counted = f"Counted once each: {', '.join(map(trade.party, codes))}.{within}"
    told.append((("CHN", *once), counted))
    each = pd.concat([rows, frame[~frame["who"].isin(once)], total.assign(who=name)])
    table = sentences.by_year(each, "who", "total")
    parts = [one for one in table if one != name]
    return marks.line(ax, total, "total", "CHN", True, **look), table[[*parts, name]]


def _bound(ax: Axes, frame: pd.DataFrame) -> list[marks.Label]:
    """The line that Russia's stays below if E3 holds: a part of the trade with the least of the
    four, where all are asked for. Returns its label.
    """
    four = frame.query("partner in @FOUR and year == @THEN").sort_values("total")
    if not {"RUS", *FOUR} <= set(frame["partner"]):
        return []
    least, part = str(four["who"].iloc[0]), claims.row("E3")["holds"]
    if is_off(("CHN", "RUS", least)):
        return []
    rows = frame.query("who == @least").assign(total=lambda it: it["total"] * part)
    name = f"{words.part(part)} of {actors.name(least)}'s"
    look: Look = dict(others=("CHN", "RUS"), label=name)
    return [marks.line(ax, rows, "total", least, **look, **marks.BOUND)._replace(text=name)]


def _dots(ax: Axes, frame: pd.DataFrame) -> None:
    """A dot on each line at the year that the title speaks of, where the line goes on."""
    for code, rows in frame.query("year == @THEN").groupby("who"):
        draw = marks.Tagged(ax, str(code), "CHN", since=True, tell=actors.name(str(code)))
        draw.plot(rows["year"], rows["total"], "o", color=actors.colour(str(code)), markersize=3.5)


def _most(frame: pd.DataFrame) -> dict:
    """The finding, how far the largest partner is ahead of Russia, or of the second largest without
    Russia, whom it is about, and what is said where one of them is off.
    """
    now = frame.query("year == @THEN").set_index("partner")["total"].sort_values(ascending=False)
    least = "RUS" if "RUS" in now.index[1:] else now.index[min(1, len(now) - 1)]
    found = [_times(now, one, least) for one in now.index if now[one] > now[least]]
    alone = f"In {THEN} China's trade with {{}} came to {{:.0f}} billion dollars"
    found += [(("CHN", _actor(one)), alone.format(_party(one), now[one])) for one in now.index]
    (about, title), *others = found
    return dict(title=title, about=about, others=others)


def _party(code: str) -> str:
    """A partner in a sentence."""
    return trade.party(code) if _actor(code) == "EU" else words.the(code)


def _times(now: pd.Series, one: str, other: str) -> tuple[tuple[str, ...], str]:
    """How many times as much China traded with one as with the other, and whom that is about."""
    than = f"{_party(one)} as with {_party(other)}"
    title = f"In {THEN} China traded {now[one] / now[other]:.1f} times as much with {than}"
    return ("CHN", _actor(one), _actor(other)), title


@drawing("economic", "economic/partners", **CAPTIONS["trade-ranks"])
def ranks_picture(year: int = THEN, reporter: str = "CHN", *, shown: Shown = None) -> dict | None:
    """The twenty largest trade partners of China or Russia in one year (2023: China's seventeen
    that are held): a bar each, its rank beside the name.

    The other of the two is heavy. shown: ISO3; without some of the actors the first twenty of the
    others, with their ranks among all. Raises as `ranks`.
    Table: rank, partner, name, total (USD bn). Source: table economic/partners; for 2023
    economic/china_customs.
    """
    reporter, ranked = actors.find(reporter), trade.ranks(reporter, year)
    other, name = "RUS" if reporter == "CHN" else "CHN", actors.name(reporter)
    how = "EU members stand singly. Pale bars are no actors of this package"
    frame = ranking.of_those_shown(ranked, 20, reporter, shown)
    if year == trade.TOP_TWENTY:
        how = f"{how}. By {CUSTOMS}, of the partners held"
    if frame.empty:
        return None
    place = frame.set_index("partner")["rank"].get(other)
    title = f"In {year} {actors.name(other)} was {name}'s trade partner number {place}"
    left = max(1.45, ranking.room_for_names(frame))
    room: Look = dict(left=left, right=0.6, bottom=0.15, narrow={"left": left, "right": 0.45})
    figure, ax = canvas(height=max(LOW, 0.3 + 0.23 * len(frame)), **room)
    tell = f"{name} with {{name}}: {{total:,.1f}} USD bn, number {{rank}}"
    ranking.draw_ranking(ax, frame, "total", (reporter, other), tell, since=year > THEN)
    ax.set(xticks=[])
    text, who = "{rank}. {name}: {total:,.0f}.", ["partner", "reporter"]
    books = "china_customs" if year == trade.TOP_TWENTY else "partners"
    return dict(
        source=evidence.source(f"economic/{books}"),
        key=sentences.slug("trade-ranks", reporter.lower(), *([] if year == THEN else [year])),
        title=title if place else f"{name}'s largest trade partners",
        about=[reporter, other] if place else [reporter],
        words=dict(name=name, year=year, count=len(frame), how=how, of_russia=reporter == "RUS"),
        figure=figure,
        sentences=sentences.row_sentences(frame.assign(reporter=reporter), text, who),
        table=frame.round(1),
    )


@drawing("economic", "economic/trade", "economic/trade_russia", **CAPTIONS["russia-turn"])
def turn_picture() -> dict:
    """Partners' shares of Russia's goods trade, 1994-2024: China and the EU heavy.

    From 2022 estimated from partners: hollow.
    Table: year, then percent of each partner. Source: tables economic/trade, economic/trade_russia.
    """
    figure, ax = canvas(height=4.3, right=1.6)
    frame, leads = pd.concat(map(_share_to_2024, TURN), ignore_index=True), {"CHN": 1, "EU": -1}
    ends = plotted.lines(ax, frame, "who", "share", "%", 1, lead=[*leads], others=["RUS"])
    for code, rows in frame.groupby("who", sort=False):
        who, late = (str(code), "RUS"), rows.query("mirror == True")
        ring: Look = dict(color=actors.colour(who[0]), linestyle="none", zorder=5)
        marks.hollow(ax, late, "share", who, **ring)
        if code in leads:
            _turned(ax, rows, who, leads[who[0]])
    labels.panel(ax, ends, 1994, 2024.3, ylim=(0, 62))
    years, form = (2008, 2013, 2018, 2021, 2024), "{:,.1f} %"
    at = frame.pivot(index="who", columns="year", values="share")
    moved = (at[THEN] - at[2013]).abs().sort_values(ascending=False).index
    for code, waits in marks.in_titles([leads, *([one] for one in moved)]):
        rows = frame[frame["who"].eq(code)]
        labels.dots(ax, rows, "share", (2013, THEN), (code, "RUS"), told=waits)
    went = "From 2013 to {} {} share of Russia's trade went from {:.1f} to {:.1f} %"
    whose = {code: words.possessive(words.the(code)) for code in moved}
    titles = {
        one: went.format(THEN, whose[one], at.loc[one, 2013], at.loc[one, THEN]) for one in moved
    }
    return dict(
        others=[((one, "RUS"), title) for one, title in titles.items()],
        words={
            "moved": min(claim_measures.turn("then").values()),
            **claim_measures.turn("then"),
            "points": claims.row("F3")["partly"],
        },
        figure=figure,
        sentences=sentences.year_sentences(frame, "who", "share", years, form, ("RUS",)),
        table=sentences.by_year(frame, "who", "share"),
    )


def _turned(ax: Axes, rows: pd.DataFrame, who: tuple[str, str], sign: int) -> None:
    """Where a share had to stand in 2018 for F3 to hold in part: so many points from 2013."""
    points = claims.row("F3")["partly"]
    bound = trade.in_year(rows, 2013, "share") + sign * points
    draw = marks.Tagged(ax, *who, tell=f"{actors.name(who[0])}: F3 holds in part beyond")
    draw.plot([2014, THEN], [bound] * 2, **marks.BOUND)
    text = f"F3: {sign * points:+g} points".replace("-", "\u2212")
    x, ha = (2012.7, "right") if sign > 0 else (ARTICLE + 0.4, "left")
    draw.text(x, bound + 0.4, text, ha=ha, va="bottom", bbox=labels.PAPER)


def _share_to_2024(partner: str) -> pd.DataFrame:
    older = trade.share_of_trade("RUS", partner).query("year >= 1994")
    newer = trade.russia_to_2024(partner).query("year > 2020")
    rows = pd.concat([older, newer], ignore_index=True)
    return rows.assign(who=_actor(partner), share=words.in_percent(rows["share"]))
