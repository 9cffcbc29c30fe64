"""What a page says, and how it is written, to be compared with the page that its data give."""

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


class Written(HTMLParser):
    """What a page says without its pictures and their switches: words, in their order. marks: its
    elements, with their attributes, styles and scripts, and its comments, of which a browser may
    see another end. pictures: both of each picture. around: both of what stands around pictures
    and within switches. switches: what the bar of switches reads.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.marks: list[str] = []
        self.pictures: list[list[str]] = []
        self.around: list[str] = []
        self.switches = ""
        self._path: list[str] = []
        self._apart = 0  # how deep the element lies that is not drawn anew; 0 outside of one
        self._figure = 0  # the same of a picture
        self.feed(html)
        self.close()

    def digests(self) -> list[str]:
        """What tells each picture, with its words, figures and lines, from any other."""
        return [*map(_digest, self.pictures)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = [(name, value or "") for name, value in attrs]
        attributes = dict(reversed(given))  # of two of a name a browser takes the first
        if tag not in VOID:
            self._path.append(tag)
            names = {attributes.get("id", ""), *attributes.get("class", "").split()}
            if not self._apart and names & {APART, SWITCHES}:
                self._apart = len(self._path)
            if attributes.get("id") == SWITCHES:
                self.switches = attributes.get("data-state", "")
            if self._apart and not self._figure and tag == "figure":
                self._figure = len(self._path)
                self.pictures.append([])
        self._write(tag, repr([tag, *given]))
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
        (within,) = self._path[-1:] or [""]
        if within in SILENT:
            self._write(within, data)
        else:
            self._say(data)

    def handle_comment(self, data: str) -> None:
        self._write("", f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self._write("", f"<!{decl}")

    def unknown_decl(self, data: str) -> None:
        self._write("", f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self._write("", f"<?{data}")

    def _write(self, tag: str, text: str) -> None:
        """An element, or what a style, a script or a comment holds."""
        told = " ".join(text.split())  # mail may change the ends of lines
        if self._figure:
            self.pictures[-1].append(told)
        elif self._apart and tag not in SILENT:
            self.around.append(told)
        else:
            self.marks.append(told)

    def _say(self, text: str) -> None:
        if words := text.split():
            if self._figure:
                self.pictures[-1] += words
            else:
                (self.around if self._apart else self.words).extend(words)


def picture_digest(drawn: str) -> str:
    """What tells a picture, as it is drawn, from any other."""
    (digest,) = Written(f'<div class="{APART}">{drawn}</div>').digests() or [_digest([])]
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
