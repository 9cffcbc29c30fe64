"""The nbconvert exporter: `jupyter nbconvert --to frenemies notebook.ipynb` writes one self-contained HTML file."""

import nbformat
from nbconvert.exporters import HTMLExporter
from traitlets import Enum, default
from traitlets.config import Config

from frenemies import editions
from frenemies.handouts.furniture import TEMPLATE, furniture


class FrenemiesExporter(HTMLExporter):
    """A notebook as a handout: toggles without a kernel, nothing loaded from outside, made to be read and printed."""

    export_from_notebook = "Handout (HTML, toggles included)"
    edition = Enum(editions.EDITIONS, "handout", help="handout, student or instructor").tag(config=True)

    @default("template_name")
    def _template_name_default(self):
        return "frenemies"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self):
        return [*super()._default_extra_template_basedirs(), str(TEMPLATE.parent)]

    @property
    def default_config(self):
        """Stock settings, without the style sheet of 260 kB that nbconvert puts in front of each page."""
        config = Config({"CSSHTMLHeaderPreprocessor": {"enabled": False}})
        config.merge(super().default_config)
        return config

    def from_notebook_node(self, nb, resources=None, **kwargs):
        """(HTML, resources) of a notebook node, which stays as it is."""
        from frenemies.handouts.page import Page

        resources = self._init_resources(resources)
        made = nbformat.from_dict(editions.make(nb, self.edition))
        resources["page"] = Page(made, resources["metadata"].get("name") or "notebook", not self.exclude_input)
        resources["furniture"] = furniture()
        return super().from_notebook_node(made, resources, **kwargs)
