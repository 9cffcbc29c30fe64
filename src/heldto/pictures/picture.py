"""Picture: a figure with its words, table and source; and the decorator and the paper of what draws
one.
"""

import dataclasses
import inspect
from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from heldto import article, evidence, stored
from heldto.errors import TextError
from heldto.evidence import actors
from heldto.pictures import marks, svg
from heldto.pictures.marks import Shown
from heldto.pictures.sentences import clauses, in_short
from heldto.pictures.style import house_style
from heldto.pictures.table import classes, kept, table
from heldto.templates import render
from heldto.text.language import Writer, instead

WIDTH = 6.7  # inches: 170 mm
DOTS = 96  # pixels an inch
AHEAD: set[Callable] = set()  # what a handout holds drawn for each selection of its bar, too
LATER = {
    "title": f"Later than {article.current().month}",
    "subtitle": "",
    "lead": f"Nothing in this picture was known in {article.current().month}.",
}


@dataclass(kw_only=True)
class Picture:
    """A figure, what it says in words, the figures behind it, and where they come from.

    A function whose name ends in `_picture` returns one, and so does `fr.toggled`. key: unique name
    of letters, digits and hyphens; section: names the actor bar it listens to; lead: the head
    sentence; cannot: what the picture cannot show.

    sentences: (actors, sentence), one a mark, with the word "since" among the actors where it tells
    of what came after August 2019.

    table: a DataFrame of the figures behind it, in the units that `subtitle` names; source: the
    credit line; table_actors: the table's columns that hold ISO3; table_since: those that tell of
    what came after August 2019.

    then: title, subtitle or lead as they read while only what was known in August 2019 is shown.

    about: whom title and lead speak of (ISO3; "*": everybody in the picture); neutral: the title
    that holds whoever is shown, and stands in their place where one of them is off. A clause of the
    subtitle that names an actor follows the bar, from the second on.

    shown: the ISO3 it is drawn for, where that is not everybody. dims: whether pointing at a mark
    dims those of others. sums: whether "some" or "all" marks are sums of all who are shown, which a
    page cannot work out anew; "" where none is.

    some_off: what is said while some of its actors are off. look: further classes of the figure.
    folds: how far down it is drawn, in points, while only what was known "then" is shown, and while
    it is "bare" of everybody's marks; what is left then shows whoever is off. more: the heading of
    a fold that opens everybody's marks, its caption, words and table; "" where they stand open.
    page_table: the table as a page shows it, where that is not `table` with four digits a figure.

    `alt` is the picture in words, `svg` the drawing as a file. Raises Problem where `shown` names
    nobody that it knows.

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
    table_since: Sequence[str] = ()
    then: dict[str, str] = field(default_factory=dict)
    about: Sequence[str] = ()
    neutral: str = ""
    shown: Shown = None
    dims: bool = True
    sums: Literal["", "some", "all"] = ""
    some_off: str = ""
    look: str = ""
    folds: dict[str, float] = field(default_factory=dict)
    more: str = ""
    page_table: Markup | None = None

    def __post_init__(self) -> None:
        self.made_in = stored.running_cell()  # what a page to hand in tells its code by
        drawn = marks.drawn(self.figure)
        everybody = [who for who, _ in drawn]
        known = any("then" in words for _, words in marks.tagged(self.figure))
        later = bool(drawn) and all(since for _, since in drawn)
        self.late = later and not known  # nothing of it was known then
        self.needs = sorted(set.intersection(*everybody)) if drawn else []  # else it is empty
        self.compares = any(who - {*self.needs} for who in everybody)  # more than those it needs
        self.everybody = sorted(set().union(*everybody))
        self._marks = everybody
        if "*" in self.about:
            self.about = self.everybody
        if self.late:
            self.then = self.then | LATER
        self.off = sorted(marks.off(self.shown))
        if self.shown is not None:
            self._settle()

    def _settle(self) -> None:
        """Leave out the sentences, rows and columns of whom it is not drawn for, and a title that
        speaks of one of them.
        """
        with marks.only(self.shown):
            self.sentences = [one for one in self.sentences if not marks.is_off(one[0])]
            self.table = kept(self.table, self.table_actors, marks.is_off)
            self.subtitle = _of_those_shown(self.subtitle)
            if "subtitle" in self.then:
                self.then["subtitle"] = _of_those_shown(self.then["subtitle"])
            if marks.is_off(self.about):
                self.title, self.lead = self.neutral, f"{self.neutral}."
                self.then = {name: self.then[name] for name in self.then if name == "subtitle"}

    def lacks(self, off: Collection[str]) -> str:
        """Why nothing of it is left while some actors (ISO3) are off; "" where something is."""
        if not self._marks or not all(who & {*off} for who in self._marks):
            return ""
        if gone := [actors.the(code) for code in self.needs if code in off]:
            return f"It leaves out {' and '.join(gone)}, whom this picture is about."
        return "It leaves nothing of this picture."

    @property
    def alt(self) -> str:
        """The alt text: the head sentence and one sentence a mark."""
        return " ".join([self.lead, *(text for _, text in self.sentences)])

    @cached_property
    def _drawing(self) -> svg.Drawing:
        return svg.drawing(self.figure, self.key)

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
        return render("drawing.svg.j2", drawing=drawing, title=self.title, width=width)

    def to_html(self, on_page: bool = False) -> str:
        """The figure as HTML: caption, drawing, source, the picture in words, the table behind
        it.

        on_page: as it stands on a page that brings the style sheets and frames its drawings.
        """
        own = {"picture": self, "drawing": self._drawing, "short": _short}
        own |= {"then": self._texts | self.then}
        words = {"clauses": clauses, "actors": actors, "on_page": on_page}
        page = render("figure.html.j2", **self._below, **own, **words)
        return str(page)

    def to_image(self) -> str:
        """The figure as HTML that every viewer shows, the drawing as an image.

        Nothing in it hides or follows a bar.
        """
        width = round(self.figure.get_figwidth() * DOTS)
        image = stored.image(self._file(width), _short(**self._texts), width)
        return str(render("picture.html.j2", picture=self, **self._below, image=image))

    @property
    def _texts(self) -> dict[str, Any]:
        return {"title": self.title, "subtitle": self.subtitle, "lead": self.lead}

    @cached_property
    def _below(self) -> dict[str, object]:
        """What both pages need to say the picture in words and to tell the figures behind it."""
        behind = self.page_table or table(self.table, self.table_actors, self.table_since)
        return {"classes": classes, "table": behind}

    def to_text(self) -> str:
        """The title, and below it the picture in words: one sentence a mark, with the figures.

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
        return stored.bundle(self.to_text(), self.to_image(), self.to_html, view, kind="picture")

    def __repr__(self) -> str:
        return f"Picture({self.key}: {self.title})"


FIELDS = tuple(one.name for one in dataclasses.fields(Picture))


def drawing(
    section: str,
    *tables: str,
    whose: Sequence[str] = (),
    ahead: bool = False,
    where: str = "",
    slip: TextError | None = None,
    **fixed: Any,
) -> Callable[[Callable[..., dict[str, Any] | None]], Callable[..., Picture]]:
    """Decorator of every `*_picture` function: it draws in the house style and returns a Picture.

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

    def decorate(draw: Callable[..., dict[str, Any] | None]) -> Callable[..., Picture]:
        told = where or draw.__name__
        lays_out = "shown" in inspect.signature(draw).parameters

        @wraps(draw)
        def picture(*args: Any, shown: Shown = None, **kwargs: Any) -> Picture:
            _look_over(told, slip, fixed)
            given = {"shown": shown} if lays_out else {}
            with house_style(), marks.only(shown):
                with marks.words_last() as words:
                    own = draw(*args, **kwargs, **given) or {}
                if own:
                    marks.finish(own["figure"], words)
                if shown is not None and not (own and marks.drawn(own["figure"], seen=True)):
                    return picture(*args, **kwargs)
            words = {"known": article.current().month} | own.pop("words", {})
            texts = _filled(told, fixed, words)
            fields = {"source": evidence.source(*tables), "table_actors": whose, **texts, **own}
            fields["then"] = {**texts.get("then", {}), **own.get("then", {})}
            has_lead = "lead" in fields
            for said in (fields, fields["then"]):
                _begin(said, has_lead)
            fields["sentences"] = list(fields["sentences"])
            made = Picture(section=section, shown=shown, **fields)
            if lays_out and shown is not None:
                made.needs = []  # whom all of it needs is seen in the picture of everybody
            return made

        if ahead:
            AHEAD.add(picture)
        return picture

    return decorate


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
    return Writer(where).fill(fixed, words) if isinstance(fixed, str) else fixed


def _of_those_shown(subtitle: str) -> str:
    return "".join(clause for who, clause in clauses(subtitle) if not marks.is_off(who))


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
    **kwargs: Any,
) -> tuple[Figure, Any]:
    """A figure and its axes at printed size (inches), with room for labels at the right."""
    figure = Figure(figsize=(width, height))
    axes = figure.subplots(rows, cols, **kwargs)
    figure.subplots_adjust(
        left=left / width, right=1 - right / width, top=1 - top / height, bottom=bottom / height
    )
    return figure, axes
