"""Words as HTML: Markdown, printed text, source code; and words as names."""

import html
import re

from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from frenemies.publish.handouts import terms

_PLAIN = re.compile(r'<span class="(?!k|kn|ow|kc|kd|s1|s2|sa|si|c1|ch|mi|mf)\w+">([^<]*)</span>')


def markdown(text, attachments=None):
    """Markdown as HTML, the pictures attached to its cell inside it."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments)
    return terms.explained(MarkdownWithMath(renderer=renderer).render(text))


def coloured(code):
    """Python source as highlighted HTML."""
    lines = highlight("\n".join(code.splitlines()), PythonLexer(), HtmlFormatter(nowrap=True))
    return _PLAIN.sub(r"\1", lines).rstrip("\n")


def said(text):
    """Printed text: sentences as paragraphs, anything laid out by spaces as preformatted text."""
    text = strip_ansi(text).strip("\n")
    if not text.strip():
        return ""
    if re.search(r"\S[ \t]{2,}\S|^[ \t]|[│─┌]", text, re.M):
        return f'<pre class="out">{html.escape(text)}</pre>'
    text = re.sub(r"""^(['"])(.*)\1$""", r"\2", text) if "\n" not in text else text
    lines = [f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip()]
    return f'<div class="said">{"".join(lines)}</div>'


def failed(traceback):
    """An error's traceback (a list of lines) as preformatted text."""
    return f'<pre class="out error">{html.escape(strip_ansi(chr(10).join(traceback)))}</pre>'


def slug(text):
    """Text as an id: small letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", html.unescape(text)).strip("-").lower() or "part"


def lessons(text):
    """What a notebook teaches, as a list: given as one, or as one line with semicolons."""
    given = text.split(";") if isinstance(text, str) else text or []
    return [lesson.strip()[:1].upper() + lesson.strip()[1:] for lesson in given if lesson.strip()]
