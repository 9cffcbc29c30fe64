"""The key: each claim's verdicts and each exercise's answer on one page, for whoever leads the
class.
"""

from frenemies import exercises, registry
from frenemies.claims import ledger
from frenemies.templates import render


def text() -> str:
    """The key as Markdown: a table of verdicts for each section and one for the framing claims,
    then the answers, in the notebooks' order.
    """
    sections = ledger.table().groupby("section", sort=False)
    verdicts = [(section, [*rows.itertuples()]) for section, rows in sections]
    answers = [
        (section, [(code, _answer(code)) for code in exercises.ids(section)])
        for section in registry.notebooks()
    ]
    return str(render("key.md.j2", verdicts=verdicts, answers=answers))


def _answer(code: str) -> str:
    try:
        return exercises.find(code).question.solution
    except exercises.Unanswerable as fault:
        return str(fault)
