"""The rule of a reader's own claim: read from what they wrote, kept in their file, and its seal."""

import hashlib
import json
import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from numbers import Real
from typing import Any

from frenemies.claims import units
from frenemies.claims.rule import AROUND, COMPARISONS, Rule
from frenemies.errors import Problem
from frenemies.measures.arguments import one_of

KINDS = {  # of claims, and why all but one kind can hold only partly
    "descriptive": "",
    "causal": "no table here shows a cause",
    "intention": "no table here shows what somebody has in mind",
    "forecast": "no table here shows what is yet to come",
}
RULES = (*COMPARISONS, *AROUND)
FALLING = ("at_most", "less_than", *AROUND)  # the lower threshold is the harder one
MOST = 1_000  # of what is counted one by one
OWN_UNITS = [unit for unit in units.UNITS if not unit.endswith((" of eight", " of five"))]
KEPT = ("comparison", "unit", "target", "holds", "partly", "cap")  # of a rule, in a reader's file
CONTENT = ("claim", "kind", "rule", "measure")  # what is hashed; a measure where one is named
ENTRY = ("claim", "kind", "rule", "hash", "time")


def read(
    kind: object, rule: object, unit: object, cap: object, numbers: Mapping[str, object]
) -> Rule:
    """The rule that a reader wrote. numbers: holds, partly and target as they were given.

    Raises Problem.
    """
    named = one_of(KINDS, _word(kind, "kind"), "kind of claim")
    comparison = one_of(RULES, _word(rule, "rule"), "rule")
    marks = {name: None if one is None else _number(one, name) for name, one in numbers.items()}
    _check_target(comparison, marks["target"])
    _check_marks(comparison, marks["holds"], marks["partly"], capped=bool(cap))
    _check_cap(named, cap)
    made = Rule(
        claim="own",
        reading="main",
        comparison=comparison,
        unit=_unit(unit),
        parts=(),
        target=marks["target"] or 0,
        holds=marks["holds"],
        partly=marks["partly"],
        cap=str(cap or ""),
        varied=False,
        levels={},
    )
    if made.unit in units.STEPS and max(map(abs, made.edges())) > MOST:
        raise Problem(_not_counted(max(made.edges(), key=abs), made.unit))
    return made


def countable(figure: float, unit: str) -> float:
    """The figure itself. Raises Problem where its unit is counted one by one, and it is not."""
    counted = math.isnan(figure) or (figure >= 0 and figure.is_integer() and figure <= MOST)
    if unit in units.STEPS and not counted:
        raise Problem(_not_counted(figure, unit))
    return figure


def _not_counted(figure: float, unit: str) -> str:
    known = f"{unit} are counted here one by one, from 0 to {MOST:,}, and {figure:,.12g} is not"
    return f'{known}: take unit="number"'


def _word(given: object, what: str) -> str:
    if not isinstance(given, str):
        raise Problem(f"{what} is a word in quotes, not {given!r}")
    return given.strip()


def _number(given: object, name: str) -> float:
    if given is ...:
        raise Problem(f"{name} is still ... : write a number")
    if isinstance(given, bool) or not isinstance(given, Real) or not math.isfinite(given):
        raise Problem(f"{name} is a number without quotes, such as {name}=90, not {given!r}")
    return float(given)


def _unit(given: object) -> str:
    said = _word(given, "unit")
    known = units.TABLE["spellings"]
    return known[said] if said in known else one_of(OWN_UNITS, said, "unit")


def _check_target(comparison: str, target: float | None) -> None:
    if comparison not in AROUND and target is not None:
        raise Problem(f'the rule "{comparison}" has no target: leave it out')
    if comparison in AROUND and target is None:
        raise Problem(
            f'the rule "{comparison}" lacks its target, the figure that the claim names: target=100'
        )
    if target == 0 and comparison != "count":
        raise Problem("nothing is within some percent of 0: take another target, or another rule")


def _check_marks(
    comparison: str, holds: float | None, partly: float | None, *, capped: bool
) -> None:
    if holds is None and partly is None:
        raise Problem("the rule has no numbers: say from where on the claim holds=, and is partly=")
    if holds is None and not capped:
        raise Problem("the claim could never hold: say from where on, holds=90")
    if comparison in AROUND and min(mark for mark in (holds, partly) if mark is not None) < 0:
        raise Problem(
            f'with "{comparison}" holds and partly say how far off the figure may be: 0 or more'
        )
    if comparison == "balance" and max(mark for mark in (holds, partly) if mark is not None) >= 100:
        raise Problem("a balance of the other sign fails: holds and partly are below 100 percent")
    if holds is None or partly is None:
        return
    falling = comparison in FALLING
    if holds > partly if falling else holds < partly:
        than = "larger" if falling else "smaller"
        raise Problem(
            f'the thresholds are the wrong way round: with "{comparison}" what holds ({holds:g}) '
            f"cannot be {than} than what is partly right ({partly:g})"
        )


def _check_cap(kind: str, cap: object) -> None:
    if cap not in (None, "", "partly"):
        raise Problem(f'the one cap there is is cap="partly", not {cap!r}')
    if KINDS[kind] and not cap:
        raise Problem(
            f"of the kind {kind} a claim can be partly right at best, as {KINDS[kind]}: "
            'say so with cap="partly"'
        )


# In the reader's file


def kept(rule: Rule) -> dict[str, Any]:
    """A rule as a reader's file holds it."""
    return {name: getattr(rule, name) for name in KEPT}


def text(content: Mapping[str, Any]) -> str:
    """What is hashed, of a claim or its entry: JSON with sorted keys and no spaces."""
    whole = {name: content[name] for name in CONTENT if name in content}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: Mapping[str, Any]) -> str:
    """The hash of a claim with its rule: SHA-256 of its `text` in UTF-8."""
    return hashlib.sha256(text(content).encode()).hexdigest()


def rule_of(entry: Mapping[str, Any]) -> Rule:
    """The rule of an entry of a reader's file. Raises Problem, KeyError where it is none."""
    held = entry["rule"]
    around = held["comparison"] in AROUND
    numbers = {"holds": held["holds"], "partly": held["partly"]}
    numbers |= {"target": held["target"] if around else None}
    return read(entry["kind"], held["comparison"], held["unit"], held["cap"], numbers)


def sound(entry: Any) -> bool:
    """Whether an entry of a reader's file is a sealed claim, as it was sealed."""
    if not isinstance(entry, dict) or set(ENTRY) - set(entry):
        return False
    with suppress(Problem, KeyError, TypeError, ValueError, AttributeError):
        whole = kept(rule_of(entry)) == entry["rule"] and isinstance(entry["claim"], str)
        times = [
            datetime.fromisoformat(entry[name]) for name in ("time", "judged") if name in entry
        ]
        return whole and digest(entry) == entry["hash"] and all(one.tzinfo for one in times)
    return False
