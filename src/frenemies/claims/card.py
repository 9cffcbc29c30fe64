"""The ledger: every claim of the article, judged twice, and the card that shows one verdict on a page."""

import html
import json
import textwrap

import pandas as pd

from frenemies import claims, evidence, registry, stored
from frenemies.claims import units
from frenemies.claims.ruler import WIDTH, ruler
from frenemies.errors import Problem
from frenemies.evidence.caching import cached
from frenemies.measures.trade import party

SIGNS = {"holds": "✓", "partly": "◐", "fails": "✗", "undecided": "?"}
GUESS_FIRST = '<span class="guess-first">: make your own guess first, then open</span>'  # not shown once it is open
RULED = "The scale of the rule and the figures on it: the lines below say the same"


def judge(claim, vintage):
    """The Verdict of one claim in one vintage ("then" or "since"). Raises UnknownClaim."""
    registry.load("claims")
    return _judged(claims.text(claim)["id"], vintage)


@cached
def _judged(claim, vintage):
    return claims.decide(claim, _found(claim, vintage), vintage)


def _found(claim, vintage):
    """What a claim's test found; whatever the test meets in data of the reader's own costs this one verdict, no other."""
    try:
        return claims.find(claim, vintage)
    except Exception as fault:
        why = str(fault) if isinstance(fault, Problem) else f"{type(fault).__name__}: {fault}"
        return claims.Finding(None, f"It cannot be worked out from this data: {why}.")


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
        "measure": row["measure"], "unit": row["unit"], "threshold": row["thresholds"],
        "value_then": _value(then.value), "value_since": _value(since.value), "verdict_then": then.verdict, "verdict_since": since.verdict,
        "strict_then": then.strict, "strict_since": since.strict, "lenient_then": then.lenient, "lenient_since": since.lenient,
        "tipping_point_then": then.tipping_point, "tipping_point_since": since.tipping_point, "robust_then": then.robust,
        "robust_since": since.robust, "reason_then": then.reason, "reason_since": since.reason,
        "data_until": since.data_until, "sources": since.sources or then.sources,
    }  # fmt: skip


def _value(value):
    """A deciding figure as JSON can hold it: number, word, list of numbers, or number by reporter; rounded to six decimals."""
    if isinstance(value, dict):
        return {name: _value(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_value(part) for part in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    return round(float(value), 6) if float(value) % 1 else int(value)


def ids(section):
    """Ids of a section's claims, in the order of data/claims.csv. Raises UnknownClaim."""
    rows = evidence.table("claims")
    if section not in set(rows["section"]):
        raise claims.UnknownClaim(
            f'there is no section "{section}". There are {", ".join(rows["section"].unique())}.'
        )
    return rows[rows["section"].eq(section)]["id"].tolist()


def records(section=None, claim=None, vintage=None):
    """Claims section by section as a list of dicts: all, those of one section, or one; vintage: without the fields of the other. Raises UnknownClaim."""
    chosen = ids(section) if section else evidence.table("claims")["id"].tolist()
    if claim and claims.text(claim)["id"] not in chosen:
        raise claims.UnknownClaim(
            f"{claim} is not in section {section}, but in {claims.text(claim)['section']}"
        )
    found = [record(code) for code in ([claim] if claim else chosen)]
    other = {"then": "_since", "since": "_then"}.get(vintage)
    return [
        {name: value for name, value in row.items() if not (other and name.endswith(other))}
        for row in found
    ]


def csv(found):
    """`records` as a table of comma-separated values; what holds several figures is written as JSON."""
    flat = pd.DataFrame(found).assign(actors=[";".join(row["actors"]) for row in found])
    return flat.map(
        lambda value: json.dumps(value) if isinstance(value, (list, dict)) else value
    ).to_csv(index=False, lineterminator="\n")


def table(section=None):
    """The ledger as a DataFrame indexed by claim id; columns as in `record`. Raises UnknownClaim for an unknown section."""
    return pd.DataFrame(records(section)).set_index("id")


def plain(claim, vintage=None):
    """One claim as lines of text, as `frenemies claims` prints it; vintage: only the verdict "then" or "since". Raises UnknownClaim, Problem."""
    card = VerdictCard(claim)
    wide = [
        textwrap.fill(line, 108, initial_indent="  ", subsequent_indent="      ")
        for line in card.lines(vintage)[1:]
    ]
    value = {"then": [card.then], "since": [card.since]}.get(
        vintage, [card.then, *[card.since] * updated(card.then, card.since)]
    )
    head = f"{card.row['id']}. {card.row['claim']} ({card.row['section']}, {card.row['kind']})"
    return "\n".join(
        [head, f"  Figure: {' | '.join(_figure(found) for found in value)}", *wide, ""]
    )


def _figure(found):
    """The deciding figure with its unit: "then 106.7 billion dollars (China), 108.2 billion dollars (Russia)"."""
    if found.value is None:
        return f"{found.vintage} none"
    several = found.value if isinstance(found.value, tuple) else (found.value,)
    parts = (
        list(found.value.items())
        if isinstance(found.value, dict)
        else [("", part) for part in several]
    )
    each = found.unit.split(";") * len(parts)  # one unit for all parts, or one for each
    said = [
        (part if isinstance(part, str) else units.said(part, unit))
        + (f" ({party(who)})" if who else "")
        for (who, part), unit in zip(parts, each, strict=False)
    ]
    return f"{found.vintage} {', '.join(said)}"


class VerdictCard:
    """One claim's verdict on a page: closed until the reader has guessed, then and since side by side."""

    def __init__(self, claim):
        self.row, (self.then, self.since) = claims.text(claim), both(claim)

    def lines(self, vintage=None):
        """The verdict as plain lines, the same in notebook, handout and test; vintage: only the verdict "then" or "since"."""
        then, since = self._side("As known in August 2019", self.then), self._since()
        if vintage == "since" and not updated(self.then, self.since):
            since = self._side(
                f"Since: not updated, figures to {self.then.data_until or 'August 2019'}",
                self.since,
            )
        sides = {"then": then, "since": since, None: [*then, *since]}
        if vintage not in sides:
            raise Problem(f'vintage is "then" or "since", not "{vintage}"')
        head = f"{self.row['id']}. {self.row['claim']}"
        rules = (f"Rule: {self.row['thresholds']}", _capital(self.row["alternatives"]))
        rule = [" ".join(f"{part}." for part in rules if part)]
        extra = (
            [f"What would decide it: {self.row['would_decide']}."]
            if self.row["would_decide"]
            else []
        )
        return [head, *sides[vintage], *rule, *extra, *self._sources()]

    def _since(self):
        if updated(self.then, self.since):
            return self._side(f"Since (figures to {self.since.data_until})", self.since)
        if self.since.verdict == "undecided" != self.then.verdict:
            return self._side("Since", self.since)
        return [f"Since: {self.since.verdict.upper()}, not updated: {self._why_not_updated()}."]

    def _why_not_updated(self):
        if self.since.verdict == "undecided":
            return f"still no {'table here can decide' if self.row['rule'] == 'undecided' else 'figure for it is held'}"
        if not self.row["standing"]:
            return "the claim is about its own date, and later figures do not bear on it"
        return f"the figures that decide end in {self.then.data_until}"

    def _side(self, label, verdict):
        books = [
            f"  {_capital(party(who))}'s books: {found}"
            for who, found in verdict.by_reporter.items()
        ]
        tip = (
            [f"  Tipping point: {verdict.tipping_point}. {_robust(verdict)}"]
            if verdict.tipping_point or verdict.robust is not None
            else []
        )
        context = [
            f"  Beside it{f', {says}' if says else ''}: {sentence}"
            for sentence, says in verdict.context
        ]
        return [
            f"{label}: {verdict.verdict.upper()}",
            f"  {verdict.reason}",
            *books,
            *tip,
            *context,
        ]

    def _sources(self):
        sources = self.since.sources or self.then.sources
        return [f"Source: {sources}.{_edition(self.then)}"] if sources else []

    def to_html(self):
        """The card as HTML: a disclosure with one coloured tag a vintage, the word always in it."""
        return self._closed(self._ruler())

    def to_image(self):
        """The same with its ruler as an image, which every viewer shows."""
        drawn = self._ruler().replace("<svg ", '<svg style="background:#fff" ', 1)
        return self._closed(drawn and str(stored.image(drawn, RULED, WIDTH)))

    def _ruler(self):
        return ruler(self.row, self.then, self.since if updated(self.then, self.since) else None)

    def _closed(self, drawn):
        body = drawn + "".join(f"<p>{_marked(line)}</p>" for line in self.lines()[1:])
        name = self.row["id"]
        summary = f"<summary>Verdict on {name}{GUESS_FIRST}</summary>"
        return f'<details class="verdict" id="verdict-{name}">{summary}{body}</details>'

    def _repr_mimebundle_(self, include=None, exclude=None):
        kind = {"kind": "verdict", "claim": self.row["id"]}
        return stored.bundle("\n".join(self.lines()), self.to_image(), self.to_html, **kind)


def _capital(text):
    return text[:1].upper() + text[1:]


def _edition(verdict):
    """A word of warning where yearly figures of 2018 and before are read from a later edition."""
    yearly = [
        (evidence.describe(name).get("time") or {}).get("cut") == "annual"
        for name in verdict.tables
    ]
    early = any("editions" in name for name in verdict.tables)
    return (
        " For August 2019 these are today's figures for the time."
        if any(yearly) and not early
        else ""
    )


def _robust(verdict):
    if verdict.robust is None:
        return ""
    return (
        "Robust against the threshold: strict and lenient agree."
        if verdict.robust
        else f"Not robust: strict says {verdict.strict}, lenient says {verdict.lenient}."
    )


def _marked(line):
    """Escape a line and set its verdict word as a tag."""
    line = html.escape(line)
    for word, sign in SIGNS.items():
        line = line.replace(
            f": {word.upper()}", f': <b class="tag tag-{word}">{sign} {word}</b>', 1
        )
    return line


def verdict(claim):
    """The verdict card of a claim, for the page: `fr.verdict("E1")`. Raises UnknownClaim."""
    return VerdictCard(claim)
