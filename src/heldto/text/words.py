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
from heldto.tr import numerals, tr, tr_n, tr_noop

WORDS = [
    tr_noop("none"),
    tr_noop("one"),
    tr_noop("two"),
    tr_noop("three"),
    tr_noop("four"),
    tr_noop("five"),
    tr_noop("six"),
    tr_noop("seven"),
    tr_noop("eight"),
    tr_noop("nine"),
    tr_noop("ten"),
]
RANKS = [
    "",
    tr_noop("first"),
    tr_noop("second"),
    tr_noop("third"),
    tr_noop("fourth"),
    tr_noop("fifth"),
    tr_noop("sixth"),
    tr_noop("seventh"),
    tr_noop("eighth"),
]
PARTS = {  # of a whole
    Fraction(1, 2): tr_noop("half"),
    Fraction(1, 3): tr_noop("a third"),
    Fraction(2, 3): tr_noop("two thirds"),
    Fraction(1, 4): tr_noop("a quarter"),
    Fraction(3, 4): tr_noop("three quarters"),
    Fraction(1, 5): tr_noop("a fifth"),
    Fraction(1, 10): tr_noop("a tenth"),
}
DECIMALS = re.compile(r"\.(\d)f")
HYPHEN_FOR_MINUS = re.compile(r"(?<![^\s(])-(?=\d)")  # not within a span of years
SHORT = {"other": tr_noop("others")}

Figures = TypeVar("Figures", float, pd.Series, pd.DataFrame)


def join_names(codes: Collection[str]) -> str:
    """Actors in a row, as they stand in a sentence: "Armenia, Belarus and the United States", or
    "none".
    """
    return join_words(map(the, codes)) or tr("none")


def join_words(some: Iterable[str]) -> str:
    """Words in a row: "votes, trade and arms"; "" of none."""
    *rest, last = [*some] or [""]
    return tr("{some} and {last}", some=", ".join(rest), last=last) if rest else last


def capital(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def possessive(words: str) -> str:
    """Of somebody, in a sentence: "Russia's", "the United States'"."""
    return tr("{name}'", name=words) if words.endswith("s") else tr("{name}'s", name=words)


def with_minus(text: str) -> str:
    """A text whose figures below 0 have a minus sign, where they had a hyphen."""
    return HYPHEN_FOR_MINUS.sub("\u2212", text)


def unbroken(text: str) -> str:
    """A text, or Markup, whose lines break neither before a per cent sign nor within "5.6-fold"."""
    return text.replace(" %", "\u00a0%").replace("-fold", "\u2011fold")


def word(count: float) -> str:
    """A small number in words: "three", and 12 as "12"."""
    return tr(WORDS[int(count)]) if count in range(len(WORDS)) else numerals(f"{count:g}")


def rank_in_words(place: float) -> str:
    """A place in words: "third", and 12 as "12"."""
    return tr(RANKS[int(place)]) if place in range(len(RANKS)) else f"{place:g}"


def count_of(number: int, one: str, many: str = "") -> str:
    """How many there are of something: "1 claim", "3 claims", "2 entries".

    many: the plural, where it is not `one` with an s.
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def points(value: float) -> str:
    """Points of percentage: "1 point", "2.5 points"."""
    return tr_n("{number} point", "{number} points", value, number=numerals(f"{value:g}"))


def part(value: float, unit: str = "") -> str:
    """A part of a whole in words, where it has any: "a third", "80 %"."""
    percent = unit.startswith("percent")
    whole = 100 if percent else 5 if unit == "states of five" else 1
    matches = (tr(words) for part, words in PARTS.items() if abs(value / whole - part) < 1e-9)
    return next(matches, numerals(f"{value:g} %" if percent else f"{value:g}"))


def format_day(date: str) -> str:
    """A day or a month of a table, as in a sentence: "28 June 2015", "June 2015"; a year stays."""
    year, *rest = map(int, date.split("-"))
    if not rest:
        return str(year)
    month = f"{tr(calendar.month_name[rest[0]])} {year}"
    return tr("{day} {month}", day=rest[1], month=month) if rest[1:] else month


def list_names(codes: Collection[str], empty: str = tr_noop("nobody")) -> str:
    """Names of some actors in a row, sorted by code, or the word for none."""
    return ", ".join(actors.name(code) for code in sorted(codes)) or tr(empty)


def short_name(code: str) -> str:
    """An actor's name, short enough for a label; "others" for suppliers that are no actors."""
    return tr(SHORT.get(code, "")) or article.current().short.get(code) or actors.name(code)


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
        return tr("no figure")
    form = "{:.0f} %" if share >= 0.1 or not share else "{:.1f} %"
    return numerals(enough_digits(form, share * 100, edges).format(share * 100))


def format_years(end: int, length: int = 5) -> str:
    """The years to `end`: "2014-18", and "1999-2003" across the century."""
    first = end - length + 1
    return f"{first}-{end % 100:02d}" if first // 100 == end // 100 else f"{first}-{end}"
