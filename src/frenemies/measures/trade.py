"""Who trades with whom: goods trade by reporter, ranks, shares and mirror data.

A reporter is the state whose books are read; the same flow stands in the partner's books as its
mirror. Exports are valued FOB, imports CIF (the USA: customs value), so the two differ by freight
and insurance even when both are right. Source: IMF Direction of Trade Statistics, edition of 2022
(tables economic/trade, economic/trade_groups, economic/partners); after 2020 China's customs, at
second hand (economic/china_customs), and the IMF's later series of Russia's books
(economic/trade_russia).
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from heldto import article, evidence
from heldto.errors import NotHeld, Problem, did_you_mean
from heldto.evidence import actors
from heldto.text.arguments import Actor, When, Word, Year, measure, read_actor

TOP_TWENTY = 2023  # the one year of which China's customs are held for all large partners
UNTOLD = 0.05  # Russia's of 2009 to 2011: 0.09 to 0.17; in all other years 0.044 at most
UNION = ["RUS", "KAZ", "KGZ", "BLR", "ARM"]


class NoTrade(NotHeld):
    """The tables hold no trade of that pair."""


def code(word: object) -> str:
    """Return the code of a reporter or partner. It can be an actor by code, name or alias, or EU28,
    EU27, EAEU5, EAEU4, WLD.

    Raises UnknownActor with a suggestion.
    """
    text = str(word).strip()
    if text.upper() in (groups := article.current().parties):
        return text.upper()
    suggestion = did_you_mean(text, {group: f"{group} ({name})" for group, name in groups.items()})
    try:
        actor = read_actor(word)
    except actors.UnknownActor as error:
        message = (
            f'"{word}" is not an actor or a group here. {suggestion}' if suggestion else str(error)
        )
        raise actors.UnknownActor(message) from None
    if actor == "EU":
        union = article.current().parties["EU28"]
        message = f'"{word}" is not an actor or a group here. Did you mean EU28 ({union})?'
        raise actors.UnknownActor(message)
    return actor


Party = Annotated[str, code]


@measure
def party(word: Party) -> str:
    """Return the name of a reporter or partner: `party("EU28")` is "the EU (28 members)". Raises
    UnknownActor with a suggestion.
    """
    return article.current().parties.get(word) or actors.name(word)


@measure
def goods_trade(reporter: Party, partner: Party, *, vintage: When = None) -> pd.DataFrame:
    """Return one reporter's goods trade with one partner by year: `goods_trade("China", "Russia")`,
    or by code, or a group such as EU28.

    Columns: year, export, import, total (export + import), balance (export - import), all in USD
    bn, current; second_hand (True if a cell is the IMF's estimate, was filled in from the partner's
    books, or is a part of a divided total). Raises UnknownActor, NoTrade.
    """
    grouped = {reporter, partner} & {"EU28", "EU27", "EAEU5", "EAEU4"}
    books = "economic/trade_groups" if grouped else "economic/trade"
    rows = evidence.where(books, vintage, reporter=reporter, partner=partner)
    subject = f"trade with {party(partner)} in the books of {party(reporter)}"
    remedy = f"ask the other side, goods_trade({partner!r}, {reporter!r})"
    evidence.some(rows, subject, remedy, NoTrade)
    flows = rows.pivot(index="year", columns="flow", values="value_usd") / 1e9
    flows = flows.reindex(columns=["export", "import"])
    marks = rows.columns.intersection(["estimate", "imputed", "allotted"])
    flows = flows.assign(
        total=flows["export"] + flows["import"],
        balance=flows["export"] - flows["import"],
        second_hand=rows[marks].any(axis=1).groupby(rows["year"]).any(),
    )
    return flows.rename_axis(columns=None).reset_index()


@measure
def in_year(frame: pd.DataFrame, year: Year, column: Word = "total") -> float:
    """Return one figure of a yearly frame, in the column's unit: `in_year(goods_trade("CHN",
    "RUS"), 2018)`.

    Raises UnknownYear with a suggestion; Problem if there is no such column; NotHeld if it is
    empty, for example because only one flow is reported.
    """
    if column not in frame or column == "year" or not is_numeric_dtype(frame[column]):
        raise _lacks(frame, column)
    # by arrays: base rates ask it thousands of times, and with a frame each time all of
    # `frenemies claims` takes a sixth longer
    figures, years = frame[column].to_numpy(float), frame["year"].to_numpy()
    filled = ~np.isnan(figures)
    if not filled.any():
        raise _lacks(frame, column)
    known = evidence.known_year(years[filled].tolist(), year)
    return float(figures[filled & (years == known)].sum())


def _lacks(frame: pd.DataFrame, column: str) -> Problem:
    """Why no figure stands in a column of a yearly frame."""
    numbers = frame.select_dtypes("number").dropna(axis=1, how="all")
    figures = {str(name): str(name) for name in numbers if name != "year"}
    choose = f"choose {', '.join(figures)}" if figures else "the table is empty"
    if column in frame:
        return NotHeld(f'no figure in the column "{column}", for any year', choose)
    suggestion = did_you_mean(column, figures, choose)
    return Problem(f'the column "{column}" is not here. {suggestion}')


@measure
def trade_with(reporter: Party, partners: Sequence[Party], *, vintage: When = None) -> pd.DataFrame:
    """Return one reporter's trade with several partners in one frame. Its columns are those of
    `goods_trade`, and partner; it raises the same errors.
    """
    trade = {partner: goods_trade(reporter, partner, vintage=vintage) for partner in partners}
    return pd.concat(
        [rows.assign(partner=partner) for partner, rows in trade.items()], ignore_index=True
    )


@measure
def mirror_trade(actor: Party, partner: Party, *, vintage: When = None) -> pd.DataFrame:
    """Return one trade in two books, seen from `actor`: total and balance as the actor and as the
    partner count them.

    Columns: year, own_total, mirror_total, gap (mirror minus own), own_balance, mirror_balance (the
    partner's imports minus its exports), fob_balance (both sides' exports), cif_balance (both
    sides' imports); USD bn. Raises UnknownActor, NoTrade.
    """
    own_flows = goods_trade(actor, partner, vintage=vintage)
    mirror_flows = goods_trade(partner, actor, vintage=vintage)
    merged = own_flows.merge(mirror_flows, on="year", suffixes=("", "_mirror"))
    return pd.DataFrame(
        {
            "year": merged["year"],
            "own_total": merged["total"],
            "mirror_total": merged["total_mirror"],
            "gap": merged["total_mirror"] - merged["total"],
            "own_balance": merged["balance"],
            "mirror_balance": -merged["balance_mirror"],
            "fob_balance": merged["export"] - merged["export_mirror"],
            "cif_balance": merged["import_mirror"] - merged["import"],
        }
    )


@measure
def ranks(reporter: Actor, year: Year, *, vintage: When = None) -> pd.DataFrame:
    """Rank all partner countries of China or Russia in one year, largest total trade first; the EU
    counts as its single members. For 2023 there are seventeen large partners of China, by its
    customs.

    Columns: rank, partner (ISO3), name, total (USD bn). Raises UnknownActor, NoTrade (other
    reporters), UnknownYear. Sources: tables economic/partners, economic/china_customs.
    """
    rows = evidence.table("economic/partners", vintage)
    if reporter not in set(rows["reporter"]):
        raise NoTrade(f"no figure for all partners of {actors.name(reporter)}", "choose CHN or RUS")
    if reporter == "CHN" and vintage != "then":
        late = evidence.table("economic/china_customs")
        late = late[late["year"].eq(TOP_TWENTY) & late["partner"].ne("EU27")]
        late = late.assign(reporter="CHN", total_usd=late["total_bn"] * 1e9)
        rows = pd.concat([rows, late[rows.columns]])
    evidence.known_year(rows, year, "ranks")
    rows = rows[rows["reporter"].eq(reporter) & rows["year"].eq(year)]
    rows = rows.sort_values("total_usd", ascending=False, kind="stable")
    names = evidence.table("economic/partner_names")
    rows = rows.merge(names, on="partner", how="left", validate="many_to_one")
    rows = rows.assign(rank=range(1, len(rows) + 1), total=rows["total_usd"] / 1e9)
    return rows[["rank", "partner", "name", "total"]]


@measure
def rank_of(reporter: Actor, partner: Actor, year: Year, *, vintage: When = None) -> int:
    """Return a partner's rank among all partners of China or Russia, an integer: `rank_of("CHN",
    "RUS", 2018)`. Raises the errors of `ranks`, and NotHeld.
    """
    rows = ranks(reporter, year, vintage=vintage).query("partner == @partner")
    subject = f"trade with {actors.name(partner)} among the partners of {actors.name(reporter)}"
    return int(evidence.some(rows, subject)["rank"].iloc[0])


def _shares(partner: pd.DataFrame, world: pd.DataFrame) -> pd.DataFrame:
    merged = partner.merge(world, on="year", suffixes=("", "_all"))
    return merged.assign(share=merged["total"] / merged["total_all"])


@measure
def share_of_trade(reporter: Party, partner: Party, *, vintage: When = None) -> pd.DataFrame:
    """Return the partner's share of a reporter's goods trade with the world. Columns: year, share
    (0 to 1; NaN in years for which it is unknown: see `under_no_partner`). Raises the errors of
    `goods_trade`.
    """
    flows, world = (goods_trade(reporter, other, vintage=vintage) for other in (partner, "WLD"))
    lost = under_no_partner(reporter, vintage=vintage)
    rows = _shares(flows, world)[["year", "share"]]
    return rows.assign(share=rows["share"].mask(rows["year"].map(lost) > UNTOLD))


@measure
def under_no_partner(reporter: Party, *, vintage: When = None) -> dict[int, float]:
    """Return by year which part (0 to 1) of China's or Russia's trade has no partner in its books;
    it is empty for other reporters. If it is more than `UNTOLD`, shares of partners are unknown.
    Source: tables economic/partners, economic/trade.
    """
    rows = evidence.where("economic/partners", vintage, reporter=reporter)
    if rows.empty:
        return {}
    total = goods_trade(reporter, "WLD", vintage=vintage).set_index("year")["total"]
    assigned = rows.groupby("year")["total_usd"].sum() / 1e9
    return (1 - assigned / total).dropna().to_dict()


@measure
def russia_to_2024(partner: Party) -> pd.DataFrame:
    """Return a partner's share of Russia's trade in Russia's newer series.

    Columns: year, total (USD bn), share (0 to 1), mirror (True: estimated from partners). It is
    empty if the series does not have the partner: it has actors, EU28 and EU27. Raises
    UnknownActor. Source: IMF International Merchandise Trade Statistics (table
    economic/trade_russia).
    """
    by_year = evidence.table("economic/trade_russia").groupby(["partner", "year"], as_index=False)
    totals = by_year.agg(total=("value_usd", "sum"), mirror=("mirror", "any"))
    totals = totals.assign(total=totals["total"] / 1e9)
    flows, world = (totals[totals["partner"].eq(other)] for other in (partner, "WLD"))
    return _shares(flows, world)[["year", "total", "share", "mirror"]]


@measure
def china_customs(partner: Party, *, vintage: When = None) -> pd.DataFrame:
    """Return a partner's trade with China after 2020 as China's customs count it. It is
    second-hand: Russia to 2025, seventeen large partners and EU27 for 2023, and the USA, Germany
    and EU27 also for 2025. Never join it to a series of `goods_trade`.

    Columns: year, export and import (China's; NaN if only the total is known), total; USD bn.
    Raises UnknownActor, NoTrade. Source: table economic/china_customs.
    """
    rows = evidence.where("economic/china_customs", vintage, partner=partner)
    subject = f"trade with {party(partner)} after 2020 by China's customs"
    evidence.some(rows, subject, "the table has Russia, EU27 and the largest partners", NoTrade)
    flows = rows.rename(columns=lambda name: name.removesuffix("_bn"))
    return flows[["year", "export", "import", "total"]].reset_index(drop=True)
