"""How actors, shares and windows of years are written in a sentence: one home for names in a row,
per cent and small numbers.
"""

import calendar
import re
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import TypeVar

import pandas as pd

from heldto import article
from heldto.evidence import actors
from heldto.evidence.actors import the

WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
RANKS = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
PARTS = {  # of a whole
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters",
    Fraction(1, 5): "a fifth",
    Fraction(1, 10): "a tenth",
}
DECIMALS = re.compile(r"\.(\d)f")
HYPHEN_FOR_MINUS = re.compile(r"(?<![^\s(])-(?=\d)")  # not within a span of years
SHORT = {"other": "others"}

Figures = TypeVar("Figures", float, pd.Series, pd.DataFrame)


def join_names(codes: Collection[str]) -> str:
    """Actors in a row, as they stand in a sentence: "Armenia, Belarus and the United States", or
    "none".
    """
    return join_words(map(the, codes)) or "none"


def join_words(some: Iterable[str]) -> str:
    """Words in a row: "votes, trade and arms"; "" of none."""
    *rest, last = [*some] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def possessive(words: str) -> str:
    """Of somebody, in a sentence: "Russia's", "the United States'"."""
    return f"{words}'" if words.endswith("s") else f"{words}'s"


def with_minus(text: str) -> str:
    """A text whose figures below 0 have a minus sign, where they had a hyphen."""
    return HYPHEN_FOR_MINUS.sub("\u2212", text)


def unbroken(text: str) -> str:
    """A text, or Markup, whose lines break neither before a per cent sign nor within "5.6-fold"."""
    return text.replace(" %", "\u00a0%").replace("-fold", "\u2011fold")


def word(count: float) -> str:
    """A small number in words: "three", and 12 as "12"."""
    return WORDS[int(count)] if count in range(len(WORDS)) else f"{count:g}"


def rank_in_words(place: float) -> str:
    """A place in words: "third", and 12 as "12"."""
    return RANKS[int(place)] if place in range(len(RANKS)) else f"{place:g}"


def count_of(number: int, one: str, many: str = "") -> str:
    """How many there are of something: "1 claim", "3 claims", "2 entries".

    many: the plural, where it is not `one` with an s.
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def points(value: float) -> str:
    """Points of percentage: "1 point", "2.5 points"."""
    return f"{value:g} {'point' if value == 1 else 'points'}"


def part(value: float, unit: str = "") -> str:
    """A part of a whole in words, where it has any: "a third", "80 %"."""
    percent = unit.startswith("percent")
    whole = 100 if percent else 5 if unit == "states of five" else 1
    matches = (words for part, words in PARTS.items() if abs(value / whole - part) < 1e-9)
    return next(matches, f"{value:g} %" if percent else f"{value:g}")


def format_day(date: str) -> str:
    """A day or a month of a table, as in a sentence: "28 June 2019", "June 2019"; a year stays."""
    year, *rest = map(int, date.split("-"))
    month = [calendar.month_name[number] for number in rest[:1]]
    return " ".join([*map(str, rest[1:]), *month, str(year)])


def list_names(codes: Collection[str], empty: str = "nobody") -> str:
    """Names of some actors in a row, sorted by code, or the word for none."""
    return ", ".join(actors.name(code) for code in sorted(codes)) or empty


def short_name(code: str) -> str:
    """An actor's name, short enough for a label; "others" for suppliers that are no actors."""
    return SHORT.get(code) or article.current().short.get(code) or actors.name(code)


def in_percent(share: Figures) -> Figures:
    """Shares of 0 to 1 in per cent, as the rules of data/claims.csv and the pages count them:
    in_percent(0.7) is 70.
    """
    return share * 100


def enough_digits(form: str, value: float, edges: Iterable[float]) -> str:
    """A form of str.format ("{:.1f} %"), or what stands in one after the colon, with as many more
    decimals, four at most, as show on which side of each edge a figure lies: 0.399 is not 0.40.
    """
    if not (decimals := DECIMALS.search(form)):
        return form
    least, near = int(decimals[1]), [edge for edge in edges if abs(value - edge) > 1e-9]
    places = least
    while places < least + 4 and not _tells(round(value, places), value, near):
        places += 1
    return form.replace(decimals[0], f".{places}f")


def _tells(shown: float, value: float, edges: Iterable[float]) -> bool:
    """Whether a rounded figure lies on the same side of each edge as the figure itself."""
    return not [edge for edge in edges if shown == edge or (shown > edge) != (value > edge)]


def percent(share: float, edges: Iterable[float] = ()) -> str:
    """A share (0 to 1) in per cent: "70 %", "8.5 %" where it is under a tenth, and "no figure"
    where it is NaN; with more digits near an edge (in per cent).
    """
    if pd.isna(share):
        return "no figure"
    form = "{:.0f} %" if share >= 0.1 or not share else "{:.1f} %"
    return enough_digits(form, share * 100, edges).format(share * 100)


def format_years(end: int, length: int = 5) -> str:
    """The years to `end`: "2014-18", and "1999-2003" across the century."""
    first = end - length + 1
    return f"{first}-{end % 100:02d}" if first // 100 == end // 100 else f"{first}-{end}"
