"""One trade in two books: how much Russia and China trade and who gains, and what the Eurasian Economic Union adds."""

import pandas as pd

from frenemies.evidence import actors
from frenemies.measures.trade import UNION, added_by_union, goods_trade, in_year, mirror_trade
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import (
    Label,
    Tagged,
    bars,
    claimed,
    heading,
    line,
    timeline,
    year_axis,
)
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import by_year, told
from frenemies.pictures.style import QUIET, THEN
from frenemies.sections import BOTH

BOOKS = {
    "own_total": "Russia's books",
    "mirror_total": "China's books",
    "own_balance": "Russia's books",
    "mirror_balance": "China's books",
    "fob_balance": "both FOB",
    "cif_balance": "both CIF",
    "gap": "China's less Russia's",
}
AXIS = {"color": "#777777", "linewidth": 1}


def _two_books(ax, frame, own, mirror, limits):
    """Two reporters of one trade as two lines, the gap between them shaded."""
    labels = []
    for column, code, other in ((own, "RUS", "CHN"), (mirror, "CHN", "RUS")):
        line(
            ax,
            frame,
            "year",
            column,
            code,
            True,
            labels,
            lambda row, code=code: _book(code),
            (other,),
        )
    for since, part in (
        (False, frame.query("year <= @THEN")),
        (True, frame.query("year >= @THEN")),
    ):
        look = {"color": "#C9CCD1", "alpha": 0.3 if since else 0.6, "linewidth": 0, "zorder": 2}
        Tagged(ax, *BOTH, since=since).fill_between(part["year"], part[own], part[mirror], **look)
    timeline(ax, frame["year"].min(), frame["year"].max())
    ax.set_ylim(*limits)
    label_ends(ax, labels, gap=13)


def _books_in_words(frame, own, mirror, words):
    years = (2000, 2010, 2018, 2019, 2020)
    for code, column in (("RUS", own), ("CHN", mirror)):
        yield from told(BOTH, f"{_book(code)}, {words}", frame, column, years, "{:,.1f}")


def _book(code):
    return f"{actors.name(code)}'s books"


@drawing(
    "economic",
    "economic/trade",
    key="trade-mirror",
    subtitle="Goods trade between Russia and China (exports + imports), USD bn, current, by reporter, 1994-2020; imports CIF, exports FOB",
    then={
        "subtitle": "Goods trade between Russia and China (exports + imports), USD bn, current, by reporter; imports CIF, exports FOB"
    },
    lead="Two lines for one trade, Russia's books and China's, in billions of dollars, the gap between them shaded and drawn as bars below;"
    " a diamond marks the article's just under 100.",
    cannot="which of the two is right: each counts at its own border, in its own way.",
)
def mirror_picture():
    """Trade between Russia and China since 1994, USD bn, by both reporters, the gap shaded, and the article's "just under" 100."""
    frame = mirror_trade("RUS", "CHN").query("year >= 1994")
    figure, (ax, below) = canvas(
        height=4.6, rows=2, sharex=True, height_ratios=[2.6, 1], bottom=0.35
    )
    _two_books(ax, frame, "own_total", "mirror_total", (0, 125))
    claimed(ax, 2018, 100, "article: just under 100")
    for code, part in (("CHN", frame.query("gap > 0")), ("RUS", frame.query("gap < 0"))):
        late = part["year"].gt(THEN)
        bars(
            below, part["year"], part["gap"], 0 * part["gap"], late, BOTH, 0.7, actors.colour(code)
        )
    below.axhline(0, **AXIS)
    below.set_title("China's figure less Russia's", loc="left", fontsize=9.5, color=QUIET)
    year_axis(below, 1993.4, 2020.6)
    own, mirror = (in_year(frame, 2018, column) for column in ("own_total", "mirror_total"))
    return dict(
        title=f"In 2018 Russia's books say {own:.0f} billion, China's {mirror:.0f}",
        figure=figure,
        sentences=[
            *_books_in_words(frame, "own_total", "mirror_total", "trade"),
            (BOTH, _widest(frame)),
        ],
        table=frame[["year", "own_total", "mirror_total", "gap"]].rename(columns=BOOKS).round(1),
    )


def _widest(frame):
    wide = frame.loc[frame["gap"].abs().idxmax()]
    larger = "China" if wide["gap"] > 0 else "Russia"
    return f"The widest gap was {abs(wide['gap']):.1f} in {wide['year']:.0f}, {larger}'s figure the larger."


@drawing(
    "economic",
    "economic/trade",
    key="trade-balance",
    subtitle="Russia's surplus (above 0) or deficit in goods trade with China, USD bn, current, by reporter; dots: 2018 and 2019",
    then={
        "subtitle": "Russia's surplus (above 0) or deficit in goods trade with China, USD bn, current, by reporter; dots: 2018"
    },
    lead="Two lines for one balance, Russia's with China, by Russia's books and by China's, in billions of dollars;"
    " a diamond marks the article's about 9 for 2019.",
    cannot="a true balance: none of the four ways to count it is the real one.",
)
def balance_picture():
    """Russia's balance in trade with China since 1998, USD bn, by both reporters, the gap shaded, and the article's "about 9" for 2019."""
    frame = mirror_trade("RUS", "CHN").query("year >= 1998")
    figure, ax = canvas()
    _two_books(ax, frame, "own_balance", "mirror_balance", (-21, 14))
    ax.axhline(0, **AXIS, zorder=2)
    claimed(ax, 2019, 9, "article: about 9", dx=-3.2, dy=-0.5)
    for column, code in (("own_balance", "RUS"), ("mirror_balance", "CHN")):
        for year in (2018, 2019):
            look = {"color": actors.colour(code), "zorder": 5}
            Tagged(ax, *BOTH, since=year > THEN).plot(
                year, in_year(frame, year, column), "o", **look
            )
    own, mirror = (in_year(frame, 2018, column) for column in ("own_balance", "mirror_balance"))
    table = frame[["year", "own_balance", "mirror_balance", "fob_balance", "cif_balance"]]
    return dict(
        title=f"One trade, two balances: {abs(own - mirror):.1f} billion apart in 2018",
        figure=figure,
        sentences=_books_in_words(frame, "own_balance", "mirror_balance", "Russia's balance"),
        table=table.rename(columns=BOOKS).round(1),
    )


@drawing(
    "economic",
    "economic/trade",
    key="union",
    subtitle="Goods trade of China with each member of today's Eurasian Economic Union, USD bn, current, 2000-2020 (the union began in 2015)",
    then={
        "subtitle": "Goods trade of China with each member of the Eurasian Economic Union, USD bn, current (the union began in 2015)"
    },
    lead="Two panels of stacked bars by year: China's trade with Russia, and on top of it that with Kazakhstan, Kyrgyzstan, Belarus and Armenia,"
    " in billions of dollars; a diamond marks the article's about 120.",
    cannot="what the union does: Kazakhstan's trade with China was larger in 2013, before the union began, than in 2018.",
)
def union_picture():
    """China's trade with the five of the Eurasian Economic Union since 2000, USD bn, the four others stacked onto Russia: two panels, two books."""
    figure, axes = canvas(height=5.2, rows=2, sharex=True, sharey=True, bottom=0.35, top=0.3)
    books = {"By China's books": ["CHN", None], "By the books of the five": [None, "CHN"]}
    words, tables = [], []
    for ax, (title, pair) in zip(axes, books.items(), strict=True):
        members = [
            goods_trade(*(code if one is None else one for one in pair)).assign(member=code)
            for code in UNION
        ]
        frame = pd.concat(members).query("year >= 2000")
        wide = frame.pivot(index="year", columns="member", values="total")[UNION]
        _stack(ax, wide, title)
        words += [
            (("CHN", code), f"{title}, {actors.name(code)}: {wide.loc[2018, code]:.1f} in 2018.")
            for code in UNION
        ]
        tables.append(by_year(frame, "member", "total"))
    axes[0].set_ylim(0, 155)
    added = added_by_union(2018)
    return dict(
        title=f"In 2018 the four others add {added['EAEU4']:.0f} to {added['CHN']:.0f} % to Russia's trade with China",
        figure=figure,
        sentences=words,
        table=tables[0].merge(tables[1], on="year", suffixes=(", China's books", ", own books")),
    )


def _stack(ax, wide, title):
    """Bars of one year each, members stacked in order, lighter after 2018; their labels at the right."""
    tops, years, labels = wide.cumsum(axis=1), wide.index.to_series(), []
    ends = (years.max(), THEN)
    for code in UNION:
        bars(
            ax,
            years,
            wide[code],
            tops[code] - wide[code],
            years.gt(THEN),
            ("CHN", code),
            0.8,
            actors.colour(code),
        )
        middle = tuple((tops[code] - wide[code] / 2)[year] for year in ends)
        text = tuple(f"{actors.name(code)} {wide[code][year]:.1f}" for year in ends)
        labels.append(
            Label(
                ("CHN", code),
                tuple(year + 0.4 for year in ends),
                middle,
                text,
                actors.colour(code),
                code == "RUS",
            )
        )
    timeline(ax, 1999.4, 2020.6, article="")
    label_ends(ax, labels, gap=12)
    heading(ax, title)
    claimed(ax, 2018, 120, "article: about 120", dy=24)
