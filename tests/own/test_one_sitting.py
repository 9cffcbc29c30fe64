"""The sentences that notebook 05 suggests, each carried out whole in its own cells, one after
another in one kernel.
"""

import json
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from heldto.evidence.paths import notebooks_dir
from heldto.exercises.sealed import given_figures
from heldto.own.rerun import rerun

SITTING = """
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
for cell, fails in CELLS:
    ran = shell.run_cell(cell, True)
    assert ran.success is not bool(fails), cell
    assert not fails or fails in str(ran.error_in_exec), ran.error_in_exec
"""
SENTENCES = {  # what is written in place of lines of the bench, by how these begin
    "Japan spends a smaller part of its economy on arms than South Korea": {
        "name =": 'name = "military/spending"',
        "measure=": "measure=\"Japan's share of GDP in percent of South Korea's, 2018\",",
        "kind=": 'kind="descriptive", rule="less_than", holds=90, partly=100, unit="%",',
        "own_rows =": "own_rows = own_table.query(\"actor in ['JPN', 'KOR']\")",
        "own_sums =": 'own_sums = own_rows.groupby(["actor", "year"], as_index=False)'
        '["gdp_share"].sum()',
        "own_wide =": 'own_wide = own_sums.pivot(index="year", columns="actor", '
        'values="gdp_share")',
        "own_figure =": 'own_figure = 100 * own_wide["JPN"][2018] / own_wide["KOR"][2018]',
        "sns.lineplot": 'sns.lineplot, own_sums, x="year", y="gdp_share", hue="actor",',
        'tables=[name], title="': 'tables=[name], title="Arms and the economy", unit="of GDP",',
        "own.reading": "own.reading(\"in 2010\", 100 * own_wide['JPN'][2010] / "
        "own_wide['KOR'][2010])",
    },
    "Vietnam buys fewer arms from Russia than it used to": {
        "name =": 'name = "military/arms_transfers"',
        "measure=": 'measure="The fall of deliveries from 2009-2013 to 2014-2018, in percent",',
        "kind=": 'kind="descriptive", rule="fall", holds=20, partly=0, unit="%",',
        "own_rows =": "own_rows = own_table.query(\"supplier == 'RUS' and recipient == 'VNM'\")",
        "own_sums =": 'own_sums = own_rows.groupby(["recipient", "year"], as_index=False)'
        '["tiv"].sum()',
        "own_wide =": 'own_wide = own_sums.pivot(index="year", columns="recipient", '
        'values="tiv")["VNM"]',
        "own_figure =": "own_figure = 100 * (1 - own_wide.loc[2014:2018].sum() / "
        "own_wide.loc[2009:2013].sum())",
        "sns.lineplot": 'sns.lineplot, own_sums, x="year", y="tiv", hue="recipient",',
        'tables=[name], title="': 'tables=[name], title="Russian arms", unit="million TIV", '
        'others=["RUS"]',
        "own.reading": 'own.reading("2018 after 2014", 100 * (1 - own_wide[2018] / own_wide[2014]))',
    },
    "China gets most of its coal from one country": {
        "name =": 'name = "economic/energy_imports"',
        "measure=": 'measure="The share of the largest origin, by energy, 2018",',
        "kind=": 'kind="descriptive", rule="more_than", holds=50, partly=40, unit="%",',
        "own_rows =": "own_rows = own_table.query(\"commodity == 'coal'\")",
        "own_sums =": 'own_sums = own_rows.groupby(["origin", "year"], as_index=False)'
        '["quantity"].sum()',
        "own_wide =": 'own_wide = own_sums.pivot(index="year", columns="origin", '
        'values="quantity")',
        "own_figure =": 'own_figure = 100 * own_wide["Australia"][2018] / own_wide["Total"][2018]',
        "sns.lineplot": 'sns.lineplot, own_sums, x="year", y="quantity", hue="origin",',
        'tables=[name], title="': 'tables=[name], title="China\'s coal", unit="EJ", others=["CHN"]',
        "own.reading": 'own.reading("in 2019", 100 * own_wide["Indonesia"][2019] / '
        'own_wide["Total"][2019])',
    },
    "At the United Nations Kazakhstan has moved away from the United States": {
        "name =": 'name = "geopolitical/ideal_points"',
        "measure=": 'measure="The distance of both in 2018 less that of 1995",',
        "kind=": 'kind="descriptive", rule="at_least", holds=0.3, partly=0.1, unit="scale",',
        "own_rows =": "own_rows = own_table.query(\"actor in ['KAZ', 'USA']\")",
        "own_sums =": 'own_sums = own_rows.groupby(["actor", "year"], as_index=False)'
        '["ideal_point"].sum()',
        "own_wide =": 'own_wide = own_sums.pivot(index="year", columns="actor", '
        'values="ideal_point")\nown_wide = own_wide["USA"] - own_wide["KAZ"]',
        "own_figure =": "own_figure = own_wide[2018] - own_wide[1995]",
        "sns.lineplot": 'sns.lineplot, own_sums, x="year", y="ideal_point", hue="actor",',
        'tables=[name], title="': 'tables=[name], title="Two states at the United Nations",',
        "own.reading": 'own.reading("since 2015", own_wide[2018] - own_wide[2015])',
    },
    "People in South Korea have a worse opinion of China than people in Japan": {
        "name =": 'name = "geopolitical/opinion"',
        "measure=": 'measure="South Korea less Japan: unfavourable views of China, 2018",',
        "kind=": 'kind="descriptive", rule="at_least", holds=3, partly=0, '
        'unit="percentage points",',
        "own_rows =": "own_rows = own_table.query(\"about == 'CHN' and actor in ['JPN', 'KOR']\")",
        "own_sums =": 'own_sums = own_rows.groupby(["actor", "year"], as_index=False)'
        '["unfavourable"].sum()',
        "own_wide =": 'own_wide = own_sums.pivot(index="year", columns="actor", '
        'values="unfavourable")',
        "own_figure =": 'own_figure = own_wide["KOR"][2018] - own_wide["JPN"][2018]',
        "sns.lineplot": 'sns.lineplot, own_sums, x="year", y="unfavourable", hue="actor",',
        'tables=[name], title="': 'tables=[name], title="Views of China", unit="%", others=["CHN"]',
        "own.reading": 'own.reading("in 2019", own_wide["KOR"][2019] - own_wide["JPN"][2019])',
    },
}
NO_ACTOR = '"Australia"'  # the page's own way out
NO_BOX = ('own_sums, x="year"', "own_sums.query(\"origin == 'Australia'\").assign(buyer='CHN'), "
          'x="year"')  # fmt: skip
ORDERS = {"the page's": (0, 1, 2, 3, 4), "backwards": (4, 3, 2, 1, 0), "mixed": (2, 0, 4, 1, 3)}
THE_PAGE = json.loads((notebooks_dir() / "05_your_own_claim.ipynb").read_text(encoding="utf-8"))
BY_ID = {cell["id"]: "".join(cell["source"]) for cell in THE_PAGE["cells"]}
BENCH = [BY_ID[f"bench-{step}"] for step in ("table", "seal", "sealed", "figure", "picture")]
BENCH += [BY_ID[f"bench-{step}"] for step in ("verdict", "doubt")]


@pytest.fixture(autouse=True)
def _beside_the_answers(tmp_path, monkeypatch):
    monkeypatch.setenv("FRENEMIES_DIARY", str(tmp_path / "my-answers.json"))


def written_into(cell, lines):
    """A cell of the bench without its first #, with lines of a reader in place of its own."""
    written = []
    for line in cell.splitlines():
        bare = line.removeprefix("#").removeprefix(" ")
        begins = [begin for begin in lines if bare.strip().startswith(begin)]
        written += [lines[begin] for begin in begins] or [bare]
    return "\n".join(written)


def bench_of(sentence):
    """The cells of a sentence, each with the words of the error that it ends in, "" for none."""
    lines = {'"...",': f'"{sentence}",', "why=": 'why="Clearly so.",', "own.cannot": CANNOT}
    cells = [written_into(cell, lines | SENTENCES[sentence]) for cell in BENCH]
    ran = [[cell, ""] for cell in cells]
    if "coal" in sentence:
        mended = cells[4].replace(*NO_BOX).replace('hue="origin"', "hue='buyer'")
        ran[4:5] = [[cells[4], NO_ACTOR], [mended, ""]]
    return ran


CANNOT = 'own.cannot("No figure shows why.")'


def run_sitting(folder, cells):
    """What is printed by cells, run in one kernel."""
    code = f"CELLS = {cells!r}{SITTING}"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def code_on(page):
    return [cell.get_text() for cell in page.select("#code ~ pre")]


def written_pages(folder, order):
    """The pages of one sitting, by their sentences."""
    sentences = [[*SENTENCES][at] for at in order]
    cells = [[BY_ID["setup"], ""], *(cell for one in sentences for cell in bench_of(one))]
    told = run_sitting(folder, cells)
    assert "Your code reads" not in told and "another claim" not in told
    pages = [
        BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in folder.glob("my-claim*.html")
    ]
    return {page.title.get_text(): page for page in pages}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_each_sentence_has_its_own_code_whatever_came_before(tmp_path, order):
    pages = written_pages(tmp_path, order)
    assert pages.keys() == SENTENCES.keys()
    for sentence, page in pages.items():
        own = [cell for cell, fails in bench_of(sentence) if not fails]
        assert code_on(page) == [BY_ID["setup"], *own]
    vietnam = pages["Vietnam buys fewer arms from Russia than it used to"].select_one(
        "#verdict + div"
    )
    assert "a rise of 47.2 %, which counts against a fall" in vietnam.get_text()


@pytest.mark.slow
def test_the_code_of_each_page_gives_its_figure_alone(tmp_path):
    for page in written_pages(tmp_path, ORDERS["mixed"]).values():
        entry = json.loads(page.select_one("#seal-data").string)
        ran = rerun(code_on(page), entry["hash"])
        (given,), (found,) = given_figures(entry), ran.figures
        assert found["value"] == given["value"] and "Error" not in ran.errors


RUNG_2 = [BY_ID[cell] for cell in ("other", "other-picture", "other-verdict")]


def test_the_code_of_the_second_rung_is_of_the_partner_that_was_chosen_last(tmp_path):
    first = [BY_ID[cell] for cell in ("setup", "trade", "seal", "share", "picture", "others")]
    again = [cell.replace('"VNM"', '"JPN"') for cell in RUNG_2]
    run_sitting(tmp_path, [[cell, ""] for cell in (*first, BY_ID["readings"], *RUNG_2, *again)])
    (page,) = tmp_path.glob("my-claim*japan.html")
    shown = code_on(BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser"))
    assert shown[-3:] == again and RUNG_2[0] not in shown
