"""The helper: the names of the engine that notebooks and docs say. `public_names.txt` pins them, each with its signature; each is typed, and has a docstring with an example that runs."""

import ast
import doctest
import importlib
import inspect
import re
import subprocess
import sys
import types
from pathlib import Path

import helper_names
import nbformat
import pytest
from conftest import ROOT
from helper_names import CALLED, FREE, KEPT, NAMES, docstring, signature, thing
from matplotlib import pyplot

import frenemies
import heldto

MOST = 45
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
FR = re.compile(r"\bfr\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)")


def example(name, text):
    """How many examples of a docstring ran, and how many failed; what failed is printed."""
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    test = doctest.DocTestParser().get_doctest(text, {"fr": frenemies}, name, None, None)
    found = runner.run(test)
    return found.attempted, found.failed


def test_the_helper_is_small():
    assert len(NAMES) <= MOST and sorted({*NAMES}) == NAMES


def test_names_and_signatures_are_those_that_are_pinned():
    assert [*map(signature, NAMES)] == helper_names.lines(), (
        f"If that is meant, run `python {sys.modules[__name__].__file__}`, and say it in CHANGELOG.md"
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_article_s_face_hands_it_on(name):
    assert thing(name, frenemies) is thing(name) or name not in CALLED
    assert thing(name, frenemies) == thing(name)


def stub(package):
    """The names in a package's stub."""
    text = Path(package.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    imports = [line for line in ast.parse(text).body if isinstance(line, ast.ImportFrom)]
    return {one.asname for line in imports for one in line.names}


def test_an_editor_finds_each_name():
    first = {name.partition(".")[0] for name in NAMES}
    assert first <= stub(heldto) & stub(frenemies)


def test_what_the_engine_s_face_holds_besides_are_modules():
    beside = stub(heldto) - {*NAMES}
    assert all(isinstance(thing(name), types.ModuleType) for name in beside)


@pytest.mark.parametrize("name", [name for name in CALLED if name not in FREE])
def test_each_is_typed(name):
    given = inspect.signature(inspect.unwrap(thing(name)))
    whole = [one.annotation for one in given.parameters.values() if one.name != "self"]
    whole += [] if inspect.isclass(thing(name)) else [given.return_annotation]
    assert inspect.Signature.empty not in whole


@pytest.mark.slow
def test_a_type_checker_knows_each_name_and_picture_without_running_anything(tmp_path):
    pictures = {
        f"{section}.{name}"
        for section in ("economic", "geopolitical", "military")
        for name in dir(thing(section, frenemies))
        if name.endswith("_picture")
    }
    asked = [*NAMES, *sorted(pictures)]
    slip = "fr.economic.ranks_picture(yeer=2018)  # type: ignore[call-overload]"  # else it is told
    code = "\n".join(["import frenemies as fr", *(f"reveal_type(fr.{one})" for one in asked), slip])
    path = tmp_path / "cell.py"
    path.write_text(code, encoding="utf-8")
    words = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    told = re.findall(r"cell\.py:(\d+): note: Revealed type is \"(.+)\"", done.stdout)
    types = {asked[int(row) - 2]: told_type for row, told_type in told}
    assert done.returncode == 0 and len(types) == len(asked), done.stdout
    assert [name for name in asked if types[name] == "Any"] == []
    assert [name for name in pictures if "PictureFunction[[" not in types[name]] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FREE])
def test_each_has_an_example_that_runs(name, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setattr("heldto.toggles.bar._BARS", {})
    monkeypatch.setattr("heldto.exercises.guesses._RULINGS", {})  # of another test's guesses
    pyplot.close("all")
    attempted, failed = example(name, docstring(name))
    assert attempted and not failed


def test_an_example_that_says_something_else_fails():
    said = docstring("actors.name")
    assert example("right", said) == (1, 0)
    assert example("wrong", said.replace("'Russia'", "'Prussia'")) == (1, 1)


def notebooks():
    """The code of each notebook."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, 4).cells
        yield "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def documents():
    """The text of each document, but of the list of all names."""
    paths = sorted((ROOT / "docs").rglob("*.md"))
    return [path.read_text(encoding="utf-8") for path in paths if path.name != "reference.md"]


def parsed(code):
    return ast.parse("\n".join(line for line in code.splitlines() if line[:1] != "%"))


def said(code):
    """The dotted names of the engine in a notebook's code: `fr.evidence.table`, and `overview.browse` where `overview` is imported from us."""
    nodes = [*ast.walk(parsed(code))]
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    ours = {one.name for node in imports if node.module == "frenemies" for one in node.names}
    for node in nodes:
        dotted = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
        name = dotted.removeprefix("fr.")
        if (name != dotted or name.partition(".")[0] in ours) and of_the_engine(name):
            yield name


def of_the_engine(dotted):
    return re.fullmatch(r"[\w.]+", dotted) and dotted.partition(".")[0] in stub(heldto)


def pinned(dotted):
    """Whether a dotted name is one of the list, leads to one, or is an attribute of one."""
    return any(
        f"{one}.".startswith(f"{dotted}.") or f"{dotted}.".startswith(f"{one}.") for one in NAMES
    )


def test_notebooks_import_what_the_stub_holds():
    nodes = [node for code in notebooks() for node in ast.walk(parsed(code))]
    imports = [
        one for one in nodes if isinstance(one, ast.ImportFrom) and one.module == "frenemies"
    ]
    assert (
        {one.name for line in imports for one in line.names} <= stub(frenemies) == {*dir(frenemies)}
    )


def test_notebooks_say_no_other_name_of_the_engine():
    names = {name for code in notebooks() for name in said(code)}
    assert names and sorted(name for name in names if not pinned(name)) == []


def test_documents_say_no_other_name_of_the_engine():
    names = {name for text in documents() for name in FR.findall(text) if of_the_engine(name)}
    assert names and sorted(name for name in names if not pinned(name)) == []


def test_each_name_is_said_in_a_notebook_or_a_document():
    text = "\n".join([*notebooks(), *documents()])
    of_objects = ("Claim.", "pictures.Picture.")  # `mine.seal()`: said of what was made
    for name in NAMES:
        word = name.rpartition(".")[2] if name.startswith(of_objects) else name
        assert re.search(rf"\b{re.escape(word)}\b", text), name


def test_the_reference_shows_each_name_before_all_else():
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    first, _ = page.split("\n## Behind the helper\n")
    shown = re.findall(
        r"^#### `fr\.([\w.]+)`\n\n```\{eval-rst\}\n\.\. auto\w+:: ([\w.]+)$", first, re.MULTILINE
    )
    of_classes = [name for name in NAMES if name.rpartition(".")[0] in NAMES]
    assert sorted([name for name, _ in shown] + of_classes) == NAMES
    for name, home in shown:
        module, _, word = home.rpartition(".")
        assert getattr(importlib.import_module(module), word) == thing(name), home
    for name in of_classes:
        assert re.search(rf"^   :members:.*\b{name.rpartition('.')[2]}\b", first, re.M), name


def defined(path):
    """The public functions and classes that a module of src defines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {one.name for one in body if isinstance(one, kinds) and not one.name.startswith("_")}


def test_no_public_name_is_defined_in_two_modules():
    """Who looks for a name finds one definition. Readers say some behind that of a module (`ledger.table`, `evidence.table`): those may share their last word."""
    homes = {}
    modules = [*sorted((ROOT / "src").rglob("*.py"))]
    for path in (path for path in modules if path.stem != "__main__"):  # a command's is its `main`
        for name in defined(path):
            homes.setdefault(name, []).append(path.relative_to(ROOT / "src").as_posix())
    said = {name.rpartition(".")[2] for name in NAMES if "." in name}
    pinned = {name: sum(one.endswith(f".{name}") for one in NAMES) for name in said}
    twice = {
        name: there for name, there in homes.items() if len(there) > max(1, pinned.get(name, 0))
    }
    assert not twice, f"rename one of each, or let its name begin with an underscore: {twice}"


if __name__ == "__main__":
    KEPT.write_text("\n".join(map(signature, NAMES)) + "\n", encoding="utf-8")
    print(f"wrote {KEPT}")
