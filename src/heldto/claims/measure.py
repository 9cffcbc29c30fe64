"""What a shape measures for a claim, {shape, table, ...}: what it finds, its unit and words, and
whom it names.
"""

import inspect
from collections.abc import Mapping
from typing import Any

from heldto import evidence
from heldto.claims.keys import OF_MEASURE, Table
from heldto.errors import NotHeld
from heldto.evidence import Vintage, actors
from heldto.measures import SHAPES, ShapeFigure
from heldto.tr import tr

UNITS = {"share": "percent", "rank": "rank", "ratio": "ratio", "count": "rows"}
OF_CHANGE = {"percent": "percent", "percent a year": "percent a year", "fall": "percent fall"}
CELLS = ("where", "part", "of", "to", "above")  # keys that choose rows by their cells


def figure(measure: Table, vintage: Vintage | None = None) -> ShapeFigure:
    """What a measure finds in a vintage. Raises NotHeld, Problem."""
    frame, known = evidence.table(measure["table"], vintage), arguments(measure)
    given = {key: value for key, value in measure.items() if key in known}
    return SHAPES[measure["shape"]](frame, **{"time": time_of(measure), **given})


def time_of(measure: Table) -> str:
    """The column of time of the table of a measure, "year" where it has none."""
    entry = evidence.describe(measure["table"])
    return str((entry.get("time") or {}).get("field", "year"))


def own_times(measure: Table) -> dict[str, Any]:
    """The years (months, days) that the two sides of a ratio name themselves, by their keys."""
    sides = [(key, measure[key]) for key in ("of", "to") if isinstance(measure.get(key), dict)]
    return {key: side[time] for key, side in sides if (time := time_of(measure)) in side}


def arguments(measure: Table) -> dict[str, inspect.Parameter]:
    """What the shape of a measure takes beside its frame; {} where no shape measures it."""
    if not measure:
        return {}
    frame, *parameters = inspect.signature(SHAPES[measure["shape"]]).parameters.items()
    return dict(parameters)


def unit_of(measure: Table) -> str:
    """The unit of what a measure finds: the one it names, else that of its shape or its column."""
    if "unit" in measure:
        return str(measure["unit"])
    if measure["shape"] == "change":
        if measure.get("of") == "share":
            return "percentage points"
        if measure.get("how") in OF_CHANGE:
            return OF_CHANGE[measure["how"]]
    if measure["shape"] == "count" and {"above", "distinct"} & measure.keys():
        times = "above" in measure or measure["distinct"] == time_of(measure)
        return f"{time_of(measure)}s" if times else "different values"
    return UNITS.get(measure["shape"]) or _column(measure).get("unit", "number")


def what_of(measure: Table) -> str:
    """What is measured, in words: those it gives, else the title of its column and its cells."""
    if "what" in measure:
        return str(measure["what"])
    title = _column(measure).get("title", measure.get("column", tr("rows")))
    called = [
        actors.name(code) if actors.known(code) == code else code for code in named_cells(measure)
    ]
    about = f" ({', '.join(dict.fromkeys(filter(None, called)))})" if any(called) else ""
    return f"{title}{about}"


def _column(measure: Table) -> Table:
    return evidence.describe_column(measure["table"], measure.get("column", ""))


def named_cells(measure: Table) -> list[str]:
    """The cells that a measure names, in their order."""
    chosen = [measure.get(key) for key in CELLS]
    cells = [cell for one in chosen if isinstance(one, Mapping) for cell in one.values()]
    if "who" in measure:
        cells.append(measure["who"])
    return [str(code) for cell in cells for code in (cell if isinstance(cell, list) else [cell])]


def actors_of(measure: Table) -> list[str]:
    """The actors among the cells that a measure names, in their order."""
    return [code for code in dict.fromkeys(named_cells(measure)) if actors.known(code) == code]


def replaceable(measure: Table) -> list[str]:
    """The actors of a measure in whose place others can stand, in their order: not those among whom
    somebody is ranked, or of whom somebody is a share.
    """
    columns = _compared_within(measure)
    aside = {key: _without(measure[key], columns) for key in FIELDS if key in measure}
    return actors_of({**measure, **aside})


FIELDS = ("where", "whole")  # keys that say among whom somebody is ranked, or is a share


def _compared_within(measure: Table) -> set[str]:
    """The columns by which somebody is ranked, or is a share: others stand among the same rows."""
    return {*(measure.get("part") or {}), *filter(None, [measure.get("by")])}


def _without(cells: Any, columns: set[str]) -> Any:
    if not isinstance(cells, Mapping):
        return cells
    return {column: cell for column, cell in cells.items() if column not in columns}


def takes_the_latest(measure: Table) -> bool:
    """Whether a measure takes the last year that there is."""
    times = measure.get("years", measure.get("at", "last"))
    return "last" in (times if isinstance(times, list) else [times])


def merged(measure: Table, puts: Table) -> dict[str, Any]:
    """A measure with what an option puts in its place: rows by column, all else by key."""
    changed = dict(measure)
    for key, value in puts.items():
        before = measure.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            changed[key] = {**before, **value}
        else:
            changed[key] = value
    return changed


def in_places(measure: Table, places: Mapping[str, str]) -> dict[str, Any]:
    """A measure with others in the places of its actors, {code: another}. Those among whom somebody
    is ranked, or of whom somebody is a share, stay. Raises NotHeld for another who is not among
    them.
    """
    columns, aside = _compared_within(measure), ("shape", *OF_MEASURE)
    put = {key: one if key in aside else _put(one, places) for key, one in measure.items()}
    for key in FIELDS:
        for column in columns & {*(measure.get(key) or {})}:
            put[key] = put[key] | {column: measure[key][column]}
            _check_among(measure[key][column], places)
    return put


def _check_among(cells: Any, places: Mapping[str, str]) -> None:
    """Raises NotHeld where one of several is replaced by somebody who is not among them."""
    for code, other in places.items() if isinstance(cells, list) else ():
        if code in cells and other not in cells:
            raise NotHeld(f"{actors.name_or_cell(other)} is not among those who are compared")


def _put(held: Any, places: Mapping[str, str]) -> Any:
    if isinstance(held, Mapping):
        return {key: _put(one, places) for key, one in held.items()}
    if isinstance(held, list):
        return [_put(one, places) for one in held]
    return places.get(held, held) if isinstance(held, str) else held
