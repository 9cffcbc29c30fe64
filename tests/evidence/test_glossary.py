"""Words: every marked term is defined, every defined term is marked, and marks stand where a term is first used."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import frenemies as fr
from frenemies.evidence import glossary

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("0*.ipynb"))


def notebook(*texts):
    return new_notebook(cells=[new_markdown_cell(text) for text in texts])


def marked(*texts):
    return [cell.source for cell in glossary.mark(notebook(*texts)).cells]


def test_a_definition_is_one_or_two_sentences():
    for row in glossary.table().itertuples():
        assert 1 <= len(re.findall(r"[.!?](?= [A-Z]|$)", row.definition)) <= 2, row.definition
        assert (
            6 <= len(row.definition.split()) <= 55
            and row.definition[0].isupper()
            and row.definition.endswith(".")
        )


def test_no_spelling_belongs_to_two_terms():
    forms = [form.casefold() for forms in glossary.table().forms for form in forms.split(";")]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_marks_of_a_notebook_are_up_to_date(path):
    stored = nbformat.read(path, 4)
    sources = [cell.source for cell in stored.cells]
    assert [cell.source for cell in glossary.mark(stored).cells] == sources, (
        f"run: python -m frenemies.evidence.glossary notebooks/{path.name}"
    )
    terms = glossary.marked_terms(stored)
    assert len(terms) == len(set(terms)) and set(terms) <= set(glossary.table().word)


def test_every_defined_term_is_marked_somewhere():
    found = {name for path in NOTEBOOKS for name in glossary.marked_terms(nbformat.read(path, 4))}
    assert set(glossary.table().word) - found == set()


def test_a_term_is_marked_once_and_linked_to_the_list():
    first, second = marked("The reporter counts. A reporter counts again.", "Another reporter.")
    assert (
        first.startswith(
            'The <dfn class="term" data-term="Reporter" data-definition="The state whose books'
        )
        and first.count("<dfn") == 1
    )
    assert (
        f'<a href="{glossary.LIST}" title="The state whose books' in first
        and ">reporter</a></dfn> counts. A reporter" in first
    )
    assert second == "Another reporter."


ALONE = [
    *[
        "# The reporter",
        "`reporter`",
        "```\nreporter\n```",
        "[reporter](https://example.org)",
        "see https://example.org/reporter",
    ],
    *["<b class='reporter'>x</b>", "news-reporter", "reporterly", "tiv", "$kappa$"],
]


@pytest.mark.parametrize("text", ALONE)
def test_headings_code_links_and_lookalikes_are_left_alone(text):
    assert marked(text) == [text]


def test_longest_spelling_wins_and_bold_stays_bold():
    assert ">agreement beyond chance</a></dfn>" in marked("Votes: agreement beyond chance.")[0]
    assert marked("**TIV** is volume.")[0].startswith('**<dfn class="term" data-term="TIV"')


def test_marking_twice_changes_nothing_and_unmarking_gives_the_text_back():
    text = 'Mirror data, FOB and CIF: the reporter\'s "books" & more.'
    once = marked(text)[0]
    assert marked(once) == [once] and glossary.unmarked(once) == text


def test_code_cells_are_never_touched():
    code = new_notebook(cells=[new_code_cell("# reporter, kappa, TIV")])
    assert glossary.mark(code).cells[0].source == "# reporter, kappa, TIV"


def test_a_term_is_looked_up_by_any_of_its_spellings():
    assert repr(fr.term("tiv")) == repr(
        fr.term("Trend-indicator value")
    ) and "volume of arms" in repr(fr.term("TIV"))
    assert '<dt id="word-tiv">TIV</dt>' in fr.term("TIV")._repr_html_()
    with pytest.raises(glossary.UnknownTerm, match='Did you mean "kappa"'):
        fr.term("kapa")
    with pytest.raises(glossary.UnknownTerm, match="fr.words"):
        fr.term("xyzzy")


def test_the_list_is_by_alphabet_and_by_section():
    every, military = repr(fr.words()).splitlines(), repr(fr.words("military")).splitlines()
    assert len(every) == len(glossary.table()) and every == sorted(every, key=str.casefold)
    assert set(military) < set(every) and "TIV" in fr.words("military").__repr__()
    with pytest.raises(glossary.UnknownTerm, match="economic, geopolitical"):
        fr.words("naval")


def test_the_list_stands_where_the_marks_point():
    text = "\n".join(
        cell.source
        for cell in nbformat.read(NOTEBOOKS[0].parent / glossary.LIST.partition("#")[0], 4).cells
    )
    assert f"## {glossary.LIST.partition('#')[2]}" in text and "fr.words()" in text


def test_run_as_a_program_it_marks_notebooks_anew(tmp_path, capsys):
    import runpy
    import sys
    from unittest.mock import patch

    path = tmp_path / "one.ipynb"
    nbformat.write(notebook("A reporter."), path)
    with patch.object(sys, "argv", ["glossary", str(path)]):
        runpy.run_path(glossary.__file__, run_name="__main__")
    assert (
        glossary.marked_terms(nbformat.read(path, 4)) == ["Reporter"]
        and "marked" in capsys.readouterr().out
    )


def test_a_handout_explains_its_terms_itself():
    from frenemies.publish.handouts.exporter import FrenemiesExporter

    made = glossary.mark(notebook("# A page\n\nA reporter counts."))
    made.metadata["frenemies"] = {
        "title": "A page",
        "section": "economic",
        "minutes": 1,
        "level": "x",
        "teaches": "y",
    }
    page = FrenemiesExporter().from_notebook_node(made, {"metadata": {"name": "a"}})[0]
    term = re.search(r'<dfn class="term" data-term="Reporter".*?</dfn>', page)[0]
    assert (
        "<a " not in term
        and 'aria-describedby="term-reporter"' in term
        and 'id="term-reporter"' in page
    )
