"""What readers hand in, taken in whole: lines in any text, files, folders of them, and zips such as
Moodle's *Download all submissions*. `room/intake.js` is its twin on the wall.
"""

import json
import os
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from heldto import article, evidence
from heldto.errors import Problem, numbered_names
from heldto.exercises import diary, line

WORDS = tomllib.loads(Path(__file__).with_name("intake.toml").read_text(encoding="utf-8"))
MEGABYTE = 1_000_000
UNPACKED, MEMBERS = 100 * MEGABYTE, 5000  # of one zip: bytes and files at most
PHOTOS = (".jpg", ".jpeg", ".png", ".heic", ".webp")
LOCKED = 1  # the flag of a member that asks for a password
SAVED, MOODLE = "/my-answers", "_assignsubmission_file_"  # how a reader's file and folder end
MAC = "__MACOSX"  # what a Mac puts beside the files of a zip
Held = Iterator[tuple[str, bytes]]


@dataclass(frozen=True)
class Respondent:
    """What one reader said in one round. name: where it came from; tag: of their line or file, ""
    where it has none; guesses: {claim: value of its letter}; sure: {claim: percent}, which a file
    tells and a line does not.
    """

    name: str
    guesses: dict[str, int]
    tag: str = ""
    round: int = 1
    sure: dict[str, int] = field(default_factory=dict)


@dataclass
class Room:
    """All that was taken in: readers, each once, and sentences on what was passed over, or met
    twice.
    """

    readers: list[Respondent] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    _held: dict[Any, list[int]] = field(
        default_factory=dict
    )  # places of readers, by whose they are

    def say(self, word: str, **told: object) -> None:
        """Keep a sentence of `intake.toml`."""
        self.told.append(WORDS[word].format_map(told))

    def file(self, name: str, content: bytes) -> None:
        """Take in a file: a reader's own, or a text with lines in it."""
        text = _decoded(content)
        if (record := _record(text)) is not None:
            self._own_file(name, record, text)
        elif not self.text(name, text):
            self.say("cut" if _was_record(name, text) else "none", name=name)

    def text(self, name: str, text: str) -> int:
        """Take in the lines in a text. Returns how many there were, the unreadable among them."""
        lines, faults = line.read_line(text)
        for fault in faults:
            self.say("line", name=name, row=fault.row, begins=fault.begins, why=fault.why)
        numbers: Counter[int] = Counter()  # of the readers' lines in a line of the text
        for entry in lines:
            numbers[entry.row] += 1
            label = name if len(lines) == 1 else f"{name}, line {entry.row}"
            if numbers[entry.row] > 1:
                label += f", number {numbers[entry.row]} in it"
            if entry.later:
                self.say("later", name=label, claims=", ".join(entry.later))
            guesses = self._ours(label, entry.guesses)
            if guesses:
                self._add(Respondent(label, guesses, entry.tag, entry.round))
            else:
                self.say("no_guess", name=label)
        return len(lines) + len(faults)

    def _ours(self, name: str, guesses: dict[str, int]) -> dict[str, int]:
        """The guesses on claims of this seminar; others are told."""
        claim_ids = _ids()
        if unknown := [claim for claim in guesses if claim not in claim_ids]:
            self.say("strange", name=name, claims=", ".join(unknown))
        return {claim: value for claim, value in guesses.items() if claim in claim_ids}

    def _own_file(self, name: str, record: dict[str, Any], text: str) -> None:
        """Take in the guesses of a reader's own file. What else is damaged in it costs nothing."""
        package, ours = record.get("article"), article.current().key
        if isinstance(package, str) and package not in ("", ours):
            self.say("elsewhere", name=name, article=package)
            return
        contents, lost = diary.sound_guesses(record)
        if contents is None:
            self.say("none", name=name)
            return
        if not (by_round := line.rounds(contents)):
            self.say("no_guess", name=name)
            return
        if lost:
            self.say("entries", name=name, lost=lost)
        if linked := sum(guess.get("came") == "link" for guess in contents["guesses"]):
            self.say("links", name=name, linked=linked)
        contents["tag"] = record.get("tag")
        self._rounds(name, contents, by_round, text)

    def _rounds(
        self, name: str, contents: diary.Contents, by_round: dict[int, dict[str, int]], text: str
    ) -> None:
        """Take in what a reader's own file says in each round. text: that of the file."""
        has_tag = line.is_tag(tag := contents["tag"])
        is_twin = False
        for number, guesses in by_round.items():
            label = name if number == 1 else f"{name}, second round"
            stored = contents["guesses" if number == 1 else "again"]
            sure = {guess["claim"]: guess["sure"] for guess in reversed(stored)}  # the first counts
            reader = Respondent(label, guesses, tag if has_tag else "", number, sure)
            is_twin = self._add(reader, "" if has_tag else text, quiet=is_twin)

    def _add(self, reader: Respondent, text: str = "", quiet: bool = False) -> bool:
        """Take in a reader, unless they are here. Returns whether they are, with the same guesses.

        text: by which a copy without a tag is known; quiet: whether a copy is not told.
        """
        indexes = self._held.setdefault((text or reader.tag, reader.round), [])
        for index in indexes:
            twin = self.readers[index]
            if not _agree(twin.guesses, reader.guesses):
                continue
            same = twin.guesses == reader.guesses
            if not (same and quiet):
                self.say("twin" if same else "fuller", name=reader.name, twin=twin.name)
            fuller = max(twin, reader, key=lambda one: len(one.guesses))
            self.readers[index] = replace(fuller, sure=reader.sure | twin.sure)
            return same
        if indexes:
            self.say("other", name=reader.name, twin=self.readers[indexes[0]].name)
        indexes.append(len(self.readers))
        self.readers.append(reader)
        return False


def first_guesses(room: Room) -> pd.DataFrame:
    """The guesses of the first round, which nobody had talked about yet.

    Columns: reader (the file's name without its ending; in a folder of one reader, as Moodle packs
    what was handed in, the folder's), claim, verdict, sure (percent; missing where a line tells
    only its band).
    """
    rows: list[tuple[str, str, str, int | None]] = []
    taken: set[str] = set()
    for reader in room.readers:
        if reader.round != 1 or not reader.guesses:
            continue
        name = next(name for name in numbered_names(_called(reader.name)) if name not in taken)
        taken.add(name)
        for claim, letter in reader.guesses.items():
            rows.append((name, claim, line.meaning(letter)[0], reader.sure.get(claim)))
    frame = pd.DataFrame(rows, columns=["reader", "claim", "verdict", "sure"])
    return frame.assign(sure=pd.to_numeric(frame["sure"]))


def _called(place: str) -> str:
    """The name of a reader by the place of their file."""
    inside, _, pack = place.rpartition(" in ")
    file = inside if pack.lower().endswith(".zip") else place
    return file.removesuffix(".json").removesuffix(SAVED).removesuffix(MOODLE)


def gather_room(*places: Path | str) -> Room:
    """Take in files, folders and zips: each reader once, and a sentence on each thing that is
    passed over.

    Nothing is written or unpacked to disk. Raises Problem for a place that is not there.
    """
    room = Room()
    for place in map(Path, places):
        if not place.exists():
            raise Problem(WORDS["no_place"].format(name=place))
        paths = _below(place) if place.is_dir() else [(place.name, place)]
        for name, path in paths:
            _take(room, name, path)
    return room


def _below(folder: Path) -> Iterable[tuple[str, Path]]:
    """Files in a folder and the folders in it, with their names there, in order."""
    paths = dict[str, Path]()
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if one[0] != "." and one != MAC]
        for name in (one for one in names if one[0] != "."):
            paths[Path(place, name).relative_to(folder).as_posix()] = Path(place, name)
    return sorted(paths.items())


def _take(room: Room, name: str, path: Path) -> None:
    try:
        if path.suffix.lower() == ".zip":
            for member, content in _unpacked(room, name, path):
                room.file(f"{member} in {name}", content)
        elif _is_photo(name):
            room.say("photo", name=name)
        elif path.is_file() and path.stat().st_size > diary.LARGEST:
            room.say("large", name=name, most=diary.LARGEST // MEGABYTE)
        else:
            room.file(name, diary.content(path))
    except OSError as error:
        room.say("unread", name=name, why=error.strerror or error)


def _unpacked(room: Room, name: str, path: Path) -> Held:
    """Members of a zip that can be a reader's, with their names; the others are told."""
    try:
        with zipfile.ZipFile(path) as pack:
            yield from _members(room, name, pack)
    except zipfile.BadZipFile:
        room.say("broken", name=name)


def _members(room: Room, name: str, pack: zipfile.ZipFile) -> Held:
    bytes_left = UNPACKED
    members = sorted(
        (member for member in pack.infolist() if not _beside(member.filename)),
        key=lambda member: member.filename,
    )
    if len(members) > MEMBERS:
        room.say("many", name=name, most=MEMBERS)
    for member in members[:MEMBERS]:
        label = f"{member.filename} in {name}"
        if word := _refused(member):
            room.say(word, name=label)
            continue
        limit = min(bytes_left, diary.LARGEST)
        try:
            with pack.open(member) as file:
                content = file.read(limit + 1)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
            room.say("damaged", name=label)
            continue
        bytes_left -= len(content)
        if bytes_left < 0:
            room.say("bomb", name=name, most=UNPACKED // MEGABYTE)
            return
        if len(content) > limit:
            room.say("large", name=label, most=diary.LARGEST // MEGABYTE)
            continue
        yield member.filename, content


def _beside(name: str) -> bool:
    """Whether a member of a zip is a folder, or what a system put there for itself."""
    parts = [part for part in name.split("/") if part not in (".", "..")]
    return name.endswith("/") or any(part == MAC or part.startswith(".") for part in parts)


def _refused(member: zipfile.ZipInfo) -> str:
    """The sentence on a member that is not read; "" for one that is."""
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return "outside"
    if member.flag_bits & LOCKED:
        return "locked"
    if parts[-1].lower().endswith(".zip"):
        return "inner"
    return "photo" if _is_photo(member.filename) else ""


def _is_photo(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in PHOTOS


def _record(text: str) -> dict[str, Any] | None:
    """What a file of JSON holds; None where it is no such file."""
    try:
        contents = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return contents if isinstance(contents, dict) else None


def _was_record(name: str, text: str) -> bool:
    """Whether a file that is no JSON was one, by its name and its first sign."""
    is_json = name.partition(" in ")[0].lower().endswith(".json")
    return is_json and text.lstrip("\ufeff \t\r\n").startswith("{")


def _decoded(content: bytes) -> str:
    """The text of a file, without the mark before it: UTF-8, or what Windows calls Unicode."""
    is_utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return content.decode("utf-16" if is_utf_16 else "utf-8", "replace").removeprefix("\ufeff")


def _agree(one: dict[str, int], other: dict[str, int]) -> bool:
    """Whether of two sets of guesses one holds the other."""
    return one.items() <= other.items() or other.items() <= one.items()


def _ids() -> set[str]:
    return {row["id"] for row in evidence.rows("claims")}
