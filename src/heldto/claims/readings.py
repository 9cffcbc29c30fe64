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
from heldto.claims.rule import VERDICTS, Rule, Variant, number, row, row_location
from heldto.claims.verdict import COMPARED, TESTS, Finding, evaluate_or_fault, loaded, nearest
from heldto.errors import Problem, RowError, Slip
from heldto.evidence.caching import cached
from heldto.text.language import instead

THRESHOLD = "threshold"  # the choice that no test needs to know
REPORTED = ("books", "balance", "edition", "estimate", "count")  # whose figure it is
MOST = 0.9  # of the readings give the verdict that is stable
FEWEST = 5  # distinct figures; of fewer nothing can be said
TOO_FEW = "too few readings to say"
COUNTED = VERDICTS[:-1]  # of readings: one without a verdict is none

FOUND = ("figure", "verdict", "own", "late", "alike", "reason")  # of a reading, beside its options

Option = Mapping[str, Any]  # a row of data/readings.csv
Chosen = Mapping[str, Option]  # an option of each dimension


def options(claim: str) -> dict[str, list[Option]]:
    """The options of each dimension of a claim, the ledger's own first; {} where it has none.
    Raises UnknownClaim. Source: data/readings.csv.
    """
    name, listed = row(claim)["id"], dict[str, list[Option]]()
    for one in evidence.rows("readings"):
        if one["claim"] == name:
            listed.setdefault(one["dimension"], []).append(one)
    return listed


def argument(dimension: str) -> str:
    """The argument of a claim's test that takes the options of a dimension."""
    return dimension.replace(" ", "_")


def lacking(claim: str) -> list[str]:
    """Dimensions for which data/readings.csv has options though a claim's test takes no such
    argument. Raises UnknownClaim.
    """
    asked = [name for name in options(claim) if name != THRESHOLD]
    if not asked or loaded(claim) not in TESTS:  # without a test nothing is run
        return []
    takes = _arguments(claim)
    return [name for name in asked if argument(name) not in takes]


def _arguments(claim: str) -> list[str]:
    """What a claim's test can be given beside the vintage."""
    first, *taken = inspect.signature(TESTS[loaded(claim)]).parameters
    places = COMPARED[claim].places.values() if claim in COMPARED else ()
    return [name for name in taken if name not in places]


def check_readings(claim: str) -> None:
    """Raises RowError where a row of data/readings.csv on a claim says what nothing can read, or a
    dimension has not one option of the ledger's own, listed first; UnknownClaim.
    """
    name = row(claim)["id"]
    for dimension, rows in options(name).items():
        first, own = rows[0], [one for one in rows if one["own"]]
        if len(own) > 1:
            raise _slip(
                own[1], "own", f'"{own[0]["option"]}" is the ledger\'s own: keep one of them'
            )
        if not own:
            raise _slip(
                first, "own", f"no option of {dimension} is the ledger's own: mark one true"
            )
        if not first["own"]:
            raise _slip(own[0], "own", f"put it first of {dimension}, as it is the ledger's own")
        if not first["asks"]:
            raise _slip(first, "asks", "say what the dimension asks: whose books")
        for one in rows if dimension == THRESHOLD else ():
            if one["option"] not in get_args(Variant) and not (one["rule"] or _thresholds(one)):
                near = instead(one["option"], get_args(Variant))
                raise _slip(one, "option", f'"{one["option"]}" has no thresholds here. {near}')
    if unknown := lacking(name):
        near = instead(argument(unknown[0]), _arguments(name))
        takes = f'the test of {name} takes no argument "{argument(unknown[0])}"'
        raise _slip(options(name)[unknown[0]][0], "dimension", f"{takes}. {near}")


def _slip(one: Option, column: str, says: str) -> RowError:
    where = row_location(
        "readings", **{name: one[name] for name in ("claim", "dimension", "option")}
    )
    return RowError(f"{where}, column {column}: {says}")


def _chosen(listed: Mapping[str, list[Option]]) -> Iterator[Chosen]:
    """Every reading: all options together, then each that is taken alone."""
    own = {name: rows[0] for name, rows in listed.items()}
    together = ([one for one in rows if not one["alone"]] for rows in listed.values())
    for each in itertools.product(*together):
        made = dict(zip(listed, each, strict=True))
        if made.get(THRESHOLD) is own.get(THRESHOLD) or not _measured_otherwise(made):
            yield made
    for one in itertools.chain(*listed.values()):
        if one["alone"]:
            yield own | {one["dimension"]: one}


def _measured_otherwise(chosen: Chosen) -> bool:
    """Whether a choice has thresholds of its own, so that those of the claim say nothing on it."""
    others = (one for name, one in chosen.items() if name != THRESHOLD)
    return any(one["rule"] or _thresholds(one) for one in others)


def _thresholds(option: Option) -> dict[str, Any]:
    """The thresholds that an option puts in place of the rule's."""
    held = {name: number(option[name]) for name in ("holds", "partly")}
    return {name: one for name, one in held.items() if option["rule"] or one is not None}


def _rule(claim: str, chosen: Chosen) -> Rule:
    asked: Any = chosen[THRESHOLD]["option"] if THRESHOLD in chosen else "main"
    changed: dict[str, Any] = {}
    for one in chosen.values():
        changed |= {"comparison": one["rule"]} if one["rule"] else {}
        changed |= _thresholds(one)
    rule = Rule.of(claim, asked if asked in get_args(Variant) else "main")
    return replace(rule, **changed) if changed else rule


def all_readings(claim: str) -> pd.DataFrame:
    """Every reading of a claim by the record of August 2019, a row each, and those that take a
    later year; empty where it has none.

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
    name, listed = row(claim)["id"], options(claim)
    check_readings(name)
    made = [_row(name, chosen) for chosen in _chosen(listed)] if listed else []
    distinct = dict.fromkeys(one["decides"] for one in made)
    numbers = {decides: number for number, decides in enumerate(distinct)}
    return [one | {"alike": numbers[one["decides"]]} for one in made]


def _row(claim: str, chosen: Chosen) -> dict[str, Any]:
    other = [one for name, one in chosen.items() if not one["own"] and name != THRESHOLD]
    asked = {argument(one["dimension"]): one["option"] for one in other}
    finding = evaluate_or_fault(claim, "then", **asked)
    if finding.fault:
        raise _untaken(other, finding.fault)
    return {name: one["option"] for name, one in chosen.items()} | {
        "figure": _figure(finding),
        "verdict": outcome(claim, chosen, finding),
        "own": all(one["own"] for one in chosen.values()),
        "late": any(map(late, chosen.values())),
        "decides": _decides(finding),
        "reason": finding.reason,
    }


def late(one: Option) -> bool:
    """Whether an option ends in a year, or a span to one, that nobody could know in August 2019."""
    years = str(one["option"]).split()[-1].split("-")
    known = one["own"] or not all(map(str.isdigit, years))
    last = years[0][: -len(years[-1])] + years[-1]  # of 2013-18 it is 2018
    return not known and int(last) > int(evidence.CUTS["annual"])


def _decides(finding: Finding) -> str:
    """The figures of a reading, or its verdict where that is coded, as they are told apart."""
    parts = finding.figures[0] if isinstance(finding.figures[0], tuple) else finding.figures
    return ";".join(f"{one:.9g}" if isinstance(one, (int, float)) else str(one) for one in parts)


def _untaken(chosen: list[Option], fault: Slip) -> Slip:
    """The fault itself; where the test refused one of the options chosen, that option's row."""
    cause = fault.__cause__
    if isinstance(cause, Problem) and not isinstance(cause, Slip):
        for one in chosen:
            if f'"{one["option"]}"' in str(cause):
                return _slip(one, "option", str(cause))
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
        """The same in words: "9 of 24 readings hold, 9 partly, 6 fail, by 8 distinct figures"."""
        if not self.readings:
            return "No reading can be computed here"
        figures = "figure" if self.distinct == 1 else "figures"
        return f"{counts_in_words(self.counts)}, by {self.distinct} distinct {figures}"

    def more(self) -> list[str]:
        """What is told apart, a sentence each: those that take a later year, those left out."""
        known, said = sum(self.known.values()), []
        if self.late:
            takes = "takes" if self.late == 1 else "take"
            without = (
                f"Without the {self.late} that {takes} a later year {counts_in_words(self.known)}"
            )
            said.append(without if known else "All of them use a later year")
        if self.lacking and self.readings:
            said.append(f"{self.lacking} more cannot be computed here")
        return [f"{one}." for one in said]


def tally_readings(rows: Iterable[Mapping[str, Any]]) -> Tally:
    """How readings fall out. rows: of `all_readings`, a dict each."""
    every = [*rows]
    held = [one for one in every if one["verdict"] in COUNTED]
    known = [one for one in held if not one["late"]]
    counts, early = (Counter(one["verdict"] for one in some) for some in (held, known))
    return Tally(
        counts={name: counts[name] for name in COUNTED},
        known={name: early[name] for name in COUNTED},
        distinct=len({one["alike"] for one in held}),
        lacking=len(every) - len(held),
    )


def counts_in_words(counts: Mapping[str, int]) -> str:
    """How many hold, hold partly and fail, in words: "9 of 24 readings hold, 9 partly, 6 fail"."""
    hold, partly, fail = (counts[name] for name in COUNTED)
    fails = "fails" if fail == 1 else "fail"
    return f"{hold} of {hold + partly + fail} readings hold, {partly} partly, {fail} {fails}"


class Summary(NamedTuple):
    """How the readings of a claim fall out.

    tally: how many give each verdict, and on how many figures; verdict: the ledger's own; stable:
    whether 90 % of them give that and its tipping point lies farther off than its source moves
    (None where it can be no more than partly right, whatever the figure, and where there are too
    few to say); depends_on: the dimension that moves it most, in words; "" where it is stable, or
    there are too few to say.
    """

    tally: Tally
    verdict: str
    stable: bool | None
    depends_on: str

    @property
    def counts(self) -> dict[str, int]:
        """How many hold, hold partly and fail."""
        return self.tally.counts

    @property
    def readings(self) -> int:
        """How many there are that can be worked out."""
        return self.tally.readings

    @property
    def readings_same(self) -> int:
        """How many give the ledger's own verdict."""
        return self.counts.get(self.verdict, 0)

    @property
    def readings_late(self) -> int:
        """How many take a later year."""
        return self.tally.late

    @property
    def readings_lacking(self) -> int:
        """How many more no table can feed."""
        return self.tally.lacking

    @property
    def distinct_figures(self) -> int:
        """On how many different figures they rest."""
        return self.tally.distinct

    def ends(self) -> str:
        """What follows from the count: that it is stable, on what it depends, or neither."""
        if self.tally.distinct < FEWEST:
            return TOO_FEW
        kinds = {True: "stable", None: "stable, and no reading can give more than partly"}
        return kinds.get(self.stable, f"depends on {self.depends_on}")

    def words(self) -> str:
        """The same in words: "9 of 24 readings hold, 9 partly, 6 fail, by 8 distinct figures:
        depends on whose books."
        """
        return " ".join([f"{self.tally.words()}: {self.ends()}.", *self.tally.more()])


@cached
def summary(claim: str) -> Summary | None:
    """How the readings of a claim fall out; None where it has none. Raises as `all_readings`
    does.
    """
    every, listed = readings_rows(claim), options(claim)
    counted = tally_readings(every)
    if not every:
        return None
    (verdict,) = (one["verdict"] for one in every if one["own"])
    held = [one for one in every if one["verdict"] in COUNTED]
    if counted.distinct < FEWEST:
        return Summary(counted, verdict, None, "")
    often = counted.counts.get(verdict, 0) >= MOST * len(held)
    stable = often and _farther_than_it_moves(claim, held)
    capped = verdict == Rule.of(claim).cap
    words = "" if stable else "whose figures" if often else _most_moving(held, listed)
    return Summary(counted, verdict, None if stable and capped else stable, words)


def _farther_than_it_moves(claim: str, held: list[dict[str, Any]]) -> bool:
    """Whether the tipping point lies farther off than reporters or editions lie from each other."""
    step, listed = nearest(Rule.of(claim), evaluate_or_fault(claim, "then")), options(claim)
    if step is None or not listed.keys() & {*REPORTED}:
        return True
    others = [name for name in listed if name not in REPORTED]
    (own,) = (one for one in held if one["own"])
    alike = (one["figure"] for one in held if all(one[name] == own[name] for name in others))
    figures = [figure for figure in alike if not math.isnan(figure)]
    return bool(figures) and step.distance > max(figures) - min(figures)


def _most_moving(held: list[dict[str, Any]], listed: Mapping[str, list[Option]]) -> str:
    """The dimension in words whose choice most often turns a verdict, all else alike."""
    verdicts, turns = [one["verdict"] for one in held], {}
    for name in listed:
        others = [other for other in listed if other != name]
        turns[name] = _turned([tuple(one[other] for other in others) for one in held], verdicts)
    most = max(turns, key=lambda name: turns[name])
    return str(listed[most][0]["asks"])


def _turned(alike: list[tuple], verdicts: list[str]) -> float:
    """Of all pairs of readings that differ in one dimension alone, which part disagrees; alike: the
    options of the other dimensions, of each reading.
    """
    pairs, agree = (
        sum(n * (n - 1) for n in Counter(keys).values())
        for keys in (alike, zip(alike, verdicts, strict=True))
    )
    return 1 - agree / pairs if pairs else 0.0
