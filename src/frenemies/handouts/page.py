"""One notebook as the parts of a page: what it shows, cleaned and mended, and what the page says about itself."""

import html
import json
import math
import re
from collections import Counter
from html.parser import HTMLParser

from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from frenemies import actors
from frenemies.editions import tags

WORDS, LOOK = 220, 0.75  # read a minute; minutes for a picture
SHAPES = (
    "svg g path circle ellipse rect line polyline polygon text tspan defs clippath lineargradient radialgradient stop use marker pattern "
    "title desc symbol mask"
)
MATHS = "math mrow mi mn mo mtext mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mspace mstyle semantics"
WORDY = (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr i img "
    "ins kbd label legend li mark meter ol optgroup option output p pre q s samp section select small span strong sub summary sup table tbody td "
    "textarea tfoot th thead time tr u ul var form input button progress"
)
ALLOWED = set(f"{SHAPES} {MATHS} {WORDY}".split())
VOID = {"br", "hr", "img", "input", "col"}
SILENT = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "head",
    "foreignobject",
}  # dropped with what they hold
OLD = {
    "border",
    "valign",
    "align",
    "bgcolor",
    "cellpadding",
    "cellspacing",
    "frame",
    "rules",
    "background",
    "target",
    "action",
    "formaction",
    "ping",
    "srcdoc",
}
OLD |= {"srcset", "xml:base", "xml:space"}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "headers")
OMITTED = {"td", "th", "tr"}  # HTML closes these by itself
_PLAIN = re.compile(r'<span class="(?!k|kn|ow|kc|kd|s1|s2|sa|si|c1|ch|mi|mf)\w+">([^<]*)</span>')
_LOOK = re.compile(r' style="([^"]*)"(?=[^<>]*>)')
_SHAPE = re.compile(r"<(?:path|text|tspan|use|rect|g|circle|line)\s[^>]*>")
OURS = ("text", "bar", "answers", "terms", "notes", "cite", "key")  # ids of the template and its script
_BARE = re.compile(r"fr\.(guess|verdict|exercise)\([^()]*\)")
_COMMENT = re.compile(
    r"((?:(?!<h\d|<p><strong>).)*)(.*)", re.S
)  # up to the first heading or paragraph that opens in bold
_VERDICT = re.compile(r'<details class="verdict" id="(verdict-\w+)"')
_SOURCE = re.compile(r"(<p[^>]*>Sources?: )(.+?)(\.(?= It cannot show|</p>))", re.S)


class Page:
    """A notebook (nbformat node, already one edition) as a page: call `parts()` once, then read the rest."""

    def __init__(self, notebook, name="notebook", code=True):
        self.notebook, self.name, self.code = notebook, name, code
        self.about = dict(notebook.metadata.get("frenemies", {}))
        self.edition = self.about.get("edition", "handout")
        self.ids, self.styles, self.headings, self.notes = set(OURS), [], [], {}
        self.figures = self.tables = self.words = 0
        self.level, self.base, self.codes, self.terms = 1, 1, set(), {}
        self.about["teaches"] = lessons(self.about.get("teaches"))
        self.title = self._lift_title() or self.about.get("title") or name.replace("_", " ")
        self.parts = [part for part in map(self._part, notebook.cells) if part]
        self._set_comments_apart()
        self._share_looks()

    def _lift_title(self):
        """The notebook's first heading becomes the page's: taken out of its cell."""
        for cell in self.notebook.cells:
            found = re.match(r"\s*#\s+(.+?)\s*#*\s*(\n|$)", cell.source) if cell.cell_type == "markdown" else None
            if found:
                cell.source = re.sub(
                    r"^\s*\*\d+ minutes[^*\n]*\*\s*$", "", cell.source[found.end() :], count=1, flags=re.M
                )
                return re.sub(r"[*_`]", "", found[1])
            if cell.cell_type == "markdown" and cell.source.strip():
                return ""
        return ""

    def _set_comments_apart(self):
        """What is said of verdicts before the text goes on stands in a box that names them, so that it can wait for the reader's guess."""
        of, fresh = [], False  # the verdicts last met; nothing but comments since
        for part in self.parts:
            met, live = _VERDICT.findall(part["html"]), 'class="live"' in part["html"]
            if met:
                of, fresh = (of if fresh else []) + met, True
            elif fresh or (of and live):
                comment, rest = (
                    _COMMENT.match(part["html"]).groups() if part["kind"] == "markdown" else (part["html"], "")
                )
                fresh = fresh and not rest.strip()
                part["html"] = (
                    f'<div class="comment" data-of="{" ".join(of)}">{comment}</div>' if comment.strip() else ""
                ) + rest
            if re.search(r'<h2|class="guess"', part["html"]):
                of, fresh = [], False

    def _share_looks(self):
        """Looks that many marks have are written once, in the head of the page."""
        found = Counter(look for part in self.parts for look in _LOOK.findall(part["html"]))
        short = {look: f"l{number}" for number, (look, count) in enumerate(found.most_common()) if count > 2}
        self.styles += [f".{name}{{{html.unescape(look)}}}" for look, name in short.items()]
        for part in self.parts:
            part["html"] = _SHAPE.sub(lambda tag: _dressed(tag[0], short), part["html"])

    def _part(self, cell):
        """One cell: {"kind", "id", "tags", "html", "code"}; None where nothing of it is to be seen."""
        if cell.cell_type == "markdown":
            body, code = self.clean(markdown(cell), output=False), ""
        elif cell.cell_type == "code":
            body, code = (
                "".join(map(self._output, [] if "setup" in tags(cell) else cell.outputs)),
                cell.source if self.code else "",
            )
        else:
            return None
        if not body.strip() and not code.strip():
            return None
        marks = tags(cell)
        if self.edition == "handout" and body.strip() and _BARE.fullmatch(code.strip()):
            code = ""  # the call of a form says nothing to a reader on paper
        shown = self.edition != "handout" and not marks & {"setup", "guess", "verdict"}
        return {"kind": cell.cell_type, "id": self._own(f"cell-{cell.get('id', '')}"), "tags": sorted(marks), "html": body,
                "code": coloured(code) if code.strip() else "", "open": shown and bool(marks & {"exercise", "solution"})}  # fmt: skip

    def _output(self, output):
        """One output as HTML: rich where there is something rich, sentences as prose, the rest as preformatted text."""
        if output.output_type == "stream":
            return "" if output.name == "stderr" else said(output.text)
        if output.output_type == "error":
            return f'<pre class="out error">{html.escape(strip_ansi(chr(10).join(output.traceback)))}</pre>'
        data = output.data
        if "text/html" in data:
            return self.clean(data["text/html"])
        if "image/svg+xml" in data:
            return self.clean(f'<figure class="plain">{data["image/svg+xml"]}</figure>')
        for kind in ("image/png", "image/jpeg"):
            if kind in data:
                picture, alt = "".join(data[kind].split()), html.escape(data.get("text/plain", ""), quote=True)
                return self.clean(
                    f'<figure class="plain"><img alt="{alt}" src="data:{kind};base64,{picture}"></figure>'
                )
        if "text/markdown" in data:
            return self.clean(markdown_text(data["text/markdown"]))
        text = data.get("text/plain", "")
        return "" if text.startswith("Actor bar of the") else said(text)

    def clean(self, fragment, output=True):
        """A fragment of HTML with all that could run or load taken out, and headings, tables and ids in order."""
        fragment = re.sub(r"<th(\s[^>]*)?>\s*</th>", r"<td\1></td>", fragment)  # an empty header names nothing
        fragment = re.sub(
            r"(<output>[^<]*</output>[^<]*)</label>", r"</label>\1", fragment
        )  # a label names one control
        return Cleaner(self, _SOURCE.sub(self._noted, fragment), output).text()

    def _noted(self, found):
        number = self.notes.setdefault(found[2], len(self.notes) + 1)
        return (
            f'{found[0]}<sup class="note-mark"><a href="#note-{number}" aria-label="Note {number}">{number}</a></sup>'
        )

    def _own(self, wanted):
        """An id that no other part of the page has."""
        wanted, number, found = slug(wanted), 1, slug(wanted)
        while found in self.ids:
            number += 1
            found = f"{wanted}-{number}"
        self.ids.add(found)
        return found

    @property
    def reading(self):
        """Minutes to read the page: its words, and a look at each picture."""
        return max(1, math.ceil(self.words / WORDS + self.figures * LOOK))

    @property
    def grouped(self):
        """Whether single claims stand under headings of parts."""
        return any(re.match(r"[A-Z]\d+", text) for _, _, text in self.headings)

    @property
    def summary(self):
        """What the index says of the page, as JSON."""
        about = {key: self.about.get(key) for key in ("section", "minutes", "level", "teaches")}
        return json.dumps({"title": self.title, "reading": self.reading, **about}, ensure_ascii=False)

    @property
    def bar(self):
        """What the actor bar needs, as JSON; empty where no picture listens."""
        chosen = [code for code in [*actors.ALL, "EU"] if code in self.codes]
        if not chosen or not self.figures:
            return ""
        looks = {
            "names": {code: actors.name(code) for code in chosen},
            "colours": {code: actors.colour(code) for code in chosen},
        }
        return json.dumps(
            {"key": "handout", "actors": chosen, **looks, "presets": presets(chosen), "vintage": "since"},
            ensure_ascii=False,
        )


def lessons(text):
    """What a notebook teaches, as a list: given as one, or as one line with semicolons."""
    given = text.split(";") if isinstance(text, str) else text or []
    return [lesson.strip()[:1].upper() + lesson.strip()[1:] for lesson in given if lesson.strip()]


def presets(chosen):
    """The named selections, held to the actors of one page: those that would repeat another are left out."""
    found = {
        name: [code for code in chosen if code in codes or (code == "EU" and name in ("all", "the West"))]
        for name, codes in actors.presets().items()
    }
    seen, kept = [], {}
    for name, codes in found.items():
        if codes not in seen and (codes or name == "none"):
            kept[name] = codes
            seen.append(codes)
    return kept


def markdown(cell):
    """A Markdown cell as HTML, its attached pictures inside it."""
    return markdown_text(cell.source, cell.get("attachments"))


def markdown_text(text, attachments=None):
    """Markdown as HTML."""
    return MarkdownWithMath(
        renderer=IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments)
    ).render(text)


def coloured(code):
    """Python source as highlighted HTML."""
    lines = [line for line in code.splitlines()]
    return _PLAIN.sub(r"\1", highlight("\n".join(lines), PythonLexer(), HtmlFormatter(nowrap=True))).rstrip("\n")


def said(text):
    """Printed text: sentences as paragraphs, anything laid out by spaces as preformatted text."""
    text = strip_ansi(text).strip("\n")
    if not text.strip():
        return ""
    if re.search(r"\S[ \t]{2,}\S|^[ \t]|[│─┌]", text, re.M):
        return f'<pre class="out">{html.escape(text)}</pre>'
    text = re.sub(r"""^(['"])(.*)\1$""", r"\2", text) if "\n" not in text else text
    return (
        '<div class="said">'
        + "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
        + "</div>"
    )


def slug(text):
    """Text as an id: small letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", html.unescape(text)).strip("-").lower() or "part"


def _dressed(tag, short):
    """A shape's tag with its look as a class."""
    look = _LOOK.search(tag)
    if not look or look[1] not in short:
        return tag
    tag = tag.replace(look[0], "", 1)
    return (
        re.sub(r' class="', f' class="{short[look[1]]} ', tag, count=1)
        if ' class="' in tag
        else re.sub(r"^<\w+", rf'\g<0> class="{short[look[1]]}"', tag)
    )


def _written(attribute):
    name, value = attribute
    return f' {name}="{html.escape(value, quote=True)}"' if value or name in ("alt", "value") else f" {name}"


class Cleaner(HTMLParser):
    """Writes a fragment anew with nothing in it but what is allowed by name, so that a page shows outputs and never runs them."""

    def __init__(self, page, fragment, output):
        super().__init__(convert_charrefs=False)
        self.output, self.lowered = output, None
        self.page, self.out, self.silent, self.style, self.open, self.heading = page, [], [], None, [], None
        taken = set(re.findall(r"""\sid=["']([^"']+)["']""", fragment)) & page.ids
        self.renamed = {one: page._own(one) for one in sorted(taken)}
        self.feed(fragment)
        self.close()

    def text(self):
        """The fragment, cleaned; whatever it left open is closed."""
        while self.open:
            self.handle_endtag(self.open[-1][0])
        return "".join(self.out)

    def handle_starttag(self, tag, attributes):
        if self.silent or tag in SILENT:
            self._hush(tag, dict(attributes))
            return
        if tag not in ALLOWED:
            return
        attributes = {
            name: value
            for name, value in ((name, self._allowed(tag, name, value)) for name, value in attributes)
            if value is not None
        }
        if tag == "g" and not attributes:
            self.open.append((tag, "bare"))
            return
        tag, attributes, before, after = self._mended(tag, attributes)
        self.out.append(f"{before}<{tag}{''.join(map(_written, attributes.items()))}>")
        if tag not in VOID:
            self.open.append((tag, after))

    def handle_startendtag(self, tag, attributes):
        if tag == "g":  # a group of nothing
            return
        kept = len(self.open)
        self.handle_starttag(tag, attributes)
        if len(self.open) > kept:
            if tag in SHAPES.split():
                self.out[-1] = self.out[-1][:-1] + "/>"
                self.open.pop()
            else:
                self.handle_endtag(tag)
        elif self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_endtag(self, tag):
        if self.silent:
            if tag == self.silent[-1]:
                self.silent.pop()
            return
        names = [one for one, _ in self.open]
        if self.heading and re.fullmatch("h[1-6]", tag):
            tag = self.heading[0]
        if tag not in names:
            return
        while self.open:
            one, after = self.open.pop()
            if one == tag and self.heading and tag == self.heading[0]:
                self._end_heading()
            self.out.append("" if one in OMITTED or (one == "g" and after) else f"</{one}>{after}")
            if one == tag:
                break

    def handle_data(self, data):
        if self.style is not None and self.silent:
            self._lift(data)
        elif not self.silent:
            self.page.words += (
                len(data.split()) if not any(one in ("svg", "table", "pre", "details") for one, _ in self.open) else 0
            )
            self.out.append(data.replace("<", "&lt;").replace(">", "&gt;"))

    def handle_entityref(self, name):
        if not self.silent:
            self.out.append(f"&{name};")

    def handle_charref(self, name):
        if not self.silent:
            self.out.append(f"&#{name};")

    def _hush(self, tag, attributes):
        self.style = attributes if tag == "style" and not self.silent else None
        self.silent.append(tag)

    def _lift(self, data):
        """A figure's own style goes to the head of the page, once; pandas' scoped ones go away."""
        if (
            "scoped" not in self.style
            and data.strip()
            and data not in self.page.styles
            and "<" not in data
            and "@import" not in data
        ):
            self.page.styles.append(data)
        self.style = None

    def _allowed(self, tag, name, value):
        """The value an attribute may keep; None where it must go."""
        value = value or ""
        if name.startswith("on") or name in OLD or not re.fullmatch(r"[a-z_][a-z0-9_:.-]*", name):
            return None
        if name in ("href", "xlink:href", "src", "cite", "data", "poster"):
            return self._address(tag, value.strip())
        if name == "style" and re.search(r"url\((?!#)|expression|@import|javascript:", value, re.I):
            return None
        return self._pointed(name, value)

    def _address(self, tag, value):
        if tag == "img":
            return value if re.match(r"data:image/(png|jpeg|gif|svg\+xml)[;,]", value) else None
        if value.startswith("#"):
            return "#" + self.renamed.get(value[1:], value[1:])
        safe = re.match(r"(https?:|mailto:)", value, re.I) or not re.match(
            r"[^/?#]*:", re.sub(r"[\s\x00-\x1f]", "", value)
        )
        return re.sub(r"\.ipynb(?=#|$)", ".html", value) if tag == "a" and safe and not value.startswith("//") else None

    def _pointed(self, name, value):
        """Ids, and what points to them, under their new names where an id was taken."""
        if not self.renamed:
            return value
        if name == "id":
            return self.renamed.get(value, value)
        if name in POINTERS:
            return " ".join(self.renamed.get(one, one) for one in value.split())
        return re.sub(r"url\(#([^)]+)\)", lambda found: f"url(#{self.renamed.get(found[1], found[1])})", value)

    def _mended(self, tag, attributes):
        """(tag, attributes, what goes before it, what goes after its end)."""
        inside = [one for one, _ in self.open]
        kind = attributes.get("class", "").split()
        self.page.ids.update(filter(None, [attributes.get("id")]))
        self.page.codes.update(word[2:] for word in kind if re.fullmatch(r"a-[A-Z0-9]{2,4}", word))
        mend = getattr(self, f"_mend_{'heading' if re.fullmatch('h[1-6]', tag) else tag}", None)
        return mend(tag, attributes, inside, kind) if mend else (tag, attributes, "", "")

    def _mend_heading(self, tag, attributes, inside, kind):
        level = int(tag[1])
        if self.output:  # headings of an output stand below the heading above it, in their own order
            self.lowered = self.page.base + 1 - level if self.lowered is None else self.lowered
            level = max(level + self.lowered, self.page.base + 1)
        level = min(max(level, 2), self.page.level + 1, 6)
        self.page.level = level
        if not self.output:
            self.page.base = level
        self.heading = (f"h{level}", len(self.out), attributes)
        return f"h{level}", attributes, "", ""

    def _end_heading(self):
        tag, start, attributes = self.heading
        text = re.sub(r"<[^>]+>", "", "".join(self.out[start + 1 :])).strip()
        anchor = attributes.get("id") or self.page._own(slug(text)[:48].strip("-"))
        self.out[start] = f'<{tag} id="{html.escape(anchor, quote=True)}">'
        if not self.output:
            self.page.headings.append((int(tag[1]), anchor, html.unescape(text)))
        self.heading = None

    def _mend_table(self, tag, attributes, inside, kind):
        self.page.tables += 1
        if "figure" in inside:
            return tag, attributes, "", ""
        return (
            tag,
            attributes,
            f'<div class="scroll" role="group" tabindex="0" aria-label="Table {self.page.tables}">',
            "</div>",
        )

    def _mend_th(self, tag, attributes, inside, kind):
        wide = attributes.get("colspan", "1") != "1"
        attributes.setdefault("scope", ("colgroup" if wide else "col") if "thead" in inside else "row")
        return tag, attributes, "", ""

    def _mend_td(self, tag, attributes, inside, kind):
        attributes.pop("scope", None)
        return tag, attributes, "", ""

    def _mend_svg(self, tag, attributes, inside, kind):
        if "svg" in inside:
            return tag, attributes, "", ""
        attributes.pop("xmlns", None)
        attributes.setdefault("role", "img")
        attributes.setdefault("aria-label", self.page.title)
        return tag, attributes, '<div class="drawing">', "</div>"

    def _mend_figure(self, tag, attributes, inside, kind):
        self.page.figures += 1
        return tag, attributes, "", ""

    def _mend_div(self, tag, attributes, inside, kind):
        if "fig-scroll" in kind:
            attributes["role"] = "group"
        if "live" not in kind:
            return tag, attributes, "", ""
        attributes.pop("aria-live", None)
        return (
            tag,
            attributes,
            '<p class="fixed">For all actors; the notebook computes it again for your selection:</p>',
            "",
        )

    def _mend_p(self, tag, attributes, inside, kind):
        self._shorten(attributes, "data-for")
        return tag, attributes, "", ""

    @staticmethod
    def _shorten(attributes, name):
        """Sixteen digits of a hash tell answers apart as well as sixty-four."""
        if name in attributes:
            attributes[name] = " ".join(one[:16] for one in attributes[name].split())

    def _mend_dfn(self, tag, attributes, inside, kind):
        meaning = attributes.get("data-definition", "")
        if "term" not in kind or not meaning:
            return tag, attributes, "", ""
        term = slug(attributes.get("data-term", meaning))
        self.page.terms.setdefault(term, [attributes.get("data-term", ""), meaning])
        return tag, attributes | {"tabindex": "0", "aria-describedby": f"term-{term}"}, "", ""

    def _mend_a(self, tag, attributes, inside, kind):
        return (
            ("span", {}, "", "") if "dfn" in inside else (tag, attributes, "", "")
        )  # a page explains its terms itself

    def _mend_form(self, tag, attributes, inside, kind):
        self._shorten(attributes, "data-accept")
        room = '<div class="room" aria-hidden="true"></div>' if "exercise" in kind else ""
        return tag, attributes, "", room
