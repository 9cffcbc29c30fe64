"""The rule of a reader's own claim: read from what they wrote, and kept in their file."""

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields
from numbers import Real
from typing import Any

from heldto.claims import units
from heldto.claims.rule import AROUND, COMPARISONS, FALLING, STILL, Rule
from heldto.errors import Problem, did_you_mean
from heldto.own.words import WORDS, say_own
from heldto.text.arguments import one_of

KINDS = WORDS["kinds"]  # of claims, and why all but one kind can hold only partly
RULES = (*COMPARISONS, STILL, *AROUND)
MOST = 1_000  # of what is counted one by one
OWN_UNITS = [unit for unit in units.UNITS if not unit.endswith((" of eight", " of five"))]
KEPT = ("comparison", "unit", "target", "holds", "partly", "cap")  # of a rule, in a reader's file


class FallRule(Rule):
    """A rule of a fall that says of each figure whether it is a fall or a rise."""

    def in_words(self, value: float) -> str:
        return _directed(value, self.unit, super().in_words)

    def short(self, value: float) -> str:
        return _directed(value, self.unit, super().short, against="")


def shown_rule(rule: Rule) -> Rule:
    """The rule as cards and pages show it: that of a fall names the direction of each figure."""
    if rule.comparison != "fall":
        return rule
    return FallRule(**{field.name: getattr(rule, field.name) for field in fields(rule)})


def figure_in_words(value: float, rule: Rule) -> str:
    """A figure with its unit, to the digits of the unit; under a rule of a fall, its direction."""

    def write(figure: float) -> str:
        return units.format_long(figure, rule.unit)

    return _directed(value, rule.unit, write) if isinstance(rule, FallRule) else write(value)


def _directed(
    value: float, unit: str, write: Callable[[float], str], against: str | None = None
) -> str:
    """A figure as a fall, or as a rise, which counts against one."""
    against = WORDS["against"] if against is None else against
    rises = against if value < 0 else ""
    if "negative" in units.UNITS.get(unit, {}):  # such a unit has words for both
        return f"{write(value)}{rises}"
    if not round(value, 9):
        return "no change"
    amount = write(abs(value))
    if amount.startswith("a "):  # "a kappa of 0.12"
        amount = units.format_short(abs(value), unit)
    return f"a {'rise' if value < 0 else 'fall'} of {amount}{rises}"


def read_rule(
    kind: object, rule: object, unit: object, cap: object, numbers: Mapping[str, object]
) -> Rule:
    """The rule that a reader wrote. numbers: holds, partly and target as they were given.

    Raises Problem.
    """
    known_kind = one_of(KINDS, _word(kind, "kind"), "kind of claim")
    if rule == "rise":
        raise Problem(say_own("rise"))
    comparison = one_of(RULES, _word(rule, "rule"), "rule")
    marks = {
        name: None if value is None else _number(value, name) for name, value in numbers.items()
    }
    if fault := _fault(comparison, known_kind, cap, marks):
        than = "larger" if comparison in FALLING else "smaller"
        context = {
            "rule": comparison,
            "kind": known_kind,
            "because": KINDS[known_kind],
            "cap": repr(cap),
        }
        raise Problem(say_own(fault, than=than, **context, **marks))
    given: dict[str, Any] = {"claim": "own", "reading": "main", "parts": (), "levels": {}}
    given |= marks | {"target": marks["target"] or 0, "cap": str(cap or "")}
    result = Rule(comparison=comparison, unit=_unit(unit), **given)
    if result.unit in units.STEPS and max(map(abs, result.edges())) > MOST:
        raise Problem(_not_counted(max(result.edges(), key=abs), result.unit))
    return result


def countable(figure: float, unit: str) -> float:
    """The figure itself. Raises Problem where its unit is counted one by one, and it is not."""
    counted = math.isnan(figure) or (figure >= 0 and figure.is_integer() and figure <= MOST)
    if unit in units.STEPS and not counted:
        raise Problem(_not_counted(figure, unit))
    return figure


def _not_counted(figure: float, unit: str) -> str:
    return say_own("not_counted", unit=unit, most=MOST, figure=f"{figure:,.12g}")


def _word(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise Problem(f"{what} is a word in quotes, not {value!r}")
    return value.strip()


def _number(value: object, name: str) -> float:
    if value is ...:
        without = ", or leave it out" if name == "partly" else ""
        raise Problem(f"{name} is still ... : write a number{without}")
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise Problem(f"{name} is a number without quotes, such as {name}=90, not {value!r}")
    return float(value)


def _unit(value: object) -> str:
    word = _word(value, "unit")
    spellings = units.TABLE["spellings"]
    if word in spellings or word in OWN_UNITS:
        return spellings.get(word, word)
    hint = did_you_mean(word, [*OWN_UNITS, *spellings])
    listed = ", ".join(units.TABLE["listed"])
    raise Problem(f'"{word}" is not a unit: choose {listed}. {hint}'.strip())


def _fault(rule: str, kind: str, cap: object, numbers: Mapping[str, float | None]) -> str:
    """What keeps a rule from deciding, as the name of its sentence; "" where nothing does."""
    holds, target = numbers["holds"], numbers["target"]
    around, falling = rule in AROUND, rule in FALLING
    marks = [mark for mark in (holds, numbers["partly"]) if mark is not None]
    wrong = {
        "no_target": target is not None and not around,
        "lacks_target": target is None and around,
        "target_of_0": target == 0 and rule != "count",
        "no_marks": not marks,
        "never_holds": holds is None and not cap,
        "below_0": (around or rule == STILL) and min(marks, default=0) < 0,
        "from_100": rule == "balance" and max(marks, default=0) >= 100,
        "fall_below_0": rule == "fall" and marks != sorted(marks, reverse=True) and marks[0] < 0,
        "wrong_way": marks != sorted(marks, reverse=not falling),
        "no_such_cap": cap not in (None, "", "partly"),
        "lacks_cap": bool(KINDS[kind]) and not cap,
    }
    return next((name for name, is_so in wrong.items() if is_so), "")


# In the reader's file


def rule_entry(rule: Rule) -> dict[str, Any]:
    """A rule as a reader's file holds it."""
    return {name: getattr(rule, name) for name in KEPT}


def sealed_rule(entry: Mapping[str, Any]) -> Rule:
    """The rule of an entry of a reader's file. Raises Problem, KeyError where it is none."""
    kept = entry["rule"]
    around = kept["comparison"] in AROUND
    numbers = {"holds": kept["holds"], "partly": kept["partly"]}
    numbers |= {"target": kept["target"] if around else None}
    return read_rule(entry["kind"], kept["comparison"], kept["unit"], kept["cap"], numbers)


def is_read(entry: Mapping[str, Any]) -> bool:
    """Whether the rule of an entry of a reader's file is one that is known here."""
    with suppress(Problem, KeyError, TypeError, ValueError, AttributeError):
        return rule_entry(sealed_rule(entry)) == entry["rule"]
    return False
