"""A figure with its unit, in words: what a verdict, its tipping point and its ruler say.

How each unit is written stands in `units.toml`.
"""

import tomllib
from pathlib import Path

TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
UNITS = TABLE["units"]
STEPS = {unit: form["step"] for unit, form in UNITS.items() if "step" in form}
PAST = {unit: form["past"] for unit, form in UNITS.items() if "past" in form}


def in_words(value: float, unit: str) -> str:
    """A figure with its unit: in_words(106.7, "USD bn") is "106.7 billion dollars"."""
    form = UNITS.get(unit, {})
    if "words" not in form:
        return f"{value:.0f} {unit[:-1] if value == 1 and unit.endswith('s') else unit}"
    if "round" in form:
        return form["words"].format(round(value, form["round"]))
    if "negative" not in form:
        return form["words"].format(value / form.get("step", 1))
    if not round(value, 3):
        return "zero"
    return _fine(form["negative" if value < 0 else "words"], value).format(abs(value))


def _fine(form: str, value: float) -> str:
    """The form with three decimals where one would print a figure as nought."""
    return form if round(value, 1) else form.replace(".1f", ".3f")


def away(distance: float, unit: str) -> str:
    """How far from a threshold: away(1.0, "percent") is "1.0 points away"; empty for counts."""
    if unit in STEPS or unit not in UNITS:
        return ""
    if unit.startswith("percent"):
        return _fine("{:.1f} points away", distance).format(distance)
    return f"{distance:,.1f} billion away" if unit == "USD bn" else f"{distance:.2f} away"


def bare(value: float, unit: str) -> str:
    """A number at the edge of a zone: bare(200 / 3, "percent") is "66.7 %"."""
    digits = f"{value:.2g}" if 0 < abs(value) < 0.1 else f"{round(value, 2):.12g}"
    edge = UNITS.get(unit, {}).get("edge", "")
    return f"{digits}{edge.removesuffix('s') if digits == '1' else edge}"


def short(value: float, unit: str) -> str:
    """The same in a few letters, for a mark in a drawing: short(106.7, "USD bn") is "106.7 bn"."""
    form = UNITS.get(unit, {})
    return form["short"].format(value) if "short" in form else in_words(value, unit)
