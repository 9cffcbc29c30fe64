"""No module asks which article is open while it loads, and two articles can be read in one process."""

import os
import subprocess
import sys
from pathlib import Path

from heldto import article

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "a_seat_for_three"
LOAD_ALL = """
import importlib, pkgutil
import heldto
from heldto import article

def refuse():
    raise AssertionError("a module asks for the article while it loads")

article.current = refuse
for module in pkgutil.walk_packages(heldto.__path__, "heldto."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print("all")
"""


def test_no_module_of_the_engine_asks_for_the_article_while_it_loads(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != article.NAMED}
    done = subprocess.run(
        [sys.executable, "-c", LOAD_ALL],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("all\n", 0), done.stderr


def test_two_articles_are_read_side_by_side():
    ours = article.current()
    other = article.read_article(EXAMPLE / "article.toml", EXAMPLE.name)
    assert ours.cuts["annual"] == 2018 and other.cuts["annual"] == 2014
    assert ours.is_package and not other.is_package
    with article.using(other):
        assert [*article.claim_files()] == [EXAMPLE / "claims.toml"]
    assert len(article.claim_files()) == 4
    assert other.notebooks != ours.notebooks
    assert article.current() is ours


def test_what_two_articles_register_under_one_name_is_kept_apart():
    other = article.read_article(EXAMPLE / "article.toml", EXAMPLE.name)
    held = article.PerArticle()
    held["E4"] = "ours"
    with article.using(other):
        assert "E4" not in held and not held
        held["E4"] = held["A1"] = "theirs"
    assert {**held} == {"E4": "ours"}
    with article.using(other):
        assert {**held} == {"E4": "theirs", "A1": "theirs"}


SHOWN = """
import sys
from contextlib import nullcontext
from pathlib import Path
from heldto import article
from heldto.claims.card import VerdictCard
from heldto.toggles import declared

def of_theirs():
    picture = declared.drawn("gdp")()
    return [" ".join(VerdictCard("A1").lines()), VerdictCard("A3").to_html(), picture.alt, picture.svg]

"""
ALONE = f"{SHOWN}print(of_theirs())"
IN_TURN = f"""{SHOWN}
import frenemies as fr
from frenemies import economic

def of_ours():
    picture = economic.mirror_picture()
    return [" ".join(VerdictCard("E4").lines()), VerdictCard("E4").to_html(), picture.alt, picture.svg]

ours, other = article.current(), article.read_folder(Path.cwd())
first = of_ours()
for _ in range(2):
    with article.using(other):
        theirs = of_theirs()
        assert article.current() is other and fr.actors.ALL[0] == "IND", fr.actors.ALL
    assert article.current() is ours and of_ours() == first and fr.actors.ALL[0] == "CHN"
assert "Russia" in first[0] and "Japan" not in first[0]
print(theirs)
"""


def run_in_example(code):
    environment = {name: value for name, value in os.environ.items() if name != article.NAMED}
    words = {"cwd": EXAMPLE, "env": environment, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-c", code], **words, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_articles_are_judged_and_drawn_in_turn_as_each_is_alone():
    told = run_in_example(IN_TURN)
    assert "Japan" in told and "Russia" not in told
    assert told == run_in_example(ALONE)
