"""Templates: what is put into them is escaped, and nothing is left out in silence."""

from pathlib import Path

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


def test_compiled_templates_lie_outside_the_package():
    """`pip uninstall` takes away what it knows: a file of ours beside the modules would stay, and be imported."""
    cache = templates._environment(article.current()).bytecode_cache
    package = Path(templates.__file__).parents[1]
    assert not Path(cache.directory).is_relative_to(package)
