"""Finding and Verdict: what a claim's test found, and what its rule makes of it."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property
from numbers import Integral
from typing import Any, NamedTuple

from heldto import evidence
from heldto.claims import units
from heldto.claims.noise import WITHIN, Noise, Noted, noted
from heldto.claims.rule import UNJUDGED, Figure, Rule, Variant
from heldto.errors import NotHeld, Slip, as_slip
from heldto.evidence import Vintage, actors
from heldto.evidence.actors import reporter_name
from heldto.text.words import possessive
from heldto.tr import tr, tr_noop

Told = str | tuple[str, Figure]
Fact = Told | Callable[[], Told]
VOICES = ("agrees", "disagrees")
PAST = (tr_noop("below"), tr_noop("above"))  # how a threshold is passed, to either side
SIGNS: dict[str, str] = units.TABLE["signs"]
COLOURS: dict[str, str] = units.TABLE["colours"]  # with white words on them
"""The colour of each verdict, {verdict: #RRGGBB}: "holds", "partly", "fails", "undecided" and
"unjudged". White words can be read on each.

Examples
--------
>>> list(fr.claims.COLOURS)
['holds', 'partly', 'fails', 'undecided', 'unjudged']
"""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a claim's test found: the figure that decides, and the sentence that says it.

    value: a number; a tuple of numbers (rule each_at_least); "holds", "partly" or "fails" (rule
    coded); None, or NaN: undecided. strict, lenient: the value under the strict or lenient reading,
    where that is another measure and not another threshold. reporters: both books,
    {"CHN": value, "RUS": value}. until: the last year, month or day that was read.
    tips: the tipping point in words where it is no number. turned_by: one entry of a list that,
    more or less, turns a value that is a word ("one pledge"). asides: see `beside`. noise: a
    function that says how far chance moves the figures, asked where a page tells it. grain: a
    function that says how far one event or one unit of the table moves the figure, and names it.
    fault: a spoilt row, or a fault of this package, that was met in its place; then there is no
    verdict.
    """

    value: Figure = None
    reason: str
    until: int | str = ""
    tables: Sequence[str] = ()
    strict: Figure = None
    lenient: Figure = None
    reporters: dict[str, float] | None = None
    tips: str = ""
    turned_by: str = ""
    asides: Sequence[Fact] = field(default=(), compare=False)
    noise: Callable[[], Noise] | None = field(default=None, compare=False)
    grain: Callable[[], tuple[float, str]] | None = field(default=None, compare=False)
    fault: Slip | None = None

    @cached_property
    def facts(self) -> list[tuple[str, Figure]]:
        """What stands beside it, each (sentence, value): worked out when it is asked for."""
        facts = [_fact_or_fault(fact) for fact in self.asides]
        return [(fact, None) if isinstance(fact, str) else fact for fact in facts if fact]

    @property
    def figures(self) -> list[Figure]:
        """The figures that decide: one a book where two books are asked, else one."""
        return list(self.reporters.values()) if self.reporters else [self.value]

    def beside(self, *facts: Fact) -> "Finding":
        """The finding with what stands beside it and never votes.

        A fact is a sentence, or (sentence, value) whose value the claim's rule judges: a figure, or
        a Finding that also has its noise or its grain. A value "agrees" or "disagrees" is said as
        it is. A fact may be a function that makes one: where
        its figure is not held, or this package is at fault, that is said in its place, and the
        finding stands. One that is "" is left out.
        """
        return replace(self, asides=facts)


def _fact_or_fault(fact: Fact) -> Told:
    try:
        return fact() if callable(fact) else fact
    except NotHeld as lack:
        return lack.sentence
    except Exception as fault:
        return as_slip(fault).sentence


class Compared(NamedTuple):
    """Whose places others can take in the test of a claim ({who: parameter}), and which of them are
    taken in turn for a yardstick; note: what else is to be known of the figures of others.
    """

    places: dict[str, str]
    swap: tuple[str, ...]
    note: str = ""


UNSAID: ContextVar[bool] = ContextVar("unsaid", default=False)  # a figure is asked for, no sentence


def finding_of_fault(fault: Slip) -> Finding:
    """A Finding that is lost to a spoilt row, or to a fault of this package."""
    return Finding(reason=fault.sentence, fault=fault)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One claim, judged: its rule, what its test found, the verdicts as stated, strict, lenient.

    Each is one of VERDICTS, or UNJUDGED where the finding has a fault.
    """

    rule: Rule
    finding: Finding
    vintage: Vintage
    verdict: str
    strict: str
    lenient: str

    @property
    def id(self) -> str:
        return self.rule.claim

    @property
    def value(self) -> Figure | dict[str, float]:
        """The deciding figure; by reporter where two books are asked."""
        return self.finding.reporters or self.finding.value

    @property
    def figure(self) -> str:
        """The deciding figure with its unit: "106.7 billion dollars (China), ..."; "" where there
        is none, or a document decides.
        """
        value, unit, edges = self.value, self.rule.unit, self.rule.edges()
        if isinstance(value, dict):
            by_reporter = value.items()
            words = [
                f"{units.format_long(number, unit, edges)} ({reporter_name(reporter)})"
                for reporter, number in by_reporter
            ]
            return ", ".join(words)
        each = itertools.cycle(unit.split(";"))  # one for all parts, or one each
        parts = zip(value if isinstance(value, tuple) else [value], each, strict=False)
        numbers = (pair for pair in parts if isinstance(pair[0], (int, float)))
        return ", ".join(units.format_long(number, unit, edges) for number, unit in numbers)

    @property
    def reason(self) -> str:
        return self.finding.reason

    @property
    def tables(self) -> Sequence[str]:
        return self.finding.tables

    @property
    def data_until(self) -> str:
        return str(self.finding.until)

    @property
    def sources(self) -> str:
        """The credit line of the tables that were read, "" where there is none."""
        return evidence.source(*self.tables) if self.tables else ""

    @property
    def by_reporter(self) -> dict[str, str]:
        """The verdict on each book alone, where two are asked."""
        return {
            reporter: self.rule.alone(figure)
            for reporter, figure in (self.finding.reporters or {}).items()
        }

    @property
    def decided(self) -> bool:
        """Whether a figure decided it: it is not undecided, and not unjudged."""
        return self.verdict not in ("undecided", UNJUDGED)

    @property
    def varied(self) -> bool:
        """Whether there is a verdict, and a strict or a lenient rule that might say otherwise."""
        other_measure = self.finding.strict is not None or self.finding.lenient is not None
        return self.decided and (self.rule.varied or other_measure)

    @property
    def context(self) -> list[tuple[str, str]]:
        """What stands beside it: (sentence, what its figure alone would say, or "")."""
        return [(sentence, self._says(value)) for sentence, value in self.finding.facts]

    def _says(self, value: Figure) -> str:
        if value is None:
            return ""
        if value in VOICES:
            agrees = tr("This agrees with the verdict.")
            return agrees if value == VOICES[0] else tr("This disagrees with the verdict.")
        finding = value if isinstance(value, Finding) else Finding(value=value, reason="")
        alone = self.rule.outcome(finding.figures)
        marks = marks_of(self.rule, finding).behind()
        if alone == self.verdict:
            return tr(
                "This figure alone would also say {verdict}{marks}.", verdict=tr(alone), marks=marks
            )
        return tr("This figure alone would say {verdict}{marks}.", verdict=tr(alone), marks=marks)

    @cached_property
    def marks(self) -> "Marks":
        """What stands beside the verdict on how near it is to another one."""
        return marks_of(self.rule, self.finding)

    @property
    def noise(self) -> Noted | None:
        """How far chance moves the figures that decide, and whether a threshold lies within; None
        where that is not known, or nothing is decided.
        """
        return self.marks.noise

    @cached_property
    def tipping_point(self) -> str:
        """The nearest value at which the verdict would flip, in words; "" where there is none."""
        return self.finding.tips or tipping_point(self.rule, self.finding)


def ruled(rule: Rule, finding: Finding, vintage: Vintage) -> Verdict:
    """Apply a rule to a finding; what stands beside it is worked out when it is asked for.

    Raises RowError where the finding is not what the rule asks for.
    """
    if finding.fault:
        unjudged: dict[str, Any] = dict.fromkeys(("verdict", "strict", "lenient"), UNJUDGED)
        return Verdict(
            rule=rule, finding=finding_of_fault(finding.fault), vintage=vintage, **unjudged
        )
    rule.fits(finding.figures)
    verdict = rule.outcome(finding.figures)
    if verdict == "undecided":
        finding = replace(finding, value=None, reporters=None, strict=None, lenient=None)
    values: dict[Variant, Figure] = {"strict": finding.strict, "lenient": finding.lenient}
    strict, lenient = (
        rule.at(reading).outcome(finding.figures if value is None else [value])
        for reading, value in values.items()
    )
    return Verdict(
        rule=rule, finding=finding, vintage=vintage, verdict=verdict, strict=strict, lenient=lenient
    )


# Tipping points


class Change(NamedTuple):
    """A figure changed: how far, to what in words and as a number, and which one (None: all)."""

    distance: float
    words: str
    value: float
    which: int | None = None


def tipping_point(rule: Rule, finding: Finding) -> str:
    """The nearest value at which the verdict would flip, in words; "" where there is none."""
    step = nearest(rule, finding)
    if step is None:
        return ""
    both = step.which is None
    where = f"{step.words}{_whose(rule, finding, step)}"
    flip = tr("The verdict would flip {where}", where=where)
    flip = tr("The verdict would flip if both lay {where}", where=where) if both else flip
    distance = units.format_distance(step.distance, rule.unit)
    return f"{flip}{f' ({distance})' if distance else ''}"


def _parts(finding: Finding) -> list[Figure]:
    """The figures that decide, one by one."""
    figures = finding.figures
    return list(figures[0]) if isinstance(figures[0], tuple) else figures


def nearest(rule: Rule, finding: Finding) -> Change | None:
    """The nearest change at which the verdict would flip: of one figure, else of all."""
    figures, parts = finding.figures, _parts(finding)
    if not all(isinstance(part, (int, float)) for part in parts):
        return None
    verdict = rule.outcome(figures)

    def steps(*places: int) -> Iterator[Change]:
        """Changes of the figures in these places to one value that flip the verdict."""
        for value, words in _nearby(rule, parts[places[0]]):
            changed = [value if place in places else part for place, part in enumerate(parts)]
            if (
                rule.outcome([tuple(changed)] if isinstance(figures[0], tuple) else changed)
                != verdict
            ):
                distance = max(abs(value - parts[place]) for place in places)
                yield Change(distance, words, value, places[0] if len(places) == 1 else None)

    all_places = range(len(parts))
    single = [step for place in all_places for step in steps(place)]
    return min(single or [*steps(*all_places)], default=None)


def _nearby(rule: Rule, figure: float) -> list[tuple[float, str]]:
    """Values to try, each with its words: whole steps of a count, else just past each threshold."""
    step = units.STEPS.get(rule.unit)
    if step:
        counts = [figure + sign * turn * step for turn in range(1, 40) for sign in (-1, 1)]
        return [
            (value, tr("at {figure}", figure=units.format_long(value, rule.unit)))
            for value in counts
            if value >= 0
        ]
    return [
        (edge + side * 1e-6, f"{tr(word)} {units.format_long(edge, rule.unit)}")
        for edge in rule.edges()
        for side, word in zip((-1, 1), units.PAST.get(rule.unit, PAST), strict=True)
    ]


# Marks


class Marks(NamedTuple):
    """How near a verdict is to another one, whatever rule and figure give it.

    line: why it is on the line, "" where it is not; noise: how far chance moves its figures, None
    where that is not known.
    """

    line: str = ""
    noise: Noted | None = None

    def words(self) -> list[str]:
        """The marks that it has: "on the line", "within the noise"."""
        marks = {tr("on the line"): self.line, tr(WITHIN): self.noise and self.noise.within}
        return [mark for mark, it_has in marks.items() if it_has]

    def behind(self) -> str:
        """The same behind a verdict in a sentence: ", within the noise"."""
        return "".join(f", {mark}" for mark in self.words())


def marks_of(rule: Rule, finding: Finding) -> Marks:
    """All marks on what a rule says to a finding: that of a claim, an amended one, or one figure
    beside it. None where nothing is decided.
    """
    if finding.fault or rule.outcome(finding.figures) == "undecided":
        return Marks()
    return Marks(on_the_line(rule, finding), noted(rule, finding.noise))


def on_the_line(rule: Rule, finding: Finding) -> str:
    """Why what a rule says is on the line, "" where it is not: one entry of a list turns it
    (`Finding.turned_by`); a figure equals its threshold; a count, or what one unit moves
    (`Finding.grain`), is no more than one step from another verdict.
    """
    if finding.turned_by:
        return tr("{unit} would turn it", unit=finding.turned_by)
    numbers: list[Any] = [one for one in _flat(finding) if isinstance(one, (float, Integral))]
    if not numbers or rule.unit == "rank":  # a place is no event
        return ""
    if any(abs(figure - edge) < 1e-9 for figure in numbers for edge in rule.edges()):
        return tr("the figure equals a threshold")
    step = nearest(rule, finding)
    if step is None:
        return ""
    if finding.grain:
        far, unit = finding.grain()
        return tr("{unit} would turn it", unit=unit) if step.distance <= far else ""
    each = rule.unit.split(";")
    size = max(units.STEPS.get(unit, 1) for unit in each)
    named = not {*each} & units.UNITS.keys()  # refusals, seats: what is counted gives the unit
    counted = rule.unit in units.STEPS or (
        named and all(isinstance(one, Integral) for one in numbers)
    )
    return tr("one more or less would turn it") if counted and step.distance < size * 1.001 else ""


def _flat(finding: Finding) -> list[Any]:
    """The figures that decide, one by one: of each book, of each part of the rule."""
    return [part for one in finding.figures for part in (one if isinstance(one, tuple) else (one,))]


def whose_books(who: str) -> str:
    """Whose books, in a sentence: "Russia's books"."""
    return tr("{whose} books", whose=possessive(reporter_name(who)))


def _whose(rule: Rule, finding: Finding, step: Change) -> str:
    """Whose the changed figure is, in words: the book, or the actor."""
    if step.which is None:
        return ""
    if finding.reporters:
        books = whose_books(list(finding.reporters)[step.which])
        return tr(" in {books}", books=books)
    who = actors.name(rule.parts[step.which]) if rule.parts else ""
    return tr(" for {who}", who=who) if who else ""
