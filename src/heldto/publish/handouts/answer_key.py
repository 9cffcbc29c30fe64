"""What is for whoever leads the class alone: the key, each claim's verdicts and each exercise's
answer on one page; and the answers to the slips of the session on a claim of one's own.
"""

from collections.abc import Collection
from typing import get_args

from heldto import article, exercises
from heldto.claims import ledger
from heldto.claims.card import VerdictCard, figure_or_due
from heldto.claims.listed import find_claim
from heldto.evidence import Vintage
from heldto.evidence.paths import docs_dir
from heldto.publish.handouts import task_slips
from heldto.templates import render
from heldto.text.words import capital
from heldto.tr import tr


def papers() -> dict[str, tuple[str, str]]:
    """Papers that no student is given and no site holds, by what documents call them: (name,
    Markdown).
    """
    session = docs_dir() / "seminar" / "lecturer" / "own-claim.md"
    pages = {tr("the key on two sheets"): ("key.md", key_text())}
    if not session.is_file():  # an article without a session on claims of one's own
        return pages
    answers = session.read_text(encoding="utf-8").replace("](../", "](")  # one folder for all
    return pages | {"the answers to the slips": ("answers-own-claim.md", answers)}


def key_text(claims: Collection[str] | None = None, asked: Collection[str] | None = None) -> str:
    """The key as Markdown: how many claims hold of those that can, a table of verdicts for each
    section and one for the framing claims, then the answers, in the notebooks' order. Beside the
    claims of a plain folder, which have no text around them, stand the rule, its reason and the
    figure of then. claims, asked: ids of the claims and of the exercises that it is about, without
    that count; all where none are named.
    """
    found = ledger.table()
    first = found[found.index.map(ledger.group_of) == "fixed"]
    counts = [
        (side, ledger.that_hold(first[f"verdict_{side}"]), ledger.benchmark(first, side))
        for side in get_args(Vintage)
        if claims is None
    ]
    found = found if claims is None else found[found.index.isin(claims)]
    sections = found.groupby("section", sort=False)
    verdicts = [(section, [*rows.itertuples()]) for section, rows in sections]
    in_order = {section: exercises.exercise_ids(section) for section in article.notebooks()}
    answers = [
        (section, [(code, _answer(code)) for code in codes if asked is None or code in asked])
        for section, codes in in_order.items()
    ]
    answers = [(section, said) for section, said in answers if said]
    rules = {str(claim): _ruled(str(claim)) for claim in found.index}
    cards = {claim: VerdictCard(claim) for claim, rule in rules.items() if rule}
    figures = {claim: figure_or_due(card.then) for claim, card in cards.items()}
    later = {claim: figure_or_due(card.since) for claim, card in cards.items()}
    told = {"rules": rules, "figures": figures, "later": later}
    return str(render("key.md.j2", verdicts=verdicts, answers=answers, counts=counts, **told))


def _ruled(claim: str) -> str:
    """The rule of a claim of a plain folder, with its reason, or what would decide one that no
    table here does; "" where nothing is told of it.
    """
    rule, would_decide = task_slips.rule_told(claim), find_claim(claim).would_decide
    if rule and find_claim(claim).rule.comparison == "undecided":
        decides = tr("What would decide it: {what}.", what=would_decide.rstrip("."))
        return f"{tr('No table here decides it.')} {decides}"
    reason = find_claim(claim).told("alternatives") if rule else ""
    return f"{rule} {capital(reason)}." if reason else rule


def _answer(code: str) -> str:
    try:
        return exercises.find_exercise(code).question.solution
    except exercises.Unanswerable as fault:
        return str(fault)
