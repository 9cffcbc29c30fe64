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

import house
import nbformat
import pages

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
KINDS = {  # what a module counts as, by the room it lies in
    "helper": [
        "__init__",
        "__main__",
        "errors",
        "registry",
        "stored",
        "templates",
        "evidence",
        "measures",
        "claims",
        "pictures",
        "toggles",
    ],
    "exercises": ["exercises"],
    "sections": ["sections"],
    "publish": ["publish"],
}


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


def _stock(path, folder):
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
    subprocess.run([sys.executable, *words], check=True, capture_output=True)


LAB_CELLS = [
    "import frenemies as fr\nfrom frenemies import economic\nimport ipywidgets as w\nfrom IPython.display import Image, display\nimport io",
    "bar = fr.actor_bar('economic')\nfr.explore(economic.partners_picture)",
    "fr.live(economic.rank_sentence, bar)",
    "from frenemies import network\nfriends = fr.actor_bar('verdict')\nfr.explore(network.network_picture)",
    "fr.live(network.triads_line, friends)",
    "def draw(RUS):\n    out = io.BytesIO()\n    shown = [code for code in economic.NAMED if RUS or code != 'RUS']\n"
    "    economic.partners_picture(shown).figure.savefig(out, format='png', dpi=100)\n    display(Image(out.getvalue()))\n"
    "button = w.ToggleButton(value=True, description='RUS')\ndisplay(button, w.interactive_output(draw, {'RUS': button}))",
]
WATCH = """([click, index, sign]) => new Promise(done => {
  const read = new Function('return ' + sign), before = read(), start = performance.now();
  document.querySelectorAll(click)[index].click();
  const look = () => { if (read() !== before) requestAnimationFrame(() => done(performance.now() - start));
    else if (performance.now() - start > 8000) done(null); else requestAnimationFrame(look); };
  look(); })"""
MARKS = (
    "[...document.querySelectorAll('.actorfig[data-bar={}] svg .a-RUS')]"
    ".map(one => getComputedStyle(one).visibility).join()"
)
LINE = "document.querySelectorAll('.live')[{}].innerText"
IMAGE = "(i => i && i.complete && i.naturalWidth ? i.src.length + i.src.slice(-200) : 'none')(document.querySelector('.jp-OutputArea img'))"


def lab(folder, times=30):
    from conftest import CHROMIUM_OPTIONS, chromium_path
    from playwright.sync_api import sync_playwright

    cells = [nbformat.v4.new_code_cell(source) for source in LAB_CELLS]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "bench.ipynb")
    words = [
        "-m",
        "jupyterlab",
        "--no-browser",
        "--port=18931",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=bench",
        "--allow-root",
        "--LabApp.expose_app_in_browser=True",
        f"--ServerApp.root_dir={folder}",
    ]
    server = subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with sync_playwright() as play:
            page = play.chromium.launch(
                executable_path=chromium_path(), args=CHROMIUM_OPTIONS
            ).new_page(viewport={"width": 1300, "height": 1400})
            _open(page)
            runs = {
                name: _series(page, [click, index, sign], times)
                for name, click, index, sign in _clicks()
            }
    finally:
        server.terminate()
        server.wait(30)
    base, plain = spread(runs["redrawn"]), spread(runs["marks"])
    report("click to painted in JupyterLab against interactive_output", plain, base, 0.2)
    report("click to recomputed line against interactive_output", spread(runs["line"]), base, 0.5)
    report(
        "click to painted in the signed network, triads recomputed, against a plain toggle",
        spread(runs["network"]),
        plain,
        1.5,
    )
    report(
        "click to recomputed triads against interactive_output", spread(runs["triads"]), base, 0.5
    )


def _series(page, watch, times):
    """Seconds from click to change, one after another, the kernel quiet before the first."""
    page.wait_for_timeout(2500)
    return [
        page.evaluate(WATCH, watch) / 1000 for _ in range(times) if not page.wait_for_timeout(200)
    ]


def _clicks():
    box, button = ".actorbar input[value=RUS]", ".jupyter-widgets.widget-toggle-button"
    ours = [("marks", 0, MARKS.format("economic")), ("line", 0, LINE.format(0))]
    network = [("network", 1, MARKS.format("verdict")), ("triads", 1, LINE.format(1))]
    return [(name, box, index, sign) for name, index, sign in ours + network] + [
        ("redrawn", button, 0, IMAGE)
    ]


def _open(page):
    for _ in range(120):
        try:
            page.goto("http://127.0.0.1:18931/lab/tree/bench.ipynb?token=bench")
            break
        except Exception:
            time.sleep(0.5)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-Notebook-ExecutionIndicator')].some(one => one.dataset.status === 'idle')",
        timeout=90_000,
    )
    page.wait_for_timeout(2000)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
    page.wait_for_selector(".jp-OutputArea img", timeout=90_000)
    page.wait_for_timeout(2000)


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


def room(path, package=ROOT / "src" / "frenemies"):
    """The room of the package that a module belongs to: its own name, or the folder's that it lies in."""
    return path.relative_to(package).parts[0].removesuffix(".py")


def kind(path):
    """What a module counts as. Raises KeyError for a room that is nobody's, so that none is left out."""
    return {name: kind for kind, names in KINDS.items() for name in names}[room(path)]


def by_kind():
    """{kind: lines of code}, every module of the package counted once."""
    counted = dict.fromkeys(KINDS, 0)
    for path in (ROOT / "src" / "frenemies").rglob("*.py"):
        counted[kind(path)] += code_lines(path)
    return counted


def costs():
    """Reading all tables, judging a claim, running a notebook: each against a baseline of the same run."""
    ours, plain = zip(*house.tables(), strict=True)
    report("all tables, read and typed, against pandas.read_csv", spread(ours), spread(plain), 1.35)
    print(
        f"calls of a cold fr.verdict('E4'): {house.calls()}; goal at most {0.4 * house.CALLS:.0f}"
    )
    cells, empty = house.notebook(ROOT / "notebooks" / "02_geopolitical.ipynb")
    print(
        f"CPU of all cells of notebook 02: {cells:.2f} s; an empty notebook with its imports {empty:.2f} s; "
        f"ratio {cells / empty:.2f}"
    )


def sizes():
    counted = by_kind()
    print(
        "lines of code: "
        + ", ".join(
            f"{name} {count} (goal at most {house.LIMITS[name]})" for name, count in counted.items()
        )
        + f", all {sum(counted.values())}"
    )
    modules = list((ROOT / "src" / "frenemies").rglob("*.py"))
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


if __name__ == "__main__":
    scratch = Path(tempfile.mkdtemp())
    try:
        imports()
        lab(scratch)
        handouts(scratch)
        pages.clicks(scratch / "ours")
        costs()
        sizes()
    finally:
        shutil.rmtree(scratch)
