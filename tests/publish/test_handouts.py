"""Handouts: the exporter, the page, the cache, and what is left when something fails."""

import contextlib
import copy
import errno
import html
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pandas as pd
import pytest
import sample
from bs4 import BeautifulSoup
from conftest import ROOT, absent, chromium_path, our_page
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

import frenemies as fr
from frenemies import cards
from heldto import article, templates
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.publish import cli, editions, learning
from heldto.publish.handouts import (
    build,
    cache,
    command,
    listing,
    printer,
    process,
    seminar_zip,
    worker,
)
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.publish.handouts.outputs import printed
from heldto.publish.handouts.page import HandoutPage

pytestmark = pytest.mark.slow

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture(autouse=True, name="cache")
def _cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "heldto"


def written(folder, name, *sources):
    """A notebook file of code cells."""
    cells = [
        new_markdown_cell(f"# {name}", id="head"),
        *(new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)),
    ]
    path = folder / f"{name}.ipynb"
    nbformat.write(
        new_notebook(
            cells=cells,
            metadata=KERNEL | {"frenemies": {"title": name, "minutes": 5, "teaches": "this; that"}},
        ),
        path,
    )
    return path


@pytest.fixture
def at_once(monkeypatch):
    """Each page is made without a kernel, for what is proved is who asks for it and where it goes."""

    def make(task, folder):
        name = task.notebook.name
        (folder / name).write_bytes(task.notebook.read_bytes())
        made = page(new_markdown_cell(f"# {name}", id="head"), index="index.html")
        (folder / name).with_suffix(".html").write_text(made, encoding="utf-8")

    monkeypatch.setattr(build._Task, "_make", make)


def page(*cells, **settings):
    notebook = new_notebook(cells=list(cells), metadata={"frenemies": {}})
    return HandoutExporter(**settings).from_notebook_node(
        notebook, {"metadata": {"name": "small"}}
    )[0]


def body(*cells, **settings):
    return re.search(r"<main.*</main>", page(*cells, **settings), re.S)[0]


class _Read(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.found = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.found += [(tag, name, value or "") for name, value in attributes]


def read(text):
    """A page as a parser reads it: tags, and (tag, attribute, value) of all attributes."""
    reader = _Read()
    reader.feed(text)
    return reader.tags, reader.found


def attributes(text):
    return read(text)[1]


# The page


def test_nbconvert_finds_the_exporter_and_writes_what_we_write(tmp_path):
    nbformat.write(sample.notebook(), tmp_path / "sample.ipynb")
    words = [
        sys.executable,
        "-m",
        "jupyter",
        "nbconvert",
        "--to",
        "heldto",
        "--HandoutExporter.edition=student",
        "sample.ipynb",
    ]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "sample.html").read_text(encoding="utf-8").strip() == sample.page(
        "student"
    ).strip()


def test_nbconvert_ends_with_one_sentence_where_no_article_is_open(tmp_path):
    nbformat.write(new_notebook(cells=[new_code_cell("1", id="a")]), tmp_path / "o.ipynb")
    words = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "heldto", "--execute", "o.ipynb"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("HELDTO_")}
    done = subprocess.run(words, cwd=tmp_path, env=alone, capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("no article is open: ")


def test_the_same_bytes_each_time():
    assert sample.page() == sample.page(picture_page=sample.picture().to_html)


def test_the_policy_lets_just_our_script_run():
    text = sample.page()
    import base64
    import hashlib

    code = re.search(r'<script type="module">(.*?)</script>', text, re.S)[1]
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    assert (
        f"script-src 'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        in policy
    )
    assert (
        policy.startswith("default-src 'none'")
        and "unsafe-inline" not in policy.split("style-src")[0]
    )


def test_no_address_but_plain_links():
    allowed = {
        "a href": ("#", "https://"),
        "use href": ("#",),
        "use xlink:href": ("#",),
        "img src": ("data:image/",),
    }
    addresses = (
        "src",
        "srcset",
        "href",
        "xlink:href",
        "action",
        "formaction",
        "data",
        "poster",
        "background",
        "cite",
    )
    seen = set()
    for tag, name, value in attributes(sample.page()):
        if name in addresses:
            assert value.startswith(
                allowed.get(f"{tag} {name}", ("no address is allowed here",))
            ), (tag, name, value)
            seen.add(f"{tag} {name}")
    assert "a href" in seen
    assert not re.findall(r"<(?:link|iframe|object|embed|base)\b|@import|url\((?!#)", sample.page())


def test_links_inside_resolve():
    text = sample.page()
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for target in re.findall(
        r'(?:href="#|url\(#|aria-(?:describedby|details|labelledby)=")([^")]+)', text
    ):
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
        '<tr><td></td><th scope="col">value' in found
        and '<th scope="row">CHN' in found
        and "border" not in found
    )


def test_a_column_of_words_stands_at_the_left_and_one_of_numbers_or_days_does_not():
    rows = [("2019-02-01", "a refusal", "1"), ("2019-08-02", "withdrawal", "2")]
    table = pd.DataFrame(rows, columns=["date", "what_it_was", "n"]).to_html()
    tree = BeautifulSoup(body(sample.cell("frame", sample.rich(table), name="a")), "html.parser")
    left = [cell.get_text() for cell in tree.select(".words")]
    assert left == ["what it was", "a refusal", "withdrawal"]


def test_a_table_has_heads_in_words_whole_years_and_no_nan():
    rows = [("JPN", 1990.0, float("nan"), 2.5), ("KOR", float("nan"), 2031.0, 3.0)]
    table = pd.DataFrame(rows, columns=["actor", "start_year", "end_year", "own_total"]).to_html()
    tree = BeautifulSoup(body(sample.cell("frame", sample.rich(table), name="a")), "html.parser")
    heads = [cell.get_text() for cell in tree.select("thead th")]
    assert heads == ["actor", "start year", "end year", "own total"]
    cells = [[cell.get_text() for cell in row("td")] for row in tree.select("tbody tr")]
    assert cells == [["JPN", "1990", "–", "2.5"], ["KOR", "–", "2031", "3.0"]]


def test_headings_start_at_two_and_skip_none():
    found = body(new_markdown_cell("# Title\n\n#### Deep\n\n# Again\n\n### Three", id="a"))
    assert re.findall(r"<(h\d) id", found) == ["h2", "h2", "h3"]
    assert re.findall(r"</(h\d)>", found) == ["h2", "h2", "h3"]


def test_headings_of_an_output_stand_below_and_out_of_the_contents():
    card = sample.cell("card", sample.rich("<h1>Vietnam</h1><h2>Trade</h2><h2>Arms</h2>"), name="b")
    text = page(
        new_markdown_cell("## Part 1\n\n### Cards", id="a"),
        card,
        new_markdown_cell("## Part 2", id="c"),
    )
    assert re.findall(r"<(h\d) id=\"(?!notes)", re.search(r"<main.*</main>", text, re.S)[0]) == [
        "h2",
        "h3",
        "h4",
        "h5",
        "h5",
        "h2",
    ]
    assert re.findall(r"<li[^>]*><a href=\"#([^\"]*)", text) == ["part-1", "cards", "part-2"]
    assert '<li class="part"><a href="#part-1">' in text and '<li><a href="#part-2">' in text


def test_printed_sentences_are_prose_and_laid_out_text_is_not():
    assert (
        printed("One sentence.\nAnother.\n")
        == '<div class="said"><p>One sentence.</p><p>Another.</p></div>'
    )
    assert (
        printed("a    1\nb    2").startswith('<pre class="out">')
        and printed("'quoted'") == '<div class="said"><p>quoted</p></div>'
    )
    shown = printed("{'G8': 'an ally',\n 'G10': 2}")
    assert shown == '<div class="said"><p>G8: an ally</p><p>G10: 2</p></div>'
    assert "<pre" in printed("{'G8': [1]}\n  x")
    assert printed(" \n") == "" and "\x1b" not in printed("\x1b[31mred\x1b[0m")


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
    found = body(
        new_markdown_cell(
            "<math><mfrac><mn>1</mn><mi>n</mi></mfrac></math>\n\nFrom 100 $ to 120 $.", id="a"
        )
    )
    assert "<mfrac><mn>1</mn><mi>n</mi></mfrac>" in found and "100 $ to 120 $" in found


def test_links_to_notebooks_become_links_to_handouts():
    found = body(
        new_markdown_cell(
            "[next](02_geopolitical.ipynb#g1) [bad](javascript:x) [odd](//example.org/x) <a href='/\\example.org/x'>worse</a> "
            "[out](https://example.org) [theirs](https://example.org/z.ipynb#a)",
            id="a",
        )
    )
    assert re.findall(r'href="([^"]*)"', found) == [
        "02_geopolitical.html#g1",
        "https://example.org",
        "https://example.org/z.ipynb#a",
    ]


def test_code_is_folded_in_the_handout_and_open_where_a_student_writes():
    cell = sample.cell("rank = 11\nrank", sample.said("11"), name="a", tags=["exercise"])
    assert '<details class="code"><summary>' in body(
        cell
    ) and '<details class="code" open>' in body(cell, edition="student")
    assert "rank" not in body(cell, exclude_input=True)


@pytest.mark.parametrize("kind", ["", "verdict"])
def test_code_that_is_a_lesson_stands_open_also_in_the_handout(kind):
    shown = sample.rich("<p>11</p>", kind=kind)
    cell = sample.cell("rank = 11\nrank", shown, name="a", tags=["number", "code"])
    assert '<details class="code" open>' in body(cell)
    assert "rank" in body(cell) and "rank" not in body(cell, exclude_input=True)


@pytest.mark.parametrize("edition", ["handout", "student", "instructor"])
def test_no_part_of_a_page_is_folded_code_alone(edition):
    quiet = [
        sample.cell("rank = 11", name=name, tags=[name]) for name in ("setup", "number", "exercise")
    ]
    found = body(*quiet, edition=edition)
    assert (
        found.count("rank") == found.count('<details class="code" open>') == (edition != "handout")
    )


def test_the_bar_offers_the_actors_of_the_page_and_presets_that_differ():
    state = json.loads(html.unescape(re.search(r'data-state="([^"]*)"', sample.page())[1]))
    assert (
        state["actors"][:3] == ["CHN", "RUS", "USA"]
        and set(state["actors"]) == {*actors.ALL, "EU"}
        and state["presets"]["none"] == []
    )
    small = HandoutPage(
        new_notebook(
            cells=[
                sample.cell("p", sample.ours(sample.picture("p", ["CHN", "RUS"]).to_html), name="a")
            ]
        )
    )
    assert list(json.loads(small.bar)["presets"]) == ["all", "none"]


def test_no_picture_no_bar():
    assert 'id="bar"' not in page(new_markdown_cell("# Only words", id="a"))


def test_what_follows_the_selection_only_in_the_notebook_says_so():
    line = fr.live(lambda codes: "Rank 11.", fr.actor_bar("economic"))
    told = body(sample.cell("x", sample.ours(str(line.page())), name="a"))
    assert told.index("For all actors") < told.index("Rank 11.") and "aria-live" not in told


def test_sources_are_noted_once():
    text = sample.page()
    assert (
        text.count('id="note-1"') == 1
        and text.count('href="#note-1"') == 3
        and "A register (2020)." in re.search(r'<ol class="notes">.*?</ol>', text, re.S)[0]
    )


def test_each_edition_has_a_title_of_its_own():
    titles = [
        re.search("<title>(.*)</title>", sample.page(edition))[1] for edition in editions.EDITIONS
    ]
    assert titles[0] == "Who trades with whom?" and len(set(titles)) == len(titles)


def test_a_page_links_to_an_index_only_where_there_is_one():
    assert 'class="home"' not in sample.page() and 'href="all.html"' in page(index="all.html")


def test_what_a_page_says_about_itself():
    text = sample.page()
    assert (
        '<html lang="en"' in text
        and "@misc{frenemies-sample" in text
        and "Shi Ming" in text
        and "<title>Who trades with whom?</title>" in text
    )
    assert "15 minutes · no programming" not in text


@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_a_page_tells_catalogues_what_it_teaches_and_how_long_it_takes(edition):
    soup = BeautifulSoup(sample.page(edition), "html.parser")
    [told] = map(json.loads, [one.text for one in soup("script", type="application/ld+json")])
    open_, summary = article.current(), json.loads(soup.find("meta", {"name": "about"})["content"])
    assert (told["@context"], told["@type"]) == ("https://schema.org", "LearningResource")
    assert {key: told[key] for key in ("name", "teaches", "educationalLevel")} == {
        "name": soup.h1.text,
        "teaches": summary["teaches"],
        "educationalLevel": summary["level"],
    }
    assert told["timeRequired"] == f"PT{summary['reading'] + summary['exercises']}M"
    assert told["learningResourceType"] == f"{edition} edition" and told["inLanguage"] == "en"
    assert told["author"]["name"] == (open_.by or open_.named)
    assert told["license"]["name"] == open_.licence and told["isPartOf"]["name"] == open_.named
    based = told["isBasedOn"]
    assert (based["headline"], based["author"]["name"], based["datePublished"]) == (
        open_.title,
        open_.author,
        f"{open_.day}",
    )


def test_what_a_title_says_closes_no_data_block():
    hostile = "</script><script>window.ran=1</script>"
    assert "</script" not in learning.resource_data(hostile, "handout", 5, [hostile])
    assert json.loads(learning.resource_data(hostile, "handout", 5, []))["name"] == hostile


@pytest.mark.parametrize("text", [*sample.HOSTILE, *sample.LOADING])
def test_nothing_hostile_reaches_a_page(text):
    outputs = [
        sample.rich(f"<div>{text}</div>"),
        sample.said(text),
        sample.new_output("display_data", {"image/svg+xml": text}),
        sample.new_output("display_data", {"text/markdown": text}),
    ]
    notebook = sample.notebook(
        sample.cell("x", *outputs, name="hostile"), new_markdown_cell(text, id="words")
    )
    notebook.metadata["frenemies"] |= dict.fromkeys(
        ("language", "title", "level", "minutes", "teaches", "section"), text
    )
    made = HandoutExporter().from_notebook_node(notebook, {"metadata": {"name": text}})[0]
    tags, found = read(made)
    harmless = Counter(read(sample.page())[0])
    assert [tags.count(tag) for tag in ("script", "meta", "style", "img", "html")] == [
        harmless["script"],
        harmless["meta"],
        harmless["style"],
        0,
        1,
    ]
    assert not {"iframe", "object", "embed", "base", "link"} & set(tags)
    assert not [
        item
        for item in found
        if item[1].startswith("on") or item[1] in ("action", "srcset", "autofocus")
    ]
    for tag, name, value in found:
        if name in ("src", "href", "xlink:href") and "example.org" in value:
            pytest.fail(f"{tag} {name}={value}")
        assert name not in ("style", "fill", "filter") or not re.search(
            r"url\((?!#)|image-set|\\", value
        )
    sheets = "".join(re.findall("<style>(.*?)</style>", made, re.S))
    assert not re.search(r"example\.org|@import", sheets)
    assert made.rstrip().endswith("</html>") and made.count("</body>") == 1


def test_only_what_we_write_ourselves_goes_into_a_template_unescaped():
    ours = {"sheet | safe", "note | safe"}
    found = {
        words.strip()
        for path in Path(templates.__file__).parent.glob("handout*.j2")
        for words in re.findall(r"{{(.*?)}}", path.read_text(encoding="utf-8"))
        if "safe" in words
    }
    assert found == ours


def test_a_source_that_holds_markup_is_noted_as_words_and_links():
    text = "<p>Source: <i class='cited'><b>A</b> <a href='https://example.org' id='x'>register</a>.</i></p>"
    made = HandoutPage(new_notebook(cells=[sample.cell("x", sample.rich(text * 2), name="a")]))
    assert made.notes == ['A <a href="https://example.org">register</a>.']
    assert made.main.count('href="#note-1"') == 2


def test_what_stands_after_something_empty_that_is_refused_stays():
    assert "<p>after</p>" in body(
        sample.cell("x", sample.rich("<embed src='x'><p>after</p>"), name="a")
    )


def test_the_notebook_of_a_page_stays_as_it_is():
    notebook = sample.notebook()
    before = copy.deepcopy(notebook)
    assert HandoutPage(notebook).title == "Who trades with whom?"
    assert [cell.source for cell in notebook.cells] == [cell.source for cell in before.cells]
    assert (notebook == before) is True


# Many notebooks


def test_written_kept_and_listed_and_where_one_fails_the_old_one_stays(tmp_path):
    paths = [written(tmp_path, "one", "print('It holds.')"), written(tmp_path, "two", "6 * 7")]
    first = build.write_handouts(paths, tmp_path / "out")
    assert [(made.name, made.fault, made.kept) for made in first] == [
        ("one", "", False),
        ("two", "", False),
    ]
    assert "<p>It holds.</p>" in (tmp_path / "out" / "one.html").read_text(encoding="utf-8")
    stamps = {
        path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.is_file()
    }
    again = build.write_handouts(paths, tmp_path / "out")
    assert all(made.kept for made in again) and stamps == {
        path: path.stat().st_mtime_ns for path in stamps
    }
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert [one["title"] for one in listing.handouts_in(tmp_path / "out")] == ["one", "two"]
    for name in ("one", "two"):
        assert '<a class="home" href="index.html">' in (
            tmp_path / "out" / f"{name}.html"
        ).read_text(encoding="utf-8")
    assert "5 min in class" in index and "<li>This</li><li>That</li>" in index
    for target in re.findall(r'href="([^"]*)"', index):
        assert (tmp_path / "out" / target).exists()

    old = (tmp_path / "out" / "two.html").read_bytes()
    written(tmp_path, "one", "3"), written(tmp_path, "two", "1 / 0")
    answer = CliRunner().invoke(
        cli.app, ["handouts", *map(str, paths), "--out", str(tmp_path / "out")]
    )
    assert (
        answer.exit_code == 1
        and "failed: two.ipynb: ZeroDivisionError: division by zero (cell c0)" in answer.stdout
    )
    assert (tmp_path / "out" / "two.html").read_bytes() == old and "<p>3</p>" in (
        tmp_path / "out" / "one.html"
    ).read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "out").rglob("*") if path.name.startswith(".")] == []
    assert [path.name for path in cache.cache_dir().iterdir() if path.name.startswith(".")] == []


def test_made_again_when_notebook_data_or_package_changes(at_once, tmp_path, mutate, monkeypatch):
    path = written(tmp_path, "one", "1")
    before = build.surroundings()
    build.write_handouts([path], tmp_path / "out")
    written(tmp_path, "one", "2")
    assert not build.write_handouts([path], tmp_path / "out")[0].kept
    assert build.write_handouts([path], tmp_path / "out")[0].kept
    mutate("actors", lambda frame: frame.assign(naming="other"))
    assert (
        build.surroundings() != before
        and not build.write_handouts([path], tmp_path / "out")[0].kept
    )
    monkeypatch.setattr(build, "PACKAGE", tmp_path)
    assert not build.write_handouts([path], tmp_path / "out")[0].kept


def test_what_failed_is_packed_in_no_zip(tmp_path, capsys):
    assert not command.run_handouts(
        [written(tmp_path, "bad", "1 / 0")], out=tmp_path / "out", pack=True
    )
    assert command.UNPACKED in capsys.readouterr().out
    assert not (tmp_path / "out" / "seminar.zip").exists()


def test_a_cell_that_hangs_is_stopped_by_a_limit_that_is_named(tmp_path):
    made = build.write_handouts(
        [written(tmp_path, "slow", "while True: pass"), written(tmp_path, "good")],
        tmp_path / "out",
        build.Settings(limit=1),
    )
    assert made[0].fault == "slow.ipynb: a cell took more than 1 seconds and was stopped (cell c0)"
    assert (
        not (tmp_path / "out" / "slow.html").exists() and (tmp_path / "out" / "good.html").exists()
    )


def test_a_fault_of_a_process_is_one_line_and_status_1(tmp_path):
    words = [
        tmp_path / "room",
        "heldto.publish.handouts.worker:make_handout",
        "",
        tmp_path,
        "handout",
        60,
    ]
    for source, status, says in (("1", 0, ""), ("x", 1, "two.ipynb: NameError: name 'x' is not")):
        (tmp_path / "room").mkdir()
        words[2] = written(tmp_path, "two", source)
        command = [sys.executable, "-m", process.__name__, *map(str, words)]
        theirs, ours = os.pipe()
        with os.fdopen(ours, "wb"):
            done = subprocess.run(command, stdin=theirs, capture_output=True, text=True)
        os.close(theirs)
        shutil.rmtree(tmp_path / "room")
        assert done.returncode == status and says in "".join(done.stderr.splitlines()[-1:])


def test_a_process_that_breaks_down_is_started_once_more(tmp_path, monkeypatch):
    kept, run = process.Workers.run, []

    def broken_once(self, room, function, words, limit):
        run.append(function)
        return kept(self, room, "math:sqrt" if len(run) == 1 else function, words, limit)

    monkeypatch.setattr(process.Workers, "run", broken_once)
    path = written(tmp_path, "good", "1")
    assert not build.write_handouts([path], tmp_path / "out")[0].fault
    assert len(run) == 2


def test_a_process_that_breaks_down_twice_says_where(tmp_path, monkeypatch):
    kept = process.Workers.run
    monkeypatch.setattr(
        process.Workers,
        "run",
        lambda self, room, _, words, limit: kept(self, room, "math:sqrt", words, limit),
    )
    made = build.write_handouts([written(tmp_path, "good", "1")], tmp_path / "out")[0]
    assert re.fullmatch(r"good\.ipynb: TypeError: .+ \(process\.py, line \d+\)", made.fault)
    assert not (tmp_path / "out" / "good.html").exists()


def test_a_notebook_that_will_not_be_stopped_is(tmp_path, monkeypatch):
    deaf = "import os, signal, time\nfrom pathlib import Path\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    deaf += (
        "Path('deaf.pids').write_text(f'{os.getpid()} {os.getppid()}')\nwhile True: time.sleep(1)"
    )
    path, communicate, busy = written(tmp_path, "deaf", deaf), subprocess.Popen.communicate, []

    def once_deaf(work, input=None, timeout=None):  # noqa: A002 (that of Popen)
        if timeout:
            busy.extend(at_work(path))
        return communicate(work, input, timeout)

    monkeypatch.setattr(subprocess.Popen, "communicate", once_deaf)
    monkeypatch.setattr(build, "OUTER", 1)
    (made,) = build.write_handouts([path], tmp_path / "out", build.Settings(limit=300))
    assert made.fault == "deaf.ipynb: took more than 1 seconds in all and was stopped"
    assert not (tmp_path / "out" / "deaf.html").exists()
    assert busy and all(gone(number) for number in busy)


def gone(process, patience=20):
    """Whether a process ends within some seconds."""
    for _ in range(patience * 10):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def asleep(folder, name):
    """A notebook that writes the numbers of its kernel and of the process above it, and then sleeps."""
    say = f"Path({str(folder / name)!r}).with_suffix('.pids').write_text(f'{{os.getpid()}} {{os.getppid()}}')"
    return written(
        folder, name, f"import os, time\nfrom pathlib import Path\n{say}\ntime.sleep(600)"
    )


def at_work(path, patience=120):
    """Numbers of the processes of a notebook that sleeps, once they are there."""
    for _ in range(patience * 10):
        with contextlib.suppress(OSError, ValueError):
            kernel, above = map(int, path.with_suffix(".pids").read_text().split())
            return kernel, above
        time.sleep(0.1)
    pytest.fail(f"{path.name} never began")


class Terminal:
    """Our command in a terminal of its own."""

    def __init__(self, folder, *words):
        termios, fcntl = pytest.importorskip("termios"), pytest.importorskip("fcntl")
        self.keys, screen = os.openpty()

        def of_its_own():
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(
                signal.SIGINT, signal.default_int_handler
            )  # tests in the background have none to hand down

        self.run = subprocess.Popen(
            [sys.executable, "-m", "frenemies", *map(str, words)],
            stdin=screen, stdout=screen, stderr=screen, cwd=folder, start_new_session=True,
            preexec_fn=of_its_own,
            env=os.environ | {"TMPDIR": str(scratch(folder)), "TERM": "xterm"},
        )  # fmt: skip
        os.close(screen)
        self._said, self._reader = [], threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        with contextlib.suppress(OSError):
            while more := os.read(self.keys, 4096):
                self._said.append(more)

    def ended(self):
        """(status, all that was shown) once the command has ended."""
        status = self.run.wait(120)
        self._reader.join()
        os.close(self.keys)
        return status, b"".join(self._said).decode(errors="replace")


def emptied(folder, patience=20):
    """Whether nothing is left in a folder after some seconds, but templates that Jinja compiled."""
    for _ in range(patience * 10):
        if all(one.name.startswith("_jinja2-cache") for one in folder.iterdir()):
            return True
        time.sleep(0.1)
    return False


def scratch(folder):
    (folder / "scratch").mkdir(exist_ok=True)
    return folder / "scratch"


def test_control_c_stops_what_runs_and_says_what_is_written(tmp_path, cache):
    quick = [written(tmp_path, name, "1") for name in ("a", "b")]
    slow = [asleep(tmp_path, name) for name in ("c", "d", "e")]
    out = tmp_path / "out"
    out.mkdir()
    (out / "c.html").write_text(page(new_markdown_cell("# As it was", id="head")))
    old = (out / "c.html").read_bytes()
    terminal = Terminal(tmp_path, "handouts", *quick, *slow, "--out", out, "--jobs", "2")
    busy = [number for path in slow[:2] for number in at_work(path)]
    os.write(terminal.keys, b"\x03")
    status, said = terminal.ended()
    assert (
        status == 130
        and said.rstrip().endswith("stopped: 2 of 5 written")
        and "Traceback" not in said
    )
    assert (out / "c.html").read_bytes() == old and not (out / "d.html").exists()
    assert [one["file"] for one in listing.handouts_in(out)] == ["a.html", "b.html", "c.html"]
    assert re.findall(r'<h2><a href="([^"]*)"', (out / "index.html").read_text()) == [
        "a.html",
        "b.html",
        "c.html",
    ]
    assert all(gone(number) for number in busy)
    assert not slow[2].with_suffix(".pids").exists()
    assert emptied(scratch(tmp_path)) and list(cache.glob(".*")) == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_however_the_command_ends_nothing_that_it_began_outlives_it(tmp_path, cache, name):
    path, out = asleep(tmp_path, "slow"), tmp_path / "out"
    terminal = Terminal(tmp_path, "handouts", path, "--out", out)
    busy = at_work(path)
    terminal.run.send_signal(getattr(signal, name))
    assert terminal.ended()[0] == -getattr(signal, name)
    assert all(gone(number) for number in busy)
    assert emptied(scratch(tmp_path)) and list(cache.glob(".*")) == []


def test_what_was_left_in_the_cache_long_ago_is_swept_out(at_once, tmp_path, cache):
    unused, used = "a" * 64, "b" * 64  # what handouts keep is named by a digest
    ages = {".making-old": 2, ".making-new": 0, unused: 90, used: 30, "of-another-program": 90}
    cache.mkdir(parents=True)
    for name, days in ages.items():
        (cache / name).mkdir()
        os.utime(cache / name, (time.time() - days * 24 * 3600,) * 2)
    build.write_handouts([written(tmp_path, "one", "1")], tmp_path / "out")
    kept = {path.name for path in cache.iterdir()} & set(ages)
    assert kept == {".making-new", used, "of-another-program"}


@pytest.mark.parametrize(
    "there", [{"HOME": "/proc/nowhere", "XDG_CACHE_HOME": ""}, {"XDG_CACHE_HOME": "file"}]
)
def test_a_cache_that_cannot_be_used_is_done_without(tmp_path, there):
    (tmp_path / "file").touch()
    there = {name: value and str(tmp_path / value) for name, value in there.items()}
    path = written(tmp_path, "one", "import seaborn\nprint('It holds.')")
    words = [sys.executable, "-m", "frenemies", "handouts", path, "--out", tmp_path / "out"]
    done = subprocess.run(
        words, cwd=tmp_path, env=os.environ | there, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr.strip()) == (0, "") and "failed" not in done.stdout
    made = nbformat.read(tmp_path / "out" / "notebooks" / "one.ipynb", 4)
    assert [
        output.get("text", "") for cell in made.cells for output in cell.get("outputs", [])
    ] == ["It holds.\n"]


def test_a_seminar_without_a_cache(tmp_path, cache):
    cache.parent.parent.mkdir(exist_ok=True)
    cache.parent.touch()
    seminar_zip.seminar(tmp_path, [], tmp_path / "seminar.zip")
    assert zipfile.is_zipfile(tmp_path / "seminar.zip")


def test_a_cache_that_fills_up_half_way_keeps_nothing_and_the_page_is_written(
    at_once, tmp_path, cache, monkeypatch
):
    copy = shutil.copytree

    def full(source, target):
        if Path(target).is_relative_to(cache):
            Path(target).mkdir()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return copy(source, target)

    monkeypatch.setattr(shutil, "copytree", full)
    assert build.write_handouts([written(tmp_path, "one", "1")], tmp_path / "out")[0].fault == ""
    assert (tmp_path / "out" / "one.html").exists() and list(cache.iterdir()) == []


def test_no_room_for_what_is_in_the_making_is_not_blamed_on_the_folder_named(tmp_path, monkeypatch):
    def full(**settings):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/x")

    path = written(tmp_path, "one", "1")
    monkeypatch.setattr(build.tempfile, "TemporaryDirectory", full)
    (made,) = build.write_handouts([path], tmp_path / "out")
    assert (
        made.fault.startswith("one.ipynb: /tmp/x: No space left on device: ")
        and "TMPDIR" in made.fault
    )
    assert "--out" not in made.fault and list((tmp_path / "out").iterdir()) == []


def test_unchanged_is_said_of_what_was_there_already(at_once, tmp_path, capsys):
    path, out = written(tmp_path, "one", "1"), tmp_path / "out"
    says = []
    for folder in (out, out, tmp_path / "other"):
        assert command.run_handouts([path], out=folder)
        says.append(capsys.readouterr().out.splitlines()[0].removeprefix(f"{folder / 'one.html'}"))
    assert says == ["", " (unchanged)", " (made before, from the cache)"]


def test_the_index_leads_to_a_page_of_any_name(at_once, tmp_path):
    path = written(tmp_path, "a#b%20 é", "1")
    assert command.run_handouts([path], out=tmp_path / "out")
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    links = [urlsplit(html.unescape(target)) for target in re.findall(r'href="([^"]*)"', index)]
    assert len(links) == 2 and not any(link.query or link.fragment for link in links)
    assert all((tmp_path / "out" / unquote(link.path)).is_file() for link in links)


def test_a_page_of_somebody_else_s_in_another_encoding_is_passed_over(tmp_path):
    (tmp_path / "old.html").write_bytes("<title>für</title>".encode("latin-1"))
    assert listing.handouts_in(tmp_path) == []


def test_a_complaint_that_is_no_utf_8_is_still_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(build.sys, "executable", str(tmp_path / "python"))
    (tmp_path / "python").write_bytes(b"#!/bin/sh\nprintf 'one.ipynb: f\\374r\\n' >&2\nexit 1\n")
    (tmp_path / "python").chmod(0o755)
    assert (
        build.write_handouts([written(tmp_path, "one", "1")], tmp_path / "out")[0].fault
        == "one.ipynb: f\ufffdr"
    )


def test_the_process_of_a_notebook_reads_and_writes_utf_8(tmp_path, monkeypatch):
    monkeypatch.setattr(build.sys, "executable", str(tmp_path / "python"))
    (tmp_path / "python").write_text('#!/bin/sh\necho "$@" >&2\nexit 1\n')
    (tmp_path / "python").chmod(0o755)
    fault = build.write_handouts([written(tmp_path, "one", "1")], tmp_path / "out")[0].fault
    assert (
        fault.startswith("-P -X utf8 -m heldto.publish.handouts.process")
        and "heldto.publish.handouts.worker" in fault
    )


@pytest.mark.parametrize("edition", ["handout", "student", "instructor"])
def test_a_page_has_the_text_for_handouts_and_the_notebook_beside_it_the_live_one(
    tmp_path, edition
):
    path = written(tmp_path, "one", "1")
    notebook = nbformat.read(path, 4)
    for text, tag in (("Press Shift+Enter.", "live"), ("Choose below.", "handout")):
        notebook.cells.append(new_markdown_cell(text, id=tag, metadata={"tags": [tag]}))
    nbformat.write(notebook, path)
    (tmp_path / "out").mkdir()
    worker.make_handout(path, tmp_path / "out", edition, 60)
    page, beside = (
        (tmp_path / "out" / f"one.{kind}").read_text(encoding="utf-8") for kind in ("html", "ipynb")
    )
    assert "Choose below." in page and "Press Shift+Enter" not in page
    assert "Choose below." not in beside and "Shift+Enter" in beside


def test_a_full_disk_loses_one_notebook_and_says_so(at_once, tmp_path, monkeypatch, capsys):
    paths = [written(tmp_path, "one", "1"), written(tmp_path, "two", "2")]
    replace = os.replace

    def full(draft, target):
        if Path(target) == tmp_path / "out" / "one.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(draft), None, str(target))
        return replace(draft, target)

    monkeypatch.setattr(os, "replace", full)
    assert not command.run_handouts(paths, out=tmp_path / "out")
    said = capsys.readouterr().out
    assert (
        f"failed: one.ipynb: {tmp_path / 'out' / 'one.html'}: No space left on device: make room there"
        in said
    )
    assert (tmp_path / "out" / "two.html").exists() and (tmp_path / "out" / "index.html").exists()
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []


def test_a_folder_may_be_named_by_a_string(at_once, tmp_path):
    build.write_handouts([written(tmp_path, "one", "1")], str(tmp_path / "out"))
    assert (tmp_path / "out" / "one.html").exists()


def test_every_file_is_written_by_the_one_function_that_writes_whole():
    ours = [
        *Path(build.__file__).parent.rglob("*.py"),
        ROOT / "src" / "heldto" / "publish" / "lab.py",
    ]
    other = re.compile(
        r"write_text|write_bytes|nbformat\.write\(|(?<!Image\.)\bopen\((?!.rb.\))|TemporaryFile"
    )
    found = {path.name: other.findall(path.read_text(encoding="utf-8")) for path in ours}
    assert {name: calls for name, calls in found.items() if calls} == {}


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
    fault = build.write_handouts([path], tmp_path / "out")[0].fault
    assert fault.startswith("broken.ipynb, line 1: it is damaged") and "\n" not in fault


@pytest.mark.nightly
def test_all_pdfs_are_of_one_size_and_have_bookmarks(tmp_path):
    if not chromium_path():
        absent("no Chromium on the path")
    card = written(
        tmp_path, "card", "import frenemies as fr\nfr.card('VNM')"
    )  # a role card brings a style of its own
    plain = written(tmp_path, "plain", "1")
    notebook = nbformat.read(plain, 4)
    notebook.cells.append(
        new_markdown_cell("[Next](card.ipynb#a) and [far](https://example.org/x)", id="links")
    )
    nbformat.write(notebook, plain)
    for paper, size in (
        ("A4", (595, 842)),
        ("Letter", (612, 792)),
    ):  # the second prints the same pages
        words = [
            "handouts",
            str(card),
            str(plain),
            "--pdf",
            "--paper",
            paper,
            "--out",
            str(tmp_path / "out"),
        ]
        assert CliRunner().invoke(cli.app, words).exit_code == 0
        for name in ("card", "plain"):
            made = (tmp_path / "out" / f"{name}.pdf").read_bytes()
            boxes = {box for box in re.findall(rb"/MediaBox ?\[([\d. ]+)\]", made)}
            assert {tuple(round(float(edge)) for edge in box.split()[2:]) for box in boxes} == {
                size
            }
            assert made[:5] == b"%PDF-"
            assert b"/Outlines" in made
            assert b"file:" not in made and (b"https://example.org/x" in made) == (name == "plain")
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert 'href="card.pdf"' in index and 'href="plain.pdf"' in index


def test_there_is_no_other_paper(tmp_path):
    answer = CliRunner().invoke(
        cli.app, ["handouts", "--pdf", "--paper", "B5", "--out", str(tmp_path / "out")]
    )
    assert (
        isinstance(answer.exception, Problem)
        and str(answer.exception) == 'there is no paper "B5": choose A4 or Letter'
    )


def test_a_role_card_in_a_notebook_takes_the_paper_it_is_on():
    card = cards.card("VNM")
    assert "@page" not in card._repr_mimebundle_()[0][
        "text/html"
    ] and "@page { size: A4;" in cards.cards_page("VNM")


def test_the_core_alone_ends_at_the_heading_for_more_and_a_page_without_it_is_whole(tmp_path):
    notebook = nbformat.read(long := written(tmp_path, "long", "print('core')"), 4)
    more = new_markdown_cell("## More claims: and others\n\nNot for the lesson.", id="more")
    notebook.cells += [more, new_code_cell("print('beyond')", id="beyond")]
    nbformat.write(notebook, long)
    short = written(tmp_path, "short", "print('whole')")
    words = ["handouts", str(long), str(short), "--core", "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(cli.app, words).exit_code == 0
    made = {path.stem: path.read_text("utf-8") for path in (tmp_path / "out").glob("*.html")}
    assert "core" in made["long"] and "beyond" not in made["long"]
    assert "Not for the lesson" not in made["long"] and "whole" in made["short"]


def test_without_chromium_no_pdf_and_a_clear_line(at_once, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(printer, "BROWSERS", ("no-such-browser",))
    assert command.run_handouts([written(tmp_path, "one", "1")], out=tmp_path / "out", pdf=True)
    assert (
        command.NO_BROWSER in capsys.readouterr().out
        and not (tmp_path / "out" / "one.pdf").exists()
    )


def test_seminar_zip_holds_what_a_lecturer_needs(tmp_path, monkeypatch):
    path = written(tmp_path, "one", "1")
    assert command.run_handouts([path], out=tmp_path / "out", pack=True)
    with zipfile.ZipFile(tmp_path / "out" / "seminar.zip") as pack:
        names = [name.removeprefix("frenemies-seminar/") for name in pack.namelist()]
        pages = {
            name: pack.read(f"frenemies-seminar/{name}").decode()
            for name in names
            if name.endswith(".html")
        }
        rights = {(member.create_system, member.external_attr >> 16) for member in pack.infolist()}
    assert rights == {(3, 0o644)}  # readable by everybody who unpacks it
    given = {"index.html", "one.html", "notebooks/one.ipynb", "role-cards.html"}
    given |= {"slips.html", "codebook.html", "roll-call.html", "at-home.html"}
    assert {
        name.removeprefix("students/") for name in names if name.startswith("students/")
    } == given
    assert {
        "index.html",
        "lecturer/index.html",
        "lecturer/plan-90.html",
        "lecturer/key.html",
        "lecturer/wall.html",
        "lecturer/answers-own-claim.html",
    } <= set(names)
    assert all(
        name.startswith(("students/", "lecturer/")) for name in names if name != "index.html"
    )
    assert 'href="key.html"' in pages["lecturer/index.html"]
    assert "Good answers, by minute" in pages["lecturer/plan-90.html"]
    assert not [
        name for name in given if "Good answers, by minute" in pages.get(f"students/{name}", "")
    ]
    for door in ("index.html", "students/index.html"):
        folder = door.rpartition("index.html")[0]
        assert all(
            folder + target in names for target in re.findall(r'href="([^"#:]+)"', pages[door])
        ), door
    assert (tmp_path / "out" / "slips.html").read_text() == pages["students/slips.html"]
    assert (tmp_path / "out" / "wall.html").read_text() == pages["lecturer/wall.html"]
    first = (tmp_path / "out" / "seminar.zip").read_bytes()
    assert (
        command.run_handouts([path], out=tmp_path / "out", pack=True)
        and (tmp_path / "out" / "seminar.zip").read_bytes() == first
    )


def test_seminar_zip_holds_nothing_that_this_run_did_not_write(tmp_path, capsys):
    path, other = written(tmp_path, "one", "1"), written(tmp_path, "other", "2")
    student = tmp_path / "out" / "student"
    assert command.run_handouts([path, other], out=tmp_path / "out", pack=True)
    assert "left out" not in capsys.readouterr().out
    (student / "KEY.html").write_text("every answer")
    (student / "one.pdf").write_text("of another day")
    (student / "passwords.html").symlink_to(path)
    (student / "notebooks" / "solutions.ipynb").write_text("{}")
    assert command.run_handouts([path], out=tmp_path / "out", pack=True)
    left = "KEY.html, notebooks/other.ipynb, notebooks/solutions.ipynb, one.pdf, other.html"
    said = capsys.readouterr().out.splitlines()[-1]
    assert (
        said == f"left out of the zip, because this run did not write them: {left}, passwords.html"
    )
    with zipfile.ZipFile(tmp_path / "out" / "seminar.zip") as pack:
        top = "frenemies-seminar/students/"
        names = {one.removeprefix(top) for one in pack.namelist() if one.startswith(top)}
        index = pack.read(f"{top}index.html").decode()
    own = {"index.html", "one.html", "notebooks/one.ipynb", "role-cards.html"}
    assert names == own | {*seminar_zip.pages_beside()}
    assert {one for one in re.findall(r'href="([^"#:]+)"', index)} <= names


@pytest.mark.parametrize(
    "edition, place",
    [
        ("handout", "handouts"),
        ("student", "handouts/student"),
        ("instructor", "handouts-instructor"),
    ],
)
def test_where_an_edition_goes(tmp_path, monkeypatch, edition, place):
    """That of the instructor holds each answer, so it does not lie in the folder that is given out."""
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    assert command.run_handouts([written(tmp_path, "one", "1")], edition=edition)
    assert {path.parent for path in here.rglob("one.html")} == {here / place}


# Ours


@pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem
)
def test_ours_are_small_and_whole(path):
    text = our_page(path).read_text(encoding="utf-8")
    # a yardstick and a fold of readings in each verdict, each mark told, drawings for groups of the
    # bar, 20 kB for fact checkers, 11 kB of names at lines that few selections show, 10 kB of figures
    # that titles name while few actors are on, 4 kB of outlines that a dark page needs
    assert len(text.encode()) <= 1_135_000
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert not re.search(r"Actor bar of the|VBox\(|&lt;Figure", text)
    links = {
        target
        for target in re.findall(
            r'href="([^"#:]+)(?:#[^"]*)?"', re.search(r"<main.*</main>", text, re.S)[0]
        )
    }
    assert links <= {f"{other.stem}.html" for other in path.parent.glob("*.ipynb")}, links
    assert os.sep + "home" not in text and str(Path.home()) + os.sep not in text
