"""How large the site is, what a reader fetches of it, how soon a kernel in the browser draws and how long it takes for the whole of notebook 01. Run alone: python tools/live_site.py PYODIDE, the folder that tests/browser/test_site.py leaves in build/."""

import json
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

OURS = [
    "import frenemies as fr\nfrom frenemies import economic",
    "fr.explore(economic.mirror_picture)",
]
BARE = [
    "import pandas as pd\nimport seaborn as sns",
    'frame = pd.DataFrame({"year": range(1990, 2020), "trade": range(30)})\nsns.lineplot(frame, x="year", y="trade");',
]
KERNEL = {"kernelspec": {"name": "python", "display_name": "Python", "language": "python"}}
DRAWN = {"ours": ".actorfig svg", "bare": ".jp-OutputArea img"}
IDLE = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
WHOLE = "01_economic"
RUN_WHOLE = """async () => {
    const start = performance.now();
    await window.jupyterapp.commands.execute("notebook:run-all-cells");
    const seconds = (performance.now() - start) / 1000, { cells } = window.jupyterapp.shell.currentWidget.content.model.toJSON();
    return [seconds, cells.flatMap(({ outputs }) => outputs || []).filter((one) => one.output_type === "error").map((one) => one.evalue)];
}"""
RUN = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }"


class Counting(SimpleHTTPRequestHandler):
    """A host of files that counts the bytes it sends."""

    sent = 0

    def copyfile(self, source, target):
        content = source.read()
        Counting.sent += len(content)
        target.write(content)

    def log_message(self, *words):
        pass


@contextmanager
def served(folder):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/live/lab/index.html"
        server.shutdown()


def _built(pyodide, room):
    """JupyterLite with a notebook of ours and a bare one, in a folder served by a site's worker."""
    from nbformat import writes
    from nbformat.v4 import new_code_cell, new_notebook

    from heldto.publish.site import build, live, offline

    out = room / "site" / "live"
    out.parent.mkdir()
    live.write_lite(out, room / "made", live.Pyodide(str(pyodide)))
    listed = out / "api" / "contents" / "all.json"
    contents = json.loads(listed.read_text())
    for name, cells in (("ours", OURS), ("bare", BARE)):
        made = new_notebook(cells=[*map(new_code_cell, cells)], metadata=KERNEL)
        (out / "files" / f"{name}.ipynb").write_text(writes(made))
        contents["content"].append(
            contents["content"][0] | {"name": f"{name}.ipynb", "path": f"{name}.ipynb"}
        )
    listed.write_text(json.dumps(contents))
    offline.write_offline(out.parent, build.OURS)
    return out.parent


def times(pyodide, rounds=3):
    """Print sizes and, for each of our picture and a bare one, seconds from opening a notebook to its picture, nothing fetched before."""
    with tempfile.TemporaryDirectory() as room:
        out = _built(pyodide, Path(room))
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        print(
            f"live notebooks with a Pyodide of their own: {size / 1e6:.0f} MB (goal for the whole site: 75)"
        )
        with served(out) as address:
            taken = _drawn(address, rounds)
            whole = _in_turns(address, rounds, Path(room))
    for name, seconds in taken.items():
        print(f"  {name}: {', '.join(f'{one:.1f}' for one in seconds)} s to the first picture")
    middle = {name: sorted(seconds)[len(seconds) // 2] for name, seconds in taken.items()}
    print(
        f"first picture, ours against pandas and seaborn alone: ratio {middle['ours'] / middle['bare']:.2f}; goal at most 1.2"
    )
    for where, seconds in whole.items():
        print(f"  {where}: {', '.join(f'{one:.1f}' for one in seconds)} s for all cells of 01")
    site, local = (sorted(seconds)[len(seconds) // 2] for seconds in whole.values())
    print(f"all cells of 01, in the site against a local kernel: ratio {site / local:.2f}; goal at most 4")  # fmt: skip


def _in_turns(address, rounds, room):
    """{where: seconds for all cells of 01, the kernel started before}."""
    taken = {"in the site": [], "local kernel": []}
    for number in range(rounds):
        taken["in the site"].append(_whole(address))
        taken["local kernel"].append(_whole_locally(room / f"local-{number}"))
    return taken


def _whole(address):
    with _browser() as context:
        page = _opened(context, address, WHOLE)
        seconds, faults = page.evaluate(RUN_WHOLE)
        assert not faults, faults
        return seconds


def _whole_locally(folder):
    import nbformat
    from nbclient import NotebookClient

    from heldto.evidence.paths import notebooks_dir
    from heldto.publish import lab

    folder.mkdir()
    notebook = nbformat.reads(lab.copy(notebooks_dir() / f"{WHOLE}.ipynb"), 4)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}})
    with client.setup_kernel():
        start = time.perf_counter()
        for at, cell in enumerate(notebook.cells):
            client.execute_cell(cell, at)
        return time.perf_counter() - start


@contextmanager
def _browser():
    """A browser with a profile on disk, as a reader has it: one in memory keeps no large file."""
    from conftest import CHROMIUM_OPTIONS, chromium_path
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        sync_playwright() as play,
    ):
        options = dict(executable_path=chromium_path(), args=CHROMIUM_OPTIONS)
        context = play.chromium.launch_persistent_context(profile, **options)
        yield context
        context.close()


def _drawn(address, rounds):
    taken = {name: [] for name in DRAWN}
    for number in range(rounds):
        for name in DRAWN:
            with _browser() as context:
                taken[name].append(_first(context, address, name))
                if not number:
                    print(f"  {name}: {Counting.sent / 1e6:.1f} MB fetched cold", end="")
                    _first(context, address, name)
                    print(f", {Counting.sent / 1e6:.1f} MB once more (goal: 52 and 1)", flush=True)
    return taken


def _opened(context, address, name):
    """A notebook whose kernel waits for work."""
    page = context.new_page()
    page.goto(f"{address}?workspace={name}&path={name}.ipynb")
    page.wait_for_function(IDLE, timeout=120_000)
    return page


def _first(context, address, name):
    """Seconds from opening a notebook to its picture."""
    Counting.sent, start = 0, time.perf_counter()
    page = _opened(context, address, name)
    page.evaluate(RUN)
    page.wait_for_selector(DRAWN[name], timeout=120_000)
    seconds = time.perf_counter() - start
    page.close()
    return seconds


if __name__ == "__main__":
    times(sys.argv[1], *map(int, sys.argv[2:]))
