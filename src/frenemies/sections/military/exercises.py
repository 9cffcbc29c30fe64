"""Figures of the exercises of notebook 03; their words stand in exercises.toml."""

import pandas as pd

from frenemies import evidence
from frenemies.exercises.sheets import Figures, sheet
from frenemies.measures.arms import arms_imports, share_of_arms_exports
from frenemies.measures.conflicts import conflict_coding
from frenemies.measures.joint_exercises import pacific, pacific_exercises
from frenemies.measures.ties import owe_defence
from frenemies.sections import military
from frenemies.sections.supplied import bought

exercises = sheet(__file__)
exercises.measure(bought)


@exercises.measure
def volume(buyer: str, end: int) -> pd.Series:
    """Arms delivered to a buyer in five years (million TIV): by supplier, all, all but Russia's."""
    tiv = arms_imports(buyer, end).set_index("supplier").tiv
    return pd.concat([tiv, pd.Series({"all": tiv.sum(), "others": tiv.drop("RUS").sum()})])


@exercises.figures("M8-submarines")
def submarines(year: int) -> Figures:
    """Submarines delivered to Vietnam by year, in units and in volume (million TIV)."""
    boats = military.deliveries("RUS", "VNM", "Project-636E").set_index("year")
    deals = evidence.table("military/deals")
    deal = deals.query("recipient == 'VNM' and weapon == 'Project-636E'")
    units, total, left = boats.units, boats.total, deal[deal.year.gt(year)]
    found = {"units": units, "arrived": units[boats.index <= year], "years": len(boats)}
    found |= {"total": total, "ordered": total.max(), "first": total.min()}
    found |= {"year_of_order": deal.ordered.iloc[0], "last_year": deal.year.max()}
    return found | {"volume": deal.tiv.sum(), "volume_left": left.tiv.sum()}


@exercises.figures("M4-code-categories")
def delivered(start: int, end: int) -> Figures:
    """What Ukraine delivered to China by category (units; million TIV), and slips."""
    deals = evidence.table("military/deals")
    china = deals.query("recipient == 'CHN'")
    ukraine, years = china.query("supplier == 'UKR'"), "@start <= year <= @end"
    then = ukraine.query(years)
    slips = {"right": then, "any_year": ukraine, "earlier": ukraine.query("year <= @end")}
    slips |= {"later": ukraine.query("year >= @start"), "certain": then[~then.estimate]}
    slips |= {"by_order": ukraine.query("@start <= ordered <= @end")}
    slips |= {"russia": china.query("supplier == 'RUS'").query(years)}
    slips |= {"every_seller": china.query(years)}
    slips |= {"india": deals.query("recipient == 'IND'").query(years)}
    kinds = {name: rows.groupby("category")[["units", "tiv"]] for name, rows in slips.items()}
    sums = {name: groups.sum() for name, groups in kinds.items()}
    sums |= {"rows": kinds["right"].count(), "mean": kinds["right"].mean()}
    found = {name: table.reset_index() for name, table in sums.items()}
    return found | {"by": sums["right"]}


@exercises.figures("M13-allies")
def pledged(year: int) -> Figures:
    """Those of the five with a US defence pledge."""
    allies = [code for code in military.ALLIES if owe_defence("USA", code, year)]
    return {"allies": allies, "number": len(allies)}


@exercises.figures("M3-pacific")
def in_the_pacific(start: int, end: int, later: int, sea: str) -> Figures:
    """Naval exercises from `start` to `end`, counted by several boundaries of the Pacific."""
    table = evidence.table("military/exercises")
    listed = table[table.date.str[:4].astype(int).between(start, end) & table.naval]
    held = listed[listed.status.eq("held")]
    narrow, long = (pacific_exercises(start, last, yellow_sea=False) for last in (end, later))
    left = narrow[narrow.sea.ne(sea)]
    rows = held.sea.isin(pacific(yellow_sea=False)) & held.sea.ne(sea)
    wide, near = pacific_exercises(start, end), narrow.sea.str.contains("Sea of Japan")
    found = {"wide": len(wide), "narrow": len(narrow), "left": len(left), "names": left.name}
    found |= {"held": held.exercise.nunique(), "listed": listed.exercise.nunique()}
    found |= {"seas": held.sea.nunique(), "until_later": long.sea.ne(sea).sum()}
    return found | {"rows": rows.sum(), "in_sea_of_japan": near.sum()}


@exercises.figures("M4-tiv")
def ukrainian_arms() -> Figures:
    """What Ukraine delivered to China (million TIV), and the share of engines in it (percent)."""
    deals = evidence.table("military/deals").query("supplier == 'UKR' and recipient == 'CHN'")
    deals = deals.query("year >= 2014 and year <= 2018")
    tiv = deals.tiv.sum()
    return {"tiv": tiv, "engines": deals[deals.category.eq("Engines")].tiv.sum() / tiv * 100}


@exercises.figures("M2-yellow")
def where_the_pacific_ends(year: int) -> Figures:
    """Exercises of a year, counted widely and narrowly."""
    wide = pacific_exercises(year, year, naval=False)
    narrow = pacific_exercises(year, year, yellow_sea=False)
    return {"wide": len(wide), "narrow": len(narrow)}


@exercises.figures("M14-coding")
def two_codings(year: int) -> Figures:
    """Two codings of the conflict between Russia and Ukraine."""
    return {coding: conflict_coding(year, coding) for coding in ("UCDP", "COW")}


@exercises.figures("M6-table")
def three_buyers(buyers: list[str], ends: list[int]) -> Figures:
    """Russia's part in the arms imports of three buyers, and theirs in its exports (percent)."""
    of_imports = {end: {code: bought(code, "RUS", end) for code in buyers} for end in ends}
    of_exports = {
        end: {code: share_of_arms_exports("RUS", code, end) * 100 for code in buyers}
        for end in ends[1:]
    }
    shares = pd.DataFrame(of_imports)
    return {"share": shares, "rounded": shares.round(), "of_exports": pd.DataFrame(of_exports)}


@exercises.figures("M15-code-growth")
def growth(start: int, end: int) -> Figures:
    """By how much military spending grew (percent), and tables that come of slips."""
    spent = evidence.table("military/spending")
    usd = spent.pivot(index="actor", columns="year", values="constant_usd")
    part = spent.pivot(index="actor", columns="year", values="gdp_share") * 100
    slips = {"index": 100 * usd[end] / usd[start], "of_end": 100 * (1 - usd[start] / usd[end])}
    slips |= {"difference": usd[end] - usd[start], "points": part[end] - part[start]}
    slips |= {"a_year": 100 * ((usd[end] / usd[start]) ** (1 / (end - start)) - 1)}
    spans = {"right": (start, end), "backwards": (end, start)}
    spans |= {"from_next": (start + 1, end), "from_before": (start - 1, end)}
    spans |= {"to_next": (start, end + 1), "to_before": (start, end - 1)}
    slips |= {name: 100 * (usd[last] / usd[first] - 1) for name, (first, last) in spans.items()}
    slips |= {"burden": 100 * (part[end] / part[start] - 1)}
    found = {name: values.rename("percent").reset_index() for name, values in slips.items()}
    return found | {"by": slips["right"]}


@exercises.figures("M5-code-shares")
def shares_of_imports(buyer: str, start: int, end: int) -> Figures:
    """Suppliers' shares of a buyer's arms imports (percent), and tables that come of slips."""
    moved, totals = (evidence.table(f"military/arms_{name}") for name in ("transfers", "totals"))

    def parts(of: str = buyer, first: int = start, last: int = end) -> pd.Series:
        rows = moved.query("recipient == @of and @first <= year <= @last")
        return rows.groupby("supplier").tiv.sum()

    def whole(of: str = buyer, first: int = start, last: int = end) -> float:
        rows = totals.query("actor == @of and role == 'imports' and @first <= year <= @last")
        return rows.tiv.sum() / 100

    right, ever = parts() / whole(), (0, 9999)
    slips = {"right": right, "volume": parts(), "of_listed": 100 * parts() / parts().sum()}
    slips |= {"whole_of_all": parts() / whole(buyer, *ever)}
    slips |= {"parts_of_all": parts(buyer, *ever) / whole()}
    spans = {"any_year": ever, "later": (start + 5, end + 5)}
    spans |= {"first_year": (start, start), "last_year": (end, end)}
    slips |= {name: parts(buyer, *span) / whole(buyer, *span) for name, span in spans.items()}
    buyers = {"vietnam": "VNM", "china": "CHN"}
    slips |= {name: parts(code) / whole(code) for name, code in buyers.items()}
    found = {name: values.rename("percent").reset_index() for name, values in slips.items()}
    return found | {"by": right, "listed": right.sum()}


@exercises.figures("M15-base")
def who_answered() -> Figures:
    """Three surveys on China: percent of those asked, those who answered, persons asked (n)."""
    views = evidence.table("geopolitical/opinion").query("about == 'CHN'")
    views = views.assign(answered=views.favourable + views.unfavourable).set_index("actor")
    surveys = {"india": ("IND", 2019), "earlier": ("IND", 2018), "vietnam": ("VNM", 2017)}
    return {name: views[views.year.eq(year)].loc[code] for name, (code, year) in surveys.items()}
