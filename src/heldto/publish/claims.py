"""Claims as `frenemies claims` prints them: lines of text, and a table."""

import json
import shutil
import textwrap
from typing import Any

import pandas as pd

from heldto import evidence
from heldto.claims import amended, card, ledger, proof, readings, seals
from heldto.claims.listed import row
from heldto.claims.wording import known_in_words
from heldto.evidence import Vintage
from heldto.text.words import capital

NARROWEST = 24  # columns that a line has, however narrow the terminal


def to_csv(told: list[dict[str, Any]]) -> str:
    """`ledger.entries` as comma-separated values; what holds several figures is written as JSON."""
    flat = pd.DataFrame(told).assign(actors=[";".join(one["actors"]) for one in told])
    cells = flat.map(lambda cell: json.dumps(cell) if isinstance(cell, (list, dict)) else cell)
    return cells.to_csv(index=False, lineterminator="\n")


def tallied(told: list[dict[str, Any]], vintage: Vintage | None = None) -> str:
    """How many claims have each verdict: by first rules, of those added later, and with
    amended rules; and what a random other actor would give.
    """
    frame, lines = pd.DataFrame(told).set_index("id"), []
    for side in evidence.vintages(vintage):
        count = ledger.tallies(frame, side)
        lines.append(f"{capital(known_in_words(side))}:")
        lines += [f"  {count[name]}" for name in ledger.TOLD if count[name]]
    return "\n".join(map(_wrapped, lines))


def proved(claim: str) -> list[str]:
    """When a rule was fixed, what was amended, and the verdict, as `frenemies prove` prints them.

    Raises UnknownClaim.
    """
    if claim in seals.lost():
        return [f"{claim} is in sealed.csv, and no longer in claims.toml: restore it there"]
    claim_card = card.VerdictCard(claim)
    if claim_card.fault:
        return claim_card.lines()
    sentences = [
        *proof.proof_sentences(claim),
        *seals.tables_changed(claim),
        *(amended.amendment_sentences(claim) or ["It was never amended."]),
    ]
    amending = [one for one in claim_card.amended() if one.verdict]
    verdict_lines = [f"  {one.label}: {one.verdict}." for one in claim_card.sides()]
    verdict_lines += [f"  {one.words}: {one.verdict}." for one in amending]
    sentences += ["Computed again from the tables here:", *verdict_lines]
    return [
        f"{claim_card.row['id']}. {claim_card.row['claim']}",
        *claim_card.rule()[:1],
        *sentences,
    ]


def plain(claim: str, vintage: Vintage | None = None) -> str:
    """One claim as lines of text, as `frenemies claims` prints it.

    vintage: only the verdict "then" or "since". Raises UnknownClaim, Problem.
    """
    claim_card = card.VerdictCard(claim)
    wrapper = textwrap.TextWrapper(108, initial_indent="  ", subsequent_indent=" " * 6)
    if columns := _columns():
        wrapper.width = min(columns, wrapper.width)
    wrapped = map(wrapper.fill, claim_card.lines(vintage)[1:])
    head = (
        f"{claim_card.row['id']}. {claim_card.row['claim']} "
        f"({claim_card.row['section']}, {claim_card.row['kind']})"
    )
    return "\n".join([_wrapped(head), *wrapped, ""])


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
    claim_card = card.VerdictCard(claim)
    if claim_card.fault:
        raise claim_card.fault
    count_sentences, frame = claim_card.counted(), readings.all_readings(claim)
    if not count_sentences:
        return f"{row(claim)['id']} has no other readings: data/readings.csv lists none."
    frame = frame[frame["verdict"].isin(readings.COUNTED)]
    marks = frame["late"].map({True: "later year", False: ""})
    marks = marks.mask(frame["own"].astype(bool), "<- the ledger's")
    printed = frame.drop(columns=["own", "late", "alike", "reason"]).assign(**{"": marks})
    text = printed.to_string(index=False, float_format="{:.4g}".format, na_rep="")
    return f"{row(claim)['id']}: {' '.join(count_sentences)}\n\n{text}"
