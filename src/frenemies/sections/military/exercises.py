"""Figures of the exercises of notebook 03; their words stand in exercises.toml."""

import pandas as pd

from frenemies.measures.arms import share_of_arms_exports
from frenemies.measures.conflicts import conflict_coding
from frenemies.measures.joint_exercises import pacific, pacific_exercises
from frenemies.measures.ties import owe_defence
from frenemies.sections import military
from frenemies.sections.supplied import bought, volume
from heldto import evidence
from heldto.exercises.sheets import Figures, sheet

exercises = sheet(__file__)
exercises.measure(bought)
exercises.measure(volume)


@exercises.figures("M8-submarines")
def submarines(year: int) -> Figures:
    """Submarines delivered to Vietnam by year, in units and in volume (million TIV)."""
    boats = military.deliveries("RUS", "VNM", "Project-636E").set_index("year")
    deals = evidence.table("military/deals")
    deal = deals.query("recipient == 'VNM' and weapon == 'Project-636E'")
    units, total, later_deals = boats.units, boats.total, deal[deal.year.gt(year)]
    figures = {"units": units, "arrived": units[boats.index <= year], "years": len(boats)}
    figures |= {"total": total, "ordered": total.max(), "first": total.min()}
    figures |= {"year_of_order": deal.ordered.iloc[0], "last_year": deal.year.max()}
    return figures | {"volume": deal.tiv.sum(), "volume_left": later_deals.tiv.sum()}


@exercises.figures("M13-allies")
def pledged(year: int) -> Figures:
    """Those of the five with a US defence pledge."""
    allies = [code for code in military.ALLIES if owe_defence("USA", code, year)]
    return {"allies": allies, "number": len(allies)}


@exercises.figures("M3-pacific")
def in_the_pacific(start: int, end: int, later: int, sea: str) -> Figures:
    """Naval exercises from `start` to `end`, counted by several boundaries of the Pacific."""
    table = evidence.table("military/exercises")
    at_sea = table.naval | table.status.eq("announced")
    listed_rows = table[table.date.str[:4].astype(int).between(start, end) & at_sea]
    held_rows = listed_rows[listed_rows.status.eq("held")]
    narrow, long = (pacific_exercises(start, last, yellow_sea=False) for last in (end, later))
    outside_sea = narrow[narrow.sea.ne(sea)]
    rows = held_rows.sea.isin(pacific(yellow_sea=False)) & held_rows.sea.ne(sea)
    wide, near = pacific_exercises(start, end), narrow.sea.str.contains("Sea of Japan")
    figures = {
        "wide": len(wide),
        "narrow": len(narrow),
        "left": len(outside_sea),
        "names": outside_sea.name,
    }
    figures |= {"held": held_rows.exercise.nunique(), "listed": listed_rows.exercise.nunique()}
    figures |= {"seas": held_rows.sea.nunique(), "until_later": long.sea.ne(sea).sum()}
    return figures | {"rows": rows.sum(), "in_sea_of_japan": near.sum()}


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


@exercises.figures("M15-base")
def who_answered() -> Figures:
    """Three surveys on China: percent of those asked, those who answered, persons asked (n)."""
    views = evidence.table("geopolitical/opinion").query("about == 'CHN'")
    views = views.assign(answered=views.favourable + views.unfavourable).set_index("actor")
    surveys = {"india": ("IND", 2019), "earlier": ("IND", 2018), "vietnam": ("VNM", 2017)}
    return {name: views[views.year.eq(year)].loc[code] for name, (code, year) in surveys.items()}
