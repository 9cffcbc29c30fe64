"""The reader's own verdicts: recorded before the computed one shows, and compared with the ledger at the end."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from frenemies import claims
from frenemies.claims import ledger
from frenemies.errors import Problem, did_you_mean
from frenemies.exercises import diary

WORDS = claims.VERDICTS
MEANS = {
    "holds": "the figures bear it out",
    "partly": "only in part, or only in one book",
    "fails": "the figures speak against it",
    "undecided": "no table here can tell",
}
COLUMNS = ["claim", "verdict", "sure", "time"]


def record(claim, verdict, sure=50, path=None):
    """Write a prediction into the reader's file: verdict holds, partly, fails or undecided; sure 0 to 100 (percent).

    Returns "" or a line that says why it was not kept. Raises UnknownClaim; Problem for an unknown verdict or confidence.
    """
    entry = {
        "claim": claims.row(claim)["id"],
        "verdict": _verdict(verdict),
        "sure": _sure(sure),
        "time": diary.now(),
    }
    return diary.change(lambda contents: contents["guesses"].append(entry), path)


def _verdict(word):
    wanted = str(word).strip().casefold()
    if wanted in WORDS:
        return wanted
    raise Problem(
        f'"{word}" is no verdict: choose {", ".join(WORDS)}. {did_you_mean(word, WORDS)}'.strip()
    )


def _sure(sure):
    try:
        number = float(str(sure).strip().rstrip("%"))
    except ValueError:
        number = -1
    if not 0 <= number <= 100:
        raise Problem(
            f'"{sure}" is no confidence: give a number from 0 (a blind guess) to 100 (certain)'
        )
    return round(number)


def recorded(path=None):
    """The reader's predictions as a DataFrame: claim, verdict, sure (percent), time. The first one for each claim counts, as later ones saw the verdict."""
    return _first(pd.DataFrame(diary.load(path)["guesses"], columns=COLUMNS))


def _first(frame):
    frame = frame.astype({"claim": str, "verdict": str, "time": str}).assign(
        sure=pd.to_numeric(frame["sure"])
    )
    return frame.drop_duplicates("claim").reset_index(drop=True)


def gather(folder):
    """Several readers' files from one folder, for the class: reader (the file's name), claim, verdict, sure (percent), time.

    A file that is not a reader's file, or an entry that is none, is passed over with one line; nothing in the folder is changed.
    Raises Problem where the folder is missing.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Problem(
            f"there is no folder {folder.name}: make it, and put the readers' files into it"
        )
    found = [
        frame.assign(reader=path.stem)
        for path in sorted(folder.glob("*.json"))
        if (frame := _reader(path)) is not None
    ]
    return (
        pd.concat(found, ignore_index=True)[["reader", *COLUMNS]]
        if found
        else pd.DataFrame(columns=["reader", *COLUMNS])
    )


def _reader(path):
    """The predictions of one reader's file, None where it is not one."""
    try:
        contents, lost = diary.read(path)
    except OSError:
        contents, lost = None, 0
    if contents is None:
        print(f"{path.name} is no reader's file: passed over.")
        return None
    if lost:
        print(f"{path.name}: {lost} of its entries could not be read: passed over.")
    return _first(pd.DataFrame(contents["guesses"], columns=COLUMNS))


@dataclass
class Score:
    """Predictions held against the ledger.

    table: one row a prediction (its columns, and computed, agrees); agreement: share that agree, 0 to 1;
    brier: mean of (confidence less 1 or 0) squared, 0 is best, 0.25 what "50 % sure" of everything gives;
    calibration: band of confidence, n, said (mean confidence, 0 to 1), agreed (share, 0 to 1).
    """

    table: pd.DataFrame
    agreement: float | None
    brier: float | None
    calibration: pd.DataFrame


def score(frame, vintage="then"):
    """Hold predictions (columns claim, verdict, sure in percent) against the computed verdicts of a vintage. Returns a Score."""
    computed = {claim: ledger.judge(claim, vintage).verdict for claim in frame["claim"].unique()}
    table = frame.assign(computed=frame["claim"].map(computed))
    table = table.assign(agrees=table["verdict"].eq(table["computed"]))
    if table.empty:
        return Score(table, None, None, pd.DataFrame(columns=["band", "n", "said", "agreed"]))
    return Score(
        table,
        float(table["agrees"].mean()),
        float((table["sure"] / 100 - table["agrees"]).pow(2).mean()),
        _calibration(table),
    )


def _calibration(table):
    bands = pd.cut(
        table["sure"],
        [-1, 39, 59, 79, 100],
        labels=["under 40 %", "40-59 %", "60-79 %", "80 % and more"],
    )
    grouped = table.assign(band=bands, said=table["sure"] / 100).groupby("band", observed=True)
    return grouped.agg(
        n=("agrees", "size"), said=("said", "mean"), agreed=("agrees", "mean")
    ).reset_index()


def line(claim, path=None):
    """One line on the prediction that counts for a claim, "" where there is none."""
    mine = recorded(path).query("claim == @claim")
    return (
        ""
        if mine.empty
        else f"You said: {mine.verdict.iloc[0]}, {mine.sure.iloc[0]} % sure. Your first answer is the one that counts."
    )
