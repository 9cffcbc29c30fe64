"""What the other choices of data/readings.csv would have made of a claim, and how far its verdict
depends on them. A count of readings is no probability, and one that no table can feed is not
counted.
"""

import inspect
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from statistics import fmean
from typing import Any, NamedTuple, get_args

import pandas as pd

from heldto import evidence
from heldto.claims.claim import Option
from heldto.claims.listed import find_claim, row, rule_of
from heldto.claims.rule import VERDICTS, Rule, Variant
from heldto.claims.testing import compared_of, evaluate_or_fault, test_of
from heldto.claims.verdict import Finding, nearest
from heldto.errors import Problem, RowError, Slip
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.language import instead
from heldto.text.words import format_day
from heldto.tr import tr, tr_n, tr_noop

THRESHOLD = "threshold"  # the choice that no test needs to know
REPORTED = ("books", "balance", "edition", "estimate", "count")  # whose figure it is
MOST = 0.9  # of the readings give the verdict that is stable
FEWEST = 5  # distinct figures; of fewer nothing can be said
TOO_FEW = tr_noop("too few readings to say")
COUNTED = VERDICTS[:-1]  # of readings: one without a verdict is none

FOUND = ("figure", "verdict", "own", "late", "alike", "reason")  # of a reading, beside its options

Chosen = Mapping[str, Option]  # an option of each dimension


def options(claim: str) -> dict[str, list[Option]]:
    """The options of each dimension of a claim, the ledger's own first; {} where it has none.
    Raises UnknownClaim. Source: data/readings.csv.
    """
    return {**find_claim(claim).readings}


def argument(dimension: str) -> str:
    """The argument of a claim's test that takes the options of a dimension."""
    return dimension.replace(" ", "_")


def lacking(claim: str) -> list[str]:
    """Dimensions for which data/readings.csv has options though a claim's test takes no such
    argument. Raises UnknownClaim.
    """
    dimensions = [dimension for dimension in options(claim) if dimension != THRESHOLD]
    if not dimensions or not test_of(claim):  # without a test nothing is run
        return []
    arguments = _arguments(claim)
    return [dimension for dimension in dimensions if argument(dimension) not in arguments]


def _arguments(claim: str) -> list[str]:
    """What a claim's test can be given beside the vintage."""
    test, compared = test_of(claim), compared_of(claim)
    first, *parameters = inspect.signature(test).parameters if test else [""]
    places = compared.places.values() if compared else ()
    return [name for name in parameters if name not in places]


def check_readings(claim: str) -> None:
    """Raises RowError where a row of data/readings.csv on a claim says what nothing can read, or a
    dimension has not one option of the ledger's own, listed first; UnknownClaim.
    """
    claim_id = find_claim(claim).id
    for dimension, rows in options(claim_id).items():
        for option in rows if dimension == THRESHOLD else ():
            if option["option"] not in get_args(Variant) and not (
                option["rule"] or _thresholds(option)
            ):
                hint = instead(option["option"], get_args(Variant))
                raise _slip(
                    option, "option", f'"{option["option"]}" has no thresholds here. {hint}'
                )
    if unknown := lacking(claim_id):
        hint = instead(argument(unknown[0]), _arguments(claim_id))
        message = f'the test of {claim_id} takes no argument "{argument(unknown[0])}"'
        raise _slip(options(claim_id)[unknown[0]][0], "dimension", f"{message}. {hint}")


def _slip(option: Option, column: str, says: str) -> RowError:
    where = f"{find_claim(option['claim']).where[:-1]}.readings.{option['dimension']}]"
    return RowError(f'{where}, "{option["option"]}": {says}')


def _chosen(by_dimension: Mapping[str, list[Option]]) -> Iterator[Chosen]:
    """Every reading: all options together, then each that is taken alone."""
    own_options = {dimension: rows[0] for dimension, rows in by_dimension.items()}
    joint = ([option for option in rows if not option["alone"]] for rows in by_dimension.values())
    for combination in itertools.product(*joint):
        chosen = dict(zip(by_dimension, combination, strict=True))
        if chosen.get(THRESHOLD) is own_options.get(THRESHOLD) or not _measured_otherwise(chosen):
            yield chosen
    for option in itertools.chain(*by_dimension.values()):
        if option["alone"]:
            yield own_options | {option["dimension"]: option}


def _measured_otherwise(chosen: Chosen) -> bool:
    """Whether a choice has thresholds of its own, so that those of the claim say nothing on it."""
    other_options = (option for dimension, option in chosen.items() if dimension != THRESHOLD)
    return any(option["rule"] or _thresholds(option) for option in other_options)


def _thresholds(option: Option) -> dict[str, Any]:
    """The thresholds that an option puts in place of the rule's."""
    thresholds = {name: option[name] for name in ("holds", "partly")}
    return {
        name: threshold
        for name, threshold in thresholds.items()
        if option["rule"] or threshold is not None
    }


def _rule(claim: str, chosen: Chosen) -> Rule:
    reading: Any = chosen[THRESHOLD]["option"] if THRESHOLD in chosen else "main"
    changes: dict[str, Any] = {}
    for option in chosen.values():
        changes |= {"comparison": option["rule"]} if option["rule"] else {}
        changes |= _thresholds(option)
    rule = rule_of(claim, reading if reading in get_args(Variant) else "main")
    return replace(rule, **changes) if changes else rule


def all_readings(claim: str) -> pd.DataFrame:
    """Every reading of a claim by the record of the article's day, a row each, and those that take
    a later year; empty where it has none.

    Columns: one a dimension (an option each), figure (in the claim's unit, or that of its measure;
    of two books their mean, of two parts the smaller; NaN where it is coded or not held), verdict
    ("undecided" where no table can feed it: it is then not counted), own (whether it is the
    ledger's), late (whether it takes a year that nobody could know), alike (a number, the same for
    readings that rest on the same figures), reason. Raises UnknownClaim; RowError where a row of
    data/readings.csv on it cannot be read, or the claim's test does not take a choice; OurFault.
    Source: data/readings.csv.
    """
    return pd.DataFrame(readings_rows(claim), columns=[*options(claim), *FOUND])


@cached
def readings_rows(claim: str) -> list[dict[str, Any]]:
    """The rows of `all_readings`, a dict each: to look things up in, not to change."""
    claim_id, by_dimension = row(claim)["id"], options(claim)
    check_readings(claim_id)
    rows = (
        [_judged_reading(claim_id, chosen) for chosen in _chosen(by_dimension)]
        if by_dimension
        else []
    )
    distinct = dict.fromkeys(reading["decides"] for reading in rows)
    numbers = {decides: number for number, decides in enumerate(distinct)}
    return [reading | {"alike": numbers[reading["decides"]]} for reading in rows]


def _judged_reading(claim: str, chosen: Chosen) -> dict[str, Any]:
    changed = [
        option
        for dimension, option in chosen.items()
        if not option["own"] and dimension != THRESHOLD
    ]
    arguments = {argument(option["dimension"]): option["option"] for option in changed}
    finding = evaluate_or_fault(claim, "then", **arguments)
    if finding.fault:
        raise _untaken(changed, finding.fault)
    return {dimension: option["option"] for dimension, option in chosen.items()} | {
        "figure": _figure(finding),
        "verdict": outcome(claim, chosen, finding),
        "own": all(option["own"] for option in chosen.values()),
        "late": any(map(late, chosen.values())),
        "decides": _decides(finding),
        "reason": finding.reason,
    }


def late(one: Option) -> bool:
    """Whether an option ends in a year, or a span to one, that nobody could know then."""
    years = str(one["option"]).split()[-1].split("-")
    known = one["own"] or not all(map(str.isdigit, years))
    last = years[0][: -len(years[-1])] + years[-1]  # of 2013-18 it is 2018
    return not known and int(last) > int(evidence.CUTS["annual"])


def added_later(claim: str) -> str:
    """Which options of a claim were added after its rule was fixed, and on which day, in a
    sentence; "" where none was. Raises UnknownClaim.
    """
    days: dict[str, list[str]] = {}
    for option in find_claim(claim).options:
        if option["added"]:
            days.setdefault(option["added"], []).append(option["label"])
    told = [
        tr_n("{n} option on {day}", "{n} options on {day}", len(labels), day=day)
        + (f" ({labels[0]})" if len(labels) == 1 else "")
        for day, labels in ((format_day(day), labels) for day, labels in sorted(days.items()))
    ]
    return tr("Added after the rule was fixed: {days}.", days="; ".join(told)) if told else ""


def _decides(finding: Finding) -> str:
    """The figures of a reading, or its verdict where that is coded, as they are told apart."""
    parts = finding.figures[0] if isinstance(finding.figures[0], tuple) else finding.figures
    return ";".join(
        f"{part:.9g}" if isinstance(part, (int, float)) else str(part) for part in parts
    )


def _untaken(chosen: list[Option], fault: Slip) -> Slip:
    """The fault itself; where the test refused one of the options chosen, that option's row."""
    cause = fault.__cause__
    if isinstance(cause, Problem) and not isinstance(cause, Slip):
        for option in chosen:
            if f'"{option["option"]}"' in str(cause):
                return _slip(option, "option", str(cause))
    return fault


def outcome(claim: str, chosen: Chosen, finding: Finding) -> str:
    """The verdict on what a claim's test found under the options chosen, one of each dimension."""
    rule = _rule(claim, chosen)
    coded = isinstance(finding.figures[0], str)  # a verdict already
    rule = replace(rule, comparison="coded") if coded else rule
    rule.fits(finding.figures)
    return rule.outcome(finding.figures)


def _figure(finding: Finding) -> float:
    figures = finding.figures
    parts = figures[0] if isinstance(figures[0], tuple) else figures
    if not all(isinstance(part, (int, float)) for part in parts):
        return float("nan")
    return float(min(parts) if parts is figures[0] else fmean(parts))


class Tally(NamedTuple):
    """How readings fall out, those that can be worked out alone: the one count of all pages.

    counts: how many hold, hold partly and fail; known: the same of those that take no later year;
    distinct: on how many different figures (or coded findings) they rest; lacking: how many more no
    table can feed.
    """

    counts: dict[str, int]
    known: dict[str, int]
    distinct: int
    lacking: int

    @property
    def readings(self) -> int:
        return sum(self.counts.values())

    @property
    def late(self) -> int:
        """How many take a later year."""
        return self.readings - sum(self.known.values())

    def words(self) -> str:
        """The tally in words: "9 of 24 readings hold, 9 partly, 6 fail, by 8 distinct figures"."""
        if not self.readings:
            return tr("No reading can be computed here")
        counts = counts_in_words(self.counts)
        return tr_n(
            "{counts}, by {n} distinct figure",
            "{counts}, by {n} distinct figures",
            self.distinct,
            counts=counts,
        )

    def more(self) -> list[str]:
        """What is told apart, a sentence each: those that take a later year, those left out."""
        early, sentences = sum(self.known.values()), []
        if self.late:
            without = tr_n(
                "Without the {n} that takes a later year {counts}",
                "Without the {n} that take a later year {counts}",
                self.late,
                counts=counts_in_words(self.known),
            )
            sentences.append(without if early else tr("All of them use a later year"))
        if self.lacking and self.readings:
            sentences.append(tr("{count} more cannot be computed here", count=self.lacking))
        return [f"{sentence}." for sentence in sentences]


def tally_readings(rows: Iterable[Mapping[str, Any]]) -> Tally:
    """How readings fall out. rows: of `all_readings`, a dict each."""
    readings = [*rows]
    counted = [reading for reading in readings if reading["verdict"] in COUNTED]
    known = [reading for reading in counted if not reading["late"]]
    counts, early = (Counter(reading["verdict"] for reading in group) for group in (counted, known))
    return Tally(
        counts={name: counts[name] for name in COUNTED},
        known={name: early[name] for name in COUNTED},
        distinct=len({reading["alike"] for reading in counted}),
        lacking=len(readings) - len(counted),
    )


def counts_in_words(counts: Mapping[str, int]) -> str:
    """How many hold, hold partly and fail, in words: "9 of 24 readings hold, 9 partly, 6 fail"."""
    hold, partly, fail = (counts[name] for name in COUNTED)
    return tr_n(
        "{hold} of {all} readings hold, {partly} partly, {n} fails",
        "{hold} of {all} readings hold, {partly} partly, {n} fail",
        fail,
        hold=hold,
        all=hold + partly + fail,
        partly=partly,
    )


class Summary(NamedTuple):
    """How the readings of a claim fall out.

    tally: how many give each verdict, and on how many figures, of those that take no later year;
    whole: the same of all; verdict: the ledger's own; stable:
    whether 90 % of them give that and its tipping point lies farther off than its source moves
    (None where it can be no more than partly right, whatever the figure, and where there are too
    few to say); depends_on: the dimension that moves it most, in words; "" where it is stable, or
    there are too few to say.
    """

    tally: Tally
    verdict: str
    stable: bool | None
    depends_on: str
    whole: Tally = Tally({}, {}, 0, 0)

    @property
    def counts(self) -> dict[str, int]:
        """How many hold, hold partly and fail."""
        return self.tally.counts

    @property
    def readings(self) -> int:
        """How many there are that can be worked out and take no later year."""
        return self.tally.readings

    @property
    def readings_same(self) -> int:
        """How many give the ledger's own verdict."""
        return self.counts.get(self.verdict, 0)

    @property
    def readings_late(self) -> int:
        """How many more take a later year."""
        return self.whole.late

    @property
    def readings_lacking(self) -> int:
        """How many more no table can feed."""
        return self.whole.lacking

    @property
    def distinct_figures(self) -> int:
        """On how many different figures they rest."""
        return self.tally.distinct

    def ends(self) -> str:
        """What follows from the count: that it is stable, on what it depends, or neither."""
        if self.tally.distinct < FEWEST:
            return tr(TOO_FEW)
        kinds = {True: tr("stable"), None: tr("stable, and no reading can give more than partly")}
        return kinds.get(self.stable, tr("depends on {what}", what=self.depends_on))

    def words(self, vintage: Vintage | None = None) -> str:
        """The summary in words: "9 of 24 readings hold, 9 partly, 6 fail, by 8 distinct figures:
        depends on whose books." vintage: "then" leaves out the readings of a later year.
        """
        more, lacking = [], (self.tally if vintage == "then" else self.whole).lacking
        if (late := self.readings_late) and vintage != "then":
            whole = tr_n(
                "With the {n} that takes a later year {counts}.",
                "With the {n} that take a later year {counts}.",
                late,
                counts=counts_in_words(self.whole.counts),
            )
            more.append(whole)
        if lacking and self.readings:
            more.append(tr("{count} more cannot be computed here.", count=lacking))
        return " ".join([f"{self.tally.words()}: {self.ends()}.", *more])


@cached
def summary(claim: str) -> Summary | None:
    """How the readings of a claim fall out; None where it has none. Raises as `all_readings`
    does.
    """
    rows, by_dimension = readings_rows(claim), options(claim)
    early = [reading for reading in rows if not reading["late"]]
    tally, whole = tally_readings(early), tally_readings(rows)
    if not rows:
        return None
    (verdict,) = (reading["verdict"] for reading in rows if reading["own"])
    counted = [reading for reading in early if reading["verdict"] in COUNTED]
    if tally.distinct < FEWEST:
        return Summary(tally, verdict, None, "", whole)
    often = tally.counts.get(verdict, 0) >= MOST * len(counted)
    stable = often and _farther_than_it_moves(claim, counted)
    capped = verdict == rule_of(claim).cap
    depends_on = (
        "" if stable else tr("whose figures") if often else _most_moving(counted, by_dimension)
    )
    return Summary(tally, verdict, None if stable and capped else stable, depends_on, whole)


def _farther_than_it_moves(claim: str, counted: list[dict[str, Any]]) -> bool:
    """Whether the tipping point lies farther off than reporters or editions lie from each other."""
    step, by_dimension = nearest(rule_of(claim), evaluate_or_fault(claim, "then")), options(claim)
    if step is None or not by_dimension.keys() & {*REPORTED}:
        return True
    other_dimensions = [dimension for dimension in by_dimension if dimension not in REPORTED]
    (own_reading,) = (reading for reading in counted if reading["own"])
    alike = (
        reading["figure"]
        for reading in counted
        if all(reading[dimension] == own_reading[dimension] for dimension in other_dimensions)
    )
    figures = [figure for figure in alike if not math.isnan(figure)]
    return bool(figures) and step.distance > max(figures) - min(figures)


def _most_moving(counted: list[dict[str, Any]], by_dimension: Mapping[str, list[Option]]) -> str:
    """The dimension in words whose choice most often turns a verdict, all else alike."""
    verdicts, turns = [reading["verdict"] for reading in counted], {}
    for dimension in by_dimension:
        other_dimensions = [other for other in by_dimension if other != dimension]
        turns[dimension] = _turned(
            [tuple(reading[other] for other in other_dimensions) for reading in counted], verdicts
        )
    most = max(turns, key=lambda dimension: turns[dimension])
    return str(by_dimension[most][0]["asks"])


def _turned(alike: list[tuple], verdicts: list[str]) -> float:
    """Of all pairs of readings that differ in one dimension alone, which part disagrees; alike: the
    options of the other dimensions, of each reading.
    """
    pairs, agree = (
        sum(n * (n - 1) for n in Counter(keys).values())
        for keys in (alike, zip(alike, verdicts, strict=True))
    )
    return 1 - agree / pairs if pairs else 0.0
