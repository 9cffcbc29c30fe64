"""An article of one's own in a plain folder: begun, described, looked over, sealed, walked through; and the one in examples/."""

import csv
import json
import re
import shutil
import zipfile
from pathlib import Path
from xml.etree import ElementTree as Tree

import nbformat
import pandas as pd
import pytest
import started
from bs4 import BeautifulSoup

from heldto import article, evidence
from heldto.errors import Problem
from heldto.foreign import parse_toml
from heldto.publish import editions
from heldto.publish.newarticle import check, laid_out, schemas, tables
from heldto.publish.newarticle import folder as begun
from heldto.publish.newarticle.notebooks import AFTER, COMMENT

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "a_seat_for_three"
NEW = ["new", "gas", "--title", "A title", "--author", "An author", "--date", "2021-06-01"]
FOREIGN = re.compile(r"China|Russia|Shi Ming|August 2019|Best Worst|Beijing|Moscow")

YEAR = re.compile(r"\b(19|20)\d\d\b")

pytestmark = pytest.mark.slow


def heldto(here, *words):
    """The command in a folder: what it printed, its faults, its exit status."""
    done = started.python(here, "heldto", *words)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def python(here, code):
    """What a program prints in a folder, as JSON."""
    done = started.python(here, code=f"import json\nimport heldto as fr\n{code}")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def own(tmp_path):
    """A copy of the example, to be spoilt."""
    return shutil.copytree(EXAMPLE, tmp_path / "a_seat_for_three")


@pytest.fixture(scope="module")
def begun_folder(tmp_path_factory):
    """What the command makes of a new folder."""
    folder = tmp_path_factory.mktemp("new")
    done = heldto(folder, *NEW, "--actors", "DEU,NOR=Norway,UKR,JPN")
    assert done.returncode == 0, done.stderr
    return folder / "gas"


@pytest.fixture
def new(tmp_path, begun_folder):
    """A new folder, to be written in."""
    return shutil.copytree(begun_folder, tmp_path / "gas")


def verdicts(here):
    held = json.loads(heldto(here, "claims", "--json").stdout)
    return {one["id"]: one["verdict_then"] for one in held}


@pytest.fixture(scope="module")
def as_it_is():
    """The verdicts of the example."""
    return verdicts(EXAMPLE)


# The six shapes as claims


def test_blocks_give_verdict_tipping_point_readings_and_comparison():
    code = """
from heldto.claims import card, substitute
from heldto.evidence import table
held = {one["id"]: one for one in fr.claims.ledger.entries()}
rows = table("economy").query("actor == 'IND'").set_index("year").gdp_usd
told = dict(
    grown=100 * (rows[2014] / rows[2004] - 1), value=held["A3"]["value_then"],
    units={name: one["unit"] for name, one in held.items()},
    tips={name: one["tipping_point_then"] for name, one in held.items()},
    readings={name: one["readings"] for name, one in held.items()},
    others=[*substitute.others("B1", "then").who], placed=card.VerdictCard("B1", IND="PAK").then.value,
    until={name: one["data_until"] for name, one in held.items()},
    page=len(card.VerdictCard("A2").to_html()), drawn=[card.VerdictCard(one).yardstick is not None for one in held],
)
print(json.dumps(told))
"""
    told = python(EXAMPLE, code)
    assert told["value"] == pytest.approx(told["grown"], abs=1e-5)
    assert told["units"]["A4"] == "rank" and told["units"]["B2"] == "ratio"
    assert all(tip for name, tip in told["tips"].items() if name not in ("A9", "B4"))
    assert all(
        count > 1 for name, count in told["readings"].items() if name not in ("A4", "A9", "B4")
    )
    assert {"PAK", "USA", "JPN", "DEU", "KOR"} == {*told["others"]}
    assert told["placed"] == pytest.approx(-0.389)
    assert told["until"]["B1"] > "2015" and told["until"]["A1"] == "2014"
    assert told["page"] > 1000 and all(told["drawn"][:-1])


MORE = """
[B5]
says = "Washington has spoken of it"
kind = "descriptive"
rule = { documents = { shown = "holds", denied = "fails", none = "undecided" } }

[B6]
says = "Both have more than a hundred million people"
kind = "descriptive"
measure = { shape = "value", table = "economy", column = "population", at = 2014, divide = 1e6, unit = "million people", books = { JPN = { actor = "JPN" }, DEU = { actor = "DEU" } } }
rule = { at_least = 100 }

[B7]
says = "Three have more people than Japan"
kind = "descriptive"
cannot = "who lives well there."
measure = { what = "States with more people than Japan", unit = "states", tables = ["economy"] }
rule = { at_least = 3, partly = 2 }
"""
OWN = """
from heldto import claims


@claims.tests("B7")
def larger(vintage):
    return claims.Finding(value=3, reason="Three.", tables=["economy"], until=2014)
"""


def test_documents_two_books_and_python_of_one_s_own_decide_too(own):
    claims = own / "claims.toml"
    claims.write_text(claims.read_text() + MORE)
    (own / "own.py").write_text(OWN)
    head = "claim,date,says,publisher,page,status,shows,note\n"
    (own / "documents.csv").write_text(head)
    assert verdicts(own)["B5"] == "undecided"
    said = (
        'B5,2010-11-08,"It looks forward to a reformed Council",An office,a page,primary,{}=for,\n'
    )
    (own / "documents.csv").write_text(head + said.format("shown"))
    found = verdicts(own)
    assert (found["B5"], found["B6"], found["B7"]) == ("holds", "partly", "holds")
    code = 'print(json.dumps(str(fr.verdict("B7"))))'
    assert "Three. What this cannot show: who lives well there." in python(own, code)
    (own / "documents.csv").write_text(head + said.format("denied"))
    assert verdicts(own)["B5"] == "fails"


def test_nothing_later_than_its_day_decides_then(own, as_it_is):
    """With every later row deleted each verdict then is as before."""
    for name in ("economy", "votes", "visits"):
        path = own / "data" / f"{name}.csv"
        head, *rows = path.read_text().splitlines()
        known = [row for row in rows if int(row.split(",")[1]) <= 2014]
        assert len(known) < len(rows)
        path.write_text("\n".join([head, *known]) + "\n")
    claims = own / "claims.toml"
    text = claims.read_text()
    late = '"2006 to 2015" = { years = [2006, 2015], why = "with the year of the op-ed, which was not over" }\n'
    assert late in text
    claims.write_text(text.replace(late, ""))
    assert verdicts(own) == as_it_is


# Bad input: a sentence each, with its remedy; the other claims go on

MEASURE = 'measure = { shape = "value", table = "economy", column = "gdp_usd", where = { actor = "JPN" } }\n'
RULE = "rule = { at_least = 1 }\n"
BAD = {  # what stands in the block; what is said
    "B11": (MEASURE, "[B11]: rule is missing: write one comparison"),
    "B12": (
        MEASURE.replace("economy", "economi") + RULE,
        'no table "economi". Did you mean "economy"',
    ),
    "B13": (
        MEASURE.replace("gdp_usd", "gdp_us") + RULE,
        'no column "gdp_us". Did you mean "gdp_usd"',
    ),
    "B14": (MEASURE.replace("JPN", "JPM") + RULE, 'no row of economy has actor "JPM"'),
    "B15": (MEASURE.replace("value", "valu") + RULE, 'no shape "valu". Did you mean "value"'),
    "B16": (
        MEASURE.replace("where", "were") + RULE,
        'nothing reads the key "were". Did you mean "where"',
    ),
    "B17": (
        MEASURE + "rule = { at_leest = 1 }\n",
        'nothing reads the key "at_leest". Did you mean "at_least"',
    ),
    "B18": (MEASURE + RULE + 'actors = ["JPM"]\n', '"JPM" is not one of the actors'),
    "B19": (MEASURE + RULE + "kind = \n", "[B19]: Invalid value"),
    "B20": (MEASURE + RULE + "kynd = 1\n", 'nothing reads the key "kynd". Did you mean "kind"'),
    "B21": (MEASURE + "rule = { about = 1 }\n", "about needs within"),
    "B22": (
        MEASURE + RULE + '[B22.readings.year]\n"2013" = { at = 2013, why = "x" }\n',
        "no option is the claim's own reading: write own = true",
    ),
    "B23": (
        MEASURE
        + RULE
        + '[B23.readings.year]\n"2014" = { own = true, why = "x" }\n"2013" = { at = 2013 }\n',
        "why is missing: say why a careful reader would choose it",
    ),
    "B24": (RULE, "there is a rule but no measure"),
    "B25": (
        MEASURE + "rule = { at_least = 1, partly = 2 }\n",
        "[B25], rule: partly = 2 only applies where the claim holds already (1): "
        "write a partly below 1",
    ),
    "B26": (MEASURE + "rule = { at_most = 2, partly = 1 }\n", "write a partly above 2"),
    "B27": (MEASURE + "rule = { about = 9, within = 10, partly = 5 }\n", "write a partly above 10"),
    "Q1": (MEASURE + RULE, "write the letter of a section (A, B) and a number"),
}


def test_a_slip_costs_one_claim_and_is_one_sentence_with_a_remedy(own, as_it_is):
    path = own / "claims.toml"
    blocks = [f'\n[{name}]\nsays = "A claim"\n{text}' for name, (text, _) in BAD.items()]
    twice = '\n[A1]\nsays = "Again"\n'
    path.write_text(path.read_text() + "".join(blocks) + twice)
    done = heldto(own, "check")
    assert done.returncode == 2
    for name, (_, says) in BAD.items():
        assert says in done.stdout, (name, done.stdout)
    assert "[A1] occurs twice: rename one of the two" in done.stdout
    after = verdicts(own)
    assert {name: after[name] for name in as_it_is} == as_it_is | {"A1": "unjudged"}
    assert {after[name] for name in BAD if name != "Q1"} == {"unjudged"} == {after["A1"]}


ON_A_PHONE = """
from heldto.toggles import declared, of_claims
found = {}
for key in of_claims.pictures():
    figure = declared.drawn(key)().narrow()
    figure.draw_without_rendering()
    ticks = [(axis, tick) for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for tick in axis.get_major_ticks()]
    seen = [tick.label1 for axis, tick in ticks if axis.get_view_interval().min() <= tick.get_loc() <= axis.get_view_interval().max()]
    words = [*seen, *(one for ax in figure.axes for one in ax.texts)]
    boxes = {one.get_text(): one.get_window_extent() for one in words if one.get_text()}
    cut = [text for text, box in boxes.items() if box.x0 < 0 or box.x1 > figure.bbox.x1]
    found[key] = [figure.get_figwidth(), cut]
print(json.dumps(found))
"""


def test_on_a_phone_no_word_of_a_declared_picture_is_cut():
    found = python(EXAMPLE, ON_A_PHONE)
    assert len(found) > 5 and {(wide, *cut) for wide, cut in found.values()} == {(4.3,)}


COVERED = """
from matplotlib.collections import PathCollection
from heldto.evidence import actors
from heldto.toggles import declared
found = []
for key in ("gdp", "grown", "years-with-a-visit"):
    without = ([code for code in actors.ALL if code != off] for off in ("DEU", "IND"))
    for shown in [None, *without]:
        figure = declared.drawn(key)(shown=shown).narrow()
        figure.draw_without_rendering()
        for ax in figure.axes:
            rules = [one for one in ax.texts if one.get_text()[:2] in ("A1", "A3", "B3")]
            lines = [one for one in ax.lines if one.get_visible() and len(one.get_xdata()) > 2]
            paths = [one.get_transform().transform_path(one.get_path()) for one in lines]
            dots = [one for one in ax.collections if isinstance(one, PathCollection) and one.get_visible()]
            spots = [spot for one in dots for spot in ax.transData.transform(one.get_offsets())]
            for words in rules:
                box = words.get_window_extent()
                on_line = any(path.intersects_bbox(box, filled=False) for path in paths)
                if on_line or any(box.padded(3).contains(*spot) for spot in spots) or box.x1 > ax.bbox.x1:
                    found.append([key, words.get_text(), shown])
print(json.dumps(found))
"""


def test_on_a_phone_the_words_of_a_rule_cover_no_figure():
    assert python(EXAMPLE, COVERED) == []


LATE = """
from heldto.toggles import declared
ticks = declared.drawn("travel")().figure.axes[0].xaxis.get_major_ticks()
print(json.dumps({one.label1.get_text(): one.label1.get_gid() for one in ticks}))
"""


PHONE = """
from heldto.toggles import declared
def figure(key):
    drawn = declared.drawn(key)().narrow()
    drawn.draw_without_rendering()
    return drawn.axes[0]
years = [one.get_window_extent() for one in figure("since").get_xticklabels()]
ax = figure("overtaken")
bars = [bar.get_window_extent() for some in ax.containers for bar in some]
print(json.dumps([
    [bool(one.x1 < other.x0) for one, other in zip(years, years[1:])],
    [words.get_text() for words in ax.texts if any(map(words.get_window_extent().overlaps, bars))],
    [words.get_text() for words in ax.texts] + [ax.get_xlabel()],
]))
"""


def test_on_a_phone_no_year_runs_into_the_next_and_no_rule_s_words_into_a_bar(own):
    path = own / "actors.csv"
    path.write_text(path.read_text().replace("South Korea", "Republic of Korea"))
    path = own / "pictures.toml"
    block = '\n[since]\nkind = "lines"\ntable = "recent"\nx = "year"\ny = "gdp_usd"\nby = "actor"\ndivide = 1e9\n'
    path.write_text(path.read_text() + block)
    data = own / "data"
    rows = (data / "economy.csv").read_text().splitlines()
    kept = [rows[0], *(row for row in rows[1:] if YEAR.search(row)[0] >= "2008")]
    (data / "recent.csv").write_text("\n".join(kept) + "\n")
    package = json.loads((data / "datapackage.json").read_text())
    entry = next(one for one in package["resources"] if one["name"] == "economy")
    package["resources"].append(entry | {"name": "recent", "path": "recent.csv"})
    (data / "datapackage.json").write_text(json.dumps(package))
    apart, on_bars, told = python(own, PHONE)
    assert len(apart) > 1 and all(apart)
    assert not on_bars and "A7 holds 10" in " ".join(told)


BEHIND = """
from bs4 import BeautifulSoup
from heldto.toggles import declared
def told(key):
    picture = declared.drawn(key)(["IND", "JPN"])
    rows = BeautifulSoup(picture.to_html(), "html.parser").select(".fig-table tbody tr")
    return {(row.th.get_text(), *row["class"][:1]) for row in rows}
print(json.dumps([[*map(list, sorted(told(key)))] for key in ("overtaken", "people", "travel")]))
"""


def test_the_figures_behind_bars_dots_and_cells_name_the_actors_and_follow_the_switches():
    for named in python(EXAMPLE, BEHIND):
        assert named == [["India", "a-IND"], ["Japan", "a-JPN"]]


def test_large_figures_of_a_heat_map_are_written_out(own):
    path = own / "pictures.toml"
    block = '\n[large]\nkind = "heat"\ntable = "economy"\nx = "year"\ny = "gdp_usd"\nby = "actor"\ndivide = 1e6\nunit = "USD m"\n'
    path.write_text(path.read_text() + block)
    code = """
from heldto.toggles import declared
picture = declared.drawn("large")()
print(json.dumps([picture.alt, picture.subtitle]))
"""
    alt, subtitle = python(own, code)
    assert "Japan 2014: 4,896,994." in alt and "e+" not in alt + subtitle
    assert subtitle == "darker means more: 48,885 to 27,360,935 USD m"


def test_long_names_below_bars_of_nobody_stand_inside_the_picture(own):
    visits = own / "data" / "visits.csv"
    kinds = "".join(f"DEU,2014,minister of foreign affairs {at},3\n" for at in range(5))
    visits.write_text(visits.read_text() + kinds)
    path = own / "pictures.toml"
    block = (
        '\n[kinds]\nkind = "bars"\ntable = "visits"\nx = "kind"\ny = "visits"\nunit = "visits"\n'
    )
    path.write_text(path.read_text() + block)
    code = """
from heldto.toggles import declared
figure = declared.drawn("kinds")().figure
boxes = [one.get_window_extent() for one in figure.axes[0].get_xticklabels()]
print(json.dumps([[box.x0, box.y0] for box in boxes]))
"""
    boxes = python(own, code)
    assert len(boxes) >= 8 and all(x >= 0 and y >= 0 for x, y in boxes)


def test_years_after_the_article_go_in_then_on_a_heat_map_too():
    tags = python(EXAMPLE, LATE)
    assert {year: bool(tag) for year, tag in tags.items()} == {
        year: int(year) > 2014 for year in tags
    }
    assert tags


CELLS = """
from heldto.toggles import declared
ax = declared.drawn("travel")().figure.axes[0]
print(json.dumps([[one.get_alpha(), one.get_gid()] for one in ax.collections]))
"""


def test_the_colours_of_a_heat_map_are_a_scale_and_are_not_paled_after_the_article():
    meshes = python(EXAMPLE, CELLS)
    assert {alpha for alpha, _ in meshes} == {None}
    assert len({gid for _, gid in meshes}) == len(meshes) > 3  # of each actor, then and since


def test_lines_of_neighbours_in_the_table_differ_in_more_than_their_colour():
    code = "from heldto.evidence import actors\nprint(json.dumps([actors.dash(one) for one in actors.ALL]))"
    dashes = python(EXAMPLE, code)
    assert all(one != other for one, other in zip(dashes, dashes[1:], strict=False))


TOML_SLIPS = [  # what is written in a block, and what is said of it
    ("says = \u201cIt grows\u201d", "a curly quote (\u201c): write straight ones"),
    ('says = "It grows', "a quote is missing"),
    ("says = It grows", "words without quotes"),
    ('says = "It grows"\nmeasure = ( shape = "value" )', "a round bracket: write { } around keys"),
    ('says = "It grows"\nparagraph = 0,9', "0,9 has a comma: write 0.9"),
    ('says = "It grows"\nday = 01.03.2013', "01.03.2013 is no day here: write 2013-03-01"),
]


@pytest.mark.parametrize(("block", "says"), TOML_SLIPS)
def test_a_usual_slip_in_toml_is_named_with_its_line_and_remedy(block, says):
    with pytest.raises(ValueError) as slip:
        parse_toml(f"# a comment\n[A5]\n{block}\n")
    assert says in str(slip.value) and "at line " in str(slip.value)


def test_well_written_toml_meets_no_slip_and_an_unusual_one_keeps_its_message():
    assert parse_toml('says = "He said \u201cyes, 0,9\u201d"') == {
        "says": "He said \u201cyes, 0,9\u201d"
    }
    with pytest.raises(ValueError, match="^Expected"):
        parse_toml('[A5]\nsays = "a" "b"')


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('years = [2004, 2014]', 'years = ["2004", "2014"]', 'the year "2004" stands in quotes: write 2004'),
        ('{ at = 2012, why', '{ at = 1950, why', 'the reading "2012" is left out: no figure for actor Japan in 1950'),
        ("strict = 150, lenient = 80", "strict = 80, lenient = 150", "are strict and lenient swapped?"),
        ("at = 2014, divide", "at = 1914, divide", "[A1], measure, at: 1914 is before the table begins, in 1992: write 1992 or later"),
        ("at = 2014, divide", "at = 2999, divide", '[A1], measure, at: 2999 is after the table ends, in 2024: write 2014 or earlier, or kind = "forecast" and due = 2999'),
        ("strict = 5, lenient = 15", "strict = 15, lenient = 5", "are strict and lenient swapped?"),
        ('part = { actor = "IND" }', 'part = "IND"', '[A2], measure, part: "IND" of which column? Name it, as in part = { actor = "IND" }'),
        ('part = { actor = "IND" }', 'part = "BGD"', '"BGD" of which column? Name it, as in part = { COLUMN = "BGD" }'),
        ('paragraph = 2\nkind = "descriptive"', 'paragraph = "one"\nkind = "prosaic"', 'paragraph: "one" is not allowed here: write a whole number, without quotes. claims.toml, [A1], kind: "prosaic" is not allowed here'),
        ('of = { actor = "IND" }, to', 'of = { actor = "India" }, to', '[A9], measure, compare: the measure names "India": write "IND" there, as the table has it'),
        ('by = "actor", who = "IND", unit', 'by = "actor", who = "INT", unit', '[A4], measure, who: no row of economy has actor "INT". Did you mean "IND"?'),
        ('divide = 1e9, unit = "percent"', 'divide = 1e9, unit = "prozent"', 'the unit "prozent" is printed as it stands. Did you mean "percent"?'),
    ],
)  # fmt: skip
def test_a_slip_in_a_measure_or_its_rule_is_named(own, old, new, says):
    path = own / "claims.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    (own / "sealed.csv").unlink()
    assert says in heldto(own, "check").stdout


def test_a_count_of_years_over_a_table_with_gaps_is_named_and_so_is_a_strange_first_round(own):
    economy = pd.read_csv(own / "data" / "economy.csv")
    kept = (economy["year"] % 5 == 4) | (economy["actor"] == "USA")  # whom the claim does not name
    economy[kept].to_csv(own / "data" / "economy.csv", index=False)
    path = own / "article.toml"
    path.write_text(f'{path.read_text()}\n[first_round]\nB16 = "rain"\n')
    told = heldto(own, "check").stdout
    assert "a figure every 5 years, and each is counted as one year: write unit" in told
    assert 'article.toml, [first_round]: no claim "B16". Did you mean' in told


def test_a_ratio_whose_sides_name_their_years_says_both(own):
    path = own / "claims.toml"
    before = path.read_text()
    sides = 'of = { actor = "IND", year = 2014 }, to = { actor = "DEU", year = 2004 }'
    before = before.replace('kind = "forecast"\ndue = 2020', 'kind = "descriptive"')
    path.write_text(before.replace('of = { actor = "IND" }, to = { actor = "DEU" }', sides))
    (own / "sealed.csv").unlink()
    code = "from heldto.claims import judged, span\nsaid = span.span_told('A9')"
    code += "\nfrom heldto.claims.card import VerdictCard"
    code += "\ncard = '\\n'.join(VerdictCard('A9').lines())"
    code += "\nprint(json.dumps([said, judged.judge('A9', 'then').reason, card]))"
    span, reason, card = python(own, code)
    assert span == "What counts are the figures of 2014 and of 2004."
    assert ", figures of 2014 and of 2004: " in reason
    assert "there is no later figure" not in card and "Not updated since" not in card
    assert "the claim is about its own time" in card


def test_check_reads_proofs_unused_tables_codes_comments_and_readings(own):
    (own / "data" / "spare.csv").write_text("source,year,twh\nFOS,2014,3\n")
    package = json.loads((own / "data" / "datapackage.json").read_text())
    entry = {**package["resources"][0], "name": "spare", "path": "spare.csv"}
    fields = [{"name": "source", "type": "string"}, {"name": "year", "type": "integer"}]
    entry["schema"] = {"fields": [*fields, {"name": "twh", "type": "number"}]}
    package["resources"].append(entry)
    (own / "data" / "datapackage.json").write_text(json.dumps(package))
    told = heldto(own, "check").stdout
    assert "table spare: no claim, picture or exercise uses it: delete data/spare.csv" in told
    assert "13 comments on a verdict not written yet: pages leave the place out" in told
    assert "*stable* from 5 different figures on; fewer have A1 (3), A2 (3)" in told
    path = own / "claims.toml"
    claim = '\n[A15]\nsays = "It burns"\nmeasure = { shape = "value", table = "spare", column = "twh" }\n'
    path.write_text(path.read_text() + claim + RULE)
    told = heldto(own, "check").stdout
    assert "table spare: pages would print FOS as they stand: write names there" in told
    exercises, asked = (
        own / "exercises.toml",
        '[A15-twh]\nlevel = 1\nskill = "read"\nkind = "number"\nask = "How much?"\nanswer = "twh"\nsolution = "Look."\n[A15-twh.figures]\ntwh = { shape = "value", table = "spare", column = "twh" }\n',
    )
    before = exercises.read_text()
    exercises.write_text(f"{before}\n{asked}")
    says = "exercise A15-twh: no page shows column twh of table spare: draw it in pictures.toml"
    assert f'{says}, with claim = "A15", or write fr.evidence.table' in heldto(own, "check").stdout
    exercises.write_text(f"{before}\n{asked}".replace("How much?", "{{ twh }} of what?"))
    assert "no page shows" not in heldto(own, "check").stdout


def test_an_exercise_may_name_what_a_cell_gives_beside_a_magic_and_nothing_else():
    cell = {"cell_type": "code", "source": ["%time\n", "rows = fr.evidence.table('economy')"]}
    notebook = json.dumps({"cells": [cell]})
    code = "[len(one) for one in rows.groupby('year') if one is not tables]"
    assert check._unknown_names(code, [notebook]) == ["tables"]


def test_check_names_what_a_notebook_lacks_of_a_claim_and_what_it_names_that_is_gone(own):
    path = own / "notebooks" / "02_voice.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != "b1-examine"]
    (exercise,) = [cell for cell in notebook["cells"] if "exercise-b2" in cell["id"]]
    exercise["source"] = ['fr.exercise("B2-president")\n', 'fr.explore("travels")\n', "%time"]
    path.write_text(json.dumps(notebook))
    claims = own / "claims.toml"
    claims.write_text(claims.read_text().replace("[B3", "[B5"))
    told = heldto(own, "check").stdout
    says = "its heading stands in notebooks/02_voice.ipynb, and no cell below it: fr.examine"
    assert f'{says}("B1")' in told and told.count(says) == 1
    assert "claims.toml has no B3, and 2 cells (b3-head, b3-examine) name it" in told
    assert f'cell {exercise["id"]}: no picture "travels". Did you mean "travel"?' in told
    assert 'no exercise "B2-president". Did you mean "B2-presidents"?' in told
    assert "no notebook has it: heldto notebooks adds its cells" in told  # B5
    assert "claims.toml has no" not in heldto(EXAMPLE, "check").stdout


def test_cells_in_which_nobody_wrote_follow_a_changed_claim(new):
    (path,) = [one for one in (new / "notebooks").glob("*.ipynb") if "A1" in one.read_text()]
    notebook = json.loads(path.read_text())
    written = {cell["id"]: cell for cell in notebook["cells"]}
    written["a1-after"]["source"] = ["My comment."]
    path.write_text(json.dumps(notebook))
    claims = new / "claims.toml"
    before = "".join(written["a1-number"]["source"])
    text = claims.read_text()
    claims.write_text(text.replace('column = "gdp_usd"', 'column = "population"', 1))
    assert claims.read_text() != text
    assert "was written before the claim changed (a1-number)" in heldto(new, "check").stdout
    assert "the cell a1-number follows A1" in heldto(new, "notebooks").stdout
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]}
    assert "population" in cells["a1-number"] != before and cells["a1-after"] == "My comment."
    assert "was written before the claim changed" not in heldto(new, "check").stdout
    assert heldto(new, "notebooks").stdout.count("follows") == 0


def test_an_assignment_says_where_the_exercises_of_a_folder_are_marked(own):
    done = heldto(own, "assignment", own.parent / "course")
    assert done.returncode == 2 and "heldto moodle writes them as marked questions" in done.stderr
    assert "checkout" not in done.stderr and not (own.parent / "course").exists()


def test_a_place_for_a_comment_in_which_nobody_wrote_stays_off_the_page():
    cells = [
        nbformat.v4.new_markdown_cell(AFTER, metadata={"tags": ["after-verdict"]}),
        nbformat.v4.new_markdown_cell(COMMENT, metadata={"tags": ["after-verdict"]}),
        nbformat.v4.new_markdown_cell("## A2. Next"),
        nbformat.v4.new_markdown_cell(AFTER, metadata={"tags": ["after-verdict"]}),
        nbformat.v4.new_markdown_cell("My comment.", metadata={"tags": ["after-verdict"]}),
    ]
    page = editions.for_page(nbformat.v4.new_notebook(cells=cells))
    assert [cell.source for cell in page.cells] == ["## A2. Next", AFTER, "My comment."]
    students = editions.make_edition(nbformat.v4.new_notebook(cells=cells), "student")
    assert [cell.source for cell in students.cells] == ["## A2. Next", AFTER, "My comment."]


def test_the_lesson_has_no_place_for_a_comment_and_prints_each_rule():
    code = """
import nbformat
from heldto.publish.handouts import lesson
notebook = lesson.lesson_notebook(lambda name: nbformat.read(f"notebooks/{name}.ipynb", 4))
print(json.dumps(["".join(cell.source) for cell in notebook.cells]))
"""
    sources = python(EXAMPLE, code)
    assert any("A1. Japan" in text for text in sources)
    assert not any(COMMENT in text for text in sources)
    printed = (ROOT / "src/heldto/templates/lesson.css").read_text()
    assert "form:is(.guess:not(:has(.terms)), .draw)" in printed


OTHER = [  # file; what stands there, and what is put in its place; what is said
    ("actors.csv", "JPN,Japan", "JPN,", "row 3, column name: it is blank"),
    ("actors.csv", "JPN,Japan", "IND,Japan", "IND is also in row 2"),
    ("actors.csv", "actor,name,aliases", "actor,name,alias", 'nothing reads the column "alias"'),
    ("data/economy.csv", "DEU,1992", "DEU,199x", '"199x" is not a number'),
    ("pictures.toml", 'y = "gdp_usd"', 'y = "gdp"', 'no column "gdp". Did you mean "gdp_usd"'),
    ("pictures.toml", 'kind = "heat"', 'kind = "pie"', 'no kind "pie"'),
    ("exercises.toml", 'india.table = "economy"', 'india.table = "econom"', "econom"),
    ("data/datapackage.json", '"traps": [', '"trap": [', "what somebody would misread in it"),
    ("article.toml", "day = 2015-09-28", 'day = "2015"', "day is not a date"),
    ("article.toml", "day = 2015-09-28", 'day = "2015', "mend that line"),
    ("article.toml", 'letter = "B"', 'letter = "C"', "section voice: no claim has its letter C"),
    ("pictures.toml", 'kind = "heat"', 'kind = "heat', "pictures.toml: a quote is missing"),
    ("pictures.toml", 'claim = "B1"', 'claim = "A1"', "A1 rests on economy: does it belong there?"),
    ("pictures.toml", 'measure = "A3"', 'measure = "B4"', "[grown], measure: B4 has no measure"),
    ("pictures.toml", 'measure = "A3"', 'measure = "A33"', 'no claim "A33"'),
    ("pictures.toml", 'measure = "A3"', 'measure = "A3"\nx = "year"', "delete x, or measure"),
    (
        "pictures.toml",
        'kind = "dots"\nmeasure',
        'kind = "heat"\nmeasure',
        "a measure is drawn as lines, bars or dots: choose one",
    ),
    ("exercises.toml", "level = 1", "level =", "exercises.toml: Invalid value"),
    ("exercises.toml", 'code = "fr.', 'code = "h.', "its code names h, which no cell"),
    ("data/economy.csv", "DEU,1992", "EUU,1992", "it ranks EUU too, not in actors.csv"),
    ("data/economy.csv", "DEU,1993", "DEU,1992", "actor=DEU, year=1992 occurs twice"),
    ("claims.toml", "more_than = 50, partly = 40", "more_than = 0.5", "is 50 meant?"),
    (
        "claims.toml",
        "at = 2014, divide",
        "at = 2019, divide",
        "day decides it: no figure for actor",
    ),
]
STOPS = ("article.toml", "actors.csv")  # nothing can be read without them


@pytest.mark.parametrize(("file", "old", "new", "says"), OTHER)
def test_a_slip_beside_the_claims_is_said_too(own, file, old, new, says):
    path = own / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    (own / "sealed.csv").unlink()  # what it says would decide
    done = heldto(own, "check")
    assert says in done.stdout + done.stderr, done.stdout + done.stderr
    assert file in STOPS or "\n13 claims; not sealed: " in done.stdout  # the others go on


DRAWN = [  # kind, claim, a word of each threshold on its axis
    ("bars", "A1", ["A1 says 5,000"]),
    ("dots", "A2", ["A2 holds 50", "A2 partly 40"]),
    ("lines", "A3", ["A3 holds 100", "A3 partly 50"]),
    ("lines", "A4", ["A4 holds 3", "A4 partly 4"]),
    ("lines", "B1", ["B1 holds 0.3", "B1 partly 0.1"]),
    ("bars", "B2", ["B2 holds 2", "B2 partly 1.5"]),
    ("dots", "B3", ["B3 holds 5", "B3 partly 3"]),
]


def test_a_picture_of_each_shape_shows_what_a_claim_measures_and_its_rule(own):
    blocks = [
        f'\n[p{at}]\nkind = "{kind}"\nmeasure = "{claim}"\n'
        for at, (kind, claim, _) in enumerate(DRAWN)
    ]
    (own / "pictures.toml").write_text("".join(blocks))
    code = f"""
from heldto.toggles import declared, of_measure
pages = [declared.drawn(f"p{{at}}")().to_html() for at in range({len(DRAWN)})]
share = of_measure.measured_rows("A2", over_time=False)[1].set_index("actor")["share"]
grown = of_measure.measured_rows("A3", over_time=True)[1].query("actor == 'IND' and year == 2014")["change"].item()
held = {{one["id"]: one["value_then"] for one in fr.claims.ledger.entries()}}
print(json.dumps([pages, share.sum(), share["IND"], grown, held]))
"""
    pages, whole, india, grown, held = python(own, code)
    for page, (_, claim, words) in zip(pages, DRAWN, strict=True):
        assert all(word in page for word in words), claim
    assert whole == pytest.approx(100)
    assert (india, grown) == pytest.approx((held["A2"], held["A3"]))


def test_an_empty_table_of_amendments_is_no_fault(own):
    (own / "amendments.csv").write_text(
        "claim,day,known,part,options,rule,unit,target,holds,partly,cap,levels,before,words,why\n"
    )
    assert heldto(own, "check").returncode == 0


def test_a_year_after_the_day_is_said_and_a_forecast_is_capped(own):
    path = own / "claims.toml"
    text = MEASURE.replace("} }", "}, at = 2020 }") + RULE + 'kind = "forecast"\n'
    later = text.replace(", at = 2020", "") + "due = 2090\n"
    both = f'\n[A15]\nsays = "It will be larger"\n{text}\n[A16]\nsays = "One day"\n{later}'
    path.write_text(path.read_text() + both)
    told = heldto(own, "check").stdout
    assert "2020 is not known on 28 September 2015, the article's day" in told
    assert "a forecast claim holds partly at best: no cap is written, added" in told
    held = json.loads(heldto(own, "claims", "--json", "--claim", "A15").stdout)[0]
    assert (held["verdict_then"], held["verdict_since"]) == ("undecided", "partly")
    told = " ".join(python(own, 'print(json.dumps(fr.verdict("A16").card.lines()))'))
    assert "Open until 2090: the figure of that year will decide it." in told
    assert "No figure here" not in told


OVER_TIME = """
from heldto.claims import ruler
from heldto.claims.card import VerdictCard
from heldto.toggles import declared, of_claims
cards = {name: VerdictCard(name) for name in ("A5", "A6", "A7", "A8", "A9")}
told = {name: [card.then.verdict, card.since.verdict, card.then.reason, " ".join(card.lines()), card.then.rule.unit] for name, card in cards.items()}
told["rulers"] = [card.to_html().count("<svg") for card in cards.values()]
told["drawn"] = {name: [text.get_text() for ax in declared.drawn(key)().figure.axes for text in (*ax.texts, ax.xaxis.label, *ax.get_yticklabels())] for name in cards for key in of_claims.pictures_of(name)}
fall = declared.drawn("peak")().table
told["fall"] = fall[fall.year.eq(2014)]["Japan"].tolist()
told["since"] = cards["A9"].since.data_until
print(json.dumps(told))
"""


def test_growth_peak_overtaking_standing_still_and_a_forecast_are_judged_and_told():
    """A5 to A9 of the example: on the card, on its ruler, and as lines in the picture."""
    told = python(EXAMPLE, OVER_TIME)
    assert told["A5"][0] == "holds" and "from 2004 to 2014: rank 1 of 6" in told["A5"][2]
    assert told["A6"][4] == "percent fall" and "in 2012" in told["A6"][2]
    assert "in a row, since 2007" in told["A7"][2] and told["A7"][4] == "years"
    assert told["A7"][:2] == ["partly", "holds"]
    assert "2 % or less up or down: holds" in told["A8"][3]
    assert told["A9"][:2] == ["undecided", "fails"]
    assert told["A9"][2].startswith("Open until 2020. So far: ")
    assert "UNDECIDED. Open until 2020" in told["A9"][3] and "It is due in 2020" in told["A9"][3]
    assert told["since"] == "2020"
    assert all(told["rulers"])
    levels = (
        "A5 holds 1",
        "A6 holds \N{MINUS SIGN}20",
        "A7 holds 10",
        "A8 holds 2",
        "A9 partly 0.9",
    )
    for level in levels:
        assert level in " ".join(told["drawn"][level[:2]]), (level, told["drawn"])
    assert "A9 holds" not in " ".join(told["drawn"]["A9"])  # it is capped at partly
    assert told["fall"] == pytest.approx([-21.9], abs=0.1)  # a fall goes down


def test_a_picture_without_a_title_says_what_the_figures_of_its_claim_are():
    """And before the guess what it shows."""
    code = """
from heldto.toggles import declared
def told(key):
    picture = declared.drawn(key)()
    return [picture.title, picture.then.get("title"), picture.neutral, [*picture.about], picture.lead]
print(json.dumps([told(key) for key in ("peak", "overtaken", "growth", "people")]))
"""
    peak, overtaken, growth, people = python(EXAMPLE, code)
    assert peak[0].endswith("6,272 in 2012, 4,213 in 2023; the change is a fall of 32.8 %")
    assert peak[1].endswith("6,272 in 2012, 4,897 in 2014; the change is a fall of 21.9 %")
    assert peak[2] == "How far each economy is below its peak" and peak[3] == ["JPN"]
    assert peak[4].startswith(peak[0])
    assert overtaken[0].endswith("in 2014: 8 years in a row, since 2007")  # as its bars
    assert overtaken[1] is None and overtaken[3] == ["IND", "KOR"]
    assert growth[0].endswith("from 2004 to 2014: rank 1 of 6") and growth[1] is None
    assert people[0] == "People of each state in 2014"  # its own; it draws no share


def test_a_claim_that_a_shape_measures_has_a_line_to_draw():
    code = """
from heldto.claims import course
line = course.line_to_draw("A1")
shown = fr.examine("A1", "gdp")
print(json.dumps([line.given, line.then, line.since, course.has_line("A2"), len(shown.lines)]))
"""
    given, then, since, other, lines = python(EXAMPLE, code)
    assert [*given][-1] == "2006" and [*then][-1] == "2014" and then["2014"] == 4897
    assert since["2023"] == 4213 and not other and lines == 1


CATEGORIES = {
    "actors.csv": "actor,name,kind,aliases,colour\nUSA,United States,,,\nCOA,Coal,category,coal,#444444\nWND,Wind,category,wind,#26734D\n",
    "claims.toml": """
[A1]
says = "Wind gives more power than coal"
measure = { shape = "ratio", table = "power", column = "twh", of = { source = "WND" }, to = { source = "COA" }, compare = ["WND"], what = "Wind over coal" }
rule = { more_than = 1, partly = 0.8 }
""",
    "pictures.toml": """
[power]
kind = "lines"
table = "power"
x = "year"
y = "twh"
by = "source"
unit = "TWh"
claim = "A1"
[times]
kind = "bars"
measure = "A1"
""",
}


def _write_texts(folder, texts):
    """Put these files in place of a folder's own, which has no exercises then."""
    for name, text in texts.items():
        (folder / name).write_text(text)
    (folder / "exercises.toml").unlink()


def test_a_category_is_drawn_and_switched_as_an_actor_is_and_speaks_for_nobody(new):
    _write_texts(new, CATEGORIES)
    (new / "power.csv").write_text(
        "Source,Year,Twh\nCoal,2019,20\nWind,2019,15\nCoal,2020,16\nWind,2020,24\n"
    )
    done = heldto(new, "table", "power.csv", *SAID, "--unit", "TWh")
    assert "source (actors)" in done.stdout, done.stdout + done.stderr
    told = [line for line in heldto(new, "check").stdout.splitlines() if "picture" in line]
    of_template = ("has another picture already", 'cell a1-examine: no picture "economy"')
    assert all(any(says in line for says in of_template) for line in told), told
    code = """
from heldto.evidence import actors
from heldto.publish import cards
from heldto.publish.handouts import kit
from heldto.toggles import declared
power, times = (declared.drawn(key)() for key in ("power", "times"))
bar = fr.actor_bar("claims")
print(json.dumps([power.everybody, power.alt, times.title, bar.actors, actors.ALL, kit.texts()["plan-45.md"]]))
"""
    everybody, alt, title, offered, states, plan = python(new, code)
    assert everybody == ["COA", "WND"] and "Wind: 15.0 TWh in 2019" in alt
    assert title == "Wind over coal in 2020: 24 to 16, a ratio of 1.50"
    assert offered == ["USA", "COA", "WND"] and states == ["USA"]
    assert "#actors=USA,COA,WND&vintage=then&at=A1" in plan  # no category is off
    assert verdicts(new)["A1"] == "holds"
    assert (
        "Coal is not one of our states, so it has no role card" in heldto(new, "card", "COA").stderr
    )
    (new / "mix.csv").write_text(
        "Country,Source,Year,Made\nUnited States,Coal,2020,2000000\nUnited States,Wind,2020,5000000\n"
    )
    done = heldto(new, "table", "mix.csv", *SAID, "--unit", "number")
    assert done.returncode == 0, done.stderr
    card = BeautifulSoup(_cards(new), "html.parser")
    assert "Coal" not in repr(card.find_all("h1"))
    largest = "Made, Wind in 2020: 5.0 million Made, Coal in 2020: 2.0 million"
    assert largest in " ".join(card.get_text(" ").split())  # by name, the largest first
    text = (new / "actors.csv").read_text()
    (new / "actors.csv").write_text(text.replace("Coal,category", "Coal,categroy"))
    done = heldto(new, "check")
    assert 'row 3, column kind: no kind "categroy". Did you mean "category"' in done.stderr


def test_whom_others_replace_is_who_of_a_rank_and_an_actor_before_a_category(new):
    assert "whom others replace" not in heldto(new, "check").stdout
    actor_lines = "actor,name,kind,aliases,colour\nDEU,Germany,,,\nPOL,Poland,,,\nLIG,Lignite,category,,#444444\n"
    blocks = """
[A1]
says = "Germany burns the most lignite"
measure = { shape = "rank", table = "burnt", column = "twh", by = "actor", who = "DEU", where = { fuel = "LIG" } }
rule = { at_most = 1 }
[A2]
says = "Lignite gives Germany half of its power"
measure = { shape = "share", table = "burnt", column = "twh", part = { fuel = "LIG" }, where = { actor = "DEU" } }
rule = { at_least = 50 }
"""
    _write_texts(new, {"actors.csv": actor_lines, "claims.toml": blocks})
    (new / "burnt.csv").write_text("actor,fuel,year,twh\nDEU,LIG,2019,20\nPOL,LIG,2019,15\n")
    done = heldto(new, "table", "burnt.csv", *SAID, "--unit", "TWh")
    assert done.returncode == 0, done.stderr
    told = [line for line in heldto(new, "check").stdout.splitlines() if "others replace" in line]
    assert len(told) == 2 and all('such as compare = ["DEU"],' in line for line in told), told


SERIES = {
    "power.csv": "source,year,twh\nCoal,2018,2000\nCoal,2022,1500\nWind,2018,10\nWind,2020,14\nWind,2022,24\n",
    "claims.toml": """
[A1]
says = "Wind power has doubled"
measure = { shape = "change", table = "power", column = "twh", where = { source = "Wind" }, years = [2018, "last"], how = "percent", what = "Wind power" }
rule = { at_least = 100, partly = 30 }
""",
    "pictures.toml": """
[wind]
kind = "lines"
measure = "A1"
neutral = "How wind power moved"
[mix]
kind = "bars"
table = "power"
where = { year = 2018 }
x = "source"
y = "twh"
unit = "TWh"
claim = "A1"
title = "Coal and wind in 2018"
""",
}


def test_a_series_of_no_actor_is_drawn_then_and_since_with_its_rule(new):
    _write_texts(new, SERIES)
    done = heldto(new, "table", "power.csv", *SAID, "--unit", "TWh")
    assert "No column has actors" in done.stdout, done.stderr
    told = [line for line in heldto(new, "check").stdout.splitlines() if "picture" in line]
    of_template = ("has another picture already", 'cell a1-examine: no picture "economy"')
    assert all(any(says in line for says in of_template) for line in told), told
    code = """
from heldto.pictures import marks
from heldto.toggles import declared
wind, mix = (declared.drawn(key)() for key in ("wind", "mix"))
words = [text.get_text() for text in wind.figure.axes[0].get_yticklabels()]
told = [wind.title, wind.then["title"], wind.neutral, wind.alt, wind.late, mix.alt, mix.needs]
told += [words, marks.drawn_marks(wind.figure).__repr__(), len(wind.table), wind.lacks(["DEU", "JPN"])]
told += [len(wind.narrow().axes), "svg" in fr.explore("wind").picture.svg[:300]]
print(json.dumps(told))
"""
    told = python(new, code)
    title, then, neutral, alt, late, mix, needs, words, drawn, rows, lacks, narrow, svg = told
    assert title == "Wind power: 10 in 2018, 24 in 2022; the change is 140.0 %"
    assert then == "Wind power: 10 in 2018, 14 in 2020; the change is 40.0 %"
    assert neutral == "How wind power moved" and alt.endswith(
        "2020: 40 percent. 2022: 140 percent."
    )
    assert mix == "Coal and wind in 2018. Coal: 2,000 TWh. Wind: 10 TWh."
    assert not late and not needs and not lacks and rows == 3 and narrow == 1 and svg
    assert {"A1 holds 100", "A1 partly 30"} <= {*words}
    assert drawn == "[(set(), False), (set(), True)]"  # known then, and later


def _cards(folder):
    assert heldto(folder, "card", "--all", "-o", "cards.html").returncode == 0
    return (folder / "cards.html").read_text()


def test_rules_too_near_each_other_for_the_axis_are_named_below_it():
    code = """
from heldto.toggles import declared
figure = declared.drawn("still")().figure
figure.draw_without_rendering()
ax = figure.axes[0]
ticks = sorted(tick.get_window_extent().y0 for tick in ax.get_yticklabels() if tick.get_text())
print(json.dumps([ax.get_xlabel(), [later - tick for tick, later in zip(ticks, ticks[1:])]]))
"""
    below, apart = python(EXAMPLE, code)
    assert below.startswith("dashed: A8 ") and "A8 holds \N{MINUS SIGN}2" in below
    assert min(apart) > 10


def test_a_forecast_is_guessed_for_its_year_and_counts_once_that_is_known(own):
    """Nowhere is "undecided" offered, which until then would be the only right answer."""
    path = own / "claims.toml"
    later = 'says = "It will be larger"\nkind = "forecast"\ndue = 2090\n'
    path.write_text(f"{path.read_text()}\n[A15]\n{later}{MEASURE}{RULE}")
    code = """
import pandas as pd
from heldto.exercises import guesses, quick, score
from heldto.publish.classroom import moodle
from heldto.publish.handouts import task_slips
from heldto.room.about import about
ids = ["A15", "A9", "A3"]
forms = [str(guesses.guess_page(one)) for one in ids]
offered = [[value for _, value in guesses.Guess(one).verdict.options] for one in ids]
asked = {one.findtext("idnumber"): one for one in moodle.question_bank().questions}
asked = [asked["a_seat_for_three-guess-" + one] for one in ids]
worth = [[(one.findtext("text"), one.get("fraction")) for one in each.iter("answer")] for each in asked]
said = pd.DataFrame({"claim": ids, "verdict": "fails", "sure": 70})
counted = score.score(said).table[["claim", "computed"]].values.tolist()
wall = {one["id"]: one["computed"] for one in about()["claims"]}
round_ = quick.QuickRound(ids)
asks = [each.findtext("questiontext/text") for each in asked]
print(json.dumps([forms, offered, worth, counted, wall, asks, task_slips.guess_slips(ids), round_.ids, str(round_._page()), quick.first_claims()]))
"""
    forms, offered, worth, counted, wall, asks, slips, in_round, page, first = python(own, code)
    ahead = "Open until 2090: no table here has that year yet. Guess what its figure will say."
    due = "It is due in 2020. Guess what the figure of that year says."
    for text in (forms[0], asks[0], slips):
        assert ahead in text
    for text in (forms[1], asks[1], slips):
        assert due in text and "until then it is open" not in text
    assert ['value="undecided"' in form for form in forms] == [False, False, True]
    assert ["undecided" in each for each in offered] == [False, False, True]
    assert slips.count("</i> undecided") == 4 * 2  # of A3, and after the discussion
    assert [*map(dict, worth)][:2] == [{"partly": "100", "fails": "100"}, {"partly": "0", "fails": "100"}]  # fmt: skip
    assert counted == [["A9", "fails"], ["A3", "holds"]] and wall["A15"] == wall["A9"] == ""
    assert in_round == ["A9", "A3"] and 'data-computed="fails"' in page and "A15" not in first


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ('kind = "descriptive"\ndue = 2020', "only a forecast is due"),
        ('kind = "forecast"', "due is missing: in which year is the forecast due?"),
        ('kind = "forecast"\ndue = "2020"', "write a whole number, without quotes"),
    ],
)
def test_a_forecast_is_asked_when_it_is_due(own, claim, says):
    path = own / "claims.toml"
    path.write_text(
        path.read_text() + f'\n[A15]\nsays = "It will be larger"\n{claim}\n{MEASURE}{RULE}'
    )
    assert says in heldto(own, "check").stdout


def test_a_forecast_may_name_the_year_in_which_it_is_due(own):
    """It is told as it is without that year, and check asks for no figure of it."""
    (own / "sealed.csv").unlink()
    code = "from heldto.claims.card import VerdictCard\nprint(json.dumps(VerdictCard('A9').then.reason))"
    before = python(own, code)
    claims = own / "claims.toml"
    ends = "over Germany's\" }"
    text = claims.read_text().replace(ends, "over Germany's\", at = 2020 }")
    assert text != claims.read_text() and before.startswith("Open until 2020. So far: India's")
    claims.write_text(text)
    assert python(own, code) == before
    assert "2020" not in heldto(own, "check").stdout.partition("A9")[2].partition("B1")[0][60:]


def test_a_forecast_of_a_change_says_that_no_later_figure_is_known_yet(own):
    """On its card, and in the key until when it is open."""
    path = own / "claims.toml"
    forecast = 'says = "It will be half as large"\nkind = "forecast"\ndue = 2090\n'
    change = """measure = { shape = "change", table = "economy", column = "gdp_usd", where = { actor = "JPN" }, years = [2014, 2090], how = "fall", what = "Japan's economy" }\n"""
    rank = """measure = { shape = "rank", of = "change", table = "economy", column = "gdp_usd", by = "actor", who = "IND", years = [2014, 2090], what = "India by growth" }\nrule = { at_most = 1 }\n"""
    later = f"\n[A15]\n{forecast}{change}{RULE}\n[A16]\n{forecast}{rank}"
    path.write_text(path.read_text() + later)
    code = """
from heldto.claims.card import VerdictCard
from heldto.publish.handouts import answer_key
rows = [line for line in answer_key.key_text().splitlines() if line.startswith(("| **A15", "| **A9"))]
print(json.dumps([VerdictCard("A15").then.reason, VerdictCard("A16").then.reason, *rows]))
"""
    changed, ranked, earlier, row = python(own, code)
    assert changed.startswith("Open until 2090. So far: Japan's economy: ")
    assert "in 2014, and no later figure yet." in changed and "the change is" not in changed
    assert ranked.endswith("So far: India by growth: no figure later than 2014 yet.")
    assert row.endswith("| undecided: open until 2090 | undecided: open until 2090 |")
    assert earlier.endswith("| undecided: open until 2020 | fails |")


def test_a_seal_says_what_was_probably_not_meant_and_seals_no_misspelt_table(own):
    (own / "sealed.csv").unlink()
    claims = own / "claims.toml"
    text = (
        claims.read_text().replace('table = "votes"', 'table = "vote"').replace(SHARE, SMALL_SHARE)
    )
    claims.write_text(text)
    done = heldto(own, "seal").stdout
    assert 'B1 is not sealed: no table "vote". Did you mean "votes"?' in done
    assert (
        "A2 is sealed, and its measure is in percent, and the rule says 0.5: is 50 meant?" in done
    )
    assert "\nB1," not in (own / "sealed.csv").read_text()
    assert 'Did you mean "votes"?\n' in heldto(own, "moodle", own.parent / "moodle").stdout


def test_the_number_of_a_rank_shows_who_is_ranked_in_their_order(own):
    code = """
from heldto.publish.newarticle.notebooks import _number
told = {}
for claim in ("A4", "A5"):
    *lines, last = _number(claim).splitlines()
    exec("\\n".join(lines))
    told[claim] = [[*eval(last).index][:2], [*map(str, eval(last).columns)]]
print(json.dumps(told))
"""
    told = python(own, code)
    assert told["A4"] == [["United States", "Japan"], ["2014"]]
    assert told["A5"] == [["India", "Pakistan"], ["2004", "2014", "percent"]]


def test_the_number_of_two_categories_has_a_column_for_each(new):
    actor_lines = "actor,name\nDEU,Germany\nPOL,Poland\n"
    measure = 'table = "made", column = "twh", of = { land = "DEU", source = "wind" }'
    blocks = f"""
[A1]
says = "Wind gives Germany more than coal"
measure = {{ shape = "ratio", {measure}, to = {{ land = "DEU", source = "coal" }} }}
rule = {{ at_least = 1 }}
[A2]
says = "Wind gives Germany more than coal gives Poland"
measure = {{ shape = "count", {measure}, above = {{ land = "POL", source = "coal" }} }}
rule = {{ at_least = 1 }}
"""
    _write_texts(new, {"actors.csv": actor_lines, "claims.toml": blocks})
    cells = ["DEU,wind,2019,20", "DEU,coal,2019,15", "POL,wind,2019,3", "POL,coal,2019,30"]
    (new / "made.csv").write_text("\n".join(["land,source,year,twh", *cells]) + "\n")
    done = heldto(new, "table", "made.csv", *SAID, "--unit", "TWh")
    assert done.returncode == 0, done.stderr
    code = """
from heldto.publish.newarticle.notebooks import _number
told = {}
for claim in ("A1", "A2"):
    *lines, last = _number(claim).splitlines()
    exec("\\n".join(lines))
    told[claim] = eval(last)
one, two = told["A1"].loc[2019].to_dict(), told["A2"].loc[2019]
print(json.dumps([one, int(two["Germany", "wind"]), int(two["Poland", "coal"])]))
"""
    assert python(new, code) == [{"wind": 20, "coal": 15}, 20, 30]


def test_one_of_a_german_unit_is_not_said_with_its_plural(own):
    path = own / "article.toml"
    path.write_text(f'language = "de"\n{path.read_text()}')
    code = """
from heldto.claims.units import format_long
print(json.dumps([format_long(1, "Besuche"), format_long(2, "Besuche"), format_long(1, "Jahre"), format_long(1, "Liter"), format_long(1, "visits")]))
"""
    assert python(own, code) == ["1 (Besuche)", "2 Besuche", "1 Jahr", "1 Liter", "1 (visits)"]


def test_the_plan_says_what_to_do_without_devices_and_its_minutes_add_up(own):
    code = """
from heldto.publish.handouts import kit
print(json.dumps([kit.texts()["plan-45.md"], [[step.first, step.last] for step in kit.lesson()]]))
"""
    plan, steps = python(own, code)
    assert "| work in groups | give each group its slip and the printed page" in plan
    assert [first for first, _ in steps] == [0, *(last for _, last in steps[:-1])]
    assert steps[-1][1] == 45


def test_a_picture_of_ranks_says_them_as_places_in_the_language_of_the_article(own):
    path = own / "pictures.toml"
    path.write_text(path.read_text() + '\n[ranked]\nkind = "bars"\nmeasure = "A4"\n')
    code = """
from heldto.toggles import declared
picture = declared.drawn("ranked")()
print(json.dumps([picture.to_text(), picture.subtitle]))
"""
    text, subtitle = python(own, code)
    assert "India: rank 4." in text and "1.00 rank" not in text and subtitle == "Rank by actor"
    about = own / "article.toml"
    about.write_text(f'language = "de"\n{about.read_text()}')
    text, subtitle = python(own, code)
    assert "India: Rang 4." in text and subtitle == "Rang nach Akteur"


def test_about_nothing_is_told_to_be_unchanged(own):
    path = own / "claims.toml"
    text = MEASURE + "rule = { about = 0, within = 5 }\n"
    path.write_text(path.read_text() + f'\n[A15]\nsays = "It stands still"\n{text}')
    assert "or unchanged = 5 where the claim says that nothing moved" in heldto(own, "check").stdout


def test_an_amended_measure_stands_beside_the_sealed_one(own):
    path = own / "claims.toml"
    path.write_text(
        path.read_text().replace('actor = "JPN" }, at = 2014', 'actor = "DEU" }, at = 2014')
    )
    assert "its measure was changed after the seal" in heldto(own, "check").stdout
    assert "The new measure is in amendments.csv" in heldto(own, "seal").stdout
    kept = (own / "amendments.csv").read_text()
    assert "after the seal" not in heldto(own, "check").stdout
    heldto(own, "seal")
    assert (own / "amendments.csv").read_text() == kept  # written once
    held = json.loads(heldto(own, "claims", "--json", "--claim", "A1").stdout)[0]
    assert (held["verdict_then"], held["amended_then"]) == ("holds", "partly")
    card = python(own, "print(json.dumps(fr.verdict('A1').card.lines()))")
    assert any("3,8" in line and "4,84" not in line for line in card)  # Germany's figure is told


def test_a_vague_word_without_a_measure_is_asked_about(own):
    path = own / "claims.toml"
    path.write_text(
        path.read_text() + '\n[A15]\nsays = "Its gas is cheaper"\nkind = "descriptive"\n'
    )
    assert "*cheaper* than what, where, when? Write it into measure" in heldto(own, "check").stdout


# A new folder


def test_a_new_folder_runs_at_once_and_check_shows_no_figure(new):
    done = heldto(new, "check")
    assert done.returncode == 0 and "write a claim of the article into says" in done.stdout
    assert "holds" not in done.stdout and "fails" not in done.stdout
    assert [*verdicts(new).values()][1:] == ["undecided", "undecided"]
    assert verdicts(new)["A1"] in ("holds", "partly", "fails")
    assert heldto(new, "validate").returncode == 0
    assert heldto(new, "readings", "A1").returncode == 0
    told = python(
        new,
        'fr.actor_bar("claims"); shown = fr.explore("economy").picture\nfrom heldto.exercises import find_exercise\ncode = find_exercise("A1-share").question.code\nprint(json.dumps([shown.alt, str(fr.check("A1-share", 0)), len(eval(code))]))',
    )
    assert "Germany" in told[0] and told[1] and told[2]  # the instructor's edition runs the code


def test_actors_without_figures_are_named_and_bad_requests_are_one_sentence(tmp_path):
    done = heldto(tmp_path, *NEW, "--actors", "NOR,NLD")
    assert "no figures of NOR, NLD" in done.stdout and done.returncode == 0
    assert verdicts(tmp_path / "gas")["A1"] != "undecided"
    for words, says in (
        ([*NEW, "--actors", "DEU"], "gas is not empty: name a new folder"),
        (["new", "b", *NEW[2:-1], "1 June", "--actors", "DEU"], "write year-month-day"),
        (["new", "b", *NEW[2:], "--actors", "Germany"], "write two or three letters from A to Z"),
        (["new", "b", *NEW[2:], "--actors", "MÜN=München"], "write MUN=München"),
        (["new", "b.c", *NEW[2:], "--actors", "DEU"], "use only letters"),
        (["new", "con", *NEW[2:], "--actors", "DEU"], "con: it is the name of a device on Windows"),
    ):
        done = heldto(tmp_path, *words)
        assert done.returncode == 2 and says in done.stderr


def test_what_a_folder_begins_with_is_the_table_of_the_data_here():
    with (ROOT / "data" / "economic" / "gdp_population.csv").open() as file:
        ours = {(row["actor"], row["year"]): row for row in csv.DictReader(file)}
    with begun.START.open() as file:
        for row in csv.DictReader(file):
            there = ours[row["actor"], row["year"]]
            assert (row["gdp_usd"], row["population"]) == (there["gdp_usd"], there["population"])


def test_a_new_claim_adds_cells_and_changes_none(new):
    path = new / "notebooks" / "01_claims.ipynb"
    held = nbformat.read(path, 4)
    held.cells[3].source += "\n# mine"
    held.cells.insert(5, nbformat.v4.new_markdown_cell("My own words", id="mine"))
    nbformat.write(held, path)
    before = [dict(cell) for cell in nbformat.read(path, 4).cells]
    claims = new / "claims.toml"
    claims.write_text(claims.read_text() + '\n[A4]\nsays = "One more"\nkind = "descriptive"\n')
    assert (
        "added to notebooks/01_claims.ipynb: A4; no other cell changed"
        in heldto(new, "notebooks").stdout
    )
    after = nbformat.read(path, 4).cells
    assert [dict(cell) for cell in after if not cell.id.startswith("a4-")] == before
    assert [cell.id for cell in after if cell.id.startswith("a4-")][0] == "a4-head"
    raw = path.read_bytes()
    assert "nothing was changed" in heldto(new, "notebooks").stdout and path.read_bytes() == raw


def test_a_notebook_in_which_nobody_wrote_follows_its_claims(new):
    claims = new / "claims.toml"
    claims.write_text(claims.read_text().replace("Fill in: a claim", "Another claim"))
    assert 'its notebook says "A3. Fill in: a claim' in heldto(new, "check").stdout
    assert "again, because nobody had written in it" in heldto(new, "notebooks").stdout
    assert "its notebook says" not in heldto(new, "check").stdout
    assert "nothing was changed" in heldto(new, "notebooks").stdout


def test_an_actor_that_the_sentence_names_and_the_measure_does_not_is_asked_about(own):
    path = own / "claims.toml"
    path.write_text(
        path.read_text()
        + f'\n[A15]\nsays = "Japan is larger than Germany"\nkind = "descriptive"\n{MEASURE}{RULE}'
    )
    assert "it names Germany, but the measure does not" in heldto(own, "check").stdout


def test_a_seal_fixes_a_rule_and_a_change_stands_beside(new):
    assert "Sealed on" in heldto(new, "seal").stdout
    claims = new / "claims.toml"
    claims.write_text(
        claims.read_text()
        .replace("more_than = 1\n", "more_than = 900\n")
        .replace("partly = 0.9", "partly = 800")
    )
    before = json.loads(heldto(new, "claims", "--json", "--claim", "A1").stdout)[0]
    assert before["verdict_then"] == "holds" and "more than 1:" in before["threshold"]
    assert "the sealed version decides" in heldto(new, "check").stdout
    assert "The new rule is in amendments.csv, beside the first" in heldto(new, "seal").stdout
    after = json.loads(heldto(new, "claims", "--json", "--claim", "A1").stdout)[0]
    assert (after["verdict_then"], after["amended_then"]) == ("holds", "fails")
    kept = (new / "amendments.csv").read_text()
    heldto(new, "seal")
    assert (new / "amendments.csv").read_text() == kept  # written once
    assert "by a seal" in heldto(new, "prove", "A1").stdout
    text = claims.read_text().replace('column = "gdp_usd"\nof', 'column = "population"\nof')
    claims.write_text(text)
    assert "its measure was changed after the seal" in heldto(new, "check").stdout


def test_pairs_without_an_order_are_found_in_a_table_and_no_sellers_with_their_buyers():
    """Each table of this article's own: those that its entries call pairs, and no other."""
    for name in evidence.package()["tables"]:
        frame, columns = tables._coded(evidence.table(name))
        pairs = evidence.describe(name).get("pairs", [])
        assert tables.pairs_without_order(frame, columns) == pairs, name


def test_a_claim_on_a_pair_is_compared_with_all_others_whichever_way_round(new):
    rows = "DEU,JPN,2014,9\nDEU,NOR,2014,8\nDEU,UKR,2014,7\nJPN,UKR,2014,9\nNOR,UKR,2014,2\n"
    (new / "visits.csv").write_text(f"State_1,State_2,Year,Visits\n{rows}")
    done = heldto(new, "table", "visits.csv", *SAID)
    assert "each pair of state_1 and state_2 once" in done.stdout, done.stderr
    block = '[{}]\nsays = "Ukraine and Germany meet often"\nrule = {{ at_least = 5 }}\nmeasure = {{ shape = "value", table = "visits", column = "visits", at = 2014, compare = ["DEU"], where = {{ state_1 = "{}", state_2 = "{}" }} }}\n'
    both = block.format("A1", "DEU", "UKR") + block.format("A2", "UKR", "DEU")
    (new / "claims.toml").write_text(both)
    held = json.loads(heldto(new, "claims", "--json").stdout)
    assert [one["verdict_then"] for one in held] == ["holds", "holds"]
    assert [one["others_then"]["hold"] for one in held] == [1, 1]
    ranked = '[A3]\nsays = "Ukraine is second"\nrule = { at_most = 2 }\nmeasure = { shape = "rank", table = "visits", column = "visits", at = 2014, by = "state_2", who = "UKR", where = { state_1 = "DEU" } }\n'
    (new / "claims.toml").write_text(both + ranked)
    code = """
from heldto.publish.newarticle.notebooks import _number
told = {}
for claim in ("A1", "A2", "A3"):
    *lines, last = _number(claim).splitlines()
    exec("\\n".join(lines))
    told[claim] = eval(last).to_numpy().ravel().tolist()
print(json.dumps(told))
"""
    assert python(new, code) == {"A1": [7], "A2": [7], "A3": [9.0, 8.0, 7.0]}
    twice = (new / "data/visits.csv").read_text() + "UKR,DEU,2014,7\n"
    (new / "data/visits.csv").write_text(twice)
    assert (
        "row 7, column state_1+state_2+year: state_1=UKR, state_2=DEU, year=2014 stands here the other way round, and a pair has one row: delete one of the two"
        in heldto(new, "check").stdout
    )
    assert [one["others_then"]["of"] for one in held] == [2, 2]


def test_a_table_is_described_and_a_claim_can_rest_on_it(new):
    (new / "gas imports.csv").write_text(
        "Country,Origin,2014,2015,2020\nGermany,Norway,10,20,30\nGermany,Japan,1,2,3\n"
    )
    said = [
        "--source",
        "An office",
        "--licence",
        "CC BY",
        "--trap",
        "Transit is counted",
        "--unit",
        "TWh",
    ]
    assert "Where is it from?" in heldto(new, "table", "gas imports.csv").stderr
    done = heldto(new, "table", "gas imports.csv", *said)
    assert "country (actors)" in done.stdout and "a row for each year" in done.stdout, done.stderr
    (entry,) = [
        one
        for one in json.loads((new / "data/datapackage.json").read_text())["resources"]
        if one["name"] == "gas_imports"
    ]
    assert entry["licenses"] == [{"name": "CC-BY-4.0"}] and entry["traps"] == ["Transit is counted"]
    assert entry["schema"]["primaryKey"] == ["country", "origin", "year"]
    claims = new / "claims.toml"
    block = '\n[A4]\nsays = "Most is Norwegian"\nmeasure = { shape = "share", table = "gas_imports", column = "value", where = { country = "DEU" }, part = { origin = "NOR" } }\nrule = { more_than = 50 }\n'
    claims.write_text(claims.read_text() + block)
    held = json.loads(heldto(new, "claims", "--json", "--claim", "A4").stdout)[0]
    assert held["value_then"] == pytest.approx(100 * 30 / 33) and held["sources"] == "An office"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\n1\n", "one column, or no row"),
        ("a,b\n", "one column, or no row"),
        ("a,A\n1,2\n", "two columns have the same name"),
        ("a,b\n1,2,3,4\n1,2\n", "save it as CSV"),
        ("", "save it as CSV"),
        ("a,year\n1,2014\n1,2014\n", "rows 2 and 3 are the same: delete one of them"),
        ("a,year\n1,2014\n1,2014/15\n", 't.csv, row 3, column year: "2014/15" is not a year'),
        ("a,year\n1,2014\n1,\n", "t.csv, row 3, column year: a blank is not a year"),
        ("Coal\n;2014;2015\nLand;Mt;Mt\nA;1;2\nB;1;2\n", 't.csv, row 3, column 2014: "Mt" is no'),
        ("Datum;x\n01.03.2001;1\n", 'row 2, column datum: "01.03.2001" is a day: write 2001-03-01'),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence(new, text, says):
    (new / "t.csv").write_text(text)
    done = heldto(new, "table", "t.csv", "--source", "x", "--licence", "x", "--trap", "x")
    assert says in done.stdout + done.stderr


SAID = "--source", "x", "--licence", "x", "--trap", "x"


def workbook(path, **sheets):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell in sheet["C"] if sheet.max_column > 2 else ():
            cell.number_format = "0.0%"
    book.save(path)


GAS = [["Country", "Year", "Share (%)"], ["Germany", 2014, 0.125], ["Japan", 2015, 0.5]]


def test_a_workbook_becomes_a_table(new):
    workbook(new / "gas.xlsx", notes=[["Of our own"]], Gas=[*GAS[:2], [], GAS[2]])
    done = heldto(new, "table", "gas.xlsx", *SAID)
    assert "gas.xlsx has the sheets notes, Gas: name one with --sheet" in done.stderr
    done = heldto(new, "table", "gas.xlsx", "--sheet", "gas", *SAID)
    assert 'no sheet "gas" with cells. Did you mean "Gas"?' in done.stderr
    done = heldto(new, "table", "gas.xlsx", "--sheet", "Gas", *SAID)
    assert "gas.xlsx, 2 rows: country (actors), year (2014-2015), share (figures, %)" in done.stdout
    lines = (new / "data" / "gas.csv").read_text().splitlines()
    assert lines[1:] == ["DEU,2014,12.5", "JPN,2015,50.0"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('Land;Share\nGermany;36,1 %\nJapan;..\n', "share (figures, %, 1 cell blank)"),
        ('Land,2014,2015,2016\nGermany,78.4%,78%,77%\n', "value (figures, %)"),
        ('Land,Share (percent)\nGermany,0.361\nJapan,0.25\n', "largest figure is 0.361: is 36.1 meant?"),
    ],
)  # fmt: skip
def test_percent_in_a_csv_is_read_as_in_a_workbook(new, text, says):
    (new / "t.csv").write_text(text)
    done = heldto(new, "table", "t.csv", *SAID)
    assert says in done.stdout, done.stdout + done.stderr


def test_a_package_takes_no_table_and_no_seal_of_somebody_s_own(tmp_path):
    (tmp_path / "t.csv").write_text("actor,year,x\nCHN,2014,\nRUS,2014,2\n")
    for words in (["table", tmp_path / "t.csv", *SAID], ["seal"]):
        done = heldto(tmp_path, *words)  # where no article lies, the installed one is open
        assert done.returncode == 2 and "go to the folder with your article.toml" in done.stderr
    assert not (ROOT / "data" / "t.csv").exists() and schemas.write_schemas() == []


@pytest.mark.parametrize(
    ("header", "short"),
    [
        (
            "Power from coal - TWh (adapted for a chart)",
            ("Power from coal (TWh)", "adapted for a chart"),
        ),
        ("Exports - USD bn", ("Exports (USD bn)", "")),
        ("Coal (EJ)", ("Coal (EJ)", "")),
        ("Gas - imports", ("Gas - imports", "")),
        ("Exports - USA", ("Exports - USA", "")),
        (
            "Coal (what was burnt in plants that also make heat)",
            ("Coal", "what was burnt in plants that also make heat"),
        ),
    ],
)
def test_a_header_of_many_words_is_shortened_to_a_name_and_a_unit(header, short):
    assert laid_out.short_header(header) == short


def test_names_of_columns_are_cut_only_where_they_stay_apart():
    long = "the_share_of_electricity_that_was_made_from_"
    assert laid_out.short_names(["gas", long + "coal"]) == ["gas", long[:39].rpartition("_")[0]]
    assert laid_out.short_names([long + "gas", long + "coal"]) == [long + "gas", long + "coal"]


def test_columns_for_each_source_are_shortened_and_turned_into_rows(new):
    note = "adapted for visualization of chart electricity-prod-source-stacked"
    heads = [f"Electricity from {what} - TWh ({note})" for what in ("coal", "gas", "wind")]
    rows = ["Germany,DEU,2018,1.5,2.5,", "Africa,,2018,4.5,5.5,6.5", "Norway,NOR,2018,7,8,9"]
    (new / "power.csv").write_text("\n".join([f"Entity,Code,Year,{','.join(heads)}", *rows]))
    told = heldto(new, "table", "power.csv", *SAID).stdout
    assert "electricity_from_coal_twh (figures, TWh)" in told and "nan" not in told
    assert "groups without one: Africa" in told
    assert "could be rows" in told and "run it again with --rows source" in told
    entry = json.loads((new / "data" / "datapackage.json").read_text())["resources"][-1]
    coal = entry["schema"]["fields"][3]
    assert (coal["title"], coal["unit"], coal["description"]) == (
        "Electricity from coal",
        "TWh",
        note,
    )
    assert "code" not in entry["schema"]["primaryKey"]
    told = heldto(new, "table", "power.csv", "--rows", "source", *SAID).stdout
    assert "A column for each source is now a row for each" in told and "could be" not in told
    lines = (new / "data" / "power.csv").read_text().splitlines()
    assert lines[:2] == ["entity,code,year,source,value", "DEU,DEU,2018,Coal,1.5"]
    assert len(lines) == 9  # a blank is no row
    refused = heldto(new, "table", "power.csv", "--rows", "code", *SAID).stderr
    assert "--rows code needs a name that no column has" in refused


def test_a_table_with_a_blank_cell_is_described_with_it(new):
    (new / "t.csv").write_text("actor,year,x\nDEU,2014,\nUKR,2014,2\n")
    assert "x (figures, 1 cell blank)" in heldto(new, "table", "t.csv", *SAID).stdout


def test_a_column_of_countries_of_which_few_are_actors_is_said(new):
    """With a column of categories beside it, and without."""
    lands = ["Germany", "Italy", "Spain", "France", "Poland", "Greece", "Malta", "Latvia"]
    (new / "t.csv").write_text("land,fuel,x\n" + "".join(f"{land},Coal,1\n" for land in lands))
    says = "land was not read as actors: only Germany of it stand in actors.csv, not Italy, Spain"
    done = heldto(new, "table", "t.csv", *SAID)
    assert says in done.stdout and "No column has actors" not in done.stdout
    with (new / "actors.csv").open("a") as file:
        file.write("COA,Coal\n")
    done = heldto(new, "table", "t.csv", *SAID)
    assert "fuel (actors)" in done.stdout and says in done.stdout


def test_a_new_folder_names_the_actors_of_whom_it_has_a_code_alone(tmp_path):
    done = heldto(tmp_path, *NEW, "--actors", "DEU,GBR,POL,NOR=Norway")
    assert "GBR, POL have no name yet: write it into actors.csv" in done.stdout


def test_a_workbook_that_is_no_table_is_one_sentence(new, monkeypatch):
    workbook(new / "noted.xlsx", Gas=[["Shares of gas"], [], *GAS, [], ["Source: an office"]])
    done = heldto(new, "table", "noted.xlsx", *SAID)
    assert 'Row 1 stands above the header and is left out: "Shares of gas".' in done.stdout
    assert 'Row 7 stands below the table and is left out: "Source: an office".' in done.stdout
    assert "DEU,2014,12.5" in (new / "data" / "noted.csv").read_text()
    workbook(new / "blank.xlsx", Gas=[])
    assert "no sheet has a cell" in heldto(new, "table", "blank.xlsx", *SAID).stderr
    (new / "t.xlsx").write_bytes(b"PK\x03\x04")
    done = heldto(new, "table", "t.xlsx", *SAID)
    assert "cannot be read as a workbook" in done.stderr and "save its sheet as CSV" in done.stderr
    monkeypatch.setattr(tables, "find_spec", lambda name: None)
    with pytest.raises(Problem, match=r"is a workbook: pip install .*\[excel\].* to have it read"):
        tables._workbook_rows(new / "noted.xlsx", "")


def test_a_workbook_of_another_kind_is_told_its_way_and_years_of_another_name_are_seen(new):
    told = SAID
    (new / "t.xls").write_bytes(b"x")
    assert "save its sheet as CSV, in Excel by File" in heldto(new, "table", "t.xls", *told).stderr
    (new / "t.csv").write_text("Stand,x\n2014,1\n2015,2\n")
    assert (
        "stand holds years: write year into its header"
        in heldto(new, "table", "t.csv", *told).stdout
    )


@pytest.mark.parametrize(
    ("text", "cells"),
    [  # as spreadsheets of several countries write them
        ("\ufeffCountry;Coal (EJ)\nGermany;12,5\nJapan;1.007,25\n", ["12.5", "1007.25"]),
        ("Country,Coal (EJ)\nGermany,12.5 %\nJapan,..\n", ["12.5", ""]),
        ('Country,Coal (EJ)\nGermany,"1,234"\nJapan,7\n', ["1234", "7"]),
    ],
)
def test_figures_are_read_as_they_are_written_and_a_header_gives_the_unit(new, text, cells):
    (new / "t.csv").write_text(text, encoding="utf-8")
    done = heldto(new, "table", "t.csv", "--source", "x", "--licence", "x", "--trap", "x")
    assert "coal_ej (figures, EJ" in done.stdout, done.stderr
    with (new / "data/t.csv").open() as file:
        assert [row["coal_ej"] for row in csv.DictReader(file)] == cells
    fields = json.loads((new / "data/datapackage.json").read_text())["resources"][-1]["schema"]
    assert (fields["fields"][1]["title"], fields["fields"][1]["unit"]) == ("Coal", "EJ")


WORLD_BANK = """\ufeff"Data Source","World Development Indicators",

"Last Updated Date","2024-12-16",

"Country Name","Country Code","Indicator Name","Indicator Code","2014","2015","2016",
"Germany","DEU","Population, total","SP.POP.TOTL","80982500","81686611","",
"Japan","JPN","Population, total","SP.POP.TOTL","127276000","","",
"""
DATABANK = """Country Name,Country Code,2014 [YR2014],2015 [YR2015],2016 [YR2016]
Germany,DEU,1.5,..,2.5
Japan,JPN,3,4,5

,,,,
Data from database: World Development Indicators,,,,
Last Updated: 12/16/2024,,,,
"""
BULK = (
    "freq,unit,geo\\TIME_PERIOD\t2014 \t2015 \t2016 \n"
    "A,PC,DE\t12.3 p\t: \t12.5 b\nA,PC,JP\t: c\t0.4 \t0.123 bep\n"
)
SDMX = """DATAFLOW,LAST UPDATE,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:X(1.0),16/12/24,A,DE,2014,12.3,p
ESTAT:X(1.0),16/12/24,A,DE,2015,12.4,
"""
OECD = """REF_AREA,Reference area,MEASURE,Measure,TIME_PERIOD,Time period,OBS_VALUE,OBS_STATUS
DEU,Germany,GDP,Gross domestic product,2014,,1234.5,A
JPN,Japan,GDP,Gross domestic product,2014,,12,A
"""
OLD_OECD = """"LOCATION","INDICATOR","TIME","Value","Flag Codes"
"DEU","GDP","2014",3.1,"E"
"JPN","GDP","2014",4.25,
"""
GENESIS = """Bev\u00f6lkerung: Deutschland, Stichtag
Land;Jahr;Anzahl
Germany;2014;81.198
Germany;2015;82.176
Japan;2014;-
__________
\u00a9 Statistisches Bundesamt (Destatis), 2024
"""
FLAT = "Zeit;Land;Quote\n2014;Germany;1.234,5\n2015;Germany;12,25\n2016;Germany;x\n2017;Germany;/\n"
ONS = """"Title","Gross domestic product"
"CDID","YBHA"
"Unit","m"
"1948","11835"
"1949","12565"
"1950","13162"
"""
CODES = "geo,year,x\nDE,2014,1\nFR,2014,2\n"
INSEE = "Country;Year;x\nGermany;2014;1\u202f234,5\nJapan;2014;12\u00a0345\n"
LAID_OUT = [
    (
        WORLD_BANK,
        ["2014,80982500.0", "2015,81686611.0", "2014,127276000.0"],
        "Rows 1 to 3 stand above the header",
    ),
    (
        DATABANK,
        ["2014,1.5", "2014,3.0", "2015,4.0", "2016,2.5", "2016,5.0"],
        "Rows 6 to 7 stand below the table",
    ),
    (BULK, ["DE,2014,12.3", "JP,2015,0.4", "DE,2016,12.5", "JP,2016,0.123"], "p (provisional)"),
    (SDMX, ["DE,2014,12.3,p", "DE,2015,12.4,"], "TIME_PERIOD is called year here."),
    (
        OECD,
        ["GDP,Gross domestic product,2014,1234.5,A"],
        "Left out, because they are blank: Time period.",
    ),
    (OLD_OECD, ["DEU,GDP,2014,3.1,E", "JPN,GDP,2014,4.25,"], "TIME is called year here."),
    (
        GENESIS,
        ["DEU,2014,81198.0", "DEU,2015,82176.0", "JPN,2014,"],
        "81.198 was read as 81198: is that meant?",
    ),
    (FLAT, None, 't.csv, row 4, column quote: "x" is no figure: write one, leave the cell blank'),
    (
        FLAT.replace("x\n", "\n"),
        ["2014,DEU,1234.5", "2015,DEU,12.25", "2017,DEU,"],
        "Zeit is called year",
    ),
    (ONS, None, "rows 2 to 3 are no figures: delete such notes below the header"),
    (CODES, ["DE,2014,1"], "geo holds codes such as DE: write each as an alias into actors.csv"),
    (INSEE, ["DEU,2014,1234.5", "JPN,2014,12345.0"], "x (figures)"),
    (
        'Country,Year,x\nGermany,2014,"12,5"\nJapan,2014,"7,25"\n',
        ["DEU,2014,12.5", "JPN,2014,7.25"],
        "x (figures)",
    ),
    (
        "Country;Year;x\nGermany;2014;12,5\nJapan;2014;7.5\n",
        None,
        'another decimal sign than "12,5" in row 2',
    ),
]


@pytest.mark.parametrize(("text", "lines", "says"), LAID_OUT)
def test_a_file_as_a_publisher_lays_it_out_is_read_right_or_told(new, text, lines, says):
    (new / "t.csv").write_text(text, encoding="utf-8")
    done = heldto(new, "table", "t.csv", *SAID)
    assert says in done.stdout + done.stderr, done.stdout + done.stderr
    assert (done.returncode == 0) == (lines is not None)
    written = (new / "data" / "t.csv").read_text() if lines else ""
    assert not [line for line in lines or () if f"{line}\n" not in written], written


def test_sections_can_be_renamed_and_one_without_a_letter_shows_all_claims(new):
    text = (new / "article.toml").read_text()
    more = '\n[sections.end]\nnotebook = "02_end"\n'
    (new / "article.toml").write_text(text.replace("01_claims", "01_gas") + more)
    assert "notebooks/01_claims.ipynb: no section of article.toml" in heldto(new, "check").stdout
    done = heldto(new, "notebooks").stdout
    assert "deleted notebooks/01_claims.ipynb" in done and "wrote notebooks/02_end.ipynb" in done
    mine = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Mine")])
    nbformat.write(mine, new / "notebooks/03_mine.ipynb")
    assert "notebooks/03_mine.ipynb belongs to no section" in heldto(new, "notebooks").stdout
    assert (new / "notebooks/03_mine.ipynb").is_file()  # somebody wrote in it
    made = python(new, "print(json.dumps(fr.overview.glance_picture().title))")
    assert made
    cells = nbformat.read(new / "notebooks/02_end.ipynb", 4).cells
    names = [cell.id for cell in cells]
    assert names.index("quick") < names.index("glance")  # guessed before all verdicts show
    by_name = dict(zip(names, cells, strict=True))
    assert 'asked = ["A1"' in by_name["quick"].source
    assert (
        "fr.examine(asked, " in by_name["glance"].source and "ask=False" in by_name["glance"].source
    )
    for name in ("you-head", "you"):  # no heading without what it heads: a page has it at its end
        assert "live" in by_name[name].metadata["tags"]


# The example


PROMISES = """
from heldto.claims import ledger, seals
from heldto.exercises.guesses import guess_page
card = fr.verdict("A1").card
told = [seals.of_all(), ledger.tallies(ledger.table())["short"], fr.overview.glance_picture().title]
told += [fr.overview.glance_picture().note, *card.lines(), f"{fr.guess('A1')}", str(guess_page("A1"))]
print(json.dumps(told))
"""


def test_an_unsealed_rule_is_nowhere_called_sealed_or_fixed_beforehand(own):
    (own / "sealed.csv").unlink()
    told = python(own, PROMISES)
    assert told[0].startswith("The rules were not sealed")
    assert told[1] == told[2] == "By rules that were not sealed: 8 of the 11 that could hold do"
    without = [re.sub("(were )?not sealed", "", line) for line in told]
    assert not re.search("beforehand|sealed", " ".join(without))
    done = heldto(own, "claims")
    assert "By rules that were not sealed: 8 of the 11 that could hold do" in done.stdout
    assert "beforehand" not in done.stdout and "sealed on" not in done.stdout
    held = json.loads(heldto(own, "claims", "--json", "--claim", "A1").stdout)
    assert held[0]["fixed_beforehand"] is False
    assert "Rule, not sealed: " in heldto(own, "prove", "A1").stdout
    heldto(own, "moodle", own / "moodle")
    moodle = (own / "moodle" / "moodle.xml").read_text()
    assert "Rule: " in moodle and "beforehand" not in moodle


def test_a_sealed_rule_is_told_with_its_day_and_a_part_of_them_is_told_apart(own):
    sealed = (own / "sealed.csv").read_text()
    told = python(own, PROMISES)
    assert told[0].startswith("7 rules were sealed on 30 November 2026 (those who wrote")
    days = "from 30 November 2026 to 1 December 2026"
    assert told[1] == told[2] == f"By rules sealed {days}: 8 of the 11 that could hold do"
    assert all(
        "Rule, sealed on 30 November 2026: less than 5000 USD bn" in text for text in told[-2:]
    )
    assert "beforehand" not in " ".join(told)
    (own / "sealed.csv").write_text("".join(sealed.splitlines(keepends=True)[:3]))
    told = python(own, PROMISES)
    assert told[0].endswith("Not sealed: A3, A4, A5, A6, A7, A8, A9, B1, B2, B3.")
    assert told[1] == (
        "By rules sealed on 30 November 2026: 2 of the 2 that could hold do. "
        "By rules that were not sealed: 6 of the 9 that could hold do"
    )


def test_what_is_measured_the_rule_and_its_reason_stand_above_the_guess(own):
    code = """
from heldto.exercises.guesses import guess_page
both = fr.guess(["A1", "A2"])
print(json.dumps([str(guess_page("A1")), repr(fr.guess("A1")), [row.children[0].value for row in both.rows], repr(fr.guess("B4"))]))
"""
    page, line, rows, undecided = python(own, code)
    form = BeautifulSoup(page, "html.parser").find("form", class_="guess")
    terms = [told.text for told in form.find_all(class_="terms")]
    assert form.find("input").find_previous(class_="terms").text == terms[-1]
    assert terms[0] == "What is measured: Japan's gross domestic product."
    assert terms[1] == "What counts is 2014."
    assert "within 25 %: partly" in terms[2] and "Why: 'Just under' leaves a tenth." in terms[2]
    assert all(told in line for told in terms) and "is more than half" in rows[1]
    assert "What would decide it: instructions to the US mission" in undecided
    assert "Does a table here have that?" in undecided  # that none has it is the answer
    assert "Rule" not in undecided and "No table" not in undecided
    assert "partly: only in part" in form.text.replace("\n", " ")


def test_from_when_to_when_is_told_of_every_claim_that_figures_decide(own):
    code = """
from heldto.claims.span import span_told
print(json.dumps([span_told(claim) for claim in ("A2", "A5", "A6", "A7", "A9", "B2", "B4")]))
"""
    last = "the last year known (in September 2015: 2014)"
    assert python(own, code) == [
        f"What counts is {last}.",
        "What counts is the place by the change from 2004 to 2014.",
        f"What counts is how far {last} lies below its peak, in percent of its peak.",
        f"What counts are the years in a row up to {last}.",
        "What counts is 2020.",
        "What counts is the sum of the years 2005 to 2014.",
        "",
    ]
    heldto(own, "moodle", own / "moodle")
    moodle = (own / "moodle" / "moodle.xml").read_text()
    assert moodle.count("What counts") == 12  # of B4 nothing does


@pytest.mark.parametrize(
    "years",
    ["of = { actor = 'IND', year = 2014 }, to = { actor = 'IND', year = 2004 }",
     "of = { actor = 'IND' }, to = { actor = 'IND', year = 2004 }, at = 2014"],
)  # fmt: skip
def test_each_figure_of_a_ratio_may_name_its_own_year(new, years):
    blocks = f"""
[A1]
says = "In 2014 India had twice the economy of 2004"
measure = {{ shape = "ratio", table = "gdp", column = "usd", {years}, what = "India in 2014 over India in 2004" }}
rule = {{ at_least = 2 }}
"""
    _write_texts(new, {"actors.csv": "actor,name\nIND,India\n", "claims.toml": blocks})
    (new / "gdp.csv").write_text("actor,year,usd\nIND,2004,10\nIND,2014,25\nIND,2015,30\n")
    heldto(new, "table", "gdp.csv", *SAID, "--unit", "TWh")
    assert "its words name" not in heldto(new, "check").stdout
    (told,) = json.loads(heldto(new, "claims", "--json").stdout)
    assert told["verdict_then"] == "holds"
    assert "India in 2014 over India in 2004: 25" in f"{told}" and "2004 in 2014" not in f"{told}"


def test_check_asks_where_words_and_measure_name_other_years(own):
    claims = own / "claims.toml"
    (own / "sealed.csv").unlink()
    text = claims.read_text().replace(
        "what = \"India's share of", "what = \"In 2010 India's share of"
    )
    claims.write_text(text.replace("grown as fast as India's since 2004", "grown since 2002"))
    told = heldto(own, "check").stdout
    says = "its words name 2010, and its measure has no year, so the last known is taken: mend"
    assert says in told and "name 2002, and its measure has years = [2004, 2014]: mend" in told


def test_a_table_that_was_changed_after_the_seal_is_told_where_its_claim_is(new):
    heldto(new, "seal")
    assert "was changed after" not in heldto(new, "check").stdout
    (table,) = (new / "data").glob("*.csv")
    text = table.read_text()
    table.write_text(text.replace("\n", "\r\n"))
    assert "was changed after" not in heldto(new, "check").stdout  # the ends of lines say nothing
    lines = text.splitlines()
    table.write_text("\n".join([lines[0], *lines[2:], ""]))
    says = f"The table {table.stem} was changed after the rule was sealed on "
    assert says in heldto(new, "check").stdout and says in heldto(new, "prove", "A1").stdout
    code = """
from heldto.exercises.guesses import guess_page
print(json.dumps([str(guess_page("A1")), str(fr.verdict("A1").card.to_html())]))
"""
    assert all(says in page for page in python(new, code))


def test_a_rule_is_sealed_before_its_table_is_there_and_the_pages_say_which_were(new):
    """What it measures, and in which unit, it then has to say itself."""
    shutil.move(new / "data", aside := new.with_name("aside"))
    assert 'A1 is not sealed: claims.toml, [A1], measure: no table "economy"' in (
        heldto(new, "seal").stdout
    )
    claims = new / "claims.toml"
    text = claims.read_text()
    what = 'what = "GDP of Germany over that of Ukraine"'
    assert what in text
    claims.write_text(text.replace(what, f'{what}\nunit = "ratio"'))
    done = heldto(new, "seal").stdout
    assert "A1 was sealed before its table was there: economy." in done
    assert "Nothing to seal" in heldto(new, "seal").stdout
    shutil.move(aside, new / "data")
    proved = heldto(new, "prove", "A1").stdout
    assert "The rule in claims.toml today: the same digest." in proved
    assert "was changed after" not in proved and "It was never amended." in proved
    code = "from heldto.claims import seals\nprint(json.dumps(seals.of_all()))"
    assert python(new, code).endswith(". For 1 of them the table came after the seal.")
    (new / "sealed.csv").unlink()
    heldto(new, "seal")
    told = python(new, code)
    assert told.endswith("For 1 of them the table was there already: its figures could be seen.")


def test_the_example_lacks_nothing_and_its_rules_are_as_sealed():
    done = heldto(EXAMPLE, "check")
    assert done.returncode == 0 and "every rule is sealed" in done.stdout
    lines = [line.strip() for line in done.stdout.splitlines() if line.startswith("    ")]
    assert {*lines} == {"nothing is missing"}
    assert heldto(EXAMPLE, "validate").stdout.startswith("OK")


def test_the_tables_of_the_example_are_cuts_of_the_data_here():
    for own, ours, column in (
        ("economy", "economic/gdp_population", "gdp_usd"),
        ("votes", "geopolitical/ideal_points", "ideal_point"),
    ):
        with (ROOT / "data" / f"{ours}.csv").open() as file:
            held = {(row["actor"], row["year"]): row[column] for row in csv.DictReader(file)}
        with (EXAMPLE / "data" / f"{own}.csv").open() as file:
            rows = [*csv.DictReader(file)]
        assert rows and all(held[row["actor"], row["year"]] == row[column] for row in rows)


def test_the_example_becomes_handouts_key_cards_and_site_without_a_word_of_ours(tmp_path):
    """Its notebooks run, by the same commands as ours; no page names what is not its own."""
    done = heldto(EXAMPLE, "handouts", "--seminar", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stdout
    shutil.unpack_archive(tmp_path / "out" / "seminar.zip", tmp_path / "zip")
    pages = {path.name: path for path in (tmp_path / "zip").rglob("*.html")}
    assert {"key.html", "wall.html", "codebook.html", "01_weight.html"} <= {*pages}
    assert not {"role-cards.html", "roll-call.html"} & {*pages}  # no plan has a simulation
    assert "B3" in pages["key.html"].read_text()
    every = [*(tmp_path / "zip").rglob("*.*"), *(tmp_path / "out").glob("*.html")]
    for path in every:
        if path.suffix in (".html", ".ipynb"):
            text = path.read_text(encoding="utf-8")
            assert not (found := FOREIGN.findall(text)), (path.name, found)
    page = pages["01_weight.html"].read_text()
    assert "7 rules were sealed on 30 November 2026" in page and "Rule, sealed on" in page
    _check_plan(tmp_path / "zip", pages)
    _check_lesson(tmp_path / "out" / "lesson-45.zip")
    listing = (tmp_path / "out" / "index.html").read_text()
    assert "makes 13 claims that these pages test" in listing
    assert "A seat for the three" in page and "September 2015" in page
    block = BeautifulSoup(page, "html.parser").find("script", type="application/ld+json")
    assert json.loads(block.text)["isBasedOn"]["headline"] == "A seat for the three"


def _check_lesson(path):
    """Six files; the plan opens places of the one page, and no other file; the page has the plan's claims alone."""
    with zipfile.ZipFile(path) as packed:
        files = {name.rpartition("/")[2]: packed.read(name).decode() for name in packed.namelist()}
    pages = {"plan-45.html", "lesson-45.html", "slips.html", "wall.html", "key.html", "letter.html"}
    assert {*files} == pages
    links = [
        one["href"]
        for one in BeautifulSoup(files["plan-45.html"], "html.parser").main("a", href=True)
    ]
    places = [link for link in links if link.startswith("lesson-45.html?present=lesson-45#")]
    assert len(places) > 5
    assert {link.partition("?")[0].partition("#")[0] for link in links} - {""} <= pages
    heads = [head.text for head in BeautifulSoup(files["lesson-45.html"], "html.parser")("h2")]
    asked = {link.rpartition("at=")[2] for link in places}
    assert asked == {head.partition(".")[0] for head in heads if re.match(r"[A-Z]\d+\.", head)}
    assert "A seat for the three" in files["letter.html"] and "A1" in files["slips.html"]


def _check_plan(folder, pages):
    """Its links lead to places that are there; its groups have slips; what a figure cannot show
    stands on the page of misreadings; the letter names the op-ed.
    """
    plan = BeautifulSoup(pages["plan-45.html"].read_text(), "html.parser")
    links = [
        link["href"] for link in plan("a") if re.match(r".*\.html(\?present)?.*#", link["href"])
    ]
    assert len(links) > 8
    for link in links:
        name, state = re.fullmatch(r"(?:.*/)?([\w-]+\.html)(?:\?[\w=-]+)?#(.+)", link).groups()
        place = re.search(r"at=([\w-]+)", state)[1]
        tree = BeautifulSoup(pages[name].read_text(), "html.parser")
        heads = [head.text for head in tree(["h2", "h3"])]
        assert tree.find(id=place) or any(head.startswith(f"{place}.") for head in heads), link
    assert "?present=plan-45" in str(plan)
    (index,) = (path for path in folder.rglob("index.html") if path.parent.name == "lecturer")
    links = [link["href"] for link in BeautifulSoup(index.read_text(), "html.parser")("a")]
    links = [link for link in links if not link.startswith(("#", "http"))]
    papers = {"plan-45.html", "letter.html", "misreadings.html", "key.html", "wall.html"}
    assert papers <= {*links}
    assert all((index.parent / link.partition("#")[0]).is_file() for link in links), links
    letter = index.with_name("letter.html").read_text()
    assert "A letter to students" in letter and "A seat for the three" in letter
    assert "Group 4" in pages["slips.html"].read_text()
    assert "the yen fell against the dollar" in pages["misreadings.html"].read_text()


FRONT = '''
from pathlib import Path
from xml.etree import ElementTree as Tree
from heldto.publish.handouts import listing
from heldto.publish.site import front
Path("made").mkdir(exist_ok=True)
Path("made", "a.html").write_text("""<meta name='about' content='{"title": "A page", "core": 0, "reading": 1, "exercises": 0, "minutes": 0, "level": "", "teaches": []}'>""")
print(json.dumps([front.front_html(Path("made"), live=False), listing.index_html("made")]))
'''


def test_front_page_and_index_say_whether_rules_were_sealed_and_no_more(own):
    sealed = python(own, FRONT)
    (own / "sealed.csv").unlink()
    unsealed = python(own, FRONT)
    for page in sealed:
        assert "7 rules were sealed on 30 November 2026" in page
    for page in unsealed:
        assert "The rules were not sealed, so nothing shows that they came before" in page
    assert not any("fixed before the verdict" in page for page in sealed + unsealed)
    assert "A rule decides each claim" in unsealed[0]


def test_the_front_page_has_no_hole_where_nobody_wrote_a_blurb_and_check_asks_for_it(new, own):
    asks = 'write blurb = "..." below its title, as it goes on after "wrote that"'
    assert asks in heldto(new, "check").stdout and asks not in heldto(own, "check").stdout
    assert '\nblurb = ""' in (new / "article.toml").read_text()
    front = BeautifulSoup(python(new, FRONT)[0], "html.parser")
    assert "In June 2021 An author wrote “A title”. One tap" in front.select_one(".top").text
    assert front.find("meta", {"name": "description"})["content"].startswith("A title, 3 claims")


def test_a_kernel_in_the_browser_gets_the_folder_beside_the_engine():
    pytest.importorskip("jupyterlite_pyodide_kernel")
    code = """
import io, zipfile
from heldto.publish.site import live, wheels
names = zipfile.ZipFile(io.BytesIO(wheels.packed(wheels.carrying_package()))).namelist()
print(json.dumps([names, live._opened()["env"], live._started()]))
"""
    names, env, started = python(EXAMPLE, code)
    assert "heldto" in started and "frenemies" not in started
    folder = EXAMPLE.name
    held = {f"{folder}/{name}" for name in ("article.toml", "claims.toml", "data/economy.csv")}
    assert held | {"heldto/article.py"} <= {*names}
    assert not [name for name in names if name.startswith(("frenemies/", f"{folder}/notebooks"))]
    assert env[article.NAMED].endswith(f"/site-packages/{folder}")


def test_a_class_and_moodle_take_the_article_that_is_open(own, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    code = f"""
from heldto.exercises import score
for reader, said in (("ann", "holds"), ("ben", "fails")):
    score.record_guess("A1", said, 80, f"{folder}/{{reader}}.json")
    score.record_guess("B1", "fails", 60, f"{folder}/{{reader}}.json")
page = fr.reckoning.our_class("{folder}")
print(json.dumps([page.lines, [one.alt for one in page.pictures], fr.guess("A3").__class__.__name__]))
"""
    lines, drawn, _ = python(own, code)
    assert lines[0] == "2 readers." and "A1" in drawn[1] and "B1" in drawn[1]
    assert not FOREIGN.search(" ".join([*lines, *drawn]))
    done = heldto(own, "moodle", tmp_path / "moodle")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "moodle" / "moodle.xml").read_text()
    assert "Most of the people of the six states" in text and not FOREIGN.search(text)
    rows = (
        "<tr><td>India</td><td>1,312,277,191</td></tr><tr><td>Japan</td><td>127,276,000</td></tr>"
    )
    questions = Tree.fromstring(text.encode()).iter("question")
    asked = {one.findtext("idnumber"): one.findtext("questiontext/text") for one in questions}
    for name in ("guess-A2", "exercise-A2-share"):
        assert rows in asked[f"a_seat_for_three-{name}"] and "Year: 2014" in asked[f"a_seat_for_three-{name}"]  # fmt: skip
    assert "Source: World Bank World Development" in asked["a_seat_for_three-exercise-A2-share"]
    assert "The figure as known in September 2015: 8 years." in asked["a_seat_for_three-guess-A7"]
    category = re.compile(r"top/A seat for the three \w{8}/")
    claims = own / "claims.toml"
    claims.write_text(claims.read_text().replace("has doubled in ten years", "has grown"))
    heldto(own, "moodle", tmp_path / "later")
    later = (tmp_path / "later" / "moodle.xml").read_text()
    assert len({*category.findall(text), *category.findall(later)}) == 2


def test_a_whole_number_is_right_where_the_figure_has_decimals():
    code = """
from heldto.exercises import find_exercise
from heldto.publish.classroom import moodle
asked = find_exercise("A2-share").question
said = {text: asked.judge(text).right for text in ("86", "86.3", "86 %", "85", "87", "0.86")}
right, *slips = moodle.foreseen(asked)
values = [right[0], moodle.tolerance(asked, right[0])]
print(json.dumps([said, asked.wanted(), asked.accepted(), values, [one for one, *_ in slips]]))
"""
    said, wanted, accepted, moodles, slips = python(EXAMPLE, code)
    assert [text for text, right in said.items() if right] == ["86", "86.3", "86 %"]
    assert wanted == "Give a number in %, rounded to a whole number." and accepted == ["86"]
    assert moodles == [86.0, 0.5] and slips


def test_of_those_who_are_ranked_or_are_a_share_nobody_is_lost_when_another_is_compared(own):
    (own / "sealed.csv").unlink()
    claims, six = own / "claims.toml", '["IND", "JPN", "DEU", "KOR", "PAK"]'
    text = claims.read_text().replace(
        'who = "IND", unit', f'who = "IND", where = {{ actor = {six} }}, unit'
    )
    three = 'part = { actor = "IND" }, where = { actor = ["IND", "JPN", "DEU"] }, unit'
    claims.write_text(text.replace('part = { actor = "IND" }, unit', three))
    code = """
from heldto.claims import substitute
from heldto.toggles.of_measure import measured_rows
held = {claim: substitute.others(claim, "then").set_index("who").value.round(1).to_dict() for claim in ("A2", "A4")}
drawn = measured_rows("A4", over_time=False)[1].set_index("actor")["rank"].to_dict()
print(json.dumps([held, drawn, substitute.rate("A4", "then").words()]))
"""
    held, drawn, rate = python(own, code)
    assert held["A4"] == {"JPN": 1, "DEU": 2, "KOR": 4, "PAK": 5} and drawn == held["A4"] | {
        "IND": 3
    }
    assert held["A2"] == {"JPN": 8.4, "DEU": 5.3} and "2 of 4 others in India's place" in rate
    assert (
        "A4  India's economy is the third largest of the six\n    nothing"
        in heldto(own, "notebooks").stdout + heldto(own, "check").stdout
    )
    claims.write_text(
        claims.read_text().replace(
            f"{{ actor = {six} }}, unit", f'{{ actor = {six} }}, compare = ["DEU"], unit'
        )
    )
    says = '"DEU" is no actor whom others can replace: the measure names IND'
    assert says in heldto(own, "check").stdout


def test_what_is_exchanged_or_lost_under_a_seal_is_told(own):
    claims = own / "claims.toml"
    text = claims.read_text().replace("population has stood still", "population has grown")
    claims.write_text(text.replace("[A3]", "[A33]").replace("[A3.", "[A33."))
    told = heldto(own, "check").stdout
    assert "    The sentence was changed after the rule was sealed on" in told
    assert "sealed, and no longer in claims.toml: A3" in told
    assert "A3 is in sealed.csv, and no longer in" in heldto(own, "prove", "A3").stdout
    code = "from heldto.claims import seals\nprint(json.dumps(seals.of_all()))"
    assert "Sealed, but not here any more: A3." in python(own, code)
    (own / "sealed.csv").unlink()
    heldto(own, "seal")
    claims.write_text(claims.read_text().replace("population has grown", "population has shrunk"))
    assert "It was: Germany's population has grown" in heldto(own, "check").stdout
    changed = next(one for one in claims.read_text().split("\n[") if "has shrunk" in one)
    told = heldto(own, "prove", changed.partition("]")[0].strip("[")).stdout
    assert "It was: Germany's population has grown" in told
    assert "with the sentence that was sealed: the same digest" in told
    assert "ANOTHER DIGEST" not in told


def test_a_slip_in_unit_sign_capitals_or_a_second_picture_is_named(own):
    (own / "sealed.csv").unlink()
    claims, pictures = own / "claims.toml", own / "pictures.toml"
    text = claims.read_text().replace("at = 2014, divide = 1e9", "at = 2014")
    text = text.replace("unchanged = 2, partly = 4, strict = 1, lenient = 3", "unchanged = -3")
    part = 'part = { actor = "IND" }, unit'
    claims.write_text(text.replace(part, f'whole = {{ actor = "ind" }}, {part}'))
    pictures.write_text(f'{pictures.read_text()}\n[still-2]\nkind = "lines"\nmeasure = "A8"\n')
    told = heldto(own, "check").stdout
    assert 'its unit is "USD bn", and gdp_usd is in "current US dollars"' in told
    assert "unchanged = -3 can never hold" in told and 'Did you mean "IND"?' in told
    assert "picture still-2: A8 has another picture already" in told


def test_the_number_of_a_share_shows_part_and_whole_and_actors_by_name(own):
    code = """
from heldto.publish.newarticle.notebooks import _number
def shown(claim):
    *lines, last = _number(claim).splitlines()
    exec("\\n".join(lines), names := {"fr": fr})
    return eval(last, names)
whole, named = shown("A2"), shown("B2")
print(json.dumps([[*whole], whole.percent.iloc[-1], [*named]]))
"""
    columns, percent, named = python(own, code)
    assert columns == ["part", "whole", "percent"] and percent == pytest.approx(62.3)
    assert named == ["Germany", "India"]


def test_the_codebook_that_students_get_does_not_speak_to_its_author():
    code = """
from heldto.publish.handouts import codebook
print(json.dumps(codebook.codebook_page()))
"""
    page = python(EXAMPLE, code)
    assert "population" in page and "--codebook" not in page


def test_the_number_of_a_claim_shows_the_years_that_it_compares(own):
    code = """
from heldto.publish.newarticle.notebooks import _number
print(json.dumps([_number(claim) for claim in ("A1", "A3", "A6")]))
"""
    one, span, peak = python(own, code)
    assert ".loc[:2014].tail(10)" in one and ".loc[2004:2014]" in span and ".loc[2012:2014]" in peak
    claims = own / "claims.toml"
    (own / "sealed.csv").unlink()
    claims.write_text(claims.read_text().replace("years = [2004, 2014]", "years = [1992, 2014]"))
    assert '.filter([1992, 2014], axis="index")' in python(own, code)[1]


def test_a_slip_in_the_whole_of_a_share_is_named_and_a_count_of_years_has_its_unit(own):
    (own / "sealed.csv").unlink()
    claims = own / "claims.toml"
    part = 'part = { actor = "IND" }, unit = "percent"'
    text = claims.read_text().replace(part, f'{part}, whole = {{ actor = "WLD" }}')
    claims.write_text(text.replace('distinct = "year", unit = "years"', 'distinct = "year"'))
    told = heldto(own, "check").stdout
    assert 'claims.toml, [A2], measure, whole: no row of economy has actor "WLD". There' in told
    assert "its unit" not in told  # of years, the default is right
    claims.write_text(text.replace('distinct = "year", unit = "years"', 'distinct = "kind"'))
    assert 'say what it counts: write unit = "states"' in heldto(own, "check").stdout


def test_the_key_has_no_empty_heading_and_a_slip_names_no_actors_where_all_are_on(own):
    code = """
from heldto.publish.handouts import answer_key, task_slips
print(json.dumps([answer_key.key_text(), task_slips._way("01_weight.html#actors=" + ",".join(fr.actors.EVERYBODY) + "&at=A1")]))
"""
    key, way = python(own, code)
    assert "## Answers: 03" not in key and "can be asked of others, too" in key
    assert way == "the file 01_weight.html, heading A1, with all actors on"


def test_no_verdict_is_told_before_every_claim_was_asked(own):
    """On the page of all verdicts, and after a claim was added below a cell of the lecturer's."""
    path = own / "notebooks" / "03_verdict.ipynb"
    asked = re.search(r"asked = (\[.*\])", "".join(_cells(path)["quick"]))[1]
    assert json.loads(asked) == [*verdicts(own)]
    held = json.loads(path.read_text())
    held["cells"][-1]["source"] = ["# mine"]
    path.write_text(json.dumps(held))
    claims = own / "claims.toml"
    claims.write_text(claims.read_text() + '\n[B5]\nsays = "One more"\nkind = "descriptive"\n')
    says = "03_verdict.ipynb: its round before all verdicts was written before the claims changed"
    assert says in heldto(own, "check").stdout
    assert "the cell quick follows the claims" in heldto(own, "notebooks").stdout
    assert '"B5"]' in "".join(_cells(path)["quick"])
    assert says not in heldto(own, "check").stdout


def _cells(path):
    return {cell["id"]: cell["source"] for cell in json.loads(path.read_text())["cells"]}


def test_on_paper_the_rule_stands_beside_each_claim_and_in_the_key_its_reason_and_figure(own):
    code = """
from heldto.publish.handouts import answer_key, task_slips
print(json.dumps([answer_key.key_text(), task_slips.slips_html(), task_slips.guess_slips(["A2", "B4"])]))
"""
    key, slips, guesses = python(own, code)
    rule = "Rule: more than 50 %: holds; 40 % or more: partly; else: fails."
    line = next(line for line in key.splitlines() if line.startswith("| **A2**"))
    assert rule in line and "Why: 'Most' is more than half." in line and "| holds: 62.3 % |" in line
    assert rule in slips and rule in guesses and guesses.count("Rule: ") == 4  # none of B4
    assert "Does a table here have that?" in guesses and "No table here" not in guesses


def test_students_are_given_what_a_plan_needs_and_no_sheet_of_another_lesson(own):
    code = """
from heldto.publish.handouts import seminar_zip, task_slips
pages = seminar_zip.companion_pages()
print(json.dumps([sorted(pages), "A claim of your own, in one" in pages["slips.html"].decode(), seminar_zip._role_cards() is None]))
"""
    assert python(own, code) == [["codebook.html", "slips.html"], False, True]
    plan = own / "docs" / "seminar" / "plan-90.md"
    plan.parent.mkdir(parents=True)
    plan.write_text("# 90 minutes\n\n### Motions\n\n- **A.** *A seat for all three.*\n")
    assert python(own, code) == [["codebook.html", "roll-call.html", "slips.html"], False, False]


def test_the_page_of_the_lesson_ends_where_the_plan_ends(own):
    code = (
        "from heldto.publish.handouts import plan_stops; print(json.dumps(plan_stops.plan_stops()))"
    )
    stops = python(own, code)
    places = [(address.partition("#")[2], words) for address, words in stops["plan-45"]]
    assert stops["lesson-45"] == [[f"lesson-45.html#{place}", said] for place, said in places]
    assert places[-1][0].endswith("at=B4")  # there the projector says "End of the plan"


CLAIMS, ECONOMY, VOTES = "claims.toml", "data/economy.csv", "data/votes.csv"
VISITS, NOTEBOOK = "data/visits.csv", "notebooks/01_weight.ipynb"
TABLE = 'table = "votes"', 'table = "../votes"'
SHARE = "more_than = 50, partly = 40, strict = 60, lenient = 45"
SMALL_SHARE = "more_than = 0.5, partly = 0.4, strict = 0.6, lenient = 0.45"
# what is written in the place of what, in which file, and what is told of it; a folder has several
SLIPS = {
    "a day by dots": [
        ("article.toml", "2015-09-28", "28.09.2015", "28.09.2015 is no day here: write 2015-09-28")
    ],
    "a claim twice": [(CLAIMS, "[A4]\n", "[A3]\n", "[A3] occurs twice: rename one of the two")],
    "numbers and years": [
        (CLAIMS, "at = 2014,", 'at = "2014",', '[A1], measure, at: the year "2014" stands in quot'),
        (CLAIMS, SHARE, SMALL_SHARE, "the rule says 0.5: is 50 meant?"),
        (CLAIMS, "100, partly = 50", "50, partly = 99", "write a partly below 50, or leave it out"),
        (CLAIMS, *TABLE, '[B1], measure: no table "../votes". Did you mean "votes"?'),
        (CLAIMS, "partly = 0.9", "partly = 0,9", "0,9 has a comma: write 0.9"),
        (
            CLAIMS,
            '"DEU" }, years = [2004, 2014]',
            '"DEU" }, years = [2014, 2004]',
            "runs backwards",
        ),
        (NOTEBOOK, '"cells": [', "", "notebooks/01_weight.ipynb, line "),
    ],
    "signs": [
        (CLAIMS, 'actor = "JPN" }, at', 'actor = "jpn" }, at', '"jpn". Did you mean "JPN"?'),
        (
            CLAIMS,
            "[A3]\n",
            "<<<<<<< mine\n[A3]\n",
            "were merged here (<<<<<<<): keep one of the two",
        ),
        (
            CLAIMS,
            '"forecast"',
            "\u201cforecast\u201d",
            "[A9]: a curly quote (\u201c): write straight",
        ),
        (CLAIMS, "at_least = 0.3", "at_least = \u22120.3", "write - from the keyboard"),
        (
            NOTEBOOK,
            '"cells": [',
            '<<<<<<< HEAD\n"cells": [',
            "two versions were merged there, keep",
        ),
    ],
    "more signs": [
        (CLAIMS, "within = 10,", "within = 10%,", "10% has a sign behind it: write 10"),
        (CLAIMS, "due = 2020", 'due = "2020"', '[A9], due: "2020" is not allowed here: write a wh'),
        (ECONOMY, "actor,", "PK\x03\x04,", "economy.csv, row 1: this is an Excel workbook under"),
    ],
    "tables": [
        (
            ECONOMY,
            ",",
            ";",
            "row 1: cells are not separated by commas: save the file as CSV with c",
        ),
        (VOTES, "ideal_point", "ideal", "votes.csv, row 1: column ideal_point is missing: put it"),
        (VISITS, "DEU,1990,president,", "DEU,,president,", "visits.csv, row 2, column year"),
    ],
    "rows": [
        (ECONOMY, "DEU,1993,", "DEU,1992,", "economy.csv, row 3, column actor+year"),
        (VISITS, "DEU,1990,president,1", 'DEU,1990,president,"1,5"', "write 1.5, with a point"),
    ],
}


@pytest.mark.parametrize("slips", SLIPS)
def test_a_slip_is_told_with_file_row_or_key_and_remedy(slips, own):
    (own / "sealed.csv").unlink()
    for name, right, wrong, _ in SLIPS[slips]:
        path = own / name
        text = path.read_text(encoding="utf-8")
        assert right in text, right
        path.write_text(text.replace(right, wrong, -1 if wrong == ";" else 1), encoding="utf-8")
    done = heldto(own, "check")
    told = done.stdout + done.stderr
    assert not [says for *_, says in SLIPS[slips] if says not in told], told


def test_a_damaged_notebook_is_one_line_for_every_command_and_the_others_go_on(own):
    path = own / NOTEBOOK
    path.write_text(path.read_text().replace('"cells": [', '<<<<<<< HEAD\n"cells": [', 1))
    says = "notebooks/01_weight.ipynb, line 2: two versions were merged there, keep one: restore it"
    for words in (["moodle", own.parent / "moodle"], ["notebooks"], ["handouts"]):
        done = heldto(own, *words)
        assert done.returncode and says in done.stdout + done.stderr, words
    assert (own / "handouts" / "02_voice.html").is_file()


def test_a_claim_that_cannot_be_judged_is_named_where_its_cells_are_written(own):
    claims = own / "claims.toml"
    claims.write_text(claims.read_text().replace("partly = 0.9", "partly = 0,9"))
    assert "A9 cannot be judged: heldto check says why" in heldto(own, "notebooks").stdout


def test_a_mark_that_excel_writes_is_no_change_of_a_table(own):
    path = own / ECONOMY
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    code = "from heldto.claims import seals\nprint(json.dumps(seals.tables_changed('A1')))"
    assert python(own, code) == []
