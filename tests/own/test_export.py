"""The page to hand in: everything of the claim stands on it, nothing is overwritten that is not its own, and it needs no more than a kernel has."""

import json
import os
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest
import seaborn as sns
from bs4 import BeautifulSoup
from sample_picture import sample

import frenemies as fr
from heldto import evidence, stored
from heldto.errors import Problem
from heldto.evidence.paths import notebooks_dir
from heldto.exercises import diary
from heldto.own import page as room

SENTENCE = "China trades just as much with India as with Russia"
RULE = {"rule": "at_least", "holds": 90, "partly": 67, "unit": "%", "tables": ["economic/trade"]}
NAME = "my-claim-china-trades-just-as-much-with-india.html"


def judged(sentence=SENTENCE, value=80, **given):
    mine = fr.Claim(sentence, **(RULE | given))
    mine.seal()
    mine.verdict(value, others={"IND": 89.8, "JPN": 300})
    return mine


def limited():
    mine = judged()
    mine.cannot("Goods are not services.")
    return mine


def read_file(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def read(exported):
    return read_file(exported.path)


@pytest.fixture(autouse=True)
def _beside_the_answers(tmp_path, monkeypatch):
    """A page to hand in is written where a reader's answers lie."""
    monkeypatch.setenv("FRENEMIES_DIARY", str(tmp_path / "my-answers.json"))


def test_all_that_is_asked_for_stands_on_the_page():
    mine = judged(why="Nine tenths and more.")
    mine.reading("imports alone", 95)
    mine.cannot("Goods are not services.")
    told = read(fr.export(mine, sample(), code=["total = 3", "total / 2"]))
    text = " ".join(told.find("body").get_text(" ").split())
    trade = evidence.describe("economic/trade")
    wanted = [
        SENTENCE,
        "descriptive",
        mine.card.rule()[0].removeprefix("Rule: ").rstrip("."),
        "Nine tenths and more.",
        mine.hash,
        "Sealed less than a minute before the verdict was first asked for. A seal cannot tell whether the author had seen the figure before.",
        "Code, as its author gave it",
        "total / 2",
        mine.letters,
        "What proves the order is the time at which others received the letters",
        "½ partly",
        "The verdict would flip",
        "Read as “imports alone”: 95.0 %",
        "is the same in 0 of 1 other reading",
        "Goods are not services.",
        *trade["traps"],
        *(one["title"] for one in trade["sources"] + trade["licenses"]),
    ]
    assert [one for one in wanted if one not in text] == []
    assert re.search(r"\d+ \w+ 20\d\d, \d\d:\d\d UTC", text)
    assert len(told.select("figure.actorfig")) == 2 and told.select_one("#bar")
    assert {one["data-bar"] for one in told.select("[data-bar]")} == {"handout"}


def test_it_loads_nothing_and_no_id_stands_twice():
    mine, picture = judged(), sample()
    told = read(fr.export(mine, picture, picture, sample("second")))
    ids = [one["id"] for one in told.select("[id]")]
    assert len(set(ids)) == len(ids)
    loading = told.select("link, img, iframe, object, script[src], [href]:not([href^='#'])")
    assert loading == [] and "default-src 'none'" in str(told.select_one("meta[http-equiv]"))
    assert (picture.key, picture.section) == ("sample", "economic")
    assert {part for one in told.select("[aria-labelledby]") for part in one["aria-labelledby"].split()} <= {*ids}  # fmt: skip


def test_the_verdict_stands_right_after_claim_and_picture():
    mine = judged()
    mine.reading("imports alone", 95)
    mine.cannot("Goods are not services.")
    page = read(fr.export(mine, sample(), code="total = 3"))
    heads = ["pictures", "verdict", "readings", "limits", "sealed", "code", "tables"]
    assert [head.get("id") for head in page.select("main h2")] == heads


@pytest.mark.parametrize("slips", [0, 1, 4])
def test_each_rule_that_was_sealed_before_for_the_sentence_is_named(slips):
    for number in range(slips):
        fr.Claim(SENTENCE, **(RULE | {"holds": 91 + number})).seal()
    page = read(fr.export(judged(), sample()))
    told = [one.find_next("dd").get_text() for one in page.find_all("dt", string="Before it")]
    assert len(told) == slips == page.get_text().count("Another rule was sealed")
    assert all(f"{91 + number} % or more: holds" in told[number] for number in range(slips))


def test_the_bar_offers_no_group_of_which_few_are_there():
    told = read(fr.export(judged(), sample()))
    state = json.loads(told.select_one("#bar")["data-state"])
    assert "Central Asia" not in state["presets"] and {"all", "none"} <= state["presets"].keys()


def test_the_bar_offers_whom_picture_and_dots_show():
    told = read(fr.export(judged(), sample()))
    offered = json.loads(told.select_one("#bar")["data-state"])["actors"]
    assert {"CHN", "RUS", "USA", "IND", "JPN"} <= {*offered} and "DEU" not in offered


def test_a_page_without_marks_has_no_bar_and_no_empty_part():
    mine = fr.Claim("Nothing is held", rule="at_most", holds=3, unit="wars")
    mine.seal()
    mine.verdict(float("nan"))
    told = read(fr.export(mine))
    assert told.select_one("#bar") is None and told.select_one("svg") is None
    heads = [head.get_text() for head in told.select("h2")]
    assert heads == ["Verdict", "What was sealed", "Tables", "Your answers"]
    assert "? undecided" in told.get_text() and "No table was named" in told.get_text()


def test_a_page_that_says_nothing_of_its_limits_is_written_and_says_so():
    exported = fr.export(judged())
    told = 'You have not said what the figure cannot show: use mine.cannot("..."). '
    told += "The page has no picture: if you have drawn one, write fr.export(mine, picture)."
    assert exported.path.exists() and repr(exported).splitlines() == [f"Written: {NAME}", told]
    assert told in BeautifulSoup(exported._repr_mimebundle_()[0]["text/html"], "html.parser").text
    assert "You have not said" not in repr(fr.export(limited()))


def test_a_picture_of_other_tables_than_the_claim_s_is_asked_about():
    arms, trade = fr.military.warheads_picture(), fr.economic.mirror_picture()
    assert "uses none of the claim's tables" in repr(fr.export(limited(), trade, arms))
    assert "none of" not in repr(fr.export(limited(), trade))


@pytest.mark.parametrize(
    "code,tables",
    [
        ('fr.evidence.table("geopolitical/agreement")', "geopolitical/agreement"),
        ("name = 'geopolitical/agreement'\n'military/spending'", "geopolitical/agreement and military/spending"),
        ('fr.evidence.table("economic/trade")', ""),
        ('"no/table"', ""),
    ],
)  # fmt: skip
def test_a_table_that_the_code_reads_and_the_claim_does_not_name_is_said(code, tables):
    told = f"Your code reads {tables} too: add it to tables=[...] (the seal does not change)."
    assert (told in repr(fr.export(limited(), sample(), code=code))) == bool(tables)


def test_a_table_that_is_named_later_leaves_the_seal():
    mine = judged()
    assert mine.hash == judged(tables=["economic/trade", "geopolitical/agreement"]).hash


def test_the_same_claim_is_written_anew_and_nothing_else_is(tmp_path):
    first = fr.export(judged())
    assert first.path == tmp_path / NAME and fr.export(judged(value=95)).path == first.path
    assert "✓ holds" in first.path.read_text(encoding="utf-8")
    changed = fr.export(judged(holds=95))
    assert changed.path.name == NAME.replace(".html", "-2.html")
    assert "Another rule was sealed" in changed.path.read_text(encoding="utf-8")
    assert fr.export(judged()).path == first.path
    for number in (1, 2):
        (tmp_path / NAME.replace(".html", f"-{number}.html")).write_text("mine", "utf-8")
    changed.path.write_bytes(b"\xff\xfe a page of my own")
    assert fr.export(judged(holds=95)).path.name == NAME.replace(".html", "-3.html")
    assert changed.path.read_bytes() == b"\xff\xfe a page of my own"


def test_a_folder_of_that_name_is_left_alone(tmp_path):
    (tmp_path / NAME).mkdir()
    assert fr.export(judged()).path.name == NAME.replace(".html", "-2.html")


def test_where_it_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    assert fr.export(judged(), to="out").path == Path("out") / NAME
    exported = fr.export(judged(), to="out/handed-in.html")
    assert exported.link == "out/handed-in.html" and exported.path.exists()


def test_what_is_stored_of_it_is_a_link_and_no_folder(tmp_path, monkeypatch):
    exported, told = fr.export(limited()), []
    assert repr(exported).splitlines()[0] == f"Written: {NAME}"
    monkeypatch.setattr(stored, "live_view", lambda page: told.append(page) or {stored.VIEW: {}})
    data, _ = exported._repr_mimebundle_()
    assert data["text/plain"] == repr(exported) and stored.VIEW in data
    assert str(exported.path) in told[0] and "the page is written beside this notebook" in told[0]
    monkeypatch.chdir(tmp_path)
    data, _ = exported._repr_mimebundle_()
    assert stored.VIEW not in data
    assert BeautifulSoup(data["text/html"], "html.parser").a["href"] == NAME
    monkeypatch.setenv("FRENEMIES_PAGE", "1")  # in a handout it would lead nowhere
    page = BeautifulSoup(exported._repr_mimebundle_()[0][stored.PAGE], "html.parser")
    assert page.get_text(" ", strip=True).split() == repr(exported).split() and page.a is None


@pytest.mark.parametrize(
    "sentence,name",
    [
        ("  Über: <b>alles</b>/../..! ist es", "über-b-alles-b-ist-es"),
        ("中俄贸易" * 30, "中俄贸易" * 15),
        ("? ! ?", "page"),
        ("con in it", "con-in-it"),
        (f"{'a' * 300} b c", "a" * 60),
    ],
)
def test_names_of_files(sentence, name):
    assert fr.export(judged(sentence)).path.name == f"my-claim-{name}.html"


@pytest.mark.parametrize(
    "ask,says",
    [
        (lambda: fr.export("a claim"), "fr.export takes a claim made by fr.Claim"),
        (lambda: fr.export(fr.Claim(SENTENCE, **RULE)), "mine.verdict"),
        (
            lambda: fr.export(judged(), "picture"),
            "str: that is not one of our pictures.*fr.toggled",
        ),
        (lambda: fr.export(judged(), None), "NoneType: that is not one of our pictures"),
        (lambda: fr.export(judged(), to="nowhere/x"), "Not written: .*make room.*fr.export"),
    ],
)
def test_bad_input_gets_one_sentence(ask, says):
    with pytest.raises(Problem, match=says) as told:
        ask()
    assert "\n" not in str(told.value)


def test_a_full_disk_costs_nothing_but_the_page(monkeypatch, tmp_path):
    mine = judged()
    before = fr.export(mine).path.read_bytes()

    def full(path, *_):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(room, "write_atomic", full)
    with pytest.raises(Problem, match="Not written: .*No space left on device"):
        fr.export(mine)
    assert (tmp_path / NAME).read_bytes() == before


def test_tags_in_what_a_reader_writes_are_text():
    evil = "<script>alert(1)</script>"
    mine = judged(f"As {evil} says", why=evil, measure=evil)
    mine.reading(evil, 95)
    mine.cannot(evil)
    html = fr.export(mine, code=evil).path.read_text(encoding="utf-8")
    assert evil not in html and html.count("&lt;script&gt;alert(1)") >= 6


def test_a_seal_that_no_file_holds_is_said(monkeypatch):
    mine = judged()
    assert "could not be written" not in read(fr.export(mine)).get_text()
    diary.own_file().unlink()
    assert "could not be written into a file" in read(fr.export(mine)).get_text()


def test_what_explore_shows_is_a_picture():
    shown = fr.explore(sample)
    assert read(fr.export(judged(), shown)).select_one("#fig-sample")


SHELL = """
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
"""
IN_IPYTHON = f"""{SHELL}
for cell in CELLS:
    assert shell.run_cell(cell, True).success is (cell not in RAISE), cell
"""
CELLS = [
    "import pandas as pd\nimport frenemies as fr",
    "import os  # for nothing",
    "frame = pd.DataFrame({'who': ['IND', 'RUS'], 'sum': [8, 9]})\nframe.head()  # to see it",
    "frame['double'] = 2 * frame['sum']",
    "other = 'JPN'",
    "other = 'IND'",
    "table = missing",
    f"mine = fr.Claim({SENTENCE!r}, rule='at_least', holds=90, unit='%')",
    "mine.seal()",
    "def ratio(one):\n    return 100 * one / frame['double'].iloc[1]",
    "share = 100 * 8 / nine",
    "two = 2\nsecond = fr.Claim('Nobody trades at all', rule='at_least', holds=90)\nsecond.seal()",
    "hundred = 100\nshare = ratio(8)",
    "share = ratio(frame.query('who == @other')['double'].item())",
    "# nothing yet",
    "%time share",
    "share = ratio(frame.query('who == @other')['double'].item())",
    "share = hundred * nine",
    "other_task = 3\nanswer = 4\nfr.check('F-code-readings', answer)",
    "mine.verdict(share / hundred)",
    "mine.verdict(share)",
    "after = 'not of the claim'",
    "half = share / two * hundred / 100",
    "mine.reading('half of it', hundred)\nfr.export(mine)",
    "mine.reading('half of it', half)\nfr.export(mine)",
    "mine.cannot('Goods are not services.')",
    "second.verdict(3)",
    "mine.seal()",
    "fr.export(mine)",
]
RAISE = ("table = missing", "share = 100 * 8 / nine", "share = hundred * nine")


NOT_OF_IT = ["# nothing yet", "after = 'not of the claim'", "%time share"]
NOT_OF_IT += ["other = 'JPN'"]  # another value took its place
NOT_OF_IT += [one for one in CELLS if "fr.check" in one]


def run_alone(cells, tmp_path, then=""):
    """What is printed by `then` behind the code of a page, run by itself in a folder of its own."""
    alone = [cell for cell in cells if not cell.startswith("%")]
    (folder := tmp_path / "alone").mkdir()
    run = [sys.executable, "-c", "\n".join([*alone, then])]
    env = {name: value for name, value in os.environ.items() if name != "FRENEMIES_DIARY"}
    done = subprocess.run(run, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shown_on(page):
    """The cells of code on a page."""
    return [one.get_text() for one in read_file(page).select("#code ~ pre")]


def test_the_code_is_what_was_run_and_what_it_rests_on(tmp_path):
    code = f"CELLS = {CELLS!r}\nRAISE = {RAISE!r}\n{IN_IPYTHON}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    cells = shown_on(tmp_path / NAME)
    last = CELLS.index("mine.reading('half of it', half)\nfr.export(mine)")
    ran = [one for one in CELLS[: last + 1] if one not in (*RAISE, *NOT_OF_IT)]
    assert cells == [one for one, _ in groupby(ran)]  # in the order in which they were run
    told = run_alone(cells, tmp_path, "print(mine)")
    assert "The figure: 88.9 %" in told and "Read as “half of it”: 44.4 %" in told


AGAIN = [
    "import frenemies as fr",
    f"mine = fr.Claim({SENTENCE!r}, rule='at_least', holds=90, unit='%')\nmine.seal()",
    "share = 93",
    "mine.verdict(share)",
    "mine.reading('half of it', share / 2)",
]


def test_where_the_cell_of_the_seal_is_run_again_it_stays_before_the_figure(tmp_path):
    """A reading that was given under the seal stays with it."""
    run = [AGAIN[at] for at in (0, 1, 2, 3, 4, 1, 3)]
    code = f"CELLS = {[*run, 'fr.export(mine)']!r}\nRAISE = ()"
    done = subprocess.run(
        [sys.executable, "-c", code + IN_IPYTHON], cwd=tmp_path, capture_output=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    cells = shown_on(tmp_path / NAME)
    assert cells == run[:7] and cells.index(AGAIN[1]) < cells.index(AGAIN[2])
    assert run_alone(cells, tmp_path, "print(len(mine.readings))") == "1\n"


FRAME = """import seaborn as sns
import pandas as pd
frame = pd.DataFrame({"who": ["IND", "RUS"], "sum": [8, 9]})"""
DRAW = """picture = fr.toggled(
    sns.barplot, frame, x="who", y="sum", hue="who", source="mine", title="First")"""
BETTER, OTHER = DRAW.replace("First", "Better"), DRAW.replace("First", "Other")
OURS = "shown = fr.explore(fr.economic.partners_picture)"
HAND_IN = "fr.export(mine, picture)"


@pytest.mark.slow
@pytest.mark.parametrize(
    "after, last, drawn",
    [  # cells, in the order in which they are run once FRAME, seal and figure were
        pytest.param(
            [DRAW, AGAIN[3], HAND_IN, BETTER],
            HAND_IN,
            {"picture.title": "Better"},
            id="drawn again, in the same cell",
        ),
        pytest.param([AGAIN[3], DRAW], HAND_IN, {"picture.title": "First"}, id="drawn late"),
        pytest.param(
            [DRAW, AGAIN[3], BETTER + "; picture = None", OTHER],
            HAND_IN,
            {"picture.title": "Other"},
            id="drawn late, in a new cell",
        ),
        pytest.param(
            [DRAW, "first = picture", BETTER, AGAIN[3]],
            "fr.export(mine, first, picture)",
            {"first.title": "First", "picture.title": "Better"},
            id="two of one cell",
        ),
        pytest.param(
            [DRAW, "first = picture", BETTER, AGAIN[3]],
            "fr.export(mine, first)",
            {"first.title": "First"},
            id="the earlier of two of one cell",
        ),
        pytest.param(
            [AGAIN[3], OURS, "shown._follow(None)"],
            "fr.export(mine, shown)",
            {"shown.picture.key": "trade-partners"},
            id="explored",
        ),
        pytest.param(
            [AGAIN[3]],
            "fr.export(mine, fr.economic.partners_picture())",
            {"len([*Path().glob('my-claim*')])": "1"},  # it is handed in again
            id="drawn where it is handed in",
        ),
    ],
)
def test_the_code_draws_the_pictures_on_the_page(tmp_path, after, last, drawn):
    cells = [*AGAIN[:2], FRAME, AGAIN[2], *after, last]
    code = f"CELLS = {cells!r}\nRAISE = ()\n{IN_IPYTHON}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    asked = "".join(f"\nprint({one})" for one in drawn)
    told = run_alone(shown_on(tmp_path / NAME), tmp_path, f"from pathlib import Path{asked}")
    assert told.splitlines()[-len(drawn) :] == [*drawn.values()]


ALONE = ["from math import pi", "def figure():\n    return base * pi", "base = 30"]
ALONE += ["gone = 2", "base += gone", "del gone", "many = []", "many.append(figure())"]
ALONE += [AGAIN[1], "mine.verdict(many[0])", "fr.export(mine)"]


def test_what_a_name_leads_to_is_there_in_whatever_order_it_was_made(tmp_path):
    """A function before what it reads, a list that is added to, a name that is gone."""
    code = f"CELLS = {[AGAIN[0], *ALONE]!r}\nRAISE = ()\n{IN_IPYTHON}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    told = run_alone(shown_on(tmp_path / NAME), tmp_path, "print(mine)")
    assert "The figure: 100.5 %" in told


def test_a_page_says_that_no_reason_was_given():
    assert "No reason was given." in read(fr.export(judged(why=""))).get_text()


def test_figures_of_one_s_own_are_credited_under_their_picture():
    """No tables in the claim, and source in their place in the picture: as notebook 05 says."""
    page = json.loads((notebooks_dir() / "05_your_own_claim.ipynb").read_text(encoding="utf-8"))
    told = "".join(line for one in page["cells"] for line in one["source"])
    assert "figures of your own" in told and 'source="..."' in told
    frame = pd.DataFrame({"who": ["IND", "RUS"], "visits": [8, 9]})
    mine = judged(tables=())
    mine.cannot("Visits are not friendship.")
    told = dict(x="who", y="visits", source="counted at the door, 2018")
    picture = fr.toggled(sns.barplot, frame, **told)
    written = fr.export(mine, picture)
    assert written.lacks == ""
    assert "counted at the door, 2018" in read(written).select_one("#pictures + *").get_text()


def test_outside_of_ipython_there_is_no_code():
    assert read(fr.export(judged())).select_one("#code") is None


BARE = """
import sys
for name in ("nbconvert", "nh3", "typer", "bs4", "nbformat", "nbclient", "IPython.nbconvert"):
    sys.modules[name] = None
import frenemies as fr
mine = fr.Claim("China trades more", rule="at_least", holds=90, unit="%")
mine.seal()
mine.verdict(91)
mine.cannot("Goods are not services.")
print(fr.export(mine, fr.economic.mirror_picture()))
"""


@pytest.mark.slow
def test_it_needs_no_more_than_a_kernel_has(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", BARE], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout == "Written: my-claim-china-trades-more.html\n", done.stderr


TWO_CLAIMS = [
    "import frenemies as fr",
    f"first = fr.evidence.table('economic/trade')\nmine = fr.Claim({SENTENCE!r}, rule='at_least', holds=90, unit='%')",
    "mine.seal()\nshare = len(first)",
    "mine.verdict(91)",
    "# answer = share of mine, as a comment says",
    "own = fr.Claim('Nobody trades at all', rule='at_least', holds=90)",
    "own_share = 93",
    "own.seal()\nown.verdict(own_share)",
    "fr.export(own)",
]


def test_code_of_another_claim_is_not_on_the_page(tmp_path):
    """Cells are linked by the names that they read and give, not by words in them."""
    code = f"CELLS = {TWO_CLAIMS!r}\nRAISE = ()\n{IN_IPYTHON}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = tmp_path.glob("my-claim*.html")
    assert shown_on(path) == [TWO_CLAIMS[0], *TWO_CLAIMS[5:8]]
    assert "Your code reads" not in path.read_text(encoding="utf-8") + done.stdout.decode()
