"""The whole article at a glance: the ledger as a picture in reading order."""

import textwrap
from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from frenemies import claims, pictures
from frenemies.claims import ledger
from frenemies.sections.verdict.lists import browse, in_reading_order

__all__ = ["browse", "glance_picture", "in_reading_order", "tally"]
LINE = 0.172  # inches a line of text takes
LEAST = 1.12  # lines of text that a row takes at least
COUNTED = {"holds": "hold", "partly": "hold in part", "fails": "fail", "undecided": "are undecided"}
ORDER = "In reading order, numbered by paragraph"


def tally(verdicts: pd.Series) -> str:
    """How many claims have each verdict, in words: "15 hold, 14 hold in part, ..."."""
    counts = verdicts.value_counts()
    return ", ".join(f"{counts.get(word, 0)} {COUNTED[word]}" for word in claims.VERDICTS)


@pictures.drawing(
    "verdict",
    key="glance",
    source="the tables each verdict names",
    cannot="how much a claim matters: each is one row, the trivial and the weighty alike.",
    table_since=("verdict_since", "robust_since"),
)
def glance_picture(shown: Collection[str] | None = None) -> dict[str, Any] | None:
    """All claims in reading order, with the verdict of August 2019 and, beside it, that of since.

    shown: ISO3; without some of the actors the claims that need none of those.
    Table: paragraph, id, claim, and verdict and robust, of then and since each.
    """
    found = in_reading_order()
    if shown is not None:
        found = found[found.actors.map(lambda who: {*who} <= {*shown})]
    if found.empty:
        return None
    lines = {code: textwrap.wrap(claim, 74) for code, claim in found.claim.items()}
    height = sum(max(len(some), LEAST) for some in lines.values()) + 1.9
    figure, ax = pictures.canvas(height=height * LINE, left=0.05, right=0.05, top=0.05, bottom=0.05)
    ax.set(xlim=(0, 6.6), ylim=(height, 0))
    ax.axis("off")
    _head(ax)
    at, before = 1.6, None
    for code, row in found.iterrows():
        if row.paragraph != before:
            _paragraph(ax, at, max(len(lines[code]), LEAST), row.paragraph)
        at = _claim(ax, at, code, row, lines[code])
        before = row.paragraph
    changed = found.index[found.verdict_then.ne(found.verdict_since)]
    order = ORDER + "; those about the actors shown alone" * (shown is not None)
    claims_of = f"{len(found)} claims" + " about those shown" * (shown is not None)
    then = f"Of {claims_of} {tally(found.verdict_then)} by what was known in August 2019."
    columns = "paragraph id claim verdict_then robust_then verdict_since robust_since"
    return dict(
        title=f"By what was known in August 2019, {tally(found.verdict_then)}",
        neutral="The claims in reading order",
        about=["*"],
        subtitle=(
            f"{order}. Outlined: nothing newer is in the tables, so the verdict of then stands"
        ),
        figure=figure,
        lead=f"{then} Since then {len(changed)} verdicts have changed: {', '.join(changed)}.",
        sentences=_in_words(found),
        table=found.reset_index()[columns.split()],
        then={"subtitle": order, "lead": then},
    )


def _in_words(found: pd.DataFrame) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each claim's verdict of then, and the one since."""
    for code, row in found.iterrows():
        yield (*row.actors,), f"{code}, {row.claim}: {row.verdict_then}."
        yield (*row.actors, "since"), f"{code} since: {row.verdict_since}."


def _head(ax: Axes) -> None:
    """The key: the four verdicts, and what the two columns are."""
    for number, verdict in enumerate(claims.VERDICTS):
        _cell(ax, 0.47 + number * 1.1, 0.75, verdict)
        ax.text(0.63 + number * 1.1, 0.75, verdict, va="center", fontsize=9)
    for at, text in ((5.85, "then"), (6.33, "since")):
        head = ax.text(at, 0.75, text, ha="center", va="center", fontsize=9, fontweight="bold")
        pictures.tag(head, since=text == "since")


def _cell(ax: Axes, x: float, y: float, verdict: str, filled: bool = True) -> Any:
    """One verdict: a square with its sign, so that colour never stands alone."""
    colour = claims.COLOURS[verdict]
    face, ink = (colour, "white") if filled else ("white", colour)
    box = dict(boxstyle="square,pad=0.22", facecolor=face, edgecolor=colour, linewidth=1)
    look: Any = dict(ha="center", va="center", fontsize=7, fontweight="bold")
    return ax.text(x, y, claims.SIGNS[verdict], color=ink, bbox=box, **look)


def _paragraph(ax: Axes, at: float, step: float, number: int) -> None:
    """A line where a paragraph of the article begins, and its number."""
    ax.plot([0, 6.6], [at, at], color=pictures.GRID, linewidth=0.8)
    ax.text(0.05, at + step / 2, f"§ {number}", va="center", fontsize=9, color=pictures.QUIET)


def _claim(ax: Axes, at: float, code: Any, row: Any, lines: list[str]) -> float:
    """One row: id, claim and the two verdicts. Returns where the next begins."""
    below = at + max(len(lines), LEAST)
    middle = (at + below) / 2
    newer = row.verdict_since != "undecided" and ledger.updated(*ledger.both(code))
    for mark in (
        ax.text(0.42, middle, code, va="center", fontsize=9, fontweight="bold"),
        ax.text(0.85, middle, "\n".join(lines), va="center", fontsize=9, linespacing=1.05),
        _cell(ax, 5.85, middle, row.verdict_then),
    ):
        pictures.tag(mark, *row.actors, tell=f"{code}, August 2019: {row.verdict_then}")
    late = _cell(ax, 6.33, middle, row.verdict_since, newer)
    pictures.tag(late, *row.actors, since=True, tell=f"{code}, since: {row.verdict_since}")
    return below
