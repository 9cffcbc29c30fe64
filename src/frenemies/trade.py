"""Who trades with whom: goods trade by reporter, ranks, shares and mirror data.

A reporter is the state whose books are read; the same flow stands in the partner's books as its mirror. Exports are
valued FOB, imports CIF (the USA: customs value), so the two differ by freight and insurance even when both are right.
Source: IMF Direction of Trade Statistics, edition of 2022 (tables economic/trade, economic/trade_groups, economic/partners).
"""

import difflib

import pandas as pd

from frenemies import actors, evidence
from frenemies.actors import UnknownYear
from frenemies.places import Problem

GROUPS = {
    "EU28": "the EU (28 members)",
    "EU27": "the EU (27 members)",
    "WLD": "the world",
    "EAEU5": "the Eurasian Economic Union",
    "EAEU4": "the other four",
}


class NoTrade(Problem):
    """The tables hold no trade of that pair."""


def party(code):
    """Name of a reporter or partner: an actor, or one of EU28, EU27, EAEU5, EAEU4, WLD. Raises UnknownActor with a suggestion."""
    near = difflib.get_close_matches(str(code).upper(), GROUPS, n=1, cutoff=0.6)
    if code == "EU" or (near and code not in GROUPS and code not in actors.ALL):
        raise actors.UnknownActor(f'"{code}" is no actor or group here. Did you mean {near[0]} ({GROUPS[near[0]]})?')
    return GROUPS.get(code) or actors.name(code)


def goods_trade(reporter, partner, vintage=None):
    """One reporter's goods trade with one partner by year.

    Columns: year, export, import, total (export + import), balance (export - import), all in USD bn, current; second_hand
    (True where a cell is the IMF's estimate or filled in from the partner's books). Raises UnknownActor, NoTrade.
    """
    names = party(reporter), party(partner)
    table = "economic/trade_groups" if {reporter, partner} & {"EU28", "EU27", "EAEU5", "EAEU4"} else "economic/trade"
    rows = evidence.table(table, vintage).query("reporter == @reporter and partner == @partner")
    if rows.empty:
        raise NoTrade(
            f"no trade with {names[1]} in the books of {names[0]}: ask the other side, goods_trade({partner!r}, {reporter!r})"
        )
    flows = rows.pivot(index="year", columns="flow", values="value_usd").reindex(columns=["export", "import"]) / 1e9
    doubt = rows[[name for name in ("estimate", "imputed") if name in rows]].any(axis=1).groupby(rows["year"]).any()
    flows = flows.assign(
        total=flows["export"] + flows["import"], balance=flows["export"] - flows["import"], second_hand=doubt
    )
    return flows.rename_axis(columns=None).reset_index()


def in_year(frame, year, column="total"):
    """One figure of a yearly frame: `in_year(goods_trade("CHN", "RUS"), 2018)`. Raises UnknownYear with a suggestion."""
    found = frame.loc[frame["year"].eq(year), column].dropna()
    if found.empty:
        years = frame.dropna(subset=[column])["year"]
        nearest = years.iloc[(years - year).abs().argmin()]
        raise UnknownYear(
            f"no figure for {year}: the years held are {years.min()}-{years.max()}. Did you mean {nearest}?"
        )
    return float(found.iloc[0])


def trade_with(reporter, partners, vintage=None):
    """One reporter's trade with several partners, one below the other. Columns: partner, then as in `goods_trade`. Raises as there."""
    return pd.concat(
        [goods_trade(reporter, partner, vintage).assign(partner=partner) for partner in partners], ignore_index=True
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
    rows = evidence.table("economic/partners", vintage)
    if actors.name(reporter) and reporter not in set(rows["reporter"]):
        raise NoTrade(f"all partners of {actors.name(reporter)} are not held here: choose CHN or RUS")
    if (known := rows["year"]).ne(year).all():
        raise UnknownYear(
            f"no ranks for {year}: the years held are {known.min()}-{known.max()}. Did you mean {known.iloc[(known - year).abs().argmin()]}?"
        )
    found = rows.query("reporter == @reporter and year == @year").sort_values(
        "total_usd", ascending=False, kind="stable"
    )
    found = found.merge(evidence.table("economic/partner_names"), on="partner")
    return found.assign(rank=range(1, len(found) + 1), total=found["total_usd"] / 1e9)[
        ["rank", "partner", "name", "total"]
    ]


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
    party(partner)
    totals = (
        evidence.table("economic/trade_russia")
        .groupby(["partner", "year"], as_index=False)
        .agg(total=("value_usd", "sum"), mirror=("mirror", "any"))
    )
    both = totals[totals["partner"].eq(partner)].merge(
        totals[totals["partner"].eq("WLD")], on="year", suffixes=("", "_all")
    )
    return pd.DataFrame(
        {"year": both["year"], "share": both["total"] / both["total_all"] * 100, "mirror": both["mirror"]}
    )
