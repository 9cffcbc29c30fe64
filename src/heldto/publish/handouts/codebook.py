"""The codebook as a page beside the handouts: what each table's columns mean, and what to beware
of, for groups that have a phone and no clone.
"""

from bs4 import BeautifulSoup

from heldto.publish import validate
from heldto.publish.handouts import structure
from heldto.publish.handouts.assets import INDEX, assets
from heldto.publish.handouts.outputs import markdown
from heldto.publish.handouts.sanitize import clean
from heldto.templates import render

NAME = "codebook.html"


def codebook_page() -> str:
    """The codebook of data/ as one HTML page that loads nothing; each table has its place, such as
    `codebook.html#economic-trade`.
    """
    tree = BeautifulSoup(clean(markdown(validate.codebook()), text=True), "html.parser")
    contents = []
    for head in tree("h2"):
        assert head.code, "a table is named by its file"
        anchor = head.code.text.removesuffix(".csv").replace("/", "-").replace("_", "-")
        head["id"] = anchor
        contents.append((anchor, head.text))
    if tree.h1:
        tree.h1.extract()
    for told in tree("p"):  # for those who write the data, not for readers
        if told.find("code", string="datapackage.json") and "--codebook" in told.text:
            told.extract()
    structure.label_tables(tree)
    return str(render("codebook.html.j2", text=str(tree), contents=contents, assets=assets(INDEX)))
