"""The actor bar: check boxes that show or hide each actor's marks in every picture of a section."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from heldto import article, stored
from heldto.errors import Problem, did_you_mean
from heldto.evidence import actors
from heldto.scripts import together
from heldto.text.words import count_of
from heldto.toggles.here import FROM_PAGE
from heldto.tr import SpokenScript

_HERE = Path(__file__).parent
_BARS: article.PerArticle["ActorBar"] = article.PerArticle()


class ActorBar(anywidget.AnyWidget):
    """Check boxes that show or hide each actor's marks in every picture of one section, at once.

    key: the section whose pictures listen; actors: ISO3 offered; names: of everybody; shown: ISO3
    that are on; known: the month up to which "then" goes; vintage: "then" or "since"; same_axes:
    whether pictures stay as they were drawn for everybody; asked: the actors somebody chose, if
    anybody did; lines: those that follow this bar. The script tells of changes when a reader has
    paused.
    """

    _esm = SpokenScript(together(_HERE / "bar.js"))
    _css = _HERE / "toggle.css"
    key = traitlets.Unicode("").tag(sync=True)
    actors = traitlets.List(traitlets.Unicode()).tag(sync=True)
    names = traitlets.Dict().tag(sync=True)
    colours = traitlets.Dict().tag(sync=True)
    presets = traitlets.Dict().tag(sync=True)
    known = traitlets.Unicode().tag(sync=True)
    shown = traitlets.List(traitlets.Unicode()).tag(**FROM_PAGE)
    vintage = traitlets.Enum(["since", "then"], "since").tag(**FROM_PAGE)
    same_axes = traitlets.Bool(False).tag(**FROM_PAGE)

    def __init__(self, asked: Sequence[str] | None = None, **traits: Any) -> None:
        self.asked = asked
        self.lines: list[Any] = []
        super().__init__(**traits)

    @traitlets.default("known")
    def _month(self) -> str:
        return article.current().month

    @traitlets.validate("shown")
    def _known(self, proposal: dict[str, Any]) -> list[str]:
        wanted = {actors.find(word) for word in proposal["value"]}
        return [code for code in self.actors or () if code in wanted]

    def drawn_for(self) -> list[str] | None:
        """ISO3 that a picture is drawn for now: all that are not switched off; None: everybody."""
        off = set(self.actors).difference(self.shown)
        if self.same_axes or not off:
            return None
        offered = {*self.shown} if self.asked is None else {*actors.EVERYBODY} - off
        return [code for code in actors.EVERYBODY if code in offered]

    def _repr_mimebundle_(self, **kwargs: Any) -> stored.Bundle:
        rendered = super()._repr_mimebundle_(**kwargs)
        return stored.bundle(repr(self), view=rendered[0] if rendered else None, kind="bar")

    def __repr__(self) -> str:
        remedy = "run this cell (Shift+Enter) to switch them on and off"
        count = count_of(len(self.actors), "actor")
        return f"Actor bar of the {self.key} section, {count}: {remedy}"


def actor_bar(section: str, codes: Sequence[str] | None = None) -> ActorBar:
    """The actor bar of a section: check boxes that show or hide each actor in its pictures.

    section: "economic", "geopolitical", "military", "verdict" or "own"; codes: the actors to offer,
    by code or name (default: all actors that a picture of the section shows). A second call returns
    the same bar, so two views of it always agree. Pictures that are shown later follow the bar of
    the last call.

    Returns an ActorBar. `shown` is the list of ISO3 codes that are on; `vintage` is "then" or
    "since". You can set both in code. Raises UnknownActor; Problem for an actor that has no box in
    any bar, such as Hong Kong, and for a section that does not exist.

    Examples
    --------
    >>> bar = fr.actor_bar("economic", ["China", "Russia", "USA"])
    >>> bar.shown
    ['CHN', 'RUS', 'USA']
    >>> bar.shown = ["CHN", "RUS"]
    >>> fr.actor_bar("economic", ["CHN", "RUS", "USA"]).shown
    ['CHN', 'RUS']
    """
    codes_asked = [actors.find(word) for word in codes] if codes else None
    if boxless := [code for code in codes_asked or () if code not in actors.EVERYBODY]:
        name = actors.name(boxless[0])
        raise Problem(f"{name} has no box in any bar: leave {boxless[0]} out of this list")
    offered, bar = codes_asked or _on_page(section), _BARS.get(section)
    if bar is None or bar.actors != offered or bar.comm is None:
        bar = _BARS[section] = ActorBar(
            codes_asked,
            key=section,
            actors=offered,
            shown=offered,
            names={code: actors.name(code) for code in actors.EVERYBODY},
            colours={code: actors.colour(code) for code in offered},
            presets=actors.presets(offered, article.bar(section).presets),
        )
    return bar


def current_bar(section: str) -> ActorBar:
    """The actor bar of a section as it was asked for last."""
    return actor_bar(section, _BARS[section].asked if section in _BARS else None)


def followed(section: str) -> str:
    """Whose bar a picture of a section follows: its own, or where only others were asked for, the
    first of them.
    """
    return section if section in _BARS else next(iter(_BARS), section)


def shown(section: str) -> list[str]:
    """ISO3 that are on in a section's bar now: all of its actors where it has not been shown
    yet.
    """
    return list(_BARS[section].shown) if section in _BARS else _on_page(section)


def actors_offered(section: str) -> list[str]:
    """ISO3 that a section's bar has a box for."""
    return list(_BARS[section].actors) if section in _BARS else _on_page(section)


def box_for(section: str, codes: Collection[str]) -> str:
    """The call that gives a section's bar boxes for some actors (ISO3); nothing where no bar has
    one of them.
    """
    if {*codes} <= {*_on_page(section)}:
        return f'fr.actor_bar("{section}")'
    everybody = f'fr.actor_bar("{section}", fr.evidence.actors.EVERYBODY)'
    return everybody if {*codes} <= {*actors.EVERYBODY} else ""


def _on_page(section: str) -> list[str]:
    notebooks = article.notebooks()
    if section not in notebooks:
        suggestion = did_you_mean(section, [*notebooks], f"They are {', '.join(notebooks)}.")
        raise Problem(f'there is no section "{section}". {suggestion}')
    absent = article.bar(section).absent
    return [code for code in actors.EVERYBODY if code not in absent]
