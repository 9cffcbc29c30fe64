"""What lives in a real JupyterLab, and what does not: two notebooks in one window, a page that is loaded again, a kernel that is gone."""

import nbformat
import pytest
from test_lab import HEAR, OPEN, errors, opened, quiet, run_all, serving

FIRST, SECOND = "first", "second"
CELLS = [
    "import frenemies as fr\nfrom frenemies import economic",
    'bar = fr.actor_bar("economic", ["CHN", "USA", "RUS"])\nbar',
    "fr.explore(economic.partners_picture)",
    'fr.guess("E4")',
    'fr.exercise("E4-mirror")',
]


def write(path, cells):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in cells]
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("alive")


@pytest.fixture(scope="module")
def lab(home):
    with serving(home) as address:
        for name in (FIRST, SECOND):
            write(home / "workbook" / f"{name}.ipynb", CELLS)
        yield address


@pytest.fixture(scope="module")
def context(browser):
    context = browser.new_context()
    yield context
    context.close()


# the second notebook stands beside the first, which gives way for it
BESIDE = """async (path) => {
    const { commands, shell } = window.jupyterapp;
    await commands.execute("docmanager:open", { path, options: { mode: "split-right" } });
    window.panels = Object.fromEntries([...shell.widgets("main")].filter((one) => one.context).map((one) => [one.context.path, one]));
}"""
SHOWN = """(path) => {
    const { node } = window.panels[path], seen = (mark) => getComputedStyle(mark).visibility === "visible";
    const marks = (code) => [...node.querySelectorAll(`.actorfig svg .a-${code}`)];
    const codes = ["CHN", "USA", "RUS"].filter((code) => marks(code).some(seen));
    return [node.querySelector(".actorbar .status").innerText.split(":")[0], codes];
}"""
CLICK = """async ([path, code]) => {
    window.jupyterapp.shell.activateById(window.panels[path].id);
    window.panels[path].node.querySelector(`.actorbar input[value=${code}]`).click();
    await new Promise((done) => setTimeout(done, 1000)); // the pictures of both are as they will be
}"""


def test_two_notebooks_of_a_section_in_one_window_do_not_touch_each_other(lab, context):
    """The first shows China and Russia before the second is run, and is switched after it."""
    page = run_all(opened(lab, context, FIRST, (1900, 1000)))
    first, second = f"{FIRST}.ipynb", f"{SECOND}.ipynb"
    page.locator(".actorbar input[value=USA]").first.click()
    quiet(page)
    page.evaluate(BESIDE, second)
    page.wait_for_function(OPEN, timeout=120_000)
    page.evaluate(HEAR)
    run_all(page)
    page.wait_for_function(
        "() => Object.values(window.panels).every((one) => one.node.querySelector('.actorfig svg'))"
    )
    everybody = ["3 of 3 actors shown", ["CHN", "USA", "RUS"]]
    assert page.evaluate(SHOWN, second) == everybody
    assert page.evaluate(SHOWN, first) == ["2 of 3 actors shown", ["CHN", "RUS"]]
    page.evaluate(CLICK, [second, "RUS"])
    assert page.evaluate(SHOWN, second) == ["2 of 3 actors shown", ["CHN", "USA"]]
    assert page.evaluate(SHOWN, first) == ["2 of 3 actors shown", ["CHN", "RUS"]]
    page.evaluate(CLICK, [first, "USA"])
    assert page.evaluate(SHOWN, first) == everybody
    assert page.evaluate(SHOWN, second) == ["2 of 3 actors shown", ["CHN", "USA"]]
    assert errors(page) == []
    page.close()
