"""The words of a page, in their order, as they are compared and told apart from any others."""

import hashlib
from collections.abc import Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser

SAID = ("alt", "aria-label", "title", "hidden", "style")  # attributes that say something, or hide
VOID = ("meta", "link", "img", "br", "input", "hr", "col", "wbr")
SILENT = ("script", "style")  # elements of which nothing is shown
APART = "pictures"  # class and id of what is not drawn anew
SWITCHES = "bar"  # their id
TOLD = 3  # differences
SOME = 12  # words of one
PIECE = 90  # letters of one


class _Words(HTMLParser):
    """What a page says, element by element; pictures: the same of each picture alone."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.pictures: list[list[str]] = []
        self._path: list[str] = []
        self._apart = 0  # how deep the element lies that is not drawn anew; 0 outside of one
        self._figure = 0  # the same of a picture
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._path.append(tag)
            names = {attributes.get("id", ""), *attributes.get("class", "").split()}
            if not self._apart and names & {APART, SWITCHES}:
                self._apart = len(self._path)
            if self._apart and not self._figure and tag == "figure":
                self._figure = len(self._path)
                self.pictures.append([])
        for name in SAID:
            if name in attributes and not (name == "style" and "svg" in self._path):
                self._say(f"[{name}] {attributes[name]}" if name in SAID[3:] else attributes[name])

    def handle_endtag(self, tag: str) -> None:
        while self._path and self._path.pop() != tag:
            pass
        if len(self._path) < self._apart:
            self._apart = 0
        if len(self._path) < self._figure:
            self._figure = 0

    def handle_data(self, data: str) -> None:
        if not {*self._path[-1:]} & {*SILENT}:
            self._say(data)

    def _say(self, text: str) -> None:
        if words := text.split():
            if self._figure:
                self.pictures[-1] += words
            elif not self._apart:
                self.words += words


def words_of(html: str) -> list[str]:
    """The words of a page without its pictures and their switches, in their order."""
    return _Words(html).words


def picture_digests(html: str) -> list[str]:
    """What tells the words and figures of each picture of a page from any other."""
    return [_digest(words) for words in _Words(html).pictures]


def words_digest(drawn: str) -> str:
    """The same of one picture, as it is drawn."""
    (digest,) = picture_digests(f'<div class="{APART}">{drawn}</div>') or [_digest([])]
    return digest


def _digest(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def differing_words(printed: Sequence[str], drawn: Sequence[str]) -> list[str]:
    """Where a page says something else than the page drawn from its data, a sentence each."""
    matcher = SequenceMatcher(None, printed, drawn, autojunk=False)
    found = [
        f"the page prints {_quoted(printed[a:b])}, its data give {_quoted(drawn[c:d])}"
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
    more = [f"{len(found) - TOLD} more"] if len(found) > TOLD else []
    return [*found[:TOLD], *more]


def _quoted(words: Sequence[str]) -> str:
    text = " ".join(words[:SOME])[:PIECE]
    return f"“{text}”" if text else "nothing"
