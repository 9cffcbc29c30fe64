"""What a stored output holds, wherever it is read: in a browser, through a strict sanitiser, as it is."""

import html
import re
import subprocess
import sys

import nbformat
import nh3
import pytest
from conftest import with_pages
from stored_pages import NOTEBOOKS, each, images, outputs, pages, said, secrets, sound

import frenemies as fr
from frenemies import economic
from heldto import stored
from heldto.publish import editions
from heldto.publish.handouts import run, worker

pytestmark = pytest.mark.slow

# What GitHub lets through: no style, class, form, drawing or hidden mark.
WORDS = """a abbr b bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins
  kbd li mark ol p picture pre q rp rt ruby s samp small source span strike strong sub summary sup table tbody td tfoot th thead time tr
  tt ul var wbr"""
TAGS = set(WORDS.split())
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "*": {"align", "open", "scope", "title", "colspan", "rowspan"}}  # fmt: skip


def sanitised(page):
    return nh3.clean(
        page, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "data"}, link_rel=None
    )


def others(page):
    """The outcomes of a choice that a handout holds in waiting, as words."""
    return [
        said(part.partition(">")[2])
        for part in page.split("<div data-choice=")[1:]
        if " hidden>" in part
    ]


@each
def test_no_output_holds_what_an_exercise_says_later(path):
    text = said("".join(value for output in outputs(path) for value in output.data.values()))
    assert [(name, words) for name, words in secrets() if said(html.escape(words)) in text] == []


@each
def test_no_output_can_be_mistaken_for_something_alive_or_hides_a_thing(path):
    dead = re.compile(
        r"<(?:form|input|button|select|textarea|svg)\b|\shidden\b(?=[^<>]*>)|\sdata-(?:accept|for|choice|ledger)"
    )
    looks = re.compile(r"<style>.*?</style>", re.S)  # a style may say hidden
    assert [found[0] for page in pages(path) if (found := dead.search(looks.sub("", page)))] == []
    assert not [
        kind
        for output in outputs(path)
        for kind in output.data
        if kind not in ("text/plain", "text/html", "image/png")  # png: a drawing by seaborn alone
    ]


@each
def test_no_output_holds_another_outcome_than_the_chosen_one(path):
    cells = zip(nbformat.read(path, 4).cells, with_pages(path).cells, strict=True)
    for kept, full in cells:
        waiting = [
            words
            for output in full.get("outputs", [])
            for words in others(output.get("data", {}).get(stored.PAGE, ""))
        ]
        shown = said(
            "".join(
                output.get("data", {}).get("text/html", "") for output in kept.get("outputs", [])
            )
        )
        assert [words for words in waiting if words in shown and words != shown] == [], kept["id"]


def test_the_outcomes_in_waiting_are_found():
    assert others('<div data-choice="a">one</div><div data-choice="b" hidden><p>two</p></div>') == [
        "two"
    ]


@each
def test_a_strict_sanitiser_takes_no_word_and_adds_none_and_leaves_the_pictures(path):
    drawn = [page for page in pages(path) if "<figure" in page]
    assert drawn or path.stem == "00_start_here"  # its picture waits behind five guesses
    assert all(len(images(page)) == page.count("<figure") for page in drawn)
    for page in pages(path):
        cleaned = sanitised(page)
        assert said(cleaned) == said(page)
        assert images(cleaned) == images(page)
        assert all(
            alt and source.startswith("data:image/svg+xml;base64,")
            for alt, source in images(cleaned)
        )


@pytest.fixture(scope="module")
def plain_pages(tmp_path_factory):
    """The folder of all notebooks as plain nbconvert makes pages of them."""
    folder = tmp_path_factory.mktemp("plain")
    words = ["nbconvert", "--to", "html", "--output-dir", str(folder), *map(str, NOTEBOOKS)]
    subprocess.run([sys.executable, "-m", "jupyter", *words], check=True, capture_output=True)
    return folder


@each
def test_plain_nbconvert_makes_a_sound_page(path, browser, plain_pages):
    page = browser.new_page()
    page.goto((plain_pages / f"{path.stem}.html").as_uri(), wait_until="domcontentloaded")
    sound(page, path)
    page.close()


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A notebook that asks one exercise, as it is stored."""
    cells = [
        nbformat.v4.new_code_cell('import frenemies as fr\n\nfr.exercise("E1-total")', id="ask")
    ]
    path = tmp_path_factory.mktemp("asked") / "asked.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    run.refresh(path)
    return path


def test_nbconvert_runs_a_stored_notebook_for_its_full_page(asked):
    assert "data-accept" not in asked.read_text(encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "jupyter", "nbconvert", "--to", "heldto", asked.name],
        cwd=asked.parent,
        check=True,
    )
    assert 'data-exercise="E1-total"' in asked.with_suffix(".html").read_text(encoding="utf-8")


@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_the_notebook_beside_a_handout_is_as_plain_as_a_stored_one(asked, edition):
    made = asked.parent / edition
    made.mkdir()
    worker.make_handout(asked, made, edition, 60)
    assert 'data-exercise="E1-total"' in (made / "asked.html").read_text(encoding="utf-8")
    found = stored.outputs(nbformat.read(made / "asked.ipynb", 4))
    assert found and {kind for output in found for kind in output.data} == {
        "text/html",
        "text/plain",
    }
    assert not [output for output in found if "<form" in output.data["text/html"]]


def test_an_output_says_what_it_is_in_its_metadata():
    shown = [fr.actor_bar("economic"), fr.explore(economic.partners_picture), fr.verdict("E4")]
    shown += [fr.guess("E4"), fr.exercise("E4-balance")]
    kinds = [thing._repr_mimebundle_()[1]["frenemies"] for thing in shown]
    assert [about["kind"] for about in kinds] == ["bar", "picture", "verdict", "guess", "exercise"]
    assert [about.get("claim") for about in kinds] == [None, None, "E4", "E4", None]
    assert kinds[-1]["exercise"] == "E4-balance"
