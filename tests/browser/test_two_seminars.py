"""Two articles whose folders have one name, on one host: neither page shows, nor writes, what was said on the other."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import started

NEW = ["--title", "T", "--author", "A", "--date", "2021-06-01", "--actors", "DEU,JPN"]


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """The address of a host with the pages of both, under /p1/x/ and /p2/x/."""
    root = tmp_path_factory.mktemp("host")
    for place in ("p1", "p2"):
        (root / place).mkdir()
        begun = started.python(root / place, "heldto", "new", "gas", *NEW)
        assert begun.returncode == 0, begun.stderr
        made = started.python(root / place / "gas", "heldto", "handouts", "--out", "../x")
        assert made.returncode == 0, made.stdout + made.stderr
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_guess_in_one_seminar_is_none_in_the_other_and_stays_in_its_own(browser, host):
    context = browser.new_context()
    page = context.new_page()
    first, second = (f"{host}/{place}/x/01_claims.html" for place in ("p1", "p2"))
    page.goto(first)
    form = page.locator("form[data-claim=A1]")
    form.locator("input[value=holds]").check()
    form.locator(".record").click()
    page.get_by_text("Recorded: holds").first.wait_for()

    page.goto(second)
    assert page.get_by_text("Recorded:").count() == 0
    form = page.locator("form[data-claim=A1]")
    form.locator("input[value=fails]").check()
    form.locator(".record").click()
    page.get_by_text("Recorded: fails").first.wait_for()

    page.goto(first)
    page.get_by_text("Recorded: holds").first.wait_for()
    assert page.get_by_text("Recorded: fails").count() == 0
    names = json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))"))
    kept = [name for name in names if name.endswith(":01_claims")]
    assert len(kept) == 2 and all(name.startswith("gas-") for name in kept)
    context.close()
