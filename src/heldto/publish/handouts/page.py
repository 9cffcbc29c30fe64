"""One notebook as a page: its cells in order, and what the page says about itself."""

import json
from itertools import chain
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter
from markupsafe import Markup
from nbformat import NotebookNode

from heldto import article, stored
from heldto.claims import seals
from heldto.publish import claim_reviews, learning, reading_time
from heldto.publish.editions import cell_tags, way_out
from heldto.publish.handouts import lean, qr_codes, structure
from heldto.publish.handouts.assets import bar_settings
from heldto.publish.handouts.outputs import coloured, markdown, output_html
from heldto.publish.handouts.plan_stops import LESSON, LESSON_PLAN, tables_asked
from heldto.publish.handouts.sanitize import clean
from heldto.publish.open_only import leave_tables_out
from heldto.templates import render
from heldto.tr import tr

# Ids of the template and its script
OURS = ("text", "bar", "answers", "terms", "notes", "cite", "key")
PRINTED = {"key": "key.css", LESSON: "lesson.css", LESSON_PLAN: "lesson.css"}  # on a few sheets
FORMS = {
    "guess",
    "draw",
    "verdict",
    "examine",
    "exercise",
}  # their code says nothing to a reader on paper
JUDGED = {"verdict", "examine"}  # what leads to the live notebook
Fragment = tuple[str, str]


class _Formatter(HTMLFormatter):
    """Writes attributes in the order that they have, empty ones as their names alone."""

    def attributes(self, tag: Tag) -> list[tuple[str, Any]]:
        return [(name, None if value == "" else value) for name, value in tag.attrs.items()]


class HandoutPage:
    """A notebook (nbformat node, already one edition, which stays as it is) as a page.

    main: the HTML of its cells; headings: (level, id, text) of the text's; notes: sources as HTML;
    terms: {id: (word, meaning)}; styles: style sheets of figures; bar: what the actor bar needs, as
    JSON, "" where no picture listens; asleep: the block of what shows once it is chosen; title,
    name, edition, and about, what the notebook says of itself; reading, exercises, core: minutes.
    address: of the page, where its steps are to carry codes; open_only: without the tables behind
    pictures that no open licence lets us pass on; spent: the minutes of the live notebook; site:
    the address of the folder in which the page is published, where that is known; claims: those
    whose cards it has.
    """

    def __init__(
        self,
        notebook: NotebookNode,
        name: str = "notebook",
        code: bool = True,
        live: str = "",
        address: str = "",
        open_only: bool = False,
        spent: reading_time.Told | None = None,
        site: str = "",
    ) -> None:
        self._live = f"{live}?workspace={name}&path={name}.ipynb#cell-id=" if live else ""
        self._site = site
        self.name, self.about = name, dict(notebook.metadata.get("frenemies", {}))
        self.edition = self.about.get("edition", "handout")
        self.about["teaches"] = lessons(self.about.get("teaches"))
        self.sealed = seals.of_all()
        self.core, self.reading, self.exercises = spent or reading_time.told(notebook)
        self.styles = [str(render(name)) for name in _sheets(notebook)]
        tree = structure.parse_html(self._cells_page(notebook, code))
        if open_only:
            leave_tables_out(tree)
        self.title = _titled(tree) or self.about.get("title") or name.replace("_", " ")
        self._lay_out(tree, address)

    def _lay_out(self, tree: BeautifulSoup, address: str) -> None:
        """Put a tree in order, and enter what it holds."""
        taken_ids = {*OURS, *(str(part["id"]) for part in tree(class_=["cell", "folded"]))}
        self.styles += structure.styles(tree)
        structure.own_ids(tree, taken_ids)
        self.claims = structure.claims_on_page(tree)
        self.headings = structure.headings(tree, taken_ids)
        structure.print_tables(tree, tables_asked())
        structure.label_tables(tree)
        structure.plain_cells(tree)
        structure.align_words(tree)
        structure.dated(tree)
        structure.frame_drawings(tree, self.title)
        structure.close_marks(tree)
        structure.link_windows(tree)
        if self.edition == "handout":
            structure.add_solutions(tree, way_out)
        self.styles.append(structure.looks(tree))
        if self.name in PRINTED:
            self.styles.append(str(render(PRINTED[self.name])))
        self.styles = [lean.lean_sheet(css) for css in self.styles]
        structure.mark_after_verdict(tree)
        self.terms, self.notes = structure.terms(tree), structure.notes(tree)
        section = self.about.get("section", "")
        self.bar = (
            bar_settings(
                structure.actors_on_page(tree, article.bar(section).absent),
                section,
                "then" if self.name == LESSON else "since",  # a class guesses of the article's day
            )
            if tree.find("figure")
            else ""
        )
        for fragment in structure.fragments(tree):
            fragment.unwrap()
        if address:
            qr_codes.add_qr_codes(tree, address)
            self.styles.append(render("code.css"))
        formatter = _Formatter(EntitySubstitution.substitute_xml)
        self.asleep = lean.block(structure.defer_hidden(tree, formatter))
        self.main = Markup(tree.decode(formatter=formatter))

    def _cells_page(self, notebook: NotebookNode, code: bool) -> str:
        cells, place = [], ""
        for cell in notebook.cells:
            place = cell.id if cell.cell_type == "markdown" and cell.source[:1] == "#" else place
            cells.append(self._cell(cell, code, place))
        cells = [cell for cell in cells if cell["fragments"] or cell["open"] and cell["code"]]
        return render("handout_cells.html.j2", parts=_folded(cells))

    def _cell(self, cell: NotebookNode, code: bool, place: str) -> dict[str, Any]:
        """What a page shows of one cell. place: the heading that it stands below in the live
        notebooks.
        """
        marks = cell_tags(cell)
        kinds = {stored.metadata_of(output).get("kind") for output in cell.get("outputs", [])}
        teaches_code = "code" in marks
        hidden = self.edition == "handout" and kinds & FORMS and not teaches_code
        source = cell.source if code and cell.cell_type == "code" and not hidden else ""
        return {
            "kind": cell.cell_type,
            "heads": cell.cell_type == "markdown" and cell.source.startswith(("# ", "## ")),
            "id": f"cell-{cell.get('id', '')}",
            "tags": sorted(marks),
            "fragments": [(kind, Markup(html)) for kind, html in _fragments(cell) if html.strip()],
            "code": coloured(source) if source.strip() else "",
            "live": f"{self._live}{place}" if self._live and kinds & JUDGED else "",
            "open": teaches_code
            or self.edition != "handout"
            and bool(marks & {"exercise", "solution"} and not kinds & FORMS),
        }

    @property
    def contents(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Headings of the second level with those of the third below each: (id, text, list of (id,
        text)).
        """
        entries: list[tuple[str, str, list[tuple[str, str]]]] = []
        for level, anchor, text in self.headings:
            if level == 2:
                entries.append((anchor, text, []))
            elif level == 3 and entries:
                entries[-1][2].append((anchor, text))
        return entries

    @property
    def more(self) -> str:
        """Id of the heading at which the core ends; "" where all is core, or nothing."""
        opens = reading_time.MORE.removeprefix("## ")
        heads = [(anchor, text) for level, anchor, text in self.headings if level == 2]
        return next((anchor for anchor, text in heads if text.startswith(opens)), "")

    @property
    def resource(self) -> Markup:
        """What it is as a learning resource, for the page's data block."""
        return learning.resource_data(
            self.title,
            tr(f"{self.edition} edition"),
            self.reading + self.exercises,
            self.about["teaches"],
            level=self.about.get("level", ""),
            language=self.about.get("language", "") or article.current().language,
        )

    @property
    def reviews(self) -> Markup:
        """The verdicts on it for fact checkers, for a data block of the handout; "" in editions
        that a lecturer gives out in class or keeps.
        """
        if self.edition != "handout":
            return Markup("")
        return claim_reviews.reviews_data(self.claims, self.name, self._site)

    @property
    def summary(self) -> str:
        """What the index says of the page, as JSON."""
        about = {key: self.about.get(key) for key in ("section", "minutes", "level", "teaches")}
        spent = {"core": self.core, "reading": self.reading, "exercises": self.exercises}
        return json.dumps({"title": self.title, **spent, **about}, ensure_ascii=False)


def _folded(cells: list[dict[str, Any]]) -> list[tuple[dict[str, Any] | None, list[dict]]]:
    """The cells in parts: (the heading below which they are folded, None where they are not, the
    cells). A fold ends at the next heading of its level.
    """
    parts: list[tuple[dict[str, Any] | None, list[dict]]] = [(None, [])]
    for cell in cells:
        if "folded" in cell["tags"]:
            parts.append((cell, []))
            continue
        if cell["heads"] and parts[-1][0]:
            parts.append((None, []))
        parts[-1][1].append(cell)
    return parts


def _sheets(notebook: NotebookNode) -> list[str]:
    """The names of the style sheets of our outputs, each once."""
    sheet_lists = (
        stored.metadata_of(output).get(stored.SHEETS, []) for output in stored.outputs(notebook)
    )
    return list(dict.fromkeys(chain.from_iterable(sheet_lists)))


def _titled(tree: BeautifulSoup) -> str:
    """The title: the first heading, taken from the tree; "" where the text opens with something
    else.
    """
    opening = tree.select_one('[data-fragment="text"]')
    heading = opening.find(True) if opening else None
    if opening is None or heading is None or heading.name != "h1":
        return ""
    heading.extract()
    if opening.parent and not opening.get_text(strip=True):
        opening.parent.decompose()
    return heading.get_text(strip=True)


def _fragments(cell: NotebookNode) -> list[Fragment]:
    """What a cell says or shows, cleaned: (what `structure` calls a fragment, HTML)."""
    if cell.cell_type == "markdown":
        return [("text", clean(markdown(cell.source, cell.get("attachments")), text=True))]
    if cell.cell_type != "code" or "setup" in cell_tags(cell):
        return []
    outputs = [(output_html(output), stored.is_ours(output)) for output in cell.outputs]
    return [("ours" if ours else "output", clean(html, ours)) for html, ours in outputs]


def lessons(text: str | list[str] | None) -> list[str]:
    """What a notebook teaches, as a list: given as one, or as one line with semicolons."""
    parts = text.split(";") if isinstance(text, str) else text or []
    return [lesson.strip()[:1].upper() + lesson.strip()[1:] for lesson in parts if lesson.strip()]
