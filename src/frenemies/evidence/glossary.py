"""Words: the terms of the notebooks, and where they are marked. Source: data/glossary.csv."""

import html
import re
import sys

from frenemies import evidence
from frenemies.errors import Problem, did_you_mean

LIST = "00_start_here.ipynb#Words"
_MARK = re.compile(r'<dfn class="term"[^>]*><a [^>]*>(.*?)</a></dfn>')
_LEFT_ALONE = re.compile(
    r"(?ms)^#.*?$|^```.*?^```|^ {4,}\S.*?$|`[^`]*`|!?\[[^\]]*\]\([^)]*\)|https?://\S+|<(code|a|dfn|h\d)\b.*?</\1>|<[^>]+>|\$[^$\n]+\$"
)


class UnknownTerm(Problem):
    """The glossary has no such term."""


def table():
    """All terms. Columns: term (id), word, forms (spellings, separated by semicolons), section, definition."""
    return evidence.table("glossary")


def _spellings():
    """{spelling in small letters: id}, the words themselves included."""
    rows = table()
    return {
        form.casefold(): row.term
        for row in rows.itertuples()
        for form in [row.term, row.word, *row.forms.split(";")]
    }


class Words:
    """Terms and their definitions, for the page."""

    def __init__(self, rows):
        self.rows = rows

    def __repr__(self):
        return "\n".join(f"{row.word}: {row.definition}" for row in self.rows.itertuples())

    def _repr_html_(self):
        entries = "".join(
            f'<dt id="word-{row.term}">{html.escape(row.word)}</dt><dd>{html.escape(row.definition)}</dd>'
            for row in self.rows.itertuples()
        )
        return f'<dl class="words">{entries}</dl>'


def term(word):
    """What a term means: `fr.term("TIV")`. Raises UnknownTerm with a suggestion."""
    known = _spellings()
    wanted = str(word).strip().casefold()
    if wanted not in known:
        raise UnknownTerm(
            f'"{word}" is not in the glossary. {did_you_mean(wanted, list(known), "fr.words() lists what is.")}'
        )
    return Words(table().query("term == @known[@wanted]"))


def words(section=None):
    """The glossary, all or of one section (economic, geopolitical, military, verdict), by alphabet. Raises UnknownTerm."""
    rows = table()
    if section and section not in set(rows.section):
        raise UnknownTerm(
            f'there is no section "{section}" in the glossary: choose {", ".join(sorted(set(rows.section)))}'
        )
    rows = rows[rows.section.eq(section)] if section else rows
    return Words(rows.sort_values("word", key=lambda column: column.str.casefold(), kind="stable"))


def _patterns():
    """(compiled spelling, word, definition), longest spelling first; capitals matter where a spelling has any."""
    found = [
        (form, row.word, row.definition)
        for row in table().itertuples()
        for form in row.forms.split(";")
    ]
    found.sort(key=lambda entry: -len(entry[0]))
    return [
        (
            re.compile(
                rf"(?<![\w-]){re.escape(form)}(?![\w-])", 0 if form != form.lower() else re.I
            ),
            name,
            says,
        )
        for form, name, says in found
    ]


def unmarked(text):
    """A Markdown text without our marks."""
    return _MARK.sub(r"\1", text)


def mark(notebook):
    """Mark each term where a notebook (nbformat node) first uses it in running text, linked to the list of words. Returns the notebook."""
    patterns, seen = _patterns(), set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _marked(unmarked(cell.source), patterns, seen)
    return notebook


def _marked(text, patterns, seen):
    for pattern, name, says in patterns:
        spots = [spot.span() for spot in _LEFT_ALONE.finditer(text)]
        hit = next(
            (
                one
                for one in pattern.finditer(text)
                if not any(start < one.end() and one.start() < end for start, end in spots)
            ),
            None,
        )
        if hit and name not in seen:
            seen.add(name)
            text = text[: hit.start()] + _linked(hit[0], name, says) + text[hit.end() :]
    return text


def _linked(shown, name, says):
    says = html.escape(says, quote=True)
    return f'<dfn class="term" data-term="{html.escape(name, quote=True)}" data-definition="{says}"><a href="{LIST}" title="{says}">{shown}</a></dfn>'


def marked_terms(notebook):
    """Words that a notebook marks, in order, as the glossary writes them."""
    found = [
        re.findall(r'<dfn class="term" data-term="([^"]*)"', cell.source)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    ]
    return [html.unescape(name) for names in found for name in names]


if __name__ == "__main__":  # mark the notebooks given anew
    import nbformat

    for path in sys.argv[1:]:
        nbformat.write(mark(nbformat.read(path, 4)), path)
        print(f"marked {path}")
