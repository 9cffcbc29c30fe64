"""Figures of the exercises of notebook 05; their words stand in exercises.toml."""

import pandas as pd

from frenemies import evidence
from frenemies.exercises.sheets import Figures, sheet

exercises = sheet(__file__)


@exercises.figures("F-code-readings")
def two_readings(year: int, four: list[str]) -> Figures:
    """China's trade with four and what it bought of them (percent of the same with Russia), and
    tables that come of slips.
    """
    books = evidence.table("economic/trade")
    turned = {"reporter": "partner", "partner": "reporter"}
    mirror = books.rename(columns=turned).replace(
        {"flow": {"export": "import", "import": "export"}}
    )
    ours = (of.query("reporter == 'CHN'") for of in (books, mirror))
    both, theirs = (_flows(evidence.some(of, "trade of China with others")) for of in ours)
    then = both.loc[year]
    percent = 100 * then / then.loc["RUS"]
    years = {"before": both.loc[year - 1], "latest": both.loc[both.index.get_level_values(0).max()]}
    years |= {"any_year": both.groupby("partner").sum(), "theirs": theirs.loc[year]}
    slips = {name: 100 * sums / sums.loc["RUS"] for name, sums in years.items()}
    slips |= {"sold": percent.assign(bought=percent.sold), "billion": then / 1e9}
    slips |= {"one_base": percent.assign(bought=100 * then.bought / then.trade["RUS"])}
    slips |= {"within": percent.assign(bought=100 * then.bought / then.trade)}
    slips |= {"swapped": percent.rename(columns={"trade": "bought", "bought": "trade"})}
    slips |= {"of_world": 100 * then / then.loc["WLD"], "upside_down": 1e4 / percent}
    found = {name: table.loc[four].reset_index() for name, table in slips.items()}
    found["with_russia"] = percent.loc[[*four, "RUS"]].reset_index()
    return found | {"right": percent.loc[four].reset_index(), "by": percent}


def _flows(rows: pd.DataFrame) -> pd.DataFrame:
    """Flows by year and partner (USD). Columns: sold, bought, trade."""
    flows = rows.pivot(index=["year", "partner"], columns="flow", values="value_usd")
    flows = flows.rename(columns={"export": "sold", "import": "bought"})
    return flows.assign(trade=flows.sold + flows.bought)
