"""The box that a guess, a verdict, a line to draw and an exercise are shown in: a widget while a
kernel runs, and a form of HTML on a page without one.
"""

from collections.abc import Callable
from typing import Any

import ipywidgets
from markupsafe import Markup

from heldto import stored
from heldto.templates import render
from heldto.toggles.here import ALIVE, ScrollAnchor, html, shared

Page = Callable[[], str]
CLASSES = [ALIVE, "heldto-form"]


class Form(ipywidgets.VBox):
    """A box of which the question alone is stored, no answer of anybody.

    page(): it as a form of a handout, in HTML; text: it as plain lines; plain(): it as HTML for
    whoever has no kernel, else that text; said: the part for what is answered, where it is one of
    `parts` (else it stands below them); about: its kind, and the claim or exercise it asks.
    """

    children: Any

    on_answer: Callable[[], None] = staticmethod(lambda: None)  # told when something is answered

    def __init__(
        self,
        parts: list,
        page: Page,
        text: str,
        plain: Page | None = None,
        said: ipywidgets.HTML | None = None,
        **about: str,
    ) -> None:
        self.said = said or _answer()  # there before anything is said: so it is heard
        self._full, self._text, self._about = page, text, about
        self._plain = plain or (lambda: stored.question_page(text))
        layout = shared(ipywidgets.Layout, width="auto", max_width="46rem")
        below = [shared(ScrollAnchor)] if said else [shared(ScrollAnchor), self.said]
        super().__init__([*parts, *below], layout=layout, _dom_classes=CLASSES)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        view = super()._repr_mimebundle_(**kwargs)
        return stored.bundle(self._text, self._plain(), self._full, view, **self._about)

    def __repr__(self) -> str:
        return self._text


def _answer() -> ipywidgets.HTML:
    """A part of a page that is read aloud when it changes."""
    widget = html()
    widget.add_class("heldto-said")
    return widget


def button(label: str, action: Callable[[], None]) -> ipywidgets.Button:
    """A button as wide as its label that does `action()`."""
    layout = shared(ipywidgets.Layout, width="auto", align_self="flex-start")
    traits = {"style": shared(ipywidgets.ButtonStyle), "layout": layout}
    widget = ipywidgets.Button(description=label, **traits)
    widget.on_click(lambda _: action())
    return widget


def name_button(widget: ipywidgets.DOMWidget, label: str, state: bool = False) -> None:
    """Write on a button what it does, or, if state, what has been done: then it looks like text.

    Such a button stays in its place: with it would go the keys of the reader who has pressed it.
    """
    widget.description = label
    change = widget.add_class if state else widget.remove_class
    change("heldto-state")


def choices(options: list[tuple[str, str]]) -> ipywidgets.RadioButtons:
    """Pairs of (label, value) to choose one from, none chosen."""
    layout = shared(ipywidgets.Layout, width="auto")
    return ipywidgets.RadioButtons(options=options, value=None, layout=layout)


def paragraphs(*lines: str) -> Markup:
    """Each line that is not empty as a paragraph of HTML."""
    return render("message.html.j2", lines=filter(None, lines), code="")
