"""What is asked of a reader whose figure, rule, sentence or table seems not to be the one meant."""

import math
import re
from collections.abc import Iterable, Sequence

from heldto import evidence
from heldto.claims import units
from heldto.claims.rule import Rule
from heldto.own.words import WORDS, say_own

FAR = 20  # times the outermost threshold
CAUSAL = re.compile(rf"\b({'|'.join(WORDS['causal_words'])})\b", re.IGNORECASE)


def of_sentence(sentence: str, kind: str) -> list[str]:
    """What is asked of a claim that is called descriptive and has a word for a cause."""
    match = CAUSAL.search(sentence) if kind == "descriptive" else None
    return [say_own("causal", word=match.group())] if match else []


def of_totals(tables: Iterable[str], code: str) -> list[str]:
    """What is asked where the code reads a table in which a row holds the total of others, and
    does not name it.
    """
    questions = []
    for name in tables:
        if f'"{name}"' in code or f"'{name}'" in code:
            totals = [total for total in _totals(name) if total not in code]
            questions += [say_own("total", table=name, row=total) for total in totals]
    return questions


def _totals(table: str) -> list[str]:
    """The words by which a table names the rows that hold a total."""
    frame = evidence.table(table).select_dtypes(exclude="number")
    words = {str(cell) for column in frame for cell in frame[column].unique()}
    return sorted(word for word in words if word.casefold() in WORDS["totals"])


def of_rule(rule: Rule) -> str:
    """Why it is not sealed: thresholds that look like shares, in percent, or are none, or a fall
    with a minus; else "".
    """
    if rule.comparison == "fall" and max(rule.edges()) < 0:
        return say_own("fall_below_0")
    if rule.unit.startswith("percent") and 0 < max(_marks(rule)) < 1:
        return say_own("shares")
    return say_own("no_share") if rule.unit == "share" and _marks(rule)[0] > 1 else ""


def of_figures(rule: Rule, figures: Sequence[float], others: Iterable[float] = ()) -> list[str]:
    """What is asked beside the verdict, once each; it stands all the same. others: figures of
    others in the same unit.
    """
    held = [figure for figure in figures if not math.isnan(figure)]
    shares = units.seem_shares(rule.unit, (*held, *others))
    names = [_slip(rule, figure, shares) for figure in held]
    unit = "percentage points" if rule.unit == "percentage points" else "percent"
    return [say_own(name, unit=unit) for name in dict.fromkeys(names) if name]


def _slip(rule: Rule, figure: float, shares: bool) -> str:
    size, marks, share = abs(figure), _marks(rule), rule.unit == "share"
    counted = rule.unit in units.STEPS and rule.unit != "rank"  # a rank begins at 1
    likely = {
        "a_share": shares and 0 < size <= 1 < marks[0],
        "above_one": share and size > 1,
        "nought": size == 0 and 0 not in marks and not counted,
        "far": size > FAR * max(marks) > 0,
    }
    return next((name for name, seems in likely.items() if seems), "")


def _marks(rule: Rule) -> list[float]:
    """The thresholds of a rule, that of what holds first."""
    return [abs(edge) for edge in rule.edges()]
