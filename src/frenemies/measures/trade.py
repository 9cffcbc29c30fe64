"""Who trades with whom: goods trade by reporter, ranks, shares and mirror data.

A reporter is the state whose books are read; the same flow stands in the partner's books as its mirror. Exports are
valued FOB, imports CIF (the USA: customs value), so the two differ by freight and insurance even when both are right.
Source: IMF Direction of Trade Statistics, edition of 2022 (tables economic/trade, economic/trade_groups, economic/partners).
"""

import pandas as pd

from frenemies import evidence
from frenemies.errors import NotHeld, Problem, did_you_mean
from frenemies.evidence import actors

GROUPS = {
    "EU28": "the EU (28 members)",
    "EU27": "the EU (27 members)",
    "WLD": "the world",
    "EAEU5": "the Eurasian Economic Union",
    "EAEU4": "the other four",
}
UNION = ["RUS", "KAZ", "KGZ", "BLR", "ARM"]


class NoTrade(NotHeld):
    """The tables hold no trade of that pair."""


def code(word):
    """Code of a reporter or partner: an actor by code, name or alias, or EU28, EU27, EAEU5, EAEU4, WLD. Raises UnknownActor with a suggestion."""
    wanted = str(word).strip()
    if wanted.upper() in GROUPS:
        return wanted.upper()
    near = did_you_mean(wanted, {group: f"{group} ({name})" for group, name in GROUPS.items()})
    try:
        found = actors.find(wanted)
    except actors.UnknownActor as error:
        raise actors.UnknownActor(
            f'"{word}" is no actor or group here. {near}' if near else str(error)
        ) from None
    if found == "EU":
        raise actors.UnknownActor(
            f'"{word}" is no actor or group here. Did you mean EU28 ({GROUPS["EU28"]})?'
        )
    return found


def party(word):
    """Name of a reporter or partner: `party("EU28")` is "the EU (28 members)". Raises UnknownActor with a suggestion."""
    found = code(word)
    return GROUPS.get(found) or actors.name(found)


def goods_trade(reporter, partner, vintage=None):
    """One reporter's goods trade with one partner by year: `goods_trade("China", "Russia")`, or by code, or a group such as EU28.

    Columns: year, export, import, total (export + import), balance (export - import), all in USD bn, current; second_hand
    (True where a cell is the IMF's estimate, filled in from the partner's books, or shared out of a total). Raises UnknownActor, NoTrade.
    """
    reporter, partner = code(reporter), code(partner)
    names = party(reporter), party(partner)
    table = (
        "economic/trade_groups"
        if {reporter, partner} & {"EU28", "EU27", "EAEU5", "EAEU4"}
        else "economic/trade"
    )
    rows = evidence.table(table, vintage).query("reporter == @reporter and partner == @partner")
    if rows.empty:
        lack = f"no figure for trade with {names[1]} in the books of {names[0]}"
        raise NoTrade(lack, f"ask the other side, goods_trade({partner!r}, {reporter!r})")
    flows = (
        rows.pivot(index="year", columns="flow", values="value_usd").reindex(
            columns=["export", "import"]
        )
        / 1e9
    )
    doubt = (
        rows[[name for name in ("estimate", "imputed", "allotted") if name in rows]]
        .any(axis=1)
        .groupby(rows["year"])
        .any()
    )
    flows = flows.assign(
        total=flows["export"] + flows["import"],
        balance=flows["export"] - flows["import"],
        second_hand=doubt,
    )
    return flows.rename_axis(columns=None).reset_index()


def in_year(frame, year, column="total"):
    """One figure of a yearly frame, in the column's unit: `in_year(goods_trade("CHN", "RUS"), 2018)`.

    Raises UnknownYear with a suggestion; Problem where there is no such column, NotHeld where, as with one flow alone, nothing is in it.
    """
    figures = {
        name: name
        for name in frame.select_dtypes("number").dropna(axis=1, how="all")
        if name != "year"
    }
    choose = f"choose {', '.join(figures)}" if figures else "the table is empty"
    if column not in frame:
        raise Problem(
            f'the column "{column}" is not here. ' + did_you_mean(column, figures, choose)
        )
    if column not in figures:
        raise NotHeld(f'no figure in the column "{column}", for any year', choose)
    known = frame.dropna(subset=[column])
    evidence.known_year(known, year)
    return float(known.loc[known["year"].eq(year), column].iloc[0])


def trade_with(reporter, partners, vintage=None):
    """One reporter's trade with several partners, one below the other. Columns: partner, then as in `goods_trade`. Raises as there."""
    return pd.concat(
        [
            goods_trade(reporter, partner, vintage).assign(partner=partner)
            for partner in map(code, partners)
        ],
        ignore_index=True,
    )


def mirror_trade(actor, partner, vintage=None):
    """One trade in two books, seen from `actor`: its total and its balance as it and as the partner count them.

    Columns: year, own_total, mirror_total, gap (mirror less own), own_balance, mirror_balance (the partner's imports less its exports),
    fob_balance (both sides' exports), cif_balance (both sides' imports); USD bn. Raises UnknownActor, NoTrade.
    """
    both = goods_trade(actor, partner, vintage).merge(
        goods_trade(partner, actor, vintage), on="year", suffixes=("", "_mirror")
    )
    return pd.DataFrame(
        {
            "year": both["year"],
            "own_total": both["total"],
            "mirror_total": both["total_mirror"],
            "gap": both["total_mirror"] - both["total"],
            "own_balance": both["balance"],
            "mirror_balance": -both["balance_mirror"],
            "fob_balance": both["export"] - both["export_mirror"],
            "cif_balance": both["import_mirror"] - both["import"],
        }
    )


def ranks(reporter, year, vintage=None):
    """All partner countries of China or Russia in one year, largest total trade first; the EU counts as its single members.

    Columns: rank, partner (ISO3), name, total (USD bn). Raises UnknownActor, NoTrade (other reporters), UnknownYear.
    """
    reporter, rows = actors.find(reporter), evidence.table("economic/partners", vintage)
    if reporter not in set(rows["reporter"]):
        raise NoTrade(f"no figure for all partners of {actors.name(reporter)}", "choose CHN or RUS")
    evidence.known_year(rows, year, "ranks")
    found = rows.query("reporter == @reporter and year == @year").sort_values(
        "total_usd", ascending=False, kind="stable"
    )
    found = found.merge(
        evidence.table("economic/partner_names"), on="partner", how="left", validate="many_to_one"
    )
    return found.assign(rank=range(1, len(found) + 1), total=found["total_usd"] / 1e9)[
        ["rank", "partner", "name", "total"]
    ]


def rank_of(reporter, partner, year, vintage=None):
    """A partner's rank among all of China's or Russia's, an integer: `rank_of("CHN", "RUS", 2018)`. Raises as `ranks`, and NotHeld."""
    found = ranks(reporter, year, vintage)
    found = found[found["partner"].eq(actors.find(partner))]
    return int(
        evidence.some(
            found, f"trade with {party(partner)} among the partners of {party(reporter)}"
        )["rank"].iloc[0]
    )


def share_of_trade(reporter, partner, vintage=None):
    """The partner's share of a reporter's goods trade with the world. Columns: year, share (percent). Raises as `goods_trade`."""
    both = goods_trade(reporter, partner, vintage).merge(
        goods_trade(reporter, "WLD", vintage), on="year", suffixes=("", "_all")
    )
    return pd.DataFrame({"year": both["year"], "share": both["total"] / both["total_all"] * 100})


def russia_to_2024(partner):
    """A partner's share of Russia's trade in Russia's newer series. Columns: year, share (percent), mirror (True: estimated from partners).

    Partners: actors, EU28 or EU27. Source: IMF International Merchandise Trade Statistics (table economic/trade_russia). Raises UnknownActor.
    """
    partner = code(partner)
    totals = (
        evidence.table("economic/trade_russia")
        .groupby(["partner", "year"], as_index=False)
        .agg(total=("value_usd", "sum"), mirror=("mirror", "any"))
    )
    both = totals[totals["partner"].eq(partner)].merge(
        totals[totals["partner"].eq("WLD")], on="year", suffixes=("", "_all")
    )
    return pd.DataFrame(
        {
            "year": both["year"],
            "share": both["total"] / both["total_all"] * 100,
            "mirror": both["mirror"],
        }
    )


def turned_to_china(first, last, vintage=None):
    """Points of Russia's goods trade, as it reports it, that China gained and the EU (28 members) lost between two years: (gain, loss). Raises UnknownYear."""
    shares = (share_of_trade("RUS", partner, vintage) for partner in ("CHN", "EU28"))
    china, europe = (
        in_year(rows, last, "share") - in_year(rows, first, "share") for rows in shares
    )
    return china, -europe


def added_by_union(year, vintage=None):
    """What Armenia, Belarus, Kazakhstan and Kyrgyzstan add to Russia's trade with China, in percent of it, by China's books and by theirs.

    Returns {"CHN": percent, "EAEU4": percent}. Raises UnknownYear.
    """
    pairs = {"CHN": (("CHN", "EAEU4"), ("CHN", "RUS")), "EAEU4": (("EAEU4", "CHN"), ("RUS", "CHN"))}
    totals = {
        book: [in_year(goods_trade(*pair, vintage), year) for pair in both]
        for book, both in pairs.items()
    }
    return {book: four / russia * 100 for book, (four, russia) in totals.items()}
