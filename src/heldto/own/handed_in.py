"""Checking a page that was handed in: its hashes, the order of what happened, the rule that it
prints, and, where that is asked for, whether its code gives its figure.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from heldto import article
from heldto.claims.wording import MEANS, describe_rule
from heldto.errors import Problem, or_else
from heldto.exercises import diary, sealed
from heldto.own import rule as own_rule
from heldto.own.preregistration import moment
from heldto.text.words import count_of

LARGEST = 20_000_000  # bytes of a page
SECONDS = 120  # that the code of a page may take
VOID = ("meta", "link", "img", "br", "input", "hr", "col", "wbr")


class _Page(HTMLParser):
    """What is read off a page: heading, the meta element's hash, the data of the seal, the terms
    under *What was sealed* and the cells of code.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title = self.meta = self.data = self.sides = ""
        self.terms: dict[str, str] = {}
        self.cells: list[str] = []
        self._path: list[tuple[str, str]] = []
        self._part = self._term = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta" and attributes.get("name") == "sealed-claim":
            self.meta = attributes.get("content", "")
        if tag in VOID:
            return
        self._path.append((tag, attributes.get("id", "") or attributes.get("class", "")))
        if tag == "h2":
            self._part = attributes.get("id", "")
        elif tag == "dt":
            self._term = ""
        elif tag == "pre" and self._part == "code":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._path and self._path.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._path]
        if "h1" in tags:
            self.title += data
        elif ("script", "seal-data") in self._path:
            self.data += data
        elif ("p", "sides") in self._path:
            self.sides += data
        elif "dt" in tags:
            self._term += data
        elif "dd" in tags and "details" not in tags:
            self.terms[self._term] = self.terms.get(self._term, "") + data
        elif "pre" in tags and self._part == "code":
            self.cells[-1] += data


def checked(page: Path | str, answers: Path | str | None = None, run: bool = False) -> list[str]:
    """What a page that was handed in shows, a sentence each; one that begins with "NOT" is a fault.

    page: the HTML file that `export` wrote; answers: the reader's file `my-answers.json`, where it
    was handed in, too; run: also run the code on the page, in a folder of its own. It is code of
    others: read it first. Raises Problem where the page is none of ours or cannot be read.
    """
    parsed, entry = _read(Path(page))
    sentences = [
        *_hashes(parsed, entry),
        *_printed(parsed, entry),
        *_order(entry),
        *_given(parsed, entry),
    ]
    if answers:
        sentences += _in_file(entry, Path(answers))
    if run:
        sentences += _code(parsed.cells, entry)
    return [*sentences, "No hash can show whether the figure was known before the first seal."]


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


def _hashes(page: _Page, entry: Mapping[str, Any]) -> Iterator[str]:
    if not sealed.is_as_sealed(entry):
        yield "NOT as it was sealed: a hash does not fit its content, so something was changed."
    elif "seal" not in entry:
        yield "The hash fits the claim and its rule. An earlier version wrote no seal of the time."
    else:
        yield "The hashes fit: claim, rule, time, and each figure and reading under the seal."
    if page.meta != entry["hash"]:
        yield "NOT the same claim: the hash in the page's head is another."


def _printed(page: _Page, entry: Mapping[str, Any]) -> Iterator[str]:
    """Whether the page prints the sentence and the rule that were sealed."""
    if page.title.strip() != entry["claim"]:
        yield f"NOT the sealed sentence: the page prints “{page.title.strip()}”."
    if not own_rule.is_read(entry):
        yield "The rule is of a later version, or was changed: it cannot be compared."
        return
    rule = describe_rule(own_rule.sealed_rule(entry))
    if page.terms.get("Rule", "").strip() != rule:
        yield f"NOT the sealed rule: the page prints “{page.terms.get('Rule', '').strip()}”."
    else:
        yield f"The page prints the sentence and the rule that were sealed: {rule}."


def _order(entry: Mapping[str, Any]) -> Iterator[str]:
    """Whether the moments follow each other."""
    times = [entry["time"], *(given["time"] for given in entry.get("given", ()))]
    yield f"Sealed on {moment(entry['time'])}, by the clock of the computer that sealed it."
    if times != sorted(times):
        yield "NOT in order: a figure or a reading is older than the seal, or than one before it."
    if tables := entry.get("read_before"):
        yield f"Read in that kernel before the seal: {', '.join(tables)}."


def _given(page: _Page, entry: Mapping[str, Any]) -> Iterator[str]:
    """How many figures and readings were given, the figures, and whether the page prints what the
    rule says of the last.
    """
    figures = _figures(entry)
    readings = len(entry.get("given", ())) - len(figures)
    listed = ", then ".join(_number(figure["value"]) for figure in figures)
    how_many = count_of(len(figures), "figure")
    yield f"{how_many} under this seal: {listed or 'none'}. Other readings: {readings}."
    if figures and own_rule.is_read(entry):
        verdict = own_rule.sealed_rule(entry).outcome([figures[-1]["value"]])
        fault = "" if verdict in page.sides else "NOT printed: "
        yield f"{fault}By the sealed rule the last figure {MEANS[verdict]}."


def _number(value: float | None) -> str:
    return "not held" if value is None else f"{value:.6g}"


def _in_file(entry: Mapping[str, Any], path: Path) -> Iterator[str]:
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
    elif filed.get("seal") != entry.get("seal"):
        yield f"NOT the same seal: {path.name} has this claim sealed on {moment(filed['time'])}."
    else:
        more = len(filed.get("given", ())) - len(entry.get("given", ()))
        yield f"{path.name} has the same seal."
        if more > 0:
            yield f"NOT all on the page: {more} more were given under this seal, by {path.name}."
    broken = len(sealed.breaks(claims, contents.get("reader", "")))
    if broken:
        yield f"NOT whole: at {broken} of its places {path.name} lacks a seal that stood there."
    else:
        yield f"No seal is missing among those in {path.name} ({len(claims)} in all)."


def _code(cells: list[str], entry: Mapping[str, Any]) -> Iterator[str]:
    """Whether the code on the page, run by itself, gives the last figure on the page."""
    if not cells:
        yield "NOT to be run: no code is on the page."
        return
    try:
        figures, errors = _run_alone(cells, entry["hash"])
    except subprocess.TimeoutExpired:
        yield f"NOT run to its end: the code took more than {SECONDS} seconds."
        return
    if not figures:
        last = (errors.strip().splitlines() or ["it gave no figure"])[-1]
        yield f"NOT run to its figure: {last[:200]}"
        return
    rerun, printed = figures[-1], _figures(entry)
    if printed and (rerun["value"], rerun["since"]) == (printed[-1]["value"], printed[-1]["since"]):
        yield f"The code on the page gives its figure: {_number(rerun['value'])}."
    else:
        text = _number(printed[-1]["value"]) if printed else "none"
        yield f"NOT the same figure: the code gives {_number(rerun['value'])}, the page has {text}."


def _run_alone(cells: list[str], digest: str) -> tuple[list[dict[str, Any]], str]:
    """The figures that code gives under a claim's hash, run by itself in a folder of its own, and
    what it says of errors. Raises subprocess.TimeoutExpired.
    """
    lines = (line for cell in cells for line in cell.splitlines())
    code = "\n".join(line for line in lines if not line.lstrip().startswith(("%", "!")))
    start = f"import {article.current().package} as fr\n"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.json"
        process = subprocess.run(
            [sys.executable, "-c", start + code],
            cwd=folder,
            env={**os.environ, article.DIARY: str(file), "MPLBACKEND": "agg"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        contents = diary.parse_answers(file.read_bytes())[0] if file.is_file() else None
    claims = (contents or {}).get("claims", ())
    return [
        figure for entry in claims if entry["hash"] == digest for figure in _figures(entry)
    ], process.stderr


def _figures(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures that were given under a seal, in their order."""
    return [given for given in entry.get("given", ()) if given["what"] == "figure"]
