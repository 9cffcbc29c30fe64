"""What looks at the scripts of the pages finds what is wrong with them, and says where; `make lint` asks it."""

import pytest
import scripts
from conftest import absent


@pytest.fixture
def spoilt(tmp_path, monkeypatch):
    """A script and the page that imports it, in which several things are wrong."""
    if not (scripts.TOOLS / "typescript").is_dir():
        absent("npm did not bring what looks at the scripts")
    (tmp_path / "shared.js").write_text(
        "export function used() {}\nexport function never() {}\nfunction one(a) { return a; }\none(1, 2);\nunheard();\n"
    )
    (tmp_path / "page.js").write_text(
        'import { used, one } from "./shared.js";\nused( );\none(1);\nused(2);\nnever();\n'
    )
    monkeypatch.setattr(scripts, "ROOT", tmp_path)
    monkeypatch.setattr(scripts, "FILES", [tmp_path / "shared.js", tmp_path / "page.js"])


FAULTS = {
    "shared.js:2": "nothing has a use for never",
    "shared.js:4": "but got 2",
    "shared.js:5": "unheard",
    "page.js:1": "declares 'one' locally, but it is not exported",
    "page.js:4": "but got 1",
    "page.js:5": "never",  # what stands in a file beside this one, and is not imported
}


def test_what_is_wrong_in_a_script_and_between_two_is_told_by_file_and_line(spoilt):
    found = dict(one.split(": ", 1) for one in scripts.faults())
    assert found.keys() == FAULTS.keys()
    assert all(FAULTS[place] in said for place, said in found.items()), found


def test_a_script_that_is_not_laid_out_is_named_and_then_laid_out(spoilt):
    assert "page.js" in scripts.laid_out()
    assert scripts.laid_out(write=True) == scripts.laid_out() == ""
    assert "\nused();\n" in scripts.FILES[1].read_text()


@pytest.mark.parametrize("must", ["", "1"])
def test_without_npm_that_is_said_and_in_ci_it_is_a_failure(must, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(scripts, "TOOLS", tmp_path)
    monkeypatch.setenv("FRENEMIES_REQUIRE_BROWSER", must)
    assert scripts.main([]) == bool(must)
    assert "not looked at" in capsys.readouterr().out
