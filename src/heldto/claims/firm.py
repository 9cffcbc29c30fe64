"""How firm a verdict is: the marks that stand on the third line of its card.

Each function of TOLD reads one source and yields sentences. To tell of one more, add a function.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from heldto.claims import amended, readings, shaped
from heldto.claims.ledger import both
from heldto.claims.listed import find_claim, rule_of
from heldto.claims.noise import WITHIN
from heldto.claims.verdict import Verdict
from heldto.evidence import Vintage
from heldto.text.words import capital
from heldto.tr import tr, tr_n


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
    firm = [mark for tell in TOLD for mark in tell(claim)]
    if all(mark.since for mark in firm):
        firm.insert(0, Firmness(_alone(claim)))
    marks = [*_wording(claim), *firm]
    return [mark for mark in marks if vintage != "then" or not mark.since]


def _wording(claim: str) -> Iterator[Firmness]:
    """Says that the sentence is not the author's own, and where the rule asks another thing."""
    told = {
        "reported": tr("The article reports this: it is not the author's own claim."),
        "quoted": tr("The article quotes this: it is not the author's own claim."),
    }
    if sentence := told.get(find_claim(claim).voice):
        yield Firmness(sentence)
    if differs := find_claim(claim).differs:
        yield Firmness(f"{differs}.")


def _readings(claim: str) -> Iterator[Firmness]:
    """Whether its other readings agree, and on what the verdict depends where they do not."""
    summary = readings.summary(claim)
    if not summary or not summary.readings:
        return
    if summary.distinct_figures < readings.FEWEST:
        yield Firmness(f"{capital(tr(readings.TOO_FEW))}.")
        return
    same = tr_n(
        "{n} of {all} readings says {verdict}",
        "{n} of {all} readings say {verdict}",
        summary.readings_same,
        all=summary.readings,
        verdict=tr(summary.verdict),
    )
    if summary.stable is False and _is_noisy(claim):
        words = {"same": same, "what": summary.depends_on}
        yield Firmness(tr("{same}, but it depends on {what} and is within the noise.", **words))
    elif summary.stable is False:
        yield Firmness(f"{tr('It depends on {what}', what=summary.depends_on)}: {same}.")
    else:
        yield Firmness(f"{tr('It is stable')}: {same}.")
    if summary.stable is None:
        yield Firmness(tr("No reading can give more than partly."))


def _noise(claim: str) -> Iterator[Firmness]:
    """Whether a threshold lies within the interval of a figure that decides, then and since; not
    where the sentence on readings says so, and not of since where no such figure decides.
    """
    then, since = _is_noisy(claim), _is_noisy(claim, since=True)
    summary = readings.summary(claim)
    depends = summary and summary.distinct_figures >= readings.FEWEST and summary.stable is False
    if then and not depends:
        yield Firmness(tr("It is within the noise."))
    if since != then and both(claim)[1].marks.noise:
        inside = tr("Since then it is within the noise.")
        yield Firmness(
            inside if since else tr("Since then it is not within the noise."), since=True
        )


def _is_noisy(claim: str, since: bool = False) -> bool:
    return tr(WITHIN) in both(claim)[since].marks.words()


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
    early, late = _beside(then, fixed_then), _beside(since, fixed_since)
    if then.verdict == fixed_then.verdict:  # what is said of then rests on nothing later
        yield Firmness(tr("Since then an amended rule says {late}.", late=late), since=True)
        return
    yield Firmness(tr("An amended rule says {early}.", early=early))
    if late != early:
        yield Firmness(tr("Since then it says {late}.", late=late), since=True)


def _beside(judged: amended.Amended, fixed: Verdict) -> str:
    """What an amended rule says, with the marks that the first one has not."""
    more = [mark for mark in judged.marks.words() if mark not in fixed.marks.words()]
    return ", ".join([tr(judged.verdict), *more])


def _line(claim: str) -> Iterator[Firmness]:
    """Whether one event or one unit of a table, more or less, would turn the verdict."""
    then, since = (verdict.marks.line for verdict in both(claim))
    if then:
        yield Firmness(tr("It is on the line: {then}.", then=then))
    if since != then:
        on, off = tr("Later figures are on the line."), tr("Later figures are off it.")
        yield Firmness(on if since else off, since=True)


def _alone(claim: str) -> str:
    """Why nothing tells how firm it is."""
    then, _ = both(claim)
    if due := shaped.open_until(claim):
        return tr("Open until {due}: the figure of that year will decide it.", due=due)
    if rule_of(claim).comparison == "undecided":
        return tr("No figure here can decide it.")
    if readings.options(claim):
        return tr("None of its readings can be computed as of then.")
    if [*then.tables] == ["documents"]:
        return tr("It rests on documents, and has no other readings.")
    return tr("It has no other readings.")


TOLD: tuple[Callable[[str], Iterator[Firmness]], ...] = (_readings, _line, _noise, _amended)
