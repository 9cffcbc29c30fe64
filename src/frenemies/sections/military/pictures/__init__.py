"""The pictures of notebook 03: arms (suppliers, flows, submarines) and forces (exercises, spending, warheads, alarm)."""

from frenemies.lazy import rooms

_HOME = {
    "arms": "ENDS arms_flow_picture china_imports_picture submarines_picture suppliers_picture",
    "forces": "alarm_picture exercises_picture spending_picture warheads_picture",
}
__getattr__, __dir__ = rooms(__name__, _HOME)
