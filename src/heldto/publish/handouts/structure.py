"""The structure of a page, worked out on its parsed tree: ids, headings, tables, drawings, terms,
notes.

The tree holds cells (`.cell`), and in them fragments: `data-fragment` is "text", "ours" for an
output of this package, which is right as it was written, or "output" for one of anybody else.
"""

import copy
import re
from collections import Counter
from collections.abc import Callable, Collection
from html import unescape
from itertools import chain, islice

from bs4 import BeautifulSoup, Tag
from bs4.formatter import Formatter

from heldto import article
from heldto.errors import numbered_names
from heldto.evidence import glossary
from heldto.pictures import style as pictures_style
from heldto.publish.handouts.sanitize import loads
from heldto.templates import BAR, render
from heldto.tr import tr, tr_noop

NARROW, WIDE = 6, 10  # columns of a table that is printed in two, and of one in smaller print
FIGURES = tr_noop("The figures behind it")  # as the fold below a picture is called
OTHERS = ("own-", "readings-")  # what is drawn of a claim, beside the pictures of the page
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
ARIA = ("aria-labelledby", "aria-describedby", "aria-details", "aria-controls")
POINTERS = (*ARIA, "for", "list", "headers")  # attributes that hold ids
_PLACE = re.compile(r"url\(#([^)]+)\)")
_LOOK = re.compile(r"(?:[\w:;#.,/% -]|'[\w ,-]*')+").fullmatch  # what may stand in a sheet as it is
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\.0").fullmatch  # a year among blanks
BLANKS = ("NaN", "NaT", "None", "<NA>")
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


def _is_ours(fragment: Tag) -> bool:
    return fragment["data-fragment"] == "ours"


def _free(base_id: str, taken: set[str]) -> str:
    """An id that no other part of the page has; it is taken from now on."""
    name = next(name for name in numbered_names(base_id) if name not in taken)
    taken.add(name)
    return name


def own_ids(tree: Tag, taken: set[str]) -> None:
    """Give each id of what others wrote that is taken a new name; what points to it in its fragment
    follows. Ours were told when they were written which are free.
    """
    parts = fragments(tree)
    taken.update(str(tag["id"]) for part in parts if _is_ours(part) for tag in part(id=True))
    for part in parts:
        if not _is_ours(part):
            _rename(part, taken)


def _rename(part: Tag, taken: set[str]) -> None:
    new: dict[str, str] = {}
    for tag in part(id=True):
        old = str(tag["id"])
        tag["id"] = _free(old, taken)
        new.setdefault(old, str(tag["id"]))
    changed = {old: name for old, name in new.items() if old != name}
    for tag in part(True) if changed else ():
        _repoint(tag, changed)


def _repoint(tag: Tag, new: dict[str, str]) -> None:
    for name, value in tag.attrs.items():
        text = value if isinstance(value, str) else " ".join(value)
        if name in ("href", "xlink:href") and text.startswith("#"):
            tag[name] = "#" + new.get(text[1:], text[1:])
        elif name in POINTERS:
            tag[name] = " ".join(new.get(word, word) for word in text.split())
        elif "url(#" in text:
            tag[name] = _PLACE.sub(lambda place: f"url(#{new.get(place[1], place[1])})", text)


def claims_on_page(tree: Tag) -> list[str]:
    """The ids of the claims that have a card on the page, each once, in their order."""
    ours = filter(_is_ours, fragments(tree))
    cards = chain.from_iterable(part.select("details.verdict[id^=verdict-]") for part in ours)
    return list(dict.fromkeys(str(card["id"]).removeprefix("verdict-") for card in cards))


def headings(tree: Tag, taken: set[str]) -> list[tuple[int, str, str]]:
    """(level, id, text) of the text's headings: none above the second level, none two steps below
    the one before, whether the comments that wait for a guess are shown or not.

    Those of an output stand below the text's, with an output's own steps, and are not listed; nor
    are those of a comment that waits and of an exercise.
    """
    level = base = 1
    shown = 1  # the level of the last heading outside such a comment
    entries = []
    for fragment in fragments(tree):
        text, shift = fragment["data-fragment"] == "text", None
        waits = bool(fragment.find_parent(class_="tag-after-verdict"))
        is_listed = text and not waits and not fragment.find_parent(class_="tag-exercise")
        for heading in fragment(HEADINGS):
            target_level = int(heading.name[1])
            if not text:
                shift = base + 1 - target_level if shift is None else shift
                target_level = max(target_level + shift, base + 1)
            level = min(max(target_level, 2), (level if waits else shown) + 1, 6)
            shown = shown if waits else level
            base = level if text else base
            title = " ".join(heading.get_text().split())
            anchor = str(heading.get("id") or _free(id_of(title)[:48].strip("-"), taken))
            heading.name, heading.attrs = f"h{level}", {"id": anchor}
            if is_listed:
                entries.append((level, anchor, title))
    return entries


def print_tables(tree: Tag, asked: Collection[str]) -> None:
    """The figures behind a picture are printed with it where a paper of the seminar (`asked`: ids)
    or an exercise below sends readers to them.
    """
    wanted = {str(fold["id"]) for fold in tree.select(".fig-table[id]") if fold["id"] in asked}
    for hint in tree.select("form.exercise .hint"):
        if tr(FIGURES) in hint.get_text():
            above = hint.find_all_previous("figure", class_="actorfig")
            shown = (figure for figure in above if not figure.find_parent(hidden=True))
            pictures = (figure for figure in shown if "yardstick" not in figure["class"])
            folds = (figure.find(class_="fig-table", id=True) for figure in pictures)
            own = (fold for fold in folds if fold and not str(fold["id"]).startswith(OTHERS))
            wanted |= {str(fold["id"]) for fold in islice(own, 1)}
    for fold in tree.select(".fig-table[id]"):
        if fold["id"] in wanted:
            heads = len(fold.select("thead tr:last-child > *"))
            size = ["narrow"] if heads <= NARROW else ["wide"] if heads > WIDE else []
            fold["class"] = ["fig-table", "on-paper", *size]


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
            box = {"class": "scroll", "role": "group", "tabindex": "0", "data-bar": BAR}
            table.wrap(
                Tag(name="div", attrs=box | {"aria-label": tr("Table {number}", number=number)})
            )


def plain_cells(tree: Tag) -> None:
    """In the tables of pandas, heads are words, whole years have no decimal, and a blank is a
    dash.
    """
    for table in tree("table", class_="dataframe"):
        for head in table("th"):
            for text in head.find_all(string=lambda text: "_" in text):
                text.replace_with(text.replace("_", " "))
        for cell in table(["th", "td"]):
            word = cell.get_text(strip=True)
            if word in BLANKS:
                cell.string = "–"
            elif _YEAR(word):
                cell.string = word.removesuffix(".0")


def align_words(tree: Tag) -> None:
    """In the tables of pandas, a column that has several words in one of its cells stands at the
    left, as text does.
    """
    for table in tree("table", class_="dataframe"):
        rows = [_from_the_right(row) for row in table("tr")]
        cells = list(chain.from_iterable(rows))
        wordy = {place for place, cell in cells if cell.name == "td" and " " in cell.text.strip()}
        for cell in [cell for place, cell in cells if place in wordy]:
            cell["class"] = "words"


def dated(tree: Tag) -> None:
    """In tables of a number cell, years after the article's day are hidden with the later marks:
    rows by their column "year", columns by their head.
    """
    for table in tree("table", class_="dataframe"):
        heads = [_from_the_right(row) for row in table.select("thead tr")]
        year_places = {place for row in heads for place, cell in row if cell.text == "year"}
        late_places = {place for row in heads for place, cell in row if _late(cell)}
        for row in table("tr"):
            cells = _from_the_right(row)
            if any(place in year_places and _late(cell) for place, cell in cells):
                row["class"] = "since"
            for cell in [cell for place, cell in cells if place in late_places]:
                cell["class"] = "since"


def _from_the_right(row: Tag) -> list[tuple[int, Tag]]:
    """The cells of a row with their places, counted from the right: at the left one may span
    rows.
    """
    cells = row(["th", "td"])
    return list(enumerate(cells, -len(cells)))


def _late(cell: Tag) -> bool:
    word = cell.text
    return word.isdigit() and pictures_style.THEN < int(word) < 2100


def frame_drawings(tree: Tag, title: str) -> None:
    """Each drawing that others made is an image with a name, the page's own where it brings none,
    in a frame, as ours are; a picture without data goes.
    """
    for part in (one for one in fragments(tree) if not _is_ours(one)):
        for image in part("img", src=False):
            image.decompose()
        for drawing in part("svg"):
            if drawing.find_parent("svg") or drawing.get("aria-hidden") == "true":
                continue  # an ornament of words that stand beside it
            drawing.attrs.setdefault("role", "img")
            if "aria-labelledby" not in drawing.attrs:
                drawing.attrs.setdefault("aria-label", title)
            drawing.wrap(Tag(name="div", attrs={"class": "drawing"}))


def close_marks(tree: Tag) -> None:
    """Marks of drawings without anything in them are written short: `<path/>`."""
    for mark in tree.select("svg *"):
        mark.can_be_empty_element = not mark.contents


def add_solutions(tree: Tag, of: Callable[[str], str]) -> None:
    """The solution of each exercise, of(its id) as HTML, where its form has left room for it."""
    for slot in tree(attrs={"data-solves": True}):
        slot.replace_with(parse_html(of(str(slot["data-solves"]))))


def terms(tree: Tag) -> dict[str, tuple[str, str]]:
    """Links to the list of words become terms with their meaning. Returns {id: (word, meaning)}, in
    order.

    A word that the glossary does not hold stays a link: `python tools/upkeep lint`
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
    numbers: dict[str, int] = {}
    for source in tree(class_="cited"):
        note = copy.copy(source)
        for tag in note(True):
            if tag.name == "a" and tag.get("href"):
                tag.attrs = {"href": tag["href"]}
            else:
                tag.unwrap()
        number = numbers.setdefault(note.decode_contents(), len(numbers) + 1)
        source.insert_after(parse_html(render("note_mark.html.j2", number=number)))
    return list(numbers)


def link_windows(tree: Tag) -> None:
    """A link into a folder beside that of the page opens in a window of that folder's own, one for
    all, so that the page stays; a page to which no link brings a place has a window for itself, and
    so have the wall and the page of a lesson.
    """
    for link in tree.select('a[href^="../"]'):
        parts = re.split("[/#.]+", str(link["href"]))
        link["target"] = parts[1] if "#" in str(link["href"]) else parts[2]
    for link in tree.select('a[href^="wall.html"], a[href^="lesson-"]'):
        link["target"] = str(link["href"]).partition(".")[0]


def defer_hidden(tree: Tag, formatter: Formatter) -> dict[str, str]:
    """Take out what is not shown at first: what was worked out beforehand, and drawings for a
    phone. Returns {number: HTML}. An empty script with that number stands in the place of each
    until the page's script shows it.
    """
    parts: dict[str, str] = {}
    for part in tree.select("[data-choices] > [hidden], [data-ahead] > [hidden]"):
        if any(one is tree for one in part.parents):  # else it lies in another
            parts[number := str(len(parts))] = part.decode_contents(formatter=formatter)
            part.clear()
            part.name, part["type"], part["data-part"] = "script", "text/html", number
            del part["hidden"]
    for phone in tree.select(".drawing > svg.narrow"):
        parts[number := str(len(parts))] = phone.decode(formatter=formatter)
        waiting = {"type": "text/html", "class": "narrow", "data-part": number}
        phone.replace_with(Tag(name="script", attrs=waiting))
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

    That makes a page smaller, and no drawing right: which looks are shared, a page alone knows.
    """
    styled = tree.find_all(style=True)
    styled = [tag for tag in styled if tag.name == "svg" or tag.find_parent("svg")]
    shapes = [shape for shape in styled if _LOOK(str(shape["style"]))]
    counts = Counter(str(shape["style"]) for shape in shapes).most_common()
    names = {style: f"z{number}" for number, (style, times) in enumerate(counts) if times > 1}
    for shape in shapes:
        if name := names.get(str(shape["style"])):
            shape["class"] = [*shape.get("class", []), name]
            del shape["style"]
    return "".join(f".{name}{{{style}}}" for style, name in names.items())


def styles(tree: Tag) -> list[str]:
    """Style sheets of what others wrote, for the head of the page: each once, none that loads;
    those of pandas' tables go.
    """
    sheets = []
    for style in tree("style"):
        css = style.extract().get_text()
        pandas, markup = style.has_attr("scoped"), "<" in unescape(css)
        if css.strip() and not (pandas or markup or loads(css)):
            sheets.append(css)
    return list(dict.fromkeys(sheets))


def actors_on_page(tree: Tag, absent: Collection[str] = ()) -> set[str]:
    """Codes of the actors that marks of a page belong to. absent: of whom yardsticks alone have a
    dot, and the notebook's bar has no box.
    """
    marks = {mark for tag in tree(class_=True) for mark in tag["class"]}
    codes = {match[1] for mark in marks if (match := _ACTOR.fullmatch(mark))}
    drawn = {
        code
        for code in codes.intersection(absent)
        if any(not tag.find_parent(class_="yardstick") for tag in tree(class_=f"a-{code}"))
    }
    return codes - {*absent} | drawn
