"""What looks at the scripts of the pages finds what is wrong with them, and says where; `make lint` asks it."""

import pytest
import scripts
from conftest import absent


@pytest.fixture
def spoilt(tmp_path, monkeypatch):
    """Two pages that share a script in which three things are wrong; what only one has a use for is none."""
    if not (scripts.TOOLS / "typescript").is_dir():
        absent("npm did not bring what looks at the scripts")
    (tmp_path / "shared.js").write_text(
        "function used() { return 1; }\nfunction never() {}\nfunction one(a) { return a; }\none(1, 2);\nunheard();\n"
    )
    (tmp_path / "page.js").write_text("used( );\n")
    shared, page = tmp_path / "shared.js", tmp_path / "page.js"
    monkeypatch.setattr(scripts, "ROOT", tmp_path)
    monkeypatch.setattr(scripts, "FILES", [shared, page])
    monkeypatch.setattr(scripts, "together", lambda: {"first": [shared], "second": [shared, page]})


def test_what_is_wrong_in_a_script_is_told_by_file_and_line(spoilt):
    found = scripts.faults()
    assert [one.partition(": ")[0] for one in found] == [
        "shared.js:2",
        "shared.js:4",
        "shared.js:5",
    ]
    assert "never" in found[0] and "but got 2" in found[1] and "unheard" in found[2]


def test_a_script_that_is_not_laid_out_is_named_and_then_laid_out(spoilt):
    assert "page.js" in scripts.laid_out()
    assert scripts.laid_out(write=True) == scripts.laid_out() == ""
    assert scripts.FILES[1].read_text() == "used();\n"


@pytest.mark.parametrize("must", ["", "1"])
def test_without_npm_that_is_said_and_in_ci_it_is_a_failure(must, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(scripts, "TOOLS", tmp_path)
    monkeypatch.setenv("FRENEMIES_REQUIRE_BROWSER", must)
    assert scripts.main([]) == bool(must)
    assert "not looked at" in capsys.readouterr().out
