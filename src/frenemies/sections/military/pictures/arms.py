"""Arms in pictures: shares of suppliers, China's imports, flows between the actors, Vietnam's
submarines."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, MultipleLocator

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
)
from heldto.pictures.labels import width
from heldto.pictures.marks import Look, Shown, Tagged, is_off
from heldto.pictures.style import ARTICLE, INK, LOW, QUIET, THEN, ink_on, is_narrow
from heldto.text.options import together
from heldto.text.texts import captions
from heldto.text.words import format_years, join_names, percent, short_name, the

CAPTIONS = captions("military")
ENDS = (2003, 2008, 2013, 2018, 2024)  # last years of the windows drawn as blocks
BUYERS = ("CHN", "IND", "VNM")  # China and the two of its neighbours that Russia arms
SELLERS = {"RUS": 100, "UKR": 20}  # of China's arms, and how far up the scale of each goes
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
    summed = together(those_shown)
    windows = needed(arms_windows(BUYERS, ENDS), "recipient", BUYERS, "arms imports")
    buyers = [code for code in BUYERS if not is_off([code])] or BUYERS
    seen = marks.on(windows, "supplier", "recipient")
    blocks = _blocks(seen, summed)
    size: Look = dict(height=max(LOW, 0.4 + 1.95 * len(buyers)), rows=len(buyers), squeeze=False)
    room: Look = dict(right=0.15, top=0.3, left=1.4, bottom=0.45)
    figure, panels = canvas(**size, **room, narrow={"left": 0.85, "bottom": 0.7})
    figure.subplots_adjust(hspace=0.5)
    if is_narrow() and not summed:
        named = {code: actors.colour(code) for code in STRONG} | {"other": MUTED}
        _colours(figure, {code: named[code] for code in named if code in {*blocks.supplier}})
    for ax, buyer in zip(panels.flat, buyers, strict=True):
        volume = windows.query("recipient == @buyer").groupby("end").tiv.sum()
        _block_axis(ax, buyer, volume, "" if summed else RULES.get(buyer, ""))
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


def _colours(figure: Figure, named: dict[str, str]) -> None:
    """Whose a colour is, at the foot of a drawing, where not each block has room for a name."""
    left = 8 / 72
    for code, colour in named.items():
        for text, ink, gap in (("\u25a0", colour, 4), (short_name(code), QUIET, 12)):
            at = left / figure.get_figwidth(), 0.12 / figure.get_figheight()
            words = figure.text(*at, text, color=ink, va="center")
            marks.tag(words, *({code} & {*actors.ALL}))
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
    """What is said of each supplier of each recipient, the largest share first."""
    now = windows.query("end == @THEN and supplier != 'other'")
    now = now.sort_values("share", ascending=False)
    text = "In {} {} supplied {} of the arms that {} got"
    return [
        (
            (row.recipient, row.supplier),
            text.format(
                format_years(THEN), the(row.supplier), percent(row.share), the(row.recipient)
            ),
        )
        for row in now[now.share.ge(TOLD)].itertuples()
    ]


def _blocks(windows: pd.DataFrame, summed: bool) -> pd.DataFrame:
    """A block a supplier, from the bottom up, or one for all of them but those that are no actors:
    its words, its place and whose it is.
    """
    rows = windows.assign(whose=windows.supplier, words=windows.supplier.map(short_name))
    if summed:
        rows = rows.query("supplier != 'other'").assign(supplier="together", words="")
    rows = rows.assign(rank=rows.supplier.map(RANKS).fillna(5)).sort_values("rank", kind="stable")
    keys = ["recipient", "end", "supplier", "words"]
    blocks = rows.groupby(keys, sort=False).agg({"share": "sum", "whose": tuple}).reset_index()
    pairs = zip(blocks.recipient, blocks.whose, strict=True)
    whose = [(buyer, *(code for code in codes if code != "other")) for buyer, codes in pairs]
    up = blocks.groupby(["recipient", "end"]).share.cumsum() - blocks.share
    return blocks.assign(below=up, whose=whose).sort_values(keys[:2], kind="stable")


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
def china_imports_picture(*, shown: Shown = None) -> dict:
    """Russia's and Ukraine's shares of China's arms imports in rolling five-year windows: a panel
    each, with the rule for Ukraine's.

    shown: ISO3; a panel for each of the two that is among them.
    Table: supplier, year (the window's last), tiv (million), percent.
    Source: table military/arms_transfers.
    """
    windows = arms_windows(["CHN"], range(ENDS[0], last_window() + 1))
    windows = needed(windows[windows.supplier.isin(SELLERS)], "supplier", SELLERS, "arms for China")
    windows = windows.assign(year=windows.end, percent=windows.share * 100)
    sellers = [code for code in SELLERS if not is_off([code, "CHN"])] or [*SELLERS]
    size: Look = dict(height=max(LOW, 0.4 + 1.8 * len(sellers)), rows=len(sellers))
    figure, panels = canvas(**size, squeeze=False, left=1.25, right=1.75, top=0.3)
    figure.subplots_adjust(hspace=0.4)
    for ax, seller in zip(panels.flat, sellers, strict=True):
        _rolling(ax, windows.query("supplier == @seller"), seller)
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


def _rolling(ax: Axes, windows: pd.DataFrame, seller: str) -> None:
    """One seller's line, on a scale of its own."""
    look: Look = dict(say=lambda it: percent(it / 100), lead=SELLERS, others=["CHN"])
    labels = plotted.lines(ax, windows, "supplier", "percent", "%", 1, **look)
    for line in ax.lines:
        line.set_linestyle("solid")
    title = f"From {actors.name(seller)}, per cent: scale to {SELLERS[seller]}"
    years = dict(first=ENDS[0], last=windows.year.max() + 0.3)
    panel(ax, labels, **years, title=title, ylim=(0, SELLERS[seller]))
    dots(ax, windows, "percent", [THEN], (seller, "CHN"), look["say"])
    ax.yaxis.set_major_locator(MultipleLocator(SELLERS[seller] / 4))
    if seller == "UKR":
        marks.thresholds(ax, bounds("M4", SHARE), who=("UKR", "CHN"))
    marks.tag(ax, seller, "CHN")


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
    flows = arms_windows(actors.ALL, [end]).query("supplier != 'other' and tiv >= @SMALLEST")
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
        figure=_received(flows, end > THEN),
        sentences=row_sentences(told, text, ["supplier", "recipient"], named=short_name),
        table=flows.round(0),
    )


def _received(flows: pd.DataFrame, late: bool) -> Figure:
    """A row a recipient, the largest first: a block a supplier, China and Russia in colour."""
    volume = flows.groupby("recipient").tiv.sum().sort_values(ascending=False)
    room: Look = dict(left=1.2, right=0.3, top=0.1, bottom=0.6, narrow={"left": 1.15})
    figure, ax = canvas(height=max(LOW, 0.75 + 0.3 * len(volume)), **room)
    ours = [code for code in COLOURED if code in {*flows.supplier}]
    others = {} if {*flows.supplier} == {*ours} else {"other": MUTED}
    _colours(figure, {code: actors.colour(code) for code in ours} | others)
    ax.set(xlim=(0, volume.max() * 1.02), ylim=(0.5 - max(len(volume), 5), 0.5), yticks=[])
    ax.xaxis.set_major_locator(MaxNLocator(3 if is_narrow() else 6))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="x")
    for place, recipient in enumerate(volume.index):
        rows = flows[flows.recipient.eq(recipient)]
        rows = rows.assign(rank=rows.supplier.map({"RUS": 0, "CHN": 1}).fillna(2))
        rows = rows.sort_values(["rank", "tiv"], ascending=[True, False])
        left, told = 0.0, False
        for supplier, tiv in zip(rows.supplier, rows.tiv, strict=True):
            told = _part(ax, (supplier, recipient), place, left, tiv, late) or told
            left += tiv
        if not told:
            draw = Tagged(ax, *rows.supplier, recipient, since=late)
            draw.beside(left, -place, ", ".join(map(short_name, rows.supplier)), color=QUIET)
        draw = Tagged(ax, recipient, since=late)
        draw.row_name(
            -place, short_name(recipient), fontweight="bold" if recipient in BOTH else "normal"
        )
    return figure


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
    """Submarines delivered by Russia to Vietnam, added up by year.

    Table: year, units, total. Source: table military/deals.
    """
    boats = deliveries("RUS", "VNM", "Project-636E")
    total, year = boats.total.iloc[-1], boats.year.max()
    figure, ax = canvas(height=2.9, right=0.3, left=0.9, narrow={"left": 0.9})
    look: Look = dict(width=0.7, edgecolor="white")
    for row in boats.itertuples():
        tell = f"Russia to Vietnam, {row.year}: {row.units} delivered, {row.total} in all"
        draw = Tagged(ax, "RUS", "VNM", since=row.year > THEN, tell=tell)
        draw.bar(row.year, row.total - row.units, color=MUTED, **look)
        new: Look = dict(bottom=row.total - row.units, color=actors.colour("RUS"))
        bars = draw.bar(row.year, row.units, **new, **look)
        draw.bar_label(bars, [row.total], padding=2, weight="bold")
    marks.year_axis(ax, boats.year.min() - 0.6, 2020, 1)
    marks.article_line(ax)
    ax.set(ylim=(0, total + 1), yticks=range(0, total + 1, 2))
    said = claims.Rule.of("M8").target
    marks.thresholds(ax, {said: f"holds at {said:g}"}, who=("RUS", "VNM"))
    told, text = boats.assign(by="RUS", to="VNM"), "{year}: {units} delivered, {total} in all."
    return dict(
        words=dict(year=year, total=total),
        figure=figure,
        sentences=row_sentences(told, text, ["by", "to"]),
        table=boats,
    )
