"""What a picture says: sentences split where the article's day lies, and tables of years."""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from heldto import article, evidence
from heldto.evidence import actors
from heldto.pictures import style
from heldto.tr import filled, numerals, tr

# a sentence begins here, and no "1. Mai 2020"
NEXT = r"(?<=\.) (?=[A-ZÄÖÜ])(?!(?:(?<=\b\d\. )|(?<=\b\d\d\. ))\w+ \d{4})"
Sentence = tuple[tuple[str, ...], str]  # whose mark it tells of, and the words


def then_and_since(who: Sequence[str], name: str, early: str, late: str = "") -> list[Sentence]:
    """The sentences of one mark: what was known on the article's day, and what came after."""
    known = [((*who,), f"{name}: {early}.")] if early else []
    later = tr("{who} since: {value}.", who=name, value=late)
    came_after = [((*who, "since"), later)] if late else []
    return known + came_after


def year_sentence(
    who: Sequence[str],
    name: str,
    frame: pd.DataFrame,
    column: str,
    years: Iterable[int],
    form: str = "{:,.0f}",
) -> list[Sentence]:
    """`then_and_since` of the figures of some years, if held: "Russia: 71.6 in 2018."."""
    figures = frame.set_index("year")[column].dropna()
    words = {
        year: tr("{figure} in {year}", figure=_written(form, figures[year]), year=year)
        for year in years
        if year in figures
    }
    early = ", ".join(text for year, text in words.items() if year <= style.THEN)
    late = ", ".join(text for year, text in words.items() if year > style.THEN)
    return then_and_since(who, name, early, late)


def _written(form: str, figure: Any) -> str:
    """A figure in a form; one in words stays."""
    return figure if isinstance(figure, str) else numerals(form.format(figure))


def year_sentences(
    frame: pd.DataFrame,
    by: str,
    column: str,
    years: Iterable[int],
    form: str = "{:,.0f}",
    others: Iterable[str] = (),
    about: str = "",
) -> Iterator[Sentence]:
    """`year_sentence` of each actor of column `by`, in the order of the frame.

    others: actors without whom none of it shows; about: said after the name.
    """
    for actor, rows in frame.groupby(by, sort=False):
        code = str(actor)
        yield from year_sentence(
            (code, *others), actors.name(code) + about, rows, column, years, form
        )


def row_sentences(
    frame: pd.DataFrame, text: str, who: Sequence[str], named: Callable[[str], str] = actors.name
) -> Iterator[Sentence]:
    """A sentence a row: "{actor} {year}: {warheads:,.0f}." is "Russia 2018: 4,350.".

    who: columns that hold actors, named in the text by `actors_named`; codes of no actor switch
    nothing. A row of a year that had not ended then tells of what came after.
    """
    for row in frame.to_dict("records"):
        codes = {column: row[column] for column in who if row[column] in actors.ALL}
        names = {column: named(code) for column, code in codes.items()}
        yield (*codes.values(), *since(row.get("year", style.THEN))), filled(text, row | names)


def needed(frame: pd.DataFrame, column: str, codes: Iterable[str], what: str) -> pd.DataFrame:
    """The frame itself where it has rows of each of these actors, else NotHeld; what: in words."""
    for code in codes:
        evidence.some(frame[frame[column].eq(code)], f"{what} of {actors.name(code)}")
    return frame


def since(year: int) -> tuple[str, ...]:
    """The word that marks a sentence about what came after the article's day: ("since",) or ()."""
    return ("since",) if year > style.THEN else ()


def by_year(frame: pd.DataFrame, column: str, values: str, digits: int = 1) -> pd.DataFrame:
    """A table of years with a column for each of `column`, actors by their names."""
    everybody = actors.EVERYBODY
    named = {code: actors.name(code) for code in frame[column].unique() if code in everybody}
    wide = frame.pivot(index="year", columns=column, values=values)
    return wide.rename(columns=named).rename_axis(columns=None).round(digits).reset_index()


def clauses(text: str) -> list[tuple[list[str], str]]:
    """(actors that it names, clause) of each clause of a subtitle, with the sign before it.

    The first holds whoever is shown, and names nobody; so does a full stop at the end.
    """
    first, *more = re.split(r"(?=[;.] )", text.removesuffix("."))
    end: list[tuple[list[str], str]] = [([], ".")] if text.endswith(".") else []
    return [([], first), *((actors_named(clause), clause) for clause in more), *end]


def remarks(note: str) -> list[tuple[list[str], str]]:
    """(actors that it names, sentence) of each sentence of a note."""
    sentences = re.split(NEXT, note) if note else []
    return [(actors_named(sentence), sentence) for sentence in sentences]


def actors_named(text: str) -> list[str]:
    """The actors that a text names, as sentences name them or in short."""
    names = {code: actors.name(code) for code in actors.ALL} | article.current().in_short
    found = {code: "|".join(map(re.escape, name.split("|"))) for code, name in names.items()}
    return [code for code, name in found.items() if re.search(rf"\b({name})(?!\w)", text)]


def in_short(title: str, subtitle: str, lead: str, most: int = 200) -> str:
    """What is heard of a picture after its title: as much of the lead as fits in whole sentences.

    Where the lead is the title, the subtitle; the title again where there is none.
    """
    sentences = re.split(NEXT, lead)
    words, *more = [sentence for sentence in sentences if sentence.rstrip(".") != title] or [
        subtitle or title
    ]
    for sentence in more:
        if len(words) + len(sentence) >= most:
            break
        words += f" {sentence}"
    return textwrap.shorten(words.rstrip(".") + ".", most, placeholder=" ...")


def slug(*words: object) -> str:
    """Words as one key of a picture: slug("exercises", "left out") is "exercises-left-out"."""
    return re.sub(r"[^A-Za-z0-9]+", "-", "-".join(map(str, words))).strip("-")
