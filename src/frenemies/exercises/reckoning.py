"""The reader against the ledger: their predictions, or a class's, held against the verdicts.

What is shown is read from disk each time and never becomes part of a notebook: a stored output
says only what to do.
"""

from pathlib import Path

import ipywidgets
import pandas as pd
from markupsafe import Markup

from frenemies.claims import ledger
from frenemies.errors import Problem
from frenemies.evidence import Vintage
from frenemies.exercises.forms import Form
from frenemies.exercises.score import WORDS, Score, gather, recorded, score
from frenemies.templates import render

Tables = dict[str, pd.DataFrame]
NONE = (
    "No predictions yet: make them in the notebooks of the three sections, before you open a "
    "verdict, and come back."
)
RUN = (
    "Run this cell (Shift+Enter): it reads the predictions on your disk and holds them against the "
    "ledger. They are stored nowhere else."
)
NAMING = (
    "(each reader's file is called my-answers.json: give each another name, such as anna.json)."
)


def against(result: Score) -> list[str]:
    """A score in sentences: agreement, Brier score, and what "50 % sure" of everything gets."""
    if result.brier is None:
        return [NONE]
    better = "better" if result.brier < 0.25 else "no better"
    brier = f"Brier score {result.brier:.2f}: {better} than saying 50 % sure of everything (0.25)."
    agreeing = _agreeing(len(result.table), int(result.table["agrees"].sum()))
    return [agreeing, f"{brier} 0 is best, 1 is worst."]


def _agreeing(total: int, right: int) -> str:
    """How many predictions agree, in a sentence."""
    agree = "agrees" if right == 1 else "does not agree" if total == 1 else "agree"
    if total == 1:
        return f"The one prediction {agree} with the computed verdict."
    return f"Of {total} predictions {right} {agree} with the computed verdict, {right / total:.0%}."


def differing(result: Score) -> pd.DataFrame:
    """Where reader and ledger differ, the surest first.

    Columns: claim, said, sure (percent), computed, text.
    """
    wrong = result.table[~result.table["agrees"].astype(bool)]
    wrong = wrong.sort_values("sure", ascending=False, kind="stable")
    wrong = wrong.assign(text=wrong["claim"].map(ledger.table()["claim"]))
    wrong = wrong.rename(columns={"verdict": "said"})
    return wrong[["claim", "said", "sure", "computed", "text"]]


def of_class(gathered: pd.DataFrame, vintage: Vintage = "then") -> pd.DataFrame:
    """A class's predictions, as `score.gather` returns them, by claim.

    Columns: claim, readers, holds, partly, fails, undecided (readers each), computed, agree (share,
    0 to 1). The claims that divide the class most come first.
    """
    marked = score(gathered, vintage).table
    by_claim = marked.groupby("claim")
    counts = pd.crosstab(marked["claim"], marked["verdict"])
    counts = counts.reindex(columns=list(WORDS), fill_value=0)
    order = (counts.max(axis=1) / counts.sum(axis=1)).sort_values(kind="stable").index
    found = counts.assign(
        readers=counts.sum(axis=1),
        computed=by_claim["computed"].first(),
        agree=by_claim["agrees"].mean(),
    )
    columns = ["claim", "readers", *WORDS, "computed", "agree"]
    return found.loc[order].rename_axis(columns=None).reset_index()[columns]


def readers(gathered: pd.DataFrame, vintage: Vintage = "then") -> pd.DataFrame:
    """A class's predictions by reader.

    Columns: reader, predictions, agreement (share, 0 to 1), brier (0 to 1; 0 is best).
    """
    scores = {name: score(frame, vintage) for name, frame in gathered.groupby("reader")}
    rows = [(name, len(one.table), one.agreement, one.brier) for name, one in scores.items()]
    return pd.DataFrame(rows, columns=["reader", "predictions", "agreement", "brier"])


class Page(Form):
    """Lines and tables read from disk, on the page but never in it.

    verdicts: {claim: computed}, for a handout that counts the reader's guesses against them.
    """

    def __init__(self, lines: list[str], tables: Tables, verdicts: dict | None = None) -> None:
        self.lines = lines
        self.tables = {name: table for name, table in tables.items() if len(table)}
        shown = ipywidgets.HTML(_page(lines, self.tables))
        super().__init__([shown], lambda: _page([RUN], {}, verdicts), RUN)


def _page(lines: list[str], tables: Tables, verdicts: dict | None = None) -> Markup:
    return render("reckoning.html.j2", lines=lines, tables=tables, verdicts=verdicts)


def mine(vintage: Vintage = "then", path: Path | str | None = None) -> Page:
    """The reader's own predictions against the ledger: agreement, Brier score, calibration."""
    result = score(recorded(path), vintage)
    tables = {
        "How sure, and how often right": result.calibration,
        "Where you and the ledger differ, your surest first": differing(result),
    }
    return Page(against(result), tables, ledger.table()[f"verdict_{vintage}"].to_dict())


def our_class(folder: Path | str = "class", vintage: Vintage = "then") -> Page:
    """A class's files, dropped into a folder, against the ledger: by claim and by reader.

    Without the folder it says what to do.
    """
    try:
        gathered = gather(folder)
    except Problem as fault:
        return Page([f"{fault} {NAMING}"], {})
    if gathered.empty:
        return Page([f"There is no reader's file in {folder} yet."], {})
    result, count = score(gathered, vintage), gathered["reader"].nunique()
    tables = {
        "By claim, the most divided first": of_class(gathered, vintage),
        "By reader": readers(gathered, vintage),
        "How sure, and how often right": result.calibration,
    }
    return Page(["1 reader." if count == 1 else f"{count} readers.", *against(result)], tables)
