"""The rooms that a page is made in, each by itself: what is allowed, what is registered, what is shared, what waits."""

import pytest

from frenemies.publish.handouts import allowed, comments, looks
from frenemies.publish.handouts.cleaner import clean
from frenemies.publish.handouts.register import Register, renamed

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("tag", "name", "value", "kept"),
    [
        ("p", "class", "a b", "a b"),
        ("input", "disabled", None, ""),
        ("p", "onclick", "x()", None),
        ("p", "ONCLICK", "x()", None),
        ("table", "border", "1", None),
        ("form", "name", "querySelector", None),
        ("input", "name", "answer", "answer"),
        ("p", "style", "color:red", "color:red"),
        ("path", "style", "clip-path:url(#a)", "clip-path:url(#a)"),
        ("p", "style", "background:URL(https://example.org)", None),
        ("p", "style", r"background:u\72l(https://example.org)", None),
        ("p", "style", "background:image-set('x' 1x)", None),
        ("rect", "fill", "url(#a)", "url(#a)"),
        ("rect", "fill", "url(https://example.org/#a)", None),
        ("svg", "aria-label", "What a url(x) is", "What a url(x) is"),
        ("use", "xlink:href", "#a", "#a"),
        ("use", "href", "x.svg#a", None),
        ("a", "href", "next.ipynb#e1", "next.html#e1"),
        ("input", "src", "x.png", None),
    ],
)
def test_attributes(tag, name, value, kept):
    assert allowed.attribute(tag, name, value) == kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("#a", "#a"),
        ("a.html", "a.html"),
        ("../b/a.ipynb", "../b/a.html"),
        ("https://example.org/a.ipynb", "https://example.org/a.ipynb"),
        ("HTTPS://example.org/a.ipynb#b", "HTTPS://example.org/a.ipynb#b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:x", None),
        ("java\nscript:x", None),
        (" data:text/html,x".strip(), None),
        ("//example.org", None),
        ("/\\example.org", None),
        ("file:///a.ipynb", None),
    ],
)
def test_addresses_of_links(address, kept):
    assert allowed.address("a", address) == kept


@pytest.mark.parametrize(
    ("css", "may"),
    [
        (".a{color:red}/* why */@media print{.a{color:blue}}", True),
        (".a{fill:url(#b)}", True),
        (".a{", False),
        ("}.a{}", False),
        (".a{}/*", False),
        (".a{}</style>", False),
        ("@import 'x.css'", False),
        (".a{background:url(x.png)}", False),
    ],
)
def test_style_sheets(css, may):
    assert allowed.sheet(css) is may


def test_looks_that_many_marks_have_become_one_rule():
    marks = [
        {"html": f'<path style="{look}"/><text class="a" style="{look}">x</text>'}
        for look in ("a:b", "a:b", "c:d")
    ]
    rules, parts = looks.shared(marks)
    assert rules == [".l0{a:b}"]
    assert (
        parts[0]["html"] == '<path class="l0"/><text class="l0 a">x</text>' and parts[2] == marks[2]
    )


def test_an_id_that_was_taken_is_new_and_what_points_to_it_follows():
    register = Register()
    for _ in range(2):
        last = clean('<p id="a">x</p><a href="#a">y</a><p aria-labelledby="a b">z</p>', register)
    assert last == '<p id="a-2">x</p><a href="#a-2">y</a><p aria-labelledby="a-2 b">z</p>'
    assert renamed("href", "https://example.org/#a", {"a": "b"}) == "https://example.org/#a"
    assert renamed("fill", "url(#a)", {"a": "b"}) == "url(#b)"


def test_what_is_left_open_is_closed_and_what_is_dropped_ends_with_it():
    assert clean("<div><b>x<script>y", Register()) == "<div><b>x</b></div>"
    assert clean("<p>x</b></p>", Register()) == "<p>x</p>"


def part(html="", *tags):
    return {"html": html, "tags": list(tags)}


def verdict(name):
    return part(f'<details class="verdict" id="verdict-{name}"></details>', "verdict")


def test_what_is_tagged_waits_for_the_verdicts_above_it_and_nothing_else_does():
    words, live, rest = (
        part("<p>Nearly so.</p>", comments.WAITS),
        part("<p>By arms.</p>", comments.WAITS),
        part(),
    )
    made = comments.waiting([part("<h3>E1</h3>"), verdict("E1"), words, rest, live])
    assert [one["of"] for one in made] == [[], [], ["verdict-E1"], [], ["verdict-E1"]]


def test_verdicts_under_one_heading_share_a_comment_and_the_next_heading_ends_it():
    made = comments.waiting(
        [verdict("E1"), verdict("E2"), part("x", comments.WAITS), part("<h2>On</h2>")]
    )
    assert made[2]["of"] == ["verdict-E1", "verdict-E2"]
    after = comments.waiting([verdict("E1"), part("<h2>On</h2>"), part("x", comments.WAITS)])
    assert after[2]["of"] == []


def test_a_comment_may_have_a_heading_of_its_own():
    made = comments.waiting([verdict("E1"), part("<h4>After the verdict</h4>", comments.WAITS)])
    assert made[1]["of"] == ["verdict-E1"]
