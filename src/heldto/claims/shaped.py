"""The test of a claim whose measure is one of the shapes of `heldto.measures`, or that documents
decide: made of what its block says, and called as any test.
"""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from heldto import article, evidence
from heldto.claims import listed
from heldto.claims.claim import ArticleClaim
from heldto.claims.documents import documents, shows
from heldto.claims.keys import Table
from heldto.claims.measure import (
    CELLS,
    figure,
    in_places,
    merged,
    own_times,
    replaceable,
    time_of,
    unit_of,
    what_of,
)
from heldto.claims.verdict import UNSAID, Compared, Finding
from heldto.errors import NotHeld, Problem, TextError
from heldto.evidence import Vintage, actors
from heldto.evidence.actors import reporter_name
from heldto.evidence.caching import cached
from heldto.measures import ShapeFigure
from heldto.measures.shapes import EXTREMES
from heldto.text.language import Writer, instead
from heldto.text.words import capital, format_day, join_names
from heldto.tr import numerals, tr, tr_noop

REASONS = {
    "value": tr_noop("{{ what }}{{ when }}: {{ told }}."),
    "share": tr_noop("{{ what }}{{ when }}: {{ told }}."),
    "change": tr_noop(
        "{{ what }}: {{ before_said }} in {{ first }}, {{ after_said }} in {{ until }}; "
        "the change is {{ told }}."
    ),
    "rank": tr_noop("{{ what }}{{ when }}: {{ told }} of {{ among }}{{ after_whom }}."),
    "count": tr_noop("{{ what }}{{ when }}: {{ told }}{{ compared_years }}."),
    "ratio": tr_noop("{{ what }}{{ when }}: {{ of_said }} to {{ to_said }}, {{ told }}."),
}

ITS = {"peak": tr_noop("its peak"), "low": tr_noop("its low")}
SIZES = {1e12: tr_noop("trillion"), 1e9: tr_noop("billion"), 1e6: tr_noop("million")}


@cached
def test(claim: str) -> "Shaped | None":
    """The test that a claim's block declares; None where Python has to test it."""
    found = listed.find_claim(claim)
    return None if found.measured_by == "Python" or found.fault else Shaped(found)


def with_limit(claim: ArticleClaim, sentence: str) -> str:
    """What a claim's figure says, with what it cannot show."""
    if not claim.cannot or not sentence:
        return sentence
    return f"{sentence} {tr('What this cannot show: {limit}', limit=claim.cannot)}"


def finding_title(claim: str, vintage: Vintage) -> str:
    """What a claim's figures say, for the title of a picture; "" where there is no figure, or its
    own sentence says more than one.
    """
    found = listed.find_claim(claim)
    try:
        sentence = Shaped(replace(found, cannot="", sentences={}))(vintage).reason
    except NotHeld:
        return ""
    return sentence.removesuffix(".")


def found_by(claim: str, measure: Table, vintage: Vintage) -> Finding:
    """What a claim's test finds with another measure in the place of its own. Raises Problem."""
    return Shaped(replace(listed.find_claim(claim), measure=measure))(vintage)


@cached
def compared_by_shape(claim: str) -> Compared | None:
    """In whose place a yardstick puts others; None where nobody can stand."""
    made = test(claim)
    return made.compared() if made else None


@cached
def fault(claim: str) -> str:
    """What is wrong with a claim, also in what its measure finds in its table; "" where nothing."""
    found = listed.find_claim(claim)
    try:
        if found.fault or not found.measure:
            return found.fault
        _look_at(f"{found.where}, measure", found.measure)
        for option in found.options:
            if option["puts"]:
                place = f'{found.where[:-1]}.readings.{option["dimension"]}], "{option["option"]}"'
                _look_at(place, merged(found.measure, option["puts"]))
    except NotHeld as lack:
        return f"{found.where}: {lack}"
    except Problem as slip:
        return str(slip)
    return ""


def _look_at(where: str, measure: Table) -> None:
    """Raises TextError where a measure names what its table has not."""
    frame = evidence.table(measure["table"])
    _check_times(where, measure, frame)
    try:
        figure(measure)
    except NotHeld:
        pass
    except (Problem, TypeError, ValueError) as slip:
        raise TextError(f"{where}: {slip}") from None
    named = {key: measure.get(key) for key in (*CELLS, "whole")}
    if "who" in measure:
        named["who"] = {measure["by"]: measure["who"]}
    for key, chosen in named.items():
        for column, cells in chosen.items() if isinstance(chosen, Mapping) else ():
            pairs = frame.attrs.get("pairs", ())  # either of a pair stands in either column
            places = [*pairs] if column in pairs else [column]
            known = [*pd.unique(frame[places].to_numpy().ravel())]
            for cell in cells if isinstance(cells, list) else [cells]:
                if cell not in known:
                    spelt = {str(one).casefold(): one for one in known}.get(str(cell).casefold())
                    hint = f'Did you mean "{spelt}"?' if spelt else instead(cell, known)
                    says = f'no row of {measure["table"]} has {column} "{cell}"'
                    raise TextError(f"{where}, {key}: {says}. {hint}")


def _check_times(where: str, measure: Table, frame: pd.DataFrame) -> None:
    """Raises TextError where a year stands in quotes, or a month or day does not."""
    time = time_of(measure)
    if time not in frame:
        return
    in_numbers = pd.api.types.is_numeric_dtype(frame[time])
    for key, moment in _times(measure):
        if isinstance(moment, str) and in_numbers:
            says = f'the {time} "{moment}" stands in quotes: write {moment}'
            raise TextError(f"{where}, {key}: {says}, or one of the words last, peak, low")
        if not isinstance(moment, str) and not in_numbers:
            like = frame[time].iloc[0]
            says = f"{moment} is no {time} of the table: write it in quotes, as in"
            raise TextError(f'{where}, {key}: {says} "{like}"')


def _times(measure: Table) -> Iterator[tuple[str, Any]]:
    """The years (months, days) that a measure names, each with its key; no words, as "last"."""
    for key in ("at", "years"):
        times = measure.get(key, [])
        for moment in times if isinstance(times, list) else [times]:
            if moment not in ("last", *EXTREMES):
                yield key, moment


def strange_times(claim: ArticleClaim) -> Iterator[str]:
    """A line, with its remedy, on each year (month, day) of a claim's own measure that its table
    cannot have, or that nobody could know on the article's day, where no forecast is due in it.
    """
    if not claim.measure or claim.fault:
        return
    table, time = evidence.table(claim.measure["table"]), time_of(claim.measure)
    if time not in table:
        return
    first, last, day = table[time].min(), table[time].max(), article.current().on
    cut = (evidence.describe(claim.measure["table"]).get("time") or {}).get("cut", "annual")
    known = type(first)(evidence.CUTS[cut])
    for key, moment in _times(claim.measure):
        where = f"{claim.where}, measure, {key}: {moment}"
        remedy = f'write {min(last, known)} or earlier, or kind = "forecast" and due = {moment}'
        if moment < first:
            yield f"{where} is before the table begins, in {first}: write {first} or later"
        elif moment > max(last, known) and moment != claim.due:
            yield f"{where} is after the table ends, in {last}: {remedy}"
        elif moment > known and moment != claim.due:
            says = f"is not known on {day}, the article's day, so only *since* can use it"
            yield f"{where} {says}: {remedy}"


@dataclass(frozen=True)
class Shaped:
    """Called with a vintage, others in the places of its actors, options of its other readings."""

    claim: ArticleClaim

    @cached_property
    def places(self) -> dict[str, str]:
        """{actor: parameter}: in whose place others can stand."""
        return {code: f"place_{code.lower()}" for code in replaceable(self.claim.measure)}

    @cached_property
    def choices(self) -> dict[str, dict[str, Table]]:
        """{argument: {option: what it puts in place of the measure's own}}."""
        return {
            name.replace(" ", "_"): {one["option"]: one["puts"] for one in options}
            for name, options in self.claim.readings.items()
            if name != "threshold"
        }

    @cached_property
    def __signature__(self) -> inspect.Signature:
        new, by_place = inspect.Parameter, inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters = [
            new("vintage", by_place),
            *(new(name, by_place, default=code) for code, name in self.places.items()),
            *(new(name, new.KEYWORD_ONLY, default="") for name in self.choices),
        ]
        return inspect.Signature(parameters)

    def compared(self) -> Compared | None:
        """Whose places others can take, and whom they replace in turn: whom `compare` names, or the
        one actor of the measure. Of several nobody can know who is meant, so nobody is replaced in
        turn. None where the measure names no actor, or takes the books of two.
        """
        if not self.places or "books" in self.claim.measure:
            return None
        alone = [*self.places] if len(self.places) == 1 else []
        return Compared(self.places, tuple(self.claim.measure.get("compare", alone)))

    def __call__(self, vintage: Vintage, *who: str, **given: str) -> Finding:
        if self.claim.measured_by == "documents":
            return self._documented(vintage)
        if not self.claim.measure:
            lack = tr("No table here decides it.")
            return Finding(reason=self.claim.sentences.get("reason", lack), tables=())
        bound = self.__signature__.bind(vintage, *who, **given)
        bound.apply_defaults()
        measure = self.claim.measure
        for name in filter(bound.arguments.get, self.choices):
            option, known = bound.arguments[name], self.choices[name]
            if option not in known:
                raise Problem(f'"{option}" is not an option of {name}. {instead(option, known)}')
            measure = merged(measure, known[option])
        places = {code: bound.arguments[name] for code, name in self.places.items()}
        return self._due(in_places(measure, places), vintage)

    def _due(self, measure: dict[str, Any], vintage: Vintage) -> Finding:
        """What it finds; of a forecast in the year in which it is due, and nothing before."""
        due = self.claim.due
        if due is None:
            return self._found(measure, vintage)
        if _reaches(measure, due, vintage):
            return self._found(_ending(measure, due), vintage)
        found = self._found(so_far(measure, due), vintage, awaited=True)
        return replace(
            found,
            value=None,
            reporters=None,
            reason=tr("Open until {due}. So far: {reason}", due=due, reason=found.reason)
            if found.reason
            else "",
        )

    def _found(
        self, measure: dict[str, Any], vintage: Vintage, *, awaited: bool = False
    ) -> Finding:
        """What its shape finds; awaited: of a forecast before it is due."""
        books = measure.get("books") or {"": {}}
        found = {
            who: figure(merged(measure, {"where": cells} if cells else {}), vintage)
            for who, cells in books.items()
        }
        first = next(iter(found.values()))
        by_book = {who: one.value for who, one in found.items()} if measure.get("books") else None
        reason = ""
        if awaited and _has_not_moved_on(measure, first):
            reason = self._no_later(measure, first)
        elif not UNSAID.get():
            reason = self._reason(measure, first, by_book or {})
        return Finding(
            value=None if by_book else first.value,
            reporters=by_book,
            reason=reason,
            until=first.until,
            tables=[measure["table"]],
        )

    def _reason(self, measure: Table, found: ShapeFigure, books: Mapping[str, float]) -> str:
        claim, rule, unit = self.claim, self.claim.rule, unit_of(measure)
        words = f"{numerals(f'{found.value:,.1f}')} {tr(unit)}"
        if unit == rule.unit:
            words = rule.in_words(found.value)
        if books:
            words = "; ".join(
                f"{capital(reporter_name(who))} {rule.in_words(value)}"
                for who, value in books.items()
            )
        ahead = [who for who in found.parts.get("ahead", ()) if actors.known(str(who)) == who]
        context = {
            **found.parts,
            **{f"{name}_said": _short(part) for name, part in found.parts.items()},
            "value": found.value,
            "until": found.until,
            "told": words,
            "what": capital(what_of(measure)),
            "when": _when(measure, found),
            "compared_years": _compared_years(measure, found),
            "after_whom": tr(", after {names}", names=join_names(ahead)) if ahead else "",
        }
        text = claim.sentences.get("reason", tr(REASONS[measure["shape"]]))
        sentence = Writer(f"[{claim.id}], reason", listed.edges(claim.id)).fill(text, context)
        return with_limit(claim, sentence)

    def _no_later(self, measure: Table, found: ShapeFigure) -> str:
        """What is known of a change whose last year has no figure yet: that of its first year."""
        what, first = capital(what_of(measure)), found.until
        sentence = tr("{what}: no figure later than {first} yet.", what=what, first=first)
        if "before" in found.parts:
            figure = _short(found.parts["before"])
            sentence = tr(
                "{what}: {figure} in {first}, and no later figure yet.",
                what=what,
                figure=figure,
                first=first,
            )
        return with_limit(self.claim, sentence)

    def _documented(self, vintage: Vintage) -> Finding:
        """The level of its rule that the last document shows, its last level where none does."""
        levels = self.claim.rule.levels
        deciding = [
            (document, part)
            for document in documents(self.claim.id, vintage)
            for part in shows(document)
            if part in levels
        ]
        if not deciding:
            lack = tr("No listed document shows it.")
            return Finding(value=[*levels.values()][-1], reason=lack, tables=["documents"])
        last, part = deciding[-1]
        day, says = last["date"], last["says"].rstrip(".")
        reason = f"{last['publisher']}, {format_day(day)}: {says}."
        return Finding(value=levels[part], reason=reason, until=day, tables=["documents"])


def open_until(claim: str, vintage: Vintage = "since") -> int | None:
    """The year in which a forecast is due, where its table ends before that year; else None."""
    found = listed.find_claim(claim)
    if found.due is None or found.fault or "table" not in found.measure:
        return None
    return None if _reaches(found.measure, found.due, vintage) else found.due


def _has_not_moved_on(measure: Table, found: ShapeFigure) -> bool:
    """Whether a change ends in the year in which it begins: of all later years no table knows."""
    moves = measure["shape"] == "change" or measure.get("of") == "change"
    return moves and str(measure["years"][0]) == str(found.until)


def _reaches(measure: Table, due: int, vintage: Vintage) -> bool:
    """Whether the table of a measure has the year in which a forecast is due."""
    times = evidence.table(measure["table"], vintage).get(time_of(measure), ())
    return any(time >= due for time in times)


def _short(value: Any) -> str:
    """A figure that stands beside the one that decides: with three digits, or whole."""
    if not isinstance(value, float):
        return str(value)
    for size, word in SIZES.items():
        if abs(value) >= size:
            return f"{numerals(f'{value / size:,.2f}')} {tr(word)}"
    if not value % 1 or abs(value) >= 1000:
        return numerals(f"{value:,.0f}")
    return numerals(f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}")


def so_far(measure: dict[str, Any], due: int) -> dict[str, Any]:
    """A measure without the year in which a forecast is due, which no table has yet."""
    if measure.get("at") == due:
        return {name: cell for name, cell in measure.items() if name != "at"}
    if measure.get("years", [""])[-1] == due:
        return {**measure, "years": [*measure["years"][:-1], "last"]}
    return measure


def _ending(measure: dict[str, Any], due: int) -> dict[str, Any]:
    """A measure whose last time is the year in which a forecast is due."""
    if "years" in measure:
        return {**measure, "years": [measure["years"][0], due]}
    at = measure.get("at", "last")
    return {**measure, "at": [at[0], due] if isinstance(at, list) else due}


def _compared_years(measure: Table, found: ShapeFigure) -> str:
    """In a count of the years in which one is above the other: of how many, and from when on."""
    if "above" not in measure or not found.value:
        return ""
    if measure.get("since"):
        return tr(" in a row, since {first}", first=found.parts["first"])
    compared, first = found.parts["compared"], found.parts["first"]
    return tr(" of {compared}, the first in {first}", compared=compared, first=first)


def _when(measure: Table, found: ShapeFigure) -> str:
    years = measure.get("years", measure.get("at"))
    if own := own_times(measure):
        if str(found.until) in measure.get("what", ""):  # its words name the years of both
            return ""
        first, last = own.get("of", found.until), own.get("to", found.until)
        return tr(", figures of {first} and of {last}", first=first, last=last)
    if isinstance(years, list):
        first = tr(ITS[years[0]]) if years[0] in EXTREMES else years[0]
        return tr(" from {first} to {last}", first=first, last=found.until)
    return tr(" in {year}", year=found.until) if found.until != "" else ""
