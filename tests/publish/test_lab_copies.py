"""A reader's own copy of the notebooks: laid out, updated, and never overwritten where the reader wrote."""

import errno
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from functools import partial
from itertools import takewhile
from types import SimpleNamespace

import pytest

from heldto import stored
from heldto.errors import Problem
from heldto.exercises import diary, score
from heldto.publish import lab as workbook

pytestmark = pytest.mark.slow


@pytest.fixture
def pristine(tmp_path, monkeypatch):
    """Two pristine notebooks that a test may change, as an update would."""
    import nbformat

    folder = tmp_path / "pristine"
    folder.mkdir()
    for name in ("00_start_here", "01_economic"):
        nbformat.write(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(name, id="a")]),
            folder / f"{name}.ipynb",
        )
    monkeypatch.setattr(workbook, "notebooks_dir", lambda: folder)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    return folder


def _edit(path, word):
    path.write_text(path.read_text().replace("01_economic", word))


def test_laid_out_once_and_quiet_after(pristine, tmp_path):
    assert workbook.prepare(tmp_path / "mine") == [
        "laid out 00_start_here.ipynb",
        "laid out 01_economic.ipynb",
    ]
    assert workbook.prepare(tmp_path / "mine") == []


def test_an_untouched_notebook_is_updated(pristine, tmp_path):
    workbook.prepare(tmp_path / "mine")
    _edit(pristine / "01_economic.ipynb", "newer text")
    assert workbook.prepare(tmp_path / "mine") == ["updated 01_economic.ipynb"]
    assert "newer text" in (tmp_path / "mine" / "01_economic.ipynb").read_text()


def test_a_reader_s_edits_are_kept_and_the_new_one_put_beside(pristine, tmp_path):
    mine = tmp_path / "mine" / "01_economic.ipynb"
    workbook.prepare(mine.parent)
    _edit(mine, "my own notes")
    assert workbook.prepare(mine.parent) == []
    _edit(pristine / "01_economic.ipynb", "newer text")
    assert workbook.prepare(mine.parent) == [
        "kept your 01_economic.ipynb; the new one is 01_economic.new.ipynb"
    ]
    assert "my own notes" in mine.read_text()
    assert "newer text" in mine.with_suffix(".new.ipynb").read_text()
    assert workbook.prepare(mine.parent) == []


def test_a_reader_s_edits_in_the_new_one_are_kept_too(pristine, tmp_path):
    mine = tmp_path / "mine" / "01_economic.ipynb"
    beside, third = mine.with_suffix(".new.ipynb"), mine.with_suffix(".new-2.ipynb")
    workbook.prepare(mine.parent)
    _edit(mine, "my own notes")
    _edit(pristine / "01_economic.ipynb", "newer 01_economic")
    workbook.prepare(mine.parent)
    _edit(beside, "notes in the new one")
    _edit(pristine / "01_economic.ipynb", "newest 01_economic")
    assert workbook.prepare(mine.parent) == [f"kept your {mine.name}; the new one is {third.name}"]
    assert "notes in the new one" in beside.read_text() and "newest" in third.read_text()
    _edit(pristine / "01_economic.ipynb", "newest of all")
    assert workbook.prepare(mine.parent) == [f"kept your {mine.name}; the new one is {third.name}"]
    assert "newest of all" in third.read_text() and "notes in the new one" in beside.read_text()
    assert "my own notes" in mine.read_text() and workbook.prepare(mine.parent) == []


def test_a_file_that_was_there_before_us_is_kept(pristine, tmp_path):
    mine = tmp_path / "mine" / "01_economic.ipynb"
    mine.parent.mkdir()
    mine.write_text("something else")
    assert "kept your 01_economic.ipynb; the new one is 01_economic.new.ipynb" in workbook.prepare(
        mine.parent
    )
    assert mine.read_text() == "something else"


@pytest.mark.parametrize("text", ["{broken", "[]", ""])
def test_a_broken_record_costs_nothing(pristine, tmp_path, text):
    workbook.prepare(tmp_path / "mine")
    (tmp_path / "mine" / workbook.record_file()).write_text(text)
    assert workbook.prepare(tmp_path / "mine") == []
    assert set(json.loads((tmp_path / "mine" / workbook.record_file()).read_text())) == {
        "00_start_here.ipynb",
        "01_economic.ipynb",
    }


def test_a_folder_that_cannot_be(pristine, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="choose another folder"):
        workbook.prepare(tmp_path / "file")


@pytest.mark.parametrize("name", ["01_economic.ipynb", workbook.record_file()])
def test_a_full_disk_is_named_with_its_file_and_leaves_no_draft(
    pristine, tmp_path, monkeypatch, name
):
    def full(draft, target):
        if str(target).endswith(name):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(draft, target)

    replace = os.replace
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(
        Problem, match=f"{name}: No space left on device: make room, or choose another folder"
    ):
        workbook.prepare(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir() if path.suffix != ".ipynb"] == []
    monkeypatch.setattr(os, "replace", replace)
    workbook.prepare(tmp_path / "mine")
    assert workbook.prepare(tmp_path / "mine") == []


def test_a_folder_where_a_notebook_should_be(pristine, tmp_path):
    (tmp_path / "mine" / "01_economic.ipynb").mkdir(parents=True)
    with pytest.raises(
        Problem, match="01_economic.ipynb: Is a directory: make room, or choose another folder"
    ):
        workbook.prepare(tmp_path / "mine")


def _ran(path, said="a picture"):
    """JupyterLab runs every cell, folds the first, adds an empty one at the end, and saves."""
    import nbformat

    notebook = nbformat.read(path, 4)
    notebook.cells[0].metadata["jp-MarkdownHeadingCollapsed"] = True
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
            cell.outputs = [nbformat.v4.new_output("stream", text=said)]
    notebook.cells.append(nbformat.v4.new_code_cell(""))
    notebook.metadata["language_info"] = {"name": "python", "version": "3.13"}
    nbformat.write(notebook, path)


def _with_code(pristine):
    """The second notebook with a cell of code that was run, one for a handout, one for the lab."""
    import nbformat

    path = pristine / "01_economic.ipynb"
    notebook = nbformat.read(path, 4)
    for tag in ("code", "live", "handout"):
        cell = nbformat.v4.new_code_cell(tag, id=tag, metadata={"tags": [tag]})
        notebook.cells.append(cell)
    nbformat.write(notebook, path)
    _ran(path)
    return path


def test_a_copy_holds_no_output_and_nothing_for_a_handout_alone(pristine, tmp_path):
    import nbformat

    path = _with_code(pristine)
    workbook.prepare(tmp_path / "mine")
    mine = nbformat.read(tmp_path / "mine" / path.name, 4)
    assert [cell.get("id") for cell in mine.cells][:3] == ["a", "code", "live"]
    assert not [cell for cell in mine.cells if cell.get("outputs") or cell.get("execution_count")]
    assert "a picture" in path.read_text()


def test_who_only_ran_cells_gets_the_newer_notebook_in_their_place(pristine, tmp_path):
    mine = tmp_path / "mine" / _with_code(pristine).name
    workbook.prepare(mine.parent)
    _ran(mine, "what I saw")
    assert workbook.prepare(mine.parent) == []
    assert "what I saw" in mine.read_text()
    _edit(pristine / mine.name, "newer text")
    assert workbook.prepare(mine.parent) == [f"updated {mine.name}"]
    assert "newer text" in mine.read_text() and "what I saw" not in mine.read_text()


def test_who_ran_cells_and_wrote_in_one_keeps_all_of_it(pristine, tmp_path):
    mine = tmp_path / "mine" / _with_code(pristine).name
    workbook.prepare(mine.parent)
    _ran(mine, "what I saw")
    _edit(mine, "my own notes")
    _edit(pristine / mine.name, "newer text")
    beside = f"kept your {mine.name}; the new one is 01_economic.new.ipynb"
    assert workbook.prepare(mine.parent) == [beside]
    assert "what I saw" in mine.read_text() and "my own notes" in mine.read_text()


def test_a_copy_that_was_laid_out_with_outputs_gives_way_where_nobody_touched_it(
    pristine, tmp_path
):
    """So did versions before: the record holds the digest of the file's bytes."""
    mine = tmp_path / "mine" / _with_code(pristine).name
    workbook.prepare(mine.parent)
    _ran(mine)
    record = json.loads((mine.parent / workbook.record_file()).read_text())
    record[mine.name] = hashlib.sha256(mine.read_bytes()).hexdigest()
    (mine.parent / workbook.record_file()).write_text(json.dumps(record))
    assert workbook.prepare(mine.parent) == [f"updated {mine.name}"]
    assert "a picture" not in mine.read_text()


def _fresh(folder, *words):
    return workbook.fresh_copies(folder, [workbook.notebook_asked(word) for word in words])


@pytest.mark.parametrize(
    "word", ["01", "1", "economic", "01_economic", "01_economic.ipynb", "01_Economic"]
)
def test_a_notebook_is_named_by_its_number_or_its_name(pristine, word):
    assert workbook.notebook_asked(word) == pristine / "01_economic.ipynb"


@pytest.mark.parametrize("word", ["07", "", "_", "econ", "../01_economic"])
def test_a_notebook_that_is_none_of_ours_is_refused_with_the_list(pristine, word):
    with pytest.raises(Problem, match="give a number or a name of 00_start_here, 01_economic"):
        workbook.notebook_asked(word)


def test_a_fresh_copy_stands_beside_and_overwrites_nothing(pristine, tmp_path):
    mine = tmp_path / "mine" / "01_economic.ipynb"
    workbook.prepare(mine.parent)
    _edit(mine, "a cell that I broke")
    assert _fresh(mine.parent, "01", "00") == [
        "01_economic.fresh.ipynb",
        "00_start_here.fresh.ipynb",
    ]
    _edit(mine.with_suffix(".fresh.ipynb"), "notes in the copy")
    assert _fresh(mine.parent, "01") == ["01_economic.fresh-2.ipynb"]
    assert _fresh(mine.parent, "01") == [
        "01_economic.fresh-2.ipynb"
    ]  # nothing written in it: no third
    assert "a cell that I broke" in mine.read_text()
    assert "notes in the copy" in mine.with_suffix(".fresh.ipynb").read_text()
    assert mine.with_suffix(".fresh-2.ipynb").read_bytes() == (pristine / mine.name).read_bytes()


def test_fresh_copies_and_updates_do_not_meet(pristine, tmp_path):
    mine = tmp_path / "mine" / "01_economic.ipynb"
    workbook.prepare(mine.parent)
    _fresh(mine.parent, "01")
    assert workbook.prepare(mine.parent) == []
    _edit(mine, "my own notes")
    _edit(pristine / mine.name, "newer text")
    assert workbook.prepare(mine.parent) == [
        f"kept your {mine.name}; the new one is 01_economic.new.ipynb"
    ]
    assert _fresh(mine.parent, "01") == ["01_economic.fresh.ipynb"]
    assert (
        "newer text" in mine.with_suffix(".fresh.ipynb").read_text()
        and "my own notes" in mine.read_text()
    )


def test_the_command_that_opens_the_lab(tmp_path):
    words = workbook.command(tmp_path, browser=False, options=["--port=1"])
    assert words[1:4] == ["-P", "-m", "jupyterlab"]
    assert "--no-browser" in words and words[-1] == "--port=1"


@pytest.mark.parametrize(
    ("options", "root", "adds"),
    [
        ([], True, ["--allow-root", "--ip=127.0.0.1"]),
        (["--ip=0.0.0.0"], True, ["--allow-root"]),
        (["--ServerApp.ip", "0.0.0.0"], True, ["--allow-root"]),
        ([], False, []),
    ],
)
def test_root_gets_the_options_that_jupyterlab_wants_of_it(
    tmp_path, monkeypatch, options, root, adds
):
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    words = workbook.command(tmp_path, True, options)
    assert words[6:] == [*adds, *options]


@pytest.mark.parametrize("name", ["JUPYTER_CONFIG_PATH", "JUPYTER_PATH"])
def test_the_lab_s_settings_and_kernel_are_put_behind_a_reader_s_own_path(monkeypatch, name):
    monkeypatch.delenv(name, raising=False)
    ours = workbook.lab_environment()[name]
    monkeypatch.setenv(name, "mine")
    assert workbook.lab_environment()[name] == f"mine{os.pathsep}{ours}"
    assert os.environ[name] == "mine"


def test_the_lab_s_kernel_has_our_words_and_runs_the_python_of_the_lab(lab):
    found = lab[0]("api/kernelspecs")["kernelspecs"]["python3"]["spec"]["argv"]
    assert found[0] == "python" and "--IPKernelApp.extra_extensions=heldto.errors" in found


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """`frenemies lab`, as a reader types it, in an empty home. Yields (ask, home, what it printed): ask("api/status") is JSON."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}
    words = [
        "lab",
        "--no-browser",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=abc",
    ]
    with (home / "log").open("w") as log:
        words = [sys.executable, "-m", "frenemies", *words]
        server = subprocess.Popen(
            words, cwd=home, env=env, stdout=log, stderr=log, start_new_session=True
        )
    try:
        ask = partial(_ask, f"http://127.0.0.1:{port}")
        _wait_for(ask, server, home / "log")
        yield ask, home, (home / "log").read_text()
    finally:
        server.terminate()
        server.wait(30)


def _ask(server, place, send=None, token="abc"):
    head = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    body = None if send is None else json.dumps(send).encode()
    request = urllib.request.Request(
        f"{server}/{place}", body, head, method="GET" if send is None else "PUT"
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def _wait_for(ask, server, log):
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            return ask("api/status")
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not answer: {log.read_text()}")


@pytest.mark.skipif(os.name != "posix", reason="no process takes another's place there")
def test_who_ends_the_lab_ends_jupyterlab(tmp_path):
    lines = ["import os, time", "print(os.getpid(), file=open('pid', 'w'))"]
    lines += ["print('ready', flush=True)", "time.sleep(60)"]
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "jupyterlab.py").write_text("\n".join(lines))  # in its place
    env = os.environ | {"PYTHONPATH": str(tmp_path / "path")}
    words = [sys.executable, "-m", "frenemies", "lab"]
    with subprocess.Popen(words, cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True) as lab:
        told = [*takewhile(lambda line: line != "ready\n", lab.stdout)]
        lab.terminate()
    assert "laid out 00_start_here.ipynb\n" in told
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


def test_the_lab_starts_for_whoever_types_it(lab):
    ask, home, said = lab
    assert "started" in ask("api/status")
    root = os.geteuid() == 0
    assert ("You are root: JupyterLab runs as root, on the loopback address." in said) == root
    assert (home / "workbook" / "04_verdict.ipynb").exists()


@pytest.mark.parametrize(
    ("plugin", "setting", "value"),
    [
        ("notebook-extension:tracker", "windowingMode", "none"),
        ("apputils-extension:notification", "fetchNews", "false"),
        ("apputils-extension:notification", "checkForUpdates", False),
    ],
)
def test_the_lab_that_we_start_has_our_settings(lab, plugin, setting, value):
    found = lab[0](f"lab/api/settings/@jupyterlab/{plugin}")
    assert found["schema"]["properties"][setting]["default"] == value


WIDGET = {
    "application/vnd.jupyter.widget-view+json": {"model_id": "gone"},
    "text/html": "<p>plain</p>",
}


def _saved(lab, name, output, widgets):
    """A notebook of one trusted cell with one output, saved through the lab. Returns what the file holds."""
    import nbformat

    ask, home, _ = lab
    cell = nbformat.v4.new_code_cell("1", outputs=[output], metadata={"trusted": True})
    content = nbformat.v4.new_notebook(
        cells=[cell], metadata={"widgets": widgets} if widgets else {}
    )
    ask(f"api/contents/{name}", {"type": "notebook", "format": "json", "content": content})
    return json.loads((home / "workbook" / name).read_text(encoding="utf-8"))


def test_a_widget_of_the_kernel_is_not_saved_and_the_page_beside_it_is(lab):
    output = {"output_type": "display_data", "data": WIDGET, "metadata": {}}
    saved = _saved(
        lab, "views.ipynb", output, {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    )
    assert saved["cells"][0]["outputs"][0]["data"] == {"text/html": ["<p>plain</p>"]}
    assert saved["cells"][0]["outputs"][0]["metadata"] == {"frenemies": {"view": "gone"}}
    assert "widgets" not in saved["metadata"]
    opened = lab[0]("api/contents/views.ipynb?content=1")["content"]
    assert opened["cells"][0]["metadata"]["trusted"] is True


def test_the_lab_tells_what_was_said_where_a_notebook_lies_and_to_nobody_else(lab):
    ask, home, _ = lab
    folder = home / "workbook" / "of mine"
    folder.mkdir()
    assert ask("frenemies/said/of%20mine/01_economic.ipynb") == {}
    score.record_guess("E4", "fails", 50, folder / "my-answers.json")
    score.record_guess("E4", "holds", 90, folder / "my-answers.json")
    tries = {"E1-total": {"tries": 1, "right": True}, "E3-rank": {"tries": 2}}
    drawn = [{"2017": -8.0, "2018": -6.5}, {"2017": 1, "2018": 2}], [{}]  # the first line counts
    lines = [
        {"claim": claim, "line": line, "time": diary.utc_now()}
        for claim, several in zip(("E4", "E7"), drawn, strict=True)
        for line in several
    ]

    def add(contents):
        contents["exercises"].update(tries)
        contents["lines"].extend(lines)

    diary.change_file(add, folder / "my-answers.json")
    found = ask("frenemies/said/of%20mine/01_economic.ipynb")
    assert found == {
        "E4": "You said fails, 50 % sure.",
        "E1-total": "✓ You have solved this.",
        "draw E4": "Your line ends at -6.5 (2018).",
    }
    (folder / "my-answers.json").write_text("{")
    assert ask("frenemies/said/of%20mine/01_economic.ipynb") == {}
    assert [one.name for one in folder.glob("*.json")] == ["my-answers.json"]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        ask("frenemies/said/of%20mine/01_economic.ipynb", token="another")


@pytest.mark.parametrize(("language", "kept"), [("python", "python"), ("R", "R"), (None, None)])
def test_of_its_language_a_saved_notebook_tells_what_a_script_needs(language, kept):
    told = {"language_info": {"name": language, "version": "4.1"}} if language else {}
    model = {"type": "notebook", "content": {"metadata": told, "cells": []}}
    workbook.without_views(model)
    found = model["content"]["metadata"].get("language_info")
    assert found == (stored.PYTHON if kept == "python" else kept and {"name": kept})


def test_a_fault_of_ours_stops_no_save(tmp_path, monkeypatch):
    import nbformat
    from jupyter_server.services.contents.largefilemanager import LargeFileManager
    from tornado.web import Application

    def faulty(model, **_):
        raise KeyError("a fault of ours")

    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setattr(workbook, "without_views", faulty)
    manager = LargeFileManager(root_dir=str(tmp_path))
    workbook._load_jupyter_server_extension(
        SimpleNamespace(contents_manager=manager, web_app=Application(base_url="/"))
    )
    cells = [nbformat.v4.new_markdown_cell("an evening's work")]
    with closing(manager.notary.store):
        manager.save(
            {"type": "notebook", "content": nbformat.v4.new_notebook(cells=cells)}, "mine.ipynb"
        )
    assert "an evening's work" in (tmp_path / "mine.ipynb").read_text()


def test_a_file_that_is_no_notebook_is_saved_as_it_is(lab):
    lab[0]("api/contents/notes.txt", {"type": "file", "format": "text", "content": "mine"})
    assert (lab[1] / "workbook" / "notes.txt").read_text() == "mine"
