"""`make class-test`: students at once, each with a kernel of their own, run notebook 01 whole and toggle its bar. Alone: python tools/students.py --students 3"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import AsyncExitStack
from pathlib import Path

import forked
import nbformat
import psutil
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

NOTEBOOK = forked.ROOT / "notebooks" / "01_economic.ipynb"
BARE = "import pandas as pd, seaborn as sns, ipywidgets"
PLOT = 'frame = pd.DataFrame({"year": range(1990, 2020), "trade": range(30)})\nsns.lineplot(frame, x="year", y="trade");'
TABLES = forked.ROOT / "data" / "economic"
READ = f"""import matplotlib.pyplot as plt
from pathlib import Path
tables = {{path.stem: pd.read_csv(path) for path in Path({str(TABLES)!r}).glob("*.csv")}}"""
DRAW = """trade = tables["trade"].query("reporter == 'CHN' and flow == 'export'")
sns.lineplot(trade, x="year", y="value_usd", hue="partner", estimator=None)
plt.show()"""
PICTURE = 'id="fig-trade-partners"'  # it is drawn anew for the actors shown
GOAL = 1.15  # memory of a kernel after 01, against a bare one
LIMIT = 290  # seconds
KEPT = "class_test.json"


def memory(pid):
    """Bytes of a process: its part of what it shares with others counted by share, where the system tells it."""
    told = psutil.Process(pid).memory_full_info()
    return getattr(told, "pss", told.rss)


def cpu(pid):
    """Seconds of processor that a process and its children took."""
    return sum(psutil.Process(pid).cpu_times()[:4])


class Student:
    """A kernel that runs a notebook cell by cell, in a folder of its own, as a reader does."""

    def __init__(self, notebook, room, name):
        self.folder = room / name
        self.folder.mkdir()
        where = {"metadata": {"path": str(self.folder)}}
        self.client = NotebookClient(
            notebook, timeout=LIMIT, resources=where, kernel_name="python3"
        )
        self.first = self.whole = self.toggled = self.cpu_first = self.cpu_toggled = None

    async def run(self, stack):
        """From the start of the kernel to the last cell; the kernel lives on until the stack is closed."""
        start = time.perf_counter()
        own = os.environ | {"IPYTHONDIR": str(self.folder / "ipython")}
        kernel = self.client.async_setup_kernel(env=own, stderr=subprocess.DEVNULL)
        await stack.enter_async_context(kernel)
        self.pid = self.client.km.provisioner.pid
        for at, cell in enumerate(self.client.nb.cells):
            await self.client.async_execute_cell(cell, at)
            if not self.first and "picture" in cell.metadata.get("tags", []):
                self.first, self.cpu_first = time.perf_counter() - start, cpu(self.pid)
        self.whole = time.perf_counter() - start

    async def toggle(self):
        """Bring a picture into the window and switch Russia off, as the page tells the kernel; wait for the picture."""
        states = self.client.widget_state
        bar = next(one for one, state in states.items() if "presets" in state)
        page = next(one for one, state in states.items() if PICTURE in str(state.get("value")))
        start, used = time.perf_counter(), cpu(self.pid)
        self._tell(page, in_view=True)
        self._tell(bar, shown=[code for code in states[bar]["shown"] if code != "RUS"])
        while True:
            told = (await self.client.kc.get_iopub_msg(timeout=LIMIT))["content"]
            drawn = str(told.get("data", {}).get("state", {}).get("value"))
            if told.get("comm_id") == page and PICTURE in drawn:
                break
        self.toggled, self.cpu_toggled = time.perf_counter() - start, cpu(self.pid) - used

    def _tell(self, comm, **state):
        data = {"method": "update", "state": state, "buffer_paths": []}
        message = {"comm_id": comm, "data": data}
        self.client.kc.shell_channel.send(self.client.kc.session.msg("comm_msg", message))

    async def lesson(self, stack):
        """Run all and toggle. Returns what went wrong, "" where all went well."""
        try:
            await self.run(stack)
            await self.toggle()
        except Exception as error:
            return f"{type(error).__name__}: {str(error)[-200:]}"
        return ""


def server(room):
    """(bytes, seconds of processor) of a JupyterLab that has answered once: on a hub each student has one."""
    env = os.environ | {"JUPYTER_RUNTIME_DIR": str(room / "runtime")}
    words = ["-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"]
    words += ["--ServerApp.port=0", f"--ServerApp.root_dir={room}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen([sys.executable, *words], env=env, **quiet)
    try:
        note = room / "runtime" / f"jpserver-{started.pid}.json"
        while not note.exists():
            time.sleep(0.2)
            assert started.poll() is None, "JupyterLab did not start"
        told = json.loads(note.read_text())
        for path in ("lab", "api/contents", "api/kernelspecs"):
            urllib.request.urlopen(f"{told['url']}{path}?token={told['token']}").read()
        return memory(started.pid), cpu(started.pid)
    finally:
        started.terminate()
        started.wait(30)


async def held(count, room):
    """What `told` makes of a class of so many, and of three other kernels beside them: one bare, one
    that has drawn, and one that reads the same tables and draws as many pictures by pandas and seaborn alone.
    """
    from heldto.publish import lab

    copy = lab.copy(NOTEBOOK).decode()
    students = [Student(nbformat.reads(copy, 4), room, f"student-{at}") for at in range(count)]
    pictures = sum(
        "picture" in cell.metadata.get("tags", []) for cell in students[0].client.nb.cells
    )
    cells = [[BARE], [BARE, PLOT], [BARE, READ, *[DRAW] * pictures]]
    bare = [
        Student(new_notebook(cells=[*map(new_code_cell, some)]), room, f"bare-{len(some)}")
        for some in cells
    ]
    async with asyncio.timeout(LIMIT), AsyncExitStack() as stack:
        await asyncio.gather(*(one.run(stack) for one in bare))
        failed = await asyncio.gather(*(one.lesson(stack) for one in students))
        there = [one for one, fault in zip(students, failed, strict=True) if not fault]
        kernels = [(memory(one.pid), cpu(one.pid)) for one in there]
        return told(there, kernels, [memory(one.pid) for one in bare], [*filter(None, failed)])


def middle(values):
    """Median and 95th percentile, by nearest rank; zeros where there is none."""
    ordered = sorted(values) or [0]
    return [statistics.median(ordered), ordered[-(-95 * len(ordered) // 100) - 1]]


def told(students, kernels, bare, faults):
    """What a run found. kernels: (bytes, seconds of processor) of each student's that came to the end."""
    sizes, seconds = zip(*kernels, strict=True) if kernels else ((), ())
    size = middle(sizes)[0]
    return {
        "students": len(students) + len(faults),
        "succeeded": len(students),
        "faults": faults,
        "seconds to first picture": middle(one.first for one in students),
        "seconds to the last cell": middle(one.whole for one in students),
        "seconds from toggle to picture": middle(one.toggled for one in students),
        "CPU seconds to first picture": middle(one.cpu_first for one in students),
        "CPU seconds of a toggle": middle(one.cpu_toggled for one in students),
        "CPU seconds of a kernel": middle(seconds),
        "MB of a kernel": [round(one / 1e6, 1) for one in middle(sizes)],
        "MB of a bare kernel": round(bare[0] / 1e6, 1),
        "kernel against bare": round(size / bare[0], 2),
        "kernel against bare with a plot": round(size / bare[1], 2),
        "kernel against pandas and seaborn alone": round(size / bare[2], 2),
    }


def measured(count):
    """What a class of so many found, with what a server of its own adds to each, and where that was."""
    with tempfile.TemporaryDirectory() as scratch:
        found = asyncio.run(held(count, Path(scratch)))
        size, seconds = server(Path(scratch))
    machine = {"cores": os.cpu_count(), "load": os.getloadavg()[0]}
    return (
        found
        | {"MB of a server": round(size / 1e6, 1), "CPU seconds of a server": seconds}
        | machine
    )


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--students", type=int, default=20)
    found = measured(options.parse_args().students)
    forked.keep(KEPT, found)
    for name, value in found.items():
        pair = isinstance(value, list) and name != "faults"
        print(f"{name}:", f"median {value[0]:.3g}, p95 {value[1]:.3g}" if pair else value)
    sys.exit(found["succeeded"] < found["students"])
