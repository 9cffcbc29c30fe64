"""Sealing the rules of a plain article: each with its day, a digest and the words of its block, so
that a change afterwards stands beside, and never in its place.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from heldto import article, evidence
from heldto.claims import amended, blocks, proof, row
from heldto.errors import Problem
from heldto.foreign import write_inside

COLUMNS = ("claim", "day", "commit", "digest", "note", "block")
AMENDED = ("claim", "day", "known", "rule", "target", "holds", "partly", "words", "why")


def write_seal(note: str = "") -> list[str]:
    """Seal every claim that is well and not sealed yet; of one whose rule was changed since write
    the new rule as an amendment. Returns lines that say so.

    note: what was known when the rules were written, for all that are sealed now. Raises Problem.
    """
    current = article.current()
    if not current.plain:
        raise Problem("seal is for an article in a plain folder; ours are fixed in data/fixed.csv")
    sealed_by_claim = {one["claim"]: one for one in blocks.sealed_rows()}
    lines, new_rows = list[str](), list[dict[str, str]]()
    for claim in (claim_row["id"] for claim_row in evidence.rows("claims")):
        if claim in sealed_by_claim:
            lines += _changed(claim)
        elif (block := blocks.block_words(claim)) and not blocks.fault(claim) and "rule" in block:
            new_rows.append(_row(claim, block, note))
    if new_rows:
        _put("sealed.csv", COLUMNS, [*sealed_by_claim.values(), *new_rows])
        names = ", ".join(one["claim"] for one in new_rows)
        lines.insert(
            0, f"Sealed on {date.today()}: {names}. Their day and digest are in sealed.csv."
        )
        lines.append(
            "If you change a rule now, the sealed one still decides: "
            "heldto seal adds yours as an amendment."
        )
    return lines or ["Nothing to seal: every claim that has a rule is sealed."]


def _row(claim: str, block: Mapping[str, Any], note: str) -> dict[str, str]:
    sealed_block = {key: block[key] for key in blocks.SEALED if key in block}
    block_json = json.dumps(sealed_block, ensure_ascii=False, default=str)
    day, digest = f"{date.today()}", proof.rule_digest(row(claim))
    return {
        "claim": claim,
        "day": day,
        "commit": "",
        "digest": digest,
        "note": note,
        "block": block_json,
    }


def _put(name: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_inside(article.current().folder, name, text.getvalue())


def _changed(claim: str) -> Iterator[str]:
    """Write the changed rule of a sealed claim beside it, where only its rule was changed."""
    changed = blocks.changed(claim)
    if changed == "measure":
        yield blocks.measured_anew(claim)
    if changed != "rule" or _is_there(claim):
        return
    path = article.current().folder / "amendments.csv"
    with open(path, encoding="utf-8", newline="") if path.is_file() else io.StringIO() as file:
        reader = csv.DictReader(file)
        rows, header = [*reader], tuple(reader.fieldnames or ())
    fields = evidence.describe("amendments")["schema"]["fields"]
    columns = header or tuple(one["name"] for one in fields)
    _put("amendments.csv", columns, [*rows, _amendment(claim)])
    where = "The new rule is in amendments.csv, beside the first."
    yield f"{claim}: its rule was changed after the seal. {where}"


def _is_there(claim: str) -> bool:
    """Whether the rule as it is written now stands beside already."""
    new = _amendment(claim)
    compared = ("rule", "target", "holds", "partly")
    return any(
        all(str(_plain(amendment[name])) == str(new.get(name, "")) for name in compared)
        for amendment in amended.amendments(claim)
    )


def _plain(cell: Any) -> Any:
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:g}"
    return cell


def _amendment(claim: str) -> dict[str, str]:
    reading = blocks.standard_reading(f"[{claim}]", claim, blocks.block_words(claim) or {})
    row_ = {"claim": claim, "day": f"{date.today()}", "known": "figures", "rule": reading["rule"]}
    for name in ("target", "holds", "partly"):
        row_[name] = f"{float(reading[name]):g}" if name in reading else ""
    why = (blocks.block_words(claim) or {}).get("rule", {}).get("why", "not said")
    why = str(why).rstrip(".")
    return row_ | {"words": reading["thresholds"], "why": why, "cap": reading.get("cap", "")}
