"""The article's forecast in a picture: what the two did more of since, trade or arms."""

import pandas as pd
from matplotlib.axes import Axes

from frenemies.measures import trade
from frenemies.measures.arms import FLOWS
from frenemies.sections import BETWEEN, BOTH
from frenemies.sections.military import claim_measures
from heldto.evidence import actors
from heldto.pictures import (
    THEN,
    Tagged,
    canvas,
    drawing,
    labels,
    marks,
    sentences,
    tooltips_from_data,
)
from heldto.text import texts

CAPTIONS = texts.captions("military")
TABLES = ("economic/trade", "economic/trade_russia", "economic/china_customs", FLOWS)
FIRST, LAST = 2013, 2024
RULE, MOVED = "M16 in part above", "Had Russian arms moved as trade did"
PANELS = texts.labels("military")["forecast"]


@drawing("military", *TABLES, **CAPTIONS["forecast"])
def forecast_picture() -> dict:
    """Trade and arms of China and Russia since 2013: volumes above, shares below.

    Trade is in Russia's books, hollow where the IMF estimates them; dotted: China's customs,
    second-hand. Arms are those delivered in the five years to each year. Dashed: M16 is right in
    part where arms end above it.
    Table: year, trade (USD bn), customs (USD bn), trade_share (percent), arms (million TIV),
    arms_share (percent). Source: tables economic/trade, economic/trade_russia,
    economic/china_customs, military/arms_transfers.
    """
    (volume, _), rows = claim_measures.trade_and_arms(LAST), claim_measures.course(FIRST, LAST)
    customs = trade.china_customs("RUS")
    tall = dict(rows=4, cols=1, height=8.4)
    figure, axes = canvas(5.2, 2, 2, sharex=True, right=0.62, top=0.32, bottom=0.35, narrow=tall)
    figure.subplots_adjust(hspace=0.28, wspace=0.85)
    told: list[sentences.Sentence] = []
    for ax, (column, panel) in zip(axes.flat, PANELS.items(), strict=True):
        code, about, unit, short, article = panel
        colour = actors.colour(code) if code else BETWEEN
        tooltips_from_data(ax, unit, 1)
        ax.yaxis.set_major_formatter("{x:,.0f}")
        text = f"{{0.{column}:,.0f}}".format
        look: marks.Look = dict(color=colour, linestyle="solid", label=about)
        end = marks.line(ax, rows, column, code or BOTH[0], True, text, BOTH, **look)
        years, title = (FIRST, THEN, LAST), f"{about}, {short}"
        told += sentences.year_sentence(BOTH, title, rows, column, years, "{:,.1f}")
        if column.startswith("trade"):
            ring: marks.Look = dict(color=colour, linestyle="none")
            marks.hollow(ax, rows[rows.mirror], column, BOTH, f"{about}, estimated", **ring)
        else:
            _bound(ax, rows, column)
        if column == "trade":
            ring = dict(color=actors.colour("CHN"), linestyle="dotted", marker="s")
            marks.hollow(ax, customs, "total", BOTH, "China's customs, second-hand", **ring)
            press = "China's customs, second-hand, USD bn"
            told += sentences.year_sentence(BOTH, press, customs, "total", customs.year, "{:,.1f}")
        head: marks.Look = dict(title=title, ylim=(0, ax.dataLim.ymax * 1.12), article=article)
        head["beside"] = column != "trade"  # there the customs' line runs on
        labels.panel(ax, [end], FIRST - 0.3, int(customs.year.max()) + 0.4, 5, **head)
        labels.dots(ax, rows, column, [THEN], BOTH, "{:,.0f}".format, colour)
    late = customs[["year", "total"]].rename(columns={"total": "customs"})
    return dict(
        words={"trade": volume.trade, "arms": volume.arms, "last": LAST},
        figure=figure,
        sentences=told,
        table=rows.merge(late, "outer", on="year").drop(columns="mirror").round(1),
    )


def _bound(ax: Axes, rows: pd.DataFrame, column: str) -> None:
    """Where arms would stand had they moved from 2018 as trade did: in volume by the same factor,
    in share by as many points."""
    late = rows[rows.year.ge(THEN)]
    then, moved = late.iloc[0], late[column.replace("arms", "trade")]
    if column == "arms":
        bound = then[column] * moved / moved.iloc[0]
    else:
        bound = then[column] + moved - moved.iloc[0]
    Tagged(ax, *BOTH, since=True, tell=MOVED).plot(late.year, bound, **marks.BOUND)
    look: marks.Look = dict(textcoords="offset points", ha="right", va="bottom", bbox=labels.PAPER)
    end = late.year.iloc[-1], bound.iloc[-1]
    Tagged(ax, *BOTH, since=True).annotate(RULE, end, (0, 3), **look)
