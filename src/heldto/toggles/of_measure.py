"""The rows of a picture that draws what a claim measures: its shape, for each actor in the place of
the claim's, year by year or as the claim counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from heldto import evidence
from heldto.claims import shaped
from heldto.claims.listed import find_claim
from heldto.claims.over_time import falls, measures_over_time, yearly_figures
from heldto.errors import NotHeld, Problem
from heldto.evidence import actors
from heldto.measures.shapes import EXTREMES
from heldto.tr import tr, tr_noop

SAID = {  # what stands in the title
    "value": "",
    "share": tr_noop(", share of the whole"),
    "change": tr_noop(", change since {first}"),
    "rank": tr_noop(", rank"),
    "count": tr_noop(", counted"),
    "ratio": tr_noop(", as a multiple"),
}

ITS = {"peak": tr_noop("its peak"), "low": tr_noop("its low")}


def measured_rows(claim: str, *, over_time: bool) -> tuple[dict[str, Any], pd.DataFrame]:
    """What a picture of a claim's measure says (table, axes, unit, title), and its rows: actor, the
    figure, and over time the year. Raises Problem where the claim measures nothing, where nobody
    can stand in the place of its actors, or where no year has a figure.
    """
    found = find_claim(claim)
    if fault := shaped.fault(found.id):
        raise Problem(fault)
    measure, among = found.measure, shaped.compared_by_shape(found.id)
    if among and not among.swap:
        remedy = f"write compare = [...] into the measure of {claim}"
        raise Problem(f"{claim} does not say in whose place others stand: {remedy}")
    if not measure:
        raise Problem(f"{claim} has no measure: draw a table, or name another claim")
    if not among and not over_time:
        raise Problem(f"{claim} measures one figure of no actor: draw it as lines")
    entry = evidence.describe(measure["table"])
    time, shape = (entry.get("time") or {}).get("field", "year"), measure["shape"]
    times = [*measures_over_time(claim)] if over_time else [("", measure)]
    if among:
        rows = [*_figures(times, among.swap[0], None if over_time else "then")]
        frame = pd.DataFrame(rows, columns=["actor", time, shape])
    else:
        frame = yearly_figures(claim, "since").rename_axis(time).reset_index(name=shape)
    if frame.empty:
        raise Problem(f"{claim} has no figure to draw")
    if among and falls(measure):
        frame[shape] = 0 - frame[shape]  # so that what fell goes down
    if frame[shape].mod(1).eq(0).all():
        frame = frame.astype({shape: int})
    axes = (time, shape) if over_time else ("actor", shape)
    unit = "percent" if falls(measure) else found.rule.unit
    more = dict(table=measure["table"], x=axes[0], y=axes[1], unit=unit)
    more |= {"by": "actor"} if among else {}
    return more | {"neutral": _title(measure)}, frame if over_time else frame.drop(columns=time)


def _figures(
    times: Sequence[tuple[Any, Mapping[str, Any]]], place: str, vintage: Any
) -> Iterator[tuple[str, Any, float]]:
    """(actor, time, figure) of every actor who has one, in the place of the claim's."""
    for code in actors.EVERYBODY:
        for time, measure in times:
            try:
                finding = shaped.figure(shaped.in_places(measure, {place: code}), vintage)
            except NotHeld:
                continue
            yield code, time or finding.until, finding.value


def _title(measure: Mapping[str, Any]) -> str:
    table = measure["table"]
    field = evidence.describe_column(table, measure.get("column", ""))
    described = field or evidence.describe(table)  # without a column its rows are counted
    of = str(described.get("title", field.get("name", table)))
    of = of.partition(":")[0]  # as of "Ideal point: higher is nearer to the West"
    if measure["shape"] == "rank" and measure.get("of") == "change":
        return tr("{what}, rank by growth", what=of)
    if "above" in measure:
        others = tr(" and ").join(map(actors.name_or_cell, measure["above"].values()))
        return tr("{what}, years above {others}", what=of, others=others)
    first = [*measure.get("years", ""), ""][0]
    its = tr(ITS[first]) if first in EXTREMES else first
    return of + tr(SAID[measure["shape"]], first=its)
