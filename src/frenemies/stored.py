"""What stays of a cell when its notebook is stored: a plain page that every viewer shows, and no more than that.

A handout needs more (marks that can be switched, hints, the other outcomes of a choice). That full page is made only while a
handout is made, stands in the output beside the plain one, and is never written to a notebook.
"""

import base64
import html
import os
from contextlib import contextmanager

PAGE = "application/vnd.frenemies.page+html"
VIEW = "application/vnd.jupyter.widget-view+json"
_ASKED = "FRENEMIES_PAGE"


def bundle(text, plain="", page=None, view=None, **about):
    """(data, metadata) of an output: `text`, the HTML `plain`, and where a handout is being made the HTML that page() returns.

    view: the data of a widget that shows it while a kernel runs; about: what the output is, for whoever lays out a page of it,
    kept as `metadata["frenemies"]`: its kind (verdict, guess, exercise, picture, line, bar) and the claim or exercise it is of.
    """
    data = {**(view or {}), "text/plain": text, **({"text/html": plain} if plain else {})}
    if page is not None:
        about = about | {"page": True}
        data |= {PAGE: page()} if os.environ.get(_ASKED) else {}
    return data, {"frenemies": about} if about else {}


def metadata_of(output):
    """What an output says that it is: its own part of the metadata, empty where it is none of ours."""
    return output.get("metadata", {}).get("frenemies", {})


@contextmanager
def pages():
    """Kernels that start meanwhile give full pages."""
    before = os.environ.get(_ASKED)
    os.environ[_ASKED] = "1"
    try:
        yield
    finally:
        os.environ.pop(_ASKED)
        if before:
            os.environ[_ASKED] = before


def outputs(notebook):
    """All outputs of a notebook (nbformat node) that hold data."""
    return [
        output for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output
    ]


def lacks_pages(notebook):
    """Whether an output of a notebook has a full page that is not in it."""
    return any(
        metadata_of(output).get("page") and PAGE not in output.data for output in outputs(notebook)
    )


def drop_pages(notebook):
    """Take the full pages out of a notebook, and return it."""
    for output in outputs(notebook):
        output.data.pop(PAGE, None)
    return notebook


def drop_views(notebook):
    """Take out of a notebook (nbformat node or plain dict) the widgets that live in a kernel; the plain page beside each stays."""
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)


def image(drawing, alt, width):
    """A drawing (SVG text) as an image with an alt text, `width` pixels wide: it stays where a viewer drops what stands inside a page."""
    encoded = base64.b64encode(drawing.encode()).decode()
    return (
        f'<img alt="{html.escape(alt)}" width="{width}" src="data:image/svg+xml;base64,{encoded}">'
    )


def form(text):
    """A question as a plain page: where it has several lines the first stands out, and nothing looks as if it could be clicked."""
    head, *lines = map(html.escape, text.splitlines())
    said = f"<p><b>{head}</b></p><p>{'<br>'.join(lines)}</p>" if lines else f"<p>{head}</p>"
    return f"<blockquote>{said}</blockquote>"
