"""The ledger: every claim of the article, judged as known then and since."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from heldto import evidence
from heldto.claims import amended, listed, proof, readings, rows, seals, substitute, units
from heldto.claims.claim import Worded
from heldto.claims.judged import both, judge
from heldto.claims.keys import VOICES
from heldto.claims.listed import UnknownClaim, every_claim, find_claim, row
from heldto.claims.measure import own_times
from heldto.claims.rule import UNJUDGED, VERDICTS
from heldto.claims.verdict import Verdict
from heldto.errors import Slip, as_slip
from heldto.evidence import Vintage
from heldto.text.words import capital, join_words
from heldto.tr import tr, tr_n

BOTH_TELL = ("value", "verdict", "strict", "lenient", "tipping_point", "reason")
READ = ("readings", "readings_same", "readings_late", "readings_lacking", "distinct_figures")
TOLD = ("fixed", "benchmark", "added", "reported", "amended")  # sentences of a tally, in order
COUNTED = units.TABLE["counted"]  # of several, and of one

STALE = 3  # years


def updated(then: Verdict, since: Verdict) -> bool:
    """Whether *since* rests on anything later than *then*."""
    return since.data_until > then.data_until


def is_standing(claim: str) -> bool:
    """Whether a claim is judged on the latest year that there is. A ratio of two years that it
    names is not: its seal may say so, from before.
    """
    found = find_claim(claim)
    return found.standing and {*own_times(found.measure)} != {"of", "to"}


def stale(since: Verdict) -> int | None:
    """The year in which the figures of a standing claim end, where that is more than three years
    before its tables were brought up to date; else None.
    """
    year = since.data_until[:4]
    if not (year and since.tables and is_standing(since.id)) or not since.decided:
        return None
    return int(year) if int(year) < max(map(evidence.retrieved, since.tables)) - STALE else None


def claim_ids(section: str) -> list[str]:
    """Ids of a section's claims, in the order of data/claims.csv. Raises UnknownClaim."""
    by_section: dict[str, list[str]] = {}
    for claim in every_claim().values():
        by_section.setdefault(claim.section, []).append(claim.id)
    if section not in by_section:
        sections = ", ".join(by_section)
        raise UnknownClaim(f'there is no section "{section}". There are {sections}.')
    return by_section[section]


def entry(claim: str, vintage: Vintage | None = None) -> dict[str, Any]:
    """One claim as a dict, as `frenemies claims --json` prints it. Raises UnknownClaim.

    vintage: without the fields of the other.
    """
    claim_row, (then, since) = row(claim), both(claim)
    is_early = seals.is_fixed(claim_row["id"]) and not proof.added_late(claim_row["id"])
    judged = {
        f"{name}_{side.vintage}": _plain_value(getattr(side, name))
        for name in BOTH_TELL
        for side in (then, since)
        if vintage in (None, side.vintage)
    }
    return {
        **{name: claim_row[name] for name in ("id", "section", "kind", "voice", "claim")},
        "actors": claim_row["actors"].split(";"),
        "measure": _worded(then, "what"),
        "proxy": claim_row.get("proxy") or "",
        "unit": claim_row["unit"],
        "threshold": _worded(then, "thresholds"),
        "fixed_beforehand": is_early,
        **judged,
        **{f"amended_{side}": word for side, word in _amended(claim, vintage)},
        **{
            f"noise_{side.vintage}": _noise(side)
            for side in (then, since)
            if vintage in (None, side.vintage)
        },
        **{
            f"marks_{side.vintage}": side.marks.words()
            for side in (then, since)
            if vintage in (None, side.vintage)
        },
        **{f"others_{side}": _others(claim, side) for side in evidence.vintages(vintage)},
        **(_read_otherwise(claim_row["id"]) if vintage != "since" else {}),
        "data_until": since.data_until,
        "not_updated_since": stale(since),
        "sources": since.sources or then.sources,
    }


def _worded(then: Verdict, column: Worded) -> str:
    """A sentence of a claim with its numbers; as it is written where the claim is unjudged."""
    claim = find_claim(then.id)
    return str(getattr(claim, column)) if then.finding.fault else claim.told(column)


def _read_otherwise(claim: str) -> dict[str, Any]:
    """How the readings of a claim fall out on the article's day: none where it has none; where they
    cannot be counted, "depends_on" says why.
    """
    empty = dict.fromkeys(READ, 0) | {"stable": None, "depends_on": ""}
    try:
        summary = ledger_summary(claim)
    except Slip as fault:
        return empty | {"depends_on": fault.sentence}
    return {name: getattr(summary, name) for name in empty} if summary else empty


def _noise(verdict: Verdict) -> dict[str, Any] | None:
    """How far chance moves the figures of a verdict; None where that is not known."""
    noise = verdict.noise
    if noise is None:
        return None
    intervals = {who: [*map(_plain_value, interval)] for who, interval in noise.intervals.items()}
    return {"within": noise.within, "intervals": intervals, "words": noise.words}


def _others(claim: str, vintage: Vintage) -> dict[str, Any] | None:
    """For how many others the claim would hold; None where nobody else can be measured by it."""
    try:
        rate = substitute.rate(claim, vintage)
    except Slip:
        return None
    return {"hold": rate.hold, "of": rate.of, "in_place_of": [*rate.places]} if rate else None


def ledger_summary(claim: str) -> readings.Summary | None:
    """How the readings of a claim fall out; None where it has none, or is unjudged. Raises
    UnknownClaim; RowError or OurFault where they cannot be counted.
    """
    if judge(claim, "then").finding.fault:
        return None
    try:
        return readings.summary(claim)
    except Exception as fault:
        raise as_slip(fault) from fault


def _amended(claim: str, vintage: Vintage | None) -> Iterator[tuple[Vintage, str]]:
    """The verdict by an amended rule, "" where there is none, or the claim's rows are spoilt."""
    for side in evidence.vintages(vintage):
        judged = None if rows.slip(claim) else amended.judge_amended(claim, side)
        yield side, judged.verdict if judged else ""


def tallies(found: pd.DataFrame, vintage: Vintage = "then") -> dict[str, str]:
    """How many claims have each verdict, a sentence each, "" where there are none: the author's own
    whose rules were fixed before any verdict was computed ("fixed") and what a random other actor
    would make of these ("benchmark"); the author's own that were added later ("added"); those that
    the author reports or quotes ("reported"); all with the amended rules in their place
    ("amended", "" where no rule was amended); "short": how many hold of those that can. found: as
    `table` has it.
    """
    verdicts, later = found[f"verdict_{vintage}"], found[f"amended_{vintage}"]
    sentences = in_groups(verdicts)
    amended = later.ne("")
    counted = tally(later.where(amended, verdicts), whole=True)
    first = found[found.index.map(group_of) == "fixed"]
    return sentences | {
        "benchmark": benchmark(first, vintage).words(),
        "amended": tr("With the amended rules in their place: {tally}.", tally=counted)
        if amended.any()
        else "",
    }


def group_of(claim: str) -> str:
    """With which others a claim is counted: "fixed", "added" (also one whose rule was not sealed)
    or "reported", as `tallies` has them. Raises UnknownClaim.
    """
    if find_claim(claim).voice != VOICES[0]:
        return "reported"
    return "fixed" if seals.is_fixed(claim) and not proof.added_late(claim) else "added"


def in_groups(verdicts: pd.Series) -> dict[str, str]:
    """Verdicts by claim, counted in sentences: "fixed", "added", "reported" and "short", as
    `tallies` has them.
    """
    group = pd.Series(verdicts.index.map(group_of), dtype=str)
    if not any(map(seals.is_sealed, verdicts.index[group == "fixed"])):
        group = group.replace("fixed", "added")  # without a seal only what has no rule is there
    group = group.to_numpy()
    by_group = {name: verdicts[group == name] for name in ("fixed", "added", "reported")}
    named = join_words(by_group["reported"].index)
    begins = {
        "fixed": seals.begins(by_group["fixed"].index),
        "added": _added(by_group["added"].index),
        "reported": tr("Of what the article reports or quotes ({claims})", claims=named),
    }
    told = {name: some for name, some in by_group.items() if len(some)}
    sentences = {
        name: f"{begins[name]}: {_of_those_that_can(some)}.{_turned(some)}"
        for name, some in told.items()
    }
    own = [
        tr("{begins}: {that_hold} do", begins=begins[name], that_hold=that_hold(told[name]))
        for name in ("fixed", "added")
        if name in told
    ]
    return dict.fromkeys(begins, "") | sentences | {"short": ". ".join(own)}


def _added(claims: Collection[str]) -> str:
    """How a count of claims begins that were added later, or whose rules were not sealed."""
    late = [said for claim in claims if (said := proof.added_late(claim))]
    if not late:
        return tr("By rules that were not sealed")
    seen = sum(proof.SEEN in said for said in late)
    return tr(
        "Added later, {seen} of {all} with figures or documents seen", seen=seen, all=len(late)
    )


def _turned(verdicts: pd.Series) -> str:
    """How many of some verdicts hold only since data were added after the first one was known, a
    sentence with a blank before it; "" where none does.
    """
    holding = verdicts.index[verdicts.eq("holds")]
    late = [one for one in holding if proof.turned_late(one).startswith(capital(proof.TURNED_THEN))]
    if not late:
        return ""
    says = tr(
        "Of those that hold, {number} ({claims}) turned when data were added.",
        number=len(late),
        claims=join_words(late),
    )
    return f" {says}"


def can_hold(claim: str) -> bool:
    """Whether the rule of a claim lets it hold, whatever is found. Raises UnknownClaim."""
    rule = find_claim(claim).rule
    coded = rule.comparison != "coded" or "holds" in rule.levels.values()
    reached = rule.comparison in ("coded", "undecided") or rule.holds is not None
    return rule.comparison != "undecided" and rule.cap in ("", "holds") and coded and reached


def that_hold(verdicts: pd.Series) -> str:
    """How many of some verdicts hold, of the claims that could: "14 of the 33 that could hold"."""
    able = sum(map(can_hold, verdicts.index))
    hold = counts(verdicts)["holds"]
    return tr("{hold} of the {able} that could hold", hold=hold, able=able)


def _of_those_that_can(verdicts: pd.Series) -> str:
    """ "14 of the 33 that could hold do, 17 hold in part, 4 fail, 7 are undecided"."""
    others = tally(verdicts).partition(", ")[2]
    return tr("{that_hold} do, {others}", that_hold=that_hold(verdicts), others=others)


class Benchmark(NamedTuple):
    """What a random other actor in the same place would make of the claims that can hold.

    rates: of each claim that others can be measured by, the part of the others for whom it holds;
    held: the claims that hold themselves.
    """

    rates: Mapping[str, float]
    held: Sequence[str]

    @property
    def expected(self) -> float:
        """How many would hold: the sum of the base rates."""
        return sum(self.rates.values())

    @property
    def deviation(self) -> float:
        """The standard deviation of that number, if one claim tells nothing of another."""
        return math.sqrt(sum(rate * (1 - rate) for rate in self.rates.values()))

    def distribution(self) -> list[float]:
        """How likely each number of claims that hold is, from none to all, if one claim tells
        nothing of another.
        """
        chances = [1.0]
        for rate in self.rates.values():
            without, with_it = [*chances, 0.0], [0.0, *chances]
            chances = [
                (1 - rate) * low + rate * high for low, high in zip(without, with_it, strict=True)
            ]
        return chances

    def words(self) -> str:
        """How many claims would hold of a random other actor, in sentences; "" where nobody else
        can be measured.
        """
        if not self.rates:
            return ""
        return tr(
            "{asked} of these can be asked of others: {hold} hold, where a "
            "random other actor in the same place would make {expected:.1f} hold "
            "(standard deviation {deviation:.1f}).",
            asked=len(self.rates),
            hold=len(self.held),
            expected=self.expected,
            deviation=self.deviation,
        )


def benchmark(found: pd.DataFrame, vintage: Vintage = "then") -> Benchmark:
    """What a random other actor in the same place would make of some claims. found: as `table` has
    it.
    """
    others = found[f"others_{vintage}"]
    rates = {
        claim: rate["hold"] / rate["of"]
        for claim, rate in others.items()
        if isinstance(rate, dict) and can_hold(claim)
    }
    return Benchmark(
        rates, [claim for claim in rates if found[f"verdict_{vintage}"][claim] == "holds"]
    )


def counts(verdicts: pd.Series) -> pd.Series:
    """How many claims have each verdict, by verdict; how many are unjudged, where any is."""
    words = [*VERDICTS, UNJUDGED] if verdicts.eq(UNJUDGED).any() else VERDICTS
    return verdicts.value_counts().reindex(words, fill_value=0)


def tally(verdicts: pd.Series, whole: bool = False) -> str:
    """How many claims have each verdict, in words: "15 hold, 14 hold in part, ..."; how many are
    unjudged, where any is. whole: with the number of all, "15 of 44 hold, ...".
    """
    counted = [(count, *COUNTED[word]) for word, count in counts(verdicts).items()]
    parts = [f"{count} {tr_n(one, many, count)}" for count, many, one in counted]
    if whole:
        of_all = tr(" of {all} ", all=len(verdicts))
        parts[0] = parts[0].replace(" ", of_all, 1)
    return ", ".join(parts)


def _plain_value(value: Any) -> Any:
    """A deciding figure as JSON can hold it: numbers rounded to six decimals."""
    if isinstance(value, dict):
        return {name: _plain_value(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain_value(part) for part in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    return round(float(value), 6) if float(value) % 1 else int(value)


def entries(
    section: str | None = None, claim: str | None = None, vintage: Vintage | None = None
) -> list[dict[str, Any]]:
    """Claims section by section, each as `entry` has it: all, those of one section, or one.

    vintage: without the fields of the other. Raises UnknownClaim.
    """
    chosen = claim_ids(section) if section else listed.all_ids()
    if claim and row(claim)["id"] not in chosen:
        elsewhere = row(claim)["section"]
        raise UnknownClaim(f"{claim} is not in section {section}, but in {elsewhere}")
    return [entry(name, vintage) for name in ([claim] if claim else chosen)]


def table(section: str | None = None) -> pd.DataFrame:
    """Return all claims with their verdicts, one row for each, indexed by claim id.

    section: the claims of one section alone. Columns: section, kind, voice (whether the author
    says, reports or quotes it), claim, actors (list of ISO3),
    measure, proxy (what the measure stands for, "" if it measures the claim itself), unit,
    threshold (in words), fixed_beforehand (whether the rule came before the first verdicts); then,
    each ending in `_then` (as known on the article's day) and `_since`: value (the figure that
    decides, in `unit`; of two books a dict), verdict, strict, lenient, tipping_point, reason,
    amended, noise (whether a threshold lies in the intervals of its figures, and the intervals, or
    None), marks (how near it is to another verdict: "on the line", "within the noise"), others (for
    how many other actors, and in whose place, the claim would hold, or None);
    readings (how many there are), readings_same (how many give the same verdict), readings_late
    (how many more use a later year), readings_lacking (how many more no table has figures for),
    distinct_figures (how many different figures they give), stable, depends_on (both empty if there
    are fewer than five figures), data_until, not_updated_since (a year), sources. Raises
    UnknownClaim for a section without claims.

    Examples
    --------
    >>> fr.ledger.table("economic").loc[["E3"], ["unit", "verdict_then", "verdict_since"]]
         unit verdict_then verdict_since
    id
    E3  ratio        holds         fails
    """
    return pd.DataFrame(entries(section)).set_index("id").astype({"stable": "boolean"})
