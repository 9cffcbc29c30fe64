"""Work in processes of their own: they can all be stopped at once, and none outlives us, however we end.

Who starts one holds the other end of its input. Where that end is closed, because we ended or were killed, it ends as well,
with all that it started.
"""

import os
import runpy
import shutil
import subprocess
import sys
import threading
from contextlib import suppress

import psutil

from frenemies.publish.handouts import cache


class Workers:
    """Modules at work in processes of their own."""

    def __init__(self):
        self._stopped, self._at_work = threading.Event(), set()

    def run(self, room, module, words, limit):
        """Run a module with some words on its command line, and wait for it. Returns (status, what it complained of).

        room: a folder for this piece of work alone, which goes when we are killed. Raises subprocess.TimeoutExpired after
        `limit` seconds; then it was stopped.
        """
        theirs, ours = os.pipe()
        try:
            return self._followed(_started([str(room), module, *map(str, words)], theirs), limit)
        finally:
            os.close(ours)

    def _followed(self, work, limit):
        self._at_work.add(work)
        if self._stopped.is_set():
            end(work)
        try:
            return _waited(work, limit)
        finally:
            self._at_work.discard(work)

    def stop(self):
        """End all that is at work, and whatever is started from now on."""
        self._stopped.set()
        for work in list(self._at_work):
            end(work)


def _started(words, held):
    """A process that reads from one end of a pipe, which is its own from now on."""
    try:
        return subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", __name__, *words],
            stdin=held,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # the terminal's Ctrl-C is for us: we stop it
        )
    finally:
        os.close(held)


def _waited(work, limit):
    try:
        _, complaint = work.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        end(work)
        work.communicate()
        raise
    return work.returncode, complaint


def end(work):
    """End a process (one that psutil can find by its number) and all that it started."""
    with suppress(psutil.Error):
        process = psutil.Process(work.pid)
        started = process.children(recursive=True)
        process.kill()
        for one in started:
            with suppress(psutil.Error):
                one.kill()


def _watch(room):
    """Wait until our input is closed: nobody waits for us any more."""
    os.read(0, 1)
    here = psutil.Process()
    for one in here.children():
        end(one)
    shutil.rmtree(room, ignore_errors=True)
    here.kill()


def main():
    """Run from the command line: ROOM MODULE WORDS."""
    room, module, *words = sys.argv[1:]
    os.environ["JUPYTER_RUNTIME_DIR"] = os.path.join(room, "runtime")
    os.environ |= dict.fromkeys(
        ("TMPDIR", "TEMP", "TMP"), room
    )  # so that nothing is left elsewhere either
    if (
        not cache.usable()
    ):  # matplotlib has its own beside ours, and would complain in a cell's output
        os.environ.setdefault("MPLCONFIGDIR", room)
    threading.Thread(target=_watch, args=(room,), daemon=True).start()
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
