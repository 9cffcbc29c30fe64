"""How firm a verdict is: the marks that stand on the third line of its card.

Each function of TOLD reads one source and yields sentences. To tell of one more, add a function.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from heldto.claims import amended, noise, readings, units
from heldto.claims.ledger import both
from heldto.claims.listed import find_claim
from heldto.claims.verdict import Verdict, nearest
from heldto.evidence import Vintage
from heldto.text.words import capital


class Firmness(NamedTuple):
    """One sentence on how firm a verdict is. since: it rests on what came after the article's day,
    and is hidden where only what was known then is shown.
    """

    words: str
    since: bool = False


def firmness(claim: str, vintage: Vintage | None = None) -> list[Firmness]:
    """How firm the verdict on a claim is, a sentence each.

    vintage: "then" leaves out what came after the article's day. Raises UnknownClaim; RowError or
    OurFault where a row on the claim cannot be read.
    """
    firm = [mark for tell in TOLD for mark in tell(claim)] or [Firmness(_alone(claim))]
    marks = [*_wording(claim), *firm]
    return [mark for mark in marks if vintage != "then" or not mark.since]


def _wording(claim: str) -> Iterator[Firmness]:
    """Says that the sentence is not the author's own, and where the rule asks another thing."""
    told = {"reported": "reports", "quoted": "quotes"}
    if (verb := told.get(find_claim(claim).voice)) is not None:
        yield Firmness(f"The article {verb} this: it is not the author's own claim.")
    if differs := find_claim(claim).differs:
        yield Firmness(f"{differs}.")


def _readings(claim: str) -> Iterator[Firmness]:
    """Whether its other readings agree, and on what the verdict depends where they do not."""
    summary = readings.summary(claim)
    if not summary or not summary.readings:
        return
    if summary.distinct_figures < readings.FEWEST:
        yield Firmness(f"{capital(readings.TOO_FEW)}.")
        return
    firm = f"It depends on {summary.depends_on}" if summary.stable is False else "It is stable"
    say = "says" if summary.readings_same == 1 else "say"
    same = f"{summary.readings_same} of {summary.readings} readings {say} {summary.verdict}"
    yield Firmness(f"{firm}: {same}.")
    if summary.stable is None:
        yield Firmness("No reading can give more than partly.")


def _noise(claim: str) -> Iterator[Firmness]:
    """Whether a threshold lies within the interval of a figure that decides, then and since."""
    then, since = (
        noise.WITHIN if verdict.noise and verdict.noise.within else "" for verdict in both(claim)
    )
    if then:
        yield Firmness(f"It is {then}.")
    if since != then:
        yield Firmness(f"Since then it is {since or 'not'}.", since=True)


def _amended(claim: str) -> Iterator[Firmness]:
    """What an amended rule says, where it says something else than the first one."""
    then, since = (amended.judge_amended(claim, vintage) for vintage in ("then", "since"))
    if not then or not since:
        return
    fixed_then, fixed_since = both(claim)
    turned = fixed_then.verdict != fixed_since.verdict != since.verdict
    if turned and then.verdict == fixed_then.verdict:
        return  # the first line names it
    if [then.verdict, since.verdict] == [fixed_then.verdict, fixed_since.verdict]:
        return
    yield Firmness(f"An amended rule says {then.verdict}{_within(then)}.")
    if since.verdict != then.verdict:
        yield Firmness(f"Since then it says {since.verdict}{_within(since)}.", since=True)


def _within(judged: amended.Amended) -> str:
    return f", {noise.WITHIN}" if judged.within else ""


def _line(claim: str) -> Iterator[Firmness]:
    """Whether one event or one unit of a table, more or less, would turn the verdict."""
    then, since = (on_the_line(verdict) for verdict in both(claim))
    if then:
        yield Firmness(f"It is on the line{then}.")
    if since != then:
        line = f"on the line{since}" if since else "off it"
        yield Firmness(f"Later figures are {line}.", since=True)


def on_the_line(verdict: Verdict) -> str:
    """Why a verdict is on the line, "" where it is not: a figure equals its threshold; a count, or
    what one unit moves (`Finding.grain`), is no more than one step from another verdict.
    """
    rule, finding = verdict.rule, verdict.finding
    if not verdict.decided or finding.fault or rule.unit == "rank":  # a place is no event
        return ""
    parts = (part if isinstance(part, tuple) else (part,) for part in finding.figures)
    numbers = [figure for part in parts for figure in part if isinstance(figure, (int, float))]
    if any(abs(figure - edge) < 1e-9 for figure in numbers for edge in rule.edges()):
        return ": the figure equals a threshold"
    step = nearest(rule, finding) if numbers else None
    if step is None or finding.tips:
        return ""
    if finding.grain and step.distance <= finding.grain[0]:
        return f": {finding.grain[1]} would turn it"
    if rule.unit in units.STEPS and step.distance <= units.STEPS[rule.unit] * 1.000001:
        return ": one more or less would turn it"
    return ""


def _alone(claim: str) -> str:
    """Why nothing tells how firm it is."""
    then, since = both(claim)
    if since.verdict == "undecided":
        return "No figure here can decide it."
    if [*then.tables] == ["documents"]:
        return "It rests on documents, and has no other readings."
    return "It has no other readings."


TOLD: tuple[Callable[[str], Iterator[Firmness]], ...] = (_readings, _line, _noise, _amended)
