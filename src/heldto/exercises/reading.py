"""Reading what a reader hands in: a number with or without its unit, or a list of actors.

The script of the handouts (`answers.js`) reads the same from the same `units.toml`;
`tests/spellings.json` holds both to it.
"""

import copy
import math
import re
import tomllib
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from heldto import evidence
from heldto.errors import did_you_mean
from heldto.evidence import actors, examples
from heldto.exercises.words import say
from heldto.tr import numerals, tr

UNITS = tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"))
ARTICLES = ("the", "die", "der", "das")  # before the name of an actor
FRACTIONS = ("index", "score")  # units of which a percentage is a hundredth
WIDE = {place + 0xFEE0: place for place in range(0x21, 0x7F)}  # full width
LIKE_OURS = WIDE | str.maketrans("−–—‐‑﹣、،", "------,,")
# of a number with several marks: thousands alike and in groups, and one other before decimals
MANY_MARKS = r"[0-9]{1,3}([.,])([0-9]{2,3}\1)*[0-9]{3}((?!\1)[.,][0-9]*)?(e.+)?"
AT_MOST = 100  # entries that are read of a list or table, which may be endless


class Unreadable(ValueError):
    """No answer could be made out; the message says why."""


class Figure(NamedTuple):
    """A figure as it was written.

    numbers: all that it can mean ("107,1" is 107.1, "107,100" also 107100); factor: what the word
    beside it multiplies it by; beside: that word, "" where there is none.
    """

    numbers: list[float]
    factor: float = 1.0
    beside: str = ""

    @property
    def scaled(self) -> list[float]:
        """The numbers in the unit that was asked for."""
        return [number * self.factor for number in self.numbers]


def single(answer: Any) -> Any:
    """The one value inside a Series, DataFrame, array, list or dict; else the answer itself.

    Raises Unreadable where there are several.
    """
    if isinstance(answer, pd.DataFrame):
        answer = answer.select_dtypes("number") if answer.shape[1] > 1 else answer
        answer = answer.to_numpy().ravel()
    if isinstance(answer, dict):
        answer = list(answer.values())
    if not hasattr(answer, "__len__") or isinstance(answer, (str, bytes)):
        return answer
    if len(answer) != 1:
        raise Unreadable(say("several", count=len(answer)))
    return single(next(iter(answer)))


def with_our_signs(text: str) -> str:
    """A text with the signs of other keyboards (full width, dashes), and "minus", as ours."""
    return re.sub(r"\bminus\s*", "-", text.translate(LIKE_OURS), flags=re.IGNORECASE)


def read_figure(answer: Any, unit: str = "") -> Figure:
    """An answer as a Figure. Raises Unreadable without a number, or with another unit."""
    answer = single(answer)
    if isinstance(answer, bool) or answer is None:
        raise Unreadable(tr("That is not a number."))
    if not isinstance(answer, str):
        return Figure([_finite(answer)])
    text = with_our_signs(answer).strip().casefold()
    word = text.rstrip(".")
    written = spelt_here("numerals", UNITS["numerals"])
    if word in written:
        return Figure([float(written.index(word))])
    text = re.sub(r"(?<=[0-9])[\s'’_](?=[0-9]{3}(?![0-9]))", "", text)
    numbers = re.findall(r"([-+]?)\s?([.,]?[0-9][0-9.,]*(?:e[-+]?[0-9]+)?)", text)
    if not numbers:
        raise Unreadable(tr("There is no number in that: write one with the digits 0 to 9."))
    if len(numbers) > 1:
        raise Unreadable(tr("The question asks for one number."))
    sign, digits = numbers[0]
    factor, beside = _beside(text, unit)
    return Figure([_finite(sign + one) for one in _decimals(digits.rstrip(".,"))], factor, beside)


def _finite(number: Any) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise Unreadable(tr("That is not a number."))
    return value


def _decimals(digits: str) -> list[str]:
    """What a number can mean, with a decimal point: comma and point may each be one."""
    marks = re.findall("[.,]", digits)
    if len(marks) > 1:
        if not re.fullmatch(MANY_MARKS, digits):
            raise Unreadable(
                tr(
                    "{digits} is not a number: write one point or comma before the decimals.",
                    digits=digits,
                )
            )
        whole, mark, decimals = digits.rpartition(marks[-1])
        whole = re.sub("[.,]", "", whole)
        return [f"{whole}.{decimals}" if mark != marks[0] else whole + decimals]
    is_grouped = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits) and marks[0] == thousands()
    return [digits.replace(",", "."), *([digits.replace(marks[0], "")] if is_grouped else [])]


def thousands() -> str:
    """The mark between thousands: "1,312", and "1.312" in German."""
    return numerals("1,000")[1]


def spelt_here(name: str, words: list[str]) -> list[str]:
    """How words beside a figure, or numerals, are spelt in the language of the article."""
    return tr(";".join(words), context=name).split(";")


def page_units() -> dict[str, Any]:
    """What the script of a page needs to read figures, in the language of the article."""
    units = copy.deepcopy(UNITS)
    units["thousands"] = thousands()
    units["numerals"] = spelt_here("numerals", UNITS["numerals"])
    units["beside"] = {name: spelt_here(name, words) for name, words in UNITS["beside"].items()}
    for unit in units["units"].values():
        unit |= {key: tr(unit[key]) for key in ("form", "asked") if key in unit}
        unit |= {"slips": {factor: tr(why) for factor, why in unit.get("slips", {}).items()}}
    return units | {"slips": {factor: tr(why) for factor, why in UNITS["slips"].items()}}


def _beside(text: str, unit: str) -> tuple[float, str]:
    """What the words beside a figure multiply it by, and the one that does."""
    spelt = {name: spelt_here(name, words) for name, words in UNITS["beside"].items()}
    words = [name for name, some in spelt.items() if any(_stands(one, text) for one in some)]
    entry = UNITS["units"].get(unit)
    if entry and (other_words := [word for word in words if word not in entry["fits"]]):
        raise Unreadable(
            tr("That is in {unit}: {asked}.", unit=tr(other_words[0]), asked=tr(entry["asked"]))
        )
    if unit in FRACTIONS and words:
        return 0.01, "percent"
    size = next((size for size in UNITS["sizes"] if size in words), "")
    if not size or not entry:
        return 1.0, size
    return UNITS["sizes"][size] / (1e9 if unit else 1), size


def _stands(word: str, text: str) -> bool:
    """Whether a word, or a sign, stands in a text: "bn" does in "88bn", not in "lisbn"."""
    if not word.isalpha():
        return word in text
    before = "[0-9] ?" if len(word) == 1 else "(^|[^a-z])"
    return bool(re.search(rf"{before}{word}s?([^a-z]|$)", text))


def split_answer(answer: Any) -> list[str]:
    """Words of an answer that lists something: text with commas, an iterable, a column."""
    if isinstance(answer, str):
        parts = re.split(
            r"[,;/&\n]|\b(?:and|und)\b", answer.translate(LIKE_OURS), flags=re.IGNORECASE
        )
        words = [part.strip().lstrip("-*•").strip() for part in parts]
        return [word for word in words if word]
    if isinstance(answer, pd.DataFrame):
        answer = answer.select_dtypes(exclude="number").iloc[:, 0]
    return [str(word) for word in islice(answer, AT_MOST)]


def codes(answer: Any) -> list[str]:
    """ISO3 of the actors that an answer lists, sorted.

    Raises Unreadable with what could not be read, two of them at most.
    """
    actor_codes, faults = set(), []
    for entry in split_answer(answer):
        try:
            actor_codes.update(_codes_in(entry.split()))
        except Unreadable as error:
            faults.append(str(error))
    if faults or not actor_codes:
        raise Unreadable(" ".join(faults[:2]) or tr("That names no actor."))
    return sorted(actor_codes)


def _codes_in(words: list[str]) -> list[str]:
    """ISO3 of each actor that words name, with commas or without: "JPN KOR", "the Philippines"."""
    if not words:
        return []
    for size in range(min(len(words), 5), 0, -1):
        word = " ".join(words[:size])
        if code := actors.known(word) or actors.known(word.rstrip(".")):
            return [code, *_codes_in(words[size:])]
    if words[0].casefold() in ARTICLES:
        return _codes_in(words[1:])
    raise Unreadable(_which(words[0].strip(".")) or _unknown(" ".join(words).strip(".")))


def code_or_word(word: Any) -> str:
    """ISO3 of an actor, or the word itself where it names none."""
    return actors.known(word) or str(word)


def state_name(code: str) -> str:
    """The name of a state, and any other word as it is."""
    return actors.name(code) if code in actors.ALL else code


def _which(word: str) -> str:
    """Asks which of several actors is meant; nothing where at most one can be."""
    names = sorted(actors.name(code) for code in actors.ALL)
    matches = [name for name in names if name.split()[-1].casefold() == word.casefold()]
    if len(matches) < 2:
        return ""
    last, either = matches[0].split()[-1], tr(" or ").join(matches)
    return tr('"{word}" can be {names}: say which.', word=last, names=either)


def _unknown(word: str) -> str:
    rows = evidence.rows("actors")
    labels = {name: f"{row['actor']} ({row['name']})" for row in rows for name in _names(row)}
    return say(
        "no_actor", word=word, actor=examples.actor(), near=did_you_mean(word, labels)
    ).strip()


def _names(row: dict) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split(";"))]


def actor_spellings() -> str:
    """Every name of every actor, for the script: "JPN=Japan|Tokyo;KOR=South Korea|..."."""
    return ";".join(f"{row['actor']}={'|'.join(_names(row))}" for row in evidence.rows("actors"))


def scale_slips(unit: str | None = None) -> dict[float, str]:
    """{factor: what happened} of slips of scale with a unit; without one, of sign and point."""
    slips = UNITS["slips"] if unit is None else UNITS["units"].get(unit, {}).get("slips", {})
    return {float(factor): tr(why) for factor, why in slips.items()}


def veil(text: str) -> str:
    """A text as eight figures from which it cannot be read at a glance: FNV-1a.

    A veil over the answers in a page, not a lock.
    """
    number = 0x811C9DC5
    for byte in text.encode():
        number = (number ^ byte) * 0x01000193 % 2**32
    return f"{number:08x}"
