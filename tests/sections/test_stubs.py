"""What a section hands on stands typed in its stub, where an editor finds it, and loads when it is asked for."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import frenemies
from frenemies import sections

FACE = Path(frenemies.__file__).with_suffix(".pyi")
FOLDERS = [one.parent for one in sorted(Path(sections.__file__).parent.glob("*/pictures"))]


def handed_on(stub):
    """{name: the module that it is from, as the stub writes it}."""
    lines = ast.parse(stub.read_text(encoding="utf-8")).body
    imports = [line for line in lines if isinstance(line, ast.ImportFrom)]
    return {one.asname: f"{line.module}" for line in imports for one in line.names}


def drawn(folder):
    """{name: module} of the pictures that a section's modules draw."""
    for path in sorted((folder / "pictures").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.endswith("_picture"):
                yield node.name, path.stem


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_an_editor_finds_every_picture_of_a_section(folder):
    stub, face = folder / "__init__.pyi", handed_on(FACE)
    own = handed_on(stub) if stub.is_file() else {}
    whole = [name for name in face if face[name] == f"sections.{folder.name}.pictures"]
    given = [handed_on(folder / "pictures" / f"{module}.py") for module in whole]
    for name, module in drawn(folder):
        here = f"frenemies.sections.{folder.name}.pictures.{module}"
        through = any(one.get(name) == here for one in given)  # a module that is handed on whole
        assert module in whole or through or own.get(name) == f"pictures.{module}", (
            f"{stub}: {name} is missing"
        )


@pytest.mark.parametrize("section", ["economic", "geopolitical", "military"])
def test_a_section_gives_every_name_of_its_stub_and_says_which_it_has_not(section):
    face = getattr(frenemies, section)
    assert all(getattr(face, name) is not None for name in dir(face))
    with pytest.raises(AttributeError, match="wine_picture"):
        face.wine_picture  # noqa: B018


@pytest.mark.slow
def test_a_section_s_pictures_load_only_when_one_is_asked_for():
    code = """
import sys
from frenemies import economic
loaded = lambda: [one for one in sys.modules if one.startswith("frenemies.sections.economic.")]
assert loaded() == [] and "pandas" not in sys.modules, loaded()
economic.partners_picture
print(loaded())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "pictures.trade" in done.stdout and "pictures.books" not in done.stdout
