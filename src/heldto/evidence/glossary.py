"""Words: what the terms of the notebooks mean. Source: data/glossary.csv."""

import pandas as pd

from heldto import evidence
from heldto.errors import Problem, did_you_mean
from heldto.templates import render


class UnknownTerm(Problem):
    """The glossary has no such term."""


class Words:
    """Terms and their definitions, for the page."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows

    def __repr__(self) -> str:
        return "\n".join(f"{row.word}: {row.definition}" for row in self.rows.itertuples())

    def _repr_html_(self) -> str:
        return render("words.html.j2", rows=list(self.rows.itertuples()))


def all_terms() -> pd.DataFrame:
    """All terms.

    Columns: term (id), word, forms (spellings, separated by semicolons), section, definition.
    """
    return evidence.table("glossary")


def spellings() -> dict[str, str]:
    """{spelling in small letters: id of its term}, the words themselves included."""
    return {
        form.casefold(): row["term"]
        for row in all_terms().to_dict("records")
        for form in [row["term"], row["word"], *row["forms"].split(";")]
    }


def term(word: str) -> Words:
    """Explain a term of the notebooks: `fr.term("TIV")`.

    word: the term in any of its spellings; capitals do not matter. Source: data/glossary.csv.
    Returns its definition, which a notebook shows; `rows` is the same as a DataFrame of one row,
    with the columns of data/glossary.csv. Raises UnknownTerm with a suggestion.

    Examples
    --------
    >>> fr.term("mirror data")
    Mirror data: ...
    >>> fr.term("mirror dat")
    Traceback (most recent call last):
    heldto.evidence.glossary.UnknownTerm: "mirror dat" is not in the glossary. Did you mean ...
    """
    known = spellings()
    wanted = " ".join(str(word).split()).casefold()
    if wanted not in known:
        hint = did_you_mean(wanted, list(known), "fr.words() lists what is.")
        raise UnknownTerm(f'"{word}" is not in the glossary. {hint}')
    return Words(all_terms().query("term == @known[@wanted]"))


def words(section: str | None = None) -> Words:
    """Show the glossary in alphabetical order, all of it or only that of one section.

    section: "economic", "geopolitical", "military" or "verdict". Source: data/glossary.csv. Returns
    terms and definitions, which a notebook shows; `rows` is the same as a DataFrame with the
    columns term (id), word, forms (spellings, separated by semicolons), section and definition.
    Raises UnknownTerm for another section.

    Examples
    --------
    >>> fr.words("economic").rows["word"].head(2).tolist()
    ['Book', 'CIF']
    """
    rows = all_terms()
    if section and section not in set(rows.section):
        sections = ", ".join(sorted(set(rows.section)))
        raise UnknownTerm(f'there is no section "{section}" in the glossary: choose {sections}')
    rows = rows[rows.section.eq(section)] if section else rows
    return Words(rows.sort_values("word", key=lambda column: column.str.casefold(), kind="stable"))
