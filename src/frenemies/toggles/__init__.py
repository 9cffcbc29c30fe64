"""The ipywidgets: the actor bar, pictures with sliders, and lines that follow both. They know pictures, not tables."""

import html
from functools import lru_cache
from pathlib import Path
from types import FunctionType

import anywidget
import ipywidgets
import traitlets

from frenemies import stored
from frenemies.errors import NotHeld, Problem
from frenemies.evidence import actors
from frenemies.toggles import variants

_HERE = Path(__file__).parent
_BARS = {}
_GONE = (
    "The same line stands further down and follows the bar there: run this cell to have it here."
)


class ActorBar(anywidget.AnyWidget):
    """Check boxes that show or hide each actor's marks in every picture of one section, at once.

    key: the section whose pictures listen; actors: ISO3 offered; shown: ISO3 that are on; vintage: "then" or "since".
    """

    _esm = _HERE / "toggle.js"
    _css = _HERE / "toggle.css"
    key = traitlets.Unicode("economic").tag(sync=True)
    actors = traitlets.List(traitlets.Unicode()).tag(sync=True)
    names = traitlets.Dict().tag(sync=True)
    colours = traitlets.Dict().tag(sync=True)
    presets = traitlets.Dict().tag(sync=True)
    shown = traitlets.List(traitlets.Unicode()).tag(sync=True)
    vintage = traitlets.Enum(["since", "then"], "since").tag(sync=True)

    def __init__(self, asked=None, **traits):
        self.asked, self.lines = (
            asked,
            [],
        )  # the actors somebody chose; the lines that follow, with what made them
        super().__init__(**traits)

    @traitlets.validate("shown")
    def _known(self, proposal):
        wanted = {actors.find(word) for word in proposal["value"]}
        return [code for code in self.actors if code in wanted]

    def _repr_mimebundle_(self, **kwargs):
        data, _ = super()._repr_mimebundle_(**kwargs)
        return stored.bundle(repr(self), view=data, kind="bar")

    def __repr__(self):
        return f"Actor bar of the {self.key} section, {len(self.actors)} actors: run this cell (Shift+Enter) to switch them on and off"


def actor_bar(section, codes=None):
    """The actor bar of a section; asked for again it is the same bar, so two views stay in step.

    codes: actors to offer, by code or name (default: those chosen before, else all 24 states and the EU). Raises UnknownActor.
    """
    asked = codes or (_BARS[section].asked if section in _BARS else None)
    chosen = [actors.find(word) for word in asked] if asked else [*actors.ALL, "EU"]
    presets = {
        name: [*found, "EU"] if name in ("all", "the West") and "EU" in chosen else found
        for name, found in actors.presets().items()
    }
    looks = {
        "names": {code: actors.name(code) for code in chosen},
        "colours": {code: actors.colour(code) for code in chosen},
    }
    presets = {name: [code for code in chosen if code in found] for name, found in presets.items()}
    if section not in _BARS or _BARS[section].actors != chosen or _BARS[section].comm is None:
        _BARS[section] = ActorBar(
            asked, key=section, actors=chosen, shown=chosen, presets=presets, **looks
        )
    return _BARS[section]


def shown(section):
    """ISO3 that are on in a section's bar now: all actors where it has not been shown yet."""
    return list(_BARS[section].shown) if section in _BARS else [*actors.ALL, "EU"]


class Explore(ipywidgets.VBox):
    """A picture under the actor bar and its sliders; without a kernel it stands as the plain picture."""

    def __init__(self, draw, controls, fixed):
        self._draw, self._controls, self._fixed = draw, controls, fixed
        self.picture = self._drawn(*(control.value for control in controls.values()))
        self._page = ipywidgets.HTML(self.picture.to_html())
        for control in controls.values():
            control.observe(self._follow, "value")
        super().__init__([actor_bar(self.picture.section), *controls.values(), self._page])

    def _drawn(self, *values):
        return self._draw(**dict(zip(self._controls, values, strict=True)), **self._fixed)

    def _follow(self, change):
        try:
            self.picture = self._drawn(*(control.value for control in self._controls.values()))
            self._page.value = self.picture.to_html()
        except Problem as problem:  # no cell is there to show it
            self._page.value = _said(problem)

    def _repr_mimebundle_(self, **kwargs):
        view = super()._repr_mimebundle_(**kwargs)
        text, image = self.picture.to_text(), self.picture.to_image()
        return stored.bundle(text, image, self._choices, view, kind="picture")

    def _choices(self):
        return variants.page(self._controls, self.picture.to_html(), self._other, most=3)

    def _other(self, **words):
        try:
            return self._draw(**words, **self._fixed).to_html()
        except NotHeld as lack:
            return _written(lack.sentence)

    def __repr__(self):
        return repr(self.picture)


def explore(draw, **settings):
    """Show a picture with the actor bar above it: `fr.explore(economic.ranks_picture, year=(2000, 2020, 2018))`.

    draw: a function that returns a Picture. A setting given as (first, last, start) becomes a slider, a list of words a choice
    (its first word is where it starts), anything else is passed on as it is. Where the tables do not hold what it draws, a
    sentence says so in its place.
    """
    choices = {name: value for name, value in settings.items() if isinstance(value, (tuple, list))}
    fixed = {name: value for name, value in settings.items() if name not in choices}
    try:
        return Explore(draw, _controls(choices), fixed)
    except NotHeld as lack:
        print(lack.sentence)


def _controls(choices):
    return {name: _control(name, value) for name, value in choices.items()}


def _control(name, value):
    label = name.replace("_", " ")
    style = {"description_width": "initial"}
    if isinstance(value, list):
        return ipywidgets.ToggleButtons(options=value, description=label, style=style)
    if len(value) != 3 or not value[0] <= value[2] <= value[1]:
        raise Problem(
            f"{name}={value}: a slider takes (first, last, start), with start between the two"
        )
    layout = ipywidgets.Layout(width="min(34rem, 95%)")
    return ipywidgets.IntSlider(
        value[2],
        value[0],
        value[1],
        description=label,
        continuous_update=False,
        style=style,
        layout=layout,
    )


def _written(text):
    """A table as it is, anything else escaped, in a paragraph."""
    return text.to_html() if hasattr(text, "to_html") else f"<p>{html.escape(str(text))}</p>"


def _live(page):
    """What is said while the page is open."""
    return f'<div class="live" aria-live="polite">{page}</div>'


def _said(text):
    return _live(_written(text))


class Line(ipywidgets.VBox):
    """A sentence or table worked out for the actors shown and the choices made."""

    def __init__(self, say, bar, controls, *below):
        self._say, self._bar, self._controls = say, bar, controls
        self._page = ipywidgets.HTML()
        self._tell(self._worked_out())
        super().__init__([*controls.values(), *below, self._page])

    def _worked_out(self):
        return self._outcome(**{name: control.value for name, control in self._controls.items()})

    def _outcome(self, **words):
        """What is said for some choices, and where a figure is not held, that."""
        try:
            return self._say(list(self._bar.shown), **words)
        except NotHeld as lack:
            return lack.sentence

    def _tell(self, text):
        self.text, self._page.value = text, _said(text)

    def again(self, _=None):
        """Work it out anew after a change or a click; a Problem is said in its place, as no cell is there to show it."""
        try:
            self._tell(self._worked_out())
        except Problem as problem:
            self._tell(str(problem))

    def _repr_mimebundle_(self, **kwargs):
        view, said = super()._repr_mimebundle_(**kwargs), _written(self.text)
        return stored.bundle(
            str(self.text),
            said,
            lambda: _live(variants.page(self._controls, said, self._other)),
            view,
            kind="line",
        )

    def _other(self, **words):
        return _written(self._outcome(**words))

    def __repr__(self):
        return str(self.text)


class Live(Line):
    """A line that is worked out again whenever an actor, the vintage or a choice changes."""

    def __init__(self, say, bar, controls):
        super().__init__(say, bar, controls)
        bar.observe(self.again, ["shown", "vintage"])
        for control in controls.values():
            control.observe(self.again, "value")

    def leave(self):
        """Follow the bar no longer, and say so."""
        self._bar.unobserve(self.again, ["shown", "vintage"])
        self._page.value = _said(_GONE)


def live(say, bar, **choices):
    """Show what `say(actors, **choices)` returns (a sentence or a DataFrame), again at each change of the bar: `fr.live(economic.rank_sentence, bar)`.

    choices: as for `explore`, each a list of words or (first, last, start). The same `say` with the same choices follows the bar
    once: a cell run again takes the place of its earlier line.
    """
    line = Live(say, bar, _controls(choices))
    before = [known for known in bar.lines if known[1] == choices and _same(known[0], say)]
    for known in before:
        known[2].leave()
    bar.lines = [known for known in bar.lines if known not in before] + [(say, choices, line)]
    return line


def _same(one, other):
    """Whether two functions are one, or were made by the same cell run twice: the same code that holds on to the same things."""
    if not isinstance(one, FunctionType) or not isinstance(other, FunctionType):
        return one == other
    if one.__code__ != other.__code__ or one.__code__.co_filename != other.__code__.co_filename:
        return False
    return all(a is b or repr(a) == repr(b) for a, b in zip(_held(one), _held(other), strict=True))


def _held(function):
    return [function.__defaults__, *(cell.cell_contents for cell in function.__closure__ or ())]


class Ask(Line):
    """A line with a button that works it out anew: for what takes too long to follow each toggle."""

    def __init__(self, say, bar, label, controls):
        self.button = ipywidgets.Button(description=label, layout=ipywidgets.Layout(width="auto"))
        self.button.on_click(self.again)
        super().__init__(say, bar, controls, self.button)


def ask(say, bar, label="Work it out", **choices):
    """Show what `say(actors, **choices)` returned, and work it out anew at a click: `fr.ask(network.frustration_line, bar, "Count again")`.

    choices: as for `explore`.
    """
    return Ask(say, bar, label, _controls(choices))


@lru_cache(maxsize=1)
def script():
    """The shared script as text, for the handout."""
    return (_HERE / "toggle.js").read_text(encoding="utf-8")
