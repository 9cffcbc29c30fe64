"""The ledger: every claim of the article, judged as known in August 2019 and since."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from heldto import evidence
from heldto.claims import amended, listed, proof, readings, rows, seals, substitute, units
from heldto.claims.claim import Worded
from heldto.claims.judged import both, judge
from heldto.claims.listed import UnknownClaim, every_claim, find_claim, row
from heldto.claims.rule import UNJUDGED, VERDICTS
from heldto.claims.verdict import Verdict
from heldto.errors import Slip, as_slip
from heldto.evidence import Vintage

BOTH_TELL = ("value", "verdict", "strict", "lenient", "tipping_point", "reason")
READ = ("readings", "readings_same", "readings_late", "readings_lacking", "distinct_figures")
COUNTED = units.TABLE["counted"]  # of several, and of one

STALE = 3  # years


def updated(then: Verdict, since: Verdict) -> bool:
    """Whether *since* rests on anything later than *then*."""
    return since.data_until > then.data_until


def stale(since: Verdict) -> int | None:
    """The year in which the figures of a standing claim end, where that is more than three years
    before its tables were brought up to date; else None.
    """
    year = since.data_until[:4]
    if not (year and since.tables and row(since.id)["standing"]) or not since.decided:
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
        **{name: claim_row[name] for name in ("id", "section", "kind", "claim")},
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
    """How the readings of a claim fall out, all of August 2019: none where it has none; where they
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
    """How many claims have each verdict, a sentence each: those whose rules were fixed beforehand
    ("fixed"), those added when documents or figures had been seen ("added", "" where there are
    none), and all with the amended rules in their place ("amended"); "short": of the first two how
    many hold. found: as `table` has it.
    """
    verdicts, later = found[f"verdict_{vintage}"], found[f"amended_{vintage}"]
    sentences = in_two(verdicts)
    amended = tally(later.where(later.ne(""), verdicts), whole=True)
    return sentences | {"amended": f"With the amended rules in their place: {amended}."}


def in_two(verdicts: pd.Series) -> dict[str, str]:
    """Verdicts by claim, counted in two sentences: "fixed" and "added", as `tallies` has them."""
    late = verdicts.index.map(lambda name: bool(proof.added_late(name))).astype(bool)
    fixed, added = verdicts[~late], verdicts[late]
    if not fixed.index.map(seals.is_fixed).all():
        return _with_unsealed(fixed)
    begin = f"Of {len(added)} added with documents or figures seen:"
    sentences = {
        "fixed": f"{seals.begins(fixed.index)}: {tally(fixed, whole=True)}.",
        "added": f"{begin} {tally(added)}." if len(added) else "",
    }
    first = sentences["fixed"].partition(",")[0]
    short = f"{first}. {begin} {counts(added)['holds']}" if len(added) else first
    return sentences | {"short": short}


def _with_unsealed(verdicts: pd.Series) -> dict[str, str]:
    """The same of a folder in which some rules, or all, were not sealed."""
    sealed_ids = verdicts.index.map(seals.is_sealed).astype(bool)
    sealed, others = verdicts[sealed_ids], verdicts[~sealed_ids]
    unsealed = f"By rules that were not sealed: {tally(others, whole=True)}."
    short = unsealed.partition(",")[0]
    if sealed.empty:
        return {"fixed": unsealed, "added": "", "short": short}
    first = f"{seals.begins(sealed.index)}: {tally(sealed, whole=True)}."
    return {"fixed": first, "added": unsealed, "short": f"{first.partition(',')[0]}. {short}"}


def counts(verdicts: pd.Series) -> pd.Series:
    """How many claims have each verdict, by verdict; how many are unjudged, where any is."""
    words = [*VERDICTS, UNJUDGED] if verdicts.eq(UNJUDGED).any() else VERDICTS
    return verdicts.value_counts().reindex(words, fill_value=0)


def tally(verdicts: pd.Series, whole: bool = False) -> str:
    """How many claims have each verdict, in words: "15 hold, 14 hold in part, ..."; how many are
    unjudged, where any is. whole: with the number of all, "15 of 44 hold, ...".
    """
    parts = [f"{count} {COUNTED[word][count == 1]}" for word, count in counts(verdicts).items()]
    if whole:
        parts[0] = parts[0].replace(" ", f" of {len(verdicts)} ", 1)
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

    section: the claims of one section alone. Columns: section, kind, claim, actors (list of ISO3),
    measure, proxy (what the measure stands for, "" if it measures the claim itself), unit,
    threshold (in words), fixed_beforehand (whether the rule came before the first verdicts); then,
    each ending in `_then` (as known on the article's day) and `_since`: value (the figure that
    decides, in `unit`; of two books a dict), verdict, strict, lenient, tipping_point, reason,
    amended, noise (whether a threshold lies in the intervals of its figures, and the intervals, or
    None), others (for how many other actors, and in whose place, the claim would hold, or None);
    readings (how many there are), readings_same (how many give the same verdict), readings_late
    (how many use a later year), readings_lacking (for how many more the tables have no figures),
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
