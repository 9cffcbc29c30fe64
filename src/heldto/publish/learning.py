"""What a page says of itself as a learning resource, for catalogues: schema.org's
LearningResource, as JSON-LD. Nothing in it is loaded.
"""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from heldto import __version__, article


def resource_data(
    name: str,
    kind: str,
    minutes: int,
    teaches: Sequence[str],
    description: str = "",
    level: str = "",
    language: str = "",
    parts: Sequence[str] = (),
) -> Markup:
    """A learning resource as the text of a data block of a page.

    kind: such as "handout edition"; minutes: what it takes to work through; teaches: what one
    learns; parts: names of the resources that it consists of. Author, licence and what it rests on
    are the article's.
    """
    open_ = article.current()
    held = f"a part of {open_.named}, which holds" if name != open_.named else "it holds"
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": name,
        "description": description
        or f"{name}: {held} the claims of “{open_.title}” ({open_.author}) against figures.",
        "learningResourceType": kind,
        "educationalLevel": level,
        "teaches": [*teaches],
        "timeRequired": f"PT{minutes}M" if minutes else "",
        "inLanguage": language or "en",
        "author": _named("Organization", open_.by or open_.named),
        "license": _named("CreativeWork", open_.licence),
        "version": open_.edition.format(version=__version__),
        "isBasedOn": _based_on(open_),
        "isPartOf": _part(open_.named) if name != open_.named else "",
        "hasPart": [*map(_part, parts)],
    }
    held_back = {key: value for key, value in told.items() if value}
    return Markup(json.dumps(held_back, ensure_ascii=False).replace("<", "\\u003c"))


def of_handouts(handouts: Sequence[dict[str, Any]], kind: str, description: str = "") -> Markup:
    """The same of several handouts together, as `listing.handouts_in` tells of them."""
    return resource_data(
        article.current().named,
        kind,
        sum((one.get("reading") or 0) + (one.get("exercises") or 0) for one in handouts),
        [lesson for one in handouts for lesson in one.get("teaches") or []],
        description,
        parts=[one["title"] for one in handouts],
    )


def _based_on(open_: article.Article) -> dict[str, Any]:
    """The article, as a citation names it."""
    told = _named("Article", open_.title, "headline") | {"datePublished": f"{open_.day}"}
    told["author"] = _named("Person", open_.author)
    if open_.outlet:
        told["publisher"] = _named("Organization", open_.outlet)
    return told


def _named(kind: str, name: str, called: str = "name") -> dict[str, Any]:
    return {"@type": kind, called: name}


def _part(name: str) -> dict[str, Any]:
    return _named("LearningResource", name)
