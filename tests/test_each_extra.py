"""Installing the package changes nothing for other notebooks of the environment: in an environment with each extra alone, Jupyter exports them as before."""

import json
import socket
import subprocess
import time
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import Request, urlopen

import nbformat
import pytest
from installed import alone, built, put_together, run, wanted
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.slow

EXTRAS = ["", "lab", "validate", "classroom", "excel", "handouts", "site"]
WRITES_HANDOUTS = {"handouts", "site"}
OTHERS = {"html", "latex", "markdown", "notebook", "script", "slides"}


@pytest.fixture(scope="module")
def wheels():
    return built("wheel")


@pytest.fixture(scope="module", params=EXTRAS, ids=lambda extra: extra or "none")
def environment(request, wheels, tmp_path_factory):
    """An environment with one extra beside a JupyterLab that was there before, and a notebook of another course."""
    extra = request.param
    home = put_together(
        tmp_path_factory.mktemp(extra or "none"),
        "jupyterlab",
        *wanted(wheels, *[extra] if extra else []),
    )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    other = new_notebook(
        cells=[new_code_cell("print('other')")],
        metadata={
            "kernelspec": kernel,
            "language_info": {"name": "python", "file_extension": ".py"},
        },
    )
    nbformat.write(other, home / "other.ipynb")
    return extra, home


def test_another_notebook_is_still_converted(environment):
    _, home = environment
    done = run(home, "jupyter", "nbconvert", "--to", "html", "other.ipynb")
    assert done.returncode == 0, done.stderr
    assert "other" in (home / "other.html").read_text(encoding="utf-8")


def test_a_handout_is_written_or_one_sentence_says_what_to_install(environment):
    extra, home = environment
    done = run(home, "jupyter", "nbconvert", "--to", "heldto", "other.ipynb")
    if extra in WRITES_HANDOUTS:
        assert done.returncode == 0, done.stderr
    else:
        assert done.returncode != 0
        assert "no handouts without" in done.stderr and "[handouts]" in done.stderr
        assert "Traceback" not in done.stderr


def test_jupyterlab_offers_every_form_that_there_is(environment):
    extra, home = environment
    with (
        _server(home) as address,
        urlopen(f"{address}/api/nbconvert?token=t", timeout=60) as answer,
    ):
        assert answer.status == 200
        forms = {*json.load(answer)}
    assert forms >= OTHERS
    assert ("heldto" in forms) == (extra in WRITES_HANDOUTS)


@contextmanager
def _server(home):
    """The address of a Jupyter server in the environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command = [home / "env" / "bin" / "jupyter-lab", *words, "--IdentityProvider.token=t"]
    with (home / "log").open("w") as log:
        started = subprocess.Popen(command, cwd=home, env=alone(home), stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api/status?token=t", started, home / "log")
            yield address
        finally:
            started.terminate()
            started.wait(30)


def _wait_for(address, started, log):
    until = time.monotonic() + 120
    while True:
        assert started.poll() is None and time.monotonic() < until, log.read_text()
        try:
            return urlopen(Request(address), timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
