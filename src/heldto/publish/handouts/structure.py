"""The structure of a page, worked out on its parsed tree: ids, headings, tables, drawings, terms,
notes.

The tree holds cells (`.cell`), and in them fragments: `data-fragment` is "text" or "output".
"""

import copy
import re
from collections import Counter
from html import unescape
from itertools import chain

from bs4 import BeautifulSoup, Tag
from bs4.formatter import Formatter

from heldto import article
from heldto.errors import numbered_names
from heldto.evidence import glossary
from heldto.pictures.style import THEN
from heldto.publish.handouts.sanitize import loads
from heldto.templates import render

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
ARIA = ("aria-labelledby", "aria-describedby", "aria-details", "aria-controls")
TALL = 1.5  # times as high as wide: a drawing that scrolls in full screen
SQUARE = 0.85  # times as high as wide: in full screen its title stands beside it
SEVERAL = {"data-preset", "data-choice"}  # what stands on one of several drawings of a picture
POINTERS = (*ARIA, "for", "list", "headers")  # attributes that hold ids
_PLACE = re.compile(r"url\(#([^)]+)\)")
_LOOK = re.compile(r"(?:[\w:;#.,/% -]|'[\w ,-]*')+").fullmatch  # what may stand in a sheet as it is
_ACTOR = re.compile(r"a-([A-Z0-9]{2,4})")


def parse_html(html: str) -> BeautifulSoup:
    """HTML as a tree."""
    return BeautifulSoup(html, "html.parser")


def id_of(text: str) -> str:
    """Text as an id: small letters, digits and hyphens."""
    return re.sub(r"\W+", "-", text).strip("-").lower() or "part"


def fragments(tree: Tag) -> list[Tag]:
    """What each cell says and shows, in order."""
    return tree.find_all(attrs={"data-fragment": True})


def _free(wanted: str, taken: set[str]) -> str:
    """An id that no other part of the page has; it is taken from now on."""
    name = next(name for name in numbered_names(wanted) if name not in taken)
    taken.add(name)
    return name


def own_ids(tree: Tag, taken: set[str]) -> None:
    """Give each id of a fragment that is taken a new name; what points to it in its fragment
    follows, in one of several drawings of a picture to that drawing's own.
    """
    for part in chain.from_iterable(map(_drawings, fragments(tree))):
        new: dict[str, str] = {}
        for tag in part:
            if "id" in tag.attrs:
                old = str(tag["id"])
                tag["id"] = _free(old, taken)
                new.setdefault(old, str(tag["id"]))
        changed = {old: name for old, name in new.items() if old != name}
        for tag in part if changed else ():
            _repoint(tag, changed)


def _drawings(fragment: Tag) -> list[list[Tag]]:
    """The tags of a fragment, those of each drawing that stands for a selection or choice apart."""
    parts: list[list[Tag]] = [[]]
    for tag in fragment(True):
        if not SEVERAL.isdisjoint(tag.attrs):
            parts.append([])
        parts[-1].append(tag)
    return parts


def _repoint(tag: Tag, new: dict[str, str]) -> None:
    for name, value in tag.attrs.items():
        text = value if isinstance(value, str) else " ".join(value)
        if name in ("href", "xlink:href") and text.startswith("#"):
            tag[name] = "#" + new.get(text[1:], text[1:])
        elif name in POINTERS:
            tag[name] = " ".join(new.get(word, word) for word in text.split())
        elif "url(#" in text:
            tag[name] = _PLACE.sub(lambda place: f"url(#{new.get(place[1], place[1])})", text)


def headings(tree: Tag, taken: set[str]) -> list[tuple[int, str, str]]:
    """(level, id, text) of the text's headings: none above the second level, none two steps below
    the one before.

    Those of an output stand below the text's, with an output's own steps, and are not listed; nor
    are those of a comment that waits and of an exercise.
    """
    level = base = 1
    listed = []
    for fragment in fragments(tree):
        text, lowered = fragment["data-fragment"] == "text", None
        lists = text and not fragment.find_parent(class_=["tag-after-verdict", "tag-exercise"])
        for heading in fragment(HEADINGS):
            wanted = int(heading.name[1])
            if not text:
                lowered = base + 1 - wanted if lowered is None else lowered
                wanted = max(wanted + lowered, base + 1)
            level = min(max(wanted, 2), level + 1, 6)
            base = level if text else base
            words = " ".join(heading.get_text().split())
            anchor = str(heading.get("id") or _free(id_of(words)[:48].strip("-"), taken))
            heading.name, heading.attrs = f"h{level}", {"id": anchor}
            if lists:
                listed.append((level, anchor, words))
    return listed


def label_tables(tree: Tag) -> None:
    """Headers of tables say what they head, empty ones are none; a table outside a figure can be
    scrolled and has a name.
    """
    for header in tree("th"):
        if header.find(True) or header.get_text(strip=True):
            wide = header.get("colspan", "1") != "1"
            column = "colgroup" if wide else "col"
            header.attrs.setdefault("scope", column if header.find_parent("thead") else "row")
        else:
            header.name = "td"
    for cell in tree("td", scope=True):
        del cell["scope"]
    for number, table in enumerate(tree("table"), 1):
        if not table.find_parent("figure"):
            box = {"class": "scroll", "role": "group", "tabindex": "0", "data-bar": ""}
            table.wrap(Tag(name="div", attrs=box | {"aria-label": f"Table {number}"}))


def dated(tree: Tag) -> None:
    """In tables of a number cell, years after August 2019 are hidden with the later marks: rows by
    their column "year", columns by their head.
    """
    for table in tree("table", class_="dataframe"):
        heads = [_from_the_right(row) for row in table.select("thead tr")]
        years = {at for row in heads for at, cell in row if cell.text == "year"}
        late = {at for row in heads for at, cell in row if _late(cell)}
        for row in table("tr"):
            cells = _from_the_right(row)
            if any(at in years and _late(cell) for at, cell in cells):
                row["class"] = "since"
            for cell in [cell for at, cell in cells if at in late]:
                cell["class"] = "since"


def _from_the_right(row: Tag) -> list[tuple[int, Tag]]:
    """The cells of a row with their places, counted from the right: at the left one may span
    rows.
    """
    cells = row(["th", "td"])
    return list(enumerate(cells, -len(cells)))


def _late(cell: Tag) -> bool:
    word = cell.text
    return word.isdigit() and THEN < int(word) < 2100


def frame_drawings(tree: Tag, title: str) -> None:
    """Each drawing is an image with a name, the page's own where it brings none, in a frame; a
    picture without data goes.
    """
    for image in tree("img", src=False):
        image.decompose()
    for drawing in tree("svg"):
        if drawing.find_parent("svg") or drawing.get("aria-hidden") == "true":
            continue  # an ornament of words that stand beside it
        drawing.attrs.setdefault("role", "img")
        if "aria-labelledby" not in drawing.attrs:
            drawing.attrs.setdefault("aria-label", title)
        view, picture = drawing.get("viewbox", "").split(), drawing.find_parent(class_="actorfig")
        if picture and "yardstick" not in picture["class"] and len(view) == 4:
            drawing["style"] = f"{drawing.get('style', '')};aspect-ratio:{view[2]}/{view[3]}"
            high = float(view[3]) / float(view[2])
            if high > SQUARE:
                shape = "tall" if high > TALL else "square"
                drawing["class"] = [*drawing.get("class", []), shape]
        if "narrow" in drawing.get("class", []):
            drawing.find_previous_sibling(class_="drawing").append(drawing)
        else:
            drawing.wrap(Tag(name="div", attrs={"class": "drawing"}))
        for mark in drawing(True):
            mark.can_be_empty_element = not mark.contents  # <path/>


def forms(tree: Tag) -> None:
    """A rule that judges others waits closed, as a verdict does."""
    for card in tree.select("details.instead"):
        del card["open"]


def terms(tree: Tag) -> dict[str, tuple[str, str]]:
    """Links to the list of words become terms with their meaning. Returns {id: (word, meaning)}, in
    order.

    A word that the glossary does not hold stays a link: `python -m heldto.publish.notebook_lint`
    names it.
    """
    explained = {}
    words = ["#Words", f"{article.current().opening}.html#Words"]  # where a term links to
    for link in tree("a", href=words):
        try:
            row = glossary.term(link.get_text()).rows.iloc[0]
        except glossary.UnknownTerm:
            continue
        name = f"term-{id_of(row.word)}"
        link.name, link.attrs = "dfn", {"class": "term", "tabindex": "0", "aria-describedby": name}
        link.attrs |= {"data-term": row.word, "data-definition": row.definition}
        explained[name] = (row.word, row.definition)
    return explained


def notes(tree: Tag) -> list[str]:
    """The sources (`.cited`) as HTML of words and links, each once; where one stands a mark leads
    to its note.
    """
    listed: dict[str, int] = {}
    for source in tree(class_="cited"):
        note = copy.copy(source)
        for tag in note(True):
            if tag.name == "a" and tag.get("href"):
                tag.attrs = {"href": tag["href"]}
            else:
                tag.unwrap()
        number = listed.setdefault(note.decode_contents(), len(listed) + 1)
        source.insert_after(parse_html(render("note_mark.html.j2", number=number)))
    return list(listed)


def link_windows(tree: Tag) -> None:
    """A link into a folder beside that of the page opens in a window of that folder's own, one for
    all, so that the page stays; a page to which no link brings a place has a window for itself.
    """
    for link in tree.select('a[href^="../"]'):
        parts = re.split("[/#.]+", str(link["href"]))
        link["target"] = parts[1] if "#" in str(link["href"]) else parts[2]


def follow_page_bar(tree: Tag) -> None:
    """What follows a bar follows the page's one."""
    for part in tree(attrs={"data-bar": True}):
        part["data-bar"] = "handout"


def defer_hidden(tree: Tag, formatter: Formatter) -> dict[str, str]:
    """Take out what was worked out beforehand and is not shown: {number: HTML}. An empty script
    with that number stands in its place until the page's script shows it.
    """
    parts: dict[str, str] = {}
    for part in tree.find_all(hidden=True):
        if part.parent is None or {"data-choices", "data-ahead"}.isdisjoint(part.parent.attrs):
            continue
        number = str(len(parts))
        parts[number] = part.decode_contents(formatter=formatter)
        part.clear()
        part.name, part["type"], part["data-part"] = "script", "text/html", number
        del part["hidden"]
    return parts


def mark_after_verdict(tree: Tag) -> None:
    """A cell tagged `after-verdict` names, in `data-of`, the verdicts above it, up to the last
    heading.
    """
    above: list[str] = []
    for cell in tree(class_="cell", recursive=False):
        waits = "tag-after-verdict" in cell["class"]
        if not waits and cell.find(HEADINGS):
            above = []
        above += [str(verdict["id"]) for verdict in cell("details", class_="verdict", id=True)]
        if waits and above:
            cell["data-of"] = " ".join(above)


def looks(tree: Tag) -> str:
    """A style sheet of the looks that several shapes of drawings have: each has a class in place of
    its style.
    """
    styled = tree.find_all(style=True)
    styled = [tag for tag in styled if tag.name == "svg" or tag.find_parent("svg")]
    drawn = [shape for shape in styled if _LOOK(str(shape["style"]))]
    often = Counter(str(shape["style"]) for shape in drawn).most_common()
    names = {look: f"z{number}" for number, (look, times) in enumerate(often) if times > 1}
    for shape in drawn:
        if name := names.get(str(shape["style"])):
            shape["class"] = [*shape.get("class", []), name]
            del shape["style"]
    return "".join(f".{name}{{{look}}}" for look, name in names.items())


def styles(tree: Tag) -> list[str]:
    """Style sheets of figures, for the head of the page: each once, none that loads; those of
    pandas' tables go.
    """
    sheets = []
    for style in tree("style"):
        css = style.extract().get_text()
        pandas, markup = style.has_attr("scoped"), "<" in unescape(css)
        if css.strip() and not (pandas or markup or loads(css)):
            sheets.append(css)
    return list(dict.fromkeys(sheets))


def actors_on_page(tree: Tag) -> set[str]:
    """Codes of the actors that marks of a page belong to."""
    marks = {mark for tag in tree(class_=True) for mark in tag["class"]}
    return {found[1] for mark in marks if (found := _ACTOR.fullmatch(mark))}
