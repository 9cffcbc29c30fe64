"""Terms: a link to the list of words becomes a word that a page explains itself."""

from bs4 import BeautifulSoup

from frenemies.evidence import glossary

LIST = ("#Words", "00_start_here.ipynb#Words")  # where a term links to


def explained(page: str) -> str:
    """HTML whose links to the list of words are terms with their definitions, for the page.

    A word that the glossary does not hold stays a link: `python -m frenemies.publish.plain` says so.
    """
    if not any(f'href="{place}"' in page for place in LIST):
        return page
    tree = BeautifulSoup(page, "html.parser")
    for link in tree("a", href=LIST):
        try:
            row = glossary.term(link.get_text()).rows.iloc[0]
        except glossary.UnknownTerm:
            continue
        link.name = "dfn"
        link.attrs = {"class": "term", "data-term": row.word, "data-definition": row.definition}
    return str(tree)
