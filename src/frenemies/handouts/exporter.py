"""The nbconvert exporter: `jupyter nbconvert --to frenemies notebook.ipynb` writes one self-contained HTML file."""

import nbformat
from nbconvert.exporters import TemplateExporter
from traitlets import Enum, Unicode, default

from frenemies import editions
from frenemies.handouts.furniture import TEMPLATE, furniture
from frenemies.handouts.page import Page


class FrenemiesExporter(TemplateExporter):
    """A notebook as a handout: toggles without a kernel, nothing loaded from outside, made to be read and printed."""

    export_from_notebook = "Handout (HTML, toggles included)"
    output_mimetype = "text/html"
    edition = Enum(editions.EDITIONS, "handout", help="handout, student or instructor").tag(config=True)

    index = Unicode("", help="address of the index of all pages, where there is one").tag(config=True)

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

    def from_notebook_node(self, nb, resources=None, **kwargs):
        """(HTML, resources) of a notebook node, which stays as it is. resources["page"] is the Page."""
        name = f"{((resources or {}).get('metadata') or {}).get('name') or 'notebook'}.ipynb"
        made = nbformat.from_dict(editions.make(editions.for_page(nb), self.edition, name))
        return super().from_notebook_node(made, resources, **kwargs)

    def _preprocess(self, nb, resources):
        """The page is laid out from what nbconvert's own steps (such as --execute) leave."""
        nb, resources = super()._preprocess(nb, resources)
        resources["page"] = Page(nb, resources["metadata"].get("name") or "notebook", not self.exclude_input)
        resources["furniture"], resources["index"] = furniture(), self.index
        return nb, resources
