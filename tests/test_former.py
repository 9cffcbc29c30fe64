"""Former names of modules: each is the very module of the new name, and says so once."""

import importlib
import subprocess
import sys
import warnings

import pytest

from frenemies import former

USES = [  # as a reader's notebook, or a teacher's script, may have them
    "from frenemies.evidence import table",
    "import frenemies.claims",
    "from frenemies.measures.words import percent",
    "from frenemies.sections.verdict.lists import all_claims",
    "from frenemies.publish.cards import card",
]


@pytest.fixture
def forgotten(monkeypatch):
    """Modules under former names are not there yet."""
    for name in [name for name in sys.modules if former.present_name(name)]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.parametrize("line", USES)
def test_a_former_import_works_and_warns_where_it_stands(line, forgotten):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        exec(compile(line, "a cell", "exec"), {})
    ours = [one for one in told if one.category is DeprecationWarning]
    assert ours and {one.filename for one in ours} == {"a cell"}
    assert "is called heldto" in str(ours[0].message) or "frenemies.cards" in str(ours[-1].message)


@pytest.mark.parametrize("old", [*former.NOW, "frenemies.claims.verdict", "frenemies.toggles.bar"])
def test_a_former_name_is_the_very_module(old, forgotten):
    with pytest.warns(DeprecationWarning, match="is called"):
        module = importlib.import_module(old)
    assert module is importlib.import_module(former.present_name(old))
    assert module.__spec__.name == former.present_name(old)


@pytest.mark.parametrize("name", ["frenemies.claims.nosuch", "frenemies.nosuch"])
def test_what_never_was_is_not_found(name, forgotten):
    with warnings.catch_warnings(), pytest.raises(ModuleNotFoundError, match="nosuch"):
        warnings.simplefilter("ignore")
        importlib.import_module(name)


@pytest.mark.slow
def test_in_a_fresh_python_too():
    code = "import frenemies.claims.verdict as old, heldto.claims.verdict as new; assert old is new"
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True)
    assert run.returncode == 0, run.stderr
