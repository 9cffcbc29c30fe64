"""What a page says of itself as a learning resource, for catalogues: schema.org's
LearningResource, as JSON-LD. Nothing in it is loaded.
"""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from heldto import __version__, article
from heldto.tr import language as tr_language
from heldto.tr import tr


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
    current = article.current()
    about = {"name": name, "article": current.title, "author": current.author}
    told = tr("{name}: it holds the claims of “{article}” ({author}) against figures.", **about)
    if name != current.named:
        told = tr(
            "{name}: a part of {seminar}, which holds the claims of “{article}” ({author}) against "
            "figures.",
            seminar=current.named,
            **about,
        )
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": name,
        "description": description or told,
        "learningResourceType": kind,
        "educationalLevel": level,
        "teaches": [*teaches],
        "timeRequired": f"PT{minutes}M" if minutes else "",
        "inLanguage": language or tr_language(),
        "author": named("Organization", current.by or current.named),
        "license": named("CreativeWork", current.licence),
        "version": tr(current.edition, version=__version__),
        "isBasedOn": based_on(current),
        "isPartOf": _part(current.named) if name != current.named else "",
        "hasPart": [*map(_part, parts)],
    }
    return data_block(data)


def data_block(data: dict[str, Any]) -> Markup:
    """What schema.org has a name for as the text of a data block of a page, without what is
    empty. No text in it closes the block.
    """
    filled = {key: value for key, value in data.items() if value}
    return Markup(json.dumps(filled, ensure_ascii=False).replace("<", "\\u003c"))


def of_handouts(handouts: Sequence[dict[str, Any]], kind: str, description: str = "") -> Markup:
    """What several handouts teach together, as schema.org's LearningResource. handouts: as
    `listing.handouts_in` tells of them.
    """
    return resource_data(
        article.current().named,
        kind,
        sum(
            (handout.get("reading") or 0) + (handout.get("exercises") or 0) for handout in handouts
        ),
        [lesson for handout in handouts for lesson in handout.get("teaches") or []],
        description,
        parts=[handout["title"] for handout in handouts],
    )


def based_on(work: article.Article) -> dict[str, Any]:
    """The article, as a citation names it."""
    citation = named("Article", work.title, "headline") | {"datePublished": f"{work.day}"}
    citation["author"] = named("Person", work.author)
    if work.outlet:
        citation["publisher"] = named("Organization", work.outlet)
    return citation


def named(kind: str, name: str, key: str = "name") -> dict[str, Any]:
    return {"@type": kind, key: name}


def _part(name: str) -> dict[str, Any]:
    return named("LearningResource", name)
