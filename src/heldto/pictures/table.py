"""The figures behind a picture, as a table for its page."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from heldto import evidence
from heldto.evidence.actors import name_or_cell
from heldto.templates import render
from heldto.text.words import with_minus
from heldto.tr import numerals, tr, tr_noop

HEADS = (tr_noop("actor"), tr_noop("year"), tr_noop("month"), tr_noop("date"))  # of columns
VERDICTS = ("verdict", "amended")  # so begin columns of verdicts
MOST = 500  # rows of a table on a page: more are slow to open, and nobody reads them


def html_table(
    frame: pd.DataFrame,
    actors: Sequence[str] = (),
    since: Collection[str] = (),
    names_actors: bool = False,
) -> Markup:
    """A frame as HTML, its first column the header of each row.

    actors: the columns that hold ISO3, by which the bar shows and hides rows; a column named for an
    actor follows the bar too. since: the columns that tell of what came after the article's day.
    Rows are marked so by their own date, month or year. names_actors: whether those columns show
    the names of actors in place of their codes. A long table is cut after `MOST` rows, and
    a line below it says so.
    """
    first = tr("The first {most} of {count:,} rows.", most=MOST, count=len(frame))
    cut = first if len(frame) > MOST else ""
    frame = frame.head(MOST)
    frame = frame.reset_index() if frame.index.name else frame
    for name in frame.columns[[str(name).startswith(VERDICTS) for name in frame.columns]]:
        frame = frame.assign(**{name: frame[name].map(lambda word: tr(str(word)))})
    looks = [_look(frame[name], since) for name in frame.columns]
    codes = frame[list(actors)].astype(str).to_numpy().tolist()
    if names_actors:
        frame = frame.assign(**{name: frame[name].map(name_or_cell) for name in actors})
    marked = zip(codes, late_rows(frame), frame.itertuples(index=False), strict=True)
    rows = [
        (classes([*who, "since"] if late else who), cell(header), map(cell, cells))
        for who, late, (header, *cells) in marked
    ]
    columns = [(tr(str(name)), look) for name, look in zip(frame.columns, looks, strict=True)]
    return render("table.html.j2", columns=columns, rows=rows, cut=cut)


def _look(column: pd.Series, since: Collection[str]) -> str:
    """The classes of a column: whose it is, whether it came late, whether it holds words."""
    words_of = actors_of_column(column.name)
    if column.name in since:
        words_of.append("since")
    words = "words" if pd.api.types.is_string_dtype(column) else ""
    return " ".join(filter(None, [classes(words_of), words]))


def actors_of_column(column: object) -> list[str]:
    """The actor that a column is named for: that of "Russia, crude oil" is ["RUS"]."""
    name = str(column).split(",")[0]
    return [row["actor"] for row in evidence.rows("actors") if row["name"] == name]


def without_actors(
    frame: pd.DataFrame, actors: Sequence[str], off: Callable[[Iterable[str]], bool]
) -> pd.DataFrame:
    """A frame without the rows and columns of actors that are off."""
    columns = [name for name in frame.columns if not off(actors_of_column(name))]
    rows = [not off(who) for who in frame[list(actors)].astype(str).to_numpy().tolist()]
    return frame.loc[rows, columns]


def late_rows(frame: pd.DataFrame) -> Iterable[bool]:
    """Which rows came after the article, by day where there is one, else by month or year."""
    cuts: dict[str, Any] = evidence.CUTS
    for name in ("date", "month"):
        if name in frame:
            return frame[name].astype(str) > cuts[name]
    timed = "year" in frame and pd.api.types.is_numeric_dtype(frame["year"])
    return frame["year"] > cuts["annual"] if timed else [False] * len(frame)


def classes(who: Iterable[str]) -> str:
    """What hangs on some actors, as classes: ("CHN", "since") is "a-CHN since"."""
    return " ".join(word if word == "since" else f"a-{word}" for word in dict.fromkeys(who))


def cell(value: object) -> str:
    """One figure or word as a table shows it: four digits, blank where none is known, a minus sign
    before what is below 0.
    """
    if not isinstance(value, float):
        return with_minus(str(value))
    if pd.isna(value):
        return ""
    return with_minus(numerals(f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.4g}"))
