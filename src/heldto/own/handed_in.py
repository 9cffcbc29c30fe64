"""Checking pages that were handed in: each is drawn anew from its data and compared; its code is
run where that is asked for; the letters of its seal are looked for where others received them; and
the pages of a class are compared with each other.
"""

import json
import math
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from heldto import __version__
from heldto.claims import units
from heldto.claims.wording import MEANS
from heldto.errors import Problem, or_else
from heldto.exercises import diary, sealed
from heldto.own import outside, rerun
from heldto.own import rule as own_rule
from heldto.own.cell_history import READ
from heldto.own.page import drawn_anew
from heldto.own.page_words import VOID, Written, differing_words
from heldto.own.preregistration import moment
from heldto.text.words import count_of

LARGEST = 20_000_000  # bytes of a page
LEAST_MOVE = 1e-6  # of a figure, which moves by a hundredth or more with tables that do
SKEW = timedelta(minutes=10)  # by which two clocks may differ
UNSEEN = (
    "No program can tell whether the author knew the figure before the letters were sent, or "
    "had help."
)
Entry = Mapping[str, Any]


class _Page(HTMLParser):
    """What is read off a page: version, the meta element's hash, the data of the seal, and the
    cells of code.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.meta = self.data = self.generator = ""
        self.cells: list[str] = []
        self._path: list[tuple[str, str]] = []
        self._part = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta" and attributes.get("name") == "sealed-claim":
            self.meta = attributes.get("content", "")
        if tag == "meta" and attributes.get("name") == "generator":
            self.generator = attributes.get("content", "")
        if tag in VOID:
            return
        self._path.append((tag, attributes.get("id", "") or attributes.get("class", "")))
        if tag == "h2":
            self._part = attributes.get("id", "")
        elif tag == "pre" and self._part == "code":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._path and self._path.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._path]
        if ("script", "seal-data") in self._path:
            self.data += data
        elif "pre" in tags and self._part == "code":
            self.cells[-1] += data

    @property
    def version(self) -> str:
        """The version of the package that wrote it."""
        return self.generator.rpartition(" ")[2]


def checked(
    page: Path | str,
    answers: Path | str | None = None,
    run: bool = False,
    received: Path | str | None = None,
) -> list[str]:
    """What a page that was handed in shows, a sentence each; one that begins with "NOT" is a fault.

    page: the HTML file that `export` wrote; answers: the reader's file `my-answers.json`, where it
    was handed in, too; run: also run the code on the page, twice, in a folder of its own. It is
    code of others: read it first. received: a file of text in which the letters of the seal were
    received, with times. Raises Problem where the page is none of ours or cannot be read.
    """
    parsed, entry = _read(Path(page))
    folder = Path(page).parent if run else None
    return _found(parsed, entry, answers, folder, _letters(received))


def _found(
    parsed: _Page,
    entry: Entry,
    answers: Path | str | None = None,
    folder: Path | None = None,
    letters: "_Letters | None" = None,
) -> list[str]:
    """What a page that was read shows: see `checked`. folder: where it lies, if its code is to be
    run, too. letters: those that others received.
    """
    sentences = [*_sealed(parsed, entry)]
    if not sealed.is_as_sealed(entry):
        return [*sentences, UNSEEN]
    sentences += [*_drawn(parsed, entry), *_order(entry), *_given(entry)]
    if answers:
        sentences += _in_file(entry, Path(answers))
    if letters:
        sentences += _outside(entry, letters)
    else:
        sentences.append(
            f"Its twelve letters are {entry['hash'][: sealed.LETTERS]}: with --sealed FILE their "
            "time is compared, where others received them."
        )
    if folder is not None:
        sentences += _code(parsed.cells, entry, folder)
    return [*sentences, UNSEEN]


def checked_folder(folder: Path | str, received: Path | str | None = None) -> list[str]:
    """What the pages of a folder show, each with the sentences that are faults, and what two of
    them share. received: as of `checked`. Raises Problem where there is no page of ours.
    """
    pages, lines, letters = [], list[str](), _letters(received)
    for path in sorted(Path(folder).rglob("*.htm*")):
        try:
            parsed, entry = _read(path)
        except Problem as fault:
            lines.append(f"{path.name}: passed over: {fault}")
            continue
        pages.append(_One(path.relative_to(folder).as_posix(), parsed.html, entry))
        sentences = _found(parsed, entry, letters=letters)
        found = [line for line in sentences if line.startswith("NOT")]
        lines += [f"{pages[-1].name}: {line}" for line in found] or [f"{pages[-1].name}: no fault."]
    if not pages:
        raise Problem(f"{folder} has no page that fr.export wrote: name the folder of the pages")
    shared = [*_shared(pages)]
    summary = f"{count_of(len(pages), 'page')}; {count_of(len(shared), 'thing')} that two share."
    return [*lines, *shared, summary, UNSEEN]


class _One(NamedTuple):
    """A page of a class: its name, its text and its data."""

    name: str
    html: str
    entry: Entry


def _shared(pages: Sequence[_One]) -> Iterator[str]:
    """What two pages have in common that two authors hardly have."""
    for number, page in enumerate(pages):
        for other in pages[:number]:
            both = f"{other.name} and {page.name}"
            figures = _values(page.entry) & _values(other.entry)
            if page.html == other.html:
                yield f"NOT two pages: {both} are the same file."
            elif page.entry["hash"] == other.entry["hash"]:
                same = page.entry["time"] == other.entry["time"]
                when = ", sealed in the same second" if same else ""
                yield f"NOT two seals: {both} have the same claim and rule{when}."
            elif figures:
                listed = ", ".join(f"{value:.15g}" for value, _ in sorted(figures))
                yield f"NOT two figures: {both} have the same to the last digit ({listed})."


DIGITS = 6  # that a figure has, for which two authors hardly have the same


def _values(entry: Entry) -> set[tuple[float, str]]:
    """The figures under a seal that no two authors have by chance, with their unit."""
    figures = (given["value"] for given in entry.get("given", ()))
    unit = entry["rule"].get("unit", "")
    return {
        (value, unit)
        for value in figures
        if value is not None and len(f"{value:.15g}".replace(".", "").strip("-0")) >= DIGITS
    }


def _read(path: Path) -> tuple[_Page, dict[str, Any]]:
    with or_else("name the HTML file that was handed in"):
        content = path.read_bytes()
    if len(content) > LARGEST:
        raise Problem(
            f"{path.name} has more than {LARGEST // 1_000_000} MB: it is not one of our pages"
        )
    page = _Page(content.decode("utf-8", errors="replace"))
    try:
        entry = json.loads(page.data)
    except ValueError:
        entry = None
    if not isinstance(entry, dict) or set(sealed.ENTRY) - set(entry):
        raise Problem(
            f"{path.name} has no seal that can be read: fr.export did not write "
            "this page, or an earlier version did"
        )
    return page, entry


def _sealed(page: _Page, entry: Entry) -> Iterator[str]:
    if not sealed.is_as_sealed(entry):
        yield "NOT as it was sealed: the hash does not fit claim and rule, or a time is none."
    else:
        yield "The hash fits the claim and its rule."
    if page.meta != entry["hash"]:
        yield "NOT the same claim: the hash in the page's head is another."


# --- drawn anew -------------------------------------------------------------------------------


def _drawn(page: _Page, entry: Entry) -> Iterator[str]:
    """Whether the page says what its data give, word by word."""
    if page.version != __version__:
        yield f"NOT compared: version {page.version} wrote it, and this is {__version__}."
        return
    if not own_rule.is_read(entry) or "page" not in entry:
        lacking = (
            "the rule is none" if "page" in entry else "what the page is drawn from was deleted"
        )
        yield f"NOT to be drawn anew from its data: {lacking}."
        return
    written = Written(page.html)
    try:
        offered = json.loads(written.switches or "{}").get("actors", [])
        drawn = Written(drawn_anew(entry, offered))
        pictures = entry["page"]["pictures"]
    except (Problem, AttributeError, KeyError, TypeError, ValueError) as fault:
        yield f"NOT to be drawn anew from its data: {fault}."
        return
    found = differing_words(written.words, drawn.words)
    yield from (f"NOT what its data give: {difference}." for difference in found)
    if not found and written.marks != drawn.marks:
        yield "NOT written as its data give it: an element, a style or a script is another."
    elif not found and (more := differing_words(written.around, drawn.around)):
        yield from (f"NOT what belongs beside its pictures: {difference}." for difference in more)
    elif written.digests() != pictures:
        yield "NOT the pictures that were exported: their words, figures or lines are others."
    elif not found:
        yield "Drawn anew from its data, the page is the same, word by word."
        if pictures:
            yield (
                f"Not checked: {count_of(len(pictures), 'picture')}. No table was compared with "
                "what they show, only the page with itself: run the code that draws them, and look."
            )


# --- what its data say ------------------------------------------------------------------------


def _order(entry: Entry) -> Iterator[str]:
    """Whether the moments follow each other, and none is yet to come."""
    times = [entry["time"], *(given["time"] for given in entry.get("given", ()))]
    yield f"Sealed on {moment(entry['time'])}, by the clock of the computer that sealed it."
    moments = [_utc(time) for time in times]
    if moments != sorted(moments):
        yield "NOT in order: a figure or a reading is older than the seal, or than one before it."
    if max(moments) > datetime.now(UTC) + SKEW:
        yield f"NOT yet: a time of the page, {moment(max(times))}, is in the future."
    if tables := entry.get("read_before"):
        yield f"Read in that kernel before the seal: {', '.join(tables)}."


def _utc(time: str) -> datetime:
    return datetime.fromisoformat(time).astimezone(UTC)


def _given(entry: Entry) -> Iterator[str]:
    """How many figures and readings were given, the figures, and what the rule says of the last;
    whether that one is the page's.
    """
    figures = sealed.given_figures(entry)
    readings = len(entry.get("given", ())) - len(figures)
    listed = ", then ".join(_number(figure["value"]) for figure in figures)
    how_many = count_of(len(figures), "figure")
    yield f"{how_many} under this seal: {listed or 'none'}. Other readings: {readings}."
    shown = entry.get("page", {}).get("figures")
    if shown and not figures:
        yield f"NOT given under the seal: the page's figure, {_number(shown[0])}."
    if not figures or not own_rule.is_read(entry):
        return
    last = figures[-1]
    if shown is not None and shown[:1] != [last["value"]]:
        yield f"NOT the last figure: the page has {_number(shown[0]) if shown else 'none'}."
    verdict = own_rule.sealed_rule(entry).outcome([last["value"]])
    yield f"By the sealed rule the last figure {MEANS[verdict]}."


def _number(value: float | None) -> str:
    return "not held" if value is None else f"{value:.6g}"


def _in_file(entry: Entry, path: Path) -> Iterator[str]:
    """What the reader's file says of the seal."""
    try:
        contents, lost = diary.parse_answers(diary.content(path))
    except OSError as error:
        raise Problem(f"{path}: {error.strerror or error}: name the file my-answers.json") from None
    if contents is None:
        yield f"NOT readable: {path.name}."
        return
    claims = contents["claims"]
    if lost:
        yield f"NOT whole: {lost} of the entries of {path.name} do not fit their hash."
    filed = next((claim for claim in claims if claim["hash"] == entry["hash"]), None)
    if filed is None:
        yield f"NOT in {path.name}: no seal there is of this claim."
    elif filed["time"] != entry["time"]:
        yield f"NOT the same seal: {path.name} has this claim sealed on {moment(filed['time'])}."
    else:
        more = len(filed.get("given", ())) - len(entry.get("given", ()))
        yield f"{path.name} has the same seal; {count_of(len(claims), 'claim')} in all."
        if more > 0:
            yield f"NOT all on the page: {more} more were given under this seal, by {path.name}."


# --- where others received it -----------------------------------------------------------------


class _Letters(NamedTuple):
    """The letters of seals that others received: the name of their file, and what it holds."""

    file: str
    received: list[outside.Received]


def _letters(path: Path | str | None) -> _Letters | None:
    """Those in a file. Raises Problem."""
    return _Letters(Path(path).name, outside.received(Path(path))) if path else None


def _outside(entry: Entry, received: _Letters) -> Iterator[str]:
    """Whether others received the letters of the seal before the first figure was given."""
    letters, file = entry["hash"][: sealed.LETTERS], received.file
    found = [one for one in received.received if one.letters == letters]
    dated = [one for one in found if one.time]
    if not found:
        yield f"NOT in {file}: the letters {letters} were not received."
    elif not dated:
        yield f"NOT dated: {file} has the letters {letters}, and no time before them."
    else:
        first = min(dated, key=lambda one: one.time or datetime.max.replace(tzinfo=UTC))
        yield from _doubts(first, file)
        if first.time:
            says = f"{file} has the letters {letters} on {moment(first.time.isoformat())}"
            yield from _in_time(entry, first.time, says)


def _doubts(first: outside.Received, file: str) -> Iterator[str]:
    """Why the time of letters may be another one than that which was read."""
    if first.edited:
        yield (
            f"Look at {file} yourself: its post says “{first.edited}”. A post that was edited "
            "after the figure proves nothing."
        )
    if first.time and first.before and first.before > first.time:
        above = moment(first.before.isoformat())
        yield f"A later time stands above it in {file}, {above}: look who wrote which."
    if first.foreign:
        yield (
            f"Look at {file} yourself: “{first.foreign}” may be its own stamp, of a form that is "
            "not read. The time that is read may be typed by the author."
        )
    elif first.typed:
        yield (
            f"Look at {file} yourself: the only time there is amid words, where its author may "
            "have typed it."
        )
    elif first.above:
        yield (
            "That time stands in a line above the letters. If the forum prints its times below, "
            "it is that of the message before."
        )


def _in_time(entry: Entry, first: datetime, says: str) -> Iterator[str]:
    judged = min((_utc(given["time"]) for given in entry.get("given", ())), default=None)
    if first < _utc(entry["time"]) - SKEW:
        yield f"NOT by one clock: {says}, before the page says that it was sealed."
    elif judged and first > judged + SKEW:
        yield f"NOT before the figure: {says}, and the first figure was given before."
    else:
        yield f"{says}: before the first figure."


# --- its code ---------------------------------------------------------------------------------


def _code(cells: list[str], entry: Entry, folder: Path) -> Iterator[str]:
    """Whether the code on the page, run by itself, gives the last figure on the page, and another
    one where the tables have other figures. folder: where the page lies, and what came with it.
    """
    if not cells:
        yield "NOT to be run: no code is on the page."
        return
    try:
        ran = rerun.rerun(cells, entry["hash"], beside=folder)
        if not ran.figures and ran.lacking:
            yield (
                f"The code was not run: a file did not come with it ({ran.lacking}). Ask for it, "
                "put it beside the page and run again."
            )
            return
        if not ran.figures:
            yield f"NOT run to its figure: {_last_line(ran.errors)}"
            return
        yield from _same(ran.figures[-1], entry)
        yield from _others_too("reading", ran.readings, sealed.given_readings(entry))
        if ran.others is not None:
            yield from _others_too("other actor", ran.others, entry["page"]["others"])
        again = rerun.rerun(cells, entry["hash"], changed=True, beside=folder)
    except subprocess.TimeoutExpired:
        yield f"NOT run to its end: the code took more than {rerun.SECONDS} seconds."
        return
    if not again.figures:
        yield f"With other figures in the tables the code stops: {_last_line(again.errors)}"
    elif (now := again.figures[-1]["value"]) != (before := ran.figures[-1]["value"]):
        if _apart(now, before) < LEAST_MOVE:
            yield (
                "With other figures in the tables the code gives nearly the same: "
                f"{_number(now)}, and {_number(before)} without. Read it: a typed figure moves so."
            )
            return
        yield "With other figures in the tables the code gives another figure."
        if entry["rule"].get("unit") not in units.STEPS:
            yield from _typed_beside(ran, again)
    elif ran.files:
        yield (
            "With other figures in the tables the code gives the same. It reads what came with the "
            f"page ({', '.join(ran.files)}), which the second run leaves as it is: compare that "
            "with its source."
        )
    elif not entry["page"]["tables"] and not READ.search("\n".join(cells)):
        yield (
            "The code reads no table of ours: its figures are the author's own, and the second run "
            "proves nothing. Compare them with their source."
        )
    elif entry["rule"].get("unit") in units.STEPS:
        yield (
            "With other figures in the tables the code gives the same: it counts rows, or the "
            "figure is typed. Read it."
        )
    else:
        yield "NOT computed: with other figures in the tables the code gives the same: it is typed."


def _typed_beside(ran: rerun.Ran, again: rerun.Ran) -> Iterator[str]:
    """What stands beside the figure and stays, though that moves with the tables."""
    was, now = _beside(ran), _beside(again)
    for what, before in was.items():
        if before and what in now and _apart(now[what], before) < LEAST_MOVE:
            stays = f"with other figures in the tables {what} stays {_number(before)}: it is typed"
            yield (
                f"Read this: {stays}, or comes from {', '.join(ran.files)}."
                if ran.files
                else f"NOT computed: {stays}."
            )
    if lacking := [what for what in was if what not in now]:
        yield (
            f"With other figures in the tables the code stops before {lacking[0]}: "
            f"{_last_line(again.errors)}"
        )


def _beside(ran: rerun.Ran) -> dict[str, float | None]:
    """The figures that code gave beside the one that decides, each by its name."""
    later = {"the figure since": ran.figures[-1]["since"]}
    other_readings = {f"the reading “{name}”": value for name, value in ran.readings.items()}
    other_actors = {f"the other actor “{who}”": value for who, value in (ran.others or {}).items()}
    return later | other_readings | other_actors


def _same(last: Mapping[str, Any], entry: Entry) -> Iterator[str]:
    printed = sealed.given_figures(entry)
    if printed and (last["value"], last["since"]) == (printed[-1]["value"], printed[-1]["since"]):
        yield f"The code on the page gives its figure: {_number(last['value'])}."
    else:
        text = _number(printed[-1]["value"]) if printed else "none"
        yield f"NOT the same figure: the code gives {_number(last['value'])}, the page has {text}."


def _apart(one: float | None, other: float | None) -> float:
    """By which part of the larger two figures differ; 1 where one is not there."""
    if one is None or other is None or math.isnan(one) or math.isnan(other):
        return 1.0
    return abs(one - other) / max(abs(one), abs(other), 1e-300)


def _others_too(
    what: str, found: Mapping[str, float | None], printed: Mapping[str, float | None]
) -> Iterator[str]:
    """Whether what stands beside the figure is what the code gives, too."""
    for name in [*printed, *(name for name in found if name not in printed)]:
        by_code, on_page = (
            _number(side[name]) if name in side else "none" for side in (found, printed)
        )
        alike = name in found and name in printed and _alike(found[name], printed[name])
        if not alike:
            yield f"NOT the same {what} “{name}”: the code gives {by_code}, the page has {on_page}."


def _alike(one: float | None, other: float | None) -> bool:
    """Whether two figures are the same one, or neither is a number."""
    return one == other or (one != one and other != other)


def _last_line(errors: str) -> str:
    lines = errors.strip().splitlines() or ["it gave no figure"]
    return lines[-1][:200]
