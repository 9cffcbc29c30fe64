"""Templates: what is put into them is escaped, and nothing is left out in silence."""

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from heldto import article, templates


@pytest.fixture
def told(monkeypatch):
    """A template of one line, without touching the package's own."""
    own = templates._environment(article.current()).overlay(
        loader=DictLoader({"one.html.j2": "<p>{{ text }}</p>"})
    )
    monkeypatch.setattr(templates, "_environment", lambda here: own)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("text", "shown"),
    [("<b> & co", "<p>&lt;b&gt; &amp; co</p>"), (Markup("<b>co</b>"), "<p><b>co</b></p>")],
)
def test_text_is_escaped_and_markup_is_not(text, shown):
    assert templates.render("one.html.j2", text=text) == shown


@pytest.mark.usefixtures("told")
def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(UndefinedError, match="text"):
        templates.render("one.html.j2")
