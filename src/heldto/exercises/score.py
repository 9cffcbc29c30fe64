"""The reader's own verdicts: recorded before the computed one shows, and scored against it."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from heldto import claims
from heldto.claims import ledger
from heldto.errors import Problem, numbered_names
from heldto.evidence import Vintage
from heldto.exercises import diary, words
from heldto.text.arguments import one_of
from heldto.text.words import count_of

WORDS = claims.VERDICTS
MEANS = words.WORDS["verdicts"]
COLUMNS = ["claim", "verdict", "sure", "time"]
SAVED, MOODLE = "/my-answers", "_assignsubmission_file_"  # how a reader's file and folder end
MAC = "__MACOSX"  # what a Mac puts beside the files of a zip
BANDS = {"under 40 %": 39, "40-59 %": 59, "60-79 %": 79, "80 % and more": 100}  # each up to


def record_guess(
    claim: str, verdict: str, sure: object = 50, path: Path | str | None = None
) -> str:
    """Write a prediction into the reader's file.

    verdict: holds, partly, fails or undecided; sure: 0 to 100 (percent). Returns "" or a line that
    says why it was not kept. Raises UnknownClaim; Problem for an unknown verdict or confidence.
    """
    word = one_of(WORDS, str(verdict).strip().casefold(), "verdict")
    cells = claims.row(claim)["id"], word, _sure(sure), diary.utc_now()
    entry = dict(zip(COLUMNS, cells, strict=True))
    return diary.change_file(lambda contents: contents["guesses"].append(entry), path)


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
    return _first(diary.load_answers(path))


def _first(contents: diary.Contents) -> pd.DataFrame:
    guesses = pd.DataFrame(contents["guesses"], columns=COLUMNS)
    types = dict.fromkeys(COLUMNS, str) | {"sure": int}
    return guesses.astype(types).drop_duplicates("claim", ignore_index=True)


def gather(folder: Path | str) -> pd.DataFrame:
    """Several readers' files from one folder and the folders in it, for the class.

    Columns: reader (the file's name without its ending; in a folder of one reader, as Moodle packs
    what was handed in, the folder's), claim, verdict, sure (percent), time. A file that is not a
    reader's file, a second one of the same bytes, or an entry that is none, is passed over with one
    line, and one line tells how many lay in folders; nothing in the folder is changed. Raises
    Problem where the folder is missing.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Problem(words.say("no_folder", name=folder.name))
    found: dict[str, pd.DataFrame] = {}
    held: dict[str, str] = {}  # the first file's place, by what files hold
    deep = 0
    for path in _files(folder):
        place = path.relative_to(folder).as_posix()
        content = _content(path, place)
        frame = None if content is None else _of_reader(content, place, held)
        if frame is not None:
            name = next(one for one in numbered_names(_reader(place)) if one not in found)
            found[name] = frame.assign(reader=name)
            deep += "/" in place
    if deep:
        files = f"{count_of(deep, 'file')} {'was' if deep == 1 else 'were'}"
        print(words.say("in_folders", files=files))
    empty = pd.DataFrame(columns=["reader", *COLUMNS])
    return pd.concat(found.values(), ignore_index=True)[[*empty]] if found else empty


def _files(folder: Path) -> Iterator[Path]:
    """The files of readers in a folder, then those in the folders in it, by name; a folder without
    any is told.
    """
    for place, inner, names in os.walk(folder):
        inner[:] = sorted(one for one in inner if one[0] != "." and one != MAC)
        files = [one for one in names if one[0] != "." and one.endswith(".json")]
        yield from sorted((Path(place, one) for one in files), key=lambda one: one.stem)
        if not (inner or files) and Path(place) != folder:
            name = Path(place).relative_to(folder).as_posix()
            print(words.say("holds_none", name=name))


def _reader(place: str) -> str:
    """The name of a reader by the place of their file."""
    return place.removesuffix(".json").removesuffix(SAVED).removesuffix(MOODLE)


def _content(path: Path, place: str) -> bytes | None:
    """The bytes of a file, None where it is none that a reader can have handed in."""
    try:
        return diary.content(path)
    except OSError as error:
        print(words.say("passed_over", name=place, why=f" ({error.strerror})"))
        return None


def _of_reader(content: bytes, place: str, held: dict[str, str]) -> pd.DataFrame | None:
    """The predictions of one reader's file, None where it is not one, or one that was held before;
    `held` takes it in.
    """
    contents, lost = diary.parse_answers(content)
    if contents is None:
        print(words.say("passed_over", name=place, why=""))
        return None
    twin = held.setdefault(hashlib.sha256(content).hexdigest(), place)
    if twin != place:
        print(words.say("twin", name=place, twin=twin))
        return None
    if lost:
        print(words.say("entries_lost", name=place, lost=lost))
    linked = sum(guess.get("came") == "link" for guess in contents["guesses"])
    if linked:
        print(words.say("from_links", name=place, linked=linked))
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
    guesses = diary.load_answers(path)["guesses"]
    return next(((one["verdict"], one["sure"]) for one in guesses if one["claim"] == claim), None)
