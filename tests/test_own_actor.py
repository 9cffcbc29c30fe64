"""A lecturer's own actor: six rows in a copy of data/, and everything copes; what the tables lack is a gap with a name, never a crash."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import drawings, look_again
from legible import overlaps

from frenemies import cards
from frenemies.measures import network as balance
from frenemies.measures import trade
from frenemies.sections import geopolitical
from frenemies.sections.verdict.pictures import network
from heldto import evidence, toggles
from heldto.claims import ledger
from heldto.evidence import actors
from heldto.publish import validate
from heldto.publish.handouts import build

OURS = {
    "reporter": "FRA",
    "partner": "CHN",
    "year": "2018",
    "estimate": "false",
    "imputed": "false",
    "allotted": "false",
}
SIX = {
    "actors": [{"actor": "FRA", "name": "France", "kind": "state", "aliases": "French Republic;Paris", "colour": "#5B3A8E", "marker": "D", "dash": "dashed",
                "region": "Europe", "x": "0.72", "y": "0.8", "naming": ""}],
    "economic/trade": [OURS | {"flow": "export", "value_usd": "24000000000", "valuation": "FOB"},
                       OURS | {"flow": "import", "value_usd": "60000000000", "valuation": "CIF"}],
    "geopolitical/agreement": [{"actor_a": "CHN", "actor_b": "FRA", "year": "2018", "common": "90", "agree": "0.6", "same": "0.5",
                                "opposed": "0.25", "kappa": "-0.08"}],
    "geopolitical/pledges": [{"actor_a": "FRA", "actor_b": "USA", "pledge": "defence", "start_year": "1990", "end_year": "", "source": "entered for the test"}],
    "geopolitical/sanctions": [{"sender": "FRA", "target": "RUS", "year": "2018", "other": "false", "source": "entered for the test"}
                               | dict.fromkeys(balance.SANCTIONS[:5], "true")],
}  # fmt: skip


@pytest.fixture(scope="module")
def origin(tmp_path_factory, origin):
    """A copy of data/ with France in it."""
    assert sum(map(len, SIX.values())) == 6
    folder = tmp_path_factory.mktemp("france") / "data"
    shutil.copytree(origin, folder)
    for table, rows in SIX.items():
        path = folder / f"{table}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame = pd.concat([frame, pd.DataFrame(rows)], ignore_index=True)
        frame.to_csv(path, index=False, lineterminator="\n")
    return folder


@pytest.fixture
def france(origin, read_from):
    read_from(origin)


@pytest.mark.slow
def test_the_data_is_valid_once_its_rows_are_counted_and_contradicts_no_other(france):
    faults = validate.data_faults()
    assert faults and all(
        "run frenemies validate --count to count again" in fault for fault in faults
    )
    validate.count_anew()
    assert validate.data_faults() == []


def test_a_slip_in_a_row_is_named(mutate):
    mutate(
        "economic/trade",
        lambda rows: rows.assign(
            partner=rows.partner.where(~(rows.reporter.eq("FRA") & rows.flow.eq("export")), "CNH")
        ),
    )
    (fault,) = validate.data_faults()
    assert re.search(
        r'data/economic/trade.csv, row \d+, column partner: "CNH" .*did you mean CHN\?', fault
    )


def test_it_is_an_actor_everywhere(france):
    assert "FRA" in actors.ALL
    assert actors.find("paris") == "FRA"
    assert "FRA" in toggles.actor_bar("own").actors
    assert trade.in_year(trade.goods_trade("FRA", "CHN"), 2018) == 84


def test_no_verdict_of_the_article_moves(france, monkeypatch):
    own = ledger.table()[["verdict_then", "verdict_since"]]
    monkeypatch.delenv("FRENEMIES_DATA")
    look_again()
    assert own.equals(ledger.table()[["verdict_then", "verdict_since"]])
    assert len(own) == len(evidence.table("claims"))


def test_the_network_takes_it_in(france):
    ties = balance.signed_ties(2018).set_index(["actor_a", "actor_b"]).sign
    assert (ties["FRA", "USA"], ties["FRA", "RUS"]) == (1, -1)
    assert "a-FRA" in network.network_picture().svg
    assert "25 actors shown" in network.triads_line(actors.ALL)


@pytest.mark.slow
@pytest.mark.parametrize("draw", drawings().values(), ids=drawings().keys())
def test_every_picture_copes(draw, france):
    picture = draw()
    assert "nan" not in picture.alt.split()
    assert "<svg" in picture.to_html()
    assert overlaps(picture) == []


def test_pictures_of_one_actor_name_what_is_missing(france):
    assert "<svg" in geopolitical.ties_picture(actor="FRA").to_html()


def test_its_card_names_the_gaps_and_is_one_page(france, browser, tmp_path):
    text = repr(cards.card("france"))
    assert "China: 84.0 bn USD" in text
    assert "United States" in text
    for gap in (
        "Population not held, GDP not held",
        "The register has no delivery to France",
        "None: the article does not speak of it.",
    ):
        assert gap in text
    assert all(len(cards.questions("FRA", lead)) == 3 for lead in cards.PAIR)
    page = browser.new_page()
    (tmp_path / "card.html").write_text(cards.cards_page("FRA"), encoding="utf-8")
    page.goto((tmp_path / "card.html").as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.close()


@pytest.mark.slow
def test_a_handout_copes(france, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    setup = (
        "import frenemies as fr\nfrom frenemies import network\nbar = fr.actor_bar('verdict')\nbar"
    )
    cells = map(
        nbformat.v4.new_code_cell,
        [
            setup,
            "fr.explore(network.network_picture, ties='all')",
            "fr.card('FRA')",
            "fr.verdict('F4')",
        ],
    )
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# With France"), *cells]
    )
    about = {"title": "With France", "section": "verdict", "minutes": 5}
    notebook.metadata.update(
        {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "frenemies": about}
    )
    source = tmp_path / "own.ipynb"
    nbformat.write(notebook, source)
    (made,) = build.write_handouts([source], tmp_path / "out")
    assert not made.fault
    page = next(Path(path) for path in made.files if str(path).endswith(".html")).read_text(
        encoding="utf-8"
    )
    assert 'class="a-FRA a-USA"' in page
    assert "Population not held, GDP not held" in page


@pytest.mark.slow
def test_a_relative_folder_of_data_reaches_the_kernel_of_a_handout(copied, tmp_path):
    (tmp_path / "notebooks").mkdir()
    code = nbformat.v4.new_code_cell("from frenemies import actors\nprint(actors.name('FRA'))")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=[code], metadata=kernel),
        tmp_path / "notebooks" / "own.ipynb",
    )
    done = subprocess.run(
        [sys.executable, "-m", "frenemies", "handouts", "notebooks/own.ipynb", "--out", "out"],
        cwd=tmp_path,
        env=os.environ | {"FRENEMIES_DATA": "data", "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "<p>France</p>" in (tmp_path / "out" / "own.html").read_text(encoding="utf-8")
