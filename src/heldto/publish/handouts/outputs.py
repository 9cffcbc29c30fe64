"""Cells as HTML, before anything is cleaned: Markdown, source code, outputs."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.filter import Filter
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Number, Operator, String, Text

from heldto import stored
from heldto.publish.handouts import lean
from heldto.templates import render

COLOURED = (Comment, Keyword, Number, Operator.Word, String)
SIMPLE = (str, int, float)
PICTURES = ("image/png", "image/jpeg")
_LAID_OUT = re.compile(r"\S[ \t]{2,}\S|^[ \t]|[│─┌]", re.M)


class _Coloured(Filter):
    """Of the kinds of words of a program those that a page colours; the rest is plain text."""

    def filter(self, lexer: Any, stream: Any) -> Iterator[tuple[Any, str]]:
        for kind, word in stream:
            yield (kind if any(kind in one for one in COLOURED) else Text), word


def markdown(text: str, attachments: dict[str, Any] | None = None) -> str:
    """Markdown as HTML, the pictures attached to its cell inside it."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments)
    return MarkdownWithMath(renderer=renderer).render(text)


def coloured(code: str) -> Markup:
    """Python source as highlighted HTML."""
    lexer = PythonLexer()
    lexer.add_filter(_Coloured())
    return Markup(highlight(code, lexer, HtmlFormatter(nowrap=True)).rstrip("\n"))


def output_html(output: Any) -> str:
    """One output as HTML: rich where there is something rich, sentences as prose, the rest as
    preformatted text.

    Warnings and an actor bar, which needs a kernel, show nothing.
    """
    if output.output_type == "stream":
        return "" if output.name == "stderr" else printed(output.text)
    if output.output_type == "error":
        text = strip_ansi("\n".join(output.traceback))
        return render("printed.html.j2", text=text, error=True)
    if stored.metadata_of(output).get("kind") == "bar":
        return ""
    return _rich(output.data) or printed(output.data.get("text/plain", ""))


def printed(text: str) -> str:
    """Printed text: sentences as paragraphs, anything laid out by spaces as preformatted text."""
    text = strip_ansi(text).strip("\n")
    if entries := _entries(text):
        return render("said.html.j2", lines=entries)
    if text.strip() and _LAID_OUT.search(text):
        return render("printed.html.j2", text=text, error=False)
    if "\n" not in text and text[:1] in ("'", '"') and text.endswith(text[:1]):
        text = text[1:-1]
    lines = [line for line in text.splitlines() if line.strip()]
    return render("said.html.j2", lines=lines) if lines else ""


def _entries(text: str) -> list[str]:
    """A printed dictionary of words or numbers as a line for each key; empty for other text."""
    if not text.startswith("{"):
        return []
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return []
    if not isinstance(value, dict) or not all(isinstance(one, SIMPLE) for one in value.values()):
        return []
    return [f"{key}: {one}" for key, one in value.items()]


def _rich(data: dict[str, str]) -> str:
    """The richest form of an output's data as HTML, "" where it has none."""
    for kind in (stored.PAGE, "text/html"):
        if kind in data:
            return data[kind]
    if "image/svg+xml" in data:
        return render("plain_figure.html.j2", drawing=Markup(data["image/svg+xml"]))
    for kind in PICTURES:
        if kind in data:
            image = "".join(data[kind].split())
            encoded = lean.lean_drawing(image) if kind == "image/png" else image
            address = f"data:{kind};base64,{encoded}"
            words = data.get("text/plain", "")
            words = "" if words.startswith("<Figure") else words  # all that matplotlib says
            return render("plain_figure.html.j2", drawing="", address=address, words=words)
    return markdown(data.get("text/markdown", ""))
