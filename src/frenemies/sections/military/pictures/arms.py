"""Arms in pictures: shares of suppliers, China's imports, flows between the actors, Vietnam's
submarines."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from frenemies import evidence
from frenemies.errors import Problem
from frenemies.evidence import actors
from frenemies.measures.arms import arms_windows, deliveries, last_window
from frenemies.measures.words import name, percent, span
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import Look, Tagged, article_line, heading, lines, tag_ticks, timeline
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import needed, told_rows
from frenemies.pictures.style import ARTICLE, QUIET, THEN, ink_on, pale
from frenemies.sections import captions

CAPTIONS = captions("military")
ENDS = (2003, 2008, 2013, 2018, 2024)  # last years of the windows drawn as blocks
BUYERS = ("CHN", "IND", "VNM")  # China and the two of its neighbours that Russia arms
STRONG = ("RUS", "UKR", "USA")  # suppliers in their own colour, from the bottom up
RANKS = {"RUS": 0, "UKR": 1, "USA": 2, "other": 9}  # of the blocks; all others lie between
MUTED, PALE = "#C3C8CE", "#ECEEF0"
SMALLEST = 150  # million TIV: the least flow that is drawn
TOLD = 0.08  # smallest share that is told in words
LABELLED = 0.095  # smallest share whose block has room for words


@drawing("military", "military/arms_transfers", whose=("recipient",), **CAPTIONS["suppliers"])
def suppliers_picture() -> dict:
    """Who supplied each recipient's arms: a block a five-year window, split by supplier.

    Table: recipient, year (the window's last), supplier, tiv (million), share (0 to 1).
    Source: table military/arms_transfers.
    """
    figure, panels = canvas(height=6, rows=3, right=0.15, top=0.3, left=0.55)
    windows = needed(arms_windows(BUYERS, ENDS), "recipient", BUYERS, "arms imports")
    for ax, recipient in zip(panels, BUYERS, strict=True):
        for end, window in windows[windows.recipient.eq(recipient)].groupby("end"):
            _block(ax, recipient, end, window.set_index("supplier").share)
        _block_axis(ax, f"Arms for {actors.name(recipient)}")
    panels[0].text(ARTICLE, 103, "article", ha="center", va="bottom", color=QUIET)
    figure.subplots_adjust(hspace=0.34)
    russian = windows.query("supplier == 'RUS'").set_index(["recipient", "end"]).share.unstack()
    russian = russian.reindex(index=BUYERS, columns=ENDS).fillna(0)
    then, latest = russian[THEN], russian[ENDS[-1]]
    shares = ", ".join(f"{name(code)} {percent(then[code])}" for code in BUYERS)
    armed = f"In {span(THEN)} Russia armed {_row(then[then > 0].index, 'all three')}"
    return dict(
        title=f"{armed}; since then its share fell in {_row(then[latest < then].index)}",
        then={"title": armed},
        figure=figure,
        lead=f"Russia's share of arms imports in {span(THEN)}: {shares}.",
        sentences=_windows_in_words(windows),
        table=windows.rename(columns={"end": "year"}).round({"tiv": 1, "share": 3}),
    )


def _row(codes: pd.Index, all_of_them: str = "") -> str:
    """Buyers in words, with one word for all of them."""
    if all_of_them and len(codes) == len(BUYERS):
        return all_of_them
    return ", ".join(map(name, codes)) or "none"


def _windows_in_words(windows: pd.DataFrame) -> Iterator[tuple]:
    large = windows[windows.share.ge(TOLD)]
    large = large.assign(text=large.supplier.map(name) + " " + large.share.map(percent))
    told = large.groupby(["recipient", "end"]).text.agg(", ".join).reset_index()
    told = told.assign(years=told.end.map(span), year=told.end)
    return told_rows(told, "{recipient} {years}: {text}.", ["recipient"], named=name)


def _block(ax: Axes, recipient: str, end: Any, shares: pd.Series) -> None:
    """One window as a stack of blocks, as wide as its years, the large ones with their words."""
    late, below = end > THEN, 0.0
    ranks = shares.index.map(lambda code: RANKS.get(code, 5))
    for supplier, share in shares.iloc[ranks.argsort(kind="stable")].items():
        whose = [recipient] if supplier == "other" else [recipient, str(supplier)]
        draw, colour = Tagged(ax, *whose, since=late), PALE if supplier == "other" else MUTED
        if supplier in STRONG:
            colour = pale(actors.colour(supplier), 4) if late else actors.colour(supplier)
        look = dict(width=5, align="edge", color=colour, edgecolor="white")
        draw.bar(end - 4, share * 100, bottom=below, **look)
        if share >= LABELLED:
            text, look = f"{name(supplier)} {percent(share)}", dict(ha="center", va="center")
            draw.text(end - 1.5, below + share * 50, text, **look, color=ink_on(colour))
        below += share * 100


def _block_axis(ax: Axes, title: str) -> None:
    ax.set(ylim=(0, 100), xlim=(ENDS[0] - 4.4, ENDS[-1] + 1.2))
    ax.set_yticks([0, 50, 100], ["0", "50", "100 %"])
    ax.set_xticks([end - 1.5 for end in ENDS], list(map(span, ENDS)))
    tag_ticks(ax, [end > THEN for end in ENDS])
    heading(ax, title, size=10)
    ax.grid(axis="x", visible=False)
    article_line(ax, text="")


@drawing("military", "military/arms_transfers", whose=("supplier",), **CAPTIONS["china-imports"])
def china_imports_picture() -> dict:
    """Russia's and Ukraine's shares of China's arms imports in rolling five-year windows.

    Table: supplier, year (the window's last), tiv (million), percent.
    Source: table military/arms_transfers.
    """
    first, last, two = ENDS[0], last_window(), ("RUS", "UKR")
    windows = arms_windows(["CHN"], range(first, last + 1)).query("supplier in @two")
    windows = needed(windows, "supplier", two, "arms for China")
    windows = windows.assign(year=windows.end, percent=windows.share * 100)
    figure, ax = canvas()
    timeline(ax, first, last + 0.3)
    ax.set_ylim(0, 100)
    look: Look = dict(lead=("RUS",), others=("CHN",))
    labels = lines(ax, windows, "supplier", "percent", lambda it: percent(it / 100), **look)
    label_ends(ax, labels)
    at = windows.pivot(index="year", columns="supplier", values="share").loc[:THEN]
    (russia, ukraine), loosest = at.loc[THEN, [*two]].map(percent), at["RUS"].idxmin()
    told = windows.assign(words=windows.share.map(percent)).sort_values(["supplier", "year"])
    told = told[told.year.isin([first, THEN, last])]
    return dict(
        title=f"Russia's hold on China's arms imports was loosest in the five years to {loosest}",
        figure=figure,
        lead=f"Share of China's arms imports in the five years to {THEN}: Russia {russia},"
        f" Ukraine {ukraine}.",
        sentences=told_rows(told, "{supplier}, five years to {year}: {words}.", ["supplier"]),
        table=windows[["supplier", "year", "tiv", "percent"]].round(1),
    )


@drawing("military", "military/arms_transfers", whose=("supplier", "recipient"))
def arms_flow_picture(window: str = "2014-18") -> dict:
    """Who delivers to whom among the actors, as arrows between fixed places.

    window: "2014-18" or "2020-24". Raises Problem.
    Table: supplier, recipient, tiv (million), largest first. Source: table military/arms_transfers.
    """
    end = {span(year): year for year in ENDS[-2:]}.get(window)
    if end is None:
        raise Problem(f'"{window}" is no window here: choose {" or ".join(map(span, ENDS[-2:]))}')
    flows = evidence.table("military/arms_transfers").query("@end - 4 <= year <= @end")
    flows = flows.groupby(["supplier", "recipient"]).tiv.sum().reset_index()
    flows = flows[flows.tiv >= SMALLEST].sort_values("tiv", ascending=False)
    armed = flows[flows.supplier.eq("RUS") & flows.recipient.isin(["IND", "VNM"])].recipient
    rivals, text = " and ".join(map(name, armed)), "{supplier} to {recipient}: {tiv:,.0f}."
    told = flows.assign(year=end)
    return dict(
        key=f"arms-flow-{end}",
        title=f"Russia arms China and, at the same time, {rivals or 'none of its rivals'}",
        neutral="Who arms whom",
        about=["RUS", "CHN", *armed],
        subtitle=f"Major arms delivered in {window}, million TIV; width: volume;"
        " colour: the supplier's",
        figure=_flow_map(flows, end > THEN),
        lead=f"{len(flows)} flows of {SMALLEST} million TIV or more in {window}, the largest"
        " first.",
        sentences=told_rows(told, text, ["supplier", "recipient"], named=name),
        cannot=f"suppliers outside the 24 actors, and flows under {SMALLEST} million TIV.",
        table=flows.round(0),
    )


def _flow_map(flows: pd.DataFrame, late: bool) -> Figure:
    """An arrow a flow, between names in their fixed places."""
    figure, ax = canvas(height=5.6, left=0.1, right=0.1, bottom=0.1, top=0.1)
    for supplier, recipient, tiv in flows.itertuples(index=False):
        Tagged(ax, supplier, recipient, since=late).add_patch(_arrow(supplier, recipient, tiv))
    for code in sorted({*flows.supplier, *flows.recipient}):
        box = dict(boxstyle="round,pad=0.25", facecolor="white", edgecolor=actors.colour(code))
        look = dict(ha="center", va="center", zorder=6, bbox=box | dict(linewidth=1.2))
        weight = "bold" if code in ("CHN", "RUS", "USA") else "normal"
        draw = Tagged(ax, code, since=late)
        draw.text(*actors.place(code), actors.name(code), weight=weight, **look)
    ax.set(xlim=(-1.3, 1.3), ylim=(-1.15, 1.15))
    ax.set_axis_off()
    return figure


def _arrow(supplier: str, recipient: str, tiv: float) -> FancyArrowPatch:
    """An arrow as wide as the volume, in the supplier's colour, strong for China and Russia."""
    width = 0.8 + tiv / 900
    shape = f"simple,tail_width={width},head_width={width + 5},head_length={7 + width / 2}"
    look: Look = dict(color=actors.colour(supplier), linewidth=0, mutation_scale=1)
    look |= dict(alpha=0.8 if supplier in ("CHN", "RUS") else 0.35, shrinkA=18, shrinkB=20)
    ends = actors.place(supplier), actors.place(recipient)
    return FancyArrowPatch(*ends, arrowstyle=shape, connectionstyle="arc3,rad=0.12", **look)


@drawing("military", "military/deals", **CAPTIONS["submarines"])
def submarines_picture() -> dict:
    """Submarines delivered by Russia to Vietnam, added up by year.

    Table: year, units, total. Source: table military/deals.
    """
    boats = deliveries("RUS", "VNM", "Project-636E")
    total, year = boats.total.iloc[-1], boats.year.max()
    figure, ax = canvas(height=2.9, right=0.3)
    for row in boats.itertuples():
        _boats(Tagged(ax, "RUS", "VNM", since=row.year > THEN), row)
    timeline(ax, boats.year.min() - 0.6, 2020, 1)
    ax.set(ylim=(0, total + 1), yticks=range(0, total + 1, 2))
    told, text = boats.assign(by="RUS", to="VNM"), "{year}: {units} delivered, {total} in all."
    return dict(
        title=f"By {year} Vietnam had {total} Russian submarines",
        figure=figure,
        lead=f"By {year} Russia had delivered {total} submarines to Vietnam.",
        sentences=told_rows(told, text, ["by", "to"]),
        table=boats,
    )


def _boats(draw: Tagged, row) -> None:
    """One year's boats on top of those that had come before."""
    before, look = row.total - row.units, dict(width=0.7, edgecolor="white")
    draw.bar(row.year, before, color=MUTED, **look)
    draw.bar(row.year, row.units, bottom=before, color=actors.colour("RUS"), **look)
    draw.text(row.year, row.total + 0.15, f"{row.total}", ha="center", va="bottom", weight="bold")
