"""What a notebook's stored outputs say, as pages: what every viewer of one is tested with."""

import base64
import html
import re

import nbformat
import pytest
from conftest import ROOT

from heldto import exercises, stored

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def said(page):
    """The words of a page that are no part of a drawing or a style, spaces left out."""
    words = re.sub(r"<(svg|style)\b.*?</\1>|<[^>]+>", "", page, flags=re.S)
    return re.sub(r"\s", "", html.unescape(words))


def outputs(path):
    return stored.outputs(nbformat.read(path, 4))


def pages(path):
    return [output.data["text/html"] for output in outputs(path) if "text/html" in output.data]


def secrets():
    """All that an exercise says after an answer, or when asked: feedback, hints, solution and code."""
    for name in exercises.exercise_ids():
        question = exercises.find_exercise(name).question
        told = [
            *(why for _, why in question.feedback()),
            *question.hints,
            question.solution,
            question.code,
            question.lines.partition("\n")[2],
        ]
        yield from ((name, text) for text in told if text)


def images(page):
    """(alt text, source) of the images of a page."""
    tags = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<img\b[^>]*>", page)]
    return [(html.unescape(tag["alt"]), tag["src"]) for tag in tags]


def labels(page):
    """The words inside the drawings of a page, run together: what is left where a viewer takes the drawing off them."""
    drawings = [base64.b64decode(source.partition(",")[2]).decode() for _, source in images(page)]
    return [
        said("".join(re.findall(r"<text\b[^>]*>(.*?)</text>", drawing, re.S)))
        for drawing in drawings
    ]


OPEN = "() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"

SHOWN = """() => [...document.querySelectorAll("img[src^='data:image/svg']")].map((one) => ({alt: one.alt, wide: one.naturalWidth,
  seen: one.checkVisibility() && one.getBoundingClientRect().width > 300}))"""


def sound(page, path):
    """A page in a browser, its folds open: every picture is an image, no word of a drawing runs loose, no exercise says what it says later."""
    page.evaluate(OPEN)
    shown = page.evaluate(SHOWN)
    stored = sum(len(images(one)) for one in pages(path))
    assert len(shown) == stored
    assert stored or path.stem == "00_start_here"  # its quick round shows a picture after the taps
    assert [one for one in shown if not (one["alt"] and one["wide"] and one["seen"])] == []
    text = re.sub(r"\s", "", page.evaluate("() => document.body.innerText"))
    assert [soup for one in pages(path) for soup in labels(one) if soup and soup[:40] in text] == []
    assert [(name, words) for name, words in secrets() if re.sub(r"\s", "", words) in text] == []
