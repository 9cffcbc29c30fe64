"""The reader against the ledger: the predictions on the reader's disk, or a class's, held against the computed verdicts.

What is shown is read anew each time and never becomes part of a notebook: a stored output says only what to do.
"""

import ipywidgets
import pandas as pd

from frenemies.claims import ledger
from frenemies.errors import Problem
from frenemies.exercises import score
from frenemies.exercises.forms import Form
from frenemies.templates import render

NONE = "No predictions yet: make them in the notebooks of the three sections, before you open a verdict, and come back."
RUN = "Run this cell (Shift+Enter): it reads the predictions on your disk and holds them against the ledger. They are stored nowhere else."


def against(score):
    """A score in sentences: agreement, Brier score, and what 50 % sure of everything would have got. A list of str."""
    if score.table.empty:
        return [NONE]
    total, right = len(score.table), int(score.table.agrees.sum())
    better = "better" if score.brier < 0.25 else "no better"
    return [
        _agreeing(total, right),
        f"Brier score {score.brier:.2f}: {better} than saying 50 % sure of everything (0.25). 0 is best, 1 is worst.",
    ]


def _agreeing(total, right):
    """How many predictions agree, in a sentence."""
    if total == 1:
        return f"The one prediction {'agrees' if right else 'does not agree'} with the computed verdict."
    agree = "agrees" if right == 1 else "agree"
    return f"Of {total} predictions {right} {agree} with the computed verdict, {right / total:.0%}."


def differing(score):
    """Where reader and ledger differ, the surest first. Columns: claim, said, sure (%), computed, text."""
    wrong = score.table[~score.table.agrees.astype(bool)].sort_values(
        "sure", ascending=False, kind="stable"
    )
    texts = ledger.table().claim
    return pd.DataFrame(
        {
            "claim": wrong.claim,
            "said": wrong.verdict,
            "sure": wrong.sure,
            "computed": wrong.computed,
            "text": wrong.claim.map(texts),
        }
    )


def of_class(gathered, vintage="then"):
    """A class's predictions by claim. Columns: claim, readers, holds, partly, fails, undecided (readers each), computed, agree (share, 0 to 1).

    gathered: as `score.gather` returns it. The claims that divide the class most come first.
    """
    marked = score.score(gathered, vintage).table
    counts = pd.crosstab(marked.claim, marked.verdict).reindex(columns=score.WORDS, fill_value=0)
    found = counts.assign(
        readers=counts.sum(axis=1),
        computed=marked.groupby("claim").computed.first(),
        agree=marked.groupby("claim").agrees.mean(),
    )
    found = (
        found.assign(split=counts.max(axis=1) / found.readers)
        .sort_values("split", kind="stable")
        .drop(columns="split")
    )
    return found.rename_axis(None, axis=1).reset_index()[
        ["claim", "readers", *score.WORDS, "computed", "agree"]
    ]


def readers(gathered, vintage="then"):
    """A class's predictions by reader. Columns: reader, predictions, agreement (share, 0 to 1), brier (0 to 1; 0 is best)."""
    scores = {name: score.score(frame, vintage) for name, frame in gathered.groupby("reader")}
    rows = [(name, len(one.table), one.agreement, one.brier) for name, one in scores.items()]
    return pd.DataFrame(rows, columns=["reader", "predictions", "agreement", "brier"])


class Page(Form):
    """Lines and tables read from disk, on the page but never in it.

    verdicts: {claim: computed}, for a handout that counts the reader's guesses against them.
    """

    def __init__(self, lines, tables, verdicts=None):
        self.lines, self.tables = (
            lines,
            {name: table for name, table in tables.items() if len(table)},
        )
        shown = _page(lines, self.tables)
        super().__init__([ipywidgets.HTML(shown)], lambda: _page([RUN], {}, verdicts), RUN)


def _page(lines, tables, verdicts=None):
    return render("reckoning.html.j2", lines=lines, tables=tables, verdicts=verdicts)


def mine(vintage="then", path=None):
    """The reader's own predictions against the ledger: agreement, Brier score, calibration, where the two differ. Returns a Page."""
    result = score.score(score.recorded(path), vintage)
    tables = {
        "How sure, and how often right": result.calibration,
        "Where you and the ledger differ, your surest first": differing(result),
    }
    verdicts = ledger.table()[f"verdict_{vintage}"].to_dict()
    return Page(against(result), tables if len(result.table) else {}, verdicts)


def our_class(folder="class", vintage="then"):
    """A class's files, dropped into a folder, against the ledger: by claim and by reader. Returns a Page; without the folder it says what to do."""
    try:
        gathered = score.gather(folder)
    except Problem as fault:
        return Page(
            [
                f"{fault} (each reader's file is called my-answers.json: give each another name, such as anna.json)."
            ],
            {},
        )
    if gathered.empty:
        return Page([f"There is no reader's file in {folder} yet."], {})
    result = score.score(gathered, vintage)
    tables = {
        "By claim, the most divided first": of_class(gathered, vintage),
        "By reader": readers(gathered, vintage),
    }
    count = gathered.reader.nunique()
    return Page(
        ["1 reader." if count == 1 else f"{count} readers.", *against(result)],
        tables | {"How sure, and how often right": result.calibration},
    )
