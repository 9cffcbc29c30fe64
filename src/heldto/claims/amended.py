"""Amended rules: each beside the one fixed beforehand, never in its place, with its own verdict."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, NamedTuple

from heldto import evidence
from heldto.claims.rule import UNJUDGED, VERDICTS, Rule, number, pairs, row, row_location
from heldto.claims.verdict import evaluate_or_fault
from heldto.claims.wording import rule_text
from heldto.errors import Problem, RowError
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.words import capital, format_day

BEARS = {"for": "supports", "against": "contradicts"}  # how a document bears on a part of a rule

Row = dict[str, Any]  # of data/amendments.csv


class Part(NamedTuple):
    """One part of an amended rule: its name ("" of the whole), its words, and what they say to what
    was found; found: the sentence of the test where the part asks for another figure.
    """

    name: str
    words: str
    verdict: str
    found: str = ""


class Amended(NamedTuple):
    """An amended rule, judged: when, with what known, and the verdict of its parts."""

    date: str
    known: str
    verdict: str
    parts: Sequence[Part]

    def label(self) -> str:
        """When it was amended, and what was known by then."""
        return f"by the rule amended on {self.date}, with the {self.known} known"

    def found(self) -> list[str]:
        """What each part says to what was found."""
        told = (f"{part.name}: {part.verdict}. {part.found}" for part in self.parts if part.name)
        alone = (part.found for part in self.parts if part.found and not part.name)
        return [capital(line.strip()) for line in (*told, *alone)]


def amendments(claim: str) -> list[Row]:
    """What data/amendments.csv holds on a claim. Raises UnknownClaim."""
    wanted = row(claim)["id"]
    return [one for one in evidence.rows("amendments") if one["claim"] == wanted]


@cached
def judge_amended(claim: str, vintage: Vintage) -> Amended | None:
    """The amended rule of a claim and its verdict; None where only the first one is.

    Raises UnknownClaim; RowError where a row of data/amendments.csv on it cannot be read.
    """
    ruled = [one for one in amendments(claim) if one["rule"]]
    if not ruled:
        return None
    parts = [_part(one, vintage) for one in ruled]
    verdict = joint_verdict(part.verdict for part in parts)
    return Amended(format_day(ruled[0]["day"]), ruled[0]["known"], verdict, parts)


def amendment_sentences(claim: str) -> list[str]:
    """What was amended, when, with what known and why: a sentence each. Raises UnknownClaim."""
    ruled = [one for one in amendments(claim) if one["rule"]]
    others = [_reworded(one) for one in amendments(claim) if not one["rule"]]
    return [*([_ruled(ruled)] if ruled else []), *others]


def _ruled(parts: Sequence[Row]) -> str:
    said = [capital(f"{one['part']}: {_words(one)}".removeprefix(": ")) for one in parts]
    if len(parts) > 1:
        said.append(
            "Together: if all hold, it holds; if none holds, it fails; otherwise it holds partly"
        )
    said.append(f"Why: {'; '.join(one['why'] for one in parts if one['why'])}")
    known = f"with the {parts[0]['known']} known"
    return f"Amended on {format_day(parts[0]['day'])}, {known}: {'. '.join(said)}."


def _reworded(one: Row) -> str:
    column, _, before = one["before"].partition("=")
    if column == "claim":
        return f'In other words since {format_day(one["day"])}: {_words(one)}. Before: "{before}".'
    return f"Made exact on {format_day(one['day'])}, with the {one['known']} known: {_words(one)}."


def _words(one: Row) -> str:
    return rule_text(_rule(one), "words", one)


def check_amendments(claim: str) -> None:
    """Raises RowError where a row of data/amendments.csv on a claim says what nothing can read;
    UnknownClaim.
    """
    for one in amendments(claim):
        _words(one)
        rule = one["rule"] and _rule(one)
        if rule and rule.comparison == "coded" and not {*rule.levels.values()} <= {*VERDICTS}:
            where = row_location("amendments", claim=one["claim"], day=one["day"], part=one["part"])
            words = f"write a verdict after each =, one of {', '.join(VERDICTS)}"
            raise RowError(f"{where}, column levels: {one['levels']}: {words}")


def joint_verdict(verdicts: Iterable[str]) -> str:
    """The verdict of several parts: theirs where it is one, undecided or unjudged where one is,
    else partly.
    """
    every = set(verdicts)
    if UNJUDGED in every:
        return UNJUDGED
    return "undecided" if "undecided" in every else "partly" if len(every) > 1 else every.pop()


def _part(one: Row, vintage: Vintage) -> Part:
    rule, words = _rule(one), _words(one)
    if rule.comparison == "documents":
        return Part(one["part"], words, _by_documents(one["claim"], one["part"], vintage))
    options = pairs(one["options"])
    told = evaluate_or_fault(one["claim"], vintage, **options)
    if told.fault:
        return Part(one["part"], words, UNJUDGED, told.reason)
    rule.fits(told.figures)
    verdict = rule.outcome(told.figures)
    verdict = str(rule.levels.get(verdict, verdict))
    return Part(one["part"], words, verdict, told.reason if options else "")


def _rule(one: Row) -> Rule:
    """The rule of a claim with what an amendment says in its place. Raises RowError."""
    own = Rule.of(one["claim"])
    try:
        return _replaced(own, one)
    except Problem as fault:
        where = row_location("amendments", claim=one["claim"], day=one["day"], part=one["part"])
        raise RowError(f"{where}, {fault}") from None


def _replaced(own: Rule, one: Row) -> Rule:
    return replace(
        own,
        comparison=one["rule"] or own.comparison,
        unit=one["unit"] or own.unit,
        target=number(one["target"]) or 0,
        holds=number(one["holds"]),
        partly=number(one["partly"]),
        cap=one["cap"] or own.cap,
        levels=pairs(one["levels"]),
        varied=False,
    )


# Documents


@cached
def documents(claim: str, vintage: Vintage) -> list[Row]:
    """What data/documents.csv holds on a claim, by day. Raises UnknownClaim."""
    name = row(claim)["id"]
    held = (one for one in evidence.rows("documents", vintage) if one["claim"] == name)
    return sorted(held, key=itemgetter("date"))


def documents_told(claim: str, said: str = "") -> Iterator[tuple[str, bool]]:
    """Each document on a claim in a sentence, with what it says to the rule and to an amended one;
    and whether it was there in August 2019. said: what stands above, and is not said again.
    """
    asked = {*Rule.of(claim).levels, *(one["part"] for one in amendments(claim))}
    early = [one["date"] for one in documents(claim, "then")]
    for one in documents(claim, "since"):
        bears = [f"{BEARS[how]} “{part}”" for part, how in shows(one).items() if part in asked]
        speaks = f" It {' and '.join(bears)}." if bears else ""
        note = f" ({one['note']})" if one["note"] else ""
        page = f": {one['page']}" if one["page"] != format_day(one["date"]) else ""
        where = f"{one['publisher']}, {format_day(one['date'])} ({one['status']}{page})"
        says = ", as above" if one["says"] in said else f": {one['says']}"
        yield (f"Document: {where}{says}{note}.{speaks}", one["date"] in early)


def _by_documents(claim: str, part: str, vintage: Vintage) -> str:
    """What documents say of a part: shown, contradicted, both or neither."""
    said = {shows(one).get(part, "") for one in documents(claim, vintage)}
    verdicts = {"for": "holds", "against": "fails"}
    return joint_verdict(verdicts[word] for word in said - {""}) if said - {""} else "undecided"


def shows(document: Mapping[str, Any]) -> dict[str, str]:
    """Which parts a document bears on, and how: {"petition": "for", "projects": "against"}."""
    return pairs(document["shows"])
