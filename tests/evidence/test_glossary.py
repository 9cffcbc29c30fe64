"""Words: every defined term is linked somewhere, and a handout explains what is linked."""

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell, new_notebook

import frenemies as fr
from heldto import article
from heldto.evidence import glossary
from heldto.publish.handouts.exporter import HandoutExporter

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("0*.ipynb"))


def linked_terms(path):
    """Ids of the terms that a notebook links to the list of words."""
    known = glossary.spellings()
    texts = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
    words = re.findall(r"\[([^\]]+)\]\((?:00_start_here\.ipynb)?#Words\)", "\n".join(texts))
    return {known[word.casefold()] for word in words}


def test_a_definition_is_one_to_three_sentences():
    for row in glossary.all_terms().itertuples():
        assert 1 <= len(re.findall(r"[.!?](?= [A-Z]|$)", row.definition)) <= 3, row.definition
        assert (
            6 <= len(row.definition.split()) <= 55
            and row.definition[0].isupper()
            and row.definition.endswith(".")
        )


def test_no_spelling_belongs_to_two_terms():
    forms = [form.casefold() for forms in glossary.all_terms().forms for form in forms.split(";")]
    assert len(forms) == len(set(forms))


def test_every_defined_term_is_linked_somewhere():
    linked = set().union(*map(linked_terms, NOTEBOOKS))
    assert set(glossary.all_terms().term) - linked == set()


def test_a_term_is_looked_up_by_any_of_its_spellings():
    assert repr(fr.term("tiv")) == repr(
        fr.term("Trend-indicator value")
    ) and "volume of major arms" in repr(fr.term("TIV"))
    assert '<dt id="word-tiv">TIV</dt>' in fr.term("TIV")._repr_html_()
    with pytest.raises(glossary.UnknownTerm, match='Did you mean "kappa"'):
        fr.term("kapa")
    with pytest.raises(glossary.UnknownTerm, match="fr.words"):
        fr.term("xyzzy")


def test_the_list_is_by_alphabet_and_by_section():
    every, military = repr(fr.words()).splitlines(), repr(fr.words("military")).splitlines()
    assert len(every) == len(glossary.all_terms()) and every == sorted(every, key=str.casefold)
    assert set(military) < set(every) and "TIV" in fr.words("military").__repr__()
    with pytest.raises(glossary.UnknownTerm, match="economic, geopolitical"):
        fr.words("naval")


def test_the_list_stands_where_terms_link_to():
    text = "\n".join(cell.source for cell in nbformat.read(NOTEBOOKS[0], 4).cells)
    assert NOTEBOOKS[0].stem == article.current().opening
    assert "## Words" in text and "fr.words()" in text


@pytest.mark.parametrize("link", ["#Words", "00_start_here.ipynb#Words"])
def test_a_handout_explains_its_terms_itself(link):
    text = f"# A page\n\nA [reporter]({link}) counts **[votes alike]({link})**."
    made = new_notebook(cells=[new_markdown_cell(text)])
    page = HandoutExporter().from_notebook_node(made, {"metadata": {"name": "a"}})[0]
    (term,) = BeautifulSoup(page, "html.parser")("dfn")
    assert term.text == "reporter" and not term.find("a")
    assert term["data-definition"].startswith("The state whose books")
    assert term["aria-describedby"] == "term-reporter" and 'id="term-reporter"' in page
    assert "votes alike</a>" in page
