"""Picture: a figure with its words, table and source; and the decorator and the paper of what draws
one.
"""

import dataclasses
import inspect
from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, partial, wraps
from typing import Any, Generic, Literal, ParamSpec, Protocol, cast, overload

import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from heldto import article, evidence, stored
from heldto.errors import TextError
from heldto.evidence import actors
from heldto.pictures import marks, svg
from heldto.pictures.marks import Shown
from heldto.pictures.sentences import clauses, in_short, remarks
from heldto.pictures.style import house_style, is_narrow, narrowed
from heldto.pictures.table import classes, html_table, without_actors
from heldto.templates import render
from heldto.text.language import Writer, instead
from heldto.text.words import join_names, unbroken, with_minus
from heldto.tr import tr

WIDTH = 6.7  # inches: 170 mm
NARROW = 4.3  # inches, for a phone: 9 points are 11 pixels there where 390 are across
DOTS = 96  # pixels an inch
AHEAD: set[Callable] = set()  # what a handout holds drawn for each selection of its bar, too


def _all_later() -> dict[str, str]:
    """What a picture says then, when nothing of it was known."""
    month = article.current().month
    lead = tr("Nothing in this picture was known in {month}.", month=month)
    return {"title": tr("Later than {month}", month=month), "subtitle": "", "lead": lead}


@dataclass(kw_only=True)
class Picture:
    """A figure, what it says in words, the figures behind it, and where they come from.

    A function whose name ends in `_picture` returns one, and so does `fr.toggled`. key: a unique
    name of letters, digits and hyphens; section: the section whose actor bar it follows; lead: the
    first sentence; cannot: what the picture cannot show.

    sentences: a pair (actors, sentence) for each mark. The word "since" is among the actors if the
    sentence is about something after the article's day.

    table: a DataFrame of the figures behind it, in the units that `subtitle` names; source: the
    credit line; table_actors: the columns of the table with ISO3 codes; table_since: the columns
    about the time after the article's day.

    note: whole sentences below the drawing that explain how to read it (hollow marks, members,
    bounds). The subtitle only says measure, unit and years.

    then: title, subtitle, note or lead that are used while the picture shows only what was known in
    the article's day.

    about: the actors in title and lead (ISO3; "*" means all actors in the picture). others: pairs
    (actors, title), best first: titles to use if one of those actors is off. neutral: a title that
    is true for any selection, if no other is. If a clause of the subtitle (from the second on) or a
    sentence of the note names an actor that is off, it is hidden.

    narrow: a function that draws the same for a phone, or None. sheets: functions that draw the
    same for paper, a part each, if it is too high for one printed page; otherwise none.

    shown: the ISO3 codes for which it is drawn, if it is not drawn for all. dims: whether pointing
    at a mark dims the marks of other actors. sums: "some" or "all" if that many marks are sums of
    the actors shown, which a page cannot compute again; otherwise "".

    empty: what it means that nothing of it is left, such as that no two of the actors shown are
    bound; "" if it means nothing.

    some_off: a sentence that is shown while some of its actors are off. look: more classes of the
    figure. folds: how much of its height is drawn, in points, while it shows only "then", and while
    it is "bare" of the marks of actors; the rest is always shown. more: the heading of a fold that
    contains the marks of all actors, the caption, words and table; "" if there is no fold.
    page_table: the table as a page shows it, if it differs from `table` with four digits for each
    figure.

    `alt` is the picture in words, and `svg` is the drawing as a file. Raises Problem if `shown`
    names no actor that it knows.

    Examples
    --------
    >>> from frenemies import military
    >>> picture = military.warheads_picture()
    >>> picture.table.query("year == 2018 and actor in ['CHN', 'RUS']")[["actor", "warheads"]]
       actor  warheads
    ...  CHN       280
    ...  RUS  ...
    >>> picture.source
    'Federation of American Scientists 2023, prepared by Our World in Data'
    """

    key: str
    section: str
    title: str
    subtitle: str
    figure: Figure
    lead: str
    sentences: Sequence[tuple[tuple[str, ...], str]]
    table: pd.DataFrame
    source: str
    table_actors: Sequence[str] = ()
    cannot: str = ""
    note: str = ""
    table_since: Sequence[str] = ()
    then: dict[str, str] = field(default_factory=dict)
    about: Sequence[str] = ()
    others: Sequence[tuple[Sequence[str], str]] = ()
    neutral: str = ""
    narrow: Callable[[], Figure] | None = None
    sheets: Sequence[Callable[[], Figure]] = ()
    shown: Shown = None
    dims: bool = True
    sums: Literal["", "some", "all"] = ""
    some_off: str = ""
    empty: str = ""
    look: str = ""
    folds: dict[str, float] = field(default_factory=dict)
    more: str = ""
    page_table: Markup | None = None

    names_actors = False  # whether the page's table has names in place of codes; no field

    def __post_init__(self) -> None:
        self.made_in = stored.running_cell()  # what a page to hand in tells its code by
        marks_drawn = marks.drawn_marks(self.figure)
        everybody = [who for who, _ in marks_drawn]
        has_then = any("then" in words for _, words in marks.tagged(self.figure))
        later = bool(marks_drawn) and all(since for _, since in marks_drawn)
        self.late = later and not has_then  # nothing of it was known then
        # whom every mark is of: without them nothing would be left, so they are always shown here
        self.needs = sorted(set.intersection(*everybody)) if marks_drawn else []
        self.compares = any(who - {*self.needs} for who in everybody)  # more than those it needs
        self.everybody = sorted(set().union(*everybody))
        self._marks = everybody
        self._write_minus()
        if "*" in self.about:
            self.about = self.everybody
        if self.late:
            self.then = self.then | _all_later()
        self.off = sorted(marks.off(self.shown))
        if self.shown is not None:
            self._settle()

    def _write_minus(self) -> None:
        """Have figures below 0 the minus sign that the drawing has."""
        for name in ("title", "subtitle", "lead", "note", "neutral"):
            setattr(self, name, with_minus(getattr(self, name)))
        self.then = {name: with_minus(text) for name, text in self.then.items()}
        self.others = [(who, with_minus(title)) for who, title in self.others]
        self.sentences = [(who, with_minus(text)) for who, text in self.sentences]

    def _settle(self) -> None:
        """Leave out the sentences, rows and columns of whom it is not drawn for, and a title that
        speaks of one of them.
        """
        with marks.only(self.shown):
            self.sentences = [
                sentence for sentence in self.sentences if not marks.is_off(sentence[0])
            ]
            self.table = without_actors(self.table, self.table_actors, marks.is_off)
            self.subtitle, self.note = _of_those_shown(self.subtitle), _remarks(self.note)
            for name, left in (("subtitle", _of_those_shown), ("note", _remarks)):
                if name in self.then:
                    self.then[name] = left(self.then[name])
            if marks.is_off(self.about):
                self._retitle()

    def _retitle(self) -> None:
        """Say what can be said of those who are left; where that is nothing, what is shown."""
        nothing = self.about, self.neutral
        left = (title for title in self.others if not marks.is_off(title[0]))
        self.about, self.title = next(left, nothing)
        self.lead = f"{self.title}."
        self.then = {name: self.then[name] for name in self.then if name in ("subtitle", "note")}

    def lacks(self, off: Collection[str]) -> str:
        """Why nothing of it is left while some actors (ISO3) are off; "" where something is."""
        gone = {*off} - {*self.needs}  # those stay on here
        if self.empty or not self._marks or not all(who & gone for who in self._marks):
            return ""
        return tr("It leaves nothing of this picture.")

    @property
    def whose(self) -> str:
        """Whose marks it has beside those of whom it always shows, as a sentence: who has nothing
        left of it reads whom to switch on.
        """
        others = [who - {*self.needs} for who in self._marks]
        codes = [*filter(actors.known, sorted(set().union(*others)))]
        if not codes:
            return ""
        names = join_names(codes)
        if any(len(who) == 1 for who in others):
            return tr("This picture shows {names}.", names=names)
        return tr("Each mark here is of at least two of these: {names}.", names=names)

    @property
    def alt(self) -> str:
        """The alt text: the head sentence and one sentence a mark."""
        return " ".join([self.lead, *(text for _, text in self.sentences)])

    @cached_property
    def _drawing(self) -> svg.Drawing:
        return svg.figure_svg(self.figure)

    def without_figure(self) -> "Picture":
        """A copy, drawn, with an empty figure in the place of its own, which takes a megabyte."""
        _, lean = self._drawing, copy(self)
        wide, high = self.figure.get_size_inches()
        lean.figure = Figure(figsize=(wide, high))
        return lean

    @property
    def svg(self) -> str:
        """The drawing as an SVG file, the same bytes each time in one environment."""
        return str(self._file())

    def _file(self, width: int | None = None) -> Markup:
        drawing = self._drawing
        return render(
            "drawing.svg.j2", drawing=drawing, key=self.key, title=self.title, width=width
        )

    def to_html(self, narrow: bool = False) -> str:
        """The figure as HTML: caption, drawing, source, the picture in words, the table behind
        it.

        narrow: with the drawing for a phone, too, which a narrow screen shows in its place, and
        with the sheets, which a printed page shows.
        """
        drawings = {"": self._drawing}
        if narrow and self.narrow:
            drawings["narrow"] = phone = svg.figure_svg(self.narrow())
            phone.tell_by(self._drawing)
        sheets = [svg.figure_svg(sheet()) for sheet in self.sheets] if narrow else []
        parts = {"picture": self, "drawings": drawings, "sheets": sheets, "short": _short}
        parts |= {"then": self._texts | self.then}
        words = {"clauses": clauses, "remarks": remarks, "join_names": join_names}
        page = render("figure.html.j2", **self._below, **parts, **words)
        return str(page)

    def page(self) -> str:
        """The figure as HTML for any screen and for paper: with the drawing for a phone."""
        return self.to_html(narrow=True)

    def to_image(self) -> str:
        """The figure as HTML that every viewer shows, the drawing as an image.

        Nothing in it hides or follows a bar.
        """
        width = round(self.figure.get_figwidth() * DOTS)
        image = stored.image(self._file(width), _short(self.title, self.subtitle, self.lead), width)
        return str(render("picture.html.j2", picture=self, **self._below, image=image))

    @property
    def _texts(self) -> dict[str, Any]:
        texts = {"title": self.title, "subtitle": self.subtitle, "lead": self.lead}
        return texts | {"note": self.note}

    @cached_property
    def _below(self) -> dict[str, object]:
        """What both pages need to write texts and to tell the figures behind the picture."""
        behind = self.page_table or html_table(
            self.table, self.table_actors, self.table_since, self.names_actors
        )
        return {"classes": classes, "table": behind, "unbroken": unbroken}

    def to_text(self) -> str:
        """Return the title, and below it the picture in words: one sentence for each mark, with the
        figures.

        Examples
        --------
        >>> from frenemies import military
        >>> text = military.warheads_picture(shown=["CHN", "RUS"]).to_text()
        >>> "China 2018: 280." in text
        True
        """
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> stored.Bundle:
        import ipywidgets  # a notebook has it loaded, and nobody else needs it

        from heldto.pictures.pointing import Pointing

        live = ipywidgets.VBox([ipywidgets.HTML(self.to_html()), Pointing()])  # follows the bar
        view = live._repr_mimebundle_()
        return stored.bundle(self.to_text(), self.to_image(), self.page, view, kind="picture")

    def __repr__(self) -> str:
        return f"Picture({self.key}: {self.title})"


FIELDS = tuple(one.name for one in dataclasses.fields(Picture))
P = ParamSpec("P")


class PictureFunction(Protocol, Generic[P]):
    """A function that `drawing` made: it takes what was written, and `shown` (ISO3) as well."""

    __name__: str

    @overload
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Picture: ...
    @overload
    def __call__(self, *args: Any, shown: Shown, **kwargs: Any) -> Picture: ...


def drawing(
    section: str | Callable[[], str],
    *tables: str,
    whose: Sequence[str] = (),
    ahead: bool = False,
    where: str = "",
    slip: TextError | None = None,
    **fixed: Any,
) -> Callable[[Callable[P, dict[str, Any] | None]], PictureFunction[P]]:
    """Decorator of every `*_picture` function: it draws in the house style and returns a Picture.

    section: the section whose actor bar it follows, or a function that says it when one is drawn.
    The function returns a dict of the fields that are its own, and of `words`: what those given
    here name in two braces ("By {{ year }} ..."; known: the article's month). tables: those of
    data/ that it credits, where it gives no `source` of its own; whose: the table's columns that
    hold ISO3. A title begins with a capital, and is the lead where none is given.

    A picture is drawn for some actors alone with `shown` (ISO3). A function that ranks, stacks,
    sums or lays out rows takes it itself (None: all), and may return None where nothing is left to
    draw. All others draw everything: marks of whom is not shown are hidden, and scales fitted to
    the rest. Where nothing is left the picture is that of all, which the bar hides. ahead: a
    handout holds it drawn for each selection of its bar, where marks that are hidden teach less.
    where: the file and key of its texts, as a message names them; slip: what is wrong with them,
    raised when the picture is asked for, and not where its module is loaded. Raises TextError where
    a text names what the function does not give.
    """

    def decorate(draw: Callable[P, dict[str, Any] | None]) -> PictureFunction[P]:
        name = where or draw.__name__
        lays_out = "shown" in inspect.signature(draw).parameters

        @wraps(draw)
        def picture(*args: Any, shown: Shown = None, **kwargs: Any) -> Picture:
            _look_over(name, slip, fixed)
            arguments = kwargs | ({"shown": shown} if lays_out else {})
            returned = _own(draw, shown, args, arguments)
            if shown is not None and not (
                returned and marks.drawn_marks(returned["figure"], seen=True)
            ):
                return picture(*args, **kwargs)
            words = {"known": article.current().month} | returned.pop("words", {})
            texts = _filled(name, fixed, words)
            fields = {
                "source": evidence.source(*tables),
                "table_actors": whose,
                **texts,
                **returned,
            }
            fields["then"] = {**texts.get("then", {}), **returned.get("then", {})}
            has_lead = "lead" in fields
            for parts in (fields, fields["then"]):
                _begin(parts, has_lead)
            fields["sentences"] = list(fields["sentences"])
            fields["narrow"] = partial(_narrow, draw, shown, args, arguments)
            sheets = fields.get("sheets", ())
            fields["sheets"] = [partial(_sheet, draw_sheet, shown) for draw_sheet in sheets]
            bar = section if isinstance(section, str) else section()
            made = Picture(section=bar, shown=shown, **fields)
            if lays_out and shown is not None:
                made.needs = []  # whom all of it needs is seen in the picture of everybody
            return made

        if ahead:
            AHEAD.add(picture)
        return cast(PictureFunction[P], picture)

    return decorate


def _own(
    draw: Callable[..., dict[str, Any] | None], shown: Shown, args: Any, arguments: Any
) -> dict:
    """What a picture's function returns, its figure finished; nothing where it draws none."""
    with house_style(), marks.only(shown), marks.words_last() as words:
        returned = draw(*args, **arguments) or {}
        if returned:
            marks.finish(returned["figure"], words)
    return returned


def _narrow(draw: Callable[..., Any], shown: Shown, args: Any, arguments: Any) -> Figure:
    """A picture drawn for a phone."""
    with narrowed():
        return _own(draw, shown, args, arguments)["figure"]


def _sheet(draw_sheet: Callable[[], Figure], shown: Shown) -> Figure:
    """A part of a picture, drawn for paper."""
    return _own(lambda: {"figure": draw_sheet()}, shown, (), {})["figure"]


def _look_over(where: str, slip: TextError | None, fixed: dict[str, Any]) -> None:
    """Raise what is wrong with the texts of a picture before anything is drawn."""
    if slip:
        raise slip
    for name in fixed:
        if name not in FIELDS:
            raise TextError(f'{where}: no field "{name}" of a picture. {instead(name, FIELDS)}')


def _filled(where: str, fixed: Any, words: dict[str, Any]) -> Any:
    """What never changes, with the words that its texts name in braces. where: of a fault."""
    if isinstance(fixed, dict):
        return {name: _filled(f"{where}, {name}", part, words) for name, part in fixed.items()}
    if isinstance(fixed, list):
        return [_filled(where, part, words) for part in fixed]
    return Writer(where).fill(tr(fixed), words) if isinstance(fixed, str) else fixed


def _of_those_shown(subtitle: str) -> str:
    return "".join(clause for who, clause in clauses(subtitle) if not marks.is_off(who))


def _remarks(note: str) -> str:
    return " ".join(text for who, text in remarks(note) if not marks.is_off(who))


def _short(title: str, subtitle: str, lead: str) -> str:
    """`in_short`, without the clauses of a subtitle that follow the bar."""
    return in_short(title, "".join(clause for who, clause in clauses(subtitle) if not who), lead)


def _begin(texts: dict[str, Any], has_lead: bool) -> None:
    """Give a title its capital, and make a lead of it where the picture has none of its own."""
    if "title" in texts:
        texts["title"] = texts["title"][:1].upper() + texts["title"][1:]
        if not has_lead:
            texts["lead"] = f"{texts['title']}."


def canvas(
    height: float = 3.7,
    rows: int = 1,
    cols: int = 1,
    width: float = WIDTH,
    left: float = 0.6,
    right: float = 1.35,
    top: float = 0.15,
    bottom: float = 0.38,
    narrow: dict[str, Any] | None = None,
    **kwargs: Any,
) -> tuple[Figure, Any]:
    """A figure and its axes at printed size (inches), with room for labels at the right.

    narrow: what of it is otherwise in a drawing for a phone; there is room at the right for as much
    as the labels take, and at the left for numbers.
    """
    room = dict(left=left, right=right, top=top, bottom=bottom)
    if is_narrow():
        differs: dict[str, Any] = dict(left=min(left, 0.5), right=min(right, 0.2), height=height)
        differs |= dict(rows=rows, cols=cols) | (narrow or {})
        height, rows, cols = (differs.pop(name) for name in ("height", "rows", "cols"))
        width = NARROW
        room |= {name: differs.pop(name) for name in room if name in differs}
        kwargs |= differs
    figure = Figure(figsize=(width, height))
    axes = figure.subplots(rows, cols, **kwargs)
    right = 1 - room["right"] / width
    left = min(room["left"] / width, 0.7 * right)  # the longest name leaves room for marks
    top, bottom = 1 - room["top"] / height, room["bottom"] / height
    figure.subplots_adjust(left=left, right=right, top=top, bottom=bottom)
    return figure, axes
