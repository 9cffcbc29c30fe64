"""Programs in processes of their own that need not load pandas and its like anew: each is a fork of one process, which has loaded what ours load from others, and nothing of ours."""

import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from conftest import STARTED

from heldto import article

LOADED = "anywidget bs4 filelock jinja2 matplotlib.figure nbformat networkx pandas rich.console seaborn typer"
SERVER = """
import importlib, json, os, runpy, sys, traceback
for name in sys.argv[1].split():
    importlib.import_module(name)

def run(task):
    os.chdir(task["cwd"])
    os.environ.clear()
    os.environ.update(task["env"])
    sys.path[0] = task["cwd"]
    for name, stream in (("out", 1), ("err", 2)):
        os.dup2(os.open(task[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = task["argv"]
    if task["code"] is None:
        runpy.run_module(task["argv"][0], run_name="__main__", alter_sys=True)
    else:
        exec(compile(task["code"], "<string>", "exec"), {"__name__": "__main__"})

for line in sys.stdin:
    task = json.loads(line)
    if not (child := os.fork()):
        status = 1
        try:
            run(task)
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else bool(end.code)
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@lru_cache
def _server():
    words = [sys.executable, "-X", "utf8", "-c", SERVER, LOADED]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return STARTED.enter_context(subprocess.Popen(words, **pipes, encoding="utf-8"))


def python(here, module="", *words, code=None, **more):
    """python -m MODULE WORDS, or python -c CODE, in a folder in which no article is open: as subprocess.run returns it. more: of the environment."""
    env = {name: value for name, value in os.environ.items() if name != article.NAMED} | more
    argv = ["-c"] if code is not None else [module, *map(str, words)]
    if not hasattr(os, "fork"):
        rest = ["-c", code] if code is not None else ["-m", *argv]
        return subprocess.run([sys.executable, *rest], cwd=here, env=env, capture_output=True, text=True)  # fmt: skip
    said = {name: f"{os.environ['FRENEMIES_TESTS_SHARED']}/said-{os.getpid()}-{name}" for name in ("out", "err")}  # fmt: skip
    task = {"cwd": str(here), "env": env, "argv": argv, "code": code, **said}
    server = _server()
    server.stdin.write(json.dumps(task) + "\n")
    server.stdin.flush()
    status = int(server.stdout.readline())
    texts = [Path(one).read_text(encoding="utf-8") for one in said.values()]
    return subprocess.CompletedProcess(argv, status, *texts)
