"""The documents' examples say what they print."""

import doctest
import pkgutil
import re
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location

import nbformat
import pytest
from conftest import ROOT
from matplotlib import pyplot
from upkeep import gallery as gallery_pages

from frenemies.sections.military.pictures import forces
from heldto.errors import TextError
from heldto.text import texts

PAGES = [
    ("helper", 40),
    ("pandas-in-ten-lines", 15),
    ("how-to/own-claim", 17),
    ("seminar/lecturer/own-claim", 20),
]


@pytest.mark.parametrize(("page", "least"), PAGES)
def test_a_page_prints_what_it_says(page, least, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    pyplot.close("all")  # what another page drew last
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    file = str(ROOT / "docs" / f"{page}.md")
    found = doctest.testfile(file, module_relative=False, optionflags=flags)
    assert found.failed == 0 and found.attempted > least


def typed(block):
    """The lines of a doctest that a reader types."""
    lines = block.splitlines()
    return "\n".join(line[4:] for line in lines if line.startswith((">>> ", "... ")))


def test_the_last_part_of_notebook_00_says_what_pandas_in_ten_lines_says():
    page = (ROOT / "docs" / "pandas-in-ten-lines.md").read_text(encoding="utf-8")
    cells = nbformat.read(ROOT / "notebooks" / "00_start_here.ipynb", 4).cells
    at = [cell.source for cell in cells].index("## pandas in ten lines")
    assert cells[at].metadata["jp-MarkdownHeadingCollapsed"]
    told = {cell.source for cell in cells[at + 2 :]}
    parts = re.split(r"```python\n(.*?)```", page[page.index("\n## ") :], flags=re.S)
    code = {typed(block) for block in parts[1::2]}
    words = {line for text in parts[::2] for line in text.splitlines() if line[:1] not in ("", "#")}
    assert code <= told
    assert words <= {line for text in told for line in text.splitlines()}


def examples():
    page = (ROOT / "docs" / "how-to" / "picture.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", page, flags=re.S)


def test_the_picture_shown_as_an_example_is_one_of_ours():
    ours = ROOT / "src" / "frenemies" / "sections" / "military" / "pictures" / "forces.py"
    head, shown, _ = examples()
    assert shown in ours.read_text(encoding="utf-8")
    assert shown.count("plotted.lines(") == 1
    names = {"_treaty": forces._treaty, "_by_tens": forces._by_tens}  # two more of that module
    exec(head + shown, names)
    assert names["warheads_picture"]().alt == forces.warheads_picture().alt


def test_the_nine_lines_of_a_bare_picture_draw_it_with_the_imports_above_them():
    *_, shown = examples()
    names = {}
    exec(shown, names)
    every, few = names["bare_picture"](), names["bare_picture"](shown=["CHN", "IND"])
    lines = shown.partition("\n\n\n")[2].splitlines()
    assert len(lines) == 9 and "Russia since: " in every.alt
    assert 'class="a-RUS since"' in every.svg and "Russia" not in few.alt and "China" in few.alt


def test_the_first_thing_that_is_told_of_a_figure_is_what_shows_each_turned_verdict():
    text = (ROOT / "docs" / "how-to" / "claim.md").read_text(encoding="utf-8")
    text = text.partition("\n## Add a figure, or mend one\n")[2]
    commands = re.findall(r"`((?:frenemies|python tools/upkeep) [^`]+)`", text)
    assert commands[0] == "python tools/upkeep against shipped"
    assert text.index(commands[0]) < text.index("1. **Add the row.**")


def walks():
    """The walks through the code that the page for contributors describes."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return page.partition("\n## Five walks\n")[2].partition("\n## ")[0]


def test_the_walks_name_modules_functions_and_scripts_as_they_are():
    packages = {"fr": "frenemies", "sections": "frenemies.sections"}
    named = [word.partition("(")[0] for word in re.findall(r"`([^`]+)`", walks())]
    files = {path.name: path for path in (ROOT / "src").rglob("*.*")}
    for name in named:
        if name.endswith((".js", ".py", ".j2", ".toml")):
            assert name.rpartition("/")[2] in files, name
        elif re.fullmatch(r"[a-z]+(\.\w+)+", name) and not name.endswith((".csv", ".json")):
            head, _, rest = name.partition(".")
            homes = [packages.get(head, f"{one}.{head}") for one in ("heldto", "frenemies")]
            assert any(found(f"{home}.{rest}") for home in homes), name
    pairs = re.findall(r"`(\w+)` in `(\w+\.js)`", walks())
    assert len(pairs) > 7
    for function, file in pairs:
        texts = [one.read_text("utf-8") for one in (ROOT / "src").rglob(file)]
        defined = rf"^(?:export )?(?:async )?(?:function|const) {function}\b"
        assert any(re.search(defined, text, re.M) for text in texts), (function, file)


def found(name):
    """Whether a dotted name is one of a module, or of what a module holds."""
    try:
        return pkgutil.resolve_name(name) is not None
    except (ImportError, AttributeError):
        return False


@lru_cache
def settings_of_docs():
    """docs/conf.py, as Sphinx loads it."""
    spec = spec_from_file_location("conf", ROOT / "docs" / "conf.py")
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def published():
    """The documents that become pages: the lecturer's are left out."""
    folder = ROOT / "docs"
    return [path for path in sorted(folder.rglob("*.md")) if path.parent.name != "lecturer"]


@pytest.mark.parametrize("path", published(), ids=lambda path: path.stem)
def test_every_link_of_a_published_document_leads_to_one(path):
    text = settings_of_docs().without_links_out(path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.S)):
        file = target.partition("#")[0]
        if file and ":" not in file:
            assert (path.parent / file).resolve() in [*published(), *extra()], target


WHOM = r"student|lecturer|contributor|reader|developer|administrator|everybody"


@pytest.mark.parametrize("path", published(), ids=lambda path: path.stem)
def test_a_page_says_in_its_first_line_for_whom_it_is(path):
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    first = next(line for line in lines if line and not line.startswith("<!--"))
    assert re.search(rf"\bfor\b.*\b({WHOM})", re.split(r"(?<=[.:])\s", first)[0]), first


def extra():
    return [*(ROOT / "docs").rglob("*.bib"), *(ROOT / "docs").rglob("*.png")]


def test_a_link_that_is_left_out_leaves_its_words_and_a_note():
    before = (
        "# A plan\n\n<!-- Written by a command. -->\n\n"
        "Open [two books](../../handouts/01_economic.html#at=E1), [and](other.md).\n\n## A part\n"
    )
    settings = settings_of_docs()
    after = settings.without_links_out(before)
    assert "Open two books, [and](other.md)." in after
    assert after.partition(settings.NOTE)[2] == "\n\n## A part\n"
    whole = "# A plan\n\n[and](other.md)\n"
    assert settings.without_links_out(whole) == whole


DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "src" / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(ROOT / "docs").rglob("*.md"),
]
DOCUMENTS += (ROOT / "src" / "heldto" / "templates").glob("*.md.j2")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_installs_us_by_name_from_an_index_that_does_not_have_us(path):
    """A clone, written as a dot, or the file of a wheel works; the bare name is anybody's to take."""
    text = path.read_text(encoding="utf-8")
    asked = re.findall(r"pip install (?:-\S+ )*[\"']?((?:frenemies|heldto)[^\s\"'`]*)", text)
    assert [name for name in asked if not name.endswith(".whl")] == []


def test_the_pages_of_all_pictures_are_written_from_what_the_sections_say():
    written = gallery_pages.picture_pages()
    assert written and written == {
        place: (ROOT / "docs" / place).read_text(encoding="utf-8") for place in written
    }


def test_a_picture_that_lacks_a_field_is_named(monkeypatch):
    told = texts.Entries("pictures.toml, [docs.coal]", {"called": "coal"}, "field")
    monkeypatch.setattr(texts, "pictures_in_docs", lambda section: {"coal": told})
    with pytest.raises(TextError, match=r'\[docs\.coal\]: no field "people_say"'):
        gallery_pages.picture_pages()


def gallery():
    """What stands under each heading of the gallery: the picture's name, and its lines."""
    page = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^### `(.+?)`\n(?:.*?)```python\n(.*?)```", page, re.S | re.M)
    return page, re.search(r"```python\n(.*?)```", page, re.S)[1], blocks


@pytest.mark.slow
def test_the_lines_of_the_gallery_draw_something(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    _, start, blocks = gallery()
    for name, lines in blocks:
        pyplot.close("all")
        names = {}
        exec(start + lines, names)
        axes = pyplot.gcf().axes
        assert any(ax.lines or ax.patches or ax.collections for ax in axes), name
        assert len(lines.splitlines()) <= 4 and max(map(len, lines.splitlines())) <= 100, name
    pyplot.close("all")


def test_the_gallery_has_every_picture_of_the_notebooks():
    shown = {name for name, _ in gallery()[2]}
    cells = [
        cell.source
        for path in (ROOT / "notebooks").glob("0*.ipynb")
        for cell in nbformat.read(path, 4).cells
        if cell.cell_type == "code"
    ]
    drawn = set(re.findall(r"\b(\w+\.\w+_picture)\b", "\n".join(cells)))
    lacking = ", ".join(sorted(drawn - shown))
    assert drawn and not lacking, (
        f"docs/gallery.md lacks {lacking}: add a table [docs.KEY] at the end of the section's "
        "pictures.toml, and run python tools/upkeep gallery"
    )


DOCUMENTS = [
    *sorted(ROOT.glob("docs/**/*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md")),
]


def paragraphs(text):
    """A document's paragraphs, items and rows without code, and links by their words alone."""
    text = re.sub(r"^ *```.*?^ *```", "", text, flags=re.S | re.M)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return re.split(r"\n\s*\n|\n(?=\s*(?:[-*>|#]|\d+\.) )", text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_paragraph_of_a_document_is_longer_than_ninety_words(path):
    for text in paragraphs(path.read_text(encoding="utf-8")):
        assert len(text.split()) <= 90 or text.lstrip().startswith("|"), text[:200]
