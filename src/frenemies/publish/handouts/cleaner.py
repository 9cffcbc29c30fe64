"""A fragment of HTML written anew with nothing in it but what is allowed, so that a page shows outputs and never runs them."""

import html
import re
from html.parser import HTMLParser

from frenemies.publish.handouts.allowed import OMITTED, SHAPES, SILENT, TAGS, VOID, attribute
from frenemies.publish.handouts.mends import Place, mended
from frenemies.publish.handouts.register import renamed

_HEADING = re.compile("h[1-6]")


def clean(fragment, register, output=True):
    """A fragment of HTML with all that could run or load taken out, and headings, tables, ids and sources in order.

    register: of the page it goes into; output: whether it is the output of a cell, and not the text.
    """
    fragment = re.sub(
        r"<th(\s[^>]*)?>\s*</th>", r"<td\1></td>", fragment
    )  # an empty header names nothing
    fragment = re.sub(
        r"(<output>[^<]*</output>[^<]*)</label>", r"</label>\1", fragment
    )  # a label names one control
    return register.noted(Cleaner(fragment, register, output).text())


class Cleaner(HTMLParser):
    """Reads a fragment and writes down what may stay: `text()`."""

    def __init__(self, fragment, register, output=True):
        super().__init__(convert_charrefs=False)
        self._register, self._place, self._new = (
            register,
            Place(register, output),
            register.taken(fragment),
        )
        self._out, self._open, self._silent, self._style, self._heading = [], [], [], None, None
        self.feed(fragment)
        self.close()

    def text(self):
        """The fragment, cleaned; whatever it left open is closed."""
        self._silent = []
        while self._open:
            self.handle_endtag(self._open[-1][0])
        return "".join(self._out)

    def handle_starttag(self, tag, attrs):
        if self._silent or tag in SILENT:
            self._hush(tag, dict(attrs))
        elif tag in TAGS:
            self._start(tag, self._kept(tag, attrs))

    def handle_startendtag(self, tag, attrs):
        if tag == "g":  # a group of nothing
            return
        before = len(self._open)
        self.handle_starttag(tag, attrs)
        if len(self._open) > before:
            self._end_at_once(tag)
        elif self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_endtag(self, tag):
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
            return
        if self._heading and _HEADING.fullmatch(tag):
            tag = self._heading[0]
        if tag in self._inside():
            self._end(tag)

    def handle_data(self, data):
        if self._silent:
            self._lift(data)
            return
        self._out.append(data.replace("<", "&lt;").replace(">", "&gt;"))

    def handle_entityref(self, name):
        if not self._silent:
            self._out.append(f"&{name};")

    def handle_charref(self, name):
        if not self._silent:
            self._out.append(
                "'" if name.lower() in ("39", "x27") else f"&#{name};"
            )  # an apostrophe is safe in text

    def _inside(self):
        return [tag for tag, _ in self._open]

    def _hush(self, tag, attributes):
        self._style = attributes if tag == "style" and not self._silent else None
        self._silent.append(tag)

    def _lift(self, data):
        """A figure's own style goes to the head of the page; pandas' scoped ones go away."""
        if self._style is not None and "scoped" not in self._style:
            self._register.style(data)
        self._style = None

    def _kept(self, tag, attributes):
        """The attributes that may stay, ids under their new names."""
        found = ((name, attribute(tag, name, value)) for name, value in attributes)
        return {name: renamed(name, value, self._new) for name, value in found if value is not None}

    def _start(self, tag, attributes):
        if tag == "img" and "src" not in attributes:
            return
        if tag == "g" and not attributes:
            self._open.append((tag, None))
            return
        self._place.inside = self._inside()
        tag, attributes, before, after = mended(tag, attributes, self._place)
        if _HEADING.fullmatch(tag):
            self._heading = (tag, len(self._out), attributes)
        self._out.append(f"{before}<{tag}{''.join(map(_written, attributes.items()))}>")
        if tag not in VOID:
            self._open.append((tag, after))

    def _end_at_once(self, tag):
        if tag in SHAPES:
            self._out[-1] = self._out[-1][:-1] + "/>"
            self._open.pop()
        else:
            self.handle_endtag(tag)

    def _end(self, tag):
        """Close a tag, and what was left open inside it."""
        one = None
        while one != tag:
            one, after = self._open.pop()
            if one == tag and self._heading and tag == self._heading[0]:
                self._end_heading()
            self._out.append("" if one in OMITTED or after is None else f"</{one}>{after}")

    def _end_heading(self):
        tag, start, attributes = self._heading
        text = re.sub(r"<[^>]+>", "", "".join(self._out[start + 1 :])).strip()
        anchor = self._register.heading(
            int(tag[1]), text, attributes.get("id"), listed=not self._place.output
        )
        self._out[start] = f'<{tag} id="{html.escape(anchor, quote=True)}">'
        self._heading = None


def _written(pair):
    name, value = pair
    quoted = html.escape(value, quote=False).replace('"', "&quot;")
    return f' {name}="{quoted}"' if value or name in ("alt", "value") else f" {name}"
