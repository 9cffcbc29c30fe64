"""How fast notebook 01 answers a click in a real JupyterLab, against plain ipywidgets. Run alone: python tools/lab.py"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "01_economic.ipynb"
PICTURE = "fr.explore(economic.partners_picture"
PLAIN = """import io
import ipywidgets
from IPython.display import Image, display

def draw(**on):
    out = io.BytesIO()
    picture = economic.partners_picture(shown=[code for code in on if on[code]])
    picture.figure.savefig(out, format="png", dpi=100)
    display(Image(out.getvalue()))

buttons = {code: ipywidgets.ToggleButton(True, description=code) for code in fr.actors.ALL}
display(ipywidgets.HBox([*buttons.values()]), ipywidgets.interactive_output(draw, buttons))
"""
FIGURE = "#fig-trade-partners"
BOX = f".jp-Cell:has({FIGURE}) .actorbar input[value=RUS]"
SIGNS = {  # what changes where something is done, as a script that reads it
    "hidden": f"[...document.querySelectorAll('{FIGURE} svg .a-RUS')].map((one) => getComputedStyle(one).visibility).join()",
    "settled": f"document.querySelector('{FIGURE}').classList.contains('o-RUS')",
    # as text: what is far from the window is not laid out
    "line": "[...document.querySelectorAll('.live')].map((one) => one.textContent).find((text) => text.includes('Russia'))",
}
IMAGE = {
    "redrawn": "((one) => one && one.complete && one.src.slice(-400))([...document.querySelectorAll('.widget-toggle-button')].find((one) => one.textContent === 'RUS').closest('.jp-Cell').querySelector('img'))"
}
# What is painted: the frame after the one in which a change is seen.
WATCH = """([of, signs]) => new Promise((done) => {
  const read = Object.entries(signs).map(([name, sign]) => [name, new Function("return " + sign)]);
  const before = read.map(([, now]) => now()), seen = {}, painted = {}, start = performance.now();
  (of.startsWith("[") ? [...document.querySelectorAll(".widget-toggle-button")].find((one) => one.textContent === 'RUS') : document.querySelector(of)).click();
  const look = () => {
    read.forEach(([name, now], at) => {
      if (seen[name] || now() === before[at]) return;
      seen[name] = true;
      requestAnimationFrame(() => { painted[name] = (performance.now() - start) / 1000; });
    });
    if (Object.keys(painted).length === read.length || performance.now() - start > 10000) done(painted);
    else requestAnimationFrame(look);
  };
  look();
})"""
QUIET = 900  # milliseconds between two clicks: all that follows the one is done before the other


def times(folder, rounds=10):
    """{what: seconds from click to painted, one a round}: hidden, settled and line of ours, redrawn by plain widgets."""
    from conftest import CHROMIUM_OPTIONS, chromium_path
    from playwright.sync_api import sync_playwright

    _write(folder / "bench.ipynb")
    options = ["--port=18931", "--ServerApp.port_retries=0", "--IdentityProvider.token=bench"]
    options += ["--allow-root", "--LabApp.expose_app_in_browser=True"]
    words = ["-m", "jupyterlab", "--no-browser", f"--ServerApp.root_dir={folder}", *options]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([sys.executable, *words], **quiet)
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_OPTIONS)
            page = browser.new_page(viewport={"width": 1300, "height": 1600})
            _open(page)
            return _measured(page, rounds)
    finally:
        server.terminate()
        server.wait(30)


def _write(path):
    """Notebook 01 with the same picture redrawn by plain widgets below its own."""
    notebook = nbformat.read(NOTEBOOK, 4)
    place = next(at for at, cell in enumerate(notebook.cells) if cell.source.startswith(PICTURE))
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(PLAIN))
    nbformat.write(notebook, path)


def _open(page):
    for _ in range(240):
        try:
            page.goto("http://127.0.0.1:18931/lab/tree/bench.ipynb?token=bench")
            break
        except Exception:
            time.sleep(0.5)
    run = "window.jupyterapp.commands.execute"
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    idle = "() => [...document.querySelectorAll('.jp-Notebook-ExecutionIndicator')].some((one) => one.dataset.status === 'idle')"
    page.wait_for_function(idle, timeout=120_000)
    ready = "window.jupyterapp.shell.currentWidget.sessionContext.ready"
    page.evaluate(f"() => window.jupyterapp.restored.then(() => {ready})")
    page.evaluate(f"() => {{ {run}('notebook:run-all-cells') }}")
    done = "() => ![...document.querySelectorAll('.jp-InputPrompt')].some((one) => one.innerText.includes('*'))"
    page.wait_for_selector(".actorbar input[value=RUS]", timeout=240_000)
    page.wait_for_function(done, timeout=240_000)
    page.evaluate(f"() => {run}('notebook:expand-all-headings')")
    page.wait_for_timeout(3000)
    page.mouse.wheel(0, 1)  # a reader is there: what ran last is no longer kept in the window
    page.locator(FIGURE).evaluate("(one) => one.closest('.jp-Cell').scrollIntoView()")
    page.wait_for_timeout(3000)


def _measured(page, rounds):
    found = {name: [] for name in (*SIGNS, *IMAGE)}
    for click in range(2 * rounds):
        off = click % 2 == 0
        ours = SIGNS if off else {"settled": SIGNS["settled"], "line": SIGNS["line"]}
        for of, signs in ((BOX, ours), ("[RUS]", IMAGE)):
            page.wait_for_timeout(QUIET)
            for name, taken in page.evaluate(WATCH, [of, signs]).items():
                found[name].append(taken)
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(times(Path(scratch)))
