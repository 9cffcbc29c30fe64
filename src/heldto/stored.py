"""What stays of a cell when its notebook is stored: a plain page that every viewer shows.

A handout needs more (marks that can be switched, hints, the other outcomes of a choice). That full
page is made only while a handout is made, stands in the output beside the plain one, and is never
written to a notebook.
"""

import base64
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from markupsafe import Markup

from heldto.templates import render, writing_page

PAGE = "application/vnd.frenemies.page+html"
VIEW = "application/vnd.jupyter.widget-view+json"
SHEETS = "sheets"  # in the metadata of a full page
LANGUAGE = ("name", "file_extension", "nbconvert_exporter")  # what nbconvert writes a script by
PYTHON = {"name": "python", "file_extension": ".py", "nbconvert_exporter": "python"}
_ASKED = "FRENEMIES_PAGE"
_TAKEN: set[str] = set()  # ids on the page that this kernel writes
Bundle = tuple[dict[str, Any], dict[str, Any]]


def live_view(page: str) -> dict[str, Any]:
    """The view of a page (HTML) that follows the actor bar, for a `bundle`."""
    import ipywidgets  # a notebook has it loaded, and nobody else needs it

    return ipywidgets.HTML(page)._repr_mimebundle_()


def bundle(
    text: str,
    plain: str | Callable[[], str] = "",
    page: Callable[[], str] | None = None,
    view: dict[str, Any] | None = None,
    **about: Any,
) -> Bundle:
    """(data, metadata) of an output: `text`, and the HTML `plain` for whoever has no kernel.

    page(): the full page, asked for where a handout is being made, else the plain one, which may be
    a function, too, where it has a style sheet or follows a bar; view: the data of a widget that
    shows the output while a kernel runs; about: what the output is, kept as
    `metadata["frenemies"]`: its kind (verdict, guess, exercise, picture, line, bar), and the claim
    or exercise it is of. Beside a full page stand the names of its style sheets.
    """
    data = {**(view or {}), "text/plain": text}
    if plain:
        data["text/html"] = _page_text(plain)
    if page is not None:
        about = about | {"page": True}
    if os.environ.get(_ASKED) and (page or plain):  # by it a handout knows an output of ours
        with writing_page(_TAKEN) as place:
            data[PAGE] = _page_text(page or plain)
        about = about | ({SHEETS: place.sheets} if place.sheets else {})
    return data, {"frenemies": about} if about else {}


def _page_text(page: str | Callable[[], str]) -> str:
    return str(page() if callable(page) else page)


def shell() -> Any:
    """The IPython that runs this, None outside of one."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def running_cell() -> int:
    """The number, among IPython's inputs, of the cell that runs now, or ran last; 0 outside of
    IPython.
    """
    ipython = shell()
    return len(ipython.history_manager.input_hist_raw) - 1 if ipython else 0


def metadata_of(output: dict[str, Any]) -> dict[str, Any]:
    """What an output says that it is: its own part of the metadata, empty where it is none of
    ours.
    """
    return output.get("metadata", {}).get("frenemies", {})


def is_ours(output: dict[str, Any]) -> bool:
    """Whether this package made an output for a handout: beside the plain page stands the full
    one.
    """
    return PAGE in output.get("data", {})


@contextmanager
def pages() -> Iterator[None]:
    """Kernels that start meanwhile give full pages, and so does this process, of one page."""
    before = os.environ.get(_ASKED)
    os.environ[_ASKED] = "1"
    _TAKEN.clear()
    try:
        yield
    finally:
        os.environ.pop(_ASKED, None)
        if before:
            os.environ[_ASKED] = before


def outputs(notebook: Any) -> list[Any]:
    """All outputs of a notebook (nbformat node) that hold data."""
    all_outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return [output for output in all_outputs if "data" in output]


def lacks_pages(notebook: Any) -> bool:
    """Whether an output of a notebook has a full page that is not in it."""
    with_page = (output for output in outputs(notebook) if metadata_of(output).get("page"))
    return any(PAGE not in output.data for output in with_page)


def drop_pages(notebook: Any) -> Any:
    """Take the full pages out of a notebook, and return it."""
    for output in outputs(notebook):
        output.data.pop(PAGE, None)
        metadata = metadata_of(output)
        metadata.pop(SHEETS, None)
        if not metadata:
            output.get("metadata", {}).pop("frenemies", None)
    return notebook


def drop_views(notebook: Any, ids: bool = False) -> None:
    """Take out of a notebook (nbformat node or plain dict) what lives in a kernel: its widgets, and
    what it tells of its language beside what a script of it needs.

    The plain page beside each widget stays. ids: that page keeps the id of its widget, too, as
    `metadata["frenemies"]["view"]`: a lab shows the widget again as long as the kernel lives.
    """
    metadata = notebook["metadata"]
    metadata.pop("widgets", None)
    if language := metadata.get("language_info"):
        kept = {name: language[name] for name in LANGUAGE if name in language}
        metadata["language_info"] = {**PYTHON} if kept.get("name") == "python" else kept
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            view = output.get("data", {}).pop(VIEW, None)
            if view and ids:
                output["metadata"].setdefault("frenemies", {})["view"] = view["model_id"]


def image(drawing: str, alt: str, width: int) -> Markup:
    """A drawing (SVG file) as an image with an alt text, `width` pixels wide.

    It stays where a viewer drops a drawing that stands inside a page.
    """
    encoded = base64.b64encode(drawing.encode()).decode()
    return render("image.html.j2", encoded=encoded, alt=alt, width=width)


def question_page(text: str) -> Markup:
    """A question as a plain page: its first line stands out, nothing looks as if it could be
    clicked.
    """
    head, *lines = text.splitlines()
    return render("asked.html.j2", head=head, lines=lines)
