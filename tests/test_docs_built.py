"""The documents as they are published: they stand at the address where readers' answers lie, so nothing of another host runs there."""

import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT

LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
SHEETS = {"stylesheet", "preload", "modulepreload", "icon", "preconnect", "dns-prefetch"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The documents as pages, built as `make docs` builds them: a warning is an error."""
    out = tmp_path_factory.mktemp("docs") / "pages"
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = re.search(r"python (-m sphinx -W .*) docs site$", make, re.M)[1].split()
    done = subprocess.run(
        [sys.executable, *words, ROOT / "docs", out], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return out


def loaded(page):
    """The addresses that a browser asks for when it opens a page."""
    for name, key in LOADS.items():
        yield from (tag[key] for tag in page(name) if tag.get(key))
    yield from (link["href"] for link in page("link") if SHEETS & {*link.get("rel", ())})


@pytest.mark.slow
def test_no_document_asks_another_host_for_a_script_or_a_style(site):
    pages = [*site.rglob("*.html")]
    assert len(pages) > 5
    asked = {
        address
        for path in pages
        for address in loaded(BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser"))
    }
    assert any(address.endswith(".js") for address in asked)
    assert [address for address in asked if "//" in address] == []
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "url(http" not in text and "url(//" not in text and "@import" not in text, sheet


@pytest.mark.slow
def test_the_lecturers_documents_are_left_out(site):
    pages = [*site.rglob("*.html")]
    assert pages and not [page for page in pages if "lecturer" in page.parts]


@pytest.mark.slow
def test_the_built_reference_shows_each_name_with_its_example(site):
    page = BeautifulSoup((site / "reference.html").read_text(encoding="utf-8"), "html.parser")
    signatures = [one.get_text(strip=True) for one in page.select("dt.sig")]
    assert any(one.startswith("heldto.evidence.table(name") for one in signatures)
    assert page.select("dd .doctest")
