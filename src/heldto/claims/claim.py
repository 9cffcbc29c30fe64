"""One claim of an article, whole: what it says, how its figure is found, the rule that decides, its
other readings and what its card says. `heldto.claims.reader` reads it from its `claims.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from heldto.claims.keys import Table
from heldto.claims.rule import VARIED, Rule
from heldto.claims.wording import with_numbers
from heldto.tr import tr

Worded = Literal["what", "thresholds", "alternatives"]
Option = Mapping[str, Any]  # of a reading, see ArticleClaim.readings
NAN = float("nan")


@dataclass(frozen=True, kw_only=True)
class ArticleClaim:
    """One claim of an article.

    where: file and key, as a message begins.
    voice: whose claim it is: the author's own, reported or quoted by the author.
    section, notebook: where it is walked through.
    due: the year in which what it forecasts is due; before, it is open.
    standing: whether it is judged on the latest year that there is.
    proxy: what the measure stands for; differs: where the rule asks another thing than the sentence
    of the article, what each says; would_decide: what would decide it where no table can;
    cannot: what its figure cannot show.
    measured_by: a shape of `heldto.measures`, a function in Python, documents, or nothing.
    measure: {shape, table, ...}, {} where no shape measures it; what: the same in words.
    numbers: of its rule, as written, by the names that its sentences use; levels: likewise.
    thresholds, alternatives: the rule, and what is stricter or looser, in words. A number stands in
    them by its name in single braces: `told` puts it in.
    readings: the options of each dimension, the claim's own first. Each is a dict with claim,
    dimension, option, label, why, own, alone, rule, holds, partly, asks, added (the day, where that
    is after its rule was fixed; else "") and puts: what it puts in place of the measure's.
    draw: the line that a reader draws before it is shown, None where there is none.
    sentences: what its test says, by name.
    block: its table in the file, with what was sealed in its place; written: as it stands there.
    fault: what cannot be read in it, "" where all can; with a fault it has its sentence alone.
    """

    id: str
    where: str
    section: str
    notebook: str
    says: str
    kind: str = "descriptive"
    voice: str = "author"
    standing: bool = False
    paragraph: int | None = None
    due: int | None = None
    actors: list[str]
    proxy: str = ""
    differs: str = ""
    would_decide: str = ""
    cannot: str = ""
    measured_by: Literal["shape", "Python", "documents", "nothing"] = "nothing"
    measure: Table = field(default_factory=dict)
    what: str = "not read"
    tables: list[str] = field(default_factory=list)
    rule: Rule
    numbers: Table = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    thresholds: str = "not read"
    alternatives: str = ""
    readings: Mapping[str, list[Option]] = field(default_factory=dict)
    draw: Table | None = None
    sentences: Table = field(default_factory=dict)
    block: Table = field(default_factory=dict)
    written: Table = field(default_factory=dict)
    fault: str = ""

    @cached_property
    def options(self) -> list[Option]:
        """The options of all its dimensions, one after the other."""
        return [option for options in self.readings.values() for option in options]

    @cached_property
    def row(self) -> dict[str, Any]:
        """The claim as a row of claims.csv. The digest of its rule is taken of these fields."""
        between = ";" if self.measured_by == "documents" else "; "  # as it was when it was sealed
        return {
            "id": self.id,
            "section": self.section,
            "notebook": self.notebook,
            "kind": self.kind,
            "voice": self.voice,
            "standing": self.standing,
            "paragraph": NAN if self.paragraph is None else self.paragraph,
            "claim": self.says,
            "measure": self.what,
            "unit": self.rule.unit,
            "parts": ";".join(self.rule.parts),
            "rule": self.rule.comparison,
            **{name: self.numbers.get(name, NAN) for name in ("target", "holds", "partly")},
            **{name: self.numbers.get(name, NAN) for name in VARIED},
            "cap": self.rule.cap,
            "levels": between.join(f"{name}={level}" for name, level in self.levels.items()),
            "thresholds": self.thresholds,
            "alternatives": self.alternatives,
            "actors": ";".join(self.actors),
            "would_decide": self.would_decide,
            "proxy": self.proxy,
            "differs": self.differs,
        }

    def told(self, column: Worded) -> str:
        """One of its sentences with the numbers of its rule in it, as it is written where the claim
        has a fault. Raises RowError where it names a number that is not there.
        """
        text: str = getattr(self, column)
        if self.fault:
            return text
        return with_numbers(tr(text), self.rule, self.numbers, f"{self.where}, {column}")

    def due_told(self) -> str:
        """When what it forecasts is due, in a sentence; "" of a claim that forecasts nothing."""
        if self.due is None:
            return ""
        return tr("It is due in {due}; until then it is open.", due=self.due)
