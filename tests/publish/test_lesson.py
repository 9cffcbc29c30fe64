"""Six files for a first lesson: they need no other and no network, and print on a few sheets."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import lesson_source, our_page, whole

from heldto import evidence
from heldto.claims import ledger
from heldto.errors import Problem
from heldto.publish.handouts import command, lesson
from heldto.publish.handouts.printer import browser_path, write_pdf
from heldto.publish.reading_time import cell_tags, claims_of

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
SIX = {"plan-45", "lesson-45", "slips", "wall", "key", "letter"}
SHEETS = {"lesson-45": 8, "plan-45": 2, "slips": 1, "key": 1, "letter": 1}


def _read(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", 4)


def test_the_page_has_the_parts_that_the_plan_opens_in_its_order_and_at_the_end_its_exercises():
    made = lesson.lesson_notebook(_read)
    heads = [one.source for one in made.cells if one.source.startswith("## ")]
    opened = [place for _, place in lesson.places() if not place.startswith("cell-")]
    assert len(heads) == len(opened) + 1 and heads[-1].splitlines()[0] == "## For home"
    for place, head in zip(opened, heads, strict=False):
        if re.fullmatch(r"[A-Z]\d+", place):
            assert head.startswith(f"## {place}")
    at = [one.id for one in made.cells].index("home")
    asked = [place.removeprefix("cell-") for _, place in lesson.places() if "cell-" in place]
    assert [one.id for one in made.cells[at + 1 :]] == asked and len(asked) >= 4
    assert not [one for one in made.cells[:at] if "exercise" in cell_tags(one)]
    assert len({one.id for one in made.cells}) == len(made.cells)


def test_exercises_whose_figures_no_sheet_has_are_named_where_the_homework_begins():
    (home,) = [one for one in lesson.lesson_notebook(_read).cells if one.id == "home"]
    assert "Not on paper alone: E1-total, E4-balance." in home.source
    plan = lesson.plan_text().partition("\nHomework: ")[2]
    needs = plan[: plan.index(" need the page")].rpartition(". ")[2]
    assert re.findall(r"\[([\w-]+)\]", needs) == ["E1-total", "E4-balance"]


def test_words_after_a_verdict_are_marked_as_for_home():
    cells = lesson.lesson_notebook(_read).cells
    words = [
        one for one in cells if one.cell_type == "markdown" and "after-verdict" in cell_tags(one)
    ]
    said = [one.source for one in words if not one.source.startswith("#")]
    assert len(said) >= 5 and all(one.startswith("*For home.* ") for one in said)


def test_a_place_that_no_notebook_has_is_named(monkeypatch):
    monkeypatch.setattr(lesson, "places", lambda: [("01_economic", "Z9")])
    with pytest.raises(Problem, match="plan-45.md: 01_economic has no part on Z9"):
        lesson.lesson_notebook(_read)


def test_without_all_its_notebooks_there_is_no_lesson(tmp_path):
    assert lesson.write_source([NOTEBOOKS / "01_economic.ipynb"], tmp_path) is None
    assert [*tmp_path.iterdir()] == []


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The folder of the six files."""
    source = lesson_source()
    pack = lesson.lesson_zip(source, our_page(source, "student"))
    folder = tmp_path_factory.mktemp("lesson")
    zipfile.ZipFile(BytesIO(pack)).extractall(folder)
    return folder / "frenemies-lesson-45"


@pytest.mark.slow
def test_six_files_link_to_each_other_and_to_nothing_else(unpacked):
    assert {path.name for path in unpacked.iterdir()} == {f"{name}.html" for name in SIX}
    for path in unpacked.iterdir():
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in page("a", href=True):
            target = re.split("[?#]", link["href"])[0]
            assert target.startswith("https:") or not target or (unpacked / target).exists(), target
        ids = [one["id"] for one in page(id=True)]
        assert len(ids) == len(set(ids)), path.name


@pytest.mark.slow
def test_key_and_slips_are_about_the_claims_that_the_lesson_asks_about(unpacked):
    cells = nbformat.read(lesson_source(), 4).cells
    claims = {claim for cell in cells for claim in claims_of(cell, "guess")}
    key = BeautifulSoup((unpacked / "key.html").read_text(encoding="utf-8"), "html.parser").main
    table = ledger.table()
    rows = {row.find("strong").text: row.text for row in key("tr") if row.find("strong")}
    assert set(rows) == claims and all(table.verdict_then[one] in rows[one] for one in claims)
    asked = {
        place.removeprefix("cell-ex-").upper() for _, place in lesson.places() if "-ex-" in place
    }
    assert {one.text.upper() for one in key.select("li > strong")} == asked
    slips = BeautifulSoup((unpacked / "slips.html").read_text(encoding="utf-8"), "html.parser")
    said = evidence.table("claims").set_index("id").claim
    assert all(slips.text.count(said[claim]) == 4 for claim in claims)


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_lesson_prints_on_a_few_sheets(unpacked, browser, tmp_path, paper):
    for name, most in SHEETS.items():
        write_pdf(browser_path(), unpacked / f"{name}.html", tmp_path / "made.pdf", paper)
        count = (tmp_path / "made.pdf").read_bytes().count(b"/Type /Page\n")
        assert 1 <= count <= most, (name, count)


@pytest.mark.slow
def test_the_plan_opens_the_page_without_a_network_and_the_count_page_beside_it(unpacked, browser):
    room = browser.new_context(offline=True)
    plan, faults = room.new_page(), []
    room.on("weberror", lambda fault: faults.append(str(fault)))
    plan.goto((unpacked / "plan-45.html").as_uri())
    shown = plan.locator("main a[href^='lesson-45.html?present']")
    with room.expect_page() as opened:
        shown.first.click()
    opened.value.wait_for_selector("html[data-step=claim]")
    assert "E1" in opened.value.locator("main .on-stage h2").inner_text()
    shown.last.click()
    opened.value.wait_for_function(
        "() => /M13/.test(document.querySelector('.on-stage h2')?.innerText)"
    )
    with room.expect_page() as counting:
        plan.locator("main a[href^='wall.html']").last.click()
    offered = counting.value.locator("select[name=claim] option")
    asked = [one.partition(",")[0] for one in offered.all_inner_texts()]
    assert asked[:5] == ["E1", "E4", "F5", "M11", "M13"] and len(asked) == len(set(asked)) > 60
    assert plan.url.endswith("plan-45.html") and len(room.pages) == 3 and faults == []
    room.close()


def test_each_link_of_the_plan_shows_what_was_known_on_the_articles_day():
    shown = re.findall(r"\?present(#[^)]+)\)", lesson.plan_text())
    assert len(shown) > 4 and [one for one in shown if "&vintage=then&" not in one] == []


TITLES = ".cell.tag-picture figcaption b, .examine > .behind figcaption b"


@pytest.mark.slow
def test_a_sheet_shows_nothing_later_than_the_article_and_no_finding_before_the_guess(
    unpacked, browser
):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto((unpacked / "lesson-45.html").as_uri())
    whole(page).emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "only what was known in August 2019" in page.locator(".shown-now").inner_text()
    marks = page.locator("main .drawing svg .since")
    assert marks.count() > 9
    seen = "all => all.filter(one => one.checkVisibility({ visibilityProperty: true })).length"
    assert marks.evaluate_all(seen) == 0
    titles = page.locator(TITLES).locator("visible=true").all_inner_texts()
    neutral = {one.strip() for one in page.locator(f"{TITLES} >> .neutral").all_text_contents()}
    assert len(titles) >= 4 and {one.strip() for one in titles} <= neutral
    # a ruler whose later half is folded away leaves the lines below it uncovered
    cut = "all => all.map(one => getComputedStyle(one).clipPath !== 'none')"
    assert set(page.locator("#key svg.folds").evaluate_all(cut)) == {True}
    page.emulate_media(media="screen")
    page.locator(".bar input[value=then]").uncheck()
    assert "vintage=since" in page.url  # so a link keeps what was chosen
    page.reload()
    assert not whole(page).locator(".bar input[value=then]").is_checked()
    page.close()


def test_the_command_says_which_file_is_for_a_first_lesson(tmp_path, monkeypatch, capsys):
    def written(notebooks, folder, settings):
        folder.mkdir(parents=True)
        (page := folder / "lesson-45.html").write_text("<p>the page</p>")
        return [command.Made(name="lesson-45", files=[page])]

    monkeypatch.setattr(command.build, "write_handouts", written)
    every = sorted(NOTEBOOKS.glob("0*.ipynb"))
    assert command._lesson(every, tmp_path, command.Settings(edition="student"))
    assert capsys.readouterr().out.endswith("lesson-45.zip (for a first lesson: six files)\n")
    names = zipfile.ZipFile(tmp_path / "lesson-45.zip").namelist()
    assert {name.rpartition("/")[2] for name in names} == {f"{name}.html" for name in SIX}
