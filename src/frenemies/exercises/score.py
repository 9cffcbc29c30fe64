"""The reader's own verdicts: recorded before the computed one shows, and scored against it."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from frenemies import claims
from frenemies.claims import ledger
from frenemies.errors import Problem
from frenemies.evidence import Vintage
from frenemies.exercises import diary, words
from frenemies.measures.arguments import one_of

WORDS = claims.VERDICTS
MEANS = words.WORDS["verdicts"]
COLUMNS = ["claim", "verdict", "sure", "time"]
BANDS = {"under 40 %": 39, "40-59 %": 59, "60-79 %": 79, "80 % and more": 100}  # each up to


def record(claim: str, verdict: str, sure: object = 50, path: Path | str | None = None) -> str:
    """Write a prediction into the reader's file.

    verdict: holds, partly, fails or undecided; sure: 0 to 100 (percent). Returns "" or a line that
    says why it was not kept. Raises UnknownClaim; Problem for an unknown verdict or confidence.
    """
    word = one_of(WORDS, str(verdict).strip().casefold(), "verdict")
    cells = claims.row(claim)["id"], word, _sure(sure), diary.now()
    entry = dict(zip(COLUMNS, cells, strict=True))
    return diary.change(lambda contents: contents["guesses"].append(entry), path)


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
    return _first(diary.load(path))


def _first(contents: diary.Contents) -> pd.DataFrame:
    guesses = pd.DataFrame(contents["guesses"], columns=COLUMNS)
    types = dict.fromkeys(COLUMNS, str) | {"sure": int}
    return guesses.astype(types).drop_duplicates("claim", ignore_index=True)


def gather(folder: Path | str) -> pd.DataFrame:
    """Several readers' files from one folder, for the class.

    Columns: reader (the file's name), claim, verdict, sure (percent), time. A file that is not a
    reader's file, or an entry that is none, is passed over with one line; nothing in the folder is
    changed. Raises Problem where the folder is missing.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Problem(words.say("no_folder", name=folder.name))
    found = {path.stem: _of_reader(path) for path in sorted(folder.glob("*.json"))}
    frames = [frame.assign(reader=name) for name, frame in found.items() if frame is not None]
    empty = pd.DataFrame(columns=["reader", *COLUMNS])
    return pd.concat(frames, ignore_index=True)[[*empty]] if frames else empty


def _of_reader(path: Path) -> pd.DataFrame | None:
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
    return _first(contents)


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

    One on a claim that is unjudged is left out.
    """
    computed = frame["claim"].map(lambda claim: ledger.judge(claim, vintage).verdict)
    table = frame.assign(computed=computed, agrees=frame["verdict"].eq(computed))
    table = table[computed.ne(claims.UNJUDGED)].reset_index(drop=True)
    if table.empty:
        return Score(table, None, None, pd.DataFrame(columns=["band", "n", "said", "agreed"]))
    said, agrees = table["sure"] / 100, table["agrees"]
    band = pd.cut(table["sure"], [-1, *BANDS.values()], labels=list(BANDS))
    grouped = table.assign(band=band, said=said).groupby("band", observed=True)
    means = grouped.agg(n=("agrees", "size"), said=("said", "mean"), agreed=("agrees", "mean"))
    brier = float((said - agrees).pow(2).mean())
    return Score(table, float(agrees.mean()), brier, means.reset_index())


def first(claim: str, path: Path | str | None = None) -> tuple[str, int] | None:
    """The prediction that counts for a claim, (verdict, sure in percent); None where there is
    none.
    """
    guesses = diary.load(path)["guesses"]
    return next(((one["verdict"], one["sure"]) for one in guesses if one["claim"] == claim), None)
