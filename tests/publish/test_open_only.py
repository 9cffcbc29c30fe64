"""A site of openly licensed tables alone: what it leaves out, what stays, and that it says so."""

import io
import json
import zipfile

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output
from upkeep import freshness

from frenemies import economic, explore, military
from heldto import evidence, stored
from heldto.errors import Problem
from heldto.publish import open_only
from heldto.publish.handouts.page import HandoutPage
from heldto.publish.site import build

SAID = (
    "The figures behind it are not given here, because they have no open licence that lets us pass them on. "
    "They are those of: Federation of American Scientists 2023, prepared by Our World in Data."
)


def drawn(name, picture):
    """A cell with a picture, as an executed notebook stores it for a page."""
    with stored.pages():
        data, about = explore(picture)._repr_mimebundle_()
    output = new_output("display_data", data=data, metadata=about)
    return new_code_cell("", id=name, outputs=[output], metadata={"tags": ["picture"]})


@pytest.fixture(scope="module")
def pages():
    """A page with a picture of open tables and one of others, as it is and with open tables alone."""
    cells = [drawn("war", economic.trade_war_picture), drawn("heads", military.warheads_picture)]
    made = (HandoutPage(new_notebook(cells=cells), "x", open_only=only) for only in (False, True))
    return [BeautifulSoup(str(page.main), "html.parser") for page in made]


def test_a_picture_of_other_tables_stands_without_its_figures_and_says_so(pages):
    whole, only = (page.select_one("#fig-warheads") for page in pages)
    assert whole.select("table") and not only.select("table") and not only.select(".fig-table")
    (said,) = only.select(".fig-left-out")
    assert said.get_text() == SAID
    assert only.svg and only.select(".fig-alt") and only.select(".cited")


def test_a_picture_of_open_tables_stays_as_it_is(pages):
    whole, only = (page.select_one("#fig-trade-war") for page in pages)
    assert str(whole) == str(only) and only.select("table")


def test_the_zip_holds_open_tables_alone_and_names_the_others():
    with zipfile.ZipFile(io.BytesIO(build._data(open_only=True))) as pack:
        files = {name.removeprefix("frenemies-data/"): pack.read(name) for name in pack.namelist()}
    bound = {
        name
        for name, entry in evidence.package()["tables"].items()
        if any(one["name"].startswith(open_only.OWN_TERMS) for one in entry["licenses"])
    }
    described = json.loads(files["datapackage.json"])["resources"]
    tables = {one["name"] for one in described}
    assert bound and tables == evidence.package()["tables"].keys() - bound
    assert {f"{name}.csv" for name in tables} == {name for name in files if name.endswith(".csv")}
    listed = files[open_only.LEFT_OUT].decode()
    assert all(f"- `{name}.csv`, " in listed for name in bound)
    assert not any(f"`{name}.csv`" in listed for name in tables)


def test_a_source_that_an_open_table_rests_on_binds_nothing():
    titles = open_only.bound_titles()
    assert "UCDP/PRIO Armed Conflict Dataset 25.1" not in titles
    assert "SIPRI Arms Transfers Database, Trade Register generated 12 Feb 2026" in titles


def test_notebooks_that_run_would_bring_every_table(tmp_path):
    with pytest.raises(
        Problem, match="notebooks that run contain every table, so add --handouts-only"
    ):
        build.run_site(tmp_path / "site", open_only=True)
    assert not (tmp_path / "site").exists()


def test_a_letter_names_owner_tables_rows_and_claims():
    letters = "\n".join(freshness.letter_lines())
    owners = {
        "; ".join(source["title"] for source in entry["sources"])
        for entry in evidence.package()["tables"].values()
        if open_only.restricting_terms([entry["name"]]).keys() - {freshness.FACTS}
    }
    assert {line[3:] for line in letters.splitlines() if line.startswith("## ")} == owners
    assert letters.count("Dear ") == len(owners) and "Own list" not in letters
    (pew,) = (one for one in letters.split("## ") if one.startswith("Pew Research Center"))
    rows = len(evidence.table("geopolitical/opinion"))
    assert f"geopolitical/opinion.csv: {rows} rows" in pew and "2005 to 2023" in pew
    assert " M15" in pew and "{" not in pew
