"""What the house is held to: its size, its functions, and what reading, judging and running a notebook cost."""

import ast
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

LIMITS = {"helper": 3300, "exercises": 900, "sections": 2900, "publish": 1700}  # lines of code
CALLS = 359_709  # of a cold fr.verdict("E4") in the version before the eight rooms
READ = """
import time
from pathlib import Path
import pandas as pd
from frenemies import evidence
from frenemies.evidence.paths import data_dir
names, paths = list(evidence.package()["tables"]), sorted(Path(data_dir()).rglob("*.csv"))
pd.read_csv(paths[0])  # what pandas itself loads at the first table is neither's
start = time.perf_counter(); [evidence.table(name) for name in names]; ours = time.perf_counter() - start
start = time.perf_counter(); [pd.read_csv(path) for path in paths]; plain = time.perf_counter() - start
print(ours, plain)
"""
JUDGE = """
import cProfile, pstats, seaborn, frenemies as fr
from frenemies import economic, evidence
profile = cProfile.Profile()
profile.enable(); fr.verdict("E4"); profile.disable()
print(pstats.Stats(profile).total_calls)
"""


def functions(paths, code_lines_of):
    """Lines of code of every function: code_lines_of gives the lines that hold code in a module."""
    lengths = []
    for path in paths:
        used = code_lines_of(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths.append(len(used & set(range(node.lineno, node.end_lineno + 1))))
    return sorted(lengths)


def _said(code):
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


def tables(times=7):
    """Reading all tables, typed, against pandas reading the same files: (ours, plain) in seconds, a pair a run."""
    return [tuple(_said(READ)) for _ in range(times)]


def calls():
    """Function calls of a cold fr.verdict("E4") in a warm kernel, counted by the profiler."""
    return int(_said(JUDGE)[0])


def notebook(path, times=3):
    """CPU seconds of running all cells of a notebook, and of an empty one that imports what it draws with."""
    import nbformat

    empty = nbformat.read(path, 4)
    first = next(cell for cell in empty.cells if cell.cell_type == "code")
    first.source, empty.cells = "import ipywidgets, seaborn", [first]
    scratch = Path(tempfile.mkdtemp())
    try:
        nbformat.write(empty, scratch / "empty.ipynb")
        runs = {}
        for name in (path, scratch / "empty.ipynb"):
            shutil.copy(name, scratch / "run.ipynb")
            runs[name] = [_cpu(scratch / "run.ipynb") for _ in range(times)]
    finally:
        shutil.rmtree(scratch)
    return tuple(statistics.median(taken) for taken in runs.values())


def _cpu(path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "frenemies.publish.handouts.run", str(path)]
    subprocess.run(words, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
