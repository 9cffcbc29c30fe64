"""The whole article at a glance: the ledger as a picture, by the article's paragraphs."""

from collections.abc import Callable, Iterator
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from heldto import article, pictures
from heldto.claims import ledger, seals
from heldto.ledger import rows
from heldto.ledger.lists import browse, in_reading_order
from heldto.pictures.style import is_narrow
from heldto.text.texts import captions
from heldto.tr import tr, tr_noop

__all__ = ["browse", "glance_picture", "in_reading_order"]
CAPTIONS = captions(Path(__file__).parent)
DECIDED = ("holds", "partly", "fails")
LEAST = 1.25  # lines of text that a row takes at least, so that the squares of two do not meet
HEADS = (
    tr_noop("readings", context="head"),
    tr_noop("then", context="head"),
    tr_noop("since", context="head"),
)
PAGE = 54  # lines of text on a printed page, where they can be read
WIDE = dict(line=62, head=0.75, top=1.6, code=0.42, text=0.85, readings=5.4, then=5.95, since=6.36)
PHONE = dict(line=29, head=2.2, top=3.1, code=0.36, text=0.78, readings=3.1, then=3.62, since=4.0)


def _ledger() -> str:
    return article.current().ledger


@pictures.drawing(_ledger, dims=False, **CAPTIONS["glance"])
def glance_picture(shown: pictures.Shown = None) -> dict[str, Any]:
    """Draw all claims by paragraph, with the verdict of then and the verdict of since side by side.

    shown: ISO3 codes; if actors are missing, claims that need one of them are left out. Returns a
    Picture. The columns of its table are: paragraph, id, claim, verdict of then, its readings, how
    many of them agree with it, on what it depends, verdict of since. If there is an amended rule,
    both verdicts by that rule follow.

    Examples
    --------
    >>> picture = fr.overview.glance_picture(shown=["CHN", "RUS"])
    >>> picture.table[["paragraph", "id", "verdict_then", "verdict_since"]].head(2)
       paragraph  id verdict_then verdict_since
    0          1  F2        holds         holds
    1          1  F6        holds         holds
    """
    frame = in_reading_order()
    frame = frame[~frame.actors.map(pictures.is_off).astype(bool)]
    layout = PHONE if is_narrow() else WIDE
    text = frame.claim.str.wrap(layout["line"])
    step = (text.str.count("\n") + 1).clip(lower=LEAST)
    frame = frame.assign(text=text, step=step)
    changed = frame.index[frame.verdict_then.ne(frame.verdict_since)]
    columns = "paragraph id claim verdict_then readings readings_same depends_on verdict_since"
    columns += " amended_then amended_since"
    tallies = ledger.tallies(frame)
    return dict(
        words=dict(
            alone=shown is not None,
            count=len(frame),
            changed=[*changed],
            sealed=all(map(seals.is_fixed, frame.index)),
            **tallies,
        ),
        figure=_sheet(frame, layout),
        sheets=_sheets(frame, layout),
        sentences=_in_words(frame),
        table=frame.reset_index()[columns.split()],
    )


def _sheet(frame: pd.DataFrame, layout: dict[str, Any]) -> Figure:
    """Some claims as rows, under the key and the heads of the columns."""
    frame = frame.assign(top=layout["top"] + frame.step.cumsum() - frame.step)
    figure, ax = rows.blank_figure(frame.step.sum() + layout["top"] + 0.3)
    _frame(ax, frame.drop_duplicates("paragraph"), layout)
    for row in frame.itertuples():
        _claim(ax, row, row.top + row.step / 2, layout)
    return figure


def _sheets(frame: pd.DataFrame, layout: dict[str, Any]) -> list[Callable[[], Figure]]:
    """The glance on as few printed pages as can be read, about the same on each, whole paragraphs;
    none where one page has room for all.
    """
    lines = frame.step.sum()
    if lines <= PAGE:
        return []
    by_paragraph = frame.groupby("paragraph", sort=False).step.sum()
    middle = by_paragraph.cumsum() - by_paragraph / 2
    page = frame.paragraph.map(middle * ceil(lines / PAGE) // lines)
    return [partial(_sheet, part, layout) for _, part in frame.groupby(page)]


def _in_words(frame: pd.DataFrame) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each claim's verdict of then, how its readings fall out, and the verdict since."""
    for code, row in frame.iterrows():
        both = ledger.both(str(code))
        marks = [verdict.marks.behind() for verdict in both]
        yield (*row.actors,), f"{code}, {row.claim}: {tr(row.verdict_then)}{marks[0]}."
        if row.readings and (summary := ledger.ledger_summary(str(code))):
            yield (*row.actors,), f"{summary.tally.words()}: {summary.ends()}."
        since = f"{tr(row.verdict_since)}{marks[1]}"
        later = tr("{claim} since: {verdict}.", claim=code, verdict=since)
        yield (*row.actors, "since"), later


def _frame(ax: Axes, begun: pd.DataFrame, layout: dict[str, Any]) -> None:
    """The key, the heads of the two columns, and a line where a paragraph of the article begins."""
    rows.key(ax, *((0.12, 0.98) if layout is PHONE else (0.47, 1.1)))
    for text in HEADS:
        draw = pictures.Tagged(ax, since=text == "since")
        draw.text(
            layout[text],
            layout["head"],
            tr(text, context="head"),
            ha="center",
            va="center",
            fontweight="bold",
        )
    ax.hlines(begun.top, 0, ax.get_xlim()[1], color=pictures.GRID, linewidth=0.8)
    for row in begun.itertuples():
        middle = row.top + row.step / 2
        ax.text(0.02, middle, f"§ {row.paragraph}", va="center", color=pictures.QUIET)


def _claim(ax: Axes, row: Any, middle: float, layout: dict[str, Any]) -> None:
    """One row: id, claim and the two verdicts."""
    newer = row.verdict_since in DECIDED and ledger.updated(*ledger.both(row.Index))
    then = f"{row.Index}, {article.current().month}: {tr(row.verdict_then)}"
    draw = pictures.Tagged(ax, *row.actors, tell=then)
    draw.text(layout["code"], middle, row.Index, va="center", fontweight="bold")
    draw.text(layout["text"], middle, row.text, va="center", linespacing=1.05)
    marks = [rows.NEAR if verdict.marks.words() else "" for verdict in ledger.both(row.Index)]
    rows.sign(draw, layout["then"], middle, row.verdict_then, mark=marks[0])
    if row.readings and (summary := ledger.ledger_summary(row.Index)):
        told = f"{summary.tally.words()}: {summary.ends()}."
        tell = f"{row.Index}, {article.current().month}: {told}"
        bar = pictures.Tagged(ax, *row.actors, tell=tell)
        rows.shares(bar, layout["readings"] - 0.22, middle, summary.counts)
    verdict = tr(row.verdict_since)
    since = tr("{claim}, since: {verdict}", claim=row.Index, verdict=verdict)
    late = pictures.Tagged(ax, *row.actors, since=True, tell=since)
    rows.sign(late, layout["since"], middle, row.verdict_since, newer, marks[1])
