"""What a random other actor in the place of the article's would make of its claims: the benchmark
of `heldto.claims.ledger` as a picture.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from heldto.claims import ledger, substitute
from heldto.errors import NotHeld
from heldto.ledger import rows
from heldto.pictures import INK, QUIET, Shown, canvas, drawing, is_off, marks
from heldto.pictures.marks import Tagged, tag
from heldto.pictures.style import is_narrow
from heldto.text.texts import captions
from heldto.text.words import possessive

CAPTIONS = captions("verdict")
OTHERS = "#C8D3DA"  # what others would give; the article's own mark is dark


@drawing("verdict", **CAPTIONS["benchmark"])
def benchmark_picture(shown: Shown = None) -> dict[str, Any] | None:
    """How many claims would hold with random others in the place of the article's actors, above;
    for how many others each of them would hold, below. Only claims of the first count that others
    can be asked of.

    shown: ISO3 codes; claims that need another actor are left out. Table: claim, says, verdict,
    hold (for how many others it would hold), of (how many), share (per cent).
    """
    found = _first_count()
    found = found[~found.actors.map(is_off).astype(bool)]
    early, later = (ledger.benchmark(found, vintage) for vintage in ("then", "since"))
    if not early.rates:
        return None
    asked = _by_claim(found, early)
    count = len(asked)
    figure, (above, below) = canvas(
        height=3.0 + 0.24 * count,
        rows=2,
        left=0.5,
        right=0.15,
        top=0.3,
        narrow=dict(left=0.45, right=0.1),
        height_ratios=(1.9, 0.5 + 0.24 * count),
    )
    figure.subplots_adjust(hspace=1.4 / (3.0 + 0.24 * count))
    _distribution(above, early, {code for who in asked.actors for code in who})
    _claims(below, asked)
    tallies = ledger.tallies(found)
    return dict(
        words=dict(held=len(early.held), count=count, expected=early.expected, **tallies),
        figure=figure,
        sentences=_in_words(asked, later.words()),
        table=asked[["claim", "says", "verdict", "hold", "of", "share"]],
    )


def compared() -> list[str]:
    """The claims (ids) whose verdicts the picture tells; all where no rule was sealed, and the
    picture says so.
    """
    try:
        return [*ledger.benchmark(_first_count(), "then").rates]
    except NotHeld:
        return [*ledger.table().index]


def _first_count() -> pd.DataFrame:
    """The ledger's claims whose rules were sealed before any verdict. Raises NotHeld."""
    found = ledger.table()
    found = found[found.index.map(ledger.group_of) == "fixed"]
    if found.empty:
        raise NotHeld("no claim has a rule that was sealed, so there is no first count")
    return found


def _by_claim(found: pd.DataFrame, benchmark: ledger.Benchmark) -> pd.DataFrame:
    """The claims that others can be asked of, those first that hold for most others.

    Columns: claim, says, actors, verdict, hold, of, share (per cent), places (whose).
    """
    asked = found.loc[[*benchmark.rates]]
    others = pd.DataFrame(asked.others_then.tolist(), index=asked.index)
    frame = pd.DataFrame(
        {
            "claim": asked.index,
            "says": asked.claim,
            "actors": asked.actors,
            "verdict": asked.verdict_then,
            "hold": others["hold"],
            "of": others["of"],
            "share": 100 * others["hold"] / others["of"],
            "places": others.in_place_of,
        }
    )
    return frame.sort_values(["share", "of"], ascending=False, kind="stable", ignore_index=True)


def _distribution(ax: Axes, benchmark: ledger.Benchmark, codes: set[str]) -> None:
    """How likely each number of claims is, a bar each; the article's own is dark. codes: of all
    whom these claims are about.
    """
    held, expected = len(benchmark.held), benchmark.expected
    frame = pd.DataFrame({"chance": [100 * part for part in benchmark.distribution()]})
    frame = frame.assign(number=frame.index, own=frame.index == held)
    look: marks.Look = dict(palette={True: INK, False: OTHERS}, saturation=1, legend=False)
    sns.barplot(frame, x="number", y="chance", hue="own", dodge=False, ax=ax, **look)
    drawn: list[Any] = [*ax.patches]
    for bar in drawn:
        number = round(bar.get_x() + bar.get_width() / 2)
        tag(bar, *sorted(codes), tell=f"{number} claims: {bar.get_height():.1f} % of all draws")
    draw, top = Tagged(ax, *sorted(codes)), frame.chance.max()
    side = 1 if held >= expected else -1  # away from the higher bars
    look = dict(ha="left" if side > 0 else "right", va="top", fontweight="bold")
    draw.text(held + 0.5 * side, frame.chance[held], f"the article: {held}", color=INK, **look)
    draw.axvline(expected, color=QUIET, linestyle="--", linewidth=1)
    words = f"others, on average: {expected:.1f}"
    side = 1 if expected < len(frame) / 2 else -1  # where there is room
    at, turn = expected + 0.15 * side, "left" if side > 0 else "right"
    draw.text(at, 1.08 * top, words, ha=turn, color=QUIET)
    marks.heading(ax, "How many would hold, per cent of all draws")
    ax.set(xlabel="", ylabel="", ylim=(0, 1.25 * top))
    ax.set_xticks([*range(0, len(frame), 2 if is_narrow() else 1)])


def _claims(ax: Axes, asked: pd.DataFrame) -> None:
    """A row a claim: its verdict as a square, and for what part of the others it would hold."""
    sns.barplot(asked, x="share", y="claim", color=OTHERS, saturation=1, orient="h", ax=ax)
    for row, bar in zip(asked.itertuples(), ax.patches, strict=True):
        tell = f"{row.claim}, {row.verdict}: for {row.hold} of {row.of} others"
        tag(bar, *row.actors, tell=tell)
        draw = Tagged(ax, *row.actors, tell=tell)
        rows.sign(draw, -4, row.Index, row.verdict)
        draw.row_name(row.Index, row.claim, fontweight="bold")
        draw.beside(row.share, row.Index, f"{row.hold} of {row.of} {_whose(row.places)}")
    marks.heading(ax, "For how many others each holds, per cent")
    ax.set(xlabel="", ylabel="", xlim=(-8, 160), xticks=[0, 25, 50, 75, 100])
    ax.set_yticks([])


def _whose(places: list[str]) -> str:
    names = [possessive(substitute.title(code)) for code in places]
    return "" if is_narrow() else f"in {' or '.join(names)} place"


def _in_words(asked: pd.DataFrame, later: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each claim with its base rate; what the same count gives since."""
    for row in asked.itertuples():
        rate = substitute.rate(row.claim, "then")
        words = rate.words() if rate else ""
        yield (*row.actors,), f"{row.claim}, {row.says}: {row.verdict}. {words}"
    yield ("since",), f"Since then: {later}"
