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
    rule_edges = itertools.chain(*(rule.edges() for rule in rules))
    levels = [level for level in rules[0].levels.values() if isinstance(level, float)]
    table_rows = [row for row in evidence.rows("readings") if row["claim"] == claim]
    table_rows += amended.amendments(claim)
    thresholds = (number(row[name]) for row in table_rows for name in ("holds", "partly"))
    return [*rule_edges, *levels, *(threshold for threshold in thresholds if threshold is not None)]


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
        sentences = self.claims[claim].get("says", {})
        return texts.Entries(f"{self.claims.where}, [{claim}.says]", sentences, "sentence")

    def __call__(self, name: str, /, **figures: Any) -> str:
        """A sentence with its figures: say("E1.fob", value=106.2). One may be a function, which
        is asked for it. While a figure alone is wanted nothing is said: "".
        """
        if UNSAID.get():
            return ""
        figures = {key: figure() if callable(figure) else figure for key, figure in figures.items()}
        claim, _, sentence = name.partition(".")
        entries = self._of(claim)
        return Writer(f"{entries.where}, {sentence}", edges(claim)).fill(entries[sentence], figures)

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
        entries, context = (
            self._of(claim),
            {name: figures[name] for name in figures if name != "noise"},
        )
        sentences = {"reason": self(f"{claim}.{reason or 'reason'}", **context)}
        if not reason and "tips" in entries:
            sentences["tips"] = self(f"{claim}.tips", **context)
        fields = {name: figures[name] for name in figures.keys() & FIELDS}
        tables = self.claims[claim].get("tables", ())
        return Finding(**{"tables": tables, "asides": facts, **sentences, **fields})

    def documented(
        self, claim: str, vintage: Vintage, *, words: str = "", source: str = "any"
    ) -> Finding:
        """The Finding of a claim that a document decides: the level of its rule that the last one
        shows, or the rule's last level where none does.

        words: those before a level in the documents' column `shows`, for another reading of the
        claim; source: "any", or "primary", texts of the states alone. Raises NotHeld where no
        document tells of such a reading.
        """
        levels = {
            f"{words} {level}".strip(): verdict for level, verdict in Rule.of(claim).levels.items()
        }
        kinds = picked({"any": ("primary", "press"), "primary": ("primary",)}, source, "source")
        eligible = [
            document for document in documents(claim, vintage) if document["status"] in kinds
        ]
        deciding = [
            (document, part) for document in eligible for part in shows(document) if part in levels
        ]
        if not deciding and (words or source != "any"):
            raise NotHeld(f"no listed document says this about {claim}")
        if not deciding:
            reason = "No such document is listed."
            return Finding(value=[*levels.values()][-1], reason=reason)
        document, part = deciding[-1]
        context = {"document": document, "day": format_day(document["date"])}
        return self.found(claim, value=levels[part], until=document["date"], **context)


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
    return {
        threshold: f"{name} {words.format(threshold)}"
        for name, threshold, words in levels
        if threshold is not None
    }
