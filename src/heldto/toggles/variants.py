"""What a page without a kernel can offer of a choice: each outcome worked out beforehand."""

import itertools
import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from heldto.templates import render

MOST = 60  # outcomes of one choice
ROOM = 110_000  # characters of all but the first together, those drawn for a phone among them


def page(
    controls: dict[str, Any],
    shown: Markup,
    outcome: Callable[..., Markup],
    most: int = MOST,
    beside: Callable[..., Markup] = lambda html, **words: html,
) -> Markup:
    """A page with every outcome of some controls: `shown` stands open, the handout's script
    chooses.

    outcome(**chosen) returns HTML; beside(html, **chosen) returns it with more that goes with it,
    which does not count as large: a page packs it. Just `shown` where there is no choice, where
    outcomes are too many, or too large for a page that is sent by mail.
    """
    offered = {name: _choices_of(control) for name, control in controls.items()}
    combinations = list(itertools.product(*offered.values()))
    if not controls or len(combinations) > most:
        return shown
    now = tuple(control.value for control in controls.values())
    pages, characters_left = [], ROOM
    for words in combinations:
        html = shown if words == now else outcome(**dict(zip(offered, words, strict=True)))
        characters_left -= 0 if words == now else len(html)
        if characters_left < 0:
            return shown
        if words != now:
            html = beside(html, **dict(zip(offered, words, strict=True)))
        pages.append(("|".join(map(str, words)), words == now, html))
    return render("choices.html.j2", offered=json.dumps(offered), pages=pages)


def _choices_of(control: Any) -> list:
    """The words or numbers of a control, in order."""
    words = getattr(control, "options", None)
    return list(words) if words is not None else list(range(control.min, control.max + 1))
