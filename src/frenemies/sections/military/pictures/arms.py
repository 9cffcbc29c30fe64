"""Arms in pictures: shares of suppliers, China's imports, flows between the actors, Vietnam's submarines."""

from matplotlib.patches import FancyArrowPatch

from frenemies import evidence
from frenemies.errors import Problem
from frenemies.evidence import actors
from frenemies.measures.arms import arms_windows, deliveries, last_window
from frenemies.measures.words import name, percent, span
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import Tagged, article_line, lines, tag_ticks, timeline
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import needed, since
from frenemies.pictures.style import ARTICLE, QUIET, THEN, ink_on, pale

ENDS = (2003, 2008, 2013, 2018, 2024)  # last years of the windows drawn as blocks
BUYERS = ("CHN", "IND", "VNM")  # China and the two of its neighbours that Russia arms
STRONG = ("RUS", "UKR", "USA")  # suppliers in their own colour, from the bottom up
RANKS = {
    "RUS": 0,
    "UKR": 1,
    "USA": 2,
    "other": 9,
}  # of the blocks, from the bottom up; all others lie between
MUTED, PALE = "#C3C8CE", "#ECEEF0"
SMALLEST = 150  # million TIV: the least flow that is drawn
TOLD, LABELLED = (
    0.08,
    0.095,
)  # smallest share that is told in words, and that has room for them in the block


@drawing(
    "military",
    "military/arms_transfers",
    key="suppliers",
    subtitle="Suppliers' shares of all major arms delivered (volume in TIV), five-year windows; lighter: after the article",
    then={
        "subtitle": "Suppliers' shares of all major arms delivered (volume in TIV), five-year windows"
    },
    whose=("recipient",),
    cannot="what was paid, or what the weapons can do.",
)
def suppliers_picture():
    """Who supplied each recipient's arms: a block a five-year window, split by supplier. Returns a Picture."""
    figure, panels = canvas(height=6, rows=3, right=0.15, top=0.3, left=0.55)
    windows = needed(arms_windows(BUYERS, ENDS), "recipient", BUYERS, "arms imports")
    for ax, recipient in zip(panels, BUYERS, strict=True):
        for end, window in windows[windows.recipient.eq(recipient)].groupby("end"):
            _block(ax, recipient, end, window.set_index("supplier").share)
        _block_axis(ax, f"Arms for {actors.name(recipient)}")
    panels[0].text(ARTICLE, 103, "article", ha="center", va="bottom", color=QUIET)
    figure.subplots_adjust(hspace=0.34)
    russian = windows[windows.supplier.eq("RUS")].pivot(
        index="recipient", columns="end", values="share"
    )
    then, latest = (
        russian.reindex(index=BUYERS, columns=ENDS).fillna(0)[end] for end in (THEN, ENDS[-1])
    )
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


def _row(codes, all_of_them=""):
    """Buyers in words, with one word for all of them."""
    return (
        all_of_them
        if all_of_them and len(codes) == len(BUYERS)
        else ", ".join(map(name, codes)) or "none"
    )


def _windows_in_words(windows):
    named = windows[windows.share.ge(TOLD)]
    named = named.assign(text=named.supplier.map(name) + " " + named.share.map(percent))
    told = named.groupby(["recipient", "end"]).text.agg(", ".join)
    return [
        ((code, *since(end)), f"{name(code)} {span(end)}: {text}.")
        for (code, end), text in told.items()
    ]


def _block(ax, recipient, end, shares):
    """One window as a stack of blocks, as wide as its years; blocks that are large enough carry their words."""
    late, below = end > THEN, 0.0
    order = shares.sort_index(
        key=lambda codes: codes.map(lambda code: RANKS.get(code, 5)), kind="stable"
    )
    for supplier, share in order.items():
        draw = Tagged(ax, recipient, *[supplier] * (supplier != "other"), since=late)
        strong = supplier in STRONG
        colour = actors.colour(supplier) if strong else PALE if supplier == "other" else MUTED
        look = {"color": pale(colour, 4) if late and strong else colour, "edgecolor": "white"}
        draw.bar(end - 4, share * 100, width=5, bottom=below, align="edge", **look)
        if share >= LABELLED:
            look = {"ha": "center", "va": "center", "color": ink_on(look["color"])}
            draw.text(end - 1.5, below + share * 50, f"{name(supplier)} {percent(share)}", **look)
        below += share * 100


def _block_axis(ax, title):
    ax.set(ylim=(0, 100), xlim=(ENDS[0] - 4.4, ENDS[-1] + 1.2))
    ax.set_yticks([0, 50, 100], ["0", "50", "100 %"])
    ax.set_xticks([end - 1.5 for end in ENDS], list(map(span, ENDS)))
    tag_ticks(ax, [end > THEN for end in ENDS])
    ax.set_title(title, loc="left", fontweight="bold")
    ax.grid(axis="x", visible=False)
    article_line(ax, text="")


@drawing(
    "military",
    "military/arms_transfers",
    key="china-imports",
    subtitle="Share of China's arms imports (volume in TIV) in the five years that end with the year shown, per cent",
    whose=("supplier",),
    cannot="what China builds for itself.",
)
def china_imports_picture():
    """Russia's and Ukraine's shares of China's arms imports in rolling five-year windows. Returns a Picture."""
    last = last_window()
    shares = arms_windows(["CHN"], range(ENDS[0], last + 1)).query("supplier in ['RUS', 'UKR']")
    shares = needed(
        shares.assign(year=shares.end, percent=shares.share * 100),
        "supplier",
        ("RUS", "UKR"),
        "arms for China",
    )
    figure, ax = canvas()
    timeline(ax, ENDS[0], last + 0.3)
    ax.set_ylim(0, 100)
    labels = lines(
        ax,
        shares,
        "supplier",
        "percent",
        lambda value: percent(value / 100),
        ("RUS",),
        others=("CHN",),
    )
    label_ends(ax, labels)
    at = shares.pivot(index="year", columns="supplier", values="share")
    said = {code: at[code].map(percent) for code in at}
    loosest = at["RUS"].loc[:THEN].idxmin()
    return dict(
        title=f"Russia's hold on China's arms imports was loosest in the five years to {loosest}",
        figure=figure,
        lead=f"Share of China's arms imports in the five years to {THEN}: Russia {said['RUS'][THEN]}, Ukraine {said['UKR'][THEN]}.",
        sentences=_rolling_in_words(said, (ENDS[0], THEN, last)),
        table=shares[["supplier", "year", "tiv", "percent"]].round(1),
    )


def _rolling_in_words(said, years):
    for code, words in said.items():
        for year in years:
            yield (code, *since(year)), f"{name(code)}, five years to {year}: {words[year]}."


@drawing(
    "military",
    "military/arms_transfers",
    whose=("supplier", "recipient"),
    cannot=f"suppliers outside the 24 actors, and flows under {SMALLEST} million TIV.",
)
def arms_flow_picture(window="2014-18"):
    """Who delivers to whom among the actors, as arrows between fixed places. Returns a Picture.

    window: "2014-18" or "2020-24". Raises Problem.
    """
    end = {span(year): year for year in ENDS[-2:]}.get(window)
    if end is None:
        raise Problem(f'"{window}" is no window here: choose {" or ".join(map(span, ENDS[-2:]))}')
    flows = evidence.table("military/arms_transfers").query("@end - 4 <= year <= @end")
    flows = flows.groupby(["supplier", "recipient"]).tiv.sum().reset_index()
    flows = flows[flows.tiv >= SMALLEST].sort_values("tiv", ascending=False)
    armed = [
        name(code) for code in flows[flows.supplier.eq("RUS")].recipient if code in ("IND", "VNM")
    ]
    return dict(
        key=f"arms-flow-{end}",
        title=f"Russia arms China and, at the same time, {' and '.join(armed) or 'none of its rivals'}",
        subtitle=f"Major arms delivered in {window}, million TIV; width: volume; colour: the supplier's",
        figure=_flow_map(flows, end > THEN),
        lead=f"{len(flows)} flows of {SMALLEST} million TIV or more in {window}, the largest first.",
        sentences=_flows_in_words(flows, end),
        table=flows.round(0),
    )


def _flows_in_words(flows, end):
    for one, other, tiv in flows.itertuples(index=False):
        yield (one, other, *since(end)), f"{name(one)} to {name(other)}: {tiv:,.0f}."


def _flow_map(flows, late):
    """An arrow a flow, between names in their fixed places."""
    figure, ax = canvas(height=5.6, left=0.1, right=0.1, bottom=0.1, top=0.1)
    for supplier, recipient, tiv in flows.itertuples(index=False):
        Tagged(ax, supplier, recipient, since=late).add_patch(_arrow(supplier, recipient, tiv))
    for code in sorted({*flows.supplier, *flows.recipient}):
        box = {
            "boxstyle": "round,pad=0.25",
            "facecolor": "white",
            "edgecolor": actors.colour(code),
            "linewidth": 1.2,
        }
        look = {
            "weight": "bold" if code in ("CHN", "RUS", "USA") else "normal",
            "bbox": box,
            "zorder": 6,
        }
        draw = Tagged(ax, code, since=late)
        draw.text(*actors.place(code), actors.name(code), ha="center", va="center", **look)
    ax.set(xlim=(-1.3, 1.3), ylim=(-1.15, 1.15))
    ax.set_axis_off()
    return figure


def _arrow(supplier, recipient, tiv):
    width = 0.8 + tiv / 900
    shape = f"simple,tail_width={width},head_width={width + 5},head_length={7 + width / 2}"
    looks = {
        "color": actors.colour(supplier),
        "alpha": 0.8 if supplier in ("CHN", "RUS") else 0.35,
        "linewidth": 0,
    }
    looks |= {"connectionstyle": "arc3,rad=0.12", "mutation_scale": 1, "shrinkA": 18, "shrinkB": 20}
    return FancyArrowPatch(
        actors.place(supplier), actors.place(recipient), arrowstyle=shape, **looks
    )


@drawing(
    "military",
    "military/deals",
    key="submarines",
    subtitle="Submarines of the class Project 636 delivered; blue: in that year, grey: before",
    cannot="whether they can be crewed and kept at sea.",
)
def submarines_picture():
    """Submarines delivered by Russia to Vietnam, added up by year. Returns a Picture."""
    boats = deliveries("RUS", "VNM", "Project-636E")
    total, year = boats.total.iloc[-1], boats.year.max()
    figure, ax = canvas(height=2.9, right=0.3)
    for row in boats.itertuples():
        _boats(Tagged(ax, "RUS", "VNM", since=row.year > THEN), row)
    timeline(ax, boats.year.min() - 0.6, 2020, 1)
    ax.set(ylim=(0, total + 1), yticks=range(0, total + 1, 2))
    return dict(
        title=f"By {year} Vietnam had {total} Russian submarines",
        figure=figure,
        lead=f"By {year} Russia had delivered {total} submarines to Vietnam.",
        sentences=map(_boats_in_words, boats.itertuples()),
        table=boats,
    )


def _boats(draw, row):
    """One year's boats on top of those that had come before."""
    before, look = row.total - row.units, {"width": 0.7, "edgecolor": "white"}
    draw.bar(
        [row.year] * 2,
        [before, row.units],
        bottom=[0, before],
        color=[MUTED, actors.colour("RUS")],
        **look,
    )
    draw.text(row.year, row.total + 0.15, f"{row.total}", ha="center", va="bottom", weight="bold")


def _boats_in_words(row):
    return (
        "RUS",
        "VNM",
        *since(row.year),
    ), f"{row.year}: {row.units} delivered, {row.total} in all."
