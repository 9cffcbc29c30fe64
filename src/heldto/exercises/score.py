"""The reader's own verdicts: recorded before the computed one shows, and scored against it."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd

from heldto import claims
from heldto.claims import guessed
from heldto.errors import Problem
from heldto.evidence import Vintage
from heldto.exercises import diary, words
from heldto.exercises.line import EDGES
from heldto.text.arguments import one_of
from heldto.tr import tr

Rounds = tuple[tuple[str, int], ...]  # (verdict, sure in percent), and once more after a discussion
WORDS = claims.VERDICTS
MEANS = words.WORDS["verdicts"]
COLUMNS = ["claim", "verdict", "sure", "time"]
BANDS = [
    f"under {EDGES[0]} %",
    *(f"{low}-{high - 1} %" for low, high in pairwise(EDGES)),
    f"{EDGES[-1]} % and more",
]


def record_guess(
    claim: str, verdict: str, sure: object = 50, path: Path | str | None = None, later: bool = False
) -> str:
    """Write a prediction into the reader's file.

    verdict: holds, partly, fails or undecided; sure: 0 to 100 (percent); later: it was made once
    more, after a discussion, and the first one stays. Returns "" or a line that says why it was not
    kept. Raises UnknownClaim; Problem for an unknown verdict or confidence.
    """
    word = one_of(WORDS, str(verdict).strip().casefold(), "verdict")
    cells = claims.row(claim)["id"], word, _sure(sure), diary.utc_now()
    entry = dict(zip(COLUMNS, cells, strict=True))
    key = "again" if later else "guesses"
    return diary.change_file(lambda contents: contents.setdefault(key, []).append(entry), path)


def _sure(sure: object) -> int:
    try:
        number = float(str(sure).strip().rstrip("%"))
    except ValueError:
        number = -1
    if 0 <= number <= 100:
        return round(number)
    raise Problem(words.say("no_confidence", sure=sure))


def recorded(path: Path | str | None = None) -> pd.DataFrame:
    """The reader's predictions. Columns: claim, verdict, sure (percent), time.

    The first one for each claim counts, as later ones saw the verdict.
    """
    guesses = pd.DataFrame(diary.load_answers(path)["guesses"], columns=COLUMNS)
    types = dict.fromkeys(COLUMNS, str) | {"sure": int}
    return guesses.astype(types).drop_duplicates("claim", ignore_index=True)


@dataclass
class Score:
    """Predictions held against the ledger.

    table: one row a prediction (its columns, and computed, agrees); agreement: share that agree,
    0 to 1; brier: mean of (confidence less 1 or 0) squared, 0 is best, 0.25 what "50 % sure" of
    everything gives; calibration: band of confidence, n, said (mean confidence, 0 to 1), agreed
    (share, 0 to 1).
    """

    table: pd.DataFrame
    agreement: float | None
    brier: float | None
    calibration: pd.DataFrame


def score(frame: pd.DataFrame, vintage: Vintage = "then") -> Score:
    """Hold predictions (columns claim, verdict, sure in percent) against a vintage's verdicts.

    One on a claim that is unjudged, or on a forecast before it is due, is left out; one without a
    percentage counts for the agreement alone.
    """
    computed = frame["claim"].map(lambda claim: guessed.held_against(claim, vintage))
    table = frame.assign(computed=computed, agrees=frame["verdict"].eq(computed))
    table = table[~computed.isin(["", claims.UNJUDGED])].reset_index(drop=True)
    if table.empty:
        return Score(table, None, None, pd.DataFrame(columns=["band", "n", "said", "agreed"]))
    confidence, agrees = table["sure"] / 100, table["agrees"]
    band = pd.cut(table["sure"], [0, *EDGES, 101], right=False, labels=BANDS)
    grouped = table.assign(band=band, said=confidence).groupby("band", observed=True)
    means = grouped.agg(n=("agrees", "size"), said=("said", "mean"), agreed=("agrees", "mean"))
    brier = float((confidence - agrees).pow(2).mean()) if confidence.notna().any() else None
    return Score(table, float(agrees.mean()), brier, means.reset_index())


def predicted(claim: str) -> Rounds:
    """What the reader predicted of a claim; empty where that is nothing."""
    return predicted_by_claim(diary.load_answers()).get(claim, ())


def predicted_by_claim(contents: diary.Contents) -> dict[str, Rounds]:
    """What counts of the predictions in a reader's file, by claim: the first one, and the first one
    after a discussion.
    """
    rounds: dict[str, Rounds] = {}
    for key, before in (("guesses", 0), ("again", 1)):
        for guess in contents.get(key, ()):
            if len(mine := rounds.get(guess["claim"], ())) == before:
                rounds[guess["claim"]] = (*mine, (guess["verdict"], guess["sure"]))
    return rounds


def tell(sentence: str, mine: Rounds) -> str:
    """A sentence of `words.toml` about what the reader predicted of a claim."""
    first, later = (*((tr(verdict), sure) for verdict, sure in mine), None)[:2]
    return words.say(sentence, first=first, later=later)
