"""Whether the rule of a claim was fixed before a figure was seen, and when, as pages and commands
say it. The tables `fixed` tells: in a package the commit of each rule, in a folder what
`heldto seal` wrote into sealed.csv.
"""

import hashlib
from codecs import BOM_UTF8
from collections.abc import Iterable

from heldto import article, evidence
from heldto.claims import proof
from heldto.claims.listed import all_ids, find_claim, sealed_rows, sealed_sentence, sealed_tables
from heldto.evidence.caching import cached
from heldto.evidence.paths import data_dir
from heldto.evidence.tables import sized
from heldto.text.words import format_day
from heldto.tr import tr, tr_n, tr_noop

UNSEALED = tr_noop("not sealed")
NOT_THERE = ""  # in the place of the digest of a table that came after the seal


@cached
def _days() -> dict[str, str]:
    """The day on which each rule was fixed, as YYYY-MM-DD, by claim."""
    return {row["claim"]: str(row["day"]) for row in evidence.rows("fixed")}


def is_sealed(claim: str) -> bool:
    """Whether there is a record of the day on which the rule of a claim was fixed."""
    return claim in _days()


def is_fixed(claim: str) -> bool:
    """Whether there is a record of the day on which the rule of a claim was fixed, or no rule that
    could be.
    """
    return is_sealed(claim) or not find_claim(claim).block.get("rule")


def begins(claims: Iterable[str]) -> str:
    """How a count of claims begins whose rules are on record: "By rules fixed before any
    verdict was computed"; in a folder with the days of the seals, "By rules sealed on 1 December
    2026".
    """
    if article.current().is_package:
        return tr("By rules fixed before any verdict was computed")
    days = sorted({_days()[claim] for claim in claims if claim in _days()})
    if not days:
        return tr("Without a rule")
    if len(days) == 1:
        return tr("By rules sealed on {day}", day=format_day(days[0]))
    first, last = format_day(days[0]), format_day(days[-1])
    return tr("By rules sealed from {first} to {last}", first=first, last=last)


def when(claim: str) -> str:
    """Of a claim of a folder: "sealed on 1 December 2026", or "not sealed". "" in a package, whose
    pages say it at one place, and where a claim has no rule.
    """
    if article.current().is_package or not find_claim(claim).block.get("rule"):
        return ""
    if claim not in _days():
        return tr(UNSEALED)
    return tr("sealed on {day}", day=format_day(_days()[claim]))


def of_all() -> str:
    """What each page of a folder says of the rules of its claims: "8 rules were sealed on
    1 December 2026 (nobody had looked)." "" in a package, and where no claim has a rule.
    """
    ruled = [claim for claim in all_ids() if when(claim)]
    if not ruled:
        return ""
    open_ids = [claim for claim in ruled if claim not in _days()]
    if len(open_ids) == len(ruled):
        return tr("The rules were not sealed, so nothing shows that they came before the figures.")
    noted = {row["claim"]: row.get("note") or "" for row in sealed_rows()}
    by_seal: dict[tuple[str, str], int] = {}
    for claim in ruled:
        if claim in _days():
            seal = _days()[claim], noted.get(claim, "")
            by_seal[seal] = by_seal.get(seal, 0) + 1
    told = [
        tr_n(
            "{n} rule was sealed on {day}{note}.",
            "{n} rules were sealed on {day}{note}.",
            number,
            day=format_day(day),
            note=f" ({note})" if note else "",
        )
        for (day, note), number in by_seal.items()
    ]
    told += _tables_by_then([claim for claim in ruled if claim in _days()])
    if open_ids:
        told.append(tr("Not sealed: {claims}.", claims=", ".join(open_ids)))
    if lost():
        told.append(tr("Sealed, but not here any more: {claims}.", claims=", ".join(lost())))
    return " ".join(told)


def lost() -> list[str]:
    """The claims that sealed.csv has, and that no block of the article is any more."""
    return [one["claim"] for one in sealed_rows() if one["claim"] not in all_ids()]


def _tables_by_then(claims: Iterable[str]) -> list[str]:
    """For how many sealed claims the table was there when the rule was sealed, and for how many it
    came later: a sentence each.
    """
    digests = [one for claim in claims for one in sealed_tables(claim).values()]
    later = digests.count(NOT_THERE)
    there = len(digests) - later
    sentences = [
        (
            there,
            tr(
                "For {there} of them the table was there already: its figures could be seen.",
                there=there,
            ),
        ),
        (later, tr("For {later} of them the table came after the seal.", later=later)),
    ]
    return [sentence for number, sentence in sentences if number]


# --- the tables -------------------------------------------------------------------------------


@cached
def table_digest(table: str) -> str:
    """What tells the content of a table from any other: 16 hexadecimal digits, whatever the ends
    of its lines. Raises OSError.
    """
    return _digest(_content(table))


def _content(table: str) -> bytes:
    content = sized(data_dir() / evidence.describe(table)["path"]).read_bytes()
    return content.replace(b"\r\n", b"\n")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _is_as_sealed(table: str, digest: str) -> bool:
    """Whether a table has the content of a digest, with or without the mark of UTF-8 that Excel
    writes at its beginning.
    """
    bare = _content(table).removeprefix(BOM_UTF8)
    return digest in (_digest(bare), _digest(BOM_UTF8 + bare))


def _sentence_changed(claim: str) -> list[str]:
    """That the sentence of a sealed claim is another now: the digest tells, and with the old words
    a seal that kept them.
    """
    sealed = {one["claim"]: one for one in sealed_rows()}.get(claim)
    if not sealed or claim not in _days() or find_claim(claim).fault:
        return []
    before, day = sealed_sentence(claim), format_day(_days()[claim])
    if before and before != find_claim(claim).block.get("says"):
        says = tr("The sentence was changed after the rule was sealed on {day}.", day=day)
        return [f"{says} {tr('It was: {says}', says=before)}"]
    if before or proof.rule_digest(proof.beforehand(claim)) == sealed["digest"]:
        return []
    return [tr("The sentence was changed after the rule was sealed on {day}.", day=day)]


def tables_changed(claim: str) -> list[str]:
    """That the sentence of a sealed claim, or a table on which it rests, is not what it was when
    the rule was sealed, a sentence each.
    """
    return _sentence_changed(claim) + [
        tr(
            "The table {name} was changed after the rule was sealed on {day}.",
            name=name,
            day=format_day(_days()[claim]),
        )
        for name, before in sealed_tables(claim).items()
        if before != NOT_THERE
        and name in evidence.package()["tables"]
        and not _is_as_sealed(name, before)
    ]
