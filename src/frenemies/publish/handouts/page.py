"""One notebook as a page: its parts in order, and what the page says about itself."""

import html
import json
import re

from frenemies import stored
from frenemies.publish.editions import minutes, tags
from frenemies.publish.handouts import comments, looks
from frenemies.publish.handouts.bar import offered
from frenemies.publish.handouts.cleaner import clean
from frenemies.publish.handouts.register import Register
from frenemies.publish.handouts.wording import coloured, failed, lessons, markdown, said

PICTURES = ("image/png", "image/jpeg")
_TITLE = re.compile(r"\s*#\s+(.+?)\s*#*\s*(\n|$)")
_MINUTES = re.compile(r"^\s*\*(?:About )?\d+ minutes[^*\n]*\*\s*$", re.M)
_CALL = re.compile(
    r"fr\.(guess|verdict|exercise)\([^()]*\)"
)  # of a form: it says nothing to a reader on paper


class Page:
    """A notebook (nbformat node, already one edition, which stays as it is) as a page.

    parts: list of dicts with kind, id, tags, html, code, open, of, in the order of the cells that show something;
    register: its headings, notes and terms; styles: list of CSS; title, name, edition, and about, what the notebook says of itself;
    reading, exercises: how many minutes each takes.
    """

    def __init__(self, notebook, name="notebook", code=True):
        self.name, self.about = name, dict(notebook.metadata.get("frenemies", {}))
        self.edition = self.about.get("edition", "handout")
        self.about["teaches"] = lessons(self.about.get("teaches"))
        reading, self.exercises = minutes(notebook)
        self.reading = max(1, reading)
        title, cells = titled(notebook.cells)
        self.title = title or self.about.get("title") or name.replace("_", " ")
        self.register = Register(self.title)
        parts = [part for part in (self._part(cell, code) for cell in cells) if part]
        rules, self.parts = looks.shared(comments.waiting(parts))
        self.styles = [*self.register.styles, *rules]

    def _part(self, cell, code):
        """What a page shows of one cell; None where nothing of it is to be seen."""
        marks, body = tags(cell), self._body(cell)
        source = cell.source if code and cell.cell_type == "code" else ""
        opened = self.edition != "handout" and bool(marks & {"exercise", "solution"})
        if not body.strip() and not (opened and source.strip()):
            return None
        if self.edition == "handout" and _CALL.fullmatch(source.strip()):
            source = ""
        named = {
            "kind": cell.cell_type,
            "id": self.register.own(f"cell-{cell.get('id', '')}"),
            "tags": sorted(marks),
        }
        return named | {
            "html": body,
            "code": coloured(source) if source.strip() else "",
            "open": opened,
        }

    def _body(self, cell):
        """What a cell says or shows, cleaned."""
        if cell.cell_type == "markdown":
            return clean(
                markdown(cell.source, cell.get("attachments")), self.register, output=False
            )
        outputs = cell.outputs if cell.cell_type == "code" and "setup" not in tags(cell) else []
        return "".join(shown(output, self.register) for output in outputs)

    @property
    def contents(self):
        """Headings of the second level with those of the third below each: list of (id, text, list of (id, text))."""
        entries = []
        for level, anchor, text in self.register.headings:
            if level == 2:
                entries.append((anchor, text, []))
            elif level == 3 and entries:
                entries[-1][2].append((anchor, text))
        return entries

    @property
    def summary(self):
        """What the index says of the page, as JSON."""
        about = {key: self.about.get(key) for key in ("section", "minutes", "level", "teaches")}
        spent = {"reading": self.reading, "exercises": self.exercises}
        return json.dumps({"title": self.title, **spent, **about}, ensure_ascii=False)

    @property
    def bar(self):
        """What the actor bar needs, as JSON; empty where no picture listens."""
        state = offered(self.register.codes) if self.register.figures else None
        return json.dumps(state, ensure_ascii=False) if state else ""


def titled(cells):
    """(title, cells): the first heading becomes the page's, and goes from its cell; "" where the cells open with something else."""
    for at, cell in enumerate(cells):
        if cell.cell_type != "markdown" or not cell.source.strip():
            continue
        found = _TITLE.match(cell.source)
        if not found:
            break
        rest = _MINUTES.sub("", cell.source[found.end() :], count=1)
        return re.sub(r"[*_`]", "", found[1]), [
            *cells[:at],
            type(cell)(cell, source=rest),
            *cells[at + 1 :],
        ]
    return "", cells


def shown(output, register):
    """One output as HTML: rich where there is something rich, sentences as prose, the rest as preformatted text."""
    if output.output_type == "stream":
        return "" if output.name == "stderr" else said(output.text)
    if output.output_type == "error":
        return failed(output.traceback)
    rich = _rich(output.data)
    if rich:
        return clean(rich, register)
    text = output.data.get("text/plain", "")
    return "" if text.startswith("Actor bar of the") else said(text)


def _rich(data):
    """The richest form of an output's data as HTML, "" where it has none."""
    for kind in (stored.PAGE, "text/html"):
        if kind in data:
            return data[kind]
    if "image/svg+xml" in data:
        return f'<figure class="plain">{data["image/svg+xml"]}</figure>'
    for kind in PICTURES:
        if kind in data:
            return _pictured(kind, data[kind], data.get("text/plain", ""))
    return markdown(data["text/markdown"]) if "text/markdown" in data else ""


def _pictured(kind, encoded, words):
    """A picture's data as a figure that is named by some words."""
    address = f"data:{kind};base64,{''.join(encoded.split())}"
    return f'<figure class="plain"><img alt="{html.escape(words, quote=True)}" src="{address}"></figure>'
