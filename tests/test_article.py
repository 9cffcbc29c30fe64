"""An article.toml: what is wrong in it is one sentence that names key and remedy; and an article with nothing but claims starts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import frenemies
from heldto import article
from heldto.errors import Problem

OURS = Path(frenemies.__file__).parent
PLAIN = """
title = "A title"
author = "An author"
day = 2023-06-22

[sections.trade]
letter = "A"
notebook = "01_trade"
"""


def read(folder, text):
    """An article.toml with this text, beside a section's folder, as it is read."""
    (folder / "sections" / "trade").mkdir(parents=True)
    (folder / "article.toml").write_text(text, encoding="utf-8")
    return article.read_article(folder / "article.toml", "sample")


def test_what_it_does_not_say_is_empty_and_its_times_follow_from_the_day(tmp_path):
    found = read(tmp_path, PLAIN)
    assert found.cuts == {"annual": 2022, "month": "2023-04", "date": "2023-06-22"}
    assert (found.month, found.on) == ("June 2023", "22 June 2023")
    assert found.notebooks == {"trade": "01_trade"} and found.opening == "01_trade"
    assert found.sections["trade"].headed == "The trade section"
    assert not (found.presets or found.parties or found.hooks)


@pytest.mark.parametrize(
    ("day", "month"),
    [("2019-01-31", "2018-11"), ("2019-02-01", "2018-12"), ("2019-03-01", "2019-01")],
)
def test_the_month_that_was_known_is_two_before(tmp_path, day, month):
    assert read(tmp_path, PLAIN.replace("2023-06-22", day)).cuts["month"] == month


SLIPS = [  # in place of the first, the second; what is said
    ("title =", "titel =", r'nothing reads the key "titel". Did you mean "title"\?'),
    ('title = "A title"', "", "title is missing: write it at the top"),
    ('"A title"', "7", "title is not in quotes"),
    ("2023-06-22", '"22 June 2023"', "day is not a date: write it without quotes"),
    ("2023-06-22", "2023-06-22T10:00:00", "day is not a date"),
    (
        "letter",
        "leter",
        r'\[sections.trade\] nothing reads the key "leter". Did you mean "letter"\?',
    ),
    ('"A"', '"AB"', r'\[sections.trade\] letter is "AB": write one capital letter'),
    ('"A"', "1", r"\[sections.trade\] letter is not in quotes"),
    ("[sections.trade]", "[sections.war]", r"there is no folder sections/war: make it, or delete"),
    (
        "[sections.trade]",
        "[presets]\nall = 3\n[sections.trade]",
        'presets has a value that is not a list: "all"',
    ),
    (
        "[sections.trade]",
        "[parties]\nEU = 3\n[sections.trade]",
        'parties has a value that is not in quotes: "EU"',
    ),
    (
        "[sections.trade]",
        "[hooks]\nrole_card = 'a:b'\n[sections.trade]",
        'Did you mean "role_cards"',
    ),
    (
        "[sections.trade]",
        "[hooks]\nchecks = 'a.b'\n[sections.trade]",
        'write it as "module:function"',
    ),
    (
        "[sections.trade]",
        "[sections]\ntrade = 1\n[sections.other]",
        r"sections.trade is not a table",
    ),
    (
        '[sections.trade]\nletter = "A"\nnotebook = "01_trade"',
        "",
        r"no section: write \[sections.NAME\]",
    ),
    ("author", "author =", r"article.toml: .*line 3"),
    (
        "[sections.trade]",
        '[sections.more]\nletter = "A"\n[sections.trade]',
        'letter A is that of "more"',
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), SLIPS)
def test_a_slip_is_one_sentence_that_names_file_and_key(tmp_path, old, new, says):
    assert old in PLAIN
    with pytest.raises(Problem, match=says) as told:
        read(tmp_path, PLAIN.replace(old, new, 1))
    assert str(told.value).startswith(str(tmp_path / "article.toml"))


def test_without_the_file_it_says_so(tmp_path):
    with pytest.raises(Problem, match="article.toml is missing"):
        article.read_article(tmp_path / "article.toml", "sample")


def test_a_hook_that_leads_nowhere_names_file_and_key(monkeypatch):
    monkeypatch.setitem(article.current().hooks, "checks", "frenemies.nosuch.faults")
    with pytest.raises(Problem, match=r"article.toml: \[hooks\] checks is .*nosuch"):
        article.hook("checks")


def test_ours_says_of_itself_what_the_claims_say():
    from heldto import evidence

    rows = evidence.rows("claims")
    assert {row["section"] for row in rows} == {
        name for name, one in article.current().sections.items() if one.letter
    }
    for row in rows:
        assert row["id"][0] == article.current().sections[row["section"]].letter


def test_a_second_article_in_one_process_is_refused(tmp_path):
    read(tmp_path, PLAIN)
    with pytest.raises(Problem, match="frenemies is open here, and a kernel holds one article"):
        article.of_folder(tmp_path)


# In a process of its own: an article in a plain folder


NONE = ("amendments", "documents", "claims", "readings")
CLAIM = """
[E1]
says = "China and Russia trade for just under USD 100 billion a year"
measure = { what = "Exports plus imports", unit = "USD bn", tables = ["economic/trade"] }
rule = { just_under = 100, within = 10, partly = 25 }
"""


def bare(folder, missing=False):
    """An article with one claim: no amendments, documents or readings, whose tables are empty or missing; no exercises, no cards."""
    from heldto.evidence.paths import shipped_data_dir

    here = folder / "own_article"
    (here / "sections" / "economic").mkdir(parents=True)
    own = PLAIN.replace("trade", "economic").replace('"A"', '"E"')
    (here / "article.toml").write_text(own, encoding="utf-8")
    shutil.copytree(shipped_data_dir(), here / "data")
    for name in NONE:
        path = here / "data" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        if missing:
            path.unlink()
    if missing:
        path = here / "data" / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        held = [one for one in package["resources"] if one["name"] not in NONE]
        path.write_text(json.dumps(package | {"resources": held}), encoding="utf-8")
    (here / "sections" / "economic" / "claims.toml").write_text(CLAIM, encoding="utf-8")
    (here / "sections" / "economic" / "claims.py").write_text(
        "from heldto import claims\n\n\n@claims.tests('E1')\ndef test(vintage):\n"
        "    return claims.Finding(value=106.7, reason='So.', tables=['economic/trade'])\n"
    )
    return here


def run(here, code):
    """Python in a folder, with this code."""
    kept = {name: value for name, value in os.environ.items() if name != article.NAMED}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=here, env=kept, capture_output=True, text=True
    )


@pytest.mark.slow
@pytest.mark.parametrize("missing", [False, True], ids=["empty tables", "no tables"])
def test_an_article_of_claims_alone_starts(tmp_path, missing):
    here = bare(tmp_path, missing)
    code = (
        "import heldto as h; print(h.ledger.table().verdict_then.to_dict()); "
        "print(h.lists.all_claims()); print(len(h.progress()._repr_mimebundle_())); "
        "from heldto.exercises import sheets; print(sheets.exercise_ids())"
    )
    done = run(here, code)
    assert done.returncode == 0, done.stderr
    assert "'E1'" in done.stdout and "Together 1 claim." in done.stdout and "[]" in done.stdout


@pytest.mark.slow
def test_a_kernel_never_takes_the_article_that_is_installed(tmp_path):
    code = "import sys; sys.modules['ipykernel'] = sys; import heldto; heldto.actors.ALL"
    done = run(tmp_path, code)
    assert done.returncode and "no article is open: write import frenemies" in done.stderr


@pytest.mark.slow
def test_the_two_commands_say_the_same(tmp_path):
    code = "import runpy, sys; sys.argv = ['x', 'claims', '--json']; runpy.run_module('{}', run_name='__main__')"
    ours, engine = (run(tmp_path, code.format(name)) for name in ("frenemies", "heldto"))
    assert ours.stdout and ours.stdout == engine.stdout
