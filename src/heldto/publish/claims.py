"""Claims as `frenemies claims` prints them: lines of text, and a table."""

import json
import shutil
import textwrap
from typing import Any

import pandas as pd

from heldto import evidence
from heldto.claims import amended, card, ledger, proof, readings
from heldto.claims.rule import row
from heldto.claims.wording import KNOWN
from heldto.evidence import Vintage
from heldto.text.words import capital

NARROWEST = 24  # columns that a line has, however narrow the terminal


def to_csv(told: list[dict[str, Any]]) -> str:
    """`ledger.entries` as comma-separated values; what holds several figures is written as JSON."""
    flat = pd.DataFrame(told).assign(actors=[";".join(one["actors"]) for one in told])
    cells = flat.map(lambda cell: json.dumps(cell) if isinstance(cell, (list, dict)) else cell)
    return cells.to_csv(index=False, lineterminator="\n")


def tallied(told: list[dict[str, Any]], vintage: Vintage | None = None) -> str:
    """How many claims have each verdict: by rules fixed beforehand, of those added later, and with
    amended rules.
    """
    found, lines = pd.DataFrame(told).set_index("id"), []
    for side in evidence.vintages(vintage):
        count = ledger.tallies(found, side)
        lines.append(f"{capital(KNOWN[side])}:")
        lines += [f"  {count[name]}" for name in ("fixed", "added", "amended") if count[name]]
    return "\n".join(map(_wrapped, lines))


def proved(claim: str) -> list[str]:
    """When a rule was fixed, what was amended, and the verdict, as `frenemies prove` prints them.

    Raises UnknownClaim.
    """
    shown = card.VerdictCard(claim)
    if shown.fault:
        return shown.lines()
    told = [
        *proof.proof_sentences(claim),
        *(amended.amendment_sentences(claim) or ["It was never amended."]),
    ]
    amending = [one for one in shown.amended() if one.verdict]
    judged = [f"  {one.label}: {one.verdict}." for one in shown.sides()]
    judged += [f"  {one.words}: {one.verdict}." for one in amending]
    told += ["Computed again from the tables here:", *judged]
    return [f"{shown.row['id']}. {shown.row['claim']}", *shown.rule()[:1], *told]


def plain(claim: str, vintage: Vintage | None = None) -> str:
    """One claim as lines of text, as `frenemies claims` prints it.

    vintage: only the verdict "then" or "since". Raises UnknownClaim, Problem.
    """
    shown = card.VerdictCard(claim)
    wrapper = textwrap.TextWrapper(108, initial_indent="  ", subsequent_indent=" " * 6)
    if columns := _columns():
        wrapper.width = min(columns, wrapper.width)
    wide = map(wrapper.fill, shown.lines(vintage)[1:])
    head = f"{shown.row['id']}. {shown.row['claim']} ({shown.row['section']}, {shown.row['kind']})"
    return "\n".join([_wrapped(head), *wide, ""])


def _columns() -> int:
    """How many columns the terminal has; 0 where there is none."""
    columns = shutil.get_terminal_size((0, 0)).columns
    return max(NARROWEST, columns) if columns else 0


def _wrapped(line: str) -> str:
    """A line in as many as the terminal needs."""
    columns = _columns()
    return textwrap.fill(line, columns, subsequent_indent=" " * 6) if columns else line


def read_otherwise(claim: str) -> str:
    """The readings of one claim as `frenemies readings` prints them: a line that counts them, and a
    table of those counted, the ledger's own and those of a later year marked.

    Raises UnknownClaim, Problem.
    """
    shown = card.VerdictCard(claim)
    if shown.fault:
        raise shown.fault
    told, held = shown.counted(), readings.all_readings(claim)
    if not told:
        return f"{row(claim)['id']} has no other readings: data/readings.csv lists none."
    held = held[held["verdict"].isin(readings.COUNTED)]
    marked = held["late"].map({True: "later year", False: ""})
    marked = marked.mask(held["own"].astype(bool), "<- the ledger's")
    listed = held.drop(columns=["own", "late", "alike", "reason"]).assign(**{"": marked})
    words = listed.to_string(index=False, float_format="{:.4g}".format, na_rep="")
    return f"{row(claim)['id']}: {told[0]}\n\n{words}"
