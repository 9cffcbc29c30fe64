"""A figure with its unit, in words: what a verdict, its tipping point and its ruler say.

How each unit is written stands in `units.toml`.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from heldto.catalogues import ENGLISH
from heldto.text.words import enough_digits
from heldto.tr import language, numerals, singular_here, tr, tr_n

TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
UNITS = TABLE["units"]
STEPS = {unit: form["step"] for unit, form in UNITS.items() if "step" in form}
MEASURED = re.compile(r"(.+?)((?:/| (?:a|an|per|of|in|for)\b).*)")  # "litres a person"
PLURALS = (  # how the last word of a unit ends, and how of one: the first that fits
    ("^(species|series)$", r"\1"),
    ("^people$", "person"),
    ("^(.*)men$", r"\1man"),
    ("^(.*[^aeiou])ies$", r"\1y"),
    ("(ss|x|z|ch|sh)es$", r"\1"),
    ("ss$|us$|is$", lambda same: same[0]),
    ("s$", ""),
)
ALIKE = ("Liter", "Meter", "Kilometer", "Euro", "Dollar", "Prozent", "Mal")  # of one as of many
LONG = 10_000  # thresholds from here on are written with commas
PAST = {unit: form["past"] for unit, form in UNITS.items() if "past" in form}


def seem_shares(unit: str, figures: Iterable[float]) -> bool:
    """Whether figures said to be in percent are all within 0 to 1, as shares are."""
    sizes = [abs(figure) for figure in figures]
    return unit.startswith(("%", "percent")) and any(sizes) and all(size <= 1 for size in sizes)


def singular(unit: str) -> str:
    """An English unit as it is said of one: singular("countries") is "country", and that of
    "litres a person" is "litre a person".
    """
    head, rest = unit, ""
    if found := MEASURED.match(unit):
        head, rest = found.groups()
    first, _, word = head.rpartition(" ")
    for many, one in PLURALS:
        if re.search(many, word):
            word = re.sub(many, one, word)
            break
    return f"{first} {word}".strip() + rest


def format_long(value: float, unit: str, edges: Iterable[float] = ()) -> str:
    """A figure with its unit: format_long(106.7, "USD bn") is "106.7 billion dollars".

    edges: of a rule: near one of them more digits tell on which side of it the figure lies.
    """
    form = UNITS.get(unit, {})
    if "words" not in form:
        if float(value) % 1:  # no count
            number = enough_digits("{:,.1f}", value, edges).format(value)
            return f"{numerals(number)} {tr(unit)}"
        one = singular_here(unit) or singular(unit)
        said = tr_n(one, unit, value)
        if value == 1 and said == singular(unit) and language() != ENGLISH and unit not in ALIKE:
            return f"1 ({unit})"  # the author's own word, whose singular nobody knows
        return f"{value:.0f} {said}"
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


def format_level(value: float, unit: str) -> str:
    """A threshold as a rule names it, with its unit in full, which nothing else there says:
    format_level(500, "wind turbines") is "500 wind turbines".
    """
    form = UNITS.get(unit, {})
    digits = numerals(f"{value:,.12g}" if abs(value) >= LONG else f"{value:.12g}")
    if "level" in form:
        return tr(form["level"]).replace("#", digits)
    if "words" in form:
        return format_edge(value, unit)
    return f"{digits} {tr_n(singular_here(unit) or singular(unit), unit, value)}"


def format_short(value: float, unit: str, edges: Iterable[float] = ()) -> str:
    """A figure with its unit in a few letters, for a mark in a drawing: format_short(106.7,
    "USD bn") is "106.7 bn". edges: thresholds, near which it has more digits.
    """
    form = UNITS.get(unit, {}).get("short", "")
    if not form:
        return format_long(value, unit, edges)
    return numerals(enough_digits(tr(form), value, edges).format(value))
