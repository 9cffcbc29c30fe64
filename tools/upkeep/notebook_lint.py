"""Plain notebooks: no HTML in a Markdown cell, links to words that there are, tags that mean
something.

`python tools/upkeep lint notebooks/*.ipynb` names each fault by notebook, cell and
line.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mistune
import nbformat
from mistune import Markdown
from nbformat import NotebookNode

from heldto import article
from heldto.evidence import glossary

TAGS = {
    *("guess", "draw", "picture", "number", "verdict", "after-verdict"),
    *("exercise", "answer", "solution", "instructor", "setup"),
    *("live", "handout"),
    "folded",  # a heading below which all is folded, in a lab and on a page
    "bench",  # a step that a reader takes alone
    "code",  # a handout shows its code, which is what the cell teaches
    "raises-exception",  # a figure that is not held costs one cell, not the page
}


def lint(notebook: NotebookNode, name: str) -> list[str]:
    """What is not plain in a notebook, one line each: `NAME, cell ID, line NUMBER: what, and what
    to do`.
    """
    reader = mistune.create_markdown(renderer=None, plugins=["table"])
    faults = []
    for cell in notebook.cells:
        position = f"{name}, cell {cell.get('id', 'without id')}"
        unknown = sorted(set(cell.metadata.get("tags", [])) - TAGS)
        faults += [
            f'{position}: no tag "{tag}": choose {", ".join(sorted(TAGS))}' for tag in unknown
        ]
        if cell.cell_type == "markdown":
            faults += _faults_of_text(cell.source, position, name, reader)
    return faults


def _faults_of_text(text: str, position: str, name: str, reader: Markdown) -> Iterator[str]:
    tree: Any = reader(text)
    opening_file = f"{article.current().opening}.ipynb"
    for token in _tokens(tree):
        if token["type"] in ("block_html", "inline_html"):
            tag = token["raw"].strip().splitlines()[0]
            yield f"{position}, line {_line(text, tag)}: HTML, {tag}: write Markdown"
        if token["type"] == "link":
            file, _, place = token["attrs"]["url"].partition("#")
            if place == "Words" and file == ("" if name == opening_file else opening_file):
                word = "".join(child.get("raw", "") for child in _tokens(token["children"]))
                try:
                    glossary.term(word)
                except glossary.UnknownTerm as fault:
                    yield f"{position}, line {_line(text, f'[{word}')}: {fault}"
            elif place == "Words":
                target = "#Words" if name == opening_file else f"{opening_file}#Words"
                yield f"{position}, line {_line(text, token['attrs']['url'])}: link to {target}"


def _tokens(tree: list[dict]) -> Iterator[dict]:
    """All tokens of parsed Markdown, each before what it holds."""
    for token in tree:
        yield token
        yield from _tokens(token.get("children", []))


def _line(text: str, words: str) -> int:
    """The number of the first line that holds some words, 1 where none does."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if words in line), 1)


def lint_files(paths: list[str]) -> int:
    """Print the faults of some notebooks. Returns 1 where there are any, 0 where there are none."""
    faults = [
        fault for path in map(Path, paths) for fault in lint(nbformat.read(path, 4), path.name)
    ]
    for fault in faults:
        print(fault)
    return int(bool(faults))
