"""The ipywidgets: the actor bar, pictures with sliders, and lines that follow both. They know pictures, not tables."""

import html
from functools import lru_cache
from pathlib import Path

import anywidget
import ipywidgets
import traitlets

from frenemies import actors
from frenemies.places import Problem

_HERE = Path(__file__).parent
_BARS = {}


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

    @traitlets.validate("shown")
    def _known(self, proposal):
        wanted = {actors.find(word) for word in proposal["value"]}
        return [code for code in self.actors if code in wanted]

    def __repr__(self):
        return f"Actor bar of the {self.key} section, {len(self.actors)} actors: run this cell (Shift+Enter) to switch them on and off"


def actor_bar(section, codes=None):
    """The actor bar of a section; asked for again it is the same bar, so two views stay in step.

    codes: ISO3 to offer (default: all 24 states, and the EU). Raises UnknownActor.
    """
    chosen = [actors.find(word) for word in codes] if codes else [*actors.ALL, "EU"]
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
        _BARS[section] = ActorBar(key=section, actors=chosen, shown=chosen, presets=presets, **looks)
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
        self.picture = self._drawn(*(control.value for control in self._controls.values()))
        self._page.value = self.picture.to_html()

    def _repr_mimebundle_(self, **kwargs):
        found = super()._repr_mimebundle_(**kwargs)
        data = found[0] if isinstance(found, tuple) else found
        return {**(data or {}), **self.picture._repr_mimebundle_()}

    def __repr__(self):
        return repr(self.picture)


def explore(draw, **settings):
    """Show a picture with the actor bar above it: `fr.explore(economic.ranks_picture, year=(2000, 2020, 2018))`.

    draw: a function that returns a Picture. A setting given as (first, last, start) becomes a slider, a list of words a choice
    (its first word is where it starts), anything else is passed on as it is.
    """
    controls = {name: _control(name, value) for name, value in settings.items() if isinstance(value, (tuple, list))}
    fixed = {name: value for name, value in settings.items() if name not in controls}
    return Explore(draw, controls, fixed)


def _control(name, value):
    label = name.replace("_", " ")
    style = {"description_width": "initial"}
    if isinstance(value, list):
        return ipywidgets.ToggleButtons(options=value, description=label, style=style)
    if len(value) != 3 or not value[0] <= value[2] <= value[1]:
        raise Problem(f"{name}={value}: a slider takes (first, last, start), with start between the two")
    layout = ipywidgets.Layout(width="min(34rem, 95%)")
    return ipywidgets.IntSlider(
        value[2], value[0], value[1], description=label, continuous_update=False, style=style, layout=layout
    )


class Live(ipywidgets.VBox):
    """A sentence or table that is computed again whenever an actor, the vintage or a choice changes."""

    def __init__(self, say, bar, controls):
        self._say, self._bar, self._controls = say, bar, controls
        self._page = ipywidgets.HTML()
        bar.observe(self._follow, ["shown", "vintage"])
        for control in controls.values():
            control.observe(self._follow, "value")
        self._follow()
        super().__init__([*controls.values(), self._page])

    def _follow(self, change=None):
        chosen = {name: control.value for name, control in self._controls.items()}
        self.text = self._say(list(self._bar.shown), **chosen)
        page = self.text.to_html() if hasattr(self.text, "to_html") else f"<p>{html.escape(str(self.text))}</p>"
        self._page.value = f'<div class="live" aria-live="polite">{page}</div>'

    def _repr_mimebundle_(self, **kwargs):
        found = super()._repr_mimebundle_(**kwargs)
        data = found[0] if isinstance(found, tuple) else found
        return {**(data or {}), "text/plain": str(self.text), "text/html": self._page.value}

    def __repr__(self):
        return str(self.text)


def live(say, bar, **choices):
    """Show what `say(actors, **choices)` returns (a sentence or a DataFrame), again at each change of the bar: `fr.live(economic.rank_sentence, bar)`.

    choices: as for `explore`, each a list of words or (first, last, start).
    """
    return Live(say, bar, {name: _control(name, value) for name, value in choices.items()})


class Ask(ipywidgets.VBox):
    """A button that works something out for the actors shown: for what takes too long to follow each toggle."""

    def __init__(self, say, bar, label, controls):
        self._say, self._bar, self._controls = say, bar, controls
        self.button = ipywidgets.Button(description=label, layout=ipywidgets.Layout(width="auto"))
        self._page = ipywidgets.HTML()
        self.button.on_click(self._answer)
        self._answer()
        super().__init__([*controls.values(), self.button, self._page])

    def _answer(self, _=None):
        self.text = str(
            self._say(list(self._bar.shown), **{name: control.value for name, control in self._controls.items()})
        )
        self._page.value = f'<div class="live" aria-live="polite"><p>{html.escape(self.text)}</p></div>'

    def _repr_mimebundle_(self, **kwargs):
        found = super()._repr_mimebundle_(**kwargs)
        data = found[0] if isinstance(found, tuple) else found
        return {**(data or {}), "text/plain": self.text, "text/html": self._page.value}

    def __repr__(self):
        return self.text


def ask(say, bar, label="Work it out", **choices):
    """Show what `say(actors, **choices)` returned, and work it out anew at a click: `fr.ask(network.frustration_line, bar, "Count again")`.

    choices: as for `explore`.
    """
    return Ask(say, bar, label, {name: _control(name, value) for name, value in choices.items()})


@lru_cache(maxsize=1)
def script():
    """The shared script as text, for the handout."""
    return (_HERE / "toggle.js").read_text(encoding="utf-8")
