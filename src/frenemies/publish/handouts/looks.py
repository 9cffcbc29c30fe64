"""Looks that many marks of a page have, written once, in its head."""

import html
import re
from collections import Counter

from frenemies.publish.handouts import allowed

MANY = 3  # marks with one look for which a rule of its own is shorter
_LOOK = re.compile(r' style="([^"]*)"(?=[^<>]*>)')
_SHAPE = re.compile(r"<(?:path|text|tspan|use|rect|g|circle|line)\s[^>]*>")


def shared(parts):
    """(rules, parts): the looks of the parts (dicts with "html") that many marks have, as CSS rules, and the parts with classes instead."""
    counts = Counter(look for part in parts for look in _LOOK.findall(part["html"]))
    named = {
        look: f"l{number}"
        for number, (look, count) in enumerate(counts.most_common())
        if count >= MANY
    }
    named = {look: name for look, name in named.items() if allowed.look(html.unescape(look))}
    rules = [f".{name}{{{html.unescape(look)}}}" for look, name in named.items()]
    return rules, [
        part | {"html": _SHAPE.sub(lambda tag: _dressed(tag[0], named), part["html"])}
        for part in parts
    ]


def _dressed(tag, named):
    """A shape's tag with its look as a class."""
    look = _LOOK.search(tag)
    if not look or look[1] not in named:
        return tag
    name, tag = named[look[1]], tag.replace(look[0], "", 1)
    if ' class="' in tag:
        return tag.replace(' class="', f' class="{name} ', 1)
    return re.sub(r"^<\w+", rf'\g<0> class="{name}"', tag)
