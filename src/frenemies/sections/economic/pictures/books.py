"""One trade in two books: how much Russia and China trade and who gains, and what the Eurasian
Economic Union adds."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes

from frenemies.measures.trade import UNION, goods_trade, in_year, mirror_trade
from frenemies.sections import BOTH
from heldto import claims
from heldto.evidence import actors
from heldto.pictures import (
    canvas,
    dots,
    drawing,
    marks,
    panel,
    plotted,
    sentences,
    tooltips_from_data,
)
from heldto.pictures.style import INK, QUIET, THEN, is_narrow
from heldto.text import words
from heldto.text.texts import captions

CAPTIONS = captions("economic")
BOOKS = {"RUS": "Russia's books", "CHN": "China's books"}
GAP = "China's figure less Russia's"
ROOM: marks.Look = dict(left=1.3, right=1.6, bottom=0.35)  # for a rule's words, and for labels
HATCHES = dict(
    zip(UNION, (None, "//////", "------", "\\\\\\\\\\\\", "xxxxxx"), strict=True)
)  # told apart in grey
ZONES = {"partly": "#F4F2E6", "holds": "#E3EEDD"}  # where a claim holds, and where in part


def _zones(ax: Axes, claim: str, *verdicts: str) -> None:
    """Where a claim's figure may lie, as bands named on the axis."""
    rule, edges = claims.rule_of(claim), dict[float, str]()
    for verdict in verdicts:
        off = rule.target * getattr(rule, verdict) / 100
        low, high, end = rule.target - off, rule.target + off, "up to"
        if rule.comparison == "just_under":
            high, end = rule.target, "below"
        ax.axhspan(low, high, color=ZONES[verdict], zorder=0, linewidth=0)
        edges |= {low: f"{verdict} from {low:g}", high: f"{verdict} {end} {high:g}"}
    marks.thresholds(ax, edges)


def _mirror(column: str, first: int) -> pd.DataFrame:
    """`mirror_trade` of Russia and China from a year on: a figure by their books as RUS and CHN."""
    columns = {f"own_{column}": "RUS", f"mirror_{column}": "CHN"}
    return mirror_trade("RUS", "CHN").query("year >= @first").rename(columns=columns)


def _two_books(ax: Axes, frame: pd.DataFrame, ylim: tuple, digits: int) -> None:
    """Two reporters of one trade as two lines, the gap between them shaded."""
    rows = frame.melt("year", [*BOOKS], "book")
    look: marks.Look = dict(say=f"{{:.{digits}f}}".format)
    look |= dict(named=BOOKS.__getitem__, others=BOTH, lead=BOTH)
    labels = plotted.lines(ax, rows, "book", "value", "USD bn", 1, **look)
    for since, part in marks.cut(frame):
        shade = dict(color="#C9CCD1", alpha=0.3 if since else 0.6, linewidth=0, zorder=2)
        draw = marks.Tagged(ax, *BOTH, since=since)
        draw.fill_between(part["year"], part["RUS"], part["CHN"], **shade)
    panel(ax, labels, frame["year"].min(), frame["year"].max(), ylim=ylim, gap=13)
    for code in BOOKS:
        dots(ax, frame, code, [THEN], BOTH, look["say"], actors.colour(code))


def _books_in_words(frame: pd.DataFrame, words: str) -> Iterator[sentences.Sentence]:
    years = (2000, 2010, 2018, 2019, 2020)
    for code, book in BOOKS.items():
        yield from sentences.year_sentence(BOTH, f"{book}, {words}", frame, code, years, "{:,.1f}")


@drawing("economic", "economic/trade", **CAPTIONS["trade-mirror"])
def mirror_picture() -> dict:
    """Trade between Russia and China since 1994 by both reporters, with the article's figure.

    Above: both totals, the gap shaded; below: China's figure less Russia's as bars.
    Table: year, then USD bn by Russia's books, by China's books, and China's less Russia's.
    Source: table economic/trade.
    """
    frame = _mirror("total", 1994)
    figure, (ax, below) = canvas(4.6, 2, sharex=True, height_ratios=[2.6, 1], **ROOM)
    _two_books(ax, frame, (0, 125), 0)
    _zones(ax, "E1", "holds")
    tooltips_from_data(below, "USD bn", 1)
    said = "article: just under 100"
    beside: marks.Look = dict(dy=8.0)
    if is_narrow():
        said, beside = "article: just\nunder 100", dict(dx=-1.4, dy=9.5)
    marks.claimed(ax, 2018, 100, said, **beside)
    boxes = frame.assign(place=frame["year"], floor=0, late=frame["year"].gt(THEN))
    boxes = boxes.rename(columns={"gap": "height"})
    for code, part in (("CHN", "height > 0"), ("RUS", "height < 0")):
        marks.bars(below, boxes.query(part), BOTH, 0.7, actors.colour(code), GAP)
    below.axhline(0, color=QUIET, linewidth=1)
    below.set_title(GAP, loc="left", fontsize=9.5, color=QUIET)
    marks.year_axis(below, 1993.4, 2020.6)
    return dict(
        words={code: in_year(frame, 2018, code) for code in BOTH},
        figure=figure,
        sentences=[*_books_in_words(frame, "trade"), (BOTH, _widest(frame))],
        table=_both_books(frame, gap="China's less Russia's"),
    )


def _both_books(frame: pd.DataFrame, **more: str) -> pd.DataFrame:
    """The figures by both books, and more: {column: its name}."""
    return frame[["year", *BOOKS, *more]].rename(columns=BOOKS | more).round(1)


def _widest(frame: pd.DataFrame) -> str:
    row = frame.loc[frame["gap"].abs().idxmax()]
    larger = f"{'China' if row['gap'] > 0 else 'Russia'}'s figure the larger"
    return f"The widest gap was {abs(row['gap']):.1f} in {row['year']:.0f}, {larger}."


@drawing("economic", "economic/trade", **CAPTIONS["trade-balance"])
def balance_picture() -> dict:
    """Russia's balance in trade with China since 1998 by both reporters, with the article's figure.

    Table: year, then USD bn by Russia's books, by China's books, both FOB, both CIF.
    Source: table economic/trade.
    """
    frame = _mirror("balance", 1998)
    figure, ax = canvas(**ROOM)
    _two_books(ax, frame, (-21, 16.5), 1)
    _zones(ax, "E4", "partly", "holds")
    ax.axhline(0, color=QUIET, linewidth=1, zorder=2)
    gap = "\n" if is_narrow() else " "
    marks.claimed(ax, 2019, 9, f"article:{gap}about 9", dx=-3.2, dy=-0.5)
    for code, book in BOOKS.items():
        draw = marks.Tagged(ax, *BOTH, since=True, tell=book)
        draw.plot(2019, in_year(frame, 2019, code), "o", color=actors.colour(code), zorder=5)
    return dict(
        words={"apart": abs(in_year(frame, 2018, "RUS") - in_year(frame, 2018, "CHN"))},
        figure=figure,
        sentences=_books_in_words(frame, "Russia's balance"),
        table=_both_books(frame, fob_balance="both FOB", cif_balance="both CIF"),
    )


@drawing("economic", "economic/trade", **CAPTIONS["union"])
def union_picture(*, shown: marks.Shown = None) -> dict | None:
    """China's trade with the five of the Eurasian Economic Union since 2000, stacked onto Russia's.

    Above: by China's books; below: by the members' books. shown: ISO3; stacked for those alone.
    Table: year, then USD bn of each member by either book. Source: table economic/trade.
    """
    members = [code for code in UNION if not marks.is_off([code])]
    if not members:
        return None
    is_whole = len(members) == len(UNION)
    room: marks.Look = dict(left=0.5, right=1.4, bottom=0.35, top=0.3)
    figure, axes = canvas(5.2, 2, **room, sharex=True, sharey=True)
    told: list[sentences.Sentence] = []
    tables, sums = [], []
    for ax, book in zip(axes, ("By China's books", "By the members' books"), strict=True):
        pairs = {code: ("CHN", code) if "China" in book else (code, "CHN") for code in members}
        rows = [goods_trade(*pair).assign(member=code) for code, pair in pairs.items()]
        frame = pd.concat(rows).query("year >= 2000").assign(china="CHN")
        _stack(ax, frame.pivot(index="year", columns="member", values="total")[members], book)
        text = f"{book}, {{member}}: {{total:.1f}} in 2018."
        now = frame.query("year == 2018")
        sums.append(now.set_index("member")["total"])
        told += sentences.row_sentences(now, text, ["china", "member"])
        if len(members) > 1:
            one = f"{book}, those shown, together: {now['total'].sum():.1f} in 2018."
            told.append((("CHN", *members), one))
        tables.append(sentences.by_year(frame, "member", "total"))
    return dict(
        **_added(sums, members),
        words=dict(
            rules=is_whole,
            members=members,
            more=claims.row("E10")["holds"],
            kazakhstan="KAZ" in members,
        ),
        figure=figure,
        sentences=told,
        table=tables[0].merge(tables[1], on="year", suffixes=(", China's books", ", own books")),
    )


def _added(books: list[pd.Series], members: list[str]) -> dict:
    """The finding: what the members shown add to Russia's trade with China; without Russia, what
    they traded themselves. books: each member's trade in 2018, by the books of either side.
    """
    theirs = [code for code in members if code != "RUS"]
    others = [book[theirs].sum() for book in books]
    alone, about = members == theirs, ["CHN", *members]
    many = "the four others" if len(members) == len(UNION) else words.join_names(theirs)
    if not theirs or alone:
        figures = others if alone else [book["RUS"] for book in books]
        low, high = (f"{figure:.1f}" for figure in sorted(figures))
        between = low if low == high else f"{low} to {high}"
        with_whom = words.join_names(members)
        title = f"In {THEN} China's trade with {with_whom} was {between} billion dollars"
        return dict(title=title, about=about)
    shares = [100 * other / book["RUS"] for other, book in zip(others, books, strict=True)]
    low, high = (f"{share:.0f}" for share in sorted(shares))
    between = low if low == high else f"{low} to {high}"
    title = f"In {THEN} {many} added {between} % to Russia's trade with China"
    return dict(title=title, about=about)


def _stack(ax: Axes, wide: pd.DataFrame, title: str) -> None:
    """Bars of one year each, members stacked in order; their figures of 2018 at the right."""
    tooltips_from_data(ax, "USD bn", 1)
    floors, years, labels = wide.cumsum(axis=1) - wide, wide.index.to_series(), []
    ends = [years.max(), THEN]
    for code in wide:
        who, colour, heights = ("CHN", code), actors.colour(code), wide[code]
        boxes = dict(place=years, floor=floors[code], height=heights, late=years.gt(THEN))
        tell = f"{actors.name(code)}, {title[:1].lower()}{title[1:]}"
        marks.bars(ax, pd.DataFrame(boxes), who, 0.8, colour, tell, HATCHES[code])
        across, up = (year + 0.4 for year in ends), floors[code] + heights / 2
        text = f"{actors.name(code)} {heights[THEN]:.1f} ({THEN})"
        labels.append(marks.Label(who, [*across], [*up[ends]], text, colour, code == "RUS"))
    top = max(wide.sum(axis=1).max() * 1.1, ax.get_ylim()[1])
    panel(ax, labels, 1999.4, 2020.6, title=title, ylim=(0, top), article="", gap=12)
    where: marks.Look = dict(transform=ax.transAxes, color=QUIET)
    if len(wide.columns) > 1:
        together = f"together {wide.loc[THEN].sum():.1f} ({THEN})"
        marks.Tagged(ax, "CHN", *wide).text(1.02, 1.04, together, **where)
    if len(wide.columns) == len(UNION):
        _union_rules(ax, wide)


def _union_rules(ax: Axes, wide: pd.DataFrame) -> None:
    """On the bar of 2018: the article's figure with the room in which E2 holds, and what the four
    may add to Russia's trade for E10 to hold.
    """
    rule, more = claims.rule_of("E2"), claims.row("E10")["holds"]
    room = rule.target * (rule.holds or 0) / 100
    draw = marks.Tagged(ax, "CHN", *UNION)
    edges = [rule.target - room, rule.target + room]
    beside = THEN - 0.55  # between two bars, so that neither hides the other
    draw.plot([beside] * 2, edges, color=INK, linewidth=1.2, marker="_", markersize=8, zorder=6)
    said = f"article: {rule.target:g}"
    marks.claimed(ax, beside, rule.target, said, dx=-2.2, dy=21, who=("CHN", *UNION))
    notch = wide.loc[THEN, "RUS"] * (1 + more / 100)
    tell = f"China and Russia, {THEN}, and {more:g} %: E10 holds up to {notch:.1f} USD bn"
    look: marks.Look = dict(color=INK, linewidth=2, solid_capstyle="butt", zorder=6)
    marks.Tagged(ax, "CHN", *UNION, tell=tell).plot([THEN - 0.6, THEN + 0.6], [notch] * 2, **look)
