"""The nbconvert exporter: `jupyter nbconvert --to heldto notebook.ipynb` writes one
self-contained HTML file.
"""

from typing import Any

from nbconvert.exporters import Exporter, TemplateExporter
from nbformat import NotebookNode
from traitlets import Bool, Enum, Unicode

from heldto import stored
from heldto.errors import Problem
from heldto.publish import editions, reading_time
from heldto.publish.handouts.assets import assets
from heldto.publish.handouts.ending import end_command
from heldto.publish.handouts.page import HandoutPage
from heldto.publish.handouts.run import execute, identified
from heldto.templates import render


class HandoutExporter(TemplateExporter):
    """A notebook as a handout: toggles without a kernel, nothing loaded from outside, made to be
    read and printed.
    """

    export_from_notebook = "Handout (HTML, toggles included)"
    output_mimetype = "text/html"
    file_extension = Unicode(".html").tag(config=True)
    edition = Enum(editions.EDITIONS, "handout", help="handout, student or instructor").tag(
        config=True
    )
    index = Unicode("", help="the address of the index of all pages, if there is one").tag(
        config=True
    )
    live = Unicode("", help="address of the live notebooks, on a site that has them").tag(
        config=True
    )

    core = Bool(False, help="whether the core alone, up to the first heading More claims").tag(
        config=True
    )
    open_only = Bool(False, help="without tables that are not openly licensed").tag(config=True)
    address = Unicode("", help="the address of the page, if its steps need QR codes").tag(
        config=True
    )

    site = Unicode("", help="the address of the folder in which pages are published").tag(
        config=True
    )

    def from_notebook_node(  # type: ignore[override]  # as TemplateExporter's, which gives text
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, and nbconvert's resources. A notebook as it is stored is run for it."""
        try:
            return self._made(nb, resources, **kwargs)
        except Problem as problem:
            end_command(problem)
            raise

    def _made(
        self, nb: NotebookNode, resources: dict[str, Any] | None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        with stored.pages():
            nb, resources = Exporter.from_notebook_node(self, nb, resources, **kwargs)
            about = resources["metadata"]
            name = about.get("name") or "notebook"
            if stored.lacks_pages(nb):
                nb = execute(nb, f"{name}.ipynb", about.get("path"))
        nb = editions.keep_core(nb) if self.core else nb
        spent = reading_time.told(nb)
        nb = editions.make_edition(editions.for_page(identified(nb)), self.edition, f"{name}.ipynb")
        code = not self.exclude_input
        page = HandoutPage(
            nb, name, code, self.live, self.address, self.open_only, spent, self.site
        )
        shared = assets(served=bool(self.live))
        html = render("handout.html.j2", page=page, assets=shared, index=self.index)
        return str(html), resources
