"""Claims as lists on a page: all 44 by section, and one section's verdicts beside the reader's own guesses."""

import html

from frenemies import claims, evidence
from frenemies.claims import ledger
from frenemies.exercises import score
from frenemies.sections.verdict.overview import CSS, tag

HEADS = {
    "framing": "The frame",
    "economic": "The economic section",
    "geopolitical": "The geopolitical section",
    "military": "The military section",
}


FIRST = "A claim shows its verdicts once you have guessed it."


class Listing:
    """Lines of text for the terminal and for tests, the same as a table or list for the page."""

    def __init__(self, lines, page):
        self.lines, self.page = lines, page

    def __repr__(self):
        return "\n".join(self.lines)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self.page}


def all_claims():
    """All claims in our words, by section, each with a link to where it is tested. Returns a Listing."""
    rows = evidence.table("claims")
    lines, page = [], []
    for section, found in rows.groupby("section", sort=False):
        lines += [
            f"{HEADS[section]}: {len(found)} claims",
            *(f"  {row.id:<4}{row.claim}" for row in found.itertuples()),
        ]
        items = "".join(
            f"<li>{_link(row)} {html.escape(row.claim)}</li>" for row in found.itertuples()
        )
        page.append(
            f"<details><summary>{HEADS[section]}: {len(found)} claims</summary><ul>{items}</ul></details>"
        )
    open_ones = int(rows["rule"].eq("undecided").sum())
    last = f"Together {len(rows)} claims. {open_ones} of them no table here can decide: the page says what could."
    return Listing([*lines, last], f'<div class="claims">{"".join(page)}<p>{last}</p></div>')


def _link(row):
    return f'<a href="{html.escape(row.notebook)}.ipynb#at={row.id}">{row.id}</a>'


def where_we_stand(*ids, show=False):
    """The verdicts on some claims, then and since, beside the reader's first guess: where_we_stand("F1", "G1"). Returns a Listing.

    A claim that the reader has not guessed keeps its verdicts covered, unless show=True. The guesses are read from the reader's
    disk each time; a handout takes those of its own device. Raises UnknownClaim.
    """
    mine = score.recorded().drop_duplicates("claim").set_index("claim").verdict.to_dict()
    rows = [
        (claims.row(claim), mine.get(claims.row(claim)["id"], ""), *ledger.both(claim))
        for claim in ids
    ]
    covered = [not (show or guess) for _, guess, _, _ in rows]
    lines = [_line(*row, hidden) for row, hidden in zip(rows, covered, strict=True)]
    body = "".join(_row(*row, hidden) for row, hidden in zip(rows, covered, strict=True))
    told = _table(("id", "claim", "your guess", "then", "since"), body)
    if any(covered):
        lines.append(f"{FIRST} With show=True all of them show.")
        told += f"<p>{FIRST}</p>{_uncovered(rows)}"
    return Listing(lines, f'<div class="ledger standing"><style>{CSS}</style>{told}</div>')


def _line(row, guess, then, since, hidden):
    said = "guess first" if hidden else f"then {then.verdict:<10}since {since.verdict}"
    return f"{row['id']:<4}{said:<32}{row['claim']}"


def _row(row, guess, then, since, hidden):
    """A claim's row of the page; one that is covered names its claim, so that a handout can uncover it."""
    name = row["id"]
    shown = (
        f'<td colspan="2" data-covered="{name}"><i>guess first</i></td>'
        if hidden
        else _verdicts(then, since)
    )
    claim = html.escape(row["claim"])
    return f'<tr><th scope="row">{name}</th><td>{claim}</td><td data-guess="{name}">{guess}</td>{shown}</tr>'


def _verdicts(then, since):
    return f"<td>{tag(then.verdict)}</td><td>{tag(since.verdict)}</td>"


def _uncovered(rows):
    """The verdicts of all rows, folded."""
    body = "".join(
        f'<tr data-claim="{row["id"]}"><th scope="row">{row["id"]}</th>{_verdicts(then, since)}</tr>'
        for row, _, then, since in rows
    )
    table = _table(("id", "then", "since"), body)
    return f'<details class="uncovered"><summary>All verdicts, guessed or not</summary>{table}</details>'


def _table(names, body):
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def section(name, *more, show=False):
    """`where_we_stand` for all claims of a section and some more: section("economic", "F3"). Raises UnknownClaim."""
    return where_we_stand(*more, *ledger.ids(name), show=show)
