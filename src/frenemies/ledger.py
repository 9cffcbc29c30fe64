"""The ledger: every claim of the article, judged twice, and the card that shows one verdict on a page."""

import html
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

import pandas as pd

from frenemies import claims, evidence
from frenemies.places import data_dir

SECTIONS = ("economic", "geopolitical", "military", "balance")
SIGNS = {"holds": "✓", "partly": "◐", "fails": "✗", "undecided": "?"}


def _load():
    for room in filter(lambda name: find_spec(f"frenemies.{name}"), SECTIONS):
        import_module(f"frenemies.{room}")


def judge(claim, vintage):
    """The Verdict of one claim in one vintage ("then" or "since"). Raises UnknownClaim."""
    _load()
    stamps = tuple(sorted((path.name, path.stat().st_mtime_ns) for path in data_dir().rglob("*.csv")))
    return _judged(claims.text(claim)["id"], vintage, data_dir(), stamps)


@lru_cache(maxsize=256)
def _judged(claim, vintage, folder, stamps):
    return claims.decide(claim, claims.find(claim, vintage), vintage)


def both(claim):
    """A claim's two verdicts: (then, since). Where nothing newer is known, *since* repeats *then*."""
    return judge(claim, "then"), judge(claim, "since")


def updated(then, since):
    """Whether *since* rests on anything later than *then*."""
    return since.data_until > then.data_until


def record(claim):
    """One claim as a dict, as `frenemies claims --json` prints it."""
    row, (then, since) = claims.text(claim), both(claim)
    return {
        "id": row["id"], "section": row["section"], "kind": row["kind"], "claim": row["claim"], "actors": row["actors"].split(";"),
        "measure": row["measure"], "unit": row["unit"], "threshold": row["thresholds"], "strict": then.strict, "lenient": then.lenient,
        "value_then": then.value, "value_since": since.value, "verdict_then": then.verdict, "verdict_since": since.verdict,
        "tipping_point": then.tipping_point, "robust": then.robust, "reason_then": then.reason, "reason_since": since.reason,
        "data_until": since.data_until, "sources": since.sources or then.sources,
    }  # fmt: skip


def records(section=None, claim=None):
    """Claims in reading order as a list of dicts, all or of one section. Raises UnknownClaim."""
    rows = evidence.table("claims")
    if claim:
        return [record(claim)]
    if section:
        if section not in set(rows["section"]):
            raise claims.UnknownClaim(f'there is no section "{section}". There are {", ".join(rows["section"].unique())}.')
        rows = rows[rows["section"] == section]
    return [record(code) for code in rows["id"]]


def table(section=None):
    """The ledger as a DataFrame indexed by claim id; columns as in `record`."""
    return pd.DataFrame(records(section)).set_index("id")


class VerdictCard:
    """One claim's verdict on a page: closed until the reader has guessed, then and since side by side."""

    def __init__(self, claim):
        self.row, (self.then, self.since) = claims.text(claim), both(claim)

    def lines(self):
        """The verdict as plain lines, the same in notebook, handout and test."""
        head = f"{self.row['id']}. {self.row['claim']}"
        rule = [f"Rule: {self.row['thresholds']}. {self.row['alternatives'].capitalize()}."]
        extra = [f"What would decide it: {self.row['would_decide']}."] if self.row["would_decide"] else []
        return [head, *self._side("As known in August 2019", self.then), *self._since(), *rule, *extra, *self._sources()]

    def _since(self):
        if updated(self.then, self.since):
            return self._side(f"Since (figures to {self.since.data_until})", self.since)
        return [f"Since: {self.since.verdict.upper()}, not updated: nothing later than {self.then.data_until or 'August 2019'} is in the tables."]

    def _side(self, label, verdict):
        books = [f"  {who}'s books: {found}" for who, found in verdict.by_reporter.items()]
        tip = [f"  Tipping point: {verdict.tipping_point}. {_robust(verdict)}"] if verdict.tipping_point or verdict.robust is not None else []
        context = [f"  Beside it{f', {says}' if says else ''}: {sentence}" for sentence, says in verdict.context]
        return [f"{label}: {verdict.verdict.upper()}", f"  {verdict.reason}", *books, *tip, *context]

    def _sources(self):
        return [f"Source: {self.since.sources or self.then.sources}."] if self.since.sources or self.then.sources else []

    def to_html(self):
        """The card as HTML: a disclosure with one coloured tag a vintage, the word always in it."""
        body = "".join(f"<p>{_marked(line)}</p>" for line in self.lines()[1:])
        return f'<details class="verdict" id="verdict-{self.row["id"]}"><summary>Verdict on {self.row["id"]}: make your own guess first, then open</summary>{body}</details>'

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "\n".join(self.lines()), "text/html": self.to_html()}


def _robust(verdict):
    if verdict.robust is None:
        return ""
    return "Robust: strict and lenient agree." if verdict.robust else f"Not robust: strict says {verdict.strict}, lenient says {verdict.lenient}."


def _marked(line):
    """Escape a line and set its verdict word as a tag."""
    line = html.escape(line)
    for word, sign in SIGNS.items():
        line = line.replace(f": {word.upper()}", f': <b class="tag tag-{word}">{sign} {word}</b>', 1)
    return line


def verdict(claim):
    """The verdict card of a claim, for the page: `fr.verdict("E1")`. Raises UnknownClaim."""
    return VerdictCard(claim)
