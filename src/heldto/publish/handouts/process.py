"""Work in processes of their own: they can all be stopped at once, and none outlives us, however we
end.

Who starts one holds the other end of its input. Where that end is closed, because we ended or were
killed, it ends as well, with all that it started.
"""

import os
import shutil
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import psutil

from heldto.errors import Problem, describe_fault
from heldto.publish.handouts import cache


class Workers:
    """Functions at work in processes of their own."""

    def __init__(self) -> None:
        self._stopped, self._at_work = threading.Event(), set[subprocess.Popen]()

    def run(self, room: Path, function: str, words: tuple, limit: float) -> tuple[int, str]:
        """Call a function, "module:name", with some words, and wait for it. Returns (status, what
        it complained of).

        room: a folder for this piece of work alone, which goes when we are killed. Raises
        subprocess.TimeoutExpired after `limit` seconds; then it was stopped.
        """
        read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb"):  # closed when the work is done, or we are
            process = _started([str(room), function, *map(str, words)], read_end)
            self._at_work.add(process)
            if self._stopped.is_set():
                end(process.pid)
            try:
                _, complaint = process.communicate(timeout=limit)
                return process.returncode, complaint
            except subprocess.TimeoutExpired:
                end(process.pid)
                process.communicate()
                raise
            finally:
                self._at_work.discard(process)

    def stop(self) -> None:
        """End all that is at work, and whatever is started from now on."""
        self._stopped.set()
        for work in list(self._at_work):
            end(work.pid)


def _started(arguments: list[str], read_end: int) -> subprocess.Popen:
    """A process that reads from one end of a pipe, which is its own from now on."""
    # -P: nothing is imported from the folder in which somebody stands
    command = [sys.executable, "-P", "-X", "utf8", "-m", __name__, *arguments]
    try:
        return subprocess.Popen(
            command,
            stdin=read_end,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # the terminal's Ctrl-C is for us: we stop it
        )
    finally:
        os.close(read_end)


def end(number: int) -> None:
    """End a process and all that it started."""
    with suppress(psutil.Error):
        process = psutil.Process(number)
        started = process.children(recursive=True)
        process.kill()
        for child in started:
            with suppress(psutil.Error):
                child.kill()


def _watch(folder: str) -> None:
    """Wait until our input is closed: nobody waits for us any more."""
    os.read(0, 1)
    for child in psutil.Process().children():
        end(child.pid)
    shutil.rmtree(folder, ignore_errors=True)
    end(os.getpid())


def run_function() -> None:
    """Run from the command line: ROOM MODULE:FUNCTION WORDS; a fault is one line on standard error,
    and status 1; where nobody foresaw it, it says where it came from, and status 2.
    """
    folder, function, *arguments = sys.argv[1:]
    os.environ["JUPYTER_RUNTIME_DIR"] = os.path.join(folder, "runtime")
    # nothing is left elsewhere either
    os.environ |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)
    if not cache.usable():  # matplotlib's is beside ours: it would complain in a cell's output
        os.environ.setdefault("MPLCONFIGDIR", folder)
    threading.Thread(target=_watch, args=(folder,), daemon=True).start()
    module, _, name = function.partition(":")
    try:
        getattr(import_module(module), name)(*arguments)
    except (Problem, OSError) as fault:
        sys.exit(" ".join(str(fault).split()))
    except Exception as fault:
        frame = traceback.extract_tb(fault.__traceback__)[-1]
        message = f"{describe_fault(fault)} ({Path(frame.filename).name}, line {frame.lineno})"
        print(" ".join(message.split()), file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    run_function()
