"""Handouts: the exporter, the page, the cache, and what is left when something fails."""

import html
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
import sample
from conftest import ROOT, chromium_path
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from frenemies import cli
from frenemies.handouts import build, command, listing, worker
from frenemies.handouts.exporter import FrenemiesExporter
from frenemies.handouts.page import Page, said
from frenemies.places import Problem

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "frenemies"


def written(folder, name, *sources):
    """A notebook file of code cells."""
    cells = [
        new_markdown_cell(f"# {name}", id="head"),
        *(new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)),
    ]
    path = folder / f"{name}.ipynb"
    nbformat.write(
        new_notebook(
            cells=cells, metadata=KERNEL | {"frenemies": {"title": name, "minutes": 5, "teaches": "this; that"}}
        ),
        path,
    )
    return path


def page(*cells, **settings):
    notebook = new_notebook(cells=list(cells), metadata={"frenemies": {}})
    return FrenemiesExporter(**settings).from_notebook_node(notebook, {"metadata": {"name": "small"}})[0]


def body(*cells, **settings):
    return re.search(r"<main.*</main>", page(*cells, **settings), re.S)[0]


# The page


def test_nbconvert_finds_the_exporter_and_writes_what_we_write(tmp_path):
    nbformat.write(sample.notebook(), tmp_path / "sample.ipynb")
    words = [
        sys.executable,
        "-m",
        "jupyter",
        "nbconvert",
        "--to",
        "frenemies",
        "--FrenemiesExporter.edition=student",
        "sample.ipynb",
    ]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "sample.html").read_text(encoding="utf-8").strip() == sample.page("student").strip()


def test_the_same_bytes_each_time():
    assert sample.page() == sample.page()


def test_the_policy_lets_just_our_script_run():
    text = sample.page()
    import base64
    import hashlib

    code = re.search(r'<script type="module">(.*?)</script>', text, re.S)[1]
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    assert f"script-src 'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe-inline" not in policy.split("style-src")[0]


def test_no_address_but_plain_links():
    for found in re.findall(r"""(?:src|href|action|xlink:href)=["']?([^"'\s>]*)""", sample.page()):
        assert found.startswith(("#", "data:image/", "https://")), found
    assert not re.findall(r"<(?:link|iframe|object|embed|base)\b|@import|url\((?!#)", sample.page())


def test_links_inside_resolve():
    text = sample.page()
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'(?:href="#|url\(#|aria-describedby=")([^")]+)', text):
        assert not target or target in ids, target


def test_tables_have_headers_and_no_empty_ones():
    found = body(
        sample.cell(
            "frame",
            sample.rich(
                "<table border='1' class='dataframe'><thead><tr><th></th><th>value</th></tr></thead><tbody><tr><th>CHN</th><td>1</td></tr></tbody></table>"
            ),
            name="a",
        )
    )
    assert (
        re.search(r'<tr><td><th scope="col">value', found) and '<th scope="row">CHN' in found and "border" not in found
    )


def test_headings_start_at_two_and_skip_none():
    found = body(new_markdown_cell("# Title\n\n#### Deep\n\n# Again\n\n### Three", id="a"))
    assert re.findall(r"<(h\d) id", found) == ["h2", "h2", "h3"]
    assert re.findall(r"</(h\d)>", found) == ["h2", "h2", "h3"]


def test_headings_of_an_output_stand_below_and_out_of_the_contents():
    card = sample.cell("card", sample.rich("<h1>Vietnam</h1><h2>Trade</h2><h2>Arms</h2>"), name="b")
    text = page(new_markdown_cell("## Part 1\n\n### Cards", id="a"), card, new_markdown_cell("## Part 2", id="c"))
    assert re.findall(r"<(h\d) id=\"(?!notes)", re.search(r"<main.*</main>", text, re.S)[0]) == [
        "h2",
        "h3",
        "h4",
        "h5",
        "h5",
        "h2",
    ]
    assert re.findall(r"<li><a href=\"#([^\"]*)", text) == ["part-1", "part-2"]


def test_printed_sentences_are_prose_and_laid_out_text_is_not():
    assert said("One sentence.\nAnother.\n") == '<div class="said"><p>One sentence.</p><p>Another.</p></div>'
    assert (
        said("a    1\nb    2").startswith('<pre class="out">')
        and said("'quoted'") == '<div class="said"><p>quoted</p></div>'
    )
    assert said(" \n") == "" and "\x1b" not in said("\x1b[31mred\x1b[0m")


def test_outputs_of_every_kind():
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    outputs = [sample.new_output("display_data", {"image/png": png, "text/plain": "A dot"}), sample.new_output("display_data", {"text/markdown": "*soft*"}),
               sample.new_output("display_data", {"image/svg+xml": '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'}),
               sample.new_output("error", ename="ValueError", evalue="x", traceback=["\x1b[31mValueError\x1b[0m: x<y"]),
               sample.new_output("stream", name="stderr", text="a warning")]  # fmt: skip
    found = body(sample.cell("x", *outputs, name="a"))
    assert (
        'alt="A dot"' in found
        and "<em>soft</em>" in found
        and 'role="img"' in found
        and "ValueError: x&lt;y" in found
        and "a warning" not in found
    )


def test_maths_as_mathml_passes_and_dollars_stay_dollars():
    found = body(new_markdown_cell("<math><mfrac><mn>1</mn><mi>n</mi></mfrac></math>\n\nFrom 100 $ to 120 $.", id="a"))
    assert "<mfrac><mn>1</mn><mi>n</mi></mfrac>" in found and "100 $ to 120 $" in found


def test_links_to_notebooks_become_links_to_handouts():
    found = body(
        new_markdown_cell(
            "[next](02_geopolitical.ipynb#g1) [bad](javascript:x) [odd](//example.org/x) [out](https://example.org)",
            id="a",
        )
    )
    assert re.findall(r'href="([^"]*)"', found) == ["02_geopolitical.html#g1", "https://example.org"]


def test_code_is_folded_in_the_handout_and_open_where_a_student_writes():
    cell = sample.cell("rank = 11", name="a", tags=["exercise"])
    assert '<details class="code"><summary>' in body(cell) and '<details class="code" open>' in body(
        cell, edition="student"
    )
    assert "rank" not in body(cell, exclude_input=True)


def test_the_bar_offers_the_actors_of_the_page_and_presets_that_differ():
    state = json.loads(html.unescape(re.search(r'data-state="([^"]*)"', sample.page())[1]))
    assert (
        state["actors"][:3] == ["CHN", "RUS", "USA"] and len(state["actors"]) == 25 and state["presets"]["none"] == []
    )
    small = Page(
        new_notebook(cells=[sample.cell("p", sample.rich(sample.picture("p", ["CHN", "RUS"]).to_html()), name="a")])
    )
    assert list(json.loads(small.bar)["presets"]) == ["all", "none"]


def test_no_picture_no_bar():
    assert 'id="bar"' not in page(new_markdown_cell("# Only words", id="a"))


def test_what_follows_the_selection_only_in_the_notebook_says_so():
    assert "For all actors" in body(
        sample.cell("x", sample.rich('<div class="live" aria-live="polite"><p>Rank 11.</p></div>'), name="a")
    )


def test_sources_are_noted_once():
    text = sample.page()
    assert (
        text.count('id="note-1"') == 1
        and text.count('href="#note-1"') == 3
        and "A register (2020)." in re.search(r'<ol class="notes">.*?</ol>', text, re.S)[0]
    )


def test_what_a_page_says_about_itself():
    text = sample.page()
    assert (
        '<html lang="en"' in text
        and "@misc{frenemies-sample" in text
        and "Shi Ming" in text
        and "<title>Who trades with whom?</title>" in text
    )
    assert "15 minutes · no programming" not in text


# Many notebooks


def test_written_kept_and_listed(tmp_path, cache):
    paths = [written(tmp_path, "one", "print('It holds.')"), written(tmp_path, "two", "6 * 7")]
    first = build.handouts(paths, tmp_path / "out")
    assert [(made.name, made.fault, made.kept) for made in first] == [("one", "", False), ("two", "", False)]
    assert "<p>It holds.</p>" in (tmp_path / "out" / "one.html").read_text(encoding="utf-8")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.is_file()}
    again = build.handouts(paths, tmp_path / "out")
    assert all(made.kept for made in again) and stamps == {path: path.stat().st_mtime_ns for path in stamps}
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert [one["title"] for one in listing.listed(tmp_path / "out")] == ["one", "two"]
    assert "5 min in class" in index and "<li>This</li><li>That</li>" in index
    for target in re.findall(r'href="([^"]*)"', index):
        assert (tmp_path / "out" / target).exists()


def test_made_again_when_notebook_data_or_package_changes(tmp_path, mutate, monkeypatch):
    path = written(tmp_path, "one", "1")
    before = build.surroundings()
    build.handouts([path], tmp_path / "out")
    written(tmp_path, "one", "2")
    assert not build.handouts([path], tmp_path / "out")[0].kept
    assert build.handouts([path], tmp_path / "out")[0].kept
    mutate("actors", lambda frame: frame.assign(naming="other"))
    assert build.surroundings() != before and not build.handouts([path], tmp_path / "out")[0].kept
    monkeypatch.setattr(build, "PACKAGE", tmp_path)
    assert not build.handouts([path], tmp_path / "out")[0].kept


def test_one_fails_the_other_is_written_and_the_old_one_stays(tmp_path, capsys):
    good, bad = written(tmp_path, "good", "1"), written(tmp_path, "bad", "2")
    assert command.run([good, bad], out=tmp_path / "out")
    old = (tmp_path / "out" / "bad.html").read_bytes()
    written(tmp_path, "good", "3"), written(tmp_path, "bad", "1 / 0")
    answer = CliRunner().invoke(cli.app, ["handouts", str(good), str(bad), "--out", str(tmp_path / "out")])
    assert answer.exit_code == 1 and "failed: bad.ipynb: ZeroDivisionError: division by zero (cell c0)" in answer.stdout
    assert (tmp_path / "out" / "bad.html").read_bytes() == old and "<p>3</p>" in (
        tmp_path / "out" / "good.html"
    ).read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.name.startswith(".")] == []
    assert [path.name for path in build.cache_dir().iterdir() if path.name.startswith(".")] == []


def test_a_cell_that_hangs_is_stopped_by_a_limit_that_is_named(tmp_path):
    made = build.handouts(
        [written(tmp_path, "slow", "while True: pass"), written(tmp_path, "good", "1")], tmp_path / "out", limit=3
    )
    assert made[0].fault == "slow.ipynb: a cell took more than 3 seconds and was stopped (cell c0)"
    assert not (tmp_path / "out" / "slow.html").exists() and (tmp_path / "out" / "good.html").exists()


def test_the_process_of_one_notebook(tmp_path, monkeypatch, capsys):
    path = written(tmp_path, "one", "print('It holds.')")
    monkeypatch.setattr(sys, "argv", ["worker", str(path), str(tmp_path), "instructor", "60"])
    worker.main()
    assert "It holds." in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "about.json").read_text(encoding="utf-8"))["teaches"] == ["This", "That"]
    monkeypatch.setattr(sys, "argv", ["worker", str(written(tmp_path, "two", "x")), str(tmp_path), "handout", "60"])
    with pytest.raises(SystemExit, match="1"):
        worker.main()
    assert "two.ipynb: NameError: name 'x' is not defined (cell c0)\n" in capsys.readouterr().err


def test_a_notebook_that_will_not_be_stopped_is(tmp_path):
    deaf = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: time.sleep(1)"
    made = build.handouts([written(tmp_path, "deaf", deaf)], tmp_path / "out", limit=2, outer=8)
    assert (
        made[0].fault.startswith("deaf.ipynb: ")
        and "seconds" in made[0].fault
        and not (tmp_path / "out" / "deaf.html").exists()
    )


@pytest.mark.parametrize(("words", "says"), [
    (["nowhere.ipynb"], "nowhere.ipynb: no such file"), (["notes.txt"], "notes.txt: a notebook ends in .ipynb"),
    (["--edition", "teacher"], 'no edition "teacher"'), (["a/x.ipynb", "b/x.ipynb"], "two notebooks have the same name"),
])  # fmt: skip
def test_requests_that_make_no_sense(tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder, "x", "1")
    answer = CliRunner().invoke(cli.app, ["handouts", *words])
    assert isinstance(answer.exception, Problem) and says in str(answer.exception)


def test_a_broken_notebook_is_one_line(tmp_path):
    path = tmp_path / "broken.ipynb"
    path.write_text("{", encoding="utf-8")
    fault = build.handouts([path], tmp_path / "out")[0].fault
    assert fault.startswith("broken.ipynb: ") and "\n" not in fault


def test_pdf_by_a_system_chromium_or_a_clear_line(tmp_path, monkeypatch, capsys):
    path = written(tmp_path, "one", "1")
    if chromium_path():
        assert command.run([path], out=tmp_path / "out", pdf=True)
        assert (tmp_path / "out" / "one.pdf").read_bytes()[:5] == b"%PDF-" and 'href="one.pdf"' in (
            tmp_path / "out" / "index.html"
        ).read_text(encoding="utf-8")
    monkeypatch.setattr(build, "BROWSERS", ("no-such-browser",))
    assert command.run([path], out=tmp_path / "other", pdf=True)
    assert build.NO_BROWSER in capsys.readouterr().out and not (tmp_path / "other" / "one.pdf").exists()


def test_seminar_zip_holds_what_a_lecturer_needs(tmp_path, monkeypatch):
    path = written(tmp_path, "one", "1")
    assert command.run([path], out=tmp_path / "out", pack=True)
    with zipfile.ZipFile(tmp_path / "out" / "seminar.zip") as pack:
        names = [name.removeprefix("frenemies-seminar/") for name in pack.namelist()]
        index = pack.read("frenemies-seminar/index.html").decode()
    assert {"index.html", "one.html", "notebooks/one.ipynb", "cards/role-cards.html", "kit/plan-90.html"} <= set(names)
    assert all(target in names for target in re.findall(r'href="([^"#]*)"', index))
    first = (tmp_path / "out" / "seminar.zip").read_bytes()
    assert (
        command.run([path], out=tmp_path / "out", pack=True)
        and (tmp_path / "out" / "seminar.zip").read_bytes() == first
    )


# Ours


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_ours_are_small_and_whole(path):
    text = FrenemiesExporter().from_notebook_node(nbformat.read(path, 4), {"metadata": {"name": path.stem}})[0]
    assert len(text.encode()) <= (300_000 if path.stem == "01_economic" else 450_000)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert not re.search(r"Actor bar of the|VBox\(|&lt;Figure", text)
    links = {
        target for target in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', re.search(r"<main.*</main>", text, re.S)[0])
    }
    assert links <= {f"{other.stem}.html" for other in path.parent.glob("*.ipynb")}, links
    assert os.sep + "home" not in text and str(Path.home()) + os.sep not in text
