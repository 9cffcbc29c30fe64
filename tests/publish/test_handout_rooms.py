"""The rooms that a page is made in, each by itself: what is let through, and what is put in order."""

import base64
import io
import json
import zlib
from xml.etree.ElementTree import Element

import numpy as np
import pandas as pd
import pytest
import sample
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter
from PIL import Image

from heldto.pictures.svg import Drawing
from heldto.publish.handouts import lean, structure
from heldto.publish.handouts.sanitize import address, clean
from heldto.publish.handouts.structure import parse_html
from heldto.templates import writing_page

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "kept",
    [
        '<p class="a b">x</p>',
        '<input disabled="" name="answer">',
        '<p style="color:red">x</p>',
        '<svg viewBox="0 0 1 1"><path style="clip-path:url(#a)"></path></svg>',
        '<svg><rect fill="url(#a)"></rect><use xlink:href="#a"></use></svg>',
        '<svg aria-label="What a url(x) is"><clipPath id="a"></clipPath></svg>',
        '<form method="dialog" data-claim="E1"><output>50</output></form>',
        "<math><mfrac><mn>1</mn><mi>n</mi></mfrac></math>",
        '<img alt="A dot" src="data:image/png;base64,iVBO">',
        '<details open=""><summary>More</summary></details>',
    ],
)
def test_what_a_page_needs_passes(kept):
    assert clean(kept, ours=True) == kept


def test_data_attributes_pass_in_what_is_ours_alone():
    given = '<div aria-label="x" class="reckoning" data-ledger="x"><p data-choice="a">y</p></div>'
    assert clean(given, ours=True) == given
    assert clean(given) == '<div aria-label="x" class="reckoning"><p>y</p></div>'


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("<p onclick='x()'>x</p>", "<p>x</p>"),
        ("<form name='querySelector' action='/x'>x</form>", "<form>x</form>"),
        ("<p style='background:URL(https://example.org)'>x</p>", "<p>x</p>"),
        (r"<p style='background:u\72l(https://example.org)'>x</p>", "<p>x</p>"),
        ("<p style='background:image-set(\"x\" 1x)'>x</p>", "<p>x</p>"),
        ("<svg><use href='x.svg#a'></use></svg>", "<svg><use></use></svg>"),
        ("<img src='x.png'>", "<img>"),
        ("<input src='x.png'>", "<input>"),
        ("<div><b>x<script>y", "<div><b>x</b></div>"),
        ("<p>x</b></p>", "<p>x</p>"),
        ("<embed src='x'><p>after</p>", "<p>after</p>"),
        ("<!-- a note -->x", "x"),
    ],
)
def test_what_could_run_or_load_does_not_and_what_is_left_open_is_closed(given, left):
    assert clean(given) == left


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("#a", "#a"),
        ("a.html", "a.html"),
        ("../b/a.ipynb", "../b/a.html"),
        ("next.ipynb#e1", "next.html#e1"),
        ("https://example.org/a.ipynb", "https://example.org/a.ipynb"),
        ("HTTPS://example.org/a.ipynb#b", "HTTPS://example.org/a.ipynb#b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:x", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("/\\example.org", None),
        ("file:///a.ipynb", None),
    ],
)
def test_addresses_of_links(link, kept):
    assert address("a", link) == kept
    assert clean(f'<a href="{link}">x</a>') == (f'<a href="{kept}">x</a>' if kept else "<a>x</a>")


def test_a_link_that_hides_its_scheme_goes():
    assert clean("<a href='java\nscript:x'>x</a>") == "<a>x</a>"


def fragments(*texts, kind="output"):
    return parse_html("".join(f'<div data-fragment="{kind}">{text}</div>' for text in texts))


def inner(tree):
    return [part.decode_contents() for part in tree(attrs={"data-fragment": True})]


def test_an_id_that_was_taken_is_new_and_what_points_to_it_follows():
    text = '<p id="a">x</p><a href="#a">y</a><p aria-labelledby="a b" fill="url(#a)">z</p>'
    tree = fragments(text, text)
    structure.own_ids(tree, set())
    assert inner(tree) == [
        text,
        text.replace('"a"', '"a-2"').replace("#a", "#a-2").replace('"a b', '"a-2 b'),
    ]


def test_ours_keep_their_ids_and_those_of_others_give_way():
    text = '<p id="a">x</p><a href="#a">y</a>'
    tree = fragments(text)
    tree.append(fragments(text, kind="ours"))
    structure.own_ids(tree, set())
    assert inner(tree) == [text.replace('"a"', '"a-2"').replace("#a", "#a-2"), text]


def test_a_picture_is_told_where_it_stands_before_it_is_written():
    picture = sample.picture()
    with writing_page() as page:
        twice = parse_html(picture.to_html() + picture.page())
    ids = [tag["id"] for tag in twice(id=True)]
    pointed = {tag["href"][1:] for tag in twice.select('svg [href^="#"]')}
    pointed |= {tag["clip-path"][5:-1] for tag in twice(attrs={"clip-path": True})}
    named = [
        word for tag in twice.select("[aria-labelledby]") for word in tag["aria-labelledby"].split()
    ]
    assert len(set(ids)) == len(ids) and pointed | {*named} <= {*ids}
    assert [figure["id"] for figure in twice("figure")] == ["fig-trade", "fig-trade-2"]
    assert {figure["data-bar"] for figure in twice("figure")} == {"handout"}
    assert (page.sheets, twice("style")) == (["figure.css"], [])
    assert all(drawing.parent["class"] == ["drawing"] for drawing in twice("svg"))
    alone = parse_html(picture.to_html())
    assert (alone.figure["data-bar"], len(alone("style"))) == ("economic", 1)


@pytest.mark.parametrize(
    ("view", "shape"), [("0 0 480 1130", "tall"), ("0 0 480 443", "square"), ("0 0 480 380", "")]
)
def test_how_a_drawing_stands_in_full_screen_follows_its_shape(view, shape):
    assert Drawing(Element("svg", viewBox=view)).shape == shape


def test_headings_go_down_step_by_step_and_those_of_an_output_below():
    tree = parse_html(
        '<div data-fragment="text"><h1>A</h1><h4>B</h4></div>'
        '<div data-fragment="output"><h1 class="x">C</h1><h2 id="d">D</h2></div>'
    )
    assert structure.headings(tree, set()) == [(2, "a", "A"), (3, "b", "B")]
    assert [(tag.name, tag.attrs) for tag in tree(structure.HEADINGS)] == [
        ("h2", {"id": "a"}), ("h3", {"id": "b"}), ("h4", {"id": "c"}), ("h5", {"id": "d"}),
    ]  # fmt: skip


def test_no_heading_is_skipped_where_a_comment_that_waits_is_hidden():
    tree = parse_html(
        '<div data-fragment="text"><h2>Part</h2></div>'
        '<div class="tag-after-verdict"><div data-fragment="text"><h3>Then</h3><h4>More</h4></div></div>'
        '<div data-fragment="text"><h4>Your turn</h4></div>'
    )
    assert [(level, text) for level, _, text in structure.headings(tree, set())] == [
        (2, "Part"), (3, "Your turn"),
    ]  # fmt: skip
    assert [tag.name for tag in tree(structure.HEADINGS)] == ["h2", "h3", "h4", "h3"]


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{color:red}/* why */@media print{.a{color:blue}}", True),
        (".a>b{fill:url(#b)}", True),
        ("@import 'x.css'", False),
        (".a{background:url(x.png)}", False),
        (r".a{background:u\72l(x.png)}", False),
    ],
)
def test_style_sheets_that_load_nothing_go_to_the_head_once(css, kept):
    tree = parse_html(
        f"<style>{css}</style><p>x</p><style>{css}</style><style scoped>.b{{}}</style>"
    )
    assert structure.styles(tree) == [css] * kept and str(tree) == "<p>x</p>"


def cell(html="", *tags):
    return f'<div class="cell {" ".join(f"tag-{tag}" for tag in tags)}">{html}</div>'


def verdict(name):
    return cell(f'<details class="verdict" id="verdict-{name}"></details>', "verdict")


def waits(*cells):
    tree = parse_html("".join(cells))
    structure.mark_after_verdict(tree)
    return [one.get("data-of") for one in tree(class_="cell")]


WAITS = "after-verdict"


def test_what_is_tagged_waits_for_the_verdicts_above_it_and_nothing_else_does():
    words, live = cell("<p>Nearly so.</p>", WAITS), cell("<p>By arms.</p>", WAITS)
    assert waits(cell("<h3>E1</h3>"), verdict("E1"), words, cell(), live) == [
        None, None, "verdict-E1", None, "verdict-E1",
    ]  # fmt: skip


def test_verdicts_under_one_heading_share_a_comment_and_the_next_heading_ends_it():
    both = waits(verdict("E1"), verdict("E2"), cell("x", WAITS), cell("<h2>On</h2>"))
    assert both[2] == "verdict-E1 verdict-E2"
    assert waits(verdict("E1"), cell("<h2>On</h2>"), cell("x", WAITS))[2] is None


def test_a_comment_may_have_a_heading_of_its_own():
    assert waits(verdict("E1"), cell("<h4>After the verdict</h4>", WAITS))[1] == "verdict-E1"


def test_years_after_the_article_in_a_table_of_numbers_hide_with_the_later_marks():
    years = pd.DataFrame({"who": "CHN", "year": [2017, 2018, 2019], "value": [1, 2, 2050]})
    wide = years.assign(other="RUS").pivot(index="who", columns="year", values="value")
    spanned = years.set_index(["who", "year"])
    tree = parse_html("".join(table.to_html() for table in (years, wide, spanned)))
    structure.dated(tree)
    hidden = [" ".join(one.stripped_strings) for one in tree(class_="since")]
    assert hidden == ["2 CHN 2019 2050", "2019", "", "2050", "2019 2050"]


def test_what_is_not_shown_is_one_block_that_gives_each_part_back():
    tree = structure.parse_html(
        '<div data-ahead="1"><div>all</div><div data-preset="two" hidden><b>of &lt; two</b></div></div><p hidden>x</p>'
    )
    parts = structure.defer_hidden(tree, HTMLFormatter(EntitySubstitution.substitute_xml))
    assert parts == {"0": "<b>of &lt; two</b>"} and "two</b>" not in str(tree)
    [left] = tree("script")
    assert (left["data-part"], left["data-preset"], left.text) == ("0", "two", "")
    tree = structure.parse_html(
        '<div data-ahead="1"><div><div class="drawing"><svg></svg><svg class="narrow">all</svg></div></div>'
        '<div data-preset="two" hidden><div class="drawing"><svg></svg><svg class="narrow">two</svg></div></div></div>'
    )
    drawn = structure.defer_hidden(tree, HTMLFormatter(EntitySubstitution.substitute_xml))
    assert "svg" in drawn["0"] and drawn["1"] == '<svg class="narrow">all</svg>' and len(drawn) == 2
    assert [one["data-part"] for one in tree("script")] == ["1", "0"]
    block = lean.block(parts | {"ranks 4.3": "é" * 10_000})
    whole = json.loads(zlib.decompress(base64.b64decode(block)))
    assert whole["0"] == parts["0"] and len(whole["ranks 4.3"]) == 10_000 > 20 * len(block)
    assert lean.block({}) == ""


def png(shades):
    pixels = np.arange(300 * 300).reshape(300, 300) % shades
    image = np.stack([pixels % 256, pixels // 256, pixels % 7], axis=-1).astype("uint8")
    out = io.BytesIO()
    Image.fromarray(image).save(out, "PNG", compress_level=1)
    return base64.b64encode(out.getvalue()).decode()


def test_a_plot_gets_a_palette_and_a_photo_stays():
    plot, photo = png(200), png(20_000)
    small = Image.open(io.BytesIO(base64.b64decode(lean.lean_drawing(plot))))
    assert small.mode == "P" and len(lean.lean_drawing(plot)) < len(plot)
    colours = [Image.open(io.BytesIO(base64.b64decode(one))).convert("RGB") for one in (plot, lean.lean_drawing(plot))]  # fmt: skip
    assert np.array_equal(*colours)
    assert lean.lean_drawing(photo) == photo and lean.lean_drawing("iVBO") == "iVBO"


def test_a_script_keeps_its_texts_and_loses_its_comments():
    code = "// why\nconst a = `one // ${b.map((c) => c + 1)} two\n  three`; const b = /[/*]+/g; /* what */\n"
    small = lean.lean_script(code)
    assert "one // ${b.map(" in small and ")} two\n  three`" in small and "/[/*]+/g" in small
    assert "why" not in small and "what" not in small
    assert (
        lean.lean_sheet("a > b { width: calc(1rem + 2px); /* x */ }")
        == "a>b{width:calc(1rem + 2px)}"
    )


@pytest.mark.parametrize(
    ("hint", "asked", "printed"),
    [
        ("Open The figures behind it", set(), {"b-figures"}),
        ("Read the title", set(), set()),
        ("Read the title", {"a-figures", "gone-figures"}, {"a-figures"}),
    ],
)
def test_a_table_is_printed_where_an_exercise_or_a_paper_sends_readers_to_it(hint, asked, printed):
    figures = "".join(
        f'<figure class="actorfig{look}"><details class="fig-table" id="{name}-figures"></details></figure>'
        for name, look in (("a", ""), ("b", ""), ("own-c", ""), ("ruler", " yardstick"))
    )
    figures += f"<div data-ahead><div hidden>{figures.replace('b-f', 'hidden-f')}</div></div>"
    form = f'<form class="exercise"><details class="hint">{hint}</details></form>'
    tree = parse_html(f"{figures}{form}")
    structure.print_tables(tree, asked)
    assert {fold["id"] for fold in tree.select(".on-paper")} == printed
