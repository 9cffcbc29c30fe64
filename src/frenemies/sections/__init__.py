"""What this article says: a package a section, each with its claims, pictures and exercises.

Here: what all of them share.
"""

import dataclasses
import itertools
import re
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, get_args

import lazy_loader

from frenemies import texts
from heldto import evidence
from heldto.claims import Finding, Rule, amended
from heldto.claims.amended import documents, shows
from heldto.claims.rule import Reading, number
from heldto.claims.verdict import Fact
from heldto.errors import NotHeld, Problem, TextError, is_second
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text.arguments import one_of
from heldto.text.words import day, enough_digits

NOTEBOOKS = {  # of the sections, as they come
    "economic": "01_economic",
    "geopolitical": "02_geopolitical",
    "military": "03_military",
    "verdict": "04_verdict",
    "own": "05_your_own_claim",
}
FIELDS = {field.name for field in dataclasses.fields(Finding)}
BOTH = ("CHN", "RUS")  # the two leads
ALLIES = ("JPN", "KOR", "PHL", "TWN", "VNM")  # the five that the article calls allies of the USA
LENGTHS = {"5": 5, "10": 10}  # of a window of arms, in years
CARRIER = {"with": "", "without": "Kuznetsov -"}  # what a reading leaves out of China's arms
BETWEEN = "#7A2E8E"  # their colour together: between red and blue


def _texts(section: str, kind: str, what: str) -> texts.Entries:
    """The tables of a section's TOML file; what: what one is. Raises TextError where it cannot be
    read.
    """
    path = Path(__file__).parent / section / f"{kind}.toml"
    return texts.Entries(texts.place(path), texts.read(path), what)


class Captions(texts.Entries):
    """What the pictures of a section always say: fields of each by its key.

    Of a key that is not there only the slip is held, which is raised when that picture is asked
    for: the others of its module can be drawn.
    """

    def __getitem__(self, key: str) -> dict[str, Any]:
        try:
            fields = super().__getitem__(key)
        except TextError as slip:
            return {"key": key, "slip": slip}
        return {"key": key, "where": f"{self.where}, [{key}]", **fields}


def captions(section: str) -> Captions:
    """What the pictures of a section always say, from its `pictures.toml`. Raises TextError where
    the file cannot be read as TOML.
    """
    held = _texts(section, "pictures", "picture")
    own = {key: fields for key, fields in held.items() if key != "words"}
    return Captions(held.where, own, held.what)


def labels(section: str) -> texts.Entries:
    """What stands on the pictures of a section by itself: the table `words` of that file. Raises
    TextError where there is none, and for a word that is not there.
    """
    held = _texts(section, "pictures", "table")
    return _named(f"{held.where}, [words]", held["words"])


def _named(where: str, held: Mapping[str, Any]) -> texts.Entries:
    """A table of words, and the tables in it, whose missing words are named."""
    inside = {
        name: _named(f"{where}, {name}", one) if isinstance(one, dict) else one
        for name, one in held.items()
    }
    return texts.Entries(where, inside, "word")


def filled(caption: Mapping[str, Any], field: str, **figures: Any) -> str:
    """A field of a picture's caption with its figures. Raises TextError."""
    if "slip" in caption:
        raise caption["slip"]
    where = f"{caption['where']}, {field}"
    return texts.Filler(where).fill(texts.Entries(where, caption, "field")[field], figures)


class Figures(texts.Filler):
    """Fills a claim's sentences: a figure near one of its thresholds has more digits."""

    def __init__(self, where: str, edges: Collection[float]) -> None:
        super().__init__(where)
        self.edges = edges

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.endswith("f"):
            format_spec = enough_digits(format_spec, float(value), self.edges)
        return format(value, format_spec)


@cached
def edges(claim: str) -> list[float]:
    """The values at which a verdict on a claim changes: by its rule, strict and lenient, by an
    amended one, by another reading. Raises UnknownClaim.
    """
    rules = [Rule.of(claim, reading) for reading in get_args(Reading)]
    own = itertools.chain(*(rule.edges() for rule in rules))
    levels = [one for one in rules[0].levels.values() if isinstance(one, float)]
    others = [one for one in evidence.rows("readings") if one["claim"] == claim]
    others += amended.rows(claim)
    held = (number(one[name]) for one in others for name in ("holds", "partly"))
    return [*own, *levels, *(at for at in held if at is not None)]


class Sentences:
    """What the tests of a section's claims say, and the tables they rest on: its `claims.toml`.

    A sentence names its figures as str.format does; near a threshold they have more digits. Raises
    TextError where the file cannot be read, and for a sentence or a figure that is not there.
    """

    def __init__(self, section: str) -> None:
        self.claims = _texts(section, "claims", "claim")

    def _of(self, claim: str) -> texts.Entries:
        """The sentences of a claim, and its tables."""
        return texts.Entries(f"{self.claims.where}, [{claim}]", self.claims[claim], "sentence")

    def __call__(self, name: str, /, **figures: Any) -> str:
        """A sentence with its figures: say("E1.fob", value=106.2)."""
        claim, _, sentence = name.partition(".")
        own = self._of(claim)
        template, where = own[sentence], f"{own.where}, {sentence}"
        return Figures(where, edges(claim)).fill(template, figures)

    def fact(self, name: str, value: Any, /, **figures: Any) -> tuple[str, Any]:
        """A fact for `Finding.beside`: the sentence and its value, which the rule judges."""
        return self(name, value=value, **figures), value

    def found(self, claim: str, /, *facts: Fact, **figures: Any) -> Finding:
        """The Finding of a claim, with its sentences `reason` and `tips`, and its tables.

        claim: "E1", or "E1.alone" where another sentence of it is the reason, and no `tips` stand
        with it. facts: what stands beside it, see `Finding.beside`; figures: the fields of Finding,
        and what the sentences name besides them.
        """
        claim, _, reason = claim.partition(".")
        own = self._of(claim)
        said = {"reason": self(f"{claim}.{reason or 'reason'}", **figures)}
        if not reason and "tips" in own:
            said["tips"] = self(f"{claim}.tips", **figures)
        fields = {name: figures[name] for name in figures.keys() & FIELDS}
        return Finding(**{"tables": own.get("tables", ()), "asides": facts, **said, **fields})

    def documented(
        self, claim: str, vintage: Vintage, *, words: str = "", source: str = "any"
    ) -> Finding:
        """The Finding of a claim that a document decides: the level of its rule that the last one
        shows, or the rule's last level where none does.

        words: those before a level in the documents' column `shows`, for another reading of the
        claim; source: "any", or "primary", texts of the states alone. Raises NotHeld where no
        document tells of such a reading.
        """
        levels = {f"{words} {level}".strip(): said for level, said in Rule.of(claim).levels.items()}
        kinds = picked({"any": ("primary", "press"), "primary": ("primary",)}, source, "source")
        held = [one for one in documents(claim, vintage) if one["status"] in kinds]
        read = [(one, part) for one in held for part in shows(one) if part in levels]
        if not read and (words or source != "any"):
            raise NotHeld(f"no document that is listed tells this of {claim}")
        if not read:
            none = "No document of the kind is listed."
            return Finding(value=[*levels.values()][-1], reason=none)
        document, part = read[-1]
        told = {"document": document, "day": day(document["date"])}
        return self.found(claim, value=levels[part], until=document["date"], **told)


def picked(options: Mapping[str, Any], word: str, what: str) -> Any:
    """What an option of a reading stands for; what: of which choice, in words. Raises Problem."""
    return options[one_of(options, word, what)]


def span_of(words: str) -> tuple[int, int]:
    """The first and the last year of "2017-18", or of "2018". Raises Problem."""
    if not re.fullmatch(r"\d{4}(-(\d\d){1,2})?", words):
        raise Problem(f'"{words}" is no year and no span here: write it like 2018, or 2017-18')
    first, last = words[:4], words[5:] or words[:4]
    return int(first), int(first[: 4 - len(last)] + last)


@cached
def year_of(table: str, vintage: Vintage, option: str = "") -> int:
    """The year that an option of a reading names, among all years of a table; the last one of the
    vintage where it is "". Raises Problem.
    """
    years = {str(year): int(year) for year in evidence.table(table).year.unique()}
    last = int(evidence.table(table, vintage).year.max())
    return picked({"": last} | years, option, "year")


def bounds(claim: str, holds: str, partly: str = "") -> dict[float, str]:
    """Where the verdict of a claim changes, in words: bounds("F5", "below {:g}") is {0.2: "holds
    below 0.2"}, and what holds for partly, told alike where no words for it are given.
    """
    rule = Rule.of(claim)
    levels = ("holds", rule.holds, holds), ("partly", rule.partly, partly or holds)
    return {at: f"{name} {words.format(at)}" for name, at, words in levels if at is not None}


def together(word: str) -> bool:
    """Whether a reader's switch has those shown as one: "apart" or "together". Raises Problem."""
    return is_second(word, "apart", "together")


def face(section: str, claims: str = "", **pictures: str) -> tuple[Callable, Callable, list[str]]:
    """`__getattr__`, `__dir__` and `__all__` of a section (the full name of its package): what it
    imports, and beside that what its modules lend, loaded when it is asked for.

    claims: the names that its claims lend; pictures: what each module there draws, without
    `_picture`.
    """
    lent = {"claims": claims.split()}
    for module, drawn in pictures.items():
        lent[f"pictures.{module}"] = [f"{name}_picture" for name in drawn.split()]
    find, _, names = lazy_loader.attach(section, ["claims"], lent)

    def known() -> list[str]:
        every = {*vars(sys.modules[section]), *names}
        return sorted(name for name in every if not name.startswith("_"))

    return find, known, names


__getattr__ = lazy_loader.attach(__name__, NOTEBOOKS)[0]
