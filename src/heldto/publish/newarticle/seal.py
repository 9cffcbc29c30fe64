"""Sealing the rules of a plain article: each with its day, a digest and the words of its block, so
that a change afterwards stands beside, and never in its place.
"""

import csv
import io
import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from heldto import article, evidence
from heldto.claims import listed, proof, seals, shaped
from heldto.claims.claim import ArticleClaim
from heldto.errors import Problem, did_you_mean
from heldto.foreign import write_inside

COLUMNS = ("claim", "day", "commit", "digest", "note", "block")
AMENDABLE = ("measure", "rule")  # what stands beside the sealed one where it is changed


def write_seal(note: str = "") -> list[str]:
    """Seal every claim that is well and not sealed yet, also before its table is there; of one
    whose rule was changed since write the new rule as an amendment. Returns lines that say so.

    note: what was known when the rules were written, for all that are sealed now. Raises Problem.
    """
    if article.current().is_package:
        raise Problem(
            f"{article.current().package} is a package, whose commits say when a rule was fixed: "
            "go to the folder with your article.toml"
        )
    sealed_by_claim = {one["claim"]: one for one in listed.sealed_rows()}
    lines, new_rows = list[str](), list[dict[str, str]]()
    for name, found in listed.every_claim().items():
        early = listed.before_its_table(name)
        if name in sealed_by_claim:
            lines += [] if early else _changed(found)
        elif early and (near := _misspelt(early)):
            lines.append(f"{name} is not sealed: {near}")
        elif early and "rule" in early.block:
            new_rows.append(_sealed_row(early, note))
            lines.append(f"{name} was sealed before its table was there: {early.measure['table']}.")
        elif fault := shaped.fault(name):
            lines.append(f"{name} is not sealed: {fault}")
        elif "rule" in found.block:
            new_rows.append(_sealed_row(found, note))
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


def _misspelt(found: ArticleClaim) -> str:
    """That a table which is not there is probably one that is; "" where none is called alike."""
    table = found.measure["table"]
    near = did_you_mean(table, [*evidence.package()["tables"]], near_as=0.75)
    return near and f'no table "{table}". {near} If not, give the table to come another name'


def _sealed_row(found: ArticleClaim, note: str) -> dict[str, str]:
    words = {key: found.block[key] for key in listed.SEALED if key in found.block}
    words["says"] = found.block["says"]  # outside the digest: a change of it is told
    described = evidence.package()["tables"]
    words["tables"] = {
        name: seals.table_digest(name) if name in described else seals.NOT_THERE
        for name in _tables(found)
    }
    return {
        **{"claim": found.id, "day": f"{date.today()}", "commit": ""},
        **{"digest": proof.rule_digest(found.row), "note": note},
        "block": json.dumps(words, ensure_ascii=False, default=str),
    }


def _tables(found: ArticleClaim) -> list[str]:
    """The tables of data/ on which a claim rests."""
    return [found.measure["table"]] if found.measure else []


def changed(found: ArticleClaim) -> str:
    """What of a sealed claim was changed since: "measure", "rule", "kind" or "due"; "" where
    nothing.
    """
    sealed, said = listed.sealed_of(found.id), json.loads(json.dumps(found.written, default=str))
    for block in (sealed := deepcopy(sealed), said):  # whom it compares changes no figure
        block.get("measure", {}).pop("compare", None)
    order = ("measure", "rule", "kind", "due")  # another measure asks another question
    return next((key for key in order if sealed and said.get(key) != sealed.get(key)), "")


def not_amended(found: ArticleClaim) -> str:
    """What of a sealed claim was changed and stands nowhere beside it yet, and the remedy; "" where
    nothing. Raises Problem where the claim as it is written now cannot be read.
    """
    what = changed(found)
    if not what or (what in AMENDABLE and _is_there(listed.as_written(found))):
        return ""
    says = f"its {what} was changed after the seal, but the sealed version decides"
    if what in AMENDABLE:
        return f"{says}: heldto seal adds yours as an amendment"
    return f"{says}: restore it, or write another claim"


def _put(name: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_inside(article.current().folder, name, text.getvalue())


def _changed(found: ArticleClaim) -> Iterator[str]:
    """Write the changed rule or measure of a sealed claim beside the first, where it does not stand
    there yet.
    """
    what = changed(found)
    if what not in AMENDABLE:
        if fault := not_amended(found):
            yield f"{found.id}: {fault}."
        return
    new = listed.as_written(found)
    if _is_there(new):
        return
    path = article.current().folder / "amendments.csv"
    with open(path, encoding="utf-8", newline="") if path.is_file() else io.StringIO() as file:
        reader = csv.DictReader(file)
        rows, header = [*reader], tuple(reader.fieldnames or ())
    fields = evidence.describe("amendments")["schema"]["fields"]
    columns = header or tuple(one["name"] for one in fields)
    row = _amendment(new)
    if row["measure"] and "measure" not in columns:
        columns = (*columns, "measure")
    _put("amendments.csv", columns, [*rows, row])
    where = f"The new {what} is in amendments.csv, beside the first."
    yield f"{found.id}: its {what} was changed after the seal. {where}"


def _is_there(new: ArticleClaim) -> bool:
    """Whether the rule and the measure as they are written now stand beside already."""
    now = {key: _number_text(value) for key, value in _amendment(new).items()}
    compared = ("rule", "target", "holds", "partly", "measure")
    return any(
        all(str(_number_text(amendment.get(name, ""))) == str(now[name]) for name in compared)
        for amendment in listed.amendments(new.id)
    )


def _number_text(cell: Any) -> Any:
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:g}"
    return cell


def _amendment(new: ArticleClaim) -> dict[str, str]:
    numbers = {name: _number_text(float(new.row[name])) for name in ("target", "holds", "partly")}
    why = str(new.written.get("rule", {}).get("why", "not said")).rstrip(".")
    row = {"claim": new.id, "day": f"{date.today()}", "known": "figures", **numbers, "why": why}
    row |= {"rule": new.rule.comparison, "words": new.thresholds, "cap": new.rule.cap}
    if changed(new) != "measure":
        return row | {"measure": ""}
    words = f"{new.what}: {new.thresholds}"
    measure = json.dumps(new.measure, ensure_ascii=False, default=str)
    return row | {"words": words, "unit": new.rule.unit, "measure": measure}
