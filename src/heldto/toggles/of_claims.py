"""The pictures that an article declares in the `pictures.toml` beside article.toml, and for which
claims.
"""

from collections.abc import Mapping
from typing import Any

from heldto import article
from heldto.evidence.caching import cached
from heldto.text import texts


@cached
def pictures() -> Mapping[str, Any]:
    """The pictures that are declared beside article.toml, by key; none where it has no
    `pictures.toml`. Raises TextError where that file cannot be read.
    """
    path = article.current().folder / "pictures.toml"
    if not path.is_file():
        return {}
    return texts.read(path)


def pictures_of(claim: str) -> list[str]:
    """The pictures that are declared for a claim, by key."""
    return [key for key, picture in pictures().items() if claim in block_claims(picture)]


def block_claims(picture: Any) -> list[str]:
    """The claims for which a picture is declared: those it names, else that whose measure it
    draws.
    """
    fields = picture if isinstance(picture, Mapping) else {}
    claims = fields.get("claim", fields.get("measure", []))
    return claims if isinstance(claims, list) else [claims]
