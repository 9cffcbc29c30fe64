"""A question answered with lines of pandas: its answer is a data frame, judged by what it holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from heldto.exercises import reading
from heldto.exercises.kinds import Number, Question, Result
from heldto.exercises.words import say

AT_MOST = 500  # rows beside those asked for that are looked at


@dataclass(kw_only=True)
class Frame(Question):
    """A data frame, its rows and columns in any order, whatever its index.

    answer: the right one; keys: the columns that say what a row is of; units: the columns of
    figures, and their units; digits: decimals asked for, 0 for counts.
    wrong: pairs of (frame, why it is off). Of all these no other column counts.
    """

    answer: pd.DataFrame
    keys: list[str]
    units: dict[str, str]
    digits: int = 1
    wrong: Iterable[tuple[pd.DataFrame, str]] = ()
    kind = "frame"

    def __post_init__(self) -> None:
        self.answer = self.answer[[*self.keys, *self.units]]
        self._right = self._rows(self.answer)

    @cached_property
    def _known(self) -> list[tuple[pd.DataFrame, str]]:
        return [(self._rows(frame), why) for frame, why in self.wrong]

    def wanted(self) -> str:
        return say("frame", columns=", ".join([*self.keys, *self._with_units()]))

    def _with_units(self) -> dict[str, str]:
        """The columns of figures by their names with their units: {"trade (%)": "trade"}."""
        return {f"{name} ({unit})" if unit else name: name for name, unit in self.units.items()}

    def _judge(self, answer: Any) -> Result:
        table, rows_asked = self.read(answer), len(self.answer)
        if len(table) > rows_asked + AT_MOST:
            raise reading.Unreadable(say("rows", count=len(table), asked=rows_asked))
        rows = self._rows(table)
        right = self._same(rows, self._right)
        return Result(right, self.means if right else self._why(rows))

    def read(self, answer: Any) -> pd.DataFrame:
        """An answer as a table with the columns asked for. Raises Unreadable where it is none."""
        wanted, frame = [*self.keys, *self.units], _as_table(answer)
        frame = frame.set_axis(frame.columns.map(str), axis="columns")
        new_names = {label: name for label, name in self._with_units().items() if name not in frame}
        frame = frame.rename(columns=new_names)
        levels = [name for name in frame.index.names if name in wanted and name not in frame]
        frame = frame.reset_index(level=levels)
        lacking = [name for name in wanted if name not in frame]
        extra = [name for name in frame if name not in (*wanted, "index")]
        if lacking:
            raise reading.Unreadable(self._lacks(frame, lacking, extra))
        if extra:
            keep = ", ".join(f'"{name}"' for name in wanted)
            raise reading.Unreadable(say("more_columns", more=_some(extra, ", ", 8), keep=keep))
        return frame

    def _lacks(self, frame: pd.DataFrame, lacking: list[str], extra: list[str]) -> str:
        for key in (name for name in lacking if name in self.keys):
            values = set(self.answer[key].map(_word))
            if values & set(map(_word, frame.index)):
                return say("in_index", column=key)
            if len(values & set(map(_word, extra))) > 1:
                return say("wide", column=key)
        for column in extra:
            if set(lacking) <= set(frame[column].map(str)):
                return say("long", column=column, lacking=", ".join(lacking))
        if len(lacking) == len(extra) == 1:
            label = extra[0] if extra[0].isdecimal() else f'"{extra[0]}"'
            return say("renamed", column=lacking[0], other=label)
        return say("no_column", column=lacking[0], held=_some(list(frame), ", ", 8))

    def _rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The figures of a table, each row named by its keys: "China, 2018"."""
        keys = frame[self.keys].itertuples(index=False)
        names = [", ".join(map(_word, row)) for row in keys]
        figures = frame[list(self.units)].apply(pd.to_numeric, errors="coerce")
        return figures.set_axis(names).astype(float).replace(np.inf, np.nan)

    def _same(self, rows: pd.DataFrame, target: pd.DataFrame) -> bool:
        """Whether two hold the same rows and figures, to the last digit asked for, or 0.2 %."""
        order = ["row", *self.units]
        rows, target = (frame.rename_axis("row").sort_values(order) for frame in (rows, target))
        if not rows.index.equals(target.index):
            return False
        tolerance = np.maximum(10.0**-self.digits, target.abs() * 0.002) if self.digits else 0
        near = (rows - target).abs() <= tolerance + 1e-9
        return bool((near | rows.isna() & target.isna()).all(axis=None))

    def _why(self, rows: pd.DataFrame) -> str:
        """Why a table is off: a slip foreseen for all its rows, else the first row that is."""
        targets = [(self._right, ""), *self._known]
        pairs = product(self._slips(), targets)
        likelier = sorted(pairs, key=lambda both: bool(both[0][2] and both[1][1]))  # than two slips
        for (column, factor, slip), (target, why) in likelier:
            if self._same(rows.assign(**{column: rows[column] / factor}), target):
                return " And then: ".join(filter(None, [slip, why]))
        return self._rows_off(rows) or self._figure_off(rows)

    def _slips(self) -> Iterator[tuple[str, float, str]]:
        """(Column, factor, what happened): of no slip first, then of unit, sign and scale."""
        yield next(iter(self.units)), 1, ""
        for column, unit in self.units.items():
            more = reading.scale_slips() | {2.0: say("doubled")} if self.digits else {}
            yield from ((column, *slip) for slip in (reading.scale_slips(unit) | more).items())

    def _rows_off(self, rows: pd.DataFrame) -> str:
        """What is said of rows that are missing, too many, or there twice; "" where none is."""
        twice = rows.index[rows.index.duplicated()].unique()
        if len(twice):
            return say("twice", row=twice[0])
        lacking = self._right.index.difference(rows.index, sort=False)
        extra = rows.index.difference(self._right.index, sort=False)
        sentences = [say("no_row", rows=_some(lacking))] if len(lacking) else []
        sentences += [say("more_rows", rows=_some(extra))] if len(extra) else []
        return " ".join([*sentences, self.unforeseen()] if sentences else [])

    def _figure_off(self, rows: pd.DataFrame) -> str:
        """What is said of the first figure that is off."""
        unique = [slip for slip in self._known if slip[0].index.is_unique]
        for row, (column, unit) in product(self._right.index, self.units.items()):
            where, value = f"{row}, {column}", rows.loc[row, column]
            if np.isnan(value):
                return say("blank", where=where)
            wrong = [(frame.loc[row, column], why) for frame, why in unique if row in frame.index]
            about: dict[str, Any] = {"unit": unit, "digits": self.digits, "again": self.again}
            result = Number(answer=self._right.loc[row, column], wrong=wrong, **about).judge(value)
            if not result:
                return f"{where}: {result.says}"
        return self.unforeseen()


def _as_table(answer: Any) -> pd.DataFrame:
    """An answer as a table with rows. Raises Unreadable where it is none."""
    if isinstance(answer, list) and answer and all(type(row) is dict for row in answer):
        answer = pd.DataFrame(answer)
    if isinstance(answer, pd.DataFrame) and len(answer):
        return answer
    sentence_by_type = {pd.DataFrame: "empty", pd.Series: "series", type(None): "nothing"}
    raise reading.Unreadable(say(sentence_by_type.get(type(answer), "no_frame")))


def _word(value: Any) -> str:
    """A cell of a key column, a label of rows or columns, in words: 2015.0 is "2015"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return reading.state_name(reading.code_or_word(value))


def _some(names: Sequence[str], between: str = "; ", most: int = 3) -> str:
    """The first names of some, and how many more there are."""
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return between.join([*names[:most], *more])
