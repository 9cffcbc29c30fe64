"""The reckoning drawn: how sure against how often right, and a class's guesses claim by claim."""

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from heldto import claims, pictures
from heldto.exercises.score import WORDS, Score
from heldto.ledger import rows
from heldto.pictures.style import is_narrow
from heldto.text.texts import captions
from heldto.text.words import percent
from heldto.tr import tr, tr_n

CAPTIONS = captions(Path(__file__).parent)
MANY = 8  # guesses from which a tendency is told
CLOSE = 0.05  # a gap of sure and right that nobody minds
RARE = 2  # standard errors: chance alone goes as far as that in one of twenty cases
CHANCE = 1 / len(WORDS)  # how often somebody is right who guesses at random
COLOURS = {"You": "#1F5FA8", "The class": "#7A8087"}
ROOM: dict[str, Any] = {"height": 4.5, "left": 0.65, "right": 1.75, "bottom": 0.55}  # inches
ROOM["narrow"] = {"left": 0.72, "right": 0.15}
MOST = 12  # claims that are drawn: those on which a class is most divided


class Layout(NamedTuple):
    """Where the parts of a claim's row stand: letters of a line of its text; inches from the left:
    where bars begin, how long they are, where the computed verdict is; lines: where heads stand.
    """

    letters: int
    bars: float
    long: float
    computed: float
    heads: float


WIDE, PHONE = Layout(44, 3.7, 2.1, 6.2, 0.75), Layout(26, 2.35, 1.3, 3.85, 2.15)


@pictures.drawing("", **CAPTIONS["calibration"])
def calibration(scores: dict[str, Score]) -> dict[str, Any]:
    """How sure was said, across, and how often that was right, up: a dot a band of confidence.

    scores: of "You", of "The class" or of both; the class is pale behind the reader. Table: who,
    how sure, guesses, said and right (percent).
    """
    figure, ax = pictures.canvas(**ROOM)
    _ground(ax)
    bands = pd.concat([score.calibration.assign(who=who) for who, score in scores.items()])
    bands = bands.assign(text=[_in_words(row) for row in bands.itertuples()])
    for who, dots in bands.groupby("who"):
        _dots(ax, dots, COLOURS[str(who)], alone=len(scores) == 1 or who == "You")
    first = next(iter(scores))
    return dict(
        figure=figure,
        title=_tendency(first, scores[first]),
        words={"behind": len(scores) == 2},
        sentences=[((), f"{text}.") for text in bands.text],
        table=_percent(bands),
    )


def square() -> tuple[pictures.svg.Drawing, str]:
    """The picture before a guess, and where its 0 and its 100 % are: "left bottom right top".

    A handout's script puts the dots on it.
    """
    with pictures.house_style():
        figure, ax = pictures.canvas(**ROOM)
        _ground(ax)
        corners = ax.transData.transform([(0, 0), (100, 100)]) * 72 / figure.dpi
    corners[:, 1] = ROOM["height"] * 72 - corners[:, 1]  # an SVG counts from above
    return pictures.svg.figure_svg(figure), " ".join(f"{place:.1f}" for place in corners.flat)


def _tendency(who: str, score: Score) -> str:
    """What the dots come to, in a sentence."""
    said, right = score.table["sure"].mean() / 100, score.table["agrees"].mean()
    shares = {"said": percent(said), "right": percent(right)}
    were = tr("You were {said} sure and right in {right}", **shares)
    if who != "You":
        were = tr("{who} was {said} sure and right in {right}", who=tr(who), **shares)
    if len(score.table) < MANY:
        return tr("{were}: too few guesses to tell more", were=were)
    off, beside = _off(score.table), _beside_chance(right, len(score.table))
    return tr("{were}: {off}, and {beside} than chance", were=were, off=off, beside=beside)


def _off(guesses: pd.DataFrame) -> str:
    """Whether one was too sure, in words: only a gap counts that chance alone would rarely make."""
    sure, count = guesses["sure"] / 100, len(guesses)
    over = sure.mean() - guesses["agrees"].mean()
    if abs(over) < CLOSE:
        return tr("about as sure as right")
    if abs(over) < RARE * (sure * (1 - sure)).sum() ** 0.5 / count:
        return tr("as far as {count} guesses can tell, as sure as right", count=count)
    return tr("too sure") if over > 0 else tr("too modest")


def _beside_chance(right: float, count: int) -> str:
    """How a share of right guesses compares with guessing at random, in words."""
    if right <= CHANCE:
        return tr("no better")
    rare = RARE * (CHANCE * (1 - CHANCE) / count) ** 0.5
    return tr("better") if right - CHANCE >= rare else tr("not clearly better")


def _ground(ax: Axes) -> None:
    """The square of sure and right, its diagonal, and the line of chance."""
    ticks: Any = dict(ticks=range(0, 101, 25), labels=[f"{tick} %" for tick in range(0, 101, 25)])
    ax.set_xticks(**ticks)
    if is_narrow():  # elsewhere a dot could stand on the words
        ticks["labels"][1] = f"{tr('chance')}\n{CHANCE:.0%}".replace("%", " %")
    ax.set_yticks(**ticks)
    ax.set(xlim=(0, 104), ylim=(-4, 104), xlabel=tr("how sure"), ylabel=tr("how often right"))
    ax.plot([0, 100], [0, 100], color=pictures.QUIET, linewidth=1)
    ax.plot([0, 104], [CHANCE * 100] * 2, color=pictures.INK, linewidth=1, linestyle=(0, (4, 3)))
    quiet: Any = dict(color=pictures.QUIET, va="center")
    if is_narrow():
        ax.text(93, 100, tr("As sure as right"), **quiet, ha="right", bbox=pictures.PAPER)
    else:
        ax.text(106, CHANCE * 100, tr("Chance, a quarter:\nthe line to beat"), va="center")
        ax.text(106, 100, tr("As sure as right"), **quiet)
    ax.text(3, 90, tr("too modest"), **quiet, style="italic")
    ax.text(101, 10, tr("too sure"), **quiet, ha="right", style="italic")


def _dots(ax: Axes, bands: pd.DataFrame, colour: str, alone: bool) -> None:
    """The dots of one score, their number of guesses beside them unless they lie behind others."""
    look: Any = dict(color=colour, alpha=0.9, zorder=5) if alone else dict(color=colour, alpha=0.3)
    for row in bands.itertuples():
        xy, size = (row.said * 100, row.agreed * 100), (40 + 360 * row.n / bands.n.max()) ** 0.5
        draw = pictures.Tagged(ax, tell=row.text)
        draw.plot(*xy, "o", markersize=size, markeredgewidth=0, **look)
        if alone:
            place: Any = dict(xytext=(-size / 2 - 3, 0), textcoords="offset points", ha="right")
            ax.annotate(f"{row.n}", xy, **place, va="center", color=colour, bbox=pictures.PAPER)


def _in_words(row: Any) -> str:
    return tr_n(
        "{who}, {band} sure: {n} guess, {said} sure on average, right in {right}",
        "{who}, {band} sure: {n} guesses, {said} sure on average, right in {right}",
        row.n,
        who=tr(row.who),
        band=tr(row.band),
        said=percent(row.said),
        right=percent(row.agreed),
    )


def _percent(bands: pd.DataFrame) -> pd.DataFrame:
    """The dots for readers. Columns: who, how sure, guesses, said (%), right (%)."""
    heads = {"band": "how sure", "n": "guesses", "said": "said (%)", "agreed": "right (%)"}
    shares = bands[["said", "agreed"]].mul(100).round().astype(int)
    return bands.assign(**shares)[["who", *heads]].rename(columns=heads)


@pictures.drawing("", **CAPTIONS["class-by-claim"])
def by_claim(found: pd.DataFrame) -> dict[str, Any]:
    """The claims that divide a class most: a bar each, and the computed verdict beside it.

    found: as `reckoning.of_class` returns it, all claims in the order of the bars. Table: its
    columns, and the claim's text.
    """
    layout = PHONE if is_narrow() else WIDE
    lines = found.text.head(MOST).str.wrap(layout.letters)
    heights, top = lines.str.count("\n") + 1.7, layout.heads + 0.95
    shown = found.head(MOST).assign(lines=lines, middle=top + heights.cumsum() - heights / 2)
    figure, ax = rows.blank_figure(top + 0.2 + heights.sum())
    rows.key(ax, 0.1, 0.85)
    head: Any = dict(y=layout.heads, va="center", fontweight="bold")
    ax.text(x=layout.bars, s=tr("the class"), **head)
    ax.text(x=layout.computed, s="computed", ha="center", **head)
    for row in shown.itertuples():
        ax.text(0.02, row.middle, row.claim, va="center", fontweight="bold")
        ax.text(0.47, row.middle, row.lines, va="center", linespacing=1.05)
        rows.sign(ax, layout.computed, row.middle, row.computed)
    _stack(ax, shown, layout)
    table = found.assign(agree=found.agree.mul(100).round())
    return dict(
        words=_division(found),
        figure=figure,
        sentences=[((), _counted(row)) for _, row in shown.iterrows()],
        table=table.rename(columns={"agree": "agree (%)"}),
    )


def few(readers: pd.Series) -> pd.Series:
    """Whether fewer than half as many guessed a claim as the one that most guessed: three readers
    are easily of three minds.
    """
    return readers < readers.max() / 2


def _division(table: pd.DataFrame) -> dict[str, Any]:
    """On what a class is most divided, and which claims are drawn; of one mind, none divides it."""
    first, late = table.iloc[0], few(table.readers)
    divided, some = f"most divided on {first.claim}: {first.text}", f"{MOST} of {len(table)} claims"
    of_all = f"The {some} that divide it most"
    if first[[*WORDS]].max() == first.readers:
        divided, of_all = "agreed on every claim", f"The first {some}"
        divided += " that more than a few guessed" if late.any() else ""
    of_all = of_all if len(table) > MOST else "The claims"
    return {"divided": divided, "of_all": of_all, "last": late.any()}


def _stack(ax: Axes, shown: pd.DataFrame, layout: Layout) -> None:
    """The bars: how many readers guessed each verdict."""
    widths = shown[[*WORDS]].div(shown.readers, axis=0) * layout.long
    starts = layout.bars + widths.cumsum(axis=1) - widths
    for verdict in WORDS:
        look: Any = dict(height=1.25, color=claims.COLOURS[verdict], edgecolor="white")
        bars = ax.barh(shown.middle, widths[verdict], left=starts[verdict], linewidth=0.8, **look)
        counts = [str(count or "") for count in shown[verdict]]
        ax.bar_label(bars, counts, label_type="center", color="w")
        for bar, claim, count in zip(bars, shown.claim, counts, strict=True):
            pictures.tag(bar, tell=f"{claim}: {count or 'nobody'} {verdict}")


def _counted(row: pd.Series) -> str:
    guessed = ", ".join(f"{row[word]} {word}" for word in WORDS if row[word])
    return f"{row.claim}, {row.text}: {guessed}; computed: {row.computed}."
