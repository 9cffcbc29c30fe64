"""The nbconvert exporter: `jupyter nbconvert --to frenemies notebook.ipynb` writes one self-contained HTML file."""

import nbformat
from nbconvert.exporters import TemplateExporter
from traitlets import Enum, Unicode, default

from frenemies import stored
from frenemies.publish import editions
from frenemies.publish.handouts.furniture import TEMPLATE, furniture
from frenemies.publish.handouts.page import Page
from frenemies.publish.handouts.run import execute


class FrenemiesExporter(TemplateExporter):
    """A notebook as a handout: toggles without a kernel, nothing loaded from outside, made to be read and printed."""

    export_from_notebook = "Handout (HTML, toggles included)"
    output_mimetype = "text/html"
    edition = Enum(editions.EDITIONS, "handout", help="handout, student or instructor").tag(
        config=True
    )

    index = Unicode("", help="address of the index of all pages, where there is one").tag(
        config=True
    )

    @default("file_extension")
    def _file_extension_default(self):
        return ".html"

    @default("template_extension")
    def _template_extension_default(self):
        return ".html.j2"

    @default("template_name")
    def _template_name_default(self):
        return "frenemies"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self):
        return [*super()._default_extra_template_basedirs(), str(TEMPLATE.parent)]

    def _preprocess(self, nb, resources):
        """The page, resources["page"], is laid out from what nbconvert's own steps leave; a notebook as it is stored is run for it."""
        with stored.pages():
            nb, resources = super()._preprocess(nbformat.from_dict(nb), resources)
            about = resources["metadata"]
            name = about.get("name") or "notebook"
            if stored.lacks_pages(nb):
                nb = execute(nb, f"{name}.ipynb", about.get("path"))
        nb = editions.make(editions.for_page(nb), self.edition, f"{name}.ipynb")
        resources["page"] = Page(nb, name, not self.exclude_input)
        resources["furniture"], resources["index"] = furniture(), self.index
        return nb, resources
