"""A figure with its unit, in words: what a verdict, its tipping point and its ruler say.

How each unit is written stands in `units.toml`.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from heldto.text.words import enough_digits
from heldto.tr import numerals, tr, tr_n

TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
UNITS = TABLE["units"]
STEPS = {unit: form["step"] for unit, form in UNITS.items() if "step" in form}
PAST = {unit: form["past"] for unit, form in UNITS.items() if "past" in form}


def format_long(value: float, unit: str, edges: Iterable[float] = ()) -> str:
    """A figure with its unit: format_long(106.7, "USD bn") is "106.7 billion dollars".

    edges: of a rule: near one of them more digits tell on which side of it the figure lies.
    """
    form = UNITS.get(unit, {})
    if "words" not in form:
        if float(value) % 1:  # no count
            number = enough_digits("{:,.1f}", value, edges).format(value)
            return f"{numerals(number)} {tr(unit)}"
        one = unit[:-1] if unit.endswith("s") else unit
        return f"{value:.0f} {tr_n(one, unit, value)}"
    if "round" in form:
        return numerals(tr(form["words"]).format(round(value, form["round"])))
    if "step" in form:
        return numerals(tr(form["words"]).format(value / form["step"]))
    if "negative" not in form:
        return numerals(enough_digits(tr(form["words"]), value, edges).format(value))
    if not round(value, 3):
        return tr("zero")
    words = tr(form["negative" if value < 0 else "words"])
    return numerals(enough_digits(words, value, [0, *edges]).format(abs(value)))


def format_distance(distance: float, unit: str) -> str:
    """How far from a threshold: format_distance(1.0, "percent") is "1.0 points away"; empty for
    counts.
    """
    if unit in STEPS or unit not in UNITS:
        return ""
    form = tr("{:,.1f} billion away") if unit == "USD bn" else tr("{:.2f} away")
    form = tr("{:.1f} points away") if unit.startswith("percent") else form
    return numerals(enough_digits(form, distance, [0]).format(distance))


def format_edge(value: float, unit: str) -> str:
    """A number at the edge of a zone: format_edge(200 / 3, "percent") is "66.7 %"."""
    digits = f"{value:.2g}" if 0 < abs(value) < 0.1 else f"{round(value, 2):.12g}"
    edge = UNITS.get(unit, {}).get("edge", "")
    return f"{numerals(digits)}{tr(edge.removesuffix('s') if digits == '1' else edge)}"


def format_short(value: float, unit: str, edges: Iterable[float] = ()) -> str:
    """A figure with its unit in a few letters, for a mark in a drawing: format_short(106.7,
    "USD bn") is "106.7 bn". edges: thresholds, near which it has more digits.
    """
    form = UNITS.get(unit, {}).get("short", "")
    if not form:
        return format_long(value, unit, edges)
    return numerals(enough_digits(tr(form), value, edges).format(value))
