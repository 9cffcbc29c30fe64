"""What a page has named and counted so far: ids, headings, notes, terms, actors, style sheets, words, pictures, tables."""

import html
import re

from frenemies.publish.handouts import allowed
from frenemies.publish.handouts.wording import slug

OURS = (
    "text",
    "bar",
    "answers",
    "terms",
    "notes",
    "cite",
    "key",
)  # ids of the template and its script
POINTERS = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-details",
    "aria-controls",
    "list",
    "headers",
)
_ID = re.compile(r"""\sid=["']([^"']+)["']""")
_SOURCE = re.compile(r"(<p[^>]*>Sources?: )((?:(?!</p>).)+?)(\.(?= It cannot show|</p>))", re.S)
_LINKED = re.compile(r'(?:[^<]|<a href="[^"<>]*">[^<]*</a>)*')  # words, and links among them


class Register:
    """The books of one page. Parts of a page are entered in their order; read the attributes, change them by the methods.

    title: of the page; headings: list of (level, id, text); notes: {source as HTML: number}; terms: {id: [word, meaning]};
    codes: of the actors met; styles: style sheets of figures; figures, tables: counts.
    """

    def __init__(self, title=""):
        self.title = title
        self.ids, self.headings, self.notes, self.terms, self.codes, self.styles = (
            set(OURS),
            [],
            {},
            {},
            set(),
            [],
        )
        self.figures = self.tables = 0
        self._level = self._base = 1

    def own(self, wanted):
        """An id that no other part of the page has."""
        wanted, number, found = slug(wanted), 1, slug(wanted)
        while found in self.ids:
            number += 1
            found = f"{wanted}-{number}"
        self.ids.add(found)
        return found

    def taken(self, fragment):
        """New ids for those of a fragment that another part of the page has: {old: new}."""
        return {one: self.own(one) for one in sorted(set(_ID.findall(fragment)) & self.ids)}

    def meet(self, attributes):
        """Enter a tag's id, and the actors that it is marked with."""
        self.ids.update(filter(None, [attributes.get("id")]))
        marks = attributes.get("class", "").split()
        self.codes.update(mark[2:] for mark in marks if re.fullmatch(r"a-[A-Z0-9]{2,4}", mark))

    def level_of_text(self, level):
        """The level at which a heading of the text stands: 2 or deeper, and never two steps down at once."""
        self._base = self._stand(level)
        return self._base

    def level_of_output(self, level, lowered=None):
        """(level, lowered) of a heading in an output: below the heading above it, the output's own steps kept by `lowered`."""
        lowered = self._base + 1 - level if lowered is None else lowered
        return self._stand(max(level + lowered, self._base + 1)), lowered

    def _stand(self, level):
        self._level = min(max(level, 2), self._level + 1, 6)
        return self._level

    def heading(self, level, text, wanted="", listed=True):
        """Enter a heading (its text as HTML without tags), listed among the contents or not. Returns its id."""
        anchor = wanted or self.own(slug(text)[:48].strip("-"))
        if listed:
            self.headings.append((level, anchor, html.unescape(text)))
        return anchor

    def term(self, word, meaning):
        """Enter a term the first time it is explained. Returns the id of its explanation."""
        name = slug(word or meaning)
        self.terms.setdefault(name, [word, meaning])
        return f"term-{name}"

    def style(self, css):
        """Enter a figure's style sheet, once, where a page may have it."""
        if css.strip() and css not in self.styles and allowed.sheet(css):
            self.styles.append(css)

    def figure(self):
        """Count a picture."""
        self.figures += 1

    def table(self):
        """Count a table. Returns its number."""
        self.tables += 1
        return self.tables

    def noted(self, fragment):
        """A cleaned fragment with a mark at each source that leads to the page's notes; the same source has one note."""
        return _SOURCE.sub(self._note, fragment)

    def _note(self, found):
        source = found[2] if _LINKED.fullmatch(found[2]) else re.sub(r"<[^>]*>", "", found[2])
        number = self.notes.setdefault(source, len(self.notes) + 1)
        return f'{found[0]}<sup class="note-mark"><a href="#note-{number}" aria-label="Note {number}">{number}</a></sup>'


def renamed(name, value, new):
    """An attribute's value with ids, and what points to them, under their new names: {old: new}."""
    if not new:
        return value
    if name == "id":
        return new.get(value, value)
    if name in ("href", "xlink:href"):
        return "#" + new.get(value[1:], value[1:]) if value.startswith("#") else value
    if name in POINTERS:
        return " ".join(new.get(one, one) for one in value.split())
    return re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{new.get(found[1], found[1])})", value)
