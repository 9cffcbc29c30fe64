"""From when to when a claim is measured, and against what, in a sentence: what a guess needs to be
fair, and what gives no figure away.
"""

import re
from typing import Any

from heldto import article
from heldto.claims import ledger, listed
from heldto.claims.keys import Table
from heldto.claims.measure import figure, own_times, takes_the_latest
from heldto.claims.shaped import ITS
from heldto.errors import NotHeld
from heldto.tr import tr, tr_noop

YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
LAST = tr_noop("the last year known")
CHANGES = {
    "difference": tr_noop("What counts is the change from {first} to {last}."),
    "percent": tr_noop("What counts is the change from {first} to {last}, in percent of {first}."),
    "percent a year": tr_noop(
        "What counts is the change from {first} to {last}, in percent a year."
    ),
    "fall": tr_noop("What counts is how far {last} lies below {first}, in percent of {first}."),
}
OF_SHARE = tr_noop("What counts is the change of the share from {first} to {last}.")
GROWTH = tr_noop("What counts is the place by the change from {first} to {last}.")
TOGETHER = {
    "sum": tr_noop("What counts is the sum of the years {first} to {last}."),
    "mean": tr_noop("What counts is the mean of the years {first} to {last}."),
    "max": tr_noop("What counts is the highest figure of the years {first} to {last}."),
    "min": tr_noop("What counts is the lowest figure of the years {first} to {last}."),
}
SPANS = {
    "years": tr_noop("What counts are the years {first} to {last}."),
    "year": tr_noop("What counts is {last}."),
    "two": tr_noop("What counts are the figures of {first} and of {last}."),
    "row": tr_noop("What counts are the years in a row up to {last}."),
    "all": tr_noop("What counts are all years up to {last}."),
}


def span_told(claim: str) -> str:
    """From when to when a claim is measured, in a sentence; "" where no year belongs to it.

    Of a claim that no shape measures: of when the latest figures are, where its words name no year.
    """
    found = listed.find_claim(claim)
    if found.fault or found.rule.comparison == "undecided":
        return ""
    if found.measured_by == "shape":
        return _of_shape(found.measure, found.due)
    if found.measured_by == "documents" or YEAR.search(f"{found.what} {found.thresholds}"):
        return ""
    then = ledger.both(claim)[0]
    until = then.data_until
    if [*then.tables] == ["documents"] or not YEAR.fullmatch(until):
        return ""
    month = article.current().month
    return tr("The latest figures known in {month} are those of {year}.", month=month, year=until)


def asks_for_table(claim: str) -> str:
    """What would decide a claim for which no rule is, and the question that a guess on it answers:
    whether a table here has that. "" where nobody wrote it, and for a claim that has a rule.
    """
    found = listed.find_claim(claim)
    if found.fault or found.rule.comparison != "undecided" or not found.would_decide:
        return ""
    what = found.would_decide.rstrip(".")
    return tr("What would decide it: {what}. Does a table here have that?", what=what)


def span_asked(claim: str) -> str:
    """What the years of a claim's rule lack for a reader, in a sentence with its remedy; ""
    where they are told.
    """
    found = listed.find_claim(claim)
    measure, undecided = found.measure, found.rule.comparison == "undecided"
    named = [*dict.fromkeys(YEAR.findall(f"{found.says} {found.what}"))]
    if measure:
        measured = {*YEAR.findall(f"{measure.get('at', '')} {measure.get('years', '')}")}
        for key in ("where", "part", "whole", "of", "to", "above"):  # each may name its own
            part = measure.get(key)
            measured |= {*YEAR.findall(f"{part.get('year', '')}" if isinstance(part, dict) else "")}
        if found.due:
            measured.add(str(found.due))
        strange = [year for year in named if year not in measured]
        if not strange or _is_within(strange, measured, takes_the_latest(measure)):
            return ""
        key = "years" if "years" in measure else "at"
        now = f"{key} = {measure[key]}" if key in measure else "no year, so the last known is taken"
        return f"its words name {', '.join(strange)}, and its measure has {now}: mend one of them"
    if undecided or found.measured_by != "Python" or span_told(claim) or named:
        return ""
    return "from when to when? No sentence tells readers: write the years into what"


def _is_within(years: list[str], measured: set[str], to_the_last: bool) -> bool:
    """Whether years lie between the first and the last that are measured."""
    if not measured:
        return False
    return all(min(measured) <= year and (to_the_last or year <= max(measured)) for year in years)


def _of_shape(measure: Table, due: int | None) -> str:
    shape, years = measure["shape"], measure.get("years")
    if years and (shape == "change" or measure.get("of") == "change"):
        first, last = _named(years[0], measure), _named(due or years[1], measure)
        text = CHANGES[measure.get("how", "difference")]
        if shape == "rank":
            text = GROWTH
        elif measure.get("of") == "share":
            text = OF_SHARE
        return tr(text, first=first, last=last)
    moment: Any = years or measure.get("at", "all" if shape == "count" else "last")
    if measure.get("since"):
        last = moment[1] if isinstance(moment, list) else "last"
        return tr(SPANS["row"], last=_named(last, measure))
    if moment == "all":
        last = _named("last", measure)
        return tr(SPANS["all"], last=last) if last else ""
    if isinstance(moment, list):
        first, last = _named(moment[0], measure), _named(due or moment[-1], measure)
        if shape == "count":
            return tr(SPANS["years"], first=first, last=last)
        return tr(TOGETHER[measure.get("combine", "sum")], first=first, last=last)
    last = _named(due or moment, measure)
    if own := own_times(measure):
        return tr(SPANS["two"], first=own.get("of", last), last=own.get("to", last))
    return tr(SPANS["year"], last=last) if last else ""


def _named(year: Any, measure: Table) -> str:
    """A year as a sentence names it: the last one known with the year that it is on the article's
    day; "" where the table has no years.
    """
    if year in ITS:
        return tr(ITS[year])
    if year != "last":
        return str(year)
    try:
        until = figure(measure, "then").until
    except NotHeld:
        return tr(LAST)
    if until == "":
        return ""
    month = article.current().month
    return tr("the last year known (in {month}: {year})", month=month, year=until)
