"""What an identity is: a relation between figures that holds in all rows, and the cells that break
it. Most stand in declared.toml.
"""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from heldto.evidence import data_dir, describe
from heldto.evidence.caching import Memory, digest
from heldto.evidence.paths import in_messages
from heldto.evidence.tables import several

TOLD = 3  # faults told of one kind: a vote that is wrong is wrong in 22 pairs
THIS_YEAR = date.today().year
OPPOSITE = {"export": "import", "import": "export"}
DECLARED = tomllib.loads(Path(__file__).with_name("declared.toml").read_text(encoding="utf-8"))
AS_SOURCED = {" ".join(place.split()) for place in DECLARED.pop("as_sourced").split(",")}
LOOK = "look up which of them is wrong"
TINY = 1e-9  # stands for nothing where figures are divided


class Violation(NamedTuple):
    """Rows whose cell in `column` is at odds with another figure; says: a sentence to be filled in
    from the row, without its end.
    """

    column: str
    rows: pd.DataFrame
    says: str
    remedy: str = LOOK


Identity = Callable[..., Iterator[Violation]]
IDENTITIES: dict[Identity, tuple[str, ...]] = {}


def identity(*names: str) -> Callable[[Identity], Identity]:
    """Register a function of these tables (the first is the one whose cells it names)."""

    def register(function: Identity) -> Identity:
        IDENTITIES[function] = names
        return function

    return register


def violations(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """A line for each cell that breaks an identity; frames: tables by name, indexed by the row in
    the file. What is asked of a table that is not among them, or has no row, is passed over.
    """
    filled = {name: frame for name, frame in frames.items() if len(frame)}
    numbered = {name: frame.rename_axis("row").reset_index() for name, frame in filled.items()}
    digests = {name: digest(frame) for name, frame in numbered.items()}
    for function, names in IDENTITIES.items():
        if set(names) <= set(numbered):
            yield from _once(function, names[0], names, numbered, digests)
    for name in numbered.keys() - NO_ORDER:
        yield from _once(partial(_out_of_order, name), name, [name], numbered, digests)


def _once(
    check: Identity,
    table: str,
    names: Sequence[str],
    frames: Mapping[str, pd.DataFrame],
    digests: Mapping[str, str],
) -> list[str]:
    """The lines of one check: it is made anew where one of its tables has other cells."""
    about = getattr(check, "func", check), table, json.dumps(describe(table), sort_keys=True)
    return _remembered.result(
        (about, *(digests[name] for name in names)),
        lambda: [
            line for odd in check(*(frames[name] for name in names)) for line in _lines(table, odd)
        ],
    )


_remembered = Memory[list[str]](most=2048)


# what has an order of its own, which is the reader's
NO_ORDER = {"actors", "claims", "readings", "amendments", "fixed", "documents", "glossary"}


def _out_of_order(table: str, rows: pd.DataFrame) -> Iterator[Violation]:
    """Rows that belong above the row before them: the rows of a table stand in the order of its
    key, so that two cells of it that changed places are seen. New rows may stand below the last.
    """
    keys = several(describe(table)["schema"]["primaryKey"])
    places = [*rows[keys].itertuples(index=False, name=None)]
    places = places[: _as_it_was(places)]
    rows = rows.head(len(places))
    above = [", ".join(map(str, place)) for place in [places[0], *places[:-1]]]
    lower = ["", *(_first_lower(keys, *pair) for pair in pairwise(places))]
    rows = rows.assign(above=above, lower=lower)
    says = f"the row above is of {{above}}, and rows stand in the order of {', '.join(keys)}"
    for key in keys:
        odd = rows[rows.lower.eq(key)]
        yield Violation(key, odd, says, "mend the one that is wrong, or move the row")


def _as_it_was(places: Sequence[tuple[Any, ...]]) -> int:
    """How many rows there were before new ones were put below: up to the last of the order, and
    with the row below it where these two fit the other way round.
    """
    last = places.index(max(places))
    turned = 0 < last < len(places) - 1 and places[last - 1] < places[last + 1]
    return last + 1 + turned


def _first_lower(keys: Sequence[str], before: tuple[Any, ...], place: tuple[Any, ...]) -> str:
    """The key by which a row belongs above the row before it, "" where it does not."""
    if place >= before:
        return ""
    return next(
        key
        for key, value, value_before in zip(keys, place, before, strict=True)
        if value != value_before
    )


def _lines(table: str, odd: Violation) -> Iterator[str]:
    file = in_messages(data_dir() / describe(table)["path"])
    for row in islice(odd.rows.to_dict("records"), TOLD):
        cell = {str(name): format_figure(value) for name, value in row.items()}
        where = f"{file}, row {row['row']}, column {odd.column}"
        yield f"{where}: {cell[odd.column] or 'blank'}, but {odd.says.format(**cell)}: {odd.remedy}"
    if (more := len(odd.rows) - TOLD) > 0:
        yield f"{file}, column {odd.column}: {more} more rows of this kind: mend those above first"


def format_figure(value: Any) -> str:
    """A number as a person says it: 61.2 bn. A flag as its file has it; other words as they are."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    for size, word in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:.5g}{word}"
    return f"{value:.6g}"


def differs(
    figure: pd.Series, reference: pd.Series, share: float = 0, amount: float = 0
) -> pd.Series:
    """Where two figures differ by more than a share of the second and an amount; nowhere that
    either is blank.
    """
    return (figure - reference).abs() > reference.abs() * share + amount


def outside(ratio: pd.Series, low: Any, high: Any) -> pd.Series:
    """Where a ratio is outside a band; nowhere that it is blank."""
    return (ratio < low) | (ratio > high)


def _leaps(
    frame: pd.DataFrame, entry: Mapping[str, Any], value: str, ends: float = np.inf
) -> pd.DataFrame:
    """Rows whose value stands above both its neighbours in time, or below both, by more than a
    factor, but for those that their source has.

    told: an entry of `peaks`, which says what a series is, and which factor is too much; ends:
    which one is at either end, where there is but one neighbour. Columns added: before, after,
    factor.
    """
    by, time, size = entry["by"], entry["at"], entry.get("size", value)
    frame = frame.dropna(subset=[value]).sort_values([*by, time])
    series = frame.groupby(by, sort=False)
    neighbours = [series[value].shift(step) for step in (1, -1)]
    levels = np.log(frame[value].astype(float).clip(lower=TINY))
    rises = pd.concat(
        [levels - np.log(neighbour.clip(lower=TINY)) for neighbour in neighbours], axis=1
    )
    peak = rises.abs().min(axis=1, skipna=False).where(rises.prod(axis=1, skipna=False) > 0, 0)
    sizes = [frame[size], *(series[size].shift(step) for step in (1, -1))]
    largest, allowed = pd.concat(sizes, axis=1).max(axis=1), pd.Series(np.inf, frame.index)
    for floor, factor in entry["factors"]:
        allowed = allowed.mask(largest >= floor, factor)
    end = rises.isna().any(axis=1)
    peak, allowed = peak.mask(end, rises.abs().max(axis=1)), allowed.mask(end, ends)
    leaps = frame.assign(before=neighbours[0], after=neighbours[1], factor=allowed)
    leaps = leaps[peak > np.log(allowed)].sort_values("row")
    places = leaps[[*by, time]].itertuples(index=False)
    return leaps.loc[[" ".join(map(str, place)) not in AS_SOURCED for place in places]]


def _peaks(rows: pd.DataFrame, entry: Mapping[str, Any]) -> Violation:
    """Where a figure leaps; where `known` is not blank, only with another one, `also`."""
    column = entry["column"]
    leaps = _leaps(rows, entry, entry.get("of", column), entry.get("ends", np.inf))
    if "also" in entry:
        leaps_also = _leaps(rows, entry, entry["also"])
        leaps = leaps[leaps.row.isin(leaps_also.row) | leaps[entry["known"]].isna()]
    says = f"{entry.get('what', '')}{{before}} before and {{after}} after it: no other peak or dip"
    return Violation(
        column, leaps, f"{says} here is larger than a factor of {{factor}}", "look up the year"
    )


def _worked_out(frames: Mapping[str, pd.DataFrame], entry: str | dict[str, Any]) -> pd.Series:
    """A figure for each row of the first of some tables, as declared.toml says how."""
    first, *_ = frames
    if isinstance(entry, str):
        return frames[first].eval(entry)
    among = frames[entry.get("among", first)]
    if "where" in entry:
        ever = frames["groups"].query("group == 'EU'").member if "groups" in frames else ()
        among = among.query(entry["where"], local_dict={"EU": [*ever]})
    on = entry.get("on", entry["by"])
    figures = among.groupby(entry["by"])[entry["of"]].agg(entry["how"]).rename("known")
    return frames[first][on].join(figures, on=on)["known"]


def _spells(rows: pd.DataFrame, by: list[str], start: str, end: str) -> Iterator[Violation]:
    """Ends are not before starts, and spells that are alike in `by` do not overlap."""
    yield Violation(
        end, rows[rows[end] < rows[start]], f"it begins in {{{start}}}", "look up both years"
    )
    odd = rows[rows[[start, end]].max(axis=1) > THIS_YEAR]
    yield Violation(
        end, odd, f"it begins in {{{start}}}, and this is {THIS_YEAR}", "look up both years"
    )
    rows = rows.sort_values([*by, start])
    ends = rows[end].fillna(9999).groupby([rows[key] for key in by]).shift()
    rows = rows.assign(earlier=ends)
    odd = rows[rows[start] < rows.earlier]
    yield Violation(
        start, odd, "the period before it ends in {earlier}", "correct a year, or join the two"
    )


def _alike(rows: pd.DataFrame, by: list[str], columns: list[str]) -> Iterator[Violation]:
    """Rows that are alike in `by` are alike in these columns."""
    for column in columns:
        usual = rows.groupby(by)[column].transform(lambda values: values.mode().iloc[0])
        where = ", ".join(f"{{{key}}}" for key in by)
        says = f"the other rows of {where} have {{usual}}"
        yield Violation(column, rows.assign(usual=usual)[rows[column].ne(usual)], says)


def declare(name: str, entry: Mapping[str, Any]) -> None:
    """Register an identity of declared.toml, which says what its fields are."""
    figures: dict[str, Any] = entry.get("with", {})
    others = [
        how["among"] for how in figures.values() if not isinstance(how, str) and "among" in how
    ]
    tables = [*dict.fromkeys([entry["table"], *others, *entry.get("asks", ())])]

    def check(*tables_given: pd.DataFrame) -> Iterator[Violation]:
        frames = dict(zip(tables, tables_given, strict=True))
        rows = frames[tables[0]] = tables_given[0].copy()
        for column, figure in figures.items():
            rows[column] = _worked_out(frames, figure)
        for one in entry.get("bounds", ()):
            yield Violation(
                one["column"], rows.query(one["odd"]), one["says"], one.get("remedy", LOOK)
            )
        yield from (_peaks(rows, one) for one in entry.get("peaks", ()))
        for one in entry.get("alike", ()):
            yield from _alike(rows, **one)
        if "spells" in entry:
            yield from _spells(rows, **entry["spells"])

    check.__name__ = name
    identity(*tables)(check)
