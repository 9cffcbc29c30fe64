"""What the tests of a section's claims say, from its `claims.toml`; and where a verdict changes."""

import dataclasses
import itertools
import tomllib
from typing import Any, get_args

from heldto import article, evidence
from heldto.claims import Finding, Rule, amended
from heldto.claims.amended import documents, shows
from heldto.claims.rule import Variant, number
from heldto.claims.verdict import UNSAID, Fact
from heldto.errors import NotHeld
from heldto.evidence import Vintage
from heldto.evidence.caching import cached
from heldto.text import texts
from heldto.text.language import Writer
from heldto.text.options import picked
from heldto.text.words import format_day

FIELDS = {field.name for field in dataclasses.fields(Finding)}


@cached
def edges(claim: str) -> list[float]:
    """The values at which a verdict on a claim changes: by its rule, strict and lenient, by an
    amended one, by another reading. Raises UnknownClaim.
    """
    rules = [Rule.of(claim, reading) for reading in get_args(Variant)]
    own = itertools.chain(*(rule.edges() for rule in rules))
    levels = [one for one in rules[0].levels.values() if isinstance(one, float)]
    others = [one for one in evidence.rows("readings") if one["claim"] == claim]
    others += amended.amendments(claim)
    held = (number(one[name]) for one in others for name in ("holds", "partly"))
    return [*own, *levels, *(at for at in held if at is not None)]


class Sentences:
    """What the tests of a section's claims say, and the tables they rest on: in its `claims.toml`
    the table `says` of each claim, and its key `tables`.

    A sentence names its figures in the language of all texts; near a threshold they have more
    digits. Raises TextError where the file cannot be read, and for a sentence or a figure that is
    not there.
    """

    def __init__(self, section: str) -> None:
        self.claims = _without_readings(section)

    def _of(self, claim: str) -> texts.Entries:
        """The sentences of a claim."""
        said = self.claims[claim].get("says", {})
        return texts.Entries(f"{self.claims.where}, [{claim}.says]", said, "sentence")

    def __call__(self, name: str, /, **figures: Any) -> str:
        """A sentence with its figures: say("E1.fob", value=106.2). One may be a function, which
        is asked for it. While a figure alone is wanted nothing is said: "".
        """
        if UNSAID.get():
            return ""
        figures = {key: one() if callable(one) else one for key, one in figures.items()}
        claim, _, sentence = name.partition(".")
        own = self._of(claim)
        return Writer(f"{own.where}, {sentence}", edges(claim)).fill(own[sentence], figures)

    def fact(self, name: str, value: Any, /, **figures: Any) -> tuple[str, Any]:
        """A fact for `Finding.beside`: the sentence and its value, which the rule judges."""
        return self(name, value=value, **figures), value

    def found(self, claim: str, /, *facts: Fact, **figures: Any) -> Finding:
        """The Finding of a claim, with its sentences `reason` and `tips`, and its tables.

        claim: "E1", or "E1.alone" where another sentence of it is the reason, and no `tips` stand
        with it. facts: what stands beside it, see `Finding.beside`; figures: the fields of Finding,
        and what the sentences name besides them; noise is asked where a page tells it.
        """
        claim, _, reason = claim.partition(".")
        own, told = self._of(claim), {name: figures[name] for name in figures if name != "noise"}
        said = {"reason": self(f"{claim}.{reason or 'reason'}", **told)}
        if not reason and "tips" in own:
            said["tips"] = self(f"{claim}.tips", **told)
        fields = {name: figures[name] for name in figures.keys() & FIELDS}
        credited = self.claims[claim].get("tables", ())
        return Finding(**{"tables": credited, "asides": facts, **said, **fields})

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
            raise NotHeld(f"no listed document says this about {claim}")
        if not read:
            none = "No such document is listed."
            return Finding(value=[*levels.values()][-1], reason=none)
        document, part = read[-1]
        told = {"document": document, "day": format_day(document["date"])}
        return self.found(claim, value=levels[part], until=document["date"], **told)


def _without_readings(section: str) -> texts.Entries:
    """The claims of a section as its `claims.toml` has them, but for their readings: no sentence
    needs them, and to read them takes several times as long as all the rest. Raises TextError.
    """
    path = article.section_dir(section) / "claims.toml"
    try:
        blocks = path.read_text(encoding="utf-8").split("\n[")
        kept = [block for block in blocks if ".readings." not in block.partition("]")[0]]
        return texts.Entries(texts.file_in_messages(path), tomllib.loads("\n[".join(kept)), "claim")
    except (FileNotFoundError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return texts.of_section(section, "claims", "claim")  # it says what is wrong, and where


def bounds(claim: str, holds: str, partly: str = "") -> dict[float, str]:
    """Where the verdict of a claim changes, in words: bounds("F5", "below {:g}") is {0.2: "holds
    below 0.2"}, and what holds for partly, told alike where no words for it are given.
    """
    rule = Rule.of(claim)
    levels = ("holds", rule.holds, holds), ("partly", rule.partly, partly or holds)
    return {at: f"{name} {words.format(at)}" for name, at, words in levels if at is not None}
