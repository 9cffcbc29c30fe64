"""What a page without a kernel can offer of a choice: each outcome worked out beforehand, one of them shown, the others waiting."""

import html
import itertools
import json

MOST, ROOM = (
    60,
    64_000,
)  # outcomes of one choice, and the characters that all of them but the first may take together


def options(controls):
    """The words or numbers of each control, in order: {"measure": ["kappa", "agree"], "year": [2013, ...]}."""
    return {name: _words(control) for name, control in controls.items()}


def _words(control):
    words = getattr(control, "options", None)
    return list(words) if words is not None else list(range(control.min, control.max + 1))


def page(controls, shown, outcome, most=MOST):
    """One page with every outcome of some controls in it: `shown` stands open, the rest is hidden; the handout's script chooses.

    outcome(**chosen) returns HTML. Just `shown` where there is no choice, where outcomes are too many, or too large for a page that is sent by mail.
    """
    offered = options(controls)
    combinations = list(itertools.product(*offered.values()))
    if not controls or len(combinations) > most:
        return shown
    now = tuple(control.value for control in controls.values())
    pages, room = {}, ROOM
    for some in combinations:
        pages[some] = shown if some == now else outcome(**dict(zip(offered, some, strict=True)))
        room -= 0 if some == now else len(pages[some])
        if room < 0:
            return shown
    parts = "".join(f"<div{_mark(some, some == now)}>{made}</div>" for some, made in pages.items())
    return f'<div data-choices="{html.escape(json.dumps(offered))}">{parts}</div>'


def _mark(some, open_now):
    name = html.escape("|".join(map(str, some)))
    return f' data-choice="{name}"' + ("" if open_now else " hidden")
