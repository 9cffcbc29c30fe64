"""What the tests of a section's claims say, from its `claims.toml`; and where a verdict changes."""

import dataclasses
from typing import Any

from heldto.claims.documents import documents, shows
from heldto.claims.listed import edges, find_claim, rule_of
from heldto.claims.verdict import UNSAID, Fact, Finding
from heldto.errors import NotHeld
from heldto.evidence import Vintage
from heldto.text import texts
from heldto.text.language import Writer
from heldto.text.options import picked
from heldto.text.words import format_day

FIELDS = {field.name for field in dataclasses.fields(Finding)}
ASKED = {"noise", "grain"}  # functions that are asked where a page tells of them


class Sentences:
    """What the tests of claims say, and the tables they rest on: in `claims.toml` the table
    `sentences` of each claim, and `tables` of its measure.

    A sentence names its figures in the language of all texts; near a threshold they have more
    digits. Raises TextError where the file cannot be read, and for a sentence or a figure that is
    not there.
    """

    def _of(self, claim: str) -> texts.Entries:
        """The sentences of a claim."""
        found = find_claim(claim)
        return texts.Entries(f"{found.where[:-1]}.sentences]", found.sentences, "sentence")

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
        """A fact for `Finding.beside`: the sentence and its value, which the rule judges. noise,
        grain: as of a Finding.
        """
        asked = {name: figures.pop(name) for name in ASKED & figures.keys()}
        sentence = self(name, value=value, **figures)
        return sentence, Finding(value=value, reason=sentence, **asked) if asked else value

    def found(self, claim: str, /, *facts: Fact, **figures: Any) -> Finding:
        """The Finding of a claim, with its sentences `reason`, `tips` and `turned_by`, and its
        tables.

        claim: "E1", or "E1.alone" where another sentence of it is the reason, and neither `tips`
        nor `turned_by` stands with it. facts: what stands beside it, see `Finding.beside`; figures:
        the fields of Finding, and what the sentences name besides them; noise and grain are asked
        where a page tells them.
        """
        claim, _, reason = claim.partition(".")
        entries, context = (
            self._of(claim),
            {name: figures[name] for name in figures if name not in ASKED},
        )
        sentences = {"reason": self(f"{claim}.{reason or 'reason'}", **context)}
        for more in ("tips", "turned_by"):
            if not reason and more in entries:
                sentences[more] = self(f"{claim}.{more}", **context)
        fields = {name: figures[name] for name in figures.keys() & FIELDS}
        return Finding(
            **{"tables": find_claim(claim).tables, "asides": facts, **sentences, **fields}
        )

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
            f"{words} {level}".strip(): verdict for level, verdict in rule_of(claim).levels.items()
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


def bounds(claim: str, holds: str, partly: str = "") -> dict[float, str]:
    """Where the verdict of a claim changes, in words: bounds("F5", "below {:g}") is {0.2: "holds
    below 0.2"}, and what holds for partly, told alike where no words for it are given.
    """
    rule = rule_of(claim)
    levels = ("holds", rule.holds, holds), ("partly", rule.partly, partly or holds)
    return {
        threshold: f"{name} {words.format(threshold)}"
        for name, threshold, words in levels
        if threshold is not None
    }
