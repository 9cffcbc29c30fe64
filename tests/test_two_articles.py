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
    assert [*article.claim_files(other)] == [EXAMPLE / "claims.toml"]
    assert len(article.claim_files(ours)) == len(article.claim_files()) == 4
    assert other.notebooks != ours.notebooks
    assert article.current() is ours
