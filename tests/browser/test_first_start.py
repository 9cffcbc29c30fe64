"""The first start on a machine that has no network once all is installed, by the command of the dev container, and whom that lab lets in."""

import json
import shlex
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from urllib.error import HTTPError

import pytest
from conftest import ROOT
from test_lab import TOKEN, errors, opened, run_all, serving

# On the path of each Python that is started: whatever is not this machine is refused, and noted.
GUARD = """
import sys
with open(STARTED, "a") as started:
    print(*sys.orig_argv, file=started)
KNOWN = ("", None, "localhost", "127.0.0.1", "0.0.0.0", "::1", "::")
def watch(event, given):
    if event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple):
        host = given[1][0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = given[0].decode() if isinstance(given[0], bytes) else given[0]
    else:
        return
    if host not in KNOWN:
        with open(NOTES, "a") as notes:
            print(event, host, file=notes)
        raise OSError(f"{host}: no network")
sys.addaudithook(watch)
"""

CODESPACE = "brave-otter"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("first")


@pytest.fixture(scope="module")
def alone(home):
    """No Python that is started reaches any other machine, and none finds what an earlier start left. Yields the file of what was tried."""
    notes, started = home / "notes", home / "started"
    (home / "guard").mkdir()
    names = f"NOTES, STARTED = {str(notes)!r}, {str(started)!r}\n"
    (home / "guard" / "sitecustomize.py").write_text(names + GUARD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(home / "guard"))
        for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"):
            patch.setenv(name, str(home / name))
        yield notes


@pytest.fixture(scope="module")
def lab(home, alone):
    """The lab as the dev container starts it, at a port and in a folder of this test."""
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    command = container["postAttachCommand"].replace("${CODESPACE_NAME}", CODESPACE)  # the shell's
    program, *words = shlex.split(command)
    assert program == ".venv/bin/frenemies"
    words = [word for word in words if not word.startswith(("--port=", "--no-browser"))]
    words = [str(home / word) if word == "workbook" else word for word in words]
    with serving(home, [sys.executable, "-m", "frenemies", *words]) as address:
        yield address


def test_notebook_00_runs_and_nothing_asks_for_another_machine(home, lab, alone, browser):
    asked = []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    page = run_all(opened(lab, context, "00_start_here"))
    assert errors(page) == [] and page.locator("figure.actorfig svg").count()
    context.close()
    assert [url for url in asked if not url.startswith((lab, "data:", "blob:"))] == []
    assert asked and not alone.exists(), alone.read_text()
    watched = (home / "started").read_text()
    assert "-m jupyterlab " in watched and "-m ipykernel_launcher " in watched


def test_what_another_machine_is_asked_for_would_have_been_noted(alone):
    words = "import socket; socket.create_connection(('example.org', 80))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True)
    assert done.returncode == 1 and "example.org: no network" in done.stderr
    assert alone.read_text() == "socket.getaddrinfo example.org\n"
    alone.unlink()


@pytest.mark.parametrize(
    ("origin", "let_in"),
    [
        (f"https://{CODESPACE}-8888.app.github.dev", True),
        ("https://other-8888.app.github.dev", False),
        (f"https://{CODESPACE}-8888.app.github.dev.example.org", False),
        ("https://example.org", False),
    ],
)
def test_the_lab_takes_what_codespaces_forwards_and_no_other_site(lab, origin, let_in):
    reader = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    reader.open(f"{lab}/lab?token={TOKEN}", timeout=60)  # a cookie takes the token's place
    asks = urllib.request.Request(f"{lab}/api/sessions", headers={"Origin": origin})
    try:
        with reader.open(asks, timeout=60) as answer:
            assert answer.status == 200 and let_in
    except HTTPError as refused:
        assert refused.code in (403, 404) and not let_in
