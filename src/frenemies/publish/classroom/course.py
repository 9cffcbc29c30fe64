"""Marked questions of the problem set: variants that no notebook asks.

So no solution there gives them away. Their words stand in course.toml: whoever has the package can
read them, so this is a veil and not a lock.
"""

import pandas as pd

from frenemies.exercises.kinds import Question
from frenemies.exercises.sheets import Figures, Sheet
from frenemies.measures.ties import owe_defence
from frenemies.measures.trade import goods_trade, mirror_trade

CIS = ["ARM", "BLR", "KAZ", "KGZ", "TJK", "TKM", "UKR", "UZB"]
MARKED = ("total", "balance", "allies")  # by the machine
marked = Sheet(__file__)


def question(name: str) -> Question:
    """A question by its name: one of `MARKED`, or "essay". Raises KeyError."""
    return marked.make(name).question


def explain(name: str, answer: object) -> None:
    """Nothing where an answer to a marked question is right; AssertionError that says why not."""
    result = question(name).judge(answer)
    assert result, result.says


@marked.measure
def books(reporter: str, partner: str) -> pd.DataFrame:
    """A reporter's goods trade by year (USD bn). Columns: export, import, total, balance."""
    return goods_trade(reporter, partner).set_index("year")


@marked.figures("balance")
@marked.figures("essay")
def japan_and_china() -> Figures:
    """Japan's trade with China in two books by year (USD bn), and the change in a year."""
    both = mirror_trade("JPN", "CHN").set_index("year")
    return {"both": both, "change": both.diff()}


@marked.figures("allies")
def pledged(six: list[str], year: int) -> Figures:
    """Those of the six with a Russian defence pledge."""
    allies = [code for code in six if owe_defence("RUS", code, year)]
    return {"allies": allies, "five": six[:-1], "last": six[-1:]}
