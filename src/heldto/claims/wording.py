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
from typing import Any

from heldto import article
from heldto.claims import units
from heldto.claims.rule import AROUND, OF_A_PART, Rule, level
from heldto.errors import RowError
from heldto.text.language import Writer, instead
from heldto.text.words import part, points, rank_in_words, word
from heldto.tr import numerals, tr, tr_noop

COUNTED = {"between": "partly", "fewer": "fails"}  # counts of that verdict, looked for up to 100
MADE = units.TABLE["made"]
MEANS = units.TABLE["means"]  # what a verdict says of a claim, after "it"
PLACE = re.compile(r"\{([^{}:]+):?([^{}]*)\}")
WAYS: dict[str, Callable[[float], str]] = {"word": word, "rank": rank_in_words, "point": points}


def known_in_words(vintage: str) -> str:
    """Until when figures are known in a vintage, in words."""
    month = article.current().month
    return tr("as known in {month}", month=month) if vintage == "then" else tr("since")


def with_numbers(text: str, rule: Rule, numbers: Mapping[str, Any], where: str) -> str:
    """A sentence with the numbers of a rule in it. Raises RowError where one lacks.

    numbers: those that it may name beside the levels; where: as a message begins.
    """

    def slip(says: str) -> RowError:
        return RowError(f"{where}: {says}")

    def put(place: re.Match[str]) -> str:
        name, how = place.groups()
        if name in COUNTED:
            counts = [n for n in range(100) if rule.alone(n) == COUNTED[name]]
            if not counts:
                raise slip(f'no count {COUNTED[name]}, so "{name}" has no number: put it in words')
            return _span(counts, how)
        value = rule.levels.get(name, numbers.get(name))
        if value is None:
            names = [*numbers, *rule.levels]
            raise slip(f'there is no "{name}". {instead(name, [*names, *COUNTED])}')
        if how not in ("", "part", *WAYS) and "=" not in how:
            raise slip(
                f'there is no way to write a number as "{how}". {instead(how, ["part", *WAYS])}'
            )
        return value if isinstance(value, str) else _number_in_words(value, how, rule.unit)

    text = PLACE.sub(put, text)
    if "{" in text or "}" in text:
        raise slip("there is a single brace: write the name of a number in two, such as {holds}")
    return text


def describe_rule(rule: Rule) -> str:
    """A rule in words that are made of its numbers alone: "90 % or more: holds; else: fails"."""
    numbers = {"holds": rule.holds, "partly": rule.partly}
    context = {name: _edge(value, rule) for name, value in numbers.items() if value is not None}
    context |= {"target": units.format_level(rule.target, rule.unit)}
    forms = MADE.get(f"{rule.comparison} {rule.partly}", MADE[rule.comparison])
    pairs = zip(numbers, forms, strict=True)
    fill = Writer(f"units.toml, made, {rule.comparison}").fill
    capped = tr("would hold, and is capped at {verdict}", verdict=tr(rule.cap or "holds"))
    outcomes = {"holds": capped if rule.cap else tr("holds"), "partly": tr("partly")}
    zones = [
        f"{fill(tr(words), context)}: {outcomes[name]}" for name, words in pairs if name in context
    ]
    return tr("{zones}; else: fails", zones="; ".join(zones))


def alternatives_in_words(rule: Rule, numbers: Mapping[str, float]) -> str:
    """The thresholds of the strict and the lenient reading: "strict: 60 %; lenient: 45 %"."""
    unit = "percent" if rule.comparison in OF_A_PART else rule.unit
    named = [name for name in (tr_noop("strict"), tr_noop("lenient")) if name in numbers]
    return "; ".join(f"{tr(name)}: {units.format_level(numbers[name], unit)}" for name in named)


def _edge(value: float, rule: Rule) -> str:
    return (
        numerals(f"{value:g}")
        if rule.comparison in AROUND
        else units.format_level(value, rule.unit)
    )


def _span(counts: list[int], how: str) -> str:
    """Counts in a row: "one or two", "25 to 30"."""
    ends = [_number_in_words(count, how) for count in dict.fromkeys((counts[0], counts[-1]))]
    return (tr(" or ") if len(counts) == 2 else tr(" to ")).join(ends)


def _number_in_words(value: float, how: str, unit: str = "") -> str:
    digits = numerals(f"{value:g}")
    if "=" in how:
        special_case, _, otherwise = how.partition("|")
        special, _, words = special_case.partition("=")
        return words if value == level(special) else otherwise.replace("#", digits)
    if how == "part":
        return part(value, unit)
    return WAYS[how](value) if how else digits
