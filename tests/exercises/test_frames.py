"""Exercises that are answered in code: a data frame is judged by what it holds, and what is off is said."""

import html
import itertools
import json
import re
from functools import partial

import nbformat
import numpy as np
import pandas as pd
import pytest
import sample
from conftest import ROOT, cases
from nbformat.v4 import new_code_cell, new_notebook

import frenemies as fr
from frenemies.measures import arms, ties, trade, votes
from heldto import article, evidence
from heldto.evidence import actors
from heldto.exercises import check, diary, exercise_ids, find_exercise, forms, hint, solution
from heldto.exercises.frames import Frame
from heldto.exercises.sheets import SHEETS
from heldto.publish import editions, reading_time
from heldto.publish.handouts import structure
from heldto.publish.handouts.page import HandoutPage

exercise_ids()  # all sheets are read
SLIPS = {
    name: table["slips"]
    for one in SHEETS.values()
    for name, table in one.tables.items()
    if "slips" in table
}
CODED = [name for name in exercise_ids() if find_exercise(name).question.lines]
FRAMES = [name for name in CODED if find_exercise(name).question.kind == "frame"]
SECTIONS = sorted((ROOT / "notebooks").glob("0[123]*.ipynb"))
RIGHT = pd.DataFrame(
    {
        "partner": ["CHN", "CHN", "DEU", "DEU"],
        "year": [2017, 2018, 2017, 2018],
        "billion": [84.4, 107.1, 57.3, 61.9],
        "percent": [14.5, 15.6, 8.6, 8.7],
    }
)
EXPORTS = RIGHT.assign(billion=[38.9, 56.1, 25.7, 34.2])
ALONE = RIGHT.query("year == 2018").assign(year=2016)
QUESTION = Frame(
    ask="How much?",
    keys=["partner", "year"],
    units={"billion": "USD bn", "percent": "%"},
    answer=RIGHT.assign(more="not asked for"),
    wrong=[(EXPORTS, "One direction only."), (ALONE, "Another year.")],
    means="It grew.",
    again="Which year?",
)
WIDE = RIGHT.pivot(index="year", columns="partner", values="billion")

SAME = {
    "as it is": RIGHT,
    "rows in another order": RIGHT.iloc[[3, 0, 2, 1]],
    "columns in another order": RIGHT[["percent", "year", "billion", "partner"]],
    "an index": RIGHT.set_index(["partner", "year"]),
    "one key as the index": RIGHT.set_index("year"),
    "an index of no meaning": RIGHT.set_axis([7, 7, 8, 8]),
    "an index that was kept as a column": RIGHT.reset_index(),
    "records": RIGHT.to_dict("records"),
    "names": RIGHT.assign(partner=RIGHT.partner.map(actors.name)),
    "years as texts": RIGHT.astype({"year": str}),
    "years as floats": RIGHT.astype({"year": float}),
    "figures as texts": RIGHT.astype({"billion": str}),
    "categories": RIGHT.astype({"partner": "category"}),
    "two thousandths off": RIGHT.assign(billion=RIGHT.billion * 1.0015),
    "columns named with their units": RIGHT.rename(columns={"percent": "percent (%)"}),
    "columns with a name": RIGHT.rename_axis(columns="measure"),
}


@pytest.mark.parametrize("given", SAME.values(), ids=SAME)
def test_what_a_table_holds_counts_and_not_how_it_stands(given):
    assert repr(QUESTION.judge(given)) == "Right. It grew."


def scaled(column, factor):
    return RIGHT.assign(**{column: RIGHT[column] * factor})


OFF = {  # what was handed in, and a part of what is said of it
    "nothing": (None, "returns nothing"),
    "a number": (107.1, "That is not a table."),
    "a text": ("107.1", "That is not a table. Hand in a data frame with the columns partner, year"),
    "a list of lists": (RIGHT.to_numpy().tolist(), "That is not a table."),
    "an array": (RIGHT.to_numpy(), "That is not a table."),
    "a list without an end": ([itertools.count()], "That is not a table."),
    "a frame class": (pd.DataFrame, "That is not a table."),
    "no rows": (RIGHT.query("year == 1900"), "no rows"),
    "a series": (RIGHT.billion, "That is a series"),
    "a series by group": (RIGHT.groupby("partner").billion.sum(), ".reset_index() makes a table"),
    "a column missing": (
        RIGHT.drop(columns="percent"),
        "There is no column percent: your table has",
    ),
    "a column by another name": (
        RIGHT.rename(columns={"billion": "value_usd"}),
        'yours is called "value_usd". Use .rename(columns={"value_usd": "billion"})',
    ),
    "a column without a name": (
        RIGHT.rename(columns={"billion": 0}),
        'yours is called 0. Use .rename(columns={0: "billion"})',
    ),
    "a column too many": (
        RIGHT.assign(flow="export"),
        'does not ask for these columns: flow. Write [["partner", "year", "billion", "percent"]] after',
    ),
    "columns of two lines": (
        RIGHT.groupby(["partner", "year"]).agg(["sum"]),
        "There is no column billion",
    ),
    "long": (
        RIGHT.melt(["partner", "year"], value_name="figure"),
        "billion, percent are values of the column variable",
    ),
    "wide": (WIDE, "each value of partner has a column of its own"),
    "wide, years across": (
        WIDE.T,
        "That table is wide: each value of year has a column of its own",
    ),
    "an index without a name": (
        RIGHT.set_index("year").rename_axis(None),
        '.rename_axis("year").reset_index()',
    ),
    "a row missing": (RIGHT.head(3), "There is no row for Germany, 2018."),
    "rows missing": (RIGHT.tail(1), "There is no row for China, 2017; China, 2018; Germany, 2017."),
    "a row too many": (
        pd.concat([RIGHT, RIGHT.head(1).assign(year=2019)]),
        "The question does not ask for these rows: China, 2019.",
    ),
    "many too many": (
        pd.concat([RIGHT.assign(year=RIGHT.year + more) for more in (0, 2, 4)]),
        "China, 2019; China, 2020; Germany, 2019; 5 more",
    ),
    "a whole table": (
        pd.concat([RIGHT] * 1000),
        "Your table has 4,000 rows, and the question asks for 4. Use query or groupby to get fewer.",
    ),
    "wide, and very much so": (
        pd.DataFrame([range(300)]),
        "There is no column partner: your table has 0, 1, 2, 3, 4, 5, 6, 7, 292 more.",
    ),
    "a row twice": (
        pd.concat([RIGHT, RIGHT.head(1)]),
        "There is more than one row for China, 2017",
    ),
    "a year forgotten": (RIGHT.assign(year=2018), "There is more than one row for China, 2018"),
    "dollars": (scaled("billion", 1e9), "That is in dollars"),
    "millions": (scaled("billion", 1e3), "That is in millions"),
    "a fraction": (scaled("percent", 0.01), "That is a fraction"),
    "a hundred times": (scaled("percent", 100), "multiplied by 100 twice"),
    "a sign": (scaled("billion", -1), "which way round"),
    "a point": (scaled("billion", 10), "one place too far right"),
    "twice as much": (scaled("billion", 2), "twice as large as they should be"),
    "a slip foreseen": (EXPORTS, "Not yet. One direction only."),
    "a slip foreseen, and dollars": (
        EXPORTS.assign(billion=EXPORTS.billion * 1e9),
        "That is in dollars; the question asks for billions. And then: One direction only.",
    ),
    "a slip with other rows": (ALONE, "Another year."),
    "one figure off": (
        RIGHT.assign(billion=[84.4, 207.1, 57.3, 61.9]),
        "China, 2018, billion: Too high. Which year?",
    ),
    "one figure near": (RIGHT.assign(percent=[14.5, 15.6, 8.6, 9.2]), "Germany, 2018, percent: Cl"),
    "one figure of a slip": (
        RIGHT.assign(billion=[84.4, 56.1, 57.3, 61.9]),
        "China, 2018, billion: One direction only.",
    ),
    "no figure": (RIGHT.assign(billion=[84.4, np.nan, 57.3, 61.9]), "China, 2018, billion: no fig"),
    "endless": (RIGHT.assign(billion=[84.4, np.inf, 57.3, 61.9]), "no figure"),
    "words": (RIGHT.assign(billion="much"), "no figure"),
}


@pytest.mark.parametrize(("given", "says"), OFF.values(), ids=OFF)
def test_what_is_off_is_said(given, says):
    result = QUESTION.judge(given)
    assert result.right is False and says in repr(result), result


def test_a_count_is_right_or_not():
    counts = pd.DataFrame({"actor": ["CHN", "RUS"], "votes": [1000, 2000]})
    question = Frame(answer=counts, keys=["actor"], units={"votes": ""}, digits=0)
    assert question.judge(counts) and not question.judge(counts.assign(votes=[1001, 2000]))
    assert "twice" not in question.judge(counts.assign(votes=counts.votes * 2)).says


def test_a_cell_not_yet_written_is_no_try(monkeypatch, tmp_path):
    monkeypatch.setenv("FRENEMIES_DIARY", str(tmp_path / "mine.json"))
    for name in CODED:
        result = check(name, ...)
        assert result.right is None and result.says.startswith("Write your lines first")
        assert not check(name, None)
    assert {entry["tries"] for entry in diary.load_answers()["exercises"].values()} == {1}


def own_cell(name):
    """The cell in which a reader writes."""
    return f'{find_exercise(name).question.start}\nanswer = ...  # your lines\nfr.check("{name}", answer)'


def test_behind_each_stands_a_cell_to_write_in_and_it_is_for_a_kernel_only():
    found = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, 4).cells
        for asked, own in itertools.pairwise(cells):
            coded = [name for name in editions.exercises_asked(asked) if name in CODED]
            assert ("answer" in editions.cell_tags(own)) == bool(coded), own.get("id")
            if coded:
                blank = "# your code in place of ..." in own.source
                assert blank or [own.source] == [own_cell(name) for name in coded]
                assert editions.cell_tags(own) == {"answer", "live", "raises-exception"}
                found += coded
    assert sorted(found) == sorted(CODED)


@pytest.mark.parametrize("path", SECTIONS, ids=lambda path: path.stem)
def test_each_core_has_one_blank_that_is_checked_and_right_when_filled_in(path):
    notebook = nbformat.read(path, 4)
    core = notebook.cells[: reading_time.core_ends(notebook)]
    (cell,) = [one for one in core if "answer" in editions.cell_tags(one)]
    assert len(reading_time.BLANK.findall(cell.source)) == 1
    names = {}
    for one in core[: core.index(cell)]:
        if {"setup", "number"} & editions.cell_tags(one):
            exec(one.source, names)
    (name,) = re.findall(r'fr.check\("(.+)", answer\)', cell.source)
    *_, hint = find_exercise(name).question.hints
    filled = re.search(r"(=[^=]+)\)\.$", hint)[1]
    for put, right in (("=...", None), (filled, True)):
        exec(cell.source.replace("=...", put), names)
        assert check(name, names["answer"]).right is right, put


def figures(values, name="percent"):
    """{what a row is of: its figure} as a table whose index is that."""
    return pd.Series(values, name=name).rename_axis("partner").reset_index()


def two_books(year, codes, flows):
    """China's trade with some in percent of that with Russia, {column: flow}, by the measure."""
    at = {
        code: trade.goods_trade("CHN", code).set_index("year").loc[year] for code in (*codes, "RUS")
    }
    rows = [
        {name: 100 * at[code][flow] / at["RUS"][flow] for name, flow in flows.items()}
        for code in codes
    ]
    return pd.DataFrame(rows).assign(partner=codes, billion=[at[code].total for code in codes])


def grown():
    spent = evidence.table("military/spending").set_index(["actor", "year"]).constant_usd
    codes = sorted({code for code, _ in spent.index})
    shares = [
        100 * spent.get((code, 2018), np.nan) / spent.get((code, 2008), np.nan) - 100
        for code in codes
    ]
    return pd.DataFrame({"actor": codes, "percent": shares})


def days_of(code):
    ranked = (
        ties.engagement("Xi Jinping", year, year).set_index("partner").days
        for year in range(2013, 2019)
    )
    return [one.get(code, 0) for one in ranked]


def times_russia():
    totals = trade.ranks("CHN", 2018).set_index("partner").total
    return figures(totals[["USA", "JPN", "DEU"]] / totals["RUS"], "times")


def kappas():
    pairs = {"MNG with SAU": ("MNG", "SAU"), "DEU with KOR": ("DEU", "KOR")}
    rows = {name: votes.from_roll_calls(*pair, 2018)["kappa"] for name, pair in pairs.items()}
    return pd.Series(rows, name="kappa").rename_axis("pair").reset_index()


def but_russia():
    bought = arms.arms_windows(["VNM", "IND"], [2008, 2018]).query("supplier != 'RUS'")
    sums = bought.groupby(["recipient", "end"], as_index=False).tiv.sum()
    return sums.rename(columns={"tiv": "others"})


OTHERWISE = {  # the right answers by other ways than those of the lines
    "E3-times": times_russia,
    "F5-formula": kappas,
    "M5-others": but_russia,
    "E3-code-five": lambda: trade.ranks("CHN", 2013).rename(columns={"total": "billion"})[["partner", "billion"]].head(5),
    "E3-code-weight": lambda: figures({
        row.actor: 100e9 * trade.ranks("CHN", 2018).set_index("partner").total[row.actor] / row.gdp_usd
        for row in evidence.where("economic/gdp_population", year=2018).itertuples()
        if row.actor in ("DEU", "IND", "JPN", "RUS", "USA", "VNM")
    }),
    "E10-code-four": lambda: two_books(2015, ["ARM", "BLR", "KAZ", "KGZ"], {"percent": "total"}),
    "F1-code-years": lambda: pd.to_datetime(evidence.table("geopolitical/meetings").date).dt.year
    .value_counts().loc[lambda met: met.index < 2019].rename("meetings").rename_axis("year").reset_index(),
    "F2-code-days": lambda: pd.DataFrame({"year": range(2013, 2019), "JPN": days_of("JPN"), "RUS": days_of("RUS")}),
    "F5-code-same": lambda: 100 * votes.agreement("CHN", "RUS").set_index("year").same[2014],
    "F-code-readings": lambda: two_books(2018, ["IND", "IRN", "SAU", "VNM"], {"trade": "total", "bought": "import"})
    .drop(columns="billion"),
    "M4-code-categories": lambda: pd.DataFrame([
        (row.category, row.units, row.tiv)
        for row in evidence.where("military/deals", supplier="UKR", recipient="CHN").itertuples()
        if 2009 <= row.year <= 2018
    ], columns=["category", "units", "tiv"]).groupby("category").sum(),
    "M5-code-shares": lambda: arms.arms_imports("IND", 2013).query("supplier != 'other'")
    .assign(percent=lambda rows: 100 * rows.share)[["supplier", "percent"]],
    "M15-code-growth": grown,
}  # fmt: skip


@pytest.mark.parametrize("name", CODED)
def test_the_solution_is_two_to_six_plain_lines_that_give_a_right_answer(name):
    question, names = find_exercise(name).question, {"fr": fr}
    assert 2 <= len(question.lines.splitlines()) <= 6
    assert max(map(len, question.lines.splitlines())) <= 88
    exec(question.lines, names)
    assert name in OTHERWISE, f"add to OTHERWISE another way to the right answer of {name}"
    assert check(name, names["answer"]) and check(name, OTHERWISE[name]())
    shown = repr(solution(name, reveal=True))
    assert question.lines in shown and question.lines not in repr(solution(name))
    assert question.start in own_cell(name) and len(question.lines) > len(question.start)


def slips(question):
    """Answers of a frame that somebody may give, and why they are off."""
    answer, first = question.answer, next(iter(question.units))
    yield from question.wrong
    for column, factor, why in question._slips():
        if why:
            yield answer.assign(**{column: answer[column] * factor}), why
    yield answer.rename(columns={first: "mine"}), 'yours is called "mine"'
    yield answer.set_index(question.keys)[first], "That is a series"
    yield answer.assign(more=1), "does not ask for these columns: more"
    yield answer.iloc[:-1], "There is no row for"
    yield pd.concat([answer, answer]), "There is more than one row"


@pytest.mark.parametrize("name", FRAMES)
def test_ten_wrong_tables_at_the_least_are_each_explained(name):
    question = find_exercise(name).question
    said = [why for _, why in question.wrong]
    assert len({*said}) == len(said) == len(SLIPS[name]) >= 6
    told = list(slips(question))
    assert len({why for _, why in told}) >= 10
    for given, why in told:
        result = check(name, given)
        assert result.right is False and why in result.says, result


def rows(name, **cells):
    """Rows of a file that hold these cells, a list for one of several."""
    found = pd.read_csv(ROOT / "data" / f"{name}.csv")
    for column, cell in cells.items():
        found = found[found[column].isin(cell if isinstance(cell, (list, range)) else [cell])]
    return found


def partners(year=2013, reporter="CHN"):
    found = rows("economic/partners", reporter=reporter, year=year)
    return found.assign(billion=found.total_usd / 1e9)[["partner", "billion"]]


def sent(by="year", years=range(2009, 2019), buyer="CHN", seller="UKR"):
    return rows("military/deals", recipient=buyer, supplier=seller, **{by: years})


def kinds(deals, how="sum"):
    return getattr(deals.groupby("category")[["units", "tiv"]], how)().reset_index()


def parts(years, whole_of=None, buyer="IND"):
    part = (
        rows("military/arms_transfers", recipient=buyer, year=years).groupby("supplier").tiv.sum()
    )
    of = rows("military/arms_totals", actor=buyer, role="imports", year=whole_of or years)
    return (100 * part / of.tiv.sum()).rename("percent").reset_index()


def spent(last=2018, first=2008, column="constant_usd"):
    """Spending of two years, side by side by actor."""
    ends = (
        rows("military/spending", year=year).set_index("actor")[column] for year in (last, first)
    )
    return pd.concat(ends, axis=1, keys=["last", "first"])


def grew(found):
    return found.rename("percent").reset_index()


def met(**cells):
    found = rows("geopolitical/meetings", **cells)
    return found.assign(year=found.date.str[:4].astype(int)).query("2013 <= year <= 2018")


def by_year(found):
    return found.rename("meetings").reset_index()


def days(first=2013):
    found = rows("geopolitical/engagement_days", year=range(first, 2019))
    return found.pivot_table("days", "year", "partner", aggfunc="sum")


def two(found):
    return found[["JPN", "RUS"]].reset_index()


def flows(years=2015, reporter="CHN", partner=("ARM", "BLR", "KAZ", "KGZ", "RUS"), flow=("export", "import")):  # fmt: skip
    """Trade of the four with China in billions, and in percent of that with Russia."""
    cells = {"year": years, "partner": [*partner], "reporter": reporter, "flow": [*flow]}
    found = rows("economic/trade", **cells).groupby("partner").value_usd.sum() / 1e9
    return beside(found, found["RUS"])


def beside(found, whole):
    table = pd.DataFrame({"billion": found, "percent": 100 * found / whole})
    return table.drop("RUS").reset_index()


FIVE, YEARS = range(2009, 2014), range(1900, 2100)
BY_HAND = [
    ("E3-code-five", "alphabet", lambda: partners().head(5)),
    ("E3-code-five", "five smallest", lambda: partners().nsmallest(5, "billion")),
    ("E3-code-five", "five of 2018", lambda: partners(2018).nlargest(5, "billion")),
    ("E3-code-five", "the year before", lambda: partners(2012).nlargest(5, "billion")),
    ("E3-code-five", "the year after", lambda: partners(2014).nlargest(5, "billion")),
    ("E3-code-five", "Russia's partners", lambda: partners(2013, "RUS").nlargest(5, "billion")),
    ("E3-code-five", "of all years", lambda: partners([*YEARS]).nlargest(5, "billion")),
    ("E10-code-four", "what China sold", lambda: flows(flow=["export"])),
    ("E10-code-four", "what China bought", lambda: flows(flow=["import"])),
    ("E10-code-four", "year before", lambda: flows(2014)),
    ("E10-code-four", "year after", lambda: flows(2016)),
    ("E10-code-four", "all years", lambda: flows(YEARS)),
    ("F1-code-years", "China Vitae alone", lambda: by_year(met(source="China Vitae").groupby("year").size())),
    ("F1-code-years", "cities", lambda: by_year(met().groupby("year").places.sum())),
    ("F1-code-years", "cumsum", lambda: by_year(met().groupby("year").size().cumsum())),
    ("F2-code-days", "fillna", lambda: two(days())),
    ("F2-code-days", "earlier years", lambda: two(days(1900).fillna(0))),
    ("F2-code-days", "cumsum", lambda: two(days().fillna(0).cumsum())),
    ("F2-code-days", "dropna", lambda: two(days()[["JPN", "RUS"]].dropna())),
    ("F2-code-days", "India's", lambda: two(days().fillna(0).assign(JPN=lambda rows: rows.IND))),
    ("F2-code-days", "United States", lambda: two(days().fillna(0).assign(JPN=lambda rows: rows.USA))),
    ("M4-code-categories", "all years", lambda: kinds(sent(years=YEARS))),
    ("M4-code-categories", "earlier years", lambda: kinds(sent(years=range(1900, 2019)))),
    ("M4-code-categories", "later years", lambda: kinds(sent(years=range(2009, 2100)))),
    ("M4-code-categories", "orders", lambda: kinds(sent("ordered"))),
    ("M4-code-categories", "Russia delivered", lambda: kinds(sent(seller="RUS"))),
    ("M4-code-categories", "India", lambda: kinds(sent(buyer="IND", seller=["RUS", "UKR"]))),
    ("M4-code-categories", "counts rows", lambda: kinds(sent(), "count")),
    ("M4-code-categories", "mean", lambda: kinds(sent(), "mean")),
    ("M15-code-growth", "subtract 100", lambda: grew(spent().eval("100 * last / first"))),
    ("M15-code-growth", "divided by 2018", lambda: grew(spent().eval("100 * (last - first) / last"))),
    ("M15-code-growth", "change backwards", lambda: grew(spent(2008, 2018).eval("100 * (last / first - 1)"))),
    ("M15-code-growth", "average growth in one year", lambda: grew(spent().eval("100 * ((last / first) ** 0.1 - 1)"))),
    ("M15-code-growth", "begins a year too late", lambda: grew(spent(2018, 2009).eval("100 * (last / first - 1)"))),
    ("M15-code-growth", "begins a year too early", lambda: grew(spent(2018, 2007).eval("100 * (last / first - 1)"))),
    ("M15-code-growth", "ends a year too late", lambda: grew(spent(2019).eval("100 * (last / first - 1)"))),
    ("M15-code-growth", "ends a year too early", lambda: grew(spent(2017).eval("100 * (last / first - 1)"))),
    ("M15-code-growth", "difference in millions", lambda: grew(spent().eval("last - first"))),
    ("M15-code-growth", "in gdp_share", lambda: grew(spent(column="gdp_share").eval("100 * (last / first - 1)"))),
    ("M15-code-growth", "in percentage points", lambda: grew(spent(column="gdp_share").eval("100 * (last - first)"))),
    ("M5-code-shares", "five years later", lambda: parts(range(2014, 2019))),
    ("M5-code-shares", "first of the five years", lambda: parts(2009)),
    ("M5-code-shares", "last of the five years", lambda: parts(2013)),
    ("M5-code-shares", "the shares in all years", lambda: parts(YEARS)),
    ("M5-code-shares", "the whole is from all", lambda: parts(FIVE, YEARS)),
    ("M5-code-shares", "the parts are from all", lambda: parts(YEARS, FIVE)),
    ("M5-code-shares", "Vietnam", lambda: parts(FIVE, buyer="VNM")),
    ("M5-code-shares", "China", lambda: parts(FIVE, buyer="CHN")),
]  # fmt: skip


@cases(("name", "why", "answer"), BY_HAND)
def test_a_table_that_comes_of_a_slip_is_told_by_it(name, why, answer):
    result = check(name, answer())
    assert result.right is False and why in result.says, result.says


@pytest.mark.parametrize("name", FRAMES)
def test_the_right_table_may_stand_in_any_order(name):
    question = find_exercise(name).question
    answer = question.answer
    for given in (
        answer[::-1],
        answer[answer.columns[::-1]],
        answer.set_index(question.keys),
        answer.to_dict("records"),
        answer.round(question.digits),
    ):
        assert check(name, given), name


@pytest.mark.parametrize("name", CODED)
def test_hints_lead_to_code_and_none_is_the_solution(name):
    *_, last = find_exercise(name).question.hints
    assert "In code:" in last and find_exercise(name).question.lines.splitlines()[-1] not in last
    assert repr(hint(name, 1)).startswith("Hint 1 of 3")


@pytest.mark.parametrize("name", FRAMES)
def test_a_form_has_no_box_and_no_check_and_a_page_has_room_to_write(name):
    form, page = fr.exercise(name), forms.exercise_page(find_exercise(name))
    assert find_exercise(name).question.wanted() in form.children[0].value
    assert form.box is None and "your lines go into the cell below it" in repr(form)
    assert "<textarea" in page and find_exercise(name).question.start.replace('"', "&#34;") in page
    assert 'class="check"' not in page
    assert "write down your answer, and compare it with the solution" in page


@pytest.mark.parametrize("notebook", article.notebooks().values())
def test_an_instructor_gets_the_lines_and_a_student_none(notebook):
    source = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", 4)
    cells = {
        cell.get("id"): cell.source for cell in editions.make_edition(source, "instructor").cells
    }
    student = nbformat.writes(editions.make_edition(source, "student"))
    for name in set(CODED) & set(
        itertools.chain.from_iterable(map(editions.exercises_asked, source.cells))
    ):
        question = find_exercise(name).question
        assert cells[f"{name}-check"] == f'{question.lines}\nfr.check("{name}", answer)'
        assert json.dumps(question.lines.splitlines()[-1])[1:-1] not in student


@pytest.mark.parametrize("name", FRAMES)
def test_a_handout_has_the_lines_behind_its_solution_and_a_student_s_page_has_not(name):
    output = sample.ours(partial(forms.exercise_page, find_exercise(name)))
    metadata = {"tags": ["exercise"]}
    asked = new_code_cell(f'fr.exercise("{name}")', metadata=metadata, outputs=[output])
    asking = new_notebook(cells=[asked])
    made = (HandoutPage(editions.make_edition(asking, one)) for one in ("handout", "student"))
    handout, student = (html.unescape(page.main) for page in made)
    lines = find_exercise(name).question.lines
    assert f"<pre><code>{lines}</code></pre>" in handout and lines not in student


def test_on_paper_code_has_more_room_than_an_answer_in_words():
    page = "".join(
        str(forms.exercise_page(find_exercise(name))) for name in (FRAMES[0], "E1-which")
    )
    tree = structure.parse_html(page)
    code, words = tree("form")
    assert len(code.find_next_siblings(class_="room")) == 3 == 2 + len(words.find_next_siblings())
