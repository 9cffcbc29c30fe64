"""The six shapes, in plain pandas.

In all of them `where` says which rows are meant, {column: cell, or a list of cells}; `at` is a
year, or [first, last] for the sum over these years, or "last" for the last year that there is;
`time` is the column of years (or of months, or days). Rows that fit are added up, unless `combine`
says otherwise: "sum", "mean", "max" or "min".

A frame whose `attrs["pairs"]` names two columns holds pairs without an order, each once: a row then
fits whichever way round the two are named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from heldto.errors import NotHeld, Problem, did_you_mean
from heldto.evidence import actors

Where = Mapping[str, Any]
At = int | str | Sequence[int]
Combine = Literal["sum", "mean", "max", "min"]
HOW = ("difference", "percent", "percent a year", "fall")
EXTREMES = {"peak": max, "low": min}  # years that are named by what a figure is there


class ShapeFigure(NamedTuple):
    """What a shape found.

    value: the number; until: the last year (month, day) that it is of; parts: the numbers that it
    is made of, by name.
    """

    value: float
    until: int | str
    parts: dict[str, Any]


def value(
    frame: pd.DataFrame,
    column: str,
    where: Where | None = None,
    *,
    at: At = "last",
    time: str = "year",
    combine: Combine = "sum",
    divide: float = 1,
) -> ShapeFigure:
    """One figure of a table: the cells of a column in the rows that fit, added up.

    divide: by what the sum is divided, 1e9 for billions. Returns a ShapeFigure in the unit of the
    column over `divide`; its parts are `rows`, how many rows it is made of. Raises NotHeld where no
    row fits, or a cell is blank; Problem for a column that is not there.

    Examples
    --------
    >>> import pandas as pd
    >>> gas = pd.DataFrame({"buyer": ["A", "A", "B"], "year": [2014, 2015, 2015],
    ...                     "seller": ["X", "X", "X"], "twh": [40.0, 45.0, 10.0]})
    >>> value(gas, "twh", {"buyer": "A"}).value
    45.0
    >>> value(gas, "twh", {"buyer": "A"}, at=[2014, 2015], combine="mean").value
    42.5
    """
    rows = fitting(frame, where or {}, column)
    end = _end(frame, time) if isinstance(at, list | tuple) else None
    rows = rows_at(rows, at, time, where or {}, column, end)
    figure = float(getattr(_held(rows[column], where or {}), combine)()) / divide
    until = at[-1] if isinstance(at, list | tuple) else _last(rows, time)
    return ShapeFigure(figure, until, {"rows": len(rows)})


def share(
    frame: pd.DataFrame,
    column: str,
    part: Where,
    where: Where | None = None,
    *,
    at: At = "last",
    time: str = "year",
    whole: Where | None = None,
) -> ShapeFigure:
    """How much of a whole a part of it is, in percent.

    part: what the rows of the part have besides `where`; whole: what those of the whole have
    besides it, where a table holds rows of a total. Returns a ShapeFigure in percent; its parts are
    `part` and `whole`, in the unit of the column. Raises NotHeld, also where the whole is zero;
    Problem.

    Examples
    --------
    >>> import pandas as pd
    >>> gas = pd.DataFrame({"buyer": "A", "year": 2015, "seller": ["X", "Y"], "twh": [45.0, 15.0]})
    >>> share(gas, "twh", {"seller": "X"}, {"buyer": "A"}).value
    75.0
    """
    rest = where or {}
    whole_figure = value(frame, column, {**rest, **(whole or {})}, at=at, time=time)
    rows = fitting(frame, {**rest, **part}, column)
    part_figure = value(
        frame, column, {**rest, **part}, at=_same(rows, whole_figure, at, time), time=time
    )
    if not whole_figure.value:
        raise NotHeld(f"no share: the whole of {in_words(rest)} is zero")
    parts = {"part": part_figure.value, "whole": whole_figure.value}
    return ShapeFigure(100 * (part_figure.value / whole_figure.value), whole_figure.until, parts)


def _same(rows: pd.DataFrame, whole_figure: ShapeFigure, at: At, time: str) -> At:
    """The time of a part: that of its whole."""
    return whole_figure.until if at == "last" and time in rows else at


def change(
    frame: pd.DataFrame,
    column: str,
    years: Sequence[Any],
    where: Where | None = None,
    *,
    of: Literal["value", "share"] = "value",
    how: str = "difference",
    part: Where | None = None,
    time: str = "year",
    combine: Combine = "sum",
    divide: float = 1,
) -> ShapeFigure:
    """How far a figure moved from one year to another.

    years: the first and the last; the last may be "last", and the first "peak" or "low", the year
    up to the last in which the figure is the highest or the lowest. of: what moves, a value or a
    share (of `part`, in percentage points); how: "difference" in the unit of the column, "percent"
    of the first year, "percent a year" (compound), or "fall", percent below the first year. Returns
    a ShapeFigure; its parts are `before`, `after` and `first`, the first year. Raises NotHeld,
    Problem.

    Examples
    --------
    >>> import pandas as pd
    >>> gas = pd.DataFrame({"buyer": "A", "year": [2014, 2015], "twh": [40.0, 45.0]})
    >>> change(gas, "twh", [2014, "last"]).value
    5.0
    >>> change(gas, "twh", [2014, 2015], how="percent").value
    12.5
    >>> change(gas, "twh", ["peak", "last"], how="fall").value
    0.0
    """
    _check_years(years)
    if how not in HOW:
        hint = did_you_mean(how, HOW, f"Write {', '.join(HOW)}.")
        raise Problem(f'how = "{how}" is not a way to count a change. {hint}')
    arguments: dict[str, Any] = {"time": time}
    if of == "value":
        measured: Callable[..., ShapeFigure] = value
        arguments |= {"combine": combine, "divide": divide}
    elif of == "share":
        if not part:
            raise Problem('of = "share" needs part = { COLUMN = "CELL" }: whose share it is')
        measured = share
        arguments["part"] = part
    else:
        raise Problem(f'of = "{of}": write "value" or "share"')

    def figure(year: Any) -> ShapeFigure:
        return measured(frame, column, where=where, at=year, **arguments)

    def earlier() -> dict[Any, ShapeFigure]:
        _known(frame, time)
        if of == "value":
            return _each_time(frame, column, where or {}, time, combine, divide)
        return _held_of(figure, frame[time].unique())

    after = figure(years[1])
    before = _extreme(years[0], earlier(), after) if years[0] in EXTREMES else figure(years[0])
    moved = _moved(before, after, how)
    first = before.until if years[0] in EXTREMES else years[0]
    parts = {"before": before.value, "after": after.value, "first": first}
    return ShapeFigure(moved, after.until, parts)


def _each_time(
    frame: pd.DataFrame, column: str, where: Where, time: str, combine: Combine, divide: float
) -> dict[Any, ShapeFigure]:
    """What `value` says of each time of which it says something."""
    cells_by_time = dict(iter(fitting(frame, where, column).groupby(time)[column]))
    return {
        moment: ShapeFigure(
            float(getattr(cells, combine)()) / divide, _time_value(moment), {"rows": len(cells)}
        )
        for moment, cells in cells_by_time.items()
        if not cells.isna().any()
    }


def _held_of(figure: Callable[[Any], ShapeFigure], times: Iterable[Any]) -> dict[Any, ShapeFigure]:
    """A figure of each time of which it is held."""
    figures = {}
    for moment in times:
        with suppress(NotHeld):
            figures[moment] = figure(moment)
    return figures


def _extreme(word: str, figures: Mapping[Any, ShapeFigure], after: ShapeFigure) -> ShapeFigure:
    """The figure at its highest or lowest up to the last year, the earliest of several."""
    before = [figures[year] for year in sorted(figures) if str(year) < str(after.until)]
    return EXTREMES[word]([*before, after], key=lambda found: found.value)


def _moved(before: ShapeFigure, after: ShapeFigure, how: str) -> float:
    if how == "difference":
        return after.value - before.value
    if before.value <= 0:
        raise NotHeld("no change in percent: the first figure is not above zero")
    grown = after.value / before.value
    if how == "percent a year":
        span = int(str(after.until)[:4]) - int(str(before.until)[:4])
        if span <= 0:
            raise NotHeld("no change a year: the two years are the same")
        return 100 * (grown ** (1 / span) - 1)
    return 100 * (1 - grown) if how == "fall" else 100 * (grown - 1)


def rank(
    frame: pd.DataFrame,
    column: str,
    by: str,
    who: str | int,
    where: Where | None = None,
    *,
    at: At = "last",
    time: str = "year",
    smallest: bool = False,
    combine: Combine = "sum",
    of: Literal["value", "change"] = "value",
    years: Sequence[Any] = (),
    how: str = "percent",
) -> ShapeFigure:
    """Which place somebody has among all of a column: 1 is the largest.

    by: the column that names them; who: whose place; smallest: count from the smallest. of: what
    is ranked, a value, or its "change" over `years`, counted as `how` says (see `change`): 1 has
    grown fastest. Whoever has no figure for these years is not ranked. Equals share the better
    place. Returns a ShapeFigure; its parts are `among`, how many they are, `ahead`, who
    stands before, best first, and `figure`, the one that is ranked. Raises NotHeld where `who` has
    no figure; Problem.

    Examples
    --------
    >>> import pandas as pd
    >>> gas = pd.DataFrame({"buyer": ["A", "B", "C"], "year": 2015, "twh": [40.0, 45.0, 12.0]})
    >>> found = rank(gas, "twh", "buyer", "A")
    >>> found.value, found.parts["ahead"]
    (2.0, ['B'])
    >>> rank(gas.assign(year=2014, twh=9.0).pipe(lambda early: pd.concat([early, gas])), "twh",
    ...      "buyer", "A", of="change", years=[2014, 2015]).parts["ahead"]
    ['B']
    """
    _known(frame, by)
    frame = _both_ways(frame, by)
    if of == "change":
        figures, until = _changes(frame, column, by, who, where, years, how, time, combine)
    elif of == "value":
        rows = rows_at(fitting(frame, where or {}, column), at, time, where or {}, column)
        figures = rows.dropna(subset=[column]).groupby(by)[column].agg(combine)
        until = _last(rows, time)
    else:
        raise Problem(f'of = "{of}": write "value" or "change"')
    if who not in figures.index:
        raise NotHeld(f"no figure for {actors.name_or_cell(who)} {_when(at)}".strip())
    better = figures[figures < figures[who]] if smallest else figures[figures > figures[who]]
    ahead = better.sort_values(ascending=smallest).index.tolist()
    parts = {"among": len(figures), "ahead": ahead, "figure": float(figures[who])}
    return ShapeFigure(float(len(ahead) + 1), until, parts)


def _changes(
    frame: pd.DataFrame,
    column: str,
    by: str,
    who: str | int,
    where: Where | None,
    years: Sequence[Any],
    how: str,
    time: str,
    combine: Combine,
) -> tuple[pd.Series, int | str]:
    """How far the figure of each moved, of all to the same last year; and that year."""
    if not years:
        raise Problem('of = "change" needs years: write the first and the last, as [2014, 2020]')

    words: dict[str, Any] = {"how": how, "time": time, "combine": combine}
    _check_years(years)
    own = change(frame, column, years, {**(where or {}), by: who}, **words)
    figures, span = {who: own.value}, [years[0], own.until]
    for name, rows in fitting(frame, where or {}, column).groupby(by, sort=False):
        with suppress(NotHeld):
            figures[name] = change(rows, column, span, **words).value
    return pd.Series(figures), own.until


def count(
    frame: pd.DataFrame,
    where: Where | None = None,
    *,
    column: str = "",
    at_least: float | None = None,
    at_most: float | None = None,
    years: Sequence[Any] = (),
    distinct: str = "",
    of: Where | None = None,
    above: Where | None = None,
    since: bool = False,
    time: str = "year",
    combine: Combine = "sum",
) -> ShapeFigure:
    """How many rows fit, and have a figure between two bounds in a column; or in how many years
    one figure is above another.

    years: the first and the last, both counted; the last may be "last", all years where none are
    given; distinct: count the different cells of that column, and not the rows. of, above: what the
    rows of the two figures have besides `where`; of the years that have both, those are counted in
    which that of `of` is the larger. since: only the years in a row up to the last one. Returns a
    ShapeFigure; its parts are `rows`, and of two figures `first`, the first year that is counted,
    and `compared`, how many years have both. No row is a count of 0; a table that ends before the
    last year asked for is NotHeld. Raises Problem.

    Examples
    --------
    >>> import pandas as pd
    >>> visits = pd.DataFrame({"host": ["A", "A", "B"], "year": [2013, 2014, 2014]})
    >>> count(visits, {"host": "A"}, years=[2010, 2014]).value
    2.0
    >>> count(visits, distinct="host").value
    2.0
    >>> gas = pd.DataFrame({"buyer": ["A", "B"] * 2, "year": [2013, 2013, 2014, 2014],
    ...                     "twh": [40.0, 45.0, 50.0, 46.0]})
    >>> count(gas, column="twh", of={"buyer": "A"}, above={"buyer": "B"}, since=True).parts["first"]
    2014
    """
    if of is not None or above is not None or since:
        return _overtaken(frame, column, of, above, where or {}, years, since, time, combine)
    in_years = frame[frame[time].between(*_span(frame, years, time))] if years else frame

    def between(table: pd.DataFrame) -> pd.DataFrame:
        rows = fitting(table, where or {}, column)
        if at_least is not None:
            rows = rows[rows[column] >= at_least]
        return rows if at_most is None else rows[rows[column] <= at_most]

    rows = between(in_years)
    number = len(rows)
    if distinct:
        _known(frame, distinct)
        number = between(_both_ways(in_years, distinct))[distinct].nunique()
    until = (in_years if len(in_years) else frame)[time].max() if time in frame else ""
    return ShapeFigure(float(number), _time_value(until), {"rows": len(rows)})


def _overtaken(
    frame: pd.DataFrame,
    column: str,
    of: Where | None,
    above: Where | None,
    where: Where,
    years: Sequence[Any],
    since: bool,
    time: str,
    combine: Combine,
) -> ShapeFigure:
    """In how many years one figure is above another."""
    if not (of and above and column):
        asks = 'column, of and above: of = { COLUMN = "CELL" } is counted where it is the larger'
        raise Problem(f"a count of years in which one is above the other needs {asks}")
    _known(frame, time)
    times = sorted(frame[time].unique())
    if years:
        first, last = _span(frame, years, time)
        times = [year for year in times if first <= year <= last]
    ones, others = (
        _each_time(frame, column, {**where, **part}, time, combine, 1) for part in (of, above)
    )
    is_above = {
        _time_value(year): ones[year].value > others[year].value
        for year in times
        if year in ones and year in others
    }
    if not is_above:
        raise NotHeld(f"no year has a figure for both {in_words(of)} and {in_words(above)}")
    counted = [year for year, larger in is_above.items() if larger]
    if since:
        below = [place for place, larger in enumerate(is_above.values()) if not larger]
        counted = [*is_above][below[-1] + 1 if below else 0 :]
    parts = {"rows": len(counted), "first": (counted or [""])[0], "compared": len(is_above)}
    return ShapeFigure(float(len(counted)), [*is_above][-1], parts)


def _check_years(years: Sequence[Any]) -> None:
    """Raises Problem where they are not a first and a last year."""
    ask = "write the first and the last, as [2014, 2020]"
    if len(years) != 2:
        raise Problem(f"years = {list(years)}: {ask}")
    if years[1] in EXTREMES:
        raise Problem(f'years = {list(years)}: "{years[1]}" can only be the first: {ask}')


def _span(frame: pd.DataFrame, years: Sequence[Any], time: str) -> tuple[Any, Any]:
    _check_years(years)
    _known(frame, time)
    first, last = years
    if last != "last" and (frame.empty or frame[time].max() < last):
        raise NotHeld(f"no figure to {last}: the table ends before")
    return first, frame[time].max() if last == "last" else last


def ratio(
    frame: pd.DataFrame,
    column: str,
    of: Where,
    to: Where,
    where: Where | None = None,
    *,
    at: At = "last",
    time: str = "year",
    to_column: str = "",
    combine: Combine = "sum",
) -> ShapeFigure:
    """One figure over another.

    of, to: what the rows of each have besides `where`; to_column: the column of the second, where
    that is another (a figure per head). Both are of one time, but for one that names its own (`to =
    {"year": 2010}`). Returns a ShapeFigure without unit; its parts are `of` and `to`. Raises
    NotHeld, also where the second is zero; Problem.

    Examples
    --------
    >>> import pandas as pd
    >>> gas = pd.DataFrame({"buyer": ["A", "B"], "year": 2015, "twh": [45.0, 15.0]})
    >>> ratio(gas, "twh", of={"buyer": "A"}, to={"buyer": "B"}).value
    3.0
    """
    rest, arguments = where or {}, {"time": time, "combine": combine}
    own = "last" if time in of else at
    first = value(frame, column, {**rest, **of}, at=own, **arguments)  # type: ignore[arg-type]
    same = "last" if time in to else first.until if at == "last" else at
    second = value(frame, to_column or column, {**rest, **to}, at=same, **arguments)  # type: ignore[arg-type]
    if not second.value:
        raise NotHeld(f"no ratio: the figure of {in_words({**rest, **to})} is zero")
    return ShapeFigure(
        first.value / second.value, first.until, {"of": first.value, "to": second.value}
    )


SHAPES: dict[str, Callable[..., ShapeFigure]] = {
    "value": value,
    "share": share,
    "change": change,
    "rank": rank,
    "count": count,
    "ratio": ratio,
}


# --- rows ------------------------------------------------------------------------------------


def fitting(frame: pd.DataFrame, where: Where, column: str = "") -> pd.DataFrame:
    """The rows that hold these cells. Raises Problem for a column that is not there, and where
    `column` holds no numbers.
    """
    for name in [*where, *([column] if column else [])]:
        _known(frame, name)
    if column and not pd.api.types.is_numeric_dtype(frame[column]):
        raise Problem(f'column "{column}" has words, not numbers: name another')
    fits = _fits(frame, where)
    if not {*frame.attrs.get("pairs", ())} & {*where}:
        return frame[fits]
    turned = _turned(frame)
    return pd.concat([frame[fits], turned[~fits & _fits(turned, where)]]).sort_index()


def _fits(frame: pd.DataFrame, where: Where) -> np.ndarray:
    """Whether each row holds these cells."""
    fits = np.ones(len(frame), dtype=bool)
    for name, cell in where.items():
        fits &= frame[name].isin(cell if isinstance(cell, list | tuple) else [cell]).to_numpy()
    return fits


def _turned(frame: pd.DataFrame) -> pd.DataFrame:
    """Pairs without an order, each the other way round."""
    one, other = frame.attrs["pairs"]
    return frame.assign(**{one: frame[other], other: frame[one]})


def _both_ways(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """A table in which each of a pair has its row, where `by` names one side of pairs."""
    if by not in frame.attrs.get("pairs", ()):
        return frame
    both = pd.concat([frame, _turned(frame)], ignore_index=True)
    both.attrs = {}
    return both


def _known(frame: pd.DataFrame, column: str) -> None:
    if column not in frame:
        columns = [*map(str, frame.columns)]
        hint = did_you_mean(column, columns, f"There are {', '.join(columns)}.")
        raise Problem(f'the table has no column "{column}". {hint}')


def rows_at(
    frame: pd.DataFrame, at: At, time: str, where: Where, column: str = "", end: Any = None
) -> pd.DataFrame:
    """The rows of a time: a year, the years from one to another, or the last one in which no cell
    of `column` is blank. All rows of a table without a time. Raises NotHeld where there is none, or
    where the table ends (end) before.
    """
    if time in frame and len(frame):
        if isinstance(at, list | tuple):
            if (frame[time].max() if end is None else end) < at[-1]:
                raise NotHeld(f"no figure for {in_words(where)} to {at[-1]}")
            frame = frame[frame[time].between(at[0], at[-1])]
        else:
            frame = frame[frame[time] == (_last_whole(frame, time, column) if at == "last" else at)]
    if frame.empty:
        raise NotHeld(f"no figure for {in_words(where)} {_when(at)}".strip())
    return frame


def _end(frame: pd.DataFrame, time: str) -> Any:
    """The last time that a table tells of."""
    return frame[time].max() if time in frame else None


def _last_whole(frame: pd.DataFrame, time: str, column: str) -> Any:
    """The last time of which every row has its figure."""
    lacking = frame[frame[column].isna()][time] if column else ()
    whole = frame[~frame[time].isin(lacking)]
    return (whole if len(whole) else frame)[time].max()


def _when(at: At) -> str:
    if at == "last":
        return ""
    return f"from {at[0]} to {at[-1]}" if isinstance(at, list | tuple) else f"in {at}"


def _held(cells: pd.Series, where: Where) -> pd.Series:
    if cells.isna().any():
        raise NotHeld(f"no figure for {in_words(where)}: a cell is blank")
    return cells


def _last(rows: pd.DataFrame, time: str) -> int | str:
    return _time_value(rows[time].max()) if time in rows else ""


def _time_value(time: Any) -> int | str:
    return time if isinstance(time, str) else "" if pd.isna(time) else int(time)


def in_words(where: Where) -> str:
    """Which rows are meant, in a message, actors by name: "buyer Japan, seller X"."""
    cells = (f"{name} {_cells_in_words(cell)}" for name, cell in where.items())
    return ", ".join(cells) or "this table"


def _cells_in_words(cell: Any) -> str:
    return " or ".join(map(actors.name_or_cell, cell if isinstance(cell, list | tuple) else [cell]))
