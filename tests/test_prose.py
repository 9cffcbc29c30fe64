"""What the notebooks and the seminar's papers say, held against the data; and sentences that were untrue or unfair, and stay out."""

import re
import tomllib

import nbformat
import pytest
from conftest import ROOT, cases

import frenemies as fr
from frenemies.measures import ties, trade
from heldto import evidence
from heldto.claims import ledger
from heldto.publish import editions

TERMS = re.compile(r"<[^>]+>")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DOCUMENTS = [*ROOT.glob("*.md"), ROOT / "CITATION.cff", *(ROOT / "docs").rglob("*.md")]
SPELT = ("seven", "fourteen", "sixteen", "eighteen", "sixty")


def words(cell):
    """A cell's source as a reader sees it, on one line."""
    return " ".join(TERMS.sub("", cell.source).split())


def said(stem):
    """What the Markdown cells of one notebook say, as one text."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{stem}.ipynb", 4)
    return " ".join(words(cell) for cell in notebook.cells if cell.cell_type == "markdown")


# True of the data


NUMBER = re.compile(r"\b(\d{2,})\s+claims\b")


def notes_of_later():
    """What is noted of each claim that was added later."""
    notes = evidence.table("fixed").note.fillna("")
    return notes[notes.str.startswith("added after")]


def counted_late():
    """The one count that is said in prose, of the claims that were added later, as it is today."""
    return f"{len(notes_of_later())} of the {len(evidence.table('fixed'))} claims"


def uncounted(text):
    """A text without that count, which is true."""
    return text.replace(counted_late(), "")


TYPED = "types a number of claims: leave it out, or, of those that were added later, say"


def test_no_notebook_types_how_many_claims_there_are_or_their_range():
    counted = re.compile(rf"\b(?:{'|'.join(SPELT)})\W+claims\b|\b[EFGM]1 to [EFGM]\d+", re.I)
    for path in NOTEBOOKS:
        told = f"{said(path.stem)} {nbformat.read(path, 4).metadata.frenemies.teaches}"
        told = uncounted(told)
        typed = [*NUMBER.findall(told), *counted.findall(told)]
        assert not typed, f'{path.name} {TYPED} "{counted_late()}": {typed}'


def test_no_document_types_how_many_claims_there_are():
    now = [path for path in DOCUMENTS if path.name != "CHANGELOG.md"]  # which tells what was
    package = "data/datapackage.json"  # which counts other claims, too
    now.append(ROOT / package)
    told = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in now}
    of_all = re.compile(rf"\b\d+ of the {len(evidence.table('fixed'))}\b")
    texts = {name: uncounted(text) for name, text in told.items()}
    typed = [name for name, text in texts.items() if of_all.search(text)]
    typed += [name for name in texts if name != package and NUMBER.search(texts[name])]
    assert len(told) == len(now) and counted_late() in told[package]
    assert not typed, f'{", ".join(typed)} {TYPED} "{counted_late()}"'
    seen = notes_of_later().str.contains("we had seen").sum()
    counted = {name: re.findall(r"of (\d+) of these we had seen", told[name]) for name in told}
    assert len([name for name in counted if counted[name]]) >= 3
    wrong = [name for name, found in counted.items() if {*found} - {str(seen)}]
    assert not wrong, f"{', '.join(wrong)}: of {seen} claims added later something had been seen"


def test_the_years_in_which_chinas_books_and_its_customs_end_are_said_and_are_so():
    told = said("01_economic")
    (until,) = re.findall(r"series of China's books ends in (\d{4})", told)
    assert int(until) == trade.goods_trade("CHN", "RUS").year.max()
    (year,) = re.findall(r"judged for 2018, and again for (\d{4})", told)
    assert year == ledger.judge("E3", "since").data_until


def test_the_years_missing_from_energy_are_said_and_are_so():
    held = set(evidence.table("economic/energy_imports").year)
    (years,) = re.findall(
        r"(\d{4}) and (\d{4}), are missing, because we did not", said("01_economic")
    )
    assert sorted(set(range(min(held), max(held))) - held) == [int(year) for year in years]


def test_the_alliance_of_1950_is_told_wherever_the_missing_pledge_is():
    (pact,) = [row for row in evidence.rows("geopolitical/pledges") if "1950" in row["note"]]
    until = f"{pact['end_year']:.0f}"
    assert re.search(
        rf"promised each other defence in 1950; that treaty was over by {until}",
        said("02_geopolitical"),
    )
    assert re.search(rf"their pledge of February 1950 until {until}", said("03_military"))
    assert "alliance of 1950 was still in force on paper" in said("03_military")


def test_what_is_said_of_china_among_the_senders_is_true_of_the_table_only():
    assert "CHN" not in set(evidence.table("geopolitical/sanctions").query("year == 2018").sender)
    assert re.search(r"true of the table only\. .*?South Korea.*?THAAD", said("02_geopolitical"))


def test_most_of_the_coming_together_lies_before_2008():
    apart = ties.ideal_distance("CHN", "RUS").set_index("year").distance
    assert "The two came closer mostly before 2008" in said("02_geopolitical")
    assert (apart[1992] - apart[2007]) > 0.5 * (apart[1992] - apart[2018])


def test_the_worked_example_of_chance_adds_up():
    (numbers,) = re.findall(
        r"(0\.\d+) × 0\.\d+ \+ (0\.\d+) × 0\.\d+ = (0\.\d+)", said("02_geopolitical")
    )
    yes, no, alike = map(float, numbers)
    assert yes**2 + no**2 == pytest.approx(alike) and yes + no == 1


def _most_alike(one, other):
    """How alike two states could vote at most, each with as many yes, abstentions and no as it had: sorted, they meet best."""
    gap = {"Y": 0, "A": 0.5, "N": 1}
    both = zip(sorted(one.map(gap)), sorted(other.map(gap)), strict=True)
    return 1 - sum(abs(mine - theirs) for mine, theirs in both) / len(one)


def test_states_of_unlike_habits_could_not_agree_on_everything():
    calls = evidence.table("geopolitical/roll_calls").query("year == 2018")
    calls = calls[calls.MNG.ne("") & calls.SAU.ne("")]
    assert _most_alike(calls.MNG, calls.MNG) == 1 > _most_alike(calls.MNG, calls.SAU)
    assert "Two states with different habits cannot reach 1." in said("02_geopolitical")


def test_the_model_answer_on_dependence_ends_where_the_picture_above_it_does():
    rows = evidence.table("economic/trade_russia")
    year = rows.year.max()
    sums = rows[rows.year.eq(year)].groupby("partner").value_usd.sum()
    answer = str(fr.solution("F-closer", reveal=True))
    assert f"{100 * sums.CHN / sums.WLD:.0f} % in {year}" in answer


def test_the_last_year_of_russias_deliveries_to_syria_is_said_and_is_so():
    sent = evidence.where("military/arms_transfers", supplier="RUS", recipient="SYR")
    last = sent.year[sent.tiv.gt(0)].max()
    assert f"to Syria in 2020-24 none came after {last}" in said("02_geopolitical")


def test_the_notebook_prints_who_fought_in_1974():
    notebook = nbformat.read(ROOT / "notebooks" / "03_military.ipynb", 4)
    (cell,) = [cell for cell in notebook.cells if cell["id"] == "m7-number"]
    rows = cell.outputs[0]["data"]["text/html"]
    row = r"<td>UCDP</td>\s*<td>VNM</td>\s*<td>1974</td>[^/]*/td>[^/]*/td>[^/]*South Vietnam"
    assert re.search(row, rows)


def test_successors_and_the_statement_of_osaka_are_named():
    assert re.search(
        r"Russia, Belarus, Kazakhstan and Ukraine took over the Soviet Union's duties",
        said("03_military"),
    )
    assert "The line of 28 June 2019 is open to debate" in said("03_military")


# Untrue or unfair, and gone


GONE = {
    "promise that China and Russia never made": "they made it in 1950",
    "The source leaves out two years": "our table does",
    "what each cargo cost": "customs publish value and quantity by month, country and code",
    "a treaty for two": "four states succeeded the Soviet Union in it",
    "it imposed none on any of these actors itself, by this count": "true of the table only",
    "past the customs post": "smuggling laid at one state's door",
    "obvious cause is missing": "says what the cause ought to be",
    "Whoever says that the West": "an argument put into somebody's mouth",
    "would have meant to keep buying oil": "implies that China stopped",
    "is no alliance": "rivals sit in alliances too",
    "handful of unbalanced": "prejudges",
    "China did more than order": "the article did not deny deliveries",
    "a reasonable opponent who decides otherwise would still agree": "stable is said of the readings listed",
    "about half gave no answer in most years": "in 2018 only",
    "latest year there is": "say which year, and why",
    "no figure of theirs": "their statistical offices published later years",
    "has no deliveries of 2025": "reads as if nobody had them: SIPRI published them",
    "headline series stop before them": "kappa is there because it corrects for the agenda",
    "more alike could they be at most": "with unlike habits the most is below 1",
    "all its readings agree": "one that its card prints fails",
    "nothing was added or struck out for what it gave": "cannot be shown",
    "valued by what a weapon can do": "it is based on production costs",
    "is worth as a weapon": "it is based on production costs",
    "would have made of it, as known in August 2019": "some readings take a later year",
    "no later month was found": "later years are published",
}
PAPERS = [
    *NOTEBOOKS,
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "README.md",
    ROOT / "paper.md",
    *(ROOT / "data" / name for name in ("README.md", "datapackage.json", "documents.csv")),
    ROOT / "data" / "glossary.csv",
    *sorted((ROOT / "src" / "frenemies").rglob("*.py")),
]


def text(path):
    if path.suffix == ".ipynb":
        return " ".join(words(cell) for cell in nbformat.read(path, 4).cells)
    return " ".join(path.read_text(encoding="utf-8").split())


# Clipped or archaic English, at which readers of English as a second language stopped


CLIPPED = {
    r"(?<![Tt]here )\b(is|are|was|were) no (claim|evidence|figure here|group|member|news|number|option|page|pledge|random|reader|rival|rule|window)\b": "is not a",
    r"\ball the same\b": "anyway: it reads as 'alike'",
    r"\bmiddling\b": "medium",
    r"\bdraw(ing|s)? lots\b": "guess at random",
    r"\b(is|are) asked for[.,]": "give, or: the question asks for",
    r"\bNo table (has|shows) (interests|a plan)\b": "records",
    r"\bwhole year known\b": "full year",
    r"\bagainst the grain\b": "does not fit",
    r"\bone's own\b": "your own",
    r"\bthem no table\b": "subject, verb, object",
}
COMMENT = re.compile(r"(?m)(^|\s)(#|//|\*) .*$")
WORDED = [
    *NOTEBOOKS,
    *(path for kind in ("*.toml", "*.j2", "*.js") for path in sorted((ROOT / "src").rglob(kind))),
    ROOT / "data" / "glossary.csv",
    ROOT / "data" / "actors.csv",
]


@cases("path", WORDED)
def test_readers_meet_no_clipped_or_archaic_english(path):
    told = text(path) if path.suffix == ".ipynb" else path.read_text(encoding="utf-8")
    told = told if path.suffix in (".ipynb", ".csv") else COMMENT.sub("", told)
    assert {clipped: put for clipped, put in CLIPPED.items() if re.search(clipped, told)} == {}


@cases("path", PAPERS)
def test_no_sentence_that_was_untrue_or_unfair_comes_back(path):
    there = text(path)
    assert {phrase: why for phrase, why in GONE.items() if phrase in there} == {}


# What a page without a kernel says: nothing of what only a notebook has

ONLY_IN_LAB = re.compile(
    r"\bnotebooks?\b|\b(?:last|this|the|grey) cell\b|shift\+enter|\bkernel\b", re.IGNORECASE
)
OURS = [*NOTEBOOKS, *sorted((ROOT / "examples").glob("*/notebooks/*.ipynb"))]


def test_what_a_page_prints_for_a_missing_figure_is_explained_as_printed():
    """A table of a notebook has NaN; that of its page has a dash, and a slide shows the page."""
    cells = [cell for path in OURS for cell in nbformat.read(path, 4).cells]
    texts = [cell.source for cell in cells if cell.cell_type == "markdown" and "NaN" in cell.source]
    assert texts and not [text for text in texts if "dash" not in text]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_handout_speaks_of_no_notebook(path):
    cells = editions.for_page(nbformat.read(path, 4)).cells
    texts = [one.source for one in cells if one.cell_type == "markdown" and "instructor" not in one.metadata.get("tags", [])]  # fmt: skip
    assert [text for text in texts if ONLY_IN_LAB.search(text)] == []


def strings(value):
    """Every text in a table of TOML."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in strings(one)]


def test_no_question_hint_or_term_speaks_of_a_notebook():
    """Handouts, Moodle and keys hold them, too."""
    files = sorted((ROOT / "src" / "frenemies" / "sections").glob("*/exercises.toml"))
    texts = [text for file in files for text in strings(tomllib.loads(file.read_text("utf-8")))]
    texts += [*evidence.table("glossary").definition]
    assert len(texts) > 500 and [text for text in texts if ONLY_IN_LAB.search(text)] == []


def test_a_sentence_after_a_verdict_that_speaks_of_code_names_it_so_that_no_slide_shows_it():
    spoken = re.compile(r"the code looks|one row for each|^So we can ask|^Now switch")
    for path in sorted((ROOT / "notebooks").glob("0[1-3]*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            after = "after-verdict" in cell.metadata.get("tags", [])
            for sentence in re.split(r"(?<=[.?!])\s+", cell.source) if after else []:
                is_code = cell.cell_type != "markdown" or "`" in sentence
                assert is_code or not spoken.search(sentence), (cell.id, sentence)
