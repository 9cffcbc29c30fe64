"""How long a notebook takes: the core of each section fits a lesson, and every number of minutes in print is the one counted."""

import re
from collections import Counter

import giveaways
import nbformat
import pytest
import sample
from conftest import ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import frenemies as fr
from heldto.claims import ledger
from heldto.publish import editions, reading_time
from heldto.publish.handouts.exporter import HandoutExporter

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SECTIONS = NOTEBOOKS[1:4]
CORES = {
    "01_economic": {"E3", "E4", "E5", "E6", "E9"},
    "02_geopolitical": {"F1", "F5", "G10"},
    "03_military": {"M1", "M2", "M3", "M5", "M6", "M13"},
}
CLAIM = re.compile(r"\b[EFGM]\d+\b")


def name(path):
    """The id of a test about a notebook."""
    return path.stem


def code(source, tag, shown=""):
    outputs = [new_output("display_data", {"text/plain": shown})] if shown else []
    return new_code_cell(source, metadata={"tags": [tag]}, outputs=outputs)


def test_timing_counts_what_there_is_to_do():
    rows = {part: rest for part, *rest in reading_time.timing(sample.notebook())}
    assert rows["E1. Is it large?"] == ["1 guess, 3 pictures, 1 verdict, 1 number", 7, 0]
    assert rows["Exercises"] == ["2 exercises", 0, 6]
    plan = editions.make_edition(sample.notebook(), "instructor").cells[1].source
    assert "and 6 more with all of them" in plan and "The core" not in plan
    assert (
        "200 words a minute" in plan
        and "3 minutes an exercise, " in plan
        and "5 minutes a step at the bench, 1 minute a blank to fill in." in plan
    )


def test_a_form_takes_as_long_as_its_claims():
    one, three = (
        reading_time.tasks([code(source, "guess")])
        for source in ('fr.guess("E1")', 'fr.guess(["G10", "G3", "G6"])')
    )
    assert (one, three) == ("1 guess", "3 guesses")


def test_code_that_is_a_lesson_and_steps_of_one_s_own_take_their_time():
    taught = new_code_cell("1 + 1", metadata={"tags": ["number", "code"]})
    steps = [code("# 1. The table", "bench"), code("# 2. The claim", "bench")]
    assert reading_time.tasks([taught, steps[0]]) == "1 number, 1 step at the bench"
    assert reading_time.tasks(steps) == "2 steps at the bench"
    assert reading_time.tasks([code("## 1 to 3. The table", "bench")]) == "3 steps at the bench"
    both = (
        reading_time.MINUTES["number"]
        + reading_time.MINUTES["code"]
        + 2 * reading_time.MINUTES["bench"]
    )
    both += 3 * reading_time.PRESSED
    assert reading_time.minutes(new_notebook(cells=[taught, *steps])) == (round(both), 0)


@pytest.mark.parametrize("kind", ["verdict", "picture", "guess", "exercise"])
def test_the_words_of_cards_captions_and_forms_take_their_time(kind):
    def spent(words):
        return sum(reading_time.minutes(new_notebook(cells=[code("it", kind, "word " * words)])))

    assert spent(2000) - spent(1000) == 5


def test_what_a_card_folds_away_takes_no_time_and_its_lines_do():
    told = str(fr.verdict("E4"))
    folded = [line for line in told.splitlines() if line.startswith(reading_time.FOLDED)]
    assert len(" ".join(folded).split()) > 100
    lines = [line for line in told.splitlines() if line not in folded]

    def spent(text):
        return reading_time._shown(code("it", "verdict", text))

    assert spent(told) == spent("\n".join(lines)) == len(" ".join(lines).split())


def test_running_cells_and_what_a_text_asks_for_take_their_time():
    cells = [new_code_cell("1 + 1") for _ in range(30)]
    assert reading_time.minutes(new_notebook(cells=cells)) == (30 * reading_time.PRESSED, 0)
    asked = "**Try.** Switch it off.\n\n**Change one thing.** Put 2 for 1.\n\n**Tried** by all."
    assert reading_time.minutes(new_notebook(cells=[new_markdown_cell(asked)])) == (
        2 * reading_time.TRIED,
        0,
    )


def test_the_core_ends_at_the_first_heading_of_more_claims():
    cells = [
        new_markdown_cell("word " * 400),
        code('fr.exercise("E1-total")', "exercise"),
        new_markdown_cell("## More claims: the rest"),
        new_markdown_cell("word " * 4000),
    ]
    assert (
        reading_time.core(new_notebook(cells=cells))
        == 5
        == 400 // reading_time.WORDS + reading_time.MINUTES["exercise"]
    )
    assert reading_time.core(new_notebook(cells=cells[:2])) == 0
    plan = editions.make_edition(new_notebook(cells=cells), "instructor").cells[1].source
    assert "takes about 5 minutes with its exercises" in plan


@pytest.mark.parametrize("path", SECTIONS, ids=name)
def test_the_core_of_a_section_fits_a_lesson(path):
    notebook = nbformat.read(path, 4)
    assert 25 <= reading_time.core(notebook) <= 45
    folded = [cell for cell in notebook.cells if cell.source.startswith(reading_time.MORE)]
    after = [cell for cell in notebook.cells if cell.source.startswith("#### After the verdict")]
    assert folded and after
    assert all(cell.metadata.get("jp-MarkdownHeadingCollapsed") for cell in folded + after)
    core = notebook.cells[: notebook.cells.index(folded[0])]
    opened = {claim for cell in core for claim in giveaways.judged(cell)}
    assert opened == CORES[path.stem]


@pytest.mark.parametrize("path", SECTIONS, ids=name)
def test_a_core_has_three_verdicts_or_more_none_on_more_than_half_and_tells_no_best_one(path):
    notebook = nbformat.read(path, 4)
    core = notebook.cells[: reading_time.core_ends(notebook)]
    asked = [claim for cell in core for claim in reading_time.claims_of(cell, "guess")]
    counts = Counter(ledger.judge(claim, "then").verdict for claim in asked)
    assert len(counts) >= 3 and max(counts.values()) <= len(asked) / 2, counts
    assert not [claim for claim in asked if ledger.judge(claim, "then").rule.cap == "partly"]


def test_a_blank_to_fill_in_takes_a_minute_and_lines_of_one_s_own_three():
    own, blank = "answer = ...  # your lines", "answer = books.assign(times=...)  # your code"
    spent = [reading_time._spent(code(source, "answer"))[1] for source in (own, blank)]
    assert spent == [reading_time.MINUTES["exercise"], 1]


def test_a_claim_of_one_s_own_takes_an_hour_with_all_three_rungs():
    notebook = nbformat.read(ROOT / "notebooks" / "05_your_own_claim.ipynb", 4)
    assert 40 <= reading_time.core(notebook) <= 65
    (folded,) = [cell for cell in notebook.cells if cell.source.startswith(reading_time.MORE)]
    assert folded.metadata["jp-MarkdownHeadingCollapsed"]
    core = notebook.cells[: notebook.cells.index(folded)]
    said = "\n".join(cell.source for cell in core)
    assert re.findall(r"^## Rung (\d)", said, re.M) == ["1", "2", "3"]
    assert "all three take about an hour." in said


def printed(notebook):
    """The minutes of a live notebook as counted: core, all of it, its exercises."""
    cells = [cell for cell in notebook.cells if "handout" not in reading_time.cell_tags(cell)]
    live = new_notebook(cells=cells)
    return reading_time.core(live), *reading_time.minutes(live)


def near(minutes):
    """Minutes in print are rounded, to five or so, of many to a tenth."""
    return pytest.approx(minutes, abs=3, rel=0.1)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_the_page_on_the_notebooks_prints_the_minutes_that_the_notebook_prints(path):
    core, reading, exercises = reading_time.told(nbformat.read(path, 4))
    row = re.search(rf"^\| `{path.stem}` \|(.*?)\|(.*?)\|(.*?)\|", PACES, re.M).groups()
    said = [int(cell.strip() or 0) for cell in row]
    assert said == [core, reading, exercises and reading + exercises]


PACES = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_s_own_line_prints_the_minutes_that_its_handout_prints(path):
    notebook = nbformat.read(path, 4)
    begins = f"*{reading_time.minutes_line(notebook)} ·"
    (line,) = [cell for cell in notebook.cells if cell.id == "time"]
    assert line.source.startswith(begins), "make notebooks writes it"
    assert [*reading_time.told(notebook)] == near([*printed(notebook)])


def test_the_line_is_written_anew_and_keeps_its_end():
    spent = "*About 7 minutes, and 90 more for all exercises · no programming needed*"
    cells = [new_markdown_cell(spent, id="time"), new_markdown_cell("word " * 2400)]
    notebook = new_notebook(cells=cells)
    reading_time.put_line(notebook)
    assert notebook.cells[0].source == "*About 10 minutes · no programming needed*"


def test_a_handout_s_head_prints_the_minutes_of_the_live_notebook():
    notebook = sample.notebook()
    answers = [new_code_cell("answer = 1", metadata={"tags": ["answer", "live"]}) for _ in "12345"]
    only_page = new_markdown_cell("word " * 4000, metadata={"tags": ["handout"]})
    more = [new_markdown_cell("## More claims: the rest"), new_markdown_cell("word " * 2000)]
    notebook.cells += [*answers, only_page, *more]
    facts = re.search(r'<ul class="facts">(.*?)</ul>', page(notebook), re.S)[1]
    spent = reading_time.told(notebook)
    assert re.findall(r"<li>(.*?min.*?)</li>", facts)[:3] == [
        f"core {spent.core} min",
        f"all of it {spent.reading} min",
        f"{spent.exercises} min more for all the exercises",
    ]
    assert spent.exercises >= 5 * reading_time.MINUTES["exercise"] and spent.reading < 30
    facts = re.search(r'<ul class="facts">(.*?)</ul>', page(sample.notebook()), re.S)[1]
    assert "core" not in facts and "min to read</li>" in facts
    facts = re.search(r'<ul class="facts">(.*?)</ul>', page(notebook, "instructor"), re.S)[1]
    assert "min to read" not in facts and "exercises" not in facts  # its plan tells them


def page(notebook, edition="handout"):
    exporter = HandoutExporter(edition=edition)
    return exporter.from_notebook_node(notebook, {"metadata": {"name": "sample"}})[0]


@pytest.mark.parametrize("path", SECTIONS, ids=name)
def test_the_plan_books_work_under_the_claim_it_belongs_to(path):
    notebook = nbformat.read(path, 4)
    parts = [part for part, tasks, *_ in reading_time.timing(notebook) if "verdict" in tasks]
    judged = [giveaways.judged(cell) for cell in notebook.cells]
    asked = {claim for claims in judged for claim in claims}
    named = set(CLAIM.findall(" ".join(parts)))
    together = {claim for claims in judged if len(claims) > 1 for claim in claims}
    assert named <= asked and asked - named <= together
