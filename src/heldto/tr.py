"""What a reader's page says, in the language of the article: `language = "de"` in article.toml.

`tr` takes an English text whose places have names, and gives it in that language with what stands
in them. English is as it is written in the code; other languages have a catalogue
(`heldto.catalogues`). Messages to the author of an article, and the words of code, stay English.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from heldto import article, catalogues

MARKS = re.compile(r"(?<=\d)[.,](?=\d)|(?<![\w.,])\.(?=\d)")
SWAPPED = {".": ",", ",": "."}


def language() -> str:
    """The language of the open article: "en", "de"."""
    return article.current().language or catalogues.ENGLISH


def tr(english: str, /, context: str = "", **values: Any) -> str:
    """A text in the language of the article: tr("Verdict on {claim}", claim="A1").

    A place is filled as `str.format` does; a number with a form has the decimal mark of the
    language. Without values the text stays as it is, braces too. context: what tells it from the
    same English with other words elsewhere.
    """
    return filled(_words().text(english, context), values)


def tr_n(one: str, many: str, number: float, /, **values: Any) -> str:
    """The same of a text that counts: `one` where the number is 1. It may name {n}, the number."""
    plural = number != 1
    found = _words().forms.get(("", one), [])
    text = found[plural] if len(found) > plural else many if plural else one
    return filled(text, {"n": number, **values}) if values or "{n}" in text else text


def singular_here(many: str) -> str:
    """What a word for many is for one, in the language of the article: "Jahr" of "Jahre"; "" where
    the catalogue does not have it.
    """
    every = (forms for forms in _words().forms.values() if len(forms) > 1)
    return next((one for one, other, *_ in every if other == many), "")


def tr_noop(english: str, context: str = "") -> str:
    """The text itself: marks one that `tr` gives in the language later, in that context."""
    return english


def tr_html(english: str, /, **values: Any) -> Markup:
    """`tr` of a text that stands in a template: its values are escaped, unless they are Markup. A
    template gives a text that comes to it to `tr_value`, which is `tr`, and is escaped.
    """
    text = _words().text(english)
    return Markup(text.format(**_escaped(values)) if values else text)


def tr_n_html(one: str, many: str, number: float, /, **values: Any) -> Markup:
    """`tr_n` in a template."""
    return Markup(tr_n(one, many, number, **_escaped(values)))


def _escaped(values: dict[str, Any]) -> dict[str, Any]:
    return {name: escape(value) for name, value in values.items()}


class SpokenScript:
    """The script of a widget, `_esm = SpokenScript(together(...))`: in the language of the article
    that is open when the widget is made.
    """

    def __init__(self, code: str) -> None:
        self.code = code

    def __get__(self, widget: object | None, owner: type) -> str:
        return self.code if widget is None else _spoken(self.code, language())


@lru_cache
def _spoken(code: str, of_language: str) -> str:
    return catalogues.catalogue(of_language).script(code)


def numerals(text: str) -> str:
    """Numbers of a text as the language writes them: "4,897.0" is "4.897,0" in German."""
    if language() == catalogues.ENGLISH:
        return text
    return MARKS.sub(lambda mark: SWAPPED[mark[0]], text)


def _words() -> catalogues.Catalogue:
    return catalogues.catalogue(language())


class _Filler(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        text = format(value, format_spec)
        return numerals(text) if format_spec and not isinstance(value, str) else text


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A text with what stands in its places; as it is where there is nothing to put in."""
    if not values:
        return text
    filler = Formatter() if language() == catalogues.ENGLISH else _Filler()
    return filler.vformat(text, (), values)
