"""Pictures with sliders, and lines worked out for the actors shown: both follow the actor bar."""

import inspect
from collections.abc import Callable, Collection, Iterator
from copy import copy
from functools import partial
from typing import Any

import ipywidgets
from ipywidgets import Layout, SliderStyle, ToggleButtonsStyle
from markupsafe import Markup

from heldto import article, stored
from heldto.errors import NotHeld, Problem
from heldto.evidence import actors
from heldto.evidence.caching import cached
from heldto.pictures import Picture
from heldto.pictures.picture import AHEAD
from heldto.pictures.pointing import Pointing
from heldto.templates import render
from heldto.toggles import variants
from heldto.toggles.bar import ActorBar, current_bar
from heldto.toggles.here import ALIVE, ScrollAnchor, html, shared
from heldto.toggles.press import SubmitButton

Controls = dict[str, Any]
Say = Callable[..., Any]
BESIDE = "heldto-beside"  # class of a picture with its bar
KEPT = 4  # drawings of a picture: an actor switched off and on again is not drawn anew
FEW = 3  # outcomes of a choice that a page without a kernel holds: a picture is large
CHANGED = "What is shown or chosen has changed since then: press the button to compute it again."
WANTS = "explore() needs a function that returns a Picture: {but}"
GONE = "The same line is further down and follows the bar there: run this cell to move it here."


def controls(choices: dict[str, Any]) -> Controls:
    """A widget for each choice: a slider for (first, last, start), buttons for a list of words.

    Raises Problem.
    """
    return {name: _control(name, value) for name, value in choices.items()}


def _control(name: str, value: tuple | list) -> ipywidgets.Widget:
    traits, style = {"description": name.replace("_", " ")}, {"description_width": "initial"}
    if isinstance(value, list):
        traits["style"] = shared(ToggleButtonsStyle, button_width="auto", **style)
        return ipywidgets.ToggleButtons(options=value, layout=shared(Layout), **traits)
    if len(value) != 3 or not value[0] <= value[2] <= value[1]:
        between = "a slider takes (first, last, start), with start between the two"
        raise Problem(f"{name}={value}: {between}")
    first, last, start = value
    traits["style"], layout = shared(SliderStyle, **style), shared(Layout, width="min(34rem, 95%)")
    slider_traits = {"continuous_update": False, "layout": layout}
    return ipywidgets.IntSlider(start, first, last, **slider_traits, **traits)


def chosen(controls: Controls) -> dict[str, Any]:
    """What stands in each control now."""
    return {name: control.value for name, control in controls.items()}


def written(text: Any) -> Markup:
    """A table as it is, anything else in a paragraph."""
    if hasattr(text, "to_html"):
        return Markup(text.to_html())
    return render("message.html.j2", lines=[text], code="")


def said(page: Markup) -> Markup:
    """What is said aloud while the page is open."""
    return render("live.html.j2", page=page)


def _made_by(draw: partial[Picture], **words: Any) -> Picture:
    """What a function has drawn. Raises Problem where that is no Picture."""
    picture: Any = draw(**words)
    if not isinstance(picture, Picture):
        name, kind = getattr(draw.func, "__name__", "the function"), type(picture).__name__
        raise Problem(WANTS.format(but=f"{name} returned {kind}"))
    return picture


def _without_figure(draw: partial[Picture], **words: Any) -> Picture:
    return _made_by(draw, **words).without_figure()


class Explore(ipywidgets.VBox):
    """A picture under the actor bar and its sliders; without a kernel it stands as the picture.

    One of which every mark is about the same two has no bar of its own. While it is in the window
    it is drawn for the actors shown, where `draw` takes them. bar_of: the bar of a picture, where
    it is not the one that was asked for last.
    """

    closed_title = ""  # while the picture is covered, if its own says too much

    def __init__(
        self,
        draw: partial[Picture],
        controls: Controls,
        bar_of: Callable[[Picture], ActorBar] | None = None,
    ) -> None:
        self._draw, self._controls = draw, controls
        is_ours = article.owns(draw.func.__module__)  # a cell's own may have changed
        self._drawn = (
            cached(partial(_without_figure, draw), KEPT) if is_ours else partial(_made_by, draw)
        )
        self.made_in = stored.running_cell()  # its picture may be drawn by a click, in no cell
        self.picture = self._drawn(**chosen(controls))
        parameters = inspect.signature(draw, follow_wrapped=False).parameters
        self._settles = "shown" in parameters and self.picture.compares
        self._drawn_for: list[str] | None = None
        self._needed = {repr(chosen(controls)): self.picture.needs}  # whom it always shows
        self._bar = bar_of(self.picture) if bar_of else current_bar(self.picture.section)
        self._page = ScrollAnchor(value=self.picture.to_html(), empty=self._empty())
        self._bar.observe(self._settle, ["shown", "same_axes"])
        self._page.observe(self._settle, "in_view")
        for control in controls.values():
            control.observe(self._follow, "value")
        above = [self._bar] if self.picture.compares else []
        parts = [*above, *controls.values(), self._page, shared(Pointing)]
        classes = [ALIVE, BESIDE] if above else [ALIVE]
        super().__init__(parts, layout=shared(Layout), _dom_classes=classes)

    def _settle(self, change: object) -> None:
        """Draw it anew where it is in the window, and not as it should be."""
        if self._settles and self._page.in_view and self._drawn_for != self._bar.drawn_for():
            self._follow(change)

    def _follow(self, change: object) -> None:
        self._drawn_for = self._bar.drawn_for() if self._settles else None
        try:
            self.picture = self._of(self._drawn_for, **chosen(self._controls))
            self._page.value = self.picture.to_html()
            if self.picture.shown is None:
                self._page.empty = self._empty()
        except Problem as problem:  # no cell is there to show it
            self._page.value = said(written(problem))

    def _of(self, shown: Collection[str] | None, **words: Any) -> Picture:
        """The picture of some words, for some actors (None: all) and whom it always shows."""
        if shown is None:
            return self._drawn(**words)
        needs = self._needed.get(repr(words))
        if needs is None:
            needs = self._needed[repr(words)] = self._drawn(**words).needs
        on = (*(code for code in actors.EVERYBODY if code in {*shown, *needs}),)
        picture = copy(self._drawn(**words, shown=on))
        picture.needs = needs
        return picture

    def _empty(self) -> dict[str, str]:
        """Why selections of the bar leave nothing of the picture, by their names: of those that do.
        That of nobody is where one begins to choose.
        """
        reasons = {}
        for name, codes in self._bar.presets.items():
            why = self.picture.lacks({*self._bar.actors} - {*codes}) if codes else ""
            if why:
                reasons[name] = why
        return reasons

    def _repr_mimebundle_(self, **kwargs: Any) -> stored.Bundle:
        view = super()._repr_mimebundle_(**kwargs)
        text, image = self.picture.to_text(), self.picture.to_image()
        return stored.bundle(text, image, self.page, view, kind="picture")

    def page(self) -> Markup:
        """The picture as a part of a page, its choices and selections worked out beforehand."""
        page = self._with_selections(Markup(self.picture.page()), **chosen(self._controls))
        return variants.page(self._controls, page, self._other, FEW, self._with_selections)

    def _with_selections(self, page: Markup, **words: Any) -> Markup:
        """A page of the picture with those drawn for each selection of its bar, if hidden marks
        would teach less: of sums, too, which nobody can see without.
        """
        if self._draw.func not in AHEAD and not (self._settles and self._drawn(**words).sums):
            return page
        return render("drawn_ahead.html.j2", shown=page, ahead=[*self._ahead(**words)])

    def _ahead(self, **words: Any) -> Iterator[tuple[str, Markup]]:
        """The picture as it is drawn for each other selection of its bar that leaves another, by
        the selection's name.
        """
        whole = self._drawn(**words)
        current = whole.svg, whole.alt
        for name, codes in self._bar.presets.items():
            if codes and name != "all":
                other = self._drawn_as(codes, **words)
                if (other.svg, other.alt) != current:
                    yield name, Markup(other.page())

    def _drawn_as(self, shown: Collection[str] | None = None, **words: Any) -> Picture:
        """The picture of other words; whose title is another one, speaks of all who are shown."""
        if shown is None:
            return self._drawn(**words)
        picture = self._of(shown, **words)
        if picture.shown is not None and picture.title != self._drawn(**words).title:
            picture.about = [code for code in picture.everybody if code in picture.shown]
        return picture

    def _other(self, **words: Any) -> Markup:
        try:
            return Markup(self._drawn_as(**words).page())
        except NotHeld as lack:
            return written(lack.sentence)

    def __repr__(self) -> str:
        return repr(self.picture)


class Line(ipywidgets.VBox):
    """A sentence or table worked out for the actors shown and the choices made."""

    choices: dict[str, Any]  # as they were given

    def __init__(self, say: Say, bar: ActorBar, controls: Controls, *below: ipywidgets.Widget):
        self._say, self._bar, self._controls = say, bar, controls
        self._page = html()
        self._tell(self._outcome(**chosen(controls)))
        super().__init__([*controls.values(), *below, self._page], _dom_classes=[ALIVE])
        bar.observe(self._changed, ["shown", "vintage"])
        for control in controls.values():
            control.observe(self._changed, "value")

    def leave(self) -> None:
        """Follow the bar no longer, and say so."""
        self._bar.unobserve(self._changed, ["shown", "vintage"])
        self._page.value, self.children = said(written(GONE)), [self._page]

    def _outcome(self, **words: Any) -> Any:
        """What is said for some choices, and where a figure is not held, that."""
        try:
            return self._say(list(self._bar.shown), **words)
        except NotHeld as lack:
            return lack.sentence

    def _tell(self, text: Any) -> None:
        self.text, self._page.value = text, said(written(text))

    def again(self, _: object = None) -> None:
        """Work it out anew after a change or a click.

        A Problem is said in its place, as no cell is there to show it.
        """
        try:
            self._tell(self._outcome(**chosen(self._controls)))
        except Problem as problem:
            self._tell(str(problem))

    def _changed(self, change: object) -> None:
        """What is shown, or a choice, is another now."""
        self.again()

    def _repr_mimebundle_(self, **kwargs: Any) -> stored.Bundle:
        view = super()._repr_mimebundle_(**kwargs)
        return stored.bundle(str(self.text), written(self.text), self.page, view, kind="line")

    def page(self) -> Markup:
        """The line as a part of a page, its choices worked out beforehand."""
        page = variants.page(self._controls, written(self.text), self._other)
        return render("fixed.html.j2", page=page)

    def _other(self, **words: Any) -> Markup:
        return written(self._outcome(**words))

    def __repr__(self) -> str:
        return str(self.text)


class Live(Line):
    """A line that is worked out again whenever an actor, the vintage or a choice changes."""


def live(say: Say, bar: ActorBar, /, **choices: Any) -> Live:
    """Show what your function says about the actors that are on, and update it at each change.

    say: a function that is called as `say(actors, **choices)` with the list of ISO3 codes that are
    on in `bar`; it returns a sentence or a DataFrame. choices: as for `fr.explore`, lists of words
    or tuples (first, last, start). If you run the cell again, the new line replaces the earlier one
    of the same `say` and choices.

    Returns what a notebook shows; its `text` is the last result. If the tables do not have a
    figure, a sentence says so. Raises Problem if a slider does not start between its ends.

    Examples
    --------
    >>> bar = fr.actor_bar("economic", ["CHN", "RUS", "USA"])
    >>> line = fr.live(lambda actors: f"{len(actors)} actors are on.", bar)
    >>> line
    3 actors are on.
    >>> bar.shown = ["CHN", "RUS"]
    >>> line
    2 actors are on.
    """
    _alone(line := Live(say, bar, controls(choices)), choices)
    return line


def _alone(line: Line, choices: dict[str, Any]) -> None:
    """A line takes the place of an earlier one of its bar that was made alike."""
    lines, line.choices = line._bar.lines, choices
    for old in [earlier for earlier in lines if _made(earlier) == _made(line)]:
        old.leave()
        lines.remove(old)
    lines.append(line)


def _made(line: Line) -> tuple:
    """What tells lines apart, though a cell that is run again makes its function anew.

    That is the function's code, and what it holds on to.
    """
    say: Any = line._say
    code = getattr(say, "__code__", say)
    closure = [cell.cell_contents for cell in getattr(say, "__closure__", None) or ()]
    bound_values = repr((getattr(say, "__defaults__", None), closure))
    return type(line), line.choices, code, getattr(code, "co_filename", ""), bound_values


class Ask(Line):
    """A line with a button that computes it again, for work that takes too long to follow each
    switch. After a change a sentence replaces the old result, which is no longer true.
    """

    def __init__(self, say: Say, bar: ActorBar, label: str, controls: Controls) -> None:
        self.button = SubmitButton(label, self.again, bar, *controls.values())
        super().__init__(say, bar, controls, self.button)

    def _changed(self, change: object) -> None:
        self._page.value = said(written(CHANGED))


def ask(say: Say, bar: ActorBar, /, label: str = "Work it out", **choices: Any) -> Ask:
    """Show what your function says about the actors that are on, and update it at a click.

    Use it for work that takes too long to follow each switch. After a change the old answer
    disappears, and a sentence asks for the click. say, bar and choices are those of `fr.live`;
    label: the text of the button.

    Returns what a notebook shows; its `text` is the last result, and `again()` does the same as the
    button. Raises Problem if a slider does not start between its ends.

    Examples
    --------
    >>> bar = fr.actor_bar("economic", ["CHN", "RUS", "USA"])
    >>> answer = fr.ask(lambda actors: f"{len(actors)} actors are on.", bar, "Count them")
    >>> bar.shown = ["CHN", "RUS"]
    >>> answer
    3 actors are on.
    >>> answer.again()
    >>> answer
    2 actors are on.
    """
    _alone(line := Ask(say, bar, label, controls(choices)), choices)
    return line
