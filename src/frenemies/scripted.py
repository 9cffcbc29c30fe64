"""A widget with a script of ours, which anywidget runs on the page."""

import sys
from importlib.metadata import version
from typing import Any, ClassVar

import ipywidgets
from traitlets import Unicode

_VERSION = "~{}.{}.*".format(*version("anywidget").split("."))


def _told(value: str = "") -> Unicode:
    return Unicode(value).tag(sync=True)


class Scripted(ipywidgets.DOMWidget):
    """What the page takes for a widget of anywidget. Its own class for that makes a class of each
    widget, and loads two megabytes.

    script: a module of JavaScript; look: a style sheet.
    """

    script: ClassVar[str]
    look: ClassVar[str] = ""
    _model_name, _view_name = _told("AnyModel"), _told("AnyView")
    _model_module, _view_module = _told("anywidget"), _told("anywidget")
    _model_module_version, _view_module_version = _told(_VERSION), _told(_VERSION)
    _esm, _css, _anywidget_id = _told(), _told(), _told()

    def __init__(self, **traits: Any) -> None:
        if colab := sys.modules.get("google.colab.output"):
            colab.enable_custom_widget_manager()
        name = f"{type(self).__module__}.{type(self).__name__}"
        super().__init__(_esm=self.script, _css=self.look, _anywidget_id=name, **traits)
