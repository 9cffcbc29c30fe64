"""Arms in pictures: shares of suppliers, China's imports, flows between the actors, Vietnam's
submarines."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from frenemies.measures.arms import FLOWS, arms_windows, deliveries, last_window
from frenemies.sections import BOTH
from heldto import claims
from heldto.claims.sentences import bounds
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.pictures import (
    canvas,
    dots,
    drawing,
    marks,
    needed,
    pale,
    panel,
    plotted,
    row_sentences,
    tooltips_from_data,
)
from heldto.pictures.labels import width
from heldto.pictures.marks import Look, Shown, Tagged, is_off
from heldto.pictures.style import ARTICLE, INK, LOW, QUIET, THEN, ink_on, is_narrow
from heldto.text.options import as_one
from heldto.text.texts import captions
from heldto.text.words import format_years, join_names, percent, short_name, the

CAPTIONS = captions("military")
ENDS = (2003, 2008, 2013, 2018, 2024)  # last years of the windows drawn as blocks
BUYERS = ("CHN", "IND", "VNM")  # China and the two of its neighbours that Russia arms
SELLERS = ("RUS", "UKR")  # of China's arms
STRONG = ("RUS", "UKR", "USA")  # suppliers in their own colour, from the bottom up
COLOURED = dict.fromkeys((*BOTH, *STRONG))  # the same where flows are drawn
RANKS = {"RUS": 0, "UKR": 1, "USA": 2, "other": 9}  # of the blocks; all others lie between
MUTED = "#C3C8CE"
GREYS = {"other": "#ECEEF0", "together": "#5B6B78"}
RULES = {"IND": "M6", "VNM": "M5"}  # the claims that Russia's share of an actor's imports decides
SHARE = "from {:g} %"  # is what makes such a claim hold, or hold in part
SMALLEST = 150  # million TIV: the least flow that is drawn
TOLD = 0.08  # smallest share that is told in words
OF_ALL = "By those shown, together:"
SUM = "What those shown supplied, together"
LABELLED = 0.095  # smallest share whose block has room for words
TWO_LINES = 26  # points: how high a block is that holds two lines


@drawing("military", FLOWS, whose=("recipient", "supplier"), **CAPTIONS["suppliers"])
def suppliers_picture(those_shown: str = "apart", *, shown: Shown = None) -> dict:
    """Who supplied each recipient's arms: a block a five-year window, split by supplier, its volume
    below.

    those_shown: "apart", or "together": one block for all suppliers shown. shown: ISO3. Raises
    Problem.
    Table: recipient, start and year (the window's first and last), supplier, tiv (million), share
    (0 to 1).
    Source: table military/arms_transfers.
    """
    summed = as_one(those_shown)
    windows = needed(arms_windows(BUYERS, ENDS), "recipient", BUYERS, "arms imports")
    buyers = [code for code in BUYERS if not is_off([code])] or BUYERS
    blocks = _blocks(windows, summed)
    size: Look = dict(height=max(LOW, 0.4 + 1.95 * len(buyers)), rows=len(buyers), squeeze=False)
    room: Look = dict(right=0.15, top=0.3, left=1.4, bottom=0.45)
    figure, panels = canvas(**size, **room, narrow={"left": 0.85, "bottom": 0.7})
    figure.subplots_adjust(hspace=0.5)
    if is_narrow() and not summed:
        drawn = {*blocks.supplier}
        strong = [code for code in STRONG if code in drawn]
        named = [(short_name(code), actors.colour(code), code) for code in strong]
        if drawn - {*strong}:
            named.append(("others", MUTED, ""))
        _colours(figure, named)
    for ax, buyer in zip(panels.flat, buyers, strict=True):
        volume = windows.query("recipient == @buyer").groupby("end").tiv.sum()
        _block_axis(ax, buyer, volume, "" if summed else RULES.get(buyer, ""))
        _outlines(ax, buyer, volume)
        for row in blocks.query("recipient == @buyer").itertuples():
            _block(ax, row)
    panels[0, 0].text(ARTICLE, 103, "article", ha="center", va="bottom", color=QUIET)
    said = {"title": SUM, "lead": f"{SUM}."}
    return dict(
        **said | {"then": said} if summed else {},
        key="suppliers-together" if summed else "suppliers",
        others=[] if summed else _armed(windows),
        words=_russian(windows)
        | {"least": 100 * LABELLED, "of": OF_ALL if summed else "Suppliers' shares of"},
        figure=figure,
        sums="all" if summed else "",
        sentences=_blocks_in_words(blocks),
        table=windows.rename(columns={"end": "year"}).round({"tiv": 1, "share": 3}),
    )


def _colours(figure: Figure, named: Iterable[tuple[str, str, str]]) -> None:
    """Whose a colour is, at the foot of a drawing, where not each block has room for a name.

    named: words, colour and actor ("" for several) of each.
    """
    left = 8 / 72
    for words, colour, code in named:
        for text, ink, gap in (("\u25a0", colour, 4), (words, QUIET, 12)):
            at = left / figure.get_figwidth(), 0.12 / figure.get_figheight()
            drawn = figure.text(*at, text, color=ink, va="center")
            marks.tag(drawn, *filter(None, [code]))
            left += (width(text) + gap) / 72


def _russian(windows: pd.DataFrame) -> dict[str, str]:
    """Whom Russia armed, and whom less since then, in the words of the title and the lead."""
    shares = windows.query("supplier == 'RUS'").pivot(index="recipient", columns="end").share
    shares = shares.reindex(index=BUYERS, columns=ENDS).fillna(0)
    then, latest = shares[THEN], shares[ENDS[-1]]
    armed = "all three" if then.all() else join_names(then[then > 0].index)
    each = ", ".join(then.index.map(short_name) + " " + then.map(percent))
    fallen = join_names(then[latest < then].index)
    return {"years": format_years(THEN), "armed": armed, "fallen": fallen, "shares": each}


def _armed(windows: pd.DataFrame) -> list[tuple[tuple[str, str], str]]:
    """What is said of each supplier of each recipient whose block is labelled, or who supplied
    nothing, the largest share first.
    """
    years = format_years(THEN)
    named = windows.query("supplier != 'other'").assign(
        share=windows.share.where(windows.end == THEN)
    )
    shares = named.groupby(["recipient", "supplier"]).share.sum().sort_values(ascending=False)
    text = "In {} {} supplied {} of the arms that {} got"
    return [
        (pair, text.format(years, the(pair[1]), percent(share) if share else "none", the(pair[0])))
        for pair, share in shares.items()
        if share >= LABELLED or not share
    ]


def _blocks(windows: pd.DataFrame, summed: bool) -> pd.DataFrame:
    """A block a supplier, from the bottom up, or one for all of them but those that are no actors:
    its words, its place and whose it is. Where one is switched off, the others stay in their
    places.
    """
    rows = windows.assign(whose=windows.supplier, words=windows.supplier.map(short_name))
    if summed:
        rows = marks.on(rows, "supplier", "recipient").query("supplier != 'other'")
        rows = rows.assign(supplier="together", words="")
    rows = rows.assign(rank=rows.supplier.map(RANKS).fillna(5)).sort_values("rank", kind="stable")
    keys = ["recipient", "end", "supplier", "words"]
    blocks = rows.groupby(keys, sort=False).agg({"share": "sum", "whose": tuple}).reset_index()
    pairs = zip(blocks.recipient, blocks.whose, strict=True)
    whose = [(buyer, *(code for code in codes if code != "other")) for buyer, codes in pairs]
    up = blocks.groupby(["recipient", "end"]).share.cumsum() - blocks.share
    blocks = blocks.assign(below=up, whose=whose)[[not is_off(codes) for codes in whose]]
    return blocks.sort_values(keys[:2], kind="stable")


def _outlines(ax: Axes, buyer: str, volume: pd.Series) -> None:
    """The whole of each window as an outline: a supplier that is switched off leaves its part of it
    empty.
    """
    look: Look = dict(width=5, facecolor="white", edgecolor="#B5B9BE", linewidth=0.8, zorder=0.5)
    for end in volume.index:
        tell = f"All arms for {short_name(buyer)}, {format_years(end)}: {volume[end]:,.0f} m TIV"
        draw = Tagged(ax, buyer, since=end > THEN, tell=tell)
        draw.bar(end - 1.5, 100, linestyle=(0, (3, 2)), **look)


def _blocks_in_words(blocks: pd.DataFrame) -> Iterator[tuple]:
    """What each supplier's blocks say, those of later windows by themselves."""
    told = blocks[blocks.groupby(["recipient", "supplier"]).share.transform("max").ge(TOLD)]
    told = told.assign(late=told.end.gt(THEN))
    for (buyer, _, late), rows in told.groupby(["recipient", "supplier", "late"], sort=False):
        who = tuple(dict.fromkeys(code for codes in rows.whose for code in codes))
        shares = rows.share.map(percent)
        of = f"{short_name(buyer)}, {rows.words.iloc[0] or 'those shown, together'}"
        if late:
            yield (*who, "since"), f"{of}, {format_years(rows.end.iloc[0])}: {shares.iloc[0]}."
        else:
            yield who, f"{of}: {', '.join(shares + ' in ' + rows.end.map(format_years))}."


def _block(ax: Axes, one: Any) -> None:
    """One block of one window, as wide as its years; a large one with its words."""
    late, strong = one.end > THEN, one.supplier in STRONG
    colour = actors.colour(one.supplier) if strong else GREYS.get(one.supplier, MUTED)
    if late and (strong or one.supplier == "together"):
        colour = pale(colour, 4)
    who = f"{one.words or 'those shown, together'} to {short_name(one.recipient)}"
    tell = f"{who}, {format_years(one.end)}: {100 * one.share:.1f} %"
    draw = Tagged(ax, *one.whose, since=late, tell=tell)
    look: Look = dict(width=5, bottom=one.below * 100, color=colour, edgecolor="white")
    bars = draw.bar(one.end - 1.5, one.share * 100, **look)
    text = _fitting(ax, f"{one.words} {percent(one.share)}".strip(), one.share)
    if text:
        draw.bar_label(bars, [text], label_type="center", color=ink_on(colour))


def _fitting(ax: Axes, text: str, share: float) -> str:
    """As much of a block's words as it has room for: all of them, in one line or two, the figure
    alone, or nothing.
    """
    if share < LABELLED:
        return ""
    points = 72 / ax.figure.dpi
    room = ax.get_window_extent().width * 5 / (ENDS[-1] - ENDS[0] + 5.6) * points - 2
    *name, number, sign = text.split(" ")
    figure, ways = f"{number} {sign}", [text]
    if share * ax.get_window_extent().height * points > TWO_LINES:
        ways.append("\n".join([*name, figure]))
    fits = (words for words in (*ways, figure) if max(map(width, words.split("\n"))) < room)
    return next(fits, "")


def _block_axis(ax: Axes, buyer: str, tiv: pd.Series, claim: str) -> None:
    """The axes of one recipient, with the volumes below its windows; claim: the one that Russia's
    share decides, if any does: a tick at the left edge says from where on.
    """
    title, limits = f"Arms for {actors.name(buyer)}", (ENDS[0] - 4.4, ENDS[-1] + 1.2)
    panel(ax, [], *limits, title=title, ylim=(0, 100), article="")
    ax.set_yticks([0, 100], ["0 %", "100 %"])
    named = [f"{end - 4}-{end % 100:02}" if is_narrow() else format_years(end) for end in ENDS]
    windows = [f"{years}\n{tiv.get(end, 0):,.0f}" for years, end in zip(named, ENDS, strict=True)]
    ax.set_xticks([end - 1.5 for end in ENDS], windows)
    marks.tag_ticks(ax, [end > THEN for end in ENDS])
    ax.grid(visible=False)
    side: Look = dict(transform=ax.get_yaxis_transform(), ha="right", va="center", color=QUIET)
    for at, words in bounds(claim, SHARE).items() if claim else ():
        draw = Tagged(ax, "RUS", buyer)
        words = words.replace(" from", "\nfrom") if is_narrow() else words
        draw.text(-0.035, at, words, **side)
        mark: Look = dict(transform=ax.get_yaxis_transform(), color=INK, clip_on=False)
        draw.plot([-0.025, 0.012], [at, at], linewidth=2, zorder=6, solid_capstyle="butt", **mark)
    marks.tag(ax, buyer)


@drawing("military", FLOWS, whose=("supplier",), **CAPTIONS["china-imports"])
def china_imports_picture() -> dict:
    """Russia's and Ukraine's shares of China's arms imports in rolling five-year windows, on one
    scale, with the rule for Ukraine's.

    Table: supplier, year (the window's last), tiv (million), percent.
    Source: table military/arms_transfers.
    """
    windows = arms_windows(["CHN"], range(ENDS[0], last_window() + 1))
    windows = needed(windows[windows.supplier.isin(SELLERS)], "supplier", SELLERS, "arms for China")
    windows = windows.assign(year=windows.end, percent=windows.share * 100)
    figure, ax = canvas(height=5.2, left=1.25, right=1.75)
    look: Look = dict(say=lambda it: percent(it / 100), lead=SELLERS, others=["CHN"])
    labels = plotted.lines(ax, windows, "supplier", "percent", "%", 1, **look)
    for line in ax.lines:
        line.set_linestyle("solid")
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    marks.thresholds(ax, bounds("M4", SHARE), who=("UKR", "CHN"))
    panel(ax, labels, ENDS[0], windows.year.max() + 0.3, ylim=(0, 100))
    for seller in SELLERS:
        rows = windows.query("supplier == @seller")
        dots(ax, rows, "percent", [THEN], (seller, "CHN"), look["say"])
    at = windows.pivot(index="year", columns="supplier", values="share").loc[:THEN]
    told = windows.assign(words=windows.share.map(percent)).sort_values(["supplier", "year"])
    told = told[told.year.isin([ENDS[0], THEN, ENDS[-1]])]
    supplied = "In the five years to {} {} supplied {} of the arms that China got"
    others = [
        (("CHN", code), supplied.format(THEN, actors.name(code), percent(at.loc[THEN, code])))
        for code in SELLERS
    ]
    return dict(
        others=others,
        words=dict(loosest=at["RUS"].idxmin(), then=THEN, shares=at.loc[THEN]),
        figure=figure,
        sentences=row_sentences(told, "{supplier}, five years to {year}: {words}.", ["supplier"]),
        table=windows[["supplier", "year", "tiv", "percent"]].round(1),
    )


@drawing("military", FLOWS, whose=("supplier", "recipient"), **CAPTIONS["arms-flow"])
def arms_flow_picture(window: str = "2014-18", *, shown: Shown = None) -> dict | None:
    """Who delivers to whom among the actors: a row a recipient, a block a supplier.

    window: "2014-18" or "2020-24". shown: ISO3 whose flows are drawn. Raises Problem.
    Table: supplier, recipient, tiv (million), largest first. Source: table military/arms_transfers.
    """
    end = {format_years(year): year for year in ENDS[-2:]}.get(window)
    if end is None:
        raise Problem(
            f'"{window}" is not a window here: choose {" or ".join(map(format_years, ENDS[-2:]))}'
        )
    every = arms_windows(actors.ALL, [end])
    flows = every.query("supplier != 'other' and tiv >= @SMALLEST")
    flows = flows[["supplier", "recipient", "tiv"]].sort_values("tiv", ascending=False)
    rivals = flows[flows.supplier.eq("RUS") & flows.recipient.isin(["IND", "VNM"])].recipient
    sent = "In {} {} delivered {:,.0f} million TIV of arms to {}"
    others = [
        (flow[:2], sent.format(window, the(flow[0]), flow[2], the(flow[1])))
        for flow in flows.itertuples(index=False, name=None)
        if end <= THEN  # a title of a later window is said of nobody then
    ]
    others.sort(key=lambda title: {*title[0]} != {*BOTH})  # the two first, whatever their volume
    flows = marks.on(flows, "supplier", "recipient")
    if flows.empty:
        return None
    text, told = "{supplier} to {recipient}: {tiv:,.0f}.", flows.assign(year=end)
    named = join_names(rivals) if len(rivals) else "none of its rivals"
    return dict(
        key=f"arms-flow-{end}",
        about=[*BOTH, *rivals],
        others=others,
        words=dict(window=window, rivals=named, smallest=SMALLEST),
        figure=_received(flows, every.groupby("recipient").tiv.sum(), end > THEN),
        sentences=row_sentences(told, text, ["supplier", "recipient"], named=short_name),
        table=flows.round(0),
    )


def _received(flows: pd.DataFrame, total: pd.Series, late: bool) -> Figure:
    """A row a recipient, the largest first: a block a supplier, China and Russia in colour, and a
    pale one for the rest of what it got. total: that of each recipient.
    """
    volume = total[[*flows.recipient.unique()]].sort_values(ascending=False)
    room: Look = dict(left=1.2, right=1.3, top=0.1, bottom=0.6)
    room |= dict(narrow={"left": 1.15, "right": 1.3})
    figure, ax = canvas(height=max(LOW, 0.75 + 0.3 * len(volume)), **room)
    ours = [code for code in COLOURED if code in {*flows.supplier}]
    named = [(short_name(code), actors.colour(code), code) for code in ours]
    if {*flows.supplier} != {*ours}:
        named.append(("others", MUTED, ""))
    _colours(figure, [*named, ("rest", GREYS["other"], "")])
    ax.set(xlim=(0, volume.max() * 1.02), ylim=(0.5 - max(len(volume), 5), 0.5), yticks=[])
    ax.xaxis.set_major_locator(MaxNLocator(3 if is_narrow() else 6))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="x")
    for place, recipient in enumerate(volume.index):
        rows = flows[flows.recipient.eq(recipient)]
        rows = rows.assign(rank=rows.supplier.map({"RUS": 0, "CHN": 1}).fillna(2))
        rows = rows.sort_values(["rank", "tiv"], ascending=[True, False])
        left, unnamed = 0.0, list[str]()
        for supplier, tiv in zip(rows.supplier, rows.tiv, strict=True):
            if not _part(ax, (supplier, recipient), place, left, tiv, late):
                unnamed.append(supplier)
            left += tiv
        rest = volume[recipient] - left
        if round(rest):
            tell = f"All other arms for {short_name(recipient)}: {rest:,.0f} million TIV"
            draw = Tagged(ax, recipient, since=late, tell=tell)
            edge: Look = dict(color=GREYS["other"], edgecolor="#B5B9BE", linewidth=0.6)
            draw.barh(-place, rest, left=left, height=0.74, **edge)
        if unnamed:
            draw = Tagged(ax, *unnamed, recipient, since=late)
            end = volume[recipient]
            draw.beside(end, -place, _as_many(ax, end, unnamed), color=QUIET)
        draw = Tagged(ax, recipient, since=late)
        draw.row_name(
            -place, short_name(recipient), fontweight="bold" if recipient in BOTH else "normal"
        )
    return figure


def _as_many(ax: Axes, end: float, codes: list[str]) -> str:
    """The names of some actors, as many as have room between the end of a bar and the edge."""
    place, names = ax.transData.transform((end, 0))[0], [*map(short_name, codes)]
    room = (ax.figure.bbox.x1 - place) * 72 / ax.figure.dpi - 6
    count = len(names)
    named = (", ".join([*names[:at], f"{count - at} more"]) for at in range(count - 1, 0, -1))
    ways = [", ".join(names), *named]
    return next((words for words in ways if width(words) < room), f"{count} suppliers")


def _part(ax: Axes, pair: tuple[str, str], place: int, left: float, tiv: float, late: bool) -> bool:
    """What one supplier delivered to one recipient. Returns whether there is room for its name."""
    supplier, recipient = pair
    colour = actors.colour(supplier) if supplier in COLOURED else MUTED
    tell = f"{short_name(supplier)} to {short_name(recipient)}: {tiv:,.0f} million TIV"
    draw = Tagged(ax, *pair, since=late, tell=tell)
    bars = draw.barh(-place, tiv, left=left, height=0.74, color=colour, edgecolor="white")
    low, high = ax.get_xlim()
    room = ax.get_window_extent().width * tiv / (high - low) * 72 / ax.figure.dpi
    full = f"{short_name(supplier)} {tiv:,.0f}"
    text = next((words for words in (full, short_name(supplier)) if width(words) < room - 4), "")
    if text:
        draw.bar_label(bars, [text], label_type="center", color=ink_on(colour))
    return bool(text)


@drawing("military", "military/deals", **CAPTIONS["submarines"])
def submarines_picture() -> dict:
    """Submarines delivered by Russia to Vietnam, added up by year, to the article's day.

    Table: year, units, total. Source: table military/deals.
    """
    boats = deliveries("RUS", "VNM", "Project-636E")
    total, year = boats.total.iloc[-1], boats.year.max()
    figure, ax = canvas(height=2.9, right=0.5, left=0.9, narrow={"left": 0.9})
    tooltips_from_data(ax, "submarines")
    known = boats[boats.year.le(THEN)]
    across, up = [*known.year, ARTICLE], [*known.total, known.total.iloc[-1]]
    climb: Look = dict(where="post", color=actors.colour("RUS"), linewidth=3)
    Tagged(ax, "RUS", "VNM", tell="Russia to Vietnam, in all").step(across, up, **climb)
    figures: Look = dict(textcoords="offset points", ha="left", va="bottom", fontweight="bold")
    for row in boats.itertuples():
        draw = Tagged(ax, "RUS", "VNM", since=row.year > THEN)
        draw.annotate(f"{row.total}", (row.year, row.total), (3, 2), **figures)
    marks.year_axis(ax, boats.year.min() - 0.6, max(2020, year), 1)
    marks.article_line(ax, y=0.4)
    ax.set(ylim=(0, total + 1), yticks=range(0, total + 1, 2))
    said = claims.rule_of("M8").target
    marks.thresholds(ax, {said: f"holds at {said:g}"}, who=("RUS", "VNM"))
    told, text = boats.assign(by="RUS", to="VNM"), "{year}: {units} delivered, {total} in all."
    return dict(
        words=dict(year=year, total=total),
        figure=figure,
        sentences=row_sentences(told, text, ["by", "to"]),
        table=boats,
    )
