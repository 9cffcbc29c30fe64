"""What a shape measures for a claim, {shape, table, ...}: what it finds, its unit and words, and
whom it names.
"""

import inspect
from collections.abc import Mapping
from typing import Any

from heldto import evidence
from heldto.claims.keys import OF_MEASURE, Table
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
    if measure["shape"] == "count" and "above" in measure:
        return f"{time_of(measure)}s"
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


def in_places(held: Any, places: Mapping[str, str]) -> Any:
    """A measure with others in the places of its actors, {code: another}."""
    if isinstance(held, Mapping):
        aside = ("shape", *OF_MEASURE)
        return {key: one if key in aside else in_places(one, places) for key, one in held.items()}
    if isinstance(held, list):
        return [in_places(one, places) for one in held]
    return places.get(held, held) if isinstance(held, str) else held
