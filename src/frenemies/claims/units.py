"""A figure with its unit, in words: what a verdict, its tipping point and its ruler say."""

WORDS = {
    "rank": "rank {:.0f}",
    "percentage points": "{:.1f} points",
    "kappa": "a kappa of {:.2f}",
    "kappa difference": "a difference of {:.2f}",
    "USD bn": "{:,.1f} billion dollars",
    "ratio": "a ratio of {:.2f}",
    "percent": "{:.1f} %",
    "percent of TIV": "{:.1f} %",
    "percent a year": "{:.1f} % a year",
    "percent below peak": "{:.1f} % below the peak",
    "percent fall": "a fall of {:.1f} %",
    "share of eight": "{:.0f} of eight",
    "states of five": "{:.0f} of five",
}
SHORT = {"USD bn": "{:,.1f} bn", "kappa": "{:.2f}", "kappa difference": "{:.2f}", "ratio": "{:.2f}"}
TURNED = {
    "percent below peak": "{:.1f} % above the peak",
    "percent fall": "a rise of {:.1f} %",
}  # where it is negative
PAST = {"percent below peak": ("at less than", "at more than")}  # how a threshold is passed
STEPS = {"share of eight": 1 / 8} | dict.fromkeys(
    ("rank", "states of five", "occasions", "exercises", "wars", "submarines", "pledges"), 1
)


def in_words(value: float, unit: str) -> str:
    """A figure with its unit: in_words(106.7, "USD bn") is "106.7 billion dollars"."""
    if unit not in WORDS:
        return f"{value:.0f} {unit[:-1] if value == 1 and unit.endswith('s') else unit}"
    if unit == "share of eight":
        return WORDS[unit].format(value * 8)
    if unit not in TURNED:
        return WORDS[unit].format(value)
    if not round(value, 3):
        return "zero"
    return _fine(TURNED[unit] if value < 0 else WORDS[unit], value).format(abs(value))


def _fine(form: str, value: float) -> str:
    """The form with three decimals where one would print a figure as nought."""
    return form if round(value, 1) else form.replace(".1f", ".3f")


def away(distance: float, unit: str) -> str:
    """How far from a threshold: away(1.0, "percent") is "1.0 points away"; empty for counts."""
    if unit in STEPS or unit not in WORDS:
        return ""
    if unit.startswith("percent"):
        return _fine("{:.1f} points away", distance).format(distance)
    return f"{distance:,.1f} billion away" if unit == "USD bn" else f"{distance:.2f} away"


def bare(value: float, unit: str) -> str:
    """A number at the edge of a zone: bare(200 / 3, "percent") is "66.7 %"."""
    percent = " %" if unit.startswith("percent") else ""
    tail = {"percentage points": " points", "USD bn": " bn"}.get(unit, percent)
    return f"{round(value, 2):g}{tail}"


def short(value: float, unit: str) -> str:
    """The same in a few letters, for a mark in a drawing: short(106.7, "USD bn") is "106.7 bn"."""
    return SHORT[unit].format(value) if unit in SHORT else in_words(value, unit)
