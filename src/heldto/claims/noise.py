"""How far chance moves the figures that decide: their intervals, and whether a threshold lies in
one. It is a mark beside a verdict, and never changes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from heldto.claims import units
from heldto.claims.rule import Rule
from heldto.errors import NotHeld, as_slip
from heldto.evidence import actors
from heldto.tr import tr, tr_n, tr_noop

WITHIN = tr_noop("within the noise")


class Noise(NamedTuple):
    """What a test knows of the noise of its figures.

    intervals: by part of the rule ("" where there is one figure) the lowest and the highest value,
    in the claim's unit; how: what kind of interval it is, in words; unit: that of the intervals,
    where it is not the claim's; marks: the thresholds, where they are not those of the rule.
    """

    intervals: Mapping[str, tuple[float, float]]
    how: str
    unit: str = ""
    marks: tuple[float, ...] = ()


class Noted(NamedTuple):
    """The noise of a verdict as a page tells it: the mark, "" where there is none; the sentence;
    the intervals, none where there is no noise to be told.
    """

    mark: str
    words: str
    intervals: Mapping[str, tuple[float, float]] = {}

    @property
    def within(self) -> bool:
        """Whether an interval holds a threshold."""
        return bool(self.mark)


def noted(rule: Rule, asked: Any) -> Noted | None:
    """What is told of the noise of a verdict by a rule; asked: the function of its Finding that
    makes a `Noise`. None where there is none. Where its figures are not held, that is said.
    """
    if asked is None:
        return None
    try:
        noise = asked()
    except NotHeld as lack:
        return Noted("", lack.sentence)
    except Exception as fault:
        return Noted("", as_slip(fault).sentence)
    within = held_by(noise, noise.marks or rule.edges())
    unit = noise.unit or rule.unit
    intervals = noise.intervals.items()
    parts = [f"{_whose(who, rule)}{_span(interval, unit, within)}" for who, interval in intervals]
    marks = tr(" and ").join(units.format_edge(mark, unit) for mark in within)
    end = tr_n(
        "The threshold {marks} lies in it: the verdict is within the noise.",
        "The thresholds {marks} lie in it: the verdict is within the noise.",
        len(within),
        marks=marks,
    )
    end = end if within else tr("No threshold lies in it.")
    spans = ", ".join(parts)
    interval = tr("95 % interval: {spans} ({how}).", spans=spans, how=noise.how)
    return Noted(tr(WITHIN) if within else "", f"{interval} {end}", noise.intervals)


def held_by(made: Noise, marks: Iterable[float]) -> list[float]:
    """The thresholds that lie in one of the intervals, lowest first."""
    intervals = made.intervals.values()
    return sorted({mark for mark in marks for low, high in intervals if low <= mark <= high})


def _span(interval: tuple[float, float], unit: str, marks: Sequence[float]) -> str:
    low, high = (units.format_short(bound, unit, marks) for bound in interval)
    return tr("{low} to {high}", low=low, high=high)


def _whose(who: str, rule: Rule) -> str:
    return f"{actors.name(who)} " if who in rule.parts else ""
