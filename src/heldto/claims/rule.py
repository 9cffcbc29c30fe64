"""The rule of a claim: its thresholds, and their verdict on a figure."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from heldto.claims import units
from heldto.errors import Problem, RowError
from heldto.tr import tr_noop

VERDICTS = (tr_noop("holds"), tr_noop("partly"), tr_noop("fails"), tr_noop("undecided"))
UNJUDGED = tr_noop(
    "unjudged"
)  # in the place of a verdict: a row on the claim, or this package, is at fault
Variant = Literal["main", "strict", "lenient"]
Figure = Any  # a number; a tuple of numbers, one an actor; a verdict, for a coded rule; None


# What a comparison asks of a figure: to hold, and to be partly right

COMPARISONS: dict[str, tuple[Callable[..., bool], Callable[..., bool]]] = {
    "at_least": (operator.ge, operator.ge),
    "fall": (operator.ge, operator.gt),
    "more_than": (operator.gt, operator.ge),
    "at_most": (operator.le, operator.le),
    "less_than": (operator.lt, operator.lt),
}
VARIED = ("strict", "strict_partly", "lenient", "lenient_partly")
OF_A_PART = ("about", "just_under", "balance")  # measured in percent of the target
AROUND = ("about", "just_under", "balance", "count")  # a target, and how far from it
STILL = "unchanged"  # how far from zero, in the unit of the figure
FALLING = ("at_most", "less_than", STILL, *AROUND)  # the lower threshold is the harder one


def compare(
    comparison: str,
    figure: Figure,
    holds: float | None = None,
    partly: float | None = None,
    target: float = 0,
) -> str:
    """The verdict that a comparison gives on one figure: "holds", "partly", "fails" or "undecided".

    A threshold of None is never reached. Figures are compared to nine decimals: a third is a third.
    """
    parts = figure if isinstance(figure, tuple) else (figure,)
    if comparison == "undecided" or any(map(pd.isna, parts)):
        return "undecided"
    if comparison == "coded":
        return figure
    if comparison == "each_at_least":
        met = [_meets(operator.ge, part, holds) for part in parts]
        return "holds" if all(met) else "partly" if any(met) else "fails"
    if comparison == "balance" and figure * target <= 0:
        return "fails"
    if comparison == STILL:
        figure, comparison = abs(figure), "at_most"
    if comparison in AROUND:
        holds = None if comparison == "just_under" and figure >= target else holds
        figure = abs(figure - target) / (1 if comparison == "count" else abs(target) / 100)
        comparison = "at_most"
    top, middle = COMPARISONS[comparison]
    if _meets(top, figure, holds):
        return "holds"
    return "partly" if _meets(middle, figure, partly) else "fails"


def _meets(comparison: Callable[..., bool], figure: float, threshold: float | None) -> bool:
    return threshold is not None and comparison(round(figure, 9), round(threshold, 9))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The rule of one claim under one reading: as stated ("main"), strict or lenient.

    comparison: how a figure is held against the thresholds; parts: actors whose figures are asked;
    target: the figure that the claim names.
    holds, partly: the thresholds, None where there is none; levels: further ones by name.
    cap: the best verdict the claim can have, "" where any; variants: (holds, partly) of the strict
    and the lenient reading, where these have thresholds of their own. Raises Problem naming what
    no figure can be held against.
    """

    claim: str
    reading: str = "main"
    comparison: str = "undecided"
    unit: str
    parts: tuple[str, ...] = ()
    target: float = 0
    holds: float | None = None
    partly: float | None = None
    cap: str = ""
    variants: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    levels: Mapping[str, float | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.comparison in OF_A_PART and not self.target:
            asks = f'rule "{self.comparison}" asks how far a figure is from that of the claim'
            remedy = "write that figure, other than 0"
            if self.comparison == "about":
                remedy += ", or unchanged = 5 where the claim says that nothing moved"
            raise Problem(f"{asks}: {remedy}")
        if ";" in self.unit and self.parts and self.unit.count(";") + 1 != len(self.parts):
            count = f"{self.unit.count(';') + 1} units for {len(self.parts)} parts"
            raise Problem(f"unit: {count}: write one unit, or one for each part")

    @property
    def varied(self) -> bool:
        """Whether the strict or the lenient reading has thresholds of its own."""
        return bool(self.variants)

    def fits(self, figures: Sequence[Figure]) -> None:
        """Raises RowError where what a claim's test found is not what its rule asks for."""
        for figure in figures:
            several = isinstance(figure, tuple)
            if several or not pd.isna(figure):
                self._fits(figure, len(figure) if several else 1)

    def _fits(self, figure: Figure, count: int) -> None:
        each, word = self.comparison == "each_at_least", isinstance(figure, str)
        if self.comparison == "undecided":
            return
        if word != (self.comparison == "coded"):
            kind = "a verdict" if word else "a figure"
            raise self._unfit("rule", f'it is "{self.comparison}", but its test finds {kind}')
        if each and self.parts and count != len(self.parts):
            parts = f"it has {len(self.parts)} parts, but its test finds {count} figures"
            raise self._unfit("parts", parts)
        if not each and count > 1:
            message = f'"{self.comparison}" needs one figure, but its test finds {count}'
            raise self._unfit("rule", message)

    def _unfit(self, column: str, says: str) -> RowError:
        return RowError(f"[{self.claim}], {column}: {says}: mend it, or the test of the claim")

    def at(self, reading: Variant) -> "Rule":
        """The rule under another reading; as it is stated where it has thresholds for none."""
        holds, partly = self.variants.get(reading, (self.holds, self.partly))
        return replace(self, reading=reading, holds=holds, partly=partly)

    def level(self, name: str) -> Any:
        """A further level under this reading: a number, or the verdict that a finding so named has.

        Raises Problem where the claim has none of that name.
        """
        for key in (f"{self.reading} {name}", name):
            if key in self.levels:
                return self.levels[key]
        raise Problem(f'[{self.claim}.rule.levels]: there is no "{name}"')

    def outcome(self, figures: Sequence[Figure]) -> str:
        """The verdict on the figures that decide, one, or one a book: partly where two differ."""
        thresholds = self.holds, self.partly, self.target
        verdicts = {compare(self.comparison, figure, *thresholds) for figure in figures}
        if "undecided" in verdicts:
            return "undecided"
        verdict = verdicts.pop() if len(verdicts) == 1 else "partly"
        return self.cap if self.cap and verdict == "holds" else verdict

    def can_give(self, verdict: str, books: int = 1) -> bool:
        """Whether the rule has that verdict. books: how many are asked; two may differ. A table may
        lack any figure, so each rule has "undecided".
        """
        if VERDICTS.index(verdict) < VERDICTS.index(self.cap or VERDICTS[0]):
            return False
        if verdict != "partly" or self.cap or books > 1 or self.comparison == "each_at_least":
            return True
        if self.comparison == "coded":
            return verdict in self.levels.values()
        return self.partly is not None

    def alone(self, figure: Figure) -> str:
        """The verdict on one figure: of one book, or of one actor where each is asked."""
        return self.outcome([(figure,) if self.comparison == "each_at_least" else figure])

    def by_whom(self, value: Any) -> dict[str, Any]:
        """What decides, by whose it is: of a book, of a part of the rule, or "" of neither."""
        if isinstance(value, dict):
            return value
        if isinstance(value, tuple):
            return dict(zip(self.parts, value, strict=bool(self.parts)))
        return {"": value}

    def in_words(self, value: float) -> str:
        """A figure with its unit; near a threshold with more digits."""
        return units.format_long(value, self.unit, self.edges())

    def short(self, value: float) -> str:
        """A figure with its unit in a few letters, for a mark in a drawing: "106.7 bn"."""
        return units.format_short(value, self.unit, self.edges())

    def edges(self) -> list[float]:
        """The values at which the verdict changes."""
        return [*self._edges]

    @cached_property
    def _edges(self) -> list[float]:
        marks = [number for number in (self.holds, self.partly) if number is not None]
        if self.comparison == STILL:
            return [sign * mark for mark in marks for sign in (-1, 1)]
        if self.comparison not in AROUND:
            return marks
        target: Any = self.target
        scale = 1 if self.comparison == "count" else target / 100
        around = [target + sign * mark * scale for mark in marks for sign in (-1, 1)]
        return [*around, target] if self.comparison == "just_under" else around


def level(cell: str) -> float | str:
    """A level as it is written: a number, a fraction, never (infinite), a verdict. Raises
    Problem.
    """
    cell = cell.strip()
    if cell in VERDICTS:
        return cell
    top, _, bottom = cell.replace("never", "inf").partition("/")
    try:
        return float(top) / float(bottom or 1)
    except (ValueError, ZeroDivisionError):
        ways = f"a number, a fraction such as 1/2, never, or one of {', '.join(VERDICTS)}"
        raise Problem(f'"{cell}" is not a level: write {ways}') from None


def pairs(cell: str) -> dict[str, str]:
    """A cell of name=value, separated by semicolons, as a dict."""
    parted = [pair.partition("=") for pair in cell.split(";") if pair.strip()]
    return {name.strip(): value.strip() for name, _, value in parted}
