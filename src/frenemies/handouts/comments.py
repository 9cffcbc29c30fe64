"""What is said of a verdict before the text goes on, set apart so that it can wait for the reader's guess."""

import re

from frenemies.handouts.allowed import OMITTED, VOID

_TAG = re.compile(r"<(/?)([a-z]\w*)[^<>]*?(/?)>")
_REST = re.compile(r"<h\d|<p><strong>")  # a heading, or a paragraph that opens in bold: the text goes on
_VERDICT = re.compile(r'<details class="verdict" id="(verdict-\w+)"')
_NEXT = re.compile(r'<h2|class="guess"')


def apart(parts):
    """The parts of a page (dicts with "kind" and "html"), comments on verdicts in boxes that name the verdicts they speak of."""
    of, fresh, made = [], False, []  # the verdicts last met; whether nothing but comments came since
    for part in parts:
        text = part["html"]
        met = _VERDICT.findall(text)
        if met:
            of, fresh = (of if fresh else []) + met, True
        elif fresh or (of and 'class="live"' in text):
            comment, rest = _split(part)
            fresh, text = fresh and not rest.strip(), _boxed(comment, of) + rest
        made.append(part | {"html": text})
        if _NEXT.search(text):
            of, fresh = [], False
    return made


def _split(part):
    """(comment, rest) of a part: an output is all comment, words are up to where the text goes on."""
    text = part["html"]
    goes_on = _REST.finditer(text) if part["kind"] == "markdown" else ()
    at = next((found.start() for found in goes_on if not _inside(text[: found.start()])), len(text))
    return text[:at], text[at:]


def _inside(text):
    """How many tags a stretch of cleaned HTML leaves open."""
    tags = [found for found in _TAG.findall(text) if found[1] not in VOID | OMITTED]
    return sum(-1 if end else 1 for end, _, at_once in tags if not at_once)


def _boxed(comment, of):
    return f'<div class="comment" data-of="{" ".join(of)}">{comment}</div>' if comment.strip() else ""
