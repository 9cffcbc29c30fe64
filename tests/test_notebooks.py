"""The stored notebooks: executed in order, with outputs, without widget state; and the same bytes when executed again."""

import re
from copy import deepcopy

import nbformat
import pytest
from conftest import ROOT, with_pages

from heldto.publish.editions import cell_tags
from heldto.stored import drop_pages

pytestmark = pytest.mark.slow

_LINKED = re.compile(r"\]\([^)]*\)")
_DRAWN = re.compile(r"src=\"data:image/svg\+xml;base64,[^\"]*\"|'image/png': '[^']*'")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    found = nbformat.read(request.param, 4)
    nbformat.validate(found)
    return found


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_notebooks_in_order():
    assert [path.stem for path in NOTEBOOKS] == [
        "00_start_here",
        "01_economic",
        "02_geopolitical",
        "03_military",
        "04_verdict",
        "05_your_own_claim",
    ]


def test_executed_from_top_to_bottom_with_outputs(notebook):
    cells = _code(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    ours = [cell for cell in cells if "bench" not in cell_tags(cell)]
    assert sum(bool(cell.outputs) for cell in ours) >= 0.8 * len(ours)
    assert not [
        output for cell in cells for output in cell.outputs if output.output_type == "error"
    ]


def test_no_widget_state_no_times_no_addresses(notebook):
    text = nbformat.writes(notebook)
    assert "widget-view" not in text and "widgets" not in notebook.metadata
    assert not [cell for cell in notebook.cells if "execution" in cell.metadata]
    assert not re.search(r"at 0x[0-9a-f]{6,}", text)


def test_code_cells_are_short_and_stand_under_words(notebook):
    for cell in _code(notebook):
        assert len(cell.source.splitlines()) <= 10, cell["id"]
    assert notebook.cells[0].cell_type == "markdown"


def test_every_picture_has_words_and_a_table(notebook):
    for cell in _code(notebook):
        for output in cell.outputs:
            page = output.get("data", {}).get("text/html", "")
            if "<figure" in page:
                assert len(output["data"]["text/plain"]) > 80, cell["id"]
                assert "<table>" in page and "Source:" in page


def test_says_who_it_is_for_and_where_its_figures_come_from(notebook):
    meta = notebook.metadata["frenemies"]
    assert meta["title"] and meta["level"] and meta["teaches"]
    words = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert re.search(r"^## .*[Ss]ources", words, re.M)
    assert re.search(r"^## .*[Dd]iscuss", words, re.M) or meta["section"] == "start"


FIRST = {  # what is in the cell that a page opens with, and the most words before it
    "01_economic": ({"guess", "draw", "picture", "verdict"}, 150),
    "02_geopolitical": ({"guess", "draw", "picture", "verdict"}, 150),
    "03_military": ({"guess", "picture", "verdict"}, 150),
}


@pytest.mark.parametrize("left_out", ["live", "handout"])
@pytest.mark.parametrize("path", NOTEBOOKS[1:4], ids=lambda path: path.stem)
def test_a_page_opens_with_its_first_guess_and_picture_after_few_words(path, left_out):
    kinds, limit = FIRST[path.stem]
    cells = [cell for cell in nbformat.read(path, 4).cells if left_out not in cell_tags(cell)]
    code = [cell for cell in cells if cell.cell_type == "code" and "setup" not in cell_tags(cell)]
    assert cell_tags(code[0]) == kinds
    before = [cell.source for cell in cells[: cells.index(code[0])] if cell.cell_type == "markdown"]
    assert sum(len(_LINKED.sub("]", text).split()) for text in before) <= limit


def test_a_page_says_what_it_teaches_and_what_comes_before_it(notebook):
    told = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    if notebook.metadata.frenemies.section != "own":  # which says it in its first lines
        assert told.count("**What this page teaches.**") == 1
    assert re.search(
        r"^(Read \[Start here\]\(\S+\)( and the three sections)? first\.|You need )", told, re.M
    )


def test_no_paragraph_is_longer_than_ninety_words(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for text in re.split(r"\n\s*\n|\n(?=- |\d+\. )", _LINKED.sub("]", cell.source)):
                assert len(text.split()) <= 90 or text.startswith("|"), (cell["id"], text)


@pytest.mark.parametrize("path", NOTEBOOKS[1:4], ids=lambda path: path.stem)
def test_each_part_of_a_core_has_a_line_to_change_and_each_core_a_plot_of_seaborn(path):
    told = "\n".join(cell.source for cell in nbformat.read(path, 4).cells)
    core, parts = told.partition("## More claims")[0], r"^## Part \d"
    for part in re.split(parts, core, flags=re.M)[1:]:
        assert "**Change one thing.**" in part, part[:60]
    assert re.search(r"fr\.toggled\(\s*sns\.\w+plot,", core)


CHANGE = re.compile(r"[Pp]ut `([^`]+)` in place of `([^`]+)`")


@pytest.mark.parametrize("path", NOTEBOOKS[1:4], ids=lambda path: path.stem)
def test_every_line_that_a_reader_is_asked_to_change_runs_as_asked(path):
    """The change is made in the last cell above that holds what is to be replaced, and that cell runs."""
    names, ran, changed = {}, [], 0
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code" and {"setup", "number", "picture"} & cell_tags(cell):
            exec(cell.source, names)
            ran.append(cell.source)
        for new, old in CHANGE.findall(cell.source):
            source = next(one for one in reversed(ran) if old in one)
            exec(source.replace(old, new, 1), dict(names))
            changed += 1
    assert changed >= 3


def headings(notebook):
    """(level, text) of all headings of a notebook, in order, without those of comments that wait and of exercises."""
    below = {"after-verdict", "exercise"}
    told = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    texts = [cell.source for cell in told if not below & set(cell_tags(cell))]
    return [
        (len(found[1]), found[2])
        for text in texts
        for found in re.finditer(r"^(#+) (.+)$", text, re.M)
    ]


def test_one_title_then_parts_then_claims(notebook):
    levels = [level for level, _ in headings(notebook)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert {level for level, text in headings(notebook) if text.startswith("Part ")} <= {2}
    assert {level for level, text in headings(notebook) if re.match(r"[EFGM]\d", text)} <= {3}


def test_what_is_said_after_a_verdict_waits_for_it_or_goes_on(notebook):
    """Words behind a verdict either wait with it, or open a new thought in bold or under a heading."""
    for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False):
        follows = {"verdict", "after-verdict"} & set(cell_tags(before))
        if follows and cell.cell_type == "markdown":
            assert "after-verdict" in cell_tags(cell) or cell.source.startswith(("#", "**")), cell[
                "id"
            ]


def test_whatever_waits_has_a_verdict_above_it_under_its_heading(notebook):
    judged = False
    for cell in notebook.cells:
        opens = cell.cell_type == "markdown" and re.search(r"^#+ ", cell.source, re.M)
        judged = judged and not (opens and "after-verdict" not in cell_tags(cell))
        judged = judged or "verdict" in cell_tags(cell)
        assert judged or "after-verdict" not in cell_tags(cell), cell["id"]


def worded(path):
    """What each cell of a stored notebook says, as {id: text}: of a drawing its alt text alone, since points may move between systems."""
    cells = nbformat.read(path, 4).cells
    return {
        cell["id"]: _DRAWN.sub("", repr((cell.source, cell.get("outputs", [])))) for cell in cells
    }


def stale(stored, made):
    """The first words that differ, cell by cell; empty where none do."""
    found = []
    for name, old in stored.items():
        new = made.get(name, "")
        at = next(
            (at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
            min(len(old), len(new)),
        )
        if old != new:
            found.append(
                f"{name}: stored ...{old[max(at - 40, 0) : at + 60]}..., now ...{new[max(at - 40, 0) : at + 60]}..."
            )
    return found


def plain(path):
    """A notebook of ours as it would be stored now, as text: the run that was made for the handouts, without its pages."""
    return nbformat.writes(drop_pages(deepcopy(with_pages(path)))) + "\n"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_executed_again_it_says_what_is_stored(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_text(plain(path), encoding="utf-8")
    assert stale(worded(path), worded(copy)) == [], "run make notebooks"


@pytest.mark.parametrize("name", ["00_start_here", "04_verdict"])  # of few cells, and of all claims
def test_stored_anew_it_is_the_same_bytes_as_in_another_run(name, tmp_path):
    from heldto.publish.handouts import run

    path = ROOT / "notebooks" / f"{name}.ipynb"
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    run.refresh(copy)
    assert copy.read_text(encoding="utf-8") == plain(path)


def test_a_stale_word_is_seen_and_a_moved_point_is_not(tmp_path):
    drawing = '<img alt="The picture" src="data:image/svg+xml;base64,PHN2Zz4="><p>A sentence.</p>'

    def told(page):
        output = nbformat.v4.new_output("display_data", {"text/html": page})
        cell = nbformat.v4.new_code_cell("1", id="a", outputs=[output])
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "a.ipynb")
        return worded(tmp_path / "a.ipynb")

    assert stale(told(drawing), told(drawing.replace("PHN2Zz4=", "PGc+"))) == []
    for old, new in (("A sentence", "A word"), ("The picture", "A picture"), ("</p>", "</p>more")):
        (found,) = stale(told(drawing), told(drawing.replace(old, new)))
        assert found.startswith("a: stored") and new in found, found


def test_what_a_claim_of_trade_cannot_show_tells_no_later_year_before_its_verdict():
    path = next(path for path in NOTEBOOKS if path.stem == "01_economic")
    limits = [cell for cell in nbformat.read(path, 4).cells if cell["id"].endswith("-limits")]
    early = [cell for cell in limits if "after-verdict" not in cell_tags(cell)]
    assert limits and not [cell["id"] for cell in early if re.search(r"\b202\d\b", cell.source)]


def test_a_cell_that_fails_leaves_the_stored_notebook_alone(tmp_path):
    from heldto.publish.handouts import run

    cells = [
        nbformat.v4.new_code_cell(source, id=name)
        for name, source in (("bad", "1 / 0"), ("after", "2"))
    ]
    for number, cell in enumerate(cells, 1):  # as stored: each with the number of an earlier run
        cell.execution_count = number
    path = tmp_path / "broken.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    before = path.read_bytes()
    with pytest.raises(
        run.RunError, match=r"broken.ipynb: ZeroDivisionError: division by zero \(cell bad\)"
    ):
        run.refresh(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_cell_that_hangs_is_stopped_and_named():
    from heldto.publish.handouts import run

    cells = [nbformat.v4.new_code_cell("while True: pass", id="endless", execution_count=1)]
    notebook = nbformat.v4.new_notebook(
        cells=[*cells, nbformat.v4.new_code_cell("1", id="after", execution_count=2)]
    )
    with pytest.raises(
        run.RunError,
        match=r"slow.ipynb: a cell took more than 1 seconds and was stopped \(cell endless\)",
    ):
        run.execute(notebook, "slow.ipynb", limit=1)


def test_a_page_that_would_tell_of_a_fault_of_this_package_is_refused_with_its_cell():
    from heldto.publish.handouts import run

    sources = {
        "start": "import frenemies as fr\nfrom frenemies.sections.economic import claim_measures",
        "spoil": "claim_measures.crude_growth = None",
        "verdict": 'fr.verdict("E5")',
    }
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in sources.items()]
    fault = "A fault of this package, please report it: TypeError: .*[(]cell verdict[)]"
    with pytest.raises(run.RunError, match=f"own.ipynb: {fault}"):
        run.execute(nbformat.v4.new_notebook(cells=cells), "own.ipynb")
    ran = run.execute(nbformat.v4.new_notebook(cells=[cells[0], cells[2]]), "own.ipynb")
    assert "As known in August 2019" in ran.cells[1].outputs[0]["data"]["text/plain"]
