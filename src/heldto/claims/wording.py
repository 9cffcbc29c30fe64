"""The words of a rule, written from its numbers.

Sentences of data/claims.csv name the numbers in braces: `{partly}`. After a colon stands how one is
written: `{partly:part}` a third, `{partly:word}` three, `{partly:rank}` third, `{partly:point}`
3 points; `{partly:0=at all|by more than # %}` the first words where it is 0, else the second.
`{between:word}` are the counts that are partly right, `{fewer:word}` those that fail.

They are rows that were fixed, some with a digest in data/fixed.csv, so they keep their braces and
are read here. How a number is written is that of all texts (`heldto.text.words`).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from heldto import article
from heldto.claims import units
from heldto.claims.rule import AROUND, VARIED, Rule, level, number, row, row_location
from heldto.errors import RowError
from heldto.text.language import Writer, instead
from heldto.text.words import part, points, rank_in_words, word

COUNTED = {"between": "partly", "fewer": "fails"}  # counts of that verdict, looked for up to 100
MADE = units.TABLE["made"]
NUMBERS = ("target", "holds", "partly", *VARIED)  # of a row, that a sentence may name
KNOWN = {"then": f"as known in {article.current().month}", "since": "since"}
MEANS = units.TABLE["means"]  # what a verdict says of a claim, after "it"
Worded = Literal["measure", "thresholds", "alternatives", "words"]
PLACE = re.compile(r"\{([^{}:]+):?([^{}]*)\}")
WAYS: dict[str, Callable[[float], str]] = {"word": word, "rank": rank_in_words, "point": points}


def rule_text(rule: Rule, column: Worded, held: Mapping[str, Any] | None = None) -> str:
    """A sentence of a claim's row with its numbers in it. Raises RowError where one lacks.

    held: another row, of an amendment.
    """
    cells = held or row(rule.claim)

    def slip(says: str) -> RowError:
        where = (
            row_location("amendments", claim=rule.claim, **{column: cells[column]}) if held else ""
        )
        where = where or row_location("claims", id=rule.claim)
        return RowError(f"{where}, column {column}: {says}")

    def put(place: re.Match[str]) -> str:
        name, how = place.groups()
        if name in COUNTED:
            counts = [n for n in range(100) if rule.alone(n) == COUNTED[name]]
            if not counts:
                raise slip(f'no count {COUNTED[name]}, so "{name}" has no number: put it in words')
            return _span(counts, how)
        cell_value = number(cells[name]) if name in NUMBERS and name in cells else None
        value = rule.levels.get(name, cell_value)
        if value is None:
            names = [*(one for one in NUMBERS if number(cells.get(one)) is not None), *rule.levels]
            raise slip(f'there is no "{name}". {instead(name, [*names, *COUNTED])}')
        if how not in ("", "part", *WAYS) and "=" not in how:
            raise slip(
                f'there is no way to write a number as "{how}". {instead(how, ["part", *WAYS])}'
            )
        return value if isinstance(value, str) else _written(value, how, rule.unit)

    text = PLACE.sub(put, cells[column])
    if "{" in text or "}" in text:
        raise slip("there is a single brace: write the name of a number in two, such as {holds}")
    return text


def describe_rule(rule: Rule) -> str:
    """A rule in words that are made of its numbers alone: "90 % or more: holds; else: fails"."""
    numbers = {"holds": rule.holds, "partly": rule.partly}
    context = {name: _edge(value, rule) for name, value in numbers.items() if value is not None}
    context |= {"target": units.format_edge(rule.target, rule.unit)}
    forms = MADE.get(f"{rule.comparison} {rule.partly}", MADE[rule.comparison])
    pairs = zip(numbers, forms, strict=True)
    fill = Writer(f"units.toml, made, {rule.comparison}").fill
    capped = f"would hold, and is capped at {rule.cap}" if rule.cap else "holds"
    outcomes = {"holds": capped, "partly": "partly"}
    zones = [
        f"{fill(words, context)}: {outcomes[name]}" for name, words in pairs if name in context
    ]
    return f"{'; '.join(zones)}; else: fails"


def _edge(value: float, rule: Rule) -> str:
    return f"{value:g}" if rule.comparison in AROUND else units.format_edge(value, rule.unit)


def _span(counts: list[int], how: str) -> str:
    """Counts in a row: "one or two", "25 to 30"."""
    ends = [_written(count, how) for count in dict.fromkeys((counts[0], counts[-1]))]
    return (" or " if len(counts) == 2 else " to ").join(ends)


def _written(value: float, how: str, unit: str = "") -> str:
    digits = f"{value:g}"
    if "=" in how:
        special_case, _, otherwise = how.partition("|")
        special, _, words = special_case.partition("=")
        return words if value == level(special) else otherwise.replace("#", digits)
    if how == "part":
        return part(value, unit)
    return WAYS[how](value) if how else digits
