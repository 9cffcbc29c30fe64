"""What a claim measures, asked of each time of its table: for a picture, and for a line that a
reader draws.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from heldto import evidence
from heldto.claims.listed import find_claim
from heldto.claims.measure import figure, time_of
from heldto.errors import NotHeld, Problem
from heldto.evidence import Vintage
from heldto.measures.shapes import EXTREMES


def measures_over_time(claim: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """(time, the measure of a claim asked of that time) of every time of its table. Raises Problem
    where it is asked of no time.
    """
    measure = find_claim(claim).measure
    frame, time = evidence.table(measure["table"]), time_of(measure)
    if time not in frame or any(
        time in (measure.get(part) or {}) for part in ("of", "to", "where")
    ):
        raise Problem(f"{claim} names its years itself, or has none: draw it as bars or dots")
    every = sorted(frame[time].unique().tolist())
    is_change = measure["shape"] == "change" or measure.get("of") == "change"
    key = "years" if is_change or measure["shape"] == "count" else "at"
    span = measure.get(key, [every[0], "last"] if measure["shape"] == "count" else "last")
    for moment in every:
        if is_change or "above" in measure:
            is_first = measure["shape"] == "rank" and moment == span[0]  # nothing has grown yet
            if span[0] in EXTREMES or (moment >= span[0] and not is_first):
                yield moment, {**measure, "years": [span[0], moment]}
        elif not isinstance(span, list):
            yield moment, {**measure, "at": moment}
        elif moment - _length(span, every) >= every[0]:
            yield moment, {**measure, key: [moment - _length(span, every), moment]}


def _length(span: list[Any], every: list[Any]) -> int:
    """From the first to the last of a span, "last" being the last of all."""
    return int((every[-1] if span[1] == "last" else span[1]) - span[0])


def falls(measure: Mapping[str, Any]) -> bool:
    """Whether a measure counts how far a figure fell, in percent."""
    return measure.get("how") == "fall"


def yearly_figures(claim: str, vintage: Vintage) -> "pd.Series[float]":
    """The figure of a claim by year; what fell goes down. Raises Problem."""
    figures = dict[int, float]()
    for year, measure in measures_over_time(claim):
        try:
            figures[year] = figure(measure, vintage).value
        except NotHeld:
            continue
    found = pd.Series(figures, dtype=float)
    return 0 - found if falls(find_claim(claim).measure) else found
