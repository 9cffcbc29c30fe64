"""A button for what is judged or worked out with what stands in fields beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from heldto.toggles.here import FROM_PAGE, shared


class SubmitButton(anywidget.AnyWidget):
    """A button as wide as its label that does `action()` with what stands in fields when pressed.

    Both come in one message: a busy kernel would hear of the press before their last change.
    style: "" or "primary".
    """

    _esm = Path(__file__).with_suffix(".js")
    description = traitlets.Unicode().tag(sync=True)
    button_style = traitlets.Unicode().tag(sync=True)
    fields: traitlets.List = traitlets.List().tag(sync=True, **ipywidgets.widget_serialization)
    pressed = traitlets.Dict().tag(**FROM_PAGE)

    def __init__(
        self, label: str, action: Callable[[], None], *fields: ipywidgets.Widget, style: str = ""
    ) -> None:
        self._action = action
        layout = shared(ipywidgets.Layout, width="auto", align_self="flex-start")
        traits = {"description": label, "button_style": style, "layout": layout}
        super().__init__(fields=fields, **traits)

    def click(self) -> None:
        """Do what a press does, with what the kernel knows of the fields."""
        self._action()

    @traitlets.observe("pressed")
    def _act(self, change: dict[str, Any]) -> None:
        for field, state in zip(self.fields, change["new"]["states"], strict=True):
            current = field.get_state()  # an echo of that could undo what is typed by now
            if late := {name: value for name, value in state.items() if current[name] != value}:
                field.set_state(late)
        self._action()
