"""`make bench`: speeds as ratios within one run, median and p95, and sizes. Absolutes are reported, never tested."""

import ast
import io
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tokenize
from pathlib import Path

import forked
import gauges
import house
import lab
import live_site
import mutants
import mutants_of_code
import nbformat
import pages
import rooms
import students

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))


def spread(values):
    """Median and 95th percentile."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[
        min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    ]


def timed(function, times):
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        taken.append(time.perf_counter() - start)
    return spread(taken)


def report(name, ours, base=None, goal=None, unit="ms", scale=1000):
    line = f"{name}: median {ours[0] * scale:.0f} {unit}, p95 {ours[1] * scale:.0f} {unit}"
    if base:
        line += f"; baseline {base[0] * scale:.0f} ({base[1] * scale:.0f}) {unit}; ratio {ours[0] / base[0]:.2f} (p95 {ours[1] / base[1]:.2f})"
    print(line + (f"; goal at most {goal}" if goal else ""), flush=True)


def python(code):
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def imports():
    bare = timed(python("pass"), 7)[0]
    ours, base = timed(python("import frenemies"), 7), timed(python("import seaborn"), 7)
    report(
        "import frenemies against import seaborn",
        [max(t - bare, 0) for t in ours],
        [t - bare for t in base],
        0.15,
    )


def handouts(folder):
    frenemies = [sys.executable, "-m", "frenemies", "handouts", "--out", str(folder / "ours")]
    env = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    cold = timed(lambda: subprocess.run(frenemies, env=env, check=True, capture_output=True), 1)
    again = timed(lambda: subprocess.run(frenemies, env=env, check=True, capture_output=True), 5)
    names = sorted((ROOT / "notebooks").glob("*.ipynb"))
    stock = timed(lambda: [_stock(path, folder) for path in names], 1)
    report(
        "all handouts, cold, against stock nbconvert one after another", cold, stock, 0.7, "s", 1
    )
    report("all handouts again, nothing changed (goal: 1 s)", again)
    for path in names:
        mine, theirs = (
            (folder / where / f"{path.stem}.html").stat().st_size for where in ("ours", "stock")
        )
        print(
            f"  {path.stem}: {mine / 1000:.0f} kB; stock {theirs / 1000:.0f} kB; ratio {mine / theirs:.2f}; goal at most 0.6"
        )


def _stock(path, folder, cwd=None, env=None):
    words = [
        "-m",
        "jupyter",
        "nbconvert",
        "--execute",
        "--ExecutePreprocessor.timeout=300",
        "--to",
        "html",
        "--output-dir",
        str(folder / "stock"),
        str(path),
    ]
    command = [sys.executable, *words]
    subprocess.run(command, cwd=cwd, env=env, check=True, capture_output=True)


def clicks(folder):
    found = {name: spread(taken) for name, taken in lab.times(folder).items()}
    goals = {
        "hidden": ("click to hidden", 0.2),
        "settled": ("click to settled picture, 24 actors", 0.6),
        "line": ("click to recomputed line", 0.5),
    }
    for name, (words, goal) in goals.items():
        whole = f"{words}, painted in notebook 01, against interactive_output of the same picture"
        report(whole, found[name], found["redrawn"], goal)


def code_lines(path):
    """How many lines hold code: no blanks, comments or docstrings."""
    return len(lines_of_code(path))


def lines_of_code(path):
    """Numbers of the lines that hold code."""
    source = path.read_text(encoding="utf-8")
    doc = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and ast.get_docstring(node)
        for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }
    skip = (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    )
    used = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in skip
        for line in range(token.start[0], token.end[0] + 1)
    }
    return used - doc


def costs(folder):
    """Reading, judging, drawing first and running a notebook, against the version before the eight rooms; a class."""
    old = house.before(folder)
    for words, code, goal in (
        ("all tables, read and typed", house.READ, 0.15),
        ("import and first picture", house.FIRST_PICTURE, None),
    ):
        ours, theirs = map(spread, house.in_turn(code, old))
        report(f"{words}, against the version before", ours, theirs, goal)
    read, drawn = (
        spread([house.said(code) for _ in range(5)]) for code in (house.READINGS, house.PICTURES)
    )
    report("CPU of all readings of all claims, against all pictures", read, drawn, 0.5)
    calls, base = house.said(house.JUDGE), house.said(house.JUDGE, old)
    ratio = f"before {base:.0f}; ratio {calls / base:.2f}; goal at most 0.4"
    print(f"calls of a cold fr.verdict('E4') in a warm kernel: {calls:.0f}; {ratio}", flush=True)
    for name, goal in (("02_geopolitical.ipynb", 0.6), ("04_verdict.ipynb", 0.4)):
        ours, theirs = map(spread, house.notebook(name, old))
        report(f"CPU of all cells of {name}, against the version before", ours, theirs, goal)
    seconds = spread([house.said(house.CLASS) for _ in range(5)])
    report("CPU of the page of a class of 30, the ledger known (goal: 500 ms)", seconds)


def helper():
    """How many names the helper promises, and how much it says of each."""
    import helper_names  # from tests/, and it loads the package

    print(f"names the helper promises: {len(helper_names.NAMES)}; goal at most 46")
    ratio = helper_names.docstrings_for_code()
    print(
        f"words of docstring for a word of code, over these names: {ratio:.2f}; goal 0.6",
        flush=True,
    )


def gauged(folder):
    """The gauges of the house, beside those of an earlier version."""
    import test_engine  # opens the article

    print("\n".join(gauges.told(folder, code_lines, len(test_engine.words_of_the_article()))))


def sizes():
    for package in ("heldto", "frenemies"):
        lines = sum(map(code_lines, (ROOT / "src" / package).rglob("*.py")))
        print(f"lines of code of {package}: {lines}")
    modules = list((ROOT / "src").rglob("*.py"))
    lengths = house.functions(modules, lines_of_code)
    middle, long = spread(lengths)
    print(f"{len(lengths)} functions: median {middle:.0f} lines, p95 {long}; goal at most 9 and 28")
    print(f"data/: {sum(path.stat().st_size for path in (ROOT / 'data').rglob('*')) / 1e6:.1f} MB")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        words = "\n".join(
            re.sub(r"<[^>]+>", "", cell.source)
            for cell in nbformat.read(path, 4).cells
            if cell.cell_type == "markdown"
        )
        sentences = [
            part
            for part in re.split(r"[.!?:]\s|\n\n", re.sub(r"[#*_`>|\[\]()-]", " ", words))
            if len(part.split()) > 2
        ]
        print(
            f"  {path.stem}: {statistics.mean(len(part.split()) for part in sentences):.1f} words a sentence, {len(words.split())} words"
        )


def site():
    """The notebooks in a browser, where the tests have laid out a Pyodide."""
    found = [path for path in (ROOT / "build").glob("pyodide-*") if path.is_dir()]
    if found:
        live_site.times(found[0])
    else:
        print("the site: not measured here; pytest tests/browser/test_site.py brings a Pyodide")


def memory():
    """A kernel after notebook 01 and one toggle against a bare one, in the same run."""
    found = students.measured(1)
    ratio = f"ratio {found['kernel against bare']}, {found['kernel against bare with a plot']} once it has drawn one"
    alone = f"{found['kernel against pandas and seaborn alone']} against one that reads these tables and draws as many pictures by pandas and seaborn alone"
    sizes = f"{found['MB of a kernel'][0]:.0f} MB; bare {found['MB of a bare kernel']:.0f} MB"
    print(
        f"memory of a kernel after 01: {sizes}; {ratio}; goal at most {students.GOAL}; {alone}",
        flush=True,
    )


def plain(folder):
    """An article in a plain folder: begun, looked over, its handouts made."""
    command = [sys.executable, "-m", "heldto"]
    env = os.environ | {"XDG_CACHE_HOME": str(folder / "plain-cache")}
    env.pop("HELDTO_ARTICLE", None)
    words = ["--title", "T", "--author", "A", "--date", "2021-06-01", "--actors", "DEU,JPN"]
    fresh = (str(folder / f"begun{number}") for number in range(9))

    def run(*asked, cwd=folder):
        subprocess.run([*command, *asked], cwd=cwd, env=env, check=True, capture_output=True)

    bare = timed(python("import seaborn"), 5)
    begun = timed(lambda: run("new", next(fresh), *words), 3)
    report("heldto new (goal: 2 s), against import seaborn", begun, bare)
    own = shutil.copytree(ROOT / "examples" / "a_seat_for_three", folder / "a_seat_for_three")
    looked = timed(lambda: run("check", cwd=own), 3)
    report("heldto check of thirteen claims (goal: 3 s), against import seaborn", looked, bare)
    made = timed(lambda: run("handouts", "--out", str(folder / "plain"), cwd=own), 1)
    names = sorted((own / "notebooks").glob("*.ipynb"))
    stock = timed(lambda: [_stock(path, folder / "plain-stock", own, env) for path in names], 1)
    words = "heldto handouts of three notebooks (goal: 30 s), cold, against stock nbconvert"
    report(words, made, stock, 0.7, "s", 1)


def scores():
    """How many mutants of data and of code were caught when they were last measured, which takes hours."""
    for name, words, command in (
        ("mutants_of_data.json", mutants.words, "make mutants"),
        (
            "mutants_that_turn.json",
            mutants.words_of_turning,
            "make mutants MUTANTS_OPTIONS=--turning",
        ),
        ("mutants_of_code.json", mutants_of_code.words, "make mutants-of-code"),
    ):
        found = forked.kept(name)
        print(words(found) if found else f"{name}: not measured here; {command} does it")


if __name__ == "__main__":
    scratch = Path(tempfile.mkdtemp())
    try:
        gauged(scratch)
        imports()
        clicks(scratch)
        handouts(scratch)
        pages.clicks(scratch / "ours")
        pages.starts(scratch / "ours")
        site()
        costs(scratch)
        memory()
        plain(scratch)
        helper()
        sizes()
        rooms.main()
        scores()
    finally:
        shutil.rmtree(scratch)
