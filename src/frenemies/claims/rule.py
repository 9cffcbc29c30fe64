"""Claim, Finding, Verdict: how a rule fixed beforehand turns a figure into a verdict, as known in August 2019 and since."""

from dataclasses import dataclass, field, replace

from frenemies import evidence
from frenemies.claims import units
from frenemies.errors import NotHeld, Problem
from frenemies.evidence import actors
from frenemies.measures.trade import party

VERDICTS = ("holds", "partly", "fails", "undecided")
_TESTS = {}


class UnknownClaim(Problem):
    """No claim has that id."""


@dataclass
class Finding:
    """What a claim's test found: the figure that decides, and the sentence that says it.

    value: a number; a tuple of numbers (rule each_at_least); "holds", "partly" or "fails" (rule coded); None, or NaN: undecided.
    strict, lenient: the value under the strict or lenient reading, where that is another measure and not another threshold.
    reporters: both books, {"CHN": value, "RUS": value}; tips: the tipping point in words where it is no number.
    """

    value: object
    reason: str
    data_until: object = ""
    tables: list = field(default_factory=list)
    strict: object = None
    lenient: object = None
    reporters: dict | None = None
    context: list = field(default_factory=list)
    tips: str = ""


@dataclass
class Verdict:
    """One claim, judged: everything the ledger prints."""

    id: str
    vintage: str
    verdict: str
    value: object
    unit: str
    thresholds: str
    strict: str
    lenient: str
    robust: bool | None
    tipping_point: str
    reason: str
    data_until: str
    sources: str
    context: list
    by_reporter: dict
    tables: list = field(default_factory=list)


def test(claim):
    """Decorator: this function is the test of a claim. It takes a vintage and returns a Finding."""

    def register(function):
        _TESTS[claim] = function
        return function

    return register


def text(claim):
    """A claim's row of data/claims.csv as a dict. Raises UnknownClaim."""
    rows = evidence.table("claims").set_index("id", drop=False)
    wanted = str(claim).strip().upper()
    if wanted not in rows.index:
        raise UnknownClaim(
            f'there is no claim "{claim}". They run F1-F5, E1-E10, G1-G14 and M1-M15.'
        )
    return rows.loc[wanted].to_dict()


def judge(rule, value, holds=None, partly=None, target=None):
    """The verdict of one rule on one value: "holds", "partly", "fails" or "undecided". NaN thresholds mean "never"."""
    if rule == "undecided" or any(map(_blank, value if isinstance(value, tuple) else [value])):
        return "undecided"
    if rule == "coded":
        return value
    if rule == "each_at_least":
        met = [item >= holds for item in value]
        return "holds" if all(met) else "partly" if any(met) else "fails"
    if rule in ("about", "just_under", "balance", "count"):
        return _judge_point(rule, value, holds, partly, target)
    top, middle = _COMPARE[rule]
    return "holds" if top(value, holds) else "partly" if middle(value, partly) else "fails"


_COMPARE = {  # a comparison with NaN is false: never
    "at_least": (lambda v, t: v >= t, lambda v, t: v >= t),
    "fall": (lambda v, t: v >= t, lambda v, t: v > t),
    "more_than": (lambda v, t: v > t, lambda v, t: v >= t),
    "at_most": (lambda v, t: v <= t, lambda v, t: v <= t),
    "less_than": (lambda v, t: v < t, lambda v, t: v < t),
}


def _judge_point(rule, value, holds, partly, target):
    off = abs(value - target) if rule == "count" else abs(value - target) / abs(target) * 100
    off = round(off, 9)
    if rule == "balance" and value * target <= 0:
        return "fails"
    if off <= holds and not (rule == "just_under" and value >= target):
        return "holds"
    return "partly" if off <= partly else "fails"


def settings(row):
    """Main, strict and lenient thresholds of a claim: three dicts with "holds" and "partly"."""
    main = {"holds": row["holds"], "partly": row["partly"]}
    known = {"holds": lambda a: row[a], "partly": lambda a: row[f"{a}_partly"]}
    return [main] + [
        {key: main[key] if _blank(get(name)) else get(name) for key, get in known.items()}
        for name in ("strict", "lenient")
    ]


def _blank(number):
    return number is None or number != number


def _combine(verdicts):
    """The rule of two reporters: both hold, or both fail, or else partly; undecided where one is."""
    found = set(verdicts)
    if "undecided" in found:
        return "undecided"
    return found.pop() if len(found) == 1 else "partly"


def _ruled(row, setting, values):
    """The verdict of a claim's rule under one of `settings`: on one figure, or on one a book, held to the claim's cap."""
    verdict = _combine(
        judge(row["rule"], value, target=row["target"], **setting) for value in values
    )
    return row["cap"] if row["cap"] and verdict == "holds" else verdict


def _values(finding):
    """The figures that decide: one a book where two books are asked, else one."""
    return list(finding.reporters.values()) if finding.reporters else [finding.value]


def decide(claim, finding, vintage):
    """Apply a claim's rule to what its test found. Returns a Verdict."""
    row = text(claim)
    main, strict, lenient = settings(row)
    if _ruled(row, main, _values(finding)) == "undecided":
        finding = replace(finding, value=None, reporters=None, strict=None, lenient=None)
    values = _values(finding)
    fixed, hard, soft = (
        _ruled(row, setting, values if other is None else [other])
        for setting, other in ((main, None), (strict, finding.strict), (lenient, finding.lenient))
    )
    tested = (
        any(
            not _blank(row[name])
            for name in ("strict", "strict_partly", "lenient", "lenient_partly")
        )
        or finding.strict is not None
        or finding.lenient is not None
    )
    books = {
        who: judge(row["rule"], number, target=row["target"], **main)
        for who, number in (finding.reporters or {}).items()
    }
    return Verdict(
        row["id"],
        vintage,
        fixed,
        finding.reporters or finding.value,
        row["unit"],
        row["thresholds"],
        hard,
        soft,
        (fixed == hard == soft) if tested and fixed != "undecided" else None,
        finding.tips or _tipping(row, main, values, _whose(row, finding)),
        finding.reason,
        str(finding.data_until),
        evidence.source(*finding.tables) if finding.tables else "",
        finding.context,
        books,
        finding.tables,
    )


def alone(row, setting, value):
    """The verdict of one figure by a claim's rule: of one book, or of one actor where each is asked."""
    return _ruled(row, setting, [(value,) if row["rule"] == "each_at_least" else value])


def _whose(row, finding):
    """Whose each deciding figure is, in words: the book, or the actor."""
    if finding.reporters:
        return [f"in {party(who)}'s books" for who in finding.reporters]
    return [f"for {actors.name(code)}" for code in (row["parts"] or "").split(";") if code]


def edges(row, setting):
    """Values at which the verdict changes under one of `settings`, a list of numbers."""
    marks = [number for number in (setting["holds"], setting["partly"]) if not _blank(number)]
    if row["rule"] in ("about", "just_under", "balance"):
        around = [row["target"] * (1 + sign * mark / 100) for mark in marks for sign in (-1, 1)]
        return [*around, row["target"]] if row["rule"] == "just_under" else around
    if row["rule"] == "count":
        return [row["target"] + sign * mark for mark in marks for sign in (-1, 1)]
    return marks


def _tipping(row, setting, values, whose=()):
    """The nearest value at which the verdict would flip, in words: one figure's where one is enough, else that of both together."""
    parts = list(values[0]) if isinstance(values[0], tuple) else values
    if row["rule"] in ("coded", "undecided") or not all(
        isinstance(number, (int, float)) for number in parts
    ):
        return ""

    now = _ruled(row, setting, values)

    def flips(numbers):
        return (
            _ruled(row, setting, [tuple(numbers)] if isinstance(values[0], tuple) else numbers)
            != now
        )

    one = [
        (abs(to - number), said, to, index)
        for index, number in enumerate(parts)
        for to, said in _nearby(row, setting, number)
        if flips([*parts[:index], to, *parts[index + 1 :]])
    ]
    both = [
        (max(abs(to - number) for number in parts), said, to, None)
        for to, said in _nearby(row, setting, parts[0])
        if flips([to] * len(parts))
    ]
    if not one and not both:
        return ""
    distance, said, to, index = min(one or both)
    of_whom = "" if index is None or not whose else whose[index]
    return " ".join(
        filter(
            None,
            [
                "would flip" if one else "would flip only if both lay",
                said,
                of_whom,
                _far(row, distance),
            ],
        )
    )


def _nearby(row, setting, number):
    """Values to try, each with its words: whole steps where the figure is a count, else just past each threshold."""
    step = units.STEPS.get(row["unit"])
    if step:
        found = [number + sign * turn * step for turn in range(1, 40) for sign in (-1, 1)]
        return [(to, f"at {units.said(to, row['unit'])}") for to in found if to >= 0]
    return [
        (edge + side * 1e-6, f"{'above' if side > 0 else 'below'} {units.said(edge, row['unit'])}")
        for edge in edges(row, setting)
        for side in (-1, 1)
    ]


def _far(row, distance):
    far = units.away(distance, row["unit"])
    return f"({far})" if far else ""


def beside(claim, finding, *facts):
    """Set what stands beside a finding and never votes: sentences, or (sentence, value) pairs whose value is judged by the claim's own rule.

    A fact may be a function that makes one: where its figure is not held, that is said in its place, and the finding stands.
    """
    row = text(claim)
    main = settings(row)[0]
    fixed = _ruled(row, main, _values(finding))

    def says(value):
        verdict = _ruled(row, main, [value])
        return f"{'agrees' if verdict == fixed else 'disagrees'} (alone it would say {verdict})"

    told = [_told(fact) for fact in facts]
    pairs = [(fact, None) if isinstance(fact, str) else fact for fact in told]
    finding.context = [
        (sentence, "" if value is None else says(value)) for sentence, value in pairs
    ]
    return finding


def _told(fact):
    try:
        return fact() if callable(fact) else fact
    except NotHeld as lack:
        return lack.sentence


def find(claim, vintage):
    """Run a claim's test: the Finding, without a value where a figure that it needs is not held.

    Raises UnknownClaim where the id or its test is unknown.
    """
    row = text(claim)
    if row["id"] not in _TESTS:
        raise UnknownClaim(f"claim {row['id']} has no test loaded: ask frenemies.claims.ledger")
    try:
        return _TESTS[row["id"]](vintage)
    except NotHeld as lack:
        return Finding(None, lack.sentence)
