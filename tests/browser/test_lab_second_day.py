"""The second day in a real JupyterLab: what autosave kept opens with a new kernel as it was left, and lives again after Run All."""

import json
import time

import pytest
from test_lab import errors, home, opened, run_all, serving  # noqa: F401 (home is a fixture)

NAME = "01_economic"
DEAD = "Error displaying widget"
SHOWN = "outputs => document.querySelectorAll('.jp-OutputArea-output').length >= outputs"


@pytest.fixture(scope="module")
def first_day(home, browser):  # noqa: F811
    """A reader runs everything, saves nothing, and leaves once JupyterLab has. Returns the notebook's file."""
    _autosave_soon(home)
    with serving(home) as lab:
        path = home / "workbook" / f"{NAME}.ipynb"
        page = opened(lab, browser, NAME)
        before = path.read_bytes()
        run_all(page)
        _wait_until_saved(page, path, before)
        page.context.close()
    return path


@pytest.fixture(scope="module")
def second_day(first_day, home, browser):  # noqa: F811
    """The same notebook on a new server, as it opens."""
    with serving(home) as lab:
        page = opened(lab, browser, NAME)
        page.wait_for_function(SHOWN, arg=sum(map(len, _stored(first_day))), timeout=120_000)
        page.wait_for_timeout(3000)  # the time in which a widget would look for its kernel
        yield page
        page.context.close()


def _autosave_soon(home):  # noqa: F811
    folder = home / "config" / "lab" / "user-settings" / "@jupyterlab" / "docmanager-extension"
    folder.mkdir(parents=True)
    (folder / "plugin.jupyterlab-settings").write_text(json.dumps({"autosaveInterval": 5}))


def _wait_until_saved(page, path, before):
    """Nobody saves but JupyterLab itself: the file has changed, and the page has nothing left to save."""
    dirty = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
    for _ in range(120):
        if path.read_bytes() != before and not page.evaluate(dirty):
            return
        time.sleep(0.5)
    pytest.fail("JupyterLab saved nothing")


def _stored(path):
    """The outputs of each cell in the file."""
    return [
        cell.get("outputs", []) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    ]


def _outputs(page):
    return page.locator(".jp-OutputArea-output").all_inner_texts()


def test_what_is_saved_holds_no_widget_of_a_kernel_that_is_gone(first_day):
    kinds = [set(output.get("data", ())) for outputs in _stored(first_day) for output in outputs]
    assert [kind for kind in kinds if "application/vnd.jupyter.widget-view+json" in kind] == []
    assert [kind for kind in kinds if "text/html" in kind]
    assert "widgets" not in json.loads(first_day.read_text(encoding="utf-8"))["metadata"]


def test_it_opens_trusted_and_without_an_error(second_day):
    assert [text for text in _outputs(second_day) if DEAD in text] == [] and errors(
        second_day
    ) == []
    cells = "() => [...window.jupyterapp.shell.currentWidget.content.model.cells]"
    assert second_day.evaluate(f"({cells})().every(cell => cell.type !== 'code' || cell.trusted)")


def test_pictures_bar_guesses_and_exercises_stand(second_day):
    second_day.wait_for_function(
        "() => document.querySelectorAll('figure img').length >= 8", timeout=60_000
    )
    stands = _outputs(second_day)
    assert [text for text in stands if text.startswith("Actor bar of the economic section")]
    assert [text for text in stands if "Your verdict on E1" in text]
    assert [text for text in stands if "Exercise E1-total" in text]


def test_run_all_brings_everything_to_life(second_day, home):  # noqa: F811
    run_all(second_day)
    assert errors(second_day) == []
    marks = "() => [...document.querySelectorAll('.actorfig svg .a-RUS')].filter(one => getComputedStyle(one).visibility === 'visible').length"
    assert second_day.evaluate(marks) > 0
    second_day.locator(".actorbar").first.locator("input[value=RUS]").click()
    assert second_day.evaluate(marks) == 0
    box = second_day.locator(".lm-Widget.widget-vbox", has_text="Your verdict on E1").last
    box.get_by_text("no table here can tell").click()
    box.get_by_role("button", name="Record my guess").click()
    box.get_by_text("Recorded: undecided").first.wait_for(timeout=15_000)
    assert '"undecided"' in (home / "answers.json").read_text(encoding="utf-8")
