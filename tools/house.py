"""What the house is held to: its size, its functions, and what reading, judging and running a notebook cost."""

import ast
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BEFORE = "e4cf676"  # the last commit before the eight rooms: what speeds are held against
READ = """
import time
from pathlib import Path
import pandas as pd
from frenemies import evidence
names = list(evidence.package()["tables"])
pd.read_csv(next(Path("data").rglob("*.csv")))  # what pandas loads at its first table is nobody's
start = time.perf_counter(); [evidence.table(name) for name in names]; print(time.perf_counter() - start)
"""
JUDGE = """
import cProfile, pstats, seaborn, frenemies as fr
from frenemies import economic, evidence
fr.actor_bar("economic"); fr.guess("E1")  # the kernel is warm: what bars and forms load is there
profile = cProfile.Profile()
profile.enable(); fr.verdict("E4"); profile.disable()
print(pstats.Stats(profile).total_calls)
"""
WARM = """
import sys, time
sys.path.insert(0, "tests")
from conftest import drawings
from frenemies import evidence
from heldto.claims import readings
[evidence.table(name) for name in evidence.package()["tables"]]
def draw(one):
    try: str(one().to_html())
    except TypeError: pass  # it draws what a reader made
pictures = list(drawings().values())
draw(pictures[0])  # what the first drawing loads is nobody's
start = time.process_time()
"""
READINGS = f"""{WARM}
told = [readings.summary(name) for name in evidence.table("claims").id]
print(time.process_time() - start)
assert any(told)
"""
PICTURES = f"""{WARM}
[draw(one) for one in pictures]
print(time.process_time() - start)
"""
FIRST_PICTURE = """
import time
start = time.perf_counter()
import frenemies as fr
from frenemies import economic
fr.explore(economic.partners_picture)
print(time.perf_counter() - start)
"""
CLASS = """
import json, random, tempfile, time
from pathlib import Path
import seaborn
from frenemies import reckoning
from heldto.claims import ledger
claims, folder = list(ledger.table().index), Path(tempfile.mkdtemp())
for reader in range(30):
    guesses = [{"claim": claim, "verdict": random.choice(("holds", "partly", "fails")),
        "sure": random.randrange(101), "time": "2026-01-01T00:00:00+00:00"} for claim in claims]
    (folder / f"reader{reader}.json").write_text(json.dumps({"version": 1, "guesses": guesses, "exercises": {}}))
start = time.process_time(); page = reckoning.our_class(folder); print(time.process_time() - start)
assert "30" in str(page.lines)
"""


def before(folder, commit=BEFORE):
    """The version of a commit, unpacked into a folder: its path, to be given as `root`."""
    done = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    (folder / commit).mkdir()
    subprocess.run(["tar", "-x", "-C", folder / commit], input=done.stdout, check=True)
    return folder / commit


def functions(paths, code_lines_of):
    """Lines of code of every function: code_lines_of gives the lines that hold code in a module."""
    lengths = []
    for path in paths:
        used = code_lines_of(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths.append(len(used & set(range(node.lineno, node.end_lineno + 1))))
    return sorted(lengths)


def env(root):
    """The environment that asks the version in `root`, its modules compiled once, as a reader's are."""
    own = os.environ | {"PYTHONPATH": str(root / "src")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    own.pop("HELDTO_ARTICLE", None)
    return own


def said(code, root=ROOT):
    """The number that a script prints which asks the version in `root`."""
    words = [sys.executable, "-c", code]
    asked = subprocess.run(
        words, check=True, capture_output=True, text=True, env=env(root), cwd=root
    )
    return float(asked.stdout.split()[-1])


def in_turn(code, old, times=7):
    """(ours, theirs): what a script prints in this version and in the one in `old`, in turn, as often as `times`."""
    pairs = [(said(code), said(code, old)) for _ in range(times)]
    return tuple(zip(*pairs, strict=True))


def notebook(name, old, times=9):
    """CPU seconds of running all cells of a notebook in a fresh kernel, (ours, theirs), in turn."""
    with tempfile.TemporaryDirectory() as scratch:
        run = Path(scratch) / "run.ipynb"
        pairs = [(_cpu(ROOT, name, run), _cpu(old, name, run)) for _ in range(times)]
    return tuple(zip(*pairs, strict=True))


def _cpu(root, name, run):
    shutil.copy(root / "notebooks" / name, run)
    room = "heldto.publish" if (root / "src" / "heldto" / "publish").is_dir() else "frenemies"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", f"{room}.handouts.run", str(run)]
    subprocess.run(words, check=True, capture_output=True, env=env(root))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
