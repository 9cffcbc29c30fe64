"""What a room said, claim by claim: the counts of the wall, for a terminal and a table."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from heldto import claims
from heldto.claims import ledger
from heldto.claims.shaped import open_until
from heldto.evidence import Vintage
from heldto.exercises import line
from heldto.exercises.intake import Respondent
from heldto.text.words import count_of

CHANCE = 1 / len(claims.VERDICTS)  # how often somebody is right who guesses at random
SURE = len(line.EDGES)  # the band of who is 80 % sure, or more
COLUMNS = ["claim", "text", "round", "readers", *claims.VERDICTS, "sure", "computed", "agree"]
COLUMNS += ["sure_and_wrong", "by_lot"]
Row = dict[str, Any]


def count_rows(readers: Iterable[Respondent], vintage: Vintage = "then") -> list[Row]:
    """One row a claim and round that somebody answered, in the order of the ledger.

    Columns: claim, text, round, readers, holds, partly, fails, undecided (readers each), sure (how
    many 80 % or more), computed (the ledger's verdict), agree (readers), sure_and_wrong (readers),
    by_lot (readers that would agree if all drew lots). The last three are None where the claim is
    unjudged, or a forecast before it is due.
    """
    counted: dict[tuple[str, int], list[tuple[str, int | None]]] = {}
    for reader in readers:
        for claim, value in reader.guesses.items():
            counted.setdefault((claim, reader.round), []).append(line.meaning(value))
    frame, rows = ledger.table(), []
    for claim, text, computed in frame[["claim", f"verdict_{vintage}"]].itertuples(name=None):
        for number in sorted(number for answered, number in counted if answered == claim):
            row = {"claim": claim, "text": text, "round": number}
            said = "" if open_until(claim, vintage) else computed
            rows.append(row | _counts(counted[claim, number], said))
    return rows


def _counts(guesses: list[tuple[str, int | None]], computed: str) -> Row:
    row: Row = {"readers": len(guesses)}
    row |= {word: sum(guess == word for guess, _ in guesses) for word in claims.VERDICTS}
    row |= {"sure": sum(band == SURE for _, band in guesses), "computed": computed}
    if computed not in claims.VERDICTS:
        return row | dict.fromkeys(("agree", "sure_and_wrong", "by_lot"))
    wrong = sum(band == SURE and guess != computed for guess, band in guesses)
    return row | {"agree": row[computed], "sure_and_wrong": wrong, "by_lot": len(guesses) * CHANCE}


def divided(found: list[Row]) -> list[Row]:
    """The rows with what divides the room most first; those that few answered come last, as three
    readers are easily of three minds.
    """
    most = max((row["readers"] for row in found), default=0)
    few = {id(row): row["readers"] < most / 2 for row in found}

    def place(row: Row) -> tuple[bool, float]:
        return few[id(row)], max(row[word] for word in claims.VERDICTS) / row["readers"]

    return sorted(found, key=place)


def count_csv(found: Iterable[Row]) -> str:
    """The rows as a table, by_lot with two decimals."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    for row in found:
        by_lot = row["by_lot"]
        table.writerow(row | {"by_lot": None if by_lot is None else f"{by_lot:.2f}"})
    return out.getvalue()


def count_lines(found: list[Row]) -> list[str]:
    """The rows as lines for a terminal, two a claim and round."""
    rounds = len({row["round"] for row in found}) > 1
    return [text for row in divided(found) for text in _lines(row, rounds)]


def _lines(row: Row, rounds: bool) -> list[str]:
    counts = "  ".join(f"{word} {row[word]:<3}" for word in claims.VERDICTS)
    number = f" round {row['round']}" if rounds else ""
    readers = f"{row['readers']:>4} {'reader ' if row['readers'] == 1 else 'readers'}"
    line = f"{row['claim']:<4}{number} {readers}   {counts} sure {row['sure']:<3}"
    ruled = f" {row['computed']}"
    if row["agree"] is not None:
        ruled += f": {row['agree']} agree (by lot {row['by_lot']:g})"
        ruled += f", {row['sure_and_wrong']} sure and wrong"
    return [line + ruled, f"     {row['text']}"]


def headed(readers: list[Respondent]) -> str:
    """How many readers there are, in words, by round where there are several."""
    if not readers:
        return "Nobody is counted yet."
    rounds = sorted({reader.round for reader in readers})
    parts = []
    for number in rounds:
        count = sum(reader.round == number for reader in readers)
        where = f" in round {number}" if len(rounds) > 1 else ""
        parts.append(f"{count_of(count, 'reader')}{where}")
    return ", ".join(parts) + "."
