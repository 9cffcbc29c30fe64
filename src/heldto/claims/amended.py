"""Amended rules: each beside the first one, never in its place, with its own verdict."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from heldto import evidence
from heldto.claims import shaped
from heldto.claims.documents import documents, shows
from heldto.claims.listed import amendments, rule_of
from heldto.claims.rule import UNJUDGED, VERDICTS, Rule, pairs
from heldto.claims.testing import evaluate_or_fault
from heldto.claims.verdict import Finding, Marks, finding_of_fault, marks_of
from heldto.claims.wording import with_numbers
from heldto.errors import NotHeld, Problem, RowError, as_slip
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.words import capital, format_day
from heldto.tr import tr, tr_noop

BEARS = {
    "for": tr_noop("supports “{part}”"),
    "against": tr_noop("contradicts “{part}”"),
}  # how a document bears on a part of a rule

Row = dict[str, Any]  # of data/amendments.csv


@cached
def row_location(table: str, **cells: Any) -> str:
    """Where the first row of a table with these cells stands, as a message names it:
    "data/claims.csv, row 12".
    """
    frame = evidence.numbered(table)
    for name, cell in cells.items():
        frame = frame[frame[name].eq(cell)]
    return f"data/{evidence.describe(table)['path']}, row {frame.index[0]}"


def number(cell: float | None) -> float | None:
    """A number of amendments.csv, None where the cell is empty."""
    return None if cell is None or cell != cell else float(cell)


class Part(NamedTuple):
    """One part of an amended rule: its name ("" of the whole), its words, and what they say to what
    was found; found: the sentence of the test where the part asks for another figure; marks: how
    near it is to another verdict.
    """

    name: str
    words: str
    verdict: str
    found: str = ""
    marks: Marks = Marks()


class Amended(NamedTuple):
    """An amended rule, judged: when, with what known, and the verdict of its parts."""

    date: str
    known: str
    verdict: str
    parts: Sequence[Part]

    @property
    def marks(self) -> Marks:
        """How near its verdict is to another one: the first marks that one of its parts has."""
        of_parts = [part.marks for part in self.parts]
        within = [one.noise for one in of_parts if one.noise and one.noise.within]
        return Marks(next((one.line for one in of_parts if one.line), ""), next(iter(within), None))

    def label(self) -> str:
        """When it was amended, and what was known by then."""
        return tr(
            "by the rule amended on {date}, with the {known} known",
            date=self.date,
            known=self.known,
        )

    def found(self) -> list[str]:
        """What each part says to what was found."""
        labelled = (
            f"{part.name}: {tr(part.verdict)}. {part.found}" for part in self.parts if part.name
        )
        alone = (part.found for part in self.parts if part.found and not part.name)
        lines = (
            tr("On the line: {line}.", line=part.marks.line)
            for part in self.parts
            if part.marks.line
        )
        noise = (part.marks.noise.words for part in self.parts if part.marks.noise)
        return [capital(line.strip()) for line in (*labelled, *alone, *lines, *noise)]


@cached
def judge_amended(claim: str, vintage: Vintage) -> Amended | None:
    """The amended rule of a claim and its verdict; None where only the first one is.

    Raises UnknownClaim; RowError where a row of data/amendments.csv on it cannot be read.
    """
    if not (with_rule := _latest(claim)):
        return None
    parts = [_part(amendment, vintage) for amendment in with_rule]
    verdict = joint_verdict(part.verdict for part in parts)
    return Amended(format_day(with_rule[0]["day"]), with_rule[0]["known"], verdict, parts)


def _by_day(claim: str) -> list[list[Row]]:
    """The parts of each amended rule of a claim, in the order of the days."""
    with_rule = sorted((one for one in amendments(claim) if one["rule"]), key=itemgetter("day"))
    return [[*parts] for _, parts in groupby(with_rule, itemgetter("day"))]


def _latest(claim: str) -> list[Row]:
    """The parts of the amended rule that judges a claim: that of the last day."""
    return next(reversed(_by_day(claim)), [])


def amendment_sentences(claim: str) -> list[str]:
    """What was amended, when, with what known and why: a sentence each. Raises UnknownClaim."""
    reworded = [_reworded(amendment) for amendment in amendments(claim) if not amendment["rule"]]
    return [*map(_ruled, _by_day(claim)), *reworded]


def _ruled(parts: Sequence[Row]) -> str:
    sentences = [
        capital(f"{part['part']}: {_amended_words(part)}".removeprefix(": ")) for part in parts
    ]
    if len(parts) > 1:
        sentences.append(
            tr(
                "Together: if all hold, it holds; if none holds, it fails; otherwise "
                "it holds partly"
            )
        )
    why = "; ".join(part["why"] for part in parts if part["why"])
    sentences.append(tr("Why: {why}", why=why))
    known = tr("with the {known} known", known=parts[0]["known"])
    return tr(
        "Amended on {day}, {known}: {sentences}.",
        day=format_day(parts[0]["day"]),
        known=known,
        sentences=". ".join(sentences),
    )


def _reworded(amendment: Row) -> str:
    column, _, before = amendment["before"].partition("=")
    if column == "coding":
        return tr(
            "Coding corrected on {day}, with the {known} known: {words}. "
            "Before: {before}. Why: {why}.",
            day=format_day(amendment["day"]),
            known=amendment["known"],
            words=_amended_words(amendment),
            before=before,
            why=amendment["why"],
        )
    if column == "claim":
        return tr(
            'In other words since {day}: {words}. Before: "{before}".',
            day=format_day(amendment["day"]),
            words=_amended_words(amendment),
            before=before,
        )
    return tr(
        "Made exact on {day}, with the {known} known: {words}.",
        day=format_day(amendment["day"]),
        known=amendment["known"],
        words=_amended_words(amendment),
    )


def _amended_words(amendment: Row) -> str:
    numbers = {name: number(amendment[name]) for name in ("target", "holds", "partly")}
    held = {name: value for name, value in numbers.items() if value is not None}
    where = row_location("amendments", claim=amendment["claim"], words=amendment["words"])
    return with_numbers(amendment["words"], _rule(amendment), held, f"{where}, column words")


def check_amendments(claim: str) -> None:
    """Raises RowError where a row of data/amendments.csv on a claim says what nothing can read;
    UnknownClaim.
    """
    for amendment in amendments(claim):
        _amended_words(amendment)
        rule = amendment["rule"] and _rule(amendment)
        if rule and rule.comparison == "coded" and not {*rule.levels.values()} <= {*VERDICTS}:
            where = row_location(
                "amendments", claim=amendment["claim"], day=amendment["day"], part=amendment["part"]
            )
            words = f"write a verdict after each =, one of {', '.join(VERDICTS)}"
            raise RowError(f"{where}, column levels: {amendment['levels']}: {words}")


def joint_verdict(verdicts: Iterable[str]) -> str:
    """The verdict of several parts: theirs where it is one, undecided or unjudged where one is,
    else partly.
    """
    kinds = set(verdicts)
    if UNJUDGED in kinds:
        return UNJUDGED
    return "undecided" if "undecided" in kinds else "partly" if len(kinds) > 1 else kinds.pop()


def _part(amendment: Row, vintage: Vintage) -> Part:
    rule, words = _rule(amendment), _amended_words(amendment)
    if rule.comparison == "documents":
        return Part(
            amendment["part"], words, _by_documents(amendment["claim"], amendment["part"], vintage)
        )
    options, measure = pairs(amendment["options"]), amendment.get("measure")
    if measure:
        finding = _measured_anew(amendment["claim"], measure, vintage)
    else:
        finding = evaluate_or_fault(amendment["claim"], vintage, **options)
    if finding.fault:
        return Part(amendment["part"], words, UNJUDGED, finding.reason)
    rule.fits(finding.figures)
    verdict = rule.outcome(finding.figures)
    verdict = str(rule.levels.get(verdict, verdict))
    found = finding.reason if options or measure else ""
    marks = Marks() if verdict == "undecided" else marks_of(rule, finding)
    return Part(amendment["part"], words, verdict, found, marks)


def _measured_anew(claim: str, measure: str, vintage: Vintage) -> Finding:
    """What is found by the measure of an amendment, which is JSON."""
    try:
        return shaped.found_by(claim, json.loads(measure), vintage)
    except NotHeld as lack:
        return Finding(reason=lack.sentence)
    except Exception as fault:
        return finding_of_fault(as_slip(fault))


def _rule(amendment: Row) -> Rule:
    """The rule of a claim with what an amendment says in its place. Raises RowError."""
    rule = rule_of(amendment["claim"])
    try:
        return _replaced(rule, amendment)
    except Problem as fault:
        where = row_location(
            "amendments", claim=amendment["claim"], day=amendment["day"], part=amendment["part"]
        )
        raise RowError(f"{where}, {fault}") from None


def _replaced(rule: Rule, amendment: Row) -> Rule:
    return replace(
        rule,
        comparison=amendment["rule"] or rule.comparison,
        unit=amendment["unit"] or rule.unit,
        target=number(amendment["target"]) or 0,
        holds=number(amendment["holds"]),
        partly=number(amendment["partly"]),
        cap=amendment["cap"] or rule.cap,
        levels=pairs(amendment["levels"]),
        variants={},
    )


# Documents


def documents_told(claim: str, said: str = "") -> Iterator[tuple[str, bool]]:
    """Each document on a claim in a sentence, with what it says to the rule and to an amended one;
    and whether it was there on the article's day. said: what stands above, and is not said again.
    """
    parts = {*rule_of(claim).levels, *(amendment["part"] for amendment in amendments(claim))}
    early = [document["date"] for document in documents(claim, "then")]
    for document in documents(claim, "since"):
        bears = [
            tr(BEARS[how], part=part) for part, how in shows(document).items() if part in parts
        ]
        both = tr(" and ").join(bears)
        speaks = f" {tr('It {bears}.', bears=both)}" if bears else ""
        note = f" ({document['note']})" if document["note"] else ""
        page = f": {document['page']}" if document["page"] != format_day(document["date"]) else ""
        where = (
            f"{document['publisher']}, {format_day(document['date'])} ({document['status']}{page})"
        )
        says = tr(", as above") if document["says"] in said else f": {document['says']}"
        told = tr("Document: {where}{says}{note}.", where=where, says=says, note=note)
        yield (f"{told}{speaks}", document["date"] in early)


def _by_documents(claim: str, part: str, vintage: Vintage) -> str:
    """What documents say of a part: shown, contradicted, both or neither."""
    stances = {shows(document).get(part, "") for document in documents(claim, vintage)}
    verdicts = {"for": "holds", "against": "fails"}
    return (
        joint_verdict(verdicts[word] for word in stances - {""}) if stances - {""} else "undecided"
    )
