"""The key: each claim's verdicts and each exercise's answer on one page, for whoever leads the
class.
"""

from frenemies import exercises
from frenemies.claims import ledger

SECTIONS = {
    "economic": "01, the economic section",
    "geopolitical": "02, the geopolitical section",
    "military": "03, the military section",
    "verdict": "04, the verdict",
}


def text():
    """The key as Markdown: a table of verdicts for each section and one for the framing claims,
    then the answers, in the notebooks' order.
    """
    rows = ledger.table()
    parts = [
        "# Key",
        "",
        "For whoever leads the class: every verdict, then every answer. Keep it off the projector.",
        "",
    ]
    for section in rows.section.unique():
        parts += [f"## Verdicts: {section}", "", "| claim | | then | since |", "|---|---|---|---|"]
        parts += [
            _verdict(code, row) for code, row in rows[rows.section.eq(section)].iterrows()
        ] + [""]
    for section, name in SECTIONS.items():
        parts += [f"## Answers: {name}", ""]
        parts += [f"- **{code}**: {_said(_answer(code))}" for code in exercises.ids(section)] + [""]
    return "\n".join(parts)


def _answer(code):
    try:
        return exercises.find(code).question.solution
    except exercises.Unanswerable as fault:
        return str(fault)


def _verdict(code, row):
    return f"| **{code}** | {_said(row.claim)} | {row.verdict_then} | {row.verdict_since} |"


def _said(words):
    """Words in one line of a Markdown table or list."""
    return " ".join(words.split()).replace("|", "\\|")
