"""A claim in one element: the reader's guess, a line to draw, the picture, and the verdict."""

from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakSet

import ipywidgets
import pandas as pd
from markupsafe import Markup

from heldto import claims, stored
from heldto.claims import course
from heldto.claims.card import VerdictCard
from heldto.errors import NotHeld
from heldto.exercises.box import CLASSES, Form, button
from heldto.exercises.drawn import DrawForm
from heldto.exercises.guesses import LISTENERS, Guess, Guesses, Ruling, given, guess_page, ids_of
from heldto.exercises.words import say
from heldto.pictures import Picture
from heldto.templates import render
from heldto.text.words import join_words
from heldto.toggles.explored import view_of
from heldto.toggles.here import ScrollAnchor, html, shared
from heldto.toggles.views import Explore, written
from heldto.tr import tr, tr_noop

MANY = 10  # claims that a sheet names one by one
SHEET, LOOK = "heldto-sheet", tr_noop("Look anyway")


class Behind(ipywidgets.VBox):
    """What waits behind a sheet and is no picture: a table, or a widget that has a page."""

    closed_title = subtitle = ""
    neutral = tr_noop("A table that tells verdicts")

    def __init__(self, shown: pd.DataFrame | ipywidgets.Widget) -> None:
        self._shown, self.picture = shown, self
        is_widget = isinstance(shown, ipywidgets.Widget)
        parts = [shown] if is_widget else [html(written(shown))]
        super().__init__(parts, layout=shared(ipywidgets.Layout))

    def page(self) -> Markup:
        """It as a part of a page."""
        return self._shown.page() if hasattr(self._shown, "page") else written(self._shown)

    def to_image(self) -> Markup:
        """It as it stays where no kernel runs: as it is now, without other choices."""
        return written(self._shown.text) if hasattr(self._shown, "text") else self.page()

    def to_text(self) -> str:
        """It as text."""
        return str(self._shown)


class Examination(ipywidgets.VBox):
    """One claim, or several that one picture decides: guess, line to draw, picture, verdict.

    The picture and the verdicts are not part of it before every claim is guessed and every line
    drawn, or the reader asks to look anyway: a sheet of paper with the title and what the axes
    measure is in their place. So nothing shows in any front end, after *Run All* as well.
    """

    children: Any

    def __init__(
        self,
        ids: Sequence[str],
        view: Explore | Behind | None,
        lack: str = "",
        verdicts: Sequence[str] | None = None,
        ask: bool = True,
    ) -> None:
        self.ids, self.view, self.looked = list(ids), view, False
        self.draws: list[str] = []  # claims whose lines a page asks for elsewhere
        self.guess = _asking(ids) if ask else None
        self.lines = [line for one in ids if ask and (line := _line(one))]
        follow = ids if verdicts is None else verdicts
        self.rulings = [Ruling(one, VerdictCard(one)) for one in follow]
        for one in ids:
            LISTENERS.setdefault(one, WeakSet()).add(self)
        self._lack = [html(render("message.html.j2", lines=[lack], code=""))] if lack else []
        self._asks, self._look = html(), button(tr(LOOK), self.look)
        asked = ipywidgets.HBox([self._asks, self._look], layout=shared(ipywidgets.Layout))
        sheet = [html(_sheet(view))] if view else []
        self.sheet = ipywidgets.VBox([*sheet, asked], layout=shared(ipywidgets.Layout))
        self.sheet.add_class(SHEET)
        self._anchor = ScrollAnchor()  # of its own: the class below is for its whole output
        super().__init__([], layout=shared(ipywidgets.Layout), _dom_classes=CLASSES[:1])
        for form in (*self.lines, *self.rulings):
            form.on_answer = self.settle
        self.settle()

    def waits(self) -> str:
        """What is to be done before the picture shows, in words; "" where it shows."""
        opened = [ruling.claim for ruling in self.rulings if ruling.opened]
        if self.looked or {*opened} >= {*self.ids}:
            return ""
        if open_ids := [one for one in self.ids if not given(one)]:
            return _guess_before(open_ids)
        return say("draw_before") if any(not line.done for line in self.lines) else ""

    def look(self) -> None:
        """Show the picture without a guess, or without a line."""
        self.looked = True
        self.settle()

    def settle(self) -> None:
        """Show what the reader may see by now."""
        rows = self.guess.rows if isinstance(self.guess, Guesses) else [self.guess]
        for row in filter(None, rows):
            if given(row.claim) and not row.verdict.disabled and not row.asks_again:
                row.settle()  # it was guessed elsewhere
        waits = self.waits()
        self._asks.value = waits
        guessed = all(map(given, self.ids))
        lines = self.lines if guessed or not waits else []
        seen = [*([self.view] if self.view else self._lack), *self.rulings]
        asked = [self.guess] if self.guess else []
        parts = [*asked, *lines, *([self.sheet] if waits else seen), self._anchor]
        if [*self.children] != parts:
            self.children = parts

    def _repr_mimebundle_(self, **kwargs: Any) -> stored.Bundle:
        view = super()._repr_mimebundle_(**kwargs)
        about = {"kind": "examine", "claim": " ".join(self.ids)}
        return stored.bundle(repr(self), self._page_without_kernel, self._page, view, **about)

    def _page_without_kernel(self) -> Markup:
        """The claims for whoever has no kernel: the questions, and the rest folded."""
        asked = [stored.question_page(repr(form)) for form in self._forms()]
        cards = [ruling.card.to_image() for ruling in self.rulings]
        picture = Markup(self.view.picture.to_image()) if self.view else Markup("")
        parts = {"asked": asked, "picture": picture, "cards": cards, "title": say("examined")}
        return render("examined.html.j2", **parts)

    def _page(self) -> Markup:
        """The claims as a part of a page: forms, the sheet, and behind it what the script shows."""
        lines = [line.page() for line in self.lines]
        sheet = _sheet(self.view) if self.view else ""
        guess = guess_page(*self.ids) if self.guess else ""
        parts = {"guess": guess, "lines": lines, "sheet": sheet, "look": tr(LOOK)}
        parts["waits"] = "" if self.guess else " ".join(self.ids)
        parts["guess_before"] = _guess_before(self.ids)
        parts["draw_before"], parts["draws"] = say("draw_before"), " ".join(self.draws)
        parts["picture"] = self.view.page() if self.view else ""
        parts["lacking"] = "" if self.view else Markup("").join(one.value for one in self._lack)
        parts["cards"] = [one.card.to_html() for one in self.rulings]
        return render("examine.html.j2", **parts)

    def _forms(self) -> list[Form]:
        return [*([self.guess] if self.guess else []), *self.lines]

    def __repr__(self) -> str:
        picture = [self.view.picture.to_text()] if self.view else []
        return "\n\n".join(map(str, [*self._forms(), *picture, *self.rulings]))


def _guess_before(ids: Sequence[str]) -> str:
    many = len(ids) > MANY
    return (
        say("guess_many", claims=len(ids)) if many else say("guess_before", claims=join_words(ids))
    )


def _asking(ids: Sequence[str]) -> Guess | Guesses:
    return Guess(ids[0]) if len(ids) == 1 else Guesses(*ids)


def _line(claim: str) -> DrawForm | None:
    """The line to draw of a claim; None where it has none, or a table lacks its figures."""
    try:
        return DrawForm(course.line_to_draw(claim)) if course.has_line(claim) else None
    except NotHeld:
        return None


def _sheet(view: Explore | Behind) -> Markup:
    """What is seen of a picture that is closed: a neutral title, and what its axes measure; of a
    table what it is.
    """
    title = tr(view.closed_title or view.picture.neutral)
    return render("sheet.html.j2", title=title, measured=view.picture.subtitle)


def _view(draw: Any, settings: dict[str, Any]) -> Explore | Behind:
    if isinstance(draw, Explore):
        return draw
    tells_itself = isinstance(draw, (pd.DataFrame, ipywidgets.Widget))
    return Behind(draw) if tells_itself else view_of(draw, **settings)


def examine(
    claim: str | Sequence[str],
    draw: Callable[..., Picture] | Explore | pd.DataFrame | ipywidgets.Widget | str | None = None,
    /,
    *,
    verdicts: Sequence[str] | None = None,
    ask: bool = True,
    **settings: Any,
) -> Examination:
    """Examine a claim: your guess, then the picture, then the verdict, in one element.

    claim: its id, or a list of ids that one picture decides together. draw, settings: the picture,
    as for `fr.explore`, or what `fr.readings` returns, or a table (DataFrame) that tells verdicts;
    without one the verdict follows the guess. verdicts: the ids whose verdicts follow, if not all
    do. ask: False if a form above asks for the guess. If a claim has a line to draw, it comes after
    the guess. Until then a sheet with a neutral title covers the picture;
    *Look anyway* takes it away. A guess and a line are kept in the reader's own file, as
    `fr.guess` and `fr.draw` keep them.

    Returns what a notebook shows: `guess`, `lines`, `view` (the picture) and `rulings` (the
    verdicts) are its parts. Raises UnknownClaim; Problem if no claim is given, and as `fr.explore`.

    Examples
    --------
    >>> from frenemies import economic
    >>> shown = fr.examine("E3", economic.partners_picture)
    >>> shown.waits()
    'Guess E3 first, or'
    >>> guessed = fr.guess("E3", "holds", 70)
    >>> shown.waits(), shown.rulings[0].card.then.verdict
    ('', 'holds')
    """
    ids = ids_of(claim)
    follow = None if verdicts is None else [claims.row(one)["id"] for one in verdicts]
    view: Explore | Behind | None = None
    lack = ""
    try:
        if draw is not None:
            view = _view(draw, settings)
    except NotHeld as lacking:
        lack = lacking.sentence
    return Examination(ids, view, lack, follow, ask)
