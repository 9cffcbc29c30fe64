"""The reckoning drawn: how sure against how often right, and a class's guesses claim by claim."""

import textwrap
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from frenemies import claims, pictures
from frenemies.exercises.score import WORDS, Score
from frenemies.pictures import svg

MANY = 8  # guesses from which a tendency is told
CHANCE = 1 / len(WORDS)  # how often somebody is right who draws lots
COLOURS = {"You": "#1F5FA8", "The class": "#7A8087"}
ROOM: dict[str, Any] = {"height": 4.5, "left": 0.65, "right": 1.75, "bottom": 0.55}  # inches
MOST = 12  # claims that are drawn: those on which a class is most divided
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}  # under a number that meets a line
LINE = 0.172  # inches a line of text takes
BARS, LONG, COMPUTED = 3.7, 2.1, 6.2  # inches: where bars begin, how long, where the verdict is
HELD = "the guesses in readers' files, held against the verdicts of this package"


@pictures.drawing("", key="calibration", source=HELD)
def calibration(scores: dict[str, Score]) -> dict[str, Any]:
    """How sure was said, across, and how often that was right, up: a dot a band of confidence.

    scores: of "You", of "The class" or of both; the class is pale behind the reader. Table: who,
    how sure, guesses, said and right (percent).
    """
    figure, ax = pictures.canvas(**ROOM)
    _ground(ax)
    found = pd.concat([one.calibration.assign(who=who) for who, one in scores.items()])
    for who, rows in found.groupby("who"):
        _dots(ax, rows, COLOURS[str(who)], alone=len(scores) == 1 or who == "You")
    both = " Pale behind them: the class." if len(scores) == 2 else ""
    first = next(iter(scores))
    return dict(
        figure=figure,
        title=_tendency(first, scores[first]),
        subtitle=f"A dot a band of confidence, the larger the more guesses it holds.{both}",
        cannot="luck from knowledge, where a dot holds one guess or two.",
        sentences=[((), text) for text in _in_words(found)],
        table=_percent(found),
    )


def square() -> tuple[svg.Drawing, str]:
    """The picture before a guess, and where its 0 and its 100 % are: "left bottom right top".

    A handout's script puts the dots on it.
    """
    with pictures.house_style():
        figure, ax = pictures.canvas(**ROOM)
        _ground(ax)
        corners = ax.transData.transform([(0, 0), (100, 100)]) * 72 / figure.dpi
    corners[:, 1] = ROOM["height"] * 72 - corners[:, 1]  # an SVG counts from above
    return svg.drawing(figure, "square"), " ".join(f"{place:.1f}" for place in corners.flat)


def _tendency(who: str, score: Score) -> str:
    """What the dots come to, in a sentence."""
    said, right = score.table["sure"].mean() / 100, score.table["agrees"].mean()
    were = f"{who} {'were' if who == 'You' else 'was'} {said:.0%} sure and right in {right:.0%}"
    if len(score.table) < MANY:
        return f"{were}: too few guesses to tell more"
    over = said - right
    off = "about as sure as right" if abs(over) < 0.05 else "too sure" if over > 0 else "too modest"
    chance = "better" if right > CHANCE else "no better"
    return f"{were}: {off}, and {chance} than chance"


def _ground(ax: Axes) -> None:
    """The square of sure and right, its diagonal, and the line of chance."""
    percent = "{:.0f}%".format
    ticks = range(0, 101, 25)
    ax.set(xlim=(0, 104), ylim=(-4, 104), xticks=ticks, yticks=ticks)
    ax.set_xticks(ticks, map(percent, ticks))
    ax.set_yticks(ticks, map(percent, ticks))
    ax.set(xlabel="how sure", ylabel="how often right")
    ax.plot([0, 100], [0, 100], color=pictures.QUIET, linewidth=1)
    ax.plot([0, 104], [CHANCE * 100] * 2, color=pictures.INK, linewidth=1, linestyle=(0, (4, 3)))
    ax.text(106, CHANCE * 100, "Chance, a quarter:\nthe line to beat", va="center")
    ax.text(106, 100, "As sure as right", va="center", color=pictures.QUIET)
    ax.text(3, 90, "too modest", color=pictures.QUIET, va="center", style="italic")
    ax.text(101, 10, "too sure", color=pictures.QUIET, ha="right", va="center", style="italic")


def _dots(ax: Axes, rows: pd.DataFrame, colour: str, alone: bool) -> None:
    """The dots of one score, their number of guesses beside them unless they lie behind others."""
    area = 40 + 360 * rows["n"] / rows["n"].max()
    looks: Any = dict(color=colour, alpha=0.9 if alone else 0.3, zorder=5 if alone else 4)
    ax.scatter(rows["said"] * 100, rows["agreed"] * 100, s=area, linewidths=0, **looks)
    for row, size in zip(rows.itertuples() if alone else (), area, strict=False):
        place: Any = dict(xytext=(-np.sqrt(size) / 2 - 3, 0), textcoords="offset points")
        at = (row.said * 100, row.agreed * 100)
        ax.annotate(f"{row.n}", at, **place, ha="right", va="center", color=colour, bbox=PAPER)


def _in_words(found: pd.DataFrame) -> Iterator[str]:
    for row in found.itertuples():
        guesses = "1 guess" if row.n == 1 else f"{row.n} guesses"
        yield (
            f"{row.who}, {row.band} sure: {guesses}, {row.said:.0%} sure on average, "
            f"right in {row.agreed:.0%}."
        )


def _percent(found: pd.DataFrame) -> pd.DataFrame:
    """The dots for readers. Columns: who, how sure, guesses, said (%), right (%)."""
    shares = found[["said", "agreed"]].mul(100).round().astype(int)
    made = found.assign(**shares).rename(columns={"band": "how sure", "n": "guesses"})
    made = made.rename(columns={"said": "said (%)", "agreed": "right (%)"})
    return made[["who", "how sure", "guesses", "said (%)", "right (%)"]]


@pictures.drawing("", key="class-by-claim", source=HELD)
def by_claim(found: pd.DataFrame) -> dict[str, Any]:
    """The claims that divide a class most: a bar each, and the computed verdict beside it.

    found: as `reckoning.of_class` returns it, all claims in the order of the bars. Table: its
    columns, and the claim's text.
    """
    shown = found.head(MOST)
    lines = [textwrap.wrap(text, 44) for text in shown["text"]]
    heights = np.array([len(some) + 0.7 for some in lines])
    ends = 1.7 + heights.cumsum()
    middles, bottom = ends - heights / 2, ends[-1] + 0.2
    figure, ax = pictures.canvas(bottom * LINE, left=0.05, right=0.05, top=0.05, bottom=0.05)
    ax.set(xlim=(0, 6.6), ylim=(bottom, 0))
    ax.axis("off")
    _key(ax)
    for row, some, middle in zip(shown.itertuples(), lines, middles, strict=True):
        ax.text(0.02, middle, row.claim, va="center", fontweight="bold")
        ax.text(0.47, middle, "\n".join(some), va="center", linespacing=1.05)
        _sign(ax, COMPUTED, middle, row.computed)
    _stack(ax, middles, shown)
    first = found.iloc[0]
    of_all = f"The {MOST} of {len(found)} claims" if len(found) > MOST else "The claims"
    return dict(
        figure=figure,
        title=f"The class is most divided on {first.claim}: {first.text}",
        subtitle=f"{of_all} that divide it most, in readers by their guess.",
        sentences=[((), text) for text in _counted(shown)],
        table=found.assign(agree=found["agree"].mul(100).round()).rename(
            columns={"agree": "agree (%)"}
        ),
    )


def _key(ax: Axes) -> None:
    """The four verdicts over the bars, and what stands right of them."""
    for number, verdict in enumerate(WORDS):
        _sign(ax, 0.1 + number * 0.85, 0.75, verdict)
        ax.text(0.23 + number * 0.85, 0.75, verdict, va="center")
    ax.text(BARS, 0.75, "the class", va="center", fontweight="bold")
    ax.text(COMPUTED, 0.75, "computed", va="center", ha="center", fontweight="bold")


def _sign(ax: Axes, x: float, y: float, verdict: str) -> None:
    """A verdict as a square with its sign, so that colour never stands alone."""
    box = dict(boxstyle="square,pad=0.22", facecolor=claims.COLOURS[verdict], edgecolor="none")
    look: Any = dict(ha="center", va="center", fontsize=7, fontweight="bold", color="white")
    ax.text(x, y, claims.SIGNS[verdict], bbox=box, **look)


def _stack(ax: Axes, middles: np.ndarray, found: pd.DataFrame) -> None:
    """The bars: how many readers guessed each verdict."""
    starts = np.full(len(found), BARS)
    for verdict in WORDS:
        counts = found[verdict].to_numpy()
        wide = counts / found["readers"].to_numpy() * LONG
        look: Any = dict(height=1.25, color=claims.COLOURS[verdict], edgecolor="white")
        drawn = ax.barh(middles, wide, left=starts, linewidth=0.8, **look)
        ax.bar_label(drawn, [str(n) if n else "" for n in counts], label_type="center", color="w")
        starts = starts + wide


def _counted(found: pd.DataFrame) -> Iterator[str]:
    for _, row in found.iterrows():
        guessed = ", ".join(f"{row[word]} {word}" for word in WORDS if row[word])
        yield f"{row.claim}, {row.text}: {guessed}; computed: {row.computed}."
