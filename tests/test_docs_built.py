"""The documents as they are published: they stand at the address where readers' answers lie, so nothing of another host runs there."""

import subprocess
import sys
from importlib.util import find_spec

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, absent

LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
SHEETS = {"stylesheet", "preload", "modulepreload", "icon", "preconnect", "dns-prefetch"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    if not find_spec("mkdocs"):
        absent("the extra docs brings mkdocs")
    out = tmp_path_factory.mktemp("docs") / "site"
    words = ["build", "--strict", "--quiet", "--site-dir", out]
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *words], cwd=ROOT, capture_output=True, text=True
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
